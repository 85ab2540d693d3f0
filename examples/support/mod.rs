//! What the examples share.

pub(crate) mod chart;
pub(crate) mod table;

use std::{error::Error, fs, path::Path, process::ExitCode};

/// A file's text; an error names the file.
#[allow(dead_code, reason = "not each example reads a file")]
pub(crate) fn read_text(file: &Path) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()).into())
}

/// Ends a program: an error is told in its words.
pub(crate) fn exit(result: Result<(), Box<dyn Error>>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

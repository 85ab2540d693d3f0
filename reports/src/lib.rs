//! What the reports share: tables, pictures, and how a program ends.

pub mod chart;
pub mod table;

use bandwidth_cost::DataRate;
use std::{error::Error, fs, io, path::Path, process::ExitCode};

/// Returns a file's text; an error names the file.
///
/// # Errors
///
/// The file cannot be read, or holds other than UTF-8.
pub fn read_text(file: &Path) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()).into())
}

/// Ends a program: prints an error as a sentence. A reader that has closed its pipe, as `head`
/// does, is not an error.
#[must_use]
pub fn exit(result: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    let io = error.downcast_ref::<io::Error>();
    if io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

/// Returns the rate as a person writes it: exact where that is short, else to two places.
#[must_use]
pub fn shown(rate: DataRate) -> String {
    let exact = rate.to_string();
    if exact.len() <= "123.456 Gbps".len() { exact } else { format!("{rate:.2}") }
}

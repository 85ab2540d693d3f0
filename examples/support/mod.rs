//! What the examples share.

pub(crate) mod chart;
pub(crate) mod table;

use std::{error::Error, process::ExitCode};

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

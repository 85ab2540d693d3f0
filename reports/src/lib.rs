//! What the reports share: layouts of files, tables, pictures, and how a program ends.

pub mod chart;
pub mod layout;
pub mod table;

use bandwidth_cost::{Currency, DataRate, DataVolume, ExchangeRate, jiff::civil::Date};
use std::{error::Error, fs, io, path::Path, process::ExitCode, time::Duration};

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

/// Returns the volume that a rate carries in the whole calendar month of a day.
#[must_use]
pub fn carried(month: Date, rate: DataRate) -> DataVolume {
    let days = u64::from(month.days_in_month().unsigned_abs());
    // At most 31 days, for which a volume holds any rate.
    rate * Duration::from_secs(days * 86_400)
}

/// Returns the exchange rate if it is the worth of a dollar.
///
/// # Errors
///
/// It is the worth of another currency.
pub fn of_a_dollar(rate: ExchangeRate) -> Result<ExchangeRate, Box<dyn Error>> {
    let says = match (rate.base(), rate.quote()) {
        (Currency::USD, _) => return Ok(rate),
        (_, Currency::USD) => "is the other way around",
        _ => "does not name USD",
    };
    Err(format!("`{rate}` {says}: pass the worth of 1 USD").into())
}

//! Reading and writing text: a scanner that knows its position, decimal digits, lengths of time,
//! rows of CSV files.

mod decimal;
mod error;
mod notation;
#[cfg(feature = "csv")]
pub(crate) mod rows;
mod scanner;
#[cfg(feature = "serde")]
pub(crate) mod serde;
mod time;

pub use self::error::TextError;
pub(crate) use self::{
    decimal::{group, write_decimal},
    notation::{Notation, UnitAlone},
    scanner::{Misfit, Number, Scanner, Sign, choices, clip, digits_to_u128},
    time::{TimeText, from_nanoseconds, scan_time},
};

//! The error of a text that can't be read: [`TextError`].
//!
//! ```
//! use bandwidth_cost::{DataVolume, ErrorKind, text::TextError};
//!
//! let error = "250".parse::<DataVolume>().unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "missing unit at byte 3: expected a unit such as MB, GiB or Mbit",
//! );
//! assert!(matches!(error.kind(), ErrorKind::Text(TextError::Missing { at: 3, .. })));
//! ```
//!
//! This module is public for its error only. The types of the crate are read with
//! [`str::parse`] and written with [`Display`](core::fmt::Display); each describes its text under
//! "Text". Reading is strict: a text has one meaning or is refused.

// Inside the crate: a scanner that knows its position, decimal digits, lengths of time, rows of CSV
// files, serde's two forms.

#[cfg(any(feature = "csv", feature = "serde"))]
mod date;
mod decimal;
mod error;
mod fault;
#[cfg(feature = "serde")]
pub(crate) mod keys;
mod notation;
#[cfg(feature = "csv")]
pub(crate) mod rows;
mod scanner;
#[cfg(feature = "serde")]
pub(crate) mod serde;
mod time;

#[cfg(any(feature = "csv", feature = "serde"))]
pub(crate) use self::date::read_date;
pub use self::error::TextError;
#[cfg(feature = "csv")]
pub(crate) use self::scanner::listed;
#[cfg(feature = "serde")]
pub(crate) use self::time::scan_time;
pub(crate) use self::{
    decimal::{group, write_decimal},
    fault::{Fault, FaultKind, Sentence, attempt},
    notation::{Notation, UnitAlone},
    scanner::{Misfit, Number, Scanner, Sign, choices, clip, digits_to_u128, find, strip},
    time::{TimeText, TimeUnit, from_nanoseconds, scan_time_in},
};

//! [`Error`]: the one error of the crate, and [`ErrorKind`]: one kind a room.

use crate::{
    bulk::BulkError, money::MoneyError, number::NumberError, price::PriceError,
    scenario::ScenarioError, tariff::TariffError, text::TextError, usage::UsageError,
};
use core::{error::Error as StdError, fmt};
use std::{io, sync::Arc};

/// An error of this crate: a message, and a kind that holds the values that were refused.
///
/// Every function of the crate that can fail returns this one type, which is as wide as a pointer.
/// Its message is in lower case without a full stop, and says what would be right. `Debug` prints
/// the message too, so that a `main` that returns an error ends with a sentence.
/// [`kind`](Self::kind) tells the cases apart: where a page lists an error such as `PriceError::NoTiers`,
/// the kind is `ErrorKind::Price(PriceError::NoTiers)`, in an [`ErrorKind::In`] if the place is known.
///
/// ```
/// use bandwidth_cost::{DataVolume, ErrorKind};
///
/// let error = "10 mb".parse::<DataVolume>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "ambiguous unit `mb` at byte 3: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)",
/// );
/// assert!(matches!(error.kind(), ErrorKind::Text(_)));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<ErrorKind>);

/// The kinds of [`Error`]: one for each module of the crate, one for `jiff`, one for input and
/// output, and one that adds the place to another error.
#[derive(Clone)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A text that can't be read.
    Text(TextError),
    /// A ratio or a share that can't be made or rounded.
    Number(NumberError),
    /// Money, a cost or an exchange rate that can't be made or used.
    Money(MoneyError),
    /// A price or a schedule that can't be made.
    Price(PriceError),
    /// Traffic that can't be held or measured.
    Usage(UsageError),
    /// A tariff, a rate card or a bill that can't be made.
    Tariff(TariffError),
    /// A traffic mix that can't be made.
    Scenario(ScenarioError),
    /// A column that can't be priced.
    Bulk(BulkError),
    /// A time, a date or a time zone that `jiff` refused.
    Time(jiff::Error),
    /// A reader or a writer that failed.
    Io(Arc<io::Error>),
    /// An error in a file or a rate card, with its place.
    In {
        /// The place of the error.
        place: Place,
        /// The error that was found there.
        source: Error,
    },
}

/// The place of an error in a file or a rate card, or among offers that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A cell of a CSV file.
    Cell {
        /// The line, counted from 1.
        line: u64,
        /// The column's name, cut short if it is long.
        column: String,
    },
    /// A line of a file, counted from 1.
    Line(u64),
    /// One of the series of a CSV file, by name.
    Series(String),
    /// A tariff of a rate card, by name.
    Tariff(String),
    /// A tariff without a name, by its number in the rate card, counted from 1.
    TariffNumber(usize),
    /// An adjustment of a rate card, by name.
    Adjustment(String),
    /// An adjustment without a name, by its number in the rate card, counted from 1.
    AdjustmentNumber(usize),
    /// A tier in a rate card's list of tiers.
    Tier {
        /// The key that holds the tiers.
        key: &'static str,
        /// The number of the tier, counted from 1.
        number: usize,
    },
    /// A change of prices in a tariff, counted from 1.
    Change(usize),
    /// A key of a rate card.
    Key(&'static str),
    /// One of the months that a rate card bills, by its first day.
    Month(jiff::civil::Date),
    /// An offer that is compared with others, and the month of traffic that it bills.
    Offer {
        /// The offer's name, cut short if it is long.
        name: String,
        /// The number of the month, counted from 1.
        month: usize,
    },
}

impl Error {
    /// Returns the kind of the error, with the values that were wrong.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, ErrorKind, text::TextError};
    ///
    /// let error = "40 MBPS".parse::<DataRate>().unwrap_err();
    /// let ErrorKind::Text(TextError::AmbiguousUnit { unit, at, .. }) = error.kind() else {
    ///     panic!("{error}");
    /// };
    /// assert_eq!((unit.as_str(), *at), ("MBPS", 3));
    /// ```
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// Returns the error inside the place where it was found.
    pub(crate) fn at(self, place: Place) -> Self {
        ErrorKind::In { place, source: self }.into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Text(error) => error.fmt(f),
            ErrorKind::Number(error) => error.fmt(f),
            ErrorKind::Money(error) => error.fmt(f),
            ErrorKind::Price(error) => error.fmt(f),
            ErrorKind::Usage(error) => error.fmt(f),
            ErrorKind::Tariff(error) => error.fmt(f),
            ErrorKind::Scenario(error) => error.fmt(f),
            ErrorKind::Bulk(error) => error.fmt(f),
            ErrorKind::Time(error) => error.fmt(f),
            ErrorKind::Io(error) => error.fmt(f),
            ErrorKind::In { place, source } => {
                let inner = matches!(source.kind(), ErrorKind::In { .. });
                write!(f, "{place}{} {source}", if inner { "," } else { ":" })
            }
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(error) => error.fmt(f),
            Self::Number(error) => error.fmt(f),
            Self::Money(error) => error.fmt(f),
            Self::Price(error) => error.fmt(f),
            Self::Usage(error) => error.fmt(f),
            Self::Tariff(error) => error.fmt(f),
            Self::Scenario(error) => error.fmt(f),
            Self::Bulk(error) => error.fmt(f),
            Self::Time(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
            Self::In { place, source } => {
                f.debug_struct("In").field("place", place).field("source", source.kind()).finish()
            }
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.kind() {
            ErrorKind::Time(error) => error.source(),
            ErrorKind::Io(error) => error.source(),
            ErrorKind::In { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Errors of `jiff` and of readers and writers are equal if their messages are equal.
impl PartialEq for ErrorKind {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Money(a), Self::Money(b)) => a == b,
            (Self::Price(a), Self::Price(b)) => a == b,
            (Self::Usage(a), Self::Usage(b)) => a == b,
            (Self::Tariff(a), Self::Tariff(b)) => a == b,
            (Self::Scenario(a), Self::Scenario(b)) => a == b,
            (Self::Bulk(a), Self::Bulk(b)) => a == b,
            (Self::Time(a), Self::Time(b)) => a.to_string() == b.to_string(),
            (Self::Io(a), Self::Io(b)) => a.to_string() == b.to_string(),
            (Self::In { place, source }, Self::In { place: other_place, source: other }) => {
                place == other_place && source == other
            }
            _ => false,
        }
    }
}

impl Eq for ErrorKind {}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell { line, column } => write!(f, "line {line}, column `{column}`"),
            Self::Series(name) => write!(f, "series `{name}`"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Tariff(name) => write!(f, "tariff `{name}`"),
            Self::TariffNumber(number) => write!(f, "tariff {number}"),
            Self::Adjustment(name) => write!(f, "adjustment `{name}`"),
            Self::AdjustmentNumber(number) => write!(f, "adjustment {number}"),
            Self::Tier { key, number } => write!(f, "`{key}` tier {number}"),
            Self::Change(number) => write!(f, "change {number}"),
            Self::Key(key) => write!(f, "`{key}`"),
            Self::Month(first) => write!(f, "month from {first}"),
            Self::Offer { name, month } => write!(f, "offer `{name}`, month {month}"),
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl From<jiff::Error> for Error {
    fn from(error: jiff::Error) -> Self {
        ErrorKind::Time(error).into()
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        ErrorKind::Io(Arc::new(error)).into()
    }
}

impl From<TextError> for Error {
    fn from(error: TextError) -> Self {
        ErrorKind::Text(error).into()
    }
}

impl From<NumberError> for Error {
    fn from(error: NumberError) -> Self {
        ErrorKind::Number(error).into()
    }
}

impl From<MoneyError> for Error {
    fn from(error: MoneyError) -> Self {
        ErrorKind::Money(error).into()
    }
}

impl From<PriceError> for Error {
    fn from(error: PriceError) -> Self {
        ErrorKind::Price(error).into()
    }
}

impl From<UsageError> for Error {
    fn from(error: UsageError) -> Self {
        ErrorKind::Usage(error).into()
    }
}

impl From<TariffError> for Error {
    fn from(error: TariffError) -> Self {
        ErrorKind::Tariff(error).into()
    }
}

impl From<ScenarioError> for Error {
    fn from(error: ScenarioError) -> Self {
        ErrorKind::Scenario(error).into()
    }
}

impl From<BulkError> for Error {
    fn from(error: BulkError) -> Self {
        ErrorKind::Bulk(error).into()
    }
}

//! Lengths of time as text: `5 min`, `300 s`.

use crate::{
    Error,
    text::{Notation, Scanner, TextError, UnitAlone, clip},
};
use core::{fmt, time::Duration};

/// The units and their nanoseconds, the largest first.
const UNITS: [(&str, u128); 7] = [
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("min", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeUnit {
    pub(crate) symbol: &'static str,
    pub(crate) nanoseconds: u128,
}

impl TimeUnit {
    /// Returns the unit with this symbol.
    pub(crate) fn of(symbol: &str) -> Option<Self> {
        let symbol = if matches!(symbol, "day" | "days") { "d" } else { symbol };
        let found = UNITS.iter().find(|(known, _)| *known == symbol);
        found.map(|&(symbol, nanoseconds)| Self { symbol, nanoseconds })
    }
}

/// Reads a length of time where the scanner stands.
#[cfg(feature = "serde")]
pub(crate) fn scan_time(scanner: &mut Scanner<'_>) -> Result<Duration, Error> {
    scan_time_or(scanner, UnitAlone::Refused)
}

/// Reads a length of time where the scanner stands, or a unit alone.
pub(crate) fn scan_time_or(scanner: &mut Scanner<'_>, alone: UnitAlone) -> Result<Duration, Error> {
    const UNIT: &str = "a unit such as s, min, h or days";
    const NOTATION: Notation = Notation {
        what: "time",
        example: "a number and a unit, such as 1 min",
        units: UNIT,
        finest: "whole nanoseconds",
        size: nanoseconds,
        refuse: |unit, at| {
            let (text, expected) = (clip(unit), UNIT.to_owned());
            Error::from(TextError::Unknown { what: "unit", text, at, expected })
        },
        most: Duration::MAX.as_nanos(),
        most_text: || format!("{} s", u64::MAX),
    };
    NOTATION.scan(scanner, alone).map(from_nanoseconds)
}

/// Converts `count` nanoseconds, at most those of [`Duration::MAX`].
pub(crate) fn from_nanoseconds(count: u128) -> Duration {
    const SECOND: u128 = 1_000_000_000;
    #[expect(clippy::expect_used, reason = "callers hold the bound")]
    let seconds = u64::try_from(count / SECOND).expect("at most the seconds of Duration::MAX");
    Duration::new(seconds, (count % SECOND) as u32)
}

fn nanoseconds(unit: &str) -> Option<u128> {
    let unit = if matches!(unit, "day" | "days") { "d" } else { unit };
    UNITS.iter().find(|(symbol, _)| *symbol == unit).map(|&(_, size)| size)
}

/// A length of time, written as a whole number of the largest unit that divides it. [`scan_time_or`]
/// reads it back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeText(pub(crate) Duration);

impl fmt::Display for TimeText {
    #[expect(clippy::arithmetic_side_effects, reason = "the divisor is the size of a unit")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_nanos();
        let whole = |&&(_, size): &&(&str, u128)| count > 0 && count.is_multiple_of(size);
        match UNITS.iter().find(whole) {
            Some((symbol, size)) => write!(f, "{} {symbol}", count / size),
            None => f.write_str("0 s"),
        }
    }
}

//! Lengths of time as text: `5 min`, `300 s`.

use super::{Fault, FaultKind, Notation, Scanner, UnitAlone, attempt};
use core::{fmt, time::Duration};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeUnit {
    pub(crate) symbol: &'static str,
    pub(crate) nanoseconds: u128,
}

const fn unit(symbol: &'static str, nanoseconds: u128) -> TimeUnit {
    TimeUnit { symbol, nanoseconds }
}

const DAY: TimeUnit = unit("d", 86_400_000_000_000);
const HOUR: TimeUnit = unit("h", 3_600_000_000_000);
const MINUTE: TimeUnit = unit("min", 60_000_000_000);
const SECOND: TimeUnit = unit("s", 1_000_000_000);
const MILLISECOND: TimeUnit = unit("ms", 1_000_000);
const MICROSECOND: TimeUnit = unit("us", 1_000);
const NANOSECOND: TimeUnit = unit("ns", 1);

/// The units, the largest first.
const UNITS: [TimeUnit; 7] = [DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND];

impl TimeUnit {
    const fn from_symbol(symbol: &[u8]) -> Option<Self> {
        Some(match symbol {
            b"d" | b"day" | b"days" => DAY,
            b"h" => HOUR,
            b"min" => MINUTE,
            b"s" => SECOND,
            b"ms" => MILLISECOND,
            b"us" => MICROSECOND,
            b"ns" => NANOSECOND,
            _ => return None,
        })
    }
}

/// Reads a length of time where the scanner stands.
#[cfg(feature = "serde")]
pub(crate) const fn scan_time<'a>(scanner: &mut Scanner<'a>) -> Result<Duration, Fault<'a>> {
    let (time, _) = attempt!(scan_time_in(scanner, UnitAlone::Refused));
    Ok(time)
}

/// Reads a length of time where the scanner stands, or a unit alone, and its unit.
pub(crate) const fn scan_time_in<'a>(
    scanner: &mut Scanner<'a>,
    alone: UnitAlone,
) -> Result<(Duration, TimeUnit), Fault<'a>> {
    const NOTATION: Notation = Notation {
        what: "time",
        example: "a number and a unit, such as 1 min",
        units: "a unit such as s, min, h or days",
        finest: "whole nanoseconds",
        most: Duration::MAX.as_nanos(),
        most_text: "18446744073709551615 s",
    };
    let start = scanner.at();
    let number = attempt!(NOTATION.number(scanner, alone));
    let at = scanner.at();
    let symbol = attempt!(NOTATION.unit(scanner));
    let Some(unit) = TimeUnit::from_symbol(symbol) else {
        return Err(Fault::since(at, scanner, FaultKind::Unknown { what: "unit" }, NOTATION.units));
    };
    let count = attempt!(NOTATION.count(&number, unit.nanoseconds, start, scanner));
    Ok((from_nanoseconds(count), unit))
}

/// Converts `count` nanoseconds, at most those of [`Duration::MAX`].
#[expect(clippy::cast_possible_truncation, reason = "asserted, and a remainder of a billion")]
pub(crate) const fn from_nanoseconds(count: u128) -> Duration {
    const SECOND: u128 = 1_000_000_000;
    let seconds = count / SECOND;
    assert!(seconds <= u64::MAX as u128, "callers hold that the count fits a duration");
    Duration::new(seconds as u64, (count % SECOND) as u32)
}

/// A length of time, written as a whole number of the largest unit that divides it. [`scan_time_in`]
/// reads it back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeText(pub(crate) Duration);

impl fmt::Display for TimeText {
    #[expect(clippy::arithmetic_side_effects, reason = "the divisor is the size of a unit")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_nanos();
        let whole = |unit: &&TimeUnit| count > 0 && count.is_multiple_of(unit.nanoseconds);
        match UNITS.iter().find(whole) {
            Some(TimeUnit { symbol, nanoseconds }) => {
                write!(f, "{} {symbol}", count / nanoseconds)
            }
            None => f.write_str("0 s"),
        }
    }
}

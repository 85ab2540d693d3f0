//! [`Written`]: the units in which the quantity of a price was given.

use crate::{
    Error,
    number::Ratio,
    quantity::{AnyQuantity, BIT, DataRate, RateUnit, VolumeUnit},
    text::{Scanner, TimeText, TimeUnit, UnitAlone},
};
use core::time::Duration;

/// The units in which the quantity of a price is written. They change no value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Written {
    /// As the quantity writes itself.
    Plainly,
    Volume(VolumeUnit),
    Rate(RateIn),
    /// A rate over a time, which is a volume.
    RateTime {
        rate: DataRate,
        rate_in: Option<RateIn>,
        time: Duration,
        time_in: Option<TimeUnit>,
    },
}

/// A unit of rate: of the `bps` family, or a unit of volume and `/s`.
#[derive(Debug, Clone, Copy)]
pub(super) enum RateIn {
    Unit(RateUnit),
    PerSecond(VolumeUnit),
}

impl RateIn {
    /// Returns the unit with this symbol.
    fn of(symbol: &str) -> Option<Self> {
        if let Ok(unit) = symbol.parse() {
            return Some(Self::Unit(unit));
        }
        symbol.strip_suffix("/s")?.parse().ok().map(Self::PerSecond)
    }

    fn write(self, rate: DataRate) -> String {
        match self {
            Self::Unit(unit) => rate.display_in(unit).to_string(),
            Self::PerSecond(unit) => {
                let size = unit.size().checked_div(BIT).map_or(Ratio::ONE, Ratio::from);
                let bits = Ratio::from(rate.as_bps());
                // The size is not zero: no unit is smaller than a bit.
                let count = bits.checked_div(&size).unwrap_or(bits);
                format!("{count} {unit}/s")
            }
        }
    }
}

impl Written {
    /// Returns the quantity as text.
    pub(super) fn write(self, per: AnyQuantity) -> String {
        match (self, per) {
            (Self::Volume(unit), AnyQuantity::Volume(volume)) => {
                volume.display_in(unit).to_string()
            }
            (Self::Rate(unit), AnyQuantity::Rate(rate)) => unit.write(rate),
            (Self::RateTime { rate, rate_in, time, time_in }, _) => {
                let rate = rate_in.map_or_else(|| rate.to_string(), |unit| unit.write(rate));
                format!("{rate} for {}", write_time(time_in, time))
            }
            _ => per.to_string(),
        }
    }

    /// Returns the unit of the volume that was read since `start`.
    pub(super) fn volume_since(scanner: &Scanner<'_>, start: usize) -> Self {
        symbol_since(scanner, start).parse().map_or(Self::Plainly, Self::Volume)
    }

    /// Returns the unit of the rate that was read since `start`.
    pub(super) fn rate_since(scanner: &Scanner<'_>, start: usize) -> Option<RateIn> {
        RateIn::of(symbol_since(scanner, start))
    }
}

/// Returns a length of time in a unit, or in the largest that divides it.
fn write_time(unit: Option<TimeUnit>, time: Duration) -> String {
    match unit {
        Some(TimeUnit { symbol, nanoseconds }) => {
            format!("{} {symbol}", Ratio::fraction(false, time.as_nanos(), nanoseconds))
        }
        None => TimeText(time).to_string(),
    }
}

/// Returns the symbol behind a number.
fn symbol_since<'a>(scanner: &Scanner<'a>, start: usize) -> &'a str {
    scanner.since(start).trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '))
}

/// Reads a time where the scanner stands, and its unit.
pub(super) fn scan_time_in(
    scanner: &mut Scanner<'_>,
    alone: UnitAlone,
) -> Result<(Duration, Option<TimeUnit>), Error> {
    let start = scanner.at();
    let time = crate::text::scan_time_or(scanner, alone)?;
    Ok((time, TimeUnit::of(symbol_since(scanner, start))))
}

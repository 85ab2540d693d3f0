//! [`Written`]: the units in which the quantity of a price was given.

use crate::{
    number::Ratio,
    quantity::{AnyQuantity, DataRate, RateIn, VolumeUnit},
    text::{TimeText, TimeUnit},
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

/// Returns a rate as text, in a unit.
#[expect(clippy::arithmetic_side_effects, reason = "every rate over one second fits a data volume")]
fn write_rate(unit: RateIn, rate: DataRate) -> String {
    match unit {
        RateIn::Unit(unit) => rate.display_in(unit).to_string(),
        RateIn::PerSecond(unit) => {
            let volume = rate * Duration::from_secs(1);
            format!("{}/s", volume.display_in(unit))
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
            (Self::Rate(unit), AnyQuantity::Rate(rate)) => write_rate(unit, rate),
            (Self::RateTime { rate, rate_in, time, time_in }, _) => {
                let rate = rate_in.map_or_else(|| rate.to_string(), |unit| write_rate(unit, rate));
                format!("{rate} for {}", write_time(time_in, time))
            }
            _ => per.to_string(),
        }
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

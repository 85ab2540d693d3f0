//! Meters: what a tariff measures of a series.

use crate::{
    Error,
    quantity::{DataRate, DataVolume},
    usage::{Baseline, Percentile, UsageSeries},
};
use core::{fmt, time::Duration};
use jiff::tz::TimeZone;

/// What is measured of a series to be priced by volume.
///
/// ```
/// use bandwidth_cost::{Baseline, DataRate, VolumeMeter};
///
/// let extra = VolumeMeter::Excess(Baseline::constant(DataRate::from_gbps(5_650)));
/// assert_eq!(extra.to_string(), "excess volume");
/// ```
///
/// # Serde
///
/// `"total"`, or `{"excess": …}` with a [`Baseline`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum VolumeMeter {
    /// All volume.
    Total,
    /// The volume above a baseline.
    Excess(Baseline),
}

/// What is measured of a series to be priced by rate.
///
/// ```
/// use bandwidth_cost::{Percentile, RateMeter};
///
/// assert_eq!(RateMeter::Percentile(Percentile::P95).to_string(), "95th percentile");
/// ```
///
/// # Serde
///
/// `{"percentile": "95th percentile"}`, `"peak"`, `"mean"` or `"daily_peak_mean"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum RateMeter {
    /// A percentile of the slots' rates.
    Percentile(Percentile),
    /// The highest rate of a slot.
    Peak,
    /// The mean rate.
    Mean,
    /// The mean of each day's highest rate, to the nearest bit per second, half to even. Days are
    /// those of the card's time zone.
    DailyPeakMean,
}

impl VolumeMeter {
    pub(crate) fn measure(&self, series: &UsageSeries) -> Result<DataVolume, Error> {
        match self {
            Self::Total => Ok(series.total()),
            Self::Excess(baseline) => series.excess_over(baseline),
        }
    }
}

impl RateMeter {
    pub(crate) fn measure(self, series: &UsageSeries, zone: &TimeZone) -> DataRate {
        match self {
            Self::Percentile(percentile) => series.percentile(percentile),
            Self::Peak => series.peak(),
            Self::Mean => series.mean(),
            Self::DailyPeakMean => daily_peak_mean(series, zone),
        }
    }
}

#[allow(
    clippy::arithmetic_side_effects,
    reason = "the days of a series are fewer than its seconds, and each peak fits the rate"
)]
fn daily_peak_mean(series: &UsageSeries, zone: &TimeZone) -> DataRate {
    const SECOND: Duration = Duration::from_secs(1);
    let days = series.by_day(zone).map(|(_, day)| (day.peak() * SECOND, SECOND));
    let (volume, time) = days.fold((DataVolume::ZERO, Duration::ZERO), |(volume, time), day| {
        (volume + day.0, time + day.1)
    });
    volume / time
}

impl fmt::Display for VolumeMeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Total => "total volume",
            Self::Excess(_) => "excess volume",
        })
    }
}

impl fmt::Display for RateMeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percentile(percentile) => fmt::Display::fmt(percentile, f),
            Self::Peak => f.pad("peak rate"),
            Self::Mean => f.pad("mean rate"),
            Self::DailyPeakMean => f.pad("mean of daily peaks"),
        }
    }
}

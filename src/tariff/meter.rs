//! [`VolumeMeter`] and [`RateMeter`]: the measure of a series that a tariff prices.

use crate::{
    Error,
    quantity::{DataRate, DataVolume},
    usage::{Baseline, Percentile, UsageSeries},
};
use core::{fmt, time::Duration};
use jiff::tz::TimeZone;
use std::borrow::Cow;

/// A measure of a series that is priced by volume.
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
    /// The whole volume.
    Total,
    /// The volume above a baseline.
    Excess(Baseline),
}

/// A measure of a series that is priced by rate.
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
    /// The mean of each day's highest rate, rounded to the nearest bit per second, half to even. The
    /// days are those of the card's time zone.
    DailyPeakMean,
}

impl VolumeMeter {
    pub(crate) fn measure(&self, series: &UsageSeries) -> Result<DataVolume, Error> {
        match self {
            Self::Total => Ok(series.total()),
            Self::Excess(baseline) => series.excess_over(baseline),
        }
    }

    /// Returns the series of the volumes that count, whose total is the measure.
    pub(crate) fn counted<'a>(
        &self,
        series: &'a UsageSeries,
    ) -> Result<Cow<'a, UsageSeries>, Error> {
        match self {
            Self::Total => Ok(Cow::Borrowed(series)),
            Self::Excess(baseline) => series.excess_slots(baseline).map(Cow::Owned),
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

#[expect(
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

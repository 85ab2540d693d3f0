//! [`Baseline`]: what traffic is usual, so that what is above it is extra.

use super::UsageSeries;
use crate::{
    Error,
    quantity::{DataRate, DataVolume, TimeText},
};

/// What traffic is usual. A regulator's "extra traffic" and a contract's overage are what is above
/// it: see [`UsageSeries::excess_over`].
///
/// ```
/// use bandwidth_cost::{Baseline, DataRate, UsageSeries, jiff::Timestamp, pta};
/// use core::time::Duration;
///
/// let start: Timestamp = "2024-10-01T00:00:00Z".parse()?;
/// let rates = [600, 815, 630].map(DataRate::from_gbps);
/// let series = UsageSeries::from_rates(start, Duration::from_secs(3600), rates)?;
/// let excess = series.excess_over(&Baseline::constant(DataRate::from_gbps(615)))?;
/// assert_eq!(excess, DataRate::from_gbps(200 + 15) * Duration::from_secs(3600));
/// assert_eq!(pta::DISRUPTION_COST.cost(excess).to_string(), "129000 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Serde
///
/// `{"constant": "615 Gbps"}`, or `{"series": …}` with a [`UsageSeries`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Baseline(Kind);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
enum Kind {
    Constant(DataRate),
    Series(UsageSeries),
}

impl Baseline {
    /// The same rate at all times.
    ///
    /// ```
    /// use bandwidth_cost::{Baseline, DataRate};
    ///
    /// let committed = Baseline::constant(DataRate::from_gbps(10));
    /// # let _ = committed;
    /// ```
    #[must_use]
    pub const fn constant(rate: DataRate) -> Self {
        Self(Kind::Constant(rate))
    }

    /// The traffic of each slot, as it was forecast or planned. It must have a slot for each of a
    /// series that is held against it, and may begin earlier and end later.
    ///
    /// ```
    /// use bandwidth_cost::{Baseline, DataRate, DataVolume, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let series = |rates: [u64; 2]| {
    ///     let rates = rates.map(DataRate::from_mbps);
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let plan = Baseline::series(series([100, 200])?);
    /// let excess = series([180, 180])?.excess_over(&plan)?;
    /// assert_eq!(excess, DataVolume::from_gigabytes(3)); // 80 Mbps for 300 s
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn series(series: UsageSeries) -> Self {
        Self(Kind::Series(series))
    }

    /// The rate of a constant one.
    #[cfg(feature = "serde")]
    pub(crate) const fn rate(&self) -> Option<DataRate> {
        match self.0 {
            Kind::Constant(rate) => Some(rate),
            Kind::Series(_) => None,
        }
    }
}

impl UsageSeries {
    /// What was carried above the baseline: the sum over all slots, in which a slot below it counts
    /// as zero.
    ///
    /// # Errors
    ///
    /// [`Error::BaselineMismatch`] unless a baseline that is a series has a slot for each slot of
    /// this one.
    ///
    /// ```
    /// # use bandwidth_cost::{Baseline, DataRate, DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [50, 180].map(DataRate::from_mbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let excess = series.excess_over(&Baseline::constant(DataRate::from_mbps(100)))?;
    /// assert_eq!(excess, DataVolume::from_gigabytes(3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn excess_over(&self, baseline: &Baseline) -> Result<DataVolume, Error> {
        let excess = |(&slot, &usual): (&DataVolume, &DataVolume)| slot.saturating_sub(usual);
        Ok(match &baseline.0 {
            Kind::Constant(rate) => {
                // A rate beyond all volumes is above each slot.
                let usual = rate.checked_mul(self.interval()).unwrap_or(DataVolume::MAX);
                self.volumes().iter().map(|slot| excess((slot, &usual))).sum()
            }
            Kind::Series(usual) => {
                let usual = usual.slots_of(self)?;
                self.volumes().iter().zip(usual.volumes()).map(excess).sum()
            }
        })
    }

    /// The slots that are also those of `other`.
    fn slots_of(&self, other: &Self) -> Result<Self, Error> {
        let same = match self.slice(other.start()..other.end()) {
            Ok(slots) if self.interval() == other.interval() => Some(slots),
            _ => None,
        };
        same.ok_or_else(|| Error::BaselineMismatch {
            baseline: self.describe(),
            series: other.describe(),
        })
    }

    fn describe(&self) -> String {
        format!("slots of {} from {} to {}", TimeText(self.interval()), self.start(), self.end())
    }
}

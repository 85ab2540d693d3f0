//! What was carried above a baseline, in all and slot by slot.

use crate::{
    Error,
    price::PriceError,
    quantity::{AnyQuantity, DataRate, DataVolume},
    text::TimeText,
    usage::{Baseline, UsageError, UsageSeries, baseline::Kind},
};

impl Baseline {
    /// What is usual in each slot of a series: to be drawn beside it.
    ///
    /// # Errors
    ///
    /// As [`UsageSeries::excess_over`], and as [`UsageSeries::from_volumes`] for a rate that no
    /// series can have.
    ///
    /// ```
    /// # use bandwidth_cost::{Baseline, DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [50, 180].map(DataRate::from_mbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let usual = Baseline::constant(DataRate::from_mbps(100)).usual_in(&series)?;
    /// assert_eq!(usual.peak(), DataRate::from_mbps(100));
    /// assert_eq!((usual.start(), usual.len()), (series.start(), series.len()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn usual_in(&self, series: &UsageSeries) -> Result<UsageSeries, Error> {
        UsageSeries::new(series.grid(), self.volumes_in(series)?)
    }

    /// What is usual in each slot of a series, at most the largest volume.
    fn volumes_in(&self, series: &UsageSeries) -> Result<Vec<DataVolume>, Error> {
        match &self.0 {
            Kind::Constant(rate) => {
                // A rate beyond all volumes is above each slot.
                let usual = rate.checked_mul(series.interval()).unwrap_or(DataVolume::MAX);
                Ok(vec![usual; series.len()])
            }
            Kind::Series(usual) => Ok(usual.slots_of(series)?.volumes().to_vec()),
            Kind::Weekly(profile) => profile.of_slots(series),
        }
    }
}

impl UsageSeries {
    /// What was carried above the baseline: the sum over all slots, in which a slot below it counts
    /// as zero.
    ///
    /// # Errors
    ///
    /// [`UsageError::BaselineMismatch`] unless a baseline that is a series has a slot for each slot of
    /// this one; [`UsageError::BaselineInterval`] and [`UsageError::UnseenWallTime`] of a weekly profile.
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
        Ok(self.excess_slots(baseline)?.total())
    }

    /// The excess of each slot: what [`excess_over`](Self::excess_over) sums, to be drawn, cut by
    /// month, or counted in steps.
    ///
    /// # Errors
    ///
    /// As [`excess_over`](Self::excess_over).
    ///
    /// ```
    /// # use bandwidth_cost::{Baseline, DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [50, 180].map(DataRate::from_mbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let excess = series.excess_slots(&Baseline::constant(DataRate::from_mbps(100)))?;
    /// let rates: Vec<DataRate> = excess.rates().map(|(_, rate)| rate).collect();
    /// assert_eq!(rates, [DataRate::ZERO, DataRate::from_mbps(80)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn excess_slots(&self, baseline: &Baseline) -> Result<Self, Error> {
        let slots = self.volumes().iter().zip(baseline.volumes_in(self)?);
        let excess = slots.map(|(&slot, usual)| slot.saturating_sub(usual));
        Self::new(self.grid(), excess.collect())
    }

    /// The series with each slot's rate rounded up to a multiple of `step`: for contracts that count
    /// each *started* Tbps. A schedule's increment rounds the total of a period instead; price the
    /// total of this series for such a contract.
    ///
    /// # Errors
    ///
    /// [`PriceError::ZeroQuantity`] for a step of zero; [`UsageError::SlotTooLarge`] for a rate that is
    /// rounded up to more than [`DataRate::MAX`]; [`UsageError::TotalTooLarge`] for volumes that are
    /// rounded up to more than [`DataVolume::MAX`].
    ///
    /// ```
    /// use bandwidth_cost::{Baseline, DataRate, UsageSeries, jiff::Timestamp, pta};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [5_650, 5_900, 6_750].map(DataRate::from_gbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(60), rates)?;
    /// let excess = series.excess_slots(&Baseline::constant(DataRate::from_gbps(5_650)))?;
    /// let started = excess.rounded_up_to(DataRate::from_tbps(1))?;
    /// // None, one and two started Tbps, a minute each.
    /// assert_eq!(pta::DISRUPTION_COST.cost(started.total()).to_string(), "30000 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rounded_up_to(&self, step: DataRate) -> Result<Self, Error> {
        if step.is_zero() {
            let (what, quantity) = ("an increment", AnyQuantity::Rate(step));
            return Err(PriceError::ZeroQuantity { what, quantity }.into());
        }
        // A step that carries more than any volume rounds up none but zero.
        let step = step.checked_mul(self.interval());
        let round_up = |(slot, &volume): (usize, &DataVolume)| {
            if volume.is_zero() {
                return Ok(volume);
            }
            let whole = |step: DataVolume| {
                volume.as_nanobits().checked_next_multiple_of(step.as_nanobits())
            };
            let rounded = step.and_then(whole).map(DataVolume::from_nanobits);
            rounded.ok_or_else(|| Error::from(UsageError::TotalTooLarge { at: self.edge(slot) }))
        };
        let volumes = self.volumes().iter().enumerate().map(round_up);
        Self::new(self.grid(), volumes.collect::<Result<_, _>>()?)
    }

    /// The slots that are also those of `other`.
    fn slots_of(&self, other: &Self) -> Result<Self, Error> {
        let same = match self.slice(other.start()..other.end()) {
            Ok(slots) if self.interval() == other.interval() => Some(slots),
            _ => None,
        };
        same.ok_or_else(|| {
            Error::from(UsageError::BaselineMismatch {
                baseline: self.describe(),
                series: other.describe(),
            })
        })
    }

    fn describe(&self) -> String {
        format!("slots of {} from {} to {}", TimeText(self.interval()), self.start(), self.end())
    }
}

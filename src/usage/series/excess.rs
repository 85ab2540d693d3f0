//! The part of [`UsageSeries`] that measures the excess over a [`Baseline`].

use crate::{
    Error,
    quantity::{DataRate, DataVolume},
    usage::{Baseline, SeriesLimit, UsageError, UsageSeries, baseline::Form, series::LeftOut},
};

impl Baseline {
    /// Returns the usual traffic in each slot of a series, as a series to be drawn beside it.
    ///
    /// # Errors
    ///
    /// The errors of [`UsageSeries::excess_over`], and [`UsageError::TooLarge`] if the usual volumes
    /// sum to more than [`DataVolume::MAX`].
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
        let Usual { volumes, left_out } = self.usual_of(series)?;
        UsageSeries::new(series.grid(), volumes, left_out)
    }

    /// Returns the usual volume of each slot of a series.
    fn usual_of(&self, series: &UsageSeries) -> Result<Usual, Error> {
        match &self.form {
            Form::Constant(rate) => {
                // A rate that carries more than any volume in a slot exceeds the rate of each slot.
                let usual = rate.checked_mul(series.interval()).unwrap_or(DataVolume::MAX);
                Ok(Usual { volumes: vec![usual; series.len()], left_out: None })
            }
            Form::Series(usual) => {
                let usual = usual.slots_of(series)?;
                let (volumes, left_out) = (usual.volumes().to_vec(), usual.left_out().cloned());
                Ok(Usual { volumes, left_out })
            }
            Form::Weekly(profile) => {
                Ok(Usual { volumes: profile.of_slots(series)?, left_out: None })
            }
        }
    }
}

/// The usual volume of each slot of a series, and which of them a baseline does not know.
struct Usual {
    volumes: Vec<DataVolume>,
    left_out: Option<LeftOut>,
}

impl UsageSeries {
    /// Returns the volume above the baseline: the sum of each slot's excess, which is zero for a slot
    /// below the baseline.
    ///
    /// # Errors
    ///
    /// - [`UsageError::SlotsMismatch`] if the baseline is a series without a slot for each slot of
    ///   this one, or a weekly profile of slots of another length.
    /// - [`UsageError::UnseenWallTime`] if the baseline is a weekly profile without one of the wall
    ///   times at which slots begin.
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

    /// Returns the excess of each slot, whose sum is [`excess_over`](Self::excess_over), as a series
    /// that can be drawn, cut by month or [rounded up](Self::rounded_up_to).
    ///
    /// # Errors
    ///
    /// The errors of [`excess_over`](Self::excess_over).
    ///
    /// ```
    /// # use bandwidth_cost::{Baseline, DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [50, 180].map(DataRate::from_mbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let excess = series.excess_slots(&Baseline::constant(DataRate::from_mbps(100)))?;
    /// let rates: Vec<DataRate> = excess.rates().filter_map(|(_, rate)| rate).collect();
    /// assert_eq!(rates, [DataRate::ZERO, DataRate::from_mbps(80)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn excess_slots(&self, baseline: &Baseline) -> Result<Self, Error> {
        let usual = baseline.usual_of(self)?;
        // A tolerance that carries more than any volume in a slot leaves no excess.
        let tolerance =
            baseline.tolerance().checked_mul(self.interval()).unwrap_or(DataVolume::MAX);
        let slots = self.volumes().iter().zip(usual.volumes).enumerate();
        let is_unknown = |slot| usual.left_out.as_ref().is_some_and(|out| out.contains(slot));
        let excess = slots.map(|(slot, (volume, usual))| {
            let excess = volume.saturating_sub(usual);
            let counts = excess > tolerance && self.is_known(slot) && !is_unknown(slot);
            if counts { excess } else { DataVolume::ZERO }
        });
        let volumes = excess.collect();
        let flags = (0..self.len()).map(|slot| !self.is_known(slot) || is_unknown(slot));
        Self::new(self.grid(), volumes, LeftOut::of(flags))
    }

    /// Returns the series with each slot's rate rounded up to a multiple of `increment`, for contracts
    /// that count each *started* Tbps.
    ///
    /// The increment of a schedule rounds the total of a period instead. Price the total of this
    /// series for such a contract.
    ///
    /// # Errors
    ///
    /// - [`UsageError::ZeroIncrement`] if `increment` is zero.
    /// - [`UsageError::TooLarge`] if a rate is rounded up to more than [`DataRate::MAX`], or volumes
    ///   to more than [`DataVolume::MAX`] together.
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
    pub fn rounded_up_to(&self, increment: DataRate) -> Result<Self, Error> {
        if increment.is_zero() {
            return Err(UsageError::ZeroIncrement.into());
        }
        // An increment that carries more than any volume in a slot rounds up no slot but an empty one.
        let increment = increment.checked_mul(self.interval());
        let round_up = |(slot, &volume): (usize, &DataVolume)| {
            if volume.is_zero() {
                return Ok(volume);
            }
            let whole = |increment: DataVolume| {
                volume.as_nanobits().checked_next_multiple_of(increment.as_nanobits())
            };
            let rounded = increment.and_then(whole).map(DataVolume::from_nanobits);
            rounded.ok_or_else(|| SeriesLimit::of_volume(self.edge(slot)))
        };
        let volumes = self.volumes().iter().enumerate().map(round_up);
        self.with_volumes(volumes.collect::<Result<_, _>>()?)
    }

    /// Returns the part with the slots of `other`.
    fn slots_of(&self, other: &Self) -> Result<Self, Error> {
        let same = match self.slice(other.start()..other.end()) {
            Ok(slots) if self.interval() == other.interval() => Some(slots),
            _ => None,
        };
        same.ok_or_else(|| {
            UsageError::SlotsMismatch { left: self.slots(), right: other.slots() }.into()
        })
    }
}

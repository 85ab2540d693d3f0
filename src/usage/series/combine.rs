//! The part of [`UsageSeries`] that combines series slot by slot.

use super::{Grid, LeftOut};
use crate::{
    Error,
    quantity::DataVolume,
    usage::{UsageError, UsageSeries},
};

impl UsageSeries {
    /// Adds two series slot by slot, such as two ports on one bill, or both directions of a link.
    ///
    /// A slot that one of the two leaves out is left out of the sum. **For a tariff by volume this means
    /// that the other port's traffic in that slot is not billed**: the total of the sum is less than
    /// the sum of the totals. Bill such ports one by one, or fill their gaps by a
    /// [`GapPolicy`](crate::GapPolicy) when you make the series.
    ///
    /// Add the ports **before** taking the percentile: the percentile of the samples of all ports
    /// is not the percentile of their sum. Ports that were in service at different times are added
    /// by [`pool`](Self::pool).
    ///
    /// # Errors
    ///
    /// - [`UsageError::SlotsMismatch`] if the two series do not have the same slots.
    /// - [`UsageError::TooLarge`] if the rate of a slot exceeds [`DataRate::MAX`](crate::DataRate::MAX), or the total
    ///   exceeds [`DataVolume::MAX`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Percentile, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let port = |rates: [u64; 2]| {
    ///     let rates = rates.map(DataRate::from_mbps);
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let both = port([100, 20])?.sum_with(&port([30, 100])?)?;
    /// assert_eq!(both, port([130, 120])?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sum_with(&self, other: &Self) -> Result<Self, Error> {
        self.check_aligned(other)?;
        let slots = self.volumes().iter().zip(other.volumes()).enumerate();
        let sums = slots.map(|(slot, (a, b))| {
            if !(self.is_known(slot) && other.is_known(slot)) {
                return Ok(DataVolume::ZERO);
            }
            a.checked_add(*b).ok_or_else(|| self.grid().too_much(slot))
        });
        Self::new(self.grid(), sums.collect::<Result<_, _>>()?, self.left_out_of_either(other))
    }

    /// Returns a series of the larger volume of two series in each slot, as some contracts bill the
    /// two directions of a link. A slot that one of the two leaves out is left out.
    ///
    /// # Errors
    ///
    /// - [`UsageError::SlotsMismatch`] if the two series do not have the same slots.
    /// - [`UsageError::TooLarge`] if the total exceeds [`DataVolume::MAX`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let direction = |rates: [u64; 2]| {
    ///     let rates = rates.map(DataRate::from_mbps);
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let link = direction([100, 20])?.max_with(&direction([30, 90])?)?;
    /// assert_eq!(link, direction([100, 90])?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn max_with(&self, other: &Self) -> Result<Self, Error> {
        self.check_aligned(other)?;
        let slots = self.volumes().iter().zip(other.volumes()).enumerate();
        let larger = slots.map(|(slot, (a, b))| {
            if self.is_known(slot) && other.is_known(slot) { *a.max(b) } else { DataVolume::ZERO }
        });
        Self::new(self.grid(), larger.collect(), self.left_out_of_either(other))
    }

    /// Adds any number of series slot by slot, from the start of the earliest to the end of the
    /// latest: the ports of one contract, some of which were added later or removed earlier.
    ///
    /// A slot outside the span of a series counts as zero in it. A slot that a series leaves out within
    /// its span is left out of the sum, as by [`sum_with`](Self::sum_with).
    ///
    /// # Errors
    ///
    /// - [`UsageError::EmptySeries`] if there are no series, or if all slots are left out.
    /// - [`UsageError::SlotsMismatch`] if the slots of two series have different lengths or do not begin
    ///   at the same times; [`on_clock`](Self::on_clock) and [`resample`](Self::resample) help.
    /// - [`UsageError::TooLarge`] if a slot, their number or the total exceeds the limits of a series.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let five_minutes = Duration::from_secs(300);
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let port = |from, mbps: &[u64]| {
    ///     let rates = mbps.iter().map(|&mbps| DataRate::from_mbps(mbps));
    ///     UsageSeries::from_rates(from, five_minutes, rates)
    /// };
    /// let first = port(start, &[100, 20, 60])?;
    /// let second = port(start + five_minutes, &[30, 100, 90])?; // in service five minutes later
    /// assert_eq!(UsageSeries::pool([&first, &second])?, port(start, &[100, 50, 160, 90])?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pool<'a>(series: impl IntoIterator<Item = &'a Self>) -> Result<Self, Error> {
        let all: Vec<&Self> = series.into_iter().collect();
        let first = all.first().ok_or(UsageError::EmptySeries)?;
        for other in &all {
            if !first.grid().has_same_phase(other.grid()) {
                let (left, right) = (first.slots(), other.slots());
                return Err(UsageError::SlotsMismatch { left, right }.into());
            }
        }
        let start = all.iter().map(|series| series.start()).fold(first.start(), Ord::min);
        let end = all.iter().map(|series| series.end()).fold(first.end(), Ord::max);
        let grid = Grid::new(start, first.interval())?;
        let slots = grid.slots_to(end);
        let too_many = || grid.too_many(slots);
        let slots = usize::try_from(slots).map_err(|_| too_many())?;
        let (mut volumes, mut left_out) = (Vec::new(), Vec::new());
        volumes.try_reserve_exact(slots).map_err(|_| too_many())?;
        left_out.try_reserve_exact(slots).map_err(|_| too_many())?;
        volumes.resize(slots, DataVolume::ZERO);
        left_out.resize(slots, false);
        for series in all {
            let from = usize::try_from(grid.slots_to(series.start())).map_err(|_| too_many())?;
            let sums = volumes.iter_mut().zip(&mut left_out).skip(from).zip(series.volumes());
            for (slot, ((sum, is_left_out), volume)) in sums.enumerate() {
                *sum = sum.checked_add(*volume).ok_or_else(|| series.grid().too_much(slot))?;
                *is_left_out |= !series.is_known(slot);
            }
        }
        for (sum, is_left_out) in volumes.iter_mut().zip(&left_out) {
            if *is_left_out {
                *sum = DataVolume::ZERO;
            }
        }
        Self::new(grid, volumes, LeftOut::of(left_out.into_iter()))
    }

    /// Returns the slots that either of two series with the same slots leaves out.
    fn left_out_of_either(&self, other: &Self) -> Option<LeftOut> {
        if self.left_out().is_none() && other.left_out().is_none() {
            return None;
        }
        LeftOut::of((0..self.len()).map(|slot| !(self.is_known(slot) && other.is_known(slot))))
    }

    /// Checks that both series have the same slots.
    pub(crate) fn check_aligned(&self, other: &Self) -> Result<(), Error> {
        if (self.grid(), self.len()) == (other.grid(), other.len()) {
            return Ok(());
        }
        Err(UsageError::SlotsMismatch { left: self.slots(), right: other.slots() }.into())
    }
}

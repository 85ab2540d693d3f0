//! The part of [`UsageSeries`] that puts it into other slots.

use super::{Clock, LeftOut};
use crate::{
    Error,
    quantity::DataVolume,
    usage::{UsageError, UsageSeries},
};
use core::time::Duration;

impl UsageSeries {
    /// Returns the series in longer slots on the clock: slots that begin at whole multiples of
    /// `interval` since 1970-01-01T00:00:00Z.
    ///
    /// A new slot is left out if any part of it is left out. Slots that the series does not cover
    /// whole, at its two ends, are not part of the result. If the series' own slots are not on the
    /// clock, a slot may be divided by time between two new slots, to the billionth of a bit.
    ///
    /// The percentile of longer slots differs from that of shorter ones: the contract says which
    /// slots count.
    ///
    /// # Errors
    ///
    /// - [`UsageError::NotAMultiple`] if `interval` is not a multiple of the series' own.
    /// - [`UsageError::NoWholeSlot`] if the series covers no new slot whole.
    /// - [`UsageError::EmptySeries`] if all new slots are left out.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Percentile, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let minutes = [500, 100, 100, 100, 100].repeat(20).into_iter().map(DataRate::from_mbps);
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(60), minutes)?;
    /// assert_eq!(series.percentile(Percentile::P95), DataRate::from_mbps(500));
    /// let of_5_minutes = series.resample(Duration::from_secs(300))?;
    /// assert_eq!(of_5_minutes.percentile(Percentile::P95), DataRate::from_mbps(180));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resample(&self, interval: Duration) -> Result<Self, Error> {
        let own = self.interval();
        if interval.is_zero() || !interval.as_nanos().is_multiple_of(own.as_nanos()) {
            return Err(UsageError::NotAMultiple { own, interval }.into());
        }
        if self.grid().is_on_clock() {
            return self.folded(interval);
        }
        let mut clock = Clock::within(&(self.start()..self.end()), interval, self.len() as u128)?;
        let edges = (1..).map(|slot| self.edge(slot).as_nanosecond());
        let mut start = self.start().as_nanosecond();
        for ((slot, volume), end) in self.volumes().iter().enumerate().zip(edges) {
            if self.is_known(slot) {
                clock.book(start..end, *volume)?;
            } else {
                clock.leave_out(&(start..end));
            }
            start = end;
        }
        clock.into_series()
    }

    /// Puts slots that are on the clock together to longer ones, which needs no division.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        reason = "the new slots lie within the series, and an interval is not zero"
    )]
    fn folded(&self, interval: Duration) -> Result<Self, Error> {
        let span = self.start()..self.end();
        let grid = Clock::within(&span, interval, self.len() as u128)?.grid();
        let slots = |time: u128| {
            let slots = time / self.interval().as_nanos();
            usize::try_from(slots).expect("at most the slots of the series")
        };
        let before = slots(self.grid().nanoseconds_to(grid.start()));
        let each = slots(interval.as_nanos());
        let (_, volumes) = self.volumes().split_at(before);
        let parts = volumes.chunks_exact(each);
        let is_left_out = |slot: usize| {
            let first = before + slot * each;
            !(first..first + each).all(|slot| self.is_known(slot))
        };
        let left_out = self.left_out().and_then(|_| LeftOut::of((0..parts.len()).map(is_left_out)));
        let sums = parts.enumerate().map(|(slot, volumes)| match &left_out {
            Some(left_out) if left_out.contains(slot) => DataVolume::ZERO,
            _ => volumes.iter().sum(),
        });
        Self::new(grid, sums.collect(), left_out)
    }

    /// Returns the series in slots of the same length on the clock, so that it lines up with other
    /// series: see [`resample`](Self::resample).
    ///
    /// # Errors
    ///
    /// The errors of [`resample`](Self::resample).
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:02:00Z".parse()?;
    /// let volumes = [5, 10, 20].map(DataVolume::from_megabytes);
    /// let series = UsageSeries::from_volumes(start, Duration::from_secs(300), volumes)?.on_clock()?;
    /// assert_eq!(series.start().to_string(), "2025-01-01T00:05:00Z");
    /// let volumes: Vec<_> = series.iter().map(|(_, volume)| volume).collect();
    /// // 2 of 5 minutes of the first slot and 3 of the second, and so on.
    /// assert_eq!(volumes, [8, 16].map(|mb| Some(DataVolume::from_megabytes(mb))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn on_clock(&self) -> Result<Self, Error> {
        self.resample(self.interval())
    }
}

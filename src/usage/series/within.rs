//! The part of [`UsageSeries`] that keeps the slots in a window of local time.

use crate::{
    Error,
    quantity::DataVolume,
    usage::{UsageError, UsageSeries, Window, series::LeftOut},
};
use core::ops::Range;
use jiff::{Timestamp, tz::TimeZone};

impl UsageSeries {
    /// Returns the series with only the slots that begin in a window of local time; the others are left
    /// out.
    ///
    /// # Errors
    ///
    /// [`UsageError::EmptySeries`] if no slot is left.
    ///
    /// See [`Window`] for an example.
    pub fn within(&self, window: &Window, zone: &TimeZone) -> Result<Self, Error> {
        let kept = self.slots_in(*window, zone).map(|(slots, _)| slots.start.0..slots.end.0);
        let kept = kept.filter(|slots| !slots.is_empty());
        self.only(&kept.collect::<Vec<_>>()).ok_or_else(|| UsageError::EmptySeries.into())
    }

    /// Returns the ranges of slots in a window whose beginnings and ends are edges of slots.
    ///
    /// The error is the first beginning or end that is not an edge.
    pub(crate) fn slots_within(
        &self,
        window: Window,
        zone: &TimeZone,
    ) -> Result<Vec<Range<usize>>, Timestamp> {
        let ranges = self.slots_in(window, zone).map(|(slots, span)| {
            #[expect(clippy::expect_used, reason = "the spans are within the series")]
            let time = |at| Timestamp::from_nanosecond(at).expect("a time within the series");
            match (slots.start, slots.end) {
                ((start, true), (end, true)) => Ok(start..end),
                ((_, false), _) => Err(time(span.start)),
                ((_, true), (_, false)) => Err(time(span.end)),
            }
        });
        ranges.collect()
    }

    /// Returns the slots that begin in each span of a window, with whether these begin and end on edges, and
    /// the spans in nanoseconds since 1970.
    fn slots_in(
        &self,
        window: Window,
        zone: &TimeZone,
    ) -> impl Iterator<Item = (Range<(usize, bool)>, Range<i128>)> {
        let (start, interval) = (self.start().as_nanosecond(), self.interval().as_nanos());
        let slots = move |at: i128| {
            let elapsed = at.abs_diff(start);
            // 64 bits hold 584 years, and their division is the faster one.
            let (begun, rest) = match (u64::try_from(elapsed), u64::try_from(interval)) {
                (Ok(elapsed), Ok(interval)) => {
                    (elapsed.div_ceil(interval).into(), elapsed.is_multiple_of(interval))
                }
                _ => (elapsed.div_ceil(interval), elapsed.is_multiple_of(interval)),
            };
            // More than all slots are all slots.
            (usize::try_from(begun).map_or(self.len(), |begun: usize| begun.min(self.len())), rest)
        };
        let spans = window.spans(self.start()..self.end(), zone);
        spans.map(move |span| (slots(span.start)..slots(span.end), span))
    }

    /// Returns a series of only the given slots, which ascend, one after another, or `None` if all of these
    /// are left out: for measures that do not look at times.
    #[expect(clippy::expect_used, reason = "the ranges are of slots of the series")]
    pub(crate) fn joined(&self, slots: &[Range<usize>]) -> Option<Self> {
        let mut volumes = Vec::with_capacity(slots.iter().map(ExactSizeIterator::len).sum());
        for range in slots {
            volumes
                .extend_from_slice(self.volumes().get(range.clone()).expect("slots of the series"));
        }
        let flags = || slots.iter().cloned().flatten().map(|slot| !self.is_known(slot));
        let left_out =
            self.left_out().and_then(|_| LeftOut::of(flags().collect::<Vec<_>>().into_iter()));
        let known = left_out.as_ref().map_or(0, LeftOut::count) < volumes.len();
        known.then_some(Self { grid: self.grid, volumes, left_out })
    }

    /// Returns the series with only some ranges of its slots, which ascend, or `None` if all of these are
    /// left out.
    #[expect(clippy::expect_used, reason = "the ranges are of slots of the series")]
    pub(crate) fn only(&self, kept: &[Range<usize>]) -> Option<Self> {
        let left_out = LeftOut::all_but(kept, self.len(), self.left_out());
        if left_out.as_ref().map_or(0, LeftOut::count) == self.len() {
            return None;
        }
        let mut volumes = Vec::with_capacity(self.len());
        for range in kept {
            volumes.resize(range.start, DataVolume::ZERO);
            volumes
                .extend_from_slice(self.volumes().get(range.clone()).expect("slots of the series"));
        }
        volumes.resize(self.len(), DataVolume::ZERO);
        Some(Self { grid: self.grid, volumes, left_out })
    }
}

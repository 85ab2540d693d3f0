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
        let spans = window.spans(self.start()..self.end(), zone);
        let kept: Vec<_> = spans.iter().map(|span| self.slots_in(span)).collect();
        self.only(&kept).ok_or_else(|| UsageError::EmptySeries.into())
    }

    /// Returns the series with only the slots in a window whose beginnings and ends are edges of slots,
    /// or `None` if none of them is left.
    ///
    /// The error is the first beginning or end that is not an edge.
    pub(crate) fn within_edges(
        &self,
        window: Window,
        zone: &TimeZone,
    ) -> Result<Option<Self>, Timestamp> {
        let spans = window.spans(self.start()..self.end(), zone);
        let is_within = |at: &i128| {
            let at = at.abs_diff(self.start().as_nanosecond());
            !at.is_multiple_of(self.interval().as_nanos())
        };
        #[expect(clippy::expect_used, reason = "the spans are within the series")]
        if let Some(at) = spans.iter().flat_map(|span| [span.start, span.end]).find(is_within) {
            return Err(Timestamp::from_nanosecond(at).expect("a time within the series"));
        }
        let kept: Vec<_> = spans.iter().map(|span| self.slots_in(span)).collect();
        Ok(self.only(&kept))
    }

    /// Returns the slots that begin in a span of time within the series, in nanoseconds since 1970.
    fn slots_in(&self, span: &Range<i128>) -> Range<usize> {
        let slots = |at: i128| {
            let elapsed = at.abs_diff(self.start().as_nanosecond());
            let begun = elapsed.div_ceil(self.interval().as_nanos());
            // More than all slots are all slots.
            usize::try_from(begun).map_or(self.len(), |begun| begun.min(self.len()))
        };
        slots(span.start)..slots(span.end)
    }

    /// Returns the series with only some ranges of its slots, which ascend, or `None` if all of these are
    /// left out.
    #[expect(clippy::expect_used, reason = "the ranges are of slots of the series")]
    fn only(&self, kept: &[Range<usize>]) -> Option<Self> {
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

//! [`Clock`]: whole slots on the clock, to which volumes are booked by time.

use super::{Grid, LeftOut, UsageSeries};
use crate::{Error, number::portion, quantity::DataVolume, usage::UsageError};
use core::{mem, ops::Range, time::Duration};
use jiff::Timestamp;
use rust_decimal::RoundingStrategy;

/// The number of slots that any input may make, and the number of further slots for each of its
/// rows.
pub(in crate::usage) const FREE_SLOTS: u128 = 100_000;
pub(in crate::usage) const SLOTS_PER_ROW: u128 = 1_000;

/// Returns the largest number of slots that an input of `rows` rows may make by default.
pub(crate) fn usual_slots(rows: usize) -> u128 {
    FREE_SLOTS.saturating_add(SLOTS_PER_ROW.saturating_mul(rows as u128))
}

/// Slots that begin at whole multiples of their length since 1970-01-01T00:00:00Z, the volume in
/// each, and the volume before the first and after the last.
///
/// Times are in nanoseconds since 1970.
#[derive(Debug)]
pub(in crate::usage) struct Clock {
    interval: i128,
    /// The start of the first slot and the end of the last.
    span: Range<i128>,
    grid: Grid,
    volumes: Vec<DataVolume>,
    /// One flag for each slot, or empty as long as none is left out.
    left_out: Vec<bool>,
    pub(in crate::usage) head: DataVolume,
    pub(in crate::usage) tail: DataVolume,
    /// The slot that was booked last, and its start: where the next time is looked for first.
    last: (usize, i128),
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "times are of timestamps, whose nanoseconds take 75 bits, and intervals above zero \
              of at most their range"
)]
impl Clock {
    /// Creates the slots that lie whole within a span of time.
    ///
    /// Returns an error if there are none or more than `max_slots`.
    pub(in crate::usage) fn within(
        span: &Range<Timestamp>,
        interval: Duration,
        max_slots: u128,
    ) -> Result<Self, Error> {
        let nanoseconds = length_of(interval)?;
        let [from, to] = [span.start, span.end].map(Timestamp::as_nanosecond);
        let start = from.div_euclid(nanoseconds) + i128::from(from.rem_euclid(nanoseconds) != 0);
        let end = to.div_euclid(nanoseconds);
        if start >= end {
            return Err(UsageError::NoWholeSlot { span: span.clone(), interval }.into());
        }
        Self::new(start..end, interval, nanoseconds, max_slots)
    }

    /// Creates the slots that a span of time touches; that of its start, if it has no length.
    pub(in crate::usage) fn around(
        span: &Range<Timestamp>,
        interval: Duration,
        max_slots: u128,
    ) -> Result<Self, Error> {
        let nanoseconds = length_of(interval)?;
        let [from, to] = [span.start, span.end].map(Timestamp::as_nanosecond);
        let start = from.div_euclid(nanoseconds);
        let end = to.div_euclid(nanoseconds) + i128::from(to.rem_euclid(nanoseconds) != 0);
        Self::new(start..end.max(start + 1), interval, nanoseconds, max_slots)
    }

    fn new(
        slots: Range<i128>,
        interval: Duration,
        nanoseconds: i128,
        max_slots: u128,
    ) -> Result<Self, Error> {
        let count = slots.end.abs_diff(slots.start);
        let span = slots.start * nanoseconds..slots.end * nanoseconds;
        let edges = [span.start, span.end].map(Timestamp::from_nanosecond);
        let [Ok(start), Ok(_)] = edges else {
            return Err(UsageError::OffTheClock { interval }.into());
        };
        let grid = Grid::new(start, interval)?;
        let too_many = || grid.too_many(count);
        if count > max_slots {
            return Err(grid.more_than(count, max_slots));
        }
        let count = usize::try_from(count).map_err(|_| too_many())?;
        let mut volumes = Vec::new();
        volumes.try_reserve_exact(count).map_err(|_| too_many())?;
        volumes.resize(count, DataVolume::ZERO);
        let left_out = Vec::new();
        let (head, tail, last) = (DataVolume::ZERO, DataVolume::ZERO, (0, span.start));
        Ok(Self { interval: nanoseconds, span, grid, volumes, left_out, head, tail, last })
    }

    /// Returns the slots.
    pub(in crate::usage) const fn grid(&self) -> Grid {
        self.grid
    }

    /// Books a volume evenly over a span of time: to each slot by the rounded running total, and
    /// the rest before the first and after the last.
    pub(in crate::usage) fn book(
        &mut self,
        span: Range<i128>,
        volume: DataVolume,
    ) -> Result<(), Error> {
        if self.book_in_two(&span, volume) || volume.is_zero() {
            return Ok(());
        }
        let time = span.end.abs_diff(span.start);
        let upto = |edge: i128| part_of(volume, edge.abs_diff(span.start), time);
        let (mut at, mut booked) = (span.start, 0);
        if at < self.span.start {
            let edge = span.end.min(self.span.start);
            let head = if edge == span.end { volume.as_nanobits() } else { upto(edge) };
            self.head = self.sum(self.head, head, 0)?;
            (at, booked) = (edge, head);
        }
        // An instant is booked to the slot that begins with it.
        if (at < span.end || time == 0) && at < self.span.end && booked < volume.as_nanobits() {
            let mut slot = self.slot_of(at);
            let mut start = self.last.1;
            loop {
                let edge = span.end.min(start + self.interval);
                let total = if edge == span.end { volume.as_nanobits() } else { upto(edge) };
                if let Some(place) = self.volumes.get_mut(slot) {
                    *place = place
                        .checked_add(DataVolume::from_nanobits(total - booked))
                        .ok_or_else(|| self.grid.too_much(slot))?;
                }
                (at, booked) = (edge, total);
                if at == span.end || slot + 1 == self.volumes.len() {
                    break;
                }
                (slot, start) = (slot + 1, start + self.interval);
                self.last = (slot, start);
            }
        }
        let tail = volume.as_nanobits() - booked;
        if tail > 0 {
            self.tail = self.sum(self.tail, tail, self.volumes.len())?;
        }
        Ok(())
    }

    /// Books a volume to the slot of the last one and the next, or to the two after, if its time is in
    /// them; returns `false`, and books nothing, if not.
    ///
    /// Times mostly ascend, and are about as long as a slot.
    #[inline]
    fn book_in_two(&mut self, span: &Range<i128>, volume: DataVolume) -> bool {
        let (mut slot, mut start) = self.last;
        if span.start >= start + self.interval {
            (slot, start) = (slot + 1, start + self.interval);
        }
        let edge = start + self.interval;
        let is_in_two =
            start <= span.start && span.start < edge && span.end <= edge + self.interval;
        let Some([first, second]) = self.volumes.get_mut(slot..slot + 2) else { return false };
        if !is_in_two || span.start >= span.end {
            return false;
        }
        let [elapsed, time] = [edge, span.end].map(|end| (end - span.start).unsigned_abs());
        let part =
            if elapsed < time { part_of(volume, elapsed, time) } else { volume.as_nanobits() };
        let rest = volume.as_nanobits() - part;
        let sums = [(&*first, part), (&*second, rest)]
            .map(|(volume, more)| volume.checked_add(DataVolume::from_nanobits(more)));
        let [Some(of_first), Some(of_second)] = sums else { return false };
        (*first, *second) = (of_first, of_second);
        self.last = if elapsed < time { (slot + 1, edge) } else { (slot, start) };
        true
    }

    fn sum(&self, volume: DataVolume, nanobits: u128, slot: usize) -> Result<DataVolume, Error> {
        let sum = volume.checked_add(DataVolume::from_nanobits(nanobits));
        sum.ok_or_else(|| self.grid.too_much(slot))
    }

    /// Returns the slot of a time within the span, and remembers it.
    fn slot_of(&mut self, at: i128) -> usize {
        let (slot, start) = self.last;
        if !(start..start + self.interval).contains(&at) {
            let slots = at.abs_diff(self.span.start) / self.interval.unsigned_abs();
            let is_next = (start + self.interval..start + 2 * self.interval).contains(&at);
            // Times mostly ascend: then no division is needed.
            let found = if is_next { slot + 1 } else { slots_to_usize(slots) };
            let offset = if is_next {
                start + self.interval
            } else {
                self.span.start + slots.cast_signed() * self.interval
            };
            self.last = (found, offset);
        }
        self.last.0
    }

    /// Returns the slots that a span of time touches.
    fn touched(&self, span: &Range<i128>) -> Range<usize> {
        let from = span.start.clamp(self.span.start, self.span.end) - self.span.start;
        let to = span.end.clamp(self.span.start, self.span.end) - self.span.start;
        let end = to.div_euclid(self.interval) + i128::from(to.rem_euclid(self.interval) != 0);
        let slot = |count: i128| slots_to_usize(count.unsigned_abs());
        slot(from.div_euclid(self.interval))..slot(end)
    }

    /// Leaves out every slot that a span of time touches.
    pub(in crate::usage) fn leave_out(&mut self, span: &Range<i128>) {
        let touched = self.touched(span);
        self.left_out.resize(self.volumes.len(), false);
        if let Some(flags) = self.left_out.get_mut(touched) {
            flags.fill(true);
        }
    }

    /// Takes what was booked to the left-out slots that a span touches out of the series.
    pub(in crate::usage) fn take_left_out(
        &mut self,
        span: &Range<i128>,
    ) -> Result<DataVolume, Error> {
        let touched = self.touched(span);
        let flags = self.left_out.get(touched.clone()).unwrap_or_default();
        let volumes = self.volumes.get_mut(touched).unwrap_or_default();
        let mut taken = DataVolume::ZERO;
        for (volume, _) in volumes.iter_mut().zip(flags).filter(|(_, is_left_out)| **is_left_out) {
            let sum = taken.checked_add(mem::take(volume));
            taken = sum.ok_or_else(|| self.grid.too_much(0))?;
        }
        Ok(taken)
    }

    /// Returns the series of the slots; the volume of a slot that is left out is dropped.
    pub(in crate::usage) fn into_series(mut self) -> Result<UsageSeries, Error> {
        for (volume, is_left_out) in self.volumes.iter_mut().zip(&self.left_out) {
            if *is_left_out {
                *volume = DataVolume::ZERO;
            }
        }
        let left_out = LeftOut::of(self.left_out.into_iter());
        UsageSeries::new(self.grid, self.volumes, left_out)
    }
}

/// Returns the part of a volume that passed in the first of the time, in nanoseconds.
///
/// Numbers of 32 bits are fast to divide by, so the times are taken in seconds if they are whole, or
/// else in milliseconds.
#[inline]
#[expect(clippy::arithmetic_side_effects, reason = "the units are not zero")]
fn part_of(volume: DataVolume, elapsed: u128, time: u128) -> u128 {
    let nearest = RoundingStrategy::MidpointNearestEven;
    if let (Ok(elapsed), Ok(time)) = (u64::try_from(elapsed), u64::try_from(time)) {
        for unit in [1_000_000_000, 1_000_000] {
            if elapsed.is_multiple_of(unit) && time.is_multiple_of(unit) {
                let [elapsed, time] = [elapsed, time].map(|time| u128::from(time / unit));
                return portion(volume.as_nanobits(), elapsed, time, nearest);
            }
        }
    }
    portion(volume.as_nanobits(), elapsed, time, nearest)
}

#[expect(clippy::expect_used, reason = "slots are counted by a usize when the clock is made")]
fn slots_to_usize(slots: u128) -> usize {
    usize::try_from(slots).expect("slots are counted by a usize")
}

/// Returns the nanoseconds of a slot.
fn length_of(interval: Duration) -> Result<i128, Error> {
    if interval.is_zero() {
        return Err(UsageError::ZeroInterval.into());
    }
    i128::try_from(interval.as_nanos())
        .ok()
        .filter(|&nanoseconds| nanoseconds <= Timestamp::MAX.as_nanosecond())
        .ok_or_else(|| UsageError::OffTheClock { interval }.into())
}

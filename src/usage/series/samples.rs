//! The part of [`UsageSeries`] that is made of samples with a time each.

use super::{Clock, Grid, LeftOut, Rows, usual_slots, values::Values};
use crate::{
    Error,
    number::{portion, scaled},
    quantity::DataVolume,
    usage::{GapPolicy, Gaps, UsageError, UsageSeries},
};
use core::{num::NonZeroU128, ops::Range, time::Duration};
use jiff::Timestamp;
use rust_decimal::RoundingStrategy;

impl UsageSeries {
    /// Creates a series from samples in order of time, each with the time at which it begins and
    /// the volume from then on.
    ///
    /// If the time of each sample is that of the first plus a multiple of `interval`, each sample
    /// is a slot. A slot without a sample is a gap, and `gaps` says how it is treated. Samples at
    /// other distances, as pollers make them, are put on the clock: slots begin at whole multiples
    /// of `interval` since 1970-01-01T00:00:00Z. Then a sample counts up to the next one; if the
    /// next is more than 1.5 intervals away, it counts for one interval and a gap begins. A slot
    /// that a gap touches is left out whole, unless `gaps` fills it, and slots at the ends that the
    /// samples do not cover whole are not part of the series.
    ///
    /// # Errors
    ///
    /// - [`UsageError::EmptySeries`] if there are no samples, or if all slots are left out.
    /// - [`UsageError::ZeroInterval`] for an interval of zero.
    /// - [`UsageError::OutOfOrder`] for a time that does not come after the one before.
    /// - [`UsageError::Gap`] for a gap that `gaps` does not allow.
    /// - [`UsageError::NoWholeSlot`] if samples at unequal distances cover no slot whole, and
    ///   [`UsageError::OffTheClock`] if the last one counts beyond [`Timestamp::MAX`].
    /// - [`UsageError::TooLarge`] for more slots than 100,000 plus 1,000 for each sample, for a
    ///   slot that exceeds [`DataRate::MAX`](crate::DataRate::MAX), or a total above
    ///   [`DataVolume::MAX`].
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, GapPolicy, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// // A poller that is some seconds late each time.
    /// let at = |text: &str| text.parse::<Timestamp>();
    /// let samples = [
    ///     (at("2025-01-01T00:00:10Z")?, DataVolume::from_megabytes(290)),
    ///     (at("2025-01-01T00:05:00Z")?, DataVolume::from_megabytes(300)),
    ///     (at("2025-01-01T00:10:00Z")?, DataVolume::from_megabytes(600)),
    /// ];
    /// let five_minutes = Duration::from_secs(300);
    /// let series = UsageSeries::from_samples(samples, five_minutes, GapPolicy::Fail)?;
    /// assert_eq!(series.start(), at("2025-01-01T00:05:00Z")?);
    /// assert_eq!(series.total(), DataVolume::from_megabytes(900));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_samples(
        samples: impl IntoIterator<Item = (Timestamp, DataVolume)>,
        interval: Duration,
        gaps: impl Into<Gaps>,
    ) -> Result<Self, Error> {
        let mut all = Samples::new(interval, gaps.into(), SampleKind::Volumes)?;
        for (at, volume) in samples {
            all.push(at, Some(volume))?;
        }
        all.into_series()
    }
}

/// The kind of the samples' values: a rate goes on in a gap, and a volume is divided over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::usage) enum SampleKind {
    Volumes,
    Rates,
}

/// Samples so far, each with the volume of one interval, or `None` if its value is missing.
///
/// As long as they stand on a grid they take no more memory than the slots of the series, and then 24
/// bytes each.
#[derive(Debug)]
pub(in crate::usage) struct Samples {
    interval: Duration,
    gaps: Gaps,
    kind: SampleKind,
    stamped_at_end: bool,
    adding_up: bool,
    on_grid_only: bool,
    of_file: bool,
    max_slots: Option<usize>,
    rows: usize,
    /// The first stamp and the last.
    stamps: Option<(Timestamp, Timestamp)>,
    /// The values that are there, of samples on the grid of the first.
    values: Values,
    /// Runs of slots without a value: the number of values before each, and its length.
    runs: Vec<(usize, u128)>,
    /// All samples, once one is off the grid.
    off_grid: Option<Box<Rows>>,
}

impl Samples {
    pub(in crate::usage) fn new(
        interval: Duration,
        gaps: Gaps,
        kind: SampleKind,
    ) -> Result<Self, Error> {
        if interval.is_zero() {
            return Err(UsageError::ZeroInterval.into());
        }
        Ok(Self {
            interval,
            gaps,
            kind,
            stamped_at_end: false,
            adding_up: false,
            on_grid_only: false,
            of_file: false,
            max_slots: None,
            rows: 0,
            stamps: None,
            values: Values::of_unit(NonZeroU128::MIN),
            runs: Vec::new(),
            off_grid: None,
        })
    }

    /// Returns the length of a slot.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn interval(&self) -> Duration {
        self.interval
    }

    /// Takes stamps as the ends of samples.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn stamped_at_end(self, stamped_at_end: bool) -> Self {
        Self { stamped_at_end, ..self }
    }

    /// Adds up samples with the same time.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn adding_up(self, adding_up: bool) -> Self {
        Self { adding_up, ..self }
    }

    /// Refuses a sample that is not on the grid of the first.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn on_grid_only(self, on_grid_only: bool) -> Self {
        Self { on_grid_only, ..self }
    }

    /// Takes the numbers of [`push_count`](Self::push_count) as multiples of a unit of billionths of a bit.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn in_units_of(self, unit: NonZeroU128) -> Self {
        Self { values: Values::of_unit(unit), ..self }
    }

    /// Takes the samples as the rows of a file, whose distance may be that of longer means.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn of_file(self) -> Self {
        Self { of_file: true, ..self }
    }

    /// Allows another number of slots.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn with_max_slots(self, max_slots: Option<usize>) -> Self {
        Self { max_slots, ..self }
    }

    /// Adds a sample one interval after the last, whose volume is a number of the unit, or returns
    /// `false` and adds nothing if it is another sample or must be added by [`push`](Self::push).
    #[cfg(feature = "csv")]
    #[inline]
    #[expect(clippy::arithmetic_side_effects, reason = "rows in memory")]
    pub(in crate::usage) fn push_count(&mut self, at: Timestamp, count: u64) -> bool {
        let is_next = |&(_, last): &(_, _)| self.is_next(last, at);
        let is_next = self.off_grid.is_none() && self.stamps.as_ref().is_some_and(is_next);
        if !is_next || !self.values.push_count(count) {
            return false;
        }
        if let Some((_, last)) = &mut self.stamps {
            *last = at;
        }
        self.rows += 1;
        true
    }

    /// Returns the time of the last sample.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn last(&self) -> Option<Timestamp> {
        self.stamps.map(|(_, last)| last)
    }

    #[expect(clippy::arithmetic_side_effects, reason = "rows in memory, and slots of timestamps")]
    pub(in crate::usage) fn push(
        &mut self,
        at: Timestamp,
        volume: Option<DataVolume>,
    ) -> Result<(), Error> {
        let Some((start, last)) = self.stamps else {
            self.stamps = Some((at, at));
            self.rows = 1;
            self.hold(0, volume);
            return Ok(());
        };
        if self.adding_up && at == last {
            return self.add(at, volume);
        }
        ascends(last, at)?;
        self.stamps = Some((start, at));
        self.rows += 1;
        if let Some(all) = &mut self.off_grid {
            all.push(at, volume);
            return Ok(());
        }
        if self.is_next(last, at) {
            self.hold(0, volume);
            return Ok(());
        }
        let apart = at.as_nanosecond().abs_diff(last.as_nanosecond());
        let interval = self.interval.as_nanos();
        if apart.is_multiple_of(interval) {
            self.hold(apart / interval - 1, volume);
        } else if self.on_grid_only {
            let interval = self.interval;
            return Err(UsageError::OffGrid { at, start, interval }.into());
        } else {
            let mut all = self.on_grid_rows();
            all.push(at, volume);
            (self.values, self.runs) = (Values::of_unit(NonZeroU128::MIN), Vec::new());
            self.off_grid = Some(Box::new(all));
        }
        Ok(())
    }

    /// Adds all rows of a file.
    #[cfg(feature = "csv")]
    pub(in crate::usage) fn push_rows(&mut self, rows: Rows) -> Result<(), Error> {
        let Some((first, _)) = rows.iter().next() else { return Ok(()) };
        let grid = Grid::new(first, self.interval)?;
        if self.on_grid_only || rows.iter().all(|(at, _)| grid.has_edge(at)) {
            self.values.reserve(rows.len());
            return rows.iter().try_for_each(|(at, volume)| self.push(at, volume));
        }
        let mut last = first;
        self.rows = 1;
        for (at, _) in rows.iter().skip(1) {
            if !(self.adding_up && at == last) {
                ascends(last, at)?;
                self.rows = self.rows.saturating_add(1);
            }
            last = at;
        }
        self.stamps = Some((first, last));
        self.off_grid = Some(Box::new(rows));
        Ok(())
    }

    /// Returns whether a time is one interval after the last, for intervals of whole seconds: without
    /// numbers of 128 bits. The slow path sees the others.
    #[inline]
    fn is_next(&self, last: Timestamp, at: Timestamp) -> bool {
        let seconds = at.as_second().wrapping_sub(last.as_second());
        u64::try_from(seconds) == Ok(self.interval.as_secs())
            && self.interval.subsec_nanos() == 0
            && at.subsec_nanosecond() == last.subsec_nanosecond()
    }

    /// Holds the value of the slot that comes after some without a sample.
    #[inline]
    fn hold(&mut self, without: u128, volume: Option<DataVolume>) {
        if let (0, Some(volume)) = (without, volume) {
            self.values.push(volume);
            return;
        }
        let missing = without.saturating_add(u128::from(volume.is_none()));
        if missing > 0 {
            let values = self.values.len();
            match self.runs.last_mut() {
                Some((place, run)) if *place == values => *run = run.saturating_add(missing),
                _ => self.runs.push((values, missing)),
            }
        }
        if let Some(volume) = volume {
            self.values.push(volume);
        }
    }

    /// Adds a value to that of the last sample.
    fn add(&mut self, at: Timestamp, volume: Option<DataVolume>) -> Result<(), Error> {
        let Some(volume) = volume else { return Ok(()) };
        let too_much = || crate::usage::SeriesLimit::of_volume(at);
        if let Some(all) = &mut self.off_grid {
            return all.add_to_last(volume).ok_or_else(too_much);
        }
        let values = self.values.len();
        match self.runs.last_mut() {
            // The last sample had no value so far.
            Some((place, run)) if *place == values => {
                *run = run.saturating_sub(1);
                if *run == 0 {
                    self.runs.pop();
                }
                self.values.push(volume);
            }
            _ => self.values.add_to_last(volume).ok_or_else(too_much)?,
        }
        Ok(())
    }

    /// Returns the samples on the grid with their times: those with a value, and the first and the last.
    #[expect(
        clippy::expect_used,
        clippy::arithmetic_side_effects,
        reason = "no slot is after the last sample, so its distance is that of two timestamps"
    )]
    fn on_grid_rows(&self) -> Rows {
        let mut rows = Rows::default();
        let Some((start, _)) = self.stamps else { return rows };
        let at = |slot: u128| {
            let after = i128::try_from(slot * self.interval.as_nanos());
            let at = start.as_nanosecond() + after.expect("at most the last sample's distance");
            Timestamp::from_nanosecond(at).expect("a time up to the last sample's")
        };
        let mut runs = self.runs.iter().peekable();
        let mut slot = 0_u128;
        for (place, volume) in self.values.iter().enumerate() {
            if let Some(&(_, run)) = runs.next_if(|(before, _)| *before == place) {
                if place == 0 {
                    rows.push(start, None);
                }
                slot = slot.saturating_add(run);
            }
            rows.push(at(slot), Some(volume));
            slot = slot.saturating_add(1);
        }
        if let Some(&(_, run)) = runs.next() {
            let missing = at(slot.saturating_add(run).saturating_sub(1));
            if rows.len() == 0 && missing != start {
                rows.push(start, None);
            }
            rows.push(missing, None);
        }
        rows
    }

    pub(in crate::usage) fn into_series(self) -> Result<UsageSeries, Error> {
        let (start, _) = self.stamps.ok_or(UsageError::EmptySeries)?;
        match &self.off_grid {
            Some(rows) => self.on_clock(rows),
            None => {
                let start = if self.stamped_at_end {
                    start.checked_sub(jiff::SignedDuration::try_from(self.interval)?)?
                } else {
                    start
                };
                self.are_of_slots()?;
                let grid = Grid::new(start, self.interval)?;
                self.on_grid(grid)
            }
        }
    }

    /// Refuses three or more rows of a file that all lie the same number of slots apart: they are means
    /// of a longer time, which don't tell what its slots carried.
    fn are_of_slots(&self) -> Result<(), Error> {
        let gaps = self.values.len().saturating_sub(1);
        let each = self.runs.first().map_or(0, |&(_, run)| run);
        let same =
            self.runs.iter().zip(1..).all(|(&(place, run), nth)| place == nth && run == each);
        if !self.of_file
            || gaps < 2
            || self.rows != self.values.len()
            || self.runs.len() != gaps
            || !same
        {
            return Ok(());
        }
        let slots = u32::try_from(each.saturating_add(1)).ok();
        let apart = slots.and_then(|slots| self.interval.checked_mul(slots));
        let interval = self.interval;
        apart.map_or(Ok(()), |apart| Err(UsageError::Averaged { apart, interval }.into()))
    }

    /// Returns the largest number of slots that the samples may make.
    fn most_slots(&self) -> u128 {
        self.max_slots.map_or_else(|| usual_slots(self.rows), |most| most as u128)
    }

    /// Makes a series of the slots at which the samples stand.
    fn on_grid(self, grid: Grid) -> Result<UsageSeries, Error> {
        let missing = self.runs.iter().fold(0_u128, |sum, (_, run)| sum.saturating_add(*run));
        let slots = missing.saturating_add(self.values.len() as u128);
        let most = self.most_slots();
        if slots > most {
            return Err(grid.more_than(slots, most));
        }
        if self.runs.is_empty() {
            return UsageSeries::new(grid, self.values.into_volumes(), None);
        }
        let count = usize::try_from(slots).map_err(|_| grid.too_many(slots))?;
        let (mut volumes, mut left_out) = (Vec::new(), Vec::new());
        volumes.try_reserve_exact(count).map_err(|_| grid.too_many(slots))?;
        left_out.try_reserve_exact(count).map_err(|_| grid.too_many(slots))?;
        let mut runs = self.runs.iter().peekable();
        for place in 0..=self.values.len() {
            let value = self.values.get(place);
            if let Some(&(_, run)) = runs.next_if(|(before, _)| *before == place) {
                let before = place.checked_sub(1).and_then(|place| self.values.get(place));
                let run = usize::try_from(run).map_err(|_| grid.too_many(slots))?;
                let slot = volumes.len().saturating_add(run);
                self.fill(grid, slot, before, value, &mut volumes, &mut left_out)?;
            } else {
                volumes.extend(value);
            }
            left_out.resize(volumes.len(), false);
        }
        UsageSeries::new(grid, volumes, LeftOut::of(left_out.into_iter()))
    }

    /// Adds the slots up to `slot`, for which there are no samples, and that of the sample which ends
    /// the gap.
    fn fill(
        &self,
        grid: Grid,
        slot: usize,
        before: Option<DataVolume>,
        after: Option<DataVolume>,
        volumes: &mut Vec<DataVolume>,
        left_out: &mut Vec<bool>,
    ) -> Result<(), Error> {
        let from = volumes.len();
        let missing = slot.saturating_sub(from);
        let [start, end] = [from, slot].map(|slot| grid.edge(slot).unwrap_or(grid.start()));
        self.gaps.check(start, end)?;
        match (self.gaps.policy(), before, after) {
            (GapPolicy::Zero, ..) => volumes.resize(slot, DataVolume::ZERO),
            (GapPolicy::Hold, Some(before), _) => volumes.resize(slot, before),
            (GapPolicy::Distribute, _, Some(after)) if self.kind == SampleKind::Rates => {
                volumes.resize(slot, after);
            }
            (GapPolicy::Distribute, _, Some(after)) => {
                volumes.extend(shares(after, missing.saturating_add(1) as u128));
                return Ok(());
            }
            (
                GapPolicy::Fail | GapPolicy::LeaveOut | GapPolicy::Hold | GapPolicy::Distribute,
                ..,
            ) => {
                volumes.resize(slot, DataVolume::ZERO);
                left_out.resize(slot, true);
            }
        }
        volumes.extend(after);
        Ok(())
    }

    /// Makes a series of slots on the clock.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "nanoseconds of timestamps and of an interval between two of them"
    )]
    fn on_clock(&self, rows: &Rows) -> Result<UsageSeries, Error> {
        // The last sample may count beyond the last timestamp.
        let interval = self.interval;
        let too_long = || Error::from(UsageError::OffTheClock { interval });
        let (first, last) = self.stamps.ok_or(UsageError::EmptySeries)?;
        let length = jiff::SignedDuration::try_from(interval).map_err(|_| too_long())?;
        let span = if self.stamped_at_end {
            first.checked_sub(length).map_err(|_| too_long())?..last
        } else {
            first..last.checked_add(length).map_err(|_| too_long())?
        };
        let clock = Clock::within(&span, self.interval, self.most_slots())?;
        let (before, gap) = (None, None);
        let mut booking = Booking { gaps: self.gaps, kind: self.kind, clock, before, gap };
        let interval = length.as_nanos();
        let (mut previous, mut rows) = (None, rows.iter().peekable());
        while let Some((time, mut volume)) = rows.next() {
            while let Some((_, more)) = rows.next_if(|&(next, _)| next == time) {
                volume = sum(time, volume, more)?;
            }
            let at = time.as_nanosecond();
            // A sample counts up to the next stamp, or from the one before if it is stamped at its end.
            let (neighbour, own) = if self.stamped_at_end {
                (previous, at - interval)
            } else {
                (rows.peek().map(|(next, _)| next.as_nanosecond()), at + interval)
            };
            previous = Some(at);
            let other = neighbour.unwrap_or(own);
            let is_near = other.abs_diff(at) * 2 <= interval.unsigned_abs() * 3;
            let edge = if is_near { other } else { own };
            let span = at.min(edge)..at.max(edge);
            let gap = edge.min(other)..edge.max(other);
            if self.stamped_at_end {
                booking.gap(gap.clone());
            }
            match volume {
                Some(volume) if self.kind == SampleKind::Rates => {
                    let own = Stretch { span: at.min(own)..at.max(own), volume };
                    booking.sample(own.scaled_to(span)?)?;
                }
                Some(volume) => booking.sample(Stretch { span, volume })?,
                None => booking.gap(span),
            }
            if !self.stamped_at_end {
                booking.gap(gap);
            }
        }
        if let Some(gap) = booking.gap.take() {
            booking.fill(gap, None)?;
        }
        booking.clock.into_series()
    }
}

/// Returns the sum of the values of two samples with the same time.
fn sum(
    at: Timestamp,
    volume: Option<DataVolume>,
    more: Option<DataVolume>,
) -> Result<Option<DataVolume>, Error> {
    let (Some(one), Some(other)) = (volume, more) else { return Ok(volume.or(more)) };
    let sum = one.checked_add(other).ok_or_else(|| crate::usage::SeriesLimit::of_volume(at))?;
    Ok(Some(sum))
}

/// A span of time with the volume carried in it.
#[derive(Clone)]
struct Stretch {
    span: Range<i128>,
    volume: DataVolume,
}

impl Stretch {
    /// Returns what the rate of the stretch carries in another span of time.
    fn scaled_to(&self, span: Range<i128>) -> Result<Self, Error> {
        let length = |span: &Range<i128>| span.end.abs_diff(span.start);
        let (own, other) = (length(&self.span), length(&span));
        if own == other {
            return Ok(Self { span, ..*self });
        }
        let nanobits = scaled(self.volume.as_nanobits(), other, own);
        let volume = nanobits.map(DataVolume::from_nanobits).ok_or_else(|| {
            let at = Timestamp::from_nanosecond(span.start).unwrap_or(Timestamp::MAX);
            crate::usage::SeriesLimit::of_volume(at)
        })?;
        Ok(Self { span, volume })
    }
}

/// Samples on the clock, and the gaps between them, in order of time.
struct Booking {
    gaps: Gaps,
    kind: SampleKind,
    clock: Clock,
    /// The last sample.
    before: Option<Stretch>,
    /// The gap after it.
    gap: Option<Range<i128>>,
}

impl Booking {
    /// Adds a gap, which goes on from the one before it.
    fn gap(&mut self, span: Range<i128>) {
        match &mut self.gap {
            _ if span.is_empty() => {}
            Some(gap) => gap.end = span.end,
            None => self.gap = Some(span),
        }
    }

    /// Books a sample, and fills the gap before it.
    fn sample(&mut self, sample: Stretch) -> Result<(), Error> {
        let mut span = sample.span.clone();
        if let Some(gap) = self.gap.take() {
            if self.gaps.policy() == GapPolicy::Distribute && self.kind == SampleKind::Volumes {
                span.start = gap.start;
            }
            self.fill(gap, Some(&sample))?;
        }
        self.clock.book(span, sample.volume)?;
        self.before = Some(sample);
        Ok(())
    }

    /// Fills a gap, or leaves it out; `after` is the sample that ends it.
    fn fill(&mut self, gap: Range<i128>, after: Option<&Stretch>) -> Result<(), Error> {
        let [from, to] = [gap.start, gap.end].map(Timestamp::from_nanosecond);
        self.gaps.check(from?, to?)?;
        let rate = match (self.gaps.policy(), &self.before, after) {
            (GapPolicy::Zero, ..) => return Ok(()),
            (GapPolicy::Hold, Some(before), _) => before,
            (GapPolicy::Distribute, _, Some(after)) if self.kind == SampleKind::Rates => after,
            // The sample is booked over the gap too.
            (GapPolicy::Distribute, _, Some(_)) => return Ok(()),
            (
                GapPolicy::Fail | GapPolicy::LeaveOut | GapPolicy::Hold | GapPolicy::Distribute,
                ..,
            ) => {
                self.clock.leave_out(&gap);
                return Ok(());
            }
        };
        let held = rate.scaled_to(gap)?;
        self.clock.book(held.span, held.volume)
    }
}

impl Gaps {
    /// Checks that a gap is allowed.
    pub(in crate::usage) fn check(self, from: Timestamp, to: Timestamp) -> Result<(), Error> {
        let length = to.duration_since(from).unsigned_abs();
        let longest = self.longest().filter(|&longest| length > longest);
        if self.policy() == GapPolicy::Fail || longest.is_some() {
            return Err(UsageError::Gap { from, to, longest }.into());
        }
        Ok(())
    }
}

/// Checks that a time comes after the one before.
#[inline]
pub(in crate::usage) fn ascends(previous: Timestamp, at: Timestamp) -> Result<(), Error> {
    if at <= previous {
        return Err(UsageError::OutOfOrder { at, previous }.into());
    }
    Ok(())
}

/// Divides a volume into `count` even parts, of which each is rounded along the running total.
#[expect(clippy::arithmetic_side_effects, reason = "a running total does not fall")]
fn shares(volume: DataVolume, count: u128) -> impl Iterator<Item = DataVolume> {
    let nearest = RoundingStrategy::MidpointNearestEven;
    let upto = move |share| portion(volume.as_nanobits(), share, count, nearest);
    (1..=count).map(move |share| DataVolume::from_nanobits(upto(share) - upto(share - 1)))
}

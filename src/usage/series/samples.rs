//! The part of [`UsageSeries`] that is made of samples with a time each.

use super::{Clock, Grid, LeftOut, usual_slots};
use crate::{
    Error,
    number::{portion, scaled},
    quantity::DataVolume,
    usage::{GapPolicy, Gaps, UsageError, UsageSeries},
};
use core::{ops::Range, time::Duration};
use jiff::Timestamp;
use rust_decimal::RoundingStrategy;

impl UsageSeries {
    /// Creates a series of samples in order of time, each with the time at which it begins and the
    /// volume from then on.
    ///
    /// Samples that all stand at the first plus a multiple of `interval` keep these slots; a time
    /// without a sample is a gap, and `gaps` says what becomes of it. Samples at other distances, as
    /// pollers make them, are put on the clock: slots begin at whole multiples of `interval` since
    /// 1970-01-01T00:00:00Z. Then a sample counts up to the next one; if the next is more than 1.5
    /// intervals away, it counts for one interval and a gap begins. A slot that a gap touches is left
    /// out whole, unless `gaps` fills it, and slots at the ends that the samples do not cover whole are
    /// not part of the series.
    ///
    /// # Errors
    ///
    /// - [`UsageError::EmptySeries`] without samples, or if all slots are left out.
    /// - [`UsageError::ZeroInterval`] for an interval of zero.
    /// - [`UsageError::OutOfOrder`] for a time that does not come after the one before.
    /// - [`UsageError::Gap`] for a gap that `gaps` does not allow.
    /// - [`UsageError::NoWholeSlot`] if samples at unequal distances cover no slot whole, and
    ///   [`UsageError::OffTheClock`] if the last one counts beyond [`Timestamp::MAX`].
    /// - [`UsageError::TooLarge`] for more than 100,000 slots and 1,000 for each sample, for a slot that
    ///   exceeds [`DataRate::MAX`](crate::DataRate::MAX), or a total above [`DataVolume::MAX`].
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

/// What the values of samples are: a rate goes on in a gap, and a volume is divided over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::usage) enum SampleKind {
    Volumes,
    Rates,
}

/// Samples so far, each with the volume of one interval, or `None` if its value is missing.
#[derive(Debug)]
pub(in crate::usage) struct Samples {
    interval: Duration,
    gaps: Gaps,
    kind: SampleKind,
    rows: Vec<(Timestamp, Option<DataVolume>)>,
}

/// Some time that samples tell of: what was carried in it, or that it is a gap.
struct Stretch {
    span: Range<i128>,
    volume: Option<DataVolume>,
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
        Ok(Self { interval, gaps, kind, rows: Vec::new() })
    }

    pub(in crate::usage) fn push(
        &mut self,
        at: Timestamp,
        volume: Option<DataVolume>,
    ) -> Result<(), Error> {
        if let Some(&(last, _)) = self.rows.last() {
            ascends(last, at)?;
        }
        self.rows.push((at, volume));
        Ok(())
    }

    pub(in crate::usage) fn into_series(self) -> Result<UsageSeries, Error> {
        let &(start, _) = self.rows.first().ok_or(UsageError::EmptySeries)?;
        let grid = Grid::new(start, self.interval)?;
        if self.rows.iter().all(|&(at, _)| grid.has_edge(at)) {
            self.on_grid(grid)
        } else {
            self.on_clock()
        }
    }

    /// Makes a series of the slots at which the samples stand.
    fn on_grid(&self, grid: Grid) -> Result<UsageSeries, Error> {
        let last = self.rows.last().map_or(grid.start(), |&(at, _)| at);
        let slots = grid.slots_to(last).saturating_add(1);
        let most = usual_slots(self.rows.len());
        if slots > most {
            return Err(grid.more_than(slots, most));
        }
        let count = usize::try_from(slots).map_err(|_| grid.too_many(slots))?;
        let (mut volumes, mut left_out) = (Vec::new(), Vec::new());
        volumes.try_reserve_exact(count).map_err(|_| grid.too_many(slots))?;
        left_out.try_reserve_exact(count).map_err(|_| grid.too_many(slots))?;
        let known = self.rows.iter().filter_map(|&(at, volume)| Some((at, volume?)));
        let mut before = None;
        for (at, volume) in known {
            let slot = usize::try_from(grid.slots_to(at)).map_err(|_| grid.too_many(slots))?;
            if slot > volumes.len() {
                self.fill(grid, slot, before, Some(volume), &mut volumes, &mut left_out)?;
            } else {
                volumes.push(volume);
            }
            left_out.resize(volumes.len(), false);
            before = Some(volume);
        }
        if volumes.len() < count {
            self.fill(grid, count, before, None, &mut volumes, &mut left_out)?;
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
    fn on_clock(&self) -> Result<UsageSeries, Error> {
        let stretches = self.stretches()?;
        // The last sample may count beyond the last timestamp.
        let interval = self.interval;
        let nanoseconds = |at: i128| {
            let at = Timestamp::from_nanosecond(at);
            at.map_err(|_| Error::from(UsageError::OffTheClock { interval }))
        };
        let start = stretches.first().ok_or(UsageError::EmptySeries)?.span.start;
        let end = stretches.last().ok_or(UsageError::EmptySeries)?.span.end;
        let span = nanoseconds(start)?..nanoseconds(end)?;
        let mut clock = Clock::within(&span, self.interval, usual_slots(self.rows.len()))?;
        let mut before = None::<&Stretch>;
        let mut stretches = stretches.iter().peekable();
        while let Some(stretch) = stretches.next() {
            if let Some(volume) = stretch.volume {
                clock.book(stretch.span.clone(), volume)?;
                before = Some(stretch);
                continue;
            }
            let gap = &stretch.span;
            self.gaps.check(nanoseconds(gap.start)?, nanoseconds(gap.end)?)?;
            match (self.gaps.policy(), before, stretches.peek()) {
                (GapPolicy::Zero, ..) => {}
                (GapPolicy::Hold, Some(before), _) => {
                    clock.book(gap.clone(), before.scaled_to(gap)?)?;
                }
                (GapPolicy::Distribute, _, Some(after)) if self.kind == SampleKind::Rates => {
                    clock.book(gap.clone(), after.scaled_to(gap)?)?;
                }
                (GapPolicy::Distribute, _, Some(after)) => {
                    if let Some(volume) = after.volume {
                        clock.book(gap.start..after.span.end, volume)?;
                    }
                    before = stretches.next();
                }
                (
                    GapPolicy::Fail | GapPolicy::LeaveOut | GapPolicy::Hold | GapPolicy::Distribute,
                    ..,
                ) => clock.leave_out(gap),
            }
        }
        clock.into_series()
    }

    /// Returns the time from the first sample to the end of the last as stretches without holes, of
    /// which no two in a row are gaps.
    fn stretches(&self) -> Result<Vec<Stretch>, Error> {
        let too_long = || Error::from(UsageError::OffTheClock { interval: self.interval });
        let interval = i128::try_from(self.interval.as_nanos()).map_err(|_| too_long())?;
        let mut stretches = Vec::<Stretch>::with_capacity(self.rows.len());
        let nexts = self.rows.iter().skip(1).map(Some).chain([None]);
        for (&(at, volume), next) in self.rows.iter().zip(nexts) {
            let start = at.as_nanosecond();
            let own = start.checked_add(interval).ok_or_else(too_long)?;
            let next = next.map_or(own, |&(next, _)| next.as_nanosecond());
            let is_near =
                next.abs_diff(start).saturating_mul(2) <= interval.unsigned_abs().saturating_mul(3);
            let end = if is_near { next } else { own };
            let volume = match (volume, self.kind) {
                (Some(volume), SampleKind::Rates) => {
                    let stretch = Stretch { span: start..own, volume: Some(volume) };
                    Some(stretch.scaled_to(&(start..end))?)
                }
                (volume, _) => volume,
            };
            for stretch in
                [Stretch { span: start..end, volume }, Stretch { span: end..next, volume: None }]
            {
                match stretches.last_mut() {
                    _ if stretch.span.is_empty() => {}
                    Some(last) if last.volume.is_none() && stretch.volume.is_none() => {
                        last.span.end = stretch.span.end;
                    }
                    _ => stretches.push(stretch),
                }
            }
        }
        Ok(stretches)
    }
}

impl Stretch {
    /// Returns the volume that the rate of the stretch carries in another span of time.
    fn scaled_to(&self, span: &Range<i128>) -> Result<DataVolume, Error> {
        let length = |span: &Range<i128>| span.end.abs_diff(span.start);
        let volume = self.volume.map_or(0, DataVolume::as_nanobits);
        let nanobits = scaled(volume, length(span), length(&self.span));
        nanobits.map(DataVolume::from_nanobits).ok_or_else(|| {
            let at = Timestamp::from_nanosecond(span.start).unwrap_or(Timestamp::MAX);
            crate::usage::SeriesLimit::of_volume(at)
        })
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

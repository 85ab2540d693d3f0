//! The part of [`CounterLog`] that decides what was counted between readings, and accounts for it.

use super::{CounterEvent, CounterLog, CounterReadout, CounterWidth, WRAP};
use crate::{
    Error,
    number::scaled,
    quantity::{DataRate, DataVolume},
    usage::{
        GapPolicy, Gaps, SeriesLimit, UsageError,
        series::{Clock, usual_slots},
    },
};
use core::{ops::Range, time::Duration};
use jiff::Timestamp;

/// How many readings after an impossible one are tried.
const TRIED: usize = 3;

/// A reading: its time, and the octets that the counter showed.
type Reading = (Timestamp, u64);

/// What was counted between two readings.
#[derive(Clone, Copy)]
struct Increment {
    octets: u64,
    is_wrap: bool,
}

/// What happened from one reading to the next that counts.
enum Outcome {
    /// The place of the next reading that counts, and the increment up to it.
    Counted(usize, Increment),
    /// The next reading counts, but not what is between the two.
    Unknown,
}

impl CounterLog {
    /// Returns the increment from one reading to a later one, or `None` if it is impossible.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "a reading of 32 bits is below the wrap, and the second here below the first"
    )]
    fn increment(&self, (from, before): Reading, (to, after): Reading) -> Option<Increment> {
        let increment = match after.checked_sub(before) {
            Some(octets) => Increment { octets, is_wrap: false },
            None if self.width == CounterWidth::Bits32 => {
                Increment { octets: WRAP - before + after, is_wrap: true }
            }
            None => return None,
        };
        self.carries(from, to, increment.octets).then_some(increment)
    }

    /// Returns whether the link can carry that many octets in the time. Without a capacity it always
    /// can, and so it can if the capacity carries more than a volume holds.
    fn carries(&self, from: Timestamp, to: Timestamp, octets: u64) -> bool {
        let time = to.duration_since(from).unsigned_abs();
        let most = self.capacity.and_then(|capacity| capacity.checked_mul(time));
        most.is_none_or(|most| DataVolume::from_bytes(octets) <= most)
    }

    /// Decides what happened from a reading to the next, or to the first of the three after it to which
    /// an increment is possible.
    #[expect(clippy::arithmetic_side_effects, reason = "places in the log, and a few more")]
    fn outcome(&self, place: usize, from: Reading) -> Outcome {
        let nexts = self.readings.iter().enumerate().skip(place + 1).take(1 + TRIED);
        let mut possible =
            nexts.filter_map(|(place, &next)| Some((place, self.increment(from, next)?)));
        possible
            .next()
            .map_or(Outcome::Unknown, |(place, increment)| Outcome::Counted(place, increment))
    }
}

pub(super) fn readout(
    log: &CounterLog,
    interval: Duration,
    gaps: Gaps,
) -> Result<CounterReadout, Error> {
    let readings = log.readings.len();
    let [(start, _), .., (end, _)] = *log.readings else {
        return Err(UsageError::TooFewReadings { readings }.into());
    };
    let max_slots = log.max_slots.map_or_else(|| usual_slots(readings), |slots| slots as u128);
    let clock = Clock::within(&(start..end), interval, max_slots)?;
    let mut account = Account { log, interval, gaps, clock, events: Vec::new(), measured: None };
    account.count()?;
    account.close(start..end)
}

/// The slots and events so far.
struct Account<'a> {
    log: &'a CounterLog,
    interval: Duration,
    gaps: Gaps,
    clock: Clock,
    events: Vec<CounterEvent>,
    /// The last interval that was measured, and its octets.
    measured: Option<(Timestamp, Timestamp, u64)>,
}

#[expect(clippy::arithmetic_side_effects, reason = "places in the log, and a few more")]
impl Account<'_> {
    fn count(&mut self) -> Result<(), Error> {
        let log = self.log;
        let mut place = 0;
        while let (Some(&from), Some(&next)) =
            (log.readings.get(place), log.readings.get(place + 1))
        {
            if let Some((span, octets)) = self.plain(from, next) {
                self.measured = Some((from.0, next.0, octets));
                self.clock.book(span, DataVolume::from_bytes(octets))?;
                place += 1;
                continue;
            }
            match log.outcome(place, from) {
                Outcome::Counted(reached, increment) => {
                    let discarded = log.readings.get(place + 1..reached).unwrap_or_default();
                    self.discard(from, discarded);
                    if let Some(&(to, _)) = log.readings.get(reached) {
                        self.counted(from.0..to, increment)?;
                    }
                    place = reached;
                }
                Outcome::Unknown => {
                    self.unknown(from, next)?;
                    place += 1;
                }
            }
        }
        Ok(())
    }

    /// Returns the time from one reading to the next and what was counted in it, if nothing about the
    /// two is out of the ordinary: what most readings of a log are.
    #[inline]
    fn plain(&self, (from, before): Reading, (to, after): Reading) -> Option<(Range<i128>, u64)> {
        let octets = after.checked_sub(before)?;
        let span = from.as_nanosecond()..to.as_nanosecond();
        let time = u64::try_from(span.end - span.start).ok()?;
        let volume = DataVolume::from_bytes(octets);
        let is_short = u128::from(time) <= self.interval.as_nanos() * 2;
        let is_carried = self.log.capacity.is_none_or(|capacity| {
            volume.as_nanobits() <= u128::from(capacity.as_bps()) * u128::from(time)
        });
        let is_plain = is_short && is_carried && self.log.width == CounterWidth::Bits64;
        is_plain.then_some((span, octets))
    }

    fn discard(&mut self, (since, before): Reading, discarded: &[Reading]) {
        let capacity = self.log.capacity;
        self.events.extend(discarded.iter().map(|&(at, octets)| CounterEvent::Discarded {
            at,
            octets,
            since,
            before,
            rate: octets.checked_sub(before).and_then(|octets| rate(since..at, octets)),
            capacity,
        }));
    }

    /// Books what was counted between two readings.
    fn counted(&mut self, span: Range<Timestamp>, increment: Increment) -> Result<(), Error> {
        let Increment { octets, is_wrap } = increment;
        let Range { start: from, end: to } = span;
        let capacity = self.log.capacity;
        if is_wrap {
            self.events.push(CounterEvent::Wrap { from, to, octets, capacity });
        }
        let once_more = octets.checked_add(WRAP);
        if self.log.width == CounterWidth::Bits32
            && let Some(capacity) = capacity
            && once_more.is_some_and(|octets| self.log.carries(from, to, octets))
        {
            self.events.push(CounterEvent::Ambiguous { from, to, octets, capacity });
        }
        let volume = DataVolume::from_bytes(octets);
        let elapsed = to.duration_since(from).unsigned_abs();
        if elapsed.as_nanos() <= self.interval.as_nanos() * 2 {
            self.measured = Some((from, to, octets));
            return self.clock.book(nanoseconds(&(from..to)), volume);
        }
        self.gaps.check(from, to)?;
        if self.gaps.policy() == GapPolicy::Distribute {
            self.events.push(CounterEvent::Distributed { from, to, volume });
            return self.clock.book(nanoseconds(&(from..to)), volume);
        }
        self.gap(from..to, Some(volume))
    }

    /// Accounts for the time between two readings of which it is not known what was counted.
    fn unknown(&mut self, (from, before): Reading, (to, after): Reading) -> Result<(), Error> {
        let capacity = self.log.capacity;
        let is_reset = after < before;
        if self.gaps.policy() == GapPolicy::Fail {
            return Err(match capacity {
                Some(capacity) if !is_reset => {
                    let octets = after - before;
                    let rate = rate(from..to, octets);
                    UsageError::AboveCapacity { from, to, octets, rate, capacity }.into()
                }
                _ => UsageError::CounterReset { from, to, before, after }.into(),
            });
        }
        self.gaps.check(from, to)?;
        if !is_reset {
            if let Some(capacity) = capacity {
                let octets = after - before;
                let rate = rate(from..to, octets);
                self.events.push(CounterEvent::AboveCapacity { from, to, octets, rate, capacity });
            }
            return self.gap(from..to, None);
        }
        let is_carried = capacity.is_some() && self.log.carries(from, to, after);
        let is_distributed = is_carried && self.gaps.policy() == GapPolicy::Distribute;
        let octets = after;
        self.events.push(CounterEvent::Reset {
            from,
            to,
            before,
            octets,
            capacity,
            is_distributed,
        });
        if is_distributed {
            return self.clock.book(nanoseconds(&(from..to)), DataVolume::from_bytes(after));
        }
        self.gap(from..to, None)
    }

    /// Leaves a gap out, or fills it with zero or with the rate before it.
    fn gap(&mut self, span: Range<Timestamp>, volume: Option<DataVolume>) -> Result<(), Error> {
        let Range { start: from, end: to } = span.clone();
        match (self.gaps.policy(), &self.measured) {
            (GapPolicy::Zero, _) => {}
            (GapPolicy::Hold, &Some((measured_from, measured_to, octets))) => {
                let [gap, measured] = [&span, &(measured_from..measured_to)].map(length);
                let before = DataVolume::from_bytes(octets);
                let held = scaled(before.as_nanobits(), gap, measured);
                let held = held.map(DataVolume::from_nanobits);
                let held = held.ok_or_else(|| SeriesLimit::of_volume(from))?;
                self.events.push(CounterEvent::Held { from, to, volume: held });
                self.clock.book(nanoseconds(&span), held)?;
            }
            _ => self.clock.leave_out(&nanoseconds(&span)),
        }
        self.events.push(CounterEvent::Gap { from, to, volume, measured: DataVolume::ZERO });
        Ok(())
    }

    /// Moves what was measured in slots that are left out, before the first whole slot and after the
    /// last into events.
    fn close(self, span: Range<Timestamp>) -> Result<CounterReadout, Error> {
        let Self { mut clock, mut events, .. } = self;
        for event in &mut events {
            if let CounterEvent::Gap { from, to, measured, .. } = event {
                *measured = clock.take_left_out(&nanoseconds(&(*from..*to)))?;
            }
        }
        let (head, tail) = (clock.head, clock.tail);
        let series = clock.into_series()?;
        if span.start < series.start() {
            let (from, to) = (span.start, series.start());
            events.insert(0, CounterEvent::Head { from, to, volume: head });
        }
        if series.end() < span.end {
            let (from, to) = (series.end(), span.end);
            events.push(CounterEvent::Tail { from, to, volume: tail });
        }
        Ok(CounterReadout { series, events })
    }
}

fn nanoseconds(span: &Range<Timestamp>) -> Range<i128> {
    span.start.as_nanosecond()..span.end.as_nanosecond()
}

fn length(span: &Range<Timestamp>) -> u128 {
    span.end.duration_since(span.start).unsigned_abs().as_nanos()
}

/// Returns the mean rate of octets, or `None` if it exceeds [`DataRate::MAX`].
fn rate(span: Range<Timestamp>, octets: u64) -> Option<DataRate> {
    let time = span.end.duration_since(span.start).unsigned_abs();
    DataVolume::from_bytes(octets).checked_div(time)
}

//! [`CounterLog`]: an interface's octet counter, poll by poll.

mod readout;

pub use self::readout::{CounterEvent, CounterReadout};

use crate::{
    Error,
    number::portion,
    quantity::{DataRate, DataVolume},
    text::{Scanner, TextError},
    usage::{
        GapPolicy, UsageError, UsageSeries,
        series::{Grid, ascends},
    },
};
use core::{fmt, str::FromStr, time::Duration};
use jiff::Timestamp;
use rust_decimal::RoundingStrategy;

/// How many bits an interface's counter has: SNMP's `ifInOctets` has 32, `ifHCInOctets` 64.
///
/// ```
/// use bandwidth_cost::CounterWidth;
///
/// assert_eq!("64 bits".parse::<CounterWidth>()?, CounterWidth::Bits64);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// # Text
///
/// `32 bits` or `64 bits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CounterWidth {
    /// Begins again at zero after 2³² − 1 octets: every 34 seconds at 1 Gbps.
    Bits32,
    /// Never wraps in practice: a smaller reading means that it was reset.
    Bits64,
}

impl CounterWidth {
    const ALL: [Self; 2] = [Self::Bits32, Self::Bits64];

    const fn name(self) -> &'static str {
        match self {
            Self::Bits32 => "32 bits",
            Self::Bits64 => "64 bits",
        }
    }
}

impl FromStr for CounterWidth {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        const FORM: &str = "32 bits or 64 bits";
        let mut scanner = Scanner::new(text);
        let width = scanner.one_of("counter width", Self::ALL, Self::name, FORM)?;
        scanner.finish(FORM)?;
        Ok(width)
    }
}

impl fmt::Display for CounterWidth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The octets before a counter of 32 bits is at the same value again.
const WRAP: u64 = 1 << 32;

/// The readings of an interface's octet counter, from which a [`UsageSeries`] is made.
///
/// ```
/// use bandwidth_cost::{CounterLog, CounterWidth, DataRate, GapPolicy, jiff::Timestamp};
/// use core::time::Duration;
///
/// let polls = [
///     ("2025-01-01T00:00:02Z", 7_000_000_000),
///     ("2025-01-01T00:05:03Z", 10_010_000_000),
///     ("2025-01-01T00:10:02Z", 13_000_000_000),
/// ];
/// let mut log = CounterLog::new(CounterWidth::Bits64).with_capacity(DataRate::from_gbps(1));
/// for (at, octets) in polls {
///     log.push(at.parse::<Timestamp>()?, octets)?;
/// }
/// let readout = log.to_series(Duration::from_secs(300), GapPolicy::Fail)?;
/// assert_eq!(readout.series.peak(), DataRate::from_mbps(80));
/// assert_eq!(readout.series.total().to_string(), "6 GB");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Slots begin at the first poll. Octets between two polls are spread evenly over the slots that
/// they span, in whole octets: the running total is rounded at each edge, to the nearest, half to
/// even. So series, tail and gaps account for every octet.
///
/// A smaller reading of 32 bits is a wrap if the rate that it implies is possible on the link (with
/// no [capacity](Self::with_capacity) stated, every rate is); otherwise, and for 64 bits always,
/// the counter was reset, and the time since the poll before is a gap. What was decided is in the
/// readout's [events](CounterEvent).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterLog {
    width: CounterWidth,
    capacity: Option<DataRate>,
    polls: Vec<(Timestamp, u64)>,
}

impl CounterLog {
    /// A log without readings yet.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth};
    ///
    /// let inbound = CounterLog::new(CounterWidth::Bits64);
    /// # let _ = inbound;
    /// ```
    #[must_use]
    pub const fn new(width: CounterWidth) -> Self {
        Self { width, capacity: None, polls: Vec::new() }
    }

    /// The log of a link that carries at most `capacity`, which tells wraps from resets.
    ///
    /// Without it every rate is possible: each 32-bit reading below the one before counts as a wrap,
    /// also where the device was restarted, and no poll is ambiguous.
    ///
    /// ```
    /// use bandwidth_cost::{CounterEvent, CounterLog, CounterWidth, DataRate, GapPolicy};
    /// use bandwidth_cost::jiff::Timestamp;
    /// use core::time::Duration;
    ///
    /// // A wrap would be 4.29 GB in five minutes, and 100 Mbps carry 3.75 GB.
    /// let mut log = CounterLog::new(CounterWidth::Bits32).with_capacity(DataRate::from_mbps(100));
    /// log.push("2025-01-01T00:00:00Z".parse::<Timestamp>()?, 5_000_000)?;
    /// log.push("2025-01-01T00:05:00Z".parse::<Timestamp>()?, 2_000_000)?;
    /// let readout = log.to_series(Duration::from_secs(300), GapPolicy::Zero)?;
    /// assert!(matches!(readout.events[..], [CounterEvent::Reset { octets: 2_000_000, .. }]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_capacity(self, capacity: DataRate) -> Self {
        Self { capacity: Some(capacity), ..self }
    }

    /// Adds a reading: the octets that the counter showed at a time.
    ///
    /// # Errors
    ///
    /// [`UsageError::OutOfOrder`] and [`UsageError::DuplicateTime`] for a time that is not after the last;
    /// [`UsageError::CounterTooLarge`] for a reading of a counter of 32 bits that it can't show. The
    /// log is then as it was.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth, jiff::Timestamp};
    ///
    /// let mut log = CounterLog::new(CounterWidth::Bits32);
    /// let at: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// assert_eq!(
    ///     log.push(at, 7_000_000_000).unwrap_err().to_string(),
    ///     "a counter of 32 bits can't show 7000000000 at 2025-01-01T00:00:00Z: write 64 bits",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn push(&mut self, at: Timestamp, octets: u64) -> Result<&mut Self, Error> {
        if let Some(&(last, _)) = self.polls.last() {
            ascends(last, at)?;
        }
        if self.width == CounterWidth::Bits32 && octets >= WRAP {
            return Err(UsageError::CounterTooLarge { at, octets }.into());
        }
        self.polls.push((at, octets));
        Ok(self)
    }

    /// What was carried in each slot of `interval` from the first poll on, as far as the slots are
    /// whole, and an account of what was decided.
    ///
    /// The gaps that `gaps` is about are resets. A poll that was missed leaves none, as the counter
    /// went on: its octets are spread over the slots between the polls that there are, which evens
    /// out their peaks.
    ///
    /// # Errors
    ///
    /// [`UsageError::ZeroInterval`]; [`UsageError::TooFewPolls`] for fewer than two; [`UsageError::NoWholeSlot`]
    /// if they are less than an interval apart; [`UsageError::CounterReset`] for a gap with
    /// [`GapPolicy::Fail`]; and as [`UsageSeries::from_volumes`].
    ///
    /// ```
    /// use bandwidth_cost::{CounterEvent, CounterLog, CounterWidth, DataVolume, GapPolicy};
    /// use bandwidth_cost::jiff::Timestamp;
    /// use core::time::Duration;
    ///
    /// let mut log = CounterLog::new(CounterWidth::Bits64);
    /// log.push("2025-01-01T00:00:00Z".parse::<Timestamp>()?, 0)?;
    /// log.push("2025-01-01T00:12:00Z".parse::<Timestamp>()?, 1_200)?;
    /// let readout = log.to_series(Duration::from_secs(300), GapPolicy::Fail)?;
    /// assert_eq!(readout.series.volumes(), [500, 500].map(DataVolume::from_bytes));
    /// assert!(matches!(readout.events[..], [CounterEvent::Tail { octets: 200, .. }]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[allow(
        clippy::wrong_self_convention,
        reason = "it ends a chain of pushes, which is of references"
    )]
    pub fn to_series(&self, interval: Duration, gaps: GapPolicy) -> Result<CounterReadout, Error> {
        let polls = self.polls.len();
        let [(start, _), .., (end, _)] = *self.polls else {
            return Err(UsageError::TooFewPolls { polls }.into());
        };
        let mut slots = Slots::new(Grid::new(start, interval)?, end)?;
        let mut events = Vec::new();
        for (&(from, before), &(to, after)) in self.polls.iter().zip(self.polls.iter().skip(1)) {
            let octets = match (self.count(from, before, to, after, &mut events), gaps) {
                (Some(octets), _) => octets,
                (None, GapPolicy::Fail) => {
                    return Err(UsageError::CounterReset { from, to, before, after }.into());
                }
                (None, GapPolicy::Zero) => continue,
                (None, GapPolicy::Distribute) => after,
            };
            slots.spread(from, to, octets)?;
        }
        let Slots { grid, volumes, tail: octets } = slots;
        let series = UsageSeries::new(grid, volumes)?;
        let from = series.end();
        if from < end {
            events.push(CounterEvent::Tail { from, to: end, octets });
        }
        Ok(CounterReadout { series, events })
    }

    /// What was carried between two polls, and the events that tell of it; nothing where the
    /// counter was reset.
    #[allow(
        clippy::arithmetic_side_effects,
        reason = "a reading of 32 bits is below the wrap, and here the second below the first"
    )]
    fn count(
        &self,
        from: Timestamp,
        before: u64,
        to: Timestamp,
        after: u64,
        events: &mut Vec<CounterEvent>,
    ) -> Option<u64> {
        let time = to.duration_since(from).unsigned_abs();
        // Without a capacity everything is possible, and if it carries more than a volume holds.
        let most = self.capacity.and_then(|capacity| capacity.checked_mul(time));
        let is_possible = |octets| most.is_none_or(|most| DataVolume::from_bytes(octets) <= most);
        let narrow = self.width == CounterWidth::Bits32;
        let octets = if let Some(octets) = after.checked_sub(before) {
            if !is_possible(octets) {
                events.push(CounterEvent::AboveCapacity { from, to, octets });
            }
            octets
        } else if narrow && is_possible(WRAP - before + after) {
            let octets = WRAP - before + after;
            events.push(CounterEvent::Wrap { from, to, octets });
            octets
        } else {
            events.push(CounterEvent::Reset { from, to, octets: after });
            return None;
        };
        let once_more = octets.checked_add(WRAP);
        if narrow && self.capacity.is_some() && once_more.is_some_and(is_possible) {
            events.push(CounterEvent::Ambiguous { from, to, octets });
        }
        Some(octets)
    }
}

/// Whole slots, and the time after them, that fill as a counter counts.
struct Slots {
    grid: Grid,
    volumes: Vec<DataVolume>,
    /// Octets after the last slot.
    tail: u64,
}

impl Slots {
    /// The whole slots up to `end`.
    fn new(grid: Grid, end: Timestamp) -> Result<Self, Error> {
        let slots = grid.slots_to(end);
        if slots == 0 {
            let (from, interval) = (grid.start(), grid.interval());
            return Err(UsageError::NoWholeSlot { from, to: end, interval }.into());
        }
        let count = usize::try_from(slots).map_err(|_| grid.too_many(slots))?;
        let mut volumes = Vec::new();
        volumes.try_reserve_exact(count).map_err(|_| grid.too_many(slots))?;
        volumes.resize(count, DataVolume::ZERO);
        Ok(Self { grid, volumes, tail: 0 })
    }

    /// Adds the octets to the slots between two times, evenly.
    #[allow(
        clippy::arithmetic_side_effects,
        reason = "the interval is not zero, an edge of a slot fits, `from` is before it, and a \
                  running total does not fall"
    )]
    fn spread(&mut self, from: Timestamp, to: Timestamp, octets: u64) -> Result<(), Error> {
        let grid = self.grid;
        let interval = grid.interval().as_nanos();
        let [start, end] = [from, to].map(|at| grid.nanoseconds_to(at));
        let first = usize::try_from(start / interval).unwrap_or(usize::MAX);
        let mut counted = 0;
        for (slot, volume) in self.volumes.iter_mut().enumerate().skip(first) {
            let edge = end.min((slot as u128 + 1) * interval);
            let nearest = RoundingStrategy::MidpointNearestEven;
            let upto = portion(octets.into(), edge - start, end - start, nearest);
            let upto = u64::try_from(upto).unwrap_or(octets);
            let too_large =
                || Error::from(UsageError::TotalTooLarge { at: grid.edge(slot).unwrap_or(from) });
            let added = volume.checked_add(DataVolume::from_bytes(upto - counted));
            *volume = added.ok_or_else(too_large)?;
            counted = upto;
            if edge == end {
                break;
            }
        }
        let rest = octets - counted;
        self.tail = self.tail.checked_add(rest).ok_or_else(|| TextError::TooLarge {
            text: format!("{} and {rest} octets", self.tail),
            what: "tail",
            max: u64::MAX.to_string(),
        })?;
        Ok(())
    }
}

//! [`CounterLog`]: the readings of an interface's octet counter.

mod readout;

pub use self::readout::{CounterEvent, CounterReadout};

use crate::{
    Error,
    number::portion,
    quantity::{DataRate, DataVolume},
    text::Scanner,
    usage::{
        GapPolicy, SeriesLimit, UsageError, UsageSeries,
        series::{Grid, ascends},
    },
};
use core::{fmt, str::FromStr, time::Duration};
use jiff::Timestamp;
use rust_decimal::RoundingStrategy;

/// The number of bits of an interface's counter: SNMP's `ifInOctets` has 32, `ifHCInOctets` 64.
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
    /// Wraps to zero after 2³² − 1 octets: every 34 seconds at 1 Gbps.
    Bits32,
    /// Never wraps in practice: a lower reading means that the counter was reset.
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

/// The number of octets after which a counter of 32 bits shows the same value again.
const WRAP: u64 = 1 << 32;

/// The readings of an interface's octet counter, from which a [`UsageSeries`] is made.
///
/// ```
/// use bandwidth_cost::{CounterLog, CounterWidth, DataRate, GapPolicy, jiff::Timestamp};
/// use core::time::Duration;
///
/// let readings = [
///     ("2025-01-01T00:00:02Z", 7_000_000_000),
///     ("2025-01-01T00:05:03Z", 10_010_000_000),
///     ("2025-01-01T00:10:02Z", 13_000_000_000),
/// ];
/// let mut log = CounterLog::new(CounterWidth::Bits64).with_capacity(DataRate::from_gbps(1));
/// for (at, octets) in readings {
///     log.push(at.parse::<Timestamp>()?, octets)?;
/// }
/// let readout = log.to_series(Duration::from_secs(300), GapPolicy::Fail)?;
/// assert_eq!(readout.series.peak(), DataRate::from_mbps(80));
/// assert_eq!(readout.series.total().to_string(), "6 GB");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Slots begin at the first reading. The octets between two readings are distributed evenly over the
/// slots that they span, in whole octets: the running total is rounded at each edge, to the nearest,
/// half to even. So series, tail and gaps account for every octet.
///
/// A lower reading of a counter of 32 bits is a wrap if the link can carry that much in the time;
/// without a [capacity](Self::with_capacity), it always can. Otherwise, and of a counter of 64 bits
/// always, a lower reading is a reset, and the time since the reading before is a gap. Each such
/// decision is in the [events](CounterEvent) of the readout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterLog {
    width: CounterWidth,
    capacity: Option<DataRate>,
    readings: Vec<(Timestamp, u64)>,
}

impl CounterLog {
    /// Creates a log without readings.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth};
    ///
    /// let inbound = CounterLog::new(CounterWidth::Bits64);
    /// # let _ = inbound;
    /// ```
    #[must_use]
    pub const fn new(width: CounterWidth) -> Self {
        Self { width, capacity: None, readings: Vec::new() }
    }

    /// Sets the capacity of the link, which tells wraps from resets.
    ///
    /// Without it every rate is possible: each lower reading of a counter of 32 bits counts as a wrap,
    /// even if the device was restarted, and no reading is ambiguous.
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
    /// After an error the log is unchanged.
    ///
    /// # Errors
    ///
    /// - [`UsageError::OutOfOrder`] if the time is not after that of the last reading.
    /// - [`UsageError::CounterTooLarge`] if a counter of 32 bits can't show the reading.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth, jiff::Timestamp};
    ///
    /// let mut log = CounterLog::new(CounterWidth::Bits32);
    /// let at: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// assert_eq!(
    ///     log.push(at, 7_000_000_000).unwrap_err().to_string(),
    ///     "a counter of 32 bits can't show 7000000000 at 2025-01-01T00:00:00Z: check whether the \
    ///      counter has 64 bits",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn push(&mut self, at: Timestamp, octets: u64) -> Result<&mut Self, Error> {
        if let Some(&(last, _)) = self.readings.last() {
            ascends(last, at)?;
        }
        if self.width == CounterWidth::Bits32 && octets >= WRAP {
            return Err(UsageError::CounterTooLarge { at, octets }.into());
        }
        self.readings.push((at, octets));
        Ok(self)
    }

    /// Returns the series of the whole slots from the first reading on, and the events of the readings
    /// between which the octets are not simply the difference.
    ///
    /// The gaps that `gaps` decides are resets. A missed reading leaves no gap, because the counter
    /// went on: its octets are distributed over the slots between the readings around it, which evens
    /// out the peaks of these slots.
    ///
    /// # Errors
    ///
    /// - [`UsageError::ZeroInterval`] if slots are of zero length.
    /// - [`UsageError::NoWholeSlot`] if there are fewer than two readings, or they span less than an
    ///   interval.
    /// - [`UsageError::CounterReset`] if the counter was reset, under [`GapPolicy::Fail`].
    /// - The errors of [`UsageSeries::from_volumes`].
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
    pub fn to_series(&self, interval: Duration, gaps: GapPolicy) -> Result<CounterReadout, Error> {
        let [(start, _), .., (end, _)] = *self.readings else {
            let (readings, elapsed) = (self.readings.len(), Duration::ZERO);
            return Err(UsageError::NoWholeSlot { readings, elapsed, interval }.into());
        };
        let grid = Grid::new(start, interval)?;
        if grid.slots_to(end) == 0 {
            let (readings, elapsed) =
                (self.readings.len(), end.duration_since(start).unsigned_abs());
            return Err(UsageError::NoWholeSlot { readings, elapsed, interval }.into());
        }
        let mut slots = WholeSlots::new(grid, end)?;
        let mut events = Vec::new();
        for (&(from, before), &(to, after)) in
            self.readings.iter().zip(self.readings.iter().skip(1))
        {
            let octets = match (self.count(from, before, to, after, &mut events), gaps) {
                (Some(octets), _) => octets,
                (None, GapPolicy::Fail) => {
                    return Err(UsageError::CounterReset { from, to, before, after }.into());
                }
                (None, GapPolicy::Zero) => continue,
                (None, GapPolicy::Distribute) => after,
            };
            slots.distribute(from, to, octets)?;
        }
        let WholeSlots { grid, volumes, tail: octets } = slots;
        let series = UsageSeries::new(grid, volumes)?;
        let from = series.end();
        if from < end {
            events.push(CounterEvent::Tail { from, to: end, octets });
        }
        Ok(CounterReadout { series, events })
    }

    /// Returns the octets between two readings and records their events, or returns `None` if the
    /// counter was reset.
    #[expect(
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
        // Every increment is possible without a capacity, or if it carries more than any volume.
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

/// Whole slots that fill as a counter counts, and the octets after them.
struct WholeSlots {
    grid: Grid,
    volumes: Vec<DataVolume>,
    /// The octets after the last slot.
    tail: u64,
}

impl WholeSlots {
    /// Creates the whole slots up to `end`.
    fn new(grid: Grid, end: Timestamp) -> Result<Self, Error> {
        let slots = grid.slots_to(end);
        let count = usize::try_from(slots).map_err(|_| grid.too_many(slots))?;
        let mut volumes = Vec::new();
        volumes.try_reserve_exact(count).map_err(|_| grid.too_many(slots))?;
        volumes.resize(count, DataVolume::ZERO);
        Ok(Self { grid, volumes, tail: 0 })
    }

    /// Distributes the octets evenly over the time between two readings.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the interval is not zero, the edge of a slot fits, `from` is before it, and a \
                  running total does not fall"
    )]
    #[expect(clippy::expect_used, reason = "a part of the octets is at most all of them")]
    fn distribute(&mut self, from: Timestamp, to: Timestamp, octets: u64) -> Result<(), Error> {
        let grid = self.grid;
        let interval = grid.interval().as_nanos();
        let [start, end] = [from, to].map(|at| grid.nanoseconds_to(at));
        // A slot that has no index is after the last one.
        let first = usize::try_from(start / interval).unwrap_or(usize::MAX);
        let mut counted = 0;
        for (slot, volume) in self.volumes.iter_mut().enumerate().skip(first) {
            let edge = end.min((slot as u128 + 1) * interval);
            let nearest = RoundingStrategy::MidpointNearestEven;
            let upto = portion(octets.into(), edge - start, end - start, nearest);
            let upto = u64::try_from(upto).expect("a part of the octets is at most all of them");
            let at = || grid.edge(slot).expect("a whole slot begins before the last reading");
            let added = volume.checked_add(DataVolume::from_bytes(upto - counted));
            *volume = added.ok_or_else(|| SeriesLimit::of_volume(at()))?;
            counted = upto;
            if edge == end {
                break;
            }
        }
        self.tail = self.tail.checked_add(octets - counted).ok_or_else(|| {
            let at = grid.edge(self.volumes.len()).expect("whole slots end by the last reading");
            let max = DataVolume::from_bytes(u64::MAX);
            Error::from(UsageError::TooLarge { limit: SeriesLimit::Volume { at, max } })
        })?;
        Ok(())
    }
}

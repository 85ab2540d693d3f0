//! [`CounterLog`]: the readings of an interface's octet counter.

mod account;
mod readout;

pub use self::readout::{CounterEvent, CounterReadout};

use crate::{
    Error,
    quantity::DataRate,
    text::Scanner,
    usage::{Gaps, UsageError, series::ascends},
};
use core::{fmt, str::FromStr, time::Duration};
use jiff::Timestamp;

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

/// The readings of an interface's octet counter, from which a [`UsageSeries`](super::UsageSeries) is made.
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
/// // The one slot that lies whole between the readings, from 00:05 to 00:10:
/// assert_eq!(readout.series.total().to_string(), "3 GB");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Rules
///
/// - Slots are on the clock: they begin at whole multiples of the interval since
///   1970-01-01T00:00:00Z, so that series of different devices line up. The volume between two
///   readings is distributed evenly over the slots that they span, to the billionth of a bit. The
///   volume before the first whole slot and after the last is in events.
/// - An increment is *impossible* if it exceeds what the [capacity](Self::with_capacity) carries in
///   that time, or if the counter fell. A fall of a counter of 32 bits is a wrap, unless the wrap
///   exceeds the capacity.
/// - If the increment from one reading to the next is impossible, the three readings after that one
///   are tried in order. The first to which the increment is possible ends the interval, and the
///   readings between are discarded, as when an agent answers 0 once or twice, or a high reading is
///   garbled. If there is no such reading, the interval is a gap of unknown volume. A fall is then
///   a reset; the octets since are distributed only under
///   [`Distribute`](super::GapPolicy::Distribute), and only if a given capacity carries them.
/// - Readings more than two intervals apart are a gap of known volume: `Distribute` distributes it,
///   and other policies put it into an event.
/// - A slot that a gap touches is left out whole, unless the policy fills the gap, and its measured
///   part is in the event of the gap.
///
/// Every decision is an [event](CounterEvent) of the readout. The volumes of the series, the gaps, the
/// head and the tail add up to all octets that were counted. A volume that
/// [`Hold`](super::GapPolicy::Hold) fills in was not counted: it is in an event, and not in that sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterLog {
    width: CounterWidth,
    capacity: Option<DataRate>,
    max_slots: Option<usize>,
    readings: Vec<(Timestamp, u64)>,
}

impl CounterLog {
    /// Creates a log without readings, for a counter of the given width.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth};
    ///
    /// let inbound = CounterLog::new(CounterWidth::Bits64);
    /// # let _ = inbound;
    /// ```
    #[must_use]
    pub const fn new(width: CounterWidth) -> Self {
        Self { width, capacity: None, max_slots: None, readings: Vec::new() }
    }

    /// Sets the capacity of the link, which tells wraps from resets and true readings from false ones.
    ///
    /// Without it every increment is possible, and each lower reading of a counter of 32 bits counts as
    /// a wrap, even if the device was restarted; the event of the wrap says so.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth, DataRate, GapPolicy, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// // One answer of 0 from a counter at 10 TB.
    /// let readings = [10_000_000_000_000, 10_000_300_000_000, 0, 10_000_900_000_000];
    /// let five_minutes = Duration::from_secs(300);
    /// let mut at: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let mut log = CounterLog::new(CounterWidth::Bits64).with_capacity(DataRate::from_mbps(100));
    /// for octets in readings {
    ///     log.push(at, octets)?;
    ///     at += five_minutes;
    /// }
    /// let readout = log.to_series(five_minutes, GapPolicy::Fail)?;
    /// assert_eq!(readout.series.total().to_string(), "900 MB");
    /// assert_eq!(
    ///     readout.events[0].to_string(),
    ///     "2025-01-01T00:10:00Z: reading of 0 octets discarded, lower than 10000300000000 at \
    ///      2025-01-01T00:05:00Z",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_capacity(self, capacity: DataRate) -> Self {
        Self { capacity: Some(capacity), ..self }
    }

    /// Sets the largest number of slots, so that one wrong time can't take all memory. It is
    /// 100,000 plus 1,000 for each reading by default.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth, GapPolicy, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let mut log = CounterLog::new(CounterWidth::Bits64);
    /// log.push("2025-01-01T00:00:00Z".parse::<Timestamp>()?, 0)?;
    /// log.push("2225-01-01T00:00:00Z".parse::<Timestamp>()?, 1)?;
    /// assert_eq!(
    ///     log.to_series(Duration::from_secs(300), GapPolicy::LeaveOut).unwrap_err().to_string(),
    ///     "21037824 slots of 5 min from 2025-01-01T00:00:00Z on are more than the 102000 allowed for \
    ///      an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_max_slots(self, slots: usize) -> Self {
        Self { max_slots: Some(slots), ..self }
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
    #[inline]
    pub fn push(&mut self, at: Timestamp, octets: u64) -> Result<&mut Self, Error> {
        if let Some(&(last, _)) = self.readings.last() {
            ascends(last, at)?;
        }
        self.hold(at, octets)?;
        Ok(self)
    }

    /// Adds a reading in any order; [`sort`](Self::sort) must follow the last.
    #[cfg(feature = "csv")]
    pub(super) fn push_unordered(&mut self, at: Timestamp, octets: u64) -> Result<(), Error> {
        self.hold(at, octets)
    }

    /// Sorts the readings by time, or returns an error if two have the same.
    #[cfg(feature = "csv")]
    pub(super) fn sort(&mut self) -> Result<(), Error> {
        self.readings.sort_unstable();
        let mut pairs = self.readings.iter().zip(self.readings.iter().skip(1));
        pairs.try_for_each(|((previous, _), (at, _))| ascends(*previous, *at))
    }

    #[inline]
    fn hold(&mut self, at: Timestamp, octets: u64) -> Result<(), Error> {
        if self.width == CounterWidth::Bits32 && octets >= WRAP {
            return Err(UsageError::CounterTooLarge { at, octets }.into());
        }
        self.readings.push((at, octets));
        Ok(())
    }

    /// Returns the series of the whole slots between the first reading and the last, and the events
    /// on the way: see [the rules](Self#rules).
    ///
    /// # Errors
    ///
    /// - [`UsageError::TooFewReadings`] for fewer than two readings.
    /// - [`UsageError::ZeroInterval`] for an interval of zero.
    /// - [`UsageError::NoWholeSlot`] if the readings span no slot on the clock whole.
    /// - [`UsageError::Gap`], [`UsageError::CounterReset`] or [`UsageError::AboveCapacity`] for a gap
    ///   that `gaps` does not allow.
    /// - [`UsageError::EmptySeries`] if all slots are left out.
    /// - [`UsageError::TooLarge`] for more slots than [`with_max_slots`](Self::with_max_slots) says, or
    ///   volumes that exceed the limits of a series.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth, DataVolume, GapPolicy, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let mut log = CounterLog::new(CounterWidth::Bits64);
    /// log.push("2025-01-01T00:04:00Z".parse::<Timestamp>()?, 0)?;
    /// log.push("2025-01-01T00:12:00Z".parse::<Timestamp>()?, 800)?;
    /// let readout = log.to_series(Duration::from_secs(300), GapPolicy::Fail)?;
    /// assert_eq!(readout.series.total(), DataVolume::from_bytes(500)); // from 00:05 to 00:10
    /// assert_eq!(
    ///     readout.summary(),
    ///     "1 head before the first whole slot: 100 B\n1 tail after the last whole slot: 200 B",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_series(
        &self,
        interval: Duration,
        gaps: impl Into<Gaps>,
    ) -> Result<CounterReadout, Error> {
        account::readout(self, interval, gaps.into())
    }
}

//! [`CounterReadout`]: the series of a counter's readings, and the events among them.

use crate::usage::UsageSeries;
use core::fmt;
use jiff::Timestamp;

/// The series of a counter's readings, and the events among them.
///
/// Every octet is in one of three places: in `series`, in the [tail](CounterEvent::Tail), or, under
/// [`GapPolicy::Zero`](super::GapPolicy::Zero), in a [reset](CounterEvent::Reset).
///
/// ```
/// use bandwidth_cost::{CounterLog, CounterWidth, GapPolicy, jiff::Timestamp};
/// use core::time::Duration;
///
/// let mut log = CounterLog::new(CounterWidth::Bits32);
/// log.push("2025-01-01T00:00:00Z".parse::<Timestamp>()?, 4_294_000_000)?;
/// log.push("2025-01-01T00:05:00Z".parse::<Timestamp>()?, 2_000_000)?;
/// let readout = log.to_series(Duration::from_secs(300), GapPolicy::Fail)?;
/// assert_eq!(readout.series.total().to_string(), "2.967296 MB");
/// for event in &readout.events {
///     println!("{event}");
/// }
/// # assert_eq!(
/// #     readout.events[0].to_string(),
/// #     "2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: 2967296 octets over a wrap",
/// # );
/// // 2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: 2967296 octets over a wrap
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterReadout {
    /// The traffic from the first reading to the end of the last whole slot.
    pub series: UsageSeries,
    /// The times between two readings whose octets are not simply the difference, in order of time.
    pub events: Vec<CounterEvent>,
}

/// A time between two readings whose octets are not simply their difference.
///
/// ```
/// use bandwidth_cost::CounterEvent;
///
/// /// Returns the octets that are in no slot if gaps are filled with zeros.
/// fn left_out(events: &[CounterEvent]) -> u64 {
///     let octets = |event: &CounterEvent| match *event {
///         CounterEvent::Reset { octets, .. } | CounterEvent::Tail { octets, .. } => octets,
///         _ => 0,
///     };
///     events.iter().map(octets).sum()
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CounterEvent {
    /// The counter wrapped; the octets are counted on from zero.
    Wrap {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets between the two.
        octets: u64,
    },
    /// The counter was reset; the octets before the reset are unknown.
    Reset {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets since the reset, which are in slots only under
        /// [`GapPolicy::Distribute`](super::GapPolicy::Distribute).
        octets: u64,
    },
    /// The counter can have wrapped more than once at the link's capacity; the octets are counted with
    /// the fewest wraps. More frequent readings or a counter of 64 bits avoid this.
    Ambiguous {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets between the two.
        octets: u64,
    },
    /// The octets exceed what the link can carry; they are in slots all the same.
    AboveCapacity {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets between the two.
        octets: u64,
    },
    /// The last reading is after the last whole slot; the octets since are in no slot.
    Tail {
        /// The end of the last slot.
        from: Timestamp,
        /// The time of the last reading.
        to: Timestamp,
        /// The octets between the two.
        octets: u64,
    },
}

impl fmt::Display for CounterEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to, octets, what) = match *self {
            Self::Wrap { from, to, octets } => (from, to, octets, "over a wrap"),
            Self::Reset { from, to, octets } => (from, to, octets, "since a reset"),
            Self::Ambiguous { from, to, octets } => (from, to, octets, "and perhaps more wraps"),
            Self::AboveCapacity { from, to, octets } => {
                (from, to, octets, "are more than the link can carry")
            }
            Self::Tail { from, to, octets } => (from, to, octets, "after the last whole slot"),
        };
        f.pad(&format!("{from} to {to}: {octets} octets {what}"))
    }
}

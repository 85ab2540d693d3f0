//! What came of a counter's polls: the series, and an account of what was decided.

use crate::usage::UsageSeries;
use core::fmt;
use jiff::Timestamp;

/// A series that was counted, and what could not simply be counted.
///
/// Every octet is in one of three places: in `series`, in the [tail](CounterEvent::Tail), or, with
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
    /// What was carried, from the first poll to the last edge of a slot before the last poll.
    pub series: UsageSeries,
    /// What was decided where the readings alone do not say it, in order of time.
    pub events: Vec<CounterEvent>,
}

/// What was decided about the time between two polls, and the octets that it is about.
///
/// ```
/// use bandwidth_cost::CounterEvent;
///
/// /// The octets that are in no slot if gaps are filled with zeros.
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
    /// The counter passed its largest value; the octets are counted on from zero.
    Wrap {
        /// The poll before.
        from: Timestamp,
        /// The poll after.
        to: Timestamp,
        /// What was carried between the two.
        octets: u64,
    },
    /// The counter began anew: what was carried before that is lost.
    Reset {
        /// The poll before.
        from: Timestamp,
        /// The poll after.
        to: Timestamp,
        /// What was counted since, spread over the gap only with
        /// [`GapPolicy::Distribute`](super::GapPolicy::Distribute).
        octets: u64,
    },
    /// At the link's capacity the counter could have wrapped more than once: poll more often, or a
    /// counter of 64 bits. The octets are counted with the fewest wraps.
    Ambiguous {
        /// The poll before.
        from: Timestamp,
        /// The poll after.
        to: Timestamp,
        /// What was counted between the two.
        octets: u64,
    },
    /// More was counted than the link can carry. The octets are counted all the same.
    AboveCapacity {
        /// The poll before.
        from: Timestamp,
        /// The poll after.
        to: Timestamp,
        /// What was counted between the two.
        octets: u64,
    },
    /// The polls go on after the last whole slot; the octets are in no slot.
    Tail {
        /// The end of the last slot.
        from: Timestamp,
        /// The last poll.
        to: Timestamp,
        /// What was carried between the two.
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

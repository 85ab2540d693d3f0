//! [`CounterReadout`]: the series that a counter's readings give, and the events on the way.

use crate::{
    quantity::{DataRate, DataVolume},
    usage::UsageSeries,
};
use core::fmt;
use jiff::Timestamp;

/// The series that a counter's readings give, and the events on the way: wraps, resets, gaps,
/// discarded readings.
///
/// The volume between the readings is in one of four places: in `series`, in a
/// [gap](CounterEvent::Gap) (its own volume, and the measured part of slots that it left out), in the
/// [head](CounterEvent::Head) or in the [tail](CounterEvent::Tail).
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
/// #     "2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: 2967296 octets over a wrap; a capacity would \
/// #      tell a wrap from a reset",
/// # );
/// // 2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: 2967296 octets over a wrap; a capacity would
/// // tell a wrap from a reset
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterReadout {
    /// The traffic of the whole slots between the first reading and the last.
    pub series: UsageSeries,
    /// The decisions between readings, in order of time.
    pub events: Vec<CounterEvent>,
}

/// A decision about the readings of a counter, or a volume that is in no slot.
///
/// ```
/// use bandwidth_cost::{CounterEvent, DataVolume};
///
/// /// Returns the volume that was counted and is in no slot.
/// fn unbooked(events: &[CounterEvent]) -> DataVolume {
///     let volume = |event: &CounterEvent| match *event {
///         CounterEvent::Head { volume, .. } | CounterEvent::Tail { volume, .. } => volume,
///         CounterEvent::Gap { volume, measured, .. } => {
///             volume.unwrap_or(DataVolume::ZERO) + measured
///         }
///         _ => DataVolume::ZERO,
///     };
///     events.iter().map(volume).sum()
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CounterEvent {
    /// The counter wrapped: it passed its largest value and went on from zero.
    Wrap {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets between the two.
        octets: u64,
        /// The capacity of the link, which carries the wrap, or `None` if it was not given: then a fall
        /// may as well be a reset.
        capacity: Option<DataRate>,
    },
    /// The counter may have wrapped once more, because the link's capacity allows it; the octets
    /// are counted with the fewest wraps. More frequent readings or a counter of 64 bits avoid
    /// this.
    Ambiguous {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets between the two.
        octets: u64,
        /// The capacity of the link.
        capacity: DataRate,
    },
    /// A reading was discarded, because the counter can't have shown it: it fell, or more passed than
    /// the link carries. A later reading fits the one before.
    Discarded {
        /// The time of the reading.
        at: Timestamp,
        /// The octets that it showed.
        octets: u64,
        /// The time of the reading before.
        since: Timestamp,
        /// The octets that the reading before showed.
        before: u64,
        /// The rate from the reading before, or `None` if the counter fell or the rate exceeds
        /// [`DataRate::MAX`].
        rate: Option<DataRate>,
        /// The capacity of the link, if it was given.
        capacity: Option<DataRate>,
    },
    /// The counter was reset; the octets before the reset are unknown. A gap follows, unless the octets
    /// since the reset were distributed.
    Reset {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets that the reading before showed.
        before: u64,
        /// The octets since the reset.
        octets: u64,
        /// The capacity of the link, without which the octets are never distributed.
        capacity: Option<DataRate>,
        /// Whether the octets since the reset are in slots.
        is_distributed: bool,
    },
    /// More passed than the link carries, and no later reading fits: a gap follows.
    AboveCapacity {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The octets between the two, which can't be true.
        octets: u64,
        /// Their rate, or `None` if it exceeds [`DataRate::MAX`].
        rate: Option<DataRate>,
        /// The capacity of the link.
        capacity: DataRate,
    },
    /// A gap: its slots are left out, zero, or filled, as the policy says.
    Gap {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The volume that was counted in the gap and is in no slot, or `None` if it is unknown.
        volume: Option<DataVolume>,
        /// The volume that was measured beside the gap, in slots that it left out.
        measured: DataVolume,
    },
    /// A gap of known volume was filled with it, evenly.
    Distributed {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The volume, which is in slots.
        volume: DataVolume,
    },
    /// A gap was filled with the rate before it: this volume was not counted.
    Held {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The volume that fills the gap.
        volume: DataVolume,
    },
    /// The time before the first whole slot.
    Head {
        /// The time of the first reading.
        from: Timestamp,
        /// The start of the first slot.
        to: Timestamp,
        /// The volume in that time.
        volume: DataVolume,
    },
    /// The time after the last whole slot.
    Tail {
        /// The end of the last slot.
        from: Timestamp,
        /// The time of the last reading.
        to: Timestamp,
        /// The volume in that time.
        volume: DataVolume,
    },
}

impl CounterReadout {
    /// Returns how many events of each kind there are and the sum of their volumes, one kind a line;
    /// an empty text if there are none.
    ///
    /// ```
    /// use bandwidth_cost::{CounterLog, CounterWidth, GapPolicy, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let mut log = CounterLog::new(CounterWidth::Bits64);
    /// for (at, octets) in [("00:00", 1_000), ("00:05", 4_000), ("01:00", 9_000), ("01:05", 9_500)] {
    ///     log.push(format!("2025-01-01T{at}:00Z").parse::<Timestamp>()?, octets)?;
    /// }
    /// let readout = log.to_series(Duration::from_secs(300), GapPolicy::LeaveOut)?;
    /// assert_eq!(readout.summary(), "1 gap: 5 kB not in any slot");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn summary(&self) -> String {
        let mut lines = Vec::new();
        for (singular, plural, rest) in KINDS {
            let of_kind = self.events.iter().filter(|event| event.kind() == singular);
            let count = of_kind.clone().count();
            if count == 0 {
                continue;
            }
            let mut volumes = of_kind.filter_map(|event| event.volume());
            let volume = volumes.try_fold(DataVolume::ZERO, DataVolume::checked_add);
            let name = if count == 1 { singular } else { plural };
            lines.push(match volume {
                Some(volume) if !volume.is_zero() => {
                    format!("{count} {name}: {}", rest.replace("{}", &volume.to_string()))
                }
                _ => format!("{count} {name}"),
            });
        }
        lines.join("\n")
    }
}

/// The kinds of events: the name of one, of several, and what is said of their volume.
const KINDS: [(&str, &str, &str); 10] = [
    ("head before the first whole slot", "heads before the first whole slot", "{}"),
    ("wrap", "wraps", "{} over them"),
    ("interval with perhaps one more wrap", "intervals with perhaps one more wrap", "{} counted"),
    ("discarded reading", "discarded readings", "{}"),
    ("reset", "resets", "{} since them"),
    ("increment above the capacity", "increments above the capacity", "{} not counted"),
    ("gap", "gaps", "{} not in any slot"),
    ("gap that was distributed", "gaps that were distributed", "{}"),
    ("gap that was held", "gaps that were held", "{} made up"),
    ("tail after the last whole slot", "tails after the last whole slot", "{}"),
];

impl CounterEvent {
    /// Returns the name of the kind.
    fn kind(&self) -> &'static str {
        match self {
            Self::Head { .. } => "head before the first whole slot",
            Self::Wrap { .. } => "wrap",
            Self::Ambiguous { .. } => "interval with perhaps one more wrap",
            Self::Discarded { .. } => "discarded reading",
            Self::Reset { .. } => "reset",
            Self::AboveCapacity { .. } => "increment above the capacity",
            Self::Gap { .. } => "gap",
            Self::Distributed { .. } => "gap that was distributed",
            Self::Held { .. } => "gap that was held",
            Self::Tail { .. } => "tail after the last whole slot",
        }
    }

    /// Returns the volume that the event speaks of, if it is known.
    fn volume(&self) -> Option<DataVolume> {
        match *self {
            Self::Wrap { octets, .. }
            | Self::Ambiguous { octets, .. }
            | Self::Reset { octets, .. }
            | Self::AboveCapacity { octets, .. } => Some(DataVolume::from_bytes(octets)),
            Self::Discarded { .. } => None,
            Self::Gap { volume, measured, .. } => match volume {
                Some(volume) => volume.checked_add(measured),
                None => Some(measured),
            },
            Self::Distributed { volume, .. }
            | Self::Held { volume, .. }
            | Self::Head { volume, .. }
            | Self::Tail { volume, .. } => Some(volume),
        }
    }
}

impl fmt::Display for CounterEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate_text = |rate: Option<DataRate>| match rate {
            Some(rate) => rate.to_string(),
            None => format!("more than {}", DataRate::MAX),
        };
        let text = match *self {
            Self::Wrap { from, to, octets, capacity: Some(capacity) } => {
                format!("{from} to {to}: {octets} octets over a wrap, which {capacity} carry")
            }
            Self::Wrap { from, to, octets, capacity: None } => format!(
                "{from} to {to}: {octets} octets over a wrap; a capacity would tell a wrap from a reset"
            ),
            Self::Ambiguous { from, to, octets, capacity } => format!(
                "{from} to {to}: {octets} octets, or one wrap more, which {capacity} carry too"
            ),
            Self::Discarded { at, octets, since, before, .. } if octets < before => format!(
                "{at}: reading of {octets} octets discarded, lower than {before} at {since}"
            ),
            Self::Discarded { at, octets, since, rate, capacity, .. } => format!(
                "{at}: reading of {octets} octets discarded, {} since {since} exceed the capacity of {}",
                rate_text(rate),
                rate_text(capacity),
            ),
            Self::Reset { from, to, before, octets, capacity, is_distributed } => {
                let booked = match (is_distributed, capacity) {
                    (true, _) => ", which are distributed",
                    (false, Some(_)) => "",
                    (false, None) => "; a capacity would tell whether they can be distributed",
                };
                format!("{from} to {to}: reset from {before}, {octets} octets since{booked}")
            }
            Self::AboveCapacity { from, to, octets, rate, capacity } => format!(
                "{from} to {to}: {octets} octets are {}, which exceed the capacity of {capacity}",
                rate_text(rate),
            ),
            Self::Gap { from, to, volume, measured } => {
                let counted = match volume {
                    Some(volume) => format!("{volume} in no slot"),
                    None => "unknown volume".to_owned(),
                };
                let beside = if measured.is_zero() {
                    String::new()
                } else {
                    format!(", and {measured} measured beside it")
                };
                format!("{from} to {to}: gap, {counted}{beside}")
            }
            Self::Distributed { from, to, volume } => {
                format!("{from} to {to}: gap, {volume} distributed evenly")
            }
            Self::Held { from, to, volume } => {
                format!("{from} to {to}: gap, {volume} made up from the rate before it")
            }
            Self::Head { from, to, volume } => {
                format!("{from} to {to}: {volume} before the first whole slot")
            }
            Self::Tail { from, to, volume } => {
                format!("{from} to {to}: {volume} after the last whole slot")
            }
        };
        f.pad(&text)
    }
}

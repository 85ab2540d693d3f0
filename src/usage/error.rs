//! [`UsageError`]: what can be wrong with traffic and its measures.

use crate::{
    Decimal, Error,
    quantity::{DataRate, DataVolume},
    text::TimeText,
};
use core::{fmt, ops::Range, time::Duration};
use jiff::{
    Timestamp,
    civil::{Time, Weekday},
    tz::TimeZone,
};

/// What can be wrong with traffic and its measures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UsageError {
    /// A series without slots.
    #[error("a usage series can't be empty: pass at least one slot")]
    EmptySeries,

    /// Slots of zero length.
    #[error("slots can't be 0 s long: pass an interval such as 5 min")]
    ZeroInterval,

    /// Rates that were to be rounded up to multiples of zero.
    #[error("rates can't be rounded up to multiples of 0 bps: pass an increment such as 1 Tbps")]
    ZeroIncrement,

    /// A series that exceeds a limit of the types that hold it.
    #[error("{limit}")]
    TooLarge {
        /// The limit, and the values that exceed it.
        limit: SeriesLimit,
    },

    /// A time that does not come after the time before it.
    #[error("{at} does not come after {previous}: check that the times ascend")]
    OutOfOrder {
        /// The time that was refused.
        at: Timestamp,
        /// The time before it.
        previous: Timestamp,
    },

    /// The time of a sample at which no slot begins.
    #[error(
        "no slot begins at {at}, where slots are {} long from {start} on: check the time",
        TimeText(*interval)
    )]
    OffGrid {
        /// The time that was refused.
        at: Timestamp,
        /// The start of the first slot.
        start: Timestamp,
        /// The length of a slot.
        interval: Duration,
    },

    /// A range of time that does not go from the start of a slot to the end of one.
    #[error(
        "the range from {} to {} can't be cut from {slots}: pass two times at which slots begin or \
         end, the later one second",
        range.start,
        range.end
    )]
    NotARangeOfSlots {
        /// The range that was refused.
        range: Range<Timestamp>,
        /// The slots of the series.
        slots: Slots,
    },

    /// A gap, under [`GapPolicy::Fail`](crate::GapPolicy::Fail).
    #[error(
        "no slot was measured from {from} to {to}: check the data, or pass the \
         contract's gap policy"
    )]
    Gap {
        /// The start of the first slot without a sample.
        from: Timestamp,
        /// The start of the next slot with a sample.
        to: Timestamp,
    },

    /// A counter that began anew, under [`GapPolicy::Fail`](crate::GapPolicy::Fail).
    #[error(
        "the counter was reset between {from} and {to}, from {before} to {after} octets: check the \
         data, or pass the contract's gap policy"
    )]
    CounterReset {
        /// The time of the reading before.
        from: Timestamp,
        /// The time of the reading after.
        to: Timestamp,
        /// The reading before, in octets.
        before: u64,
        /// The reading after, in octets.
        after: u64,
    },

    /// Two series, or a series and a baseline, whose slots are not the same.
    #[error("{left} do not match {right}: pass series of the same slots")]
    SlotsMismatch {
        /// The slots of the left series, or of the baseline.
        left: Slots,
        /// The slots of the right series, or of the one held against the baseline.
        right: Slots,
    },

    /// A weekly profile whose slots do not divide an hour.
    #[error(
        "a weekly profile can't have slots of {}: pass slots that divide an hour, such as 5 min",
        TimeText(*interval)
    )]
    ProfileInterval {
        /// The length that was refused.
        interval: Duration,
    },

    /// A history of less than a week.
    #[error("a weekly profile can't be made of {history}: pass at least a week")]
    ShortHistory {
        /// The slots of the history.
        history: Slots,
    },

    /// A wall time of the week for which a weekly profile has no slot.
    #[error(
        "the history has no slot that begins on {} {time} in {}: pass a history with one",
        short_name(*weekday),
        zone.iana_name().unwrap_or("the zone")
    )]
    UnseenWallTime {
        /// The local weekday.
        weekday: Weekday,
        /// The local time of day.
        time: Time,
        /// The time zone of the profile.
        zone: TimeZone,
    },

    /// A percentile that is not above 0 and at most 100.
    #[error("a percentile can't be {percent}: pass one above 0 and at most 100")]
    PercentileOutOfRange {
        /// The percentile that was refused.
        percent: Decimal,
    },

    /// A reading of 2³² octets or more of a counter of 32 bits.
    #[error(
        "a counter of 32 bits can't show {octets} at {at}: check whether the counter has 64 bits"
    )]
    CounterTooLarge {
        /// The time of the reading.
        at: Timestamp,
        /// The reading, in octets.
        octets: u64,
    },

    /// Readings of a counter that span less than a slot.
    #[error(
        "too few readings for a slot of {}, {readings} within {}: check that the first and the last \
         are at least that far apart",
        TimeText(*interval),
        TimeText(*elapsed)
    )]
    NoWholeSlot {
        /// The number of readings.
        readings: usize,
        /// The time from the first reading to the last.
        elapsed: Duration,
        /// The length of a slot.
        interval: Duration,
    },

    /// A CSV file with fewer than two rows, which does not tell the length of a slot.
    #[error("too few rows to tell the length of a slot, {rows}: pass the interval")]
    NoInterval {
        /// The number of rows.
        rows: usize,
    },
}

/// A limit that a series exceeds, with the values that exceed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SeriesLimit {
    /// Slots that end after [`Timestamp::MAX`], or for which there is no memory.
    Slots {
        /// The number of slots.
        count: u128,
        /// The start of the first slot.
        start: Timestamp,
        /// The length of a slot.
        interval: Duration,
    },
    /// A slot whose rate exceeds [`DataRate::MAX`].
    Rate {
        /// The start of the slot.
        at: Timestamp,
        /// The volume in the slot.
        volume: DataVolume,
        /// The length of the slot.
        interval: Duration,
    },
    /// Slots whose volumes sum to more than the largest volume.
    Volume {
        /// The start of the slot with which the sum becomes too large.
        at: Timestamp,
        /// The largest volume.
        max: DataVolume,
    },
}

impl SeriesLimit {
    /// Returns the error of volumes whose sum exceeds [`DataVolume::MAX`] with the slot at `at`.
    pub(super) fn of_volume(at: Timestamp) -> Error {
        UsageError::TooLarge { limit: Self::Volume { at, max: DataVolume::MAX } }.into()
    }
}

impl fmt::Display for SeriesLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Slots { count, start, interval } => write!(
                f,
                "the slots from {start} on are too many, {count} of {}: check the times and the \
                 interval",
                TimeText(interval),
            ),
            Self::Rate { at, volume, interval } => write!(
                f,
                "{volume} in the slot of {} at {at} exceed the rate of {}: check the volume",
                TimeText(interval),
                DataRate::MAX,
            ),
            Self::Volume { at, max } => write!(
                f,
                "the volumes up to the slot at {at} sum to more than {max}: check them, or pass a \
                 shorter series",
            ),
        }
    }
}

/// Slots of equal length, as an error names them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Slots {
    /// The length of a slot.
    pub interval: Duration,
    /// The start of the first slot and the end of the last, or `None` for the slots of a weekly
    /// profile, which recur.
    pub span: Option<Range<Timestamp>>,
}

impl fmt::Display for Slots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "slots of {}", TimeText(self.interval))?;
        match &self.span {
            Some(span) => write!(f, " from {} to {}", span.start, span.end),
            None => f.write_str(" of a weekly profile"),
        }
    }
}

/// Returns the first three letters of a weekday's name.
pub(super) const fn short_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

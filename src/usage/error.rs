//! [`UsageError`]: what can be wrong with usage.

use crate::{
    quantity::{DataRate, DataVolume},
    text::TimeText,
};
use core::time::Duration;
use jiff::Timestamp;

/// What can be wrong with usage, one case a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UsageError {
    /// A usage series without slots.
    #[error("a usage series can't be empty: give it at least one slot")]
    EmptySeries,

    /// Slots without a length.
    #[error("slots can't be 0 s long: write an interval such as 5 min")]
    ZeroInterval,

    /// More slots than fit between two times, or than there is memory for.
    #[error(
        "{slots} slots of {} from {start} on are too many: check the times, or write a longer \
         interval",
        TimeText(*interval)
    )]
    TooManySlots {
        /// How many there would be.
        slots: u128,
        /// Where the first begins.
        start: Timestamp,
        /// How long each is.
        interval: Duration,
    },

    /// A slot whose rate is above [`DataRate::MAX`].
    #[error(
        "the slot at {at} can't carry {volume} in {}: its rate must be at most {}",
        TimeText(*interval),
        DataRate::MAX
    )]
    SlotTooLarge {
        /// Where the slot begins.
        at: Timestamp,
        /// What was to be carried in it.
        volume: DataVolume,
        /// How long it is.
        interval: Duration,
    },

    /// Volumes whose sum is above [`DataVolume::MAX`].
    #[error(
        "with the slot at {at} the volumes sum to more than {}: write a shorter series",
        DataVolume::MAX
    )]
    TotalTooLarge {
        /// Where the first slot begins with which the sum is too large.
        at: Timestamp,
    },

    /// A time at which no slot begins or ends.
    #[error("no slot begins at {at}: slots are {} long from {start} on", TimeText(*interval))]
    OffGrid {
        /// The time that was refused.
        at: Timestamp,
        /// Where the first slot begins.
        start: Timestamp,
        /// How long each is.
        interval: Duration,
    },

    /// A time that is not in the series.
    #[error("{at} is outside the series: write a time from {start} to {end}")]
    OutsideSeries {
        /// The time that was refused.
        at: Timestamp,
        /// Where the series begins.
        start: Timestamp,
        /// Where it ends.
        end: Timestamp,
    },

    /// A range of time without any slot.
    #[error("there are no slots from {from} to {to}: write an end after the start")]
    EmptyRange {
        /// The start.
        from: Timestamp,
        /// The end, not after it.
        to: Timestamp,
    },

    /// A time before the one that it follows.
    #[error("{at} follows {previous}: write the rows in order of time")]
    OutOfOrder {
        /// The time that was refused.
        at: Timestamp,
        /// The time before it.
        previous: Timestamp,
    },

    /// A time that is there twice.
    #[error("{at} is there twice: write each time once")]
    DuplicateTime {
        /// The time.
        at: Timestamp,
    },

    /// A gap, where none is allowed.
    #[error(
        "nothing was measured from {from} to {to}: fill the gap with the policy zero or distribute"
    )]
    MissingSlots {
        /// Where the first slot without a sample begins.
        from: Timestamp,
        /// Where the next one with a sample does.
        to: Timestamp,
    },

    /// Two series that do not have the same slots.
    #[error("the {what} of two series differ, {left} and {right}: write series of the same slots")]
    SeriesMismatch {
        /// What differs.
        what: &'static str,
        /// That of the left series.
        left: String,
        /// That of the right series.
        right: String,
    },

    /// A baseline that does not say what is usual in each slot of the series.
    #[error("a baseline of {baseline} says nothing of {series}: give it the same slots")]
    BaselineMismatch {
        /// The baseline's slots.
        baseline: String,
        /// The series' slots.
        series: String,
    },

    /// A weekly profile of slots that do not divide an hour.
    #[error(
        "a weekly profile can't have slots of {}: write a length that divides an hour, such as 5 min",
        TimeText(*interval)
    )]
    ProfileInterval {
        /// The length that was refused.
        interval: Duration,
    },

    /// A history that does not see each hour of a week.
    #[error("a weekly profile needs a week of history or more, not {from} to {to}")]
    ShortHistory {
        /// Where the history begins.
        from: Timestamp,
        /// Where it ends.
        to: Timestamp,
    },

    /// A wall time that a weekly profile says nothing of.
    #[error("the history has no slot that begins on {at} in {zone}: write a history that has one")]
    UnseenWallTime {
        /// The weekday and the time.
        at: String,
        /// The zone.
        zone: String,
    },

    /// A series held against a weekly profile of other slots.
    #[error("a profile of slots of {baseline} says nothing of slots of {series}: write equal ones")]
    BaselineInterval {
        /// The length of the profile's slots.
        baseline: String,
        /// The length of the series' slots.
        series: String,
    },

    /// A percentile that is no share of the slots.
    #[error("a percentile can't be {percent}: write one above 0 and at most 100")]
    PercentileOutOfRange {
        /// The percentile that was refused.
        percent: String,
    },

    /// A reading of 2³² or more of a counter of 32 bits.
    #[error("a counter of 32 bits can't show {octets} at {at}: write 64 bits")]
    CounterTooLarge {
        /// When it was read.
        at: Timestamp,
        /// The reading.
        octets: u64,
    },

    /// A counter that began anew, where no gap is allowed.
    #[error(
        "the counter was reset between {from} and {to}, from {before} to {after} octets: fill the \
         gap with the policy zero or distribute"
    )]
    CounterReset {
        /// The poll before.
        from: Timestamp,
        /// The poll after.
        to: Timestamp,
        /// The reading before.
        before: u64,
        /// The reading after.
        after: u64,
    },

    /// Fewer than two polls.
    #[error("volume is counted between two polls, not in {polls}: write at least two")]
    TooFewPolls {
        /// How many there are.
        polls: usize,
    },

    /// Polls that are less than a slot apart.
    #[error("no slot of {} is whole from {from} to {to}: write later polls", TimeText(*interval))]
    NoWholeSlot {
        /// The first poll.
        from: Timestamp,
        /// The last poll.
        to: Timestamp,
        /// How long a slot is.
        interval: Duration,
    },

    /// A CSV file without rows, or with one, which does not say how long a slot is.
    #[error("{rows} rows don't say how long a slot is: write at least two rows, or the interval")]
    NoInterval {
        /// How many rows there are.
        rows: usize,
    },
}

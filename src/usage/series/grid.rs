//! [`Grid`]: the times at which slots begin.

use crate::{
    Error,
    text::from_nanoseconds,
    usage::{SeriesLimit, UsageError},
};
use core::time::Duration;
use jiff::Timestamp;

/// The edges of slots: `start`, `start + interval`, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::usage) struct Grid {
    start: Timestamp,
    /// Not zero.
    interval: Duration,
}

impl Grid {
    pub(in crate::usage) fn new(start: Timestamp, interval: Duration) -> Result<Self, Error> {
        if interval.is_zero() {
            Err(UsageError::ZeroInterval.into())
        } else {
            Ok(Self { start, interval })
        }
    }

    pub(in crate::usage) fn start(self) -> Timestamp {
        self.start
    }

    pub(in crate::usage) fn interval(self) -> Duration {
        self.interval
    }

    /// Returns the end of the first `slots` slots, or `None` if it is after [`Timestamp::MAX`].
    pub(in crate::usage) fn edge(self, slots: usize) -> Option<Timestamp> {
        let interval = i128::try_from(self.interval.as_nanos()).ok()?;
        let elapsed = interval.checked_mul(i128::try_from(slots).ok()?)?;
        let edge = self.start.as_nanosecond().checked_add(elapsed)?;
        Timestamp::from_nanosecond(edge).ok()
    }

    /// Returns the nanoseconds from the start to `at`, which must not be before it.
    pub(in crate::usage) fn nanoseconds_to(self, at: Timestamp) -> u128 {
        at.duration_since(self.start).unsigned_abs().as_nanos()
    }

    /// Returns the number of whole slots up to `at`, which must not be before the start.
    #[expect(clippy::arithmetic_side_effects, reason = "the interval is not zero")]
    pub(in crate::usage) fn slots_to(self, at: Timestamp) -> u128 {
        self.nanoseconds_to(at) / self.interval.as_nanos()
    }

    /// Returns whether a slot begins at `at`.
    pub(in crate::usage) fn has_edge(self, at: Timestamp) -> bool {
        self.nanoseconds_to(at).is_multiple_of(self.interval.as_nanos())
    }

    /// Returns whether slots begin at whole multiples of their length since 1970-01-01T00:00:00Z.
    pub(in crate::usage) fn is_on_clock(self) -> bool {
        let since = self.start.as_nanosecond().unsigned_abs();
        since.is_multiple_of(self.interval.as_nanos())
    }

    /// Returns the grid from another of its edges on.
    pub(in crate::usage) fn starting(self, start: Timestamp) -> Self {
        Self { start, ..self }
    }

    /// Returns the length of `slots` slots, whose end must be a [`Timestamp`].
    #[expect(clippy::arithmetic_side_effects, reason = "it fits between two timestamps")]
    pub(in crate::usage) fn length(self, slots: usize) -> Duration {
        from_nanoseconds(self.interval.as_nanos() * slots as u128)
    }

    /// Returns whether the slots of another grid begin where slots of this one do, if it went on.
    pub(in crate::usage) fn has_same_phase(self, other: Self) -> bool {
        let apart = other.start.duration_since(self.start).unsigned_abs().as_nanos();
        self.interval == other.interval && apart.is_multiple_of(self.interval.as_nanos())
    }

    /// Returns the error of volumes whose sum exceeds the largest volume with a slot of the grid.
    pub(in crate::usage) fn too_much(self, slot: usize) -> Error {
        SeriesLimit::of_volume(self.edge(slot).unwrap_or(self.start))
    }

    /// Returns the error of more slots than are allowed.
    pub(in crate::usage) fn more_than(self, count: u128, most: u128) -> Error {
        let Self { start, interval } = self;
        let limit = SeriesLimit::SlotsAllowed { count, most, start, interval };
        UsageError::TooLarge { limit }.into()
    }

    /// Returns the error of too many slots.
    pub(in crate::usage) fn too_many(self, count: u128) -> Error {
        let Self { start, interval } = self;
        UsageError::TooLarge { limit: SeriesLimit::Slots { count, start, interval } }.into()
    }
}

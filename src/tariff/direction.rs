//! [`Direction`]: the direction of a link that is billed.

use crate::{
    Error,
    text::{TextError, clip},
};
use core::{fmt, str::FromStr};

/// The direction of a link that is billed, or the combination of both.
///
/// ```
/// use bandwidth_cost::Direction;
///
/// assert_eq!("slot_max".parse::<Direction>()?, Direction::SlotMax);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// The inbound traffic.
    Inbound,
    /// The outbound traffic.
    Outbound,
    /// The sum of both directions, slot by slot.
    #[default]
    Sum,
    /// The larger of both directions in each slot.
    SlotMax,
    /// The dearer of the inbound and the outbound traffic, for each tariff by itself.
    Higher,
}

impl Direction {
    pub(super) const ALL: [Self; 5] =
        [Self::Inbound, Self::Outbound, Self::Sum, Self::SlotMax, Self::Higher];

    const fn name(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Sum => "sum",
            Self::SlotMax => "slot_max",
            Self::Higher => "higher",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Direction {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let named = Self::ALL.into_iter().find(|direction| direction.name() == text);
        named.ok_or_else(|| {
            Error::from(TextError::Unexpected {
                found: clip(text),
                at: 0,
                expected: "inbound, outbound, sum, slot_max or higher",
            })
        })
    }
}

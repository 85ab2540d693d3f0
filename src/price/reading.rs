//! [`PriceReading`]: a price of either kind.

use super::{RatePrice, VolumePrice};
use crate::Error;
use core::{fmt, str::FromStr};

/// A price of either kind: per volume, or per rate and billing period. What a claim may mean, or
/// what a line of a bill was priced at.
///
/// ```
/// use bandwidth_cost::{Cost, DataRate, DataVolume, pta::PriceReading};
///
/// fn cost(reading: PriceReading, volume: DataVolume, rate: DataRate) -> Cost {
///     match reading {
///         PriceReading::Volume(price) => price.cost(volume),
///         PriceReading::Rate(price) => price.cost(rate),
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PriceReading {
    /// Money per volume carried.
    Volume(VolumePrice),
    /// Money per rate and billing period.
    Rate(RatePrice),
}

impl fmt::Display for PriceReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Volume(price) => price.fmt(f),
            Self::Rate(price) => price.fmt(f),
        }
    }
}

impl FromStr for PriceReading {
    type Err = Error;

    /// Reads either price; the error is that of a price per volume.
    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self::Rate).or_else(|_: Error| text.parse().map(Self::Volume))
    }
}

//! [`AnyPrice`]: a price of either kind.

use crate::{
    Error,
    price::{RatePrice, VolumePrice},
};
use core::{fmt, str::FromStr};

/// A price of either kind: per volume, or per rate and billing period.
///
/// ```
/// use bandwidth_cost::{AnyPrice, Cost, DataRate, DataVolume};
///
/// /// The cost of a link's month, by whichever price its contract has.
/// fn cost(price: AnyPrice, volume: DataVolume, rate: DataRate) -> Cost {
///     match price {
///         AnyPrice::Volume(price) => price.cost(volume),
///         AnyPrice::Rate(price) => price.cost(rate),
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnyPrice {
    /// Money per volume.
    Volume(VolumePrice),
    /// Money per rate and billing period.
    Rate(RatePrice),
}

impl fmt::Display for AnyPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Volume(price) => price.fmt(f),
            Self::Rate(price) => price.fmt(f),
        }
    }
}

impl FromStr for AnyPrice {
    type Err = Error;

    /// Reads a price of either kind. The error is that of a price per volume, unless the text ends with
    /// a month.
    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self::Rate).or_else(|error: Error| {
            let volume = text.parse().map(Self::Volume);
            volume.map_err(|other| if text.ends_with("month") { error } else { other })
        })
    }
}

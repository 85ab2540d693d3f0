//! [`AnyQuantity`]: a data volume or a data rate.

use super::{DataRate, DataVolume};
use crate::Error;
use core::{fmt, str::FromStr};

/// A data volume or a data rate, as a bill lists both.
///
/// ```
/// use bandwidth_cost::{DataRate, AnyQuantity};
///
/// let peak = AnyQuantity::Rate(DataRate::from_gbps(815));
/// assert_eq!(peak.to_string(), "815 Gbps");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnyQuantity {
    /// A data volume.
    Volume(DataVolume),
    /// A data rate.
    Rate(DataRate),
}

impl fmt::Display for AnyQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Volume(volume) => volume.fmt(f),
            Self::Rate(rate) => rate.fmt(f),
        }
    }
}

impl FromStr for AnyQuantity {
    type Err = Error;

    /// Reads either quantity. If the text is neither, the error is that of a volume.
    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self::Rate).or_else(|_: Error| text.parse().map(Self::Volume))
    }
}

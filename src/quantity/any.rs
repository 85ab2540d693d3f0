//! [`AnyQuantity`]: a data volume or a data rate.

use super::{DataRate, DataVolume};
use crate::{Error, ErrorKind, text::TextError};
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

    /// Reads either quantity. If the text is neither, the error is that of a volume, or that of a rate if
    /// only a rate can have the unit.
    fn from_str(text: &str) -> Result<Self, Error> {
        let is_of_unit = |error: &Error| {
            matches!(error.kind(), ErrorKind::Text(TextError::Unknown { what: "unit", .. }))
        };
        text.parse().map(Self::Rate).or_else(|of_rate: Error| {
            text.parse().map(Self::Volume).map_err(|of_volume: Error| {
                if is_of_unit(&of_volume) && !is_of_unit(&of_rate) { of_rate } else { of_volume }
            })
        })
    }
}

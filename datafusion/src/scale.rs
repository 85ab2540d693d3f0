//! [`Scale`]: the decimal places of a cost.

use crate::Error;
use datafusion::arrow::datatypes::DataType;
use serde::{Deserialize, Serialize};

/// The digits of a cost, before and after the decimal point together.
pub(crate) const DIGITS: u8 = 38;

/// The number of decimal places of a cost, at most [`DIGITS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub(crate) struct Scale(u8);

impl Scale {
    /// The scale of rounded costs if [`Tariffs::with_scale`](crate::Tariffs::with_scale) sets no
    /// other.
    pub(crate) const DEFAULT: Self = Self(6);

    /// The largest scale of exact costs, which leaves ten digits before the decimal point.
    pub(crate) const MOST_EXACT: u32 = 28;

    /// Returns the scale in decimal places.
    pub(crate) fn places(self) -> u32 {
        self.0.into()
    }

    /// Returns the type of a cost.
    pub(crate) const fn data_type(self) -> DataType {
        DataType::Decimal128(DIGITS, self.0.cast_signed())
    }
}

impl TryFrom<u32> for Scale {
    type Error = Error;

    fn try_from(places: u32) -> Result<Self, Error> {
        let scale = u8::try_from(places).ok().filter(|scale| *scale <= DIGITS);
        scale.map(Self).ok_or(Error::Scale { scale: places })
    }
}

impl From<Scale> for u32 {
    fn from(scale: Scale) -> Self {
        scale.places()
    }
}

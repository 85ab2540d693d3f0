//! Serde for prices: text for people, amount and quantity in binary formats.

use super::{AnyPrice, RatePrice, VolumePrice};
use crate::{
    Error,
    money::Money,
    quantity::{DataRate, DataVolume},
    text::serde::{Wire, on_the_wire},
};

on_the_wire! { VolumePrice RatePrice AnyPrice }

impl Wire for VolumePrice {
    const EXAMPLE: &'static str = "1 USD per 1 MB";
    type Parts = (Money, DataVolume);

    fn to_parts(&self) -> Self::Parts {
        (self.amount(), self.per())
    }

    fn from_parts((amount, per): Self::Parts) -> Result<Self, Error> {
        Self::new(amount, per)
    }
}

impl Wire for RatePrice {
    const EXAMPLE: &'static str = "0.80 USD per 1 Mbps";
    type Parts = (Money, DataRate);

    fn to_parts(&self) -> Self::Parts {
        (self.amount(), self.per())
    }

    fn from_parts((amount, per): Self::Parts) -> Result<Self, Error> {
        Self::new(amount, per)
    }
}

impl Wire for AnyPrice {
    const EXAMPLE: &'static str = VolumePrice::EXAMPLE;
    /// One of the two, with serde's own tag.
    type Parts = Result<VolumePrice, RatePrice>;

    fn to_parts(&self) -> Self::Parts {
        match *self {
            Self::Volume(price) => Ok(price),
            Self::Rate(price) => Err(price),
        }
    }

    fn from_parts(parts: Self::Parts) -> Result<Self, Error> {
        Ok(parts.map_or_else(Self::Rate, Self::Volume))
    }
}

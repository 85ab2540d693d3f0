//! Serde for prices: text for people, amount and quantity in binary formats.

use super::{AnyPrice, RatePrice, UnitPrice, VolumePrice};
use crate::{
    Error,
    money::Money,
    quantity::{DataRate, DataVolume, Quantity},
    text::{
        TextError, clip,
        serde::{Wire, on_the_wire},
    },
};
use core::str::FromStr;

on_the_wire! { VolumePrice RatePrice AnyPrice }

impl Wire for VolumePrice {
    const EXAMPLE: &'static str = "1 USD per 1 MB";
    /// The amount, the quantity, and its text if that is not the quantity's own.
    type Parts = (Money, DataVolume, String);

    fn to_parts(&self) -> Self::Parts {
        (self.amount(), self.per(), units(self))
    }

    fn from_parts((amount, per, units): Self::Parts) -> Result<Self, Error> {
        of_parts(amount, per, &units)
    }
}

impl Wire for RatePrice {
    const EXAMPLE: &'static str = "0.80 USD per 1 Mbps";
    /// The amount, the quantity, and its text if that is not the quantity's own.
    type Parts = (Money, DataRate, String);

    fn to_parts(&self) -> Self::Parts {
        (self.amount(), self.per(), units(self))
    }

    fn from_parts((amount, per, units): Self::Parts) -> Result<Self, Error> {
        of_parts(amount, per, &units)
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

/// Returns the text of the quantity of a price, or an empty one if it is the quantity's own.
fn units<Q: Quantity>(price: &UnitPrice<Q>) -> String {
    let text = price.per_text();
    if text == price.per().to_string() { String::new() } else { text }
}

/// Creates a price of an amount per quantity, written as `units` unless that is empty.
fn of_parts<Q: Quantity>(amount: Money, per: Q, units: &str) -> Result<UnitPrice<Q>, Error>
where
    UnitPrice<Q>: FromStr<Err = Error>,
{
    if units.is_empty() {
        return UnitPrice::new(amount, per);
    }
    let price: UnitPrice<Q> = format!("{amount} per {units}").parse()?;
    if price.per() == per {
        return Ok(price);
    }
    let expected = "the text of the price's own quantity";
    Err(TextError::Unexpected { found: clip(units), at: 0, expected }.into())
}

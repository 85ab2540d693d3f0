//! Serde for numbers: text for people, integers in binary formats.

use super::{Ratio, Share};
use crate::{
    Error,
    text::serde::{Wire, on_the_wire},
};
use dashu_int::{IBig, UBig};

on_the_wire! { Share Ratio }

impl Wire for Share {
    const EXAMPLE: &'static str = "70%";
    type Parts = (u64, u64);

    fn to_parts(&self) -> (u64, u64) {
        (self.numerator(), self.denominator())
    }

    fn from_parts((numerator, denominator): (u64, u64)) -> Result<Self, Error> {
        Self::new(numerator, denominator)
    }
}

impl Wire for Ratio {
    const EXAMPLE: &'static str = "4/3";
    /// Numerator (two's complement) and denominator, in bytes from the lowest up.
    type Parts = (Vec<u8>, Vec<u8>);

    fn to_parts(&self) -> Self::Parts {
        let (numerator, denominator) = self.clone().into_parts();
        (numerator.to_le_bytes().into_vec(), denominator.to_le_bytes().into_vec())
    }

    fn from_parts((numerator, denominator): Self::Parts) -> Result<Self, Error> {
        Self::from_parts(IBig::from_le_bytes(&numerator), UBig::from_le_bytes(&denominator))
    }
}

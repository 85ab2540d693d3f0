//! Serde for quantities and their units: text for people, integers in binary formats.

use super::{AnyQuantity, DataRate, DataVolume, RateUnit, VolumeUnit};
use crate::{
    Error,
    text::serde::{Wire, on_the_wire},
};

on_the_wire! { DataVolume DataRate AnyQuantity VolumeUnit RateUnit }

impl Wire for DataVolume {
    const EXAMPLE: &'static str = "250 MB";
    type Parts = u128;

    fn to_parts(&self) -> u128 {
        self.as_nanobits()
    }

    fn from_parts(nanobits: u128) -> Result<Self, Error> {
        Ok(Self::from_nanobits(nanobits))
    }
}

impl Wire for DataRate {
    const EXAMPLE: &'static str = "40 Gbps";
    type Parts = u64;

    fn to_parts(&self) -> u64 {
        self.as_bps()
    }

    fn from_parts(bps: u64) -> Result<Self, Error> {
        Ok(Self::from_bps(bps))
    }
}

impl Wire for AnyQuantity {
    const EXAMPLE: &'static str = DataVolume::EXAMPLE;
    /// A volume is `Ok` and a rate `Err`, for serde's own tag of the two.
    type Parts = Result<DataVolume, DataRate>;

    fn to_parts(&self) -> Self::Parts {
        match *self {
            Self::Volume(volume) => Ok(volume),
            Self::Rate(rate) => Err(rate),
        }
    }

    fn from_parts(parts: Self::Parts) -> Result<Self, Error> {
        Ok(parts.map_or_else(Self::Rate, Self::Volume))
    }
}

impl Wire for VolumeUnit {
    const EXAMPLE: &'static str = "MB";
    type Parts = String;

    fn to_parts(&self) -> String {
        self.symbol().to_owned()
    }

    fn from_parts(symbol: String) -> Result<Self, Error> {
        symbol.parse()
    }
}

impl Wire for RateUnit {
    const EXAMPLE: &'static str = "Mbps";
    type Parts = String;

    fn to_parts(&self) -> String {
        self.symbol().to_owned()
    }

    fn from_parts(symbol: String) -> Result<Self, Error> {
        symbol.parse()
    }
}

//! Serde: the text form for people (JSON, TOML), integers for machines (postcard, bincode).
//!
//! Reading goes through the same checks as parsing and constructing.

mod scenario;

use crate::{
    Cost, Currency, DataRate, DataVolume, Decimal, Error, ExchangeRate, Money, RatePrice, RateUnit,
    Ratio, Share, VolumePrice, VolumeUnit, pta::PriceReading,
};
use core::{
    fmt::{self, Display},
    marker::PhantomData,
    str::FromStr,
};
use dashu_int::{IBig, UBig};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeOwned, Visitor},
};

const UNNAMED_ZONE: &str = "a time zone without an IANA name can't be written: use one with a name";

/// A value with a text and a compact form.
trait Wire: Display + FromStr<Err = Error> {
    /// What its text looks like.
    const EXAMPLE: &'static str;

    /// Its parts, for formats that nobody reads.
    type Parts: Serialize + DeserializeOwned;

    fn to_parts(&self) -> Self::Parts;
    fn from_parts(parts: Self::Parts) -> Result<Self, Error>;
}

fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        serializer.collect_str(value)
    } else {
        value.to_parts().serialize(serializer)
    }
}

fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_str(Text(PhantomData))
    } else {
        T::from_parts(T::Parts::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

struct Text<T>(PhantomData<T>);

impl<T: Wire> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a text such as \"{}\"", T::EXAMPLE)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Serde's traits are foreign, so each type needs impls of its own.
macro_rules! on_the_wire {
    ($($type:ty)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize(deserializer)
            }
        }
    )*};
}

mod bulk;
mod rates;
mod tariff;
mod usage;

pub(crate) use self::usage::instant;

on_the_wire! {
    DataVolume DataRate Share Ratio VolumeUnit RateUnit
    Currency Money Cost ExchangeRate
    VolumePrice RatePrice PriceReading
}

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

impl Wire for Currency {
    const EXAMPLE: &'static str = "USD";
    type Parts = [u8; 3];

    fn to_parts(&self) -> [u8; 3] {
        self.code().as_bytes().try_into().unwrap_or_default()
    }

    fn from_parts(code: [u8; 3]) -> Result<Self, Error> {
        String::from_utf8_lossy(&code).parse()
    }
}

impl Wire for Money {
    const EXAMPLE: &'static str = "250.00 USD";
    /// Digits, decimal places, currency.
    type Parts = (i128, u32, Currency);

    fn to_parts(&self) -> Self::Parts {
        (self.amount().mantissa(), self.amount().scale(), self.currency())
    }

    fn from_parts((digits, places, currency): Self::Parts) -> Result<Self, Error> {
        match Decimal::try_from_i128_with_scale(digits, places) {
            Ok(amount) => Ok(Self::new(amount, currency)),
            Err(_) if places > Decimal::MAX_SCALE => Err(Error::TooManyPlaces { places }),
            Err(_) => Err(Error::AmountOverflow { amount: format!("{digits}e-{places}"), places }),
        }
    }
}

impl Wire for Cost {
    const EXAMPLE: &'static str = "4/3 USD";
    type Parts = (Ratio, Currency);

    fn to_parts(&self) -> Self::Parts {
        (self.amount().clone(), self.currency())
    }

    fn from_parts((amount, currency): Self::Parts) -> Result<Self, Error> {
        Ok(Self::new(amount, currency))
    }
}

impl Wire for ExchangeRate {
    const EXAMPLE: &'static str = "1 USD = 278.55 PKR";
    /// The currencies, what one of the first is worth in the second, the spread.
    type Parts = (Currency, Cost, Share);

    fn to_parts(&self) -> Self::Parts {
        (self.base(), Cost::new(self.factor().clone(), self.quote()), self.spread())
    }

    fn from_parts((base, worth, spread): Self::Parts) -> Result<Self, Error> {
        Ok(Self::from_costs(&Cost::new(Ratio::ONE, base), &worth)?.with_spread(spread))
    }
}

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

impl Wire for PriceReading {
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

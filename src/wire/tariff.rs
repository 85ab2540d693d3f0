//! Serde for tariffs: contracts as the keys and texts that a person writes, bills as named fields.

use super::{Wire, deserialize, serialize};
use crate::{
    DataRate, DataVolume, Direction, Error, Measured, RateCard, Schedule, Tariff,
    price::ScheduleText,
    quantity::clip,
    tariff::{CardText, TariffText},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

on_the_wire! { Direction Measured }

impl Wire for Direction {
    const EXAMPLE: &'static str = "inbound";
    type Parts = String;

    fn to_parts(&self) -> String {
        self.to_string()
    }

    fn from_parts(name: String) -> Result<Self, Error> {
        name.parse()
    }
}

impl Wire for Measured {
    const EXAMPLE: &'static str = DataVolume::EXAMPLE;
    /// One of the two, with serde's own tag.
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

/// Baselines by name are for rate cards in TOML, which a program reads with its own.
fn no_baseline(name: &str) -> Result<crate::Baseline, Error> {
    Err(Error::UnknownBaseline { name: clip(name), known: "none".to_owned() })
}

impl Serialize for Schedule<DataVolume> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_text().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Schedule<DataVolume> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_text(&ScheduleText::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Serialize for Schedule<DataRate> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_text().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Schedule<DataRate> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_text(&ScheduleText::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Serialize for Tariff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TariffText::of(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tariff {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TariffText::deserialize(deserializer)?.build(&no_baseline).map_err(de::Error::custom)
    }
}

impl Serialize for RateCard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match CardText::of(self) {
            Some(card) => card.serialize(serializer),
            None => Err(ser::Error::custom(
                "a time zone without an IANA name can't be written: use one with a name",
            )),
        }
    }
}

impl<'de> Deserialize<'de> for RateCard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        CardText::deserialize(deserializer)?.build(&no_baseline).map_err(de::Error::custom)
    }
}

//! Serde for tariffs: contracts have the keys of a rate card, bills have named fields.

use super::{
    card::text::{CardText, TariffText, time_zone},
    tariff::Basis,
};
use crate::{
    Error,
    money::Money,
    tariff::{Adjustment, Direction, RateCard, Tariff, TariffError},
    text::{
        clip,
        serde::{UNNAMED_ZONE, Wire, on_the_wire},
    },
    usage::Baseline,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

on_the_wire! { Direction }

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

/// Refuses a baseline by name: only the reader of a rate card in TOML supplies them.
fn no_baseline(name: &str) -> Result<Baseline, Error> {
    Err(TariffError::UnknownBaseline { name: clip(name), known: Vec::new() }.into())
}

/// Text formats have the keys of a rate card; binary ones a name, a meter and a schedule.
impl Serialize for Tariff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return TariffText::of(self).serialize(serializer);
        }
        (self.name(), self.basis()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tariff {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let keys = TariffText::deserialize(deserializer)?;
            return keys.build(&no_baseline).map_err(de::Error::custom);
        }
        <(String, Basis)>::deserialize(deserializer).map(|(name, basis)| Self::new(name, basis))
    }
}

impl Serialize for RateCard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let zone = self.time_zone().iana_name();
        let zone = zone.ok_or_else(|| ser::Error::custom(UNNAMED_ZONE))?;
        if serializer.is_human_readable() {
            return CardText::of(self).serialize(serializer);
        }
        let charges = (self.minimum(), self.maximum(), self.adjustments());
        (zone, self.direction(), self.tariffs(), charges).serialize(serializer)
    }
}

/// The minimum, the maximum and the adjustments of a card.
type Charges = (Option<Money>, Option<Money>, Vec<Adjustment>);

fn charged(card: Result<RateCard, Error>, charges: Charges) -> Result<RateCard, Error> {
    let (minimum, maximum, adjustments) = charges;
    let card = minimum.into_iter().try_fold(card?, RateCard::with_minimum)?;
    let card = maximum.into_iter().try_fold(card, RateCard::with_maximum)?;
    adjustments.into_iter().try_fold(card, RateCard::with_adjustment)
}

impl<'de> Deserialize<'de> for RateCard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let keys = CardText::deserialize(deserializer)?;
            return keys.build(&no_baseline).map_err(de::Error::custom);
        }
        let (zone, direction, tariffs, charges) =
            <(String, _, Vec<Tariff>, Charges)>::deserialize(deserializer)?;
        let zone = time_zone(&zone).map_err(de::Error::custom)?;
        let card = charged(Self::new(tariffs), charges).map_err(de::Error::custom)?;
        Ok(card.with_time_zone(zone).with_direction(direction))
    }
}

//! Serde for tariffs: contracts have the keys of a rate card, bills have named fields.

use super::{
    card::text::{CardText, TariffText, time_zone},
    prices::Prices,
    tariff::Basis,
};
use crate::{
    Error,
    money::Money,
    price::{UnitPrice, schedule::Schedule},
    quantity::Quantity,
    tariff::{Adjustment, Direction, RateCard, Tariff, TariffError},
    text::{
        TimeText, clip,
        serde::{Day, UNNAMED_ZONE, Wire, on_the_wire},
    },
    usage::{Baseline, BillingCycle, Window},
};
use core::str::FromStr;
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

/// Text formats have the keys of a rate card; binary ones the parts in their order.
impl Serialize for Tariff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return TariffText::of(self).serialize(serializer);
        }
        (self.name(), self.direction(), self.window(), self.basis()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tariff {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let keys = TariffText::deserialize(deserializer)?;
            return keys.build(&no_baseline).map_err(de::Error::custom);
        }
        let (name, direction, window, basis) =
            <(String, Option<Direction>, Option<Window>, Basis)>::deserialize(deserializer)?;
        let tariff = direction.into_iter().fold(Self::new(name, basis), Self::with_direction);
        Ok(window.into_iter().fold(tariff, Self::with_window))
    }
}

/// The first prices, and the prices alone of each change.
impl<Q: Quantity + Serialize> Serialize for Prices<Q>
where
    UnitPrice<Q>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let changes = self.changes().iter().map(|(from, prices)| (Day(*from), prices.prices()));
        (self.first(), changes.collect::<Vec<_>>()).serialize(serializer)
    }
}

impl<'de, Q: Quantity + Deserialize<'de>> Deserialize<'de> for Prices<Q>
where
    UnitPrice<Q>: Deserialize<'de> + FromStr<Err = Error>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (first, changes) = <(Schedule<Q>, Vec<(Day, Schedule<Q>)>)>::deserialize(deserializer)?;
        let mut prices = Self::new(first);
        for (Day(from), change) in changes {
            prices.change(from, &change).map_err(de::Error::custom)?;
        }
        Ok(prices)
    }
}

/// The parts of a card in binary formats.
#[derive(Serialize, Deserialize)]
struct CardParts<T, A> {
    time_zone: String,
    billing_day: u8,
    interval: Option<TimeText>,
    direction: Direction,
    begins: Option<Day>,
    ends: Option<Day>,
    tariffs: T,
    minimum: Option<Money>,
    maximum: Option<Money>,
    adjustments: A,
}

impl CardParts<Vec<Tariff>, Vec<Adjustment>> {
    fn build(self) -> Result<RateCard, Error> {
        let mut card = RateCard::new(self.tariffs)?
            .with_time_zone(time_zone(&self.time_zone)?)
            .with_billing_cycle(BillingCycle::from_day(self.billing_day)?)
            .with_direction(self.direction);
        if let Some(TimeText(interval)) = self.interval {
            card = card.with_interval(interval)?;
        }
        if let Some(Day(begins)) = self.begins {
            card = card.with_begins(begins)?;
        }
        if let Some(Day(ends)) = self.ends {
            card = card.with_ends(ends)?;
        }
        card = self.minimum.into_iter().try_fold(card, RateCard::with_minimum)?;
        card = self.maximum.into_iter().try_fold(card, RateCard::with_maximum)?;
        self.adjustments.into_iter().try_fold(card, RateCard::with_adjustment)
    }
}

impl Serialize for RateCard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unnamed = || ser::Error::custom(UNNAMED_ZONE);
        if serializer.is_human_readable() {
            return CardText::of(self).ok_or_else(unnamed)?.serialize(serializer);
        }
        let zone = self.time_zone().iana_name().ok_or_else(unnamed)?;
        let parts = CardParts {
            time_zone: zone.to_owned(),
            billing_day: self.billing_cycle().day(),
            interval: self.interval().map(TimeText),
            direction: self.direction(),
            begins: self.begins().map(Day),
            ends: self.ends().map(Day),
            tariffs: self.tariffs(),
            minimum: self.minimum(),
            maximum: self.maximum(),
            adjustments: self.adjustments(),
        };
        parts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RateCard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let keys = CardText::deserialize(deserializer)?;
            return keys.build(&no_baseline).map_err(de::Error::custom);
        }
        CardParts::deserialize(deserializer)?.build().map_err(de::Error::custom)
    }
}

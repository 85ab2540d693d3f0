//! A schedule as a person writes it: keys and texts, as in a rate card.

use super::{Bound, Schedule, Tier, Tiers, UnitPrice, schedule::Pricing};
use crate::{Error, money::Money, quantity::Quantity};
use core::{fmt::Display, str::FromStr};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};

/// The keys of a schedule.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ScheduleText {
    pub(crate) price: Option<String>,
    pub(crate) graduated: Option<Vec<TierText>>,
    pub(crate) all_units: Option<Vec<TierText>>,
    pub(crate) allowance: Option<String>,
    pub(crate) increment: Option<String>,
    pub(crate) commitment: Option<String>,
    pub(crate) fixed_fee: Option<String>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
}

/// The keys of a tier.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TierText {
    #[serde(default)]
    up_to: Option<String>,
    #[serde(default)]
    below: Option<String>,
    price: String,
    #[serde(default)]
    fee: Option<String>,
}

impl<Q: Quantity> Schedule<Q>
where
    UnitPrice<Q>: FromStr<Err = Error>,
{
    /// Builds the schedule through the checks of its builders; an error says at which key.
    pub(crate) fn from_text(text: &ScheduleText) -> Result<Self, Error> {
        let mut schedule = match text {
            ScheduleText { price: Some(price), graduated: None, all_units: None, .. } => {
                Self::flat(read("price", price)?)
            }
            ScheduleText { price: None, graduated: Some(tiers), all_units: None, .. } => {
                Self::graduated(read_tiers("graduated", tiers)?)
            }
            ScheduleText { price: None, graduated: None, all_units: Some(tiers), .. } => {
                Self::all_units(read_tiers("all_units", tiers)?)
            }
            ScheduleText { price, graduated, all_units, .. } => {
                let keys = [
                    ("price", price.is_some()),
                    ("graduated", graduated.is_some()),
                    ("all_units", all_units.is_some()),
                ];
                return Err(keys_error(&keys, "one of `price`, `graduated` and `all_units`"));
            }
        };
        if let Some(quantity) = &text.allowance {
            schedule = schedule.with_allowance(read("allowance", quantity)?);
        }
        if let Some(quantity) = &text.increment {
            let quantity = read("increment", quantity)?;
            schedule = schedule.with_increment(quantity).map_err(|e| at("increment", e))?;
        }
        if let Some(quantity) = &text.commitment {
            schedule = schedule.with_commitment(read("commitment", quantity)?);
        }
        if let Some(money) = &text.fixed_fee {
            let money = read("fixed_fee", money)?;
            schedule = schedule.with_fixed_fee(money).map_err(|e| at("fixed_fee", e))?;
        }
        if let Some(money) = &text.minimum {
            let money = read("minimum", money)?;
            schedule = schedule.with_minimum(money).map_err(|e| at("minimum", e))?;
        }
        if let Some(money) = &text.maximum {
            let money = read("maximum", money)?;
            schedule = schedule.with_maximum(money).map_err(|e| at("maximum", e))?;
        }
        Ok(schedule)
    }

    /// The keys that say this schedule.
    pub(crate) fn to_text(&self) -> ScheduleText {
        let tiers = |tiers: &Tiers<Q>| Some(tiers.as_slice().iter().map(TierText::of).collect());
        let quantity = |quantity: Q| (quantity.units() > 0).then(|| quantity.to_string());
        let money = |money: Option<Money>| money.map(|money| money.to_string());
        let mut text = ScheduleText {
            allowance: quantity(self.allowance),
            increment: quantity(self.increment),
            commitment: quantity(self.commitment),
            fixed_fee: money(self.fixed_fee),
            minimum: money(self.minimum),
            maximum: money(self.maximum),
            ..ScheduleText::default()
        };
        match &self.pricing {
            Pricing::Flat(price) => text.price = Some(price.to_string()),
            Pricing::Graduated(of) => text.graduated = tiers(of),
            Pricing::AllUnits(of) => text.all_units = tiers(of),
        }
        text
    }
}

impl TierText {
    fn of<Q: Quantity>(tier: &Tier<Q>) -> Self {
        let (up_to, below) = match tier.bound() {
            Bound::UpTo(bound) => (Some(bound.to_string()), None),
            Bound::Below(bound) => (None, Some(bound.to_string())),
            Bound::Rest => (None, None),
        };
        let fee = tier.fee().map(|fee| fee.to_string());
        Self { up_to, below, price: tier.price().to_string(), fee }
    }

    fn read<Q: Quantity>(&self) -> Result<Tier<Q>, Error>
    where
        UnitPrice<Q>: FromStr<Err = Error>,
    {
        let price = read("price", &self.price)?;
        let tier = match (&self.up_to, &self.below) {
            (Some(bound), None) => Tier::up_to(read("up_to", bound)?, price),
            (None, Some(bound)) => Tier::below(read("below", bound)?, price),
            (None, None) => Tier::rest(price),
            (Some(_), Some(_)) => {
                let keys = [("up_to", true), ("below", true)];
                return Err(keys_error(&keys, "one of the two"));
            }
        };
        match &self.fee {
            Some(fee) => Ok(tier.with_fee(read("fee", fee)?)),
            None => Ok(tier),
        }
    }
}

fn read_tiers<Q: Quantity>(key: &str, tiers: &[TierText]) -> Result<Tiers<Q>, Error>
where
    UnitPrice<Q>: FromStr<Err = Error>,
{
    let tiers = (1..).zip(tiers).map(|(number, tier): (usize, _)| {
        tier.read().map_err(|error| within(format!("`{key}` tier {number}"), error))
    });
    Tiers::new(tiers.collect::<Result<Vec<_>, _>>()?).map_err(|error| at(key, error))
}

fn read<T: FromStr<Err = Error>>(key: &str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|error| at(key, error))
}

/// The error of a key's value.
pub(crate) fn at(key: impl Display, error: Error) -> Error {
    Error::Card { place: format!("`{key}`"), error: Box::new(error) }
}

/// The error of a key, within a place.
pub(crate) fn within(place: impl Display, error: Error) -> Error {
    match error {
        Error::Card { place: inner, error } => {
            Error::Card { place: format!("{place}, {inner}"), error }
        }
        error => Error::Card { place: place.to_string(), error: Box::new(error) },
    }
}

/// The error of keys that don't go together.
pub(crate) fn keys_error(keys: &[(&str, bool)], write: &'static str) -> Error {
    let there = keys.iter().filter(|(_, is_there)| *is_there);
    let names: Vec<String> = there.map(|(key, _)| format!("`{key}`")).collect();
    let found = match names.as_slice() {
        [] => "no price".to_owned(),
        names => names.join(" and "),
    };
    Error::CardKeys { found, write }
}

/// Writes a key that is there.
pub(crate) fn entry<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    value: Option<&T>,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(key, value))
}

impl ScheduleText {
    /// Writes the keys that are there.
    pub(crate) fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        entry(map, "price", self.price.as_ref())?;
        entry(map, "graduated", self.graduated.as_ref())?;
        entry(map, "all_units", self.all_units.as_ref())?;
        entry(map, "allowance", self.allowance.as_ref())?;
        entry(map, "increment", self.increment.as_ref())?;
        entry(map, "commitment", self.commitment.as_ref())?;
        entry(map, "fixed_fee", self.fixed_fee.as_ref())?;
        entry(map, "minimum", self.minimum.as_ref())?;
        entry(map, "maximum", self.maximum.as_ref())
    }
}

/// For people, the keys that are there; formats without keys get all, in their order.
impl Serialize for ScheduleText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            let mut map = serializer.serialize_map(None)?;
            self.entries(&mut map)?;
            return map.end();
        }
        let Self { price, graduated, all_units, allowance, increment, commitment, .. } = self;
        let Self { fixed_fee, minimum, maximum, .. } = self;
        let pricing = (price, graduated, all_units);
        (pricing, allowance, increment, commitment, fixed_fee, minimum, maximum)
            .serialize(serializer)
    }
}

impl Serialize for TierText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { up_to, below, price, fee } = self;
        if serializer.is_human_readable() {
            let mut map = serializer.serialize_map(None)?;
            entry(&mut map, "up_to", up_to.as_ref())?;
            entry(&mut map, "below", below.as_ref())?;
            map.serialize_entry("price", price)?;
            entry(&mut map, "fee", fee.as_ref())?;
            return map.end();
        }
        (up_to, below, price, fee).serialize(serializer)
    }
}

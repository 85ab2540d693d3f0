//! A schedule as a person writes it: keys and texts, as in a rate card.

use crate::{
    Error, Place,
    money::Money,
    price::{
        AnyPrice, PriceError, Tier, TierBound, Tiers, UnitPrice,
        schedule::{Pricing, Schedule},
        unit_price_text::{RATE_FORM, VOLUME_FORM},
    },
    quantity::{AnyQuantity, Quantity},
    text::clip,
};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeMap};

/// The keys of a schedule, with its prices, quantities and amounts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduleKeys<P, Q, M> {
    pub(crate) price: Option<P>,
    pub(crate) graduated: Option<Vec<TierKeys<P, Q, M>>>,
    pub(crate) all_units: Option<Vec<TierKeys<P, Q, M>>>,
    pub(crate) allowance: Option<Q>,
    pub(crate) increment: Option<Q>,
    pub(crate) commitment: Option<Q>,
    pub(crate) fixed_fee: Option<M>,
    pub(crate) minimum: Option<M>,
    pub(crate) maximum: Option<M>,
}

/// The keys of a tier.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TierKeys<P, Q, M> {
    up_to: Option<Q>,
    below: Option<Q>,
    price: Option<P>,
    fee: Option<M>,
}

/// As it was written. A text is read where its key is known, so that an error can name the key.
pub(crate) type ScheduleText = ScheduleKeys<Text, Text, Text>;
pub(crate) type TierText = TierKeys<Text, Text, Text>;

/// As it was read.
pub(crate) type ScheduleParts<Q> = ScheduleKeys<UnitPrice<Q>, Q, Money>;
type TierParts<Q> = TierKeys<UnitPrice<Q>, Q, Money>;

/// A text, or a number in its place. A number is always refused, where it is read: there the error
/// can say at which key, and which unit or currency is missing behind it.
#[derive(Debug, Clone)]
pub(crate) enum Text {
    Quoted(String),
    Number(String),
}

impl Text {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Quoted(text) | Self::Number(text) => text,
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl de::Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text in quotes")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text::Quoted(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
        Ok(Text::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
        Ok(Text::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Text, E> {
        Ok(Text::Number(number.to_string()))
    }
}

impl ScheduleText {
    /// Reads the texts; an error says at which key.
    pub(crate) fn read<Q: Quantity>(&self) -> Result<ScheduleParts<Q>, Error>
    where
        UnitPrice<Q>: FromStr<Err = Error>,
    {
        Ok(ScheduleKeys {
            price: read("price", &self.price, price)?,
            graduated: read_tiers("graduated", &self.graduated)?,
            all_units: read_tiers("all_units", &self.all_units)?,
            allowance: read("allowance", &self.allowance, quantity)?,
            increment: read("increment", &self.increment, quantity)?,
            commitment: read("commitment", &self.commitment, quantity)?,
            fixed_fee: read("fixed_fee", &self.fixed_fee, str::parse)?,
            minimum: read("minimum", &self.minimum, str::parse)?,
            maximum: read("maximum", &self.maximum, str::parse)?,
        })
    }
}

impl TierText {
    fn read<Q: Quantity>(&self) -> Result<TierParts<Q>, Error>
    where
        UnitPrice<Q>: FromStr<Err = Error>,
    {
        Ok(TierKeys {
            up_to: read("up_to", &self.up_to, quantity)?,
            below: read("below", &self.below, quantity)?,
            price: read("price", &self.price, price)?,
            fee: read("fee", &self.fee, str::parse)?,
        })
    }
}

type TierList<P, Q, M> = Option<Vec<TierKeys<P, Q, M>>>;

fn read_tiers<Q: Quantity>(
    key: &'static str,
    tiers: &TierList<Text, Text, Text>,
) -> Result<TierList<UnitPrice<Q>, Q, Money>, Error>
where
    UnitPrice<Q>: FromStr<Err = Error>,
{
    let read = |tiers: &Vec<TierText>| each_tier(key, tiers, TierText::read);
    tiers.as_ref().map(read).transpose()
}

/// Reads a key that is there.
fn read<T>(
    key: &'static str,
    text: &Option<Text>,
    parse: impl Fn(&str) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let read = |text: &Text| parse(text.as_str()).map_err(|error| at(key, error));
    text.as_ref().map(read).transpose()
}

/// Reads a quantity; the other kind belongs to another measure.
fn quantity<Q: Quantity>(text: &str) -> Result<Q, Error> {
    text.parse().map_err(|error| match text.parse() {
        Ok(AnyQuantity::Volume(_)) => other_kind(text, "a volume", "a rate", "one such as 1 Mbps"),
        Ok(AnyQuantity::Rate(_)) => other_kind(text, "a rate", "a volume", "one such as 1 MB"),
        Err(_) => error,
    })
}

/// Reads a price; the other kind belongs to another measure.
fn price<P: FromStr<Err = Error>>(text: &str) -> Result<P, Error> {
    text.parse().map_err(|error| match text.parse() {
        Ok(AnyPrice::Volume(_)) => other_kind(text, "per volume", "a rate", RATE_FORM),
        Ok(AnyPrice::Rate(_)) => other_kind(text, "per rate", "a volume", VOLUME_FORM),
        Err(_) => error,
    })
}

fn other_kind(text: &str, is: &'static str, measured: &'static str, write: &'static str) -> Error {
    Error::from(PriceError::OtherMeasure { text: clip(text), is, measured, write })
}

impl<Q: Quantity> ScheduleParts<Q> {
    /// Builds the schedule through the checks of its builders; an error says at which key.
    pub(crate) fn build(self) -> Result<Schedule<Q>, Error> {
        let mut schedule = match (self.price, self.graduated, self.all_units) {
            (Some(price), None, None) => Schedule::flat(price),
            (None, Some(tiers), None) => Schedule::graduated(build_tiers("graduated", tiers)?),
            (None, None, Some(tiers)) => Schedule::all_units(build_tiers("all_units", tiers)?),
            (None, None, None) => return Err(no_key("price", PRICINGS)),
            (price, graduated, all_units) => {
                let keys = [
                    ("price", price.is_some()),
                    ("graduated", graduated.is_some()),
                    ("all_units", all_units.is_some()),
                ];
                return Err(too_many_keys(&keys, PRICINGS));
            }
        };
        if let Some(free) = self.allowance {
            schedule = schedule.with_allowance(free);
        }
        if let Some(increment) = self.increment {
            schedule = schedule.with_increment(increment).map_err(|e| at("increment", e))?;
        }
        if let Some(least) = self.commitment {
            schedule = schedule.with_commitment(least);
        }
        if let Some(fee) = self.fixed_fee {
            schedule = schedule.with_fixed_fee(fee).map_err(|e| at("fixed_fee", e))?;
        }
        if let Some(least) = self.minimum {
            schedule = schedule.with_minimum(least).map_err(|e| at("minimum", e))?;
        }
        if let Some(most) = self.maximum {
            schedule = schedule.with_maximum(most).map_err(|e| at("maximum", e))?;
        }
        Ok(schedule)
    }

    /// The keys of a schedule.
    pub(crate) fn of(schedule: &Schedule<Q>) -> Self {
        let terms = &schedule.terms;
        let tiers = |tiers: &Tiers<Q>| Some(tiers.as_slice().iter().map(TierKeys::of).collect());
        let (price, graduated, all_units) = match &terms.pricing {
            Pricing::Flat(price) => (Some(*price), None, None),
            Pricing::Graduated(of) => (None, tiers(of), None),
            Pricing::AllUnits(of) => (None, None, tiers(of)),
        };
        let quantity = |quantity: Q| (quantity.units() > 0).then_some(quantity);
        Self {
            price,
            graduated,
            all_units,
            allowance: quantity(terms.allowance),
            increment: quantity(terms.increment),
            commitment: quantity(terms.commitment),
            fixed_fee: terms.fixed_fee,
            minimum: terms.minimum,
            maximum: terms.maximum,
        }
    }
}

impl<Q: Quantity> TierParts<Q> {
    fn build(&self) -> Result<Tier<Q>, Error> {
        let price = self.price.ok_or_else(|| no_key("price", "one for each tier"))?;
        let tier = match (self.up_to, self.below) {
            (Some(bound), None) => Tier::up_to(bound, price),
            (None, Some(bound)) => Tier::below(bound, price),
            (None, None) => Tier::rest(price),
            (Some(_), Some(_)) => {
                return Err(too_many_keys(&[("up_to", true), ("below", true)], "one of the two"));
            }
        };
        Ok(self.fee.map_or(tier, |fee| tier.with_fee(fee)))
    }

    fn of(tier: &Tier<Q>) -> Self {
        let (up_to, below) = match tier.bound() {
            TierBound::UpTo(bound) => (Some(bound), None),
            TierBound::Below(bound) => (None, Some(bound)),
            TierBound::Rest => (None, None),
        };
        Self { up_to, below, price: Some(tier.price()), fee: tier.fee() }
    }
}

fn build_tiers<Q: Quantity>(
    key: &'static str,
    tiers: Vec<TierParts<Q>>,
) -> Result<Tiers<Q>, Error> {
    Tiers::new(each_tier(key, &tiers, TierParts::build)?).map_err(|error| at(key, error))
}

/// The same of each tier; an error says of which, from 1.
fn each_tier<T, U>(
    key: &'static str,
    tiers: &[T],
    of: impl Fn(&T) -> Result<U, Error>,
) -> Result<Vec<U>, Error> {
    let numbered = (1_usize..).zip(tiers);
    let of = |(number, tier)| of(tier).map_err(|e| e.at(Place::Tier { key, number }));
    numbered.map(of).collect()
}

const PRICINGS: &str = "one of `price`, `graduated` and `all_units`";

/// The error of a key's value.
pub(crate) fn at(key: &'static str, error: Error) -> Error {
    error.at(Place::Key(key))
}

/// The error of a key that is missing.
pub(crate) fn no_key(key: &str, write: &'static str) -> Error {
    Error::from(PriceError::CardKeys { found: format!("no `{key}`"), write })
}

/// The error of keys that don't go together.
pub(crate) fn too_many_keys(keys: &[(&str, bool)], write: &'static str) -> Error {
    let there = keys.iter().filter(|(_, is_there)| *is_there);
    let names: Vec<String> = there.map(|(key, _)| format!("`{key}`")).collect();
    Error::from(PriceError::CardKeys { found: names.join(" and "), write })
}

/// Writes a key that is there.
pub(crate) fn entry<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    value: Option<&T>,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(key, value))
}

impl<P: Serialize, Q: Serialize, M: Serialize> ScheduleKeys<P, Q, M> {
    /// Writes the keys that are there.
    pub(crate) fn entries<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error> {
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

/// For people, the keys that are there; formats that nobody reads get all, in their order.
impl<P: Serialize, Q: Serialize, M: Serialize> Serialize for ScheduleKeys<P, Q, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            let mut map = serializer.serialize_map(None)?;
            self.entries(&mut map)?;
            return map.end();
        }
        let Self { price, graduated, all_units, allowance, increment, commitment, .. } = self;
        let Self { fixed_fee, minimum, maximum, .. } = self;
        let all = (
            price, graduated, all_units, allowance, increment, commitment, fixed_fee, minimum,
            maximum,
        );
        all.serialize(serializer)
    }
}

impl<P: Serialize, Q: Serialize, M: Serialize> Serialize for TierKeys<P, Q, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { up_to, below, price, fee } = self;
        if serializer.is_human_readable() {
            let mut map = serializer.serialize_map(None)?;
            entry(&mut map, "up_to", up_to.as_ref())?;
            entry(&mut map, "below", below.as_ref())?;
            entry(&mut map, "price", price.as_ref())?;
            entry(&mut map, "fee", fee.as_ref())?;
            return map.end();
        }
        (up_to, below, price, fee).serialize(serializer)
    }
}

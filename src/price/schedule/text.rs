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
    text::{
        clip,
        keys::{Text, key, keys},
    },
};
use core::str::FromStr;

keys! {
    /// The keys of a schedule, with its prices, quantities and amounts.
    pub(crate) struct ScheduleKeys[P, Q, M] {
        price: P,
        graduated: Vec<TierKeys<P, Q, M>>,
        all_units: Vec<TierKeys<P, Q, M>>,
        allowance: Q,
        increment: Q,
        commitment: Q,
        fixed_fee: M,
        minimum: M,
        maximum: M,
    }
}

keys! {
    /// The keys of a tier.
    pub(crate) struct TierKeys[P, Q, M] {
        up_to: Q,
        below: Q,
        price: P,
        fee: M,
    }
}

/// As it was written. A text is read where its key is known, so that an error can name the key.
pub(crate) type ScheduleText = ScheduleKeys<Text, Text, Text>;
pub(crate) type TierText = TierKeys<Text, Text, Text>;

/// As it was read.
pub(crate) type ScheduleParts<Q> = ScheduleKeys<UnitPrice<Q>, Q, Money>;
type TierParts<Q> = TierKeys<UnitPrice<Q>, Q, Money>;

impl ScheduleText {
    /// Reads the texts; an error says at which key.
    pub(crate) fn read<Q: Quantity>(&self) -> Result<ScheduleParts<Q>, Error>
    where
        UnitPrice<Q>: FromStr<Err = Error>,
    {
        Ok(ScheduleKeys {
            price: read(key!(&self.price), price)?,
            graduated: read_tiers(key!(&self.graduated))?,
            all_units: read_tiers(key!(&self.all_units))?,
            allowance: read(key!(&self.allowance), quantity)?,
            increment: read(key!(&self.increment), quantity)?,
            commitment: read(key!(&self.commitment), quantity)?,
            fixed_fee: read(key!(&self.fixed_fee), str::parse)?,
            minimum: read(key!(&self.minimum), str::parse)?,
            maximum: read(key!(&self.maximum), str::parse)?,
        })
    }
}

impl TierText {
    fn read<Q: Quantity>(&self) -> Result<TierParts<Q>, Error>
    where
        UnitPrice<Q>: FromStr<Err = Error>,
    {
        Ok(TierKeys {
            up_to: read(key!(&self.up_to), quantity)?,
            below: read(key!(&self.below), quantity)?,
            price: read(key!(&self.price), price)?,
            fee: read(key!(&self.fee), str::parse)?,
        })
    }
}

type TierList<P, Q, M> = Option<Vec<TierKeys<P, Q, M>>>;

fn read_tiers<Q: Quantity>(
    (key, tiers): (&'static str, &TierList<Text, Text, Text>),
) -> Result<TierList<UnitPrice<Q>, Q, Money>, Error>
where
    UnitPrice<Q>: FromStr<Err = Error>,
{
    let read = |tiers: &Vec<TierText>| each_tier(key, tiers, TierText::read);
    tiers.as_ref().map(read).transpose()
}

/// Reads a key that is there; an error says at which key.
pub(crate) fn read<T>(
    (key, text): (&'static str, &Option<Text>),
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
        if let Some(least) = self.commitment {
            schedule = schedule.with_commitment(least);
        }
        schedule = with(schedule, key!(self.increment), Schedule::with_increment)?;
        schedule = with(schedule, key!(self.fixed_fee), Schedule::with_fixed_fee)?;
        schedule = with(schedule, key!(self.minimum), Schedule::with_minimum)?;
        schedule = with(schedule, key!(self.maximum), Schedule::with_maximum)?;
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

impl ScheduleText {
    /// The keys of a schedule, as they are written.
    pub(crate) fn of<Q: Quantity>(schedule: &Schedule<Q>) -> Self {
        let keys = ScheduleParts::of(schedule);
        let tiers = |tiers: Vec<TierParts<Q>>| tiers.iter().map(TierText::of_parts).collect();
        Self {
            price: keys.price.map(Text::of),
            graduated: keys.graduated.map(tiers),
            all_units: keys.all_units.map(tiers),
            allowance: keys.allowance.map(Text::of),
            increment: keys.increment.map(Text::of),
            commitment: keys.commitment.map(Text::of),
            fixed_fee: keys.fixed_fee.map(Text::of),
            minimum: keys.minimum.map(Text::of),
            maximum: keys.maximum.map(Text::of),
        }
    }
}

impl TierText {
    fn of_parts<Q: Quantity>(tier: &TierParts<Q>) -> Self {
        Self {
            up_to: tier.up_to.map(Text::of),
            below: tier.below.map(Text::of),
            price: tier.price.map(Text::of),
            fee: tier.fee.map(Text::of),
        }
    }
}

impl<Q: Quantity> TierParts<Q> {
    fn build(&self) -> Result<Tier<Q>, Error> {
        let bound = match (self.up_to, self.below) {
            (Some(bound), None) => TierBound::UpTo(bound),
            (None, Some(bound)) => TierBound::Below(bound),
            (None, None) => TierBound::Rest,
            (Some(_), Some(_)) => {
                return Err(too_many_keys(&[("up_to", true), ("below", true)], "one of the two"));
            }
        };
        match (self.price, self.fee) {
            (Some(price), None) => Ok(Tier::priced(bound, price)),
            (Some(price), Some(fee)) => Ok(Tier::priced(bound, price).with_fee(fee)),
            (None, Some(fee)) => Ok(Tier::fee_only(bound, fee)),
            (None, None) => Err(no_key("price", "one for each tier, or a `fee`")),
        }
    }

    fn of(tier: &Tier<Q>) -> Self {
        let (up_to, below) = match tier.bound() {
            TierBound::UpTo(bound) => (Some(bound), None),
            TierBound::Below(bound) => (None, Some(bound)),
            TierBound::Rest => (None, None),
        };
        Self { up_to, below, price: tier.price(), fee: tier.fee() }
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

/// Adds the value of a key that is there; an error says at which key.
pub(crate) fn with<S, T>(
    whole: S,
    (key, value): (&'static str, Option<T>),
    add: impl FnOnce(S, T) -> Result<S, Error>,
) -> Result<S, Error> {
    match value {
        Some(value) => add(whole, value).map_err(|error| at(key, error)),
        None => Ok(whole),
    }
}

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

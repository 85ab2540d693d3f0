//! Serde for exchange rates: named fields, days as text or as year, month and day.

use super::dated_rate::same_pair;
use crate::{
    Error,
    money::{
        Cost, Currency,
        exchange::{DatedRate, ExchangeRate, ExchangeRates, Fixing, Validity},
    },
    number::{Ratio, Share},
    text::serde::{Day, Wire, on_the_wire},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

on_the_wire! { ExchangeRate }

impl Wire for ExchangeRate {
    const EXAMPLE: &'static str = "1 USD = 278.55 PKR";
    /// The base currency, the worth of one unit of it, the spread, the markup.
    type Parts = (Currency, Cost, Share, Share);

    fn to_parts(&self) -> Self::Parts {
        let worth = Cost::new(self.factor().clone(), self.quote());
        (self.base(), worth, self.spread(), self.markup())
    }

    fn from_parts((base, worth, spread, markup): Self::Parts) -> Result<Self, Error> {
        let rate = Self::from_costs(&Cost::new(Ratio::ONE, base), &worth)?;
        Ok(rate.with_spread(spread).with_markup(markup))
    }
}

/// Text formats have only the fields that say something: `until` for a period, `onwards` for what is
/// valid from a day on.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Fixing", deny_unknown_fields)]
struct FixingFields {
    date: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Day>,
    #[serde(default, skip_serializing_if = "is_false")]
    onwards: bool,
    rate: ExchangeRate,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Binary formats have all fields.
#[derive(Serialize, Deserialize)]
enum Valid {
    Day,
    Until(Day),
    Onwards,
}

impl Serialize for Fixing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (date, rate) = (Day(self.date()), self.rate().clone());
        if serializer.is_human_readable() {
            let until = match self.validity() {
                Validity::Until(last) => Some(Day(last)),
                Validity::Day | Validity::Onwards => None,
            };
            let onwards = self.validity() == Validity::Onwards;
            return FixingFields { date, until, onwards, rate }.serialize(serializer);
        }
        let valid = match self.validity() {
            Validity::Day => Valid::Day,
            Validity::Until(last) => Valid::Until(Day(last)),
            Validity::Onwards => Valid::Onwards,
        };
        (date, valid, rate).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Fixing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (date, validity, rate) = if deserializer.is_human_readable() {
            let FixingFields { date, until, onwards, rate } =
                FixingFields::deserialize(deserializer)?;
            let validity = match (until, onwards) {
                (Some(_), true) => {
                    return Err(de::Error::custom(
                        "a fixing until a day and onwards: expected one",
                    ));
                }
                (Some(last), false) => Validity::Until(last.0),
                (None, true) => Validity::Onwards,
                (None, false) => Validity::Day,
            };
            (date, validity, rate)
        } else {
            let (date, valid, rate) = <(Day, Valid, ExchangeRate)>::deserialize(deserializer)?;
            let validity = match valid {
                Valid::Day => Validity::Day,
                Valid::Until(last) => Validity::Until(last.0),
                Valid::Onwards => Validity::Onwards,
            };
            (date, validity, rate)
        };
        Self::new(date.0, validity, rate).map_err(de::Error::custom)
    }
}

/// The first and the last day of a mean.
type Period = (Day, Day);

#[derive(Serialize, Deserialize)]
#[serde(rename = "DatedRate", deny_unknown_fields)]
struct DatedRateFields {
    rate: ExchangeRate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mean: Option<Period>,
    fixings: Vec<Fixing>,
}

impl Serialize for DatedRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (rate, fixings) = (self.rate().clone(), self.fixings().to_vec());
        let mean = self.mean_of().map(|(first, last)| (Day(first), Day(last)));
        if serializer.is_human_readable() {
            return DatedRateFields { rate, mean, fixings }.serialize(serializer);
        }
        (rate, mean, fixings).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DatedRate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (rate, mean, fixings) = if deserializer.is_human_readable() {
            let DatedRateFields { rate, mean, fixings } =
                DatedRateFields::deserialize(deserializer)?;
            (rate, mean, fixings)
        } else {
            <(ExchangeRate, Option<Period>, Vec<Fixing>)>::deserialize(deserializer)?
        };
        let found = match (fixings.split_first(), mean) {
            (None, None) => return Ok(Self::from(rate)),
            (None, Some(_)) => {
                return Err(de::Error::custom("a mean without a fixing: expected at least one"));
            }
            (Some((first, others)), None) => {
                let first = Self::new(first.clone(), rate.base());
                others.iter().cloned().try_fold(first, Self::then)
            }
            (Some(_), Some((Day(first), Day(last)))) => {
                let is_meant = |fixing: &Fixing| {
                    fixing.validity() == Validity::Day && (first..=last).contains(&fixing.date())
                };
                if let Some(other) = fixings.iter().find(|fixing| !is_meant(fixing)) {
                    return Err(de::Error::custom(format!(
                        "a mean from {first} to {last} of {other}: expected fixings of these days"
                    )));
                }
                let legs = fixings.chunk_by(same_pair).map(<[Fixing]>::to_vec);
                Self::of_means(rate.base(), (first, last), legs)
            }
        };
        let found = found.map_err(de::Error::custom)?.with_markup(rate.markup());
        if *found.rate() == rate {
            return Ok(found);
        }
        let found = found.rate();
        Err(de::Error::custom(format!(
            "{rate} is not the exchange rate of its fixings: expected {found}"
        )))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "ExchangeRates", deny_unknown_fields)]
struct ExchangeRatesFields<F> {
    #[serde(default = "usual_max_age")]
    max_age: u32,
    pivot: Option<Currency>,
    #[serde(default = "no_markup", skip_serializing_if = "is_no_markup")]
    markup: Share,
    fixings: Vec<F>,
}

fn usual_max_age() -> u32 {
    ExchangeRates::default().max_age()
}

const fn no_markup() -> Share {
    Share::ZERO
}

fn is_no_markup(markup: &Share) -> bool {
    *markup == Share::ZERO
}

impl Serialize for ExchangeRates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (max_age, pivot, markup) = (self.max_age(), self.pivot(), self.markup());
        let fixings: Vec<Fixing> = self.fixings().collect();
        if serializer.is_human_readable() {
            return ExchangeRatesFields { max_age, pivot, markup, fixings }.serialize(serializer);
        }
        (max_age, pivot, markup, fixings).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ExchangeRates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (max_age, pivot, markup, fixings) = if deserializer.is_human_readable() {
            let ExchangeRatesFields { max_age, pivot, markup, fixings } =
                ExchangeRatesFields::<Fixing>::deserialize(deserializer)?;
            (max_age, pivot, markup, fixings)
        } else {
            <(u32, Option<Currency>, Share, Vec<Fixing>)>::deserialize(deserializer)?
        };
        let mut table = Self::new().with_max_age(max_age).with_markup(markup);
        if let Some(pivot) = pivot {
            table = table.with_pivot(pivot);
        }
        for fixing in fixings {
            table.insert_fixing(fixing).map_err(de::Error::custom)?;
        }
        Ok(table)
    }
}

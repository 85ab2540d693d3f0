//! Serde for exchange rates: named fields, days as text or as year, month and day.

use super::read_date;
use crate::{
    Error,
    money::{
        Cost, Currency,
        exchange::{DatedRate, ExchangeRate, ExchangeRates, Fixing},
    },
    number::{Ratio, Share},
    text::{
        TextError,
        serde::{Wire, on_the_wire},
    },
};
use core::{fmt, str::FromStr};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

on_the_wire! { ExchangeRate Day }

impl Wire for ExchangeRate {
    const EXAMPLE: &'static str = "1 USD = 278.55 PKR";
    /// The base currency, the worth of one unit of it, the spread.
    type Parts = (Currency, Cost, Share);

    fn to_parts(&self) -> Self::Parts {
        (self.base(), Cost::new(self.factor().clone(), self.quote()), self.spread())
    }

    fn from_parts((base, worth, spread): Self::Parts) -> Result<Self, Error> {
        Ok(Self::from_costs(&Cost::new(Ratio::ONE, base), &worth)?.with_spread(spread))
    }
}

struct Day(Date);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        read_date(text).map(Self)
    }
}

impl Wire for Day {
    const EXAMPLE: &'static str = "2024-12-31";
    type Parts = (i16, i8, i8);

    fn to_parts(&self) -> Self::Parts {
        (self.0.year(), self.0.month(), self.0.day())
    }

    fn from_parts((year, month, day): Self::Parts) -> Result<Self, Error> {
        Date::new(year, month, day)
            .map(Self)
            .map_err(|_| TextError::not_a_date(&format!("{year:04}-{month:02}-{day:02}")).into())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Fixing", deny_unknown_fields)]
struct FixingFields {
    date: Day,
    rate: ExchangeRate,
}

impl Serialize for Fixing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        FixingFields { date: Day(self.date()), rate: self.rate().clone() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Fixing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let FixingFields { date, rate } = FixingFields::deserialize(deserializer)?;
        Self::new(date.0, rate).map_err(de::Error::custom)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "DatedRate", deny_unknown_fields)]
struct DatedRateFields {
    rate: ExchangeRate,
    fixings: Vec<Fixing>,
}

impl Serialize for DatedRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (rate, fixings) = (self.rate().clone(), self.fixings().to_vec());
        DatedRateFields { rate, fixings }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DatedRate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let DatedRateFields { rate, fixings } = DatedRateFields::deserialize(deserializer)?;
        let (first, others) = fixings.split_first().ok_or_else(|| {
            de::Error::custom("a dated rate without a fixing: expected at least one")
        })?;
        let first = Self::new(first, rate.base());
        let found = others.iter().try_fold(first, |rate, fixing| rate.then(fixing));
        let found = found.map_err(de::Error::custom)?;
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
    fixings: Vec<F>,
}

fn usual_max_age() -> u32 {
    ExchangeRates::default().max_age()
}

impl Serialize for ExchangeRates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (max_age, pivot) = (self.max_age(), self.pivot());
        ExchangeRatesFields { max_age, pivot, fixings: self.fixings().collect() }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ExchangeRates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ExchangeRatesFields { max_age, pivot, fixings } =
            ExchangeRatesFields::<Fixing>::deserialize(deserializer)?;
        let mut table = Self::new().with_max_age(max_age);
        if let Some(pivot) = pivot {
            table = table.with_pivot(pivot);
        }
        for fixing in fixings {
            table.insert(fixing.date(), fixing.rate().clone()).map_err(de::Error::custom)?;
        }
        Ok(table)
    }
}

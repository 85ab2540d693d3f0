//! Serde for usage: a series has named fields; the rest is text, or integers in binary formats.

use super::baseline::{Form, WeekTime, WeeklyProfile};
use crate::{
    Decimal, Error,
    quantity::{DataRate, DataVolume},
    text::{
        TextError, TimeText,
        serde::{Instant, Wire, on_the_wire},
    },
    usage::{Baseline, CounterWidth, GapPolicy, Percentile, PercentileRule, UsageSeries, Window},
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::collections::BTreeMap;

on_the_wire! { Percentile PercentileRule GapPolicy CounterWidth WeekTime Window }

#[derive(Serialize, Deserialize)]
#[serde(rename = "UsageSeries", deny_unknown_fields)]
struct Fields<V> {
    start: Instant,
    interval: TimeText,
    volumes: V,
}

impl Serialize for UsageSeries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (start, interval) = (Instant(self.start()), TimeText(self.interval()));
        let volumes: Vec<_> = self.iter().map(|(_, volume)| volume).collect();
        Fields { start, interval, volumes }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for UsageSeries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Fields { start, interval, volumes } =
            Fields::<Vec<Option<DataVolume>>>::deserialize(deserializer)?;
        Self::from_volumes(start.0, interval.0, volumes).map_err(de::Error::custom)
    }
}

/// A baseline as it is written: its form, within its tolerance if there is one.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Baseline", rename_all = "lowercase")]
enum BaselineForm {
    Constant(DataRate),
    Series(UsageSeries),
    Weekly(WeeklyProfile),
    Tolerant { tolerance: DataRate, of: Box<BaselineForm> },
}

impl Serialize for Baseline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = match self.form.clone() {
            Form::Constant(rate) => BaselineForm::Constant(rate),
            Form::Series(series) => BaselineForm::Series(series),
            Form::Weekly(profile) => BaselineForm::Weekly(profile),
        };
        if self.tolerance.is_zero() {
            return form.serialize(serializer);
        }
        BaselineForm::Tolerant { tolerance: self.tolerance, of: Box::new(form) }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Baseline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let baseline = |form| match form {
            BaselineForm::Constant(rate) => Ok(Self::of(Form::Constant(rate))),
            BaselineForm::Series(series) => Ok(Self::of(Form::Series(series))),
            BaselineForm::Weekly(profile) => Ok(Self::of(Form::Weekly(profile))),
            BaselineForm::Tolerant { .. } => {
                Err(de::Error::custom("a tolerance within a tolerance: write one"))
            }
        };
        match BaselineForm::deserialize(deserializer)? {
            BaselineForm::Tolerant { tolerance, of } => {
                Ok(baseline(*of)?.with_tolerance(tolerance))
            }
            form => baseline(form),
        }
    }
}

impl Wire for Percentile {
    const EXAMPLE: &'static str = "95th percentile";
    /// Digits, decimal places, rule.
    type Parts = (i128, u32, PercentileRule);

    fn to_parts(&self) -> Self::Parts {
        (self.percent().mantissa(), self.percent().scale(), self.rule())
    }

    fn from_parts((digits, places, rule): Self::Parts) -> Result<Self, Error> {
        match Decimal::try_from_i128_with_scale(digits, places) {
            Ok(percent) => Ok(Self::new(percent)?.with_rule(rule)),
            Err(_) => Err(TextError::TooPrecise {
                text: format!("{digits}e-{places}"),
                what: "percentile",
                expected: "at most 26 decimal places",
            }
            .into()),
        }
    }
}

impl Wire for PercentileRule {
    const EXAMPLE: &'static str = "nearest rank";
    type Parts = String;

    fn to_parts(&self) -> String {
        self.to_string()
    }

    fn from_parts(name: String) -> Result<Self, Error> {
        name.parse()
    }
}

impl Wire for GapPolicy {
    const EXAMPLE: &'static str = "distribute";
    type Parts = String;

    fn to_parts(&self) -> String {
        self.to_string()
    }

    fn from_parts(name: String) -> Result<Self, Error> {
        name.parse()
    }
}

impl Wire for CounterWidth {
    const EXAMPLE: &'static str = "64 bits";
    type Parts = String;

    fn to_parts(&self) -> String {
        self.to_string()
    }

    fn from_parts(name: String) -> Result<Self, Error> {
        name.parse()
    }
}

/// The fields of a weekly profile: its zone by name, and each wall time with its volume.
#[derive(Serialize, Deserialize)]
#[serde(rename = "WeeklyProfile", deny_unknown_fields)]
struct ProfileFields {
    #[serde(with = "crate::text::serde::zone")]
    zone: TimeZone,
    interval: TimeText,
    usual: Vec<(WeekTime, DataVolume)>,
}

impl Serialize for WeeklyProfile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let usual = self.usual.iter().map(|(&at, &volume)| (at, volume)).collect();
        let (zone, interval) = (self.zone.clone(), TimeText(self.interval));
        ProfileFields { zone, interval, usual }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for WeeklyProfile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ProfileFields { zone, interval, usual } = ProfileFields::deserialize(deserializer)?;
        Self::check_interval(interval.0).map_err(de::Error::custom)?;
        let mut times = BTreeMap::new();
        for (at, volume) in usual {
            if times.insert(at, volume).is_some() {
                let message = format!("two volumes for {at}: expected one for each time");
                return Err(de::Error::custom(message));
            }
        }
        Ok(Self { zone, interval: interval.0, usual: times })
    }
}

impl Wire for WeekTime {
    const EXAMPLE: &'static str = "Mon 18:05:00";
    type Parts = String;

    fn to_parts(&self) -> String {
        self.to_string()
    }

    fn from_parts(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl Wire for Window {
    const EXAMPLE: &'static str = "22:00 to 06:00";
    type Parts = String;

    fn to_parts(&self) -> String {
        self.to_string()
    }

    fn from_parts(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

//! Serde for usage: a series has named fields; the rest is text, or integers in binary formats.

use super::baseline::{WeekTime, WeeklyProfile};
use crate::{
    Decimal, Error,
    quantity::DataVolume,
    text::{
        TextError, TimeText,
        serde::{Instant, UNNAMED_ZONE, Wire, on_the_wire},
    },
    usage::{CounterWidth, GapPolicy, Percentile, PercentileRule, UsageSeries},
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use std::collections::BTreeMap;

on_the_wire! { Percentile PercentileRule GapPolicy CounterWidth WeekTime }

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
        Fields { start, interval, volumes: self.volumes() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for UsageSeries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Fields { start, interval, volumes } =
            Fields::<Vec<DataVolume>>::deserialize(deserializer)?;
        Self::from_volumes(start.0, interval.0, volumes).map_err(de::Error::custom)
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
    zone: String,
    interval: TimeText,
    usual: Vec<(WeekTime, DataVolume)>,
}

impl Serialize for WeeklyProfile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(zone) = self.zone.iana_name() else {
            return Err(ser::Error::custom(UNNAMED_ZONE));
        };
        let usual = self.usual.iter().map(|(&at, &volume)| (at, volume)).collect();
        let (zone, interval) = (zone.to_owned(), TimeText(self.interval));
        ProfileFields { zone, interval, usual }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for WeeklyProfile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ProfileFields { zone, interval, usual } = ProfileFields::deserialize(deserializer)?;
        let unknown = || de::Error::custom(Error::from(TextError::not_a_time_zone(&zone)));
        let found = TimeZone::get(&zone).ok().filter(|zone| zone.iana_name().is_some());
        let zone = found.ok_or_else(unknown)?;
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

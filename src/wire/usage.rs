//! Serde for usage: a series has named fields, the rest is text or integers.

use super::{UNNAMED_ZONE, Wire, deserialize, serialize};
use crate::{
    CounterWidth, DataVolume, Decimal, Error, GapPolicy, Percentile, PercentileRule, UsageSeries,
    quantity::{Scanner, TimeText, clip, from_nanoseconds, scan_time},
    usage::{WeekTime, WeeklyProfile},
};
use core::{fmt, str::FromStr, time::Duration};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use std::collections::BTreeMap;

on_the_wire! { Percentile PercentileRule GapPolicy CounterWidth Instant TimeText WeekTime }

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
            Err(_) => Err(Error::PercentileOutOfRange { percent: format!("{digits}e-{places}") }),
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
    const EXAMPLE: &'static str = "spread";
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

/// A timestamp, as a text or as nanoseconds since 1970.
struct Instant(Timestamp);

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Instant {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self).map_err(|_| Error::NotATime { text: clip(text) })
    }
}

impl Wire for Instant {
    const EXAMPLE: &'static str = "2025-01-01T00:00:00Z";
    type Parts = i128;

    fn to_parts(&self) -> i128 {
        self.0.as_nanosecond()
    }

    fn from_parts(nanoseconds: i128) -> Result<Self, Error> {
        let text = || clip(&nanoseconds.to_string());
        Timestamp::from_nanosecond(nanoseconds)
            .map(Self)
            .map_err(|_| Error::NotATime { text: text() })
    }
}

impl FromStr for TimeText {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let time = scan_time(&mut scanner)?;
        scanner.finish("one number and one unit")?;
        Ok(Self(time))
    }
}

impl Wire for TimeText {
    const EXAMPLE: &'static str = "5 min";
    /// Nanoseconds.
    type Parts = u128;

    fn to_parts(&self) -> u128 {
        self.0.as_nanos()
    }

    fn from_parts(nanoseconds: u128) -> Result<Self, Error> {
        if nanoseconds > Duration::MAX.as_nanos() {
            let (text, max) = (format!("{nanoseconds} ns"), TimeText(Duration::MAX).to_string());
            return Err(Error::TooLarge { text, what: "time", max });
        }
        Ok(Self(from_nanoseconds(nanoseconds)))
    }
}

/// A timestamp as a field of a struct.
pub(crate) mod instant {
    use super::{Deserialize, Deserializer, Instant, Serialize, Serializer, Timestamp};

    pub(crate) fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        Instant(*at).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        Instant::deserialize(from).map(|at| at.0)
    }
}

/// A weekly profile: its zone by name, and each wall time with its volume.
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
        let unknown = || de::Error::custom(Error::UnknownTimeZone { name: clip(&zone) });
        let found = TimeZone::get(&zone).ok().filter(|zone| zone.iana_name().is_some());
        let zone = found.ok_or_else(unknown)?;
        Self::check_interval(interval.0).map_err(de::Error::custom)?;
        let mut times = BTreeMap::new();
        for (at, volume) in usual {
            if times.insert(at, volume).is_some() {
                let message = format!("{at} is there twice: write each time once");
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

//! The part of [`RateCard`] that reads and writes the keys of its file.

use crate::{
    Error, Place,
    price::schedule::{
        ScheduleParts, ScheduleText, Text, TierText, at, entry, no_key, too_many_keys,
    },
    tariff::{Direction, RateCard, RateMeter, Tariff, VolumeMeter, tariff::Basis},
    text::{TextError, clip},
    usage::{Baseline, Percentile},
};
use core::fmt;
use jiff::tz::TimeZone;
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
    ser::SerializeMap,
};

const MEASURES: &str = "total volume, excess volume, 95th percentile, peak rate, mean rate or mean \
                        of daily peaks";

/// Finds a baseline that the program supplies, by its name.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Result<Baseline, Error>;

/// The keys of a card.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardText {
    time_zone: Option<Text>,
    direction: Option<Text>,
    #[serde(default, deserialize_with = "tariffs")]
    tariff: Vec<TariffText>,
}

/// The keys of a tariff, its schedule's among them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TariffText {
    name: Option<String>,
    measure: Option<Text>,
    /// A rate, or a name.
    baseline: Option<Text>,
    inline_baseline: Option<Baseline>,
    price: Option<Text>,
    graduated: Option<Vec<TierText>>,
    all_units: Option<Vec<TierText>>,
    allowance: Option<Text>,
    increment: Option<Text>,
    commitment: Option<Text>,
    fixed_fee: Option<Text>,
    minimum: Option<Text>,
    maximum: Option<Text>,
}

impl CardText {
    /// Builds the card through the checks of its constructors; an error has the place of its key.
    pub(crate) fn build(self, baselines: Lookup<'_>) -> Result<RateCard, Error> {
        let zone = self.time_zone.map_or(Ok(TimeZone::UTC), |name| time_zone(name.as_str()))?;
        let direction = match self.direction {
            Some(name) => name.as_str().parse().map_err(|error| at("direction", error))?,
            None => Direction::default(),
        };
        let tariffs = (1_usize..).zip(self.tariff).map(|(number, tariff)| {
            let place = match &tariff.name {
                Some(name) => Place::Tariff(clip(name)),
                None => Place::TariffNumber(number),
            };
            tariff.build(baselines).map_err(|error| error.at(place))
        });
        let card = RateCard::new(tariffs.collect::<Result<Vec<_>, _>>()?)?;
        Ok(card.with_time_zone(zone).with_direction(direction))
    }
}

/// Returns the time zone of an IANA name.
pub(crate) fn time_zone(name: &str) -> Result<TimeZone, Error> {
    let zone = TimeZone::get(name).ok().filter(|zone| zone.iana_name().is_some());
    zone.ok_or_else(|| at("time_zone", TextError::not_a_time_zone(name).into()))
}

impl TariffText {
    pub(crate) fn build(self, baselines: Lookup<'_>) -> Result<Tariff, Error> {
        let name = self.name.as_deref().filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| no_key("name", "what bills call it"))?;
        let Some(measure) = self.measure.as_ref().map(Text::as_str) else {
            return Err(no_key("measure", MEASURES));
        };
        let is_excess = measure == "excess volume";
        if !is_excess && (self.baseline.is_some() || self.inline_baseline.is_some()) {
            return Err(too_many_keys(&self.baselines(), "it only for the measure excess volume"));
        }
        let schedule = self.schedule();
        let by_volume = |meter| Ok(Tariff::by_volume(name, meter, schedule.read()?.build()?));
        let by_rate = |meter| Ok(Tariff::by_rate(name, meter, schedule.read()?.build()?));
        match measure {
            "total volume" => by_volume(VolumeMeter::Total),
            _ if is_excess => by_volume(VolumeMeter::Excess(self.baseline(baselines)?)),
            "peak rate" => by_rate(RateMeter::Peak),
            "mean rate" => by_rate(RateMeter::Mean),
            "mean of daily peaks" => by_rate(RateMeter::DailyPeakMean),
            other if other.contains("percentile") => {
                let percentile: Percentile = other.parse().map_err(|e| at("measure", e))?;
                by_rate(RateMeter::Percentile(percentile))
            }
            other => {
                let error = Error::from(TextError::Unexpected {
                    found: clip(other),
                    at: 0,
                    expected: MEASURES,
                });
                Err(at("measure", error))
            }
        }
    }

    /// Returns the baseline of an excess volume.
    fn baseline(&self, baselines: Lookup<'_>) -> Result<Baseline, Error> {
        match (&self.baseline, &self.inline_baseline) {
            (Some(Text::Number(number)), None) => {
                let rate = number.parse().map(Baseline::constant);
                rate.map_err(|error| at("baseline", error))
            }
            (Some(Text::Quoted(text)), None) => {
                let rate = text.parse().map(Baseline::constant);
                let baseline = rate.or_else(|not_a_rate| {
                    let meant_as_rate = text.starts_with(|c: char| c.is_ascii_digit());
                    baselines(text)
                        .map_err(|unknown| if meant_as_rate { not_a_rate } else { unknown })
                });
                baseline.map_err(|error| at("baseline", error))
            }
            (None, Some(baseline)) => Ok(baseline.clone()),
            (Some(_), Some(_)) => Err(too_many_keys(&self.baselines(), "one of the two")),
            (None, None) => Err(no_key("baseline", "the rate that it is in excess of, or a name")),
        }
    }

    fn baselines(&self) -> [(&'static str, bool); 2] {
        [("baseline", self.baseline.is_some()), ("inline_baseline", self.inline_baseline.is_some())]
    }

    fn schedule(&self) -> ScheduleText {
        let keys = self.clone();
        ScheduleText {
            price: keys.price,
            graduated: keys.graduated,
            all_units: keys.all_units,
            allowance: keys.allowance,
            increment: keys.increment,
            commitment: keys.commitment,
            fixed_fee: keys.fixed_fee,
            minimum: keys.minimum,
            maximum: keys.maximum,
        }
    }
}

/// Writes the keys of a tariff.
pub(crate) fn tariff_entries<M: SerializeMap>(
    tariff: &Tariff,
    map: &mut M,
) -> Result<(), M::Error> {
    map.serialize_entry("name", tariff.name())?;
    match tariff.basis() {
        Basis::Volume(meter, schedule) => {
            map.serialize_entry("measure", &meter.to_string())?;
            if let VolumeMeter::Excess(baseline) = meter {
                let rate = baseline.rate();
                let inline = Some(baseline).filter(|_| rate.is_none());
                entry(map, "baseline", rate.as_ref())?;
                entry(map, "inline_baseline", inline)?;
            }
            ScheduleParts::of(schedule).entries(map)
        }
        Basis::Rate(meter, schedule) => {
            map.serialize_entry("measure", &meter.to_string())?;
            ScheduleParts::of(schedule).entries(map)
        }
    }
}

/// Reads the tariffs; the error shows how TOML writes a list of them.
fn tariffs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<TariffText>, D::Error> {
    struct Tariffs;

    impl<'de> Visitor<'de> for Tariffs {
        type Value = Vec<TariffText>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list: `[[tariff]]` above each tariff")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut tariffs = Vec::new();
            while let Some(tariff) = list.next_element()? {
                tariffs.push(tariff);
            }
            Ok(tariffs)
        }
    }

    deserializer.deserialize_seq(Tariffs)
}

//! A rate card as a person writes it: keys and texts.

use super::{Direction, RateCard, RateMeter, Tariff, VolumeMeter, tariff::Kind};
use crate::{
    Error,
    price::{Schedule, ScheduleText, TierText, at, entry, keys_error, within},
    quantity::clip,
    usage::{Baseline, Percentile},
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};

const MEASURES: &str = "total volume, excess volume, 95th percentile, peak rate, mean rate or mean \
                        of daily peaks";

/// A baseline by its name, for a program that supplies some.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Result<Baseline, Error>;

/// The keys of a card.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardText {
    #[serde(default = "utc")]
    time_zone: String,
    #[serde(default = "sum")]
    direction: String,
    #[serde(default)]
    tariff: Vec<TariffText>,
}

/// The keys of a tariff.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Keys")]
pub(crate) struct TariffText {
    name: String,
    measure: String,
    /// A rate, or a name.
    baseline: Option<String>,
    inline_baseline: Option<Baseline>,
    schedule: ScheduleText,
}

/// The same, with the schedule's keys among its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    name: String,
    measure: String,
    baseline: Option<String>,
    inline_baseline: Option<Baseline>,
    price: Option<String>,
    graduated: Option<Vec<TierText>>,
    all_units: Option<Vec<TierText>>,
    allowance: Option<String>,
    increment: Option<String>,
    commitment: Option<String>,
    fixed_fee: Option<String>,
    minimum: Option<String>,
    maximum: Option<String>,
}

impl From<Keys> for TariffText {
    fn from(keys: Keys) -> Self {
        let Keys { name, measure, baseline, inline_baseline, price, graduated, all_units, .. } =
            keys;
        let Keys { allowance, increment, commitment, fixed_fee, minimum, maximum, .. } = keys;
        let schedule = ScheduleText {
            price,
            graduated,
            all_units,
            allowance,
            increment,
            commitment,
            fixed_fee,
            minimum,
            maximum,
        };
        Self { name, measure, baseline, inline_baseline, schedule }
    }
}

impl Serialize for TariffText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { name, measure, baseline, inline_baseline, schedule } = self;
        if serializer.is_human_readable() {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("name", name)?;
            map.serialize_entry("measure", measure)?;
            entry(&mut map, "baseline", baseline.as_ref())?;
            entry(&mut map, "inline_baseline", inline_baseline.as_ref())?;
            schedule.entries(&mut map)?;
            return map.end();
        }
        (name, measure, baseline, inline_baseline, schedule).serialize(serializer)
    }
}

fn utc() -> String {
    "UTC".to_owned()
}

fn sum() -> String {
    Direction::Sum.to_string()
}

impl CardText {
    /// Builds the card through the checks of its constructors; an error says at which key.
    pub(crate) fn build(&self, baselines: Lookup<'_>) -> Result<RateCard, Error> {
        let zone = TimeZone::get(&self.time_zone)
            .map_err(|_| at("time_zone", Error::UnknownTimeZone { name: clip(&self.time_zone) }))?;
        let direction = self.direction.parse().map_err(|error| at("direction", error))?;
        let tariffs = self.tariff.iter().map(|tariff| {
            let place = format!("tariff `{}`", clip(&tariff.name));
            tariff.build(baselines).map_err(|error| within(place, error))
        });
        let card = RateCard::new(tariffs.collect::<Result<Vec<_>, _>>()?)?;
        Ok(card.with_time_zone(zone).with_direction(direction))
    }

    /// The keys that say this card; nothing for a time zone without a name.
    pub(crate) fn of(card: &RateCard) -> Option<Self> {
        Some(Self {
            time_zone: card.time_zone().iana_name()?.to_owned(),
            direction: card.direction().to_string(),
            tariff: card.tariffs().iter().map(TariffText::of).collect(),
        })
    }
}

impl TariffText {
    pub(crate) fn build(&self, baselines: Lookup<'_>) -> Result<Tariff, Error> {
        let Self { name, measure, baseline, inline_baseline, schedule } = self;
        let meter = match measure.as_str() {
            "total volume" => Ok(VolumeMeter::Total),
            "excess volume" => return self.build_excess(baselines),
            "peak rate" => Err(RateMeter::Peak),
            "mean rate" => Err(RateMeter::Mean),
            "mean of daily peaks" => Err(RateMeter::DailyPeakMean),
            other if other.contains("percentile") => {
                let percentile = other.parse::<Percentile>().map_err(|e| at("measure", e))?;
                Err(RateMeter::Percentile(percentile))
            }
            other => {
                let error = Error::Unexpected { found: clip(other), at: 0, write: MEASURES };
                return Err(at("measure", error));
            }
        };
        if baseline.is_some() || inline_baseline.is_some() {
            let keys =
                [("baseline", baseline.is_some()), ("inline_baseline", inline_baseline.is_some())];
            return Err(keys_error(&keys, "them only for the measure excess volume"));
        }
        Ok(match meter {
            Ok(meter) => Tariff::by_volume(name, meter, Schedule::from_text(schedule)?),
            Err(meter) => Tariff::by_rate(name, meter, Schedule::from_text(schedule)?),
        })
    }

    fn build_excess(&self, baselines: Lookup<'_>) -> Result<Tariff, Error> {
        let baseline = match (&self.baseline, &self.inline_baseline) {
            (Some(text), None) => match text.parse() {
                Ok(rate) => Baseline::constant(rate),
                // What begins with a digit was meant as a rate.
                Err(error) if text.starts_with(|c: char| c.is_ascii_digit()) => {
                    return Err(at("baseline", error));
                }
                Err(_) => baselines(text).map_err(|error| at("baseline", error))?,
            },
            (None, Some(baseline)) => baseline.clone(),
            (one, other) => {
                let keys = [("baseline", one.is_some()), ("inline_baseline", other.is_some())];
                return Err(keys_error(&keys, "a `baseline` that it is in excess of"));
            }
        };
        let schedule = Schedule::from_text(&self.schedule)?;
        Ok(Tariff::by_volume(&*self.name, VolumeMeter::Excess(baseline), schedule))
    }

    pub(crate) fn of(tariff: &Tariff) -> Self {
        let (measure, schedule) = match tariff.kind() {
            Kind::Volume(meter, schedule) => (meter.to_string(), schedule.to_text()),
            Kind::Rate(meter, schedule) => (meter.to_string(), schedule.to_text()),
        };
        let baseline = match tariff.kind() {
            Kind::Volume(VolumeMeter::Excess(baseline), _) => Some(baseline),
            _ => None,
        };
        let rate = baseline.and_then(Baseline::rate);
        Self {
            name: tariff.name().to_owned(),
            measure,
            baseline: rate.map(|rate| rate.to_string()),
            inline_baseline: baseline.filter(|_| rate.is_none()).cloned(),
            schedule,
        }
    }
}

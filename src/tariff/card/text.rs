//! The part of [`RateCard`] that reads and writes the keys of its file.

use crate::{
    Error, Place,
    price::schedule::{ScheduleText, at, no_key, read, too_many_keys},
    tariff::{RateCard, RateMeter, Tariff, VolumeMeter, tariff::Basis},
    text::{
        TextError, clip,
        keys::{List, Listed, Text, key, keys},
    },
    usage::{Baseline, Percentile},
};
use jiff::tz::TimeZone;

const MEASURES: &str = "total volume, excess volume, 95th percentile, peak rate, mean rate or mean \
                        of daily peaks";

/// Finds a baseline that the program supplies, by its name.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Result<Baseline, Error>;

keys! {
    /// The keys of a card.
    pub(crate) struct CardText {
        time_zone: Text,
        direction: Text,
        tariff: List<TariffText>,
    }
}

keys! {
    /// The keys of a tariff, its schedule's among them.
    pub(crate) struct TariffText {
        name: String,
        measure: Text,
        // A rate, or a name.
        baseline: Text,
        inline_baseline: Baseline,
        ..schedule: ScheduleText,
    }
}

impl Listed for TariffText {
    const NAME: &'static str = "tariff";
    const ONE: &'static str = "tariff";
}

impl CardText {
    /// Builds the card through the checks of its constructors; an error has the place of its key.
    pub(crate) fn build(self, baselines: Lookup<'_>) -> Result<RateCard, Error> {
        let tariffs = self.tariff.map_or_else(Vec::new, |List(tariffs)| tariffs);
        let tariffs = (1_usize..).zip(tariffs).map(|(number, tariff)| {
            let place = match &tariff.name {
                Some(name) => Place::Tariff(clip(name)),
                None => Place::TariffNumber(number),
            };
            tariff.build(baselines).map_err(|error| error.at(place))
        });
        let zone = read(key!(&self.time_zone), time_zone)?;
        let direction = read(key!(&self.direction), str::parse)?;
        let mut card = RateCard::new(tariffs.collect::<Result<Vec<_>, _>>()?)?;
        card.time_zone = zone.unwrap_or(TimeZone::UTC);
        card.direction = direction.unwrap_or_default();
        Ok(card)
    }

    /// Returns the keys of a card, whose time zone must have a name.
    pub(crate) fn of(card: &RateCard) -> Option<Self> {
        Some(Self {
            time_zone: Some(Text::of(card.time_zone.iana_name()?)),
            direction: Some(Text::of(card.direction)),
            tariff: Some(List(card.tariffs.iter().map(TariffText::of).collect())),
        })
    }
}

/// Returns the time zone of an IANA name.
pub(crate) fn time_zone(name: &str) -> Result<TimeZone, Error> {
    let zone = TimeZone::get(name).ok().filter(|zone| zone.iana_name().is_some());
    zone.ok_or_else(|| TextError::not_a_time_zone(name).into())
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
        let schedule = &self.schedule;
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

    /// Returns the keys of a tariff.
    pub(crate) fn of(tariff: &Tariff) -> Self {
        let (measure, schedule) = match tariff.basis() {
            Basis::Volume(meter, schedule) => (Text::of(meter), ScheduleText::of(schedule)),
            Basis::Rate(meter, schedule) => (Text::of(meter), ScheduleText::of(schedule)),
        };
        let excess = match tariff.basis() {
            Basis::Volume(VolumeMeter::Excess(baseline), _) => Some(baseline),
            _ => None,
        };
        let rate = excess.and_then(Baseline::rate);
        Self {
            name: Some(tariff.name().to_owned()),
            measure: Some(measure),
            baseline: rate.map(Text::of),
            inline_baseline: excess.filter(|_| rate.is_none()).cloned(),
            schedule,
        }
    }
}

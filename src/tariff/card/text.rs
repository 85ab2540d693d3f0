//! The part of [`RateCard`] that reads and writes the keys of its file.

use crate::{
    Error, Place,
    price::{
        PriceError,
        schedule::{ScheduleText, at, no_key, read, too_many_keys, with},
    },
    tariff::{
        RateCard, RateMeter, Tariff, VolumeMeter, bill::adjustment_text::AdjustmentText,
        tariff::Basis,
    },
    text::{
        TextError, clip,
        keys::{Keys as _, List, Listed, Text, key, keys},
    },
    usage::{Baseline, Percentile},
};
use jiff::tz::TimeZone;

const MEASURES: &str = "total volume, excess volume, 95th percentile, peak rate, mean rate or mean \
                        of daily peaks";

const MEASURE_OR_FEE: &str = "total volume, excess volume, 95th percentile, peak rate, mean rate or \
                              mean of daily peaks, or a `fixed_fee` alone";

/// Finds a baseline that the program supplies, by its name.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Result<Baseline, Error>;

keys! {
    /// The keys of a card.
    pub(crate) struct CardText {
        time_zone: Text,
        direction: Text,
        minimum: Text,
        maximum: Text,
        tariff: List<TariffText>,
        adjustment: List<AdjustmentText>,
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
        let minimum = read(key!(&self.minimum), str::parse)?;
        let maximum = read(key!(&self.maximum), str::parse)?;
        card = with(card, ("minimum", minimum), RateCard::with_minimum)?;
        card = with(card, ("maximum", maximum), RateCard::with_maximum)?;
        let adjustments = self.adjustment.map_or_else(Vec::new, |List(adjustments)| adjustments);
        with_adjustments(card, &adjustments)
    }

    /// Returns the keys of a card, whose time zone must have a name.
    pub(crate) fn of(card: &RateCard) -> Option<Self> {
        Some(Self {
            time_zone: Some(Text::of(card.time_zone.iana_name()?)),
            direction: Some(Text::of(card.direction)),
            minimum: card.minimum().map(Text::of),
            maximum: card.maximum().map(Text::of),
            tariff: Some(List(card.tariffs.iter().map(TariffText::of).collect())),
            adjustment: Some(card.adjustments())
                .filter(|adjustments| !adjustments.is_empty())
                .map(|adjustments| List(adjustments.iter().map(AdjustmentText::of).collect())),
        })
    }
}

/// Adds the adjustments; an error has the place of its key.
fn with_adjustments(card: RateCard, adjustments: &[AdjustmentText]) -> Result<RateCard, Error> {
    let names: Vec<&str> = adjustments.iter().filter_map(|text| text.name.as_deref()).collect();
    (1_usize..).zip(adjustments).try_fold(card, |card, (number, text)| {
        let added = text.build().and_then(|adjustment| {
            card.adding(adjustment, &names).map_err(|(key, error)| at(key, error.into()))
        });
        added.map_err(|error| error.at(text.place(number)))
    })
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
            return self.fee(name);
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

    /// Builds a tariff without a measure, which is a fee alone.
    fn fee(&self, name: &str) -> Result<Tariff, Error> {
        let Some(fee) = read(("fixed_fee", &self.schedule.fixed_fee), str::parse)? else {
            return Err(no_key("measure", MEASURE_OR_FEE));
        };
        let is_priced = |key: &&str| !["name", "fixed_fee"].contains(key);
        let priced: Vec<String> =
            self.present().into_iter().filter(is_priced).map(|key| format!("`{key}`")).collect();
        if !priced.is_empty() {
            let found = format!("{} without `measure`", priced.join(" and "));
            let write = "a measure, or `fixed_fee` alone";
            return Err(PriceError::CardKeys { found, write }.into());
        }
        let tariff = Tariff::fee(name, fee);
        tariff.check().map_err(|error| at("fixed_fee", error))?;
        Ok(tariff)
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
            Basis::Volume(meter, schedule) => (Some(Text::of(meter)), ScheduleText::of(schedule)),
            Basis::Rate(meter, schedule) => (Some(Text::of(meter)), ScheduleText::of(schedule)),
            Basis::Fee(fee) => {
                (None, ScheduleText { fixed_fee: Some(Text::of(fee)), ..Default::default() })
            }
        };
        let excess = match tariff.basis() {
            Basis::Volume(VolumeMeter::Excess(baseline), _) => Some(baseline),
            _ => None,
        };
        let rate = excess.and_then(Baseline::rate);
        Self {
            name: Some(tariff.name().to_owned()),
            measure,
            baseline: rate.map(Text::of),
            inline_baseline: excess.filter(|_| rate.is_none()).cloned(),
            schedule,
        }
    }
}

//! The part of [`RateCard`] that reads and writes the keys of its file.

use crate::{
    Error, Place,
    price::{
        PriceError, UnitPrice,
        schedule::{Schedule, ScheduleText, TierText, at, no_key, read, too_many_keys, with},
    },
    quantity::Quantity,
    tariff::{
        RateCard, RateMeter, Tariff, VolumeMeter, bill::adjustment_text::AdjustmentText,
        prices::Prices, tariff::Basis,
    },
    text::{
        TextError, TimeText, clip,
        keys::{Keys as _, List, Listed, Text, key, keys},
        read_date,
    },
    usage::{Baseline, BillingCycle, Percentile, Window},
};
use core::{fmt, str::FromStr, time::Duration};
use jiff::{civil::Date, tz::TimeZone};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

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
        billing_day: DayOfMonth,
        interval: Text,
        direction: Text,
        begins: Text,
        ends: Text,
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
        direction: Text,
        hours: Text,
        days: Text,
        change: List<ChangeText>,
        ..schedule: ScheduleText,
    }
}

keys! {
    /// The keys of a change of prices.
    pub(crate) struct ChangeText {
        from: Text,
        price: Text,
        graduated: Vec<TierText>,
        all_units: Vec<TierText>,
    }
}

impl Listed for ChangeText {
    const NAME: &'static str = "tariff.change";
    const ONE: &'static str = "change";
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
        card.cycle = self.billing_day.map_or(BillingCycle::months(), |DayOfMonth(cycle)| cycle);
        card = set(card, key!(&self.interval), time, RateCard::with_interval)?;
        card = set(card, key!(&self.begins), read_date, RateCard::with_begins)?;
        card = set(card, key!(&self.ends), read_date, RateCard::with_ends)?;
        card = set(card, key!(&self.minimum), str::parse, RateCard::with_minimum)?;
        card = set(card, key!(&self.maximum), str::parse, RateCard::with_maximum)?;
        let adjustments = self.adjustment.map_or_else(Vec::new, |List(adjustments)| adjustments);
        with_adjustments(card, &adjustments)
    }

    /// Returns the keys of a card, whose time zone must have a name.
    pub(crate) fn of(card: &RateCard) -> Option<Self> {
        Some(Self {
            time_zone: Some(Text::of(card.time_zone.iana_name()?)),
            billing_day: Some(card.cycle).filter(|cycle| cycle.day() > 1).map(DayOfMonth),
            interval: card.interval.map(TimeText).map(Text::of),
            direction: Some(Text::of(card.direction)),
            begins: card.begins.map(Text::of),
            ends: card.ends.map(Text::of),
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
            card.adding(adjustment, &names).map_err(|(key, error)| at(key, error))
        });
        added.map_err(|error| error.at(text.place(number)))
    })
}

/// Reads a key and sets it, if it is there; an error says at which key.
fn set<T>(
    card: RateCard,
    (key, text): (&'static str, &Option<Text>),
    parse: impl Fn(&str) -> Result<T, Error>,
    add: impl FnOnce(RateCard, T) -> Result<RateCard, Error>,
) -> Result<RateCard, Error> {
    with(card, (key, read((key, text), parse)?), add)
}

/// Returns a length of time.
fn time(text: &str) -> Result<Duration, Error> {
    text.parse().map(|TimeText(time)| time)
}

/// The day on which months begin, as a number.
#[derive(Debug, Clone)]
pub(crate) struct DayOfMonth(BillingCycle);

impl Serialize for DayOfMonth {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u8(self.0.day())
    }
}

impl<'de> Deserialize<'de> for DayOfMonth {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_u8(DayVisitor)
    }
}

struct DayVisitor;

impl Visitor<'_> for DayVisitor {
    type Value = DayOfMonth;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number from 1 to 28, the days that every month has")
    }

    fn visit_i64<E: de::Error>(self, day: i64) -> Result<DayOfMonth, E> {
        let cycle = u8::try_from(day).ok().and_then(|day| BillingCycle::from_day(day).ok());
        cycle.map(DayOfMonth).ok_or_else(|| E::invalid_value(de::Unexpected::Signed(day), &self))
    }

    fn visit_u64<E: de::Error>(self, day: u64) -> Result<DayOfMonth, E> {
        let cycle = u8::try_from(day).ok().and_then(|day| BillingCycle::from_day(day).ok());
        cycle.map(DayOfMonth).ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(day), &self))
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
            return self.fee(name);
        };
        let is_excess = measure == "excess volume";
        if !is_excess && (self.baseline.is_some() || self.inline_baseline.is_some()) {
            return Err(too_many_keys(&self.baselines(), "it only for the measure excess volume"));
        }
        let tariff = self.priced(name, measure, baselines)?;
        let direction = read(key!(&self.direction), str::parse)?;
        let window = read(key!(&self.hours), Window::read_hours)?;
        let on_days =
            |days: &str| window.map_or_else(|| Window::whole_days(days), |hours| hours.on(days));
        let window = read(key!(&self.days), on_days)?.or(window);
        let tariff = direction.into_iter().fold(tariff, Tariff::with_direction);
        Ok(window.into_iter().fold(tariff, Tariff::with_window))
    }

    /// Returns the tariff of all hours.
    fn priced(&self, name: &str, measure: &str, baselines: Lookup<'_>) -> Result<Tariff, Error> {
        let schedule = &self.schedule;
        let by_volume = |meter| {
            let tariff = Tariff::by_volume(name, meter, schedule.read()?.build()?);
            self.changed(tariff, Tariff::with_volume_change)
        };
        let by_rate = |meter| {
            let tariff = Tariff::by_rate(name, meter, schedule.read()?.build()?);
            self.changed(tariff, Tariff::with_rate_change)
        };
        match measure {
            "total volume" => by_volume(VolumeMeter::Total),
            "excess volume" => by_volume(VolumeMeter::Excess(self.baseline(baselines)?)),
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

    /// Adds the changes of prices; an error says in which one.
    fn changed<Q: Quantity>(
        &self,
        tariff: Tariff,
        add: impl Fn(Tariff, Date, Schedule<Q>) -> Result<Tariff, Error>,
    ) -> Result<Tariff, Error>
    where
        UnitPrice<Q>: FromStr<Err = Error>,
    {
        let changes = self.change.iter().flat_map(|List(changes)| changes);
        (1_usize..).zip(changes).try_fold(tariff, |tariff, (number, change)| {
            let dated = change.read().and_then(|(from, prices)| add(tariff, from, prices));
            dated.map_err(|error| error.at(Place::Change(number)))
        })
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
        let (measure, schedule, changes) = match tariff.basis() {
            Basis::Volume(meter, prices) => {
                (Some(Text::of(meter)), ScheduleText::of(prices.first()), changes(prices))
            }
            Basis::Rate(meter, prices) => {
                (Some(Text::of(meter)), ScheduleText::of(prices.first()), changes(prices))
            }
            Basis::Fee(fee) => {
                let fixed_fee = Some(Text::of(fee));
                (None, ScheduleText { fixed_fee, ..ScheduleText::default() }, Vec::new())
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
            direction: tariff.direction().map(Text::of),
            hours: tariff.window().and_then(Window::hours_text).map(Text::of),
            days: tariff.window().and_then(Window::days_text).map(Text::of),
            change: Some(List(changes)).filter(|List(changes)| !changes.is_empty()),
            schedule,
        }
    }
}

fn changes<Q: Quantity>(prices: &Prices<Q>) -> Vec<ChangeText> {
    let change = |(from, prices): &(Date, Schedule<Q>)| {
        let ScheduleText { price, graduated, all_units, .. } = ScheduleText::of(&prices.prices());
        ChangeText { from: Some(Text::of(from)), price, graduated, all_units }
    };
    prices.changes().iter().map(change).collect()
}

impl ChangeText {
    /// Reads the day and the prices; an error says at which key.
    fn read<Q: Quantity>(&self) -> Result<(Date, Schedule<Q>), Error>
    where
        UnitPrice<Q>: FromStr<Err = Error>,
    {
        let from = read(key!(&self.from), read_date)?;
        let from =
            from.ok_or_else(|| no_key("from", "the first day of the prices, such as 2025-03-16"))?;
        let Self { price, graduated, all_units, .. } = self.clone();
        let prices = ScheduleText { price, graduated, all_units, ..ScheduleText::default() };
        Ok((from, prices.read()?.build()?))
    }
}

//! A month so far, and the ways in which it may go on.

use super::{
    Billed, Priced,
    forecast::{Ends, TariffForecast},
};
use crate::{
    Error,
    money::Cost,
    number::Share,
    price::{Schedule, range_of},
    quantity::{AnyQuantity, DataRate, DataVolume, Quantity},
    tariff::{
        RateCard, Tariff, TariffError, VolumeMeter, bill::Days, prices::Prices, tariff::Basis,
    },
    usage::{Baseline, SeriesLimit, UsageSeries, span_of_days, usual_slots},
};
use core::{ops::RangeInclusive, time::Duration};
use jiff::{Timestamp, civil::Date};

/// The rest of a month.
pub(super) struct Rest<'a> {
    pub(super) billed: Billed<'a>,
    start: Timestamp,
    slots: usize,
    interval: Duration,
}

impl<'a> Rest<'a> {
    pub(super) fn new(
        card: &'a RateCard,
        so_far: &UsageSeries,
        until: Timestamp,
    ) -> Result<Self, Error> {
        card.check_interval(so_far)?;
        let zone = card.time_zone();
        let first = so_far.first_period(&card.billing_cycle(), zone);
        let billed = Billed::month(card, first, zone)?;
        let (start, interval) = (so_far.end(), so_far.interval());
        let end = billed.span().end;
        if start >= end {
            return Err(TariffError::NothingToForecast { measured: start, end }.into());
        }
        if until <= start || until > end {
            return Err(TariffError::ForecastEnd { start, until, end }.into());
        }
        let left = until.duration_since(start).unsigned_abs();
        let slots = left.as_nanos().div_ceil(interval.as_nanos());
        let most = usual_slots(so_far.len());
        let too_many = || TariffError::TooManySlots { slots, most, interval };
        let slots = usize::try_from(slots).ok().filter(|_| slots <= most).ok_or_else(too_many)?;
        Ok(Self { billed, start, slots, interval })
    }

    /// Returns the volume of a slot at a rate.
    pub(super) fn volume_at(&self, rate: DataRate) -> Result<DataVolume, Error> {
        rate.checked_mul(self.interval).ok_or_else(|| self.too_much())
    }

    pub(super) fn too_much(&self) -> Error {
        SeriesLimit::of_volume(self.start)
    }
}

/// The prices of a part of a month, and the least and the largest volume that is used up to its end.
type Used<'p> = (&'p Schedule<DataVolume>, RangeInclusive<DataVolume>);

/// A month so far, and the ways in which it may go on.
pub(super) struct Continued {
    least: UsageSeries,
    most: UsageSeries,
    usual: UsageSeries,
    past_months: Vec<(Date, UsageSeries)>,
}

impl Continued {
    pub(super) fn new(
        card: &RateCard,
        so_far: &UsageSeries,
        history: &UsageSeries,
        capacity: DataVolume,
        rest: &Rest<'_>,
    ) -> Result<Self, Error> {
        let zone = card.time_zone();
        let so_far = so_far.on_days(card.begins(), card.ends(), zone);
        let outside = || TariffError::OutsideContract { begins: card.begins(), ends: card.ends() };
        let so_far = so_far.ok_or_else(outside)?;
        let go_on = |volumes: &mut dyn Iterator<Item = Option<DataVolume>>| {
            let all = so_far.iter().map(|(_, volume)| volume).chain(volumes);
            UsageSeries::from_volumes(so_far.start(), so_far.interval(), all)
        };
        let nothing = core::iter::repeat_n(Some(DataVolume::ZERO), rest.slots);
        let slots = UsageSeries::from_volumes(rest.start, rest.interval, nothing.clone())?;
        let usual = Baseline::weekly_profile(history, zone)?.usual_in(&slots)?;
        let volumes = |series: &UsageSeries| {
            series.iter().map(|(_, volume)| volume).collect::<Vec<_>>().into_iter()
        };
        let past_months = endings(card, history, so_far.start(), rest);
        Ok(Self {
            least: go_on(&mut nothing.clone())?,
            most: go_on(&mut core::iter::repeat_n(Some(capacity), rest.slots))?,
            usual: go_on(&mut volumes(&usual))?,
            past_months: past_months
                .into_iter()
                .map(|(month, ending)| Ok((month, go_on(&mut volumes(&ending))?)))
                .collect::<Result<_, Error>>()?,
        })
    }

    pub(super) fn forecast(
        &self,
        tariff: &Tariff,
        billed: Billed<'_>,
    ) -> Result<TariffForecast, Error> {
        let price = |series: &UsageSeries| tariff.priced(billed.of(series));
        let [least, most, usual] = [price(&self.least)?, price(&self.most)?, price(&self.usual)?];
        let past_months =
            self.past_months.iter().map(|(month, series)| Ok((*month, price(series)?)));
        let past_months = past_months.collect::<Result<Vec<(Date, Priced)>, Error>>()?;
        let certain = self.range(tariff, billed, &least, &most)?;
        let of_past = |measured: fn(&Priced) -> Option<AnyQuantity>| {
            let of_month = |(month, priced): &(Date, Priced)| Some((*month, measured(priced)?));
            past_months.iter().filter_map(of_month).collect()
        };
        let measured = match (least.measured, most.measured, usual.measured) {
            (Some(least), Some(most), Some(usual)) => {
                let past_months = of_past(|priced| priced.measured);
                Some(Ends { certain: least..=most, usual, past_months })
            }
            _ => None,
        };
        let past_months = past_months.into_iter().map(|(month, priced)| (month, priced.cost));
        let cost = Ends { certain, usual: usual.cost, past_months: past_months.collect() };
        Ok(TariffForecast { name: tariff.name().to_owned(), measured, cost })
    }

    /// Returns the least and the largest cost of the quantities that the tariff can still measure.
    fn range(
        &self,
        tariff: &Tariff,
        billed: Billed<'_>,
        least: &Priced,
        most: &Priced,
    ) -> Result<RangeInclusive<Cost>, Error> {
        let currency = tariff.currency();
        #[expect(
            clippy::expect_used,
            reason = "only a volume whose prices change has no such cost"
        )]
        let cost = |quantity| {
            tariff.cost_of(quantity, billed).expect("a quantity of one price list").into_amount()
        };
        let range = match (tariff.basis(), least.measured, most.measured) {
            (
                Basis::Rate(_, prices),
                Some(AnyQuantity::Rate(low)),
                Some(AnyQuantity::Rate(high)),
            ) => {
                let bends = bends(prices, billed, Share::ONE, low..=high);
                range_of(bends.into_iter().map(AnyQuantity::Rate).map(cost))
            }
            (
                Basis::Volume(meter, prices),
                Some(AnyQuantity::Volume(low)),
                Some(AnyQuantity::Volume(high)),
            ) => {
                let parts = prices.on(billed.days);
                if parts.len() > 1 {
                    let used = self.used(tariff, meter, billed, &parts)?;
                    Schedule::range_in_turn(&used, billed.in_service)
                } else {
                    let bends = bends(prices, billed, billed.in_service, low..=high);
                    range_of(bends.into_iter().map(AnyQuantity::Volume).map(cost))
                }
            }
            _ => least.cost.amount().clone()..=most.cost.amount().clone(),
        };
        let (least, most) = range.into_inner();
        Ok(Cost::new(least, currency)..=Cost::new(most, currency))
    }

    /// Returns the schedule of each part of a month in which prices change, with the least and the largest
    /// volume that is used up to its end.
    fn used<'p>(
        &self,
        tariff: &Tariff,
        meter: &VolumeMeter,
        billed: Billed<'_>,
        parts: &[(Days, &'p Schedule<DataVolume>)],
    ) -> Result<Vec<Used<'p>>, Error> {
        let so_far = |series: &UsageSeries| -> Result<Vec<DataVolume>, Error> {
            let Some(series) = tariff.measured(billed.of(series), true)? else {
                return Ok(vec![DataVolume::ZERO; parts.len()]);
            };
            let starts = parts.iter().skip(1).map(|(days, _)| days.first);
            let volumes = meter.counted(&series)?.totals_from(starts, billed.zone);
            let sums = volumes.into_iter().scan(DataVolume::ZERO, |sum, volume| {
                *sum = sum.checked_add(volume)?;
                Some(*sum)
            });
            Ok(sums.collect())
        };
        let ranges = so_far(&self.least)?.into_iter().zip(so_far(&self.most)?);
        Ok(parts
            .iter()
            .zip(ranges)
            .map(|((_, prices), (low, high))| (*prices, low..=high))
            .collect())
    }
}

/// Returns quantities of a range among which are the least and the largest cost.
fn bends<Q: Quantity>(
    prices: &Prices<Q>,
    billed: Billed<'_>,
    part: Share,
    range: RangeInclusive<Q>,
) -> Vec<Q> {
    let parts = prices.on(billed.days);
    parts.iter().flat_map(|(_, schedule)| schedule.bends(&range, part)).collect()
}

/// Returns the last slots of each month of a history that ends before an instant, as many as the rest of
/// the month has, if they were measured whole.
fn endings(
    card: &RateCard,
    history: &UsageSeries,
    before: Timestamp,
    rest: &Rest<'_>,
) -> Vec<(Date, UsageSeries)> {
    let (cycle, zone) = (card.billing_cycle(), card.time_zone());
    let mut endings = Vec::new();
    let mut month = Some(history.first_period(&cycle, zone));
    while let Some(first) = month {
        let days = card.month(first);
        let end = span_of_days(days.first, days.last, zone).end;
        if end > before || end > history.end() {
            break;
        }
        if let Some(ending) = history.last_before(end, rest.slots) {
            endings.push((first, ending));
        }
        month = cycle.next(first);
    }
    endings
}

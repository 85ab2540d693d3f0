//! [`Forecast`]: where a month will end.

use super::{Billed, Directions, Priced, places};
use crate::{
    Error,
    money::{Cost, Currency},
    number::Share,
    price::{Schedule, range_of},
    quantity::{AnyQuantity, DataRate, DataVolume, Quantity},
    tariff::{
        Adjustment, Direction, RateCard, Tariff, TariffError, VolumeMeter, prices::Prices,
        tariff::Basis,
    },
    usage::{Baseline, LinkUsage, UsageSeries, span_of_days, usual_slots},
};
use core::ops::RangeInclusive;
use jiff::{SignedDuration, Timestamp, civil::Date};

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Where a month will end, in what its tariffs measure and in money.
///
/// See [`RateCard::forecast`] for an example.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    cost: Ends<Cost>,
    tariffs: Vec<TariffForecast>,
}

/// Where a month will end for one tariff.
#[derive(Debug, Clone, PartialEq)]
pub struct TariffForecast {
    name: String,
    measured: Option<Ends<AnyQuantity>>,
    cost: Ends<Cost>,
}

/// The ends that a month may have: the bounds of what is still possible, the usual one, and one as in each
/// earlier month.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends<T> {
    certain: RangeInclusive<T>,
    usual: T,
    past_months: Vec<(Date, T)>,
}

impl Forecast {
    /// Returns the ends of the bill.
    #[must_use]
    pub const fn cost(&self) -> &Ends<Cost> {
        &self.cost
    }

    /// Returns the ends of each tariff, in the order of the card.
    #[must_use]
    pub fn tariffs(&self) -> &[TariffForecast] {
        &self.tariffs
    }
}

impl TariffForecast {
    /// Returns the name of the tariff.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the ends of the measured rate or volume, or `None` for a tariff that measures nothing.
    #[must_use]
    pub const fn measured(&self) -> Option<&Ends<AnyQuantity>> {
        self.measured.as_ref()
    }

    /// Returns the ends of the tariff's cost.
    #[must_use]
    pub const fn cost(&self) -> &Ends<Cost> {
        &self.cost
    }
}

impl<T> Ends<T> {
    /// Returns the least and the largest that is still possible.
    #[must_use]
    pub const fn certain(&self) -> &RangeInclusive<T> {
        &self.certain
    }

    /// Returns the end if the rest of the month is as usual at its times of the week.
    #[must_use]
    pub const fn usual(&self) -> &T {
        &self.usual
    }

    /// Returns the ends if the rest of the month is as the end of each earlier month was, each with the
    /// first day of that month.
    #[must_use]
    pub fn past_months(&self) -> &[(Date, T)] {
        &self.past_months
    }
}

/// A forecast that was made for a month of the history, and how that month ended.
///
/// See [`RateCard::backtest`].
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    month: Date,
    forecast: Forecast,
    actual: Cost,
}

impl Backtest {
    /// Returns the first day of the month.
    #[must_use]
    pub const fn month(&self) -> Date {
        self.month
    }

    /// Returns the forecast, of what was known then.
    #[must_use]
    pub const fn forecast(&self) -> &Forecast {
        &self.forecast
    }

    /// Returns the cost of the month.
    #[must_use]
    pub const fn actual(&self) -> &Cost {
        &self.actual
    }

    /// Returns whether the cost was in the certain range. It always is if no slot exceeded the capacity.
    #[must_use]
    pub fn held(&self) -> bool {
        self.forecast.cost.certain.contains(&self.actual)
    }

    /// Returns the usual figure less the cost of the month: positive if too much was forecast.
    #[must_use]
    pub fn error(&self) -> Cost {
        let error = self.forecast.cost.usual.amount() - self.actual.amount();
        Cost::new(error, self.actual.currency())
    }
}

impl RateCard {
    /// Says where the billing month of a series will end, in rates or volumes and in money.
    ///
    /// `so_far` is the month up to now, and `until` the end of what will be billed, at most the end of its
    /// billing month. All slots from the one to the other are taken as measured:
    ///
    /// - [`certain`](Ends::certain): each carries between nothing and the `capacity`. The cost is bounded
    ///   by the least and the largest one of all quantities in between, so that the falls of all-units
    ///   prices count.
    /// - [`usual`](Ends::usual): each carries what is usual at its time of the week in the `history`, as
    ///   by [`Baseline::weekly_profile`].
    /// - [`past_months`](Ends::past_months): they carry what the last slots of an earlier month carried,
    ///   for each month of the history whose end was measured whole.
    ///
    /// No random number takes part, so that the same traffic has the same forecast. The bill has the card's
    /// minimum, maximum and adjustments. With a discount, the certain range of the bill holds, but may be
    /// wider than need be if the card has a minimum or maximum.
    ///
    /// # How often it held
    ///
    /// On 51 days of a transatlantic link in 2005, a transit contract at the 95th percentile was forecast
    /// FIGURES.
    ///
    /// # Errors
    ///
    /// - [`TariffError::ForecastEnd`] if `until` is not after the series, or after the end of its billing
    ///   month.
    /// - [`TariffError::TwoCurrencies`] if the tariffs are in two currencies.
    /// - The errors of [`Baseline::weekly_profile`], such as
    ///   [`ShortHistory`](crate::usage::UsageError::ShortHistory) for a history of less than a week.
    /// - [`SlotsMismatch`](crate::usage::UsageError::SlotsMismatch) if the history has slots of another
    ///   length, and [`TooLarge`](crate::usage::UsageError::TooLarge) if a month at the capacity has too
    ///   much traffic.
    /// - The errors of [`bill_months`](Self::bill_months).
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, Percentile, RateCard, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// let transit = Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), price);
    /// let card = RateCard::new([transit])?;
    ///
    /// // Two months that were busy in the evening; of a third, 28 of 31 days have passed.
    /// let hour = Duration::from_secs(3_600);
    /// let usual = |hour: u64| DataRate::from_mbps(if hour % 24 >= 18 { 1_000 } else { 400 });
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let history = UsageSeries::from_rates(start, hour, (0..59 * 24).map(usual))?;
    /// let so_far = UsageSeries::from_rates(history.end(), hour, (0..28 * 24).map(usual))?;
    ///
    /// let until = "2025-04-01T00:00:00Z".parse()?;
    /// let forecast = card.forecast(&so_far, until, &history, DataRate::from_gbps(10))?;
    /// let cost = forecast.cost();
    /// assert_eq!(cost.usual().to_string(), "800 USD");
    /// assert_eq!(cost.past_months().len(), 2);
    /// // Two days at 10 Gbps would be above the 95th percentile, and so would the third.
    /// assert_eq!(cost.certain().start().to_string(), "800 USD");
    /// assert_eq!(cost.certain().end().to_string(), "8000 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn forecast(
        &self,
        so_far: &UsageSeries,
        until: Timestamp,
        history: &UsageSeries,
        capacity: DataRate,
    ) -> Result<Forecast, Error> {
        let rest = Rest::new(self, so_far, until)?;
        let continued = Continued::new(self, so_far, history, rest.volume_at(capacity)?, &rest)?;
        self.forecast_by(&rest, |_| Ok(vec![&continued]))
    }

    /// Says where the billing month of a link will end, as [`forecast`](Self::forecast) does, each tariff
    /// by its own [`direction`](Tariff::direction) or else by the card's.
    ///
    /// The capacity is that of each direction, so that the sum of both carries up to twice as much. Of
    /// [`Direction::Higher`], the ends of the cost are the larger ones of both directions; the certain range
    /// of what is measured is that of either.
    ///
    /// # Errors
    ///
    /// - The errors of [`forecast`](Self::forecast) and of [`bill_link`](Self::bill_link).
    pub fn forecast_link(
        &self,
        so_far: &LinkUsage,
        until: Timestamp,
        history: &LinkUsage,
        capacity: DataRate,
    ) -> Result<Forecast, Error> {
        so_far.inbound.check_aligned(&so_far.outbound)?;
        history.inbound.check_aligned(&history.outbound)?;
        let rest = Rest::new(self, &so_far.inbound, until)?;
        let one = rest.volume_at(capacity)?;
        let twice = one.checked_add(one).ok_or_else(|| rest.too_much())?;
        let (so_far, history) = (Directions::of(so_far), Directions::of(history));
        let needed: Vec<Direction> =
            self.tariffs().iter().map(|tariff| self.direction_of(tariff)).collect();
        let mut continued = Vec::new();
        for (place, (so_far, history)) in so_far.0.iter().zip(&history.0).enumerate() {
            let is_needed = needed.iter().any(|direction| places(*direction).contains(&place));
            let capacity = if places(Direction::Sum).contains(&place) { twice } else { one };
            let so_far = so_far.as_ref().map_err(Clone::clone);
            continued.push(if is_needed {
                let history = history.as_ref().map_err(Clone::clone)?;
                Some(Continued::new(self, so_far?, history, capacity, &rest)?)
            } else {
                None
            });
        }
        self.forecast_by(&rest, |tariff| {
            let places = places(self.direction_of(tariff));
            Ok(continued.iter().skip(places.start).take(places.len()).flatten().collect())
        })
    }

    /// Makes the forecast that [`forecast`](Self::forecast) would have made for each whole month of the
    /// history when a share of its time was over, from what was known then.
    ///
    /// Months before which the history is shorter than a week are passed over.
    ///
    /// # Errors
    ///
    /// - [`TariffError::NoWholeMonth`] if no month is left.
    /// - The errors of [`forecast`](Self::forecast).
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateCard, RateMeter, Schedule, Share, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let card = RateCard::new([Tariff::by_rate("port", RateMeter::Mean, Schedule::flat(price))])?;
    /// let hour = Duration::from_secs(3_600);
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let busier = (0..90 * 24).map(|hour| DataRate::from_mbps(400 + hour / 24)); // each day by 1 Mbps
    /// let history = UsageSeries::from_rates(start, hour, busier)?;
    ///
    /// let capacity = DataRate::from_gbps(1);
    /// let tests = card.backtest(&history, Share::from_percent(50), capacity)?;
    /// assert_eq!(tests.len(), 2); // February and March
    /// assert!(tests.iter().all(|test| test.held()));
    /// assert!(tests[0].error().is_negative()); // it became busier than usual
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn backtest(
        &self,
        history: &UsageSeries,
        elapsed: Share,
        capacity: DataRate,
    ) -> Result<Vec<Backtest>, Error> {
        let (cycle, zone) = (self.billing_cycle(), self.time_zone());
        let currency = self.only_currency()?;
        let mut tests = Vec::new();
        for (month, slots) in history.by_period(&cycle, zone) {
            let Ok(billed) = Billed::month(self, month, zone) else { continue };
            let Some(span) = billed.span() else { continue };
            let is_whole = history.start() <= span.start && span.end <= history.end();
            let is_after_a_week = slots.start().duration_since(history.start()) >= WEEK;
            if !(is_whole && is_after_a_week) {
                continue;
            }
            let Some(whole) = history.begun_in(&span) else { continue };
            let known = elapsed.of_units(whole.len() as u128);
            let known =
                usize::try_from(known).ok().filter(|known| (1..whole.len()).contains(known));
            let split = known.and_then(|known| whole.iter().nth(known)).map(|(at, _)| at);
            let Some(split) = split else { continue };
            let before = history.begun_in(&(history.start()..span.start));
            if let (Some(so_far), Some(before)) = (whole.begun_in(&(span.start..split)), before) {
                let forecast = self.forecast(&so_far, span.end, &before, capacity)?;
                let costs = self
                    .tariffs()
                    .iter()
                    .map(|tariff| tariff.priced(billed.of(&whole)).map(|priced| priced.cost));
                let costs = costs.collect::<Result<Vec<Cost>, Error>>()?;
                let costs: Vec<&Cost> = costs.iter().collect();
                let actual = self.total(currency, &costs, billed);
                tests.push(Backtest { month, forecast, actual });
            }
        }
        if tests.is_empty() {
            let (start, end) = (history.start(), history.end());
            return Err(TariffError::NoWholeMonth { start, end }.into());
        }
        Ok(tests)
    }

    /// Forecasts each tariff by the series of its direction, or both of the dearer of two.
    fn forecast_by<'c>(
        &self,
        rest: &Rest<'_>,
        of: impl Fn(&Tariff) -> Result<Vec<&'c Continued>, Error>,
    ) -> Result<Forecast, Error> {
        let currency = self.only_currency()?;
        let mut tariffs = Vec::new();
        for tariff in self.tariffs() {
            let forecasts =
                of(tariff)?.into_iter().map(|continued| continued.forecast(tariff, rest.billed));
            let mut forecasts = forecasts.collect::<Result<Vec<_>, Error>>()?.into_iter();
            #[expect(clippy::expect_used, reason = "each direction is of one series or two")]
            let first = forecasts.next().expect("a direction has a series");
            tariffs.push(forecasts.fold(first, TariffForecast::or_dearer));
        }
        let total = |costs: &[&Cost]| self.total(currency, costs, rest.billed);
        let usual: Vec<&Cost> = tariffs.iter().map(|tariff| &tariff.cost.usual).collect();
        let usual = total(&usual);
        // A month counts if the end of each tariff's traffic in it was measured.
        let months = tariffs.first().map_or(&[][..], |first| &first.cost.past_months);
        let in_month = |month: Date| {
            let costs = tariffs.iter().map(|tariff| {
                let found = tariff.cost.past_months.iter().find(|(date, _)| *date == month);
                found.map(|(_, cost)| cost)
            });
            Some((month, total(&costs.collect::<Option<Vec<&Cost>>>()?)))
        };
        let past_months = months.iter().filter_map(|(month, _)| in_month(*month)).collect();
        let certain = self.certain_total(currency, &tariffs, rest.billed);
        let cost = Ends { certain, usual, past_months };
        Ok(Forecast { cost, tariffs })
    }

    /// Returns the least and the largest total of the bill.
    fn certain_total(
        &self,
        currency: Currency,
        tariffs: &[TariffForecast],
        billed: Billed<'_>,
    ) -> RangeInclusive<Cost> {
        let least: Vec<&Cost> = tariffs.iter().map(|tariff| tariff.cost.certain.start()).collect();
        let most: Vec<&Cost> = tariffs.iter().map(|tariff| tariff.cost.certain.end()).collect();
        let is_discount = |adjustment: &Adjustment| adjustment.is_discount();
        if !self.adjustments().iter().any(is_discount) {
            // A dearer tariff does not make the bill cheaper.
            return self.total(currency, &least, billed)..=self.total(currency, &most, billed);
        }
        // The total is a sum of multiples of the costs: each adds, or takes off, by itself. So does the line
        // of the card's minimum or maximum, here as if it did not follow from the costs.
        let total = |costs: &[&Cost], bound| self.total_with(currency, costs, bound, billed);
        let bound = self.bound_of(&least, billed);
        let base = total(&least, bound.clone());
        let mut changes = vec![total(&least, self.bound_of(&most, billed))];
        for (place, most) in most.into_iter().enumerate() {
            let mut costs = least.clone();
            costs.splice(place..=place, [most]);
            changes.push(total(&costs, bound.clone()));
        }
        let (mut low, mut high) = (base.amount().clone(), base.amount().clone());
        for change in changes.iter().map(|total| total.amount() - base.amount()) {
            let end = if change.is_negative() { &mut low } else { &mut high };
            *end = &*end + &change;
        }
        Cost::new(low, currency)..=Cost::new(high, currency)
    }
}

/// The rest of a month.
struct Rest<'a> {
    billed: Billed<'a>,
    start: Timestamp,
    slots: usize,
    interval: core::time::Duration,
}

impl<'a> Rest<'a> {
    fn new(card: &'a RateCard, so_far: &UsageSeries, until: Timestamp) -> Result<Self, Error> {
        let zone = card.time_zone();
        let first = so_far.first_period(&card.billing_cycle(), zone);
        let billed = Billed::month(card, first, zone)?;
        let (start, interval) = (so_far.end(), so_far.interval());
        let end = billed.span().map_or(Timestamp::MAX, |span| span.end);
        if until <= start || until > end {
            return Err(TariffError::ForecastEnd { start, until, end }.into());
        }
        let left = until.duration_since(start).unsigned_abs();
        let slots = left.as_nanos().div_ceil(interval.as_nanos());
        let most = usual_slots(so_far.len());
        let slots = usize::try_from(slots).ok().filter(|_| slots <= most);
        let slots = slots.ok_or_else(|| so_far.too_many_slots(left, most))?;
        Ok(Self { billed, start, slots, interval })
    }

    /// Returns the volume of a slot at a rate.
    fn volume_at(&self, rate: DataRate) -> Result<DataVolume, Error> {
        rate.checked_mul(self.interval).ok_or_else(|| self.too_much())
    }

    fn too_much(&self) -> Error {
        crate::usage::SeriesLimit::of_volume(self.start)
    }
}

/// A month so far, and the ways in which it may go on.
struct Continued {
    least: UsageSeries,
    most: UsageSeries,
    usual: UsageSeries,
    past_months: Vec<(Date, UsageSeries)>,
}

impl Continued {
    fn new(
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

    fn forecast(&self, tariff: &Tariff, billed: Billed<'_>) -> Result<TariffForecast, Error> {
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

    /// Returns the least and the largest cost of what the tariff can still measure.
    fn range(
        &self,
        tariff: &Tariff,
        billed: Billed<'_>,
        least: &Priced,
        most: &Priced,
    ) -> Result<RangeInclusive<Cost>, Error> {
        let currency = tariff.currency();
        let range = match (tariff.basis(), least.measured, most.measured) {
            (
                Basis::Rate(_, prices),
                Some(AnyQuantity::Rate(low)),
                Some(AnyQuantity::Rate(high)),
            ) => {
                let bends = bends(prices, billed, Share::ONE, low..=high);
                let costs = bends.into_iter().map(AnyQuantity::Rate);
                range_of(
                    costs.filter_map(|rate| tariff.cost_of(rate, billed)).map(Cost::into_amount),
                )
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
                    let costs = bends.into_iter().map(AnyQuantity::Volume);
                    let costs = costs.filter_map(|volume| tariff.cost_of(volume, billed));
                    range_of(costs.map(Cost::into_amount))
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
        parts: &[(crate::tariff::bill::Days, &'p Schedule<DataVolume>)],
    ) -> Result<Vec<(&'p Schedule<DataVolume>, RangeInclusive<DataVolume>)>, Error> {
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
        let next = cycle.next(first);
        let last = next.and_then(|next| next.yesterday().ok());
        let end = last.and_then(|last| span_of_days(first, last, zone)).map(|span| span.end);
        let Some(end) = end.filter(|end| *end <= before && *end <= history.end()) else { break };
        if let Some(ending) = history.last_before(end, rest.slots) {
            endings.push((first, ending));
        }
        month = next;
    }
    endings
}

impl TariffForecast {
    /// Returns the larger ends of the cost of two directions, and what is measured where it is the dearer
    /// one. Which one will be billed is not known, so that the certain range of the measure is that of
    /// either.
    fn or_dearer(self, other: Self) -> Self {
        let is_dearer = |cost: &Cost, than: &Cost| cost.amount() > than.amount();
        let months = |of: &Self| -> Vec<(Date, Cost)> { of.cost.past_months.clone() };
        let (own_months, other_months) = (months(&self), months(&other));
        let cost_in = |months: &[(Date, Cost)], month: Date| {
            months.iter().find(|(date, _)| *date == month).map(|(_, cost)| cost.clone())
        };
        let other_is_dearer = |month: Date| {
            let other = cost_in(&other_months, month)?;
            Some(is_dearer(&other, &cost_in(&own_months, month)?))
        };
        let usual_is_dearer = is_dearer(&other.cost.usual, &self.cost.usual);
        let measured = self.measured.zip(other.measured).map(|(own, other)| {
            let (own_certain, other_certain) = (own.certain, other.certain);
            let start = smaller(*own_certain.start(), *other_certain.start());
            let end = larger(*own_certain.end(), *other_certain.end());
            Ends {
                certain: start..=end,
                usual: if usual_is_dearer { other.usual } else { own.usual },
                past_months: by_month(own.past_months, other.past_months, &other_is_dearer),
            }
        });
        let dearer = |one: Cost, other: Cost| if is_dearer(&other, &one) { other } else { one };
        let (own_least, own_most) = self.cost.certain.into_inner();
        let (other_least, other_most) = other.cost.certain.into_inner();
        let cost = Ends {
            certain: dearer(own_least, other_least)..=dearer(own_most, other_most),
            usual: dearer(self.cost.usual, other.cost.usual),
            past_months: by_month(self.cost.past_months, other.cost.past_months, &other_is_dearer),
        };
        Self { name: self.name, measured, cost }
    }
}

/// Returns the values of the months that both have, each of the direction that is the dearer one.
fn by_month<T>(
    own: Vec<(Date, T)>,
    mut other: Vec<(Date, T)>,
    other_is_dearer: &impl Fn(Date) -> Option<bool>,
) -> Vec<(Date, T)> {
    let value = |(month, own)| {
        let place = other.iter().position(|(date, _)| *date == month)?;
        let (_, other) = other.swap_remove(place);
        Some((month, if other_is_dearer(month)? { other } else { own }))
    };
    own.into_iter().filter_map(value).collect()
}

fn smaller(one: AnyQuantity, other: AnyQuantity) -> AnyQuantity {
    if units(one) <= units(other) { one } else { other }
}

fn larger(one: AnyQuantity, other: AnyQuantity) -> AnyQuantity {
    if units(one) >= units(other) { one } else { other }
}

fn units(quantity: AnyQuantity) -> u128 {
    match quantity {
        AnyQuantity::Volume(volume) => volume.as_nanobits(),
        AnyQuantity::Rate(rate) => rate.as_bps().into(),
    }
}

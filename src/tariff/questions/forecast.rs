//! [`Forecast`]: where a month will end.

use super::{
    Billed, Directions,
    continued::{Continued, Rest},
    places,
};
use crate::{
    Error,
    money::{Cost, Currency},
    number::Share,
    quantity::{AnyQuantity, DataRate},
    tariff::{Adjustment, Direction, RateCard, Tariff, TariffError},
    usage::{LinkUsage, UsageSeries},
};
use core::ops::RangeInclusive;
use jiff::{SignedDuration, Timestamp, civil::Date};

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Where a month will end, in the measures of its tariffs and in money.
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
    pub(super) name: String,
    pub(super) measured: Option<Ends<AnyQuantity>>,
    pub(super) cost: Ends<Cost>,
}

/// The ends that a month may have: the bounds of all that are still possible, the usual one, and one as in
/// each earlier month.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends<T> {
    pub(super) certain: RangeInclusive<T>,
    pub(super) usual: T,
    pub(super) past_months: Vec<(Date, T)>,
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

    /// Returns the forecast, made from the traffic up to then.
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
    /// `so_far` is the month up to now, and `until` the end of the time that will be billed, at most the end
    /// of its billing month. All slots from the one to the other are taken as measured:
    ///
    /// - [`certain`](Ends::certain): each carries between nothing and the `capacity`. The cost is bounded
    ///   by the least and the largest one of all quantities in between, so that the falls of all-units
    ///   prices count.
    /// - [`usual`](Ends::usual): each carries what is usual at its time of the week in the `history`, as
    ///   by [`Baseline::weekly_profile`](crate::Baseline::weekly_profile).
    /// - [`past_months`](Ends::past_months): they carry what the last slots of an earlier month carried,
    ///   for each month of the history whose end was measured whole.
    ///
    /// No random number takes part, so that the same traffic has the same forecast. The bill has the card's
    /// minimum, maximum and adjustments. With a discount, the certain range of the bill holds, but may be
    /// wider than need be if the card has a minimum or maximum.
    ///
    /// # How often it held
    ///
    /// A transatlantic link of 2005 in 5-minute slots (7 June to 28 July, from the Time Series Data
    /// Library) has 14 whole months with a week before them, which begin on 15 to 28 June. Each was
    /// forecast at the 95th percentile, with a capacity of 45 Mbps, when 25, 50, 75 and 90 % of its time
    /// were over. The certain range held in all 56 forecasts. The usual end was off by at most 5.53, 3.71,
    /// 1.69 and 0.60 %, and too low in most. The months overlap, so that these are fewer trials than 56.
    ///
    /// # Errors
    ///
    /// - [`TariffError::ForecastEnd`] if `until` is not after the series, or after the end of its billing
    ///   month.
    /// - [`TariffError::NothingToForecast`] if the series goes to the end of its billing month.
    /// - [`TariffError::TooManySlots`] if the rest of the month has too many slots for so short a series.
    /// - [`TariffError::TwoCurrencies`] if the tariffs are in two currencies.
    /// - The errors of [`Baseline::weekly_profile`](crate::Baseline::weekly_profile), such as
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
        self.forecast_by(&rest, |_| vec![&continued])
    }

    /// Says where the billing month of a link will end, as [`forecast`](Self::forecast) does, each tariff
    /// by its own [`direction`](Tariff::direction) or else by the card's.
    ///
    /// The capacity is that of each direction, so that the sum of both carries up to twice as much. Of
    /// [`Direction::Higher`], the ends of the cost are the larger ones of both directions; the certain range
    /// of the measure is that of either.
    ///
    /// # Errors
    ///
    /// The errors of [`forecast`](Self::forecast) and of [`bill_link`](Self::bill_link).
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, Direction, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
    ///     jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = Schedule::flat("1 USD per 1 Mbps".parse()?);
    /// let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, price)])?
    ///     .with_direction(Direction::Higher);
    /// let day = |from: &str, days: usize, mbps: [u64; 2]| -> Result<_, Box<dyn std::error::Error>> {
    ///     let from: Timestamp = from.parse()?;
    ///     let [inbound, outbound] = mbps.map(|mbps| {
    ///         let rates = vec![DataRate::from_mbps(mbps); days * 24];
    ///         UsageSeries::from_rates(from, Duration::from_secs(3_600), rates)
    ///     });
    ///     Ok(LinkUsage { inbound: inbound?, outbound: outbound? })
    /// };
    /// let history = day("2025-01-01T00:00:00Z", 31, [300, 100])?;
    /// let so_far = day("2025-02-01T00:00:00Z", 7, [200, 250])?;
    ///
    /// let until = "2025-03-01T00:00:00Z".parse()?;
    /// let forecast = card.forecast_link(&so_far, until, &history, DataRate::from_gbps(1))?;
    /// assert_eq!(forecast.cost().usual().to_string(), "300 USD"); // inbound
    /// assert_eq!(forecast.cost().certain().start().to_string(), "250 USD"); // outbound, until now
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
        let needed = self.directions_measured();
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
            if tariff.fee_alone().is_some() {
                // A fee is the same in each direction.
                return continued.iter().flatten().take(1).collect();
            }
            let places = places(self.direction_of(tariff));
            continued.iter().skip(places.start).take(places.len()).flatten().collect()
        })
    }

    /// Makes the forecast that [`forecast`](Self::forecast) would have made for each whole month of the
    /// history when a share of its time was over, from the traffic up to then.
    ///
    /// These months are passed over:
    ///
    /// - months out of service;
    /// - months before which the history is shorter than a week, or has no slot that was measured;
    /// - months of which `elapsed` is no whole slot, or all of them, or no slot that was measured.
    ///
    /// # Errors
    ///
    /// - [`TariffError::NoPartOfMonth`] if no month is left, and `elapsed` was no whole slot of one, or all
    ///   of them.
    /// - [`TariffError::NoWholeMonth`] if no month is left for another reason.
    /// - The errors of [`forecast`](Self::forecast) in any of the other months.
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
        let (mut tests, mut has_no_part) = (Vec::new(), false);
        for (month, _) in history.by_period(&cycle, zone) {
            // A month out of service has no bill.
            let Ok(billed) = Billed::month(self, month, zone) else { continue };
            let span = billed.span();
            let is_whole = history.start() <= span.start && span.end <= history.end();
            let Some(whole) = history.begun_in(&span).filter(|_| is_whole) else { continue };
            if whole.start().duration_since(history.start()) < WEEK {
                continue;
            }
            let over = elapsed.of_units(whole.len() as u128);
            let mut later = (0..).zip(whole.iter()).skip(1);
            let Some((_, (split, _))) = later.find(|(slot, _)| *slot == over) else {
                has_no_part = true;
                continue;
            };
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
        if tests.is_empty() && has_no_part {
            return Err(TariffError::NoPartOfMonth { elapsed }.into());
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
        of: impl Fn(&Tariff) -> Vec<&'c Continued>,
    ) -> Result<Forecast, Error> {
        let currency = self.only_currency()?;
        let mut tariffs = Vec::new();
        for tariff in self.tariffs() {
            let forecasts =
                of(tariff).into_iter().map(|continued| continued.forecast(tariff, rest.billed));
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

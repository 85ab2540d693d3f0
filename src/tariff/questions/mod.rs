//! Questions about a bill: whose traffic made it, which interpretation of the contract gives it, and
//! where it will end.

mod attribute;
mod coalitions;
mod continued;
mod explain;
mod explanation;
mod forecast;

pub use self::{
    attribute::Attribution,
    explanation::{Assumption, Explanation, Figure},
    forecast::{Backtest, Ends, Forecast, TariffForecast},
};

use crate::{
    Error,
    money::{Cost, Currency},
    number::{Ratio, Share},
    price::{LineItem, LineKind},
    quantity::AnyQuantity,
    tariff::{
        Direction, RateCard, StatementLine, Tariff, TariffError,
        bill::{Days, totals},
        lines::Traffic,
        tariff::Basis,
    },
    usage::{LinkUsage, UsageSeries, span_of_days},
};
use core::ops::Range;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The time of a bill.
#[derive(Clone, Copy)]
struct Billed<'a> {
    zone: &'a TimeZone,
    /// The days of the billing period.
    whole: Days,
    /// Those of them in service.
    days: Days,
    in_service: Share,
}

impl<'a> Billed<'a> {
    /// The time of a series that a card bills by itself.
    fn of_series(card: &'a RateCard, series: &UsageSeries) -> Result<Self, Error> {
        let zone = card.time_zone();
        Self::of_days(card, card.whole_period(Days::of(series, zone)), zone)
    }

    /// The days of service of the billing month with a first day.
    fn month(card: &RateCard, first: Date, zone: &'a TimeZone) -> Result<Self, Error> {
        Self::of_days(card, card.month(first), zone)
    }

    /// Returns an error only if none of the days is in service.
    #[expect(clippy::expect_used, reason = "days of service are some of a period, which has a day")]
    fn of_days(card: &RateCard, whole: Days, zone: &'a TimeZone) -> Result<Self, Error> {
        let days = card.days_of_service(whole)?;
        let in_service = Share::new(days.count(), whole.count()).expect("some days of a period");
        Ok(Self { zone, whole, days, in_service })
    }

    /// Returns the time in which its slots begin.
    fn span(self) -> Range<Timestamp> {
        span_of_days(self.days.first, self.days.last, self.zone)
    }

    /// Returns a series as the traffic of the bill.
    fn of<'s>(self, series: &'s UsageSeries) -> Traffic<'s>
    where
        'a: 's,
    {
        let Self { zone, days, in_service, .. } = self;
        Traffic { series, direction: None, zone, days, in_service }
    }
}

/// What a tariff measures, if anything, and its cost.
#[derive(Clone)]
struct Priced {
    measured: Option<AnyQuantity>,
    cost: Cost,
}

impl Tariff {
    /// Bills a series.
    fn priced(&self, traffic: Traffic<'_>) -> Result<Priced, Error> {
        let lines = self.lines(traffic)?;
        let measured = lines.first().and_then(StatementLine::measured);
        let cost = Cost::sum(self.currency(), lines.iter().map(StatementLine::amount))?;
        Ok(Priced { measured, cost })
    }

    /// Returns the cost of a quantity that the tariff measured: the sum of the lines of its bill. `None` for
    /// a volume whose cost depends on when it was used, because its prices change.
    fn cost_of(&self, measured: AnyQuantity, billed: Billed<'_>) -> Option<Cost> {
        let Billed { days, in_service, .. } = billed;
        match (self.basis(), measured) {
            (Basis::Rate(_, prices), AnyQuantity::Rate(rate)) => {
                let parts = prices.on(days);
                let cost = match parts.as_slice() {
                    [(_, schedule)] => schedule.cost(rate),
                    _ => {
                        let priced: Vec<_> =
                            parts.iter().map(|(days, prices)| (*prices, days.count())).collect();
                        let lines = crate::price::Schedule::lines_by_days(&priced, rate);
                        let amounts = lines.iter().map(|(_, line)| line.amount());
                        Cost::new(sum(amounts), self.currency())
                    }
                };
                Some(if in_service == Share::ONE { cost } else { cost * in_service })
            }
            (Basis::Volume(_, prices), AnyQuantity::Volume(volume)) => match *prices.on(days) {
                [(_, schedule)] if in_service == Share::ONE => Some(schedule.cost(volume)),
                [(_, schedule)] => {
                    let lines = schedule.lines_of_part(volume, in_service);
                    Some(Cost::new(sum(lines.iter().map(LineItem::amount)), self.currency()))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

impl RateCard {
    /// Returns the total in the currency of a tariff of the bill of a cost for each tariff, with minimum,
    /// maximum and adjustments.
    fn total(&self, currency: Currency, costs: &[&Cost], billed: Billed<'_>) -> Cost {
        self.total_with(currency, costs, self.bound_of(costs, billed), billed)
    }

    /// Returns the total as [`total`](Self::total) does, with a given amount that raises or cuts the sum of
    /// the tariffs.
    #[expect(clippy::expect_used, reason = "each tariff has a line in its currency")]
    fn total_with(
        &self,
        currency: Currency,
        costs: &[&Cost],
        bound: Option<Cost>,
        billed: Billed<'_>,
    ) -> Cost {
        let mut lines = self.lines_of(costs);
        lines.extend(bound.map(|amount| {
            let line = LineItem::charge(LineKind::Minimum, String::new(), amount);
            StatementLine::of_the_bill(line)
        }));
        for adjustment in self.adjustments() {
            let adjusted = adjustment.lines(billed.whole, &lines);
            lines.extend(adjusted);
        }
        let totals = totals(lines.iter().map(|line| line.amount().clone()));
        let total = totals.into_iter().find(|total| total.currency() == currency);
        total.expect("a tariff is in the currency")
    }

    /// Returns the amount that raises or cuts the sum of the tariffs to the card's minimum or maximum.
    fn bound_of(&self, costs: &[&Cost], billed: Billed<'_>) -> Option<Cost> {
        let line = self.bound_line(&self.lines_of(costs), billed.in_service);
        line.map(|line| line.amount().clone())
    }

    /// Returns a line for the cost of each tariff.
    fn lines_of(&self, costs: &[&Cost]) -> Vec<StatementLine> {
        let line = |(tariff, cost): (&Tariff, &&Cost)| {
            let line = LineItem::charge(LineKind::Usage, String::new(), (*cost).clone());
            StatementLine::new(tariff.name(), None, line)
        };
        self.tariffs().iter().zip(costs).map(line).collect()
    }

    /// Returns whether the total of a bill is the sum of its tariffs.
    fn is_sum(&self) -> bool {
        self.minimum().is_none() && self.maximum().is_none() && self.adjustments().is_empty()
    }

    /// Returns the currency of all tariffs, or an error if there are two.
    fn only_currency(&self) -> Result<Currency, Error> {
        let mut currencies = self.tariffs().iter().map(Tariff::currency);
        #[expect(clippy::expect_used, reason = "a card has a tariff")]
        let first = currencies.next().expect("a card has at least one tariff");
        match currencies.find(|currency| *currency != first) {
            Some(other) => Err(TariffError::TwoCurrencies { first, other }.into()),
            None => Ok(first),
        }
    }
}

/// Returns the sum of costs in one currency.
fn sum<'a>(costs: impl Iterator<Item = &'a Cost>) -> Ratio {
    costs.fold(Ratio::ZERO, |sum, cost| &sum + cost.amount())
}

/// The traffic of a link: inbound, outbound, their sum, and the larger of both in each slot; or why there
/// is none.
struct Directions([Result<UsageSeries, Error>; 4]);

impl Directions {
    fn new(inbound: Result<UsageSeries, Error>, outbound: Result<UsageSeries, Error>) -> Self {
        let both = |combine: fn(&UsageSeries, &UsageSeries) -> Result<UsageSeries, Error>| match (
            &inbound, &outbound,
        ) {
            (Ok(inbound), Ok(outbound)) => combine(inbound, outbound),
            (Err(error), _) | (_, Err(error)) => Err(error.clone()),
        };
        let (sum, slot_max) = (both(UsageSeries::sum_with), both(UsageSeries::max_with));
        Self([inbound, outbound, sum, slot_max])
    }

    fn of(link: &LinkUsage) -> Self {
        Self::new(Ok(link.inbound.clone()), Ok(link.outbound.clone()))
    }
}

/// Returns the places among [`Directions`] of the series that a direction bills: two for the dearer of
/// both.
const fn places(direction: Direction) -> Range<usize> {
    match direction {
        Direction::Inbound => 0..1,
        Direction::Outbound => 1..2,
        Direction::Sum => 2..3,
        Direction::SlotMax => 3..4,
        Direction::Higher => 0..2,
    }
}

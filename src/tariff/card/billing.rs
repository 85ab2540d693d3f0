//! The part of [`RateCard`] that bills series, links and months.

use crate::{
    Error, Place,
    money::Cost,
    number::{Ratio, Share},
    tariff::{
        Direction, RateCard, Statement, StatementLine, Tariff, TariffError,
        bill::{Days, Period},
        lines::Traffic,
    },
    usage::{LinkUsage, UsageSeries},
};
use jiff::civil::Date;
use std::{borrow::Cow, collections::BTreeMap};

impl RateCard {
    /// Bills a series, which is one billing period, by each tariff. A series has no direction, so that the
    /// directions of the card are not looked at.
    ///
    /// The period is the local days on which a slot begins, however many they are. A fee, a minimum or an
    /// allowance counts once for all of them; [`bill_months`](Self::bill_months) counts it in each month.
    ///
    /// If the card has a first or a last day of service,
    /// and all slots begin in one month of its [billing day](Self::billing_cycle), the period is this
    /// month. Of a period that is only partly in service, slots before the first day of service and after
    /// the last are not measured, and it is billed for its days in service, as
    /// [`bill_part`](Self::bill_part) does: from 15 March on, for 17 of 31 days, whether the series begins
    /// on that day or on 1 March.
    ///
    /// # Errors
    ///
    /// - [`TariffError::OtherInterval`] if the slots are of another length than the card's
    ///   [`interval`](Self::interval).
    /// - [`TariffError::OutsideContract`] if no slot on a day of service was measured.
    /// - The errors of [`Tariff::bill`].
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let card = RateCard::new([port])?;
    /// assert_eq!(card.bill(&series)?.total()?.to_string(), "80 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill(&self, series: &UsageSeries) -> Result<Statement, Error> {
        self.period(&Directions::of_series(series), None)
    }

    /// Bills a series that is a part of a billing period, as [`Tariff::bill_part`] does: the share
    /// `in_service`, whatever the days of service. Slots outside of these are not measured.
    ///
    /// # Errors
    ///
    /// The errors of [`bill`](Self::bill).
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateCard, RateMeter, Schedule, Share, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let card = RateCard::new([port])?;
    /// let bill = card.bill_part(&series, Share::new(1, 31)?)?;
    /// assert_eq!(bill.total()?.to_string(), "80/31 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill_part(&self, series: &UsageSeries, in_service: Share) -> Result<Statement, Error> {
        self.period(&Directions::of_series(series), Some(in_service))
    }

    /// Bills each month of the card's time zone by itself, with its first day. Months begin on the card's
    /// [billing day](Self::billing_cycle).
    ///
    /// Slots before the first day of service and after the last are not measured, and a month that is only
    /// partly in service is billed for its days, as [`bill_part`](Self::bill_part) does.
    ///
    /// A month that was measured only in part is billed as a whole one for what was measured, and
    /// [`coverage`](Statement::coverage) says which share of the month's time in service that is. A month
    /// in which nothing was measured is an error, because its bill can't be known.
    ///
    /// # Errors
    ///
    /// - [`TariffError::MonthNotMeasured`] for a month without a slot that was measured.
    /// - [`TariffError::OutsideContract`] if there is no such slot on all days of service.
    /// - [`TariffError::OtherInterval`] if the slots are of another length than the card's
    ///   [`interval`](Self::interval).
    /// - The errors of [`Tariff::bill`], in their [`Place::Month`].
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price))])?;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = (1..=59).map(DataRate::from_mbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(86_400), rates)?;
    /// let months = card.bill_months(&series)?;
    /// let (february, statement) = &months[1];
    /// assert_eq!(february.to_string(), "2025-02-01");
    /// assert_eq!(statement.total()?.to_string(), "47.2 USD"); // 59 Mbps
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill_months(&self, series: &UsageSeries) -> Result<Vec<(Date, Statement)>, Error> {
        self.months(&Directions::of_series(series))
    }

    /// Bills each month of a link by itself, with its first day, as [`bill_months`](Self::bill_months) and
    /// [`bill_link`](Self::bill_link) do.
    ///
    /// # Errors
    ///
    /// The errors of [`bill_months`](Self::bill_months) and [`bill_link`](Self::bill_link).
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, Direction, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
    ///     jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price))])?
    ///     .with_direction(Direction::Higher);
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let series = |rates: core::ops::RangeInclusive<u64>| {
    ///     UsageSeries::from_rates(start, Duration::from_secs(86_400), rates.map(DataRate::from_mbps))
    /// };
    /// let link = LinkUsage { inbound: series(1..=59)?, outbound: series(11..=69)? };
    /// let months = card.bill_link_months(&link)?;
    /// assert_eq!(months[1].1.total()?.to_string(), "55.2 USD"); // outbound, 69 Mbps
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill_link_months(&self, link: &LinkUsage) -> Result<Vec<(Date, Statement)>, Error> {
        self.months(&self.directions(link)?)
    }

    /// Bills a link, each tariff by its own [`direction`](Tariff::direction) or else by the card's.
    ///
    /// [`Direction::Higher`] bills a tariff in both directions and keeps the dearer lines, tariff by tariff;
    /// of two that cost the same, the inbound ones. A tariff has one currency, so that its two costs can
    /// always be compared.
    ///
    /// # Errors
    ///
    /// - [`UsageError::SlotsMismatch`](crate::usage::UsageError::SlotsMismatch) if both directions
    ///   count and their slots differ, and [`UsageError::TooLarge`](crate::usage::UsageError::TooLarge)
    ///   if their sum is too large.
    /// - The errors of [`bill`](Self::bill).
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, Direction, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
    ///     jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price))])?;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let series = |mbps: [u64; 2]| {
    ///     let rates = mbps.map(DataRate::from_mbps);
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let link = LinkUsage { inbound: series([900, 500])?, outbound: series([80, 700])? };
    /// let bill = |direction| {
    ///     card.clone().with_direction(direction).bill_link(&link)?.total().map(|c| c.to_string())
    /// };
    /// assert_eq!(bill(Direction::Sum)?, "960 USD"); // 500 + 700
    /// assert_eq!(bill(Direction::SlotMax)?, "720 USD"); // 900
    /// assert_eq!(bill(Direction::Outbound)?, "560 USD"); // 700
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bill_link(&self, link: &LinkUsage) -> Result<Statement, Error> {
        self.period(&self.directions(link)?, None)
    }

    /// Returns the directions of a link that the tariffs need, which have the same slots.
    fn directions<'a>(&self, link: &'a LinkUsage) -> Result<Directions<'a>, Error> {
        let LinkUsage { inbound, outbound } = link;
        let needed = self.directions_measured();
        let needs = |direction| needed.contains(&direction);
        let both = needs(Direction::Higher);
        let mut all = Vec::new();
        if both || needs(Direction::Inbound) {
            all.push((Some(Direction::Inbound), Cow::Borrowed(inbound)));
        }
        if both || needs(Direction::Outbound) {
            all.push((Some(Direction::Outbound), Cow::Borrowed(outbound)));
        }
        if needs(Direction::Sum) {
            all.push((Some(Direction::Sum), Cow::Owned(inbound.sum_with(outbound)?)));
        }
        if needs(Direction::SlotMax) {
            all.push((Some(Direction::SlotMax), Cow::Owned(inbound.max_with(outbound)?)));
        }
        if all.len() > 1 {
            inbound.check_aligned(outbound)?;
        }
        Ok(Directions(all))
    }

    /// Returns the directions in which a link is measured: at least one.
    pub(in crate::tariff) fn directions_measured(&self) -> Vec<Direction> {
        let measured = self.tariffs.iter().filter(|tariff| tariff.fee_alone().is_none());
        let mut needed: Vec<Direction> = measured.map(|tariff| self.direction_of(tariff)).collect();
        if needed.is_empty() {
            needed.push(Direction::Inbound); // of fees alone, only the period counts
        }
        needed
    }

    /// Returns the direction in which a link is billed by a tariff.
    pub(in crate::tariff) fn direction_of(&self, tariff: &Tariff) -> Direction {
        tariff.direction().unwrap_or(self.direction)
    }

    /// Checks that the traffic is not longer than a month, if a tariff is by rate.
    fn check_length(&self, directions: &Directions<'_>) -> Result<(), Error> {
        let (series, of_link) = (directions.first(), !directions.is_series());
        self.tariffs
            .iter()
            .try_for_each(|tariff| tariff.check_length(series, &self.time_zone, of_link))
    }

    /// Returns the bill of each month.
    fn months(&self, directions: &Directions<'_>) -> Result<Vec<(Date, Statement)>, Error> {
        let (zone, cycle) = (&self.time_zone, &self.cycle);
        if self.tariffs.iter().any(|tariff| tariff.fee_alone().is_none()) {
            self.check_interval(directions.first())?; // an error of the card, and of no month
        }
        let directions = self.in_service(directions)?;
        let series = directions.first();
        let mut expected = Some(series.first_period(cycle, zone));
        let mut bills = Vec::new();
        for (first, month) in directions.by_month(self) {
            let missing = expected.filter(|expected| *expected < first);
            let is_whole = month.0.len() == directions.0.len();
            if let Some(month) = missing.or(Some(first).filter(|_| !is_whole)) {
                return Err(TariffError::MonthNotMeasured { month }.into());
            }
            expected = cycle.next(first);
            let whole = self.month(first);
            let days = self.days_of_service(whole)?;
            let in_service = Share::new(days.count(), whole.count())?;
            let coverage = month.least(|series| series.coverage_of(days.first, days.last, zone));
            let period = Period::new(month.first(), zone).of(whole, coverage);
            let bill = self.statement(&month, period, days, in_service);
            bills.push((first, bill.map_err(|error| error.at(Place::Month(first)))?));
        }
        match expected {
            Some(month) if series.begins_in_or_after(month, zone) => {
                Err(TariffError::MonthNotMeasured { month }.into())
            }
            _ => Ok(bills),
        }
    }

    /// Returns the traffic on the days of service.
    fn in_service<'a>(&self, directions: &'a Directions<'_>) -> Result<Directions<'a>, Error> {
        let Self { begins, ends, time_zone, .. } = self;
        let cut = |(direction, series): &'a (_, Cow<'_, UsageSeries>)| {
            if begins.is_none() && ends.is_none() {
                return Ok((*direction, Cow::Borrowed(&**series)));
            }
            let part = series.on_days(*begins, *ends, time_zone);
            let outside = TariffError::OutsideContract { begins: *begins, ends: *ends };
            part.map(|part| (*direction, Cow::Owned(part))).ok_or_else(|| outside.into())
        };
        directions.0.iter().map(cut).collect::<Result<_, Error>>().map(Directions)
    }

    /// Returns those of some days that are in service.
    pub(in crate::tariff) fn days_of_service(&self, days: Days) -> Result<Days, Error> {
        let Self { begins, ends, .. } = *self;
        let first = begins.map_or(days.first, |begins| begins.max(days.first));
        let last = ends.map_or(days.last, |ends| ends.min(days.last));
        if first <= last {
            Ok(Days { first, last })
        } else {
            Err(TariffError::OutsideContract { begins, ends }.into())
        }
    }

    /// Returns the days of which those in service are billed: the month that has all days on which slots
    /// begin, if there is a first or a last day of service, or else these days.
    pub(in crate::tariff) fn whole_period(&self, begun: Days) -> Days {
        let month = self.month(self.cycle.first_day(begun.first));
        let has_service_days = self.begins.is_some() || self.ends.is_some();
        if has_service_days && begun.last <= month.last { month } else { begun }
    }

    /// Returns the days of the month with a first day.
    #[expect(clippy::expect_used, reason = "the next month comes after the first day")]
    pub(in crate::tariff) fn month(&self, first: Date) -> Days {
        let last = match self.cycle.next(first) {
            Some(next) => next.yesterday().expect("a day before the next month"),
            None => Date::MAX, // the last month of the calendar, which ends with its last date
        };
        Days { first, last }
    }

    /// Returns the bill of one period: of a given share of it, or of its days in service.
    fn period(
        &self,
        directions: &Directions<'_>,
        in_service: Option<Share>,
    ) -> Result<Statement, Error> {
        self.check_length(directions)?;
        let begun = Days::of(directions.first(), &self.time_zone);
        let directions = self.in_service(directions)?;
        let (whole, share) = match in_service {
            Some(share) => (begun, Some(share)),
            None => (self.whole_period(begun), None),
        };
        let days = self.days_of_service(whole)?;
        let in_service = match share {
            Some(share) => share,
            None => Share::new(days.count(), whole.count())?,
        };
        let coverage = directions.least(UsageSeries::coverage);
        let period = Period::new(directions.first(), &self.time_zone).of(whole, coverage);
        self.statement(&directions, period, days, in_service)
    }

    /// Returns the bill of a period, of which some days are in service.
    fn statement(
        &self,
        directions: &Directions<'_>,
        period: Period,
        days: Days,
        in_service: Share,
    ) -> Result<Statement, Error> {
        let zone = &self.time_zone;
        let mut lines = Vec::new();
        for tariff in &self.tariffs {
            if let Some(fee) = tariff.fee_alone() {
                lines.push(tariff.fee_line(fee, in_service)?);
                continue;
            }
            let billed = |direction| {
                let series = directions.of(direction);
                self.check_interval(series)?;
                tariff.lines(Traffic { series, direction, zone, days, in_service })
            };
            lines.extend(match self.direction_of(tariff) {
                _ if directions.is_series() => billed(None)?,
                Direction::Higher => {
                    dearer(billed(Some(Direction::Inbound))?, billed(Some(Direction::Outbound))?)
                }
                direction => billed(Some(direction))?,
            });
        }
        lines.extend(self.bound_line(&lines, in_service));
        Ok(Statement::new(period, lines).adjusted(self.adjustments()))
    }

    /// Checks that slots are as long as the contract's.
    pub(in crate::tariff) fn check_interval(&self, series: &UsageSeries) -> Result<(), Error> {
        let found = series.interval();
        match self.interval {
            Some(expected) if expected != found => {
                let error = Error::from(TariffError::OtherInterval { expected, found });
                Err(error.at(Place::Key("interval")))
            }
            _ => Ok(()),
        }
    }
}

/// A series, or the directions of a link that are measured: at least one.
struct Directions<'a>(Vec<(Option<Direction>, Cow<'a, UsageSeries>)>);

impl<'a> Directions<'a> {
    fn of_series(series: &'a UsageSeries) -> Self {
        Self(vec![(None, Cow::Borrowed(series))])
    }

    fn is_series(&self) -> bool {
        matches!(self.0.as_slice(), [(None, _)])
    }

    #[expect(clippy::expect_used, reason = "a card has a tariff, which measures a direction")]
    fn first(&self) -> &UsageSeries {
        &self.0.first().expect("a card measures a direction").1
    }

    #[expect(clippy::expect_used, reason = "the directions of all tariffs are there")]
    fn of(&self, direction: Option<Direction>) -> &UsageSeries {
        let found = self.0.iter().find(|(other, _)| *other == direction);
        &found.expect("the direction of a tariff is there").1
    }

    /// Returns the least of the shares that were measured.
    #[expect(clippy::expect_used, reason = "a card measures a direction")]
    fn least(&self, coverage: impl Fn(&UsageSeries) -> Share) -> Share {
        let shares = self.0.iter().map(|(_, series)| coverage(series));
        let order = |a: &Share, b: &Share| Ratio::from(*a).cmp(&Ratio::from(*b));
        shares.min_by(order).expect("a card measures a direction")
    }

    /// Returns each month with those of the directions that have a slot in it.
    fn by_month(&self, card: &RateCard) -> BTreeMap<Date, Directions<'static>> {
        let mut months = BTreeMap::new();
        for (direction, series) in &self.0 {
            for (first, month) in series.by_period(&card.cycle, &card.time_zone) {
                let Directions(all) = months.entry(first).or_insert_with(|| Directions(Vec::new()));
                all.push((*direction, Cow::Owned(month)));
            }
        }
        months
    }
}

/// Returns the lines that cost more; the first of two that cost the same.
fn dearer(inbound: Vec<StatementLine>, outbound: Vec<StatementLine>) -> Vec<StatementLine> {
    let total = |lines: &[StatementLine]| {
        lines.iter().map(StatementLine::amount).map(Cost::amount).fold(Ratio::ZERO, |a, b| &a + b)
    };
    if total(&inbound) < total(&outbound) { outbound } else { inbound }
}

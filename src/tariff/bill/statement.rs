//! [`Statement`]: an exact bill of lines.

use super::{period::Period, table::Table};
use crate::{
    Error,
    money::{Cost, Currency, MoneyError},
    number::Share,
    tariff::{Adjustment, Invoice, Settlement, StatementLine},
};
use core::fmt;
use jiff::Timestamp;

/// An exact bill of one billing period: lines that add up to a total in each currency.
///
/// ```
/// use bandwidth_cost::{
///     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries, jiff::Timestamp,
/// };
/// use core::time::Duration;
///
/// let price = "1 USD per 3 Mbps".parse()?;
/// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let rates = [DataRate::from_mbps(100)];
/// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
///
/// let statement = port.bill(&series)?;
/// assert_eq!(statement.total()?.to_string(), "100/3 USD");
/// let invoice = statement.settle(RoundingStrategy::MidpointNearestEven)?;
/// assert_eq!(invoice.total()?.to_string(), "33.33 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Its text is a table for people. Amounts in it are rounded half to even to the currency's minor
/// units, or to the given precision (`{:.4}`). An amount that rounding changes has `≈` before it. An
/// amount in a currency without minor units is exact. Lines of the whole bill are not indented.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "super::statement_serde::Fields")
)]
pub struct Statement {
    pub(super) period: Period,
    /// The lines of the adjustments are the last, and follow from those before them.
    pub(super) lines: Vec<StatementLine>,
    /// All of them, also those without a line in this period.
    pub(super) adjustments: Vec<Adjustment>,
}

impl Statement {
    pub(in crate::tariff) const fn new(period: Period, lines: Vec<StatementLine>) -> Self {
        Self { period, lines, adjustments: Vec::new() }
    }

    /// Returns the start of the series that was billed: of its first slot on a day of service, measured or
    /// left out.
    ///
    /// This is later than the start of the month if the series begins later: a bill of
    /// [`RateCard::bill_months`](crate::RateCard::bill_months) of a series from 10 March on starts on
    /// 10 March, and bills all of March.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(port.bill(&series)?.start(), start);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn start(&self) -> Timestamp {
        self.period.start
    }

    /// Returns the end of the series that was billed: of its last slot on a day of service, measured or left
    /// out. It may be before the end of the month, or after it if the slot hangs over.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(port.bill(&series)?.end().to_string(), "2025-01-02T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn end(&self) -> Timestamp {
        self.period.end
    }

    /// Returns the share of the billed time that was measured: of the series, or, in a bill of
    /// [`RateCard::bill_months`](crate::RateCard::bill_months), of the local month within the card's
    /// [`begins`](crate::RateCard::begins) and [`ends`](crate::RateCard::ends). The bill prints it when it
    /// is not all.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, Schedule, Share, Tariff, UsageSeries, jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [Some(DataRate::from_mbps(80)), None]; // the second was not measured
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let price = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    /// let bill = Tariff::by_rate("port", RateMeter::Peak, price).bill(&series)?;
    /// assert_eq!(bill.coverage(), Share::new(1, 2)?);
    /// assert!(bill.to_string().contains("measured for 50% of the time"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn coverage(&self) -> Share {
        self.period.coverage
    }

    /// Returns the lines: those of the tariffs, in their order, the one of the minimum or maximum of all
    /// tariffs, and those of the adjustments.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let statement = port.bill(&series)?;
    /// assert_eq!(statement.lines()[0].amount().to_string(), "80 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lines(&self) -> &[StatementLine] {
        &self.lines
    }

    /// Returns the sum of the lines in each currency, in the order of their first lines.
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
    /// let rupees = "9 PKR per 1 Mbps".parse()?;
    /// let local = Tariff::by_rate("local", RateMeter::Mean, Schedule::flat(rupees));
    /// let statement = RateCard::new([port, local])?.bill(&series)?;
    /// let totals: Vec<String> = statement.totals().iter().map(ToString::to_string).collect();
    /// assert_eq!(totals, ["80 USD", "900 PKR"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn totals(&self) -> Vec<Cost> {
        totals(self.lines.iter().map(|line| line.amount().clone()))
    }

    /// Returns the sum of the lines.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if the lines are in more than one currency: see
    /// [`totals`](Self::totals).
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(port.bill(&series)?.total()?.to_string(), "80 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn total(&self) -> Result<Cost, Error> {
        only(self.totals(), Cost::currency)
    }

    /// Rounds the statement to money by a rule. A
    /// [`RoundingStrategy`](crate::RoundingStrategy) is the rule that rounds each line
    /// to its currency's minor units, and has the sums of the rounded lines as totals; a [`Settlement`]
    /// can round the total once, to other decimal places and to the smallest coin.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::NoMinorUnits`] if a currency has no minor units: see [`Settlement::places`].
    /// - [`MoneyError::CashStep`] if a smallest coin is not a positive amount in whole minor units.
    /// - [`NumberError::Overflow`](crate::number::NumberError::Overflow) if a rounded
    ///   amount has more digits than a [`Money`](crate::Money) holds.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let bill = port.bill(&series)?;
    /// let invoice = bill.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.total()?.to_string(), "80.00 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn settle(&self, rule: impl Into<Settlement>) -> Result<Invoice, Error> {
        Invoice::new(self, rule.into())
    }
}

/// Returns the only one of at least one total, or an error if there are more.
#[expect(clippy::expect_used, reason = "a bill has a line, and so a total")]
pub(super) fn only<T>(totals: Vec<T>, currency: impl Fn(&T) -> Currency) -> Result<T, Error> {
    let mut totals = totals.into_iter();
    let total = totals.next().expect("a bill has at least one line");
    match totals.next() {
        None => Ok(total),
        Some(other) => {
            let (left, right) = (currency(&total), currency(&other));
            Err(MoneyError::CurrencyMismatch { left, right }.into())
        }
    }
}

/// Returns the sum in each currency, in the order of first appearance.
pub(in crate::tariff) fn totals(amounts: impl Iterator<Item = Cost>) -> Vec<Cost> {
    let mut totals = Vec::<Cost>::new();
    for amount in amounts {
        match totals.iter_mut().find(|total| total.currency() == amount.currency()) {
            Some(total) => {
                *total = Cost::new(total.amount() + amount.amount(), total.currency());
            }
            None => totals.push(amount),
        }
    }
    totals
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = f.precision();
        let mut table = Table::new(&self.period, self.lines.iter());
        for line in &self.lines {
            table.line(line, approximate(line.amount(), places), places);
        }
        for total in self.totals() {
            table.total("total", approximate(&total, places));
        }
        table.rates(&self.lines);
        fmt::Display::fmt(&table, f)
    }
}

/// Writes an amount to `places` decimals, or else to its currency's minor units, with `≈` if that is
/// not exact; or exactly, if the currency has no minor units.
pub(super) fn approximate(amount: &Cost, places: Option<usize>) -> String {
    let Some(places) = places.or_else(|| amount.currency().minor_units().map(usize::from)) else {
        return format!("{amount:#}");
    };
    let text = format!("{amount:#.places$}");
    let is_exact = text.replace(',', "").parse::<Cost>().is_ok_and(|shown| shown == *amount);
    if is_exact { text } else { format!("≈ {text}") }
}

//! [`Invoice`]: a statement rounded to money.

use super::{
    period::Period,
    statement::{self, only},
    table::Table,
};
#[cfg(feature = "serde")]
use crate::tariff::{BillAmounts, TariffError};
use crate::{
    Error, RoundingStrategy,
    money::{Cost, Money},
    number::Share,
    tariff::{Direction, Statement, StatementLine},
};
use core::fmt;
use jiff::Timestamp;

/// A statement rounded to money: each line is rounded to minor units, and the totals are the sums of
/// the rounded lines.
///
/// ```
/// use bandwidth_cost::{
///     DataVolume, RoundingStrategy, Schedule, Tariff, UsageSeries, VolumeMeter, jiff::Timestamp,
/// };
/// use core::time::Duration;
///
/// // A third of a cent in each of two lines.
/// let schedule = Schedule::flat("1 USD per 300 MB".parse()?).with_fixed_fee("0.004 USD".parse()?)?;
/// let egress = Tariff::by_volume("egress", VolumeMeter::Total, schedule);
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let volumes = [DataVolume::from_megabytes(1)];
/// let series = UsageSeries::from_volumes(start, Duration::from_secs(300), volumes)?;
/// let statement = egress.bill(&series)?;
/// let invoice = statement.settle(RoundingStrategy::MidpointNearestEven)?;
/// // Each line rounds to zero; their exact sum of 11/1500 USD rounds to a cent.
/// assert_eq!(invoice.total()?.to_string(), "0.00 USD");
/// assert_eq!(invoice.differences()[0].to_string(), "-0.01 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Its text is a table for people.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Unchecked")
)]
pub struct Invoice {
    period: Period,
    lines: Vec<InvoiceLine>,
    totals: Vec<Money>,
    differences: Vec<Money>,
}

/// A line of an invoice: the line of the statement, with its amount rounded to money.
///
/// ```
/// # use bandwidth_cost::{
/// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
/// #     jiff::Timestamp,
/// # };
/// # use core::time::Duration;
/// # let price = "1 USD per 3 Mbps".parse()?;
/// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
/// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// # let rates = [DataRate::from_mbps(100); 288];
/// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
/// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
/// for line in invoice.lines() {
///     println!("{}: {}", line.line().tariff(), line.amount());
/// }
/// # let line = &invoice.lines()[0];
/// # assert_eq!(format!("{}: {}", line.line().tariff(), line.amount()), "port: 33.33 USD");
/// // port: 33.33 USD
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct InvoiceLine {
    line: StatementLine,
    amount: Money,
}

/// The fields of an invoice, as read.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Unchecked {
    period: Period,
    lines: Vec<InvoiceLine>,
    totals: Vec<Money>,
    differences: Vec<Money>,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Invoice {
    type Error = Error;

    /// Checks that the totals are the sums of the lines, and that each has its difference.
    fn try_from(invoice: Unchecked) -> Result<Self, Error> {
        let Unchecked { period, lines, totals, differences } = invoice;
        if lines.is_empty() {
            return Err(TariffError::Empty { whole: "bill", part: "line" }.into());
        }
        let costs = |amounts: &[Money]| amounts.iter().copied().map(Cost::from).collect();
        if let Some(line) = lines.iter().find(|line| !line.is_its_own()) {
            let (found, expected) = (vec![line.amount.into()], vec![line.line.amount().clone()]);
            let amounts = BillAmounts::InvoiceLine;
            return Err(TariffError::WrongAmounts { amounts, found, expected }.into());
        }
        let (found, expected): (Vec<Cost>, _) = (costs(&totals), sums(&lines));
        if found != expected {
            let amounts = BillAmounts::Totals;
            return Err(TariffError::WrongAmounts { amounts, found, expected }.into());
        }
        let currency = |amount: &Money| amount.currency();
        if !totals.iter().map(currency).eq(differences.iter().map(currency)) {
            let (found, expected) = (costs(&differences), found);
            let amounts = BillAmounts::Differences;
            return Err(TariffError::WrongAmounts { amounts, found, expected }.into());
        }
        Ok(Self { period, lines, totals, differences })
    }
}

#[cfg(feature = "serde")]
impl InvoiceLine {
    /// Returns whether the amount is the line's, rounded by some strategy: less than a minor unit off.
    fn is_its_own(&self) -> bool {
        let directions =
            [RoundingStrategy::ToNegativeInfinity, RoundingStrategy::ToPositiveInfinity];
        let exact = self.line.amount();
        directions.iter().any(|&direction| exact.round(direction) == Ok(self.amount))
    }
}

/// Returns the sum of the rounded lines in each currency.
fn sums(lines: &[InvoiceLine]) -> Vec<Cost> {
    statement::totals(lines.iter().map(|line| Cost::from(line.amount)))
}

impl Invoice {
    pub(super) fn new(statement: &Statement, strategy: RoundingStrategy) -> Result<Self, Error> {
        let settle = |line: &StatementLine| {
            let amount = line.amount().round(strategy)?;
            Ok(InvoiceLine { line: line.clone(), amount })
        };
        let lines: Vec<InvoiceLine> =
            statement.lines.iter().map(settle).collect::<Result<_, Error>>()?;
        // A sum of whole minor units is a whole number of them: no strategy changes it.
        let totals = sums(&lines).iter().map(|sum| sum.round(strategy)).collect::<Result<_, _>>();
        let totals: Vec<Money> = totals?;
        let exact = statement.totals();
        let difference =
            |(total, exact): (&Money, &Cost)| total.checked_sub(exact.round(strategy)?);
        let differences = totals.iter().zip(&exact).map(difference).collect::<Result<_, _>>()?;
        let period = statement.period.clone();
        Ok(Self { period, lines, totals, differences })
    }

    /// Returns the start of the billing period.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.start(), start);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn start(&self) -> Timestamp {
        self.period.start
    }

    /// Returns the end of the billing period, which is the start of the next.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.end().to_string(), "2025-01-02T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn end(&self) -> Timestamp {
        self.period.end
    }

    /// Returns the direction of the link that was billed, or `None` if a series was billed.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.direction(), None); // one series, not a link
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn direction(&self) -> Option<Direction> {
        self.period.direction
    }

    /// Returns the share of the billed time that was measured: see [`Statement::coverage`].
    #[must_use]
    pub const fn coverage(&self) -> Share {
        self.period.coverage
    }

    /// Returns the lines, in the order of the statement.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.lines()[0].amount().to_string(), "33.33 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lines(&self) -> &[InvoiceLine] {
        &self.lines
    }

    /// Returns the sum of the rounded lines in each currency.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.totals(), ["33.33 USD".parse()?]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn totals(&self) -> &[Money] {
        &self.totals
    }

    /// Returns the sum of the rounded lines.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`](crate::money::MoneyError::CurrencyMismatch) if the lines are in
    /// more than one currency: see [`totals`](Self::totals).
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.total()?.to_string(), "33.33 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn total(&self) -> Result<Money, Error> {
        only(self.totals.clone(), |total| total.currency())
    }

    /// Returns for each total the sum of the rounded lines less the rounded exact total.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.differences(), ["0.00 USD".parse()?]); // a single line
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn differences(&self) -> &[Money] {
        &self.differences
    }
}

impl InvoiceLine {
    /// Returns the line of the statement.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.lines()[0].line().amount().to_string(), "100/3 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn line(&self) -> &StatementLine {
        &self.line
    }

    /// Returns the rounded amount.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, RateMeter, RoundingStrategy, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "1 USD per 3 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let invoice = port.bill(&series)?.settle(RoundingStrategy::MidpointNearestEven)?;
    /// assert_eq!(invoice.lines()[0].amount(), "33.33 USD".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn amount(&self) -> Money {
        self.amount
    }
}

impl fmt::Display for Invoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(&self.period);
        for InvoiceLine { line, amount } in &self.lines {
            table.section(line.heading());
            table.line(line, format!("{amount:#}"), None);
        }
        for (total, difference) in self.totals.iter().zip(&self.differences) {
            table.total("total", format!("{total:#}"));
            if !difference.amount().is_zero() {
                table.total("of this, by rounding each line", format!("{difference:#}"));
            }
        }
        table.rates(self.lines.iter().map(|line| &line.line));
        fmt::Display::fmt(&table, f)
    }
}

//! [`Invoice`]: a statement rounded to money.

use super::{
    period::Period,
    statement::{self, only},
    table::Table,
};
#[cfg(feature = "serde")]
use crate::tariff::{BillAmounts, TariffError};
use crate::{
    Error,
    money::{Cost, Money},
    number::Share,
    tariff::{Settlement, Statement, StatementLine},
};
use core::fmt;
use jiff::Timestamp;

/// A statement rounded to money by a [`Settlement`]: lines in minor units that sum to the totals.
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
/// Its text is a table for people. As JSON its lines are flat: each has its `amount` as a decimal, its
/// `currency`, and its `exact` amount.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Unchecked")
)]
pub struct Invoice {
    pub(super) period: Period,
    lines: Vec<InvoiceLine>,
    totals: Vec<Money>,
    differences: Vec<Money>,
    settlement: Settlement,
}

/// A line of an invoice: a line of the statement with its amount rounded to money, or the rounding of a
/// currency's total.
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
///     println!("{}: {}", line.label(), line.amount());
/// }
/// # let line = &invoice.lines()[0];
/// # assert_eq!(format!("{}: {}", line.label(), line.amount()), "usage: 33.33 USD");
/// // usage: 33.33 USD
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    /// `None` for the rounding of a total.
    pub(super) line: Option<StatementLine>,
    pub(super) amount: Money,
}

/// The fields of an invoice, as read.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Unchecked {
    period: Period,
    lines: Vec<InvoiceLine>,
    totals: Vec<Money>,
    differences: Vec<Money>,
    settlement: Settlement,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Invoice {
    type Error = Error;

    /// Checks that the amounts follow from the lines of the statement by the rule.
    fn try_from(invoice: Unchecked) -> Result<Self, Error> {
        let Unchecked { period, lines, totals, differences, settlement } = invoice;
        let of_statement: Vec<StatementLine> =
            lines.iter().filter_map(|line| line.line.clone()).collect();
        if of_statement.is_empty() {
            return Err(TariffError::Empty { whole: "bill", part: "line" }.into());
        }
        let statement = Statement::new(period, of_statement);
        let expected = Self::new(&statement, settlement)?;
        let wrong = |amounts, found: Vec<Cost>, expected: Vec<Cost>| {
            Err(TariffError::WrongAmounts { amounts, found, expected }.into())
        };
        let costs = |amounts: &[Money]| amounts.iter().copied().map(Cost::from).collect();
        for (line, right) in lines.iter().zip(&expected.lines) {
            if line != right {
                let exact =
                    line.line.as_ref().map_or(right.amount.into(), |line| line.amount().clone());
                return wrong(BillAmounts::InvoiceLine, vec![line.amount.into()], vec![exact]);
            }
        }
        let amounts = |lines: &[InvoiceLine]| lines.iter().map(|line| line.amount.into()).collect();
        if lines.len() != expected.lines.len() {
            return wrong(BillAmounts::InvoiceLines, amounts(&lines), amounts(&expected.lines));
        }
        if totals != expected.totals {
            return wrong(BillAmounts::Totals, costs(&totals), costs(&expected.totals));
        }
        if differences != expected.differences {
            let right = costs(&expected.differences);
            return wrong(BillAmounts::Differences, costs(&differences), right);
        }
        Ok(expected)
    }
}

impl Invoice {
    pub(super) fn new(statement: &Statement, settlement: Settlement) -> Result<Self, Error> {
        let settle = |line: &StatementLine| {
            let amount = settlement.round(line.amount())?;
            Ok(InvoiceLine { line: Some(line.clone()), amount })
        };
        let mut lines: Vec<InvoiceLine> =
            statement.lines.iter().map(settle).collect::<Result<_, Error>>()?;
        let sums = statement::totals(lines.iter().map(|line| Cost::from(line.amount)));
        let (mut totals, mut differences) = (Vec::new(), Vec::new());
        for (sum, exact) in sums.iter().zip(statement.totals()) {
            let total = settlement.total(sum, &exact)?;
            let rounding = Cost::from(total).checked_sub(sum)?;
            if !rounding.is_zero() {
                // A difference of whole minor units is a whole number of them: no rule changes it.
                lines.push(InvoiceLine { line: None, amount: settlement.round(&rounding)? });
            }
            differences.push(total.checked_sub(settlement.round(&exact)?)?);
            totals.push(total);
        }
        let period = statement.period.clone();
        Ok(Self { period, lines, totals, differences, settlement })
    }

    /// Returns the rule by which the statement was rounded.
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
    /// assert_eq!(invoice.settlement().to_string(), "each line rounded half to even");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn settlement(&self) -> &Settlement {
        &self.settlement
    }

    /// Returns the start of the billing period: see [`Statement::start`].
    #[must_use]
    pub const fn start(&self) -> Timestamp {
        self.period.start
    }

    /// Returns the end of the billing period: see [`Statement::end`].
    #[must_use]
    pub const fn end(&self) -> Timestamp {
        self.period.end
    }

    /// Returns the share of the billed time that was measured: see [`Statement::coverage`].
    #[must_use]
    pub const fn coverage(&self) -> Share {
        self.period.coverage
    }

    /// Returns the lines, in the order of the statement, and after them one for each currency whose total
    /// is not their sum: `rounding`. They sum to the totals.
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

    /// Returns the total in each currency, which is the sum of its lines.
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

    /// Returns for each total its difference from the rounded exact total; negative if it is lower.
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
    /// Returns the exact line of the [`Statement`] that this line was rounded from. It is `None` for the
    /// line named `rounding`, which carries what the total differs from the sum of the lines when a
    /// [`Settlement`] rounds the total.
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
    /// let exact = invoice.lines()[0].line().map(|line| line.amount().to_string());
    /// assert_eq!(exact.as_deref(), Some("100/3 USD"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn line(&self) -> Option<&StatementLine> {
        self.line.as_ref()
    }

    /// Returns the label of the line item, or `rounding` for the rounding of a total.
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
    /// assert_eq!(invoice.lines()[0].label(), "usage");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn label(&self) -> &str {
        self.line.as_ref().map_or(ROUNDING, StatementLine::label)
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
        let lines = || self.lines.iter().filter_map(|line| line.line.as_ref());
        let mut table = Table::new(&self.period, lines());
        for InvoiceLine { line, amount } in &self.lines {
            match line {
                Some(line) => table.line(line, format!("{amount:#}"), None),
                None => table.total(ROUNDING, format!("{amount:#}")),
            }
        }
        for (total, difference) in self.totals.iter().zip(&self.differences) {
            table.total("total", format!("{total:#}"));
            let is_line = |line: &InvoiceLine| {
                line.line.is_none() && line.amount.currency() == total.currency()
            };
            if !difference.amount().is_zero() && !self.lines.iter().any(is_line) {
                table.total("of this, by rounding", format!("{difference:#}"));
            }
        }
        table.rates(lines());
        table.note(self.settlement.to_string());
        fmt::Display::fmt(&table, f)
    }
}

/// The label of the line that carries the difference of a total.
pub(super) const ROUNDING: &str = "rounding";

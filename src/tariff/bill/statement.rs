//! [`Statement`]: an exact bill, line by line.

use super::{converted::Converted, table::Table};
use crate::{
    Error, RoundingStrategy,
    money::{Cost, Currency, MoneyError, exchange::DatedRate},
    price::{AnyPrice, LineItem, LineKind},
    quantity::AnyQuantity,
    tariff::{Direction, Invoice, TariffError},
    usage::UsageSeries,
};
use core::fmt;
use jiff::Timestamp;

/// An exact bill of one billing period: lines that add up to a total for each currency.
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
/// units, or to `{:.4}` places, and one that is not exact so has `≈` before it. Those in a currency
/// without minor units are exact.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Statement {
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::instant"))]
    pub(super) start: Timestamp,
    #[cfg_attr(feature = "serde", serde(with = "crate::text::serde::instant"))]
    pub(super) end: Timestamp,
    pub(super) direction: Option<Direction>,
    /// At least one.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "at_least_one"))]
    pub(super) lines: Vec<StatementLine>,
}

/// A line of a statement: whose it is, what was measured, and the schedule's line.
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
/// for line in statement.lines() {
///     println!("{}: {} of {}, {}", line.tariff(), line.meter(), line.measured(), line.line());
/// }
/// # let line = &statement.lines()[0];
/// # assert_eq!(
/// #     format!("{}: {} of {}, {}", line.tariff(), line.meter(), line.measured(), line.line()),
/// #     "port: peak rate of 100 Mbps, usage: 100 Mbps at 0.80 USD per 1 Mbps = 80 USD",
/// # );
/// // port: peak rate of 100 Mbps, usage: 100 Mbps at 0.80 USD per 1 Mbps = 80 USD
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Unchecked")
)]
pub struct StatementLine {
    tariff: String,
    meter: String,
    measured: AnyQuantity,
    line: LineItem,
    pub(super) converted: Option<Converted>,
}

/// The fields of a line that was read.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Unchecked {
    tariff: String,
    meter: String,
    measured: AnyQuantity,
    line: LineItem,
    #[serde(default)]
    converted: Option<Converted>,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for StatementLine {
    type Error = Error;

    /// Checks what was converted against its rate.
    fn try_from(line: Unchecked) -> Result<Self, Error> {
        let Unchecked { tariff, meter, measured, line, converted } = line;
        if let Some(converted) = &converted {
            converted.check(line.amount())?;
        }
        Ok(Self { tariff, meter, measured, line, converted })
    }
}

impl Statement {
    pub(in crate::tariff) fn new(
        series: &UsageSeries,
        direction: Option<Direction>,
        lines: Vec<StatementLine>,
    ) -> Self {
        Self { start: series.start(), end: series.end(), direction, lines }
    }

    /// When the billing period begins.
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
        self.start
    }

    /// When the billing period ends; the next one begins then.
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
        self.end
    }

    /// What was billed of a link's two directions, if it was a link that was billed.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, Direction, LinkUsage, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let card = RateCard::new([port])?;
    /// assert_eq!(card.bill(&series)?.direction(), None);
    /// let link = LinkUsage { inbound: series.clone(), outbound: series };
    /// assert_eq!(card.bill_link(&link)?.direction(), Some(Direction::Sum));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// The lines, in the order of the tariffs.
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

    /// The sum of the lines in each currency, in the order of their first lines.
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

    /// The sum of the lines.
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

    /// The statement as money: each line rounded to its currency's minor units, and the totals the
    /// sums of the rounded lines.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoMinorUnits`]; [`NumberError::Overflow`].
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
    pub fn settle(&self, strategy: RoundingStrategy) -> Result<Invoice, Error> {
        Invoice::new(self, strategy)
    }
}

#[cfg(feature = "serde")]
fn at_least_one<'de, D: serde::Deserializer<'de>>(de: D) -> Result<Vec<StatementLine>, D::Error> {
    let lines: Vec<StatementLine> = serde::Deserialize::deserialize(de)?;
    if lines.is_empty() {
        Err(serde::de::Error::custom(Error::from(TariffError::NoLines)))
    } else {
        Ok(lines)
    }
}

/// The only total, of one or more.
pub(super) fn only<T>(totals: Vec<T>, currency: impl Fn(&T) -> Currency) -> Result<T, Error> {
    let others: Vec<Currency> = totals.iter().skip(1).map(&currency).collect();
    match (totals.into_iter().next(), others.first()) {
        (Some(total), None) => Ok(total),
        (Some(total), Some(&right)) => {
            Err(MoneyError::CurrencyMismatch { left: currency(&total), right }.into())
        }
        (None, _) => Err(TariffError::NoLines.into()),
    }
}

/// The sum in each currency, in the order in which they come.
pub(super) fn totals(amounts: impl Iterator<Item = Cost>) -> Vec<Cost> {
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

impl StatementLine {
    pub(in crate::tariff) fn new(
        tariff: &str,
        meter: &str,
        measured: AnyQuantity,
        line: LineItem,
    ) -> Self {
        let (tariff, meter) = (tariff.to_owned(), meter.to_owned());
        Self { tariff, meter, measured, line, converted: None }
    }

    /// The name of the tariff.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(port.bill(&series)?.lines()[0].tariff(), "port");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn tariff(&self) -> &str {
        &self.tariff
    }

    /// What was measured, in words: `95th percentile`.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(port.bill(&series)?.lines()[0].meter(), "peak rate");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn meter(&self) -> &str {
        &self.meter
    }

    /// How much was measured.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, AnyQuantity, RateMeter, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let measured = port.bill(&series)?.lines()[0].measured();
    /// assert_eq!(measured, AnyQuantity::Rate(DataRate::from_mbps(100)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn measured(&self) -> AnyQuantity {
        self.measured
    }

    /// The schedule's line: what it is for, the quantity, the unit price, the amount.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     DataRate, LineKind, RateMeter, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(port.bill(&series)?.lines()[0].line().kind(), LineKind::Usage);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn line(&self) -> &LineItem {
        &self.line
    }

    /// What the line is for: that of [`line`](Self::line), as are its label, quantity and price.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use bandwidth_cost::{LineKind, AnyQuantity};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let statement = port.bill(&series)?;
    /// let line = &statement.lines()[0];
    /// assert_eq!((line.kind(), line.label()), (LineKind::Usage, "usage"));
    /// assert_eq!(line.quantity(), Some(AnyQuantity::Rate(DataRate::from_mbps(100))));
    /// assert_eq!(line.unit_price().map(|price| price.to_string()), Some("0.80 USD per 1 Mbps".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn kind(&self) -> LineKind {
        self.line.kind()
    }

    /// The same in words: see [`LineItem::label`].
    #[must_use]
    pub fn label(&self) -> &str {
        self.line.label()
    }

    /// How much is priced: see [`LineItem::quantity`].
    #[must_use]
    pub const fn quantity(&self) -> Option<AnyQuantity> {
        self.line.quantity()
    }

    /// At which price: see [`LineItem::unit_price`].
    #[must_use]
    pub const fn unit_price(&self) -> Option<AnyPrice> {
        self.line.unit_price()
    }

    /// What it adds to the bill, exactly.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     Cost, DataRate, RateMeter, Schedule, Tariff, UsageSeries,
    /// #     jiff::Timestamp,
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let statement = port.bill(&series)?;
    /// assert_eq!(statement.lines()[0].amount(), &"80 USD".parse::<Cost>()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn amount(&self) -> &Cost {
        match &self.converted {
            Some(converted) => converted.amount(),
            None => self.line.amount(),
        }
    }

    /// The rate at which [`amount`](Self::amount) was converted from the line's own, if it was.
    ///
    /// ```
    /// # use bandwidth_cost::{
    /// #     Currency, DataRate, RateMeter, ExchangeRates, Schedule, Tariff, UsageSeries,
    /// #     jiff::{Timestamp, civil::date},
    /// # };
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let mut rates = ExchangeRates::new();
    /// rates.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// let statement = port.bill(&series)?.convert(&rates, Currency::PKR, date(2025, 1, 1))?;
    /// let line = &statement.lines()[0];
    /// assert_eq!(line.line().amount().to_string(), "80 USD");
    /// assert_eq!(line.amount().to_string(), "22284 PKR");
    /// let rate = line.rate().ok_or("not converted")?;
    /// assert_eq!(rate.to_string(), "1 USD = 278.55 PKR (fixing of 2024-12-31)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rate(&self) -> Option<&DatedRate> {
        self.converted.as_ref().map(Converted::rate)
    }

    /// The tariff and what it measured: what the lines of a tariff have in common.
    pub(super) fn heading(&self) -> String {
        format!("{}: {}, {}", self.tariff, self.meter, self.measured)
    }
}

/// The heading of the table: which period, which direction.
pub(super) fn period(start: Timestamp, end: Timestamp, direction: Option<Direction>) -> String {
    match direction {
        Some(direction) => format!("{start} to {end}, {direction}"),
        None => format!("{start} to {end}"),
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = f.precision();
        let mut table = Table::new(period(self.start, self.end, self.direction));
        for line in &self.lines {
            table.section(line.heading());
            table.line(line, approximate(line.amount(), places), places);
        }
        for total in self.totals() {
            table.total("total", approximate(&total, places));
        }
        table.rates(&self.lines);
        fmt::Display::fmt(&table, f)
    }
}

/// An amount to so many places, or its currency's minor units, with `≈` where that is not exact; to
/// the last digit, where there are none of them.
pub(super) fn approximate(amount: &Cost, places: Option<usize>) -> String {
    let Some(places) = places.or_else(|| amount.currency().minor_units().map(usize::from)) else {
        return format!("{amount:#}");
    };
    let text = format!("{amount:#.places$}");
    let is_exact = text.replace(',', "").parse::<Cost>().is_ok_and(|shown| shown == *amount);
    if is_exact { text } else { format!("≈ {text}") }
}

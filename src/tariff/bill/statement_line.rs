//! [`StatementLine`]: a line of an exact bill.

use super::{converted::Converted, period::Days};
use crate::{
    money::{Cost, exchange::DatedRate},
    price::{AnyPrice, LineItem, LineKind},
    quantity::AnyQuantity,
    tariff::Direction,
};
use core::ops::RangeInclusive;
use jiff::civil::Date;

/// A line of a statement: a line item, and the tariff and the measure that it comes from.
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
///     println!("{}: {}", line.tariff().unwrap_or("whole bill"), line.line());
/// }
/// # let line = &statement.lines()[0];
/// # assert_eq!(
/// #     format!("{}: {}", line.tariff().unwrap_or("whole bill"), line.line()),
/// #     "port: usage: 100 Mbps at 0.80 USD per 1 Mbps = 80 USD",
/// # );
/// // port: usage: 100 Mbps at 0.80 USD per 1 Mbps = 80 USD
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "super::statement_serde::LineFields")
)]
pub struct StatementLine {
    /// `None` for a line of the whole bill.
    pub(super) tariff: Option<String>,
    pub(super) adjustment: Option<String>,
    /// Both or none, for a line of money alone.
    pub(super) meter: Option<String>,
    pub(super) measured: Option<AnyQuantity>,
    pub(super) direction: Option<Direction>,
    /// `None` for the whole period.
    pub(super) days: Option<Days>,
    pub(super) line: LineItem,
    pub(super) converted: Option<Converted>,
}

impl StatementLine {
    /// Creates a line of a tariff, with its meter and the measured quantity.
    pub(in crate::tariff) fn new(
        tariff: &str,
        measured: Option<(&str, AnyQuantity)>,
        line: LineItem,
    ) -> Self {
        let (meter, measured) = measured.unzip();
        let (tariff, meter) = (Some(tariff.to_owned()), meter.map(str::to_owned));
        Self { tariff, meter, measured, ..Self::of_the_bill(line) }
    }

    /// Creates a line of an adjustment.
    pub(super) fn of_adjustment(name: &str, line: LineItem) -> Self {
        Self { adjustment: Some(name.to_owned()), ..Self::of_the_bill(line) }
    }

    /// Creates a line of all tariffs together.
    pub(in crate::tariff) const fn of_the_bill(line: LineItem) -> Self {
        Self {
            tariff: None,
            adjustment: None,
            meter: None,
            measured: None,
            direction: None,
            days: None,
            line,
            converted: None,
        }
    }

    /// Sets the direction of the link that was measured, and the local days for which the price holds if
    /// they are a part of the period.
    pub(in crate::tariff) fn of(self, direction: Option<Direction>, days: Option<Days>) -> Self {
        Self { direction, days, ..self }
    }

    /// Returns the name of the tariff, or `None` for a line of the whole bill: an adjustment, or the
    /// minimum or maximum of all tariffs together.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(port.bill(&series)?.lines()[0].tariff(), Some("port"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn tariff(&self) -> Option<&str> {
        self.tariff.as_deref()
    }

    /// Returns the name of the adjustment, or `None` for another line.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// use bandwidth_cost::tariff::Adjustment;
    ///
    /// let taxed = port.bill(&series)?.with_adjustment(Adjustment::percent("tax", "15%")?)?;
    /// assert_eq!(taxed.lines()[0].adjustment(), None);
    /// assert_eq!(taxed.lines()[1].adjustment(), Some("tax"));
    /// assert_eq!(taxed.lines()[1].label(), "tax, 15%");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn adjustment(&self) -> Option<&str> {
        self.adjustment.as_deref()
    }

    /// Returns the name of the measure, such as `95th percentile`, or `None` for a line of which nothing
    /// is measured.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// # let price = "0.80 USD per 1 Mbps".parse()?;
    /// # let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// # let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// # let rates = [DataRate::from_mbps(100); 288];
    /// # let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(port.bill(&series)?.lines()[0].meter(), Some("peak rate"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn meter(&self) -> Option<&str> {
        self.meter.as_deref()
    }

    /// Returns the measured quantity, or `None` for a line of which nothing is measured.
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
    /// assert_eq!(measured, Some(AnyQuantity::Rate(DataRate::from_mbps(100))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn measured(&self) -> Option<AnyQuantity> {
        self.measured
    }

    /// Returns the direction of the link that was measured, or `None` if a series was billed or nothing
    /// is measured.
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
    /// assert_eq!(card.bill(&series)?.lines()[0].direction(), None);
    /// let link = LinkUsage { inbound: series.clone(), outbound: series };
    /// assert_eq!(card.bill_link(&link)?.lines()[0].direction(), Some(Direction::Sum));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// Returns the first and the last local day for which the line's price holds, or `None` if it holds
    /// for the whole period.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::{Timestamp, civil::date},
    /// };
    /// use core::time::Duration;
    ///
    /// let price = |text: &str| text.parse().map(Schedule::flat);
    /// let port = Tariff::by_rate("port", RateMeter::Peak, price("0.80 USD per 1 Mbps")?)
    ///     .with_rate_change(date(2025, 6, 16), price("0.70 USD per 1 Mbps")?)?;
    /// let start: Timestamp = "2025-06-01T00:00:00Z".parse()?;
    /// let june = [DataRate::from_mbps(100); 30];
    /// let june = UsageSeries::from_rates(start, Duration::from_secs(86_400), june)?;
    /// let bill = port.bill(&june)?;
    /// assert_eq!(bill.lines()[0].days(), Some(date(2025, 6, 1)..=date(2025, 6, 15)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn days(&self) -> Option<RangeInclusive<Date>> {
        self.days.map(|days| days.first..=days.last)
    }

    /// Returns the line item of the schedule: its kind, label, quantity, unit price and amount.
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

    /// Returns the kind of the line item, as [`label`](Self::label), [`quantity`](Self::quantity) and
    /// [`unit_price`](Self::unit_price) return its other parts.
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

    /// Returns the kind in words: see [`LineItem::label`].
    #[must_use]
    pub fn label(&self) -> &str {
        self.line.label()
    }

    /// Returns the priced quantity: see [`LineItem::quantity`].
    #[must_use]
    pub const fn quantity(&self) -> Option<AnyQuantity> {
        self.line.quantity()
    }

    /// Returns the unit price: see [`LineItem::unit_price`].
    #[must_use]
    pub const fn unit_price(&self) -> Option<AnyPrice> {
        self.line.unit_price()
    }

    /// Returns the exact amount that the line adds to the bill, below zero for a credit. After
    /// [`Statement::convert`](super::Statement::convert) it is in the new currency. The amounts of all lines
    /// in a currency sum to its total.
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

    /// Returns the exchange rate at which [`amount`](Self::amount) was converted, or `None` if it was
    /// not.
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
        self.converted.as_ref().and_then(Converted::rate)
    }

    /// Returns the heading that the lines of a tariff have in common: its name and its measure.
    pub(super) fn heading(&self) -> Option<String> {
        let tariff = self.tariff.as_ref()?;
        Some(match (&self.meter, self.measured) {
            (Some(meter), Some(measured)) => format!("{tariff}: {meter}, {measured}"),
            _ => tariff.clone(),
        })
    }

    /// Returns the label with the days for which the price holds: the text of the line on a bill.
    pub(super) fn text(&self) -> String {
        match self.days {
            Some(days) => format!("{}, {days}", self.label()),
            None => self.label().to_owned(),
        }
    }
}

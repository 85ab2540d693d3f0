//! [`Adjustment`]: a credit, a surcharge or a tax on a bill.

use super::{Days, Statement, StatementLine, statement};
use crate::{
    Error,
    money::{Cost, Currency, Money},
    number::Ratio,
    price::{LineItem, LineKind},
    tariff::TariffError,
    text::{Scanner, clip},
};
use core::fmt;
use jiff::civil::Date;

/// An amount or a percentage that a bill adds after its tariffs: a tax, a levy, a surcharge, a discount,
/// a set-up fee, a service credit. The crate knows no tax law: a tax is a percentage with a name.
///
/// A [`RateCard`](crate::RateCard) holds the adjustments of a contract; those of one bill are added to
/// its [`Statement`].
///
/// ```
/// use bandwidth_cost::{
///     DataRate, RateCard, RateMeter, Schedule, Tariff, UsageSeries,
///     jiff::{Timestamp, civil::date},
///     tariff::Adjustment,
/// };
/// use core::time::Duration;
///
/// let transit = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
/// let card = RateCard::new([Tariff::by_rate("transit", RateMeter::Peak, transit)])?
///     .with_adjustment(
///         Adjustment::amount("credit, outage of 3 March", "-200 USD".parse()?).on(date(2025, 3, 3)),
///     )?
///     .with_adjustment(Adjustment::percent("advance income tax", "15%")?)?;
///
/// let start: Timestamp = "2025-03-01T00:00:00Z".parse()?;
/// let rates = [DataRate::from_gbps(1); 31];
/// let march = UsageSeries::from_rates(start, Duration::from_secs(86_400), rates)?;
/// let bill = card.bill(&march)?;
/// let lines: Vec<String> = bill.lines().iter().map(|line| line.line().to_string()).collect();
/// assert_eq!(lines, [
///     "usage: 1 Gbps at 0.80 USD per 1 Mbps = 800 USD",
///     "credit, outage of 3 March: -200 USD",
///     "advance income tax, 15%: 90 USD", // of 800 − 200
/// ]);
/// assert_eq!(bill.total()?.to_string(), "690 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Rules
///
/// - A bill has the tariffs first, then the card's minimum or maximum, then the adjustments in the order
///   in which they were added.
/// - A percentage is of the exact lines before it, adjustments among them, or of the lines that
///   [`of`](Self::of) names. It has one line for each currency: 15% of 100 USD and 1000 PKR is 15 USD and
///   150 PKR.
/// - A percentage without [`of`](Self::of) is also of the line of the card's minimum or maximum; one with
///   it is not, because this line is of no tariff.
/// - A percentage is always of the amounts of the bill. If the bill is
///   [converted](Statement::convert), it is of the converted amounts.
/// - An amount must be in a currency of the bill: in another it would be a second total.
/// - An amount is the same in the bill of a part of a month.
/// - An adjustment with [`on`](Self::on) is only in the bill of the period that has this local day.
///
/// Its text is the label of its lines: "advance income tax, 15% of transit and port".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    pub(super) name: String,
    pub(super) value: Value,
    /// The lines that a percentage is of; `None` for all before it.
    pub(super) of: Option<Vec<String>>,
    pub(in crate::tariff) on: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) enum Value {
    Amount(Money),
    Percent(Ratio),
}

impl Adjustment {
    /// Creates an adjustment of an amount; a credit is negative.
    ///
    /// ```
    /// use bandwidth_cost::tariff::Adjustment;
    ///
    /// let credit = Adjustment::amount("credit, outage of 3 March", "-200 USD".parse()?);
    /// assert_eq!(credit.to_string(), "credit, outage of 3 March");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn amount(name: impl Into<String>, amount: Money) -> Self {
        Self { name: name.into(), value: Value::Amount(amount), of: None, on: None }
    }

    /// Creates an adjustment of a percentage: `15%`, `-2.5%` for a discount, `100/3%`, and above 100 too.
    ///
    /// # Errors
    ///
    /// A [`TextError`](crate::text::TextError) if the text is not a number with `%` behind it.
    ///
    /// ```
    /// use bandwidth_cost::tariff::Adjustment;
    ///
    /// let discount = Adjustment::percent("loyalty", "-2.5%")?;
    /// assert_eq!(discount.to_string(), "loyalty, -2.5%");
    /// assert_eq!(
    ///     Adjustment::percent("tax", "0.15").unwrap_err().to_string(),
    ///     "missing `%` at byte 4: expected a percentage such as 15% or -2.5%",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn percent(name: impl Into<String>, percentage: &str) -> Result<Self, Error> {
        const EXAMPLE: &str = "a percentage such as 15% or -2.5%";
        let mut scanner = Scanner::new(percentage);
        let percent = Ratio::scan(&mut scanner, EXAMPLE)?;
        if !scanner.skip("%") {
            return Err(scanner.missing("`%`", EXAMPLE).into());
        }
        scanner.finish("one percentage")?;
        Ok(Self { name: name.into(), value: Value::Percent(percent), of: None, on: None })
    }

    /// Makes the percentage one of the named tariffs and earlier adjustments, in place of all lines
    /// before it. The names are checked where the adjustment is added.
    ///
    /// ```
    /// use bandwidth_cost::tariff::Adjustment;
    ///
    /// let levy = Adjustment::percent("levy", "2%")?.of(["transit", "port"]);
    /// assert_eq!(levy.to_string(), "levy, 2% of transit and port");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn of<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        Self { of: Some(names.into_iter().map(Into::into).collect()), ..self }
    }

    /// Puts the adjustment only in the bill whose period contains the given day, which is a day in the
    /// time zone of the card, or of UTC in [`Tariff::bill`](crate::Tariff::bill). Without it the
    /// adjustment is in every bill.
    ///
    /// A bill of [`RateCard::bill_months`](crate::RateCard::bill_months) has all days of its month, also
    /// those that were not measured and those before the service begins. A bill of a series has the days
    /// on which a slot begins, or those of their month: see [`RateCard::bill`](crate::RateCard::bill).
    /// [`RateCard::check`](crate::RateCard::check) warns of a day in a month without service.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, RateMeter, Schedule, Tariff, UsageSeries,
    ///     jiff::{Timestamp, civil::date},
    ///     tariff::Adjustment,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "0.80 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let start: Timestamp = "2025-03-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(100); 31];
    /// let march = UsageSeries::from_rates(start, Duration::from_secs(86_400), rates)?;
    ///
    /// let set_up = Adjustment::amount("set-up", "50 USD".parse()?);
    /// let bill = port.bill(&march)?;
    /// let in_march = bill.with_adjustment(set_up.clone().on(date(2025, 3, 14)))?;
    /// assert_eq!(in_march.total()?.to_string(), "130 USD");
    /// let in_april = bill.with_adjustment(set_up.on(date(2025, 4, 14)))?;
    /// assert_eq!(in_april.total()?.to_string(), "80 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn on(self, day: Date) -> Self {
        Self { on: Some(day), ..self }
    }

    /// Returns the name.
    ///
    /// ```
    /// use bandwidth_cost::tariff::Adjustment;
    ///
    /// assert_eq!(Adjustment::percent("levy", "2%")?.name(), "levy");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Checks the adjustment against the names of the tariffs and adjustments before it, of the
    /// adjustments from itself on, and the currencies of the bill. Returns the error with the key of a
    /// rate card that it is about.
    pub(in crate::tariff) fn check<'a>(
        &self,
        before: impl Iterator<Item = &'a str> + Clone,
        later: &[&str],
        currencies: impl Iterator<Item = Currency> + Clone,
    ) -> Result<(), (&'static str, Error)> {
        self.check_name(before.clone()).map_err(|error| ("name", error))?;
        self.check_currency(currencies).map_err(|error| ("amount", error))?;
        self.check_of(before, later).map_err(|error| ("of", error))
    }

    fn check_name<'a>(&self, mut before: impl Iterator<Item = &'a str>) -> Result<(), Error> {
        if self.name.is_empty() {
            return Err(TariffError::NoName { part: "adjustment" }.into());
        }
        if before.any(|name| name == self.name) {
            return Err(TariffError::RepeatedAdjustment { name: clip(&self.name) }.into());
        }
        Ok(())
    }

    fn check_currency(
        &self,
        currencies: impl Iterator<Item = Currency> + Clone,
    ) -> Result<(), Error> {
        match self.value {
            Value::Amount(amount)
                if !currencies.clone().any(|currency| currency == amount.currency()) =>
            {
                let mut currencies: Vec<Currency> = currencies.collect();
                currencies.sort_unstable();
                currencies.dedup();
                Err(TariffError::AdjustmentCurrency { amount, currencies }.into())
            }
            _ => Ok(()),
        }
    }

    fn check_of<'a>(
        &self,
        before: impl Iterator<Item = &'a str> + Clone,
        later: &[&str],
    ) -> Result<(), Error> {
        let Some(of) = &self.of else { return Ok(()) };
        if let Value::Amount(_) = self.value {
            return Err(TariffError::AmountOfLines.into());
        }
        if of.is_empty() {
            return Err(TariffError::Empty { whole: "list of names", part: "name" }.into());
        }
        let unknown = of.iter().find(|name| !before.clone().any(|known| known == *name));
        match unknown {
            None => Ok(()),
            Some(name) if later.contains(&name.as_str()) => {
                Err(TariffError::LaterAdjustment { name: clip(name) }.into())
            }
            Some(name) => {
                let mut known: Vec<String> = before.map(clip).collect();
                known.dedup(); // a tariff has several lines
                Err(TariffError::UnknownLines { name: clip(name), known }.into())
            }
        }
    }

    /// Returns the lines that the adjustment adds to a bill of these lines: for a percentage, one for each
    /// currency.
    pub(in crate::tariff) fn lines(
        &self,
        days: Days,
        before: &[StatementLine],
    ) -> Vec<StatementLine> {
        if self.on.is_some_and(|day| !days.contains(day)) {
            return Vec::new();
        }
        let amounts = match &self.value {
            Value::Amount(amount) => vec![Cost::from(*amount)],
            Value::Percent(percent) => {
                let share = percent * &Ratio::small(1, 100);
                let mine = before.iter().filter(|line| self.is_of(line));
                let totals = statement::totals(mine.map(|line| line.amount().clone()));
                totals.into_iter().map(|total| total * &share).collect()
            }
        };
        let line = |amount| {
            let line = LineItem::charge(LineKind::Adjustment, self.to_string(), amount);
            StatementLine::of_adjustment(&self.name, line)
        };
        amounts.into_iter().map(line).collect()
    }

    /// Returns whether it takes a part off the lines that it is of.
    pub(in crate::tariff) fn is_discount(&self) -> bool {
        matches!(&self.value, Value::Percent(percent) if percent.is_negative())
    }

    /// Returns the currency of an amount, or `None` for a percentage.
    #[cfg(feature = "serde")]
    pub(super) const fn currency(&self) -> Option<Currency> {
        match self.value {
            Value::Amount(amount) => Some(amount.currency()),
            Value::Percent(_) => None,
        }
    }

    fn is_of(&self, line: &StatementLine) -> bool {
        self.of.as_ref().is_none_or(|names| {
            let name = line.tariff().or(line.adjustment());
            name.is_some_and(|name| names.iter().any(|of| of == name))
        })
    }
}

impl Statement {
    /// Adds an adjustment after all lines, and returns the statement with it: see [`Adjustment`].
    ///
    /// # Errors
    ///
    /// - [`TariffError::AdjustmentCurrency`] for an amount in a currency that no line has. In a bill that
    ///   was converted, the lines are in the currency that they were converted to.
    /// - [`TariffError::RepeatedAdjustment`] if a tariff or an adjustment of the bill has its name, and
    ///   [`TariffError::NoName`] if it has an empty one.
    /// - [`TariffError::UnknownLines`] if it is a percentage [`of`](Adjustment::of) a name that the bill
    ///   does not have, [`TariffError::Empty`] if it is one of no names, and
    ///   [`TariffError::AmountOfLines`] if it is an amount of lines.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, ExchangeRate, RateMeter, Schedule, Tariff, UsageSeries, jiff::Timestamp,
    ///     tariff::Adjustment,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "1 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(100)];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    ///
    /// // A tax in rupees, of the amount in rupees.
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// let bill = port.bill(&series)?.convert_at(rate)?; // 27855 PKR
    /// let taxed = bill.with_adjustment(Adjustment::percent("sales tax", "19.5%")?)?;
    /// assert_eq!(taxed.total()?.to_string(), "33286.725 PKR");
    ///
    /// let credit = Adjustment::amount("credit", "-5 USD".parse()?);
    /// assert_eq!(
    ///     taxed.with_adjustment(credit).unwrap_err().to_string(),
    ///     "an adjustment of -5 USD is in a currency that the bill does not have: write it in PKR",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_adjustment(&self, adjustment: Adjustment) -> Result<Self, Error> {
        let currencies = self.lines.iter().map(|line| line.amount().currency());
        adjustment.check(self.names(), &[], currencies).map_err(|(_, error)| error)?;
        Ok(self.clone().adjusted(&[adjustment]))
    }

    /// Returns the names of the tariffs and of all adjustments, also of those without a line in this
    /// period.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let tariffs = self.lines.iter().filter_map(StatementLine::tariff);
        tariffs.chain(self.adjustments.iter().map(Adjustment::name))
    }

    /// Adds adjustments that were checked.
    pub(in crate::tariff) fn adjusted(mut self, adjustments: &[Adjustment]) -> Self {
        for adjustment in adjustments {
            self.lines.extend(adjustment.lines(self.period.days, &self.lines));
            self.adjustments.push(adjustment.clone());
        }
        self
    }
}

impl fmt::Display for Adjustment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, of, .. } = self;
        f.pad(&match (value, of.as_deref().and_then(<[String]>::split_last)) {
            (Value::Amount(_), _) => name.clone(),
            (Value::Percent(percent), None) => format!("{name}, {percent}%"),
            (Value::Percent(percent), Some((last, []))) => format!("{name}, {percent}% of {last}"),
            (Value::Percent(percent), Some((last, others))) => {
                format!("{name}, {percent}% of {} and {last}", others.join(", "))
            }
        })
    }
}

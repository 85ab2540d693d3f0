//! [`Fixing`] and [`DatedRate`]: an exchange rate as it was fixed on a day, and one that was found for a
//! day.

use crate::{
    Error,
    money::{Cost, Currency, MoneyError, exchange::ExchangeRate},
    number::Share,
};
use core::fmt;
use jiff::civil::Date;

/// The exchange rate that was fixed on a day: "1 USD = 278.55 PKR on 2024-12-31".
///
/// [`ExchangeRates`](super::ExchangeRates) holds fixings, and a [`DatedRate`] names those that it comes
/// from. `{:.2}` rounds the exchange rate in its text, `{:>40}` pads.
///
/// ```
/// use bandwidth_cost::{ExchangeRates, jiff::civil::date};
///
/// let mut table = ExchangeRates::new();
/// table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
/// let fixing = table.fixings().next().expect("the one inserted");
/// assert_eq!(fixing.to_string(), "1 USD = 278.55 PKR on 2024-12-31");
/// assert_eq!(format!("{fixing:.0}"), "1 USD = 279 PKR on 2024-12-31");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fixing {
    date: Date,
    /// Without a spread.
    rate: ExchangeRate,
}

impl Fixing {
    pub(crate) fn new(date: Date, rate: ExchangeRate) -> Result<Self, Error> {
        if rate.spread() != Share::ZERO {
            return Err(MoneyError::FixingWithSpread { rate: Box::new(rate) }.into());
        }
        Ok(Self { date, rate })
    }

    /// Returns the day.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    /// # let mut table = ExchangeRates::new();
    /// # table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// // Asked for on a Thursday, fixed on the Tuesday before.
    /// let rate = table.rate(Currency::USD, Currency::PKR, date(2025, 1, 2))?;
    /// assert_eq!(rate.fixings()[0].date(), date(2024, 12, 31));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// Returns the exchange rate, in the direction in which it was fixed.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    /// # let mut table = ExchangeRates::new();
    /// # table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// let rate = table.rate(Currency::PKR, Currency::USD, date(2024, 12, 31))?;
    /// assert_eq!(rate.rate().to_string(), "278.55 PKR = 1 USD");
    /// assert_eq!(rate.fixings()[0].rate().to_string(), "1 USD = 278.55 PKR");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn rate(&self) -> &ExchangeRate {
        &self.rate
    }
}

impl fmt::Display for Fixing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{} on {}", written(&self.rate, f), self.date);
        f.pad_integral(true, "", &text)
    }
}

/// An exchange rate that [`ExchangeRates`](super::ExchangeRates) found for a day, and the fixings that it
/// comes from.
///
/// ```
/// use bandwidth_cost::{Currency, Money, ExchangeRates, jiff::civil::date};
///
/// let mut table = ExchangeRates::new();
/// table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
/// let rate = table.rate(Currency::USD, Currency::PKR, date(2025, 1, 2))?;
/// assert_eq!(rate.to_string(), "1 USD = 278.55 PKR (fixing of 2024-12-31)");
/// assert_eq!(rate.convert(Money::from_major(2, Currency::USD))?.to_string(), "557.1 PKR");
/// assert_eq!(rate.fixings()[0].date(), date(2024, 12, 31));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// # Text
///
/// The exchange rate and the day of its fixing. One through a pivot shows both fixings: `1 EUR =
/// 289.385595 PKR (fixings 1 EUR = 1.0389 USD on 2024-12-31 and 1 USD = 278.55 PKR on 2024-12-30)`.
/// `{:.2}` rounds the exchange rate, not the fixings; `{:>60}` pads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DatedRate {
    rate: ExchangeRate,
    /// In the order in which they convert; not empty.
    fixings: Vec<Fixing>,
}

impl DatedRate {
    /// Returns the exchange rate of a fixing in the direction that begins with `from`.
    pub(crate) fn new(fixing: &Fixing, from: Currency) -> Self {
        let fixed = &fixing.rate;
        let rate = if fixed.base() == from { fixed.clone() } else { fixed.inverse() };
        Self { rate, fixings: vec![fixing.clone()] }
    }

    /// Returns this conversion, and then that of another fixing.
    pub(crate) fn then(mut self, next: &Fixing) -> Result<Self, Error> {
        let next = Self::new(next, self.rate.quote());
        self.rate = self.rate.then(&next.rate)?;
        self.fixings.extend(next.fixings);
        Ok(self)
    }

    /// Returns the exchange rate, in the direction that was asked for.
    /// [`with_spread`](ExchangeRate::with_spread) puts a bank's spread on it.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, Share, jiff::civil::date};
    ///
    /// let mut table = ExchangeRates::new();
    /// table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// let rate = table.rate(Currency::PKR, Currency::USD, date(2024, 12, 31))?;
    /// let bank = rate.rate().with_spread(Share::from_percent(1));
    /// assert_eq!(bank.to_string(), "278.55 PKR = 1 USD less 1%");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn rate(&self) -> &ExchangeRate {
        &self.rate
    }

    /// Returns the fixings that the exchange rate comes from, as they were inserted: one, or two through
    /// a pivot, the one that converts first first.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    /// let mut table = ExchangeRates::new().with_pivot(Currency::USD);
    /// table.insert(date(2024, 12, 31), "1 EUR = 1.0389 USD".parse()?)?;
    /// table.insert(date(2024, 12, 30), "1 USD = 278.55 PKR".parse()?)?;
    /// let rate = table.rate(Currency::EUR, Currency::PKR, date(2024, 12, 31))?;
    /// let [first, second] = rate.fixings() else { panic!("a pivot takes two fixings") };
    /// assert_eq!(first.to_string(), "1 EUR = 1.0389 USD on 2024-12-31");
    /// assert_eq!(second.to_string(), "1 USD = 278.55 PKR on 2024-12-30");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn fixings(&self) -> &[Fixing] {
        &self.fixings
    }

    /// Converts a cost to the other currency, exactly.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if the cost is not in the currency that is converted.
    ///
    /// ```
    /// # use bandwidth_cost::{Cost, Currency, ExchangeRates, jiff::civil::date};
    /// # let mut table = ExchangeRates::new();
    /// # table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// let rate = table.rate(Currency::USD, Currency::PKR, date(2024, 12, 31))?;
    /// let a_gigabyte: Cost = "4/3 USD".parse()?;
    /// assert_eq!(rate.convert(a_gigabyte.clone())?.to_string(), "371.4 PKR");
    ///
    /// let back = table.rate(Currency::PKR, Currency::USD, date(2024, 12, 31))?;
    /// assert_eq!(back.convert(rate.convert(a_gigabyte.clone())?)?, a_gigabyte);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn convert(&self, cost: impl Into<Cost>) -> Result<Cost, Error> {
        self.rate.convert(cost)
    }
}

impl fmt::Display for DatedRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = written(&self.rate, f);
        let text = match self.fixings.as_slice() {
            [fixing] => format!("{rate} (fixing of {})", fixing.date),
            fixings => {
                let fixings: Vec<String> = fixings.iter().map(Fixing::to_string).collect();
                format!("{rate} (fixings {})", fixings.join(" and "))
            }
        };
        f.pad_integral(true, "", &text)
    }
}

/// Returns the exchange rate's text, with the precision asked for.
fn written(rate: &ExchangeRate, f: &fmt::Formatter<'_>) -> String {
    match f.precision() {
        Some(places) => format!("{rate:.places$}"),
        None => rate.to_string(),
    }
}

/// The nearest days before and after one on which a pair of currencies was fixed, in either direction.
///
/// [`MoneyError::NoRate`] holds them.
///
/// ```
/// use bandwidth_cost::{Currency, ErrorKind, ExchangeRates, jiff::civil::date, money::MoneyError};
///
/// let mut table = ExchangeRates::new();
/// table.insert(date(2024, 6, 28), "1 USD = 278.34 PKR".parse()?)?;
/// table.insert(date(2024, 10, 22), "1 USD = 277.7 PKR".parse()?)?;
/// let error = table.rate(Currency::USD, Currency::PKR, date(2024, 8, 14)).unwrap_err();
/// let ErrorKind::Money(MoneyError::NoRate { nearest, .. }) = error.kind() else {
///     panic!("{error}");
/// };
/// assert_eq!(nearest[0].before, Some(date(2024, 6, 28)));
/// assert_eq!(nearest[0].after, Some(date(2024, 10, 22)));
/// assert_eq!(
///     nearest[0].to_string(),
///     "USD/PKR was last fixed on 2024-06-28 and next on 2024-10-22",
/// );
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NearestFixings {
    /// One currency of the pair.
    pub from: Currency,
    /// The other.
    pub to: Currency,
    /// The last day with a fixing, on the day asked for or before it.
    pub before: Option<Date>,
    /// The first day with a fixing after it.
    pub after: Option<Date>,
}

impl fmt::Display for NearestFixings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} was ", self.from, self.to)?;
        match (self.before, self.after) {
            (Some(before), Some(after)) => write!(f, "last fixed on {before} and next on {after}"),
            (Some(before), None) => write!(f, "last fixed on {before}"),
            (None, Some(after)) => write!(f, "first fixed on {after}"),
            (None, None) => f.write_str("never fixed"),
        }
    }
}

/// Reads a day as it is written in files, 2024-12-31, and in no other form.
#[cfg(any(feature = "csv", feature = "serde"))]
pub(super) fn read_date(text: &str) -> Result<Date, Error> {
    let date = text.parse().ok().filter(|date: &Date| date.to_string() == text);
    date.ok_or_else(|| crate::text::TextError::not_a_date(text).into())
}

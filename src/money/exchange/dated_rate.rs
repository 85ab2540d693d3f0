//! [`Fixing`] and [`DatedRate`]: an exchange rate as it was fixed on a day, and one that was found for a
//! day.

use crate::{
    Error,
    money::{
        Cost, Currency, MoneyError,
        exchange::{ExchangeRate, day_rate::DayRate},
    },
    number::{Ratio, Share},
};
use core::fmt;
use jiff::civil::Date;

/// An exchange rate and the days on which it holds: "1 USD = 278.55 PKR on 2024-12-31".
///
/// [`ExchangeRates`](super::ExchangeRates) holds fixings, and a [`DatedRate`] names those that it comes
/// from. `{:.2}` rounds the exchange rate in its text, `{:>40}` pads.
///
/// ```
/// use bandwidth_cost::{ExchangeRates, jiff::civil::date};
///
/// let mut table = ExchangeRates::new();
/// table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
/// table.insert_for(date(2026, 2, 1)..=date(2026, 2, 28), "1 GBP = 1.3404 USD".parse()?)?;
/// let fixings: Vec<String> = table.fixings().map(|fixing| fixing.to_string()).collect();
/// assert_eq!(
///     fixings,
///     ["1 GBP = 1.3404 USD from 2026-02-01 to 2026-02-28", "1 USD = 278.55 PKR on 2024-12-31"],
/// );
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fixing {
    date: Date,
    validity: Validity,
    /// Without a spread or a markup.
    rate: ExchangeRate,
}

/// A base and a quote currency.
pub(super) type Pair = (Currency, Currency);

/// The days on which a [`Fixing`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Validity {
    /// The fixing's day, and the days after it, up to the table's largest age, that have no newer
    /// fixing: [`ExchangeRates::insert`](super::ExchangeRates::insert).
    Day,
    /// The days from the fixing's day to this one:
    /// [`ExchangeRates::insert_for`](super::ExchangeRates::insert_for).
    Until(Date),
    /// The fixing's day and all days after it:
    /// [`ExchangeRates::insert_from`](super::ExchangeRates::insert_from).
    Onwards,
}

impl Fixing {
    pub(crate) fn new(date: Date, validity: Validity, rate: ExchangeRate) -> Result<Self, Error> {
        if rate.spread() != Share::ZERO || rate.markup() != Share::ZERO {
            return Err(MoneyError::FixingWithMargin { rate: Box::new(rate) }.into());
        }
        if let Validity::Until(last) = validity
            && last < date
        {
            return Err(MoneyError::EmptyPeriod { first: date, last }.into());
        }
        Ok(Self { date, validity, rate })
    }

    /// Creates the fixing of a day.
    pub(super) fn of_day((base, quote): Pair, rate: &DayRate) -> Self {
        let (date, rate) = (rate.date(), ExchangeRate::of(base, quote, rate.factor()));
        Self { date, validity: Validity::Day, rate }
    }

    /// Returns the day of the fixing, or the first day on which it is valid.
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

    /// Returns the days on which the fixing holds, beginning with its [`date`](Self::date).
    ///
    /// ```
    /// use bandwidth_cost::{ExchangeRates, jiff::civil::date, money::exchange::Validity};
    ///
    /// let mut table = ExchangeRates::new();
    /// table.insert_for(date(2026, 2, 1)..=date(2026, 2, 28), "1 GBP = 1.3404 USD".parse()?)?;
    /// let fixing = table.fixings().next().expect("the one inserted");
    /// assert_eq!(fixing.validity(), Validity::Until(date(2026, 2, 28)));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn validity(&self) -> Validity {
        self.validity
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
        let (rate, date) = (written(&self.rate, f), self.date);
        let text = match self.validity {
            Validity::Day => format!("{rate} on {date}"),
            Validity::Until(last) => format!("{rate} from {date} to {last}"),
            Validity::Onwards => format!("{rate} from {date} on"),
        };
        f.pad_integral(true, "", &text)
    }
}

/// An exchange rate that [`ExchangeRates`](super::ExchangeRates) found for a day or as the mean of a
/// period, and the fixings that it comes from.
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
/// An exchange rate that was agreed in a contract is converted by [`From`], and has no fixings.
///
/// # Text
///
/// The exchange rate and the day of its fixing. One through a pivot shows both fixings: `1 EUR =
/// 289.385595 PKR (fixings 1 EUR = 1.0389 USD on 2024-12-31 and 1 USD = 278.55 PKR on 2024-12-30)`.
/// `{:.2}` rounds the exchange rate, not the fixings; `{:>60}` pads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DatedRate {
    rate: ExchangeRate,
    fixings: Fixings,
    /// The first and the last day of a mean.
    mean: Option<(Date, Date)>,
}

/// Fixings in the order in which they convert; of a mean, first those of the first leg.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Fixings {
    /// The usual case takes no allocation.
    One([Fixing; 1]),
    NoneOrSeveral(Vec<Fixing>),
}

impl From<Vec<Fixing>> for Fixings {
    fn from(fixings: Vec<Fixing>) -> Self {
        fixings.try_into().map_or_else(Self::NoneOrSeveral, Self::One)
    }
}

impl DatedRate {
    /// Returns the exchange rate of a fixing in the direction that begins with `from`.
    pub(crate) fn new(fixing: Fixing, from: Currency) -> Self {
        Self { rate: turned(&fixing.rate, from), fixings: Fixings::One([fixing]), mean: None }
    }

    /// Returns this conversion, and then that of another fixing.
    pub(crate) fn then(self, next: Fixing) -> Result<Self, Error> {
        let rate = self.rate.then(&turned(&next.rate, self.rate.quote()))?;
        let mut fixings = self.fixings().to_vec();
        fixings.push(next);
        Ok(Self { rate, fixings: fixings.into(), mean: None })
    }

    /// Returns the conversion at the means of the fixings of each leg. There is a leg; none is empty, and
    /// each is in one direction.
    #[expect(clippy::expect_used, reason = "callers pass one leg or two")]
    pub(crate) fn of_means(
        from: Currency,
        period: (Date, Date),
        legs: impl IntoIterator<Item = Vec<Fixing>>,
    ) -> Result<Self, Error> {
        let mut rate: Option<ExchangeRate> = None;
        let mut fixings = Vec::new();
        for leg in legs {
            let begin = rate.as_ref().map_or(from, ExchangeRate::quote);
            let next = turned(&mean_of(&leg)?, begin);
            rate = Some(match rate {
                Some(rate) => rate.then(&next)?,
                None => next,
            });
            fixings.extend(leg);
        }
        let rate = rate.expect("a mean has a leg");
        Ok(Self { rate, fixings: fixings.into(), mean: Some(period) })
    }

    /// Returns the conversion with another markup.
    pub(crate) fn with_markup(self, markup: Share) -> Self {
        if markup == self.rate.markup() {
            return self;
        }
        Self { rate: self.rate.with_markup(markup), ..self }
    }

    /// Returns the first and the last day of the period of which the exchange rate is the mean, or
    /// `None` for the exchange rate of a day.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    /// let mut table = ExchangeRates::new();
    /// table.insert(date(2024, 12, 30), "1 USD = 278 PKR".parse()?)?;
    /// table.insert(date(2024, 12, 31), "1 USD = 279 PKR".parse()?)?;
    /// let (first, last) = (date(2024, 12, 30), date(2024, 12, 31));
    /// let mean = table.mean(Currency::USD, Currency::PKR, first..=last)?;
    /// assert_eq!(mean.mean_of(), Some((first, last)));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn mean_of(&self) -> Option<(Date, Date)> {
        self.mean
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

    /// Returns the fixings that the exchange rate comes from, as they were inserted: one for a day,
    /// or two through a pivot, in the order in which they convert; all fixings of a mean; and none
    /// for an exchange rate that was agreed.
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
        match &self.fixings {
            Fixings::One(one) => one,
            Fixings::NoneOrSeveral(fixings) => fixings,
        }
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
        let text = match (self.mean, self.fixings()) {
            (_, []) => format!("{rate} (as agreed)"),
            (Some((first, last)), fixings) => {
                let legs: Vec<&[Fixing]> = fixings.chunk_by(same_pair).collect();
                let mut means = format!("mean of {}", number_of_fixings(legs.first()));
                if legs.len() > 1 {
                    let pairs = legs
                        .iter()
                        .filter_map(|leg| leg.first())
                        .map(|fixing| format!("{}/{}", fixing.rate.base(), fixing.rate.quote()));
                    let pairs: Vec<String> = pairs.collect();
                    means = format!("{means} each of {}", pairs.join(" and "));
                }
                format!("{rate} ({means} from {first} to {last})")
            }
            (None, [fixing]) => match fixing.validity {
                Validity::Day => format!("{rate} (fixing of {})", fixing.date),
                Validity::Until(last) => {
                    format!("{rate} (valid from {} to {last})", fixing.date)
                }
                Validity::Onwards => format!("{rate} (valid from {} on)", fixing.date),
            },
            (None, fixings) => {
                let all_days = fixings.iter().all(|fixing| fixing.validity == Validity::Day);
                let what = if all_days { "fixings" } else { "rates" };
                let fixings: Vec<String> = fixings.iter().map(Fixing::to_string).collect();
                format!("{rate} ({what} {})", fixings.join(" and "))
            }
        };
        f.pad_integral(true, "", &text)
    }
}

/// An exchange rate that was agreed, without fixings.
impl From<ExchangeRate> for DatedRate {
    fn from(rate: ExchangeRate) -> Self {
        Self { rate, fixings: Vec::new().into(), mean: None }
    }
}

/// Returns the exchange rate in the direction that begins with `from`.
fn turned(rate: &ExchangeRate, from: Currency) -> ExchangeRate {
    if rate.base() == from { rate.clone() } else { rate.inverse() }
}

/// Returns the mean of fixings in one direction, which are not empty.
fn mean_of(leg: &[Fixing]) -> Result<ExchangeRate, Error> {
    let sum = leg.iter().fold(Ratio::ZERO, |sum, fixing| &sum + fixing.rate.factor());
    let factor = sum.checked_div(&Ratio::from(leg.len() as u64))?;
    let pair = |fixing: &Fixing| (fixing.rate.base(), fixing.rate.quote());
    #[expect(clippy::expect_used, reason = "a division by zero is an error before")]
    let (base, quote) = leg.first().map(pair).expect("a mean is of at least one fixing");
    Ok(ExchangeRate::of(base, quote, factor))
}

/// Returns whether two fixings are of one pair of currencies.
pub(super) fn same_pair(a: &Fixing, b: &Fixing) -> bool {
    (a.rate.base(), a.rate.quote()) == (b.rate.base(), b.rate.quote())
}

fn number_of_fixings(leg: Option<&&[Fixing]>) -> String {
    match leg.map_or(0, |leg| leg.len()) {
        1 => "1 fixing".to_owned(),
        count => format!("{count} fixings"),
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
/// [`MoneyError::NoRate`] holds them. For the exchange rate of a day, though not for a mean, the last day
/// of a [period](super::ExchangeRates::insert_for) before it and the first day of one after it are such days
/// too.
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

//! [`ExchangeRates`]: exchange rates by date.

use crate::{
    Error,
    money::{
        Currency, MoneyError,
        exchange::{DatedRate, ExchangeRate, Fixing, NearestFixings},
    },
};
use core::ops::Bound;
use jiff::civil::Date;
use std::collections::{BTreeMap, btree_map::Entry};

/// A table of exchange rates by date, which finds the exchange rate of any day.
///
/// ```
/// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
///
/// let mut table = ExchangeRates::new().with_pivot(Currency::EUR);
/// table.insert(date(2024, 12, 31), "1 EUR = 1.0389 USD".parse()?)?;
/// table.insert(date(2024, 12, 31), "1 EUR = 0.82918 GBP".parse()?)?;
///
/// // None was fixed on New Year's Day: the last one holds, and says so.
/// let rate = table.rate(Currency::EUR, Currency::USD, date(2025, 1, 1))?;
/// assert_eq!(rate.to_string(), "1 EUR = 1.0389 USD (fixing of 2024-12-31)");
///
/// // Dollars and pounds were fixed in euros only.
/// let rate = table.rate(Currency::GBP, Currency::USD, date(2025, 1, 1))?;
/// assert_eq!(
///     format!("{rate:.4}"),
///     "1 GBP = 1.2529 USD (fixings 1 EUR = 0.82918 GBP on 2024-12-31 \
///      and 1 EUR = 1.0389 USD on 2024-12-31)",
/// );
///
/// assert_eq!(
///     table.rate(Currency::EUR, Currency::USD, date(2025, 1, 8)).unwrap_err().to_string(),
///     "no exchange rate from EUR to USD on 2025-01-08 or in the 7 days before it \
///      (EUR/USD was last fixed on 2024-12-31): \
///      insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)",
/// );
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// Markets close at weekends and on holidays, so [`rate`](Self::rate) looks back: at most 7 days, or
/// as many as [`with_max_age`](Self::with_max_age) says. It never looks ahead and never interpolates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRates {
    /// The fixings of each pair in each direction, by day.
    fixings: BTreeMap<(Currency, Currency), BTreeMap<Date, Fixing>>,
    /// In days.
    max_age: u32,
    pivot: Option<Currency>,
}

impl ExchangeRates {
    /// Creates a table without fixings.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    /// let mut table = ExchangeRates::new();
    /// assert_eq!(table.fixings().count(), 0);
    ///
    /// table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// let rate = table.rate(Currency::USD, Currency::PKR, date(2024, 12, 31))?;
    /// assert_eq!(rate.to_string(), "1 USD = 278.55 PKR (fixing of 2024-12-31)");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { fixings: BTreeMap::new(), max_age: 7, pivot: None }
    }

    /// Adds the exchange rate that was fixed on a day.
    ///
    /// Fixings may be added in any order, and adding one again changes nothing. The two directions of a
    /// pair are two fixings, as some are published ("1 USD = 278.55 PKR" and "1 PKR = 0.00359 USD");
    /// each is used for its own direction.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::FixingConflict`] if the pair has another fixing in that direction on that day.
    /// - [`MoneyError::FixingWithSpread`] if the exchange rate has a spread, the part that a bank keeps
    ///   when it converts.
    ///
    /// The table is then unchanged.
    ///
    /// ```
    /// # use bandwidth_cost::{ExchangeRates, jiff::civil::date};
    /// let mut table = ExchangeRates::new();
    /// table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// table.insert(date(2024, 12, 31), "100 USD = 27855 PKR".parse()?)?;
    /// assert_eq!(
    ///     table.insert(date(2024, 12, 31), "1 USD = 279 PKR".parse()?).unwrap_err().to_string(),
    ///     "two fixings on 2024-12-31, 1 USD = 278.55 PKR and 1 USD = 279 PKR: insert one of them",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn insert(&mut self, date: Date, rate: ExchangeRate) -> Result<(), Error> {
        let pair = (rate.base(), rate.quote());
        let fixing = Fixing::new(date, rate)?;
        match self.fixings.entry(pair).or_default().entry(date) {
            Entry::Occupied(there) if *there.get() != fixing => {
                let first = Box::new(there.get().rate().clone());
                let second = Box::new(fixing.rate().clone());
                Err(MoneyError::FixingConflict { date, first, second }.into())
            }
            entry => {
                entry.or_insert(fixing);
                Ok(())
            }
        }
    }

    /// Returns the table with another age, in days, up to which a fixing is used; 0 allows only those of
    /// the day itself.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    /// let mut table = ExchangeRates::new().with_max_age(0);
    /// table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// assert!(table.rate(Currency::USD, Currency::PKR, date(2025, 1, 1)).is_err());
    ///
    /// let table = table.with_max_age(30);
    /// let rate = table.rate(Currency::USD, Currency::PKR, date(2025, 1, 30))?;
    /// assert_eq!(rate.to_string(), "1 USD = 278.55 PKR (fixing of 2024-12-31)");
    /// assert!(table.rate(Currency::USD, Currency::PKR, date(2025, 1, 31)).is_err());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn with_max_age(mut self, days: u32) -> Self {
        self.max_age = days;
        self
    }

    /// Returns the table with a currency through which it finds the exchange rates of pairs without
    /// fixings: `EUR` for a file of exchange rates of the euro.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    /// let day = date(2024, 12, 31);
    /// let mut table = ExchangeRates::new();
    /// table.insert(day, "1 EUR = 1.04 USD".parse()?)?;
    /// table.insert(day, "1 EUR = 289.692 PKR".parse()?)?;
    /// assert!(table.rate(Currency::USD, Currency::PKR, day).is_err());
    ///
    /// let table = table.with_pivot(Currency::EUR);
    /// let rate = table.rate(Currency::USD, Currency::PKR, day)?;
    /// assert_eq!(rate.rate().to_string(), "1 USD = 278.55 PKR"); // 289.692 / 1.04
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn with_pivot(mut self, pivot: Currency) -> Self {
        self.pivot = Some(pivot);
        self
    }

    /// Returns the age, in days, up to which a fixing is used.
    ///
    /// ```
    /// # use bandwidth_cost::ExchangeRates;
    /// assert_eq!(ExchangeRates::new().max_age(), 7);
    /// assert_eq!(ExchangeRates::new().with_max_age(3).max_age(), 3);
    /// ```
    #[must_use]
    pub const fn max_age(&self) -> u32 {
        self.max_age
    }

    /// Returns the currency through which the exchange rates of pairs without fixings are found.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates};
    /// assert_eq!(ExchangeRates::new().pivot(), None);
    /// assert_eq!(ExchangeRates::new().with_pivot(Currency::EUR).pivot(), Some(Currency::EUR));
    /// ```
    #[must_use]
    pub const fn pivot(&self) -> Option<Currency> {
        self.pivot
    }

    /// Returns all fixings, ordered by pair, then by day.
    ///
    /// ```
    /// # use bandwidth_cost::{ExchangeRates, jiff::civil::date};
    /// let mut table = ExchangeRates::new();
    /// table.insert(date(2023, 1, 26), "1 USD = 250.5 PKR".parse()?)?;
    /// table.insert(date(2023, 1, 25), "1 USD = 231.55 PKR".parse()?)?;
    /// let fixings: Vec<String> = table.fixings().map(|fixing| fixing.to_string()).collect();
    /// assert_eq!(
    ///     fixings,
    ///     ["1 USD = 231.55 PKR on 2023-01-25", "1 USD = 250.5 PKR on 2023-01-26"],
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn fixings(&self) -> impl Iterator<Item = &Fixing> {
        self.fixings.values().flat_map(BTreeMap::values)
    }

    /// Returns the exchange rate on a day.
    ///
    /// It is the newest fixing of the two currencies, in either direction, on that day or at most
    /// [`max_age`](Self::max_age) days before it; of two on the same day the direct one. If there is
    /// none, it is the exchange rate to the pivot and then from the pivot, each found in the same way.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::NoRate`] if there is none, with the nearest days that have fixings.
    /// - [`MoneyError::SameCurrency`] if `from` and `to` are the same.
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    /// let mut table = ExchangeRates::new().with_max_age(3);
    /// table.insert(date(2024, 12, 27), "1 USD = 278.5 PKR".parse()?)?;
    /// table.insert(date(2024, 12, 30), "1 PKR = 0.00359 USD".parse()?)?;
    /// let rate = table.rate(Currency::USD, Currency::PKR, date(2024, 12, 29))?;
    /// assert_eq!(rate.to_string(), "1 USD = 278.5 PKR (fixing of 2024-12-27)");
    /// let rate = table.rate(Currency::USD, Currency::PKR, date(2024, 12, 30))?;
    /// assert_eq!(rate.to_string(), "0.00359 USD = 1 PKR (fixing of 2024-12-30)");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn rate(&self, from: Currency, to: Currency, on: Date) -> Result<DatedRate, Error> {
        if from == to {
            return Err(MoneyError::SameCurrency { currency: from }.into());
        }
        if let Some(fixing) = self.newest(from, to, on) {
            return Ok(DatedRate::new(fixing, from));
        }
        let pivot = self.pivot.filter(|&pivot| pivot != from && pivot != to);
        if let Some(pivot) = pivot
            && let Some(first) = self.newest(from, pivot, on)
            && let Some(second) = self.newest(pivot, to, on)
        {
            return DatedRate::new(first, from).then(second);
        }
        let mut nearest = vec![self.nearest(from, to, on)];
        nearest.extend(pivot.map(|pivot| self.nearest(from, pivot, on)));
        nearest.extend(pivot.map(|pivot| self.nearest(pivot, to, on)));
        Err(MoneyError::NoRate { from, to, on, max_age: self.max_age, nearest }.into())
    }

    /// Returns the newest fixing in either direction that is not too old.
    fn newest(&self, from: Currency, to: Currency, on: Date) -> Option<&Fixing> {
        let last = |pair| Some(self.fixings.get(&pair)?.range(..=on).next_back()?.1);
        // Of two that are equally new, `max_by_key` takes the later one in the list: the direct.
        let newest = [last((to, from)), last((from, to))];
        let newest = newest.into_iter().flatten().max_by_key(|fixing| fixing.date())?;
        let hours = on.duration_since(newest.date()).as_hours();
        (hours / 24 <= self.max_age.into()).then_some(newest)
    }

    /// Returns the nearest days around `on` with a fixing in either direction.
    fn nearest(&self, from: Currency, to: Currency, on: Date) -> NearestFixings {
        let days = || [(from, to), (to, from)].into_iter().filter_map(|p| self.fixings.get(&p));
        let later = (Bound::Excluded(on), Bound::Unbounded);
        NearestFixings {
            from,
            to,
            before: days().filter_map(|days| days.range(..=on).next_back()).map(|(&d, _)| d).max(),
            after: days().filter_map(|days| days.range(later).next()).map(|(&d, _)| d).min(),
        }
    }
}

impl Default for ExchangeRates {
    fn default() -> Self {
        Self::new()
    }
}

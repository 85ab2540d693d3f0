//! [`ExchangeRates`]: exchange rates by date.

use crate::{
    Error,
    money::{
        Currency, MeanGap, MoneyError,
        exchange::{
            DatedRate, ExchangeRate, Fixing, NearestFixings, Validity, dated_rate::Pair,
            day_rate::DayRate, days::Days,
        },
    },
    number::Share,
};
use core::{
    cmp::Reverse,
    ops::{Bound, RangeInclusive},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

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
/// Markets close at weekends and on holidays, so [`rate`](Self::rate) looks back: at most 7 days,
/// unless [`with_max_age`](Self::with_max_age) sets another limit. It never looks ahead and never
/// interpolates.
///
/// Beside the [fixings of a day](Self::insert), a table holds exchange rates that are valid [for a
/// period](Self::insert_for), such as a customs authority's month, and [from a day on](Self::insert_from),
/// such as a currency's conversion into the euro. No exchange rate is taken across the day on which one
/// of its currencies [ended](Currency::withdrawn).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRates {
    /// The exchange rates of each pair in each direction.
    pairs: BTreeMap<Pair, Quotes>,
    /// In days.
    max_age: u32,
    pivot: Option<Currency>,
    markup: Share,
}

/// The exchange rates of a pair in one direction, each kind by its first day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Quotes {
    days: Days,
    periods: BTreeMap<Date, Fixing>,
    onwards: BTreeMap<Date, Fixing>,
}

/// The reason why an exchange rate holds on a day; an earlier reason in this list comes before a
/// later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    FixedOnTheDay,
    ValidForAPeriod,
    FixedBefore,
    ValidOnwards,
}

/// A fixing that holds on a day.
#[derive(Debug)]
struct Held {
    class: Class,
    fixing: Fixing,
}

impl Held {
    /// Returns the rank that decides between exchange rates of a day: the one with the larger rank
    /// holds.
    fn rank(&self) -> (Reverse<Class>, Date) {
        (Reverse(self.class), self.fixing.date())
    }
}

impl Quotes {
    fn all(&self, pair: Pair) -> impl Iterator<Item = Fixing> {
        let days = self.days.all().map(move |rate| Fixing::of_day(pair, rate));
        days.chain(self.periods.values().chain(self.onwards.values()).cloned())
    }

    /// Returns the fixing of the pair that holds on a day. `ended` is the last day on or before it on
    /// which one of the two currencies was withdrawn: no exchange rate from before it holds.
    fn held(&self, pair: Pair, on: Date, max_age: u32, ended: Option<Date>) -> Option<Held> {
        let fixed = self.days.last_until(on).filter(|rate| ended <= Some(rate.date()));
        let held = |class| fixed.map(|rate| Held { class, fixing: Fixing::of_day(pair, rate) });
        let age = fixed.map(|rate| days_between(rate.date(), on));
        if age == Some(0) {
            return held(Class::FixedOnTheDay);
        }
        let until_now = (ended.map_or(Bound::Unbounded, Bound::Included), Bound::Included(on));
        let lasts =
            |fixing: &&Fixing| matches!(fixing.validity(), Validity::Until(last) if last >= on);
        let mut periods = self.periods.range(until_now).rev().map(|(_, fixing)| fixing);
        if let Some(fixing) = periods.find(lasts) {
            return Some(Held { class: Class::ValidForAPeriod, fixing: fixing.clone() });
        }
        if age.is_some_and(|age| age <= max_age.into()) {
            return held(Class::FixedBefore);
        }
        let (_, fixing) = self.onwards.range(until_now).next_back()?;
        Some(Held { class: Class::ValidOnwards, fixing: fixing.clone() })
    }
}

/// Returns the days from one date to a later one.
fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
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
        Self { pairs: BTreeMap::new(), max_age: 7, pivot: None, markup: Share::ZERO }
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
    /// - [`MoneyError::FixingWithMargin`] if the exchange rate has a spread or a markup, which are a
    ///   bank's and not the market's.
    ///
    /// After an error the table is unchanged.
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
        self.insert_fixing(Fixing::new(date, Validity::Day, rate)?)
    }

    /// Adds the exchange rate that is valid on the days of a period, and on no other: a customs
    /// authority's month, an agreed quarter.
    ///
    /// On a day with a fixing, the fixing is used instead. Where two periods overlap, the one that
    /// begins later is used.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::PeriodConflict`] if the pair has another exchange rate in that direction for a
    ///   period that begins on the same day.
    /// - [`MoneyError::EmptyPeriod`] if the period ends before it begins.
    /// - [`MoneyError::FixingWithMargin`] if the exchange rate has a spread or a markup.
    ///
    /// ```
    /// use bandwidth_cost::{Cost, Currency, ExchangeRates, jiff::civil::date};
    ///
    /// let mut table = ExchangeRates::new();
    /// let february = date(2026, 2, 1)..=date(2026, 2, 28);
    /// table.insert_for(february, "1 GBP = 1.3404 USD".parse()?)?;
    /// let rate = table.rate(Currency::USD, Currency::GBP, date(2026, 2, 28))?;
    /// assert_eq!(rate.convert("100 USD".parse::<Cost>()?)?.to_string(), "250000/3351 GBP");
    /// assert!(table.rate(Currency::USD, Currency::GBP, date(2026, 3, 1)).is_err());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn insert_for(
        &mut self,
        days: RangeInclusive<Date>,
        rate: ExchangeRate,
    ) -> Result<(), Error> {
        let (first, last) = days.into_inner();
        self.insert_fixing(Fixing::new(first, Validity::Until(last), rate)?)
    }

    /// Adds the exchange rate that is valid from a day on and is used where the table has no other:
    /// a currency's conversion into the euro, a fixed peg.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::PeriodConflict`] if the pair has another exchange rate in that direction that
    ///   begins on the same day.
    /// - [`MoneyError::FixingWithMargin`] if the exchange rate has a spread or a markup.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    ///
    /// let mut table = ExchangeRates::new();
    /// table.insert_from(date(1986, 11, 1), "1 USD = 3.6725 AED".parse()?)?;
    /// let rate = table.rate(Currency::AED, Currency::USD, date(2025, 1, 2))?;
    /// assert_eq!(rate.to_string(), "3.6725 AED = 1 USD (valid from 1986-11-01 on)");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn insert_from(&mut self, first: Date, rate: ExchangeRate) -> Result<(), Error> {
        self.insert_fixing(Fixing::new(first, Validity::Onwards, rate)?)
    }

    /// Adds a fixing of any kind.
    pub(super) fn insert_fixing(&mut self, fixing: Fixing) -> Result<(), Error> {
        let pair = (fixing.rate().base(), fixing.rate().quote());
        let quotes = self.pairs.entry(pair).or_default();
        let date = fixing.date();
        let kind = match fixing.validity() {
            Validity::Day => {
                let rate = DayRate::new(date, fixing.rate().factor().clone());
                return quotes.days.insert(rate).map_err(|there| {
                    let first = Fixing::of_day(pair, there).rate().clone().into();
                    let second = fixing.rate().clone().into();
                    MoneyError::FixingConflict { date, first, second }.into()
                });
            }
            Validity::Until(_) => &mut quotes.periods,
            Validity::Onwards => &mut quotes.onwards,
        };
        match kind.entry(date) {
            Entry::Occupied(there) if *there.get() != fixing => {
                let first = Box::new(there.get().clone());
                Err(MoneyError::PeriodConflict { first, second: Box::new(fixing) }.into())
            }
            entry => {
                entry.or_insert(fixing);
                Ok(())
            }
        }
    }

    /// Adds a pair's fixings of days, in any order, to a table without that pair. Returns `None` if two
    /// are of one day.
    #[cfg(feature = "csv")]
    pub(super) fn insert_days(&mut self, pair: Pair, rates: Vec<DayRate>) -> Option<()> {
        let quotes = Quotes { days: Days::sorted(rates)?, ..Quotes::default() };
        self.pairs.insert(pair, quotes);
        Some(())
    }

    /// Returns the table with the given largest age, in days, of a fixing that is used; 0 allows
    /// only fixings of the day itself.
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

    /// Returns the table with a markup: whoever pays at one of its exchange rates is charged that share
    /// more (see [`ExchangeRate::with_markup`]).
    ///
    /// ```
    /// # use bandwidth_cost::{Currency, ExchangeRates, Share, jiff::civil::date};
    /// let mut table = ExchangeRates::new().with_markup(Share::from_percent(1));
    /// table.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
    /// let rate = table.rate(Currency::USD, Currency::PKR, date(2024, 12, 31))?;
    /// assert_eq!(rate.to_string(), "1 USD = 278.55 PKR plus 1% (fixing of 2024-12-31)");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn with_markup(mut self, markup: Share) -> Self {
        self.markup = markup;
        self
    }

    /// Returns the markup.
    ///
    /// ```
    /// # use bandwidth_cost::{ExchangeRates, Share};
    /// assert_eq!(ExchangeRates::new().markup(), Share::ZERO);
    /// ```
    #[must_use]
    pub const fn markup(&self) -> Share {
        self.markup
    }

    /// Returns the largest age, in days, of a fixing that is used.
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

    /// Returns all fixings, ordered by pair of currencies. Within a pair, the fixings of days come
    /// first, then those for periods, then those valid from a day on, each in the order of their
    /// first days.
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
    pub fn fixings(&self) -> impl Iterator<Item = Fixing> {
        self.pairs.iter().flat_map(|(&pair, quotes)| quotes.all(pair))
    }

    /// Returns the exchange rate on a day.
    ///
    /// The first of these that the table has is returned:
    ///
    /// 1. a fixing of that day;
    /// 2. an exchange rate that [`insert_for`](Self::insert_for) made valid on that day;
    /// 3. the newest fixing of the [`max_age`](Self::max_age) days before;
    /// 4. the latest exchange rate that [`insert_from`](Self::insert_from) made valid on that day or
    ///    before.
    ///
    /// Of several of one kind, the one whose day, or first day, is the latest is taken. If those are of
    /// one day, the direction asked for comes first, then the inverse of the other direction, then the
    /// conversion through the [pivot](Self::with_pivot) currency, if the table has one. Such a conversion
    /// takes two exchange rates, and counts as the weaker of them: the later kind in this list, or, of one
    /// kind, the earlier day.
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
        let single = match self.held(from, to, on) {
            // None comes before it.
            Some(Held { class: Class::FixedOnTheDay, fixing }) => {
                return Ok(DatedRate::new(fixing, from).with_markup(self.markup));
            }
            single => single,
        };
        let rate = match (single, self.held_through(from, self.pivot, to, on)) {
            (Some(single), Some((first, second)))
                if single.rank() >= first.rank().min(second.rank()) =>
            {
                DatedRate::new(single.fixing, from)
            }
            (_, Some((first, second))) => DatedRate::new(first.fixing, from).then(second.fixing)?,
            (Some(single), None) => DatedRate::new(single.fixing, from),
            (None, None) => return Err(self.no_rate(from, to, on, None).into()),
        };
        Ok(rate.with_markup(self.markup))
    }

    /// Returns the mean of the exchange rates that were fixed on the days of a period.
    ///
    /// It is the mean of the fixings in the direction asked for, each counted once, as they were
    /// quoted. If there are none, it is the inverse of the mean in the other direction. If there
    /// are none of those either, it is the product of two means, to the pivot and from it, over the
    /// days on which both were fixed. Exchange rates from [`insert_for`](Self::insert_for) and
    /// [`insert_from`](Self::insert_from) are not used.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::NoRate`] if more than [`max_age`](Self::max_age) days in a row are without a
    ///   fixing, at the ends of the period too, or if one of the currencies ended within it.
    /// - [`MoneyError::EmptyPeriod`] if the period ends before it begins.
    /// - [`MoneyError::SameCurrency`] if `from` and `to` are the same.
    ///
    /// ```
    /// use bandwidth_cost::{Currency, ExchangeRates, jiff::civil::date};
    ///
    /// let mut table = ExchangeRates::new();
    /// table.insert(date(2023, 1, 25), "1 USD = 231.55 PKR".parse()?)?;
    /// table.insert(date(2023, 1, 26), "1 USD = 250.5 PKR".parse()?)?;
    /// let days = date(2023, 1, 25)..=date(2023, 1, 29);
    /// let rate = table.mean(Currency::USD, Currency::PKR, days)?;
    /// assert_eq!(
    ///     rate.to_string(),
    ///     "1 USD = 241.025 PKR (mean of 2 fixings from 2023-01-25 to 2023-01-29)",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn mean(
        &self,
        from: Currency,
        to: Currency,
        days: RangeInclusive<Date>,
    ) -> Result<DatedRate, Error> {
        let (first, last) = days.into_inner();
        if first > last {
            return Err(MoneyError::EmptyPeriod { first, last }.into());
        }
        if from == to {
            return Err(MoneyError::SameCurrency { currency: from }.into());
        }
        let mut legs = vec![self.fixed_within(from, to, first, last)];
        if legs.iter().all(BTreeMap::is_empty)
            && let Some(pivot) = self.pivot.filter(|&pivot| pivot != from && pivot != to)
        {
            let mut one = self.fixed_within(from, pivot, first, last);
            let mut other = self.fixed_within(pivot, to, first, last);
            one.retain(|day, _| other.contains_key(day));
            other.retain(|day, _| one.contains_key(day));
            legs = vec![one, other];
        }
        let days = legs.first().into_iter().flat_map(BTreeMap::keys).copied();
        let ended = legs.iter().flat_map(BTreeMap::values).find_map(|fixing| {
            let ended = withdrawn(fixing.rate().base(), fixing.rate().quote(), last)?;
            (first < ended).then_some((ended, last))
        });
        if let Some((gap_first, gap_last)) = ended.or_else(|| self.gap(first, last, days)) {
            let gap = MeanGap { first, last, gap_first, gap_last };
            return Err(self.no_rate(from, to, gap_last, Some(gap)).into());
        }
        let legs = legs.into_iter().map(|leg| leg.into_values().collect());
        Ok(DatedRate::of_means(from, (first, last), legs)?.with_markup(self.markup))
    }

    /// Returns the fixings of the days of a period: in the direction asked for, else in the other.
    fn fixed_within(
        &self,
        from: Currency,
        to: Currency,
        first: Date,
        last: Date,
    ) -> BTreeMap<Date, Fixing> {
        let within = |pair| {
            let quotes: Option<&Quotes> = self.pairs.get(&pair);
            let rates = quotes.into_iter().flat_map(|quotes| quotes.days.within(first, last));
            rates.map(|rate| (rate.date(), Fixing::of_day(pair, rate))).collect::<BTreeMap<_, _>>()
        };
        let direct = within((from, to));
        if direct.is_empty() { within((to, from)) } else { direct }
    }

    /// Returns the first days of a period, more than the table's age, that are not among `fixed`, which
    /// are in order.
    #[expect(
        clippy::expect_used,
        reason = "a day after another is not the first that there can be"
    )]
    fn gap(
        &self,
        first: Date,
        last: Date,
        fixed: impl Iterator<Item = Date>,
    ) -> Option<(Date, Date)> {
        // `None` is the day after the last one that there can be.
        let mut next = Some(first);
        for day in fixed {
            let begin = next?;
            if days_between(begin, day) > self.max_age.into() {
                return Some((begin, day.yesterday().expect("a day after another")));
            }
            next = day.tomorrow().ok();
        }
        let begin = next.filter(|&begin| begin <= last)?;
        // Without any fixing there is no mean, however short the period.
        let is_gap = begin == first || days_between(begin, last) >= self.max_age.into();
        is_gap.then_some((begin, last))
    }

    /// Returns the fixing that holds on a day, in either direction; of two that rank the same, the one
    /// in the direction asked for.
    fn held(&self, from: Currency, to: Currency, on: Date) -> Option<Held> {
        let ended = withdrawn(from, to, on);
        let held = |pair| self.pairs.get(&pair)?.held(pair, on, self.max_age, ended);
        let direct = held((from, to));
        if let Some(Held { class: Class::FixedOnTheDay, .. }) = direct {
            return direct;
        }
        // Of two that rank the same, `max_by_key` takes the later one in the list.
        [held((to, from)), direct].into_iter().flatten().max_by_key(Held::rank)
    }

    /// Returns the fixings to a currency between the two and from it.
    fn held_through(
        &self,
        from: Currency,
        pivot: Option<Currency>,
        to: Currency,
        on: Date,
    ) -> Option<(Held, Held)> {
        let pivot = pivot.filter(|&pivot| pivot != from && pivot != to)?;
        Some((self.held(from, pivot, on)?, self.held(pivot, to, on)?))
    }

    /// Returns the error where nothing holds, with what would have helped.
    fn no_rate(&self, from: Currency, to: Currency, on: Date, mean: Option<MeanGap>) -> MoneyError {
        let pivot = self.pivot.filter(|&pivot| pivot != from && pivot != to);
        let between = |from, to| self.nearest(from, to, on, mean.is_none());
        let mut nearest = vec![between(from, to)];
        nearest.extend(pivot.map(|pivot| between(from, pivot)));
        nearest.extend(pivot.map(|pivot| between(pivot, to)));
        let ended = [Some(from), Some(to), pivot].into_iter().flatten().find_map(|currency| {
            currency.withdrawn().filter(|&day| day <= on).map(|day| (currency, day))
        });
        let others: BTreeSet<Currency> =
            self.pairs.keys().flat_map(|&(base, quote)| [base, quote]).collect();
        // For a mean, a currency that leads there on its last day is worth trying.
        let leads = |&other: &Currency| self.held_through(from, Some(other), to, on).is_some();
        let detour = others.into_iter().filter(|&other| Some(other) != pivot).find(leads);
        MoneyError::NoRate { from, to, on, max_age: self.max_age, nearest, mean, ended, detour }
    }

    /// Returns the nearest days around `on` with a fixing in either direction, `periods` among them or
    /// not.
    fn nearest(&self, from: Currency, to: Currency, on: Date, periods: bool) -> NearestFixings {
        let pairs = [(from, to), (to, from)].into_iter().filter_map(|pair| self.pairs.get(&pair));
        let mut days = [None, None];
        for quotes in pairs {
            let period = |fixing: &Fixing| match fixing.validity() {
                Validity::Until(last) if last <= on => last,
                _ => fixing.date(), // one that goes on past `on` held until a currency ended
            };
            let periods = quotes.periods.values().filter(|_| periods).map(period);
            let fixed = [quotes.days.last_until(on), quotes.days.first_after(on)];
            for day in fixed.into_iter().flatten().map(DayRate::date).chain(periods) {
                let [before, after] = &mut days;
                if day <= on {
                    *before = (*before).max(Some(day));
                } else {
                    *after = Some(after.map_or(day, |after: Date| after.min(day)));
                }
            }
        }
        let [before, after] = days;
        NearestFixings { from, to, before, after }
    }
}

/// Returns the last day up to `on` on which one of two currencies was withdrawn.
fn withdrawn(one: Currency, other: Currency, on: Date) -> Option<Date> {
    let days = [one, other].into_iter().filter_map(Currency::withdrawn);
    days.filter(|&day| day <= on).max()
}

impl Default for ExchangeRates {
    fn default() -> Self {
        Self::new()
    }
}

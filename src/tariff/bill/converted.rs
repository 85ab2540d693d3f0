//! The part of [`Statement`] that converts a bill to another currency.

#[cfg(feature = "serde")]
use crate::tariff::{BillAmounts, TariffError};
use crate::{
    Error,
    money::{
        Cost, Currency, MoneyError,
        exchange::{DatedRate, ExchangeRates},
    },
    number::Share,
    tariff::{Statement, StatementLine},
};
use jiff::civil::Date;

/// A line's own amount in another currency, and the exchange rate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Converted {
    amount: Cost,
    /// `None` for zero, which needs none.
    rate: Option<DatedRate>,
}

impl Converted {
    fn new(own: &Cost, rate: DatedRate) -> Result<Self, Error> {
        Ok(Self { amount: rate.convert(own)?, rate: Some(rate) })
    }

    /// Creates a conversion that was read.
    #[cfg(feature = "serde")]
    pub(super) const fn read(amount: Cost, rate: Option<DatedRate>) -> Self {
        Self { amount, rate }
    }

    /// Checks that the amount is the line's own at the exchange rate.
    #[cfg(feature = "serde")]
    pub(super) fn check(&self, own: &Cost) -> Result<(), Error> {
        let Some(rate) = &self.rate else {
            if own.is_zero() && self.amount.is_zero() {
                return Ok(());
            }
            let (found, expected) = (vec![self.amount.clone()], vec![own.clone()]);
            let amounts = BillAmounts::WithoutRate;
            return Err(TariffError::WrongAmounts { amounts, found, expected }.into());
        };
        let expected = rate.convert(own)?;
        if expected == self.amount {
            return Ok(());
        }
        let (own, rate) = (own.clone(), rate.rate().clone());
        let amounts = BillAmounts::Converted { own, rate };
        let (found, expected) = (vec![self.amount.clone()], vec![expected]);
        Err(TariffError::WrongAmounts { amounts, found, expected }.into())
    }

    pub(super) const fn amount(&self) -> &Cost {
        &self.amount
    }

    pub(super) const fn rate(&self) -> Option<&DatedRate> {
        self.rate.as_ref()
    }
}

impl Statement {
    /// Converts the statement to another currency at the rates of a day.
    ///
    /// Each line keeps its own amount, and the rate with the fixings that it comes from; a percentage
    /// becomes one of the converted amounts. A line in the
    /// other currency already stays as it is, and a line of zero needs no rate. Conversion is exact, so
    /// that the totals are the same as if they were converted. A statement that was converted before is
    /// converted from its lines' own amounts, not a second time.
    ///
    /// [`ExchangeRates::with_markup`] adds the margin that a payer bears.
    /// [`convert_at`](Self::convert_at) takes a given rate, such as a month's mean.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoRate`](crate::money::MoneyError::NoRate) if there is no rate for the currency of
    /// a line on that day.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     Currency, DataRate, RateMeter, ExchangeRates, Schedule, Tariff, UsageSeries,
    ///     jiff::{Timestamp, civil::date},
    /// };
    /// use core::time::Duration;
    ///
    /// let transit = Tariff::by_rate(
    ///     "transit",
    ///     RateMeter::Peak,
    ///     Schedule::flat("0.80 USD per 1 Mbps".parse()?),
    /// );
    /// let start: Timestamp = "2023-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_gbps(10); 288];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let bill = transit.bill(&series)?; // 8000 USD
    ///
    /// // What the devaluation of 26 January 2023 did to it.
    /// let mut fixings = ExchangeRates::new();
    /// fixings.insert(date(2023, 1, 25), "1 USD = 231.55 PKR".parse()?)?;
    /// fixings.insert(date(2023, 1, 26), "1 USD = 250.50 PKR".parse()?)?;
    /// let before = bill.convert(&fixings, Currency::PKR, date(2023, 1, 25))?.total()?;
    /// let after = bill.convert(&fixings, Currency::PKR, date(2023, 1, 26))?.total()?;
    /// assert_eq!(after.checked_sub(&before)?.to_string(), "151600 PKR");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn convert(&self, rates: &ExchangeRates, to: Currency, on: Date) -> Result<Self, Error> {
        self.convert_lines(to, |own| rates.rate(own.currency(), to, on))
    }

    /// Converts the lines in one currency at a given exchange rate: a mean of
    /// [`ExchangeRates::mean`], or an [`ExchangeRate`](crate::ExchangeRate) that was agreed.
    ///
    /// Lines in the rate's quote currency stay as they are.
    ///
    /// # Errors
    ///
    /// - [`MoneyError::BillWithSpread`] if the rate has a spread, which would make the bill cheaper.
    /// - [`MoneyError::CurrencyMismatch`] if a line that is not zero is in a third currency.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     DataRate, ExchangeRate, RateMeter, Schedule, Share, Tariff, UsageSeries, jiff::Timestamp,
    /// };
    /// use core::time::Duration;
    ///
    /// let price = "1 USD per 1 Mbps".parse()?;
    /// let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(price));
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(100)];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let bill = port.bill(&series)?; // 100 USD
    ///
    /// let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
    /// let bank = rate.with_markup(Share::from_percent(1));
    /// assert_eq!(bill.convert_at(bank)?.total()?.to_string(), "28133.55 PKR");
    /// assert_eq!(
    ///     bill.convert_at(rate.with_spread(Share::from_percent(1))).unwrap_err().to_string(),
    ///     "a bill can't be converted at 1 USD = 278.55 PKR less 1%, because the spread would make \
    ///      it cheaper: pass the margin that the payer bears to with_markup",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn convert_at(&self, rate: impl Into<DatedRate>) -> Result<Self, Error> {
        let rate = rate.into();
        if rate.rate().spread() != Share::ZERO {
            return Err(MoneyError::BillWithSpread { rate: Box::new(rate.rate().clone()) }.into());
        }
        self.convert_lines(rate.rate().quote(), |own| {
            if own.currency() == rate.rate().base() {
                return Ok(rate.clone());
            }
            let (left, right) = (rate.rate().base(), own.currency());
            Err(MoneyError::CurrencyMismatch { left, right }.into())
        })
    }

    fn convert_lines(
        &self,
        to: Currency,
        rate: impl Fn(&Cost) -> Result<DatedRate, Error>,
    ) -> Result<Self, Error> {
        let convert = |line: &StatementLine| {
            let own = line.line().amount();
            let converted = if own.currency() == to {
                None
            } else {
                match rate(own) {
                    Ok(rate) => Some(Converted::new(own, rate)?),
                    Err(_) if own.is_zero() => {
                        Some(Converted { amount: Cost::zero(to), rate: None })
                    }
                    Err(error) => return Err(error),
                }
            };
            let mut line = line.clone();
            line.converted = converted;
            Ok(line)
        };
        let tariffs = self.lines.iter().filter(|line| line.adjustment.is_none());
        let lines = tariffs.map(convert).collect::<Result<_, Error>>()?;
        let mut statement = Self { lines, adjustments: Vec::new(), ..self.clone() };
        for adjustment in &self.adjustments {
            // A percentage is of the converted lines, and in their currency.
            for line in adjustment.lines(self.period.days, &statement.lines) {
                statement.lines.push(convert(&line)?);
            }
            statement.adjustments.push(adjustment.clone());
        }
        Ok(statement)
    }
}

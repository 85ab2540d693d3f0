//! The part of [`Statement`] that converts a bill to another currency.

#[cfg(feature = "serde")]
use crate::tariff::{BillAmounts, TariffError};
use crate::{
    Error,
    money::{
        Cost, Currency,
        exchange::{DatedRate, ExchangeRates},
    },
    tariff::{Statement, StatementLine},
};
use jiff::civil::Date;

/// A line's own amount in another currency, and the rate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Converted {
    amount: Cost,
    rate: DatedRate,
}

impl Converted {
    fn new(own: &Cost, rate: DatedRate) -> Result<Self, Error> {
        Ok(Self { amount: rate.convert(own)?, rate })
    }

    /// Checks that the amount is the line's own at the rate.
    #[cfg(feature = "serde")]
    pub(super) fn check(&self, own: &Cost) -> Result<(), Error> {
        let expected = self.rate.convert(own)?;
        if expected == self.amount {
            return Ok(());
        }
        let (own, rate) = (own.clone(), self.rate.rate().clone());
        let amounts = BillAmounts::Converted { own, rate };
        let (found, expected) = (vec![self.amount.clone()], vec![expected]);
        Err(TariffError::WrongAmounts { amounts, found, expected }.into())
    }

    pub(super) const fn amount(&self) -> &Cost {
        &self.amount
    }

    pub(super) const fn rate(&self) -> &DatedRate {
        &self.rate
    }
}

impl Statement {
    /// Converts the statement to another currency at the rates of a day.
    ///
    /// Each line keeps its own amount, and the rate with the fixings that it comes from. A line in the
    /// other currency already stays as it is. Conversion is exact, so that the totals are the same as
    /// if they were converted. A statement that was converted before is converted from its lines' own
    /// amounts, not a second time.
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
        let convert = |line: &StatementLine| {
            let own = line.line().amount();
            let converted = if own.currency() == to {
                None
            } else {
                Some(Converted::new(own, rates.rate(own.currency(), to, on)?)?)
            };
            let mut line = line.clone();
            line.converted = converted;
            Ok(line)
        };
        let lines = self.lines.iter().map(convert).collect::<Result<_, Error>>()?;
        Ok(Self { lines, ..self.clone() })
    }
}

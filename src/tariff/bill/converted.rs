//! [`Statement::convert`]: a bill in another currency.

use crate::{
    Error,
    money::{
        Cost, Currency,
        exchange::{DatedRate, ExchangeRates},
    },
    tariff::{Statement, StatementLine, TariffError},
};
use jiff::civil::Date;

/// What a line's own amount is in another currency.
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

    /// Checks that the amount is what the rate makes of the line's own.
    #[cfg(feature = "serde")]
    pub(super) fn check(&self, own: &Cost) -> Result<(), Error> {
        let amount = self.rate.convert(own)?;
        if amount == self.amount {
            return Ok(());
        }
        let [own, amount, written] = [own, &amount, &self.amount].map(ToString::to_string);
        Err(TariffError::ConvertedAmount {
            own,
            rate: self.rate.rate().to_string(),
            amount,
            written,
        }
        .into())
    }

    pub(super) const fn amount(&self) -> &Cost {
        &self.amount
    }

    pub(super) const fn rate(&self) -> &DatedRate {
        &self.rate
    }
}

impl Statement {
    /// The statement in another currency, at the rates of a day: each line keeps its own amount and
    /// the rate at which it was converted, and so the fixings that the rate comes from. A line that
    /// is in that currency stays as it is.
    ///
    /// Converting line by line is exact, and so the same as converting the totals. A statement that
    /// was converted before is converted from its lines' own amounts, not a second time.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoRate`].
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

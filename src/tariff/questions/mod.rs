//! Questions about a bill: whose traffic made it, which reading of the contract gives it, and where
//! it will end.

mod attribute;
mod coalitions;
mod explain;

pub use self::{
    attribute::Attribution,
    explain::{Assumption, Explanation, Figure},
};

use crate::{
    Error,
    money::{Cost, Currency},
    quantity::AnyQuantity,
    tariff::{RateCard, StatementLine, Tariff, TariffError, tariff::Basis},
    usage::UsageSeries,
};
use jiff::tz::TimeZone;

impl RateCard {
    /// Returns the currency of all tariffs, or an error if there are two.
    pub(super) fn only_currency(&self) -> Result<Currency, Error> {
        let mut currencies = self.tariffs().iter().map(Tariff::currency);
        #[expect(clippy::expect_used, reason = "a card has a tariff")]
        let first = currencies.next().expect("a card has at least one tariff");
        match currencies.find(|currency| *currency != first) {
            Some(other) => Err(TariffError::TwoCurrencies { first, other }.into()),
            None => Ok(first),
        }
    }
}

/// Returns the sum of lines in one currency.
fn sum_of(lines: &[StatementLine], currency: Currency) -> Result<Cost, Error> {
    Cost::sum(currency, lines.iter().map(StatementLine::amount))
}

impl Tariff {
    /// Measures a series.
    fn measure(&self, series: &UsageSeries, zone: &TimeZone) -> Result<AnyQuantity, Error> {
        match self.basis() {
            Basis::Volume(meter, _) => meter.measure(series).map(AnyQuantity::Volume),
            Basis::Rate(meter, _) => Ok(AnyQuantity::Rate(meter.measure(series, zone))),
        }
    }

    /// Returns the cost of a quantity that the tariff measured: the sum of the lines of its bill.
    fn cost_of(&self, measured: AnyQuantity) -> Cost {
        match (self.basis(), measured) {
            (Basis::Volume(_, schedule), AnyQuantity::Volume(volume)) => schedule.cost(volume),
            (Basis::Rate(_, schedule), AnyQuantity::Rate(rate)) => schedule.cost(rate),
            _ => unreachable!("a tariff measures what it prices"),
        }
    }
}

//! Questions about a bill: whose traffic made it, which reading of the contract gives it, and where
//! it will end.

mod attribute;
mod coalitions;

pub use self::attribute::Attribution;

use crate::{
    Error,
    money::{Cost, Currency},
    tariff::{RateCard, StatementLine, Tariff, TariffError},
};

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

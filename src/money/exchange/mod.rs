//! Exchange rates: one rate, rates by date, and reading them from CSV files.

#[cfg(feature = "csv")]
mod csv;
mod dated_rate;
mod exchange_rate;
mod exchange_rates;
#[cfg(feature = "serde")]
mod serde;

#[cfg(any(feature = "csv", feature = "serde"))]
use self::dated_rate::read_date;
pub use self::{
    dated_rate::{DatedRate, Fixing, NearestFixings},
    exchange_rate::ExchangeRate,
    exchange_rates::ExchangeRates,
};

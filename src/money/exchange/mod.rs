//! Exchange rates, tables of them by date, and layouts for reading such tables from CSV files.
//!
//! ```
//! use bandwidth_cost::{Cost, Currency, ExchangeRates, jiff::civil::date};
//!
//! let mut rates = ExchangeRates::new();
//! rates.insert(date(2024, 12, 31), "1 USD = 278.55 PKR".parse()?)?;
//! let rate = rates.rate(Currency::USD, Currency::PKR, date(2025, 1, 2))?;
//! assert_eq!(rate.to_string(), "1 USD = 278.55 PKR (fixing of 2024-12-31)");
//! assert_eq!(rate.convert("4/3 USD".parse::<Cost>()?)?.to_string(), "371.4 PKR");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! An [`ExchangeRate`] is exact, in both directions. A [`Fixing`] is the exchange rate of a day or
//! of a period. [`ExchangeRates`] holds fixings and finds the exchange rate of any day, or the mean
//! of a period; it returns a [`DatedRate`], which names the fixings used. No exchange rate is
//! interpolated or taken from a later day. [`euro_conversion`] returns the conversion rate of each
//! currency that the euro replaced.

#[cfg(feature = "csv")]
mod csv;
mod dated_rate;
mod day_rate;
mod days;
mod euro;
mod exchange_rate;
mod exchange_rates;
#[cfg(feature = "csv")]
mod layout;
#[cfg(feature = "serde")]
mod serde;

#[cfg(feature = "csv")]
pub use self::{
    csv::RatesRead,
    layout::{Quoting, RatesLayout},
};
pub use self::{
    dated_rate::{DatedRate, Fixing, NearestFixings, Validity},
    euro::euro_conversion,
    exchange_rate::ExchangeRate,
    exchange_rates::ExchangeRates,
};

//! Amounts of money: settled ones, exact ones, and the rates between currencies.
//!
//! ```
//! use bandwidth_cost::{Cost, Error, ExchangeRate, RoundingStrategy};
//!
//! let cost: Cost = "4/3 USD".parse()?;
//! let rate: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
//! let rupees = rate.convert(cost * 3)?;
//! assert_eq!(rupees.round(RoundingStrategy::MidpointNearestEven)?.to_string(), "1114.20 PKR");
//! # Ok::<(), Error>(())
//! ```
//!
//! A [`Cost`] is exact until you round it: dividing loses nothing, and parts add up to the whole.
//! [`Money`] is what goes in (prices) and what comes out (settled amounts). [`Cost::round`] is the
//! only door between them. A [`RateTable`] knows the rates of many days.

mod allocate;
mod amount;
mod cost;
mod currency;
mod currency_table;
mod dated_rate;
mod exchange;
#[cfg(feature = "csv")]
mod rate_csv;
mod rate_table;
mod rounding;

#[cfg(feature = "serde")]
pub(crate) use self::dated_rate::read_date;
pub(crate) use self::rounding::MAX_SCALE;
pub use self::{
    amount::Money,
    cost::Cost,
    currency::Currency,
    dated_rate::{DatedRate, Fixing, NearestFixings},
    exchange::ExchangeRate,
    rate_table::RateTable,
};

//! Amounts of money, exact or rounded, and the exchange rates between currencies.
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
//! [`Money`] is a decimal: prices are made of it, and [`Cost::round`] returns it as an amount to
//! pay. The module [`exchange`] holds exchange rates and tables of them by date.
//!
//! Amounts have no `+`, because two currencies never mix silently: [`Cost::checked_add`] and
//! [`Money::checked_add`] refuse two currencies with
//! [`MoneyError::CurrencyMismatch`].

mod allocate;
#[cfg(feature = "arbitrary")]
mod arbitrary;
mod cost;
mod currency;
mod currency_table;
mod error;
pub mod exchange;
#[expect(clippy::module_inception, reason = "the module's main type, in a file of its own")]
mod money;
mod rounding;
#[cfg(feature = "serde")]
pub mod serde;

pub use self::error::{MeanGap, MoneyError};
pub(crate) use self::rounding::MAX_SCALE;
pub use self::{cost::Cost, currency::Currency, money::Money};

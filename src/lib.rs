//! What does this traffic cost, in which currency? Exactly.
mod error;
pub mod money;
pub mod price;
pub mod pta;
pub mod quantity;
#[cfg(feature = "serde")]
mod wire;

pub use self::{
    error::Error,
    money::{Cost, Currency, ExchangeRate, Money},
    price::{RatePrice, UnitPrice, VolumePrice},
    quantity::{DataRate, DataVolume, Quantity, RateUnit, Ratio, Share, VolumeUnit},
};
pub use jiff;
pub use rust_decimal::{self, Decimal, RoundingStrategy};

//! Exact numbers without a unit: [`Ratio`], [`Share`], and how quotients of integers are rounded.

mod error;
mod ratio;
mod rounding;
#[cfg(feature = "serde")]
mod serde;
mod share;

pub use self::error::NumberError;
pub use self::{ratio::Ratio, share::Share};
pub(crate) use self::{
    ratio::gcd,
    rounding::{least_rounded_up, portion, round_u128},
};

//! Exact numbers without a unit: [`Ratio`] and [`Share`].
//!
//! ```
//! use bandwidth_cost::{Ratio, Share};
//!
//! let in_service = Share::new(15, 31)?; // days of a month
//! let charge = Ratio::from(620) * Ratio::from(in_service);
//! assert_eq!(charge, Ratio::from(300));
//! assert_eq!(in_service.complement().to_string(), "16/31");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! A [`Ratio`] is any rational number and never overflows. A [`Share`] is a proportion from 0 to 1;
//! it holds two 64-bit integers and is `Copy`.

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod error;
#[cfg(test)]
mod exhaustive;
mod ratio;
mod rounding;
#[cfg(feature = "serde")]
mod serde;
mod share;

#[cfg(feature = "proptest")]
pub(crate) use self::arbitrary::any_of_bytes;
#[cfg(feature = "arbitrary")]
pub(crate) use self::arbitrary::{near_bounds, refused};
#[cfg(feature = "csv")]
pub(crate) use self::rounding::round_wide;
pub use self::{error::NumberError, ratio::Ratio, share::Share};
pub(crate) use self::{
    ratio::gcd,
    rounding::{least_rounded_up, portion, round_u128, scaled},
};

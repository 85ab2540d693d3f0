//! Prices: money per quantity.
//!
//! ```
//! use bandwidth_cost::{DataVolume, Error, VolumePrice};
//!
//! let price: VolumePrice = "10000 USD per 1 Tbps for 1 min".parse()?;
//! assert_eq!(price.to_string(), "10000 USD per 1 Tbps for 1 min");
//! assert_eq!(price.cost(DataVolume::from_gigabytes(1)).to_string(), "4/3 USD");
//! # Ok::<(), Error>(())
//! ```
//!
//! $1 per MB is money per volume. So is $10,000 per minute per Tbps, because a rate over a time is a
//! volume: both are a [`VolumePrice`]. $0.80 per Mbps per month is money per rate, a [`RatePrice`].
//!
//! A contract is a [`Schedule`]: one price or [`Tiers`], with allowance, increment, commitment, fees,
//! minimum and maximum. Its [`CostCurve`] is the cost of each quantity as straight [`Segment`]s.

mod any_price;
#[cfg(feature = "arbitrary")]
mod arbitrary;
mod error;
mod line_item;
pub(crate) mod schedule;
#[cfg(feature = "serde")]
mod serde;
mod tiers;
mod unit_price;
mod unit_price_text;
mod written;

#[cfg(feature = "arbitrary")]
pub(crate) use self::arbitrary::schedule_in;
pub use self::error::PriceError;
pub(crate) use self::schedule::range_of;
pub(crate) use self::tiers::not_negative;
pub use self::{
    any_price::AnyPrice,
    line_item::{LineItem, LineKind},
    schedule::{CostCurve, Crossing, MAX_CROSSINGS, Schedule, ScheduleWarning, Segment},
    tiers::{Tier, TierBound, Tiers},
    unit_price::{RatePrice, UnitPrice, VolumePrice},
};

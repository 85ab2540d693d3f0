//! Prices: money per quantity.
//!
//! ```
//! use bandwidth_cost::{DataVolume, Error, VolumePrice};
//!
//! let price: VolumePrice = "10000 USD per 1 Tbps for 1 min".parse()?;
//! assert_eq!(price.to_string(), "10000 USD per 7.5 TB");
//! assert_eq!(price.cost(DataVolume::from_gigabytes(1)).to_string(), "4/3 USD");
//! # Ok::<(), Error>(())
//! ```
//!
//! $1 per MB is money per volume. So is $10,000 per minute per Tbps, since a rate over a time is a
//! volume: both are a [`VolumePrice`]. $0.80 per Mbps per month is money per rate, a [`RatePrice`].

mod check;
mod line;
mod pieces;
mod reading;
mod schedule;
#[cfg(feature = "serde")]
mod schedule_text;
mod steps;
mod text;
mod tiers;
mod unit_price;

pub(crate) use self::pieces::{Metering, Piece};
#[cfg(feature = "serde")]
pub(crate) use self::schedule_text::{
    ScheduleParts, ScheduleText, Text, TierText, at, entry, no_key, too_many_keys, within,
};
pub use self::{
    check::Finding,
    line::{Item, Line},
    reading::PriceReading,
    schedule::Schedule,
    tiers::{Bound, Tier, Tiers},
    unit_price::{RatePrice, UnitPrice, VolumePrice},
};

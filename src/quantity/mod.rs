//! Amounts of data, rates of data, shares of a whole, and the plain numbers between them.
//!
//! ```
//! use bandwidth_cost::{DataRate, DataVolume, Error};
//! use core::time::Duration;
//!
//! let rate: DataRate = "815 Gbps".parse()?;
//! let volume = rate * Duration::from_secs(3600);
//! assert_eq!(volume, DataVolume::from_megabytes(366_750_000));
//! assert_eq!(volume.to_string(), "366.75 TB");
//! # Ok::<(), Error>(())
//! ```
//!
//! MB is 10⁶ bytes and MiB is 2²⁰; b is a bit and B a byte; everywhere. A [`DataVolume`] counts
//! billionths of a bit and a [`DataRate`] whole bits per second, so that rate × time never rounds.

mod any;
mod rate;
#[cfg(feature = "serde")]
mod serde;
mod unit;
mod volume;

pub use self::{
    any::AnyQuantity,
    rate::DataRate,
    unit::{RateUnit, VolumeUnit},
    volume::DataVolume,
};

use crate::Error;
use core::{fmt, hash::Hash, str::FromStr};

/// What a price can be per: a [`DataVolume`] or a [`DataRate`].
///
/// Sealed: the crate prices these two. Its `Unit` is [`VolumeUnit`] for volumes and [`RateUnit`] for
/// rates.
///
/// ```
/// use bandwidth_cost::{Cost, Money, Quantity, UnitPrice};
///
/// /// The same code for a price per volume and a price per rate.
/// fn twice<Q: Quantity>(price: UnitPrice<Q>, quantity: Q) -> Cost {
///     price.cost(quantity) * 2
/// }
/// ```
pub trait Quantity:
    Copy + Ord + Hash + fmt::Debug + fmt::Display + FromStr<Err = Error> + sealed::Units
{
}

impl Quantity for DataVolume {}
impl Quantity for DataRate {}

pub(crate) mod sealed {
    use crate::quantity::{AnyQuantity, DataRate, DataVolume, RateUnit, VolumeUnit};
    use core::{fmt, hash::Hash};

    /// A quantity as a count of its smallest units.
    pub trait Units: Sized {
        /// What it is called.
        const NAME: &'static str;

        /// A quantity that a price is usually per.
        const USUAL: &'static str;

        /// The largest count.
        const MOST: u128;

        /// What numbers of the quantity are counted in.
        type Unit: Copy + Eq + Hash + Send + Sync + fmt::Debug + fmt::Display + 'static;

        /// Smallest units in one unit.
        fn size_of(unit: Self::Unit) -> u128;

        /// Billionths of a bit, or bits per second.
        fn units(self) -> u128;

        /// The quantity of so many units, at most [`Self::MOST`].
        fn from_units(units: u128) -> Self;

        /// The quantity with its kind.
        fn measured(self) -> AnyQuantity;
    }

    impl Units for DataVolume {
        const NAME: &'static str = "data volume";
        const USUAL: &'static str = "1 MB";
        const MOST: u128 = u128::MAX;

        type Unit = VolumeUnit;

        fn size_of(unit: VolumeUnit) -> u128 {
            unit.size()
        }

        fn units(self) -> u128 {
            self.as_nanobits()
        }

        fn from_units(units: u128) -> Self {
            Self::from_nanobits(units)
        }

        fn measured(self) -> AnyQuantity {
            AnyQuantity::Volume(self)
        }
    }

    impl Units for DataRate {
        const NAME: &'static str = "data rate";
        const USUAL: &'static str = "1 Mbps";
        const MOST: u128 = u64::MAX as u128;

        type Unit = RateUnit;

        fn size_of(unit: RateUnit) -> u128 {
            unit.size().into()
        }

        fn units(self) -> u128 {
            u128::from(self.as_bps())
        }

        fn from_units(units: u128) -> Self {
            u64::try_from(units).map_or(Self::MAX, Self::from_bps)
        }

        fn measured(self) -> AnyQuantity {
            AnyQuantity::Rate(self)
        }
    }
}

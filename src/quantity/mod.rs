//! Data volumes and data rates, their units, and the products between them.
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
//! MB is 10⁶ bytes and MiB is 2²⁰; b is a bit and B is a byte; everywhere. A [`DataVolume`] counts
//! billionths of a bit and a [`DataRate`] whole bits per second:
//!
//! | product | result |
//! | --- | --- |
//! | rate × time, time × rate | a volume, exactly |
//! | volume / time | a rate, to the nearest bit per second, half to even |
//! | volume / rate | a time, to the nearest nanosecond, half to even |
//! | volume × `u64`, rate × `u64` | a volume or a rate, exactly |
//! | `portion` of a volume or a rate | a volume or a rate, rounded down to the smallest unit |
//!
//! Operators panic on overflow and on a division by zero, as those of
//! [`Duration`](core::time::Duration) do. Each has a `checked_` twin that returns `None` instead:
//! [`DataRate::checked_mul`] for rate × time, [`DataVolume::checked_div`] for volume / time,
//! [`DataVolume::checked_div_rate`] for volume / rate, [`DataVolume::checked_mul`] for volume ×
//! `u64` and [`DataRate::checked_times`] for rate × `u64`.

mod any;
#[cfg(feature = "arbitrary")]
mod arbitrary;
mod in_unit;
mod pair;
mod products;
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

pub(crate) use self::unit::{BIT, RateIn};

use crate::Error;
use core::{fmt, hash::Hash, str::FromStr};

/// A quantity that can have a price: a [`DataVolume`] or a [`DataRate`].
///
/// The trait is sealed, because the crate prices only these two. Its associated type `Unit` is
/// [`VolumeUnit`] for volumes and [`RateUnit`] for rates.
///
/// ```
/// use bandwidth_cost::{Cost, Money, Quantity, UnitPrice};
///
/// /// Returns twice the cost, for a price per volume and for a price per rate.
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
        /// The name in messages.
        const NAME: &'static str;

        /// A quantity, as text, that a price is usually per.
        const USUAL: &'static str;

        /// The largest count.
        const MOST: u128;

        /// The type of the units in which the quantity is stated.
        type Unit: Copy + Eq + Hash + Send + Sync + fmt::Debug + fmt::Display + 'static;

        /// Returns the smallest units in one `unit`.
        fn size_of(unit: Self::Unit) -> u128;

        /// Returns the count of smallest units: billionths of a bit, or bits per second.
        fn units(self) -> u128;

        /// Creates the quantity of `units` smallest units, at most [`Self::MOST`].
        fn from_units(units: u128) -> Self;

        /// Converts to the type that holds either quantity.
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
            Self::from_count(units)
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
            Self::from_count(units)
        }

        fn measured(self) -> AnyQuantity {
            AnyQuantity::Rate(self)
        }
    }
}

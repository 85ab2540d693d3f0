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

mod number;
mod quotient;
mod rate;
mod ratio;
mod share;
mod text;
mod time;
mod unit;
mod volume;

pub(crate) use self::number::write_decimal;
pub(crate) use self::quotient::{least_rounded_up, portion, round_u128};
pub(crate) use self::ratio::gcd;
pub(crate) use self::text::{Misfit, Number, Scanner, Sign, clip, digits_to_u128};
pub(crate) use self::time::{TimeText, from_nanoseconds, scan_time};
pub(crate) use self::unit::UnitAlone;
pub use self::{
    rate::DataRate,
    ratio::Ratio,
    share::Share,
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

/// A quantity of either kind: what was measured, on a bill that lists both.
///
/// ```
/// use bandwidth_cost::{DataRate, Measured};
///
/// let peak = Measured::Rate(DataRate::from_gbps(815));
/// assert_eq!(peak.to_string(), "815 Gbps");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measured {
    /// A volume.
    Volume(DataVolume),
    /// A rate.
    Rate(DataRate),
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Volume(volume) => volume.fmt(f),
            Self::Rate(rate) => rate.fmt(f),
        }
    }
}

impl FromStr for Measured {
    type Err = Error;

    /// Reads either quantity; the error is that of a volume.
    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self::Rate).or_else(|_: Error| text.parse().map(Self::Volume))
    }
}

pub(crate) mod sealed {
    use super::{DataRate, DataVolume, Measured, RateUnit, VolumeUnit};
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
        fn measured(self) -> Measured;
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

        fn measured(self) -> Measured {
            Measured::Volume(self)
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

        fn measured(self) -> Measured {
            Measured::Rate(self)
        }
    }
}

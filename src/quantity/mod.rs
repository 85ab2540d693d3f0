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
mod unit;
mod volume;

pub(crate) use self::number::write_decimal;
pub(crate) use self::ratio::gcd;
pub(crate) use self::text::{Misfit, Number, Scanner, Sign, clip};
pub(crate) use self::unit::{Reading, UnitAlone};
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
/// Sealed: the crate prices these two.
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
    use super::{DataRate, DataVolume};

    /// A quantity as a count of its smallest units.
    pub trait Units: Sized {
        /// A quantity that a price is usually per.
        const USUAL: &'static str;

        /// Billionths of a bit, or bits per second.
        fn units(self) -> u128;
    }

    impl Units for DataVolume {
        const USUAL: &'static str = "1 MB";

        fn units(self) -> u128 {
            self.as_nanobits()
        }
    }

    impl Units for DataRate {
        const USUAL: &'static str = "1 Mbps";

        fn units(self) -> u128 {
            u128::from(self.as_bps())
        }
    }
}

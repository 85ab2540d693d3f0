//! [`DataVolume`]: an amount of data.

use super::{in_unit::InUnit, pair::quantity, sealed::Units, unit};
use crate::{
    Error,
    number::{Ratio, Share},
    quantity::VolumeUnit,
    text::{Fault, Notation, Scanner, UnitAlone, attempt},
};
use core::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Mul, Sub, SubAssign},
    str::FromStr,
};

/// An exact amount of data, counted in billionths of a bit.
///
/// ```
/// use bandwidth_cost::{DataVolume, VolumeUnit};
///
/// let film: DataVolume = "4.7 GB".parse()?;
/// assert_eq!(film, DataVolume::from_megabytes(4_700));
/// assert_eq!(film.in_unit(VolumeUnit::Megabit).to_string(), "37600");
/// assert_eq!((film * 3).to_string(), "14.1 GB");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// The smallest unit is a billionth of a bit so that rate × time never rounds: one bit per second
/// carries one billionth of a bit in a nanosecond. The largest volume is about 3.4·10²⁹ bits, which
/// [`DataRate::MAX`](super::DataRate::MAX) carries in 584 years.
///
/// # Text
///
/// A number and a unit: `250 MB`, `1.5GiB`, `8 kbit`. `B` is a byte and `b` (or `bit`) is a bit;
/// `k` to `E` are powers of 1000, and `Ki` to `Ei` are powers of 1024. Case matters: `mb` could be
/// three things and is refused, and so are signs, exponents, separators, and fractions of a
/// billionth of a bit.
///
/// A volume is written in SI bytes, in the largest unit in which the number is at least 1, exactly,
/// and reads back to the same value. A volume is written in IEC bytes instead where that takes
/// fewer digits and at most four, in the largest such unit. `{:.2}` rounds half to even and is
/// always in SI bytes; `{:>12}` pads, `{:#}` groups the thousands. [`volume!`](crate::volume) reads a
/// literal when compiling.
///
/// ```
/// # use bandwidth_cost::DataVolume;
/// let volume = DataVolume::from_bits(1_234_567);
/// assert_eq!(volume.to_string(), "154.320875 kB");
/// assert_eq!(format!("{volume:.1}"), "154.3 kB");
/// assert_eq!(DataVolume::from_tebibytes(10).to_string(), "10 TiB"); // 10.99511627776 TB
/// assert_eq!(DataVolume::from_kibibytes(1_000).to_string(), "1.024 MB"); // as many digits
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DataVolume(u128);

quantity! {
    DataVolume(u128) in VolumeUnit,
    name: "data volume",
    times: checked_mul,
    max: "2¹²⁸ − 1 billionths of a bit, about 42.5 billion EB",
    examples: ["100 GB", "30 GB", "130 GB"],
    in_unit: ["947.3328 PB", Terabyte, "947332.8", "947,332.8 TB"],
    written_in: VolumeUnit::SI_BYTES,
    smallest: Byte,
    symbols: VolumeUnit,
    notation: Notation {
        what: "data volume",
        example: "a number and a unit, such as 250 MB",
        units: unit::SI_VOLUME,
        finest: "a multiple of 0.000000001 b",
        most: u128::MAX,
        most_text: DataVolume::MAX_TEXT,
    },
    fits {
        from_bits Bit "bits" "0.25 B";
        from_megabits Megabit "megabits (10⁶ bits)" "250 kB";
        from_gigabits Gigabit "gigabits (10⁹ bits)" "250 MB";
        from_bytes Byte "bytes" "2 B";
        from_kilobytes Kilobyte "kilobytes (10³ bytes)" "2 kB";
        from_megabytes Megabyte "megabytes (10⁶ bytes)" "2 MB";
        from_gigabytes Gigabyte "gigabytes (10⁹ bytes)" "2 GB";
        from_kibibytes Kibibyte "kibibytes (2¹⁰ bytes)" "2 KiB";
        from_mebibytes Mebibyte "mebibytes (2²⁰ bytes)" "2 MiB";
        from_gibibytes Gibibyte "gibibytes (2³⁰ bytes)" "2 GiB";
    }
    may_not_fit {
        from_terabits Terabit "terabits (10¹² bits)" "250 GB";
        from_terabytes Terabyte "terabytes (10¹² bytes)" "2 TB";
        from_petabytes Petabyte "petabytes (10¹⁵ bytes)" "2 PB";
        from_tebibytes Tebibyte "tebibytes (2⁴⁰ bytes)" "2 TiB";
        from_pebibytes Pebibyte "pebibytes (2⁵⁰ bytes)" "2 PiB";
    }
}

impl DataVolume {
    /// [`MAX`](Self::MAX) as text.
    pub(crate) const MAX_TEXT: &str = "42535295865.117307932921825928971026431875 EB";

    /// Creates a data volume of `count` billionths of a bit, the smallest unit.
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// assert_eq!(DataVolume::from_nanobits(8_000_000_000), DataVolume::from_bytes(1));
    /// ```
    #[must_use]
    pub const fn from_nanobits(count: u128) -> Self {
        Self(count)
    }

    /// Returns the volume in billionths of a bit.
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// assert_eq!(DataVolume::from_bits(1).as_nanobits(), 1_000_000_000);
    /// ```
    #[must_use]
    pub const fn as_nanobits(self) -> u128 {
        self.0
    }

    /// Returns a share of the volume, rounded down to the billionth of a bit.
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, pta};
    /// let month = DataVolume::from_petabytes(10);
    /// assert_eq!(month.portion(pta::LOCAL_CDN_SHARE), DataVolume::from_petabytes(7));
    /// ```
    #[must_use]
    pub const fn portion(self, share: Share) -> Self {
        Self(share.of_units(self.0))
    }

    /// Returns the largest IEC unit in which the number has at most four digits, and fewer than in SI
    /// bytes.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "no size is zero, and a number of at most four digits in a unit is below 2^107, which \
                  leaves room for three more digits"
    )]
    fn binary_unit(self) -> Option<VolumeUnit> {
        const MOST_DIGITS: u32 = 4;
        let units = VolumeUnit::IEC_BYTES.into_iter().filter(|unit| {
            // With three decimals at most, it has but three twos fewer than the unit: few volumes do.
            self.0 >= unit.size() && self.0.trailing_zeros() + 3 >= unit.size().trailing_zeros()
        });
        for unit in units {
            let whole_digits = (self.0 / unit.size()).ilog10() + 1;
            let most_places = MOST_DIGITS.checked_sub(whole_digits)?;
            let places = (0..=most_places)
                .find(|&places| (self.0 * 10_u128.pow(places)).is_multiple_of(unit.size()));
            if let Some(places) = places
                && !self.fits_si_digits(whole_digits + places)
            {
                return Some(unit);
            }
        }
        None
    }

    /// Returns whether at most `digits` digits, of which there are at most four, write the volume in the
    /// largest unit of SI bytes that it reaches. It is at least a kilobyte.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        reason = "callers found an IEC unit, no size is zero, and a remainder below an exabyte leaves \
                  room for four more digits"
    )]
    fn fits_si_digits(self, digits: u32) -> bool {
        let mut sizes = VolumeUnit::SI_BYTES.into_iter().map(VolumeUnit::size);
        let size = sizes.find(|size| self.0 >= *size).expect("at least a kilobyte");
        let places = digits.checked_sub((self.0 / size).ilog10() + 1);
        places.is_some_and(|places| (self.0 % size * 10_u128.pow(places)).is_multiple_of(size))
    }

    /// Creates a volume of `count` smallest units.
    pub(super) const fn from_count(count: u128) -> Self {
        Self(count)
    }
}

//! [`DataVolume`]: an amount of data.

use super::unit::{self, BIT, BYTE, InUnit};
use crate::{
    Error,
    number::Ratio,
    quantity::{DataRate, VolumeUnit},
    text::{Notation, Scanner, UnitAlone},
};
use core::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Div, Mul, Sub, SubAssign},
    str::FromStr,
    time::Duration,
};
use rust_decimal::RoundingStrategy;

/// An amount of data, exact: a count of billionths of a bit.
///
/// The unit is that small so that rate × time never rounds: one bit per second for one nanosecond
/// carries exactly one. The largest volume is about 3.4·10²⁹ bit, what `u64::MAX` bit/s carry in
/// 584 years.
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
/// # Text
///
/// A number and a unit: `250 MB`, `1.5GiB`, `8 kbit`. `B` is a byte and `b` (or `bit`) a bit, `k`
/// to `E` are powers of 1000 and `Ki` to `Ei` of 1024. Case matters: `mb` could be three things and
/// is refused, and so are signs, exponents, separators, and digits beyond what the type holds.
///
/// It is written in SI bytes, in the largest unit in which the number is at least 1, exactly, and
/// reads back to the same value. `{:.2}` rounds half to even, `{:>12}` pads, `{:#}` groups the
/// thousands.
///
/// ```
/// # use bandwidth_cost::DataVolume;
/// let volume = DataVolume::from_bits(1_234_567);
/// assert_eq!(volume.to_string(), "154.320875 kB");
/// assert_eq!(format!("{volume:.1}"), "154.3 kB");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DataVolume(u128);

/// One constructor for each unit, `count` of which are as much as the volume in the example.
macro_rules! constructors {
    ($($name:ident, $size:expr, $unit:literal, $example:literal;)*) => {
        impl DataVolume {$(
            #[doc = concat!("A volume of so many ", $unit, ".")]
            ///
            /// # Panics
            ///
            /// If it is above [`DataVolume::MAX`]; no count of a unit below a terabit is.
            ///
            /// ```
            /// # use bandwidth_cost::DataVolume;
            #[doc = concat!("let volume = DataVolume::", stringify!($name), "(2);")]
            #[doc = concat!("assert_eq!(volume.to_string(), \"", $example, "\");")]
            /// ```
            #[must_use]
            #[track_caller]
            pub const fn $name(count: u64) -> Self {
                Self::of(count, $size)
            }
        )*}
    };
}

constructors! {
    from_bits, BIT, "bits", "0.25 B";
    from_megabits, VolumeUnit::Megabit.size(), "megabits (10⁶ bits)", "250 kB";
    from_gigabits, VolumeUnit::Gigabit.size(), "gigabits (10⁹ bits)", "250 MB";
    from_terabits, VolumeUnit::Terabit.size(), "terabits (10¹² bits)", "250 GB";
    from_bytes, BYTE, "bytes", "2 B";
    from_kilobytes, VolumeUnit::Kilobyte.size(), "kilobytes (10³ bytes)", "2 kB";
    from_megabytes, VolumeUnit::Megabyte.size(), "megabytes (10⁶ bytes)", "2 MB";
    from_gigabytes, VolumeUnit::Gigabyte.size(), "gigabytes (10⁹ bytes)", "2 GB";
    from_terabytes, VolumeUnit::Terabyte.size(), "terabytes (10¹² bytes)", "2 TB";
    from_petabytes, VolumeUnit::Petabyte.size(), "petabytes (10¹⁵ bytes)", "2 PB";
    from_kibibytes, VolumeUnit::Kibibyte.size(), "kibibytes (2¹⁰ bytes)", "2.048 kB";
    from_mebibytes, VolumeUnit::Mebibyte.size(), "mebibytes (2²⁰ bytes)", "2.097152 MB";
    from_gibibytes, VolumeUnit::Gibibyte.size(), "gibibytes (2³⁰ bytes)", "2.147483648 GB";
    from_tebibytes, VolumeUnit::Tebibyte.size(), "tebibytes (2⁴⁰ bytes)", "2.199023255552 TB";
    from_pebibytes, VolumeUnit::Pebibyte.size(), "pebibytes (2⁵⁰ bytes)", "2.251799813685248 PB";
}

impl DataVolume {
    /// No data.
    pub const ZERO: Self = Self(0);

    /// The largest volume, 2¹²⁸ − 1 billionths of a bit.
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// assert_eq!(DataVolume::MAX.to_string(), "42535295865.117307932921825928971026431875 EB");
    /// ```
    pub const MAX: Self = Self(u128::MAX);

    /// A volume as a count of billionths of a bit: what rate × time is made of, as nanoseconds are
    /// what time is.
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// assert_eq!(DataVolume::from_nanobits(8_000_000_000), DataVolume::from_bytes(1));
    /// ```
    #[must_use]
    pub const fn from_nanobits(count: u128) -> Self {
        Self(count)
    }

    /// The volume as a count of billionths of a bit.
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// assert_eq!(DataVolume::from_bits(1).as_nanobits(), 1_000_000_000);
    /// ```
    #[must_use]
    pub const fn as_nanobits(self) -> u128 {
        self.0
    }

    #[track_caller]
    const fn of(count: u64, size: u128) -> Self {
        match (count as u128).checked_mul(size) {
            Some(nanobits) => Self(nanobits),
            None => too_large(),
        }
    }

    /// Whether there is no data in it.
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// assert!(DataVolume::ZERO.is_zero());
    /// ```
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or nothing above [`DataVolume::MAX`].
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// let (a, b) = (DataVolume::from_bytes(1), DataVolume::from_bytes(2));
    /// assert_eq!(a.checked_add(b), Some(DataVolume::from_bytes(3)));
    /// assert_eq!(a.checked_add(DataVolume::MAX), None);
    /// ```
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(nanobits) => Some(Self(nanobits)),
            None => None,
        }
    }

    /// The difference, or nothing where `other` is larger.
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// let (a, b) = (DataVolume::from_bytes(1), DataVolume::from_bytes(3));
    /// assert_eq!(b.checked_sub(a), Some(DataVolume::from_bytes(2)));
    /// assert_eq!(a.checked_sub(b), None);
    /// ```
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(nanobits) => Some(Self(nanobits)),
            None => None,
        }
    }

    /// The volume that often, or nothing above [`DataVolume::MAX`].
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// let day = DataVolume::from_gigabytes(3);
    /// assert_eq!(day.checked_mul(30), Some(DataVolume::from_gigabytes(90)));
    /// ```
    #[must_use]
    pub const fn checked_mul(self, times: u64) -> Option<Self> {
        match self.0.checked_mul(times as u128) {
            Some(nanobits) => Some(Self(nanobits)),
            None => None,
        }
    }

    /// The rate that carries this volume in `time`, to the nearest bit per second, half to even;
    /// nothing for no time or a rate above [`DataRate::MAX`].
    ///
    /// A measured rate is the one quantity that is ever rounded: a rate is whole bits per second.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, DataVolume};
    /// use core::time::Duration;
    ///
    /// let slot = DataVolume::from_bits(7_774_210_657);
    /// assert_eq!(slot.checked_div(Duration::from_secs(300)), Some(DataRate::from_bps(25_914_036)));
    /// assert_eq!(slot.checked_div(Duration::ZERO), None);
    /// ```
    #[must_use]
    pub fn checked_div(self, time: Duration) -> Option<DataRate> {
        let nanoseconds = time.as_nanos();
        if nanoseconds == 0 {
            return None;
        }
        let nearest = RoundingStrategy::MidpointNearestEven;
        let bps = crate::number::round_u128(self.0, nanoseconds, false, nearest);
        u64::try_from(bps).ok().map(DataRate::from_bps)
    }

    /// The difference, or zero where `other` is larger: an excess over a baseline.
    ///
    /// ```
    /// # use bandwidth_cost::DataVolume;
    /// let (used, free) = (DataVolume::from_gigabytes(30), DataVolume::from_gigabytes(100));
    /// assert_eq!(used.saturating_sub(free), DataVolume::ZERO);
    /// ```
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// How many units the volume is, exactly.
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, VolumeUnit};
    /// let volume = DataVolume::from_bits(1);
    /// assert_eq!(volume.in_unit(VolumeUnit::Byte).to_string(), "0.125");
    /// ```
    #[must_use]
    pub fn in_unit(self, unit: VolumeUnit) -> Ratio {
        Ratio::fraction(false, self.0, unit.size())
    }

    /// Writes the volume in a unit of your choice: exactly, so that it reads back, or as the format
    /// says.
    ///
    /// ```
    /// # use bandwidth_cost::{DataVolume, VolumeUnit};
    /// let month = DataVolume::from_gigabytes(947_332_800);
    /// assert_eq!(format!("{:#}", month.display_in(VolumeUnit::Terabyte)), "947,332.8 TB");
    /// ```
    #[must_use]
    pub fn display_in(self, unit: VolumeUnit) -> impl fmt::Display + Copy {
        InUnit { count: self.0, size: unit.size(), symbol: unit.symbol() }
    }

    const NOTATION: Notation = Notation {
        what: "data volume",
        example: "a number and a unit, such as 250 MB",
        units: "a unit such as MB, GiB or Mbit",
        finest: "a multiple of 0.000000001 b",
        size: unit::volume_size,
        refuse: unit::refuse_volume,
        most: u128::MAX,
        most_text: || Self::MAX.to_string(),
    };

    pub(crate) fn scan(scanner: &mut Scanner<'_>, alone: UnitAlone) -> Result<Self, Error> {
        Self::NOTATION.scan(scanner, alone).map(Self)
    }
}

#[allow(clippy::panic, reason = "the documented overflow of operators and constructors")]
#[track_caller]
const fn too_large() -> ! {
    panic!("data volume above DataVolume::MAX")
}

#[allow(clippy::panic, reason = "the documented overflow of an operator")]
#[track_caller]
const fn too_small() -> ! {
    panic!("data volume below zero")
}

impl FromStr for DataVolume {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let volume = Self::scan(&mut scanner, UnitAlone::Refused)?;
        scanner.finish("one number and one unit")?;
        Ok(volume)
    }
}

impl fmt::Display for DataVolume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fits = |unit: &VolumeUnit| self.0 >= unit.size();
        let unit = VolumeUnit::SI_BYTES.into_iter().find(fits).unwrap_or(VolumeUnit::Byte);
        fmt::Display::fmt(&self.display_in(unit), f)
    }
}

impl fmt::Debug for DataVolume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// # Panics
///
/// If the sum is above [`DataVolume::MAX`].
impl Add for DataVolume {
    type Output = Self;

    #[track_caller]
    fn add(self, other: Self) -> Self {
        match self.checked_add(other) {
            Some(result) => result,
            None => too_large(),
        }
    }
}

impl AddAssign for DataVolume {
    #[track_caller]
    fn add_assign(&mut self, other: Self) {
        *self = self.add(other);
    }
}

/// # Panics
///
/// If `other` is larger. For an excess, see [`DataVolume::saturating_sub`].
impl Sub for DataVolume {
    type Output = Self;

    #[track_caller]
    fn sub(self, other: Self) -> Self {
        match self.checked_sub(other) {
            Some(result) => result,
            None => too_small(),
        }
    }
}

impl SubAssign for DataVolume {
    #[track_caller]
    fn sub_assign(&mut self, other: Self) {
        *self = self.sub(other);
    }
}

/// # Panics
///
/// If the product is above [`DataVolume::MAX`].
impl Mul<u64> for DataVolume {
    type Output = Self;

    #[track_caller]
    fn mul(self, times: u64) -> Self {
        match self.checked_mul(times) {
            Some(result) => result,
            None => too_large(),
        }
    }
}

/// The mean rate, to the nearest bit per second, half to even.
///
/// # Panics
///
/// If the time is zero or the rate above [`DataRate::MAX`].
impl Div<Duration> for DataVolume {
    type Output = DataRate;

    #[allow(clippy::panic, reason = "documented, as for std's operators")]
    #[track_caller]
    fn div(self, time: Duration) -> DataRate {
        match self.checked_div(time) {
            Some(rate) => rate,
            None if time.is_zero() => panic!("data volume divided by no time"),
            None => panic!("data rate above DataRate::MAX"),
        }
    }
}

/// # Panics
///
/// If the sum is above [`DataVolume::MAX`].
impl Sum for DataVolume {
    fn sum<I: Iterator<Item = Self>>(volumes: I) -> Self {
        volumes.fold(Self::ZERO, Self::add)
    }
}

impl<'a> Sum<&'a Self> for DataVolume {
    fn sum<I: Iterator<Item = &'a Self>>(volumes: I) -> Self {
        volumes.copied().sum()
    }
}

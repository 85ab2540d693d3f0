//! [`DataRate`]: data per time.

use super::unit::{self, InUnit};
use crate::{
    Error,
    number::{Ratio, Share},
    quantity::{DataVolume, RateUnit},
    text::{Notation, Scanner, UnitAlone},
};
use core::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Mul, Sub, SubAssign},
    str::FromStr,
    time::Duration,
};

/// A rate of data, in whole bits per second.
///
/// ```
/// use bandwidth_cost::{DataRate, DataVolume};
/// use core::time::Duration;
///
/// let rate: DataRate = "1 Tbps".parse()?;
/// assert_eq!(rate * Duration::from_secs(60), DataVolume::from_gigabytes(7_500));
/// assert_eq!(rate - DataRate::from_gbps(185), DataRate::from_gbps(815));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// # Text
///
/// A number and a unit: `1.5 Tbps`, `40gbps`, `8 Mbit/s`, `12 MB/s`, `3 MiB/s`. `bps`, `b/s` and
/// `bit/s` are bits, `B/s` is bytes; the `bps` family may be all lower case, nothing else. `MBPS`
/// could be either and is refused, and so are signs, exponents, separators, and parts of a bit per
/// second.
///
/// It is written in SI bits per second, in the largest unit in which the number is at least 1,
/// exactly, and reads back to the same value. `{:.2}` rounds half to even, `{:>12}` pads, `{:#}`
/// groups the thousands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DataRate(u64);

/// One constructor for each unit.
macro_rules! constructors {
    ($($name:ident, $unit:ident, $symbol:literal, $example:literal;)*) => {
        impl DataRate {$(
            #[doc = concat!("A rate of so many ", $symbol, ".")]
            ///
            /// # Panics
            ///
            /// If it is above [`DataRate::MAX`].
            ///
            /// ```
            /// # use bandwidth_cost::DataRate;
            #[doc = concat!("let rate = DataRate::", stringify!($name), "(40);")]
            #[doc = concat!("assert_eq!(rate.to_string(), \"", $example, "\");")]
            /// ```
            #[must_use]
            #[track_caller]
            pub const fn $name(count: u64) -> Self {
                match count.checked_mul(RateUnit::$unit.size()) {
                    Some(bps) => Self(bps),
                    None => too_large(),
                }
            }
        )*}
    };
}

constructors! {
    from_kbps, Kbps, "kbps (10³ bit/s)", "40 kbps";
    from_mbps, Mbps, "Mbps (10⁶ bit/s)", "40 Mbps";
    from_gbps, Gbps, "Gbps (10⁹ bit/s)", "40 Gbps";
    from_tbps, Tbps, "Tbps (10¹² bit/s)", "40 Tbps";
}

impl DataRate {
    /// No traffic.
    pub const ZERO: Self = Self(0);

    /// The largest rate, 2⁶⁴ − 1 bit/s.
    pub const MAX: Self = Self(u64::MAX);

    /// A rate of so many bits per second.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::DataRate::from_bps(1_500).to_string(), "1.5 kbps");
    /// ```
    #[must_use]
    pub const fn from_bps(count: u64) -> Self {
        Self(count)
    }

    /// The rate in bits per second.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::DataRate::from_kbps(2).as_bps(), 2_000);
    /// ```
    #[must_use]
    pub const fn as_bps(self) -> u64 {
        self.0
    }

    /// Whether there is no traffic.
    ///
    /// ```
    /// assert!(bandwidth_cost::DataRate::ZERO.is_zero());
    /// ```
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or nothing above [`DataRate::MAX`].
    ///
    /// ```
    /// # use bandwidth_cost::DataRate;
    /// assert_eq!(DataRate::MAX.checked_add(DataRate::from_bps(1)), None);
    /// ```
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(bps) => Some(Self(bps)),
            None => None,
        }
    }

    /// The difference, or nothing where `other` is larger.
    ///
    /// ```
    /// # use bandwidth_cost::DataRate;
    /// assert_eq!(DataRate::ZERO.checked_sub(DataRate::from_bps(1)), None);
    /// ```
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(bps) => Some(Self(bps)),
            None => None,
        }
    }

    /// The volume that the rate carries in `time`, exactly; nothing above [`DataVolume::MAX`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, DataVolume};
    /// use core::time::Duration;
    ///
    /// let rate = DataRate::from_bps(1);
    /// let instant = Duration::from_nanos(1);
    /// assert_eq!(rate.checked_mul(instant), Some(DataVolume::from_nanobits(1)));
    /// assert_eq!(DataRate::MAX.checked_mul(Duration::MAX), None);
    /// ```
    #[must_use]
    pub const fn checked_mul(self, time: Duration) -> Option<DataVolume> {
        match (self.0 as u128).checked_mul(time.as_nanos()) {
            Some(nanobits) => Some(DataVolume::from_nanobits(nanobits)),
            None => None,
        }
    }

    /// The difference, or zero where `other` is larger: an excess over a baseline.
    ///
    /// ```
    /// # use bandwidth_cost::DataRate;
    /// let (now, usual) = (DataRate::from_gbps(378), DataRate::from_gbps(634));
    /// assert_eq!(now.saturating_sub(usual), DataRate::ZERO);
    /// ```
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// A share of the rate, rounded down to whole bits per second.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, pta};
    /// let traffic = DataRate::from_gbps(1_000);
    /// assert_eq!(traffic.portion(pta::LOCAL_CDN_SHARE), DataRate::from_gbps(700));
    /// ```
    #[must_use]
    #[allow(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        reason = "u64 × u64 fits u128, the denominator is not zero, and a share of a rate is at \
                  most the rate"
    )]
    pub const fn portion(self, share: Share) -> Self {
        let product = self.0 as u128 * share.numerator() as u128;
        Self((product / share.denominator() as u128) as u64)
    }

    /// How many units the rate is, exactly.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateUnit};
    /// let port = DataRate::from_mbps(2_500);
    /// assert_eq!(port.in_unit(RateUnit::Gbps).to_string(), "2.5");
    /// ```
    #[must_use]
    pub fn in_unit(self, unit: RateUnit) -> Ratio {
        Ratio::fraction(false, u128::from(self.0), u128::from(unit.size()))
    }

    /// Writes the rate in a unit of your choice: exactly, so that it reads back, or as the format
    /// says.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, RateUnit};
    /// let border = DataRate::from_gbps(5_650);
    /// assert_eq!(format!("{:#}", border.display_in(RateUnit::Mbps)), "5,650,000 Mbps");
    /// ```
    #[must_use]
    pub fn display_in(self, unit: RateUnit) -> impl fmt::Display + Copy {
        let (count, size) = (u128::from(self.0), u128::from(unit.size()));
        InUnit { count, size, symbol: unit.symbol() }
    }

    const NOTATION: Notation = Notation {
        what: "data rate",
        example: "a number and a unit, such as 40 Gbps",
        units: "a unit such as Mbps, Mbit/s or MB/s",
        finest: "whole bits per second",
        size: unit::rate_size,
        refuse: unit::refuse_rate,
        most: u64::MAX as u128,
        most_text: || Self::MAX.to_string(),
    };

    #[allow(clippy::cast_possible_truncation, reason = "the reading is at most u64::MAX")]
    pub(crate) fn scan(scanner: &mut Scanner<'_>, alone: UnitAlone) -> Result<Self, Error> {
        Self::NOTATION.scan(scanner, alone).map(|bps| Self(bps as u64))
    }
}

#[allow(clippy::panic, reason = "the documented overflow of operators and constructors")]
#[track_caller]
const fn too_large() -> ! {
    panic!("data rate above DataRate::MAX")
}

#[allow(clippy::panic, reason = "the documented overflow of an operator")]
#[track_caller]
const fn too_small() -> ! {
    panic!("data rate below zero")
}

impl FromStr for DataRate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let rate = Self::scan(&mut scanner, UnitAlone::Refused)?;
        scanner.finish("one number and one unit")?;
        Ok(rate)
    }
}

impl fmt::Display for DataRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fits = |unit: &RateUnit| self.0 >= unit.size();
        let unit = RateUnit::ALL.into_iter().find(fits).unwrap_or(RateUnit::Bps);
        fmt::Display::fmt(&self.display_in(unit), f)
    }
}

impl fmt::Debug for DataRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// # Panics
///
/// If the sum is above [`DataRate::MAX`].
impl Add for DataRate {
    type Output = Self;

    #[track_caller]
    fn add(self, other: Self) -> Self {
        match self.checked_add(other) {
            Some(result) => result,
            None => too_large(),
        }
    }
}

impl AddAssign for DataRate {
    #[track_caller]
    fn add_assign(&mut self, other: Self) {
        *self = self.add(other);
    }
}

/// # Panics
///
/// If `other` is larger. For an excess, see [`DataRate::saturating_sub`].
impl Sub for DataRate {
    type Output = Self;

    #[track_caller]
    fn sub(self, other: Self) -> Self {
        match self.checked_sub(other) {
            Some(result) => result,
            None => too_small(),
        }
    }
}

impl SubAssign for DataRate {
    #[track_caller]
    fn sub_assign(&mut self, other: Self) {
        *self = self.sub(other);
    }
}

/// The volume that the rate carries in that time, exactly.
///
/// # Panics
///
/// If the volume is above [`DataVolume::MAX`].
impl Mul<Duration> for DataRate {
    type Output = DataVolume;

    #[allow(clippy::panic, reason = "documented, as for std's operators")]
    #[track_caller]
    fn mul(self, time: Duration) -> DataVolume {
        match self.checked_mul(time) {
            Some(volume) => volume,
            None => panic!("data volume above DataVolume::MAX"),
        }
    }
}

/// # Panics
///
/// If the sum is above [`DataRate::MAX`].
impl Sum for DataRate {
    fn sum<I: Iterator<Item = Self>>(rates: I) -> Self {
        rates.fold(Self::ZERO, Self::add)
    }
}

impl<'a> Sum<&'a Self> for DataRate {
    fn sum<I: Iterator<Item = &'a Self>>(rates: I) -> Self {
        rates.copied().sum()
    }
}

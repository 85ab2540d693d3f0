//! [`DataRate`]: data per time.

use super::{in_unit::InUnit, pair::quantity, sealed::Units, unit, unit::RateIn};
use crate::{
    Error,
    number::{Ratio, Share},
    quantity::RateUnit,
    text::{Fault, Notation, Scanner, UnitAlone, attempt},
};
use core::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Mul, Sub, SubAssign},
    str::FromStr,
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
/// `bit/s` are bits per second, and `B/s` is bytes per second. Only the `bps` family may be all
/// lower case. `MBPS` could be either and is refused, and so are signs, exponents, separators, and
/// fractions of a bit per second.
///
/// A rate is written in SI bits per second, in the largest unit in which the number is at least 1,
/// exactly, and reads back to the same value. `{:.2}` rounds half to even, `{:>12}` pads, `{:#}`
/// groups the thousands. [`rate!`](crate::rate) reads a literal when compiling.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DataRate(u64);

quantity! {
    DataRate(u64) in RateUnit,
    name: "data rate",
    times: checked_times,
    max: "2⁶⁴ − 1 bit/s, about 18.4 million Tbps",
    examples: ["100 Gbps", "30 Gbps", "130 Gbps"],
    in_unit: ["5.65 Tbps", Mbps, "5650000", "5,650,000 Mbps"],
    written_in: RateUnit::ALL,
    smallest: Bps,
    symbols: RateIn,
    notation: Notation {
        what: "data rate",
        example: "a number and a unit, such as 40 Gbps",
        units: unit::SI_RATE,
        finest: "whole bits per second",
        most: u64::MAX as u128,
        most_text: "18446.744073709551615 Pbps",
    },
    fits {
        from_bps Bps "bit/s" "2 bps";
    }
    may_not_fit {
        from_kbps Kbps "kbps (10³ bit/s)" "2 kbps";
        from_mbps Mbps "Mbps (10⁶ bit/s)" "2 Mbps";
        from_gbps Gbps "Gbps (10⁹ bit/s)" "2 Gbps";
        from_tbps Tbps "Tbps (10¹² bit/s)" "2 Tbps";
    }
}

impl DataRate {
    /// Returns the rate in bits per second.
    ///
    /// ```
    /// # use bandwidth_cost::DataRate;
    /// assert_eq!(DataRate::from_kbps(2).as_bps(), 2_000);
    /// ```
    #[must_use]
    pub const fn as_bps(self) -> u64 {
        self.0
    }

    /// Returns a share of the rate, rounded down to whole bits per second.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, pta};
    /// let traffic = DataRate::from_gbps(1_000);
    /// assert_eq!(traffic.portion(pta::LOCAL_CDN_SHARE), DataRate::from_gbps(700));
    /// ```
    #[must_use]
    pub const fn portion(self, share: Share) -> Self {
        Self::from_count(share.of_units(self.0 as u128))
    }

    /// Returns `None`: rates are written in SI units.
    #[expect(clippy::unused_self, reason = "as for volumes")]
    const fn binary_unit(self) -> Option<RateUnit> {
        None
    }

    /// Creates a rate of `count` bits per second, which must be at most `u64::MAX`.
    #[expect(clippy::cast_possible_truncation, reason = "checked before")]
    pub(super) const fn from_count(count: u128) -> Self {
        assert!(count <= u64::MAX as u128, "callers hold that the count fits a data rate");
        Self(count as u64)
    }
}

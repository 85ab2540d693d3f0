//! The products between quantities: rate × time is a volume, and its two quotients.

use crate::{
    number::round_u128,
    quantity::{DataRate, DataVolume},
    text::from_nanoseconds,
};
use core::{
    ops::{Div, Mul},
    time::Duration,
};
use rust_decimal::RoundingStrategy;

/// Quotients of quantities are rounded to the nearest value that their type holds.
const NEAREST: RoundingStrategy = RoundingStrategy::MidpointNearestEven;

impl DataRate {
    /// Returns the exact volume that the rate carries in `time`, or `None` on overflow.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, DataVolume};
    /// use core::time::Duration;
    ///
    /// let minute = Duration::from_secs(60);
    /// let volume = DataRate::from_tbps(1).checked_mul(minute);
    /// assert_eq!(volume, Some(DataVolume::from_gigabytes(7_500)));
    /// assert_eq!(DataRate::MAX.checked_mul(Duration::MAX), None);
    /// ```
    #[must_use]
    pub const fn checked_mul(self, time: Duration) -> Option<DataVolume> {
        // 1 bit/s × 1 ns is a billionth of a bit.
        match (self.as_bps() as u128).checked_mul(time.as_nanos()) {
            Some(nanobits) => Some(DataVolume::from_nanobits(nanobits)),
            None => None,
        }
    }
}

impl DataVolume {
    /// Returns the rate that carries the volume in `time`, rounded to the nearest bit per second,
    /// half to even; `None` if `time` is zero or the rate is above [`DataRate::MAX`].
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
        if time.is_zero() {
            return None;
        }
        let bps = round_u128(self.as_nanobits(), time.as_nanos(), false, NEAREST);
        u64::try_from(bps).ok().map(DataRate::from_bps)
    }

    /// Returns the time in which `rate` carries the volume, rounded to the nearest nanosecond, half
    /// to even; `None` if `rate` is zero or the time is above [`Duration::MAX`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, DataVolume};
    /// use core::time::Duration;
    ///
    /// let backup = DataVolume::from_terabytes(1);
    /// let night = backup.checked_div_rate(DataRate::from_mbps(500));
    /// assert_eq!(night, Some(Duration::from_secs(16_000)));
    /// assert_eq!(backup.checked_div_rate(DataRate::ZERO), None);
    /// ```
    #[must_use]
    pub fn checked_div_rate(self, rate: DataRate) -> Option<Duration> {
        if rate.is_zero() {
            return None;
        }
        let nanoseconds = round_u128(self.as_nanobits(), rate.as_bps().into(), false, NEAREST);
        (nanoseconds <= Duration::MAX.as_nanos()).then(|| from_nanoseconds(nanoseconds))
    }
}

/// The exact volume that the rate carries in that time.
///
/// # Panics
///
/// Panics if the volume is above [`DataVolume::MAX`]; [`DataRate::checked_mul`] returns `None`
/// instead.
impl Mul<Duration> for DataRate {
    type Output = DataVolume;

    #[track_caller]
    fn mul(self, time: Duration) -> DataVolume {
        match self.checked_mul(time) {
            Some(volume) => volume,
            None => DataVolume::too_large(),
        }
    }
}

/// The exact volume that the rate carries in that time.
///
/// # Panics
///
/// Panics if the volume is above [`DataVolume::MAX`]; [`DataRate::checked_mul`] returns `None`
/// instead.
impl Mul<DataRate> for Duration {
    type Output = DataVolume;

    #[track_caller]
    fn mul(self, rate: DataRate) -> DataVolume {
        rate.mul(self)
    }
}

/// The mean rate, rounded to the nearest bit per second, half to even.
///
/// # Panics
///
/// Panics if the time is zero or the rate is above [`DataRate::MAX`]; [`DataVolume::checked_div`]
/// returns `None` instead.
impl Div<Duration> for DataVolume {
    type Output = DataRate;

    #[expect(clippy::panic, reason = "documented, as for std's operators")]
    #[track_caller]
    fn div(self, time: Duration) -> DataRate {
        match self.checked_div(time) {
            Some(rate) => rate,
            None if time.is_zero() => panic!("data volume divided by a time of zero"),
            None => DataRate::too_large(),
        }
    }
}

/// The time in which the rate carries the volume, rounded to the nearest nanosecond, half to even.
///
/// # Panics
///
/// Panics if the rate is zero or the time is above [`Duration::MAX`];
/// [`DataVolume::checked_div_rate`] returns `None` instead.
impl Div<DataRate> for DataVolume {
    type Output = Duration;

    #[expect(clippy::panic, reason = "documented, as for std's operators")]
    #[track_caller]
    fn div(self, rate: DataRate) -> Duration {
        match self.checked_div_rate(rate) {
            Some(time) => time,
            None if rate.is_zero() => panic!("data volume divided by a rate of zero"),
            None => panic!("time above Duration::MAX"),
        }
    }
}

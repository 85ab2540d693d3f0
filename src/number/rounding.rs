//! Rounding a quotient of integers: the one place that decides the direction.

use core::cmp::Ordering;
use dashu_int::{
    IBig, UBig,
    ops::{BitTest, DivRem},
};
use rust_decimal::RoundingStrategy;

/// Returns `numerator / denominator`, rounded to a whole number. A negative quotient is given by its
/// magnitude and `negative`, and returned as its magnitude.
///
/// `denominator` must not be zero.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "the divisor is not zero, the remainder is below it, and a quotient that is stepped \
              up had a divisor of at least 2"
)]
pub(crate) fn round_u128(
    numerator: u128,
    denominator: u128,
    negative: bool,
    strategy: RoundingStrategy,
) -> u128 {
    // One division of 128 bits, which takes most of the time.
    let quotient = numerator / denominator;
    let remainder = numerator - quotient * denominator;
    if remainder == 0 {
        return quotient;
    }
    let half = remainder.cmp(&(denominator - remainder));
    quotient + u128::from(steps_away(strategy, negative, quotient % 2 == 1, half))
}

/// Returns `count × times / parts`, rounded to the nearest whole number, half to even, or `None` if it
/// is 2¹²⁸ or more. `parts` must not be zero.
pub(crate) fn scaled(count: u128, times: u128, parts: u128) -> Option<u128> {
    let nearest = RoundingStrategy::MidpointNearestEven;
    if let Some(product) = count.checked_mul(times) {
        return Some(round_u128(product, parts, false, nearest));
    }
    let product = IBig::from(count) * IBig::from(times);
    u128::try_from(round_big(product, &parts.into(), nearest)).ok()
}

/// Returns `count / parts`, rounded to the nearest whole number, half to even, or `None` if it is 2¹²⁸ or
/// more. `parts` must not be zero.
#[cfg(feature = "csv")]
pub(crate) fn round_wide(count: UBig, parts: &UBig) -> Option<u128> {
    let nearest = RoundingStrategy::MidpointNearestEven;
    u128::try_from(round_big(IBig::from(count), parts, nearest)).ok()
}

/// Returns `count × part / whole`, rounded to a whole number.
///
/// `part` must be at most `whole`, and `whole` not zero.
#[inline]
pub(crate) fn portion(count: u128, part: u128, whole: u128, strategy: RoundingStrategy) -> u128 {
    if let (Some(product), Ok(whole)) = (count.checked_mul(part), u32::try_from(whole))
        && product >> 96 == 0
    {
        return round_by_u32(product, whole, strategy);
    }
    wide_portion(count, part, whole, strategy)
}

fn wide_portion(count: u128, part: u128, whole: u128, strategy: RoundingStrategy) -> u128 {
    if let Some(product) = count.checked_mul(part) {
        return round_u128(product, whole, false, strategy);
    }
    let product = IBig::from(count) * IBig::from(part);
    #[expect(clippy::expect_used, reason = "callers hold that the part is at most the whole")]
    u128::try_from(round_big(product, &whole.into(), strategy)).expect("at most the count")
}

/// Returns a numerator below 2⁹⁶ divided by `denominator`, which must not be zero, rounded to a whole
/// number: two divisions of 64 bits are faster than one of 128.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "the divisor is not zero, remainders are below it, and the numerator has three words"
)]
#[inline]
fn round_by_u32(numerator: u128, denominator: u32, strategy: RoundingStrategy) -> u128 {
    let divisor = u64::from(denominator);
    let high = (numerator >> 32) as u64;
    let low = (high % divisor) << 32 | (numerator as u64 & u64::from(u32::MAX));
    let quotient = (u128::from(high / divisor) << 32) + u128::from(low / divisor);
    let remainder = low % divisor;
    if remainder == 0 {
        return quotient;
    }
    let half = remainder.cmp(&(divisor - remainder));
    quotient + u128::from(steps_away(strategy, false, quotient % 2 == 1, half))
}

/// Returns `numerator / denominator`, rounded to a whole number.
///
/// `denominator` must not be zero.
pub(crate) fn round_big(numerator: IBig, denominator: &UBig, strategy: RoundingStrategy) -> IBig {
    let negative = numerator < IBig::ZERO;
    let (_, magnitude) = numerator.into_parts();
    let (mut quotient, remainder) = magnitude.div_rem(denominator);
    if !remainder.is_zero() {
        let half = (&remainder + &remainder).cmp(denominator);
        if steps_away(strategy, negative, quotient.bit(0), half) {
            quotient += UBig::ONE;
        }
    }
    let quotient = IBig::from(quotient);
    if negative { -quotient } else { quotient }
}

/// Returns the least remainder with which a quotient that is not negative is rounded up, or
/// `divisor` if none is.
///
/// `divisor` must not be zero.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "half of a number and one is at most the number"
)]
pub(crate) fn least_rounded_up(divisor: u64, odd: bool, strategy: RoundingStrategy) -> u64 {
    let goes_up = |half| steps_away(strategy, false, odd, half);
    if goes_up(Ordering::Less) {
        1
    } else if goes_up(Ordering::Equal) {
        divisor.div_ceil(2)
    } else if goes_up(Ordering::Greater) {
        divisor / 2 + 1
    } else {
        divisor
    }
}

/// Returns whether a quotient that was cut toward zero, and is not whole, goes one away from zero.
/// `half` compares the part that was cut off with one half.
#[expect(deprecated, reason = "rust_decimal's old names mean the same as its new ones")]
#[inline]
fn steps_away(strategy: RoundingStrategy, negative: bool, odd: bool, half: Ordering) -> bool {
    use RoundingStrategy::{
        AwayFromZero, BankersRounding, MidpointAwayFromZero, MidpointNearestEven,
        MidpointTowardZero, RoundDown, RoundHalfDown, RoundHalfUp, RoundUp, ToNegativeInfinity,
        ToPositiveInfinity, ToZero,
    };
    match strategy {
        MidpointNearestEven | BankersRounding => {
            half == Ordering::Greater || (half == Ordering::Equal && odd)
        }
        MidpointAwayFromZero | RoundHalfUp => half != Ordering::Less,
        MidpointTowardZero | RoundHalfDown => half == Ordering::Greater,
        ToZero | RoundDown => false,
        AwayFromZero | RoundUp => true,
        ToNegativeInfinity => negative,
        ToPositiveInfinity => !negative,
    }
}

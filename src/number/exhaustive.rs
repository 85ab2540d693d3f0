//! Small integers, all of them, beside the definitions. A release build takes more of them.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use super::{Share, gcd, least_rounded_up, portion, round_u128, rounding::round_big, scaled};
use dashu_int::{IBig, UBig};
use rust_decimal::RoundingStrategy as R;

const ALL: [R; 7] = [
    R::MidpointNearestEven,
    R::MidpointAwayFromZero,
    R::MidpointTowardZero,
    R::ToZero,
    R::AwayFromZero,
    R::ToNegativeInfinity,
    R::ToPositiveInfinity,
];

/// The largest number that is taken.
const MOST: u128 = if cfg!(debug_assertions) { 63 } else { 255 };

/// Returns the whole number nearest to a quotient, by its definition: the one of two neighbours that the
/// strategy names.
fn nearest(numerator: i128, denominator: i128, strategy: R) -> i128 {
    let below = numerator.div_euclid(denominator);
    let rest = numerator.rem_euclid(denominator);
    if rest == 0 {
        return below;
    }
    let above = below + 1;
    let (inward, outward) = if numerator < 0 { (above, below) } else { (below, above) };
    let tie = match strategy {
        R::MidpointAwayFromZero => outward,
        R::MidpointTowardZero => inward,
        _ => below + below.rem_euclid(2),
    };
    match strategy {
        R::ToZero => inward,
        R::AwayFromZero => outward,
        R::ToNegativeInfinity => below,
        R::ToPositiveInfinity => above,
        _ if 2 * rest < denominator => below,
        _ if 2 * rest > denominator => above,
        _ => tie,
    }
}

#[test]
fn the_greatest_common_divisor_divides_both_and_no_greater_one_does() {
    for a in 0..=MOST {
        for b in 0..=MOST {
            let found = gcd(a, b);
            let divides = |by: &u128| a.is_multiple_of(*by) && b.is_multiple_of(*by);
            let greatest = (1..=a.max(b)).rev().find(divides).unwrap_or(0);
            assert_eq!(found, greatest, "{a} and {b}");
            // The same with twos, and with factors that fill 128 bits.
            assert_eq!(gcd(a << 100, b << 100), found << 100, "{a} and {b} times 2^100");
        }
    }
}

#[test]
fn quotients_round_to_the_neighbour_that_the_strategy_names() {
    for numerator in 0..=MOST {
        for denominator in 1..=MOST {
            for strategy in ALL {
                for negative in [false, true] {
                    let signed =
                        if negative { -numerator.cast_signed() } else { numerator.cast_signed() };
                    let expected = nearest(signed, denominator.cast_signed(), strategy);
                    let magnitude = round_u128(numerator, denominator, negative, strategy);
                    assert_eq!(
                        magnitude,
                        expected.unsigned_abs(),
                        "{signed}/{denominator} {strategy:?}"
                    );
                    let big = round_big(IBig::from(signed), &UBig::from(denominator), strategy);
                    assert_eq!(big, IBig::from(expected), "{signed}/{denominator} {strategy:?}");
                }
            }
        }
    }
}

#[test]
fn the_least_remainder_that_goes_up() {
    for divisor in 1..=u64::try_from(MOST).unwrap() {
        for strategy in ALL {
            for quotient in [6, 7] {
                let goes_up = |remainder: &u64| {
                    let numerator = i128::from(quotient * divisor + remainder);
                    nearest(numerator, divisor.into(), strategy) > quotient.into()
                };
                let least = (1..divisor).find(goes_up).unwrap_or(divisor);
                let found = least_rounded_up(divisor, quotient == 7, strategy);
                // Where no remainder goes up, any number from the divisor on says so.
                assert_eq!(found.min(divisor), least, "{divisor}, {strategy:?}");
            }
        }
    }
}

/// Divided as 96 bits by 32, as 128 bits, and as numbers beyond.
#[test]
fn portions_of_small_and_of_large_counts() {
    const TIMES: u128 = 1 << 119;
    for whole in 1..=MOST {
        for part in 0..=whole {
            for count in 0..=MOST.min(100) {
                for (count, times) in [(count, 1), ((1 << 64) - 50 + count, 1), (count, 1 << 40)] {
                    for strategy in ALL {
                        let product = (count * times * part).cast_signed();
                        let expected = nearest(product, whole.cast_signed(), strategy);
                        let found = portion(count * times, part * times, whole * times, strategy);
                        assert_eq!(
                            found.cast_signed(),
                            expected,
                            "{count} × {times} × {part}/{whole} {strategy:?}",
                        );
                    }
                }
                let nearest = R::MidpointNearestEven;
                assert_eq!(
                    scaled(count, part, whole),
                    Some(portion(count, part, whole, nearest)),
                    "{count} × {part}/{whole}",
                );
                let large = portion(count * TIMES, part * TIMES, whole * TIMES, R::ToZero);
                let exact = count * TIMES / whole * part + count * TIMES % whole * part / whole;
                assert_eq!(large, exact, "{count} × 2^119 × {part}/{whole}");
            }
        }
    }
}

#[test]
fn shares_of_units_are_rounded_down() {
    for whole in 1..=u64::try_from(MOST).unwrap() {
        for part in 0..=whole {
            let share = Share::new(part, whole).unwrap();
            for units in 0..=MOST {
                let exact = units * u128::from(part) / u128::from(whole);
                assert_eq!(share.of_units(units), exact, "{part}/{whole} of {units}");
            }
        }
    }
}

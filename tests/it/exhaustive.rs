//! Ranks and positions of percentiles, all small ones, by integers alone.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use bandwidth_cost::{Decimal, Percentile, PercentileRule, Ratio};

/// Percentiles in tenths of a percent.
const WHOLE: i128 = 1_000;

/// The rank, or twice the position in `WHOLE`ths for a rule that interpolates.
fn rank(tenths: i128, rule: PercentileRule, n: i128) -> i128 {
    let half_up = |number: i128| (2 * number + WHOLE).div_euclid(2 * WHOLE);
    let rank = match rule {
        PercentileRule::NearestRank => (tenths * n + WHOLE - 1) / WHOLE,
        PercentileRule::DiscardRoundedUp => n - ((WHOLE - tenths) * n + WHOLE - 1) / WHOLE,
        PercentileRule::RoundedRank => half_up(tenths * n),
        PercentileRule::RoundedEvenRank => {
            let is_tie = 2 * (tenths * n % WHOLE) == WHOLE;
            if is_tie { (tenths * n / WHOLE + 1) / 2 * 2 } else { half_up(tenths * n) }
        }
        PercentileRule::RoundedPosition => half_up(tenths * (n - 1)) + 1,
        PercentileRule::LinearInclusive => (tenths * (n - 1) + WHOLE - 1) / WHOLE + 1,
        PercentileRule::LinearExclusive => (tenths * (n + 1) + WHOLE - 1) / WHOLE,
    };
    rank.clamp(1, n)
}

/// The position in `WHOLE`ths.
fn position(tenths: i128, rule: PercentileRule, n: i128) -> i128 {
    let position = match rule {
        PercentileRule::LinearInclusive => tenths * (n - 1) + WHOLE,
        PercentileRule::LinearExclusive => tenths * (n + 1),
        _ => rank(tenths, rule, n) * WHOLE,
    };
    position.clamp(WHOLE, n * WHOLE)
}

#[test]
fn every_percentile_in_tenths_has_its_rank_and_position() {
    let (step, most) = if cfg!(debug_assertions) { (7, 60) } else { (1, 300) };
    for tenths in (1..=WHOLE).step_by(step).chain([950, 990, 999, WHOLE]) {
        let percentile = Percentile::new(Decimal::try_from_i128_with_scale(tenths, 1).unwrap());
        for rule in PercentileRule::ALL {
            let percentile = percentile.as_ref().unwrap().with_rule(rule);
            for n in 1..=most {
                let slots = usize::try_from(n).unwrap();
                let (found, expected) = (percentile.rank(slots), rank(tenths, rule, n));
                assert_eq!(i128::try_from(found).unwrap(), expected, "{percentile} of {n}");
                let thousandths = percentile.position(slots) * Ratio::from(WHOLE);
                let expected = Ratio::from(position(tenths, rule, n));
                assert_eq!(thousandths, expected, "{percentile} of {n}");
            }
            assert_eq!(percentile.rank(0), 0, "{percentile} of none");
        }
    }
}

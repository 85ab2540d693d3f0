//! Each loop beside its naive twin, on each instruction set that this machine has.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

use super::{
    Bounded, CHUNK, Cell, LANES, Level, Scratch, Stepped, add_bounded, add_grouped, add_stepped,
    largest, nth_of_each, steps::write_steps, weighted,
};
use crate::{
    bulk::{
        amounts::Amounts,
        segments::{Segment, Segments},
        steps::{Stepper, Steps},
    },
    number::Ratio,
};
use dashu_int::UBig;
use proptest::prelude::*;
use rust_decimal::RoundingStrategy;

/// All cases in a release build, an eighth of them in a debug build.
fn cases(release: u32) -> ProptestConfig {
    ProptestConfig::with_cases(if cfg!(debug_assertions) { release / 8 } else { release })
}

/// One without vectors, the plainest with them and the widest, and what lies between.
fn levels() -> Vec<Level> {
    let widest = Level::new();
    #[cfg(target_arch = "x86_64")]
    let between = {
        use fearless_simd::Simd as _;
        [widest.as_sse4_2().map(|level| level.level()), widest.as_avx2().map(|level| level.level())]
    };
    #[cfg(not(target_arch = "x86_64"))]
    let between = [None, None];
    let all = [Some(Level::fallback()), Some(Level::baseline()), Some(widest)];
    all.into_iter().chain(between).flatten().collect()
}

/// Of any size, small ones as likely as large ones, and those at which signs and halves change.
fn numbers() -> impl Strategy<Value = u64> {
    let edges = [0, 1, u64::MAX, i64::MAX as u64, 1 << 63, (1 << 54) - 1, 1 << 54, 1 << 32];
    prop_oneof![
        8 => (any::<u64>(), 0_u32..64).prop_map(|(bits, shift)| bits >> shift),
        1 => proptest::sample::select(edges.to_vec()),
    ]
}

/// Small ones only, whose chunks are narrow, or any.
fn columns() -> impl Strategy<Value = Vec<u64>> {
    let narrow = numbers().prop_map(|x| x >> 12);
    prop_oneof![
        proptest::collection::vec(narrow, 0..=1_000),
        proptest::collection::vec(numbers(), 0..=1_000),
        // More than a chunk of one number, which is where sums would overflow first.
        (numbers(), 0_usize..=3 * CHUNK * LANES).prop_map(|(x, length)| vec![x; length]),
    ]
}

/// Bounds, some of which are numbers of the column or beside one.
fn columns_and_bounds() -> impl Strategy<Value = (Vec<u64>, Vec<u64>)> {
    (columns(), proptest::collection::vec((numbers(), 0_usize..4), 0..12)).prop_map(
        |(column, bounds)| {
            let near = |(bound, kind): (u64, usize)| match column.get(kind * 7) {
                Some(x) if kind == 1 => *x,
                Some(x) if kind == 2 => x.saturating_sub(1),
                Some(x) if kind == 3 => x.saturating_add(1),
                _ => bound,
            };
            let bounds = bounds.into_iter().map(near).collect();
            (column, bounds)
        },
    )
}

fn wide(numbers: impl Iterator<Item = u64>) -> u128 {
    numbers.map(u128::from).sum()
}

fn steps_of(x: u64, steps: Steps) -> u64 {
    let above = (UBig::from(x) * UBig::from(steps.unit)).max(UBig::from(steps.less));
    let (above, by) = (above - UBig::from(steps.less), UBig::from(steps.by));
    let (whole, over) = (&above / &by, above % by);
    u64::try_from(whole).unwrap() + u64::from(!over.is_zero())
}

/// Divisors of every width, whole units and others.
fn steps() -> impl Strategy<Value = Steps> {
    let of_units = (numbers(), prop_oneof![Just(0), numbers()]).prop_map(|(by, less)| Steps {
        unit: 1,
        less: less.into(),
        by: by.max(2).into(),
    });
    let of_parts = (any::<u128>(), any::<u128>(), any::<u128>(), 1_u32..127).prop_map(
        |(unit, less, by, shift)| {
            let by = (by >> shift).max(2);
            Steps { unit: (unit % by).max(1), less: less % by, by }
        },
    );
    prop_oneof![3 => of_units, 1 => of_parts]
}

/// Columns whose numbers lie around multiples of the increment.
fn columns_and_steps() -> impl Strategy<Value = (Vec<u64>, Vec<u64>, Steps)> {
    (columns_and_bounds(), steps(), any::<bool>()).prop_map(
        |((mut column, bounds), steps, near)| {
            if let (true, Ok(by)) = (near && steps.unit == 1, u64::try_from(steps.by)) {
                for x in &mut column {
                    let multiple = *x / by * by;
                    *x = multiple.saturating_add(*x % 3).saturating_sub(1);
                }
            }
            (column, bounds, steps)
        },
    )
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn sums_within_bounds_are_those_of_the_naive_twin((column, bounds) in columns_and_bounds()) {
        let expected: Vec<Bounded> = bounds.iter().map(|bound| Bounded {
            within: wide(column.iter().map(|x| *x.min(bound))),
            above: column.iter().filter(|x| *x > bound).count() as u64,
        }).collect();
        for level in levels() {
            for count in [true, false] {
                let mut at = vec![Bounded::default(); bounds.len()];
                let total = add_bounded(level, &column, &bounds, count, &mut at);
                prop_assert_eq!(total, wide(column.iter().copied()), "{:?}", level);
                for (at, expected) in at.iter().zip(&expected) {
                    let above = if count { expected.above } else { 0 };
                    prop_assert_eq!(at, &Bounded { above, ..*expected }, "{:?}", level);
                }
            }
        }
    }

    #[test]
    fn sums_of_steps_are_those_of_the_naive_twin((column, bounds, steps) in columns_and_steps()) {
        let all: Vec<u64> = column.iter().map(|x| steps_of(*x, steps)).collect();
        let above = |bound: u64| column.iter().zip(&all).filter(move |(x, _)| **x > bound);
        let expected: Vec<Stepped> = bounds.iter().map(|bound| Stepped {
            steps: wide(above(*bound).map(|(_, steps)| *steps)),
            above: above(*bound).count() as u64,
        }).collect();
        let stepper = Stepper::new(steps);
        for level in levels() {
            let mut at = vec![Stepped::default(); bounds.len()];
            let total = add_stepped(level, &stepper, &column, &bounds, &mut at);
            prop_assert_eq!(total, wide(all.iter().copied()), "{:?}", level);
            prop_assert_eq!(&at, &expected, "{:?}", level);

            for (chunk, all) in column.chunks(CHUNK * LANES).zip(all.chunks(CHUNK * LANES)) {
                let mut buffer = [[0; LANES]; CHUNK];
                write_steps(level, &stepper, chunk, &mut buffer);
                prop_assert_eq!(&buffer.as_flattened()[..all.len()], all, "{:?}", level);
            }
        }
    }

    #[test]
    fn products_of_what_is_above_a_baseline(
        column in columns(), baseline in numbers(), times in columns(), same in any::<bool>(),
    ) {
        let length = column.len().min(times.len());
        let (rates, times) = (&column[..length], &times[..length]);
        let baseline = if same { rates.first().copied().unwrap_or(baseline) } else { baseline };
        let product = |(rate, time): (&u64, &u64)| {
            UBig::from(rate.saturating_sub(baseline)) * UBig::from(*time)
        };
        let expected = rates.iter().zip(times).map(product).fold(UBig::ZERO, |sum, x| sum + x);
        for level in levels() {
            let sum = weighted(level, rates, times, baseline);
            prop_assert_eq!(sum, u128::try_from(&expected).ok(), "{:?}", level);
        }
    }

    #[test]
    fn sums_of_groups_are_those_of_the_naive_twin(
        (column, mut bounds) in columns_and_bounds(), steps in proptest::option::of(steps()), seed in any::<usize>(),
    ) {
        const GROUPS: usize = 5;
        bounds.sort_unstable();
        let group: Vec<usize> = (0..column.len()).map(|at| seed.wrapping_mul(at + 1) % GROUPS).collect();
        let mut expected = vec![Cell::ZERO; GROUPS * (bounds.len() + 1)];
        for (&x, group) in column.iter().zip(&group) {
            let segment = bounds.iter().filter(|bound| x > **bound).count();
            let cell = &mut expected[group * (bounds.len() + 1) + segment];
            cell.records += 1;
            cell.sum += u128::from(steps.map_or(x, |steps| steps.of(x)));
        }
        let stepper = steps.map(Stepper::new);
        for level in levels() {
            prop_assert_eq!(largest(level, &group), group.iter().copied().max().unwrap_or(0));
            let mut cells = vec![Cell::ZERO; expected.len()];
            add_grouped(level, stepper.as_ref(), &column, &bounds, &group, &mut cells);
            prop_assert_eq!(&cells, &expected, "{:?}", level);
        }
    }

    #[test]
    fn the_number_of_a_rank_is_that_of_the_sorted_list(
        column in columns(), spread in 1_u64..2_000, rank in any::<proptest::sample::Index>(), times in 1_usize..9, sorted in any::<bool>(),
    ) {
        // Long enough to be sampled, with few or many equal numbers.
        let mut series: Vec<u64> = column.iter().cycle().take(column.len() * times).copied().collect();
        if spread < 1_000 {
            series.iter_mut().for_each(|x| *x %= spread);
        }
        prop_assume!(!series.is_empty());
        let mut ascending = series.clone();
        ascending.sort_unstable();
        if sorted {
            series = ascending.clone();
        }
        let rank = rank.index(series.len()) + 1;
        for level in levels() {
            for rank in [rank, 1, series.len()] {
                let mut found = [7; 3];
                let each = std::iter::repeat(&series[..]).zip(&mut found);
                nth_of_each(level, each, rank, &mut Scratch::default());
                prop_assert_eq!(found, [ascending[rank - 1]; 3]);
            }
        }
    }
}

/// `amount = (slope × x + base) / divisor`, with `x` where it is hardest to round: at whole amounts
/// and halves of one, near the largest numbers.
#[derive(Debug)]
struct Rounding {
    slope: u128,
    base: u128,
    divisor: u64,
    xs: Vec<u64>,
}

fn roundings() -> impl Strategy<Value = Rounding> {
    let any_width = (any::<u64>(), 0_u32..63).prop_map(|(bits, shift)| (bits >> shift).max(1));
    let widest = (0_u64..1 << 62, 62_u32..64).prop_map(|(bits, width)| (1 << width) - bits);
    let divisor = prop_oneof![3 => any_width, 1 => widest];
    let factors = (any::<u128>(), 40_u32..128, any::<u128>(), 2_u32..128);
    let odd = proptest::collection::vec((any::<u64>(), 0_u32..64, 0_u64..4), 1..20);
    (divisor, factors, odd, 0_u8..5).prop_map(|(divisor, factors, odd, kind)| {
        let (slope, slope_shift, base, base_shift) = factors;
        let (slope, base) = match kind {
            // A price of one part, whose halves are half of the divisor, and with it a base.
            0 => (1, 0),
            1 => (1, base % u128::from(divisor)),
            2 => (slope % u128::from(divisor), 0),
            3 => (
                u128::from(divisor) - 1,
                u128::from(divisor) - 1 - base % u128::from(divisor.min(9)),
            ),
            _ => (slope >> slope_shift, base >> base_shift),
        };
        let half = (divisor / 2).max(1);
        let xs = odd.into_iter().map(|(bits, shift, near)| {
            let x = bits >> shift;
            let multiple_of = |part: u64| (u64::MAX / part - x % 1_000 % (u64::MAX / part)) * part;
            let over = u64::try_from(base % u128::from(divisor)).unwrap();
            match near {
                0 => x,
                1 => multiple_of(half),
                2 => multiple_of(divisor).saturating_sub(over),
                _ => u64::MAX - bits % 5,
            }
        });
        Rounding { slope, base, divisor, xs: xs.collect() }
    })
}

/// Cut, and one more where the strategy rounds the rest up.
fn round(numerator: &UBig, divisor: u64, strategy: RoundingStrategy) -> UBig {
    use RoundingStrategy as R;
    let (quotient, over) = (numerator / divisor, numerator % divisor);
    let twice = u128::from(over) * 2;
    let (half, is_odd) = (u128::from(divisor), &quotient % 2_u8 == 1);
    let up = match strategy {
        R::ToZero | R::ToNegativeInfinity => false,
        R::AwayFromZero | R::ToPositiveInfinity => over > 0,
        R::MidpointAwayFromZero => twice >= half,
        R::MidpointTowardZero => twice > half,
        _ => twice > half || (twice == half && is_odd),
    };
    quotient + UBig::from(up)
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn amounts_are_rounded_once(rounding in roundings(), steps in any::<bool>()) {
        let Rounding { slope, base, divisor, xs } = rounding;
        let ratio = |numerator| Ratio::fraction(false, numerator, divisor.into());
        let (per_unit, per_step) =
            if steps { (Ratio::ZERO, ratio(slope)) } else { (ratio(slope), Ratio::ZERO) };
        let segment = Segment { last: u64::MAX, per_unit, per_step, base: ratio(base) };
        // Steps of which each number is one.
        let same = Steps { unit: 1, less: 0, by: 1 };
        let segments = Segments { segments: vec![segment], steps: steps.then_some(same) };
        let stepper = segments.steps.map(Stepper::new);
        for strategy in [
            RoundingStrategy::MidpointNearestEven,
            RoundingStrategy::MidpointAwayFromZero,
            RoundingStrategy::MidpointTowardZero,
            RoundingStrategy::ToZero,
            RoundingStrategy::AwayFromZero,
            RoundingStrategy::ToNegativeInfinity,
            RoundingStrategy::ToPositiveInfinity,
        ] {
            let amounts = Amounts::new(&segments, stepper.as_ref(), 0, strategy);
            let expected = |x: &u64| {
                let numerator = UBig::from(slope) * UBig::from(*x) + UBig::from(base);
                i128::try_from(round(&numerator, divisor, strategy)).ok()
            };
            let expected: Vec<Option<i128>> = xs.iter().map(expected).collect();
            let good = expected.iter().position(Option::is_none);
            let mut out = vec![-7; xs.len()];
            for level in levels() {
                prop_assert_eq!(amounts.write(level, &xs, &mut out).err(), good, "{:?}", level);
                for (out, expected) in out.iter().zip(&expected).take(good.unwrap_or(xs.len())) {
                    prop_assert_eq!(&Some(*out), expected, "{:?} {:?}", strategy, level);
                }
                out.fill(-7);
            }
        }
    }
}

/// (2^64 − 1 + 6) / 7 is whole. By the cut reciprocal the quotient is one too small for 2^64 − 1,
/// and the base makes it two.
#[test]
fn a_quotient_that_is_two_too_small() {
    let seventh = |numerator| Ratio::fraction(false, numerator, 7);
    let base = seventh(6);
    let segment = Segment { last: u64::MAX, per_unit: seventh(1), per_step: Ratio::ZERO, base };
    let segments = Segments { segments: vec![segment], steps: None };
    let mut out = [0];
    let amounts = Amounts::new(&segments, None, 0, RoundingStrategy::ToZero);
    assert_eq!(amounts.write(Level::new(), &[u64::MAX], &mut out), Ok(()));
    assert_eq!(out, [2_635_249_153_387_078_803]);
}

/// A series whose samples are its least numbers, and then those of the rest the next least, and so
/// on, so that each round removes hardly any.
#[test]
fn series_that_mislead_round_after_round() {
    for length in [8_640, 50_000] {
        let mut series = vec![0; length];
        let mut left: Vec<usize> = (0..length).collect();
        let mut next = 1;
        while !left.is_empty() {
            let step = super::select::step(left.len());
            let (sampled, others): (Vec<_>, Vec<_>) =
                left.iter().enumerate().partition(|(at, _)| at.is_multiple_of(step));
            for (_, at) in sampled {
                series[*at] = next;
                next += 1;
            }
            left = others.into_iter().map(|(_, at)| *at).collect();
        }
        let mut ascending = series.clone();
        ascending.sort_unstable();
        let rank = length * 95 / 100;
        let mut found = 0;
        nth_of_each(Level::new(), [(&series[..], &mut found)], rank, &mut Scratch::default());
        assert_eq!(found, ascending[rank - 1]);
    }
}

/// Samples that do not represent the series: all of them are small, or large.
#[test]
fn a_rank_is_found_where_the_samples_mislead() {
    for length in [1_024, 8_640, 10_007] {
        let step = super::select::step(length);
        for sampled in [0, u64::MAX] {
            let number =
                |at: usize| if at.is_multiple_of(step) { sampled } else { 1_000 + at as u64 };
            let series: Vec<u64> = (0..length).map(number).collect();
            let mut ascending = series.clone();
            ascending.sort_unstable();
            for rank in (1..=length).step_by(101) {
                let mut found = 7;
                let each = [(&series[..], &mut found)];
                nth_of_each(Level::new(), each, rank, &mut Scratch::default());
                assert_eq!(found, ascending[rank - 1], "{rank} of {length}");
            }
        }
    }
}

//! Each loop with all small inputs, beside its definition. A release build takes more of them.
//!
//! A number of 8 bits stands for itself, and once more for the number whose bytes are all that one, so
//! that 0 and the largest number of 64 bits are among them.
#![expect(clippy::indexing_slicing, reason = "a test may fail by panicking")]

use super::{
    Block, Bounded, CHUNK, Cell, Divisor, LANES, Level, Scratch, Slope, Stepped, add_bounded,
    add_grouped, add_stepped, nth_of_each, weighted,
};
use crate::{
    bulk::steps::{Stepper, Steps},
    number::least_rounded_up,
};
use fearless_simd::dispatch;
use rust_decimal::RoundingStrategy as R;

const IS_RELEASE: bool = !cfg!(debug_assertions);

/// A number of 8 bits as one of 64: itself, or repeated.
const SPREADS: [u64; 2] = [1, 0x0101_0101_0101_0101];

/// Numbers at which halves, signs and narrow sums change.
const EDGES: [u64; 8] = [0, 1, (1 << 32) - 1, 1 << 32, (1 << 54) - 1, 1 << 54, 1 << 63, u64::MAX];

/// One without vectors, and the widest.
fn levels() -> [Level; 2] {
    [Level::fallback(), Level::new()]
}

/// All lists of at most `most` of some numbers.
fn lists(numbers: &[u64], most: usize) -> Vec<Vec<u64>> {
    let mut all = vec![Vec::new()];
    let mut last = all.clone();
    for _ in 0..most {
        let longer = |list: &Vec<u64>| {
            let list = list.clone();
            numbers.iter().map(move |number| [&list[..], &[*number]].concat())
        };
        last = last.iter().flat_map(longer).collect();
        all.extend(last.iter().cloned());
    }
    all
}

/// The smallest numbers and the largest of 8 bits; all of them in a release build.
fn bytes() -> Vec<u64> {
    let is_taken = |byte: &u64| IS_RELEASE || *byte < 20 || *byte > 250 || *byte % 32 < 2;
    (0..=255).filter(is_taken).collect()
}

/// Divides each number of 8 bits by each divisor, after each number is taken off.
#[test]
fn every_division_of_8_bits() {
    let numbers: Vec<Block> =
        (0..32).map(|at| core::array::from_fn(|lane| at * 8 + lane as u64)).collect();
    let mut out = [[0; LANES]; 32];
    let mut check = |level: Level, divisor: Divisor<4>, is_wide: bool, less: u64, by: u64| {
        dispatch!(level, simd => if is_wide {
            divisor.fill_wide(simd, &numbers, &mut out);
        } else {
            divisor.fill(simd, &numbers, &mut out);
        });
        for (x, steps) in numbers.as_flattened().iter().zip(out.as_flattened()) {
            assert_eq!(*steps, x.saturating_sub(less).div_ceil(by), "({x} − {less}) / {by}");
        }
    };
    for by in 1..=128 {
        let few = vec![0, 1, by - 1, by, 100, 255];
        for less in if IS_RELEASE { bytes() } else { few } {
            let divisor = Divisor::new(less, by);
            for level in levels() {
                check(level, divisor, false, less, by);
                check(level, divisor, true, less, by);
            }
        }
    }
}

/// Multiplies each number of 8 bits by each part of each divisor of 6 bits, with each base.
#[test]
fn every_amount_of_8_bits() {
    let most = if IS_RELEASE { 64 } else { 12 };
    for divisor in 1..=most {
        let pairs = (0..divisor).flat_map(|part| (0..divisor).map(move |base| (part, base)));
        for (part, base_part) in pairs {
            for strategy in [
                R::MidpointNearestEven,
                R::MidpointAwayFromZero,
                R::MidpointTowardZero,
                R::ToZero,
                R::AwayFromZero,
            ] {
                every_number(divisor, part, base_part, strategy);
            }
        }
    }
}

fn every_number(divisor: u64, part: u64, base_part: u64, strategy: R) {
    let [up_from, up_from_if_odd] =
        [false, true].map(|odd| least_rounded_up(divisor, odd, strategy));
    for (whole, base) in [(0, 0), (1, 0), (2, 1)] {
        let slope = Slope::<8> {
            first: 0,
            last: 255,
            start: 0,
            whole,
            base,
            part,
            base_part,
            divisor,
            reciprocal: (part << 8) / divisor,
            up_from,
            less_if_odd: up_from - up_from_if_odd,
        };
        for z in 0..=255 {
            let (_, remainder) = slope.quotient(z);
            assert!(remainder + base_part + slope.less_if_odd < 256, "8 bits hold {slope:?}, {z}");
            let exact = (whole * u128::from(z) + base) * u128::from(divisor)
                + u128::from(part * z + base_part);
            let (cut, over) = (exact / u128::from(divisor), exact % u128::from(divisor));
            let twice = over * 2;
            let up = match strategy {
                R::MidpointNearestEven => {
                    twice > divisor.into() || (twice == divisor.into() && cut % 2 == 1)
                }
                R::MidpointAwayFromZero => twice >= divisor.into(),
                R::MidpointTowardZero => twice > divisor.into(),
                R::AwayFromZero => over > 0,
                _ => false,
            };
            // An exact amount is never rounded.
            let expected = cut + u128::from(up && over > 0);
            assert_eq!(slope.rounded(z), expected, "{slope:?}, {z}, {strategy:?}");
            if whole == 0 && base_part == 0 {
                assert_eq!(u128::from(slope.rounded_part(z)), expected, "{slope:?}, {z}");
            }
        }
    }
}

fn check_bounded(level: Level, column: &[u64], bound: u64) {
    let mut at = [Bounded::default()];
    let total = add_bounded(level, column, &[bound], true, &mut at);
    let sum = |numbers: &mut dyn Iterator<Item = u64>| numbers.map(u128::from).sum::<u128>();
    let expected = Bounded {
        within: sum(&mut column.iter().map(|x| *x.min(&bound))),
        above: column.iter().filter(|x| **x > bound).count() as u64,
    };
    assert_eq!((total, at), (sum(&mut column.iter().copied()), [expected]), "{column:?}, {bound}");
}

#[test]
fn every_column_of_two_and_of_three_at_every_bound() {
    for spread in SPREADS {
        for x in bytes() {
            for bound in bytes() {
                check_bounded(Level::fallback(), &[x * spread], bound * spread);
                for y in if IS_RELEASE { bytes() } else { vec![bound, 255 - bound] } {
                    check_bounded(Level::new(), &[x * spread, y * spread], bound * spread);
                }
            }
        }
    }
    for column in lists(&EDGES, 3) {
        for bound in EDGES {
            levels().into_iter().for_each(|level| check_bounded(level, &column, bound));
        }
    }
    let few: Vec<u64> = if IS_RELEASE { (0..32).collect() } else { vec![0, 5, 31] };
    for column in lists(&few, 3) {
        for bound in &few {
            check_bounded(Level::new(), &column, *bound);
        }
    }
}

#[test]
fn every_column_of_three_in_steps() {
    let step = if IS_RELEASE { 1 } else { 9 };
    for by in (2_u64..=128).step_by(step).chain([1 << 32, (1 << 63) - 1, 1 << 63]) {
        for less in [0, 1, by - 1, by, 2 * (by / 2) + 1] {
            let steps = Steps { unit: 1, less: less.into(), by: by.into() };
            let stepper = Stepper::new(steps);
            let near = [0, less, less.saturating_add(by), by - 1, u64::MAX];
            for column in lists(&near, if IS_RELEASE { 3 } else { 2 }) {
                for bound in near {
                    let above = || column.iter().filter(|x| **x > bound);
                    let of = |x: &u64| u128::from(x.saturating_sub(less).div_ceil(by));
                    let expected =
                        Stepped { steps: above().map(of).sum(), above: above().count() as u64 };
                    for level in levels() {
                        let mut at = [Stepped::default()];
                        let total = add_stepped(level, &stepper, &column, &[bound], &mut at);
                        let all = column.iter().map(of).sum::<u128>();
                        assert_eq!(
                            (total, at),
                            (all, [expected]),
                            "{column:?}, {steps:?}, {bound}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_rate_above_every_baseline_for_every_time() {
    let check = |level, rates: &[u64], times: &[u64], baseline: u64| {
        let product = |(rate, time): (&u64, &u64)| {
            u128::from(rate.saturating_sub(baseline)) * u128::from(*time)
        };
        let mut products = rates.iter().zip(times).map(product);
        let expected = products.try_fold(0_u128, |sum, product| sum.checked_add(product));
        let found = weighted(level, rates, times, baseline);
        assert_eq!(found, expected, "{rates:?}, {times:?}, {baseline}");
    };
    for spread in SPREADS {
        for rate in bytes() {
            for time in bytes() {
                for baseline in if IS_RELEASE { bytes() } else { vec![0, 1, time, rate] } {
                    check(Level::new(), &[rate * spread], &[time * spread], baseline * spread);
                }
            }
        }
    }
    let columns = lists(&EDGES, 2);
    for rates in &columns {
        for times in columns.iter().filter(|times| times.len() == rates.len()) {
            for baseline in EDGES {
                levels().into_iter().for_each(|level| check(level, rates, times, baseline));
            }
        }
    }
}

#[test]
fn every_column_of_three_in_two_groups_on_three_segments() {
    let numbers = [0, 1, 2, 1 << 63, u64::MAX];
    for column in lists(&numbers, 3) {
        for groups in 0..1_usize << column.len() {
            let groups: Vec<usize> = (0..column.len()).map(|at| groups >> at & 1).collect();
            for (at, low) in numbers.into_iter().enumerate() {
                for &high in &numbers[at..] {
                    let mut expected = [Cell::ZERO; 6];
                    for (x, group) in column.iter().zip(&groups) {
                        let segment = usize::from(*x > low) + usize::from(*x > high);
                        let cell = &mut expected[group * 3 + segment];
                        *cell = Cell { records: cell.records + 1, sum: cell.sum + u128::from(*x) };
                    }
                    for level in levels() {
                        let mut cells = [Cell::ZERO; 6];
                        let none = None::<&Stepper>;
                        add_grouped(level, none, &column, &[low, high], &groups, &mut cells);
                        assert_eq!(cells, expected, "{column:?}, {groups:?}, {low}, {high}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_rank_of_every_short_series() {
    let check = |level, series: &[u64], rank: usize, scratch: &mut Scratch| {
        let mut ascending = series.to_vec();
        ascending.sort_unstable();
        let mut found = 7;
        nth_of_each(level, [(series, &mut found)], rank, scratch);
        assert_eq!(found, ascending[rank - 1], "number {rank} of {series:?}");
    };
    let mut scratch = Scratch::default();
    // Of three numbers, up to a block and a part of one.
    let longest = if IS_RELEASE { 10 } else { 7 };
    let few = lists(&[0, 1, u64::MAX], longest);
    let many = lists(&(0..if IS_RELEASE { 40 } else { 12 }).collect::<Vec<_>>(), 3);
    for series in few.iter().chain(&many) {
        for rank in 1..=series.len() {
            check(Level::new(), series, rank, &mut scratch);
        }
    }
    // Of two numbers that are each as many as a chunk's samples stand for.
    for ones in (0..=3 * CHUNK).step_by(17) {
        let series: Vec<u64> = (0..3 * CHUNK).map(|at| u64::from(at < ones)).collect();
        for rank in [1, 3 * CHUNK - ones, 3 * CHUNK - ones + 1, 3 * CHUNK] {
            if (1..=3 * CHUNK).contains(&rank) {
                levels().into_iter().for_each(|level| check(level, &series, rank, &mut scratch));
            }
        }
    }
}

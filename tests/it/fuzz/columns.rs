//! Any column under any schedule, in pieces cut anywhere and merged in any order: the same as each
//! number by itself.

use super::{
    source::Source,
    terms::{contract, near},
};
use crate::support::{
    STRATEGIES,
    contract::{RATE_UNITS, VOLUME_UNITS, rate_size, volume_size},
};
use bandwidth_cost::{
    Cost, DataRate, DataVolume, Decimal, Percentile, PercentileRule, Quantity, Schedule,
    bulk::{self, Column},
};
use core::{fmt, time::Duration};

/// The body of the fuzz target.
pub(super) fn check(input: &[u8]) {
    let mut source = Source(input);
    let terms = contract(&mut source);
    let by_rate = source.one_in(2);
    let unit = source.pick(&VOLUME_UNITS);
    let size = volume_size(unit);
    let length = source.below(40) * (1 + 30 * source.below(2));
    let numbers: Vec<u64> = (0..length)
        .map(|_| {
            if source.one_in(3) { source.number() } else { whole(near(&mut source, &terms) / size) }
        })
        .collect();
    let numbers = &numbers[..];
    let quantity = |x: u64| u128::from(x).checked_mul(size).map(DataVolume::from_nanobits);
    let column = Column::new(numbers, unit);
    costs_as_its_numbers(&terms.schedule(), column, &mut source, quantity);
    if by_rate {
        let unit = source.pick(&RATE_UNITS);
        let size = rate_size(unit);
        let rates = terms.of_rates();
        let ascend = rates.tiers.windows(2).all(|two| two[0].0 < two[1].0);
        if ascend && rates.per > 0 && rates.tiers[0].0 > 0 {
            let schedule = rates.schedule_of(|bps| DataRate::from_bps(whole(bps)));
            let quantity = |x: u64| {
                let bps = u128::from(x).checked_mul(size)?;
                u64::try_from(bps).ok().map(DataRate::from_bps)
            };
            costs_as_its_numbers(&schedule, Column::new(numbers, unit), &mut source, quantity);
        }
    }
    ranks_and_excess(numbers, &mut source);
}

fn whole(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn costs_as_its_numbers<Q: Quantity + fmt::Debug>(
    schedule: &Schedule<Q>,
    column: Column<'_, Q>,
    source: &mut Source<'_>,
    quantity: impl Fn(u64) -> Option<Q>,
) {
    let (numbers, unit) = (column.values(), column.unit());
    // A number whose quantity does not fit the type has a cost in columns alone.
    let costs: Option<Vec<Cost>> =
        numbers.iter().map(|x| Some(schedule.cost(quantity(*x)?))).collect();
    let pricer = schedule.compile(unit);
    let whole = schedule.over(&column).sum();
    if let Some(costs) = &costs {
        assert_eq!(Cost::sum(whole.currency(), costs).unwrap(), whole, "{numbers:?} {schedule:?}");
    }

    let (mut parts, mut rest) = (Vec::new(), numbers);
    while !rest.is_empty() {
        let (part, more) = rest.split_at((1 + source.below(250)).min(rest.len()));
        parts.push(part);
        rest = more;
    }
    let mut sums = pricer.partial();
    for (at, part) in parts.iter().enumerate() {
        let mut of_part = pricer.partial();
        pricer.add(&mut of_part, &Column::new(part, unit)).unwrap();
        if at % 2 == 0 {
            sums.merge(&of_part).unwrap();
        } else {
            of_part.merge(&sums).unwrap();
            sums = of_part;
        }
    }
    assert_eq!(pricer.finish(&sums).unwrap(), whole, "{parts:?} {schedule:?}");

    let groups: Vec<usize> = numbers.iter().map(|_| source.below(3)).collect();
    let mut grouped = pricer.groups();
    grouped.grow(3).unwrap();
    pricer.add_grouped(&mut grouped, &column, &groups).unwrap();
    let of_group = |group| pricer.finish(&grouped.partial(group).unwrap()).unwrap();
    let sum = Cost::sum(whole.currency(), (0..3).map(of_group)).unwrap();
    assert_eq!(sum, whole, "{numbers:?} in {groups:?} {schedule:?}");

    let (scale, strategy) = (source.pick(&[2, 0, 4, 9, 20, 38]), source.pick(&STRATEGIES));
    let mut amounts = vec![0; numbers.len()];
    let written = schedule.over(&column).each_into(scale, strategy, &mut amounts);
    let Some(costs) = costs else { return };
    for (amount, cost) in amounts.iter().zip(costs) {
        match cost.round_to_i128(scale, strategy) {
            Ok(expected) => assert_eq!(*amount, expected, "{cost} {strategy:?} {schedule:?}"),
            Err(_) => return assert!(written.is_err(), "{cost} does not fit"),
        }
    }
    assert_eq!(written, Ok(()));
}

fn ranks_and_excess(numbers: &[u64], source: &mut Source<'_>) {
    let baseline = DataRate::from_bps(source.pick(&[0, 1_000, u64::MAX / 2]));
    let above = |x: &u64| u128::from(x.saturating_sub(baseline.as_bps()));
    let expected: u128 = numbers.iter().map(above).sum();
    let nanobits = expected.checked_mul(1_000_000_000).map(DataVolume::from_nanobits);
    let found = bulk::excess(numbers, Duration::from_secs(1), baseline).ok();
    assert_eq!(found, nanobits, "{numbers:?} above {baseline}");

    let length = 1 + source.below(40);
    let whole = &numbers[..numbers.len() / length * length];
    let percent = Decimal::from(1 + source.below(100) as u64);
    let rule = source.pick(&PercentileRule::ALL);
    let percentile = Percentile::new(percent).unwrap().with_rule(rule);
    let mut billed = vec![0; whole.len() / length];
    bulk::percentile_each(whole, length, percentile, &mut billed).unwrap();
    for (series, billed) in whole.chunks(length).zip(billed) {
        let mut ascending = series.to_vec();
        ascending.sort_unstable();
        let rank = percentile.rank(length);
        let (low, high) = (ascending[rank.saturating_sub(2)], ascending[rank - 1]);
        let is_between = (low..=high).contains(&billed);
        let interpolates =
            matches!(rule, PercentileRule::LinearInclusive | PercentileRule::LinearExclusive);
        let is_exact = interpolates || billed == high;
        assert!(is_between && is_exact, "{percentile} of {series:?} is {billed}");
    }
}

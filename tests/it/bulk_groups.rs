//! Grouped sums: laws that hold them against the sums of each group, and the words of each refusal.

use crate::support::{
    STRATEGIES,
    contract::{
        Contract, GB, Pick, RATE_UNITS, VOLUME_UNITS, contracts, many_tiers, numbers, picks,
        rate_size, volume_size,
    },
    costs, kind, model_of_cost, places_of, rounded, strategies,
};
use bandwidth_cost::ErrorKind;
use bandwidth_cost::bulk::BulkError;
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Error, Money, Quantity, RoundingStrategy, Schedule, Tier,
    Tiers, VolumePrice, VolumeUnit,
    bulk::{Column, GroupedSums, PartialSums, Pricer},
    pta,
};
use num_bigint::BigInt;
use proptest::prelude::*;

const NEAREST: RoundingStrategy = RoundingStrategy::MidpointNearestEven;

fn price(text: &str) -> VolumePrice {
    text.parse().unwrap()
}

#[track_caller]
fn says<T: core::fmt::Debug>(result: Result<T, Error>, message: &str) {
    assert_eq!(result.unwrap_err().to_string(), message);
}

fn of<Q: Quantity>(pricer: &Pricer<Q>, groups: usize) -> GroupedSums {
    let mut of = pricer.groups();
    of.grow(groups).unwrap();
    of
}

fn sums_of_each(groups: &GroupedSums) -> Vec<PartialSums> {
    (0..groups.len()).map(|group| groups.partial(group).unwrap()).collect()
}

/// The sums of each group, of its numbers alone.
fn one_each<Q: Quantity>(
    pricer: &Pricer<Q>,
    numbers: &[u64],
    group: &[usize],
    groups: usize,
) -> Vec<PartialSums> {
    let partial = |wanted: usize| {
        let own = numbers.iter().zip(group).filter(|(_, group)| **group == wanted);
        let own: Vec<u64> = own.map(|(x, _)| *x).collect();
        let mut partial = pricer.partial();
        pricer.add(&mut partial, &Column::new(&own, pricer.unit())).unwrap();
        partial
    };
    (0..groups).map(partial).collect()
}

/// Numbers, the group of each and how many groups there are: some of them have none.
fn in_groups(length: usize) -> impl Strategy<Value = (Vec<Pick>, Vec<usize>, usize)> {
    (picks(0..=length), 1_usize..8).prop_flat_map(|(picks, groups)| {
        let group = proptest::collection::vec(0..groups, picks.len());
        (Just(picks), group, Just(groups))
    })
}

/// All that holds of grouped numbers, in however many batches they come.
fn groups_sum_alone<Q: Quantity>(
    schedule: &Schedule<Q>,
    unit: Q::Unit,
    numbers: &[u64],
    (group, len): (&[usize], usize),
    (scale, strategy): (u32, RoundingStrategy),
) -> Result<(), TestCaseError> {
    let pricer = schedule.compile(unit);
    let expected = one_each(&pricer, numbers, group, len);
    for batch in [1, 7, 1_500] {
        let mut groups = of(&pricer, len);
        for (numbers, group) in numbers.chunks(batch).zip(group.chunks(batch)) {
            pricer.add_grouped(&mut groups, &Column::new(numbers, unit), group).unwrap();
        }
        prop_assert_eq!(&sums_of_each(&groups), &expected);
        for (group, partial) in expected.iter().enumerate() {
            prop_assert_eq!(groups.records(group), partial.records());
        }

        let costs: Vec<Cost> =
            expected.iter().map(|partial| pricer.finish(partial).unwrap()).collect();
        let amounts: Vec<Option<i128>> = costs
            .iter()
            .map(|cost| i128::try_from(rounded(&model_of_cost(cost), scale, strategy)).ok())
            .collect();
        for (cost, amount) in costs.iter().zip(&amounts) {
            prop_assert_eq!(&cost.round_to_i128(scale, strategy).ok(), amount);
        }
        let mut out = vec![7; len];
        let written = pricer.finish_each_into(&groups, scale, strategy, &mut out);
        let first_too_large = amounts.iter().position(Option::is_none);
        let named = written.err().map(|error| match error.kind() {
            ErrorKind::Bulk(BulkError::AmountOverflow { index, .. }) => *index,
            other => unreachable!("{other:?}"),
        });
        prop_assert_eq!(named, first_too_large);
        let good = first_too_large.unwrap_or(len);
        let out: Vec<Option<i128>> = out[..good].iter().copied().map(Some).collect();
        prop_assert_eq!(&out, &amounts[..good]);
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::support::cases(1_000))]

    #[test]
    fn volumes_of_a_group_sum_as_alone(
        contract in contracts(),
        unit in proptest::sample::select(VOLUME_UNITS.to_vec()),
        (picks, group, len) in in_groups(40),
        scale in 0_u32..=38,
        strategy in strategies(),
    ) {
        let numbers = numbers(&picks, &contract, volume_size(unit));
        groups_sum_alone(&contract.schedule(), unit, &numbers, (&group, len), (scale, strategy))?;
    }

    #[test]
    fn rates_of_a_group_sum_as_alone(
        contract in contracts(),
        unit in proptest::sample::select(RATE_UNITS.to_vec()),
        (picks, group, len) in in_groups(40),
        scale in 0_u32..=38,
        strategy in strategies(),
    ) {
        let contract = contract.of_rates();
        let numbers = numbers(&picks, &contract, rate_size(unit));
        let schedule = contract.schedule_of(|bps| DataRate::from_bps(bps.try_into().unwrap()));
        groups_sum_alone(&schedule, unit, &numbers, (&group, len), (scale, strategy))?;
    }

    #[test]
    fn at_the_exact_scale_all_costs_are_exact(
        contract in contracts(),
        unit in proptest::sample::select(VOLUME_UNITS.to_vec()),
        picks in picks(40),
    ) {
        let size = volume_size(unit);
        let exact = contract.schedule().compile(unit).exact_scale();
        for x in numbers(&picks, &contract, size) {
            let cost = contract.cost(BigInt::from(x) * BigInt::from(size));
            if let Some(exact) = exact {
                prop_assert!(places_of(&cost).is_some_and(|places| places <= exact), "{x}");
            }
        }
    }

    #[test]
    fn an_amount_of_128_bits_is_rounded_once(
        cost in costs(), scale in 0_u32..=38, strategy in strategies(),
    ) {
        let expected = i128::try_from(rounded(&model_of_cost(&cost), scale, strategy)).ok();
        prop_assert_eq!(cost.round_to_i128(scale, strategy).ok(), expected);
    }
}

proptest! {
    #![proptest_config(crate::support::cases(100))]

    #[test]
    fn long_columns_under_up_to_69_tiers_sum_in_groups_as_alone(
        contract in many_tiers(),
        unit in proptest::sample::select(VOLUME_UNITS.to_vec()),
        (picks, group, len) in in_groups(2_500),
        scale in 0_u32..=38,
        strategy in strategies(),
    ) {
        let numbers = numbers(&picks, &contract, volume_size(unit));
        groups_sum_alone(&contract.schedule(), unit, &numbers, (&group, len), (scale, strategy))?;
    }

    /// Batches on several machines, each of which knows some groups, merged and added to in any
    /// order.
    #[test]
    fn merged_groups_are_those_of_all_numbers(
        contract in contracts(),
        unit in proptest::sample::select(VOLUME_UNITS.to_vec()),
        (picks, group, len) in in_groups(300),
        machines in proptest::collection::vec(0_usize..4, 300),
        order in any::<[bool; 4]>(),
    ) {
        let numbers = numbers(&picks, &contract, volume_size(unit));
        let pricer = contract.schedule().compile(unit);
        let own = |machine| {
            let rows = numbers.iter().zip(&group).zip(&machines);
            rows.filter(|(_, at)| **at == machine).map(|(row, _)| row).unzip::<_, _, Vec<u64>, Vec<usize>>()
        };
        let mut total = of(&pricer, 0);
        for (machine, merges) in order.into_iter().enumerate() {
            let (numbers, group) = own(machine);
            let column = Column::new(&numbers, unit);
            total.grow(len).unwrap();
            if !merges {
                pricer.add_grouped(&mut total, &column, &group).unwrap();
                continue;
            }
            let mut part = of(&pricer, len);
            pricer.add_grouped(&mut part, &column, &group).unwrap();
            for group in 0..len {
                total.merge(group, &part.partial(group).unwrap()).unwrap();
            }
        }
        let expected = one_each(&pricer, &numbers, &group, len);
        prop_assert_eq!(&sums_of_each(&total), &expected);
        // Merged sums count the numbers above bounds elsewhere than added columns do.
        let mut out = vec![0; len];
        pricer.finish_each_into(&total, 4, NEAREST, &mut out).unwrap();
        for (out, partial) in out.into_iter().zip(&expected) {
            prop_assert_eq!(Ok(out), pricer.finish(partial).unwrap().round_to_i128(4, NEAREST));
        }
    }

    /// So that all segments and all ways to step are met among a few hundred numbers.
    #[test]
    fn no_smaller_scale_is_exact_for_all_columns(
        contract in contracts(),
        per in proptest::sample::select(vec![GB, GB / 4, 3 * GB, 8 * GB]),
        increment in proptest::option::of(1_u128..100),
        allowance in 0_u128..100,
        commitment in 0_u128..100,
    ) {
        let eighths = |n: u128| n * (GB / 8);
        let contract = Contract {
            per,
            increment: increment.map(eighths),
            allowance: eighths(allowance),
            commitment: eighths(commitment),
            minimum: None,
            maximum: None,
            ..contract
        };
        let (last, ..) = contract.tiers[contract.tiers.len() - 1];
        let mut places = (0..last / GB + 150).map(|x| places_of(&contract.cost(x * GB)));
        let least = places.try_fold(0, |most, places| Some(places?.max(most)));
        prop_assert_eq!(contract.schedule().compile(VolumeUnit::Gigabyte).exact_scale(), least);
    }

    #[test]
    fn the_first_groups_leave_and_the_others_move_down(
        contract in contracts(),
        unit in proptest::sample::select(VOLUME_UNITS.to_vec()),
        (picks, group, len) in in_groups(60),
        first in 0_usize..10,
    ) {
        let numbers = numbers(&picks, &contract, volume_size(unit));
        let pricer = contract.schedule().compile(unit);
        let mut rest = of(&pricer, len);
        let column = Column::new(&numbers, unit);
        pricer.add_grouped(&mut rest, &column, &group).unwrap();
        let before = sums_of_each(&rest);
        let taken = rest.take_first(first);
        let first = first.min(len);
        prop_assert_eq!((taken.len(), rest.len()), (first, len - first));
        prop_assert_eq!(&sums_of_each(&taken), &before[..first]);
        prop_assert_eq!(&sums_of_each(&rest), &before[first..]);
        for groups in [&taken, &rest] {
            let records: u64 = sums_of_each(groups).iter().map(PartialSums::records).sum();
            prop_assert_eq!(
                format!("{groups:?}"),
                format!("GroupedSums({} of {records} records)", groups.len()),
            );
        }
        // Both go on: what is added to a group that moved down is added to it.
        for mut groups in [taken, rest] {
            let of_first = sums_of_each(&groups);
            groups.grow(len + 1).unwrap();
            pricer.add_grouped(&mut groups, &column, &group).unwrap();
            let added = one_each(&pricer, &numbers, &group, len + 1);
            for (at, mut sum) in added.into_iter().enumerate() {
                if let Some(before) = of_first.get(at) {
                    sum.merge(before).unwrap();
                }
                prop_assert_eq!(groups.partial(at).unwrap(), sum);
            }
        }
    }
}

/// Four tiers, of which all but the last are exact in whole bytes.
fn four_tiers() -> Schedule<DataVolume> {
    let tiers = Tiers::new([
        Tier::up_to(DataVolume::from_megabytes(1), price("0.09 USD per 1 GB")),
        Tier::up_to(DataVolume::from_megabytes(100), price("0.085 USD per 1 GB")),
        Tier::below(DataVolume::from_gigabytes(100), price("0.07 USD per 1 GB")),
        Tier::rest(price("0.05 USD per 1 GB")),
    ]);
    Schedule::graduated(tiers.unwrap())
}

#[test]
fn what_does_not_belong_to_groups_is_refused() {
    let pricer = pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Byte);
    let mut groups = of(&pricer, 2);
    pricer.add_grouped(&mut groups, &Column::bytes(&[5, 6]), &[0, 1]).unwrap();
    let before = (sums_of_each(&groups), format!("{groups:?}"));

    let column = Column::bytes(&[1, 2, 3]);
    for given in [0, 2, 4] {
        says(
            pricer.add_grouped(&mut groups, &column, &vec![0; given]),
            &format!("`group` has length {given}: pass a slice of length 3"),
        );
    }
    says(
        pricer.add_grouped(&mut groups, &column, &[1, 2, 3]),
        "no group 2 among 2, counted from 0: pass another, or grow the groups first",
    );
    says(
        pricer.add_grouped(&mut groups, &column, &[2, 0, 1]),
        "no group 2 among 2, counted from 0: pass another, or grow the groups first",
    );
    says(
        pricer.add_grouped(&mut groups, &column, &[0, 1, usize::MAX]),
        &format!(
            "no group {} among 2, counted from 0: pass another, or grow the groups first",
            usize::MAX,
        ),
    );
    says(
        pricer.add_grouped(&mut groups, &Column::kilobytes(&[1]), &[0]),
        "a column in kB for a pricer of B: pass a column in B",
    );
    says(
        groups.merge(2, &pricer.partial()),
        "no group 2 among 2, counted from 0: pass another, or grow the groups first",
    );
    let other = four_tiers().compile(VolumeUnit::Byte);
    let mut others = other.partial();
    other.add(&mut others, &Column::bytes(&[1])).unwrap();
    let merged = groups.merge(0, &others);
    assert!(matches!(merged.map_err(kind), Err(ErrorKind::Bulk(BulkError::OtherPricer { .. }))));
    let added = other.add_grouped(&mut groups, &column, &[0, 0, 1]);
    assert!(matches!(added.map_err(kind), Err(ErrorKind::Bulk(BulkError::OtherPricer { .. }))));
    let finished = other.finish_each_into(&groups, 2, NEAREST, &mut [0; 2]);
    assert!(matches!(finished.map_err(kind), Err(ErrorKind::Bulk(BulkError::OtherPricer { .. }))));
    for places in [0, 1, 3] {
        says(
            pricer.finish_each_into(&groups, 2, NEAREST, &mut vec![0; places]),
            &format!("`out` has length {places}: pass a slice of length 2"),
        );
    }
    says(
        pricer.finish_each_into(&groups, 39, NEAREST, &mut [0; 2]),
        "can't round to 39 decimal places: pass at most 38",
    );
    assert_eq!((sums_of_each(&groups), format!("{groups:?}")), before);
    // No groups take no numbers.
    let mut none = pricer.groups();
    assert_eq!(pricer.add_grouped(&mut none, &Column::bytes(&[]), &[]), Ok(()));
    assert_eq!(pricer.finish_each_into(&none, 2, NEAREST, &mut []), Ok(()));
    says(
        pricer.add_grouped(&mut none, &Column::bytes(&[1]), &[0]),
        "no group 0 among 0, counted from 0: pass another, or grow the groups first",
    );
}

/// More groups than there are addresses: by themselves, with four segments each, and in bytes.
#[test]
fn groups_that_no_memory_holds_are_an_error() {
    for schedule in [Schedule::flat(pta::INTERNATIONAL_CHARGE), four_tiers()] {
        let mut groups = of(&schedule.compile(VolumeUnit::Byte), 3);
        for many in [usize::MAX, usize::MAX / 2, usize::MAX / 4 + 1, usize::MAX / 16] {
            says(
                groups.grow(many),
                &format!(
                    "no memory for {many} groups: pass fewer, or take out complete groups first"
                ),
            );
            assert_eq!(groups.len(), 3);
        }
        let size = groups.memory_size();
        assert_eq!(groups.grow(1), Ok(()));
        assert_eq!((groups.len(), groups.memory_size()), (3, size));
    }
}

#[test]
fn the_memory_size_grows_with_groups_and_segments() {
    let flat = pta::INTERNATIONAL_CHARGE.compile(VolumeUnit::Byte);
    let tiers = four_tiers().compile(VolumeUnit::Byte);
    let size = |groups: &GroupedSums| groups.memory_size();
    let (one, four) = (of(&flat, 1_000), of(&tiers, 1_000));
    assert!(size(&one) >= 1_000 * 24 && size(&one) < 1_000 * 64, "{}", size(&one));
    assert!(size(&four) >= 3 * size(&one) && size(&four) < 5 * size(&one), "{}", size(&four));
    assert!(tiers.groups().memory_size() > flat.groups().memory_size());
    // What is taken out takes its memory along.
    let mut rest = four.clone();
    let all = rest.take_first(usize::MAX);
    assert_eq!(all.len(), 1_000);
    assert!(size(&rest) < 1_000, "{}", size(&rest));
}

#[test]
fn a_group_whose_amount_does_not_fit_is_named() {
    let dear = price("10000000000000000000 USD per 1 B").compile(VolumeUnit::Byte);
    let mut groups = of(&dear, 3);
    // 2^127 − 1 is 17014118346046923173.17… times 10^19.
    let numbers = [17_014_118_346_046_923_173, 17_014_118_346_046_923_173, 1];
    dear.add_grouped(&mut groups, &Column::bytes(&numbers), &[0, 1, 1]).unwrap();
    let mut out = [7; 3];
    says(
        dear.finish_each_into(&groups, 0, NEAREST, &mut out),
        "the amount at index 1, 170141183460469231740000000000000000000 USD, does not fit 128 bits at \
         0 decimal places: pass fewer places",
    );
    assert_eq!(out[0], 170_141_183_460_469_231_730_000_000_000_000_000_000);
    let exact = dear.finish(&groups.partial(1).unwrap()).unwrap();
    assert_eq!(exact.to_string(), "170141183460469231740000000000000000000 USD");
    says(
        exact.round_to_i128(0, NEAREST),
        "170141183460469231740000000000000000000 does not fit 128 bits with 0 decimal places: pass fewer places, or keep the exact number, which has no bounds",
    );
    says(exact.round_to_i128(39, NEAREST), "can't round to 39 decimal places: pass at most 38");
}

/// Both ends of 128 bits, and half a unit beyond.
#[test]
fn the_largest_and_the_least_amount_of_128_bits_are_rounded_to() {
    let half = |text: &str| text.parse::<Cost>().unwrap();
    for (cost, expected) in [
        ("170141183460469231731687303715884105727.5 USD", i128::MAX),
        ("-170141183460469231731687303715884105728.5 USD", i128::MIN),
    ] {
        assert_eq!(half(cost).round_to_i128(0, RoundingStrategy::ToZero), Ok(expected));
        assert!(half(cost).round_to_i128(0, RoundingStrategy::AwayFromZero).is_err());
    }
}

/// Sums of numbers that fill 64 bits.
#[test]
fn groups_of_the_largest_numbers_cost_what_the_column_costs() {
    let pricer = four_tiers().compile(VolumeUnit::Byte);
    let mut groups = of(&pricer, 1);
    let column = vec![u64::MAX; 5_000];
    pricer.add_grouped(&mut groups, &Column::bytes(&column), &[0; 5_000]).unwrap();
    let exact = four_tiers().over(&Column::bytes(&column)).sum();
    for scale in 0..=11 {
        for strategy in STRATEGIES {
            let mut out = [0];
            pricer.finish_each_into(&groups, scale, strategy, &mut out).unwrap();
            assert_eq!(Ok(out[0]), exact.round_to_i128(scale, strategy), "{scale} {strategy:?}");
        }
    }
}

/// Sums that 127 bits do not hold, as of 2^63 numbers and half of them again, and whose amount they
/// do.
#[test]
fn sums_that_need_128_bits_still_give_their_amount() {
    let pricer = price("1 USD per 4 B").compile(VolumeUnit::Byte);
    let mut groups = of(&pricer, 1);
    let mut doubled = pricer.partial();
    pricer.add(&mut doubled, &Column::bytes(&[u64::MAX])).unwrap();
    for power in 0..=63 {
        if power >= 62 {
            groups.merge(0, &doubled).unwrap();
        }
        if power < 63 {
            doubled.merge(&doubled.clone()).unwrap();
        }
    }
    let mut out = [0];
    pricer.finish_each_into(&groups, 0, RoundingStrategy::ToZero, &mut out).unwrap();
    // 3 × 2^62 × (2^64 − 1) / 4
    assert_eq!(out, [3 * (1 << 60) * i128::from(u64::MAX)]);
}

/// Parts that 128 bits hold, whose sum they don't: units and fees, and these and steps.
#[test]
fn parts_of_an_amount_fit_and_the_amount_does_not() {
    let dear = |text, fee| {
        Schedule::flat(price(text)).with_fixed_fee(Money::from_major(fee, Currency::USD)).unwrap()
    };
    let units = dear("10000000000000000000 USD per 1 B", 2_000_000_000_000_000_000);
    let steps = dear("5000000000000000000 USD per 1 B", 1_000_000_000_000_000_000)
        .with_increment(DataVolume::from_bytes(2))
        .unwrap();
    let numbers = [17_014_118_346_046_923_172, 17_014_118_346_046_923_173];
    for (schedule, numbers) in [(units, &numbers[1..]), (steps, &numbers)] {
        let pricer = schedule.compile(VolumeUnit::Byte);
        let mut groups = of(&pricer, 1);
        pricer.add_grouped(&mut groups, &Column::bytes(numbers), &vec![0; numbers.len()]).unwrap();
        let exact = pricer.finish(&groups.partial(0).unwrap()).unwrap();
        says(
            pricer.finish_each_into(&groups, 0, NEAREST, &mut [0]),
            &format!(
                "the amount at index 0, {exact}, does not fit 128 bits at 0 decimal places: pass \
                 fewer places"
            ),
        );
    }
}

#[test]
fn the_exact_scale_is_the_fewest_places_that_hold_every_cost() {
    let scale = |schedule: Schedule<DataVolume>, unit| schedule.compile(unit).exact_scale();
    let flat = |text| Schedule::flat(price(text));
    assert_eq!(scale(flat("1 USD per 1 MB"), VolumeUnit::Byte), Some(6));
    assert_eq!(scale(flat("1 USD per 1 MB"), VolumeUnit::Bit), Some(9));
    assert_eq!(scale(flat("1 USD per 1 MB"), VolumeUnit::Gigabyte), Some(0));
    assert_eq!(scale(flat("0.09 USD per 1 GB"), VolumeUnit::Byte), Some(11));
    assert_eq!(scale(flat("4 USD per 3 GB"), VolumeUnit::Gigabyte), None);
    assert_eq!(scale(flat("0 USD per 3 GB"), VolumeUnit::Gigabyte), Some(0));
    assert_eq!(scale(four_tiers(), VolumeUnit::Byte), Some(12));
    let started = flat("0.02 USD per 1 MB").with_increment(DataVolume::from_megabytes(1)).unwrap();
    assert_eq!(scale(started.clone(), VolumeUnit::Byte), Some(2));
    let fee = Money::from_minor(5, Currency::USD);
    assert_eq!(
        scale(flat("1 USD per 1 GB").with_fixed_fee(fee).unwrap(), VolumeUnit::Gigabyte),
        Some(2)
    );
    // No number but zero has the price that no decimal holds: all pay the maximum.
    let most = Money::from_major(1, Currency::USD);
    let capped = flat("4 USD per 3 GB").with_maximum(most).unwrap();
    assert_eq!(scale(capped, VolumeUnit::Gigabyte), Some(0));
    // 28 decimal places are for one terabyte: those of a byte are more than 38.
    let fine = flat("0.0000000000000000000000000001 USD per 1 TB");
    assert_eq!(scale(fine.clone(), VolumeUnit::Terabyte), Some(28));
    assert_eq!(scale(fine.clone(), VolumeUnit::Kilobyte), Some(37));
    assert_eq!(scale(fine, VolumeUnit::Byte), None);
    // The last scale there is.
    let finest = flat("0.0000000000000000000000000001 USD per 10 GB");
    assert_eq!(scale(finest, VolumeUnit::Byte), Some(38));
    // One number alone has a price that no decimal holds: 3 GB cost 1 USD.
    let tiers = |first: Tier<DataVolume>, rest: &[Tier<DataVolume>]| {
        Schedule::all_units(Tiers::new([&[first], rest].concat()).unwrap())
    };
    let one_number = tiers(
        Tier::up_to(DataVolume::from_gigabytes(2), price("1 USD per 1 GB")),
        &[
            Tier::up_to(DataVolume::from_gigabytes(3), price("1 USD per 3 GB")),
            Tier::rest(price("1 USD per 1 GB")),
        ],
    );
    assert_eq!(scale(one_number, VolumeUnit::Gigabyte), Some(0));
    // Each gigabyte is three increments of a third of a dollar, as far as the price goes.
    let in_thirds = tiers(
        Tier::up_to(DataVolume::from_megabytes(16_400), price("1 USD per 1.02 GB")),
        &[Tier::rest(price("0 USD per 1 GB"))],
    );
    let in_thirds = in_thirds.with_increment(DataVolume::from_megabytes(340)).unwrap();
    assert_eq!(scale(in_thirds, VolumeUnit::Gigabyte), Some(0));
}

#[test]
fn groups_are_shown_without_their_sums() {
    let pricer = four_tiers().compile(VolumeUnit::Byte);
    let mut groups = of(&pricer, 3);
    pricer.add_grouped(&mut groups, &Column::bytes(&[1, 2]), &[0, 2]).unwrap();
    assert_eq!(format!("{groups:?}"), "GroupedSums(3 of 2 records)");
    fn is_shared<T: core::fmt::Debug + Clone + Send + Sync>(_: &T) {}
    is_shared(&groups);
}

/// Sums that are read can be those of no column. They add up all the same while 64 bits count the
/// records.
#[cfg(feature = "serde")]
mod read {
    use super::*;

    fn read(pricer: &Pricer<DataVolume>, records: u64, within: [u64; 3]) -> PartialSums {
        let mut json = serde_json::to_value(pricer.partial()).unwrap();
        json["records"] = serde_json::json!(records.to_string());
        json["units"] = serde_json::json!((u128::from(records) * u128::from(u64::MAX)).to_string());
        for (at, within) in json["bounded"].as_array_mut().unwrap().iter_mut().zip(within) {
            at["within"] = serde_json::json!(within.to_string());
        }
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn sums_that_no_numbers_have_add_up() {
        let pricer = four_tiers().compile(VolumeUnit::Byte);
        // Less within a larger bound than within a smaller one.
        let odd = read(&pricer, 7, [900, 5, 0]);
        let mut groups = of(&pricer, 2);
        let column = Column::bytes(&[5, 2_000_000]);
        pricer.add_grouped(&mut groups, &column, &[1, 1]).unwrap();
        groups.merge(1, &odd).unwrap();
        groups.merge(1, &odd).unwrap();
        let mut expected = pricer.partial();
        pricer.add(&mut expected, &column).unwrap();
        expected.merge(&odd).unwrap();
        expected.merge(&odd).unwrap();
        assert_eq!(groups.partial(1), Some(expected.clone()));
        assert_eq!(groups.partial(0), Some(pricer.partial()));
        let mut out = [0; 2];
        pricer.finish_each_into(&groups, 9, NEAREST, &mut out).unwrap();
        let cost = pricer.finish(&expected).unwrap();
        assert_eq!(Ok(out[1]), cost.round_to_i128(9, NEAREST));
    }

    /// As if a record were above a bound from which on all is cheaper, and had no bytes.
    #[test]
    fn sums_that_no_numbers_have_may_cost_less_than_nothing() {
        let tiers = Tiers::new([
            Tier::up_to(DataVolume::from_bytes(3), price("0.5 USD per 1 B")),
            Tier::rest(price("0 USD per 1 B")),
        ]);
        let pricer = Schedule::all_units(tiers.unwrap()).compile(VolumeUnit::Byte);
        let mut json = serde_json::to_value(pricer.partial()).unwrap();
        json["records"] = serde_json::json!("1");
        json["bounded"][0]["above"] = serde_json::json!("1");
        let odd: PartialSums = serde_json::from_value(json).unwrap();
        let mut groups = of(&pricer, 1);
        groups.merge(0, &odd).unwrap();
        let cost = pricer.finish(&odd).unwrap();
        assert_eq!(cost.to_string(), "-1.5 USD");
        for strategy in STRATEGIES {
            let mut out = [0];
            pricer.finish_each_into(&groups, 0, strategy, &mut out).unwrap();
            assert_eq!(Ok(out[0]), cost.round_to_i128(0, strategy), "{strategy:?}");
        }
    }

    /// The one amount of 128 bits whose magnitude they don't hold.
    #[test]
    fn sums_that_no_numbers_have_may_cost_the_least_amount() {
        let tiers = Tiers::new([
            Tier::up_to(DataVolume::from_bytes(4), price("4611686018427387904 USD per 1 B")),
            Tier::rest(price("0 USD per 1 B")),
        ]);
        let pricer = Schedule::all_units(tiers.unwrap()).compile(VolumeUnit::Byte);
        let mut json = serde_json::to_value(pricer.partial()).unwrap();
        json["records"] = serde_json::json!((1_u64 << 63).to_string());
        json["bounded"][0]["above"] = json["records"].clone();
        let odd: PartialSums = serde_json::from_value(json).unwrap();
        let mut groups = of(&pricer, 1);
        groups.merge(0, &odd).unwrap();
        let mut out = [0];
        pricer.finish_each_into(&groups, 0, NEAREST, &mut out).unwrap();
        assert_eq!(out, [i128::MIN]);
    }

    #[test]
    fn records_that_64_bits_do_not_count_are_an_error() {
        let pricer = four_tiers().compile(VolumeUnit::Byte);
        let mut groups = of(&pricer, 2);
        let most = read(&pricer, u64::MAX, [u64::MAX; 3]);
        groups.merge(0, &most).unwrap();
        assert_eq!(groups.partial(0), Some(most.clone()));
        let before = sums_of_each(&groups);
        let message =
            "the sums of 18446744073709551615 and 1 records overflow together: check their origin";
        says(pricer.add_grouped(&mut groups, &Column::bytes(&[1]), &[1]), message);
        says(groups.merge(1, &read(&pricer, 1, [0; 3])), message);
        assert_eq!(sums_of_each(&groups), before);
        // When those have left, there is room again.
        let _ = groups.take_first(1);
        pricer.add_grouped(&mut groups, &Column::bytes(&[1]), &[0]).unwrap();
        assert_eq!(groups.partial(0).unwrap().records(), 1);
    }

    #[test]
    fn sums_at_other_bounds_are_refused() {
        let pricer = four_tiers().compile(VolumeUnit::Byte);
        let mut json = serde_json::to_value(pricer.partial()).unwrap();
        json["bounded"].as_array_mut().unwrap().pop();
        let partial: PartialSums = serde_json::from_value(json).unwrap();
        says(
            of(&pricer, 1).merge(0, &partial),
            "sums at 2 bounds for a pricer of 3: check that they are as written",
        );
    }
}

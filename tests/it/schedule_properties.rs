//! Laws of schedules, and a naive twin in another crate's rational numbers.

use crate::support::{
    contract::{Contract, cents, contracts, units},
    model_of, model_of_decimal,
};
use bandwidth_cost::{
    AnyQuantity, Cost, Currency, DataRate, DataVolume, Decimal, LineKind, Ratio, Schedule,
    ScheduleWarning, Tier, TierBound, Tiers, VolumePrice, price::Segment,
};
use num_bigint::BigInt;
use proptest::prelude::*;

/// A contract and a quantity: any, or one beside a bound.
fn contracts_and_use() -> impl Strategy<Value = (Contract, u128)> {
    contracts().prop_flat_map(|contract| {
        let bounds: Vec<u128> = contract.tiers.iter().map(|tier| tier.0).collect();
        let allowance = contract.allowance;
        let near =
            (proptest::sample::select(bounds), -2_i128..=2).prop_map(move |(bound, step)| {
                bound.saturating_add(allowance).saturating_add_signed(step)
            });
        (Just(contract), prop_oneof![near, units()])
    })
}

fn volume(nanobits: u128) -> DataVolume {
    DataVolume::from_nanobits(nanobits)
}

fn nanobits(quantity: Option<AnyQuantity>) -> u128 {
    match quantity {
        Some(AnyQuantity::Volume(volume)) => volume.as_nanobits(),
        other => panic!("no volume: {other:?}"),
    }
}

proptest! {
    #![proptest_config(crate::support::cases(4_000))]

    #[test]
    fn cost_agrees_with_the_naive_twin((contract, used) in contracts_and_use()) {
        let cost = contract.schedule().cost(volume(used));
        prop_assert_eq!(model_of(&cost.to_string()), contract.cost(used));
    }

    #[test]
    fn lines_sum_to_the_cost_and_their_quantities_to_the_billed_one((contract, used) in contracts_and_use()) {
        let schedule = contract.schedule();
        let lines = schedule.lines(volume(used));
        let sum = Cost::sum(Currency::USD, lines.iter().map(|line| line.amount())).unwrap();
        prop_assert_eq!(sum, schedule.cost(volume(used)));

        let of = |item| -> BigInt {
            let lines = lines.iter().filter(|line| line.kind() == item);
            lines.map(|line| BigInt::from(nanobits(line.quantity()))).sum()
        };
        let billed = BigInt::from(used) - of(LineKind::Allowance) + of(LineKind::Increment) + of(LineKind::Commitment);
        prop_assert_eq!(&billed, &of(LineKind::Usage));
        prop_assert_eq!(billed, contract.billed(used));
        // Each priced line is its price times its quantity.
        for line in lines.iter().filter(|line| line.kind() == LineKind::Usage) {
            let Some(bandwidth_cost::AnyPrice::Volume(price)) = line.unit_price() else {
                return Err(TestCaseError::fail("a usage without a price"));
            };
            prop_assert_eq!(&price.cost(volume(nanobits(line.quantity()))), line.amount());
        }
    }

    /// Reading the curve as its documentation says: slope × billed + base on the one segment.
    #[test]
    fn the_curve_gives_the_cost((contract, used) in contracts_and_use()) {
        let schedule = contract.schedule();
        let curve = schedule.curve();
        let billed = curve.billed(volume(used));
        prop_assert_eq!(billed.to_string(), contract.billed(used).to_string());
        let segments = curve.segments();
        prop_assert!(segments[0].first().is_zero());
        for pair in segments.windows(2) {
            let last = pair[0].last().unwrap().as_nanobits();
            prop_assert_eq!(pair[1].first().as_nanobits(), last + 1);
            prop_assert!(pair[0].slope() != pair[1].slope() || pair[0].base() != pair[1].base());
        }
        let largest = Ratio::from(DataVolume::MAX.as_nanobits());
        if billed <= largest {
            let holds = |segment: &&Segment<DataVolume>| {
                segment.last().is_none_or(|last| billed <= Ratio::from(last.as_nanobits()))
            };
            let segment = segments.iter().find(holds).unwrap();
            prop_assert!(billed >= Ratio::from(segment.first().as_nanobits()));
            let amount = segment.slope() * &billed + segment.base().amount().clone();
            prop_assert_eq!(Cost::new(amount, schedule.currency()), schedule.cost(volume(used)));
        }
    }

    #[test]
    fn schedules_are_equal_by_their_terms(contract in contracts(), free in units()) {
        let schedule = contract.schedule();
        // The same terms in another order of the calls.
        let other = schedule.clone().with_allowance(volume(free)).with_commitment(volume(free));
        let other = other.with_allowance(volume(contract.allowance));
        let other = other.with_commitment(volume(contract.commitment));
        prop_assert_eq!(&other, &schedule);
        prop_assert_eq!(other.cost(volume(free)), schedule.cost(volume(free)));
        prop_assert_eq!(format!("{other:?}"), format!("{schedule:?}"));
    }

    #[test]
    fn month_to_date_bills_sum_to_the_whole(contract in contracts(), mut cuts in proptest::collection::vec(units(), 1..6)) {
        cuts.sort_unstable();
        let schedule = contract.schedule();
        let mut billed = None;
        let mut bills = Vec::new();
        for &cut in &cuts {
            bills.push(schedule.cost_between(billed, volume(cut)));
            billed = Some(volume(cut));
        }
        let whole = schedule.cost(volume(cuts[cuts.len() - 1]));
        prop_assert_eq!(Cost::sum(Currency::USD, &bills).unwrap(), whole);
    }

    #[test]
    fn graduated_costs_never_fall(mut contract in contracts(), a in units(), b in units()) {
        contract.is_graduated = true;
        let schedule = contract.schedule();
        let [less, more] = [a.min(b), a.max(b)].map(|used| schedule.cost(volume(used)));
        prop_assert!(less <= more, "{less} and then {more}");
        let falls = |finding: &ScheduleWarning| matches!(finding, ScheduleWarning::TotalFalls { .. });
        prop_assert_eq!(schedule.check().iter().filter(|finding| falls(finding)).count(), 0);
    }

    #[test]
    fn graduated_costs_without_fees_and_increments_have_no_jumps((mut contract, used) in contracts_and_use()) {
        contract.is_graduated = true;
        contract.increment = None;
        contract.tiers.iter_mut().for_each(|tier| tier.3 = None);
        let dearest = contract.tiers.iter().map(|tier| tier.2).max().unwrap();
        let used = used.min(u128::MAX - 1);
        let schedule = contract.schedule();
        let step = schedule.cost_between(Some(volume(used)), volume(used + 1));
        prop_assert!(step <= VolumePrice::per_gigabyte(cents(dearest)).cost(volume(1)));
    }

    #[test]
    fn check_names_each_fall_and_only_falls((contract, used) in contracts_and_use()) {
        let schedule = contract.schedule();
        let mut falls = Vec::new();
        for finding in schedule.check() {
            if let ScheduleWarning::TotalFalls { before, after, from, to } = finding {
                let (before, after) = (nanobits(Some(before)), nanobits(Some(after)));
                prop_assert_eq!(before + 1, after);
                prop_assert!(contract.cost(after) < contract.cost(before));
                prop_assert_eq!(model_of(&from.to_string()), contract.cost(before));
                prop_assert_eq!(model_of(&to.to_string()), contract.cost(after));
                falls.push(before);
            }
        }
        if used < u128::MAX && contract.cost(used + 1) < contract.cost(used) {
            prop_assert!(falls.contains(&used), "a fall at {} is not among {:?}", used, falls);
        }
    }

    #[test]
    fn a_tier_that_is_called_dead_prices_nothing((contract, used) in contracts_and_use()) {
        let schedule = contract.schedule();
        let dead: Vec<usize> = schedule.check().into_iter().filter_map(|finding| match finding {
            ScheduleWarning::TierNeverReached { number, .. } => Some(number - 1),
            _ => None,
        }).collect();
        // Another price and fee in a dead tier change no cost.
        let mut other = contract.clone();
        for &index in &dead {
            other.tiers[index].2 += 1_000;
            other.tiers[index].3 = Some(99_999);
        }
        prop_assert_eq!(other.schedule().cost(volume(used)), schedule.cost(volume(used)));
    }

    #[test]
    fn rates_are_priced_as_volumes_of_as_many_units(
        steps in proptest::collection::vec((1_u64..1_000, any::<bool>(), 0_i64..500), 1..5),
        is_graduated in any::<bool>(),
        increment in 1_u64..500,
        used in 0_u64..5_000,
    ) {
        fn schedule<Q: bandwidth_cost::Quantity>(
            steps: &[(u64, bool, i64)],
            unit: impl Fn(u64) -> Q,
            is_graduated: bool,
            increment: u64,
        ) -> Schedule<Q> {
            let mut bound = 0;
            let last = steps.len() - 1;
            let tiers = steps.iter().enumerate().map(|(index, &(step, included, price))| {
                bound += step;
                let price = bandwidth_cost::UnitPrice::new(cents(price), unit(1)).unwrap();
                match (index == last, included) {
                    (true, _) => Tier::rest(price),
                    (false, true) => Tier::up_to(unit(bound), price),
                    (false, false) => Tier::below(unit(bound), price),
                }
            });
            let tiers = Tiers::new(tiers).unwrap();
            let schedule = if is_graduated { Schedule::graduated(tiers) } else { Schedule::all_units(tiers) };
            schedule.with_increment(unit(increment)).unwrap()
        }
        let volumes = schedule(&steps, DataVolume::from_megabytes, is_graduated, increment);
        let rates = schedule(&steps, DataRate::from_mbps, is_graduated, increment);
        prop_assert_eq!(volumes.cost(DataVolume::from_megabytes(used)), rates.cost(DataRate::from_mbps(used)));
    }

    #[test]
    fn minimum_and_maximum_bound_the_cost((contract, used) in contracts_and_use()) {
        let cost = model_of(&contract.schedule().cost(volume(used)).to_string());
        if let Some(minimum) = contract.minimum {
            prop_assert!(cost >= model_of_decimal(Decimal::new(minimum, 2)));
        }
        if let Some(maximum) = contract.maximum {
            prop_assert!(cost <= model_of_decimal(Decimal::new(maximum, 2)));
        }
    }

    #[test]
    fn tiers_keep_what_they_are_made_of(contract in contracts()) {
        let schedule = contract.schedule();
        prop_assert_eq!(schedule.currency(), Currency::USD);
        let tiers = contract.tiers.iter().map(|tier| Tier::up_to(volume(tier.0), VolumePrice::per_gigabyte(cents(tier.2))));
        let rest = Tier::rest(VolumePrice::per_gigabyte(cents(1)));
        let tiers: Vec<_> = tiers.chain([rest]).collect();
        let built = Tiers::new(tiers.clone()).unwrap();
        prop_assert_eq!(built.as_slice(), &tiers[..]);
        prop_assert_eq!(built.as_slice().last().map(Tier::bound), Some(TierBound::Rest));
    }
}

//! The largest quantity within a budget, and where one schedule becomes cheaper than another.

use crate::support::{
    contract::{Contract, contracts},
    model_of, parse, says,
};
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Quantity, RatePrice, Ratio, Schedule, Tier, Tiers,
    VolumePrice,
    price::{Crossing, MAX_CROSSINGS},
};
use num_rational::BigRational;
use proptest::prelude::*;

const GB: DataVolume = DataVolume::from_gigabytes(1);

fn flat(price: &str) -> Schedule<DataRate> {
    Schedule::flat(parse(price))
}

fn within<Q: Quantity>(schedule: &Schedule<Q>, budget: &str) -> Option<Q> {
    schedule.largest_within(&parse(budget)).unwrap()
}

/// Where the two cross, and which is cheaper from there on.
fn crossings<Q: Quantity>(this: &Schedule<Q>, other: &Schedule<Q>) -> Vec<(Q, bool)> {
    let crossings = this.crossings(other).unwrap();
    crossings.iter().map(|at| (at.quantity(), at.other_is_cheaper())).collect()
}

fn bps(rate: u64) -> DataRate {
    DataRate::from_bps(rate)
}

/// A transit offer that the bigger one of all-units tiers falls below.
fn falling() -> Schedule<DataRate> {
    Schedule::all_units(
        Tiers::new([
            Tier::up_to(DataRate::from_gbps(1), parse("1 USD per 1 Mbps")),
            Tier::rest(parse("0.50 USD per 1 Mbps")),
        ])
        .unwrap(),
    )
}

#[test]
fn a_price_buys_the_budget_divided_by_it_rounded_down() {
    let third: VolumePrice = parse("3 USD per 1 bit");
    let most = third.largest_within(&parse("1 USD")).unwrap();
    assert_eq!(most, Some(DataVolume::from_nanobits(333_333_333)));
    let transit: RatePrice = parse("0.80 USD per 1 Mbps");
    assert_eq!(transit.largest_within(&parse("2/3 USD")).unwrap(), Some(bps(833_333)));
}

#[test]
fn a_budget_of_zero_buys_what_is_free_and_a_negative_one_nothing() {
    let transit: RatePrice = parse("0.80 USD per 1 Mbps");
    let zero = Cost::zero(Currency::USD);
    assert_eq!(transit.largest_within(&zero).unwrap(), Some(DataRate::ZERO));
    let with_allowance = flat("0.80 USD per 1 Mbps").with_allowance(DataRate::from_mbps(10));
    assert_eq!(with_allowance.largest_within(&zero).unwrap(), Some(DataRate::from_mbps(10)));
    let free: RatePrice = parse("0 USD per 1 Mbps");
    assert_eq!(free.largest_within(&zero).unwrap(), Some(DataRate::MAX));
    for price in [transit, free] {
        assert_eq!(price.largest_within(&parse("-1/3 USD")).unwrap(), None);
    }
    assert_eq!(within(&with_allowance, "-0.01 USD"), None);
}

#[test]
fn no_quantity_is_within_a_budget_below_the_fee_the_commitment_or_the_minimum() {
    let fee = flat("0.80 USD per 1 Mbps").with_fixed_fee(parse("250 USD")).unwrap();
    assert_eq!(within(&fee, "249.99 USD"), None);
    assert_eq!(within(&fee, "250 USD"), Some(DataRate::ZERO));
    let commitment = flat("0.80 USD per 1 Mbps").with_commitment(DataRate::from_gbps(1));
    assert_eq!(within(&commitment, "799.99 USD"), None);
    assert_eq!(within(&commitment, "800 USD"), Some(DataRate::from_gbps(1)));
    let minimum = flat("0.80 USD per 1 Mbps").with_minimum(parse("100 USD")).unwrap();
    assert_eq!(within(&minimum, "99 USD"), None);
    assert_eq!(within(&minimum, "100 USD"), Some(DataRate::from_mbps(125)));
}

#[test]
fn a_commitment_that_is_no_multiple_of_the_increment_is_bought_with_what_rounds_up_to_less() {
    let stairs = flat("1 USD per 1 Mbps")
        .with_commitment(DataRate::from_mbps(250))
        .with_increment(DataRate::from_mbps(100))
        .unwrap();
    assert_eq!(within(&stairs, "250 USD"), Some(DataRate::from_mbps(200)));
    assert_eq!(within(&stairs, "299 USD"), Some(DataRate::from_mbps(200)));
    assert_eq!(within(&stairs, "300 USD"), Some(DataRate::from_mbps(300)));
    assert_eq!(within(&stairs, "249 USD"), None);
}

#[test]
fn a_total_that_falls_buys_more_than_where_it_was_first_spent() {
    // 600 USD are spent at 600 Mbps, and buy 1.2 Gbps in the next tier; 500 USD buy no more than
    // 500 Mbps, because that tier begins above 500 USD.
    assert_eq!(within(&falling(), "600 USD"), Some(DataRate::from_mbps(1_200)));
    assert_eq!(within(&falling(), "500 USD"), Some(DataRate::from_mbps(500)));
    // Only the first bit/s of the next tier.
    assert_eq!(within(&falling(), "500.0000005 USD"), Some(bps(1_000_000_001)));
}

#[test]
fn a_maximum_within_the_budget_buys_the_largest_quantity() {
    let capped = flat("0.80 USD per 1 Mbps").with_maximum(parse("1000 USD")).unwrap();
    assert_eq!(within(&capped, "1000 USD"), Some(DataRate::MAX));
    assert_eq!(within(&capped, "999.2 USD"), Some(DataRate::from_mbps(1_249)));
}

#[test]
fn what_rounds_up_beyond_the_type_is_bought_at_its_price() {
    // The largest volume rounds up to 2¹²⁸ billionths of a bit, of which it is one short.
    let half = DataVolume::from_nanobits(1 << 127);
    let stairs = Schedule::flat(VolumePrice::new(parse("1 USD"), half).unwrap());
    let stairs = stairs.with_increment(half).unwrap();
    assert_eq!(within(&stairs, "1.99 USD"), Some(half));
    assert_eq!(within(&stairs, "2 USD"), Some(DataVolume::MAX));
}

#[test]
fn a_budget_in_another_currency_is_an_error() {
    let message = "currency mismatch: USD and PKR; convert one with an exchange rate first";
    let rupees: Cost = parse("100 PKR");
    says(flat("0.80 USD per 1 Mbps").largest_within(&rupees), message);
    says(parse::<VolumePrice>("1 USD per 1 MB").largest_within(&rupees), message);
    let other = flat("9 PKR per 1 Mbps");
    says(flat("0.80 USD per 1 Mbps").crossings(&other), message);
}

#[test]
fn a_fee_pays_from_its_break_even_on() {
    let port = flat("0 USD per 1 Mbps").with_fixed_fee(parse("5000 USD")).unwrap();
    let metered = flat("2 USD per 1 Mbps");
    assert_eq!(crossings(&metered, &port), [(bps(2_500_000_001), true)]);
    assert_eq!(crossings(&port, &metered), [(bps(2_500_000_001), false)]);
}

#[test]
fn equal_costs_are_no_crossing() {
    let schedule = falling();
    assert_eq!(crossings(&schedule, &schedule), []);
    // Both cost the same up to 1 Gbps, and from there on one is cheaper.
    assert_eq!(crossings(&schedule, &flat("1 USD per 1 Mbps")), []);
    // Both cost 0 USD at zero.
    assert_eq!(crossings(&flat("2 USD per 1 Mbps"), &flat("1 USD per 1 Mbps")), []);
}

#[test]
fn a_stretch_of_equal_cost_is_a_crossing_where_the_cheaper_one_changes_over_it() {
    let tiers = |prices: [&str; 3]| {
        let [first, second, rest] = prices.map(parse);
        let tiers = [
            Tier::up_to(DataRate::from_mbps(100), first),
            Tier::up_to(DataRate::from_mbps(200), second),
            Tier::rest(rest),
        ];
        Schedule::all_units(Tiers::new(tiers).unwrap())
    };
    let one = tiers(["1 USD per 1 Mbps", "1 USD per 1 Mbps", "1 USD per 1 Mbps"]);
    let back = tiers(["2 USD per 1 Mbps", "1 USD per 1 Mbps", "2 USD per 1 Mbps"]);
    let over = tiers(["2 USD per 1 Mbps", "1 USD per 1 Mbps", "0.50 USD per 1 Mbps"]);
    assert_eq!(crossings(&one, &back), []);
    assert_eq!(crossings(&one, &over), [(bps(200_000_001), true)]);
}

#[test]
fn a_capped_offer_and_a_falling_one_cross_more_than_once() {
    let capped = flat("0.80 USD per 1 Mbps").with_maximum(parse("700 USD")).unwrap();
    // 800 USD at 1 Gbps against the maximum of 700; then 500 against 700, and 700 at 1.4 Gbps.
    let cheaper: Vec<_> = crossings(&falling(), &capped);
    assert_eq!(cheaper, [(bps(1_000_000_001), false), (bps(1_400_000_001), true)]);
}

#[test]
fn a_started_step_is_dearer_and_a_full_one_cheaper() {
    let exact = flat("1 USD per 1 Mbps");
    let stairs = flat("0.75 USD per 1 Mbps").with_increment(DataRate::from_mbps(100)).unwrap();
    let expected = [
        (75_000_001, true),   // 75 USD for the first started 100 Mbps
        (100_000_001, false), // 150 USD for the second
        (150_000_001, true),
        (200_000_001, false),
        (225_000_001, true), // the third begins at 225 USD, the fourth at 300
    ];
    assert_eq!(crossings(&exact, &stairs), expected.map(|(at, other)| (bps(at), other)));
}

#[test]
fn steps_without_end_that_never_cross_are_none() {
    let megabyte = DataVolume::from_megabytes(1);
    let schedule = |increment: DataVolume| {
        Schedule::flat(VolumePrice::per_gigabyte(parse("1 USD"))).with_increment(increment).unwrap()
    };
    // Each step of a gigabyte is a thousand of the others, and none of them is dearer.
    assert_eq!(crossings(&schedule(GB), &schedule(megabyte)), []);
    assert_eq!(crossings(&schedule(GB), &schedule(GB)), []);
}

/// A step of these is a full one where a step of those has just begun at 666,667 × 1,000,003, which is
/// 666,669 × 1,000,000 + 1. Only there is it cheaper in spite of the fee, up to the maximum of both.
#[test]
fn two_stairs_that_meet_far_away_cross_there() {
    let steps = |increment| flat("1 USD per 1 bps").with_increment(bps(increment)).unwrap();
    let these = steps(1_000_003).with_fixed_fee(parse("999998 USD")).unwrap();
    let capped = |schedule: Schedule<_>| schedule.with_maximum(parse("1000000000000 USD")).unwrap();
    let found = crossings(&capped(these), &capped(steps(1_000_000)));
    assert_eq!(found, [(bps(666_669_000_001), false), (bps(666_669_000_002), true)]);
}

#[test]
fn more_crossings_than_a_list_holds_are_an_error() {
    let exact = flat("1 USD per 1 Mbps");
    let near = |price: &str| flat(price).with_increment(DataRate::from_mbps(1)).unwrap();
    // Two a step as long as the step begins above the exact cost: up to 499, and up to 501 steps.
    assert_eq!(exact.crossings(&near("0.998 USD per 1 Mbps")).unwrap().len(), 997);
    assert_eq!(MAX_CROSSINGS, 1_000);
    says(
        exact.crossings(&near("0.998004 USD per 1 Mbps")),
        "the cheaper of the two changes more than 1000 times up to 500.000005 Mbps, because an \
         increment makes steps: pass schedules without increments, or compare their costs at single \
         quantities",
    );
}

#[test]
fn a_thousand_crossings_without_increments_are_listed() {
    let tier = |index: u64| {
        let price = if index.is_multiple_of(2) { "1 USD per 1 Mbps" } else { "3 USD per 1 Mbps" };
        Tier::up_to(DataRate::from_mbps(index + 1), parse(price))
    };
    let tiers = (0..1_500).map(tier).chain([Tier::rest(parse("1 USD per 1 Mbps"))]);
    let zigzag = Schedule::all_units(Tiers::new(tiers).unwrap());
    assert_eq!(zigzag.crossings(&flat("2 USD per 1 Mbps")).unwrap().len(), 1_500);
}

#[test]
fn a_crossing_is_a_value() {
    let port = flat("0 USD per 1 Mbps").with_fixed_fee(parse("5000 USD")).unwrap();
    let crossing: Crossing<DataRate> = flat("2 USD per 1 Mbps").crossings(&port).unwrap()[0];
    assert_eq!(
        format!("{crossing:?}"),
        "Crossing { quantity: 2.500000001 Gbps, other_is_cheaper: true }"
    );
}

/// The contract of small numbers of smallest units, so that every quantity can be tried.
fn small_contracts() -> impl Strategy<Value = Contract> {
    let tier = (1_u128..60, any::<bool>(), 0_i64..50, proptest::option::of(0_i64..500));
    let extras = (
        prop_oneof![2 => Just(0), 1 => 0_u128..150],
        proptest::option::of(1_u128..90),
        prop_oneof![2 => Just(0), 1 => 0_u128..200],
        1_u128..8,
    );
    let charges = (
        proptest::option::of(0_i64..2_000),
        proptest::option::of(0_i64..4_000),
        proptest::option::of(4_000_i64..9_000),
    );
    (contracts(), proptest::collection::vec(tier, 1..6), extras, charges).prop_map(
        |(contract, steps, (allowance, increment, commitment, per), charges)| {
            let mut bound = 0;
            let tiers = steps.into_iter().map(|(step, included, price, fee)| {
                bound += step;
                (bound, included, price, fee)
            });
            let (fixed_fee, minimum, maximum) = charges;
            Contract {
                per,
                tiers: tiers.collect(),
                allowance,
                increment,
                commitment,
                fixed_fee,
                minimum,
                maximum,
                ..contract
            }
        },
    )
}

/// The quantities that are tried.
const TRIED: u64 = 2_000;

fn rates_of(contract: &Contract) -> Schedule<DataRate> {
    contract.schedule_of(|units| bps(units.try_into().unwrap()))
}

fn number(cost: &Cost) -> BigRational {
    model_of(&cost.to_string())
}

proptest! {
    #![proptest_config(crate::support::cases(256))]

    #[test]
    fn the_largest_within_a_budget_is_the_last_of_all_that_are(
        contract in small_contracts(),
        at in 0..TRIED,
        cents in -2_i64..3,
    ) {
        let schedule = rates_of(&contract);
        // A cost that there is, or one beside it.
        let budget = schedule.cost(bps(at)).checked_add(&Cost::new(Ratio::from(cents), Currency::USD)).unwrap();
        let largest = schedule.largest_within(&budget).unwrap().map(|largest| largest.as_bps());
        let fits = |at: u64| schedule.cost(bps(at)) <= budget;
        prop_assert!(largest.is_none_or(fits));
        let next = largest.map_or(0, |largest| largest.saturating_add(1));
        let beyond = (0..TRIED).chain(next..next.saturating_add(300)).chain(u64::MAX - 300..=u64::MAX);
        for beyond in beyond.filter(|&at| largest.is_none_or(|largest| at > largest)) {
            prop_assert!(!fits(beyond), "{beyond} costs no more than {budget}, and {largest:?} was found");
        }
    }

    #[test]
    fn crossings_are_those_found_by_trying_every_quantity(one in small_contracts(), other in small_contracts()) {
        let [this, that] = [&one, &other].map(rates_of);
        let found = match this.crossings(&that) {
            Ok(found) => found,
            Err(_) => return Ok(()),
        };
        let mut cheaper = None;
        let mut expected = Vec::new();
        let differs = |at: u64| this.cost(bps(at)).partial_cmp(&that.cost(bps(at))).unwrap();
        for at in 0..TRIED {
            let order = differs(at);
            if order.is_ne() && cheaper.replace(order.is_gt()).is_some_and(|before| before != order.is_gt()) {
                expected.push((bps(at), order.is_gt()));
            }
        }
        let found: Vec<_> = found.iter().map(|at| (at.quantity(), at.other_is_cheaper())).collect();
        let near = found.iter().take_while(|(at, _)| at.as_bps() < TRIED).count();
        prop_assert_eq!(&found[..near], &expected[..]);
        // Beyond, each is one by what the costs beside it are.
        for &(at, other_is_cheaper) in &found[near..] {
            prop_assert_eq!(differs(at.as_bps()).is_gt(), other_is_cheaper);
            prop_assert!(differs(at.as_bps()).is_ne());
            prop_assert!(differs(at.as_bps() - 1).is_gt() != other_is_cheaper || differs(at.as_bps() - 1).is_eq());
        }
    }

    #[test]
    fn each_of_two_schedules_crosses_the_other_at_the_same_quantities(one in contracts(), other in contracts()) {
        let [this, that] = [&one, &other].map(Contract::schedule);
        let (Ok(there), Ok(back)) = (this.crossings(&that), that.crossings(&this)) else {
            prop_assert!(this.crossings(&that).is_err() && that.crossings(&this).is_err());
            return Ok(());
        };
        prop_assert_eq!(there.len(), back.len());
        for (there, back) in there.iter().zip(&back) {
            prop_assert_eq!(there.quantity(), back.quantity());
            prop_assert!(there.other_is_cheaper() != back.other_is_cheaper());
            let [own, their] = [&one, &other].map(|contract| contract.cost(there.quantity().as_nanobits()));
            prop_assert_eq!(own > their, there.other_is_cheaper());
            prop_assert!(own != their);
        }
        for pair in there.windows(2) {
            prop_assert!(pair[0].quantity() < pair[1].quantity());
            prop_assert!(pair[0].other_is_cheaper() != pair[1].other_is_cheaper());
        }
    }

    #[test]
    fn the_largest_volume_within_a_budget_fits_and_no_larger_one_does(
        contract in contracts(), cents in 0_i64..50_000, picks in proptest::collection::vec(crate::support::magnitudes(), 4),
    ) {
        let schedule = contract.schedule();
        let budget = Cost::from(crate::support::contract::cents(cents));
        let limit = number(&budget);
        let largest = schedule.largest_within(&budget).unwrap();
        let least = largest.map_or(0, |largest| largest.as_nanobits());
        if largest.is_some() {
            prop_assert!(contract.cost(least) <= limit);
        }
        let beyond = picks.iter().map(|&pick| pick.max(least)).chain([least.saturating_add(1), u128::MAX]);
        for at in beyond.chain(crate::support::contract::bends(&contract)).filter(|&at| at > least) {
            prop_assert!(contract.cost(at) > limit, "{at} costs no more than {budget}, {largest:?} was found");
        }
    }
}

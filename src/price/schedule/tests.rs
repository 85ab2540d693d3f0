//! The curve and the lines of a bill, held together for parts of a period.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use super::Schedule;
use crate::{
    Decimal,
    money::{Cost, Currency, Money},
    number::Share,
    price::{Tier, Tiers, UnitPrice},
    quantity::{DataRate, DataVolume, Quantity},
};
use proptest::{collection::vec, option, prelude::*};

/// The terms of a schedule, in smallest units and cents.
type Draft = ((Vec<(u128, bool, i64, Option<i64>)>, bool), [u128; 4], [Option<i64>; 3]);

/// Of every size, with the largest and its neighbours often.
fn units(most: u128) -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => (any::<u128>(), 0_u32..128).prop_map(move |(bits, shift)| (bits >> shift).min(most)),
        2 => (0_u128..3).prop_map(move |less| most - less),
        1 => Just(most / 2 + 1),
        2 => 0_u128..1_000,
    ]
}

fn drafts(most: u128) -> impl Strategy<Value = Draft> {
    let cents = || option::of(0_i64..100_000);
    let tier = (units(most), any::<bool>(), 0_i64..500, cents());
    (
        (vec(tier, 0..6), any::<bool>()),
        [units(most), units(most), units(most), units(most)],
        [cents(), cents(), cents()],
    )
}

fn schedule<Q: Quantity>(draft: Draft) -> Schedule<Q> {
    let ((mut tiers, graduated), [per, allowance, increment, commitment], charges) = draft;
    let money = |cents| Money::new(Decimal::new(cents, 2), Currency::USD);
    let price = |cents| UnitPrice::new(money(cents), Q::from_units(per.max(1))).unwrap();
    let with_fee =
        |tier: Tier<Q>, fee: Option<i64>| fee.map_or(tier, |fee| tier.with_fee(money(fee)));
    tiers.sort_unstable();
    tiers.dedup_by_key(|tier| tier.0);
    tiers.retain(|tier| tier.0 > 0);
    let bounded = tiers.into_iter().map(|(bound, included, cents, fee)| {
        let bound = Q::from_units(bound);
        let price = price(cents);
        with_fee(if included { Tier::up_to(bound, price) } else { Tier::below(bound, price) }, fee)
    });
    let rest = with_fee(Tier::rest(price(7)), Some(11));
    let tiers = Tiers::new(bounded.chain([rest])).unwrap();
    let schedule = if graduated { Schedule::graduated(tiers) } else { Schedule::all_units(tiers) };
    let mut schedule = schedule
        .with_allowance(Q::from_units(allowance))
        .with_commitment(Q::from_units(commitment));
    if increment > 0 {
        schedule = schedule.with_increment(Q::from_units(increment)).unwrap();
    }
    let [fee, least, more] = charges;
    if let Some(fee) = fee {
        schedule = schedule.with_fixed_fee(money(fee)).unwrap();
    }
    if let Some(least) = least {
        schedule = schedule.with_minimum(money(least)).unwrap();
    }
    if let Some(more) = more {
        schedule = schedule.with_maximum(money(least.unwrap_or(0) + more)).unwrap();
    }
    schedule
}

fn shares() -> impl Strategy<Value = Share> {
    let any = (0_u64..=400, 1_u64..=400).prop_map(|(a, b)| Share::new(a.min(b), b).unwrap());
    prop_oneof![1 => Just(Share::ONE), 3 => any]
}

fn lines_sum_to_the_cost<Q: Quantity>(
    schedule: &Schedule<Q>,
    used: u128,
    part: Share,
) -> Result<(), TestCaseError> {
    let used = Q::from_units(used);
    let lines = schedule.lines_of_part(used, part);
    let sum = Cost::sum(Currency::USD, lines.iter().map(|line| line.amount())).unwrap();
    prop_assert_eq!(&sum, &schedule.terms.curve(part).cost(used));
    if part == Share::ONE {
        prop_assert_eq!(sum, schedule.cost(used));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn lines_of_volumes_sum_to_the_cost(
        draft in drafts(u128::MAX), used in units(u128::MAX), part in shares(),
    ) {
        lines_sum_to_the_cost(&schedule::<DataVolume>(draft), used, part)?;
    }

    #[test]
    fn lines_of_rates_sum_to_the_cost(
        draft in drafts(u64::MAX.into()), used in units(u64::MAX.into()), part in shares(),
    ) {
        lines_sum_to_the_cost(&schedule::<DataRate>(draft), used, part)?;
    }
}

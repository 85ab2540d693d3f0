//! What holds for all mixes of traffic: nothing is lost by a move, and the least move is the least.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::{rates, shares};
use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
use proptest::{collection::vec, prelude::*, sample::Index};

/// A mix of classes `0`, `1`, `2`…
fn mix(classes: Vec<(u64, Share)>) -> TrafficMix {
    let class = |(index, (demand, share)): (usize, (u64, Share))| {
        TrafficClass::new(index.to_string(), DataRate::from_bps(demand), share)
    };
    TrafficMix::new(classes.into_iter().enumerate().map(class)).unwrap()
}

/// Two to four classes of any size that sums to a rate.
fn mixes() -> impl Strategy<Value = TrafficMix> {
    vec((rates().prop_map(|rate| rate.as_bps() >> 2), shares()), 2..=4).prop_map(mix)
}

/// Two to four classes of a few bit/s, of which each move can be tried.
fn small_mixes() -> impl Strategy<Value = TrafficMix> {
    let fractions = (0_u64..30, 0_u64..30).prop_map(|(a, b)| (a.min(b), a.max(b).max(1)));
    let share = prop_oneof![
        fractions.prop_map(|(a, b)| Share::new(a, b).unwrap()),
        (0_u64..=100).prop_map(Share::from_percent),
    ];
    vec((0_u64..80, share), 2..=4).prop_map(mix)
}

/// Two classes whose shares differ by little or nothing, so that rounding decides.
fn wavering_mixes(most: u64) -> impl Strategy<Value = TrafficMix> {
    let parts = (1_u64..1 << 40).prop_flat_map(|whole| (0..=whole, 0_u64..4, Just(whole)));
    ([0..most, 0..most], parts, any::<bool>()).prop_map(|(demands, (part, step, whole), up)| {
        let share = Share::new(part, whole).unwrap();
        let next = if up { part + step } else { part.saturating_sub(step) };
        let next = Share::new(next.min(whole), whole).unwrap();
        mix(vec![(demands[0], share), (demands[1], next)])
    })
}

/// The mix after a move of `moved` bit/s from class 0 to class 1.
fn after_move(before: &TrafficMix, moved: u64) -> TrafficMix {
    let demand = before.classes()[0].demand().as_bps();
    let share = Share::new(moved, demand.max(1)).unwrap();
    before.shift("0", "1", share).unwrap()
}

/// The least move after which the border traffic is as wanted, found by trying each.
fn least_by_trying(before: &TrafficMix, wanted: impl Fn(DataRate) -> bool) -> Option<u64> {
    let demand = before.classes()[0].demand().as_bps();
    (0..=demand).find(|&moved| wanted(after_move(before, moved).international()))
}

fn is_least_by_trying(before: &TrafficMix, limit: DataRate) -> Result<(), TestCaseError> {
    let demand = before.classes()[0].demand();
    let reach = before.share_to_reach("0", "1", limit).unwrap();
    let below = before.share_to_stay_below("0", "1", limit).unwrap();
    let reach_by_trying = least_by_trying(before, |border| border >= limit);
    let below_by_trying = least_by_trying(before, |border| border < limit);
    for (least, tried) in [(reach, reach_by_trying), (below, below_by_trying)] {
        let moved = least.map(|share| demand.portion(share).as_bps());
        prop_assert_eq!(moved, tried, "{:?} to {}", before, limit);
        let in_whole_bits = moved.map(|moved| Share::new(moved, demand.as_bps().max(1)).unwrap());
        prop_assert_eq!(least, in_whole_bits);
    }
    Ok(())
}

/// Limits that some move may just reach.
fn limits_near(mix: &TrafficMix) -> impl Iterator<Item = DataRate> {
    let ends =
        [mix.international(), after_move(mix, mix.classes()[0].demand().as_bps()).international()];
    let from = ends[0].min(ends[1]).as_bps().saturating_sub(2);
    (from..=ends[0].max(ends[1]).as_bps() + 2).map(DataRate::from_bps)
}

proptest! {
    #![proptest_config(crate::support::cases(2_000))]

    #[test]
    fn international_and_local_are_the_demand(mix in mixes()) {
        for class in mix.classes() {
            prop_assert_eq!(class.international() + class.local(), class.demand());
            prop_assert_eq!(class.local(), class.demand().portion(class.local_share()));
            prop_assert_eq!(mix.class(class.name()).unwrap(), class);
        }
        prop_assert_eq!(mix.international() + mix.local(), mix.demand());
        let demands = mix.classes().iter().map(|class| u128::from(class.demand().as_bps()));
        prop_assert_eq!(u128::from(mix.demand().as_bps()), demands.sum::<u128>());
    }

    #[test]
    fn a_shift_loses_nothing_and_changes_only_two_demands(
        before in mixes(),
        from in any::<Index>(),
        step in any::<Index>(),
        share in shares(),
    ) {
        let count = before.classes().len();
        let from = from.index(count);
        let to = (from + 1 + step.index(count - 1)) % count;
        let names = [from, to].map(|at| before.classes()[at].name().to_owned());
        let after = before.shift(&names[0], &names[1], share).unwrap();
        prop_assert_eq!(after.demand(), before.demand());
        let moved = before.classes()[from].demand().portion(share);
        for (at, (old, new)) in before.classes().iter().zip(after.classes()).enumerate() {
            prop_assert_eq!((old.name(), old.local_share()), (new.name(), new.local_share()));
            let lost = if at == from { moved } else { DataRate::ZERO };
            let won = if at == to { moved } else { DataRate::ZERO };
            prop_assert_eq!(new.demand() + lost, old.demand() + won);
        }
        prop_assert_eq!(after.classes().len(), count);
    }

    #[test]
    fn shifting_nothing_changes_nothing_and_shifting_all_empties_the_class(before in mixes()) {
        prop_assert_eq!(&before.shift("0", "1", Share::ZERO).unwrap(), &before);
        let after = before.shift("0", "1", Share::ONE).unwrap();
        prop_assert_eq!(after.classes()[0].demand(), DataRate::ZERO);
        let both = before.classes()[0].demand() + before.classes()[1].demand();
        prop_assert_eq!(after.classes()[1].demand(), both);
    }

    /// More on a class that is served less locally: more crosses the border, but for the 1 bit/s
    /// that rounding may take.
    #[test]
    fn moving_more_to_a_less_local_class_relieves_the_border_by_1_bit_at_most(
        before in mixes(),
        shares in [shares(), shares()],
    ) {
        let local = |at: usize| before.classes()[at].local_share();
        let (from, to) = if local(0) >= local(1) { ("0", "1") } else { ("1", "0") };
        let [less, more] = [shares[0].min(shares[1]), shares[0].max(shares[1])]
            .map(|share| before.shift(from, to, share).unwrap().international());
        prop_assert!(more + DataRate::from_bps(1) >= less, "{} after {}", more, less);
    }

    #[test]
    fn an_increase_one_way_is_a_decrease_the_other(before in mixes(), after in mixes()) {
        let more = before.international_increase(&after);
        let less = after.international_increase(&before);
        prop_assert!(more.is_zero() || less.is_zero());
        let [before, after] = [&before, &after].map(|mix| u128::from(mix.international().as_bps()));
        prop_assert_eq!(before + u128::from(more.as_bps()), after + u128::from(less.as_bps()));
    }

    #[test]
    fn another_share_or_demand_of_a_class_changes_nothing_else(
        before in mixes(),
        share in shares(),
        demand in rates(),
    ) {
        let demand = DataRate::from_bps(demand.as_bps() >> 2);
        let old = before.classes()[1].clone();
        let after = before.with_local_share("1", share).unwrap().with_demand("1", demand).unwrap();
        prop_assert_eq!(&after.classes()[1], &TrafficClass::new("1", demand, share));
        let back = after.with_demand("1", old.demand()).unwrap();
        prop_assert_eq!(back.with_local_share("1", old.local_share()).unwrap(), before);
    }

    #[test]
    fn a_higher_capacity_never_leaves_more_uncarried(mix in mixes(), capacities in [rates(), rates()]) {
        let (low, high) = (capacities[0].min(capacities[1]), capacities[0].max(capacities[1]));
        prop_assert!(mix.uncarried(high) <= mix.uncarried(low));
        for capacity in capacities {
            let uncarried = mix.uncarried(capacity);
            let carried = mix.international() - uncarried;
            prop_assert!(carried <= capacity);
            prop_assert!(uncarried.is_zero() || carried == capacity);
        }
    }

    #[test]
    fn the_least_move_is_the_first_of_all_that_are_enough(before in small_mixes()) {
        for limit in limits_near(&before) {
            is_least_by_trying(&before, limit)?;
        }
    }
}

proptest! {
    #![proptest_config(crate::support::cases(500))]

    /// Shares that differ in the twelfth digit: over some thousand moves nothing but rounding
    /// decides.
    #[test]
    fn the_least_move_is_the_first_also_where_rounding_decides(before in wavering_mixes(3_000)) {
        for limit in limits_near(&before).take(8) {
            is_least_by_trying(&before, limit)?;
        }
    }

    #[test]
    fn at_any_size_the_least_move_is_enough_and_fewer_are_not(
        before in prop_oneof![mixes(), wavering_mixes(1 << 62)],
        place in shares(),
        nudge in 0_u64..3,
        samples in vec(any::<u64>(), 20),
    ) {
        // A limit between no move and all, or just beyond.
        let demand = before.classes()[0].demand().as_bps();
        let ends = [0, demand].map(|moved| after_move(&before, moved).international());
        let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let limit = low + (high - low).portion(place) + DataRate::from_bps(nudge);

        for reach in [true, false] {
            let is_enough =
                |moved: u64| (after_move(&before, moved).international() >= limit) == reach;
            let least = if reach {
                before.share_to_reach("0", "1", limit).unwrap()
            } else {
                before.share_to_stay_below("0", "1", limit).unwrap()
            };
            let Some(share) = least else {
                for sample in &samples {
                    prop_assert!(!is_enough(sample.checked_rem(demand + 1).unwrap()));
                }
                prop_assert!(!is_enough(0) && !is_enough(demand));
                continue;
            };
            let moved = before.classes()[0].demand().portion(share).as_bps();
            let after = before.shift("0", "1", share).unwrap().international();
            prop_assert_eq!(after >= limit, reach);
            prop_assert!(is_enough(moved));
            if let Some(one_less) = moved.checked_sub(1) {
                prop_assert!(!is_enough(one_less));
                for sample in &samples {
                    prop_assert!(!is_enough(sample % moved));
                    // Where the border wavers, the last few before it matter most.
                    prop_assert!(!is_enough(moved - 1 - (sample % 1_000).min(one_less)));
                }
            }
        }
    }

    /// Of shares with denominators up to 30 that differ, what is local changes by 2 bit/s, which is
    /// more than rounding takes, within 2 × 30 × 30 moves: only those before the least one could
    /// reach the limit as well, or the last ones of all.
    #[test]
    fn among_the_moves_that_rounding_leaves_open_it_is_the_first(
        demands in [0_u64..1 << 62, 0_u64..1 << 62],
        parts in [(0_u64..=30, 1_u64..=30), (0_u64..=30, 1_u64..=30)],
        place in shares(),
    ) {
        let shares = parts.map(|(a, b)| Share::new(a.min(b), b).unwrap());
        let before = mix(vec![(demands[0], shares[0]), (demands[1], shares[1])]);
        let ends = [0, demands[0]].map(|moved| after_move(&before, moved).international());
        let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let limit = low + (high - low).portion(place);
        let least = before.share_to_reach("0", "1", limit).unwrap();
        let moved = least.map(|share| DataRate::from_bps(demands[0]).portion(share).as_bps());
        let end = moved.unwrap_or(demands[0] + 1);
        for fewer in end.saturating_sub(1_800)..end {
            prop_assert!(after_move(&before, fewer).international() < limit, "{} of {:?}", fewer, least);
        }
        if let Some(moved) = moved {
            prop_assert!(after_move(&before, moved).international() >= limit);
        }
        let least = before.share_to_stay_below("0", "1", limit).unwrap();
        let moved = least.map(|share| DataRate::from_bps(demands[0]).portion(share).as_bps());
        let end = moved.unwrap_or(demands[0] + 1);
        for fewer in end.saturating_sub(1_800)..end {
            prop_assert!(after_move(&before, fewer).international() >= limit, "{} of {:?}", fewer, least);
        }
        if let Some(moved) = moved {
            prop_assert!(after_move(&before, moved).international() < limit);
        }
    }
}

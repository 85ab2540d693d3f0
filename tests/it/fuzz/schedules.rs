//! Any schedule at any quantity, beside a naive one in another crate's rational numbers: its cost, its
//! lines, its curve, the largest quantity for a budget, and where another schedule becomes cheaper.

use super::{
    source::Source,
    terms::{contract, near},
};
use crate::support::{contract::Contract, model_of};
use bandwidth_cost::{Cost, DataRate, DataVolume, Quantity, Ratio, Schedule};

/// The body of the fuzz target.
pub(super) fn check(input: &[u8]) {
    let mut source = Source(input);
    let contracts = [contract(&mut source), contract(&mut source)];
    let quantities: Vec<u128> = (0..8).map(|at| near(&mut source, &contracts[at % 2])).collect();

    let nanobits = DataVolume::from_nanobits;
    let schedules = [0, 1].map(|at| contracts[at].schedule());
    let volumes: Vec<DataVolume> = quantities.iter().copied().map(nanobits).collect();
    holds(&contracts, &schedules, &volumes, DataVolume::as_nanobits);

    let contracts = contracts.map(|contract| contract.of_rates());
    // Bounds of rates that are too near to each other may be the same, or zero.
    if contracts.iter().all(is_of_rates) {
        let bps = |units: u128| DataRate::from_bps(u64::try_from(units).unwrap_or(u64::MAX));
        let schedules = [0, 1].map(|at| contracts[at].schedule_of(bps));
        let rates: Vec<DataRate> = quantities.iter().copied().map(bps).collect();
        holds(&contracts, &schedules, &rates, |rate| rate.as_bps().into());
    }
}

fn is_of_rates(contract: &Contract) -> bool {
    let ascend = contract.tiers.windows(2).all(|two| two[0].0 < two[1].0);
    ascend && contract.per > 0 && contract.tiers[0].0 > 0
}

fn holds<Q: Quantity>(
    contracts: &[Contract; 2],
    schedules: &[Schedule<Q>; 2],
    quantities: &[Q],
    units_of: impl Fn(Q) -> u128,
) {
    for (schedule, contract) in schedules.iter().zip(contracts) {
        for &quantity in quantities {
            costs_as_its_twin(schedule, contract, quantity, &units_of);
            is_the_largest(schedule, quantity, quantities);
        }
    }
    cross(schedules, quantities);
}

fn costs_as_its_twin<Q: Quantity>(
    schedule: &Schedule<Q>,
    twin: &Contract,
    quantity: Q,
    units_of: impl Fn(Q) -> u128,
) {
    let units = units_of(quantity);
    let cost = schedule.cost(quantity);
    assert_eq!(model_of(&cost.to_string()), twin.cost(units), "{quantity:?} under {twin:?}");

    let lines = schedule.lines(quantity);
    let sum = Cost::sum(cost.currency(), lines.iter().map(|line| line.amount())).unwrap();
    assert_eq!(sum, cost, "the lines of {quantity:?} under {twin:?}");

    let curve = schedule.curve();
    let billed = curve.billed(quantity);
    assert_eq!(billed.to_string(), twin.billed(units).to_string(), "{quantity:?} under {twin:?}");
    // Segments beyond the type's largest quantity are not listed.
    let segment = curve.segments().iter().find(|segment| {
        Ratio::from(units_of(segment.first())) <= billed
            && segment.last().is_none_or(|last| billed <= Ratio::from(units_of(last)))
    });
    if let Some(segment) = segment {
        let amount = segment.slope() * &billed + segment.base().amount().clone();
        assert_eq!(&amount, cost.amount(), "{quantity:?} on its segment under {twin:?}");
    }
}

/// The largest quantity that costs at most as much as one is that one or a larger one, costs no more,
/// and no larger one costs as little.
fn is_the_largest<Q: Quantity>(schedule: &Schedule<Q>, quantity: Q, quantities: &[Q]) {
    let budget = schedule.cost(quantity);
    let largest = schedule.largest_within(&budget).unwrap().unwrap();
    assert!(largest >= quantity, "{largest:?} for {budget}, under {schedule:?}");
    assert!(schedule.cost(largest) <= budget, "{largest:?} for {budget}, under {schedule:?}");
    for &other in quantities.iter().filter(|other| **other > largest) {
        assert!(schedule.cost(other) > budget, "{other:?} for {budget}, under {schedule:?}");
    }
}

/// From each crossing to the next, the schedule that became cheaper is never dearer.
fn cross<Q: Quantity>([own, other]: &[Schedule<Q>; 2], quantities: &[Q]) {
    // Two increments may cross too often.
    let Ok(crossings) = own.crossings(other) else { return };
    for crossing in &crossings {
        let [own, other] = [own, other].map(|schedule| schedule.cost(crossing.quantity()));
        let (cheaper, dearer) =
            if crossing.other_is_cheaper() { (other, own) } else { (own, other) };
        assert!(cheaper < dearer, "{crossing:?}: {cheaper} and {dearer}");
    }
    let mut before = None;
    for &quantity in quantities {
        let [own, other] = [own, other].map(|schedule| schedule.cost(quantity));
        let last = crossings.iter().rev().find(|crossing| crossing.quantity() <= quantity);
        let other_is_cheaper = match (last, crossings.first()) {
            (Some(crossing), _) => crossing.other_is_cheaper(),
            (None, Some(first)) => !first.other_is_cheaper(),
            // Without crossings, one of the two is never dearer.
            (None, None) if own == other => continue,
            (None, None) => *before.get_or_insert(other < own),
        };
        let (cheaper, dearer) = if other_is_cheaper { (other, own) } else { (own, other) };
        assert!(cheaper <= dearer, "{quantity:?} of {crossings:?}: {cheaper} and {dearer}");
    }
}

//! Any schedule at any quantity, beside a naive one in another crate's rational numbers.

use super::{
    source::Source,
    terms::{contract, near},
};
use crate::support::{contract::Contract, model_of};
use bandwidth_cost::{Cost, DataRate, DataVolume, Quantity, Ratio, Schedule};
use core::fmt;

/// The body of the fuzz target.
pub(super) fn check(input: &[u8]) {
    let mut source = Source(input);
    let volumes = contract(&mut source);
    let rates = volumes.of_rates();
    let bps = |units: u128| DataRate::from_bps(u64::try_from(units).unwrap_or(u64::MAX));
    // Bounds of rates that are too near to each other may be the same, or zero.
    let ascend = rates.tiers.windows(2).all(|two| two[0].0 < two[1].0);
    let has_rates = ascend && rates.per > 0 && rates.tiers[0].0 > 0;
    let schedule = volumes.schedule();
    let by_rate = has_rates.then(|| rates.schedule_of(bps));
    for _ in 0..8 {
        let units = near(&mut source, &volumes);
        costs_as_its_twin(
            &schedule,
            &volumes,
            DataVolume::from_nanobits(units),
            DataVolume::as_nanobits,
        );
        if let Some(schedule) = &by_rate {
            let units = near(&mut source, &rates).min(u64::MAX.into());
            costs_as_its_twin(schedule, &rates, bps(units), |rate| rate.as_bps().into());
        }
    }
}

fn costs_as_its_twin<Q: Quantity + fmt::Debug>(
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

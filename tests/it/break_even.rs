//! Where peering breaks even with transit, against published figures.
#![cfg(feature = "toml")]

use bandwidth_cost::{Cost, DataRate, Money, RatePrice, RoundingStrategy, Schedule};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    case: Vec<Case>,
}

/// What a page says of a port and of the transit that it saves.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    title: String,
    source: String,
    peering: Money,
    transit: RatePrice,
    break_even: Option<DataRate>,
    cheaper_from: DataRate,
    #[serde(default)]
    bills: Vec<Bill>,
    #[serde(default)]
    unit_costs: Vec<UnitCost>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bill {
    transit: DataRate,
    peers: bool,
    total: Money,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitCost {
    peered: DataRate,
    cost: Money,
    at_unit_cost: DataRate,
}

fn published() -> Vec<Case> {
    let Published { case } = toml::from_str(include_str!("../data/break_even.toml")).unwrap();
    case
}

impl Case {
    /// A port, at any use of which only its fee is charged.
    fn port(&self) -> Schedule<DataRate> {
        let free = Money::zero(self.peering.currency());
        Schedule::flat(RatePrice::per_mbps(free)).with_fixed_fee(self.peering).unwrap()
    }

    /// The least traffic at which the port costs less than transit at a price.
    fn cheaper_from(&self, transit: RatePrice) -> DataRate {
        let crossings = Schedule::flat(transit).crossings(&self.port()).unwrap();
        let [crossing] = &*crossings else { panic!("{}: {crossings:?}", self.id) };
        assert!(crossing.other_is_cheaper(), "{}", self.id);
        // It is the break-even point, rounded down, and a bit per second.
        let within = transit.largest_within(&self.peering.into()).unwrap().unwrap();
        assert_eq!(crossing.quantity(), within + DataRate::from_bps(1), "{}", self.id);
        crossing.quantity()
    }
}

#[test]
fn peering_is_cheaper_from_where_the_other_program_says() {
    for case in published() {
        assert_eq!(case.cheaper_from(case.transit), case.cheaper_from, "{}", case.id);
        for UnitCost { cost, at_unit_cost, .. } in &case.unit_costs {
            let transit = RatePrice::per_mbps(*cost);
            assert_eq!(case.cheaper_from(transit), *at_unit_cost, "{} at {cost}", case.id);
        }
    }
}

#[test]
fn both_cost_the_same_at_the_published_break_even_point() {
    let published = published();
    let stated = published.iter().filter_map(|case| Some((case, case.break_even?)));
    assert!(stated.clone().count() > 0);
    for (case, at) in stated {
        assert_eq!(Schedule::flat(case.transit).cost(at), case.port().cost(at), "{}", case.id);
        assert_eq!(case.cheaper_from, at + DataRate::from_bps(1), "{}", case.id);
    }
}

#[test]
fn the_published_bills_and_unit_costs_come_out() {
    for case in published() {
        for Bill { transit, peers, total } in &case.bills {
            let fee = if *peers { case.peering } else { Money::zero(case.peering.currency()) };
            let bill = Schedule::flat(case.transit).with_fixed_fee(fee).unwrap().cost(*transit);
            assert_eq!(bill, Cost::from(*total), "{}, {transit}", case.id);
        }
        for UnitCost { peered, cost, .. } in &case.unit_costs {
            let price = RatePrice::new(case.peering, *peered).unwrap();
            let unit = price.cost(DataRate::from_mbps(1));
            let unit = unit.round(RoundingStrategy::MidpointAwayFromZero).unwrap();
            assert_eq!(unit, *cost, "{}, {peered}", case.id);
        }
    }
}

#[test]
fn each_break_even_case_has_a_source_and_a_name_of_its_own() {
    let published = published();
    let names: BTreeSet<&str> = published.iter().map(|case| &*case.id).collect();
    assert_eq!(names.len(), published.len());
    for case in &published {
        assert!(case.source.starts_with("https://") && !case.title.is_empty(), "{}", case.id);
    }
}

//! Contracts whose bills were worked out by hand, a third of them from published terms.
#![cfg(feature = "toml")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking")]

use bandwidth_cost::{DataRate, DataVolume, LinkUsage, RateCard, UsageSeries, jiff::Timestamp};
use core::time::Duration;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    contract: Vec<Case>,
}

/// A run of slots, and the Mbps or the GB in each.
type Runs = Vec<(usize, u64)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    source: Option<String>,
    assumed: Option<String>,
    #[serde(default)]
    partitions: bool,
    card: String,
    start: String,
    interval: String,
    unit: Option<String>,
    #[serde(default)]
    inbound: Runs,
    #[serde(default)]
    outbound: Runs,
    #[serde(default)]
    ports: Vec<Runs>,
    times: Option<usize>,
    bills: Vec<Vec<String>>,
    why: String,
}

enum Traffic {
    Series(UsageSeries),
    Link(LinkUsage),
}

impl Case {
    fn series(&self, runs: &Runs) -> UsageSeries {
        let (number, unit) = self.interval.split_once(' ').unwrap();
        let seconds = match unit {
            "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            other => panic!("{other}"),
        };
        let interval = Duration::from_secs(number.parse::<u64>().unwrap() * seconds);
        let slots = runs.iter().flat_map(|&(slots, amount)| [amount].repeat(slots));
        let slots = slots.collect::<Vec<_>>().repeat(self.times.unwrap_or(1)).into_iter();
        let start: Timestamp = self.start.parse().unwrap();
        if self.unit.as_deref() == Some("GB") {
            let volumes = slots.map(DataVolume::from_gigabytes);
            UsageSeries::from_volumes(start, interval, volumes).unwrap()
        } else {
            UsageSeries::from_rates(start, interval, slots.map(DataRate::from_mbps)).unwrap()
        }
    }

    fn traffic(&self) -> Traffic {
        if !self.ports.is_empty() {
            let ports: Vec<UsageSeries> = self.ports.iter().map(|port| self.series(port)).collect();
            Traffic::Series(UsageSeries::pool(&ports).unwrap())
        } else if self.outbound.is_empty() {
            Traffic::Series(self.series(&self.inbound))
        } else {
            let (inbound, outbound) = (self.series(&self.inbound), self.series(&self.outbound));
            Traffic::Link(LinkUsage { inbound, outbound })
        }
    }

    /// The first day of each month that is billed by itself, and its totals.
    fn billed_alone(&self, card: &RateCard) -> Vec<Vec<String>> {
        let (cycle, zone) = (card.billing_cycle(), card.time_zone());
        let bills: Vec<_> = match self.traffic() {
            Traffic::Series(series) => series
                .by_period(&cycle, zone)
                .map(|(first, month)| (first, card.bill(&month)))
                .collect(),
            Traffic::Link(link) => link
                .by_period(&cycle, zone)
                .map(|(first, month)| (first, card.bill_link(&month)))
                .collect(),
        };
        let totals = |statement: bandwidth_cost::Statement| {
            statement.totals().into_iter().map(|total| total.to_string())
        };
        // A month before or after the service has no bill.
        let bills = bills.into_iter().filter_map(|(first, bill)| Some((first, bill.ok()?)));
        bills
            .map(|(first, bill)| [format!("{first}")].into_iter().chain(totals(bill)).collect())
            .collect()
    }

    /// The first day of each month, and its totals.
    fn billed(&self, card: &RateCard) -> Vec<Vec<String>> {
        let bills = match self.traffic() {
            Traffic::Series(series) => card.bill_months(&series),
            Traffic::Link(link) => card.bill_link_months(&link),
        };
        let bill = |(first, bill): (_, bandwidth_cost::Statement)| {
            let totals = bill.totals().into_iter().map(|total| total.to_string());
            [format!("{first}")].into_iter().chain(totals).collect()
        };
        bills.unwrap_or_else(|error| panic!("{}: {error}", self.id)).into_iter().map(bill).collect()
    }
}

fn cases() -> Vec<Case> {
    let cases: Cases = toml::from_str(include_str!("../data/contracts.toml")).unwrap();
    cases.contract
}

#[test]
fn each_contract_is_billed_as_by_hand() {
    let mut wrong = Vec::new();
    for case in cases() {
        let card = RateCard::from_toml(&case.card, &BTreeMap::new())
            .unwrap_or_else(|error| panic!("{}: {error}", case.id));
        let billed = case.billed(&card);
        if billed != case.bills {
            wrong.push(format!("{}: {billed:?}, not {:?}: {}", case.id, case.bills, case.why));
        }
        if case.partitions {
            assert_eq!(card.check(), [], "{}", case.id);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_month_that_is_billed_by_itself_costs_as_among_others() {
    for case in cases() {
        let card = RateCard::from_toml(&case.card, &BTreeMap::new()).unwrap();
        assert_eq!(case.billed_alone(&card), case.bills, "{}", case.id);
    }
}

#[test]
fn there_are_thirty_contracts_and_ten_with_a_source() {
    let cases = cases();
    assert!(cases.len() >= 30, "{}", cases.len());
    assert!(cases.iter().filter(|case| case.source.is_some()).count() >= 10);
    assert!(cases.iter().all(|case| case.source.is_some() || case.assumed.is_none()));
    assert_eq!(cases.iter().map(|case| &case.id).collect::<BTreeSet<_>>().len(), cases.len());
}

//! Contracts worked out by hand, against what their cards bill.
#![cfg(feature = "toml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::parse;
use bandwidth_cost::{
    AnyQuantity, Cost, DataVolume, LineKind, LinkUsage, RateCard, RoundingStrategy, Share,
    Statement, UsageSeries,
    jiff::{Timestamp, civil::Date},
    tariff::StatementLine,
};
use core::{fmt, str::FromStr, time::Duration};
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contracts {
    contract: Vec<Contract>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contract {
    id: String,
    source: Option<String>,
    #[serde(default)]
    dated: Option<Text<Date>>,
    /// The arithmetic, short enough to follow by hand.
    why: String,
    card: String,
    port: Vec<Port>,
    month: Vec<Month>,
}

/// A port's traffic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Port {
    start: Text<Timestamp>,
    slot: String,
    inbound: Vec<Runs>,
    outbound: Option<Vec<Runs>>,
}

/// Runs of slots, one after another, and how many times they come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Runs {
    times: usize,
    slots: Vec<(usize, String)>,
}

/// The bill of a month.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Month {
    first: Text<Date>,
    /// The sum of the lines of a name and a currency.
    lines: Vec<(String, Cost)>,
    /// The amounts of a tariff's lines.
    #[serde(default)]
    amounts: BTreeMap<String, Vec<Cost>>,
    totals: Vec<Cost>,
    settled: Option<Vec<Cost>>,
    coverage: Option<Share>,
}

/// A value as its text.
struct Text<T>(T);

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(parse(&String::deserialize(deserializer)?)))
    }
}

fn contracts() -> Vec<Contract> {
    let Contracts { contract } =
        toml::from_str(include_str!("../data/golden_contracts.toml")).unwrap();
    contract
}

/// The series of a port's runs, of which unknown slots are left out.
fn series(port: &Port, runs: &[Runs]) -> UsageSeries {
    let seconds = match port.slot.as_str() {
        "5 min" => 300,
        "1 h" => 3_600,
        other => panic!("a slot of {other}"),
    };
    let slot = Duration::from_secs(seconds);
    let volume = |text: &str| match text {
        "unknown" => None,
        text => Some(match parse(text) {
            AnyQuantity::Volume(volume) => volume,
            AnyQuantity::Rate(rate) => rate * slot,
        }),
    };
    let once = |runs: &Runs| -> Vec<Option<DataVolume>> {
        let slots = runs.slots.iter();
        slots.flat_map(|(count, text)| core::iter::repeat_n(volume(text), *count)).collect()
    };
    let slots = runs.iter().flat_map(|runs| once(runs).repeat(runs.times));
    UsageSeries::from_volumes(port.start.0, slot, slots).unwrap()
}

/// The bill of each month.
fn bills(contract: &Contract) -> Vec<(Date, Statement)> {
    let card = RateCard::from_toml(&contract.card, &BTreeMap::new());
    let card = card.unwrap_or_else(|error| panic!("{}: {error}", contract.id));
    let bills = if contract.port.iter().all(|port| port.outbound.is_none()) {
        let ports = contract.port.iter().map(|port| series(port, &port.inbound));
        card.bill_months(&UsageSeries::pool(&ports.collect::<Vec<_>>()).unwrap())
    } else {
        let ports = contract.port.iter().map(|port| LinkUsage {
            inbound: series(port, &port.inbound),
            outbound: series(port, port.outbound.as_ref().unwrap()),
        });
        card.bill_link_months(&LinkUsage::pool(&ports.collect::<Vec<_>>()).unwrap())
    };
    bills.unwrap_or_else(|error| panic!("{}: {error}", contract.id))
}

/// The name of a line's tariff or adjustment; a minimum or maximum of all tariffs has its kind.
fn name(line: &StatementLine) -> &str {
    line.tariff().or(line.adjustment()).unwrap_or_else(|| match line.kind() {
        LineKind::Minimum => "minimum",
        LineKind::Maximum => "maximum",
        other => panic!("a line of {other:?} without a name"),
    })
}

/// The sums of the lines of each name and currency, in order, without those of no amount.
fn by_name(statement: &Statement) -> Vec<(String, Cost)> {
    let mut sums: Vec<(String, Cost)> = Vec::new();
    for line in statement.lines() {
        let amount = line.amount();
        let of = |(of, sum): &&mut (String, Cost)| {
            of == name(line) && sum.currency() == amount.currency()
        };
        match sums.iter_mut().find(of) {
            Some((_, sum)) => *sum = sum.checked_add(amount).unwrap(),
            None => sums.push((name(line).to_owned(), amount.clone())),
        }
    }
    sums.retain(|(_, sum)| !sum.is_zero());
    sums
}

fn check(contract: &Contract) {
    let id = &contract.id;
    let bills = bills(contract);
    let firsts = |month: &Month| month.first.0;
    assert_eq!(
        bills.iter().map(|(first, _)| *first).collect::<Vec<_>>(),
        contract.month.iter().map(firsts).collect::<Vec<_>>(),
        "{id}: the months",
    );
    for ((first, statement), month) in bills.iter().zip(&contract.month) {
        let place = format!("{id}, {first}");
        assert_eq!(by_name(statement), month.lines, "{place}: {statement}");
        assert_eq!(statement.totals(), month.totals, "{place}");
        assert_eq!(statement.coverage(), month.coverage.unwrap_or(Share::ONE), "{place}");
        for (tariff, amounts) in &month.amounts {
            let lines = statement.lines().iter().filter(|line| name(line) == tariff);
            let charged = lines.map(|line| line.amount()).filter(|cost| !cost.amount().is_zero());
            assert_eq!(charged.collect::<Vec<_>>(), Vec::from_iter(amounts), "{place}, {tariff}");
        }
        if let Some(settled) = &month.settled {
            let invoice = statement.settle(RoundingStrategy::MidpointAwayFromZero).unwrap();
            let totals: Vec<Cost> =
                invoice.totals().iter().map(|total| Cost::from(*total)).collect();
            assert_eq!(&totals, settled, "{place}");
        }
    }
}

#[test]
fn each_contract_bills_as_worked_out_by_hand() {
    contracts().iter().for_each(check);
}

#[test]
fn the_lines_worked_out_by_hand_add_up() {
    for Contract { id, month, .. } in contracts() {
        for Month { first, lines, totals, .. } in month {
            let sum = |total: &Cost| {
                let lines = lines.iter().map(|(_, amount)| amount);
                let same = lines.filter(|amount| amount.currency() == total.currency());
                Cost::sum(total.currency(), same.cloned()).unwrap()
            };
            assert_eq!(totals.iter().map(sum).collect::<Vec<_>>(), totals, "{id}, {}", first.0);
        }
    }
}

#[test]
fn contracts_are_of_every_kind_and_many_are_published() {
    let contracts = contracts();
    let published = contracts.iter().filter_map(|contract| contract.source.as_ref());
    assert!(published.clone().all(|source| source.starts_with("http")), "a source is a page");
    assert!(contracts.len() >= 30 && published.count() >= 10, "{} contracts", contracts.len());
    let ids: BTreeSet<&str> = contracts.iter().map(|contract| contract.id.as_str()).collect();
    assert_eq!(ids.len(), contracts.len(), "a name is there twice");
    for Contract { id, source, dated, why, .. } in &contracts {
        assert!(!why.is_empty() && (source.is_some() || dated.is_none()), "{id}");
    }
    for key in [
        "billing_day",
        "interval",
        "direction",
        "begins",
        "ends",
        "minimum",
        "maximum",
        "hours",
        "days",
        "[[tariff.change]]",
        "[[adjustment]]",
        "percent",
        "amount",
        "of",
        "on",
        "fee",
    ] {
        assert!(contracts.iter().any(|contract| contract.card.contains(key)), "no card has {key}");
    }
}

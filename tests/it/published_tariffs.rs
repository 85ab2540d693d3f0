//! Bills that published pages state, and bills computed by hand, against what tariffs say.
#![cfg(feature = "toml")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may fail by panicking")]

use bandwidth_cost::{
    AnyQuantity, Cost, DataRate, DataVolume, LineItem, Money, Percentile, Quantity,
    RoundingStrategy, Schedule, Share, Statement, Tariff, UsageSeries, jiff::Timestamp,
};
use core::time::Duration;
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use toml::{Table, Value};

const DAY: Duration = Duration::from_secs(86_400);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    case: Vec<Case>,
    percentile: Vec<Rank>,
}

/// A bill that a page states.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    title: String,
    source: String,
    /// The prices are an example's, and were never charged.
    #[serde(default)]
    illustrative: bool,
    total: Money,
    rounding: Option<Rounding>,
    part: Vec<Part>,
}

/// A quantity and its prices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    used: AnyQuantity,
    billed: Option<DataVolume>,
    in_service: Option<Share>,
    schedule: Table,
}

/// Where a page rounds.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Rounding {
    Total(Strategy),
    EachLine(Strategy),
}

#[derive(Deserialize, Clone, Copy)]
enum Strategy {
    MidpointAwayFromZero,
}

/// Which sample a page says is billed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rank {
    id: String,
    title: String,
    source: String,
    slots: u64,
    from_the_top: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Computed {
    tariff: Vec<ComputedTariff>,
}

/// Prices, and what they come to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComputedTariff {
    id: String,
    source: Option<String>,
    schedule: Table,
    bills: Vec<Bill>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
struct Bill {
    used: AnyQuantity,
    billed: Option<DataVolume>,
    in_service: Option<Share>,
    total: Money,
}

fn published() -> Published {
    toml::from_str(include_str!("../data/published_tariffs.toml")).unwrap()
}

fn computed() -> Vec<ComputedTariff> {
    let Computed { tariff } =
        toml::from_str(include_str!("../data/computed_tariffs.toml")).unwrap();
    tariff
}

impl ComputedTariff {
    /// The bills, each under a name that a failure can show.
    fn parts(&self) -> impl Iterator<Item = (String, Part, Money)> {
        self.bills.iter().map(|&Bill { used, billed, in_service, total }| {
            let part = Part { used, billed, in_service, schedule: self.schedule.clone() };
            (format!("{}, {used}", self.id), part, total)
        })
    }
}

impl Part {
    fn schedule<Q: Quantity>(&self) -> Schedule<Q>
    where
        Schedule<Q>: DeserializeOwned,
    {
        self.schedule.clone().try_into().unwrap()
    }

    /// The bill of a day with the given use, by a tariff as it stands in a rate card.
    fn statement(&self) -> Statement {
        let start = Timestamp::UNIX_EPOCH;
        let (measure, series) = match self.used {
            AnyQuantity::Volume(volume) => {
                ("total volume", UsageSeries::from_volumes(start, DAY, [volume]))
            }
            AnyQuantity::Rate(rate) => ("peak rate", UsageSeries::from_rates(start, DAY, [rate])),
        };
        let mut keys = self.schedule.clone();
        keys.insert("name".to_owned(), Value::from("golden"));
        keys.insert("measure".to_owned(), Value::from(measure));
        let tariff: Tariff = keys.try_into().unwrap();
        tariff.bill_part(&series.unwrap(), self.in_service.unwrap_or(Share::ONE)).unwrap()
    }

    fn cost(&self) -> Cost {
        match (self.used, self.billed) {
            (_, None) => self.statement().total().unwrap(),
            (AnyQuantity::Volume(used), billed) => self.schedule().cost_between(billed, used),
            (AnyQuantity::Rate(used), Some(billed)) => panic!("{billed} billed of {used}"),
        }
    }

    /// The schedule's own total and lines for a whole period.
    fn whole(&self) -> (Cost, Vec<LineItem>) {
        match self.used {
            AnyQuantity::Volume(used) => {
                let schedule = self.schedule::<DataVolume>();
                (schedule.cost(used), schedule.lines(used))
            }
            AnyQuantity::Rate(used) => {
                let schedule = self.schedule::<DataRate>();
                (schedule.cost(used), schedule.lines(used))
            }
        }
    }
}

impl From<Strategy> for RoundingStrategy {
    fn from(strategy: Strategy) -> Self {
        match strategy {
            Strategy::MidpointAwayFromZero => Self::MidpointAwayFromZero,
        }
    }
}

#[test]
fn a_bill_is_what_the_published_page_says() {
    for Case { id, total, rounding, part, .. } in published().case {
        let exact = Cost::sum(total.currency(), part.iter().map(Part::cost)).unwrap();
        let Some(rounding) = rounding else {
            assert_eq!(exact, Cost::from(total), "{id}");
            continue;
        };
        assert_ne!(exact, Cost::from(total), "{id} names a rounding and needs none");
        // To as many decimals as the page shows.
        let rounded =
            |strategy: Strategy| exact.round_to(total.amount().scale(), strategy.into()).unwrap();
        match rounding {
            Rounding::Total(strategy) => assert_eq!(rounded(strategy), total, "{id}"),
            Rounding::EachLine(strategy) => {
                let settled = part.iter().map(|part| {
                    Cost::from(
                        part.statement()
                            .settle(RoundingStrategy::from(strategy))
                            .unwrap()
                            .total()
                            .unwrap(),
                    )
                });
                assert_eq!(
                    Cost::sum(total.currency(), settled).unwrap(),
                    Cost::from(total),
                    "{id}",
                );
                assert_ne!(rounded(strategy), total, "{id} could as well round the total");
            }
        }
    }
}

#[test]
fn a_bill_is_what_was_computed_by_hand() {
    for (id, part, total) in computed().iter().flat_map(ComputedTariff::parts) {
        assert_eq!(part.cost(), Cost::from(total), "{id}");
    }
}

#[test]
fn the_lines_of_a_bill_add_up() {
    let computed = computed();
    let computed = computed.iter().flat_map(ComputedTariff::parts).map(|(id, part, _)| (id, part));
    let published = published()
        .case
        .into_iter()
        .flat_map(|Case { id, part, .. }| part.into_iter().map(move |part| (id.clone(), part)));
    for (id, part) in published.chain(computed) {
        let (cost, lines) = part.whole();
        let sum = Cost::sum(cost.currency(), lines.iter().map(|line| line.amount().clone()));
        assert_eq!(sum.unwrap(), cost, "{id}");
        if part.in_service.is_none() {
            assert_eq!(part.statement().total().unwrap(), cost, "{id}");
        }
    }
}

/// The slots carry 1, 2, 3 … Mbps, so that a rate says its rank.
#[test]
fn the_billed_sample_is_the_one_that_the_published_page_says() {
    for Rank { id, slots, from_the_top, .. } in published().percentile {
        let start = Timestamp::UNIX_EPOCH;
        let rates = (1..=slots).map(DataRate::from_mbps);
        let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates).unwrap();
        let billed = DataRate::from_mbps(slots - from_the_top + 1);
        assert_eq!(series.percentile(Percentile::P95), billed, "{id}");
    }
}

#[test]
fn each_published_figure_has_a_source_and_a_name_of_its_own() {
    let Published { case, percentile } = published();
    let charged = case.iter().filter(|case| !case.illustrative).count();
    assert!(case.len() >= 50 && charged >= 25, "{} cases, {charged} of them charged", case.len());
    let computed = computed();
    let cases = case.iter().map(|case| (&case.id, &case.source));
    let ranks = percentile.iter().map(|rank| (&rank.id, &rank.source));
    let cited = computed.iter().filter_map(|of| Some((&of.id, of.source.as_ref()?)));
    for (id, source) in cases.chain(ranks).chain(cited) {
        assert!(source.starts_with("https://"), "{id} is of {source}");
    }
    let titles = case.iter().map(|case| &case.title).chain(percentile.iter().map(|of| &of.title));
    assert!(titles.clone().all(|title| !title.is_empty()), "a source has a title");
    let ids = case.iter().map(|of| &of.id).chain(percentile.iter().map(|of| &of.id));
    let mut seen = BTreeSet::new();
    for id in ids.chain(computed.iter().map(|of| &of.id)) {
        assert!(seen.insert(id), "{id} is there twice");
    }
}

//! A link's month: what is measured of it, each beside what is done without this crate.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may fail by panicking, and its figures are small"
)]

mod support;

use bandwidth_cost::{
    Cost, CounterLog, CounterWidth, Currency, DataRate, Error, GapPolicy, LinkUsage, Percentile,
    RateCard, RateMeter, RatePrice, Schedule, Share, Tariff, Tier, Tiers, UsageSeries, VolumeMeter,
    jiff::{Timestamp, civil::date, tz::TimeZone},
    tariff::Attribution,
};
use core::time::Duration;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use support::{diurnal, noise};

/// 30 days of 5 minutes.
const SLOTS: u64 = 8_640;

fn months() -> [(&'static str, Vec<DataRate>); 4] {
    let month = |rate: &dyn Fn(u64) -> u64| (0..SLOTS).map(rate).map(DataRate::from_bps).collect();
    [
        ("diurnal", month(&diurnal)),
        ("uniform", month(&|slot| noise(slot) % 10_000_000_000)),
        ("all_equal", month(&|_| 5_000_000_000)),
        ("sorted", month(&|slot| slot * 1_000_000)),
    ]
}

fn percentile(criterion: &mut Criterion) {
    let start: Timestamp = "2025-06-01T00:00:00Z".parse().expect("a time");
    let mut group = criterion.benchmark_group("percentile");
    group.throughput(Throughput::Elements(SLOTS));
    for (name, rates) in months() {
        let series =
            UsageSeries::from_rates(start, Duration::from_secs(300), rates.iter().copied());
        let series = series.expect("a month fits");
        let rank = Percentile::P95.rank(rates.len());
        let sorted = |mut rates: Vec<DataRate>| {
            rates.sort_unstable();
            rates[rank - 1]
        };
        assert_eq!(series.percentile(Percentile::P95), sorted(rates.clone()));
        group.bench_function(BenchmarkId::new("ours", name), |bencher| {
            bencher.iter(|| black_box(&series).percentile(Percentile::P95));
        });
        // The copy that both need to leave the month as it is counts for ours, and not here.
        group.bench_function(BenchmarkId::new("full_sort", name), |bencher| {
            bencher.iter_batched(|| rates.clone(), sorted, BatchSize::SmallInput);
        });
    }
    group.finish();
}

/// The cost of a month by its 95th percentile, in three tiers.
fn transit() -> Tariff {
    let price = |text: &str| text.parse::<RatePrice>().expect("a price");
    let tiers = Tiers::new([
        Tier::up_to(DataRate::from_gbps(2), price("0.80 USD per 1 Mbps")),
        Tier::up_to(DataRate::from_gbps(5), price("0.65 USD per 1 Mbps")),
        Tier::rest(price("0.50 USD per 1 Mbps")),
    ]);
    let schedule = Schedule::graduated(tiers.expect("tiers in order"));
    Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), schedule)
}

/// The same by sorting and in floats, as scripts do it.
fn transit_in_floats(rates: &[f64]) -> f64 {
    let mut rates = rates.to_vec();
    rates.sort_by(f64::total_cmp);
    let mbps = rates[rates.len() * 95 / 100 - 1] / 1e6;
    let part = |from: f64, to: f64| mbps.min(to) - mbps.min(from);
    0.80 * part(0.0, 2_000.0) + 0.65 * part(2_000.0, 5_000.0) + 0.50 * part(5_000.0, f64::MAX)
}

fn month(criterion: &mut Criterion) {
    let start: Timestamp = "2025-06-01T00:00:00Z".parse().expect("a time");
    let tariff = transit();
    let mut group = criterion.benchmark_group("month of a port");
    group.throughput(Throughput::Elements(SLOTS));
    for (name, rates) in months() {
        let series =
            UsageSeries::from_rates(start, Duration::from_secs(300), rates.iter().copied());
        let series = series.expect("a month fits");
        let floats: Vec<f64> = rates.iter().map(|rate| rate.as_bps() as f64).collect();
        group.bench_function(BenchmarkId::new("ours", name), |bencher| {
            bencher.iter(|| tariff.bill(black_box(&series)).and_then(|bill| bill.total()));
        });
        group.bench_function(BenchmarkId::new("sort and f64", name), |bencher| {
            bencher.iter(|| transit_in_floats(black_box(&floats)));
        });
    }
    group.finish();
}

/// Ports of a 31-day month each: ten times the ports should take ten times as long.
fn ports(criterion: &mut Criterion) {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().expect("a time");
    let tariff = transit();
    let mut group = criterion.benchmark_group("31 days of ports");
    group.sample_size(10);
    for ports in [10, 100, 1_000] {
        let slots = 31 * 288;
        let series = |port: u64| {
            let rates = (0..slots).map(|slot| DataRate::from_bps(diurnal(slot + port * 7)));
            UsageSeries::from_rates(start, Duration::from_secs(300), rates).expect("a month fits")
        };
        let all: Vec<UsageSeries> = (0..ports).map(series).collect();
        group.throughput(Throughput::Elements(ports * slots));
        group.bench_function(BenchmarkId::from_parameter(ports), |bencher| {
            bencher.iter(|| {
                let bills = all.iter().map(|series| tariff.bill(series)?.total());
                let bills = bills.collect::<Result<Vec<Cost>, Error>>()?;
                Cost::sum(Currency::USD, bills)
            });
        });
    }
    group.finish();
}

/// A month of a port with 1 % of its slots left out against one without: at most 1.5 × as long.
fn left_out(criterion: &mut Criterion) {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().expect("a time");
    let tariff = transit();
    let mut group = criterion.benchmark_group("month with slots left out");
    group.throughput(Throughput::Elements(31 * 288));
    for (name, every) in [("none", u64::MAX), ("1 %", 100)] {
        let rate = |slot: u64| DataRate::from_bps(diurnal(slot));
        let rates = (0..31 * 288).map(|slot| (slot % every != every - 1).then(|| rate(slot)));
        let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates);
        let series = series.expect("a month fits");
        group.bench_function(BenchmarkId::new("bill", name), |bencher| {
            bencher.iter(|| tariff.bill(black_box(&series)).and_then(|bill| bill.total()));
        });
        group.bench_function(BenchmarkId::new("total, peak, mean", name), |bencher| {
            bencher.iter(|| {
                let series = black_box(&series);
                (series.total(), series.peak(), series.mean())
            });
        });
    }
    group.finish();
}

/// A month of a port billed at night alone, and on weekends alone, against all of it: at most twice as
/// long, because windows are found by day.
fn windows(criterion: &mut Criterion) {
    let new_york = TimeZone::get("America/New_York").expect("a zone");
    let start: Timestamp = "2025-03-01T05:00:00Z".parse().expect("a time");
    let rates = (0..31 * 288).map(|slot| DataRate::from_bps(diurnal(slot)));
    let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates);
    let series = series.expect("a month fits");
    let egress = || Schedule::flat("0.09 USD per 1 GB".parse().expect("a price"));
    let transit = || Schedule::flat("0.80 USD per 1 Mbps".parse().expect("a price"));
    let tariffs = [
        (
            "95th percentile",
            Tariff::by_rate("t", RateMeter::Percentile(Percentile::P95), transit()),
        ),
        ("peak rate", Tariff::by_rate("t", RateMeter::Peak, transit())),
        ("total volume", Tariff::by_volume("t", VolumeMeter::Total, egress())),
    ];
    let windows = ["00:00 to 24:00 on Sat, Sun", "22:00 to 06:00", "06:00 to 22:00"];
    let mut group = criterion.benchmark_group("month in a window");
    group.throughput(Throughput::Elements(31 * 288));
    for (name, tariff) in tariffs {
        let mut bill = |window: &str, tariff: Tariff| {
            let card = RateCard::new([tariff]).expect("a card").with_time_zone(new_york.clone());
            group.bench_function(BenchmarkId::new(name, window), |bencher| {
                bencher.iter(|| card.bill(black_box(&series)).and_then(|bill| bill.total()));
            });
        };
        bill("all", tariff.clone());
        for window in windows {
            let tariff = tariff.clone().with_window(window.parse().expect("a window"));
            bill(window, tariff);
        }
    }
    group.finish();
}

/// A month of polls of one counter, some seconds late: at most 20 ns a poll.
fn counter(criterion: &mut Criterion) {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().expect("a time");
    let five_minutes = Duration::from_secs(300);
    let polls = 31 * 288_u64;
    let mut log = CounterLog::new(CounterWidth::Bits64).with_capacity(DataRate::from_gbps(100));
    let mut octets = 0;
    for poll in 0..polls {
        let late = Duration::from_millis(noise(poll) % 9_000);
        octets += diurnal(poll) / 8 * 290;
        log.push(start + Duration::from_secs(300 * poll) + late, octets).expect("in order");
    }
    let mut group = criterion.benchmark_group("counter");
    group.throughput(Throughput::Elements(polls));
    group.bench_function("8928 polls", |bencher| {
        bencher.iter(|| black_box(&log).to_series(five_minutes, GapPolicy::LeaveOut));
    });
    let readout = log.to_series(five_minutes, GapPolicy::LeaveOut).expect("a month");
    assert_eq!(readout.series.known(), readout.series.len());
    group.finish();
}

/// A month split among twelve members by Shapley values: at most 0.15 s.
fn attribution(criterion: &mut Criterion) {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().expect("a time");
    let card = RateCard::new([transit()]).expect("a card");
    let member = |member: u64| {
        let rates = (0..31 * 288)
            .map(|slot| DataRate::from_bps(diurnal(slot + member * 24) / (member + 1)));
        UsageSeries::from_rates(start, Duration::from_secs(300), rates).expect("a month fits")
    };
    let members: Vec<(String, UsageSeries)> =
        (0..12).map(|number| (number.to_string(), member(number))).collect();
    let mut group = criterion.benchmark_group("a month among 12 members");
    group.sample_size(10);
    for rule in [Attribution::ByVolume, Attribution::AtBilledSlot, Attribution::Shapley] {
        group.bench_function(format!("{rule:?}"), |bencher| {
            bencher.iter(|| card.attribute(black_box(&members), rule));
        });
    }
    group.finish();
}

/// An invoiced amount against each interpretation, of a month and a day on both sides: at most 10 ms. A
/// forecast of the same link on the 20th of a month.
fn questions(criterion: &mut Criterion) {
    let karachi = TimeZone::get("Asia/Karachi").expect("a zone");
    let card = RateCard::new([transit()]).expect("a card").with_time_zone(karachi);
    let mut group = criterion.benchmark_group("questions");
    group.sample_size(20);
    let series = |from: &str, days: u64, every: u64, seed: u64| {
        let rate = |slot: u64| DataRate::from_bps(diurnal(slot * seed));
        let rates = (0..days * 288).map(|slot| (slot % every != every - 1).then(|| rate(slot)));
        let start: Timestamp = from.parse().expect("a time");
        UsageSeries::from_rates(start, Duration::from_secs(300), rates).expect("a month fits")
    };
    for (name, every) in [("explain", u64::MAX), ("explain, with 1 % left out", 100)] {
        let of = |seed| series("2024-12-30T19:00:00Z", 33, every, seed);
        let link = LinkUsage { inbound: of(1), outbound: of(3) };
        let invoiced: Cost = "3250 USD".parse().expect("an amount");
        let within = Share::from_percent(1);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                card.explain(black_box(&link), date(2025, 1, 1), invoiced.clone(), within)
            });
        });
    }
    let history = series("2024-10-31T19:00:00Z", 61, u64::MAX, 1);
    let so_far = series("2024-12-31T19:00:00Z", 20, u64::MAX, 1);
    let until: Timestamp = "2025-01-31T19:00:00Z".parse().expect("a time");
    group.bench_function("forecast", |bencher| {
        let capacity = DataRate::from_gbps(100);
        bencher.iter(|| card.forecast(black_box(&so_far), until, &history, capacity));
    });
    group.finish();
}

criterion_group!(
    benches,
    percentile,
    month,
    ports,
    left_out,
    windows,
    counter,
    attribution,
    questions,
);
criterion_main!(benches);

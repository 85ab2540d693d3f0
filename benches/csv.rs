//! From text to 95th-percentile bills: a month of 1,000 ports, beside the `csv` crate's bare loop.
//!
//! `PORTS=100` makes a smaller file.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "a benchmark may fail by panicking"
)]

use bandwidth_cost::{
    Cost, CounterWidth, CsvLayout, CsvUnit, Currency, GapPolicy, Percentile, RatePrice, TimeFormat,
    UsageSeries, jiff::Timestamp,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::{collections::BTreeMap, fmt::Write, time::Duration};

/// Slots of 5 minutes in a month.
const SLOTS: i64 = 8_928;
const START: i64 = 1_735_689_600;

fn ports() -> i64 {
    std::env::var("PORTS").map_or(1_000, |ports| ports.parse().expect("a number of ports"))
}

/// One row's volume in bits.
fn bits(port: i64, slot: i64) -> i64 {
    let mixed = (port * 8_928 + slot).wrapping_mul(6_364_136_223_846_793_005) >> 33;
    mixed.unsigned_abs().cast_signed() % 300_000_000_000
}

/// A file of all ports; `jitter` moves each poll by some seconds.
fn file(by_time: bool, jitter: bool, offsets: bool) -> String {
    let mut text = String::from("port,time,bits\n");
    let mut row = |port: i64, slot: i64| {
        let late = if jitter { bits(port, slot) % 7 } else { 0 };
        let at = Timestamp::from_second(START + slot * 300 + late).expect("a time");
        let time = at.to_string();
        let time = if offsets && slot % 2 == 1 { time.replace('Z', "+00:00") } else { time };
        writeln!(text, "port{port:04},{time},{}", bits(port, slot)).expect("a string");
    };
    if by_time {
        (0..SLOTS).for_each(|slot| (0..ports()).for_each(|port| row(port, slot)));
    } else {
        (0..ports()).for_each(|port| (0..SLOTS).for_each(|slot| row(port, slot)));
    }
    text
}

fn bill(ports: &BTreeMap<String, UsageSeries>) -> Cost {
    let price: RatePrice = "0.80 USD per 1 Mbps".parse().expect("a price");
    let bills = ports.values().map(|series| price.cost(series.percentile(Percentile::P95)));
    Cost::sum(Currency::USD, bills).expect("dollars")
}

fn csv(c: &mut Criterion) {
    let rows = u64::try_from(ports() * SLOTS).expect("rows");
    let mut group = c.benchmark_group("csv");
    group.sample_size(10).throughput(Throughput::Elements(rows));
    group.measurement_time(Duration::from_secs(8)).warm_up_time(Duration::from_secs(1));
    let plain = CsvLayout::new().series("port");
    let five_minutes = plain.clone().interval(Duration::from_secs(300));
    let text = file(false, false, false);
    group.bench_function("port by port", |b| {
        b.iter(|| bill(&plain.read_each(text.as_bytes(), GapPolicy::Fail).expect("a file")));
    });
    #[cfg(feature = "rayon")]
    group.bench_function("port by port, all cores", |b| {
        b.iter(|| bill(&plain.par_read_each(text.as_bytes(), GapPolicy::Fail).expect("a file")));
    });
    group.bench_function("the csv crate's records", |b| b.iter(|| records(&text, |_| 0)));
    group.bench_function("the same with jiff and u64", |b| {
        b.iter(|| {
            records(&text, |row| {
                let cell = |at: usize| str::from_utf8(&row[at]).expect("text");
                let time: Timestamp = cell(1).parse().expect("a time");
                let bits: u64 = cell(2).parse().expect("a number");
                time.as_second().unsigned_abs() ^ bits
            })
        });
    });
    drop(text);
    for (name, [by_time, jitter, offsets], layout) in [
        ("time by time", [true, false, false], &plain),
        ("jitter", [false, true, false], &five_minutes),
        ("mixed offsets", [false, false, true], &plain),
    ] {
        let text = file(by_time, jitter, offsets);
        group.bench_function(name, |b| {
            b.iter(|| bill(&layout.read_each(text.as_bytes(), GapPolicy::Fail).expect("a file")));
        });
    }
    let counters = counters();
    let layout = CsvLayout::new()
        .time("time", TimeFormat::Rfc3339)
        .inbound("in", CsvUnit::Bytes)
        .outbound("out", CsvUnit::Bytes);
    group.throughput(Throughput::Elements(SLOTS.unsigned_abs() * 100));
    group.bench_function("counters", |b| {
        b.iter(|| layout.read_counters(counters.as_bytes(), CounterWidth::Bits64).expect("a log"));
    });
    group.finish();
}

fn records(text: &str, of_row: impl Fn(&csv::ByteRecord) -> u64) -> u64 {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut row = csv::ByteRecord::new();
    let mut sum = 0;
    while reader.read_byte_record(&mut row).expect("a row") {
        sum ^= of_row(&row);
    }
    sum
}

/// One port's counters, 100 months of them.
fn counters() -> String {
    let mut text = String::from("time,in,out\n");
    let mut octets = 0;
    for slot in 0..SLOTS * 100 {
        octets += bits(0, slot) / 8;
        let at = Timestamp::from_second(START + slot * 300).expect("a time");
        writeln!(text, "{at},{octets},{}", octets / 3).expect("a string");
    }
    text
}

criterion_group!(benches, csv);
criterion_main!(benches);

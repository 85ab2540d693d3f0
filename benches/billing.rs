//! A link's month: what is measured of it, each beside what is done without this crate.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may fail by panicking, and its figures are small"
)]

use bandwidth_cost::{DataRate, Percentile, UsageSeries, jiff::Timestamp};
use core::time::Duration;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// 30 days of 5 minutes.
const SLOTS: u64 = 8_640;

/// Numbers that look random and are the same every time.
fn noise(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// Quiet at night, busy in the evening, up to about 9 Gbps.
fn diurnal(slot: u64) -> u64 {
    let of_day = slot % 288;
    let from_peak = of_day.abs_diff(252).min(of_day + 288 - 252);
    2_000_000_000 + 6_000_000_000 * (144 - from_peak.min(144)) / 144 + noise(slot) % 1_000_000_000
}

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

criterion_group!(benches, percentile);
criterion_main!(benches);

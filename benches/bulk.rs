//! Columns of ten million records, each calculation beside reading the column and beside what is
//! used without this crate; and columns that fit the caches.
//!
//! With `--features rayon` also on all cores. What is compared ends in the same answer, or in a
//! worse one where that is said.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may fail by panicking, and its rivals are floats"
)]

mod support;

use arrow_arith::{aggregate, numeric};
use arrow_array::{Decimal128Array, Scalar};
use bandwidth_cost::{
    Currency, DataRate, DataVolume, Decimal, Money, Percentile, RoundingStrategy, Schedule, Tier,
    Tiers, VolumePrice, VolumeUnit,
    bulk::{self, Column},
};
use core::time::Duration;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use fearless_simd::{Level, Simd, dispatch, prelude::*, u64x8};
use std::hint::black_box;
use support::{diurnal, noise};

const RECORDS: usize = 10_000_000;
const FEW: usize = 10_000;
const NEAREST: RoundingStrategy = RoundingStrategy::MidpointNearestEven;

/// Log-uniform over 10³ to 10¹³.
fn flows(records: usize) -> Vec<u64> {
    let flow =
        |at| 10_f64.powf(3.0 + (noise(at as u64) >> 11) as f64 / (1_u64 << 53) as f64 * 10.0);
    (0..records).map(|at| flow(at) as u64).collect()
}

/// The same with a few numbers that a signed 64-bit integer does not hold.
fn flows_and_giants(records: usize) -> Vec<u64> {
    let mut flows = flows(records);
    for at in 0..20 {
        let place = noise(at as u64) as usize % records;
        flows[place] = u64::MAX - at as u64;
    }
    flows
}

fn data(records: usize) -> [(&'static str, Vec<u64>); 2] {
    [("flows", flows(records)), ("with_giants", flows_and_giants(records))]
}

/// The least that can be done with a column: one addition for each vector, nothing checked.
#[inline(always)]
fn wrapping_sum<S: Simd>(simd: S, values: &[u64]) -> u64 {
    let (blocks, rest) = values.as_chunks::<8>();
    let mut sum = u64x8::splat(simd, 0);
    for block in blocks {
        sum += u64x8::simd_from(simd, *block);
    }
    let sum = <[u64; 8]>::from(sum).into_iter().fold(0, u64::wrapping_add);
    rest.iter().fold(sum, |sum, x| sum.wrapping_add(*x))
}

fn reading(values: &[u64]) -> u64 {
    dispatch!(Level::new(), simd => wrapping_sum(simd, values))
}

/// The same as anyone writes it, by what the compiler makes of it.
fn plain_reading(values: &[u64]) -> u64 {
    values.iter().fold(0, |sum, x| sum.wrapping_add(*x))
}

/// What a careful program in floats does: eight sums, so that additions need not wait for another.
#[inline(always)]
fn floats_flat(values: &[u64], price: f64) -> f64 {
    let mut sums = [0.0; 8];
    for block in values.as_chunks::<8>().0 {
        for (sum, x) in sums.iter_mut().zip(block) {
            *sum += *x as f64 * price;
        }
    }
    sums.iter().sum()
}

#[inline(always)]
fn floats_tiers(values: &[u64], bounds: [f64; 3], prices: [f64; 4]) -> f64 {
    let mut sums = [0.0; 8];
    for block in values.as_chunks::<8>().0 {
        for (sum, x) in sums.iter_mut().zip(block) {
            let x = *x as f64;
            *sum += x.min(bounds[0]) * prices[0]
                + (x.min(bounds[1]) - bounds[0]).max(0.0) * prices[1]
                + (x.min(bounds[2]) - bounds[1]).max(0.0) * prices[2]
                + (x - bounds[2]).max(0.0) * prices[3];
        }
    }
    sums.iter().sum()
}

#[inline(always)]
fn floats_weighted(rates: &[u64], times: &[u64], baseline: f64) -> f64 {
    let mut sums = [0.0; 8];
    for (rates, times) in rates.as_chunks::<8>().0.iter().zip(times.as_chunks::<8>().0) {
        for ((sum, rate), time) in sums.iter_mut().zip(rates).zip(times) {
            *sum += (*rate as f64 - baseline).max(0.0) * *time as f64;
        }
    }
    sums.iter().sum()
}

fn floats_weighted_widest(rates: &[u64], times: &[u64], baseline: f64) -> f64 {
    dispatch!(Level::new(), simd => simd.vectorize(
        #[inline(always)]
        || floats_weighted(rates, times, baseline),
    ))
}

/// Compiled for the widest instruction set, as the kernels are.
fn floats_flat_widest(values: &[u64], price: f64) -> f64 {
    dispatch!(Level::new(), simd => simd.vectorize(
        #[inline(always)]
        || floats_flat(values, price),
    ))
}

fn floats_tiers_widest(values: &[u64], bounds: [f64; 3], prices: [f64; 4]) -> f64 {
    dispatch!(Level::new(), simd => simd.vectorize(
        #[inline(always)]
        || floats_tiers(values, bounds, prices),
    ))
}

const BOUNDS: [f64; 3] = [1e6, 1e8, 1e11];
const PER_BYTE: [f64; 4] = [0.09e-9, 0.085e-9, 0.07e-9, 0.05e-9];

fn price(text: &str) -> VolumePrice {
    text.parse().expect("a price")
}

fn egress() -> VolumePrice {
    price("0.09 USD per 1 GB")
}

/// Four tiers, whose bounds lie amid the flows.
fn tiers(fee: bool) -> Tiers<DataVolume> {
    let fee_of = |tier: Tier<DataVolume>, cents| {
        if fee { tier.with_fee(Money::from_minor(cents, Currency::USD)) } else { tier }
    };
    let tiers = Tiers::new([
        Tier::up_to(DataVolume::from_megabytes(1), egress()),
        fee_of(Tier::up_to(DataVolume::from_megabytes(100), price("0.085 USD per 1 GB")), 1),
        fee_of(Tier::below(DataVolume::from_gigabytes(100), price("0.07 USD per 1 GB")), 5),
        fee_of(Tier::rest(price("0.05 USD per 1 GB")), 100),
    ]);
    tiers.expect("tiers in order")
}

fn per_started_megabyte() -> Schedule<DataVolume> {
    let flat = Schedule::flat(price("0.0001 USD per 1 MB"));
    flat.with_increment(DataVolume::from_megabytes(1)).expect("an increment")
}

fn schedules() -> [(&'static str, Schedule<DataVolume>); 4] {
    [
        ("flat", Schedule::flat(egress())),
        ("graduated_4_tiers", Schedule::graduated(tiers(false))),
        ("all_units_4_tiers_fees", Schedule::all_units(tiers(true))),
        ("per_started_mb", per_started_megabyte()),
    ]
}

/// `amount × bytes / 10⁹` as programs with `rust_decimal` write it.
fn decimals(values: &[u64]) -> Decimal {
    let (price, giga) = (Decimal::new(9, 2), Decimal::from(1_000_000_000));
    values.iter().map(|x| price * Decimal::from(*x) / giga).sum()
}

/// The same without the division, which prices per byte allow.
fn decimals_per_byte(values: &[u64]) -> Decimal {
    let price = Decimal::new(9, 11);
    values.iter().map(|x| price * Decimal::from(*x)).sum()
}

fn decimal128(values: &[u64]) -> Decimal128Array {
    let values = values.iter().map(|x| i128::from(*x));
    let array = Decimal128Array::from_iter_values(values).with_precision_and_scale(20, 0);
    array.expect("twenty digits")
}

fn totals(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("bulk reading");
    let flows = flows(RECORDS);
    let mut copy = vec![0; RECORDS];
    group.throughput(Throughput::Bytes(8 * RECORDS as u64));
    group.bench_function("sum", |bencher| bencher.iter(|| reading(black_box(&flows))));
    group.bench_function("plain_sum", |bencher| {
        bencher.iter(|| plain_reading(black_box(&flows)));
    });
    group.bench_function("memcpy", |bencher| {
        bencher.iter(|| black_box(&mut copy).copy_from_slice(black_box(&flows)));
    });
    group.finish();

    for (name, values) in data(RECORDS) {
        let mut group = criterion.benchmark_group(format!("bulk totals/{name}"));
        group.throughput(Throughput::Elements(RECORDS as u64));
        group.bench_function("reading", |bencher| bencher.iter(|| reading(black_box(&values))));
        group.bench_function("plain_reading", |bencher| {
            bencher.iter(|| plain_reading(black_box(&values)));
        });
        for (name, schedule) in schedules() {
            let column = Column::bytes(&values);
            let priced = schedule.over(&column);
            group.bench_function(name, |bencher| bencher.iter(|| black_box(&priced).sum()));
            #[cfg(feature = "rayon")]
            group.bench_function(BenchmarkId::new("par", name), |bencher| {
                bencher.iter(|| black_box(&priced).par_sum());
            });
        }
        group.bench_function("f64_flat", |bencher| {
            bencher.iter(|| floats_flat_widest(black_box(&values), PER_BYTE[0]));
        });
        group.bench_function("f64_4_tiers", |bencher| {
            bencher.iter(|| floats_tiers_widest(black_box(&values), BOUNDS, PER_BYTE));
        });
        group.finish();
    }

    let mut group = criterion.benchmark_group("bulk totals/peers");
    group.throughput(Throughput::Elements(RECORDS as u64)).sample_size(10);
    group.bench_function("rust_decimal", |bencher| bencher.iter(|| decimals(black_box(&flows))));
    group.bench_function("rust_decimal_per_byte", |bencher| {
        bencher.iter(|| decimals_per_byte(black_box(&flows)));
    });
    let array = decimal128(&flows);
    let price = Scalar::new(Decimal128Array::from(vec![9]));
    group.bench_function("arrow_multiply_and_sum", |bencher| {
        bencher.iter(|| {
            let product = numeric::mul_wrapping(black_box(&array), &price).expect("a product");
            let product = product.as_any().downcast_ref::<Decimal128Array>();
            aggregate::sum(product.expect("decimals"))
        });
    });
    group.finish();
}

/// Ten thousand records, which fit the caches, where reading costs almost nothing.
fn cached(criterion: &mut Criterion) {
    for (name, values) in data(FEW) {
        let mut group = criterion.benchmark_group(format!("bulk cached/{name}"));
        group.throughput(Throughput::Elements(FEW as u64));
        group.bench_function("reading", |bencher| bencher.iter(|| reading(black_box(&values))));
        for (name, schedule) in schedules() {
            let column = Column::bytes(&values);
            let priced = schedule.over(&column);
            group.bench_function(name, |bencher| bencher.iter(|| black_box(&priced).sum()));
        }
        type Flat = fn(&[u64], f64) -> f64;
        let flat: [(&str, Flat); 2] =
            [("f64_flat", floats_flat), ("f64_flat_widest", floats_flat_widest)];
        for (name, sum) in flat {
            group.bench_function(name, |bencher| {
                bencher.iter(|| sum(black_box(&values), PER_BYTE[0]));
            });
        }
        type Tiered = fn(&[u64], [f64; 3], [f64; 4]) -> f64;
        let tiers: [(&str, Tiered); 2] =
            [("f64_4_tiers", floats_tiers), ("f64_4_tiers_widest", floats_tiers_widest)];
        for (name, sum) in tiers {
            group.bench_function(name, |bencher| {
                bencher.iter(|| sum(black_box(&values), BOUNDS, PER_BYTE));
            });
        }
        group.finish();
    }
}

fn excess(criterion: &mut Criterion) {
    let baseline = DataRate::from_gbps(1);
    let minute = Duration::from_secs(60);
    for (name, rates) in data(RECORDS) {
        // From one to six minutes.
        let times: Vec<u64> =
            (0..RECORDS).map(|at| 60_000_000_000 + noise(at as u64) % 300_000_000_000).collect();
        let mut group = criterion.benchmark_group(format!("bulk excess/{name}"));
        group.throughput(Throughput::Elements(RECORDS as u64));
        group.bench_function("reading", |bencher| bencher.iter(|| reading(black_box(&rates))));
        group.bench_function("plain_reading", |bencher| {
            bencher.iter(|| plain_reading(black_box(&rates)));
        });
        group.bench_function("equal_slots", |bencher| {
            bencher.iter(|| bulk::excess(black_box(&rates), minute, baseline));
        });
        group.bench_function("reading_both", |bencher| {
            bencher.iter(|| reading(black_box(&rates)).wrapping_add(reading(black_box(&times))));
        });
        group.bench_function("plain_reading_both", |bencher| {
            let plain = plain_reading;
            bencher.iter(|| plain(black_box(&rates)).wrapping_add(plain(black_box(&times))));
        });
        group.bench_function("weighted", |bencher| {
            bencher.iter(|| bulk::excess_weighted(black_box(&rates), &times, baseline));
        });
        #[cfg(feature = "rayon")]
        group.bench_function("par/weighted", |bencher| {
            bencher.iter(|| bulk::par_excess_weighted(black_box(&rates), &times, baseline));
        });
        group.bench_function("f64_weighted", |bencher| {
            bencher.iter(|| floats_weighted_widest(black_box(&rates), &times, 1e9));
        });
        group.finish();
    }
}

fn each(criterion: &mut Criterion) {
    let mut out = vec![0; RECORDS];
    for (name, values) in data(RECORDS) {
        let mut group = criterion.benchmark_group(format!("bulk each/{name}"));
        group.throughput(Throughput::Elements(RECORDS as u64));
        group.bench_function("widening", |bencher| {
            bencher.iter(|| {
                for (out, x) in black_box(&mut out).iter_mut().zip(black_box(&values)) {
                    *out = i128::from(*x);
                }
            });
        });
        let column = Column::bytes(&values);
        let work = [
            ("exact", Schedule::flat(egress()), 11),
            ("cents", Schedule::flat(egress()), 2),
            ("cents_4_tiers", Schedule::graduated(tiers(false)), 2),
            ("cents_per_started_mb", per_started_megabyte(), 2),
        ];
        for (name, schedule, scale) in work {
            let priced = schedule.over(&column);
            group.bench_function(name, |bencher| {
                bencher.iter(|| priced.each_into(scale, NEAREST, black_box(&mut out)));
            });
            #[cfg(feature = "rayon")]
            group.bench_function(BenchmarkId::new("par", name), |bencher| {
                bencher.iter(|| priced.par_each_into(scale, NEAREST, black_box(&mut out)));
            });
        }
        group.finish();
    }
    let flows = flows(RECORDS);
    let mut group = criterion.benchmark_group("bulk each/peers");
    group.throughput(Throughput::Elements(RECORDS as u64)).sample_size(10);
    let mut rounded = vec![Decimal::ZERO; RECORDS];
    group.bench_function("rust_decimal_cents", |bencher| {
        bencher.iter(|| {
            let price = Decimal::new(9, 11);
            for (out, x) in black_box(&mut rounded).iter_mut().zip(black_box(&flows)) {
                *out = (price * Decimal::from(*x)).round_dp_with_strategy(2, NEAREST);
            }
        });
    });
    let (array, price) = (decimal128(&flows), Scalar::new(Decimal128Array::from(vec![9])));
    group.bench_function("arrow_exact", |bencher| {
        bencher.iter(|| numeric::mul(black_box(&array), &price));
    });
    group.finish();
}

fn percentiles(criterion: &mut Criterion) {
    const SLOTS: usize = 8_640;
    let ports = RECORDS / SLOTS;
    let samples = |sample: &dyn Fn(usize) -> u64| (0..ports * SLOTS).map(sample).collect();
    let mut giants: Vec<u64> = samples(&|slot| diurnal(slot as u64));
    for at in 0..20 {
        giants[noise(at as u64) as usize % (ports * SLOTS)] = u64::MAX;
    }
    let data: [(&str, Vec<u64>); 7] = [
        ("diurnal", samples(&|slot| diurnal(slot as u64))),
        ("with_giants", giants),
        ("uniform", samples(&|slot| noise(slot as u64) % 10_000_000_000)),
        ("flows", flows(ports * SLOTS)),
        ("sorted", samples(&|slot| (slot % SLOTS) as u64 * 1_000_000)),
        ("all_equal", samples(&|_| 5_000_000_000)),
        ("few_values", samples(&|slot| noise(slot as u64) % 4 * 1_000_000_000)),
    ];
    let mut billed = vec![0; ports];
    for (name, samples) in data {
        let mut group = criterion.benchmark_group(format!("bulk percentile/{name}"));
        group.throughput(Throughput::Elements(samples.len() as u64)).sample_size(20);
        group.bench_function("reading", |bencher| bencher.iter(|| reading(black_box(&samples))));
        group.bench_function("plain_reading", |bencher| {
            bencher.iter(|| plain_reading(black_box(&samples)));
        });
        group.bench_function("ours", |bencher| {
            bencher.iter(|| {
                bulk::percentile_each(black_box(&samples), SLOTS, Percentile::P95, &mut billed)
            });
        });
        #[cfg(feature = "rayon")]
        group.bench_function("par", |bencher| {
            bencher.iter(|| {
                bulk::par_percentile_each(black_box(&samples), SLOTS, Percentile::P95, &mut billed)
            });
        });
        let mut scratch = vec![0; SLOTS];
        group.sample_size(10);
        group.bench_function("full_sort", |bencher| {
            bencher.iter(|| {
                for (series, out) in black_box(&samples).chunks_exact(SLOTS).zip(&mut billed) {
                    scratch.copy_from_slice(series);
                    scratch.sort_unstable();
                    *out = scratch[8_207];
                }
            });
        });
        group.finish();
    }
}

/// A sum for each of ten thousand customers, whose records come in random order: in one column, and
/// in batches as engines pass them.
fn grouped(criterion: &mut Criterion) {
    const GROUPS: usize = 10_000;
    const BATCH: usize = 8_192;
    let customers: Vec<usize> =
        (0..RECORDS).map(|at| noise((at + RECORDS) as u64) as usize % GROUPS).collect();
    for (name, values) in data(RECORDS) {
        let mut group = criterion.benchmark_group(format!("bulk grouped/{name}"));
        group.throughput(Throughput::Elements(RECORDS as u64));
        let records = || black_box(&values).iter().zip(black_box(&customers));
        let mut sums = vec![0_u64; GROUPS];
        group.bench_function("u64_wrapping", |bencher| {
            bencher.iter(|| records().for_each(|(x, at)| sums[*at] = sums[*at].wrapping_add(*x)));
        });
        let mut sums = vec![0_u128; GROUPS];
        group.bench_function("u128", |bencher| {
            bencher.iter(|| records().for_each(|(x, at)| sums[*at] += u128::from(*x)));
        });
        let mut sums = vec![0.0; GROUPS];
        group.bench_function("f64", |bencher| {
            bencher.iter(|| records().for_each(|(x, at)| sums[*at] += *x as f64));
        });
        for (name, schedule) in schedules() {
            let pricer = schedule.compile(VolumeUnit::Byte);
            let mut groups = pricer.groups();
            groups.grow(GROUPS).expect("memory");
            let column = Column::bytes(&values);
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    let added = pricer.add_grouped(&mut groups, black_box(&column), &customers);
                    added.expect("one pricer");
                });
            });
            group.bench_function(BenchmarkId::new("batches", name), |bencher| {
                bencher.iter(|| {
                    for (values, customers) in values.chunks(BATCH).zip(customers.chunks(BATCH)) {
                        let column = Column::bytes(black_box(values));
                        pricer.add_grouped(&mut groups, &column, customers).expect("one pricer");
                    }
                });
            });
        }
        group.finish();
    }

    let flows = flows(RECORDS);
    let mut cents = vec![0; GROUPS];
    let mut group = criterion.benchmark_group("bulk grouped/finish");
    group.throughput(Throughput::Elements(GROUPS as u64));
    for (name, schedule) in schedules() {
        let pricer = schedule.compile(VolumeUnit::Byte);
        let mut groups = pricer.groups();
        groups.grow(GROUPS).expect("memory");
        pricer.add_grouped(&mut groups, &Column::bytes(&flows), &customers).expect("groups");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let finished = pricer.finish_each_into(black_box(&groups), 2, NEAREST, &mut cents);
                finished.expect("amounts of cents");
            });
        });
    }
    group.finish();
}

/// From ten million records to a thousand million, in chunks of a million through a mergeable
/// state: a column that is longer than memory, whose chunks come from a buffer of 80 MB.
fn curve(criterion: &mut Criterion) {
    let flows = flows(RECORDS);
    let pricer = Schedule::graduated(tiers(false)).compile(VolumeUnit::Byte);
    let mut group = criterion.benchmark_group("bulk curve");
    for records in [10_000_000, 100_000_000, 1_000_000_000] {
        group.throughput(Throughput::Elements(records)).sample_size(10);
        let mut chunks = flows.chunks(1_000_000).cycle();
        group.bench_function(BenchmarkId::from_parameter(records), |bencher| {
            bencher.iter(|| {
                let mut total = pricer.partial();
                for chunk in chunks.by_ref().take((records / 1_000_000) as usize) {
                    pricer.add(&mut total, &Column::bytes(black_box(chunk))).expect("one pricer");
                }
                pricer.finish(&total)
            });
        });
    }
    group.finish();
}

fn short() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .sample_size(30)
}

criterion_group! {
    name = benches;
    config = short();
    targets = totals, cached, excess, each, grouped, percentiles, curve
}
criterion_main!(benches);

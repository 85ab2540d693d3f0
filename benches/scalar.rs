//! One quantity at a time: costs, texts, roundings, each beside its peers.
//!
//! A group is one subject over one batch of inputs: times are per batch, throughput per input.
//! Every answer is checked before it is timed. A name such as `bytesize (37 of 64 right)` is that
//! of a peer that is not exact on this batch: its time is shown, and is not one to be compared with.
//!
//! ```text
//! cargo bench -p bandwidth-cost-benches --bench scalar
//! cargo bench -p bandwidth-cost-benches --bench scalar -- cost/even
//! ```
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "known inputs, each answer checked; f64 is one of the peers"
)]

use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, LineItem, Money, RoundingStrategy, Schedule, Tier, Tiers,
    VolumePrice,
};
use byte_unit::{AdjustedByte, Byte, UnitType};
use bytesize::ByteSize;
use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use human_bandwidth::{format_bandwidth, parse_bandwidth, re::bandwidth::Bandwidth};
use num_bigint::BigUint;
use rust_decimal::{Decimal, dec};
use std::{fmt::Display, hint::black_box, time::Duration};

const BATCH: u64 = 64;
const HALF_TO_EVEN: RoundingStrategy = RoundingStrategy::MidpointNearestEven;

/// The `k`th of numbers that spread over all of `u64`: multiples of 2⁶⁴ ÷ the golden ratio.
fn varied(k: u64) -> u64 {
    (k + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn batch<I>(input: impl Fn(u64) -> I) -> Vec<I> {
    (0..BATCH).map(input).collect()
}

/// Item `k` of a list that is gone through again and again.
fn cycle<T: Copy>(items: &[T], k: u64) -> T {
    *items.iter().cycle().nth(usize::try_from(k).unwrap()).unwrap()
}

/// One group: what its routines are given, and their times.
struct Subject<'a, I> {
    group: BenchmarkGroup<'a, WallTime>,
    inputs: &'a [I],
}

impl<'a, I> Subject<'a, I> {
    fn new(criterion: &'a mut Criterion, name: &str, inputs: &'a [I]) -> Self {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(inputs.len() as u64));
        Self { group, inputs }
    }

    /// Checks a routine on each input, then times it on all of them.
    fn time<O>(&mut self, name: &str, run: impl Fn(&I) -> O, is_right: impl Fn(&I, O) -> bool) {
        let inputs = self.inputs;
        let right = inputs.iter().filter(|&input| is_right(input, run(input))).count();
        let name = match inputs.len() {
            all if all == right => name.to_owned(),
            all => format!("{name} ({right} of {all} right)"),
        };
        self.group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for input in inputs {
                    black_box(&run(black_box(input)));
                }
            });
        });
    }
}

/// A price and a quantity: in our types, in decimals, in floats; and what they come to.
struct Bill {
    price: VolumePrice,
    volume: DataVolume,
    /// In bytes, as `per` is.
    quantity: Decimal,
    amount: Decimal,
    per: Decimal,
    /// Amount, quantity, per.
    floats: [f64; 3],
    cost: Cost,
}

impl Bill {
    fn new(amount: Decimal, per: u64, bytes: u128) -> Self {
        let money = Money::new(amount, Currency::USD);
        let dividend = BigUint::from(amount.mantissa().unsigned_abs()) * bytes;
        let divisor = BigUint::from(10_u8).pow(amount.scale()) * per;
        Self {
            price: VolumePrice::new(money, DataVolume::from_bytes(per)).unwrap(),
            volume: DataVolume::from_nanobits(bytes * 8_000_000_000),
            quantity: Decimal::from_i128_with_scale(bytes as i128, 0),
            amount,
            per: per.into(),
            floats: [amount.try_into().unwrap(), bytes as f64, per as f64],
            cost: format!("{dividend}/{divisor} USD").parse().unwrap(),
        }
    }

    fn exactly(&self) -> Cost {
        self.price.cost(self.volume)
    }

    fn in_decimals(&self) -> Decimal {
        self.amount * self.quantity / self.per
    }

    fn in_floats(&self) -> f64 {
        let [amount, quantity, per] = self.floats;
        amount * quantity / per
    }
}

/// Whether an amount without its currency is that many dollars.
fn is_usd(cost: &Cost, amount: impl Display) -> bool {
    format!("{amount} USD").parse::<Cost>().as_ref() == Ok(cost)
}

/// Up to 18 EB, of every magnitude.
fn bytes(k: u64) -> u64 {
    varied(k) >> (k % 48)
}

/// Prices per MB and per GB: the quotient is a decimal.
fn even_bills() -> Vec<Bill> {
    let amounts = [dec!(1), dec!(0.09), dec!(0.80), dec!(2.5), dec!(10000)];
    let pers = [1_000_000, 1_000_000_000];
    batch(|k| Bill::new(cycle(&amounts, k), cycle(&pers, k), bytes(k).into()))
}

/// Prices per 7.5 TB and 7 MB: the quotient is thirds or sevenths, which no decimal holds.
fn uneven_bills() -> Vec<Bill> {
    let amounts = [dec!(10000), dec!(0.085), dec!(5), dec!(1.99), dec!(0.80)];
    let pers = [7_500_000_000_000, 7_000_000];
    let prime_to_21 = |k| bytes(k) / 21 * 21 + 1;
    batch(|k| Bill::new(cycle(&amounts, k), cycle(&pers, k), prime_to_21(k).into()))
}

/// Prices of 28 digits, and volumes up to the largest. The prices are below one, since
/// `rust_decimal` overflows at larger ones.
fn extreme_bills() -> Vec<Bill> {
    let amounts = [dec!(0.1234567890123456789012345678), dec!(0.9999999999999999999999999999)];
    let pers = [7_500_000_000_000, 1_000_000];
    let bytes = |k| u128::from(varied(k)) << (k % 2 * 31);
    batch(|k| Bill::new(cycle(&amounts, k), cycle(&pers, k), bytes(k)))
}

fn costs(criterion: &mut Criterion) {
    let batches =
        [("even", even_bills()), ("uneven", uneven_bills()), ("extreme", extreme_bills())];
    for (name, bills) in &batches {
        let mut subject = Subject::new(criterion, &format!("cost/{name}"), bills);
        subject.time("ours", Bill::exactly, |bill, cost| cost == bill.cost);
        subject.time("rust_decimal", Bill::in_decimals, |bill, x| is_usd(&bill.cost, x));
        subject.time("f64", Bill::in_floats, |bill, x| is_usd(&bill.cost, x));
    }
    for (name, bills) in &batches {
        let mut subject = Subject::new(criterion, &format!("cost and round/{name}"), bills);
        let is_right = |bill: &Bill, x| is_usd_cents(&bill.cost, x);
        subject.time(
            "ours",
            |bill| bill.exactly().round(HALF_TO_EVEN),
            |bill, money| is_right(bill, money.unwrap().amount()),
        );
        subject.time("rust_decimal", |bill| bill.in_decimals().round_dp(2), is_right);
        subject.time(
            "f64",
            |bill| (bill.in_floats() * 100.0).round_ties_even() / 100.0,
            |bill, x| Decimal::from_str_exact(&x.to_string()).is_ok_and(|x| is_right(bill, x)),
        );
    }
}

/// Whether an amount is the nearest whole number of cents, an even one if two are as near.
fn is_usd_cents(cost: &Cost, amount: Decimal) -> bool {
    let nearest = format!("{cost:.2}");
    nearest.parse::<Money>().map(Money::amount) == Ok(amount)
}

/// A volume under four graduated tiers and under a flat price.
struct Tiered {
    schedule: Schedule<DataVolume>,
    volume: DataVolume,
    /// In GB, as the prices are.
    gigabytes: Decimal,
    cost: Cost,
}

/// The last GB of each tier but the last, and the prices per GB.
const BOUNDS: [Decimal; 3] = [dec!(10000), dec!(50000), dec!(150000)];
const PRICES: [Decimal; 4] = [dec!(0.09), dec!(0.085), dec!(0.07), dec!(0.05)];

impl Tiered {
    fn new(schedule: &Schedule<DataVolume>, gigabytes: Decimal) -> Self {
        let volume: DataVolume = format!("{gigabytes} GB").parse().unwrap();
        let lines = schedule.lines(volume);
        let cost = Cost::sum(Currency::USD, lines.iter().map(LineItem::amount)).unwrap();
        Self { schedule: schedule.clone(), volume, gigabytes, cost }
    }

    /// The same tiers as one writes them in decimals.
    fn in_decimals(&self) -> Decimal {
        let (mut total, mut start) = (Decimal::ZERO, Decimal::ZERO);
        for (bound, price) in BOUNDS.into_iter().zip(PRICES) {
            if self.gigabytes <= bound {
                return total + (self.gigabytes - start) * price;
            }
            total += (bound - start) * price;
            start = bound;
        }
        let [.., price] = PRICES;
        total + (self.gigabytes - start) * price
    }
}

/// Any GB of up to 200 TB, to the byte, so that each tier is met.
fn tiered(schedule: &Schedule<DataVolume>) -> Vec<Tiered> {
    let bytes = |k| i128::from(varied(k) % 200_000_000_000_000);
    batch(|k| Tiered::new(schedule, Decimal::from_i128_with_scale(bytes(k), 9)))
}

fn schedules(criterion: &mut Criterion) {
    let per_gigabyte = |amount| VolumePrice::per_gigabyte(Money::new(amount, Currency::USD));
    let gigabytes = |bound: Decimal| format!("{bound} GB").parse().unwrap();
    let [.., last] = PRICES;
    let bounded = BOUNDS.into_iter().zip(PRICES);
    let tiers = bounded.map(|(bound, price)| Tier::up_to(gigabytes(bound), per_gigabyte(price)));
    let four =
        Schedule::graduated(Tiers::new(tiers.chain([Tier::rest(per_gigabyte(last))])).unwrap());
    let flat = Schedule::flat(per_gigabyte(last));

    let inputs = tiered(&four);
    let mut subject = Subject::new(criterion, "schedule/4 tiers", &inputs);
    let run = |input: &Tiered| input.schedule.cost(input.volume);
    subject.time("ours", run, |input, cost| cost == input.cost);
    subject.time("rust_decimal", Tiered::in_decimals, |input, x| is_usd(&input.cost, x));
    drop(subject);
    let inputs = tiered(&flat);
    let mut subject = Subject::new(criterion, "schedule/flat", &inputs);
    subject.time("ours", run, |input, cost| cost == input.cost);
    subject.time("rust_decimal", |input| input.gigabytes * last, |input, x| is_usd(&input.cost, x));
    drop(subject);

    // Ten thousand tiers: building the curve, looking a segment up, and checking all of them.
    let tier = |k: u64| Tier::up_to(DataVolume::from_gigabytes(k), per_gigabyte(dec!(0.09)));
    let tiers = (1..10_000).map(tier).chain([Tier::rest(per_gigabyte(last))]);
    let tiers = Tiers::new(tiers).unwrap();
    let input = [(Schedule::all_units(tiers.clone()), tiers)];
    let mut subject = Subject::new(criterion, "schedule/10000 tiers", &input);
    subject.time("build", |(_, tiers)| Schedule::all_units(tiers.clone()), |(s, _), new| *s == new);
    subject.time("check", |(schedule, _)| schedule.check(), |_, found| found.len() == 1);
    let used = DataVolume::from_gigabytes(7_000);
    let cost: Cost = "630 USD".parse().unwrap();
    subject.time("cost", |(schedule, _)| schedule.cost(used), |_, is| is == cost);
}

/// A thousand costs of one price, to be added up.
fn sums(criterion: &mut Criterion) {
    let volumes = || (0..1_000).map(|k| u128::from(bytes(k) >> 10));
    for (name, per) in [("even", 1_000_000_000), ("uneven", 7_500_000_000_000)] {
        let bills: Vec<Bill> = volumes().map(|bytes| Bill::new(dec!(0.85), per, bytes)).collect();
        let costs: Vec<Cost> = bills.iter().map(Bill::exactly).collect();
        let decimals: Vec<Decimal> = bills.iter().map(Bill::in_decimals).collect();
        let floats: Vec<f64> = bills.iter().map(Bill::in_floats).collect();
        let total = Bill::new(dec!(0.85), per, volumes().sum()).cost;

        let input = [(costs, decimals, floats)];
        let mut subject = Subject::new(criterion, &format!("sum of 1000/{name}"), &input);
        subject.group.throughput(Throughput::Elements(1_000));
        subject.time(
            "ours",
            |(costs, ..)| Cost::sum(Currency::USD, costs),
            |_, sum| sum.as_ref() == Ok(&total),
        );
        subject.time(
            "rust_decimal",
            |(_, decimals, _)| decimals.iter().sum::<Decimal>(),
            |_, x| is_usd(&total, x),
        );
        subject.time("f64", |(.., floats)| floats.iter().sum::<f64>(), |_, x| is_usd(&total, x));
    }
}

/// Amounts to be rounded to cents, above and below zero.
fn roundings(criterion: &mut Criterion) {
    let signed = |k, digits: i128, places| {
        Decimal::from_i128_with_scale(if k % 2 == 0 { digits } else { -digits }, places)
    };
    let batches = [
        ("tie", batch(|k| signed(k, i128::from(bytes(k)) * 10 + 5, 3))),
        ("long", batch(|k| signed(k, i128::from(varied(k)) << 31, 20))),
    ];
    for (name, decimals) in &batches {
        let inputs: Vec<(Cost, Decimal)> =
            decimals.iter().map(|&x| (Money::new(x, Currency::USD).into(), x)).collect();
        let mut subject = Subject::new(criterion, &format!("round/{name}"), &inputs);
        subject.time(
            "ours",
            |(cost, _)| cost.round(HALF_TO_EVEN),
            |(_, x), money| money.map(Money::amount) == Ok(x.round_dp(2)),
        );
        subject.time("rust_decimal", |(_, x)| x.round_dp(2), |(cost, _), x| is_usd_cents(cost, x));
    }
}

/// A quantity as text, and as a count: of bytes, or of bits per second.
struct Text {
    text: String,
    count: u64,
}

/// `number` × 10^-`places` of each unit in turn; `units` give the count in one of each.
fn texts(units: &[(&str, u64)], places: u32, number: impl Fn(u64) -> u64) -> Vec<Text> {
    batch(|k| {
        let (unit, size) = cycle(units, k);
        let count = u128::from(number(k)) * u128::from(size) / 10_u128.pow(places);
        let number = Decimal::from_i128_with_scale(number(k).into(), places);
        Text { text: format!("{number} {unit}"), count: count.try_into().unwrap() }
    })
}

fn to_5000(k: u64) -> u64 {
    varied(k) % 5_000 + 1
}

fn to_5000_in_hundredths(k: u64) -> u64 {
    varied(k) % 499_900 + 100
}

/// Whole bytes below 2^64, which all of them hold. `bytesize` reads decimals as floats and `Mb` as
/// megabytes, and it writes one decimal; `byte-unit` reads exactly and writes floats.
fn volumes(criterion: &mut Criterion) {
    const EXABYTE: u64 = 1_000_000_000_000_000_000;
    let si = [("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];
    let bits_and_binary =
        [("Mb", 125_000), ("MiB", 1 << 20), ("Gb", 125_000_000), ("GiB", 1 << 30)];
    let whole = texts(&si, 0, to_5000);
    let other = texts(&bits_and_binary, 0, to_5000);
    let decimal = texts(&si, 2, to_5000_in_hundredths);
    let long = texts(&[("EB", EXABYTE)], 18, |k| varied(k).max(EXABYTE));

    for (name, texts) in
        [("whole", &whole), ("bits and binary", &other), ("decimal", &decimal), ("long", &long)]
    {
        let mut subject = Subject::new(criterion, &format!("parse/volume/{name}"), texts);
        subject.time(
            "ours",
            |input| input.text.parse(),
            |input, volume| volume == Ok(DataVolume::from_bytes(input.count)),
        );
        subject.time(
            "byte-unit",
            |input| Byte::parse_str(&input.text, false),
            |input, bytes| bytes.is_ok_and(|bytes| bytes.as_u64() == input.count),
        );
        subject.time(
            "bytesize",
            |input| input.text.parse::<ByteSize>(),
            |input, bytes| bytes.is_ok_and(|bytes| bytes.as_u64() == input.count),
        );
    }

    for (name, texts) in [("whole", &whole), ("decimal", &decimal), ("long", &long)] {
        let mut subject = Subject::new(criterion, &format!("display/volume/{name}"), texts);
        let is_right =
            |input: &Text, text: String| text.parse() == Ok(DataVolume::from_bytes(input.count));
        subject.time("ours", |input| DataVolume::from_bytes(input.count).to_string(), is_right);
        subject.time("byte-unit", |input| adjusted(input).to_string(), is_right);
        subject.time(
            "bytesize",
            |input| ByteSize(input.count).display().si().to_string(),
            is_right,
        );
    }

    let mut subject = Subject::new(criterion, "display/volume/two places", &long);
    let is_right = |input: &Text, text: String| {
        let exabytes = Decimal::from_i128_with_scale(input.count.into(), 18);
        text == format!("{:.2} EB", exabytes.round_dp(2))
    };
    subject.time("ours", |input| format!("{:.2}", DataVolume::from_bytes(input.count)), is_right);
    subject.time("byte-unit", |input| format!("{:.2}", adjusted(input)), is_right);
    subject.time(
        "bytesize",
        |input| format!("{:.2}", ByteSize(input.count).display().si()),
        is_right,
    );
}

fn adjusted(input: &Text) -> AdjustedByte {
    Byte::from_u64(input.count).get_appropriate_unit(UnitType::Decimal)
}

/// Whole bits per second: what is finer, `human_bandwidth` cuts off and our parser refuses.
fn rates(criterion: &mut Criterion) {
    let si = [("Mbps", 1_000_000), ("Gbps", 1_000_000_000), ("Tbps", 1_000_000_000_000)];
    let batches = [
        ("whole", texts(&si, 0, to_5000)),
        ("decimal", texts(&si, 2, to_5000_in_hundredths)),
        ("long", texts(&[("Tbps", 1_000_000_000_000)], 12, varied)),
    ];
    for (name, texts) in &batches {
        let mut subject = Subject::new(criterion, &format!("parse/rate/{name}"), texts);
        subject.time(
            "ours",
            |input| input.text.parse(),
            |input, rate| rate == Ok(DataRate::from_bps(input.count)),
        );
        subject.time(
            "human_bandwidth",
            |input| parse_bandwidth(&input.text),
            |input, rate| rate.is_ok_and(|rate| rate.as_bps() == u128::from(input.count)),
        );
    }
    for (name, texts) in &batches {
        let mut subject = Subject::new(criterion, &format!("display/rate/{name}"), texts);
        let is_right =
            |input: &Text, text: String| text.parse() == Ok(DataRate::from_bps(input.count));
        subject.time("ours", |input| DataRate::from_bps(input.count).to_string(), is_right);
        subject.time(
            "human_bandwidth",
            |input| format_bandwidth(Bandwidth::from_bps(input.count)).to_string(),
            is_right,
        );
    }
}

criterion_group! {
    name = scalar;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(50)
        .nresamples(10_000);
    targets = costs, schedules, sums, roundings, volumes, rates
}
criterion_main!(scalar);

//! Tables of exchange rates: reading a history as a central bank publishes it, beside the `csv` crate's
//! bare loop, and finding the exchange rate of a day, beside a `HashMap`.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark may fail by panicking"
)]

use bandwidth_cost::{
    Currency, ExchangeRate, ExchangeRates,
    jiff::civil::{Date, date},
    money::exchange::{Quoting, RatesLayout},
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rust_decimal::Decimal;
use std::{collections::HashMap, fmt::Write, hint::black_box, iter};
use support::noise;

#[expect(dead_code, reason = "the traffic is for the other benches")]
mod support;

const DAYS: u64 = 7_000;

/// The columns of the European Central Bank's history.
const CURRENCIES: [&str; 41] = [
    "USD", "JPY", "BGN", "CYP", "CZK", "DKK", "EEK", "GBP", "HUF", "LTL", "LVL", "MTL", "PLN",
    "ROL", "RON", "SEK", "SIT", "SKK", "CHF", "ISK", "NOK", "HRK", "RUB", "TRL", "TRY", "AUD",
    "BRL", "CAD", "CNY", "HKD", "IDR", "ILS", "INR", "KRW", "MXN", "MYR", "NZD", "PHP", "SGD",
    "THB", "ZAR",
];

fn days() -> impl Iterator<Item = Date> {
    iter::successors(Some(date(2026, 4, 13)), |day| day.yesterday().ok()).zip(0..DAYS).map(|d| d.0)
}

/// All columns on all days, the last day first, each rate of five or six digits.
fn history() -> String {
    let mut text = format!("Date,{},\n", CURRENCIES.join(","));
    for (row, day) in (0..).zip(days()) {
        write!(text, "{day}").expect("a string");
        for column in 0..41_u64 {
            let digits = noise(row * 41 + column) % 900_000 + 10_000;
            let (whole, part) = (digits / 10_000, digits % 10_000);
            match column % 5 {
                0 => write!(text, ",{}.{:02}", whole * 3, part % 100),
                1 => write!(text, ",{}.{}", whole * 150, part % 10),
                _ => write!(text, ",{whole}.{part:04}"),
            }
            .expect("a string");
        }
        text.push_str(",\n");
    }
    text
}

/// Reads all rates by the `csv` crate's records and `Decimal`, and keeps none.
fn records(text: &str) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).expect("a row") {
        for cell in row.iter().skip(1).take(CURRENCIES.len()) {
            let rate: Decimal = cell.parse().expect("a decimal");
            black_box(rate);
        }
    }
}

fn read(c: &mut Criterion) {
    let text = history();
    let layout = RatesLayout::wide(Currency::EUR, Quoting::ForeignPerBase);
    let mut group = c.benchmark_group("exchange/read");
    group.throughput(Throughput::Elements(DAYS * 41));
    group.bench_function("the table", |b| {
        b.iter(|| ExchangeRates::from_csv(text.as_bytes(), &layout).expect("a file"));
    });
    group.bench_function("the csv crate's records and Decimal", |b| b.iter(|| records(&text)));
    group.finish();
}

fn look_up(c: &mut Criterion) {
    let layout = RatesLayout::wide(Currency::EUR, Quoting::ForeignPerBase);
    let table = ExchangeRates::from_csv(history().as_bytes(), &layout).expect("a file").rates;
    let map: HashMap<(Currency, Currency, Date), ExchangeRate> = table
        .fixings()
        .map(|fixing| {
            let rate = fixing.rate().clone();
            ((rate.base(), rate.quote(), fixing.date()), rate)
        })
        .collect();
    let all: Vec<Date> = days().collect();
    let asked = |columns: u64| -> Vec<(Currency, Date)> {
        let one = |k| {
            let column = usize::try_from(noise(k) % columns).expect("a column");
            let day = usize::try_from(noise(k + 4_096) % DAYS).expect("a day");
            (CURRENCIES[column].parse().expect("a currency"), all[day])
        };
        (0..4_096).map(one).collect()
    };
    for (name, asked) in [("one pair", asked(1)), ("all pairs", asked(41))] {
        let mut group = c.benchmark_group(format!("exchange/look-up/{name}"));
        group.throughput(Throughput::Elements(asked.len() as u64));
        group.bench_function("the table", |b| {
            b.iter(|| {
                for &(to, on) in black_box(&asked) {
                    black_box(&table.rate(Currency::EUR, to, on).expect("a fixing"));
                }
            });
        });
        group.bench_function("HashMap", |b| {
            b.iter(|| {
                for &(to, on) in black_box(&asked) {
                    black_box(map.get(&(Currency::EUR, to, on)).expect("a fixing"));
                }
            });
        });
        group.bench_function("HashMap, cloned", |b| {
            b.iter(|| {
                for &(to, on) in black_box(&asked) {
                    black_box(&map.get(&(Currency::EUR, to, on)).expect("a fixing").clone());
                }
            });
        });
        group.finish();
    }
}

criterion_group!(benches, read, look_up);
criterion_main!(benches);

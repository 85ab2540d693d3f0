//! SQL over Arrow memory on one core: `sum_cost` and `cost_of_sum` beside DataFusion's own sum, and
//! beside the same prices written as decimal arithmetic and `CASE`.
#![expect(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    reason = "a bench that panics has failed"
)]

use bandwidth_cost::RateCard;
use bandwidth_cost_datafusion::{Tariffs, register};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use datafusion::{
    arrow::array::{ArrayRef, AsArray, RecordBatch, UInt32Array, UInt64Array},
    datasource::MemTable,
    prelude::{SessionConfig, SessionContext},
};
use std::{collections::BTreeMap, hint::black_box, sync::Arc};
use tokio::runtime::{Builder, Runtime};

const ROWS: u64 = 10_000_000;
const CUSTOMERS: u64 = 10_000;

const CARD: &str = r#"
[[tariff]]
name = "flat"
measure = "total volume"
price = "1 USD per 1 MB"

[[tariff]]
name = "tiers"
measure = "total volume"
graduated = [
    { up_to = "100 kB", price = "0.09 USD per 1 MB" },
    { up_to = "50 MB", price = "0.085 USD per 1 MB" },
    { up_to = "20 GB", price = "0.07 USD per 1 MB" },
    { price = "0.05 USD per 1 MB" },
]

[[tariff]]
name = "started"
measure = "total volume"
increment = "1 MB"
price = "0.02 USD per 1 MB"

[[tariff]]
name = "thirds"
measure = "total volume"
price = "10000 USD per 7.5 TB"
"#;

const FLAT: &str = "CAST(bytes AS DECIMAL(20, 0)) * 0.000001";

/// Each tier at its own price in dollars a byte, plus the cost of the tiers below it.
const TIERS: &str = "CASE \
    WHEN bytes <= 100000 THEN CAST(bytes AS DECIMAL(20, 0)) * 0.00000009 \
    WHEN bytes <= 50000000 THEN \
        CAST(bytes - 100000 AS DECIMAL(20, 0)) * 0.000000085 + 0.009 \
    WHEN bytes <= 20000000000 THEN \
        CAST(bytes - 50000000 AS DECIMAL(20, 0)) * 0.00000007 + 4.2505 \
    ELSE CAST(bytes - 20000000000 AS DECIMAL(20, 0)) * 0.00000005 + 1400.7505 END";

/// Returns well mixed bits of a counter (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
/// number generators").
fn mixed(n: u64) -> u64 {
    let x = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Returns a number of 10^3 to 10^13, about log-uniform: a power of two and uniform bits below it.
fn bytes(n: u64) -> u64 {
    let bits = mixed(n);
    let size = 10 + bits % 33;
    (1 << size) | ((bits >> 8) & ((1 << size) - 1))
}

fn flows(with_nulls: bool) -> Vec<RecordBatch> {
    const BATCH: u64 = 8_192;
    let batch = |from: u64| {
        let rows = from..(from + BATCH).min(ROWS);
        let is_null = |n: u64| with_nulls && mixed(n ^ ROWS).is_multiple_of(10);
        let customers = rows.clone().map(|n| (mixed(n + ROWS) % CUSTOMERS) as u32);
        let customers: ArrayRef = Arc::new(UInt32Array::from_iter_values(customers));
        let bytes: ArrayRef =
            Arc::new(rows.map(|n| (!is_null(n)).then(|| bytes(n))).collect::<UInt64Array>());
        RecordBatch::try_from_iter_with_nullable([
            ("customer", customers, false),
            ("bytes", bytes, with_nulls),
        ])
        .expect("two columns of one length")
    };
    (0..ROWS.div_ceil(BATCH)).map(|index| batch(index * BATCH)).collect()
}

fn session(runtime: &Runtime, batches: Vec<RecordBatch>) -> SessionContext {
    let context = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(1));
    let card = RateCard::from_toml(CARD, &BTreeMap::new()).expect("the card is right");
    register(&context, &Tariffs::new(&card)).expect("functions register");
    let schema = batches.first().expect("a batch").schema();
    let table = MemTable::try_new(schema, vec![batches]).expect("batches of one schema");
    context.register_table("flows", Arc::new(table)).expect("a new name");
    // Reads prices in SQL as decimals.
    let decimals = "SET datafusion.sql_parser.parse_float_as_decimal = true";
    runtime.block_on(async { context.sql(decimals).await?.collect().await }).expect("a setting");
    context
}

fn sql(criterion: &mut Criterion) {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    for (table, with_nulls) in [("flows", false), ("a tenth nulls", true)] {
        let context = session(&runtime, flows(with_nulls));
        let run = |sql: &str| {
            let query = async { context.sql(sql).await?.collect().await };
            black_box(runtime.block_on(query).expect("an answer"))
        };
        // The rivals give the same amounts.
        let equal = format!(
            "SELECT sum_cost('flat', bytes) = sum({FLAT}) AND sum_cost('tiers', bytes) = sum({TIERS}) \
             FROM flows"
        );
        let equal = run(&equal);
        let equal = equal.first().map(|batch| batch.column(0).as_boolean().value(0));
        assert_eq!(equal, Some(true), "prices as decimals");
        for (name, by) in [("all", ""), ("customers", " GROUP BY customer")] {
            let mut group = criterion.benchmark_group(format!("{table}/{name}"));
            group.throughput(Throughput::Elements(ROWS)).sample_size(10);
            for (name, call) in [
                ("sum", "sum(bytes)".to_owned()),
                ("flat", "sum_cost('flat', bytes)".to_owned()),
                ("tiers", "sum_cost('tiers', bytes)".to_owned()),
                ("started", "sum_cost('started', bytes)".to_owned()),
                ("thirds", "sum_cost('thirds', bytes)".to_owned()),
                ("flat, of the sum", "cost_of_sum('flat', bytes)".to_owned()),
                ("tiers, of the sum", "cost_of_sum('tiers', bytes)".to_owned()),
                ("flat as decimals", format!("sum({FLAT})")),
                ("tiers as decimals", format!("sum({TIERS})")),
            ] {
                let sql = format!("SELECT {call} FROM flows{by}");
                group.bench_function(name, |bencher| bencher.iter(|| run(&sql)));
            }
            group.finish();
        }
        let mut group = criterion.benchmark_group(format!("{table}/each"));
        group.throughput(Throughput::Elements(ROWS)).sample_size(10);
        for (name, call) in [
            ("flat", "volume_cost('flat', bytes)"),
            ("tiers", "volume_cost('tiers', bytes)"),
            ("flat as decimals", FLAT),
            ("tiers as decimals", TIERS),
        ] {
            let sql = format!("SELECT max({call}) FROM flows");
            group.bench_function(name, |bencher| bencher.iter(|| run(&sql)));
        }
        group.finish();
    }
}

criterion_group!(benches, sql);
criterion_main!(benches);

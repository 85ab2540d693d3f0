//! Answers are those of `bandwidth-cost` with any partitions, order and batches.

use crate::support::{
    VOLUMES, add_sorted, add_table, batch, card, session, session_of_rows, tariffs,
};
use bandwidth_cost::{
    Cost, DataRate, DataVolume, Percentile, RateUnit, RoundingStrategy, VolumeUnit, bulk::Column,
};
use core::time::Duration;
use datafusion::arrow::array::{
    ArrayRef, AsArray, Decimal128Array, Int64Array, RecordBatch, UInt32Array, UInt64Array,
};
use datafusion::{
    arrow::datatypes::{Decimal128Type, UInt32Type, UInt64Type},
    prelude::{SessionContext, col},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, sync::Arc};
use tokio::runtime::Runtime;

const BASELINE: u64 = 1_000_000;
const PARTITIONS: [usize; 4] = [1, 2, 7, 64];

#[derive(Debug, Clone, Copy)]
struct Row {
    customer: u32,
    /// A volume in bytes or a rate in bits per second.
    number: Option<u64>,
    seconds: u32,
}

/// Numbers of all sizes, and beside the bounds of the card's tiers.
fn numbers(widest: u32) -> impl Strategy<Value = u64> {
    let bounds = [0, 500_000, 1_000_000, 10_000_000, 50_000_000, 1_000_000_000, u64::MAX];
    let most = u64::MAX >> (64 - widest);
    prop_oneof![
        (any::<u64>(), 0..widest).prop_map(move |(x, shift)| (x & most) >> shift),
        (prop::sample::select(bounds.to_vec()), -2..=2_i64)
            .prop_map(move |(bound, by)| bound.saturating_add_signed(by) & most),
    ]
}

fn table(widest: u32) -> impl Strategy<Value = Vec<Row>> {
    let row = (0..9_u32, prop::option::weighted(0.9, numbers(widest)), 0..100_000_u32);
    let row = row.prop_map(|(customer, number, seconds)| Row { customer, number, seconds });
    prop::collection::vec(row, 1..300)
}

/// One table in several orders: one for each of [`PARTITIONS`].
fn tables(widest: u32) -> impl Strategy<Value = Vec<Vec<Row>>> {
    table(widest)
        .prop_flat_map(|rows| prop::collection::vec(Just(rows).prop_shuffle(), PARTITIONS.len()))
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Unsigned,
    Signed,
    Decimal,
}

fn record_batch(rows: &[Row], form: Form) -> RecordBatch {
    let numbers = rows.iter().map(|row| row.number);
    let numbers: ArrayRef = match form {
        Form::Unsigned => Arc::new(numbers.collect::<UInt64Array>()),
        Form::Signed => {
            Arc::new(numbers.map(|x| x.map(|x| i64::try_from(x).unwrap())).collect::<Int64Array>())
        }
        Form::Decimal => {
            let numbers = numbers.map(|x| x.map(i128::from)).collect::<Decimal128Array>();
            Arc::new(numbers.with_precision_and_scale(20, 0).unwrap())
        }
    };
    batch(vec![
        ("customer", Arc::new(UInt32Array::from_iter_values(rows.iter().map(|row| row.customer)))),
        ("number", numbers),
        ("seconds", Arc::new(UInt32Array::from_iter_values(rows.iter().map(|row| row.seconds)))),
    ])
}

/// Returns the rows in a number of partitions, of which some may be empty.
fn partitioned(rows: &[Row], partitions: usize, form: Form) -> Vec<RecordBatch> {
    let all = record_batch(rows, form);
    let bounds: Vec<usize> = (0..=partitions).map(|n| n * rows.len() / partitions).collect();
    bounds.windows(2).map(|at| all.slice(at[0], at[1] - at[0])).collect()
}

/// A column of an answer in units of its last place, by customer.
type Answer = BTreeMap<u32, Option<i128>>;

fn answer(
    runtime: &Runtime,
    rows: &[Row],
    partitions: usize,
    form: Form,
    call: &str,
) -> (Answer, Option<i128>) {
    let context = session(partitions);
    add_table(&context, "rows", partitioned(rows, partitions, form));
    answer_of(runtime, &context, call)
}

fn answer_of(runtime: &Runtime, context: &SessionContext, call: &str) -> (Answer, Option<i128>) {
    let decimals = |array: &ArrayRef| -> Vec<Option<i128>> {
        match array.as_primitive_opt::<Decimal128Type>() {
            Some(array) => array.iter().collect(),
            None => array.as_primitive::<UInt64Type>().iter().map(|x| x.map(i128::from)).collect(),
        }
    };
    runtime.block_on(async {
        let sql = format!("SELECT customer, {call} FROM rows GROUP BY customer");
        let batches = context.sql(&sql).await.unwrap().collect().await.unwrap();
        let mut groups = Answer::new();
        for batch in batches {
            let customers = batch.column(0).as_primitive::<UInt32Type>().values().iter().copied();
            for (customer, result) in customers.zip(decimals(batch.column(1))) {
                assert!(groups.insert(customer, result).is_none(), "a customer twice");
            }
        }
        let sql = format!("SELECT {call} FROM rows");
        let all = context.sql(&sql).await.unwrap().collect().await.unwrap();
        (groups, decimals(all[0].column(0))[0])
    })
}

/// Returns the result of each customer's rows, and of all rows.
fn expected(rows: &[Row], of: impl Fn(&[Row]) -> Option<i128>) -> (Answer, Option<i128>) {
    let mut customers: BTreeMap<u32, Vec<Row>> = BTreeMap::new();
    for row in rows {
        customers.entry(row.customer).or_default().push(*row);
    }
    (customers.iter().map(|(customer, rows)| (*customer, of(rows))).collect(), of(rows))
}

fn in_units(cost: &Cost, tariff: &str) -> i128 {
    let scale = tariffs().scale_of(tariff).unwrap();
    cost.round_to_i128(scale, RoundingStrategy::MidpointNearestEven).unwrap()
}

/// Returns the sum of the rows' costs, each priced by itself.
fn priced_one_by_one(rows: &[Row], tariff: &str) -> Option<i128> {
    let card = card();
    let tariff = card.tariffs().iter().find(|each| each.name() == tariff).unwrap();
    let numbers: Vec<u64> = rows.iter().filter_map(|row| row.number).collect();
    let costs: Vec<Cost> = match (tariff.volume(), tariff.rate()) {
        (Some((_, schedule)), _) => {
            numbers.iter().map(|x| schedule.cost(DataVolume::from_bytes(*x))).collect()
        }
        (_, Some((_, schedule))) => {
            numbers.iter().map(|x| schedule.cost(DataRate::from_bps(*x))).collect()
        }
        _ => unreachable!("a tariff prices one of both"),
    };
    if costs.is_empty() {
        return None;
    }
    Some(in_units(&Cost::sum(tariff.currency(), &costs).unwrap(), tariff.name()))
}

/// Returns the cost of the sum of the rows.
fn priced_together(rows: &[Row], tariff: &str) -> Option<i128> {
    let card = card();
    let tariff = card.tariffs().iter().find(|each| each.name() == tariff).unwrap();
    let numbers: Vec<u64> = rows.iter().filter_map(|row| row.number).collect();
    let cost = match (tariff.volume(), tariff.rate()) {
        (Some((_, schedule)), _) => {
            schedule.cost(Column::new(&numbers, VolumeUnit::Byte).total().unwrap())
        }
        (_, Some((_, schedule))) => {
            schedule.cost(Column::new(&numbers, RateUnit::Bps).total().unwrap())
        }
        _ => unreachable!("a tariff prices one of both"),
    };
    (!numbers.is_empty()).then(|| in_units(&cost, tariff.name()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn sum_cost_is_the_sum_of_the_rows_costs(
        tables in tables(63),
        tariff in prop::sample::select([&VOLUMES[..], &["ports"]].concat()),
        form in prop::sample::select(vec![Form::Unsigned, Form::Signed, Form::Decimal]),
    ) {
        let runtime = Runtime::new().unwrap();
        let wanted = expected(&tables[0], |rows| priced_one_by_one(rows, tariff));
        let call = format!("sum_cost('{tariff}', number)");
        for (rows, partitions) in tables.iter().zip(PARTITIONS) {
            prop_assert_eq!(&answer(&runtime, rows, partitions, form, &call), &wanted);
        }
    }

    #[test]
    fn sum_cost_of_any_number_is_that_of_bulk(rows in table(64)) {
        let runtime = Runtime::new().unwrap();
        let card = card();
        for tariff in VOLUMES {
            let (_, schedule) =
                card.tariffs().iter().find(|each| each.name() == tariff).unwrap().volume().unwrap();
            let wanted = expected(&rows, |rows| {
                let numbers: Vec<u64> = rows.iter().filter_map(|row| row.number).collect();
                let total = schedule.over(&Column::new(&numbers, VolumeUnit::Byte)).sum();
                (!numbers.is_empty()).then(|| in_units(&total, tariff))
            });
            let call = format!("sum_cost('{tariff}', number)");
            prop_assert_eq!(answer(&runtime, &rows, 7, Form::Unsigned, &call), wanted);
        }
    }

    #[test]
    fn cost_of_sum_is_the_cost_of_the_total(
        tables in tables(55), // 300 rates of 55 bits fit a data rate
        tariff in prop::sample::select([&VOLUMES[..], &["ports"]].concat()),
        form in prop::sample::select(vec![Form::Unsigned, Form::Signed, Form::Decimal]),
    ) {
        let runtime = Runtime::new().unwrap();
        let wanted = expected(&tables[0], |rows| priced_together(rows, tariff));
        let call = format!("cost_of_sum('{tariff}', number)");
        for (rows, partitions) in tables.iter().zip(PARTITIONS) {
            prop_assert_eq!(&answer(&runtime, rows, partitions, form, &call), &wanted);
        }
    }

    /// Sums of volumes above 64 bits.
    #[test]
    fn cost_of_sum_of_any_number_is_the_cost_of_the_total(rows in table(64)) {
        let runtime = Runtime::new().unwrap();
        for tariff in VOLUMES {
            let wanted = expected(&rows, |rows| priced_together(rows, tariff));
            let call = format!("cost_of_sum('{tariff}', number)");
            prop_assert_eq!(answer(&runtime, &rows, 7, Form::Unsigned, &call), wanted);
        }
    }

    #[test]
    fn excesses_are_those_above_the_baseline(tables in tables(50)) {
        let runtime = Runtime::new().unwrap();
        let card = card();
        for tariff in ["disruption", "egress"] {
            let (_, schedule) =
                card.tariffs().iter().find(|each| each.name() == tariff).unwrap().volume().unwrap();
            let wanted = expected(&tables[0], |rows| {
                let mut excess = None;
                for Row { number, seconds, .. } in rows {
                    let Some(bps) = number else { continue };
                    let above = DataRate::from_bps(bps.saturating_sub(BASELINE));
                    let carried = above.checked_mul(Duration::from_secs((*seconds).into())).unwrap();
                    let before: DataVolume = excess.unwrap_or_default();
                    excess = before.checked_add(carried);
                }
                excess.map(|excess| in_units(&schedule.cost(excess), tariff))
            });
            let call = format!("excess_cost('{tariff}', number, seconds, {BASELINE})");
            for (rows, partitions) in tables.iter().zip(PARTITIONS) {
                prop_assert_eq!(
                    &answer(&runtime, rows, partitions, Form::Unsigned, &call),
                    &wanted
                );
            }
        }
    }

    #[test]
    fn percentiles_are_ranks_of_the_sorted(tables in tables(64), percent in 1..=100_u32) {
        let runtime = Runtime::new().unwrap();
        let percentile = Percentile::new(percent.into()).unwrap();
        let wanted = expected(&tables[0], |rows| {
            let mut rates: Vec<u64> = rows.iter().filter_map(|row| row.number).collect();
            rates.sort_unstable();
            let rank = percentile.rank(rates.len().max(1));
            rates.get(rank - 1).map(|rate| (*rate).into())
        });
        let call = format!("rate_percentile({percent}, number)");
        for (rows, partitions) in tables.iter().zip(PARTITIONS) {
            let got = answer(&runtime, rows, partitions, Form::Unsigned, &call);
            prop_assert_eq!(&got, &wanted);
        }
    }

    /// Sorted groups are given out before the last row is read.
    #[test]
    fn sorted_rows_and_single_rows_come_to_the_same(rows in table(50), partitions in 1..9_usize) {
        let runtime = Runtime::new().unwrap();
        let mut sorted = rows.clone();
        sorted.sort_by_key(|row| row.customer);
        for call in [
            "sum_cost('egress', number)",
            "sum_cost('sessions', number)",
            "cost_of_sum('sessions', number)",
            "excess_cost('disruption', number, seconds, 1000)",
            "rate_percentile(95, number)",
        ] {
            let wanted = answer(&runtime, &rows, 1, Form::Unsigned, call);
            let context = session(partitions);
            let order = vec![vec![col("customer").sort(true, false)]];
            add_sorted(&context, "rows", partitioned(&sorted, partitions, Form::Unsigned), order);
            prop_assert_eq!(&answer_of(&runtime, &context, call), &wanted, "sorted {}", call);

            let context = session_of_rows(partitions);
            add_table(&context, "rows", partitioned(&rows, partitions, Form::Unsigned));
            prop_assert_eq!(&answer_of(&runtime, &context, call), &wanted, "single {}", call);
        }
    }
}

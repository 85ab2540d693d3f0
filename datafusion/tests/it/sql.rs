//! Queries, their answers and their errors.

use crate::support::{add_table, answer, batch, rows, session, tariffs};
use bandwidth_cost::{DataRate, Percentile, RateCard};
use bandwidth_cost_datafusion::{Tariffs, register};
use datafusion::{
    arrow::array::{
        ArrayRef, Decimal128Array, Float64Array, Int32Array, Int64Array, StringArray, UInt64Array,
    },
    logical_expr::ExprFunctionExt,
    prelude::{DataFrame, SessionContext, col, lit},
};
use std::{collections::BTreeMap, sync::Arc};

fn flows() -> SessionContext {
    let context = session(2);
    let customers: ArrayRef = Arc::new(StringArray::from(vec!["a", "b", "a", "c", "b"]));
    let bytes = [Some(1_500), Some(2_000_000), Some(900_000_000_000), None, Some(1)];
    let as_u64: ArrayRef = Arc::new(UInt64Array::from(bytes.to_vec()));
    let as_i64: ArrayRef =
        Arc::new(Int64Array::from_iter(bytes.map(|x| x.map(|x| x.cast_signed()))));
    let decimals = Decimal128Array::from_iter(bytes.map(|x| x.map(i128::from)));
    let decimals: ArrayRef = Arc::new(decimals.with_precision_and_scale(20, 0).unwrap());
    let small: ArrayRef = Arc::new(Int32Array::from(vec![Some(1), Some(2), None, None, Some(5)]));
    let fractions = Decimal128Array::from(vec![1_i128; 5]);
    let fractions: ArrayRef = Arc::new(fractions.with_precision_and_scale(10, 2).unwrap());
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![1.5; 5]));
    let negative: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, -3, 4, 5]));
    let below = Decimal128Array::from(vec![0_i128, 0, 0, 0, -7]);
    let below: ArrayRef = Arc::new(below.with_precision_and_scale(38, 0).unwrap());
    let beyond = Decimal128Array::from(vec![0_i128, 1 << 64, 0, 0, 0]);
    let beyond: ArrayRef = Arc::new(beyond.with_precision_and_scale(38, 0).unwrap());
    let most: ArrayRef = Arc::new(UInt64Array::from(vec![u64::MAX; 5]));
    let rows = batch(vec![
        ("customer", customers),
        ("bytes", as_u64),
        ("signed", as_i64),
        ("decimal", decimals),
        ("small", small),
        ("fractions", fractions),
        ("floats", floats),
        ("negative", negative),
        ("below", below),
        ("beyond", beyond),
        ("most", most),
    ]);
    add_table(&context, "flows", vec![rows.slice(0, 2), rows.slice(2, 3)]);
    context
}

#[tokio::test]
async fn prices_each_row() {
    let context = flows();
    for column in ["bytes", "signed", "decimal"] {
        let sql = format!(
            "SELECT customer, volume_cost('international', {column}) AS exact, \
             volume_cost('disruption', {column}) AS rounded FROM flows ORDER BY customer, exact"
        );
        assert_eq!(
            answer(&context, &sql).await.unwrap(),
            "\
+----------+---------------+-------------+
| customer | exact         | rounded     |
+----------+---------------+-------------+
| a        | 0.001500      | 0.000002    |
| a        | 900000.000000 | 1200.000000 |
| b        | 0.000001      | 0.000000    |
| b        | 2.000000      | 0.002667    |
| c        |               |             |
+----------+---------------+-------------+"
        );
    }
}

#[tokio::test]
async fn prices_rates_and_literals() {
    let context = flows();
    let sql = "SELECT rate_cost('ports', 0), rate_cost('ports', 1500000000), \
               volume_cost('sessions', 1000001), volume_cost('egress', CAST(NULL AS BIGINT))";
    assert_eq!(
        rows(&context, sql).await.unwrap()[0].split('|').map(str::trim).collect::<Vec<_>>(),
        ["80.0000000", "1050.0000000", "7", ""]
    );
}

#[tokio::test]
async fn sums_by_group_and_over_all() {
    let context = flows();
    for column in ["bytes", "signed", "decimal"] {
        let sql = format!(
            "SELECT customer, sum_cost('international', {column}) AS cost FROM flows \
             GROUP BY customer ORDER BY customer"
        );
        assert_eq!(
            answer(&context, &sql).await.unwrap(),
            "\
+----------+---------------+
| customer | cost          |
+----------+---------------+
| a        | 900000.001500 |
| b        | 2.000001      |
| c        |               |
+----------+---------------+"
        );
        let sql = format!("SELECT sum_cost('disruption', {column}) FROM flows");
        assert_eq!(rows(&context, &sql).await.unwrap(), ["1200.002669"]);
    }
}

/// `cost_of_sum` has tiers of the sum of each customer's rows, and `sum_cost` of each row.
#[tokio::test]
async fn prices_the_sum_and_sums_the_prices() {
    let context = flows();
    // 1 MB at 0.09, 1.000001 MB at 0.085; by itself, the last byte costs 0.00000009.
    for (cost, of_b) in [
        ("volume_cost('egress', sum(bytes))", "0.175000085"),
        ("volume_cost('egress', sum(CAST(bytes AS DECIMAL(20, 0))))", "0.175000085"),
        ("cost_of_sum('egress', bytes)", "0.175000085"),
        ("sum_cost('egress', bytes)", "0.175000090"),
    ] {
        let sql = format!("SELECT {cost} FROM flows GROUP BY customer ORDER BY customer");
        assert_eq!(rows(&context, &sql).await.unwrap()[1], of_b, "{cost}");
    }
}

/// `sessions` has a fee of 3 PKR, and 2 PKR per started megabyte.
#[tokio::test]
async fn prices_the_sum_of_each_group() {
    let context = flows();
    for column in ["bytes", "signed", "decimal"] {
        let sql = format!(
            "SELECT customer, cost_of_sum('sessions', {column}) AS bill, \
             sum_cost('sessions', {column}) AS flow_by_flow FROM flows \
             GROUP BY customer ORDER BY customer"
        );
        assert_eq!(
            answer(&context, &sql).await.unwrap(),
            "\
+----------+---------+--------------+
| customer | bill    | flow_by_flow |
+----------+---------+--------------+
| a        | 1800005 | 1800008      |
| b        | 9       | 12           |
| c        |         |              |
+----------+---------+--------------+"
        );
        let sql = format!("SELECT cost_of_sum('disruption', {column}) FROM flows");
        assert_eq!(rows(&context, &sql).await.unwrap(), ["1200.002669"]);
    }
    let sql = "SELECT cost_of_sum('egress', bytes) FROM flows WHERE customer = 'c'";
    assert_eq!(rows(&context, sql).await.unwrap(), [""]);
    let sql = "SELECT cost_of_sum('sessions', bytes) FILTER (WHERE customer <> 'a') FROM flows";
    assert_eq!(rows(&context, sql).await.unwrap(), ["9"]);
    // The bill of the rows so far: one fee, and a megabyte more is started at each.
    let sql = "SELECT cost_of_sum('sessions', bytes) OVER (ORDER BY bytes) FROM flows \
               WHERE bytes IS NOT NULL ORDER BY bytes";
    assert_eq!(rows(&context, sql).await.unwrap(), ["5", "5", "9", "1800009"]);
}

/// A sum may exceed 64 bits, and a rate may not.
#[tokio::test]
async fn prices_sums_above_64_bits() {
    let context = flows();
    let sql = "SELECT cost_of_sum('international', most) FROM flows";
    assert_eq!(rows(&context, sql).await.unwrap(), ["92233720368547.758075"]);
    let sql = "SELECT cost_of_sum('ports', most) FROM flows WHERE customer = 'c'";
    assert_eq!(rows(&context, sql).await.unwrap(), ["9223372037154.7758075"]);
}

#[tokio::test]
async fn prices_under_filters_and_in_windows() {
    let context = flows();
    let sql = "SELECT sum_cost('international', bytes) FILTER (WHERE customer <> 'a') FROM flows";
    assert_eq!(rows(&context, sql).await.unwrap(), ["2.000001"]);
    let sql = "SELECT customer, sum_cost('international', bytes) FILTER (WHERE bytes > 1) AS c \
               FROM flows GROUP BY customer ORDER BY customer";
    let costs = rows(&context, sql).await.unwrap();
    assert_eq!(costs, ["a        | 900000.001500", "b        | 2.000000", "c        |"]);
    // A running total, and two tariffs over one column side by side.
    let sql = "SELECT sum_cost('international', bytes) OVER (ORDER BY bytes) AS a, \
               sum_cost('sessions', bytes) OVER (ORDER BY bytes) AS b \
               FROM flows WHERE bytes IS NOT NULL ORDER BY bytes";
    let costs: Vec<String> = rows(&context, sql).await.unwrap();
    let costs: Vec<Vec<&str>> =
        costs.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    assert_eq!(
        costs,
        [["0.000001", "5"], ["0.001501", "10"], ["2.001501", "17"], ["900002.001501", "1800020"]]
    );
}

#[tokio::test]
async fn names_calls_as_they_were_written() {
    let context = flows();
    let sql = "SELECT sum_cost('international', bytes), sum_cost('egress', bytes), \
               excess_cost('disruption', bytes, signed, 1000), rate_percentile(95, bytes) FROM flows";
    let schema = context.sql(sql).await.unwrap().schema().clone();
    let fields: Vec<(&str, Option<&str>)> = schema
        .fields()
        .iter()
        .map(|field| (field.name().as_str(), field.metadata().get("currency").map(String::as_str)))
        .collect();
    assert_eq!(
        fields,
        [
            ("sum_cost(Utf8(\"international\"),flows.bytes)", Some("USD")),
            ("sum_cost(Utf8(\"egress\"),flows.bytes)", Some("USD")),
            (
                "excess_cost(Utf8(\"disruption\"),flows.bytes,flows.signed,UInt64(1000))",
                Some("USD")
            ),
            ("rate_percentile(Utf8(\"95th percentile\"),flows.bytes)", None),
        ]
    );
}

fn samples() -> SessionContext {
    let context = session(2);
    let port: ArrayRef = Arc::new(StringArray::from(vec!["x"; 20]));
    let bps: ArrayRef = Arc::new(UInt64Array::from_iter((1..=20).map(|n| n * 1_000_000_000_000)));
    let seconds: ArrayRef = Arc::new(Int32Array::from(vec![60; 20]));
    let rows = batch(vec![("port", port), ("bps", bps), ("seconds", seconds)]);
    add_table(&context, "samples", vec![rows.slice(0, 7), rows.slice(7, 13)]);
    context
}

#[tokio::test]
async fn prices_what_is_above_a_baseline() {
    let context = samples();
    // A minute each of 1, 2 … Tbps above 18: 10,000 USD a minute for each.
    for baseline in ["18000000000000", "'18 Tbps'"] {
        let sql =
            format!("SELECT excess_cost('disruption', bps, seconds, {baseline}) FROM samples");
        assert_eq!(rows(&context, &sql).await.unwrap(), ["30000.000000"]);
        let sql = format!(
            "SELECT port, excess_cost('disruption', bps, seconds, {baseline}) FROM samples GROUP BY port"
        );
        assert_eq!(rows(&context, &sql).await.unwrap(), ["x    | 30000.000000"]);
    }
    let sql = "SELECT excess_cost('disruption', bps, seconds, 0) FROM samples WHERE port = 'y'";
    assert_eq!(rows(&context, sql).await.unwrap(), [""]);
    let sql = "SELECT excess_cost('disruption', bps, seconds, '20 Tbps') FROM samples";
    assert_eq!(rows(&context, sql).await.unwrap(), ["0.000000"]);
}

#[tokio::test]
async fn picks_percentiles() {
    let context = samples();
    for (percent, tbps) in [
        ("95", 19),
        ("100", 20),
        ("'99.9'", 20),
        ("50", 10),
        ("'90th percentile by rounded rank'", 18),
        ("CAST(97.5 AS DECIMAL(4, 1))", 20),
    ] {
        let sql = format!(
            "SELECT rate_percentile({percent}, bps) AS a, 1 AS b FROM samples GROUP BY port"
        );
        let row = rows(&context, &sql).await;
        if percent.starts_with("CAST") {
            // Not a literal yet, as SQL is planned.
            assert!(row.unwrap_err().to_string().contains("pass a literal"), "{percent}");
            continue;
        }
        assert_eq!(row.unwrap(), [format!("{tbps}000000000000 | 1")], "{percent}");
    }
    let sql = "SELECT rate_percentile(95, bps) FROM samples WHERE port = 'y'";
    assert_eq!(rows(&context, sql).await.unwrap(), [""]);
}

/// DataFusion puts words of its own around what `coerce_types` says.
fn is(error: &str, message: &str) -> bool {
    let coercion = format!("External error: {message}. No function matches");
    error == format!("External error: {message}") || error.contains(&coercion)
}

/// Refused queries with their whole messages.
#[tokio::test]
async fn refuses_calls_that_have_no_meaning() {
    let context = flows();
    for (expression, message) in [
        (
            "sum_cost('international', floats)",
            "sum_cost: the bytes are of type Float64: \
             pass whole numbers, as BIGINT, BIGINT UNSIGNED or DECIMAL(p, 0)",
        ),
        (
            "sum_cost('international', customer)",
            "sum_cost: the bytes are of type Utf8: \
             pass whole numbers, as BIGINT, BIGINT UNSIGNED or DECIMAL(p, 0)",
        ),
        (
            "volume_cost('international', fractions)",
            "volume_cost: the bytes are of type Decimal128(10, 2): \
             pass whole numbers, as BIGINT, BIGINT UNSIGNED or DECIMAL(p, 0)",
        ),
        (
            "excess_cost('disruption', bytes, floats, 0)",
            "excess_cost: the seconds are of type Float64: \
             pass whole numbers, as BIGINT, BIGINT UNSIGNED or DECIMAL(p, 0)",
        ),
        (
            "rate_percentile(95, customer)",
            "rate_percentile: the bits per second are of type Utf8: \
             pass whole numbers, as BIGINT, BIGINT UNSIGNED or DECIMAL(p, 0)",
        ),
        (
            "sum_cost('national', bytes)",
            "sum_cost: no tariff is named 'national': pass one of 'classes', 'disruption', \
             'egress', 'international', 'ports', 'sessions'",
        ),
        (
            "volume_cost('national', bytes)",
            "volume_cost: no tariff is named 'national': pass one of 'classes', 'disruption', \
             'egress', 'international', 'ports', 'sessions'",
        ),
        ("volume_cost('ports', bytes)", "volume_cost: tariff 'ports' prices rates: call rate_cost"),
        (
            "rate_cost('egress', bytes)",
            "rate_cost: tariff 'egress' prices volumes: call volume_cost",
        ),
        (
            "excess_cost('ports', bytes, bytes, 0)",
            "excess_cost: tariff 'ports' prices rates: pass a tariff for volumes",
        ),
        (
            "sum_cost(customer, bytes)",
            "sum_cost: the tariff is flows.customer: pass a literal, such as 'international'",
        ),
        (
            "sum_cost(NULL, bytes)",
            "sum_cost: the tariff is NULL: pass a literal, such as 'international'",
        ),
        (
            "sum_cost(7, bytes)",
            "sum_cost: the tariff is Int64(7): pass a literal, such as 'international'",
        ),
        (
            "volume_cost(customer, bytes)",
            "volume_cost: the tariff is unknown while the query is planned: \
             pass a literal, such as 'international'",
        ),
        (
            "excess_cost('disruption', bytes, bytes, signed)",
            "excess_cost: the baseline is flows.signed: \
             pass a literal, such as 5650000000000",
        ),
        (
            "excess_cost('disruption', bytes, bytes, 1.5)",
            "excess_cost: the baseline is Float64(1.5): \
             pass a literal, such as 5650000000000",
        ),
        (
            "rate_percentile(99.9, bytes)",
            "rate_percentile: invalid percent 99.9: pass a fraction as a text, '99.9'",
        ),
        (
            "sum_cost('international')",
            "sum_cost: wrong number of arguments, 1: \
             pass a tariff and bytes, or bits per second",
        ),
        (
            "volume_cost('international', bytes, bytes)",
            "volume_cost: wrong number of arguments, 3: pass a tariff and bytes",
        ),
        (
            "excess_cost('disruption', bytes)",
            "excess_cost: wrong number of arguments, 2: \
             pass a tariff, bits per second, seconds and a baseline",
        ),
        (
            "rate_percentile(95)",
            "rate_percentile: wrong number of arguments, 1: pass a percent and bits per second",
        ),
        (
            "cost_of_sum('international', floats)",
            "cost_of_sum: the bytes are of type Float64: \
             pass whole numbers, as BIGINT, BIGINT UNSIGNED or DECIMAL(p, 0)",
        ),
        (
            "cost_of_sum('national', bytes)",
            "cost_of_sum: no tariff is named 'national': pass one of 'classes', 'disruption', \
             'egress', 'international', 'ports', 'sessions'",
        ),
        (
            "cost_of_sum(customer, bytes)",
            "cost_of_sum: the tariff is flows.customer: pass a literal, such as 'international'",
        ),
        (
            "cost_of_sum('international')",
            "cost_of_sum: wrong number of arguments, 1: \
             pass a tariff and bytes, or bits per second",
        ),
        (
            "cost_of_sum(DISTINCT 'international', bytes)",
            "cost_of_sum counts equal rows each time: remove DISTINCT",
        ),
        (
            "sum_cost(DISTINCT 'international', bytes)",
            "sum_cost counts equal rows each time: remove DISTINCT",
        ),
    ] {
        let sql = format!("SELECT {expression} FROM flows");
        let error = context.sql(&sql).await.expect_err(expression).to_string();
        assert!(is(&error, message), "{expression}:\n{error}\n{message}");
    }
    for (expression, message) in [
        (
            "sum_cost('international', negative)",
            "sum_cost: the bytes include a negative number, -3: check the column",
        ),
        (
            "volume_cost('international', below)",
            "volume_cost: the bytes include a negative number, -7: check the column",
        ),
        (
            "sum_cost('international', beyond)",
            "sum_cost: the bytes include 18446744073709551616, \
             above 18446744073709551615: check the column",
        ),
        (
            "cost_of_sum('international', negative)",
            "cost_of_sum: the bytes include a negative number, -3: check the column",
        ),
        (
            "cost_of_sum('ports', most)",
            "cost_of_sum: the sum of the bits per second exceeds the largest data rate, \
             18446.744073709551615 Pbps: check the bits per second",
        ),
        (
            "excess_cost('disruption', most, most, 0)",
            "excess_cost: the excess over 0 bps exceeds the largest data volume, \
             42535295865.117307932921825928971026431875 EB: check the rates and seconds",
        ),
    ] {
        let sql = format!("SELECT {expression} FROM flows");
        let error = answer(&context, &sql).await.expect_err(expression).to_string();
        assert!(is(&error, message), "{expression}:\n{error}\n{message}");
    }
}

/// A literal that the core can't read is refused with the reason that the core gives.
#[tokio::test]
async fn refuses_literals_without_a_meaning() {
    let context = flows();
    let unit = "5 TB".parse::<DataRate>().unwrap_err();
    let percentile = |percent: &str| Percentile::new(percent.parse().unwrap()).unwrap_err();
    for (expression, message) in [
        (
            "excess_cost('disruption', bytes, bytes, '5 TB')",
            format!("excess_cost: invalid baseline 5 TB: {unit}"),
        ),
        (
            "rate_percentile(0, bytes)",
            format!("rate_percentile: invalid percent 0: {}", percentile("0")),
        ),
        (
            "rate_percentile('100.5', bytes)",
            format!("rate_percentile: invalid percent 100.5: {}", percentile("100.5")),
        ),
    ] {
        let sql = format!("SELECT {expression} FROM flows");
        let error = context.sql(&sql).await.expect_err(expression).to_string();
        assert!(is(&error, &message), "{expression}:\n{error}\n{message}");
    }
}

/// A scale that leaves no digits before the point.
#[tokio::test]
async fn refuses_costs_of_too_many_digits() {
    let context = flows();
    register(&context, &tariffs().with_scale(38).unwrap()).unwrap();
    let most = 10_u64.pow(10); // 40/3 USD
    for (expression, cost) in [
        (format!("volume_cost('disruption', {most})"), "a cost of 40/3 USD"),
        // 4/3 USD: it fits 128 bits, but not 38 digits.
        (
            "volume_cost('disruption', 1000000000)".to_owned(),
            "a cost of 133333333333333333333333333333333333333 × 10^-38",
        ),
        ("sum_cost('disruption', bytes)".to_owned(), "a cost of 1200.002668668 USD"),
        ("cost_of_sum('disruption', bytes)".to_owned(), "a cost of 1200.002668668"),
        (format!("excess_cost('disruption', {most}, 8, 0)"), "a cost of 200/3"),
    ] {
        let sql = format!("SELECT {expression} FROM flows");
        let error = answer(&context, &sql).await.expect_err(&expression).to_string();
        let message = format!(
            "{}: {cost} has more than 38 digits at 38 decimal places: check the columns, \
             or, if the cost is rounded, pass fewer places to Tariffs::with_scale",
            expression.split('(').next().unwrap(),
        );
        assert!(is(&error, &message), "{expression}:\n{error}\n{message}");
    }
}

/// Cards of one form with other prices, in one query: DataFusion computes equal calls once.
#[tokio::test]
async fn tells_the_same_tariff_of_two_cards_apart() {
    let card = |usd: u32| {
        let text = format!(
            "[[tariff]]\nname = \"x\"\nmeasure = \"total volume\"\nprice = \"{usd} USD per 1 MB\""
        );
        Tariffs::new(&RateCard::from_toml(&text, &BTreeMap::new()).unwrap())
    };
    let (one, seven) = (card(1), card(7));
    let context = flows();
    let frame = context.sql("SELECT CAST(1000000 AS BIGINT) AS bytes").await.unwrap();
    let text = |frame: DataFrame| async { frame.to_string().await.unwrap() };

    let each = |tariffs: &Tariffs| tariffs.volume_cost().call(vec![lit("x"), col("bytes")]);
    let both = vec![each(&one).alias("a"), each(&seven).alias("b")];
    let both = text(frame.clone().select(both).unwrap()).await;
    assert!(both.contains("| 1.000000 | 7.000000 |"), "{both}");

    let sum_cost = |tariffs: &Tariffs| tariffs.sum_cost("x").unwrap().call(vec![col("bytes")]);
    let both = vec![sum_cost(&one).alias("a"), sum_cost(&seven).alias("b")];
    let both = text(frame.clone().aggregate(vec![], both).unwrap()).await;
    assert!(both.contains("| 1.000000 | 7.000000 |"), "{both}");

    let excess = |tariffs: &Tariffs| {
        let excess = tariffs.excess_cost("x", DataRate::from_bps(0)).unwrap();
        excess.call(vec![col("bytes"), col("bytes")])
    };
    let both = vec![excess(&one).alias("a"), excess(&seven).alias("b")];
    let both = text(frame.aggregate(vec![], both).unwrap()).await;
    assert!(both.contains("| 125000.000000 | 875000.000000 |"), "{both}");
}

#[tokio::test]
async fn looks_only_at_rows_that_count() {
    let context = flows();
    let positive = "sum_cost('sessions', negative) FILTER (WHERE negative > 3)";
    let within = "sum_cost('sessions', beyond) FILTER (WHERE beyond < 1)";
    // A null rate beside -1 seconds.
    let rates = "NULLIF(signed, 900000000000)";
    let excess = format!(
        "excess_cost('international', {rates}, CASE WHEN signed > 2000000 THEN -1 ELSE 8 END, 0)"
    );
    for (call, cost) in [(positive, "10"), (within, "12"), (excess.as_str(), "2.001501")] {
        for by in ["", " GROUP BY most"] {
            let sql = format!("SELECT {call} FROM flows{by}");
            assert_eq!(rows(&context, &sql).await.unwrap(), [cost], "{sql}");
        }
    }
    let sql = "SELECT sum_cost('international', negative) FROM flows GROUP BY most";
    let error = answer(&context, sql).await.unwrap_err().to_string();
    assert!(error.contains("a negative number, -3"), "{error}");
}

#[tokio::test]
async fn reads_dictionaries() {
    let context = flows();
    let sql = "SELECT sum_cost('international', arrow_cast(bytes, 'Dictionary(Int32, UInt64)')) FROM flows";
    assert_eq!(rows(&context, sql).await.unwrap(), ["900002.001501"]);
}

/// Calls that SQL refuses are refused without it too.
#[tokio::test]
async fn refuses_wrong_calls_of_bound_functions() {
    let frame = flows().table("flows").await.unwrap();
    let sum_cost = tariffs().sum_cost("egress").unwrap();
    let distinct = sum_cost.call(vec![col("bytes")]).distinct().build().unwrap();
    let distinct = frame.clone().aggregate(vec![], vec![distinct]).unwrap();
    let error = distinct.collect().await.unwrap_err().to_string();
    assert!(error.contains("sum_cost counts equal rows each time: remove DISTINCT"), "{error}");

    let twice = sum_cost.call(vec![lit("egress"), col("bytes")]);
    let error = frame.aggregate(vec![], vec![twice]).unwrap_err().to_string();
    let message =
        "sum_cost: wrong number of arguments, 2: pass one column, because the tariff is bound";
    assert!(is(&error, message), "{error}");
}

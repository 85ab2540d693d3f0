//! A rate card, tables in memory, and answers of queries.

use bandwidth_cost::RateCard;
use bandwidth_cost_datafusion::{Tariffs, register};
use datafusion::{
    arrow::{
        array::{ArrayRef, RecordBatch},
        util::pretty::pretty_format_batches,
    },
    datasource::MemTable,
    error::Result,
    logical_expr::SortExpr,
    prelude::{SessionConfig, SessionContext},
};
use std::{collections::BTreeMap, sync::Arc};

pub(crate) const CARD: &str = r#"
[[tariff]]
name = "international"
measure = "total volume"
price = "1 USD per 1 MB"

[[tariff]]
name = "disruption"
measure = "total volume"
price = "10000 USD per 7.5 TB"

[[tariff]]
name = "egress"
measure = "total volume"
graduated = [
    { up_to = "1 MB", price = "0.09 USD per 1 MB" },
    { up_to = "50 MB", price = "0.085 USD per 1 MB" },
    { up_to = "1 GB", price = "0.07 USD per 1 MB" },
    { price = "0.05 USD per 1 MB" },
]

[[tariff]]
name = "sessions"
measure = "total volume"
increment = "1 MB"
price = "2 PKR per 1 MB"
fixed_fee = "3 PKR"

[[tariff]]
name = "classes"
measure = "total volume"
allowance = "500 kB"
all_units = [
    { below = "10 MB", price = "0.3 USD per 1 MB", fee = "1 USD" },
    { price = "0.2 USD per 1 MB", fee = "2 USD" },
]

[[tariff]]
name = "ports"
measure = "95th percentile"
commitment = "100 Mbps"
graduated = [
    { up_to = "1 Gbps", price = "0.80 USD per 1 Mbps" },
    { price = "0.50 USD per 1 Mbps" },
]
"#;

pub(crate) const VOLUMES: [&str; 5] =
    ["international", "disruption", "egress", "sessions", "classes"];

pub(crate) fn card() -> RateCard {
    RateCard::from_toml(CARD, &BTreeMap::new()).expect("the card is right")
}

pub(crate) fn tariffs() -> Tariffs {
    Tariffs::new(&card())
}

/// Returns a session with a number of partitions, which reads small batches.
pub(crate) fn session(partitions: usize) -> SessionContext {
    with(SessionConfig::new().with_target_partitions(partitions).with_batch_size(64))
}

/// Returns a session that hands each row on by itself, as if almost every row were a group.
pub(crate) fn session_of_rows(partitions: usize) -> SessionContext {
    let config = SessionConfig::new().with_target_partitions(partitions).with_batch_size(8);
    let mut config = config;
    let execution = &mut config.options_mut().execution;
    execution.skip_partial_aggregation_probe_rows_threshold = 1;
    execution.skip_partial_aggregation_probe_ratio_threshold = 0.0;
    with(config)
}

fn with(config: SessionConfig) -> SessionContext {
    let context = SessionContext::new_with_config(config);
    register(&context, &tariffs()).expect("functions register");
    context
}

pub(crate) fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let columns = columns.into_iter().map(|(name, array)| (name, array, true));
    RecordBatch::try_from_iter_with_nullable(columns).expect("columns of one length")
}

/// Adds a table of one batch a partition.
pub(crate) fn add_table(context: &SessionContext, name: &str, partitions: Vec<RecordBatch>) {
    add_sorted(context, name, partitions, vec![]);
}

/// Adds a table of which each partition is sorted.
pub(crate) fn add_sorted(
    context: &SessionContext,
    name: &str,
    partitions: Vec<RecordBatch>,
    order: Vec<Vec<SortExpr>>,
) {
    let schema = partitions.first().expect("a partition").schema();
    let partitions = partitions.into_iter().map(|batch| vec![batch]).collect();
    let table = MemTable::try_new(schema, partitions).expect("batches of one schema");
    let table = table.with_sort_order(order);
    context.register_table(name, Arc::new(table)).expect("a new name");
}

pub(crate) async fn answer(context: &SessionContext, sql: &str) -> Result<String> {
    let batches = context.sql(sql).await?.collect().await?;
    Ok(pretty_format_batches(&batches)?.to_string())
}

/// Returns the rows of an answer, without its frame.
pub(crate) async fn rows(context: &SessionContext, sql: &str) -> Result<Vec<String>> {
    let text = answer(context, sql).await?;
    let rows = text.lines().filter(|line| line.starts_with('|')).skip(1);
    Ok(rows.map(|row| row.trim_matches('|').trim().to_owned()).collect())
}

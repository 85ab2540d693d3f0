//! Functions in plans that are sent to other machines.

use crate::support::{add_table, batch, session, tariffs};
use bandwidth_cost::Percentile;
use bandwidth_cost_datafusion::{
    Tariffs,
    codec::{LogicalCodec, PhysicalCodec},
};
use datafusion::{
    arrow::array::{ArrayRef, UInt64Array},
    arrow::util::pretty::pretty_format_batches,
    logical_expr::AggregateUDF,
    physical_plan::collect,
    prelude::SessionContext,
};
use datafusion_proto::{
    bytes::{
        logical_plan_from_bytes_with_extension_codec, logical_plan_to_bytes_with_extension_codec,
        physical_plan_from_bytes_with_extension_codec, physical_plan_to_bytes_with_extension_codec,
    },
    logical_plan::{DefaultLogicalExtensionCodec, LogicalExtensionCodec},
    physical_plan::{DefaultPhysicalExtensionCodec, PhysicalExtensionCodec},
};
use std::sync::Arc;

const QUERIES: [&str; 6] = [
    "SELECT bytes, volume_cost('egress', bytes) FROM flows ORDER BY bytes",
    "SELECT bytes, rate_cost('ports', bytes) FROM flows ORDER BY bytes",
    "SELECT sum_cost('classes', bytes), sum_cost('ports', bytes) FROM flows",
    "SELECT bytes % 2, cost_of_sum('classes', bytes), cost_of_sum('ports', bytes) FROM flows \
     GROUP BY 1 ORDER BY 1",
    "SELECT bytes % 2, excess_cost('disruption', bytes, bytes, 40) FROM flows GROUP BY 1 ORDER BY 1",
    "SELECT rate_percentile('90th percentile by rounded rank', bytes) FROM flows",
];

/// Registers a file, because tables in memory are not sent.
async fn with_flows(context: &SessionContext, folder: &std::path::Path) {
    let bytes: ArrayRef = Arc::new(UInt64Array::from_iter_values((0..1000).map(|x| x * x * x)));
    let memory = session(1);
    add_table(&memory, "flows", vec![batch(vec![("bytes", bytes)])]);
    let path = folder.join("flows.parquet");
    let path = path.to_str().unwrap();
    if !folder.join("flows.parquet").exists() {
        let flows = memory.table("flows").await.unwrap();
        flows.write_parquet(path, Default::default(), None).await.unwrap();
    }
    context.register_parquet("flows", path, Default::default()).await.unwrap();
}

#[tokio::test]
async fn plans_that_were_sent_answer_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let here = session(2);
    with_flows(&here, folder.path()).await;
    // Knows neither functions nor tariffs.
    let there = SessionContext::new();
    with_flows(&there, folder.path()).await;
    for sql in QUERIES {
        let frame = here.sql(sql).await.unwrap();
        let physical = frame.clone().create_physical_plan().await.unwrap();
        let wanted = pretty_format_batches(&frame.collect().await.unwrap()).unwrap().to_string();

        let codec = PhysicalCodec(DefaultPhysicalExtensionCodec {});
        let sent = physical_plan_to_bytes_with_extension_codec(physical, &codec).unwrap();
        let task = there.task_ctx();
        let plan = physical_plan_from_bytes_with_extension_codec(&sent, &task, &codec).unwrap();
        let batches = collect(plan, task).await.unwrap();
        assert_eq!(pretty_format_batches(&batches).unwrap().to_string(), wanted, "{sql}");
    }
}

/// These read no file, because logical plans with a file need a codec for tables.
#[tokio::test]
async fn logical_plans_that_were_sent_answer_the_same() {
    let (here, there) = (session(2), SessionContext::new());
    for sql in QUERIES {
        let values = "(VALUES (CAST(7 AS BIGINT)), (1000000007), (500001)) AS flows(bytes)";
        let sql = sql.replace("FROM flows", &format!("FROM {values}"));
        let frame = here.sql(&sql).await.unwrap();
        let codec = LogicalCodec(DefaultLogicalExtensionCodec {});
        let sent =
            logical_plan_to_bytes_with_extension_codec(frame.logical_plan(), &codec).unwrap();
        let wanted = pretty_format_batches(&frame.collect().await.unwrap()).unwrap().to_string();

        let plan =
            logical_plan_from_bytes_with_extension_codec(&sent, &there.task_ctx(), &codec).unwrap();
        let batches = there.execute_logical_plan(plan).await.unwrap().collect().await.unwrap();
        assert_eq!(pretty_format_batches(&batches).unwrap().to_string(), wanted, "{sql}");
    }
}

fn sent(function: &AggregateUDF) -> Vec<u8> {
    let mut bytes = Vec::new();
    LogicalCodec(DefaultLogicalExtensionCodec {}).try_encode_udaf(function, &mut bytes).unwrap();
    bytes
}

#[test]
fn functions_are_equal_after_they_were_sent() {
    let tariffs = tariffs().with_scale(3).unwrap();
    let (logical, physical) = (
        LogicalCodec(DefaultLogicalExtensionCodec {}),
        PhysicalCodec(DefaultPhysicalExtensionCodec {}),
    );
    for function in [
        tariffs.sum_cost("disruption").unwrap(),
        tariffs.sum_cost("ports").unwrap(),
        tariffs.cost_of_sum("disruption").unwrap(),
        tariffs.cost_of_sum("ports").unwrap(),
        tariffs.excess_cost("egress", "5 Tbps".parse().unwrap()).unwrap(),
        Tariffs::rate_percentile(Percentile::P95),
    ] {
        let bytes = sent(&function);
        assert_eq!(*logical.try_decode_udaf(function.name(), &bytes).unwrap(), function);
        assert_eq!(*physical.try_decode_udaf(function.name(), &bytes).unwrap(), function);
        // Any one cut short is refused.
        for end in 0..bytes.len() {
            assert!(logical.try_decode_udaf(function.name(), &bytes[..end]).is_err());
        }
    }
    for function in [tariffs.volume_cost(), tariffs.rate_cost()] {
        let mut bytes = Vec::new();
        physical.try_encode_udf(&function, &mut bytes).unwrap();
        assert_eq!(*logical.try_decode_udf(function.name(), &bytes).unwrap(), function);
        assert_eq!(*physical.try_decode_udf(function.name(), &bytes).unwrap(), function);
    }
}

#[test]
fn leaves_other_functions_to_the_inner_codec() {
    let codec = LogicalCodec(DefaultLogicalExtensionCodec {});
    let sum: AggregateUDF = (*datafusion::functions_aggregate::sum::sum_udaf()).clone();
    assert!(sent(&sum).is_empty());
    let inner = "LogicalExtensionCodec is not provided for aggregate function sum";
    let error = codec.try_decode_udaf("sum", &[]).unwrap_err().to_string();
    assert!(error.contains(inner), "{error}");
    let error = codec.try_decode_udaf("sum", b"of another crate").unwrap_err().to_string();
    assert!(error.contains(inner), "{error}");
}

#[test]
fn refuses_bytes_that_are_not_a_function() {
    let codec = LogicalCodec(DefaultLogicalExtensionCodec {});
    let sum_cost = sent(&tariffs().sum_cost("egress").unwrap());
    assert_eq!(
        codec.try_decode_udf("sum_cost", &sum_cost).unwrap_err().to_string(),
        "External error: unreadable function in a plan, which is of another kind: \
         check that all machines run one version",
    );
    let error = codec.try_decode_udaf("sum_cost", &sum_cost[..20]).unwrap_err().to_string();
    assert_eq!(
        error,
        "External error: unreadable function in a plan, Hit the end of buffer, expected more data: \
         check that all machines run one version",
    );
}

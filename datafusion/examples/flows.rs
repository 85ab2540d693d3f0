//! Prices each customer's traffic under the tariffs of a rate card, from a Parquet file.
//!
//! ```text
//! cargo run --example flows                 # 100,000 made-up flows
//! cargo run --example flows -- flows/       # your own, with the columns customer and bytes
//! ```

use bandwidth_cost::RateCard;
use bandwidth_cost_datafusion::{Tariffs, register};
use datafusion::{
    arrow::{
        array::{ArrayRef, Int64Array, RecordBatch, UInt64Array},
        error::ArrowError,
    },
    dataframe::DataFrameWriteOptions,
    prelude::{ParquetReadOptions, SessionContext},
};
use std::{collections::BTreeMap, env, error::Error, sync::Arc};

const CARD: &str = include_str!("international.toml");
const FLOWS: i64 = 100_000;
const CUSTOMERS: i64 = 1_000;

/// Tiers apply to the sum of a customer's flows. A flat price costs the same either way.
const QUERY: &str = "
    SELECT
        customer,
        count(*) AS flows,
        sum_cost('international', bytes) AS international,
        sum_cost('disruption', bytes) AS disruption,
        cost_of_sum('egress', bytes) AS egress
    FROM flows
    GROUP BY customer
    ORDER BY international DESC, customer
    LIMIT 5";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let context = SessionContext::new();
    let card = RateCard::from_toml(CARD, &BTreeMap::new())?;
    register(&context, &Tariffs::new(&card).with_scale(2)?)?;

    let folder = tempfile::tempdir()?;
    let path = match env::args().nth(1) {
        Some(path) => path,
        None => {
            let file = folder.path().join("flows.parquet");
            let path = file.to_str().ok_or("the temporary folder's name is no text")?.to_owned();
            let flows = context.read_batch(flows()?)?;
            flows.write_parquet(&path, DataFrameWriteOptions::new(), None).await?;
            path
        }
    };
    context.register_parquet("flows", &path, ParquetReadOptions::default()).await?;

    println!("US dollars of the five customers with the highest charge:");
    context.sql(QUERY).await?.show().await?;
    Ok(())
}

/// Returns flows of 64 B to about 4 GB, of which most are small.
fn flows() -> Result<RecordBatch, ArrowError> {
    // Steps through all customers before one comes again.
    let customers = (0..FLOWS).map(|n| n.wrapping_mul(7_919) % CUSTOMERS);
    let bytes = (0..FLOWS.unsigned_abs()).map(|n| 64 << (n.wrapping_mul(0x9e37_79b9) % 1_021 / 38));
    let customers: ArrayRef = Arc::new(Int64Array::from_iter_values(customers));
    let bytes: ArrayRef = Arc::new(UInt64Array::from_iter_values(bytes));
    RecordBatch::try_from_iter([("customer", customers), ("bytes", bytes)])
}

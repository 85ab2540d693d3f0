//! Runs one query on one core, on all cores and on a cluster, and compares all digits.
//!
//! ```text
//! cargo run --release --example cluster --features codec
//! ```

#[path = "support/cluster.rs"]
#[expect(dead_code, reason = "its test uses more")]
mod cluster;

use bandwidth_cost_datafusion::register;
use cluster::{Cluster, PATIENCE, Result, directory, run, tariffs, write_flows};
use datafusion::{
    arrow::{array::RecordBatch, compute::concat_batches},
    prelude::{ParquetReadOptions, SessionConfig, SessionContext},
};
use std::{env, path::Path, process::Command, thread, time::Instant};
use tokio::{signal, time::timeout};

const FILES: u64 = 8;
const ROWS: u64 = 100_000;
const CUSTOMERS: i64 = 10_000;
const EXECUTORS: usize = 2;

const QUERY: &str = "
    SELECT
        customer,
        count(*) AS flows,
        sum_cost('international', bytes) AS international,
        sum_cost('disruption', bytes) AS disruption,
        cost_of_sum('egress', bytes) AS egress
    FROM flows
    GROUP BY customer
    ORDER BY customer";

#[tokio::main]
async fn main() -> Result<()> {
    let role: Vec<String> = env::args().skip(1).collect();
    if !role.is_empty() {
        return run(&role, Vec::new()).await;
    }
    // All processes end with this one, and the files are removed, however it ends.
    tokio::select! {
        done = compare() => done,
        interrupted = signal::ctrl_c() => {
            interrupted?;
            Err("interrupted".into())
        }
    }
}

async fn compare() -> Result<()> {
    let directory = directory()?;
    write_flows(directory.path(), FILES, ROWS, CUSTOMERS)?;
    println!("{} flows of {CUSTOMERS} customers in {FILES} files", FILES.saturating_mul(ROWS));

    let cores = thread::available_parallelism()?.get();
    let one = answer("one core", &local(1), directory.path()).await?;
    let all = answer("all cores", &local(cores), directory.path()).await?;

    let program = env::current_exe()?;
    let cluster = Cluster::start(EXECUTORS, |role| {
        let mut command = Command::new(&program);
        command.args(role);
        Ok(command)
    });
    let cluster = cluster.await?;
    let session = cluster.session(cores.saturating_mul(EXECUTORS)).await?;
    let distributed = answer("cluster", &session, directory.path()).await?;

    if one.columns() != all.columns() || one.columns() != distributed.columns() {
        return Err("the answers differ".into());
    }
    println!("the same in all {} rows, to the last digit", one.num_rows());
    Ok(())
}

fn local(partitions: usize) -> SessionContext {
    SessionContext::new_with_config(SessionConfig::new().with_target_partitions(partitions))
}

/// Returns all rows in one batch.
async fn answer(name: &str, session: &SessionContext, flows: &Path) -> Result<RecordBatch> {
    register(session, &tariffs()?)?;
    let path = flows.to_str().ok_or("the temporary directory's name is not UTF-8")?;
    session.register_parquet("flows", path, ParquetReadOptions::default()).await?;
    let start = Instant::now();
    let rows = timeout(PATIENCE, async { session.sql(QUERY).await?.collect().await });
    let rows = rows.await.map_err(|_| format!("{name}: no answer in {PATIENCE:?}"))??;
    println!("{name:<10}{:>10.3?}", start.elapsed());
    let first = rows.first().ok_or("no rows")?;
    Ok(concat_batches(&first.schema(), &rows)?)
}

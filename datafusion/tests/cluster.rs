//! A cluster that loses executors gives the same digits or an error, and never waits for ever.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

#[path = "../examples/support/cluster.rs"]
mod cluster;

use bandwidth_cost_datafusion::register;
use cluster::{Cluster, PATIENCE, Result, directory, run, tariffs, wait, write_flows};
use datafusion::{
    arrow::{
        array::{ArrayRef, RecordBatch},
        compute::concat_batches,
        datatypes::DataType,
    },
    common::exec_err,
    logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf},
    prelude::{ParquetReadOptions, SessionConfig, SessionContext},
    scalar::ScalarValue,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
    sync::Arc,
    thread,
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

/// The environment variable with the role of a process of a cluster.
const ROLE: &str = "BANDWIDTH_COST_ROLE";

/// The file that [`hold`] waits for in all processes.
const GO: &str = "go";

const NO_ANSWER: &str = "no answer in time";

const PARTITIONS: usize = 4;

/// Held while executors sum the flows up.
const SUMMING: &str = "
    SELECT customer, sum_cost('disruption', bytes) AS cost
    FROM flows
    WHERE hold('DIRECTORY', customer) = customer
    GROUP BY customer
    ORDER BY customer";

/// Held when the sums of all executors are merged.
const MERGING: &str = "
    SELECT hold('DIRECTORY', customer) AS customer, cost
    FROM (SELECT customer, sum_cost('disruption', bytes) AS cost FROM flows GROUP BY customer)
    ORDER BY customer";

const PLAIN: &str = "
    SELECT customer, sum_cost('disruption', bytes) AS cost
    FROM flows
    GROUP BY customer
    ORDER BY customer";

/// Runs the processes that the tests start.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of a cluster, which the tests below start"]
async fn role() -> Result<()> {
    let Ok(role) = env::var(ROLE) else {
        return Ok(());
    };
    let role: Vec<String> = role.split('\n').map(str::to_owned).collect();
    run(&role, vec![hold()]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_executor_is_lost_that_sums_up() -> Result<()> {
    let mut held = Held::new(SUMMING, 2).await?;
    held.cluster.kill_executor(0);
    held.let_go()?;
    held.ends_well().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_executor_is_lost_whose_sums_are_not_yet_merged() -> Result<()> {
    let mut held = Held::new(SUMMING, 2).await?;
    let id = held.cluster.executor_id(0).unwrap();
    fs::write(go(held.directory.path(), id), "")?;
    // It needs far less; otherwise the test is the one above.
    sleep(Duration::from_secs(1)).await;
    held.cluster.kill_executor(0);
    held.let_go()?;
    held.ends_well().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_executor_is_lost_that_merges() -> Result<()> {
    let mut held = Held::new(MERGING, 1).await?;
    let merges = held.begun()?.first().copied().unwrap();
    held.cluster.kill_executor(merges);
    held.let_go()?;
    held.ends_well().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_ends_with_an_error_if_all_executors_are_lost() -> Result<()> {
    let mut held = Held::new(SUMMING, 2).await?;
    held.cluster.kill_executor(1);
    held.cluster.kill_executor(0);
    let error = held.answer.await?.unwrap_err();
    assert!(error.contains("Job ") && error.contains("all executors were lost"), "{error}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn all_kinds_of_functions_answer_as_on_one_machine() -> Result<()> {
    const QUERY: &str = "
        SELECT
            customer,
            volume_cost('egress', sum(CAST(bytes AS DECIMAL(20, 0)))) AS egress,
            sum_cost('egress', bytes) AS flow_by_flow,
            cost_of_sum('egress', bytes) AS bill,
            excess_cost('disruption', bytes, customer, 1000000000) AS excess,
            rate_percentile(95, bytes) AS percentile
        FROM flows
        GROUP BY customer
        ORDER BY customer";
    let mut held = Held::new(SUMMING, 2).await?;
    held.let_go()?;
    assert!((&mut held.answer).await?? == held.expected);
    let (here, there) = (SessionContext::new(), held.cluster.session(PARTITIONS).await?);
    let wanted = answer(here, flows(&held.directory), QUERY.to_owned()).await?;
    assert!(wanted.len() == 6 && wanted.iter().all(|column| column.len() == 1_000));
    let got = answer(there, flows(&held.directory), QUERY.to_owned()).await?;
    assert!(got == wanted, "another answer: {got:?}");
    let [_, egress, flow_by_flow, bill, ..] = wanted.as_slice() else {
        return Err("fewer columns than the query has".into());
    };
    assert!(bill == egress && bill != flow_by_flow);
    Ok(())
}

/// An executor's errors have the words that they have on one machine.
#[tokio::test(flavor = "multi_thread")]
async fn a_negative_number_is_named() -> Result<()> {
    let mut held = Held::new(SUMMING, 2).await?;
    held.let_go()?;
    assert!((&mut held.answer).await?? == held.expected);
    let session = held.cluster.session(PARTITIONS).await?;
    let query = "SELECT sum_cost('disruption', customer - 5) FROM flows".to_owned();
    let error = answer(session, flows(&held.directory), query).await.unwrap_err();
    assert!(error.contains("sum_cost: the bytes include a negative number, -"), "{error}");
    assert!(error.contains(": check the column"), "{error}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_ends_with_an_error_if_the_scheduler_is_lost() -> Result<()> {
    let mut held = Held::new(SUMMING, 2).await?;
    held.cluster.kill_scheduler();
    let error = held.answer.await?.unwrap_err();
    assert!(!error.contains(NO_ANSWER), "{error}");
    Ok(())
}

/// A query that executors have begun and can't end yet.
struct Held {
    cluster: Cluster,
    answer: JoinHandle<Result<Vec<ArrayRef>, String>>,
    expected: Vec<ArrayRef>,
    directory: TempDir,
}

impl Held {
    /// Waits until `begun` of two executors have begun.
    async fn new(query: &str, begun: usize) -> Result<Self> {
        let directory = directory()?;
        fs::create_dir(flows(&directory))?;
        write_flows(&flows(&directory), 8, 5_000, 1_000)?;
        let one = SessionConfig::new().with_target_partitions(1);
        let one = SessionContext::new_with_config(one);
        let expected = answer(one, flows(&directory), PLAIN.to_owned()).await?;

        let program = env::current_exe()?;
        let cluster = Cluster::start(2, |role| {
            let mut command = Command::new(&program);
            command.args(["role", "--exact", "--ignored", "--nocapture"]);
            command.env(ROLE, role.join("\n"));
            Ok(command)
        });
        let cluster = cluster.await?;
        let session = cluster.session(PARTITIONS).await?;
        let query = query.replace("DIRECTORY", directory.path().to_str().unwrap());
        let answer = tokio::spawn(answer(session, flows(&directory), query));
        let held = Self { cluster, answer, expected, directory };
        let begin = Instant::now();
        while held.begun()?.len() < begun {
            assert!(!held.answer.is_finished(), "{:?}", held.answer.await);
            wait(begin, "an executor has nothing to do").await?;
        }
        Ok(held)
    }

    /// Returns the executors that have begun.
    fn begun(&self) -> Result<Vec<usize>> {
        let mut executors = Vec::new();
        for number in 0..2 {
            let id = self.cluster.executor_id(number).unwrap();
            if begun(self.directory.path(), id).try_exists()? {
                executors.push(number);
            }
        }
        Ok(executors)
    }

    fn let_go(&self) -> Result<()> {
        Ok(fs::write(self.directory.path().join(GO), "")?)
    }

    /// Checks that after the loss of an executor the held query has the right answer or an error, and
    /// the next query the right answer.
    async fn ends_well(self) -> Result<()> {
        match self.answer.await? {
            Ok(rows) => assert!(rows == self.expected, "another answer: {rows:?}"),
            Err(error) => assert!(error.contains("Job ") && error.contains(" failed: "), "{error}"),
        }
        let begin = Instant::now();
        while self.cluster.registered().await? > 1 {
            wait(begin, "the scheduler does not miss the executor").await?;
        }
        let session = self.cluster.session(PARTITIONS).await?;
        let rows = answer(session, flows(&self.directory), PLAIN.to_owned()).await?;
        assert!(rows == self.expected, "another answer: {rows:?}");
        Ok(())
    }
}

/// Returns the columns of all rows.
async fn answer(
    session: SessionContext,
    flows: PathBuf,
    query: String,
) -> Result<Vec<ArrayRef>, String> {
    let answer = async {
        register(&session, &tariffs()?)?;
        session.register_udf(hold());
        session
            .register_parquet("flows", flows.to_str().unwrap(), ParquetReadOptions::default())
            .await?;
        let rows: Vec<RecordBatch> = session.sql(&query).await?.collect().await?;
        let schema = rows.first().ok_or("no rows")?.schema();
        Result::Ok(concat_batches(&schema, &rows)?.columns().to_vec())
    };
    let answer: Result<Result<_>, _> = timeout(PATIENCE, answer).await;
    answer.map_err(|_| NO_ANSWER.to_owned())?.map_err(|error| error.to_string())
}

/// Returns `hold(directory, number)`, which writes a file that it has begun, and returns the number
/// when there is a file that lets it go on.
fn hold() -> ScalarUDF {
    let types = vec![DataType::Utf8, DataType::Int64];
    let function = |args: &[ColumnarValue]| {
        let [ColumnarValue::Scalar(ScalarValue::Utf8(Some(directory))), number] = args else {
            return exec_err!("hold() of {args:?}");
        };
        let directory = Path::new(directory);
        let id = process::id();
        fs::write(begun(directory, id), "")?;
        let start = Instant::now();
        while !directory.join(GO).try_exists()? && !go(directory, id).try_exists()? {
            if start.elapsed() > PATIENCE {
                return exec_err!("nobody lets go");
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(number.clone())
    };
    create_udf("hold", types, DataType::Int64, Volatility::Volatile, Arc::new(function))
}

fn begun(directory: &Path, process: u32) -> PathBuf {
    directory.join(format!("begun-{process}"))
}

/// Returns the file that one process waits for.
fn go(directory: &Path, process: u32) -> PathBuf {
    directory.join(format!("{GO}-{process}"))
}

fn flows(directory: &TempDir) -> PathBuf {
    directory.path().join("flows")
}

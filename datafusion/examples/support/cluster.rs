//! A Ballista cluster of processes on this machine: a scheduler and its executors.
//!
//! A program starts itself again for each process, so nothing has to be installed. The processes end
//! when [`Cluster`] is dropped.

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::{
    config::BALLISTA_SCHEDULER_MAX_PARTITIONS_PER_TASK,
    registry::BallistaFunctionRegistry,
    serde::{BallistaLogicalExtensionCodec, BallistaPhysicalExtensionCodec},
};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::{
    cluster::BallistaCluster,
    config::{SchedulerConfig, TaskDistributionPolicy},
    scheduler_process::{create_scheduler, start_grpc_service_with_listener},
};
use bandwidth_cost::RateCard;
use bandwidth_cost_datafusion::{
    Tariffs,
    codec::{LogicalCodec, PhysicalCodec},
};
use datafusion::{
    arrow::{
        array::{Int64Array, RecordBatch, UInt64Array},
        datatypes::{DataType, Field, Schema},
    },
    execution::{SessionState, SessionStateBuilder},
    logical_expr::ScalarUDF,
    parquet::arrow::ArrowWriter,
    prelude::{SessionConfig, SessionContext},
};
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::{self, Child, Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep, timeout},
};

pub(crate) type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

const HOST: &str = "127.0.0.1";

/// The seconds without a heartbeat after which an executor is lost and its work is done elsewhere.
/// A busy executor may be late, so this is far more than [`HEARTBEAT`].
const LOST_AFTER: u64 = 10;

/// The seconds between two heartbeats of an executor.
const HEARTBEAT: u64 = 1;

/// The longest time for a cluster to start, and for an answer to arrive.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The task slots of an executor. If a stage is run again, an executor that was busy with it loses a
/// slot, so with a single slot it would stop working.
const TASKS: usize = 4;

/// The number of restarts of executors whose port another program has taken.
const RESTARTS: usize = 3;

/// The file to which the scheduler writes its port.
const PORT_FILE: &str = "port";

/// Has a price that decimals hold exactly, and one of 4/3 billionths of a dollar a byte.
const CARD: &str = include_str!("../international.toml");

/// A scheduler and its executors, which end when this is dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    // Dropped in this order, so that no process outlives the directory that it writes to.
    executors: Vec<Process>,
    scheduler: Option<Process>,
    port: u16,
    _directory: TempDir,
}

/// A process that ends when this is dropped.
#[derive(Debug)]
struct Process(Child);

impl Cluster {
    /// Starts a scheduler and executors, and waits until all are registered. `command` starts the
    /// program again so that it calls [`run`] with the given arguments.
    pub(crate) async fn start(
        executors: usize,
        command: impl Fn(&[String]) -> Result<Command>,
    ) -> Result<Self> {
        let directory = directory()?;
        let path =
            directory.path().to_str().ok_or("the temporary directory's name is not UTF-8")?;
        let path = path.to_owned();
        let start = |role: &[String]| Process::start(command(role)?);
        let begin = Instant::now();

        let role = ["scheduler".to_owned(), executors.to_string(), path.clone()];
        let mut scheduler = start(&role)?;
        let port_file = directory.path().join(PORT_FILE);
        let port = loop {
            if let Ok(port) = fs::read_to_string(&port_file) {
                break port.parse()?;
            }
            if let Some(status) = scheduler.ended()? {
                return Err(format!("the scheduler has ended: {status}").into());
            }
            wait(begin, "the scheduler does not say its port").await?;
        };

        let start_executor = |number: usize| {
            let work = format!("{path}/{number}");
            start(&["executor".to_owned(), u16::to_string(&port), work])
        };
        let started = (0..executors).map(start_executor).collect::<Result<_>>()?;
        let mut cluster =
            Self { executors: started, scheduler: Some(scheduler), port, _directory: directory };
        let mut restarts = 0;
        while cluster.registered().await.unwrap_or(0) < executors {
            for (number, executor) in cluster.executors.iter_mut().enumerate() {
                if let Some(status) = executor.ended()? {
                    if restarts == RESTARTS {
                        return Err(format!("an executor has ended: {status}").into());
                    }
                    restarts = restarts.saturating_add(1);
                    *executor = start_executor(number)?;
                }
            }
            wait(begin, "the executors do not find the scheduler").await?;
        }
        Ok(cluster)
    }

    /// Returns the number of executors that the scheduler has registered.
    pub(crate) async fn registered(&self) -> Result<usize> {
        let answer = async {
            let mut stream = TcpStream::connect((HOST, self.port)).await?;
            stream.write_all(b"GET /readyz HTTP/1.0\r\n\r\n").await?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await?;
            io::Result::Ok(answer)
        };
        let answer = timeout(Duration::from_secs(5), answer).await??;
        // "ready: 2 executors registered", or "not ready: 1/2 executors registered".
        let (_, count) = answer.rsplit_once("ready: ").ok_or("the scheduler says nothing")?;
        let digits = count.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        Ok(digits.parse()?)
    }

    /// Returns a session whose queries the cluster runs.
    pub(crate) async fn session(&self, partitions: usize) -> Result<SessionContext> {
        let config = SessionConfig::new_with_ballista()
            .with_target_partitions(partitions)
            .with_ballista_logical_extension_codec(logical_codec())
            // Lets all executors get some of the work.
            .set_usize(BALLISTA_SCHEDULER_MAX_PARTITIONS_PER_TASK, 1)
            // The README's table says why: the adaptive planner waits for lost results for ever, and
            // a stage of several merging tasks that is run again sends some of its results twice.
            .with_ballista_adaptive_query_planner(false)
            .with_repartition_aggregations(false);
        let state = SessionStateBuilder::new().with_default_features().with_config(config).build();
        let url = format!("df://{HOST}:{}", self.port);
        Ok(SessionContext::remote_with_state(&url, state).await?)
    }

    /// Returns the process id of an executor.
    pub(crate) fn executor_id(&self, number: usize) -> Option<u32> {
        self.executors.get(number).map(|executor| executor.0.id())
    }

    /// Kills an executor.
    pub(crate) fn kill_executor(&mut self, number: usize) {
        drop(self.executors.remove(number));
    }

    /// Kills the scheduler.
    pub(crate) fn kill_scheduler(&mut self) {
        drop(self.scheduler.take());
    }
}

impl Process {
    fn start(mut command: Command) -> Result<Self> {
        // Its input ends with this process, even if this process is killed.
        let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        Ok(Self(child))
    }

    fn ended(&mut self) -> io::Result<Option<process::ExitStatus>> {
        self.0.try_wait()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs the scheduler or an executor until the program that started it ends. `known` are functions
/// that plans name without containing them.
pub(crate) async fn run(role: &[String], known: Vec<ScalarUDF>) -> Result<()> {
    thread::spawn(|| {
        // Nothing is written to it, so this ends when the other end is closed.
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        process::exit(0);
    });
    match role {
        [name, executors, directory] if name == "scheduler" => {
            scheduler(executors.parse()?, Path::new(directory), known).await
        }
        [name, port, directory] if name == "executor" => {
            executor(port.parse()?, directory, known).await
        }
        _ => Err(format!("{role:?} is not a role in a cluster").into()),
    }
}

async fn scheduler(executors: usize, directory: &Path, known: Vec<ScalarUDF>) -> Result<()> {
    let listener = tokio::net::TcpListener::bind((HOST, 0)).await?;
    let port = listener.local_addr()?.port();
    let config = SchedulerConfig {
        external_host: HOST.to_owned(),
        bind_host: HOST.to_owned(),
        bind_port: port,
        min_ready_executors: executors,
        task_distribution: TaskDistributionPolicy::RoundRobin,
        executor_timeout_seconds: LOST_AFTER,
        no_executors_grace_period_seconds: LOST_AFTER,
        expire_dead_executor_interval_seconds: HEARTBEAT,
        override_logical_codec: Some(logical_codec()),
        override_physical_codec: Some(physical_codec()),
        override_session_builder: Some(Arc::new(move |config| state(config, &known))),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await?;
    let scheduler =
        create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config)).await?;
    // Renames the file when it is complete.
    let unfinished = directory.join("port.unfinished");
    fs::write(&unfinished, port.to_string())?;
    fs::rename(&unfinished, directory.join(PORT_FILE))?;
    Ok(start_grpc_service_with_listener(listener, scheduler).await?)
}

async fn executor(scheduler: u16, directory: &str, known: Vec<ScalarUDF>) -> Result<()> {
    fs::create_dir_all(directory)?;
    let [flight, grpc] = free_ports()?;
    let known: BallistaFunctionRegistry =
        (&state(SessionConfig::new_with_ballista(), &known)?).into();
    let config = ExecutorProcessConfig {
        bind_host: HOST.to_owned(),
        external_host: Some(HOST.to_owned()),
        port: flight,
        grpc_port: grpc,
        scheduler_host: HOST.to_owned(),
        scheduler_port: scheduler,
        scheduler_connect_timeout_seconds: 10,
        work_dir: Some(directory.to_owned()),
        executor_heartbeat_interval_seconds: HEARTBEAT,
        vcores: TASKS,
        override_function_registry: Some(Arc::new(known)),
        override_logical_codec: Some(logical_codec()),
        override_physical_codec: Some(physical_codec()),
        ..ExecutorProcessConfig::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}

/// Returns a state with Ballista's own functions and the given ones.
fn state(config: SessionConfig, known: &[ScalarUDF]) -> datafusion::error::Result<SessionState> {
    let state = ballista_core::utils::default_session_builder(config)?;
    let context = SessionContext::new_with_state(state);
    for function in known {
        context.register_udf(function.clone());
    }
    Ok(context.state())
}

fn logical_codec() -> Arc<LogicalCodec<BallistaLogicalExtensionCodec>> {
    Arc::new(LogicalCodec(BallistaLogicalExtensionCodec::default()))
}

fn physical_codec() -> Arc<PhysicalCodec<BallistaPhysicalExtensionCodec>> {
    Arc::new(PhysicalCodec(BallistaPhysicalExtensionCodec::default()))
}

/// Returns two free ports. An executor must be told its ports, so another program may take them
/// first.
fn free_ports() -> io::Result<[u16; 2]> {
    let first = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let second = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok([first.local_addr()?.port(), second.local_addr()?.port()])
}

/// Creates a directory that is removed when the value is dropped.
pub(crate) fn directory() -> io::Result<TempDir> {
    TempDir::with_prefix("bandwidth-cost-")
}

/// Waits for a moment, or returns the error `late` after [`PATIENCE`].
pub(crate) async fn wait(begin: Instant, late: &str) -> Result<()> {
    if begin.elapsed() > PATIENCE {
        return Err(late.into());
    }
    sleep(Duration::from_millis(20)).await;
    Ok(())
}

/// Returns the tariffs of the queries.
pub(crate) fn tariffs() -> Result<Tariffs> {
    Ok(Tariffs::new(&RateCard::from_toml(CARD, &BTreeMap::new())?))
}

/// Writes files of flows with their customers and bytes, which are the same each time.
pub(crate) fn write_flows(directory: &Path, files: u64, rows: u64, customers: i64) -> Result<()> {
    let schema = Arc::new(Schema::new(vec![
        Field::new("customer", DataType::Int64, false),
        Field::new("bytes", DataType::UInt64, false),
    ]));
    for file in 0..files {
        let mut random = Random(file);
        let customer = (0..rows).map(|_| random.next().cast_signed().rem_euclid(customers));
        let customer = customer.collect::<Int64Array>();
        // Up to two gigabytes.
        let bytes = (0..rows).map(|_| random.next() >> 33);
        let bytes = bytes.collect::<UInt64Array>();
        let batch =
            RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(customer), Arc::new(bytes)])?;
        let path = directory.join(format!("{file}.parquet"));
        let mut writer = ArrowWriter::try_new(File::create(path)?, Arc::clone(&schema), None)?;
        writer.write(&batch)?;
        writer.close()?;
    }
    Ok(())
}

/// A generator of pseudorandom numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
}

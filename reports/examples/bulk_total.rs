//! Millions of flow records under three schedules: what they cost in all, exactly, and how long
//! that takes beside reading them.
//!
//! ```text
//! cargo run --release --features progress --example bulk_total
//! cargo run --release --features progress --example bulk_total -- --records 200
//! ```

#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts and times of what fits memory are small"
)]

use bandwidth_cost::{
    DataVolume, Ratio, RoundingStrategy, Schedule, Tier, Tiers, VolumeUnit, bulk::Column,
};
use bandwidth_cost_reports::table::table;
use indicatif::{ProgressBar, ProgressStyle};
use lexopt::{Arg, Parser, ValueExt};
use std::{
    error::Error,
    ffi::OsString,
    hint::black_box,
    io::{self, Write},
    process::ExitCode,
    time::{Duration, Instant},
};

const USAGE: &str = "\
usage: bulk_total [--records MILLIONS]

  --records MILLIONS  how many millions of records, 50 unless told";

const MILLION: usize = 1_000_000;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

/// Makes the records, totals them and says how long it took.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let mut millions = 50;
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("records") => millions = parser.value()?.parse()?,
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    if millions == 0 {
        return Err("0 million records: pass at least 1".into());
    }
    let schedules = schedules()?;
    let progress = progress(millions, schedules.len())?;
    let records = records(millions, &progress)?;
    let volume = Column::bytes(&records).total()?;
    writeln!(out, "{millions} million flow records, {volume:#.2} in all:\n")?;

    let mut rows = vec![Row {
        work: "reading them",
        total: String::new(),
        time: reading(&records, &progress),
    }];
    for (work, schedule) in &schedules {
        let (total, time) = total(schedule, &records, &progress)?;
        rows.push(Row { work, total, time });
    }
    progress.finish_and_clear();
    writeln!(out, "{}", timings(&rows, u64::try_from(records.len())?)?)?;
    Ok(())
}

/// What was done with the records, what came out, and how long it took.
struct Row {
    work: &'static str,
    total: String,
    time: Duration,
}

fn timings(rows: &[Row], records: u64) -> Result<String> {
    let per_record = rows.iter().map(|row| quotient(row.time.as_nanos(), records.into()));
    let bytes = u128::from(records) * 8;
    let speed = rows.iter().map(|row| quotient(bytes, row.time.as_nanos().max(1).into()));
    Ok(table(&[
        ("work".to_owned(), rows.iter().map(|row| row.work.to_owned()).collect()),
        ("total".to_owned(), rows.iter().map(|row| row.total.clone()).collect()),
        ("ns a record".to_owned(), per_record.collect::<Result<_>>()?),
        ("GB/s".to_owned(), speed.collect::<Result<_>>()?),
    ]))
}

fn quotient(dividend: u128, divisor: Ratio) -> Result<String> {
    Ok(format!("{:.2}", Ratio::from(dividend).checked_div(&divisor)?))
}

/// Three ways to charge for the same flows.
pub(crate) fn schedules() -> Result<[(&'static str, Schedule<DataVolume>); 3]> {
    let graduated = Tiers::new([
        Tier::up_to(DataVolume::from_megabytes(1), "0.09 USD per 1 GB".parse()?),
        Tier::up_to(DataVolume::from_megabytes(100), "0.085 USD per 1 GB".parse()?),
        Tier::up_to(DataVolume::from_gigabytes(100), "0.07 USD per 1 GB".parse()?),
        Tier::rest("0.05 USD per 1 GB".parse()?),
    ])?;
    let started = Schedule::flat("0.0001 USD per 1 MB".parse()?);
    Ok([
        ("at 0.09 USD per GB", Schedule::flat("0.09 USD per 1 GB".parse()?)),
        ("in four tiers", Schedule::graduated(graduated)),
        ("per started MB", started.with_increment(DataVolume::from_megabytes(1))?),
    ])
}

/// Shown on a terminal only: one step for each million records made, read and priced.
fn progress(millions: usize, schedules: usize) -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("{msg:18} {wide_bar} {pos}/{len} million")?;
    let steps = millions.checked_mul(schedules + 2).ok_or("more records than can be counted")?;
    Ok(ProgressBar::new(u64::try_from(steps)?).with_style(style))
}

/// Flows from 1 kB to 10 TB, each magnitude as likely as the next; the same at every run.
pub(crate) fn records(millions: usize, progress: &ProgressBar) -> Result<Vec<u64>> {
    progress.set_message("making records");
    let count = millions.checked_mul(MILLION).ok_or("more records than can be counted")?;
    let mut records = Vec::new();
    records
        .try_reserve_exact(count)
        .map_err(|_| format!("{millions} million records do not fit in memory: pass fewer"))?;
    for million in (0_u64..).take(millions) {
        let flow = |at| {
            let bits = noise(million << 20 | at);
            (1 + bits % 999) * 10_u64.pow(u32::try_from(bits >> 32).unwrap_or(0) % 11)
        };
        records.extend((0..).take(MILLION).map(flow));
        progress.inc(1);
    }
    Ok(records)
}

/// Numbers that look random.
fn noise(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// How long it takes to do no more than to add up the numbers, without a check.
fn reading(records: &[u64], progress: &ProgressBar) -> Duration {
    progress.set_message("reading");
    let mut time = Duration::ZERO;
    for chunk in records.chunks(MILLION) {
        let start = Instant::now();
        black_box(chunk.iter().fold(0, |sum: u64, x| sum.wrapping_add(*x)));
        time += start.elapsed();
        progress.inc(1);
    }
    time
}

/// The exact total in cents, and how long it took; a million at a time, as from files.
fn total(
    schedule: &Schedule<DataVolume>,
    records: &[u64],
    progress: &ProgressBar,
) -> Result<(String, Duration)> {
    progress.set_message("pricing");
    let pricer = schedule.compile(VolumeUnit::Byte);
    let (mut sums, mut time) = (pricer.partial(), Duration::ZERO);
    for chunk in records.chunks(MILLION) {
        let start = Instant::now();
        pricer.add(&mut sums, &Column::bytes(chunk))?;
        time += start.elapsed();
        progress.inc(1);
    }
    let start = Instant::now();
    let cost = pricer.finish(&sums)?;
    time += start.elapsed();
    Ok((format!("{:#}", cost.round(RoundingStrategy::MidpointNearestEven)?), time))
}

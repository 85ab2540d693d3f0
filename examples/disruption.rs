//! What a disruption cost: the traffic above what its hour of the week usually carries, priced to
//! the minute, in dollars and rupees.
//!
//! ```text
//! cargo run --release --example disruption
//! cargo run --release --example disruption -- --csv border.csv --plot disruption.svg
//! ```

#![allow(clippy::arithmetic_side_effects, reason = "the traffic that is made here is small")]

mod support;

use bandwidth_cost::{
    Baseline, Currency, DataRate, GapPolicy, RateTable, RateUnit, Schedule, Tariff, UsageSeries,
    VolumeMeter,
    jiff::{
        Timestamp,
        civil::{Date, date},
        tz::TimeZone,
    },
    pta,
};
use lexopt::{Arg, Parser};
use std::{
    error::Error,
    ffi::OsString,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};
use support::{
    chart::{self, Labels, traffic},
    table::table,
};

const USAGE: &str = "\
usage: disruption [--csv FILE] [--plot FILE.svg]

  --csv FILE       the border's traffic, `time,bits` or `time,rate` rows: the last calendar month is
                   held against what was usual before it
  --plot FILE.svg  draws the days around the largest excess";

/// The closing rate between banks on 31 December 2024, State Bank of Pakistan
/// (dailytimes.com.pk/1252459).
const FIXING: (Date, &str) = (date(2024, 12, 31), "1 USD = 278.55 PKR");

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    support::exit(run(std::env::args_os().skip(1).collect(), &mut io::stdout().lock()))
}

/// Reads the arguments, prices the excess, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let (mut file, mut picture) = (None, None);
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("csv") => file = Some(PathBuf::from(parser.value()?)),
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    let karachi = TimeZone::get("Asia/Karachi")?;
    let whole = file.map_or_else(example_traffic, |file| read_traffic(&file, &karachi))?;
    let (first, month) = whole.by_month(&karachi).last().ok_or("no traffic")?;
    if month.start() == whole.start() {
        return Err("no history before the last month: give it a week at least".into());
    }
    let history = whole.slice(whole.start()..month.start())?;

    // The whole calculation: what is usual, what is above it, what that costs.
    let usual = Baseline::weekly_profile(&history, &karachi)?;
    let meter = VolumeMeter::Excess(usual.clone());
    let tariff = Tariff::by_volume("disruption", meter, Schedule::flat(pta::DISRUPTION_COST));
    let mut rates = RateTable::new().with_max_age(u32::MAX);
    rates.insert(FIXING.0, FIXING.1.parse()?)?;
    let on = karachi.to_datetime(month.end()).date();
    let statement = tariff.bill(&month)?.convert(&rates, Currency::PKR, on.max(FIXING.0))?;

    let name = first.strftime("%B %Y");
    writeln!(out, "The traffic of {name} above what its hour of the week usually carries.\n")?;
    writeln!(out, "{}\n", by_day(&month, &usual, &karachi)?)?;
    writeln!(out, "{statement}")?;
    picture.map_or(Ok(()), |file| draw(&file, &month, &usual, &karachi))
}

/// The days with more than usual: how much, for how long, and what it cost.
fn by_day(month: &UsageSeries, usual: &Baseline, zone: &TimeZone) -> Result<String> {
    let mut rows = Vec::new();
    for (day, excess) in month.excess_slots(usual)?.by_day(zone) {
        let above = excess.volumes().iter().filter(|volume| !volume.is_zero()).count();
        if above > 0 {
            let minutes = excess.interval().as_secs() * above as u64 / 60;
            let cost = pta::DISRUPTION_COST.cost(excess.total());
            rows.push([
                day.to_string(),
                format!("{:.3}", excess.total()),
                format!("{} min", minutes),
                format!("{:.3}", excess.peak()),
                format!("{cost:#.2}"),
            ]);
        }
    }
    let columns = ["day", "excess", "for", "at most", "cost"].into_iter().enumerate();
    let cells = |column: usize| rows.iter().filter_map(|row| row.get(column).cloned()).collect();
    let columns: Vec<_> = columns.map(|(at, header)| (header.to_owned(), cells(at))).collect();
    Ok(table(&columns))
}

fn read_traffic(file: &Path, zone: &TimeZone) -> Result<UsageSeries> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    UsageSeries::from_csv(text.as_bytes(), None, GapPolicy::Fail, zone)
        .map_err(|error| format!("{}: {error}", file.display()).into())
}

/// Four weeks and a month of a border that carries 4 to 6 Tbps, and a day on which the local CDNs
/// were bypassed from 10:00 to 19:00.
fn example_traffic() -> Result<UsageSeries> {
    let start: Timestamp = "2024-12-03T19:00:00Z".parse()?; // midnight in Karachi
    let usual = |slot: u64| {
        // Quiet at 06:00, up to 18:00 and down again; Fridays and Saturdays are busier.
        let (day, minute) = (slot / 288, slot % 288 * 5);
        let hour = (minute + 1_080) % 1_440;
        let wave = 1_700 * hour * (1_440 - hour) / (720 * 720);
        (4_000 + wave) * if matches!(day % 7, 2 | 3) { 106 } else { 100 } / 100
    };
    let incident = |slot: u64| {
        let (day, minute) = (slot / 288, slot % 288 * 5);
        let into = minute.saturating_sub(600).min(1_140 - minute.min(1_140));
        // It rises to 1.2 Tbps within 100 minutes.
        if day == 28 + 13 { (into * 12).min(1_200) } else { 0 }
    };
    let rates = (0..(28 + 31) * 288).map(|slot| DataRate::from_gbps(usual(slot) + incident(slot)));
    Ok(UsageSeries::from_rates(start, Duration::from_secs(300), rates)?)
}

/// The day of the largest excess, one before and one after it.
fn draw(file: &Path, month: &UsageSeries, usual: &Baseline, zone: &TimeZone) -> Result<()> {
    let excess = month.excess_slots(usual)?;
    let days: Vec<_> = excess.by_day(zone).collect();
    let largest = days.iter().enumerate().max_by_key(|(_, (_, day))| day.total());
    let at = largest.map_or(0, |(at, _)| at);
    let around = days.iter().skip(at.saturating_sub(1)).take(3).map(|(_, day)| day);
    let (from, to) = around.fold((month.end(), month.start()), |(from, to), day| {
        (from.min(day.start()), to.max(day.end()))
    });
    let shown = month.slice(from..to)?;
    let excess = excess.slice(from..to)?;
    let height = |rate: DataRate| chart::height(&rate.in_unit(RateUnit::Gbps));
    let rates = shown.rates().zip(excess.rates());
    traffic::draw(
        file,
        &Labels {
            title: "Traffic above what its hour of the week usually carries",
            x: "day (Asia/Karachi)",
            y: "rate in Gbps",
        },
        &traffic::Traffic {
            zone: zone.clone(),
            name: "traffic".to_owned(),
            slots: shown.rates().map(|(at, rate)| (at, height(rate))).collect(),
            marked: Vec::new(),
            marked_name: String::new(),
            levels: Vec::new(),
            usual: Some(traffic::Usual {
                name: "usual at this hour of the week".to_owned(),
                rates: rates.map(|((_, rate), (_, above))| height(rate - above)).collect(),
                excess_name: format!("excess, {:.2} in all", excess.total()),
            }),
        },
    )
}

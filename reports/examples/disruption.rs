//! The cost of a disruption: the traffic above that which its hour of the week usually carries,
//! priced to the minute, in dollars and rupees.
//!
//! ```text
//! cargo run --release --example disruption
//! cargo run --release --features plot --example disruption -- --csv border.csv --plot disruption.svg
//! ```

#![expect(clippy::arithmetic_side_effects, reason = "the traffic that is made here is small")]

use bandwidth_cost::{
    Baseline, CsvLayout, Currency, DataRate, ExchangeRates, GapPolicy, Schedule, Statement, Tariff,
    UsageSeries, VolumeMeter,
    jiff::{
        SignedDuration, Timestamp,
        civil::{Date, date},
        tz::TimeZone,
    },
    money::exchange::RatesLayout,
    pta,
};
use bandwidth_cost_reports::{
    chart::{self, Labels, Picture, Traffic, Usual},
    read_text,
    table::table,
};
use lexopt::{Arg, Parser};
use std::{
    error::Error,
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

const USAGE: &str = "\
usage: disruption [--csv FILE] [--rates FILE] [--plot FILE.svg]

  --csv FILE       the border's traffic, `time,bits` or `time,rate` rows: the last calendar month is
                   held against what was usual before it
  --rates FILE     what a dollar is worth by day, `date,base,quote,rate` rows; without it the closing
                   rate of 31 December 2024, for the month after it
  --plot FILE.svg  draws the days around the largest excess (built with `--features plot`)";

/// The closing rate between banks on 31 December 2024, State Bank of Pakistan
/// (dailytimes.com.pk/1252459).
const FIXING: (Date, &str) = (date(2024, 12, 31), "1 USD = 278.55 PKR");

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

/// Reads the arguments, prices the excess, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let mut rates = ExchangeRates::new().with_max_age(31);
    rates.insert(FIXING.0, FIXING.1.parse()?)?;
    let (mut file, mut picture) = (None, None);
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("csv") => file = Some(PathBuf::from(parser.value()?)),
            Arg::Long("rates") => rates = read_rates(Path::new(&parser.value()?))?,
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    let karachi = TimeZone::get("Asia/Karachi")?;
    let whole = file.map_or_else(example_traffic, |file| read_traffic(&file))?;
    let (first, month) = whole.by_month(&karachi).last().ok_or("no traffic")?;
    if month.start() == whole.start() {
        return Err("no history before the last month: give it a week at least".into());
    }
    let history = whole.slice(whole.start()..month.start())?;

    // The whole calculation: what is usual, what is above it, what that costs.
    let usual = Baseline::weekly_profile(&history, &karachi)?;
    let meter = VolumeMeter::Excess(usual.clone());
    let tariff = Tariff::by_volume("disruption", meter, Schedule::flat(pta::DISRUPTION_COST));
    let last_day = karachi.to_datetime(month.end()).date().yesterday()?;
    let bill = tariff.bill(&month)?;
    let statement = bill.convert(&rates, Currency::PKR, last_day)?;

    let name = first.strftime("%B %Y");
    writeln!(out, "The traffic of {name} above what its hour of the week usually carries.\n")?;
    writeln!(out, "{}\n", by_day(&month, &usual, &karachi)?)?;
    writeln!(out, "{statement}\n")?;
    writeln!(out, "{}", devaluation(&bill)?)?;
    picture.map_or(Ok(()), |file| draw(&file, &month, &usual, &karachi))
}

/// The same bill a day before and on the day of the devaluation of January 2023.
fn devaluation(bill: &Statement) -> Result<String> {
    let days =
        [(date(2023, 1, 25), "1 USD = 231.55 PKR"), (date(2023, 1, 26), "1 USD = 250.50 PKR")];
    let mut rates = ExchangeRates::new();
    for (day, rate) in days {
        rates.insert(day, rate.parse()?)?;
    }
    let [before, after] = days.map(|(day, _)| bill.convert(&rates, Currency::PKR, day)?.total());
    let (before, after) = (before?, after?);
    let dearer = after.checked_sub(&before)?;
    Ok(format!(
        "At the rates of 25 and 26 January 2023, 231.55 and 250.50 rupees a dollar, the same bill is\n\
         {before:#.2} and {after:#.2}: {dearer:#.2} dearer in a day."
    ))
}

/// The days with more than usual: how much, for how long, and what it cost.
fn by_day(month: &UsageSeries, usual: &Baseline, zone: &TimeZone) -> Result<String> {
    let mut columns = ["day", "excess", "for", "at most", "cost, to the cent"]
        .map(|header| (header.to_owned(), Vec::new()));
    for (day, excess) in month.excess_slots(usual)?.by_day(zone) {
        let above = excess.rates().filter(|(_, rate)| *rate > Some(DataRate::ZERO)).count();
        if above > 0 {
            let time = SignedDuration::try_from(excess.interval() * u32::try_from(above)?)?;
            let cost = pta::DISRUPTION_COST.cost(excess.total());
            let cells = [
                day.to_string(),
                format!("{:.3}", excess.total()),
                format!("{time:#}"),
                format!("{:.3}", excess.peak()),
                format!("{cost:#.2}"),
            ];
            columns.iter_mut().zip(cells).for_each(|((_, column), cell)| column.push(cell));
        }
    }
    let is_empty = columns.iter().all(|(_, cells)| cells.is_empty());
    Ok(if is_empty { "No slot was above it.".to_owned() } else { table(&columns) })
}

fn read_rates(file: &Path) -> Result<ExchangeRates> {
    ExchangeRates::from_csv(read_text(file)?.as_bytes(), &RatesLayout::long())
        .map(|read| read.rates)
        .map_err(|error| format!("{}: {error}", file.display()).into())
}

fn read_traffic(file: &Path) -> Result<UsageSeries> {
    let text = read_text(file)?;
    CsvLayout::new()
        .read(text.as_bytes(), GapPolicy::Fail)
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
        let up_and_down = hour * (1_440 - hour); // at most 720²
        let wave = 1_700 * up_and_down * up_and_down / (720 * 720 * 720 * 720);
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
    let (shown, excess) = (month.slice(from..to)?, excess.slice(from..to)?);
    let usual = usual.usual_in(&shown)?;
    let unit = chart::unit_of(shown.peak().max(usual.peak()));
    let labels = Labels {
        title: "Traffic above what its hour of the week usually carries",
        description: "The traffic of three days as a wide line, and on it what is usual as a dashed \
                      one; on the middle day the traffic rises above it, and the area between them \
                      is shaded.",
        x: &format!(
            "day of {} ({})",
            zone.to_datetime(shown.start()).strftime("%Y"),
            zone.iana_name().unwrap_or("local time"),
        ),
        y: &format!("rate in {unit}"),
    };
    let traffic = Traffic {
        zone: zone.clone(),
        name: "traffic".to_owned(),
        slots: shown.rates().filter_map(|(at, rate)| Some((at, rate?.in_unit(unit)))).collect(),
        marked: None,
        levels: Vec::new(),
        usual: Some(Usual {
            name: "usual at this hour of the week".to_owned(),
            rates: usual.rates().filter_map(|(_, rate)| Some(rate?.in_unit(unit))).collect(),
            excess_name: format!("excess, at most {:#}", excess.peak().display_in(unit)),
        }),
    };
    chart::draw(file, &labels, &Picture::Traffic(traffic))
}

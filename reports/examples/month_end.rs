//! Where a link's month will end, as it could be said on each of its days: the certain range, the usual
//! end, the ends of earlier months, and what it came to.
//!
//! ```text
//! cargo run --release --example month_end
//! cargo run --release --features plot --example month_end -- --csv link.csv --card contract.toml --capacity "10 Gbps" --plot fan.svg
//! ```

#![expect(clippy::arithmetic_side_effects, reason = "the traffic that is made here is small")]

use bandwidth_cost::{
    Cost, CsvLayout, DataRate, GapPolicy, RateCard, Ratio, Share, UsageSeries,
    jiff::{Timestamp, civil::Date},
    tariff::Ends,
};
use bandwidth_cost_reports::{
    chart::{self, Fan, Labels, Picture},
    read_text,
    table::table,
};
use lexopt::{Arg, Parser, ValueExt};
use std::{
    collections::BTreeMap,
    error::Error,
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

const USAGE: &str = "\
usage: month_end [--csv FILE] [--card CARD.toml] [--capacity RATE] [--plot FILE.svg]

  --csv FILE        the link's traffic, `time,bits` or `time,rate` rows: its last whole month is
                    forecast from what is before
  --card CARD.toml  the contract, as in reports/rate_cards
  --capacity RATE   the most that the link carries, as in `10 Gbps`
  --plot FILE.svg   draws the forecasts as a fan (built with `--features plot`)";

const CAPACITY: DataRate = DataRate::from_gbps(5);

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

/// Reads the arguments, forecasts the month on each of its days, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let mut card =
        RateCard::from_toml(include_str!("../rate_cards/transit.toml"), &BTreeMap::new())?;
    let (mut series, mut capacity, mut picture) = (None, CAPACITY, None);
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("csv") => series = Some(read_series(Path::new(&parser.value()?))?),
            Arg::Long("card") => card = read_card(Path::new(&parser.value()?))?,
            Arg::Long("capacity") => capacity = parser.value()?.parse()?,
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    let series = series.map_or_else(example_series, Ok)?;
    let (month, last) = last_whole_month(&card, &series)?;
    let history = series.slice(series.start()..last.start())?;
    let (_, bill) = card.bill_months(&last)?.pop().ok_or("no month was billed")?;
    let actual = bill.total()?;

    let mut days = Vec::new();
    for (day, end) in (1_u64..).zip(ends_of_days(&card, &last)) {
        let so_far = last.slice(last.start()..end)?;
        let forecast = card.forecast(&so_far, last.end(), &history, capacity)?;
        days.push(Day { day, ends: forecast.cost().clone() });
    }

    writeln!(
        out,
        "Where the month of {month} would end, at most {capacity}, said on each fifth day:\n"
    )?;
    writeln!(out, "{}", as_table(&days))?;
    writeln!(out, "\nIt came to {actual:#.2}.")?;
    let held = days.iter().filter(|day| day.ends.certain().contains(&actual)).count();
    writeln!(out, "The certain range held on {held} of {} days.", days.len())?;
    picture.map_or(Ok(()), |file| draw(&file, month, &days, &actual))
}

/// What could be said when a number of days were over.
struct Day {
    day: u64,
    ends: Ends<Cost>,
}

fn read_card(file: &Path) -> Result<RateCard> {
    let card = RateCard::from_toml(&read_text(file)?, &BTreeMap::new());
    card.map_err(|error| format!("{}: {error}", file.display()).into())
}

fn read_series(file: &Path) -> Result<UsageSeries> {
    let series = CsvLayout::new().read(read_text(file)?.as_bytes(), GapPolicy::Fail);
    series.map_err(|error| format!("{}: {error}", file.display()).into())
}

/// The last month that was measured whole.
fn last_whole_month(card: &RateCard, series: &UsageSeries) -> Result<(Date, UsageSeries)> {
    let months: Vec<_> = series.by_period(&card.billing_cycle(), card.time_zone()).collect();
    let bills = card.bill_months(series)?;
    let is_whole = |first: Date| {
        bills.iter().any(|(month, bill)| *month == first && bill.coverage() == Share::ONE)
    };
    let whole = months.into_iter().skip(1).rfind(|(first, _)| is_whole(*first));
    whole.ok_or_else(|| "no whole month with traffic before it: pass more months".into())
}

/// The midnights within a month.
fn ends_of_days(card: &RateCard, month: &UsageSeries) -> Vec<Timestamp> {
    let days = month.by_day(card.time_zone()).skip(1);
    days.map(|(_, day)| day.start()).collect()
}

/// November 2024 to January 2025 on a link that is busy in the evening, quieter at weekends, and busier
/// in the last week of January, in whole kbps.
fn example_series() -> Result<UsageSeries> {
    let start: Timestamp = "2024-11-01T00:00:00Z".parse()?; // a Friday
    let mut noise = 20_250_101_u64;
    let rates = (0..92 * 288_u64).map(|slot| {
        let (day, minute) = (slot / 288, slot % 288 * 5);
        // From the quiet of 06:00 up to 18:00 and down again, like a parabola.
        let hour = (minute + 1_080) % 1_440;
        let wave = 2_200_000 * hour * (1_440 - hour) / (720 * 720);
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let jitter = 90 + (noise >> 33) % 21;
        let weekend = if day % 7 == 1 || day % 7 == 2 { 80 } else { 100 };
        let busier = if day >= 85 { 115 } else { 100 };
        DataRate::from_kbps((800_000 + wave) * jitter / 100 * weekend / 100 * busier / 100)
    });
    let rates: Vec<DataRate> = rates.collect();
    Ok(UsageSeries::from_rates(start, Duration::from_secs(300), rates)?)
}

fn as_table(days: &[Day]) -> String {
    let shown: Vec<&Day> = days.iter().filter(|day| day.day % 5 == 0).collect();
    let cells = |cell: &dyn Fn(&Day) -> String| shown.iter().map(|day| cell(day)).collect();
    let mut columns = vec![
        ("days".to_owned(), cells(&|day| day.day.to_string())),
        ("at least".to_owned(), cells(&|day| format!("{:#.2}", day.ends.certain().start()))),
        ("at most".to_owned(), cells(&|day| format!("{:#.2}", day.ends.certain().end()))),
        ("as usual".to_owned(), cells(&|day| format!("{:#.2}", day.ends.usual()))),
    ];
    for month in months_of(days) {
        let name = format!("as in {}", month.strftime("%B"));
        let cell =
            |day: &Day| in_month(day, month).map_or_else(String::new, |cost| format!("{cost:#.2}"));
        columns.push((name, cells(&cell)));
    }
    table(&columns)
}

/// The earlier months that some day could be continued by.
fn months_of(days: &[Day]) -> Vec<Date> {
    let months = days.iter().flat_map(|day| day.ends.past_months()).map(|(month, _)| *month);
    months.collect::<std::collections::BTreeSet<Date>>().into_iter().collect()
}

fn in_month(day: &Day, month: Date) -> Option<&Cost> {
    day.ends.past_months().iter().find(|(date, _)| *date == month).map(|(_, cost)| cost)
}

fn draw(file: &Path, month: Date, days: &[Day], actual: &Cost) -> Result<()> {
    let at = |day: &Day| Ratio::from(day.day);
    let amount = |cost: &Cost| cost.amount().clone();
    let range =
        |day: &Day| (at(day), amount(day.ends.certain().start()), amount(day.ends.certain().end()));
    let line = |cost: &dyn Fn(&Day) -> Option<Cost>| -> Vec<(Ratio, Ratio)> {
        days.iter().filter_map(|day| Some((at(day), amount(&cost(day)?)))).collect()
    };
    let mut lines = vec![("as usual".to_owned(), line(&|day| Some(day.ends.usual().clone())))];
    for past in months_of(days) {
        let name = format!("as in {}", past.strftime("%B"));
        lines.push((name, line(&|day| in_month(day, past).cloned())));
    }
    // When the last day is over, the bill is known.
    let end = || Ratio::from(days.last().map_or(0, |day| day.day) + 1);
    let range = days.iter().map(range).chain([(end(), amount(actual), amount(actual))]);
    lines.iter_mut().for_each(|(_, points)| points.push((end(), amount(actual))));
    let fan = Fan {
        range: ("certain range".to_owned(), range.collect()),
        lines,
        level: (format!("what it came to, {actual:#.2}"), actual.amount().clone()),
    };
    let labels = Labels {
        title: &format!("Where the bill of {} will end, said on each day", month.strftime("%B %Y")),
        description: "A band that narrows over the month to the bill: the least and the \
                      largest bill that is still possible. Lines in it show the usual end and the ends \
                      of earlier months.",
        x: "days of the month that are over",
        y: &format!("bill in {}", actual.currency().code()),
    };
    chart::draw(file, &labels, &Picture::Fan(fan))
}

//! The invoice of a link's month: its statement line by line, the percentile under each system's
//! rule, and how many more busy slots the commitment has room for.
//!
//! ```text
//! cargo run --release --example transit_invoice
//! cargo run --release --example transit_invoice -- --csv month.csv --card contract.toml
//! cargo run --release --example transit_invoice -- --csv sheet.csv --separator ';' --decimal-comma \
//!     --time Zeit --unix --value Verkehr=bytes
//! ```

#![expect(clippy::arithmetic_side_effects, reason = "the traffic that is made here is small")]

use bandwidth_cost::{
    CounterWidth, CsvUnit, DataRate, Direction, GapPolicy, LinkUsage, Percentile, PercentileRule,
    RateCard, RateMeter, Ratio, RoundingStrategy, UsageSeries,
    jiff::{Timestamp, tz::TimeZone},
};
use bandwidth_cost_reports::{
    chart::{self, Labels, Picture, Traffic},
    layout::LayoutArgs,
    layout_usage, read_text, shown,
    table::table,
};
use lexopt::{Arg, Parser};
use std::{
    collections::BTreeMap,
    error::Error,
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

const USAGE: &str = concat!(
    "\
usage: transit_invoice [--csv FILE] [--card CARD.toml] [--plot FILE.svg] [LAYOUT]

  --csv FILE         the link's traffic: `time,bits` or `time,rate` rows, or the counters
                     `time,in_octets,out_octets` of 64 bits
  --card CARD.toml   the contract, as in reports/rate_cards
  --plot FILE.svg    draws the traffic, the percentile and the commitment (built with
                     `--features plot`)

",
    layout_usage!()
);

const FIVE_MINUTES: Duration = Duration::from_secs(300);

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

/// Reads the arguments, bills the link, prints the invoice, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let mut card =
        RateCard::from_toml(include_str!("../rate_cards/transit.toml"), &BTreeMap::new())?;
    let (mut csv, mut layout) = (None, LayoutArgs::default());
    let mut picture = None;
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("csv") => csv = Some(PathBuf::from(parser.value()?)),
            Arg::Long("card") => card = read_card(Path::new(&parser.value()?))?,
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            Arg::Long(name) if LayoutArgs::has(name) => {
                let name = name.to_owned();
                layout.take(&name, &mut parser)?;
            }
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    let link = csv.map_or_else(example_link, |file| read_link(&file, &layout))?;
    let (statement, series) = match link {
        Link::One(series) => (card.bill(&series)?, series),
        Link::Both(link) => {
            let statement = card.bill_link(&link)?;
            let series = match statement.lines().first().and_then(|line| line.direction()) {
                Some(Direction::Inbound) => link.inbound,
                Some(Direction::Outbound) => link.outbound,
                Some(Direction::SlotMax) => link.inbound.max_with(&link.outbound)?,
                _ => link.inbound.sum_with(&link.outbound)?,
            };
            (statement, series)
        }
    };
    let (total, mean, peak) = (series.total(), series.mean(), series.peak());
    let (mean, peak) = (shown(mean), shown(peak));
    let slots = number(series.len())?;
    writeln!(out, "{slots} slots carried {total:.2}, {mean} on average, {peak} at most.\n")?;
    writeln!(out, "STATEMENT, exact\n{statement}\n")?;
    let invoice = statement.settle(RoundingStrategy::MidpointNearestEven)?;
    writeln!(out, "INVOICE, each line rounded\n{invoice}\n")?;

    let rates = || card.tariffs().iter().filter_map(|tariff| tariff.rate());
    let percentile = rates().find_map(|(meter, _)| match meter {
        RateMeter::Percentile(percentile) => Some(percentile),
        _ => None,
    });
    let percentile = percentile.unwrap_or(Percentile::P95);
    let commitment =
        rates().map(|(_, schedule)| schedule.commitment()).find(|rate| !rate.is_zero());
    writeln!(out, "{}", by_rule(&series, percentile)?)?;
    writeln!(out, "\n{}", two_thirds_in(&series, percentile, commitment)?)?;
    let zone = card.time_zone();
    picture.map_or(Ok(()), |file| draw(&file, &series, percentile, commitment, zone))
}

/// What was measured: one series, or a link's two directions.
enum Link {
    One(UsageSeries),
    Both(LinkUsage),
}

fn read_card(file: &Path) -> Result<RateCard> {
    let card = RateCard::from_toml(&read_text(file)?, &BTreeMap::new());
    card.map_err(|error| format!("{}: {error}", file.display()).into())
}

fn read_link(file: &Path, args: &LayoutArgs) -> Result<Link> {
    let text = read_text(file)?;
    let (layout, gaps) = (args.layout(), GapPolicy::Fail);
    let read = || -> std::result::Result<Link, bandwidth_cost::Error> {
        if args.has_value() || !text.lines().next().unwrap_or_default().contains("octets") {
            return layout.read(text.as_bytes(), gaps).map(Link::One);
        }
        let width = CounterWidth::Bits64;
        let layout =
            layout.inbound("in_octets", CsvUnit::Bytes).outbound("out_octets", CsvUnit::Bytes);
        let (inbound, outbound) = layout.read_counters(text.as_bytes(), width)?;
        let [inbound, outbound] = [inbound, outbound].map(|log| log.to_series(FIVE_MINUTES, gaps));
        Ok(Link::Both(LinkUsage { inbound: inbound?.series, outbound: outbound?.series }))
    };
    read().map_err(|error| format!("{}: {error}", file.display()).into())
}

/// January 2025 on a link that is busy in the evening, busier on Sundays, and grows, in whole kbps.
fn example_link() -> Result<Link> {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    let mut noise = 20_250_101_u64;
    let mut rate = |slot: u64, base: u64, swing: u64| {
        let (day, minute) = (slot / 288, slot % 288 * 5);
        // From the quiet of 06:00 up to 18:00 and down again, like a parabola.
        let hour = (minute + 1_080) % 1_440;
        let wave = swing * hour * (1_440 - hour) / (720 * 720);
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let jitter = 90 + (noise >> 33) % 21;
        let growth = 1_000 + 12 * day;
        let sunday = if day % 7 == 4 { 110 } else { 100 };
        DataRate::from_kbps((base + wave) * growth / 1_000 * jitter / 100 * sunday / 100)
    };
    let mut series = |base, swing| {
        let rates: Vec<DataRate> = (0..31 * 288).map(|slot| rate(slot, base, swing)).collect();
        UsageSeries::from_rates(start, FIVE_MINUTES, rates)
    };
    let inbound = series(600_000, 1_050_000)?;
    Ok(Link::Both(LinkUsage { inbound, outbound: series(150_000, 320_000)? }))
}

/// The percentile as each system counts it.
fn by_rule(series: &UsageSeries, percentile: Percentile) -> Result<String> {
    use PercentileRule::{
        DiscardRoundedUp, NearestRank, RoundedEvenRank, RoundedPosition, RoundedRank,
    };
    let rules = [
        ("carriers, Zabbix", NearestRank),
        ("Cacti", DiscardRoundedUp),
        ("LibreNMS, Observium", RoundedRank),
        ("vnStat", RoundedEvenRank),
        ("RRDtool", RoundedPosition),
    ];
    let percentiles = rules.map(|(_, rule)| percentile.with_rule(rule));
    let ranks = percentiles.iter().map(|percentile| number(percentile.rank(series.len())));
    Ok(table(&[
        (
            format!("{} of", percentile.with_rule(NearestRank)),
            rules.map(|(name, _)| name.to_owned()).to_vec(),
        ),
        ("rule".to_owned(), rules.map(|(_, rule)| rule.to_string()).to_vec()),
        ("rank".to_owned(), ranks.collect::<Result<_>>()?),
        ("rate".to_owned(), percentiles.map(|p| series.percentile(p).to_string()).to_vec()),
    ]))
}

/// Returns a count with its thousands grouped.
fn number(count: usize) -> Result<String> {
    Ok(format!("{:#}", Ratio::from(u64::try_from(count)?)))
}

/// What could be said of the month's bill when two thirds of it were over.
fn two_thirds_in(
    series: &UsageSeries,
    percentile: Percentile,
    commitment: Option<DataRate>,
) -> Result<String> {
    let past = (series.len() * 2 / 3).max(1);
    let remaining = series.len() - past;
    let known = UsageSeries::from_volumes(
        series.start(),
        series.interval(),
        series.iter().take(past).map(|(_, volume)| volume),
    )?;
    let (least, most) = known.percentile_bounds(percentile, remaining);
    let most = most.map_or_else(String::new, |rate| format!(" and at most {rate}"));
    let mut text = format!(
        "After {} of {} slots, the {percentile} would become at least {least}{most}.",
        number(past)?,
        number(series.len())?,
    );
    if let Some(commitment) = commitment {
        let room = known.headroom(commitment, percentile, remaining);
        text += &format!(
            "\nOf the {} slots to come, {} might exceed the commitment of {commitment} before it does.",
            number(remaining)?,
            number(room)?,
        );
    }
    Ok(text)
}

fn draw(
    file: &Path,
    series: &UsageSeries,
    percentile: Percentile,
    commitment: Option<DataRate>,
    zone: &TimeZone,
) -> Result<()> {
    let unit = chart::unit_of(series.peak());
    let billed = series.percentile(percentile);
    let level = |name: &str, rate: DataRate| {
        (format!("{name}, {:#}", rate.display_in(unit)), rate.in_unit(unit))
    };
    let mut levels = vec![level(&percentile.to_string(), billed)];
    levels.extend(commitment.map(|rate| level("commitment", rate)));
    let labels = Labels {
        title: "Traffic of the billed direction, slot by slot",
        description: "The rate of each slot over the days of the bill; lines across it mark the \
                      percentile and the commitment, dots the slots above the percentile.",
        x: &format!(
            "day of {} ({})",
            zone.to_datetime(series.start()).strftime("%Y"),
            zone.iana_name().unwrap_or("local time"),
        ),
        y: &format!("rate in {unit}"),
    };
    let marked = series.rates().filter_map(|(_, rate)| Some(rate? > billed)).collect();
    let traffic = Traffic {
        zone: zone.clone(),
        name: "traffic".to_owned(),
        slots: series.rates().filter_map(|(at, rate)| Some((at, rate?.in_unit(unit)))).collect(),
        marked: Some(("discarded: above the percentile".to_owned(), marked)),
        levels,
        usual: None,
    };
    chart::draw(file, &labels, &Picture::Traffic(traffic))
}

//! Whose traffic made a link's bill: each member's part by volume, by the traffic in the billed slot and
//! by Shapley values.
//!
//! ```text
//! cargo run --release --example attribution
//! cargo run --release --features plot --example attribution -- --csv month.csv --card contract.toml --plot parts.svg
//! ```

#![expect(clippy::arithmetic_side_effects, reason = "the traffic that is made here is small")]

use bandwidth_cost::{
    Cost, CsvLayout, DataRate, GapPolicy, RateCard, RateMeter, Ratio, UsageSeries, jiff::Timestamp,
    tariff::Attribution,
};
use bandwidth_cost_reports::{
    chart::{self, Bars, Labels, Picture},
    read_text, shown,
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

const USAGE: &str = "\
usage: attribution [--csv FILE] [--card CARD.toml] [--plot FILE.svg]

  --csv FILE        the members' traffic: rows of `time,member,bits`
  --card CARD.toml  the contract, as in reports/rate_cards
  --plot FILE.svg   draws the parts (built with `--features plot`)";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

type Members = BTreeMap<String, UsageSeries>;

/// Reads the arguments, splits the bill, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let mut card =
        RateCard::from_toml(include_str!("../rate_cards/transit.toml"), &BTreeMap::new())?;
    let (mut members, mut picture) = (None, None);
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("csv") => members = Some(read_members(Path::new(&parser.value()?))?),
            Arg::Long("card") => card = read_card(Path::new(&parser.value()?))?,
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    let members: Vec<(String, UsageSeries)> =
        members.map_or_else(example_members, Ok)?.into_iter().collect();
    let parts = [
        ("by volume", card.attribute(&members, Attribution::ByVolume)?),
        ("in the billed slot", card.attribute(&members, Attribution::AtBilledSlot)?),
        ("by Shapley values", card.attribute(&members, Attribution::Shapley)?),
    ];

    let cells = |cell: &dyn Fn(&UsageSeries) -> String| {
        members.iter().map(|(_, series)| cell(series)).collect()
    };
    let names = members.iter().map(|(name, _)| name.clone()).collect();
    let mut columns = vec![
        ("member".to_owned(), names),
        ("mean".to_owned(), cells(&|series| shown(series.mean()))),
        ("peak".to_owned(), cells(&|series| shown(series.peak()))),
    ];
    for (rule, parts) in &parts {
        let amounts = parts.iter().map(|(_, cost)| format!("{cost:#.2}")).collect();
        columns.push(((*rule).to_owned(), amounts));
    }
    writeln!(out, "{}\n", table(&columns))?;
    let [(_, by_volume), ..] = &parts;
    let total = sum(by_volume)?;
    let without = if card.adjustments().is_empty() { "" } else { " without its adjustments" };
    writeln!(out, "Each rule splits the whole bill of {total:#.2}{without}.")?;
    writeln!(out, "\nIn the billed slot: {}", in_billed_slot(&card, &members)?)?;
    picture.map_or(Ok(()), |file| draw(&file, &total, &parts))
}

fn sum(parts: &[(String, Cost)]) -> Result<Cost> {
    let (_, first) = parts.first().ok_or("no members")?;
    Ok(Cost::sum(first.currency(), parts.iter().map(|(_, cost)| cost))?)
}

fn read_card(file: &Path) -> Result<RateCard> {
    let card = RateCard::from_toml(&read_text(file)?, &BTreeMap::new());
    card.map_err(|error| format!("{}: {error}", file.display()).into())
}

fn read_members(file: &Path) -> Result<Members> {
    let text = read_text(file)?;
    let members = CsvLayout::new().series("member").read_each(text.as_bytes(), GapPolicy::Fail);
    members.map_err(|error| format!("{}: {error}", file.display()).into())
}

/// January 2025 of four classes of traffic, in whole kbps: video in the evening, the web by day, a backup
/// each night, and a VPN that follows the web from the 20th on.
fn example_members() -> Result<Members> {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    // Up from zero at `from` o'clock and down to zero after `hours`, like a parabola.
    let hill = |slot: u64, from: u64, hours: u64| {
        let minute = (slot * 5 + 1_440 - from * 60) % 1_440;
        let width = hours * 60;
        if minute < width { 4_000 * minute * (width - minute) / (width * width) } else { 0 }
    };
    let mut noise = 20_250_101_u64;
    let mut series = |kbps: &dyn Fn(u64) -> u64| {
        let rates = (0..31 * 288).map(|slot| {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            DataRate::from_kbps(kbps(slot) * (90 + (noise >> 33) % 21) / 100)
        });
        let rates: Vec<DataRate> = rates.collect();
        UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    };
    let web = |slot| 250_000 + 900 * hill(slot, 8, 14);
    Ok(BTreeMap::from([
        ("backup".to_owned(), series(&|slot| 2_200 * hill(slot, 1, 4))?),
        ("video".to_owned(), series(&|slot| 200_000 + 2_100 * hill(slot, 17, 7))?),
        ("vpn".to_owned(), series(&|slot| if slot < 19 * 288 { 40_000 } else { web(slot) / 2 })?),
        ("web".to_owned(), series(&web)?),
    ]))
}

/// Who carried how much when the slot of the bill was measured.
fn in_billed_slot(card: &RateCard, members: &[(String, UsageSeries)]) -> Result<String> {
    let mut series = members.iter().map(|(_, series)| series);
    let first = series.next().ok_or("no members")?.clone();
    let mut total = series.try_fold(first, |sum, member| sum.sum_with(member))?;
    let by_percentile = card.tariffs().iter().find_map(|tariff| match tariff.rate() {
        Some((RateMeter::Percentile(percentile), _)) => Some((percentile, tariff.window())),
        _ => None,
    });
    let Some((percentile, window)) = by_percentile else {
        return Ok("no tariff is by percentile".to_owned());
    };
    if let Some(window) = window {
        total = total.within(&window, card.time_zone())?;
    }
    let rate = total.percentile(percentile);
    let billed = total.rates().find(|(_, slot)| *slot == Some(rate));
    let Some((at, _)) = billed else {
        return Ok(format!("{} lies between two slots", shown(rate)));
    };
    let of = |(name, series): &(String, UsageSeries)| {
        let rate = series.rates().find(|(start, _)| *start == at).and_then(|(_, rate)| rate);
        format!("{name} {}", rate.map_or_else(|| "none".to_owned(), shown))
    };
    let parts: Vec<String> = members.iter().map(of).collect();
    Ok(format!("{} at {at}, of which {}", shown(rate), parts.join(", ")))
}

fn draw(file: &Path, total: &Cost, parts: &[(&str, Vec<(String, Cost)>)]) -> Result<()> {
    let amounts = |parts: &[(String, Cost)]| -> Vec<Ratio> {
        parts.iter().map(|(_, cost)| cost.amount().clone()).collect()
    };
    let groups = parts.first().map_or(&[][..], |(_, parts)| parts);
    let bars = Bars {
        groups: groups.iter().map(|(name, _)| name.clone()).collect(),
        series: parts.iter().map(|(rule, parts)| ((*rule).to_owned(), amounts(parts))).collect(),
        levels: Vec::new(),
    };
    let labels = Labels {
        title: &format!("Whose traffic made a bill of {total:#.2}"),
        description: "For each member three bars: its part of the bill by volume, by its traffic in \
                      the billed slot, and by Shapley values.",
        x: "member",
        y: &format!("part of the bill in {}", total.currency().code()),
    };
    chart::draw(file, &labels, &Picture::Bars(bars))
}

//! What if a country's traffic moves off its local CDNs, or a cable to it is cut: what crosses the
//! border then, and what the increase costs per minute and per month, in dollars and in rupees.
//!
//! ```text
//! cargo run --release --example what_if
//! cargo run --release --features plot --example what_if -- --in-use "20 Tbps" --local "14 Tbps" --plot what_if.svg
//! ```

use bandwidth_cost::{
    Cost, DataRate, ExchangeRate, Share, TrafficClass, TrafficMix, VolumePrice, pta,
};
use bandwidth_cost_reports::{
    chart::{self, Bars, Labels, Picture},
    of_a_dollar, shown,
    table::table,
};
use lexopt::{Arg, Parser, ValueExt};
use std::{
    error::Error,
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

const USAGE: &str = "\
usage: what_if [--in-use RATE] [--local RATE] [--rate RATE] [--plot FILE.svg]

  --in-use RATE    the traffic in use, as in `18.03 Tbps`
  --local RATE     what of it local CDNs serve, as in `12.38 Tbps`
  --rate RATE      what a dollar is worth, as in `1 USD = 278.55 PKR`
  --plot FILE.svg  draws what the moves add at the border (built with `--features plot`)";

const IN_USE: DataRate = DataRate::from_gbps(18_030);
const LOCAL: DataRate = DataRate::from_gbps(12_380);
const SOURCE: &str = "Pakistan Telecommunication Authority, February 2024";
const RATE: &str = "1 USD = 278.55 PKR";
const RATE_SOURCE: &str = "closing rate between banks on 31 December 2024, State Bank of Pakistan \
                           (dailytimes.com.pk/1252459)";

const DIRECT: &str = "direct";
const LICENSED: &str = "licensed VPN";
const UNLICENSED: &str = "unlicensed VPN";
const MOVED: [u64; 4] = [1, 5, 10, 20];
const TERABIT: DataRate = DataRate::from_tbps(1);
const MINUTE: Duration = Duration::from_secs(60);
const MONTH: Duration = Duration::from_secs(30 * 86_400);
const PRICES: [(&str, VolumePrice); 2] = [
    ("$10,000 per minute per Tbps", pta::DISRUPTION_COST),
    ("$1 per MB", pta::INTERNATIONAL_CHARGE),
];

/// The cable AAE-1 failed near Qatar on 2 January 2025, with 1,000 Gbps of Pakistan's traffic; 630
/// and then 200 Gbps were rerouted. Source: the minister's figures of 4 January 2025,
/// <https://samaa.tv/index.php/2087326768-jan-2-internet-disruption-affected-1-000gbps-of-data-traffic-shaza-fatima>.
const LOST: DataRate = DataRate::from_gbps(1_000);
const REROUTED: DataRate = DataRate::from_gbps(630 + 200);

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

/// The border traffic before and after a move, and the cost of its increase under each price.
struct WhatIf {
    before: DataRate,
    after: DataRate,
    costs: Vec<IncreaseCost>,
}

/// The cost of an increase under one price, each in dollars and in the other currency.
struct IncreaseCost {
    per_minute: [Cost; 2],
    per_month: [Cost; 2],
}

impl WhatIf {
    fn new(before: &TrafficMix, after: &TrafficMix, rate: &ExchangeRate) -> Result<Self> {
        let increase = before.international_increase(after);
        let both = |dollars: Cost| -> Result<[Cost; 2]> {
            let converted = rate.convert(dollars.clone())?;
            Ok([dollars, converted])
        };
        let cost = |(_, price): (_, VolumePrice)| {
            let per_minute = both(price.cost(increase * MINUTE))?;
            let per_month = both(price.cost(increase * MONTH))?;
            Ok(IncreaseCost { per_minute, per_month })
        };
        Ok(Self {
            before: before.international(),
            after: after.international(),
            costs: PRICES.into_iter().map(cost).collect::<Result<_>>()?,
        })
    }

    /// The increase, or zero if less crosses the border than before.
    fn increase(&self) -> DataRate {
        self.after.saturating_sub(self.before)
    }
}

/// Reads the arguments, answers the questions, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let (mut in_use, mut local, mut source) = (IN_USE, LOCAL, SOURCE);
    let (mut rate, mut rate_source) = (RATE.parse()?, RATE_SOURCE);
    let mut picture = None;
    let mut when = "February 2024";
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("in-use") => {
                (in_use, source) = (parser.value()?.parse()?, "as given");
                when = source;
            }
            Arg::Long("local") => (local, source) = (parser.value()?.parse()?, "as given"),
            Arg::Long("rate") => {
                (rate, rate_source) = (of_a_dollar(parser.value()?.parse()?)?, "as given");
            }
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }

    let from_cdns = Share::new(local.as_bps(), in_use.as_bps())
        .map_err(|error| format!("{local} of {in_use} served by local CDNs: {error}"))?;
    let before = TrafficMix::new([
        TrafficClass::new(DIRECT, in_use, from_cdns),
        TrafficClass::new(LICENSED, DataRate::ZERO, from_cdns),
        TrafficClass::new(UNLICENSED, DataRate::ZERO, Share::ZERO),
    ])?;
    // The moved traffic goes to VPNs, this share of it to licensed ones.
    let what_if = |licensed: Share| -> Result<Vec<WhatIf>> {
        let compare = |percent| {
            let moved = before.shift(DIRECT, UNLICENSED, Share::from_percent(percent))?;
            let after = moved.shift(UNLICENSED, LICENSED, licensed)?;
            WhatIf::new(&before, &after, &rate)
        };
        MOVED.into_iter().map(compare).collect()
    };
    let (all, halved) = (what_if(Share::ZERO)?, what_if(Share::from_percent(50))?);

    let border = before.international();
    writeln!(out, "{in_use} in use, {local} of it served by local CDNs ({source}):")?;
    writeln!(out, "the rest, {border}, crosses the border.\n")?;
    for (question, answer) in [
        ("if direct traffic moves to VPNs that bypass the CDNs", moves(&all)),
        ("share moved adds 1 Tbps at the border", share_that_adds(&before)?),
        ("if licensed VPNs that break out locally carry half of it", moves(&halved)),
        (
            "share of 20% must licensed VPNs carry so that it adds less than 1 Tbps",
            share_to_license(&before)?,
        ),
        ("does the cut of AAE-1 leave uncarried of a full border", cable_cut(&before)),
    ] {
        writeln!(out, "What {question}?\n\n{answer}\n")?;
    }
    writeln!(out, "A month has 30 days. {rate}: {rate_source}.")?;
    picture.map_or(Ok(()), |file| draw(&file, when, &all, &halved))
}

/// The border traffic before and after each move, and the cost of the increase.
fn moves(moves: &[WhatIf]) -> String {
    let moved = || ("moved".to_owned(), MOVED.map(|percent| format!("{percent}%")).to_vec());
    let crossing = |header: &str, of: fn(&WhatIf) -> DataRate| {
        (header.to_owned(), moves.iter().map(|what_if| shown(of(what_if))).collect())
    };
    let traffic = table(&[
        moved(),
        crossing("border before", |what_if| what_if.before),
        crossing("border after", |what_if| what_if.after),
        crossing("increase", WhatIf::increase),
    ]);
    let costs = PRICES.iter().enumerate().map(|(price, (name, _))| {
        let costs = || moves.iter().filter_map(move |what_if| what_if.costs.get(price));
        let column = |time, of: fn(&IncreaseCost) -> &Cost| {
            let currency = costs().map(|cost| of(cost).currency().to_string()).next();
            let cells = costs().map(|cost| format!("{:#.2}", of(cost).amount())).collect();
            (currency.unwrap_or_default() + time, cells)
        };
        let costs = table(&[
            moved(),
            column(" per minute", |cost| &cost.per_minute[0]),
            column(" per minute", |cost| &cost.per_minute[1]),
            column(" per month", |cost| &cost.per_month[0]),
            column(" per month", |cost| &cost.per_month[1]),
        ]);
        format!("\n\nthe increase at {name}\n{costs}")
    });
    [traffic].into_iter().chain(costs).collect()
}

/// The least move that takes the border traffic 1 Tbps up.
fn share_that_adds(before: &TrafficMix) -> Result<String> {
    let limit = before.international().checked_add(TERABIT);
    let least = limit.map(|limit| before.share_to_reach(DIRECT, UNLICENSED, limit)).transpose()?;
    let Some(share) = least.flatten() else {
        return Ok("None: all of it moved adds less.".to_owned());
    };
    let after = before.shift(DIRECT, UNLICENSED, share)?;
    Ok(row([
        ("about", format!("{share:.2}")),
        ("exactly", share.to_string()),
        ("moves", shown(after.class(UNLICENSED)?.demand())),
        ("border after", shown(after.international())),
    ]))
}

/// The least share of the traffic of VPNs, after 20% has moved to unlicensed ones, that licensed ones
/// must carry so that the border traffic stays less than 1 Tbps above that before.
fn share_to_license(before: &TrafficMix) -> Result<String> {
    let moved = before.shift(DIRECT, UNLICENSED, Share::from_percent(20))?;
    let Some(limit) = before.international().checked_add(TERABIT) else {
        return Ok("None: 1 Tbps more is above all rates.".to_owned());
    };
    let Some(share) = moved.share_to_stay_below(UNLICENSED, LICENSED, limit)? else {
        return Ok("None: all of it is not enough.".to_owned());
    };
    let after = moved.shift(UNLICENSED, LICENSED, share)?;
    Ok(row([
        ("about", format!("{share:.2}")),
        ("moves", shown(after.class(LICENSED)?.demand())),
        ("border before", shown(moved.international())),
        ("border after", shown(after.international())),
    ]))
}

/// The traffic that does not fit a border that was full before AAE-1 was cut.
fn cable_cut(before: &TrafficMix) -> String {
    let full = before.international();
    let Some(left) = full.checked_sub(LOST).and_then(|left| left.checked_add(REROUTED)) else {
        return format!("It carried {LOST}, more than this border's {full}.");
    };
    row([
        ("lost", shown(LOST)),
        ("rerouted", shown(REROUTED)),
        ("capacity left", shown(left)),
        ("uncarried", shown(before.uncarried(left))),
    ])
}

fn row<const N: usize>(cells: [(&str, String); N]) -> String {
    table(&cells.map(|(header, cell)| (header.to_owned(), vec![cell])))
}

fn draw(file: &Path, when: &str, all: &[WhatIf], halved: &[WhatIf]) -> Result<()> {
    let highest = all.iter().map(WhatIf::increase).max().unwrap_or_default();
    let unit = chart::unit_of(highest);
    let heights = |moves: &[WhatIf]| {
        moves.iter().map(WhatIf::increase).map(|rate| rate.in_unit(unit)).collect()
    };
    let level = format!("{:#}: $10,000 a minute", TERABIT.display_in(unit));
    let level = Some((level, TERABIT.in_unit(unit))).filter(|_| TERABIT <= highest);
    let labels = Labels {
        title: "What moving direct traffic to VPNs adds at the border",
        description: "For each share of direct traffic that moves, a bar for what is added if all \
                      of it goes to unlicensed VPNs, and one for what is added if licensed VPNs, \
                      which break out locally, carry half of it.",
        x: &format!("share of direct traffic that moves ({when})"),
        y: &format!("increase in {}", unit.symbol()),
    };
    let bars = Bars {
        groups: MOVED.map(|percent| format!("{percent}%")).to_vec(),
        series: vec![
            ("all to unlicensed VPNs".to_owned(), heights(all)),
            ("half of it to licensed VPNs".to_owned(), heights(halved)),
        ],
        levels: level.into_iter().collect(),
    };
    chart::draw(file, &labels, &Picture::Bars(bars))
}

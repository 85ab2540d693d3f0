//! The regulator's whole question in one report: what it claims, what the claim can mean, what that
//! comes to for the traffic that it published, what licensed VPNs change, and how far the answer hangs
//! on what is assumed; in dollars and in rupees at the day's rate.
//!
//! ```text
//! cargo run --release --example claim
//! cargo run --release --features plot --example claim -- --in-use "20 Tbps" --moved 10% --plot claim.svg
//! ```

use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, DatedRate, ExchangeRates, Ratio, Share, TrafficClass,
    TrafficMix, VolumePrice,
    jiff::civil::{Date, date},
    pta::{self, AnyPrice},
};
use bandwidth_cost_reports::{
    carried,
    chart::{self, Bars, Labels, Picture},
    of_a_dollar, shown,
    table::{Column, table},
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
usage: claim [--in-use RATE] [--moved SHARE] [--rate RATE] [--plot FILE.svg]

  --in-use RATE    the country's traffic, as in `18.03 Tbps`
  --moved SHARE    the share of it that moves to VPNs, as in `20%`
  --rate RATE      what a dollar is worth, as in `1 USD = 278.55 PKR`
  --plot FILE.svg  draws what the moves add at the border (built with `--features plot`)";

const CLAIM_SOURCE: &str = "\
Two prices of the Pakistan Telecommunication Authority, as the press reported them in January 2025:
$10,000 a minute for each 1 Tbps of extra traffic, and $1 per MB, which can be meant in other units.";

/// The Pakistan Telecommunication Authority's figure of February 2024, of which local CDNs served
/// 12.38 Tbps: <https://propakistani.pk/2024/02/23/pta-report-reveals-surge-in-digital-engagement-and-bandwidth-utilization/>.
const IN_USE: DataRate = DataRate::from_gbps(18_030);
const IN_USE_SOURCE: &str = "the authority's figure of February 2024";
const MOVED: Share = Share::from_percent(20);

/// The closing rate between banks, State Bank of Pakistan: <https://dailytimes.com.pk/1252459>.
const FIXING: (Date, &str) = (date(2024, 12, 31), "1 USD = 278.55 PKR");
const FIXING_SOURCE: &str = "closing rate between banks, State Bank of Pakistan \
                             (dailytimes.com.pk/1252459)";
/// A day of the month in which the press reported the claim.
const DAY: Date = date(2025, 1, 2);

const DIRECT: &str = "direct";
const LICENSED: &str = "licensed VPN";
const UNLICENSED: &str = "unlicensed VPN";
const LICENSED_SHARES: [u64; 5] = [0, 25, 50, 75, 100];
const MOVED_SHARES: [u64; 5] = [1, 5, 10, 20, 50];
const CDN_SHARES: [u64; 4] = [50, 60, 70, 80];
const MINUTE: Duration = Duration::from_secs(60);
const CLAIM: (&str, VolumePrice) = ("$10,000 per minute per Tbps", pta::DISRUPTION_COST);

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

/// Reads the arguments, answers the question, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let (mut in_use, mut in_use_source, mut moved) = (IN_USE, IN_USE_SOURCE, MOVED);
    let mut fixings = ExchangeRates::new();
    fixings.insert(FIXING.0, FIXING.1.parse()?)?;
    let mut rate = fixings.rate(Currency::USD, Currency::PKR, DAY)?;
    let mut rate_source = FIXING_SOURCE;
    let mut picture = None;
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("in-use") => (in_use, in_use_source) = (parser.value()?.parse()?, "as given"),
            Arg::Long("moved") => moved = parser.value()?.parse()?,
            Arg::Long("rate") => {
                (rate, rate_source) = (of_a_dollar(parser.value()?.parse()?)?.into(), "as given");
            }
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    let increases = increases(in_use)?;
    for (heading, answer) in [
        ("THE CLAIM, and what it can mean", interpretations()?),
        ("THE TRAFFIC of VPNs, August to December 2024, at each of these prices", traffic(&rate)?),
        ("LICENSING: what VPNs add at the border", licensing(in_use, moved, &rate)?),
        ("SENSITIVITY: what VPNs add at the border, none of them licensed", by_share(&increases)?),
        ("SENSITIVITY: what that costs a minute, to the unit", costs(&increases, &rate)?),
        ("ASSUMED", assumptions(in_use, in_use_source, moved, &rate, rate_source)),
    ] {
        writeln!(out, "{heading}\n\n{answer}\n")?;
    }
    picture.map_or(Ok(()), |file| draw(&file, in_use_source, &increases))
}

/// Each claim with its price per volume. A price per Mbps and month is one for a month of 30 days.
fn claims() -> Result<Vec<(&'static str, VolumePrice)>> {
    let month = Duration::from_secs(30 * 86_400);
    let as_volume = |price| match price {
        AnyPrice::Volume(price) => Ok(price),
        AnyPrice::Rate(price) => VolumePrice::per_rate_time(price.amount(), price.per(), month),
    };
    let others = pta::interpretations().into_iter();
    let others = others.map(|(name, price)| Ok((name, as_volume(price)?)));
    [Ok(CLAIM)].into_iter().chain(others).collect()
}

/// Each claim in the units of a cloud and of a carrier, and how dear it is.
fn interpretations() -> Result<String> {
    let claims = claims()?;
    let mbps_month = DataRate::from_mbps(1) * Duration::from_secs(30 * 86_400);
    let cost = |of: DataVolume| -> Vec<String> {
        claims.iter().map(|(_, price)| number(price.cost(of).amount(), 4)).collect()
    };
    let times = claims.iter().map(|(_, price)| price.ratio_to(&CLAIM.1).map(|of| number(&of, 4)));
    let table = table(&[
        ("claim".to_owned(), claims.iter().map(|(name, _)| (*name).to_owned()).collect()),
        ("USD per GB".to_owned(), cost(DataVolume::from_gigabytes(1))),
        ("USD per Mbps for 30 days".to_owned(), cost(mbps_month)),
        ("times the first".to_owned(), times.collect::<std::result::Result<_, _>>()?),
    ]);
    Ok(format!("{CLAIM_SOURCE}\n\n{table}"))
}

/// The cost of the published traffic under each claim.
fn traffic(rate: &DatedRate) -> Result<String> {
    let claims = [(CLAIM.0, AnyPrice::Volume(CLAIM.1))].into_iter().chain(pta::interpretations());
    let (mut names, mut dollars, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (name, price) in claims {
        let costs = pta::VPN_TRAFFIC_2024.map(|(month, traffic)| match price {
            AnyPrice::Volume(price) => price.cost(carried(month, traffic)),
            AnyPrice::Rate(price) => price.cost(traffic),
        });
        let total = Cost::sum(Currency::USD, costs)?;
        names.push(name.to_owned());
        dollars.push(number(total.amount(), 2));
        others.push(number(rate.convert(total)?.amount(), 2));
    }
    let [base, quote] = [rate.rate().base(), rate.rate().quote()].map(|of| of.to_string());
    Ok(table(&[("claim".to_owned(), names), (base, dollars), (quote, others)]))
}

/// The mix of a country of which local CDNs serve a share, all of it direct.
fn country(in_use: DataRate, from_cdns: Share) -> Result<TrafficMix> {
    Ok(TrafficMix::new([
        TrafficClass::new(DIRECT, in_use, from_cdns),
        TrafficClass::new(LICENSED, DataRate::ZERO, from_cdns),
        TrafficClass::new(UNLICENSED, DataRate::ZERO, Share::ZERO),
    ])?)
}

/// The increase at the border, and its cost, if licensed VPNs carry a share of what moves.
fn licensing(in_use: DataRate, moved: Share, rate: &DatedRate) -> Result<String> {
    let before = country(in_use, pta::LOCAL_CDN_SHARE)?;
    let all = before.shift(DIRECT, UNLICENSED, moved)?;
    let mut columns: Vec<Column> = [
        "licensed".to_owned(),
        "border before".to_owned(),
        "border after".to_owned(),
        "increase".to_owned(),
        format!("{} per minute", rate.rate().base()),
        format!("{} per minute", rate.rate().quote()),
    ]
    .map(|header| (header, Vec::new()))
    .into();
    for percent in LICENSED_SHARES {
        let after = all.shift(UNLICENSED, LICENSED, Share::from_percent(percent))?;
        let increase = before.international_increase(&after);
        let cost = CLAIM.1.cost(increase * MINUTE);
        let cells = [
            format!("{percent}%"),
            shown(before.international()),
            shown(after.international()),
            shown(increase),
            number(cost.amount(), 2),
            number(rate.convert(cost)?.amount(), 2),
        ];
        for ((_, column), cell) in columns.iter_mut().zip(cells) {
            column.push(cell);
        }
    }
    let (name, _) = CLAIM;
    let move_of = format!("{moved} of {in_use} move to VPNs; the increase costs {name}.");
    Ok(format!("{move_of}\n\n{}", table(&columns)))
}

/// For each share of CDNs, the increase at the border for each share that moves.
type Increases = Vec<(Share, Vec<DataRate>)>;

fn increases(in_use: DataRate) -> Result<Increases> {
    let of_cdns = |percent| {
        let from_cdns = Share::from_percent(percent);
        let before = country(in_use, from_cdns)?;
        let increase = |moved| -> Result<DataRate> {
            let after = before.shift(DIRECT, UNLICENSED, Share::from_percent(moved))?;
            Ok(before.international_increase(&after))
        };
        Ok((from_cdns, MOVED_SHARES.into_iter().map(increase).collect::<Result<_>>()?))
    };
    CDN_SHARES.into_iter().map(of_cdns).collect()
}

/// A row for each share that moves, a column for each share of CDNs.
fn sensitivity(increases: &Increases, cell: impl Fn(DataRate) -> Result<String>) -> Result<String> {
    let moved = MOVED_SHARES.map(|percent| format!("{percent}%")).to_vec();
    let mut columns: Vec<Column> = vec![("moved".to_owned(), moved)];
    for (from_cdns, increases) in increases {
        let cells = increases.iter().map(|&increase| cell(increase));
        columns.push((format!("CDNs {from_cdns}"), cells.collect::<Result<_>>()?));
    }
    Ok(table(&columns))
}

fn by_share(increases: &Increases) -> Result<String> {
    sensitivity(increases, |increase| Ok(shown(increase)))
}

fn costs(increases: &Increases, rate: &DatedRate) -> Result<String> {
    let (name, price) = CLAIM;
    let table = sensitivity(increases, |increase| {
        Ok(number(rate.convert(price.cost(increase * MINUTE))?.amount(), 0))
    })?;
    Ok(format!("{} at {name}\n{table}", rate.rate().quote()))
}

fn assumptions(
    in_use: DataRate,
    in_use_source: &str,
    moved: Share,
    rate: &DatedRate,
    rate_source: &str,
) -> String {
    let cdns = pta::LOCAL_CDN_SHARE;
    format!(
        "- {in_use} are in use ({in_use_source}), none of them on VPNs before the move of {moved}.\n\
         - Local CDNs serve {cdns} of all traffic alike, in each minute (the authority's figure, \
         reported in January 2025).\n\
         - An unlicensed VPN bypasses the CDNs. A licensed one breaks out locally, so that they serve \
         {cdns} of its traffic.\n\
         - All that VPNs add at the border is extra traffic, charged pro rata to the minute and the \
         bit per second.\n\
         - Each month's rate of VPN traffic was held for the whole calendar month; the reports do not \
         say whether it is a mean or a peak.\n\
         - MB is 10^6 bytes and MiB 2^20. A price per Mbps and month is compared for a month of 30 \
         days.\n\
         - Nobody is billed by these prices.\n\
         - {rate}: {rate_source}."
    )
}

/// Returns the number to `places` decimal places, its thousands grouped.
fn number(amount: &Ratio, places: usize) -> String {
    format!("{amount:#.places$}")
}

fn draw(file: &Path, when: &str, increases: &Increases) -> Result<()> {
    let highest = increases.iter().flat_map(|(_, increases)| increases).max().copied();
    let unit = chart::unit_of(highest.unwrap_or_default());
    let labels = Labels {
        title: "What VPNs that bypass the local CDNs add at the border",
        description: "For each share of the traffic that moves to VPNs, a bar for each share of the \
                      traffic that local CDNs serve: what is added at the border.",
        x: &format!("share of the traffic that moves ({when})"),
        y: &format!("increase in {}", unit.symbol()),
    };
    let series = increases.iter().map(|(from_cdns, increases)| {
        let heights = increases.iter().map(|increase| increase.in_unit(unit)).collect();
        (format!("CDNs serve {from_cdns}"), heights)
    });
    let bars = Bars {
        groups: MOVED_SHARES.map(|percent| format!("{percent}%")).to_vec(),
        series: series.collect(),
        levels: Vec::new(),
    };
    chart::draw(file, &labels, &Picture::Bars(bars))
}

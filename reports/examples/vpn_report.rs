//! What Pakistan's VPN traffic cost, under each reading of the two prices that the regulator
//! published: by month, in all, in dollars and in rupees.
//!
//! ```text
//! cargo run --release --example vpn_report
//! cargo run --release --features plot --example vpn_report -- --csv traffic.csv --plot costs.svg
//! cargo run --release --example vpn_report -- --csv slots.csv --separator ';' --value traffic=bytes
//! ```

use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, ExchangeRate, GapPolicy, VolumeUnit,
    jiff::{civil::Date, tz::TimeZone},
    pta::{self, AnyPrice},
};
use bandwidth_cost_reports::{
    carried,
    chart::{self, Dots, Labels, Picture},
    layout::LayoutArgs,
    layout_usage, read_text,
    table::{Column, table},
};
use lexopt::{Arg, Parser, ValueExt};
use std::{
    error::Error,
    ffi::OsString,
    fmt::Display,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

const USAGE: &str = concat!(
    "\
usage: vpn_report [--csv FILE] [--rate RATE] [--plot FILE.svg] [LAYOUT]

  --csv FILE         traffic to price, a row for each month: `month,rate`, as in `2025-01,437 Gbps`;
                     or with a layout, slots of any length, of whose months (in UTC) the means are
                     priced
  --rate RATE        what a dollar is worth, as in `1 USD = 278.55 PKR`
  --plot FILE.svg    draws the costs by month (built with `--features plot`)

",
    layout_usage!()
);

const RATE: &str = "1 USD = 278.55 PKR";
const RATE_SOURCE: &str = "closing rate between banks on 31 December 2024, State Bank of Pakistan \
                           (dailytimes.com.pk/1252459)";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

/// Reads the arguments, prints the report, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let mut traffic = pta::VPN_TRAFFIC_2024.to_vec();
    let (mut rate, mut rate_source) = (RATE.parse()?, RATE_SOURCE);
    let (mut csv, mut layout) = (None, LayoutArgs::default());
    let mut picture = None;
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("csv") => csv = Some(PathBuf::from(parser.value()?)),
            Arg::Long("rate") => (rate, rate_source) = (parser.value()?.parse()?, "as given"),
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            Arg::Long(name) if LayoutArgs::has(name) => {
                let name = name.to_owned();
                layout.take(&name, &mut parser)?;
            }
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }

    if let Some(file) = csv {
        traffic =
            if layout.is_given() { read_months(&file, &layout)? } else { read_traffic(&file)? };
    }

    let disruption = AnyPrice::Volume(pta::DISRUPTION_COST);
    let claims =
        [("$10,000 per minute per Tbps", disruption)].into_iter().chain(pta::interpretations());
    let bills = claims.map(|(name, price)| Bill::new(name, price, &traffic));
    let bills = bills.collect::<std::result::Result<Vec<_>, _>>()?;

    writeln!(
        out,
        "What the traffic cost under each reading of the published prices, to the dollar (USD),"
    )?;
    writeln!(out, "each month's rate being held for the whole calendar month:\n")?;
    writeln!(out, "{}\n", by_month(&traffic, &bills))?;
    writeln!(out, "{}\n", in_two_currencies(&bills, &rate)?)?;
    writeln!(out, "{rate}: {rate_source}.")?;
    let (charge, disruption) = (pta::INTERNATIONAL_CHARGE, pta::DISRUPTION_COST);
    let factor = charge.ratio_to(&disruption)?;
    writeln!(out, "{charge} is exactly {factor} times as dear as {disruption}.")?;
    picture.map_or(Ok(()), |file| draw(&file, &traffic, &bills))
}

type Traffic = (Date, DataRate);

/// The cost of the traffic under one reading of the prices.
struct Bill {
    name: &'static str,
    months: Vec<Cost>,
    total: Cost,
}

impl Bill {
    fn new(
        name: &'static str,
        price: AnyPrice,
        traffic: &[Traffic],
    ) -> std::result::Result<Self, bandwidth_cost::Error> {
        let cost = |month: &Traffic| match price {
            AnyPrice::Volume(price) => price.cost(carried_in(month)),
            AnyPrice::Rate(price) => price.cost(month.1),
        };
        let months: Vec<Cost> = traffic.iter().map(cost).collect();
        let total = Cost::sum(Currency::USD, &months)?;
        Ok(Self { name, months, total })
    }
}

fn carried_in(&(month, rate): &Traffic) -> DataVolume {
    carried(month, rate)
}

fn name(&(month, _): &Traffic) -> String {
    month.strftime("%Y-%m").to_string()
}

fn by_month(traffic: &[Traffic], bills: &[Bill]) -> String {
    let volume = |v: DataVolume| format!("{:#.1}", v.display_in(VolumeUnit::Terabyte));
    let column = |header: &str, cells: &dyn Fn(&Traffic) -> String, total| {
        (header.to_owned(), traffic.iter().map(cells).chain([total]).collect())
    };
    let total = volume(traffic.iter().map(carried_in).sum());
    let mut columns: Vec<Column> = vec![
        column("month", &name, "total".to_owned()),
        column("rate", &|month| month.1.to_string(), String::new()),
        column("volume", &|month| volume(carried_in(month)), total),
    ];
    columns.extend(bills.iter().map(|bill| {
        let costs = bill.months.iter().chain([&bill.total]);
        (bill.name.replace(" per ", "\nper "), costs.map(|cost| digits(cost, 0)).collect())
    }));
    table(&columns)
}

fn in_two_currencies(bills: &[Bill], rate: &ExchangeRate) -> Result<String> {
    let converted = bills.iter().map(|bill| rate.convert(bill.total.clone()));
    let converted = converted.collect::<std::result::Result<Vec<_>, _>>()?;
    let names = bills.iter().map(|bill| bill.name.to_owned()).collect();
    let totals = bills.iter().map(|bill| digits(&bill.total, 2)).collect();
    let converted = converted.iter().map(|cost| digits(cost, 2)).collect();
    Ok(table(&[
        ("total, to two places".to_owned(), names),
        (rate.base().to_string(), totals),
        (rate.quote().to_string(), converted),
    ]))
}

/// Returns the number to `places` decimal places, its thousands grouped.
fn digits(cost: &Cost, places: usize) -> String {
    format!("{:#.places$}", cost.amount())
}

fn draw(file: &Path, traffic: &[Traffic], bills: &[Bill]) -> Result<()> {
    let labels = Labels {
        title: "Monthly cost of the traffic under each reading of the prices",
        description: "For each month a dot for each reading of the published prices, on a \
                      logarithmic axis of US dollars.",
        x: "calendar month",
        y: "cost in US dollars (logarithmic)",
    };
    let series = bills.iter().map(|bill| {
        (bill.name.to_owned(), bill.months.iter().map(|cost| cost.amount().clone()).collect())
    });
    let dots = Dots { groups: traffic.iter().map(name).collect(), series: series.collect() };
    chart::draw(file, &labels, &Picture::Dots(dots))
}

/// Reads slots by a layout, and returns the mean rate of each month.
fn read_months(file: &Path, layout: &LayoutArgs) -> Result<Vec<Traffic>> {
    let text = read_text(file)?;
    let series = layout.layout().read(text.as_bytes(), GapPolicy::Fail);
    let series = series.map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(series.by_month(&TimeZone::UTC).map(|(month, slots)| (month, slots.mean())).collect())
}

/// Reads `month,rate` rows; an error says where.
fn read_traffic(file: &Path) -> Result<Vec<Traffic>> {
    let open = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_path(file);
    let mut reader = open.map_err(|error| format!("{}: {error}", file.display()))?;
    let mut traffic = Vec::<Traffic>::new();
    for record in reader.records() {
        let record = record?;
        let [month, rate] = [0, 1].map(|column| record.get(column).unwrap_or_default());
        if traffic.is_empty() && month.eq_ignore_ascii_case("month") {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let place = |error: &dyn Display| format!("{} line {line}: {error}", file.display());
        if record.len() != 2 {
            return Err(place(&"expected a month and a rate, such as 2025-01,437 Gbps").into());
        }
        let first = format!("{month}-01").parse::<Date>();
        let first = first.map_err(|_| {
            place(&format!("invalid month `{month}`: expected one such as 2025-01"))
        })?;
        if traffic.iter().any(|(known, _)| *known == first) {
            return Err(place(&format!("two rows for {month}: check the file")).into());
        }
        traffic.push((first, rate.parse().map_err(|error: bandwidth_cost::Error| place(&error))?));
    }
    Ok(traffic)
}

//! Which of some offers is the cheapest at which rate, where any two of them cross, and how much each
//! gives for a budget.
//!
//! ```text
//! cargo run --release --example offers
//! cargo run --release --features plot --example offers -- --offers offers.toml --up-to "20 Gbps" --plot offers.svg
//! ```

#![expect(
    clippy::arithmetic_side_effects,
    reason = "exact numbers do not overflow, and the offers are few"
)]

use bandwidth_cost::{Cost, DataRate, Decimal, RateCard, Ratio, Schedule, Share, price::Segment};
use bandwidth_cost_reports::{
    chart::{self, Curves, Labels, Picture},
    read_text, shown,
    table::table,
};
use lexopt::{Arg, Parser, ValueExt};
use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

const USAGE: &str = "\
usage: offers [--offers FILE.toml] [--up-to RATE] [--budget AMOUNT] [--plot FILE.svg]

  --offers FILE.toml  the offers, each a tariff by rate, as in reports/rate_cards/offers.toml
  --up-to RATE        the highest rate that is asked about, as in `20 Gbps`
  --budget AMOUNT     what may be spent in a month, as in `3000 USD`
  --plot FILE.svg     draws the costs (built with `--features plot`)";

const OFFERS: &str = include_str!("../rate_cards/offers.toml");
const WHEN: &str = "2025";
const UP_TO: DataRate = DataRate::from_gbps(10);
const BUDGET: &str = "2000 USD";
/// As many as a picture has columns.
const COLUMNS: u64 = 1_000;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    bandwidth_cost_reports::exit(run(
        std::env::args_os().skip(1).collect(),
        &mut io::stdout().lock(),
    ))
}

/// An offer with a name of its own.
type Offer<'a> = (&'a str, &'a Schedule<DataRate>);

/// Reads the arguments, answers the questions, draws the picture.
pub(crate) fn run(args: Vec<OsString>, out: &mut impl Write) -> Result<()> {
    let (mut card, mut when) = (RateCard::from_toml(OFFERS, &BTreeMap::new())?, WHEN);
    let (mut up_to, mut budget): (_, Cost) = (UP_TO, BUDGET.parse()?);
    let mut picture = None;
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("offers") => {
                (card, when) = (read_card(Path::new(&parser.value()?))?, "as given");
            }
            Arg::Long("up-to") => up_to = parser.value()?.parse()?,
            Arg::Long("budget") => budget = parser.value()?.parse()?,
            Arg::Long("plot") => picture = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(writeln!(out, "{USAGE}")?),
            other => return Err(format!("{}\n\n{USAGE}", other.unexpected()).into()),
        }
    }
    if up_to.is_zero() {
        return Err("no offer is cheaper than another up to 0 bps: pass a rate above zero".into());
    }
    let offers = offers_of(&card)?;
    let crossings = crossings(&offers, up_to)?;
    let best = cheapest(&offers, &crossings, up_to);

    writeln!(out, "The cheapest of {} offers ({when}) up to {up_to}:\n", offers.len())?;
    let changes = |cell: &dyn Fn(&Best<'_>) -> String| best.iter().map(cell).collect();
    writeln!(
        out,
        "{}\n",
        table(&[
            ("offer".to_owned(), changes(&|best| best.offer.0.to_owned())),
            ("from about".to_owned(), changes(&|best| shown(best.from))),
            ("costs there".to_owned(), changes(&|best| format!("{:#.2}", best.cost()))),
        ])
    )?;
    let crossed = |cell: &dyn Fn(&Crossed<'_>) -> String| crossings.iter().map(cell).collect();
    writeln!(
        out,
        "Where two of them cross:\n\n{}\n",
        table(&[
            ("cheaper".to_owned(), crossed(&|crossed| crossed.cheaper.to_owned())),
            ("than".to_owned(), crossed(&|crossed| crossed.dearer.to_owned())),
            ("from about".to_owned(), crossed(&|crossed| shown(crossed.from))),
        ])
    )?;
    writeln!(out, "{}", for_budget(&offers, &budget)?)?;
    picture.map_or(Ok(()), |file| draw(&file, when, &offers, &best, up_to))
}

fn read_card(file: &Path) -> Result<RateCard> {
    let card = RateCard::from_toml(&read_text(file)?, &BTreeMap::new());
    card.map_err(|error| format!("{}: {error}", file.display()).into())
}

fn offers_of(card: &RateCard) -> Result<Vec<Offer<'_>>> {
    let by_rate = card.tariffs().iter().map(|tariff| match tariff.rate() {
        Some((_, schedule)) => Ok((tariff.name(), schedule)),
        None => Err(format!("`{}` is not by rate: write offers by rate", tariff.name()).into()),
    });
    by_rate.collect()
}

/// A rate from which one of two offers is cheaper.
struct Crossed<'a> {
    from: DataRate,
    cheaper: &'a str,
    dearer: &'a str,
}

/// The crossings of each two offers, in ascending order.
fn crossings<'a>(offers: &[Offer<'a>], up_to: DataRate) -> Result<Vec<Crossed<'a>>> {
    let mut all = Vec::new();
    for (index, (name, schedule)) in offers.iter().enumerate() {
        for (other_name, other) in offers.iter().skip(index + 1) {
            let crossings = schedule.crossings(other);
            let crossings = crossings.map_err(|error| format!("{name}, {other_name}: {error}"))?;
            let within = crossings.into_iter().filter(|crossing| crossing.quantity() <= up_to);
            all.extend(within.map(|crossing| {
                let names = if crossing.other_is_cheaper() {
                    (*other_name, *name)
                } else {
                    (*name, *other_name)
                };
                Crossed { from: crossing.quantity(), cheaper: names.0, dearer: names.1 }
            }));
        }
    }
    all.sort_by_key(|crossed| crossed.from);
    Ok(all)
}

/// The cheapest offer from a rate on.
struct Best<'a> {
    from: DataRate,
    offer: Offer<'a>,
}

impl Best<'_> {
    fn cost(&self) -> Cost {
        self.offer.1.cost(self.from)
    }
}

/// The cheapest offer at each rate: the first of those that are the cheapest.
///
/// Between two crossings none of the offers overtakes another. Two that begin with equal costs may
/// part there, so that the last rate before a crossing tells which is the cheapest.
fn cheapest<'a>(offers: &[Offer<'a>], crossings: &[Crossed<'_>], up_to: DataRate) -> Vec<Best<'a>> {
    let changes: BTreeSet<DataRate> = crossings.iter().map(|crossed| crossed.from).collect();
    let starts = [DataRate::ZERO].into_iter().chain(changes.iter().copied());
    let bit = DataRate::from_bps(1);
    let ends = changes.iter().map(|change| change.saturating_sub(bit)).chain([up_to]);
    let mut best: Vec<Best<'a>> = Vec::new();
    for (from, end) in starts.zip(ends) {
        let cost = |(_, schedule): &&Offer<'a>| schedule.cost(end).amount().clone();
        let Some(&offer) = offers.iter().min_by_key(cost) else { continue };
        if best.last().is_none_or(|best| best.offer.0 != offer.0) {
            best.push(Best { from, offer });
        }
    }
    best
}

/// The highest rate that each offer gives for the budget.
fn for_budget(offers: &[Offer<'_>], budget: &Cost) -> Result<String> {
    let mut rows = (Vec::new(), Vec::new(), Vec::new());
    for (name, schedule) in offers {
        let most = schedule.largest_within(budget)?;
        rows.0.push((*name).to_owned());
        rows.1.push(match most {
            Some(DataRate::MAX) => "any rate".to_owned(),
            Some(most) => shown(most),
            None => "none".to_owned(),
        });
        rows.2.push(most.map_or(String::new(), |most| format!("{:#.2}", schedule.cost(most))));
    }
    Ok(table(&[
        (format!("for {budget:#.2}"), rows.0),
        ("up to".to_owned(), rows.1),
        ("costs".to_owned(), rows.2),
    ]))
}

fn draw(
    file: &Path,
    when: &str,
    offers: &[Offer<'_>],
    best: &[Best<'_>],
    up_to: DataRate,
) -> Result<()> {
    let unit = chart::unit_of(up_to);
    let points_of = |(_, schedule): &Offer<'_>| -> Result<Vec<(DataRate, Ratio)>> {
        let cost = |rate| (rate, schedule.cost(rate).amount().clone());
        Ok(rates_of(schedule, up_to)?.into_iter().map(cost).collect())
    };
    let points = offers.iter().map(points_of).collect::<Result<Vec<_>>>()?;
    let costs = points.iter().flatten().map(|(_, cost)| cost);
    let (scale, scale_name) = scale_of(costs.max());
    let point = |rate: DataRate, cost: &Ratio| (rate.in_unit(unit), cost * &scale);
    let curves = offers.iter().zip(&points).map(|((name, _), points)| {
        let points = points.iter().map(|(rate, cost)| point(*rate, cost));
        ((*name).to_owned(), corners(points))
    });
    let changes: Vec<_> = best.iter().skip(1).collect();
    let at: Vec<String> =
        changes.iter().map(|best| format!("{:.2}", best.from.in_unit(unit))).collect();
    let marked = (!changes.is_empty()).then(|| {
        let name = "the cheapest offer changes";
        // More would not fit the legend.
        let name = match at.len() {
            ..=6 => format!("{name}, at {} {}", at.join(", "), unit.symbol()),
            times => format!("{name} {times} times"),
        };
        (name, changes.iter().map(|best| point(best.from, best.cost().amount())).collect())
    });
    let currency = offers.first().map_or("money", |(_, schedule)| schedule.currency().code());
    let labels = Labels {
        title: &format!("Monthly cost of {} transit offers ({when})", offers.len()),
        description: "For each offer a curve of its cost by the billed rate, and a dot at each rate \
                      from which another offer is the cheapest.",
        x: &format!("billed rate in {} (95th percentile of the month)", unit.symbol()),
        y: &format!("cost in {scale_name}{currency} a month"),
    };
    let curves = Curves { curves: curves.collect(), marked };
    chart::draw(file, &labels, &Picture::Curves(curves))
}

/// The factor by which costs are drawn, so that an axis up to the highest one counts to less than a
/// million, and its name.
fn scale_of(highest: Option<&Ratio>) -> (Ratio, String) {
    let (thousandth, million) = (Ratio::from(Decimal::new(1, 3)), Ratio::from(1_000_000));
    let highest = highest.cloned().unwrap_or_default();
    let (mut scale, mut power) = (Ratio::ONE, 0);
    while &highest * &scale >= million {
        (scale, power) = (&scale * &thousandth, power + 3);
    }
    let name = match power {
        0 => String::new(),
        3 => "thousands of ".to_owned(),
        6 => "millions of ".to_owned(),
        9 => "billions of ".to_owned(),
        12 => "trillions of ".to_owned(),
        _ => format!("10^{power} "),
    };
    (scale, name)
}

/// As many rates as a picture has columns, and those on both sides of each bend.
fn rates_of(schedule: &Schedule<DataRate>, up_to: DataRate) -> Result<BTreeSet<DataRate>> {
    let bit = DataRate::from_bps(1);
    let lasts = schedule.curve().segments().iter().filter_map(Segment::last);
    let lasts = lasts.filter_map(|last| last.checked_add(schedule.allowance()));
    let bends = lasts.flat_map(|last| [Some(last), last.checked_add(bit)]).flatten();
    let mut rates: BTreeSet<DataRate> = bends.filter(|rate| *rate <= up_to).collect();
    for column in 0..=COLUMNS {
        rates.insert(up_to.portion(Share::new(column, COLUMNS)?));
    }
    Ok(rates)
}

/// The points without those that lie on a straight line between their neighbours.
fn corners(points: impl Iterator<Item = (Ratio, Ratio)>) -> Vec<(Ratio, Ratio)> {
    let mut kept: Vec<(Ratio, Ratio)> = Vec::new();
    for point in points {
        if let [.., first, middle] = &*kept {
            let way =
                |from: &(Ratio, Ratio), to: &(Ratio, Ratio)| (&to.0 - &from.0, &to.1 - &from.1);
            let ((x, y), (next_x, next_y)) = (way(first, middle), way(middle, &point));
            if &x * &next_y == &next_x * &y {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}

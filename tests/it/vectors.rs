//! The vectors, each file whole: what a biller in any language must answer.
//!
//! `vectors/make.py` computes them with exact fractions, and shares no code with the crate.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::{STRATEGIES, parse};
use bandwidth_cost::{
    AnyQuantity, Cost, CounterEvent, CounterLog, CounterWidth, Currency, DataRate, DataVolume,
    Error, ExchangeRate, ExchangeRates, Money, Percentile, Quantity, RateCard, RateMeter,
    RatePrice, Ratio, RoundingStrategy, Schedule, Share, Tariff, Tier, Tiers, UnitPrice,
    UsageSeries, VolumeMeter, VolumePrice,
    jiff::{Timestamp, civil::Date},
    tariff::{Adjustment, Attribution, Settlement},
};
use core::{ops::Index, str::FromStr, time::Duration};
use std::{collections::BTreeMap, fs, path::Path};

/// A file of vectors.
struct Vectors {
    name: &'static str,
    columns: Vec<String>,
    text: String,
}

/// A row of a file, whose cells are found by their columns' names.
struct Row<'a> {
    columns: &'a [String],
    cells: Vec<&'a str>,
}

/// Whether this is the crate as a registry has it, which leaves the vectors out.
fn is_packaged() -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(".cargo_vcs_info.json").exists()
}

impl Vectors {
    fn open(name: &'static str) -> Self {
        if is_packaged() {
            return Self { name, columns: Vec::new(), text: String::new() };
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("vectors/{name}.csv"));
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let columns = text.lines().next().unwrap().split(',').map(str::to_owned).collect();
        Self { name, columns, text }
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let lines = self.text.lines().skip(1);
        lines.map(|line| Row { columns: &self.columns, cells: line.split(',').collect() })
    }

    /// Checks each row, and shows the whole row of the first that is wrong.
    fn check(&self, holds: impl Fn(&Row<'_>) -> bool) {
        for (number, row) in (2..).zip(self.rows()) {
            assert!(holds(&row), "{}.csv, line {number}: {}", self.name, row.cells.join(","));
        }
    }
}

impl Index<&str> for Row<'_> {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        let column = self.columns.iter().position(|column| column == name);
        self.cells[column.unwrap_or_else(|| panic!("no column {name}"))]
    }
}

impl Row<'_> {
    fn read<T: FromStr<Err: core::fmt::Display>>(&self, name: &str) -> T {
        parse(&self[name])
    }

    /// The value of a cell that may be empty.
    fn optional<T>(&self, name: &str, read: impl Fn(&str) -> T) -> Option<T> {
        Some(&self[name]).filter(|text| !text.is_empty()).map(read)
    }

    /// The values of a cell with blanks between them.
    fn list<T>(&self, name: &str, read: impl Fn(&str) -> T) -> Vec<T> {
        self[name].split_whitespace().map(read).collect()
    }
}

fn money(text: &str) -> Money {
    Money::new(parse(text), Currency::USD)
}

fn dollars(text: &str) -> Cost {
    Cost::new(parse(text), Currency::USD)
}

/// A number of bits with at most nine decimal places.
fn bits(text: &str) -> DataVolume {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let nanobits = format!("{whole}{fraction:0<9}");
    DataVolume::from_nanobits(nanobits.parse().unwrap())
}

fn bps(text: &str) -> DataRate {
    DataRate::from_bps(text.parse().unwrap())
}

fn strategy(name: &str) -> RoundingStrategy {
    let names = [
        "half to even",
        "half away from zero",
        "half toward zero",
        "toward zero",
        "away from zero",
        "down",
        "up",
    ];
    STRATEGIES[names.iter().position(|known| *known == name).unwrap()]
}

/// The instant that is this many seconds after the first one of 2025.
fn at(seconds: &str) -> Timestamp {
    let seconds: i64 = seconds.parse().unwrap();
    Timestamp::from_second(1_735_689_600 + seconds).unwrap()
}

fn seconds(text: &str) -> Duration {
    Duration::from_secs(text.parse().unwrap())
}

/// The volume of each slot, `None` where it is left out.
fn slots(series: &UsageSeries) -> Vec<Option<DataVolume>> {
    series.iter().map(|(_, volume)| volume).collect()
}

fn slot(text: &str) -> Option<DataVolume> {
    (text != "-").then(|| bits(text))
}

#[test]
fn amounts_round() {
    Vectors::open("rounding").check(|row| {
        let rounded =
            dollars(&row["amount"]).round_to(row.read("places"), strategy(&row["strategy"]));
        rounded.unwrap() == money(&row["rounded"])
    });
}

#[test]
fn prices_times_quantities() {
    Vectors::open("price").check(|row| {
        let amount = money(&row["amount"]);
        let cost = match &row["kind"] {
            "volume" => {
                let price = VolumePrice::new(amount, bits(&row["per"])).unwrap();
                price.cost(bits(&row["quantity"]))
            }
            _ => {
                let price = RatePrice::new(amount, bps(&row["per"])).unwrap();
                price.cost(bps(&row["quantity"]))
            }
        };
        cost == dollars(&row["cost"])
    });
}

/// A schedule by either quantity.
enum AnySchedule {
    Volume(Schedule<DataVolume>),
    Rate(Schedule<DataRate>),
}

/// The prices of a row of `tariffs.csv` with its rows of `tiers.csv`.
fn prices<Q: Quantity>(
    row: &Row<'_>,
    tiers: &[Row<'_>],
    quantity: impl Fn(&str) -> Q,
) -> Result<Schedule<Q>, Error> {
    let price = |tier: &Row<'_>| UnitPrice::new(money(&tier["amount"]), quantity(&tier["per"]));
    let listed = tiers.iter().map(|row| {
        let price = price(row)?;
        let tier = match &row["bound_is"] {
            "up_to" => Tier::up_to(quantity(&row["bound"]), price),
            "below" => Tier::below(quantity(&row["bound"]), price),
            _ => Tier::rest(price),
        };
        Ok(row.optional("fee", money).map_or(tier, |fee| tier.with_fee(fee)))
    });
    Ok(match &row["form"] {
        "flat" => Schedule::flat(price(&tiers[0])?),
        "graduated" => Schedule::graduated(Tiers::new(listed.collect::<Result<Vec<_>, Error>>()?)?),
        _ => Schedule::all_units(Tiers::new(listed.collect::<Result<Vec<_>, Error>>()?)?),
    })
}

/// The schedule of a row of `tariffs.csv` with its rows of `tiers.csv`.
fn schedule<Q: Quantity>(
    row: &Row<'_>,
    tiers: &[Row<'_>],
    quantity: impl Fn(&str) -> Q,
) -> Result<Schedule<Q>, Error> {
    let mut schedule = prices(row, tiers, &quantity)?;
    if let Some(allowance) = row.optional("allowance", &quantity) {
        schedule = schedule.with_allowance(allowance);
    }
    if let Some(increment) = row.optional("increment", &quantity) {
        schedule = schedule.with_increment(increment)?;
    }
    if let Some(commitment) = row.optional("commitment", &quantity) {
        schedule = schedule.with_commitment(commitment);
    }
    if let Some(fee) = row.optional("fixed_fee", money) {
        schedule = schedule.with_fixed_fee(fee)?;
    }
    if let Some(minimum) = row.optional("minimum", money) {
        schedule = schedule.with_minimum(minimum)?;
    }
    if let Some(maximum) = row.optional("maximum", money) {
        schedule = schedule.with_maximum(maximum)?;
    }
    Ok(schedule)
}

/// Calls `each` with each row of `tariffs.csv` and its rows of `tiers.csv`.
fn for_tariffs<T>(each: impl Fn(&Row<'_>, &[Row<'_>]) -> T) -> Vec<T> {
    let (tariffs, tiers) = (Vectors::open("tariffs"), Vectors::open("tiers"));
    let mut tiers_of: BTreeMap<String, Vec<Row<'_>>> = BTreeMap::new();
    for row in tiers.rows() {
        tiers_of.entry(row["tariff"].to_owned()).or_default().push(row);
    }
    tariffs.rows().map(|row| each(&row, &tiers_of[&row["tariff"]])).collect()
}

fn schedules() -> Vec<AnySchedule> {
    for_tariffs(|row, tiers| match &row["kind"] {
        "volume" => AnySchedule::Volume(schedule(row, tiers, bits).unwrap()),
        _ => AnySchedule::Rate(schedule(row, tiers, bps).unwrap()),
    })
}

/// The cost of a part of a month: the bill of one slot.
fn cost_of_part(tariff: Tariff, quantity: AnyQuantity, part: Share) -> Cost {
    let (start, day) = (at("0"), Duration::from_secs(86_400));
    let series = match quantity {
        AnyQuantity::Volume(volume) => UsageSeries::from_volumes(start, day, [volume]),
        AnyQuantity::Rate(rate) => UsageSeries::from_rates(start, day, [rate]),
    };
    tariff.bill_part(&series.unwrap(), part).unwrap().total().unwrap()
}

#[test]
fn schedules_cost() {
    let schedules = schedules();
    Vectors::open("schedules").check(|row| {
        let part = row.optional("part", |text| {
            let (days, of) = text.split_once('/').unwrap();
            Share::new(parse(days), parse(of)).unwrap()
        });
        let billed = row.optional("billed", parse::<Ratio>);
        let (cost, found) = match &schedules[row.read::<usize>("tariff")] {
            AnySchedule::Volume(schedule) => {
                let quantity = bits(&row["quantity"]);
                let tariff = |schedule| Tariff::by_volume("vector", VolumeMeter::Total, schedule);
                let cost = part.map_or_else(
                    || schedule.cost(quantity),
                    |part| {
                        cost_of_part(tariff(schedule.clone()), AnyQuantity::Volume(quantity), part)
                    },
                );
                let nanobits = billed.map(|bits| bits * Ratio::from(1_000_000_000));
                (cost, nanobits.is_none_or(|billed| schedule.curve().billed(quantity) == billed))
            }
            AnySchedule::Rate(schedule) => {
                let quantity = bps(&row["quantity"]);
                let tariff = |schedule| Tariff::by_rate("vector", RateMeter::Peak, schedule);
                let cost = part.map_or_else(
                    || schedule.cost(quantity),
                    |part| {
                        cost_of_part(tariff(schedule.clone()), AnyQuantity::Rate(quantity), part)
                    },
                );
                (cost, billed.is_none_or(|billed| schedule.curve().billed(quantity) == billed))
            }
        };
        found && cost == dollars(&row["cost"])
    });
}

fn percentile(row: &Row<'_>) -> Percentile {
    Percentile::new(row.read("percent")).unwrap().with_rule(row.read("rule"))
}

#[test]
fn percentiles_have_positions() {
    Vectors::open("ranks").check(|row| {
        let (percentile, slots) = (percentile(row), row.read("slots"));
        let position: Ratio = row.read("position");
        let rank = Ratio::from(percentile.rank(slots) as u64);
        percentile.position(slots) == position && position <= rank && rank < position + Ratio::ONE
    });
}

#[test]
fn percentiles_of_the_slots_that_are_there() {
    Vectors::open("percentiles").check(|row| {
        let rates = row.list("rates", |text| (text != "-").then(|| bps(text)));
        let series = UsageSeries::from_rates(at("0"), Duration::from_secs(300), rates);
        series.unwrap().percentile(percentile(row)) == bps(&row["billed"])
    });
}

#[test]
fn records_spread_over_slots() {
    Vectors::open("records").check(|row| {
        let records = row.list("records", |text| {
            let cells: Vec<&str> = text.split(':').collect();
            (at(cells[0])..at(cells[1]), DataVolume::from_bytes(parse(cells[2])))
        });
        let series = UsageSeries::from_records(records, seconds(&row["interval"])).unwrap();
        series.start() == at(&row["first_slot"]) && slots(&series) == row.list("slots", slot)
    });
}

#[test]
fn counters_account_for_every_octet() {
    Vectors::open("counters").check(|row| {
        let width = if &row["width"] == "32" { CounterWidth::Bits32 } else { CounterWidth::Bits64 };
        let mut log = CounterLog::new(width);
        if let Some(capacity) = row.optional("capacity", bps) {
            log = log.with_capacity(capacity);
        }
        for reading in row["readings"].split(' ') {
            let (time, octets) = reading.split_once(':').unwrap();
            log.push(at(time), octets.parse().unwrap()).unwrap();
        }
        let policy: bandwidth_cost::GapPolicy = row.read("policy");
        let readout = log.to_series(seconds(&row["interval"]), policy).unwrap();
        let [mut head, mut tail, mut gap] = [DataVolume::ZERO; 3];
        let [mut unknown, mut wraps, mut resets, mut discarded, mut above] = [0_u32; 5];
        for event in &readout.events {
            match *event {
                CounterEvent::Head { volume, .. } => head += volume,
                CounterEvent::Tail { volume, .. } => tail += volume,
                CounterEvent::Gap { volume, measured, .. } => {
                    unknown += u32::from(volume.is_none());
                    gap += volume.unwrap_or(DataVolume::ZERO) + measured;
                }
                CounterEvent::Wrap { .. } => wraps += 1,
                CounterEvent::Reset { .. } => resets += 1,
                CounterEvent::Discarded { .. } => discarded += 1,
                CounterEvent::AboveCapacity { .. } => above += 1,
                _ => {}
            }
        }
        readout.series.start() == at(&row["first_slot"])
            && slots(&readout.series) == row.list("slots", slot)
            && [head, tail, gap] == ["head", "tail", "gap"].map(|name| bits(&row[name]))
            && [unknown, wraps, resets, discarded, above]
                == ["unknown_gaps", "wraps", "resets", "discarded", "above_capacity"]
                    .map(|name| row.read::<u32>(name))
    });
}

/// The tables of `tables.csv` with their rows of `fixings.csv`.
fn tables() -> Vec<ExchangeRates> {
    let mut tables: Vec<ExchangeRates> = Vec::new();
    for row in Vectors::open("tables").rows() {
        let markup: Ratio = row.read("markup");
        let markup = parse::<Share>(&format!("{}%", markup * Ratio::from(100)));
        let table = ExchangeRates::new().with_max_age(row.read("max_age")).with_markup(markup);
        tables.push(match row.optional("pivot", parse) {
            Some(pivot) => table.with_pivot(pivot),
            None => table,
        });
    }
    for row in Vectors::open("fixings").rows() {
        let table = &mut tables[row.read::<usize>("table")];
        let side = |amount, currency| Money::new(row.read(amount), row.read(currency));
        let rate = ExchangeRate::new(side("base_amount", "base"), side("quote_amount", "quote"));
        let (first, rate) = (row.read::<Date>("first"), rate.unwrap());
        let inserted = match &row["kind"] {
            "on" => table.insert(first, rate),
            "for" => table.insert_for(first..=row.read("last"), rate),
            _ => table.insert_from(first, rate),
        };
        inserted.unwrap();
    }
    tables
}

/// The money that one unit of a currency costs.
fn factor(rate: &bandwidth_cost::money::exchange::DatedRate, from: Currency) -> Ratio {
    rate.convert(Money::from_major(1, from)).unwrap().amount().clone()
}

#[test]
fn exchange_rates_of_a_day() {
    let tables = tables();
    Vectors::open("exchange").check(|row| {
        let (from, to, day) = (row.read("from"), row.read("to"), row.read("day"));
        let rate = tables[row.read::<usize>("table")].rate(from, to, day).ok();
        let expected = row.optional("factor", parse::<Ratio>);
        let fixings = rate.iter().flat_map(|rate| rate.fixings());
        rate.as_ref().map(|rate| factor(rate, from)) == expected
            && fixings.map(|fixing| fixing.date()).collect::<Vec<_>>() == row.list("fixed", parse)
    });
}

#[test]
fn exchange_rates_of_a_period() {
    let tables = tables();
    Vectors::open("means").check(|row| {
        let (from, to) = (row.read("from"), row.read("to"));
        let days = row.read("first")..=row.read("last");
        let rate = tables[row.read::<usize>("table")].mean(from, to, days).ok();
        rate.map(|rate| factor(&rate, from)) == row.optional("factor", parse)
    });
}

#[test]
fn money_is_shared_without_loss() {
    Vectors::open("allocation").check(|row| {
        let currency = row.read("currency");
        let money = |text: &str| Money::new(parse(text), currency);
        let parts = money(&row["amount"]).allocate(&row.list("weights", parse)).unwrap();
        parts == row.list("parts", money)
    });
}

/// The tariffs whose bill of 1 bit/s has lines of these amounts.
fn tariff(number: usize, amount: &str, currency: Currency) -> Tariff {
    let (amount, per) = amount.split_once('/').unwrap_or((amount, "1"));
    let price = RatePrice::new(Money::new(parse(amount), currency), bps(per)).unwrap();
    Tariff::by_rate(format!("line {number}"), RateMeter::Peak, Schedule::flat(price))
}

#[test]
fn bills_settle() {
    let second = Duration::from_secs(1);
    let series = UsageSeries::from_rates(at("0"), second, [DataRate::from_bps(1)]).unwrap();
    Vectors::open("settlement").check(|row| {
        let currency = row.read("currency");
        let money = |text: &str| Money::new(parse(text), currency);
        let lines = row["lines"].split(' ').enumerate();
        let tariffs = lines.map(|(number, amount)| tariff(number, amount, currency));
        let bill = RateCard::new(tariffs).unwrap().bill(&series).unwrap();
        let strategy = strategy(&row["strategy"]);
        let mut rule = match &row["rule"] {
            "each line" => Settlement::each_line(strategy),
            _ => Settlement::total_once(strategy),
        };
        if let Some(places) = row.optional("places", parse) {
            rule = rule.places(places);
        }
        if let Some(step) = row.optional("cash", money) {
            rule = rule.cash(step);
        }
        let invoice = bill.settle(rule).unwrap();
        let mut amounts = row.list("rounded", money);
        amounts.extend(Some(money(&row["rounding"])).filter(|rounding| !rounding.is_zero()));
        let lines: Vec<Money> = invoice.lines().iter().map(|line| line.amount()).collect();
        lines == amounts && invoice.total().unwrap() == money(&row["total"])
    });
}

#[test]
fn there_are_at_least_a_hundred_thousand_rows() {
    if is_packaged() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tables = files.filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
    let rows: usize =
        tables.map(|path| fs::read_to_string(path).unwrap().lines().skip(1).count()).sum();
    assert!(rows >= 100_000, "{rows} rows");
}

/// The cells of a list's entry: `line0:100:USD`.
fn cells(text: &str) -> Vec<&str> {
    text.split(':').collect()
}

#[test]
fn adjustments_are_of_the_lines_before_them() {
    let second = Duration::from_secs(1);
    let series = UsageSeries::from_rates(at("0"), second, [DataRate::from_bps(1)]).unwrap();
    let amount = |amount: &str, currency: &str| Money::new(parse(amount), parse(currency));
    Vectors::open("adjustments").check(|row| {
        let lines = row.list("lines", |text| {
            let cells = cells(text);
            Tariff::fee(cells[0], amount(cells[1], cells[2]))
        });
        let of_lines = lines.len();
        let mut bill = RateCard::new(lines).unwrap().bill(&series).unwrap();
        for text in row["adjustments"].split(' ') {
            let cells = cells(text);
            let adjustment = match cells[1].strip_suffix('%') {
                None => Adjustment::amount(cells[0], amount(cells[1], cells[2])),
                Some(_) => {
                    let adjustment = Adjustment::percent(cells[0], cells[1]).unwrap();
                    if cells[2].is_empty() {
                        adjustment
                    } else {
                        adjustment.of(cells[2].split('+'))
                    }
                }
            };
            bill = bill.with_adjustment(adjustment).unwrap();
        }
        let charged = bill.lines().iter().skip(of_lines).filter(|line| !line.amount().is_zero());
        let charged: Vec<(&str, Cost)> =
            charged.map(|line| (line.adjustment().unwrap(), line.amount().clone())).collect();
        let expected: Vec<(&str, Cost)> = row["charged"]
            .split_whitespace()
            .map(cells)
            .map(|cells| (cells[0], Cost::new(parse(cells[1]), parse(cells[2]))))
            .collect();
        charged == expected
    });
}

#[test]
fn prices_change_within_a_month() {
    let (schedules, day) = (schedules(), Duration::from_secs(86_400));
    let prices = for_tariffs(|row, tiers| match &row["kind"] {
        "volume" => AnySchedule::Volume(prices(row, tiers, bits).unwrap()),
        _ => AnySchedule::Rate(prices(row, tiers, bps).unwrap()),
    });
    Vectors::open("changes").check(|row| {
        let days: i8 = row.read("days");
        let month = match days {
            28 => 2,
            30 => 6,
            _ => 7,
        };
        let date = |day: i8| Date::new(2025, month, day).unwrap();
        let start: Timestamp = parse(&format!("{}T00:00:00Z", date(1)));
        let changes = row.list("changes", |text| {
            let (day, tariff) = text.split_once(':').unwrap();
            (day.parse::<i8>().unwrap(), tariff.parse::<usize>().unwrap())
        });
        let number = row.read::<usize>("tariff");
        let bill = match &schedules[number] {
            AnySchedule::Volume(schedule) => {
                let mut tariff = Tariff::by_volume("vector", VolumeMeter::Total, schedule.clone());
                for &(day, of) in &changes {
                    let AnySchedule::Volume(prices) = &prices[of] else { return false };
                    tariff = tariff.with_volume_change(date(day), prices.clone()).unwrap();
                }
                // What is used of each price list is used on its first day.
                let mut volumes = vec![DataVolume::ZERO; usize::try_from(days).unwrap()];
                let firsts = [1].into_iter().chain(changes.iter().map(|change| change.0));
                for (first, volume) in firsts.zip(row.list("quantities", bits)) {
                    volumes[usize::try_from(first - 1).unwrap()] = volume;
                }
                let series = UsageSeries::from_volumes(start, day, volumes).unwrap();
                tariff.bill(&series)
            }
            AnySchedule::Rate(schedule) => {
                let mut tariff = Tariff::by_rate("vector", RateMeter::Peak, schedule.clone());
                for &(day, of) in &changes {
                    let AnySchedule::Rate(prices) = &prices[of] else { return false };
                    tariff = tariff.with_rate_change(date(day), prices.clone()).unwrap();
                }
                let rates = vec![bps(&row["quantities"]); usize::try_from(days).unwrap()];
                tariff.bill(&UsageSeries::from_rates(start, day, rates).unwrap())
            }
        };
        bill.unwrap().total().unwrap() == dollars(&row["cost"])
    });
}

#[test]
fn bills_are_split_among_members() {
    let schedules = schedules();
    Vectors::open("attribution").check(|row| {
        let tariff = match (&schedules[row.read::<usize>("tariff")], &row["measure"]) {
            (AnySchedule::Volume(schedule), _) => {
                Tariff::by_volume("vector", VolumeMeter::Total, schedule.clone())
            }
            (AnySchedule::Rate(schedule), "peak rate") => {
                Tariff::by_rate("vector", RateMeter::Peak, schedule.clone())
            }
            (AnySchedule::Rate(schedule), _) => {
                let meter = RateMeter::Percentile(Percentile::P95);
                Tariff::by_rate("vector", meter, schedule.clone())
            }
        };
        let rule = match &row["rule"] {
            "by volume" => Attribution::ByVolume,
            "at billed slot" => Attribution::AtBilledSlot,
            _ => Attribution::Shapley,
        };
        let members = row["members"].split(' ').enumerate().map(|(number, slots)| {
            let rates = slots.split('+').map(bps);
            let series = UsageSeries::from_rates(at("0"), Duration::from_secs(300), rates);
            (format!("member {number}"), series.unwrap())
        });
        let members: Vec<(String, UsageSeries)> = members.collect();
        let parts = RateCard::new([tariff]).unwrap().attribute(&members, rule).unwrap();
        let parts: Vec<Cost> = parts.into_iter().map(|(_, cost)| cost).collect();
        parts == row.list("parts", dollars)
    });
}

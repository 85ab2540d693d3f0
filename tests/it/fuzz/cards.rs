//! Any text as a card, and cards put together from usual keys and values: a card that is read is
//! written, read back and billed, and its bills add up, settle and are read back too.
//!
//! An input that begins with a zero is a card's text; another chooses keys and values.

use super::source::Source;
use crate::support::STRATEGIES;
use bandwidth_cost::{
    Baseline, Cost, DataRate, Error, Invoice, LinkUsage, Money, RateCard, Share, Statement,
    UsageSeries, jiff::Timestamp,
};
use core::{fmt, time::Duration};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

const ZONES: [&str; 5] =
    ["UTC", "Asia/Karachi", "America/New_York", "Australia/Lord_Howe", "Europe/Berlin"];
const MEASURES: [&str; 8] = [
    "total volume",
    "excess volume",
    "95th percentile",
    "peak rate",
    "mean rate",
    "mean of daily peaks",
    "99.9th percentile by linear inclusive",
    "",
];
const VOLUMES: [&str; 5] = ["10 TB", "1 GB", "0 B", "100 GiB", "0.5 b"];
const RATES: [&str; 5] = ["2 Gbps", "1 Mbps", "0 bps", "100 Gbps", "7 bps"];
const AMOUNTS: [&str; 6] = ["250 USD", "0 USD", "0.05 USD", "-20 USD", "90000 PKR", "1 XAU"];
const VOLUME_PRICES: [&str; 4] =
    ["0.09 USD per 1 GB", "0 USD per 1 GB", "10000 USD per 1 Tbps for 1 min", "9 PKR per 1 GiB"];
const RATE_PRICES: [&str; 4] =
    ["0.80 USD per Mbps per month", "0 USD per 1 Mbps", "1 USD per 3 Mbps", "9 PKR per 1 Mbps"];
const HOURS: [&str; 4] = ["22:00 to 06:00", "06:00 to 22:00", "00:00 to 24:00", "01:30 to 01:35"];
const DAYS: [&str; 4] = ["Mon to Fri", "Sat, Sun", "Fri to Mon", "Wed"];
const DATES: [&str; 6] =
    ["2025-03-15", "2025-03-01", "2025-02-28", "2025-04-10", "2025-03-31", "1999-12-31"];
const DIRECTIONS: [&str; 5] = ["inbound", "outbound", "sum", "slot_max", "higher"];
const PERCENTS: [&str; 5] = ["15%", "-2.5%", "0%", "100/3%", "1000%"];
const NAMES: [&str; 6] = ["transit", "port", "egress", "tax", "credit", ""];

/// The body of the fuzz target.
pub(super) fn check(input: &[u8]) {
    let (text, mut source) = match input.split_first() {
        Some((0, text)) => (String::from_utf8_lossy(text).into_owned(), Source(text)),
        _ => {
            let mut source = Source(input);
            source.byte();
            (card(&mut source), source)
        }
    };
    let usual = Baseline::constant(DataRate::from_mbps(500));
    match RateCard::from_toml(&text, &BTreeMap::from([("usual".to_owned(), usual)])) {
        Ok(card) => is_billed(&card, &mut source),
        Err(error) => explains(&error),
    }
}

/// The text of a card that may be right.
fn card(source: &mut Source<'_>) -> String {
    let mut lines = Vec::new();
    let some = |lines: &mut Vec<String>, source: &mut Source<'_>, key: &str, of: &[&str]| {
        if source.one_in(5) {
            lines.push(format!("{key} = \"{}\"", source.pick(of)));
        }
    };
    some(&mut lines, source, "time_zone", &ZONES);
    some(&mut lines, source, "interval", &["1 h", "5 min", "1 d"]);
    some(&mut lines, source, "direction", &DIRECTIONS);
    some(&mut lines, source, "begins", &DATES);
    some(&mut lines, source, "ends", &DATES);
    some(&mut lines, source, "minimum", &AMOUNTS);
    some(&mut lines, source, "maximum", &AMOUNTS);
    if source.one_in(5) {
        lines.push(format!("billing_day = {}", source.byte() % 32));
    }
    for name in NAMES.into_iter().take(1 + source.below(4)) {
        lines.extend(["[[tariff]]".to_owned(), format!("name = \"{name}\"")]);
        let measure = source.pick(&MEASURES);
        if !measure.is_empty() {
            lines.push(format!("measure = \"{measure}\""));
        }
        if measure == "excess volume" {
            lines.push(format!("baseline = \"{}\"", source.pick(&["usual", "1 Gbps", "nobody"])));
        }
        let by_volume = measure.contains("volume");
        let quantities = if by_volume { &VOLUMES } else { &RATES };
        some(&mut lines, source, "direction", &DIRECTIONS);
        some(&mut lines, source, "hours", &HOURS);
        some(&mut lines, source, "days", &DAYS);
        some(&mut lines, source, "allowance", quantities);
        some(&mut lines, source, "increment", quantities);
        some(&mut lines, source, "commitment", quantities);
        some(&mut lines, source, "minimum", &AMOUNTS);
        some(&mut lines, source, "maximum", &AMOUNTS);
        if measure.is_empty() {
            lines.push(format!("fixed_fee = \"{}\"", source.pick(&AMOUNTS)));
            continue;
        }
        some(&mut lines, source, "fixed_fee", &AMOUNTS);
        lines.push(pricing(source, by_volume));
        for _ in 0..source.below(3) {
            lines.push("[[tariff.change]]".to_owned());
            lines.push(format!("from = \"{}\"", source.pick(&DATES)));
            lines.push(pricing(source, by_volume));
        }
    }
    for _ in 0..source.below(4) {
        lines.extend(["[[adjustment]]".to_owned(), format!("name = \"{}\"", source.pick(&NAMES))]);
        lines.push(if source.one_in(2) {
            format!("amount = \"{}\"", source.pick(&AMOUNTS))
        } else {
            format!("percent = \"{}\"", source.pick(&PERCENTS))
        });
        some(&mut lines, source, "on", &DATES);
        if source.one_in(4) {
            lines.push(format!("of = [\"{}\", \"{}\"]", source.pick(&NAMES), source.pick(&NAMES)));
        }
    }
    lines.join("\n")
}

/// A line with one price or tiers.
fn pricing(source: &mut Source<'_>, by_volume: bool) -> String {
    let prices = if by_volume { &VOLUME_PRICES } else { &RATE_PRICES };
    if source.one_in(2) {
        return format!("price = \"{}\"", source.pick(prices));
    }
    let bounds = if by_volume { ["1 GB", "1 TB", "10 TB"] } else { ["1 Mbps", "1 Gbps", "2 Gbps"] };
    let mut tiers = Vec::new();
    for bound in bounds.into_iter().map(Some).take(source.below(4)).chain([None]) {
        let kind = source.pick(&["up_to", "below"]);
        let mut keys: Vec<String> = bound.iter().map(|b| format!("{kind} = \"{b}\"")).collect();
        if !source.one_in(4) {
            keys.push(format!("price = \"{}\"", source.pick(prices)));
        }
        if source.one_in(3) {
            keys.push(format!("fee = \"{}\"", source.pick(&AMOUNTS)));
        }
        tiers.push(format!("{{ {} }}", keys.join(", ")));
    }
    format!("{} = [{}]", source.pick(&["graduated", "all_units"]), tiers.join(", "))
}

fn is_billed(card: &RateCard, source: &mut Source<'_>) {
    is_read_back(card);
    let start: Timestamp =
        source.pick(&["2025-03-01T00:00:00Z", "2025-02-27T19:00:00Z"]).parse().unwrap();
    let hour = Duration::from_secs(3_600);
    let length = [24, 31 * 24, 45 * 24][source.below(3)];
    let mut series = || {
        let rates: Vec<u64> = (0..1 + source.below(30)).map(|_| source.number() >> 12).collect();
        let slot = |at: usize| {
            let rate = rates[at % rates.len()];
            // Some slots were not measured.
            (at == 0 || rate % 7 != 3).then(|| DataRate::from_bps(rate))
        };
        UsageSeries::from_rates(start, hour, (0..length).map(slot)).unwrap()
    };
    let link = LinkUsage { inbound: series(), outbound: series() };
    let part = Share::new(17, 31).unwrap();
    for bill in
        [card.bill(&link.inbound), card.bill_part(&link.inbound, part), card.bill_link(&link)]
    {
        match bill {
            Ok(bill) => adds_up(&bill),
            Err(error) => explains(&error),
        }
    }
    for bills in [card.bill_months(&link.inbound), card.bill_link_months(&link)] {
        match bills {
            Ok(months) => months.iter().for_each(|(_, bill)| adds_up(bill)),
            Err(error) => explains(&error),
        }
    }
    assert!(card.check().iter().all(|warning| !warning.to_string().is_empty()));
}

/// The lines of a bill sum to its totals, and those of its invoice to the invoice's.
fn adds_up(bill: &Statement) {
    let totals = bill.totals();
    for total in &totals {
        let amounts = bill.lines().iter().map(|line| line.amount());
        let own = amounts.filter(|amount| amount.currency() == total.currency());
        assert_eq!(Cost::sum(total.currency(), own).as_ref(), Ok(total), "{bill}");
    }
    assert!(!bill.to_string().is_empty());
    is_read_back(bill);
    for strategy in STRATEGIES {
        match bill.settle(strategy) {
            Ok(invoice) => settles(&invoice, totals.len()),
            Err(error) => explains(&error),
        }
    }
}

fn settles(invoice: &Invoice, currencies: usize) {
    assert_eq!(invoice.totals().len(), currencies, "{invoice}");
    for total in invoice.totals() {
        let mut amounts = invoice.lines().iter().map(|line| line.amount());
        let zero = Money::zero(total.currency());
        let sum = amounts.try_fold(zero, |sum, amount| {
            if amount.currency() == total.currency() { sum.checked_add(amount) } else { Ok(sum) }
        });
        assert_eq!(sum.as_ref(), Ok(total), "{invoice}");
    }
    is_read_back(invoice);
    let mut csv = Vec::new();
    invoice.write_csv(&mut csv).unwrap();
    assert!(csv.iter().filter(|byte| **byte == b'\n').count() > invoice.lines().len());
}

/// Both forms are read back: the one for people and the compact one.
fn is_read_back<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    let bytes = postcard::to_stdvec(value).unwrap();
    assert_eq!(&postcard::from_bytes::<T>(&bytes).unwrap(), value, "{text}");
}

/// A refusal is a sentence of some length.
fn explains(error: &Error) {
    let message = error.to_string();
    assert!(!message.is_empty() && message.len() < 2_000, "{message}");
}

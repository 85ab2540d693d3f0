//! Invoices as CSV: the form, and what a reader gets back.
#![cfg(feature = "csv")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

use crate::support::parse;
use bandwidth_cost::{
    Currency, DataRate, Error, ErrorKind, ExchangeRate, Invoice, RateCard, RateMeter,
    RoundingStrategy, Schedule, Tariff, UsageSeries,
    jiff::tz::TimeZone,
    tariff::{Adjustment, Settlement},
};
use core::time::Duration;
use std::io;

fn card() -> RateCard {
    let schedule =
        Schedule::flat(parse("0.80 USD per 1 Mbps")).with_commitment(DataRate::from_mbps(150));
    RateCard::new([
        Tariff::by_rate("transit, \"Karachi\"", RateMeter::Peak, schedule),
        Tariff::fee("=port", parse("250 USD")),
    ])
    .unwrap()
    .with_minimum(parse("400.50 USD"))
    .unwrap()
    .with_adjustment(Adjustment::amount("credit,\noutage", parse("-20 USD")))
    .unwrap()
    .with_adjustment(Adjustment::percent("tax", "15%").unwrap())
    .unwrap()
}

fn series() -> UsageSeries {
    let day = Duration::from_secs(86_400);
    let start = parse("2025-02-28T19:00:00Z");
    UsageSeries::from_rates(start, day, [DataRate::from_mbps(100); 31]).unwrap()
}

fn written(invoice: &Invoice) -> String {
    let mut file = Vec::new();
    invoice.write_csv(&mut file).unwrap();
    String::from_utf8(file).unwrap()
}

/// The cells of each row as a reader of RFC 4180 finds them.
fn read(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let row = |row: Result<csv::StringRecord, _>| row.unwrap().iter().map(str::to_owned).collect();
    reader.records().map(row).collect()
}

#[test]
fn an_invoice_is_a_header_and_a_row_a_line() {
    let card = card().with_time_zone(TimeZone::get("Asia/Karachi").unwrap());
    let rule = Settlement::each_line(RoundingStrategy::MidpointAwayFromZero);
    let statement = card.bill(&series()).unwrap();
    let invoice = statement.settle(rule.cash(parse("0.05 USD"))).unwrap();
    let time = "2025-03-01T00:00:00+05:00,2025-04-01T00:00:00+05:00";
    assert_eq!(
        written(&invoice),
        [
            "period_start,period_end,tariff,meter,measured,line,quantity,unit_price,amount,currency"
                .to_owned(),
            format!("{time},\"transit, \"\"Karachi\"\"\",peak rate,100 Mbps,unused commitment,50 Mbps,,0.00,USD"),
            format!("{time},\"transit, \"\"Karachi\"\"\",peak rate,100 Mbps,usage,150 Mbps,0.80 USD per 1 Mbps,120.00,USD"),
            format!("{time},=port,,,fixed fee,,,250.00,USD"),
            format!("{time},,,,up to the minimum,,,30.50,USD"),
            format!("{time},,,,\"credit,\noutage\",,,-20.00,USD"),
            format!("{time},,,,\"tax, 15%\",,,57.08,USD"),
            format!("{time},,,,rounding,,,0.02,USD"),
            String::new(),
        ]
        .join("\r\n"),
    );
}

#[test]
fn a_line_names_the_days_of_its_price() {
    let price = |text| Schedule::flat(parse(text));
    let transit = Tariff::by_rate("transit", RateMeter::Peak, price("0.80 USD per 1 Mbps"))
        .with_rate_change(parse("2025-03-16"), price("0.70 USD per 1 Mbps"))
        .unwrap();
    let card = RateCard::new([transit]).unwrap();
    let card = card.with_time_zone(TimeZone::get("Asia/Karachi").unwrap());
    let invoice =
        card.bill(&series()).unwrap().settle(RoundingStrategy::MidpointAwayFromZero).unwrap();
    let rows = read(&written(&invoice));
    assert_eq!(rows[0][5], "line");
    let lines: Vec<&str> = rows[1..].iter().map(|row| row[5].as_str()).collect();
    assert_eq!(
        lines,
        [
            "usage, 15 of 31 days, 2025-03-01 to 2025-03-15",
            "usage, 16 of 31 days, 2025-03-16 to 2025-03-31",
        ],
    );
}

#[test]
fn the_rows_read_back_sum_to_the_totals() {
    let statement = card().bill(&series()).unwrap();
    let dollars = statement.settle(RoundingStrategy::MidpointNearestEven).unwrap();
    let rate: ExchangeRate = parse("1 USD = 278.55 PKR");
    let rupees = statement.convert_at(rate).unwrap();
    let rupees = rupees.settle(Settlement::total_once(RoundingStrategy::ToZero)).unwrap();
    for invoice in [dollars, rupees] {
        let rows = read(&written(&invoice));
        assert_eq!(rows.len(), 1 + invoice.lines().len());
        let mut sum = bandwidth_cost::Money::zero(invoice.total().unwrap().currency());
        for (row, line) in rows[1..].iter().zip(invoice.lines()) {
            let cell = |column: &str| {
                let column = rows[0].iter().position(|name| name == column).unwrap();
                row[column].as_str()
            };
            let amount = parse(&format!("{} {}", cell("amount"), cell("currency")));
            assert_eq!(amount, line.amount());
            sum = sum.checked_add(amount).unwrap();
            assert_eq!(cell("line"), line.label());
            let of_statement = line.line();
            assert_eq!(cell("tariff"), of_statement.and_then(|line| line.tariff()).unwrap_or(""));
            let measured = of_statement.and_then(|line| line.measured());
            assert_eq!(cell("measured"), measured.map_or(String::new(), |of| of.to_string()));
            assert_eq!(cell("period_start"), "2025-02-28T19:00:00Z");
        }
        assert_eq!(sum, invoice.total().unwrap());
    }
}

#[test]
fn currencies_without_minor_units_and_names_of_any_letters_are_written() {
    let gold = Tariff::fee("Zürich – 金", parse("0.5 XAU"));
    let statement = gold.bill(&series()).unwrap();
    let rule = Settlement::each_line(RoundingStrategy::ToZero).places(3);
    let rows = read(&written(&statement.settle(rule).unwrap()));
    assert_eq!(rows[1][2..], ["Zürich – 金", "", "", "fixed fee", "", "", "0.500", "XAU"]);
    assert_eq!(statement.totals()[0].currency(), Currency::XAU);
}

/// A writer with room for a number of bytes.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.0.min(bytes.len());
        self.0 -= room;
        if room == 0 {
            Err(io::Error::new(io::ErrorKind::StorageFull, "no space left"))
        } else {
            Ok(room)
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_that_fails_is_an_error() {
    let invoice = card().bill(&series()).unwrap().settle(RoundingStrategy::ToZero).unwrap();
    let length = written(&invoice).len();
    invoice.write_csv(Full(length)).unwrap();
    for room in [0, 10, length - 1] {
        let error: Error = invoice.write_csv(Full(room)).unwrap_err();
        assert_eq!(error.to_string(), "no space left", "{room}");
        assert!(matches!(error.kind(), ErrorKind::Io(_)));
    }
}

//! The currencies, held against ISO 4217's lists one and three.

use crate::support::reads_back;
use bandwidth_cost::{Currency, jiff::civil::Date};
use std::collections::BTreeSet;

/// A row of a list: code, number (empty where there is none), minor units, name, and the first day
/// without it.
type Row = (String, String, Option<u8>, String, Option<Date>);

fn rows(file: &str, columns: [&str; 4], withdrawn: Option<&str>) -> Vec<Row> {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut list = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).unwrap();
    let header = list.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let [code, numeric, minor_units, name] = columns.map(place);
    let withdrawn = withdrawn.map(place);
    let row = |row: csv::Result<csv::StringRecord>| {
        let row = row.unwrap();
        let field = |place| row.get(place).unwrap().to_owned();
        let ended = withdrawn.map(|place| field(place).parse().unwrap());
        (field(code), field(numeric), field(minor_units).parse().ok(), field(name), ended)
    };
    list.records().map(row).collect()
}

const COLUMNS: [&str; 4] = ["code", "numeric", "minor_units", "name"];

fn list_one() -> Vec<Row> {
    rows("iso_4217_list_one.csv", COLUMNS, None)
}

fn list_three() -> Vec<Row> {
    rows("iso_4217_list_three.csv", COLUMNS, Some("withdrawn"))
}

fn as_row(currency: Currency) -> Row {
    (
        currency.code().to_owned(),
        currency.numeric().map(|number| format!("{number:03}")).unwrap_or_default(),
        currency.minor_units(),
        currency.name().to_owned(),
        currency.withdrawn(),
    )
}

#[test]
fn each_row_of_the_lists_is_a_currency() {
    let (one, three) = (list_one(), list_three());
    assert_eq!((one.len(), three.len()), (178, 129));
    for row in one.into_iter().chain(three) {
        let currency = Currency::from_code(&row.0).unwrap();
        assert_eq!(as_row(currency), row);
    }
}

#[test]
fn each_currency_is_a_row_of_one_of_the_lists() {
    let codes = |list: Vec<Row>| list.into_iter().map(|row| row.0).collect::<BTreeSet<_>>();
    let (one, three) = (codes(list_one()), codes(list_three()));
    assert!(one.is_disjoint(&three));
    for currency in Currency::all() {
        assert_eq!(one.contains(currency.code()), currency.withdrawn().is_none(), "{currency}");
        assert_eq!(three.contains(currency.code()), currency.withdrawn().is_some(), "{currency}");
    }
    let without_number: Vec<_> =
        Currency::all().filter(|c| c.numeric().is_none()).map(Currency::code).collect();
    assert_eq!(without_number, ["XFO", "XFU", "XRE"]);
}

#[test]
fn a_currency_ends_on_the_first_day_without_it() {
    let ended = |currency: Currency| currency.withdrawn().map(|day| day.to_string());
    for (currency, day) in [
        (Currency::DEM, "1999-01-01"), // a euro of its own rate, whatever list three's month
        (Currency::LTL, "2015-01-01"), // list three: 2014-12
        (Currency::BGN, "2026-01-01"),
        (Currency::ZMK, "2012-12-01"),
        (Currency::DDM, "1990-07-01"), // list three: 1990-07 to 1990-09
    ] {
        assert_eq!(ended(currency).as_deref(), Some(day), "{currency}");
    }
    // In both lists, because a name or an entity left: list one holds.
    for code in ["EUR", "IDR", "MWK", "PEN", "RON", "SDG", "SZL", "TRY"] {
        assert_eq!(ended(code.parse().unwrap()), None, "{code}");
    }
}

#[test]
fn the_list_says_which_currencies_have_no_minor_units() {
    let none: Vec<_> =
        list_one().into_iter().filter(|row| row.2.is_none()).map(|row| row.0).collect();
    assert_eq!(
        none,
        ["XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX",],
    );
    assert_eq!(Currency::JPY.minor_units(), Some(0));
    assert_eq!(Currency::USD.minor_units(), Some(2));
    assert_eq!(Currency::KWD.minor_units(), Some(3));
    assert_eq!(Currency::CLF.minor_units(), Some(4));
}

#[test]
fn a_withdrawn_currency_has_minor_units_where_a_source_is_named() {
    let sources = rows(
        "iso_4217_list_three.csv",
        ["code", "minor_units_source", "minor_units", "name"],
        Some("withdrawn"),
    );
    for (code, source, minor_units, ..) in sources {
        assert!(minor_units.is_none() || !source.is_empty(), "{code}");
    }
    assert_eq!(Currency::ITL.minor_units(), Some(0));
    assert_eq!(Currency::HRK.minor_units(), Some(2));
    assert_eq!(Currency::ALK.minor_units(), None);
}

#[test]
fn a_currency_is_found_by_its_code_in_capitals() {
    for currency in Currency::all() {
        let code = currency.code();
        assert!(
            code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase()),
            "{code}"
        );
        assert_eq!(Currency::from_code(code), Some(currency));
        assert_eq!(Currency::from_code(&code.to_lowercase()), None);
        assert_eq!(currency.to_string(), code);
        assert_eq!(format!("{currency:?}"), code);
        reads_back(&currency);
    }
    for code in ["", "U", "US", "USDT", " USD", "USD ", "ZZZ", "AAA", "\u{ff35}SD"] {
        assert_eq!(Currency::from_code(code), None, "`{code}`");
    }
    assert_eq!(Currency::from_code("PKR"), Some(Currency::PKR));
}

#[test]
fn currencies_are_ordered_by_code() {
    let all: Vec<_> = Currency::all().collect();
    assert_eq!(Currency::all().len(), 178 + 129);
    assert!(all.is_sorted_by(|a, b| a < b));
    assert!(all.is_sorted_by(|a, b| a.code() < b.code()));
}

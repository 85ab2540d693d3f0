//! The currencies, held against ISO 4217's list one.

use crate::support::reads_back;
use bandwidth_cost::Currency;
use std::collections::BTreeSet;

/// A row of the list: code, number, minor units (none where the list has none) and name.
type Row = (String, String, Option<u8>, String);

fn list_one() -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/iso_4217_list_one.csv");
    let mut list = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).unwrap();
    assert_eq!(list.headers().unwrap(), vec!["code", "numeric", "minor_units", "name"]);
    let row = |row: csv::Result<csv::StringRecord>| {
        let row = row.unwrap();
        let field = |place| row.get(place).unwrap().to_owned();
        (field(0), field(1), field(2).parse().ok(), field(3))
    };
    list.records().map(row).collect()
}

fn as_row(currency: Currency) -> Row {
    (
        currency.code().to_owned(),
        format!("{:03}", currency.numeric()),
        currency.minor_units(),
        currency.name().to_owned(),
    )
}

#[test]
fn each_row_of_the_list_is_a_currency() {
    let rows = list_one();
    assert_eq!(rows.len(), 178);
    for row in rows {
        let currency = Currency::from_code(&row.0).unwrap();
        assert_eq!(as_row(currency), row);
        assert!(!currency.is_withdrawn(), "{currency}");
    }
}

#[test]
fn each_currency_in_use_is_a_row_of_the_list() {
    let listed: BTreeSet<_> = list_one().into_iter().map(|(code, ..)| code).collect();
    for currency in Currency::all() {
        assert_eq!(listed.contains(currency.code()), !currency.is_withdrawn(), "{currency}");
    }
    let withdrawn: Vec<_> =
        Currency::all().filter(|c| c.is_withdrawn()).map(Currency::code).collect();
    assert_eq!(withdrawn, ["ANG", "BGN", "CUC", "HRK", "SLL", "ZWL"]);
}

#[test]
fn the_list_says_which_currencies_have_no_minor_units() {
    let none: Vec<_> = list_one()
        .into_iter()
        .filter(|(_, _, minor_units, _)| minor_units.is_none())
        .map(|(code, ..)| code)
        .collect();
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
    assert_eq!(Currency::all().len(), 178 + 6);
    assert_eq!(all.len(), 178 + 6);
    assert!(all.is_sorted_by(|a, b| a < b));
    assert!(all.is_sorted_by(|a, b| a.code() < b.code()));
}

//! The sums of columns in JSON and in postcard: the form, the way back, and what is refused.
#![cfg(feature = "serde")]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail by panicking")]

use bandwidth_cost::{
    Currency, DataVolume, Money, Schedule, Tier, Tiers, VolumeUnit,
    bulk::{Column, PartialSums, Pricer},
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn pricer(increment: bool) -> Pricer<DataVolume> {
    let tiers = Tiers::new([
        Tier::up_to(DataVolume::from_kilobytes(1), "2 USD per 1 kB".parse().unwrap()),
        Tier::rest("1 USD per 1 kB".parse().unwrap()).with_fee(Money::from_major(1, Currency::USD)),
    ]);
    let mut schedule = Schedule::graduated(tiers.unwrap());
    if increment {
        schedule = schedule.with_increment(DataVolume::from_bytes(100)).unwrap();
    }
    schedule.compile(VolumeUnit::Byte)
}

fn sums(increment: bool, values: &[u64]) -> PartialSums {
    let pricer = pricer(increment);
    let mut sums = pricer.partial();
    pricer.add(&mut sums, &Column::bytes(values)).unwrap();
    sums
}

fn refused(json: &Value) -> String {
    serde_json::from_value::<PartialSums>(json.clone()).unwrap_err().to_string()
}

#[test]
fn numbers_are_text_for_people() {
    let json = serde_json::to_value(sums(false, &[10, 1_500, u64::MAX])).unwrap();
    assert_eq!(
        json,
        json!({
            "fingerprint": json["fingerprint"],
            "records": "3",
            "units": "18446744073709553125",
            "steps": "0",
            "bounded": [{ "within": "2010", "above": "2" }],
            "stepped": [],
        })
    );
    assert_eq!(json["fingerprint"].as_str().unwrap().len(), 16);
    let json = serde_json::to_value(sums(true, &[10, 1_500])).unwrap();
    assert_eq!(json["steps"], "16");
    assert_eq!(json["stepped"], json!([{ "steps": "15", "above": "1" }]));
}

#[test]
fn what_was_not_written_so_is_refused() {
    let good = serde_json::to_value(sums(false, &[10, 1_500])).unwrap();
    let with = |key: &str, value: Value| {
        let mut json = good.clone();
        json[key] = value;
        refused(&json)
    };
    assert_eq!(
        with("units", json!(7)),
        "invalid type: integer `7`, expected a text of digits such as \"1024\"",
    );
    assert_eq!(
        with("units", json!("+7")),
        "invalid value: string \"+7\", expected a text of digits such as \"1024\"",
    );
    assert_eq!(
        with("records", json!("18446744073709551616")),
        "18446744073709551616 is too large: expected at most 18446744073709551615",
    );
    assert_eq!(
        with("fingerprint", json!("1ffffffffffffffff")),
        "invalid value: string \"1ffffffffffffffff\", expected a text of 16 hexadecimal digits",
    );
    assert_eq!(
        with("fingerprint", json!("7")),
        "invalid value: string \"7\", expected a text of 16 hexadecimal digits",
    );
    let impossible = "sums that no column has: expected the sums as they were written";
    assert_eq!(with("units", json!("99999999999999999999999")), impossible);
    assert_eq!(with("steps", json!("99999999999999999999999")), impossible);
    assert_eq!(with("bounded", json!([{ "within": "1511", "above": "0" }])), impossible);
    assert_eq!(with("bounded", json!([{ "within": "1", "above": "3" }])), impossible);
    assert_eq!(with("stepped", json!([{ "steps": "1", "above": "0" }])), impossible);
    assert!(with("other", json!(1)).starts_with("unknown field `other`"));
}

/// The fingerprint does not cover the bounds of sums, so they are counted where sums meet.
#[test]
fn sums_with_other_bounds_are_refused_where_they_are_used() {
    let mut json = serde_json::to_value(sums(false, &[10, 1_500])).unwrap();
    json["bounded"] = json!([]);
    let cut: PartialSums = serde_json::from_value(json).unwrap();
    let pricer = pricer(false);
    let message = "sums at 0 bounds for a pricer of 1: check that they are as written";
    assert_eq!(pricer.finish(&cut).unwrap_err().to_string(), message);
    assert_eq!(pricer.partial().merge(&cut).unwrap_err().to_string(), message);
}

#[test]
fn sums_that_overflow_when_merged_are_an_error() {
    let mut json = serde_json::to_value(sums(false, &[10])).unwrap();
    json["records"] = json!(u64::MAX.to_string());
    let mut most: PartialSums = serde_json::from_value(json).unwrap();
    let before = most.clone();
    assert_eq!(
        most.merge(&sums(false, &[1])).unwrap_err().to_string(),
        "the sums of 18446744073709551615 and 1 records overflow together: check their origin",
    );
    assert_eq!(most, before);
}

proptest! {
    #[test]
    fn sums_come_back_from_both_formats(
        values in proptest::collection::vec(any::<u64>(), 0..50), increment in any::<bool>(),
    ) {
        let sums = sums(increment, &values);
        let text = serde_json::to_string(&sums).unwrap();
        prop_assert_eq!(&serde_json::from_str::<PartialSums>(&text).unwrap(), &sums);
        let bytes = postcard::to_allocvec(&sums).unwrap();
        prop_assert_eq!(&postcard::from_bytes::<PartialSums>(&bytes).unwrap(), &sums);
        let pricer = pricer(increment);
        prop_assert!(pricer.finish(&sums).is_ok());
    }
}

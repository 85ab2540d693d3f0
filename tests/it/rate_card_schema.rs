//! The schema of rate cards for editors: it has the keys that the reader has, and takes every card of the
//! repository.
#![cfg(all(feature = "toml", feature = "serde"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use bandwidth_cost::RateCard;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../rate_card.schema.json")).unwrap()
}

/// Adds the faults of a value by a schema. It knows the words of JSON Schema that ours has.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    for (word, rule) in schema.as_object().unwrap() {
        let mut fault = |text: String| found.push(format!("{at}: {text}"));
        match word.as_str() {
            "$schema" | "$id" | "title" | "description" | "definitions" => {}
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/definitions/").unwrap();
                faults(value, &root["definitions"][name], root, at, found);
            }
            "type" => {
                let is_it = match rule.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64(),
                    other => panic!("type {other}"),
                };
                if !is_it {
                    fault(format!("{value} is no {rule}"));
                }
            }
            "enum" if !rule.as_array().unwrap().contains(value) => fault(format!("{value}")),
            "enum" => {}
            "minimum" if value.as_i64() < rule.as_i64() => fault(format!("{value} below {rule}")),
            "maximum" if value.as_i64() > rule.as_i64() => fault(format!("{value} above {rule}")),
            "minimum" | "maximum" => {}
            "required" => {
                for key in rule.as_array().unwrap() {
                    if value.get(key.as_str().unwrap()).is_none() {
                        fault(format!("no {key}"));
                    }
                }
            }
            "properties" => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = rule.get(key) {
                        faults(value, schema, root, &format!("{at}.{key}"), found);
                    }
                }
            }
            "additionalProperties" => {
                assert_eq!(rule, &json!(false));
                for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
                    if schema["properties"].get(key).is_none() {
                        fault(format!("unknown key {key}"));
                    }
                }
            }
            "items" => {
                for value in value.as_array().into_iter().flatten() {
                    faults(value, rule, root, at, found);
                }
            }
            other => panic!("the schema has {other}"),
        }
    }
}

fn faults_of(card: &str) -> Vec<String> {
    let (card, schema, mut found) = (toml::from_str(card).unwrap(), schema(), Vec::new());
    faults(&card, &schema, &schema, "card", &mut found);
    found
}

/// The keys that the reader names if there is one that it does not know.
fn keys_of(text: &str) -> Vec<String> {
    let error = RateCard::from_toml(text, &BTreeMap::new()).unwrap_err().to_string();
    let (_, keys) = error.rsplit_once("write one of ").unwrap();
    keys.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_keys_that_the_reader_has() {
    let (schema, tariff) = (schema(), "[[tariff]]\nname = \"t\"\nmeasure = \"peak rate\"");
    let tables = [
        ("card", "zzzzzzzz = 1".to_owned()),
        ("tariff", format!("{tariff}\nzzzzzzzz = 1")),
        ("change", format!("{tariff}\n[[tariff.change]]\nzzzzzzzz = 1")),
        ("adjustment", format!("{tariff}\n[[adjustment]]\nzzzzzzzz = 1")),
        ("tier", format!("{tariff}\ngraduated = [{{ zzzzzzzz = 1 }}]")),
    ];
    assert_eq!(schema["definitions"].as_object().unwrap().len(), tables.len() - 1);
    for (name, text) in tables {
        let table = if name == "card" { &schema } else { &schema["definitions"][name] };
        let mut keys: Vec<String> =
            table["properties"].as_object().unwrap().keys().cloned().collect();
        let mut read = keys_of(&text);
        keys.sort_unstable();
        read.sort_unstable();
        assert_eq!(keys, read, "{name}");
        let texts = table["properties"].as_object().unwrap().values();
        assert!(texts.clone().all(|key| key["description"].is_string()), "{name}");
    }
}

#[test]
fn the_documentation_has_the_keys_that_the_reader_has() {
    let docs = include_str!("../../src/tariff/card/mod.rs");
    let schema = schema();
    let tables = schema["definitions"].as_object().unwrap().values().chain([&schema]);
    for key in tables.flat_map(|table| table["properties"].as_object().unwrap().keys()) {
        let forms =
            [format!("`{key}`"), format!("[[{key}]]"), format!(".{key}]]"), format!("{key} =")];
        assert!(forms.iter().any(|form| docs.contains(form)), "{key}");
    }
}

/// The files with an ending under a folder.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

/// Every card in a file of its own, in a program, in a test and in the documentation that can be read.
fn cards() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut cards, mut programs, mut tables) = (Vec::new(), Vec::new(), Vec::new());
    for folder in ["src", "tests", "examples", "reports"] {
        let folder = root.join(folder);
        if folder.is_dir() {
            files(&folder, "rs", &mut programs);
            files(&folder, "toml", &mut tables);
        }
    }
    for path in tables.into_iter().filter(|path| path.parent().unwrap().ends_with("rate_cards")) {
        cards.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
    }
    for path in programs {
        let text = fs::read_to_string(&path).unwrap();
        for card in text.split("r#\"").skip(1).filter_map(|rest| rest.split_once("\"#")) {
            let lines = card.0.lines().map(|line| {
                let line = line.trim_start();
                line.strip_prefix("///").or(line.strip_prefix("//!")).unwrap_or(line)
            });
            cards.push((path.display().to_string(), lines.collect::<Vec<_>>().join("\n")));
        }
    }
    cards
}

/// The cards of a table of contracts.
fn contracts(table: &str) -> Vec<String> {
    let table: toml::Table = toml::from_str(table).unwrap();
    let contracts = table["contract"].as_array().unwrap().iter();
    contracts.map(|contract| contract["card"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_schema_takes_every_contract_that_is_worked_out_by_hand() {
    let tables = [
        ("contracts", include_str!("../data/contracts.toml"), 30),
        ("golden_contracts", include_str!("../data/golden_contracts.toml"), 41),
    ];
    for (name, table, count) in tables {
        let cards = contracts(table);
        for card in &cards {
            assert!(RateCard::from_toml(card, &BTreeMap::new()).is_ok(), "{name}: {card}");
            assert_eq!(faults_of(card), [""; 0], "{name}: {card}");
        }
        assert_eq!(cards.len(), count, "{name}");
    }
}

#[test]
fn the_schema_takes_every_card_that_can_be_read() {
    let usual = bandwidth_cost::Baseline::constant(bandwidth_cost::DataRate::from_gbps(1));
    let names = ["usual", "plan"].map(|name| (name.to_owned(), usual.clone()));
    let mut count = 0;
    for (path, card) in cards() {
        if RateCard::from_toml(&card, &BTreeMap::from(names.clone())).is_ok() {
            count += 1;
            assert_eq!(faults_of(&card), [""; 0], "{path}: {card}");
        }
    }
    assert!(count > 20, "{count} cards");
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let tariff =
        "[[tariff]]\nname = \"t\"\nmeasure = \"peak rate\"\nprice = \"1 USD per 1 Mbps\"\n";
    assert_eq!(faults_of(tariff), [""; 0]);
    let with = |keys: &str| faults_of(&format!("{tariff}{keys}"));
    assert_eq!(with("commit = \"1 Gbps\""), ["card.tariff: unknown key commit"]);
    assert_eq!(with("commitment = 5"), ["card.tariff.commitment: 5 is no \"string\""]);
    assert_eq!(with("direction = \"both\""), ["card.tariff.direction: \"both\""]);
    assert_eq!(
        faults_of(&format!("billing_day = 29\n{tariff}")),
        ["card.billing_day: 29 above 28"]
    );
    assert_eq!(faults_of("direction = \"sum\""), ["card: no \"tariff\""]);
    assert_eq!(with("[[tariff.change]]"), ["card.tariff.change: no \"from\""]);
    assert_eq!(with("[[adjustment]]"), ["card.adjustment: no \"name\""]);
    assert_eq!(
        with("[[adjustment]]\nname = \"n\"\nof = \"t\""),
        ["card.adjustment.of: \"t\" is no \"array\"",]
    );
}

//! The order of the rooms: which folder of `src` may name which.
#![expect(clippy::string_slice, reason = "a test may fail by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// From the top down: a room may name the rooms of the lines below its own.
const ORDER: [&[&str]; 7] = [
    &["pta", "scenario"],
    &["tariff"],
    &["usage", "price"],
    &["money"],
    &["quantity"],
    &["number"],
    &["text"],
];

/// `bulk` stands beside the order: no room may name it, and it may name what begins like this.
const OF_BULK: [&str; 6] = ["usage::Percentile", "price", "money", "quantity", "number", "text"];

/// What every room may name at the root. All else there is another name for what a room has.
const OF_ROOT: [&str; 7] =
    ["Error", "ErrorKind", "Place", "Decimal", "RoundingStrategy", "jiff", "rust_decimal"];

/// Says why a module of `room` may not name the path, which starts at the root.
fn refusal(room: &str, path: &[&str]) -> Option<String> {
    let line_of = |room| ORDER.iter().position(|line| line.contains(&room));
    let Some(&named) = path.first() else { return Some("name the room".into()) };
    let may = if named == room || OF_ROOT.contains(&named) {
        true
    } else if named != "bulk" && line_of(named).is_none() {
        return Some("name the room".into());
    } else if room == "bulk" {
        let path = path.join("::") + "::";
        OF_BULK.iter().any(|allowed| path.starts_with(&format!("{allowed}::")))
    } else {
        named != "bulk" && line_of(room) < line_of(named)
    };
    (!may).then(|| format!("`{room}` may not name this"))
}

/// Words and signs with their lines; of strings only those with paths, as attributes have them.
fn tokens(text: &str, first_line: usize, found: &mut Vec<(usize, String)>) {
    let (mut rest, mut line) = (text, first_line);
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let inside = &rest[1..end.unwrap() + 1];
            if inside.contains("crate::") || inside.contains("super::") {
                tokens(inside, line, found);
            }
            inside.len() + 2
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").unwrap() + 2
        } else if let Some(raw) = rest.strip_prefix("r\"") {
            raw.find('"').unwrap() + 3
        } else if rest.starts_with("'\\") {
            rest[3..].find('\'').unwrap() + 4
        } else if first == '\'' && rest.chars().nth(2) == Some('\'') {
            rest.char_indices().nth(2).unwrap().0 + 1
        } else if word(first) {
            let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
            found.push((line, rest[..length].into()));
            length
        } else {
            let sign = if rest.starts_with("::") { "::" } else { &rest[..first.len_utf8()] };
            if !first.is_whitespace() {
                found.push((line, sign.into()));
            }
            sign.len()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
}

/// Reads the path or the tree of paths that begins at a token; returns where it ends.
fn paths(
    tokens: &[(usize, String)],
    mut at: usize,
    before: &[String],
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let mut path = before.to_vec();
    let text = |at: usize| tokens.get(at).map_or("", |token| &token.1);
    while text(at) != "{" {
        path.push(text(at).into());
        at += 1;
        let next = text(at + 1).starts_with(|c: char| c.is_alphabetic() || "_*{".contains(c));
        if text(at) != "::" || !next {
            found.push((tokens[at - 1].0, path));
            return at;
        }
        at += 1;
    }
    at += 1;
    while text(at) != "}" {
        at = paths(tokens, at, &path, found);
        at += if text(at) == "as" { 2 } else { 0 };
        at += usize::from(text(at) == ",");
    }
    at + 1
}

/// Lists what a file names that its room may not. `module` is the file's place under the root.
fn violations(file: &str, module: &[&str], text: &str) -> Vec<String> {
    let mut code = Vec::new();
    tokens(text, 1, &mut code);
    let mut module: Vec<String> = module.iter().map(ToString::to_string).collect();
    let (mut depth, mut inner, mut at, mut refused) = (0, Vec::new(), 0, Vec::new());
    while let Some((_, token)) = code.get(at) {
        let next = |step: usize| code.get(at + step).map_or("", |token| &token.1);
        if next(1) == "::" && (token == "crate" || token == "super") {
            let mut named = Vec::new();
            at = paths(&code, at, &[], &mut named);
            for (line, path) in named {
                let mut from_root = module.clone();
                for part in &path {
                    match part.as_str() {
                        "crate" => from_root.clear(),
                        "super" => from_root.truncate(from_root.len().saturating_sub(1)),
                        "self" => {}
                        name => from_root.push(name.into()),
                    }
                }
                let from_root: Vec<&str> = from_root.iter().map(String::as_str).collect();
                if let Some(why) = refusal(&module[0], &from_root) {
                    refused.push(format!("{file}:{line}: `{}`: {why}", path.join("::")));
                }
            }
            continue;
        }
        match token.as_str() {
            "mod" if next(2) == "{" => {
                module.push(next(1).into());
                inner.push(depth);
                at += 1;
                continue;
            }
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if inner.last() == Some(&depth) {
                    inner.pop();
                    module.pop();
                }
            }
            _ => {}
        }
        at += 1;
    }
    refused
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn each_room_names_only_rooms_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut refused = Vec::new();
    for path in files(&root.join("src")) {
        let file = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let place = file.trim_start_matches("src/").trim_end_matches(".rs");
        let module: Vec<&str> = place.trim_end_matches("/mod").split('/').collect();
        if matches!(*module, ["lib" | "error" | "literal"] | ["_documentation", ..]) {
            continue;
        }
        let known = ORDER.concat().contains(&module[0]) || module[0] == "bulk";
        assert!(known, "{file} is in no room of the order: add the room to it");
        refused.extend(violations(&file, &module, &fs::read_to_string(&path).unwrap()));
    }
    refused.sort();
    assert!(
        refused.is_empty(),
        "{} paths against the order:\n{}",
        refused.len(),
        refused.join("\n")
    );
}

#[test]
fn the_order_holds_in_groups_attributes_and_modules_in_modules() {
    let usage = r##"
        //! [`crate::bulk`]
        use super::{grid::{Grid, Slot}, super::{link, super::{tariff::Tariff as Card, Error}}};
        use crate::{
            Decimal, Money,
            price::{self, schedule::{Schedule, curve::CostCurve}},
            text::Scanner,
        };
        const QUOTES: (char, &str, &str) = ('"', "{\" tariff", r#""crate:"#);
        #[serde(with = "crate::tariff::serde::instant")]
        pub(crate) struct Slot<'a>(&'a crate::number::Ratio);
        fn one() -> crate::bulk::Column { crate::scenario::TrafficMix::<u8>::new() }
        mod tests {
            use super::super::super::super::{scenario, usage};
            use super::super::super::pta;
        }
        use super::super::super::pta;
    "##;
    assert_eq!(
        violations("slot.rs", &["usage", "series", "slot"], usage),
        [
            "slot.rs:3: `super::super::super::tariff::Tariff`: `usage` may not name this",
            "slot.rs:5: `crate::Money`: name the room",
            "slot.rs:6: `crate::price::self`: `usage` may not name this",
            "slot.rs:6: `crate::price::schedule::Schedule`: `usage` may not name this",
            "slot.rs:6: `crate::price::schedule::curve::CostCurve`: `usage` may not name this",
            "slot.rs:10: `crate::tariff::serde::instant`: `usage` may not name this",
            "slot.rs:12: `crate::bulk::Column`: `usage` may not name this",
            "slot.rs:12: `crate::scenario::TrafficMix`: `usage` may not name this",
            "slot.rs:14: `super::super::super::super::scenario`: `usage` may not name this",
            "slot.rs:17: `super::super::super::pta`: `usage` may not name this",
        ],
    );
    let bulk =
        "use crate::{usage::{Percentile, PercentileRule}, price::Tiers, tariff, bulk::Column};";
    assert_eq!(
        violations("bulk.rs", &["bulk"], bulk),
        [
            "bulk.rs:1: `crate::usage::PercentileRule`: `bulk` may not name this",
            "bulk.rs:1: `crate::tariff`: `bulk` may not name this",
        ],
    );
    let text = "use crate::*; use crate::{self as all, error::Error}; use super::{money, *};";
    assert_eq!(
        violations("text.rs", &["text"], text),
        [
            "text.rs:1: `crate::*`: name the room",
            "text.rs:1: `crate::self`: name the room",
            "text.rs:1: `crate::error::Error`: name the room",
            "text.rs:1: `super::money`: `text` may not name this",
            "text.rs:1: `super::*`: name the room",
        ],
    );
}

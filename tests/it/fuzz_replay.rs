//! The suite's replay of the fuzz targets: their corpora, whole, cut short, and with bytes changed.
//!
//! `FUZZ_REPLAY=1000` changes each input a thousand times.
#![cfg(all(feature = "csv", feature = "toml"))]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "fuzz/binary.rs"]
mod binary;
#[path = "fuzz/cards.rs"]
mod cards;
#[path = "fuzz/columns.rs"]
mod columns;
#[path = "fuzz/counters.rs"]
mod counters;
#[path = "fuzz/schedules.rs"]
mod schedules;
#[path = "fuzz/source.rs"]
mod source;
#[path = "fuzz/terms.rs"]
mod terms;
#[path = "fuzz/texts.rs"]
mod texts;

/// Checks each input of a target's corpus, and what it becomes by chance.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = format!("{}/tests/data/fuzz_{target}", env!("CARGO_MANIFEST_DIR"));
    let mut noise = 20_250_101_u64;
    let mut random = |below: usize| {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(noise >> 33).unwrap() % below
    };
    let times = std::env::var("FUZZ_REPLAY").map_or(4, |times| times.parse().unwrap());
    let mut inputs = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let input = std::fs::read(&path).unwrap();
        inputs += 1;
        check(&input);
        for _ in 0..times {
            let mut changed = input.clone();
            for _ in 0..=random(3) {
                let place = random(changed.len() + 1);
                match random(3) {
                    0 => changed.truncate(place),
                    1 => changed.insert(place, random(256).to_le_bytes()[0]),
                    _ => {
                        if let Some(byte) = changed.get_mut(place) {
                            *byte = random(256).to_le_bytes()[0];
                        }
                    }
                }
            }
            check(&changed);
        }
    }
    assert!(inputs >= 10, "{inputs} inputs of {target}");
}

#[test]
fn texts_are_read_back_or_refused() {
    replay("texts", texts::check);
}

#[test]
fn compact_forms_are_read_back_or_refused() {
    replay("binary", binary::check);
}

#[test]
fn cards_are_billed_or_refused() {
    replay("cards", cards::check);
}

#[test]
fn schedules_cost_as_their_twin() {
    replay("schedules", schedules::check);
}

#[test]
fn counters_account_for_every_octet() {
    replay("counters", counters::check);
}

#[test]
fn columns_cost_as_their_numbers() {
    replay("columns", columns::check);
}

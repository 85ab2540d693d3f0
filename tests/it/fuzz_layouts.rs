//! The suite's replay of the fuzz target `layouts`: its corpus, whole, cut short, and with bytes
//! changed.
#![cfg(feature = "csv")]
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "fuzz/layouts.rs"]
mod body;

use self::body::check;

#[test]
fn the_corpus_is_read_or_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/fuzz_layouts");
    let mut noise = 20_250_101_u64;
    let mut random = || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(noise >> 33).unwrap()
    };
    let times = std::env::var("FUZZ_LAYOUTS").map_or(1, |times| times.parse().unwrap());
    for entry in std::fs::read_dir(folder).unwrap() {
        let input = std::fs::read(entry.unwrap().path()).unwrap();
        check(&input);
        for _ in 0..times {
            let mut changed = input.clone();
            for _ in 0..=random() % 3 {
                let place = random() % changed.len();
                match random() % 4 {
                    0 => changed.truncate(place.max(1)),
                    1 => changed.insert(place, b"0\n,\";:-T9."[random() % 10]),
                    2 => changed[place] = b"0\n,\"\xff\r5eE1"[random() % 10],
                    _ => changed[place] = (random() % 256).to_le_bytes()[0],
                }
            }
            check(&changed);
        }
    }
}

//! Any bytes under any layout: no panic, bounded memory, and the same in chunks of any size.
//!
//! The first four bytes of an input choose the layout. The suite replays the corpus in
//! `tests/data/fuzz_layouts`, whole, cut short, and with bytes changed.
#![cfg(feature = "csv")]
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail by panicking")]

use bandwidth_cost::{
    CounterWidth, CsvLayout, CsvUnit, GapPolicy, TimeFormat, UsageSeries, jiff::tz::TimeZone,
};
use core::time::Duration;
use std::io::{self, Read};

/// The layout and the file that an input stands for.
fn layout(input: &[u8]) -> Option<(CsvLayout, &[u8])> {
    let (&[separator, time, flags, more], file) = input.split_first_chunk::<4>()?;
    let formats = [
        TimeFormat::Rfc3339,
        TimeFormat::Wall,
        TimeFormat::UnixSeconds,
        TimeFormat::UnixMillis,
        TimeFormat::Pattern("%d.%m.%Y %H:%M:%S"),
        TimeFormat::DateAndTime("clock", "%Y-%m-%d %H:%M"),
    ];
    let units = [
        None,
        Some(CsvUnit::Bits),
        Some(CsvUnit::Bytes),
        Some(CsvUnit::Volume),
        Some(CsvUnit::Bps),
        Some(CsvUnit::BytesPerSecond),
        Some(CsvUnit::Rate),
    ];
    let mut layout = CsvLayout::new()
        .separator([b',', b';', b'\t', b' '][usize::from(separator % 4)])
        .time("time", formats[usize::from(time) % formats.len()])
        .zone(TimeZone::get("Europe/Berlin").unwrap())
        .inbound("bytes", CsvUnit::Bytes)
        .outbound("bytes", CsvUnit::Bytes)
        .series("port")
        .end("end");
    let flag = |bit: u8| flags >> bit & 1 == 1;
    if flag(0) {
        layout = layout.decimal_comma();
    }
    if flag(1) {
        layout = layout.missing(&["", "U", "NaN"]);
    }
    if flag(2) {
        layout = layout.interval(Duration::from_secs(300));
    }
    if flag(3) {
        layout = layout.unordered();
    }
    if flag(4) {
        layout = layout.adding_up();
    }
    if flag(5) {
        layout = layout.without_header(&["time", "bytes"]);
    }
    if flag(6) {
        layout = layout.stamped_at_end();
    }
    if flag(7) {
        layout = layout.thousands(b'.');
    }
    if let Some(unit) = units[usize::from(more) % units.len()] {
        layout = layout.value("bytes", unit);
    }
    Some((layout, file))
}

/// The body of the fuzz target.
fn check(input: &[u8]) {
    let Some((layout, file)) = layout(input) else { return };
    for gaps in [GapPolicy::Fail, GapPolicy::LeaveOut, GapPolicy::Zero, GapPolicy::Distribute] {
        let whole = layout.read(file, gaps);
        assert_eq!(layout.read(Bytes(file), gaps), whole);
        if let Ok(series) = &whole {
            is_bounded(series, file);
        }
        assert_eq!(layout.read_each(Bytes(file), gaps), layout.read_each(file, gaps));
        drop(layout.read_link(file, gaps));
    }
    let minute = Duration::from_secs(60);
    drop(layout.read_counters(file, CounterWidth::Bits32));
    assert_eq!(layout.read_records(Bytes(file), minute), layout.read_records(file, minute));
}

/// The slots of a series are within what its file may make.
fn is_bounded(series: &UsageSeries, file: &[u8]) {
    assert!(series.len() <= 100_000 + 1_000 * file.len(), "{} slots", series.len());
}

/// A reader that gives one byte at a time.
struct Bytes<'a>(&'a [u8]);

impl Read for Bytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (Some((&first, rest)), [to, ..]) = (self.0.split_first(), buffer) else { return Ok(0) };
        *to = first;
        self.0 = rest;
        Ok(1)
    }
}

#[test]
fn the_corpus_is_read_or_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/fuzz_layouts");
    let mut noise = 20_250_101_u64;
    let mut random = || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(noise >> 33).unwrap()
    };
    let times = std::env::var("FUZZ_LAYOUTS").map_or(40, |times| times.parse().unwrap());
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

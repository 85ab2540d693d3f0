//! Any bytes under any layout: no panic, bounded memory, the same in chunks of any size and with the
//! fast paths off, and what was read is read back.
//!
//! The first four bytes of an input choose the layout; the rest is the file.

use bandwidth_cost::{
    CounterWidth, CsvLayout, CsvUnit, DataVolume, Error, GapPolicy, TimeFormat, UsageSeries,
    jiff::tz::TimeZone,
};
use core::time::Duration;
use std::io::{self, Read};

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b' '];

/// The layout and the file that an input stands for.
fn layout(input: &[u8]) -> Option<(CsvLayout, u8, &[u8])> {
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
    let separator = SEPARATORS[usize::from(separator % 4)];
    let mut layout = CsvLayout::new()
        .separator(separator)
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
    Some((layout, separator, file))
}

/// The body of the fuzz target.
pub(crate) fn check(input: &[u8]) {
    let Some((layout, separator, file)) = layout(input) else { return };
    let spaced = spaced(file, separator);
    let minute = Duration::from_secs(60);
    for gaps in [
        GapPolicy::Fail,
        GapPolicy::LeaveOut,
        GapPolicy::Zero,
        GapPolicy::Hold,
        GapPolicy::Distribute,
    ] {
        let whole = layout.read(file, gaps);
        assert_eq!(layout.read(Bytes(file), gaps), whole);
        if let Ok(series) = &whole {
            is_bounded(series, file);
            is_read_back(series);
        }
        let each = layout.read_each(file, gaps);
        assert_eq!(layout.read_each(Bytes(file), gaps), each);
        let link = layout.read_link(file, gaps);
        if let Some(spaced) = &spaced {
            assert_eq!(layout.read(&**spaced, gaps), whole);
            assert_eq!(layout.read_each(&**spaced, gaps), each);
            assert_eq!(layout.read_link(&**spaced, gaps), link);
        }
    }
    let counters = layout.read_counters(file, CounterWidth::Bits32);
    let records = layout.read_records(file, minute);
    assert_eq!(layout.read_records(Bytes(file), minute), records);
    if let Some(spaced) = &spaced {
        assert_eq!(layout.read_counters(&**spaced, CounterWidth::Bits32), counters);
        assert_eq!(layout.read_records(&**spaced, minute), records);
    }
}

/// The slots of a series are within what its file may make.
fn is_bounded(series: &UsageSeries, file: &[u8]) {
    assert!(series.len() <= 100_000 + 1_000 * file.len(), "{} slots", series.len());
}

/// A series that is written, with all decimals, is read as itself.
fn is_read_back(series: &UsageSeries) {
    if series.len() > 1_000 {
        return;
    }
    let row = |(at, volume): (_, Option<DataVolume>)| {
        let value = volume.map_or_else(|| "-".to_owned(), bits);
        format!("{at};{value}\n")
    };
    let rows: String = series.iter().map(row).collect();
    let layout = CsvLayout::new()
        .separator(b';')
        .decimal_comma()
        .without_header(&["time", "bits"])
        .missing(&["-"])
        .interval(series.interval());
    let read: Result<UsageSeries, Error> = layout.read(rows.as_bytes(), GapPolicy::LeaveOut);
    assert_eq!(read.as_ref(), Ok(series), "{rows}");
}

fn bits(volume: DataVolume) -> String {
    const BIT: u128 = 1_000_000_000;
    format!("{},{:09}", volume.as_nanobits() / BIT, volume.as_nanobits() % BIT)
}

/// The file with a space in front of each cell below its first line: no cell is then read on a fast
/// path, and all have the same text. `None` where a space would change it.
fn spaced(file: &[u8], separator: u8) -> Option<Vec<u8>> {
    if separator == b' ' || file.contains(&b'"') {
        return None;
    }
    let first = file.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
    let ends_in_cr = file[first] == b'\r' && file.get(first + 1) != Some(&b'\n');
    let end = if ends_in_cr { b'\r' } else { b'\n' };
    let mut spaced = Vec::with_capacity(file.len() * 2);
    for (place, line) in file.split_inclusive(|&byte| byte == end).enumerate() {
        if place == 0 || matches!(line, b"\n" | b"\r" | b"\r\n") {
            spaced.extend_from_slice(line);
            continue;
        }
        spaced.push(b' ');
        for &byte in line {
            spaced.push(byte);
            if byte == separator {
                spaced.push(b' ');
            }
        }
    }
    Some(spaced)
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

//! What holds of every layout: a series that is written is read back, in chunks of any size, and the
//! fast paths read what a naive twin reads.
#![cfg(feature = "csv")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use bandwidth_cost::{
    CounterWidth, CsvLayout, CsvUnit, DataVolume, GapPolicy, TimeFormat, UsageSeries,
    jiff::{SignedDuration, Timestamp, tz::TimeZone},
};
use core::time::Duration;
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::{collection::vec, prelude::*, sample::select};
use std::io::{self, Read};

/// How a file is written.
#[derive(Debug, Clone)]
struct Form {
    separator: char,
    decimal_comma: bool,
    thousands: Option<char>,
    time: usize,
    at_end: bool,
    mark: Option<&'static str>,
    shuffled: bool,
    header: bool,
    line_end: &'static str,
    mark_of_order: bool,
    quotes: bool,
    unit: CsvUnit,
}

const TIMES: [TimeFormat<'static>; 6] = [
    TimeFormat::Rfc3339,
    TimeFormat::Wall,
    TimeFormat::UnixSeconds,
    TimeFormat::UnixMillis,
    TimeFormat::Pattern("%d.%m.%Y %H:%M:%S"),
    TimeFormat::DateAndTime("clock", "%Y/%m/%d %H:%M:%S"),
];

fn forms() -> impl Strategy<Value = Form> {
    let text = (
        select(vec![',', ';', '\t', '|']),
        any::<bool>(),
        select(vec![None, Some('\''), Some(' '), Some('_')]),
        0..TIMES.len(),
        any::<bool>(),
        select(vec![None, Some(""), Some("NaN"), Some("U")]),
    );
    let file = (
        any::<bool>(),
        any::<bool>(),
        select(vec!["\n", "\r\n"]),
        any::<bool>(),
        any::<bool>(),
        select(vec![
            CsvUnit::Bits,
            CsvUnit::Bytes,
            CsvUnit::Volume,
            CsvUnit::Bps,
            CsvUnit::BytesPerSecond,
            CsvUnit::Rate,
        ]),
    );
    (text, file).prop_map(|(text, file)| {
        let (separator, decimal_comma, thousands, time, at_end, mark) = text;
        let (shuffled, header, line_end, mark_of_order, quotes, unit) = file;
        Form {
            separator,
            decimal_comma,
            thousands,
            time,
            at_end,
            mark,
            shuffled,
            header,
            line_end,
            mark_of_order,
            quotes,
            unit,
        }
    })
}

/// Slots of a series, some of which are left out.
fn slots() -> impl Strategy<Value = Vec<Option<DataVolume>>> {
    let volume = (any::<u64>(), 0_u32..64).prop_map(|(bits, shift)| {
        Some(DataVolume::from_nanobits(u128::from(bits >> shift) * 1_000))
    });
    (vec(prop_oneof![4 => volume.clone(), 1 => Just(None)], 1..40), volume.clone(), volume)
        .prop_map(|(mut slots, first, last)| {
            // Rows at both ends, because a file does not tell of slots beyond its rows.
            slots.insert(0, first);
            slots.push(last);
            slots
        })
}

impl Form {
    fn layout(&self, interval: Duration) -> CsvLayout {
        let mut layout = CsvLayout::new()
            .separator(u8::try_from(self.separator).unwrap())
            .time("When", TIMES[self.time])
            .value("traffic", self.unit)
            .interval(interval);
        if self.decimal_comma {
            layout = layout.decimal_comma();
        }
        if let Some(thousands) = self.thousands {
            layout = layout.thousands(u8::try_from(thousands).unwrap());
        }
        if self.at_end {
            layout = layout.stamped_at_end();
        }
        if let Some(mark) = self.mark {
            layout = layout.missing(&[mark]);
        }
        if self.shuffled {
            layout = layout.unordered();
        }
        if !self.header {
            layout = layout.without_header(&["port", "when", "clock", "traffic"]);
        }
        layout
    }

    /// Writes a cell, in quotes where it must be.
    fn cell(&self, text: &str) -> String {
        let needs = text.contains(['"', '\n', '\r', self.separator]);
        if needs || self.quotes {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    }

    fn number(&self, volume: DataVolume, interval: Duration) -> String {
        const DECIMALS: usize = 30;
        // Billionths of a bit in one unit; for a rate, in a slot. 30 decimals tell them apart.
        let unit = match self.unit {
            CsvUnit::Bits => 1_000_000_000,
            CsvUnit::Bytes | CsvUnit::Volume => 8_000_000_000,
            CsvUnit::BytesPerSecond => interval.as_nanos() * 8,
            _ => interval.as_nanos(),
        };
        let (whole, rest) = (volume.as_nanobits() / unit, volume.as_nanobits() % unit);
        let decimals = BigInt::from(rest) * BigInt::from(10).pow(30) / BigInt::from(unit);
        let decimals = format!("{decimals:0>DECIMALS$}");
        let decimals = decimals.trim_end_matches('0');
        let mut whole = whole.to_string();
        if let Some(thousands) = self.thousands {
            let mut place = whole.len();
            while place > 3 {
                place -= 3;
                whole.insert(place, thousands);
            }
        }
        let point = match (decimals.is_empty(), self.decimal_comma) {
            (true, _) => "",
            (false, true) => ",",
            (false, false) => ".",
        };
        let unit = match self.unit {
            CsvUnit::Volume => " B",
            CsvUnit::Rate => " bps",
            _ => "",
        };
        format!("{whole}{point}{decimals}{unit}")
    }

    fn stamp(&self, at: Timestamp) -> [String; 2] {
        let utc = TimeZone::UTC.to_datetime(at);
        let one = |text: String| [text, "x".to_owned()];
        match TIMES[self.time] {
            TimeFormat::Wall => one(utc.to_string()),
            TimeFormat::UnixSeconds => one(at.as_second().to_string()),
            TimeFormat::UnixMillis => one(at.as_millisecond().to_string()),
            TimeFormat::Pattern(pattern) => one(utc.strftime(pattern).to_string()),
            TimeFormat::DateAndTime(..) => {
                [utc.strftime("%Y/%m/%d").to_string(), utc.strftime("%H:%M:%S").to_string()]
            }
            _ => one(at.to_string()),
        }
    }

    fn write(&self, start: Timestamp, interval: Duration, slots: &[Option<DataVolume>]) -> String {
        let apart = SignedDuration::try_from(interval).unwrap();
        let mut rows = Vec::new();
        for (slot, volume) in (0_i32..).zip(slots) {
            let value = match (volume, self.mark) {
                (Some(volume), _) => self.number(*volume, interval),
                (None, Some(mark)) => mark.to_owned(),
                (None, None) => continue,
            };
            let [at, clock] = self.stamp(start + apart * (slot + i32::from(self.at_end)));
            let cells = ["a \"b\"", &at, &clock, &value].map(|cell| self.cell(cell));
            rows.push(cells.join(&self.separator.to_string()));
        }
        if self.shuffled {
            rows.reverse();
            let middle = rows.len() / 3;
            rows.rotate_left(middle);
        }
        if self.header {
            let names = ["port", " When", "CLOCK", "Traffic"].map(|cell| self.cell(cell));
            rows.insert(0, names.join(&self.separator.to_string()));
        }
        let order = if self.mark_of_order { "\u{feff}" } else { "" };
        format!("{order}{}{}", rows.join(self.line_end), self.line_end)
    }
}

/// A reader that gives a few bytes at a time, and is interrupted.
struct Chunks<'a>(&'a [u8], usize, bool);

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.2 = !self.2;
        if self.2 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let (now, later) = self.0.split_at(self.1.min(self.0.len()).min(buffer.len()));
        buffer[..now.len()].copy_from_slice(now);
        self.0 = later;
        Ok(now.len())
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        form in forms(),
        // From 2000 on, so that milliseconds do not look like seconds.
        second in 946_684_800_i64..4_102_444_800,
        interval in select(vec![1_u64, 60, 300, 3_600, 86_400]).prop_map(Duration::from_secs),
        slots in slots(),
        chunk in 1_usize..100,
    ) {
        let start = Timestamp::from_second(second).unwrap();
        let file = form.write(start, interval, &slots);
        let layout = form.layout(interval);
        let read = layout.read(file.as_bytes(), GapPolicy::LeaveOut);
        let in_chunks = layout.read(Chunks(file.as_bytes(), chunk, false), GapPolicy::LeaveOut);
        prop_assert_eq!(&in_chunks, &read);
        match read {
            Ok(series) => {
                let expected: Vec<_> = slots;
                let found: Vec<_> = series.iter().map(|(_, volume)| volume).collect();
                prop_assert_eq!(series.start(), start);
                prop_assert_eq!(found, expected, "{}", file);
            }
            // Rows that all lie the same number of slots apart.
            Err(error) => prop_assert!(error.to_string().starts_with("rows are "), "{error}\n{file}"),
        }
    }

    /// Rows are the same whether a fast path reads them or, with a space in front of each cell, none
    /// does: in files of some series with faults in them.
    #[test]
    fn fast_paths_read_what_the_slow_ones_do(
        rows in vec((0_usize..3, 0_usize..12, 0_usize..16), 1..40),
        at: prop::sample::Index,
        byte in select(b"x,9-:Z \n.".to_vec()),
        is_changed: bool,
        time in 0..3_usize,
    ) {
        let mut minute = 0;
        let row = |(series, step, value): (usize, usize, usize)| {
            minute += [0, 5, 5, 5, 5, 5, 5, 5, 5, 10, 7, 65][step];
            let at = Timestamp::from_second(1_735_680_000 + minute * 60).unwrap();
            let time = match (time, step) {
                (0, _) => at.as_second().to_string(),
                (1, 3) => at.to_string().replace('T', " "),
                (1, 4) => at.to_string().replace('Z', "+00:00"),
                (1, 5) => format!("{}+02:30", (at + SignedDuration::from_mins(150)).to_string().trim_end_matches('Z')),
                (1, 6) => at.to_string().replace(":00Z", ":00.000Z"),
                (1, 7) => at.to_string().replace(":00Z", ":60Z"),
                (1, _) => at.to_string(),
                _ => TimeZone::UTC.to_datetime(at).to_string(),
            };
            let value = ["1", "0", "12345678", "99999999999", "123456789012345678",
                "18446744073709551615", "1e3", "2.5", "", "-", "7", "8", "9", "10", "00", "3"][value];
            format!("s{series},{time},{value}\n")
        };
        let mut rows: String = rows.into_iter().map(row).collect();
        if is_changed {
            let at = at.index(rows.len());
            if rows.as_bytes()[at] != b'\n' {
                rows.replace_range(at..=at, str::from_utf8(&[byte]).unwrap());
            }
        }
        let spaced: String = rows
            .lines()
            .map(|row| match row {
                "" => "\n".to_owned(),
                row => format!(" {}\n", row.replace(',', ", ")),
            })
            .collect();
        let formats = [TimeFormat::UnixSeconds, TimeFormat::Rfc3339, TimeFormat::Wall];
        let plain = CsvLayout::new()
            .without_header(&["port", "time", "bytes"])
            .series("port")
            .time("time", formats[time])
            .inbound("bytes", CsvUnit::Bytes)
            .outbound("bytes", CsvUnit::Bytes)
            .missing(&["", "-"]);
        let five_minutes = plain.clone().interval(Duration::from_secs(300));
        for layout in [
            plain.clone(),
            five_minutes.clone(),
            five_minutes.clone().adding_up(),
            five_minutes.clone().unordered(),
            five_minutes.clone().stamped_at_end(),
            five_minutes.value("bytes", CsvUnit::Bps),
        ] {
            for gaps in [GapPolicy::Fail, GapPolicy::LeaveOut, GapPolicy::Distribute] {
                prop_assert_eq!(
                    layout.read_each(rows.as_bytes(), gaps),
                    layout.read_each(spaced.as_bytes(), gaps)
                );
            }
            let width = CounterWidth::Bits64;
            prop_assert_eq!(
                layout.read_counters(rows.as_bytes(), width),
                layout.read_counters(spaced.as_bytes(), width)
            );
        }
    }

    /// Fast times and digits are what `jiff` and exact fractions read.
    #[test]
    fn fast_cells_are_those_of_a_naive_twin(
        first in -10_000_000_000_i64..200_000_000_000,
        apart in vec(1_i64..20_000, 1..20),
        style in vec(0_usize..5, 21),
        digits in vec("[0-9]{1,22}(\\.[0-9]{1,12})?", 21),
        broken in any::<Option<prop::sample::Index>>(),
    ) {
        let mut at = first;
        let mut rows = Vec::new();
        for (row, step) in [0].iter().chain(&apart).enumerate() {
            at += step;
            let time = Timestamp::from_second(at).unwrap();
            let text = match style[row] {
                0 => time.to_string().replace('T', " "),
                1 => time.to_string().replace('Z', "+00:00"),
                2 => time.to_string().to_lowercase(),
                _ => time.to_string(),
            };
            rows.push((text, digits[row].clone()));
        }
        if let Some(index) = broken {
            // One byte of one time is another.
            let place = index.index(rows.len());
            let byte = index.index(rows[place].0.len());
            rows[place].0.replace_range(byte..=byte, ["7", "x", ":", "-", "0"][byte % 5]);
        }
        let text: String = rows.iter().map(|(time, value)| format!("{time},{value}\n")).collect();
        let second = Duration::from_secs(1);
        let layout = CsvLayout::new().interval(second).max_slots(usize::MAX >> 40);
        let read = layout.read(format!("time,bytes\n{text}").as_bytes(), GapPolicy::LeaveOut);
        let twin: Option<Vec<(Timestamp, DataVolume)>> = rows
            .iter()
            .map(|(time, value)| Some((time.parse().ok()?, naive_bytes(value)?)))
            .collect();
        let ascends = |rows: &[(Timestamp, DataVolume)]| rows.is_sorted_by(|a, b| a.0 < b.0);
        match (read, twin.filter(|rows| ascends(rows))) {
            (Ok(series), Some(twin)) => {
                let found: Vec<_> = series.iter().filter_map(|(at, v)| Some((at, v?))).collect();
                prop_assert_eq!(found, twin);
            }
            (Ok(_), None) => prop_assert!(false, "read what the twin refuses: {}", text),
            (Err(error), twin) => {
                let limits = ["are more than", "rows are", "exceed the rate", "sum to more"];
                let known = limits.iter().any(|limit| error.to_string().contains(limit));
                prop_assert!(twin.is_none() || known, "{error}\n{text}");
            }
        }
    }
}

/// The bytes that a decimal states, to the nearest billionth of a bit, half to even.
fn naive_bytes(text: &str) -> Option<DataVolume> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().ok()?;
    let parts = BigInt::from(10).pow(u32::try_from(fraction.len()).ok()?);
    let exact = BigRational::new(digits * BigInt::from(8_000_000_000_u64), parts);
    let below = exact.floor().to_integer();
    let twice = (&exact - BigRational::from_integer(below.clone())) * BigInt::from(2);
    let one = BigRational::from_integer(BigInt::from(1));
    let is_odd = &below % 2 != BigInt::ZERO;
    let nearest = if twice > one || (twice == one && is_odd) { below + 1 } else { below };
    Some(DataVolume::from_nanobits(nearest.try_into().ok()?))
}

#[test]
fn many_series_are_those_of_their_own_files() {
    let ports = ["a", "b", "c"];
    let row = |port: usize, slot: usize| {
        let at = format!("2025-01-01T00:{:02}:00Z", slot * 5);
        format!("{},{at},{}\n", ports[port], port * 100 + slot)
    };
    let layout = CsvLayout::new().series("port").value("value", CsvUnit::Bits);
    let by_port: String =
        (0..3).flat_map(|port| (0..12).map(move |slot| row(port, slot))).collect();
    let by_time: String =
        (0..12).flat_map(|slot| (0..3).map(move |port| row(port, slot))).collect();
    let turned: String =
        (0..12).flat_map(|slot| (0..3).map(move |port| row((port + slot) % 3, slot))).collect();
    let expected: Vec<UsageSeries> = (0..3)
        .map(|port| {
            let rows: String = (0..12).map(|slot| row(port, slot)).collect();
            layout.read(format!("port,time,value\n{rows}").as_bytes(), GapPolicy::Fail).unwrap()
        })
        .collect();
    for rows in [by_port, by_time, turned] {
        let file = format!("port,time,value\n{rows}");
        let read = layout.read_each(file.as_bytes(), GapPolicy::Fail).unwrap();
        assert!(read.keys().eq(ports.iter()) && read.values().eq(expected.iter()));
    }
}

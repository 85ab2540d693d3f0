//! The memory of reading: what is allocated at once beside the series that are read.
#![cfg(feature = "csv")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use bandwidth_cost::{
    CsvLayout, CsvUnit, GapPolicy, TimeFormat, UsageSeries,
    jiff::{SignedDuration, Timestamp, tz::TimeZone},
};
use core::{ops::Range, time::Duration};
use std::{
    fmt::Write,
    io::{self, Read},
};

const FIVE_MINUTES: Duration = Duration::from_secs(300);
const MEGABYTE: u64 = 1_000_000;

/// A file that is made as it is read.
struct Made<F> {
    row: F,
    rows: Range<u64>,
    text: String,
    taken: usize,
}

impl<F: FnMut(u64, &mut String)> Made<F> {
    /// `row` writes the row of a number.
    fn new(header: &str, rows: u64, row: F) -> Self {
        Self { row, rows: 0..rows, text: header.to_owned(), taken: 0 }
    }
}

impl<F: FnMut(u64, &mut String)> Read for Made<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.text.len() {
            self.text.clear();
            self.taken = 0;
            if let Some(row) = self.rows.next() {
                (self.row)(row, &mut self.text);
            }
        }
        let read = (&self.text.as_bytes()[self.taken..]).read(buffer)?;
        self.taken += read;
        Ok(read)
    }
}

/// Returns what `read` allocates at most at once, less what its result takes.
fn beside(read: impl FnOnce() -> Vec<UsageSeries>) -> u64 {
    let mut own = 0;
    let measured = allocation_counter::measure(|| {
        let series = read();
        own = series.iter().map(|series| 16 * u64::try_from(series.len()).unwrap()).sum();
        assert!(own > 0);
    });
    measured.bytes_max.saturating_sub(own)
}

/// Reads ports of that many rows each, port by port or time by time.
fn ports(ports: u64, slots: u64, by_time: bool) -> u64 {
    beside(|| {
        let file = Made::new("port,time,bits\n", ports * slots, |row, text: &mut String| {
            let (port, slot) =
                if by_time { (row % ports, row / ports) } else { (row / slots, row % slots) };
            let time = 1_735_689_600 + 300 * slot;
            writeln!(text, "port{port:04},{time},{}", row * 7_919 % 100_000_000).unwrap();
        });
        let layout = CsvLayout::new().time("time", TimeFormat::UnixSeconds).series("port");
        let all = layout.read_each(file, GapPolicy::Fail).unwrap();
        assert_eq!(all.len(), usize::try_from(ports).unwrap());
        all.into_values().collect()
    })
}

#[test]
fn series_take_a_megabyte_beside_themselves_whatever_the_size_of_the_file() {
    for by_time in [false, true] {
        for (count, slots) in [(20, 500), (200, 500), (100, 8_200)] {
            let beside = ports(count, slots, by_time);
            assert!(beside <= MEGABYTE, "{beside} bytes for {count} ports of {slots} slots");
        }
    }
}

/// A file of a gigabyte: `cargo test --release --test it -- --ignored --nocapture gigabyte`.
#[test]
#[ignore = "a file of a gigabyte takes a minute without optimisation"]
fn a_gigabyte_takes_a_megabyte_beside_its_series() {
    for by_time in [false, true] {
        let beside = ports(1_000, 31_000, by_time);
        println!("by time: {by_time}, {beside} bytes beside the series");
        assert!(beside <= MEGABYTE, "{beside} bytes");
    }
}

/// Reads rows at unequal distances, in order of time or not, and returns the bytes beside the series.
fn unequal(rows: u64, unordered: bool, unit: CsvUnit) -> u64 {
    beside(|| {
        let file = Made::new("time,value\n", rows, |row, text: &mut String| {
            // 7 has no divisor in common with the number of rows, so each place comes once.
            let place = if unordered { row * 7 % rows } else { row };
            let time = 1_735_689_600 + 300 * place + place % 7;
            writeln!(text, "{time},{}.5", place * 7_919 % 100_000_000).unwrap();
        });
        let layout = CsvLayout::new()
            .time("time", TimeFormat::UnixSeconds)
            .value("value", unit)
            .interval(FIVE_MINUTES);
        let layout = if unordered { layout.unordered() } else { layout };
        vec![layout.read(file, GapPolicy::Fail).unwrap()]
    })
}

#[test]
fn rows_at_unequal_distances_take_24_bytes_each_beside_the_series() {
    for (unordered, unit) in
        [(false, CsvUnit::Bits), (true, CsvUnit::Bits), (true, CsvUnit::BytesPerSecond)]
    {
        for rows in [3_001, 30_001] {
            let beside = unequal(rows, unordered, unit);
            // The last chunk of rows may be nearly empty: it holds an eighth of them at most.
            let most = 24 * rows * 9 / 8 + MEGABYTE / 4;
            assert!(beside <= most, "{beside} bytes for {rows} rows, unordered: {unordered}");
        }
    }
}

#[test]
fn no_row_makes_an_allocation() {
    let allocations = |rows: u32| {
        let row = |row: u32| {
            let time =
                Timestamp::UNIX_EPOCH + SignedDuration::from_mins(5) * i32::try_from(row).unwrap();
            let local = TimeZone::UTC.to_datetime(time);
            let (date, clock) = (local.date(), local.time());
            let value = ["12", "1.5", "2.4802618923435763e+08"][row as usize % 3];
            format!(
                "{time};{};{local};{date};{clock};{value};1.5 kbps;\"{value}\"\n",
                time.as_second()
            )
        };
        let file: String = (0..rows).map(row).collect();
        let columns = ["zulu", "unix", "wall", "date", "clock", "bps", "rate", "quoted"];
        let layout =
            CsvLayout::new().separator(b';').without_header(&columns).interval(FIVE_MINUTES);
        let read = |time, format, value, unit| {
            let layout = layout.clone().time(time, format).value(value, unit);
            let read = || drop(layout.read(file.as_bytes(), GapPolicy::Fail).unwrap());
            allocation_counter::measure(read).count_total
        };
        let pattern = "%Y-%m-%d %H:%M:%S";
        [
            read("zulu", TimeFormat::Rfc3339, "bps", CsvUnit::Bps),
            read("unix", TimeFormat::UnixSeconds, "rate", CsvUnit::Rate),
            read("wall", TimeFormat::Wall, "quoted", CsvUnit::BytesPerSecond),
            read("date", TimeFormat::DateAndTime("clock", pattern), "bps", CsvUnit::Bits),
        ]
    };
    let [few, many] = [300, 3_000].map(allocations);
    for (few, many) in few.into_iter().zip(many) {
        // A vector that grows is allocated again, some dozens of times.
        assert!(many < few + 100, "{few} allocations for 300 rows, {many} for 3,000");
    }
}

#[test]
fn unordered_rows_on_a_grid_take_24_bytes_each_beside_the_series() {
    for rows in [3_001, 30_001_u64] {
        let beside = beside(|| {
            let file = Made::new("time,bytes\n", rows, |row, text: &mut String| {
                let time = 1_735_689_600 + 300 * (row * 7 % rows);
                writeln!(text, "{time},{row}").unwrap();
            });
            let layout = CsvLayout::new().time("time", TimeFormat::UnixSeconds).unordered();
            vec![layout.interval(FIVE_MINUTES).read(file, GapPolicy::Fail).unwrap()]
        });
        assert!(beside <= 24 * rows * 9 / 8 + MEGABYTE / 4, "{beside} bytes for {rows} rows");
    }
}

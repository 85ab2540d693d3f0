//! Series and counters from CSV files, and what is wrong with a file, to the line and the column.
#![cfg(feature = "csv")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::volumes_of;
use bandwidth_cost::{
    CounterLog, CounterWidth, DataRate, DataVolume, Error, GapPolicy, UsageSeries,
    jiff::{Timestamp, tz::TimeZone},
};
use core::time::Duration;
use std::io;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

fn read_with(
    file: &str,
    interval: Option<Duration>,
    gaps: GapPolicy,
    zone: &TimeZone,
) -> Result<UsageSeries, Error> {
    UsageSeries::from_csv(file.as_bytes(), interval, gaps, zone)
}

fn read(file: &str) -> Result<UsageSeries, Error> {
    read_with(file, None, GapPolicy::Fail, &TimeZone::UTC)
}

#[track_caller]
fn refused<T: core::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[track_caller]
fn bytes(result: Result<UsageSeries, Error>) -> Vec<DataVolume> {
    volumes_of(&result.unwrap()).to_vec()
}

fn of<const N: usize>(bytes: [u64; N]) -> [DataVolume; N] {
    bytes.map(DataVolume::from_bytes)
}

#[test]
fn the_header_says_what_a_value_is() {
    // 300 bytes in five minutes are 8 bit/s.
    for (column, cells) in [
        ("bits", ["2400", "4800.0"]),
        ("bytes", ["300", "600"]),
        ("rate", ["8 bps", "0.016 kbps"]),
        ("bps", ["8", "16"]),
    ] {
        let [first, second] = cells;
        for file in [
            format!("time,{column}\n2025-01-01T00:00:00Z,{first}\n2025-01-01T00:05:00Z,{second}\n"),
            format!("{column},time\n{first},2025-01-01T00:00:00Z\n{second},2025-01-01T00:05:00Z"),
            format!(
                "\u{feff}time,port,{column}\r\n2025-01-01T00:00:00Z,\"a, b\",\"{first}\"\r\n\r\n\
                 2025-01-01T00:05:00Z,,{second}\r\n"
            ),
        ] {
            let series = read(&file).unwrap();
            assert_eq!(volumes_of(&series), of([300, 600]), "{file}");
            assert_eq!(series.start().to_string(), "2025-01-01T00:00:00Z");
            assert_eq!(series.interval(), FIVE_MINUTES);
        }
    }
    let eighths =
        read("time,bytes\n2025-01-01T00:00:00Z,0.125\n2025-01-01T00:05:00Z,0.000000000125");
    assert_eq!(bytes(eighths), [DataVolume::from_bits(1), DataVolume::from_nanobits(1)]);
}

#[test]
fn a_time_has_an_offset_or_is_a_wall_time_in_the_zone() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    for (first, second, start) in [
        ("2025-06-01T00:00:00Z", "2025-06-01T00:05:00Z", "2025-06-01T00:00:00Z"),
        ("2025-06-01T02:00:00+02:00", "2025-06-01 02:05:00+02:00", "2025-06-01T00:00:00Z"),
        ("2025-06-01 02:00:00", "2025-06-01T02:05", "2025-06-01T00:00:00Z"),
        ("2025-06-01", "2025-06-01T00:05", "2025-05-31T22:00:00Z"),
        // The hour that is not there, and the repeated hour with its offset.
        ("2025-03-30 01:55", "2025-03-30 03:00", "2025-03-30T00:55:00Z"),
        ("2025-10-26T02:55:00+02:00", "2025-10-26T02:00:00+01:00", "2025-10-26T00:55:00Z"),
    ] {
        let file = format!("time,bytes\n{first},1\n{second},2\n");
        let series = read_with(&file, None, GapPolicy::Fail, &berlin).unwrap();
        assert_eq!(series.start().to_string(), start);
        assert_eq!(series.interval(), FIVE_MINUTES, "{first} {second}");
    }
    let row = |time: &str| {
        let file = format!("time,bytes\n2025-01-01T00:00:00Z,1\n{time},1\n");
        refused(read_with(&file, None, GapPolicy::Fail, &berlin))
    };
    for time in ["2025-10-26 02:30:00", "2025-03-30 02:30:00"] {
        assert_eq!(
            row(time),
            format!(
                "line 3, column `time`: local time `{time}` occurs twice or never in Europe/Berlin: expected its offset too, such as 2005-06-07T05:00:00+02:00"
            ),
        );
    }
    for time in ["", "noon", "2025-13-01T00:00:00Z", "07/06/2005 05:00", "1736121600"] {
        assert_eq!(
            row(time),
            format!(
                "line 3, column `time`: invalid time `{time}`: expected a time such as 2025-01-01T00:00:00Z"
            ),
        );
    }
}

#[test]
fn slots_are_as_long_as_the_first_rows_are_apart_or_as_the_caller_says() {
    let rows = |minutes: &[u64]| {
        let rows = minutes.iter().map(|minute| format!("2025-01-01T00:{minute:02}:00Z,6\n"));
        format!("time,bytes\n{}", rows.collect::<String>())
    };
    let gap = rows(&[0, 5, 15, 20]);
    let fill = |gaps| bytes(read_with(&gap, None, gaps, &TimeZone::UTC));
    assert_eq!(fill(GapPolicy::Zero), of([6, 6, 0, 6, 6]));
    assert_eq!(fill(GapPolicy::Distribute), of([6, 6, 3, 3, 6]));
    assert_eq!(
        refused(read(&gap)),
        "line 4, column `time`: no slot was measured from 2025-01-01T00:10:00Z to \
         2025-01-01T00:15:00Z: check the data, or pass the contract's gap policy",
    );
    assert_eq!(
        refused(read(&rows(&[0, 10, 15]))),
        "line 4, column `time`: no slot begins at 2025-01-01T00:15:00Z, where slots are 10 min \
         long from 2025-01-01T00:00:00Z on: check the time",
    );
    let stated = |minutes: &[u64]| {
        read_with(&rows(minutes), Some(FIVE_MINUTES), GapPolicy::Zero, &TimeZone::UTC)
    };
    assert_eq!(bytes(stated(&[0, 10, 15])), of([6, 0, 6, 6]));
    assert_eq!(bytes(stated(&[0])), of([6]));
    assert_eq!(
        refused(stated(&[0, 7])),
        "line 3, column `time`: no slot begins at 2025-01-01T00:07:00Z, where slots are 5 min \
         long from 2025-01-01T00:00:00Z on: check the time",
    );
    let error =
        |rows| format!("too few rows to tell the length of a slot, {rows}: pass the interval");
    assert_eq!(refused(read(&rows(&[0]))), error(1));
    assert_eq!(refused(read(&rows(&[]))), error(0));
    assert_eq!(refused(stated(&[])), error(0));
    let none = read_with(&rows(&[0, 5]), Some(Duration::ZERO), GapPolicy::Zero, &TimeZone::UTC);
    assert_eq!(refused(none), "slots can't be 0 s long: pass an interval such as 5 min");
}

#[test]
fn times_ascend() {
    let file = "time,bits\n2025-01-01T00:05:00Z,1\n";
    assert_eq!(
        refused(read(&format!("{file}2025-01-01T00:05:00Z,1\n"))),
        "line 3, column `time`: 2025-01-01T00:05:00Z does not come after 2025-01-01T00:05:00Z: \
         check that the times ascend",
    );
    assert_eq!(
        refused(read(&format!("{file}2025-01-01T00:00:00Z,1\n"))),
        "line 3, column `time`: 2025-01-01T00:00:00Z does not come after 2025-01-01T00:05:00Z: \
         check that the times ascend",
    );
    let file = format!("{file}2025-01-01T00:10:00Z,1\n");
    assert_eq!(
        refused(read(&format!("{file}2025-01-01T00:10:00Z,1\n"))),
        "line 4, column `time`: 2025-01-01T00:10:00Z does not come after 2025-01-01T00:10:00Z: \
         check that the times ascend",
    );
    assert_eq!(
        refused(read(&format!("{file}2025-01-01T00:05:00Z,1\n"))),
        "line 4, column `time`: 2025-01-01T00:05:00Z does not come after 2025-01-01T00:10:00Z: \
         check that the times ascend",
    );
}

#[test]
fn a_wrong_cell_is_named_by_line_and_column() {
    let row = |column: &str, cell: &str| {
        let file = format!("time,{column}\n2025-01-01T00:00:00Z,1\n2025-01-01T00:05:00Z,{cell}\n");
        refused(read(&file))
    };
    let number = "expected a number, such as 3562279127";
    for (column, cell, message) in [
        ("bits", "", format!("missing number at byte 0: {number}")),
        ("bits", "N/A", format!("unexpected `N/A` at byte 0: {number}")),
        ("bits", " 1", format!("unexpected ` ` at byte 0: {number}")),
        ("bytes", "12 MB", format!("unexpected `MB` at byte 3: {number}")),
        ("bps", "-1", "unexpected `-1` at byte 0: expected the number without a sign".to_owned()),
        (
            "bits",
            "\"1,000\"",
            "unexpected `,000` at byte 1: expected the digits without separators, and one point before \
             the decimals"
                .to_owned(),
        ),
        (
            "bits",
            "0.0000000001",
            "`0.0000000001` is too precise for a data volume: expected a multiple of 0.000000001 b"
                .to_owned(),
        ),
        (
            "bps",
            "1.5",
            "`1.5` is too precise for a data rate: expected a whole number".to_owned(),
        ),
        (
            "bps",
            "18446744073709551616",
            "`18446744073709551616` is too large for a data rate: expected at most \
             18446744073709551615"
                .to_owned(),
        ),
        (
            "bits",
            "400000000000000000000000000000",
            "`400000000000000000000000000000` is too large for a data volume: expected at most \
             42535295865.117307932921825928971026431875 EB"
                .to_owned(),
        ),
    ] {
        assert_eq!(row(column, cell), format!("line 3, column `{column}`: {message}"));
    }
    let file = "time,rate\n2025-01-01T00:00:00Z,1 Mbps\n\n\n2025-01-01T00:05:00Z,1 mb\n";
    assert_eq!(
        refused(read(file)),
        "line 5, column `rate`: ambiguous unit `mb` at byte 2: expected Mbps (bits) or MB/s (bytes)",
    );
    assert_eq!(
        refused(read(&file.replace('\n', "\r\n"))),
        "line 5, column `rate`: ambiguous unit `mb` at byte 2: expected Mbps (bits) or MB/s (bytes)",
    );
    // A slot that is too full is named by its time.
    let second = Some(Duration::from_nanos(1));
    let file = "time,bits\n2025-01-01T00:00:00Z,18446744074\n";
    assert_eq!(
        refused(read_with(file, second, GapPolicy::Fail, &TimeZone::UTC)),
        "2.30584300925 GB in the slot of 1 ns at 2025-01-01T00:00:00Z exceed the rate of \
         18446.744073709551615 Pbps: check the volume",
    );
    let ages = Some(Duration::from_secs(900 * 366 * 86_400));
    let file = "time,rate\n2025-01-01T00:00:00Z,18446.744073709551615 Pbps\n";
    assert_eq!(
        refused(read_with(file, ages, GapPolicy::Fail, &TimeZone::UTC)),
        "line 2, column `rate`: `18446.744073709551615 Pbps for 329400 d` is too large for a data \
         volume: expected at most 42535295865.117307932921825928971026431875 EB",
    );
}

#[test]
fn a_file_has_a_time_and_one_kind_of_value() {
    let advice = "expected `time` and one of `bits`, `bytes`, `rate` and `bps` (counters are read \
                  with CounterLog::from_csv)";
    for header in [
        "",
        "time",
        "bits",
        "time, bits",
        "Time,bits",
        "time,Bits",
        "time,bits,bytes",
        "time,bits,bits",
        "time,bits,time",
        "time,in_octets,out_octets",
    ] {
        let file = format!("{header}\n2025-01-01T00:00:00Z,1\n");
        let found = if header.is_empty() { "2025-01-01T00:00:00Z,1" } else { header };
        assert_eq!(refused(read(&file)), format!("columns `{found}`: {advice}"));
    }
    assert_eq!(refused(read("")), format!("columns ``: {advice}"));
    for (row, found) in [("2025-01-01T00:05:00Z,1,5", 3), ("2025-01-01T00:05:00Z", 1)] {
        assert_eq!(
            refused(read(&format!("time,bits\n2025-01-01T00:00:00Z,1\n{row}\n"))),
            format!("line 3: {found} cells under 2 columns: expected one for each"),
        );
    }
}

#[test]
fn counters_are_read_in_both_directions() {
    let counters = |rows: &str, width| {
        let file = format!("out_octets,in_octets,time\n{rows}");
        CounterLog::from_csv(file.as_bytes(), width, &TimeZone::UTC)
    };
    let rows = "5,4294967290,2025-01-01T00:00:00Z\n15,4,2025-01-01T00:05:00Z\n";
    let (inbound, outbound) = counters(rows, CounterWidth::Bits32).unwrap();
    let series = |log: CounterLog| log.to_series(FIVE_MINUTES, GapPolicy::Fail).unwrap().series;
    assert_eq!(volumes_of(&series(inbound)), of([10]));
    assert_eq!(volumes_of(&series(outbound)), of([10]));

    // A log that was read goes on with a capacity and further polls.
    let (inbound, _) = counters(rows, CounterWidth::Bits32).unwrap();
    let mut inbound = inbound.with_capacity(DataRate::from_bps(1));
    inbound.push("2025-01-01T00:10:00Z".parse::<Timestamp>().unwrap(), 9).unwrap();
    let readout = inbound.to_series(FIVE_MINUTES, GapPolicy::Zero).unwrap();
    assert_eq!(volumes_of(&readout.series), of([10, 5]));

    let wrong = |rows: &str| refused(counters(rows, CounterWidth::Bits32));
    assert_eq!(
        wrong("5,4294967296,2025-01-01T00:00:00Z\n"),
        "line 2, column `in_octets`: a counter of 32 bits can't show 4294967296 at \
         2025-01-01T00:00:00Z: check whether the counter has 64 bits",
    );
    assert_eq!(
        wrong("4294967297,5,2025-01-01T00:00:00Z\n"),
        "line 2, column `out_octets`: a counter of 32 bits can't show 4294967297 at \
         2025-01-01T00:00:00Z: check whether the counter has 64 bits",
    );
    assert_eq!(
        wrong("5,x,2025-01-01T00:00:00Z\n"),
        "line 2, column `in_octets`: unexpected `x` at byte 0: expected a number, such as 3562279127",
    );
    assert_eq!(
        wrong("18446744073709551616,5,2025-01-01T00:00:00Z\n"),
        "line 2, column `out_octets`: `18446744073709551616` is too large for a counter: expected at \
         most 18446744073709551615",
    );
    assert_eq!(
        wrong("5,6,2025-01-01T00:00:00Z\n5,6,2025-01-01T00:00:00Z\n"),
        "line 3, column `time`: 2025-01-01T00:00:00Z does not come after 2025-01-01T00:00:00Z: \
         check that the times ascend",
    );
    assert_eq!(
        wrong("5,6,2025-01-01T00:00:01Z\n5,6,2025-01-01T00:00:00Z\n"),
        "line 3, column `time`: 2025-01-01T00:00:00Z does not come after 2025-01-01T00:00:01Z: \
         check that the times ascend",
    );
    assert_eq!(wrong("5,6\n"), "line 2: 2 cells under 3 columns: expected one for each",);
    let file = "time,bits\n2025-01-01T00:00:00Z,1\n";
    assert_eq!(
        refused(CounterLog::from_csv(file.as_bytes(), CounterWidth::Bits64, &TimeZone::UTC)),
        "columns `time,bits`: expected `time`, `in_octets` and `out_octets`",
    );
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let read = |reader: &mut dyn io::Read| {
        UsageSeries::from_csv(reader, None, GapPolicy::Fail, &TimeZone::UTC)
    };
    assert_eq!(refused(read(&mut Broken)), "the disk is gone",);
    assert_eq!(refused(read(&mut &b"time,bits\n\xff"[..])), "stream did not contain valid UTF-8",);
}

#[test]
fn a_zone_in_brackets_is_refused() {
    let file = "time,bytes\n2025-01-01T00:00:00[Asia/Tokyo],1\n2025-01-01T00:05:00[Asia/Tokyo],1\n";
    assert_eq!(
        refused(read(file)),
        "line 2, column `time`: invalid time `2025-01-01T00:00:00[Asia/Tokyo]`: expected a time such as 2025-01-01T00:00:00Z",
    );
}

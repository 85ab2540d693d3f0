//! CSV files of traffic: what a layout reads, and what is said of a file that it does not fit.
#![cfg(feature = "csv")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::{says, volumes_of};
use bandwidth_cost::{
    CounterWidth, CsvLayout, CsvUnit, DataRate, DataVolume, Error, GapPolicy, TimeFormat,
    UsageSeries,
    jiff::{Timestamp, tz::TimeZone},
};
use core::time::Duration;
use std::io;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

fn layout() -> CsvLayout {
    CsvLayout::new()
}

fn read(layout: &CsvLayout, file: &str) -> Result<UsageSeries, Error> {
    layout.read(file.as_bytes(), GapPolicy::Fail)
}

/// A layout with the column `time` in another format, and bytes.
fn times(format: TimeFormat<'_>) -> CsvLayout {
    layout().time("time", format)
}

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn of<const N: usize>(bytes: [u64; N]) -> [DataVolume; N] {
    bytes.map(DataVolume::from_bytes)
}

/// Reads a file with two rows, the second with this time.
fn second_time(layout: &CsvLayout, first: &str, time: &str) -> Result<UsageSeries, Error> {
    read(layout, &format!("time,bytes\n{first},1\n{time},1\n"))
}

/// Reads a file whose second row has this value.
fn second_value(layout: &CsvLayout, column: &str, value: &str) -> Result<UsageSeries, Error> {
    let file = format!("time,{column}\n2025-01-01T00:00:00Z,1\n2025-01-01T00:05:00Z,{value}\n");
    read(layout, &file)
}

#[test]
fn a_usual_name_says_what_a_value_is() {
    // 300 bytes in five minutes are 8 bit/s.
    for (column, [first, second]) in [
        ("bits", ["2400", "4800.0"]),
        ("bytes", ["300", "6e2"]),
        ("volume", ["300 B", "0.6 kB"]),
        ("rate", ["8 bps", "0.016 kbps"]),
        ("bps", ["8", "1.6E+1"]),
        ("BPS ", ["8", "16.000"]),
    ] {
        for file in [
            format!("time,{column}\n2025-01-01T00:00:00Z,{first}\n2025-01-01T00:05:00Z,{second}\n"),
            format!("{column},Time\n{first},2025-01-01T00:00:00Z\n{second},2025-01-01T00:05:00Z"),
            format!(
                "\u{feff}time,port,{column}\r\n2025-01-01T00:00:00Z,\"a, \"\"b\"\"\",\"{first}\"\r\n\r\n\
                 2025-01-01T00:05:00Z,,{second}\r\n"
            ),
            format!("time,{column}\r2025-01-01T00:00:00Z,{first}\r2025-01-01T00:05:00Z,{second}\r"),
            format!(
                " time , {column}\n 2025-01-01T00:00:00Z, {first} \n2025-01-01T00:05:00Z\t,{second}"
            ),
        ] {
            let series = read(&layout(), &file).unwrap();
            assert_eq!(volumes_of(&series), of([300, 600]), "{file}");
            assert_eq!(series.start().to_string(), "2025-01-01T00:00:00Z");
            assert_eq!(series.interval(), FIVE_MINUTES);
        }
    }
}

#[test]
fn numbers_are_exact_decimals_rounded_once_to_a_billionth_of_a_bit() {
    let volume = |column: &str, cell: &str| {
        let series = second_value(&layout(), column, cell).unwrap();
        volumes_of(&series)[1].as_nanobits()
    };
    for (column, cell, nanobits) in [
        ("bytes", "0.125", 1_000_000_000),
        ("bytes", "0.000000000125", 1),
        ("bits", "0.0000000015", 2),
        ("bits", "0.0000000025", 2),
        ("bits", "0.00000000250000000000000000000000000000000000000000000000000001", 3),
        ("bits", "1e-9", 1),
        ("bits", "1e-300", 0),
        ("bits", "12.5E+03", 12_500_000_000_000),
        ("bits", "0e999999", 0),
        // A third of a bit per second is not lost before it is multiplied by the slot.
        ("bps", "0.333333333333333333", 100_000_000_000),
        ("bps", "2.4802618923435763e+08", 74_407_856_770_307_289_000),
    ] {
        assert_eq!(volume(column, cell), nanobits, "{cell} {column}");
    }
    let file = "time;bytes\n2025-01-01T00:00:00Z;1.234.567,5\n2025-01-01T00:05:00Z;12";
    let comma = layout().separator(b';').decimal_comma().thousands(b'.');
    assert_eq!(volumes_of(&read(&comma, file).unwrap())[0], DataVolume::from_bits(9_876_540));
}

#[test]
fn a_wall_time_is_of_the_zone_and_a_repeated_hour_goes_by_order() {
    let wall = times(TimeFormat::Wall).zone(berlin());
    for (first, second, start) in [
        ("2025-06-01 02:00:00", "2025-06-01T02:05", "2025-06-01T00:00:00Z"),
        ("2025-06-01", "2025-06-01T00:05", "2025-05-31T22:00:00Z"),
        // The hour that is not there, and the hour that is there twice.
        ("2025-03-30 01:55", "2025-03-30 03:00", "2025-03-30T00:55:00Z"),
        ("2025-10-26 01:55", "2025-10-26 02:00", "2025-10-25T23:55:00Z"),
    ] {
        let series = second_time(&wall, first, second).unwrap();
        assert_eq!(series.start().to_string(), start);
        assert_eq!(series.interval(), FIVE_MINUTES, "{first} {second}");
    }
    let rows: String = (0..2)
        .flat_map(|_| (0..12).map(|five| format!("2025-10-26 02:{:02},1\n", five * 5)))
        .collect();
    let series =
        read(&wall, &format!("time,bytes\n2025-10-26 01:55,1\n{rows}2025-10-26 03:00,1\n"))
            .unwrap();
    assert_eq!(series.len(), 26);
    assert_eq!(series.end().to_string(), "2025-10-26T02:05:00Z");
}

#[test]
fn a_leap_second_is_the_next_second() {
    let formats = [
        (times(TimeFormat::Rfc3339), "2016-12-31T23:59:60Z"),
        (times(TimeFormat::Rfc3339), "2017-01-01T00:59:60+01:00"),
        (times(TimeFormat::Wall), "2016-12-31 23:59:60"),
        (times(TimeFormat::Pattern("%d.%m.%Y %H:%M:%S")), "31.12.2016 23:59:60"),
    ];
    for (layout, time) in formats {
        let file = format!("time,bytes\n{time},1\n");
        let series = read(&layout.interval(FIVE_MINUTES), &file).unwrap();
        assert_eq!(series.start().to_string(), "2017-01-01T00:00:00Z", "{time}");
    }
    // Sixties that are no leap seconds.
    for time in ["2060-06-06T06:06:06Z", "2025-01-01T00:00:00.606060Z", "1960-01-01T00:00:59Z"] {
        let file = format!("time,bytes\n{time},1\n");
        let series = read(&layout().interval(FIVE_MINUTES), &file).unwrap();
        assert_eq!(series.start(), time.parse::<Timestamp>().unwrap());
    }
}

#[test]
fn slots_are_as_long_as_the_first_rows_are_apart_or_as_the_layout_says() {
    let rows = |minutes: &[u64]| {
        let rows = minutes.iter().map(|minute| format!("2025-01-01T00:{minute:02}:00Z,6\n"));
        format!("time,bytes\n{}", rows.collect::<String>())
    };
    let gap = rows(&[0, 5, 15, 20]);
    let fill = |gaps| volumes_of(&layout().read(gap.as_bytes(), gaps).unwrap());
    assert_eq!(fill(GapPolicy::Zero), of([6, 6, 0, 6, 6]));
    assert_eq!(fill(GapPolicy::Distribute), of([6, 6, 3, 3, 6]));
    let stated = |minutes: &[u64]| {
        layout().interval(FIVE_MINUTES).read(rows(minutes).as_bytes(), GapPolicy::Zero)
    };
    assert_eq!(volumes_of(&stated(&[0, 10, 15]).unwrap()), of([6, 0, 6, 6]));
    assert_eq!(volumes_of(&stated(&[0]).unwrap()), of([6]));
    // Two rows a gap apart are a gap; three and more are means.
    assert_eq!(volumes_of(&stated(&[0, 10]).unwrap()), of([6, 0, 6]));
    says(
        stated(&[0, 10, 20]),
        "rows are 10 min apart, and a slot is 5 min long: means of 10 min do not show the traffic of each slot; \
         export the file at 5 min, or read it with interval set to 10 min if the contract allows that",
    );
}

#[test]
fn a_number_may_mark_a_missing_value() {
    let file = "time,bytes\n2025-01-01T00:00:00Z,1\n2025-01-01T00:05:00Z,1\n\
                2025-01-01T00:10:00Z,0\n2025-01-01T00:15:00Z, 0\n2025-01-01T00:20:00Z,1\n";
    let marked = layout().missing(&["0"]);
    let series = marked.read(file.as_bytes(), GapPolicy::LeaveOut).unwrap();
    assert_eq!((series.known(), series.len()), (3, 5));
    let counters = marked.inbound("bytes", CsvUnit::Bytes).outbound("bytes", CsvUnit::Bytes);
    let (log, _) = counters.read_counters(file.as_bytes(), CounterWidth::Bits64).unwrap();
    let readout = log.to_series(FIVE_MINUTES, GapPolicy::LeaveOut).unwrap();
    assert_eq!((readout.series.known(), readout.series.len()), (1, 4));
    // A mark is compared without the space around it, as a cell is.
    let spaces = file.replace(",0\n", ",  \n").replace(", 0\n", ",\n");
    let series = layout().missing(&[" "]).read(spaces.as_bytes(), GapPolicy::LeaveOut).unwrap();
    assert_eq!((series.known(), series.len()), (3, 5));
}

#[test]
fn names_of_series_are_read_without_the_space_around_them() {
    let file = "port, time, bytes\na, 2025-01-01T00:00:00Z, 1\n a, 2025-01-01T00:05:00Z, 1\n\
                a , 2025-01-01T00:10:00Z, 1\n";
    let all = layout().series("port").read_each(file.as_bytes(), GapPolicy::Fail).unwrap();
    assert_eq!(volumes_of(&all["a"]), of([1, 1, 1]));
}

#[test]
fn counters_are_read_in_both_directions() {
    let counters =
        layout().inbound("in_octets", CsvUnit::Bytes).outbound("out_octets", CsvUnit::Bytes);
    let read = |rows: &str, width| {
        let file = format!("out_octets,in_octets,time\n{rows}");
        counters.read_counters(file.as_bytes(), width)
    };
    let rows = "5,4294967290,2025-01-01T00:00:00Z\n1.5e1,4,2025-01-01T00:05:00Z\n";
    let (inbound, outbound) = read(rows, CounterWidth::Bits32).unwrap();
    for log in [&inbound, &outbound] {
        let readout = log.to_series(FIVE_MINUTES, GapPolicy::Fail).unwrap();
        assert_eq!(volumes_of(&readout.series), of([10]));
    }
    // A log that was read goes on with a capacity and further polls.
    let mut inbound = inbound.with_capacity(DataRate::from_bps(1));
    inbound.push("2025-01-01T00:10:00Z".parse::<Timestamp>().unwrap(), 9).unwrap();
    let readout = inbound.to_series(FIVE_MINUTES, GapPolicy::Zero).unwrap();
    assert_eq!(volumes_of(&readout.series), of([10, 5]));

    let backwards =
        "9,9,2025-01-01T00:05:00Z\n5,U,2025-01-01T00:02:00Z\n5,5,2025-01-01T00:00:00Z\n";
    let unordered = counters.clone().unordered().missing(&["U"]);
    let file = format!("out_octets,in_octets,time\n{backwards}");
    let (inbound, _) = unordered.read_counters(file.as_bytes(), CounterWidth::Bits64).unwrap();
    let readout = inbound.to_series(FIVE_MINUTES, GapPolicy::Fail).unwrap();
    assert_eq!(volumes_of(&readout.series), of([4]));

    for (rows, message) in [
        (
            "5,4294967296,2025-01-01T00:00:00Z\n",
            "line 2, column `in_octets`: a counter of 32 bits can't show 4294967296 at \
             2025-01-01T00:00:00Z: check whether the counter has 64 bits",
        ),
        (
            "5,x,2025-01-01T00:00:00Z\n",
            "line 2, column `in_octets`: unexpected `x` at byte 0: expected a number such as \
             3562279127 or 1.5e+08, without a sign",
        ),
        (
            "5,0.5,2025-01-01T00:00:00Z\n",
            "line 2, column `in_octets`: unexpected `0.5` at byte 0: expected a counter's reading in \
             octets, a whole number of 64 bits",
        ),
        (
            "18446744073709551616,5,2025-01-01T00:00:00Z\n",
            "line 2, column `out_octets`: unexpected `18446744073709551616` at byte 0: expected a \
             counter's reading in octets, a whole number of 64 bits",
        ),
        (
            "5,6,2025-01-01T00:00:00Z\n5,6,2025-01-01T00:00:00Z\n",
            "line 3, column `in_octets`: another row has the time 2025-01-01T00:00:00Z: call \
             adding_up() if the values of both count, or series(\"port\") and read_each if a column \
             says whose they are",
        ),
        (
            "5,6,2025-01-01T00:00:01Z\n5,6,2025-01-01T00:00:00Z\n",
            "line 3, column `in_octets`: 2025-01-01T00:00:00Z comes after 2025-01-01T00:00:01Z: call \
             unordered() if the rows are in another order than time",
        ),
    ] {
        says(read(rows, CounterWidth::Bits32), message);
    }
}

/// Files that a layout does not fit, and the whole message.
#[test]
fn a_file_that_does_not_fit_is_refused_with_the_call_that_would_read_it() {
    let plain = layout();
    let bytes = |file: &str| read(&layout(), file);
    for (result, message) in [
        (bytes(""), "the file is empty: check that it was written"),
        (bytes("\n\n\n"), "the file is empty: check that it was written"),
        (
            bytes("time,bytes\n"),
            "the file has no rows below its header: check that it was written whole",
        ),
        (
            bytes("time,bytes\n2025-01-01T00:00:00Z,1\n"),
            "too few rows (1) to tell the length of a slot: call interval with the length",
        ),
        (
            bytes("time;bytes\n2025-01-01T00:00:00Z;1\n"),
            "expected a column `time` in the header `time;bytes`, which is one cell: is the separator `;`? call separator(b';')",
        ),
        (
            bytes("time\tbytes\n"),
            "expected a column `time` in the header `time\tbytes`, which is one cell: are the cells between tabs? call separator(b'\\t')",
        ),
        (
            bytes("time bytes\n"),
            "expected a column `time` in the header `time bytes`, which is one cell: are the cells between spaces? call separator(b' ')",
        ),
        (
            bytes("time|bytes\n"),
            "expected a column `time` in the header `time|bytes`, which is one cell: is the separator `|`? call separator(b'|')",
        ),
        (
            bytes("2025-01-01T00:00:00Z,1\n2025-01-01T00:05:00Z,1\n"),
            "expected a column `time` in the header `2025-01-01T00:00:00Z,1`; the first row looks like data: if the file has no header, call without_header with the names of its columns",
        ),
        (bytes("Timestamp,bytes\n"), "expected a column `time` in the header `Timestamp,bytes`"),
        (
            bytes("time,traffic\n"),
            "expected one of `bits`, `bytes`, `volume`, `bps` and `rate` in the header `time,traffic`",
        ),
        (
            bytes("time,in_octets,out_octets\n"),
            "expected one of `bits`, `bytes`, `volume`, `bps` and `rate` in the header `time,in_octets,out_octets`; counters are read with read_counters",
        ),
        (
            bytes("time,bits,bytes\n"),
            "the layout doesn't say what to read: call value(\"bytes\", CsvUnit::Bytes) on it, with the names in the file",
        ),
        (
            bytes("time,bytes,Time\n"),
            "the header has two columns `time`: check which one is meant, and name the columns with without_header",
        ),
        (
            bytes("time,bytes\n2025-01-01T00:00:00Z,1,721,992\n"),
            "line 2: 4 cells under 2 columns: expected one for each; a cell with `,` in it must be in quotes",
        ),
        (
            bytes("time,bytes\n2025-01-01T00:00:00Z\n"),
            "line 2: 1 cells under 2 columns: expected one for each",
        ),
        (
            bytes("time,bytes\n\n\n2025-01-01T00:00:00Z,\"1\n"),
            "line 4: a quote opens in this row and is not closed: check the row, or write `\"\"` for a quote in a cell",
        ),
        (
            layout().read(&b"\xff\xfet\0i\0"[..], GapPolicy::Fail),
            "the file is UTF-16: save it as UTF-8, which spreadsheets call `CSV UTF-8`",
        ),
        (
            layout().read(&b"time,bytes\n2025-01-01T00:00:00Z,\xfc\n"[..], GapPolicy::Fail),
            "line 2, column `bytes`: the cell is not UTF-8 text: check the encoding of the file",
        ),
        (
            bytes(&format!("time,bytes\n{}", "x".repeat(2 << 20))),
            "line 2: a row begins here that is longer than 1024 KiB: check that its quotes are closed and that the file is text",
        ),
        (
            second_time(&plain, "2025-01-01T00:00:00Z", "noon"),
            "line 3, column `time`: invalid time `noon`: expected a time such as 2025-01-01T00:00:00Z",
        ),
        (
            second_time(&plain, "2025-01-01T00:00:00Z", "1735689600"),
            "line 3, column `time`: `1735689600` looks like seconds since 1970: use TimeFormat::UnixSeconds",
        ),
        (
            second_time(&plain, "2025-01-01T00:00:00Z", "1735689600000"),
            "line 3, column `time`: `1735689600000` looks like milliseconds since 1970: use TimeFormat::UnixMillis",
        ),
        (
            second_time(&plain, "2025-01-01T00:00:00Z", "2025-01-01 00:05"),
            "line 3, column `time`: the time `2025-01-01 00:05` has no offset from UTC: use TimeFormat::Wall with the zone of the file",
        ),
        (
            second_time(&plain, "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
            "line 3, column `time`: another row has the time 2025-01-01T00:00:00Z: call adding_up() if the values of both count, or series(\"port\") and read_each if a column says whose they are",
        ),
        (
            second_time(&plain, "2025-01-01T00:05:00Z", "2025-01-01T00:00:00Z"),
            "line 3, column `time`: 2025-01-01T00:00:00Z comes after 2025-01-01T00:05:00Z: call unordered() if the rows are in another order than time",
        ),
        (
            second_time(&times(TimeFormat::UnixSeconds), "0", "1735689600000"),
            "line 3, column `time`: `1735689600000` looks like milliseconds since 1970: use TimeFormat::UnixMillis",
        ),
        (
            second_time(&times(TimeFormat::UnixMillis), "0", "1735689600"),
            "line 3, column `time`: `1735689600` looks like seconds since 1970: use TimeFormat::UnixSeconds",
        ),
        (
            second_time(&times(TimeFormat::UnixSeconds), "0", "2025-01-01T00:00:00Z"),
            "line 3, column `time`: `2025-01-01T00:00:00Z` is not a number: use TimeFormat::Rfc3339",
        ),
        (
            second_time(&times(TimeFormat::UnixSeconds), "0", "2025-01-01 00:00"),
            "line 3, column `time`: `2025-01-01 00:00` is not a number: use TimeFormat::Wall",
        ),
        (
            second_time(&times(TimeFormat::UnixSeconds), "0", "1.2.3"),
            "line 3, column `time`: invalid time `1.2.3`: expected a time such as 1735689600",
        ),
        (
            second_time(&times(TimeFormat::Wall), "2025-01-01", "2025-01-01T00:00:00Z"),
            "line 3, column `time`: the time `2025-01-01T00:00:00Z` has an offset from UTC: use TimeFormat::Rfc3339",
        ),
        (
            second_time(&times(TimeFormat::Wall), "2025-01-01", "1735689600"),
            "line 3, column `time`: `1735689600` looks like seconds since 1970: use TimeFormat::UnixSeconds",
        ),
        (
            second_time(&times(TimeFormat::Wall).zone(berlin()), "2025-03-30", "2025-03-30 02:30"),
            "line 3, column `time`: local time `2025-03-30 02:30` occurs twice or never in Europe/Berlin: expected its offset too, such as 2005-06-07T05:00:00+02:00",
        ),
        (
            read(&times(TimeFormat::Wall).zone(berlin()), "time,bytes\n2025-10-26 02:30,1"),
            "line 2, column `time`: local time `2025-10-26 02:30` occurs twice or never in Europe/Berlin: expected its offset too, such as 2005-06-07T05:00:00+02:00",
        ),
        (
            second_time(&times(TimeFormat::Pattern("%d/%m/%Y")), "01/01/2025", "13/13/2025"),
            "line 3, column `time`: the time `13/13/2025` does not fit the pattern `%d/%m/%Y`: check the pattern",
        ),
        (
            second_time(&times(TimeFormat::Pattern("%d/%m/%Y")), "01/01/2025", "1735689600"),
            "line 3, column `time`: `1735689600` looks like seconds since 1970: use TimeFormat::UnixSeconds",
        ),
        (
            second_value(&plain, "bytes", ""),
            "line 3, column `bytes`: `` is not a number: if it marks a missing value, call missing(&[\"\"])",
        ),
        (
            second_value(&plain, "bytes", "NaN"),
            "line 3, column `bytes`: `NaN` is not a number: if it marks a missing value, call missing(&[\"NaN\"])",
        ),
        (
            second_value(&plain, "bytes", "N/A"),
            "line 3, column `bytes`: `N/A` is not a number: if it marks a missing value, call missing(&[\"N/A\"])",
        ),
        (
            second_value(&plain, "bytes", "-1"),
            "line 3, column `bytes`: unexpected `-1` at byte 0: expected a number such as 3562279127 or 1.5e+08, without a sign",
        ),
        (
            second_value(&plain, "bytes", "12 MB"),
            "line 3, column `bytes`: `12 MB` has a unit: use CsvUnit::Volume for a column of such cells",
        ),
        (
            second_value(&plain, "bps", "12 Mbps"),
            "line 3, column `bps`: `12 Mbps` has a unit: use CsvUnit::Rate for a column of such cells",
        ),
        (
            second_value(&plain, "bytes", "\"1,5\""),
            "line 3, column `bytes`: unexpected `1,5` at byte 0: expected a number without `,`: call decimal_comma() or thousands(b',') if that is how the file writes numbers",
        ),
        (
            second_value(&layout().decimal_comma(), "bytes", "1.5"),
            "line 3, column `bytes`: unexpected `1.5` at byte 0: expected a number without `.`: call thousands(b'.') if that is how the file writes numbers",
        ),
        (
            second_value(&layout().thousands(b' '), "bytes", "12 34"),
            "line 3, column `bytes`: unexpected `12 34` at byte 0: expected groups of three digits between the separators",
        ),
        (
            second_value(&plain, "bytes", "1e400"),
            "line 3, column `bytes`: `1e400` is too large for a data volume: expected at most 42535295865.117307932921825928971026431875 EB",
        ),
        (
            second_value(&plain, "bytes", "1e99999999999999999999"),
            "line 3, column `bytes`: unexpected `1e99999999999999999999` at byte 0: expected a number such as 3562279127 or 1.5e+08, without a sign",
        ),
        (
            second_value(&plain, "bits", "400000000000000000000000000000"),
            "line 3, column `bits`: `400000000000000000000000000000` is too large for a data volume: expected at most 42535295865.117307932921825928971026431875 EB",
        ),
        (
            read(&plain, "time,volume\n2025-01-01T00:00:00Z,1 MB\n\"2025-01-01T00:05:00Z\",5"),
            "line 3, column `volume`: missing unit at byte 1: expected a unit such as MB, GiB or Mbit",
        ),
        (
            read(&layout().decimal_comma(), "time,rate\n2025-01-01T00:00:00Z,\"1,5\"\n"),
            "line 2, column `rate`: missing unit at byte 3: expected a unit such as Mbps, Mbit/s or MB/s",
        ),
        (
            read(&plain, "time,rate\n2025-01-01T00:00:00Z,1 mb\n"),
            "line 2, column `rate`: ambiguous unit `mb` at byte 2: expected Mbps (bits) or MB/s (bytes)",
        ),
        (
            read(
                &plain,
                "time,\"by\ntes\",bytes\n2025-01-01T00:00:00Z,\"\n\n\",1\n\n2025-01-01T00:05:00Z,,x\n",
            ),
            "line 7, column `bytes`: unexpected `x` at byte 0: expected a number such as 3562279127 or 1.5e+08, without a sign",
        ),
        (
            read(
                &layout().interval(FIVE_MINUTES),
                "time,bytes\n1825-01-01T00:00:00Z,1\n2025-01-01T00:00:00Z,1\n2025-01-01T00:05:00Z,1\n",
            ),
            "21038114 slots of 5 min from 1825-01-01T00:00:00Z on are more than the 103000 allowed for an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
        ),
        (
            read(
                &plain,
                "time,bytes\n2025-01-01T00:00:00Z,1\n2025-01-01T00:05:00Z,1\n2025-01-01T00:12:00Z,1\n",
            ),
            "line 4, column `time`: no slot begins at 2025-01-01T00:12:00Z, where slots are 5 min long from 2025-01-01T00:00:00Z on, as the first two rows are apart: check the time, or call interval with the length of a slot",
        ),
        (
            read(
                &plain,
                "time,bytes\n2025-01-01T00:00:00Z,1\n2025-01-01T00:05:00Z,1\n2025-01-01T00:15:00Z,1\n",
            ),
            "nothing was measured from 2025-01-01T00:10:00Z to 2025-01-01T00:15:00Z (5 min): check the data, or pass the contract's gap policy: leave out, zero, hold or distribute",
        ),
        (
            read(&layout().interval(Duration::ZERO), "time,bytes\n2025-01-01T00:00:00Z,1\n"),
            "line 2, column `time`: slots can't be 0 s long: pass an interval such as 5 min",
        ),
        (
            read(
                &layout().interval(Duration::from_nanos(1)),
                "time,bits\n2025-01-01T00:00:00Z,18446744074\n",
            ),
            "2.30584300925 GB in the slot of 1 ns at 2025-01-01T00:00:00Z exceed the rate of 18446.744073709551615 Pbps: check the volume",
        ),
        (
            read(
                &layout().adding_up(),
                "time,bytes\n2025-01-01T00:00:00Z,1\n2025-01-01T00:00:00Z,1\n",
            ),
            "line 3, column `time`: too few rows (1) to tell the length of a slot: call interval with the length",
        ),
        (
            layout().read_link("time,bytes\n".as_bytes(), GapPolicy::Fail).map(|link| link.inbound),
            "the layout doesn't say what to read: call inbound(\"in\", CsvUnit::Bytes) on it, with the names in the file",
        ),
        (
            layout()
                .read_each("time,bytes\n".as_bytes(), GapPolicy::Fail)
                .map(|mut all| all.remove("").unwrap()),
            "the layout doesn't say what to read: call series(\"port\") on it, with the names in the file",
        ),
        (
            layout()
                .series("port")
                .read_each(
                    "port,time,bytes\na,2025-01-01T00:00:00Z,1\n".as_bytes(),
                    GapPolicy::Fail,
                )
                .map(|mut all| all.remove("a").unwrap()),
            "series `a`: too few rows (1) to tell the length of a slot: call interval with the length",
        ),
        (
            layout().read_records("time,bytes\n".as_bytes(), FIVE_MINUTES),
            "the layout doesn't say what to read: call end(\"end\") on it, with the names in the file",
        ),
        (
            layout()
                .end("end")
                .value("bps", CsvUnit::Bps)
                .read_records("time,end,bps\n".as_bytes(), FIVE_MINUTES),
            "column `bps` holds rates, and records have volumes: pass a unit such as CsvUnit::Bytes",
        ),
        (
            layout().end("end").read_records(
                "time,end,bytes\n2025-01-01T00:05:00Z,2025-01-01T00:00:00Z,1\n".as_bytes(),
                FIVE_MINUTES,
            ),
            "a record can't start at 2025-01-01T00:05:00Z and end at 2025-01-01T00:00:00Z: check its times",
        ),
        (
            layout().stamped_at_end().read_records(
                "time,bytes\n2025-01-01T00:05:00Z,1\n2025-01-01T00:00:00Z,1\n".as_bytes(),
                FIVE_MINUTES,
            ),
            "line 3, column `time`: 2025-01-01T00:00:00Z comes after 2025-01-01T00:05:00Z: call unordered() if the rows are in another order than time",
        ),
        (
            layout()
                .stamped_at_end()
                .read_records("time,bytes\n2025-01-01T00:05:00Z,1\n".as_bytes(), FIVE_MINUTES),
            "a usage series can't be empty: pass at least one slot that was measured",
        ),
        (
            layout()
                .series("port")
                .read_each(&b"port,time,bytes\n\xfc,2025-01-01T00:00:00Z,1\n"[..], GapPolicy::Fail)
                .map(|mut all| all.remove("").unwrap()),
            "line 2, column `port`: the cell is not UTF-8 text: check the encoding of the file",
        ),
        (layout().read(Broken, GapPolicy::Fail), "the disk is gone"),
    ] {
        says(result, message);
    }
}

struct Broken;

impl io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

//! Files that people hold, each with its right answer: the cases by their id.
#![cfg(feature = "csv")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::{says, volumes_of};
use bandwidth_cost::{
    CounterWidth, CsvLayout, CsvUnit, DataRate, DataVolume, GapPolicy, Percentile, TimeFormat,
    UsageSeries,
    jiff::{SignedDuration, Timestamp, tz::TimeZone},
    usage::{BillingCycle, CounterEvent},
};
use core::time::Duration;

const HOUR: Duration = Duration::from_secs(3_600);

fn new_york() -> TimeZone {
    TimeZone::get("America/New_York").unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A number of bytes as a fraction.
#[track_caller]
fn has_bytes(series: &UsageSeries, count: u128, parts: u128) {
    assert_eq!(series.total().as_nanobits() * parts, count * 8_000_000_000);
}

/// U02: one direction of a counter of 32 bits that wraps, at milliseconds since 1970.
#[test]
fn u02_a_counter_in_milliseconds_is_read_over_its_wrap() {
    let file = "\
1552995961000,4285277806
1552996021000,4288581075
1552996081000,4291640658
1552996141000,4294823335
1552996201000,3034254
1552996261000,6158801
1552996321000,9322314
1552996381000,12567278
";
    let layout = CsvLayout::new()
        .without_header(&["at", "octets"])
        .time("at", TimeFormat::UnixMillis)
        .inbound("octets", CsvUnit::Bytes)
        .outbound("octets", CsvUnit::Bytes);
    let (log, same) = layout.read_counters(file.as_bytes(), CounterWidth::Bits32).unwrap();
    assert_eq!(log, same);
    let readout = log.to_series(Duration::from_secs(60), GapPolicy::Fail).unwrap();
    let (mut head, mut tail, mut wrap) = (None, None, None);
    for event in &readout.events {
        match event {
            CounterEvent::Head { from, volume, .. } => head = Some((*from, *volume)),
            CounterEvent::Tail { volume, .. } => tail = Some(*volume),
            CounterEvent::Wrap { octets, .. } => wrap = Some(*octets),
            event => panic!("{event}"),
        }
    }
    let (first, head) = head.unwrap();
    assert_eq!(first, at("2019-03-19T11:46:01Z"));
    assert_eq!(wrap, Some(3_178_215));
    let all = [head, readout.series.total(), tail.unwrap()].into_iter().sum::<DataVolume>();
    assert_eq!(all, DataVolume::from_bytes(22_256_768));
    // Minutes on the clock are a second of one increment and 59 of the next, to the billionth of a bit.
    let minute =
        readout.series.slice(at("2019-03-19T11:49:00Z")..at("2019-03-19T11:50:00Z")).unwrap();
    let nanobits = |octets: u128| octets * 8_000_000_000;
    let in_59_seconds = |octets| (nanobits(octets) * 59 + 30) / 60;
    let expected = nanobits(3_182_677) - in_59_seconds(3_182_677) + in_59_seconds(3_178_215);
    assert_eq!(minute.total().as_nanobits(), expected);
}

/// U04: bytes since the reading before, 4 to 5 s apart.
#[test]
fn u04_bytes_since_the_reading_before_are_read_as_records() {
    let file = "\
\"date\",\"time\",\"bytes_in\"
\"2003-12-31\",\"12:57:59\",2014
\"2003-12-31\",\"12:58:03\",32843
\"2003-12-31\",\"12:58:08\",4325
\"2003-12-31\",\"12:58:13\",51161
\"2003-12-31\",\"12:58:18\",74608
\"2003-12-31\",\"12:58:23\",34203
\"2003-12-31\",\"12:58:28\",113430
\"2003-12-31\",\"12:58:33\",10415
";
    let layout = CsvLayout::new()
        .time("date", TimeFormat::DateAndTime("time", "%Y-%m-%d %H:%M:%S"))
        .value("bytes_in", CsvUnit::Bytes)
        .stamped_at_end();
    // Slots of four seconds: each row counts back to the row before it, and the first, whose start is
    // not known, for one slot. The ends of the clock's slots are left off.
    let series = layout
        .clone()
        .interval(Duration::from_secs(4))
        .read(file.as_bytes(), GapPolicy::Fail)
        .unwrap();
    assert_eq!(series.start(), at("2003-12-31T12:57:56Z"));
    assert_eq!(series.end(), at("2003-12-31T12:58:32Z"));
    // All but a quarter of the first row and a fifth of the last.
    has_bytes(&series, 640_825, 2);
    // What passed since the row before is a record.
    let since = layout.read_records(file.as_bytes(), Duration::from_secs(60)).unwrap();
    assert_eq!(since.total(), DataVolume::from_bytes(320_985));
    assert_eq!(since.start(), at("2003-12-31T12:57:00Z"));
    let at_once = layout.clone().end("date").read_records(file.as_bytes(), HOUR).unwrap();
    assert_eq!(at_once.total(), DataVolume::from_bytes(322_999));
    says(
        layout.read(file.as_bytes(), GapPolicy::Fail),
        "line 4, column `date`: no slot begins at 2003-12-31T12:58:08Z, where slots are 4 s long from \
         2003-12-31T12:57:59Z on, as the first two rows are apart: check the time, or call interval \
         with the length of a slot",
    );
}

/// U05: semicolons between cells, commas between thousands.
#[test]
fn u05_thousands_separators_are_read() {
    let file = "\"Series\";\"Time\";\"Value\"\n\
                \"in\";\"2018-12-12T12:00:00+11:00\";1,721,992,142.283\n\
                \"in\";\"2018-12-12T13:00:00+11:00\";2,042,607,538.558\n\
                \"in\";\"2018-12-12T14:00:00+11:00\";2,648,544,223.564\n";
    let layout = CsvLayout::new()
        .separator(b';')
        .thousands(b',')
        .series("series")
        .value("value", CsvUnit::Bytes);
    let all = layout.read_each(file.as_bytes(), GapPolicy::Fail).unwrap();
    has_bytes(&all["in"], 1_282_628_780_881, 200);
    assert_eq!(all["in"].start(), at("2018-12-12T01:00:00Z"));
}

/// U06: exponents and fractions.
#[test]
fn u06_exponents_are_read_exactly() {
    let file = "\
at,bps
1474365600000,2.4802618923435763e+08
1474372800000,2.418898176913021e+08
1474380000000,1.7509107180402777e+08
";
    let layout = CsvLayout::new().time("at", TimeFormat::UnixMillis);
    let series = layout.read(file.as_bytes(), GapPolicy::Fail).unwrap();
    has_bytes(&series, 19_152_203_867_415, 32);
    assert_eq!(series.start(), at("2016-09-20T10:00:00Z"));
}

/// U07: several rows of one hour.
#[test]
fn u07_rows_of_one_hour_are_added_or_refused() {
    let file = "Service, Operation, UsageType, Resource, StartTime, EndTime, UsageValue\n\
                X,A,In,,2017-01-25T05:00:00Z,2017-01-25T06:00:00Z,657882293\n\
                X,B,Regional,,2017-01-25T05:00:00Z,2017-01-25T06:00:00Z,2052\n\
                X,C,Regional,,2017-01-25T05:00:00Z,2017-01-25T06:00:00Z,76761576\n";
    let layout = CsvLayout::new()
        .time("StartTime", TimeFormat::Rfc3339)
        .end("EndTime")
        .value("UsageValue", CsvUnit::Bytes);
    let added = layout.clone().adding_up().interval(HOUR).read(file.as_bytes(), GapPolicy::Fail);
    let spread = layout.read_records(file.as_bytes(), HOUR);
    for series in [added.unwrap(), spread.unwrap()] {
        assert_eq!(series.len(), 1);
        has_bytes(&series, 734_645_921, 1);
    }
}

/// U09: the repeated local hour goes by the order of the rows.
#[test]
fn u09_the_repeated_hour_goes_by_the_order_of_rows() {
    let file = "time,bytes\n2021-11-07 00:00,100\n2021-11-07 01:00,101\n2021-11-07 01:00,101\n\
                2021-11-07 02:00,102\n2021-11-07 03:00,103\n";
    let layout = CsvLayout::new().time("time", TimeFormat::Wall).zone(new_york());
    let series = layout.read(file.as_bytes(), GapPolicy::Fail).unwrap();
    assert_eq!(series.len(), 5);
    has_bytes(&series, 507, 1);
    assert_eq!(series.iter().nth(2).unwrap().0, at("2021-11-07T06:00:00Z"));
    // Where the order says nothing, the hour is refused.
    says(
        layout.unordered().read(file.as_bytes(), GapPolicy::Fail),
        "line 3, column `time`: local time `2021-11-07 01:00` occurs twice or never in \
         America/New_York: expected its offset too, such as 2005-06-07T05:00:00+02:00",
    );
}

/// U14: stamps at the ends of slots.
#[test]
fn u14_stamps_at_the_end_of_slots_make_a_day() {
    let first = at("2025-01-01T00:00:00Z");
    let rows = (0..=288_u32).map(|row| {
        let stamp = first + SignedDuration::from_mins(5) * i32::try_from(row).unwrap();
        format!("{stamp},{row}\n")
    });
    let file = format!("time,bps\n{}", rows.collect::<String>());
    let layout = CsvLayout::new().stamped_at_end();
    let series = layout.read(file.as_bytes(), GapPolicy::Fail).unwrap();
    assert_eq!(series.start(), at("2024-12-31T23:55:00Z"));
    let day = series.slice(first..at("2025-01-02T00:00:00Z")).unwrap();
    assert_eq!(day.len(), 288);
    assert_eq!(day.rates().next(), Some((first, Some(DataRate::from_bps(1)))));
    assert_eq!(day.percentile(Percentile::P95), DataRate::from_bps(274));
    assert_eq!(day.total(), DataVolume::from_bits(12_484_800));
    assert_eq!(day.by_period(&BillingCycle::months(), &TimeZone::UTC).count(), 1);
}

/// U53: a date as day, month and year.
#[test]
fn u53_a_pattern_reads_day_month_and_year() {
    let file = "Zeit,bytes\n31.12.2024 23:50:00,7\n31.12.2024 23:55:00,5\n";
    let layout = CsvLayout::new().time("Zeit", TimeFormat::Pattern("%d.%m.%Y %H:%M:%S"));
    let series = layout.read(file.as_bytes(), GapPolicy::Fail).unwrap();
    assert_eq!(series.start(), at("2024-12-31T23:50:00Z"));
    has_bytes(&series, 12, 1);
}

/// U63: local days have 23 to 25 hours, so they are not slots of one length; with their ends they
/// are records.
#[test]
fn u63_local_days_are_records_and_not_slots() {
    let days = CsvLayout::new().time("day", TimeFormat::Wall).zone(new_york());
    let file = "day,bytes\n2021-03-13,24000\n2021-03-14,23000\n2021-03-15,24000\n";
    says(
        days.read(file.as_bytes(), GapPolicy::Fail),
        "line 4, column `day`: no slot begins at 2021-03-15T04:00:00Z, where slots are 1 d long from \
         2021-03-13T05:00:00Z on, as the first two rows are apart: check the time, or call interval \
         with the length of a slot",
    );
    let file = "day,end,bytes\n2021-03-13,2021-03-14,24000\n2021-03-14,2021-03-15,23000\n\
                2021-03-15,2021-03-16,24000\n";
    let series = days.end("end").read_records(file.as_bytes(), HOUR).unwrap();
    let hours: Vec<usize> = series.by_day(&new_york()).map(|(_, day)| day.len()).collect();
    assert_eq!(hours, [24, 23, 24]);
    assert_eq!(volumes_of(&series), [DataVolume::from_bytes(1_000); 71]);
    assert_eq!(series.start(), at("2021-03-13T05:00:00Z"));
    assert_eq!(series.end(), at("2021-03-16T04:00:00Z"));
}

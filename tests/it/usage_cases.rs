//! Cases from public reports, each with the values that are right: its number in the collection, and its
//! source.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::volumes_of;
use bandwidth_cost::{
    CounterEvent, CounterLog, CounterReadout, CounterWidth, DataRate, DataVolume, GapPolicy,
    Percentile, PercentileRule, RateCard, RateMeter, Schedule, Share, Tariff, UsageSeries, bulk,
    jiff::{Timestamp, tz::TimeZone},
    usage::{BillingCycle, Window},
};
use core::time::Duration;

const HOUR: Duration = Duration::from_secs(3_600);
const FIVE_MINUTES: Duration = Duration::from_secs(300);

#[track_caller]
fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn counter(
    width: CounterWidth,
    capacity: Option<DataRate>,
    polls: impl IntoIterator<Item = (i64, u64)>,
) -> CounterLog {
    let mut log = CounterLog::new(width);
    if let Some(capacity) = capacity {
        log = log.with_capacity(capacity);
    }
    for (milliseconds, octets) in polls {
        log.push(Timestamp::from_millisecond(milliseconds).unwrap(), octets).unwrap();
    }
    log
}

/// The volumes of the head and of the tail.
fn ends(readout: &CounterReadout) -> (DataVolume, DataVolume) {
    let (mut head, mut tail) = (DataVolume::ZERO, DataVolume::ZERO);
    for event in &readout.events {
        match *event {
            CounterEvent::Head { volume, .. } => head = volume,
            CounterEvent::Tail { volume, .. } => tail = volume,
            _ => {}
        }
    }
    (head, tail)
}

fn bytes(bytes: u64) -> DataVolume {
    DataVolume::from_bytes(bytes)
}

/// U01, <https://github.com/pdreker/fritz_exporter/issues/208>.
#[test]
fn a_reading_somewhat_lower_than_the_one_before_is_discarded() {
    let polls = [
        (0, 3_717_324_887),
        (60_000, 3_717_616_438),
        (120_000, 3_717_611_343),
        (180_000, 3_717_798_920),
        (240_000, 3_718_060_786),
    ];
    let log = counter(CounterWidth::Bits64, Some(DataRate::from_mbps(50)), polls);
    let readout = log.to_series(Duration::from_secs(60), GapPolicy::Fail).unwrap();
    assert_eq!(readout.series.total(), bytes(735_899));
    assert!(volumes_of(&readout.series).into_iter().all(|slot| slot <= bytes(375_000_000)));
    let said: Vec<String> = readout.events.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["1970-01-01T00:02:00Z: reading of 3717611343 octets discarded, lower than 3717616438 at \
          1970-01-01T00:01:00Z"],
    );
}

/// U19, <https://github.com/Ozark-Connect/NetworkOptimizer/pull/766>.
#[test]
fn one_answer_of_zero_is_not_billed() {
    let polls = [
        (0, 10_000_000_000_000),
        (300_000, 10_000_300_000_000),
        (600_000, 0),
        (900_000, 10_000_900_000_000),
        (1_200_000, 10_001_200_000_000),
    ];
    for gaps in [GapPolicy::Fail, GapPolicy::LeaveOut, GapPolicy::Zero, GapPolicy::Distribute] {
        let log = counter(CounterWidth::Bits64, Some(DataRate::from_mbps(100)), polls);
        let series = log.to_series(FIVE_MINUTES, gaps).unwrap().series;
        assert_eq!(volumes_of(&series), [DataVolume::from_megabytes(300); 4]);
    }
}

/// U18, <https://github.com/toni-moreno/snmpcollector/issues/180>.
#[test]
fn routers_polled_some_seconds_apart_are_billed_together() {
    let start = at("2025-01-01T00:00:00Z").as_millisecond();
    let port = |first: i64, octets: u64| {
        let polls = (0..13)
            .map(|poll: i64| (start + 1_000 * (first + 300 * poll), poll.unsigned_abs() * octets));
        let log = counter(CounterWidth::Bits64, None, polls);
        log.to_series(FIVE_MINUTES, GapPolicy::Fail).unwrap()
    };
    let (a, b) = (port(2, 1_000_000_000), port(7, 2_000_000_000));
    let sum = a.series.sum_with(&b.series).unwrap();
    assert_eq!((sum.start(), sum.len()), (at("2025-01-01T00:05:00Z"), 11));
    assert_eq!(volumes_of(&sum), [DataVolume::from_gigabytes(3); 11]);
    assert_eq!(sum.total(), bytes(33_000_000_000));
    // 2,980,000,000 ÷ 3 octets and 20,000,000 ÷ 3, to the billionth of a bit; and those of b.
    let nanobits =
        |(head, tail): (DataVolume, DataVolume)| (head.as_nanobits(), tail.as_nanobits());
    assert_eq!(nanobits(ends(&a)), (7_946_666_666_666_666_667, 53_333_333_333_333_333));
    assert_eq!(nanobits(ends(&b)), (15_626_666_666_666_666_667, 373_333_333_333_333_333));
}

/// U02, <https://github.com/volkszaehler/volkszaehler.org/issues/747>.
#[test]
fn a_wrap_between_polls_in_epoch_milliseconds_is_counted() {
    let polls = [
        (1_552_995_961_000, 4_285_277_806),
        (1_552_996_021_000, 4_288_581_075),
        (1_552_996_081_000, 4_291_640_658),
        (1_552_996_141_000, 4_294_823_335),
        (1_552_996_201_000, 3_034_254),
        (1_552_996_261_000, 6_158_801),
        (1_552_996_321_000, 9_322_314),
        (1_552_996_381_000, 12_567_278),
    ];
    let log = counter(CounterWidth::Bits32, None, polls);
    let readout = log.to_series(Duration::from_secs(60), GapPolicy::Fail).unwrap();
    let (head, tail) = ends(&readout);
    assert_eq!(readout.series.total() + head + tail, bytes(22_256_768));
    assert_eq!(readout.series.start(), at("2019-03-19T11:47:00Z"));
    let CounterEvent::Head { from, .. } = readout.events[0] else { unreachable!("a head first") };
    assert_eq!(from, at("2019-03-19T11:46:01Z"));
    let wrap = readout.events.iter().find_map(|event| match *event {
        CounterEvent::Wrap { octets, .. } => Some(octets),
        _ => None,
    });
    assert_eq!(wrap, Some(3_178_215));
}

/// U14, <https://github.com/Cacti/cacti/issues/7070>.
#[test]
fn rows_stamped_with_the_end_of_their_slot_make_a_day_of_288() {
    let day = at("2025-01-01T00:00:00Z");
    let rows = (0..=288_u32).map(|k| {
        let end = day + FIVE_MINUTES * k;
        (end - FIVE_MINUTES..end, DataVolume::from_bits(300 * u64::from(k)))
    });
    let series = UsageSeries::from_records(rows, FIVE_MINUTES).unwrap();
    let days: Vec<_> = series.by_day(&TimeZone::UTC).collect();
    let [(_, before), (date, day)] = &days[..] else { unreachable!("two days") };
    assert_eq!((before.len(), date.to_string().as_str(), day.len()), (1, "2025-01-01", 288));
    assert_eq!(day.rates().next().unwrap().1, Some(DataRate::from_bps(1)));
    assert_eq!(day.percentile(Percentile::P95), DataRate::from_bps(274));
    assert_eq!(day.total(), DataVolume::from_bits(12_484_800));
}

/// U04, <http://www.paessler.com/support/kb/questions/92>.
#[test]
fn bytes_since_the_reading_before_add_up() {
    let rows = [
        ("57:59", 2_014),
        ("58:03", 32_843),
        ("58:08", 4_325),
        ("58:13", 51_161),
        ("58:18", 74_608),
        ("58:23", 34_203),
        ("58:28", 113_430),
        ("58:33", 10_415),
    ];
    let time = |minute: &str| at(&format!("2003-12-31T12:{minute}Z"));
    let records = rows.windows(2).map(|pair| {
        let [(from, _), (to, octets)] = pair else { unreachable!("two at a time") };
        (time(from)..time(to), bytes(*octets))
    });
    let series = UsageSeries::from_records(records, Duration::from_secs(60)).unwrap();
    assert_eq!(series.total(), bytes(320_985));
}

/// U07, <https://blog.nono.io/post/ntp-costs-500>.
#[test]
fn rows_of_one_hour_add_up() {
    let hour = at("2017-01-25T05:00:00Z")..at("2017-01-25T06:00:00Z");
    let records = [657_882_293, 2_052, 76_761_576].map(|octets| (hour.clone(), bytes(octets)));
    let series = UsageSeries::from_records(records, HOUR).unwrap();
    assert_eq!((series.len(), series.total()), (1, bytes(734_645_921)));
}

/// U09, <https://github.com/vergoh/vnstat/issues/193>.
#[test]
fn the_repeated_local_hour_is_two_slots() {
    let zone = TimeZone::get("America/New_York").unwrap();
    let start = at("2021-11-07T04:00:00Z"); // local midnight
    let volumes = [100, 101, 101, 102, 103].map(bytes);
    let series = UsageSeries::from_volumes(start, HOUR, volumes).unwrap();
    let window: Window = "01:00 to 02:00".parse().unwrap();
    let repeated = series.within(&window, &zone).unwrap();
    let there = repeated.iter().filter_map(|(at, volume)| Some((at, volume?)));
    assert_eq!(
        there.collect::<Vec<_>>(),
        [(at("2021-11-07T05:00:00Z"), bytes(101)), (at("2021-11-07T06:00:00Z"), bytes(101))],
    );
    assert_eq!((series.total(), series.by_day(&zone).count()), (bytes(507), 1));
}

/// U63: a day of 23 hours.
#[test]
fn local_days_in_which_clocks_change_are_of_their_own_length() {
    let zone = TimeZone::get("America/New_York").unwrap();
    let edges = ["2021-03-13T05:00:00Z", "2021-03-14T05:00:00Z", "2021-03-15T04:00:00Z"];
    let edges = [edges[0], edges[1], edges[2], "2021-03-16T04:00:00Z"].map(at);
    let octets = [24_000, 23_000, 24_000];
    let days = (0..3).map(|day| (edges[day]..edges[day + 1], bytes(octets[day])));
    let series = UsageSeries::from_records(days, HOUR).unwrap();
    assert_eq!(volumes_of(&series), vec![bytes(1_000); 71]);
    let hours: Vec<_> = series.by_day(&zone).map(|(_, day)| day.len()).collect();
    assert_eq!(hours, [24, 23, 24]);
    assert_eq!((series.start(), series.end()), (edges[0], edges[3]));
}

/// U24, <https://github.com/Ysurac/openmptcprouter/issues/211>.
#[test]
fn a_billing_month_from_the_21st_lacks_the_hour_that_clocks_skip() {
    let zone = TimeZone::get("America/New_York").unwrap();
    let hours = [DataVolume::from_gigabytes(1); 1_000];
    let series = UsageSeries::from_volumes(at("2021-02-21T05:00:00Z"), HOUR, hours).unwrap();
    let cycle = BillingCycle::from_day(21).unwrap();
    let (first, month) = series.by_period(&cycle, &zone).next().unwrap();
    assert_eq!(first.to_string(), "2021-02-21");
    assert_eq!((month.len(), month.total()), (671, DataVolume::from_gigabytes(671)));
    assert_eq!(month.end(), at("2021-03-21T04:00:00Z"));
}

/// U11, <https://github.com/influxdata/influxdb/issues/9046>.
#[test]
fn an_interpolated_percentile_is_between_two_samples() {
    let samples = [20, 21, 16, 56, 13, 20, 16, 47, 18, 12].map(|sample| sample * 100);
    let rates = samples.map(DataRate::from_bps);
    let series = UsageSeries::from_rates(Timestamp::UNIX_EPOCH, HOUR, rates).unwrap();
    for (rule, right) in
        [(PercentileRule::LinearInclusive, 5_195), (PercentileRule::NearestRank, 5_600)]
    {
        let percentile = Percentile::P95.with_rule(rule);
        assert_eq!(series.percentile(percentile), DataRate::from_bps(right));
        let mut out = [0];
        bulk::percentile_each(&samples, samples.len(), percentile, &mut out).unwrap();
        assert_eq!(out, [right]);
    }
}

/// U15, <https://github.com/auxesis/visage/pull/94>.
#[test]
fn a_percentile_of_means_is_not_that_of_the_samples() {
    let minutes = [500, 100, 100, 100, 100].repeat(20).into_iter().map(DataRate::from_mbps);
    let start = at("2025-01-01T00:00:00Z");
    let series = UsageSeries::from_rates(start, Duration::from_secs(60), minutes).unwrap();
    assert_eq!(series.percentile(Percentile::P95), DataRate::from_mbps(500));
    let means = series.resample(FIVE_MINUTES).unwrap();
    assert_eq!(means.percentile(Percentile::P95), DataRate::from_mbps(180));
    assert_eq!(means.total(), series.total());
}

/// U16, <https://forum.checkmk.com/t/95th-percentile-line/16770>.
#[test]
fn unknown_samples_are_not_ranked() {
    let rates = (0..40).map(|i| (i % 4 != 3).then_some(DataRate::from_bps(1_000 + i)));
    let series = UsageSeries::from_rates(Timestamp::UNIX_EPOCH, FIVE_MINUTES, rates).unwrap();
    assert_eq!((series.known(), series.len()), (30, 40));
    assert_eq!(series.percentile(Percentile::P95), DataRate::from_bps(1_037));
    let quartile = Percentile::new(25.into()).unwrap();
    assert_eq!(series.percentile(quartile), DataRate::from_bps(1_009));
}

/// U17, <http://www.paessler.com/manuals/prtg_traffic_grapher5/percentilesettings.htm>.
#[test]
fn a_month_of_24_of_31_days_says_so() {
    let rates = (0..6_912).map(|slot| DataRate::from_mbps(100 + slot % 50));
    let start = at("2025-01-03T00:00:00Z");
    let series = UsageSeries::from_rates(start, FIVE_MINUTES, rates.clone()).unwrap();
    let meter = RateMeter::Percentile(Percentile::P95);
    let port = Tariff::by_rate("port", meter, Schedule::flat("1 USD per 1 Mbps".parse().unwrap()));
    let months = RateCard::new([port]).unwrap().bill_months(&series).unwrap();
    let [(_, january)] = &months[..] else { unreachable!("one month") };
    assert_eq!(january.total().unwrap().to_string(), "147 USD");
    assert_eq!(january.coverage(), Share::new(24, 31).unwrap());
    assert!(january.to_string().contains("measured for 24/31 (≈ 77.42%) of the time"), "{january}");

    let zeros = core::iter::repeat_n(DataRate::ZERO, 8_928 - 6_912);
    let padded = UsageSeries::from_rates(start, FIVE_MINUTES, rates.chain(zeros)).unwrap();
    assert_eq!(padded.percentile(Percentile::P95), DataRate::from_mbps(146));
}

/// U32, <https://github.com/apache/trafficcontrol/issues/2162>.
#[test]
fn three_days_without_polls_are_unknown_and_their_octets_are_not_lost() {
    let polls = [
        (0, 0),
        (300_000, 3_000_000),
        (259_500_000, 600_000_000_000),
        (259_800_000, 600_003_000_000),
    ];
    let log = || counter(CounterWidth::Bits64, None, polls);
    let readout = log().to_series(FIVE_MINUTES, GapPolicy::LeaveOut).unwrap();
    assert_eq!((readout.series.len(), readout.series.known()), (866, 2));
    let [CounterEvent::Gap { volume: Some(volume), .. }] = readout.events[..] else {
        unreachable!("a gap of known volume: {:?}", readout.events)
    };
    assert_eq!(readout.series.total() + volume, bytes(600_003_000_000));
    assert_eq!(readout.summary(), "1 gap: 599.997 GB not in any slot");
    let short = GapPolicy::LeaveOut.up_to(Duration::from_secs(900));
    assert_eq!(
        log().to_series(FIVE_MINUTES, short).unwrap_err().to_string(),
        "nothing was measured from 1970-01-01T00:05:00Z to 1970-01-04T00:05:00Z (3 d), longer than \
         the 15 min allowed: check the data, or allow longer gaps",
    );
}

/// U25, <https://github.com/itsdrnoob/DataMonitor/issues/273>.
#[test]
fn hours_that_are_free_are_left_out() {
    let zone = TimeZone::get("Asia/Kolkata").unwrap();
    let start = at("2025-01-01T00:00:00+05:30");
    let hours = [DataVolume::from_gigabytes(1); 48];
    let series = UsageSeries::from_volumes(start, HOUR, hours).unwrap();
    let billed: Window = "12:00 to 24:00".parse().unwrap();
    let billed = series.within(&billed, &zone).unwrap();
    assert_eq!(billed.total(), DataVolume::from_gigabytes(24));
}

/// U23, <https://github.com/Csontikka/ha-mikrotik-extended/issues/30>.
#[test]
fn a_rate_is_of_the_time_between_readings() {
    let polls = [(0, 0), (30_000, 3_000_000), (90_000, 9_000_000), (120_000, 12_000_000)];
    let log = counter(CounterWidth::Bits64, None, polls);
    let series = log.to_series(Duration::from_secs(30), GapPolicy::Fail).unwrap().series;
    assert_eq!(volumes_of(&series), [DataVolume::from_megabytes(3); 4]);
}

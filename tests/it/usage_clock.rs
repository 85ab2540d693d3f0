//! Slots on the clock, other slots, and local time: windows, billing periods and months.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::{refused, volumes_of};
use bandwidth_cost::{
    CounterEvent, CounterLog, CounterWidth, DataRate, DataVolume, GapPolicy, RateCard, Schedule,
    Share, Tariff, UsageSeries, VolumeMeter,
    jiff::{Timestamp, tz::TimeZone},
    usage::{BillingCycle, Window},
};
use core::time::Duration;
use proptest::{collection::vec, prelude::*, sample::select};

const FIVE_MINUTES: Duration = Duration::from_secs(300);
const HOUR: Duration = Duration::from_secs(3_600);

#[track_caller]
fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn bytes(bytes: u64) -> DataVolume {
    DataVolume::from_bytes(bytes)
}

#[test]
fn a_longer_slot_is_there_only_if_all_its_parts_are() {
    let volumes = [1, 2, 3, 4, 5, 6, 7, 8].map(|n| (n != 4).then_some(bytes(n)));
    let minute = Duration::from_secs(60);
    let series = UsageSeries::from_volumes(at("2025-01-01T00:01:00Z"), minute, volumes).unwrap();
    let longer = series.resample(2 * minute).unwrap();
    assert_eq!(longer.start(), at("2025-01-01T00:02:00Z"));
    let volumes: Vec<_> = longer.iter().map(|(_, volume)| volume).collect();
    assert_eq!(volumes, [Some(bytes(2 + 3)), None, Some(bytes(6 + 7))]);
    for (interval, text) in [
        (90, "slots of 90 s can't be made of slots of 1 min: pass a multiple of that"),
        (0, "slots of 0 s can't be made of slots of 1 min: pass a multiple of that"),
        (30, "slots of 30 s can't be made of slots of 1 min: pass a multiple of that"),
        (
            3_600,
            "no slot of 1 h on the clock lies whole between 2025-01-01T00:01:00Z and \
             2025-01-01T00:09:00Z: check the times, or pass a shorter interval",
        ),
    ] {
        assert_eq!(refused(series.resample(Duration::from_secs(interval))), text);
    }
    let holes = [Some(bytes(1)), None, None, Some(bytes(1))];
    let holes = UsageSeries::from_volumes(at("2025-01-01T00:00:00Z"), minute, holes).unwrap();
    assert_eq!(
        refused(holes.resample(2 * minute)),
        "a usage series can't be empty: pass at least one slot that was measured",
    );
}

#[test]
fn series_of_different_phases_line_up_on_the_clock() {
    let series = |start: &str| {
        let rates = [DataRate::from_mbps(80); 12];
        UsageSeries::from_rates(at(start), FIVE_MINUTES, rates).unwrap()
    };
    let (a, b) = (series("2025-01-01T00:00:02Z"), series("2025-01-01T00:00:07Z"));
    assert!(a.sum_with(&b).is_err());
    let sum = a.on_clock().unwrap().sum_with(&b.on_clock().unwrap()).unwrap();
    assert_eq!((sum.start(), sum.len()), (at("2025-01-01T00:05:00Z"), 11));
    assert_eq!((sum.peak(), sum.mean()), (DataRate::from_mbps(160), DataRate::from_mbps(160)));
}

proptest! {
    #[test]
    fn a_longer_slot_on_the_clock_is_the_sum_of_its_parts(
        slots in vec(proptest::option::weighted(0.9, 0_u64..1_000), 1..200),
        (first, times) in (-30_i64..30, 1_u32..13),
    ) {
        let minute = Duration::from_secs(60);
        let start = Timestamp::from_second(60 * first).unwrap();
        let volumes: Vec<Option<DataVolume>> = slots.iter().map(|slot| slot.map(bytes)).collect();
        let Ok(series) = UsageSeries::from_volumes(start, minute, volumes.iter().copied()) else {
            return Ok(());
        };
        // The minutes of each longer slot that is covered whole.
        let each = i64::from(times);
        let mut expected: Vec<(Timestamp, Option<DataVolume>)> = Vec::new();
        for slot in first.div_euclid(each)..=(first + i64::try_from(slots.len()).unwrap()).div_euclid(each) {
            let parts = slot * each..(slot + 1) * each;
            let part = |minute: i64| usize::try_from(minute - first).ok().and_then(|at| volumes.get(at));
            if let Some(parts) = parts.map(part).collect::<Option<Vec<_>>>() {
                let sum = parts.into_iter().copied().sum::<Option<DataVolume>>();
                expected.push((Timestamp::from_second(60 * each * slot).unwrap(), sum));
            }
        }
        match series.resample(minute * times) {
            Ok(longer) => prop_assert_eq!(longer.iter().collect::<Vec<_>>(), expected),
            Err(_) => prop_assert!(expected.iter().all(|(_, volume)| volume.is_none())),
        }
    }

    #[test]
    fn a_resampled_total_is_the_old_one_where_both_ends_meet_a_slot(
        volumes in vec(any::<u32>(), 1..200),
        shift in -1_000_i64..1_000,
        times in 1_usize..12,
        seconds in select(vec![1_u64, 60, 300, 777]),
    ) {
        let interval = Duration::from_secs(seconds);
        let long = interval * u32::try_from(times).unwrap();
        let start = shift * i64::try_from(long.as_secs()).unwrap();
        let whole = volumes.len() / times * times;
        let volumes = volumes.iter().take(whole).map(|&n| bytes(n.into()));
        let start = Timestamp::from_second(start).unwrap();
        let Ok(series) = UsageSeries::from_volumes(start, interval, volumes) else { return Ok(()) };
        let longer = series.resample(long).unwrap();
        prop_assert_eq!((longer.start(), longer.end()), (series.start(), series.end()));
        prop_assert_eq!(longer.total(), series.total());
        let sums = volumes_of(&series);
        let sums = sums.chunks(times).map(|parts| parts.iter().sum());
        prop_assert_eq!(volumes_of(&longer), sums.collect::<Vec<DataVolume>>());
        prop_assert_eq!(series.on_clock().unwrap(), series);
    }

    #[test]
    fn on_the_clock_no_volume_is_made_up(
        volumes in vec(any::<u32>(), 3..100),
        start in -100_000_i64..100_000,
    ) {
        let start = Timestamp::from_second(start).unwrap();
        let volumes: Vec<_> = volumes.into_iter().map(|n| bytes(n.into())).collect();
        let series = UsageSeries::from_volumes(start, FIVE_MINUTES, volumes).unwrap();
        let clock = series.on_clock().unwrap();
        prop_assert_eq!(clock.start().as_second().rem_euclid(300), 0);
        prop_assert!(series.start() <= clock.start() && clock.end() <= series.end());
        prop_assert!(clock.len() + 1 >= series.len());
        prop_assert!(clock.total() <= series.total() && clock.peak() <= series.peak());
    }
}

/// Three zones in which clocks change: hours of 1 GB from local midnight of the 21st for 60 days.
#[test]
fn billing_periods_begin_at_local_midnight_in_three_zones() {
    for (name, start, hours, first) in [
        // Forward on 14 March 2021.
        ("America/New_York", "2021-02-21T05:00:00Z", 671, "2021-02-21"),
        // Back on 31 October 2021.
        ("Europe/Berlin", "2021-10-20T22:00:00Z", 31 * 24 + 1, "2021-10-21"),
        // Back by half an hour on 4 April 2021: 31 days and half an hour.
        ("Australia/Lord_Howe", "2021-03-20T13:00:00Z", 31 * 24 + 1, "2021-03-21"),
    ] {
        let volumes = [DataVolume::from_gigabytes(1); 60 * 24];
        let series = UsageSeries::from_volumes(at(start), HOUR, volumes).unwrap();
        let cycle = BillingCycle::from_day(21).unwrap();
        let periods: Vec<_> = series.by_period(&cycle, &zone(name)).collect();
        assert_eq!(periods[0].0.to_string(), first, "{name}");
        assert_eq!(periods[0].1.len(), hours, "{name}");
        let sum: usize = periods.iter().map(|(_, period)| period.len()).sum();
        assert_eq!(sum, series.len(), "{name}");
    }
}

/// The hours of a day from 01:00 to 04:00, on a day on which clocks change.
#[test]
fn a_window_counts_the_local_hours_that_clocks_show() {
    let window: Window = "01:00 to 04:00".parse().unwrap();
    for (name, start, hours) in [
        ("America/New_York", "2021-03-14T05:00:00Z", 2), // 02:00 is skipped
        ("Europe/Berlin", "2021-10-30T22:00:00Z", 4),    // 02:00 is repeated
        ("Asia/Karachi", "2021-10-30T19:00:00Z", 3),
    ] {
        let volumes = [bytes(1); 20];
        let series = UsageSeries::from_volumes(at(start), HOUR, volumes).unwrap();
        assert_eq!(series.within(&window, &zone(name)).unwrap().known(), hours, "{name}");
    }
    // On some days alone: 31 October 2021 is a Sunday in Berlin.
    let volumes = [bytes(1); 48];
    let series = UsageSeries::from_volumes(at("2021-10-29T22:00:00Z"), HOUR, volumes).unwrap();
    let sundays = window.on("Sun").unwrap();
    assert_eq!(series.within(&sundays, &zone("Europe/Berlin")).unwrap().known(), 4);
    let both = window.on("Sat, Sun").unwrap();
    assert_eq!(series.within(&both, &zone("Europe/Berlin")).unwrap().known(), 3 + 4);
}

#[test]
fn a_window_is_its_text() {
    for text in [
        "22:00 to 06:00",
        "00:00 to 24:00",
        "08:30 to 17:15 on Mon to Fri",
        "00:00 to 24:00 on Sat, Sun",
        "06:00 to 22:00 on Fri to Mon",
        "06:00 to 22:00 on Wed",
    ] {
        assert_eq!(text.parse::<Window>().unwrap().to_string(), text);
    }
    assert_eq!("18:00 to 00:00".parse::<Window>().unwrap().to_string(), "18:00 to 24:00");
    for text in [
        "",
        "22:00",
        "6:00 to 22:00",
        "22:00 to 22:00",
        "24:00 to 06:00",
        "22:60 to 06:00",
        "a to b",
    ] {
        assert_eq!(
            refused(text.parse::<Window>()),
            format!("invalid window `{text}`: expected a window such as 22:00 to 06:00"),
        );
    }
    assert_eq!(
        refused("22:00 to 06:00 on Mo".parse::<Window>()),
        "invalid list of days `Mo`: expected a list of days such as Mon to Fri or Sat, Sun",
    );
}

fn card(name: &str) -> RateCard {
    let price = Schedule::flat("1 USD per 1 GB".parse().unwrap());
    let traffic = Tariff::by_volume("traffic", VolumeMeter::Total, price);
    RateCard::new([traffic]).unwrap().with_time_zone(zone(name))
}

/// Months of three zones with a clock change in each: hours of 1 GB, of which one is left out.
#[test]
fn months_of_three_zones_say_what_was_measured() {
    for (name, start, hours, period, coverage) in [
        (
            "America/New_York",
            "2021-03-01T05:00:00Z",
            743,
            "2021-03-01T00:00:00-05:00 to 2021-04-01T00:00:00-04:00",
            "measured for 742/743 (≈ 99.87%) of the time",
        ),
        (
            "Europe/Berlin",
            "2021-09-30T22:00:00Z",
            745,
            "2021-10-01T00:00:00+02:00 to 2021-11-01T00:00:00+01:00",
            "measured for 744/745 (≈ 99.87%) of the time",
        ),
        (
            "Pacific/Auckland",
            "2024-03-31T11:00:00Z",
            721,
            "2024-04-01T00:00:00+13:00 to 2024-05-01T00:00:00+12:00",
            "measured for 720/721 (≈ 99.86%) of the time",
        ),
    ] {
        let gigabyte = DataVolume::from_gigabytes(1);
        let volumes = (0..hours).map(|hour| (hour != 100).then_some(gigabyte));
        let series = UsageSeries::from_volumes(at(start), HOUR, volumes).unwrap();
        let months = card(name).bill_months(&series).unwrap();
        assert_eq!(months.len(), 1, "{name}");
        let (_, statement) = &months[0];
        let known = u64::try_from(hours).unwrap() - 1;
        assert_eq!(statement.total().unwrap().to_string(), format!("{known} USD"), "{name}");
        assert_eq!(statement.coverage(), Share::new(known, known + 1).unwrap(), "{name}");
        let text = statement.to_string();
        assert!(text.contains(period), "{text}");
        assert!(text.contains(coverage), "{text}");
        // The bill of the series itself has the same coverage, because it is of the whole month.
        assert_eq!(card(name).bill(&series).unwrap().coverage(), statement.coverage());
    }
}

#[test]
fn a_month_without_a_known_slot_is_an_error_that_names_it() {
    let day = Duration::from_secs(86_400);
    let series = |left_out: &dyn Fn(u64) -> bool| {
        let volumes = (0..31 + 28 + 31).map(|day| (!left_out(day)).then_some(bytes(1)));
        UsageSeries::from_volumes(at("2025-01-01T00:00:00Z"), day, volumes).unwrap()
    };
    let text = |month: &str| {
        format!(
            "nothing was measured in the month that begins on {month}: check the data, or bill the \
             other months by themselves"
        )
    };
    let bill = |left_out: &dyn Fn(u64) -> bool| card("UTC").bill_months(&series(left_out));
    assert_eq!(bill(&|_| false).unwrap().len(), 3);
    assert_eq!(refused(bill(&|day| day < 31)), text("2025-01-01"));
    assert_eq!(refused(bill(&|day| (31..59).contains(&day))), text("2025-02-01"));
    assert_eq!(refused(bill(&|day| day >= 59)), text("2025-03-01"));
    assert_eq!(refused(bill(&|day| day >= 31)), text("2025-02-01"));
}

#[test]
fn a_log_with_jitter_is_spread_over_slots_on_the_clock() {
    let mut log = CounterLog::new(CounterWidth::Bits64).with_capacity(DataRate::from_gbps(1));
    for (poll, late) in [3_u64, 1, 4, 1, 5, 9, 2, 6].into_iter().enumerate() {
        let seconds = poll as u64 * 300 + late;
        log.push(at("2025-01-01T00:00:00Z") + Duration::from_secs(seconds), seconds * 1_000)
            .unwrap();
    }
    let readout = log.to_series(FIVE_MINUTES, GapPolicy::Fail).unwrap();
    assert_eq!(volumes_of(&readout.series), [bytes(300_000); 6]);
    let (start, end) = (at("2025-01-01T00:00:00Z"), at("2025-01-01T00:35:06Z"));
    let (first, last) = (at("2025-01-01T00:05:00Z"), at("2025-01-01T00:35:00Z"));
    let from = start + Duration::from_secs(3);
    assert_eq!(
        readout.events,
        [
            CounterEvent::Head { from, to: first, volume: bytes(297_000) },
            CounterEvent::Tail { from: last, to: end, volume: bytes(6_000) },
        ],
    );
}

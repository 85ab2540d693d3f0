//! What holds for all baselines: more usual is less extra, and a profile is a sorted list's middle.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::volumes_of;
use bandwidth_cost::ErrorKind;
use bandwidth_cost::usage::UsageError;
use bandwidth_cost::{
    Baseline, DataRate, DataVolume, UsageSeries,
    jiff::{
        Timestamp,
        civil::{Time, Weekday},
        tz::TimeZone,
    },
};
use core::time::Duration;
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::HashMap;

const WEEK: u64 = 7 * 86_400;

/// Clocks that change by an hour (north, south), by half an hour, and never.
const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "America/Santiago",
    "Australia/Lord_Howe",
    "America/New_York",
    "Asia/Karachi",
    "UTC",
];

fn zones() -> impl Strategy<Value = TimeZone> {
    select(ZONES.to_vec()).prop_map(|name| TimeZone::get(name).unwrap())
}

/// Any second from 2023 to 2025.
fn starts() -> impl Strategy<Value = Timestamp> {
    (1_672_531_200_i64..1_767_225_600).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn series_of(start: Timestamp, interval: Duration, nanobits: Vec<u64>) -> UsageSeries {
    let volumes = nanobits.into_iter().map(|nanobits| DataVolume::from_nanobits(nanobits.into()));
    UsageSeries::from_volumes(start, interval, volumes).unwrap()
}

/// A few slots of volumes that a rate baseline is now above and now below.
fn some_series() -> impl Strategy<Value = UsageSeries> {
    let slot = (any::<u64>(), 0_u32..40).prop_map(|(bits, shift)| bits >> (shift + 4));
    (starts(), 1_u64..7_200, vec(slot, 1..40))
        .prop_map(|(start, secs, slots)| series_of(start, Duration::from_secs(secs), slots))
}

/// Rates of the size of those in [`some_series`].
fn some_rates() -> impl Strategy<Value = DataRate> {
    (any::<u32>(), 0_u32..32).prop_map(|(bits, shift)| DataRate::from_bps((bits >> shift).into()))
}

/// A week to four, and now and then a few slots more, of few volumes, so that many are equal.
fn histories() -> impl Strategy<Value = UsageSeries> {
    let shape = (starts(), select(vec![900_u64, 1_800, 3_600]), 1_u64..=4, 0_u64..60);
    shape.prop_flat_map(|(start, interval, weeks, more)| {
        let count = usize::try_from(weeks * WEEK / interval + more).unwrap();
        vec(0_u64..50, count)
            .prop_map(move |slots| series_of(start, Duration::from_secs(interval), slots))
    })
}

type WallTime = (Weekday, Time);

fn wall_time(at: Timestamp, zone: &TimeZone) -> WallTime {
    let local = zone.to_datetime(at);
    (local.weekday(), local.time())
}

/// What is usual at each wall time: the sorted volumes' middle, the lower of two.
fn naive_profile(history: &UsageSeries, zone: &TimeZone) -> HashMap<WallTime, DataVolume> {
    let mut groups = HashMap::<WallTime, Vec<DataVolume>>::new();
    for (at, volume) in history.iter() {
        groups.entry(wall_time(at, zone)).or_default().extend(volume);
    }
    let middle = |mut volumes: Vec<DataVolume>| {
        volumes.sort_unstable();
        while volumes.len() > 2 {
            volumes.remove(0);
            volumes.pop();
        }
        volumes[0]
    };
    groups.into_iter().map(|(at, volumes)| (at, middle(volumes))).collect()
}

/// Whether the naive profile has all of a week's wall times, from the history's first on.
fn has_whole_week(
    profile: &HashMap<WallTime, DataVolume>,
    history: &UsageSeries,
    zone: &TimeZone,
) -> bool {
    let (_, first) = wall_time(history.start(), zone);
    let step = history.interval();
    let slots = u32::try_from(86_400 / step.as_secs()).unwrap();
    Weekday::Monday.cycle_forward().take(7).all(|day| {
        (0..slots).all(|slot| profile.contains_key(&(day, first.wrapping_add(step * slot))))
    })
}

proptest! {
    #[test]
    fn over_a_higher_baseline_there_is_no_more_excess_and_not_much_less(
        series in some_series(),
        low in some_rates(),
        more in some_rates(),
    ) {
        let over = |rate| series.excess_over(&Baseline::constant(rate)).unwrap();
        let (above_low, above_high) = (over(low), over(low + more));
        prop_assert!(above_high <= above_low);
        let time = series.interval() * u32::try_from(series.len()).unwrap();
        prop_assert!(above_low <= above_high + more * time);
    }

    #[test]
    fn a_plan_of_the_same_rate_says_the_same(series in some_series(), rate in some_rates()) {
        let rates = vec![rate; series.len()];
        let plan = UsageSeries::from_rates(series.start(), series.interval(), rates).unwrap();
        prop_assert_eq!(
            series.excess_slots(&Baseline::series(plan)),
            series.excess_slots(&Baseline::constant(rate))
        );
    }

    #[test]
    fn the_slots_of_an_excess_sum_to_it(series in some_series(), rate in some_rates()) {
        let baseline = Baseline::constant(rate);
        let slots = series.excess_slots(&baseline).unwrap();
        prop_assert_eq!((slots.start(), slots.end()), (series.start(), series.end()));
        let sum = volumes_of(&slots).iter().map(|slot| slot.as_nanobits()).sum::<u128>();
        prop_assert_eq!(series.excess_over(&baseline).unwrap().as_nanobits(), sum);
        // What is usual, as far as it was carried, and what is above it are all of it.
        let usual = u128::from(rate.as_bps()) * series.interval().as_nanos();
        let volumes = volumes_of(&series);
        let carried = volumes.iter().map(|slot| slot.as_nanobits());
        let within = carried.clone().map(|slot| slot.min(usual)).sum::<u128>();
        prop_assert_eq!(within + sum, carried.sum::<u128>());
    }

    #[test]
    fn a_started_step_is_the_least_multiple_that_is_no_less(
        series in some_series(),
        step in some_rates().prop_filter("a step is above zero", |step| !step.is_zero()),
    ) {
        let started = series.rounded_up_to(step).unwrap();
        prop_assert_eq!(started.len(), series.len());
        let step = step * series.interval();
        for (started, slot) in volumes_of(&started).into_iter().zip(volumes_of(&series)) {
            prop_assert!(started >= slot);
            prop_assert!(started.as_nanobits() - slot.as_nanobits() < step.as_nanobits());
            prop_assert!(started.as_nanobits().is_multiple_of(step.as_nanobits()));
        }
    }
}

proptest! {
    #![proptest_config(crate::support::cases(1_000))]

    #[test]
    fn a_weekly_profile_is_what_sorting_says(
        history in histories(),
        zone in zones(),
        later in 0_u64..10_000,
    ) {
        let naive = naive_profile(&history, &zone);
        let profile = Baseline::weekly_profile(&history, &zone);
        prop_assert_eq!(profile.is_ok(), has_whole_week(&naive, &history, &zone));
        let Ok(profile) = profile else {
            return Ok(());
        };
        // A fortnight at some time: what is carried beyond all that is usual shows the latter.
        let interval = history.interval();
        let start = history.start() + interval * u32::try_from(later).unwrap();
        let slots = usize::try_from(2 * WEEK / interval.as_secs()).unwrap();
        let series = series_of(start, interval, vec![1_000; slots]);
        let usual: Option<Vec<DataVolume>> =
            series.iter().map(|(at, _)| naive.get(&wall_time(at, &zone)).copied()).collect();
        match (series.excess_slots(&profile).map_err(|error| error.kind().clone()), usual) {
            (Ok(above), Some(usual)) => {
                let sums = volumes_of(&above).into_iter().zip(usual).map(|(above, usual)| above + usual);
                prop_assert_eq!(sums.collect::<Vec<_>>(), volumes_of(&series));
            }
            (Err(ErrorKind::Usage(UsageError::UnseenWallTime { .. })), None) => {}
            (excess, usual) => prop_assert!(false, "{excess:?}, where {usual:?} is usual"),
        }
    }

    #[test]
    fn each_week_the_same_has_no_excess_over_its_profile(
        week in vec(any::<u32>(), 168),
        weeks in 1_usize..5,
        start in starts(),
        zone in select(vec!["Asia/Karachi", "UTC", "Asia/Kathmandu"]),
    ) {
        let slots = week.iter().copied().map(u64::from).cycle().take(weeks * 168).collect();
        let history = series_of(start, Duration::from_secs(3_600), slots);
        let zone = TimeZone::get(zone).unwrap();
        let profile = Baseline::weekly_profile(&history, &zone).unwrap();
        prop_assert_eq!(history.excess_over(&profile), Ok(DataVolume::ZERO));
        // And one nanobit more in each slot is all of the excess.
        let more = volumes_of(&history).into_iter().map(|slot| slot + DataVolume::from_nanobits(1));
        let more = UsageSeries::from_volumes(start, history.interval(), more).unwrap();
        let count = u128::try_from(more.len()).unwrap();
        prop_assert_eq!(more.excess_over(&profile), Ok(DataVolume::from_nanobits(count)));
    }
}

//! Slots that are left out: never counted as zero, in no measure.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::{refused, volumes_of};
use bandwidth_cost::{
    Baseline, DataRate, DataVolume, Decimal, Error, Percentile, PercentileRule, Share, UsageSeries,
    jiff::{Timestamp, tz::TimeZone},
    usage::Window,
};
use core::time::Duration;
use proptest::{collection::vec, prelude::*, sample::select};

const FIVE_MINUTES: Duration = Duration::from_secs(300);

#[track_caller]
fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn mbps(rates: &[Option<u64>]) -> Result<UsageSeries, Error> {
    let rates = rates.iter().map(|rate| rate.map(DataRate::from_mbps));
    UsageSeries::from_rates(at("2025-01-01T00:00:00Z"), FIVE_MINUTES, rates)
}

#[test]
fn measures_are_of_the_slots_that_are_there() {
    let series = mbps(&[None, Some(80), None, Some(120), Some(10)]).unwrap();
    assert_eq!((series.len(), series.known()), (5, 3));
    assert_eq!(series.coverage(), Share::new(3, 5).unwrap());
    assert_eq!(series.total(), DataRate::from_mbps(210) * FIVE_MINUTES);
    assert_eq!(series.peak(), DataRate::from_mbps(120));
    assert_eq!(series.mean(), DataRate::from_mbps(70));
    let median = Percentile::new(50.into()).unwrap();
    assert_eq!(series.percentile(median), DataRate::from_mbps(80));
    // A third of three is the first slot: 10 Mbps, and not a zero of those that are left out.
    let third = Percentile::new(Decimal::from(33)).unwrap();
    assert_eq!(series.percentile(third), DataRate::from_mbps(10));
    let usual = Baseline::constant(DataRate::from_mbps(100));
    assert_eq!(series.excess_over(&usual).unwrap(), DataRate::from_mbps(20) * FIVE_MINUTES);
    let excess: Vec<_> = series.excess_slots(&usual).unwrap().rates().map(|(_, r)| r).collect();
    let of = |rate| Some(DataRate::from_mbps(rate));
    assert_eq!(excess, [None, of(0), None, of(20), of(0)]);
}

#[test]
fn a_month_to_come_is_forecast_from_the_slots_that_are_there() {
    let series = mbps(&[Some(1), None, Some(2), Some(3), None, Some(4)]).unwrap();
    let half = Percentile::new(50.into()).unwrap();
    // Of 4 + 4 slots, number 4 is billed: nothing to come may carry zero, or more than all so far.
    let bounds = (DataRate::ZERO, Some(DataRate::from_mbps(4)));
    assert_eq!(series.percentile_bounds(half, 4), bounds);
    // 8 − 4 slots may exceed 2 Mbps, and two do.
    assert_eq!(series.headroom(DataRate::from_mbps(2), half, 4), 2);
}

#[test]
fn a_series_without_a_known_slot_is_refused() {
    let empty = "a usage series can't be empty: pass at least one slot that was measured";
    assert_eq!(refused(mbps(&[None, None])), empty);
    let series = mbps(&[Some(1), None, None]).unwrap();
    let part = at("2025-01-01T00:05:00Z")..at("2025-01-01T00:15:00Z");
    assert_eq!(refused(series.slice(part)), empty);
    let night: Window = "22:00 to 06:00".parse().unwrap();
    let noon =
        UsageSeries::from_rates(at("2025-01-01T12:00:00Z"), FIVE_MINUTES, [DataRate::from_mbps(1)]);
    assert_eq!(refused(noon.unwrap().within(&night, &TimeZone::UTC)), empty);
    assert_eq!(refused(UsageSeries::pool([])), empty);
    let (one, other) = (mbps(&[Some(1), None]).unwrap(), mbps(&[None, Some(1)]).unwrap());
    assert_eq!(refused(one.sum_with(&other)), empty);
    assert_eq!(refused(one.max_with(&other)), empty);
    assert_eq!(refused(UsageSeries::pool([&one, &other])), empty);
}

#[test]
fn a_pool_counts_zero_outside_a_series_and_nothing_for_a_slot_that_it_leaves_out() {
    let early = mbps(&[Some(1), None, Some(3)]).unwrap();
    let late = UsageSeries::from_rates(
        at("2025-01-01T00:10:00Z"),
        FIVE_MINUTES,
        [10, 20].map(DataRate::from_mbps),
    );
    let pool = UsageSeries::pool([&early, &late.unwrap()]).unwrap();
    assert_eq!(pool, mbps(&[Some(1), None, Some(13), Some(20)]).unwrap());
    let shifted =
        UsageSeries::from_rates(at("2025-01-01T00:01:00Z"), FIVE_MINUTES, [DataRate::from_mbps(1)]);
    assert_eq!(
        refused(UsageSeries::pool([&early, &shifted.unwrap()])),
        "slots of 5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:15:00Z do not match slots of 5 min \
         from 2025-01-01T00:01:00Z to 2025-01-01T00:06:00Z: pass series of the same slots",
    );
}

#[test]
fn days_and_months_without_a_known_slot_are_passed_over() {
    let rates = (0..72).map(|hour| (hour / 24 != 1).then_some(DataRate::from_mbps(hour)));
    let hour = Duration::from_secs(3_600);
    let series = UsageSeries::from_rates(at("2025-01-01T00:00:00Z"), hour, rates).unwrap();
    let days = series.by_day(&TimeZone::UTC).map(|(day, _)| day.to_string());
    assert_eq!(days.collect::<Vec<_>>(), ["2025-01-01", "2025-01-03"]);
}

fn options() -> impl Strategy<Value = Vec<Option<u64>>> {
    vec(
        prop_oneof![3 => (0_u64..50).prop_map(Some), 1 => Just(None), 1 => any::<u32>().prop_map(|n| Some(n.into()))],
        1..300,
    )
}

fn series_of(slots: &[Option<u64>]) -> Option<UsageSeries> {
    let volumes = slots.iter().map(|slot| slot.map(DataVolume::from_bytes));
    UsageSeries::from_volumes(at("2025-01-04T21:00:00Z"), FIVE_MINUTES, volumes).ok()
}

fn percentiles() -> impl Strategy<Value = Percentile> {
    ((1_i64..=1_000), select(PercentileRule::ALL.to_vec())).prop_map(|(tenths, rule)| {
        Percentile::new(Decimal::new(tenths, 1)).unwrap().with_rule(rule)
    })
}

proptest! {
    #[test]
    fn a_series_measures_as_the_list_of_its_known_slots(
        slots in options(),
        percentile in percentiles(),
        remaining in 0_usize..50,
        commit in 0_u64..3,
    ) {
        let known: Vec<_> = slots.iter().copied().filter(Option::is_some).collect();
        let (series, list) = (series_of(&slots), series_of(&known));
        prop_assert_eq!(series.is_some(), list.is_some());
        let (Some(series), Some(list)) = (series, list) else { return Ok(()) };
        prop_assert_eq!((series.known(), list.len()), (known.len(), known.len()));
        prop_assert_eq!(series.coverage(), Share::new(known.len() as u64, slots.len() as u64).unwrap());
        prop_assert_eq!(series.total(), list.total());
        prop_assert_eq!(series.peak(), list.peak());
        prop_assert_eq!(series.mean(), list.mean());
        prop_assert_eq!(series.percentile(percentile), list.percentile(percentile));
        prop_assert_eq!(series.percentile_range(percentile), list.percentile_range(percentile));
        let commit = DataRate::from_bps(commit);
        prop_assert_eq!(
            series.percentile_bounds(percentile, remaining),
            list.percentile_bounds(percentile, remaining)
        );
        prop_assert_eq!(
            series.headroom(commit, percentile, remaining),
            list.headroom(commit, percentile, remaining)
        );
        let usual = Baseline::constant(commit);
        prop_assert_eq!(series.excess_over(&usual).unwrap(), list.excess_over(&usual).unwrap());
    }

    #[test]
    fn two_series_combined_keep_a_slot_only_where_both_have_it(
        pairs in vec((any::<Option<u32>>(), any::<Option<u32>>()), 1..200),
    ) {
        let (a, b): (Vec<_>, Vec<_>) =
            pairs.iter().map(|(a, b)| (a.map(u64::from), b.map(u64::from))).unzip();
        let (Some(a), Some(b)) = (series_of(&a), series_of(&b)) else { return Ok(()) };
        let both = |join: fn(u64, u64) -> u64| {
            let slots: Vec<_> =
                pairs.iter().map(|(a, b)| Some(join(u64::from((*a)?), u64::from((*b)?)))).collect();
            series_of(&slots)
        };
        prop_assert_eq!(a.sum_with(&b).ok(), both(|a, b| a + b));
        prop_assert_eq!(b.sum_with(&a).ok(), both(|a, b| a + b));
        prop_assert_eq!(UsageSeries::pool([&a, &b]).ok(), both(|a, b| a + b));
        prop_assert_eq!(UsageSeries::pool([&b, &a]).ok(), both(|a, b| a + b));
        prop_assert_eq!(a.max_with(&b).ok(), both(u64::max));
    }

    #[test]
    fn the_order_of_ports_in_a_pool_does_not_matter(
        ports in vec((0_u32..20, vec(any::<Option<u16>>(), 1..30)), 1..6),
        turn in any::<prop::sample::Index>(),
    ) {
        let port = |(later, slots): &(u32, Vec<Option<u16>>)| {
            let start = at("2025-01-01T00:00:00Z") + FIVE_MINUTES * *later;
            let volumes = slots.iter().map(|slot| slot.map(|n| DataVolume::from_bytes(n.into())));
            UsageSeries::from_volumes(start, FIVE_MINUTES, volumes).ok()
        };
        let mut ports: Vec<_> = ports.iter().filter_map(port).collect();
        prop_assume!(!ports.is_empty());
        let pool = UsageSeries::pool(&ports);
        let turn = turn.index(ports.len());
        ports.rotate_left(turn);
        prop_assert_eq!(&pool, &UsageSeries::pool(&ports));
        ports.reverse();
        prop_assert_eq!(pool, UsageSeries::pool(&ports));
    }

    #[test]
    fn a_window_measures_as_the_list_of_its_slots(
        slots in options(),
        percentile in percentiles(),
        zone in select(vec!["UTC", "Asia/Kolkata", "America/New_York"]),
        (window, from, to) in select(vec![
            ("22:00 to 06:00", 22, 6), ("00:00 to 12:00", 0, 12), ("06:00 to 22:00", 6, 22),
        ]),
    ) {
        let Some(series) = series_of(&slots) else { return Ok(()) };
        let zone = TimeZone::get(zone).unwrap();
        let is_in = |at: Timestamp| {
            let hour = zone.to_datetime(at).hour();
            if from < to { (from..to).contains(&hour) } else { hour >= from || hour < to }
        };
        let there: Vec<_> =
            series.iter().filter(|&(at, _)| is_in(at)).filter_map(|(_, volume)| volume).collect();
        let within = series.within(&window.parse().unwrap(), &zone);
        let list = UsageSeries::from_volumes(series.start(), FIVE_MINUTES, there);
        match (within, list) {
            (Ok(within), Ok(list)) => {
                prop_assert_eq!((within.start(), within.end()), (series.start(), series.end()));
                let kept = within.iter().filter_map(|(_, volume)| volume);
                prop_assert_eq!(kept.collect::<Vec<_>>(), volumes_of(&list));
                prop_assert_eq!(within.percentile(percentile), list.percentile(percentile));
            }
            (within, list) => prop_assert!(within.is_err() && list.is_err()),
        }
    }

    #[test]
    fn a_part_keeps_what_is_left_out(slots in options(), cut in any::<prop::sample::Index>()) {
        let Some(series) = series_of(&slots) else { return Ok(()) };
        let cut = cut.index(slots.len());
        let edge = series.iter().nth(cut).unwrap().0;
        let after = series.slice(edge..series.end());
        match series_of(slots.get(cut..).unwrap()) {
            Some(expected) => {
                let volumes = |series: &UsageSeries| series.iter().map(|(_, v)| v).collect::<Vec<_>>();
                prop_assert_eq!(volumes(&after.unwrap()), volumes(&expected));
            }
            None => prop_assert!(after.is_err()),
        }
    }
}

#[cfg(feature = "serde")]
mod serde {
    use super::*;

    #[test]
    fn a_slot_that_is_left_out_is_null() {
        let series = mbps(&[Some(80), None]).unwrap();
        let json = r#"{"start":"2025-01-01T00:00:00Z","interval":"5 min","volumes":["3 GB",null]}"#;
        assert_eq!(serde_json::to_string(&series).unwrap(), json);
        assert_eq!(serde_json::from_str::<UsageSeries>(json).unwrap(), series);
        let none = json.replace("\"3 GB\"", "null");
        assert_eq!(
            serde_json::from_str::<UsageSeries>(&none).unwrap_err().to_string(),
            "a usage series can't be empty: pass at least one slot that was measured",
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(slots in options()) {
            let Some(series) = series_of(&slots) else { return Ok(()) };
            let json = serde_json::to_string(&series).unwrap();
            prop_assert_eq!(&serde_json::from_str::<UsageSeries>(&json).unwrap(), &series);
            let bytes = postcard::to_allocvec(&series).unwrap();
            prop_assert_eq!(postcard::from_bytes::<UsageSeries>(&bytes).unwrap(), series);
        }
    }
}

//! What is usual, what is above it, and what that costs: a rate, a plan, each hour of the week.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::refused;
use bandwidth_cost::{
    Baseline, DataRate, DataVolume, UsageSeries,
    jiff::{
        Timestamp,
        tz::{Offset, TimeZone},
    },
    pta,
};
use core::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const WEEK: usize = 7 * 24;

#[track_caller]
fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[track_caller]
fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

#[track_caller]
fn slots(start: &str, interval: Duration, gbps: impl IntoIterator<Item = u64>) -> UsageSeries {
    let rates = gbps.into_iter().map(DataRate::from_gbps);
    UsageSeries::from_rates(at(start), interval, rates).unwrap()
}

/// Hours at a rate each, in Gbps.
#[track_caller]
fn hours(start: &str, gbps: impl IntoIterator<Item = u64>) -> UsageSeries {
    slots(start, HOUR, gbps)
}

/// Hours at a rate that depends on the local time.
#[track_caller]
fn local_hours(start: &str, count: u32, name: &str, gbps: impl Fn(&str) -> u64) -> UsageSeries {
    let zone = zone(name);
    let local = |hour| {
        let at = at(start) + HOUR * hour;
        format!("{} {}", zone.to_datetime(at), zone.to_offset(at))
    };
    hours(start, (0..count).map(|hour| gbps(&local(hour))))
}

/// The excess of each slot, in Gbps.
#[track_caller]
fn excess(series: &UsageSeries, baseline: &Baseline) -> Vec<u64> {
    let slots = series.excess_slots(baseline).unwrap();
    slots.rates().map(|(_, rate)| rate.unwrap().as_bps() / 1_000_000_000).collect()
}

#[track_caller]
fn disruption_cost(series: &UsageSeries, baseline: DataRate) -> String {
    let excess = series.excess_over(&Baseline::constant(baseline)).unwrap();
    pta::DISRUPTION_COST.cost(excess).to_string()
}

#[test]
fn a_disruption_costs_ten_thousand_dollars_for_each_terabit_per_second_and_minute() {
    let start = "2025-01-01T00:00:00Z";
    let baseline = DataRate::from_gbps(5_650);
    assert_eq!(disruption_cost(&slots(start, MINUTE, [6_650]), baseline), "10000 USD");
    // 90 s at once, and as three slots of 30 s.
    let ninety = slots(start, Duration::from_secs(90), [6_650]);
    assert_eq!(disruption_cost(&ninety, baseline), "15000 USD");
    let thirties = slots(start, Duration::from_secs(30), [5_000, 6_650, 6_650, 6_650, 5_650]);
    assert_eq!(disruption_cost(&thirties, baseline), "15000 USD");
    // A quarter of a terabit per second for ten minutes, beside which less than usual saves nothing.
    let ten = slots(start, MINUTE, [5_900; 10].into_iter().chain([0, 0]));
    assert_eq!(disruption_cost(&ten, baseline), "25000 USD");
}

#[test]
fn a_series_has_no_excess_over_itself() {
    let series = hours("2025-01-01T00:00:00Z", [3, 0, 7, 5]);
    let itself = Baseline::series(series.clone());
    assert_eq!(series.excess_over(&itself), Ok(DataVolume::ZERO));
    assert_eq!(excess(&series, &itself), [0, 0, 0, 0]);
}

#[test]
fn excess_is_that_of_each_slot_and_keeps_their_times() {
    let series = hours("2025-01-01T00:00:00Z", [3, 0, 7, 5]);
    let above = series.excess_slots(&Baseline::constant(DataRate::from_gbps(4))).unwrap();
    assert_eq!(above, hours("2025-01-01T00:00:00Z", [0, 0, 3, 1]));
    let plan = Baseline::series(hours("2024-12-31T22:00:00Z", [9, 9, 1, 1, 8, 2, 0]));
    assert_eq!(excess(&series, &plan), [2, 0, 0, 3]);
}

#[test]
fn a_rate_that_carries_more_than_any_volume_is_above_each_slot() {
    let millennia = Duration::from_secs(86_400 * 365 * 1_000);
    let series =
        UsageSeries::from_volumes(at("2025-01-01T00:00:00Z"), millennia, [DataVolume::MAX])
            .unwrap();
    let most = Baseline::constant(DataRate::MAX);
    assert_eq!(series.excess_over(&most), Ok(DataVolume::ZERO));
}

#[test]
fn a_plan_needs_each_slot_of_the_series() {
    let series = hours("2025-01-01T00:00:00Z", [1, 1]);
    let said = |plan: UsageSeries| refused(series.excess_over(&Baseline::series(plan)));
    let begins_later = hours("2025-01-01T01:00:00Z", [1, 1]);
    assert_eq!(
        said(begins_later),
        "slots of 1 h from 2025-01-01T01:00:00Z to 2025-01-01T03:00:00Z do not match slots of 1 h \
         from 2025-01-01T00:00:00Z to 2025-01-01T02:00:00Z: pass series of the same slots",
    );
    let of_half_hours = slots("2025-01-01T00:00:00Z", MINUTE * 30, [1; 4]);
    assert_eq!(
        said(of_half_hours),
        "slots of 30 min from 2025-01-01T00:00:00Z to 2025-01-01T02:00:00Z do not match slots of \
         1 h from 2025-01-01T00:00:00Z to 2025-01-01T02:00:00Z: pass series of the same slots",
    );
}

#[test]
fn what_is_usual_is_the_lower_median_of_the_weeks() {
    let usual = |weeks: &[u64]| {
        let history = weeks.iter().flat_map(|&gbps| [gbps; WEEK]);
        let history = hours("2025-01-06T00:00:00Z", history);
        let profile = Baseline::weekly_profile(&history, &TimeZone::UTC).unwrap();
        // A week long after, at 100 Gbps.
        let above = excess(&hours("2030-05-15T07:00:00Z", [100; WEEK]), &profile);
        assert!(above.iter().all(|&gbps| gbps == above[0]), "{above:?}");
        100 - above[0]
    };
    assert_eq!(usual(&[10]), 10);
    assert_eq!(usual(&[30, 10]), 10);
    assert_eq!(usual(&[10, 30, 20]), 20);
    assert_eq!(usual(&[10, 40, 20, 30]), 20);
    assert_eq!(usual(&[90, 0, 0, 90, 90]), 90);
}

#[test]
fn each_wall_time_of_the_week_has_its_own_usual_volume() {
    let each = 0..u64::try_from(WEEK).unwrap();
    let history = hours("2025-01-06T00:00:00Z", each.clone());
    let profile = Baseline::weekly_profile(&history, &TimeZone::UTC).unwrap();
    // From Wednesday 05:00 on: 53 hours into the week, and round its end.
    let wednesday = hours("2025-03-05T05:00:00Z", [200; WEEK]);
    let usual: Vec<u64> = excess(&wednesday, &profile).iter().map(|above| 200 - above).collect();
    let expected: Vec<u64> = each.clone().skip(53).chain(each.take(53)).collect();
    assert_eq!(usual, expected);
}

#[test]
fn both_passes_of_a_repeated_hour_count() {
    // Sunday 02:00 in Berlin, four times in three weeks: with one pass alone the median is 30.
    let gbps = |local: &str| match local {
        "2024-10-20T02:00:00 +02" => 30,
        "2024-10-27T02:00:00 +02" => 10,
        "2024-10-27T02:00:00 +01" => 20,
        "2024-11-03T02:00:00 +01" => 40,
        _ => 50,
    };
    let history = local_hours("2024-10-13T22:00:00Z", 3 * 168 + 1, "Europe/Berlin", gbps);
    assert_eq!(history.end(), at("2024-11-03T23:00:00Z"));
    let profile = Baseline::weekly_profile(&history, &zone("Europe/Berlin")).unwrap();
    // Sunday 01:00, 02:00 and 03:00 of a usual week.
    assert_eq!(excess(&hours("2024-11-10T00:00:00Z", [50; 3]), &profile), [0, 30, 0]);
    // 02:00 and 02:00 of the night on which the clocks go back.
    assert_eq!(excess(&hours("2024-10-27T00:00:00Z", [50; 3]), &profile), [30, 30, 0]);
}

#[test]
fn a_single_week_in_which_the_clocks_change_lacks_an_hour() {
    let berlin = zone("Europe/Berlin");
    // Forward on Sunday 30 March 2025: there is no 02:00, until the week after.
    let week = hours("2025-03-23T23:00:00Z", [1; WEEK]);
    assert_eq!(
        refused(Baseline::weekly_profile(&week, &berlin)),
        "the history has no slot that begins on Sun 02:00:00 in Europe/Berlin: pass a history \
         with one",
    );
    let weeks = local_hours("2025-03-23T23:00:00Z", 2 * 168, "Europe/Berlin", |local| {
        if local == "2025-04-06T02:00:00 +02" { 7 } else { 1 }
    });
    let profile = Baseline::weekly_profile(&weeks, &berlin).unwrap();
    assert_eq!(excess(&hours("2025-04-12T23:00:00Z", [9; 3]), &profile), [8, 2, 8]);

    // Back on Sunday 27 October 2024: 168 hours end at 23:00, and 169 at midnight.
    let week = |count| hours("2024-10-20T22:00:00Z", vec![1; count]);
    assert_eq!(
        refused(Baseline::weekly_profile(&week(WEEK), &berlin)),
        "the history has no slot that begins on Sun 23:00:00 in Europe/Berlin: pass a history \
         with one",
    );
    assert!(Baseline::weekly_profile(&week(WEEK + 1), &berlin).is_ok());
}

#[test]
fn a_wall_time_that_the_history_never_saw_is_not_guessed() {
    let history = hours("2025-01-05T19:00:00Z", [1; WEEK]);
    let half_past = hours("2025-02-02T19:30:00Z", [1]);
    let said = |zone: &TimeZone| {
        let profile = Baseline::weekly_profile(&history, zone).unwrap();
        let slots = refused(half_past.excess_slots(&profile));
        assert_eq!(refused(half_past.excess_over(&profile)), slots);
        slots
    };
    // The profile's own zone says which hour of the week it is.
    assert_eq!(
        said(&zone("Asia/Karachi")),
        "the history has no slot that begins on Mon 00:30:00 in Asia/Karachi: pass a history with \
         one",
    );
    assert_eq!(
        said(&TimeZone::UTC),
        "the history has no slot that begins on Sun 19:30:00 in UTC: pass a history with one",
    );
    assert_eq!(
        said(&TimeZone::fixed(Offset::constant(5))),
        "the history has no slot that begins on Mon 00:30:00 in the zone: pass a history with one",
    );

    // On Lord Howe Island clocks go forward by half an hour: from 02:00 to 02:30, 6 October 2024.
    let lord_howe = zone("Australia/Lord_Howe");
    let history = hours("2024-09-01T13:30:00Z", [1; WEEK]);
    let profile = Baseline::weekly_profile(&history, &lord_howe).unwrap();
    assert_eq!(
        refused(hours("2024-10-05T13:30:00Z", [1; 4]).excess_over(&profile)),
        "the history has no slot that begins on Sun 02:30:00 in Australia/Lord_Howe: pass a \
         history with one",
    );
}

#[test]
fn a_profile_is_held_against_a_series_in_its_own_zone() {
    // Busy from 20:00 in Berlin: 18:00 UTC in summer, 19:00 UTC in winter.
    let busy = |local: &str| if local.contains("T20:") { 9 } else { 1 };
    let summer = local_hours("2024-07-07T22:00:00Z", 168, "Europe/Berlin", busy);
    let winter = local_hours("2025-01-13T18:00:00Z", 2, "Europe/Berlin", busy);
    assert_eq!(winter, hours("2025-01-13T18:00:00Z", [1, 9]));
    let over = |zone: &TimeZone| excess(&winter, &Baseline::weekly_profile(&summer, zone).unwrap());
    assert_eq!(over(&zone("Europe/Berlin")), [0, 0]);
    assert_eq!(over(&TimeZone::UTC), [0, 8]);
}

#[test]
fn a_profile_needs_a_week_of_slots_that_divide_an_hour() {
    let start = "2025-01-06T00:00:00Z";
    let said = |history| refused(Baseline::weekly_profile(&history, &TimeZone::UTC));
    assert_eq!(
        said(hours(start, [1; WEEK - 1])),
        "a weekly profile can't be made of slots of 1 h from 2025-01-06T00:00:00Z to \
         2025-01-12T23:00:00Z: pass at least a week",
    );
    assert_eq!(
        said(slots(start, MINUTE * 7, [1; 3_000])),
        "a weekly profile can't have slots of 7 min: pass slots that divide an hour, such as 5 min",
    );
    assert_eq!(
        said(slots(start, HOUR * 2, [1; 100])),
        "a weekly profile can't have slots of 2 h: pass slots that divide an hour, such as 5 min",
    );
    for minutes in [1, 5, 12, 15, 20, 30, 60] {
        let history = slots(start, MINUTE * minutes, vec![1; 7 * 1_440 / minutes as usize]);
        assert!(Baseline::weekly_profile(&history, &TimeZone::UTC).is_ok(), "{minutes} min");
    }
}

#[test]
fn a_profile_says_nothing_of_slots_of_another_length() {
    let history = hours("2025-01-06T00:00:00Z", [1; WEEK]);
    let profile = Baseline::weekly_profile(&history, &TimeZone::UTC).unwrap();
    let series = slots("2025-02-03T00:00:00Z", MINUTE * 5, [1; 12]);
    assert_eq!(
        refused(series.excess_over(&profile)),
        "slots of 1 h of a weekly profile do not match slots of 5 min from 2025-02-03T00:00:00Z \
         to 2025-02-03T01:00:00Z: pass series of the same slots",
    );
}

#[test]
fn each_started_step_counts_whole() {
    let step = DataRate::from_tbps(1);
    let a_step = step * MINUTE;
    let one = DataVolume::from_nanobits(1);
    let volumes =
        [DataVolume::ZERO, one, a_step, a_step + one, a_step + a_step, a_step.saturating_sub(one)];
    let start = at("2025-01-01T00:00:00Z");
    let series = UsageSeries::from_volumes(start, MINUTE, volumes).unwrap();
    let started = series.rounded_up_to(step).unwrap();
    let steps = [0, 1, 1, 2, 2, 1].map(DataRate::from_tbps);
    assert_eq!(started, UsageSeries::from_rates(start, MINUTE, steps).unwrap());
}

#[test]
fn a_started_step_of_zero_is_refused() {
    let series = hours("2025-01-01T00:00:00Z", [1]);
    assert_eq!(
        refused(series.rounded_up_to(DataRate::ZERO)),
        "rates can't be rounded up to multiples of 0 bps: pass an increment such as 1 Tbps",
    );
}

#[test]
fn a_started_step_that_does_not_fit_is_refused() {
    let start = at("2025-01-01T00:00:00Z");
    // Two thirds of the largest rate, twice: over it.
    let step = DataRate::from_bps(u64::MAX / 3 * 2);
    let series = UsageSeries::from_rates(start, MINUTE, [step, step + DataRate::from_bps(1)]);
    assert_eq!(
        refused(series.unwrap().rounded_up_to(step)),
        "184.46744073709551615 EB in the slot of 1 min at 2025-01-01T00:01:00Z exceed the rate of \
         18446.744073709551615 Pbps: check the volume",
    );

    // A millennium at the largest rate is more than any volume, though 0 of it is not.
    let millennium = Duration::from_secs(86_400 * 365 * 1_000);
    let volumes = [DataVolume::ZERO, DataVolume::from_nanobits(1)];
    let series = UsageSeries::from_volumes(start, millennium, volumes).unwrap();
    assert_eq!(
        refused(series.rounded_up_to(DataRate::MAX)),
        "the volumes up to the slot at 3024-05-04T00:00:00Z sum to more than \
         42535295865.117307932921825928971026431875 EB: check them, or pass a shorter series",
    );
    let zero = UsageSeries::from_volumes(start, millennium, [DataVolume::ZERO]).unwrap();
    assert_eq!(zero.rounded_up_to(DataRate::MAX), Ok(zero));
}

/// Baselines as they are stored.
#[cfg(feature = "serde")]
mod stored {
    use super::{HOUR, MINUTE, WEEK, hours, slots, zone};
    use bandwidth_cost::{
        Baseline, DataRate, RateCard, Schedule, Tariff, UsageSeries, VolumeMeter,
        jiff::tz::{Offset, TimeZone},
        pta,
    };
    use serde_json::{Value, json};

    /// A week of hours in Karachi, and 5 Gbps more at each.
    fn profile() -> Baseline {
        let each = (0..u64::try_from(WEEK).unwrap()).map(|hour| 5 * hour);
        Baseline::weekly_profile(&hours("2025-01-05T19:00:00Z", each), &zone("Asia/Karachi"))
            .unwrap()
    }

    fn history() -> UsageSeries {
        hours("2025-01-05T19:00:00Z", [1; WEEK])
    }

    #[test]
    fn each_kind_comes_back_from_both_formats() {
        let half_hours =
            slots("2024-10-01T00:00:00Z", MINUTE * 30, (0..4_000).map(|at| at * at % 97));
        for baseline in [
            Baseline::constant(DataRate::from_gbps(615)),
            Baseline::series(history()),
            profile(),
            Baseline::weekly_profile(&half_hours, &zone("Australia/Lord_Howe")).unwrap(),
            Baseline::weekly_profile(&half_hours, &TimeZone::UTC).unwrap(),
        ] {
            let text = serde_json::to_string(&baseline).unwrap();
            assert_eq!(serde_json::from_str::<Baseline>(&text).unwrap(), baseline, "from {text}");
            let bytes = postcard::to_allocvec(&baseline).unwrap();
            assert_eq!(postcard::from_bytes::<Baseline>(&bytes).unwrap(), baseline);
        }
    }

    #[test]
    fn a_rate_card_that_was_read_bills_over_its_profile() {
        let price = Schedule::flat(pta::DISRUPTION_COST);
        let extra = Tariff::by_volume("extra", VolumeMeter::Excess(profile()), price);
        let card = RateCard::new([extra]).unwrap();
        let text = serde_json::to_string(&card).unwrap();
        let read: RateCard = serde_json::from_str(&text).unwrap();
        assert_eq!(read, card);
        // Monday 00:00 and 01:00 in Karachi: 1 Tbps and 4 Tbps more than usual, an hour each.
        let bill = read.bill(&hours("2025-03-02T19:00:00Z", [1_000, 4_005])).unwrap();
        assert_eq!(bill.total().unwrap().to_string(), "3000000 USD");
    }

    #[test]
    fn a_profile_that_was_read_says_what_the_one_that_was_written_says() {
        let text = serde_json::to_string(&profile()).unwrap();
        let read: Baseline = serde_json::from_str(&text).unwrap();
        let series = hours("2025-06-10T08:00:00Z", [500; 200]);
        let above = series.excess_slots(&read).unwrap();
        assert_eq!(above, series.excess_slots(&profile()).unwrap());
        // Tuesday 13:00 in Karachi is 37 hours into the week.
        assert_eq!(above.rates().next().unwrap().1, Some(DataRate::from_gbps(500 - 5 * 37)));
    }

    #[test]
    fn a_profile_is_written_with_its_zone_and_each_wall_time() {
        let json = serde_json::to_value(profile()).unwrap();
        let profile = &json["weekly"];
        assert_eq!(profile["zone"], "Asia/Karachi");
        assert_eq!(profile["interval"], "1 h");
        // 5 Gbps for an hour are 2.25 TB.
        assert_eq!(profile["usual"][0], json!(["Mon 00:00:00", "0 B"]));
        assert_eq!(profile["usual"][1], json!(["Mon 01:00:00", "2.25 TB"]));
        assert_eq!(profile["usual"][WEEK - 1], json!(["Sun 23:00:00", "375.75 TB"]));
        assert_eq!(profile["usual"].as_array().unwrap().len(), WEEK);
    }

    #[test]
    fn a_zone_without_a_name_is_not_written() {
        let zone = TimeZone::fixed(Offset::constant(5));
        let profile = Baseline::weekly_profile(&history(), &zone).unwrap();
        assert_eq!(
            serde_json::to_string(&profile).unwrap_err().to_string(),
            "a time zone without an IANA name can't be written: use one with a name",
        );
        assert_eq!(postcard::to_allocvec(&profile), Err(postcard::Error::SerdeSerCustom));
    }

    /// What is said of a profile, one of whose fields is another.
    #[track_caller]
    fn refused(field: &str, value: Value) -> String {
        let mut json = serde_json::to_value(profile()).unwrap();
        json["weekly"][field] = value;
        serde_json::from_value::<Baseline>(json).unwrap_err().to_string()
    }

    #[test]
    fn a_profile_that_no_history_gives_is_refused() {
        assert_eq!(
            refused("zone", json!("Asia/Atlantis")),
            "invalid time zone `Asia/Atlantis`: expected a time zone such as Asia/Karachi",
        );
        assert_eq!(
            refused("interval", json!("2 h")),
            "a weekly profile can't have slots of 2 h: pass slots that divide an hour, such as 5 \
             min",
        );
        assert_eq!(
            refused("interval", json!("0 s")),
            "a weekly profile can't have slots of 0 s: pass slots that divide an hour, such as 5 \
             min",
        );
        assert_eq!(
            refused("usual", json!([["Mon 01:00:00", "1 GB"], ["Mon 01:00:00", "2 GB"]])),
            "two volumes for Mon 01:00:00: expected one for each time",
        );
        for time in [
            "Monday 18:00:00",
            "mon 18:00:00",
            "Mon",
            "Mon 25:00:00",
            "Mon 18",
            "Mon 2025-01-06T18:00:00",
            "Mon 23:59:60",
            "Mon  18:00:00",
            "18:00:00",
            "",
        ] {
            assert_eq!(
                refused("usual", json!([[time, "1 GB"]])),
                format!(
                    "unexpected `{time}` at byte 0: expected a weekday and a time, such as Mon 18:05:00"
                ),
            );
        }
    }

    #[test]
    fn a_profile_of_a_part_of_the_week_says_nothing_of_the_rest() {
        let part = json!({"weekly": {
            "zone": "UTC", "interval": "1 h", "usual": [["Mon 01:00:00", "450 GB"]],
        }});
        let profile: Baseline = serde_json::from_value(part).unwrap();
        let excess = |start| hours(start, [2]).excess_over(&profile);
        assert_eq!(excess("2025-01-06T01:00:00Z").unwrap(), DataRate::from_gbps(1) * HOUR);
        assert_eq!(
            excess("2025-01-06T02:00:00Z").unwrap_err().to_string(),
            "the history has no slot that begins on Mon 02:00:00 in UTC: pass a history with one",
        );
    }
}

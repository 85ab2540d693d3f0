//! Laws of contracts: windows against a search slot by slot, changes of prices against costs of
//! quantities that follow one another, and parts that make up the whole.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::contract::{Contract, contracts};
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Quantity, RateCard, RateMeter, Schedule, Share,
    Statement, Tariff, UsageSeries, VolumeMeter,
    jiff::{
        Timestamp, ToSpan as _,
        civil::{Date, date},
        tz::TimeZone,
    },
    usage::Window,
};
use core::time::Duration;
use proptest::prelude::*;

const DAY: Duration = Duration::from_secs(86_400);

/// Zones with halves and quarters of hours, and with clocks that change by an hour, by half an hour, at
/// midnight, and by a whole day.
fn zones() -> impl Strategy<Value = TimeZone> {
    let zones = [
        "UTC",
        "Asia/Karachi",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "America/Asuncion",
        "Pacific/Apia",
        "Africa/Casablanca",
    ];
    proptest::sample::select(zones.to_vec()).prop_map(|name| TimeZone::get(name).unwrap())
}

/// A start within the years 2011 to 2025, in steps of a quarter of an hour.
fn starts() -> impl Strategy<Value = Timestamp> {
    (0_i64..500_000).prop_map(|step| Timestamp::from_second(1_293_840_000 + step * 900).unwrap())
}

/// Minutes of the day, a multiple of `step`, at which a window begins and ends.
fn windows(step: u16) -> impl Strategy<Value = (u16, u16)> {
    let steps = 1_440 / step;
    (0..steps, 1..steps).prop_map(move |(from, length)| {
        let to = (from + length) % steps;
        (from * step, if to == 0 { 1_440 } else { to * step })
    })
}

fn window((from, to): (u16, u16), days: &str) -> Window {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let hours: Window = format!("{} to {}", time(from), time(to)).parse().unwrap();
    if days.is_empty() { hours } else { hours.on(days).unwrap() }
}

fn day_lists() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["", "Mon to Fri", "Sat, Sun", "Fri to Mon", "Wed"])
}

/// Whether a slot is in a window, from the times of its start alone.
fn is_in((from, to): (u16, u16), days: &str, at: Timestamp, zone: &TimeZone) -> bool {
    let local = zone.to_datetime(at);
    let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap();
    let in_hours =
        if from < to { from <= minute && minute < to } else { minute >= from || minute < to };
    let weekday = local.weekday().to_monday_one_offset();
    let in_days = match days {
        "Mon to Fri" => weekday <= 5,
        "Sat, Sun" => weekday >= 6,
        "Fri to Mon" => weekday >= 5 || weekday == 1,
        "Wed" => weekday == 3,
        _ => true,
    };
    in_hours && in_days
}

/// A contract without the terms that are of a whole month.
fn without_charges(contract: Contract) -> Contract {
    Contract { commitment: 0, fixed_fee: None, minimum: None, maximum: None, ..contract }
}

/// The prices of a contract alone.
fn prices<Q: Quantity>(contract: &Contract, of: impl Fn(u128) -> Q) -> Schedule<Q> {
    let alone = Contract { allowance: 0, increment: None, ..without_charges(contract.clone()) };
    // A commitment of zero is none, and so is an allowance.
    alone.schedule_of(of)
}

fn bps(units: u128) -> DataRate {
    DataRate::from_bps(u64::try_from(units).unwrap())
}

/// Volumes of up to a few hundred GB on each of the 30 days of June 2025.
fn june() -> impl Strategy<Value = Vec<DataVolume>> {
    let volume = prop_oneof![Just(0), 0_u128..20_000_000]
        .prop_map(|kilobytes| DataVolume::from_nanobits(kilobytes * 8_000_000_000_000));
    proptest::collection::vec(volume, 30)
}

fn series(volumes: &[DataVolume]) -> UsageSeries {
    let start: Timestamp = "2025-06-01T00:00:00Z".parse().unwrap();
    UsageSeries::from_volumes(start, DAY, volumes.iter().copied()).unwrap()
}

fn day_of_june(day: u8) -> Date {
    date(2025, 6, day.try_into().unwrap())
}

fn sum(bill: &Statement) -> Cost {
    let amounts = bill.lines().iter().map(|line| line.amount().clone());
    Cost::sum(Currency::USD, amounts).unwrap()
}

proptest! {
    #![proptest_config(crate::support::cases(400))]

    #[test]
    fn a_window_holds_the_slots_that_begin_in_it(
        start in starts(),
        (minutes, zone) in (proptest::sample::select(vec![5_u64, 15, 60, 90, 1_440]), zones()),
        known in proptest::collection::vec(proptest::bool::weighted(0.9), 1..600),
        hours in windows(5),
        days in day_lists(),
    ) {
        let interval = Duration::from_secs(minutes * 60);
        let rates = known.iter().map(|known| known.then(|| DataRate::from_mbps(1)));
        prop_assume!(known.contains(&true));
        let series = UsageSeries::from_rates(start, interval, rates).unwrap();
        let kept: Vec<_> = series
            .rates()
            .map(|(at, rate)| rate.filter(|_| is_in(hours, days, at, &zone)))
            .collect();
        let naive = UsageSeries::from_rates(start, interval, kept);
        prop_assert_eq!(series.within(&window(hours, days), &zone), naive);
    }

    #[test]
    fn windows_that_partition_the_week_bill_a_volume_as_one(
        start in starts(),
        zone in zones(),
        slots in 1_usize..2_000,
        hours in windows(15),
    ) {
        let quarter = Duration::from_secs(900);
        let rates = (0..slots).map(|slot| DataRate::from_bps(slot as u64 * 7_919 % 1_000_003));
        let series = UsageSeries::from_rates(start, quarter, rates).unwrap();
        let flat = || Schedule::flat("0.07 USD per 1 GB".parse().unwrap());
        let tariff = |name| Tariff::by_volume(name, VolumeMeter::Total, flat());
        let (from, to) = hours;
        let parts = [
            window(hours, "Mon to Fri"),
            window((to % 1_440, if from == 0 { 1_440 } else { from }), "Mon to Fri"),
            window((0, 1_440), "Sat, Sun"),
        ];
        let names = ["a", "b", "c"];
        // A window may be closed on all slots of a short series.
        let open = parts.iter().zip(names).filter(|(part, _)| series.within(part, &zone).is_ok());
        let parts = open.map(|(part, name)| tariff(name).with_window(*part));
        let whole = RateCard::new([tariff("all")]).unwrap().with_time_zone(zone.clone());
        let parts = RateCard::new(parts).unwrap().with_time_zone(zone);
        prop_assert_eq!(
            parts.bill(&series).unwrap().total().unwrap(),
            whole.bill(&series).unwrap().total().unwrap(),
        );
    }

    #[test]
    fn a_change_to_the_same_price_changes_nothing(
        contract in contracts(),
        used in june(),
        days in proptest::collection::btree_set(1_u8..=30, 0..4),
        part in 1_u64..=30,
    ) {
        let series = series(&used);
        let part = Share::new(part, 30).unwrap();
        let volume = Tariff::by_volume("t", VolumeMeter::Total, contract.schedule());
        let of_rates = contract.of_rates();
        let rate = Tariff::by_rate("t", RateMeter::Peak, of_rates.schedule_of(bps));
        let (mut by_volume, mut by_rate) = (volume.clone(), rate.clone());
        for day in days {
            let from = day_of_june(day);
            by_volume = by_volume
                .with_volume_change(from, prices(&contract, DataVolume::from_nanobits))
                .unwrap();
            by_rate = by_rate.with_rate_change(from, prices(&of_rates, bps)).unwrap();
        }
        for (changed, plain) in [(by_volume, volume), (by_rate, rate)] {
            let changed = changed.bill_part(&series, part).unwrap();
            prop_assert_eq!(changed.total(), plain.bill_part(&series, part).unwrap().total());
            prop_assert_eq!(sum(&changed), changed.total().unwrap());
        }
    }

    #[test]
    fn the_parts_of_a_volume_cost_what_each_adds_under_its_prices(
        [first, second, third] in proptest::array::uniform3(contracts()),
        used in june(),
        (middle, last) in (2_u8..20, 20_u8..=30),
    ) {
        // Terms of the first, with the prices of the others.
        let with_prices = |other: &Contract| {
            let Contract { per, tiers, is_graduated, .. } = other.clone();
            Contract { per, tiers, is_graduated, ..without_charges(first.clone()) }.schedule()
        };
        let schedules = [&first, &second, &third].map(with_prices);
        let volume_of = |days: &[DataVolume]| days.iter().sum::<DataVolume>();
        let (middle_slot, last_slot) = (usize::from(middle) - 1, usize::from(last) - 1);
        let ends = [&used[..middle_slot], &used[..last_slot], &used[..]].map(volume_of);
        let starts = [None, Some(ends[0]), Some(ends[1])];
        let parts = (0..3).map(|part| schedules[part].cost_between(starts[part], ends[part]));
        let expected = Cost::sum(Currency::USD, parts).unwrap();

        let tariff = Tariff::by_volume("t", VolumeMeter::Total, schedules[0].clone())
            .with_volume_change(day_of_june(middle), prices(&second, DataVolume::from_nanobits))
            .and_then(|tariff| {
                let prices = prices(&third, DataVolume::from_nanobits);
                tariff.with_volume_change(day_of_june(last), prices)
            });
        let bill = tariff.unwrap().bill(&series(&used)).unwrap();
        prop_assert_eq!(bill.total().unwrap(), expected);
    }

    #[test]
    fn each_price_of_a_rate_costs_the_share_of_its_days(
        [first, second] in proptest::array::uniform2(contracts()),
        used in june(),
        day in 2_u8..=30,
    ) {
        let (first, second) = (without_charges(first).of_rates(), second.of_rates());
        let Contract { per, tiers, is_graduated, .. } = second.clone();
        let of_second = Contract { per, tiers, is_graduated, ..first.clone() }.schedule_of(bps);
        let of_first = first.schedule_of(bps);
        let series = series(&used);
        let days = u64::from(day) - 1;
        let share = Share::new(days, 30).unwrap();
        let expected = [
            of_first.cost(series.peak()) * share,
            of_second.cost(series.peak()) * share.complement(),
        ];
        let tariff = Tariff::by_rate("t", RateMeter::Peak, of_first)
            .with_rate_change(day_of_june(day), prices(&second, bps))
            .unwrap();
        let bill = tariff.bill(&series).unwrap();
        prop_assert_eq!(bill.total().unwrap(), Cost::sum(Currency::USD, expected).unwrap());
    }

    #[test]
    fn a_month_in_part_is_the_part_of_a_bill(
        contract in contracts(),
        used in june(),
        (begins, days) in (1_u8..=30, 0_u8..30),
        is_rate in any::<bool>(),
    ) {
        let ends = (begins + days).min(30);
        let tariff = if is_rate {
            Tariff::by_rate("t", RateMeter::Peak, contract.of_rates().schedule_of(bps))
        } else {
            Tariff::by_volume("t", VolumeMeter::Total, contract.schedule())
        };
        let plain = RateCard::new([tariff]).unwrap();
        let (first, last) = (day_of_june(begins), day_of_june(ends));
        let card = plain.clone().with_begins(first).unwrap().with_ends(last).unwrap();
        let series = series(&used);
        let months = card.bill_months(&series).unwrap();
        let at = |day: Date| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap();
        let part = series.slice(at(first)..at(last.checked_add(1.day()).unwrap())).unwrap();
        let share = Share::new(u64::from(ends - begins) + 1, 30).unwrap();
        let expected = plain.bill_part(&part, share).unwrap();
        prop_assert_eq!(months.len(), 1);
        prop_assert_eq!(months[0].1.lines(), expected.lines());
        prop_assert_eq!(months[0].1.coverage(), Share::ONE);
    }
}

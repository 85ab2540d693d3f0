//! Values for tests of our users: they look like life, and each is valid.
#![cfg(feature = "proptest")]

use bandwidth_cost::{
    Cost, CounterLog, DataRate, DataVolume, GapPolicy, LinkUsage, Money, RateCard, RatePrice,
    RoundingStrategy, Schedule, Share, UsageSeries, VolumePrice,
    jiff::{Timestamp, ToSpan, tz::TimeZone},
};
use core::time::Duration;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

const SEEN: usize = 400;

/// Returns how many of the first values of a strategy hold.
fn holding<T: Arbitrary>(holds: impl Fn(&T) -> bool) -> usize {
    let mut runner = TestRunner::deterministic();
    let mut value = |_: usize| any::<T>().new_tree(&mut runner).unwrap().current();
    (0..SEEN).filter(|&seen| holds(&value(seen))).count()
}

#[test]
fn volumes_and_rates_stand_near_both_bounds_and_elsewhere() {
    let volume =
        |holds: fn(u128) -> bool| holding::<DataVolume>(move |volume| holds(volume.as_nanobits()));
    assert!(volume(|count| count < 3) > SEEN / 20);
    assert!(volume(|count| count > u128::MAX - 3) > SEEN / 20);
    assert!(volume(|count| (3..u128::MAX - 2).contains(&count)) > SEEN / 4);
    let rate = |holds: fn(u64) -> bool| holding::<DataRate>(move |rate| holds(rate.as_bps()));
    assert!(rate(|count| count < 3) > SEEN / 20);
    assert!(rate(|count| count > u64::MAX - 3) > SEEN / 20);
}

#[test]
fn some_months_have_holes_and_some_have_none() {
    let whole = holding::<UsageSeries>(|series| series.known() == series.len());
    assert!((SEEN / 20..SEEN - SEEN / 20).contains(&whole), "{whole} of {SEEN}");
}

#[test]
fn some_logs_have_resets_or_lies_and_some_have_none() {
    let interval = Duration::from_secs(300);
    let plain = holding::<CounterLog>(|log| {
        log.to_series(interval, GapPolicy::LeaveOut).is_ok_and(|readout| {
            readout.events.iter().all(|event| !event.to_string().contains("discarded"))
        })
    });
    assert!((SEEN / 10..SEEN - SEEN / 10).contains(&plain), "{plain} of {SEEN}");
}

proptest! {
    #![proptest_config(crate::support::cases(200))]

    #[test]
    fn each_month_begins_with_a_month_and_is_busier_in_the_evening(series: UsageSeries) {
        let utc = TimeZone::UTC.to_datetime(series.start());
        prop_assert_eq!((utc.day(), utc.hour(), utc.minute()), (1, 0, 0));
        prop_assert!(series.end() <= series.start() + (31 * 24).hours());
        let at = |hour: i64| -> Option<DataRate> {
            let from: Timestamp = series.start() + hour.hours();
            series.rates().find(|&(at, _)| at == from)?.1
        };
        if let (Some(morning), Some(evening)) = (at(8), at(20)) {
            // Noise is at most a tenth each way.
            let noisiest = u128::from(evening.as_bps()) * 111 / 90;
            prop_assert!(u128::from(morning.as_bps()) <= noisiest + 1_000);
        }
    }

    #[test]
    fn both_directions_of_a_link_have_the_same_slots(link: LinkUsage) {
        prop_assert!(link.inbound.sum_with(&link.outbound).is_ok());
    }

    #[test]
    fn check_finds_nothing_in_schedules(volume: Schedule<DataVolume>, rate: Schedule<DataRate>) {
        prop_assert!(volume.check().is_empty() && rate.check().is_empty());
    }

    #[test]
    fn each_card_bills_each_link_that_was_measured_in_its_hours(card: RateCard, link: LinkUsage) {
        prop_assert_eq!(card.check(), []);
        let bill = match card.bill_link(&link) {
            // One day with a hole over all of a window's hours.
            Err(error) if error.to_string().contains("nothing was measured in") => return Ok(()),
            bill => bill?,
        };
        let invoice = bill.settle(RoundingStrategy::MidpointNearestEven)?;
        let sum = Cost::sum(bill.total()?.currency(), bill.lines().iter().map(|line| line.amount().clone()))?;
        prop_assert_eq!(bill.total()?, sum);
        prop_assert!(invoice.total().is_ok());
    }

    #[test]
    fn each_value_reads_back(
        money: Money, share: Share, price: VolumePrice, rent: RatePrice, volume: DataVolume,
    ) {
        prop_assert_eq!(money.to_string().parse::<Money>()?, money);
        prop_assert_eq!(share.to_string().parse::<Share>()?, share);
        prop_assert_eq!(price.to_string().parse::<VolumePrice>()?, price);
        prop_assert_eq!(rent.to_string().parse::<RatePrice>()?, rent);
        prop_assert_eq!(volume.to_string().parse::<DataVolume>()?, volume);
    }
}

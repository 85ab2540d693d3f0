//! Where a month will end.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the numbers of these tests are small"
)]

use crate::support::{
    contract::{Contract, cents, contracts},
    parse, says,
};
use bandwidth_cost::{
    AnyQuantity, Baseline, Cost, DataRate, DataVolume, Decimal, Direction, LinkUsage, Percentile,
    PercentileRule, RateCard, RateMeter, Schedule, Share, Tariff, UsageSeries, VolumeMeter,
    jiff::{Timestamp, civil::date, tz::TimeZone},
    tariff::{Ends, Forecast},
};
use core::time::Duration;
use proptest::prelude::*;

const HOUR: Duration = Duration::from_secs(3_600);

fn hours(from: &str, rates: impl IntoIterator<Item = DataRate>) -> UsageSeries {
    UsageSeries::from_rates(parse::<Timestamp>(from), HOUR, rates).unwrap()
}

fn mbps(rates: impl IntoIterator<Item = u64>) -> Vec<DataRate> {
    rates.into_iter().map(DataRate::from_mbps).collect()
}

fn card(meter: RateMeter) -> RateCard {
    let price = Schedule::flat(parse("1 USD per 1 Mbps"));
    RateCard::new([Tariff::by_rate("port", meter, price)]).unwrap()
}

/// A history of January and February 2025: 100 Mbps, and 300 on Sundays.
fn history() -> UsageSeries {
    let rates = (0..59 * 24).map(|hour| if (hour / 24 + 3) % 7 == 0 { 300 } else { 100 });
    hours("2025-01-01T00:00:00Z", mbps(rates))
}

/// The first days of March, at 200 Mbps.
fn so_far(days: u64) -> UsageSeries {
    hours("2025-03-01T00:00:00Z", mbps((0..days * 24).map(|_| 200)))
}

fn until() -> Timestamp {
    parse("2025-04-01T00:00:00Z")
}

fn texts(ends: &Ends<Cost>) -> [String; 3] {
    let certain = ends.certain();
    [certain.start().to_string(), certain.end().to_string(), ends.usual().to_string()]
}

#[test]
fn the_usual_end_is_by_the_weekly_profile() {
    let forecast = card(RateMeter::Mean)
        .forecast(&so_far(10), until(), &history(), DataRate::from_gbps(1))
        .unwrap();
    // 10 days of 200, then from Tuesday 11 March 18 days of 100 and 3 Sundays of 300.
    let mean = (10 * 200 + 18 * 100 + 3 * 300) as u64 * 1_000_000;
    let usual = AnyQuantity::Rate(DataRate::from_bps((mean + 15) / 31));
    let tariff = &forecast.tariffs()[0];
    assert_eq!((tariff.name(), tariff.measured().unwrap().usual()), ("port", &usual));
    // Nothing more, or 21 days of 1 Gbps.
    assert_eq!(texts(forecast.cost()), ["64.516129 USD", "741.935484 USD", "151.612903 USD"]);
}

#[test]
fn each_earlier_month_is_replayed() {
    let forecast = card(RateMeter::Peak)
        .forecast(&so_far(28), until(), &history(), DataRate::from_gbps(1))
        .unwrap();
    // The last three days of January and of February had no Sunday.
    let past: Vec<String> = forecast
        .cost()
        .past_months()
        .iter()
        .map(|(month, cost)| format!("{month} {cost}"))
        .collect();
    assert_eq!(past, ["2025-01-01 200 USD", "2025-02-01 200 USD"]);
    let forecast = card(RateMeter::Peak)
        .forecast(&so_far(20), until(), &history(), DataRate::from_gbps(1))
        .unwrap();
    assert!(forecast.cost().past_months().iter().all(|(_, cost)| cost.to_string() == "300 USD"));
    let measured = forecast.tariffs()[0].measured().unwrap();
    assert_eq!(measured.past_months()[0].1, AnyQuantity::Rate(DataRate::from_mbps(300)));
}

#[test]
fn a_month_whose_end_was_not_measured_whole_is_not_replayed() {
    let history = history();
    let gap = history
        .iter()
        .map(|(at, volume)| volume.filter(|_| at != parse::<Timestamp>("2025-02-27T12:00:00Z")));
    let history = UsageSeries::from_volumes(history.start(), history.interval(), gap).unwrap();
    let forecast = card(RateMeter::Peak)
        .forecast(&so_far(28), until(), &history, DataRate::from_gbps(1))
        .unwrap();
    let months: Vec<_> = forecast.cost().past_months().iter().map(|(month, _)| *month).collect();
    assert_eq!(months, [date(2025, 1, 1)]);
}

#[test]
fn falls_of_all_units_prices_inside_the_range_count() {
    let tiers = bandwidth_cost::Tiers::new([
        bandwidth_cost::Tier::up_to(DataRate::from_mbps(500), parse("1 USD per 1 Mbps")),
        bandwidth_cost::Tier::rest(parse("0.50 USD per 1 Mbps")),
    ]);
    let schedule = Schedule::all_units(tiers.unwrap());
    let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, schedule)]).unwrap();
    let so_far = hours("2025-03-01T00:00:00Z", mbps([400]));
    let forecast = card.forecast(&so_far, until(), &history(), DataRate::from_mbps(800)).unwrap();
    // Both ends cost 400 USD; up to 500 Mbps is dearer, and above that cheaper.
    assert_eq!(texts(forecast.cost())[..2], ["250.0000005 USD", "500 USD"]);
}

#[test]
fn of_a_link_billed_by_the_dearer_direction_the_larger_ends_count() {
    let card = card(RateMeter::Peak).with_direction(Direction::Higher);
    let of = |rate| hours("2025-03-01T00:00:00Z", mbps([rate; 240]));
    let link = LinkUsage { inbound: of(250), outbound: of(400) };
    let history = LinkUsage { inbound: history(), outbound: history() };
    let capacity = DataRate::from_gbps(1);
    let forecast = card.forecast_link(&link, until(), &history, capacity).unwrap();
    assert_eq!(texts(forecast.cost()), ["400 USD", "1000 USD", "400 USD"]);
    let measured = forecast.tariffs()[0].measured().unwrap();
    // Which direction will be billed is not known.
    assert_eq!(measured.certain().start(), &AnyQuantity::Rate(DataRate::from_mbps(250)));
    assert_eq!(measured.usual(), &AnyQuantity::Rate(DataRate::from_mbps(400)));
    // The sum of both directions carries up to twice the capacity.
    let card = card.with_direction(Direction::Sum);
    let forecast = card.forecast_link(&link, until(), &history, capacity).unwrap();
    assert_eq!(texts(forecast.cost()), ["650 USD", "2000 USD", "650 USD"]);
    let card = card.with_direction(Direction::SlotMax);
    let forecast = card.forecast_link(&link, until(), &history, capacity).unwrap();
    assert_eq!(texts(forecast.cost()), ["400 USD", "1000 USD", "400 USD"]);
}

#[test]
fn a_forecast_ends_in_its_billing_month() {
    let (card, capacity) = (card(RateMeter::Peak), DataRate::from_gbps(1));
    let forecast =
        |until: &str| card.forecast(&so_far(10), parse(until), &history(), capacity).map(|_| ());
    assert_eq!(forecast("2025-03-11T00:00:01Z"), Ok(()));
    says(
        forecast("2025-03-11T00:00:00Z"),
        "a forecast from 2025-03-11T00:00:00Z can't be until 2025-03-11T00:00:00Z: pass a time after \
         that and at most 2025-04-01T00:00:00Z, where the billing month ends",
    );
    says(
        forecast("2025-04-01T00:00:01Z"),
        "a forecast from 2025-03-11T00:00:00Z can't be until 2025-04-01T00:00:01Z: pass a time after \
         that and at most 2025-04-01T00:00:00Z, where the billing month ends",
    );
}

#[test]
fn a_month_that_is_over_is_not_forecast() {
    let (card, capacity) = (card(RateMeter::Peak), DataRate::from_gbps(1));
    for (days, measured) in [(31, "2025-04-01T00:00:00Z"), (40, "2025-04-10T00:00:00Z")] {
        says(
            card.forecast(&so_far(days), until(), &history(), capacity),
            &format!(
                "the traffic up to {measured} leaves nothing to forecast of its billing month, which \
                 ends at 2025-04-01T00:00:00Z: pass the month up to now"
            ),
        );
    }
    let card = card.with_interval(HOUR / 2).unwrap();
    says(
        card.forecast(&so_far(10), until(), &history(), capacity),
        "`interval`: the contract's slots are 30 min long, and the series' are 1 h: pass a series of such \
         slots, which resample makes of shorter ones",
    );
}

#[test]
fn a_history_that_says_nothing_is_refused() {
    let (card, capacity) = (card(RateMeter::Peak), DataRate::from_gbps(1));
    let short = hours("2025-02-23T00:00:00Z", mbps([100; 24]));
    says(
        card.forecast(&so_far(10), until(), &short, capacity),
        "a weekly profile can't be made of slots of 1 h from 2025-02-23T00:00:00Z to \
         2025-02-24T00:00:00Z: pass at least a week",
    );
    says(
        card.backtest(&short, Share::from_percent(50), capacity),
        "from 2025-02-23T00:00:00Z to 2025-02-24T00:00:00Z there is no whole billing month with a week \
         before it: pass a longer history",
    );
    let long = history().resample(HOUR * 6).unwrap();
    says(
        card.forecast(&so_far(10), until(), &long, capacity),
        "a weekly profile can't have slots of 6 h: pass slots that divide an hour, such as 5 min",
    );
    let half_hours = (0..14 * 48).map(|_| DataRate::from_mbps(100));
    let start: Timestamp = parse("2025-02-15T00:00:00Z");
    let history = UsageSeries::from_rates(start, HOUR / 2, half_hours).unwrap();
    says(
        card.forecast(&so_far(10), until(), &history, capacity),
        "slots of 30 min of a weekly profile do not match slots of 1 h from 2025-03-11T00:00:00Z to \
         2025-04-01T00:00:00Z: pass series of the same slots",
    );
}

#[test]
fn tariffs_in_two_currencies_have_no_end_in_common() {
    let price = |text| Schedule::flat(parse(text));
    let card = RateCard::new([
        Tariff::by_rate("port", RateMeter::Peak, price("1 USD per 1 Mbps")),
        Tariff::by_rate("local", RateMeter::Peak, price("9 PKR per 1 Mbps")),
    ]);
    says(
        card.unwrap().forecast(&so_far(1), until(), &history(), DataRate::from_gbps(1)),
        "the card has tariffs in USD and in PKR, which have no sum: write a card for the tariffs of \
         each currency",
    );
}

#[test]
fn slots_beyond_all_memory_are_refused() {
    let short = UsageSeries::from_rates(
        parse::<Timestamp>("2025-03-01T00:00:00Z"),
        Duration::from_nanos(1),
        [DataRate::from_mbps(1)],
    );
    says(
        card(RateMeter::Peak).forecast(
            &short.unwrap(),
            until(),
            &history(),
            DataRate::from_gbps(1),
        ),
        "the rest of the month has 2678399999999999 slots of 1 ns, more than the 101000 that a forecast \
         makes of so few: pass series in longer slots",
    );
}

#[test]
fn a_backtest_is_the_forecast_of_then() {
    let card = card(RateMeter::Percentile(Percentile::P95));
    let rates = (0..120 * 24).map(|hour| 100 + hour * 7 % 90 + hour / 48);
    let history = hours("2025-01-01T00:00:00Z", mbps(rates));
    let capacity = DataRate::from_gbps(1);
    let tests = card.backtest(&history, Share::from_percent(50), capacity).unwrap();
    let months: Vec<String> = tests.iter().map(|test| test.month().to_string()).collect();
    assert_eq!(months, ["2025-02-01", "2025-03-01", "2025-04-01"]);
    let at = |text: &str| parse::<Timestamp>(text);
    let march = history.slice(at("2025-03-01T00:00:00Z")..at("2025-03-16T12:00:00Z")).unwrap();
    let before = history.slice(history.start()..march.start()).unwrap();
    let forecast = card.forecast(&march, until(), &before, capacity).unwrap();
    assert_eq!(tests[1].forecast(), &forecast);
    let bills = card.bill_months(&history).unwrap();
    for test in &tests {
        let (_, bill) = bills.iter().find(|(month, _)| *month == test.month()).unwrap();
        assert_eq!(test.actual(), &bill.total().unwrap());
        assert!(test.held());
        let error = test.actual().checked_add(&test.error()).unwrap();
        assert_eq!(&error, test.forecast().cost().usual());
    }
    // More than the capacity that was given does not hold.
    let tests = card.backtest(&history, Share::from_percent(5), DataRate::from_mbps(10)).unwrap();
    assert!(tests.iter().all(|test| !test.held()));
}

#[test]
fn a_backtest_needs_a_part_of_a_month_that_leaves_a_rest() {
    let card = card(RateMeter::Peak);
    let backtest = |elapsed| card.backtest(&history(), elapsed, DataRate::from_gbps(1));
    says(
        backtest(Share::ZERO),
        "when 0% of the month is over, no slot is over or none is left: pass a share such as 50%",
    );
    says(
        backtest(Share::ONE),
        "when 100% of the month is over, no slot is over or none is left: pass a share such as 50%",
    );
    let hour = Share::new(1, 28 * 24).unwrap();
    assert_eq!(backtest(hour).unwrap().len(), 1);
    says(
        backtest(Share::new(1, 28 * 24 + 1).unwrap()),
        "when 1/673 of the month is over, no slot is over or none is left: pass a share such as 50%",
    );
}

#[test]
fn a_backtest_is_of_months_in_service() {
    let half = Share::from_percent(50);
    let months = |begins, ends| -> Vec<_> {
        let card = card(RateMeter::Peak).with_begins(begins).unwrap().with_ends(ends).unwrap();
        let tests = card.backtest(&history(), half, DataRate::from_gbps(1)).unwrap();
        tests.iter().map(|test| (test.month(), test.actual().to_string())).collect()
    };
    // A week of history is before the service, and not before the month.
    let january = || (date(2025, 1, 1), "7200/31 USD".to_owned());
    assert_eq!(months(date(2025, 1, 8), date(2025, 1, 31)), [january()]);
    let february = || (date(2025, 2, 1), "300 USD".to_owned());
    assert_eq!(months(date(2025, 1, 8), date(2025, 2, 28)), [january(), february()]);
    assert_eq!(months(date(2025, 1, 9), date(2025, 2, 28)).len(), 2);
    assert_eq!(months(date(2025, 1, 7), date(2025, 2, 28)), [february()]);
    assert_eq!(months(date(2025, 2, 1), date(2025, 3, 31)), [february()]);
}

#[test]
fn a_fee_alone_needs_no_direction() {
    let price = Schedule::flat(parse("1 USD per 1 Mbps"));
    let port = Tariff::by_rate("port", RateMeter::Peak, price).with_direction(Direction::Outbound);
    let card = RateCard::new([Tariff::fee("licence", parse("20 USD")), port]).unwrap();
    // Inbound was not measured at the end of January, and the sum of both with it.
    let gap = history()
        .iter()
        .map(|(at, volume)| volume.filter(|_| at != parse::<Timestamp>("2025-01-31T12:00:00Z")))
        .collect::<Vec<_>>();
    let gap = UsageSeries::from_volumes(history().start(), HOUR, gap).unwrap();
    let history = LinkUsage { inbound: gap, outbound: history() };
    let so_far = LinkUsage { inbound: so_far(28), outbound: so_far(28) };
    let capacity = DataRate::from_gbps(1);
    let forecast = card.forecast_link(&so_far, until(), &history, capacity).unwrap();
    let months: Vec<_> = forecast.cost().past_months().iter().map(|(month, _)| *month).collect();
    assert_eq!(months, [date(2025, 1, 1), date(2025, 2, 1)]);
    assert_eq!(texts(forecast.cost()), ["220 USD", "1020 USD", "320 USD"]);
    let fees = RateCard::new([Tariff::fee("licence", parse("20 USD"))]).unwrap();
    let forecast = fees.forecast_link(&so_far, until(), &history, capacity).unwrap();
    assert_eq!(texts(forecast.cost()), ["20 USD"; 3]);
}

#[test]
fn the_first_month_of_all_ends_where_its_month_does() {
    let (card, capacity) = (card(RateMeter::Peak), DataRate::from_gbps(1));
    let so_far = hours("-009999-01-03T00:00:00Z", mbps([200; 24]));
    let forecast = |until: &str| card.forecast(&so_far, parse(until), &history(), capacity);
    assert!(forecast("-009999-02-01T00:00:00Z").is_ok());
    says(
        forecast("-009999-02-01T00:00:01Z"),
        "a forecast from -009999-01-04T00:00:00Z can't be until -009999-02-01T00:00:01Z: pass a time \
         after that and at most -009999-02-01T00:00:00Z, where the billing month ends",
    );
}

/// Tariffs of each kind, some in a window, and some with a change of prices.
fn tariffs() -> impl Strategy<Value = Tariff> {
    let percentile = (1_i64..=1_000, proptest::sample::select(PercentileRule::ALL.to_vec()));
    let meters = prop_oneof![
        3 => percentile.prop_map(|(permille, rule)| RateMeter::Percentile(
            Percentile::new(Decimal::new(permille, 1)).unwrap().with_rule(rule),
        )),
        1 => Just(RateMeter::Peak),
        1 => Just(RateMeter::Mean),
        1 => Just(RateMeter::DailyPeakMean),
    ];
    let rates = (meters, scaled(), scaled(), proptest::option::of(1_i8..28)).prop_map(
        |(meter, contract, changed, change)| {
            let of = |contract: &Contract| {
                contract.schedule_of(|units| DataRate::from_bps(u64::try_from(units).unwrap()))
            };
            let tariff = Tariff::by_rate("rate", meter, of(&contract));
            let prices = of(&prices_alone(&changed));
            change.map_or(tariff.clone(), |day| {
                tariff.with_rate_change(date(2025, 3, day), prices).unwrap()
            })
        },
    );
    let volumes = (
        proptest::option::of(0_u64..150),
        scaled(),
        scaled(),
        proptest::collection::btree_set(1_i8..28, 0..3),
    );
    let volumes = volumes.prop_map(|(baseline, contract, changed, changes)| {
        let meter = baseline.map_or(VolumeMeter::Total, |bps| {
            VolumeMeter::Excess(Baseline::constant(DataRate::from_bps(bps)))
        });
        // An hour of 1 bit/s.
        let of = |contract: &Contract| {
            contract.schedule_of(|units| DataVolume::from_nanobits(units * 100_000_000_000_000))
        };
        let tariff = Tariff::by_volume("volume", meter, of(&contract));
        changes.into_iter().fold(tariff, |tariff, day| {
            let prices = of(&prices_alone(if day % 2 == 0 { &changed } else { &contract }));
            tariff.with_volume_change(date(2025, 3, day), prices).unwrap()
        })
    });
    let window = proptest::option::of(proptest::sample::select(vec![
        "22:00 to 06:00",
        "08:00 to 20:00 on Mon to Fri",
        "00:00 to 24:00 on Sat, Sun",
    ]));
    let fee = (0_i64..5_000).prop_map(|fee| Tariff::fee("fee", cents(fee)));
    (prop_oneof![4 => rates, 4 => volumes, 1 => fee], window).prop_map(|(tariff, window)| {
        match window {
            Some(window) if tariff.fee_alone().is_none() => tariff.with_window(parse(window)),
            _ => tariff,
        }
    })
}

/// Contracts of quantities of up to some hundred units.
fn scaled() -> impl Strategy<Value = Contract> {
    use crate::support::contract::GB;
    contracts().prop_map(|contract| {
        let unit = |quantity: u128| (quantity / (GB / 4)).min(400);
        Contract {
            per: unit(contract.per).max(1),
            tiers: contract
                .tiers
                .iter()
                .map(|&(bound, included, price, fee)| (bound / (GB / 4), included, price, fee))
                .collect(),
            allowance: unit(contract.allowance),
            increment: contract.increment.map(|increment| unit(increment).max(1)),
            commitment: unit(contract.commitment),
            ..contract
        }
    })
}

fn prices_alone(contract: &Contract) -> Contract {
    Contract {
        allowance: 0,
        increment: None,
        commitment: 0,
        fixed_fee: None,
        minimum: None,
        maximum: None,
        ..contract.clone()
    }
}

fn is_within(measured: AnyQuantity, ends: &Ends<AnyQuantity>) -> bool {
    match (ends.certain().start(), measured, ends.certain().end()) {
        (AnyQuantity::Rate(low), AnyQuantity::Rate(rate), AnyQuantity::Rate(high)) => {
            (*low..=*high).contains(&rate)
        }
        (AnyQuantity::Volume(low), AnyQuantity::Volume(volume), AnyQuantity::Volume(high)) => {
            (*low..=*high).contains(&volume)
        }
        _ => false,
    }
}

/// Checks that a continuation of the month is in the certain range, tariff by tariff and in total.
fn holds(forecast: &Forecast, bill: &bandwidth_cost::Statement) -> Result<(), TestCaseError> {
    let total = bill.total().unwrap();
    prop_assert!(forecast.cost().certain().contains(&total), "{total}: {forecast:#?}");
    for tariff in forecast.tariffs() {
        let lines = bill.lines().iter().filter(|line| line.tariff() == Some(tariff.name()));
        let lines: Vec<_> = lines.collect();
        let cost = Cost::sum(total.currency(), lines.iter().map(|line| line.amount())).unwrap();
        prop_assert!(tariff.cost().certain().contains(&cost), "{cost}: {tariff:#?}");
        if let (Some(line), Some(ends)) = (lines.first(), tariff.measured()) {
            prop_assert!(is_within(line.measured().unwrap(), ends), "{line:?}: {tariff:#?}");
        }
    }
    Ok(())
}

fn month_of(so_far: &UsageSeries, rest: &[u64]) -> UsageSeries {
    let rest = rest.iter().map(|&bps| DataRate::from_bps(bps).checked_mul(HOUR));
    let all = so_far.iter().map(|(_, volume)| volume).chain(rest);
    UsageSeries::from_volumes(so_far.start(), HOUR, all).unwrap()
}

proptest! {
    #![proptest_config(crate::support::cases(200))]

    #[test]
    fn the_certain_range_holds_for_every_continuation(
        tariffs in proptest::collection::vec(tariffs(), 1..3),
        days in 1_usize..31,
        begins in proptest::option::of(1_i8..10),
        ends in proptest::option::of(20_i8..=31),
        capacity in 1_u64..400,
        charges in charges(),
        seed in (1_u64..99_991, 1_u64..99_991, 0_usize..3),
        direction in proptest::sample::select(vec![
            Direction::Inbound, Direction::Outbound, Direction::Sum, Direction::SlotMax, Direction::Higher,
        ]),
    ) {
        let (own, other, form) = seed;
        let card = RateCard::new(tariffs.into_iter().enumerate().map(|(n, tariff)| {
            if n == 0 { tariff } else { renamed(tariff) }
        })).unwrap().with_direction(direction);
        let card = card.with_time_zone(TimeZone::get("Asia/Karachi").unwrap());
        let card = match begins { Some(day) => card.with_begins(date(2025, 3, day)).unwrap(), None => card };
        let card = match ends { Some(day) => card.with_ends(date(2025, 3, day)).unwrap(), None => card };
        let card = charged(card, charges);
        let until: Timestamp = match ends {
            Some(day) if day < 31 => parse(&format!("2025-03-{day:02}T19:00:00Z")),
            _ => parse("2025-03-31T19:00:00Z"),
        };
        let days = days.max(begins.unwrap_or(1) as usize).min(ends.map_or(30, |day| day as usize - 1));
        let so_far = |seed: u64| {
            let rates = (0..days as u64 * 24).map(|hour| DataRate::from_bps(hour * seed % 300));
            hours("2025-02-28T19:00:00Z", rates)
        };
        let history = hours("2025-01-31T19:00:00Z", (0..28 * 24).map(|hour| DataRate::from_bps(hour * 7 % 250)));
        let left = (until.as_second() - so_far(1).end().as_second()) as usize / 3_600;
        let rest = |seed: u64| -> Vec<u64> {
            (0..left as u64).map(|hour| match form {
                0 => hour * seed % (capacity + 1),
                1 => seed % (capacity + 1),
                _ => if hour % seed == 0 { capacity } else { 0 },
            }).collect()
        };
        let limit = DataRate::from_bps(capacity);
        let one = card.forecast(&so_far(own), until, &history, limit);
        let one = match one {
            Ok(forecast) => forecast,
            // A window may be closed on the days so far.
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        let month = month_of(&so_far(own), &rest(own));
        let bills = card.bill_months(&month).unwrap();
        prop_assert_eq!(bills.len(), 1);
        holds(&one, &bills[0].1)?;

        let link = |of: &dyn Fn(u64) -> UsageSeries| LinkUsage { inbound: of(own), outbound: of(other) };
        let histories = LinkUsage { inbound: history.clone(), outbound: history };
        let both = card.forecast_link(&link(&so_far), until, &histories, limit).unwrap();
        let month = link(&|seed| month_of(&so_far(seed), &rest(seed)));
        let bills = card.bill_link_months(&month).unwrap();
        holds(&both, &bills[0].1)?;
    }

    #[test]
    fn the_certain_cost_is_the_least_and_the_largest_of_all_quantities(
        contract in scaled(),
        used in 0_u64..300,
        capacity in 0_u64..600,
    ) {
        let schedule =
            contract.schedule_of(|units| DataRate::from_bps(u64::try_from(units).unwrap()));
        let card = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, schedule.clone())]).unwrap();
        let so_far = hours("2025-03-01T00:00:00Z", [DataRate::from_bps(used)]);
        let forecast =
            card.forecast(&so_far, until(), &history(), DataRate::from_bps(capacity)).unwrap();
        let costs = (used..=capacity.max(used)).map(|bps| schedule.cost(DataRate::from_bps(bps)));
        let costs: Vec<Cost> = costs.collect();
        let by_amount = |a: &&Cost, b: &&Cost| a.amount().cmp(b.amount());
        let certain = forecast.cost().certain();
        prop_assert_eq!(certain.start(), costs.iter().min_by(by_amount).unwrap());
        prop_assert_eq!(certain.end(), costs.iter().max_by(by_amount).unwrap());
    }
}

/// A minimum, a maximum, and a percentage of the bill, of the first tariff, and of a credit.
type Charges = (Option<i64>, Option<i64>, Vec<(i64, u8)>);

fn charges() -> impl Strategy<Value = Charges> {
    let adjustments = proptest::collection::vec((-40_i64..40, 0_u8..4), 0..3);
    (proptest::option::of(0_i64..20_000), proptest::option::of(20_000_i64..60_000), adjustments)
}

fn charged(card: RateCard, (minimum, maximum, adjustments): Charges) -> RateCard {
    use bandwidth_cost::tariff::Adjustment;
    let card = minimum.map_or(card.clone(), |least| card.with_minimum(cents(least)).unwrap());
    let card = maximum.map_or(card.clone(), |most| card.with_maximum(cents(most)).unwrap());
    adjustments.into_iter().enumerate().fold(card, |card, (number, (percent, kind))| {
        let name = format!("adjustment {number}");
        let share = || Adjustment::percent(name.clone(), &format!("{percent}%")).unwrap();
        let adjustment = match kind {
            0 => Adjustment::amount(name, cents(percent * 100)),
            1 => share().of([card.tariffs()[0].name().to_owned()]),
            // Before the service begins, of some cards.
            2 => share().on(date(2025, 3, 2)),
            _ => share(),
        };
        card.with_adjustment(adjustment).unwrap()
    })
}

fn renamed(tariff: Tariff) -> Tariff {
    let renamed = match (tariff.volume(), tariff.rate()) {
        (Some((meter, schedule)), _) => {
            Tariff::by_volume("second", meter.clone(), schedule.clone())
        }
        (_, Some((meter, schedule))) => Tariff::by_rate("second", meter, schedule.clone()),
        _ => return Tariff::fee("second", tariff.fee_alone().unwrap()),
    };
    tariff.window().map_or(renamed.clone(), |window| renamed.with_window(window))
}

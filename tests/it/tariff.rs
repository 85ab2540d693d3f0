//! Tariffs and bills: what each meter measures, parts of a period, directions, months, statements
//! and invoices, with exact values and texts.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

use bandwidth_cost::tariff::{StatementLine, TariffError};
use bandwidth_cost::{
    AnyQuantity, Baseline, Currency, DataRate, DataVolume, Decimal, Direction, Error, LineKind,
    LinkUsage, Money, Percentile, PercentileRule, RateCard, RateMeter, RoundingStrategy, Schedule,
    Share, Statement, Tariff, Tier, Tiers, UsageSeries, VolumeMeter,
    jiff::{Timestamp, tz::TimeZone},
};
use core::time::Duration;

const FIVE_MINUTES: Duration = Duration::from_secs(300);
const HOUR: Duration = Duration::from_secs(3600);

fn volume(text: &str) -> DataVolume {
    text.parse().unwrap()
}

fn rate(text: &str) -> DataRate {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// Slots of 5 minutes from a start on, in Mbps.
fn slots(start: &str, mbps: impl IntoIterator<Item = u64>) -> UsageSeries {
    let rates = mbps.into_iter().map(DataRate::from_mbps);
    UsageSeries::from_rates(time(start), FIVE_MINUTES, rates).unwrap()
}

/// One slot of an hour.
fn hour(carried: &str) -> UsageSeries {
    UsageSeries::from_volumes(time("2025-01-01T00:00:00Z"), HOUR, [volume(carried)]).unwrap()
}

fn flat_rate(price: &str) -> Schedule<DataRate> {
    Schedule::flat(price.parse().unwrap())
}

fn flat_volume(price: &str) -> Schedule<DataVolume> {
    Schedule::flat(price.parse().unwrap())
}

fn by_rate(meter: RateMeter) -> Tariff {
    Tariff::by_rate("link", meter, flat_rate("1 USD per 1 Mbps"))
}

fn by_volume(meter: VolumeMeter) -> Tariff {
    Tariff::by_volume("link", meter, flat_volume("1 USD per 1 MB"))
}

fn total(statement: &Statement) -> String {
    statement.total().unwrap().to_string()
}

/// What each line is for, and what it adds.
fn lines(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.line().to_string()).collect()
}

#[test]
fn each_meter_measures_what_its_name_says() {
    // 1 to 20 Mbps; midnight in UTC lies between the 10th and the 11th.
    let series = slots("2025-01-01T23:10:00Z", 1..=20);
    let measured = |tariff: Tariff| {
        let statement = tariff.bill(&series).unwrap();
        let line = &statement.lines()[0];
        assert_eq!(statement.lines().len(), 1);
        assert_eq!(line.tariff(), Some("link"));
        (line.meter().unwrap().to_owned(), line.measured().unwrap(), total(&statement))
    };
    let is = |meter: &str, measured, total: &str| (meter.to_owned(), measured, total.to_owned());
    let of_volume = |text| AnyQuantity::Volume(volume(text));
    let of_rate = |text| AnyQuantity::Rate(rate(text));

    // 210 Mbps for 300 s are 63,000 Mb.
    let total = by_volume(VolumeMeter::Total);
    assert_eq!(measured(total), is("total volume", of_volume("7.875 GB"), "7875 USD"));
    // 1 + 2 + 3 + 4 + 5 Mbps above 15, for 300 s.
    let excess = by_volume(VolumeMeter::Excess(Baseline::constant(rate("15 Mbps"))));
    assert_eq!(measured(excess), is("excess volume", of_volume("562.5 MB"), "562.5 USD"));
    let p95 = by_rate(RateMeter::Percentile(Percentile::P95));
    assert_eq!(measured(p95), is("95th percentile", of_rate("19 Mbps"), "19 USD"));
    // 87.5 % of 20 are 17.5: number 18, or 17 where 12.5 % rounded up are discarded.
    let percentile = Percentile::new(Decimal::new(875, 1)).unwrap();
    let p875 = by_rate(RateMeter::Percentile(percentile));
    assert_eq!(measured(p875), is("87.5th percentile", of_rate("18 Mbps"), "18 USD"));
    let cacti = percentile.with_rule(PercentileRule::DiscardRoundedUp);
    assert_eq!(
        measured(by_rate(RateMeter::Percentile(cacti))),
        is("87.5th percentile by discard rounded up", of_rate("17 Mbps"), "17 USD"),
    );
    let peak = by_rate(RateMeter::Peak);
    assert_eq!(measured(peak), is("peak rate", of_rate("20 Mbps"), "20 USD"));
    let mean = by_rate(RateMeter::Mean);
    assert_eq!(measured(mean), is("mean rate", of_rate("10.5 Mbps"), "10.5 USD"));
    // 10 Mbps on the first day of UTC, 20 on the second.
    let days = by_rate(RateMeter::DailyPeakMean);
    assert_eq!(measured(days), is("mean of daily peaks", of_rate("15 Mbps"), "15 USD"));
}

#[test]
fn the_days_of_a_card_are_those_of_its_zone() {
    let series = slots("2025-01-01T23:10:00Z", 1..=20);
    let card = RateCard::new([by_rate(RateMeter::DailyPeakMean)]).unwrap();
    assert_eq!(total(&card.bill(&series).unwrap()), "15 USD");
    let karachi = card.with_time_zone(zone("Asia/Karachi")); // one day, from 04:10 on
    assert_eq!(total(&karachi.bill(&series).unwrap()), "20 USD");
}

#[test]
fn the_mean_of_daily_peaks_is_the_nearest_bit_per_second_half_to_even() {
    let mean = |bps: &[u64]| {
        let rates = bps.iter().copied().map(DataRate::from_bps);
        let day = Duration::from_secs(86_400);
        let series = UsageSeries::from_rates(time("2025-01-01T00:00:00Z"), day, rates).unwrap();
        let statement = by_rate(RateMeter::DailyPeakMean).bill(&series).unwrap();
        statement.lines()[0].measured().unwrap().to_string()
    };
    assert_eq!(mean(&[1, 2]), "2 bps");
    assert_eq!(mean(&[2, 3]), "2 bps");
    assert_eq!(mean(&[1, 1, 2]), "1 bps");
    assert_eq!(mean(&[u64::MAX; 2]), DataRate::MAX.to_string());
}

#[test]
fn a_baseline_of_other_slots_is_refused() {
    let plan = Baseline::series(slots("2025-01-01T00:00:00Z", [1, 2, 3]));
    let extra = by_volume(VolumeMeter::Excess(plan));
    // 4 and 5 Mbps above 2 and 3, for 300 s.
    let within = slots("2025-01-01T00:05:00Z", [6, 8]);
    assert_eq!(total(&extra.bill(&within).unwrap()), "337.5 USD");
    let beyond = slots("2025-01-01T00:10:00Z", [6, 8]);
    let message = "slots of 5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:15:00Z do not match slots of 5 min from 2025-01-01T00:10:00Z to 2025-01-01T00:20:00Z: pass series of the same slots";
    assert_eq!(extra.bill(&beyond).unwrap_err().to_string(), message);
    let card = RateCard::new([extra]).unwrap();
    assert_eq!(card.bill(&beyond).unwrap_err().to_string(), message);
    let of_month = format!("month from 2025-01-01: {message}");
    assert_eq!(card.bill_months(&beyond).unwrap_err().to_string(), of_month);
}

#[test]
fn a_rate_for_a_part_of_a_period_is_that_part_of_the_whole_cost() {
    let schedule = flat_rate("0.80 USD per 1 Mbps")
        .with_commitment(rate("4 Gbps"))
        .with_fixed_fee(money("100 USD"))
        .unwrap();
    let port = Tariff::by_rate("port", RateMeter::Peak, schedule);
    let series = slots("2025-06-17T00:00:00Z", [3_000, 1_000]);
    let statement = port.bill_part(&series, Share::new(14, 30).unwrap()).unwrap();
    assert_eq!(
        lines(&statement),
        [
            "unused commitment: 1 Gbps",
            "usage: 4 Gbps at 0.80 USD per 1 Mbps = 3200 USD",
            "fixed fee: 100 USD",
            "out of service, 8/15: -1760 USD",
        ],
    );
    assert_eq!(total(&statement), "1540 USD"); // 14/30 of 3,300
    assert_eq!(statement.lines()[3].line().kind(), LineKind::OutOfService);

    let none = port.bill_part(&series, Share::ZERO).unwrap();
    assert_eq!(lines(&none)[3], "out of service, 100%: -3300 USD");
    assert_eq!(total(&none), "0 USD");
    assert_eq!(port.bill_part(&series, Share::ONE), port.bill(&series));
    assert_eq!(lines(&port.bill(&series).unwrap()).len(), 3);
}

#[test]
fn a_volume_in_a_part_of_a_period_scales_fees_minimum_and_maximum() {
    let third = Share::new(1, 3).unwrap();
    let bill = |schedule, used| {
        let egress = Tariff::by_volume("egress", VolumeMeter::Total, schedule);
        let statement = egress.bill_part(&hour(used), third).unwrap();
        (lines(&statement), total(&statement))
    };
    let price = || flat_volume("1 USD per 1 GB");

    let (fee, sum) = bill(price().with_fixed_fee(money("100 USD")).unwrap(), "5 GB");
    assert_eq!(fee, ["usage: 5 GB at 1 USD per 1 GB = 5 USD", "fixed fee: 100/3 USD"]);
    assert_eq!(sum, "115/3 USD");
    let (minimum, sum) = bill(price().with_minimum(money("90 USD")).unwrap(), "5 GB");
    assert_eq!(minimum[1], "up to the minimum: 25 USD");
    assert_eq!(sum, "30 USD");
    let (maximum, sum) = bill(price().with_maximum(money("90 USD")).unwrap(), "50 GB");
    assert_eq!(maximum[1], "down to the maximum: -20 USD");
    assert_eq!(sum, "30 USD");
}

#[test]
fn a_volume_in_a_part_of_a_period_keeps_bounds_prices_and_increments() {
    let tiers = Tiers::new([
        Tier::up_to(volume("100 GB"), "1 USD per 1 GB".parse().unwrap()),
        Tier::rest("0.50 USD per 1 GB".parse().unwrap()).with_fee(money("6 USD")),
    ]);
    let schedule = Schedule::graduated(tiers.unwrap()).with_increment(volume("50 GB")).unwrap();
    let egress = Tariff::by_volume("egress", VolumeMeter::Total, schedule);
    let statement = egress.bill_part(&hour("120 GB"), Share::new(1, 3).unwrap()).unwrap();
    assert_eq!(
        lines(&statement),
        [
            "rounded up by: 30 GB",
            "up to 100 GB: 100 GB at 1 USD per 1 GB = 100 USD",
            "above 100 GB: 50 GB at 0.50 USD per 1 GB = 25 USD",
            "fee, above 100 GB: 2 USD",
        ],
    );
}

#[test]
fn parts_of_allowances_and_commitments_are_rounded_down_to_the_smallest_unit() {
    let third = Share::new(1, 3).unwrap();
    let bill = |schedule, used| {
        let egress = Tariff::by_volume("egress", VolumeMeter::Total, schedule);
        let statement = egress.bill_part(&hour(used), third).unwrap();
        let quantity = statement.lines()[0].line().quantity();
        (quantity, total(&statement))
    };
    // A third of 80,000,000,000,000,000,000 billionths of a bit.
    let part = Some(AnyQuantity::Volume(DataVolume::from_nanobits(26_666_666_666_666_666_666)));
    let price = || flat_volume("1 USD per 1 GB");
    assert_eq!(
        bill(price().with_allowance(volume("10 GB")), "5 GB"),
        (part, "1.66666666666666666675 USD".to_owned()),
    );
    assert_eq!(
        bill(price().with_commitment(volume("10 GB")), "0 B"),
        (part, "3.33333333333333333325 USD".to_owned()),
    );
}

#[test]
fn a_card_bills_parts_by_each_of_its_tariffs() {
    let port = Tariff::by_rate("port", RateMeter::Peak, flat_rate("1 USD per 1 Mbps"));
    let fee = flat_volume("1 USD per 1 GB").with_fixed_fee(money("9 USD")).unwrap();
    let egress = Tariff::by_volume("egress", VolumeMeter::Total, fee);
    let card = RateCard::new([port, egress]).unwrap();
    // 80 Mbps for an hour are 36 GB.
    let statement = card.bill_part(&hour("36 GB"), Share::new(1, 3).unwrap()).unwrap();
    assert_eq!(
        lines(&statement),
        [
            "usage: 80 Mbps at 1 USD per 1 Mbps = 80 USD",
            "out of service, 2/3: -160/3 USD",
            "usage: 36 GB at 1 USD per 1 GB = 36 USD",
            "fixed fee: 3 USD",
        ],
    );
    let names: Vec<&str> = statement.lines().iter().map(|line| line.tariff().unwrap()).collect();
    assert_eq!(names, ["port", "port", "egress", "egress"]);
    assert_eq!(total(&statement), "197/3 USD");
}

/// In each slot, the other direction is busier.
fn link() -> LinkUsage {
    let start = "2025-01-01T00:00:00Z";
    LinkUsage { inbound: slots(start, [900, 500]), outbound: slots(start, [80, 700]) }
}

/// The one direction of all lines.
#[track_caller]
fn direction_of(statement: &Statement) -> Option<Direction> {
    let direction = statement.lines()[0].direction();
    assert!(statement.lines().iter().all(|line| line.direction() == direction));
    direction
}

fn bill_link(direction: Direction, link: &LinkUsage) -> Result<Statement, Error> {
    let card = RateCard::new([by_rate(RateMeter::Peak)]).unwrap();
    card.with_direction(direction).bill_link(link)
}

#[test]
fn a_link_is_billed_by_its_direction() {
    let cases = [
        (Direction::Inbound, "900 USD"),
        (Direction::Outbound, "700 USD"),
        (Direction::Sum, "1200 USD"),
        (Direction::SlotMax, "900 USD"),
    ];
    for (direction, cost) in cases {
        let statement = bill_link(direction, &link()).unwrap();
        assert_eq!(direction_of(&statement), Some(direction));
        assert_eq!(total(&statement), cost, "{direction}");
        assert_eq!(statement.start(), time("2025-01-01T00:00:00Z"));
        assert_eq!(statement.end(), time("2025-01-01T00:10:00Z"));
    }
    // The mean tells the larger of both in each slot from the larger direction.
    let card = RateCard::new([by_rate(RateMeter::Mean)]).unwrap();
    let mean =
        |direction| total(&card.clone().with_direction(direction).bill_link(&link()).unwrap());
    assert_eq!(mean(Direction::SlotMax), "800 USD");
    assert_eq!(mean(Direction::Higher), "700 USD");
}

#[test]
fn the_higher_direction_is_the_one_with_the_dearer_bill_and_inbound_on_a_tie() {
    let higher = |inbound, outbound| {
        let start = "2025-01-01T00:00:00Z";
        let link = LinkUsage { inbound: slots(start, inbound), outbound: slots(start, outbound) };
        let statement = bill_link(Direction::Higher, &link).unwrap();
        (direction_of(&statement).unwrap(), total(&statement))
    };
    assert_eq!(higher([900, 500], [80, 700]), (Direction::Inbound, "900 USD".to_owned()));
    assert_eq!(higher([90, 500], [80, 700]), (Direction::Outbound, "700 USD".to_owned()));
    assert_eq!(higher([700, 1], [80, 700]), (Direction::Inbound, "700 USD".to_owned()));
}

#[test]
fn the_dearer_direction_is_that_of_each_tariff() {
    // Outbound peaks higher, and inbound has more volume.
    let egress = Tariff::by_volume("volume", VolumeMeter::Total, flat_volume("1 USD per 1 MB"));
    let card = RateCard::new([by_rate(RateMeter::Peak), egress]).unwrap();
    let start = "2025-01-01T00:00:00Z";
    let link = LinkUsage { inbound: slots(start, [8, 8]), outbound: slots(start, [10, 0]) };
    let statement = card.with_direction(Direction::Higher).bill_link(&link).unwrap();
    let directions: Vec<_> = statement.lines().iter().map(StatementLine::direction).collect();
    assert_eq!(directions, [Some(Direction::Outbound), Some(Direction::Inbound)]);
    assert_eq!(total(&statement), "610 USD"); // 10, and 2 × 8 Mbps × 300 s
}

#[test]
fn a_tariff_has_one_currency_in_which_its_directions_are_compared() {
    let local = Tariff::by_rate("local", RateMeter::Peak, flat_rate("9 PKR per 1 Mbps"));
    let card = RateCard::new([by_rate(RateMeter::Peak), local]).unwrap();
    let start = "2025-01-01T00:00:00Z";
    let link = LinkUsage { inbound: slots(start, [8, 8]), outbound: slots(start, [10, 0]) };
    let higher = card.with_direction(Direction::Higher).bill_link(&link).unwrap();
    let totals: Vec<String> = higher.totals().iter().map(ToString::to_string).collect();
    assert_eq!(totals, ["10 USD", "90 PKR"]);
}

#[test]
fn directions_are_combined_only_where_their_slots_are_the_same() {
    let start = "2025-01-01T00:00:00Z";
    let later = slots("2025-01-01T00:05:00Z", [80, 700]);
    let longer = slots(start, [80, 700, 1]);
    let hourly = hour("1 GB");
    let inbound = slots(start, [900, 500]);
    let refused = |outbound: &UsageSeries, direction| {
        let link = LinkUsage { inbound: inbound.clone(), outbound: outbound.clone() };
        bill_link(direction, &link).unwrap_err().to_string()
    };
    for direction in [Direction::Sum, Direction::SlotMax, Direction::Higher] {
        assert_eq!(
            refused(&later, direction),
            "slots of 5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:10:00Z do not match slots of \
             5 min from 2025-01-01T00:05:00Z to 2025-01-01T00:15:00Z: pass series of the same \
             slots",
        );
        assert_eq!(
            refused(&longer, direction),
            "slots of 5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:10:00Z do not match slots of \
             5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:15:00Z: pass series of the same \
             slots",
        );
        assert_eq!(
            refused(&hourly, direction),
            "slots of 5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:10:00Z do not match slots of \
             1 h from 2025-01-01T00:00:00Z to 2025-01-01T01:00:00Z: pass series of the same slots",
        );
    }
    // Where only one counts, the other need not be.
    let link = LinkUsage { inbound, outbound: later };
    for direction in [Direction::Inbound, Direction::Outbound] {
        assert!(bill_link(direction, &link).is_ok(), "{direction}");
    }
}

#[test]
fn directions_are_written_and_read_by_name() {
    for direction in [
        Direction::Inbound,
        Direction::Outbound,
        Direction::Sum,
        Direction::SlotMax,
        Direction::Higher,
    ] {
        assert_eq!(direction.to_string().parse(), Ok(direction));
    }
    assert_eq!(
        "Inbound".parse::<Direction>().unwrap_err().to_string(),
        "unexpected `Inbound` at byte 0: expected inbound, outbound, sum, slot_max or higher",
    );
    assert_eq!(format!("{:>8}|", Direction::Sum), "     sum|");
}

/// Each month's first day, its slots and its total, at 1 USD per slot.
fn months(start: &str, count: usize, zone_name: &str) -> Vec<(String, u64, String)> {
    let carried = vec![DataVolume::from_megabytes(1); count];
    let series = UsageSeries::from_volumes(time(start), FIVE_MINUTES, carried).unwrap();
    let card = RateCard::new([by_volume(VolumeMeter::Total)]).unwrap();
    let months = card.with_time_zone(zone(zone_name)).bill_months(&series).unwrap();
    let row = |(first, statement): &(_, Statement)| {
        let slots = statement.end().duration_since(statement.start()).as_secs() / 300;
        (ToString::to_string(first), u64::try_from(slots).unwrap(), total(statement))
    };
    months.iter().map(row).collect()
}

#[test]
fn months_are_those_of_the_zone_clock_changes_among_them() {
    let is = |rows: &[(&str, u64)]| -> Vec<(String, u64, String)> {
        let row = |&(first, slots): &(&str, u64)| (first.to_owned(), slots, format!("{slots} USD"));
        rows.iter().map(row).collect()
    };
    // November begins at 00:00 EDT, and has an hour more; the series ends at the end of December.
    let start = "2024-11-01T04:00:00Z";
    let slots = 8_652 + 8_928;
    assert_eq!(
        months(start, slots, "America/New_York"),
        is(&[("2024-11-01", 8_652), ("2024-12-01", 8_928)]),
    );
    assert_eq!(
        months(start, slots, "UTC"),
        is(&[("2024-11-01", 8_640 - 48), ("2024-12-01", 8_928), ("2025-01-01", 60)]),
    );
    // September has an hour less.
    assert_eq!(
        months("2024-08-31T12:00:00Z", 8_628 + 1, "Pacific/Auckland"),
        is(&[("2024-09-01", 8_628), ("2024-10-01", 1)]),
    );
}

/// A tariff of a fixed fee alone.
fn fee(name: &str, fee: &str) -> Tariff {
    let fee = money(fee);
    let free = Money::zero(fee.currency());
    let price = bandwidth_cost::RatePrice::new(free, rate("1 Mbps")).unwrap();
    let schedule = Schedule::flat(price).with_fixed_fee(fee).unwrap();
    Tariff::by_rate(name, RateMeter::Peak, schedule)
}

fn day() -> UsageSeries {
    slots("2025-01-01T00:00:00Z", [100; 288])
}

#[test]
fn totals_are_one_for_each_currency_in_the_order_of_the_lines() {
    let tariffs = [
        fee("a", "0.10 USD"),
        fee("b", "5 EUR"),
        fee("c", "0.20 USD"),
        fee("d", "7 JPY"),
        fee("e", "1 EUR"),
    ];
    let statement = RateCard::new(tariffs).unwrap().bill(&day()).unwrap();
    let totals: Vec<String> = statement.totals().iter().map(ToString::to_string).collect();
    assert_eq!(totals, ["0.3 USD", "6 EUR", "7 JPY"]);
    let message = "currency mismatch: USD and EUR; convert one with an exchange rate first";
    assert_eq!(statement.total().unwrap_err().to_string(), message);

    let invoice = statement.settle(RoundingStrategy::MidpointNearestEven).unwrap();
    let totals: Vec<String> = invoice.totals().iter().map(ToString::to_string).collect();
    assert_eq!(totals, ["0.30 USD", "6.00 EUR", "7 JPY"]);
    let differences: Vec<String> = invoice.differences().iter().map(ToString::to_string).collect();
    assert_eq!(differences, ["0.00 USD", "0.00 EUR", "0 JPY"]);
    assert_eq!(invoice.total().unwrap_err().to_string(), message);
}

#[test]
fn each_strategy_settles_each_line_and_says_what_that_makes_of_the_total() {
    use RoundingStrategy::{
        AwayFromZero, MidpointAwayFromZero, MidpointNearestEven, MidpointTowardZero,
        ToNegativeInfinity, ToPositiveInfinity, ToZero,
    };
    // Half of the period: 0.25 − 0.125 + 0.27 − 0.135 are 0.26 exactly.
    let card = RateCard::new([fee("a", "0.25 USD"), fee("b", "0.27 USD")]).unwrap();
    let statement = card.bill_part(&day(), Share::from_percent(50)).unwrap();
    assert_eq!(total(&statement), "0.26 USD");

    let cases = [
        (MidpointNearestEven, "-0.12", "-0.14", "0.26", "0.00"),
        (MidpointAwayFromZero, "-0.13", "-0.14", "0.25", "-0.01"),
        (MidpointTowardZero, "-0.12", "-0.13", "0.27", "0.01"),
        (ToZero, "-0.12", "-0.13", "0.27", "0.01"),
        (AwayFromZero, "-0.13", "-0.14", "0.25", "-0.01"),
        (ToNegativeInfinity, "-0.13", "-0.14", "0.25", "-0.01"),
        (ToPositiveInfinity, "-0.12", "-0.13", "0.27", "0.01"),
    ];
    for (strategy, first, second, sum, difference) in cases {
        let invoice = statement.settle(strategy).unwrap();
        let amounts: Vec<String> =
            invoice.lines().iter().map(|line| line.amount().amount().to_string()).collect();
        // The first line of each is the usage, of nothing.
        assert_eq!(amounts, ["0.00", "0.25", first, "0.00", "0.27", second], "{strategy:?}",);
        assert_eq!(invoice.total().unwrap(), Money::new(sum.parse().unwrap(), Currency::USD));
        let difference = Money::new(difference.parse().unwrap(), Currency::USD);
        assert_eq!(invoice.differences(), [difference], "{strategy:?}");
        let kept: Vec<_> =
            invoice.lines().iter().map(|line| line.line().unwrap().clone()).collect();
        assert_eq!(kept, statement.lines());
        assert_eq!(
            (invoice.start(), invoice.end(), invoice.coverage()),
            (statement.start(), statement.end(), statement.coverage()),
        );
    }
}

#[test]
fn what_has_no_minor_units_is_not_settled() {
    let card = RateCard::new([fee("a", "1 USD"), fee("gold", "0.5 XAU")]).unwrap();
    let statement = card.bill(&day()).unwrap();
    assert_eq!(
        statement.settle(RoundingStrategy::ToZero).unwrap_err().to_string(),
        "XAU has no minor units: round with round_to and a number of decimal places, and split by multiplying a cost by shares",
    );
}

#[test]
fn what_no_decimal_holds_is_not_settled() {
    // 10^32 cents take more than 96 bits.
    let price = flat_volume("1000000000000000000000 USD per 1 B");
    let tariff = Tariff::by_volume("link", VolumeMeter::Total, price);
    let statement = tariff.bill(&hour("1 GB")).unwrap();
    assert_eq!(total(&statement), "1000000000000000000000000000000 USD");
    assert_eq!(
        statement.settle(RoundingStrategy::ToZero).unwrap_err().to_string(),
        "1000000000000000000000000000000 does not fit 96 bits with 2 decimal places: pass fewer places, or keep the exact number, which has no bounds",
    );
}

/// A contract with most lines that there are, and a tariff in another currency.
fn contract() -> RateCard {
    let tiers = Tiers::new([
        Tier::up_to(rate("1 Gbps"), "0.80 USD per 1 Mbps".parse().unwrap()),
        Tier::rest("0.55 USD per 1 Mbps".parse().unwrap()).with_fee(money("12.50 USD")),
    ]);
    let transit = Schedule::graduated(tiers.unwrap())
        .with_commitment(rate("2500 Mbps"))
        .with_fixed_fee(money("1000.005 USD"))
        .unwrap();
    let local = flat_volume("1 PKR per 3 GB").with_allowance(volume("10 GB"));
    RateCard::new([
        Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), transit),
        Tariff::by_volume("local loop", VolumeMeter::Total, local),
    ])
    .unwrap()
}

fn contract_link() -> LinkUsage {
    let start = "2025-01-01T00:00:00Z";
    LinkUsage { inbound: slots(start, [1_200; 2]), outbound: slots(start, [100; 2]) }
}

#[test]
fn a_statement_is_a_table() {
    // 1.3 Gbps for 600 s are 97.5 GB.
    let statement = contract().bill_link(&contract_link()).unwrap();
    let table = "\
2025-01-01T00:00:00Z to 2025-01-01T00:10:00Z, sum
transit: 95th percentile, 1.3 Gbps
  unused commitment  1.2 Gbps
  up to 1 Gbps         1 Gbps  at 0.80 USD per 1 Mbps      800.00 USD
  above 1 Gbps       1.5 Gbps  at 0.55 USD per 1 Mbps      825.00 USD
  fee, above 1 Gbps                                         12.50 USD
  fixed fee                                            ≈ 1,000.00 USD
local loop: total volume, 97.5 GB
  allowance             10 GB
  usage               87.5 GB  at 1 PKR per 3 GB          ≈ 29.17 PKR
total                                                  ≈ 2,637.50 USD
total                                                     ≈ 29.17 PKR";
    assert_eq!(statement.to_string(), table);
    let exact: Vec<String> = statement.totals().iter().map(ToString::to_string).collect();
    assert_eq!(exact, ["2637.505 USD", "175/6 PKR"]);
}

#[test]
fn a_precision_is_that_of_the_amounts() {
    let statement = contract().bill_link(&contract_link()).unwrap();
    let table = "\
2025-01-01T00:00:00Z to 2025-01-01T00:10:00Z, sum
transit: 95th percentile, 1.3 Gbps
  unused commitment  1.2 Gbps
  up to 1 Gbps         1 Gbps  at 0.80 USD per 1 Mbps    800.000 USD
  above 1 Gbps       1.5 Gbps  at 0.55 USD per 1 Mbps    825.000 USD
  fee, above 1 Gbps                                       12.500 USD
  fixed fee                                            1,000.005 USD
local loop: total volume, 97.5 GB
  allowance             10 GB
  usage               87.5 GB  at 1 PKR per 3 GB        ≈ 29.167 PKR
total                                                  2,637.505 USD
total                                                   ≈ 29.167 PKR";
    assert_eq!(format!("{statement:.3}"), table);
}

#[test]
fn an_invoice_is_a_table_that_says_what_rounding_did() {
    let card = RateCard::new([
        fee("port", "0.125 USD"),
        fee("router", "1234.125 USD"),
        fee("power", "2 PKR"),
    ]);
    let invoice =
        card.unwrap().bill(&day()).unwrap().settle(RoundingStrategy::MidpointAwayFromZero).unwrap();
    let table = "\
2025-01-01T00:00:00Z to 2025-01-02T00:00:00Z
port: peak rate, 100 Mbps
  usage               100 Mbps  at 0 USD per 1 Mbps      0.00 USD
  fixed fee                                              0.13 USD
router: peak rate, 100 Mbps
  usage               100 Mbps  at 0 USD per 1 Mbps      0.00 USD
  fixed fee                                          1,234.13 USD
power: peak rate, 100 Mbps
  usage               100 Mbps  at 0 PKR per 1 Mbps      0.00 PKR
  fixed fee                                              2.00 PKR
total                                                1,234.26 USD
of this, by rounding                                     0.01 USD
total                                                    2.00 PKR
each line rounded half away from zero";
    assert_eq!(invoice.to_string(), table);
}

#[test]
fn a_part_of_a_period_and_the_bounds_of_a_total_are_lines_of_their_own() {
    let schedule = flat_rate("3 USD per 1 Mbps").with_maximum(money("250 USD")).unwrap();
    let capped = Tariff::by_rate("capped", RateMeter::Peak, schedule);
    let schedule = flat_rate("1 USD per 1 Mbps").with_minimum(money("250 USD")).unwrap();
    let raised = Tariff::by_rate("raised", RateMeter::Peak, schedule);
    let card = RateCard::new([capped, raised]).unwrap();
    let statement = card.bill_part(&day(), Share::new(14, 31).unwrap()).unwrap();
    let table = "\
2025-01-01T00:00:00Z to 2025-01-02T00:00:00Z
capped: peak rate, 100 Mbps
  usage                  100 Mbps  at 3 USD per 1 Mbps     300.00 USD
  down to the maximum                                      -50.00 USD
  out of service, 17/31                                 ≈ -137.10 USD
raised: peak rate, 100 Mbps
  usage                  100 Mbps  at 1 USD per 1 Mbps     100.00 USD
  up to the minimum                                        150.00 USD
  out of service, 17/31                                 ≈ -137.10 USD
total                                                    ≈ 225.81 USD";
    assert_eq!(statement.to_string(), table);
}

#[test]
fn amounts_without_minor_units_are_shown_exactly() {
    let card = RateCard::new([fee("gold", "0.5 XAU")]).unwrap();
    let statement = card.bill_part(&day(), Share::new(1, 3).unwrap()).unwrap();
    let table = "\
2025-01-01T00:00:00Z to 2025-01-02T00:00:00Z
gold: peak rate, 100 Mbps
  usage                100 Mbps  at 0 XAU per 1 Mbps     0 XAU
  fixed fee                                            0.5 XAU
  out of service, 2/3                                 -1/3 XAU
total                                                  1/6 XAU";
    assert_eq!(statement.to_string(), table);
    assert!(format!("{statement:.2}").ends_with("≈ 0.17 XAU"));
}

#[test]
fn tariffs_of_like_meters_keep_headings_of_their_own() {
    let statement = RateCard::new([fee("a", "1 USD"), fee("b", "1 USD")]).unwrap().bill(&day());
    let table = statement.unwrap().to_string();
    let headings: Vec<&str> = table.lines().filter(|line| line.contains(": peak rate")).collect();
    assert_eq!(headings, ["a: peak rate, 100 Mbps", "b: peak rate, 100 Mbps"]);
    assert!(table.lines().all(|line| line == line.trim_end()));
}

#[test]
fn a_card_has_tariffs_with_names_of_their_own() {
    assert_eq!(
        RateCard::new([]),
        Err(TariffError::Empty { whole: "rate card", part: "tariff" }.into())
    );
    let three = [fee("b", "1 USD"), fee("a", "1 USD"), fee("b", "2 USD")];
    assert_eq!(
        RateCard::new(three),
        Err(TariffError::RepeatedTariff { name: "b".to_owned() }.into())
    );
    let two = RateCard::new([fee("b", "1 USD"), fee("a", "1 USD")]).unwrap();
    let names: Vec<&str> = two.tariffs().iter().map(Tariff::name).collect();
    assert_eq!(names, ["b", "a"], "in the order in which they were given");
    assert_eq!(two.tariffs()[0].currency(), Currency::USD);
}

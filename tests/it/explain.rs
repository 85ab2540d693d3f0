//! Interpretations of a contract that give an invoiced figure.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the numbers of these tests are small"
)]

use crate::support::{parse, says};
use bandwidth_cost::{
    AnyQuantity, Cost, DataRate, DataVolume, Decimal, Direction, LinkUsage, Percentile,
    PercentileRule, RateCard, RateMeter, Schedule, Share, Tariff, Tier, Tiers, UsageSeries,
    VolumeMeter,
    jiff::{
        Timestamp,
        civil::{Date, date},
        tz::TimeZone,
    },
    tariff::{Adjustment, Assumption, Explanation, Figure},
    usage::BillingCycle,
};
use core::time::Duration;
use proptest::prelude::*;

const DIRECTIONS: [Direction; 5] = [
    Direction::Inbound,
    Direction::Outbound,
    Direction::Sum,
    Direction::SlotMax,
    Direction::Higher,
];

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

fn transit(price: &str) -> Tariff {
    let meter = RateMeter::Percentile(Percentile::P95);
    Tariff::by_rate("transit", meter, Schedule::flat(parse(price)))
}

fn karachi(tariff: Tariff) -> RateCard {
    RateCard::new([tariff]).unwrap().with_time_zone(TimeZone::get("Asia/Karachi").unwrap())
}

/// Rates that repeat in no day and no hour, from an instant on.
fn series(start: &str, slots: u64, interval: Duration, seed: u64) -> UsageSeries {
    let rates = (0..slots).map(|slot| DataRate::from_kbps(slot * seed % 99_991));
    UsageSeries::from_rates(parse::<Timestamp>(start), interval, rates).unwrap()
}

/// January 2025 in Karachi and a day on both sides.
fn link() -> LinkUsage {
    let of = |seed| series("2024-12-30T19:00:00Z", 33 * 72, minutes(20), seed);
    LinkUsage { inbound: of(7_919), outbound: of(6_007) }
}

fn texts(answers: &[Explanation]) -> Vec<String> {
    answers.iter().map(ToString::to_string).collect()
}

#[test]
fn the_cards_own_interpretation_comes_first() {
    let (card, link) = (karachi(transit("1 USD per 1 Mbps")), link());
    let months: Vec<_> = link.inbound.by_month(card.time_zone()).collect();
    let outbound: Vec<_> = link.outbound.by_month(card.time_zone()).collect();
    let month = LinkUsage { inbound: months[1].1.clone(), outbound: outbound[1].1.clone() };
    let invoiced = card.bill_link(&month).unwrap().total().unwrap();
    let answers = card.explain(&link, date(2025, 1, 1), invoiced, Share::ZERO).unwrap();
    assert_eq!(
        answers[0].to_string(),
        "168.282 USD: as the card says; transit, slot of 2025-01-21T12:00:00Z",
    );
    assert!(answers[0].assumptions().is_empty() && answers[0].tried_utc());
    assert!(answers[0].distance().is_zero() && answers[0].tariff().is_none());
    // Another rule finds a slot of the same traffic in the month of UTC.
    let other = [Assumption::Rule(PercentileRule::DiscardRoundedUp), Assumption::Utc];
    assert_eq!(answers[1].assumptions(), other);
    let sum = month.inbound.sum_with(&month.outbound).unwrap();
    let billed = sum.slice(answers[0].slots()[0].1..answers[0].slots()[0].1 + minutes(20)).unwrap();
    assert_eq!(billed.peak(), sum.percentile(Percentile::P95));
}

#[test]
fn answers_are_sorted_by_distance_and_then_by_assumptions() {
    let (card, link) = (karachi(transit("1 USD per 1 Mbps")), link());
    let invoiced = DataRate::from_mbps(94);
    let answers = card.explain(&link, date(2025, 1, 1), invoiced, Share::from_percent(10)).unwrap();
    assert!(answers.len() > 100);
    assert_eq!(
        answers,
        card.explain(&link, date(2025, 1, 1), invoiced, Share::from_percent(10)).unwrap()
    );
    for pair in answers.windows(2) {
        let key = |answer: &Explanation| (answer.distance().clone(), answer.assumptions().len());
        assert!(key(&pair[0]) <= key(&pair[1]));
    }
    let limit = "0.1".parse::<bandwidth_cost::Ratio>().unwrap();
    assert!(answers.iter().all(|answer| *answer.distance() <= limit));
}

#[test]
fn of_longer_slots_a_slot_that_begins_in_the_month_counts() {
    let card = RateCard::new([transit("1 USD per 1 Mbps")]).unwrap();
    let (card, link) = (card.with_direction(Direction::Inbound), link());
    let hours = link.inbound.resample(minutes(60)).unwrap();
    let (_, january) = hours.by_month(&TimeZone::UTC).nth(1).unwrap();
    let invoiced = january.percentile(Percentile::P95);
    let answers = card.explain(&link, date(2025, 1, 1), invoiced, Share::ZERO).unwrap();
    assert_eq!(
        answers[0].to_string(),
        "transit, 87.077 Mbps: slots of 1 h; slot of 2025-01-13T02:00:00Z",
    );
}

#[test]
fn a_contract_for_longer_slots_than_the_links_is_the_cards_own() {
    let card = karachi(transit("1 USD per 1 Mbps")).with_interval(minutes(40)).unwrap();
    let link = link();
    let longer = LinkUsage {
        inbound: link.inbound.resample(minutes(40)).unwrap(),
        outbound: link.outbound.resample(minutes(40)).unwrap(),
    };
    let bills = card.bill_link_months(&longer).unwrap();
    let invoiced = bills[1].1.total().unwrap();
    let answers = card.explain(&link, date(2025, 1, 1), invoiced, Share::from_percent(50)).unwrap();
    assert!(answers[0].assumptions().is_empty() && answers[0].distance().is_zero());
    let in_20 = [Assumption::SlotLength(minutes(20))];
    assert!(answers.iter().any(|answer| answer.assumptions() == in_20));
}

#[test]
fn of_slots_of_seconds_the_multiples_that_divide_an_hour_are_tried() {
    let card = karachi(transit("1 USD per 1 Mbps"));
    for (interval, slots, lengths) in [(7, 2_000, 0), (24, 2_000, 11), (60, 400, 59)] {
        let of = |seed| series("2025-01-01T00:00:00Z", slots, Duration::from_secs(interval), seed);
        let link = LinkUsage { inbound: of(7_919), outbound: of(6_007) };
        let near = DataRate::from_mbps(100);
        let answers = card.explain(&link, date(2025, 1, 1), near, Share::ONE).unwrap();
        let is_length = |assumption: &Assumption| matches!(assumption, Assumption::SlotLength(_));
        let lengths_alone = answers.iter().filter(|answer| match answer.assumptions() {
            [assumption] => is_length(assumption),
            _ => false,
        });
        assert_eq!(lengths_alone.count(), lengths, "{interval} s");
    }
    // A nanosecond is not tried a million million times.
    let nanosecond = Duration::from_nanos(1);
    let of = |seed| series("2025-01-01T00:00:00Z", 50, nanosecond, seed);
    let link = LinkUsage { inbound: of(7_919), outbound: of(6_007) };
    let near = DataRate::from_mbps(100);
    assert!(!card.explain(&link, date(2025, 1, 1), near, Share::ONE).unwrap().is_empty());
}

#[test]
fn an_interpolated_percentile_names_both_slots() {
    let meter = Percentile::P95.with_rule(PercentileRule::LinearInclusive);
    let price = Schedule::flat(parse("1 USD per 1 Mbps"));
    let card = karachi(Tariff::by_rate("transit", RateMeter::Percentile(meter), price));
    let answers = card
        .explain(&link(), date(2025, 1, 1), DataRate::from_mbps(168), Share::from_percent(1))
        .unwrap();
    let own = answers.iter().find(|answer| answer.assumptions().is_empty()).unwrap();
    assert_eq!(
        own.to_string(),
        "transit, 168.1951 Mbps (off by 0.116%): as the card says; slot of 2025-01-04T08:20:00Z; \
         slot of 2025-01-21T12:00:00Z",
    );
}

#[test]
fn months_in_utc_are_tried_where_the_link_reaches_a_day_beyond() {
    let card = karachi(transit("1 USD per 1 Mbps"));
    let short = |from: &str, slots| {
        let of = |seed| series(from, slots, minutes(20), seed);
        LinkUsage { inbound: of(7_919), outbound: of(6_007) }
    };
    let month = short("2024-12-31T19:00:00Z", 31 * 72);
    let near = DataRate::from_mbps(168);
    let answers = card.explain(&month, date(2025, 1, 1), near, Share::from_percent(5)).unwrap();
    assert!(answers.iter().all(|answer| !answer.tried_utc()));
    assert!(texts(&answers).iter().all(|text| text.ends_with("; months in UTC not tried")));
    // A figure that nothing gives may be of a month in UTC.
    says(
        card.explain(&month, date(2025, 1, 1), DataRate::from_gbps(5), Share::from_percent(1)),
        "no interpretation gives 5 Gbps within 1%, and months in UTC were not tried: check the figure, \
         or pass a link from 2024-12-30T19:00:00Z to 2025-02-01T19:00:00Z",
    );
    let whole = short("2024-12-30T19:00:00Z", 33 * 72);
    let answers = card.explain(&whole, date(2025, 1, 1), DataRate::from_gbps(5), Share::ZERO);
    assert_eq!(answers, Ok(Vec::new()));
    let answers = card.explain(&whole, date(2025, 1, 1), near, Share::from_percent(5)).unwrap();
    let in_utc = |answer: &&Explanation| answer.assumptions().contains(&Assumption::Utc);
    assert!(answers.iter().any(|answer| in_utc(&answer)));
    // A card in UTC has no other months.
    let card = card.with_time_zone(TimeZone::UTC);
    let answers = card.explain(&month, date(2025, 1, 1), DataRate::from_gbps(5), Share::ZERO);
    assert_eq!(answers, Ok(Vec::new()));
}

/// The series without the slot that has an instant.
fn without(series: &UsageSeries, at: &str) -> UsageSeries {
    let at: Timestamp = parse(at);
    let has = |start: Timestamp| start <= at && at < start + series.interval();
    let volumes = series.iter().map(|(start, volume)| volume.filter(|_| !has(start)));
    UsageSeries::from_volumes(series.start(), series.interval(), volumes).unwrap()
}

/// The number of answers near 100 Mbps that take zero where nothing was measured.
fn with_zeros(card: &RateCard, link: &LinkUsage) -> usize {
    let near = DataRate::from_mbps(100);
    let answers = card.explain(link, date(2025, 1, 1), near, Share::ONE).unwrap();
    assert!(answers.len() > 100);
    let is_with_zeros =
        |answer: &&Explanation| answer.assumptions().contains(&Assumption::LeftOutAsZero);
    answers.iter().filter(is_with_zeros).count()
}

#[test]
fn zeros_are_tried_only_where_a_slot_of_the_month_was_not_measured() {
    let (card, whole) = (karachi(transit("1 USD per 1 Mbps")), link());
    assert_eq!(with_zeros(&card, &whole), 0);
    let gap = |at: &str| LinkUsage {
        inbound: without(&whole.inbound, at),
        outbound: without(&whole.outbound, at),
    };
    // In the month of neither zone.
    assert_eq!(with_zeros(&card, &gap("2024-12-31T12:00:00Z")), 0);
    let inside = with_zeros(&card, &gap("2025-01-10T12:00:00Z"));
    assert!(inside > 100);
    // Only the months in Karachi have this slot, and half as many answers.
    assert_eq!(with_zeros(&card, &gap("2024-12-31T20:00:00Z")) * 2, inside);
}

#[test]
fn zeros_are_tried_where_no_longer_slot_was_measured_whole() {
    let card = karachi(transit("1 USD per 1 Mbps")).with_interval(minutes(60)).unwrap();
    let link = link();
    let two_of_three = |series: &UsageSeries, fill: Option<DataVolume>| {
        let volumes = series.iter().enumerate();
        let volumes = volumes.map(|(slot, (_, volume))| if slot % 3 == 1 { fill } else { volume });
        UsageSeries::from_volumes(series.start(), series.interval(), volumes).unwrap()
    };
    let with = |fill| LinkUsage {
        inbound: two_of_three(&link.inbound, fill),
        outbound: two_of_three(&link.outbound, fill),
    };
    let filled = with(Some(DataVolume::ZERO));
    let filled = LinkUsage {
        inbound: filled.inbound.resample(minutes(60)).unwrap(),
        outbound: filled.outbound.resample(minutes(60)).unwrap(),
    };
    let invoiced = card.bill_link_months(&filled).unwrap()[1].1.total().unwrap();
    let answers = card.explain(&with(None), date(2025, 1, 1), invoiced, Share::ZERO).unwrap();
    assert_eq!(answers[0].assumptions(), [Assumption::LeftOutAsZero]);
}

#[test]
fn zeros_are_tried_only_in_directions_with_a_slot_that_was_not_measured() {
    let (card, link) = (karachi(transit("1 USD per 1 Mbps")), link());
    let inbound = without(&link.inbound, "2025-01-10T12:00:00Z");
    let link = LinkUsage { inbound, ..link };
    let near = DataRate::from_mbps(100);
    let answers = card.explain(&link, date(2025, 1, 1), near, Share::ONE).unwrap();
    let directions: Vec<&Assumption> = answers
        .iter()
        .filter(|answer| answer.assumptions().contains(&Assumption::LeftOutAsZero))
        .filter_map(|answer| answer.assumptions().first())
        .collect();
    assert!(directions.contains(&&Assumption::Direction(Direction::Inbound)));
    assert!(!directions.contains(&&Assumption::Direction(Direction::Outbound)));
}

#[test]
fn a_fee_alone_has_no_direction_that_could_be_another() {
    let transit = transit("1 USD per 1 Mbps").with_direction(Direction::Outbound);
    let card = RateCard::new([transit, Tariff::fee("port", parse("20 USD"))]).unwrap();
    let outbound = series("2025-01-01T00:00:00Z", 31 * 72, minutes(20), 6_007);
    let link = LinkUsage { inbound: outbound.clone(), outbound };
    let invoiced = card.bill_link(&link).unwrap().total().unwrap();
    let answers = card.explain(&link, date(2025, 1, 1), invoiced, Share::ZERO).unwrap();
    assert!(answers[0].assumptions().is_empty());
    let fee = RateCard::new([Tariff::fee("port", parse("20 USD"))]).unwrap();
    says(
        fee.explain(&link, date(2025, 3, 1), parse::<Cost>("20 USD"), Share::ZERO),
        "nothing was measured in the month that begins on 2025-03-01: check the data, or bill the \
         other months by themselves",
    );
    let outbound = Assumption::Direction(Direction::Outbound);
    assert!(answers.iter().all(|answer| !answer.assumptions().contains(&outbound)));
}

#[test]
fn the_last_month_of_all_can_be_explained() {
    let card = RateCard::new([transit("1 USD per 1 Mbps")]).unwrap();
    let of = |seed| series("9999-12-01T00:00:00Z", 29 * 72, minutes(20), seed);
    let link = LinkUsage { inbound: of(7_919), outbound: of(6_007) };
    let (first, bill) = card.bill_link_months(&link).unwrap().swap_remove(0);
    let answers = card.explain(&link, first, bill.total().unwrap(), Share::ZERO).unwrap();
    assert!(answers[0].assumptions().is_empty() && answers[0].tried_utc());
}

#[test]
fn a_credit_dated_before_the_service_begins_is_in_the_figure() {
    let card = karachi(transit("1 USD per 1 Mbps")).with_begins(date(2025, 1, 15)).unwrap();
    let credit = Adjustment::amount("credit", parse("-5 USD")).on(date(2025, 1, 3));
    let (card, link) = (card.with_adjustment(credit).unwrap(), link());
    let (first, bill) = card.bill_link_months(&link).unwrap().swap_remove(0);
    assert!(first == date(2025, 1, 1) && bill.to_string().contains("credit"));
    let answers = card.explain(&link, first, bill.total().unwrap(), Share::ZERO).unwrap();
    assert!(answers[0].assumptions().is_empty(), "{}", answers[0]);
}

#[test]
fn what_can_not_be_explained_says_what_to_pass() {
    let (card, link) = (karachi(transit("1 USD per 1 Mbps")), link());
    says(
        card.explain(&link, date(2025, 1, 2), DataRate::ZERO, Share::ZERO),
        "no billing month begins on 2025-01-02: pass the first day of one, such as 2025-01-01",
    );
    says(
        card.explain(&link, date(2024, 1, 1), DataRate::ZERO, Share::ZERO),
        "nothing was measured in the month that begins on 2024-01-01: check the data, or bill the \
         other months by themselves",
    );
    says(
        card.explain(&link, date(2025, 1, 1), DataVolume::from_terabytes(3), Share::ZERO),
        "no tariff of the card gives 3 TB: pass a rate for a tariff by rate, a volume for one by \
         volume, or an amount in a currency of the card",
    );
    says(
        card.explain(&link, date(2025, 1, 1), parse::<Cost>("300 PKR"), Share::ZERO),
        "no tariff of the card gives 300 PKR: pass a rate for a tariff by rate, a volume for one by \
         volume, or an amount in a currency of the card",
    );
    let outbound = series("2024-12-30T19:00:00Z", 12, minutes(20), 1);
    let uneven = LinkUsage { inbound: link.inbound, outbound };
    says(
        card.explain(&uneven, date(2025, 1, 1), DataRate::ZERO, Share::ZERO),
        "slots of 20 min from 2024-12-30T19:00:00Z to 2025-02-01T19:00:00Z do not match slots of \
         20 min from 2024-12-30T19:00:00Z to 2024-12-30T23:00:00Z: pass series of the same slots",
    );
}

#[test]
fn a_volume_in_units_of_1024_is_the_one_on_the_invoice() {
    let price = Schedule::flat(parse("0.09 USD per 1 GB"));
    let card = karachi(Tariff::by_volume("egress", VolumeMeter::Total, price));
    let of = |slots| series("2024-12-31T19:00:00Z", slots, minutes(60), 7_919);
    let link = LinkUsage { inbound: of(31 * 24), outbound: of(31 * 24) };
    let gigabytes = link.inbound.total().in_unit(bandwidth_cost::VolumeUnit::Gibibyte);
    let stated = DataVolume::from_bytes(
        gigabytes.round_to(9, bandwidth_cost::RoundingStrategy::ToZero).unwrap().mantissa() as u64,
    );
    let within = Share::new(1, 1_000_000).unwrap();
    let answers = card.explain(&link, date(2025, 1, 1), stated, within).unwrap();
    assert_eq!(
        answers[0].assumptions(),
        [Assumption::Direction(Direction::Inbound), Assumption::BinaryUnits],
    );
}

/// A choice of each part of an interpretation.
#[derive(Debug, Clone)]
struct Chosen {
    direction: Direction,
    rule: PercentileRule,
    times: u32,
    utc: bool,
    binary: bool,
    zero: bool,
}

fn choices() -> impl Strategy<Value = Chosen> {
    let rules = proptest::sample::select(PercentileRule::ALL.to_vec());
    let directions = proptest::sample::select(DIRECTIONS.to_vec());
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (directions, rules, 1_u32..=4, flags).prop_map(
        |(direction, rule, times, (utc, binary, zero))| Chosen {
            direction,
            rule,
            times,
            utc,
            binary,
            zero,
        },
    )
}

impl Chosen {
    /// The figure, made with nothing but what bills a link.
    fn figure(
        &self,
        terms: &Terms,
        percentile: Percentile,
        zone: &TimeZone,
        link: &LinkUsage,
    ) -> Option<Figure> {
        let zone = if self.utc { TimeZone::UTC } else { zone.clone() };
        let changed = |series: &UsageSeries| {
            let volumes = series.iter().map(|(_, volume)| match volume {
                None if self.zero => Some(DataVolume::ZERO),
                volume => volume,
            });
            let series =
                UsageSeries::from_volumes(series.start(), series.interval(), volumes).ok()?;
            let longer = series.interval() * self.times;
            if self.times == 1 { Some(series) } else { series.resample(longer).ok() }
        };
        let link =
            LinkUsage { inbound: changed(&link.inbound)?, outbound: changed(&link.outbound)? };
        let card = terms.card(percentile.with_rule(self.rule), self.binary, Some(self.direction));
        let months = card.with_time_zone(zone).bill_link_months(&link).ok()?;
        let (_, bill) = months.into_iter().find(|(first, _)| *first == terms.month())?;
        Some(match terms.kind {
            0 => Figure::Amount(bill.total().unwrap()),
            _ => match bill.lines()[0].measured()? {
                AnyQuantity::Rate(rate) if self.binary => {
                    // 1 Mbps of 1,048,576 bit/s.
                    let bps = bandwidth_cost::Ratio::from(rate.as_bps())
                        .checked_div(&parse("1.048576"))
                        .unwrap();
                    let nearest = bandwidth_cost::RoundingStrategy::MidpointNearestEven;
                    let bps = bps.round_to(0, nearest).unwrap();
                    Figure::Rate(DataRate::from_bps(bps.mantissa() as u64))
                }
                AnyQuantity::Rate(rate) => Figure::Rate(rate),
                AnyQuantity::Volume(volume) => Figure::Volume(volume),
            },
        })
    }

    /// What the chosen interpretation assumes beside the card.
    fn assumptions(
        &self,
        terms: &Terms,
        own: PercentileRule,
        interval: Duration,
    ) -> Vec<Assumption> {
        let mut assumptions = Vec::new();
        if terms.directions().iter().any(|own| *own != self.direction) {
            assumptions.push(Assumption::Direction(self.direction));
        }
        if self.rule != own {
            assumptions.push(Assumption::Rule(self.rule));
        }
        if self.zero {
            assumptions.push(Assumption::LeftOutAsZero);
        }
        if self.times > 1 {
            assumptions.push(Assumption::SlotLength(interval * self.times));
        }
        if self.utc {
            assumptions.push(Assumption::Utc);
        }
        if self.binary {
            assumptions.push(Assumption::BinaryUnits);
        }
        assumptions
    }
}

/// The terms of a card beside its percentile.
#[derive(Debug, Clone)]
struct Terms {
    /// 0 for figures of money, else of rates.
    kind: usize,
    /// Of the card, and of its first tariff.
    directions: (Direction, Option<Direction>),
    window: Option<&'static str>,
    billing_day: u8,
    begins: Option<i8>,
    change: bool,
    taxed: bool,
    least: Option<i64>,
}

impl Terms {
    fn month(&self) -> Date {
        date(2025, 1, self.billing_day as i8)
    }

    fn directions(&self) -> Vec<Direction> {
        let (card, first) = self.directions;
        let others = if self.kind == 0 { vec![card] } else { Vec::new() };
        [vec![first.unwrap_or(card)], others].concat()
    }

    /// A percentile with a commitment in two tiers; for amounts also a fee that the peak does not change,
    /// and a volume.
    fn card(&self, percentile: Percentile, binary: bool, all: Option<Direction>) -> RateCard {
        let per = |unit: &str, binary_unit: &str| {
            format!("USD per {}", if binary { binary_unit } else { unit })
        };
        let per_mbps = per("1 Mbps", "1.048576 Mbps");
        let price = |amount: &str| parse(&format!("{amount} {per_mbps}"));
        let tiers = |one: &str, other: &str| {
            Tiers::new([Tier::up_to(DataRate::from_mbps(40), price(one)), Tier::rest(price(other))])
                .unwrap()
        };
        let schedule =
            Schedule::graduated(tiers("0.80", "0.31")).with_commitment(DataRate::from_mbps(10));
        let mut transit = Tariff::by_rate("transit", RateMeter::Percentile(percentile), schedule);
        if self.change {
            let prices = Schedule::graduated(tiers("0.70", "0.29"));
            transit = transit.with_rate_change(date(2025, 1, 20), prices).unwrap();
        }
        if let Some(window) = self.window {
            transit = transit.with_window(parse(window));
        }
        if let Some(direction) = self.directions.1 {
            transit = transit.with_direction(direction);
        }
        let fee = Schedule::flat(price("0")).with_fixed_fee(parse("250 USD")).unwrap();
        let port = Tariff::by_rate("port", RateMeter::Peak, fee);
        let per_gb = per("1 GB", "1 GiB");
        let egress = Schedule::flat(parse(&format!("0.01 {per_gb}")));
        let mut egress = Tariff::by_volume("egress", VolumeMeter::Total, egress);
        if self.change {
            let prices = Schedule::flat(parse(&format!("0.02 {per_gb}")));
            egress = egress.with_volume_change(date(2025, 1, 22), prices).unwrap();
        }
        let licence = Tariff::fee("licence", parse("12 USD"));
        let tariffs =
            if self.kind == 0 { vec![transit, port, egress, licence] } else { vec![transit] };
        let tariffs = tariffs.into_iter().map(|tariff| match all {
            Some(direction) if tariff.fee_alone().is_none() => tariff.with_direction(direction),
            _ => tariff,
        });
        let mut card = RateCard::new(tariffs).unwrap().with_direction(self.directions.0);
        card = card.with_billing_cycle(BillingCycle::from_day(self.billing_day).unwrap());
        if let Some(day) = self.begins {
            card = card.with_begins(date(2025, 1, day)).unwrap();
        }
        if let Some(least) = self.least {
            card = card.with_minimum(parse(&format!("{least} USD"))).unwrap();
        }
        if self.taxed {
            card = card.with_adjustment(Adjustment::percent("tax", "15%").unwrap()).unwrap();
        }
        card
    }
}

fn terms() -> impl Strategy<Value = Terms> {
    let direction = || proptest::sample::select(DIRECTIONS.to_vec());
    let windows = vec!["22:00 to 06:00", "08:00 to 20:00 on Mon to Fri"];
    let flags = (any::<bool>(), any::<bool>(), proptest::option::of(200_i64..600));
    (
        0_usize..2,
        (direction(), proptest::option::of(direction())),
        proptest::option::weighted(0.3, proptest::sample::select(windows)),
        proptest::sample::select(vec![1_u8, 1, 3]),
        proptest::option::weighted(0.3, 4_i8..20),
        flags,
    )
        .prop_map(|(kind, directions, window, billing_day, begins, (change, taxed, least))| {
            Terms { kind, directions, window, billing_day, begins, change, taxed, least }
        })
}

proptest! {
    #![proptest_config(crate::support::cases(128))]

    #[test]
    fn the_interpretation_that_made_a_figure_is_found(
        chosen in choices(),
        terms in terms(),
        own in proptest::sample::select(PercentileRule::ALL.to_vec()),
        permille in 1_i64..1_000,
        zone in proptest::sample::select(vec!["Asia/Karachi", "Asia/Kathmandu", "America/New_York"]),
        (seeds, gap) in ([1_u64..99_991, 1_u64..99_991], 2_u64..300),
        (interval, shift) in (proptest::sample::select(vec![15_u64, 30, 60]), 0_u64..3),
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let percentile = Percentile::new(Decimal::new(permille, 1)).unwrap();
        let of = |seed: u64, gap: u64| {
            let start: Timestamp = parse("2024-12-29T00:00:00Z");
            let rates = (0..39 * 24 * 60 / interval).map(|slot| {
                (slot % gap != 1).then(|| DataRate::from_kbps(slot * seed % 99_991))
            });
            // Some are off the clock.
            let start = start + Duration::from_secs(60 * shift);
            UsageSeries::from_rates(start, minutes(interval), rates).unwrap()
        };
        let link = LinkUsage { inbound: of(seeds[0], gap), outbound: of(seeds[1], gap + 1) };
        let times = chosen.times.min((60 / interval) as u32);
        let chosen = Chosen { times, ..chosen };
        let card = terms.card(percentile.with_rule(own), false, None).with_time_zone(zone.clone());
        let Some(figure) = chosen.figure(&terms, percentile, &zone, &link) else {
            return Ok(());
        };
        if card.bill_link_months(&link).is_err() {
            // A window off the slots: the card itself can't be billed.
            prop_assert!(card.explain(&link, terms.month(), figure, Share::ZERO).is_err());
            return Ok(());
        }
        let answers = match card.explain(&link, terms.month(), figure.clone(), Share::ZERO) {
            Ok(answers) => answers,
            Err(error) => return Err(TestCaseError::fail(format!("{figure}: {error}"))),
        };
        let expected = chosen.assumptions(&terms, own, minutes(interval));
        let found = answers.iter().find(|answer| answer.assumptions() == expected);
        prop_assert!(found.is_some(), "{chosen:?} gave {figure}: {:#?}", texts(&answers));
        let found = found.unwrap();
        prop_assert_eq!(found.figure(), &figure);
        prop_assert!(answers.iter().all(|answer| answer.distance().is_zero()));
    }
}

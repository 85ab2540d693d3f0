//! Bills that are split among those whose traffic they are for.

use crate::support::{model_of_cost, parse, says};
use bandwidth_cost::{
    Baseline, Cost, Currency, DataRate, DataVolume, Decimal, Money, Percentile, PercentileRule,
    RateCard, RateMeter, Schedule, Tariff, Tier, Tiers, UsageSeries, VolumeMeter,
    jiff::{Timestamp, civil::date},
    tariff::Attribution,
};
use core::time::Duration;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;

const RULES: [Attribution; 3] =
    [Attribution::ByVolume, Attribution::AtBilledSlot, Attribution::Shapley];

const FIVE_MINUTES: Duration = Duration::from_secs(300);

fn start() -> Timestamp {
    parse("2025-01-01T00:00:00Z")
}

fn series(mbps: &[u64]) -> UsageSeries {
    let rates = mbps.iter().map(|&mbps| DataRate::from_mbps(mbps));
    UsageSeries::from_rates(start(), FIVE_MINUTES, rates).unwrap()
}

fn by_rate(meter: RateMeter) -> Tariff {
    Tariff::by_rate("port", meter, Schedule::flat(parse("1 USD per 1 Mbps")))
}

fn card(meter: RateMeter) -> RateCard {
    RateCard::new([by_rate(meter)]).unwrap()
}

fn parts(card: &RateCard, members: &[(&str, UsageSeries)], rule: Attribution) -> Vec<String> {
    let parts = card.attribute(members, rule).unwrap();
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, members.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    parts.into_iter().map(|(_, cost)| cost.to_string()).collect()
}

#[test]
fn of_equal_slots_the_earliest_is_the_billed_one() {
    let card = card(RateMeter::Peak);
    let members = [("a", series(&[10, 70, 20])), ("b", series(&[10, 30, 80]))];
    assert_eq!(parts(&card, &members, Attribution::AtBilledSlot), ["70 USD", "30 USD"]);
}

#[test]
fn of_an_interpolated_percentile_both_slots_count_in_their_proportion() {
    let median = Percentile::new(Decimal::from(50)).unwrap();
    let card = card(RateMeter::Percentile(median.with_rule(PercentileRule::LinearInclusive)));
    // Between 100 and 200 Mbps: position 2.5 of 4.
    let members = [("a", series(&[0, 100, 0, 900])), ("b", series(&[0, 0, 200, 0]))];
    assert_eq!(parts(&card, &members, Attribution::AtBilledSlot), ["50 USD", "100 USD"]);
    // At 75 %, position 3.25 of 4: three quarters of 200 and one quarter of 900.
    let upper = Percentile::new(Decimal::from(75)).unwrap();
    let card = super::attribute::card(RateMeter::Percentile(
        upper.with_rule(PercentileRule::LinearInclusive),
    ));
    assert_eq!(parts(&card, &members, Attribution::AtBilledSlot), ["225 USD", "150 USD"]);
}

#[test]
fn a_slot_that_one_member_leaves_out_is_left_out_for_all() {
    let card = card(RateMeter::Peak);
    let rates = [Some(DataRate::from_mbps(10)), None, Some(DataRate::from_mbps(30))];
    let gap = UsageSeries::from_rates(start(), FIVE_MINUTES, rates).unwrap();
    let members = [("a", gap), ("b", series(&[40, 900, 10]))];
    assert_eq!(parts(&card, &members, Attribution::ByVolume), ["200/9 USD", "250/9 USD"]);
    assert_eq!(parts(&card, &members, Attribution::AtBilledSlot), ["10 USD", "40 USD"]);
    assert_eq!(parts(&card, &members, Attribution::Shapley), ["20 USD", "30 USD"]);
}

#[test]
fn where_nobody_has_traffic_the_parts_are_equal() {
    let fee = by_rate_with_fee();
    let members = [("a", series(&[0, 0])), ("b", series(&[0, 0])), ("c", series(&[0, 0]))];
    for rule in RULES {
        assert_eq!(parts(&fee, &members, rule), ["10 USD"; 3], "{rule:?}");
    }
}

fn by_rate_with_fee() -> RateCard {
    let schedule = Schedule::flat(parse("1 USD per 1 Mbps")).with_fixed_fee(parse("30 USD"));
    RateCard::new([Tariff::by_rate("port", RateMeter::Peak, schedule.unwrap())]).unwrap()
}

#[test]
fn a_fee_is_split_evenly_by_shapley_values_and_by_traffic_otherwise() {
    let card = by_rate_with_fee();
    let members = [("a", series(&[90, 0])), ("b", series(&[10, 0]))];
    assert_eq!(parts(&card, &members, Attribution::ByVolume), ["117 USD", "13 USD"]);
    assert_eq!(parts(&card, &members, Attribution::Shapley), ["105 USD", "25 USD"]);
}

#[test]
fn each_tariff_is_split_by_itself() {
    let volume = Schedule::flat(parse("1 USD per 1 GB"));
    let card = RateCard::new([
        by_rate(RateMeter::Peak),
        Tariff::by_volume("traffic", VolumeMeter::Total, volume),
    ]);
    let members = [("day", series(&[80, 0, 0, 0])), ("night", series(&[0, 40, 40, 40]))];
    // 80 Mbps in a slot are 3 GB. The peak is 80 USD, of which the night alone would have made 40.
    assert_eq!(parts(&card.unwrap(), &members, Attribution::Shapley), ["63 USD", "24.5 USD"],);
}

#[test]
fn what_can_not_be_split_says_what_to_do() {
    let card = card(RateMeter::Peak);
    let one = series(&[10, 20]);
    let none: [(&str, &UsageSeries); 0] = [];
    says(
        card.attribute(&none, Attribution::ByVolume),
        "a bill can't be split among no members: pass at least one name and its traffic",
    );
    says(
        card.attribute(&[("cdn", &one), ("vpn", &one), ("cdn", &one)], Attribution::ByVolume),
        "two members are named `cdn`: pass another name for one of them",
    );
    says(
        card.attribute(&[("a", &one), ("b", &series(&[1]))], Attribution::ByVolume),
        "slots of 5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:10:00Z do not match slots of 5 min \
         from 2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: pass series of the same slots",
    );
    let many: Vec<(String, &UsageSeries)> = (0..17).map(|n| (n.to_string(), &one)).collect();
    says(
        card.attribute(&many, Attribution::Shapley),
        "17 members have too many coalitions to bill: pass at most 16, the smallest members added to \
         groups by UsageSeries::sum_with",
    );
    assert_eq!(card.attribute(&many, Attribution::ByVolume).unwrap().len(), 17);
    assert_eq!(card.attribute(&many[..16], Attribution::Shapley).unwrap().len(), 16);
}

#[test]
fn a_tariff_without_a_billed_slot_names_the_rule_that_splits_it() {
    let total =
        Tariff::by_volume("egress", VolumeMeter::Total, Schedule::flat(parse("1 USD per 1 GB")));
    let meters = [
        (
            total,
            "tariff `egress` bills total volume, which is of no single slot: pass \
                 Attribution::ByVolume",
        ),
        (
            by_rate(RateMeter::Mean),
            "tariff `port` bills mean rate, which is of no single slot: pass \
                                    Attribution::ByVolume",
        ),
        (
            Tariff::fee("licence", parse("20 USD")),
            "tariff `licence` bills a fee alone, which is of no single slot: pass \
             Attribution::ByVolume",
        ),
        (
            by_rate(RateMeter::DailyPeakMean),
            "tariff `port` bills mean of daily peaks, which is of no \
                                             single slot: pass Attribution::ByVolume",
        ),
    ];
    for (tariff, message) in meters {
        let card = RateCard::new([tariff]).unwrap();
        let members = [("a", series(&[10, 20]))];
        says(card.attribute(&members, Attribution::AtBilledSlot), message);
    }
}

#[test]
fn tariffs_in_two_currencies_have_no_sum() {
    let rupees =
        Tariff::by_rate("local", RateMeter::Peak, Schedule::flat(parse("9 PKR per 1 Mbps")));
    let card = RateCard::new([by_rate(RateMeter::Peak), rupees]).unwrap();
    says(
        card.attribute(&[("a", series(&[10]))], Attribution::ByVolume),
        "the card has tariffs in USD and in PKR, which have no sum: write a card for the tariffs of \
         each currency",
    );
}

/// The stored month of a transatlantic link, 15 June to 14 July 2005, in four classes by a rule that has
/// no other use: of the bits of slot i at hour h (UTC), (30 + h) % are video, 25 % the web and (i mod 7) %
/// a VPN, each rounded down to a bit; the rest is the rest.
///
/// The parts in `attributed_traffic.csv` were computed by another program, in another language's exact
/// fractions: Shapley values over all 24 orders of joining.
#[test]
#[ignore = "the series is not part of the repository"]
#[cfg(all(feature = "csv", feature = "toml"))]
fn a_real_month_is_split_as_by_another_program() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/transatlantic_5min.csv");
    let file = std::fs::File::open(file).unwrap();
    let gaps = bandwidth_cost::GapPolicy::Fail;
    let link = bandwidth_cost::CsvLayout::new().read(file, gaps).unwrap();
    let month = link.slice(parse("2005-06-15T00:00:00Z")..parse("2005-07-15T00:00:00Z")).unwrap();
    let bits: Vec<u64> = month
        .iter()
        .map(|(_, volume)| u64::try_from(volume.unwrap().as_nanobits() / 1_000_000_000).unwrap())
        .collect();
    let percents = |slot: u64| [30 + slot / 12 % 24, 25, slot % 7];
    let class = |class: usize| {
        let volumes = (0..).zip(&bits).map(|(slot, bits)| {
            let parts = percents(slot).map(|percent| bits * percent / 100);
            let rest = bits - parts.iter().sum::<u64>();
            DataVolume::from_bits(parts.get(class).copied().unwrap_or(rest))
        });
        UsageSeries::from_volumes(month.start(), month.interval(), volumes).unwrap()
    };
    let members = [("video", class(0)), ("web", class(1)), ("vpn", class(2)), ("rest", class(3))];
    let transit = r#"
        [[tariff]]
        name = "transit"
        measure = "95th percentile"
        commitment = "10 Mbps"
        graduated = [
            { up_to = "20 Mbps", price = "8 USD per 1 Mbps" },
            { price = "5 USD per 1 Mbps" },
        ]
    "#;
    let traffic = r#"
        [[tariff]]
        name = "traffic"
        measure = "total volume"
        price = "3 USD per 1 TB"
        fixed_fee = "100 USD"
    "#;
    let card = |text: &str| RateCard::from_toml(text, &std::collections::BTreeMap::new()).unwrap();
    let (both, transit) = (card(&format!("{transit}{traffic}")), card(transit));
    let rules = [
        ("by volume", &both, Attribution::ByVolume),
        ("at billed slot", &transit, Attribution::AtBilledSlot),
        ("shapley", &both, Attribution::Shapley),
    ];
    let mut rows = "rule,member,usd\n".to_owned();
    for (name, card, rule) in rules {
        for (member, cost) in card.attribute(&members, rule).unwrap() {
            let model = model_of_cost(&cost);
            rows += &format!("{name},{member},{}/{}\n", model.numer(), model.denom());
        }
    }
    assert_eq!(rows, include_str!("../data/attributed_traffic.csv"));
}

/// Tariffs of each kind.
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
    let bounds = (1_u64..200, 0_u64..100, any::<bool>(), proptest::option::of(0_i64..500));
    let rates = (meters, bounds).prop_map(|(meter, (bound, commitment, graduated, fee))| {
        let tiers = Tiers::new([
            Tier::up_to(DataRate::from_mbps(bound), parse("3 USD per 7 Mbps")),
            Tier::rest(parse("0.11 USD per 1 Mbps")),
        ]);
        let tiers = tiers.unwrap();
        let schedule =
            if graduated { Schedule::graduated(tiers) } else { Schedule::all_units(tiers) };
        let schedule = schedule.with_commitment(DataRate::from_mbps(commitment));
        let fee = Money::from_minor(fee.unwrap_or(0), Currency::USD);
        Tariff::by_rate("rate", meter, schedule.with_fixed_fee(fee).unwrap())
    });
    let volumes = (proptest::option::of(0_u64..150), 1_u64..50).prop_map(|(baseline, free)| {
        let meter = baseline.map_or(VolumeMeter::Total, |mbps| {
            VolumeMeter::Excess(Baseline::constant(DataRate::from_mbps(mbps)))
        });
        let schedule = Schedule::flat(parse("0.09 USD per 1 GB"));
        let schedule = schedule.with_allowance(DataVolume::from_megabytes(free));
        Tariff::by_volume("volume", meter, schedule)
    });
    let fee =
        (0_i64..500).prop_map(|fee| Tariff::fee("fee", Money::from_minor(fee, Currency::USD)));
    let window = proptest::option::weighted(0.3, Just("00:00 to 01:00"));
    (prop_oneof![6 => rates, 3 => volumes, 1 => fee], window, any::<bool>()).prop_map(
        |(tariff, window, changes)| {
            let tariff = match window {
                Some(window) if tariff.fee_alone().is_none() => tariff.with_window(parse(window)),
                _ => tariff,
            };
            let day = date(2025, 1, 2);
            match (changes, tariff.volume().is_some(), tariff.rate().is_some()) {
                (true, true, _) => {
                    let prices = Schedule::flat(parse("0.17 USD per 1 GB"));
                    tariff.with_volume_change(day, prices).unwrap()
                }
                (true, _, true) => {
                    let prices = Schedule::flat(parse("2 USD per 3 Mbps"));
                    tariff.with_rate_change(day, prices).unwrap()
                }
                _ => tariff,
            }
        },
    )
}

/// A card with a minimum and a maximum, and a tax that is nobody's part.
fn bounded(card: RateCard, least: Option<i64>, most: Option<i64>) -> RateCard {
    let money = |minor| Money::from_minor(minor, Currency::USD);
    let card = least.map_or(card.clone(), |least| card.with_minimum(money(least)).unwrap());
    most.map_or(card.clone(), |most| card.with_maximum(money(most)).unwrap())
}

/// The card with service that begins on a day of January, if any.
fn begun(card: RateCard, day: Option<i8>) -> RateCard {
    day.map_or(card.clone(), |day| card.with_begins(date(2025, 1, day)).unwrap())
}

fn bounds() -> impl Strategy<Value = (Option<i64>, Option<i64>)> {
    (proptest::option::of(0_i64..5_000), proptest::option::of(5_000_i64..20_000))
}

/// Members with the same slots, some of which are left out, and some of them equal.
fn groups(
    members: core::ops::RangeInclusive<usize>,
    slots: core::ops::Range<usize>,
) -> impl Strategy<Value = Vec<UsageSeries>> {
    let shape = (members, slots, any::<bool>());
    shape.prop_flat_map(|(members, slots, whole_bits)| {
        let unit = if whole_bits { 3_750_000_000_000_000 } else { 3_749_999_999_999_999 };
        let slot = prop_oneof![
            1 => Just(None),
            20 => (0_u64..120).prop_map(move |n| Some(DataVolume::from_nanobits(u128::from(n) * unit))),
        ];
        let member = proptest::collection::vec(slot, slots);
        proptest::collection::vec(member, members).prop_filter_map("all left out", |members| {
            let series = members.into_iter().map(|mut slots| {
                slots[0] = slots[0].or(Some(DataVolume::ZERO));
                UsageSeries::from_volumes(start(), FIVE_MINUTES, slots).ok()
            });
            series.collect()
        })
    })
}

/// The member's slots that all members have.
fn common(member: &UsageSeries, all: &[UsageSeries]) -> UsageSeries {
    let slots = member.iter().enumerate().map(|(slot, (_, own))| {
        let known = all.iter().all(|other| other.iter().nth(slot).unwrap().1.is_some());
        own.filter(|_| known)
    });
    UsageSeries::from_volumes(member.start(), member.interval(), slots).unwrap()
}

fn sum(series: &[UsageSeries]) -> UsageSeries {
    let (first, rest) = series.split_first().unwrap();
    rest.iter().fold(first.clone(), |sum, other| sum.sum_with(other).unwrap())
}

/// The mean over all orders of joining of the amount that each member adds, from bills of coalitions.
fn over_all_orders(card: &RateCard, members: &[UsageSeries]) -> Vec<BigRational> {
    let common: Vec<UsageSeries> = members.iter().map(|member| common(member, members)).collect();
    let bill = |coalition: usize| {
        let joined = (0..members.len()).filter(|member| coalition >> member & 1 == 1);
        let joined: Vec<UsageSeries> = joined.map(|member| common[member].clone()).collect();
        if joined.is_empty() {
            return BigRational::zero();
        }
        model_of_cost(&card.bill(&sum(&joined)).unwrap().total().unwrap())
    };
    let bills: Vec<BigRational> = (0..1 << members.len()).map(bill).collect();
    let (mut added, mut orders) = (vec![BigRational::zero(); members.len()], 0);
    let mut order: Vec<usize> = (0..members.len()).collect();
    permute(&mut order, 0, &mut |order| {
        orders += 1;
        let mut coalition = 0;
        for &member in order {
            let joined = coalition | 1 << member;
            added[member] += &bills[joined] - &bills[coalition];
            coalition = joined;
        }
    });
    added.into_iter().map(|sum| sum / BigRational::from(BigInt::from(orders))).collect()
}

fn permute(order: &mut [usize], from: usize, visit: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        return visit(order);
    }
    for next in from..order.len() {
        order.swap(from, next);
        permute(order, from + 1, visit);
        order.swap(from, next);
    }
}

fn named(members: &[UsageSeries]) -> Vec<(String, &UsageSeries)> {
    members.iter().enumerate().map(|(n, series)| (format!("member {n}"), series)).collect()
}

#[test]
fn a_fee_of_a_month_in_part_is_split_for_its_days() {
    let fee = Tariff::fee("port", parse("310 USD"));
    let card = begun(RateCard::new([fee]).unwrap(), Some(16));
    let days = [10; 31 * 288];
    for rule in [Attribution::ByVolume, Attribution::Shapley] {
        // 310 × 16/31, in halves.
        let split = parts(&card, &[("a", series(&days)), ("b", series(&days))], rule);
        assert_eq!(split, ["80 USD", "80 USD"], "{rule:?}");
    }
    // A minimum of 620 USD in a month raises 310 to 620, both for 16 of 31 days.
    let card = card.with_minimum(parse("620 USD")).unwrap();
    for rule in [Attribution::ByVolume, Attribution::Shapley] {
        let split = parts(&card, &[("a", series(&days)), ("b", series(&days))], rule);
        assert_eq!(split, ["160 USD", "160 USD"], "{rule:?}");
    }
}

#[test]
fn traffic_before_the_service_begins_has_no_part() {
    let card = begun(card(RateMeter::Peak), Some(2));
    // The first day is out of service.
    let [mut early, mut late] = [[0; 2 * 288]; 2];
    (early[7], late[300]) = (900, 100);
    let (early, late) = (series(&early), series(&late));
    assert_eq!(
        card.bill(&sum(&[early.clone(), late.clone()])).unwrap().totals()[0].to_string(),
        "3000/31 USD"
    );
    for rule in RULES {
        let split = parts(&card, &[("early", early.clone()), ("late", late.clone())], rule);
        assert_eq!(split, ["0 USD", "3000/31 USD"], "{rule:?}");
    }
}

proptest! {
    #![proptest_config(crate::support::cases(48))]

    #[test]
    fn shapley_values_are_the_mean_over_all_orders(
        members in groups(1..=6, 1..30),
        tariffs in proptest::collection::vec(tariffs(), 1..3),
        bounds in bounds(),
    ) {
        let tariffs = tariffs.into_iter().enumerate().map(|(n, tariff)| renamed(&tariff, n));
        let card = bounded(RateCard::new(tariffs).unwrap(), bounds.0, bounds.1);
        let parts = card.attribute(&named(&members), Attribution::Shapley).unwrap();
        let parts: Vec<BigRational> = parts.iter().map(|(_, cost)| model_of_cost(cost)).collect();
        prop_assert_eq!(parts, over_all_orders(&card, &members));
    }

    #[test]
    fn shapley_values_of_many_slots_are_the_mean_over_all_orders(
        members in groups(2..=3, 100..1_500),
        tariff in tariffs(),
        bounds in bounds(),
        begins in proptest::option::of(1_i8..=4),
    ) {
        let card = bounded(RateCard::new([tariff]).unwrap(), bounds.0, bounds.1);
        let card = begun(card, begins);
        // Else nothing was measured in service.
        prop_assume!(card.attribute(&named(&members), Attribution::ByVolume).is_ok());
        let parts = card.attribute(&named(&members), Attribution::Shapley).unwrap();
        let parts: Vec<BigRational> = parts.iter().map(|(_, cost)| model_of_cost(cost)).collect();
        prop_assert_eq!(parts, over_all_orders(&card, &members));
    }

    #[test]
    fn parts_sum_to_the_bill_and_equal_members_get_equal_parts(
        mut members in groups(1..=5, 1..60),
        tariff in tariffs(),
        bounds in bounds(),
        twin in any::<proptest::sample::Index>(),
    ) {
        let card = bounded(RateCard::new([tariff]).unwrap(), bounds.0, bounds.1);
        members.push(members[twin.index(members.len())].clone());
        let bill = card.bill(&sum(&members)).unwrap().total().unwrap();
        let tax = bandwidth_cost::tariff::Adjustment::percent("tax", "15%").unwrap();
        let card = card.with_adjustment(tax).unwrap();
        for rule in RULES {
            let Ok(parts) = card.attribute(&named(&members), rule) else {
                prop_assert_eq!(rule, Attribution::AtBilledSlot);
                continue;
            };
            let total = Cost::sum(Currency::USD, parts.iter().map(|(_, cost)| cost)).unwrap();
            prop_assert_eq!(&total, &bill);
            prop_assert_eq!(&parts[twin.index(members.len() - 1)].1, &parts[members.len() - 1].1);
        }
    }
}

fn renamed(tariff: &Tariff, number: usize) -> Tariff {
    match (tariff.volume(), tariff.rate()) {
        (Some((meter, schedule)), _) => {
            Tariff::by_volume(number.to_string(), meter.clone(), schedule.clone())
        }
        (_, Some((meter, schedule))) => {
            Tariff::by_rate(number.to_string(), meter, schedule.clone())
        }
        _ => Tariff::fee(number.to_string(), tariff.fee_alone().unwrap()),
    }
}

//! Laws of tariffs and bills, for random cards and random traffic.
#![cfg(feature = "toml")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]
#![expect(clippy::arithmetic_side_effects, reason = "small numbers, and numbers of any size")]

use crate::support::{model_of, model_of_decimal, shares};
use bandwidth_cost::{
    AnyQuantity, Baseline, Cost, Currency, DataRate, DataVolume, Decimal, Direction, LinkUsage,
    Money, Percentile, PercentileRule, Quantity, RateCard, RateMeter, RoundingStrategy, Schedule,
    Share, Statement, Tariff, Tier, Tiers, UnitPrice, UsageSeries, VolumeMeter,
    jiff::{Timestamp, civil::Date, tz::TimeZone},
};
use core::{fmt::Write as _, time::Duration};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a tariff is made of: it can be built, and it can be written as a person would.
#[derive(Debug, Clone)]
struct Contract {
    meter: Meter,
    currency: Currency,
    /// Where a tier ends in MB or Mbps (the last one is the rest), whether it includes that,
    /// cents, fee in cents.
    tiers: Vec<(u64, bool, i64, Option<i64>)>,
    pricing: Pricing,
    allowance: Option<u64>,
    increment: Option<u64>,
    commitment: Option<u64>,
    fixed_fee: Option<i64>,
    minimum: Option<i64>,
    maximum: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
enum Meter {
    Total,
    /// Above so many Mbps.
    Excess(u64),
    Percentile(Percentile),
    Peak,
    Mean,
    DailyPeakMean,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Pricing {
    /// The first tier's price.
    Flat,
    Graduated,
    AllUnits,
}

impl Contract {
    fn money(&self, cents: i64) -> Money {
        Money::new(Decimal::new(cents, 2), self.currency)
    }

    fn schedule<Q: Quantity>(&self, unit: fn(u64) -> Q) -> Schedule<Q> {
        let price = |cents| UnitPrice::new(self.money(cents), unit(1)).unwrap();
        let last = self.tiers.len() - 1;
        let tier = |(index, &(bound, included, cents, fee)): (usize, &(u64, bool, i64, _))| {
            let tier = match (index == last, included) {
                (true, _) => Tier::rest(price(cents)),
                (false, true) => Tier::up_to(unit(bound), price(cents)),
                (false, false) => Tier::below(unit(bound), price(cents)),
            };
            Option::map_or(fee, tier, |fee| tier.with_fee(self.money(fee)))
        };
        let tiers = || Tiers::new(self.tiers.iter().enumerate().map(tier)).unwrap();
        let mut schedule = match self.pricing {
            Pricing::Flat => Schedule::flat(price(self.tiers[0].2)),
            Pricing::Graduated => Schedule::graduated(tiers()),
            Pricing::AllUnits => Schedule::all_units(tiers()),
        };
        if let Some(count) = self.allowance {
            schedule = schedule.with_allowance(unit(count));
        }
        if let Some(count) = self.increment {
            schedule = schedule.with_increment(unit(count)).unwrap();
        }
        if let Some(count) = self.commitment {
            schedule = schedule.with_commitment(unit(count));
        }
        if let Some(cents) = self.fixed_fee {
            schedule = schedule.with_fixed_fee(self.money(cents)).unwrap();
        }
        if let Some(cents) = self.minimum {
            schedule = schedule.with_minimum(self.money(cents)).unwrap();
        }
        if let Some(cents) = self.maximum {
            schedule = schedule.with_maximum(self.money(cents)).unwrap();
        }
        schedule
    }

    fn tariff(&self, name: &str) -> Tariff {
        let rate = |meter| Tariff::by_rate(name, meter, self.schedule(DataRate::from_mbps));
        let volume =
            |meter| Tariff::by_volume(name, meter, self.schedule(DataVolume::from_megabytes));
        match self.meter {
            Meter::Total => volume(VolumeMeter::Total),
            Meter::Excess(mbps) => {
                volume(VolumeMeter::Excess(Baseline::constant(DataRate::from_mbps(mbps))))
            }
            Meter::Percentile(percentile) => rate(RateMeter::Percentile(percentile)),
            Meter::Peak => rate(RateMeter::Peak),
            Meter::Mean => rate(RateMeter::Mean),
            Meter::DailyPeakMean => rate(RateMeter::DailyPeakMean),
        }
    }

    fn is_by_rate(&self) -> bool {
        !matches!(self.meter, Meter::Total | Meter::Excess(_))
    }

    fn toml(&self, name: &str) -> String {
        let unit = if self.is_by_rate() { "Mbps" } else { "MB" };
        let money = |cents: i64| format!("{}.{:02} {}", cents / 100, cents % 100, self.currency);
        let price = |cents| format!("price = \"{} per 1 {unit}\"", money(cents));
        let measure = match self.meter {
            Meter::Total => "total volume".to_owned(),
            Meter::Excess(_) => "excess volume".to_owned(),
            Meter::Percentile(percentile) => percentile.to_string(),
            Meter::Peak => "peak rate".to_owned(),
            Meter::Mean => "mean rate".to_owned(),
            Meter::DailyPeakMean => "mean of daily peaks".to_owned(),
        };
        let mut text = format!("\n[[tariff]]\nname = \"{name}\"\nmeasure = \"{measure}\"\n");
        if let Meter::Excess(mbps) = self.meter {
            writeln!(text, "baseline = \"{mbps} Mbps\"").unwrap();
        }
        let last = self.tiers.len() - 1;
        let tiers = self.tiers.iter().enumerate().map(|(index, &(bound, included, cents, fee))| {
            let bound = match (index == last, included) {
                (true, _) => String::new(),
                (false, true) => format!("up_to = \"{bound} {unit}\", "),
                (false, false) => format!("below = \"{bound} {unit}\", "),
            };
            let fee = fee.map_or_else(String::new, |fee| format!(", fee = \"{}\"", money(fee)));
            format!("    {{ {bound}{}{fee} }},\n", price(cents))
        });
        match self.pricing {
            Pricing::Flat => writeln!(text, "{}", price(self.tiers[0].2)).unwrap(),
            Pricing::Graduated => {
                writeln!(text, "graduated = [\n{}]", tiers.collect::<String>()).unwrap()
            }
            Pricing::AllUnits => {
                writeln!(text, "all_units = [\n{}]", tiers.collect::<String>()).unwrap()
            }
        }
        let quantities = [
            ("allowance", self.allowance),
            ("increment", self.increment),
            ("commitment", self.commitment),
        ];
        for (key, count) in quantities {
            if let Some(count) = count {
                writeln!(text, "{key} = \"{count} {unit}\"").unwrap();
            }
        }
        let charges =
            [("fixed_fee", self.fixed_fee), ("minimum", self.minimum), ("maximum", self.maximum)];
        for (key, cents) in charges {
            if let Some(cents) = cents {
                writeln!(text, "{key} = \"{}\"", money(cents)).unwrap();
            }
        }
        text
    }

    /// The same with all but prices, bounds and increment so many times as much.
    fn times(&self, factor: u32) -> Self {
        let count = |count: Option<u64>| count.map(|count| count * u64::from(factor));
        let cents = |cents: Option<i64>| cents.map(|cents| cents * i64::from(factor));
        let tiers =
            self.tiers.iter().map(|&(bound, is, price, fee)| (bound, is, price, cents(fee)));
        Self {
            tiers: tiers.collect(),
            allowance: count(self.allowance),
            commitment: count(self.commitment),
            fixed_fee: cents(self.fixed_fee),
            minimum: cents(self.minimum),
            maximum: cents(self.maximum),
            ..self.clone()
        }
    }
}

#[derive(Debug, Clone)]
struct Card {
    zone: &'static str,
    direction: Direction,
    contracts: Vec<Contract>,
}

impl Card {
    fn built(&self) -> RateCard {
        let tariffs =
            (1..).zip(&self.contracts).map(|(n, of): (u32, _)| of.tariff(&format!("no. {n}")));
        RateCard::new(tariffs)
            .unwrap()
            .with_time_zone(TimeZone::get(self.zone).unwrap())
            .with_direction(self.direction)
    }

    fn toml(&self) -> String {
        let tariffs =
            (1..).zip(&self.contracts).map(|(n, of): (u32, _)| of.toml(&format!("no. {n}")));
        let Self { zone, direction, .. } = self;
        let tariffs: String = tariffs.collect();
        format!("time_zone = \"{zone}\"\ndirection = \"{direction}\"\n{tariffs}")
    }
}

fn volume_meters() -> impl Strategy<Value = Meter> {
    prop_oneof![Just(Meter::Total), (0_u64..3_000).prop_map(Meter::Excess)]
}

fn rate_meters() -> impl Strategy<Value = Meter> {
    let percentile = (1_i64..=1_000, proptest::sample::select(PercentileRule::ALL.to_vec()));
    prop_oneof![
        percentile.prop_map(|(tenths, rule)| {
            let percentile = Percentile::new(Decimal::new(tenths, 1)).unwrap();
            Meter::Percentile(percentile.with_rule(rule))
        }),
        Just(Meter::Peak),
        Just(Meter::Mean),
        Just(Meter::DailyPeakMean),
    ]
}

fn contracts() -> impl Strategy<Value = Contract> {
    contracts_by(prop_oneof![1 => volume_meters(), 2 => rate_meters()])
}

fn contracts_by(meter: impl Strategy<Value = Meter>) -> impl Strategy<Value = Contract> {
    let tier = (1_u64..2_000, any::<bool>(), 0_i64..500, proptest::option::of(0_i64..5_000));
    let pricing =
        prop_oneof![Just(Pricing::Flat), Just(Pricing::Graduated), Just(Pricing::AllUnits)];
    let currency = proptest::sample::select(vec![Currency::USD, Currency::PKR, Currency::JPY]);
    let extras = (
        proptest::option::of(1_u64..1_000),
        proptest::option::of(1_u64..1_000),
        proptest::option::of(1_u64..5_000),
    );
    let charges = (
        proptest::option::of(0_i64..10_000),
        proptest::option::of(0_i64..400_000),
        proptest::option::of(400_000_i64..800_000),
    );
    let tiers = proptest::collection::vec(tier, 1..5);
    (meter, currency, tiers, pricing, extras, charges).prop_map(
        |(meter, currency, steps, pricing, extras, (fixed_fee, minimum, maximum))| {
            let mut bound = 0;
            let tiers = steps.into_iter().map(|(step, included, price, fee)| {
                bound += step;
                (bound, included, price, fee)
            });
            let tiers = tiers.collect();
            let (allowance, increment, commitment) = extras;
            Contract {
                meter,
                currency,
                tiers,
                pricing,
                allowance,
                increment,
                commitment,
                fixed_fee,
                minimum,
                maximum,
            }
        },
    )
}

fn cards() -> impl Strategy<Value = Card> {
    cards_of(contracts())
}

fn cards_of(contracts: impl Strategy<Value = Contract>) -> impl Strategy<Value = Card> {
    let zones = vec!["UTC", "Asia/Karachi", "America/New_York", "Pacific/Apia"];
    let directions =
        vec![Direction::Inbound, Direction::Outbound, Direction::Sum, Direction::SlotMax];
    let contracts = proptest::collection::vec(contracts, 1..4);
    (proptest::sample::select(zones), proptest::sample::select(directions), contracts)
        .prop_map(|(zone, direction, contracts)| Card { zone, direction, contracts })
}

/// The same slots for several series: when the first begins, and how long each is.
fn grids() -> impl Strategy<Value = (Timestamp, Duration)> {
    let start = (0_i64..20_000).prop_map(|hours| {
        Timestamp::from_second(1_700_000_000 / 3_600 * 3_600 + hours * 3_600).unwrap()
    });
    let interval = proptest::sample::select(vec![300, 3_600, 86_400]);
    (start, interval.prop_map(Duration::from_secs))
}

/// Busy and idle slots, alike ones among them.
fn slots() -> impl Strategy<Value = DataRate> {
    prop_oneof![
        (0_u64..6).prop_map(|n| DataRate::from_mbps(n * 500)),
        (0_u64..3_000_000_000).prop_map(DataRate::from_bps),
    ]
}

/// The most slots of a month, which a rate is priced for.
fn of_a_month(interval: Duration) -> usize {
    usize::try_from(31 * 86_400 / interval.as_secs()).unwrap()
}

fn series() -> impl Strategy<Value = UsageSeries> {
    (grids(), proptest::collection::vec(slots(), 1..150)).prop_map(|((start, interval), rates)| {
        let rates = rates.into_iter().take(of_a_month(interval));
        UsageSeries::from_rates(start, interval, rates).unwrap()
    })
}

fn links() -> impl Strategy<Value = LinkUsage> {
    let both = proptest::collection::vec((slots(), slots()), 1..100);
    (grids(), both).prop_map(|((start, interval), both)| {
        let series =
            |rates: Vec<DataRate>| UsageSeries::from_rates(start, interval, rates).unwrap();
        let (inbound, outbound) = both.into_iter().take(of_a_month(interval)).unzip();
        LinkUsage { inbound: series(inbound), outbound: series(outbound) }
    })
}

/// The sum of some amounts in each currency, by the model.
fn sums<'a>(
    amounts: impl Iterator<Item = (Currency, BigRational)> + 'a,
) -> BTreeMap<Currency, BigRational> {
    let mut sums = BTreeMap::new();
    for (currency, amount) in amounts {
        *sums.entry(currency).or_insert_with(|| BigRational::from(BigInt::ZERO)) += amount;
    }
    sums
}

fn of_cost(cost: &Cost) -> (Currency, BigRational) {
    (cost.currency(), model_of(&cost.to_string()))
}

fn of_money(money: Money) -> (Currency, BigRational) {
    (money.currency(), model_of_decimal(money.amount()))
}

fn totals(statement: &Statement) -> BTreeMap<Currency, BigRational> {
    sums(statement.totals().iter().map(of_cost))
}

const NEAREST: [RoundingStrategy; 3] = [
    RoundingStrategy::MidpointNearestEven,
    RoundingStrategy::MidpointAwayFromZero,
    RoundingStrategy::MidpointTowardZero,
];

proptest! {
    #![proptest_config(crate::support::cases(1_000))]

    #[test]
    fn a_card_that_was_read_bills_like_the_built_one(
        card in cards(),
        series in series(),
        link in links(),
    ) {
        let built = card.built();
        let text = card.toml();
        let from_toml = RateCard::from_toml(&text, &BTreeMap::new())
            .map_err(|error| TestCaseError::fail(format!("{error} in {text}")))?;
        let json = serde_json::to_string(&built).unwrap();
        let from_json: RateCard = serde_json::from_str(&json).unwrap();
        let bytes = postcard::to_allocvec(&built).unwrap();
        let from_bytes: RateCard = postcard::from_bytes(&bytes).unwrap();
        for read in [from_toml, from_json, from_bytes] {
            prop_assert_eq!(&read, &built);
            prop_assert_eq!(read.bill(&series), built.bill(&series));
            prop_assert_eq!(read.bill_link(&link), built.bill_link(&link));
            prop_assert_eq!(read.bill_months(&series), built.bill_months(&series));
        }
    }

    #[test]
    fn bills_come_back_from_json_and_from_bytes(card in cards(), link in links(), part in shares()) {
        let card = card.built();
        let bills = [card.bill_link(&link), card.bill_part(&link.inbound, part)];
        for statement in bills.map(Result::unwrap) {
            let json = serde_json::to_string(&statement).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Statement>(&json).unwrap(), &statement);
            let bytes = postcard::to_allocvec(&statement).unwrap();
            prop_assert_eq!(&postcard::from_bytes::<Statement>(&bytes).unwrap(), &statement);
        }
    }

    #[test]
    fn lines_sum_to_the_totals(card in cards(), series in series(), part in shares()) {
        let statement = card.built().bill_part(&series, part).unwrap();
        let lines = sums(statement.lines().iter().map(|line| of_cost(line.amount())));
        prop_assert_eq!(&totals(&statement), &lines);
        prop_assert_eq!(statement.totals().len(), lines.len(), "one for each currency");
    }

    #[test]
    fn a_card_bills_as_its_tariffs_do(card in cards(), series in series(), part in shares()) {
        let card = card.built().with_time_zone(TimeZone::UTC);
        let statement = card.bill_part(&series, part).unwrap();
        let bills = card.tariffs().iter().map(|tariff| tariff.bill_part(&series, part).unwrap());
        let lines: Vec<_> = bills.flat_map(|bill| bill.lines().to_vec()).collect();
        prop_assert_eq!(statement.lines(), lines);
    }

    #[test]
    fn invoices_sum_and_say_what_rounding_did(
        card in cards(),
        series in series(),
        part in shares(),
        strategy in crate::support::strategies(),
    ) {
        let statement = card.built().bill_part(&series, part).unwrap();
        let invoice = statement.settle(strategy).unwrap();
        let lines = sums(invoice.lines().iter().map(|line| of_money(line.amount())));
        prop_assert_eq!(&sums(invoice.totals().iter().copied().map(of_money)), &lines);
        prop_assert_eq!(invoice.totals().len(), lines.len());

        let exact = statement.totals();
        let settled = invoice.totals().iter().zip(invoice.differences());
        for ((total, difference), exact) in settled.zip(&exact) {
            let (currency, total) = of_money(*total);
            prop_assert_eq!(currency, exact.currency());
            let rounded = of_money(exact.round(strategy).unwrap()).1;
            prop_assert_eq!(of_money(*difference), (currency, &total - rounded));

            // Each line is off by less than a minor unit, by at most half of one to the nearest.
            let places = u32::from(currency.minor_units().unwrap());
            let unit = BigRational::new(1.into(), BigInt::from(10).pow(places));
            let lines = invoice.lines().iter().map(|line| line.amount().currency());
            let count = lines.filter(|of| *of == currency).count();
            let halves = if NEAREST.contains(&strategy) { count } else { 2 * count };
            let off = (total - of_cost(exact).1) * BigInt::from(2);
            let most = unit * BigInt::from(halves);
            prop_assert!(off <= most && off >= -most, "off by {off}/2 in {count} lines");
        }
    }

    #[test]
    fn the_whole_of_a_period_is_the_bill(card in cards(), series in series()) {
        let card = card.built();
        prop_assert_eq!(card.bill_part(&series, Share::ONE), card.bill(&series));
    }

    #[test]
    fn rates_for_two_parts_of_a_period_cost_the_whole(
        card in cards_of(contracts_by(rate_meters())),
        series in series(),
        part in shares(),
    ) {
        let card = card.built();
        let [one, other, whole] = [part, part.complement(), Share::ONE]
            .map(|part| card.bill_part(&series, part).unwrap());
        let parts = one.totals().into_iter().chain(other.totals());
        prop_assert_eq!(sums(parts.map(|cost| of_cost(&cost))), totals(&whole));
        // And each is its share.
        let share = BigRational::new(part.numerator().into(), part.denominator().into());
        let mut expected = totals(&whole);
        expected.values_mut().for_each(|amount| *amount *= &share);
        prop_assert_eq!(totals(&one), expected);
    }

    #[test]
    fn a_part_of_a_volume_contract_is_the_contract_of_a_part(
        contract in contracts_by(volume_meters()),
        series in series(),
        factor in 1_u32..1_000,
    ) {
        let part = Share::new(1, factor.into()).unwrap();
        let of_whole = contract.times(factor).tariff("link").bill_part(&series, part);
        prop_assert_eq!(of_whole, contract.tariff("link").bill(&series));
    }

    #[test]
    fn months_make_up_the_whole(
        card in cards(),
        (start, _) in grids(),
        rates in proptest::collection::vec(slots(), 1..2_000),
    ) {
        let series = UsageSeries::from_rates(start, Duration::from_secs(3_600), rates).unwrap();
        let zone = TimeZone::get(card.zone).unwrap();
        let price = Schedule::flat("1 USD per 1 MB".parse().unwrap());
        let all = Tariff::by_volume("all", VolumeMeter::Total, price);
        let card = RateCard::new([card.contracts[0].tariff("other"), all]).unwrap();
        let card = card.with_time_zone(zone.clone());
        let months = card.bill_months(&series).unwrap();
        let mut end = series.start();
        let mut volume = DataVolume::ZERO;
        for (first, statement) in &months {
            prop_assert_eq!(statement.start(), end, "months follow each other");
            end = statement.end();
            let slice = series.slice(statement.start()..statement.end()).unwrap();
            let bill = card.bill(&slice).unwrap();
            prop_assert_eq!(bill.lines(), statement.lines());
            prop_assert_eq!(bill.coverage(), Share::ONE);
            // The share of the whole local month.
            let midnight = |date: Date| {
                let midnight = zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0));
                midnight.compatible().unwrap()
            };
            let next = first.last_of_month().tomorrow().unwrap();
            let month = midnight(next).duration_since(midnight(*first)).as_secs();
            let hours = u64::try_from(slice.len()).unwrap() * 3_600;
            let month = u64::try_from(month).unwrap();
            prop_assert_eq!(statement.coverage(), Share::new(hours.min(month), month).unwrap());
            let date = zone.to_datetime(statement.start()).date();
            prop_assert_eq!(*first, date.first_of_month());
            let all = statement.lines().iter().find(|line| line.tariff() == Some("all")).unwrap();
            match all.measured().unwrap() {
                AnyQuantity::Volume(month) => volume = volume.checked_add(month).unwrap(),
                AnyQuantity::Rate(rate) => return Err(TestCaseError::fail(format!("{rate}"))),
            }
        }
        prop_assert_eq!(end, series.end());
        prop_assert_eq!(volume, series.total());
    }

    #[test]
    fn ports_are_summed_before_the_percentile(
        (start, interval) in grids(),
        ports in (1_usize..5, 1_usize..80).prop_flat_map(|(ports, slots)| {
            proptest::collection::vec(proptest::collection::vec(0_u64..50, slots), ports)
        }),
        percent in 1_usize..=100,
    ) {
        let most = of_a_month(interval).min(ports[0].len());
        let ports: Vec<_> = ports.iter().map(|port| &port[..most]).collect();
        let series = ports.iter().map(|rates| {
            let rates = rates.iter().copied().map(DataRate::from_bps);
            UsageSeries::from_rates(start, interval, rates).unwrap()
        });
        let all = series.reduce(|sum, port| sum.sum_with(&port).unwrap()).unwrap();
        let percentile = Percentile::new(Decimal::from(percent)).unwrap();
        let price = Schedule::flat("1 USD per 1 bps".parse().unwrap());
        let tariff = Tariff::by_rate("link", RateMeter::Percentile(percentile), price);
        let bill = tariff.bill(&all).unwrap().total().unwrap();

        // The least rate that so many percent of the slots do not exceed.
        let count = ports[0].len();
        let sum = |slot| ports.iter().map(|port| port[slot]).sum();
        let sums: Vec<u64> = (0..count).map(sum).collect();
        let covers = |rate: &u64| {
            100 * sums.iter().filter(|sum| *sum <= rate).count() >= percent * count
        };
        let least = sums.iter().copied().filter(covers).min().unwrap();
        prop_assert_eq!(bill.to_string(), format!("{least} USD"));
    }

    #[test]
    fn the_higher_direction_is_the_dearer_of_the_two(contract in contracts(), link in links()) {
        let card = RateCard::new([contract.tariff("link")]).unwrap();
        let bill = |direction| card.clone().with_direction(direction).bill_link(&link).unwrap();
        let (inbound, outbound) = (bill(Direction::Inbound), bill(Direction::Outbound));
        let is_outbound = outbound.total().unwrap() > inbound.total().unwrap();
        let dearer = if is_outbound { outbound } else { inbound };
        prop_assert_eq!(bill(Direction::Higher), dearer);
    }

    #[test]
    fn which_direction_is_which_matters_to_no_combination(card in cards(), link in links()) {
        let swapped = LinkUsage { inbound: link.outbound.clone(), outbound: link.inbound.clone() };
        for direction in [Direction::Sum, Direction::SlotMax] {
            let card = card.built().with_direction(direction);
            prop_assert_eq!(card.bill_link(&link), card.bill_link(&swapped));
        }
        let of = |direction, link| card.built().with_direction(direction).bill_link(link).unwrap();
        let inbound = of(Direction::Inbound, &link);
        let outbound = of(Direction::Outbound, &swapped);
        let items = |bill: &Statement| -> Vec<_> {
            bill.lines().iter().map(|line| (line.measured(), line.line().clone())).collect()
        };
        prop_assert_eq!(items(&inbound), items(&outbound));
    }

    #[test]
    fn tables_are_aligned(card in cards(), link in links()) {
        let statement = card.built().bill_link(&link).unwrap();
        let rows = 1 + statement.lines().len() + statement.totals().len();
        let table = statement.to_string();
        let (mut ends, mut count) = (Vec::new(), 0);
        for line in table.lines() {
            prop_assert_eq!(line, line.trim_end());
            count += 1;
            // An amount ends a line with its currency.
            if ["USD", "PKR", "JPY"].iter().any(|code| line.ends_with(code)) {
                ends.push(line.chars().count());
            }
        }
        prop_assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
        prop_assert!(ends.len() > statement.totals().len(), "{table}");
        prop_assert!(count > rows, "{table}");
    }
}

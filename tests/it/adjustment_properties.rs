//! Laws of adjustments, minimums and maximums of a bill, for random cards and a model in another
//! crate's rational numbers.
#![cfg(feature = "toml")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]
#![expect(clippy::arithmetic_side_effects, reason = "numbers of any size")]

use crate::support::{model_of_cost, model_of_decimal, shares, strategies};
use bandwidth_cost::{
    Currency, DataRate, Decimal, ExchangeRates, Money, RateCard, RateMeter, RoundingStrategy,
    Schedule, Share, Statement, Tariff, UsageSeries, VolumeMeter,
    jiff::{Timestamp, civil::Date},
    tariff::{Adjustment, Settlement},
};
use core::{fmt::Write as _, time::Duration};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use std::collections::BTreeMap;

const CURRENCIES: [Currency; 3] = [Currency::USD, Currency::PKR, Currency::JPY];

fn decimal_cents(cents: i64, currency: Currency) -> Money {
    Money::new(Decimal::new(cents, 2), currency)
}

/// The terms of a tariff of a card.
#[derive(Debug, Clone)]
struct Charge {
    currency: Currency,
    cents: i64,
    kind: u8,
}

impl Charge {
    fn tariff(&self, name: String) -> Tariff {
        let money = decimal_cents(self.cents, self.currency);
        match self.kind {
            0 => Tariff::fee(name, money),
            1 => Tariff::by_rate(name, RateMeter::Peak, Schedule::flat(price(money, "3 Mbps"))),
            _ => Tariff::by_volume(name, VolumeMeter::Total, Schedule::flat(price(money, "7 GB"))),
        }
    }

    fn toml(&self, name: &str) -> String {
        let money = decimal_cents(self.cents, self.currency);
        let keys = match self.kind {
            0 => format!("fixed_fee = \"{money}\""),
            1 => format!("measure = \"peak rate\"\nprice = \"{money} per 3 Mbps\""),
            _ => format!("measure = \"total volume\"\nprice = \"{money} per 7 GB\""),
        };
        format!("[[tariff]]\nname = \"{name}\"\n{keys}\n")
    }
}

fn price<P: std::str::FromStr<Err = bandwidth_cost::Error>>(money: Money, per: &str) -> P {
    format!("{money} per {per}").parse().unwrap()
}

/// An adjustment, which names others by their place among the names before it.
#[derive(Debug, Clone)]
struct Change {
    /// Cents of a currency of the card, or hundredths of a percent.
    value: Result<(usize, i64), i64>,
    of: Option<Vec<usize>>,
    /// Days after the first of March.
    on: Option<i64>,
}

#[derive(Debug, Clone)]
struct Card {
    charges: Vec<Charge>,
    /// Cents; a card with them has one currency.
    bounds: Option<(i64, i64)>,
    changes: Vec<Change>,
}

fn first() -> Date {
    "2025-03-01".parse().unwrap()
}

fn day_after(days: i64) -> Date {
    (0..days.abs()).fold(first(), |day, _| {
        if days < 0 { day.yesterday().unwrap() } else { day.tomorrow().unwrap() }
    })
}

impl Card {
    fn name(&self, index: usize) -> String {
        format!("no. {index}")
    }

    fn amount(&self, (currency, cents): (usize, i64)) -> Money {
        let currency = self.charges[currency % self.charges.len()].currency;
        decimal_cents(cents, currency)
    }

    fn of(&self, index: usize) -> Option<Vec<String>> {
        let change = &self.changes[index];
        let before = self.charges.len() + index;
        let names = change.of.as_ref().filter(|_| change.value.is_err())?;
        Some(names.iter().map(|name| self.name(name % before)).collect())
    }

    fn percent(hundredths: i64) -> String {
        let sign = if hundredths < 0 { "-" } else { "" };
        let hundredths = hundredths.abs();
        format!("{sign}{}.{:02}%", hundredths / 100, hundredths % 100)
    }

    fn adjustment(&self, index: usize) -> Adjustment {
        let change = &self.changes[index];
        let name = self.name(self.charges.len() + index);
        let mut adjustment = match change.value {
            Ok(amount) => Adjustment::amount(name, self.amount(amount)),
            Err(percent) => Adjustment::percent(name, &Self::percent(percent)).unwrap(),
        };
        if let Some(of) = self.of(index) {
            adjustment = adjustment.of(of);
        }
        if let Some(days) = change.on {
            adjustment = adjustment.on(day_after(days));
        }
        adjustment
    }

    /// The card without its adjustments.
    fn bare(&self) -> RateCard {
        let tariffs = self.charges.iter().enumerate();
        let card = RateCard::new(tariffs.map(|(n, of)| of.tariff(self.name(n)))).unwrap();
        let Some((least, most)) = self.bounds else { return card };
        let money = |cents| decimal_cents(cents, self.charges[0].currency);
        card.with_minimum(money(least)).unwrap().with_maximum(money(most)).unwrap()
    }

    fn built(&self) -> RateCard {
        let adjustments = (0..self.changes.len()).map(|index| self.adjustment(index));
        adjustments.fold(self.bare(), |card, adjustment| card.with_adjustment(adjustment).unwrap())
    }

    fn toml(&self) -> String {
        let mut text = String::new();
        if let Some((least, most)) = self.bounds {
            let money = |cents| decimal_cents(cents, self.charges[0].currency);
            writeln!(text, "minimum = \"{}\"\nmaximum = \"{}\"", money(least), money(most))
                .unwrap();
        }
        for (index, charge) in self.charges.iter().enumerate() {
            text += &charge.toml(&self.name(index));
        }
        for (index, change) in self.changes.iter().enumerate() {
            let name = self.name(self.charges.len() + index);
            writeln!(text, "[[adjustment]]\nname = \"{name}\"").unwrap();
            match change.value {
                Ok(amount) => writeln!(text, "amount = \"{}\"", self.amount(amount)).unwrap(),
                Err(percent) => writeln!(text, "percent = \"{}\"", Self::percent(percent)).unwrap(),
            }
            if let Some(of) = self.of(index) {
                writeln!(text, "of = {of:?}").unwrap();
            }
            if let Some(days) = change.on {
                writeln!(text, "on = \"{}\"", day_after(days)).unwrap();
            }
        }
        text
    }
}

/// A line of the model: the name of its tariff or adjustment, and the amount.
type Line = (Option<String>, Currency, BigRational);

fn lines(statement: &Statement) -> Vec<Line> {
    let line = |line: &bandwidth_cost::StatementLine| {
        let name = line.tariff().or(line.adjustment()).map(str::to_owned);
        (name, line.amount().currency(), model_of_cost(line.amount()))
    };
    statement.lines().iter().map(line).collect()
}

/// The lines with those of the adjustments, for a bill of the first `days` days of March.
fn model(
    card: &Card,
    mut lines: Vec<Line>,
    days: usize,
    rate: impl Fn(Currency) -> (Currency, BigRational),
) -> Vec<Line> {
    let hundredths = |number: i64| BigRational::new(number.into(), BigInt::from(10_000));
    for (index, change) in card.changes.iter().enumerate() {
        let is_billed = |day: i64| usize::try_from(day).is_ok_and(|day| day < days);
        if change.on.is_some_and(|day| !is_billed(day)) {
            continue;
        }
        let name = Some(card.name(card.charges.len() + index));
        let of = card.of(index);
        let added = match change.value {
            Ok(amount) => {
                let amount = card.amount(amount);
                let (currency, rate) = rate(amount.currency());
                vec![(currency, model_of_decimal(amount.amount()) * rate)]
            }
            Err(percent) => {
                let mine = lines.iter().filter(|(name, ..)| match (&of, name) {
                    (None, _) => true,
                    (Some(of), name) => name.as_ref().is_some_and(|name| of.contains(name)),
                });
                let mut sums: Vec<(Currency, BigRational)> = Vec::new();
                for (_, currency, amount) in mine {
                    match sums.iter_mut().find(|(of, _)| of == currency) {
                        Some((_, sum)) => *sum += amount,
                        None => sums.push((*currency, amount.clone())),
                    }
                }
                sums.into_iter().map(|(of, sum)| (of, sum * hundredths(percent))).collect()
            }
        };
        lines.extend(added.into_iter().map(|(currency, sum)| (name.clone(), currency, sum)));
    }
    lines
}

fn sums(
    lines: impl IntoIterator<Item = (Currency, BigRational)>,
) -> BTreeMap<Currency, BigRational> {
    let mut sums = BTreeMap::new();
    for (currency, amount) in lines {
        *sums.entry(currency).or_insert_with(|| BigRational::from(BigInt::ZERO)) += amount;
    }
    sums
}

fn changes() -> impl Strategy<Value = Change> {
    let value = prop_oneof![
        1 => (0_usize..4, -50_000_i64..50_000).prop_map(Ok),
        2 => (-20_000_i64..30_000).prop_map(Err),
    ];
    let of = proptest::option::of(proptest::collection::vec(0_usize..16, 1..4));
    (value, of, proptest::option::of(-3_i64..40)).prop_map(|(value, of, on)| Change {
        value,
        of,
        on,
    })
}

fn cards() -> impl Strategy<Value = Card> {
    let charge = (0_usize..3, 0_i64..100_000, 0_u8..3);
    let charges = proptest::collection::vec(charge, 1..5);
    let bounds = proptest::option::of((0_i64..500_000, 0_i64..2_000_000));
    let changes = proptest::collection::vec(changes(), 0..6);
    (charges, bounds, changes).prop_map(|(charges, bounds, changes)| {
        let charge = |(currency, cents, kind): (usize, i64, u8)| {
            let currency = if bounds.is_some() { 0 } else { currency };
            Charge { currency: CURRENCIES[currency], cents, kind }
        };
        let charges = charges.into_iter().map(charge).collect();
        let bounds = bounds.map(|(least, more)| (least, least + more));
        Card { charges, bounds, changes }
    })
}

/// Days from the first of March on.
fn series() -> impl Strategy<Value = UsageSeries> {
    proptest::collection::vec(0_u64..3_000_000, 1..32).prop_map(|kbps| {
        let start: Timestamp = "2025-03-01T00:00:00Z".parse().unwrap();
        let rates = kbps.into_iter().map(DataRate::from_kbps);
        UsageSeries::from_rates(start, Duration::from_secs(86_400), rates).unwrap()
    })
}

fn rates() -> ExchangeRates {
    let mut rates = ExchangeRates::new();
    for rate in ["1 USD = 278.55 PKR", "1 JPY = 1.9 PKR", "1 USD = 149.5 JPY"] {
        rates.insert(first(), rate.parse().unwrap()).unwrap();
    }
    rates
}

proptest! {
    #![proptest_config(crate::support::cases(1_000))]

    #[test]
    fn lines_are_those_of_the_model_and_sum_to_the_totals(
        card in cards(),
        series in series(),
        part in shares(),
        strategy in strategies(),
    ) {
        let statement = card.built().bill_part(&series, part).unwrap();
        let bare = card.bare().bill_part(&series, part).unwrap();
        let same = |currency| (currency, BigRational::from(BigInt::from(1)));
        let expected = model(&card, lines(&bare), series.len(), same);
        prop_assert_eq!(lines(&statement), expected.clone());
        let expected = sums(expected.into_iter().map(|(_, currency, amount)| (currency, amount)));
        let totals = statement.totals();
        prop_assert_eq!(totals.len(), expected.len());
        let totals = totals.iter().map(|total| (total.currency(), model_of_cost(total)));
        prop_assert_eq!(sums(totals), expected);

        for rule in [Settlement::each_line(strategy), Settlement::total_once(strategy)] {
            let invoice = statement.settle(rule).unwrap();
            let money = |money: Money| (money.currency(), model_of_decimal(money.amount()));
            let lines = sums(invoice.lines().iter().map(|line| money(line.amount())));
            prop_assert_eq!(sums(invoice.totals().iter().copied().map(money)), lines);
        }
    }

    #[test]
    fn the_text_the_builder_and_serde_give_the_same_card(card in cards(), series in series()) {
        let built = card.built();
        let text = card.toml();
        let from_toml = RateCard::from_toml(&text, &BTreeMap::new())
            .map_err(|error| TestCaseError::fail(format!("{error} in {text}")))?;
        let json = serde_json::to_string(&built).unwrap();
        let bytes = postcard::to_allocvec(&built).unwrap();
        let from_json: RateCard = serde_json::from_str(&json).unwrap();
        for read in [from_toml, from_json, postcard::from_bytes(&bytes).unwrap()] {
            prop_assert_eq!(&read, &built);
            prop_assert_eq!(read.bill(&series), built.bill(&series));
        }
        for statement in [built.bill(&series).unwrap(), built.bill_months(&series).unwrap()[0].1.clone()] {
            let converted = statement.convert(&rates(), Currency::PKR, first()).unwrap();
            for statement in [statement, converted] {
                let json = serde_json::to_string(&statement).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Statement>(&json).unwrap(), &statement);
                let bytes = postcard::to_allocvec(&statement).unwrap();
                prop_assert_eq!(&postcard::from_bytes::<Statement>(&bytes).unwrap(), &statement);
            }
        }
    }

    #[test]
    fn a_bill_that_is_adjusted_is_the_bill_of_the_card(card in cards(), series in series()) {
        let adjustments = (0..card.changes.len()).map(|index| card.adjustment(index));
        let bare = card.bare().bill(&series).unwrap();
        let adjusted = adjustments.fold(bare, |bill, adjustment| {
            bill.with_adjustment(adjustment).unwrap()
        });
        prop_assert_eq!(adjusted, card.built().bill(&series).unwrap());
    }

    #[test]
    fn percentages_of_a_converted_bill_are_of_the_converted_amounts(
        card in cards(),
        series in series(),
    ) {
        let (statement, rates) = (card.built().bill(&series).unwrap(), rates());
        let bare = card.bare().bill(&series).unwrap();
        for to in CURRENCIES {
            let converted = statement.convert(&rates, to, first()).unwrap();
            let factor = |from: Currency| {
                if from == to {
                    return (to, BigRational::from(BigInt::from(1)));
                }
                let rate = rates.rate(from, to, first()).unwrap();
                let one = rate.convert(Money::from_major(1, from)).unwrap();
                (to, model_of_cost(&one))
            };
            let bare = bare.convert(&rates, to, first()).unwrap();
            let expected = model(&card, lines(&bare), series.len(), factor);
            prop_assert_eq!(lines(&converted), expected);
            // The total is the converted total, and another conversion begins anew.
            let total = statement.totals().into_iter().fold(
                BigRational::from(BigInt::ZERO),
                |sum, total| sum + model_of_cost(&total) * factor(total.currency()).1,
            );
            prop_assert_eq!(model_of_cost(&converted.total().unwrap()), total);
            let twice = converted.convert(&rates, Currency::PKR, first()).unwrap();
            prop_assert_eq!(twice, statement.convert(&rates, Currency::PKR, first()).unwrap());
        }
    }

    #[test]
    fn percentages_in_sequence_are_their_product(
        cents in -1_000_000_i64..1_000_000,
        percents in proptest::collection::vec(-30_000_i64..30_000, 0..12),
        series in series(),
    ) {
        let base = RateCard::new([Tariff::fee("base", Money::zero(Currency::USD))]).unwrap();
        let amount = Adjustment::amount("amount", decimal_cents(cents, Currency::USD));
        let bill = base.bill(&series).unwrap().with_adjustment(amount).unwrap();
        let bill = (0..).zip(&percents).fold(bill, |bill, (n, percent): (u32, _)| {
            let percent = Adjustment::percent(format!("no. {n}"), &Card::percent(*percent));
            bill.with_adjustment(percent.unwrap()).unwrap()
        });
        let whole = BigInt::from(10_000);
        let product = percents.iter().fold(
            BigRational::new(cents.into(), 100.into()),
            |product, percent| product * BigRational::new(&whole + percent, whole.clone()),
        );
        prop_assert_eq!(model_of_cost(&bill.total().unwrap()), product);
    }

    #[test]
    fn a_card_costs_at_least_its_minimum_and_at_most_its_maximum(
        card in cards(),
        series in series(),
        part in shares(),
    ) {
        let Some((least, most)) = card.bounds else { return Ok(()) };
        let bare = Card { changes: Vec::new(), ..card };
        let unbound = Card { bounds: None, ..bare.clone() };
        let [bound, unbound] = [bare, unbound].map(|card| card.built().bill_part(&series, part).unwrap());
        let share = BigRational::new(part.numerator().into(), part.denominator().into());
        let of_part = |cents: i64| BigRational::new(cents.into(), 100.into()) * &share;
        let total = model_of_cost(&unbound.total().unwrap());
        let expected = total.clone().max(of_part(least)).min(of_part(most));
        prop_assert_eq!(model_of_cost(&bound.total().unwrap()), expected.clone());
        prop_assert_eq!(bound.lines().len() > unbound.lines().len(), expected != total);
    }

    #[test]
    fn adjustments_are_in_the_bill_of_one_month(card in cards(), part in 1_usize..31) {
        // The months of a series that begins on a day of March and ends in May.
        let start: Timestamp = "2025-03-01T00:00:00Z".parse().unwrap();
        let day = Duration::from_secs(86_400);
        let series = UsageSeries::from_rates(
            start + day * u32::try_from(part).unwrap(),
            day,
            vec![DataRate::from_mbps(1); 31 - part + 30 + 1],
        )
        .unwrap();
        let months = card.built().bill_months(&series).unwrap();
        for (index, change) in card.changes.iter().enumerate() {
            let Some(on) = change.on.filter(|_| change.value.is_ok()) else { continue };
            let name = card.name(card.charges.len() + index);
            let is_in = |(_, bill): &(Date, Statement)| {
                bill.lines().iter().any(|line| line.adjustment() == Some(&name))
            };
            let found: Vec<bool> = months.iter().map(is_in).collect();
            prop_assert_eq!(found, [(0..31).contains(&on), (31..61).contains(&on), false]);
        }
        prop_assert_eq!(months.len(), 3);
    }
}

#[test]
fn a_tax_of_no_part_of_a_period_is_zero() {
    let card = RateCard::new([Tariff::fee("port", Money::from_major(9, Currency::USD))]).unwrap();
    let card = card.with_adjustment(Adjustment::percent("tax", "15%").unwrap()).unwrap();
    let start: Timestamp = "2025-03-01T00:00:00Z".parse().unwrap();
    let rates = [DataRate::from_mbps(1)];
    let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates).unwrap();
    let bill = card.bill_part(&series, Share::ZERO).unwrap();
    let invoice = bill.settle(RoundingStrategy::ToZero).unwrap();
    assert_eq!(invoice.total().unwrap(), Money::zero(Currency::USD));
}

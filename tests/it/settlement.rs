//! Bills rounded to money: by each line or once, to other places and to coins.

use bandwidth_cost::{
    Cost, DataRate, Invoice, Money, RateCard, RateMeter, RatePrice,
    RoundingStrategy::{self, MidpointAwayFromZero, MidpointNearestEven, ToZero},
    Schedule, Statement, Tariff, UsageSeries,
    jiff::Timestamp,
    tariff::Settlement,
};
use core::time::Duration;
use proptest::{collection::vec, prelude::*, sample::select};

/// A bill of a line for each amount, of 1 Mbps.
fn bill(amounts: &[&str]) -> Statement {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
    let series =
        UsageSeries::from_rates(start, Duration::from_secs(300), [DataRate::from_mbps(1)]).unwrap();
    let tariff = |(index, amount): (usize, &&str)| {
        let price: RatePrice = format!("{amount} per 1 Mbps").parse().unwrap();
        Tariff::by_rate(format!("tariff {index}"), RateMeter::Peak, Schedule::flat(price))
    };
    RateCard::new(amounts.iter().enumerate().map(tariff)).unwrap().bill(&series).unwrap()
}

fn amounts(invoice: &Invoice) -> Vec<String> {
    invoice.lines().iter().map(|line| format!("{} {}", line.label(), line.amount())).collect()
}

fn totals(invoice: &Invoice) -> Vec<String> {
    invoice.totals().iter().map(ToString::to_string).collect()
}

#[track_caller]
fn money(text: &str) -> Money {
    text.parse().unwrap()
}

#[test]
fn a_total_rounded_once_has_a_line_for_the_difference() {
    let bill = bill(&["1.004 USD", "1.004 USD", "1.004 USD"]);
    let invoice = bill.settle(Settlement::total_once(MidpointAwayFromZero)).unwrap();
    assert_eq!(
        amounts(&invoice),
        ["usage 1.00 USD", "usage 1.00 USD", "usage 1.00 USD", "rounding 0.01 USD"],
    );
    assert_eq!(totals(&invoice), ["3.01 USD"]);
    assert_eq!(invoice.differences(), [money("0.00 USD")]);
    assert!(invoice.lines()[3].line().is_none());
    let text = invoice.to_string();
    let rows: Vec<&str> = text.lines().rev().take(3).collect();
    assert_eq!(rows[0], "the total rounded once, half away from zero");
    assert!(rows[1].starts_with("total ") && rows[1].ends_with("3.01 USD"), "{text}");
    assert!(rows[2].starts_with("rounding ") && rows[2].ends_with("0.01 USD"), "{text}");
    // By each line there is none.
    let invoice = bill.settle(MidpointAwayFromZero).unwrap();
    assert_eq!(totals(&invoice), ["3.00 USD"]);
    assert_eq!(invoice.differences(), [money("-0.01 USD")]);
}

#[test]
fn cash_is_for_the_total_of_its_currency() {
    let bill = bill(&["100.21 CHF", "10.26 CHF", "1.03 EUR"]);
    let rule = Settlement::each_line(MidpointAwayFromZero).cash(money("0.05 CHF"));
    let invoice = bill.settle(rule.clone()).unwrap();
    assert_eq!(
        amounts(&invoice),
        ["usage 100.21 CHF", "usage 10.26 CHF", "usage 1.03 EUR", "rounding -0.02 CHF"],
    );
    assert_eq!(totals(&invoice), ["110.45 CHF", "1.03 EUR"]);
    assert_eq!(invoice.settlement(), &rule);
    let rule = rule.cash(money("0.05 EUR")).cash(money("1 CHF"));
    assert_eq!(
        rule.to_string(),
        "each line rounded half away from zero, cash in steps of 0.05 EUR and 1 CHF",
    );
    assert_eq!(totals(&bill.settle(rule).unwrap()), ["110.00 CHF", "1.05 EUR"]);
}

#[test]
fn a_coin_that_no_amount_can_be_paid_in_is_refused() {
    let bill = bill(&["1 CHF"]);
    for step in ["0 CHF", "-0.05 CHF", "0.005 CHF"] {
        let rule = Settlement::each_line(ToZero).cash(money(step));
        assert_eq!(
            bill.settle(rule).unwrap_err().to_string(),
            format!(
                "cash can't go in steps of {step}: pass a positive amount in whole minor units"
            ),
        );
    }
    assert!(bill.settle(Settlement::each_line(ToZero).cash(money("0.005 USD"))).is_ok());
}

#[test]
fn gold_and_special_drawing_rights_are_settled_to_places() {
    let bill = bill(&["1.23456 XDR", "0.00049 XAU"]);
    assert_eq!(
        bill.settle(ToZero).unwrap_err().to_string(),
        "XDR has no minor units: round with round_to and a number of decimal places, and split by \
         multiplying a cost by shares",
    );
    let invoice = bill.settle(Settlement::each_line(MidpointNearestEven).places(4)).unwrap();
    assert_eq!(totals(&invoice), ["1.2346 XDR", "0.0005 XAU"]);
    assert_eq!(
        invoice.settlement().to_string(),
        "each line rounded half to even, to 4 decimal places",
    );
}

#[test]
#[allow(deprecated, reason = "rust_decimal still names them")]
fn a_strategy_by_its_old_name_is_the_one_by_its_new_name() {
    use RoundingStrategy::{
        AwayFromZero, BankersRounding, MidpointTowardZero, RoundDown, RoundHalfDown, RoundHalfUp,
        RoundUp,
    };
    for (old, new, words) in [
        (BankersRounding, MidpointNearestEven, "half to even"),
        (RoundHalfUp, MidpointAwayFromZero, "half away from zero"),
        (RoundHalfDown, MidpointTowardZero, "half toward zero"),
        (RoundDown, ToZero, "toward zero"),
        (RoundUp, AwayFromZero, "away from zero"),
    ] {
        assert_eq!(Settlement::from(old).to_string(), format!("each line rounded {words}"));
        assert_eq!(Settlement::total_once(old), Settlement::total_once(new));
        let bill = bill(&["1.005 USD", "0.025 USD"]);
        assert_eq!(bill.settle(old).unwrap(), bill.settle(new).unwrap());
    }
}

fn strategies() -> impl Strategy<Value = RoundingStrategy> {
    select(vec![
        MidpointNearestEven,
        MidpointAwayFromZero,
        RoundingStrategy::MidpointTowardZero,
        ToZero,
        RoundingStrategy::AwayFromZero,
        RoundingStrategy::ToNegativeInfinity,
        RoundingStrategy::ToPositiveInfinity,
    ])
}

proptest! {
    #![proptest_config(crate::support::cases(500))]

    #[test]
    fn lines_sum_to_the_total_by_any_rule(
        lines in vec((0_u32..1_000_000, select(vec!["USD", "CHF", "JPY"])), 1..6),
        strategy in strategies(),
        once in any::<bool>(),
        places in proptest::option::of(2_u32..6),
        coin in proptest::option::of(1_u32..200),
    ) {
        let texts: Vec<String> =
            lines.iter().map(|(digits, code)| format!("{digits}.{digits:06} {code}")).collect();
        let bill = bill(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let mut rule =
            if once { Settlement::total_once(strategy) } else { Settlement::each_line(strategy) };
        if let Some(places) = places {
            rule = rule.places(places);
        }
        if let Some(coin) = coin {
            rule = rule.cash(Money::from_minor(coin.into(), bandwidth_cost::Currency::CHF));
        }
        let invoice = bill.settle(rule.clone()).unwrap();
        for (total, exact) in invoice.totals().iter().zip(bill.totals()) {
            let of_currency = invoice.lines().iter().map(|line| line.amount());
            let of_currency = of_currency.filter(|amount| amount.currency() == total.currency());
            let sum = Cost::sum(total.currency(), of_currency.map(Cost::from)).unwrap();
            prop_assert_eq!(&sum, &Cost::from(*total));
            let is_coin = total.currency().code() == "CHF" && coin.is_some();
            if once && !is_coin {
                let digits = places.or(total.currency().minor_units().map(u32::from)).unwrap();
                prop_assert_eq!(*total, exact.round_to(digits, strategy).unwrap());
            }
            if let (true, Some(coin)) = (is_coin, coin) {
                let hundredths = Cost::from(*total).round_to_i128(2, ToZero).unwrap();
                prop_assert_eq!(hundredths % i128::from(coin), 0);
            }
        }
        #[cfg(feature = "serde")]
        {
            let json = serde_json::to_string(&invoice).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Invoice>(&json).unwrap(), &invoice);
            let bytes = postcard::to_stdvec(&invoice).unwrap();
            prop_assert_eq!(&postcard::from_bytes::<Invoice>(&bytes).unwrap(), &invoice);
        }
    }
}

#[cfg(feature = "serde")]
mod parts {
    use super::*;
    use ::serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row {
        #[serde(with = "bandwidth_cost::money::serde::parts")]
        price: Money,
        #[serde(with = "bandwidth_cost::money::serde::parts")]
        cost: Cost,
    }

    fn row(price: &str, cost: &str) -> Row {
        Row { price: price.parse().unwrap(), cost: cost.parse().unwrap() }
    }

    #[test]
    fn an_amount_in_parts_is_a_decimal_and_a_code() {
        let row = row("12.50 USD", "-2/3 PKR");
        let json = serde_json::to_string(&row).unwrap();
        assert_eq!(
            json,
            "{\"price\":{\"amount\":\"12.50\",\"currency\":\"USD\"},\
             \"cost\":{\"amount\":\"-0.666666666667\",\"currency\":\"PKR\",\"exact\":\"-2/3\"}}",
        );
        assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), row);
        let bytes = postcard::to_stdvec(&row).unwrap();
        assert_eq!(postcard::from_bytes::<Row>(&bytes).unwrap(), row);
    }

    #[test]
    fn an_amount_that_is_not_its_exact_one_is_refused() {
        let json = serde_json::to_string(&row("1 USD", "2/3 PKR")).unwrap();
        let refused = serde_json::from_str::<Row>(&json.replace("667\"", "666\"")).unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("amount 0.666666666666 of exactly 2/3: expected 0.666666666667"),
            "{refused}",
        );
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the nearest float of a number is one float")]
    fn a_chart_gets_the_nearest_float() {
        let third: Cost = "1/3 USD".parse().unwrap();
        assert_eq!(third.to_f64_lossy(), 1.0_f64 / 3.0);
        assert_eq!("-12.5 USD".parse::<Cost>().unwrap().to_f64_lossy(), -12.5);
        let vast: Cost = format!("1{} USD", "0".repeat(400)).parse().unwrap();
        assert_eq!(vast.to_f64_lossy(), f64::INFINITY);
    }
}

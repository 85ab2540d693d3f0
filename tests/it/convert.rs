//! Bills in another currency: line by line, each with its own amount and the rate of a day.

use crate::support::positive_money;
use bandwidth_cost::{
    Cost, Currency, DataRate, ExchangeRate, ExchangeRates, Money, Percentile, RateCard, RateMeter,
    RatePrice, RoundingStrategy, Schedule, Statement, Tariff, UsageSeries, VolumeMeter,
    jiff::{
        Timestamp,
        civil::{Date, date},
        tz::TimeZone,
    },
};
use core::time::Duration;
use proptest::{collection::vec, prelude::*, sample::select};

const USD: Currency = Currency::USD;
const PKR: Currency = Currency::PKR;
const EUR: Currency = Currency::EUR;

#[track_caller]
fn cost(text: &str) -> Cost {
    text.parse().unwrap()
}

fn table(fixings: &[(&str, &str)]) -> ExchangeRates {
    let mut table = ExchangeRates::new();
    for (on, rate) in fixings {
        table.insert(on.parse().unwrap(), rate.parse().unwrap()).unwrap();
    }
    table
}

/// The rupee's fall, a Wednesday and a Thursday.
fn january() -> ExchangeRates {
    table(&[("2023-01-25", "1 USD = 231.55 PKR"), ("2023-01-26", "1 USD = 250.50 PKR")])
}

/// Ten slots at 3 Gbps.
fn ten_slots() -> UsageSeries {
    let start: Timestamp = "2023-01-25T19:00:00Z".parse().unwrap();
    let rates = [DataRate::from_gbps(3); 10];
    UsageSeries::from_rates(start, Duration::from_secs(300), rates).unwrap()
}

/// Transit in dollars with a fee, egress in rupees.
fn card() -> RateCard {
    let transit = Schedule::flat("0.35 USD per 1 Mbps".parse::<RatePrice>().unwrap())
        .with_increment(DataRate::from_gbps(2))
        .unwrap()
        .with_fixed_fee("250.00 USD".parse().unwrap())
        .unwrap();
    let egress = Schedule::flat("2 PKR per 3 GB".parse().unwrap());
    RateCard::new([
        Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), transit),
        Tariff::by_volume("egress", VolumeMeter::Total, egress),
    ])
    .unwrap()
}

fn statement() -> Statement {
    card().bill(&ten_slots()).unwrap()
}

fn amounts(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.amount().to_string()).collect()
}

fn own_amounts(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.line().amount().to_string()).collect()
}

fn rates(statement: &Statement) -> Vec<Option<String>> {
    statement.lines().iter().map(|line| line.rate().map(ToString::to_string)).collect()
}

#[test]
fn each_line_has_its_own_amount_the_converted_one_and_the_rate() {
    let bill = statement();
    // 3 Gbps rounded up to 4 cost 4000 × 0.35 USD; 3 Gbps for 3000 s are 1125 GB, at 2/3 PKR each.
    assert_eq!(amounts(&bill), ["0 USD", "1400 USD", "250 USD", "750 PKR"]);
    assert_eq!(rates(&bill), [None, None, None, None]);

    let rupees = bill.convert(&january(), PKR, date(2023, 1, 26)).unwrap();
    // 1400 × 250.50 and 250 × 250.50.
    assert_eq!(amounts(&rupees), ["0 PKR", "350700 PKR", "62625 PKR", "750 PKR"]);
    assert_eq!(own_amounts(&rupees), amounts(&bill));
    let rate = Some("1 USD = 250.5 PKR (fixing of 2023-01-26)".to_owned());
    assert_eq!(rates(&rupees), [rate.clone(), rate.clone(), rate, None]);
    let fixing = &rupees.lines()[1].rate().unwrap().fixings()[0];
    assert_eq!(fixing.to_string(), "1 USD = 250.5 PKR on 2023-01-26");
    assert_eq!(rupees.totals(), [cost("414075 PKR")]);
    assert_eq!(rupees.total(), Ok(cost("414075 PKR")));
    assert_eq!((rupees.start(), rupees.end()), (bill.start(), bill.end()));
    assert_eq!(rupees.lines()[0].direction(), bill.lines()[0].direction());
}

#[test]
fn a_bill_in_the_other_currency_has_the_inverse_rate() {
    let dollars = statement().convert(&january(), USD, date(2023, 1, 27)).unwrap();
    assert_eq!(amounts(&dollars), ["0 USD", "1400 USD", "250 USD", "500/167 USD"]); // 750/250.50
    let rate = "250.5 PKR = 1 USD (fixing of 2023-01-26)".to_owned();
    assert_eq!(rates(&dollars), [None, None, None, Some(rate)]);
}

#[test]
fn a_bill_that_is_in_the_currency_stays_as_it_is() {
    let dollars = Tariff::by_rate(
        "port",
        RateMeter::Peak,
        Schedule::flat("1 USD per 1 Mbps".parse().unwrap()),
    );
    let bill = dollars.bill(&ten_slots()).unwrap();
    // No rate is needed.
    assert_eq!(bill.convert(&ExchangeRates::new(), USD, date(2023, 1, 26)), Ok(bill));
}

#[test]
fn the_devaluation_of_january_2023_is_the_difference_of_two_days() {
    let on = |day| statement().convert(&january(), PKR, day).unwrap().total().unwrap();
    let (before, after) = (on(date(2023, 1, 25)), on(date(2023, 1, 26)));
    assert_eq!(before, cost("382807.5 PKR")); // 1650 × 231.55 + 750
    assert_eq!(after, cost("414075 PKR")); // 1650 × 250.50 + 750
    assert_eq!(after.checked_sub(&before), Ok(cost("31267.5 PKR"))); // 1650 × 18.95
}

#[test]
fn the_table_shows_both_amounts_and_each_rate_once() {
    let rupees = statement().convert(&january(), PKR, date(2023, 1, 26)).unwrap();
    assert_eq!(
        rupees.to_string(),
        [
            "2023-01-25T19:00:00Z to 2023-01-25T19:50:00Z",
            "transit: 95th percentile, 3 Gbps",
            "  rounded up by    1 Gbps",
            "  usage            4 Gbps  at 0.35 USD per 1 Mbps  1,400.00 USD  350,700.00 PKR",
            "  fixed fee                                          250.00 USD   62,625.00 PKR",
            "egress: total volume, 1.125 TB",
            "  usage          1.125 TB  at 2 PKR per 3 GB                         750.00 PKR",
            "total                                                            414,075.00 PKR",
            "1 USD = 250.5 PKR (fixing of 2023-01-26)",
        ]
        .join("\n"),
    );
}

#[test]
fn the_invoice_rounds_the_converted_amounts() {
    let rupees = statement().convert(&january(), PKR, date(2023, 1, 25)).unwrap();
    let invoice = rupees.settle(RoundingStrategy::MidpointNearestEven).unwrap();
    assert_eq!(invoice.total().unwrap().to_string(), "382807.50 PKR");
    assert_eq!(invoice.lines()[1].line().unwrap().line().amount(), &cost("1400 USD"));
    assert_eq!(
        invoice.to_string(),
        [
            "2023-01-25T19:00:00Z to 2023-01-25T19:50:00Z",
            "transit: 95th percentile, 3 Gbps",
            "  rounded up by    1 Gbps",
            "  usage            4 Gbps  at 0.35 USD per 1 Mbps  1,400.00 USD  324,170.00 PKR",
            "  fixed fee                                          250.00 USD   57,887.50 PKR",
            "egress: total volume, 1.125 TB",
            "  usage          1.125 TB  at 2 PKR per 3 GB                         750.00 PKR",
            "total                                                            382,807.50 PKR",
            "1 USD = 231.55 PKR (fixing of 2023-01-25)",
            "each line rounded half to even",
        ]
        .join("\n"),
    );
}

#[test]
fn the_table_of_a_detour_shows_its_fixings() {
    let euros = table(&[("2023-01-25", "1 EUR = 1.1 USD"), ("2023-01-26", "1 EUR = 277 PKR")]);
    let euros = euros.with_pivot(EUR);
    let rupees = statement().convert(&euros, PKR, date(2023, 1, 26)).unwrap();
    assert_eq!(
        rupees.to_string(),
        [
            "2023-01-25T19:00:00Z to 2023-01-25T19:50:00Z",
            "transit: 95th percentile, 3 Gbps",
            "  rounded up by    1 Gbps",
            "  usage            4 Gbps  at 0.35 USD per 1 Mbps  1,400.00 USD  ≈ 352,545.45 PKR",
            "  fixed fee                                          250.00 USD   ≈ 62,954.55 PKR",
            "egress: total volume, 1.125 TB",
            "  usage          1.125 TB  at 2 PKR per 3 GB                           750.00 PKR",
            "total                                                              416,250.00 PKR",
            "1 USD = 2770/11 PKR (fixings 1 EUR = 1.1 USD on 2023-01-25 and 1 EUR = 277 PKR on \
             2023-01-26)",
        ]
        .join("\n"),
    );
}

#[test]
fn a_converted_statement_is_converted_from_its_own_amounts() {
    let mut fixings = january();
    // Euros whose rates do not agree with the others: a second conversion would show.
    for rate in ["1 EUR = 1.08 USD", "1 EUR = 300 PKR"] {
        fixings.insert(date(2023, 1, 26), rate.parse().unwrap()).unwrap();
    }
    let bill = statement();
    let to = |bill: &Statement, currency, day| bill.convert(&fixings, currency, day).unwrap();
    let rupees = to(&bill, PKR, date(2023, 1, 25));
    assert_eq!(to(&rupees, PKR, date(2023, 1, 26)), to(&bill, PKR, date(2023, 1, 26)));
    let euros = to(&rupees, EUR, date(2023, 1, 26));
    assert_eq!(euros, to(&bill, EUR, date(2023, 1, 26)));
    // 1400/1.08, and not 1400 × 231.55/300.
    assert_eq!(amounts(&euros)[1], "35000/27 EUR");
    let dollars = to(&rupees, USD, date(2023, 1, 26));
    assert_eq!(amounts(&dollars)[1], "1400 USD");
    assert_eq!(rates(&dollars)[1], None);
}

#[test]
fn without_a_rate_of_the_day_nothing_is_converted() {
    let said = |to, day| statement().convert(&january(), to, day).unwrap_err().to_string();
    assert_eq!(
        said(PKR, date(2023, 1, 24)),
        "no exchange rate from USD to PKR on 2023-01-24 or in the 7 days before it (USD/PKR was first fixed \
         on 2023-01-25): insert a fixing, or allow older ones (with_max_age) or a detour \
         (with_pivot)",
    );
    assert_eq!(
        said(PKR, date(2023, 2, 3)),
        "no exchange rate from USD to PKR on 2023-02-03 or in the 7 days before it (USD/PKR was last fixed \
         on 2023-01-26): insert a fixing, or allow older ones (with_max_age) or a detour \
         (with_pivot)",
    );
    assert_eq!(
        said(EUR, date(2023, 1, 26)),
        "no exchange rate from USD to EUR on 2023-01-26 or in the 7 days before it (USD/EUR was never \
         fixed): insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)",
    );
}

#[test]
fn a_line_of_zero_needs_no_rate() {
    let zero = Schedule::flat("0 EUR per 1 Mbps".parse::<RatePrice>().unwrap());
    let eight = Schedule::flat("8 USD per 3 Gbps".parse::<RatePrice>().unwrap());
    let card = RateCard::new([
        Tariff::by_rate("transit", RateMeter::Peak, eight),
        Tariff::by_rate("free", RateMeter::Peak, zero),
    ]);
    let bill = card.unwrap().bill(&ten_slots()).unwrap();
    let rupees =
        bill.convert(&table(&[("2024-12-31", "1 USD = 278.55 PKR")]), PKR, date(2025, 1, 1));
    let rupees = rupees.unwrap();
    assert_eq!(amounts(&rupees), ["2228.4 PKR", "0 PKR"]);
    assert_eq!(rates(&rupees)[1], None);
    assert_eq!(rupees.total(), Ok(cost("2228.4 PKR")));
    #[cfg(feature = "serde")]
    {
        let json = serde_json::to_string(&rupees).unwrap();
        assert_eq!(serde_json::from_str::<Statement>(&json).unwrap(), rupees);
    }
}

#[test]
fn a_bill_is_converted_at_a_mean_or_as_agreed() {
    let mean = january().mean(USD, PKR, date(2023, 1, 25)..=date(2023, 1, 26)).unwrap();
    let bill = statement().convert_at(mean).unwrap();
    assert_eq!(amounts(&bill)[1], "337435 PKR"); // 1400 × 241.025
    assert_eq!(
        rates(&bill)[1].as_deref(),
        Some("1 USD = 241.025 PKR (mean of 2 fixings from 2023-01-25 to 2023-01-26)"),
    );
    let agreed: ExchangeRate = "1 USD = 240 PKR plus 1%".parse().unwrap();
    let bill = statement().convert_at(agreed).unwrap();
    assert_eq!(amounts(&bill)[1], "339360 PKR"); // 1400 × 242.4
    assert_eq!(rates(&bill)[1].as_deref(), Some("1 USD = 240 PKR plus 1% (as agreed)"));
    let euros: ExchangeRate = "1 EUR = 300 PKR".parse().unwrap();
    assert_eq!(
        statement().convert_at(euros).unwrap_err().to_string(),
        "currency mismatch: EUR and USD; convert one with an exchange rate first",
    );
    let bank: ExchangeRate = "1 USD = 240 PKR less 1%".parse().unwrap();
    assert_eq!(
        statement().convert_at(bank).unwrap_err().to_string(),
        "a bill can't be converted at 1 USD = 240 PKR less 1%, because the spread would make it \
         cheaper: pass the margin that the payer bears to with_markup",
    );
}

#[test]
fn each_month_is_converted_at_its_own_rate() {
    // Interbank closing rates at the ends of three months, in which the rupee fell.
    let fixings = table(&[
        ("2022-12-30", "1 USD = 226.4309 PKR"),
        ("2023-01-31", "1 USD = 267.8889 PKR"),
        ("2023-02-28", "1 USD = 261.5000 PKR"),
    ]);
    let price = Schedule::flat("0.50 USD per 1 Mbps".parse().unwrap());
    let card = RateCard::new([Tariff::by_rate("transit", RateMeter::Peak, price)]).unwrap();
    let card = card.with_time_zone(TimeZone::get("Asia/Karachi").unwrap());
    // 90 days of hours from midnight in Karachi, 1 December: 10, then 20, then 30 Gbps.
    let rates = [(31, 10), (31, 20), (28, 30)];
    let rates =
        rates.into_iter().flat_map(|(days, gbps)| vec![DataRate::from_gbps(gbps); days * 24]);
    let start: Timestamp = "2022-11-30T19:00:00Z".parse().unwrap();
    let series = UsageSeries::from_rates(start, Duration::from_secs(3_600), rates).unwrap();

    let months = card.bill_months(&series).unwrap();
    let in_rupees = |(first, month): &(Date, Statement)| {
        month.convert(&fixings, PKR, first.last_of_month()).unwrap().total().unwrap()
    };
    let rupees: Vec<Cost> = months.iter().map(in_rupees).collect();
    // 5000, 10000 and 15000 USD; 31 December 2022 was a Saturday, on which Friday's rate holds.
    assert_eq!(rupees, [cost("1132154.5 PKR"), cost("2678889 PKR"), cost("3922500 PKR")]);
    assert_eq!(Cost::sum(PKR, &rupees), Ok(cost("7733543.5 PKR")));
}

/// A statement of a fee each.
fn fees(fees: &[Money]) -> Statement {
    let tariff = |(index, &fee): (usize, &Money)| {
        let free = RatePrice::new(Money::zero(fee.currency()), DataRate::from_mbps(1)).unwrap();
        let schedule = Schedule::flat(free).with_fixed_fee(fee).unwrap();
        Tariff::by_rate(format!("fee {index}"), RateMeter::Peak, schedule)
    };
    let card = RateCard::new(fees.iter().enumerate().map(tariff)).unwrap();
    card.bill(&ten_slots()).unwrap()
}

fn fees_of(currencies: &'static [Currency]) -> impl Strategy<Value = Vec<Money>> {
    vec(select(currencies).prop_flat_map(positive_money), 1..8)
}

fn fixed(base: Currency, quote: Currency) -> impl Strategy<Value = ExchangeRate> {
    (positive_money(base), positive_money(quote))
        .prop_map(|(base, quote)| ExchangeRate::new(base, quote).unwrap())
}

/// A table in which each pair is fixed: rupees in dollars and euros in rupees.
fn direct_table() -> impl Strategy<Value = ExchangeRates> {
    (fixed(USD, PKR), fixed(PKR, EUR)).prop_map(|rates| table_of([rates.0, rates.1]))
}

/// A table in which dollars and rupees are fixed in euros alone.
fn pivot_table() -> impl Strategy<Value = ExchangeRates> {
    let rates = (fixed(EUR, USD), fixed(PKR, EUR));
    rates.prop_map(|rates| table_of([rates.0, rates.1]).with_pivot(EUR))
}

fn table_of(rates: [ExchangeRate; 2]) -> ExchangeRates {
    let mut table = ExchangeRates::new();
    for rate in rates {
        table.insert(DAY, rate).unwrap();
    }
    table
}

const DAY: Date = date(2023, 1, 26);

proptest! {
    #[test]
    fn converting_line_by_line_is_converting_the_totals(
        fees_due in fees_of(&[USD, PKR, EUR]),
        rates in prop_oneof![direct_table(), pivot_table()],
    ) {
        let bill = fees(&fees_due);
        let total = bill.convert(&rates, PKR, DAY).unwrap().total().unwrap();
        let in_rupees = bill.totals().into_iter().map(|total| match total.currency() {
            PKR => total,
            other => rates.rate(other, PKR, DAY).unwrap().convert(&total).unwrap(),
        });
        prop_assert_eq!(&total, &Cost::sum(PKR, in_rupees).unwrap());
    }

    #[test]
    fn a_detour_is_undone_leg_by_leg(
        fees_due in fees_of(&[USD]),
        rates in pivot_table(),
    ) {
        let bill = fees(&fees_due);
        let rupees = bill.convert(&rates, PKR, DAY).unwrap().total().unwrap();
        let leg = |from, to, cost: &Cost| rates.rate(from, to, DAY).unwrap().convert(cost).unwrap();
        let euros = leg(PKR, EUR, &rupees);
        prop_assert_eq!(leg(EUR, USD, &euros), bill.total().unwrap());
    }

    #[test]
    fn a_conversion_keeps_all_but_the_amounts_and_is_undone_by_the_next(
        fees_due in fees_of(&[USD, PKR]),
        rates in prop_oneof![direct_table(), pivot_table()],
    ) {
        let bill = fees(&fees_due);
        let rupees = bill.convert(&rates, PKR, DAY).unwrap();
        prop_assert_eq!(own_amounts(&rupees), amounts(&bill));
        for (line, own) in rupees.lines().iter().zip(bill.lines()) {
            prop_assert_eq!(line.line(), own.line());
            prop_assert_eq!(line.amount().currency(), PKR);
            prop_assert_eq!(line.rate().is_none(), own.amount().currency() == PKR);
        }
        let dollars = rupees.convert(&rates, USD, DAY).unwrap();
        prop_assert_eq!(&dollars, &bill.convert(&rates, USD, DAY).unwrap());
        prop_assert_eq!(dollars.convert(&rates, PKR, DAY).unwrap(), rupees);
    }
}

/// Converted bills as they are stored.
#[cfg(feature = "serde")]
mod stored {
    use super::{PKR, Statement, january, statement};
    use bandwidth_cost::{Invoice, RoundingStrategy, jiff::civil::date};
    use serde_json::{Value, json};

    fn rupees() -> Statement {
        statement().convert(&january(), PKR, date(2023, 1, 26)).unwrap()
    }

    #[test]
    fn converted_bills_come_back_from_both_formats() {
        let rupees = rupees();
        let text = serde_json::to_string(&rupees).unwrap();
        assert_eq!(serde_json::from_str::<Statement>(&text).unwrap(), rupees, "from {text}");
        let bytes = postcard::to_allocvec(&rupees).unwrap();
        assert_eq!(postcard::from_bytes::<Statement>(&bytes).unwrap(), rupees);

        let invoice = rupees.settle(RoundingStrategy::MidpointNearestEven).unwrap();
        let text = serde_json::to_string(&invoice).unwrap();
        assert_eq!(serde_json::from_str::<Invoice>(&text).unwrap(), invoice, "from {text}");
        let bytes = postcard::to_allocvec(&invoice).unwrap();
        assert_eq!(postcard::from_bytes::<Invoice>(&bytes).unwrap(), invoice);
    }

    #[test]
    fn a_converted_line_is_written_with_its_rate_and_fixings() {
        let json = serde_json::to_value(rupees()).unwrap();
        assert_eq!(
            json["lines"][1]["converted"],
            json!({
                "amount": "350700 PKR",
                "rate": {
                    "rate": "1 USD = 250.5 PKR",
                    "fixings": [{"date": "2023-01-26", "rate": "1 USD = 250.5 PKR"}],
                },
            }),
        );
        assert_eq!(json["lines"][3]["converted"], Value::Null);
    }

    /// What is said of a statement, a part of whose second line is another.
    #[track_caller]
    fn refused(part: &str, value: Value) -> String {
        let mut json = serde_json::to_value(rupees()).unwrap();
        *json["lines"][1].pointer_mut(part).unwrap() = value;
        serde_json::from_value::<Statement>(json).unwrap_err().to_string()
    }

    #[test]
    fn an_amount_that_the_rate_does_not_give_is_refused() {
        for amount in ["350700 EUR", "350701 PKR"] {
            assert_eq!(
                refused("/converted/amount", json!(amount)),
                format!(
                    "wrong converted amount, {amount}: expected 1400 USD at 1 USD = 250.5 PKR, \
                     350700 PKR"
                ),
            );
        }
        assert_eq!(
            refused("/line/amount", json!("1401 USD")),
            "wrong converted amount, 350700 PKR: expected 1401 USD at 1 USD = 250.5 PKR, \
             350950.5 PKR",
        );
        assert_eq!(
            refused("/line/amount", json!("1400 EUR")),
            "currency mismatch: USD and EUR; convert one with an exchange rate first",
        );
    }
}

//! What a bill adds to its tariffs: adjustments, a card's minimum and maximum, fees alone.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

use crate::support::{parse, refused, says};
use bandwidth_cost::{
    Currency, DataRate, DataVolume, Direction, ExchangeRate, ExchangeRates, LineKind, LinkUsage,
    Money, RateCard, RateMeter, RoundingStrategy, Schedule, Share, Statement, Tariff, Tier,
    TierBound, Tiers, UsageSeries, VolumeMeter,
    jiff::{Timestamp, civil::date, tz::TimeZone},
    tariff::Adjustment,
    usage::BillingCycle,
};
use core::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// Days at a rate in Mbps.
fn days(start: &str, count: usize, mbps: u64) -> UsageSeries {
    let start: Timestamp = parse(start);
    UsageSeries::from_rates(start, DAY, vec![DataRate::from_mbps(mbps); count]).unwrap()
}

fn march() -> UsageSeries {
    days("2025-03-01T00:00:00Z", 31, 100)
}

/// A tariff by peak rate.
fn by_rate(name: &str, price: &str) -> Tariff {
    Tariff::by_rate(name, RateMeter::Peak, Schedule::flat(parse(price)))
}

fn fee(name: &str, amount: &str) -> Tariff {
    Tariff::fee(name, parse(amount))
}

fn amount(name: &str, amount: &str) -> Adjustment {
    Adjustment::amount(name, parse(amount))
}

fn percent(name: &str, percentage: &str) -> Adjustment {
    Adjustment::percent(name, percentage).unwrap()
}

/// A card of tariffs, with adjustments.
fn card(
    tariffs: impl IntoIterator<Item = Tariff>,
    adjustments: impl IntoIterator<Item = Adjustment>,
) -> RateCard {
    let card = RateCard::new(tariffs).unwrap();
    adjustments.into_iter().try_fold(card, RateCard::with_adjustment).unwrap()
}

/// The label and the amount of each line.
fn lines(statement: &Statement) -> Vec<(String, String)> {
    let line =
        |line: &bandwidth_cost::StatementLine| (line.label().to_owned(), line.amount().to_string());
    statement.lines().iter().map(line).collect()
}

/// The amounts of the lines from the first adjustment on.
fn adjusted(statement: &Statement) -> Vec<String> {
    let mine = statement.lines().iter().filter(|line| line.adjustment().is_some());
    mine.map(|line| line.amount().to_string()).collect()
}

fn totals(statement: &Statement) -> Vec<String> {
    statement.totals().iter().map(ToString::to_string).collect()
}

#[test]
fn a_bill_is_tariffs_then_the_minimum_then_adjustments() {
    let card = card(
        [by_rate("transit", "0.80 USD per 1 Mbps"), fee("port", "250 USD")],
        [
            amount("credit, outage of 3 March", "-20 USD").on(date(2025, 3, 3)),
            percent("levy", "2%").of(["transit", "port"]),
            percent("advance income tax", "15%"),
        ],
    );
    let card = card.with_minimum(parse("400 USD")).unwrap();
    let statement = card.bill(&march()).unwrap();
    assert_eq!(
        statement.to_string(),
        "2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z
transit: peak rate, 100 Mbps
  usage                       100 Mbps  at 0.80 USD per 1 Mbps   80.00 USD
port
  fixed fee                                                     250.00 USD
up to the minimum                                                70.00 USD
credit, outage of 3 March                                       -20.00 USD
levy, 2% of transit and port                                      6.60 USD
advance income tax, 15%                                          57.99 USD
total                                                           444.59 USD",
    );
    let kinds: Vec<LineKind> = statement.lines().iter().map(|line| line.kind()).collect();
    assert_eq!(
        kinds[2..],
        [LineKind::Minimum, LineKind::Adjustment, LineKind::Adjustment, LineKind::Adjustment,]
    );
    let names: Vec<_> =
        statement.lines().iter().map(|line| (line.tariff(), line.adjustment())).collect();
    assert_eq!(
        names,
        [
            (Some("transit"), None),
            (Some("port"), None),
            (None, None),
            (None, Some("credit, outage of 3 March")),
            (None, Some("levy")),
            (None, Some("advance income tax")),
        ]
    );
    let invoice = statement.settle(RoundingStrategy::MidpointAwayFromZero).unwrap();
    assert_eq!(invoice.total().unwrap(), parse::<Money>("444.59 USD"));
    assert_eq!(invoice.to_string(), format!("{statement}\neach line rounded half away from zero"),);
}

#[test]
fn a_surcharge_and_a_credit_are_those_of_worked_cases() {
    // 85 × 1.023, and a credit of 100 on 10 TB at 0.07 USD per GB.
    let surcharge =
        card([fee("transit", "85 USD")], [percent("surcharge", "2.3%").of(["transit"])]);
    let statement = surcharge.bill(&march()).unwrap();
    assert_eq!(totals(&statement), ["86.955 USD"]);
    let invoice = statement.settle(RoundingStrategy::MidpointAwayFromZero).unwrap();
    assert_eq!(invoice.total().unwrap(), parse::<Money>("86.96 USD"));

    let price = Schedule::flat(parse("0.07 USD per 1 GB"));
    let egress = Tariff::by_volume("egress", VolumeMeter::Total, price);
    let start = parse("2025-03-01T00:00:00Z");
    let series = UsageSeries::from_volumes(start, DAY, [parse::<DataVolume>("10 TB")]).unwrap();
    let credit = card([egress], [amount("credit", "-100 USD")]);
    assert_eq!(totals(&credit.bill(&series).unwrap()), ["600 USD"]);
}

#[test]
fn a_percentage_is_of_the_lines_before_it_in_each_currency() {
    let both = [fee("port", "100 USD"), fee("local", "1000 PKR")];
    let card =
        card(both, [percent("tax", "15%"), percent("levy", "10%"), amount("set-up", "5 USD")]);
    let statement = card.bill(&march()).unwrap();
    assert_eq!(adjusted(&statement), ["15 USD", "150 PKR", "11.5 USD", "115 PKR", "5 USD"]);
    assert_eq!(totals(&statement), ["131.5 USD", "1265 PKR"]);
}

#[test]
fn a_percentage_is_of_exact_amounts() {
    let transit = by_rate("transit", "1 USD per 3 Mbps");
    let card = card([transit], [percent("tax", "10%"), percent("rebate", "-100/3%")]);
    let statement = card.bill(&march()).unwrap();
    assert_eq!(
        lines(&statement)[1..],
        [
            ("tax, 10%".to_owned(), "10/3 USD".to_owned()),
            ("rebate, -100/3%".to_owned(), "-110/9 USD".to_owned()),
        ]
    );
    assert_eq!(totals(&statement), ["220/9 USD"]);
}

#[test]
fn a_percentage_may_be_of_an_adjustment_and_of_nothing() {
    let base = || fee("port", "100 USD");
    let of = |names: [&str; 1]| percent("on top", "50%").of(names);
    let surcharge = || percent("surcharge", "10%");
    let statement = card([base()], [surcharge(), of(["surcharge"])]).bill(&march()).unwrap();
    assert_eq!(adjusted(&statement), ["10 USD", "5 USD"]);
    // An adjustment of another month adds nothing, and may still be named.
    let other = surcharge().on(date(2025, 4, 1));
    let statement = card([base()], [other.clone(), of(["surcharge"])]).bill(&march()).unwrap();
    assert!(adjusted(&statement).is_empty());
    let statement = Tariff::bill(&base(), &march()).unwrap().with_adjustment(other).unwrap();
    let statement = statement.with_adjustment(of(["surcharge"])).unwrap();
    assert_eq!(totals(&statement), ["100 USD"]);
}

#[test]
fn an_adjustment_of_a_day_is_in_the_bill_of_its_local_month() {
    // In Karachi, five hours ahead, March ends at 19:00 of the 31st.
    let karachi = TimeZone::get("Asia/Karachi").unwrap();
    let credit = |day| amount("credit", "-10 USD").on(day);
    let bills = |adjustment: Adjustment| {
        let card = card([fee("port", "100 USD")], [adjustment]).with_time_zone(karachi.clone());
        // From the 10th of March on, to the 20th of May: each month has all of its days.
        let start: Timestamp = parse("2025-03-09T19:00:00Z");
        let hour = Duration::from_secs(3_600);
        let rates = vec![DataRate::from_mbps(1); 24 * (22 + 30 + 20)];
        let series = UsageSeries::from_rates(start, hour, rates).unwrap();
        let months = card.bill_months(&series).unwrap();
        months.iter().map(|(_, bill)| totals(bill).concat()).collect::<Vec<_>>()
    };
    for day in [date(2025, 3, 1), date(2025, 3, 31)] {
        assert_eq!(bills(credit(day)), ["90 USD", "100 USD", "100 USD"], "{day}");
    }
    for day in [date(2025, 4, 1), date(2025, 4, 30)] {
        assert_eq!(bills(credit(day)), ["100 USD", "90 USD", "100 USD"], "{day}");
    }
    assert_eq!(bills(credit(date(2025, 5, 31))), ["100 USD", "100 USD", "90 USD"]);
    for day in [date(2025, 2, 28), date(2025, 6, 1)] {
        assert_eq!(bills(credit(day)), ["100 USD", "100 USD", "100 USD"], "{day}");
    }
}

#[test]
fn an_adjustment_of_a_day_is_in_the_bill_of_a_series_that_touches_the_day() {
    let card = |day| card([fee("port", "100 USD")], [amount("credit", "-10 USD").on(day)]);
    let total = |day| totals(&card(day).bill(&march()).unwrap()).concat();
    assert_eq!(total(date(2025, 2, 28)), "100 USD");
    assert_eq!(total(date(2025, 3, 1)), "90 USD");
    assert_eq!(total(date(2025, 3, 31)), "90 USD");
    assert_eq!(total(date(2025, 4, 1)), "100 USD");
}

#[test]
fn a_set_up_fee_may_be_of_a_day_before_the_service_begins() {
    let set_up = |day| amount("set-up", "50 USD").on(day);
    let total = |day| {
        let card = card([fee("port", "310 USD")], [set_up(day)]);
        let card = card.with_begins(date(2025, 3, 15)).unwrap();
        totals(&card.bill_months(&march()).unwrap()[0].1).concat()
    };
    assert_eq!(total(date(2025, 3, 1)), "220 USD"); // and 17 days of 31
    assert_eq!(total(date(2025, 3, 20)), "220 USD");
    assert_eq!(total(date(2025, 2, 28)), "170 USD");
}

#[test]
fn a_part_of_a_month_shortens_no_amount() {
    let card = card([fee("port", "300 USD")], [amount("set-up", "50 USD"), percent("tax", "10%")]);
    let statement = card.bill_part(&march(), Share::new(1, 3).unwrap()).unwrap();
    assert_eq!(
        lines(&statement),
        [
            ("fixed fee".to_owned(), "100 USD".to_owned()),
            ("set-up".to_owned(), "50 USD".to_owned()),
            ("tax, 10%".to_owned(), "15 USD".to_owned()),
        ]
    );
}

fn fixings() -> ExchangeRates {
    let mut rates = ExchangeRates::new();
    let day = date(2025, 3, 31);
    for rate in ["1 USD = 280 PKR", "1 EUR = 300 PKR", "1 EUR = 1.08 USD"] {
        rates.insert(day, parse(rate)).unwrap();
    }
    rates
}

#[test]
fn after_a_conversion_a_percentage_is_of_the_converted_amounts() {
    let both = [fee("port", "100 USD"), fee("local", "1000 PKR")];
    let bill = card(both, [amount("credit", "-10 USD"), percent("tax", "15%")]);
    let bill = bill.bill(&march()).unwrap();
    let day = date(2025, 3, 31);
    let rupees = bill.convert(&fixings(), Currency::PKR, day).unwrap();
    assert_eq!(
        rupees.to_string(),
        "2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z
port
  fixed fee  100.00 USD  28,000.00 PKR
local
  fixed fee               1,000.00 PKR
credit       -10.00 USD  -2,800.00 PKR
tax, 15%                  3,930.00 PKR
total                    30,130.00 PKR
1 USD = 280 PKR (fixing of 2025-03-31)",
    );
    // The same tax, levied on the converted bill.
    let card =
        card([fee("port", "100 USD"), fee("local", "1000 PKR")], [amount("credit", "-10 USD")]);
    let untaxed = card.bill(&march()).unwrap();
    let levied = untaxed.convert(&fixings(), Currency::PKR, day).unwrap();
    let levied = levied.with_adjustment(percent("tax", "15%")).unwrap();
    assert_eq!(levied, rupees);

    // A second conversion is of the lines' own amounts, and the tax of the new amounts: at the fixing
    // of euro and dollar, and not by way of the rupee.
    let euros = levied.convert(&fixings(), Currency::EUR, day).unwrap();
    assert_eq!(euros, bill.convert(&fixings(), Currency::EUR, day).unwrap());
    assert_eq!(adjusted(&euros), ["-250/27 EUR", "13 EUR"]);
    // An amount that was added in rupees is one of rupees.
    let credit = levied.with_adjustment(amount("rounding down", "-130 PKR")).unwrap();
    let dollars = credit.convert_at(parse::<ExchangeRate>("1 PKR = 0.004 USD")).unwrap();
    let expected = ["-10 USD", "14.1 USD", "-0.52 USD"];
    assert_eq!(adjusted(&dollars), expected); // 15% of 100 + 4 − 10
}

#[test]
fn an_amount_in_a_currency_that_the_bill_does_not_have_is_refused() {
    let euros = || amount("credit", "-5 EUR");
    let one = RateCard::new([fee("port", "100 USD")]).unwrap();
    let message =
        "an adjustment of -5 EUR is in a currency that the bill does not have: write it in USD";
    says(one.clone().with_adjustment(euros()), message);
    says(one.bill(&march()).unwrap().with_adjustment(euros()), message);
    let two = RateCard::new([fee("port", "9 USD"), fee("b", "9 PKR"), fee("c", "9 USD")]).unwrap();
    let statement = two.bill(&march()).unwrap();
    let message = "an adjustment of -5 EUR is in a currency that the bill does not have: write it in PKR or USD";
    says(two.with_adjustment(euros()), message);
    says(statement.with_adjustment(euros()), message);
    // A converted bill has no other currency.
    let rate: ExchangeRate = parse("1 USD = 280 PKR");
    let rupees = statement.convert_at(rate).unwrap();
    assert_eq!(
        refused(rupees.with_adjustment(amount("credit", "-5 USD"))),
        "an adjustment of -5 USD is in a currency that the bill does not have: write it in PKR",
    );
    assert_eq!(adjusted(&rupees.with_adjustment(amount("credit", "-5 PKR")).unwrap()), ["-5 PKR"]);
}

#[test]
fn the_names_of_adjustments_are_checked() {
    let card = card([fee("transit", "100 USD"), fee("port", "9 USD")], [percent("levy", "2%")]);
    let statement = card.bill(&march()).unwrap();
    let cases = [
        (
            percent("tax", "15%").of(["transit", "prot"]),
            "no tariff or earlier adjustment is named `prot`: write `transit`, `port` or `levy`",
        ),
        (
            percent("tax", "15%").of(["tax"]),
            "no tariff or earlier adjustment is named `tax`: write `transit`, `port` or `levy`",
        ),
        (
            percent("tax", "15%").of([""; 0]),
            "a list of names can't be empty: write at least one name",
        ),
        (
            amount("tax", "15 USD").of(["transit"]),
            "an amount is not of other lines: write a percentage, or leave `of` out",
        ),
        (
            percent("levy", "15%"),
            "a tariff or an adjustment before this one is named `levy`: write another name for one of \
             them",
        ),
        (
            amount("port", "15 USD"),
            "a tariff or an adjustment before this one is named `port`: write another name for one of \
             them",
        ),
    ];
    for (adjustment, message) in cases {
        says(card.clone().with_adjustment(adjustment.clone()), message);
        says(statement.with_adjustment(adjustment), message);
    }
}

#[test]
fn a_percentage_is_read_strictly() {
    for (text, written) in [("15%", "15%"), ("-2.50%", "-2.5%"), ("250%", "250%"), ("2/3%", "2/3%")]
    {
        assert_eq!(percent("tax", text).to_string(), format!("tax, {written}"));
    }
    let cases = [
        ("15", "missing `%` at byte 2: expected a percentage such as 15% or -2.5%"),
        ("", "missing number at byte 0: expected a percentage such as 15% or -2.5%"),
        ("+15%", "unexpected `+15%` at byte 0: expected the number without a sign"),
        ("15 %", "unexpected `%` at byte 3: expected a percentage such as 15% or -2.5%"),
        ("15% VAT", "unexpected `VAT` at byte 4: expected one percentage"),
        (
            "1,5%",
            "unexpected `,5%` at byte 1: expected the digits without separators, and one point before \
             the decimals",
        ),
    ];
    for (text, message) in cases {
        says(Adjustment::percent("tax", text), message);
    }
}

#[test]
fn a_minimum_and_a_maximum_are_of_all_tariffs_together() {
    // 30 Mbps at 1 USD, and 2,000 GB at 0.01 USD.
    let price = Schedule::flat(parse("0.01 USD per 1 GB"));
    let egress = Tariff::by_volume("egress", VolumeMeter::Total, price);
    let card = RateCard::new([by_rate("transit", "1 USD per 1 Mbps"), egress]).unwrap();
    let start = parse("2025-03-01T00:00:00Z");
    let slot = Duration::from_secs(500_000); // 1,875 GB and 125 GB
    let rates = [30, 2].map(DataRate::from_mbps);
    let series = UsageSeries::from_rates(start, slot, rates).unwrap();
    let with = |least: Option<&str>, most: Option<&str>| {
        let card =
            least.iter().try_fold(card.clone(), |card, m| card.with_minimum(parse(m))).unwrap();
        most.iter().try_fold(card, |card, m| card.with_maximum(parse(m))).unwrap()
    };
    let last =
        |card: &RateCard, share| lines(&card.bill_part(&series, share).unwrap()).pop().unwrap();
    let line = |label: &str, amount: &str| (label.to_owned(), amount.to_owned());
    let whole = Share::ONE;
    let sum = card.bill(&series).unwrap().total().unwrap();
    assert_eq!(sum.to_string(), "50 USD");
    assert_eq!(last(&with(Some("100 USD"), None), whole), line("up to the minimum", "50 USD"));
    assert_eq!(last(&with(None, Some("45 USD")), whole), line("down to the maximum", "-5 USD"));
    // At its bounds nothing is added.
    for card in [with(Some("50 USD"), Some("50 USD")), with(None, None), with(Some("0 USD"), None)]
    {
        assert_eq!(card.bill(&series).unwrap().lines().len(), 2);
    }
    // Half a month of the minimum and the maximum, of half the rate and the whole volume.
    let half = Share::new(1, 2).unwrap();
    assert_eq!(last(&with(Some("100 USD"), None), half), line("up to the minimum", "15 USD"));
    assert_eq!(last(&with(None, Some("45 USD")), half), line("down to the maximum", "-12.5 USD"));
}

#[test]
fn a_minimum_of_a_card_is_in_the_currency_of_all_its_tariffs() {
    let two = RateCard::new([fee("port", "9 USD"), fee("local", "9 PKR")]).unwrap();
    says(
        two.clone().with_minimum(parse("100 USD")),
        "a minimum of 100 USD is of all tariffs, but `local` is in PKR: write all tariffs in one \
         currency, or a minimum or maximum in each tariff",
    );
    says(
        two.with_maximum(parse("100 PKR")),
        "a maximum of 100 PKR is of all tariffs, but `port` is in USD: write all tariffs in one \
         currency, or a minimum or maximum in each tariff",
    );
    let one = RateCard::new([fee("port", "9 USD")]).unwrap();
    says(
        one.clone().with_minimum(parse("-1 USD")),
        "a minimum can't be -1 USD: write an amount of zero or more",
    );
    let message = "a maximum of 9 USD is below the minimum of 10 USD: write at least the minimum";
    let least = one.clone().with_minimum(parse("10 USD")).unwrap();
    says(least.with_maximum(parse("9 USD")), message);
    let most = one.with_maximum(parse("9 USD")).unwrap();
    says(most.with_minimum(parse("10 USD")), message);
}

#[test]
fn a_fee_alone_is_billed_for_its_share_and_not_below_zero() {
    let port = fee("port", "250 USD");
    assert_eq!((port.currency(), port.fee_alone()), (Currency::USD, Some(parse("250 USD"))));
    assert_eq!((port.volume(), port.rate()), (None, None));
    assert_eq!(by_rate("transit", "1 USD per 1 Mbps").fee_alone(), None);
    let statement = port.bill_part(&march(), Share::new(17, 31).unwrap()).unwrap();
    let line = &statement.lines()[0];
    assert_eq!((line.kind(), line.label()), (LineKind::FixedFee, "fixed fee"));
    assert_eq!((line.meter(), line.measured(), line.direction()), (None, None, None));
    assert_eq!(totals(&statement), ["4250/31 USD"]);

    let credit = fee("credit", "-5 USD");
    let message =
        "a fee can't be -5 USD: write an amount of zero or more, and a credit as an adjustment";
    says(credit.bill(&march()), message);
    says(RateCard::new([credit]), message);
}

#[test]
fn an_empty_name_is_refused_as_it_is_by_the_reader() {
    let transit = by_rate("transit", "1 USD per 1 Mbps");
    says(
        RateCard::new([transit.clone(), fee("", "5 USD"), fee("", "6 USD")]),
        "tariff 2: the tariff has no name: write what bills call it",
    );
    says(
        RateCard::new([by_rate("", "1 USD per 1 Mbps")]),
        "tariff 1: the tariff has no name: write what bills call it",
    );
    let message = "the adjustment has no name: write what bills call it";
    let bill = transit.bill(&march()).unwrap();
    let card = RateCard::new([transit]).unwrap();
    let tax = Adjustment::percent("", "15%").unwrap();
    for unnamed in [Adjustment::amount("", parse("-5 USD")), tax] {
        says(card.clone().with_adjustment(unnamed.clone()), message);
        says(bill.with_adjustment(unnamed), message);
    }
}

#[test]
fn a_fee_alone_has_no_direction_and_no_window() {
    let start = "2025-03-01T00:00:00Z";
    // The inbound direction is of other slots, and no tariff looks at it.
    let inbound = days("2025-03-02T00:00:00Z", 3, 900);
    let link = LinkUsage { inbound, outbound: days(start, 31, 100) };
    let transit = by_rate("transit", "1 USD per 1 Mbps").with_direction(Direction::Outbound);
    let port = fee("port", "250 USD");
    let message = |term: &str| {
        format!(
            "`port` is a fee alone, which has no {term}: write a tariff with a measure, or leave the \
             {term} out"
        )
    };
    let inward = port.clone().with_direction(Direction::Inbound);
    let nightly = port.clone().with_window(parse("22:00 to 06:00"));
    for (fee, term) in [(inward, "direction"), (nightly, "window")] {
        says(fee.bill(&march()), &message(term));
        says(RateCard::new([fee]), &message(term));
    }
    let card = RateCard::new([transit, port.clone()]).unwrap().with_direction(Direction::Higher);
    let statement = card.bill_link(&link).unwrap();
    let directions: Vec<_> = statement.lines().iter().map(|line| line.direction()).collect();
    assert_eq!(directions, [Some(Direction::Outbound), None]);
    assert!(statement.to_string().starts_with(
        "2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z, outbound\ntransit: peak rate, 100 Mbps\n"
    ));
    assert!(card.check().is_empty());
    let months = card.bill_link_months(&link).unwrap();
    assert_eq!(months[0].1.lines(), statement.lines());
    // Fees alone are billed for the link's period.
    let fees = RateCard::new([port.clone()]).unwrap();
    let statement = fees.bill_link(&link).unwrap();
    assert_eq!(totals(&statement), ["250 USD"]);
    says(
        port.with_rate_change(date(2025, 3, 9), Schedule::flat(parse("1 USD per 1 Mbps"))),
        "the change from 2025-03-09 is of a fee alone, for which nothing is measured: pass a tariff with \
         a measure",
    );
}

#[test]
fn an_adjustment_of_a_month_without_service_is_found() {
    let findings =
        |card: &RateCard| -> Vec<String> { card.check().iter().map(ToString::to_string).collect() };
    let on = |name: &str, day| amount(name, "50 USD").on(day);
    let mut card = RateCard::new([fee("port", "250 USD")]).unwrap();
    for adjustment in [
        on("survey", date(2025, 2, 20)),
        on("set-up", date(2025, 2, 21)),
        on("credit", date(2026, 4, 20)),
        on("removal", date(2026, 4, 21)),
        amount("levy", "1 USD"),
    ] {
        card = card.with_adjustment(adjustment).unwrap();
    }
    // Without days of service, each day has a bill.
    assert_eq!(findings(&card), [""; 0]);

    // The months in part are billed, from 21 February and to 20 April.
    let card = card.with_billing_cycle(BillingCycle::from_day(21).unwrap());
    let card = card.with_begins(date(2025, 3, 15)).unwrap().with_ends(date(2026, 4, 14)).unwrap();
    assert_eq!(
        findings(&card),
        [
            "`survey` is on 2025-02-20, in a month without a day of service",
            "`removal` is on 2026-04-21, in a month without a day of service",
        ],
    );
    let bills = card.bill_months(&days("2025-02-01T00:00:00Z", 460, 100)).unwrap();
    let billed = |name: &str| {
        bills.iter().flat_map(|(_, bill)| bill.lines()).any(|line| line.adjustment() == Some(name))
    };
    let names = ["survey", "set-up", "credit", "removal", "levy"];
    assert_eq!(names.map(billed), [false, true, true, false, true]);

    // The last month of the calendar ends with its last date.
    let card = RateCard::new([fee("port", "250 USD")]).unwrap();
    let card = card.with_adjustment(on("last", date(9999, 12, 31))).unwrap();
    assert_eq!(findings(&card.clone().with_begins(date(9999, 12, 31)).unwrap()), [""; 0]);
    assert_eq!(
        findings(&card.with_ends(date(9999, 11, 30)).unwrap()),
        ["`last` is on 9999-12-31, in a month without a day of service"],
    );
}

#[test]
fn lines_of_several_directions_say_their_own() {
    let start = "2025-03-01T00:00:00Z";
    let link = LinkUsage { inbound: days(start, 31, 900), outbound: days(start, 31, 100) };
    let transit = by_rate("transit", "1 USD per 1 Mbps").with_direction(Direction::Outbound);
    let card =
        RateCard::new([transit, by_rate("peering", "1 USD per 1 Mbps"), fee("port", "9 USD")]);
    assert_eq!(
        card.unwrap().bill_link(&link).unwrap().to_string(),
        "2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z
transit: peak rate, 100 Mbps, outbound
  usage      100 Mbps  at 1 USD per 1 Mbps    100.00 USD
peering: peak rate, 1 Gbps, sum
  usage        1 Gbps  at 1 USD per 1 Mbps  1,000.00 USD
port
  fixed fee                                     9.00 USD
total                                       1,109.00 USD",
    );
}

#[test]
fn a_tier_of_a_fee_alone_may_change_in_the_month() {
    let fee_only = |fee: &str| Tiers::new([Tier::fee_only(TierBound::Rest, parse(fee))]).unwrap();
    let port = |fee: &str| Schedule::<DataRate>::all_units(fee_only(fee));
    let tariff = Tariff::by_rate("port", RateMeter::Peak, port("310 USD"));
    let tariff = tariff.with_rate_change(date(2025, 3, 11), port("620 USD")).unwrap();
    assert_eq!(totals(&tariff.bill(&march()).unwrap()), ["520 USD"]); // 10/31 and 21/31
    says(
        Tariff::by_rate("port", RateMeter::Peak, port("310 USD"))
            .with_rate_change(date(2025, 3, 11), port("620 EUR")),
        "620 EUR beside a price in USD: write one currency in each tariff, and give the other amount a tariff \
         of its own",
    );

    // By volume, what was used moves from a price to a fee.
    let gb = |count| DataVolume::from_gigabytes(count);
    let tiers = |rest| {
        let first = Tier::up_to(gb(15), parse("1 USD per 1 GB"));
        Schedule::<DataVolume>::all_units(Tiers::new([first, rest]).unwrap())
    };
    let priced = || tiers(Tier::fee_only(TierBound::Rest, parse("9 USD")));
    let egress = Tariff::by_volume("egress", VolumeMeter::Total, priced());
    let egress = egress.with_volume_change(date(2025, 3, 2), priced()).unwrap();
    let start = parse("2025-03-01T00:00:00Z");
    let series = UsageSeries::from_volumes(start, DAY, [gb(10), gb(10)]).unwrap();
    let statement = egress.bill(&series).unwrap();
    assert_eq!(
        lines(&statement),
        [
            ("up to 15 GB".to_owned(), "10 USD".to_owned()),
            ("above 15 GB".to_owned(), "0 USD".to_owned()),
            ("10 GB before, from 1 USD per 1 GB to no price".to_owned(), "-10 USD".to_owned()),
            ("fee, above 15 GB".to_owned(), "9 USD".to_owned()),
        ]
    );
}

#[test]
fn tiers_of_fees_alone_print_the_quantity_and_the_fee() {
    let tier = |bound, fee: &str| Tier::fee_only(bound, parse(fee));
    let tiers = || {
        Tiers::new([
            tier(TierBound::UpTo(DataRate::from_mbps(60)), "500 USD"),
            Tier::up_to(DataRate::from_mbps(80), parse("1 USD per 1 Mbps")),
            tier(TierBound::Rest, "900 USD"),
        ])
    };
    let bill =
        |schedule| Tariff::by_rate("port", RateMeter::Peak, schedule).bill(&march()).unwrap();
    let graduated = bill(Schedule::graduated(tiers().unwrap()));
    assert_eq!(
        graduated.to_string(),
        "2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z
port: peak rate, 100 Mbps
  up to 60 Mbps                 60 Mbps
  fee, up to 60 Mbps                                            500.00 USD
  above 60 Mbps, up to 80 Mbps  20 Mbps  at 1 USD per 1 Mbps     20.00 USD
  above 80 Mbps                 20 Mbps
  fee, above 80 Mbps                                            900.00 USD
total                                                         1,420.00 USD",
    );
    let all_units = bill(Schedule::all_units(tiers().unwrap()));
    assert_eq!(totals(&all_units), ["900 USD"]);
    let lines: Vec<_> = graduated.lines().iter().map(|line| line.line().clone()).collect();
    assert_eq!(Schedule::graduated(tiers().unwrap()).lines(DataRate::from_mbps(100)), lines);
    // With a price before, a fee in another currency is refused, and so is one below zero.
    let price = || Tier::up_to(DataRate::from_mbps(60), parse("1 USD per 1 Mbps"));
    says(
        Tiers::new([price(), tier(TierBound::Rest, "9 EUR")]),
        "9 EUR beside a price in USD: write one currency in each tariff, and give the other amount a tariff of \
         its own",
    );
    says(
        Tiers::new([price(), tier(TierBound::Rest, "-9 USD")]),
        "a tier's fee can't be -9 USD: write an amount of zero or more, and a credit as an adjustment",
    );
    let port: Tier<DataRate> = tier(TierBound::Rest, "9 USD");
    assert_eq!((port.price(), port.fee()), (None, Some(parse("9 USD"))));
    assert_eq!(port.with_fee(parse("8 USD")).to_string(), "the rest: fee 8 USD");
}

#[cfg(feature = "toml")]
mod cards {
    use super::*;
    use std::collections::BTreeMap;

    fn read(text: &str) -> Result<RateCard, bandwidth_cost::Error> {
        RateCard::from_toml(text, &BTreeMap::new())
    }

    const EVERY: &str = r#"
        minimum = "100 USD"
        maximum = "9000.00 USD"

        [[tariff]]
        name = "transit"
        measure = "peak rate"
        price = "0.80 USD per 1 Mbps"

        [[tariff]]
        name = "port"
        fixed_fee = "250 USD"

        [[tariff]]
        name = "cross connect"
        measure = "peak rate"
        all_units = [ { up_to = "1 Gbps", fee = "50 USD" }, { fee = "90 USD" } ]

        [[adjustment]]
        name = "credit, outage of 3 March"
        amount = "-200 USD"
        on = "2025-03-03"

        [[adjustment]]
        name = "advance income tax"
        percent = "12.5%"
        of = ["transit", "credit, outage of 3 March"]
    "#;

    #[test]
    fn a_card_with_every_key_is_the_contract_that_it_says() {
        let connect = Schedule::all_units(
            Tiers::new([
                Tier::fee_only(TierBound::UpTo(DataRate::from_gbps(1)), parse("50 USD")),
                Tier::fee_only(TierBound::Rest, parse("90 USD")),
            ])
            .unwrap(),
        );
        let built = card(
            [
                by_rate("transit", "0.80 USD per 1 Mbps"),
                fee("port", "250 USD"),
                Tariff::by_rate("cross connect", RateMeter::Peak, connect),
            ],
            [
                amount("credit, outage of 3 March", "-200 USD").on(date(2025, 3, 3)),
                percent("advance income tax", "12.5%").of(["transit", "credit, outage of 3 March"]),
            ],
        );
        let built = built.with_minimum(parse("100 USD")).unwrap();
        let built = built.with_maximum(parse("9000.00 USD")).unwrap();
        let card = read(EVERY).unwrap();
        assert_eq!(card, built);
        assert_eq!(card.minimum(), Some(parse("100 USD")));
        assert_eq!(card.maximum(), Some(parse("9000.00 USD")));
        // 80 + 250 + 50 − 200 − 15
        assert_eq!(totals(&card.bill(&march()).unwrap()), ["165 USD"]);

        let json = serde_json::to_string(&card).unwrap();
        assert_eq!(serde_json::from_str::<RateCard>(&json).unwrap(), card);
        let bytes = postcard::to_allocvec(&card).unwrap();
        assert_eq!(postcard::from_bytes::<RateCard>(&bytes).unwrap(), card);
        assert_eq!(
            serde_json::to_string(&card.adjustments()[0]).unwrap(),
            r#"{"name":"credit, outage of 3 March","amount":"-200 USD","on":"2025-03-03"}"#,
        );
        assert_eq!(
            serde_json::to_string(&card.tariffs()[1]).unwrap(),
            r#"{"name":"port","fixed_fee":"250 USD"}"#,
        );
    }

    #[test]
    fn the_contract_of_the_readme_gives_its_invoice() {
        let readme = include_str!("../../README.md");
        let block = |kind: &str, begins: &str| {
            let blocks = readme.split(kind).skip(1).map(|rest| rest.split("```").next().unwrap());
            blocks.into_iter().find(|block| block.starts_with(begins)).unwrap()
        };
        let card = read(block("```toml\n", "[[tariff]]")).unwrap();
        let measured = card.tariffs()[0].name();
        assert_eq!(measured, "IP transit");
        let rates = vec![parse::<DataRate>("2.17725 Gbps"); 31];
        let series = UsageSeries::from_rates(march().start(), DAY, rates).unwrap();
        let statement = card.bill_months(&series).unwrap().remove(0).1;
        let invoice = statement.settle(RoundingStrategy::MidpointNearestEven).unwrap();
        assert_eq!(
            invoice.to_string(),
            format!(
                "2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z\n{}each line rounded half to even",
                block("```text\n", "IP transit"),
            ),
        );
    }

    #[test]
    fn a_mistake_is_refused_with_its_place() {
        let port = "[[tariff]]\nname = \"port\"\nfixed_fee = \"9 USD\"\n";
        let local = "[[tariff]]\nname = \"local\"\nfixed_fee = \"9 PKR\"\n";
        let tax = |keys: &str| format!("{port}[[adjustment]]\nname = \"tax\"\n{keys}\n");
        let levy = "[[adjustment]]\nname = \"levy\"\npercent = \"2%\"\n";
        let cases = [
            (
                tax("percent = \"15%\"\nof = [\"levy\"]") + levy,
                "adjustment `tax`, `of`: `levy` does not come before this adjustment: write it above, \
                 or leave it out",
            ),
            (
                tax("percent = \"15%\"\nof = [\"tax\"]"),
                "adjustment `tax`, `of`: `tax` does not come before this adjustment: write it above, \
                 or leave it out",
            ),
            (
                tax("percent = \"15%\"\nof = [\"prot\"]") + levy,
                "adjustment `tax`, `of`: no tariff or earlier adjustment is named `prot`: write `port`",
            ),
            (
                tax("percent = \"15%\"\nof = []"),
                "adjustment `tax`, `of`: a list of names can't be empty: write at least one name",
            ),
            (
                tax("amount = \"15 USD\"\nof = [\"port\"]"),
                "adjustment `tax`, `of`: an amount is not of other lines: write a percentage, or leave \
                 `of` out",
            ),
            (
                tax("amount = \"-5 EUR\""),
                "adjustment `tax`, `amount`: an adjustment of -5 EUR is in a currency that the bill does \
                 not have: write it in USD",
            ),
            (
                tax("amount = \"5 USD\"\npercent = \"15%\""),
                "adjustment `tax`: `amount` and `percent`: write one of the two",
            ),
            (tax(""), "adjustment `tax`: no `amount`: write one of `amount` and `percent`"),
            (
                format!("{port}[[adjustment]]\npercent = \"2%\"\n"),
                "adjustment 1: no `name`: write what bills call it",
            ),
            (
                format!("{port}{levy}{levy}"),
                "adjustment `levy`, `name`: a tariff or an adjustment before this one is named `levy`: \
                 write another name for one of them",
            ),
            (
                tax("percent = 15"),
                "adjustment `tax`, `percent`: missing `%` at byte 2: expected a percentage such as 15% \
                 or -2.5%",
            ),
            (
                tax("percent = \"15%\"\non = \"3 March\""),
                "adjustment `tax`, `on`: invalid date `3 March`: expected a date such as 2024-12-31",
            ),
            (
                tax("percent = \"15%\"\non = 2025-03-03"),
                "line 7: can't read `on = 2025-03-03`: not a text: write it in quotes",
            ),
            (
                tax("percent = \"15%\"\nof = \"port\""),
                "line 7: can't read `of = \"port\"`: invalid type: string \"port\", expected a list of \
                 names such as [\"transit\", \"port\"]",
            ),
            (
                port.replace("port", "tax") + "[adjustment]\nname = \"x\"\n",
                "line 4: can't read `[adjustment]`: write `[[adjustment]]`, once above each adjustment",
            ),
            (
                tax("precent = \"15%\""),
                "line 6: can't read `precent = \"15%\"`: unknown key `precent`: write `percent`",
            ),
            (
                format!("minimum = \"9 USD\"\nmaximum = \"8 USD\"\n{port}"),
                "`maximum`: a maximum of 8 USD is below the minimum of 9 USD: write at least the minimum",
            ),
            (
                format!("minimum = \"9 USD\"\n{port}{local}"),
                "`minimum`: a minimum of 9 USD is of all tariffs, but `local` is in PKR: write all \
                 tariffs in one currency, or a minimum or maximum in each tariff",
            ),
            (
                format!("{port}price = \"1 USD per 1 MB\"\nminimum = \"1 USD\"\n"),
                "tariff `port`: `price` and `minimum` without `measure`: write a measure, or `fixed_fee` \
                 alone",
            ),
            (
                port.replace("9 USD", "-9 USD"),
                "tariff `port`, `fixed_fee`: a fee can't be -9 USD: write an amount of zero or more, and \
                 a credit as an adjustment",
            ),
            (
                port.replace("fixed_fee = \"9 USD\"", ""),
                "tariff `port`: no `measure`: write total volume, excess volume, 95th percentile, peak \
                 rate, mean rate or mean of daily peaks, or a `fixed_fee` alone",
            ),
            (
                format!(
                    "{port}measure = \"peak rate\"\ngraduated = [ {{ up_to = \"1 Mbps\" }} ]\n"
                ),
                "tariff `port`, `graduated` tier 1: no `price`: write one for each tier, or a `fee`",
            ),
        ];
        for (text, message) in cases {
            assert_eq!(refused(read(&text)), message, "{text}");
        }
    }
}

#[cfg(feature = "serde")]
mod bills {
    use super::*;
    use bandwidth_cost::Invoice;
    use serde_json::{Value, json};

    /// A bill with a credit in the month, one in another, and a tax, converted or not.
    fn statements() -> [Statement; 2] {
        let card = card(
            [fee("port", "100 USD"), fee("local", "1000 PKR")],
            [
                amount("credit", "-10 USD"),
                amount("other", "-10 USD").on(date(2025, 4, 4)),
                percent("tax", "15%"),
            ],
        );
        let bill = card.bill(&march()).unwrap();
        let rupees = bill.convert(&fixings(), Currency::PKR, date(2025, 3, 31)).unwrap();
        [bill, rupees]
    }

    #[test]
    fn bills_with_adjustments_come_back() {
        for statement in statements() {
            let json = serde_json::to_string(&statement).unwrap();
            assert_eq!(serde_json::from_str::<Statement>(&json).unwrap(), statement);
            let bytes = postcard::to_allocvec(&statement).unwrap();
            assert_eq!(postcard::from_bytes::<Statement>(&bytes).unwrap(), statement);
            let invoice = statement.settle(RoundingStrategy::MidpointNearestEven).unwrap();
            let json = serde_json::to_string(&invoice).unwrap();
            assert_eq!(serde_json::from_str::<Invoice>(&json).unwrap(), invoice);
            let bytes = postcard::to_allocvec(&invoice).unwrap();
            assert_eq!(postcard::from_bytes::<Invoice>(&bytes).unwrap(), invoice);
        }
    }

    #[test]
    fn a_line_of_an_adjustment_has_its_name_and_no_tariff() {
        let [statement, _] = statements();
        let json = serde_json::to_value(&statement).unwrap();
        assert_eq!(
            json["lines"][2],
            json!({
                "tariff": null, "adjustment": "credit", "meter": null, "measured": null,
                "direction": null, "days": null,
                "line": {
                    "kind": "adjustment", "label": "credit", "quantity": null, "unit_price": null,
                    "amount": "-10 USD",
                },
                "converted": null,
            })
        );
        let invoice = statement.settle(RoundingStrategy::MidpointNearestEven).unwrap();
        assert_eq!(
            serde_json::to_value(&invoice).unwrap()["lines"][2],
            json!({
                "adjustment": "credit", "kind": "adjustment", "label": "credit", "amount": "-10.00",
                "currency": "USD", "exact": "-10 USD",
            })
        );
    }

    #[test]
    fn a_bill_whose_adjustments_are_not_those_of_its_lines_is_refused() {
        let [statement, _] = statements();
        let tampered = |change: &dyn Fn(&mut Value)| {
            let mut json = serde_json::to_value(&statement).unwrap();
            change(&mut json);
            serde_json::from_value::<Statement>(json).unwrap_err().to_string()
        };
        assert_eq!(
            tampered(&|json| json["lines"][3]["line"]["amount"] = json!("13 USD")),
            "wrong amounts of the adjustment `tax`, 13 USD, 150 PKR: expected 13.5 USD, 150 PKR",
        );
        assert_eq!(
            tampered(&|json| {
                json["lines"].as_array_mut().unwrap().pop();
            }),
            "wrong amounts of the adjustment `tax`, 13.5 USD: expected 13.5 USD, 150 PKR",
        );
        assert_eq!(
            tampered(&|json| {
                json["adjustments"].as_array_mut().unwrap().pop();
            }),
            "wrong amounts of the adjustment `tax`, 13.5 USD, 150 PKR: expected none",
        );
        assert_eq!(
            tampered(&|json| json["adjustments"][1]["on"] = json!("2025-03-31")),
            "wrong amounts of the adjustment `other`, none: expected -10 USD",
        );
        assert_eq!(
            tampered(&|json| json["adjustments"][2]["of"] = json!(["prot"])),
            "no tariff or earlier adjustment is named `prot`: write `port`, `local`, `credit` or `other`",
        );
    }
}

//! Exchange rates that mean what their source means: which one holds, means of periods, the ends of
//! currencies, layouts of files, and conversions that another program computed.

use crate::support::{refused, table};
use bandwidth_cost::{
    Cost, Currency, ExchangeRate, ExchangeRates, Share,
    jiff::civil::{Date, date},
    money::exchange::euro_conversion,
};
use proptest::{collection::vec, prelude::*};

const USD: Currency = Currency::USD;
const PKR: Currency = Currency::PKR;
const EUR: Currency = Currency::EUR;
const GBP: Currency = Currency::GBP;
const HRK: Currency = Currency::HRK;

#[track_caller]
fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[track_caller]
fn rate(text: &str) -> ExchangeRate {
    text.parse().unwrap()
}

#[track_caller]
fn cost(text: &str) -> Cost {
    text.parse().unwrap()
}

#[track_caller]
fn found(table: &ExchangeRates, from: Currency, to: Currency, on: &str) -> String {
    table.rate(from, to, day(on)).unwrap().to_string()
}

#[track_caller]
fn converted(table: &ExchangeRates, amount: &str, to: Currency, on: &str) -> String {
    let amount = cost(amount);
    let rate = table.rate(amount.currency(), to, day(on)).unwrap();
    rate.convert(amount).unwrap().to_string()
}

#[test]
fn the_legs_through_the_pivot_hold_where_they_are_newer() {
    let table = table(&[
        ("2021-05-06", "1 GBP = 1 EUR"),
        ("2021-05-06", "1 EUR = 10 USD"),
        ("2021-05-08", "1 GBP = 20 USD"),
        ("2021-05-08", "1 EUR = 10.0 USD"),
    ]);
    assert_eq!(converted(&table, "5 GBP", EUR, "2021-05-10"), "5 EUR");
    assert_eq!(converted(&table.with_pivot(USD), "5 GBP", EUR, "2021-05-10"), "10 EUR");
}

#[test]
fn the_last_fixing_on_or_before_the_day_holds() {
    let polish = table(&[("2026-08-07", "1 EUR = 4.2983 PLN"), ("2026-08-10", "1 EUR = 4.31 PLN")]);
    assert_eq!(converted(&polish, "100 EUR", Currency::PLN, "2026-08-09"), "429.83 PLN");
    let dollars =
        table(&[("2024-11-01", "1 EUR = 1.0885 USD"), ("2024-11-04", "1 EUR = 1.0904 USD")]);
    assert_eq!(converted(&dollars, "100 EUR", USD, "2024-11-03"), "108.85 USD");
}

#[test]
fn a_period_holds_on_its_days_only() {
    let mut table = ExchangeRates::new();
    table.insert_for(day("2026-02-01")..=day("2026-02-28"), rate("1 GBP = 1.3404 USD")).unwrap();
    assert_eq!(converted(&table, "100 USD", GBP, "2026-02-28"), "250000/3351 GBP");
    assert_eq!(
        found(&table, GBP, USD, "2026-02-28"),
        "1 GBP = 1.3404 USD (valid from 2026-02-01 to 2026-02-28)",
    );
    let help = "insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)";
    for (on, nearest) in [
        ("2026-01-31", "first fixed on 2026-02-01"),
        ("2026-03-01", "last fixed on 2026-02-28"),
        ("2026-03-02", "last fixed on 2026-02-28"),
    ] {
        assert_eq!(
            table.rate(USD, GBP, day(on)).unwrap_err().to_string(),
            format!(
                "no exchange rate from USD to GBP on {on} or in the 7 days before it \
                 (USD/GBP was {nearest}): {help}"
            ),
        );
    }
    let march = day("2026-03-01")..=day("2026-03-31");
    assert_eq!(
        table.mean(USD, GBP, march).unwrap_err().to_string(),
        format!(
            "no mean exchange rate from USD to GBP for 2026-03-01 to 2026-03-31, because none was \
             fixed from 2026-03-01 to 2026-03-31 and at most 7 days may be without \
             (USD/GBP was never fixed): {help}"
        ),
    );
}

#[test]
fn a_fixing_of_the_day_comes_before_a_period_and_that_before_an_older_fixing() {
    let mut table =
        table(&[("2026-02-02", "1 GBP = 1.30 USD"), ("2026-02-04", "1 GBP = 1.31 USD")]);
    table.insert_from(day("2020-01-01"), rate("1 GBP = 1.20 USD")).unwrap();
    table.insert_for(day("2026-02-02")..=day("2026-02-03"), rate("1 GBP = 1.40 USD")).unwrap();
    for (on, expected) in [
        ("2026-02-01", "1 GBP = 1.2 USD (valid from 2020-01-01 on)"),
        ("2026-02-02", "1 GBP = 1.3 USD (fixing of 2026-02-02)"),
        ("2026-02-03", "1 GBP = 1.4 USD (valid from 2026-02-02 to 2026-02-03)"),
        ("2026-02-11", "1 GBP = 1.31 USD (fixing of 2026-02-04)"),
        ("2026-02-12", "1 GBP = 1.2 USD (valid from 2020-01-01 on)"),
    ] {
        assert_eq!(found(&table, GBP, USD, on), expected);
    }
    // Of two periods the one that begins later holds.
    table.insert_for(day("2026-02-03")..=day("2026-02-28"), rate("1 GBP = 1.50 USD")).unwrap();
    assert_eq!(
        found(&table, USD, GBP, "2026-02-03"),
        "1.5 USD = 1 GBP (valid from 2026-02-03 to 2026-02-28)",
    );
    assert_eq!(
        refused(table.insert_for(day("2026-02-03")..=day("2026-02-28"), rate("1 GBP = 1.6 USD"))),
        "two exchange rates that begin on one day, 1 GBP = 1.5 USD from 2026-02-03 to 2026-02-28 and \
         1 GBP = 1.6 USD from 2026-02-03 to 2026-02-28: insert one of them",
    );
    assert_eq!(
        refused(table.insert_for(day("2026-02-03")..=day("2026-02-02"), rate("1 GBP = 1.6 USD"))),
        "a period can't be from 2026-02-03 to 2026-02-02: pass the earlier day first",
    );
}

#[test]
fn no_rate_is_taken_across_the_end_of_a_currency() {
    let mut table = table(&[("2022-12-30", "1 EUR = 7.5365 HRK")]);
    assert_eq!(found(&table, EUR, HRK, "2022-12-31"), "1 EUR = 7.5365 HRK (fixing of 2022-12-30)");
    assert_eq!(
        refused(table.rate(HRK, EUR, day("2023-01-02"))),
        "no exchange rate from HRK to EUR on 2023-01-02 or in the 7 days before it (HRK/EUR was last \
         fixed on 2022-12-30): HRK ended on 2023-01-01: insert its euro_conversion with insert_from",
    );
    let (from, conversion) = euro_conversion(HRK).unwrap();
    table.insert_from(from, conversion).unwrap();
    assert_eq!(converted(&table, "1000000 HRK", EUR, "2023-01-02"), "2000000000/15069 EUR");
    // Before the conversion there is none yet.
    assert_eq!(found(&table, EUR, HRK, "2022-12-31"), "1 EUR = 7.5365 HRK (fixing of 2022-12-30)");
}

#[test]
fn a_period_across_the_end_of_a_currency_ends_with_it() {
    let mut table = ExchangeRates::new();
    table.insert_for(day("2022-12-01")..=day("2023-01-31"), rate("1 EUR = 7.5 HRK")).unwrap();
    table.insert_from(day("2022-01-01"), rate("1 EUR = 7.4 HRK")).unwrap();
    assert!(table.rate(EUR, HRK, day("2022-12-31")).is_ok());
    assert!(table.rate(EUR, HRK, day("2023-01-01")).is_err());
}

#[test]
fn the_euro_replaced_21_currencies_at_the_rates_of_the_regulations() {
    // Council Regulations (EC) No 2866/98, 1478/2000, 1086/2006, 1135/2007, 1134/2007, 694/2008, (EU)
    // No 671/2010, 870/2013, 851/2014, 2022/1208, 2025/1409, as printed.
    const RATES: [(&str, &str, &str); 21] = [
        ("ATS", "13.7603", "1999-01-01"),
        ("BEF", "40.3399", "1999-01-01"),
        ("DEM", "1.95583", "1999-01-01"),
        ("ESP", "166.386", "1999-01-01"),
        ("FIM", "5.94573", "1999-01-01"),
        ("FRF", "6.55957", "1999-01-01"),
        ("IEP", "0.787564", "1999-01-01"),
        ("ITL", "1936.27", "1999-01-01"),
        ("LUF", "40.3399", "1999-01-01"),
        ("NLG", "2.20371", "1999-01-01"),
        ("PTE", "200.482", "1999-01-01"),
        ("GRD", "340.750", "2001-01-01"),
        ("SIT", "239.640", "2007-01-01"),
        ("CYP", "0.585274", "2008-01-01"),
        ("MTL", "0.429300", "2008-01-01"),
        ("SKK", "30.1260", "2009-01-01"),
        ("EEK", "15.6466", "2011-01-01"),
        ("LVL", "0.702804", "2014-01-01"),
        ("LTL", "3.45280", "2015-01-01"),
        ("HRK", "7.53450", "2023-01-01"),
        ("BGN", "1.95583", "2026-01-01"),
    ];
    for (code, units, from) in RATES {
        let conversion = (day(from), rate(&format!("1 EUR = {units} {code}")));
        assert_eq!(euro_conversion(code.parse().unwrap()), Some(conversion), "{code}");
    }
    assert_eq!(Currency::all().filter(|&c| euro_conversion(c).is_some()).count(), 21);
}

#[test]
fn a_mean_is_of_the_fixings_of_its_days() {
    let table = table(&[
        ("2023-01-25", "1 USD = 231.55 PKR"),
        ("2023-01-26", "1 USD = 250.50 PKR"),
        ("2023-01-27", "1 USD = 263.05 PKR"),
        ("2023-01-30", "1 USD = 262.60 PKR"),
    ]);
    let mean = |from, to, first, last| table.mean(from, to, day(first)..=day(last));
    assert_eq!(
        mean(USD, PKR, "2023-01-25", "2023-01-30").unwrap().to_string(),
        "1 USD = 251.925 PKR (mean of 4 fixings from 2023-01-25 to 2023-01-30)",
    );
    // As quoted, and then turned: the two directions are inverse.
    assert_eq!(
        mean(PKR, USD, "2023-01-25", "2023-01-30").unwrap().to_string(),
        "251.925 PKR = 1 USD (mean of 4 fixings from 2023-01-25 to 2023-01-30)",
    );
    assert_eq!(
        mean(USD, PKR, "2023-01-19", "2023-02-06").unwrap().fixings().len(),
        4, // six days before, and seven after
    );
    let help = "insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)";
    assert_eq!(
        refused(mean(USD, PKR, "2023-01-17", "2023-01-30")),
        format!(
            "no mean exchange rate from USD to PKR for 2023-01-17 to 2023-01-30, because none was \
             fixed from 2023-01-17 to 2023-01-24 and at most 7 days may be without (USD/PKR was first \
             fixed on 2023-01-25): {help}"
        ),
    );
    assert!(
        refused(mean(USD, PKR, "2023-01-25", "2023-02-07")).contains("2023-01-31 to 2023-02-07")
    );
    assert!(mean(USD, PKR, "2023-01-28", "2023-01-29").is_err(), "a weekend has no mean");
    assert_eq!(
        refused(mean(USD, PKR, "2023-01-30", "2023-01-29")),
        "a period can't be from 2023-01-30 to 2023-01-29: pass the earlier day first",
    );
}

#[test]
fn a_mean_through_the_pivot_is_of_the_days_that_both_legs_have() {
    let table = table(&[
        ("2024-12-30", "1 EUR = 1 USD"),
        ("2024-12-31", "1 EUR = 2 USD"),
        ("2024-12-27", "1 EUR = 1000 PKR"),
        ("2024-12-30", "1 EUR = 300 PKR"),
        ("2024-12-31", "1 EUR = 500 PKR"),
    ])
    .with_pivot(EUR);
    let mean = table.mean(USD, PKR, day("2024-12-27")..=day("2024-12-31")).unwrap();
    // 1.5 / 400
    assert_eq!(
        mean.to_string(),
        "0.00375 USD = 1 PKR (mean of 2 fixings each of EUR/USD and EUR/PKR from 2024-12-27 to \
         2024-12-31)",
    );
}

#[test]
fn periods_take_no_part_in_a_mean() {
    let mut table = table(&[("2024-12-31", "1 USD = 278 PKR")]);
    table.insert_for(day("2024-12-01")..=day("2024-12-31"), rate("1 USD = 1 PKR")).unwrap();
    table.insert_from(day("2024-12-01"), rate("1 USD = 2 PKR")).unwrap();
    let mean = table.mean(USD, PKR, day("2024-12-25")..=day("2024-12-31")).unwrap();
    assert_eq!(mean.rate(), &rate("1 USD = 278 PKR"));
}

#[test]
fn a_mean_across_the_end_of_a_currency_is_an_error() {
    let table = table(&[("2022-12-30", "1 EUR = 7.5 HRK"), ("2023-01-02", "1 EUR = 7.6 HRK")]);
    assert!(table.mean(EUR, HRK, day("2022-12-28")..=day("2022-12-31")).is_ok());
    assert_eq!(
        refused(table.mean(EUR, HRK, day("2022-12-28")..=day("2023-01-03"))),
        "no mean exchange rate from EUR to HRK for 2022-12-28 to 2023-01-03, because none was fixed \
         from 2023-01-01 to 2023-01-03 and at most 7 days may be without (EUR/HRK was last fixed on \
         2023-01-02): HRK ended on 2023-01-01: insert its euro_conversion with insert_from",
    );
}

#[test]
fn an_error_names_a_currency_that_could_be_the_pivot() {
    let table = table(&[("2024-12-31", "1 EUR = 1.04 USD"), ("2024-12-31", "1 EUR = 290 PKR")]);
    assert_eq!(
        refused(table.rate(USD, PKR, day("2024-12-31"))),
        "no exchange rate from USD to PKR on 2024-12-31 or in the 7 days before it (USD/PKR was never \
         fixed): pass EUR to with_pivot, which leads there",
    );
}

#[test]
fn a_markup_makes_it_dearer_in_either_direction() {
    let bank = rate("1 USD = 278.55 PKR plus 1%");
    assert_eq!(bank.convert(cost("100 USD")).unwrap(), cost("28133.55 PKR"));
    assert_eq!(bank.to_string(), "1 USD = 278.55 PKR plus 1%");
    let inverse = bank.inverse();
    assert_eq!(inverse.to_string(), "278.55 PKR = 1 USD plus 1%");
    assert_eq!(inverse.convert(cost("278.55 PKR")).unwrap(), cost("1.01 USD"));
    // 1.01 × 1.02
    let chain = bank.then(&rate("1 PKR = 2 INR plus 2%")).unwrap();
    assert_eq!(chain.markup(), "3.02%".parse::<Share>().unwrap());
    let half = rate("1 USD = 2 PKR plus 50%");
    assert_eq!(
        refused(half.then(&rate("1 PKR = 2 INR plus 50%"))),
        "the markups 50% and 50% combine to a share above 100% or beyond 64 bits: pass smaller or \
         rounder markups",
    );
    let mut table = ExchangeRates::new();
    assert!(
        refused(table.insert(day("2024-12-31"), bank)).starts_with("a fixing has no spread and no")
    );
}

fn shares() -> impl Strategy<Value = Share> {
    (0_u64..=1_000).prop_map(|thousandths| Share::new(thousandths, 1_000).unwrap())
}

fn positive() -> impl Strategy<Value = String> {
    (1_u32..1_000_000, 0_usize..6).prop_map(|(digits, places)| {
        let text = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = text.split_at(text.len() - places);
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    })
}

proptest! {
    #![proptest_config(crate::support::cases(1_000))]

    #[test]
    fn a_markup_never_makes_a_bill_cheaper(number in positive(), amount in positive(), share in shares()) {
        let rate = rate(&format!("1 USD = {number} PKR"));
        let plain = rate.convert(cost(&format!("{amount} USD"))).unwrap();
        let marked = rate.with_markup(share).convert(cost(&format!("{amount} USD"))).unwrap();
        prop_assert!(marked >= plain);
        prop_assert_eq!(marked == plain, share == Share::ZERO);
        prop_assert_eq!(rate.with_markup(share).to_string().parse::<ExchangeRate>().unwrap(), rate.with_markup(share));
    }

    #[test]
    fn the_mean_of_a_constant_is_the_constant(number in positive(), skip in vec(any::<bool>(), 28)) {
        let constant = rate(&format!("1 USD = {number} PKR"));
        let mut table = ExchangeRates::new().with_max_age(31);
        table.insert(date(2025, 2, 1), constant.clone()).unwrap();
        for (day, skipped) in (1_i8..).zip(skip) {
            if !skipped {
                table.insert(date(2025, 2, day), constant.clone()).unwrap();
            }
        }
        let february = date(2025, 2, 1)..=date(2025, 2, 28);
        let mean = table.mean(USD, PKR, february.clone()).unwrap();
        prop_assert_eq!(mean.rate(), &constant);
        let back = table.mean(PKR, USD, february).unwrap();
        prop_assert_eq!(back.rate(), &constant.inverse());
    }

    #[test]
    fn no_answer_uses_a_fixing_that_does_not_hold(
        fixed in vec((0_i64..60, 0_u8..3, 0_i64..20, 1_u32..9), 0..20),
        on in 0_i64..60,
        age in 0_u32..9,
    ) {
        use bandwidth_cost::{jiff::ToSpan, money::exchange::Validity};
        let at = |days: i64| date(2022, 12, 1).checked_add(days.days()).unwrap();
        let mut table = ExchangeRates::new().with_max_age(age);
        for (first, kind, length, units) in fixed {
            let rate = rate(&format!("1 EUR = {units} HRK"));
            // A second one that begins on a day is refused, and the first stays.
            let _ = match kind {
                0 => table.insert(at(first), rate),
                1 => table.insert_for(at(first)..=at(first + length), rate),
                _ => table.insert_from(at(first), rate),
            };
        }
        let on = at(on);
        if let Ok(rate) = table.rate(EUR, HRK, on) {
            let fixing = &rate.fixings()[0];
            prop_assert!(fixing.date() <= on);
            match fixing.validity() {
                Validity::Day => prop_assert!((on - fixing.date()).get_days() <= i32::try_from(age).unwrap()),
                Validity::Until(last) => prop_assert!(on <= last),
                _ => {}
            }
            let ended = date(2023, 1, 1);
            prop_assert!(on < ended || fixing.date() >= ended);
        }
    }
}

proptest! {
    #![proptest_config(crate::support::cases(500))]

    #[test]
    fn a_fixing_and_its_inverse_are_the_same_fixing_in_any_order(
        fixed in vec((0_i8..28, 1_u32..9, 1_u32..9, any::<bool>()), 1..12),
        on in 0_i8..28,
        pivot in any::<bool>(),
    ) {
        // One a day and pair, so that none is in the way of another.
        let mut seen = Vec::new();
        let fixed: Vec<_> = fixed
            .into_iter()
            .filter(|&(day, _, _, euro)| {
                let new = !seen.contains(&(day, euro));
                seen.push((day, euro));
                new
            })
            .collect();
        let fill = |fixed: &[(i8, u32, u32, bool)], inverse: bool| {
            let mut table = ExchangeRates::new();
            for &(day, a, b, euro) in fixed {
                let other = if euro { "EUR" } else { "PKR" };
                let rate = rate(&format!("{a} USD = {b} {other}"));
                let rate = if inverse { rate.inverse() } else { rate };
                table.insert(date(2025, 2, day + 1), rate).unwrap();
            }
            if pivot { table.with_pivot(USD) } else { table }
        };
        let backwards: Vec<_> = fixed.iter().rev().copied().collect();
        let (one, other, same) = (fill(&fixed, false), fill(&backwards, true), fill(&backwards, false));
        prop_assert_eq!(&one, &same);
        let on = date(2025, 2, on + 1);
        for (from, to) in [(USD, PKR), (PKR, USD), (EUR, PKR), (PKR, EUR), (USD, EUR)] {
            let rate = |table: &ExchangeRates| table.rate(from, to, on).ok().map(|rate| rate.rate().clone());
            prop_assert_eq!(rate(&one), rate(&other));
        }
    }
}

#[cfg(feature = "csv")]
mod files {
    use super::*;
    use bandwidth_cost::money::exchange::{Quoting, RatesLayout, RatesRead};

    fn read(file: &str, layout: &RatesLayout) -> Result<RatesRead, bandwidth_cost::Error> {
        ExchangeRates::from_csv(file.as_bytes(), layout)
    }

    #[test]
    fn forty_conversions_are_those_of_another_program() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/golden_conversions.csv");
        let mut golden = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).unwrap();
        let mut count = 0;
        for row in golden.records() {
            let row = row.unwrap();
            let mut rates = ExchangeRates::new().with_pivot(EUR);
            for fixing in row[5].split(' ') {
                let mut parts = fixing.split([':', '/']);
                let mut next = || parts.next().unwrap();
                let (on, base, quote, units) = (next(), next(), next(), next());
                rates.insert(day(on), rate(&format!("1 {base} = {units} {quote}"))).unwrap();
            }
            let amount = cost(&format!("{} {}", &row[1], &row[2]));
            let to: Currency = row[3].parse().unwrap();
            let found = rates.rate(amount.currency(), to, day(&row[0])).unwrap();
            let exact = cost(&format!("{} {to}", &row[4]));
            assert_eq!(found.convert(amount).unwrap(), exact, "{row:?}");
            count += 1;
        }
        assert_eq!(count, 40);
    }

    #[test]
    fn a_history_with_currencies_that_ended_is_read() {
        let layout = RatesLayout::wide(EUR, Quoting::ForeignPerBase);
        let file = "Date,USD,LTL,\n2014-12-31,1.2141,3.4528,\n2026-04-10,1.1711,N/A,\n";
        let read = read(file, &layout).unwrap();
        assert!(read.skipped.is_empty());
        assert_eq!(converted(&read.rates, "100 EUR", USD, "2014-12-31"), "121.41 USD");
        assert_eq!(converted(&read.rates, "100 EUR", Currency::LTL, "2014-12-31"), "345.28 LTL");
        assert!(read.rates.rate(EUR, Currency::LTL, day("2015-01-01")).is_err());
    }

    #[test]
    fn the_direction_of_a_wide_file_is_said_by_the_caller() {
        let file = "Date,USD,EUR\n2024-12-31,278.55,289.39\n";
        let rates = read(file, &RatesLayout::wide(PKR, Quoting::BasePerForeign)).unwrap().rates;
        assert_eq!(converted(&rates, "100 USD", PKR, "2024-12-31"), "27855 PKR");
        let rates = read(file, &RatesLayout::wide(PKR, Quoting::ForeignPerBase)).unwrap().rates;
        assert_eq!(converted(&rates, "100 PKR", USD, "2024-12-31"), "27855 USD");
    }

    #[test]
    fn a_column_that_may_be_a_multiplier_is_named_or_refused() {
        let file = "date,base,quote,rate,unit\n2021-01-13,JPY,TRY,7.1424,100\n";
        let layout = RatesLayout::long();
        assert_eq!(
            refused(read(file, &layout)),
            "column `unit` may say for how many units each rate is: pass its name to multiplier, or \
             take it out of the file",
        );
        for name in ["Unit", "AMOUNT", "nominal", "Scale", "per"] {
            let file = file.replace("unit", name);
            assert!(refused(read(&file, &layout)).starts_with(&format!("column `{name}` may say")));
        }
        let layout = layout.multiplier("unit");
        let rates = read(file, &layout).unwrap().rates;
        assert_eq!(converted(&rates, "5000 JPY", Currency::TRY, "2021-01-13"), "357.12 TRY");
        assert_eq!(
            refused(read(&file.replace(",100", ",0"), &layout)),
            "line 2, column `unit`: a rate can't be for 0 units: expected a number above zero, such \
             as 100",
        );
    }

    #[test]
    fn a_wide_column_may_say_its_units() {
        let layout = RatesLayout::wide(Currency::CZK, Quoting::BasePerForeign)
            .date_column("Datum")
            .separator(b'|')
            .decimal_comma()
            .date_format("%d.%m.%Y");
        let file = "Datum|1 EUR|100 HUF\n03.01.2025|25,14|6,05\n";
        let rates = read(file, &layout).unwrap().rates;
        assert_eq!(converted(&rates, "1000 HUF", Currency::CZK, "2025-01-03"), "60.5 CZK");
        assert_eq!(
            refused(read(&file.replace("25,14", "25.14"), &layout)),
            "line 2, column `1 EUR`: unexpected `.14` at byte 2: expected the digits without \
             separators, and one comma before the decimals",
        );
        assert_eq!(
            refused(read(&file.replace("03.01.2025", "2025-01-03"), &layout)),
            "line 2, column `Datum`: invalid date `2025-01-03`: expected a date such as 31.12.2024, \
             by the pattern `%d.%m.%Y`",
        );
        for pattern in ["%d.%m", "%", "%Q", "x"] {
            assert_eq!(
                refused(read(file, &RatesLayout::long().date_format(pattern))),
                format!(
                    "the pattern `{pattern}` lacks the year, the month or the day: pass one such as %d/%m/%Y"
                ),
            );
        }
    }

    #[test]
    fn an_sdmx_file_is_read_with_its_power_of_ten() {
        let file = "\
KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,UNIT,UNIT_MULT
EXR.D.PLN.EUR.SP00.A,D,PLN,EUR,SP00,A,2026-08-07,4.2983,PLN,0
EXR.D.IDR.EUR.SP00.A,D,IDR,EUR,SP00,A,2026-08-07,20.0255,IDR,3
EXR.D.PLN.EUR.SP00.A,D,PLN,EUR,SP00,A,2026-08-08,NaN,PLN,0
";
        let rates = read(file, &RatesLayout::sdmx()).unwrap().rates;
        assert_eq!(converted(&rates, "100 EUR", Currency::PLN, "2026-08-08"), "429.83 PLN");
        assert_eq!(converted(&rates, "1 EUR", Currency::IDR, "2026-08-08"), "20025.5 IDR");
        assert_eq!(
            refused(read(&file.replace("2026-08-07,4", "2026-08,4"), &RatesLayout::sdmx())),
            "line 2, column `TIME_PERIOD`: invalid date `2026-08`: expected a date such as 2024-12-31",
        );
    }

    #[test]
    fn an_sdmx_file_with_two_powers_of_ten_is_refused() {
        let file = "\
TIME_PERIOD,CURRENCY_DENOM,CURRENCY,OBS_VALUE,UNIT_MULT,UNIT_MULT
2026-08-07,EUR,IDR,20.0255,3,0
";
        assert_eq!(
            refused(read(file, &RatesLayout::sdmx())),
            "columns `TIME_PERIOD,CURRENCY_DENOM,CURRENCY,OBS_…`: expected `TIME_PERIOD`, \
             `CURRENCY_DENOM`, `CURRENCY`, `OBS_VALUE` and `UNIT_MULT`",
        );
    }

    #[test]
    fn only_the_currencies_asked_for_are_read() {
        let wide = "Date,USD,XYZ,GBP\n2024-12-31,1.04,5,bad\n";
        let layout = RatesLayout::wide(EUR, Quoting::ForeignPerBase).only(&[USD]);
        let only = read(wide, &layout).unwrap();
        assert_eq!(only.skipped, ["XYZ", "GBP"]);
        assert_eq!(only.rates.fixings().count(), 1);
        let long = "date,base,quote,rate\n2024-12-31,USD,PKR,278.55\n2024-12-31,XYZ,EUR,7\n";
        assert_eq!(
            read(long, &RatesLayout::long().only(&[PKR])).unwrap().rates.fixings().count(),
            1
        );
    }

    #[test]
    fn a_table_in_either_direction_converts_the_same() {
        for (number, inverse) in [("278.55", "20/5571"), ("0.5", "2"), ("4/3", "3/4")] {
            let one = format!("Date,USD\n2024-12-31,{number}\n");
            let other = format!("Date,USD\n2024-12-31,{inverse}\n");
            let one = read(&one, &RatesLayout::wide(PKR, Quoting::BasePerForeign)).unwrap().rates;
            let other =
                read(&other, &RatesLayout::wide(PKR, Quoting::ForeignPerBase)).unwrap().rates;
            for (amount, to) in [("100 USD", PKR), ("7/3 PKR", USD)] {
                let same = converted(&one, amount, to, "2024-12-31");
                assert_eq!(same, converted(&other, amount, to, "2024-12-31"));
            }
        }
    }

    #[test]
    fn a_multiplier_divides_the_rate() {
        for (multiplier, number) in [(1_u32, "7"), (100, "7.1424"), (3, "2"), (1000, "4/3")] {
            let file =
                format!("date,base,quote,rate,unit\n2021-01-13,JPY,TRY,{number},{multiplier}\n");
            let rates = read(&file, &RatesLayout::long().multiplier("unit")).unwrap().rates;
            let stated = rate(&format!("{multiplier} JPY = {number} TRY"));
            assert_eq!(rates.fixings().next().unwrap().rate(), &stated);
        }
    }

    #[test]
    fn a_history_since_1999_is_read_with_all_columns() {
        const COLUMNS: &str = "USD,JPY,BGN,CYP,CZK,DKK,EEK,GBP,HUF,LTL,LVL,MTL,PLN,ROL,RON,SEK,SIT,\
            SKK,CHF,ISK,NOK,HRK,RUB,TRL,TRY,AUD,BRL,CAD,CNY,HKD,IDR,ILS,INR,KRW,MXN,MYR,NZD,PHP,SGD,\
            THB,ZAR";
        let codes: Vec<&str> = COLUMNS.split(',').collect();
        let mut file = format!("Date,{COLUMNS},\n");
        let mut on = date(1999, 1, 4);
        let mut days = 0_u64;
        while on < date(2026, 4, 14) {
            file += &on.to_string();
            for (index, code) in codes.iter().enumerate() {
                let currency: Currency = code.parse().unwrap();
                let ended = currency.withdrawn().is_some_and(|end| end <= on);
                let digits = (days * 7 + index as u64 * 13) % 9_000 + 1_000;
                let cell = if ended { "N/A".into() } else { format!("{}.{digits}", index + 1) };
                file += &format!(",{cell}");
            }
            file += ",\n";
            (days, on) = (days + 1, on.tomorrow().unwrap());
        }
        let layout = RatesLayout::wide(EUR, Quoting::ForeignPerBase);
        let read = read(&file, &layout).unwrap();
        assert!(read.skipped.is_empty());
        assert_eq!(days, 9_962);
        let ended = |code: &&&str| code.parse::<Currency>().unwrap().withdrawn().is_some();
        assert_eq!(codes.iter().filter(ended).count(), 11);
        assert_eq!(
            found(&read.rates, EUR, USD, "1999-01-04"),
            "1 EUR = 1.1 USD (fixing of 1999-01-04)"
        );
    }
}

//! Which fixing gives the rate of a day, what a table refuses, and what it is read from.

use crate::support::{refused, table};
use bandwidth_cost::money::MoneyError;
use bandwidth_cost::{
    Cost, Currency, Error, ExchangeRate, ExchangeRates, Money, NearestFixings, Share,
    jiff::civil::{Date, date},
};

const USD: Currency = Currency::USD;
const PKR: Currency = Currency::PKR;
const EUR: Currency = Currency::EUR;
const GBP: Currency = Currency::GBP;

#[track_caller]
fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[track_caller]
fn rate(text: &str) -> ExchangeRate {
    text.parse().unwrap()
}

/// What the table says of a rate on a day.
#[track_caller]
fn found(table: &ExchangeRates, from: Currency, to: Currency, on: &str) -> String {
    table.rate(from, to, day(on)).unwrap().to_string()
}

/// Closing rates around the rupee's fall of January 2023: a Wednesday to the Monday after.
fn january() -> ExchangeRates {
    table(&[
        ("2023-01-25", "1 USD = 231.55 PKR"),
        ("2023-01-26", "1 USD = 250.50 PKR"),
        ("2023-01-27", "1 USD = 263.05 PKR"),
        ("2023-01-30", "1 USD = 262.60 PKR"),
    ])
}

#[test]
fn each_day_has_its_own_rate() {
    let january = january();
    assert_eq!(
        found(&january, USD, PKR, "2023-01-25"),
        "1 USD = 231.55 PKR (fixing of 2023-01-25)",
    );
    assert_eq!(found(&january, USD, PKR, "2023-01-26"), "1 USD = 250.5 PKR (fixing of 2023-01-26)");
    assert_eq!(found(&january, PKR, USD, "2023-01-26"), "250.5 PKR = 1 USD (fixing of 2023-01-26)");
}

#[test]
fn a_day_without_a_fixing_has_the_rate_of_the_last_one_before_it() {
    let january = january();
    for weekend in ["2023-01-27", "2023-01-28", "2023-01-29"] {
        assert_eq!(found(&january, USD, PKR, weekend), "1 USD = 263.05 PKR (fixing of 2023-01-27)",);
    }
    for later in ["2023-01-30", "2023-01-31", "2023-02-05", "2023-02-06"] {
        assert_eq!(found(&january, USD, PKR, later), "1 USD = 262.6 PKR (fixing of 2023-01-30)");
    }
    assert!(january.rate(USD, PKR, day("2023-02-07")).is_err());
}

#[test]
fn the_maximum_age_is_counted_in_days() {
    let new_year = |age| table(&[("2024-12-31", "1 USD = 278.55 PKR")]).with_max_age(age);
    for (age, last) in [(0, "2024-12-31"), (1, "2025-01-01"), (60, "2025-03-01")] {
        let table = new_year(age);
        assert_eq!(found(&table, USD, PKR, last), "1 USD = 278.55 PKR (fixing of 2024-12-31)");
        assert!(table.rate(USD, PKR, day(last).tomorrow().unwrap()).is_err(), "{age} days");
    }
    let table = new_year(u32::MAX);
    assert_eq!(found(&table, USD, PKR, "9999-12-31"), "1 USD = 278.55 PKR (fixing of 2024-12-31)");
    assert!(table.rate(USD, PKR, Date::MIN).is_err());
    let mut table = ExchangeRates::new().with_max_age(7_304_483);
    table.insert(Date::MIN, rate("1 USD = 1 PKR")).unwrap();
    assert!(table.rate(USD, PKR, Date::MAX).is_ok());
    assert!(table.with_max_age(7_304_482).rate(USD, PKR, Date::MAX).is_err());
}

#[test]
fn the_newer_of_two_directions_is_used_and_the_direct_one_of_the_same_day() {
    let both = table(&[
        ("2024-12-27", "1 USD = 278.50 PKR"),
        ("2024-12-30", "1 PKR = 0.00359 USD"),
        ("2024-12-31", "1 USD = 278.55 PKR"),
        ("2024-12-31", "1 PKR = 0.0036 USD"),
    ]);
    assert_eq!(found(&both, USD, PKR, "2024-12-29"), "1 USD = 278.5 PKR (fixing of 2024-12-27)");
    assert_eq!(found(&both, USD, PKR, "2024-12-30"), "0.00359 USD = 1 PKR (fixing of 2024-12-30)");
    assert_eq!(found(&both, PKR, USD, "2024-12-30"), "1 PKR = 0.00359 USD (fixing of 2024-12-30)");
    assert_eq!(found(&both, USD, PKR, "2024-12-31"), "1 USD = 278.55 PKR (fixing of 2024-12-31)");
    assert_eq!(found(&both, PKR, USD, "2024-12-31"), "1 PKR = 0.0036 USD (fixing of 2024-12-31)");
    let inverse = both.rate(USD, PKR, day("2024-12-30")).unwrap();
    assert_eq!(inverse.fixings()[0].to_string(), "1 PKR = 0.00359 USD on 2024-12-30");
    assert_eq!(inverse.rate(), &rate("0.00359 USD = 1 PKR"));
}

#[test]
fn a_pivot_joins_two_fixings_and_names_both() {
    let euro = table(&[
        ("2024-12-31", "1 EUR = 1.0389 USD"),
        ("2024-12-30", "1 USD = 278.50 PKR"),
        ("2024-12-27", "1 EUR = 0.83 GBP"),
    ]);
    assert!(euro.rate(EUR, PKR, day("2024-12-31")).is_err());
    let dollar = euro.clone().with_pivot(USD);
    let through = dollar.rate(EUR, PKR, day("2025-01-01")).unwrap();
    assert_eq!(
        through.to_string(),
        "1 EUR = 289.33365 PKR (fixings 1 EUR = 1.0389 USD on 2024-12-31 \
         and 1 USD = 278.5 PKR on 2024-12-30)",
    );
    let dates: Vec<Date> = through.fixings().iter().map(|fixing| fixing.date()).collect();
    assert_eq!(dates, [date(2024, 12, 31), date(2024, 12, 30)]);
    let money = Money::from_major(1_000, EUR);
    assert_eq!(through.convert(money).unwrap().to_string(), "289333.65 PKR");
    assert_eq!(
        found(&dollar, PKR, EUR, "2025-01-01"),
        "289.33365 PKR = 1 EUR (fixings 1 USD = 278.5 PKR on 2024-12-30 \
         and 1 EUR = 1.0389 USD on 2024-12-31)",
    );
    assert_eq!(
        format!("{:.3}", euro.with_pivot(EUR).rate(GBP, USD, day("2025-01-01")).unwrap()),
        "1 GBP = 1.252 USD (fixings 1 EUR = 0.83 GBP on 2024-12-27 \
         and 1 EUR = 1.0389 USD on 2024-12-31)",
    );
}

#[test]
fn newer_fixings_through_the_pivot_come_before_an_older_one_of_the_pair_itself() {
    let table = table(&[
        ("2024-12-27", "1 EUR = 290 PKR"),
        ("2024-12-31", "1 EUR = 1.0389 USD"),
        ("2024-12-31", "1 USD = 278.55 PKR"),
    ])
    .with_pivot(USD);
    assert_eq!(found(&table, EUR, PKR, "2024-12-30"), "1 EUR = 290 PKR (fixing of 2024-12-27)");
    assert_eq!(
        found(&table, EUR, PKR, "2024-12-31"),
        "1 EUR = 289.385595 PKR (fixings 1 EUR = 1.0389 USD on 2024-12-31 \
         and 1 USD = 278.55 PKR on 2024-12-31)",
    );
}

#[test]
fn there_is_one_pivot_and_no_way_through_two() {
    let chain = table(&[
        ("2024-12-31", "1 GBP = 1.2 EUR"),
        ("2024-12-31", "1 EUR = 1.0389 USD"),
        ("2024-12-31", "1 USD = 278.55 PKR"),
    ]);
    let on = day("2024-12-31");
    assert!(chain.clone().with_pivot(EUR).rate(GBP, USD, on).is_ok());
    assert_eq!(
        refused(chain.with_pivot(EUR).rate(GBP, PKR, on)),
        "no exchange rate from GBP to PKR on 2024-12-31 or in the 7 days before it \
         (GBP/PKR was never fixed; GBP/EUR was last fixed on 2024-12-31; EUR/PKR was never fixed): \
         insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)",
    );
}

#[test]
fn a_missing_rate_is_refused_with_the_days_around_it() {
    let missing = |table: &ExchangeRates, from, to, on| {
        let message = refused(table.rate(from, to, day(on)));
        let ending =
            ": insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)";
        message.strip_suffix(ending).unwrap().to_owned()
    };
    let gap = table(&[
        ("2024-06-27", "1 USD = 278.30 PKR"),
        ("2024-06-28", "1 USD = 278.20 PKR"),
        ("2024-10-22", "1 PKR = 0.0036 USD"),
        ("2024-10-23", "1 USD = 278.40 PKR"),
    ]);
    assert_eq!(
        missing(&gap, USD, PKR, "2024-08-14"),
        "no exchange rate from USD to PKR on 2024-08-14 or in the 7 days before it \
         (USD/PKR was last fixed on 2024-06-28 and next on 2024-10-22)",
    );
    assert_eq!(
        missing(&gap.clone().with_max_age(30), PKR, USD, "2024-10-21"),
        "no exchange rate from PKR to USD on 2024-10-21 or in the 30 days before it \
         (PKR/USD was last fixed on 2024-06-28 and next on 2024-10-22)",
    );
    assert_eq!(
        missing(&gap, USD, PKR, "2024-10-31"),
        "no exchange rate from USD to PKR on 2024-10-31 or in the 7 days before it \
         (USD/PKR was last fixed on 2024-10-23)",
    );
    assert_eq!(
        missing(&gap, USD, PKR, "2020-01-01"),
        "no exchange rate from USD to PKR on 2020-01-01 or in the 7 days before it \
         (USD/PKR was first fixed on 2024-06-27)",
    );
    assert_eq!(
        missing(&gap, USD, GBP, "2024-06-28"),
        "no exchange rate from USD to GBP on 2024-06-28 or in the 7 days before it \
         (USD/GBP was never fixed)",
    );
    assert_eq!(
        missing(&ExchangeRates::new().with_max_age(0), USD, PKR, "2024-06-28"),
        "no exchange rate from USD to PKR on 2024-06-28 or in the 0 days before it \
         (USD/PKR was never fixed)",
    );
    // The pivot is no detour to itself.
    for pivot in [USD, PKR] {
        assert_eq!(
            missing(&gap.clone().with_pivot(pivot), USD, PKR, "2024-08-14"),
            "no exchange rate from USD to PKR on 2024-08-14 or in the 7 days before it \
             (USD/PKR was last fixed on 2024-06-28 and next on 2024-10-22)",
        );
    }
    assert_eq!(
        gap.rate(USD, PKR, day("2024-08-14")).unwrap_err(),
        Error::from(MoneyError::NoRate {
            from: USD,
            to: PKR,
            on: date(2024, 8, 14),
            max_age: 7,
            mean: None,
            ended: None,
            detour: None,
            nearest: vec![NearestFixings {
                from: USD,
                to: PKR,
                before: Some(date(2024, 6, 28)),
                after: Some(date(2024, 10, 22)),
            }],
        }),
    );
}

#[test]
fn a_leg_that_is_too_old_leaves_no_way_through_the_pivot() {
    let table =
        table(&[("2024-12-20", "1 EUR = 1.0389 USD"), ("2024-12-31", "1 USD = 278.55 PKR")])
            .with_pivot(USD);
    assert!(table.rate(EUR, PKR, day("2024-12-27")).is_err());
    assert_eq!(
        refused(table.rate(EUR, PKR, day("2024-12-31"))),
        "no exchange rate from EUR to PKR on 2024-12-31 or in the 7 days before it \
         (EUR/PKR was never fixed; EUR/USD was last fixed on 2024-12-20; \
         USD/PKR was last fixed on 2024-12-31): \
         insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)",
    );
    assert!(table.with_max_age(11).rate(EUR, PKR, day("2024-12-31")).is_ok());
}

#[test]
fn a_currency_has_no_rate_to_itself() {
    assert_eq!(
        refused(january().rate(USD, USD, day("2023-01-25"))),
        "an exchange rate is between two currencies, not USD and USD: \
         pass another currency on one side",
    );
}

#[test]
fn two_fixings_of_a_pair_on_a_day_are_refused_unless_they_are_the_same() {
    let mut table = january();
    let before = table.clone();
    table.insert(day("2023-01-26"), rate("2 USD = 501 PKR")).unwrap();
    assert_eq!(
        refused(table.insert(day("2023-01-26"), rate("1 USD = 250.51 PKR"))),
        "two fixings on 2023-01-26, 1 USD = 250.5 PKR and 1 USD = 250.51 PKR: insert one of them",
    );
    assert_eq!(
        refused(table.insert(day("2023-01-28"), rate("1 USD = 263 PKR less 1%"))),
        "a fixing has no spread and no markup, unlike 1 USD = 263 PKR less 1%: insert it without, and put \
         the markup on the table (with_markup) or the spread on the exchange rate that you look up",
    );
    assert_eq!(table, before);
    table.insert(day("2023-01-28"), rate("1 USD = 263 PKR less 0%")).unwrap();
    assert_ne!(table, before);
}

#[test]
fn a_rate_that_was_looked_up_converts_and_takes_a_spread() {
    let rate = january().rate(USD, PKR, day("2023-01-29")).unwrap();
    let dollars: Cost = "4/3 USD".parse().unwrap();
    assert_eq!(rate.convert(dollars.clone()).unwrap().to_string(), "5261/15 PKR");
    assert_eq!(
        refused(rate.convert(Money::from_major(1, PKR))),
        "currency mismatch: USD and PKR; convert one with an exchange rate first",
    );
    let bank = rate.rate().with_spread(Share::from_percent(1));
    assert_eq!(bank.convert(dollars).unwrap().to_string(), "347.226 PKR");
    assert_eq!(format!("{rate:>45.1}|"), "     1 USD = 263.0 PKR (fixing of 2023-01-27)|");
    assert_eq!(format!("{:>36.1}|", rate.fixings()[0]), "     1 USD = 263.0 PKR on 2023-01-27|");
}

#[test]
fn a_table_tells_its_settings_and_its_fixings() {
    let table = table(&[
        ("2024-12-31", "1 USD = 278.55 PKR"),
        ("2024-12-30", "1 USD = 278.50 PKR"),
        ("2024-12-31", "1 EUR = 1.0389 USD"),
    ]);
    assert_eq!((table.max_age(), table.pivot()), (7, None));
    let fixings: Vec<String> = table.fixings().map(|fixing| fixing.to_string()).collect();
    assert_eq!(
        fixings,
        [
            "1 EUR = 1.0389 USD on 2024-12-31",
            "1 USD = 278.5 PKR on 2024-12-30",
            "1 USD = 278.55 PKR on 2024-12-31",
        ],
    );
    let other = table.clone().with_max_age(3).with_pivot(USD);
    assert_eq!((other.max_age(), other.pivot()), (3, Some(USD)));
    assert_ne!(table, table.clone().with_max_age(3));
    assert_ne!(table, table.clone().with_pivot(USD));
    assert_eq!(other.with_max_age(7).fixings().count(), 3);
    assert_eq!(ExchangeRates::default(), ExchangeRates::new());
}

#[cfg(feature = "csv")]
mod csv {
    use super::*;
    use bandwidth_cost::money::exchange::{Quoting, RatesLayout, RatesRead};
    use std::io;

    fn euros() -> RatesLayout {
        RatesLayout::wide(EUR, Quoting::ForeignPerBase)
    }

    fn long(file: &str) -> Result<ExchangeRates, Error> {
        Ok(ExchangeRates::from_csv(file.as_bytes(), &RatesLayout::long())?.rates)
    }

    fn wide(file: &str) -> Result<ExchangeRates, Error> {
        Ok(ExchangeRates::from_csv(file.as_bytes(), &euros())?.rates)
    }

    /// The columns of a wide file that were skipped.
    #[track_caller]
    fn skipped(file: &str) -> Vec<String> {
        ExchangeRates::from_csv(file.as_bytes(), &euros()).unwrap().skipped
    }

    /// The words for what is wrong with the third line of a long file.
    #[track_caller]
    fn long_row(row: &str) -> String {
        let message = refused(long(&format!(
            "date,base,quote,rate\n2023-01-25,USD,PKR,231.550\n{row}\n2023-01-27,USD,PKR,263.050\n"
        )));
        message.strip_prefix("line 3, column ").unwrap().to_owned()
    }

    /// The words for what is wrong with a cell for pounds.
    #[track_caller]
    fn wide_cell(cell: &str) -> String {
        let message = refused(wide(&format!(
            "Date,USD,GBP,\n2026-04-13,1.1684,N/A,\n2026-04-10,1.1711,{cell},\n"
        )));
        message.strip_prefix("line 3, column `GBP`: ").unwrap().to_owned()
    }

    #[test]
    fn a_long_file_has_a_row_for_each_fixing() {
        let file = "date,base,quote,rate\n2023-01-25,USD,PKR,231.550\n2023-01-26,USD,PKR,250.500\n\
                    2023-01-27,USD,PKR,263.050\n2023-01-30,USD,PKR,262.600\n";
        assert_eq!(long(file).unwrap(), january());
        let other = "\u{feff}source,rate,quote,date,base,\r\n\"a, b\",262.6,PKR,2023-01-30,USD,\r\n\
                     \r\nc,263.05,PKR,2023-01-27,USD,\r\n,501/2,PKR,2023-01-26,USD,\r\n\
                     d,231.55,PKR,2023-01-25,USD,\r\nd,231.55,PKR,2023-01-25,USD,";
        let other = ExchangeRates::from_csv(other.as_bytes(), &RatesLayout::long()).unwrap();
        assert_eq!(other, RatesRead { rates: january(), skipped: vec!["source".to_owned()] });
        assert_eq!(long("date,base,quote,rate\n").unwrap(), ExchangeRates::new());
    }

    #[test]
    fn a_wrong_row_of_a_long_file_is_named_by_line_and_column() {
        let positive = "pass a positive amount";
        assert_eq!(
            long_row("2023-01-26,USD,PKR,0.000"),
            format!("`rate`: an exchange rate can't have 0 PKR on one side: {positive}"),
        );
        assert_eq!(
            long_row("2023-01-26,USD,PKR,-250.5"),
            format!("`rate`: an exchange rate can't have -250.5 PKR on one side: {positive}"),
        );
        for cell in ["N/A", "nan", "#REF!"] {
            assert_eq!(
                long_row(&format!("2023-01-26,USD,PKR,{cell}")),
                format!("`rate`: unexpected `{cell}` at byte 0: expected a number such as 278.55"),
            );
        }
        assert_eq!(
            long_row("2023-01-26,USD,PKR,"),
            "`rate`: missing number at byte 0: expected a number such as 278.55",
        );
        assert_eq!(
            long_row("2023-01-26,USD,PKR,\"250,50\""),
            "`rate`: unexpected `,50` at byte 3: expected the digits without separators, and one point \
             before the decimals",
        );
        assert_eq!(
            long_row("2023-01-26,USD,PKR,2.505e2"),
            "`rate`: unexpected `e2` at byte 5: expected all the digits, without an exponent",
        );
        assert_eq!(
            long_row("2023-01-26,USD,PKR,250.5 PKR"),
            "`rate`: unexpected `PKR` at byte 6: expected one number",
        );
        assert_eq!(
            long_row("2023-01-26,USD,pkr,250.5"),
            "`quote`: unknown currency `pkr` at byte 0: expected PKR, in capitals",
        );
        assert_eq!(
            long_row("2023-01-26,,PKR,250.5"),
            "`base`: missing currency at byte 0: expected an ISO 4217 code such as USD",
        );
        assert_eq!(
            long_row("2023-01-26,USD,USD,1"),
            "`quote`: an exchange rate is between two currencies, not USD and USD: \
             pass another currency on one side",
        );
        assert_eq!(
            long_row("2023-01-25,USD,PKR,231.56"),
            "`rate`: two fixings on 2023-01-25, 1 USD = 231.55 PKR and 1 USD = 231.56 PKR: \
             insert one of them",
        );
        for text in ["", "26/01/2023", "2023-02-29", "20230126", "2023-01-26T00:00:00", "2023-1-26"]
        {
            assert_eq!(
                long_row(&format!("{text},USD,PKR,250.5")),
                format!("`date`: invalid date `{text}`: expected a date such as 2024-12-31"),
            );
        }
    }

    #[test]
    fn a_long_file_needs_its_header() {
        let expected = "expected `date`, `base`, `quote` and `rate`";
        for (file, found) in [
            ("2023-01-25,USD,PKR,231.550\n", "2023-01-25,USD,PKR,231.550"),
            ("date,base,quote\n2023-01-25,USD,PKR\n", "date,base,quote"),
            ("date,base,quote,rate,rate\n", "date,base,quote,rate,rate"),
            ("Date,base,quote,rate\n", "Date,base,quote,rate"),
            ("", ""),
        ] {
            assert_eq!(refused(long(file)), format!("columns `{found}`: {expected}"));
        }
        let layout = RatesLayout::long().rate_column("buying or selling");
        assert_eq!(
            refused(ExchangeRates::from_csv("date,base,quote\n".as_bytes(), &layout)),
            "columns `date,base,quote`: \
             expected `date`, `base`, `quote` and `buying or selling`",
        );
    }

    #[test]
    fn another_separator_is_named() {
        let expected = "expected `date`, `base`, `quote` and `rate`";
        assert_eq!(
            refused(long("date;base;quote;rate\n")),
            format!("columns `date;base;quote;rate`: {expected}; the separator may be `;`"),
        );
        assert_eq!(
            refused(long("date\tbase\tquote\trate\n")),
            format!("columns `date\tbase\tquote\trate`: {expected}; the separator may be a tab"),
        );
    }

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        assert_eq!(
            refused(long("date,base,quote,rate\n2023-01-25,USD,PKR\n")),
            "line 2: 3 cells under 4 columns: expected one for each",
        );
        assert_eq!(
            refused(wide("Date,USD\n2026-04-13,1.1684\n2026-04-10,1.1711,\n")),
            "line 3: 3 cells under 2 columns: expected one for each",
        );
    }

    #[test]
    fn a_file_that_is_not_utf_8_is_refused() {
        struct Broken;
        impl io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the cable is out"))
            }
        }
        assert_eq!(
            refused(ExchangeRates::from_csv(Broken, &RatesLayout::long())),
            "the cable is out",
        );
        assert_eq!(
            refused(ExchangeRates::from_csv(&b"Date,USD\n\xff,1\n"[..], &euros())),
            "stream did not contain valid UTF-8",
        );
    }

    /// Four days, newest first: Thursday, Wednesday, then the lev's last two.
    const EUROPEAN: &str = "\
Date,USD,JPY,BGN,CYP,GBP,ROL,
2026-01-02,1.1721,183.77,N/A,N/A,0.87105,N/A,
2025-12-31,1.175,184.09,1.9558,N/A,,N/A,
2025-12-30,1.1757,183.62,1.9558,N/A,0.87130,N/A,
";

    #[test]
    fn a_wide_file_has_a_row_for_each_day_and_a_column_for_each_currency() {
        let table = wide(EUROPEAN).unwrap();
        assert_eq!(table.fixings().count(), 10);
        assert!(skipped(EUROPEAN).is_empty());
        let found = |from, to, on| found(&table, from, to, on);
        assert_eq!(found(EUR, USD, "2026-01-01"), "1 EUR = 1.175 USD (fixing of 2025-12-31)");
        assert_eq!(found(EUR, GBP, "2026-01-01"), "1 EUR = 0.8713 GBP (fixing of 2025-12-30)");
        assert_eq!(found(GBP, EUR, "2026-01-02"), "0.87105 GBP = 1 EUR (fixing of 2026-01-02)");
        assert_eq!(
            found(EUR, Currency::BGN, "2025-12-31"),
            "1 EUR = 1.9558 BGN (fixing of 2025-12-31)",
        );
        assert!(table.rate(USD, Currency::JPY, day("2026-01-02")).is_err());
        let cross = table.with_pivot(EUR).rate(USD, Currency::JPY, day("2026-01-02")).unwrap();
        // 183.77 ÷ 1.1721
        assert_eq!(cross.rate(), &rate("1.1721 USD = 183.77 JPY"));
    }

    #[test]
    fn the_order_of_rows_and_a_last_comma_make_no_difference() {
        let mut lines: Vec<&str> = EUROPEAN.lines().collect();
        lines.get_mut(1..).unwrap().reverse();
        let oldest_first = lines.join("\r\n").replace(",\r\n", "\r\n");
        let oldest_first = oldest_first.strip_suffix(',').unwrap();
        assert_eq!(wide(oldest_first).unwrap(), wide(EUROPEAN).unwrap());
    }

    #[test]
    fn a_number_under_no_currency_is_refused_and_other_text_is_passed_over() {
        let file = "Date,USD,XYZ,Holiday\n2026-01-02,1.1721,,\n2026-01-01,,N/A,New Year\n";
        assert_eq!(skipped(file), ["XYZ", "Holiday"]);
        assert_eq!(
            refused(wide(&file.replace("N/A", "1.5"))),
            "line 3, column `XYZ`: unknown currency `XYZ` at byte 0: \
             expected an ISO 4217 code such as USD",
        );
        assert_eq!(
            refused(wide("Date,USD,\n2026-01-02,1.1721,7\n")),
            "line 2, column ``: missing currency at byte 0: expected an ISO 4217 code such as USD",
        );
        assert_eq!(
            refused(wide("Date,usd\n2026-01-02,1.1721\n")),
            "line 2, column `usd`: unknown currency `usd` at byte 0: \
             expected USD, in capitals",
        );
    }

    #[test]
    fn a_wrong_cell_of_a_wide_file_is_named_by_line_and_column() {
        assert_eq!(
            wide_cell("0"),
            "an exchange rate can't have 0 GBP on one side: pass a positive amount",
        );
        assert_eq!(
            wide_cell("-0.87"),
            "an exchange rate can't have -0.87 GBP on one side: pass a positive amount",
        );
        assert_eq!(
            wide_cell("n/a"),
            "unexpected `n/a` at byte 0: expected a number such as 278.55",
        );
        assert_eq!(wide_cell(" "), "unexpected ` ` at byte 0: expected a number such as 278.55");
        assert_eq!(
            refused(wide("Date,USD\n13 April 2026,1.1684\n")),
            "line 2, column `Date`: invalid date `13 April 2026`: expected a date such as 2024-12-31",
        );
        assert_eq!(
            refused(wide("Date,USD,EUR\n2026-04-13,1.1684,1\n")),
            "line 2, column `EUR`: an exchange rate is between two currencies, not EUR and EUR: \
             pass another currency on one side",
        );
        assert_eq!(
            refused(wide("Date,USD\n2026-04-13,1.1684\n2026-04-13,1.1685\n")),
            "line 3, column `USD`: two fixings on 2026-04-13, 1 EUR = 1.1684 USD and \
             1 EUR = 1.1685 USD: insert one of them",
        );
    }

    #[test]
    fn a_wide_file_needs_its_header() {
        let expected = "expected `Date`, and the code of a currency for each of the other columns";
        for (file, found) in [
            ("2026-04-13,1.1684,186.75\n", "2026-04-13,1.1684,186.75"),
            ("USD,JPY\n1.1684,186.75\n", "USD,JPY"),
            ("Date,USD,Date\n", "Date,USD,Date"),
            ("Date\n2026-04-13\n", "Date"),
            ("date,base,quote,rate\n", "date,base,quote,rate"),
            ("", ""),
        ] {
            assert_eq!(refused(wide(file)), format!("columns `{found}`: {expected}"));
        }
    }
}

#[cfg(feature = "serde")]
mod serde {
    use super::*;
    use ::serde::de::DeserializeOwned;
    use bandwidth_cost::{DatedRate, Fixing};

    #[track_caller]
    fn json_err<T: DeserializeOwned + core::fmt::Debug>(text: &str) -> String {
        serde_json::from_str::<T>(text).unwrap_err().to_string()
    }

    #[test]
    fn a_table_is_its_settings_and_its_fixings() {
        let table = table(&[("2024-12-31", "1 USD = 278.55 PKR"), ("2024-12-31", "3 EUR = 4 USD")])
            .with_pivot(USD);
        let text = serde_json::to_string(&table).unwrap();
        assert_eq!(
            text,
            "{\"max_age\":7,\"pivot\":\"USD\",\"fixings\":[\
             {\"date\":\"2024-12-31\",\"rate\":\"0.75 EUR = 1 USD\"},\
             {\"date\":\"2024-12-31\",\"rate\":\"1 USD = 278.55 PKR\"}]}",
        );
        assert_eq!(serde_json::from_str::<ExchangeRates>(&text).unwrap(), table);
        let bytes = postcard::to_stdvec(&table).unwrap();
        assert_eq!(
            bytes,
            // 7; some, USD; no markup; 2 fixings: zigzag of 2024 as varint, of 12, of 31, a fixing of
            // that day, and the rate with its spread and its markup.
            b"\x07\x01USD\x00\x01\x02\xd0\x1f\x0c\x1f\x00EUR\x01\x04\x01\x03USD\x00\x01\x00\x01\
              \xd0\x1f\x0c\x1f\x00USD\x02\xc3\x15\x01\x14PKR\x00\x01\x00\x01",
        );
        assert_eq!(postcard::from_bytes::<ExchangeRates>(&bytes).unwrap(), table);
        assert_eq!(
            serde_json::from_str::<ExchangeRates>("{\"fixings\":[]}").unwrap(),
            ExchangeRates::new(),
        );
    }

    #[test]
    fn a_dated_rate_brings_its_fixings() {
        let table =
            table(&[("2024-12-31", "1 USD = 278.55 PKR"), ("2024-12-30", "1 EUR = 1.0389 USD")])
                .with_pivot(USD);
        for (from, to) in [(USD, PKR), (PKR, USD), (EUR, PKR), (PKR, EUR)] {
            let rate = table.rate(from, to, day("2025-01-01")).unwrap();
            let text = serde_json::to_string(&rate).unwrap();
            assert_eq!(serde_json::from_str::<DatedRate>(&text).unwrap(), rate, "{text}");
            let bytes = postcard::to_stdvec(&rate).unwrap();
            assert_eq!(postcard::from_bytes::<DatedRate>(&bytes).unwrap(), rate);
        }
        let rate = table.rate(PKR, USD, day("2025-01-01")).unwrap();
        assert_eq!(
            serde_json::to_string(&rate).unwrap(),
            "{\"rate\":\"278.55 PKR = 1 USD\",\"fixings\":[\
             {\"date\":\"2024-12-31\",\"rate\":\"1 USD = 278.55 PKR\"}]}",
        );
    }

    #[test]
    fn what_is_deserialised_passes_the_same_checks() {
        let fixing = |date, rate| format!("{{\"date\":\"{date}\",\"rate\":\"{rate}\"}}");
        let fixed = fixing("2024-12-31", "1 USD = 278.55 PKR");
        let other = fixing("2024-12-31", "1 USD = 279 PKR");
        let error = json_err::<ExchangeRates>(&format!("{{\"fixings\":[{fixed},{other}]}}"));
        assert_eq!(
            error,
            "two fixings on 2024-12-31, 1 USD = 278.55 PKR and 1 USD = 279 PKR: \
             insert one of them",
        );
        let error = json_err::<Fixing>(&fixing("2024-12-31", "1 USD = 279 PKR less 1%"));
        assert_eq!(
            error,
            "a fixing has no spread and no markup, unlike 1 USD = 279 PKR less 1%: insert it without, and put \
             the markup on the table (with_markup) or the spread on the exchange rate that you look up",
        );
        let error = json_err::<Fixing>(&fixing("2024-12-31T00:00:00", "1 USD = 279 PKR"));
        assert_eq!(
            error,
            "invalid date `2024-12-31T00:00:00`: expected a date such as 2024-12-31 at line 1 column 29",
        );
        let error = json_err::<ExchangeRates>("{\"max_age\":-1,\"fixings\":[]}");
        assert!(error.starts_with("invalid value: integer `-1`, expected u32"), "{error}");
        let error = json_err::<ExchangeRates>("{\"maximum_age\":1,\"fixings\":[]}");
        assert!(error.starts_with("unknown field `maximum_age`"), "{error}");
        let dated =
            |rate: &str, fixings: &str| format!("{{\"rate\":\"{rate}\",\"fixings\":[{fixings}]}}");
        let error = json_err::<DatedRate>(&dated("1 USD = 279 PKR", &fixed));
        assert_eq!(
            error,
            "1 USD = 279 PKR is not the exchange rate of its fixings: expected 1 USD = 278.55 PKR",
        );
        // Without fixings it is a rate that was agreed; a mean is of some.
        let agreed: DatedRate = serde_json::from_str(&dated("1 USD = 279 PKR", "")).unwrap();
        assert_eq!(agreed.to_string(), "1 USD = 279 PKR (as agreed)");
        let mean = dated("1 USD = 279 PKR", "")
            .replace("\"fixings\"", "\"mean\":[\"2024-12-01\",\"2024-12-31\"],\"fixings\"");
        assert!(
            json_err::<DatedRate>(&mean)
                .starts_with("a mean without a fixing: expected at least one")
        );
        let mean_of = |first: &str, last: &str, fixing: &str| {
            let fields = format!("\"mean\":[\"{first}\",\"{last}\"],\"fixings\"");
            dated("1 USD = 278.55 PKR", fixing).replace("\"fixings\"", &fields)
        };
        let read = |text: &str| serde_json::from_str::<DatedRate>(text);
        assert!(read(&mean_of("2024-12-31", "2024-12-31", &fixed)).is_ok());
        let onwards = fixed.replace("\"rate\"", "\"onwards\":true,\"rate\"");
        for (first, last, fixing, of) in [
            ("2025-01-01", "2025-01-31", &fixed, "on 2024-12-31"),
            ("2024-12-31", "2024-12-01", &fixed, "on 2024-12-31"),
            ("2024-12-01", "2024-12-31", &onwards, "from 2024-12-31 on"),
        ] {
            let error = json_err::<DatedRate>(&mean_of(first, last, fixing));
            let of = format!("1 USD = 278.55 PKR {of}: expected fixings of these days");
            assert!(
                error.starts_with(&format!("a mean from {first} to {last} of {of}")),
                "{error}"
            );
        }
        let read = |rate| serde_json::from_str::<DatedRate>(&dated(rate, &fixed));
        assert!(read("1 USD = 278.55 PKR").is_ok());
        assert!(read("1 EUR = 278.55 PKR").is_err());
        assert!(read("1 USD = 278.55 PKR less 1%").is_err());
        let no_day = postcard::to_stdvec(&(2023_i16, 2_i8, 29_i8, rate("1 USD = 1 PKR"))).unwrap();
        assert_eq!(
            postcard::from_bytes::<Fixing>(&no_day).unwrap_err(),
            postcard::Error::SerdeDeCustom,
        );
    }
}

//! What money, costs, ratios, currencies and exchange rates are read from, what they refuse, and
//! how they are written.

use crate::support::{reads_back, refusal};
use bandwidth_cost::{Cost, Currency, Decimal, ExchangeRate, Money, Ratio, Share};

#[track_caller]
fn money(text: &str) -> Money {
    text.parse().unwrap()
}

#[track_caller]
fn cost(text: &str) -> Cost {
    text.parse().unwrap()
}

#[track_caller]
fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

#[track_caller]
fn rate(text: &str) -> ExchangeRate {
    text.parse().unwrap()
}

#[track_caller]
fn money_err(text: &str) -> String {
    refusal::<Money>(text)
}

#[track_caller]
fn cost_err(text: &str) -> String {
    refusal::<Cost>(text)
}

#[track_caller]
fn ratio_err(text: &str) -> String {
    refusal::<Ratio>(text)
}

#[track_caller]
fn currency_err(text: &str) -> String {
    refusal::<Currency>(text)
}

#[track_caller]
fn rate_err(text: &str) -> String {
    refusal::<ExchangeRate>(text)
}

#[test]
fn money_is_written_as_it_was_read() {
    for text in [
        "10000.00 USD",
        "10000 USD",
        "0.80 USD",
        "-0.80 USD",
        "0 JPY",
        "0.000 JPY",
        "0.1234567 PKR",
        "31.1034768 XAU",
        "79228162514264337593543950335 USD",
        "-79228162514264337593543950335 USD",
        "7.9228162514264337593543950335 USD",
        "0.0000000000000000000000000001 USD",
    ] {
        assert_eq!(money(text).to_string(), text);
        assert_eq!(format!("{:?}", money(text)), text);
    }
    assert_eq!(money("10000.00 USD").amount(), Decimal::new(1_000_000, 2));
    assert_eq!(money("10000.00 USD").amount().scale(), 2);
    assert_eq!(money("10000.00USD"), Money::from_major(10_000, Currency::USD));
    assert_eq!(money("007.50 USD").to_string(), "7.50 USD");
    assert_eq!(money("-0.00 USD").to_string(), "0.00 USD");
    assert_eq!(Money::new(-Decimal::ZERO, Currency::USD).to_string(), "0 USD");
}

#[test]
fn zeros_behind_the_last_place_that_fits_are_no_error() {
    let zeros = "0".repeat(400);
    assert_eq!(money(&format!("1.{zeros} USD")), Money::from_major(1, Currency::USD));
    assert_eq!(money(&format!("1.5{zeros} USD")), money("1.5 USD"));
    assert_eq!(money(&format!("{zeros}1 USD")), money("1 USD"));
    assert_eq!(
        money("79228162514264337593543950335.00 USD"),
        money("79228162514264337593543950335 USD"),
    );
}

#[test]
fn a_cost_is_read_from_a_decimal_or_a_fraction_of_any_length() {
    assert_eq!(cost("489000 USD").to_string(), "489000 USD");
    assert_eq!(cost("0.125 USD").to_string(), "0.125 USD");
    assert_eq!(cost("1/8 USD").to_string(), "0.125 USD");
    assert_eq!(cost("4/3 USD").to_string(), "4/3 USD");
    assert_eq!(cost("4/3USD"), cost("4/3 USD"));
    assert_eq!(cost("-8/6 USD").to_string(), "-4/3 USD");
    assert_eq!(cost("-8/4 USD").to_string(), "-2 USD");
    assert_eq!(cost("0/7 USD").to_string(), "0 USD");
    assert_eq!(cost("-0 USD").to_string(), "0 USD");
    assert_eq!(cost("1.500 USD").to_string(), "1.5 USD");
    assert_eq!(format!("{:?}", cost("4/3 USD")), "4/3 USD");
    let nines = "9".repeat(400);
    for text in [
        format!("{nines} USD"),
        format!("-{nines}.{nines} USD"),
        format!("1/{nines} USD"),
        format!("-{nines}0/{nines}1 USD"),
    ] {
        assert_eq!(cost(&text).to_string(), text);
        reads_back(&cost(&text));
    }
}

#[test]
fn a_ratio_is_read_from_a_decimal_or_a_fraction() {
    assert_eq!(ratio("750"), Ratio::from(750));
    assert_eq!(ratio("-750.0").to_string(), "-750");
    assert_eq!(ratio("0.125").to_string(), "0.125");
    assert_eq!(ratio("62/31").to_string(), "2");
    assert_eq!(ratio("4/3").to_string(), "4/3");
    assert_eq!(ratio("-170141183460469231731687303715884105728"), Ratio::from(i128::MIN));
    assert_eq!(ratio("340282366920938463463374607431768211455"), Ratio::from(u128::MAX));
    let negated = "170141183460469231731687303715884105728";
    assert_eq!((-&Ratio::from(i128::MIN)).to_string(), negated);
    assert_eq!(
        ratio("-1/340282366920938463463374607431768211456").to_string(),
        // 2^-128: 128 places, all of them.
        "-0.000000000000000000000000000000000000002938735877055718769921841343055614194546\
         66389193021880377187926569604314863681793212890625",
    );
}

#[test]
fn an_amount_without_its_currency_is_refused() {
    let expected = "expected an ISO 4217 code such as USD";
    assert_eq!(money_err("10"), format!("missing currency at byte 2: {expected}"));
    assert_eq!(money_err("10 "), format!("missing currency at byte 3: {expected}"));
    assert_eq!(cost_err("4/3"), format!("missing currency at byte 3: {expected}"));
    assert_eq!(currency_err(""), format!("missing currency at byte 0: {expected}"));
    assert_eq!(money_err("10 $"), format!("unexpected `$` at byte 3: {expected}"));
    assert_eq!(
        money_err("10 USD/MB"),
        "unexpected `/MB` at byte 6: expected one amount and one currency",
    );
    for code in ["USD", "PKR"] {
        assert_eq!(
            money_err(&format!("250 {}", code.to_lowercase())),
            format!(
                "unknown currency `{}` at byte 4: expected {code}, in capitals",
                code.to_lowercase()
            ),
        );
    }
    for code in ["US", "USDT", "ABC", "10", "U\u{405}D"] {
        assert_eq!(currency_err(code), format!("unknown currency `{code}` at byte 0: {expected}"),);
        assert_eq!(
            money_err(&format!("10 {code}")),
            format!("unknown currency `{code}` at byte 3: {expected}"),
        );
        assert_eq!(
            cost_err(&format!("4/3 {code}")),
            format!("unknown currency `{code}` at byte 4: {expected}"),
        );
    }
    assert_eq!(
        currency_err(&"U".repeat(400)),
        format!("unknown currency `{}…` at byte 0: {expected}", "U".repeat(40)),
    );
}

#[test]
fn one_amount_and_one_currency_and_nothing_else() {
    let one = "expected one amount and one currency";
    let money_example = "expected an amount and a currency, such as 250 USD";
    let cost_example = "expected an amount and a currency, such as 4/3 USD";
    for (err, example) in
        [(money_err as fn(&str) -> String, money_example), (cost_err, cost_example)]
    {
        assert_eq!(err("10 USD PKR"), format!("unexpected `PKR` at byte 7: {one}"));
        assert_eq!(err("10 USD 5 PKR"), format!("unexpected `5` at byte 7: {one}"));
        assert_eq!(err("10 USD "), format!("unexpected ` ` at byte 6: {one}"));
        assert_eq!(err("10 USD\n"), format!("unexpected `\n` at byte 6: {one}"));
        assert_eq!(err(" 10 USD"), format!("unexpected ` ` at byte 0: {example}"));
        assert_eq!(err("NaN USD"), format!("unexpected `NaN` at byte 0: {example}"));
        assert_eq!(err("inf USD"), format!("unexpected `inf` at byte 0: {example}"));
        assert_eq!(err("-inf USD"), format!("unexpected `inf` at byte 1: {example}"));
        assert_eq!(err(""), format!("missing number at byte 0: {example}"));
        assert_eq!(err("-"), format!("missing number at byte 1: {example}"));
        assert_eq!(err("- 1 USD"), format!("unexpected ` ` at byte 1: {example}"));
        let code = "expected an ISO 4217 code such as USD";
        assert_eq!(err("10  USD"), format!("unexpected ` ` at byte 3: {code}"));
        assert_eq!(err("10\u{a0}USD"), format!("unexpected `\u{a0}` at byte 2: {code}"));
        assert_eq!(err("10 USDPKR"), format!("unknown currency `USDPKR` at byte 3: {code}"));
    }
    assert_eq!(currency_err("USD PKR"), "unexpected `PKR` at byte 4: expected one currency");
    assert_eq!(currency_err("USD "), "unexpected ` ` at byte 3: expected one currency");
    assert_eq!(
        currency_err(" USD"),
        "unexpected ` ` at byte 0: expected an ISO 4217 code such as USD",
    );
    assert_eq!(ratio_err(""), "missing number at byte 0: expected a number such as 0.125 or 4/3");
    assert_eq!(ratio_err("x"), "unexpected `x` at byte 0: expected a number such as 0.125 or 4/3");
    assert_eq!(ratio_err("4/3 USD"), "unexpected `USD` at byte 4: expected one number");
    assert_eq!(ratio_err("1/2/3"), "unexpected `/3` at byte 3: expected one number below the line");
    assert_eq!(ratio_err("50%"), "unexpected `%` at byte 2: expected one number");
}

#[test]
fn numbers_are_plain_ascii_digits() {
    for err in [money_err, cost_err, |text: &str| refusal::<Ratio>(text.trim_end_matches(" USD"))] {
        let sign = "expected the number without a sign";
        assert_eq!(err("+1 USD"), format!("unexpected `+1` at byte 0: {sign}"));
        assert_eq!(err("-+1 USD"), format!("unexpected `+1` at byte 1: {sign}"));
        let minus = "expected one `-` and then the digits";
        assert_eq!(err("--1 USD"), format!("unexpected `-1` at byte 1: {minus}"));
        assert_eq!(err("\u{2212}1 USD"), format!("unexpected `\u{2212}1` at byte 0: {minus}"));
        let exponent = "expected all the digits, without an exponent";
        assert_eq!(err("1e3 USD"), format!("unexpected `e3` at byte 1: {exponent}"));
        assert_eq!(err("1.5E-3 USD"), format!("unexpected `E-3` at byte 3: {exponent}"));
        let separators =
            "expected the digits without separators, and one point before the decimals";
        assert_eq!(err("1_000 USD"), format!("unexpected `_000` at byte 1: {separators}"));
        assert_eq!(err("1,000.00 USD"), format!("unexpected `,000.00` at byte 1: {separators}"));
        assert_eq!(err("1'000 USD"), format!("unexpected `'000` at byte 1: {separators}"));
        assert_eq!(err("1.2.3 USD"), format!("unexpected `.3` at byte 3: {separators}"));
        assert_eq!(err(".5 USD"), "unexpected `.5` at byte 0: expected a digit before the point");
        assert_eq!(err("-.5 USD"), "unexpected `.5` at byte 1: expected a digit before the point");
        assert_eq!(err("5. USD"), "unexpected `.` at byte 1: expected a digit after the point");
        assert_eq!(err("１ USD"), "unexpected `１` at byte 0: expected the digits 0 to 9");
        assert_eq!(err("1٢ USD"), "unexpected `٢` at byte 1: expected the digits 0 to 9");
        assert_eq!(err("1.٢ USD"), "unexpected `.٢` at byte 1: expected a digit after the point");
    }
    // `E` begins a code as well as an exponent.
    assert_eq!(money("1EUR"), Money::from_major(1, Currency::EUR));
}

#[test]
fn a_fraction_is_two_whole_numbers_and_the_lower_one_is_above_zero() {
    let zero = "expected a number above zero below the line";
    assert_eq!(cost_err("1/0 USD"), format!("unexpected `0` at byte 2: {zero}"));
    assert_eq!(cost_err("0/000 USD"), format!("unexpected `000` at byte 2: {zero}"));
    assert_eq!(ratio_err("-1/0"), format!("unexpected `0` at byte 3: {zero}"));
    let whole = "expected a whole number below the line";
    assert_eq!(cost_err("1/2.5 USD"), format!("unexpected `2.5` at byte 2: {whole}"));
    assert_eq!(ratio_err("1/0.0"), format!("unexpected `0.0` at byte 2: {whole}"));
    let sign = "expected the number without a sign";
    assert_eq!(cost_err("4/-3 USD"), format!("unexpected `-3` at byte 2: {sign}"));
    assert_eq!(ratio_err("4/+3"), format!("unexpected `+3` at byte 2: {sign}"));
    let example = "expected an amount and a currency, such as 4/3 USD";
    assert_eq!(cost_err("4/ USD"), format!("unexpected ` ` at byte 2: {example}"));
    assert_eq!(cost_err("4/"), format!("missing number at byte 2: {example}"));
    assert_eq!(
        ratio_err("1.5/2"),
        "unexpected `/2` at byte 3: expected a decimal or a fraction of whole numbers, not both",
    );
    assert_eq!(
        refusal::<Money>("1/3 USD"),
        "unexpected `/3` at byte 1: expected a decimal: only a cost can be a fraction",
    );
}

#[test]
fn money_beyond_a_decimal_is_an_error_and_never_rounded() {
    let large = "is too large for a decimal amount: expected at most 79228162514264337593543950335";
    for sign in ["", "-"] {
        assert_eq!(
            money_err(&format!("{sign}79228162514264337593543950336 USD")),
            format!("`{sign}79228162514264337593543950336` {large}"),
        );
    }
    assert_eq!(
        money_err("79228162514264337593543950336.00 USD"),
        format!("`79228162514264337593543950336.00` {large}"),
    );
    let nines = "9".repeat(400);
    assert_eq!(money_err(&format!("{nines} USD")), format!("`{}…` {large}", "9".repeat(40)));
    let precise = "is too precise for a decimal amount: expected at most 28 decimal places, and 28 \
                   digits in all";
    assert_eq!(
        money_err("12345678901234567890123456789.5 USD"),
        format!("`12345678901234567890123456789.5` {precise}"),
    );
    for places in 29..=80 {
        for number in
            [format!("0.{}1", "0".repeat(places - 1)), format!("0.{}", "9".repeat(places))]
        {
            let quoted = match number.get(..40) {
                Some(beginning) if number.len() > 40 => format!("{beginning}…"),
                _ => number.clone(),
            };
            assert_eq!(money_err(&format!("{number} USD")), format!("`{quoted}` {precise}"));
        }
    }
}

#[test]
fn formatting_honours_precision_width_sign_and_grouping() {
    let money_and_cost = |amount: &str| (money(amount), cost(amount));
    for (text, rounded) in [
        ("0.125 USD", "0.12 USD"), // half to even
        ("0.135 USD", "0.14 USD"),
        ("-0.125 USD", "-0.12 USD"),
        ("-0.135 USD", "-0.14 USD"),
        ("0.1250001 USD", "0.13 USD"),
        ("-0.004 USD", "0.00 USD"),
        ("9.999 USD", "10.00 USD"),
        ("10000 USD", "10000.00 USD"),
    ] {
        let (money, cost) = money_and_cost(text);
        assert_eq!(format!("{money:.2}"), rounded);
        assert_eq!(format!("{cost:.2}"), rounded);
    }
    let (money, cost) = money_and_cost("-1234567.5 USD");
    assert_eq!(format!("{money:#} {cost:#}"), "-1,234,567.5 USD -1,234,567.5 USD");
    assert_eq!(format!("{money:#.0} {cost:#.0}"), "-1,234,568 USD -1,234,568 USD");
    assert_eq!(format!("[{money:16}] [{cost:>16}]"), "[  -1234567.5 USD] [  -1234567.5 USD]");
    assert_eq!(format!("[{money:<16}] [{cost:*^16}]"), "[-1234567.5 USD  ] [*-1234567.5 USD*]");
    let (money, cost) = money_and_cost("999 USD");
    assert_eq!(
        format!("{money:+} {cost:+} {money:#} {cost:#.1}"),
        "+999 USD +999 USD 999 USD 999.0 USD"
    );

    let third = self::cost("1000/3 USD");
    assert_eq!(format!("{third:.2} {third:.0} {third:+}"), "333.33 USD 333 USD +1000/3 USD");
    assert_eq!(format!("[{third:12}] [{third:<12}]"), "[  1000/3 USD] [1000/3 USD  ]");
    assert_eq!(format!("{:.30}", self::cost("2/3 USD")), format!("0.{}7 USD", "6".repeat(29)));
    let ratio = ratio("-12345/8");
    assert_eq!(format!("{ratio} {ratio:.2} {ratio:#.0}"), "-1543.125 -1543.12 -1,543");
    assert_eq!(format!("[{:>5}] [{:<5}]", Currency::USD, Currency::USD), "[  USD] [USD  ]");
}

#[test]
fn an_exchange_rate_is_two_amounts_worth_the_same() {
    let pair = |base: &str, quote: &str| ExchangeRate::new(money(base), money(quote)).unwrap();
    assert_eq!(rate("1 USD = 278.55 PKR"), pair("1 USD", "278.55 PKR"));
    assert_eq!(rate("100 JPY = 0.66 USD"), pair("1 JPY", "0.0066 USD"));
    assert_eq!(rate("3/7 USD = 2/7 EUR"), pair("3 USD", "2 EUR"));
    assert_eq!(
        rate("1 USD = 278.55 PKR less 1%"),
        pair("1 USD", "278.55 PKR").with_spread(Share::from_percent(1)),
    );
    assert_eq!(rate("1 USD = 278.55 PKR less 1/3").spread(), Share::new(1, 3).unwrap());
    assert_eq!(rate("1 USD = 278.55 PKR less 0%"), rate("1 USD = 278.55 PKR"));
    assert_ne!(rate("1 USD = 278.55 PKR less 1%"), rate("1 USD = 278.55 PKR"));
    assert_ne!(rate("1 USD = 278.55 PKR"), rate("1 USD = 278.55 INR"));
    assert_ne!(rate("1 USD = 278.55 PKR"), rate("278.55 PKR = 1 USD"));
}

#[test]
fn an_exchange_rate_is_written_for_one_of_the_side_that_makes_the_other_a_decimal() {
    for (read, written) in [
        ("1 USD = 278.55 PKR", "1 USD = 278.55 PKR"),
        ("2 USD = 557.10 PKR", "1 USD = 278.55 PKR"),
        ("278.55 PKR = 1 USD", "278.55 PKR = 1 USD"),
        ("557.1 PKR = 2 USD", "278.55 PKR = 1 USD"),
        ("100 JPY = 0.66 USD", "1 JPY = 0.0066 USD"),
        ("8 USD = 5 EUR", "1 USD = 0.625 EUR"), // both would be decimals
        ("3 USD = 7 EUR", "1 USD = 7/3 EUR"),   // neither would be
        ("3 USD = 1 EUR less 12.5%", "3 USD = 1 EUR less 12.5%"),
        ("3 USD = 7 EUR less 1/3", "1 USD = 7/3 EUR less 1/3"),
        ("1 USD = 2 EUR less 100%", "1 USD = 2 EUR less 100%"),
    ] {
        assert_eq!(rate(read).to_string(), written);
        assert_eq!(format!("{:?}", rate(read)), written);
        reads_back(&rate(read));
    }
}

#[test]
fn formatting_an_exchange_rate_rounds_its_number_and_pads() {
    let third = rate("3 USD = 7 EUR less 1/3");
    assert_eq!(format!("{third:.2}"), "1 USD = 2.33 EUR less 1/3");
    assert_eq!(format!("{:.2}", rate("3.125 PKR = 1 USD")), "1 PKR = 0.32 USD");
    assert_eq!(format!("{:.1}", rate("3.25 PKR = 1 USD")), "3.2 PKR = 1 USD"); // half to even
    let rupee = rate("1 USD = 278.55 PKR");
    assert_eq!(
        format!("[{rupee:20}] [{rupee:<20}]"),
        "[  1 USD = 278.55 PKR] [1 USD = 278.55 PKR  ]"
    );
}

#[test]
fn a_text_that_is_not_an_exchange_rate_is_refused() {
    let positive = "on one side: pass a positive amount";
    let zero = format!("an exchange rate can't have 0 PKR {positive}");
    assert_eq!(rate_err("1 USD = 0 PKR"), zero);
    assert_eq!(rate_err("0.00 PKR = 1 USD"), zero);
    let negative = format!("an exchange rate can't have -278.55 PKR {positive}");
    assert_eq!(rate_err("1 USD = -278.55 PKR"), negative);
    assert_eq!(rate_err("-278.55 PKR = -1 USD"), negative);
    assert_eq!(
        rate_err("1 USD = 1 USD"),
        "an exchange rate is between two currencies, not USD and USD: pass another currency on \
         one side",
    );
    let form = "expected an exchange rate such as 1 USD = 278.55 PKR";
    assert_eq!(rate_err("1 USD"), format!("missing ` = ` at byte 5: {form}"));
    assert_eq!(rate_err("1 USD 278.55 PKR"), format!("unexpected `278.55` at byte 6: {form}"));
    assert_eq!(rate_err("1 USD ="), format!("unexpected `=` at byte 6: {form}"));
    assert_eq!(rate_err("1 USD : 2 PKR"), format!("unexpected `:` at byte 6: {form}"));
    assert_eq!(rate_err("1 USD  = 2 PKR"), format!("unexpected ` ` at byte 6: {form}"));
    let amount = "expected an amount and a currency, such as 4/3 USD";
    assert_eq!(rate_err(""), format!("missing number at byte 0: {amount}"));
    assert_eq!(rate_err("1 USD = "), format!("missing number at byte 8: {amount}"));
    assert_eq!(rate_err("1 USD =  2 PKR"), format!("unexpected ` ` at byte 8: {amount}"));
    assert_eq!(rate_err("USD/PKR 278.55"), format!("unexpected `USD/PKR` at byte 0: {form}"));
    assert_eq!(rate_err("278.55"), format!("missing currencies at byte 6: {form}"));
    let digits = "expected the digits without separators, and one point before the decimals";
    assert_eq!(rate_err("278,55"), format!("unexpected `,55` at byte 3: {digits}"));
    assert_eq!(rate_err("1 USD = 278,55 PKR"), format!("unexpected `,55` at byte 11: {digits}"));
    let first = "expected the amount first, such as 250 USD";
    assert_eq!(rate_err("1 USD = PKR 2"), format!("unexpected `PKR` at byte 8: {first}"));
    assert_eq!(
        rate_err("1 USD = 1/0 PKR"),
        "unexpected `0` at byte 10: expected a number above zero below the line",
    );
    assert_eq!(
        rate_err("1 USD = 278.55"),
        "missing currency at byte 14: expected an ISO 4217 code such as USD",
    );
    assert_eq!(
        rate_err("1 USD = 278.55 PKr"),
        "unknown currency `PKr` at byte 15: expected PKR, in capitals",
    );
}

#[test]
fn an_amount_as_people_print_it_is_refused_with_what_to_write() {
    for (text, found, expected) in [
        (
            "$250",
            "$250",
            "a code after the amount, such as 250 USD, because `$` is several currencies",
        ),
        (
            "-$250",
            "$250",
            "a code after the amount, such as 250 USD, because `$` is several currencies",
        ),
        ("Rs. 500", "Rs.", "a code after the amount, such as 500 PKR or 500 INR"),
        ("Rs 500", "Rs", "a code after the amount, such as 500 PKR or 500 INR"),
        ("\u{20a8}500", "\u{20a8}500", "a code after the amount, such as 500 PKR or 500 INR"),
        ("₹500", "₹500", "a code after the amount, such as 250 INR"),
        ("€10", "€10", "a code after the amount, such as 250 EUR"),
        ("£10", "£10", "a code after the amount, such as 250 GBP"),
        ("¥10", "¥10", "a code after the amount, such as 250 JPY or 250 CNY"),
        ("USD 250", "USD", "the amount first, such as 250 USD"),
    ] {
        let at = usize::from(text.starts_with('-'));
        let refused = |at| format!("unexpected `{found}` at byte {at}: expected {expected}");
        assert_eq!(money_err(text), refused(at));
        assert_eq!(cost_err(text), refused(at));
        assert_eq!(rate_err(&format!("1 JPY = {text}")), refused(at + 8));
    }
    assert_eq!(
        money_err("1,000 USD"),
        "unexpected `,000` at byte 1: expected the digits without separators, and one point before \
         the decimals",
    );
    assert_eq!(
        money_err("250"),
        "missing currency at byte 3: expected an ISO 4217 code such as USD",
    );
}

#[test]
fn a_text_that_is_not_a_spread_is_refused() {
    let form = "expected an exchange rate such as 1 USD = 278.55 PKR";
    let share = "expected a share such as 70% or 15/31";
    let err = |spread: &str| rate_err(&format!("1 USD = 278.55 PKR{spread}"));
    assert_eq!(err(" less"), format!("unexpected `less` at byte 19: {form}"));
    assert_eq!(err(" minus 1%"), format!("unexpected `minus` at byte 19: {form}"));
    assert_eq!(err(" less 1% more"), format!("unexpected `more` at byte 27: {form}"));
    assert_eq!(err(" "), format!("unexpected ` ` at byte 18: {form}"));
    assert_eq!(err(" less "), format!("missing number at byte 24: {share}"));
    assert_eq!(err(" less 1"), format!("missing `%` at byte 25: {share}"));
    assert_eq!(err(" less -1%"), "unexpected `-1%` at byte 24: expected the number without a sign",);
    assert_eq!(err(" less 101%"), "`101%` is too large for a share: expected at most 100%");
}

#[test]
fn numbers_of_a_hundred_thousand_digits_are_written() {
    for zeros in [65_533, 65_534, 65_536, 100_000] {
        let text = format!("0.{}1 USD", "0".repeat(zeros));
        let cost: Cost = text.parse().unwrap();
        assert_eq!(cost.to_string(), text);
        assert!(cost.to_money_exact().is_err());
    }
}

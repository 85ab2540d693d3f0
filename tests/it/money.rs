//! How money, costs and exchange rates behave: exact or an error, never rounded unasked.

use crate::support::STRATEGIES;
use bandwidth_cost::{
    Cost, Currency, Decimal, Error, ExchangeRate, Money, RoundingStrategy, Share,
};
use core::{cmp::Ordering, fmt::Debug};
use std::hash::{BuildHasher, RandomState};

#[track_caller]
fn money(text: &str) -> Money {
    text.parse().unwrap()
}

#[track_caller]
fn cost(text: &str) -> Cost {
    text.parse().unwrap()
}

#[track_caller]
fn rate(text: &str) -> ExchangeRate {
    text.parse().unwrap()
}

/// The message of an error.
#[track_caller]
fn err<T: Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn sums_of_money_keep_the_places_of_the_finer_part() {
    let sum = |a: &str, b: &str| money(a).checked_add(money(b)).unwrap().to_string();
    assert_eq!(sum("1.50 USD", "0.5 USD"), "2.00 USD");
    assert_eq!(sum("1.5 USD", "0.500 USD"), "2.000 USD");
    assert_eq!(sum("10000 USD", "0.80 USD"), "10000.80 USD");
    assert_eq!(sum("-0.80 USD", "0.8 USD"), "0.00 USD");
    let difference = |a: &str, b: &str| money(a).checked_sub(money(b)).unwrap().to_string();
    assert_eq!(difference("1 USD", "0.01 USD"), "0.99 USD");
    assert_eq!(difference("0.01 USD", "1 USD"), "-0.99 USD");
    assert_eq!(difference("1.00 USD", "1 USD"), "0.00 USD");
    // Where that many places don't fit, the value still does.
    let wide = "7922816251426433759354395033.5 USD";
    assert_eq!(sum(wide, "0.00 USD"), wide);
    assert_eq!(sum("79228162514264337593543950335 USD", "0.0 USD"), money_max().to_string());
    let (high, low) = ("79228162514264337593543950334.0 USD", "1.0000000000000000000000000000 USD");
    assert_eq!(sum(high, low), money_max().to_string());
}

fn money_max() -> Money {
    Money::new(Decimal::MAX, Currency::USD)
}

#[test]
fn sums_of_money_that_no_decimal_holds_are_errors() {
    let digits = "pass fewer places, or keep the exact number, which has no bounds";
    assert_eq!(
        err(money_max().checked_add(money("1 USD"))),
        format!(
            "79228162514264337593543950336 does not fit 96 bits with 0 decimal places: {digits}"
        ),
    );
    assert_eq!(
        err(money("-1 USD").checked_sub(money_max())),
        format!(
            "-79228162514264337593543950336 does not fit 96 bits with 0 decimal places: {digits}"
        ),
    );
    assert_eq!(
        err(money("10000000000000000000000000000 USD").checked_add(money("0.01 USD"))),
        format!(
            "10000000000000000000000000000.01 does not fit 96 bits with 2 decimal places: {digits}"
        ),
    );
    assert_eq!(
        err(money("1000000000000000 USD").checked_sub(money("0.0000000000000000000000000001 USD"))),
        format!(
            "999999999999999.9999999999999999999999999999 does not fit 96 bits with 28 decimal places: \
             {digits}"
        ),
    );
}

#[test]
fn two_currencies_never_mix() {
    let mismatch = "currency mismatch: USD and PKR; convert one with an exchange rate first";
    let (dollar, rupee) = (money("1 USD"), money("1 PKR"));
    assert_eq!(err(dollar.checked_add(rupee)), mismatch);
    assert_eq!(err(dollar.checked_sub(rupee)), mismatch);
    assert_eq!(dollar.partial_cmp(&rupee), None);
    assert_ne!(dollar, rupee);
    assert_ne!(Money::zero(Currency::USD), Money::zero(Currency::PKR));
    let (dollar, rupee) = (Cost::from(dollar), Cost::from(rupee));
    assert_eq!(err(dollar.checked_add(&rupee)), mismatch);
    assert_eq!(err(dollar.checked_sub(&rupee)), mismatch);
    assert_eq!(err(dollar.ratio_to(&rupee)), mismatch);
    assert_eq!(err(dollar.ratio_to(&Cost::zero(Currency::PKR))), mismatch);
    assert_eq!(err(Cost::sum(Currency::USD, [&dollar, &rupee, &dollar])), mismatch);
    assert_eq!(err(Cost::sum(Currency::USD, [Cost::zero(Currency::PKR)])), mismatch);
    assert_eq!(dollar.partial_cmp(&rupee), None);
    assert_ne!(Cost::zero(Currency::USD), Cost::zero(Currency::PKR));
}

#[test]
fn amounts_of_one_currency_are_ordered_and_hashed_by_value() {
    let ascending = ["-2 USD", "-1.5 USD", "0.00 USD", "0.01 USD", "1.4 USD", "1.41 USD", "30 USD"];
    for (left, a) in ascending.iter().enumerate() {
        for (right, b) in ascending.iter().enumerate() {
            assert_eq!(money(a).partial_cmp(&money(b)), Some(left.cmp(&right)), "{a} {b}");
            assert_eq!(cost(a).partial_cmp(&cost(b)), Some(left.cmp(&right)), "{a} {b}");
        }
    }
    assert_eq!(cost("4/3 USD").partial_cmp(&cost("1.3333 USD")), Some(Ordering::Greater));
    assert_eq!(cost("4/3 USD").partial_cmp(&cost("1.3334 USD")), Some(Ordering::Less));
    let state = RandomState::new();
    assert_eq!(money("1.50 USD"), money("1.5 USD"));
    assert_eq!(state.hash_one(money("1.50 USD")), state.hash_one(money("1.5 USD")));
    let negative_zero = Money::new(-Decimal::ZERO, Currency::USD);
    assert_eq!(negative_zero, Money::zero(Currency::USD));
    assert_eq!(state.hash_one(negative_zero), state.hash_one(Money::zero(Currency::USD)));
    let (sum, whole) = (cost("1/3 USD").checked_add(&cost("2/3 USD")).unwrap(), cost("1 USD"));
    assert_eq!(sum, whole);
    assert_eq!(state.hash_one(sum), state.hash_one(whole));
}

#[test]
fn money_is_made_of_major_or_minor_units() {
    let written = |money: Money| money.to_string();
    assert_eq!(written(Money::from_major(-10_000, Currency::USD)), "-10000 USD");
    assert_eq!(written(Money::from_major(i64::MIN, Currency::JPY)), "-9223372036854775808 JPY");
    assert_eq!(written(Money::from_major(i64::MAX, Currency::XAU)), "9223372036854775807 XAU");
    assert_eq!(written(Money::from_minor(12_345, Currency::JPY)), "12345 JPY");
    assert_eq!(written(Money::from_minor(12_345, Currency::USD)), "123.45 USD");
    assert_eq!(written(Money::from_minor(-12_345, Currency::KWD)), "-12.345 KWD");
    assert_eq!(written(Money::from_minor(12_345, Currency::CLF)), "1.2345 CLF");
    assert_eq!(written(Money::from_minor(i64::MIN, Currency::USD)), "-92233720368547758.08 USD");
    assert_eq!(written(Money::zero(Currency::USD)), "0 USD");
}

#[test]
fn a_cost_is_added_scaled_and_compared_exactly() {
    let third = cost("1/3 USD");
    assert_eq!(third.checked_add(&cost("1/6 USD")).unwrap(), cost("0.5 USD"));
    assert_eq!(third.checked_sub(&cost("1 USD")).unwrap(), cost("-2/3 USD"));
    assert_eq!(&third * 3, cost("1 USD"));
    assert_eq!(third.clone() * u64::MAX, cost("6148914691236517205 USD"));
    let ratio: bandwidth_cost::Ratio = "-9/4".parse().unwrap();
    assert_eq!((third.clone() * &ratio).to_string(), (&third * &ratio).to_string());
    assert_eq!(
        (&third * &ratio).checked_add(&(&third * &-ratio)).unwrap(),
        Cost::zero(Currency::USD)
    );
    assert!(Money::zero(Currency::USD).is_zero() && !money("0.01 USD").is_zero());
    assert_eq!(third.clone() * 0, Cost::zero(Currency::USD));
    assert_eq!(&third * Share::new(15, 31).unwrap(), cost("5/31 USD"));
    assert_eq!(cost("-310 USD") * Share::new(15, 31).unwrap(), cost("-150 USD"));
    assert_eq!(third.clone() * Share::ZERO, Cost::zero(Currency::USD));
    assert_eq!(third.clone() * Share::ONE, third);
    assert_eq!(-&third, cost("-1/3 USD"));
    assert_eq!(-(-third.clone()), third);
    assert_eq!((-third.clone()).abs(), third);
    assert_eq!(third.abs(), third);
    assert_eq!(third.ratio_to(&cost("-0.25 USD")).unwrap().to_string(), "-4/3");
    assert_eq!(Cost::from(money("0.80 USD")), cost("4/5 USD"));
    let (credit, nothing) = (cost("-1/3 USD"), Cost::zero(Currency::USD));
    assert_eq!([&credit, &nothing, &third].map(Cost::is_negative), [true, false, false]);
    assert_eq!([&credit, &nothing, &third].map(Cost::is_zero), [false, true, false]);
}

#[test]
fn a_sum_of_costs_is_exact_and_empty_sums_are_zero() {
    let parts = ["1/7 USD", "-0.1 USD", "2/7 USD", "0.1 USD", "4/7 USD"].map(cost);
    assert_eq!(Cost::sum(Currency::USD, &parts).unwrap(), cost("1 USD"));
    assert_eq!(Cost::sum(Currency::USD, parts.iter().rev()).unwrap(), cost("1 USD"));
    assert_eq!(Cost::sum(Currency::USD, parts).unwrap(), cost("1 USD"));
    assert_eq!(Cost::sum::<Cost>(Currency::PKR, []).unwrap(), Cost::zero(Currency::PKR));
}

#[test]
fn a_cost_outgrows_every_integer_and_comes_back() {
    let huge = (0..40).fold(cost("2/3 USD"), |huge, _| huge * u64::MAX);
    assert_eq!(huge.clone().to_string().len(), 771 + " USD".len()); // 2/3 × 2^2560
    assert_eq!(huge.checked_sub(&huge).unwrap(), Cost::zero(Currency::USD));
    assert_eq!(huge.ratio_to(&(huge.clone() * 3)).unwrap().to_string(), "1/3");
    assert!(-&huge < huge);
    assert_eq!((-&huge).abs(), huge);
}

#[test]
fn a_ratio_to_a_cost_of_zero_is_an_error() {
    let pass = "pass another divisor";
    let nothing = Cost::zero(Currency::USD);
    assert_eq!(
        err(cost("4/3 USD").ratio_to(&nothing)),
        format!("can't divide 4/3 by zero: {pass}"),
    );
    assert_eq!(err(nothing.ratio_to(&nothing)), format!("can't divide 0 by zero: {pass}"));
    assert_eq!(
        err(cost("4/3 USD").amount().checked_div(nothing.amount())),
        format!("can't divide 4/3 by zero: {pass}"),
    );
}

/// What dollars become in cents, by strategy in the order of the columns.
const ROUNDED: &str = "
    amount    NearestEven AwayFromZero TowardZero  ToZero AwayFrom ToNegative ToPositive
    0.125     0.12        0.13         0.12        0.12   0.13     0.12       0.13
    0.135     0.14        0.14         0.13        0.13   0.14     0.13       0.14
   -0.125    -0.12       -0.13        -0.12       -0.12  -0.13    -0.13      -0.12
   -0.135    -0.14       -0.14        -0.13       -0.13  -0.14    -0.14      -0.13
    0.005     0.00        0.01         0.00        0.00   0.01     0.00       0.01
   -0.005     0.00       -0.01         0.00        0.00  -0.01    -0.01       0.00
    0.015     0.02        0.02         0.01        0.01   0.02     0.01       0.02
    0.1249999 0.12        0.12         0.12        0.12   0.13     0.12       0.13
    0.1250001 0.13        0.13         0.13        0.12   0.13     0.12       0.13
   -0.1250001 -0.13      -0.13        -0.13       -0.12  -0.13    -0.13      -0.12
    4/3       1.33        1.33         1.33        1.33   1.34     1.33       1.34
   -4/3      -1.33       -1.33        -1.33       -1.33  -1.34    -1.34      -1.33
    5/3       1.67        1.67         1.67        1.66   1.67     1.66       1.67
   -5/3      -1.67       -1.67        -1.67       -1.66  -1.67    -1.67      -1.66
    0.12      0.12        0.12         0.12        0.12   0.12     0.12       0.12
   -0.12     -0.12       -0.12        -0.12       -0.12  -0.12    -0.12      -0.12
    0         0.00        0.00         0.00        0.00   0.00     0.00       0.00
    9.995     10.00       10.00        9.99        9.99   10.00    9.99       10.00
    ";

#[test]
#[expect(deprecated, reason = "rust_decimal still names them")]
fn each_strategy_rounds_ties_and_signs_as_its_name_says() {
    use RoundingStrategy::{BankersRounding, RoundDown, RoundHalfDown, RoundHalfUp, RoundUp};
    let old_names = [BankersRounding, RoundHalfUp, RoundHalfDown, RoundDown, RoundUp];
    let mut rows = 0;
    for row in ROUNDED.lines().skip(2).filter(|row| !row.trim().is_empty()) {
        let (amount, expected) = row.trim_start().split_once(' ').unwrap();
        let expected: Vec<_> = expected.split_whitespace().map(|n| format!("{n} USD")).collect();
        let exact = cost(&format!("{amount} USD"));
        let round = |strategy: RoundingStrategy| exact.round(strategy).unwrap().to_string();
        assert_eq!(STRATEGIES.map(round).to_vec(), expected, "{amount}");
        let first = expected.iter().take(5).cloned().collect::<Vec<_>>();
        assert_eq!(old_names.map(round).to_vec(), first, "{amount}, by the old names");
        rows += 1;
    }
    assert_eq!(rows, 18);
}

#[test]
fn ties_beyond_128_bits_round_as_the_small_ones_do() {
    // At 28 places the digits of these, scaled, leave 128 bits.
    for (last, nearest_even, away, toward) in [
        ("05", "0", "1", "0"),
        ("15", "2", "2", "1"),
        ("25", "2", "3", "2"),
        ("249", "2", "2", "2"),
        ("251", "3", "3", "3"),
    ] {
        let number = |digits: &str| format!("1.{}{digits} USD", "0".repeat(27));
        let exact = cost(&number(last));
        for (strategy, digit) in STRATEGIES.into_iter().zip([nearest_even, away, toward]) {
            let rounded = money(&number(digit));
            assert_eq!(exact.round_to(28, strategy).unwrap(), rounded, "{exact}");
            let mirror = Cost::from(rounded);
            assert_eq!(Cost::from((-&exact).round_to(28, strategy).unwrap()), -mirror, "-{exact}");
        }
    }
    // Just below and just above a half, in fractions whose lowest terms need more.
    let whole = format!("1{}", "0".repeat(40));
    let below = cost(&format!("4{}/{whole} USD", "9".repeat(39)));
    let above = cost(&format!("5{}1/{whole} USD", "0".repeat(38)));
    for strategy in STRATEGIES.into_iter().take(3) {
        let round = |cost: &Cost| cost.round_to(0, strategy).unwrap().to_string();
        assert_eq!([&below, &above].map(round), ["0 USD", "1 USD"]);
        assert_eq!([-&below, -&above].map(|cost| round(&cost)), ["0 USD", "-1 USD"]);
    }
    let floor = RoundingStrategy::ToNegativeInfinity;
    assert_eq!((-below).round_to(0, floor).unwrap(), money("-1 USD"));
    // Of any length, to a precision.
    let twos = "2".repeat(400);
    let written = |digits: &str| format!("{:.1}", cost(&format!("{twos}.{digits} USD")));
    assert_eq!(written("25"), format!("{twos}.2 USD"));
    assert_eq!(written("35"), format!("{twos}.4 USD"));
}

#[test]
fn a_cost_is_rounded_to_the_minor_units_of_its_currency() {
    let nearest = RoundingStrategy::MidpointNearestEven;
    let round = |text: &str| cost(text).round(nearest).unwrap().to_string();
    assert_eq!(round("2000/3 JPY"), "667 JPY");
    assert_eq!(round("2000/3 USD"), "666.67 USD");
    assert_eq!(round("2000/3 KWD"), "666.667 KWD");
    assert_eq!(round("2000/3 CLF"), "666.6667 CLF");
    assert_eq!(round("5 USD"), "5.00 USD");
    let round_to = |places| cost("2/3 USD").round_to(places, nearest).unwrap().to_string();
    assert_eq!(round_to(0), "1 USD");
    assert_eq!(round_to(5), "0.66667 USD");
    assert_eq!(round_to(28), "0.6666666666666666666666666667 USD");
    let gold = cost("2/3 XAU");
    assert_eq!(gold.round_to(3, nearest).unwrap().to_string(), "0.667 XAU");
}

#[test]
fn a_currency_without_minor_units_has_nothing_to_round_to() {
    for code in ["XAU", "XTS", "XXX", "XDR"] {
        assert_eq!(
            err(cost(&format!("1 {code}")).round(RoundingStrategy::ToZero)),
            format!(
                "{code} has no minor units: round with round_to and a number of decimal places, and split by multiplying a cost by shares"
            ),
        );
    }
}

#[test]
fn what_no_decimal_holds_is_not_rounded_to_one() {
    let zero = RoundingStrategy::ToZero;
    let away = RoundingStrategy::AwayFromZero;
    for places in [29, 30, u32::MAX] {
        assert_eq!(
            err(cost("1 USD").round_to(places, zero)),
            format!("can't round to {places} decimal places: pass at most 28"),
        );
        assert_eq!(
            err(cost("1 USD").amount().round_to(places, zero)),
            format!("can't round to {places} decimal places: pass at most 28"),
        );
    }
    let digits = "pass fewer places, or keep the exact number, which has no bounds";
    let largest = cost("79228162514264337593543950335.5 USD");
    assert_eq!(largest.round_to(0, zero).unwrap(), money_max());
    assert_eq!(
        err(largest.round_to(0, away)),
        format!(
            "79228162514264337593543950335.5 does not fit 96 bits with 0 decimal places: {digits}"
        ),
    );
    assert_eq!(
        err((-largest).round(zero)),
        format!(
            "-79228162514264337593543950335.5 does not fit 96 bits with 2 decimal places: {digits}"
        ),
    );
    assert_eq!(
        err(cost("1/3 USD")
            .amount()
            .checked_div(&"1/1000".parse().unwrap())
            .unwrap()
            .round_to(28, zero)),
        format!("1000/3 does not fit 96 bits with 28 decimal places: {digits}"),
    );
    let long = format!("{}/7 USD", "1".repeat(400));
    assert_eq!(
        err(cost(&long).round(zero)),
        format!("{} does not fit 96 bits with 2 decimal places: {digits}", cost(&long).amount()),
    );
}

#[test]
fn a_cost_that_is_a_decimal_is_money_without_rounding() {
    let exact = |text: &str| cost(text).to_money_exact().unwrap().to_string();
    assert_eq!(exact("1/8 USD"), "0.125 USD");
    assert_eq!(exact("-1.500 USD"), "-1.5 USD");
    assert_eq!(exact("0.00 USD"), "0 USD");
    assert_eq!(exact("1/8 JPY"), "0.125 JPY"); // finer than a yen
    assert_eq!(exact("79228162514264337593543950335 XAU"), "79228162514264337593543950335 XAU");
    assert_eq!(exact("0.0000000000000000000000000001 USD"), "0.0000000000000000000000000001 USD");
    for text in ["4/3 USD", "-1/7 USD", "0.00000000000000000000000000001 USD"] {
        assert_eq!(
            err(cost(text).to_money_exact()),
            format!(
                "{text} is not a decimal of at most 28 places: round it with round or round_to"
            ),
        );
    }
    assert_eq!(
        err(cost("79228162514264337593543950336 USD").to_money_exact()),
        "79228162514264337593543950336 does not fit 96 bits with 0 decimal places: pass fewer places, or keep the exact number, which has no bounds",
    );
}

/// The parts that an amount is split into, as text without the currency.
#[track_caller]
fn parts(amount: &str, weights: &[u64]) -> String {
    let money = money(amount);
    let parts = money.allocate(weights).unwrap();
    assert_eq!(
        Cost::sum(money.currency(), parts.iter().copied().map(Cost::from)).unwrap(),
        money.into()
    );
    let numbers: Vec<_> = parts.iter().map(|part| part.amount().to_string()).collect();
    numbers.join(" ")
}

#[test]
fn parts_go_by_the_largest_remainder_and_ties_to_the_earlier_one() {
    assert_eq!(parts("100 USD", &[1, 1, 1]), "33.34 33.33 33.33");
    assert_eq!(parts("0.05 USD", &[3, 7]), "0.02 0.03"); // 1.5 and 3.5 cents
    assert_eq!(parts("1 USD", &[1, 2, 4]), "0.14 0.29 0.57"); // 14.29, 28.57 and 57.14 cents
    assert_eq!(parts("0.02 USD", &[1, 1, 1]), "0.01 0.01 0.00");
    assert_eq!(parts("0.04 USD", &[1, 1, 1, 5]), "0.01 0.01 0.00 0.02"); // 0.5 three times and 2.5
    assert_eq!(parts("0.01 USD", &[1, 2]), "0.00 0.01");
    assert_eq!(parts("12.34 USD", &[7]), "12.34");
    assert_eq!(parts("0.00 USD", &[1, 2]), "0.00 0.00");
    assert_eq!(parts("10 USD", &[u64::MAX; 3]), "3.34 3.33 3.33");
    assert_eq!(parts("10 USD", &[u64::MAX, 1]), "10.00 0.00");
}

#[test]
fn a_weight_of_zero_gets_zero() {
    assert_eq!(parts("1 USD", &[0, 1, 0, 1]), "0.00 0.50 0.00 0.50");
    assert_eq!(parts("0.01 USD", &[0, 1]), "0.00 0.01");
    assert_eq!(parts("0.05 USD", &[0, 3, 0, 3, 3]), "0.00 0.02 0.00 0.02 0.01");
}

#[test]
fn a_negative_amount_splits_as_the_mirror_of_the_positive_one() {
    assert_eq!(parts("-100 USD", &[1, 1, 1]), "-33.34 -33.33 -33.33");
    assert_eq!(parts("-0.05 USD", &[3, 0, 7]), "-0.02 0.00 -0.03");
    assert_eq!(parts("-1 USD", &[1, 2, 4]), "-0.14 -0.29 -0.57");
}

#[test]
fn parts_are_minor_units_or_the_amounts_own_last_place() {
    assert_eq!(parts("100 JPY", &[1, 1, 1]), "34 33 33");
    assert_eq!(parts("1 KWD", &[1, 1, 1]), "0.334 0.333 0.333");
    assert_eq!(parts("1 CLF", &[1, 1, 1]), "0.3334 0.3333 0.3333");
    assert_eq!(parts("0.001 USD", &[1, 1]), "0.001 0.000");
    assert_eq!(parts("0.5 JPY", &[1, 1]), "0.3 0.2");
    // Zeros behind the last digit do not count as places.
    assert_eq!(parts("1.5000 USD", &[1, 1]), "0.75 0.75");
    assert_eq!(parts("0.0000000000000000000000000003 USD", &[1, 1]).len(), 2 * 30 + 1);
}

#[test]
fn the_largest_amounts_are_split_to_the_cent() {
    assert_eq!(
        parts("792281625142643375935439503.35 USD", &[1, 1]),
        "396140812571321687967719751.68 396140812571321687967719751.67",
    );
    assert_eq!(
        parts("-79228162514264337593543950335 JPY", &[1, 1]),
        "-39614081257132168796771975168 -39614081257132168796771975167",
    );
    assert_eq!(
        err(money_max().allocate(&[1])),
        "79228162514264337593543950335 does not fit 96 bits with 2 decimal places: pass fewer places, or keep the exact number, which has no bounds",
    );
}

#[test]
fn an_amount_is_split_by_something_above_zero() {
    let refused = |amount, weights| {
        format!(
            "can't allocate {amount} by {weights}, of which none \
                                             is above zero: pass at least one that is"
        )
    };
    assert_eq!(err(money("1.00 USD").allocate(&[])), refused("1.00 USD", "weights (0)"));
    assert_eq!(err(money("1 USD").allocate(&[0, 0])), refused("1 USD", "weights (2)"));
    assert_eq!(err(Money::zero(Currency::USD).allocate(&[0])), refused("0 USD", "weights (1)"));
    assert_eq!(
        err(money("1 XAU").allocate(&[1, 1])),
        "XAU has no minor units: round with round_to and a number of decimal places, and split by multiplying a cost by shares",
    );
}

#[test]
fn an_exchange_rate_converts_one_way_and_its_inverse_the_other() {
    let rupees = rate("1 USD = 278.55 PKR");
    assert_eq!(rupees.convert(money("489000 USD")).unwrap(), cost("136210950 PKR"));
    assert_eq!(rupees.convert(cost("4/3 USD")).unwrap(), cost("371.4 PKR"));
    assert_eq!(rupees.convert(cost("-2 USD")).unwrap(), cost("-557.1 PKR"));
    assert_eq!(rupees.convert(cost("0 USD")).unwrap(), cost("0 PKR"));
    let dollars = rupees.inverse();
    assert_eq!((dollars.base(), dollars.quote()), (Currency::PKR, Currency::USD));
    assert_eq!(dollars.convert(cost("1 PKR")).unwrap(), cost("20/5571 USD"));
    assert_eq!(dollars.inverse(), rupees);
    assert_eq!(
        err(rupees.convert(money("1 PKR"))),
        "currency mismatch: USD and PKR; convert one with an exchange rate first",
    );
    assert_eq!(
        err(rupees.convert(Cost::zero(Currency::EUR))),
        "currency mismatch: USD and EUR; convert one with an exchange rate first",
    );
    let yen = ExchangeRate::new(money("100 JPY"), money("0.66 USD")).unwrap();
    assert_eq!(yen.factor().to_string(), "0.0066");
    assert_eq!(yen.inverse().factor().to_string(), "5000/33");
}

#[test]
fn an_exchange_rate_is_of_two_positive_amounts_in_two_currencies() {
    let new = |base: &str, quote: &str| ExchangeRate::new(money(base), money(quote));
    let positive = "on one side: pass a positive amount";
    assert_eq!(
        err(new("0.00 USD", "1 PKR")),
        format!("an exchange rate can't have 0 USD {positive}"),
    );
    assert_eq!(
        err(new("1 USD", "-0.5 PKR")),
        format!("an exchange rate can't have -0.5 PKR {positive}"),
    );
    assert_eq!(
        err(new("-1 USD", "-1 PKR")),
        format!("an exchange rate can't have -1 USD {positive}"),
    );
    assert_eq!(
        err(new("1 USD", "2 USD")),
        "an exchange rate is between two currencies, not USD and USD: pass another currency on \
         one side",
    );
}

#[test]
fn a_cross_rate_is_one_conversion_after_the_other() {
    let (euro, dollar) = (rate("1 EUR = 1.0389 USD"), rate("1 USD = 278.55 PKR"));
    let cross = euro.then(&dollar).unwrap();
    assert_eq!(cross, rate("1 EUR = 289.385595 PKR"));
    assert_eq!(
        err(dollar.then(&euro)),
        "currency mismatch: PKR and EUR; convert one with an exchange rate first",
    );
    assert_eq!(
        err(dollar.then(&rate("1 PKR = 0.0036 USD"))),
        "an exchange rate is between two currencies, not USD and USD: pass another currency on \
         one side",
    );
}

#[test]
fn a_spread_is_lost_in_either_direction() {
    let bank = rate("1 USD = 200 PKR").with_spread(Share::from_percent(1));
    assert_eq!(bank.spread(), Share::from_percent(1));
    assert_eq!(bank.convert(money("1 USD")).unwrap(), cost("198 PKR"));
    assert_eq!(bank.inverse().convert(money("200 PKR")).unwrap(), cost("0.99 USD"));
    assert_eq!(bank.factor().to_string(), "200");
    // It takes the place of the one before, and does not add to it.
    let dearer = bank.with_spread(Share::from_percent(2));
    assert_eq!(dearer.convert(money("1 USD")).unwrap(), cost("196 PKR"));
    assert_eq!(dearer.with_spread(Share::ZERO), rate("1 USD = 200 PKR"));
    let all = bank.with_spread(Share::ONE);
    assert_eq!(all.convert(money("1 USD")).unwrap(), Cost::zero(Currency::PKR));
}

#[test]
fn the_spreads_of_a_cross_rate_compound() {
    let euro = rate("1 EUR = 2 USD less 1%");
    let dollar = rate("1 USD = 200 PKR less 10%");
    let cross = euro.then(&dollar).unwrap();
    assert_eq!(cross, rate("1 EUR = 400 PKR less 10.9%")); // 0.99 × 0.9 = 0.891
    let steps = dollar.convert(euro.convert(money("1 EUR")).unwrap()).unwrap();
    assert_eq!(cross.convert(money("1 EUR")).unwrap(), steps);
    assert_eq!(steps, cost("356.4 PKR"));
    let first = euro.with_spread(Share::new(1, u64::MAX).unwrap());
    let second = dollar.with_spread(Share::new(2, u64::MAX).unwrap());
    assert_eq!(
        err(first.then(&second)),
        "the spreads 1/18446744073709551615 and 2/18446744073709551615 combine to a share beyond \
         64 bits: pass rounder spreads",
    );
    assert_eq!(first.then(&second.with_spread(Share::ZERO)).unwrap().spread(), first.spread());
}

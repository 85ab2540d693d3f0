//! Text for people, integers for machines, and the same checks for both.
#![cfg(feature = "serde")]

use crate::support::{
    costs, currencies, exchange_rates, money, rate_prices, rates, ratios, shares, spoilt, texts,
    volume_prices, volumes,
};
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Decimal, Error, ExchangeRate, Money, RatePrice, RateUnit,
    Ratio, Share, VolumePrice, VolumeUnit,
    pta::{self, AnyPrice},
};
use core::{fmt, str::FromStr};
use proptest::{collection::vec, prelude::*, sample::select};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

fn bytes<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap()
}

#[track_caller]
fn json_err<T: DeserializeOwned + fmt::Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).unwrap_err().to_string()
}

#[track_caller]
fn is_refused<T: DeserializeOwned + fmt::Debug>(bytes: &[u8]) {
    let error = postcard::from_bytes::<T>(bytes).unwrap_err();
    // The message of a check, not of too few bytes: postcard keeps no text of it.
    assert_eq!(error, postcard::Error::SerdeDeCustom);
}

/// Checks both forms of a value: the JSON is its text, and each reads back to the same value.
#[track_caller]
fn goes_round<T>(value: &T)
where
    T: Serialize + DeserializeOwned + fmt::Display + fmt::Debug + PartialEq,
{
    let text = json(value);
    assert_eq!(text, format!("\"{value}\""));
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
    assert_eq!(&serde_json::from_reader::<_, T>(text.as_bytes()).unwrap(), value);
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value);
    let bytes = bytes(value);
    let (read, rest) = postcard::take_from_bytes::<T>(&bytes).unwrap();
    assert_eq!(&read, value);
    assert!(rest.is_empty());
    // Not only an equal value, the same one: a price keeps what it is per.
    assert_eq!(read.to_string(), value.to_string());
}

/// Checks that a text in JSON is read, or refused with the same words, as the text alone.
#[track_caller]
fn is_read_as_parsed<T>(text: &str)
where
    T: DeserializeOwned + FromStr<Err = Error> + fmt::Debug + PartialEq,
{
    match (serde_json::from_str::<T>(&json(&text)), text.parse::<T>()) {
        (Ok(read), Ok(parsed)) => assert_eq!(read, parsed),
        (Err(refused), Err(error)) => {
            let refused = refused.to_string();
            assert!(refused.starts_with(&error.to_string()), "{refused} for {error}");
        }
        (read, parsed) => panic!("`{text}`: {read:?} in JSON, {parsed:?} alone"),
    }
}

fn all_are_read_as_parsed(text: &str) {
    is_read_as_parsed::<DataVolume>(text);
    is_read_as_parsed::<DataRate>(text);
    is_read_as_parsed::<Share>(text);
    is_read_as_parsed::<Ratio>(text);
    is_read_as_parsed::<VolumeUnit>(text);
    is_read_as_parsed::<RateUnit>(text);
    is_read_as_parsed::<Currency>(text);
    is_read_as_parsed::<Money>(text);
    is_read_as_parsed::<Cost>(text);
    is_read_as_parsed::<ExchangeRate>(text);
    is_read_as_parsed::<VolumePrice>(text);
    is_read_as_parsed::<RatePrice>(text);
    is_read_as_parsed::<AnyPrice>(text);
}

/// Reads bytes that may be any: what is accepted is a value like any other.
#[track_caller]
fn is_a_value_or_refused<T>(bytes: &[u8])
where
    T: Serialize + DeserializeOwned + fmt::Display + fmt::Debug + PartialEq,
{
    if let Ok(value) = postcard::from_bytes::<T>(bytes) {
        goes_round(&value);
    }
}

fn each_is_a_value_or_refused(bytes: &[u8]) {
    is_a_value_or_refused::<DataVolume>(bytes);
    is_a_value_or_refused::<DataRate>(bytes);
    is_a_value_or_refused::<Share>(bytes);
    is_a_value_or_refused::<Ratio>(bytes);
    is_a_value_or_refused::<VolumeUnit>(bytes);
    is_a_value_or_refused::<RateUnit>(bytes);
    is_a_value_or_refused::<Currency>(bytes);
    is_a_value_or_refused::<Money>(bytes);
    is_a_value_or_refused::<Cost>(bytes);
    is_a_value_or_refused::<ExchangeRate>(bytes);
    is_a_value_or_refused::<VolumePrice>(bytes);
    is_a_value_or_refused::<RatePrice>(bytes);
    is_a_value_or_refused::<AnyPrice>(bytes);
}

#[test]
fn json_is_the_text() {
    let rate: ExchangeRate = "100 JPY = 0.66 USD".parse().unwrap();
    let golden = [
        (json(&DataVolume::from_mebibytes(1)), "\"1 MiB\""),
        (json(&DataRate::from_gbps(815)), "\"815 Gbps\""),
        (json(&Share::from_percent(70)), "\"70%\""),
        (json(&Share::new(15, 31).unwrap()), "\"15/31\""),
        (json(&"4/3".parse::<Ratio>().unwrap()), "\"4/3\""),
        (json(&"-1/8".parse::<Ratio>().unwrap()), "\"-0.125\""),
        (json(&VolumeUnit::Mebibyte), "\"MiB\""),
        (json(&RateUnit::Kbps), "\"kbps\""),
        (json(&Currency::PKR), "\"PKR\""),
        (json(&Money::from_minor(80, Currency::USD)), "\"0.80 USD\""),
        (json(&pta::DISRUPTION_COST.cost(DataVolume::from_gigabytes(1))), "\"4/3 USD\""),
        (json(&rate), "\"1 JPY = 0.0066 USD\""),
        (json(&rate.with_spread(Share::from_percent(1))), "\"1 JPY = 0.0066 USD less 1%\""),
        (json(&pta::DISRUPTION_COST), "\"10000 USD per 1 Tbps for 1 min\""),
        (
            json(&RatePrice::per_mbps(Money::from_minor(80, Currency::USD))),
            "\"0.80 USD per 1 Mbps\"",
        ),
        (json(&pta::interpretations().map(|(_, reading)| reading)[1]), "\"1 USD per 1 MiB\""),
        (json(&pta::interpretations().map(|(_, reading)| reading)[4]), "\"1 USD per 1 Mbps\""),
    ];
    for (json, expected) in golden {
        assert_eq!(json, expected);
    }
}

/// A length, a varint of the zigzag or plain integer, or the letters of a code, nothing else.
#[test]
fn postcard_is_compact_integers() {
    assert_eq!(bytes(&DataVolume::from_nanobits(300)), [0xac, 0x02]);
    assert_eq!(bytes(&DataRate::from_bps(127)), [127]);
    assert_eq!(bytes(&Share::from_percent(70)), [7, 10]);
    // The numerator in two's complement, the denominator without a sign, each with its length.
    assert_eq!(bytes(&"4/3".parse::<Ratio>().unwrap()), [1, 4, 1, 3]);
    assert_eq!(bytes(&"-4/3".parse::<Ratio>().unwrap()), [1, 0xfc, 1, 3]);
    assert_eq!(bytes(&"1/256".parse::<Ratio>().unwrap()), [1, 1, 2, 0, 1]);
    assert_eq!(bytes(&VolumeUnit::Mebibyte), b"\x03MiB");
    assert_eq!(bytes(&RateUnit::Kbps), b"\x04kbps");
    assert_eq!(bytes(&Currency::USD), b"USD");
    assert_eq!(bytes(&Money::from_minor(-80, Currency::USD)), b"\x9f\x01\x02USD");
    assert_eq!(bytes(&"4/3 USD".parse::<Cost>().unwrap()), b"\x01\x04\x01\x03USD");
    let rate: ExchangeRate = "3 USD = 4 PKR less 1%".parse().unwrap();
    assert_eq!(bytes(&rate), b"USD\x01\x04\x01\x03PKR\x01\x64\x00\x01");
    let price: RatePrice = "0.80 USD per 127 bps".parse().unwrap();
    // The last byte is an empty text: the units are those in which the quantity writes itself.
    assert_eq!(bytes(&price), b"\xa0\x01\x02USD\x7f\x00");
    assert_eq!(bytes(&AnyPrice::Rate(price)), b"\x01\xa0\x01\x02USD\x7f\x00");
    let price: VolumePrice = "0.80 USD per 0.000000015875 B".parse().unwrap();
    assert_eq!(bytes(&price), b"\xa0\x01\x02USD\x7f\x00");
    assert_eq!(bytes(&AnyPrice::Volume(price)), b"\x00\xa0\x01\x02USD\x7f\x00");
    let price: VolumePrice = "0.80 USD per 0.000000127 b".parse().unwrap();
    assert_eq!(bytes(&price), b"\xa0\x01\x02USD\x7f\x0d0.000000127 b");
    assert!(bytes(&pta::DISRUPTION_COST).ends_with(b"\x101 Tbps for 1 min"));
}

#[test]
fn a_bad_text_in_json_is_refused_in_the_words_of_the_parser() {
    assert_eq!(
        json_err::<DataVolume>("\"10 mb\""),
        "ambiguous unit `mb` at byte 3: expected MB (megabytes), Mb (megabits) or MiB (mebibytes) \
         at line 1 column 7",
    );
    assert_eq!(
        json_err::<DataRate>("\"10 MBPS\""),
        "ambiguous unit `MBPS` at byte 3: expected Mbps (bits) or MB/s (bytes) at line 1 column 9",
    );
    assert_eq!(
        json_err::<Share>("\"101%\""),
        "`101%` is too large for a share: expected at most 100% at line 1 column 6",
    );
    assert_eq!(
        json_err::<Ratio>("\"1/0\""),
        "unexpected `0` at byte 2: expected a number above zero below the line at line 1 column 5",
    );
    assert_eq!(
        json_err::<VolumeUnit>("\"parsec\""),
        "unknown unit `parsec` at byte 0: expected a unit such as MB, GiB or Mbit at line 1 column 8",
    );
    assert_eq!(
        json_err::<Currency>("\"usd\""),
        "unknown currency `usd` at byte 0: expected USD, in capitals at line 1 column 5",
    );
    assert_eq!(
        json_err::<Money>("\"1e3 USD\""),
        "unexpected `e3` at byte 1: expected all the digits, without an exponent at line 1 column 9",
    );
    assert_eq!(
        json_err::<ExchangeRate>("\"1 USD = 0 PKR\""),
        "an exchange rate can't have 0 PKR on one side: pass a positive amount \
         at line 1 column 15",
    );
    assert_eq!(
        json_err::<VolumePrice>("\"-1 USD per 1 MB\""),
        "a price can't be -1 USD: write an amount of zero or more at line 1 column 17",
    );
    assert_eq!(
        json_err::<RatePrice>("\"1 USD per 0 Mbps\""),
        "the quantity of a price can't be 0 bps: write a quantity above zero, such as 1 Mbps \
         at line 1 column 18",
    );
    assert_eq!(
        json_err::<AnyPrice>("\"1 USD per 0 MB\""),
        "the quantity of a price can't be 0 B: write a quantity above zero, such as 1 MB at line 1 column 16",
    );
}

#[test]
fn a_number_in_json_is_no_quantity() {
    let expected = |found: &str, example: &str| {
        format!("invalid type: {found}, expected a text such as \"{example}\" at line 1 column 2")
    };
    let refused = [
        (json_err::<DataVolume>("25"), "250 MB"),
        (json_err::<DataRate>("25"), "40 Gbps"),
        (json_err::<Share>("25"), "70%"),
        (json_err::<Ratio>("25"), "4/3"),
        (json_err::<VolumeUnit>("25"), "MB"),
        (json_err::<RateUnit>("25"), "Mbps"),
        (json_err::<Currency>("25"), "USD"),
        (json_err::<Money>("25"), "250.00 USD"),
        (json_err::<Cost>("25"), "4/3 USD"),
        (json_err::<ExchangeRate>("25"), "1 USD = 278.55 PKR"),
        (json_err::<VolumePrice>("25"), "1 USD per 1 MB"),
        (json_err::<RatePrice>("25"), "0.80 USD per 1 Mbps"),
        (json_err::<AnyPrice>("25"), "1 USD per 1 MB"),
    ];
    for (error, example) in refused {
        assert_eq!(error, expected("integer `25`", example));
    }
    for (text, found) in [
        ("1.5", "floating point `1.5`"),
        ("null", "null"),
        ("true", "boolean `true`"),
        ("[7, 10]", "sequence"),
        ("{}", "map"),
    ] {
        let error = json_err::<Share>(text);
        assert!(error.starts_with(&format!("invalid type: {found}, expected a text")), "{error}");
    }
}

#[test]
fn the_examples_in_refusals_are_read() {
    fn example<T: DeserializeOwned + fmt::Debug>() {
        let error = json_err::<T>("25");
        let text = error.split('"').nth(1).unwrap();
        serde_json::from_str::<T>(&json(&text)).unwrap();
    }
    example::<DataVolume>();
    example::<DataRate>();
    example::<Share>();
    example::<Ratio>();
    example::<VolumeUnit>();
    example::<RateUnit>();
    example::<Currency>();
    example::<Money>();
    example::<Cost>();
    example::<ExchangeRate>();
    example::<VolumePrice>();
    example::<RatePrice>();
    example::<AnyPrice>();
}

#[test]
fn bytes_pass_the_checks_of_the_constructors() {
    let (usd, pkr) = (Currency::USD, Currency::PKR);
    let dollar = Money::from_major(1, usd);
    is_refused::<VolumePrice>(&bytes(&(dollar, DataVolume::ZERO, "")));
    is_refused::<RatePrice>(&bytes(&(dollar, DataRate::ZERO, "")));
    is_refused::<VolumePrice>(&bytes(&(Money::from_major(-1, usd), DataVolume::MAX, "")));
    is_refused::<RatePrice>(&bytes(&(Money::from_major(-1, usd), DataRate::MAX, "")));
    is_refused::<AnyPrice>(&bytes(&(0_u8, dollar, DataVolume::ZERO, "")));
    is_refused::<AnyPrice>(&bytes(&(1_u8, dollar, DataRate::ZERO, "")));
    is_refused::<VolumePrice>(&bytes(&(dollar, DataVolume::from_bytes(1), "1 b")));
    is_refused::<RatePrice>(&bytes(&(dollar, DataRate::from_mbps(1), "1 Gbps")));
    is_refused::<Share>(&bytes(&(2_u64, 1_u64)));
    is_refused::<Share>(&bytes(&(0_u64, 0_u64)));
    is_refused::<Ratio>(&[1, 5, 0]);
    is_refused::<Ratio>(&[1, 5, 2, 0, 0]);
    is_refused::<Cost>(b"\x01\x05\x00USD");
    is_refused::<Currency>(b"usd");
    is_refused::<Currency>(b"XYZ");
    is_refused::<Currency>(&[0xff, 0xff, 0xff]);
    is_refused::<Money>(b"\x02\x00ABC");
    is_refused::<VolumeUnit>(b"\x02mb");
    is_refused::<RateUnit>(b"\x04MBPS");
    is_refused::<Money>(&bytes(&(1_i128, 29_u32, usd)));
    is_refused::<Money>(&bytes(&(1_i128, u32::MAX, usd)));
    is_refused::<Money>(&bytes(&(1_i128 << 96, 0_u32, usd)));
    is_refused::<Money>(&bytes(&(i128::MIN, 28_u32, usd)));
    let worth = |text: &str| text.parse::<Cost>().unwrap();
    is_refused::<ExchangeRate>(&bytes(&(usd, worth("0 PKR"), Share::ZERO, Share::ZERO)));
    is_refused::<ExchangeRate>(&bytes(&(usd, worth("-1 PKR"), Share::ZERO, Share::ZERO)));
    is_refused::<ExchangeRate>(&bytes(&(usd, worth("1 USD"), Share::ZERO, Share::ZERO)));
    is_refused::<ExchangeRate>(&bytes(&(usd, worth("1 PKR"), (2_u64, 1_u64), Share::ZERO)));
    // The same shapes with values that pass.
    let largest = Decimal::MAX.mantissa();
    let read = postcard::from_bytes::<Money>(&bytes(&(largest, 28_u32, usd))).unwrap();
    assert_eq!(read.to_string(), "7.9228162514264337593543950335 USD");
    let read = postcard::from_bytes::<ExchangeRate>(&bytes(&(
        usd,
        worth("1 PKR"),
        Share::ZERO,
        Share::ZERO,
    )));
    assert_eq!((read.as_ref().unwrap().base(), read.unwrap().quote()), (usd, pkr));
}

#[test]
fn equal_forms_are_read_as_equal_values() {
    let ratio = |bytes: &[u8]| postcard::from_bytes::<Ratio>(bytes).unwrap();
    let half: Ratio = "0.5".parse().unwrap();
    assert_eq!(ratio(&[1, 2, 1, 4]), half);
    assert_eq!(ratio(&[3, 2, 0, 0, 4, 4, 0, 0, 0]), half);
    assert_eq!(bytes(&ratio(&[1, 2, 1, 4])), [1, 1, 1, 2]);
    assert_eq!(ratio(&[0, 1, 7]), Ratio::ZERO);
    assert_eq!(ratio(&[2, 0xff, 0xff, 1, 1]), Ratio::from(-1));
    let share = |parts: (u64, u64)| postcard::from_bytes::<Share>(&bytes(&parts)).unwrap();
    assert_eq!(share((35, 50)), Share::from_percent(70));
    assert_eq!((share((35, 50)).numerator(), share((35, 50)).denominator()), (7, 10));
    assert_eq!(share((0, 9)), Share::ZERO);
    let read = |text: &str| serde_json::from_str::<VolumePrice>(text).unwrap();
    assert_eq!(read("\"2 USD per 2 MB\""), pta::INTERNATIONAL_CHARGE);
    assert_eq!(read("\"10000 USD per 1 Tbps for 1 min\""), pta::DISRUPTION_COST);
    let read = |text: &str| serde_json::from_str::<ExchangeRate>(text).unwrap();
    assert_eq!(read("\"100 JPY = 0.66 USD\""), read("\"50 JPY = 0.33 USD less 0%\""));
    // Escapes are JSON's business, not the parser's.
    assert_eq!(
        serde_json::from_str::<Share>("\"\\u0037\\u0030%\"").unwrap(),
        Share::from_percent(70)
    );
}

#[test]
fn values_serve_as_fields_and_keys() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Offer {
        transit: RatePrice,
        charge: Option<VolumePrice>,
        totals: BTreeMap<Currency, Cost>,
    }
    let offer = Offer {
        transit: RatePrice::per_mbps(Money::from_minor(80, Currency::USD)),
        charge: Some(pta::INTERNATIONAL_CHARGE),
        totals: ["4/3 USD", "1 PKR"]
            .map(|text| text.parse::<Cost>().unwrap())
            .map(|cost| (cost.currency(), cost))
            .into(),
    };
    let text = json(&offer);
    assert_eq!(
        text,
        "{\"transit\":\"0.80 USD per 1 Mbps\",\"charge\":\"1 USD per 1 MB\",\
         \"totals\":{\"PKR\":\"1 PKR\",\"USD\":\"4/3 USD\"}}",
    );
    assert_eq!(serde_json::from_str::<Offer>(&text).unwrap(), offer);
    assert_eq!(postcard::from_bytes::<Offer>(&bytes(&offer)).unwrap(), offer);
}

#[test]
fn units_come_back_from_both_formats() {
    for symbol in "b kb Mb Gb Tb Pb Kib Mib Gib Tib Pib".split(' ') {
        goes_round(&symbol.parse::<VolumeUnit>().unwrap());
    }
    for symbol in "B kB MB GB TB PB EB KiB MiB GiB TiB PiB EiB".split(' ') {
        goes_round(&symbol.parse::<VolumeUnit>().unwrap());
    }
    for symbol in "bps kbps Mbps Gbps Tbps Pbps".split(' ') {
        goes_round(&symbol.parse::<RateUnit>().unwrap());
    }
    for currency in Currency::all() {
        goes_round(&currency);
    }
    goes_round(&DataVolume::ZERO);
    goes_round(&DataVolume::MAX);
    goes_round(&DataRate::ZERO);
    goes_round(&DataRate::MAX);
    goes_round(&Share::ZERO);
    goes_round(&Share::ONE);
}

proptest! {
    #![proptest_config(crate::support::cases(5_000))]

    #[test]
    fn quantities_come_back_from_both_formats(volume in volumes(), rate in rates(), share in shares(), ratio in ratios()) {
        goes_round(&volume);
        goes_round(&rate);
        goes_round(&share);
        goes_round(&ratio);
    }

    #[test]
    fn money_comes_back_from_both_formats(money in money(), cost in costs(), rate in exchange_rates(), spread in shares()) {
        goes_round(&money);
        goes_round(&cost);
        goes_round(&rate);
        goes_round(&rate.with_spread(spread).inverse());
    }

    #[test]
    fn prices_come_back_from_both_formats(volume in volume_prices(), rate in rate_prices()) {
        goes_round(&volume);
        goes_round(&rate);
        goes_round(&AnyPrice::Volume(volume));
        goes_round(&AnyPrice::Rate(rate));
    }

    #[test]
    fn ratios_in_any_terms_are_the_value(
        numerator in any::<i64>(),
        denominator in 1_u64..,
        times in 1_u64..,
        padding in 0_usize..4,
    ) {
        let le_bytes = |number: i128, padding: usize| {
            let sign = if number < 0 { 0xff } else { 0 };
            let mut bytes = number.to_le_bytes().to_vec();
            bytes.extend(vec![sign; padding]);
            bytes
        };
        let times = i128::from(times >> 1).max(1);
        let parts = (
            le_bytes(i128::from(numerator) * times, padding),
            le_bytes(i128::from(denominator) * times, padding),
        );
        let read: Ratio = postcard::from_bytes(&bytes(&parts)).unwrap();
        let expected = format!("{numerator}/{denominator}").parse::<Ratio>().unwrap();
        prop_assert_eq!(bytes(&read), bytes(&expected));
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn any_text_in_json_is_read_as_the_text_alone(text in texts()) {
        all_are_read_as_parsed(&text);
    }

    #[test]
    fn spoilt_texts_in_json_are_read_as_the_text_alone(
        volume in spoilt(volumes()),
        cost in spoilt(costs()),
        rate in spoilt(exchange_rates()),
        price in spoilt(volume_prices()),
    ) {
        for text in [volume, cost, rate, price] {
            all_are_read_as_parsed(&text);
        }
    }

    #[test]
    fn any_bytes_are_a_value_or_refused(any in vec(any::<u8>(), 0..40)) {
        each_is_a_value_or_refused(&any);
    }

    #[test]
    fn bytes_of_parts_are_a_value_or_refused(
        numbers in vec((any::<i128>(), 0_u32..128), 0..3),
        lengths in vec(0_u8..4, 0..3),
        code in select(vec!["USD", "PKR", "XAU", "usd", "\0\0\0"]),
        currency in currencies(),
        after in vec(any::<u8>(), 0..6),
    ) {
        let numbers: Vec<u8> = numbers.iter().flat_map(|&(n, shift)| bytes(&(n >> shift))).collect();
        for middle in [code, currency.code()] {
            let all = [&numbers, lengths.as_slice(), middle.as_bytes(), &after].concat();
            each_is_a_value_or_refused(&all);
            let rate = [currency.code().as_bytes(), &lengths, &numbers, middle.as_bytes(), &after].concat();
            each_is_a_value_or_refused(&rate);
        }
    }

    #[test]
    fn bytes_cut_short_are_refused(price in volume_prices(), rate in exchange_rates(), cut in 1_usize..10) {
        let (price, rate) = (bytes(&price), bytes(&rate));
        let short = |bytes: &[u8]| bytes.get(..bytes.len().saturating_sub(cut)).unwrap().to_vec();
        prop_assert!(postcard::from_bytes::<VolumePrice>(&short(&price)).is_err());
        prop_assert!(postcard::from_bytes::<ExchangeRate>(&short(&rate)).is_err());
        each_is_a_value_or_refused(&short(&price));
        each_is_a_value_or_refused(&short(&rate));
    }
}

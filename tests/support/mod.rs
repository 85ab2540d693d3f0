//! Values for properties, and an independent exact model to hold them against.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

pub mod svg;

use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Decimal, Error, ExchangeRate, Money, RatePrice, Ratio,
    RoundingStrategy, Share, VolumePrice,
};
use core::{fmt, str::FromStr, time::Duration};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

/// All strategies that rust_decimal names today.
pub const STRATEGIES: [RoundingStrategy; 7] = [
    RoundingStrategy::MidpointNearestEven,
    RoundingStrategy::MidpointAwayFromZero,
    RoundingStrategy::MidpointTowardZero,
    RoundingStrategy::ToZero,
    RoundingStrategy::AwayFromZero,
    RoundingStrategy::ToNegativeInfinity,
    RoundingStrategy::ToPositiveInfinity,
];

/// The message with which a text is refused.
#[track_caller]
pub fn refusal<T: FromStr<Err = Error> + fmt::Display>(text: &str) -> String {
    match text.parse::<T>() {
        Ok(value) => panic!("`{text}` was read as {value}"),
        Err(error) => error.to_string(),
    }
}

/// Checks that a value's text reads back to an equal value.
#[track_caller]
pub fn reads_back<T: FromStr<Err = Error> + fmt::Display + fmt::Debug + PartialEq>(value: &T) {
    let text = value.to_string();
    assert_eq!(&text.parse::<T>().unwrap(), value, "from `{text}`");
}

/// A decimal or a fraction, followed by anything, as the model's number.
pub fn model_of(text: &str) -> BigRational {
    let number = text.split_whitespace().next().unwrap();
    if let Some((numerator, denominator)) = number.split_once('/') {
        return BigRational::new(numerator.parse().unwrap(), denominator.parse().unwrap());
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().unwrap();
    BigRational::new(digits, BigInt::from(10).pow(fraction.len().try_into().unwrap()))
}

pub fn model_of_decimal(decimal: Decimal) -> BigRational {
    BigRational::new(decimal.mantissa().into(), BigInt::from(10).pow(decimal.scale()))
}

/// Numbers of every magnitude up to `u128::MAX`, small ones as likely as large ones.
pub fn magnitudes() -> impl Strategy<Value = u128> {
    prop_oneof![
        1 => Just(0_u128),
        1 => Just(u128::MAX),
        18 => (any::<u128>(), 0_u32..128).prop_map(|(bits, shift)| bits >> shift),
    ]
}

pub fn volumes() -> impl Strategy<Value = DataVolume> {
    magnitudes().prop_map(DataVolume::from_nanobits)
}

pub fn rates() -> impl Strategy<Value = DataRate> {
    (any::<u64>(), 0_u32..64).prop_map(|(bits, shift)| DataRate::from_bps(bits >> shift))
}

/// Up to 292 years, to the nanosecond.
pub fn durations() -> impl Strategy<Value = Duration> {
    (any::<u64>(), 1_u32..64).prop_map(|(bits, shift)| Duration::from_nanos(bits >> shift))
}

pub fn shares() -> impl Strategy<Value = Share> {
    prop_oneof![
        (0_u64..=100).prop_map(Share::from_percent),
        (any::<u64>(), any::<u64>(), 0_u32..64).prop_map(|(a, b, shift)| {
            let (a, b) = (a >> shift, b >> shift);
            Share::new(a.min(b), a.max(b).max(1)).unwrap()
        }),
    ]
}

pub fn decimals() -> impl Strategy<Value = Decimal> {
    let digits = (any::<i128>(), 31_u32..127).prop_map(|(bits, shift)| bits >> shift);
    (digits, 0_u32..=28)
        .prop_map(|(digits, places)| Decimal::try_from_i128_with_scale(digits, places).unwrap())
}

/// Amounts as price lists have them, and any that a decimal holds.
pub fn amounts() -> impl Strategy<Value = Decimal> {
    let listed = (-1_000_000_i64..1_000_000, 0_u32..5).prop_map(|(n, p)| Decimal::new(n, p));
    prop_oneof![listed, decimals()]
}

pub fn currencies() -> impl Strategy<Value = Currency> {
    proptest::sample::select(Currency::all().collect::<Vec<_>>())
}

pub fn money() -> impl Strategy<Value = Money> {
    (amounts(), currencies()).prop_map(|(amount, currency)| Money::new(amount, currency))
}

/// Amounts of one currency, above zero.
pub fn positive_money(currency: Currency) -> impl Strategy<Value = Money> {
    amounts()
        .prop_filter("a rate's side is above zero", |amount| !amount.is_zero())
        .prop_map(move |amount| Money::new(amount.abs(), currency))
}

/// Exact numbers: small ones, ones that fill 128 bits, and ones far beyond.
pub fn ratios() -> impl Strategy<Value = Ratio> {
    let small = (-1_000_i32..1_000, 1_u32..1_000).prop_map(|(n, d)| ratio(n.into(), d.into()));
    let wide = (any::<i128>(), 0_u32..127, magnitudes())
        .prop_map(|(n, shift, d)| ratio(n >> shift, d.max(1)));
    let beyond = (any::<i128>(), any::<i128>(), magnitudes(), magnitudes())
        .prop_map(|(a, b, c, d)| &ratio(a, c.max(1)) * &ratio(b, d.max(1)));
    prop_oneof![small, wide, beyond]
}

pub fn ratio(numerator: i128, denominator: u128) -> Ratio {
    Ratio::from(numerator).checked_div(&Ratio::from(denominator)).unwrap()
}

pub fn costs() -> impl Strategy<Value = Cost> {
    (ratios(), currencies()).prop_map(|(amount, currency)| Cost::new(amount, currency))
}

/// Costs of one currency, so that they can be added and compared.
pub fn dollars() -> impl Strategy<Value = Cost> {
    ratios().prop_map(|amount| Cost::new(amount, Currency::USD))
}

pub fn exchange_rates() -> impl Strategy<Value = ExchangeRate> {
    let sides = (positive_money(Currency::USD), positive_money(Currency::PKR));
    sides.prop_map(|(base, quote)| ExchangeRate::new(base, quote).unwrap())
}

pub fn volume_prices() -> impl Strategy<Value = VolumePrice> {
    (amounts(), volumes()).prop_map(|(amount, per)| {
        let per = per.max(DataVolume::from_nanobits(1));
        VolumePrice::new(Money::new(amount.abs(), Currency::USD), per).unwrap()
    })
}

pub fn rate_prices() -> impl Strategy<Value = RatePrice> {
    (amounts(), rates()).prop_map(|(amount, per)| {
        let per = per.max(DataRate::from_bps(1));
        RatePrice::new(Money::new(amount.abs(), Currency::USD), per).unwrap()
    })
}

pub fn strategies() -> impl Strategy<Value = RoundingStrategy> {
    proptest::sample::select(STRATEGIES.to_vec())
}

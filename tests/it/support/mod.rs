//! Values for properties, and an independent exact model to hold them against.
#![expect(unreachable_pub, reason = "a private module of a program that exports nothing")]

pub mod contract;

use bandwidth_cost::ErrorKind;
use bandwidth_cost::money::MoneyError;
use bandwidth_cost::price::PriceError;
use bandwidth_cost::text::TextError;
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Decimal, Error, ExchangeRate, ExchangeRates, Money,
    RatePrice, Ratio, RoundingStrategy, Share, UsageSeries, VolumePrice,
};
use core::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
    time::Duration,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;
use std::hash::DefaultHasher;

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

/// Reads a text that must be right.
#[track_caller]
pub fn parse<T: FromStr<Err: fmt::Display>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("`{text}`: {error}"))
}

/// A table of fixings, each a day and a rate.
#[track_caller]
pub fn table(fixings: &[(&str, &str)]) -> ExchangeRates {
    let mut table = ExchangeRates::new();
    for (on, rate) in fixings {
        table.insert(parse(on), parse(rate)).unwrap();
    }
    table
}

/// The message of a result that must be an error.
#[track_caller]
pub fn refused<T: fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

/// Checks that a result is an error with exactly this message.
#[track_caller]
pub fn says<T: fmt::Debug>(result: Result<T, Error>, message: &str) {
    match result {
        Ok(value) => panic!("expected `{message}`, not {value:?}"),
        Err(error) => assert_eq!(error.to_string(), message),
    }
}

/// The message with which a text is refused.
#[track_caller]
pub fn refusal<T: FromStr<Err = Error> + fmt::Display>(text: &str) -> String {
    match text.parse::<T>() {
        Ok(value) => panic!("`{text}` was read as {value}"),
        Err(error) => error.to_string(),
    }
}

/// The kind of an error, by value.
pub fn kind(error: Error) -> ErrorKind {
    error.kind().clone()
}

/// The volume of each slot of a series of which no slot is left out.
#[track_caller]
pub fn volumes_of(series: &UsageSeries) -> Vec<DataVolume> {
    series.iter().map(|(at, volume)| volume.unwrap_or_else(|| panic!("{at} is left out"))).collect()
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

/// Exact numbers: small ones, ones that fill 128 bits, the last that do, and ones far beyond.
pub fn ratios() -> impl Strategy<Value = Ratio> {
    let small = (-1_000_i32..1_000, 1_u32..1_000).prop_map(|(n, d)| ratio(n.into(), d.into()));
    let wide = (any::<i128>(), 0_u32..127, magnitudes())
        .prop_map(|(n, shift, d)| ratio(n >> shift, d.max(1)));
    let beyond = (any::<i128>(), any::<i128>(), magnitudes(), magnitudes())
        .prop_map(|(a, b, c, d)| &ratio(a, c.max(1)) * &ratio(b, d.max(1)));
    let edges = [i128::MIN, i128::MIN + 1, -1, 0, 1, i128::MAX];
    let edge = (proptest::sample::select(edges.to_vec()), 0_u32..128, any::<bool>())
        .prop_map(|(n, shift, odd)| ratio(n, (1 << shift) | u128::from(odd)));
    prop_oneof![3 => small, 3 => wide, 3 => beyond, 1 => edge]
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

/// The model's number for a ratio, by way of its exact text.
pub fn model_of_ratio(ratio: &Ratio) -> BigRational {
    model_of(&ratio.to_string())
}

/// The model's number for a cost, by way of its exact text.
pub fn model_of_cost(cost: &Cost) -> BigRational {
    model_of(&cost.to_string())
}

pub fn whole(number: impl Into<BigInt>) -> BigRational {
    BigRational::from(number.into())
}

/// `number` × 10^`places`, rounded to that one of its two neighbours which the strategy names.
pub fn rounded(number: &BigRational, places: u32, strategy: RoundingStrategy) -> BigInt {
    let exact = number * whole(BigInt::from(10).pow(places));
    let (below, above) = (exact.floor(), exact.ceil());
    let (inward, outward) = if exact < whole(0) { (&above, &below) } else { (&below, &above) };
    let even = if (&below / whole(2)).is_integer() { &below } else { &above };
    let nearest = |tie| match (&exact - &below).cmp(&(&above - &exact)) {
        Ordering::Less => &below,
        Ordering::Equal => tie,
        Ordering::Greater => &above,
    };
    let chosen = match strategy {
        RoundingStrategy::MidpointNearestEven => nearest(even),
        RoundingStrategy::MidpointAwayFromZero => nearest(outward),
        RoundingStrategy::MidpointTowardZero => nearest(inward),
        RoundingStrategy::ToZero => inward,
        RoundingStrategy::AwayFromZero => outward,
        RoundingStrategy::ToNegativeInfinity => &below,
        RoundingStrategy::ToPositiveInfinity => &above,
        other => panic!("{other:?} is not among the names of today"),
    };
    chosen.to_integer()
}

/// The text of the number, rounded half to even to the given number of decimals.
pub fn written(number: &BigRational, places: u32) -> String {
    let digits = rounded(number, places, RoundingStrategy::MidpointNearestEven);
    let sign = if digits < BigInt::ZERO { "-" } else { "" };
    let mut text = format!("{:0>1$}", digits.magnitude(), places as usize + 1);
    if places > 0 {
        text.insert(text.len() - places as usize, '.');
    }
    format!("{sign}{text}")
}

/// The fewest decimal places that hold the number, if any do.
pub fn places_of(number: &BigRational) -> Option<u32> {
    let mut denominator = number.denom().clone();
    let mut count = |factor: u32| {
        let mut times = 0;
        while (&denominator % factor).is_zero() {
            denominator /= factor;
            times += 1;
        }
        times
    };
    let places = count(2).max(count(5));
    denominator.is_one().then_some(places)
}

/// Whether a [`Decimal`] holds the number: at most 28 places, and digits below 2^96.
pub fn fits_decimal(number: &BigRational) -> bool {
    places_of(number).is_some_and(|places| {
        let digits = number * whole(BigInt::from(10).pow(places));
        places <= 28 && digits.abs() < whole(1_u128 << 96)
    })
}

pub fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Two values, now and then the same one, as its text is read.
pub fn pairs<T: FromStr<Err = Error> + fmt::Display + fmt::Debug>(
    values: impl Strategy<Value = T>,
) -> impl Strategy<Value = (T, T)> {
    (proptest::array::uniform2(values), 0..5).prop_map(|([a, b], same)| {
        let b = if same == 0 { a.to_string().parse().unwrap() } else { b };
        (a, b)
    })
}

/// The parts that texts are made of, and the parts that spoil them.
const SCRAPS: [&str; 56] = [
    "0",
    "1",
    "9",
    "70",
    "100",
    "250",
    "1000000",
    "18446744073709551616",
    "0.5",
    ".",
    "-",
    "+",
    "/",
    "%",
    "e3",
    ",",
    "_",
    "'",
    " ",
    "  ",
    "\t",
    "\n",
    "=",
    " = ",
    "less",
    " less ",
    "per",
    " per ",
    " for ",
    "min",
    "days",
    "ns",
    "b",
    "B",
    "kB",
    "KiB",
    "MB",
    "mb",
    "Mbps",
    "MBps",
    "MB/s",
    "GiB",
    "EB",
    "EiB",
    "bps",
    "K",
    "USD",
    "PKR",
    "XAU",
    "usd",
    "é",
    "½",
    "٢",
    "\u{2212}",
    "\u{a0}",
    "\u{1f4b5}",
];

/// Texts of any characters, and texts put together of scraps that make sense elsewhere.
pub fn texts() -> impl Strategy<Value = String> {
    let scraps = proptest::collection::vec(proptest::sample::select(&SCRAPS[..]), 0..8);
    let digits = (magnitudes(), 0_usize..60, proptest::sample::select(&SCRAPS[..]))
        .prop_map(|(n, places, unit)| format!("{}.{n:0>places$} {unit}", n % 1000));
    prop_oneof![
        proptest::collection::vec(any::<char>(), 0..20).prop_map(String::from_iter),
        scraps.prop_map(|scraps| scraps.concat()),
        digits,
    ]
}

/// The text with one to three places spoilt: cut out, doubled, or replaced by a scrap.
pub fn spoilt<T: fmt::Display + fmt::Debug>(
    values: impl Strategy<Value = T>,
) -> impl Strategy<Value = String> {
    let change = (any::<proptest::sample::Index>(), 0_usize..3, 0..SCRAPS.len());
    (values, proptest::collection::vec(change, 1..4)).prop_map(|(value, changes)| {
        let mut text: Vec<String> = value.to_string().chars().map(String::from).collect();
        for (place, how, scrap) in changes {
            let place = place.index(text.len());
            match how {
                0 => text[place].clear(),
                1 => text[place] = text[place].repeat(2),
                _ => text[place] = SCRAPS[scrap].to_owned(),
            }
        }
        text.concat()
    })
}

/// Reads a text that may be any: what is accepted reads back, and what is refused is pointed at.
#[track_caller]
pub fn reads_or_points<T: FromStr<Err = Error> + fmt::Display + fmt::Debug + PartialEq>(
    text: &str,
) {
    let (found, at) = match text.parse::<T>().map_err(kind) {
        Ok(value) => return reads_back(&value),
        Err(
            ErrorKind::Text(TextError::AmbiguousUnit { unit: found, at, .. })
            | ErrorKind::Text(TextError::Unknown { text: found, at, .. })
            | ErrorKind::Text(TextError::Unexpected { found, at, .. }),
        ) => (found, at),
        Err(ErrorKind::Text(TextError::Missing { at, .. })) => {
            assert_eq!(at, text.len(), "something follows in `{text}`");
            return;
        }
        Err(
            ErrorKind::Text(TextError::TooLarge { text: quoted, .. })
            | ErrorKind::Text(TextError::TooPrecise { text: quoted, .. }),
        ) => {
            let quoted = quoted.trim_end_matches('…');
            // A price for a rate over a time quotes the product's parts as they are written.
            assert!(text.contains(quoted) || quoted.contains(" for "), "`{quoted}` of `{text}`");
            return;
        }
        Err(
            ErrorKind::Money(MoneyError::SameCurrency { .. })
            | ErrorKind::Money(MoneyError::NotPositive { .. })
            | ErrorKind::Price(PriceError::NegativeAmount { .. })
            | ErrorKind::Price(PriceError::ZeroQuantity { .. }),
        ) => return,
        Err(other) => panic!("`{text}` was refused by {other:?}"),
    };
    let there = text.get(at..).unwrap_or_else(|| panic!("byte {at} of `{text}`"));
    assert!(there.starts_with(found.trim_end_matches('…')), "`{found}` at byte {at} of `{text}`");
    assert!(!found.is_empty() || there.is_empty(), "nothing is quoted of `{text}`");
}

/// Runs a property on `release` cases in a release build, which `.ci/run` makes, and on an eighth of them
/// in a debug build, so that the suite answers within a minute.
pub fn cases(release: u32) -> proptest::test_runner::Config {
    let cases = if cfg!(debug_assertions) { release.div_ceil(8) } else { release };
    proptest::test_runner::Config::with_cases(cases)
}

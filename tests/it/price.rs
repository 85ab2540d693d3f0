//! Prices: their text, what they are equal to, what a quantity costs, and the published figures.

use crate::support::{reads_back, refusal};
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Decimal, Error, Money, RatePrice, Ratio, Schedule, Share,
    Tier, Tiers, UnitPrice, VolumePrice,
    jiff::civil::date,
    pta::{self, AnyPrice},
};
use core::{cmp::Ordering, fmt::Debug, time::Duration};
use std::hash::{BuildHasher, RandomState};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(86_400);

#[track_caller]
fn price(text: &str) -> VolumePrice {
    text.parse().unwrap()
}

#[track_caller]
fn rate_price(text: &str) -> RatePrice {
    text.parse().unwrap()
}

#[track_caller]
fn money(text: &str) -> Money {
    text.parse().unwrap()
}

#[track_caller]
fn cost(text: &str) -> Cost {
    text.parse().unwrap()
}

#[track_caller]
fn price_err(text: &str) -> String {
    refusal::<VolumePrice>(text)
}

#[track_caller]
fn rate_price_err(text: &str) -> String {
    refusal::<RatePrice>(text)
}

/// The message of an error.
#[track_caller]
fn err<T: Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn a_volume_price_is_read_per_volume_or_per_rate_over_a_time() {
    for (read, written) in [
        ("1 USD per 1 MB", "1 USD per 1 MB"),
        ("1 USD per MB", "1 USD per 1 MB"),
        ("1USD per 1MB", "1 USD per 1 MB"),
        ("0.0900 USD per GB", "0.0900 USD per 1 GB"),
        ("2 USD per 2 MB", "2 USD per 2 MB"),
        ("0 USD per 1 MB", "0 USD per 1 MB"),
        ("280 PKR per 1.5 GiB", "280 PKR per 1.5 GiB"),
        ("1 USD per Mbit", "1 USD per 1 Mb"),
        ("1 USD per 0.000000001 b", "1 USD per 0.000000001 b"),
        ("10000 USD per 1 Tbps for 1 min", "10000 USD per 1 Tbps for 1 min"),
        ("10000 USD per Tbps for 1 min", "10000 USD per 1 Tbps for 1 min"),
        ("10000 USD per 1 Tbit/s for 60s", "10000 USD per 1 Tbps for 60 s"),
        ("10000 USD per min per Tbps", "10000 USD per 1 Tbps for 1 min"),
        ("10000 USD/min/Tbps", "10000 USD per 1 Tbps for 1 min"),
        ("1 USD/MB", "1 USD per 1 MB"),
        ("0.09 USD/GB", "0.09 USD per 1 GB"),
        ("0.12 USD per GiB", "0.12 USD per 1 GiB"),
        ("1 USD per 1000 MB", "1 USD per 1000 MB"),
        ("1 USD per 1 MB/s for 1 s", "1 USD per 1 MB/s for 1 s"),
        ("1 USD per 8 Mbps for 1 ns", "1 USD per 8 Mbps for 1 ns"),
        ("1 USD per 8 Mbps for 1 us", "1 USD per 8 Mbps for 1 us"),
        ("1 USD per 8 Mbps for 1 ms", "1 USD per 8 Mbps for 1 ms"),
        ("1 USD per 8 Mbps for 1.5 s", "1 USD per 8 Mbps for 1.5 s"),
        ("1 USD per 8 Mbps for 1 h", "1 USD per 8 Mbps for 1 h"),
        ("1 USD per 8 Mbps for 1 d", "1 USD per 8 Mbps for 1 d"),
        ("1 USD per 8 Mbps for 1 day", "1 USD per 8 Mbps for 1 d"),
        ("1 USD per 8 Mbps for 30 days", "1 USD per 8 Mbps for 30 d"),
    ] {
        assert_eq!(price(read).to_string(), written, "{read}");
        assert_eq!(format!("{:?}", price(read)), written, "{read}");
        assert_eq!(price(read), price(written), "{read}");
    }
}

#[test]
fn a_rate_price_is_read_per_rate() {
    for (read, written) in [
        ("0.80 USD per 1 Mbps", "0.80 USD per 1 Mbps"),
        ("0.80 USD per Mbps", "0.80 USD per 1 Mbps"),
        ("800 USD per 1Gbit/s", "800 USD per 1 Gbps"),
        ("1 USD per MB/s", "1 USD per 1 MB/s"),
        ("0.80 USD per Mbps per month", "0.80 USD per 1 Mbps"),
        ("0.80 USD/Mbps/month", "0.80 USD per 1 Mbps"),
        ("0.80 USD/Mbps", "0.80 USD per 1 Mbps"),
        ("1 USD/MB/s", "1 USD per 1 MB/s"),
        ("1 USD per 1 bps", "1 USD per 1 bps"),
    ] {
        assert_eq!(rate_price(read).to_string(), written, "{read}");
        assert_eq!(format!("{:?}", rate_price(read)), written, "{read}");
        assert_eq!(rate_price(read), rate_price(written), "{read}");
    }
}

#[test]
fn a_rate_is_no_volume_until_a_time_is_named() {
    let form = "expected a price such as 1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min";
    assert_eq!(
        price_err("1 USD per 1 Mbps"),
        format!("missing ` for ` and a time at byte 16: {form}"),
    );
    assert_eq!(
        price_err("1 USD per Mbps"),
        format!("missing ` for ` and a time at byte 14: {form}"),
    );
    assert_eq!(
        price_err("10000 USD per 1 Tbps per min"),
        format!("unexpected `per` at byte 21: {form}"),
    );
    assert_eq!(
        price_err("1 USD per 1 Mbps for "),
        "missing number at byte 21: expected a number and a unit, such as 1 min",
    );
    assert_eq!(
        price_err("1 USD per 1 Mbps for min"),
        "unexpected `min` at byte 21: expected a number and a unit, such as 1 min",
    );
    assert_eq!(
        price_err("1 USD per 1 Mbps for 1"),
        "missing unit at byte 22: expected a unit such as s, min, h or days",
    );
    for unit in ["m", "minute", "mins", "sec", "H", "month", "hours"] {
        assert_eq!(
            price_err(&format!("1 USD per 1 Mbps for 1 {unit}")),
            format!("unknown unit `{unit}` at byte 23: expected a unit such as s, min, h or days"),
        );
    }
    assert_eq!(
        price_err("1 USD per 1 Mbps for -1 s"),
        "unexpected `-1` at byte 21: expected the number without a sign",
    );
    assert_eq!(
        price_err("1 USD per 1 Mbps for 0.5 ns"),
        "`0.5 ns` is too precise for a time: expected whole nanoseconds",
    );
    assert_eq!(
        price_err("1 USD per 1 Mbps for 300000000000000 days"),
        "`300000000000000 days` is too large for a time: expected at most 18446744073709551615 s",
    );
    assert_eq!(
        price_err("1 USD per 1 Mbps for 1 min for 1 h"),
        format!("unexpected `for` at byte 27: {form}"),
    );
    assert_eq!(
        price_err("1 USD per 1 MB for 1 min"),
        format!("unexpected `for` at byte 15: {form}"),
    );
    // A time behind what is no volume says that a rate was meant.
    assert_eq!(
        price_err("1 USD per 1 MBPS for 1 min"),
        "ambiguous unit `MBPS` at byte 12: expected Mbps (bits) or MB/s (bytes)",
    );
}

#[test]
fn a_volume_is_not_read_as_a_rate() {
    assert_eq!(
        rate_price_err("1 USD per 1 MB"),
        "unknown unit `MB` at byte 12: expected Mbps (bits) or MB/s (bytes)",
    );
    assert_eq!(
        rate_price_err("1 USD per 1 Tbps for 1 min"),
        "unexpected `for` at byte 17: expected a price such as 0.80 USD per 1 Mbps; it is per billing \
         period",
    );
    assert_eq!(
        rate_price_err("0.80 USD per Mbps per year"),
        "unexpected `per` at byte 18: expected a price such as 0.80 USD per 1 Mbps; it is per billing \
         period",
    );
    assert_eq!(
        price_err("$0.09/GB"),
        "unexpected `$0.09/GB` at byte 0: expected a code after the amount, such as 1 USD/MB, because \
         `$` is several currencies",
    );
    assert_eq!(
        price_err("0.99 USD per Megabit"),
        "unknown unit `Megabit` at byte 13: expected a unit such as MB, GiB or Mbit",
    );
}

#[test]
fn a_text_that_is_not_a_price_is_refused() {
    let volume = "expected a price such as 1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min";
    let rate = "expected a price such as 0.80 USD per 1 Mbps; it is per billing period";
    for (err, unit, form) in
        [(price_err as fn(&str) -> String, "MB", volume), (rate_price_err, "Mbps", rate)]
    {
        assert_eq!(err("1 USD"), format!("missing ` per ` at byte 5: {form}"));
        assert_eq!(err(&format!("1 USD {unit}")), format!("unexpected `{unit}` at byte 6: {form}"));
        assert_eq!(err("1 USD per"), format!("unexpected `per` at byte 6: {form}"));
        assert_eq!(err("1 USD  per 1 X"), format!("unexpected ` ` at byte 6: {form}"));
        let two = format!("1 USD per 1 {unit} per 1 {unit}");
        let at = 13 + unit.len();
        assert_eq!(err(&two), format!("unexpected `per` at byte {at}: {form}"));
        let at = 12 + unit.len();
        assert_eq!(
            err(&format!("1 USD per 1 {unit} ")),
            format!("unexpected ` ` at byte {at}: {form}"),
        );
        assert_eq!(
            err(&format!("-1 USD per 1 {unit}")),
            "a price can't be -1 USD: write an amount of zero or more",
        );
        assert_eq!(
            err(&format!("1 usd per 1 {unit}")),
            "unknown currency `usd` at byte 2: expected USD, in capitals",
        );
        assert_eq!(
            err(&format!("1 per 1 {unit}")),
            "unknown currency `per` at byte 2: expected an ISO 4217 code such as USD",
        );
        assert_eq!(
            err(&format!("1 USD per -1 {unit}")),
            "unexpected `-1` at byte 10: expected the number without a sign",
        );
        assert_eq!(
            err(&format!("1e3 USD per {unit}")),
            "unexpected `e3` at byte 1: expected all the digits, without an exponent",
        );
        assert_eq!(
            err(""),
            "missing number at byte 0: expected an amount and a currency, such as 250 USD",
        );
    }
    assert_eq!(
        price_err("1 USD per "),
        "missing number at byte 10: expected a number and a unit, such as 250 MB",
    );
    assert_eq!(
        rate_price_err("1 USD per "),
        "missing number at byte 10: expected a number and a unit, such as 40 Gbps",
    );
    assert_eq!(
        price_err("1 USD per 1"),
        "missing unit at byte 11: expected a unit such as MB, GiB or Mbit",
    );
    assert_eq!(
        price_err("1 USD per mb"),
        "ambiguous unit `mb` at byte 10: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)",
    );
    assert_eq!(
        price_err("1 USD per parsec"),
        "unknown unit `parsec` at byte 10: expected a unit such as MB, GiB or Mbit",
    );
    assert_eq!(
        rate_price_err("1 USD per MBPS"),
        "ambiguous unit `MBPS` at byte 10: expected Mbps (bits) or MB/s (bytes)",
    );
}

#[test]
fn a_price_per_a_quantity_of_zero_is_refused() {
    let volume = "the quantity of a price can't be 0 B: write a quantity above zero, such as 1 MB";
    let rate =
        "the quantity of a price can't be 0 bps: write a quantity above zero, such as 1 Mbps";
    let dollar = Money::from_major(1, Currency::USD);
    assert_eq!(price_err("1 USD per 0 MB"), volume);
    assert_eq!(price_err("1 USD per 0 Tbps for 1 min"), volume);
    assert_eq!(price_err("1 USD per 1 Tbps for 0 min"), volume);
    assert_eq!(rate_price_err("1 USD per 0 Mbps"), rate);
    assert_eq!(err(VolumePrice::new(dollar, DataVolume::ZERO)), volume);
    assert_eq!(err(RatePrice::new(dollar, DataRate::ZERO)), rate);
    assert_eq!(err(VolumePrice::per_rate_time(dollar, DataRate::ZERO, MINUTE)), volume);
    assert_eq!(
        err(VolumePrice::per_rate_time(dollar, DataRate::from_bps(1), Duration::ZERO)),
        volume,
    );
}

#[test]
fn a_price_below_zero_is_refused_and_zero_is_a_price() {
    let least = money("-0.0000000000000000000000000001 USD");
    let negative =
        "a price can't be -0.0000000000000000000000000001 USD: write an amount of zero or more";
    assert_eq!(err(VolumePrice::new(least, DataVolume::MAX)), negative);
    assert_eq!(err(RatePrice::new(least, DataRate::MAX)), negative);
    assert_eq!(err(VolumePrice::per_rate_time(least, DataRate::from_bps(1), MINUTE)), negative,);
    let free =
        VolumePrice::new(Money::new(-Decimal::ZERO, Currency::USD), DataVolume::MAX).unwrap();
    assert_eq!(free.cost(DataVolume::MAX), Cost::zero(Currency::USD));
    assert_eq!(free, VolumePrice::per_megabyte(Money::zero(Currency::USD)));
}

#[test]
fn a_rate_over_a_time_fits_a_volume_or_is_refused() {
    let large = "is too large for a data volume: expected at most \
                 42535295865.117307932921825928971026431875 EB";
    let dollar = Money::from_major(1, Currency::USD);
    assert_eq!(
        err(VolumePrice::per_rate_time(dollar, DataRate::MAX, Duration::from_secs(18_446_744_074))),
        format!("`18446.744073709551615 Pbps for 18446744074s` {large}"),
    );
    assert_eq!(
        price_err("1 USD per 18446.744073709551615 Pbps for 18446744074 s"),
        format!("`18446.744073709551615 Pbps for 18446744074s` {large}"),
    );
    let largest = Duration::new(18_446_744_073, 709_551_617); // 2^64 + 1 ns
    let price = VolumePrice::per_rate_time(dollar, DataRate::MAX, largest).unwrap();
    assert_eq!(price.per(), DataVolume::MAX);
}

#[test]
fn every_price_reads_back() {
    for text in ["0.0900 USD per GB", "10000 USD per 1 Tbps for 1 min", "1 XAU per 0.125 B"] {
        reads_back(&price(text));
    }
    let (least, most) =
        (money("0.0000000000000000000000000001 USD"), Money::new(Decimal::MAX, Currency::USD));
    for amount in [least, most] {
        for per in [DataVolume::from_nanobits(1), DataVolume::MAX] {
            reads_back(&VolumePrice::new(amount, per).unwrap());
        }
        for per in [DataRate::from_bps(1), DataRate::MAX] {
            reads_back(&RatePrice::new(amount, per).unwrap());
        }
    }
    for (_, reading) in pta::interpretations() {
        reads_back(&reading);
    }
}

#[test]
fn formatting_honours_precision_width_and_grouping() {
    let price = price("12345.675 USD per 7.5 TB");
    assert_eq!(format!("{price:.2}"), "12345.68 USD per 7.5 TB");
    assert_eq!(format!("{price:.0}"), "12346 USD per 7.5 TB");
    assert_eq!(format!("{price:#}"), "12,345.675 USD per 7.5 TB");
    assert_eq!(format!("{price:#.1}"), "12,345.7 USD per 7.5 TB");
    assert_eq!(format!("[{price:26}]"), "[  12345.675 USD per 7.5 TB]");
    assert_eq!(format!("[{price:<26}]"), "[12345.675 USD per 7.5 TB  ]");
    assert_eq!(format!("{:.1}", rate_price("0.85 USD per Mbps")), "0.8 USD per 1 Mbps");
    assert_eq!(format!("{:.2}", AnyPrice::Volume(price)), "12345.68 USD per 7.5 TB");
}

#[track_caller]
fn same<Q: bandwidth_cost::Quantity>(a: UnitPrice<Q>, b: UnitPrice<Q>) {
    let state = RandomState::new();
    assert_eq!(a, b);
    assert_eq!(state.hash_one(a), state.hash_one(b), "{a} and {b}");
    assert_eq!(a.partial_cmp(&b), Some(Ordering::Equal));
    assert_eq!(a.ratio_to(&b).unwrap(), Ratio::ONE);
}

#[test]
fn prices_are_equal_and_hash_by_value() {
    same(price("2 USD per 2 MB"), price("1 USD per 1 MB"));
    same(price("1.00 USD per 1000 kB"), price("1 USD per MB"));
    same(price("10000 USD per Tbps for 1 min"), price("4 USD per 3 GB"));
    same(rate_price("0.80 USD per Mbps"), rate_price("800 USD per Gbps"));
    let half = DataVolume::from_nanobits(u128::MAX / 3);
    same(
        VolumePrice::new(money("3 USD"), DataVolume::MAX).unwrap(),
        VolumePrice::new(money("1 USD"), half).unwrap(),
    );
    assert_ne!(price("1 USD per MB"), price("1 PKR per MB"));
    assert_ne!(price("0 USD per MB"), price("0 PKR per MB"));
    assert_ne!(price("1 USD per MB"), price("1 USD per MiB"));
    assert_eq!(price("0 USD per MB"), price("0 USD per GB"));
    // What they were made of is kept.
    let two = price("2 USD per 2 MB");
    assert_eq!((two.amount(), two.per()), (money("2 USD"), DataVolume::from_megabytes(2)));
    assert_eq!(two.currency(), Currency::USD);
}

#[test]
fn prices_of_one_currency_are_ordered_by_value() {
    let ascending = [
        price("0 USD per 1 b"),
        VolumePrice::new(money("0.0000000000000000000000000001 USD"), DataVolume::MAX).unwrap(),
        price("1 USD per GB"),
        price("4 USD per 3 GB"),
        price("1.34 USD per GB"),
        price("1 USD per MiB"),
        price("1 USD per MB"),
        VolumePrice::new(Money::new(Decimal::MAX, Currency::USD), DataVolume::from_nanobits(1))
            .unwrap(),
    ];
    for (left, a) in ascending.iter().enumerate() {
        for (right, b) in ascending.iter().enumerate() {
            assert_eq!(a.partial_cmp(b), Some(left.cmp(&right)), "{a} and {b}");
        }
    }
    assert_eq!(price("1 USD per MB").partial_cmp(&price("1 PKR per MB")), None);
}

#[test]
fn the_cost_of_a_quantity_is_exact() {
    let volume = |text: &str| text.parse::<DataVolume>().unwrap();
    assert_eq!(price("1 USD per MB").cost(volume("366.75 TB")), cost("366750000 USD"));
    assert_eq!(price("1 USD per 3 MB").cost(volume("1 MB")), cost("1/3 USD"));
    assert_eq!(price("0.09 USD per GB").cost(volume("1 b")), cost("0.00000000001125 USD"));
    assert_eq!(price("1 USD per MB").cost(DataVolume::ZERO), Cost::zero(Currency::USD));
    let transit = rate_price("0.80 USD per Mbps");
    assert_eq!(transit.cost(DataRate::from_gbps(10)), cost("8000 USD"));
    assert_eq!(transit.cost(DataRate::from_bps(1)), cost("0.0000008 USD"));
    assert_eq!(transit.cost(DataRate::MAX), cost("14757395258967.641292 USD"));
}

#[test]
fn the_cost_of_the_extremes_is_exact_too() {
    let (nanobit, most) = (DataVolume::from_nanobits(1), DataVolume::MAX);
    let least = money("0.0000000000000000000000000001 USD");
    let largest = Money::new(Decimal::MAX, Currency::USD);
    let cost =
        |amount, per, quantity| VolumePrice::new(amount, per).unwrap().cost(quantity).to_string();
    // (2^96 - 1) × (2^128 - 1), no factor lost.
    assert_eq!(
        cost(largest, nanobit, most),
        "26959946667150639794667015086679348306636977796562933536078298087425 USD",
    );
    assert_eq!(cost(largest, most, most), "79228162514264337593543950335 USD");
    assert_eq!(
        cost(largest, most, nanobit),
        "18446744078004518913/79228162532711081671548469249 USD",
    );
    assert_eq!(
        cost(least, most, nanobit),
        "1/3402823669209384634633746074317682114550000000000000000000000000000 USD",
    );
    assert_eq!(cost(least, nanobit, most), "34028236692.0938463463374607431768211455 USD");
    assert_eq!(cost(least, nanobit, nanobit), "0.0000000000000000000000000001 USD");
}

#[test]
fn the_ratio_of_two_prices_is_exact() {
    let ratio = |a: &str, b: &str| price(a).ratio_to(&price(b)).unwrap().to_string();
    assert_eq!(ratio("1 USD per MB", "10000 USD per Tbps for 1 min"), "750");
    assert_eq!(ratio("1 USD per MiB", "1 USD per MB"), "0.95367431640625");
    assert_eq!(ratio("1 USD per 3 MB", "1 USD per MB"), "1/3");
    assert_eq!(ratio("0 USD per MB", "1 USD per MB"), "0");
    assert_eq!(
        err(price("1 USD per MB").ratio_to(&price("1 PKR per MB"))),
        "currency mismatch: USD and PKR; convert one with an exchange rate first",
    );
    let zero = "by zero: pass another divisor";
    assert_eq!(
        err(price("1 USD per MB").ratio_to(&price("0 USD per MB"))),
        format!("can't divide 1 {zero}"),
    );
    assert_eq!(
        err(rate_price("0 USD per Mbps").ratio_to(&rate_price("0.00 USD per Mbps"))),
        format!("can't divide 0 {zero}"),
    );
    let (least, most) = (
        VolumePrice::new(money("0.0000000000000000000000000001 USD"), DataVolume::MAX).unwrap(),
        VolumePrice::new(Money::new(Decimal::MAX, Currency::USD), DataVolume::from_nanobits(1))
            .unwrap(),
    );
    let factor = most.ratio_to(&least).unwrap();
    assert_eq!(
        factor.to_string(),
        "269599466671506397946670150866793483066369777965629335360782980874250000000000000000000000\
         000000",
    );
    assert_eq!(&factor * &least.ratio_to(&most).unwrap(), Ratio::ONE);
}

#[test]
fn the_two_published_prices_differ_by_a_factor_of_750() {
    assert_eq!(
        pta::INTERNATIONAL_CHARGE.ratio_to(&pta::DISRUPTION_COST).unwrap(),
        Ratio::from(750)
    );
    let october = DataRate::from_gbps(815) * (MINUTE * 60);
    assert_eq!(october, DataVolume::from_megabytes(366_750_000));
    assert_eq!(pta::INTERNATIONAL_CHARGE.cost(october), cost("366750000 USD"));
    assert_eq!(pta::DISRUPTION_COST.cost(october), cost("489000 USD"));
}

#[test]
fn a_price_is_restated_by_what_one_of_another_unit_costs() {
    let restated = pta::DISRUPTION_COST.cost(DataVolume::from_gigabytes(1));
    assert_eq!(restated.to_string(), "4/3 USD");
    let month = pta::DISRUPTION_COST.cost(DataRate::from_mbps(1) * (DAY * 30));
    assert_eq!(month.to_string(), "432 USD");
    let month = pta::INTERNATIONAL_CHARGE.cost(DataRate::from_mbps(1) * (DAY * 30));
    assert_eq!(month.to_string(), "324000 USD");
    // "1 TB per second" for Tbps would be an eighth.
    let bytes = price("10000 USD per 1 TB/s for 1 min");
    assert_eq!(bytes.ratio_to(&pta::DISRUPTION_COST).unwrap().to_string(), "0.125");
}

#[test]
fn the_published_figures_are_as_printed() {
    assert_eq!(pta::INTERNATIONAL_CHARGE.to_string(), "1 USD per 1 MB");
    assert_eq!(pta::DISRUPTION_COST.to_string(), "10000 USD per 1 Tbps for 1 min");
    assert_eq!(pta::DISRUPTION_COST, price("10000 USD per 1 Tbps for 1 min"));
    assert_eq!(pta::LOCAL_CDN_SHARE.to_string(), "70%");
    assert_eq!(pta::LOCAL_CDN_SHARE, Share::new(7, 10).unwrap());
    let traffic = [(8, 634), (9, 597), (10, 815), (11, 378), (12, 437)];
    let traffic = traffic.map(|(month, gbps)| (date(2024, month, 1), DataRate::from_gbps(gbps)));
    assert_eq!(pta::VPN_TRAFFIC_2024, traffic);
}

#[test]
fn a_dollar_per_mb_can_be_read_in_five_ways() {
    let readings = pta::interpretations();
    let written = readings.map(|(name, reading)| format!("{name}: {reading}"));
    assert_eq!(
        written,
        [
            "$1 per MB: 1 USD per 1 MB",
            "$1 per MiB: 1 USD per 1 MiB",
            "$1 per Mbit: 1 USD per 125 kB",
            "$1 per GB: 1 USD per 1 GB",
            "$1 per Mbps per month: 1 USD per 1 Mbps",
        ],
    );
    // What 1 Mbps costs in 30 days, by each.
    let carried = DataRate::from_mbps(1) * (DAY * 30);
    let costs = readings.map(|(_, reading)| match reading {
        AnyPrice::Volume(price) => price.cost(carried).to_string(),
        AnyPrice::Rate(price) => price.cost(DataRate::from_mbps(1)).to_string(),
    });
    assert_eq!(costs, ["324000 USD", "308990.478515625 USD", "2592000 USD", "324 USD", "1 USD"],);
    assert_eq!(
        refusal::<AnyPrice>("1 USD per 1 mb"),
        "ambiguous unit `mb` at byte 12: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)",
    );
}

#[test]
fn the_shorthands_are_prices_per_one() {
    let amount = money("0.80 USD");
    assert_eq!(VolumePrice::per_megabyte(amount).to_string(), "0.80 USD per 1 MB");
    assert_eq!(VolumePrice::per_gigabyte(amount).to_string(), "0.80 USD per 1 GB");
    assert_eq!(RatePrice::per_mbps(amount).to_string(), "0.80 USD per 1 Mbps");
    let minute = VolumePrice::per_rate_time(amount, DataRate::from_tbps(1), MINUTE).unwrap();
    assert_eq!(minute.to_string(), "0.80 USD per 1 Tbps for 1 min");
}

#[test]
fn a_bill_reads_as_the_contract_in_its_units() {
    let tiers = Tiers::new([
        Tier::up_to("10 TiB".parse().unwrap(), price("0.12 USD per 1 GiB")),
        Tier::rest(price("0.08 USD per 1 GiB")),
    ]);
    let schedule: Schedule<DataVolume> = Schedule::graduated(tiers.unwrap());
    let quantity: DataVolume = "12500 GiB".parse().unwrap();
    let lines: Vec<String> = schedule.lines(quantity).iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "up to 10 TiB: 10 TiB at 0.12 USD per 1 GiB = 1228.8 USD",
            "above 10 TiB: 2260 GiB at 0.08 USD per 1 GiB = 180.8 USD",
        ],
    );
    assert_eq!(schedule.cost(quantity).to_string(), "1409.6 USD"); // 7048/5
}

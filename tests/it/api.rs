//! The surface: what is public, from which path, and which traits it has.
#![expect(unused_qualifications, reason = "the second path of a type is what is tested")]

use bandwidth_cost::money::MoneyError;
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, DatedRate, Decimal, Error, ExchangeRate, ExchangeRates,
    Fixing, Money, NearestFixings, OfferCost, Quantity, RatePrice, RateUnit, Ratio,
    RoundingStrategy, Share, TrafficClass, TrafficMix, UnitPrice, VolumePrice, VolumeUnit, jiff,
    money, number, price,
    pta::{self, AnyPrice},
    quantity, rust_decimal, scenario,
    tariff::{
        self, Assumption, Attribution, Backtest, Ends, Explanation, Figure, Forecast, OfferMonth,
        TariffForecast,
    },
};
use core::{
    error::Error as StdError,
    fmt::{Debug, Display},
    hash::Hash,
    str::FromStr,
    time::Duration,
};
use std::collections::{BTreeSet, HashSet};

/// What can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Values {
    volume: DataVolume,
    rate: DataRate,
    share: Share,
    volume_unit: VolumeUnit,
    rate_unit: RateUnit,
    currency: Currency,
    money: Money,
    volume_price: VolumePrice,
    rate_price: RatePrice,
    reading: AnyPrice,
}

/// What is cloned, as it may be of any length.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Exact {
    ratio: Ratio,
    cost: Cost,
    exchange_rate: ExchangeRate,
}

/// What has a total order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Ordered {
    volume: DataVolume,
    rate: DataRate,
    share: Share,
    ratio: Ratio,
    currency: Currency,
}

/// What has an order in one currency only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Hash)]
struct OrderedInOneCurrency {
    money: Money,
    cost: Cost,
    volume_price: VolumePrice,
    rate_price: RatePrice,
}

/// What is made of names and lists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct WhatIf {
    class: TrafficClass,
    mix: TrafficMix,
}

/// What begins at nothing.
#[derive(Debug, Default, PartialEq)]
struct Zero {
    volume: DataVolume,
    rate: DataRate,
    ratio: Ratio,
}

// Each constructor that promises to be `const`, in a constant.
const VOLUMES: [DataVolume; 18] = [
    DataVolume::ZERO,
    DataVolume::MAX,
    DataVolume::from_nanobits(8_000_000_000),
    DataVolume::from_bits(8),
    DataVolume::from_bytes(1),
    DataVolume::from_kilobytes(1),
    DataVolume::from_megabytes(1),
    DataVolume::from_gigabytes(1),
    DataVolume::from_terabytes(1),
    DataVolume::from_petabytes(1),
    DataVolume::from_kibibytes(1),
    DataVolume::from_mebibytes(1),
    DataVolume::from_gibibytes(1),
    DataVolume::from_tebibytes(1),
    DataVolume::from_pebibytes(1),
    DataVolume::from_megabits(8),
    DataVolume::from_gigabits(8),
    DataVolume::from_terabits(8),
];
const RATES: [DataRate; 7] = [
    DataRate::ZERO,
    DataRate::MAX,
    DataRate::from_bps(1),
    DataRate::from_kbps(1),
    DataRate::from_mbps(1),
    DataRate::from_gbps(1),
    DataRate::from_tbps(1),
];
const SHARES: [Share; 4] =
    [Share::ZERO, Share::ONE, Share::from_percent(70), Share::from_percent(70).complement()];
const AMOUNTS: [Money; 4] = [
    Money::new(Decimal::ONE_HUNDRED, Currency::USD),
    Money::from_major(10_000, Currency::USD),
    Money::from_minor(80, Currency::USD),
    Money::zero(Currency::USD),
];
const VOLUME_PRICES: [VolumePrice; 4] = [
    VolumePrice::per_megabyte(Money::from_major(1, Currency::USD)),
    VolumePrice::per_gigabyte(Money::from_minor(9, Currency::USD)),
    pta::INTERNATIONAL_CHARGE,
    pta::DISRUPTION_COST,
];
const RATE_PRICE: RatePrice = RatePrice::per_mbps(Money::from_minor(80, Currency::USD));

#[test]
fn constructors_work_in_constants() {
    let written = VOLUMES.map(|volume| volume.to_string());
    assert_eq!(
        written,
        [
            "0 B",
            "42535295865.117307932921825928971026431875 EB",
            "1 B",
            "1 B",
            "1 B",
            "1 kB",
            "1 MB",
            "1 GB",
            "1 TB",
            "1 PB",
            "1 KiB",
            "1 MiB",
            "1 GiB",
            "1 TiB",
            "1 PiB",
            "1 MB",
            "1 GB",
            "1 TB",
        ],
    );
    let written = RATES.map(|rate| rate.to_string());
    assert_eq!(
        written,
        ["0 bps", "18446.744073709551615 Pbps", "1 bps", "1 kbps", "1 Mbps", "1 Gbps", "1 Tbps"],
    );
    assert_eq!(SHARES.map(|share| share.to_string()), ["0%", "100%", "70%", "30%"]);
    assert_eq!(
        AMOUNTS.map(|amount| amount.to_string()),
        ["100 USD", "10000 USD", "0.80 USD", "0 USD"],
    );
    assert_eq!(
        VOLUME_PRICES.map(|price| price.to_string()),
        ["1 USD per 1 MB", "0.09 USD per 1 GB", "1 USD per 1 MB", "10000 USD per 1 Tbps for 1 min"],
    );
    assert_eq!(RATE_PRICE.to_string(), "0.80 USD per 1 Mbps");
}

fn is_shared<T: Debug + Clone + PartialEq + Send + Sync + Unpin + 'static>() {}

fn is_text<T: Display + FromStr<Err = Error>>() {}

fn is_error<T: StdError + Send + Sync + 'static>() {}

#[test]
fn every_type_is_debug_and_crosses_threads() {
    is_shared::<Values>();
    is_shared::<Exact>();
    is_shared::<Ordered>();
    is_shared::<OrderedInOneCurrency>();
    is_shared::<ExchangeRates>();
    is_shared::<DatedRate>();
    is_shared::<Fixing>();
    is_shared::<NearestFixings>();
    is_shared::<WhatIf>();
    is_shared::<price::Crossing<DataRate>>();
    is_shared::<OfferCost>();
    is_shared::<OfferMonth>();
    is_shared::<(Attribution, Explanation, Assumption, Figure)>();
    is_shared::<(Forecast, TariffForecast, Ends<Cost>, Backtest)>();
    is_error::<Error>();
}

#[test]
fn every_value_is_written_and_read() {
    is_text::<DataVolume>();
    is_text::<DataRate>();
    is_text::<Share>();
    is_text::<Ratio>();
    is_text::<VolumeUnit>();
    is_text::<RateUnit>();
    is_text::<Currency>();
    is_text::<Money>();
    is_text::<Cost>();
    is_text::<ExchangeRate>();
    is_text::<VolumePrice>();
    is_text::<RatePrice>();
    is_text::<AnyPrice>();
}

fn values() -> Values {
    Values {
        volume: DataVolume::from_megabytes(1),
        rate: DataRate::from_mbps(1),
        share: pta::LOCAL_CDN_SHARE,
        volume_unit: VolumeUnit::Megabyte,
        rate_unit: RateUnit::Mbps,
        currency: Currency::USD,
        money: Money::from_minor(80, Currency::USD),
        volume_price: pta::DISRUPTION_COST,
        rate_price: RATE_PRICE,
        reading: AnyPrice::Volume(pta::INTERNATIONAL_CHARGE),
    }
}

fn exact() -> Exact {
    Exact {
        ratio: "4/3".parse().unwrap(),
        cost: "4/3 USD".parse().unwrap(),
        exchange_rate: "1 USD = 278.55 PKR".parse().unwrap(),
    }
}

#[test]
fn debug_says_what_display_says() {
    assert_eq!(
        format!("{:?}", values()),
        "Values { volume: 1 MB, rate: 1 Mbps, share: 70%, volume_unit: Megabyte, rate_unit: Mbps, \
         currency: USD, money: 0.80 USD, volume_price: 10000 USD per 1 Tbps for 1 min, \
         rate_price: 0.80 USD per 1 Mbps, reading: Volume(1 USD per 1 MB) }",
    );
    assert_eq!(
        format!("{:?}", exact()),
        "Exact { ratio: 4/3, cost: 4/3 USD, exchange_rate: 1 USD = 278.55 PKR }",
    );
    let error = Error::from(MoneyError::NoMinorUnits { currency: Currency::XAU });
    assert_eq!(format!("{error:?}"), error.to_string());
    assert_eq!(format!("{:?}", error.kind()), "NoMinorUnits { currency: XAU }");
}

#[test]
fn values_are_keys_of_maps() {
    let set: HashSet<Values> = [values(), values()].into();
    assert_eq!(set.len(), 1);
    let set: HashSet<Exact> = [exact(), exact()].into();
    assert_eq!(set.len(), 1);
    let ordered = |gigabytes| Ordered {
        volume: DataVolume::from_gigabytes(gigabytes),
        rate: DataRate::ZERO,
        share: Share::ONE,
        ratio: Ratio::ONE,
        currency: Currency::USD,
    };
    let set: BTreeSet<Ordered> = [3, 1, 2, 1].map(ordered).into();
    assert_eq!(set.into_iter().collect::<Vec<_>>(), [1, 2, 3].map(ordered));
    let one_currency = |currency| OrderedInOneCurrency {
        money: Money::zero(currency),
        cost: Cost::zero(currency),
        volume_price: VolumePrice::per_megabyte(Money::zero(currency)),
        rate_price: RatePrice::per_mbps(Money::zero(currency)),
    };
    let (dollars, rupees) = (one_currency(Currency::USD), one_currency(Currency::PKR));
    assert!(dollars <= dollars.clone());
    assert_eq!(dollars.partial_cmp(&rupees), None);
}

#[test]
fn default_values_are_zero() {
    let zero = Zero { volume: DataVolume::ZERO, rate: DataRate::ZERO, ratio: Ratio::ZERO };
    assert_eq!(Zero::default(), zero);
}

fn per<Q: Quantity>(price: UnitPrice<Q>) -> Q {
    price.per()
}

#[test]
fn both_quantities_can_be_priced_by_the_same_code() {
    assert_eq!(per(pta::DISRUPTION_COST), DataVolume::from_gigabytes(7_500));
    assert_eq!(per(RATE_PRICE), DataRate::from_mbps(1));
}

/// The modules name the same types as the root does.
#[test]
fn every_type_has_two_paths() {
    fn same<T>(_: fn(T), _: fn(T)) {}
    same(|_: money::Cost| (), |_: Cost| ());
    same(|_: money::Currency| (), |_: Currency| ());
    same(|_: money::exchange::ExchangeRate| (), |_: ExchangeRate| ());
    same(|_: money::Money| (), |_: Money| ());
    same(|_: money::exchange::ExchangeRates| (), |_: ExchangeRates| ());
    same(|_: money::exchange::DatedRate| (), |_: DatedRate| ());
    same(|_: money::exchange::Fixing| (), |_: Fixing| ());
    same(|_: money::exchange::NearestFixings| (), |_: NearestFixings| ());
    same(|_: price::UnitPrice<quantity::DataVolume>| (), |_: UnitPrice<DataVolume>| ());
    same(|_: price::VolumePrice| (), |_: VolumePrice| ());
    same(|_: price::RatePrice| (), |_: RatePrice| ());
    same(|_: quantity::DataRate| (), |_: DataRate| ());
    same(|_: quantity::RateUnit| (), |_: RateUnit| ());
    same(|_: quantity::VolumeUnit| (), |_: VolumeUnit| ());
    same(|_: number::Ratio| (), |_: Ratio| ());
    same(|_: number::Share| (), |_: Share| ());
    same(|_: scenario::TrafficClass| (), |_: TrafficClass| ());
    same(|_: tariff::OfferCost| (), |_: OfferCost| ());
    same(|_: scenario::TrafficMix| (), |_: TrafficMix| ());
    same(|_: rust_decimal::Decimal| (), |_: Decimal| ());
    same(|_: rust_decimal::RoundingStrategy| (), |_: RoundingStrategy| ());
    same(
        |_: [(jiff::civil::Date, DataRate); 5]| (),
        |traffic| assert_eq!(traffic, pta::VPN_TRAFFIC_2024),
    );
    fn is_quantity<Q: quantity::Quantity>() {}
    is_quantity::<DataVolume>();
    is_quantity::<DataRate>();
}

#[test]
fn values_convert_from_integers_and_from_each_other() {
    assert_eq!(Cost::from(Money::from_major(2, Currency::USD)).to_string(), "2 USD");
    assert_eq!(Ratio::from(Share::from_percent(70)).to_string(), "0.7");
    assert_eq!(Ratio::from(Decimal::new(-125, 2)).to_string(), "-1.25");
    let integers = [
        Ratio::from(2_i32),
        Ratio::from(2_i64),
        Ratio::from(2_i128),
        Ratio::from(2_u32),
        Ratio::from(2_u64),
        Ratio::from(2_u128),
    ];
    assert_eq!(integers.map(|two| two.to_string()), ["2"; 6]);
    assert_eq!(DataRate::from_mbps(8) * Duration::from_secs(1), DataVolume::from_megabytes(1));
}

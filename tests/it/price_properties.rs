//! What holds for all prices: a cost is amount × quantity ÷ per, exactly, whatever the sizes.

use crate::support::{
    amounts, currencies, durations, hash_of, model_of_cost, model_of_decimal, model_of_ratio,
    pairs, rate_prices, rates, reads_back, volume_prices, volumes, whole,
};
use bandwidth_cost::ErrorKind;
use bandwidth_cost::money::MoneyError;
use bandwidth_cost::number::NumberError;
use bandwidth_cost::price::PriceError;
use bandwidth_cost::text::TextError;
use bandwidth_cost::{
    AnyQuantity, Cost, Currency, DataRate, DataVolume, Decimal, Error, Money, Quantity, RatePrice,
    Ratio, UnitPrice, VolumePrice, pta::AnyPrice,
};
use core::{cmp::Ordering, time::Duration};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::{prelude::*, sample::select, test_runner::TestRunner};

/// The units of time that a price's text may have, in nanoseconds.
const TIMES: [(&str, u128); 9] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("min", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
    ("day", 86_400_000_000_000),
    ("days", 86_400_000_000_000),
];

/// A quantity's count of smallest units, as the tests see it.
trait Count: Quantity {
    fn count(self) -> u128;
}

impl Count for DataVolume {
    fn count(self) -> u128 {
        self.as_nanobits()
    }
}

impl Count for DataRate {
    fn count(self) -> u128 {
        self.as_bps().into()
    }
}

/// Money per smallest unit.
fn model_of_price<Q: Count>(price: &UnitPrice<Q>) -> BigRational {
    model_of_decimal(price.amount().amount()) / whole(price.per().count())
}

/// Prices as lists have them, tiny and huge ones, and some of which a price is just not made.
fn listed_amounts() -> impl Strategy<Value = Decimal> {
    let extreme = select(vec![
        Decimal::ZERO,
        Decimal::MAX,
        Decimal::new(1, 28),
        Decimal::from_i128_with_scale((1 << 96) - 1, 28),
        Decimal::from_i128_with_scale(10_i128.pow(28), 0),
    ]);
    let listed = (0_i64..10_000_000, 0_u32..7).prop_map(|(n, places)| Decimal::new(n, places));
    prop_oneof![
        6 => listed,
        3 => amounts().prop_map(|amount| amount.abs()),
        1 => extreme,
    ]
}

/// Whole units as they are sold and used, any volume, and the extremes.
fn wide_volumes() -> impl Strategy<Value = DataVolume> {
    prop_oneof![
        4 => any::<u32>().prop_map(|n| DataVolume::from_megabytes(n.into())),
        3 => any::<u64>().prop_map(DataVolume::from_bytes),
        3 => volumes(),
    ]
}

fn wide_rates() -> impl Strategy<Value = DataRate> {
    prop_oneof![
        4 => (0_u64..10_000_000).prop_map(DataRate::from_mbps),
        4 => rates(),
        1 => Just(DataRate::MAX),
    ]
}

fn is_amount_times_quantity_over_per<Q: Count>(
    amount: Decimal,
    per: Q,
    quantity: Q,
) -> Result<(), TestCaseError> {
    let price = match UnitPrice::new(Money::new(amount, Currency::USD), per) {
        Ok(price) => price,
        Err(error) => {
            prop_assert!(
                matches!(error.kind(), ErrorKind::Price(PriceError::ZeroQuantity { .. }))
                    && per.count() == 0,
                "{}",
                error
            );
            return Ok(());
        }
    };
    let cost = price.cost(quantity);
    let expected = BigRational::new(
        BigInt::from(amount.mantissa()) * quantity.count(),
        BigInt::from(10).pow(amount.scale()) * per.count(),
    );
    prop_assert_eq!(cost.currency(), Currency::USD);
    prop_assert_eq!(model_of_cost(&cost), expected, "{} of {}", quantity, price);
    Ok(())
}

/// Prices of some currencies, so that now and then two of them match.
fn mixed_prices() -> impl Strategy<Value = VolumePrice> {
    let currency = select(vec![Currency::USD, Currency::PKR]);
    let small = (0_i64..20, 1_u64..20)
        .prop_map(|(amount, per)| (Decimal::new(amount, 0), DataVolume::from_megabytes(per)));
    let wide = (listed_amounts(), wide_volumes());
    (prop_oneof![small, wide], currency).prop_map(|((amount, per), currency)| {
        let per = per.max(DataVolume::from_nanobits(1));
        VolumePrice::new(Money::new(amount, currency), per).unwrap()
    })
}

/// The same price for a multiple of the quantity, where both still fit.
fn times_as_much(price: VolumePrice, times: u64) -> Option<VolumePrice> {
    let digits = price.amount().amount().mantissa().checked_mul(times.into())?;
    let amount = Decimal::try_from_i128_with_scale(digits, price.amount().amount().scale()).ok()?;
    let per = price.per().checked_mul(times)?;
    VolumePrice::new(Money::new(amount, price.currency()), per).ok()
}

/// Checks that costs add up, grow with the quantity, and are what the price says for its quantity.
fn adds_up<Q: Count>(
    price: UnitPrice<Q>,
    a: Q,
    b: Q,
    both: Option<Q>,
) -> Result<(), TestCaseError> {
    if let Some(both) = both {
        prop_assert_eq!(price.cost(a).checked_add(&price.cost(b)), Ok(price.cost(both)));
    }
    prop_assert_eq!(price.cost(price.per()), Cost::from(price.amount()));
    let free = price.amount().amount().is_zero();
    let order = if free { Some(Ordering::Equal) } else { Some(a.cmp(&b)) };
    prop_assert_eq!(price.cost(a).partial_cmp(&price.cost(b)), order);
    Ok(())
}

/// The one formula of the crate, on half a million prices and volumes of every size.
#[test]
fn the_cost_of_a_volume_is_amount_times_quantity_over_per() {
    let cases = (listed_amounts(), wide_volumes(), wide_volumes());
    TestRunner::new(crate::support::cases(500_000))
        .run(&cases, |(amount, per, volume)| is_amount_times_quantity_over_per(amount, per, volume))
        .unwrap();
}

/// And on another half a million prices and rates.
#[test]
fn the_cost_of_a_rate_is_amount_times_quantity_over_per() {
    let cases = (listed_amounts(), wide_rates(), wide_rates());
    TestRunner::new(crate::support::cases(500_000))
        .run(&cases, |(amount, per, rate)| is_amount_times_quantity_over_per(amount, per, rate))
        .unwrap();
}

proptest! {
    #![proptest_config(crate::support::cases(10_000))]

    #[test]
    fn costs_of_volumes_add_up(
        price in mixed_prices(),
        a in wide_volumes(),
        b in wide_volumes(),
        times in any::<u64>(),
    ) {
        adds_up(price, a, b, a.checked_add(b))?;
        if let Some(volume) = a.checked_mul(times) {
            prop_assert_eq!(price.cost(volume), price.cost(a) * times);
        }
    }

    #[test]
    fn costs_of_rates_add_up(price in rate_prices(), a in wide_rates(), b in wide_rates()) {
        adds_up(price, a, b, a.checked_add(b))?;
    }

    #[test]
    fn what_is_written_reads_back(volume in volume_prices(), rate in rate_prices()) {
        reads_back(&volume);
        reads_back(&rate);
        reads_back(&AnyPrice::Volume(volume));
        reads_back(&AnyPrice::Rate(rate));
        // Not only by value: the amount and the quantity are what they were.
        let again: VolumePrice = volume.to_string().parse().unwrap();
        prop_assert_eq!((again.amount(), again.per()), (volume.amount(), volume.per()));
        prop_assert_eq!(again.to_string(), volume.to_string());
        let again: RatePrice = rate.to_string().parse().unwrap();
        prop_assert_eq!((again.amount(), again.per()), (rate.amount(), rate.per()));
        prop_assert_eq!(again.to_string(), rate.to_string());
    }

    #[test]
    fn equality_and_order_are_by_value((a, b) in pairs(mixed_prices()), times in 1_u64..1_000) {
        let (x, y) = (model_of_price(&a), model_of_price(&b));
        let comparable = a.currency() == b.currency();
        prop_assert_eq!(a == b, comparable && x == y);
        prop_assert_eq!(a.partial_cmp(&b), comparable.then(|| x.cmp(&y)));
        if a == b {
            prop_assert_eq!(hash_of(&a), hash_of(&b));
        }
        if let Some(more) = times_as_much(a, times) {
            prop_assert_eq!(more, a);
            prop_assert_eq!(hash_of(&more), hash_of(&a));
            prop_assert_eq!(more.cost(b.per()), a.cost(b.per()));
        }
    }

    #[test]
    fn how_many_times_dearer_is_exact_and_turns_around((a, b) in pairs(mixed_prices())) {
        let times = a.ratio_to(&b);
        if a.currency() != b.currency() {
            let (left, right) = (a.currency(), b.currency());
            prop_assert_eq!(times, Err(MoneyError::CurrencyMismatch { left, right }.into()));
        } else if b.amount().amount().is_zero() {
            prop_assert_eq!(times, Err(NumberError::DivisionByZero { dividend: a.amount().amount().into() }.into()));
        } else {
            let times = times.unwrap();
            prop_assert_eq!(model_of_ratio(&times), model_of_price(&a) / model_of_price(&b));
            if !times.is_zero() {
                prop_assert_eq!(&times * &b.ratio_to(&a).unwrap(), Ratio::ONE);
            }
        }
    }

    #[test]
    fn a_price_for_a_rate_over_a_time_is_one_for_what_it_carries(
        amount in listed_amounts(),
        currency in currencies(),
        rate in wide_rates(),
        time in prop_oneof![
            durations(),
            any::<u64>().prop_map(Duration::from_secs),
            Just(Duration::ZERO),
        ],
        volume in wide_volumes(),
    ) {
        let money = Money::new(amount, currency);
        let price = VolumePrice::per_rate_time(money, rate, time);
        match rate.checked_mul(time) {
            Some(per) => {
                prop_assert_eq!(&price, &VolumePrice::new(money, per));
                let text = format!("{money} per {rate} for {} ns", time.as_nanos());
                prop_assert_eq!(text.parse(), price.clone());
                if let Ok(price) = price {
                    prop_assert_eq!(price.per(), per);
                    let expected = model_of_decimal(amount) * whole(volume.as_nanobits())
                        / (whole(rate.as_bps()) * whole(time.as_nanos()));
                    prop_assert_eq!(model_of_cost(&price.cost(volume)), expected);
                }
            }
            None => prop_assert_eq!(
                price,
                Err(TextError::TooLarge {
                    text: format!("{rate} for {time:?}"),
                    what: "data volume",
                    max: DataVolume::MAX.to_string(),
                }.into()),
            ),
        }
    }

    #[test]
    fn times_are_read_as_what_their_units_are(count in 0_u64..100_000, (unit, nanoseconds) in select(&TIMES[..])) {
        let price = format!("3 USD per 5 bps for {count}.5 {unit}").parse::<VolumePrice>();
        // Half a nanosecond is the one that no time holds.
        let halves = (2 * u128::from(count) + 1) * nanoseconds;
        match price {
            Ok(price) => prop_assert_eq!(price.per().as_nanobits() * 2, 5 * halves),
            Err(error) => {
                prop_assert_eq!(unit, "ns");
                prop_assert!(matches!(error.kind(), ErrorKind::Text(TextError::TooPrecise { what: "time", .. })), "{}", error);
            }
        }
    }

    #[test]
    fn a_price_is_not_negative_and_not_per_zero(
        amount in amounts(),
        volume in prop_oneof![Just(DataVolume::ZERO), volumes()],
        rate in prop_oneof![Just(DataRate::ZERO), rates()],
    ) {
        let money = Money::new(amount, Currency::USD);
        let what = "the quantity of a price";
        let negative = (amount < Decimal::ZERO)
            .then(|| Error::from(PriceError::NegativeAmount { what: "a price", amount: money }));
        let expected = negative.clone().or_else(|| {
            let quantity = AnyQuantity::Volume(volume);
            volume.is_zero().then(|| Error::from(PriceError::ZeroQuantity { what, quantity }))
        });
        prop_assert_eq!(VolumePrice::new(money, volume).err(), expected.clone());
        prop_assert_eq!(format!("{money} per {volume}").parse::<VolumePrice>().err(), expected);
        let expected = negative.or_else(|| {
            let quantity = AnyQuantity::Rate(rate);
            rate.is_zero().then(|| Error::from(PriceError::ZeroQuantity { what, quantity }))
        });
        prop_assert_eq!(RatePrice::new(money, rate).err(), expected.clone());
        prop_assert_eq!(format!("{money} per {rate}").parse::<RatePrice>().err(), expected);
    }

    #[test]
    fn prices_per_a_unit_are_prices_per_one_of_it(
        amount in listed_amounts(),
        currency in currencies(),
    ) {
        let money = Money::new(amount, currency);
        let text = money.to_string();
        for (price, unit) in [
            (VolumePrice::per_megabyte(money), "MB"),
            (VolumePrice::per_gigabyte(money), "GB"),
        ] {
            prop_assert_eq!(format!("{text} per {unit}").parse(), Ok(price));
            prop_assert_eq!(format!("{text} per 1 {unit}"), price.to_string());
        }
        let price = RatePrice::per_mbps(money);
        prop_assert_eq!(format!("{text} per Mbps").parse(), Ok(price));
        prop_assert_eq!(format!("{text} per 1 Mbps"), price.to_string());
    }
}

proptest! {
    #![proptest_config(crate::support::cases(2_000))]

    #[test]
    fn a_price_reads_back_in_the_units_that_it_was_given_in(
        digits in 0_u32..1_000_000,
        places in 0_u32..6,
        count in 1_u32..5_000,
        volume_unit in select(vec!["b", "Mb", "kB", "MB", "GB", "TB", "KiB", "GiB", "TiB"]),
        rate_unit in select(vec!["bps", "kbps", "Mbps", "Gbps", "MB/s", "GiB/s"]),
        time in select(vec!["1 ns", "60 s", "1 min", "90 min", "1.5 h", "30 d"]),
        form in 0_usize..6,
    ) {
        let amount = Money::new(Decimal::new(digits.into(), places), Currency::USD);
        // As it is written, and another text for the same.
        let (written, other) = match form {
            0 => (format!("{amount} per {count} {volume_unit}"), format!("{amount}/{count} {volume_unit}")),
            1 => (format!("{amount} per 1 {volume_unit}"), format!("{amount}/{volume_unit}")),
            2 => (format!("{amount} per {count} {rate_unit} for {time}"), format!("{amount} per {time} per {count} {rate_unit}")),
            3 => (format!("{amount} per 1 {rate_unit} for 1 min"), format!("{amount} per min per {rate_unit}")),
            4 => (format!("{amount} per {count} {rate_unit}"), format!("{amount} per {count} {rate_unit} per month")),
            _ => (format!("{amount} per 1 {rate_unit}"), format!("{amount}/{rate_unit}/month")),
        };
        for text in [&written, &other] {
            let price: AnyPrice = text.parse().unwrap();
            prop_assert_eq!(&price.to_string(), &written, "{}", text);
            prop_assert_eq!(price, written.parse::<AnyPrice>().unwrap());
            #[cfg(feature = "serde")]
            {
                let bytes = postcard::to_stdvec(&price).unwrap();
                prop_assert_eq!(postcard::from_bytes::<AnyPrice>(&bytes).unwrap().to_string(), written.clone());
            }
        }
    }
}

//! What holds for all money: nothing is lost or gained in sums, splits, conversions, rounding.

use crate::support::{
    amounts, costs, currencies, dollars, exchange_rates, fits_decimal, hash_of, model_of,
    model_of_cost, model_of_decimal, model_of_ratio, money, pairs, places_of, positive_money,
    ratio, ratios, reads_back, rounded, shares, strategies, whole, written,
};
use bandwidth_cost::ErrorKind;
use bandwidth_cost::money::MoneyError;
use bandwidth_cost::number::NumberError;
use bandwidth_cost::text::TextError;
use bandwidth_cost::{
    Cost, Currency, Decimal, Error, ExchangeRate, Money, Ratio, RoundingStrategy, Share,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;
use proptest::{collection::vec, prelude::*, sample::select};

fn usd(amount: Decimal) -> Money {
    Money::new(amount, Currency::USD)
}

fn model_of_money(money: Money) -> BigRational {
    model_of_decimal(money.amount())
}

fn model_of_share(share: Share) -> BigRational {
    model_of_ratio(&share.into())
}

/// One in the decimal place so far behind the point.
fn place(places: u32) -> BigRational {
    BigRational::new(1.into(), BigInt::from(10).pow(places))
}

/// Currencies that have minor units: none, two, three and four places.
fn with_minor_units() -> impl Strategy<Value = Currency> {
    currencies().prop_filter("gold has none", |currency| currency.minor_units().is_some())
}

/// Costs around whole minor units and halves of them, where rounding decides, and any.
fn costs_to_round() -> impl Strategy<Value = Cost> {
    let near = (any::<i32>(), 1_u32..9).prop_map(|(n, d)| ratio(n.into(), (d * 100_000).into()));
    let halves = (-10_000_i32..10_000).prop_map(|n| ratio(n.into(), 2_000));
    (prop_oneof![ratios(), near, halves], with_minor_units())
        .prop_map(|(amount, currency)| Cost::new(amount, currency))
}

fn rates_with_spreads(
    from: Currency,
    to: Currency,
    spreads: impl Strategy<Value = Share>,
) -> impl Strategy<Value = ExchangeRate> {
    (positive_money(from), positive_money(to), spreads).prop_map(|(base, quote, spread)| {
        ExchangeRate::new(base, quote).unwrap().with_spread(spread)
    })
}

/// Spreads as banks have them: hundredths of a percent.
fn usual_spreads() -> impl Strategy<Value = Share> {
    (0_u64..=10_000).prop_map(|n| Share::new(n, 10_000).unwrap())
}

fn weights() -> impl Strategy<Value = Vec<u64>> {
    let weight = prop_oneof![
        1 => Just(0),
        4 => 0_u64..20,
        2 => (any::<u64>(), 0_u32..64).prop_map(|(bits, shift)| bits >> shift),
    ];
    vec(weight, 1..12).prop_filter("someone pays", |weights| weights.iter().any(|&w| w > 0))
}

/// Amounts that minor units, or the amount's own places, hold in 96 bits.
fn bills() -> impl Strategy<Value = Money> {
    let amount = prop_oneof![
        (-100_000_i64..100_000, 0_u32..4).prop_map(|(n, places)| Decimal::new(n, places)),
        (any::<i64>(), 0_u32..12).prop_map(|(n, places)| Decimal::new(n, places)),
    ];
    (amount, with_minor_units()).prop_map(|(amount, currency)| Money::new(amount, currency))
}

/// The places that a split of this amount is made in.
fn split_places(bill: Money) -> u32 {
    let minor = u32::from(bill.currency().minor_units().unwrap());
    places_of(&model_of_money(bill)).unwrap().max(minor)
}

/// Each weight's share of the bill, exactly, in units of the last place.
fn exact_shares(bill: Money, weights: &[u64]) -> Vec<BigRational> {
    let sum: BigInt = weights.iter().map(|&weight| BigInt::from(weight)).sum();
    let units = model_of_money(bill) / place(split_places(bill));
    weights.iter().map(|&w| &units * BigRational::new(w.into(), sum.clone())).collect()
}

proptest! {
    #![proptest_config(crate::support::cases(5_000))]

    #[test]
    fn what_is_written_reads_back(
        money in money(),
        cost in costs(),
        currency in currencies(),
        rate in exchange_rates(),
        spread in shares(),
    ) {
        reads_back(&money);
        reads_back(&cost);
        reads_back(&currency);
        reads_back(&rate);
        reads_back(&rate.with_spread(spread));
        reads_back(&rate.inverse().with_spread(spread));
        let again: Money = money.to_string().parse().unwrap();
        prop_assert_eq!(again.amount().scale(), money.amount().scale(), "places are kept");
    }

    #[test]
    fn amounts_are_read_exactly_or_refused(
        number in prop_oneof![
            "-?[0-9]{1,32}(|\\.[0-9]{1,45})",
            "-?0{0,3}[0-9]{1,12}(|\\.[0-9]{1,18}0{0,30})",
        ],
        currency in currencies(),
    ) {
        let exact = model_of(&number);
        match format!("{number} {currency}").parse::<Money>() {
            Ok(read) => {
                prop_assert_eq!(model_of_money(read), exact);
                prop_assert_eq!(read.currency(), currency);
            }
            Err(error) => {
                prop_assert!(!fits_decimal(&exact), "`{}` fits", number);
                match error.kind() {
                    ErrorKind::Text(TextError::TooLarge { .. }) => prop_assert!(exact.abs() >= whole(1_u128 << 96)),
                    ErrorKind::Text(TextError::TooPrecise { .. }) => prop_assert!(!exact.is_integer()),
                    error => prop_assert!(false, "{:?}", error),
                }
            }
        }
    }

    #[test]
    fn money_is_equal_by_value_and_currency(
        (a, b) in pairs(money()),
        more_places in 0_u32..10,
    ) {
        let same = model_of_money(a) == model_of_money(b) && a.currency() == b.currency();
        prop_assert_eq!(a == b, same);
        let scale = a.amount().scale() + more_places;
        let digits = a.amount().mantissa().checked_mul(10_i128.pow(more_places));
        if let Some(Ok(padded)) = digits.map(|n| Decimal::try_from_i128_with_scale(n, scale)) {
            let padded = Money::new(padded, a.currency());
            prop_assert_eq!(padded, a);
            prop_assert_eq!(hash_of(&padded), hash_of(&a));
            prop_assert_eq!(Cost::from(padded), Cost::from(a));
            prop_assert_eq!(hash_of(&Cost::from(padded)), hash_of(&Cost::from(a)));
        }
    }

    #[test]
    fn order_is_by_value_within_a_currency(
        (m, n) in pairs(amounts().prop_map(usd)),
        (x, y) in pairs(dollars()),
        other in currencies(),
    ) {
        prop_assert_eq!(m.partial_cmp(&n), Some(model_of_money(m).cmp(&model_of_money(n))));
        prop_assert_eq!(x.partial_cmp(&y), Some(model_of_cost(&x).cmp(&model_of_cost(&y))));
        prop_assert_eq!(x == y, model_of_cost(&x) == model_of_cost(&y));
        let moved = Cost::new(x.amount().clone(), other);
        prop_assert_eq!(moved == x, other == Currency::USD);
        prop_assert_eq!(moved.partial_cmp(&y).is_some(), other == Currency::USD);
        prop_assert_eq!(Money::new(m.amount(), other).partial_cmp(&n).is_some(), other == Currency::USD);
    }

    #[test]
    fn a_cost_is_the_same_whatever_way_it_was_reached(
        a in dollars(),
        b in dollars(),
        times in 1_u64..,
        share in shares(),
    ) {
        let back = |cost: Cost| a.checked_sub(&a).unwrap().checked_add(&cost).unwrap();
        let ways = [
            a.checked_add(&b).unwrap().checked_sub(&b).unwrap(),
            b.checked_sub(&b.checked_sub(&a).unwrap()).unwrap(),
            (&a * share).checked_add(&(&a * share.complement())).unwrap(),
            &(&a * times) * Share::new(1, times).unwrap(),
            &(&a * Share::new(1, times).unwrap()) * times,
            -(-&a),
            if a.is_negative() { -a.abs() } else { a.abs() },
            back(a.clone()),
            a.to_string().parse().unwrap(),
        ];
        for way in ways {
            prop_assert_eq!(&way, &a);
            prop_assert_eq!(hash_of(&way), hash_of(&a));
            prop_assert_eq!(way.to_string(), a.to_string());
        }
    }

    #[test]
    fn cost_arithmetic_is_exact(a in dollars(), b in dollars(), times in any::<u64>(), share in shares()) {
        let (x, y) = (model_of_cost(&a), model_of_cost(&b));
        prop_assert_eq!(model_of_cost(&a.checked_add(&b).unwrap()), &x + &y);
        prop_assert_eq!(model_of_cost(&a.checked_sub(&b).unwrap()), &x - &y);
        prop_assert_eq!(model_of_cost(&(&a * times)), &x * whole(times));
        prop_assert_eq!(model_of_cost(&(&a * share)), &x * model_of_share(share));
        prop_assert_eq!(model_of_cost(&-&a), -&x);
        prop_assert_eq!(model_of_cost(&a.abs()), x.abs());
        prop_assert_eq!(a.is_zero(), x == whole(0));
        prop_assert_eq!(a.is_negative(), x < whole(0));
    }

    #[test]
    fn a_sum_does_not_depend_on_the_order(
        (costs, shuffled) in vec(dollars(), 0..20)
            .prop_flat_map(|costs| (Just(costs.clone()), Just(costs).prop_shuffle())),
    ) {
        let sum = Cost::sum(Currency::USD, &costs).unwrap();
        prop_assert_eq!(model_of_cost(&sum), costs.iter().map(model_of_cost).sum::<BigRational>());
        let again = Cost::sum(Currency::USD, &shuffled).unwrap();
        prop_assert_eq!(hash_of(&again), hash_of(&sum));
        prop_assert_eq!(again.to_string(), sum.to_string());
        prop_assert_eq!(again, sum);
    }

    #[test]
    fn ratios_of_costs_are_exact_and_turn_around(a in dollars(), b in dollars()) {
        let ratio = a.ratio_to(&b);
        if b.is_zero() {
            prop_assert_eq!(ratio, Err(NumberError::DivisionByZero { dividend: a.amount().clone() }.into()));
            return Ok(());
        }
        let ratio = ratio.unwrap();
        prop_assert_eq!(model_of_ratio(&ratio), model_of_cost(&a) / model_of_cost(&b));
        if !a.is_zero() {
            prop_assert_eq!(&ratio * &b.ratio_to(&a).unwrap(), Ratio::ONE);
        }
    }

    #[test]
    fn two_currencies_never_mix(a in costs(), b in costs(), m in money(), n in money()) {
        let mismatch = |left, right| Err(MoneyError::CurrencyMismatch { left, right }.into());
        let (left, right) = (a.currency(), b.currency());
        if left != right {
            prop_assert_eq!(a.checked_add(&b), mismatch(left, right));
            prop_assert_eq!(a.checked_sub(&b), mismatch(left, right));
            prop_assert_eq!(a.ratio_to(&b).map(|_| a.clone()), mismatch(left, right));
            prop_assert_eq!(Cost::sum(left, [&a, &b]), mismatch(left, right));
        }
        let (left, right) = (m.currency(), n.currency());
        if left != right {
            prop_assert_eq!(m.checked_add(n).map(Cost::from), mismatch(left, right));
            prop_assert_eq!(m.checked_sub(n).map(Cost::from), mismatch(left, right));
        }
    }

    #[test]
    fn money_arithmetic_is_exact_or_refused(a in amounts(), b in amounts()) {
        let sum = model_of_decimal(a) + model_of_decimal(b);
        let difference = model_of_decimal(a) - model_of_decimal(b);
        let places = a.scale().max(b.scale());
        for (exact, result) in [
            (sum, usd(a).checked_add(usd(b))),
            (difference, usd(a).checked_sub(usd(b))),
        ] {
            match result.map_err(|error| error.kind().clone()) {
                Ok(money) => {
                    prop_assert_eq!(model_of_money(money), exact);
                    prop_assert!(money.amount().scale() <= places);
                }
                Err(ErrorKind::Number(NumberError::Overflow { number, places: wanted, bits: 96 })) => {
                    prop_assert!(!fits_decimal(&exact));
                    prop_assert_eq!(model_of_ratio(&number), exact);
                    prop_assert_eq!(wanted, places);
                }
                Err(error) => prop_assert!(false, "{:?}", error),
            }
        }
    }

    #[test]
    fn money_keeps_the_places_of_the_finer_amount(
        a in any::<i32>(),
        b in any::<i32>(),
        p in 0_u32..9,
        q in 0_u32..9,
    ) {
        let sum = usd(Decimal::new(a.into(), p)).checked_add(usd(Decimal::new(b.into(), q)));
        prop_assert_eq!(sum.unwrap().amount().scale(), p.max(q));
    }

    #[test]
    fn converting_there_and_back_is_the_identity(
        rate in exchange_rates(),
        amount in ratios(),
        spread in shares(),
    ) {
        let cost = Cost::new(amount, rate.base());
        let there = rate.convert(cost.clone()).unwrap();
        prop_assert_eq!(there.currency(), rate.quote());
        prop_assert_eq!(
            model_of_cost(&there),
            model_of_cost(&cost) * model_of_ratio(rate.factor()),
        );
        prop_assert_eq!(rate.inverse().convert(there.clone()).unwrap(), cost.clone());
        prop_assert_eq!(&rate.inverse().inverse(), &rate);
        prop_assert_eq!(hash_of(&rate.inverse().inverse()), hash_of(&rate));
        // Who converts receives a share less, there and on the way back.
        let received = rate.with_spread(spread).convert(cost).unwrap();
        prop_assert_eq!(&received, &(&there * spread.complement()));
        let back = rate.with_spread(spread).inverse().convert(received.clone()).unwrap();
        prop_assert_eq!(back, rate.inverse().convert(&received * spread.complement()).unwrap());
    }

    #[test]
    fn a_rate_is_the_same_for_any_pair_of_amounts_in_proportion(
        base in 1_u32..,
        quote in 1_u32..,
        places in 0_u32..10,
        times in 1_u32..1_000,
    ) {
        let rate = |times: u32| {
            let side = |units: u32, currency| {
                Money::new(Decimal::new((u64::from(units) * u64::from(times)).try_into().unwrap(), places), currency)
            };
            ExchangeRate::new(side(base, Currency::USD), side(quote, Currency::JPY)).unwrap()
        };
        prop_assert_eq!(rate(times), rate(1));
        prop_assert_eq!(hash_of(&rate(times)), hash_of(&rate(1)));
        prop_assert_eq!(rate(times).to_string(), rate(1).to_string());
    }

    #[test]
    fn a_cross_rate_converts_as_the_two_do(
        first in rates_with_spreads(Currency::EUR, Currency::USD, usual_spreads()),
        second in rates_with_spreads(Currency::USD, Currency::PKR, usual_spreads()),
        amount in ratios(),
    ) {
        let cost = Cost::new(amount, Currency::EUR);
        let cross = first.then(&second).unwrap();
        let twice = second.convert(first.convert(cost.clone()).unwrap()).unwrap();
        prop_assert_eq!(cross.convert(cost).unwrap(), twice);
        prop_assert_eq!((cross.base(), cross.quote()), (Currency::EUR, Currency::PKR));
        prop_assert_eq!(cross.inverse(), second.inverse().then(&first.inverse()).unwrap());
    }

    #[test]
    fn spreads_combine_exactly_or_are_refused(
        first in rates_with_spreads(Currency::EUR, Currency::USD, shares()),
        second in rates_with_spreads(Currency::USD, Currency::PKR, shares()),
    ) {
        let kept = |rate: &ExchangeRate| whole(1) - model_of_share(rate.spread());
        let both = kept(&first) * kept(&second);
        match first.then(&second) {
            Ok(cross) => prop_assert_eq!(kept(&cross), both),
            Err(error) => {
                prop_assert!(both.denom() > &BigInt::from(u64::MAX));
                prop_assert!(matches!(error.kind(), ErrorKind::Money(MoneyError::SpreadOverflow { .. })), "{}", error);
            }
        }
    }

    #[test]
    fn the_parts_of_a_split_sum_to_the_whole(bill in bills(), weights in weights()) {
        let parts = bill.allocate(&weights).unwrap();
        prop_assert_eq!(parts.len(), weights.len());
        let sum = parts.iter().try_fold(Money::zero(bill.currency()), |sum, &p| sum.checked_add(p));
        prop_assert_eq!(sum, Ok(bill));
        let unit = place(split_places(bill));
        for ((&part, &weight), exact) in parts.iter().zip(&weights).zip(exact_shares(bill, &weights)) {
            let units = model_of_money(part) / &unit;
            prop_assert!(units.is_integer(), "{} is no whole number of units", part);
            prop_assert!((&units - &exact).abs() < whole(1), "{} for {}", units, exact);
            if weight == 0 {
                prop_assert!(part.amount().is_zero());
            }
        }
    }

    #[test]
    fn nobody_with_a_smaller_remainder_is_rounded_up_first(bill in bills(), weights in weights()) {
        let unit = place(split_places(bill));
        let parts = bill.allocate(&weights).unwrap();
        let shares = exact_shares(bill, &weights);
        // What each part got more than its share, and where it stands: from the largest remainder
        // to the smallest, ties from the first to the last, all who were rounded up come first.
        let mut order: Vec<_> = shares
            .iter()
            .zip(&parts)
            .enumerate()
            .map(|(at, (exact, &part))| {
                let up = model_of_money(part).abs() / &unit > exact.abs();
                (-exact.abs().fract(), at, up)
            })
            .filter(|(remainder, ..)| remainder != &whole(0))
            .collect();
        order.sort();
        prop_assert!(order.is_sorted_by_key(|(.., up)| !up), "{:?} of {:?}", parts, shares);
    }

    #[test]
    fn a_split_of_a_debt_mirrors_that_of_a_credit(bill in bills(), weights in weights()) {
        let mirrored = Money::new(-bill.amount(), bill.currency());
        let parts = bill.allocate(&weights).unwrap();
        let negated: Vec<_> = parts.iter().map(|p| Money::new(-p.amount(), p.currency())).collect();
        prop_assert_eq!(mirrored.allocate(&weights).unwrap(), negated);
    }

    #[test]
    fn a_split_does_not_depend_on_the_order_but_for_ties(
        bill in bills(),
        (weights, shuffled) in weights()
            .prop_flat_map(|weights| (Just(weights.clone()), Just(weights).prop_shuffle())),
    ) {
        let pair_up = |weights: &[u64]| {
            let parts = bill.allocate(weights).unwrap();
            let mut pairs: Vec<_> = weights.iter().copied().zip(parts.iter().map(|p| p.amount())).collect();
            pairs.sort();
            pairs
        };
        let mut remainders: Vec<_> =
            exact_shares(bill, &weights).iter().zip(&weights).map(|(x, &w)| (x.abs().fract(), w)).collect();
        remainders.sort();
        remainders.dedup();
        let tie = remainders.windows(2).any(|two| two[0].0 == two[1].0 && two[0].0 != whole(0));
        // Equal weights may swap their parts; it is different weights that a tie tells apart.
        if !tie {
            prop_assert_eq!(pair_up(&weights), pair_up(&shuffled));
        }
    }

    #[test]
    fn any_split_that_does_not_fit_is_refused(money in money(), weights in vec(any::<u64>(), 0..4)) {
        let none = weights.iter().all(|&weight| weight == 0);
        match money.allocate(&weights).map_err(|error| error.kind().clone()) {
            Ok(parts) => {
                prop_assert!(!none);
                let sum: BigRational = parts.into_iter().map(model_of_money).sum();
                prop_assert_eq!(sum, model_of_money(money));
            }
            Err(ErrorKind::Money(MoneyError::NoMinorUnits { currency })) => prop_assert_eq!(currency.minor_units(), None),
            Err(ErrorKind::Money(MoneyError::NoWeights { parts, .. })) => prop_assert!(none && parts == weights.len()),
            Err(ErrorKind::Number(NumberError::Overflow { places, .. })) => {
                let units = model_of_money(money) / place(places);
                prop_assert!(units.abs() >= whole(1_u128 << 96));
                prop_assert_eq!(places, split_places(money));
            }
            Err(error) => prop_assert!(false, "{:?}", error),
        }
    }

    #[test]
    fn rounding_agrees_with_the_model(
        cost in prop_oneof![costs_to_round(), costs()],
        places in 0_u32..35,
        strategy in strategies(),
    ) {
        let exact = model_of_cost(&cost);
        let digits = rounded(&exact, places, strategy);
        match cost.round_to(places, strategy).map_err(|error| error.kind().clone()) {
            Ok(money) => {
                prop_assert_eq!(money.amount().scale(), places);
                prop_assert_eq!(BigInt::from(money.amount().mantissa()), digits);
                prop_assert_eq!(money.currency(), cost.currency());
            }
            Err(ErrorKind::Number(NumberError::TooManyPlaces { places: asked, most: 28 })) => {
                prop_assert!(places > 28 && asked == places);
            }
            Err(ErrorKind::Number(NumberError::Overflow { number, places: asked, bits: 96 })) => {
                prop_assert!(digits.magnitude() >= &(1_u128 << 96).into());
                prop_assert_eq!((&number, asked), (cost.amount(), places));
            }
            Err(error) => prop_assert!(false, "{:?}", error),
        }
    }

    #[test]
    fn rounding_moves_by_less_than_its_name_allows(cost in costs_to_round(), strategy in strategies()) {
        let places = u32::from(cost.currency().minor_units().unwrap());
        let Ok(money) = cost.round(strategy) else { return Ok(()) };
        let exact = model_of_cost(&cost);
        let settled = model_of_money(money);
        let moved = (&settled - &exact) / place(places);
        prop_assert!(moved.abs() < whole(1), "moved by {}", moved);
        let half = BigRational::new(1.into(), 2.into());
        let nearer_zero = settled.abs() <= exact.abs();
        match strategy {
            RoundingStrategy::ToZero => prop_assert!(nearer_zero),
            RoundingStrategy::AwayFromZero => prop_assert!(settled.abs() >= exact.abs()),
            RoundingStrategy::ToNegativeInfinity => prop_assert!(settled <= exact),
            RoundingStrategy::ToPositiveInfinity => prop_assert!(settled >= exact),
            _ => prop_assert!(moved.abs() <= half, "moved by {}", moved),
        }
        if moved.abs() == half {
            match strategy {
                RoundingStrategy::MidpointTowardZero => prop_assert!(nearer_zero),
                RoundingStrategy::MidpointAwayFromZero => prop_assert!(!nearer_zero),
                RoundingStrategy::MidpointNearestEven => {
                    prop_assert_eq!(money.amount().mantissa() % 2, 0);
                }
                _ => {}
            }
        }
        prop_assert_eq!(Cost::from(money).round(strategy), Ok(money), "rounding twice is once");
        prop_assert_eq!(
            Cost::from(money).round(strategy).unwrap().amount().scale(),
            places,
            "in minor units",
        );
    }

    #[test]
    fn a_cost_is_money_exactly_where_a_decimal_holds_it(cost in costs(), money in money()) {
        let exact = model_of_cost(&cost);
        match cost.to_money_exact() {
            Ok(settled) => {
                prop_assert!(fits_decimal(&exact));
                prop_assert_eq!(model_of_money(settled), exact.clone());
                prop_assert_eq!(Some(settled.amount().scale()), places_of(&exact));
            }
            Err(error) => {
                prop_assert!(!fits_decimal(&exact));
                prop_assert_eq!(error, match places_of(&exact).filter(|&places| places <= 28) {
                    Some(places) => {
                        let number = cost.amount().clone();
                        Error::from(NumberError::Overflow { number, places, bits: 96 })
                    }
                    None => Error::from(MoneyError::Inexact { cost }),
                });
            }
        }
        prop_assert_eq!(Cost::from(money).to_money_exact(), Ok(money));
    }

    #[test]
    fn a_precision_rounds_half_to_even(cost in costs_to_round(), money in money(), places in 0_u32..40) {
        let precision = places as usize;
        prop_assert_eq!(
            format!("{cost:.precision$}"),
            format!("{} {}", written(&model_of_cost(&cost), places), cost.currency()),
        );
        prop_assert_eq!(
            format!("{money:.precision$}"),
            format!("{} {}", written(&model_of_money(money), places), money.currency()),
        );
    }

    #[test]
    fn a_side_of_a_rate_is_above_zero(
        base in amounts(),
        quote in amounts(),
        to in select(vec![Currency::USD, Currency::PKR]),
    ) {
        let (left, right) = (usd(base), Money::new(quote, to));
        let zero = Decimal::ZERO;
        match ExchangeRate::new(left, right).map_err(|error| error.kind().clone()) {
            Ok(rate) => {
                prop_assert!(base > zero && quote > zero && to != Currency::USD);
                let factor = model_of_decimal(quote) / model_of_decimal(base);
                prop_assert_eq!(model_of_ratio(rate.factor()), factor);
            }
            Err(ErrorKind::Money(MoneyError::NotPositive { amount })) => {
                prop_assert!(base <= zero || quote <= zero);
                let refused = if base <= zero { left } else { right };
                prop_assert_eq!(amount, Cost::from(refused));
            }
            Err(error) => {
                prop_assert_eq!(error, ErrorKind::Money(MoneyError::SameCurrency { currency: to }));
                prop_assert_eq!(to, Currency::USD);
            }
        }
    }
}

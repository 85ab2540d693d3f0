//! What holds for all quantities: texts read back, and arithmetic is the model's.

use crate::support::{
    durations, hash_of, magnitudes, model_of, model_of_ratio, pairs, places_of, rates, ratio,
    ratios, reads_back, reads_or_points, rounded, shares, spoilt, texts, volumes, whole, written,
};
use bandwidth_cost::ErrorKind;
use bandwidth_cost::number::NumberError;
use bandwidth_cost::text::TextError;
use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Error, ExchangeRate, Money, RatePrice, RateUnit, Ratio,
    RoundingStrategy, Share, VolumePrice, VolumeUnit, pta::AnyPrice,
};
use core::time::Duration;
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::{prelude::*, sample::select};

const VOLUME_SYMBOLS: [&str; 24] = [
    "b", "kb", "Mb", "Gb", "Tb", "Pb", "Kib", "Mib", "Gib", "Tib", "Pib", "B", "kB", "MB", "GB",
    "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB",
];
const RATE_SYMBOLS: [&str; 6] = ["bps", "kbps", "Mbps", "Gbps", "Tbps", "Pbps"];

/// Bits in a unit, from how it is spelt: a prefix's place in the alphabet of prefixes, 1000 or
/// 1024, a bit or a byte.
fn bits_in(symbol: &str) -> BigInt {
    let symbol = symbol.trim_end_matches("ps").trim_end_matches("/s").replace("bit", "b");
    let base = if symbol.contains('i') { 1024 } else { 1000 };
    let prefix = symbol.chars().next().and_then(|c| "KMGTPE".find(c.to_ascii_uppercase()));
    let power = prefix.map_or(0, |place| place + 1);
    let bits = if symbol.ends_with('B') { 8 } else { 1 };
    BigInt::from(base).pow(power.try_into().unwrap()) * bits
}

fn volume_units() -> impl Strategy<Value = VolumeUnit> {
    select(&VOLUME_SYMBOLS[..]).prop_map(|symbol| symbol.parse().unwrap())
}

fn rate_units() -> impl Strategy<Value = RateUnit> {
    select(&RATE_SYMBOLS[..]).prop_map(|symbol| symbol.parse().unwrap())
}

/// All lengths of time that std has.
fn any_durations() -> impl Strategy<Value = Duration> {
    let wide = (any::<u64>(), 0_u32..64, 0_u32..1_000_000_000)
        .prop_map(|(seconds, shift, nanos)| Duration::new(seconds >> shift, nanos));
    prop_oneof![durations(), wide]
}

fn nanobits(volume: DataVolume) -> BigRational {
    whole(volume.as_nanobits())
}

fn bps(rate: DataRate) -> BigRational {
    whole(rate.as_bps())
}

fn model_of_share(share: Share) -> BigRational {
    BigRational::new(share.numerator().into(), share.denominator().into())
}

/// Numbers as people write them: any digits, or what is exactly a count of a unit's parts, or just
/// beside that.
fn numerals(parts: BigInt) -> impl Strategy<Value = String> {
    let digits = ("[0-9]{1,42}", proptest::option::of("[0-9]{1,80}"))
        .prop_map(|(whole, part)| part.map_or(whole.clone(), |part| format!("{whole}.{part}")));
    let exact = (magnitudes(), 0_u32..100, "0{0,3}", "(|0{1,40}|1)").prop_map(
        move |(count, shift, zeros, tail)| {
            let number = BigRational::new((count >> shift).into(), parts.clone());
            let places = places_of(&number).unwrap();
            let point = if places == 0 && !tail.is_empty() { "." } else { "" };
            format!("{zeros}{}{point}{tail}", written(&number, places))
        },
    );
    prop_oneof![digits, exact]
}

/// Checks that a quantity of `count` smallest units was read, or refused for a reason that holds.
fn is_exact_or_refused(
    text: &str,
    count: &BigRational,
    most: u128,
    read: Result<u128, Error>,
) -> Result<(), TestCaseError> {
    match read.map_err(|error| error.kind().clone()) {
        Ok(read) => prop_assert_eq!(&whole(read), count, "from `{}`", text),
        Err(ErrorKind::Text(TextError::TooLarge { .. })) => {
            prop_assert!(count > &whole(most), "`{}`", text)
        }
        Err(ErrorKind::Text(TextError::TooPrecise { .. })) => {
            prop_assert!(!count.is_integer(), "`{}`", text)
        }
        Err(error) => prop_assert!(false, "`{}`: {:?}", text, error),
    }
    Ok(())
}

fn each_type_reads_or_points(text: &str) {
    reads_or_points::<DataVolume>(text);
    reads_or_points::<DataRate>(text);
    reads_or_points::<VolumeUnit>(text);
    reads_or_points::<RateUnit>(text);
    reads_or_points::<Share>(text);
    reads_or_points::<Ratio>(text);
    reads_or_points::<Currency>(text);
    reads_or_points::<Money>(text);
    reads_or_points::<Cost>(text);
    reads_or_points::<ExchangeRate>(text);
    reads_or_points::<VolumePrice>(text);
    reads_or_points::<RatePrice>(text);
    reads_or_points::<AnyPrice>(text);
}

#[test]
fn every_unit_is_written_and_reads_back() {
    for symbol in VOLUME_SYMBOLS {
        reads_back(&symbol.parse::<VolumeUnit>().unwrap());
        assert_eq!(symbol.parse::<VolumeUnit>().unwrap().to_string(), symbol);
    }
    for symbol in RATE_SYMBOLS {
        reads_back(&symbol.parse::<RateUnit>().unwrap());
        assert_eq!(symbol.parse::<RateUnit>().unwrap().to_string(), symbol);
    }
}

proptest! {
    #![proptest_config(crate::support::cases(10_000))]

    #[test]
    fn what_is_written_reads_back(v in volumes(), r in rates(), s in shares(), x in ratios()) {
        reads_back(&v);
        reads_back(&r);
        reads_back(&s);
        reads_back(&x);
    }

    #[test]
    fn what_is_written_in_a_unit_reads_back(
        volume in volumes(),
        rate in rates(),
        volume_unit in volume_units(),
        rate_unit in rate_units(),
    ) {
        let text = volume.display_in(volume_unit).to_string();
        prop_assert!(text.ends_with(&format!(" {volume_unit}")), "{}", text);
        prop_assert_eq!(text.parse::<DataVolume>(), Ok(volume));
        let text = rate.display_in(rate_unit).to_string();
        prop_assert!(text.ends_with(&format!(" {rate_unit}")), "{}", text);
        prop_assert_eq!(text.parse::<DataRate>(), Ok(rate));
    }

    #[test]
    fn the_unit_written_is_the_largest_of_which_there_is_one(volume in volumes(), rate in rates()) {
        let at_least_one = |text: &str| model_of(text) >= whole(1);
        let text = volume.to_string();
        if volume >= DataVolume::from_bytes(1) {
            prop_assert!(at_least_one(&text), "{}", text);
        }
        if !text.ends_with("EB") {
            prop_assert!(model_of(&text) < whole(1_000), "{}", text);
        }
        let text = rate.to_string();
        if rate >= DataRate::from_bps(1) {
            prop_assert!(at_least_one(&text), "{}", text);
        }
        if !text.ends_with("Pbps") {
            prop_assert!(model_of(&text) < whole(1_000), "{}", text);
        }
    }

    #[test]
    fn a_number_of_units_is_exact(
        volume in volumes(),
        rate in rates(),
        volume_unit in volume_units(),
        rate_unit in rate_units(),
    ) {
        let bits = nanobits(volume) / whole(1_000_000_000);
        let units = bits / whole(bits_in(volume_unit.symbol()));
        prop_assert_eq!(model_of_ratio(&volume.in_unit(volume_unit)), units);
        let units = bps(rate) / whole(bits_in(rate_unit.symbol()));
        prop_assert_eq!(model_of_ratio(&rate.in_unit(rate_unit)), units);
    }

    #[test]
    fn a_precision_rounds_half_to_even(
        volume in volumes(),
        rate in rates(),
        share in shares(),
        number in ratios(),
        volume_unit in volume_units(),
        rate_unit in rate_units(),
        places in 0_u32..40,
    ) {
        let precision = places as usize;
        let bits = nanobits(volume) / whole(1_000_000_000);
        prop_assert_eq!(
            format!("{:.precision$}", volume.display_in(volume_unit)),
            format!("{} {volume_unit}", written(&(bits / whole(bits_in(volume_unit.symbol()))), places)),
        );
        prop_assert_eq!(
            format!("{:.precision$}", rate.display_in(rate_unit)),
            format!("{} {rate_unit}", written(&(bps(rate) / whole(bits_in(rate_unit.symbol()))), places)),
        );
        prop_assert_eq!(
            format!("{share:.precision$}"),
            format!("{}%", written(&(model_of_share(share) * whole(100)), places)),
        );
        prop_assert_eq!(format!("{number:.precision$}"), written(&model_of_ratio(&number), places));
    }

    #[test]
    fn a_precision_rounds_ties_to_even(n in any::<i64>(), places in 0_u32..25) {
        // An odd number of halves of the last place.
        let halves = (i128::from(n) << 1) + 1;
        let tie = ratio(halves, 2 * 10_u128.pow(places));
        let even = if n % 2 == 0 { i128::from(n) } else { i128::from(n) + 1 };
        let expected = BigRational::new(even.into(), BigInt::from(10).pow(places));
        prop_assert_eq!(model_of(&format!("{tie:.0$}", places as usize)), expected);
    }

    #[test]
    fn volumes_are_read_exactly_or_refused(
        (symbol, number) in select(&VOLUME_SYMBOLS[..]).prop_flat_map(|symbol| {
            (Just(symbol), numerals(bits_in(symbol) * 1_000_000_000))
        }),
        space in select(vec!["", " "]),
    ) {
        let text = format!("{number}{space}{symbol}");
        let count = model_of(&number) * whole(bits_in(symbol) * 1_000_000_000);
        let read = text.parse::<DataVolume>().map(DataVolume::as_nanobits);
        is_exact_or_refused(&text, &count, u128::MAX, read)?;
    }

    #[test]
    fn rates_are_read_exactly_or_refused(
        (symbol, number) in prop_oneof![
            select(&RATE_SYMBOLS[..]).prop_map(str::to_owned),
            select(&VOLUME_SYMBOLS[..]).prop_map(|symbol| format!("{symbol}/s")),
        ]
        .prop_flat_map(|symbol| (Just(symbol.clone()), numerals(bits_in(&symbol)))),
    ) {
        let text = format!("{number} {symbol}");
        let count = model_of(&number) * whole(bits_in(&symbol));
        let read = text.parse::<DataRate>().map(|rate| u128::from(rate.as_bps()));
        is_exact_or_refused(&text, &count, u64::MAX.into(), read)?;
    }

    #[test]
    fn percentages_are_read_exactly_or_refused(
        number in prop_oneof!["(100|[0-9]{1,2})(|\\.[0-9]{1,24})", "[0-9]{1,30}(|\\.[0-9]{1,40})"],
    ) {
        let share = model_of(&number) / whole(100);
        match format!("{number}%").parse::<Share>().map_err(|error| error.kind().clone()) {
            Ok(read) => prop_assert_eq!(model_of_share(read), share),
            Err(ErrorKind::Text(TextError::TooLarge { .. })) => prop_assert!(share > whole(1)),
            Err(ErrorKind::Text(TextError::TooPrecise { .. })) => {
                prop_assert!(share.denom() > &BigInt::from(u64::MAX));
            }
            Err(error) => prop_assert!(false, "{:?}", error),
        }
    }

    #[test]
    fn fractions_are_read_exactly_or_refused(part in any::<u64>(), of in any::<u64>(), shift in 0_u32..64) {
        let (part, of) = (part >> shift, of >> shift);
        let text = format!("{part}/{of}");
        let read = text.parse().map(model_of_share);
        if of == 0 || part > of {
            let refused = NumberError::NotAShare { numerator: part, denominator: of };
            prop_assert_eq!(Share::new(part, of), Err(refused.into()));
            let error = read.unwrap_err();
            let expected = if of == 0 {
                matches!(error.kind(), ErrorKind::Text(TextError::Unexpected { .. }))
            } else {
                matches!(error.kind(), ErrorKind::Text(TextError::TooLarge { .. }))
            };
            prop_assert!(expected, "{}", error);
        } else {
            let expected = BigRational::new(part.into(), of.into());
            prop_assert_eq!(read, Ok(expected.clone()));
            prop_assert_eq!(Share::new(part, of).map(model_of_share), Ok(expected));
        }
    }

    #[test]
    fn numbers_of_any_length_are_read_exactly(
        decimal in "-?[0-9]{1,90}(|\\.[0-9]{1,90})",
        fraction in "-?[0-9]{1,90}/0{0,3}[1-9][0-9]{0,60}",
    ) {
        prop_assert_eq!(model_of_ratio(&decimal.parse().unwrap()), model_of(&decimal));
        prop_assert_eq!(model_of_ratio(&fraction.parse().unwrap()), model_of(&fraction));
    }

    #[test]
    fn volumes_over_two_times_add_up(rate in rates(), first in durations(), second in durations()) {
        prop_assert_eq!((rate * first) + (rate * second), rate * (first + second));
    }

    #[test]
    fn rate_times_time_is_exact_or_refused(rate in rates(), time in any_durations()) {
        let product = rate.as_bps() * BigInt::from(time.as_nanos());
        let expected = u128::try_from(product).ok().map(DataVolume::from_nanobits);
        prop_assert_eq!(rate.checked_mul(time), expected);
        if let Some(volume) = expected {
            prop_assert_eq!(rate * time, volume);
            prop_assert_eq!(time * rate, volume);
        }
    }

    #[test]
    fn volume_over_rate_is_the_nearest_time(volume in volumes(), rate in rates()) {
        let expected = (!rate.is_zero()).then(|| {
            let exact = nanobits(volume) / bps(rate);
            rounded(&exact, 0, RoundingStrategy::MidpointNearestEven)
        });
        let expected = expected.filter(|time| time <= &Duration::MAX.as_nanos().into());
        let time = volume.checked_div_rate(rate);
        prop_assert_eq!(time.map(|time| BigInt::from(time.as_nanos())), expected);
        if let Some(time) = time {
            prop_assert_eq!(volume / rate, time);
        }
    }

    #[test]
    fn volume_over_rate_is_even_on_a_tie(nanoseconds in 0..u64::MAX, half in 1_u64..u64::MAX / 2) {
        let rate = DataRate::from_bps(2 * half);
        let tie = u128::from(nanoseconds) * u128::from(rate.as_bps()) + u128::from(half);
        let time = |nanobits| (DataVolume::from_nanobits(nanobits) / rate).as_nanos();
        prop_assert_eq!(time(tie - 1), u128::from(nanoseconds));
        prop_assert_eq!(time(tie), u128::from(nanoseconds + nanoseconds % 2));
        prop_assert_eq!(time(tie + 1), u128::from(nanoseconds + 1));
    }

    #[test]
    fn the_time_of_a_time_is_itself(rate in rates(), time in durations()) {
        let rate = rate.max(DataRate::from_bps(1));
        prop_assert_eq!((rate * time) / rate, time);
    }

    #[test]
    fn volume_over_time_is_the_nearest_rate(volume in volumes(), time in any_durations()) {
        let expected = (!time.is_zero()).then(|| {
            let exact = nanobits(volume) / whole(time.as_nanos());
            rounded(&exact, 0, RoundingStrategy::MidpointNearestEven)
        });
        let expected = expected.and_then(|bps| u64::try_from(bps).ok()).map(DataRate::from_bps);
        prop_assert_eq!(volume.checked_div(time), expected);
    }

    #[test]
    fn volume_over_time_is_even_on_a_tie(bps in 0..u64::MAX, half in 1_u64..u64::MAX / 2) {
        // Half of an even number of nanoseconds is a tie; one nanobit beside it is none.
        let time = Duration::from_nanos(2 * half);
        let tie = u128::from(bps) * time.as_nanos() + u128::from(half);
        let rate = |nanobits| DataVolume::from_nanobits(nanobits) / time;
        prop_assert_eq!(rate(tie - 1).as_bps(), bps);
        prop_assert_eq!(rate(tie).as_bps(), bps + bps % 2);
        prop_assert_eq!(rate(tie + 1).as_bps(), bps + 1);
    }

    #[test]
    fn the_rate_of_a_rate_is_itself(rate in rates(), time in durations()) {
        let time = time.max(Duration::from_nanos(1));
        prop_assert_eq!((rate * time) / time, rate);
    }

    #[test]
    fn sums_and_differences_are_exact_or_refused(
        a in volumes(),
        b in volumes(),
        r in rates(),
        s in rates(),
        times in any::<u64>(),
    ) {
        let volume = |n: BigInt| u128::try_from(n).ok().map(DataVolume::from_nanobits);
        let (x, y) = (BigInt::from(a.as_nanobits()), BigInt::from(b.as_nanobits()));
        prop_assert_eq!(a.checked_add(b), volume(&x + &y));
        prop_assert_eq!(a.checked_sub(b), volume(&x - &y));
        prop_assert_eq!(a.checked_mul(times), volume(&x * times));
        prop_assert_eq!(a.saturating_sub(b), volume(x - y).unwrap_or_default());
        let rate = |n: BigInt| u64::try_from(n).ok().map(DataRate::from_bps);
        let (x, y) = (BigInt::from(r.as_bps()), BigInt::from(s.as_bps()));
        prop_assert_eq!(r.checked_add(s), rate(&x + &y));
        prop_assert_eq!(r.checked_sub(s), rate(&x - &y));
        prop_assert_eq!(r.checked_times(times), rate(&x * times));
        prop_assert_eq!(r.saturating_sub(s), rate(x - y).unwrap_or_default());
    }

    #[test]
    fn a_portion_is_rounded_down_and_at_most_one_bit_is_lost(demand in rates(), share in shares()) {
        let exact = bps(demand) * model_of_share(share);
        let portion = demand.portion(share);
        prop_assert_eq!(bps(portion), exact.floor());
        let lost = demand - (portion + demand.portion(share.complement()));
        prop_assert_eq!(lost.as_bps(), u64::from(!exact.is_integer()));
    }

    #[test]
    fn a_portion_of_a_volume_is_rounded_down(
        volume in prop_oneof![volumes(), any::<u128>().prop_map(DataVolume::from_nanobits)],
        share in shares(),
    ) {
        let exact = nanobits(volume) * model_of_share(share);
        let portion = volume.portion(share);
        prop_assert_eq!(nanobits(portion), exact.floor());
        let lost = volume - (portion + volume.portion(share.complement()));
        prop_assert_eq!(lost.as_nanobits(), u128::from(!exact.is_integer()));
    }

    #[test]
    fn shares_add_up_to_one_and_multiply_exactly(a in shares(), b in shares()) {
        prop_assert_eq!(model_of_share(a) + model_of_share(a.complement()), whole(1));
        prop_assert_eq!(a.complement().complement(), a);
        let product = model_of_share(a) * model_of_share(b);
        let fits = product.denom() <= &BigInt::from(u64::MAX);
        prop_assert_eq!(a.checked_mul(b).map(model_of_share), fits.then_some(product));
    }

    #[test]
    fn order_is_by_value(
        (a, b) in pairs(volumes()),
        (r, s) in pairs(rates()),
        (x, y) in pairs(shares()),
        (m, n) in pairs(ratios()),
    ) {
        prop_assert_eq!(a.cmp(&b), nanobits(a).cmp(&nanobits(b)));
        prop_assert_eq!(r.cmp(&s), bps(r).cmp(&bps(s)));
        prop_assert_eq!(x.cmp(&y), model_of_share(x).cmp(&model_of_share(y)));
        prop_assert_eq!(x == y, model_of_share(x) == model_of_share(y));
        prop_assert_eq!(m.cmp(&n), model_of_ratio(&m).cmp(&model_of_ratio(&n)));
        prop_assert_eq!(m == n, model_of_ratio(&m) == model_of_ratio(&n));
    }

    #[test]
    fn ratios_obey_the_laws_of_a_field(a in ratios(), b in ratios()) {
        let (x, y) = (model_of_ratio(&a), model_of_ratio(&b));
        prop_assert_eq!(model_of_ratio(&(&a + &b)), &x + &y);
        prop_assert_eq!(model_of_ratio(&(&a - &b)), &x - &y);
        prop_assert_eq!(model_of_ratio(&(&a * &b)), &x * &y);
        prop_assert_eq!(model_of_ratio(&-&a), -&x);
        prop_assert_eq!(a.is_zero(), x == whole(0));
        prop_assert_eq!(a.is_negative(), x < whole(0));
        match a.checked_div(&b) {
            Ok(quotient) => prop_assert_eq!(model_of_ratio(&quotient), x / y),
            Err(error) => {
                prop_assert_eq!(y, whole(0));
                prop_assert_eq!(error, Error::from(NumberError::DivisionByZero { dividend: a.clone() }));
            }
        }
    }

    #[test]
    fn a_ratio_is_the_same_whatever_way_it_was_reached(a in ratios(), b in ratios(), k in 1_u64..) {
        let factor = Ratio::from(k);
        let mut ways = vec![
            (&a * &factor).checked_div(&factor).unwrap(),
            &a.checked_div(&factor).unwrap() * &factor,
            &(&a + &b) - &b,
            &b - &(&b - &a),
            -&-&a,
            a.to_string().parse().unwrap(),
        ];
        if !b.is_zero() {
            ways.push((&a * &b).checked_div(&b).unwrap());
            ways.push(&a.checked_div(&b).unwrap() * &b);
        }
        for way in ways {
            prop_assert_eq!(&way, &a);
            prop_assert_eq!(hash_of(&way), hash_of(&a));
            prop_assert_eq!(way.to_string(), a.to_string());
        }
    }

    #[test]
    fn any_text_is_read_or_pointed_at(text in texts()) {
        each_type_reads_or_points(&text);
    }

    #[test]
    fn spoilt_quantities_are_read_or_pointed_at(
        volume in spoilt(volumes()),
        rate in spoilt(rates()),
        share in spoilt(shares()),
        number in spoilt(ratios()),
    ) {
        for text in [volume, rate, share, number] {
            each_type_reads_or_points(&text);
        }
    }

    #[test]
    fn spoilt_money_is_read_or_pointed_at(
        money in spoilt(crate::support::money()),
        cost in spoilt(crate::support::costs()),
        rate in spoilt(crate::support::exchange_rates()),
        volume_price in spoilt(crate::support::volume_prices()),
        rate_price in spoilt(crate::support::rate_prices()),
    ) {
        for text in [money, cost, rate, volume_price, rate_price] {
            each_type_reads_or_points(&text);
        }
    }
}

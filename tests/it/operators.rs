//! The documented panics of operators and constructors, their checked twins, and how the operators
//! between quantities round.

use bandwidth_cost::{
    Currency, DataRate, DataVolume, Decimal, Money, RatePrice, RateUnit, Share, VolumePrice,
    VolumeUnit,
};
use core::time::Duration;
use std::panic::{UnwindSafe, catch_unwind};

const NANOSECOND: Duration = Duration::from_nanos(1);
const SECOND: Duration = Duration::from_secs(1);
/// For so long the largest rate carries the largest volume: 2⁶⁴ + 1 nanoseconds.
const LONGEST: Duration = Duration::new(18_446_744_073, 709_551_617);

type Constructor<Q> = fn(u64) -> Q;

/// The message that a panic shows.
#[track_caller]
fn panic_of<T>(act: impl FnOnce() -> T + UnwindSafe) -> String {
    let Err(payload) = catch_unwind(act) else { panic!("nothing panicked") };
    match payload.downcast::<&str>() {
        Ok(message) => (*message).to_owned(),
        Err(payload) => *payload.downcast::<String>().unwrap(),
    }
}

const VOLUME_TOO_LARGE: &str = "data volume above DataVolume::MAX";
const VOLUME_TOO_SMALL: &str = "data volume below zero";
const RATE_TOO_LARGE: &str = "data rate above DataRate::MAX";
const RATE_TOO_SMALL: &str = "data rate below zero";

#[test]
fn operators_on_volumes_panic_where_their_checked_twins_return_none() {
    let (least, most) = (DataVolume::from_nanobits(1), DataVolume::MAX);
    let nearly = DataVolume::from_nanobits(u128::MAX - 1);

    assert_eq!(nearly + least, most);
    assert_eq!(nearly.checked_add(least), Some(most));
    assert_eq!(panic_of(|| most + least), VOLUME_TOO_LARGE);
    assert_eq!(most.checked_add(least), None);
    assert_eq!(
        panic_of(|| {
            let mut volume = most;
            volume += least;
        }),
        VOLUME_TOO_LARGE,
    );

    assert_eq!(most - most, DataVolume::ZERO);
    assert_eq!(most.checked_sub(most), Some(DataVolume::ZERO));
    assert_eq!(panic_of(|| nearly - most), VOLUME_TOO_SMALL);
    assert_eq!(nearly.checked_sub(most), None);
    assert_eq!(
        panic_of(|| {
            let mut volume = DataVolume::ZERO;
            volume -= least;
        }),
        VOLUME_TOO_SMALL,
    );

    let half = DataVolume::from_nanobits(u128::MAX / 2);
    assert_eq!(half * 2, nearly);
    assert_eq!(half.checked_mul(2), Some(nearly));
    assert_eq!(panic_of(|| half * 3), VOLUME_TOO_LARGE);
    assert_eq!(half.checked_mul(3), None);
    assert_eq!(most * 0, DataVolume::ZERO);
    assert_eq!(panic_of(|| most * u64::MAX), VOLUME_TOO_LARGE);

    assert_eq!([nearly, least].iter().sum::<DataVolume>(), most);
    assert_eq!(panic_of(|| [most, least].iter().sum::<DataVolume>()), VOLUME_TOO_LARGE);
    assert_eq!(panic_of(|| [most, least].into_iter().sum::<DataVolume>()), VOLUME_TOO_LARGE);
    assert_eq!([].iter().sum::<DataVolume>(), DataVolume::ZERO);
}

#[test]
fn operators_on_rates_panic_where_their_checked_twins_return_none() {
    let (least, most) = (DataRate::from_bps(1), DataRate::MAX);
    let nearly = DataRate::from_bps(u64::MAX - 1);

    assert_eq!(nearly + least, most);
    assert_eq!(nearly.checked_add(least), Some(most));
    assert_eq!(panic_of(|| most + least), RATE_TOO_LARGE);
    assert_eq!(most.checked_add(least), None);
    assert_eq!(
        panic_of(|| {
            let mut rate = most;
            rate += least;
        }),
        RATE_TOO_LARGE,
    );

    assert_eq!(most - nearly, least);
    assert_eq!(most.checked_sub(nearly), Some(least));
    assert_eq!(panic_of(|| nearly - most), RATE_TOO_SMALL);
    assert_eq!(nearly.checked_sub(most), None);
    assert_eq!(
        panic_of(|| {
            let mut rate = DataRate::ZERO;
            rate -= least;
        }),
        RATE_TOO_SMALL,
    );

    let half = DataRate::from_bps(u64::MAX / 2);
    assert_eq!(half * 2, nearly);
    assert_eq!(half.checked_times(2), Some(nearly));
    assert_eq!(panic_of(|| half * 3), RATE_TOO_LARGE);
    assert_eq!(half.checked_times(3), None);
    assert_eq!(most * 0, DataRate::ZERO);
    assert_eq!(panic_of(|| most * u64::MAX), RATE_TOO_LARGE);

    assert_eq!([nearly, least].iter().sum::<DataRate>(), most);
    assert_eq!(panic_of(|| [most, least].iter().sum::<DataRate>()), RATE_TOO_LARGE);
    assert_eq!(panic_of(|| [most, least].into_iter().sum::<DataRate>()), RATE_TOO_LARGE);
    assert_eq!([].iter().sum::<DataRate>(), DataRate::ZERO);
}

#[test]
fn assignment_is_the_operator_and_then_the_value() {
    let mut volume = DataVolume::from_megabytes(3);
    volume += DataVolume::from_megabytes(4);
    volume -= DataVolume::from_megabytes(5);
    assert_eq!(volume, DataVolume::from_megabytes(2));
    let mut rate = DataRate::from_mbps(3);
    rate += DataRate::from_mbps(4);
    rate -= DataRate::from_mbps(5);
    assert_eq!(rate, DataRate::from_mbps(2));
}

#[test]
fn a_rate_over_a_time_is_a_volume_and_never_rounded() {
    let bit = DataRate::from_bps(1);
    assert_eq!(bit * NANOSECOND, DataVolume::from_nanobits(1));
    assert_eq!(bit * SECOND, DataVolume::from_bits(1));
    assert_eq!(bit * Duration::new(1, 500_000_001), DataVolume::from_nanobits(1_500_000_001));
    assert_eq!(DataRate::from_tbps(1) * (SECOND * 60), DataVolume::from_gigabytes(7_500));
    assert_eq!(DataRate::MAX * Duration::ZERO, DataVolume::ZERO);
    assert_eq!(DataRate::ZERO * Duration::MAX, DataVolume::ZERO);
    assert_eq!(bit * Duration::MAX, DataVolume::from_nanobits(Duration::MAX.as_nanos()));

    assert_eq!(DataRate::MAX * LONGEST, DataVolume::MAX);
    assert_eq!(DataRate::MAX.checked_mul(LONGEST), Some(DataVolume::MAX));
    assert_eq!(LONGEST * DataRate::MAX, DataVolume::MAX);
    let longer = LONGEST + NANOSECOND;
    assert_eq!(panic_of(|| DataRate::MAX * longer), VOLUME_TOO_LARGE);
    assert_eq!(panic_of(|| longer * DataRate::MAX), VOLUME_TOO_LARGE);
    assert_eq!(DataRate::MAX.checked_mul(longer), None);
}

#[test]
fn a_volume_over_a_time_is_the_nearest_rate_and_ties_go_to_even() {
    let bps = |nanobits, time: Duration| (DataVolume::from_nanobits(nanobits) / time).as_bps();
    for (nanobits, rate) in [
        (0, 0),
        (499_999_999, 0),
        (500_000_000, 0), // half a bit
        (500_000_001, 1),
        (1_499_999_999, 1),
        (1_500_000_000, 2), // one and a half
        (2_500_000_000, 2), // two and a half
        (2_500_000_001, 3),
        (3_500_000_000, 4),
    ] {
        assert_eq!(bps(nanobits, SECOND), rate, "{nanobits}");
    }
    assert_eq!(DataVolume::from_bits(1) / (SECOND * 3), DataRate::ZERO);
    assert_eq!(DataVolume::from_bits(2) / (SECOND * 3), DataRate::from_bps(1));
    assert_eq!(DataVolume::from_gigabytes(7_500) / (SECOND * 60), DataRate::from_tbps(1));
    assert_eq!(bps(1, NANOSECOND), 1);
    assert_eq!(bps(u128::MAX, Duration::MAX), 18_446_744_074); // 2^128 / (2^64·10^9)
}

#[test]
fn a_rate_above_the_largest_or_over_a_time_of_zero_is_none() {
    let most = DataVolume::MAX;
    assert_eq!(most / LONGEST, DataRate::MAX);
    assert_eq!(most.checked_div(LONGEST), Some(DataRate::MAX));
    // A nanosecond less, and it rounds to 2^64.
    let shorter = LONGEST - NANOSECOND;
    assert_eq!(panic_of(|| most / shorter), RATE_TOO_LARGE);
    assert_eq!(most.checked_div(shorter), None);
    assert_eq!(panic_of(|| most / NANOSECOND), RATE_TOO_LARGE);
    assert_eq!(panic_of(|| most / Duration::ZERO), "data volume divided by a time of zero");
    assert_eq!(
        panic_of(|| DataVolume::ZERO / Duration::ZERO),
        "data volume divided by a time of zero"
    );
    assert_eq!(DataVolume::ZERO.checked_div(Duration::ZERO), None);
}

#[test]
fn a_volume_over_a_rate_is_the_nearest_time_and_ties_go_to_even() {
    let nanoseconds =
        |nanobits, bps| (DataVolume::from_nanobits(nanobits) / DataRate::from_bps(bps)).as_nanos();
    for (nanobits, time) in [
        (0, 0),
        (499_999_999, 0),
        (500_000_000, 0), // half a nanosecond
        (500_000_001, 1),
        (1_499_999_999, 1),
        (1_500_000_000, 2), // one and a half
        (2_500_000_000, 2), // two and a half
        (2_500_000_001, 3),
        (3_500_000_000, 4),
    ] {
        assert_eq!(nanoseconds(nanobits, 1_000_000_000), time, "{nanobits}");
    }
    assert_eq!(nanoseconds(1, 3), 0);
    assert_eq!(nanoseconds(2, 3), 1);
    assert_eq!(DataVolume::from_bits(1) / DataRate::from_bps(1), SECOND);
    assert_eq!(DataVolume::from_gigabytes(7_500) / DataRate::from_tbps(1), SECOND * 60);
    assert_eq!(DataVolume::MAX / DataRate::MAX, LONGEST);
}

#[test]
fn a_time_above_the_largest_or_at_a_rate_of_zero_is_none() {
    let most = Duration::MAX;
    let longest = DataVolume::from_nanobits(most.as_nanos());
    let bit = DataRate::from_bps(1);
    assert_eq!(longest / bit, most);
    assert_eq!(longest.checked_div_rate(bit), Some(most));
    let longer = longest + DataVolume::from_nanobits(1);
    assert_eq!(panic_of(|| longer / bit), "time above Duration::MAX");
    assert_eq!(longer.checked_div_rate(bit), None);
    // Half a nanosecond more, and it rounds up to one too many: 2^64·10^9 − 1 is odd.
    let half_more = longest * 2 + DataVolume::from_nanobits(1);
    assert_eq!(half_more.checked_div_rate(DataRate::from_bps(2)), None);
    assert_eq!((longest * 2).checked_div_rate(DataRate::from_bps(2)), Some(most));
    assert_eq!(panic_of(|| DataVolume::MAX / bit), "time above Duration::MAX");
    let zero = "data volume divided by a rate of zero";
    assert_eq!(panic_of(|| longest / DataRate::ZERO), zero);
    assert_eq!(panic_of(|| DataVolume::ZERO / DataRate::ZERO), zero);
    assert_eq!(DataVolume::ZERO.checked_div_rate(DataRate::ZERO), None);
    assert_eq!(DataVolume::ZERO / bit, Duration::ZERO);
}

#[test]
fn constructors_panic_above_the_largest_value() {
    let volumes: [(Constructor<DataVolume>, u64); 5] = [
        (DataVolume::from_terabits, 340_282_366_920_938_463),
        (DataVolume::from_terabytes, 42_535_295_865_117_307),
        (DataVolume::from_petabytes, 42_535_295_865_117),
        (DataVolume::from_tebibytes, 38_685_626_227_668_133),
        (DataVolume::from_pebibytes, 37_778_931_862_957),
    ];
    for (from, most) in volumes {
        assert!(DataVolume::MAX - from(most) < from(1));
        assert_eq!(panic_of(|| from(most + 1)), VOLUME_TOO_LARGE);
        assert_eq!(panic_of(|| from(u64::MAX)), VOLUME_TOO_LARGE);
    }
    // Of the smaller units every count fits.
    let volumes: [(Constructor<DataVolume>, VolumeUnit); 10] = [
        (DataVolume::from_bits, VolumeUnit::Bit),
        (DataVolume::from_megabits, VolumeUnit::Megabit),
        (DataVolume::from_gigabits, VolumeUnit::Gigabit),
        (DataVolume::from_bytes, VolumeUnit::Byte),
        (DataVolume::from_kilobytes, VolumeUnit::Kilobyte),
        (DataVolume::from_megabytes, VolumeUnit::Megabyte),
        (DataVolume::from_gigabytes, VolumeUnit::Gigabyte),
        (DataVolume::from_kibibytes, VolumeUnit::Kibibyte),
        (DataVolume::from_mebibytes, VolumeUnit::Mebibyte),
        (DataVolume::from_gibibytes, VolumeUnit::Gibibyte),
    ];
    for (from, unit) in volumes {
        assert_eq!(from(u64::MAX).in_unit(unit), u64::MAX.into(), "{unit}");
    }
    let rates: [(Constructor<DataRate>, u64); 4] = [
        (DataRate::from_kbps, 18_446_744_073_709_551),
        (DataRate::from_mbps, 18_446_744_073_709),
        (DataRate::from_gbps, 18_446_744_073),
        (DataRate::from_tbps, 18_446_744),
    ];
    for (from, most) in rates {
        assert!(DataRate::MAX - from(most) < from(1));
        assert_eq!(panic_of(|| from(most + 1)), RATE_TOO_LARGE);
        assert_eq!(panic_of(|| from(u64::MAX)), RATE_TOO_LARGE);
    }
    assert_eq!(DataRate::from_bps(u64::MAX), DataRate::MAX);
}

#[test]
fn shares_money_and_prices_panic_as_documented() {
    assert_eq!(Share::from_percent(100), Share::ONE);
    assert_eq!(panic_of(|| Share::from_percent(101)), "share above 100 percent");
    assert_eq!(panic_of(|| Share::from_percent(u64::MAX)), "share above 100 percent");
    assert_eq!(panic_of(|| Money::from_minor(0, Currency::XAU)), "a currency without minor units",);
    let negative = Money::new(Decimal::new(-1, 28), Currency::USD);
    assert_eq!(panic_of(|| VolumePrice::per_megabyte(negative)), "a price below zero");
    assert_eq!(panic_of(|| VolumePrice::per_gigabyte(negative)), "a price below zero");
    assert_eq!(panic_of(|| RatePrice::per_mbps(negative)), "a price below zero");
    let negative_zero = Money::new(-Decimal::ZERO, Currency::USD);
    assert_eq!(VolumePrice::per_megabyte(negative_zero).to_string(), "0 USD per 1 MB");
}

#[test]
fn a_saturating_difference_is_zero_where_the_other_is_larger() {
    let (less, more) = (DataVolume::from_gigabytes(30), DataVolume::from_gigabytes(100));
    assert_eq!(more.saturating_sub(less), DataVolume::from_gigabytes(70));
    assert_eq!(less.saturating_sub(more), DataVolume::ZERO);
    assert_eq!(DataVolume::ZERO.saturating_sub(DataVolume::MAX), DataVolume::ZERO);
    let (less, more) = (DataRate::from_gbps(378), DataRate::from_gbps(634));
    assert_eq!(more.saturating_sub(less), DataRate::from_gbps(256));
    assert_eq!(less.saturating_sub(more), DataRate::ZERO);
    assert_eq!(DataRate::ZERO.saturating_sub(DataRate::MAX), DataRate::ZERO);
}

#[test]
fn a_portion_of_a_rate_is_rounded_down() {
    let portion = |bps, numerator, denominator| {
        DataRate::from_bps(bps).portion(Share::new(numerator, denominator).unwrap()).as_bps()
    };
    assert_eq!(portion(10, 1, 3), 3);
    assert_eq!(portion(11, 1, 3), 3);
    assert_eq!(portion(12, 1, 3), 4);
    assert_eq!(portion(1, 99, 100), 0);
    assert_eq!(portion(815_000_000_000, 7, 10), 570_500_000_000);
    assert_eq!(portion(u64::MAX, 1, 1), u64::MAX);
    assert_eq!(portion(u64::MAX, 0, 1), 0);
    assert_eq!(portion(u64::MAX, u64::MAX - 1, u64::MAX), u64::MAX - 1);
    assert_eq!(portion(u64::MAX - 1, u64::MAX - 1, u64::MAX), u64::MAX - 2);
}

#[test]
fn a_portion_of_a_volume_is_rounded_down() {
    let portion = |nanobits, numerator, denominator| {
        let share = Share::new(numerator, denominator).unwrap();
        DataVolume::from_nanobits(nanobits).portion(share).as_nanobits()
    };
    assert_eq!(portion(10, 1, 3), 3);
    assert_eq!(portion(11, 1, 3), 3);
    assert_eq!(portion(12, 1, 3), 4);
    assert_eq!(portion(1, 99, 100), 0);
    assert_eq!(portion(u128::MAX, 1, 1), u128::MAX);
    assert_eq!(portion(u128::MAX, 0, 1), 0);
    assert_eq!(portion(u128::MAX, 1, 2), u128::MAX / 2);
    // (2^128 − 1) × (2^64 − 2) / (2^64 − 1) = (2^64 + 1) × (2^64 − 2)
    assert_eq!(portion(u128::MAX, u64::MAX - 1, u64::MAX), u128::MAX - (1 << 64) - 1);
}

#[test]
fn shares_have_complements_and_products() {
    let share = |numerator, denominator| Share::new(numerator, denominator).unwrap();
    assert_eq!(share(15, 31).complement(), share(16, 31));
    assert_eq!(Share::ZERO.complement(), Share::ONE);
    assert_eq!(share(1, u64::MAX).complement(), share(u64::MAX - 1, u64::MAX));
    assert_eq!(share(2, 3).checked_mul(share(3, 4)), Some(share(1, 2)));
    assert_eq!(share(1, u64::MAX).checked_mul(share(1, 2)), None);
    assert_eq!(share(1, u64::MAX).checked_mul(Share::ZERO), Some(Share::ZERO));
    assert_eq!(share(2, u64::MAX).checked_mul(share(1, 2)), Some(share(1, u64::MAX)));
    let ascending = [Share::ZERO, share(1, u64::MAX), share(1, 3), share(1, 2), Share::ONE];
    assert!(ascending.is_sorted_by(|a, b| a < b));
    assert!(share(u64::MAX - 2, u64::MAX - 1) < share(u64::MAX - 1, u64::MAX));
}

#[test]
fn a_quantity_is_a_number_of_units() {
    let volume = |unit| DataVolume::from_bytes(1_500_000_000).in_unit(unit).to_string();
    assert_eq!(volume(VolumeUnit::Byte), "1500000000");
    assert_eq!(volume(VolumeUnit::Gigabyte), "1.5");
    assert_eq!(volume(VolumeUnit::Gigabit), "12");
    assert_eq!(volume(VolumeUnit::Gibibyte), "1.3969838619232177734375");
    assert_eq!(volume(VolumeUnit::Exabyte), "0.0000000015");
    let rate = |unit| DataRate::from_mbps(2_500).in_unit(unit).to_string();
    assert_eq!(rate(RateUnit::Bps), "2500000000");
    assert_eq!(rate(RateUnit::Gbps), "2.5");
    assert_eq!(rate(RateUnit::Pbps), "0.0000025");
    assert_eq!(
        DataVolume::MAX.in_unit(VolumeUnit::Bit).to_string(),
        "340282366920938463463374607431.768211455",
    );
    assert_eq!(DataRate::MAX.in_unit(RateUnit::Kbps).to_string(), "18446744073709551.615");
    assert!(DataVolume::ZERO.in_unit(VolumeUnit::Megabyte).is_zero());
}

#[test]
fn a_panic_points_at_the_caller() {
    use std::{panic, sync::Mutex, thread};
    static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let me = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // Other tests panic too, on threads of their own.
        if thread::current().id() == me {
            SEEN.lock().unwrap().extend(info.location().map(|at| at.file().to_owned()));
        }
    }));
    let (bps, byte) = (DataRate::from_bps(1), DataVolume::from_bytes(1));
    let calls: [fn(DataRate, DataVolume) -> u128; 13] = [
        |bps, _| u128::from((DataRate::MAX + bps).as_bps()),
        |bps, _| u128::from((DataRate::ZERO - bps).as_bps()),
        |_, byte| (DataVolume::MAX + byte).as_nanobits(),
        |_, byte| (DataVolume::ZERO - byte).as_nanobits(),
        |_, _| (DataVolume::MAX * 2).as_nanobits(),
        |_, _| u128::from((DataRate::MAX * 2).as_bps()),
        |_, _| (DataRate::MAX * Duration::MAX).as_nanobits(),
        |_, _| (Duration::MAX * DataRate::MAX).as_nanobits(),
        |_, byte| u128::from((byte / Duration::ZERO).as_bps()),
        |_, byte| (byte / DataRate::ZERO).as_nanos(),
        |_, _| DataVolume::from_petabytes(u64::MAX).as_nanobits(),
        |_, _| u128::from(DataRate::from_tbps(u64::MAX).as_bps()),
        |_, _| u128::from(Share::from_percent(101).numerator()),
    ];
    for call in calls {
        assert!(catch_unwind(|| call(bps, byte)).is_err());
    }
    panic::set_hook(before);
    let seen = SEEN.lock().unwrap();
    assert_eq!(seen.len(), calls.len());
    assert!(seen.iter().all(|file| file.ends_with("operators.rs")), "{seen:?}");
}

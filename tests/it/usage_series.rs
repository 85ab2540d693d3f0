//! Building series, their refusals, their parts, and their measures.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::{refused, volumes_of};
use bandwidth_cost::{
    Baseline, DataRate, DataVolume, Decimal, Error, GapPolicy, Percentile, PercentileRule,
    UsageSeries,
    jiff::{Timestamp, civil::date, tz::TimeZone},
};
use core::time::Duration;

const FIVE_MINUTES: Duration = Duration::from_secs(300);
const HOUR: Duration = Duration::from_secs(3_600);

#[track_caller]
fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn new_year() -> Timestamp {
    at("2025-01-01T00:00:00Z")
}

#[track_caller]
fn of_mbps(rates: impl IntoIterator<Item = u64>) -> UsageSeries {
    let rates = rates.into_iter().map(DataRate::from_mbps);
    UsageSeries::from_rates(new_year(), FIVE_MINUTES, rates).unwrap()
}

#[track_caller]
fn of_bytes(start: &str, interval: Duration, bytes: &[u64]) -> UsageSeries {
    let volumes = bytes.iter().copied().map(DataVolume::from_bytes);
    UsageSeries::from_volumes(at(start), interval, volumes).unwrap()
}

/// The given number of slots, of one byte each.
#[track_caller]
fn slots(start: &str, interval: Duration, count: usize) -> UsageSeries {
    of_bytes(start, interval, &vec![1; count])
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

#[test]
fn a_series_knows_its_slots() {
    let series = of_mbps([80, 120, 100]);
    assert_eq!((series.start(), series.interval(), series.len()), (new_year(), FIVE_MINUTES, 3));
    assert_eq!(series.end(), at("2025-01-01T00:15:00Z"));
    let gigabytes = [3, 4, 3].map(DataVolume::from_gigabytes);
    let volumes =
        [gigabytes[0], DataVolume::from_megabytes(4_500), DataVolume::from_megabytes(3_750)];
    assert_eq!(volumes_of(&series), volumes);
    let starts = ["2025-01-01T00:00:00Z", "2025-01-01T00:05:00Z", "2025-01-01T00:10:00Z"].map(at);
    assert_eq!(series.iter().collect::<Vec<_>>(), [0, 1, 2].map(|i| (starts[i], Some(volumes[i]))));
    let rates = [80, 120, 100].map(DataRate::from_mbps);
    assert_eq!(series.rates().collect::<Vec<_>>(), [0, 1, 2].map(|i| (starts[i], Some(rates[i]))));
    assert_eq!(series.iter().next_back(), Some((starts[2], Some(volumes[2]))));
    assert_eq!(series.rates().len(), 3);
}

#[test]
fn total_peak_and_mean_are_exact_but_for_the_nearest_bit_per_second() {
    let series = of_bytes("2025-01-01T00:00:00Z", Duration::from_secs(16), &[1, 5, 0]);
    assert_eq!(series.total(), DataVolume::from_bytes(6));
    // 40 bits in 16 s are 2.5 bit/s, half to even.
    assert_eq!(series.peak(), DataRate::from_bps(2));
    // 48 bits in 48 s.
    assert_eq!(series.mean(), DataRate::from_bps(1));
    // 0.5 bit/s and 3.5 bit/s: the even neighbours.
    let series = of_bytes("2025-01-01T00:00:00Z", Duration::from_secs(16), &[1, 7]);
    let rates = series.rates().map(|(_, rate)| rate);
    assert_eq!(rates.collect::<Vec<_>>(), [0, 4].map(|bps| Some(DataRate::from_bps(bps))));
}

#[test]
fn slots_that_make_no_series_are_refused() {
    let from = |interval, volumes: &[DataVolume]| {
        UsageSeries::from_volumes(new_year(), interval, volumes.iter().copied())
    };
    let byte = DataVolume::from_bytes(1);
    assert_eq!(
        refused(from(FIVE_MINUTES, &[])),
        "a usage series can't be empty: pass at least one slot that was measured",
    );
    assert_eq!(
        refused(from(Duration::ZERO, &[byte])),
        "slots can't be 0 s long: pass an interval such as 5 min",
    );
    assert_eq!(
        refused(UsageSeries::from_rates(new_year(), Duration::ZERO, [DataRate::ZERO])),
        "slots can't be 0 s long: pass an interval such as 5 min",
    );
    // From 2025 on there are fewer than 8000 years of 366 days to the last timestamp.
    let years = Duration::from_secs(366 * 86_400 * 4_000);
    assert!(from(years, &[byte]).is_ok());
    assert_eq!(
        refused(from(years, &[byte, byte])),
        "the slots from 2025-01-01T00:00:00Z on are too many, 2 of 1464000 d: check the times and \
         the interval",
    );
    assert_eq!(
        refused(from(Duration::MAX, &[byte])),
        "the slots from 2025-01-01T00:00:00Z on are too many, 1 of 18446744073709551615999999999 \
         ns: check the times and the interval",
    );
}

#[test]
fn a_slot_holds_at_most_the_largest_rate() {
    let nanosecond = Duration::from_nanos(1);
    let most = DataVolume::from_nanobits(u128::from(u64::MAX));
    let from =
        |volumes: [DataVolume; 3]| UsageSeries::from_volumes(new_year(), nanosecond, volumes);
    let series = from([DataVolume::ZERO, most, DataVolume::ZERO]).unwrap();
    assert_eq!(series.peak(), DataRate::MAX);
    assert_eq!(series.percentile(Percentile::new(Decimal::from(100)).unwrap()), DataRate::MAX);
    let above = DataVolume::from_nanobits(u128::from(u64::MAX) + 1);
    assert_eq!(
        refused(from([most, above, above])),
        "2.305843009213693952 GB in the slot of 1 ns at 2025-01-01T00:00:00.000000001Z exceed the \
         rate of 18446.744073709551615 Pbps: check the volume",
    );
    assert_eq!(
        refused(UsageSeries::from_rates(
            at("-009999-01-02T02:00:00Z"),
            Duration::from_secs(600 * 366 * 86_400),
            [DataRate::MAX],
        )),
        "the volumes up to the slot at -009999-01-02T02:00:00Z sum to more than \
         42535295865.117307932921825928971026431875 EB: check them, or pass a shorter series",
    );
}

#[test]
fn a_total_fits_a_volume() {
    // 2^127 billionths of a bit in 300 years; two of them are one too many.
    let half = DataVolume::from_nanobits(1 << 127);
    let just_less = DataVolume::from_nanobits((1 << 127) - 1);
    let centuries = Duration::from_secs(300 * 366 * 86_400);
    let from = |volumes: &[DataVolume]| {
        UsageSeries::from_volumes(new_year(), centuries, volumes.iter().copied())
    };
    assert_eq!(from(&[half, just_less]).unwrap().total(), DataVolume::MAX);
    let message = "the volumes up to the slot at 2325-08-17T00:00:00Z sum to more than 42535295865.117307932921825928971026431875 EB: check them, or pass a shorter series";
    assert_eq!(refused(from(&[half, half, half])), message);
    let (first, second) = (from(&[just_less, half]).unwrap(), from(&[just_less, half]).unwrap());
    assert_eq!(refused(first.sum_with(&second)), message);
}

#[test]
fn a_slice_begins_and_ends_at_edges() {
    let series = of_mbps(0..12);
    let slice = |from: &str, to: &str| {
        series.slice(at(&format!("2025-01-01T00:{from}Z"))..at(&format!("2025-01-01T00:{to}Z")))
    };
    let three = slice("10:00", "25:00").unwrap();
    assert_eq!(three.iter().collect::<Vec<_>>(), series.iter().skip(2).take(3).collect::<Vec<_>>());
    assert_eq!(three.end(), at("2025-01-01T00:25:00Z"));
    assert_eq!(series.slice(series.start()..series.end()).unwrap(), series);
    for (from, to) in [
        ("2025-01-01T00:10:01Z", "2025-01-01T00:25:00Z"),
        ("2025-01-01T00:10:00Z", "2025-01-01T00:24:59Z"),
        ("2025-01-01T00:10:00Z", "2025-01-01T00:10:00Z"),
        ("2025-01-01T00:15:00Z", "2025-01-01T00:10:00Z"),
        ("2024-12-31T23:55:00Z", "2025-01-01T00:05:00Z"),
        ("2025-01-01T00:00:00Z", "2025-01-01T01:05:00Z"),
    ] {
        assert_eq!(
            refused(series.slice(at(from)..at(to))),
            format!(
                "the range from {from} to {to} can't be cut from slots of 5 min from \
                 2025-01-01T00:00:00Z to 2025-01-01T01:00:00Z: pass two times at which slots begin \
                 or end, the later one second"
            ),
        );
    }
}

#[test]
fn series_of_other_slots_do_not_mix() {
    let series = of_mbps([1, 2, 3]);
    for (other, differ) in [
        (
            slots("2025-01-01T00:05:00Z", FIVE_MINUTES, 3),
            "5 min from 2025-01-01T00:05:00Z to 2025-01-01T00:20:00Z",
        ),
        (
            slots("2025-01-01T00:00:00Z", Duration::from_millis(1_500), 3),
            "1500 ms from 2025-01-01T00:00:00Z to 2025-01-01T00:00:04.5Z",
        ),
        (
            slots("2025-01-01T00:00:00Z", FIVE_MINUTES, 4),
            "5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:20:00Z",
        ),
    ] {
        let message = format!(
            "slots of 5 min from 2025-01-01T00:00:00Z to 2025-01-01T00:15:00Z do not match slots of \
             {differ}: pass series of the same slots"
        );
        assert_eq!(refused(series.sum_with(&other)), message);
        assert_eq!(refused(series.max_with(&other)), message);
    }
}

#[test]
fn ports_are_summed_before_the_percentile() {
    // Two ports that are busy in turn: the link never carries more than 110 Mbps.
    let first = of_mbps((0..20).map(|slot| if slot % 2 == 0 { 100 } else { 10 }));
    let second = of_mbps((0..20).map(|slot| if slot % 2 == 0 { 10 } else { 100 }));
    let both = first.sum_with(&second).unwrap();
    assert_eq!(both.percentile(Percentile::P95), DataRate::from_mbps(110));
    assert_eq!(both.max_with(&first).unwrap(), both);
    assert_eq!(first.max_with(&second).unwrap(), of_mbps([100; 20]));
}

/// Slots, and the rank of the 95th percentile under each rule, in the order of `ALL`:
/// ⌈0.95·n⌉, n − ⌈0.05·n⌉, 0.95·n half up, 0.95·n half to even, 0.95·(n − 1) half up + 1.
const RANKS: [(usize, [usize; 5]); 9] = [
    (1, [1, 1, 1, 1, 1]),       // 0.95; 1 − 1 = 0, but never below 1
    (10, [10, 9, 10, 10, 10]),  // 9.5; 10 − 1; 9.5 → 10; 9.5 → 10; 8.55 → 9
    (30, [29, 28, 29, 28, 29]), // 28.5; 30 − 2; 28.5 → 29; 28.5 → 28; 27.55 → 28
    (8_064, [7_661, 7_660, 7_661, 7_661, 7_661]), // 28 days: 7660.8; 8064 − 404; 7659.85 → 7660
    (8_352, [7_935, 7_934, 7_934, 7_934, 7_934]), // 29 days: 7934.4; 8352 − 418; 7933.45 → 7933
    (8_628, [8_197, 8_196, 8_197, 8_197, 8_197]), // 8196.6; 8628 − 432; 8195.65 → 8196
    (8_640, [8_208, 8_208, 8_208, 8_208, 8_208]), // 30 days: 8208; 8640 − 432; 8207.05 → 8207
    (8_652, [8_220, 8_219, 8_219, 8_219, 8_219]), // 8219.4; 8652 − 433; 8218.45 → 8218
    (8_928, [8_482, 8_481, 8_482, 8_482, 8_482]), // 31 days: 8481.6; 8928 − 447; 8480.65 → 8481
];

#[test]
fn each_rule_bills_the_slot_that_its_system_bills() {
    for (count, ranks) in RANKS {
        // 1, 2, 3… Mbps in an order that is not theirs: 7919 is a prime and no divisor.
        let series = of_mbps((0..count).map(|slot| (slot * 7_919 % count + 1) as u64));
        for (rule, rank) in PercentileRule::ALL.into_iter().zip(ranks) {
            let percentile = Percentile::P95.with_rule(rule);
            assert_eq!(percentile.rank(count), rank, "{rule} of {count}");
            let rate = DataRate::from_mbps(rank as u64);
            assert_eq!(series.percentile(percentile), rate, "{rule} of {count}");
        }
        // Those that interpolate, at 0.95·(n − 1) + 1 and 0.95·(n + 1), which is at most n.
        let n = count as u64;
        let between = [950_000 * (n - 1) + 1_000_000, (950_000 * (n + 1)).min(1_000_000 * n)];
        let interpolated = between.map(DataRate::from_bps);
        let rules = [PercentileRule::LinearInclusive, PercentileRule::LinearExclusive];
        for (rule, rate) in rules.into_iter().zip(interpolated) {
            let percentile = Percentile::P95.with_rule(rule);
            assert_eq!(series.percentile(percentile), rate, "{rule} of {count}");
        }
        let rates = ranks.into_iter().map(|rank| DataRate::from_mbps(rank as u64));
        let rates = rates.chain(interpolated).collect::<Vec<_>>();
        let spread = (*rates.iter().min().unwrap(), *rates.iter().max().unwrap());
        assert_eq!(series.percentile_range(Percentile::P95), spread);
    }
    assert_eq!(Percentile::P95.rank(0), 0);
    let all = Percentile::new(Decimal::from(100)).unwrap();
    for rule in PercentileRule::ALL {
        assert_eq!(all.with_rule(rule).rank(7), 7);
        assert_eq!(all.with_rule(rule).rank(usize::MAX), usize::MAX);
    }
    let finest = Percentile::new("0.0000000000000000000000000001".parse().unwrap()).unwrap();
    assert_eq!(finest.rank(usize::MAX), 1);
}

#[test]
fn a_percentile_is_above_0_and_at_most_100() {
    let percentile = |text: &str| Percentile::new(text.parse().unwrap());
    assert_eq!(percentile("95.00").unwrap(), Percentile::P95);
    for text in ["0", "-5", "100.0000000001", "101"] {
        assert_eq!(
            refused(percentile(text)),
            format!("a percentile can't be {text}: pass one above 0 and at most 100"),
        );
    }
}

#[test]
fn headroom_counts_what_has_exceeded_and_what_remains() {
    // 18 slots of 20 at 100 Mbps and two at 200; of 40 slots, 2 are discarded.
    let series = of_mbps((0..20).map(|slot| if slot < 2 { 200 } else { 100 }));
    let headroom =
        |mbps, remaining| series.headroom(DataRate::from_mbps(mbps), Percentile::P95, remaining);
    assert_eq!(headroom(100, 20), 0);
    assert_eq!(headroom(199, 20), 0);
    assert_eq!(headroom(200, 20), 2);
    assert_eq!(headroom(99, 20), 0);
    assert_eq!(headroom(100, 60), 2); // of 80 slots 4
    assert_eq!(headroom(200, 1), 1); // 21 slots: number 20 is billed
    assert_eq!(headroom(200, 0), 0);
    // Of 2^64 − 1 + 20 slots, ⌊5 %⌋ are discarded, two of them already.
    assert_eq!(headroom(100, usize::MAX), ((usize::MAX as u128 + 20) / 20) as usize - 2);
}

#[test]
fn a_baseline_covers_the_slots_that_are_held_against_it() {
    let series = of_bytes("2025-01-01T01:00:00Z", HOUR, &[10, 20, 30]);
    let over = |baseline| series.excess_over(&Baseline::series(baseline));
    let bytes = DataVolume::from_bytes;
    assert_eq!(over(of_bytes("2025-01-01T01:00:00Z", HOUR, &[5, 30, 30])).unwrap(), bytes(5));
    let longer = of_bytes("2024-12-31T23:00:00Z", HOUR, &[0, 0, 5, 5, 5, 0]);
    assert_eq!(over(longer).unwrap(), bytes(5 + 15 + 25));
    let says = "do not match slots of 1 h from 2025-01-01T01:00:00Z to 2025-01-01T04:00:00Z: pass series of the same slots";
    for (start, interval, count, baseline) in [
        ("2025-01-01T02:00:00Z", HOUR, 9, "1 h from 2025-01-01T02:00:00Z to 2025-01-01T11:00:00Z"),
        ("2025-01-01T01:00:00Z", HOUR, 2, "1 h from 2025-01-01T01:00:00Z to 2025-01-01T03:00:00Z"),
        ("2025-01-01T00:30:00Z", HOUR, 9, "1 h from 2025-01-01T00:30:00Z to 2025-01-01T09:30:00Z"),
        (
            "2025-01-01T01:00:00Z",
            HOUR / 2,
            6,
            "30 min from 2025-01-01T01:00:00Z to 2025-01-01T04:00:00Z",
        ),
    ] {
        assert_eq!(
            refused(over(slots(start, interval, count))),
            format!("slots of {baseline} {says}"),
        );
    }
    let constant = |rate| series.excess_over(&Baseline::constant(rate)).unwrap();
    assert_eq!(constant(DataRate::ZERO), series.total());
    assert_eq!(constant(DataRate::MAX), DataVolume::ZERO);
    // 900 years at the largest rate carry more than a volume holds.
    let ages = of_bytes("2025-01-01T00:00:00Z", Duration::from_secs(900 * 366 * 86_400), &[1]);
    assert_eq!(ages.excess_over(&Baseline::constant(DataRate::MAX)).unwrap(), DataVolume::ZERO);
}

#[test]
fn samples_begin_slots_in_order_of_time() {
    let series = |times: &[&str], gaps| {
        let bytes = [8, 4, 3, 9].map(DataVolume::from_bytes);
        let times = times.iter().map(|time| at(&format!("2025-01-01T{time}Z")));
        UsageSeries::from_samples(times.zip(bytes), FIVE_MINUTES, gaps)
    };
    let bytes = |series: Result<UsageSeries, Error>| volumes_of(&series.unwrap()).to_vec();
    let of = |bytes: &[u64]| bytes.iter().copied().map(DataVolume::from_bytes).collect::<Vec<_>>();
    assert_eq!(bytes(series(&["00:00:00", "00:05:00"], GapPolicy::Fail)), of(&[8, 4]));
    let gap = ["00:02:00", "00:12:00", "00:17:00", "00:32:00"];
    assert_eq!(bytes(series(&gap, GapPolicy::Zero)), of(&[8, 0, 4, 3, 0, 0, 9]));
    assert_eq!(bytes(series(&gap, GapPolicy::Distribute)), of(&[8, 2, 2, 3, 3, 3, 3]));
    assert_eq!(
        refused(series(&gap, GapPolicy::Fail)),
        "nothing was measured from 2025-01-01T00:07:00Z to 2025-01-01T00:12:00Z (5 min): check the \
         data, or pass the contract's gap policy: leave out, zero, hold or distribute",
    );
    assert_eq!(
        refused(series(&[], GapPolicy::Fail)),
        "a usage series can't be empty: pass at least one slot that was measured",
    );
    assert_eq!(
        refused(series(&["00:05:00", "00:05:00"], GapPolicy::Zero)),
        "2025-01-01T00:05:00Z does not come after 2025-01-01T00:05:00Z: check that the times \
         ascend",
    );
    assert_eq!(
        refused(series(&["00:05:00", "00:10:00", "00:05:00"], GapPolicy::Zero)),
        "2025-01-01T00:05:00Z does not come after 2025-01-01T00:10:00Z: check that the times \
         ascend",
    );
    let far = [("2025-01-01T00:00:00Z", 1), ("9999-01-01T00:00:00Z", 1)]
        .map(|(time, bytes)| (at(time), DataVolume::from_bytes(bytes)));
    assert_eq!(
        refused(UsageSeries::from_samples(far, Duration::from_nanos(1), GapPolicy::Zero)),
        "251635075200000000001 slots of 1 ns from 2025-01-01T00:00:00Z on are more than the 102000 \
         allowed for an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
    );
    assert_eq!(
        refused(UsageSeries::from_samples(far, Duration::ZERO, GapPolicy::Zero)),
        "slots can't be 0 s long: pass an interval such as 5 min",
    );
}

#[test]
fn what_is_spread_over_a_gap_is_rounded_half_to_even_along_the_running_total() {
    let samples = [("2025-01-01T00:00:00Z", 0), ("2025-01-01T00:20:00Z", 6)]
        .map(|(time, nanobits)| (at(time), DataVolume::from_nanobits(nanobits)));
    let series = UsageSeries::from_samples(samples, FIVE_MINUTES, GapPolicy::Distribute).unwrap();
    // 6/4 each: 1.5, 3, 4.5, 6 become 2, 3, 4, 6.
    assert_eq!(volumes_of(&series), [0, 2, 1, 1, 2].map(DataVolume::from_nanobits));
}

#[test]
fn months_in_which_clocks_change_have_an_hour_more_or_less() {
    // Zone, first slot, slots, and the months with the number of 5-minute slots in each.
    for (name, start, count, months) in [
        // New Zealand puts clocks back on 7 April and forward on 29 September 2024.
        (
            "Pacific/Auckland",
            "2024-03-31T11:00:00Z", // 1 April 00:00, UTC+13
            8_652 + 10,
            &[(date(2024, 4, 1), 8_652), (date(2024, 5, 1), 10)][..],
        ),
        (
            "Pacific/Auckland",
            "2024-08-31T12:00:00Z", // 1 September 00:00, UTC+12
            8_628 + 10,
            &[(date(2024, 9, 1), 8_628), (date(2024, 10, 1), 10)],
        ),
        // New York puts them back on 3 November 2024.
        (
            "America/New_York",
            "2024-11-01T03:55:00Z", // 31 October 23:55, UTC−4
            1 + 8_652 + 8_928,
            &[(date(2024, 10, 1), 1), (date(2024, 11, 1), 8_652), (date(2024, 12, 1), 8_928)],
        ),
        // Berlin puts them forward on 31 March 2024: 31 days less an hour.
        (
            "Europe/Berlin",
            "2024-02-29T23:00:00Z",
            8_916 + 1,
            &[(date(2024, 3, 1), 8_916), (date(2024, 4, 1), 1)],
        ),
        ("UTC", "2024-02-01T00:00:00Z", 8_352, &[(date(2024, 2, 1), 8_352)]),
        // A slot belongs to the month in which it starts, though it ends in the next.
        ("UTC", "2024-01-31T23:52:00Z", 3, &[(date(2024, 1, 1), 2), (date(2024, 2, 1), 1)]),
    ] {
        let series = slots(start, FIVE_MINUTES, count);
        let found = series.by_month(&zone(name)).map(|(first, month)| (first, month.len()));
        assert_eq!(found.collect::<Vec<_>>(), months, "{name}");
    }
}

#[test]
fn a_day_begins_when_its_clocks_first_show_it() {
    let days = |name: &str, start: &str, interval: Duration, count: usize| {
        let series = slots(start, interval, count);
        let days = series.by_day(&zone(name)).map(|(day, part)| (day, part.start(), part.len()));
        days.collect::<Vec<_>>()
    };
    // São Paulo skipped the hour from midnight on 18 October 2015.
    assert_eq!(
        days("America/Sao_Paulo", "2015-10-17T03:00:00Z", HOUR, 24 + 23 + 1),
        [
            (date(2015, 10, 17), at("2015-10-17T03:00:00Z"), 24),
            (date(2015, 10, 18), at("2015-10-18T03:00:00Z"), 23),
            (date(2015, 10, 19), at("2015-10-19T02:00:00Z"), 1),
        ],
    );
    // Toronto skipped from 23:30 on 30 March 1919 to 00:30.
    assert_eq!(
        days("America/Toronto", "1919-03-30T05:00:00Z", HOUR / 2, 47 + 47 + 1),
        [
            (date(1919, 3, 30), at("1919-03-30T05:00:00Z"), 47),
            (date(1919, 3, 31), at("1919-03-31T04:30:00Z"), 47),
            (date(1919, 4, 1), at("1919-04-01T04:00:00Z"), 1),
        ],
    );
    // Samoa had no 30 December 2011.
    assert_eq!(
        days("Pacific/Apia", "2011-12-29T10:00:00Z", HOUR, 24 + 2),
        [
            (date(2011, 12, 29), at("2011-12-29T10:00:00Z"), 24),
            (date(2011, 12, 31), at("2011-12-30T10:00:00Z"), 2),
        ],
    );
    // A slot of two days leaves every other day out.
    assert_eq!(
        days("UTC", "2025-01-01T00:00:00Z", 48 * HOUR, 2),
        [
            (date(2025, 1, 1), at("2025-01-01T00:00:00Z"), 1),
            (date(2025, 1, 3), at("2025-01-03T00:00:00Z"), 1),
        ],
    );
}

#[test]
fn a_month_begins_at_the_earlier_of_two_midnights() {
    // At 00:01 on 1 November 2009, St. John's went back to 23:01 on 31 October.
    let newfoundland = zone("America/St_Johns");
    let months = |start: &str, count| {
        let months = slots(start, Duration::from_secs(60), count);
        let months = months.by_month(&newfoundland);
        months.map(|(first, part)| (first, part.start(), part.len())).collect::<Vec<_>>()
    };
    assert_eq!(
        months("2009-11-01T02:00:00Z", 120),
        [
            (date(2009, 10, 1), at("2009-11-01T02:00:00Z"), 30),
            (date(2009, 11, 1), at("2009-11-01T02:30:00Z"), 90),
        ],
    );
    // Begun between the two, it is November all the same.
    assert_eq!(
        months("2009-11-01T02:45:00Z", 120),
        [(date(2009, 11, 1), at("2009-11-01T02:45:00Z"), 120)],
    );
}

#[test]
fn the_first_and_the_last_month_of_all_are_months_too() {
    let day = 24 * HOUR;
    let months = |start: Timestamp, count: usize| {
        let volumes = vec![DataVolume::ZERO; count];
        let series = UsageSeries::from_volumes(start, day, volumes).unwrap();
        let months = series.by_month(&TimeZone::UTC).map(|(first, part)| (first, part.len()));
        months.collect::<Vec<_>>()
    };
    let last = (Timestamp::MAX.duration_since(at("9999-12-01T00:00:00Z")).as_hours() / 24) as usize;
    assert_eq!(months(at("9999-12-01T00:00:00Z"), last), [(date(9999, 12, 1), last)]);
    let [first, second] = months(Timestamp::MIN, 40)[..] else { panic!("two months") };
    assert_eq!((first.0, second.0), (date(-9999, 1, 1), date(-9999, 2, 1)));
    assert_eq!(first.1 + second.1, 40);
}

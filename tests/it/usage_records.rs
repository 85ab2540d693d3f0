//! Records with a start and an end each, in any order, and inputs made to harm.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::{refused, volumes_of};
use bandwidth_cost::{
    CounterLog, CounterWidth, DataVolume, Error, GapPolicy, UsageSeries, jiff::Timestamp,
};
use core::{ops::Range, time::Duration};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::{collection::vec, prelude::*};
use std::time::Instant;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

#[track_caller]
fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn bytes(bytes: u64) -> DataVolume {
    DataVolume::from_bytes(bytes)
}

#[test]
fn a_record_is_spread_over_its_time() {
    let records = [
        (at("2025-01-01T00:18:00Z")..at("2025-01-01T00:22:00Z"), bytes(40)),
        (at("2025-01-01T00:02:00Z")..at("2025-01-01T00:12:00Z"), bytes(100)),
        // Of no duration, in the slot that begins with it.
        (at("2025-01-01T00:05:00Z")..at("2025-01-01T00:05:00Z"), bytes(7)),
    ];
    let series = UsageSeries::from_records(records, FIVE_MINUTES).unwrap();
    assert_eq!((series.start(), series.known()), (at("2025-01-01T00:00:00Z"), 5));
    assert_eq!(volumes_of(&series), [30, 57, 20, 20, 20].map(bytes));
    // A slot that no record touches is zero, and an instant at the end has a slot of its own.
    let records = [
        (at("2025-01-01T00:00:00Z")..at("2025-01-01T00:05:00Z"), bytes(1)),
        (at("2025-01-01T00:10:00Z")..at("2025-01-01T00:10:00Z"), bytes(2)),
    ];
    let series = UsageSeries::from_records(records, FIVE_MINUTES).unwrap();
    assert_eq!(volumes_of(&series), [1, 0, 2].map(bytes));
}

#[test]
fn slots_before_1970_begin_at_multiples_too() {
    let records = [(at("1969-12-31T23:58:00Z")..at("1970-01-01T00:02:00Z"), bytes(4))];
    let series = UsageSeries::from_records(records, FIVE_MINUTES).unwrap();
    assert_eq!(series.start(), at("1969-12-31T23:55:00Z"));
    assert_eq!(volumes_of(&series), [2, 2].map(bytes));
}

fn records() -> impl Strategy<Value = Vec<(Range<Timestamp>, DataVolume)>> {
    let record = (-40_000_i64..40_000, prop_oneof![Just(0), 0_i64..9_000], any::<u64>());
    let record = record.prop_map(|(start, length, nanobits)| {
        let time = |second| Timestamp::from_second(second).unwrap();
        (time(start)..time(start + length), DataVolume::from_nanobits(nanobits.into()))
    });
    vec(record, 1..40)
}

proptest! {
    #[test]
    fn the_order_of_records_does_not_matter_and_no_nanobit_is_lost(
        (records, shuffled) in records().prop_flat_map(|records| {
            (Just(records.clone()), Just(records).prop_shuffle())
        }),
        interval in 1_u64..2_000,
    ) {
        let interval = Duration::from_secs(interval);
        let series = UsageSeries::from_records(records.clone(), interval).unwrap();
        prop_assert_eq!(&UsageSeries::from_records(shuffled, interval).unwrap(), &series);
        let total: DataVolume = records.iter().map(|(_, volume)| *volume).sum();
        prop_assert_eq!(series.total(), total);
        let first = records.iter().map(|(record, _)| record.start).min().unwrap();
        let last = records.iter().map(|(record, _)| record.end).max().unwrap();
        prop_assert!(series.start() <= first && first < series.start() + interval);
        prop_assert!(series.end() >= last && series.end() - interval <= last);
        // Each record has its exact share of each slot, to half a nanobit at each of two edges.
        let nanoseconds = |at: Timestamp| BigInt::from(at.as_nanosecond());
        for (slot, volume) in series.iter() {
            let end = slot + interval;
            let (mut exact, mut pieces) = (BigRational::from_integer(0.into()), 0);
            for (record, volume) in &records {
                let volume = BigInt::from(volume.as_nanobits());
                if record.is_empty() {
                    if (slot..end).contains(&record.start) {
                        exact += BigRational::from_integer(volume);
                    }
                    continue;
                }
                let overlap = nanoseconds(end.min(record.end)) - nanoseconds(slot.max(record.start));
                if overlap > BigInt::ZERO {
                    let length = nanoseconds(record.end) - nanoseconds(record.start);
                    exact += BigRational::new(overlap * volume, length);
                    pieces += 1;
                }
            }
            let volume = BigRational::from_integer(volume.unwrap().as_nanobits().into());
            let off = if volume > exact { volume - exact } else { exact - volume };
            prop_assert!(off <= BigRational::from_integer(pieces.into()));
        }
    }
}

/// Inputs that would take gigabytes or hours if they were believed.
#[test]
fn hostile_inputs_are_refused_at_once() {
    let nanosecond = Duration::from_nanos(1);
    let records = |from: Timestamp, to: Timestamp, interval| {
        UsageSeries::from_records([(from..to, bytes(1))], interval)
    };
    let samples = |from: Timestamp, to: Timestamp, interval, gaps: GapPolicy| {
        UsageSeries::from_samples([(from, bytes(1)), (to, bytes(1))], interval, gaps)
    };
    let counter = |from: Timestamp, to: Timestamp, octets, interval, gaps: GapPolicy| {
        let mut log = CounterLog::new(CounterWidth::Bits64);
        log.push(from, 0)?.push(to, octets)?;
        log.to_series(interval, gaps).map(|readout| readout.series)
    };
    let (today, tomorrow) = (at("2025-01-01T00:00:00Z"), at("2025-01-02T00:00:00Z"));
    let far = at("9025-01-01T00:00:00Z");
    let began = Instant::now();
    let cases: [(&str, Result<UsageSeries, Error>, &str); 14] = [
        (
            "a record of 7,000 years",
            records(today, far, FIVE_MINUTES),
            "736328736 slots of 5 min from 2025-01-01T00:00:00Z on are more than the 101000 allowed for \
             an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
        ),
        (
            "a record of all times in slots of a nanosecond",
            records(Timestamp::MIN, Timestamp::MAX, nanosecond),
            "631107230401999999999 slots of 1 ns from -009999-01-02T01:59:59Z on are more than the \
             101000 allowed for an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
        ),
        (
            "a record up to the end of all times, whose slot ends after it",
            records(Timestamp::MAX, Timestamp::MAX, FIVE_MINUTES),
            "slots of 5 min can't be put on the clock here: pass a shorter interval",
        ),
        (
            "a record that ends before it starts",
            records(tomorrow, today, FIVE_MINUTES),
            "a record can't start at 2025-01-02T00:00:00Z and end at 2025-01-01T00:00:00Z: check its \
             times",
        ),
        (
            "slots of zero length",
            records(today, tomorrow, Duration::ZERO),
            "slots can't be 0 s long: pass an interval such as 5 min",
        ),
        (
            "slots of 585 billion years",
            records(today, tomorrow, Duration::MAX),
            "slots of 18446744073709551615999999999 ns can't be put on the clock here: pass a shorter \
             interval",
        ),
        (
            "a sample of the year 9025",
            samples(today, far, FIVE_MINUTES, GapPolicy::Zero),
            "736328737 slots of 5 min from 2025-01-01T00:00:00Z on are more than the 102000 allowed for \
             an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
        ),
        (
            "a sample between slots of the year 9025",
            samples(today, at("9025-01-01T00:00:01Z"), FIVE_MINUTES, GapPolicy::Distribute),
            "736328737 slots of 5 min from 2025-01-01T00:00:00Z on are more than the 102000 allowed for \
             an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
        ),
        (
            "samples of all times",
            samples(Timestamp::MIN, Timestamp::MAX, FIVE_MINUTES, GapPolicy::LeaveOut),
            "slots of 5 min can't be put on the clock here: pass a shorter interval",
        ),
        (
            "a counter read in the year 9025",
            counter(today, far, 1, FIVE_MINUTES, GapPolicy::Hold),
            "736328736 slots of 5 min from 2025-01-01T00:00:00Z on are more than the 102000 allowed for \
             an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
        ),
        (
            "a counter at its largest value within a nanosecond",
            counter(
                Timestamp::UNIX_EPOCH,
                Timestamp::UNIX_EPOCH + nanosecond,
                u64::MAX,
                nanosecond,
                GapPolicy::Fail,
            ),
            "18.446744073709551615 EB in the slot of 1 ns at 1970-01-01T00:00:00Z exceed the rate of \
             18446.744073709551615 Pbps: check the volume",
        ),
        (
            "a counter in slots of zero length",
            counter(today, tomorrow, 1, Duration::ZERO, GapPolicy::Zero),
            "slots can't be 0 s long: pass an interval such as 5 min",
        ),
        (
            "a counter in slots longer than all times",
            counter(Timestamp::MIN, Timestamp::MAX, 1, Duration::MAX, GapPolicy::Zero),
            "slots of 18446744073709551615999999999 ns can't be put on the clock here: pass a shorter \
             interval",
        ),
        (
            "no records at all",
            UsageSeries::from_records([], FIVE_MINUTES),
            "a usage series can't be empty: pass at least one slot that was measured",
        ),
    ];
    for (name, result, text) in cases {
        assert_eq!(result.map_err(|error| error.to_string()), Err(text.to_owned()), "{name}");
    }
    // Neither memory nor time grew with the span of the records.
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

#[test]
fn volumes_that_sum_to_more_than_a_volume_holds_are_refused() {
    let hour = at("2025-01-01T00:00:00Z")..at("2025-01-01T01:00:00Z");
    let records = [DataVolume::MAX, DataVolume::MAX].map(|volume| (hour.clone(), volume));
    let ages = Duration::from_secs(1_000 * 366 * 86_400);
    assert_eq!(
        refused(UsageSeries::from_records(records, ages)),
        "the volumes up to the slot at 1970-01-01T00:00:00Z sum to more than \
         42535295865.117307932921825928971026431875 EB: check them, or pass a shorter series",
    );
}

//! How readings of octet counters become slots, and what is said of each wrap, reset and gap.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use crate::support::{refused, volumes_of};
use bandwidth_cost::{
    CounterEvent, CounterLog, CounterReadout, CounterWidth, DataRate, DataVolume, GapPolicy,
    jiff::Timestamp,
};
use core::time::Duration;

const FIVE_MINUTES: Duration = Duration::from_secs(300);
const WRAP: u64 = 1 << 32;

/// The time `seconds` after the start of 2025.
#[track_caller]
fn at(seconds: u64) -> Timestamp {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
    start + Duration::from_secs(seconds)
}

/// A log of polls, each with its seconds after the start of 2025 and its octets.
#[track_caller]
fn log(width: CounterWidth, polls: &[(u64, u64)]) -> CounterLog {
    let mut log = CounterLog::new(width);
    for &(seconds, octets) in polls {
        log.push(at(seconds), octets).unwrap();
    }
    log
}

fn narrow(polls: &[(u64, u64)]) -> CounterLog {
    log(CounterWidth::Bits32, polls)
}

fn wide(polls: &[(u64, u64)]) -> CounterLog {
    log(CounterWidth::Bits64, polls)
}

#[track_caller]
fn read(log: CounterLog, gaps: GapPolicy) -> (Vec<u64>, Vec<CounterEvent>) {
    let CounterReadout { series, events } = log.to_series(FIVE_MINUTES, gaps).unwrap();
    assert_eq!((series.start(), series.interval()), (at(0), FIVE_MINUTES));
    let octets = volumes_of(&series).into_iter().map(|volume| {
        let bits = volume.as_nanobits() / 1_000_000_000;
        let octets = u64::try_from(bits / 8).unwrap();
        assert_eq!(DataVolume::from_bytes(octets), volume, "whole octets");
        octets
    });
    (octets.collect(), events)
}

/// A gap of unknown volume, beside which nothing was measured.
fn gap(from: u64, to: u64) -> CounterEvent {
    let (from, to, measured) = (at(from), at(to), DataVolume::ZERO);
    CounterEvent::Gap { from, to, volume: None, measured }
}

#[test]
fn a_counter_polled_on_time_counts_what_each_slot_carried() {
    let log = wide(&[(0, 5), (300, 105), (600, 105), (900, u64::MAX)]);
    assert_eq!(read(log, GapPolicy::Fail), (vec![100, 0, u64::MAX - 105], vec![]));
}

#[test]
fn octets_between_two_polls_are_spread_over_the_slots_that_they_span() {
    // 900 octets from 150 s to 600 s: 2 a second, 300 of them in the first slot.
    let log = wide(&[(0, 0), (150, 70), (600, 970)]);
    assert_eq!(read(log, GapPolicy::Fail), (vec![370, 600], vec![]));
    // Several polls in a slot.
    let log = wide(&[(0, 0), (100, 1), (200, 2), (300, 4), (600, 5)]);
    assert_eq!(read(log, GapPolicy::Fail), (vec![4, 1], vec![]));
    // An octet over two slots is four bits in each; over three, the last billionth of a bit goes to
    // the running total: 2666666666.67 and 5333333333.33 of 8000000000 nanobits.
    let nanobits = |log: CounterLog| {
        let readout = log.to_series(FIVE_MINUTES, GapPolicy::Distribute).unwrap();
        volumes_of(&readout.series).iter().map(|slot| slot.as_nanobits()).collect::<Vec<_>>()
    };
    assert_eq!(nanobits(wide(&[(0, 0), (600, 1)])), [4_000_000_000; 2]);
    let thirds = [2_666_666_667, 2_666_666_666, 2_666_666_667];
    assert_eq!(nanobits(wide(&[(0, 0), (900, 1)])), thirds);
}

#[test]
fn what_lies_after_the_last_whole_slot_is_the_tail() {
    let log = wide(&[(0, 0), (450, 30), (500, 37)]);
    let tail =
        CounterEvent::Tail { from: at(300), to: at(500), volume: DataVolume::from_bytes(10 + 7) };
    assert_eq!(read(log, GapPolicy::Fail), (vec![20], vec![tail]));
    assert_eq!(
        tail.to_string(),
        "2025-01-01T00:05:00Z to 2025-01-01T00:08:20Z: 17 B after the last whole slot",
    );
    // A tail without octets is a tail: its time is in no slot.
    let log = wide(&[(0, 0), (300, 30), (301, 30)]);
    let tail = CounterEvent::Tail { from: at(300), to: at(301), volume: DataVolume::ZERO };
    assert_eq!(read(log, GapPolicy::Fail), (vec![30], vec![tail]));
}

#[test]
fn a_smaller_reading_of_32_bits_is_a_wrap() {
    // 296 octets up to 2^32, and 1704 after it.
    let log = narrow(&[(0, WRAP - 296), (300, 1_704), (600, 1_804)]);
    let wrap = CounterEvent::Wrap { from: at(0), to: at(300), octets: 2_000, capacity: None };
    assert_eq!(read(log, GapPolicy::Fail), (vec![2_000, 100], vec![wrap]));
    assert_eq!(
        wrap.to_string(),
        "2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: 2000 octets over a wrap; a capacity would tell \
         a wrap from a reset",
    );
    // From the largest value to zero is one octet.
    let log = narrow(&[(0, WRAP - 1), (300, 0)]);
    assert_eq!(read(log, GapPolicy::Fail).0, [1]);
}

#[test]
fn a_wrap_beyond_the_capacity_is_a_reset() {
    // 80 bit/s carry 3000 octets in 300 s.
    let capacity = DataRate::from_bps(80);
    let log = |after| narrow(&[(0, WRAP - 1_000), (300, after)]).with_capacity(capacity);
    let (octets, events) = read(log(2_000), GapPolicy::Fail);
    assert_eq!(octets, [3_000]);
    let (from, to, capacity) = (at(0), at(300), Some(capacity));
    assert_eq!(events, [CounterEvent::Wrap { from, to, octets: 3_000, capacity }]);
    assert_eq!(
        events[0].to_string(),
        "2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: 3000 octets over a wrap, which 80 bps carry",
    );

    let (before, octets) = (WRAP - 1_000, 2_001);
    let reset =
        |is_distributed| CounterEvent::Reset { from, to, before, octets, capacity, is_distributed };
    assert_eq!(read(log(2_001), GapPolicy::Zero), (vec![0], vec![reset(false), gap(0, 300)]));
    assert_eq!(read(log(2_001), GapPolicy::Distribute), (vec![2_001], vec![reset(true)]));
    assert_eq!(
        reset(false).to_string(),
        "2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: reset from 4294966296, 2001 octets since",
    );
    assert_eq!(
        reset(true).to_string(),
        "2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: reset from 4294966296, 2001 octets since, \
         which are distributed",
    );
    assert_eq!(
        refused(log(2_001).to_series(FIVE_MINUTES, GapPolicy::Fail)),
        "the counter was reset between 2025-01-01T00:00:00Z and 2025-01-01T00:05:00Z, from \
         4294966296 to 2001 octets: check the data, or pass the contract's gap policy",
    );
    // More octets since the reset than the capacity carries are not distributed.
    assert_eq!(
        refused(log(3_001).to_series(FIVE_MINUTES, GapPolicy::Distribute)),
        "a usage series can't be empty: pass at least one slot that was measured",
    );
}

#[test]
fn a_smaller_reading_of_64_bits_is_a_reset() {
    // Up by 100, reset and up to 60 in ten minutes, up by 5 in the last.
    let polls = [(0, 1_000), (300, 1_100), (900, 60), (1_200, 65)];
    let reset = |capacity, is_distributed| CounterEvent::Reset {
        from: at(300),
        to: at(900),
        before: 1_100,
        octets: 60,
        capacity,
        is_distributed,
    };
    let events = vec![reset(None, false), gap(300, 900)];
    assert_eq!(read(wide(&polls), GapPolicy::Zero), (vec![100, 0, 0, 5], events.clone()));
    assert_eq!(
        events[0].to_string(),
        "2025-01-01T00:05:00Z to 2025-01-01T00:15:00Z: reset from 1100, 60 octets since; a capacity \
         would tell whether they can be distributed",
    );
    assert_eq!(
        events[1].to_string(),
        "2025-01-01T00:05:00Z to 2025-01-01T00:15:00Z: gap, unknown volume",
    );
    // Without a capacity the octets since the reset are never distributed.
    for gaps in [GapPolicy::LeaveOut, GapPolicy::Distribute] {
        let readout = wide(&polls).to_series(FIVE_MINUTES, gaps).unwrap();
        let slots: Vec<_> = readout.series.iter().map(|(_, volume)| volume).collect();
        let bytes = |octets| Some(DataVolume::from_bytes(octets));
        assert_eq!((slots, &readout.events), (vec![bytes(100), None, None, bytes(5)], &events));
    }
    assert_eq!(
        refused(wide(&polls).to_series(FIVE_MINUTES, GapPolicy::Fail)),
        "the counter was reset between 2025-01-01T00:05:00Z and 2025-01-01T00:15:00Z, from 1100 to \
         60 octets: check the data, or pass the contract's gap policy",
    );
    // A counter of 64 bits does not wrap, however fast the link is.
    let fast = || wide(&polls).with_capacity(DataRate::MAX);
    let events = vec![reset(Some(DataRate::MAX), false), gap(300, 900)];
    assert_eq!(read(fast(), GapPolicy::Zero).1, events);
    let distributed = vec![reset(Some(DataRate::MAX), true)];
    assert_eq!(read(fast(), GapPolicy::Distribute), (vec![100, 30, 30, 5], distributed));
}

#[test]
fn a_counter_that_could_wrap_twice_between_polls_is_ambiguous() {
    // 2^28 bit/s carry 2^33 octets in 256 s: two wraps.
    let polls = [(0, 10), (256, 60), (512, 5), (600, 5)];
    let events = |log: CounterLog| log.to_series(FIVE_MINUTES, GapPolicy::Fail).unwrap().events;
    let ambiguous = |bps, from, to, octets| {
        let capacity = DataRate::from_bps(bps);
        CounterEvent::Ambiguous { from: at(from), to: at(to), octets, capacity }
    };
    let wrap = |bps: Option<u64>| CounterEvent::Wrap {
        from: at(256),
        to: at(512),
        octets: WRAP - 55,
        capacity: bps.map(DataRate::from_bps),
    };
    let log = |bps| narrow(&polls).with_capacity(DataRate::from_bps(bps));
    let first = |bps| ambiguous(bps, 0, 256, 50);
    let all = |bps| [first(bps), wrap(Some(bps)), ambiguous(bps, 256, 512, WRAP - 55)];
    assert_eq!(events(log(1 << 28)), all(1 << 28));
    assert_eq!(
        first(1 << 28).to_string(),
        "2025-01-01T00:00:00Z to 2025-01-01T00:04:16Z: 50 octets, or one wrap more, which \
         268.435456 Mbps carry too",
    );
    // A bit per second is 32 octets in that time: 64 less than 2^33, and a second wrap behind
    // 2^32 - 55 octets does not fit; below 2^32 + 50, none does behind 50.
    let bps = (1 << 28) - 1;
    assert_eq!(events(log(bps)), all(bps));
    for bps in [(1 << 28) - 2, (1 << 27) + 2] {
        assert_eq!(events(log(bps)), [first(bps), wrap(Some(bps))]);
    }
    let bps = (1 << 27) + 1;
    assert_eq!(events(log(bps)), [wrap(Some(bps))]);
    // 64 bits are never ambiguous, and without a capacity nothing is known.
    let log = wide(&[(0, 10), (300, 30)]).with_capacity(DataRate::MAX);
    assert_eq!(read(log, GapPolicy::Fail), (vec![20], vec![]));
    assert_eq!(events(narrow(&polls)), [wrap(None)]);
}

#[test]
fn more_than_the_link_can_carry_is_never_counted() {
    let capacity = DataRate::from_bps(80);
    let log = |octets| wide(&[(0, 0), (300, octets)]).with_capacity(capacity);
    assert_eq!(read(log(3_000), GapPolicy::Fail), (vec![3_000], vec![]));
    assert_eq!(
        refused(log(6_000).to_series(FIVE_MINUTES, GapPolicy::Fail)),
        "6000 octets between 2025-01-01T00:00:00Z and 2025-01-01T00:05:00Z, 160 bps, exceed the \
         link's capacity of 80 bps: check the reading, or pass the contract's gap policy",
    );
    let rate = Some(DataRate::from_bps(160));
    let above =
        CounterEvent::AboveCapacity { from: at(0), to: at(300), octets: 6_000, rate, capacity };
    assert_eq!(read(log(6_000), GapPolicy::Zero), (vec![0], vec![above, gap(0, 300)]));
    assert_eq!(
        above.to_string(),
        "2025-01-01T00:00:00Z to 2025-01-01T00:05:00Z: 6000 octets are 160 bps, which exceed the \
         capacity of 80 bps",
    );
    for gaps in [GapPolicy::LeaveOut, GapPolicy::Hold, GapPolicy::Distribute] {
        assert_eq!(
            refused(log(6_000).to_series(FIVE_MINUTES, gaps)),
            "a usage series can't be empty: pass at least one slot that was measured",
        );
    }
}

#[test]
fn readings_that_make_no_series_are_refused() {
    let mut narrow = CounterLog::new(CounterWidth::Bits32);
    narrow.push(at(0), WRAP - 1).unwrap();
    let before = narrow.clone();
    assert_eq!(
        refused(narrow.push(at(300), WRAP)),
        "a counter of 32 bits can't show 4294967296 at 2025-01-01T00:05:00Z: check whether the \
         counter has 64 bits",
    );
    assert_eq!(
        refused(narrow.push(at(0), 1)),
        "2025-01-01T00:00:00Z does not come after 2025-01-01T00:00:00Z: check that the times \
         ascend",
    );
    let earlier = at(0) - Duration::from_secs(1);
    assert_eq!(
        refused(narrow.push(earlier, 1)),
        "2024-12-31T23:59:59Z does not come after 2025-01-01T00:00:00Z: check that the times \
         ascend",
    );
    assert_eq!(narrow, before);

    let series = |log: CounterLog, interval| log.to_series(interval, GapPolicy::Zero);
    for (polls, readings) in [(&[][..], 0), (&[(0, 1)][..], 1)] {
        assert_eq!(
            refused(series(wide(polls), FIVE_MINUTES)),
            format!(
                "too few readings ({readings}) to tell what a counter counted: pass at least two"
            ),
        );
    }
    assert_eq!(
        refused(series(wide(&[(0, 1), (299, 5)]), FIVE_MINUTES)),
        "no slot of 5 min on the clock lies whole between 2025-01-01T00:00:00Z and \
         2025-01-01T00:04:59Z: check the times, or pass a shorter interval",
    );
    assert_eq!(
        refused(series(wide(&[(0, 1), (299, 5)]), Duration::ZERO)),
        "slots can't be 0 s long: pass an interval such as 5 min",
    );
    assert_eq!(
        refused(series(wide(&[(0, 0), (1, u64::MAX)]), Duration::from_secs(1))),
        "18.446744073709551615 EB in the slot of 1 s at 2025-01-01T00:00:00Z exceed the rate of \
         18446.744073709551615 Pbps: check the volume",
    );
    let mut far = CounterLog::new(CounterWidth::Bits64);
    far.push(Timestamp::MIN, 0).unwrap().push(Timestamp::MAX, u64::MAX).unwrap();
    assert_eq!(
        refused(series(far.clone(), Duration::from_nanos(1))),
        "631107230401999999999 slots of 1 ns from -009999-01-02T01:59:59Z on are more than the \
         102000 allowed for an input of this size: check the times, or take longer slots; CsvLayout and CounterLog can allow more",
    );
    // Octets × nanoseconds beyond 128 bits are spread all the same.
    let millennium = Duration::from_secs(1_000 * 366 * 86_400);
    let readout = far.to_series(millennium, GapPolicy::Distribute).unwrap();
    let [CounterEvent::Head { volume: head, .. }, CounterEvent::Distributed { .. }, tail] =
        readout.events[..]
    else {
        panic!("head, gap and tail: {:?}", readout.events)
    };
    let CounterEvent::Tail { volume: tail, .. } = tail else { panic!("a tail: {tail}") };
    let counted = readout.series.total() + head + tail;
    assert_eq!(counted, DataVolume::from_bytes(u64::MAX));
    assert_eq!(readout.series.len(), 19);
}

#[test]
fn a_chain_of_pushes_ends_in_a_readout() {
    let readout = CounterLog::new(CounterWidth::Bits64)
        .push(at(0), 5)
        .unwrap()
        .push(at(300), 305)
        .unwrap()
        .to_series(Duration::from_secs(300), GapPolicy::Fail)
        .unwrap();
    assert_eq!(volumes_of(&readout.series), [DataVolume::from_bytes(300)]);
}

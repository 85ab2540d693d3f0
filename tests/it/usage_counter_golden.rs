//! Logs of counters with each octet accounted for by hand: a wrap, a reset, a dip, a high, a missed
//! poll, a late one, and pairs of these.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use bandwidth_cost::{
    CounterEvent, CounterLog, CounterWidth, DataRate, DataVolume, GapPolicy, jiff::Timestamp,
};
use core::time::Duration;

const W: u64 = 1 << 32;

struct Golden {
    name: &'static str,
    width: CounterWidth,
    gaps: GapPolicy,
    /// Seconds and octets. The link carries 80 bit/s: 3,000 octets in a slot of 300 s.
    polls: &'static [(u64, u64)],
    /// Octets in each slot, or `-` where it is left out.
    slots: &'static str,
    /// Each event with its seconds and octets.
    events: &'static [&'static str],
    /// The octets that were counted between readings.
    counted: u64,
}

const fn wide(
    name: &'static str,
    gaps: GapPolicy,
    polls: &'static [(u64, u64)],
    slots: &'static str,
    events: &'static [&'static str],
    counted: u64,
) -> Golden {
    Golden { name, width: CounterWidth::Bits64, gaps, polls, slots, events, counted }
}

const fn narrow(
    name: &'static str,
    polls: &'static [(u64, u64)],
    slots: &'static str,
    events: &'static [&'static str],
    counted: u64,
) -> Golden {
    let (width, gaps) = (CounterWidth::Bits32, GapPolicy::LeaveOut);
    Golden { name, width, gaps, polls, slots, events, counted }
}

const GOLDEN: [Golden; 22] = {
    use GapPolicy::{Distribute, Hold, LeaveOut, Zero};
    [
        wide("even", LeaveOut, &[(0, 5_000), (300, 6_000), (600, 7_000)], "1000 1000", &[], 2_000),
        narrow(
            "a wrap",
            &[(0, W - 400), (300, 600), (600, 1_600)],
            "1000 1000",
            &["wrap 0..300: 1000"],
            2_000,
        ),
        wide(
            "a reset",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (600, 50), (900, 1_050), (1_200, 2_050)],
            "1000 - 1000 1000",
            &["reset 300..600: 50", "gap 300..600: ? + 0"],
            3_000,
        ),
        wide(
            "a reset whose octets since are distributed",
            Distribute,
            &[(0, 5_000), (300, 6_000), (600, 50), (900, 1_050), (1_200, 2_050)],
            "1000 50 1000 1000",
            &["reset 300..600: 50 distributed"],
            3_050,
        ),
        wide(
            "a dip",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (600, 0), (900, 8_000), (1_200, 9_000)],
            "1000 1000 1000 1000",
            &["discarded 600: 0"],
            4_000,
        ),
        wide(
            "two dips in a row, whose interval is longer than two slots",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (600, 0), (900, 0), (1_200, 9_000), (1_500, 10_000)],
            "1000 - - - 1000",
            &["discarded 600: 0", "discarded 900: 0", "gap 300..1200: 3000 + 0"],
            5_000,
        ),
        wide(
            "two dips in a row, distributed",
            Distribute,
            &[(0, 5_000), (300, 6_000), (600, 0), (900, 0), (1_200, 9_000), (1_500, 10_000)],
            "1000 1000 1000 1000 1000",
            &["discarded 600: 0", "discarded 900: 0", "distributed 300..1200: 3000"],
            5_000,
        ),
        wide(
            "a high",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (600, 900_000), (900, 8_000), (1_200, 9_000)],
            "1000 1000 1000 1000",
            &["discarded 600: 900000"],
            4_000,
        ),
        wide(
            "a high from which the counter goes on",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (600, 900_000), (900, 901_000)],
            "1000 - 1000",
            &["above 300..600: 894000", "gap 300..600: ? + 0"],
            2_000,
        ),
        wide(
            "a missed poll",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (900, 8_000), (1_200, 9_000)],
            "1000 1000 1000 1000",
            &[],
            4_000,
        ),
        wide(
            "two missed polls",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (1_200, 9_000), (1_500, 10_000)],
            "1000 - - - 1000",
            &["gap 300..1200: 3000 + 0"],
            5_000,
        ),
        wide(
            "two missed polls, as zero",
            Zero,
            &[(0, 5_000), (300, 6_000), (1_200, 9_000), (1_500, 10_000)],
            "1000 0 0 0 1000",
            &["gap 300..1200: 3000 + 0"],
            5_000,
        ),
        // 1,200 octets in 360 s: 1,000 up to 300 s and 200 after it.
        wide(
            "a late poll",
            LeaveOut,
            &[(0, 5_000), (360, 6_200), (600, 7_000)],
            "1000 1000",
            &[],
            2_000,
        ),
        wide(
            "all polls between slots",
            LeaveOut,
            &[(150, 5_000), (450, 6_000), (750, 7_000)],
            "1000",
            &["head 150..300: 500", "tail 600..750: 500"],
            2_000,
        ),
        narrow(
            "a wrap and a dip",
            &[(0, W - 400), (300, 600), (600, 0), (900, 2_600), (1_200, 3_600)],
            "1000 1000 1000 1000",
            &["wrap 0..300: 1000", "discarded 600: 0"],
            4_000,
        ),
        narrow(
            "a wrap over a missed poll",
            &[(0, W - 1_400), (300, W - 400), (900, 1_600), (1_200, 2_600)],
            "1000 1000 1000 1000",
            &["wrap 300..900: 2000"],
            4_000,
        ),
        wide(
            "a reset and missed polls",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (1_500, 50), (1_800, 1_050), (2_100, 2_050)],
            "1000 - - - - 1000 1000",
            &["reset 300..1500: 50", "gap 300..1500: ? + 0"],
            3_000,
        ),
        // The 200 octets from 300 s to 360 s are in a slot that the gap touches.
        wide(
            "a late poll and missed ones",
            LeaveOut,
            &[(0, 5_000), (360, 6_200), (1_500, 10_000), (1_800, 11_000)],
            "1000 - - - - 1000",
            &["gap 360..1500: 3800 + 200"],
            6_000,
        ),
        wide(
            "a dip and a reset",
            LeaveOut,
            &[
                (0, 5_000),
                (300, 6_000),
                (600, 0),
                (900, 8_000),
                (1_200, 70),
                (1_500, 1_070),
                (1_800, 2_070),
            ],
            "1000 1000 1000 - 1000 1000",
            &["discarded 600: 0", "reset 900..1200: 70", "gap 900..1200: ? + 0"],
            5_000,
        ),
        // 2,000 octets from 360 s to 960 s: 800, 1,000 and 200 in three slots.
        wide(
            "a high and late polls",
            LeaveOut,
            &[(0, 5_000), (360, 6_200), (600, 900_000), (960, 8_200), (1_200, 9_000)],
            "1000 1000 1000 1000",
            &["discarded 600: 900000"],
            4_000,
        ),
        wide(
            "two resets, held",
            Hold,
            &[(0, 5_000), (300, 6_000), (600, 50), (900, 1_050), (1_200, 20), (1_500, 1_020)],
            "1000 1000 1000 1000 1000",
            &[
                "reset 300..600: 50",
                "held 300..600: 1000",
                "gap 300..600: ? + 0",
                "reset 900..1200: 20",
                "held 900..1200: 1000",
                "gap 900..1200: ? + 0",
            ],
            3_000,
        ),
        wide(
            "a high and a reset",
            LeaveOut,
            &[(0, 5_000), (300, 6_000), (600, 900_000), (900, 40), (1_200, 1_040)],
            "1000 - - 1000",
            &[
                "above 300..600: 894000",
                "gap 300..600: ? + 0",
                "reset 600..900: 40",
                "gap 600..900: ? + 0",
            ],
            2_000,
        ),
    ]
};

fn start() -> Timestamp {
    "2025-01-01T00:00:00Z".parse().unwrap()
}

#[track_caller]
fn octets(volume: DataVolume) -> u64 {
    let octets = u64::try_from(volume.as_nanobits() / 8_000_000_000).unwrap();
    assert_eq!(DataVolume::from_bytes(octets), volume, "whole octets");
    octets
}

/// An event with its times in seconds, and the octets that it adds to those in the series.
fn short(event: &CounterEvent) -> (String, i128) {
    let span = |from: Timestamp, to: Timestamp| {
        let seconds = |at: Timestamp| at.duration_since(start()).as_secs();
        format!("{}..{}", seconds(from), seconds(to))
    };
    match *event {
        CounterEvent::Wrap { from, to, octets, .. } => {
            (format!("wrap {}: {octets}", span(from, to)), 0)
        }
        CounterEvent::Discarded { at, octets, .. } => {
            (format!("discarded {}: {octets}", at.duration_since(start()).as_secs()), 0)
        }
        CounterEvent::Reset { from, to, octets, is_distributed, .. } => {
            let distributed = if is_distributed { " distributed" } else { "" };
            (format!("reset {}: {octets}{distributed}", span(from, to)), 0)
        }
        CounterEvent::AboveCapacity { from, to, octets, .. } => {
            (format!("above {}: {octets}", span(from, to)), 0)
        }
        CounterEvent::Gap { from, to, volume, measured } => {
            let known = volume.map_or("?".to_owned(), |volume| octets(volume).to_string());
            let measured = octets(measured);
            let counted = i128::from(volume.map_or(0, octets) + measured);
            (format!("gap {}: {known} + {measured}", span(from, to)), counted)
        }
        CounterEvent::Distributed { from, to, volume } => {
            (format!("distributed {}: {}", span(from, to), octets(volume)), 0)
        }
        CounterEvent::Held { from, to, volume } => {
            let held = octets(volume);
            (format!("held {}: {held}", span(from, to)), -i128::from(held))
        }
        CounterEvent::Head { from, to, volume } => {
            let volume = octets(volume);
            (format!("head {}: {volume}", span(from, to)), volume.into())
        }
        CounterEvent::Tail { from, to, volume } => {
            let volume = octets(volume);
            (format!("tail {}: {volume}", span(from, to)), volume.into())
        }
        other => panic!("{other}"),
    }
}

#[test]
fn every_octet_of_22_logs_is_accounted_for() {
    for Golden { name, width, gaps, polls, slots, events, counted } in GOLDEN {
        let mut log = CounterLog::new(width).with_capacity(DataRate::from_bps(80));
        for &(seconds, octets) in polls {
            log.push(start() + Duration::from_secs(seconds), octets).unwrap();
        }
        let readout = log.to_series(Duration::from_secs(300), gaps).unwrap();
        let found: Vec<_> = readout
            .series
            .iter()
            .map(|(_, volume)| volume.map_or("-".to_owned(), |volume| octets(volume).to_string()))
            .collect();
        assert_eq!(found.join(" "), slots, "{name}");
        let (texts, volumes): (Vec<_>, Vec<_>) = readout.events.iter().map(short).unzip();
        assert_eq!(texts, events, "{name}");
        let found = i128::from(octets(readout.series.total())) + volumes.iter().sum::<i128>();
        assert_eq!(found, i128::from(counted), "{name}");
        assert!(readout.series.peak() <= DataRate::from_bps(80), "{name}");
    }
}

#[test]
fn a_summary_has_a_line_for_each_kind() {
    let mut log = CounterLog::new(CounterWidth::Bits64).with_capacity(DataRate::from_bps(80));
    for (seconds, octets) in
        [(150, 500), (450, 1_500), (750, 0), (1_050, 3_500), (2_250, 7_500), (2_550, 8_500)]
    {
        log.push(start() + Duration::from_secs(seconds), octets).unwrap();
    }
    let readout = log.to_series(Duration::from_secs(300), GapPolicy::LeaveOut).unwrap();
    // From 1,050 s to 2,250 s nothing was read: the slots from 900 s to 2,400 s are left out. In them
    // 500 octets were measured up to 1,050 s and 500 after 2,250 s.
    assert_eq!(
        readout.summary(),
        "1 head before the first whole slot: 500 B\n\
         1 discarded reading\n\
         1 gap: 5 kB not in any slot\n\
         1 tail after the last whole slot: 500 B",
    );
}

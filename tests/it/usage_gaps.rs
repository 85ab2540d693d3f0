//! What becomes of time for which nothing was measured, under each policy.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::refused;
use bandwidth_cost::{
    CounterLog, CounterWidth, DataVolume, GapPolicy, UsageSeries, VolumeUnit, jiff::Timestamp,
    usage::Gaps,
};
use core::time::Duration;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

#[track_caller]
fn at(minutes: u32, seconds: u32) -> Timestamp {
    format!("2025-01-01T00:{minutes:02}:{seconds:02}Z").parse().unwrap()
}

/// Bytes in each slot, or `-` where it is left out.
fn slots(series: &UsageSeries) -> String {
    let slot = |volume: Option<DataVolume>| match volume {
        Some(volume) => volume.display_in(VolumeUnit::Byte).to_string().replace(" B", ""),
        None => "-".to_owned(),
    };
    series.iter().map(|(_, volume)| slot(volume)).collect::<Vec<_>>().join(" ")
}

#[cfg(feature = "csv")]
fn read(rows: &str, gaps: impl Into<Gaps>) -> Result<UsageSeries, bandwidth_cost::Error> {
    bandwidth_cost::CsvLayout::new()
        .interval(FIVE_MINUTES)
        .missing(&[""])
        .read(rows.as_bytes(), gaps)
}

const POLICIES: [GapPolicy; 4] =
    [GapPolicy::LeaveOut, GapPolicy::Zero, GapPolicy::Hold, GapPolicy::Distribute];

#[cfg(feature = "csv")]
#[test]
fn an_empty_cell_and_an_absent_row_are_the_same_gap() {
    let absent = "time,bytes\n2025-01-01T00:00:00Z,8\n2025-01-01T00:10:00Z,4\n";
    let empty = absent.replace("Z,8\n", "Z,8\n2025-01-01T00:05:00Z,\n");
    let right = ["8 - 4", "8 0 4", "8 8 4", "8 2 2"];
    for (gaps, right) in POLICIES.into_iter().zip(right) {
        assert_eq!(slots(&read(absent, gaps).unwrap()), right, "{gaps}");
        assert_eq!(read(&empty, gaps), read(absent, gaps), "{gaps}");
    }
    let gap = "nothing was measured from 2025-01-01T00:05:00Z to 2025-01-01T00:10:00Z (5 min): check \
               the data, or pass the contract's gap policy: leave out, zero, hold or distribute";
    for rows in [absent, &empty] {
        assert_eq!(refused(read(rows, GapPolicy::Fail)), gap);
    }
}

#[cfg(feature = "csv")]
#[test]
fn of_rates_the_one_that_ends_a_gap_is_that_of_all_of_it() {
    // 24 bit/s are 900 bytes in five minutes.
    let rows = "time,bps\n2025-01-01T00:00:00Z,24\n2025-01-01T00:15:00Z,24\n";
    let right = ["900 - - 900", "900 0 0 900", "900 900 900 900", "900 900 900 900"];
    for (gaps, right) in POLICIES.into_iter().zip(right) {
        assert_eq!(slots(&read(rows, gaps).unwrap()), right, "{gaps}");
    }
    let rows = rows.replace("bps", "rate").replace(",24", ",24 bps");
    assert_eq!(slots(&read(&rows, GapPolicy::Distribute).unwrap()), right[3]);
}

#[cfg(feature = "csv")]
#[test]
fn a_gap_at_an_end_is_filled_only_from_the_side_that_is_known() {
    let rows = "time,bytes\n2025-01-01T00:00:00Z,\n2025-01-01T00:05:00Z,6\n2025-01-01T00:10:00Z,\n";
    let right = ["- 6 -", "0 6 0", "- 6 6", "3 3 -"];
    for (gaps, right) in POLICIES.into_iter().zip(right) {
        assert_eq!(slots(&read(rows, gaps).unwrap()), right, "{gaps}");
    }
    let none = "time,bytes\n2025-01-01T00:00:00Z,\n2025-01-01T00:05:00Z,\n";
    for gaps in [GapPolicy::LeaveOut, GapPolicy::Hold, GapPolicy::Distribute] {
        assert_eq!(
            refused(read(none, gaps)),
            "a usage series can't be empty: pass at least one slot that was measured",
        );
    }
}

#[test]
fn samples_at_unequal_distances_count_up_to_the_next_one() {
    let of = |samples: &[(Timestamp, u64)], gaps: GapPolicy| {
        let samples = samples.iter().map(|&(at, bytes)| (at, DataVolume::from_bytes(bytes)));
        UsageSeries::from_samples(samples, FIVE_MINUTES, gaps)
    };
    // The second sample is a minute late: 600 bytes of the first one in six minutes.
    let late = [(at(0, 0), 600), (at(6, 0), 400), (at(10, 0), 500)];
    let series = of(&late, GapPolicy::Fail).unwrap();
    assert_eq!((slots(&series).as_str(), series.start()), ("500 500 500", at(0, 0)));
    // 7.5 minutes to the next one are not a gap.
    let near = [(at(0, 0), 750), (at(7, 30), 500), (at(12, 30), 100)];
    assert_eq!(slots(&of(&near, GapPolicy::Fail).unwrap()), "500 500 300");
    let far = [(at(0, 0), 500), (at(8, 0), 500), (at(13, 0), 500), (at(18, 0), 500)];
    assert_eq!(
        refused(of(&far, GapPolicy::Fail)),
        "nothing was measured from 2025-01-01T00:05:00Z to 2025-01-01T00:08:00Z (3 min): check the \
         data, or pass the contract's gap policy: leave out, zero, hold or distribute",
    );
    // The slot of the gap has two minutes that were measured: it is left out whole.
    assert_eq!(slots(&of(&far, GapPolicy::LeaveOut).unwrap()), "500 - 500 500");
    assert_eq!(slots(&of(&far, GapPolicy::Zero).unwrap()), "500 200 500 500");
    assert_eq!(slots(&of(&far, GapPolicy::Hold).unwrap()), "500 500 500 500");
    // 500 bytes from 00:05 to 00:13: 312.5 up to 00:10, and 187.5 after it.
    assert_eq!(slots(&of(&far, GapPolicy::Distribute).unwrap()), "500 312.5 387.5 500");
}

#[test]
fn a_gap_longer_than_allowed_is_an_error() {
    let samples = [(at(0, 0), 1), (at(20, 0), 1)];
    let series = |gaps: Gaps| {
        let samples = samples.map(|(at, bytes)| (at, DataVolume::from_bytes(bytes)));
        UsageSeries::from_samples(samples, FIVE_MINUTES, gaps)
    };
    for gaps in POLICIES {
        assert!(series(gaps.up_to(FIVE_MINUTES.saturating_mul(3))).is_ok());
        assert_eq!(
            refused(series(gaps.up_to(Duration::from_secs(899)))),
            "nothing was measured from 2025-01-01T00:05:00Z to 2025-01-01T00:20:00Z (15 min), longer \
             than the 899 s allowed: check the data, or allow longer gaps",
        );
    }
    let mut log = CounterLog::new(CounterWidth::Bits64);
    log.push(at(0, 0), 0).unwrap().push(at(5, 0), 5).unwrap().push(at(20, 0), 9).unwrap();
    for gaps in POLICIES {
        assert_eq!(
            refused(log.to_series(FIVE_MINUTES, gaps.up_to(FIVE_MINUTES))),
            "nothing was measured from 2025-01-01T00:05:00Z to 2025-01-01T00:20:00Z (15 min), longer \
             than the 5 min allowed: check the data, or allow longer gaps",
        );
    }
    assert_eq!(
        refused(log.to_series(FIVE_MINUTES, GapPolicy::Fail)),
        "nothing was measured from 2025-01-01T00:05:00Z to 2025-01-01T00:20:00Z (15 min): check the \
         data, or pass the contract's gap policy: leave out, zero, hold or distribute",
    );
}

#[test]
fn a_policy_is_its_words() {
    for (text, gaps) in [
        ("fail", GapPolicy::Fail),
        ("leave out", GapPolicy::LeaveOut),
        ("zero", GapPolicy::Zero),
        ("hold", GapPolicy::Hold),
        ("distribute", GapPolicy::Distribute),
    ] {
        assert_eq!((gaps.to_string().as_str(), text.parse()), (text, Ok(gaps)));
    }
    assert_eq!(
        refused("skip".parse::<GapPolicy>()),
        "unexpected `skip` at byte 0: expected fail, leave out, zero, hold or distribute",
    );
}

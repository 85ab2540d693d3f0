//! Percentiles, rules, gap policies and counter widths as text, and usage in serde's formats.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::support::{reads_back, refusal};
use bandwidth_cost::{CounterWidth, Decimal, GapPolicy, Percentile, PercentileRule};

fn percentile(text: &str) -> Percentile {
    Percentile::new(text.parse::<Decimal>().unwrap()).unwrap()
}

#[test]
fn a_percentile_is_written_as_people_say_it() {
    for (percent, text) in [
        ("95", "95th percentile"),
        ("95.0", "95th percentile"),
        ("99.9", "99.9th percentile"),
        ("0.1", "0.1th percentile"),
        ("1", "1st percentile"),
        ("2", "2nd percentile"),
        ("3", "3rd percentile"),
        ("11", "11th percentile"),
        ("12", "12th percentile"),
        ("13", "13th percentile"),
        ("21", "21st percentile"),
        ("92", "92nd percentile"),
        ("93", "93rd percentile"),
        ("100", "100th percentile"),
    ] {
        assert_eq!(percentile(percent).to_string(), text);
        reads_back(&percentile(percent));
    }
    let rules = [
        (PercentileRule::NearestRank, "95th percentile", "nearest rank"),
        (
            PercentileRule::DiscardRoundedUp,
            "95th percentile by discard rounded up",
            "discard rounded up",
        ),
        (PercentileRule::RoundedRank, "95th percentile by rounded rank", "rounded rank"),
        (
            PercentileRule::RoundedEvenRank,
            "95th percentile by rounded even rank",
            "rounded even rank",
        ),
        (
            PercentileRule::RoundedPosition,
            "95th percentile by rounded position",
            "rounded position",
        ),
        (
            PercentileRule::LinearInclusive,
            "95th percentile by linear inclusive",
            "linear inclusive",
        ),
        (
            PercentileRule::LinearExclusive,
            "95th percentile by linear exclusive",
            "linear exclusive",
        ),
    ];
    assert_eq!(rules.map(|(rule, _, _)| rule), PercentileRule::ALL);
    for (rule, text, name) in rules {
        let percentile = Percentile::P95.with_rule(rule);
        assert_eq!(percentile.to_string(), text);
        assert_eq!(format!("{percentile:?}"), text);
        assert_eq!(format!("95th percentile by {name}").parse(), Ok(percentile));
        assert_eq!(rule.to_string(), name);
        assert_eq!(name.parse(), Ok(rule));
    }
    assert_eq!(
        format!("[{:>17}] [{:<14}]", Percentile::P95, PercentileRule::RoundedRank),
        "[  95th percentile] [rounded rank  ]"
    );
    assert_eq!("095.00th percentile".parse(), Ok(Percentile::P95));
    assert_eq!("91th percentile".parse(), Ok(percentile("91")));
}

#[test]
fn a_text_that_is_not_a_percentile_is_refused() {
    let refusal = refusal::<Percentile>;
    let form = "expected a percentile such as 95th percentile, or 95th percentile by rounded rank";
    assert_eq!(refusal(""), format!("missing number at byte 0: {form}"));
    assert_eq!(refusal("p95"), format!("unexpected `p95` at byte 0: {form}"));
    assert_eq!(refusal("95"), format!("missing `th percentile` at byte 2: {form}"));
    assert_eq!(refusal("95%"), format!("unexpected `%` at byte 2: {form}"));
    assert_eq!(refusal("95 th percentile"), format!("unexpected `th` at byte 3: {form}"));
    assert_eq!(refusal("95th percentile "), format!("unexpected ` ` at byte 15: {form}"));
    assert_eq!(refusal("95th percentile of 5 min"), format!("unexpected `of` at byte 16: {form}"));
    let sign = "expected the number without a sign";
    assert_eq!(refusal("-5th percentile"), format!("unexpected `-5th` at byte 0: {sign}"));
    let rules = "expected nearest rank, discard rounded up, rounded rank, rounded even rank, \
         rounded position, linear inclusive or linear exclusive";
    assert_eq!(refusal("95th percentile by "), format!("missing rule at byte 19: {rules}"));
    assert_eq!(
        refusal("95th percentile by Cacti"),
        format!("unexpected `Cacti` at byte 19: {rules}"),
    );
    let range = "expected a percentile above 0 and at most 100";
    for number in ["0", "0.0", "100.1", "101", "1000000000000000000000000000000"] {
        assert_eq!(
            refusal(&format!("{number}th percentile")),
            format!("unexpected `{number}` at byte 0: {range}"),
        );
    }
    assert_eq!(
        refusal("99.000000000000000000000000001th percentile"),
        "`99.000000000000000000000000001` is too precise for a percentile: expected at most 26 \
         decimal places",
    );
    assert_eq!(
        percentile("99.00000000000000000000000001").to_string(),
        "99.00000000000000000000000001th percentile",
    );
}

#[test]
fn rules_gap_policies_and_counter_widths_are_words() {
    for policy in [GapPolicy::Fail, GapPolicy::Zero, GapPolicy::Distribute] {
        assert_eq!(policy.to_string(), format!("{policy:?}").to_lowercase());
        reads_back(&policy);
    }
    assert_eq!(CounterWidth::Bits32.to_string(), "32 bits");
    assert_eq!(CounterWidth::Bits64.to_string(), "64 bits");
    reads_back(&CounterWidth::Bits32);
    reads_back(&CounterWidth::Bits64);
    assert_eq!(
        format!("[{:>7}] [{:>8}]", GapPolicy::Zero, CounterWidth::Bits64),
        "[   zero] [ 64 bits]"
    );

    let rules = "expected nearest rank, discard rounded up, rounded rank, rounded even rank, \
         rounded position, linear inclusive or linear exclusive";
    assert_eq!(refusal::<PercentileRule>(""), format!("missing rule at byte 0: {rules}"));
    assert_eq!(
        refusal::<PercentileRule>("nearest rank!"),
        format!("unexpected `!` at byte 12: {rules}"),
    );
    let policies = "expected fail, leave out, zero, hold or distribute";
    assert_eq!(refusal::<GapPolicy>(""), format!("missing gap policy at byte 0: {policies}"));
    assert_eq!(refusal::<GapPolicy>("Zero"), format!("unexpected `Zero` at byte 0: {policies}"));
    assert_eq!(refusal::<GapPolicy>("zeros"), format!("unexpected `s` at byte 4: {policies}"));
    let widths = "expected 32 bits or 64 bits";
    assert_eq!(refusal::<CounterWidth>(""), format!("missing counter width at byte 0: {widths}"));
    assert_eq!(refusal::<CounterWidth>("64"), format!("unexpected `64` at byte 0: {widths}"));
    assert_eq!(refusal::<CounterWidth>("64 bits."), format!("unexpected `.` at byte 7: {widths}"));
}

#[cfg(feature = "serde")]
mod serde {
    use super::percentile;
    use bandwidth_cost::{
        Baseline, CounterWidth, DataRate, GapPolicy, Percentile, PercentileRule, UsageSeries,
        jiff::Timestamp,
    };
    use core::{fmt, time::Duration};
    use serde::{Serialize, de::DeserializeOwned};

    /// Checks the JSON, and that it and the compact form read back.
    #[track_caller]
    fn goes_by<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(value: &T, json: &str) {
        assert_eq!(serde_json::to_string(value).unwrap(), json);
        assert_eq!(&serde_json::from_str::<T>(json).unwrap(), value);
        let bytes = postcard::to_allocvec(value).unwrap();
        assert_eq!(&postcard::from_bytes::<T>(&bytes).unwrap(), value);
    }

    #[track_caller]
    fn refused<T: DeserializeOwned + fmt::Debug>(json: &str) -> String {
        let error = serde_json::from_str::<T>(json).unwrap_err().to_string();
        error.split(" at line ").next().unwrap().to_owned()
    }

    fn series() -> UsageSeries {
        let start: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
        let rates = [DataRate::from_mbps(80), DataRate::from_bps(1)];
        UsageSeries::from_rates(start, Duration::from_secs(300), rates).unwrap()
    }

    const SERIES: &str =
        r#"{"start":"2025-01-01T00:00:00Z","interval":"5 min","volumes":["3 GB","37.5 B"]}"#;

    #[test]
    fn usage_reads_back_from_text_and_from_integers() {
        goes_by(&Percentile::P95, r#""95th percentile""#);
        let cacti = percentile("99.9").with_rule(PercentileRule::DiscardRoundedUp);
        goes_by(&cacti, r#""99.9th percentile by discard rounded up""#);
        goes_by(&PercentileRule::RoundedEvenRank, r#""rounded even rank""#);
        goes_by(&GapPolicy::Distribute, r#""distribute""#);
        goes_by(&CounterWidth::Bits32, r#""32 bits""#);
        goes_by(&series(), SERIES);
        goes_by(&Baseline::constant(DataRate::from_gbps(615)), r#"{"constant":"615 Gbps"}"#);
        goes_by(&Baseline::series(series()), &format!(r#"{{"series":{SERIES}}}"#));
    }

    #[test]
    fn what_is_read_passes_the_checks_of_what_is_built() {
        let series = |start: &str, interval: &str, volumes: &str| {
            let json =
                format!(r#"{{"start":"{start}","interval":"{interval}","volumes":{volumes}}}"#);
            refused::<UsageSeries>(&json)
        };
        let start = "2025-01-01T00:00:00Z";
        assert_eq!(
            series(start, "5 min", "[]"),
            "a usage series can't be empty: pass at least one slot that was measured",
        );
        assert_eq!(
            series(start, "0 s", r#"["1 MB"]"#),
            "slots can't be 0 s long: pass an interval such as 5 min",
        );
        assert_eq!(
            series("yesterday", "5 min", r#"["1 MB"]"#),
            "invalid time `yesterday`: expected a time such as 2025-01-01T00:00:00Z",
        );
        assert_eq!(
            series(start, "5 minutes", r#"["1 MB"]"#),
            "unknown unit `minutes` at byte 2: expected a unit such as s, min, h or days",
        );
        assert_eq!(
            series(start, "5 min.", r#"["1 MB"]"#),
            "unknown unit `min.` at byte 2: expected a unit such as s, min, h or days",
        );
        assert_eq!(
            series(start, "5 min 3", r#"["1 MB"]"#),
            "unexpected `3` at byte 6: expected one number and one unit",
        );
        assert_eq!(
            series(start, "5 min", r#"["1 mb"]"#),
            "ambiguous unit `mb` at byte 2: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)",
        );
        assert_eq!(
            refused::<UsageSeries>(r#"{"start":"2025-01-01T00:00:00Z","intervals":"5 min"}"#),
            "unknown field `intervals`, expected one of `start`, `interval`, `volumes`",
        );
        assert_eq!(
            refused::<Percentile>(r#""0th percentile""#),
            "unexpected `0` at byte 0: expected a percentile above 0 and at most 100",
        );
        assert_eq!(
            refused::<Percentile>("95"),
            "invalid type: integer `95`, expected a text such as \"95th percentile\"",
        );
    }

    #[test]
    fn integers_that_no_value_writes_are_refused() {
        let compact = |parts: &(i128, u32, PercentileRule)| {
            let bytes = postcard::to_allocvec(parts).unwrap();
            postcard::from_bytes::<Percentile>(&bytes)
        };
        assert_eq!(compact(&(95, 0, PercentileRule::NearestRank)), Ok(Percentile::P95));
        for (digits, places) in [(0, 0), (-95, 0), (101, 0), (95, 29), (i128::MAX, 0)] {
            assert!(compact(&(digits, places, PercentileRule::NearestRank)).is_err());
        }
        // A start beyond the last timestamp, and an interval beyond the longest duration.
        let day = 86_400_000_000_000_u128;
        for (start, interval, fits) in
            [(0, day, true), (i128::MAX, day, false), (0, Duration::MAX.as_nanos() + 1, false)]
        {
            let bytes = postcard::to_allocvec(&(start, interval, [Some(0_u128); 2])).unwrap();
            // A list is written with its length before it, an array without.
            let list = postcard::to_allocvec(&(start, interval, vec![Some(0_u128); 2])).unwrap();
            assert_eq!(list.len(), bytes.len() + 1);
            assert_eq!(postcard::from_bytes::<UsageSeries>(&list).is_ok(), fits);
        }
    }
}

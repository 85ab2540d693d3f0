//! The report of a disruption, run as a person runs it.

#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/disruption.rs"]
mod disruption;
#[cfg(feature = "plot")]
use crate::svg::texts_without_overlap;
use bandwidth_cost::jiff::Timestamp;
use std::{ffi::OsString, fs, path::PathBuf};

fn run(args: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    let args = args.iter().map(OsString::from).collect();
    let result = disruption::run(args, &mut out).map_err(|error| error.to_string());
    result.map(|()| String::from_utf8(out).unwrap())
}

fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Hours from midnight in Karachi on a day of November 2024 on, each of the given number of Gbps.
fn hours(name: &str, day: i64, gbps: impl Fn(i64) -> i64, count: i64) -> String {
    let start = 1_730_401_200 + (day - 1) * 86_400; // 2024-10-31T19:00:00Z is midnight of the first
    let row = |hour: i64| {
        let at = Timestamp::from_second(start + hour * 3_600).unwrap();
        format!("{at},{} Gbps\n", gbps(hour))
    };
    let file = scratch(name);
    fs::write(&file, format!("time,rate\n{}", (0..count).map(row).collect::<String>())).unwrap();
    file.display().to_string()
}

#[test]
fn the_disruption_that_the_example_makes_is_priced() {
    // In steps of 5 minutes it rises by 60 Gbps, 19 times, stays at 1,200 Gbps for 69 slots, and
    // falls as it rose: (2 × 60 × (1 + … + 19) + 69 × 1,200) Gbps × 5 min = 528 Tbps × min, each
    // of which costs 10,000 USD, or 2,785,500 PKR.
    let report = run(&[]).unwrap();
    assert_eq!(report, include_str!("../golden/disruption.txt"));
    assert!(report.contains("5,280,000.00 USD  1,470,744,000.00 PKR"));
}

#[test]
fn the_last_month_of_a_file_is_held_against_what_was_before() {
    // From 18 November to the end of December: the hour of noon on 31 December, the 44th day,
    // carries 1 Tbps more than the usual 5.
    let gbps = |hour| if hour == 43 * 24 + 12 { 6_000 } else { 5_000 };
    let file = hours("border.csv", 18, gbps, 44 * 24);
    let report = run(&["--csv", &file]).unwrap();
    assert!(report.starts_with("The traffic of December 2024"), "{report}");
    assert!(
        report.contains(" 2024-12-31  450.000 TB   1h  1.000 Tbps     600,000.00 USD\n"),
        "{report}"
    );
}

#[test]
fn traffic_without_a_history_is_refused() {
    let file = hours("short.csv", 1, |_| 1, 24);
    assert_eq!(
        run(&["--csv", &file]).unwrap_err(),
        "no history before the last month: give it a week at least",
    );
    let file = hours("days.csv", 25, |_| 1, 7 * 24);
    assert_eq!(
        run(&["--csv", &file]).unwrap_err(),
        "a weekly profile can't be made of slots of 1 h from 2024-11-24T19:00:00Z to \
         2024-11-30T19:00:00Z: pass at least a week",
    );
    assert!(run(&["--csv", "no such file"]).unwrap_err().starts_with("no such file: "));
}

#[cfg(feature = "plot")]
#[test]
fn the_picture_is_labelled_and_no_text_touches_another() {
    let file = scratch("disruption.svg");
    run(&["--plot", file.to_str().unwrap()]).unwrap();
    let svg = fs::read_to_string(&file).unwrap();
    let committed = include_str!("../../../docs/disruption.svg");
    assert_eq!(svg, committed, "the committed picture is not this one");
    let texts = texts_without_overlap(&svg);
    for label in [
        "Traffic above what its hour of the week usually carries",
        "day of 2025 (Asia/Karachi)",
        "rate in Gbps",
        "traffic",
        "usual at this hour of the week",
        "excess, at most 1,200 Gbps",
        "13 Jan",
        "7,000",
    ] {
        assert_eq!(texts.iter().filter(|text| text.text == label).count(), 1, "{label}");
    }
    assert!(texts.iter().all(|text| text.size >= 18.0));
}

#[cfg(feature = "plot")]
#[test]
fn what_is_usual_is_drawn_where_traffic_is_below_it() {
    // 13 days of 5 Tbps; on 1 December the even hours carry 3 Tbps and the odd ones 6.
    let gbps = |hour| match (hour < 13 * 24, hour % 2) {
        (true, _) => 5_000,
        (false, 0) => 3_000,
        (false, _) => 6_000,
    };
    let csv = hours("below.csv", 18, gbps, 14 * 24);
    let file = scratch("below.svg");
    let rates = scratch("rates.csv");
    fs::write(&rates, "date,base,quote,rate\n2024-12-01,USD,PKR,278\n").unwrap();
    let [file_name, rates] = [&file, &rates].map(|file| file.to_str().unwrap());
    let report = run(&["--csv", &csv, "--plot", file_name, "--rates", rates]).unwrap();
    // 12 hours of 1 Tbps above: 720 minutes.
    assert!(report.contains("7,200,000.00 USD  2,001,600,000.00 PKR"), "{report}");
    let svg = fs::read_to_string(&file).unwrap();
    texts_without_overlap(&svg);
    // The dark line of the usual traffic is level: all its points have one height.
    let usual =
        svg.lines().find(|line| line.contains("#282828") && line.contains("stroke-width=\"2\""));
    let points = usual.unwrap().split("points=\"").nth(1).unwrap();
    let heights = points.trim_end_matches("\"/>").split_whitespace();
    let mut heights: Vec<&str> = heights.map(|point| point.split(',').nth(1).unwrap()).collect();
    heights.dedup();
    assert_eq!(heights.len(), 1, "{heights:?}");
}

#[test]
fn a_day_without_a_rate_is_an_error() {
    let last_day = |hour| if hour < 27 * 24 { 5_000 } else { 6_000 };
    let csv = hours("early.csv", 4, last_day, 28 * 24);
    let rates = scratch("late.csv");
    fs::write(&rates, "date,base,quote,rate\n2025-06-01,USD,PKR,280\n").unwrap();
    let error = run(&["--csv", &csv, "--rates", rates.to_str().unwrap()]).unwrap_err();
    assert!(error.starts_with("no exchange rate from USD to PKR on 2024-12-01"), "{error}");
}

//! Where a month will end, as a person asks it.

#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/month_end.rs"]
mod month_end;

#[cfg(feature = "plot")]
use crate::svg::texts_without_overlap;
use std::{ffi::OsString, fs, path::PathBuf};

fn run(args: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    let args = args.iter().map(OsString::from).collect();
    let result = month_end::run(args, &mut out).map_err(|error| error.to_string());
    result.map(|()| String::from_utf8(out).unwrap())
}

/// A file of its own for each test.
fn scratch(name: &str, text: &str) -> String {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

#[test]
fn the_month_that_the_example_makes_is_forecast() {
    assert_eq!(run(&[]).unwrap(), include_str!("../golden/month_end.txt"));
}

#[test]
fn a_file_without_a_month_before_its_last_is_refused() {
    let rows = "time,bits\n2025-01-01T00:00:00Z,8000000000\n2025-01-01T00:05:00Z,16000000000\n";
    let csv = scratch("one_day.csv", rows);
    assert_eq!(
        run(&["--csv", &csv]).unwrap_err(),
        "no whole month with traffic before it: pass more months",
    );
    let error = run(&["--capacity", "fast"]).unwrap_err();
    assert!(error.contains("`fast`"), "{error}");
}

#[test]
fn a_month_after_which_the_clocks_are_put_forward_at_midnight_is_whole() {
    let card = scratch(
        "asuncion.toml",
        "time_zone = \"America/Asuncion\"\n\n[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\n\
         price = \"1 USD per 1 Mbps\"\n",
    );
    let start: bandwidth_cost::jiff::Timestamp = "2023-08-01T04:00:00Z".parse().unwrap();
    let hour = std::time::Duration::from_secs(3_600);
    let rows = (0..61 * 24).map(|slot| format!("{},3600000000", start + hour * slot));
    let rows: Vec<String> = std::iter::once("time,bits".to_owned()).chain(rows).collect();
    let csv = scratch("asuncion.csv", &rows.join("\n"));
    let report = run(&["--csv", &csv, "--card", &card]).unwrap();
    assert!(report.starts_with("Where the month of 2023-09-01 would end"), "{report}");
    assert!(report.contains("It came to 1.00 USD."), "{report}");
}

#[cfg(feature = "plot")]
#[test]
fn the_picture_is_labelled_and_no_text_touches_another() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("month_end.svg");
    run(&["--plot", file.to_str().unwrap()]).unwrap();
    let svg = fs::read_to_string(&file).unwrap();
    let committed = include_str!("../../../docs/month_end.svg");
    assert_eq!(svg, committed, "the committed picture is not this one");
    let texts = texts_without_overlap(&svg);
    for label in [
        "Where the bill of January 2025 will end, said on each day",
        "certain range",
        "what it came to, 3,083.71 USD",
        "as usual",
        "as in November",
        "days of the month that are over",
        "bill in USD",
    ] {
        assert_eq!(texts.iter().filter(|text| text.text == label).count(), 1, "{label}");
    }
    assert!(texts.iter().all(|text| text.size >= 18.0));
}

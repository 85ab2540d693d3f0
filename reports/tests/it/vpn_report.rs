//! The main job, as a person runs it: the report's figures, its errors and its picture.

#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/vpn_report.rs"]
mod vpn_report;

#[cfg(feature = "plot")]
use crate::svg::{TextBox, texts_without_overlap};
use std::{ffi::OsString, fs, path::PathBuf};

fn run(args: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    let args = args.iter().map(OsString::from).collect();
    let result = vpn_report::run(args, &mut out).map_err(|error| error.to_string());
    result.map(|()| String::from_utf8(out).unwrap())
}

/// A file of its own for each test that writes or reads one.
fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn run_csv(name: &str, text: &str) -> Result<String, String> {
    let file = scratch(name);
    fs::write(&file, text).unwrap();
    let shown = file.display().to_string();
    run(&["--csv", &shown]).map_err(|error| error.replace(&shown, name))
}

#[test]
fn the_published_figures_come_out() {
    let report = run(&[]).unwrap();
    assert_eq!(report, include_str!("../golden/vpn_report.txt"));
}

#[test]
fn another_rate_converts_the_totals_to_another_currency() {
    let report = run(&["--rate", "1 USD = 0.96 EUR"]).unwrap();
    assert!(
        report.contains("$1 per Mbps per month                2,861,000.00          2,746,560.00")
    );
    assert!(report.contains("1 USD = 0.96 EUR: as given.\n"), "{report}");
    assert_eq!(
        run(&["--rate", "1 EUR = 290 PKR"]).unwrap_err(),
        "currency mismatch: EUR and USD; convert one with an exchange rate first",
    );
    let refused = run(&["--rate", "280"]).unwrap_err();
    assert!(refused.contains("missing currencies at byte 3"), "{refused}");
}

#[test]
fn a_csv_of_ones_own_is_priced() {
    let with_header = run_csv("own.csv", "month,rate\n2025-01,437 Gbps\n2024-02,1 Mbps\n").unwrap();
    let without = run_csv("bare.csv", "2025-01,437 Gbps\n2024-02,1 Mbps\n").unwrap();
    assert_eq!(with_header, without);
    // 437 Gbps × 31 days = 146,307.6 TB; 1 Mbps × 29 days (a leap year) = 313.2 GB.
    assert!(with_header.contains(" 2025-01  437 Gbps  146,307.6 TB  195,076,800  146,307,600,000"));
    assert!(with_header.contains(" 2024-02    1 Mbps        0.3 TB          418          313,200"));
}

#[test]
fn slots_in_another_layout_are_priced_by_month() {
    let file = scratch("slots.csv");
    // 1.5 Gbps for the last day of January, and 0.5 Gbps for the first of February.
    fs::write(&file, "Tag;Rate\n1738281600;1,5\n1738368000;0,5\n").unwrap();
    let file = file.display().to_string();
    let layout = ["--separator", ";", "--decimal-comma", "--time", "Tag", "--unix", "--value"];
    let refused = run(&[&["--csv", &file], &layout[..], &["Rate=rate"]].concat()).unwrap_err();
    assert_eq!(
        refused,
        format!(
            "{file}: line 2, column `Rate`: missing unit at byte 3: expected a unit such as Mbps, Mbit/s or MB/s"
        )
    );
    fs::write(&file, "Tag;Rate\n1738281600;1,5 Gbps\n1738368000;0,5 Gbps\n").unwrap();
    let report = run(&[&["--csv", &file], &layout[..], &["Rate=rate"]].concat()).unwrap();
    assert!(report.contains(" 2025-01  1.5 Gbps  502.2 TB"), "{report}");
    assert!(report.contains(" 2025-02  500 Mbps  151.2 TB"), "{report}");
    assert!(run(&["--help"]).unwrap().contains("--value NAME=UNIT"));
}

#[test]
fn a_row_that_cannot_be_read_is_named() {
    assert_eq!(
        run_csv("rate.csv", "month,rate\n2025-01,437 Gbps\n2025-02,437 GBPS\n").unwrap_err(),
        "rate.csv line 3: ambiguous unit `GBPS` at byte 4: expected Gbps (bits) or GB/s (bytes)",
    );
    for (name, text, message) in [
        (
            "month.csv",
            "2025-13,1 Gbps\n",
            "month.csv line 1: invalid month `2025-13`: expected one such as 2025-01",
        ),
        (
            "short.csv",
            "2025-01,1 Gbps\n2025-02\n",
            "short.csv line 2: expected a month and a rate, such as 2025-01,437 Gbps",
        ),
        (
            "long.csv",
            "2025-01,1 Gbps,5\n",
            "long.csv line 1: expected a month and a rate, such as 2025-01,437 Gbps",
        ),
        (
            "twice.csv",
            "Month,Rate\n2025-01, 1 Gbps\n2025-01,2 Gbps\n",
            "twice.csv line 3: two rows for 2025-01: check the file",
        ),
    ] {
        assert_eq!(run_csv(name, text).unwrap_err(), message);
    }
    assert!(run(&["--csv", "no such file.csv"]).unwrap_err().starts_with("no such file.csv: "));
}

#[test]
fn an_unknown_argument_is_answered_with_the_usage() {
    let error = run(&["--cvs", "traffic.csv"]).unwrap_err();
    assert!(error.starts_with("invalid option '--cvs'\n\nusage: vpn_report"), "{error}");
    assert!(run(&["--help"]).unwrap().starts_with("usage: vpn_report"));
}

#[cfg(feature = "plot")]
#[test]
fn the_picture_is_labelled_and_no_text_touches_another() {
    let file = scratch("report.svg");
    run(&["--plot", file.to_str().unwrap()]).unwrap();
    let svg = fs::read_to_string(&file).unwrap();
    assert_eq!(
        svg,
        include_str!("../../../docs/vpn_report.svg"),
        "the committed picture is not this one"
    );

    let texts = texts_without_overlap(&svg);
    let written: Vec<&str> = texts.iter().map(|text| &*text.text).collect();
    for label in [
        "Monthly cost of the traffic under each reading of the prices",
        "calendar month",
        "cost in US dollars (logarithmic)",
        "$10,000 per minute per Tbps",
        "$1 per MB",
        "$1 per MiB",
        "$1 per Mbit",
        "$1 per GB",
        "$1 per Mbps per month",
        "2024-08",
        "2024-12",
        "100 thousand",
        "10 trillion",
    ] {
        assert_eq!(written.iter().filter(|&&text| text == label).count(), 1, "{label}");
    }
    // Half of this is still the size of a footnote.
    let smallest = texts.iter().map(|text: &TextBox| text.size).fold(f64::INFINITY, f64::min);
    assert!(smallest >= 18.0, "{smallest}");
    for part in ["<title>Monthly cost", "<desc>For each month a dot"] {
        assert_eq!(svg.matches(part).count(), 1, "{part}");
    }
    // A dot for each of five months and six readings, and one for each entry of the legend.
    assert_eq!(svg.matches("<circle").count(), 5 * 6 + 6);
}

#[cfg(feature = "plot")]
#[test]
fn a_picture_of_many_months_stays_readable() {
    let months = (2019..2025).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let rows =
        months.map(|(year, month)| format!("{year}-{month:02},{} Gbps\n", year * month % 97));
    let (csv, svg) = (scratch("many.csv"), scratch("many.svg"));
    fs::write(&csv, rows.collect::<String>()).unwrap();
    run(&["--csv", csv.to_str().unwrap(), "--plot", svg.to_str().unwrap()]).unwrap();
    texts_without_overlap(&fs::read_to_string(&svg).unwrap());
}

#[cfg(feature = "plot")]
#[test]
fn traffic_of_nothing_is_reported_and_drawn() {
    let (csv, svg) = (scratch("none.csv"), scratch("none.svg"));
    fs::write(&csv, "2025-01,0 bps\n").unwrap();
    let report = run(&["--csv", csv.to_str().unwrap(), "--plot", svg.to_str().unwrap()]).unwrap();
    assert!(report.contains(" 2025-01  0 bps  0.0 TB"), "{report}");
    texts_without_overlap(&fs::read_to_string(&svg).unwrap());
    fs::write(&csv, "").unwrap();
    assert!(run(&["--csv", csv.to_str().unwrap(), "--plot", svg.to_str().unwrap()]).is_ok());
}

#[cfg(feature = "plot")]
#[test]
fn a_picture_that_cannot_be_written_is_an_error() {
    let error = run(&["--plot", "no such folder/costs.svg"]).unwrap_err();
    assert!(error.starts_with("no such folder/costs.svg: "), "{error}");
}

#[cfg(not(feature = "plot"))]
#[test]
fn a_program_without_pictures_says_how_to_build_one_with_them() {
    assert_eq!(
        run(&["--plot", "costs.svg"]).unwrap_err(),
        "this program was built without pictures: run it with `--features plot`",
    );
}

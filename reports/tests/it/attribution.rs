//! Whose traffic made a bill, as a person asks it.

#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/attribution.rs"]
mod attribution;

#[cfg(feature = "plot")]
use crate::svg::texts_without_overlap;
use std::{ffi::OsString, fs, path::PathBuf};

fn run(args: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    let args = args.iter().map(OsString::from).collect();
    let result = attribution::run(args, &mut out).map_err(|error| error.to_string());
    result.map(|()| String::from_utf8(out).unwrap())
}

/// A file of its own for each test.
fn scratch(name: &str, text: &str) -> String {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

#[test]
fn the_month_that_the_example_makes_is_split() {
    assert_eq!(run(&[]).unwrap(), include_str!("../golden/attribution.txt"));
}

#[test]
fn traffic_of_ones_own_is_split() {
    let card = scratch(
        "attribution.toml",
        "[[tariff]]\nname = \"port\"\nmeasure = \"95th percentile\"\nprice = \"1 USD per 1 Mbps\"\n",
    );
    // 10 and 20 Mbps in the first slot, 40 and 0 in the second.
    let rows = [
        "time,member,bits",
        "2025-01-01T00:00:00Z,cdn,3000000000",
        "2025-01-01T00:00:00Z,vpn,6000000000",
        "2025-01-01T00:05:00Z,cdn,12000000000",
        "2025-01-01T00:05:00Z,vpn,0",
    ];
    let members = scratch("members.csv", &rows.join("\n"));
    let report = run(&["--csv", &members, "--card", &card]).unwrap();
    let cells = |name: &str| -> Vec<String> {
        let line = report.lines().find(|line| line.trim_start().starts_with(name)).unwrap();
        let cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
        cells.skip(3).map(ToOwned::to_owned).collect()
    };
    assert_eq!(cells("cdn"), ["28.57 USD", "40.00 USD", "30.00 USD"]);
    assert_eq!(cells("vpn"), ["11.43 USD", "0.00 USD", "10.00 USD"]);
    assert!(report.ends_with("40 Mbps at 2025-01-01T00:05:00Z, of which cdn 40 Mbps, vpn 0 bps\n"));
}

#[test]
fn a_slot_outside_the_hours_of_the_tariff_is_not_the_billed_one() {
    let card = scratch(
        "attribution_by_hours.toml",
        "[[tariff]]\nname = \"port\"\nmeasure = \"95th percentile\"\nhours = \"00:05 to 00:15\"\n\
         price = \"1 USD per 1 Mbps\"\n\n[[adjustment]]\nname = \"tax\"\npercent = \"15%\"\n",
    );
    // 90 Mbps before the hours, 10 and 40 within them.
    let rows = [
        "time,member,bits",
        "2025-01-01T00:00:00Z,cdn,27000000000",
        "2025-01-01T00:05:00Z,cdn,3000000000",
        "2025-01-01T00:10:00Z,cdn,12000000000",
    ];
    let members = scratch("members_by_hours.csv", &rows.join("\n"));
    let report = run(&["--csv", &members, "--card", &card]).unwrap();
    assert!(report.contains("the whole bill of 40.00 USD without its adjustments."), "{report}");
    assert!(
        report.ends_with("40 Mbps at 2025-01-01T00:10:00Z, of which cdn 40 Mbps\n"),
        "{report}"
    );
}

#[test]
fn a_bill_without_a_billed_slot_says_what_splits_it() {
    let card = scratch(
        "attribution_by_volume.toml",
        "[[tariff]]\nname = \"egress\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 GB\"\n",
    );
    assert_eq!(
        run(&["--card", &card]).unwrap_err(),
        "tariff `egress` bills total volume, which is of no single slot: pass Attribution::ByVolume",
    );
    let error = run(&["--csv", "no such file"]).unwrap_err();
    assert!(error.starts_with("no such file: "), "{error}");
}

#[cfg(feature = "plot")]
#[test]
fn the_picture_is_labelled_and_no_text_touches_another() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("attribution.svg");
    run(&["--plot", file.to_str().unwrap()]).unwrap();
    let svg = fs::read_to_string(&file).unwrap();
    let committed = include_str!("../../../docs/attribution.svg");
    assert_eq!(svg, committed, "the committed picture is not this one");
    let texts = texts_without_overlap(&svg);
    for label in [
        "Whose traffic made a bill of 2,879.10 USD",
        "by volume",
        "in the billed slot",
        "by Shapley values",
        "part of the bill in USD",
        "vpn",
    ] {
        assert_eq!(texts.iter().filter(|text| text.text == label).count(), 1, "{label}");
    }
    assert!(texts.iter().all(|text| text.size >= 18.0));
}

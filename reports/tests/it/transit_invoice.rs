//! The invoice of a link's month, as a person runs it.

#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/transit_invoice.rs"]
mod transit_invoice;

#[cfg(feature = "plot")]
use crate::svg::texts_without_overlap;
use std::{ffi::OsString, fs, path::PathBuf};

fn run(args: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    let args = args.iter().map(OsString::from).collect();
    let result = transit_invoice::run(args, &mut out).map_err(|error| error.to_string());
    result.map(|()| String::from_utf8(out).unwrap())
}

/// A file of its own for each test.
fn scratch(name: &str, text: &str) -> String {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

#[test]
fn the_month_that_the_example_makes_is_billed() {
    assert_eq!(run(&[]).unwrap(), include_str!("../golden/transit_invoice.txt"));
}

#[test]
fn each_card_bills_the_month() {
    for (card, total) in [
        // 665,181,296.7375 MB at 1 USD; no slot is above the baseline of 5.65 Tbps.
        ("pta.toml", "665,181,296.74 USD"),
        // The same and 0.5 % of it, each to the cent; beside it 1,666.67 PKR.
        ("vpn_licence.toml", "668,507,203.22 USD"),
        // Outbound, 145,326.8841375 GB less the free 100: 10,000 × 0.09 + 40,000 × 0.085 +
        // 95,226.8841375 × 0.07 = 900 + 3,400 + 6,665.881889625.
        ("egress.toml", "10,965.88 USD"),
        // 2,000 × 0.80 + 177.25 × 1.00 + 250.
        ("transit.toml", "2,027.25 USD"),
    ] {
        let file = format!("{}/rate_cards/{card}", env!("CARGO_MANIFEST_DIR"));
        let report = run(&["--card", &file]).unwrap();
        let invoice = report.split("INVOICE").nth(1).unwrap();
        let of_invoice = invoice.lines().find(|line| line.starts_with("total")).unwrap();
        assert!(of_invoice.ends_with(&format!(" {total}")), "{card}: {report}");
    }
}

#[test]
fn traffic_of_ones_own_is_billed() {
    let card = scratch(
        "own.toml",
        "[[tariff]]\nname = \"egress\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 GB\"\n",
    );
    let bits = scratch(
        "bits.csv",
        "time,bits\n2025-01-01T00:00:00Z,8000000000\n2025-01-01T00:05:00Z,16000000000\n",
    );
    let counters = scratch(
        "counters.csv",
        "time,in_octets,out_octets\n2025-01-01T00:00:00Z,5,7\n\
         2025-01-01T00:05:00Z,1000000005,7\n2025-01-01T00:10:00Z,1000000005,2000000007\n",
    );
    for file in [bits, counters] {
        let report = run(&["--card", &card, "--csv", &file]).unwrap();
        assert!(report.starts_with("2 slots carried 3.00 GB, 40 Mbps on average"), "{report}");
        assert!(report.contains("usage  3 GB  at 1 USD per 1 GB  3.00 USD"), "{report}");
    }
}

#[test]
fn a_file_in_another_layout_is_billed() {
    let card = scratch(
        "layout.toml",
        "[[tariff]]\nname = \"egress\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 GB\"\n",
    );
    let sheet =
        scratch("sheet.csv", "Zeit;Verkehr\n1735689600;1000000000,0\n1735689900;2000000000,0\n");
    let tabs = scratch(
        "tabs.csv",
        "when\tin_octets\n2025-01-01T00:00:00Z\t80e6\n2025-01-01T00:05:00Z\t0\n",
    );
    let [of_sheet, of_tabs] = [
        &[
            "--separator",
            ";",
            "--decimal-comma",
            "--time",
            "zeit",
            "--unix",
            "--value",
            "verkehr=bytes",
        ][..],
        &["--separator", "tab", "--time", "when", "--value", "in_octets=bps"][..],
    ];
    // The layout may come before the file or after it.
    let report = run(&[&["--card", &card, "--csv", &sheet], of_sheet].concat()).unwrap();
    assert!(report.contains("usage  3 GB  at 1 USD per 1 GB  3.00 USD"), "{report}");
    let report = run(&[of_tabs, &["--card", &card, "--csv", &tabs]].concat()).unwrap();
    assert!(report.contains("usage  3 GB  at 1 USD per 1 GB  3.00 USD"), "{report}");
    assert_eq!(
        run(&["--csv", &sheet, "--time", "Zeit"]).unwrap_err(),
        format!(
            "{sheet}: expected a column `Zeit` in the header `Zeit;Verkehr`, which is one cell: is the \
             separator `;`? call separator(b';')"
        ),
    );
    for (args, message) in [
        (
            ["--value", "traffic"],
            "invalid value `traffic`: pass a column and its unit, such as traffic=bytes; units are \
             bits, bytes, volume, bps, bytes/s, rate",
        ),
        (
            ["--value", "traffic=MB"],
            "invalid value `traffic=MB`: pass a column and its unit, such as traffic=bytes; units are \
             bits, bytes, volume, bps, bytes/s, rate",
        ),
        (["--separator", ";;"], "invalid separator `;;`: pass one character, `tab` or `space`"),
    ] {
        assert_eq!(run(&args).unwrap_err(), message);
    }
    let help = run(&["--help"]).unwrap();
    for argument in
        ["--time NAME", "--unix", "--value NAME=UNIT", "--separator CHAR", "--decimal-comma"]
    {
        assert!(help.contains(argument), "{help}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let file =
        scratch("bad.csv", "time,rate\n2025-01-01T00:00:00Z,1 GBPS\n2025-01-01T00:05:00Z,1\n");
    assert_eq!(
        run(&["--csv", &file]).unwrap_err(),
        format!(
            "{file}: line 2, column `rate`: ambiguous unit `GBPS` at byte 2: expected Gbps (bits) or \
             GB/s (bytes)"
        ),
    );
    let card = scratch("bad.toml", "[[tariff]]\nname = \"transit\"\nmeasure = \"95th percent\"\n");
    let error = run(&["--card", &card]).unwrap_err();
    assert!(error.starts_with(&format!("{card}: tariff `transit`, `measure`: ")), "{error}");
    let error = run(&["--crad", "x"]).unwrap_err();
    assert!(error.starts_with("invalid option '--crad'\n\nusage: transit_invoice"), "{error}");
}

#[cfg(feature = "plot")]
#[test]
fn the_picture_is_labelled_and_no_text_touches_another() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("invoice.svg");
    run(&["--plot", file.to_str().unwrap()]).unwrap();
    let svg = fs::read_to_string(&file).unwrap();
    let committed = include_str!("../../../docs/transit_invoice.svg");
    assert_eq!(svg, committed, "the committed picture is not this one");
    let texts = texts_without_overlap(&svg);
    for label in [
        "Traffic of the billed direction, slot by slot",
        "day of 2025 (UTC)",
        "rate in Mbps",
        "traffic",
        "discarded: above the percentile",
        "95th percentile, 2,177.25 Mbps",
        "commitment, 2,000 Mbps",
        "1 Jan",
        "3,000",
    ] {
        assert_eq!(texts.iter().filter(|text| text.text == label).count(), 1, "{label}");
    }
    assert!(texts.iter().all(|text| text.size >= 18.0));
    // 8,928 slots less the rank of 8,482, and one in the legend.
    assert_eq!(svg.matches("<circle").count(), 8_928 - 8_482 + 1);
}

#[cfg(feature = "plot")]
#[test]
fn pictures_of_a_day_and_of_a_year_stay_readable() {
    // A volume may be of a year; a tariff by rate has prices of a month.
    let card = format!("{}/rate_cards/egress.toml", env!("CARGO_MANIFEST_DIR"));
    for (name, interval, slots) in [("day", 300, 288), ("year", 86_400, 365), ("one", 300, 2)] {
        let start = 1_735_689_600; // 2025-01-01
        let row = |slot: i64| {
            let at = bandwidth_cost::jiff::Timestamp::from_second(start + slot * interval).unwrap();
            format!("{at},{}\n", slot * 1_000_000)
        };
        let rows: String = (0..slots).map(row).collect();
        let csv = scratch(&format!("{name}.csv"), &format!("time,bits\n{rows}"));
        let svg = scratch(&format!("{name}.svg"), "");
        run(&["--card", &card, "--csv", &csv, "--plot", &svg]).unwrap();
        texts_without_overlap(&fs::read_to_string(&svg).unwrap());
    }
}

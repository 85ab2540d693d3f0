//! The regulator's question, as a person asks it: the answers, the refusals and the picture.

#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/claim.rs"]
mod example;

#[cfg(feature = "plot")]
use crate::svg::texts_without_overlap;
use std::ffi::OsString;
#[cfg(feature = "plot")]
use std::{fs, path::PathBuf};

fn run(args: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    let args = args.iter().map(OsString::from).collect();
    let result = example::run(args, &mut out).map_err(|error| error.to_string());
    result.map(|()| String::from_utf8(out).unwrap())
}

#[cfg(feature = "plot")]
/// Draws into a file of its own for each test.
fn plot(name: &str, args: &[&str]) -> String {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    run(&[args, &["--plot", file.to_str().unwrap()]].concat()).unwrap();
    fs::read_to_string(&file).unwrap()
}

/// The rows of the table below a heading, the cells of each joined by one space.
#[track_caller]
fn rows(report: &str, heading: &str) -> Vec<String> {
    let (_, answer) = report.split_once(heading).unwrap_or_else(|| panic!("no `{heading}`"));
    let rows = answer.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let rows = rows.skip_while(|row| !row.starts_with('─')).skip(1);
    rows.take_while(|row| !row.is_empty()).collect()
}

#[test]
fn the_answers_come_out() {
    assert_eq!(run(&[]).unwrap(), include_str!("../golden/claim.txt"));
}

/// 1 Tbps for a minute is 7.5 TB, and 1 Mbps for 30 days is 324 GB.
#[test]
fn each_interpretation_is_stated_in_two_units_and_compared_with_the_other_claim() {
    assert_eq!(
        rows(&run(&[]).unwrap(), "THE CLAIM"),
        [
            // 10,000 / 7,500; × 324
            "$10,000 per minute per Tbps 1.3333 432.0000 1.0000",
            "$1 per MB 1,000.0000 324,000.0000 750.0000", // 1,000 / 1.3333
            // 10⁹ / 2²⁰; × 324; × 0.75
            "$1 per MiB 953.6743 308,990.4785 715.2557",
            "$1 per Mbit 8,000.0000 2,592,000.0000 6,000.0000",
            "$1 per GB 1.0000 324.0000 0.7500",
            "$1 per Mbps per month 0.0031 1.0000 0.0023", // 1 / 324; 1 / 432
        ],
    );
}

/// 70 % of 18.03 Tbps are 12.621, so 5.409 cross the border; 20 % of 12.621 Tbps are 2,524.2 Gbps, and
/// a Gbps costs 10 USD a minute, a dollar 278.55 PKR.
#[test]
fn licensed_vpns_take_their_share_of_the_increase() {
    let report = run(&[]).unwrap();
    let rows = rows(&report, "LICENSING");
    assert_eq!(rows[0], "0% 5.409 Tbps 7.9332 Tbps 2.5242 Tbps 25,242.00 7,031,159.10");
    assert_eq!(rows[2], "50% 5.409 Tbps 6.6711 Tbps 1.2621 Tbps 12,621.00 3,515,579.55");
    assert_eq!(rows[4], "100% 5.409 Tbps 5.409 Tbps 0 bps 0.00 0.00");
    let tenth = run(&["--moved", "10%"]).unwrap();
    assert!(tenth.contains("\n10% of 18.03 Tbps move to VPNs;"), "{tenth}");
    assert!(tenth.contains("none of them on VPNs before the move of 10%."), "{tenth}");
}

/// The increase is share moved × share of CDNs × 18.03 Tbps.
#[test]
fn the_increase_is_in_proportion_to_both_shares() {
    let report = run(&[]).unwrap();
    assert_eq!(
        rows(&report, "SENSITIVITY: what VPNs add"),
        [
            "1% 90.15 Gbps 108.18 Gbps 126.21 Gbps 144.24 Gbps",
            "5% 450.75 Gbps 540.9 Gbps 631.05 Gbps 721.2 Gbps",
            "10% 901.5 Gbps 1.0818 Tbps 1.2621 Tbps 1.4424 Tbps",
            "20% 1.803 Tbps 2.1636 Tbps 2.5242 Tbps 2.8848 Tbps",
            "50% 4.5075 Tbps 5.409 Tbps 6.3105 Tbps 7.212 Tbps",
        ],
    );
    // 90.15 × 10 × 278.55 = 251,112.825; 144.24 × 10 × 278.55 = 401,780.52
    assert_eq!(rows(&report, "what that costs")[0], "1% 251,113 301,335 351,558 401,781");
}

#[test]
fn another_country_is_asked_about_at_another_rate() {
    let report = run(&["--in-use", "1 Tbps", "--rate", "1 USD = 0.96 EUR"]).unwrap();
    // 20 % of 700 Gbps: 1,400 USD a minute, × 0.96
    assert_eq!(rows(&report, "LICENSING")[0], "0% 300 Gbps 440 Gbps 140 Gbps 1,400.00 1,344.00");
    assert!(report.contains("\nEUR at $10,000 per minute per Tbps\n"), "{report}");
    assert!(report.contains("- 1 Tbps are in use (as given), "), "{report}");
    assert!(report.ends_with("- 1 USD = 0.96 EUR (as agreed): as given.\n\n"), "{report}");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    for (args, message) in [
        (["--rate", "1 EUR = 2 PKR"], "`1 EUR = 2 PKR` does not name USD: pass the worth of 1 USD"),
        (
            ["--rate", "1 PKR = 0.0036 USD"],
            "`1 PKR = 0.0036 USD` is the other way around: pass the worth of 1 USD",
        ),
        (
            ["--in-use", "12 TBPS"],
            "cannot parse argument \"12 TBPS\": ambiguous unit `TBPS` at byte 3: expected Tbps \
             (bits) or TB/s (bytes)",
        ),
        (
            ["--moved", "120%"],
            "cannot parse argument \"120%\": `120%` is too large for a share: expected at most 100%",
        ),
    ] {
        assert_eq!(run(&args).unwrap_err(), message);
    }
    let error = run(&["--inuse", "10 Tbps"]).unwrap_err();
    assert!(error.starts_with("invalid option '--inuse'\n\nusage: claim"), "{error}");
    assert!(run(&["--help"]).unwrap().starts_with("usage: claim"));
}

#[cfg(feature = "plot")]
#[test]
fn the_picture_is_labelled_and_no_text_touches_another() {
    let svg = plot("claim.svg", &[]);
    let committed = include_str!("../../../docs/claim.svg");
    assert_eq!(svg, committed, "the committed picture is not this one");
    let texts = texts_without_overlap(&svg);
    for label in [
        "What VPNs that bypass the local CDNs add at the border",
        "share of the traffic that moves (the authority's figure of February 2024)",
        "increase in Gbps",
        "CDNs serve 50%",
        "CDNs serve 80%",
        "1%",
        "50%",
        "0",
        "8,000",
    ] {
        assert_eq!(texts.iter().filter(|text| text.text == label).count(), 1, "{label}");
    }
    assert!(texts.iter().all(|text| text.size >= 18.0));
    // The paper, and a bar for each of four shares of CDNs and five that move.
    assert_eq!(svg.matches("<rect").count(), 1 + 4 * 5);
}

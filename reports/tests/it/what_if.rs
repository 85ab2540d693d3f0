//! What-if, as a person asks it: the answers, the refusals and the picture.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking")]

#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/what_if.rs"]
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

/// The rows of the table below `header`, the cells of each joined by one space.
#[track_caller]
fn rows(report: &str, question: &str, header: &str) -> Vec<String> {
    let answer = report.split("\nWhat ").find(|answer| answer.starts_with(question));
    let answer = answer.unwrap_or_else(|| panic!("no `{question}` in {report}"));
    let rows = answer.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let rows = rows.skip_while(|row| !row.starts_with(header)).skip(1);
    let rows = rows.skip_while(|row| !row.starts_with('─')).skip(1);
    rows.take_while(|row| !row.is_empty()).collect()
}

const BYPASS: &str = "if direct traffic moves";
const LICENSED: &str = "if licensed VPNs";

#[test]
fn the_answers_come_out() {
    assert_eq!(run(&[]).unwrap(), include_str!("../golden/what_if.txt"));
}

/// CDNs serve 12.38 of 18.03 Tbps of the traffic, and none of it once it has moved. So x % of 18.03
/// Tbps adds x % of 12.38 Tbps to the 5.65 Tbps that cross already.
#[test]
fn what_moves_crosses_the_border() {
    assert_eq!(
        rows(&run(&[]).unwrap(), BYPASS, "moved border before"),
        [
            "1% 5.65 Tbps 5.7738 Tbps 123.8 Gbps", // 0.01 × 12,380; + 5,650
            "5% 5.65 Tbps 6.269 Tbps 619 Gbps",    // 0.05 × 12,380
            "10% 5.65 Tbps 6.888 Tbps 1.238 Tbps", // 0.1 × 12,380
            "20% 5.65 Tbps 8.126 Tbps 2.476 Tbps", // 0.2 × 12,380
        ],
    );
}

/// A Gbps costs 10 USD a minute; 30 days have 43,200 minutes; a dollar is 278.55 rupees.
#[test]
fn the_increase_costs_ten_thousand_a_minute_for_each_terabit_per_second() {
    assert_eq!(
        rows(&run(&[]).unwrap(), BYPASS, "the increase at $10,000 per minute per Tbps"),
        [
            // 123.8 × 10; × 278.55; 1,238 × 43,200; 344,844.9 × 43,200
            "1% 1,238.00 344,844.90 53,481,600.00 14,897,299,680.00",
            // 619 × 10; × 278.55; 6,190 × 43,200; 1,724,224.5 × 43,200
            "5% 6,190.00 1,724,224.50 267,408,000.00 74,486,498,400.00",
            // 1,238 × 10; × 278.55; 12,380 × 43,200; 3,448,449 × 43,200
            "10% 12,380.00 3,448,449.00 534,816,000.00 148,972,996,800.00",
            // 2,476 × 10; × 278.55; 24,760 × 43,200; 6,896,898 × 43,200
            "20% 24,760.00 6,896,898.00 1,069,632,000.00 297,945,993,600.00",
        ],
    );
}

/// A Gbps carries 1,000 Mbit × 60 / 8 = 7,500 MB a minute, which costs 7,500 USD.
#[test]
fn a_dollar_for_each_megabyte_is_750_times_as_dear() {
    assert_eq!(
        rows(&run(&[]).unwrap(), BYPASS, "the increase at $1 per MB"),
        [
            // 123.8 × 7,500; × 278.55; 928,500 × 43,200; 258,633,675 × 43,200
            "1% 928,500.00 258,633,675.00 40,111,200,000.00 11,172,974,760,000.00",
            // 619 × 7,500; × 278.55; 4,642,500 × 43,200; 1,293,168,375 × 43,200
            "5% 4,642,500.00 1,293,168,375.00 200,556,000,000.00 55,864,873,800,000.00",
            // 1,238 × 7,500; × 278.55; 9,285,000 × 43,200; 2,586,336,750 × 43,200
            "10% 9,285,000.00 2,586,336,750.00 401,112,000,000.00 111,729,747,600,000.00",
            // 2,476 × 7,500; × 278.55; 18,570,000 × 43,200; 5,172,673,500 × 43,200
            "20% 18,570,000.00 5,172,673,500.00 802,224,000,000.00 223,459,495,200,000.00",
        ],
    );
}

/// The CDNs may serve 11.38 Tbps and a part of a bit/s of the traffic that stays: 11,380,000,000,001 ×
/// 1803/1238 = 16,573,618,739,904.1… bit/s stay, so that 1,456,381,260,096 of 18,030,000,000,000
/// move; both are divided by 192.
#[test]
fn about_eight_percent_add_a_terabit_per_second() {
    assert_eq!(
        rows(&run(&[]).unwrap(), "share moved adds 1 Tbps", "about"),
        ["8.08% 7585319063/93906250000 1.46 Tbps 6.65 Tbps"],
    );
}

/// The CDNs go on serving the half that licensed VPNs carry: each increase is half of that
/// without them, and 10 and 20 % are as 5 and 10 % without them.
#[test]
fn licensed_vpns_that_carry_half_of_it_halve_the_increase() {
    let report = run(&[]).unwrap();
    assert_eq!(
        rows(&report, LICENSED, "moved border before"),
        [
            "1% 5.65 Tbps 5.7119 Tbps 61.9 Gbps",  // 0.005 × 12,380; + 5,650
            "5% 5.65 Tbps 5.9595 Tbps 309.5 Gbps", // 0.025 × 12,380
            "10% 5.65 Tbps 6.269 Tbps 619 Gbps",   // 0.05 × 12,380
            "20% 5.65 Tbps 6.888 Tbps 1.238 Tbps", // 0.1 × 12,380
        ],
    );
    assert_eq!(
        rows(&report, LICENSED, "the increase at $10,000 per minute per Tbps"),
        [
            // 61.9 × 10; × 278.55; 619 × 43,200; 172,422.45 × 43,200
            "1% 619.00 172,422.45 26,740,800.00 7,448,649,840.00",
            // 309.5 × 10; × 278.55; 3,095 × 43,200; 862,112.25 × 43,200
            "5% 3,095.00 862,112.25 133,704,000.00 37,243,249,200.00",
            // As 5 % and 10 % without licensed ones.
            "10% 6,190.00 1,724,224.50 267,408,000.00 74,486,498,400.00",
            "20% 12,380.00 3,448,449.00 534,816,000.00 148,972,996,800.00",
        ],
    );
    assert_eq!(
        rows(&report, LICENSED, "the increase at $1 per MB"),
        [
            // 61.9 × 7,500; × 278.55; 464,250 × 43,200; 129,316,837.5 × 43,200
            "1% 464,250.00 129,316,837.50 20,055,600,000.00 5,586,487,380,000.00",
            // 309.5 × 7,500; × 278.55; 2,321,250 × 43,200; 646,584,187.5 × 43,200
            "5% 2,321,250.00 646,584,187.50 100,278,000,000.00 27,932,436,900,000.00",
            "10% 4,642,500.00 1,293,168,375.00 200,556,000,000.00 55,864,873,800,000.00",
            "20% 9,285,000.00 2,586,336,750.00 401,112,000,000.00 111,729,747,600,000.00",
        ],
    );
}

/// 20 % put 2,476 Gbps more on the border. CDNs must serve 1,476 Gbps and a bit/s of it again:
/// 1,476 × 1803/1238 = 2,149.6 of the 3,606 Gbps that moved.
#[test]
fn three_fifths_on_licensed_vpns_keep_the_border_below_a_terabit_per_second_more() {
    assert_eq!(
        rows(&run(&[]).unwrap(), "share of 20% must licensed VPNs", "about"),
        ["59.61% 2.15 Tbps 8.126 Tbps 6.65 Tbps"],
    );
}

/// 1,000 Gbps lost less 830 rerouted are 170, of the 5,650 that filled the border.
#[test]
fn the_cut_of_aae_1_leaves_170_gbps_uncarried() {
    assert_eq!(
        rows(&run(&[]).unwrap(), "does the cut of AAE-1", "lost"),
        ["1 Tbps 830 Gbps 5.48 Tbps 170 Gbps"],
    );
}

#[test]
fn another_country_is_asked_about_at_another_rate() {
    let country = ["--in-use", "500 Gbps", "--local", "400 Gbps"];
    let report = run(&[&country[..], &["--rate", "1 USD = 0.96 EUR"]].concat()).unwrap();
    assert!(report.starts_with(
        "500 Gbps in use, 400 Gbps of it served by local CDNs (as given):\n\
         the rest, 100 Gbps, crosses the border.\n"
    ));
    // A tenth of 400 Gbps: 40 × 10 USD a minute, × 0.96; and × 43,200.
    let costs = rows(&report, BYPASS, "the increase at $10,000 per minute per Tbps");
    assert_eq!(costs.get(2).unwrap(), "10% 400.00 384.00 17,280,000.00 16,588,800.00");
    assert!(report.contains("  EUR per month\n"), "{report}");
    assert!(report.ends_with("1 USD = 0.96 EUR: as given.\n"), "{report}");
    for answer in [
        "What share moved adds 1 Tbps at the border?\n\nNone: all of it moved adds less.\n",
        "\n\nIt carried 1 Tbps, more than this border's 100 Gbps.\n",
    ] {
        assert!(report.contains(answer), "{report}");
    }
}

#[test]
fn traffic_up_to_all_that_a_rate_holds_is_answered() {
    for (in_use, local) in [("18446744073709551615 bps", "1 bps"), ("1 bps", "0 bps")] {
        let report = run(&["--in-use", in_use, "--local", local]).unwrap();
        assert!(report.contains("None: all of it moved adds less.\n"), "{report}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    for (args, message) in [
        (
            &["--in-use", "10 Tbps"][..],
            "12.38 Tbps of 10 Tbps served by local CDNs: a share can't be 12380000000000 of \
             10000000000000: pass at most the denominator, and a denominator above zero",
        ),
        (
            &["--in-use", "0 bps", "--local", "0 bps"],
            "0 bps of 0 bps served by local CDNs: a share can't be 0 of 0: pass at most the denominator, and a denominator above zero",
        ),
        (
            &["--rate", "1 EUR = 2 PKR"],
            "`1 EUR = 2 PKR` does not name USD: pass the worth of 1 USD",
        ),
        (
            &["--rate", "1 PKR = 0.0036 USD"],
            "`1 PKR = 0.0036 USD` is the other way around: pass the worth of 1 USD",
        ),
        (
            &["--local", "12 TBPS"],
            "cannot parse argument \"12 TBPS\": ambiguous unit `TBPS` at byte 3: expected Tbps \
             (bits) or TB/s (bytes)",
        ),
    ] {
        assert_eq!(run(args).unwrap_err(), message);
    }
    let error = run(&["--inuse", "10 Tbps"]).unwrap_err();
    assert!(error.starts_with("invalid option '--inuse'\n\nusage: what_if"), "{error}");
    assert!(run(&["--help"]).unwrap().starts_with("usage: what_if"));
}

#[cfg(feature = "plot")]
#[test]
fn the_picture_is_labelled_and_no_text_touches_another() {
    let svg = plot("what_if.svg", &[]);
    let committed = include_str!("../../../docs/what_if.svg");
    assert_eq!(svg, committed, "the committed picture is not this one");
    let texts = texts_without_overlap(&svg);
    for (label, times) in [
        ("What moving direct traffic to VPNs adds at the border", 1),
        ("share of direct traffic that moves (February 2024)", 1),
        ("increase in Gbps", 1),
        ("all to unlicensed VPNs", 1),
        ("half of it to licensed VPNs", 1),
        ("1,000 Gbps: $10,000 a minute", 1),
        ("1%", 1),
        ("20%", 1),
        ("0", 1),
        ("3,000", 1),
        ("61.9", 1),
        ("123.8", 1),
        ("309.5", 1),
        // All of 5 and of 10 %, half of 10 and of 20 %.
        ("619.0", 2),
        ("1,238.0", 2),
        ("2,476.0", 1),
    ] {
        assert_eq!(texts.iter().filter(|text| text.text == label).count(), times, "{label}");
    }
    assert!(texts.iter().all(|text| text.size >= 18.0));
    // The paper, and two bars for each of four shares.
    assert_eq!(svg.matches("<rect").count(), 1 + 2 * 4);
}

#[cfg(feature = "plot")]
#[test]
fn pictures_of_less_and_of_more_traffic_stay_readable() {
    for (name, in_use, local, level) in [
        ("less.svg", "500 Gbps", "400 Gbps", false),
        ("more.svg", "600 Tbps", "500 Tbps", true),
        ("full.svg", "18446744073709551615 bps", "18446744073709551615 bps", true),
        ("none.svg", "500 Gbps", "0 bps", false),
    ] {
        let texts = texts_without_overlap(&plot(name, &["--in-use", in_use, "--local", local]));
        let drawn = texts.iter().any(|text| text.text.ends_with(": $10,000 a minute"));
        assert_eq!(drawn, level, "{name}");
    }
}

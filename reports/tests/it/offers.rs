//! Offers, as a person compares them: the tables, the refusals and the picture.

#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/offers.rs"]
mod example;

#[cfg(feature = "plot")]
use crate::svg::texts_without_overlap;
use std::{ffi::OsString, fs, path::PathBuf};

fn run(args: &[&str]) -> Result<String, String> {
    let mut out = Vec::new();
    let args = args.iter().map(OsString::from).collect();
    let result = example::run(args, &mut out).map_err(|error| error.to_string());
    result.map(|()| String::from_utf8(out).unwrap())
}

/// A file of its own for each test that writes or reads one.
fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[cfg(feature = "plot")]
fn plot(name: &str, args: &[&str]) -> String {
    let file = scratch(name);
    run(&[args, &["--plot", file.to_str().unwrap()]].concat()).unwrap();
    fs::read_to_string(&file).unwrap()
}

/// Writes a card of offers, each a name and its keys, and returns its path.
fn card(name: &str, offers: &[(&str, &str)]) -> String {
    let tariff = |(name, keys): &(&str, &str)| {
        format!("[[tariff]]\nname = \"{name}\"\nmeasure = \"95th percentile\"\n{keys}\n")
    };
    let file = scratch(name);
    fs::write(&file, offers.iter().map(tariff).collect::<String>()).unwrap();
    file.display().to_string()
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
fn the_tables_come_out() {
    assert_eq!(run(&[]).unwrap(), include_str!("../golden/offers.txt"));
}

#[test]
fn the_cheapest_offer_changes_where_two_cross() {
    assert_eq!(
        rows(&run(&[]).unwrap(), "The cheapest of 4 offers (2025) up to 10 Gbps:"),
        [
            "metered 0 bps 0.00 USD",
            "3 Gbps committed 1.75 Gbps 2,100.00 USD", // 2,100 / 1.20
            "tiers and a port 2 Gbps 1,700.00 USD",    // 400 + 2,000 × 0.65
            "3 Gbps committed 2.62 Gbps 2,100.00 USD", // 1,700 / 0.65
            "tiers and a port 5 Gbps 2,900.00 USD",    // 400 + 5,000 × 0.50
            "flat port 8.20 Gbps 4,500.00 USD",        // 4,100 / 0.50
        ],
    );
    assert_eq!(
        rows(&run(&["--up-to", "1 Gbps"]).unwrap(), "up to 1 Gbps:"),
        ["metered 0 bps 0.00 USD"],
    );
}

#[test]
fn a_budget_gives_a_rate_of_each_offer() {
    let report = run(&["--budget", "4500 USD"]).unwrap();
    assert_eq!(
        rows(&report, "for 4,500.00 USD"),
        [
            "metered 3.75 Gbps 4,500.00 USD",
            "3 Gbps committed 6.43 Gbps 4,500.00 USD", // 4,500 / 0.70 = 6,428.57…
            "tiers and a port 8.2 Gbps 4,500.00 USD",
            "flat port any rate 4,500.00 USD",
        ],
    );
}

#[test]
fn of_offers_that_never_cross_the_cheaper_one_is_named() {
    let offers = [
        ("dear", "price = \"2 USD per 1 Mbps\""),
        ("cheap", "price = \"1 USD per 1 Mbps\""),
        ("dearest", "price = \"3 USD per 1 Mbps\""),
    ];
    let report = run(&["--offers", &card("never.toml", &offers)]).unwrap();
    assert_eq!(rows(&report, "(as given)"), ["cheap 0 bps 0.00 USD"]);
    assert_eq!(rows(&report, "Where two of them cross:"), Vec::<String>::new());
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let mut file = String::new();
    let mut refusal = |name, offers: &[(&str, &str)]| {
        file = card(name, offers);
        run(&["--offers", &file]).unwrap_err().replace(&file, name)
    };
    let dollars = ("dollars", "price = \"2 USD per 1 Mbps\"");
    assert_eq!(
        refusal("two.toml", &[dollars, ("euros", "price = \"2 EUR per 1 Mbps\"")]),
        "dollars, euros: currency mismatch: USD and EUR; convert one with an exchange rate first",
    );
    let steps = "price = \"1.999999 USD per 1 Mbps\"\nincrement = \"1 bps\"";
    assert!(
        refusal("steps.toml", &[dollars, ("steps", &steps.replace("1 bps", "1 kbps"))])
            .starts_with("dollars, steps: the cheaper of the two changes more than 1000 times"),
    );
    assert!(refusal("none.toml", &[]).starts_with("none.toml: "));
    assert_eq!(
        run(&["--up-to", "0 bps"]).unwrap_err(),
        "no offer is cheaper than another up to 0 bps: pass a rate above zero",
    );
    assert_eq!(
        run(&["--budget", "100 EUR"]).unwrap_err(),
        "currency mismatch: USD and EUR; convert one with an exchange rate first",
    );
    let egress = scratch("egress.toml");
    let text =
        "[[tariff]]\nname = \"egress\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 GB\"\n";
    fs::write(&egress, text).unwrap();
    assert_eq!(
        run(&["--offers", egress.to_str().unwrap()]).unwrap_err(),
        "`egress` is not by rate: write offers by rate",
    );
    assert!(run(&["--help"]).unwrap().starts_with("usage: offers"));
}

#[cfg(feature = "plot")]
#[test]
fn the_picture_is_labelled_and_no_text_touches_another() {
    let svg = plot("offers.svg", &[]);
    let committed = include_str!("../../../docs/offers.svg");
    assert_eq!(svg, committed, "the committed picture is not this one");
    let texts = texts_without_overlap(&svg);
    for label in [
        "Monthly cost of 4 transit offers (2025)",
        "billed rate in Gbps (95th percentile of the month)",
        "cost in USD a month",
        "metered",
        "3 Gbps committed",
        "the cheapest offer changes, at 1.75, 2.00, 2.62, 5.00, 8.20 Gbps",
        "10",
        "12,000",
    ] {
        assert_eq!(texts.iter().filter(|text| text.text == label).count(), 1, "{label}");
    }
    assert!(texts.iter().all(|text| text.size >= 18.0));
    assert!(svg.contains("<title>") && svg.contains("<desc>"));
    // Five changes and the legend's dot.
    assert_eq!(svg.matches("<circle").count(), 5 + 1);
}

#[cfg(feature = "plot")]
#[test]
fn pictures_of_other_offers_stay_readable() {
    let flat = |fee: u64| format!("price = \"0 USD per 1 Mbps\"\nfixed_fee = \"{fee} USD\"");
    let prices: Vec<String> = (1..=9).map(|n| flat(n * 1_000_000)).collect();
    let names: Vec<String> = (1..=9).map(|n| format!("offer number {n}")).collect();
    let mut offers: Vec<(&str, &str)> =
        names.iter().zip(&prices).map(|(name, price)| (&**name, &**price)).collect();
    texts_without_overlap(&plot("flat.svg", &["--offers", &card("flat.toml", &offers)]));
    offers.truncate(1);
    texts_without_overlap(&plot("one.svg", &["--offers", &card("one.toml", &offers)]));
    for (name, up_to) in [("most.svg", "18446744073709551615 bps"), ("least.svg", "1 bps")] {
        texts_without_overlap(&plot(name, &["--up-to", up_to]));
    }
    let zigzag: String = (1..=20)
        .map(|n| {
            format!("    {{ up_to = \"{n} Gbps\", price = \"{} USD per 1 Mbps\" }},\n", n % 2 + 1)
        })
        .collect();
    let zigzag = format!("all_units = [\n{zigzag}    {{ price = \"1 USD per 1 Mbps\" }},\n]");
    let offers = [("zigzag", &*zigzag), ("even", "price = \"1.50 USD per 1 Mbps\"")];
    let texts = texts_without_overlap(&plot(
        "zigzag.svg",
        &["--offers", &card("zigzag.toml", &offers), "--up-to", "20 Gbps"],
    ));
    assert!(texts.iter().any(|text| text.text.starts_with("the cheapest offer changes 1")));
}

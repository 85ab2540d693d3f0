//! Rate cards in TOML: what each key means, and what is said of each mistake.
#![cfg(feature = "toml")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use bandwidth_cost::{
    Baseline, DataRate, DataVolume, Direction, Money, Percentile, PercentileRule, RateCard,
    RateMeter, RatePrice, Schedule, Tariff, Tier, Tiers, UsageSeries, VolumeMeter, VolumePrice,
    jiff::{Timestamp, tz::TimeZone},
};
use core::time::Duration;
use std::collections::BTreeMap;

fn volume(text: &str) -> DataVolume {
    text.parse().unwrap()
}

fn rate(text: &str) -> DataRate {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn per_volume(text: &str) -> VolumePrice {
    text.parse().unwrap()
}

fn per_rate(text: &str) -> RatePrice {
    text.parse().unwrap()
}

#[track_caller]
fn card(text: &str) -> RateCard {
    RateCard::from_toml(text, &BTreeMap::new()).unwrap()
}

/// What is said of a card.
#[track_caller]
fn refused(text: &str) -> String {
    match RateCard::from_toml(text, &BTreeMap::new()) {
        Ok(card) => panic!("read as {card:?}"),
        Err(error) => error.to_string(),
    }
}

/// What is said of a tariff by rate with some keys, the first of them on line 4.
#[track_caller]
fn by_rate_refused(keys: &str) -> String {
    refused(&format!("[[tariff]]\nname = \"transit\"\nmeasure = \"peak rate\"\n{keys}"))
}

/// What is said of a tariff by volume with some keys, the first of them on line 4.
#[track_caller]
fn by_volume_refused(keys: &str) -> String {
    refused(&format!("[[tariff]]\nname = \"egress\"\nmeasure = \"total volume\"\n{keys}"))
}

/// What is said of a tariff by excess volume with some keys, the first of them on line 4.
#[track_caller]
fn by_excess_refused(keys: &str) -> String {
    refused(&format!("[[tariff]]\nname = \"extra\"\nmeasure = \"excess volume\"\n{keys}"))
}

#[test]
fn a_card_with_every_key_is_the_contract_that_it_says() {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
    let day = Duration::from_secs(86_400);
    let plan = UsageSeries::from_volumes(start, day, [volume("1 GB"), volume("2 GB")]).unwrap();
    let text = r#"
        time_zone = "Asia/Karachi"
        direction = "slot_max"

        [[tariff]]
        name = "transit"
        measure = "95th percentile by rounded rank"
        allowance = "10 Mbps"
        increment = "100 Mbps"
        commitment = "1 Gbps"
        fixed_fee = "250 USD"
        minimum = "900.50 USD"
        maximum = "20000 USD"
        graduated = [
            { up_to = "2 Gbps", price = "0.80 USD per 1 Mbps", fee = "5 USD" },
            { below = "4 Gbps", price = "0.60 USD per 1 Mbps" },
            { price = "0.50 USD per 1 Mbps", fee = "7 USD" },
        ]

        [[tariff]]
        name = "egress"
        measure = "total volume"
        all_units = [
            { below = "10 TB", price = "0.09 EUR per 1 GB" },
            { price = "0.07 EUR per 1 GB" },
        ]
        allowance = "100 GB"
        increment = "1 MB"
        commitment = "1 TB"

        [[tariff]]
        name = "disruption"
        measure = "excess volume"
        baseline = "5.65 Tbps"
        price = "10000 USD per 1 Tbps for 1 min"

        [[tariff]]
        name = "unplanned"
        measure = "excess volume"
        baseline = "plan"
        price = "1 USD per 1 MB"

        [[tariff]]
        name = "unplanned, too"
        measure = "excess volume"
        price = "1 USD per 1 MB"
        [tariff.inline_baseline.series]
        start = "2025-01-01T00:00:00Z"
        interval = "1 d"
        volumes = ["1 GB", "2 GB"]

        [[tariff]]
        name = "port"
        measure = "peak rate"
        price = "0 USD per 1 Mbps"

        [[tariff]]
        name = "mean"
        measure = "mean rate"
        price = "1 USD per 1 Mbps"

        [[tariff]]
        name = "days"
        measure = "mean of daily peaks"
        price = "1 USD per 1 Mbps"
    "#;
    let plan = Baseline::series(plan);
    let read = RateCard::from_toml(text, &BTreeMap::from([("plan".to_owned(), plan.clone())]));

    let transit = Schedule::graduated(
        Tiers::new([
            Tier::up_to(rate("2 Gbps"), per_rate("0.80 USD per 1 Mbps")).with_fee(money("5 USD")),
            Tier::below(rate("4 Gbps"), per_rate("0.60 USD per 1 Mbps")),
            Tier::rest(per_rate("0.50 USD per 1 Mbps")).with_fee(money("7 USD")),
        ])
        .unwrap(),
    )
    .with_allowance(rate("10 Mbps"))
    .with_increment(rate("100 Mbps"))
    .unwrap()
    .with_commitment(rate("1 Gbps"))
    .with_fixed_fee(money("250 USD"))
    .unwrap()
    .with_minimum(money("900.50 USD"))
    .unwrap()
    .with_maximum(money("20000 USD"))
    .unwrap();
    let egress = Schedule::all_units(
        Tiers::new([
            Tier::below(volume("10 TB"), per_volume("0.09 EUR per 1 GB")),
            Tier::rest(per_volume("0.07 EUR per 1 GB")),
        ])
        .unwrap(),
    )
    .with_allowance(volume("100 GB"))
    .with_increment(volume("1 MB"))
    .unwrap()
    .with_commitment(volume("1 TB"));
    let percentile = Percentile::P95.with_rule(PercentileRule::RoundedRank);
    let above = |baseline| VolumeMeter::Excess(baseline);
    let flat = |text| Schedule::flat(per_volume(text));
    let tariffs = [
        Tariff::by_rate("transit", RateMeter::Percentile(percentile), transit),
        Tariff::by_volume("egress", VolumeMeter::Total, egress),
        Tariff::by_volume(
            "disruption",
            above(Baseline::constant(rate("5.65 Tbps"))),
            flat("10000 USD per 1 Tbps for 1 min"),
        ),
        Tariff::by_volume("unplanned", above(plan.clone()), flat("1 USD per 1 MB")),
        Tariff::by_volume("unplanned, too", above(plan), flat("1 USD per 1 MB")),
        Tariff::by_rate("port", RateMeter::Peak, Schedule::flat(per_rate("0 USD per 1 Mbps"))),
        Tariff::by_rate("mean", RateMeter::Mean, Schedule::flat(per_rate("1 USD per 1 Mbps"))),
        Tariff::by_rate(
            "days",
            RateMeter::DailyPeakMean,
            Schedule::flat(per_rate("1 USD per 1 Mbps")),
        ),
    ];
    let built = RateCard::new(tariffs)
        .unwrap()
        .with_time_zone(TimeZone::get("Asia/Karachi").unwrap())
        .with_direction(Direction::SlotMax);
    assert_eq!(read.unwrap(), built);
}

#[test]
fn a_card_is_of_utc_and_of_both_directions_unless_it_says_otherwise() {
    let port = "[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\nprice = \"1 USD per Mbps\"";
    assert_eq!(card(port).time_zone(), &TimeZone::UTC);
    assert_eq!(card(port).direction(), Direction::Sum);
    for direction in ["inbound", "outbound", "sum", "slot_max", "higher"] {
        let card = card(&format!("direction = \"{direction}\"\n{port}"));
        assert_eq!(card.direction().to_string(), direction);
    }
}

#[test]
fn a_text_that_is_not_toml_is_refused_with_its_line() {
    assert_eq!(
        refused("[[tariff]]\nname = \"transit\n"),
        "line 2: can\'t read `name = \"transit`: invalid basic string, expected `\"`",
    );
    assert_eq!(
        by_rate_refused("price = 0.80 USD per 1 Mbps"),
        "line 4: can\'t read `price = 0.80 USD per 1 Mbps`: string values must be quoted, expected \
         literal string",
    );
    assert_eq!(
        by_rate_refused("graduated = [\n    { price = \"1 USD per 1 Mbps\" },\n\n"),
        "line 5: can\'t read `{ price = \"1 USD per 1 Mbps\" },`: unclosed array, expected `]`",
    );
    assert_eq!(
        by_rate_refused("price = \"1 USD per 1 Mbps\"\nprice = \"2 USD per 1 Mbps\""),
        "line 5: can\'t read `price = \"2 USD per 1 Mbps\"`: duplicate key",
    );
}

#[test]
fn a_key_that_no_card_has_is_refused_with_its_line_and_the_keys_that_there_are() {
    assert_eq!(
        refused("# A contract\n\nzone = \"UTC\""),
        "line 3: can\'t read `zone = \"UTC\"`: unknown key `zone`: write one of time_zone, \
         billing_day, interval, direction, begins, ends, minimum, maximum, tariff, adjustment",
    );
    assert_eq!(
        refused("[[tariffs]]\nname = \"transit\""),
        "line 1: can\'t read `[[tariffs]]`: unknown key `tariffs`: write `tariff`",
    );
    assert_eq!(
        by_rate_refused("prise = \"1 USD per 1 Mbps\""),
        "line 4: can\'t read `prise = \"1 USD per 1 Mbps\"`: unknown key `prise`: write `price`",
    );
    assert_eq!(
        by_rate_refused(
            "graduated = [\n    { upto = \"1 Gbps\", price = \"1 USD per 1 Mbps\" },\n]"
        ),
        "line 5: can\'t read `{ upto = \"1 Gbps\", price = \"1 USD per 1 …`: unknown key `upto`: write `up_to`",
    );
}

#[test]
fn a_value_that_is_not_text_is_refused_with_what_is_expected() {
    let price = "price = \"1 USD per 1 Mbps\"";
    assert_eq!(
        by_rate_refused(&format!("{price}\ncommitment = 5")),
        "tariff `transit`, `commitment`: missing unit at byte 1: expected a unit such as Mbps, Mbit/s \
         or MB/s",
    );
    assert_eq!(
        by_rate_refused("price = 0.8"),
        "tariff `transit`, `price`: missing currency at byte 3: expected an ISO 4217 code such as USD",
    );
    assert_eq!(
        by_rate_refused("graduated = [{ price = 1 }]"),
        "tariff `transit`, `graduated` tier 1, `price`: missing currency at byte 1: expected an ISO \
         4217 code such as USD",
    );
    assert_eq!(
        by_rate_refused(&format!("{price}\nfixed_fee = 250")),
        "tariff `transit`, `fixed_fee`: missing currency at byte 3: expected an ISO 4217 code such as \
         USD",
    );
    assert_eq!(
        by_rate_refused(&format!("{price}\nminimum = true")),
        "line 5: can\'t read `minimum = true`: invalid type: boolean `true`, expected a text in \
         quotes",
    );
    assert_eq!(
        by_rate_refused("price = [\"1 USD per 1 Mbps\"]"),
        "line 4: can\'t read `price = [\"1 USD per 1 Mbps\"]`: invalid type: sequence, expected a \
         text in quotes",
    );
    assert_eq!(
        refused("[[tariff]]\nname = 5"),
        "line 2: can\'t read `name = 5`: invalid type: integer `5`, expected a string",
    );
    assert_eq!(
        by_excess_refused("price = \"1 USD per 1 MB\"\nbaseline = 5"),
        "tariff `extra`, `baseline`: missing unit at byte 1: expected a unit such as Mbps, Mbit/s \
         or MB/s",
    );
}

#[test]
fn tariffs_and_tiers_are_lists() {
    assert_eq!(
        refused("[tariff]\nname = \"transit\""),
        "line 1: can\'t read `[tariff]`: write `[[tariff]]`, once above each tariff",
    );
    assert_eq!(
        by_rate_refused("graduated = { price = \"1 USD per 1 Mbps\" }"),
        "line 4: can\'t read `graduated = { price = \"1 USD per 1 Mbps\"…`: invalid type: map, expected a \
         sequence",
    );
    assert_eq!(
        by_rate_refused("graduated = []"),
        "tariff `transit`, `graduated`: no tiers: write at least one, without a bound",
    );
}

#[test]
fn a_card_without_tariffs_is_refused_and_so_is_a_name_that_is_there_twice() {
    assert_eq!(refused(""), "a rate card can't be empty: write at least one tariff");
    assert_eq!(
        refused("direction = \"sum\""),
        "a rate card can't be empty: write at least one tariff"
    );
    let port = "[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\nprice = \"1 USD per Mbps\"\n";
    let other = port.replace("port", "other");
    assert_eq!(
        refused(&format!("{port}{other}{port}")),
        "two tariffs are named `port`: write another name for one of them",
    );
}

#[test]
fn a_tariff_needs_a_name_and_a_measure() {
    let port = "[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\nprice = \"1 USD per Mbps\"\n";
    assert_eq!(
        refused(&format!("{port}[[tariff]]\nmeasure = \"peak rate\"\nprice = \"1 USD per Mbps\"")),
        "tariff 2: no `name`: write what bills call it",
    );
    let measures =
        "total volume, excess volume, 95th percentile, peak rate, mean rate or mean of daily peaks";
    assert_eq!(
        refused("[[tariff]]\nname = \"port\"\nprice = \"1 USD per Mbps\""),
        format!("tariff `port`: no `measure`: write {measures}, or a `fixed_fee` alone"),
    );
    assert_eq!(
        refused("[[tariff]]\nname = \"port\"\nmeasure = \"p95\"\nprice = \"1 USD per Mbps\""),
        format!("tariff `port`, `measure`: unexpected `p95` at byte 0: expected {measures}"),
    );
    assert_eq!(
        refused("[[tariff]]\nname = \"port\"\nmeasure = \"95 percentile\""),
        "tariff `port`, `measure`: unexpected `percentile` at byte 3: expected a percentile such as \
         95th percentile, or 95th percentile by rounded rank",
    );
    assert_eq!(
        refused("[[tariff]]\nname = \"port\"\nmeasure = \"101th percentile\""),
        "tariff `port`, `measure`: unexpected `101` at byte 0: expected a percentile above 0 and at \
         most 100",
    );
}

#[test]
fn prices_and_quantities_of_the_other_kind_are_refused_as_such() {
    let per_volume = "a price such as 1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min";
    let per_rate = "a price such as 0.80 USD per 1 Mbps; it is per billing period";
    assert_eq!(
        by_volume_refused("price = \"0.80 USD per 1 Mbps\""),
        format!(
            "tariff `egress`, `price`: `0.80 USD per 1 Mbps` is per rate, but a volume is \
             measured: write {per_volume}"
        ),
    );
    assert_eq!(
        by_rate_refused("price = \"1 USD per 1 MB\""),
        format!(
            "tariff `transit`, `price`: `1 USD per 1 MB` is per volume, but a rate is measured: \
             write {per_rate}"
        ),
    );
    assert_eq!(
        by_rate_refused("price = \"10000 USD per 1 Tbps for 1 min\""),
        format!(
            "tariff `transit`, `price`: `10000 USD per 1 Tbps for 1 min` is per volume, but a rate \
             is measured: write {per_rate}"
        ),
    );
    assert_eq!(
        by_volume_refused("all_units = [{ price = \"1 USD per 1 Gbps\" }]"),
        format!(
            "tariff `egress`, `all_units` tier 1, `price`: `1 USD per 1 Gbps` is per rate, but a \
             volume is measured: write {per_volume}"
        ),
    );
    assert_eq!(
        by_volume_refused("price = \"1 USD per 1 MB\"\ncommitment = \"2 Gbps\""),
        "tariff `egress`, `commitment`: `2 Gbps` is a rate, but a volume is measured: write one \
         such as 1 MB",
    );
    assert_eq!(
        by_rate_refused("price = \"1 USD per 1 Mbps\"\nallowance = \"2 GB\""),
        "tariff `transit`, `allowance`: `2 GB` is a volume, but a rate is measured: write one such \
         as 1 Mbps",
    );
    assert_eq!(
        by_rate_refused(
            "graduated = [\n  { up_to = \"2 GB\", price = \"1 USD per 1 Mbps\" },\n  { price = \"1 \
             USD per 1 Mbps\" },\n]"
        ),
        "tariff `transit`, `graduated` tier 1, `up_to`: `2 GB` is a volume, but a rate is \
         measured: write one such as 1 Mbps",
    );
    assert_eq!(
        by_excess_refused("baseline = \"5 Gbps\"\nprice = \"1 USD per 1 Mbps\""),
        format!(
            "tariff `extra`, `price`: `1 USD per 1 Mbps` is per rate, but a volume is measured: \
             write {per_volume}"
        ),
    );
}

#[test]
fn texts_that_say_nothing_of_either_kind_are_refused_where_they_stop_making_sense() {
    assert_eq!(
        by_rate_refused("price = \"1 USD\""),
        "tariff `transit`, `price`: missing ` per ` at byte 5: expected a price such as 0.80 USD per 1 \
         Mbps; it is per billing period",
    );
    assert_eq!(
        by_volume_refused("price = \"1 USD per 1 mb\""),
        "tariff `egress`, `price`: ambiguous unit `mb` at byte 12: expected MB (megabytes), Mb \
         (megabits) or MiB (mebibytes)",
    );
    assert_eq!(
        by_rate_refused("price = \"1 usd per 1 Mbps\""),
        "tariff `transit`, `price`: unknown currency `usd` at byte 2: expected USD, in capitals",
    );
    assert_eq!(
        by_rate_refused("price = \"1 USD per 1 Mbps\"\ncommitment = \"1,000 Mbps\""),
        "tariff `transit`, `commitment`: unexpected `,000` at byte 1: expected the digits without \
         separators, and one point before the decimals",
    );
}

#[test]
fn a_tariff_has_one_pricing() {
    assert_eq!(
        by_rate_refused("commitment = \"1 Gbps\""),
        "tariff `transit`: no `price`: write one of `price`, `graduated` and `all_units`",
    );
    let tiers = "[{ price = \"1 USD per 1 Mbps\" }]";
    assert_eq!(
        by_rate_refused(&format!("price = \"1 USD per 1 Mbps\"\ngraduated = {tiers}")),
        "tariff `transit`: `price` and `graduated`: write one of `price`, `graduated` and \
         `all_units`",
    );
    assert_eq!(
        by_rate_refused(&format!("all_units = {tiers}\ngraduated = {tiers}")),
        "tariff `transit`: `graduated` and `all_units`: write one of `price`, `graduated` and \
         `all_units`",
    );
}

#[test]
fn tiers_are_checked_and_numbered() {
    let tiers = |tiers: &[&str]| by_rate_refused(&format!("graduated = [{}]", tiers.join(", ")));
    let rest = "{ price = \"1 USD per 1 Mbps\" }";
    assert_eq!(
        tiers(&["{ up_to = \"1 Gbps\", below = \"1 Gbps\", price = \"1 USD per 1 Mbps\" }", rest]),
        "tariff `transit`, `graduated` tier 1: `up_to` and `below`: write one of the two",
    );
    assert_eq!(
        tiers(&["{ up_to = \"1 Gbps\" }", rest]),
        "tariff `transit`, `graduated` tier 1: no `price`: write one for each tier, or a `fee`",
    );
    let up_to = |bound| format!("{{ up_to = \"{bound}\", price = \"1 USD per 1 Mbps\" }}");
    assert_eq!(
        tiers(&[&up_to("2 Gbps"), &up_to("1 Gbps"), rest]),
        "tariff `transit`, `graduated`: tier 2 is up to 1 Gbps, not above 2 Gbps: write the tiers \
         in ascending order",
    );
    assert_eq!(
        tiers(&[&up_to("2 Gbps"), &up_to("4 Gbps")]),
        "tariff `transit`, `graduated`: tier 2 of 2 is up to 4 Gbps: end with a tier without a \
         bound",
    );
    assert_eq!(
        tiers(&[rest, &up_to("4 Gbps")]),
        "tariff `transit`, `graduated`: tier 1 of 2 is the rest: write the tier without a bound \
         last, and only once",
    );
    assert_eq!(
        tiers(&[&up_to("4 Gbps"), "{ price = \"1 USD per 1 Mbps\", fee = \"-1 USD\" }"]),
        "tariff `transit`, `graduated`: a tier's fee can't be -1 USD: write an amount of zero or \
         more, and a credit as an adjustment",
    );
}

#[test]
fn a_tariff_has_one_currency() {
    let mixed = "beside a price in USD: write one currency in each tariff, and give the other amount \
                 a tariff of its own";
    assert_eq!(
        by_rate_refused(
            "graduated = [\n  { up_to = \"1 Gbps\", price = \"1 USD per 1 Mbps\" },\n  { price = \
             \"1 EUR per 1 Mbps\" },\n]"
        ),
        format!("tariff `transit`, `graduated`: 1 EUR {mixed}"),
    );
    for key in ["fixed_fee", "minimum", "maximum"] {
        assert_eq!(
            by_rate_refused(&format!("price = \"1 USD per 1 Mbps\"\n{key} = \"5 EUR\"")),
            format!("tariff `transit`, `{key}`: 5 EUR {mixed}"),
        );
    }
}

#[test]
fn charges_and_increments_are_checked() {
    let refused = |keys| by_rate_refused(&format!("price = \"1 USD per 1 Mbps\"\n{keys}"));
    assert_eq!(
        refused("increment = \"0 Mbps\""),
        "tariff `transit`, `increment`: an increment can't be 0 bps: write a quantity above zero, \
         such as 1 Mbps",
    );
    assert_eq!(
        refused("fixed_fee = \"-5 USD\""),
        "tariff `transit`, `fixed_fee`: a fixed fee can't be -5 USD: write an amount of zero or \
         more, and a credit as an adjustment",
    );
    assert_eq!(
        refused("maximum = \"4 USD\"\nminimum = \"5 USD\""),
        "tariff `transit`, `maximum`: a maximum of 4 USD is below the minimum of 5 USD: write at \
         least the minimum",
    );
    assert_eq!(
        by_rate_refused("price = \"-1 USD per 1 Mbps\""),
        "tariff `transit`, `price`: a price can't be -1 USD: write an amount of zero or more",
    );
    assert_eq!(
        by_rate_refused("price = \"1 USD per 0 Mbps\""),
        "tariff `transit`, `price`: the quantity of a price can't be 0 bps: write a quantity above zero, such \
         as 1 Mbps",
    );
}

#[test]
fn an_excess_is_over_one_baseline() {
    let price = "price = \"1 USD per 1 MB\"";
    assert_eq!(
        by_excess_refused(price),
        "tariff `extra`: no `baseline`: write the rate that it is in excess of, or a name",
    );
    assert_eq!(
        by_excess_refused(&format!(
            "{price}\nbaseline = \"5 Gbps\"\ninline_baseline = {{ constant = \"5 Gbps\" }}"
        )),
        "tariff `extra`: `baseline` and `inline_baseline`: write one of the two",
    );
    assert_eq!(
        by_excess_refused(&format!("{price}\nbaseline = \"5 GB\"")),
        "tariff `extra`, `baseline`: unknown unit `GB` at byte 2: expected Gbps (bits) or GB/s (bytes)",
    );
    assert_eq!(
        by_excess_refused(&format!("{price}\nbaseline = \"usual\"")),
        "tariff `extra`, `baseline`: no baseline is named `usual`: write a rate such as 5 Tbps",
    );
    assert_eq!(
        by_excess_refused(&format!("{price}\ninline_baseline = {{ constant = \"5 Gb\" }}")),
        "line 5: can't read `inline_baseline = { constant = \"5 Gb\" }`: unknown unit `Gb` at byte 2: expected \
         Gbps (bits) or GB/s (bytes)",
    );
    let only = "it only for the measure excess volume";
    assert_eq!(
        by_volume_refused(&format!("{price}\nbaseline = \"5 Gbps\"")),
        format!("tariff `egress`: `baseline`: write {only}"),
    );
    assert_eq!(
        by_rate_refused(
            "price = \"1 USD per 1 Mbps\"\ninline_baseline = { constant = \"5 Gbps\" }"
        ),
        format!("tariff `transit`: `inline_baseline`: write {only}"),
    );
}

#[test]
fn baselines_are_found_by_name_and_rates_are_not_names() {
    let baseline = |name: &str| {
        let known = ["last year", "2024", "5 Gbps"].map(|name| {
            let mbps = u64::try_from(name.len()).unwrap();
            (name.to_owned(), Baseline::constant(DataRate::from_mbps(mbps)))
        });
        let text = format!(
            "[[tariff]]\nname = \"extra\"\nmeasure = \"excess volume\"\nprice = \"1 USD per 1 \
             MB\"\nbaseline = \"{name}\""
        );
        RateCard::from_toml(&text, &BTreeMap::from(known)).map(|card| card.tariffs()[0].clone())
    };
    let built = |rate| {
        let meter = VolumeMeter::Excess(Baseline::constant(rate));
        Tariff::by_volume("extra", meter, Schedule::flat(per_volume("1 USD per 1 MB")))
    };
    assert_eq!(baseline("last year"), Ok(built(rate("9 Mbps"))));
    assert_eq!(baseline("2024"), Ok(built(rate("4 Mbps"))));
    assert_eq!(baseline("5 Gbps"), Ok(built(rate("5 Gbps"))), "the rate, whatever has its name");
    assert_eq!(
        baseline("this year").unwrap_err().to_string(),
        "tariff `extra`, `baseline`: no baseline is named `this year`: write a rate such as 5 \
         Tbps, or the name `2024`, `5 Gbps` or `last year`",
    );
}

#[test]
fn a_number_without_quotes_is_no_name_of_a_baseline() {
    let card = |value: &str| {
        format!(
            "[[tariff]]\nname = \"extra\"\nmeasure = \"excess volume\"\nbaseline = {value}\n\
             price = \"1 USD per 1 MB\""
        )
    };
    let usual = Baseline::constant(rate("4 Mbps"));
    let baselines = BTreeMap::from([("2024".to_owned(), usual)]);
    assert!(RateCard::from_toml(&card("\"2024\""), &baselines).is_ok());
    for number in ["2024", "2024.0"] {
        assert_eq!(
            RateCard::from_toml(&card(number), &baselines).unwrap_err().to_string(),
            "tariff `extra`, `baseline`: missing unit at byte 4: expected a unit such as Mbps, Mbit/s \
             or MB/s",
        );
    }
}

#[test]
fn an_unknown_zone_or_direction_is_refused() {
    let port = "[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\nprice = \"1 USD per Mbps\"";
    assert_eq!(
        refused(&format!("time_zone = \"Asia/Atlantis\"\n{port}")),
        "`time_zone`: invalid time zone `Asia/Atlantis`: expected a time zone such as Asia/Karachi",
    );
    assert_eq!(
        refused(&format!("time_zone = 5\n{port}")),
        "`time_zone`: invalid time zone `5`: expected a time zone such as Asia/Karachi",
    );
    assert_eq!(
        refused(&format!("direction = \"both\"\n{port}")),
        "`direction`: unexpected `both` at byte 0: expected inbound, outbound, sum, slot_max or higher",
    );
}

#[test]
fn long_and_wide_texts_are_cut_in_messages() {
    let name = "é".repeat(50);
    let cut = "é".repeat(40);
    assert_eq!(
        refused(&format!("[[tariff]]\nname = \"{name}\"\nmeasure = \"{name}\"")),
        format!(
            "tariff `{cut}…`, `measure`: unexpected `{cut}…` at byte 0: expected total volume, excess \
             volume, 95th percentile, peak rate, mean rate or mean of daily peaks"
        ),
    );
}

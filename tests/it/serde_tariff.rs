//! Contracts, bills and usage in JSON and in postcard: the form, the way back, and what is refused.
#![cfg(feature = "serde")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use bandwidth_cost::{
    Adjustment, AnyQuantity, Baseline, CounterWidth, DataRate, DataVolume, Direction, ExchangeRate,
    GapPolicy, Invoice, LineKind, LinkUsage, Money, Percentile, PercentileRule, RateCard,
    RateMeter, RatePrice, RoundingStrategy, Schedule, Share, Statement, Tariff, Tier, Tiers,
    UsageSeries, VolumeMeter,
    jiff::{
        Timestamp,
        tz::{Offset, TimeZone},
    },
    tariff::Settlement,
};
use core::{fmt::Debug, time::Duration};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

trait Both: Serialize + DeserializeOwned + PartialEq + Debug {}
impl<T: Serialize + DeserializeOwned + PartialEq + Debug> Both for T {}

/// Checks that a value comes back from both formats.
#[track_caller]
fn comes_back<T: Both>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "from {text}");
    let bytes = postcard::to_allocvec(value).unwrap();
    assert_eq!(&postcard::from_bytes::<T>(&bytes).unwrap(), value);
}

/// Checks a value's JSON, keys in their order, and that it comes back from both formats.
#[track_caller]
fn is_written<T: Both>(value: &T, json: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), json);
    comes_back(value);
}

/// What is said of JSON.
#[track_caller]
fn refused<T: DeserializeOwned + Debug>(json: Value) -> String {
    match serde_json::from_value::<T>(json) {
        Ok(value) => panic!("read as {value:?}"),
        Err(error) => error.to_string(),
    }
}

/// Checks that postcard refuses what the parts would make. (It keeps no messages.)
#[track_caller]
fn is_refused_in_bytes<T: DeserializeOwned + Debug + PartialEq>(parts: &impl Serialize) {
    let bytes = postcard::to_allocvec(parts).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&bytes), Err(postcard::Error::SerdeDeCustom));
}

fn volume(text: &str) -> DataVolume {
    text.parse().unwrap()
}

fn rate(text: &str) -> DataRate {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn series() -> UsageSeries {
    let start: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
    let rates = [80, 120].map(DataRate::from_mbps);
    UsageSeries::from_rates(start, Duration::from_secs(300), rates).unwrap()
}

fn transit() -> Schedule<DataRate> {
    let tiers = Tiers::new([
        Tier::up_to(rate("1 Gbps"), "0.80 USD per 1 Mbps".parse().unwrap()),
        Tier::below(rate("2 Gbps"), "2 USD per 3 Mbps".parse().unwrap()).with_fee(money("5 USD")),
        Tier::rest("0.50 USD per 1 Mbps".parse().unwrap()),
    ]);
    Schedule::graduated(tiers.unwrap())
        .with_allowance(rate("1 bps"))
        .with_increment(rate("100 kbps"))
        .unwrap()
        .with_commitment(rate("500 Mbps"))
        .with_fixed_fee(money("250.00 USD"))
        .unwrap()
        .with_minimum(money("300 USD"))
        .unwrap()
        .with_maximum(money("9000 USD"))
        .unwrap()
}

fn disruption() -> Schedule<DataVolume> {
    Schedule::flat("10000 USD per 1 Tbps for 1 min".parse().unwrap())
}

fn card() -> RateCard {
    let above = |baseline| VolumeMeter::Excess(baseline);
    let rest = Tiers::new([Tier::rest("0.09 EUR per 1 GB".parse().unwrap())]).unwrap();
    RateCard::new([
        Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), transit()),
        Tariff::by_volume("egress", VolumeMeter::Total, Schedule::all_units(rest)),
        Tariff::by_volume("extra", above(Baseline::constant(rate("5 Gbps"))), disruption()),
        Tariff::by_volume("plan", above(Baseline::series(series())), disruption()),
    ])
    .unwrap()
}

/// The bill of a link, with tiers, fees and bounds, in two currencies.
fn statement() -> Statement {
    let link = LinkUsage { inbound: series(), outbound: series() };
    let statement = card().bill_link(&link).unwrap();
    assert_eq!(statement.totals().len(), 2);
    statement
}

#[test]
fn schedules_have_the_keys_of_a_rate_card_that_are_there() {
    is_written(&disruption(), r#"{"price":"10000 USD per 1 Tbps for 1 min"}"#);
    is_written(
        &transit(),
        &[
            r#"{"graduated":[{"up_to":"1 Gbps","price":"0.80 USD per 1 Mbps"},"#,
            r#"{"below":"2 Gbps","price":"2 USD per 3 Mbps","fee":"5 USD"},"#,
            r#"{"price":"0.50 USD per 1 Mbps"}],"#,
            r#""allowance":"1 bps","increment":"100 kbps","commitment":"500 Mbps","#,
            r#""fixed_fee":"250.00 USD","minimum":"300 USD","maximum":"9000 USD"}"#,
        ]
        .concat(),
    );
    let tiers = Tiers::new([Tier::rest("1 USD per 1 GB".parse().unwrap())]).unwrap();
    let schedule: Schedule<DataVolume> = Schedule::all_units(tiers);
    is_written(&schedule, r#"{"all_units":[{"price":"1 USD per 1 GB"}]}"#);
}

#[test]
fn schedules_are_integers_in_binary_formats() {
    let schedule: Schedule<DataRate> = Schedule::flat("0.80 USD per 1 Mbps".parse().unwrap());
    // A price: 80 (zigzag, as two bytes of seven bits), two places, the code, 10^6, no units of its
    // own; and eight keys that are not there.
    let bytes = [1, 0xa0, 1, 2, b'U', b'S', b'D', 0xc0, 0x84, 0x3d, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(postcard::to_allocvec(&schedule).unwrap(), bytes);
}

#[test]
fn tariffs_have_the_keys_of_a_rate_card_that_are_there() {
    let flat = |text: &str| Schedule::flat(text.parse::<RatePrice>().unwrap());
    let by_rate = |meter| Tariff::by_rate("link", meter, flat("1 USD per 1 Mbps"));
    let rows = [
        (RateMeter::Percentile(Percentile::P95), "95th percentile"),
        (
            RateMeter::Percentile(Percentile::P95.with_rule(PercentileRule::RoundedPosition)),
            "95th percentile by rounded position",
        ),
        (RateMeter::Peak, "peak rate"),
        (RateMeter::Mean, "mean rate"),
        (RateMeter::DailyPeakMean, "mean of daily peaks"),
    ];
    for (meter, measure) in rows {
        let json = format!(r#"{{"name":"link","measure":"{measure}","price":"1 USD per 1 Mbps"}}"#);
        is_written(&by_rate(meter), &json);
    }
    let by_volume = |meter| Tariff::by_volume("link", meter, disruption());
    is_written(
        &by_volume(VolumeMeter::Total),
        r#"{"name":"link","measure":"total volume","price":"10000 USD per 1 Tbps for 1 min"}"#,
    );
    is_written(
        &by_volume(VolumeMeter::Excess(Baseline::constant(rate("5 Tbps")))),
        &[
            r#"{"name":"link","measure":"excess volume","baseline":"5 Tbps","#,
            r#""price":"10000 USD per 1 Tbps for 1 min"}"#,
        ]
        .concat(),
    );
    is_written(
        &by_volume(VolumeMeter::Excess(Baseline::series(series()))),
        &[
            r#"{"name":"link","measure":"excess volume","inline_baseline":{"series":"#,
            r#"{"start":"2025-01-01T00:00:00Z","interval":"5 min","volumes":["3 GB","4.5 GB"]}},"#,
            r#""price":"10000 USD per 1 Tbps for 1 min"}"#,
        ]
        .concat(),
    );
}

#[test]
fn cards_come_back_with_their_zone_and_direction() {
    let port = Schedule::flat("1 USD per 1 Mbps".parse().unwrap());
    let port = RateCard::new([Tariff::by_rate("port", RateMeter::Peak, port)]).unwrap();
    is_written(
        &port,
        &[
            r#"{"time_zone":"UTC","direction":"sum","tariff":[{"name":"port","#,
            r#""measure":"peak rate","price":"1 USD per 1 Mbps"}]}"#,
        ]
        .concat(),
    );
    let karachi = TimeZone::get("Asia/Karachi").unwrap();
    let card = card().with_time_zone(karachi).with_direction(Direction::Higher);
    comes_back(&card);
    let json = serde_json::to_value(&card).unwrap();
    assert_eq!(
        (&json["time_zone"], &json["direction"]),
        (&json!("Asia/Karachi"), &json!("higher"))
    );
    // The keys that a person may leave out.
    let short = json!({"tariff": [
        {"name": "port", "measure": "peak rate", "price": "1 USD per 1 Mbps"},
    ]});
    assert_eq!(serde_json::from_value::<RateCard>(short).unwrap(), port);
}

#[test]
fn a_zone_without_a_name_can_not_be_written() {
    let zone = TimeZone::fixed(Offset::constant(5));
    let card = card().with_time_zone(zone);
    assert_eq!(
        serde_json::to_string(&card).unwrap_err().to_string(),
        "a time zone without an IANA name can't be written: use one with a name",
    );
    assert_eq!(postcard::to_allocvec(&card), Err(postcard::Error::SerdeSerCustom));
}

#[test]
fn meters_and_directions_come_back() {
    is_written(&RateMeter::Percentile(Percentile::P95), r#"{"percentile":"95th percentile"}"#);
    is_written(&RateMeter::Peak, r#""peak""#);
    is_written(&RateMeter::Mean, r#""mean""#);
    is_written(&RateMeter::DailyPeakMean, r#""daily_peak_mean""#);
    is_written(&VolumeMeter::Total, r#""total""#);
    let excess = VolumeMeter::Excess(Baseline::constant(rate("5 Gbps")));
    is_written(&excess, r#"{"excess":{"constant":"5 Gbps"}}"#);
    is_written(&Direction::SlotMax, r#""slot_max""#);
    assert_eq!(
        refused::<Direction>(json!("both")),
        "unexpected `both` at byte 0: expected inbound, outbound, sum, slot_max or higher",
    );
    assert_eq!(
        refused::<Direction>(json!(1)),
        "invalid type: integer `1`, expected a text such as \"inbound\"",
    );
}

#[test]
fn usage_comes_back_from_both_formats() {
    is_written(
        &series(),
        r#"{"start":"2025-01-01T00:00:00Z","interval":"5 min","volumes":["3 GB","4.5 GB"]}"#,
    );
    is_written(&Baseline::constant(rate("615 Gbps")), r#"{"constant":"615 Gbps"}"#);
    comes_back(&Baseline::series(series()));
    is_written(&Percentile::P95, r#""95th percentile""#);
    let median = Percentile::new("50".parse().unwrap()).unwrap();
    let cacti = median.with_rule(PercentileRule::DiscardRoundedUp);
    is_written(&cacti, r#""50th percentile by discard rounded up""#);
    is_written(&PercentileRule::RoundedEvenRank, r#""rounded even rank""#);
    for policy in [GapPolicy::Fail, GapPolicy::Zero, GapPolicy::Distribute] {
        comes_back(&policy);
    }
    is_written(&CounterWidth::Bits32, r#""32 bits""#);
    is_written(&CounterWidth::Bits64, r#""64 bits""#);
    is_written(&AnyQuantity::Volume(volume("1 GB")), r#""1 GB""#);
    is_written(&AnyQuantity::Rate(rate("1 Gbps")), r#""1 Gbps""#);
}

#[test]
fn serialised_usage_that_makes_no_series_is_refused() {
    let json = |interval: &str, volumes: Value| json!({"start": "2025-01-01T00:00:00Z", "interval": interval, "volumes": volumes});
    assert_eq!(
        refused::<UsageSeries>(json("5 min", json!([]))),
        "a usage series can't be empty: pass at least one slot that was measured",
    );
    assert_eq!(
        refused::<UsageSeries>(json("0 s", json!(["1 GB"]))),
        "slots can't be 0 s long: pass an interval such as 5 min",
    );
    assert_eq!(
        refused::<UsageSeries>(json("5", json!(["1 GB"]))),
        "missing unit at byte 1: expected a unit such as s, min, h or days",
    );
    assert_eq!(
        refused::<Percentile>(json!("0th percentile")),
        "unexpected `0` at byte 0: expected a percentile above 0 and at most 100",
    );
    is_refused_in_bytes::<UsageSeries>(&(0_i128, 300_000_000_000_u128, Vec::<u128>::new()));
    is_refused_in_bytes::<Percentile>(&(101_i128, 0_u32, "nearest rank"));
}

#[test]
fn bills_come_back_from_both_formats() {
    let statement = statement();
    comes_back(&statement);
    for strategy in [RoundingStrategy::MidpointNearestEven, RoundingStrategy::AwayFromZero] {
        comes_back(&statement.settle(strategy).unwrap());
    }
    comes_back(&card().bill_part(&series(), Share::new(1, 3).unwrap()).unwrap());
}

/// A statement of two lines.
fn short_statement() -> Statement {
    let schedule =
        Schedule::flat("1 USD per 3 Mbps".parse().unwrap()).with_commitment(rate("200 Mbps"));
    Tariff::by_rate("port", RateMeter::Peak, schedule).bill(&series()).unwrap()
}

#[test]
fn a_statement_is_fields_with_the_texts_of_its_values() {
    is_written(
        &short_statement(),
        &[
            r#"{"period":{"start":"2025-01-01T00:00:00Z","end":"2025-01-01T00:10:00Z","#,
            r#""zone":"UTC","days":{"first":"2025-01-01","last":"2025-01-01"},"#,
            r#""coverage":"100%"},"#,
            r#""lines":[{"tariff":"port","adjustment":null,"meter":"peak rate","measured":"120 Mbps","#,
            r#""direction":null,"days":null,"line":"#,
            r#"{"kind":"commitment","label":"unused commitment","quantity":"80 Mbps","#,
            r#""unit_price":null,"amount":"0 USD"},"converted":null},"#,
            r#"{"tariff":"port","adjustment":null,"meter":"peak rate","measured":"120 Mbps","#,
            r#""direction":null,"days":null,"line":"#,
            r#"{"kind":"usage","label":"usage","quantity":"200 Mbps","#,
            r#""unit_price":"1 USD per 3 Mbps","amount":"200/3 USD"},"converted":null}],"#,
            r#""adjustments":[]}"#,
        ]
        .concat(),
    );
    is_written(&LineKind::OutOfService, r#""out_of_service""#);
}

#[test]
fn an_invoice_is_the_statement_with_money() {
    let invoice = short_statement().settle(RoundingStrategy::MidpointNearestEven).unwrap();
    let json = serde_json::to_value(&invoice).unwrap();
    assert_eq!(
        json,
        json!({
            "period": {
                "start": "2025-01-01T00:00:00Z",
                "end": "2025-01-01T00:10:00Z",
                "zone": "UTC",
                "days": {"first": "2025-01-01", "last": "2025-01-01"},
                "coverage": "100%",
            },
            "lines": [
                {
                    "tariff": "port", "meter": "peak rate", "measured": "120 Mbps",
                    "kind": "commitment", "label": "unused commitment", "quantity": "80 Mbps",
                    "amount": "0.00", "currency": "USD", "exact": "0 USD",
                },
                {
                    "tariff": "port", "meter": "peak rate", "measured": "120 Mbps",
                    "kind": "usage", "label": "usage", "quantity": "200 Mbps",
                    "unit_price": "1 USD per 3 Mbps",
                    "amount": "66.67", "currency": "USD", "exact": "200/3 USD",
                },
            ],
            "totals": ["66.67 USD"],
            "differences": ["0.00 USD"],
            "settlement": {
                "rule": "each_line", "strategy": "half to even", "places": null, "cash": [],
            },
        }),
    );
}

#[test]
fn a_bill_without_lines_is_refused() {
    let mut statement = serde_json::to_value(short_statement()).unwrap();
    statement["lines"] = json!([]);
    let message = "a bill can't be empty: write at least one line";
    assert_eq!(refused::<Statement>(statement), message);

    let invoice = short_statement().settle(RoundingStrategy::ToZero).unwrap();
    let mut invoice = serde_json::to_value(invoice).unwrap();
    invoice["lines"] = json!([]);
    assert_eq!(refused::<Invoice>(invoice.clone()), message);
    invoice["totals"] = json!([]);
    invoice["differences"] = json!([]);
    assert_eq!(refused::<Invoice>(invoice), message);
}

#[test]
fn an_invoice_whose_totals_are_not_the_sums_of_its_lines_is_refused() {
    let invoice = short_statement().settle(RoundingStrategy::ToZero).unwrap();
    let tampered = |key: &str, value: Value| {
        let mut json = serde_json::to_value(&invoice).unwrap();
        json[key] = value;
        refused::<Invoice>(json)
    };
    assert_eq!(
        tampered("totals", json!(["6.66 USD"])),
        "wrong totals of an invoice, 6.66 USD: expected the sums of its lines, 66.66 USD",
    );
    assert_eq!(
        tampered("totals", json!(["66.66 EUR"])),
        "wrong totals of an invoice, 66.66 EUR: expected the sums of its lines, 66.66 USD",
    );
    assert_eq!(
        tampered("totals", json!(["66.66 USD", "0 EUR"])),
        "wrong totals of an invoice, 66.66 USD, 0 EUR: expected the sums of its lines, 66.66 USD",
    );
    assert_eq!(
        tampered("totals", json!([])),
        "wrong totals of an invoice, none: expected the sums of its lines, 66.66 USD",
    );
    assert_eq!(
        tampered("differences", json!([])),
        "wrong differences of an invoice, none: expected 0 USD",
    );
    assert_eq!(
        tampered("differences", json!(["0.00 EUR"])),
        "wrong differences of an invoice, 0 EUR: expected 0 USD",
    );

    let mut json = serde_json::to_value(&invoice).unwrap();
    json["lines"][1]["amount"] = json!("66.65");
    assert_eq!(
        refused::<Invoice>(json.clone()),
        "wrong amount of an invoice's line, 66.65 USD: expected 200/3 USD, rounded",
    );
    // Another way of rounding is not the invoice's.
    json["lines"][1]["amount"] = json!("66.67");
    assert_eq!(
        refused::<Invoice>(json),
        "wrong amount of an invoice's line, 66.67 USD: expected 200/3 USD, rounded",
    );
}

#[test]
fn a_line_of_an_invoice_with_fields_that_it_can_not_have_is_refused() {
    let rate: ExchangeRate = "1 USD = 278.55 PKR".parse().unwrap();
    let statement = short_statement().convert_at(rate).unwrap();
    let rule = Settlement::total_once(RoundingStrategy::ToZero).cash("1 PKR".parse().unwrap());
    let invoice = statement.with_adjustment(Adjustment::percent("tax", "1%").unwrap()).unwrap();
    let json = serde_json::to_value(invoice.settle(rule).unwrap()).unwrap();
    assert!(serde_json::from_value::<Invoice>(json.clone()).is_ok());

    // A rate of no other amount.
    let mut without_own = json.clone();
    assert_eq!(
        without_own["lines"][1].as_object_mut().unwrap().remove("own"),
        Some(json!("200/3 USD"))
    );
    assert_eq!(refused::<Invoice>(without_own), "missing field `own`");

    // The rounding of a total is of no tariff.
    let mut of_tariff = json;
    let rounding = of_tariff["lines"].as_array_mut().unwrap().last_mut().unwrap();
    assert_eq!(rounding["label"], "rounding");
    rounding["tariff"] = json!("port");
    assert_eq!(refused::<Invoice>(of_tariff), "missing field `kind`");
}

#[test]
fn contracts_are_checked_as_their_builders_do() {
    let tariff = json!({"name": "port", "measure": "peak rate"});
    assert_eq!(
        refused::<Tariff>(tariff),
        "no `price`: write one of `price`, `graduated` and `all_units`",
    );
    assert_eq!(
        refused::<RateCard>(json!({"tariff": [{"name": "port", "measure": "peak rate"}]})),
        "tariff `port`: no `price`: write one of `price`, `graduated` and `all_units`",
    );
    assert_eq!(
        refused::<RateCard>(json!({})),
        "a rate card can't be empty: write at least one tariff"
    );
    assert_eq!(
        refused::<Schedule<DataRate>>(json!({
            "price": "1 USD per 1 Mbps", "minimum": "5 USD", "maximum": "4 USD",
        })),
        "`maximum`: a maximum of 4 USD is below the minimum of 5 USD: write at least the minimum",
    );
    assert_eq!(
        refused::<Schedule<DataVolume>>(json!({"price": "1 USD per 1 Mbps"})),
        "`price`: `1 USD per 1 Mbps` is per rate, but a volume is measured: write a price such as \
         1 USD per 1 MB, or 10000 USD per 1 Tbps for 1 min",
    );
    assert_eq!(
        refused::<Schedule<DataVolume>>(json!({"price": 5})),
        "invalid type: integer `5`, expected a text in quotes",
    );
    assert_eq!(
        refused::<Tariff>(json!({
            "name": "extra", "measure": "excess volume", "price": "1 USD per 1 MB",
            "baseline": "usual",
        })),
        "`baseline`: no baseline is named `usual`: write a rate such as 5 Tbps",
    );

    // The same in bytes: a maximum below the minimum, tiers without a rest, no tariffs, one name
    // twice, no such zone.
    let price: RatePrice = "1 USD per 1 Mbps".parse().unwrap();
    let none = None::<u8>;
    let bounds = (Some(money("5 USD")), Some(money("4 USD")));
    let schedule = (Some(price), none, none, none, none, none, none, bounds.0, bounds.1);
    is_refused_in_bytes::<Schedule<DataRate>>(&schedule);
    let tiers = vec![(Some(rate("1 Gbps")), none, Some(price), none)];
    let schedule = (none, Some(tiers), none, none, none, none, none, none, none);
    is_refused_in_bytes::<Schedule<DataRate>>(&schedule);
    let parts = |zone, day: u8, [begins, ends]: [Option<(i16, i8, i8)>; 2], tariffs: &[Tariff]| {
        let bounds = [None::<Money>; 2];
        let adjustments = Vec::<Adjustment>::new();
        (
            zone,
            day,
            None::<u128>,
            Direction::Sum,
            begins,
            ends,
            tariffs.to_vec(),
            bounds,
            adjustments,
        )
    };
    let tariffs = card().tariffs().to_vec();
    let twice = [tariffs[0].clone(), tariffs[0].clone()];
    let (march, april) = (Some((2025, 3, 1)), Some((2025, 4, 1)));
    is_refused_in_bytes::<RateCard>(&parts("UTC", 1, [None; 2], &[]));
    is_refused_in_bytes::<RateCard>(&parts("UTC", 1, [None; 2], &twice));
    is_refused_in_bytes::<RateCard>(&parts("Mars", 1, [None; 2], &tariffs));
    is_refused_in_bytes::<RateCard>(&parts("UTC", 29, [None; 2], &tariffs));
    is_refused_in_bytes::<RateCard>(&parts("UTC", 1, [april, march], &tariffs));
    let bytes = postcard::to_allocvec(&parts("UTC", 1, [None; 2], &tariffs)).unwrap();
    assert_eq!(postcard::from_bytes::<RateCard>(&bytes), Ok(card()));
}

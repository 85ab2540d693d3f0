//! Schedules: what they refuse, the order of their arithmetic, their lines, what `check` finds.

use bandwidth_cost::{
    Cost, Currency, DataRate, DataVolume, Error, LineKind, Money, RatePrice, Schedule,
    ScheduleWarning, Tier, Tiers, UnitPrice, VolumePrice,
};

fn volume(text: &str) -> DataVolume {
    text.parse().unwrap()
}

fn rate(text: &str) -> DataRate {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn per_gb(text: &str) -> VolumePrice {
    VolumePrice::per_gigabyte(money(text))
}

fn per_mbps(text: &str) -> RatePrice {
    RatePrice::per_mbps(money(text))
}

/// 100 GB at 1 USD, up to 200 GB at 0.50, the rest at 0.25.
fn three_tiers() -> [Tier<DataVolume>; 3] {
    [
        Tier::up_to(volume("100 GB"), per_gb("1 USD")),
        Tier::below(volume("200 GB"), per_gb("0.50 USD")),
        Tier::rest(per_gb("0.25 USD")),
    ]
}

#[track_caller]
fn costs(schedule: &Schedule<DataVolume>, cases: &[(&str, &str)]) {
    for (used, cost) in cases {
        assert_eq!(schedule.cost(volume(used)).to_string(), *cost, "for {used}");
    }
}

fn lines(schedule: &Schedule<DataVolume>, used: &str) -> Vec<String> {
    schedule.lines(volume(used)).iter().map(ToString::to_string).collect()
}

fn findings(schedule: &Schedule<DataVolume>) -> Vec<String> {
    schedule.check().iter().map(ToString::to_string).collect()
}

#[test]
fn tiers_that_are_no_list_of_prices_are_refused() {
    let refused = |tiers: Vec<Tier<DataVolume>>| Tiers::new(tiers).unwrap_err().to_string();
    let [first, second, rest] = three_tiers();
    assert_eq!(refused(vec![]), "no tiers: write at least one, without a bound");
    assert_eq!(
        refused(vec![first, second]),
        "tier 2 of 2 is below 200 GB: end with a tier without a bound",
    );
    assert_eq!(
        refused(vec![first, rest, second, rest]),
        "tier 2 of 4 is the rest: write the tier without a bound last, and only once",
    );
    assert_eq!(
        refused(vec![second, first, rest]),
        "tier 2 is up to 100 GB, not above 200 GB: write the tiers in ascending order",
    );
    let equal = Tier::below(volume("100 GB"), per_gb("1 USD"));
    assert_eq!(
        refused(vec![first, equal, rest]),
        "tier 2 is below 100 GB, not above 100 GB: write the tiers in ascending order",
    );
    let nothing = Tier::below(DataVolume::ZERO, per_gb("1 USD"));
    assert_eq!(
        refused(vec![nothing, rest]),
        "tier 1 is below 0 B, not above 0 B: write the tiers in ascending order",
    );
    assert_eq!(
        refused(vec![first, Tier::rest(per_gb("1 EUR"))]),
        "1 EUR beside a price in USD: write one currency in each tariff, and give the other amount a \
         tariff of its own",
    );
    assert_eq!(
        refused(vec![first.with_fee(money("5 PKR")), rest]),
        "5 PKR beside a price in USD: write one currency in each tariff, and give the other amount a \
         tariff of its own",
    );
    assert_eq!(
        refused(vec![first, rest.with_fee(money("-5 USD"))]),
        "a tier's fee can't be -5 USD: write an amount of zero or more, and a credit as an adjustment",
    );
}

#[test]
fn charges_that_do_not_fit_are_refused() {
    let flat = || Schedule::flat(per_gb("1 USD"));
    let text = |refused: Result<Schedule<DataVolume>, Error>| refused.unwrap_err().to_string();
    assert_eq!(
        text(flat().with_increment(DataVolume::ZERO)),
        "an increment can't be 0 B: write a quantity above zero, such as 1 MB",
    );
    assert_eq!(
        Schedule::flat(per_mbps("1 USD")).with_increment(DataRate::ZERO).unwrap_err().to_string(),
        "an increment can't be 0 bps: write a quantity above zero, such as 1 Mbps",
    );
    for (what, refused) in [
        ("fixed fee", flat().with_fixed_fee(money("-0.01 USD"))),
        ("minimum", flat().with_minimum(money("-0.01 USD"))),
        ("maximum", flat().with_maximum(money("-0.01 USD"))),
    ] {
        let credit = if what == "fixed fee" { ", and a credit as an adjustment" } else { "" };
        let message =
            format!("a {what} can't be -0.01 USD: write an amount of zero or more{credit}");
        assert_eq!(text(refused), message);
    }
    let mismatch = "1 PKR beside a price in USD: write one currency in each tariff, and give the other \
                    amount a tariff of its own";
    for refused in [
        flat().with_fixed_fee(money("1 PKR")),
        flat().with_minimum(money("1 PKR")),
        flat().with_maximum(money("1 PKR")),
    ] {
        assert_eq!(text(refused), mismatch);
    }
    let order = "a maximum of 9 USD is below the minimum of 10 USD: write at least the minimum";
    let minimum = || flat().with_minimum(money("10 USD"));
    let maximum = || flat().with_maximum(money("9 USD"));
    assert_eq!(text(minimum().and_then(|s| s.with_maximum(money("9 USD")))), order);
    assert_eq!(text(maximum().and_then(|s| s.with_minimum(money("10 USD")))), order);
    assert!(minimum().unwrap().with_maximum(money("10 USD")).is_ok());
}

#[test]
fn graduated_prices_each_part_at_its_own_tier() {
    // 100 × 1 = 100; 100 × 0.50 = 50 more; then 0.25 for each GB.
    costs(
        &Schedule::graduated(Tiers::new(three_tiers()).unwrap()),
        &[
            ("0 B", "0 USD"),
            ("50 GB", "50 USD"),
            ("100 GB", "100 USD"),
            ("101 GB", "100.5 USD"),
            ("200 GB", "150 USD"),
            ("300 GB", "175 USD"),
        ],
    );
}

#[test]
fn all_units_prices_the_whole_on_either_side_of_a_bound() {
    let schedule = Schedule::all_units(Tiers::new(three_tiers()).unwrap());
    costs(
        &schedule,
        &[
            ("0 B", "0 USD"),
            ("100 GB", "100 USD"), // up to: the bound is in the first tier
            ("100.000000001 GB", "50.0000000005 USD"),
            ("199.999999999 GB", "99.9999999995 USD"),
            ("200 GB", "50 USD"), // below: the bound is in the next tier
            ("400 GB", "100 USD"),
        ],
    );
}

#[test]
fn graduated_fees_are_charged_when_their_tier_is_reached() {
    let [first, second, rest] = three_tiers();
    let tiers = [
        first.with_fee(money("10 USD")),
        second.with_fee(money("20 USD")),
        rest.with_fee(money("30 USD")),
    ];
    costs(
        &Schedule::graduated(Tiers::new(tiers).unwrap()),
        &[
            ("0 B", "10 USD"),       // the first at zero
            ("100 GB", "110 USD"),   // the bound is the first tier's
            ("101 GB", "130.5 USD"), // 100.5 + 10 + 20
            ("199 GB", "179.5 USD"), // 149.5 + 30
            ("200 GB", "210 USD"),   // the bound is the third tier's: 150 + 60
        ],
    );
    costs(
        &Schedule::all_units(Tiers::new(tiers).unwrap()),
        &[
            ("0 B", "10 USD"),
            ("100 GB", "110 USD"),
            ("101 GB", "70.5 USD"), // 101 × 0.50 + 20
            ("200 GB", "80 USD"),   // 200 × 0.25 + 30
        ],
    );
}

#[test]
fn the_order_of_the_arithmetic_is_the_order_of_the_list() {
    // 35 − 12 = 23 → 30 (by tens) → 40 (committed) → 40 + 3 (fee) = 43 → 50 (minimum).
    let schedule = Schedule::flat(per_gb("1 USD"))
        .with_minimum(money("50 USD"))
        .unwrap()
        .with_fixed_fee(money("3 USD"))
        .unwrap()
        .with_commitment(volume("40 GB"))
        .with_increment(volume("10 GB"))
        .unwrap()
        .with_allowance(volume("12 GB"))
        .with_maximum(money("60 USD"))
        .unwrap();
    assert_eq!(
        lines(&schedule, "35 GB"),
        [
            "allowance: 12 GB",
            "rounded up by: 7 GB",
            "unused commitment: 10 GB",
            "usage: 40 GB at 1 USD per 1 GB = 40 USD",
            "fixed fee: 3 USD",
            "up to the minimum: 7 USD",
        ]
    );
    // 75 − 12 = 63 → 70 + 3 = 73 → 60 (maximum).
    assert_eq!(
        lines(&schedule, "75 GB"),
        [
            "allowance: 12 GB",
            "rounded up by: 7 GB",
            "usage: 70 GB at 1 USD per 1 GB = 70 USD",
            "fixed fee: 3 USD",
            "down to the maximum: -13 USD",
        ]
    );
    assert_eq!(
        lines(&schedule, "0 B"),
        [
            "unused commitment: 40 GB",
            "usage: 40 GB at 1 USD per 1 GB = 40 USD",
            "fixed fee: 3 USD",
            "up to the minimum: 7 USD",
        ]
    );
}

#[test]
fn lines_name_the_ends_of_their_tiers() {
    let [first, second, rest] = three_tiers();
    let tiers = [first, second.with_fee(money("5 USD")), rest];
    let schedule = Schedule::graduated(Tiers::new(tiers).unwrap());
    assert_eq!(
        lines(&schedule, "250 GB"),
        [
            "up to 100 GB: 100 GB at 1 USD per 1 GB = 100 USD",
            "above 100 GB, below 200 GB: 100 GB at 0.50 USD per 1 GB = 50 USD",
            "fee, above 100 GB, below 200 GB: 5 USD",
            "from 200 GB: 50 GB at 0.25 USD per 1 GB = 12.5 USD",
        ]
    );
    assert_eq!(lines(&schedule, "0 B"), ["up to 100 GB: 0 B at 1 USD per 1 GB = 0 USD"]);
    let items: Vec<LineKind> =
        schedule.lines(volume("150 GB")).iter().map(|line| line.kind()).collect();
    assert_eq!(items, [LineKind::Usage, LineKind::Usage, LineKind::TierFee]);
    let only = Schedule::all_units(Tiers::new([rest]).unwrap());
    assert_eq!(lines(&only, "1 GB"), ["all: 1 GB at 0.25 USD per 1 GB = 0.25 USD"]);
}

#[test]
fn a_package_counts_each_started_one() {
    // 5 USD per started 100 MB, the first 100 MB free.
    let hundred = volume("100 MB");
    let package = Schedule::flat(UnitPrice::new(money("5 USD"), hundred).unwrap())
        .with_allowance(hundred)
        .with_increment(hundred)
        .unwrap();
    costs(
        &package,
        &[
            ("0 B", "0 USD"),
            ("100 MB", "0 USD"),
            ("100.000001 MB", "5 USD"),
            ("200 MB", "5 USD"),
            ("200.000001 MB", "10 USD"),
        ],
    );
}

#[test]
fn rounding_up_beyond_the_largest_quantity_is_exact() {
    let most = Schedule::flat("1 USD per 1 Gbps".parse::<RatePrice>().unwrap())
        .with_increment(DataRate::from_tbps(10_000_000))
        .unwrap();
    // 18,446,744.07 Tbps round up to 20,000,000 Tbps, which no DataRate holds.
    assert_eq!(most.cost(DataRate::MAX).to_string(), "20000000000 USD");
    let quantities = most.lines(DataRate::MAX);
    assert_eq!(quantities[0].to_string(), "rounded up by: 1553.255926290448385 Pbps");
    assert_eq!(quantities.len(), 3);

    let tiers = [Tier::up_to(DataVolume::MAX, per_gb("1 USD")), Tier::rest(per_gb("2 USD"))];
    let volumes = Schedule::graduated(Tiers::new(tiers).unwrap())
        .with_increment(DataVolume::from_nanobits(1 << 127))
        .unwrap();
    // 2^128 nanobits: 2^128 − 1 of them in the first tier and one in the rest.
    let one = VolumePrice::new(money("1 USD"), DataVolume::from_gigabytes(1)).unwrap();
    let expected = Cost::sum(
        Currency::USD,
        [one.cost(DataVolume::MAX), one.cost(DataVolume::from_nanobits(1)) * 2],
    );
    assert_eq!(volumes.cost(DataVolume::MAX), expected.unwrap());
}

#[test]
fn month_to_date_bills_add_up_and_may_be_credits() {
    let schedule = Schedule::all_units(Tiers::new(three_tiers()).unwrap())
        .with_fixed_fee(money("7 USD"))
        .unwrap();
    let bill = |billed: Option<&str>, used: &str| {
        schedule.cost_between(billed.map(volume), volume(used)).to_string()
    };
    assert_eq!(bill(None, "0 B"), "7 USD"); // the first bill has the fee even of no use
    assert_eq!(bill(Some("0 B"), "0 B"), "0 USD");
    assert_eq!(bill(Some("0 B"), "100 GB"), "100 USD");
    assert_eq!(bill(Some("100 GB"), "150 GB"), "-25 USD"); // 150 × 0.50 − 100 × 1
}

#[test]
fn rates_are_priced_as_volumes_are() {
    let tiers = Tiers::new([
        Tier::up_to(rate("1 Gbps"), per_mbps("0.80 USD")),
        Tier::rest(per_mbps("0.50 USD")),
    ]);
    let schedule = Schedule::graduated(tiers.unwrap()).with_commitment(rate("500 Mbps"));
    assert_eq!(schedule.cost(rate("100 Mbps")).to_string(), "400 USD");
    assert_eq!(schedule.cost(rate("1.2 Gbps")).to_string(), "900 USD");
}

#[test]
fn check_finds_where_the_total_falls() {
    let schedule = Schedule::all_units(Tiers::new(three_tiers()).unwrap());
    assert_eq!(
        findings(&schedule),
        [
            "the total falls from 100 USD at 100 GB to 50.0000000000000000000625 USD just above it",
            "the total falls from 99.9999999999999999999375 USD just below 200 GB to 50 USD at it",
        ]
    );
    // By started GB and behind 10 free ones, the fall is behind the 110th.
    let schedule = schedule.with_allowance(volume("10 GB")).with_increment(volume("1 GB")).unwrap();
    assert_eq!(
        findings(&schedule),
        [
            "the total falls from 100 USD at 110 GB to 50.5 USD just above it",
            "the total falls from 99.5 USD at 209 GB to 50 USD just above it",
        ]
    );
    // The minimum covers the second fall.
    let schedule = schedule.with_minimum(money("99.5 USD")).unwrap();
    assert_eq!(
        findings(&schedule),
        ["the total falls from 100 USD at 110 GB to 99.5 USD just above it",]
    );
    let ScheduleWarning::TotalFalls { from, to, .. } = &schedule.check()[0] else {
        panic!("the total falls");
    };
    assert!(to < from);
    assert!(Schedule::graduated(Tiers::new(three_tiers()).unwrap()).check().is_empty());
    assert!(Schedule::flat(per_gb("1 USD")).check().is_empty());
}

#[test]
fn check_finds_tiers_that_are_never_reached() {
    let all = || Schedule::all_units(Tiers::new(three_tiers()).unwrap());
    let never =
        |number, tier: &str| format!("tier {number} ({tier} USD per 1 GB) is never reached");
    let (first, second) = (never(1, "up to 100 GB: 1"), never(2, "below 200 GB: 0.50"));
    let falls = |schedule: &Schedule<DataVolume>| -> Vec<String> {
        findings(schedule).into_iter().filter(|text| text.contains("never")).collect()
    };
    // All is billed from the commitment up.
    assert!(falls(&all().with_commitment(volume("100 GB"))).is_empty());
    assert_eq!(falls(&all().with_commitment(volume("101 GB"))), [&*first]);
    assert_eq!(falls(&all().with_commitment(volume("200 GB"))), [first, second.clone()]);
    // Multiples of 200 GB: 0 is in the first tier, 200 in the rest.
    assert_eq!(falls(&all().with_increment(volume("200 GB")).unwrap()), [second]);
    assert!(falls(&all().with_increment(volume("150 GB")).unwrap()).is_empty());
    // What is free is never billed.
    let free = Schedule::graduated(Tiers::new(three_tiers()).unwrap())
        .with_allowance(DataVolume::from_nanobits(u128::MAX - 1));
    assert_eq!(
        falls(&free),
        [
            "tier 2 (below 200 GB: 0.50 USD per 1 GB) is never reached",
            "tier 3 (the rest: 0.25 USD per 1 GB) is never reached",
        ]
    );
}

#[test]
fn check_finds_prices_that_rise_with_use() {
    let tiers = [
        Tier::up_to(volume("100 GB"), per_gb("1 USD")),
        Tier::up_to(volume("200 GB"), per_gb("1 USD")),
        Tier::rest(per_gb("1.5 USD")),
    ];
    assert_eq!(
        findings(&Schedule::graduated(Tiers::new(tiers).unwrap())),
        ["the price of tier 3 rises from 1 USD per 1 GB to 1.5 USD per 1 GB",]
    );
}

//! Contracts as they are signed: times of day, changes of prices, months in part and directions, each
//! worked out by hand, and what is said of the ones that can't be billed.
#![cfg(feature = "toml")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

use crate::support::parse;
use bandwidth_cost::{
    AnyQuantity, Baseline, Cost, DataRate, DataVolume, Direction, ErrorKind, LinkUsage, Percentile,
    Place, RateCard, RateMeter, Schedule, Share, Statement, Tariff, Tier, Tiers, UsageSeries,
    VolumeMeter,
    jiff::{Timestamp, civil::date, tz::TimeZone},
    tariff::{Adjustment, StatementLine},
    usage::BillingCycle,
};
use core::time::Duration;
use std::collections::BTreeMap;

const FIVE_MINUTES: Duration = Duration::from_secs(300);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);

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

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Slots from a start on, in Mbps.
fn rates(start: &str, slot: Duration, mbps: impl IntoIterator<Item = u64>) -> UsageSeries {
    let rates = mbps.into_iter().map(DataRate::from_mbps);
    UsageSeries::from_rates(time(start), slot, rates).unwrap()
}

/// Slots from a start on, in GB.
fn volumes(start: &str, slot: Duration, gb: impl IntoIterator<Item = u64>) -> UsageSeries {
    let volumes = gb.into_iter().map(DataVolume::from_gigabytes);
    UsageSeries::from_volumes(time(start), slot, volumes).unwrap()
}

fn total(statement: &Statement) -> String {
    statement.total().unwrap().to_string()
}

/// The days, the label and the amount of each line.
fn lines(statement: &Statement) -> Vec<String> {
    let line = |line: &StatementLine| match line.days() {
        Some(days) => format!("{} to {}: {}", days.start(), days.end(), line.line()),
        None => line.line().to_string(),
    };
    statement.lines().iter().map(line).collect()
}

/// Checks the lines of a bill against its total.
#[track_caller]
fn adds_up(statement: &Statement) {
    let amounts = statement.lines().iter().map(|line| line.amount().clone());
    let total = statement.total().unwrap();
    assert_eq!(Cost::sum(total.currency(), amounts).unwrap(), total);
}

// Changes of prices

#[test]
fn a_price_list_that_changes_counts_the_tiers_of_the_month() {
    // 8,000 GB in the first 15 days and 6,000 GB in the last 15: M52 of the shared cases.
    let card = card(
        r#"
        [[tariff]]
        name = "egress"
        measure = "total volume"
        graduated = [
            { up_to = "10 TB", price = "0.09 USD per 1 GB" },
            { price = "0.085 USD per 1 GB" },
        ]

        [[tariff.change]]
        from = "2025-06-16"
        graduated = [
            { up_to = "10 TB", price = "0.08 USD per 1 GB" },
            { price = "0.07 USD per 1 GB" },
        ]
        "#,
    );
    let days = [vec![8_000], vec![0; 14], vec![6_000], vec![0; 14]].concat();
    let bill = card.bill(&volumes("2025-06-01T00:00:00Z", DAY, days)).unwrap();
    assert_eq!(
        lines(&bill),
        [
            "2025-06-01 to 2025-06-15: up to 10 TB: 8 TB at 0.09 USD per 1 GB = 720 USD",
            "2025-06-16 to 2025-06-30: up to 10 TB: 2 TB at 0.08 USD per 1 GB = 160 USD",
            "2025-06-16 to 2025-06-30: above 10 TB: 4 TB at 0.07 USD per 1 GB = 280 USD",
        ],
    );
    assert_eq!(total(&bill), "1160 USD");
    assert_eq!(
        bill.to_string(),
        "\
2025-06-01T00:00:00Z to 2025-07-01T00:00:00Z
egress: total volume, 14 TB
  up to 10 TB, 2025-06-01 to 2025-06-15  8 TB  at 0.09 USD per 1 GB    720.00 USD
  up to 10 TB, 2025-06-16 to 2025-06-30  2 TB  at 0.08 USD per 1 GB    160.00 USD
  above 10 TB, 2025-06-16 to 2025-06-30  4 TB  at 0.07 USD per 1 GB    280.00 USD
total                                                                1,160.00 USD",
    );
}

#[test]
fn a_rate_is_measured_once_and_each_price_is_charged_for_its_days() {
    let card = card(
        r#"
        [[tariff]]
        name = "transit"
        measure = "peak rate"
        price = "0.80 USD per Mbps per month"
        fixed_fee = "250 USD"

        [[tariff.change]]
        from = "2025-03-16"
        price = "0.70 USD per Mbps per month"
        "#,
    );
    // The peak is in the first half, and bills the second one too.
    let mbps = (0..31).map(|day| if day == 3 { 3_100 } else { 1_000 });
    let bill = card.bill(&rates("2025-03-01T00:00:00Z", DAY, mbps)).unwrap();
    assert_eq!(
        lines(&bill),
        [
            "2025-03-01 to 2025-03-15: usage, 15 of 31 days: 3.1 Gbps at 0.80 USD per 1 Mbps \
             = 1200 USD",
            "2025-03-16 to 2025-03-31: usage, 16 of 31 days: 3.1 Gbps at 0.70 USD per 1 Mbps \
             = 1120 USD",
            "fixed fee: 250 USD",
        ],
    );
    assert_eq!(total(&bill), "2570 USD");
}

#[test]
fn a_change_before_the_month_holds_for_all_of_it_and_one_after_it_for_nothing() {
    let text = r#"
        [[tariff]]
        name = "transit"
        measure = "peak rate"
        price = "1 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-02-01"
        price = "2 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-03-01"
        price = "3 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-03-11"
        price = "4 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-03-21"
        price = "5 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-05-01"
        price = "9 USD per 1 Mbps"
    "#;
    let days = [31, 28, 31, 30].iter().sum();
    let series = rates("2025-01-01T00:00:00Z", DAY, vec![31; days]);
    let months = card(text).bill_months(&series).unwrap();
    let totals: Vec<String> = months.iter().map(|(_, bill)| total(bill)).collect();
    // March: 10 days at 3, 10 at 4 and 11 at 5.
    assert_eq!(totals, ["31 USD", "62 USD", "125 USD", "155 USD"]);
    let lines_of: Vec<usize> = months.iter().map(|(_, bill)| bill.lines().len()).collect();
    assert_eq!(lines_of, [1, 1, 3, 1]);
}

#[test]
fn terms_are_of_the_month_when_prices_change() {
    let text = |terms: &str| {
        format!(
            r#"
            [[tariff]]
            name = "egress"
            measure = "total volume"
            price = "1 USD per 1 GB"
            {terms}

            [[tariff.change]]
            from = "2025-06-16"
            price = "2 USD per 1 GB"
            "#
        )
    };
    // 25 GB on the first, 8 GB on the 16th.
    let used = volumes(
        "2025-06-01T00:00:00Z",
        DAY,
        (0..30).map(|day| match day {
            0 => 25,
            15 => 8,
            _ => 0,
        }),
    );
    let bill = |terms: &str| {
        let bill = card(&text(terms)).bill(&used).unwrap();
        adds_up(&bill);
        bill
    };
    assert_eq!(total(&bill("")), "41 USD"); // 25 + 16
    // 10 GB are free, of those used first: 15 + 16.
    assert_eq!(total(&bill("allowance = \"10 GB\"")), "31 USD");
    // 30 GB are free: none of the first part is billed, and 3 GB of the second.
    assert_eq!(total(&bill("allowance = \"30 GB\"")), "6 USD");
    // The quantity so far is rounded up: 30 GB, then 40 GB.
    let bill_up = bill("increment = \"10 GB\"");
    assert_eq!(
        lines(&bill_up),
        [
            "rounded up by: 7 GB",
            "2025-06-01 to 2025-06-15: usage: 30 GB at 1 USD per 1 GB = 30 USD",
            "2025-06-16 to 2025-06-30: usage: 10 GB at 2 USD per 1 GB = 20 USD",
        ],
    );
    // The rest of the commitment has the last price: 25 + 2 × (8 + 17).
    let committed = bill("commitment = \"50 GB\"");
    assert_eq!(
        lines(&committed),
        [
            "unused commitment: 17 GB",
            "2025-06-01 to 2025-06-15: usage: 25 GB at 1 USD per 1 GB = 25 USD",
            "2025-06-16 to 2025-06-30: usage: 25 GB at 2 USD per 1 GB = 50 USD",
        ],
    );
    assert_eq!(total(&bill("fixed_fee = \"5 USD\"")), "46 USD");
    assert_eq!(total(&bill("minimum = \"60 USD\"")), "60 USD");
    assert_eq!(total(&bill("maximum = \"40 USD\"")), "40 USD");
    // Half a month: half the fee, and the usage as measured.
    let half = card(&text("fixed_fee = \"5 USD\"")).bill_part(&used, Share::new(1, 2).unwrap());
    assert_eq!(total(&half.unwrap()), "43.5 USD");
}

#[test]
fn terms_are_of_the_month_when_the_price_of_a_rate_changes() {
    let text = |terms: &str| {
        format!(
            r#"
            [[tariff]]
            name = "transit"
            measure = "peak rate"
            price = "1 USD per 1 Mbps"
            {terms}

            [[tariff.change]]
            from = "2025-06-11"
            price = "4 USD per 1 Mbps"
            "#
        )
    };
    let series = rates("2025-06-01T00:00:00Z", DAY, [25; 30]);
    let bill = |terms: &str| {
        let bill = card(&text(terms)).bill(&series).unwrap();
        adds_up(&bill);
        total(&bill)
    };
    // A price of 1 for 10 days and of 4 for 20: 3 on average.
    assert_eq!(bill(""), "75 USD");
    assert_eq!(bill("allowance = \"10 Mbps\""), "45 USD");
    assert_eq!(bill("increment = \"10 Mbps\""), "90 USD");
    assert_eq!(bill("commitment = \"50 Mbps\""), "150 USD");
    assert_eq!(bill("fixed_fee = \"5 USD\""), "80 USD");
    assert_eq!(bill("minimum = \"100 USD\""), "100 USD");
    assert_eq!(bill("maximum = \"40 USD\""), "40 USD");
    // In service for 15 of 30 days: half of it all.
    let half = card(&text("fixed_fee = \"5 USD\"")).bill_part(&series, Share::new(1, 2).unwrap());
    assert_eq!(total(&half.unwrap()), "40 USD");
}

#[test]
fn all_units_prices_go_on_over_a_change() {
    let card = card(
        r#"
        [[tariff]]
        name = "egress"
        measure = "total volume"
        all_units = [
            { up_to = "10 GB", price = "9 USD per 1 GB", fee = "1 USD" },
            { price = "8 USD per 1 GB", fee = "2 USD" },
        ]

        [[tariff.change]]
        from = "2025-06-16"
        all_units = [
            { up_to = "10 GB", price = "5 USD per 1 GB", fee = "3 USD" },
            { price = "4 USD per 1 GB", fee = "7 USD" },
        ]
        "#,
    );
    let used = |first: u64, second: u64| {
        let days = (0..30).map(|day| match day {
            0 => first,
            15 => second,
            _ => 0,
        });
        let bill = card.bill(&volumes("2025-06-01T00:00:00Z", DAY, days)).unwrap();
        adds_up(&bill);
        bill
    };
    // Within a tier: 6 × 9 + 1, then 2 × 5.
    assert_eq!(total(&used(6, 2)), "65 USD");
    // Into the next: 12 × 4 + 7 less 6 × 5 + 3 under the new prices.
    let bill = used(6, 6);
    assert_eq!(
        lines(&bill),
        [
            "2025-06-01 to 2025-06-15: up to 10 GB: 6 GB at 9 USD per 1 GB = 54 USD",
            "2025-06-01 to 2025-06-15: fee, up to 10 GB: 1 USD",
            "2025-06-16 to 2025-06-30: above 10 GB: 6 GB at 4 USD per 1 GB = 24 USD",
            "2025-06-16 to 2025-06-30: 6 GB before, from 5 USD per 1 GB to 4 USD per 1 GB: -6 USD",
            "2025-06-16 to 2025-06-30: fee, up to 10 GB: -3 USD",
            "2025-06-16 to 2025-06-30: fee, above 10 GB: 7 USD",
        ],
    );
    assert_eq!(total(&bill), "77 USD");
}

#[test]
fn an_excess_goes_on_over_a_change() {
    let card = card(
        r#"
        [[tariff]]
        name = "extra"
        measure = "excess volume"
        baseline = "80 Mbps"
        price = "1 USD per 1 GB"

        [[tariff.change]]
        from = "2025-06-02"
        price = "2 USD per 1 GB"
        "#,
    );
    // 20 Mbps above for a day are 216 GB.
    let bill = card.bill(&rates("2025-06-01T00:00:00Z", DAY, [100, 80, 100])).unwrap();
    assert_eq!(
        lines(&bill),
        [
            "2025-06-01 to 2025-06-01: usage: 216 GB at 1 USD per 1 GB = 216 USD",
            "2025-06-02 to 2025-06-03: usage: 216 GB at 2 USD per 1 GB = 432 USD",
        ],
    );
}

#[test]
fn changes_are_refused_with_their_place() {
    let changes = |changes: &str| {
        refused(&format!(
            "[[tariff]]\nname = \"transit\"\nmeasure = \"peak rate\"\nprice = \"1 USD per 1 \
             Mbps\"\n{changes}"
        ))
    };
    assert_eq!(
        changes(
            "[[tariff.change]]\nfrom = \"2025-03-16\"\nprice = \"2 USD per 1 Mbps\"\n\
             [[tariff.change]]\nfrom = \"2025-03-10\"\nprice = \"3 USD per 1 Mbps\"",
        ),
        "tariff `transit`, change 2: prices from 2025-03-10 do not come after those from 2025-03-16: \
         write the changes in ascending order",
    );
    assert_eq!(
        changes("[[tariff.change]]\nfrom = \"2025-03-16\"\nprice = \"2 EUR per 1 Mbps\""),
        "tariff `transit`, change 1: 2 EUR beside a price in USD: write one currency in \
         each tariff, and give the other amount a tariff of its own",
    );
    assert_eq!(
        changes("[[tariff.change]]\nprice = \"2 USD per 1 Mbps\""),
        "tariff `transit`, change 1: no `from`: write the first day of the prices, such as 2025-03-16",
    );
    assert_eq!(
        changes("[[tariff.change]]\nfrom = \"16/03/2025\"\nprice = \"2 USD per 1 Mbps\""),
        "tariff `transit`, change 1, `from`: invalid date `16/03/2025`: expected a date such as \
         2024-12-31",
    );
    assert_eq!(
        changes("[[tariff.change]]\nfrom = \"2025-03-16\""),
        "tariff `transit`, change 1: no `price`: write one of `price`, `graduated` and `all_units`",
    );
    assert_eq!(
        changes("[[tariff.change]]\nfrom = \"2025-03-16\"\nprice = \"2 USD per 1 MB\""),
        "tariff `transit`, change 1, `price`: `2 USD per 1 MB` is per volume, but a rate is \
         measured: write a price such as 0.80 USD per 1 Mbps; it is per billing period",
    );
    assert_eq!(
        changes("[[tariff.change]]\nfrom = \"2025-03-16\"\ncommitment = \"1 Gbps\""),
        "line 7: can't read `commitment = \"1 Gbps\"`: unknown key `commitment`: write one of from, \
         price, graduated, all_units",
    );
    assert_eq!(
        changes("[tariff.change]\nfrom = \"2025-03-16\""),
        "line 5: can't read `[tariff.change]`: write `[[tariff.change]]`, once above each change",
    );
}

#[test]
fn changes_are_refused_by_the_builders() {
    let per_volume = || Schedule::flat("1 USD per 1 GB".parse().unwrap());
    let per_rate = || Schedule::flat("1 USD per 1 Mbps".parse().unwrap());
    let egress = Tariff::by_volume("egress", VolumeMeter::Total, per_volume());
    let port = Tariff::by_rate("port", RateMeter::Peak, per_rate());
    let day = date(2025, 3, 16);
    assert_eq!(
        egress.with_rate_change(day, per_rate()).unwrap_err().to_string(),
        "the change from 2025-03-16 is by rate, but volume is measured: pass prices by volume",
    );
    assert_eq!(
        port.clone().with_volume_change(day, per_volume()).unwrap_err().to_string(),
        "the change from 2025-03-16 is by volume, but rate is measured: pass prices by rate",
    );
    let committed = per_rate().with_commitment(DataRate::from_gbps(1));
    assert_eq!(
        port.with_rate_change(day, committed).unwrap_err().to_string(),
        "the change from 2025-03-16 has more than prices: pass a schedule without allowance, \
         increment, commitment, fee, minimum and maximum, which are the month's",
    );
}

// Times of day

#[test]
fn a_nights_percentile_is_of_the_nights_slots() {
    let card = card(
        r#"
        time_zone = "Asia/Karachi"

        [[tariff]]
        name = "night"
        measure = "95th percentile"
        hours = "22:00 to 06:00"
        price = "1 USD per 1 Mbps"
        "#,
    );
    // Midnight in Karachi. Hour by hour, 100 Mbps by day and the hour itself by night.
    let mbps = (0..48).map(|hour| if (6..22).contains(&(hour % 24)) { 100 } else { hour % 24 });
    let bill = card.bill(&rates("2025-01-05T19:00:00Z", HOUR, mbps)).unwrap();
    // 16 slots: 0 to 5, 22 and 23, twice. Number 16 of 16.
    assert_eq!(bill.lines()[0].measured(), Some(AnyQuantity::Rate(DataRate::from_mbps(23))));
    assert_eq!(bill.lines()[0].meter(), Some("95th percentile of 22:00 to 06:00"));
    assert_eq!(bill.coverage(), Share::ONE);
}

#[test]
fn days_are_the_dates_of_the_slots_themselves() {
    let text = |keys: &str| {
        format!(
            "[[tariff]]\nname = \"t\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 GB\"\n{keys}"
        )
    };
    // From Monday, 6 January 2025 on, 1 GB an hour for a week.
    let week = volumes("2025-01-06T00:00:00Z", HOUR, [1; 168]);
    let bill = |keys: &str| total(&card(&text(keys)).bill(&week).unwrap());
    assert_eq!(bill("days = \"Mon to Fri\""), "120 USD");
    assert_eq!(bill("days = \"Sat, Sun\""), "48 USD");
    assert_eq!(bill("days = \"Fri to Mon\""), "96 USD");
    assert_eq!(bill("hours = \"22:00 to 06:00\""), "56 USD");
    // Friday from 0 to 6 and from 22 to 24.
    assert_eq!(bill("hours = \"22:00 to 06:00\"\ndays = \"Fri\""), "8 USD");
    assert_eq!(bill("hours = \"00:00 to 24:00\""), "168 USD");
}

#[test]
fn a_night_in_which_the_clocks_change_has_an_hour_more_or_less() {
    let card = card(
        r#"
        time_zone = "America/New_York"

        [[tariff]]
        name = "night"
        measure = "total volume"
        hours = "22:00 to 06:00"
        price = "1 USD per 1 GB"

        [[tariff]]
        name = "day"
        measure = "total volume"
        hours = "06:00 to 22:00"
        price = "1 USD per 1 GB"
        "#,
    );
    let measured = |start: &str, hours: usize| -> Vec<String> {
        let bill = card.bill(&volumes(start, HOUR, vec![1; hours])).unwrap();
        bill.lines().iter().map(|line| line.measured().unwrap().to_string()).collect()
    };
    // Local noon to local noon.
    assert_eq!(measured("2025-03-07T17:00:00Z", 24), ["8 GB", "16 GB"]);
    assert_eq!(measured("2025-03-08T17:00:00Z", 23), ["7 GB", "16 GB"]);
    assert_eq!(measured("2025-11-01T16:00:00Z", 25), ["9 GB", "16 GB"]);
}

#[test]
fn a_window_begins_and_ends_where_slots_do() {
    let text = |zone: &str, hours: &str| {
        format!(
            "time_zone = \"{zone}\"\n[[tariff]]\nname = \"night\"\nmeasure = \"peak rate\"\nhours = \
             \"{hours}\"\nprice = \"1 USD per 1 Mbps\""
        )
    };
    let hours = rates("2025-01-01T00:00:00Z", HOUR, [1; 48]);
    assert_eq!(
        card(&text("UTC", "22:30 to 06:00")).bill(&hours).unwrap_err().to_string(),
        "tariff `night`, `hours`: 22:30 to 06:00 begins or ends at 2025-01-01T22:30:00, within a slot \
         of 1 h: write times at which slots begin, or pass shorter slots",
    );
    // Kathmandu is 5 h 45 min ahead: its hours begin within hours of UTC.
    let kathmandu = card(&text("Asia/Kathmandu", "22:00 to 06:00"));
    assert_eq!(
        kathmandu.bill(&hours).unwrap_err().to_string(),
        "tariff `night`, `hours`: 22:00 to 06:00 begins or ends at 2025-01-01T06:00:00, within a slot \
         of 1 h: write times at which slots begin, or pass shorter slots",
    );
    let quarters = rates("2025-01-01T00:00:00Z", Duration::from_secs(900), [1; 192]);
    assert!(kathmandu.bill(&quarters).is_ok());
    // A day is one slot: no hours of it.
    let days = rates("2025-01-01T00:00:00Z", DAY, [1; 31]);
    assert!(card(&text("UTC", "22:00 to 06:00")).bill(&days).is_err());
    assert!(card(&text("UTC", "00:00 to 24:00")).bill(&days).is_ok());
}

#[test]
fn a_window_of_slots_of_many_years_is_refused_at_once() {
    let card = card(
        "[[tariff]]\nname = \"t\"\nmeasure = \"total volume\"\nhours = \"22:00 to 06:00\"\nprice = \
         \"1 USD per 1 GB\"",
    );
    let century = DAY * 36_525;
    assert_eq!(
        card.bill(&volumes("2000-01-01T00:00:00Z", century, [1; 70])).unwrap_err().to_string(),
        "tariff `t`, `hours`: 22:00 to 06:00 begins or ends at 2000-01-01T06:00:00, within a slot of \
         36525 d: write times at which slots begin, or pass shorter slots",
    );
}

#[test]
fn a_window_without_a_slot_is_an_error_unless_it_is_closed_on_all_days() {
    let text = |keys: &str| {
        format!(
            "[[tariff]]\nname = \"t\"\nmeasure = \"peak rate\"\nprice = \"1 USD per 1 Mbps\"\nfixed_fee \
             = \"5 USD\"\n{keys}"
        )
    };
    // Wednesday, from 0 to 6.
    let morning = rates("2025-01-01T00:00:00Z", HOUR, [7; 6]);
    assert_eq!(
        card(&text("hours = \"08:00 to 20:00\"")).bill(&morning).unwrap_err().to_string(),
        "tariff `t`, `hours`: nothing was measured in 08:00 to 20:00: check the data, or write another \
         window",
    );
    let weekend = card(&text("days = \"Sat, Sun\"")).bill(&morning).unwrap();
    assert_eq!(lines(&weekend), ["usage: 0 bps at 1 USD per 1 Mbps = 0 USD", "fixed fee: 5 USD"]);
}

#[test]
fn windows_are_refused_with_their_key() {
    let keys = |keys: &str| {
        refused(&format!(
            "[[tariff]]\nname = \"t\"\nmeasure = \"peak rate\"\nprice = \"1 USD per 1 Mbps\"\n{keys}"
        ))
    };
    assert_eq!(
        keys("hours = \"22 to 6\""),
        "tariff `t`, `hours`: invalid window `22 to 6`: expected a window such as 22:00 to 06:00",
    );
    assert_eq!(
        keys("hours = \"22:00 to 06:00 on Mon\""),
        "tariff `t`, `hours`: invalid window `22:00 to 06:00 on Mon`: expected a window such as 22:00 \
         to 06:00",
    );
    assert_eq!(
        keys("days = \"weekdays\""),
        "tariff `t`, `days`: invalid list of days `weekdays`: expected a list of days such as Mon to \
         Fri or Sat, Sun",
    );
}

#[test]
fn times_that_no_tariff_measures_or_two_do_are_found() {
    let tariff = |name: &str, keys: &str| {
        format!(
            "[[tariff]]\nname = \"{name}\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 GB\"\n\
             {keys}\n"
        )
    };
    let check = |tariffs: &[String]| -> Vec<String> {
        card(&tariffs.concat()).check().iter().map(ToString::to_string).collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(check(&[tariff("all", "")]), none);
    assert_eq!(check(&[tariff("all", ""), tariff("too", "")]), none);
    let day = tariff("day", "hours = \"06:00 to 22:00\"");
    let night = tariff("night", "hours = \"22:00 to 06:00\"");
    assert_eq!(check(&[day.clone(), night.clone()]), none);
    assert_eq!(
        check(core::slice::from_ref(&day)),
        ["no tariff has the total volume of 22:00 to 06:00"]
    );
    // Another direction is another family.
    let inbound = tariff("night", "hours = \"22:00 to 06:00\"\ndirection = \"inbound\"");
    assert_eq!(
        check(&[day.clone(), inbound]),
        [
            "no tariff has the total volume of 22:00 to 06:00",
            "no tariff has the total volume of 06:00 to 22:00",
        ],
    );
    assert_eq!(
        check(&[tariff("all", ""), night.clone()]),
        ["`all` and `night` both have the total volume of 22:00 to 06:00"],
    );
    let weekdays = tariff("day", "hours = \"05:00 to 22:00\"\ndays = \"Mon to Fri\"");
    assert_eq!(
        check(&[weekdays, night.clone()]),
        [
            "no tariff has the total volume of 06:00 to 22:00 on Sat, Sun",
            "`day` and `night` both have the total volume of 05:00 to 06:00 on Mon to Fri",
        ],
    );
    let weekend = tariff("weekend", "days = \"Fri to Mon\"");
    let rest = tariff("rest", "days = \"Tue to Thu\"");
    assert_eq!(check(&[weekend, rest]), none);
}

// Months

#[test]
fn a_month_in_part_is_billed_for_its_days() {
    // 23 of 30 days of April: M54 of the shared cases.
    let card = card(
        r#"
        begins = "2023-04-08"
        ends = "2023-06-30"

        [[tariff]]
        name = "line"
        measure = "mean rate"
        price = "0 INR per 1 Mbps"
        fixed_fee = "3950 INR"
        "#,
    );
    let series = rates("2023-04-01T00:00:00Z", DAY, vec![5; 120]);
    let months = card.bill_months(&series).unwrap();
    let firsts: Vec<String> = months.iter().map(|(first, _)| first.to_string()).collect();
    assert_eq!(firsts, ["2023-04-01", "2023-05-01", "2023-06-01"]);
    let totals: Vec<String> = months.iter().map(|(_, bill)| total(bill)).collect();
    assert_eq!(totals, ["9085/3 INR", "3950 INR", "3950 INR"]); // 32785/3 together
    for (_, bill) in &months {
        assert_eq!(bill.coverage(), Share::ONE);
    }
    assert_eq!(months[0].1.start(), time("2023-04-08T00:00:00Z"));
    // Without the slots of one day of 23.
    let gap = (0..30).map(|day| (day != 20).then(|| DataRate::from_mbps(5)));
    let gap = UsageSeries::from_rates(time("2023-04-01T00:00:00Z"), DAY, gap).unwrap();
    let april = &card.bill_months(&gap).unwrap()[0].1;
    assert_eq!(april.coverage(), Share::new(22, 23).unwrap());
}

#[test]
fn a_month_in_part_is_billed_alike_whether_its_data_begin_before_the_service_or_with_it() {
    let text = |keys: &str| {
        format!(
            "{keys}\n[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\nprice = \"0 USD per 1 \
             Mbps\"\nfixed_fee = \"250 USD\""
        )
    };
    let days = |first: &str, days: usize| rates(first, FIVE_MINUTES, vec![5; days * 288]);
    let both = |keys: &str, series: &UsageSeries| {
        let card = card(&text(keys));
        let bill = card.bill(series).unwrap();
        let months = card.bill_months(series).unwrap();
        assert_eq!(bill.lines(), months[0].1.lines());
        total(&bill)
    };
    // 17 of 31 days, and 15 of them.
    let (begins, ends) = ("begins = \"2025-03-15\"", "ends = \"2025-03-15\"");
    assert_eq!(both(begins, &days("2025-03-01T00:00:00Z", 31)), "4250/31 USD");
    assert_eq!(both(begins, &days("2025-03-15T00:00:00Z", 17)), "4250/31 USD");
    assert_eq!(both(ends, &days("2025-03-01T00:00:00Z", 31)), "3750/31 USD");
    assert_eq!(both(ends, &days("2025-03-01T00:00:00Z", 15)), "3750/31 USD");
    // 6 of the 28 days from 21 February to 20 March.
    let cycle = format!("billing_day = 21\n{begins}");
    assert_eq!(both(&cycle, &days("2025-03-15T00:00:00Z", 6)), "375/7 USD");

    // A series in two months is its own period, and so is one without days of service.
    let later = days("2025-03-15T00:00:00Z", 31);
    assert_eq!(total(&card(&text(begins)).bill(&later).unwrap()), "250 USD");
    let half = days("2025-03-15T00:00:00Z", 17);
    assert_eq!(total(&card(&text("")).bill(&half).unwrap()), "250 USD");
    // A share that is given is that of the series.
    let given = card(&text(begins)).bill_part(&half, Share::new(17, 31).unwrap()).unwrap();
    assert_eq!(total(&given), "4250/31 USD");
}

#[test]
fn a_slot_that_hangs_over_midnight_is_of_the_day_on_which_it_begins() {
    let card = card(
        r#"
        time_zone = "Asia/Kolkata"

        [[tariff]]
        name = "transit"
        measure = "peak rate"
        price = "0.80 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-03-16"
        price = "0.70 USD per 1 Mbps"

        [[adjustment]]
        name = "credit"
        amount = "-100 USD"
        on = "2025-04-01"
        "#,
    );
    // Hours of UTC begin at half past on the clocks of Kolkata.
    let hours = rates("2025-02-28T19:00:00Z", HOUR, vec![3_100; 24 * 61]);
    let months: Vec<_> = hours.by_month(card.time_zone()).collect();
    assert_eq!(months[0].1.end(), time("2025-03-31T19:00:00Z"));
    let bills: Vec<Statement> = months.iter().map(|(_, month)| card.bill(month).unwrap()).collect();
    // 15 days at 0.80 and 16 at 0.70; the credit is in April.
    assert_eq!(bills.iter().map(total).collect::<Vec<_>>(), ["2320 USD", "2070 USD"]);
    for (bill, (_, of_month)) in bills.iter().zip(card.bill_months(&hours).unwrap()) {
        assert_eq!(bill.lines(), of_month.lines());
    }
}

#[test]
fn a_day_does_not_begin_again_when_the_clocks_are_put_back_over_midnight() {
    // In Havana, 01:00 of 3 November 2024 was 00:00 again.
    let card = card(
        "time_zone = \"America/Havana\"\nbegins = \"2024-11-03\"\n[[tariff]]\nname = \"port\"\n\
         fixed_fee = \"30 USD\"",
    );
    let day = rates("2024-11-03T04:00:00Z", HOUR, [1; 25]);
    assert_eq!(total(&card.bill(&day).unwrap()), "28 USD");
    assert_eq!(total(&card.bill_months(&day).unwrap()[0].1), "28 USD");
}

#[test]
fn a_month_whose_last_slot_hangs_over_its_end_is_one_month() {
    let port = "[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\nprice = \"1 USD per 1 Mbps\"";
    let utc = card(port);
    let berlin = card(&format!("time_zone = \"Europe/Berlin\"\n{port}"));
    let slots = |slot, count| rates("2025-09-30T22:00:00Z", slot, vec![1; count]);
    let two_hours = Duration::from_secs(7_200);
    let october = slots(two_hours, 400).by_month(berlin.time_zone()).next().unwrap().1;
    assert_eq!(october.len(), 373); // 746 h
    assert_eq!(total(&berlin.bill(&october).unwrap()), "1 USD");
    assert_eq!(total(&utc.tariffs()[0].bill(&october).unwrap()), "1 USD");
    let message = "2025-09-30T22:00:00Z to 2025-11-01T02:00:00Z is longer than 31 days and 1 h, and \
                   `port` has prices of a month: call bill_months on a rate card";
    for card in [&utc, &berlin] {
        assert_eq!(card.bill(&slots(two_hours, 374)).unwrap_err().to_string(), message);
    }
    // 32 days begin on 31 local days in Berlin, and on 32 days in UTC.
    assert!(berlin.bill(&slots(DAY, 32)).is_ok());
    assert!(utc.bill(&slots(DAY, 32)).is_err());
}

#[test]
fn tiers_of_fees_are_billed_for_the_days_of_a_month() {
    // The port of 1 Gbps for 300 Mbps, for 21 of 30 days: M55 of the shared cases.
    let card = card(
        r#"
        ends = "2018-04-21"

        [[tariff]]
        name = "port"
        measure = "peak rate"
        all_units = [
            { up_to = "100 Mbps", price = "0 EUR per 1 Mbps", fee = "80 EUR" },
            { up_to = "250 Mbps", price = "0 EUR per 1 Mbps", fee = "120 EUR" },
            { up_to = "1 Gbps", price = "0 EUR per 1 Mbps", fee = "150 EUR" },
            { up_to = "2.5 Gbps", price = "0 EUR per 1 Mbps", fee = "300 EUR" },
            { price = "0 EUR per 1 Mbps", fee = "400 EUR" },
        ]
        "#,
    );
    let months = card.bill_months(&rates("2018-04-01T00:00:00Z", DAY, [300; 30])).unwrap();
    assert_eq!(total(&months[0].1), "105 EUR");
}

#[test]
fn slots_outside_the_days_of_service_are_not_measured() {
    let card = card(
        r#"
        time_zone = "Asia/Karachi"
        begins = "2025-03-15"
        ends = "2025-03-20"

        [[tariff]]
        name = "egress"
        measure = "total volume"
        price = "1 USD per 1 GB"
        "#,
    );
    // 1 GB an hour, from midnight of 1 March in Karachi on; local days are 24 hours.
    let series = volumes("2025-02-28T19:00:00Z", HOUR, vec![1; 24 * 62]);
    let months = card.bill_months(&series).unwrap();
    assert_eq!(months.len(), 1);
    assert_eq!(total(&months[0].1), "144 USD"); // 6 days
    // One month billed by itself has the same days.
    let march = volumes("2025-02-28T19:00:00Z", HOUR, vec![1; 24 * 31]);
    let bill = card.bill(&march).unwrap();
    assert_eq!(bill.lines(), months[0].1.lines());
    assert_eq!(bill.start(), time("2025-03-14T19:00:00Z"));
    assert_eq!(bill.coverage(), Share::ONE);
    let before = volumes("2025-02-01T00:00:00Z", HOUR, vec![1; 24]);
    assert!(card.bill(&before).is_err());
    assert_eq!(
        card.bill_months(&before).unwrap_err().to_string(),
        "nothing was measured from 2025-03-15 to 2025-03-20: check the data, or write other days of \
         service",
    );
}

#[test]
fn months_begin_on_the_billing_day() {
    let card = card(
        r#"
        billing_day = 21
        begins = "2025-03-15"

        [[tariff]]
        name = "transit"
        measure = "peak rate"
        price = "1 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-04-01"
        price = "2 USD per 1 Mbps"
        "#,
    );
    let series = rates("2025-03-01T00:00:00Z", DAY, vec![280; 80]);
    let months = card.bill_months(&series).unwrap();
    let firsts: Vec<String> = months.iter().map(|(first, _)| first.to_string()).collect();
    assert_eq!(firsts, ["2025-02-21", "2025-03-21", "2025-04-21"]);
    // 6 of the 28 days from 21 February to 20 March.
    assert_eq!(total(&months[0].1), "60 USD");
    // 11 of 31 days at 1 and 20 at 2: 280 × 51/31.
    assert_eq!(total(&months[1].1), "14280/31 USD");
    assert_eq!(months[1].1.coverage(), Share::ONE);
    // Measured until 19 May: 29 of 30 days.
    assert_eq!(months[2].1.coverage(), Share::new(29, 30).unwrap());
}

#[test]
fn a_price_changes_within_a_month_in_part() {
    let card = card(
        r#"
        begins = "2025-03-15"

        [[tariff]]
        name = "transit"
        measure = "peak rate"
        price = "1 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-03-20"
        price = "3 USD per 1 Mbps"
        "#,
    );
    let months = card.bill_months(&rates("2025-03-01T00:00:00Z", DAY, [31; 31])).unwrap();
    let march = &months[0].1;
    // 5 days at 1 and 12 at 3, of a month of 31 days.
    let alone = card.bill(&rates("2025-03-01T00:00:00Z", DAY, [31; 31])).unwrap();
    assert_eq!(alone.lines(), march.lines());
    assert_eq!(total(march), "41 USD");
    assert_eq!(march.lines()[0].label(), "usage, 5 of 17 days");
    assert_eq!(march.lines()[2].label(), "out of service, 14/31");
    adds_up(march);
}

#[test]
fn prices_that_change_on_the_first_days_of_all_are_charged_from_them() {
    let price = |text: &str| Schedule::flat(parse(text));
    let egress = Tariff::by_volume("egress", VolumeMeter::Total, price("1 USD per 1 GB"))
        .with_volume_change(date(-9999, 1, 2), price("2 USD per 1 GB"))
        .and_then(|egress| egress.with_volume_change(date(-9999, 1, 3), price("3 USD per 1 GB")));
    let card = RateCard::new([egress.unwrap()]).unwrap();
    let card = card.with_time_zone(TimeZone::get("Asia/Karachi").unwrap());
    // From 06:28:11 of 2 January in Karachi on, whose midnight is before the first timestamp.
    let volumes = [DataVolume::from_gigabytes(1); 48];
    let series = UsageSeries::from_volumes(Timestamp::MIN, HOUR, volumes).unwrap();
    let months = card.bill_months(&series).unwrap();
    assert_eq!(total(&months[0].1), "126 USD"); // 18 at 2, 30 at 3
    assert_eq!(total(&card.bill(&series).unwrap()), "126 USD");
}

#[test]
fn a_series_with_other_slots_than_the_contracts_is_refused() {
    let card = card(
        "interval = \"5 min\"\n[[tariff]]\nname = \"t\"\nmeasure = \"95th percentile\"\nprice = \"1 USD \
         per 1 Mbps\"",
    );
    assert!(card.bill(&rates("2025-01-01T00:00:00Z", FIVE_MINUTES, [1; 12])).is_ok());
    let hours = rates("2025-01-01T00:00:00Z", HOUR, [1; 12]);
    let message = "`interval`: the contract's slots are 5 min long, and the series' are 1 h: pass a \
                   series of such slots, which resample makes of shorter ones";
    assert_eq!(card.bill(&hours).unwrap_err().to_string(), message);
    assert_eq!(card.bill_months(&hours).unwrap_err().to_string(), message);
    let link = LinkUsage { inbound: hours.clone(), outbound: hours };
    assert_eq!(card.bill_link(&link).unwrap_err().to_string(), message);
}

#[test]
fn a_rate_of_more_than_a_month_is_refused() {
    let port = "[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\nprice = \"1 USD per 1 Mbps\"";
    let hours = |count: usize| rates("2025-10-01T00:00:00Z", HOUR, vec![1; count]);
    // October in New York has an hour more than 31 days.
    assert!(card(port).bill(&hours(745)).is_ok());
    let message = "2025-10-01T00:00:00Z to 2025-11-01T02:00:00Z is longer than 31 days and 1 h, and \
                   `port` has prices of a month: call bill_months on a rate card";
    assert_eq!(card(port).bill(&hours(746)).unwrap_err().to_string(), message);
    assert_eq!(card(port).tariffs()[0].bill(&hours(746)).unwrap_err().to_string(), message);
    let link = LinkUsage { inbound: hours(746), outbound: hours(746) };
    let of_link = message.replace("bill_months", "bill_link_months");
    assert_eq!(card(port).bill_link(&link).unwrap_err().to_string(), of_link);
    assert_eq!(card(port).bill_months(&hours(746)).unwrap().len(), 2);
    // A volume has no period.
    let egress = "[[tariff]]\nname = \"e\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 MB\"";
    assert!(card(egress).bill(&hours(2_000)).is_ok());
}

#[test]
fn days_of_a_contract_are_refused_with_their_key() {
    let port = "[[tariff]]\nname = \"port\"\nmeasure = \"peak rate\"\nprice = \"1 USD per 1 Mbps\"";
    let keys = |keys: &str| refused(&format!("{keys}\n{port}"));
    for day in ["0", "29", "-1", "300"] {
        assert_eq!(
            keys(&format!("billing_day = {day}")),
            format!(
                "line 1: can't read `billing_day = {day}`: invalid value: integer `{day}`, expected a \
                 number from 1 to 28, the days that every month has"
            ),
        );
    }
    assert_eq!(
        keys("billing_day = \"21\""),
        "line 1: can't read `billing_day = \"21\"`: invalid type: string \"21\", expected a number \
         from 1 to 28, the days that every month has",
    );
    assert_eq!(
        keys("begins = \"2025-03-15\"\nends = \"2025-03-14\""),
        "`ends`: a contract can't end on 2025-03-14, before it begins on 2025-03-15: write a last day \
         that is not before the first",
    );
    assert_eq!(
        keys("begins = \"15/03/2025\""),
        "`begins`: invalid date `15/03/2025`: expected a date such as 2024-12-31",
    );
    assert_eq!(
        keys("interval = \"5\""),
        "`interval`: missing unit at byte 1: expected a unit such as s, min, h or days",
    );
    assert_eq!(
        keys("interval = \"0 min\""),
        "`interval`: slots can't be 0 s long: pass an interval such as 5 min",
    );
    assert!(
        card(&format!("begins = \"2025-03-15\"\nends = \"2025-03-15\"\n{port}")).ends().is_some()
    );
}

#[test]
fn a_bill_starts_with_its_series_and_bills_the_whole_month() {
    let port = "[[tariff]]\nname = \"port\"\nfixed_fee = \"250 USD\"";
    let of = |series: &UsageSeries| card(port).bill_months(series).unwrap().remove(0).1;
    let late = of(&rates("2025-03-10T00:00:00Z", DAY, [5; 20]));
    assert_eq!(late.start(), time("2025-03-10T00:00:00Z"));
    assert_eq!(late.end(), time("2025-03-30T00:00:00Z"));
    assert_eq!(total(&late), "250 USD");
    assert_eq!(late.coverage(), Share::new(20, 31).unwrap());
    // Slots that are left out are of the series.
    let known = (0..31).map(|day| (9..29).contains(&day).then(|| DataRate::from_mbps(5)));
    let series = UsageSeries::from_rates(time("2025-03-01T00:00:00Z"), DAY, known).unwrap();
    let all = of(&series);
    assert_eq!(all.start(), time("2025-03-01T00:00:00Z"));
    assert_eq!(all.end(), time("2025-04-01T00:00:00Z"));
    assert_eq!(all.coverage(), late.coverage());
}

#[test]
fn an_error_of_one_month_names_the_month() {
    let night = "[[tariff]]\nname = \"night\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 \
                 MB\"\nhours = \"00:00 to 06:00\"";
    // Nothing is known of the nights of February.
    let hours =
        (0..24 * 59).map(|hour| (hour < 24 * 31 || hour % 24 >= 6).then_some(DataRate::ZERO));
    let series = UsageSeries::from_rates(time("2025-01-01T00:00:00Z"), HOUR, hours).unwrap();
    let message = "month from 2025-02-01, tariff `night`, `hours`: nothing was measured in 00:00 to \
                   06:00: check the data, or write another window";
    let error = card(night).bill_months(&series).unwrap_err();
    assert_eq!(error.to_string(), message);
    let ErrorKind::In { place, .. } = error.kind() else { panic!("{error}") };
    assert_eq!(*place, Place::Month(date(2025, 2, 1)));
    let link = LinkUsage { inbound: series.clone(), outbound: series };
    assert_eq!(card(night).bill_link_months(&link).unwrap_err().to_string(), message);
}

#[test]
fn a_window_of_days_alone_is_refused_at_its_key() {
    let weekend = "[[tariff]]\nname = \"weekend\"\nmeasure = \"total volume\"\nprice = \"1 USD per 1 \
                   MB\"\ndays = \"Sat, Sun\"";
    let off = rates("2025-03-01T00:30:00Z", HOUR, [1; 24 * 8]);
    assert_eq!(
        card(weekend).bill(&off).unwrap_err().to_string(),
        "tariff `weekend`, `days`: 00:00 to 24:00 on Sat, Sun begins or ends at 2025-03-03T00:00:00, \
         within a slot of 1 h: write times at which slots begin, or pass shorter slots",
    );
}

// Directions and links

#[test]
fn each_tariff_has_its_own_direction() {
    // M58 of the shared cases.
    let card = card(
        r#"
        direction = "sum"

        [[tariff]]
        name = "transit"
        measure = "peak rate"
        direction = "higher"
        price = "1 USD per 1 Mbps"

        [[tariff]]
        name = "egress"
        measure = "total volume"
        direction = "outbound"
        price = "0.01 USD per 1 GB"
        "#,
    );
    let start = "2025-01-01T00:00:00Z";
    let link = LinkUsage {
        inbound: rates(start, HOUR, [900, 0, 0]),
        outbound: rates(start, HOUR, [100, 100, 100]),
    };
    let bill = card.bill_link(&link).unwrap();
    assert_eq!(total(&bill), "901.35 USD");
    let directions: Vec<_> = bill.lines().iter().map(|line| line.direction()).collect();
    assert_eq!(directions, [Some(Direction::Inbound), Some(Direction::Outbound)]);
    // One series has no direction.
    let bill = card.bill(&link.inbound).unwrap();
    assert_eq!(bill.lines()[0].direction(), None);
    assert_eq!(total(&bill), "904.05 USD");
    // Outbound alone needs no inbound slots.
    let later = rates("2025-01-01T00:30:00Z", HOUR, [1]);
    let egress = RateCard::new([card.tariffs()[1].clone()]).unwrap();
    let link = LinkUsage { inbound: later, outbound: link.outbound };
    assert!(egress.bill_link(&link).is_ok());
    assert_eq!(
        card.bill_link(&link).unwrap_err().to_string(),
        "slots of 1 h from 2025-01-01T00:30:00Z to 2025-01-01T01:30:00Z do not match slots of 1 h from \
         2025-01-01T00:00:00Z to 2025-01-01T03:00:00Z: pass series of the same slots",
    );
}

#[test]
fn the_dearer_direction_is_found_beside_a_fee_in_another_currency() {
    // M59 of the shared cases.
    let card = card(
        r#"
        direction = "higher"

        [[tariff]]
        name = "transit"
        measure = "peak rate"
        price = "0.80 USD per 1 Mbps"

        [[tariff]]
        name = "port"
        fixed_fee = "90000 PKR"
        "#,
    );
    let start = "2025-01-01T00:00:00Z";
    let link =
        LinkUsage { inbound: rates(start, HOUR, [900]), outbound: rates(start, HOUR, [100]) };
    let totals: Vec<String> =
        card.bill_link(&link).unwrap().totals().iter().map(ToString::to_string).collect();
    assert_eq!(totals, ["720 USD", "90000 PKR"]);
}

#[test]
fn links_are_billed_by_month_and_in_pools() {
    let card = card(
        r#"
        [[tariff]]
        name = "transit"
        measure = "peak rate"
        direction = "higher"
        price = "1 USD per 1 Mbps"
        "#,
    );
    let start = "2025-01-01T00:00:00Z";
    let days = |january: u64, february: u64| {
        rates(start, DAY, (0..59).map(|day| if day < 31 { january } else { february }))
    };
    let link = LinkUsage { inbound: days(9, 2), outbound: days(1, 7) };
    let months = card.bill_link_months(&link).unwrap();
    let totals: Vec<String> = months.iter().map(|(_, bill)| total(bill)).collect();
    assert_eq!(totals, ["9 USD", "7 USD"]);
    let directions: Vec<_> = months.iter().map(|(_, bill)| bill.lines()[0].direction()).collect();
    assert_eq!(directions, [Some(Direction::Inbound), Some(Direction::Outbound)]);

    let other = LinkUsage { inbound: days(0, 2), outbound: days(10, 0) };
    let both = LinkUsage::pool([&link, &other]).unwrap();
    let months = card.bill_link_months(&both).unwrap();
    let totals: Vec<String> = months.iter().map(|(_, bill)| total(bill)).collect();
    assert_eq!(totals, ["11 USD", "7 USD"]);
}

#[test]
fn a_month_that_one_direction_lacks_is_an_error() {
    let card = card(
        r#"
        [[tariff]]
        name = "transit"
        measure = "peak rate"
        direction = "higher"
        price = "1 USD per 1 Mbps"
        "#,
    );
    let start = time("2025-01-01T00:00:00Z");
    let days = |has: fn(usize) -> bool| {
        let rates = (0..90).map(|day| has(day).then(|| DataRate::from_mbps(1)));
        UsageSeries::from_rates(start, DAY, rates).unwrap()
    };
    let link =
        LinkUsage { inbound: days(|_| true), outbound: days(|day| !(31..59).contains(&day)) };
    assert_eq!(
        card.bill_link_months(&link).unwrap_err().to_string(),
        "nothing was measured in the month that begins on 2025-02-01: check the data, or bill the other \
         months by themselves",
    );
    // Of the link itself, the month is passed over.
    let months: Vec<String> = link
        .by_period(&BillingCycle::months(), &TimeZone::UTC)
        .map(|(first, _)| first.to_string())
        .collect();
    assert_eq!(months, ["2025-01-01", "2025-03-01"]);
}

// Every key

/// The keys of the schema that are nowhere on a card, each with its table.
fn keys_without(text: &str) -> Vec<String> {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../rate_card.schema.json")).unwrap();
    let card: serde_json::Value = toml::from_str(text).unwrap();
    let all = |tables: &[serde_json::Value], key: &str| -> Vec<serde_json::Value> {
        let lists = tables.iter().filter_map(|table| table.get(key)?.as_array());
        lists.flatten().cloned().collect()
    };
    let tariffs = all(core::slice::from_ref(&card), "tariff");
    let changes = all(&tariffs, "change");
    let priced = [tariffs.clone(), changes.clone()].concat();
    let tiers = [all(&priced, "graduated"), all(&priced, "all_units")].concat();
    let adjustments = all(core::slice::from_ref(&card), "adjustment");
    let definition = |name: &str| schema["definitions"][name].clone();
    let tables = [
        ("card", schema.clone(), vec![card.clone()]),
        ("tariff", definition("tariff"), tariffs),
        ("change", definition("change"), changes),
        ("tier", definition("tier"), tiers),
        ("adjustment", definition("adjustment"), adjustments),
    ];
    let mut missing = Vec::new();
    for (name, schema, tables) in tables {
        let keys = schema["properties"].as_object().unwrap().keys();
        let unused = keys.filter(|key| tables.iter().all(|table| table.get(key).is_none()));
        missing.extend(unused.map(|key| format!("{name}: {key}")));
    }
    missing
}

#[test]
fn a_card_with_every_key_is_the_same_read_built_and_from_serde() {
    let text = r#"
        time_zone = "Asia/Karachi"
        billing_day = 21
        interval = "5 min"
        direction = "higher"
        begins = "2025-03-15"
        ends = "2026-03-14"
        minimum = "100 USD"
        maximum = "9000 USD"

        [[tariff]]
        name = "transit"
        measure = "95th percentile"
        direction = "outbound"
        hours = "22:00 to 06:00"
        days = "Mon to Fri"
        commitment = "2 Gbps"
        graduated = [
            { up_to = "2 Gbps", price = "0.80 USD per 1 Mbps" },
            { price = "1 USD per 1 Mbps" },
        ]

        [[tariff.change]]
        from = "2025-04-01"
        price = "0.70 USD per 1 Mbps"

        [[tariff.change]]
        from = "2025-05-01"
        all_units = [
            { up_to = "2 Gbps", price = "0.60 USD per 1 Mbps", fee = "5 USD" },
            { price = "0.50 USD per 1 Mbps" },
        ]

        [[tariff]]
        name = "egress"
        measure = "total volume"
        days = "Sat, Sun"
        price = "0.09 USD per 1 GB"
        allowance = "1 TB"
        increment = "1 GB"
        fixed_fee = "5 USD"
        minimum = "10 USD"
        maximum = "800 USD"

        [[tariff.change]]
        from = "2025-04-01"
        graduated = [
            { below = "1 TB", price = "0.08 USD per 1 GB" },
            { price = "0.07 USD per 1 GB" },
        ]

        [[tariff]]
        name = "port"
        measure = "peak rate"
        hours = "00:00 to 24:00"
        all_units = [
            { up_to = "2 Gbps", price = "0.60 USD per 1 Mbps", fee = "5 USD" },
            { price = "0.50 USD per 1 Mbps" },
        ]

        [[tariff]]
        name = "above the plan"
        measure = "excess volume"
        baseline = "5 Gbps"
        price = "0.01 USD per 1 GB"

        [[tariff]]
        name = "above last year"
        measure = "excess volume"
        inline_baseline = { series = { start = "2025-01-01T00:00:00Z", interval = "1 h", volumes = ["1 GB"] } }
        price = "0.02 USD per 1 GB"

        [[adjustment]]
        name = "credit"
        amount = "-5 USD"
        on = "2025-04-03"

        [[adjustment]]
        name = "levy"
        percent = "2%"
        of = ["transit", "egress"]
        "#;
    assert_eq!(keys_without(text), Vec::<String>::new(), "not on the card");
    let read = card(text);
    let per_rate = |text: &str| text.parse().unwrap();
    let gbps = DataRate::from_gbps;
    let tiers = |tiers: [Tier<DataRate>; 2]| Tiers::new(tiers).unwrap();
    let two = [
        Tier::up_to(gbps(2), per_rate("0.80 USD per 1 Mbps")),
        Tier::rest(per_rate("1 USD per 1 Mbps")),
    ];
    let cheaper = [
        Tier::up_to(gbps(2), per_rate("0.60 USD per 1 Mbps")).with_fee("5 USD".parse().unwrap()),
        Tier::rest(per_rate("0.50 USD per 1 Mbps")),
    ];
    let port = Tariff::by_rate("port", RateMeter::Peak, Schedule::all_units(tiers(cheaper)))
        .with_window("00:00 to 24:00".parse().unwrap());
    let transit = Tariff::by_rate(
        "transit",
        RateMeter::Percentile(Percentile::P95),
        Schedule::graduated(tiers(two)).with_commitment(gbps(2)),
    )
    .with_rate_change(date(2025, 4, 1), Schedule::flat(per_rate("0.70 USD per 1 Mbps")))
    .and_then(|tariff| {
        tariff.with_rate_change(date(2025, 5, 1), Schedule::all_units(tiers(cheaper)))
    })
    .unwrap()
    .with_direction(Direction::Outbound)
    .with_window("22:00 to 06:00 on Mon to Fri".parse().unwrap());
    let terabyte = DataVolume::from_terabytes(1);
    let volume_tiers = Tiers::new([
        Tier::below(terabyte, "0.08 USD per 1 GB".parse().unwrap()),
        Tier::rest("0.07 USD per 1 GB".parse().unwrap()),
    ]);
    let egress = Tariff::by_volume(
        "egress",
        VolumeMeter::Total,
        Schedule::flat("0.09 USD per 1 GB".parse().unwrap())
            .with_allowance(terabyte)
            .with_increment(DataVolume::from_gigabytes(1))
            .and_then(|schedule| schedule.with_fixed_fee(parse("5 USD")))
            .and_then(|schedule| schedule.with_minimum(parse("10 USD")))
            .and_then(|schedule| schedule.with_maximum(parse("800 USD")))
            .unwrap(),
    )
    .with_volume_change(date(2025, 4, 1), Schedule::graduated(volume_tiers.unwrap()))
    .unwrap()
    .with_window("00:00 to 24:00 on Sat, Sun".parse().unwrap());
    let above = |name: &str, baseline, price: &str| {
        let price = Schedule::flat(parse(price));
        Tariff::by_volume(name, VolumeMeter::Excess(baseline), price)
    };
    let plan = Baseline::constant(gbps(5));
    let last_year = Baseline::series(volumes("2025-01-01T00:00:00Z", HOUR, [1]));
    let built = RateCard::new([
        transit,
        egress,
        port,
        above("above the plan", plan, "0.01 USD per 1 GB"),
        above("above last year", last_year, "0.02 USD per 1 GB"),
    ])
    .unwrap()
    .with_time_zone(TimeZone::get("Asia/Karachi").unwrap())
    .with_billing_cycle(BillingCycle::from_day(21).unwrap())
    .with_interval(FIVE_MINUTES)
    .and_then(|card| card.with_begins(date(2025, 3, 15)))
    .and_then(|card| card.with_ends(date(2026, 3, 14)))
    .and_then(|card| card.with_minimum(parse("100 USD")))
    .and_then(|card| card.with_maximum(parse("9000 USD")))
    .and_then(|card| {
        let credit = Adjustment::amount("credit", parse("-5 USD"));
        card.with_adjustment(credit.on(date(2025, 4, 3)))
    })
    .and_then(|card| {
        card.with_adjustment(Adjustment::percent("levy", "2%")?.of(["transit", "egress"]))
    })
    .unwrap()
    .with_direction(Direction::Higher);
    assert_eq!(read, built);

    let json = serde_json::to_value(&read).unwrap();
    assert_eq!(serde_json::from_value::<RateCard>(json.clone()).unwrap(), read);
    let bytes = postcard::to_allocvec(&read).unwrap();
    assert_eq!(postcard::from_bytes::<RateCard>(&bytes).unwrap(), read);
    assert_eq!(json["billing_day"], 21);
    assert_eq!(json["tariff"][0]["hours"], "22:00 to 06:00");
    assert_eq!(json["tariff"][1].get("hours"), None);
    assert_eq!(json["tariff"][2]["hours"], "00:00 to 24:00");
    assert_eq!(
        json["tariff"][0]["change"][0],
        serde_json::json!({"from": "2025-04-01", "price": "0.70 USD per 1 Mbps"}),
    );
}

//! Bills of whole months and of counters, each total computed by hand beside it.
#![cfg(feature = "toml")]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use bandwidth_cost::{
    CounterLog, CounterWidth, DataRate, GapPolicy, RateCard, Statement, UsageSeries,
    jiff::{Timestamp, civil::Date},
};
use core::time::Duration;
use std::collections::BTreeMap;

const FIVE_MINUTES: Duration = Duration::from_secs(300);

/// Of `n` slots that carry 1, 2 … n Mbps in some order, n × (n + 1) ÷ 2 × 37.5 MB cross the link
/// and the slot of rank r carries r Mbps: the volume says how many slots were billed, the percentile
/// which of them.
const CARD: &str = r#"
    [[tariff]]
    name = "traffic"
    measure = "total volume"
    price = "1 USD per 1 TB"

    [[tariff]]
    name = "transit"
    measure = "95th percentile"
    commitment = "8 Gbps"
    graduated = [
        { up_to = "8 Gbps", price = "0.01 USD per 1 Mbps" },
        { price = "0.02 USD per 1 Mbps" },
    ]
"#;

fn card(zone: &str) -> RateCard {
    RateCard::from_toml(&format!("time_zone = \"{zone}\"\n{CARD}"), &BTreeMap::new()).unwrap()
}

/// 1, 2 … n Mbps, in an order far from theirs: 7919 is a prime, and divides none of the months here.
fn month(slots: u64) -> impl Iterator<Item = DataRate> {
    (0..slots).map(move |slot| DataRate::from_mbps(slot * 7_919 % slots + 1))
}

/// 288 slots of 100 Gbps, which would show in the bill of a month that they are not in.
fn busy_day() -> impl Iterator<Item = DataRate> {
    core::iter::repeat_n(DataRate::from_gbps(100), 288)
}

/// The first of each month, when its statement begins and ends, and its total.
fn bills(
    zone: &str,
    start: &str,
    rates: impl IntoIterator<Item = DataRate>,
) -> Vec<(Date, String, String)> {
    let series =
        UsageSeries::from_rates(start.parse::<Timestamp>().unwrap(), FIVE_MINUTES, rates).unwrap();
    let months = card(zone).bill_months(&series).unwrap();
    let bill = |(first, bill): (Date, Statement)| {
        let total = bill.total().unwrap().to_string();
        (first, format!("{} to {}", bill.start(), bill.end()), total)
    };
    months.into_iter().map(bill).collect()
}

fn expected(months: &[(&str, &str, &str)]) -> Vec<(Date, String, String)> {
    let month = |(first, period, total): &(&str, &str, &str)| {
        (first.parse().unwrap(), (*period).to_owned(), (*total).to_owned())
    };
    months.iter().map(month).collect()
}

#[test]
fn months_of_31_28_and_30_days_are_billed() {
    let months = [8_928, 8_064, 8_928, 8_640].into_iter().flat_map(month);
    let thirty_one_days = "1584.3546 USD";
    assert_eq!(
        bills("UTC", "2025-01-01T00:00:00Z", months),
        expected(&[
            // Traffic: 8,928 × 8,929 ÷ 2 = 39,859,056; × 37.5 MB = 1,494.7146 TB.
            // Transit: 0.95 × 8,928 = 8,481.6, so rank 8,482: 80 + 482 × 0.02 = 89.64.
            ("2025-01-01", "2025-01-01T00:00:00Z to 2025-02-01T00:00:00Z", thirty_one_days),
            // Traffic: 8,064 × 8,065 ÷ 2 = 32,518,080; × 37.5 MB = 1,219.428 TB.
            // Transit: 0.95 × 8,064 = 7,660.8, so rank 7,661, below the commitment: 80.
            ("2025-02-01", "2025-02-01T00:00:00Z to 2025-03-01T00:00:00Z", "1299.428 USD"),
            ("2025-03-01", "2025-03-01T00:00:00Z to 2025-04-01T00:00:00Z", thirty_one_days),
            // Traffic: 8,640 × 8,641 ÷ 2 = 37,329,120; × 37.5 MB = 1,399.842 TB.
            // Transit: 0.95 × 8,640 = 8,208: 80 + 208 × 0.02 = 84.16.
            ("2025-04-01", "2025-04-01T00:00:00Z to 2025-05-01T00:00:00Z", "1484.002 USD"),
        ]),
    );
}

/// Of a busy day: 288 × 100,000 × 37.5 MB = 1,080 TB; 80 + 92,000 × 0.02 = 1,920.
const BUSY_DAY: &str = "3000 USD";

#[test]
fn a_month_of_30_days_in_which_clocks_go_forward_is_billed_for_8_628_slots() {
    let rates = busy_day().chain(month(8_628)).chain(busy_day());
    assert_eq!(
        // Five hours ahead of UTC, six from 15 April.
        bills("Asia/Karachi", "2009-03-30T19:00:00Z", rates),
        expected(&[
            ("2009-03-01", "2009-03-30T19:00:00Z to 2009-03-31T19:00:00Z", BUSY_DAY),
            // Traffic: 8,628 × 8,629 ÷ 2 = 37,225,506; × 37.5 MB = 1,395.956475 TB.
            // Transit: 0.95 × 8,628 = 8,196.6, so rank 8,197: 80 + 197 × 0.02 = 83.94.
            ("2009-04-01", "2009-03-31T19:00:00Z to 2009-04-30T18:00:00Z", "1479.896475 USD"),
            ("2009-05-01", "2009-04-30T18:00:00Z to 2009-05-01T18:00:00Z", BUSY_DAY),
        ]),
    );
}

#[test]
fn a_month_of_30_days_in_which_clocks_go_back_is_billed_for_8_652_slots() {
    let rates = busy_day().chain(month(8_652)).chain(busy_day());
    assert_eq!(
        // Four hours behind UTC, five from 2 November.
        bills("America/New_York", "2025-10-31T04:00:00Z", rates),
        expected(&[
            ("2025-10-01", "2025-10-31T04:00:00Z to 2025-11-01T04:00:00Z", BUSY_DAY),
            // Traffic: 8,652 × 8,653 ÷ 2 = 37,432,878; × 37.5 MB = 1,403.732925 TB.
            // Transit: 0.95 × 8,652 = 8,219.4, so rank 8,220: 80 + 220 × 0.02 = 84.40.
            ("2025-11-01", "2025-11-01T04:00:00Z to 2025-12-01T05:00:00Z", "1488.132925 USD"),
            ("2025-12-01", "2025-12-01T05:00:00Z to 2025-12-02T05:00:00Z", BUSY_DAY),
        ]),
    );
}

#[test]
fn a_wrap_is_billed_and_a_reset_by_the_policy_for_gaps() {
    let total = |width, gaps| {
        let mut log = CounterLog::new(width).with_capacity(DataRate::from_mbps(50));
        let start: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
        for (poll, octets) in (0..).zip([4_294_000_000, 1_000_000_000, 500_000_000, 700_000_000]) {
            log.push(start + FIVE_MINUTES * poll, octets).unwrap();
        }
        let series = log.to_series(FIVE_MINUTES, gaps).unwrap().series;
        let by_volume = "[[tariff]]\nname = \"traffic\"\nmeasure = \"total volume\"\n\
                         price = \"1 USD per 1 GB\"";
        let card = RateCard::from_toml(by_volume, &BTreeMap::new()).unwrap();
        card.bill(&series).unwrap().total().unwrap().to_string()
    };
    // A wrap: 2³² − 4,294,000,000 = 967,296, and 1,000,000,000 after it: 26.7 Mbps.
    // A reset: another wrap would be 2³² − 500,000,000 = 3,794,967,296 octets, 101.2 Mbps.
    // Then 200,000,000.
    assert_eq!(total(CounterWidth::Bits32, GapPolicy::Zero), "1.200967296 USD");
    // The 500,000,000 that were counted since the reset, too.
    assert_eq!(total(CounterWidth::Bits32, GapPolicy::Distribute), "1.700967296 USD");
    // 64 bits don't wrap: two resets.
    assert_eq!(total(CounterWidth::Bits64, GapPolicy::Zero), "0.2 USD");
    assert_eq!(total(CounterWidth::Bits64, GapPolicy::Distribute), "1.7 USD");
}

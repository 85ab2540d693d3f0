//! The cards of `rate_cards`, each with a month worked out by hand.

use bandwidth_cost::{DataRate, LinkUsage, RateCard, Statement, UsageSeries};
use core::time::Duration;
use std::collections::BTreeMap;

const FIVE_MINUTES: Duration = Duration::from_secs(300);
const DAY: Duration = Duration::from_secs(86_400);

fn card(text: &str) -> RateCard {
    RateCard::from_toml(text, &BTreeMap::new()).unwrap()
}

/// Slots from a start on, in Mbps.
fn rates(start: &str, slot: Duration, mbps: impl IntoIterator<Item = u64>) -> UsageSeries {
    let rates = mbps.into_iter().map(DataRate::from_mbps);
    UsageSeries::from_rates(start.parse().unwrap(), slot, rates).unwrap()
}

fn total(statement: &Statement) -> String {
    statement.total().unwrap().to_string()
}

fn lines(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.line().to_string()).collect()
}

#[test]
fn day_and_night_over_two_ports() {
    let card = card(include_str!("../../rate_cards/day_and_night.toml"));
    assert_eq!(card.check(), []);
    // March in Karachi. Inbound, the ports carry 900 and 300 Mbps by day, 400 and 250 by night;
    // outbound 50 each.
    let start = "2025-02-28T19:00:00Z";
    let port = |day: u64, night: u64| {
        let slots = 0..31 * 288;
        let inbound = slots
            .clone()
            .map(|slot: u64| if (72..264).contains(&(slot % 288)) { day } else { night });
        LinkUsage {
            inbound: rates(start, FIVE_MINUTES, inbound),
            outbound: rates(start, FIVE_MINUTES, slots.map(|_| 50)),
        }
    };
    let both = LinkUsage::pool([&port(900, 400), &port(300, 250)]).unwrap();
    let months = card.bill_link_months(&both).unwrap();
    assert_eq!(months.len(), 1);
    assert_eq!(
        lines(&months.first().unwrap().1),
        [
            "usage: 1.2 Gbps at 0.80 USD per 1 Mbps = 960 USD",
            "usage: 650 Mbps at 0.40 USD per 1 Mbps = 260 USD",
            "fixed fee: 500 USD",
        ],
    );
    // One port alone does not use the commitment up.
    let alone = card.bill_link_months(&port(900, 400)).unwrap();
    assert_eq!(total(&alone.first().unwrap().1), "1460 USD"); // 800 + 160 + 500
}

#[test]
fn an_exchange_point_with_a_set_up_fee_and_months_in_part() {
    let card = card(include_str!("../../rate_cards/exchange_point.toml"));
    // 300 Mbps from 1 April on, local time, and 200 Mbps from May on.
    let days = |mbps: [u64; 2]| (0..61).map(move |day| if day < 30 { mbps[0] } else { mbps[1] });
    let start = "2025-03-31T21:00:00Z";
    let link = LinkUsage {
        inbound: rates(start, DAY, days([300, 200])),
        outbound: rates(start, DAY, days([40, 40])),
    };
    let months = card.bill_link_months(&link).unwrap();
    let totals: Vec<String> = months.iter().map(|(_, bill)| total(bill)).collect();
    assert_eq!(totals, ["205 EUR", "120 EUR"]); // 21/30 of 150 and the set-up of 100
    let april = months.first().unwrap();
    assert_eq!(
        lines(&april.1),
        [
            "above 250 Mbps, up to 1 Gbps: 300 Mbps",
            "fee, above 250 Mbps, up to 1 Gbps: 150 EUR",
            "out of service, 30%: -45 EUR",
            "set-up: 100 EUR",
        ],
    );
}

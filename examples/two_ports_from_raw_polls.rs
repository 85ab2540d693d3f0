//! Two ports from raw polls to an invoice.
#![allow(clippy::arithmetic_side_effects, reason = "the polls that are made here are of a month")]

use bandwidth_cost::{
    CounterLog, CounterWidth, DataRate, GapPolicy, Percentile, RateCard, RateMeter,
    RoundingStrategy::MidpointNearestEven, Schedule, Tariff, UsageSeries, jiff::Timestamp,
};
use core::time::Duration;
use std::{error::Error, io::Write};

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut std::io::stdout())
}

/// Writes what was decided of each port's polls, and the invoice of both.
pub(crate) fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let (second, five_minutes) = (Duration::from_secs(1), Duration::from_secs(300));
    let mut ports = Vec::new();
    // Two routers, polled 2 and 7 seconds late, on links of 1 Gbps that carry 400 and 250 Mbps.
    for (name, late, mbps) in [("lhr1", 2, 400), ("lhr2", 7, 250)] {
        let mut log = CounterLog::new(CounterWidth::Bits64).with_capacity(DataRate::from_gbps(1));
        let first = "2024-12-31T23:55:00Z".parse::<Timestamp>()? + late * second;
        for poll in (0..=8_929).filter(|poll| name == "lhr2" || !(500..503).contains(poll)) {
            let counted = 10_000_000_000 + u64::from(poll) * mbps * 37_500_000;
            let octets = if (name, poll) == ("lhr2", 100) { 0 } else { counted };
            log.push(first + five_minutes * poll, octets)?;
        }
        let readout = log.to_series(five_minutes, GapPolicy::LeaveOut)?;
        writeln!(out, "{name}\n{}\n", readout.summary())?;
        ports.push(readout.series);
    }
    let price = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    let transit = Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), price);
    for (_, month) in RateCard::new([transit])?.bill_months(&UsageSeries::pool(&ports)?)? {
        writeln!(out, "{}", month.settle(MidpointNearestEven)?)?;
    }
    Ok(())
}

// Output:
// lhr1
// 1 head before the first whole slot: 14.9 GB
// 1 gap: 75 GB not in any slot
// 1 tail after the last whole slot: 100 MB
//
// lhr2
// 1 head before the first whole slot: 9.15625 GB
// 1 discarded reading
// 1 tail after the last whole slot: 218.75 MB
//
// 2025-01-01T00:00:00Z to 2025-02-01T00:00:00Z
// measured for 8923/8928 (≈ 99.94%) of the time
// transit: 95th percentile, 650 Mbps
//   usage  650 Mbps  at 0.80 USD per 1 Mbps  520.00 USD
// total                                      520.00 USD

//! How much traffic is between two readings of an octet counter that wrapped?

use bandwidth_cost::{CounterLog, CounterWidth, DataRate, Error, GapPolicy};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let link = DataRate::from_mbps(100);
    let mut log = CounterLog::new(CounterWidth::Bits32).with_capacity(link);
    log.push("2025-01-01T00:00:00Z".parse()?, 4_294_000_000)?;
    log.push("2025-01-01T00:05:00Z".parse()?, 749_032_704)?;
    log.push("2025-01-01T00:10:00Z".parse()?, 1_499_032_704)?;

    let traffic = log.to_series(Duration::from_secs(300), GapPolicy::Fail)?.series;
    for (start, rate) in traffic.rates().filter_map(|(start, rate)| Some((start, rate?))) {
        println!("{start} {rate}");
    }
    println!("in all {}", traffic.total());
    Ok(())
}

// Prints:
//
// 2025-01-01T00:00:00Z 20 Mbps
// 2025-01-01T00:05:00Z 20 Mbps
// in all 1.5 GB

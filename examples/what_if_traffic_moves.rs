//! What if a tenth of the traffic moves to VPNs that bypass the local CDNs?

use bandwidth_cost::{DataRate, Error, Share, TrafficClass, TrafficMix, pta};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let before = TrafficMix::new([
        TrafficClass::new("direct", DataRate::from_tbps(18), Share::from_percent(70)),
        TrafficClass::new("VPN", DataRate::ZERO, Share::ZERO),
    ])?;
    let after = before.shift("direct", "VPN", Share::from_percent(10))?;
    println!("border before: {}", before.international());
    println!("border after:  {}", after.international());

    let increase = before.international_increase(&after);
    let minute = pta::DISRUPTION_COST.cost(increase * Duration::from_secs(60));
    println!("the {increase} more cost {minute:#.2} a minute");
    Ok(())
}

// Prints:
//
// border before: 5.4 Tbps
// border after:  6.66 Tbps
// the 1.26 Tbps more cost 12,600.00 USD a minute

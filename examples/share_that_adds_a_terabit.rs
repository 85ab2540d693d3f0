//! What share of the traffic must move so that the border carries 1 Tbps more?

use bandwidth_cost::{DataRate, Error, Share, TrafficClass, TrafficMix};

fn main() -> Result<(), Error> {
    let mix = TrafficMix::new([
        TrafficClass::new("direct", DataRate::from_tbps(18), Share::from_percent(70)),
        TrafficClass::new("VPN", DataRate::ZERO, Share::ZERO),
    ])?;
    let limit = DataRate::from_gbps(5_400 + 1_000);
    match mix.share_to_reach("direct", "VPN", limit)? {
        Some(share) => println!("about {share:.2} of it must move"),
        None => println!("all of it is not enough"),
    }
    Ok(())
}

// Prints:
//
// about 7.94% of it must move

//! What does one flow cost, when the price is per gigabyte?

use bandwidth_cost::{DataVolume, Error, RoundingStrategy, VolumePrice};

fn main() -> Result<(), Error> {
    let flow: DataVolume = "2.5 GB".parse()?;
    let price: VolumePrice = "0.085 USD per 1 GB".parse()?;
    let cost = price.cost(flow);
    println!("{flow} at {price}: {cost}");
    println!("on a bill: {}", cost.round(RoundingStrategy::MidpointNearestEven)?);
    Ok(())
}

// Prints:
//
// 2.5 GB at 0.085 USD per 1 GB: 0.2125 USD
// on a bill: 0.21 USD

//! What does half a month of a committed rate cost?

use bandwidth_cost::{DataRate, Error, RatePrice, RoundingStrategy, Share};

fn main() -> Result<(), Error> {
    let transit: RatePrice = "0.80 USD per 1 Mbps".parse()?;
    let month = transit.cost(DataRate::from_mbps(1_234));
    let bill = &month * Share::new(15, 31)?;
    println!("a month: {month}");
    println!("15 of 31 days: {bill}");
    println!("on the bill: {}", bill.round(RoundingStrategy::MidpointNearestEven)?);
    Ok(())
}

// Prints:
//
// a month: 987.2 USD
// 15 of 31 days: 14808/31 USD
// on the bill: 477.68 USD

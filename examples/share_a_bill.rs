//! How is a bill shared by use, without losing a cent?

use bandwidth_cost::{Error, Money};

fn main() -> Result<(), Error> {
    let bill: Money = "2027.25 USD".parse()?;
    let gigabytes = [310, 120, 90];
    for (used, part) in gigabytes.iter().zip(bill.allocate(&gigabytes)?) {
        println!("{used} GB: {part}");
    }
    Ok(())
}

// Prints:
//
// 310 GB: 1208.55 USD
// 120 GB: 467.83 USD
// 90 GB: 350.87 USD

//! Where will the month end?
#![expect(clippy::arithmetic_side_effects, reason = "the traffic that is made here is small")]

use bandwidth_cost::{
    DataRate, Error, Percentile, RateCard, RateMeter, Schedule, Share, Tariff, UsageSeries,
};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let price = Schedule::flat("0.80 USD per 1 Mbps".parse()?);
    let transit = Tariff::by_rate("transit", RateMeter::Percentile(Percentile::P95), price);
    let card = RateCard::new([transit])?;

    // A link that is busier each hour of a day and grows by 2 Mbps a day, up to 10 March.
    let hour = Duration::from_secs(3_600);
    let rate = |hour: u64| DataRate::from_mbps(400 + hour % 24 * 25 + hour / 24 * 2);
    let start = "2025-01-01T00:00:00Z".parse()?;
    let history = UsageSeries::from_rates(start, hour, (0..59 * 24).map(rate))?;
    let so_far = UsageSeries::from_rates(history.end(), hour, (59 * 24..69 * 24).map(rate))?;

    let (until, capacity) = ("2025-04-01T00:00:00Z".parse()?, DataRate::from_gbps(2));
    let forecast = card.forecast(&so_far, until, &history, capacity)?;
    let ends = forecast.cost();
    println!("certain: {} to {}", ends.certain().start(), ends.certain().end());
    println!("as usual: {}", ends.usual());
    for (month, cost) in ends.past_months() {
        println!("as in the month of {month}: {cost}");
    }
    for test in card.backtest(&history, Share::new(10, 31)?, capacity)? {
        println!(
            "in {} it would have been {} off, of {}",
            test.month(),
            test.error(),
            test.actual()
        );
    }
    Ok(())
}

// Prints:
//
// certain: 817.6 USD to 1600 USD
// as usual: 826.4 USD
// as in the month of 2025-01-01: 823.2 USD
// as in the month of 2025-02-01: 849.6 USD
// in 2025-02-01 it would have been -37.6 USD off, of 836.8 USD

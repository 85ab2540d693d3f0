//! What is a bill in dollars at the mean rate of its days?

use bandwidth_cost::{
    Currency, DataRate, Error, ExchangeRates, RateMeter, RoundingStrategy, Schedule, Tariff,
    UsageSeries,
    jiff::{Timestamp, civil::date},
    money::exchange::RatesLayout,
};
use std::time::Duration;

const RATES: &str = "\
date,base,quote,rate
2023-01-25,USD,PKR,231.550
2023-01-26,USD,PKR,250.500
2023-01-27,USD,PKR,263.050
2023-01-30,USD,PKR,262.600
2023-01-31,USD,PKR,267.500
";

fn main() -> Result<(), Error> {
    let price = "0.80 USD per Mbps per month".parse()?;
    let transit = Tariff::by_rate("transit", RateMeter::Peak, Schedule::flat(price));
    let start: Timestamp = "2023-01-25T00:00:00Z".parse()?;
    let week = [DataRate::from_gbps(10); 7 * 288];
    let bill = transit.bill(&UsageSeries::from_rates(start, Duration::from_secs(300), week)?)?;

    let rates = ExchangeRates::from_csv(RATES.as_bytes(), &RatesLayout::long())?.rates;
    let days = date(2023, 1, 25)..=date(2023, 1, 31);
    let rupees = bill.convert_at(rates.mean(Currency::USD, Currency::PKR, days)?)?;
    println!("{}", rupees.settle(RoundingStrategy::MidpointNearestEven)?);
    Ok(())
}

// Prints:
//
// 2023-01-25T00:00:00Z to 2023-02-01T00:00:00Z
// transit: peak rate, 10 Gbps
//   usage  10 Gbps  at 0.80 USD per 1 Mbps  8,000.00 USD  2,040,320.00 PKR
// total                                                   2,040,320.00 PKR
// 1 USD = 255.04 PKR (mean of 5 fixings from 2023-01-25 to 2023-01-31)
// each line rounded half to even

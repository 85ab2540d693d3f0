//! What was a dollar worth on a day, and which fixing says so?

use bandwidth_cost::{
    Currency, Error, ExchangeRates, jiff::civil::date, money::exchange::RatesLayout,
};

/// Two fixings of the State Bank of Pakistan, around the devaluation of January 2023.
const FIXINGS: &str = "\
date,base,quote,rate
2023-01-25,USD,PKR,231.55
2023-01-26,USD,PKR,250.50
";

fn main() -> Result<(), Error> {
    let rates = ExchangeRates::from_csv(FIXINGS.as_bytes(), &RatesLayout::long())?.rates;
    for day in [date(2023, 1, 25), date(2023, 1, 28)] {
        println!("{day}: {}", rates.rate(Currency::USD, Currency::PKR, day)?);
    }
    match rates.rate(Currency::USD, Currency::PKR, date(2023, 3, 1)) {
        Ok(rate) => println!("{rate}"),
        Err(error) => println!("{error}"),
    }
    Ok(())
}

// Prints:
//
// 2023-01-25: 1 USD = 231.55 PKR (fixing of 2023-01-25)
// 2023-01-28: 1 USD = 250.5 PKR (fixing of 2023-01-26)
// no exchange rate from USD to PKR on 2023-03-01 or in the 7 days before it (USD/PKR was last fixed on 2023-01-26): insert a fixing, or allow older ones (with_max_age) or a detour (with_pivot)

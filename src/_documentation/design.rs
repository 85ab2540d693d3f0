//! Why the crate is as it is.
//!
//! Every step from traffic to money has choices that move the answer. Each section below gives one
//! decision and its reason.
//!
//! # Why a volume counts billionths of a bit
//!
//! A rate is a whole number of bits per second, and a [`Duration`](core::time::Duration) a whole
//! number of nanoseconds. Their product is a whole number of nanobits (10⁻⁹ bit), so
//! `rate * duration` never rounds: not for a slot of 5 minutes, and not for a flow of 17 ms.
//!
//! ```
//! use bandwidth_cost::{DataRate, Error};
//! use std::time::Duration;
//!
//! fn main() -> Result<(), Error> {
//!     let rate: DataRate = "999 bps".parse()?;
//!     let volume = rate * Duration::from_millis(17);
//!     assert_eq!(volume.as_nanobits(), 999 * 17_000_000);
//!     assert_eq!(volume / Duration::from_millis(17), rate);
//!     Ok(())
//! }
//! ```
//!
//! # Why cost and money are two types
//!
//! A [`Money`](crate::Money) is a decimal: an amount that can be paid or written on a contract. The
//! result of a calculation often is not one. $10,000 per 7.5 TB is 4/3 USD per GB, and no decimal
//! holds that. So a calculation returns a [`Cost`](crate::Cost), which is a rational number with a
//! currency. It stays exact through sums, shares and exchange rates, and becomes money in one
//! place, [`Cost::round`](crate::Cost::round), with a strategy that the program names.
//!
//! ```
//! use bandwidth_cost::{DataVolume, Error, RoundingStrategy, pta};
//!
//! fn main() -> Result<(), Error> {
//!     let cost = pta::DISRUPTION_COST.cost(DataVolume::from_gigabytes(1));
//!     assert_eq!(cost.to_string(), "4/3 USD");
//!     assert_eq!((&cost * 3_u64).to_string(), "4 USD");
//!     assert_eq!(cost.round(RoundingStrategy::MidpointNearestEven)?.to_string(), "1.33 USD");
//!     Ok(())
//! }
//! ```
//!
//! # Why money has no `+`
//!
//! Two amounts may have different currencies, and then there is no sum. An operator could only
//! panic, on data that came from a file. [`Money::checked_add`](crate::Money::checked_add) and
//! [`Cost::checked_add`](crate::Cost::checked_add) return an error that names both currencies.
//! Quantities have one dimension each, so they have operators; these panic on overflow as the
//! standard library's `Duration` does, and each has a `checked_` twin.
//!
//! ```
//! use bandwidth_cost::{Error, Money};
//!
//! fn main() -> Result<(), Error> {
//!     let port: Money = "250.00 USD".parse()?;
//!     let loop_fee: Money = "90000.00 PKR".parse()?;
//!     assert!(port.checked_add(loop_fee).is_err());
//!     Ok(())
//! }
//! ```
//!
//! # Why a gap is an error or left out
//!
//! A slot that was not measured is not a slot without traffic. Counting it as zero lowers the mean
//! and the 95th percentile, and so the bill, and nobody notices. So a gap is an error by default
//! ([`GapPolicy::Fail`](crate::GapPolicy::Fail)), and every other treatment is chosen by name. A
//! slot that is left out takes part in no percentile, mean, peak or total, and `coverage` says how much
//! of the time was measured.
//!
//! # Why a budget asks every segment
//!
//! "How much can I buy for 600 USD?" has an easy answer where the cost only rises: the quantity at which
//! 600 USD are spent. Under all-units tiers the cost falls where a cheaper tier begins, so that a larger
//! quantity may be within the same budget. A search for the one place where the budget is spent would
//! stop at the first of them.
//!
//! [`Schedule::largest_within`](crate::Schedule::largest_within) therefore reads the
//! [`CostCurve`](crate::price::CostCurve) from its last segment down. On a segment the cost is slope ×
//! billed quantity + base, so the largest billed quantity within the budget is (budget − base) / slope,
//! rounded down to the smallest unit. It is then rounded down to a multiple of the increment, and the
//! allowance is added. If the quantity that remains is billed on that segment it is the answer: each
//! quantity beyond it is on a later segment, and those were asked before.
//!
//! ```
//! use bandwidth_cost::{DataRate, Error, Schedule, Tier, Tiers};
//!
//! fn main() -> Result<(), Error> {
//!     let transit = Schedule::all_units(Tiers::new([
//!         Tier::up_to(DataRate::from_gbps(1), "1 USD per 1 Mbps".parse()?),
//!         Tier::rest("0.50 USD per 1 Mbps".parse()?),
//!     ])?);
//!     // 600 USD are spent at 600 Mbps, and again at 1.2 Gbps.
//!     let most = transit.largest_within(&"600 USD".parse()?)?;
//!     assert_eq!(most, Some(DataRate::from_mbps(1_200)));
//!     Ok(())
//! }
//! ```
//!
//! # Why crossings have an end
//!
//! Two straight segments cross once at most. An increment makes stairs of a segment, and a price per
//! started megabyte may be the dearer one at the beginning of each step and the cheaper one at its end,
//! for as many steps as there are megabytes. So [`Schedule::crossings`](crate::Schedule::crossings)
//! gives up after [`MAX_CROSSINGS`](crate::price::MAX_CROSSINGS). It does not walk the steps: the next
//! crossing is at the first whole number between two straight lines. It is found by halving, with sums
//! over any number of steps that Euclid's algorithm gives. So two stairs that cross first after 10²⁰
//! steps, or never, take no longer than others.
//!
//! # Why texts are refused
//!
//! `10 mb` is 10 megabits to one reader and 10 megabytes to another; the bills differ by a factor of
//! eight. An exact answer to a text that was read wrongly is a wrong answer. So a text with more
//! than one meaning is refused, and the error lists the spellings to choose from. Of a text that is
//! nearly right, the error names the spelling to use. A missing currency, an unclear date or a day
//! without an exchange rate is an error too: nothing is guessed.
//!
//! ```
//! use bandwidth_cost::DataVolume;
//!
//! fn main() {
//!     let error = "10 mb".parse::<DataVolume>().unwrap_err();
//!     assert_eq!(
//!         error.to_string(),
//!         "ambiguous unit `mb` at byte 3: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)",
//!     );
//! }
//! ```
//!
//! # Why one error type
//!
//! A program that prices traffic reads files, contracts, rates and times. With one
//! [`Error`](crate::Error) the operator `?` works on all of them, and a `main` that returns it ends
//! with a sentence, because `Debug` prints the message.
//! [`Error::kind`](crate::Error::kind) tells the cases apart: it holds the enum of the module that
//! refused, such as [`PriceError`](crate::price::PriceError).

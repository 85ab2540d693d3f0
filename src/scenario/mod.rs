//! What if traffic moves: how much more crosses the border, and what does that cost?
//!
//! The regulator's question: if 10 % of direct traffic moves to VPNs that bypass the local CDNs, how
//! much more crosses the border, and what does it cost per minute, per month, in dollars and in
//! rupees? Pakistan's traffic in February 2024 was 18.03 Tbps, of which local CDNs served 12.38.
//!
//! ```
//! use bandwidth_cost::{
//!     DataRate, Error, ExchangeRate, AnyPrice, Share, TrafficClass, TrafficMix, pta,
//! };
//! use core::time::Duration;
//!
//! let from_cdns = Share::new(1_238, 1_803)?; // 12.38 of 18.03 Tbps
//! let before = TrafficMix::new([
//!     TrafficClass::new("direct", DataRate::from_gbps(18_030), from_cdns),
//!     TrafficClass::new("VPN", DataRate::ZERO, Share::ZERO),
//! ])?;
//! let after = before.shift("direct", "VPN", Share::from_percent(10))?;
//! assert_eq!(before.international_increase(&after), DataRate::from_gbps(1_238));
//!
//! let prices = [("disruption", AnyPrice::Volume(pta::DISRUPTION_COST))];
//! let month = Duration::from_secs(30 * 86_400);
//! let rupees: ExchangeRate = "1 USD = 278.55 PKR".parse()?;
//! let what_if = before.compare(&after, &prices, month, &rupees)?;
//! let cost = &what_if.costs[0];
//! assert_eq!(cost.per_minute.original.to_string(), "12380 USD");
//! assert_eq!(cost.per_minute.converted.to_string(), "3448449 PKR");
//! assert_eq!(cost.per_month.original.to_string(), "534816000 USD");
//!
//! // What share of direct traffic has to move before the border carries 1 Tbps more?
//! let limit = before.international() + DataRate::from_tbps(1);
//! let least = before.share_to_reach("direct", "VPN", limit)?.expect("all of it would add 12.38 Tbps");
//! assert_eq!(format!("{least:.4}"), "8.0775%");
//! # Ok::<(), Error>(())
//! ```
//!
//! A [`TrafficMix`] is made of classes, each with its demand and the share of it that local CDNs
//! serve. Of a class, `local` is its demand times its share, rounded down to whole bits per second,
//! and `international` is the rest. Demand is what users ask for, and a move from one class to
//! another leaves it as it is, to the bit.
//!
//! **Sources.** 18.03 Tbps in use, 12.38 of it from CDNs and 5.65 from international operators:
//! figures of the Pakistan Telecommunication Authority,
//! [reported](https://propakistani.pk/2024/02/23/pta-report-reveals-surge-in-digital-engagement-and-bandwidth-utilization/)
//! on 23 February 2024. They do not say what of it went through VPNs; the program above takes it
//! all as direct. For the cable of [`Outage`], the minister's figures of
//! [4 January 2025](https://samaa.tv/index.php/2087326768-jan-2-internet-disruption-affected-1-000gbps-of-data-traffic-shaza-fatima).

mod comparison;
mod error;
mod mix;
mod outage;
#[cfg(feature = "serde")]
mod serde;
mod share_to;

pub use self::error::ScenarioError;
pub use self::{
    comparison::{Change, Comparison, ConvertedCost, IncreaseCost},
    mix::{TrafficClass, TrafficMix},
    outage::Outage,
};

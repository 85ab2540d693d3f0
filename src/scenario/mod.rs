//! A country's traffic by class, and how much of it crosses the border after a change.
//!
//! If 10% of direct traffic moves to VPNs that bypass the local CDNs, how much more crosses the
//! border, and what does that cost? Pakistan's traffic in February 2024 was 18.03 Tbps, of which
//! local CDNs served 12.38 Tbps.
//!
//! ```
//! use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix, pta};
//! use core::time::Duration;
//!
//! let before = TrafficMix::new([
//!     TrafficClass::new("direct", DataRate::from_gbps(18_030), Share::new(1_238, 1_803)?),
//!     TrafficClass::new("VPN", DataRate::ZERO, Share::ZERO),
//! ])?;
//! let after = before.shift("direct", "VPN", Share::from_percent(10))?;
//! let increase = before.international_increase(&after);
//! assert_eq!(increase, DataRate::from_gbps(1_238));
//! let per_minute = pta::DISRUPTION_COST.cost(increase * Duration::from_secs(60));
//! assert_eq!(per_minute.to_string(), "12380 USD");
//!
//! // At which share of direct traffic does the border carry 1 Tbps more?
//! let limit = before.international() + DataRate::from_tbps(1);
//! let least = before.share_to_reach("direct", "VPN", limit)?.expect("all of it adds 12.38 Tbps");
//! assert_eq!(format!("{least:.4}"), "8.0775%");
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! A [`TrafficMix`] is a list of classes. A [`TrafficClass`] has a demand, and the share of the
//! demand that local CDNs serve. A change gives a new mix: traffic that moves to another class
//! ([`TrafficMix::shift`]), servers that move abroad ([`TrafficMix::with_local_share`]), users who
//! come or go ([`TrafficMix::with_demand`]). Two questions are asked the other way around: the least
//! share that must move for the border traffic to reach a limit ([`TrafficMix::share_to_reach`]), or
//! to stay below it ([`TrafficMix::share_to_stay_below`]).
//!
//! The local traffic of a class is its demand times its share, rounded down to whole bits per
//! second; the rest is international. A move keeps the demand of the mix to the bit.
//!
//! **Sources.** 18.03 Tbps in use, 12.38 Tbps of it from CDNs and 5.65 Tbps from international
//! operators: figures of the Pakistan Telecommunication Authority,
//! [reported](https://propakistani.pk/2024/02/23/pta-report-reveals-surge-in-digital-engagement-and-bandwidth-utilization/)
//! on 23 February 2024. They do not say how much of it went through VPNs; the program above takes
//! all of it as direct.

mod error;
mod mix;
#[cfg(feature = "serde")]
mod serde;
mod share_to;

pub use self::error::ScenarioError;
pub use self::mix::{TrafficClass, TrafficMix};

//! The figures that the Pakistan Telecommunication Authority published, and their interpretations.
//!
//! ```
//! use bandwidth_cost::pta;
//!
//! for (name, price) in pta::interpretations() {
//!     println!("{name}: {price}");
//! }
//! let factor = pta::INTERNATIONAL_CHARGE.ratio_to(&pta::DISRUPTION_COST)?;
//! println!("the two published prices differ by a factor of {factor}"); // 750
//! # Ok::<(), bandwidth_cost::Error>(())
//! ```
//!
//! **Source.** A report of the authority on the causes of the internet's disruptions, sent to the
//! ministry of information technology. The press reported on it in January 2025, among others
//! [Samaa](https://samaa.tv/index.php/2087326964-pakistan-loses-10-000-per-minute-due-to-vpn-usage),
//! the [Pakistan Press Foundation](https://pakistanpressfoundation.org/surge-in-vpn-usage-strains-pakistans-internet-infrastructure-cause-financial-losses-pta),
//! [Pakistan Observer](https://pakobserver.net/pta-identifies-reasons-behind-slow-internet-speed-in-pakistan/)
//! and, quoting both prices in February 2025,
//! [Business Recorder](https://www.brecorder.com/news/40349742/pta-grants-license-to-vpn-service-providers).
//! The report itself is not public. These are figures of the press, and none of them is a tariff
//! by which anyone is billed.

pub use crate::price::AnyPrice;

use crate::{
    money::{Currency, Money},
    number::Share,
    price::{RatePrice, VolumePrice},
    quantity::{DataRate, DataVolume},
};
use core::time::Duration;
use jiff::civil::{Date, date};

const DOLLAR: Money = Money::from_major(1, Currency::USD);

/// $1 per MB of international bandwidth, in foreign exchange.
///
/// Source and date: the [module](self)'s. The reports call it the cost of "each megabyte" that VPNs
/// carry. They do not say whether MB is 10⁶ bytes (as here), whether anyone is charged this price,
/// or whether Mbps per month is meant, for which the trade says "MB" too: see [`interpretations`].
///
/// ```
/// use bandwidth_cost::{DataVolume, pta};
///
/// let cost = pta::INTERNATIONAL_CHARGE.cost(DataVolume::from_gigabytes(1));
/// assert_eq!(cost.to_string(), "1000 USD");
/// ```
pub const INTERNATIONAL_CHARGE: VolumePrice = VolumePrice::per_megabyte(DOLLAR);

/// $10,000 a minute for each 1 Tbps of extra traffic during a disruption: $10,000 per 7.5 TB.
///
/// Source and date: the [module](self)'s. Some reports write "1 TB per second" for Tbps, which
/// would be an eighth of the price. They do not say above which level traffic is extra, nor whether
/// a started minute or a started Tbps counts in full. Here both are charged pro rata.
///
/// ```
/// use bandwidth_cost::{DataRate, pta};
/// use core::time::Duration;
///
/// let quarter = DataRate::from_gbps(250);
/// let cost = pta::DISRUPTION_COST.cost(quarter * Duration::from_secs(10 * 60));
/// assert_eq!(cost.to_string(), "25000 USD");
/// assert_eq!(pta::DISRUPTION_COST.to_string(), "10000 USD per 1 Tbps for 1 min");
/// ```
pub const DISRUPTION_COST: VolumePrice = VolumePrice::constant_per_rate_time(
    Money::from_major(10_000, Currency::USD),
    DataRate::from_tbps(1),
    Duration::from_secs(60),
);

/// The share of the country's traffic that local CDNs serve: 70%.
///
/// Source and date: the [module](self)'s. The reports do not name the month, nor say whether it is
/// a share of the volume or of the rate in the busiest hour.
///
/// ```
/// use bandwidth_cost::{DataRate, pta};
///
/// let traffic = DataRate::from_tbps(8);
/// let border = traffic - traffic.portion(pta::LOCAL_CDN_SHARE);
/// assert_eq!(border, DataRate::from_gbps(2_400));
/// ```
pub const LOCAL_CDN_SHARE: Share = Share::from_percent(70);

/// The rate of VPN traffic in each month from August to December 2024, by the first of the month.
///
/// Source and date: the [module](self)'s. The reports do not say whether a figure is the month's
/// mean, its peak or the rate on some day, nor which direction it is of.
///
/// ```
/// use bandwidth_cost::{DataRate, pta};
///
/// let peak = pta::VPN_TRAFFIC_2024.iter().map(|&(_, rate)| rate).max();
/// assert_eq!(peak, Some(DataRate::from_gbps(815))); // October
/// ```
pub const VPN_TRAFFIC_2024: [(Date, DataRate); 5] = [
    (date(2024, 8, 1), DataRate::from_gbps(634)),
    (date(2024, 9, 1), DataRate::from_gbps(597)),
    (date(2024, 10, 1), DataRate::from_gbps(815)),
    (date(2024, 11, 1), DataRate::from_gbps(378)),
    (date(2024, 12, 1), DataRate::from_gbps(437)),
];

/// Returns the interpretations of "$1 per MB", each with a name; the first is as printed.
///
/// The trade says "MB" for Mbps per month, and software often for MiB. Mbit and GB are likely slips
/// of the pen.
///
/// ```
/// use bandwidth_cost::pta::{self, AnyPrice};
///
/// let names = pta::interpretations().map(|(name, _)| name);
/// assert_eq!(
///     names,
///     ["$1 per MB", "$1 per MiB", "$1 per Mbit", "$1 per GB", "$1 per Mbps per month"],
/// );
/// assert_eq!(pta::interpretations()[0].1, AnyPrice::Volume(pta::INTERNATIONAL_CHARGE));
/// ```
#[must_use]
pub fn interpretations() -> [(&'static str, AnyPrice); 5] {
    let per = |volume| AnyPrice::Volume(VolumePrice::per_volume(DOLLAR, volume));
    [
        ("$1 per MB", AnyPrice::Volume(INTERNATIONAL_CHARGE)),
        ("$1 per MiB", per(DataVolume::from_mebibytes(1))),
        ("$1 per Mbit", per(DataVolume::from_megabits(1))),
        ("$1 per GB", per(DataVolume::from_gigabytes(1))),
        ("$1 per Mbps per month", AnyPrice::Rate(RatePrice::per_mbps(DOLLAR))),
    ]
}

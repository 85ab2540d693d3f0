//! The figures that the Pakistan Telecommunication Authority published, and what they may mean.
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
//! ministry of information technology and reported by the press in January 2025: among others
//! [Samaa](https://samaa.tv/index.php/2087326964-pakistan-loses-10-000-per-minute-due-to-vpn-usage),
//! the [Pakistan Press Foundation](https://pakistanpressfoundation.org/surge-in-vpn-usage-strains-pakistans-internet-infrastructure-cause-financial-losses-pta),
//! [Pakistan Observer](https://pakobserver.net/pta-identifies-reasons-behind-slow-internet-speed-in-pakistan/)
//! and, quoting both prices in February 2025,
//! [Business Recorder](https://www.brecorder.com/news/40349742/pta-grants-license-to-vpn-service-providers).
//! The report itself is not public; these are figures of the press, and none of them is a tariff
//! that anyone is billed by.

pub use crate::price::AnyPrice;

use crate::{
    money::{Currency, Money},
    number::Share,
    price::{RatePrice, VolumePrice},
    quantity::{DataRate, DataVolume},
};
use jiff::civil::{Date, date};

const DOLLAR: Money = Money::from_major(1, Currency::USD);

/// $1 per MB of international bandwidth, in foreign exchange.
///
/// Source and date: the [module](self)'s. The reports call it the cost of "each megabyte" that is
/// carried by VPNs. They do not say whether MB is 10⁶ bytes (as here), whether it is charged to
/// anyone, or whether Mbps per month is meant, as the trade says "MB" for that: see [`readings`].
///
/// ```
/// use bandwidth_cost::{DataVolume, pta};
///
/// let cost = pta::INTERNATIONAL_CHARGE.cost(DataVolume::from_gigabytes(1));
/// assert_eq!(cost.to_string(), "1000 USD");
/// ```
pub const INTERNATIONAL_CHARGE: VolumePrice = VolumePrice::per_megabyte(DOLLAR);

/// $10,000 a minute for each 1 Tbps of extra traffic during a disruption: per 7.5 TB.
///
/// Source and date: the [module](self)'s. Some reports write "1 TB per second" for Tbps, which
/// would be an eighth of the price. They do not say above which traffic it is extra, nor whether a
/// started minute or a started Tbps counts in full; here it is pro rata.
///
/// ```
/// use bandwidth_cost::{DataRate, pta};
/// use core::time::Duration;
///
/// let quarter = DataRate::from_gbps(250);
/// let cost = pta::DISRUPTION_COST.cost(quarter * Duration::from_secs(10 * 60));
/// assert_eq!(cost.to_string(), "25000 USD");
/// ```
pub const DISRUPTION_COST: VolumePrice = VolumePrice::per_volume(
    Money::from_major(10_000, Currency::USD),
    DataVolume::from_terabits(60), // 1 Tbps × 60 s
);

/// The share of the country's traffic that local CDNs serve: 70 %.
///
/// Source and date: the [module](self)'s. It does not say of which month, nor whether of volume or
/// of the rate at the busiest hour.
///
/// ```
/// use bandwidth_cost::{DataRate, pta};
///
/// let traffic = DataRate::from_tbps(8);
/// let border = traffic - traffic.portion(pta::LOCAL_CDN_SHARE);
/// assert_eq!(border, DataRate::from_gbps(2_400));
/// ```
pub const LOCAL_CDN_SHARE: Share = Share::from_percent(70);

/// What VPNs carried in each month from August to December 2024, by the first of the month.
///
/// Source and date: the [module](self)'s. It does not say whether a figure is the month's mean, its
/// peak or a reading on some day, nor in which direction.
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

/// The ways in which "$1 per MB" can be read, each with a name; the first is as printed.
///
/// The trade says "MB" for Mbps per month, software often for MiB, and a Mbit or a GB is a slip of
/// the pen away.
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

//! [`LinkUsage`]: a link's traffic in both directions.

use crate::{
    Error,
    usage::{BillingCycle, UsageSeries, Window},
};
use jiff::{civil::Date, tz::TimeZone};

/// The traffic of a link in both directions.
///
/// ```
/// use bandwidth_cost::{DataRate, LinkUsage, UsageSeries, jiff::Timestamp};
/// use core::time::Duration;
///
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let five_minutes = Duration::from_secs(300);
/// let series = |mbps| UsageSeries::from_rates(start, five_minutes, [DataRate::from_mbps(mbps)]);
/// let link = LinkUsage { inbound: series(900)?, outbound: series(80)? };
/// assert!(link.inbound.peak() > link.outbound.peak());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkUsage {
    /// The traffic that comes in.
    pub inbound: UsageSeries,
    /// The traffic that goes out.
    pub outbound: UsageSeries,
}

impl LinkUsage {
    /// Cuts both directions into the billing periods of a cycle in a time zone, each with its first day,
    /// as [`UsageSeries::by_period`] does.
    ///
    /// A period is passed over if one of the directions has no slot in it, or leaves all of them out.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, LinkUsage, UsageSeries, jiff::{Timestamp, tz::TimeZone}};
    /// use bandwidth_cost::usage::BillingCycle;
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let day = Duration::from_secs(86_400);
    /// let series = |mbps| UsageSeries::from_rates(start, day, [DataRate::from_mbps(mbps); 59]);
    /// let link = LinkUsage { inbound: series(900)?, outbound: series(80)? };
    /// let months: Vec<_> = link.by_period(&BillingCycle::months(), &TimeZone::UTC).collect();
    /// let (first, february) = &months[1];
    /// assert_eq!(first.to_string(), "2025-02-01");
    /// assert_eq!((february.inbound.len(), february.outbound.len()), (28, 28));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn by_period<'a>(
        &'a self,
        cycle: &BillingCycle,
        zone: &TimeZone,
    ) -> impl Iterator<Item = (Date, Self)> + use<'a> {
        let mut outbound = self.outbound.by_period(cycle, zone).peekable();
        self.inbound.by_period(cycle, zone).filter_map(move |(first, inbound)| {
            while outbound.next_if(|(other, _)| *other < first).is_some() {}
            let (_, outbound) = outbound.next_if(|(other, _)| *other == first)?;
            Some((first, Self { inbound, outbound }))
        })
    }

    /// Returns the link with only the slots that begin in a window of local time, as
    /// [`UsageSeries::within`] does.
    ///
    /// # Errors
    ///
    /// [`UsageError::EmptySeries`](crate::usage::UsageError::EmptySeries) if no slot of a direction is
    /// left.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, LinkUsage, UsageSeries, jiff::{Timestamp, tz::TimeZone}};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let hour = Duration::from_secs(3_600);
    /// let series = |mbps| UsageSeries::from_rates(start, hour, [DataRate::from_mbps(mbps); 24]);
    /// let link = LinkUsage { inbound: series(900)?, outbound: series(80)? };
    /// let night = link.within(&"22:00 to 06:00".parse()?, &TimeZone::UTC)?;
    /// assert_eq!((night.inbound.known(), night.outbound.known()), (8, 8));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn within(&self, window: &Window, zone: &TimeZone) -> Result<Self, Error> {
        let inbound = self.inbound.within(window, zone)?;
        Ok(Self { inbound, outbound: self.outbound.within(window, zone)? })
    }

    /// Adds any number of links slot by slot and direction by direction, as [`UsageSeries::pool`] does:
    /// the ports of one contract.
    ///
    /// # Errors
    ///
    /// The errors of [`UsageSeries::pool`], for each direction.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, LinkUsage, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let port = |inbound, outbound| {
    ///     let series = |mbps: u64| {
    ///         UsageSeries::from_rates(start, Duration::from_secs(300), [DataRate::from_mbps(mbps)])
    ///     };
    ///     Ok::<_, bandwidth_cost::Error>(LinkUsage { inbound: series(inbound)?, outbound: series(outbound)? })
    /// };
    /// let both = LinkUsage::pool([&port(900, 80)?, &port(100, 20)?])?;
    /// assert_eq!(both, port(1_000, 100)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pool<'a>(links: impl IntoIterator<Item = &'a Self>) -> Result<Self, Error> {
        let (inbound, outbound): (Vec<_>, Vec<_>) =
            links.into_iter().map(|link| (&link.inbound, &link.outbound)).unzip();
        Ok(Self { inbound: UsageSeries::pool(inbound)?, outbound: UsageSeries::pool(outbound)? })
    }
}

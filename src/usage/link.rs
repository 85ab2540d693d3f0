//! [`LinkUsage`]: a link's traffic in both directions.

use super::UsageSeries;

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

//! [`Baseline`]: the usual traffic, above which traffic is extra.

mod weekly_profile;

#[cfg(feature = "serde")]
pub(super) use self::weekly_profile::WeekTime;
pub(super) use self::weekly_profile::WeeklyProfile;

use crate::{Error, quantity::DataRate, usage::UsageSeries};
use jiff::tz::TimeZone;

/// The usual traffic. What a regulator calls extra traffic, and a contract overage, is the traffic above
/// a baseline: see [`UsageSeries::excess_over`]. A slot below it has no excess, and does not make up for
/// another slot.
///
/// A baseline is one rate at all times ([`constant`](Self::constant)), the traffic of each slot
/// ([`series`](Self::series)), or a typical week ([`weekly_profile`](Self::weekly_profile)). Each can
/// have a tolerance ([`with_tolerance`](Self::with_tolerance)): a slot above the baseline by at most the
/// tolerance has no excess, and a slot above it by more has all of its excess over the baseline.
///
/// ```
/// use bandwidth_cost::{Baseline, DataRate, UsageSeries, jiff::Timestamp, pta};
/// use core::time::Duration;
///
/// let start: Timestamp = "2024-10-01T00:00:00Z".parse()?;
/// let rates = [600, 815, 630].map(DataRate::from_gbps);
/// let series = UsageSeries::from_rates(start, Duration::from_secs(3600), rates)?;
/// let excess = series.excess_over(&Baseline::constant(DataRate::from_gbps(615)))?;
/// assert_eq!(excess, DataRate::from_gbps(200 + 15) * Duration::from_secs(3600));
/// assert_eq!(pta::DISRUPTION_COST.cost(excess).to_string(), "129000 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Serde
///
/// `{"constant": "615 Gbps"}`, `{"series": …}` with a [`UsageSeries`], or `{"weekly": …}`, which holds
/// the time zone, the length of a slot, and a volume for each wall time of the week. With a tolerance:
/// `{"tolerant": {"tolerance": "5 Gbps", "of": {"constant": "615 Gbps"}}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    pub(super) form: Form,
    pub(super) tolerance: DataRate,
}

/// The three forms of a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    Constant(DataRate),
    Series(UsageSeries),
    Weekly(WeeklyProfile),
}

impl Baseline {
    /// Creates a baseline of the same rate at all times.
    ///
    /// ```
    /// use bandwidth_cost::{Baseline, DataRate};
    ///
    /// let committed = Baseline::constant(DataRate::from_gbps(10));
    /// # let _ = committed;
    /// ```
    #[must_use]
    pub const fn constant(rate: DataRate) -> Self {
        Self::of(Form::Constant(rate))
    }

    /// Creates a baseline of the traffic in each slot, as it was forecast or planned.
    ///
    /// It must have a slot for each slot of a series that is compared with it. It may begin earlier
    /// and end later.
    ///
    /// ```
    /// use bandwidth_cost::{Baseline, DataRate, DataVolume, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let series = |rates: [u64; 2]| {
    ///     let rates = rates.map(DataRate::from_mbps);
    ///     UsageSeries::from_rates(start, Duration::from_secs(300), rates)
    /// };
    /// let plan = Baseline::series(series([100, 200])?);
    /// let excess = series([180, 180])?.excess_over(&plan)?;
    /// assert_eq!(excess, DataVolume::from_gigabytes(3)); // 80 Mbps for 300 s
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn series(series: UsageSeries) -> Self {
        Self::of(Form::Series(series))
    }

    /// Creates a baseline of the usual traffic at each time of the week.
    ///
    /// For each local weekday and wall time at which a slot begins, it is the lower median of the
    /// slots in the history that began then. If the clocks are put back, both passes of the repeated
    /// hour count. The profile keeps its zone: a series is compared in that
    /// zone's wall time.
    ///
    /// # Errors
    ///
    /// - [`ProfileInterval`](crate::usage::UsageError::ProfileInterval) if slots do not divide an hour.
    /// - [`ShortHistory`](crate::usage::UsageError::ShortHistory) if the history is shorter than a week.
    /// - [`UnseenWallTime`](crate::usage::UsageError::UnseenWallTime) if the history lacks a wall time of
    ///   the week, such as the hour that the clocks skip in its only week.
    ///
    /// ```
    /// use bandwidth_cost::{
    ///     Baseline, DataRate, UsageSeries, jiff::{Timestamp, tz::TimeZone}, pta,
    /// };
    /// use core::time::Duration;
    ///
    /// // Three weeks that were busy in the evening, and then a day with one hour that was 1 Tbps
    /// // busier.
    /// let hour = Duration::from_secs(3600);
    /// let usual = |hour: u64| DataRate::from_gbps(if hour % 24 >= 18 { 6_000 } else { 4_000 });
    /// let start: Timestamp = "2024-12-01T19:00:00Z".parse()?; // midnight in Karachi
    /// let history = UsageSeries::from_rates(start, hour, (0..21 * 24).map(usual))?;
    /// let karachi = TimeZone::get("Asia/Karachi")?;
    /// let baseline = Baseline::weekly_profile(&history, &karachi)?;
    ///
    /// let extra = |at: u64| DataRate::from_tbps(u64::from(at == 20));
    /// let day = (0..24).map(|at| usual(at) + extra(at));
    /// let series = UsageSeries::from_rates(history.end(), hour, day)?;
    /// let excess = series.excess_over(&baseline)?;
    /// assert_eq!(pta::DISRUPTION_COST.cost(excess).to_string(), "600000 USD"); // 60 minutes
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn weekly_profile(history: &UsageSeries, zone: &TimeZone) -> Result<Self, Error> {
        WeeklyProfile::new(history, zone).map(|profile| Self::of(Form::Weekly(profile)))
    }

    /// Returns the rate of a constant baseline, or `None` for another.
    #[cfg(feature = "serde")]
    pub(crate) const fn rate(&self) -> Option<DataRate> {
        match self.form {
            Form::Constant(rate) if self.tolerance.is_zero() => Some(rate),
            _ => None,
        }
    }

    pub(super) const fn of(form: Form) -> Self {
        Self { form, tolerance: DataRate::ZERO }
    }

    /// Returns the baseline with a tolerance: a slot whose rate exceeds the usual one by at most
    /// `tolerance` has no excess, because such a difference is noise. A slot that exceeds it by
    /// more has its whole excess over the usual rate.
    ///
    /// ```
    /// use bandwidth_cost::{Baseline, DataRate, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2024-10-01T00:00:00Z".parse()?;
    /// let rates = [618, 815, 612].map(DataRate::from_gbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(1), rates)?;
    /// let usual = Baseline::constant(DataRate::from_gbps(615));
    /// assert_eq!(series.excess_over(&usual)?.to_string(), "25.375 GB"); // 3 + 200 Gbit
    /// let usual = usual.with_tolerance(DataRate::from_gbps(5));
    /// assert_eq!(series.excess_over(&usual)?.to_string(), "25 GB");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_tolerance(self, tolerance: DataRate) -> Self {
        Self { tolerance, ..self }
    }

    /// Returns the tolerance, which is zero by default.
    ///
    /// ```
    /// use bandwidth_cost::{Baseline, DataRate};
    ///
    /// assert!(Baseline::constant(DataRate::from_gbps(615)).tolerance().is_zero());
    /// ```
    #[must_use]
    pub const fn tolerance(&self) -> DataRate {
        self.tolerance
    }
}

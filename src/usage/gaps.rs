//! [`GapPolicy`] and [`Gaps`]: what becomes of time for which nothing was measured.

use crate::{Error, text::Scanner};
use core::{fmt, str::FromStr, time::Duration};

/// A rule for slots for which nothing was measured.
///
/// A gap is never filled unless the caller names the rule. [`LeaveOut`](Self::LeaveOut) makes
/// nothing up: the slots stay out of percentiles, means and peaks, and
/// [`coverage`](crate::UsageSeries::coverage) says how much was measured.
///
/// ```
/// use bandwidth_cost::{DataVolume, GapPolicy, UsageSeries, jiff::Timestamp};
/// use core::time::Duration;
///
/// let five_minutes = Duration::from_secs(300);
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let samples = [
///     (start, DataVolume::from_gigabytes(8)),
///     (start + 2 * five_minutes, DataVolume::from_gigabytes(4)), // that of 00:05 is missing
/// ];
/// let volumes = |gaps| -> Result<Vec<String>, bandwidth_cost::Error> {
///     let series = UsageSeries::from_samples(samples, five_minutes, gaps)?;
///     let text = |(_, volume): (_, Option<DataVolume>)| match volume {
///         Some(volume) => volume.to_string(),
///         None => "left out".to_owned(),
///     };
///     Ok(series.iter().map(text).collect())
/// };
/// assert_eq!(volumes(GapPolicy::LeaveOut)?, ["8 GB", "left out", "4 GB"]);
/// assert_eq!(volumes(GapPolicy::Zero)?, ["8 GB", "0 B", "4 GB"]);
/// assert_eq!(volumes(GapPolicy::Hold)?, ["8 GB", "8 GB", "4 GB"]);
/// assert_eq!(volumes(GapPolicy::Distribute)?, ["8 GB", "2 GB", "2 GB"]);
/// assert_eq!(
///     volumes(GapPolicy::Fail).unwrap_err().to_string(),
///     "nothing was measured from 2025-01-01T00:05:00Z to 2025-01-01T00:10:00Z (5 min): check the \
///      data, or pass the contract's gap policy: leave out, zero, hold or distribute",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Text
///
/// `fail`, `leave out`, `zero`, `hold` or `distribute`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum GapPolicy {
    /// A gap is an error that names its time.
    #[default]
    Fail,
    /// The slots of a gap are left out: they take no part in any measure.
    LeaveOut,
    /// The slots of a gap count as zero, as some contracts say.
    Zero,
    /// The rate before the gap goes on in it. A gap before the first value is left out.
    Hold,
    /// The value that ends the gap holds for the whole gap.
    ///
    /// A volume is divided evenly over the gap and its own slot, and its sum is kept to the last
    /// billionth of a bit by rounding the running total. A rate holds in the gap and in its own
    /// slot. A gap after the last value is left out.
    Distribute,
}

/// A [`GapPolicy`] and the longest gap for which it holds.
///
/// ```
/// use bandwidth_cost::{DataVolume, GapPolicy, UsageSeries, jiff::Timestamp};
/// use core::time::Duration;
///
/// let hour = Duration::from_secs(3_600);
/// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
/// let gigabyte = DataVolume::from_gigabytes(1);
/// let samples = [(start, gigabyte), (start + 4 * hour, gigabyte)];
/// let series = |gaps| UsageSeries::from_samples(samples, hour, gaps);
/// assert_eq!(series(GapPolicy::LeaveOut.up_to(3 * hour))?.known(), 2);
/// assert_eq!(
///     series(GapPolicy::LeaveOut.up_to(2 * hour)).unwrap_err().to_string(),
///     "nothing was measured from 2025-01-01T01:00:00Z to 2025-01-01T04:00:00Z (3 h), longer than \
///      the 2 h allowed: check the data, or allow longer gaps",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gaps {
    policy: GapPolicy,
    longest: Option<Duration>,
}

impl GapPolicy {
    pub(super) const ALL: [Self; 5] =
        [Self::Fail, Self::LeaveOut, Self::Zero, Self::Hold, Self::Distribute];

    /// Returns the policy for gaps of at most `longest`; a longer gap is an error.
    ///
    /// See [`Gaps`] for an example.
    #[must_use]
    pub const fn up_to(self, longest: Duration) -> Gaps {
        Gaps { policy: self, longest: Some(longest) }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::LeaveOut => "leave out",
            Self::Zero => "zero",
            Self::Hold => "hold",
            Self::Distribute => "distribute",
        }
    }
}

impl Gaps {
    /// Returns the policy.
    ///
    /// ```
    /// use bandwidth_cost::{GapPolicy, usage::Gaps};
    ///
    /// assert_eq!(Gaps::from(GapPolicy::Hold).policy(), GapPolicy::Hold);
    /// ```
    #[must_use]
    pub const fn policy(self) -> GapPolicy {
        self.policy
    }

    /// Returns the longest gap for which the policy holds, or `None` if it holds for all.
    ///
    /// ```
    /// use bandwidth_cost::GapPolicy;
    /// use core::time::Duration;
    ///
    /// let hour = Duration::from_secs(3_600);
    /// assert_eq!(GapPolicy::Hold.up_to(hour).longest(), Some(hour));
    /// ```
    #[must_use]
    pub const fn longest(self) -> Option<Duration> {
        self.longest
    }
}

impl From<GapPolicy> for Gaps {
    fn from(policy: GapPolicy) -> Self {
        Self { policy, longest: None }
    }
}

impl FromStr for GapPolicy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        const FORM: &str = "fail, leave out, zero, hold or distribute";
        let mut scanner = Scanner::new(text);
        let policy = scanner.one_of("gap policy", Self::ALL, Self::name, FORM)?;
        scanner.finish(FORM)?;
        Ok(policy)
    }
}

impl fmt::Display for GapPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

//! [`Outage`]: capacity lost on the border.

use crate::{Error, quantity::DataRate, scenario::ScenarioError};

/// An outage on the border: the capacity that is lost, and what of it is found again on other
/// routes.
///
/// On 2 January 2025 the cable AAE-1 failed near Qatar, with 1,000 Gbps of Pakistan's traffic; 630
/// and then 200 Gbps were rerouted. A border that was full before it then leaves 170 uncarried:
///
/// ```
/// use bandwidth_cost::{DataRate, Outage, Share, TrafficClass, TrafficMix};
///
/// let from_cdns = Share::new(1_238, 1_803)?; // 12.38 of 18.03 Tbps
/// let traffic = TrafficClass::new("all", DataRate::from_gbps(18_030), from_cdns);
/// let mix = TrafficMix::new([traffic])?;
///
/// let aae_1 = Outage::new(DataRate::from_gbps(1_000), DataRate::from_gbps(630 + 200))?;
/// let full = mix.international();
/// assert_eq!(mix.uncarried(aae_1.capacity_left(full)?), DataRate::from_gbps(170));
/// // With 200 Gbps to spare, all is carried.
/// let ample = full + DataRate::from_gbps(200);
/// assert_eq!(mix.uncarried(aae_1.capacity_left(ample)?), DataRate::ZERO);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outage {
    lost: DataRate,
    /// At most what is lost.
    rerouted: DataRate,
}

impl Outage {
    /// So much capacity lost, of which so much is rerouted.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::ReroutedAboveLost`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Outage};
    /// let [lost, rerouted] = [1_000, 830].map(DataRate::from_gbps);
    /// assert_eq!(Outage::new(lost, rerouted)?.lost(), lost);
    /// assert_eq!(
    ///     Outage::new(rerouted, lost).unwrap_err().to_string(),
    ///     "can't reroute 1 Tbps of 830 Gbps lost: write at most what is lost",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn new(lost: DataRate, rerouted: DataRate) -> Result<Self, Error> {
        if rerouted.as_bps() > lost.as_bps() {
            return Err(ScenarioError::ReroutedAboveLost { lost, rerouted }.into());
        }
        Ok(Self { lost, rerouted })
    }

    /// The capacity that is lost.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Outage};
    /// let cut = Outage::new(DataRate::from_tbps(1), DataRate::from_gbps(830))?;
    /// assert_eq!(cut.lost(), DataRate::from_gbps(1_000));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn lost(self) -> DataRate {
        self.lost
    }

    /// What of it is found again on other routes.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Outage};
    /// let cut = Outage::new(DataRate::from_tbps(1), DataRate::from_gbps(630 + 200))?;
    /// assert_eq!(cut.rerouted(), DataRate::from_gbps(830));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn rerouted(self) -> DataRate {
        self.rerouted
    }

    /// The capacity that the outage leaves of one before it: less what is lost and not rerouted.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::LostAboveCapacity`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Outage};
    /// let cut = Outage::new(DataRate::from_tbps(1), DataRate::from_gbps(830))?;
    /// assert_eq!(cut.capacity_left(DataRate::from_tbps(6))?, DataRate::from_gbps(5_830));
    /// assert_eq!(
    ///     cut.capacity_left(DataRate::from_gbps(900)).unwrap_err().to_string(),
    ///     "can't lose 1 Tbps of a capacity of 900 Gbps: write a capacity of at least the loss",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn capacity_left(self, capacity: DataRate) -> Result<DataRate, Error> {
        let left = capacity.checked_sub(self.lost);
        // What is rerouted is at most what was taken off.
        left.and_then(|left| left.checked_add(self.rerouted))
            .ok_or(Error::from(ScenarioError::LostAboveCapacity { lost: self.lost, capacity }))
    }
}

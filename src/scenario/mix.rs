//! [`TrafficMix`]: traffic by class.

use super::share_to::{Local, least_move};
use crate::{Error, number::Share, quantity::DataRate, scenario::ScenarioError, text::clip};

/// A class of traffic: its demand, and the share of the demand that local CDNs serve.
///
/// ```
/// use bandwidth_cost::{DataRate, TrafficClass, pta};
///
/// let direct = TrafficClass::new("direct", DataRate::from_tbps(6), pta::LOCAL_CDN_SHARE);
/// assert_eq!(direct.local(), DataRate::from_gbps(4_200));
/// assert_eq!(direct.international(), DataRate::from_gbps(1_800));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct TrafficClass {
    name: String,
    demand: DataRate,
    local_share: Share,
}

impl TrafficClass {
    /// Creates a class of `demand`, of which local CDNs serve `local_share`.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Share, TrafficClass};
    ///
    /// let vpn = TrafficClass::new("VPN", DataRate::from_gbps(437), Share::ZERO);
    /// assert_eq!(vpn.international(), vpn.demand());
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, demand: DataRate, local_share: Share) -> Self {
        Self { name: name.into(), demand, local_share }
    }

    /// Returns the name.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass};
    /// let video = TrafficClass::new("video", DataRate::from_tbps(2), Share::from_percent(90));
    /// assert_eq!(video.name(), "video");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the demand: the rate that users ask for.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass};
    /// let video = TrafficClass::new("video", DataRate::from_tbps(2), Share::from_percent(90));
    /// assert_eq!(video.demand(), DataRate::from_tbps(2));
    /// ```
    #[must_use]
    pub const fn demand(&self) -> DataRate {
        self.demand
    }

    /// Returns the share of the demand that local CDNs serve.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass};
    /// let video = TrafficClass::new("video", DataRate::from_tbps(2), Share::from_percent(90));
    /// assert_eq!(video.local_share().to_string(), "90%");
    /// ```
    #[must_use]
    pub const fn local_share(&self) -> Share {
        self.local_share
    }

    /// Returns the rate that local CDNs serve, rounded down to whole bits per second.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass};
    /// let third = TrafficClass::new("a third", DataRate::from_bps(1_000), Share::new(1, 3)?);
    /// assert_eq!(third.local(), DataRate::from_bps(333));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn local(&self) -> DataRate {
        self.demand.portion(self.local_share)
    }

    /// Returns the rate that crosses the border: the demand less [`local`](Self::local).
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass};
    /// let third = TrafficClass::new("a third", DataRate::from_bps(1_000), Share::new(1, 3)?);
    /// assert_eq!(third.international(), DataRate::from_bps(667));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn international(&self) -> DataRate {
        // The portion is at most the demand.
        self.demand.saturating_sub(self.local())
    }
}

/// Traffic by class, in the order in which the classes were given.
///
/// ```
/// use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix, pta};
///
/// let mix = TrafficMix::new([
///     TrafficClass::new("direct", DataRate::from_tbps(6), pta::LOCAL_CDN_SHARE),
///     TrafficClass::new("licensed VPN", DataRate::from_gbps(200), pta::LOCAL_CDN_SHARE),
///     TrafficClass::new("unlicensed VPN", DataRate::from_gbps(400), Share::ZERO),
/// ])?;
/// assert_eq!(mix.local(), DataRate::from_gbps(4_200 + 140));
/// assert_eq!(mix.international(), DataRate::from_gbps(1_800 + 60 + 400));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// # Serde
///
/// `{"class": [{"name": "direct", "demand": "6 Tbps", "local_share": "70%"}, …]}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrafficMix {
    /// At least one; each has its own name, and the demands sum to a rate.
    classes: Vec<TrafficClass>,
}

impl TrafficMix {
    /// Creates a mix of the given classes.
    ///
    /// # Errors
    ///
    /// - [`ScenarioError::Empty`] if there are no classes.
    /// - [`ScenarioError::RepeatedClass`] if two classes have the same name.
    /// - [`ScenarioError::DemandTooLarge`] if the demands sum to more than [`DataRate::MAX`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    ///
    /// let vpn = TrafficClass::new("VPN", DataRate::from_gbps(437), Share::ZERO);
    /// assert_eq!(
    ///     TrafficMix::new([vpn.clone(), vpn]).unwrap_err().to_string(),
    ///     "two classes are named `VPN`: pass another name for one of them",
    /// );
    /// ```
    pub fn new(classes: impl IntoIterator<Item = TrafficClass>) -> Result<Self, Error> {
        let mut mix = Self { classes: Vec::new() };
        let mut demand = DataRate::ZERO;
        for class in classes {
            if mix.classes.iter().any(|other| other.name == class.name) {
                return Err(ScenarioError::RepeatedClass { name: clip(&class.name) }.into());
            }
            demand =
                demand.checked_add(class.demand).ok_or_else(|| ScenarioError::DemandTooLarge {
                    name: clip(&class.name),
                    demand: class.demand,
                    others: demand,
                })?;
            mix.classes.push(class);
        }
        if mix.classes.is_empty() { Err(ScenarioError::Empty.into()) } else { Ok(mix) }
    }

    /// Returns the classes, in the order in which they were given.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// # let direct = TrafficClass::new("direct", DataRate::from_tbps(6), Share::from_percent(70));
    /// # let vpn = TrafficClass::new("VPN", DataRate::from_gbps(400), Share::ZERO);
    /// let mix = TrafficMix::new([direct, vpn])?; // 6 Tbps, 70% local; 400 Gbps, none
    /// let names: Vec<&str> = mix.classes().iter().map(TrafficClass::name).collect();
    /// assert_eq!(names, ["direct", "VPN"]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn classes(&self) -> &[TrafficClass] {
        &self.classes
    }

    /// Returns the class named `name`.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::UnknownClass`], with the names of the classes, if none has this name.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let mix = TrafficMix::new([
    ///     TrafficClass::new("direct", DataRate::from_tbps(6), Share::from_percent(70)),
    ///     TrafficClass::new("VPN", DataRate::from_gbps(437), Share::ZERO),
    /// ])?;
    /// assert_eq!(mix.class("VPN")?.demand(), DataRate::from_gbps(437));
    /// assert_eq!(
    ///     mix.class("vpn").unwrap_err().to_string(),
    ///     "no class is named `vpn`: pass `direct` or `VPN`",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn class(&self, name: &str) -> Result<&TrafficClass, Error> {
        self.classes.iter().find(|class| class.name == name).ok_or_else(|| {
            Error::from(ScenarioError::UnknownClass {
                name: clip(name),
                known: self.classes.iter().map(|class| clip(&class.name)).collect(),
            })
        })
    }

    /// Returns the demand of all classes.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// # let direct = TrafficClass::new("direct", DataRate::from_tbps(6), Share::from_percent(70));
    /// # let vpn = TrafficClass::new("VPN", DataRate::from_gbps(400), Share::ZERO);
    /// let mix = TrafficMix::new([direct, vpn])?; // 6 Tbps, 70% local; 400 Gbps, none
    /// assert_eq!(mix.demand(), DataRate::from_gbps(6_000 + 400));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn demand(&self) -> DataRate {
        self.classes.iter().map(TrafficClass::demand).sum()
    }

    /// Returns the rate that local CDNs serve, rounded down for each class.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// # let direct = TrafficClass::new("direct", DataRate::from_tbps(6), Share::from_percent(70));
    /// # let vpn = TrafficClass::new("VPN", DataRate::from_gbps(400), Share::ZERO);
    /// let mix = TrafficMix::new([direct, vpn])?; // 6 Tbps, 70% local; 400 Gbps, none
    /// assert_eq!(mix.local(), DataRate::from_gbps(4_200));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn local(&self) -> DataRate {
        self.classes.iter().map(TrafficClass::local).sum()
    }

    /// Returns the rate that crosses the border: the demand less [`local`](Self::local).
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// # let direct = TrafficClass::new("direct", DataRate::from_tbps(6), Share::from_percent(70));
    /// # let vpn = TrafficClass::new("VPN", DataRate::from_gbps(400), Share::ZERO);
    /// let mix = TrafficMix::new([direct, vpn])?; // 6 Tbps, 70% local; 400 Gbps, none
    /// assert_eq!(mix.international(), DataRate::from_gbps(1_800 + 400));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn international(&self) -> DataRate {
        self.classes.iter().map(TrafficClass::international).sum()
    }

    /// Returns the mix after a share of the demand of class `from` has moved to class `to`.
    ///
    /// The moved rate is rounded down to whole bits per second. The demand of the mix stays the
    /// same.
    ///
    /// # Errors
    ///
    /// - [`ScenarioError::UnknownClass`] if no class is named `from`, or none `to`.
    /// - [`ScenarioError::SameClass`] if both are the same class.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let before = TrafficMix::new([
    ///     TrafficClass::new("direct", DataRate::from_tbps(6), Share::from_percent(70)),
    ///     TrafficClass::new("VPN", DataRate::from_gbps(400), Share::ZERO),
    /// ])?;
    /// let after = before.shift("direct", "VPN", Share::from_percent(10))?;
    /// assert_eq!(after.class("VPN")?.demand(), DataRate::from_tbps(1));
    /// assert_eq!(after.demand(), before.demand());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the moved rate is at most the demand, and the demands sum to a rate"
    )]
    pub fn shift(&self, from: &str, to: &str, share: Share) -> Result<Self, Error> {
        let (source, target) = self.two_classes(from, to)?;
        let moved = source.demand.portion(share);
        let (left, reached) = (source.demand - moved, target.demand + moved);
        Ok(self.with(from, |class| class.demand = left).with(to, |class| class.demand = reached))
    }

    /// Returns by how much the border traffic of the mix `after` exceeds that of this one, or zero if
    /// it does not.
    ///
    /// A disruption price is applied to this rate. The decrease is the increase the other way around:
    /// `after.international_increase(&before)`.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let direct = |share| TrafficClass::new("direct", DataRate::from_tbps(6), share);
    /// let before = TrafficMix::new([direct(Share::from_percent(70))])?;
    /// let after = TrafficMix::new([direct(Share::from_percent(80))])?;
    /// assert_eq!(before.international_increase(&after), DataRate::ZERO);
    /// assert_eq!(after.international_increase(&before), DataRate::from_gbps(600));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn international_increase(&self, after: &Self) -> DataRate {
        after.international().saturating_sub(self.international())
    }

    /// Returns the least share of the demand of class `from` that must move to class `to` for the
    /// border traffic to reach `limit`.
    ///
    /// Reached means that [`international`](Self::international) is at least `limit`. The share is
    /// [`Share::ZERO`] if the limit is reached before any move, and `None` if no move is enough.
    ///
    /// The share is exact: [`shift`](Self::shift) with it moves a whole number of bits per second,
    /// after which the limit is reached; no lower number reaches it. Because the local
    /// traffic of each class is rounded down, a move of 1 bit/s more may end 1 bit/s below it again.
    ///
    /// # Errors
    ///
    /// - [`ScenarioError::UnknownClass`] if no class is named `from`, or none `to`.
    /// - [`ScenarioError::SameClass`] if both are the same class.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let mix = TrafficMix::new([
    ///     TrafficClass::new("direct", DataRate::from_tbps(8), Share::from_percent(75)),
    ///     TrafficClass::new("VPN", DataRate::from_gbps(500), Share::ZERO),
    /// ])?;
    /// // 2.5 Tbps cross the border, and each bit/s that moves adds 0.75: 2 Tbps are enough. 1 bit/s
    /// // less is enough too, because the local part of 6.000000000001 Tbps is rounded down.
    /// let share = mix.share_to_reach("direct", "VPN", DataRate::from_tbps(4))?.expect("a share");
    /// assert_eq!(DataRate::from_tbps(8).portion(share), DataRate::from_bps(1_999_999_999_999));
    /// assert_eq!(format!("{share:.1}"), "25.0%");
    /// assert_eq!(mix.share_to_reach("direct", "VPN", DataRate::from_tbps(2))?, Some(Share::ZERO));
    /// assert_eq!(mix.share_to_reach("direct", "VPN", DataRate::from_tbps(9))?, None);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn share_to_reach(
        &self,
        from: &str,
        to: &str,
        limit: DataRate,
    ) -> Result<Option<Share>, Error> {
        let (source, target) = self.two_classes(from, to)?;
        if self.international() >= limit {
            return Ok(Some(Share::ZERO));
        }
        // international ≥ limit, and so local ≤ demand − limit.
        let most = self.demand().checked_sub(limit);
        let most = most.and_then(|most| most.checked_sub(self.local_of_others(from, to)));
        let moved = most.and_then(|most| least_move(source, target, Local::AtMost(most)));
        moved.map(|moved| share_of(moved, source)).transpose()
    }

    /// Returns the least share of the demand of class `from` that must move to class `to` for the
    /// border traffic to stay below `limit`.
    ///
    /// Below means that [`international`](Self::international) is less than `limit`: the opposite of
    /// [`share_to_reach`](Self::share_to_reach). For traffic of at most a capacity, pass the capacity
    /// plus 1 bit/s. The share is [`Share::ZERO`] if nothing has to move, and `None` if no move
    /// is enough.
    ///
    /// The share is exact: [`shift`](Self::shift) with it moves a whole number of bits per second,
    /// after which the traffic is below the limit; no lower number is enough. Because the
    /// local traffic of each class is rounded down, a move of 1 bit/s more may end at the limit again.
    ///
    /// # Errors
    ///
    /// - [`ScenarioError::UnknownClass`] if no class is named `from`, or none `to`.
    /// - [`ScenarioError::SameClass`] if both are the same class.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// // Licensed VPNs break out in the country, where CDNs serve 70% of their traffic.
    /// let mix = TrafficMix::new([
    ///     TrafficClass::new("direct", DataRate::from_tbps(8), Share::from_percent(70)),
    ///     TrafficClass::new("unlicensed VPN", DataRate::from_gbps(800), Share::ZERO),
    ///     TrafficClass::new("licensed VPN", DataRate::ZERO, Share::from_percent(70)),
    /// ])?;
    /// assert_eq!(mix.international(), DataRate::from_gbps(2_400 + 800));
    /// // Half of the unlicensed traffic takes 0.7 × 400 = 280 Gbps off the border; 2 bit/s more
    /// // take it below 2,920 Gbps.
    /// let limit = DataRate::from_gbps(2_920);
    /// let share = mix.share_to_stay_below("unlicensed VPN", "licensed VPN", limit)?;
    /// let share = share.expect("a share");
    /// assert_eq!(DataRate::from_gbps(800).portion(share), DataRate::from_bps(400_000_000_002));
    /// let after = mix.shift("unlicensed VPN", "licensed VPN", share)?;
    /// assert!(after.international() < limit);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "the local traffic is at most the demand less the limit, and more than the others'"
    )]
    pub fn share_to_stay_below(
        &self,
        from: &str,
        to: &str,
        limit: DataRate,
    ) -> Result<Option<Share>, Error> {
        let (source, target) = self.two_classes(from, to)?;
        // A limit above the demand is never reached.
        let Some(bound) = self.demand().checked_sub(limit) else {
            return Ok(Some(Share::ZERO));
        };
        if self.international() < limit {
            return Ok(Some(Share::ZERO));
        }
        // international < limit, and so local > demand − limit, which is at least the local traffic
        // of all classes, and so of the others.
        let bound = bound - self.local_of_others(from, to);
        let moved = least_move(source, target, Local::Above(bound));
        moved.map(|moved| share_of(moved, source)).transpose()
    }

    /// Returns by how much the border traffic exceeds `capacity`, or zero if it does not.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let direct = TrafficClass::new("direct", DataRate::from_tbps(6), Share::from_percent(70));
    /// let mix = TrafficMix::new([direct])?;
    /// assert_eq!(mix.uncarried(DataRate::from_gbps(1_500)), DataRate::from_gbps(300));
    /// assert_eq!(mix.uncarried(DataRate::from_gbps(1_800)), DataRate::ZERO);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn uncarried(&self, capacity: DataRate) -> DataRate {
        self.international().saturating_sub(capacity)
    }

    /// Returns the mix with another local share for one class, the part of its traffic that is served
    /// inside the country: as when an application moves its servers abroad or into the country.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::UnknownClass`] if no class is named `name`.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let video = TrafficClass::new("video", DataRate::from_tbps(2), Share::from_percent(90));
    /// let before = TrafficMix::new([video])?;
    /// let after = before.with_local_share("video", Share::ZERO)?;
    /// assert_eq!(before.international_increase(&after), DataRate::from_gbps(1_800));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_local_share(&self, name: &str, local_share: Share) -> Result<Self, Error> {
        self.class(name)?;
        Ok(self.with(name, |class| class.local_share = local_share))
    }

    /// Returns the mix with the given demand for one class, as when users come or go.
    ///
    /// # Errors
    ///
    /// - [`ScenarioError::UnknownClass`] if no class is named `name`.
    /// - [`ScenarioError::DemandTooLarge`] if the demands sum to more than [`DataRate::MAX`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let video = TrafficClass::new("video", DataRate::from_tbps(2), Share::from_percent(90));
    /// let before = TrafficMix::new([video])?;
    /// let after = before.with_demand("video", DataRate::from_tbps(3))?;
    /// assert_eq!(before.international_increase(&after), DataRate::from_gbps(100));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[expect(clippy::arithmetic_side_effects, reason = "a class's demand is part of the mix's")]
    pub fn with_demand(&self, name: &str, demand: DataRate) -> Result<Self, Error> {
        let others = self.demand() - self.class(name)?.demand;
        if others.checked_add(demand).is_none() {
            return Err(ScenarioError::DemandTooLarge { name: clip(name), demand, others }.into());
        }
        Ok(self.with(name, |class| class.demand = demand))
    }

    /// Returns two different classes.
    fn two_classes(&self, from: &str, to: &str) -> Result<(&TrafficClass, &TrafficClass), Error> {
        let classes = (self.class(from)?, self.class(to)?);
        if from == to {
            Err(ScenarioError::SameClass { name: clip(from) }.into())
        } else {
            Ok(classes)
        }
    }

    /// Returns the local traffic of all classes but two, which no move between the two changes.
    fn local_of_others(&self, from: &str, to: &str) -> DataRate {
        let others = self.classes.iter().filter(|class| ![from, to].contains(&class.name()));
        others.map(TrafficClass::local).sum()
    }

    /// Returns the mix with a change to the class named `name`.
    fn with(&self, name: &str, change: impl FnOnce(&mut TrafficClass)) -> Self {
        let mut mix = self.clone();
        if let Some(class) = mix.classes.iter_mut().find(|class| class.name == name) {
            change(class);
        }
        mix
    }
}

/// Returns the share of a class's demand that a move is.
fn share_of(moved: DataRate, class: &TrafficClass) -> Result<Share, Error> {
    Share::new(moved.as_bps(), class.demand.as_bps())
}

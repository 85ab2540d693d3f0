//! [`TrafficMix`]: traffic by class.

use super::{
    comparison::{Change, Comparison},
    share_to::least_move,
};
use crate::{
    Error, money::exchange::ExchangeRate, number::Share, price::AnyPrice, quantity::DataRate,
    scenario::ScenarioError, text::clip,
};
use core::time::Duration;

/// A class of traffic: its demand, and the share of it that local CDNs serve.
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
    /// A class of so much traffic, of which local CDNs serve `local_share`.
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

    /// Its name.
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

    /// What users ask for.
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

    /// The share of the demand that local CDNs serve.
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

    /// What local CDNs serve, rounded down to whole bits per second.
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

    /// What crosses the border: the rest.
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
/// Serialised, it has a list `class` of `name`, `demand` and `local_share`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrafficMix {
    /// At least one, no name twice, and the demands sum to a rate.
    classes: Vec<TrafficClass>,
}

impl TrafficMix {
    /// A mix of classes.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::NoClasses`]; [`ScenarioError::DuplicateClass`]; [`ScenarioError::DemandTooLarge`] if the demands sum
    /// to more than [`DataRate::MAX`].
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    ///
    /// let vpn = TrafficClass::new("VPN", DataRate::from_gbps(437), Share::ZERO);
    /// assert_eq!(
    ///     TrafficMix::new([vpn.clone(), vpn]).unwrap_err().to_string(),
    ///     "the class `VPN` is there twice: give each class a name of its own",
    /// );
    /// ```
    pub fn new(classes: impl IntoIterator<Item = TrafficClass>) -> Result<Self, Error> {
        let mut mix = Self { classes: Vec::new() };
        let mut demand = DataRate::ZERO;
        for class in classes {
            if mix.classes.iter().any(|other| other.name == class.name) {
                return Err(ScenarioError::DuplicateClass { name: clip(&class.name) }.into());
            }
            demand =
                demand.checked_add(class.demand).ok_or_else(|| ScenarioError::DemandTooLarge {
                    name: clip(&class.name),
                    demand: class.demand,
                    others: demand,
                })?;
            mix.classes.push(class);
        }
        if mix.classes.is_empty() { Err(ScenarioError::NoClasses.into()) } else { Ok(mix) }
    }

    /// The classes, in the order in which they were given.
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

    /// The class of that name.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::UnknownClass`], with the names that there are.
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
    ///     "no class is named `vpn`: write `direct` or `VPN`",
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

    /// What users ask for in all.
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

    /// What local CDNs serve, rounded down for each class.
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

    /// What crosses the border: the rest of each class.
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

    /// The mix after a share of the demand of class `from` has moved to class `to`.
    ///
    /// What moves is rounded down to whole bits per second. Nothing is lost: the demand of the mix
    /// stays as it is.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::UnknownClass`]; [`ScenarioError::SameClass`] if the two are one class, which is more likely
    /// a slip than a move.
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
    #[allow(
        clippy::arithmetic_side_effects,
        reason = "what moves is at most what there is, and the demands sum to a rate"
    )]
    pub fn shift(&self, from: &str, to: &str, share: Share) -> Result<Self, Error> {
        let (source, target) = self.two_classes(from, to)?;
        let moved = source.demand.portion(share);
        let (left, reached) = (source.demand - moved, target.demand + moved);
        Ok(self.with(from, |class| class.demand = left).with(to, |class| class.demand = reached))
    }

    /// How much more crosses the border in the other mix: what a disruption price is applied to.
    ///
    /// It is zero where less does; how much less is the increase the other way around.
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

    /// The least share of the demand of class `from` that has to move to class `to` for the border
    /// traffic to reach `limit`; [`Share::ZERO`] where it has already, and nothing where it does not
    /// even if all moves.
    ///
    /// It is the least in whole bits per second: [`shift`](Self::shift) with this share moves a
    /// whole number of them, after which [`international`](Self::international) is at least the
    /// limit, and with one less, or any fewer, it is not. As what is local is rounded down for each
    /// class, one bit per second more may fall short by one again.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::UnknownClass`]; [`ScenarioError::SameClass`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let mix = TrafficMix::new([
    ///     TrafficClass::new("direct", DataRate::from_tbps(8), Share::from_percent(75)),
    ///     TrafficClass::new("VPN", DataRate::from_gbps(500), Share::ZERO),
    /// ])?;
    /// // From 2.5 Tbps on, each bit/s that moves adds 0.75: 2 Tbps are enough, and 1 bit/s less
    /// // is, as what is local of 6.000000000001 Tbps is rounded down.
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
        // The border traffic reaches the limit where local CDNs serve the rest of the demand or
        // less, and what they serve of the other classes does not change.
        let others = |class: &&TrafficClass| ![from, to].contains(&class.name());
        let others = self.classes.iter().filter(others).map(TrafficClass::local).sum();
        let rest = self.demand().checked_sub(limit).and_then(|rest| rest.checked_sub(others));
        let moved = rest.and_then(|local| least_move(source, target, local));
        moved.map(|moved| Share::new(moved.as_bps(), source.demand.as_bps())).transpose()
    }

    /// What of the border traffic does not fit a border of that capacity.
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

    /// The mix with another local share of one class: an application that moves its servers abroad,
    /// or into the country.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::UnknownClass`].
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

    /// The mix with another demand of one class: users who come, go, or stay offline.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::UnknownClass`]; [`ScenarioError::DemandTooLarge`].
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix};
    /// let video = TrafficClass::new("video", DataRate::from_tbps(2), Share::from_percent(90));
    /// let before = TrafficMix::new([video])?;
    /// let after = before.with_demand("video", DataRate::from_tbps(3))?;
    /// assert_eq!(before.international_increase(&after), DataRate::from_gbps(100));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn with_demand(&self, name: &str, demand: DataRate) -> Result<Self, Error> {
        let others = self.demand().saturating_sub(self.class(name)?.demand);
        if others.checked_add(demand).is_none() {
            return Err(ScenarioError::DemandTooLarge { name: clip(name), demand, others }.into());
        }
        Ok(self.with(name, |class| class.demand = demand))
    }

    /// This mix beside the one `after` a change: what crosses the border in each, and what the
    /// increase costs under each of the named prices, per minute and per month, in two currencies.
    ///
    /// A volume price is applied to what the increase carries in the time. A rate price is money
    /// per rate and month; its cost per minute is that, spread evenly over the month's minutes.
    /// Where less crosses the border than before, there is no increase and it costs nothing.
    ///
    /// # Errors
    ///
    /// [`ScenarioError::NoTime`] for a month of no length; [`TextError::TooLarge`] where the increase carries
    /// more than [`DataVolume::MAX`](crate::DataVolume::MAX) in it; [`MoneyError::CurrencyMismatch`]
    /// unless each price is in the currency that `rate` converts.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Share, TrafficClass, TrafficMix, pta};
    /// use core::time::Duration;
    ///
    /// let before = TrafficMix::new([
    ///     TrafficClass::new("direct", DataRate::from_tbps(8), Share::from_percent(75)),
    ///     TrafficClass::new("VPN", DataRate::ZERO, Share::ZERO),
    /// ])?;
    /// let after = before.shift("direct", "VPN", Share::from_percent(5))?;
    /// let month = Duration::from_secs(30 * 86_400);
    /// let rupees = "1 USD = 278.55 PKR".parse()?;
    /// let what_if = before.compare(&after, &pta::interpretations(), month, &rupees)?;
    ///
    /// assert_eq!(what_if.international.increase(), DataRate::from_gbps(300));
    /// assert_eq!(what_if.local.decrease(), DataRate::from_gbps(300));
    /// let transit = what_if.costs.last().expect("a cost for each price");
    /// assert_eq!(transit.name, "$1 per Mbps per month");
    /// assert_eq!(transit.per_month.original.to_string(), "300000 USD");
    /// assert_eq!(transit.per_month.converted.to_string(), "83565000 PKR");
    /// assert_eq!(transit.per_minute.original.to_string(), "125/18 USD");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn compare(
        &self,
        after: &Self,
        prices: &[(&str, AnyPrice)],
        month: Duration,
        rate: &ExchangeRate,
    ) -> Result<Comparison, Error> {
        let change = |of: fn(&Self) -> DataRate| Change { before: of(self), after: of(after) };
        let changes = [Self::demand, Self::international, Self::local].map(change);
        Comparison::new(changes, prices, month, rate)
    }

    /// Two classes that are not one.
    fn two_classes(&self, from: &str, to: &str) -> Result<(&TrafficClass, &TrafficClass), Error> {
        let classes = (self.class(from)?, self.class(to)?);
        if from == to {
            Err(ScenarioError::SameClass { name: clip(from) }.into())
        } else {
            Ok(classes)
        }
    }

    /// The mix with a change to the class of that name.
    fn with(&self, name: &str, change: impl FnOnce(&mut TrafficClass)) -> Self {
        let mut mix = self.clone();
        if let Some(class) = mix.classes.iter_mut().find(|class| class.name == name) {
            change(class);
        }
        mix
    }
}

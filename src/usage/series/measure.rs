//! The part of [`UsageSeries`] that measures it, and that says how the rest of a month can change the
//! measures.

use crate::{
    number::Ratio,
    quantity::{DataRate, DataVolume},
    usage::{Percentile, PercentileRule, UsageSeries},
};
use core::time::Duration;
use jiff::Timestamp;
use rust_decimal::RoundingStrategy;

/// A slot of which a measure is made: its number, its start, and the part of the measure that it is.
#[derive(Debug, Clone)]
pub(crate) struct SlotPart {
    pub(crate) slot: usize,
    pub(crate) at: Timestamp,
    pub(crate) part: Ratio,
}

impl UsageSeries {
    /// Returns the sum of the volumes of all slots that are not left out.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, DataVolume, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(series.total(), DataVolume::from_megabytes(7_500));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn total(&self) -> DataVolume {
        self.volumes().iter().sum()
    }

    /// Returns the rate of the busiest slot, rounded to the nearest bit per second, half to even.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(series.peak(), DataRate::from_mbps(120));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a series has a slot")]
    pub fn peak(&self) -> DataRate {
        self.rate_of(*self.volumes().iter().max().expect("a series has at least one slot"))
    }

    /// Returns the total divided by the time of the slots that are not left out, rounded to the nearest bit per second,
    /// half to even.
    ///
    /// ```
    /// # use bandwidth_cost::{DataRate, UsageSeries, jiff::Timestamp};
    /// # use core::time::Duration;
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = [DataRate::from_mbps(80), DataRate::from_mbps(120)];
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(series.mean(), DataRate::from_mbps(100));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> DataRate {
        self.mean_of(self.total())
    }

    /// Returns the mean rate of a volume in the slots that are there, which is at most the total.
    #[expect(clippy::expect_used, reason = "a mean is at most the peak")]
    pub(crate) fn mean_of(&self, volume: DataVolume) -> DataRate {
        let time = self.grid().length(self.known());
        volume.checked_div(time).expect("a mean is at most the peak, which is a rate")
    }

    /// Returns the rate of the slot that has the percentile's rank among the slots that are not left out.
    /// A rule that interpolates takes the volume between two slots, exactly, and rounds its rate once.
    ///
    /// The running time grows in proportion to the number of slots, because the slots are not
    /// sorted.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Percentile, PercentileRule, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = (1..=8_928).map(DataRate::from_mbps); // 31 days
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// assert_eq!(series.percentile(Percentile::P95), DataRate::from_mbps(8_482));
    /// let cacti = Percentile::P95.with_rule(PercentileRule::DiscardRoundedUp);
    /// assert_eq!(series.percentile(cacti), DataRate::from_mbps(8_481));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn percentile(&self, percentile: Percentile) -> DataRate {
        if percentile.rule().interpolates() {
            self.rate_between(&percentile.position(self.known()))
        } else {
            self.rate_at(percentile.rank(self.known()))
        }
    }

    /// Returns the lowest and the highest rate that any of the [rules](PercentileRule) gives for
    /// the percentile: how far an invoice and a monitoring system may lie apart.
    ///
    /// The rule of `percentile` itself makes no difference.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Percentile, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    /// let rates = (1..=8_928).map(DataRate::from_mbps); // 31 days
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let (low, high) = series.percentile_range(Percentile::P95);
    /// assert_eq!((low, high), (DataRate::from_mbps(8_481), DataRate::from_kbps(8_482_550)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn percentile_range(&self, percentile: Percentile) -> (DataRate, DataRate) {
        let rates = PercentileRule::ALL.map(|rule| self.percentile(percentile.with_rule(rule)));
        let [first, ..] = rates;
        (rates.into_iter().fold(first, DataRate::min), rates.into_iter().fold(first, DataRate::max))
    }

    /// Returns how many of the `remaining` slots may exceed the commitment while the percentile of the
    /// whole period does not.
    ///
    /// The series is the period so far, and `remaining` the number of slots to its end. Returns
    /// zero also if the percentile will exceed the commitment whatever the remaining slots carry.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Percentile, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// // 20 days of a month of 30 have passed, with 100 slots above 1 Gbps among them.
    /// let start: Timestamp = "2025-06-01T00:00:00Z".parse()?;
    /// let rates = (0..5_760).map(|slot| DataRate::from_mbps(if slot < 100 { 1_500 } else { 700 }));
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let left = series.headroom(DataRate::from_gbps(1), Percentile::P95, 2_880);
    /// assert_eq!(left, 332); // 5 % of 8,640 are 432
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::arithmetic_side_effects, reason = "a rank is at most the number of slots")]
    pub fn headroom(&self, commit: DataRate, percentile: Percentile, remaining: usize) -> usize {
        let slots = self.known() as u128 + remaining as u128;
        let may_exceed = slots - percentile.wide_rank(slots);
        let exceed = self.volumes().iter().filter(|&&volume| self.rate_of(volume) > commit).count();
        let left = may_exceed.saturating_sub(exceed as u128);
        // More than remain are all that remain.
        usize::try_from(left).map_or(remaining, |left| left.min(remaining))
    }

    /// Returns the lowest and the highest rate that the percentile of the whole period can still
    /// take.
    ///
    /// The series is the period so far, and `remaining` the number of slots to its end. The rate is
    /// lowest if these carry zero, and highest if they are busier than all slots so far. The highest
    /// is `None` if the rank then falls among them, so that the percentile has no bound.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, Percentile, UsageSeries, jiff::Timestamp};
    /// use core::time::Duration;
    ///
    /// let start: Timestamp = "2025-06-01T00:00:00Z".parse()?;
    /// let rates = (1..=90).map(DataRate::from_mbps);
    /// let series = UsageSeries::from_rates(start, Duration::from_secs(300), rates)?;
    /// let mbps = DataRate::from_mbps;
    /// // Of 100 slots, number 95 is billed; of 94, number 90.
    /// assert_eq!(series.percentile_bounds(Percentile::P95, 10), (mbps(85), None));
    /// assert_eq!(series.percentile_bounds(Percentile::P95, 4), (mbps(86), Some(mbps(90))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::arithmetic_side_effects, reason = "two counts of 64 bits fit 128")]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "a rank is at most the slots"
    )]
    pub fn percentile_bounds(
        &self,
        percentile: Percentile,
        remaining: usize,
    ) -> (DataRate, Option<DataRate>) {
        let slots = self.known() as u128 + remaining as u128;
        let rank = percentile.wide_rank(slots);
        // Ranks among the slots so far: with the remaining slots below them all, or above.
        let highest = usize::try_from(rank).is_ok_and(|rank| rank <= self.known());
        if percentile.rule().interpolates() {
            let position = percentile.wide_position(slots);
            let lowest = (position.clone() - Ratio::from(remaining as u128)).max(Ratio::ZERO);
            return (self.rate_between(&lowest), highest.then(|| self.rate_between(&position)));
        }
        let at = |rank: u128| match usize::try_from(rank).expect("a rank is at most the slots") {
            0 => DataRate::ZERO,
            rank => self.rate_at(rank),
        };
        (at(rank.saturating_sub(remaining as u128)), highest.then(|| at(rank)))
    }

    /// Returns the rate at a position among the slots that are there, counted from 1 in ascending order:
    /// between two slots, that of the volume between theirs. Below the first slot stand volumes of zero.
    #[expect(clippy::expect_used, reason = "a position is at most the number of slots")]
    fn rate_between(&self, position: &Ratio) -> DataRate {
        let rank = position.scaled(0, RoundingStrategy::ToPositiveInfinity);
        let rank = usize::try_from(rank).expect("a position is at most the number of slots");
        if rank == 0 {
            return DataRate::ZERO;
        }
        let below = Ratio::from(rank as u128) - position.clone();
        let [lower, upper] = self.volumes_up_to(rank);
        rate_between(lower, upper, &below, self.interval())
    }

    /// Returns several percentiles, which are near to one another if they differ in their rules alone: in
    /// little more time than one.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        reason = "a rank is from 1 to the number of slots"
    )]
    pub(crate) fn percentiles(&self, percentiles: &[Percentile]) -> Vec<DataRate> {
        let known = self.known();
        let ranks = percentiles.iter().map(|percentile| percentile.rank(known));
        let Some(highest) = ranks.clone().max() else { return Vec::new() };
        // An interpolated one is between its rank and the rank below.
        let lowest = ranks.min().map_or(1, |rank| rank.saturating_sub(1).max(1));
        let (mut top, place) = self.top_from(lowest);
        let from_lowest = &mut top[place..];
        let (between, _, _) = from_lowest.select_nth_unstable(highest - lowest);
        between.sort_unstable();
        let rate = |percentile: &Percentile| {
            let rank = percentile.rank(known);
            let [lower, upper] =
                [rank.saturating_sub(1).max(lowest), rank].map(|rank| from_lowest[rank - lowest]);
            percentile.rate_of(lower, upper, known, self.interval())
        };
        percentiles.iter().map(rate).collect()
    }

    /// Returns the slots of which a percentile is made, each with its part: one, or two of an
    /// interpolated percentile. Of slots with the same volume it is the earliest.
    #[expect(
        clippy::expect_used,
        reason = "a position is at most the number of slots, and at least 1"
    )]
    pub(crate) fn slots_of_percentile(&self, percentile: Percentile) -> Vec<SlotPart> {
        let position = percentile.position(self.known());
        let rank = position.scaled(0, RoundingStrategy::ToPositiveInfinity);
        let rank = usize::try_from(rank).expect("a position is at most the number of slots");
        let below = Ratio::from(rank as u128) - position;
        if below.is_zero() {
            let (top, place) = self.top_from(rank);
            let volume = *top.get(place).expect("the place is of a slot");
            return vec![self.first_with(volume, Ratio::ONE)];
        }
        let [lower, upper] = self.volumes_up_to(rank);
        let above = Ratio::ONE - below.clone();
        vec![self.first_with(lower, below), self.first_with(upper, above)]
    }

    /// Returns the earliest of the busiest slots.
    #[expect(clippy::expect_used, reason = "a series has a slot")]
    pub(crate) fn slot_of_peak(&self) -> SlotPart {
        let peak = *self.volumes().iter().max().expect("a series has at least one slot");
        self.first_with(peak, Ratio::ONE)
    }

    /// Returns the earliest slot that is there and has a volume.
    #[expect(clippy::expect_used, reason = "the volume is of a slot that is there")]
    fn first_with(&self, volume: DataVolume, part: Ratio) -> SlotPart {
        let mut slots = self.volumes().iter().enumerate();
        let found = slots.find(|&(slot, other)| *other == volume && self.is_known(slot));
        let (slot, _) = found.expect("a slot that is there has the volume");
        SlotPart { slot, at: self.edge(slot), part }
    }

    /// Returns the rate of the slot with a rank among those that are there, counted from 1 in ascending
    /// order.
    #[expect(clippy::expect_used, reason = "the place was selected")]
    fn rate_at(&self, rank: usize) -> DataRate {
        let (top, place) = self.top_from(rank);
        self.rate_of(*top.get(place).expect("the place is of a slot"))
    }

    /// Returns the volume with the rank before the given one, which is zero for the first, and that with
    /// the given rank.
    #[expect(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        reason = "a rank is from 1 to the number of slots, and the place was selected"
    )]
    fn volumes_up_to(&self, rank: usize) -> [DataVolume; 2] {
        let (top, place) = self.top_from(rank);
        let (before, from) = top.split_at(place);
        let upper = *from.first().expect("the place is of a slot");
        let lower = match before.iter().max() {
            _ if rank == 1 => DataVolume::ZERO,
            Some(&lower) => lower,
            None => {
                let (top, place) = self.top_from(rank - 1);
                *top.get(place).expect("the place is of a slot")
            }
        };
        [lower, upper]
    }

    /// Selects the slot with a rank among those that are there: returns volumes of which the one at the
    /// returned place has the rank, and those before it are not larger.
    ///
    /// Slots that are left out are zero, so that they stand below all others: a rank is counted from the
    /// top.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "a rank is from 1 to the number of slots, and the divisor a constant"
    )]
    fn top_from(&self, rank: usize) -> (Vec<DataVolume>, usize) {
        // One in 61 slots is sampled: it shares no factor with the slots of an hour or a day.
        const SAMPLED: usize = 61;
        let above = self.known() - rank;
        // Few slots are above a billed one. So select only among those that are not below a guess: the
        // volume above which a sample has somewhat more than its part of `above`.
        let mut sample: Vec<DataVolume> = self.volumes().iter().copied().step_by(SAMPLED).collect();
        let guess = sample.len().saturating_sub(above / SAMPLED * 3 / 2 + 5);
        let (_, &mut guess, _) = sample.select_nth_unstable(guess);
        let mut top = Vec::with_capacity(self.len());
        top.extend(self.volumes().iter().copied().filter(|&volume| volume >= guess));
        if top.len() <= above {
            // The guess was too high.
            top.clear();
            top.extend_from_slice(self.volumes());
        }
        let place = top.len() - 1 - above;
        let _ = top.select_nth_unstable(place);
        (top, place)
    }
}

impl Percentile {
    /// Returns the rate of the percentile of `slots` slots of a length, of which `upper` has its rank and
    /// `lower` the rank before.
    pub(crate) fn rate_of(
        self,
        lower: DataVolume,
        upper: DataVolume,
        slots: usize,
        interval: Duration,
    ) -> DataRate {
        if self.rule().interpolates() {
            let below = Ratio::from(self.rank(slots) as u128) - self.position(slots);
            rate_between(lower, upper, &below, interval)
        } else {
            rate_between(lower, upper, &Ratio::ZERO, interval)
        }
    }
}

/// Returns the rate of a volume that is `below` of the way from the upper volume to the lower one.
#[expect(
    clippy::expect_used,
    reason = "slots have a length, and the rate is between those of two slots"
)]
fn rate_between(
    lower: DataVolume,
    upper: DataVolume,
    below: &Ratio,
    interval: Duration,
) -> DataRate {
    if below.is_zero() {
        return upper.checked_div(interval).expect("the rate of a slot is checked");
    }
    let [lower, upper] = [lower, upper].map(|volume| Ratio::from(volume.as_nanobits()));
    let volume = &upper - &(&(&upper - &lower) * below);
    let time = Ratio::from(interval.as_nanos());
    let rate = volume.checked_div(&time).expect("slots have a length");
    let bps = rate.scaled(0, RoundingStrategy::MidpointNearestEven);
    u64::try_from(bps).map(DataRate::from_bps).expect("it is between the rates of two slots")
}

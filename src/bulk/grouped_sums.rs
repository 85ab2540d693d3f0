//! [`GroupedSums`]: the sums of many groups.

use super::{
    Column, PartialSums, Pricer,
    kernel::{Bounded, Cell, Level, Stepped, add_grouped, largest},
    partial_sums::Sums,
    pricer::records,
    weights::Counts,
};
use crate::{Error, bulk::BulkError, money::MAX_SCALE, number::NumberError, quantity::Quantity};
use core::{fmt, iter, mem, num::NonZeroUsize};
use rust_decimal::RoundingStrategy;

/// The sums of many groups, such as customers, from which a [`Pricer`] computes Σ cost(xᵢ) for each
/// group: each record is priced by itself, and fees, minimums and tiers apply to each record.
///
/// They hold what a [`PartialSums`] for each group would hold, in one block of memory. A group is
/// known by its index, counted from 0.
///
/// ```
/// use bandwidth_cost::{RoundingStrategy, VolumeUnit, bulk::Column, pta};
///
/// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte); // 4/3 USD per GB
/// let mut customers = pricer.groups();
/// customers.grow(2)?;
/// pricer.add_grouped(&mut customers, &Column::gigabytes(&[3, 1, 6]), &[0, 1, 0])?;
///
/// let mut cents = [0; 2];
/// pricer.finish_each_into(&customers, 2, RoundingStrategy::MidpointNearestEven, &mut cents)?;
/// assert_eq!(cents, [1_200, 133]);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Clone)]
pub struct GroupedSums {
    /// The sums of no records, with the fingerprint and the number of bounds.
    none: PartialSums,
    bounds: Vec<u64>,
    /// Whether the numbers above bounds are counted where there are no steps.
    counts_bounded: bool,
    len: usize,
    /// The number of records of all groups: while 64 bits count them, no sum overflows.
    records: u64,
    /// Σ x on each segment of each group, if a cost depends on it.
    units: Option<Cells>,
    /// Σ steps(x) on each segment of each group, if there are steps.
    steps: Option<Cells>,
}

/// The cells of all segments of the first group, then those of the second, and so on.
#[derive(Clone)]
struct Cells {
    segments: NonZeroUsize,
    cells: Vec<Cell>,
}

impl Cells {
    /// The cells of a group, which must exist.
    #[expect(clippy::expect_used, reason = "each public function checks the group")]
    fn of(&self, group: usize) -> &[Cell] {
        let mut groups = self.cells.chunks_exact(self.segments.get());
        groups.nth(group).expect("a group has cells")
    }

    #[expect(clippy::expect_used, reason = "each public function checks the group")]
    fn of_mut(&mut self, group: usize) -> &mut [Cell] {
        let mut groups = self.cells.chunks_exact_mut(self.segments.get());
        groups.nth(group).expect("a group has cells")
    }

    /// The sums of all numbers of a group, and of those above each bound.
    fn sums(&self, group: usize) -> (Cell, impl Iterator<Item = Cell>) {
        let cells = self.of(group);
        let all = cells.iter().fold(Cell::ZERO, |all, cell| all.plus(*cell));
        let above = cells.iter().scan(all, |above, cell| {
            *above = above.minus(*cell);
            Some(*above)
        });
        (all, above)
    }

    /// Adds the sums of all numbers, and of those above each bound: the inverse of [`sums`](Self::sums).
    fn add(&mut self, group: usize, all: Cell, above: impl Iterator<Item = Cell>) {
        let mut from = all;
        for (cell, above) in self.of_mut(group).iter_mut().zip(above.chain(iter::once(Cell::ZERO)))
        {
            *cell = cell.plus(from.minus(above));
            from = above;
        }
    }

    fn reserve(&mut self, groups: usize) -> Option<()> {
        let more = groups.checked_mul(self.segments.get())?.saturating_sub(self.cells.len());
        self.cells.try_reserve(more).ok()
    }

    /// Grows to `groups` groups, for which memory must be reserved.
    fn resize(&mut self, groups: usize) {
        self.cells.resize(self.len_of(groups), Cell::ZERO);
    }

    fn take_first(&mut self, groups: usize) -> Self {
        let rest = self.cells.split_off(self.len_of(groups));
        Self { segments: self.segments, cells: mem::replace(&mut self.cells, rest) }
    }

    #[expect(clippy::arithmetic_side_effects, reason = "memory for the groups is reserved")]
    fn len_of(&self, groups: usize) -> usize {
        groups * self.segments.get()
    }
}

impl GroupedSums {
    /// Returns the number of groups.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// let mut groups = pta::DISRUPTION_COST.compile(VolumeUnit::Byte).groups();
    /// groups.grow(3)?;
    /// assert_eq!(groups.len(), 3);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Returns whether there are no groups.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// assert!(pta::DISRUPTION_COST.compile(VolumeUnit::Byte).groups().is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Grows to at least `groups` groups. New groups have no records; existing groups are kept.
    ///
    /// # Errors
    ///
    /// [`BulkError::TooManyGroups`] if there is no memory for them. The groups are then unchanged.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// let mut groups = pta::DISRUPTION_COST.compile(VolumeUnit::Byte).groups();
    /// groups.grow(3)?;
    /// groups.grow(2)?;
    /// assert_eq!(groups.len(), 3);
    /// assert!(groups.grow(usize::MAX).is_err());
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn grow(&mut self, groups: usize) -> Result<(), Error> {
        if groups <= self.len {
            return Ok(());
        }
        for cells in self.cells_mut() {
            cells.reserve(groups).ok_or(BulkError::TooManyGroups { groups })?;
        }
        for cells in self.cells_mut() {
            cells.resize(groups);
        }
        self.len = groups;
        Ok(())
    }

    /// Returns the sums of a group, as [`Pricer::add`] makes them from the group's records, or `None` if
    /// the group does not exist.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte);
    /// let mut customers = pricer.groups();
    /// customers.grow(2)?;
    /// pricer.add_grouped(&mut customers, &Column::gigabytes(&[3, 1, 6]), &[0, 1, 0])?;
    ///
    /// let mut first = pricer.partial();
    /// pricer.add(&mut first, &Column::gigabytes(&[3, 6]))?;
    /// assert_eq!(customers.partial(0), Some(first));
    /// assert_eq!(customers.partial(2), None);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn partial(&self, group: usize) -> Option<PartialSums> {
        if group >= self.len {
            return None;
        }
        let mut group_sums = self.none.clone();
        let Sums { records, units, steps, bounded, stepped } = &mut group_sums.sums;
        if let Some(cells) = &self.units {
            let (all, above) = cells.sums(group);
            (*records, *units) = (all.records, all.sum);
            for ((at, bound), above) in bounded.iter_mut().zip(&self.bounds).zip(above) {
                at.within = all.sum.wrapping_sub(over(above, *bound));
                at.above = if self.counts_bounded { above.records } else { 0 };
            }
        }
        if let Some(cells) = &self.steps {
            let (all, above) = cells.sums(group);
            (*records, *steps) = (all.records, all.sum);
            for (at, above) in stepped.iter_mut().zip(above) {
                *at = Stepped { steps: above.sum, above: above.records };
            }
        }
        Some(group_sums)
    }

    /// Returns the number of records of a group, or zero if the group does not exist.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Byte);
    /// let mut customers = pricer.groups();
    /// customers.grow(2)?;
    /// pricer.add_grouped(&mut customers, &Column::bytes(&[64, 1_500]), &[1, 1])?;
    /// assert_eq!([0, 1, 2].map(|group| customers.records(group)), [0, 2, 0]);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn records(&self, group: usize) -> u64 {
        if group >= self.len {
            return 0;
        }
        self.all_cells().sums(group).0.records
    }

    /// Adds the sums of a part of the data to a group.
    ///
    /// # Errors
    ///
    /// - [`BulkError::NoSuchGroup`] for a group that does not exist.
    /// - [`BulkError::OtherPricer`] and [`BulkError::Bounds`] as for [`PartialSums::merge`].
    /// - [`BulkError::SumOverflow`] if the groups together would have more records than 64 bits
    ///   count.
    ///
    /// After an error the groups are unchanged.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte);
    /// let mut elsewhere = pricer.partial();
    /// pricer.add(&mut elsewhere, &Column::gigabytes(&[3, 6]))?;
    ///
    /// let mut customers = pricer.groups();
    /// customers.grow(1)?;
    /// customers.merge(0, &elsewhere)?;
    /// assert_eq!(customers.partial(0), Some(elsewhere));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn merge(&mut self, group: usize, sums: &PartialSums) -> Result<(), Error> {
        if group >= self.len {
            return Err(BulkError::NoSuchGroup { group, groups: self.len }.into());
        }
        sums.check_same(&self.none)?;
        self.count(sums.records())?;
        let Sums { records, units, steps, bounded, stepped } = &sums.sums;
        let records = *records;
        if let Some(cells) = &mut self.units {
            // If the numbers above a bound are not counted, no cost depends on their number: any number
            // is right that is the same here and where sums are made from the cells.
            let above = bounded.iter().zip(&self.bounds).map(|(at, bound)| {
                let to_bound = u128::from(*bound).wrapping_mul(at.above.into());
                let sum = units.wrapping_sub(at.within).wrapping_add(to_bound);
                Cell { records: at.above, sum }
            });
            cells.add(group, Cell { records, sum: *units }, above);
        }
        if let Some(cells) = &mut self.steps {
            let above = stepped.iter().map(|at| Cell { records: at.above, sum: at.steps });
            cells.add(group, Cell { records, sum: *steps }, above);
        }
        Ok(())
    }

    /// Removes and returns the first `groups` groups, or all if there are fewer. The others move down:
    /// the first of them becomes group 0.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte);
    /// let mut customers = pricer.groups();
    /// customers.grow(3)?;
    /// pricer.add_grouped(&mut customers, &Column::gigabytes(&[1, 1, 2, 1, 2, 3]), &[0, 1, 1, 2, 2, 2])?;
    ///
    /// let complete = customers.take_first(2);
    /// assert_eq!((complete.len(), customers.len()), (2, 1));
    /// assert_eq!(customers.records(0), 3);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn take_first(&mut self, groups: usize) -> Self {
        let len = groups.min(self.len);
        let units = self.units.as_mut().map(|cells| cells.take_first(len));
        let steps = self.steps.as_mut().map(|cells| cells.take_first(len));
        let mut taken = Self {
            none: self.none.clone(),
            bounds: self.bounds.clone(),
            counts_bounded: self.counts_bounded,
            len,
            records: 0,
            units,
            steps,
        };
        let cells = taken.all_cells().cells.iter();
        taken.records = cells.fold(Cell::ZERO, |all, cell| all.plus(*cell)).records;
        #[expect(clippy::arithmetic_side_effects, reason = "a part is at most the whole")]
        {
            self.len -= len;
            self.records -= taken.records;
        }
        taken
    }

    /// Returns the number of bytes of memory that the sums take, including memory reserved for more
    /// groups.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// let mut groups = pta::DISRUPTION_COST.compile(VolumeUnit::Byte).groups();
    /// let none = groups.memory_size();
    /// groups.grow(1_000)?;
    /// assert!(groups.memory_size() > none);
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn memory_size(&self) -> usize {
        let cells = [&self.units, &self.steps].into_iter().flatten();
        let cells = cells.map(|cells| cells.cells.capacity().saturating_mul(size_of::<Cell>()));
        let Sums { bounded, stepped, .. } = &self.none.sums;
        let bounds = self.bounds.capacity().saturating_mul(size_of::<u64>());
        let bounded = bounded.capacity().saturating_mul(size_of::<Bounded>());
        let stepped = stepped.capacity().saturating_mul(size_of::<Stepped>());
        cells.chain([bounds, bounded, stepped]).fold(0, usize::saturating_add)
    }

    fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cells> {
        [&mut self.units, &mut self.steps].into_iter().flatten()
    }

    /// The cells that count all records.
    #[expect(clippy::expect_used, reason = "a pricer without steps sums units")]
    fn all_cells(&self) -> &Cells {
        self.steps.as_ref().or(self.units.as_ref()).expect("numbers or their steps are summed")
    }

    /// Counts records. Each adds less than 2^64 to a sum, so that no sum overflows before the count.
    fn count(&mut self, records: u64) -> Result<(), Error> {
        let overflow = BulkError::SumOverflow { left: self.records, right: records };
        self.records = self.records.checked_add(records).ok_or(overflow)?;
        Ok(())
    }

    /// The sums that weights multiply: of all numbers of a group, and of those above each bound.
    fn counts(&self, group: usize) -> (Counts, impl Iterator<Item = Counts>) {
        let units = self.units.as_ref().map(|cells| cells.sums(group));
        let steps = self.steps.as_ref().map(|cells| cells.sums(group));
        let (all_units, units) = units.unzip();
        let (all_steps, steps) = steps.unzip();
        let sum = |cell: Option<Cell>| cell.map_or(0, |cell| cell.sum);
        let records = all_steps.or(all_units).map_or(0, |cell| cell.records);
        let all = Counts { records, units: sum(all_units), steps: sum(all_steps) };
        let (mut units, mut steps) = (units.into_iter().flatten(), steps.into_iter().flatten());
        let above = self.bounds.iter().map(move |bound| {
            let (units, steps) = (units.next(), steps.next());
            Counts {
                // With steps, the numbers above a bound are counted along with them.
                records: steps.or(units).map_or(0, |cell| cell.records),
                units: units.map_or(0, |above| over(above, *bound)),
                steps: sum(steps),
            }
        });
        (all, above)
    }
}

/// Σ (x − bound) of the numbers above a bound.
fn over(above: Cell, bound: u64) -> u128 {
    above.sum.wrapping_sub(u128::from(bound).wrapping_mul(above.records.into()))
}

impl<Q: Quantity> Pricer<Q> {
    /// Creates sums without groups; [`GroupedSums::grow`] adds groups.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Byte);
    /// let mut customers = pricer.groups();
    /// customers.grow(1)?;
    /// assert_eq!(customers.partial(0), Some(pricer.partial()));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn groups(&self) -> GroupedSums {
        let segments = NonZeroUsize::MIN.saturating_add(self.bounds.len());
        let cells = |needed: bool| needed.then(|| Cells { segments, cells: Vec::new() });
        GroupedSums {
            none: self.partial(),
            bounds: self.bounds.clone(),
            counts_bounded: self.counts_bounded(),
            len: 0,
            records: 0,
            units: cells(self.sums_units()),
            steps: cells(self.stepper.is_some()),
        }
    }

    /// Adds each record of a column to its group: record `i` to the group whose index, counted from 0,
    /// is `group[i]`. Each record is priced by itself.
    ///
    /// The indices need not be sorted and may repeat. The time that a record takes does not grow with
    /// the number of tiers.
    ///
    /// # Errors
    ///
    /// - [`BulkError::OtherPricer`] for groups of a pricer for another schedule, unit or currency.
    /// - [`BulkError::ColumnUnit`] for a column in another unit than the pricer's.
    /// - [`BulkError::Length`] if `group` has another length than the column.
    /// - [`BulkError::NoSuchGroup`] for the first group that does not exist.
    /// - [`BulkError::SumOverflow`] if the groups together would have more records than 64 bits count.
    ///
    /// After an error the groups are unchanged.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte);
    /// let mut customers = pricer.groups();
    /// customers.grow(2)?;
    /// let column = Column::gigabytes(&[64, 1_500, 11]);
    /// pricer.add_grouped(&mut customers, &column, &[1, 0, 1])?;
    /// let mut cents = [0; 2];
    /// pricer.finish_each_into(&customers, 2, RoundingStrategy::MidpointNearestEven, &mut cents)?;
    /// assert_eq!(cents, [200_000, 10_000]); // 1,500 and 75 GB at 4/3 USD
    ///
    /// let column = Column::gigabytes(&[64, 1_500]);
    /// assert_eq!(
    ///     pricer.add_grouped(&mut customers, &column, &[1, 2]).unwrap_err().to_string(),
    ///     "no group 2 among 2, counted from 0: pass another, or grow the groups first",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn add_grouped(
        &self,
        groups: &mut GroupedSums,
        column: &Column<'_, Q>,
        group: &[usize],
    ) -> Result<(), Error> {
        self.check(&groups.none)?;
        self.check_unit(column)?;
        if group.len() != column.len() {
            let (found, needed) = (group.len(), column.len());
            return Err(BulkError::Length { argument: "group", found, needed }.into());
        }
        let level = Level::new();
        if largest(level, group) >= groups.len
            && let Some(&group) = group.iter().find(|group| **group >= groups.len)
        {
            return Err(BulkError::NoSuchGroup { group, groups: groups.len }.into());
        }
        groups.count(records(column.len()))?;
        for (cells, stepper) in
            [(&mut groups.units, None), (&mut groups.steps, self.stepper.as_ref())]
        {
            if let Some(Cells { cells, .. }) = cells {
                add_grouped(level, stepper, column.values(), &self.bounds, group, cells);
            }
        }
        Ok(())
    }

    /// Writes for each group the sum of the costs of its records, Σ cost(xᵢ): fees, minimums and
    /// tiers apply to every record.
    ///
    /// Amounts are in units of 10^-`scale` of the currency, rounded once as `strategy` says (see
    /// [`Cost::round`](crate::Cost::round)): the numbers of Arrow's `Decimal128(38, scale)`.
    ///
    /// # Errors
    ///
    /// - [`BulkError::OtherPricer`] for groups of a pricer for another schedule, unit or currency.
    /// - [`BulkError::Length`] if `out` has another length than there are groups.
    /// - [`NumberError::TooManyPlaces`] for more than 38 decimal places.
    /// - [`BulkError::AmountOverflow`] at the first group whose amount 128 bits don't hold: all
    ///   amounts before it are written, and those behind it are unspecified.
    ///
    /// ```
    /// use bandwidth_cost::{RoundingStrategy, VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Gigabyte); // 4/3 USD per GB
    /// let mut customers = pricer.groups();
    /// customers.grow(3)?;
    /// pricer.add_grouped(&mut customers, &Column::gigabytes(&[1, 1, 1]), &[0, 0, 2])?;
    ///
    /// let mut cents = [0; 3];
    /// pricer.finish_each_into(&customers, 2, RoundingStrategy::MidpointNearestEven, &mut cents)?;
    /// assert_eq!(cents, [267, 0, 133]); // of 8/3, 0 and 4/3 USD
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn finish_each_into(
        &self,
        groups: &GroupedSums,
        scale: u32,
        strategy: RoundingStrategy,
        out: &mut [i128],
    ) -> Result<(), Error> {
        self.check(&groups.none)?;
        if out.len() != groups.len {
            let (found, needed) = (out.len(), groups.len);
            return Err(BulkError::Length { argument: "out", found, needed }.into());
        }
        if scale > MAX_SCALE {
            return Err(NumberError::TooManyPlaces { places: scale, most: MAX_SCALE }.into());
        }
        let whole = self.weights.whole(scale);
        for (group, out) in out.iter_mut().enumerate() {
            let (all, above) = groups.counts(group);
            let fast = whole.as_ref().and_then(|whole| whole.total(all, above, strategy));
            *out = fast.map_or_else(|| self.exact(groups, group, scale, strategy), Ok)?;
        }
        Ok(())
    }

    /// The amount of a group whose total does not fit integers.
    #[expect(clippy::expect_used, reason = "the group is one of those that are finished")]
    fn exact(
        &self,
        groups: &GroupedSums,
        group: usize,
        scale: u32,
        strategy: RoundingStrategy,
    ) -> Result<i128, Error> {
        let cost = self.cost(&groups.partial(group).expect("the group exists").sums);
        let amount = i128::try_from(cost.amount().scaled(scale, strategy));
        amount.map_err(|_| BulkError::AmountOverflow { index: group, cost, scale }.into())
    }
}

/// The numbers of groups and records: a log needs no more of thousands of groups.
impl fmt::Debug for GroupedSums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GroupedSums({} of {} records)", self.len, self.records)
    }
}

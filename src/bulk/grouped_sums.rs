//! [`GroupedSums`]: the sums of many groups side by side.

use super::{
    Column, PartialSums, Pricer,
    kernel::{Bounded, Cell, Level, Stepped, add_grouped, largest},
    partial_sums::Sums,
    weights::Counts,
};
use crate::{Error, bulk::BulkError, money::MAX_SCALE, number::NumberError, quantity::Quantity};
use core::{fmt, iter};
use rust_decimal::RoundingStrategy;

/// The sums of many groups, such as customers, of one [`Pricer`] pricer: what a [`PartialSums`] for
/// each of them would hold, in one piece of memory.
///
/// GroupedSums are known by their index. Whose they are is for the caller to know.
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
    /// A partial without data: the fingerprint, and at how many bounds sums are.
    none: PartialSums,
    bounds: Vec<u64>,
    /// Whether numbers above bounds are counted where there are no steps.
    counts_bounded: bool,
    len: usize,
    /// How many numbers there are in all groups: as long as 64 bits count them, no sum overflows.
    records: u64,
    /// Σ x of each line of each group, if it is needed,
    units: Option<Cells>,
    /// and Σ steps(x), if there are steps.
    steps: Option<Cells>,
}

/// The cells of all lines of the first group, then those of the second, and so on.
#[derive(Clone)]
struct Cells {
    lines: usize,
    cells: Vec<Cell>,
}

impl Cells {
    /// Those of a group, which must be there.
    fn of(&self, group: usize) -> &[Cell] {
        self.cells.chunks_exact(self.lines).nth(group).unwrap_or_default()
    }

    fn of_mut(&mut self, group: usize) -> &mut [Cell] {
        self.cells.chunks_exact_mut(self.lines).nth(group).unwrap_or_default()
    }

    /// What all numbers of a group add up to, and what those above each bound do.
    fn sums(&self, group: usize) -> (Cell, impl Iterator<Item = Cell>) {
        let cells = self.of(group);
        let all = cells.iter().fold(Cell::ZERO, |all, cell| all.plus(*cell));
        let above = cells.iter().scan(all, |above, cell| {
            *above = above.minus(*cell);
            Some(*above)
        });
        (all, above)
    }

    /// The inverse: adds what numbers add up to, in all and above each bound.
    fn add(&mut self, group: usize, all: Cell, above: impl Iterator<Item = Cell>) {
        let mut from = all;
        for (cell, above) in self.of_mut(group).iter_mut().zip(above.chain(iter::once(Cell::ZERO)))
        {
            *cell = cell.plus(from.minus(above));
            from = above;
        }
    }

    fn reserve(&mut self, groups: usize) -> Option<()> {
        let more = groups.checked_mul(self.lines)?.saturating_sub(self.cells.len());
        self.cells.try_reserve(more).ok()
    }

    fn resize(&mut self, groups: usize) {
        self.cells.resize(groups.saturating_mul(self.lines), Cell::ZERO);
    }

    fn take_first(&mut self, groups: usize) -> Self {
        let rest = self.cells.split_off(groups.saturating_mul(self.lines));
        Self { lines: self.lines, cells: core::mem::replace(&mut self.cells, rest) }
    }
}

impl GroupedSums {
    /// How many groups there are.
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

    /// Whether there are none.
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

    /// Makes it so many groups, the new ones without data; what is there stays, also where it is
    /// more.
    ///
    /// # Errors
    ///
    /// [`BulkError::TooManyGroups`] where there is no memory for them. The groups are left as they were.
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

    /// The sums of a group, as [`Pricer::add`] would have made them of its numbers; nothing where
    /// there is no such group. Sums on which no cost depends are left out.
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
        let mut partial = self.none.clone();
        let Sums { records, units, steps, bounded, stepped } = &mut partial.sums;
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
        Some(partial)
    }

    /// How many numbers a group has; 0 where there is no such group.
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
        let cells = self.steps.as_ref().or(self.units.as_ref());
        cells.map_or(0, |cells| cells.sums(group).0.records)
    }

    /// Adds to a group what a part of the data summed up to.
    ///
    /// # Errors
    ///
    /// [`BulkError::NoSuchGroup`]; [`BulkError::OtherPricer`] and [`BulkError::PartialBounds`] as in
    /// [`PartialSums::merge`]; [`BulkError::PartialOverflow`] where the groups would together have more
    /// records than 64 bits count. The groups are left as they were.
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
    pub fn merge(&mut self, group: usize, partial: &PartialSums) -> Result<(), Error> {
        if group >= self.len {
            return Err(BulkError::NoSuchGroup { group, groups: self.len }.into());
        }
        self.none.expect(partial)?;
        self.count(partial.records())?;
        let Sums { records, units, steps, bounded, stepped } = &partial.sums;
        let records = *records;
        if let Some(cells) = &mut self.units {
            // Where those above a bound are not counted, no cost depends on how many there are: any
            // number does that is the same in the cells and in what is made of them.
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

    /// Takes out the first groups, or all where there are no more; the others move down, so that
    /// what was behind them is group 0.
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
    /// assert_eq!(customers.partial(0).map(|partial| partial.records()), Some(3));
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub fn take_first(&mut self, groups: usize) -> Self {
        let len = groups.min(self.len);
        let units = self.units.as_mut().map(|cells| cells.take_first(len));
        let steps = self.steps.as_mut().map(|cells| cells.take_first(len));
        let cells = units.as_ref().or(steps.as_ref()).map(|cells| cells.cells.as_slice());
        let all = cells.unwrap_or_default().iter().fold(Cell::ZERO, |all, cell| all.plus(*cell));
        self.len = self.len.saturating_sub(len);
        self.records = self.records.saturating_sub(all.records);
        Self {
            none: self.none.clone(),
            bounds: self.bounds.clone(),
            counts_bounded: self.counts_bounded,
            len,
            records: all.records,
            units,
            steps,
        }
    }

    /// The bytes that the sums take, with those reserved for more groups: for a program that keeps
    /// account of its memory.
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

    /// A sum is at most 2^64 − 1 for each record, so that none overflows as long as these don't.
    fn count(&mut self, records: u64) -> Result<(), Error> {
        let overflow =
            Error::from(BulkError::PartialOverflow { left: self.records, right: records });
        self.records = self.records.checked_add(records).ok_or(overflow)?;
        Ok(())
    }

    /// What weights are for: the sums of a group, and those above each bound.
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
                // A merged partial counts what is above a bound with its steps, if there are any.
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
    /// The sums of no groups yet.
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
        let lines = self.bounds.len().saturating_add(1);
        let cells = |needed: bool| needed.then(|| Cells { lines, cells: Vec::new() });
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

    /// Adds each number of a column to a group: `group` has the index of one for each number.
    ///
    /// It takes one update of memory for each number, whatever the schedule, and the order of the
    /// groups is free.
    ///
    /// # Errors
    ///
    /// [`BulkError::OtherPricer`] where the groups were made by another pricer; [`BulkError::ColumnUnit`]
    /// where the column has another unit; [`BulkError::GroupLengths`] unless each number has a group;
    /// [`BulkError::ElementGroup`] at the first number whose group is not there;
    /// [`BulkError::PartialOverflow`] as in [`GroupedSums::merge`]. The groups are left as they were.
    ///
    /// ```
    /// use bandwidth_cost::{VolumeUnit, bulk::Column, pta};
    ///
    /// let pricer = pta::DISRUPTION_COST.compile(VolumeUnit::Byte);
    /// let mut customers = pricer.groups();
    /// customers.grow(2)?;
    /// let column = Column::bytes(&[64, 1_500]);
    /// pricer.add_grouped(&mut customers, &column, &[1, 0])?;
    /// assert_eq!(
    ///     pricer.add_grouped(&mut customers, &column, &[1, 2]).unwrap_err().to_string(),
    ///     "element 1 belongs to group 2, counted from 0, and there are 2: grow the groups first",
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
            return Err(
                BulkError::GroupLengths { numbers: column.len(), groups: group.len() }.into()
            );
        }
        let level = Level::new();
        if largest(level, group) >= groups.len
            && let Some(index) = group.iter().position(|group| *group >= groups.len)
        {
            let group = group.get(index).copied().unwrap_or_default();
            return Err(BulkError::ElementGroup { index, group, groups: groups.len }.into());
        }
        groups.count(u64::try_from(column.len()).unwrap_or(u64::MAX))?;
        for (cells, stepper) in
            [(&mut groups.units, None), (&mut groups.steps, self.stepper.as_ref())]
        {
            if let Some(Cells { cells, .. }) = cells {
                add_grouped(level, stepper, column.values(), &self.bounds, group, cells);
            }
        }
        Ok(())
    }

    /// What each group costs, in units of 10^-`scale` of the currency, rounded once as `strategy`
    /// says (see [`Cost::round`](crate::Cost::round)): the numbers of Arrow's
    /// `Decimal128(38, scale)`.
    ///
    /// # Errors
    ///
    /// [`BulkError::OtherPricer`] where the groups were made by another pricer; [`BulkError::OutputLength`]
    /// unless there is room for exactly one amount for each group; [`NumberError::TooManyPlaces`] beyond
    /// 38; [`BulkError::GroupOverflow`] at the first group whose amount 128 bits don't hold: all amounts
    /// before it are written, and what stands behind them is unspecified.
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
            return Err(BulkError::OutputLength { needed: groups.len, output: out.len() }.into());
        }
        if scale > MAX_SCALE {
            return Err(NumberError::TooManyPlaces { places: scale, most: MAX_SCALE }.into());
        }
        let whole = self.weights.whole(scale);
        for (group, out) in out.iter_mut().enumerate() {
            let (all, above) = groups.counts(group);
            let fast = whole.as_ref().and_then(|whole| whole.total(all, above, strategy));
            let exact = || {
                let sums = groups.partial(group)?.sums;
                i128::try_from(self.weights.total(&sums).scaled(scale, strategy)).ok()
            };
            let overflow =
                Error::from(BulkError::GroupOverflow { group, records: all.records, scale });
            *out = fast.or_else(exact).ok_or(overflow)?;
        }
        Ok(())
    }
}

/// How many groups: a log needs no more of thousands.
impl fmt::Debug for GroupedSums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GroupedSums({} of {} records)", self.len, self.records)
    }
}

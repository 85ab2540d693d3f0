//! [`Accumulate`]: hands batches of rows, and the sums of other partitions, to [`Sums`].

use crate::{
    Error,
    numbers::{Argument, Numbers, packed, rows},
};
use core::{fmt::Debug, mem};
use datafusion::{
    arrow::{
        array::{ArrayRef, BooleanArray},
        buffer::NullBuffer,
    },
    common::{ScalarValue, internal_err},
    error::Result,
    logical_expr::{Accumulator, EmitTo, GroupsAccumulator},
};
use std::borrow::Cow;

/// The sums of groups of rows. Groups are numbered from zero.
pub(crate) trait Sums: Debug + Sized + Send + Sync + 'static {
    /// Returns sums of the same calculation without groups.
    fn emptied(&self) -> Self;
    /// Grows to at least `groups` groups; existing groups are kept.
    fn grow(&mut self, groups: usize) -> Result<()>;
    /// Adds rows to one group. The columns have equal lengths and no nulls.
    fn add(&mut self, group: usize, columns: &[Cow<'_, [u64]>]) -> Result<()>;
    /// Adds each row to its group.
    fn add_grouped(&mut self, groups: &[usize], columns: &[Cow<'_, [u64]>]) -> Result<()>;
    /// Adds each row of an array that [`states`](Self::states) made to its group.
    fn merge(&mut self, groups: &[usize], states: &ArrayRef) -> Result<()>;
    /// Splits off the first `groups` groups and numbers the others from zero.
    fn take_first(&mut self, groups: usize) -> Self;
    /// Returns the result of each group, which is null for a group without rows.
    fn results(&self) -> Result<ArrayRef>;
    /// Returns the sums of each group, to be merged with those of other partitions.
    fn states(&self) -> Result<ArrayRef>;
    /// Returns the size on the heap in bytes.
    fn memory_size(&self) -> usize;
}

/// Sums and the columns that they are of: as an [`Accumulator`] of one group, or as a
/// [`GroupsAccumulator`] of groups that DataFusion numbers.
#[derive(Debug)]
pub(crate) struct Accumulate<S> {
    sums: S,
    columns: Vec<Argument>,
}

/// Returns the numbers of the columns.
fn numbers(
    arguments: &[Argument],
    arrays: &[ArrayRef],
    rows: Option<&NullBuffer>,
) -> Result<Vec<Numbers>> {
    if arguments.len() != arrays.len() {
        return internal_err!("{} columns of {}", arrays.len(), arguments.len());
    }
    let columns = arguments.iter().zip(arrays);
    let numbers = columns.map(|(column, array)| Numbers::of(array, rows, *column));
    Ok(numbers.collect::<Result<_, Error>>()?)
}

fn all_packed<'a>(numbers: &'a [Numbers], rows: Option<&NullBuffer>) -> Vec<Cow<'a, [u64]>> {
    numbers.iter().map(|numbers| numbers.packed(rows)).collect()
}

fn expect_rows(groups: &[usize], arrays: &[ArrayRef]) -> Result<()> {
    match arrays.iter().find(|array| array.len() != groups.len()) {
        Some(array) => internal_err!("{} rows for {} groups", array.len(), groups.len()),
        None => Ok(()),
    }
}

fn single(states: &[ArrayRef]) -> Result<&ArrayRef> {
    match states {
        [states] => Ok(states),
        _ => internal_err!("{} columns of states", states.len()),
    }
}

impl<S: Sums> Accumulate<S> {
    /// Creates an accumulator of one group.
    pub(crate) fn one(mut sums: S, columns: Vec<Argument>) -> Result<Self> {
        sums.grow(1)?;
        Ok(Self { sums, columns })
    }

    /// Creates an accumulator of groups.
    pub(crate) const fn groups(sums: S, columns: Vec<Argument>) -> Self {
        Self { sums, columns }
    }

    fn take(&mut self, emit_to: EmitTo) -> S {
        match emit_to {
            EmitTo::All => {
                let emptied = self.sums.emptied();
                mem::replace(&mut self.sums, emptied)
            }
            EmitTo::First(groups) => self.sums.take_first(groups),
        }
    }

    fn memory_size(&self) -> usize {
        size_of_val(self).saturating_add(self.sums.memory_size())
    }
}

impl<S: Sums> Accumulator for Accumulate<S> {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let rows = rows(values, None);
        let numbers = numbers(&self.columns, values, rows.as_ref())?;
        self.sums.add(0, &all_packed(&numbers, rows.as_ref()))
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        ScalarValue::try_from_array(&self.sums.results()?, 0)
    }

    fn size(&self) -> usize {
        self.memory_size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![ScalarValue::try_from_array(&self.sums.states()?, 0)?])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let states = single(states)?;
        self.sums.merge(&vec![0; states.len()], states)
    }
}

impl<S: Sums> GroupsAccumulator for Accumulate<S> {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        opt_filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        expect_rows(group_indices, values)?;
        let rows = rows(values, opt_filter);
        let numbers = numbers(&self.columns, values, rows.as_ref())?;
        self.sums.grow(total_num_groups)?;
        let groups = packed(group_indices, rows.as_ref());
        self.sums.add_grouped(&groups, &all_packed(&numbers, rows.as_ref()))
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        self.take(emit_to).results()
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.take(emit_to).states()?])
    }

    fn merge_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        total_num_groups: usize,
    ) -> Result<()> {
        expect_rows(group_indices, values)?;
        self.sums.grow(total_num_groups)?;
        self.sums.merge(group_indices, single(values)?)
    }

    /// Takes each row as a group, for groups with too few rows to be worth summing here.
    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        opt_filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let count = values.first().map_or(0, |column| column.len());
        let mut rows = Self::groups(self.sums.emptied(), self.columns.clone());
        let each: Vec<usize> = (0..count).collect();
        GroupsAccumulator::update_batch(&mut rows, values, &each, opt_filter, count)?;
        Ok(vec![rows.sums.states()?])
    }

    fn size(&self) -> usize {
        self.memory_size()
    }
}

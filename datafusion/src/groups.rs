//! [`Groups`]: a value for each group of rows.

use core::{mem, slice};
use datafusion::{common::internal_err, error::Result};

/// A value for each group of rows. Groups are numbered from zero.
#[derive(Debug)]
pub(crate) struct Groups<T>(Vec<T>);

impl<T: Clone + Default> Groups<T> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Grows to at least `groups` groups; existing groups are kept.
    pub(crate) fn grow(&mut self, groups: usize) {
        self.0.resize(groups.max(self.0.len()), T::default());
    }

    /// Returns the value of a group, or an error if there is no such group.
    pub(crate) fn get_mut(&mut self, group: usize) -> Result<&mut T> {
        let groups = self.0.len();
        match self.0.get_mut(group) {
            Some(value) => Ok(value),
            None => internal_err!("group {group} of {groups}"),
        }
    }

    /// Splits off the first `groups` groups and numbers the others from zero.
    pub(crate) fn take_first(&mut self, groups: usize) -> Self {
        let others = self.0.split_off(groups.min(self.0.len()));
        Self(mem::replace(&mut self.0, others))
    }

    pub(crate) fn iter(&self) -> slice::Iter<'_, T> {
        self.0.iter()
    }

    /// Returns the size of the groups on the heap in bytes, without what the values own there.
    pub(crate) const fn memory_size(&self) -> usize {
        self.0.capacity().saturating_mul(size_of::<T>())
    }
}

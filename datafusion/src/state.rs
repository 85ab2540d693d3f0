//! Encodes [`PartialSums`] as the values of an Arrow array, for other threads and machines.

use crate::Error;
use bandwidth_cost::bulk::PartialSums;
use datafusion::{
    arrow::array::{Array, ArrayRef, AsArray, LargeBinaryArray},
    common::internal_err,
    error::Result,
};
use std::sync::Arc;

fn unreadable(function: &'static str) -> impl Fn(postcard::Error) -> Error {
    move |error| Error::State { function, reason: error.to_string() }
}

/// Returns the sums of each row, or `None` for a row without data.
pub(crate) fn decoded(
    array: &ArrayRef,
    function: &'static str,
) -> Result<impl Iterator<Item = Result<Option<PartialSums>, Error>>> {
    let Some(array) = array.as_binary_opt::<i64>() else {
        return internal_err!("{function}: a state of type {}", array.data_type());
    };
    let decoded = move |bytes| postcard::from_bytes(bytes).map_err(unreadable(function));
    Ok(array.iter().map(move |bytes| bytes.map(decoded).transpose()))
}

/// Returns an array of sums, in which those without data are null.
pub(crate) fn array(
    states: impl Iterator<Item = Option<PartialSums>>,
    function: &'static str,
) -> Result<ArrayRef> {
    let encoded = |sums| postcard::to_allocvec(&sums).map_err(unreadable(function));
    let states = states.map(|state| state.map(encoded).transpose());
    Ok(Arc::new(states.collect::<Result<LargeBinaryArray, Error>>()?))
}

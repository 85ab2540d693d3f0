//! Sums between threads and machines: a [`PartialSums`] is a value of an Arrow binary array.

use crate::Error;
use bandwidth_cost::bulk::PartialSums;
use datafusion::{
    arrow::array::{Array, ArrayRef, AsArray, LargeBinaryArray},
    common::internal_err,
    error::{DataFusionError, Result},
};
use std::sync::Arc;

fn encoded(partial: &PartialSums, function: &'static str) -> Result<Vec<u8>, Error> {
    postcard::to_allocvec(partial)
        .map_err(|error| Error::State { function, reason: error.to_string() })
}

/// The states of an array, with the row of each; rows without data have none.
pub(crate) fn decoded(
    array: &ArrayRef,
    function: &'static str,
) -> Result<impl Iterator<Item = Result<(usize, PartialSums), Error>>> {
    let Some(array) = array.as_binary_opt::<i64>() else {
        return internal_err!("{function}: a state of type {}", array.data_type());
    };
    let states = array.iter().enumerate();
    Ok(states.filter_map(move |(row, bytes)| Some((row, bytes?))).map(move |(row, bytes)| {
        let partial = postcard::from_bytes(bytes);
        let partial = partial
            .map_err(|error: postcard::Error| Error::State { function, reason: error.to_string() });
        Ok((row, partial?))
    }))
}

/// States as an array; what has no data is a null.
pub(crate) fn array(
    states: impl Iterator<Item = Option<PartialSums>>,
    function: &'static str,
) -> Result<ArrayRef, DataFusionError> {
    let states = states.map(|state| state.map(|partial| encoded(&partial, function)).transpose());
    Ok(Arc::new(states.collect::<Result<LargeBinaryArray, Error>>()?))
}

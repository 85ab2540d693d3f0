//! Converts Arrow arrays into numbers that `bandwidth-cost` reads, and its costs into arrays.

use crate::{
    Error,
    scale::{DIGITS, Scale},
};
use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, BooleanArray, Decimal128Array},
        buffer::{NullBuffer, ScalarBuffer},
        datatypes::{DataType, Decimal128Type, Int64Type, UInt64Type},
    },
    error::DataFusionError,
};
use std::borrow::Cow;

/// An argument that is a column of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Argument {
    pub(crate) function: &'static str,
    pub(crate) name: &'static str,
}

/// The numbers of an array, which are not copied if they are 64 bits wide.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// Rows that don't count have any value.
    values: ScalarBuffer<u64>,
}

impl Argument {
    /// Returns the type to which the planner casts a column, so that [`Numbers::of`] reads it.
    pub(crate) fn coerced(self, data_type: &DataType) -> Result<DataType, Error> {
        match data_type {
            DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::Null => {
                Ok(DataType::UInt64)
            }
            DataType::Int8 | DataType::Int16 | DataType::Int32 => Ok(DataType::Int64),
            DataType::UInt64 | DataType::Int64 | DataType::Decimal128(_, 0) => {
                Ok(data_type.clone())
            }
            DataType::Decimal32(precision, 0) | DataType::Decimal64(precision, 0) => {
                Ok(DataType::Decimal128(*precision, 0))
            }
            DataType::Dictionary(_, values) => self.coerced(values),
            _ => Err(self.of_type(data_type)),
        }
    }

    fn of_type(self, data_type: &DataType) -> Error {
        Error::Type { function: self.function, argument: self.name, got: data_type.to_string() }
    }

    fn negative(self, got: impl Into<i128>) -> Error {
        Error::Negative { function: self.function, argument: self.name, got: got.into() }
    }
}

impl Numbers {
    /// Reads an array. A number of a row that counts is an error if it is negative or above 64 bits.
    pub(crate) fn of(
        array: &ArrayRef,
        rows: Option<&NullBuffer>,
        argument: Argument,
    ) -> Result<Self, Error> {
        let counts = |row| rows.is_none_or(|rows| rows.is_valid(row));
        if let Some(array) = array.as_primitive_opt::<UInt64Type>() {
            return Ok(Self { values: array.values().clone() });
        }
        if let Some(array) = array.as_primitive_opt::<Int64Type>() {
            // One pass without branches; then only rows that don't count may be negative.
            let values = array.values();
            if values.iter().fold(0, |bits, x| bits | x) < 0
                && let Some((_, x)) =
                    values.iter().enumerate().find(|(row, x)| **x < 0 && counts(*row))
            {
                return Err(argument.negative(*x));
            }
            return Ok(Self { values: ScalarBuffer::new(values.inner().clone(), 0, values.len()) });
        }
        if let Some(array) = array.as_primitive_opt::<Decimal128Type>() {
            let values = array.values().iter().enumerate().map(|(row, x)| {
                if !counts(row) {
                    return Ok(0);
                }
                u64::try_from(*x).map_err(|_| match x {
                    ..0 => argument.negative(*x),
                    _ => Error::TooLarge {
                        function: argument.function,
                        argument: argument.name,
                        got: *x,
                    },
                })
            });
            return Ok(Self { values: values.collect::<Result<Vec<_>, _>>()?.into() });
        }
        // Only a plan that the planner did not make comes here.
        Err(argument.of_type(array.data_type()))
    }

    /// Returns all numbers, with zeros in rows that don't count.
    pub(crate) fn with_zeros(&self, rows: Option<&NullBuffer>) -> Cow<'_, [u64]> {
        let Some(rows) = rows else {
            return Cow::Borrowed(&self.values);
        };
        let values = self.values.iter().zip(rows);
        Cow::Owned(values.map(|(x, counts)| if counts { *x } else { 0 }).collect())
    }

    /// Returns the numbers of the rows that count.
    pub(crate) fn packed(&self, rows: Option<&NullBuffer>) -> Cow<'_, [u64]> {
        packed(&self.values, rows)
    }
}

/// Returns the rows that count, or `None` if all do. Rows with a null in any column don't count, nor
/// do rows that the filter excludes.
pub(crate) fn rows(columns: &[ArrayRef], filter: Option<&BooleanArray>) -> Option<NullBuffer> {
    let passed = filter.map(|filter| {
        let (passed, nulls) = (filter.values(), filter.nulls());
        NullBuffer::new(nulls.map_or_else(|| passed.clone(), |nulls| passed & nulls.inner()))
    });
    let all = columns.iter().map(|column| column.logical_nulls());
    let rows = all.fold(passed, |rows, nulls| NullBuffer::union(rows.as_ref(), nulls.as_ref()));
    rows.filter(|rows| rows.null_count() > 0)
}

/// Returns the values of the rows that count.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "a chunk has at most 64 rows"
)]
pub(crate) fn packed<'a, T: Copy + Default>(
    values: &'a [T],
    rows: Option<&NullBuffer>,
) -> Cow<'a, [T]> {
    let Some(rows) = rows else {
        return Cow::Borrowed(values);
    };
    let mut packed = Vec::with_capacity(values.len());
    for (chunk, counts) in values.chunks(64).zip(rows.inner().bit_chunks().iter_padded()) {
        if counts == u64::MAX {
            packed.extend_from_slice(chunk);
            continue;
        }
        // Writes each value, and the next one over it if it does not count: no branch to predict.
        let (mut kept, mut len, mut counts) = ([T::default(); 64], 0_usize, counts);
        for value in chunk {
            *kept.get_mut(len).expect("fewer rows are kept than there were before this one") =
                *value;
            len += usize::from(counts & 1 == 1);
            counts >>= 1;
        }
        packed.extend_from_slice(kept.get(..len).expect("at most 64 rows are kept"));
    }
    Cow::Owned(packed)
}

/// Returns an array of costs, which are in units of the last decimal place. The amounts of nulls are
/// not looked at.
pub(crate) fn decimals(
    amounts: Vec<i128>,
    nulls: Option<NullBuffer>,
    scale: Scale,
    function: &'static str,
) -> Result<Decimal128Array, DataFusionError> {
    const END: u128 = 10_u128.pow(DIGITS as u32);
    let valid = |row| nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
    let beyond = |(row, amount): &(usize, &i128)| amount.unsigned_abs() >= END && valid(*row);
    if let Some((_, amount)) = amounts.iter().enumerate().find(beyond) {
        let scale = scale.places();
        let cost = format!("a cost of {amount} × 10^-{scale}");
        return Err(Error::Overflow { function, cost, scale }.into());
    }
    Ok(Decimal128Array::new(amounts.into(), nulls).with_data_type(scale.data_type()))
}

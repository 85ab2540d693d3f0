//! [`Column`]: numbers of one unit.

use super::kernel::{self, Level};
use crate::{
    Error,
    bulk::BulkError,
    quantity::{DataRate, DataVolume, Quantity, RateUnit, VolumeUnit},
};
use core::fmt;

/// A borrowed slice of numbers in one unit, one number for each record.
///
/// ```
/// use bandwidth_cost::{DataVolume, bulk::Column};
///
/// let flows = vec![1_500, 64, 900_000_000_000];
/// let column = Column::bytes(&flows);
/// assert_eq!(column.total()?, DataVolume::from_bytes(900_000_001_564));
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// [`Schedule::over`](crate::Schedule::over) prices a column. In a large unit such as the terabyte a
/// single number, or the sum of all, can exceed [`DataVolume::MAX`]. It can still be priced, because a
/// [`Cost`](crate::Cost) has no bounds; only [`total`](Self::total) returns an error then.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Column<'a, Q: Quantity> {
    values: &'a [u64],
    unit: Q::Unit,
}

impl<'a, Q: Quantity> Column<'a, Q> {
    /// Creates a column of numbers in `unit`: a [`VolumeUnit`] for volumes, a [`RateUnit`] for
    /// rates.
    ///
    /// ```
    /// use bandwidth_cost::{DataVolume, VolumeUnit, bulk::Column};
    ///
    /// let column: Column<'_, DataVolume> = Column::new(&[3, 4], VolumeUnit::Kibibit);
    /// assert_eq!(column.total()?.to_string(), "896 B");
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    #[must_use]
    pub const fn new(values: &'a [u64], unit: Q::Unit) -> Self {
        Self { values, unit }
    }

    /// Returns the numbers.
    ///
    /// ```
    /// # use bandwidth_cost::bulk::Column;
    /// assert_eq!(Column::bytes(&[64, 1_500]).values(), [64, 1_500]);
    /// ```
    #[must_use]
    pub const fn values(&self) -> &'a [u64] {
        self.values
    }

    /// Returns the unit of the numbers.
    ///
    /// ```
    /// # use bandwidth_cost::{VolumeUnit, bulk::Column};
    /// assert_eq!(Column::bytes(&[64, 1_500]).unit(), VolumeUnit::Byte);
    /// ```
    #[must_use]
    pub const fn unit(&self) -> Q::Unit {
        self.unit
    }

    /// Returns the number of records.
    ///
    /// ```
    /// # use bandwidth_cost::bulk::Column;
    /// assert_eq!(Column::bytes(&[64, 1_500]).len(), 2);
    /// ```
    #[must_use]
    pub const fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether there are no records.
    ///
    /// ```
    /// # use bandwidth_cost::bulk::Column;
    /// assert!(Column::bytes(&[]).is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the sum of the numbers as a quantity.
    ///
    /// # Errors
    ///
    /// [`BulkError::TotalTooLarge`] for a sum above the largest quantity.
    ///
    /// ```
    /// use bandwidth_cost::{DataRate, bulk::Column};
    ///
    /// assert_eq!(Column::gbps(&[634, 597]).total()?, DataRate::from_gbps(1_231));
    /// assert_eq!(
    ///     Column::gbps(&[u64::MAX, 1]).total().unwrap_err().to_string(),
    ///     "the sum of the 2 numbers, 18446744073709551616 Gbps, exceeds 18446.744073709551615 Pbps: \
    ///      pass fewer numbers per call",
    /// );
    /// # Ok::<(), bandwidth_cost::Error>(())
    /// ```
    pub fn total(&self) -> Result<Q, Error> {
        self.quantity(kernel::add_bounded(Level::new(), self.values, &[], false, &mut []))
    }

    pub(super) fn quantity(&self, sum: u128) -> Result<Q, Error> {
        let units = sum.checked_mul(Q::size_of(self.unit)).filter(|units| *units <= Q::MOST);
        units.map(Q::from_units).ok_or_else(|| {
            Error::from(BulkError::TotalTooLarge {
                records: self.len(),
                total: format!("{sum} {}", self.unit),
                max: Q::from_units(Q::MOST).measured(),
            })
        })
    }
}

/// The number of records and the unit: a log needs no more of millions of numbers.
impl<Q: Quantity> fmt::Debug for Column<'_, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Column({} numbers in {})", self.len(), self.unit)
    }
}

/// One constructor for each unit. The example shows the total of two units.
macro_rules! columns {
    ($quantity:ident, $($name:ident, $unit:expr, $means:literal, $example:literal;)*) => {
        impl<'a> Column<'a, $quantity> {$(
            #[doc = concat!("Creates a column of ", $means, ".")]
            ///
            /// ```
            /// # use bandwidth_cost::bulk::Column;
            #[doc = concat!("let column = Column::", stringify!($name), "(&[1, 1]);")]
            #[doc = concat!("assert_eq!(column.total()?.to_string(), \"", $example, "\");")]
            /// # Ok::<(), bandwidth_cost::Error>(())
            /// ```
            #[must_use]
            pub const fn $name(values: &'a [u64]) -> Self {
                Self::new(values, $unit)
            }
        )*}
    };
}

columns! {
    DataVolume,
    bits, VolumeUnit::Bit, "bits", "0.25 B";
    megabits, VolumeUnit::Megabit, "megabits (10⁶ bits)", "250 kB";
    gigabits, VolumeUnit::Gigabit, "gigabits (10⁹ bits)", "250 MB";
    terabits, VolumeUnit::Terabit, "terabits (10¹² bits)", "250 GB";
    bytes, VolumeUnit::Byte, "bytes", "2 B";
    kilobytes, VolumeUnit::Kilobyte, "kilobytes (10³ bytes)", "2 kB";
    megabytes, VolumeUnit::Megabyte, "megabytes (10⁶ bytes)", "2 MB";
    gigabytes, VolumeUnit::Gigabyte, "gigabytes (10⁹ bytes)", "2 GB";
    terabytes, VolumeUnit::Terabyte, "terabytes (10¹² bytes)", "2 TB";
    petabytes, VolumeUnit::Petabyte, "petabytes (10¹⁵ bytes)", "2 PB";
    kibibytes, VolumeUnit::Kibibyte, "kibibytes (2¹⁰ bytes)", "2 KiB";
    mebibytes, VolumeUnit::Mebibyte, "mebibytes (2²⁰ bytes)", "2 MiB";
    gibibytes, VolumeUnit::Gibibyte, "gibibytes (2³⁰ bytes)", "2 GiB";
    tebibytes, VolumeUnit::Tebibyte, "tebibytes (2⁴⁰ bytes)", "2 TiB";
    pebibytes, VolumeUnit::Pebibyte, "pebibytes (2⁵⁰ bytes)", "2 PiB";
}

columns! {
    DataRate,
    bps, RateUnit::Bps, "bits per second", "2 bps";
    kbps, RateUnit::Kbps, "kilobits per second (10³ bit/s)", "2 kbps";
    mbps, RateUnit::Mbps, "megabits per second (10⁶ bit/s)", "2 Mbps";
    gbps, RateUnit::Gbps, "gigabits per second (10⁹ bit/s)", "2 Gbps";
    tbps, RateUnit::Tbps, "terabits per second (10¹² bit/s)", "2 Tbps";
}

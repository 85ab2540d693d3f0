//! [`BillingCycle`]: the day on which billing months begin.

use crate::{Error, usage::UsageError};
use jiff::civil::Date;

/// A cycle of billing months, which begin on one day of the calendar month.
///
/// ```
/// use bandwidth_cost::usage::BillingCycle;
///
/// assert_eq!(BillingCycle::from_day(1)?, BillingCycle::months());
/// assert_eq!(BillingCycle::from_day(21)?.day(), 21);
/// assert_eq!(
///     BillingCycle::from_day(31).unwrap_err().to_string(),
///     "a billing month can't begin on day 31: pass a day from 1 to 28, which every month has",
/// );
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BillingCycle {
    /// From 1 to 28.
    day: i8,
}

impl BillingCycle {
    /// Returns the cycle of calendar months.
    #[must_use]
    pub const fn months() -> Self {
        Self { day: 1 }
    }

    /// Creates a cycle of months that begin on a day of the calendar month.
    ///
    /// # Errors
    ///
    /// [`UsageError::BillingDay`] for a day that is not from 1 to 28, which every month has.
    pub fn from_day(day: u8) -> Result<Self, Error> {
        match i8::try_from(day) {
            Ok(day @ 1..=28) => Ok(Self { day }),
            _ => Err(UsageError::BillingDay { day }.into()),
        }
    }

    /// Returns the day of the calendar month on which billing months begin, from 1 to 28.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day.unsigned_abs()
    }

    /// Returns the first day of the billing month that has a date.
    #[expect(clippy::expect_used, reason = "the day is from 1 to 28")]
    pub(crate) fn first_day(self, date: Date) -> Date {
        let month = if date.day() >= self.day {
            date.first_of_month()
        } else {
            // Before the first month of all there is none: its days belong to it.
            date.first_of_month().yesterday().map_or(date, Date::first_of_month)
        };
        month.with().day(self.day).build().expect("every month has days up to 28")
    }

    /// Returns the first day of the next billing month, or `None` after the last date.
    pub(crate) fn next(self, first: Date) -> Option<Date> {
        let next = first.last_of_month().tomorrow().ok()?;
        next.with().day(self.day).build().ok()
    }
}

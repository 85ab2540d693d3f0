//! [`Stepper`]: the number of increments to which each number is rounded up.

use super::kernel::{Divisor, StepsOf};
use dashu_int::UBig;

/// Rounding up to an increment: `steps(x) = ⌈(x × unit − less) / by⌉`, or 0 where that is negative.
///
/// `unit` is below `by`, so that a number has at most as many steps as units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Steps {
    pub(super) unit: u128,
    pub(super) less: u128,
    pub(super) by: u128,
}

/// [`Steps`], with the constants that make dividing by them fast.
#[derive(Debug, Clone)]
pub(super) struct Stepper {
    steps: Steps,
    /// `None` unless numbers are whole units and an increment has at most 63 bits.
    divisor: Option<Divisor>,
}

impl Steps {
    #[expect(clippy::expect_used, reason = "`unit` is below `by`")]
    pub(super) fn of(&self, x: u64) -> u64 {
        let Self { unit, less, by } = *self;
        let steps = match unit.checked_mul(x.into()) {
            Some(units) => u64::try_from(units.saturating_sub(less).div_ceil(by)).ok(),
            None => {
                let (units, less) = (UBig::from(unit) * UBig::from(x), UBig::from(less));
                let above = if units > less { units - less } else { UBig::ZERO };
                let (by, one) = (UBig::from(by), UBig::ONE);
                u64::try_from((above + &by - one) / by).ok()
            }
        };
        steps.expect("a number has at most as many steps as units")
    }
}

impl Stepper {
    pub(super) fn new(steps: Steps) -> Self {
        let divisor = || {
            let (less, by) = (u64::try_from(steps.less).ok()?, u64::try_from(steps.by).ok()?);
            (steps.unit == 1 && by <= 1 << 63).then(|| Divisor::new(less, by))
        };
        Self { steps, divisor: divisor() }
    }
}

impl StepsOf for Stepper {
    #[inline(always)]
    fn divisor(&self) -> Option<Divisor> {
        self.divisor
    }

    #[inline(always)]
    fn steps_of(&self, x: u64) -> u64 {
        self.steps.of(x)
    }
}

//! Numbers for tests, from which the other rooms make their values: the features `arbitrary` and
//! `proptest`.

use super::Share;
use arbitrary::{Arbitrary, Result, Unstructured};

/// Shares as contracts have them: whole percents, days of a month, and any two numbers.
impl<'a> Arbitrary<'a> for Share {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let denominator = match u.int_in_range(0..=2)? {
            0 => 100,
            1 => u.int_in_range(28..=31)?,
            _ => u.int_in_range(1..=u64::MAX)?,
        };
        let numerator = u.int_in_range(0..=denominator)?;
        Self::new(numerator, denominator).map_err(refused)
    }
}

/// Returns the error for bytes that make no value, whatever the reason.
pub(crate) fn refused<E>(_: E) -> arbitrary::Error {
    arbitrary::Error::IncorrectFormat
}

/// Returns an integer from zero to `most` where programs err: near the bounds, beside powers of two
/// and of ten, and anywhere.
pub(crate) fn near_bounds(u: &mut Unstructured<'_>, most: u128) -> Result<u128> {
    let beside = u.int_in_range(0..=2)?;
    let number = match u.int_in_range(0..=4)? {
        0 => beside,
        1 => most.saturating_sub(beside),
        2 => beside_power(2, u.int_in_range(0..=127)?, beside),
        3 => beside_power(10, u.int_in_range(0..=38)?, beside),
        _ => u.int_in_range(0..=most)?,
    };
    Ok(number.min(most))
}

/// Returns the number one below a power, the power, or the number one above it.
#[expect(clippy::arithmetic_side_effects, reason = "powers are from 1 to 2^127 or 10^38")]
const fn beside_power(base: u128, exponent: u32, beside: u128) -> u128 {
    base.pow(exponent) - 1 + beside
}

/// Implements proptest's `Arbitrary` for types by their own `Arbitrary`, from at most the given
/// number of bytes. Fewer bytes and lower ones make simpler values, so that a failing case shrinks.
#[cfg(feature = "proptest")]
macro_rules! any_of_bytes {
    ($($kind:ty: $bytes:literal,)*) => {$(
        impl proptest::arbitrary::Arbitrary for $kind {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::strategy::Strategy as _;
                proptest::collection::vec(proptest::arbitrary::any::<u8>(), 0..=$bytes)
                    .prop_filter_map("bytes that make a value", |bytes| {
                        arbitrary::Arbitrary::arbitrary(&mut arbitrary::Unstructured::new(&bytes)).ok()
                    })
                    .boxed()
            }
        }
    )*};
}
#[cfg(feature = "proptest")]
pub(crate) use any_of_bytes;

#[cfg(feature = "proptest")]
any_of_bytes! {
    Share: 32,
}

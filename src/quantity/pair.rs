//! Everything that [`DataVolume`](super::DataVolume) and [`DataRate`](super::DataRate) have in common.
//! One macro writes both, so that neither can do what the other can't.

/// Implements a quantity that is a count of its smallest units.
///
/// `examples` are three quantities, of which the first two add up to the third, and `in_unit` one
/// quantity, a unit, the number of that unit in it, and that as text with grouped thousands. `fits`
/// lists the constructors of units so small that every `u64` of them fits; each comes with its unit,
/// a description, and two of it as text.
macro_rules! quantity {
    (
        $type:ident($count:ident) in $unit:ident,
        name: $name:literal,
        times: $times:ident,
        max: $max:literal,
        examples: [$one:literal, $other:literal, $sum:literal],
        in_unit: [$shown:literal, $shown_unit:ident, $number:literal, $grouped:literal],
        written_in: $written_in:expr,
        smallest: $smallest:ident,
        symbols: $symbols:ty,
        notation: $notation:expr,
        fits { $($fits:ident $fits_unit:ident $fits_in:literal $fits_two:literal;)* }
        may_not_fit { $($from:ident $from_unit:ident $from_in:literal $from_two:literal;)* }
    ) => {
        impl $type {
            #[doc = concat!("The ", $name, " of zero.")]
            pub const ZERO: Self = Self(0);

            #[doc = concat!("The largest ", $name, ", ", $max, ".")]
            pub const MAX: Self = Self($count::MAX);

            $(
                #[doc = concat!("Creates a ", $name, " of `count` ", $fits_in, ".")]
                ///
                /// ```
                #[doc = concat!("# use bandwidth_cost::", stringify!($type), ";")]
                #[doc = concat!("let two = ", stringify!($type), "::", stringify!($fits), "(2);")]
                #[doc = concat!("assert_eq!(two.to_string(), \"", $fits_two, "\");")]
                /// ```
                #[must_use]
                pub const fn $fits(count: u64) -> Self {
                    Self::of(count, $unit::$fits_unit)
                }
            )*

            $(
                #[doc = concat!("Creates a ", $name, " of `count` ", $from_in, ".")]
                ///
                /// # Panics
                ///
                #[doc = concat!(
                    "Panics if the result is above [`MAX`](Self::MAX); `", stringify!($type), "::",
                    stringify!($from), "(1).", stringify!($times), "(count)` returns `None` instead.",
                )]
                ///
                /// ```
                #[doc = concat!("# use bandwidth_cost::", stringify!($type), ";")]
                #[doc = concat!("let two = ", stringify!($type), "::", stringify!($from), "(2);")]
                #[doc = concat!("assert_eq!(two.to_string(), \"", $from_two, "\");")]
                /// ```
                #[must_use]
                #[track_caller]
                pub const fn $from(count: u64) -> Self {
                    Self::of(count, $unit::$from_unit)
                }
            )*

            #[track_caller]
            const fn of(count: u64, unit: $unit) -> Self {
                match (count as $count).checked_mul(unit.size()) {
                    Some(count) => Self(count),
                    None => Self::too_large(),
                }
            }

            /// Panics because a result is above [`MAX`](Self::MAX).
            #[track_caller]
            pub(super) const fn too_large() -> ! {
                panic!(concat!($name, " above ", stringify!($type), "::MAX"))
            }

            /// Panics because a difference is negative.
            #[track_caller]
            const fn too_small() -> ! {
                panic!(concat!($name, " below zero"))
            }

            #[doc = concat!("Returns whether the ", $name, " is zero.")]
            ///
            /// ```
            #[doc = concat!("# use bandwidth_cost::", stringify!($type), ";")]
            #[doc = concat!("let idle: ", stringify!($type), " = \"", $one, "\".parse()?;")]
            /// assert!(!idle.is_zero());
            /// assert!((idle - idle).is_zero());
            /// # Ok::<(), bandwidth_cost::Error>(())
            /// ```
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }

            /// Returns the sum, or `None` on overflow.
            ///
            /// ```
            #[doc = concat!("# use bandwidth_cost::", stringify!($type), ";")]
            #[doc = concat!("let one: ", stringify!($type), " = \"", $one, "\".parse()?;")]
            #[doc = concat!("assert_eq!(one.checked_add(\"", $other, "\".parse()?), Some(\"", $sum, "\".parse()?));")]
            #[doc = concat!("assert_eq!(one.checked_add(", stringify!($type), "::MAX), None);")]
            /// # Ok::<(), bandwidth_cost::Error>(())
            /// ```
            #[must_use]
            pub const fn checked_add(self, other: Self) -> Option<Self> {
                match self.0.checked_add(other.0) {
                    Some(count) => Some(Self(count)),
                    None => None,
                }
            }

            /// Returns the difference, or `None` if `other` is larger.
            ///
            /// ```
            #[doc = concat!("# use bandwidth_cost::", stringify!($type), ";")]
            #[doc = concat!("let sum: ", stringify!($type), " = \"", $sum, "\".parse()?;")]
            #[doc = concat!("assert_eq!(sum.checked_sub(\"", $other, "\".parse()?), Some(\"", $one, "\".parse()?));")]
            #[doc = concat!("assert_eq!(sum.checked_sub(", stringify!($type), "::MAX), None);")]
            /// # Ok::<(), bandwidth_cost::Error>(())
            /// ```
            #[must_use]
            pub const fn checked_sub(self, other: Self) -> Option<Self> {
                match self.0.checked_sub(other.0) {
                    Some(count) => Some(Self(count)),
                    None => None,
                }
            }

            /// Multiplies by `times`, or returns `None` on overflow.
            ///
            /// ```
            #[doc = concat!("# use bandwidth_cost::", stringify!($type), ";")]
            #[doc = concat!("let one: ", stringify!($type), " = \"", $one, "\".parse()?;")]
            #[doc = concat!("assert_eq!(one.", stringify!($times), "(30), Some(one * 30));")]
            #[doc = concat!("assert_eq!(", stringify!($type), "::MAX.", stringify!($times), "(2), None);")]
            /// # Ok::<(), bandwidth_cost::Error>(())
            /// ```
            #[must_use]
            pub const fn $times(self, times: u64) -> Option<Self> {
                match self.0.checked_mul(times as $count) {
                    Some(count) => Some(Self(count)),
                    None => None,
                }
            }

            /// Returns the difference, or zero if `other` is larger: an excess over an allowance or
            /// a baseline.
            ///
            /// ```
            #[doc = concat!("# use bandwidth_cost::", stringify!($type), ";")]
            #[doc = concat!("let (free, used): (", stringify!($type), ", ", stringify!($type), ") = (\"", $one, "\".parse()?, \"", $sum, "\".parse()?);")]
            #[doc = concat!("assert_eq!(used.saturating_sub(free).to_string(), \"", $other, "\");")]
            #[doc = concat!("assert_eq!(free.saturating_sub(used), ", stringify!($type), "::ZERO);")]
            /// # Ok::<(), bandwidth_cost::Error>(())
            /// ```
            #[must_use]
            pub const fn saturating_sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }

            # [doc = concat!("Returns the ", $name, " as an exact number of `unit`s.")]
            ///
            /// ```
            #[doc = concat!("# use bandwidth_cost::{", stringify!($type), ", ", stringify!($unit), "};")]
            #[doc = concat!("let border: ", stringify!($type), " = \"", $shown, "\".parse()?;")]
            #[doc = concat!("assert_eq!(border.in_unit(", stringify!($unit), "::", stringify!($shown_unit), ").to_string(), \"", $number, "\");")]
            /// # Ok::<(), bandwidth_cost::Error>(())
            /// ```
            #[must_use]
            pub fn in_unit(self, unit: $unit) -> Ratio {
                Ratio::fraction(false, self.units(), Self::size_of(unit))
            }

            #[doc = concat!("Returns the ", $name, " as text in `unit`.")]
            ///
            /// The text is exact and reads back to the same value, unless the format has a
            /// precision, as `{:.2}`.
            ///
            /// ```
            #[doc = concat!("# use bandwidth_cost::{", stringify!($type), ", ", stringify!($unit), "};")]
            #[doc = concat!("let border: ", stringify!($type), " = \"", $shown, "\".parse()?;")]
            #[doc = concat!("let text = format!(\"{:#}\", border.display_in(", stringify!($unit), "::", stringify!($shown_unit), "));")]
            #[doc = concat!("assert_eq!(text, \"", $grouped, "\");")]
            /// # Ok::<(), bandwidth_cost::Error>(())
            /// ```
            #[must_use]
            pub fn display_in(self, unit: $unit) -> impl fmt::Display + Copy {
                InUnit { count: self.units(), size: Self::size_of(unit), symbol: unit.symbol() }
            }

            /// Reads a number and a unit where the scanner stands, and returns the unit too.
            #[inline]
            pub(crate) const fn scan<'a>(
                scanner: &mut Scanner<'a>,
                alone: UnitAlone,
            ) -> Result<(Self, $symbols), Fault<'a>> {
                const NOTATION: Notation = $notation;
                let start = scanner.at();
                let number = attempt!(NOTATION.number(scanner, alone));
                let at = scanner.at();
                let symbol = attempt!(NOTATION.unit(scanner));
                let Some(unit) = <$symbols>::from_symbol(symbol) else {
                    return Err(<$symbols>::refuse(symbol, at, scanner));
                };
                let count = attempt!(NOTATION.count(&number, unit.size(), start, scanner));
                Ok((Self::from_count(count), unit))
            }

            /// Reads the whole text.
            #[inline]
            pub(crate) const fn read(text: &str) -> Result<Self, Fault<'_>> {
                let mut scanner = Scanner::new(text);
                let (quantity, _) = attempt!(Self::scan(&mut scanner, UnitAlone::Refused));
                attempt!(scanner.finish("one number and one unit"));
                Ok(quantity)
            }
        }

        impl FromStr for $type {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Ok(Self::read(text)?)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let fits = |unit: &$unit| self.0 >= unit.size();
                let decimal = || $written_in.into_iter().find(fits).unwrap_or($unit::$smallest);
                let binary = if f.precision().is_none() { self.binary_unit() } else { None };
                let unit = binary.unwrap_or_else(decimal);
                fmt::Display::fmt(&self.display_in(unit), f)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        /// # Panics
        ///
        #[doc = concat!("Panics if the sum is above [`", stringify!($type), "::MAX`].")]
        impl Add for $type {
            type Output = Self;

            #[track_caller]
            fn add(self, other: Self) -> Self {
                match self.checked_add(other) {
                    Some(sum) => sum,
                    None => Self::too_large(),
                }
            }
        }

        /// # Panics
        ///
        #[doc = concat!("Panics if the sum is above [`", stringify!($type), "::MAX`].")]
        impl AddAssign for $type {
            #[track_caller]
            fn add_assign(&mut self, other: Self) {
                *self = self.add(other);
            }
        }

        /// # Panics
        ///
        #[doc = concat!("Panics if `other` is larger. For an excess, use [`", stringify!($type), "::saturating_sub`].")]
        impl Sub for $type {
            type Output = Self;

            #[track_caller]
            fn sub(self, other: Self) -> Self {
                match self.checked_sub(other) {
                    Some(difference) => difference,
                    None => Self::too_small(),
                }
            }
        }

        /// # Panics
        ///
        /// Panics if `other` is larger.
        impl SubAssign for $type {
            #[track_caller]
            fn sub_assign(&mut self, other: Self) {
                *self = self.sub(other);
            }
        }

        /// # Panics
        ///
        #[doc = concat!("Panics if the product is above [`", stringify!($type), "::MAX`]; [`", stringify!($type), "::", stringify!($times), "`] returns `None` instead.")]
        impl Mul<u64> for $type {
            type Output = Self;

            #[track_caller]
            fn mul(self, times: u64) -> Self {
                match self.$times(times) {
                    Some(product) => product,
                    None => Self::too_large(),
                }
            }
        }

        /// # Panics
        ///
        #[doc = concat!("Panics if the sum is above [`", stringify!($type), "::MAX`].")]
        impl Sum for $type {
            fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
                quantities.fold(Self::ZERO, Self::add)
            }
        }

        /// # Panics
        ///
        #[doc = concat!("Panics if the sum is above [`", stringify!($type), "::MAX`].")]
        impl<'a> Sum<&'a Self> for $type {
            fn sum<I: Iterator<Item = &'a Self>>(quantities: I) -> Self {
                quantities.copied().sum()
            }
        }
    };
}

pub(super) use quantity;

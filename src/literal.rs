//! Macros for quantities, shares, money and prices that the compiler reads.

/// Creates a [`DataVolume`](crate::DataVolume) from a literal, which the compiler reads.
///
/// The text is the one that [`str::parse`] reads; another does not compile.
///
/// ```
/// use bandwidth_cost::{DataVolume, volume};
///
/// const ALLOWANCE: DataVolume = volume!("1.5 TB");
/// assert_eq!(ALLOWANCE, DataVolume::from_gigabytes(1_500));
/// assert_eq!(volume!("10 TiB") - ALLOWANCE, "9495.11627776 GB".parse()?);
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// The compiler says what to write, in the words of [`Error`](crate::Error):
/// `evaluation panicked: expected MB (megabytes), Mb (megabits) or MiB (mebibytes)`.
///
/// ```compile_fail,E0080
/// let ambiguous = bandwidth_cost::volume!("250 mb");
/// ```
#[macro_export]
macro_rules! volume {
    ($text:literal $(,)?) => {
        const { $crate::__literal::volume($text) }
    };
}

/// Creates a [`DataRate`](crate::DataRate) from a literal, which the compiler reads.
///
/// The text is the one that [`str::parse`] reads; another does not compile.
///
/// ```
/// use bandwidth_cost::{DataRate, rate};
///
/// const PORT: DataRate = rate!("10 Gbps");
/// assert_eq!(PORT, DataRate::from_gbps(10));
/// assert!(rate!("800 Mbit/s") < PORT);
/// ```
///
/// The compiler says what to write, in the words of [`Error`](crate::Error):
/// `evaluation panicked: expected Mbps (bits) or MB/s (bytes)`.
///
/// ```compile_fail,E0080
/// let ambiguous = bandwidth_cost::rate!("40 MBPS");
/// ```
#[macro_export]
macro_rules! rate {
    ($text:literal $(,)?) => {
        const { $crate::__literal::rate($text) }
    };
}

/// Creates a [`Share`](crate::Share) from a literal, which the compiler reads.
///
/// The text is the one that [`str::parse`] reads; another does not compile.
///
/// ```
/// use bandwidth_cost::{Share, rate, share};
///
/// const LOCAL: Share = share!("70%");
/// assert_eq!(rate!("1 Tbps").portion(LOCAL), rate!("700 Gbps"));
/// assert_eq!(share!("15/31").complement(), share!("16/31"));
/// ```
///
/// The compiler says what to write, in the words of [`Error`](crate::Error):
/// `evaluation panicked: expected a share such as 70% or 15/31`.
///
/// ```compile_fail,E0080
/// let bare = bandwidth_cost::share!("0.7");
/// ```
#[macro_export]
macro_rules! share {
    ($text:literal $(,)?) => {
        const { $crate::__literal::share($text) }
    };
}

/// Creates [`Money`](crate::Money) from a literal, which the compiler reads.
///
/// The text is the one that [`str::parse`] reads; another does not compile.
///
/// ```
/// use bandwidth_cost::{Currency, Money, money};
///
/// const FEE: Money = money!("250.00 USD");
/// assert_eq!(FEE, Money::from_major(250, Currency::USD));
/// assert_eq!(FEE.checked_add(money!("0.80 USD"))?.to_string(), "250.80 USD");
/// # Ok::<(), bandwidth_cost::Error>(())
/// ```
///
/// The compiler says what to write, in the words of [`Error`](crate::Error):
/// `evaluation panicked: expected USD, in capitals`.
///
/// ```compile_fail,E0080
/// let small = bandwidth_cost::money!("250 usd");
/// ```
#[macro_export]
macro_rules! money {
    ($text:literal $(,)?) => {
        const { $crate::__literal::money($text) }
    };
}

/// Creates a [`VolumePrice`](crate::VolumePrice) from a literal, which the compiler reads.
///
/// The text is the one that [`str::parse`] reads; another does not compile.
///
/// ```
/// use bandwidth_cost::{VolumePrice, pta, volume, volume_price};
///
/// const EGRESS: VolumePrice = volume_price!("0.09 USD/GB");
/// assert_eq!(EGRESS.cost(volume!("1.5 TB")).to_string(), "135 USD");
/// assert_eq!(volume_price!("10000 USD per min per Tbps"), pta::DISRUPTION_COST);
/// ```
///
/// The compiler says what to write, in the words of [`Error`](crate::Error):
/// `evaluation panicked: write a quantity above zero, such as 1 MB`.
///
/// ```compile_fail,E0080
/// let per_nothing = bandwidth_cost::volume_price!("1 USD per 0 MB");
/// ```
#[macro_export]
macro_rules! volume_price {
    ($text:literal $(,)?) => {
        const { $crate::__literal::volume_price($text) }
    };
}

/// Creates a [`RatePrice`](crate::RatePrice) from a literal, which the compiler reads.
///
/// The text is the one that [`str::parse`] reads; another does not compile.
///
/// ```
/// use bandwidth_cost::{RatePrice, rate, rate_price};
///
/// const TRANSIT: RatePrice = rate_price!("0.80 USD per Mbps per month");
/// assert_eq!(TRANSIT.cost(rate!("2 Gbps")).to_string(), "1600 USD");
/// ```
///
/// The compiler says what to write, in the words of [`Error`](crate::Error):
/// `evaluation panicked: write an amount of zero or more`.
///
/// ```compile_fail,E0080
/// let negative = bandwidth_cost::rate_price!("-1 USD per 1 Mbps");
/// ```
#[macro_export]
macro_rules! rate_price {
    ($text:literal $(,)?) => {
        const { $crate::__literal::rate_price($text) }
    };
}

/// The functions behind the macros.
#[doc(hidden)]
pub mod __literal {
    use crate::{DataRate, DataVolume, Money, RatePrice, Share, VolumePrice};

    macro_rules! functions {
        ($($name:ident $type:ty;)*) => {$(
            /// Reads a text, or panics with what can stand there.
            ///
            /// # Panics
            ///
            /// Panics if [`str::parse`] refuses the text.
            #[must_use]
            #[track_caller]
            pub const fn $name(text: &str) -> $type {
                match <$type>::read(text) {
                    Ok(value) => value,
                    Err(fault) => panic!("{}", fault.sentence().as_str()),
                }
            }
        )*};
    }

    functions! {
        volume DataVolume;
        rate DataRate;
        share Share;
        money Money;
        volume_price VolumePrice;
        rate_price RatePrice;
    }
}

#[cfg(test)]
mod tests {
    use crate::{DataRate, DataVolume, Money, RatePrice, Share, VolumePrice};
    use proptest::{collection::vec, prelude::*, sample::select};

    /// What texts are made of, right and wrong.
    const SCRAPS: [&str; 68] = [
        "0",
        "1",
        "10",
        "70",
        "99.9",
        "0.80",
        "0.125",
        "18446744073709551616",
        "15/31",
        "1/0",
        "0.0000000001",
        " ",
        "\t",
        "\u{a0}",
        ".",
        ",",
        "-",
        "+",
        "e5",
        "/",
        "%",
        "$",
        "Rs.",
        "€",
        "½",
        "٣",
        "é",
        "USD",
        "usd",
        "XAU",
        "b",
        "Kb",
        "kB",
        "mb",
        "MB",
        "Mbit",
        "MiB",
        "mib",
        "GB",
        "TB",
        "EB",
        "Eb",
        "K",
        "M",
        "bps",
        "Mbps",
        "gbps",
        "MBPS",
        "MB/s",
        "mb/s",
        "Tbps",
        "Mbits/s",
        " per ",
        " for ",
        "per",
        " per month",
        "/month",
        "min",
        "h",
        "days",
        "1 USD per 1 MB",
        "10000 USD per min per Tbps",
        "1 USD per 1 Tbps for 1 min",
        "0.80 USD/Mbps/month",
        "1.5 TB",
        "815 Gbps",
        "250.00 USD",
        "12.5%",
    ];

    macro_rules! same {
        ($text:expr => $($type:ty),*) => {$(
            match (<$type>::read($text), $text.parse::<$type>()) {
                (Ok(read), parsed) => prop_assert_eq!(Ok(read), parsed),
                (Err(fault), Ok(parsed)) => prop_assert!(false, "{fault:?} for {parsed}"),
                (Err(fault), Err(error)) => {
                    let (error, sentence) = (error.to_string(), fault.sentence());
                    let behind = error.strip_suffix(sentence.as_str());
                    prop_assert!(behind.is_some_and(|found| found.ends_with(": ")), "{error}");
                }
            }
        )*};
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_literal_is_what_the_text_is_when_running(scraps in vec(select(SCRAPS.to_vec()), 1..6)) {
            let text = scraps.concat();
            same!(&text => DataVolume, DataRate, Share, Money, VolumePrice, RatePrice);
        }
    }
}

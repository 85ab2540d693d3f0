//! [`VolumeUnit`] and [`RateUnit`]: how they are written, and how a unit that could mean two things is
//! refused.

use crate::{
    Error,
    text::{TextError, clip},
};
use core::{fmt, str::FromStr};

/// Billionths of a bit in a bit.
pub(crate) const BIT: u128 = 1_000_000_000;
/// Billionths of a bit in a byte.
pub(crate) const BYTE: u128 = 8 * BIT;

const SI_VOLUME: &str = "a unit such as MB, GiB or Mbit";
const SI_RATE: &str = "a unit such as Mbps, Mbit/s or MB/s";

/// A unit of data volume.
///
/// ```
/// use bandwidth_cost::{DataVolume, VolumeUnit};
///
/// let disc = DataVolume::from_mebibytes(700);
/// assert_eq!(disc.in_unit(VolumeUnit::Megabyte).to_string(), "734.0032");
/// assert_eq!(disc.display_in(VolumeUnit::Mebibyte).to_string(), "700 MiB");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VolumeUnit {
    /// `b`: one bit.
    Bit,
    /// `kb`: 10³ bits.
    Kilobit,
    /// `Mb`: 10⁶ bits.
    Megabit,
    /// `Gb`: 10⁹ bits.
    Gigabit,
    /// `Tb`: 10¹² bits.
    Terabit,
    /// `Pb`: 10¹⁵ bits.
    Petabit,
    /// `Kib`: 2¹⁰ bits.
    Kibibit,
    /// `Mib`: 2²⁰ bits.
    Mebibit,
    /// `Gib`: 2³⁰ bits.
    Gibibit,
    /// `Tib`: 2⁴⁰ bits.
    Tebibit,
    /// `Pib`: 2⁵⁰ bits.
    Pebibit,
    /// `B`: 8 bits.
    Byte,
    /// `kB`: 10³ bytes.
    Kilobyte,
    /// `MB`: 10⁶ bytes.
    Megabyte,
    /// `GB`: 10⁹ bytes.
    Gigabyte,
    /// `TB`: 10¹² bytes.
    Terabyte,
    /// `PB`: 10¹⁵ bytes.
    Petabyte,
    /// `EB`: 10¹⁸ bytes.
    Exabyte,
    /// `KiB`: 2¹⁰ bytes.
    Kibibyte,
    /// `MiB`: 2²⁰ bytes.
    Mebibyte,
    /// `GiB`: 2³⁰ bytes.
    Gibibyte,
    /// `TiB`: 2⁴⁰ bytes.
    Tebibyte,
    /// `PiB`: 2⁵⁰ bytes.
    Pebibyte,
    /// `EiB`: 2⁶⁰ bytes.
    Exbibyte,
}

use VolumeUnit as V;

impl VolumeUnit {
    /// Returns the symbol, in which `b` is a bit and `B` a byte.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::VolumeUnit::Mebibyte.symbol(), "MiB");
    /// ```
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        self.symbol_and_size().0
    }

    /// Returns the billionths of a bit in one unit.
    pub(crate) const fn size(self) -> u128 {
        self.symbol_and_size().1
    }

    #[rustfmt::skip]
    const fn symbol_and_size(self) -> (&'static str, u128) {
        match self {
            V::Bit     => ("b",  BIT),
            V::Kilobit => ("kb", BIT * 1_000),
            V::Megabit => ("Mb", BIT * 1_000_000),
            V::Gigabit => ("Gb", BIT * 1_000_000_000),
            V::Terabit => ("Tb", BIT * 1_000_000_000_000),
            V::Petabit => ("Pb", BIT * 1_000_000_000_000_000),
            V::Kibibit => ("Kib", BIT << 10),
            V::Mebibit => ("Mib", BIT << 20),
            V::Gibibit => ("Gib", BIT << 30),
            V::Tebibit => ("Tib", BIT << 40),
            V::Pebibit => ("Pib", BIT << 50),
            V::Byte     => ("B",  BYTE),
            V::Kilobyte => ("kB", BYTE * 1_000),
            V::Megabyte => ("MB", BYTE * 1_000_000),
            V::Gigabyte => ("GB", BYTE * 1_000_000_000),
            V::Terabyte => ("TB", BYTE * 1_000_000_000_000),
            V::Petabyte => ("PB", BYTE * 1_000_000_000_000_000),
            V::Exabyte  => ("EB", BYTE * 1_000_000_000_000_000_000),
            V::Kibibyte => ("KiB", BYTE << 10),
            V::Mebibyte => ("MiB", BYTE << 20),
            V::Gibibyte => ("GiB", BYTE << 30),
            V::Tebibyte => ("TiB", BYTE << 40),
            V::Pebibyte => ("PiB", BYTE << 50),
            V::Exbibyte => ("EiB", BYTE << 60),
        }
    }

    #[inline]
    #[rustfmt::skip]
    fn from_symbol(symbol: &str) -> Option<Self> {
        Some(match symbol {
            "b"  | "bit"  => V::Bit,
            "kb" | "kbit" => V::Kilobit,
            "Mb" | "Mbit" => V::Megabit,
            "Gb" | "Gbit" => V::Gigabit,
            "Tb" | "Tbit" => V::Terabit,
            "Pb" | "Pbit" => V::Petabit,
            "Kib" => V::Kibibit,
            "Mib" => V::Mebibit,
            "Gib" => V::Gibibit,
            "Tib" => V::Tebibit,
            "Pib" => V::Pebibit,
            "B"  => V::Byte,
            "kB" => V::Kilobyte,
            "MB" => V::Megabyte,
            "GB" => V::Gigabyte,
            "TB" => V::Terabyte,
            "PB" => V::Petabyte,
            "EB" => V::Exabyte,
            "KiB" => V::Kibibyte,
            "MiB" => V::Mebibyte,
            "GiB" => V::Gibibyte,
            "TiB" => V::Tebibyte,
            "PiB" => V::Pebibyte,
            "EiB" => V::Exbibyte,
            _ => return None,
        })
    }

    /// The IEC byte units, the largest first.
    pub(crate) const IEC_BYTES: [Self; 6] =
        [V::Exbibyte, V::Pebibyte, V::Tebibyte, V::Gibibyte, V::Mebibyte, V::Kibibyte];

    /// The SI byte units, the largest first.
    pub(crate) const SI_BYTES: [Self; 7] =
        [V::Exabyte, V::Petabyte, V::Terabyte, V::Gigabyte, V::Megabyte, V::Kilobyte, V::Byte];
}

/// A unit of data rate.
///
/// ```
/// use bandwidth_cost::{DataRate, RateUnit};
///
/// let peak = DataRate::from_gbps(1_630);
/// assert_eq!(peak.to_string(), "1.63 Tbps");
/// assert_eq!(peak.display_in(RateUnit::Gbps).to_string(), "1630 Gbps");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RateUnit {
    /// `bps`: one bit per second.
    Bps,
    /// `kbps`: 10³ bit/s.
    Kbps,
    /// `Mbps`: 10⁶ bit/s.
    Mbps,
    /// `Gbps`: 10⁹ bit/s.
    Gbps,
    /// `Tbps`: 10¹² bit/s.
    Tbps,
    /// `Pbps`: 10¹⁵ bit/s.
    Pbps,
}

impl RateUnit {
    /// Returns the symbol.
    ///
    /// ```
    /// assert_eq!(bandwidth_cost::RateUnit::Kbps.symbol(), "kbps");
    /// ```
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        self.symbol_and_size().0
    }

    /// Returns the bits per second in one unit.
    pub(crate) const fn size(self) -> u64 {
        self.symbol_and_size().1
    }

    const fn symbol_and_size(self) -> (&'static str, u64) {
        match self {
            Self::Bps => ("bps", 1),
            Self::Kbps => ("kbps", 1_000),
            Self::Mbps => ("Mbps", 1_000_000),
            Self::Gbps => ("Gbps", 1_000_000_000),
            Self::Tbps => ("Tbps", 1_000_000_000_000),
            Self::Pbps => ("Pbps", 1_000_000_000_000_000),
        }
    }

    #[inline]
    #[rustfmt::skip]
    fn from_symbol(symbol: &str) -> Option<Self> {
        Some(match symbol {
            "bps"           | "b/s"  | "bit/s"  => Self::Bps,
            "kbps"          | "kb/s" | "kbit/s" => Self::Kbps,
            "Mbps" | "mbps" | "Mb/s" | "Mbit/s" => Self::Mbps,
            "Gbps" | "gbps" | "Gb/s" | "Gbit/s" => Self::Gbps,
            "Tbps" | "tbps" | "Tb/s" | "Tbit/s" => Self::Tbps,
            "Pbps" | "pbps" | "Pb/s" | "Pbit/s" => Self::Pbps,
            _ => return None,
        })
    }

    /// All units, the largest first.
    pub(crate) const ALL: [Self; 6] =
        [Self::Pbps, Self::Tbps, Self::Gbps, Self::Mbps, Self::Kbps, Self::Bps];
}

impl FromStr for VolumeUnit {
    type Err = Error;

    fn from_str(symbol: &str) -> Result<Self, Error> {
        Self::from_symbol(symbol).ok_or_else(|| match symbol {
            "" => Error::from(TextError::Missing { what: "unit", at: 0, expected: SI_VOLUME }),
            _ => refuse_volume(symbol, 0),
        })
    }
}

impl fmt::Display for VolumeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

impl FromStr for RateUnit {
    type Err = Error;

    fn from_str(symbol: &str) -> Result<Self, Error> {
        Self::from_symbol(symbol).ok_or_else(|| match rate_size(symbol) {
            Some(_) => unknown(symbol, 0, "bps, kbps, Mbps, Gbps, Tbps or Pbps"),
            None if symbol.is_empty() => {
                Error::from(TextError::Missing { what: "unit", at: 0, expected: SI_RATE })
            }
            None => refuse_rate(symbol, 0),
        })
    }
}

impl fmt::Display for RateUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

/// Returns the billionths of a bit in the unit of volume with this symbol.
#[inline]
pub(crate) fn volume_size(unit: &str) -> Option<u128> {
    VolumeUnit::from_symbol(unit).map(VolumeUnit::size)
}

/// Returns the bits per second in the unit of rate with this symbol: one of the `bps` family, or a
/// unit of volume and `/s`.
#[inline]
pub(crate) fn rate_size(unit: &str) -> Option<u128> {
    if let Some(unit) = RateUnit::from_symbol(unit) {
        return Some(u128::from(unit.size()));
    }
    volume_size(unit.strip_suffix("/s")?).map(|size| size / BIT)
}

fn unknown(unit: &str, at: usize, expected: &str) -> Error {
    let (text, expected) = (clip(unit), expected.to_owned());
    TextError::Unknown { what: "unit", text, at, expected }.into()
}

fn ambiguous(unit: &str, at: usize, expected: &str) -> Error {
    TextError::AmbiguousUnit { unit: clip(unit), at, expected: expected.to_owned() }.into()
}

/// Returns the error for a symbol that is not a unit of volume, with the symbols that it could mean.
pub(crate) fn refuse_volume(unit: &str, at: usize) -> Error {
    const NOT_A_RATE: &str = "a volume such as MB or Mb: a rate carries one only over a time";
    let unknown = |expected: &str| unknown(unit, at, expected);
    let ambiguous = |expected: &str| ambiguous(unit, at, expected);
    if rate_size(unit).is_some() {
        return unknown(NOT_A_RATE);
    }
    let lower = unit.to_ascii_lowercase();
    let Some((letter, binary, decimal)) = prefix(&lower) else {
        return unknown(SI_VOLUME);
    };
    match lower.get(1..) {
        Some("b") if unit == "Kb" => ambiguous("kb (1000 bits) or Kib (1024 bits)"),
        Some("" | "b") if letter == 'k' => ambiguous("kB (1000 bytes) or KiB (1024 bytes)"),
        Some("" | "b") if letter == 'E' => ambiguous("EB (exabytes) or EiB (exbibytes)"),
        Some("" | "b") => ambiguous(&format!(
            "{letter}B ({decimal}bytes), {letter}b ({decimal}bits) or {letter}iB ({binary}bytes)"
        )),
        Some("ib") => {
            let letter = letter.to_ascii_uppercase();
            ambiguous(&format!("{letter}iB ({binary}bytes) or {letter}ib ({binary}bits)"))
        }
        Some("bit" | "bits") if letter != 'E' => unknown(&format!("{letter}bit or {letter}b")),
        Some("bs" | "bps" | "ps") => unknown(NOT_A_RATE),
        _ => unknown(SI_VOLUME),
    }
}

/// Returns the error for a symbol that is not a unit of rate, with the symbols that it could mean.
pub(crate) fn refuse_rate(unit: &str, at: usize) -> Error {
    let lower = unit.to_ascii_lowercase();
    // Without a prefix, `rest` is the whole symbol. There is no rate in exabits.
    let (letter, rest) = match (prefix(&lower), lower.split_at_checked(1)) {
        (Some(('E', ..)), _) => (String::new(), ""),
        (Some((letter, ..)), Some((_, rest))) => (letter.to_string(), rest),
        _ => (String::new(), lower.as_str()),
    };
    let either = format!("{letter}bps (bits) or {letter}B/s (bytes)");
    let is_prefixed = !letter.is_empty();
    match rest {
        _ if volume_size(unit).is_some() && (is_prefixed || rest == "b") => {
            unknown(unit, at, &either)
        }
        "b" | "bs" | "bps" | "b/s" => ambiguous(unit, at, &either),
        "" | "ps" if is_prefixed => ambiguous(unit, at, &either),
        "bit/s" | "bits/s" => unknown(unit, at, &format!("{letter}bit/s or {letter}bps")),
        _ => unknown(unit, at, SI_RATE),
    }
}

/// Returns the prefix with which a symbol in lower case begins: its letter, and its binary and decimal
/// name.
fn prefix(lower: &str) -> Option<(char, &'static str, &'static str)> {
    Some(match lower.chars().next()? {
        'k' => ('k', "kibi", "kilo"),
        'm' => ('M', "mebi", "mega"),
        'g' => ('G', "gibi", "giga"),
        't' => ('T', "tebi", "tera"),
        'p' => ('P', "pebi", "peta"),
        'e' => ('E', "exbi", "exa"),
        _ => return None,
    })
}

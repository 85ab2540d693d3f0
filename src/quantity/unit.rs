//! [`VolumeUnit`] and [`RateUnit`]: how they are written, and how a unit that could mean two things is
//! refused.

use crate::{
    Error,
    text::{Fault, FaultKind, Scanner},
};
use core::{fmt, str::FromStr};

/// Billionths of a bit in a bit.
pub(crate) const BIT: u128 = 1_000_000_000;
/// Billionths of a bit in a byte.
pub(crate) const BYTE: u128 = 8 * BIT;

/// The expected text where a unit is left out.
pub(super) const SI_VOLUME: &str = "a unit such as MB, GiB or Mbit";
pub(super) const SI_RATE: &str = "a unit such as Mbps, Mbit/s or MB/s";

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

    /// Returns the unit with this symbol. It compares the rest before the prefix, because comparing whole
    /// symbols makes reading a volume twice as slow.
    #[inline]
    pub(crate) const fn from_symbol(symbol: &[u8]) -> Option<Self> {
        Some(match symbol {
            b"b" | b"bit" => V::Bit,
            b"B" => V::Byte,
            [prefix, b'B'] => match prefix {
                b'k' => V::Kilobyte,
                b'M' => V::Megabyte,
                b'G' => V::Gigabyte,
                b'T' => V::Terabyte,
                b'P' => V::Petabyte,
                b'E' => V::Exabyte,
                _ => return None,
            },
            [prefix, b'b'] | [prefix, b'b', b'i', b't'] => match prefix {
                b'k' => V::Kilobit,
                b'M' => V::Megabit,
                b'G' => V::Gigabit,
                b'T' => V::Terabit,
                b'P' => V::Petabit,
                _ => return None,
            },
            [prefix, b'i', b'B'] => match prefix {
                b'K' => V::Kibibyte,
                b'M' => V::Mebibyte,
                b'G' => V::Gibibyte,
                b'T' => V::Tebibyte,
                b'P' => V::Pebibyte,
                b'E' => V::Exbibyte,
                _ => return None,
            },
            [prefix, b'i', b'b'] => match prefix {
                b'K' => V::Kibibit,
                b'M' => V::Mebibit,
                b'G' => V::Gibibit,
                b'T' => V::Tebibit,
                b'P' => V::Pebibit,
                _ => return None,
            },
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

    /// Returns the unit with this symbol. Only the `bps` family may be all lower case.
    #[inline]
    const fn from_symbol(symbol: &[u8]) -> Option<Self> {
        Some(match symbol {
            b"bps" | b"b/s" | b"bit/s" => Self::Bps,
            [prefix, b'b', b'p', b's'] => match prefix {
                b'k' => Self::Kbps,
                b'M' | b'm' => Self::Mbps,
                b'G' | b'g' => Self::Gbps,
                b'T' | b't' => Self::Tbps,
                b'P' | b'p' => Self::Pbps,
                _ => return None,
            },
            [prefix, b'b', b'/', b's'] | [prefix, b'b', b'i', b't', b'/', b's'] => match prefix {
                b'k' => Self::Kbps,
                b'M' => Self::Mbps,
                b'G' => Self::Gbps,
                b'T' => Self::Tbps,
                b'P' => Self::Pbps,
                _ => return None,
            },
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
        let mut scanner = Scanner::new(symbol);
        Self::from_symbol(scanner.all()).ok_or_else(|| {
            if symbol.is_empty() {
                return scanner.missing("unit", SI_VOLUME).into();
            }
            Self::refuse(symbol.as_bytes(), 0, &scanner).into()
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
        let mut scanner = Scanner::new(symbol);
        Self::from_symbol(scanner.all()).ok_or_else(|| {
            if symbol.is_empty() {
                return scanner.missing("unit", SI_RATE).into();
            }
            let unit = symbol.as_bytes();
            match RateIn::from_symbol(unit) {
                Some(_) => unknown(0, &scanner, "bps, kbps, Mbps, Gbps, Tbps or Pbps").into(),
                None => RateIn::refuse(unit, 0, &scanner).into(),
            }
        })
    }
}

impl fmt::Display for RateUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

/// A unit of rate as it is written: of the `bps` family, or a unit of volume and `/s`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RateIn {
    Unit(RateUnit),
    PerSecond(VolumeUnit),
}

impl RateIn {
    /// Returns the unit with this symbol.
    #[inline]
    pub(crate) const fn from_symbol(symbol: &[u8]) -> Option<Self> {
        if let Some(unit) = RateUnit::from_symbol(symbol) {
            return Some(Self::Unit(unit));
        }
        let [volume @ .., b'/', b's'] = symbol else { return None };
        match VolumeUnit::from_symbol(volume) {
            Some(unit) => Some(Self::PerSecond(unit)),
            None => None,
        }
    }

    /// Returns the bits per second in one unit.
    pub(crate) const fn size(self) -> u128 {
        match self {
            Self::Unit(unit) => unit.size() as u128,
            Self::PerSecond(unit) => unit.size() / BIT,
        }
    }
}

/// A symbol in lower case, if it is short enough for a unit.
struct Lower {
    bytes: [u8; 8],
    length: usize,
}

impl Lower {
    #[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "at most 8 bytes")]
    const fn new(symbol: &[u8]) -> Self {
        let mut lower = Self { bytes: [0; 8], length: 0 };
        let mut left = symbol;
        while let [byte, behind @ ..] = left
            && symbol.len() <= lower.bytes.len()
        {
            lower.bytes[lower.length] = byte.to_ascii_lowercase();
            lower.length += 1;
            left = behind;
        }
        lower
    }

    const fn get(&self) -> &[u8] {
        self.bytes.split_at(self.length).0
    }
}

/// A prefix of units, and what is expected where it could mean several.
struct Prefix {
    byte_bit_or_binary: &'static str,
    binary: &'static str,
    bit: &'static str,
    rate: &'static str,
    bit_rate: &'static str,
}

macro_rules! prefix {
    ($letter:literal, $upper:literal, $binary:literal, $decimal:literal) => {
        Prefix {
            byte_bit_or_binary: concat!(
                $letter,
                "B (",
                $decimal,
                "bytes), ",
                $letter,
                "b (",
                $decimal,
                "bits) or ",
                $letter,
                "iB (",
                $binary,
                "bytes)"
            ),
            binary: concat!(
                $upper,
                "iB (",
                $binary,
                "bytes) or ",
                $upper,
                "ib (",
                $binary,
                "bits)"
            ),
            bit: concat!($letter, "bit or ", $letter, "b"),
            rate: concat!($letter, "bps (bits) or ", $letter, "B/s (bytes)"),
            bit_rate: concat!($letter, "bit/s or ", $letter, "bps"),
        }
    };
}

impl Prefix {
    const NONE: Self = prefix!("", "", "", "");

    /// Returns the prefix with this letter in lower case.
    const fn of(letter: u8) -> Option<Self> {
        Some(match letter {
            b'k' => Self {
                byte_bit_or_binary: "kB (1000 bytes) or KiB (1024 bytes)",
                ..prefix!("k", "K", "kibi", "kilo")
            },
            b'm' => prefix!("M", "M", "mebi", "mega"),
            b'g' => prefix!("G", "G", "gibi", "giga"),
            b't' => prefix!("T", "T", "tebi", "tera"),
            b'p' => prefix!("P", "P", "pebi", "peta"),
            // There are no exabits.
            b'e' => Self {
                byte_bit_or_binary: "EB (exabytes) or EiB (exbibytes)",
                bit: SI_VOLUME,
                ..prefix!("E", "E", "exbi", "exa")
            },
            _ => return None,
        })
    }
}

/// Returns the fault of a symbol that the scanner read since `at` and that is no unit.
const fn unknown<'a>(at: usize, scanner: &Scanner<'a>, expected: &'static str) -> Fault<'a> {
    Fault::since(at, scanner, FaultKind::Unknown { what: "unit" }, expected)
}

/// Returns the fault of a symbol that the scanner read since `at` and that could be several units.
const fn ambiguous<'a>(at: usize, scanner: &Scanner<'a>, expected: &'static str) -> Fault<'a> {
    Fault::since(at, scanner, FaultKind::AmbiguousUnit, expected)
}

impl VolumeUnit {
    /// Returns the fault of a symbol that is not a unit of volume, with the symbols that it could mean.
    /// The scanner read it since `at`.
    pub(crate) const fn refuse<'a>(unit: &[u8], at: usize, scanner: &Scanner<'a>) -> Fault<'a> {
        const NOT_A_RATE: &str = "a volume such as MB or Mb: a rate carries one only over a time";
        if RateIn::from_symbol(unit).is_some() {
            return unknown(at, scanner, NOT_A_RATE);
        }
        let lower = Lower::new(unit);
        let [letter, rest @ ..] = lower.get() else { return unknown(at, scanner, SI_VOLUME) };
        let Some(prefix) = Prefix::of(*letter) else { return unknown(at, scanner, SI_VOLUME) };
        match rest {
            b"b" if matches!(unit, b"Kb") => {
                ambiguous(at, scanner, "kb (1000 bits) or Kib (1024 bits)")
            }
            b"" | b"b" => ambiguous(at, scanner, prefix.byte_bit_or_binary),
            b"ib" => ambiguous(at, scanner, prefix.binary),
            b"bit" | b"bits" => unknown(at, scanner, prefix.bit),
            b"bs" | b"bps" | b"ps" => unknown(at, scanner, NOT_A_RATE),
            _ => unknown(at, scanner, SI_VOLUME),
        }
    }
}

impl RateIn {
    /// Returns the fault of a symbol that is not a unit of rate, with the symbols that it could mean.
    /// The scanner read it since `at`.
    pub(crate) const fn refuse<'a>(unit: &[u8], at: usize, scanner: &Scanner<'a>) -> Fault<'a> {
        let lower = Lower::new(unit);
        // Without a prefix, `rest` is the whole symbol. There is no rate in exabits.
        let (prefix, is_prefixed, rest) = match lower.get() {
            [b'e', ..] => (Prefix::NONE, false, &[] as &[u8]),
            [letter, rest @ ..] => match Prefix::of(*letter) {
                Some(prefix) => (prefix, true, rest),
                None => (Prefix::NONE, false, lower.get()),
            },
            [] => (Prefix::NONE, false, &[] as &[u8]),
        };
        let is_volume = VolumeUnit::from_symbol(unit).is_some();
        match rest {
            b"b" if is_volume => unknown(at, scanner, prefix.rate),
            _ if is_volume && is_prefixed => unknown(at, scanner, prefix.rate),
            b"b" | b"bs" | b"bps" | b"b/s" => ambiguous(at, scanner, prefix.rate),
            b"" | b"ps" if is_prefixed => ambiguous(at, scanner, prefix.rate),
            b"bit/s" | b"bits/s" => unknown(at, scanner, prefix.bit_rate),
            _ => unknown(at, scanner, SI_RATE),
        }
    }
}

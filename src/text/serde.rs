//! The two forms of a value: text for people (JSON, TOML), integers for machines (postcard, bincode).
//!
//! Reading goes through the same checks as parsing and constructing.

use super::{Scanner, TimeText, from_nanoseconds, read_date, scan_time};
use crate::{Error, text::TextError};
use core::{
    fmt::{self, Display},
    marker::PhantomData,
    str::FromStr,
    time::Duration,
};
use jiff::{Timestamp, civil::Date};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeOwned, Visitor},
};

pub(crate) const UNNAMED_ZONE: &str =
    "a time zone without an IANA name can't be written: use one with a name";

/// A value with a text for people and a compact form for machines.
pub(crate) trait Wire: Display + FromStr<Err = Error> {
    /// A text that can be read.
    const EXAMPLE: &'static str;

    /// Its parts in compact formats.
    type Parts: Serialize + DeserializeOwned;

    /// Returns the parts.
    fn to_parts(&self) -> Self::Parts;

    /// Creates the value with the checks of its constructor.
    fn from_parts(parts: Self::Parts) -> Result<Self, Error>;
}

pub(crate) fn serialize<T: Wire, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        serializer.collect_str(value)
    } else {
        value.to_parts().serialize(serializer)
    }
}

pub(crate) fn deserialize<'de, T: Wire, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_str(Text(PhantomData))
    } else {
        T::from_parts(T::Parts::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

struct Text<T>(PhantomData<T>);

impl<T: Wire> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a text such as \"{}\"", T::EXAMPLE)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Implements serde's traits for types with a [`Wire`] form. The traits are foreign, so each type
/// needs its own.
macro_rules! on_the_wire {
    ($($type:ty)*) => {$(
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::text::serde::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::text::serde::deserialize(deserializer)
            }
        }
    )*};
}

pub(crate) use on_the_wire;

on_the_wire! { Instant TimeText Day }

/// A timestamp, as a text or as nanoseconds since 1970-01-01T00:00:00Z.
pub(crate) struct Instant(pub(crate) Timestamp);

impl Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

impl FromStr for Instant {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self).map_err(|_| TextError::not_a_time(text).into())
    }
}

impl Wire for Instant {
    const EXAMPLE: &'static str = "2025-01-01T00:00:00Z";
    type Parts = i128;

    fn to_parts(&self) -> i128 {
        self.0.as_nanosecond()
    }

    fn from_parts(nanoseconds: i128) -> Result<Self, Error> {
        let invalid = |_| TextError::not_a_time(&nanoseconds.to_string()).into();
        Timestamp::from_nanosecond(nanoseconds).map(Self).map_err(invalid)
    }
}

impl FromStr for TimeText {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text);
        let time = scan_time(&mut scanner)?;
        scanner.finish("one number and one unit")?;
        Ok(Self(time))
    }
}

impl Wire for TimeText {
    const EXAMPLE: &'static str = "5 min";
    /// Nanoseconds.
    type Parts = u128;

    fn to_parts(&self) -> u128 {
        self.0.as_nanos()
    }

    fn from_parts(nanoseconds: u128) -> Result<Self, Error> {
        if nanoseconds > Duration::MAX.as_nanos() {
            let (text, max) = (format!("{nanoseconds} ns"), TimeText(Duration::MAX).to_string());
            return Err(TextError::TooLarge { text, what: "time", max }.into());
        }
        Ok(Self(from_nanoseconds(nanoseconds)))
    }
}

/// A day, as a text or as year, month and day.
pub(crate) struct Day(pub(crate) Date);

impl Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        read_date(text).map(Self)
    }
}

impl Wire for Day {
    const EXAMPLE: &'static str = "2024-12-31";
    type Parts = (i16, i8, i8);

    fn to_parts(&self) -> Self::Parts {
        (self.0.year(), self.0.month(), self.0.day())
    }

    fn from_parts((year, month, day): Self::Parts) -> Result<Self, Error> {
        Date::new(year, month, day)
            .map(Self)
            .map_err(|_| TextError::not_a_date(&format!("{year:04}-{month:02}-{day:02}")).into())
    }
}

/// A time zone as a field of a struct: its IANA name.
pub(crate) mod zone {
    use super::{Deserialize, Deserializer, Serializer, UNNAMED_ZONE};
    use crate::{Error, text::TextError};
    use jiff::tz::TimeZone;
    use serde::{de, ser};

    pub(crate) fn serialize<S: Serializer>(zone: &TimeZone, to: S) -> Result<S::Ok, S::Error> {
        let name = zone.iana_name().ok_or_else(|| ser::Error::custom(UNNAMED_ZONE))?;
        to.serialize_str(name)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<TimeZone, D::Error> {
        let name = String::deserialize(from)?;
        let zone = TimeZone::get(&name).ok().filter(|zone| zone.iana_name().is_some());
        zone.ok_or_else(|| de::Error::custom(Error::from(TextError::not_a_time_zone(&name))))
    }
}

/// The two forms of a timestamp as a field of a struct.
pub(crate) mod instant {
    use super::{Deserialize, Deserializer, Serialize, Serializer, Timestamp};
    use crate::text::serde::Instant;

    pub(crate) fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        Instant(*at).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        Instant::deserialize(from).map(|at| at.0)
    }
}

/// The two forms of a day as a field of a struct.
pub(crate) mod day {
    use super::{Date, Day, Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        Day(*day).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        Day::deserialize(from).map(|day| day.0)
    }
}

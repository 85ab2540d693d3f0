//! The keys of a table that a person writes, as a rate card has them.
//!
//! [`keys!`] defines the names, and how tables with them are read and written.

use core::{fmt, marker::PhantomData};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
    ser::{SerializeMap, SerializeTuple},
};

/// Defines a table: its keys in their order, each with the type of its value, and after them the keys
/// of another table, which stand in the same place.
///
/// Formats for people have the keys that are there; formats that nobody reads have all, in their
/// order.
macro_rules! keys {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident $([$($of:ident),+])? {
            $($key:ident: $value:ty,)+
            $(..$group:ident: $group_type:ty,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        $vis struct $name $(<$($of),+>)? {
            $(pub(crate) $key: Option<$value>,)+
            $(pub(crate) $group: $group_type,)?
        }

        impl $(<$($of),+>)? Default for $name $(<$($of),+>)? {
            fn default() -> Self {
                Self { $($key: None,)+ $($group: Default::default(),)? }
            }
        }

        impl $(<$($of),+>)? $crate::text::keys::Keys for $name $(<$($of),+>)? {
            fn names() -> Vec<&'static str> {
                [
                    vec![$(stringify!($key)),+],
                    $(<$group_type as $crate::text::keys::Keys>::names(),)?
                ]
                .concat()
            }

            fn present(&self) -> Vec<&'static str> {
                let keys = [$((stringify!($key), self.$key.is_some())),+];
                let present = keys.into_iter().filter(|(_, is_there)| *is_there);
                [
                    present.map(|(key, _)| key).collect::<Vec<_>>(),
                    $($crate::text::keys::Keys::present(&self.$group),)?
                ]
                .concat()
            }
        }

        impl<'de $($(, $of: ::serde::Deserialize<'de>)+)?> $crate::text::keys::ReadKeys<'de>
            for $name $(<$($of),+>)?
        {
            fn read_value<Map: ::serde::de::MapAccess<'de>>(
                &mut self,
                key: &'static str,
                table: &mut Map,
            ) -> Result<(), Map::Error> {
                match key {
                    $(stringify!($key) => self.$key = table.next_value()?,)+
                    _ => $crate::text::keys::other_key!(key, table $(, self.$group)?),
                }
                Ok(())
            }

            fn read_all<Values: ::serde::de::SeqAccess<'de>>(
                values: &mut Values,
            ) -> Result<Self, Values::Error> {
                Ok(Self {
                    $($key: $crate::text::keys::next(values)?,)+
                    $($group: $crate::text::keys::ReadKeys::read_all(values)?,)?
                })
            }
        }

        impl<'de $($(, $of: ::serde::Deserialize<'de>)+)?> ::serde::Deserialize<'de>
            for $name $(<$($of),+>)?
        {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::text::keys::deserialize(from)
            }
        }

        impl $(<$($of: ::serde::Serialize),+>)? $crate::text::keys::WriteKeys
            for $name $(<$($of),+>)?
        {
            fn write<Map: ::serde::ser::SerializeMap>(
                &self,
                table: &mut Map,
            ) -> Result<(), Map::Error> {
                $(if let Some(value) = &self.$key {
                    table.serialize_entry(stringify!($key), value)?;
                })+
                $($crate::text::keys::WriteKeys::write(&self.$group, table)?;)?
                Ok(())
            }

            fn write_all<Values: ::serde::ser::SerializeTuple>(
                &self,
                values: &mut Values,
            ) -> Result<(), Values::Error> {
                $(values.serialize_element(&self.$key)?;)+
                $($crate::text::keys::WriteKeys::write_all(&self.$group, values)?;)?
                Ok(())
            }
        }

        impl $(<$($of: ::serde::Serialize),+>)? ::serde::Serialize for $name $(<$($of),+>)? {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $crate::text::keys::serialize(self, to)
            }
        }
    };
}

/// Reads the value of a key that is of the other table, if there is one.
macro_rules! other_key {
    ($key:ident, $table:ident) => {
        return Err(::serde::de::Error::unknown_field($key, &[]))
    };
    ($key:ident, $table:ident, $group:expr) => {
        $crate::text::keys::ReadKeys::read_value(&mut $group, $key, $table)?
    };
}

/// Returns a key and its value.
macro_rules! key {
    ($keys:ident.$key:ident) => {
        (stringify!($key), $keys.$key)
    };
    (&$keys:ident.$key:ident) => {
        (stringify!($key), &$keys.$key)
    };
}

pub(crate) use {key, keys, other_key};

/// A table whose keys are defined by [`keys!`].
pub(crate) trait Keys: Default {
    /// Returns the names of the keys in their order.
    fn names() -> Vec<&'static str>;

    /// Returns the names of the keys that are there.
    fn present(&self) -> Vec<&'static str>;
}

/// A table whose values can be read.
pub(crate) trait ReadKeys<'de>: Keys {
    /// Reads the value of one of the keys.
    fn read_value<Map: MapAccess<'de>>(
        &mut self,
        key: &'static str,
        table: &mut Map,
    ) -> Result<(), Map::Error>;

    /// Reads the values of all keys.
    fn read_all<A: SeqAccess<'de>>(values: &mut A) -> Result<Self, A::Error>;
}

/// A table whose values can be written.
pub(crate) trait WriteKeys: Keys {
    /// Writes the keys that are there.
    fn write<M: SerializeMap>(&self, table: &mut M) -> Result<(), M::Error>;

    /// Writes the values of all keys.
    fn write_all<T: SerializeTuple>(&self, values: &mut T) -> Result<(), T::Error>;
}

pub(crate) fn serialize<K: WriteKeys, S: Serializer>(keys: &K, to: S) -> Result<S::Ok, S::Error> {
    if to.is_human_readable() {
        let mut table = to.serialize_map(None)?;
        keys.write(&mut table)?;
        table.end()
    } else {
        let mut values = to.serialize_tuple(K::names().len())?;
        keys.write_all(&mut values)?;
        values.end()
    }
}

pub(crate) fn deserialize<'de, K: ReadKeys<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<K, D::Error> {
    let table = Table(PhantomData);
    if from.is_human_readable() {
        from.deserialize_map(table)
    } else {
        from.deserialize_tuple(K::names().len(), table)
    }
}

/// Reads the next of all values.
pub(crate) fn next<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
    values: &mut A,
) -> Result<T, A::Error> {
    values.next_element()?.ok_or_else(|| A::Error::custom("missing values"))
}

struct Table<K>(PhantomData<K>);

impl<'de, K: ReadKeys<'de>> Visitor<'de> for Table<K> {
    type Value = K;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table with keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<K, A::Error> {
        let (mut keys, names) = (K::default(), K::names());
        let mut read = Vec::new();
        while let Some(key) = table.next_key_seed(Name(&names))? {
            if read.contains(&key) {
                return Err(A::Error::duplicate_field(key));
            }
            read.push(key);
            keys.read_value(key, &mut table)?;
        }
        Ok(keys)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<K, A::Error> {
        K::read_all(&mut values)
    }
}

/// Reads a key, which is one of the names.
struct Name<'a>(&'a [&'static str]);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<&'static str, D::Error> {
        key.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<&'static str, E> {
        let known = self.0.iter().find(|known| **known == key);
        known.copied().ok_or_else(|| E::custom(unknown(key, self.0)))
    }
}

/// Returns what is said of a key that is unknown: the nearest key, or else all of them.
fn unknown(key: &str, known: &[&str]) -> String {
    let key = super::clip(key);
    let nearest =
        known.iter().min_by_key(|known| (!known.starts_with(&key), distance(&key, known)));
    match nearest.filter(|nearest| is_near(&key, nearest)) {
        Some(nearest) => format!("unknown key `{key}`: write `{nearest}`"),
        None => format!("unknown key `{key}`: write one of {}", known.join(", ")),
    }
}

/// Returns whether one key may be meant by another: it begins with it, or two letters in three agree.
#[expect(clippy::arithmetic_side_effects, reason = "texts are short")]
fn is_near(key: &str, known: &str) -> bool {
    let is_start = key.len() >= 3 && known.starts_with(key);
    is_start || distance(key, known) * 3 <= known.len()
}

/// Returns the number of letters to add, drop or change to make one text of another.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    reason = "texts are short, and a row has one number more than `to` has letters"
)]
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (deleted, letter) in (1_usize..).zip(from.chars()) {
        let mut last = deleted;
        let mut next = vec![last];
        for ((&same, &drop), &other) in row.iter().zip(row.iter().skip(1)).zip(&to) {
            let change = same + usize::from(other != letter);
            last = change.min(drop + 1).min(last + 1);
            next.push(last);
        }
        row = next;
    }
    *row.last().expect("a number for all letters")
}

/// A text, or a number in its place. A number is always refused, where it is read: there the error
/// can say at which key, and which unit or currency is missing behind it.
#[derive(Debug, Clone)]
pub(crate) enum Text {
    Quoted(String),
    Number(String),
}

impl Text {
    /// Returns a value as it is written.
    pub(crate) fn of(value: impl fmt::Display) -> Self {
        Self::Quoted(value.to_string())
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Quoted(text) | Self::Number(text) => text,
        }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text in quotes")
    }

    /// A date without quotes is a table to the reader of TOML.
    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Text, A::Error> {
        Err(A::Error::custom("not a text: write it in quotes"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text::Quoted(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
        Ok(Text::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
        Ok(Text::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Text, E> {
        Ok(Text::Number(number.to_string()))
    }
}

/// A table that a card may hold more than once: `[[name]]` above each.
pub(crate) trait Listed {
    /// The name with the tables that it stands in, such as `tariff.change`.
    const NAME: &'static str;
    /// The word for one of them.
    const ONE: &'static str;
}

/// A list of tables. What is said of anything else shows how TOML writes it.
#[derive(Debug, Clone)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de, T: Deserialize<'de> + Listed> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(ListVisitor(PhantomData)).map(Self)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Listed> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list: write `[[{}]]`, once above each {}", T::NAME, T::ONE)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            all.push(one);
        }
        Ok(all)
    }
}

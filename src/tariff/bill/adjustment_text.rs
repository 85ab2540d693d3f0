//! The part of [`Adjustment`] that reads and writes the keys of a rate card, and its other serde form.

use super::adjustment::Value;
use crate::{
    Error, Place,
    price::schedule::{no_key, read, too_many_keys},
    tariff::Adjustment,
    text::{
        clip,
        keys::{Listed, Text, key, keys},
        read_date,
        serde::Day,
    },
};
use core::fmt;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, SeqAccess, Visitor},
};

keys! {
    /// The keys of an adjustment.
    pub(crate) struct AdjustmentText {
        name: String,
        amount: Text,
        percent: Text,
        of: Names,
        on: Text,
    }
}

/// A list of names.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(NamesVisitor).map(Self)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of names such as [\"transit\", \"port\"]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element()? {
            names.push(name);
        }
        Ok(names)
    }
}

impl Listed for AdjustmentText {
    const NAME: &'static str = "adjustment";
    const ONE: &'static str = "adjustment";
}

impl AdjustmentText {
    /// Returns the place of the adjustment in its card, where it is the one of this number.
    pub(crate) fn place(&self, number: usize) -> Place {
        match &self.name {
            Some(name) => Place::Adjustment(clip(name)),
            None => Place::AdjustmentNumber(number),
        }
    }

    /// Builds the adjustment; an error has the place of its key.
    pub(crate) fn build(&self) -> Result<Adjustment, Error> {
        let name = self.name.as_deref().filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| no_key("name", "what bills call it"))?;
        let amount = read(key!(&self.amount), str::parse)?;
        let percent = read(key!(&self.percent), |text| Adjustment::percent(name, text))?;
        let adjustment = match (amount, percent) {
            (Some(amount), None) => Adjustment::amount(name, amount),
            (None, Some(percent)) => percent,
            (None, None) => return Err(no_key("amount", "one of `amount` and `percent`")),
            (Some(_), Some(_)) => {
                return Err(too_many_keys(
                    &[("amount", true), ("percent", true)],
                    "one of the two",
                ));
            }
        };
        let on = read(key!(&self.on), read_date)?;
        let of = self.of.clone().map(|Names(names)| names);
        Ok(Adjustment { of, on, ..adjustment })
    }

    /// Returns the keys of an adjustment.
    pub(crate) fn of(adjustment: &Adjustment) -> Self {
        let Adjustment { name, value, of, on } = adjustment;
        let (amount, percent) = match value {
            Value::Amount(amount) => (Some(Text::of(amount)), None),
            Value::Percent(percent) => (None, Some(Text::of(format!("{percent}%")))),
        };
        let (of, on) = (of.clone().map(Names), on.map(Text::of));
        Self { name: Some(name.clone()), amount, percent, of, on }
    }
}

/// Text formats have the keys of a rate card.
impl Serialize for Adjustment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return AdjustmentText::of(self).serialize(serializer);
        }
        (&self.name, &self.value, &self.of, self.on.map(Day)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Adjustment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let keys = AdjustmentText::deserialize(deserializer)?;
            return keys.build().map_err(de::Error::custom);
        }
        let (name, value, of, on) =
            <(String, Value, Option<Vec<String>>, Option<Day>)>::deserialize(deserializer)?;
        Ok(Self { name, value, of, on: on.map(|day| day.0) })
    }
}

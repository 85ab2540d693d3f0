//! Serde for the sums of columns: named fields, whose numbers are text for people because few readers of
//! JSON hold 128 bits.

use super::{
    kernel::{Bounded, Stepped},
    partial_sums::Sums,
};
use crate::bulk::PartialSums;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[derive(Serialize, Deserialize)]
#[serde(rename = "PartialSums", deny_unknown_fields)]
struct Fields {
    fingerprint: Fingerprint,
    records: Count,
    units: Count,
    steps: Count,
    bounded: Vec<AtBound>,
    stepped: Vec<StepsAbove>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AtBound {
    within: Count,
    above: Count,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepsAbove {
    steps: Count,
    above: Count,
}

impl Serialize for PartialSums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Sums { records, units, steps, ref bounded, ref stepped } = self.sums;
        let bounded = bounded
            .iter()
            .map(|at| AtBound { within: Count(at.within), above: Count(at.above.into()) });
        let stepped = stepped
            .iter()
            .map(|at| StepsAbove { steps: Count(at.steps), above: Count(at.above.into()) });
        let fields = Fields {
            fingerprint: Fingerprint(self.fingerprint),
            records: Count(records.into()),
            units: Count(units),
            steps: Count(steps),
            bounded: bounded.collect(),
            stepped: stepped.collect(),
        };
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PartialSums {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields::deserialize(deserializer)?;
        let bounded = fields
            .bounded
            .into_iter()
            .map(|at| Ok(Bounded { within: at.within.0, above: at.above.below_64_bits()? }));
        let stepped = fields
            .stepped
            .into_iter()
            .map(|at| Ok(Stepped { steps: at.steps.0, above: at.above.below_64_bits()? }));
        let sums = Sums {
            records: fields.records.below_64_bits()?,
            units: fields.units.0,
            steps: fields.steps.0,
            bounded: bounded.collect::<Result<_, D::Error>>()?,
            stepped: stepped.collect::<Result<_, D::Error>>()?,
        };
        if !sums.are_possible() {
            return Err(de::Error::custom(
                "sums that no column has: expected the sums as they were written",
            ));
        }
        Ok(Self { fingerprint: fields.fingerprint.0, sums })
    }
}

/// A whole number, as digits for people.
struct Count(u128);

impl Count {
    fn below_64_bits<E: de::Error>(&self) -> Result<u64, E> {
        let message =
            || E::custom(format!("{} is too large: expected at most {}", self.0, u64::MAX));
        u64::try_from(self.0).map_err(|_| message())
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&self.0)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return u128::deserialize(deserializer).map(Self);
        }
        let digits = Digits { radix: 10, what: "a text of digits such as \"1024\"" };
        deserializer.deserialize_str(digits).map(Self)
    }
}

/// A fingerprint, as sixteen hexadecimal digits for people.
struct Fingerprint(u64);

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&format_args!("{:016x}", self.0))
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return u64::deserialize(deserializer).map(Self);
        }
        let digits = Digits { radix: 16, what: "a text of 16 hexadecimal digits" };
        let number = deserializer.deserialize_str(digits)?;
        u64::try_from(number).map(Self).map_err(|_| {
            de::Error::invalid_value(de::Unexpected::Str(&format!("{number:x}")), &digits)
        })
    }
}

#[derive(Clone, Copy)]
struct Digits {
    radix: u32,
    what: &'static str,
}

impl de::Visitor<'_> for Digits {
    type Value = u128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u128, E> {
        // Without the sign that std reads, and with all digits of a fingerprint.
        let is_whole = !text.starts_with('+') && (self.radix == 10 || text.len() == 16);
        let digits = is_whole.then_some(text);
        digits
            .and_then(|digits| u128::from_str_radix(digits, self.radix).ok())
            .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

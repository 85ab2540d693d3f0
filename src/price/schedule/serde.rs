//! Serde for schedules: the keys of a rate card for people, tuples in binary formats.

use super::{
    Schedule,
    text::{ScheduleParts, ScheduleText},
};
use crate::{Error, price::UnitPrice, quantity::Quantity};
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

impl<Q: Quantity + Serialize> Serialize for Schedule<Q>
where
    UnitPrice<Q>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ScheduleParts::of(self).serialize(serializer)
    }
}

impl<'de, Q: Quantity + Deserialize<'de>> Deserialize<'de> for Schedule<Q>
where
    UnitPrice<Q>: Deserialize<'de> + FromStr<Err = Error>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = if deserializer.is_human_readable() {
            ScheduleText::deserialize(deserializer)?.read().map_err(de::Error::custom)?
        } else {
            ScheduleParts::deserialize(deserializer)?
        };
        parts.build().map_err(de::Error::custom)
    }
}

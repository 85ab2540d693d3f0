//! Serde for the lines of an invoice: flat for people and charts, nested in binary formats.

use super::{converted::Converted, invoice::ROUNDING, period::Days};
use crate::{
    money::{Cost, Currency, Money, exchange::DatedRate},
    price::{AnyPrice, LineItem, LineKind},
    quantity::AnyQuantity,
    tariff::{Direction, InvoiceLine, StatementLine},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A line of an invoice without nesting. `own` and `rate` are those of a converted line.
#[derive(PartialEq, Serialize, Deserialize)]
#[serde(rename = "InvoiceLine", deny_unknown_fields)]
struct Flat {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tariff: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    adjustment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    meter: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measured: Option<AnyQuantity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<Days>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<LineKind>,
    label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quantity: Option<AnyQuantity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit_price: Option<AnyPrice>,
    amount: String,
    currency: Currency,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exact: Option<Cost>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own: Option<Cost>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rate: Option<DatedRate>,
}

impl Serialize for InvoiceLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return (&self.line, self.amount).serialize(serializer);
        }
        let (amount, currency) = (self.amount.amount().to_string(), self.amount.currency());
        let Some(line) = &self.line else {
            return Flat::rounding(amount, currency).serialize(serializer);
        };
        let item = line.line();
        Flat {
            tariff: line.tariff().map(str::to_owned),
            adjustment: line.adjustment().map(str::to_owned),
            meter: line.meter().map(str::to_owned),
            measured: line.measured(),
            direction: line.direction(),
            days: line.days,
            kind: Some(item.kind()),
            label: item.label().to_owned(),
            quantity: item.quantity(),
            unit_price: item.unit_price(),
            amount,
            currency,
            exact: Some(line.amount().clone()),
            own: line.converted.as_ref().map(|_| item.amount().clone()),
            rate: line.rate().cloned(),
        }
        .serialize(serializer)
    }
}

impl Flat {
    /// Creates the line of a rounding, which has nothing else.
    fn rounding(amount: String, currency: Currency) -> Self {
        Self {
            tariff: None,
            adjustment: None,
            meter: None,
            measured: None,
            direction: None,
            days: None,
            kind: None,
            label: ROUNDING.to_owned(),
            quantity: None,
            unit_price: None,
            amount,
            currency,
            exact: None,
            own: None,
            rate: None,
        }
    }
}

impl<'de> Deserialize<'de> for InvoiceLine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let (line, amount) = <(Option<StatementLine>, Money)>::deserialize(deserializer)?;
            return Ok(Self { line, amount });
        }
        let flat = Flat::deserialize(deserializer)?;
        let amount: Money =
            format!("{} {}", flat.amount, flat.currency).parse().map_err(de::Error::custom)?;
        let Some(kind) = flat.kind else {
            if flat == Flat::rounding(flat.amount.clone(), flat.currency) {
                return Ok(Self { line: None, amount });
            }
            return Err(de::Error::missing_field("kind"));
        };
        let exact = flat.exact.ok_or_else(|| de::Error::missing_field("exact"))?;
        let converted = match (&flat.own, flat.rate) {
            (Some(own), rate) => {
                let converted = Converted::read(exact.clone(), rate);
                converted.check(own).map_err(de::Error::custom)?;
                Some(converted)
            }
            (None, Some(_)) => return Err(de::Error::missing_field("own")),
            (None, None) => None,
        };
        let own = flat.own.unwrap_or(exact);
        let line = LineItem::from_parts(kind, flat.label, flat.quantity, flat.unit_price, own);
        let Flat { tariff, adjustment, meter, measured, direction, days, .. } = flat;
        let line =
            StatementLine { tariff, adjustment, meter, measured, direction, days, line, converted };
        Ok(Self { line: Some(line), amount })
    }
}

//! The part of [`Statement`] that checks what was read.

use super::{
    converted::Converted,
    period::{Days, Period},
};
use crate::{
    Error,
    money::Cost,
    price::LineItem,
    quantity::AnyQuantity,
    tariff::{Adjustment, BillAmounts, Direction, Statement, StatementLine, TariffError},
    text::clip,
};
use serde::Deserialize;

/// The fields of a statement, as read.
#[derive(Deserialize)]
#[serde(rename = "Statement")]
pub(super) struct Fields {
    period: Period,
    lines: Vec<StatementLine>,
    adjustments: Vec<Adjustment>,
}

/// The fields of a line, as read.
#[derive(Deserialize)]
#[serde(rename = "StatementLine")]
pub(super) struct LineFields {
    tariff: Option<String>,
    adjustment: Option<String>,
    meter: Option<String>,
    measured: Option<AnyQuantity>,
    direction: Option<Direction>,
    days: Option<Days>,
    line: LineItem,
    converted: Option<Converted>,
}

impl TryFrom<LineFields> for StatementLine {
    type Error = Error;

    /// Checks a converted amount against its rate.
    fn try_from(line: LineFields) -> Result<Self, Error> {
        let LineFields { tariff, adjustment, meter, measured, .. } = line;
        let LineFields { direction, days, line, converted, .. } = line;
        if let Some(converted) = &converted {
            converted.check(line.amount())?;
        }
        Ok(Self { tariff, adjustment, meter, measured, direction, days, line, converted })
    }
}

impl TryFrom<Fields> for Statement {
    type Error = Error;

    /// Checks that the lines of the adjustments follow from those before them.
    fn try_from(Fields { period, lines, adjustments }: Fields) -> Result<Self, Error> {
        if lines.is_empty() {
            return Err(TariffError::Empty { whole: "bill", part: "line" }.into());
        }
        let first = lines.iter().position(|line| line.adjustment.is_some());
        let (tariffs, mut rest) = lines.split_at(first.unwrap_or(lines.len()));
        let mut statement = Self::new(period, tariffs.to_vec());
        for adjustment in adjustments {
            // Its currency may be that of before a conversion.
            let own = adjustment.currency().into_iter();
            adjustment.check(statement.names(), &[], own).map_err(|(_, error)| error)?;
            let expected = adjustment.lines(statement.period.days, &statement.lines);
            let count = rest.iter().take_while(|line| line.adjustment() == Some(adjustment.name()));
            let (found, others) = rest.split_at(count.count());
            let as_added = |line: &StatementLine| Self::as_added(&adjustment, line);
            if !found.iter().map(as_added).eq(expected.iter().cloned()) {
                let amounts = BillAmounts::Adjustment { name: clip(adjustment.name()) };
                return Err(wrong(amounts, found, &expected));
            }
            statement.lines.extend_from_slice(found);
            statement.adjustments.push(adjustment);
            rest = others;
        }
        match rest.first() {
            None => Ok(statement),
            Some(line) => {
                let name = clip(line.adjustment().unwrap_or(line.label()));
                Err(wrong(BillAmounts::Adjustment { name }, rest, &[]))
            }
        }
    }
}

impl Statement {
    /// Returns a line as it was before it was converted; a percentage is not.
    fn as_added(adjustment: &Adjustment, line: &StatementLine) -> StatementLine {
        let converted = line.converted.clone().filter(|_| adjustment.currency().is_none());
        StatementLine { converted, ..line.clone() }
    }
}

fn wrong(amounts: BillAmounts, found: &[StatementLine], expected: &[StatementLine]) -> Error {
    let costs = |lines: &[StatementLine]| -> Vec<Cost> {
        lines.iter().map(|line| line.amount().clone()).collect()
    };
    let (found, expected) = (costs(found), costs(expected));
    TariffError::WrongAmounts { amounts, found, expected }.into()
}

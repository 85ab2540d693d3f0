//! [`Binder`]: binds aggregates to their literals while SQL is planned.
//!
//! The type of a cost depends on its tariff, but DataFusion derives the type of an aggregate from the
//! types of its arguments alone. So the tariff becomes a part of the function.

use crate::{
    Error, Tariffs, cost_of_sum, excess_cost, literal::Literal, rate_percentile, sum_cost,
};
use datafusion::{
    arrow::datatypes::DataType,
    error::Result,
    logical_expr::{
        Accumulator, AggregateUDF, AggregateUDFImpl, Expr, Signature, Volatility,
        WindowFunctionDefinition,
        function::AccumulatorArgs,
        planner::{ExprPlanner, PlannerResult, RawAggregateExpr, RawWindowExpr},
    },
};
use std::sync::Arc;

/// An aggregate before it is bound, as SQL finds it by name.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Unbound {
    kind: Kind,
    tariffs: Arc<Tariffs>,
    signature: Signature,
}

/// The aggregates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    SumCost,
    CostOfSum,
    ExcessCost,
    RatePercentile,
}

/// Replaces unbound functions by bound ones.
#[derive(Debug)]
pub(crate) struct Binder;

impl Kind {
    pub(crate) const ALL: [Self; 4] =
        [Self::SumCost, Self::CostOfSum, Self::ExcessCost, Self::RatePercentile];

    const fn function(self) -> &'static str {
        match self {
            Self::SumCost => sum_cost::FUNCTION,
            Self::CostOfSum => cost_of_sum::FUNCTION,
            Self::ExcessCost => excess_cost::FUNCTION,
            Self::RatePercentile => rate_percentile::FUNCTION,
        }
    }

    const fn usage(self) -> &'static str {
        match self {
            Self::SumCost | Self::CostOfSum => "a tariff and bytes, or bits per second",
            Self::ExcessCost => "a tariff, bits per second, seconds and a baseline",
            Self::RatePercentile => "a percent and bits per second",
        }
    }

    const fn instead(self) -> &'static str {
        match self {
            Self::SumCost => "Tariffs::sum_cost",
            Self::CostOfSum => "Tariffs::cost_of_sum",
            Self::ExcessCost => "Tariffs::excess_cost",
            Self::RatePercentile => "Tariffs::rate_percentile",
        }
    }
}

impl Unbound {
    pub(crate) fn new(kind: Kind, tariffs: Arc<Tariffs>) -> Self {
        Self { kind, tariffs, signature: Signature::user_defined(Volatility::Immutable) }
    }

    /// Returns the bound function, and the arguments that are columns.
    fn bind(&self, args: &[Expr]) -> Result<(AggregateUDF, Vec<Expr>), Error> {
        let function = self.kind.function();
        let literal = |argument, example, expr| Literal { function, argument, example, expr };
        let tariff = |expr| literal("tariff", "'international'", expr);
        Ok(match (self.kind, args) {
            (Kind::SumCost, [name, numbers]) => {
                (self.tariffs.sum_cost(tariff(name).name()?)?, vec![numbers.clone()])
            }
            (Kind::CostOfSum, [name, numbers]) => {
                (self.tariffs.cost_of_sum(tariff(name).name()?)?, vec![numbers.clone()])
            }
            (Kind::ExcessCost, [name, bps, seconds, baseline]) => {
                let baseline = literal("baseline", "5650000000000", baseline).rate()?;
                let bound = self.tariffs.excess_cost(tariff(name).name()?, baseline)?;
                (bound, vec![bps.clone(), seconds.clone()])
            }
            (Kind::RatePercentile, [percent, bps]) => {
                let percentile = literal("percent", "95", percent).percentile()?;
                (Tariffs::rate_percentile(percentile), vec![bps.clone()])
            }
            _ => {
                let usage = self.kind.usage();
                return Err(Error::Arguments { function, got: args.len(), usage });
            }
        })
    }

    fn unbound(&self) -> Error {
        Error::Unbound { function: self.kind.function(), instead: self.kind.instead() }
    }
}

impl ExprPlanner for Binder {
    fn plan_aggregate(&self, call: RawAggregateExpr) -> Result<PlannerResult<RawAggregateExpr>> {
        let Some(unbound) = call.func.inner().downcast_ref::<Unbound>() else {
            return Ok(PlannerResult::Original(call));
        };
        if call.distinct {
            return Err(Error::Distinct { function: unbound.kind.function() }.into());
        }
        let (func, args) = unbound.bind(&call.args)?;
        Ok(PlannerResult::Original(RawAggregateExpr { func: Arc::new(func), args, ..call }))
    }

    fn plan_window(&self, call: RawWindowExpr) -> Result<PlannerResult<RawWindowExpr>> {
        let WindowFunctionDefinition::AggregateUDF(function) = &call.func_def else {
            return Ok(PlannerResult::Original(call));
        };
        let Some(unbound) = function.inner().downcast_ref::<Unbound>() else {
            return Ok(PlannerResult::Original(call));
        };
        let (func, args) = unbound.bind(&call.args)?;
        let func_def = WindowFunctionDefinition::AggregateUDF(Arc::new(func));
        Ok(PlannerResult::Original(RawWindowExpr { func_def, args, ..call }))
    }
}

/// Is used by its name only. A plan that contains it is refused.
impl AggregateUDFImpl for Unbound {
    fn name(&self) -> &str {
        self.kind.function()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, _: &[DataType]) -> Result<Vec<DataType>> {
        Err(self.unbound().into())
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Err(self.unbound().into())
    }

    fn accumulator(&self, _: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        Err(self.unbound().into())
    }
}

//! [`Aggregate`]: a calculation over many rows, as an aggregate function of DataFusion.

use crate::{
    Error,
    accumulate::{Accumulate, Sums},
    numbers::Argument,
};
use core::{fmt::Debug, hash::Hash};
use datafusion::{
    arrow::datatypes::{DataType, Field, FieldRef},
    error::Result,
    logical_expr::{
        Accumulator, AggregateUDFImpl, Expr, GroupsAccumulator, Signature, Volatility,
        expr::{AggregateFunctionParams, WindowFunctionParams},
        function::{AccumulatorArgs, AggregateFunctionSimplification, StateFieldsArgs},
        udaf_default_display_name, udaf_default_human_display, udaf_default_schema_name,
        udaf_default_window_function_display_name, udaf_default_window_function_schema_name,
        utils::{AggregateOrderSensitivity, format_state_name},
    },
};
use std::sync::Arc;

/// A calculation from columns, with the literals that were known when the query was planned.
pub(crate) trait Calculation: Debug + Clone + Eq + Hash + Send + Sync + 'static {
    const FUNCTION: &'static str;
    /// The numbers of each column.
    const COLUMNS: &'static [&'static str];
    /// The arguments of the bound function, for an error.
    const USAGE: &'static str;
    type Sums: Sums;

    /// Returns the arguments as they were written: the columns, and the literals that were bound.
    fn written(&self, columns: Vec<Expr>) -> Vec<Expr>;
    /// Returns the field of the result, with its metadata.
    fn field(&self) -> FieldRef;
    /// Returns the type of sums between threads and machines.
    fn state_type() -> DataType;
    /// Returns sums without groups.
    fn sums(&self) -> Self::Sums;
    /// Returns the function that other machines make of this again.
    #[cfg(feature = "codec")]
    fn encoded(&self) -> crate::codec::Function;

    fn arguments(got: usize) -> Error {
        Error::Arguments { function: Self::FUNCTION, got, usage: Self::USAGE }
    }
}

/// A bound calculation as a function.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Aggregate<C> {
    calculation: C,
    signature: Signature,
}

impl<C: Calculation> Aggregate<C> {
    pub(crate) fn new(calculation: C) -> Self {
        Self { calculation, signature: Signature::user_defined(Volatility::Immutable) }
    }

    #[cfg(feature = "codec")]
    pub(crate) const fn calculation(&self) -> &C {
        &self.calculation
    }

    fn arguments() -> impl Iterator<Item = Argument> {
        C::COLUMNS.iter().map(|name| Argument { function: C::FUNCTION, name })
    }

    fn refuse_distinct(is_distinct: bool) -> Result<(), Error> {
        if is_distinct {
            return Err(Error::Distinct { function: C::FUNCTION });
        }
        Ok(())
    }

    fn as_written(&self, params: &AggregateFunctionParams) -> AggregateFunctionParams {
        let args = self.calculation.written(params.args.clone());
        AggregateFunctionParams { args, ..params.clone() }
    }

    fn window_as_written(&self, params: &WindowFunctionParams) -> WindowFunctionParams {
        let args = self.calculation.written(params.args.clone());
        WindowFunctionParams { args, ..params.clone() }
    }
}

/// Names a call as it was written. The default names leave the bound literals out, so two tariffs
/// over one column would have one name.
impl<C: Calculation> AggregateUDFImpl for Aggregate<C> {
    fn name(&self) -> &str {
        C::FUNCTION
    }

    fn schema_name(&self, params: &AggregateFunctionParams) -> Result<String> {
        udaf_default_schema_name(self, &self.as_written(params))
    }

    fn human_display(&self, params: &AggregateFunctionParams) -> Result<String> {
        udaf_default_human_display(self, &self.as_written(params))
    }

    fn display_name(&self, params: &AggregateFunctionParams) -> Result<String> {
        udaf_default_display_name(self, &self.as_written(params))
    }

    fn window_function_schema_name(&self, params: &WindowFunctionParams) -> Result<String> {
        udaf_default_window_function_schema_name(self, &self.window_as_written(params))
    }

    fn window_function_display_name(&self, params: &WindowFunctionParams) -> Result<String> {
        udaf_default_window_function_display_name(self, &self.window_as_written(params))
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, arg_types: &[DataType]) -> Result<Vec<DataType>> {
        if arg_types.len() != C::COLUMNS.len() {
            return Err(C::arguments(arg_types.len()).into());
        }
        let types = Self::arguments().zip(arg_types).map(|(column, given)| column.coerced(given));
        Ok(types.collect::<Result<_, Error>>()?)
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.calculation.field().data_type().clone())
    }

    fn return_field(&self, _: &[FieldRef]) -> Result<FieldRef> {
        Ok(self.calculation.field())
    }

    fn state_fields(&self, args: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        let name = format_state_name(args.name, "sums");
        Ok(vec![Arc::new(Field::new(name, C::state_type(), true))])
    }

    fn accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        Self::refuse_distinct(args.is_distinct)?;
        Ok(Box::new(Accumulate::one(self.calculation.sums(), Self::arguments().collect())?))
    }

    fn groups_accumulator_supported(&self, args: AccumulatorArgs<'_>) -> bool {
        !args.is_distinct
    }

    fn create_groups_accumulator(
        &self,
        args: AccumulatorArgs<'_>,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        Self::refuse_distinct(args.is_distinct)?;
        Ok(Box::new(Accumulate::groups(self.calculation.sums(), Self::arguments().collect())))
    }

    /// Refuses DISTINCT in calls without SQL too, before DataFusion turns it into groups.
    fn simplify(&self) -> Option<AggregateFunctionSimplification> {
        Some(Box::new(|call, _| {
            Self::refuse_distinct(call.params.distinct)?;
            Ok(Expr::AggregateFunction(call))
        }))
    }

    /// Sums are the same in any order.
    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

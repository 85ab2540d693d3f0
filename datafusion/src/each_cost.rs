//! [`EachCost`]: the cost of each row, as `volume_cost` and `rate_cost`.

use crate::{
    Error, Tariffs,
    literal::text,
    numbers::{Argument, Numbers, decimals, rows},
    priced::{Billed, Priced},
};
use bandwidth_cost::{DataRate, DataVolume};
use core::{marker::PhantomData, slice};
use datafusion::{
    arrow::{
        array::{ArrayRef, Decimal128Array},
        datatypes::{DataType, FieldRef},
    },
    common::{ScalarValue, exec_err, internal_err},
    error::{DataFusionError, Result},
    logical_expr::{
        ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
    },
};
use std::sync::Arc;

/// A quantity with its function.
pub(crate) trait Each: Billed {
    const FUNCTION: &'static str;
    const USAGE: &'static str;
    /// The advice for a tariff of the other quantity.
    const INSTEAD: &'static str;
}

impl Each for DataVolume {
    const FUNCTION: &'static str = "volume_cost";
    const USAGE: &'static str = "a tariff and bytes";
    const INSTEAD: &'static str = "call rate_cost";
}

impl Each for DataRate {
    const FUNCTION: &'static str = "rate_cost";
    const USAGE: &'static str = "a tariff and bits per second";
    const INSTEAD: &'static str = "call volume_cost";
}

/// `volume_cost(tariff, bytes)` or `rate_cost(tariff, bits per second)`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct EachCost<Q> {
    tariffs: Arc<Tariffs>,
    signature: Signature,
    quantity: PhantomData<Q>,
}

impl<Q: Each> EachCost<Q> {
    pub(crate) fn new(tariffs: Arc<Tariffs>) -> Self {
        let signature = Signature::user_defined(Volatility::Immutable);
        Self { tariffs, signature, quantity: PhantomData }
    }

    #[cfg(feature = "codec")]
    pub(crate) fn tariffs(&self) -> &Tariffs {
        &self.tariffs
    }

    const ARGUMENT: Argument = Argument { function: Q::FUNCTION, name: Q::COLUMN };

    fn priced(&self, tariff: Option<&ScalarValue>) -> Result<Arc<Priced<Q>>, Error> {
        let literal = |got: String| Error::Literal {
            function: Q::FUNCTION,
            argument: "tariff",
            got,
            example: "'international'",
        };
        let tariff =
            tariff.ok_or_else(|| literal("unknown while the query is planned".to_owned()))?;
        let name = text(tariff).ok_or_else(|| literal(tariff.to_string()))?;
        self.tariffs.get(Q::FUNCTION, name, Q::INSTEAD)
    }
}

impl<Q: Each> ScalarUDFImpl for EachCost<Q> {
    fn name(&self) -> &str {
        Q::FUNCTION
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, arg_types: &[DataType]) -> Result<Vec<DataType>> {
        let [_, numbers] = arg_types else {
            return Err(Error::Arguments {
                function: Q::FUNCTION,
                got: arg_types.len(),
                usage: Q::USAGE,
            }
            .into());
        };
        Ok(vec![DataType::Utf8, Self::ARGUMENT.coerced(numbers)?])
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        internal_err!("{}: the type depends on the tariff", Q::FUNCTION)
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        let priced = self.priced(args.scalar_arguments.first().copied().flatten())?;
        Ok(priced.field(Q::FUNCTION))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [ColumnarValue::Scalar(tariff), numbers] = args.args.as_slice() else {
            return exec_err!("{}: the tariff is not a literal", Q::FUNCTION);
        };
        let priced = self.priced(Some(tariff))?;
        let costs = |array: &ArrayRef| costs(&priced, array, Self::ARGUMENT);
        Ok(match numbers {
            ColumnarValue::Array(array) => ColumnarValue::Array(Arc::new(costs(array)?)),
            ColumnarValue::Scalar(number) => {
                let cost = costs(&number.to_array()?)?;
                ColumnarValue::Scalar(ScalarValue::try_from_array(&cost, 0)?)
            }
        })
    }
}

fn costs<Q: Billed>(
    priced: &Priced<Q>,
    array: &ArrayRef,
    argument: Argument,
) -> Result<Decimal128Array, DataFusionError> {
    let nulls = rows(slice::from_ref(array), None);
    let numbers = Numbers::of(array, nulls.as_ref(), argument)?;
    let values = numbers.with_zeros(nulls.as_ref());
    let costs = priced.each(&values, argument.function)?;
    decimals(costs, nulls, priced.scale(), argument.function)
}

//! Sends functions to other machines (feature `codec`).
//!
//! ```
//! use bandwidth_cost::{RateCard, Schedule, Tariff, VolumeMeter, pta};
//! use bandwidth_cost_datafusion::{Tariffs, codec::LogicalCodec, register};
//! use datafusion::prelude::SessionContext;
//! use datafusion_proto::{
//!     bytes::{
//!         logical_plan_from_bytes_with_extension_codec,
//!         logical_plan_to_bytes_with_extension_codec,
//!     },
//!     logical_plan::DefaultLogicalExtensionCodec,
//! };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let codec = LogicalCodec(DefaultLogicalExtensionCodec {}); // on a cluster, wrap its own codec
//! let price = Schedule::flat(pta::INTERNATIONAL_CHARGE);
//! let card = RateCard::new([Tariff::by_volume("pta", VolumeMeter::Total, price)])?;
//! let here = SessionContext::new();
//! register(&here, &Tariffs::new(&card))?;
//! let query = here.sql("SELECT sum_cost('pta', b) FROM (VALUES (1500), (500)) AS flows(b)").await?;
//! let sent = logical_plan_to_bytes_with_extension_codec(query.logical_plan(), &codec)?;
//!
//! let there = SessionContext::new(); // has no tariffs
//! let plan = logical_plan_from_bytes_with_extension_codec(&sent, &there.task_ctx(), &codec)?;
//! let answer = there.execute_logical_plan(plan).await?.to_string().await?;
//! assert!(answer.contains("0.002000"));
//! # Ok(())
//! # }
//! ```
//!
//! A function is sent with its tariffs, so a machine that runs it needs a codec and no rate card. The
//! bytes begin with a version, and an unknown version is refused, so all machines of a cluster must
//! run the same version of this crate.

use crate::{
    Error, Tariffs,
    aggregate::{Aggregate, Calculation},
    cost_of_sum::CostOfSum,
    each_cost::{Each, EachCost},
    excess_cost::ExcessCost,
    priced::AnyPriced,
    rate_percentile::RatePercentile,
    scale::Scale,
    sum_cost::SumCost,
};
use bandwidth_cost::{DataRate, DataVolume, Percentile, Tariff};
use core::slice;
use datafusion::{
    arrow::datatypes::SchemaRef,
    common::TableReference,
    datasource::{TableProvider, file_format::FileFormatFactory},
    error::Result,
    execution::TaskContext,
    logical_expr::{AggregateUDF, Extension, HigherOrderUDF, LogicalPlan, ScalarUDF, WindowUDF},
    physical_expr_common::physical_expr::{
        proto_decode::PhysicalExprDecodeCtx, proto_encode::PhysicalExprEncodeCtx,
    },
    physical_plan::{ExecutionPlan, PhysicalExpr},
};
use datafusion_proto::{
    logical_plan::LogicalExtensionCodec,
    physical_plan::{PhysicalExtensionCodec, PhysicalProtoConverterExtension},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A function with everything it calculates with, as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Function {
    VolumeCost { tariffs: Vec<Tariff>, scale: Scale },
    RateCost { tariffs: Vec<Tariff>, scale: Scale },
    SumCost { tariff: Tariff, scale: Scale },
    CostOfSum { tariff: Tariff, scale: Scale },
    ExcessCost { tariff: Tariff, scale: Scale, baseline: DataRate },
    RatePercentile(Percentile),
}

/// A codec of logical plans that knows the functions of this crate, and leaves everything else to the
/// codec in it.
///
/// ```
/// use bandwidth_cost_datafusion::codec::LogicalCodec;
/// use datafusion_proto::logical_plan::DefaultLogicalExtensionCodec;
///
/// let codec = LogicalCodec(DefaultLogicalExtensionCodec {});
/// # let _ = codec;
/// ```
#[derive(Debug)]
pub struct LogicalCodec<C>(pub C);

/// A codec of physical plans that knows the functions of this crate, and leaves everything else to the
/// codec in it.
///
/// ```
/// use bandwidth_cost_datafusion::codec::PhysicalCodec;
/// use datafusion_proto::physical_plan::DefaultPhysicalExtensionCodec;
///
/// let codec = PhysicalCodec(DefaultPhysicalExtensionCodec {});
/// # let _ = codec;
/// ```
#[derive(Debug)]
pub struct PhysicalCodec<C>(pub C);

impl Function {
    fn of_scalar(function: &ScalarUDF) -> Option<Self> {
        let inner = function.inner();
        if let Some(each) = inner.downcast_ref::<EachCost<DataVolume>>() {
            let (tariffs, scale) = each.tariffs().parts();
            return Some(Self::VolumeCost { tariffs, scale });
        }
        let each = inner.downcast_ref::<EachCost<DataRate>>()?;
        let (tariffs, scale) = each.tariffs().parts();
        Some(Self::RateCost { tariffs, scale })
    }

    fn of_aggregate(function: &AggregateUDF) -> Option<Self> {
        fn of<C: Calculation>(function: &AggregateUDF) -> Option<Function> {
            let aggregate = function.inner().downcast_ref::<Aggregate<C>>()?;
            Some(aggregate.calculation().encoded())
        }
        [
            of::<SumCost<DataVolume>>,
            of::<SumCost<DataRate>>,
            of::<CostOfSum<DataVolume>>,
            of::<CostOfSum<DataRate>>,
            of::<ExcessCost>,
            of::<RatePercentile>,
        ]
        .into_iter()
        .find_map(|of| of(function))
    }

    fn scalar(self) -> Option<ScalarUDF> {
        fn each<Q: Each>(tariffs: &[Tariff], scale: Scale) -> ScalarUDF {
            EachCost::<Q>::new(Arc::new(Tariffs::of(tariffs, scale))).into()
        }
        match self {
            Self::VolumeCost { tariffs, scale } => Some(each::<DataVolume>(&tariffs, scale)),
            Self::RateCost { tariffs, scale } => Some(each::<DataRate>(&tariffs, scale)),
            _ => None,
        }
    }

    fn aggregate(self) -> Option<AggregateUDF> {
        match self {
            Self::SumCost { tariff, scale } => Some(AnyPriced::new(&tariff, scale)?.sum_cost()),
            Self::CostOfSum { tariff, scale } => {
                Some(AnyPriced::new(&tariff, scale)?.cost_of_sum())
            }
            Self::ExcessCost { tariff, scale, baseline } => {
                let tariffs = Tariffs::of(slice::from_ref(&tariff), scale);
                tariffs.excess_cost(tariff.name(), baseline).ok()
            }
            Self::RatePercentile(percentile) => Some(Tariffs::rate_percentile(percentile)),
            Self::VolumeCost { .. } | Self::RateCost { .. } => None,
        }
    }
}

/// The first bytes of each function of this crate. The last one is the version of the others.
const MARK: [u8; 4] = *b"bwc\x01";

fn unreadable(reason: impl ToString) -> Error {
    Error::Function { reason: reason.to_string() }
}

/// Encodes a function of this crate, and leaves others to the inner codec.
fn encode(
    function: Option<Function>,
    buf: &mut Vec<u8>,
    inner: impl FnOnce(&mut Vec<u8>) -> Result<()>,
) -> Result<()> {
    let Some(function) = function else {
        return inner(buf);
    };
    // Only when it is complete: DataFusion ignores an error here, and sends the buffer.
    buf.extend(postcard::to_allocvec(&(MARK, function)).map_err(unreadable)?);
    Ok(())
}

/// Decodes a function of this crate, and leaves bytes without the mark to the inner codec.
fn decode<F>(
    buf: &[u8],
    of: impl FnOnce(Function) -> Option<F>,
    inner: impl FnOnce() -> Result<Arc<F>>,
) -> Result<Arc<F>> {
    if !buf.starts_with(&MARK) {
        return inner();
    }
    let (_, function): ([u8; 4], Function) = postcard::from_bytes(buf).map_err(unreadable)?;
    Ok(Arc::new(of(function).ok_or_else(|| unreadable("which is of another kind"))?))
}

impl<C: LogicalExtensionCodec> LogicalExtensionCodec for LogicalCodec<C> {
    fn try_encode_udf(&self, node: &ScalarUDF, buf: &mut Vec<u8>) -> Result<()> {
        encode(Function::of_scalar(node), buf, |buf| self.0.try_encode_udf(node, buf))
    }

    fn try_decode_udf(&self, name: &str, buf: &[u8]) -> Result<Arc<ScalarUDF>> {
        decode(buf, Function::scalar, || self.0.try_decode_udf(name, buf))
    }

    fn try_encode_udaf(&self, node: &AggregateUDF, buf: &mut Vec<u8>) -> Result<()> {
        encode(Function::of_aggregate(node), buf, |buf| self.0.try_encode_udaf(node, buf))
    }

    fn try_decode_udaf(&self, name: &str, buf: &[u8]) -> Result<Arc<AggregateUDF>> {
        decode(buf, Function::aggregate, || self.0.try_decode_udaf(name, buf))
    }

    fn try_decode(
        &self,
        buf: &[u8],
        inputs: &[LogicalPlan],
        ctx: &TaskContext,
    ) -> Result<Extension> {
        self.0.try_decode(buf, inputs, ctx)
    }

    fn try_encode(&self, node: &Extension, buf: &mut Vec<u8>) -> Result<()> {
        self.0.try_encode(node, buf)
    }

    fn try_decode_table_provider(
        &self,
        buf: &[u8],
        table_ref: &TableReference,
        schema: SchemaRef,
        ctx: &TaskContext,
    ) -> Result<Arc<dyn TableProvider>> {
        self.0.try_decode_table_provider(buf, table_ref, schema, ctx)
    }

    fn try_encode_table_provider(
        &self,
        table_ref: &TableReference,
        node: Arc<dyn TableProvider>,
        buf: &mut Vec<u8>,
    ) -> Result<()> {
        self.0.try_encode_table_provider(table_ref, node, buf)
    }

    fn try_decode_file_format(
        &self,
        buf: &[u8],
        ctx: &TaskContext,
    ) -> Result<Arc<dyn FileFormatFactory>> {
        self.0.try_decode_file_format(buf, ctx)
    }

    fn try_encode_file_format(
        &self,
        buf: &mut Vec<u8>,
        node: Arc<dyn FileFormatFactory>,
    ) -> Result<()> {
        self.0.try_encode_file_format(buf, node)
    }

    fn try_decode_higher_order_function(
        &self,
        name: &str,
        buf: &[u8],
    ) -> Result<Arc<HigherOrderUDF>> {
        self.0.try_decode_higher_order_function(name, buf)
    }

    fn try_encode_higher_order_function(
        &self,
        node: &HigherOrderUDF,
        buf: &mut Vec<u8>,
    ) -> Result<()> {
        self.0.try_encode_higher_order_function(node, buf)
    }

    fn try_decode_udwf(&self, name: &str, buf: &[u8]) -> Result<Arc<WindowUDF>> {
        self.0.try_decode_udwf(name, buf)
    }

    fn try_encode_udwf(&self, node: &WindowUDF, buf: &mut Vec<u8>) -> Result<()> {
        self.0.try_encode_udwf(node, buf)
    }
}

impl<C: PhysicalExtensionCodec> PhysicalExtensionCodec for PhysicalCodec<C> {
    fn try_encode_udf(&self, node: &ScalarUDF, buf: &mut Vec<u8>) -> Result<()> {
        encode(Function::of_scalar(node), buf, |buf| self.0.try_encode_udf(node, buf))
    }

    fn try_decode_udf(&self, name: &str, buf: &[u8]) -> Result<Arc<ScalarUDF>> {
        decode(buf, Function::scalar, || self.0.try_decode_udf(name, buf))
    }

    fn try_encode_udaf(&self, node: &AggregateUDF, buf: &mut Vec<u8>) -> Result<()> {
        encode(Function::of_aggregate(node), buf, |buf| self.0.try_encode_udaf(node, buf))
    }

    fn try_decode_udaf(&self, name: &str, buf: &[u8]) -> Result<Arc<AggregateUDF>> {
        decode(buf, Function::aggregate, || self.0.try_decode_udaf(name, buf))
    }

    fn try_decode(
        &self,
        buf: &[u8],
        inputs: &[Arc<dyn ExecutionPlan>],
        ctx: &TaskContext,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.0.try_decode(buf, inputs, ctx, converter)
    }

    fn try_encode(
        &self,
        node: Arc<dyn ExecutionPlan>,
        buf: &mut Vec<u8>,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<()> {
        self.0.try_encode(node, buf, converter)
    }

    fn try_decode_expr(
        &self,
        buf: &[u8],
        inputs: &[Arc<dyn PhysicalExpr>],
        ctx: &PhysicalExprDecodeCtx<'_>,
    ) -> Result<Arc<dyn PhysicalExpr>> {
        self.0.try_decode_expr(buf, inputs, ctx)
    }

    fn try_encode_expr(
        &self,
        node: &Arc<dyn PhysicalExpr>,
        buf: &mut Vec<u8>,
        ctx: &PhysicalExprEncodeCtx<'_>,
    ) -> Result<()> {
        self.0.try_encode_expr(node, buf, ctx)
    }

    fn try_decode_higher_order_function(
        &self,
        name: &str,
        buf: &[u8],
    ) -> Result<Arc<HigherOrderUDF>> {
        self.0.try_decode_higher_order_function(name, buf)
    }

    fn try_encode_higher_order_function(
        &self,
        node: &HigherOrderUDF,
        buf: &mut Vec<u8>,
    ) -> Result<()> {
        self.0.try_encode_higher_order_function(node, buf)
    }

    fn try_decode_udwf(&self, name: &str, buf: &[u8]) -> Result<Arc<WindowUDF>> {
        self.0.try_decode_udwf(name, buf)
    }

    fn try_encode_udwf(&self, node: &WindowUDF, buf: &mut Vec<u8>) -> Result<()> {
        self.0.try_encode_udwf(node, buf)
    }
}

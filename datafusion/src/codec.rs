//! Functions as bytes, so that other machines run them (feature `codec`).
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
//! let codec = LogicalCodec(DefaultLogicalExtensionCodec {}); // of a cluster: around its own
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
//! A function takes its tariffs along: a machine that runs it needs a codec and no rate card. The
//! bytes say their version; one that this crate does not know is refused, so all machines of a
//! cluster want the same version of it.

use crate::{
    Error, Tariffs,
    aggregate::Aggregate,
    each::{Each, EachCost},
    excess::ExcessCost,
    percentile::RatePercentile,
    tariffs::{Billed, Priced},
    total::TotalCost,
};
use bandwidth_cost::{DataRate, DataVolume, Percentile, Tariff};
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

/// What a function calculates with: its tariffs travel along, so that a machine needs none.
#[derive(Debug, Serialize, Deserialize)]
enum Function {
    VolumeCost { tariffs: Vec<Tariff>, scale: u32 },
    RateCost { tariffs: Vec<Tariff>, scale: u32 },
    TotalCost { tariff: Tariff, scale: u32 },
    ExcessCost { tariff: Tariff, scale: u32, baseline: DataRate },
    RatePercentile(Percentile),
}

/// The functions in logical plans, beside what another codec knows: it is the first to be asked for
/// a function, and hands all else on.
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

/// The functions in physical plans, beside what another codec knows: it is the first to be asked
/// for a function, and hands all else on.
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
        let inner = function.inner();
        if let Some(excess) = inner.downcast_ref::<Aggregate<ExcessCost>>() {
            let ExcessCost { priced, baseline } = excess.calculation();
            let (tariff, scale) = (priced.tariff().clone(), priced.scale());
            return Some(Self::ExcessCost { tariff, scale, baseline: *baseline });
        }
        if let Some(percentile) = inner.downcast_ref::<Aggregate<RatePercentile>>() {
            return Some(Self::RatePercentile(percentile.calculation().0));
        }
        Self::of_total::<DataVolume>(function).or_else(|| Self::of_total::<DataRate>(function))
    }

    fn of_total<Q: Billed>(function: &AggregateUDF) -> Option<Self> {
        let total = function.inner().downcast_ref::<Aggregate<TotalCost<Q>>>()?;
        let TotalCost(priced) = total.calculation();
        Some(Self::TotalCost { tariff: priced.tariff().clone(), scale: priced.scale() })
    }

    fn scalar(self) -> Option<ScalarUDF> {
        fn each<Q: Each>(tariffs: &[Tariff], scale: u32) -> ScalarUDF {
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
            Self::TotalCost { tariff, scale } => {
                total::<DataVolume>(&tariff, scale).or_else(|| total::<DataRate>(&tariff, scale))
            }
            Self::ExcessCost { tariff, scale, baseline } => {
                let priced = Arc::new(Priced::new(&tariff, scale)?);
                Some(Aggregate::new(ExcessCost { priced, baseline }).into())
            }
            Self::RatePercentile(percentile) => Some(Tariffs::rate_percentile(percentile)),
            _ => None,
        }
    }
}

/// Stands before each function of this crate. The last byte is the version of what follows.
const MARK: [u8; 4] = *b"bwc\x01";

fn total<Q: Billed>(tariff: &Tariff, scale: u32) -> Option<AggregateUDF> {
    let priced = Arc::new(Priced::new(tariff, scale)?);
    Some(Aggregate::new(TotalCost::<Q>(priced)).into())
}

fn unreadable(reason: impl ToString) -> Error {
    Error::Function { reason: reason.to_string() }
}

/// A function of this crate, or else what the inner codec makes of it.
fn encode(
    function: Option<Function>,
    buf: &mut Vec<u8>,
    inner: impl FnOnce(&mut Vec<u8>) -> Result<()>,
) -> Result<()> {
    let Some(function) = function else {
        return inner(buf);
    };
    // Only when it is complete: DataFusion drops an error here, and sends what is in the buffer.
    buf.extend(postcard::to_allocvec(&(MARK, function)).map_err(unreadable)?);
    Ok(())
}

/// The reverse: bytes without the mark are the inner codec's.
fn decode<F>(
    buf: &[u8],
    of: impl FnOnce(Function) -> Option<F>,
    inner: impl FnOnce() -> Result<Arc<F>>,
) -> Result<Arc<F>> {
    if !buf.starts_with(&MARK) {
        return inner();
    }
    let (_, function): ([u8; 4], Function) = postcard::from_bytes(buf).map_err(unreadable)?;
    Ok(Arc::new(of(function).ok_or_else(|| unreadable("it is of another kind"))?))
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

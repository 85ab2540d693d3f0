//! The suite: a module a subject, and what they share in `support`.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::erasing_op,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

mod adjustment_properties;
mod adjustments;
mod api;
mod arbitrary;
mod attribute;
mod baseline;
mod baseline_properties;
mod break_even;
mod bulk;
mod bulk_groups;
mod bulk_properties;
mod contract_properties;
mod contracts;
mod contracts_golden;
mod convert;
mod cookbook;
mod currency;
mod curves;
mod error;
mod exchange_rates;
mod exchange_rates_properties;
mod exhaustive;
mod explain;
mod fixings;
mod forecast;
mod fuzz_layouts;
mod fuzz_replay;
mod golden_contracts;
mod golden_series;
mod invoice_csv;
mod literals;
mod messages;
mod money;
mod money_properties;
mod money_text;
mod offers;
mod operators;
mod price;
mod price_properties;
mod published_tariffs;
mod quantity_properties;
mod quantity_text;
mod rate_card;
mod rate_card_schema;
mod readme;
mod rooms;
mod scenario;
mod scenario_properties;
mod schedule;
mod schedule_properties;
mod serde;
mod serde_bulk;
mod serde_tariff;
mod settlement;
mod tariff;
mod tariff_properties;
mod usage_cases;
mod usage_clock;
mod usage_counter;
mod usage_counter_golden;
mod usage_csv;
mod usage_csv_cases;
mod usage_csv_memory;
mod usage_csv_properties;
mod usage_gaps;
mod usage_left_out;
mod usage_properties;
mod usage_records;
mod usage_series;
mod usage_text;
mod vectors;

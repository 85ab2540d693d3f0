//! The cookbook's programs about files print what their comments say.
#![cfg(feature = "csv")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/a_spreadsheet_with_semicolons.rs"]
mod a_spreadsheet_with_semicolons;
#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/an_rrdtool_export.rs"]
mod an_rrdtool_export;
#[expect(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/flow_records_to_a_bill.rs"]
mod flow_records_to_a_bill;

#[track_caller]
fn prints(printed: String, source: &str) {
    let comment = format!("    // {printed}\n");
    assert!(source.contains(&comment), "prints `{printed}`");
}

#[test]
fn programs_print_what_their_comments_say() {
    prints(
        a_spreadsheet_with_semicolons::report().unwrap(),
        include_str!("../../examples/a_spreadsheet_with_semicolons.rs"),
    );
    prints(
        an_rrdtool_export::report().unwrap(),
        include_str!("../../examples/an_rrdtool_export.rs"),
    );
    prints(
        flow_records_to_a_bill::report().unwrap(),
        include_str!("../../examples/flow_records_to_a_bill.rs"),
    );
}

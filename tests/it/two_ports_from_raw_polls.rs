//! The cookbook's two ports, whose output stands below the example as a comment.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/two_ports_from_raw_polls.rs"]
mod two_ports_from_raw_polls;

#[test]
fn the_output_is_the_comment_below_the_example() {
    let mut out = Vec::new();
    two_ports_from_raw_polls::run(&mut out).unwrap();
    let source = include_str!("../../examples/two_ports_from_raw_polls.rs");
    let (_, comment) = source.split_once("// Output:\n").unwrap();
    let comment = comment.lines().map(|line| line.trim_start_matches("//").trim());
    let written = String::from_utf8(out).unwrap();
    let written = written.trim_end().lines().map(str::trim);
    assert_eq!(written.collect::<Vec<_>>(), comment.collect::<Vec<_>>());
}

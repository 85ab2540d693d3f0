#![no_main]

#[path = "../../tests/it/fuzz/columns.rs"]
mod body;
#[path = "../../tests/it/fuzz/source.rs"]
mod source;
#[allow(dead_code)]
#[path = "../../tests/it/support/mod.rs"]
mod support;
#[path = "../../tests/it/fuzz/terms.rs"]
mod terms;

libfuzzer_sys::fuzz_target!(|input: &[u8]| body::check(input));

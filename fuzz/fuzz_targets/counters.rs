#![no_main]

#[path = "../../tests/it/fuzz/counters.rs"]
mod body;
#[allow(dead_code)]
#[path = "../../tests/it/fuzz/source.rs"]
mod source;

libfuzzer_sys::fuzz_target!(|input: &[u8]| body::check(input));

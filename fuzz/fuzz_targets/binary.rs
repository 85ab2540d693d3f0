#![no_main]

#[path = "../../tests/it/fuzz/binary.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|input: &[u8]| body::check(input));

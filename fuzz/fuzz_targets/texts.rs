#![no_main]

#[path = "../../tests/it/fuzz/texts.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|input: &[u8]| body::check(input));

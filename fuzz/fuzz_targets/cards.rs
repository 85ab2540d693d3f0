#![no_main]

#[path = "../../tests/it/fuzz/cards.rs"]
mod body;
#[allow(dead_code)]
#[path = "../../tests/it/fuzz/source.rs"]
mod source;
#[allow(dead_code)]
#[path = "../../tests/it/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|input: &[u8]| body::check(input));

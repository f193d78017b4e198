#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| docgen_fuzz::language(text));

#![no_main]

// The guards of docgen catch what foreign parsers throw; what gets past them ends the run.
libfuzzer_sys::fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| {})),
    |text: &str| docgen_fuzz::paint(text)
);

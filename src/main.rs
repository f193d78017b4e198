//! Arguments, command, exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// Two threads that parse thousands of pages ask for memory all the time; the system's allocator
// takes a tenth of a check for that.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    docgen::cli::run()
}

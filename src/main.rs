//! The `docgen` binary: sets the allocator and runs the command line.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// Parsing thousands of pages on several threads allocates all the time; with the system allocator,
// that is a tenth of the run time of a check.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    docgen::cli::run()
}

//! docgen: a documentation site generator that does not publish broken documentation.
//!
//! A tree of files is read into inputs, and inputs are turned into a model: the facts of every page
//! and an index of all link targets. `check`, `build` and `serve` all work on that model. Parsing,
//! checking and rendering look at one page at a time and run in parallel; only the index spans
//! pages.
//!
//! Invariants, which `tests/integration/architecture` tests:
//!
//! - A module uses only modules listed before it below.
//! - Only `io` and `cli` access files, the network, the clock, the environment or the terminal.
//! - Only `project`, the checker and `render::publish` process content in parallel.
//! - No rule, language, flavour or report format imports another; shared code lives in a
//!   shared module.
//! - There is no global mutable state.

pub use docgen_base::{coverage, diagnostic, error, panics, source, suggest};
pub use docgen_check as check;
pub use docgen_check::fix;
pub use docgen_code::{data, lang, truth};
pub use docgen_model::{config, markdown, project, site};
pub use docgen_render as render;

pub mod report;
#[allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it is the outside"
)]
pub mod io;
#[allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "it is the outside"
)]
pub mod cli;

//! docgen: a documentation site generator that does not publish broken documentation.
//!
//! A tree of files becomes inputs, inputs become a model (the facts of every page and the index of
//! all targets), and `check`, `build` and `serve` are views of that one model. Parsing, checking
//! and rendering look at one page each and run in parallel; only the index crosses pages.
//!
//! What always holds, and `tests/invariants.rs` keeps:
//!
//! - A room uses only rooms before it, in the order in which they stand below.
//! - Only `io` and `cli` touch files, the network, the clock, the environment or the terminal.
//! - Only `project`, the checker and `render::publish` work on content in parallel.
//! - No rule, language or report format knows another; what several need is in a shared place.
//! - There is no global mutable state.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub use docgen_base::{coverage, diagnostic, error, panics, source, suggest};
pub use docgen_check as check;
pub use docgen_check::fix;
pub use docgen_code::{data, lang, truth};
pub use docgen_model::{config, markdown, project, site};
pub use docgen_render as render;

pub mod report;
pub mod io;
pub mod cli;

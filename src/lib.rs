//! docgen: a documentation site generator that does not publish broken documentation.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod check;
pub mod cli;
pub mod config;
pub mod coverage;
pub mod data;
pub mod diagnostic;
pub mod error;
pub mod io;
pub mod lang;
pub mod markdown;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod site;
pub mod source;
pub mod truth;

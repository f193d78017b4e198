//! docgen: a documentation site generator that does not publish broken documentation.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod source;
pub mod diagnostic;
pub mod coverage;
pub mod error;
pub mod data;
pub mod lang;
pub mod truth;
pub mod markdown;
pub mod config;
pub mod site;
pub mod check;
pub mod report;
pub mod render;
pub mod io;

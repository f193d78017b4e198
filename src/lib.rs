//! docgen: a documentation site generator that does not publish broken documentation.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod data;
pub mod diagnostic;
pub mod error;
pub mod io;
pub mod lang;
pub mod source;

//! The content of code blocks: data formats with spans, one file for each language, and the schemas
//! and command specifications that examples are validated against.

use docgen_base::{diagnostic, panics, source, suggest};

pub mod data;
pub mod lang;
pub mod truth;

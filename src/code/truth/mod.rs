//! What examples are validated against: configuration schemas and command specifications.
//!
//! Input is `&str` and results are spans relative to the example, so nothing here uses the disk or
//! the network. Only what is certainly wrong is an error: not what an author left out, wrote as a
//! placeholder, or passed to a plugin.

pub mod pattern;
pub mod placeholder;
pub mod schema;
pub mod command;
pub mod steps;
#[cfg(test)]
mod testing;

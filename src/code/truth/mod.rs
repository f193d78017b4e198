//! What examples are held against: configuration schemas and command specifications.
//!
//! Texts come in as `&str` and answers go out as spans relative to the example, so nothing here
//! touches the disk or the network. A truth is as strict as it is sure: what an author left out,
//! wrote as a placeholder, or handed to a plugin is not called an error.

pub mod pattern;
pub mod placeholder;
pub mod schema;
pub mod command;
pub mod steps;
#[cfg(test)]
mod testing;

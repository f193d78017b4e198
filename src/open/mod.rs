//! The way in: finds the documentation tree around a path, reads its settings once, and makes one
//! value of it, the [`Project`], which is checked, built and served.

mod build;
mod folder;
pub mod locate;
mod project;
mod serve;

pub use build::{BuildOptions, Built, LastChanged};
pub use project::{Project, checker_of};
pub use serve::{Event, ServeOptions};

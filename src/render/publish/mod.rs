//! From a checked model to the files of its site: what there is, and the bytes of each.

mod day;
mod extra;
mod failures;
mod frame;
mod presentation;
mod probe;
mod publisher;
pub mod search;
mod shown;
mod sitemap;
mod values;

pub use crate::site::plan::Output;
pub use presentation::{Presentation, template_finding};
pub use probe::template_faults;
pub use publisher::{Failure, Made, Publisher};

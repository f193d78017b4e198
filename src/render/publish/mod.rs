//! Makes the files of a site from a checked model.

mod day;
mod extra;
mod failures;
mod frame;
mod marks;
mod pages;
mod presentation;
mod probe;
mod publisher;
pub mod search;
#[cfg(feature = "search")]
mod searched;
mod shown;
mod sitemap;
mod values;

pub use crate::site::plan::Output;
pub use failures::Failure;
pub use pages::Pages;
pub use presentation::{Presentation, template_finding};
pub use probe::template_faults;
pub use publisher::{Made, Publisher};

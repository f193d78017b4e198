//! Runs the rooms in order, in parallel: a tree of files becomes a site that can be checked and
//! rendered. No command parses or renders by itself, so a preview is the publication.

mod accepted;
mod day;
mod earlier;
mod expansion;
mod extra;
mod frame;
mod inputs;
mod open;
mod overlay;
mod plan;
mod publisher;
pub mod search;
mod settings;
mod shown;
mod since;
mod site;
mod sitemap;
mod tree;
mod values;

pub use earlier::Earlier;
pub use inputs::{Inputs, Overrides};
pub use overlay::Overlay;
pub use publisher::{Failure, Made, Output, Publisher};
pub use settings::Found;
pub use site::Site;
pub use tree::{MemoryTree, Text, Tree};

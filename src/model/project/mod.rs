//! From a tree of files to a model of the documentation in it.
//!
//! [`Inputs::load`] reads settings, pages and schemas from a [`Tree`]; [`Model::new`] parses the
//! pages, indexes all targets and resolves every link. A model never changes afterwards.

mod addresses;
pub mod bindings;
mod shared_pages;
mod expansion;
mod faults;
mod input_page;
mod inputs;
mod loader;
mod model;
mod options;
mod overlay;
mod settings;
mod tree;
mod unknown_ids;

pub use expansion::Expansions;
pub use faults::{LoadFault, LoadFaults};
pub use inputs::{Inputs, Reuse};
pub use loader::Loader;
pub use model::Model;
pub use options::Options;
pub use overlay::Overlay;
pub use settings::{SettingsRequest, settings, settings_of_tree};
pub use shared_pages::SharedPages;
pub use tree::{MemoryTree, Skipped, Text, Tree};

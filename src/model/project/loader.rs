//! From a tree to its model, in one step.

use super::inputs::{Inputs, Reuse};
use super::model::Model;
use super::settings::{SettingsRequest, settings_of_tree};
use super::tree::Tree;
use crate::error::Result;

/// How a model is made of a tree, and of other versions of the same tree.
#[derive(Clone, Default)]
pub struct Loader {
    /// How its settings are read.
    pub request: SettingsRequest,
    /// What need not be made again.
    pub reuse: Reuse,
}

impl Loader {
    /// The model of a tree.
    pub fn load(&self, tree: &dyn Tree) -> Result<Model> {
        let settings = settings_of_tree(tree, &self.request)?;
        Model::new(Inputs::load(tree, settings, &self.reuse)?)
    }
}

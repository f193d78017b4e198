//! A tree with other texts in some of its files.

use std::collections::BTreeMap;

use super::tree::{Text, Tree};
use crate::source::VPath;

/// What is not changed is asked of the tree below.
pub struct Overlay<'t> {
    below: &'t dyn Tree,
    texts: BTreeMap<VPath, String>,
}

impl<'t> Overlay<'t> {
    /// A tree in which nothing is changed yet.
    pub fn new(below: &'t dyn Tree) -> Self {
        Self { below, texts: BTreeMap::new() }
    }

    /// Gives a file another text.
    pub fn set(&mut self, path: &VPath, text: String) {
        self.texts.insert(path.clone(), text);
    }

    /// The files with another text.
    pub fn changed(&self) -> impl Iterator<Item = (&VPath, &str)> {
        self.texts.iter().map(|(path, text)| (path, text.as_str()))
    }
}

impl Tree for Overlay<'_> {
    fn files(&self) -> &[VPath] {
        self.below.files()
    }

    fn text(&self, path: &VPath) -> Text {
        match self.texts.get(path) {
            Some(text) => Text::Ok(text.clone()),
            None => self.below.text(path),
        }
    }

    fn skipped(&self) -> Vec<(String, String)> {
        self.below.skipped()
    }
}

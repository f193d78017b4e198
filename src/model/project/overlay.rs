//! A tree with other texts in some of its files.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Skipped, Text, Tree};
use crate::markdown::expand::Found;
use crate::source::VPath;

/// Files that are not changed are read from the tree below.
pub struct Overlay<'t> {
    below: &'t dyn Tree,
    names: Option<Vec<VPath>>,
    texts: BTreeMap<VPath, String>,
}

impl<'t> Overlay<'t> {
    /// An overlay without changes.
    pub fn new(below: &'t dyn Tree) -> Self {
        Self { below, names: None, texts: BTreeMap::new() }
    }

    /// Gives a file another text.
    pub fn set(&mut self, path: &VPath, text: String) {
        self.texts.insert(path.clone(), text);
    }

    /// Removes files.
    pub fn remove(&mut self, gone: &BTreeSet<VPath>) {
        let names = self.files().iter().filter(|path| !gone.contains(*path));
        self.names = Some(names.cloned().collect());
    }

    /// Adds a file.
    pub fn add(&mut self, path: &VPath, text: String) {
        let mut names = self.names.take().unwrap_or_else(|| self.below.files().to_vec());
        if let Err(at) = names.binary_search(path) {
            names.insert(at, path.clone());
        }
        self.names = Some(names);
        self.set(path, text);
    }

    /// The files with another text.
    pub fn changed(&self) -> impl Iterator<Item = (&VPath, &str)> {
        self.texts.iter().map(|(path, text)| (path, text.as_str()))
    }
}

impl Tree for Overlay<'_> {
    fn files(&self) -> &[VPath] {
        self.names.as_deref().unwrap_or_else(|| self.below.files())
    }

    fn text(&self, path: &VPath) -> Text {
        match self.texts.get(path) {
            Some(text) => Text::Ok(text.clone()),
            // Texts of unlisted files can be read, but not those of removed files.
            None if self.names.is_some()
                && self.below.files().binary_search(path).is_ok()
                && self.files().binary_search(path).is_err() =>
            {
                Text::Unreadable("no such file".to_owned())
            }
            None => self.below.text(path),
        }
    }

    fn withheld(&self, path: &VPath) -> Option<String> {
        self.below.withheld(path)
    }

    fn outside(&self, path: &VPath) -> Found {
        self.below.outside(path)
    }

    fn skipped(&self) -> Vec<Skipped> {
        self.below.skipped()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::MemoryTree;

    #[test]
    fn files_are_changed_added_and_taken_away() {
        let path = |name: &str| VPath::new(name).unwrap();
        let below = MemoryTree::new(["a", "b", "d"].map(|name| (name.to_owned(), name.to_owned())));
        let mut tree = Overlay::new(&below);
        tree.set(&path("a"), "new".to_owned());
        tree.remove(&[path("b")].into());
        tree.add(&path("c"), "more".to_owned());
        assert_eq!(tree.files(), [path("a"), path("c"), path("d")]);
        let text = |name: &str| tree.text(&path(name));
        assert_eq!(text("a"), Text::Ok("new".to_owned()));
        assert_eq!(text("c"), Text::Ok("more".to_owned()));
        assert_eq!(text("d"), Text::Ok("d".to_owned()));
        assert!(matches!(text("b"), Text::Unreadable(_)));
    }
}

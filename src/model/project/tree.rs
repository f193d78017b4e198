//! The trait of a tree of files, and a tree in memory for tests.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::expand::Found;
use crate::source::VPath;

/// The result of reading a file. None of these is an error, so that no page vanishes silently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// Its text.
    Ok(String),
    /// It is not UTF-8.
    NotUtf8 {
        /// The first bad byte.
        at: usize,
        /// The text with bad bytes replaced.
        lossy: String,
    },
    /// It could not be read, with the reason.
    Unreadable(String),
}

/// A file or folder that was not read, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Its path, relative to the root; lossy if it is not Unicode.
    pub path: String,
    /// Why it was not read.
    pub reason: String,
    /// Whether it is a folder whose entries are unknown: any number of pages may lie in it.
    pub folder: bool,
}

/// A tree of files.
pub trait Tree: Sync {
    /// The names of all files, sorted.
    fn files(&self) -> &[VPath];
    /// The text of a file, for any use.
    fn text(&self, path: &VPath) -> Text;
    /// Why the text of a file must not be published, if so. To be called before including it.
    fn withheld(&self, path: &VPath) -> Option<String>;
    /// The text of a file outside of the root, for pages that include it. A tree that is not part of
    /// something larger has nothing there.
    fn outside(&self, _path: &VPath) -> Found {
        Found::Elsewhere("it is outside of the tree, where docgen reads nothing".to_owned())
    }
    /// Files and folders that exist but were not read.
    fn skipped(&self) -> Vec<Skipped>;
}

/// A tree in memory.
#[derive(Debug, Default)]
pub struct MemoryTree {
    names: Vec<VPath>,
    texts: BTreeMap<VPath, String>,
    tracked: BTreeSet<VPath>,
}

impl MemoryTree {
    /// A tree of these files; paths that leave the root are left out.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let texts: BTreeMap<VPath, String> =
            files.into_iter().filter_map(|(path, text)| Some((VPath::new(&path)?, text))).collect();
        Self { names: texts.keys().cloned().collect(), texts, tracked: BTreeSet::new() }
    }

    /// Treats hidden files as tracked by git.
    pub fn tracking(mut self, paths: &[&str]) -> Self {
        self.tracked.extend(paths.iter().filter_map(|path| VPath::new(path)));
        self
    }
}

impl Tree for MemoryTree {
    fn files(&self) -> &[VPath] {
        &self.names
    }

    fn text(&self, path: &VPath) -> Text {
        self.texts.get(path).map_or_else(
            || Text::Unreadable("no such file".to_owned()),
            |text| Text::Ok(text.clone()),
        )
    }

    fn withheld(&self, path: &VPath) -> Option<String> {
        path.withheld(|path| self.tracked.contains(path)).map(str::to_owned)
    }

    fn skipped(&self) -> Vec<Skipped> {
        Vec::new()
    }
}

//! The files of a tree on disk.

use std::path::{Path, PathBuf};

use super::git::{self, Tracked};
use super::real_path;
use super::walk::{self, ReadText};
use crate::error::Result;
use crate::markdown::expand::Found;
use crate::project::{Skipped, Text, Tree};
use crate::source::VPath;

/// The largest page that is read, in bytes; it bounds the memory.
const MAX_TEXT: u64 = 64 * 1024 * 1024;

/// A tree on disk. The names of its files are read once, when it is opened.
#[derive(Debug)]
pub struct DiskTree {
    root: PathBuf,
    names: Vec<VPath>,
    skipped: Vec<Skipped>,
    published: Vec<String>,
    tracked: Tracked,
    /// The repository around the root, and the files that git tracks there.
    repository: Option<(PathBuf, Tracked)>,
}

impl DiskTree {
    /// Lists the files below `root`, without the `excluded` folders.
    pub fn open(root: &Path, excluded: &[PathBuf]) -> Result<Self> {
        Self::open_parts(root, &[], excluded)
    }

    /// Lists the files in `parts` of `root`, or in all of it if `parts` is empty. The text of any
    /// other file inside the root can still be read.
    pub fn open_parts(root: &Path, parts: &[String], excluded: &[PathBuf]) -> Result<Self> {
        let root = real_path(root);
        let tracked = Tracked::hidden(&root);
        let tree = walk::walk_parts(&root, parts, excluded, &tracked)?;
        let names = tree.files.into_iter().map(|file| file.path).collect();
        let repository = git::top(&root).map(|top| (top.clone(), Tracked::all(&top)));
        let (skipped, published) = (tree.skipped, tree.published);
        Ok(Self { root, names, skipped, published, tracked, repository })
    }

    /// The bytes of a file that is published as it is; `None` if it is too large.
    pub fn bytes(&self, path: &VPath) -> Option<Vec<u8>> {
        walk::read_bytes(&self.root, path, MAX_TEXT)
    }

    /// The folders below the root that contain a site published by docgen. They are not part of
    /// the tree, and the user should be told.
    pub fn published(&self) -> &[String] {
        &self.published
    }

    /// Whether a file of the tree is a regular file, not a symbolic link to one.
    pub fn is_regular(&self, path: &VPath) -> bool {
        std::fs::symlink_metadata(self.place(path)).is_ok_and(|meta| meta.is_file())
    }

    /// The path on disk of a file of the tree.
    pub fn place(&self, path: &VPath) -> PathBuf {
        self.root.join(path.as_str())
    }
}

impl Tree for DiskTree {
    fn files(&self) -> &[VPath] {
        &self.names
    }

    fn text(&self, path: &VPath) -> Text {
        match walk::read_text(&self.root, path, MAX_TEXT) {
            ReadText::Text(text) => Text::Ok(text),
            ReadText::NotUtf8 { at, lossy } => Text::NotUtf8 { at, lossy },
            ReadText::TooLarge { limit } => Text::Unreadable(format!(
                "the file is larger than {} MiB; split it",
                limit / (1024 * 1024)
            )),
            ReadText::Unreadable { reason } => Text::Unreadable(reason),
        }
    }

    fn withheld(&self, path: &VPath) -> Option<String> {
        walk::withheld(&self.root, path, &self.tracked)
    }

    fn outside(&self, path: &VPath) -> Found {
        let elsewhere = |what: &str| {
            Found::Elsewhere(format!("it is outside of the {what}, where docgen reads nothing"))
        };
        let Some((top, tracked)) = &self.repository else { return elsewhere("tree") };
        let above = self.root.strip_prefix(top).ok().and_then(Path::to_str).unwrap_or_default();
        if VPath::beyond(&format!("{above}/{path}")).is_outside() {
            return elsewhere("repository");
        }
        let Ok(real) = self.root.join(path.as_str()).canonicalize() else {
            return Found::Missing;
        };
        let inside = real.strip_prefix(top).ok().and_then(|path| path.to_str());
        let name = |path: &str| VPath::new(&path.replace(std::path::MAIN_SEPARATOR, "/"));
        let Some(inside) = inside.and_then(name) else { return elsewhere("repository") };
        if let Some(why) = inside.withheld(|path| tracked.has(path)) {
            return Found::Withheld(why.to_owned());
        }
        // What is committed is meant to be seen; what lies around it may be anything.
        if !tracked.has(&inside) {
            return Found::Withheld(
                "it is outside of the tree, and git does not track it".to_owned(),
            );
        }
        match walk::read_text(top, &inside, MAX_TEXT) {
            ReadText::Text(text) | ReadText::NotUtf8 { lossy: text, .. } => {
                Found::Text(text.into())
            }
            ReadText::TooLarge { .. } | ReadText::Unreadable { .. } => Found::Missing,
        }
    }

    fn skipped(&self) -> Vec<Skipped> {
        self.skipped.clone()
    }
}

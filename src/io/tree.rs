//! A tree on disk.

use std::path::{Path, PathBuf};

use super::git::Tracked;
use super::real_path;
use super::walk::{self, ReadText};
use crate::error::Result;
use crate::project::{Skipped, Text, Tree};
use crate::source::VPath;

/// A larger page is refused with a message: it bounds memory.
const MAX_TEXT: u64 = 64 * 1024 * 1024;

/// A tree on disk, its names read once.
#[derive(Debug)]
pub struct DiskTree {
    root: PathBuf,
    names: Vec<VPath>,
    skipped: Vec<Skipped>,
    published: Vec<String>,
    tracked: Tracked,
}

impl DiskTree {
    /// Reads the names below `root`; `excluded` folders are not part of it.
    pub fn open(root: &Path, excluded: &[PathBuf]) -> Result<Self> {
        Self::open_parts(root, &[], excluded)
    }

    /// Reads the names of some folders and files below `root`, of all when none is named. The text
    /// of every other file inside the root can be asked for all the same.
    pub fn open_parts(root: &Path, parts: &[String], excluded: &[PathBuf]) -> Result<Self> {
        let root = real_path(root);
        let tracked = Tracked::new(&root);
        let tree = walk::walk_parts(&root, parts, excluded, &tracked)?;
        let names = tree.files.into_iter().map(|file| file.path).collect();
        Ok(Self { root, names, skipped: tree.skipped, published: tree.published, tracked })
    }

    /// The bytes of a file that is published as it is; nothing for a large one.
    pub fn bytes(&self, path: &VPath) -> Option<Vec<u8>> {
        walk::read_bytes(&self.root, path, MAX_TEXT)
    }

    /// The folders below the root that hold a site which docgen published: they are not part of
    /// the tree, and whoever opened it should say so.
    pub fn published(&self) -> &[String] {
        &self.published
    }

    /// Whether a file of the tree is a file itself, and not a symbolic link to one.
    pub fn is_regular(&self, path: &VPath) -> bool {
        std::fs::symlink_metadata(self.place(path)).is_ok_and(|meta| meta.is_file())
    }

    /// Where a file of the tree is on disk.
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
                "it is larger than {} MiB; split it",
                limit / (1024 * 1024)
            )),
            ReadText::Unreadable { reason } => Text::Unreadable(reason),
        }
    }

    fn withheld(&self, path: &VPath) -> Option<String> {
        walk::withheld(&self.root, path, &self.tracked)
    }

    fn skipped(&self) -> Vec<Skipped> {
        self.skipped.clone()
    }
}

//! The room that touches the world: reading a tree, publishing a site, cache, server, watcher.
//!
//! Everything before this room works on values; everything here turns the disk into values or
//! values into files, and reports a failure of the environment as one [`crate::error::Error`].

pub mod facts;
pub mod git;
pub mod http;
pub mod interrupt;
pub mod mime;
pub mod process;
pub mod progress;
pub mod publish;
pub mod replace;
pub mod index_cache;
pub mod store;
pub mod tree;
pub mod walk;
pub mod watch;

use std::path::{Path, PathBuf};

/// The path with every symlink resolved, also where its last components do not exist yet.
pub fn real_path(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let Ok(real) = ancestor.canonicalize() {
            // The prefix is an ancestor by construction; an empty rest must not add a slash.
            return match absolute.strip_prefix(ancestor) {
                Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
                _ => real,
            };
        }
    }
    absolute
}

/// Whether a folder of this name never holds content: hidden, or made by a package manager.
pub(crate) fn never_content(name: &str, is_dir: bool) -> bool {
    name.starts_with('.') || (is_dir && matches!(name, "node_modules" | "target"))
}

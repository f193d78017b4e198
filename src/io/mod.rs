//! Input and output: reading a tree, publishing a site, caches, the preview server, the watcher.
//!
//! All modules below this one work on values in memory; this one turns files into values and values
//! into files. Failures of the environment are [`crate::error::Error`]s.

pub mod external;
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

/// The path with every symlink resolved; its last components need not exist.
pub fn real_path(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let Ok(real) = ancestor.canonicalize() {
            // `strip_prefix` cannot fail for an ancestor; joining an empty rest would add a slash.
            return match absolute.strip_prefix(ancestor) {
                Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
                _ => real,
            };
        }
    }
    absolute
}

/// Whether a name is never content: hidden, or a folder of dependencies or build products.
pub(crate) fn never_content(name: &str, is_dir: bool) -> bool {
    name.starts_with('.') || (is_dir && matches!(name, "node_modules" | "target"))
}

//! Atomic publishing: the output is the old site or the new one, whole, never a mixture.
//!
//! A whole new tree is staged beside the output, in `.NAME.docgen-stage-N/`:
//!
//! ```text
//! docgen-stage   the marker that makes the folder ours to delete
//! tree/          the new site; after an exchange, the old one
//! old/           the old site, where the system cannot exchange two folders
//! trash/         what is to be deleted and nothing else
//! ```
//!
//! Files that did not change are hard links to the earlier output's, and are never written
//! through: every write makes a new file. `tree` and the output are then exchanged in one step
//! (`renameat2` with `RENAME_EXCHANGE`), or by two renames where that does not exist. A `.git` of
//! the output is moved over right after the swap. At the next start, `recover` ends what a
//! killed run left unfinished. A lock file beside the output prevents two runs at once; the system
//! releases the lock with its process, so a left-over stage never belongs to a running one.
//!
//! Nothing is synced to disk: the guarantee covers failures and kills of the process, which leave
//! the page cache intact. A power cut may lose the last publication; build again then.

mod files;
mod inspect;
mod lock;
mod manifest;
mod recover;
mod stage;

pub use inspect::verify;
pub use manifest::MANIFEST;
pub use stage::{Published, Stage, Step};

use std::path::Path;

/// The part of a stage folder's name between the name of the output and a number.
const STAGE: &str = ".docgen-stage-";
/// The suffix of the lock file's name.
const LOCK: &str = ".docgen-lock";
/// The file that marks a stage folder as made by docgen.
const MARKER: &str = "docgen-stage";
/// Moved over after the swap; never written.
const GIT: &str = ".git";
/// Copied into the new tree where the site does not write them itself.
const KEPT: [&str; 2] = [".nojekyll", "CNAME"];

/// Whether a path is inside a stage or is a lock, which the watcher ignores.
pub fn is_own(path: &Path) -> bool {
    path.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        name.starts_with('.') && (name.contains(STAGE) || name.ends_with(LOCK))
    })
}

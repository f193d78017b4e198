//! What is known of the pages of large trees, kept between runs.
//!
//! It lies where the user's caches lie, since a check leaves nothing in the tree that it looks at.
//! Whatever is wrong with it costs time and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rapidhash::v3::rapidhash_v3;

use super::interrupt::Interrupts;
use super::replace;
use crate::markdown::known::Known;

/// Smaller trees are looked at faster than a file is read.
const LEAST_PAGES: usize = 1000;
/// A larger file is not ours.
const MAX_BYTES: u64 = 2 << 30;
/// Of a hundred pages so many have to be new before the file is written again.
const MANY_NEW: usize = 2;

/// Where the facts of a tree are kept.
pub struct Store {
    file: PathBuf,
    version: String,
}

impl Store {
    /// The place for the tree at this root; nothing where the user has no place for caches.
    pub fn of(root: &Path) -> Option<Self> {
        let folder = ["XDG_CACHE_HOME", "LOCALAPPDATA"]
            .into_iter()
            .find_map(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
            .map(PathBuf::from)
            .or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".cache")))?;
        let name = format!("facts-{:016x}", rapidhash_v3(root.as_os_str().as_encoded_bytes()));
        Some(Self { file: folder.join("docgen").join(name), version: version()? })
    }

    /// What an earlier run left.
    pub fn load(&self) -> Known {
        let fits =
            fs::metadata(&self.file).is_ok_and(|file| file.is_file() && file.len() <= MAX_BYTES);
        let bytes = if fits { fs::read(&self.file).unwrap_or_default() } else { Vec::new() };
        Known::unpack(bytes, &self.version)
    }

    /// Keeps what this run found, if that is worth it.
    pub fn keep(&self, known: &Known, interrupts: &Interrupts) {
        let (new, all) = known.news();
        if all < LEAST_PAGES || new * 100 < all * MANY_NEW {
            return;
        }
        if let Some(folder) = self.file.parent() {
            let _ = fs::create_dir_all(folder);
            replace::sweep(folder);
        }
        let _ = replace::write(&self.file, &known.pack(&self.version), interrupts);
    }
}

/// Another build of docgen may find other facts.
fn version() -> Option<String> {
    let meta = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let built = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("docgen {} {} {}", env!("CARGO_PKG_VERSION"), meta.len(), built.as_nanos()))
}

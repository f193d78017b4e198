//! What is known of the pages of large trees, kept between runs.
//!
//! It lies where the user's caches lie, since a check leaves nothing in the tree that it looks at.
//! Whatever is wrong with it costs time and nothing else.

use std::path::{Path, PathBuf};

use rapidhash::v3::rapidhash_v3;

use super::interrupt::Interrupts;
use super::replace;
use super::store::Store;
use crate::markdown::facts_cache::FactsCache;

/// Smaller trees are looked at faster than a file is read.
const LEAST_PAGES: usize = 1000;
/// Of a hundred pages so many have to be new before the file is written again.
const MANY_NEW: usize = 2;

/// Where the facts of a tree are kept.
pub struct FactsFile {
    file: PathBuf,
    store: Store,
}

impl FactsFile {
    /// The place for the tree at this root; nothing where the user has no place for caches.
    pub fn of(root: &Path, interrupts: &Interrupts) -> Option<Self> {
        let folder = ["XDG_CACHE_HOME", "LOCALAPPDATA"]
            .into_iter()
            .find_map(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
            .map(PathBuf::from)
            .or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".cache")))?;
        let name = format!("facts-{:016x}", rapidhash_v3(root.as_os_str().as_encoded_bytes()));
        let store = Store::of_this_build(interrupts)?;
        Some(Self { file: folder.join("docgen").join(name), store })
    }

    /// What an earlier run left.
    pub fn load(&self) -> FactsCache {
        self.store.read(&self.file, 0).map(FactsCache::unpack).unwrap_or_default()
    }

    /// Keeps what this run found, if that is worth it.
    pub fn keep(&self, known: &FactsCache) {
        let (new, all) = known.news();
        if all < LEAST_PAGES || new * 100 < all * MANY_NEW {
            return;
        }
        if let Some(folder) = self.file.parent() {
            replace::sweep(folder);
        }
        let _ = self.store.write(&self.file, 0, &known.pack());
    }
}

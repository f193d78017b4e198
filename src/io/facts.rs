//! A cache of parsed pages on disk, for large trees.
//!
//! It is kept in the user's cache folder, since a check writes nothing into the tree. A missing or
//! damaged cache only costs time.

use std::path::{Path, PathBuf};

use rapidhash::v3::rapidhash_v3;

use super::interrupt::Interrupts;
use super::replace;
use super::store::Store;
use crate::markdown::facts_cache::FactsCache;

/// The fewest pages that make the cache worth reading: smaller trees are parsed faster.
const MIN_PAGES: usize = 1000;
/// The percentage of pages that must be new before the file is written again.
const MIN_NEW_PERCENT: usize = 2;

/// The cache file of one tree.
pub struct FactsFile {
    file: PathBuf,
    store: Store,
}

impl FactsFile {
    /// The cache file of the tree at `root`; `None` if the user has no cache folder.
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

    /// Reads what an earlier run has written.
    pub fn load(&self) -> FactsCache {
        self.store.read(&self.file, 0).map(FactsCache::unpack).unwrap_or_default()
    }

    /// Writes the facts of this run, if enough of them are new.
    pub fn keep(&self, known: &FactsCache) {
        let (new, all) = known.news();
        if all < MIN_PAGES || new * 100 < all * MIN_NEW_PERCENT {
            return;
        }
        if let Some(folder) = self.file.parent() {
            replace::sweep(folder);
        }
        let _ = self.store.write(&self.file, 0, &known.pack());
    }
}

//! The cache of search indexes: one file per language, in the cache folder.

use std::path::PathBuf;

use super::store::Store;
use crate::render::publish::search::{IndexCache, SearchFiles};

/// A folder of cached search indexes.
pub struct DiskIndexCache {
    folder: PathBuf,
    store: Store,
}

impl DiskIndexCache {
    /// Uses the indexes in a folder.
    pub fn new(folder: PathBuf, store: &Store) -> Self {
        Self { folder, store: store.clone() }
    }

    fn file(&self, language: &str) -> PathBuf {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        self.folder.join(format!("search-{}", language.chars().map(plain).collect::<String>()))
    }
}

impl IndexCache for DiskIndexCache {
    fn has(&self, language: &str) -> bool {
        self.file(language).is_file()
    }

    fn take(&self, language: &str, made_of: u64) -> Option<SearchFiles> {
        postcard::from_bytes(&self.store.read(&self.file(language), made_of)?).ok()
    }

    fn put(&self, language: &str, made_of: u64, files: &SearchFiles) {
        let Ok(packed) = postcard::to_stdvec(files) else { return };
        let _ = self.store.write(&self.file(language), made_of, &packed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::interrupt::Interrupts;

    #[test]
    fn an_index_is_found_again_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::of_version("1", &Interrupts::default());
        let index_cache = DiskIndexCache::new(dir.path().join("a"), &store);
        let files = SearchFiles::from([("x/y".to_owned(), vec![0, 255, 7])]);
        assert!(!index_cache.has("zh-Hans"));
        index_cache.put("zh-Hans", 5, &files);
        assert!(index_cache.has("zh-Hans"));
        assert_eq!(index_cache.take("zh-Hans", 5), Some(files));
        assert_eq!(index_cache.take("zh-Hans", 6), None, "made of something else");
        assert_eq!(index_cache.take("en", 5), None);
    }
}

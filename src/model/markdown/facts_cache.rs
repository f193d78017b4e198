//! A cache of page facts: from an earlier run, or from a page with the same text.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rapidhash::fast::RapidHasher;

use super::facts::PageFacts;
use super::kept_outline::KeptOutline;
use super::{Dialect, read as read_page};

/// Cached page facts, keyed by a 128-bit hash of text and dialect.
#[derive(Default)]
pub struct FactsCache {
    /// Facts of an earlier run: the file, and the range of each in it.
    bytes: Vec<u8>,
    old: HashMap<u128, Range<usize>>,
    /// Facts of this run.
    new: Mutex<HashMap<u128, Arc<PageFacts>>>,
}

impl FactsCache {
    /// The cached facts of a page, or new ones, and then its outline as well.
    pub fn facts(
        &self,
        text: &str,
        mdx: bool,
        dialect: Dialect,
    ) -> (Arc<PageFacts>, Option<KeptOutline>) {
        let key = key(text, mdx, dialect);
        if let Some(known) = self.lock().get(&key) {
            return (Arc::clone(known), None);
        }
        let packed = self.packed(key).and_then(|packed| postcard::from_bytes(packed).ok());
        let (found, outline) =
            packed.map_or_else(|| read_page(text, mdx, dialect), |facts| (facts, None));
        let found = Arc::new(found);
        self.lock().insert(key, Arc::clone(&found));
        (found, outline)
    }

    /// The number of pages that were parsed, and of all pages.
    pub fn news(&self) -> (usize, usize) {
        let new = self.lock();
        (new.keys().filter(|key| !self.old.contains_key(key)).count(), new.len())
    }

    /// Packs the facts that this run needed, for a later run.
    pub fn pack(&self) -> Vec<u8> {
        let new = self.lock();
        let mut entries: Vec<(u128, Vec<u8>)> = new
            .iter()
            .filter_map(|(key, facts)| {
                let known = self.packed(*key).map(<[u8]>::to_vec);
                Some((*key, known.or_else(|| postcard::to_allocvec(&**facts).ok())?))
            })
            .collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        postcard::to_allocvec(&entries).unwrap_or_default()
    }

    /// Unpacks the facts of an earlier run of the same build.
    pub fn unpack(bytes: Vec<u8>) -> Self {
        let old = read(&bytes).unwrap_or_default();
        Self { bytes, old, new: Mutex::default() }
    }

    fn packed(&self, key: u128) -> Option<&[u8]> {
        self.bytes.get(self.old.get(&key)?.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u128, Arc<PageFacts>>> {
        self.new.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for FactsCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FactsCache({} pages)", self.old.len())
    }
}

fn read(bytes: &[u8]) -> Option<HashMap<u128, Range<usize>>> {
    let entries: Vec<(u128, &[u8])> = postcard::from_bytes(bytes).ok()?;
    let start = bytes.as_ptr() as usize;
    let range = |packed: &[u8]| {
        let at = (packed.as_ptr() as usize).wrapping_sub(start);
        at..at.saturating_add(packed.len())
    };
    Some(entries.into_iter().map(|(key, packed)| (key, range(packed))).collect())
}

/// The key of a page, from two 64-bit hashes, since a single one might collide.
fn key(text: &str, mdx: bool, dialect: Dialect) -> u128 {
    let half = |seed: u64| {
        let mut hasher = RapidHasher::new(seed);
        text.hash(&mut hasher);
        (mdx, dialect).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntitle: a\nx: [1, {b: null}]\n---\n\n# A\n\n[b](c.md#d \"e\")\n\n```json bad=x\n{}\n```\n\n<Note>\n\n[r]: s\n";

    #[test]
    fn what_is_known_is_what_would_be_found() {
        let known = FactsCache::default();
        let dialect = Dialect::MINTLIFY;
        let (first, _) = known.facts(TEXT, false, dialect);
        assert_eq!(known.news(), (1, 1));
        let later = FactsCache::unpack(known.pack());
        let (second, _) = later.facts(TEXT, false, dialect);
        assert_eq!(later.news(), (0, 1));
        assert_eq!(format!("{first:?}"), format!("{second:?}"));
        // Another text or another dialect is another page.
        later.facts(TEXT, true, dialect);
        assert_eq!(later.news(), (1, 2));
    }

    #[test]
    fn what_is_damaged_does_no_harm() {
        let known = FactsCache::default();
        known.facts(TEXT, false, Dialect::GITHUB);
        let bytes = known.pack();
        assert_eq!(FactsCache::unpack(bytes.clone()).old.len(), 1);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            FactsCache::unpack(damaged).facts(TEXT, false, Dialect::GITHUB);
            FactsCache::unpack(bytes[..at].to_vec()).facts(TEXT, false, Dialect::GITHUB);
        }
    }
}

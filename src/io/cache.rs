//! A file of texts by key: highlighted code from earlier runs.
//!
//! The layout is magic, version key, a table of (key, length), all texts, checksum. A file that is
//! damaged, foreign or of another version is an empty cache, never an error: a cache may only
//! save time.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::ops::Range;
use std::path::Path;

use rapidhash::v3::rapidhash_v3;

use super::interrupt::Interrupts;
use super::replace;
use crate::error::{Error, Result};

const MAGIC: &[u8; 16] = b"docgen-cache\0\0\0\x01";
/// Larger files are not loaded: they are not ours, or not worth it.
const LIMIT: u64 = 1 << 30;

/// What an earlier run left.
#[derive(Debug, Default)]
pub struct Cache {
    text: String,
    entries: HashMap<u128, Range<usize>>,
}

impl Cache {
    /// Loads the file at `path`; empty when it is missing, damaged or has another version key.
    pub fn load(path: &Path, version_key: &str) -> Self {
        let fits = fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LIMIT);
        let bytes = if fits { fs::read(path).unwrap_or_default() } else { Vec::new() };
        Self::decode(&bytes, version_key).unwrap_or_default()
    }

    /// The text under a key.
    pub fn get(&self, key: u128) -> Option<&str> {
        self.text.get(self.entries.get(&key)?.clone())
    }

    /// Every key with its text, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (u128, &str)> {
        self.entries.iter().filter_map(|(key, range)| Some((*key, self.text.get(range.clone())?)))
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Writes a cache that holds exactly `entries`, in place of the earlier one, atomically.
    pub fn store<'a>(
        path: &Path,
        version_key: &str,
        entries: impl IntoIterator<Item = (u128, &'a str)>,
        interrupts: &Interrupts,
    ) -> Result<()> {
        let bytes = encode(version_key, &entries.into_iter().collect());
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|e| Error::at(folder, "cannot make the folder", e))?;
        replace::write(path, &bytes, interrupts)
    }

    fn decode(bytes: &[u8], version_key: &str) -> Option<Self> {
        let (body, checksum) = bytes.split_last_chunk::<8>()?;
        if rapidhash_v3(body) != u64::from_le_bytes(*checksum) {
            return None;
        }
        let rest = body.strip_prefix(MAGIC)?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (key, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        if key != version_key.as_bytes() {
            return None;
        }
        let (count, mut rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        // A table entry takes 24 bytes, so a count cannot ask for more memory than the file has.
        let mut entries = HashMap::with_capacity(count.min(rest.len() / 24));
        let mut end = 0_usize;
        for _ in 0..count {
            let (key, after) = rest.split_first_chunk::<16>()?;
            let (length, after) = after.split_first_chunk::<8>()?;
            let start = end;
            end = start.checked_add(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
            entries.insert(u128::from_le_bytes(*key), start..end);
            rest = after;
        }
        let text = std::str::from_utf8(rest).ok().filter(|text| text.len() == end)?;
        Some(Self { text: text.to_owned(), entries })
    }
}

/// The same entries always give the same bytes: the map is sorted.
fn encode(version_key: &str, entries: &BTreeMap<u128, &str>) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend((version_key.len() as u32).to_le_bytes());
    bytes.extend(version_key.as_bytes());
    bytes.extend((entries.len() as u32).to_le_bytes());
    for (key, text) in entries {
        bytes.extend(key.to_le_bytes());
        bytes.extend((text.len() as u64).to_le_bytes());
    }
    for text in entries.values() {
        bytes.extend(text.as_bytes());
    }
    let checksum = rapidhash_v3(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_loaded_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/er/code.bin");
        assert!(Cache::load(&path, "v1").is_empty());
        Cache::store(
            &path,
            "v1",
            [(7, "seven"), (u128::MAX, "ä"), (1, "")],
            &Interrupts::default(),
        )
        .unwrap();
        let cache = Cache::load(&path, "v1");
        assert_eq!(cache.len(), 3);
        assert_eq!(cache.get(7), Some("seven"));
        assert_eq!(cache.get(u128::MAX), Some("ä"));
        assert_eq!(cache.get(1), Some(""));
        assert_eq!(cache.get(2), None);
        assert!(Cache::load(&path, "v2").is_empty(), "another version key");
        Cache::store(&path, "v1", [(1, "one")], &Interrupts::default()).unwrap();
        assert_eq!(Cache::load(&path, "v1").get(7), None, "not used in the last run");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary left");
    }

    #[test]
    fn every_damage_gives_an_empty_cache() {
        let good = encode("v", &BTreeMap::from([(1, "hello"), (2, "wörld")]));
        assert!(Cache::decode(&good, "v").is_some());
        for cut in 0..good.len() {
            assert!(Cache::decode(&good[..cut], "v").is_none(), "cut at {cut}");
            let mut flipped = good.clone();
            flipped[cut] ^= 1;
            assert!(Cache::decode(&flipped, "v").is_none(), "flipped at {cut}");
        }
    }

    #[test]
    fn lengths_that_lie_under_a_right_checksum_do_not_panic() {
        let good = encode("v", &BTreeMap::from([(1, "hello")]));
        for at in 0..good.len() - 8 {
            let mut body = good[..good.len() - 8].to_vec();
            body[at] = 0xff;
            let checksum = rapidhash_v3(&body);
            body.extend(checksum.to_le_bytes());
            if let Some(cache) = Cache::decode(&body, "v") {
                let _ = cache.get(1);
            }
        }
    }
}

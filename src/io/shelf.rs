//! Search indexes from earlier runs, one file for each language, in the folder of the cache.
//!
//! The layout is a magic number, the version, what the index was made of, the files and a checksum.
//! Whatever is wrong with a file costs time and nothing else.

use std::fs;
use std::path::PathBuf;

use rapidhash::v3::rapidhash_v3;

use super::interrupt::Interrupts;
use super::replace;
use crate::render::publish::search::{SearchFiles, Shelf};

const MAGIC: &[u8; 8] = b"docgen-i";
/// A larger file is not ours.
const MAX_BYTES: u64 = 2 << 30;

/// A folder of indexes.
pub struct DiskShelf {
    folder: PathBuf,
    version: u64,
    interrupts: Interrupts,
}

impl DiskShelf {
    /// The indexes in a folder; those of another version count as none.
    pub fn new(folder: PathBuf, version: &str, interrupts: &Interrupts) -> Self {
        let version = rapidhash_v3(version.as_bytes());
        Self { folder, version, interrupts: interrupts.clone() }
    }

    fn file(&self, language: &str) -> PathBuf {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        self.folder.join(format!("search-{}", language.chars().map(plain).collect::<String>()))
    }

    fn head(&self, made_of: u64) -> Vec<u8> {
        [&MAGIC[..], &self.version.to_le_bytes(), &made_of.to_le_bytes()].concat()
    }
}

impl Shelf for DiskShelf {
    fn has(&self, language: &str) -> bool {
        self.file(language).is_file()
    }

    fn take(&self, language: &str, made_of: u64) -> Option<SearchFiles> {
        let file = self.file(language);
        fs::metadata(&file).ok().filter(|file| file.len() <= MAX_BYTES)?;
        let bytes = fs::read(&file).ok()?;
        let (body, checksum) = bytes.split_last_chunk::<8>()?;
        let files = body.strip_prefix(self.head(made_of).as_slice())?;
        if rapidhash_v3(body) != u64::from_le_bytes(*checksum) {
            return None;
        }
        postcard::from_bytes(files).ok()
    }

    fn put(&self, language: &str, made_of: u64, files: &SearchFiles) {
        let Ok(packed) = postcard::to_stdvec(files) else { return };
        let mut bytes = self.head(made_of);
        bytes.extend(packed);
        bytes.extend(rapidhash_v3(&bytes).to_le_bytes());
        let _ = fs::create_dir_all(&self.folder);
        let _ = replace::write(&self.file(language), &bytes, &self.interrupts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_found_again_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = DiskShelf::new(dir.path().join("a"), "1", &Interrupts::default());
        let files = SearchFiles::from([("x/y".to_owned(), vec![0, 255, 7])]);
        assert!(!shelf.has("zh-Hans"));
        shelf.put("zh-Hans", 5, &files);
        assert!(shelf.has("zh-Hans"));
        assert_eq!(shelf.take("zh-Hans", 5), Some(files));
        assert_eq!(shelf.take("zh-Hans", 6), None, "made of something else");
        assert_eq!(shelf.take("en", 5), None);
        let other = DiskShelf::new(dir.path().join("a"), "2", &Interrupts::default());
        assert_eq!(other.take("zh-Hans", 5), None, "of another version");
        let file = shelf.file("zh-Hans");
        let good = fs::read(&file).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(&file, &bad).unwrap();
            assert_eq!(shelf.take("zh-Hans", 5), None, "damaged at {at}");
            fs::write(&file, &good[..at]).unwrap();
            assert_eq!(shelf.take("zh-Hans", 5), None, "cut at {at}");
        }
    }
}

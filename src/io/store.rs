//! Cache files: results of an earlier run of the same build of docgen.
//!
//! All have one layout: a magic number, the version, a hash of the inputs, the content, and a
//! checksum of all of it. A file that is damaged, foreign or of another version is ignored. The
//! version is derived from the program itself, because another build of docgen may produce
//! different results; so there is no version number to remember to change.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rapidhash::v3::rapidhash_v3;

use super::interrupt::Interrupts;
use super::replace;
use crate::error::{Error, Result};

const MAGIC: &[u8; 8] = b"docgen-s";
/// The largest cache file that is read, in bytes.
const MAX_BYTES: u64 = 2 << 30;
/// The number of bytes before the content.
const HEAD: usize = 24;

/// Reads and writes the cache files of one version.
#[derive(Clone)]
pub struct Store {
    version: u64,
    interrupts: Interrupts,
}

impl Store {
    /// The store of this build; `None` if the program file cannot be read.
    pub fn of_this_build(interrupts: &Interrupts) -> Option<Self> {
        let file = fs::metadata(std::env::current_exe().ok()?).ok()?;
        let built = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let identity = format!("{} {}", file.len(), built.as_nanos());
        Some(Self::of_version(&identity, interrupts))
    }

    /// The store of a version.
    pub fn of_version(version: &str, interrupts: &Interrupts) -> Self {
        Self { version: rapidhash_v3(version.as_bytes()), interrupts: interrupts.clone() }
    }

    /// The content of a cache file, if it is valid and was made of the same inputs.
    pub fn read(&self, file: &Path, made_of: u64) -> Option<Vec<u8>> {
        let fits = |file: &fs::Metadata| file.is_file() && file.len() <= MAX_BYTES;
        fs::metadata(file).ok().filter(fits)?;
        let mut bytes = fs::read(file).ok()?;
        let (body, checksum) = bytes.split_last_chunk::<8>()?;
        let (head, _) = body.split_at_checked(HEAD)?;
        if *head != self.head(made_of) || rapidhash_v3(body) != u64::from_le_bytes(*checksum) {
            return None;
        }
        bytes.truncate(bytes.len() - 8);
        bytes.drain(..HEAD);
        Some(bytes)
    }

    /// Writes a cache file atomically, creating its folder if necessary.
    pub fn write(&self, file: &Path, made_of: u64, content: &[u8]) -> Result<()> {
        let mut bytes = [&self.head(made_of)[..], content].concat();
        bytes.extend(rapidhash_v3(&bytes).to_le_bytes());
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| Error::at(folder, "cannot create the folder", error))?;
        }
        replace::write(file, &bytes, &self.interrupts)
    }

    fn head(&self, made_of: u64) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        head[..8].copy_from_slice(MAGIC);
        head[8..16].copy_from_slice(&self.version.to_le_bytes());
        head[16..].copy_from_slice(&made_of.to_le_bytes());
        head
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("deep/er/file");
        let store = Store::of_version("1", &Interrupts::default());
        assert_eq!(store.read(&file, 5), None);
        store.write(&file, 5, b"content").unwrap();
        assert_eq!(store.read(&file, 5).as_deref(), Some(&b"content"[..]));
        assert_eq!(store.read(&file, 6), None, "made of something else");
        assert_eq!(
            Store::of_version("2", &Interrupts::default()).read(&file, 5),
            None,
            "of another version"
        );
        store.write(&file, 5, b"").unwrap();
        assert_eq!(store.read(&file, 5).as_deref(), Some(&b""[..]), "in the place of the first");
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "no temporary left");
        assert_eq!(store.read(dir.path(), 5), None, "a folder");
    }

    #[test]
    fn every_damage_makes_it_none() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        let store = Store::of_version("1", &Interrupts::default());
        store.write(&file, 5, &[0, 255, 7]).unwrap();
        let good = fs::read(&file).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(&file, &bad).unwrap();
            assert_eq!(store.read(&file, 5), None, "damaged at {at}");
            fs::write(&file, &good[..at]).unwrap();
            assert_eq!(store.read(&file, 5), None, "cut at {at}");
        }
    }

    #[test]
    fn the_version_is_that_of_the_program() {
        let version = |store: Option<Store>| store.map(|store| store.version);
        let own = version(Store::of_this_build(&Interrupts::default()));
        assert!(own.is_some() && own == version(Store::of_this_build(&Interrupts::default())));
    }
}

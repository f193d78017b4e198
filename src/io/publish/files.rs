//! Creates, compares and hashes single files. No function here opens an existing file for writing.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use rapidhash::v3::{DEFAULT_RAPID_SECRETS, RapidStreamHasherV3, rapidhash_v3};

use super::manifest::Record;

const CHUNK: usize = 64 * 1024;

/// The record of some bytes.
pub(super) fn record(bytes: &[u8]) -> Record {
    Record { size: bytes.len() as u64, hash: rapidhash_v3(bytes) }
}

/// The record of the bytes of a reader.
pub(super) fn hash(from: impl Read) -> io::Result<Record> {
    pour(from, io::sink())
}

/// Creates a new file; an existing one is an error and stays as it is.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(path)?.write_all(bytes)
}

/// Creates a new file with the content of `from`, and returns its record.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<Record> {
    let (source, size) = open(from)?;
    let record = pour(source, File::create_new(to)?)?;
    if record.size != size {
        return Err(io::Error::other("the file changed while it was being copied"));
    }
    Ok(record)
}

/// Opens a regular file and returns its size. Anything else could block for ever.
pub(super) fn open(path: &Path) -> io::Result<(File, u64)> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    Ok((File::open(path)?, metadata.len()))
}

/// Whether the regular file at `path` (no symlink) has exactly the content of `expected`.
pub(super) fn has_content(path: &Path, size: u64, mut expected: impl Read) -> bool {
    let regular = fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.len() == size);
    let Some(mut file) = regular.then(|| File::open(path).ok()).flatten() else { return false };
    let (mut left, mut right) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let (Ok(a), Ok(b)) = (fill(&mut file, &mut left), fill(&mut expected, &mut right)) else {
            return false;
        };
        if left[..a] != right[..b] {
            return false;
        }
        if a == 0 {
            return true;
        }
    }
}

fn pour(mut from: impl Read, mut to: impl Write) -> io::Result<Record> {
    let mut hasher = RapidStreamHasherV3::new(&DEFAULT_RAPID_SECRETS);
    let mut buffer = vec![0; CHUNK];
    let mut size = 0;
    loop {
        let count = fill(&mut from, &mut buffer)?;
        if count == 0 {
            return Ok(Record { size, hash: hasher.finish() });
        }
        hasher.write(&buffer[..count]);
        to.write_all(&buffer[..count])?;
        size += count as u64;
    }
}

/// Reads until the buffer is full or the end is reached.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_streamed_hash_is_the_hash() {
        for size in [0, 1, 111, 112, 113, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7] {
            let bytes: Vec<u8> = (0..size).map(|i| (i * 31 % 251) as u8).collect();
            assert_eq!(hash(bytes.as_slice()).unwrap(), record(&bytes), "{size}");
        }
    }

    #[test]
    fn content_is_compared_to_the_last_byte() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let mut bytes = vec![1; CHUNK + 5];
        fs::write(&path, &bytes).unwrap();
        assert!(has_content(&path, bytes.len() as u64, bytes.as_slice()));
        *bytes.last_mut().unwrap() = 2;
        assert!(!has_content(&path, bytes.len() as u64, bytes.as_slice()));
    }

    #[test]
    fn an_existing_file_is_never_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        fs::write(&path, "old").unwrap();
        assert!(create(&path, b"new").is_err());
        assert!(copy(&path, &path).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }
}

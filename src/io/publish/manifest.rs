//! The manifest: a list of the files that docgen wrote, kept inside the output.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Name of the manifest in the output.
pub const MANIFEST: &str = ".docgen-manifest.json";
const VERSION: u32 = 1;

/// Size and hash of a published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// In bytes.
    pub size: u64,
    /// rapidhash v3. It detects changes; it need not resist forgery.
    pub hash: u64,
}

/// Records by path, sorted.
pub(super) type Manifest = BTreeMap<String, Record>;

#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    files: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    size: u64,
    hash: String,
}

/// Encodes a manifest. The same files always give the same bytes.
pub(super) fn encode(manifest: &Manifest) -> String {
    let files = manifest
        .iter()
        .map(|(path, record)| Entry {
            path: path.clone(),
            size: record.size,
            hash: format!("{:016x}", record.hash),
        })
        .collect();
    let document = Document { version: VERSION, files };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads the manifest of an output, if it has one.
pub(super) fn read(output: &Path) -> Result<Option<Manifest>> {
    let path = output.join(MANIFEST);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(damaged(&path, error)),
    };
    decode(&text).map(Some).map_err(|reason| damaged(&path, reason))
}

fn decode(text: &str) -> std::result::Result<Manifest, String> {
    let document: Document = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if document.version != VERSION {
        return Err(format!("version {} is not known to this docgen", document.version));
    }
    let mut manifest = Manifest::new();
    for entry in document.files {
        let hash = u64::from_str_radix(&entry.hash, 16)
            .map_err(|_| format!("`{}` is not a hash", entry.hash))?;
        manifest.insert(entry.path, Record { size: entry.size, hash });
    }
    Ok(manifest)
}

fn damaged(path: &Path, cause: impl std::fmt::Display) -> Error {
    let action = "the list of published files is damaged, so nothing here is overwritten \
                  (delete the output folder, or choose another with `--output`)";
    Error::at(path, action, cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_survives_the_round_and_damage_does_not() {
        let manifest = Manifest::from([
            ("b".into(), Record { size: 1, hash: 2 }),
            ("a/\"x".into(), Record { size: 3, hash: u64::MAX }),
        ]);
        let text = encode(&manifest);
        assert_eq!(decode(&text).unwrap(), manifest);
        assert!(decode(&text[..text.len() / 2]).is_err());
        assert!(decode(&text.replace("\"version\": 1", "\"version\": 2")).is_err());
        assert!(decode(&text.replace("ffffffff", "zzzzzzzz")).is_err());
    }
}

//! Checks what an output contains before it is replaced.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::manifest::{self, MANIFEST, Manifest};
use super::{GIT, KEPT, files};
use crate::error::{Error, Result};
use crate::io::real_path;

/// The most foreign files that a message names.
const MAX_LISTED: usize = 3;

/// Checks that `output` may be published to, and returns its real path. `protected` are the folders
/// that the content comes from.
pub(super) fn place(output: &Path, protected: &[&Path]) -> Result<PathBuf> {
    let real = real_path(output);
    let refuse = |reason: &str| Err(Error::at(output, "cannot publish here", reason));
    if real.parent().is_none() || real.file_name().is_none() {
        return refuse("this is the root of the file system");
    }
    for folder in protected {
        let folder = real_path(folder);
        if folder == real {
            return refuse("the output is the folder that the content comes from");
        }
        if folder.starts_with(&real) {
            return refuse(&format!("the output contains the content in `{}`", folder.display()));
        }
    }
    if fs::metadata(&real).is_ok_and(|metadata| !metadata.is_dir()) {
        return refuse("this is a file");
    }
    Ok(real)
}

/// The files that an earlier run wrote to `output`: `None` if the folder does not exist, an error
/// if it contains a file that docgen did not write.
pub(super) fn earlier(output: &Path) -> Result<Option<Manifest>> {
    if !output.exists() {
        return Ok(None);
    }
    let manifest = manifest::read(output)?;
    let known = manifest.clone().unwrap_or_default();
    let foreign = foreign(output, &known)?;
    if foreign.is_empty() {
        return Ok(Some(known));
    }
    let mut names: Vec<String> =
        foreign.iter().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    if foreign.len() > MAX_LISTED {
        names.push(format!("{} more", foreign.len() - MAX_LISTED));
    }
    let reason = format!(
        "it contains files not written by docgen, which would be deleted: {} (move them, or \
         choose another folder with `--output`)",
        names.join(", ")
    );
    Err(Error::at(output, "cannot publish here", reason))
}

/// The files of `output` that are not in the manifest. Symlinks count as foreign.
fn foreign(output: &Path, known: &Manifest) -> Result<Vec<String>> {
    let mut foreign = Vec::new();
    for (name, is_file) in listed(output)? {
        if !(is_file && known.contains_key(&name)) {
            foreign.push(name);
        }
    }
    Ok(foreign)
}

/// Everything in an output except folders and kept files, with whether it is a regular file.
fn listed(output: &Path) -> Result<Vec<(String, bool)>> {
    let mut names = Vec::new();
    let mut entries = WalkDir::new(output).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(|error| Error::at(output, "cannot read the folder", error))?;
        let name = entry.path().strip_prefix(output).unwrap_or(entry.path());
        let name = name.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if name == GIT {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        } else if name != MANIFEST && !KEPT.contains(&name.as_str()) && !entry.file_type().is_dir()
        {
            names.push((name, entry.file_type().is_file()));
        }
    }
    Ok(names)
}

/// Verifies that `output` is a whole site: exactly the files of its manifest, with their content.
///
/// Returns the number of files, or what is wrong. For tests that kill a build at a random moment.
pub fn verify(output: &Path) -> Result<usize> {
    let manifest = manifest::read(output)?
        .ok_or_else(|| Error::at(output, "not a published site", "it has no manifest"))?;
    for (name, record) in &manifest {
        let path = output.join(name);
        let hashed = File::open(&path).and_then(files::hash);
        let found = hashed.map_err(|error| Error::at(&path, "cannot read", error))?;
        if found != *record {
            return Err(Error::at(&path, "broken", "the content differs from what was published"));
        }
    }
    let there: BTreeSet<String> = listed(output)?.into_iter().map(|(name, _)| name).collect();
    match there.iter().find(|name| !manifest.contains_key(*name)) {
        Some(name) => Err(Error::at(
            output,
            "not a whole site",
            format!("`{name}` was not written by docgen"),
        )),
        None => Ok(manifest.len()),
    }
}

//! Cleans up what a killed run left unfinished.

use std::fs;
use std::path::{Path, PathBuf};

use super::{GIT, MARKER, STAGE};
use crate::error::{Error, Result};

/// Recovers every left-over stage of `output`. The caller must hold the lock.
pub(super) fn all(output: &Path) -> Result<()> {
    for stage in leftovers(output)? {
        if stage.join(MARKER).is_file() {
            one(&stage, output)?;
        } else {
            // Without a marker: empty after a kill, or not ours. Only an empty folder is removed.
            let _ = fs::remove_dir(&stage);
        }
    }
    Ok(())
}

fn leftovers(output: &Path) -> Result<Vec<PathBuf>> {
    let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
        return Ok(Vec::new());
    };
    let prefix = format!(".{}{STAGE}", name.to_string_lossy());
    let fail = |error| Error::at(parent, "cannot read the folder", error);
    let mut found = Vec::new();
    for entry in fs::read_dir(parent).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(&prefix));
        let ours = number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        // `file_type` does not follow a symlink.
        if ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Recovers one stage, whatever step it was left at. Doing so twice changes nothing more.
pub(super) fn one(stage: &Path, output: &Path) -> Result<()> {
    let (old, tree) = (stage.join("old"), stage.join("tree"));
    if old.exists() && !output.exists() {
        // Killed between the two renames: restore the old site.
        fs::rename(&old, output).map_err(|e| Error::at(output, "cannot restore the site", e))?;
    }
    for folder in [&old, &tree] {
        keep_git(folder, output)?;
        discard(stage, folder)?;
    }
    remove(stage)
}

/// Moves `.git` from a replaced tree to the output. Only the old site can have one, since the stage
/// refuses to write it.
pub(super) fn keep_git(folder: &Path, output: &Path) -> Result<()> {
    let (from, to) = (folder.join(GIT), output.join(GIT));
    if fs::symlink_metadata(&from).is_err() {
        return Ok(());
    }
    if fs::symlink_metadata(&to).is_ok() {
        let action = "this `.git` was left by an interrupted run, and the output has another";
        let reason = format!("keep one of them and delete the other; see `{}`", to.display());
        return Err(Error::at(&from, action, reason));
    }
    fs::rename(&from, &to).map_err(|e| Error::at(&from, "cannot move it to the output", e))
}

/// Deletes a folder of the stage. It is first renamed to `trash`, so that a half-deleted site is
/// never mistaken for a whole one.
pub(super) fn discard(stage: &Path, folder: &Path) -> Result<()> {
    let trash = stage.join("trash");
    let fail = |error| Error::at(stage, "cannot delete the left-over staging folder", error);
    for _ in 0..2 {
        if trash.exists() {
            fs::remove_dir_all(&trash).map_err(fail)?;
        }
        if folder.exists() {
            fs::rename(folder, &trash).map_err(fail)?;
        }
    }
    Ok(())
}

/// Deletes the empty stage; its marker goes last.
fn remove(stage: &Path) -> Result<()> {
    fs::remove_file(stage.join(MARKER))
        .and_then(|()| fs::remove_dir(stage))
        .map_err(|error| Error::at(stage, "cannot delete the left-over staging folder", error))
}

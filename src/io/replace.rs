//! One text in the place of another: whole, or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Puts `after` in the place of `before`. A file that does not hold `before` any more was changed
/// by somebody else, and stays as it is.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<()> {
    let fail = |why: &dyn std::fmt::Display| Error::at(path, "cannot mend it", why);
    let regular = fs::symlink_metadata(path).map_err(|error| fail(&error))?;
    if !regular.is_file() {
        return Err(fail(&"it is no regular file"));
    }
    let changed = "it changed while docgen looked at it; run docgen again";
    if !holds(path, before) {
        return Err(fail(&changed));
    }
    let temporary = beside(path);
    let made = fill(&temporary, after.as_bytes(), Some(regular.permissions()));
    // As late as can be: what an editor saved meanwhile is not lost.
    let result = made.map_err(|error| fail(&error)).and_then(|()| match holds(path, before) {
        true => fs::rename(&temporary, path).map_err(|error| fail(&error)),
        false => Err(fail(&changed)),
    });
    result.inspect_err(|_| drop(fs::remove_file(&temporary)))
}

/// Writes a file of its own, in the place of an earlier one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let fail = |error: std::io::Error| Error::at(path, "cannot write it", error);
    if path.is_dir() {
        return Err(Error::at(path, "cannot write it", "it is a folder"));
    }
    let temporary = beside(path);
    let permissions = fs::metadata(path).ok().map(|meta| meta.permissions());
    fill(&temporary, bytes, permissions)
        .and_then(|()| fs::rename(&temporary, path))
        .inspect_err(|_| drop(fs::remove_file(&temporary)))
        .map_err(fail)
}

fn holds(path: &Path, text: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
}

/// A name in the same folder, so that a rename stays within one file system. The process id keeps
/// two runs apart.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.docgen-{}.tmp", std::process::id()))
}

fn fill(path: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        fs::write(&path, "one").unwrap();
        replace(&path, "one", "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_somebody_else_wrote_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        fs::write(&path, "theirs").unwrap();
        let error = replace(&path, "one", "two").unwrap_err().to_string();
        assert!(error.contains("changed") && error.contains("a.md"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert!(replace(&dir.path().join("gone.md"), "", "x").is_err());
        assert!(replace(dir.path(), "", "x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, "one", "two").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}

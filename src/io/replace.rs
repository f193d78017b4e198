//! Atomic replacement of files: a file has its old or its new content, never a part.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::interrupt::Interrupts;
use crate::error::{Error, Result};

/// The part of the name of a temporary file between the file's own name and the process id.
const TEMPORARY: &str = ".docgen-";

/// Replaces the content of a file, which must still be `before`; if somebody else changed the file
/// meanwhile, it stays as it is.
pub fn replace(path: &Path, before: &str, after: &str, interrupts: &Interrupts) -> Result<()> {
    let _hold = interrupts.hold();
    let fail = |why: &dyn std::fmt::Display| Error::at(path, "cannot fix", why);
    let regular = fs::symlink_metadata(path).map_err(|error| fail(&error))?;
    if !regular.is_file() {
        return Err(fail(&"not a regular file"));
    }
    let changed = "the file changed while docgen was running; run docgen again";
    if !holds(path, before) {
        return Err(fail(&changed));
    }
    let temporary = beside(path);
    let made = fill(&temporary, after.as_bytes(), Some(regular.permissions()));
    // Compare as late as possible, so that a save by an editor in between is not lost.
    let result = made.map_err(|error| fail(&error)).and_then(|_locked| match holds(path, before) {
        true => fs::rename(&temporary, path).map_err(|error| fail(&error)),
        false => Err(fail(&changed)),
    });
    result.inspect_err(|_| drop(fs::remove_file(&temporary)))
}

/// Writes a file that docgen owns, replacing an earlier one.
pub fn write(path: &Path, bytes: &[u8], interrupts: &Interrupts) -> Result<()> {
    let _hold = interrupts.hold();
    let fail = |error: std::io::Error| Error::at(path, "cannot write", error);
    if path.is_dir() {
        return Err(Error::at(path, "cannot write", "this is a folder"));
    }
    let temporary = beside(path);
    let permissions = fs::metadata(path).ok().map(|meta| meta.permissions());
    fill(&temporary, bytes, permissions)
        .and_then(|_locked| fs::rename(&temporary, path))
        .inspect_err(|_| drop(fs::remove_file(&temporary)))
        .map_err(fail)
}

fn holds(path: &Path, text: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
}

/// The path of the temporary file: in the same folder, so that a rename stays within one file
/// system, and with the process id, so that two runs do not collide.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}{TEMPORARY}{}.tmp", std::process::id()))
}

/// Removes temporary files that killed runs left in a folder. Those of a running process are locked
/// and stay; on a file system without locks, everything stays.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        // `file_type` does not follow a symlink.
        let ours = name.to_str().is_some_and(is_temporary)
            && entry.file_type().is_ok_and(|kind| kind.is_file());
        // Opened for writing because some systems lock only writable files.
        let file = ours.then(|| File::options().write(true).open(entry.path()).ok()).flatten();
        if file.is_some_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a file name has the form that [`beside`] makes.
fn is_temporary(name: &str) -> bool {
    let rest = name.strip_prefix('.').and_then(|name| name.strip_suffix(".tmp"));
    let number = rest.and_then(|rest| rest.rsplit_once(TEMPORARY)).map(|(_, number)| number);
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Writes a temporary file. [`sweep`] leaves it alone as long as the returned file is open.
fn fill(path: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> std::io::Result<File> {
    let mut file = File::create(path)?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(std::io::Error::other("another docgen is writing this file"));
    }
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        fs::write(&path, "one").unwrap();
        replace(&path, "one", "two", &Interrupts::default()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_somebody_else_wrote_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        fs::write(&path, "theirs").unwrap();
        let error = replace(&path, "one", "two", &Interrupts::default()).unwrap_err().to_string();
        assert!(error.contains("changed") && error.contains("a.md"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert!(replace(&dir.path().join("gone.md"), "", "x", &Interrupts::default()).is_err());
        assert!(replace(dir.path(), "", "x", &Interrupts::default()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, "one", "two", &Interrupts::default()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn what_killed_runs_left_is_swept_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let stays = ["search-en", ".docgen-.tmp", ".a.docgen-1x.tmp", "a.docgen-1.tmp", ".a.tmp"];
        for name in stays.iter().chain(&[".search-en.docgen-17.tmp"]) {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        fs::create_dir(dir.path().join(".d.docgen-1.tmp")).unwrap();
        // Of a run that goes on.
        let busy = fill(&dir.path().join(".busy.docgen-2.tmp"), b"x", None).unwrap();
        sweep(dir.path());
        assert!(!dir.path().join(".search-en.docgen-17.tmp").exists());
        let count = || fs::read_dir(dir.path()).unwrap().count();
        assert_eq!(count(), stays.len() + 2);
        drop(busy);
        sweep(dir.path());
        assert_eq!(count(), stays.len() + 1, "its run has ended");
        sweep(&dir.path().join("gone"));
    }
}

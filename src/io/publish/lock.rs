//! The lock that allows only one publication of an output at a time.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Held while an output is being published; released by the system when the process dies.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock of `output`; an error if another run holds it.
    pub fn take(path: PathBuf, output: &Path) -> Result<Self> {
        let fail = |error| Error::at(&path, "cannot lock the output", error);
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(fail)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let reason = "wait for it to finish, or choose another output with `--output`";
                    let action = "another docgen is publishing here";
                    return Err(Error::at(output, action, reason));
                }
                Err(TryLockError::Error(error)) => return Err(fail(error)),
            }
            // The earlier holder may have removed the file between the open and the lock, and a
            // lock on a removed file excludes nobody.
            if still_there(&file, &path) {
                return Ok(Self { path, file });
            }
        }
    }

    /// Releases the lock without removing the file, as a kill does.
    pub fn abandon(self) {
        let _ = self.file.unlock();
        std::mem::forget(self);
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still locked: a run that has opened it meanwhile notices and tries again.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn still_there(_: &File, _: &Path) -> bool {
    // On this system an open file cannot be removed.
    true
}

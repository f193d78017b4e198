//! The staging folder of a new site, from its first file to the swap.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::manifest::{self, MANIFEST, Manifest, Record};
use super::{GIT, KEPT, LOCK, MARKER, STAGE, files, inspect, lock::Lock, recover};
use crate::error::{Error, Result};
use crate::io::interrupt::{Interrupts, Registered};
use crate::source::VPath;

/// A site that is being written and not published yet.
#[derive(Debug)]
pub struct Stage {
    output: PathBuf,
    folder: PathBuf,
    /// The manifest of the earlier run; `None` if there is no output.
    earlier: Option<Manifest>,
    written: Mutex<Written>,
    exchange: bool,
    lock: Option<Lock>,
    interrupts: Interrupts,
    /// The cleanup that a signal runs while the stage exists.
    cleanup: Option<Registered>,
}

#[derive(Debug, Default)]
struct Written {
    /// `None` while the file is being written.
    records: BTreeMap<String, Option<Record>>,
    folders: HashSet<PathBuf>,
    unchanged: usize,
}

/// The result of a publication, in numbers of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that are the same as in the earlier site.
    pub unchanged: usize,
    /// Files that only the earlier site had.
    pub removed: usize,
}

/// A step of the publication at which tests simulate a kill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The tree is complete; the output is the old one.
    Sealed,
    /// The old site was moved away (only with two renames).
    MovedAway,
    /// The output is the new one.
    Swapped,
    /// `.git` was moved over.
    KeptGit,
}

impl Stage {
    /// Starts a publication to `output`. `protected` are the folders that the content comes from.
    ///
    /// First cleans up after an earlier run that was killed. It is an error if another run is
    /// publishing the output, if the output is or contains a protected folder, or if it contains
    /// files that docgen did not write.
    pub fn begin(output: &Path, protected: &[&Path]) -> Result<Self> {
        Self::begin_with(output, protected, &Interrupts::default())
    }

    /// Like [`Stage::begin`], but handles signals: they remove the stage and the lock, and are
    /// delayed while the folders are exchanged.
    pub fn begin_with(output: &Path, protected: &[&Path], interrupts: &Interrupts) -> Result<Self> {
        let _hold = interrupts.hold();
        let output = inspect::place(output, protected)?;
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(Error::at(
                &output,
                "cannot publish here",
                "the output has no parent folder",
            ));
        };
        fs::create_dir_all(parent).map_err(|e| Error::at(parent, "cannot create the folder", e))?;
        let name = name.to_string_lossy();
        let lock_file = parent.join(format!(".{name}{LOCK}"));
        let lock = Lock::take(lock_file.clone(), &output)?;
        recover::all(&output)?;
        let earlier = inspect::earlier(&output)?;
        let folder = make(parent, &name)?;
        let (stage, site) = (folder.clone(), output.clone());
        let cleanup = interrupts.register(move || {
            // The same steps as after a kill; if one fails, the next build tries again.
            let _ = recover::one(&stage, &site);
            let _ = fs::remove_file(lock_file);
        });
        Ok(Self {
            output,
            folder,
            earlier,
            written: Mutex::default(),
            exchange: true,
            lock: Some(lock),
            interrupts: interrupts.clone(),
            cleanup: Some(cleanup),
        })
    }

    /// Makes the swap use two renames, as on systems that cannot exchange folders.
    #[doc(hidden)]
    pub fn without_exchange(mut self) -> Self {
        self.exchange = false;
        self
    }

    /// Writes a file of the new site. May be called from many threads.
    pub fn write(&self, path: &VPath, bytes: &[u8]) -> Result<()> {
        let _hold = self.interrupts.hold();
        let target = self.claim(path)?;
        let record = files::record(bytes);
        let linked = self.earlier_record(path) == Some(record)
            && self.link(path, &target, record.size, bytes);
        if !linked {
            files::create(&target, bytes).map_err(|e| self.failed(path, e))?;
        }
        self.wrote(path, record, linked);
        Ok(())
    }

    /// Copies a file on disk into the new site. May be called from many threads.
    pub fn copy(&self, path: &VPath, from: &Path) -> Result<()> {
        let _hold = self.interrupts.hold();
        let target = self.claim(path)?;
        let (source, size) = files::open(from).map_err(|e| Error::at(from, "cannot read", e))?;
        let (record, linked) = match self.earlier_record(path) {
            Some(record) if record.size == size && self.link(path, &target, size, source) => {
                // Hash the file again, since the manifest could be wrong.
                let linked = files::open(&target).and_then(|(file, _)| files::hash(file));
                (linked.map_err(|e| self.failed(path, e))?, true)
            }
            _ => {
                (files::copy(from, &target).map_err(|e| Error::at(from, "cannot copy", e))?, false)
            }
        };
        self.wrote(path, record, linked);
        Ok(())
    }

    /// Publishes the staged tree.
    ///
    /// After an error, the output is still the old site, unless the error says otherwise.
    pub fn commit(self) -> Result<Published> {
        let (published, _) = self.run(None)?;
        Ok(published)
    }

    /// Stops after `step` and leaves everything as a kill would.
    #[doc(hidden)]
    pub fn commit_killed_at(self, step: Step) -> Result<()> {
        match self.run(Some(step))? {
            (_, Some(mut stage)) => {
                if let Some(lock) = stage.lock.take() {
                    lock.abandon();
                }
                std::mem::forget(stage);
                Ok(())
            }
            _ => Err(Error::new("the publication ended before that step")),
        }
    }

    /// The whole publication. Returns the stage if it was stopped at `kill`.
    fn run(self, kill: Option<Step>) -> Result<(Published, Option<Self>)> {
        // Released before the stage is dropped, because its `Drop` takes a hold again.
        let interrupts = self.interrupts.clone();
        let _hold = interrupts.hold();
        let published = self.seal()?;
        if kill == Some(Step::Sealed) {
            return Ok((published, Some(self)));
        }
        let (tree, old) = (self.folder.join("tree"), self.folder.join("old"));
        let replaced = if self.earlier.is_none() {
            fs::rename(&tree, &self.output).map_err(|e| self.cannot_swap(e))?;
            None
        } else if self.exchange && exchange(&tree, &self.output).map_err(|e| self.cannot_swap(e))? {
            Some(tree)
        } else {
            fs::rename(&self.output, &old).map_err(|e| self.cannot_swap(e))?;
            if kill == Some(Step::MovedAway) {
                return Ok((published, Some(self)));
            }
            // On failure the stage is dropped, which restores the old site.
            fs::rename(&tree, &self.output).map_err(|e| self.cannot_swap(e))?;
            Some(old)
        };
        if kill == Some(Step::Swapped) {
            return Ok((published, Some(self)));
        }
        if let Some(replaced) = &replaced {
            recover::keep_git(replaced, &self.output)?;
        }
        if kill == Some(Step::KeptGit) {
            return Ok((published, Some(self)));
        }
        // Dropping the stage deletes the old site.
        Ok((published, None))
    }

    /// Completes the tree with its manifest, kept files and permissions, and checks the output once
    /// more.
    fn seal(&self) -> Result<Published> {
        let (manifest, unchanged) = self.records()?;
        let tree = self.folder.join("tree");
        let fail = |error| Error::at(&self.output, "cannot complete the site", error);
        files::create(&tree.join(MANIFEST), manifest::encode(&manifest).as_bytes())
            .map_err(fail)?;
        let earlier = match &self.earlier {
            Some(earlier) => earlier,
            None => {
                let removed = 0;
                return Ok(Published { written: manifest.len() - unchanged, unchanged, removed });
            }
        };
        // Files may have been added to the output since the start; they must not be deleted.
        inspect::earlier(&self.output)?;
        for name in KEPT {
            let from = self.output.join(name);
            if !manifest.contains_key(name) && !earlier.contains_key(name) && from.is_file() {
                files::copy(&from, &tree.join(name)).map_err(fail)?;
            }
        }
        let permissions = fs::metadata(&self.output).map_err(fail)?.permissions();
        fs::set_permissions(&tree, permissions).map_err(fail)?;
        let removed = earlier.keys().filter(|path| !manifest.contains_key(*path)).count();
        Ok(Published { written: manifest.len() - unchanged, unchanged, removed })
    }

    fn records(&self) -> Result<(Manifest, usize)> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let mut manifest = Manifest::new();
        for (path, record) in &written.records {
            // Writing this file failed, and the caller went on all the same.
            let record = record.ok_or_else(|| {
                Error::at(&self.output, "cannot publish", format!("`{path}` was not written"))
            })?;
            manifest.insert(path.clone(), record);
        }
        Ok((manifest, written.unchanged))
    }

    /// Reserves a path and creates its folder.
    fn claim(&self, path: &VPath) -> Result<PathBuf> {
        let text = path.as_str();
        let top = text.split('/').next().unwrap_or_default();
        if text.is_empty() || top.eq_ignore_ascii_case(GIT) || text == MANIFEST {
            let reason = format!("`{text}` is reserved and cannot be a file of the site");
            return Err(Error::at(&self.output, "cannot publish", reason));
        }
        let target = self.folder.join("tree").join(text);
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.records.contains_key(text) {
            let reason = format!("`{text}` would be written twice");
            return Err(Error::at(&self.output, "cannot publish", reason));
        }
        if let Some(folder) = target.parent().filter(|folder| !written.folders.contains(*folder)) {
            fs::create_dir_all(folder).map_err(|e| self.failed(path, e))?;
            written.folders.insert(folder.to_owned());
        }
        written.records.insert(text.to_owned(), None);
        Ok(target)
    }

    fn wrote(&self, path: &VPath, record: Record, unchanged: bool) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.records.insert(path.as_str().to_owned(), Some(record));
        written.unchanged += usize::from(unchanged);
    }

    fn earlier_record(&self, path: &VPath) -> Option<Record> {
        self.earlier.as_ref()?.get(path.as_str()).copied()
    }

    /// Hard-links the earlier file, if its bytes (not only its hash) are the expected ones.
    fn link(&self, path: &VPath, target: &Path, size: u64, bytes: impl io::Read) -> bool {
        let from = self.output.join(path.as_str());
        files::has_content(&from, size, bytes) && fs::hard_link(&from, target).is_ok()
    }

    fn failed(&self, path: &VPath, cause: io::Error) -> Error {
        Error::at(&self.output, &format!("cannot write `{path}`"), cause)
    }

    fn cannot_swap(&self, cause: io::Error) -> Error {
        Error::at(&self.output, "cannot replace the old site with the new one", cause)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _hold = self.interrupts.hold();
        // The same steps as after a kill; if one fails, the next build tries again.
        let _ = recover::one(&self.folder, &self.output);
        // Another run may take the lock from here on, which a signal must not remove.
        drop(self.cleanup.take());
        drop(self.lock.take());
    }
}

/// Creates an empty stage folder with its marker.
fn make(parent: &Path, name: &str) -> Result<PathBuf> {
    let mut number = u64::from(std::process::id());
    let folder = loop {
        let folder = parent.join(format!(".{name}{STAGE}{number}"));
        match fs::create_dir(&folder) {
            Ok(()) => break folder,
            // The name is taken by a folder that is not ours.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(Error::at(&folder, "cannot create the folder", error)),
        }
    };
    let made = files::create(&folder.join(MARKER), b"a stage of docgen; safe to delete\n")
        .and_then(|()| fs::create_dir(folder.join("tree")));
    made.map_err(|e| Error::at(&folder, "cannot create the folder", e))?;
    Ok(folder)
}

/// Exchanges two folders atomically; `false` if the system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

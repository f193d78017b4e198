//! Lists and reads the files of a tree.
//!
//! One bad file does not make anything fail here. A file that cannot be read is a value, which
//! the project turns into a diagnostic, so that no page is lost silently.

use std::fs::{self, File as FsFile};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use super::git::Tracked;
use super::publish::MANIFEST;
use super::{never_content, real_path};
use crate::error::{Error, Result};
use crate::project::Skipped;
use crate::source::VPath;

/// The files of a tree.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Every file of the tree, sorted by path.
    pub files: Vec<File>,
    /// Files and folders that look like content but cannot be read, sorted by path.
    pub skipped: Vec<Skipped>,
    /// Folders with a site published by docgen, sorted by path. They are not content: the Markdown
    /// twins in them would be published again as pages.
    pub published: Vec<String>,
}

/// A file of the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// Its path from the root.
    pub path: VPath,
    /// Its size in bytes.
    pub size: u64,
}

/// The result of reading a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadText {
    /// The text.
    Text(String),
    /// The file is not UTF-8.
    NotUtf8 {
        /// Offset of the first invalid byte.
        at: usize,
        /// The text with invalid sequences replaced, so that the page does not vanish.
        lossy: String,
    },
    /// The file is larger than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The file could not be read.
    Unreadable {
        /// The reason.
        reason: String,
    },
}

/// Lists the files under `root`.
///
/// Hidden entries, `node_modules`, `target`, the `excluded` folders and what a `.gitignore`
/// matches are left out silently; sites published by docgen are listed in `published`, and
/// everything else that cannot be read in `skipped`.
pub fn walk(root: &Path, excluded: &[PathBuf]) -> Result<Tree> {
    walk_parts(root, &[], excluded, &Tracked::hidden(root))
}

/// Like [`walk`], for some `parts` (folders and files) of `root`, or all of it if `parts` is empty.
/// A part may be hidden, if its files are `tracked`, or may not exist.
pub fn walk_parts(
    root: &Path,
    parts: &[String],
    excluded: &[PathBuf],
    tracked: &Tracked,
) -> Result<Tree> {
    let real = root.canonicalize().map_err(|e| Error::at(root, "cannot read the folder", e))?;
    if !real.is_dir() {
        return Err(Error::at(root, "cannot read the folder", "not a folder"));
    }
    let excluded: Vec<PathBuf> = excluded.iter().map(|path| real_path(path)).collect();
    let mut tree = Tree::default();
    if parts.is_empty() {
        walk_part(&real, &real, &excluded, tracked, &mut tree);
    }
    for part in parts {
        let place = real.join(part);
        match place.canonicalize() {
            Ok(path) if path.starts_with(&real) => {
                walk_part(&real, &path, &excluded, tracked, &mut tree)
            }
            // A part that is a symlink to a place outside the root is not followed.
            Ok(_) => {}
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => tree.skip(&real, &place, format!("cannot read: {error}"), true),
        }
    }
    // The root has an empty path, so it cannot be reported as skipped later.
    if let Some(skipped) = tree.skipped.iter().find(|one| one.path.is_empty()) {
        return Err(Error::at(root, "cannot read the folder", &skipped.reason));
    }
    if tree.published.iter().any(String::is_empty) {
        let reason = format!(
            "docgen published it, and docgen's output is not content (build or check the tree that it \
             was built from, or delete `{MANIFEST}` if these are pages to edit)"
        );
        return Err(Error::at(root, "this folder is a published site", reason));
    }
    tree.files.sort();
    tree.files.dedup();
    tree.skipped.sort();
    tree.skipped.dedup();
    tree.published.sort();
    tree.published.dedup();
    Ok(tree)
}

fn walk_part(real: &Path, part: &Path, excluded: &[PathBuf], tracked: &Tracked, tree: &mut Tree) {
    let mut ignores = Ignores::above(part);
    let mut entries = WalkDir::new(part).follow_links(false).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(part);
                let reason =
                    error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                // If the kind of an entry is unknown, assume the worse case, a folder.
                let folder = !fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_dir());
                tree.skip(real, path, format!("cannot read: {reason}"), folder);
                continue;
            }
        };
        let is_dir = entry.file_type().is_dir();
        if entry.depth() > 0 && is_left_out(&entry, excluded, &mut ignores) {
            if is_dir {
                entries.skip_current_dir();
            }
            continue;
        }
        if is_dir {
            ignores.enter(entry.path(), entry.depth());
            if entry.depth() > 0 && entry.file_name().to_str().is_none() {
                tree.skip(real, entry.path(), "the name is not valid UTF-8".into(), true);
                entries.skip_current_dir();
            } else if entry.path().join(MANIFEST).is_file() {
                tree.published.push(relative(real, entry.path()));
                entries.skip_current_dir();
            }
        } else {
            tree.take(real, &entry, tracked);
        }
    }
}

fn is_left_out(entry: &DirEntry, excluded: &[PathBuf], ignores: &mut Ignores) -> bool {
    let is_dir = entry.file_type().is_dir();
    never_content(&entry.file_name().to_string_lossy(), is_dir)
        || excluded.iter().any(|path| path == entry.path())
        || ignores.ignored(entry.path(), entry.depth(), is_dir)
}

/// The path relative to the root, with slashes; lossy if it is not Unicode.
fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    path.replace(std::path::MAIN_SEPARATOR, "/")
}

impl Tree {
    fn skip(&mut self, root: &Path, path: &Path, reason: String, folder: bool) {
        self.skipped.push(Skipped { path: relative(root, path), reason, folder });
    }

    fn take(&mut self, root: &Path, entry: &DirEntry, tracked: &Tracked) {
        match Self::file(root, entry, tracked) {
            Ok(file) => self.files.push(file),
            Err(reason) => self.skip(root, entry.path(), reason, false),
        }
    }

    /// The file behind an entry, or why it is not one.
    fn file(root: &Path, entry: &DirEntry, tracked: &Tracked) -> std::result::Result<File, String> {
        let path = entry
            .path()
            .strip_prefix(root)
            .ok()
            .and_then(Path::to_str)
            .ok_or("the name is not valid UTF-8")?;
        if entry.path_is_symlink() {
            let target = entry.path().canonicalize().map_err(|e| format!("broken symlink: {e}"))?;
            inside(root, &target, tracked).map_err(|why| format!("symlink: {why}"))?;
        }
        let metadata = fs::metadata(entry.path()).map_err(|e| format!("cannot read: {e}"))?;
        if metadata.is_dir() {
            return Err("symlinks to folders are not followed".into());
        }
        if !metadata.is_file() {
            return Err("not a regular file".into());
        }
        // The separator differs on Windows; on Unix this is a no-op.
        let path = path.replace(std::path::MAIN_SEPARATOR, "/");
        let path = VPath::new(&path).ok_or("the path is outside of the root")?;
        // A file in a part that is hidden as a whole.
        if let Some(why) = path.withheld(|path| tracked.has(path)) {
            return Err(why.into());
        }
        Ok(File { path, size: metadata.len() })
    }
}

/// The `.gitignore` files that apply to the current folder, outermost first.
struct Ignores {
    /// The depth of each file's folder, 0 for the root and everything above it.
    stack: Vec<(usize, Gitignore)>,
}

impl Ignores {
    /// The files of the folders above `root`, up to the top level of its git repository.
    fn above(root: &Path) -> Self {
        let mut stack = Vec::new();
        let top = root.ancestors().find(|folder| folder.join(".git").exists());
        if let Some(top) = top.filter(|top| *top != root) {
            let parents: Vec<&Path> =
                root.ancestors().skip(1).take_while(|folder| folder.starts_with(top)).collect();
            stack.extend(parents.into_iter().rev().filter_map(load).map(|matcher| (0, matcher)));
        }
        Self { stack }
    }

    fn leave_to(&mut self, depth: usize) {
        // An entry at depth d lies in a folder at depth d - 1.
        self.stack.retain(|(folder, _)| *folder == 0 || *folder < depth);
    }

    fn enter(&mut self, folder: &Path, depth: usize) {
        self.leave_to(depth);
        self.stack.extend(load(folder).map(|matcher| (depth, matcher)));
    }

    /// The innermost file that says anything about the path decides, as in git.
    fn ignored(&mut self, path: &Path, depth: usize, is_dir: bool) -> bool {
        self.leave_to(depth);
        for (_, matcher) in self.stack.iter().rev() {
            match matcher.matched(path, is_dir) {
                Match::None => {}
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
            }
        }
        false
    }
}

fn load(folder: &Path) -> Option<Gitignore> {
    let file = folder.join(".gitignore");
    // A FIFO of that name would block the open.
    if !file.is_file() {
        return None;
    }
    let mut builder = GitignoreBuilder::new(folder);
    // Invalid patterns are ignored, as in git.
    let _ = builder.add(&file);
    builder.build().ok().filter(|matcher| !matcher.is_empty())
}

/// Checks that the real path of a file is inside `root` and may be published; the error says why
/// it is not.
fn inside(root: &Path, real: &Path, tracked: &Tracked) -> std::result::Result<(), String> {
    let path = real.strip_prefix(root).map_err(|_| "it leads outside of the root")?;
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let path = VPath::new(&path).ok_or("it leads outside of the root")?;
    match path.withheld(|path| tracked.has(path)) {
        Some(why) => Err(format!("it leads to `{path}` ({why})")),
        None => Ok(()),
    }
}

/// Why a file below `root`, which is a real path, must not be published, if so; `None` for a file
/// that does not exist.
pub fn withheld(root: &Path, path: &VPath, tracked: &Tracked) -> Option<String> {
    if let Some(why) = path.withheld(|path| tracked.has(path)) {
        return Some(why.to_owned());
    }
    let full = root.join(path.as_str());
    let real = full.canonicalize().ok()?;
    if real == full {
        return None;
    }
    inside(root, &real, tracked).err().map(|why| format!("it is reached through a symlink: {why}"))
}

/// Reads a text file of the tree. Errors are part of the returned value.
pub fn read_text(root: &Path, path: &VPath, limit: u64) -> ReadText {
    let full = root.join(path.as_str());
    match read_inside(root, &full, limit) {
        // Copying the text takes less time than validating it with the standard library.
        Ok(Some(bytes)) => match simdutf8::compat::from_utf8(&bytes) {
            Ok(text) => ReadText::Text(text.to_owned()),
            Err(error) => ReadText::NotUtf8 {
                at: error.valid_up_to(),
                lossy: String::from_utf8_lossy(&bytes).into_owned(),
            },
        },
        Ok(None) => ReadText::TooLarge { limit },
        Err(error) => ReadText::Unreadable { reason: error.to_string() },
    }
}

/// The bytes of a file of the tree; `None` if it cannot be read or is larger than `limit`.
pub fn read_bytes(root: &Path, path: &VPath, limit: u64) -> Option<Vec<u8>> {
    read_inside(root, &root.join(path.as_str()), limit).ok().flatten()
}

/// The bytes of a file inside `root`; `None` if there are more than `limit`.
fn read_inside(root: &Path, full: &Path, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let real = full.canonicalize()?;
    // The root is usually canonical already, so it rarely has to be resolved.
    let inside = match real.strip_prefix(root) {
        Ok(inside) => inside.to_owned(),
        Err(_) => match real.strip_prefix(root.canonicalize()?) {
            Ok(inside) => inside.to_owned(),
            Err(_) => return Err(std::io::Error::other("the symlink leads outside of the root")),
        },
    };
    // Settings may be hidden files, but nothing inside `.git` is ever read.
    let why = VPath::new(&inside.to_string_lossy()).and_then(|path| path.withheld(|_| true));
    if let Some(why) = why {
        return Err(std::io::Error::other(why));
    }
    let metadata = fs::metadata(&real)?;
    if !metadata.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    if metadata.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // The file may grow while it is read.
    FsFile::open(&real)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= limit))
}

#[cfg(test)]
mod tests;

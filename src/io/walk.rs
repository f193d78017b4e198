//! From the disk to names and texts: what belongs to a tree, and what its files say.
//!
//! Nothing here fails because of one bad file: a file that cannot be read is a value, which the
//! project turns into a diagnostic, so no page is ever lost in silence.

use std::fs::{self, File as FsFile};
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use super::git::Tracked;
use super::{never_content, real_path};
use crate::error::{Error, Result};
use crate::source::VPath;

/// The names of a tree.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Every file of the tree, sorted by path.
    pub files: Vec<File>,
    /// What looked like content and was not read, sorted by path.
    pub skipped: Vec<Skipped>,
}

/// A file of the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// Where it is.
    pub path: VPath,
    /// Its size in bytes.
    pub size: u64,
}

/// Something that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Where it is, relative to the root; lossy where it is not Unicode.
    pub path: String,
    /// Why it was not read.
    pub reason: String,
}

/// What reading a text gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadText {
    /// The text.
    Text(String),
    /// The file is not UTF-8.
    NotUtf8 {
        /// Offset of the first bad byte.
        at: usize,
        /// The text with every bad sequence replaced, so that the page does not vanish.
        lossy: String,
    },
    /// The file is larger than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The file could not be read.
    Unreadable {
        /// Why.
        reason: String,
    },
}

/// Lists the files under `root`.
///
/// Hidden entries, `node_modules`, `target`, the `excluded` folders and what a `.gitignore`
/// matches are left out without a word; everything else that cannot be read is in `skipped`.
pub fn walk(root: &Path, excluded: &[PathBuf]) -> Result<Tree> {
    walk_parts(root, &[], excluded, &Tracked::new(root))
}

/// The same for some folders and files below `root`, for all when none is named. A part may be
/// hidden, where its files are `tracked`, or may not be there.
pub fn walk_parts(
    root: &Path,
    parts: &[String],
    excluded: &[PathBuf],
    tracked: &Tracked,
) -> Result<Tree> {
    let real = root.canonicalize().map_err(|e| Error::at(root, "cannot read the folder", e))?;
    if !real.is_dir() {
        return Err(Error::at(root, "cannot read the folder", "it is not a folder"));
    }
    let excluded: Vec<PathBuf> = excluded.iter().map(|path| real_path(path)).collect();
    let mut tree = Tree::default();
    if parts.is_empty() {
        walk_part(&real, &real, &excluded, tracked, &mut tree);
    }
    for part in parts {
        // A part that leads out by a symlink is not followed.
        let inside = real.join(part).canonicalize().ok().filter(|path| path.starts_with(&real));
        inside.into_iter().for_each(|path| walk_part(&real, &path, &excluded, tracked, &mut tree));
    }
    tree.files.sort();
    tree.files.dedup();
    tree.skipped.sort();
    tree.skipped.dedup();
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
                tree.skip(real, path, format!("cannot read: {reason}"));
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
                tree.skip(real, entry.path(), "the name is not valid UTF-8".into());
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

impl Tree {
    fn skip(&mut self, root: &Path, path: &Path, reason: String) {
        let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        self.skipped.push(Skipped { path, reason });
    }

    fn take(&mut self, root: &Path, entry: &DirEntry, tracked: &Tracked) {
        match Self::file(root, entry, tracked) {
            Ok(file) => self.files.push(file),
            Err(reason) => self.skip(root, entry.path(), reason),
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
            inside(root, &target, tracked).map_err(|why| format!("a symlink: {why}"))?;
        }
        let metadata = fs::metadata(entry.path()).map_err(|e| format!("cannot read: {e}"))?;
        if metadata.is_dir() {
            return Err("symlinks to folders are not followed".into());
        }
        if !metadata.is_file() {
            return Err("not a regular file".into());
        }
        // On Windows the separator differs; on Unix this replaces nothing.
        let path = path.replace(std::path::MAIN_SEPARATOR, "/");
        let path = VPath::new(&path).ok_or("the path leaves the root")?;
        // Of a part that is hidden as a whole.
        if let Some(why) = path.withheld(|path| tracked.has(path)) {
            return Err(why.into());
        }
        Ok(File { path, size: metadata.len() })
    }
}

/// The `.gitignore` files that concern the folder at hand, outermost first.
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
    // A line that is no pattern is passed over, as git does.
    let _ = builder.add(&file);
    builder.build().ok().filter(|matcher| !matcher.is_empty())
}

/// Whether the real place of a file lies inside `root`, and readers may see it; why not.
fn inside(root: &Path, real: &Path, tracked: &Tracked) -> std::result::Result<(), String> {
    let path = real.strip_prefix(root).map_err(|_| "it leaves the root")?;
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let path = VPath::new(&path).ok_or("it leaves the root")?;
    match path.withheld(|path| tracked.has(path)) {
        Some(why) => Err(format!("`{path}` is behind it, and {why}")),
        None => Ok(()),
    }
}

/// Why a file below `root`, which is a real path, may not reach readers; nothing for one that is
/// not there.
pub fn withheld(root: &Path, path: &VPath, tracked: &Tracked) -> Option<String> {
    if let Some(why) = path.withheld(|path| tracked.has(path)) {
        return Some(why.to_owned());
    }
    let full = root.join(path.as_str());
    let real = full.canonicalize().ok()?;
    if real == full {
        return None;
    }
    inside(root, &real, tracked).err().map(|why| format!("a symlink leads to it: {why}"))
}

/// Reads a text of the tree. Whatever is wrong with the file is in the value.
pub fn read_text(root: &Path, path: &VPath, limit: u64) -> ReadText {
    let full = root.join(path.as_str());
    match read_inside(root, &full, limit) {
        // To copy the text takes less time than the standard library's look at it.
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

/// The bytes of a file of the tree; nothing where it cannot be read or has more than `limit`.
pub fn read_bytes(root: &Path, path: &VPath, limit: u64) -> Option<Vec<u8>> {
    read_inside(root, &root.join(path.as_str()), limit).ok().flatten()
}

/// The bytes of a file inside `root`; `None` when there are more than `limit`.
fn read_inside(root: &Path, full: &Path, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let real = full.canonicalize()?;
    // The root is usually canonical already, so its own resolution is rarely needed.
    let inside = match real.strip_prefix(root) {
        Ok(inside) => inside.to_owned(),
        Err(_) => match real.strip_prefix(root.canonicalize()?) {
            Ok(inside) => inside.to_owned(),
            Err(_) => return Err(std::io::Error::other("the symlink leaves the root")),
        },
    };
    // Settings may be hidden, but nothing at all is read of what git keeps for itself.
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
mod tests {
    use super::*;

    fn put(root: &Path, path: &str, text: &[u8]) {
        let full = root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    fn names(tree: &Tree) -> Vec<&str> {
        tree.files.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn content_is_listed_sorted_and_the_rest_left_out() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for path in [
            "b.md",
            "a/x.md",
            "a.md",
            ".hidden/x.md",
            ".env",
            "node_modules/x.md",
            "target/x.md",
            "a/node_modules/x.md",
            "public/x.html",
            "sub/public/x.md",
            "a/target",
        ] {
            put(root, path, b"x");
        }
        let tree = walk(root, &[root.join("public")]).unwrap();
        assert_eq!(names(&tree), ["a.md", "a/target", "a/x.md", "b.md", "sub/public/x.md"]);
        assert_eq!(tree.skipped, []);
    }

    #[test]
    fn gitignore_of_every_level_counts_and_the_innermost_wins() {
        let dir = tempfile::tempdir().unwrap();
        let top = dir.path();
        fs::create_dir_all(top.join(".git")).unwrap();
        put(top, ".gitignore", b"*.log\n/docs/built/\n");
        put(top, "docs/.gitignore", b"drafts/\n");
        put(top, "docs/keep/.gitignore", b"!wanted.log\n");
        for path in ["a.log", "built/x.md", "drafts/x.md", "keep/wanted.log", "z/b.log", "z/c.md"] {
            put(&top.join("docs"), path, b"x");
        }
        let tree = walk(&top.join("docs"), &[]).unwrap();
        assert_eq!(names(&tree), ["keep/wanted.log", "z/c.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn symlinks_are_followed_only_to_files_inside() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        put(&root, "a/real.md", b"hello");
        put(dir.path(), "secret.md", b"secret");
        symlink("a/real.md", root.join("link.md")).unwrap();
        symlink("../secret.md", root.join("out.md")).unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink("a", root.join("folder")).unwrap();
        symlink("nowhere", root.join("broken.md")).unwrap();
        let tree = walk(&root, &[]).unwrap();
        assert_eq!(names(&tree), ["a/real.md", "link.md"]);
        let skipped: Vec<&str> = tree.skipped.iter().map(|s| s.path.as_str()).collect();
        assert_eq!(skipped, ["broken.md", "folder", "out.md", "up"]);
        assert!(tree.skipped[2].reason.contains("leaves the root"));
        for path in ["out.md", "up/secret.md"] {
            let read = read_text(&root, &VPath::new(path).unwrap(), 100);
            assert!(matches!(read, ReadText::Unreadable { .. }), "{path}: {read:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_unicode_are_reported() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        let name = std::ffi::OsStr::from_bytes(b"bad\xff.md");
        if fs::write(dir.path().join(name), "x").is_err() {
            return; // The file system refuses such names.
        }
        let tree = walk(dir.path(), &[]).unwrap();
        assert!(tree.files.is_empty());
        assert_eq!(tree.skipped[0].reason, "the name is not valid UTF-8");
    }

    #[test]
    fn whatever_is_wrong_with_a_file_is_a_value() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "good.md", "é".as_bytes());
        put(dir.path(), "bad.md", b"ab\xffcd");
        fs::create_dir(dir.path().join("folder")).unwrap();
        let read = |path: &str, limit| read_text(dir.path(), &VPath::new(path).unwrap(), limit);
        assert_eq!(read("good.md", 2), ReadText::Text("é".into()));
        assert_eq!(read("good.md", 1), ReadText::TooLarge { limit: 1 });
        assert_eq!(read("bad.md", 9), ReadText::NotUtf8 { at: 2, lossy: "ab\u{fffd}cd".into() });
        assert!(matches!(read("gone.md", 9), ReadText::Unreadable { .. }));
        assert!(matches!(read("folder", 9), ReadText::Unreadable { .. }));
    }

    #[test]
    fn a_root_that_is_no_folder_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert!(walk(&dir.path().join("none"), &[]).is_err());
    }
}

//! Queries to git: the files that differ from a revision, their earlier contents, and dates of last
//! changes.
//!
//! Runs the `git` program, and only commands that read.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread::JoinHandle;

use crate::error::{Error, Result};
use crate::source::VPath;

/// The largest file of an earlier revision that is read, in bytes; a page is not larger.
const MAX_FILE: u64 = 64 << 20;

/// The files in a folder that differ from a revision, with paths relative to the folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that the revision does not have.
    pub added: Vec<String>,
    /// Files with a different content.
    pub modified: Vec<String>,
    /// Files that were deleted.
    pub removed: Vec<String>,
}

/// The files that differ from a revision, including uncommitted changes and untracked files.
pub fn changes(folder: &Path, revision: &str) -> Result<Changes> {
    verify(folder, revision)?;
    let mut changes = Changes::default();
    let listed = ask(
        folder,
        &["diff", "--name-status", "--no-renames", "-z", "--relative", revision, "--", "."],
    )?;
    let mut fields = listed.split('\0');
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        let list = match status {
            "A" => &mut changes.added,
            "D" => &mut changes.removed,
            _ => &mut changes.modified,
        };
        list.push(path.to_owned());
    }
    let untracked = ask(folder, &["ls-files", "--others", "--exclude-standard", "-z", "--", "."])?;
    changes.added.extend(names(&untracked));
    Ok(changes)
}

/// The staged files that were added or changed, with paths relative to the folder.
pub fn staged(folder: &Path) -> Result<Vec<String>> {
    let listed = ask(
        folder,
        &["diff", "--cached", "--name-only", "--diff-filter=ACMR", "-z", "--relative", "--", "."],
    )?;
    Ok(names(&listed).collect())
}

/// The contents of files in a revision, in the order of the paths; `None` for a file that the
/// revision does not have.
pub fn texts(folder: &Path, revision: &str, paths: &[String]) -> Result<Vec<Option<Vec<u8>>>> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let prefix = ask(folder, &["rev-parse", "--show-prefix"])?;
    let prefix = prefix.trim_end_matches('\n').to_owned();
    let failed = |error: std::io::Error| Error::new(format!("cannot run git: {error}"));
    let mut child = git(folder, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    // Written on another thread, since git answers before all of its input is written.
    let asked = child.stdin.take().map(|mut stdin| {
        let lines: String =
            paths.iter().map(|path| format!("{revision}:{prefix}{path}\n")).collect();
        std::thread::spawn(move || drop(stdin.write_all(lines.as_bytes())))
    });
    let mut found = Vec::with_capacity(paths.len());
    if let Some(out) = child.stdout.take() {
        let mut out = BufReader::new(out);
        for path in paths {
            // The protocol has one name per line, so a name with a line break cannot be sent.
            let text = if path.contains('\n') { None } else { answer(&mut out).map_err(failed)? };
            found.push(text);
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    asked.into_iter().for_each(|thread| drop(thread.join()));
    Ok(found)
}

/// Reads one answer of `git cat-file --batch`: `OID blob SIZE`, the bytes and a line break; or
/// `NAME missing`.
fn answer(out: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut head = String::new();
    out.read_line(&mut head)?;
    let words: Vec<&str> = head.trim_end().rsplitn(3, ' ').collect();
    let [size, "blob", _] = words[..] else { return Ok(None) };
    let Ok(size) = size.parse::<u64>() else { return Ok(None) };
    let mut bytes = Vec::new();
    if size > MAX_FILE {
        std::io::copy(&mut out.take(size + 1), &mut std::io::sink())?;
        return Ok(None);
    }
    out.take(size).read_to_end(&mut bytes)?;
    out.read_exact(&mut [0])?;
    Ok(Some(bytes))
}

/// The dates of the last changes of files.
#[derive(Debug, PartialEq, Eq)]
pub enum LastChanges {
    /// The day of the last commit that changed each file, as `2026-11-26`.
    Days(HashMap<String, String>),
    /// The clone is shallow: it has only a part of the history and would give wrong days.
    Shallow,
    /// The folder is not in a repository, or git cannot be run.
    Unknown,
}

/// Starts to look up when files were last changed, on another thread. Walks the history once, until
/// all files have been met.
pub fn last_changes(folder: &Path, files: HashSet<String>) -> Asked {
    let folder = folder.to_owned();
    Asked(std::thread::spawn(move || look_back(&folder, files).unwrap_or(LastChanges::Unknown)))
}

/// A query that runs on another thread.
pub struct Asked(JoinHandle<LastChanges>);

impl Asked {
    /// Waits for the result.
    pub fn answer(self) -> LastChanges {
        self.0.join().unwrap_or(LastChanges::Unknown)
    }
}

fn look_back(folder: &Path, mut wanted: HashSet<String>) -> Option<LastChanges> {
    top(folder)?;
    let shallow = ask(folder, &["rev-parse", "--is-shallow-repository"]).ok()?;
    if shallow.trim() == "true" {
        return Some(LastChanges::Shallow);
    }
    let arguments =
        ["log", "--format=%x01%cs", "--name-only", "--no-renames", "--relative", "--", "."];
    let mut child =
        git(folder, &arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut days = HashMap::new();
    let mut day = String::new();
    for line in BufReader::new(child.stdout.take()?).split(b'\n') {
        let line = String::from_utf8_lossy(&line.ok()?).into_owned();
        if let Some(next) = line.strip_prefix('\u{1}') {
            day = next.to_owned();
        } else if wanted.remove(&line) {
            days.insert(line, day.clone());
        }
        if wanted.is_empty() {
            break;
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Some(LastChanges::Days(days))
}

/// The top-level folder of the repository that a folder is in.
pub fn top(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

/// The files in a folder that git tracks. Git runs at the first query; most trees need none.
#[derive(Debug, Default)]
pub struct Tracked {
    folder: PathBuf,
    /// Whether only hidden files are asked about.
    hidden: bool,
    names: OnceLock<HashSet<String>>,
}

impl Tracked {
    /// The hidden files in a folder; none without a repository or without git.
    pub fn hidden(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), hidden: true, names: OnceLock::new() }
    }

    /// All files in a folder; none without a repository or without git.
    pub fn all(folder: &Path) -> Self {
        Self { hidden: false, ..Self::hidden(folder) }
    }

    /// Whether git tracks a file; `path` is relative to the folder.
    pub fn has(&self, path: &VPath) -> bool {
        let tracked = self.names.get_or_init(|| {
            let listed = ask(&self.folder, &["ls-files", "-z", "--", "."]).unwrap_or_default();
            let is_hidden = |name: &str| name.split('/').any(|part| part.starts_with('.'));
            names(&listed).filter(|name| !self.hidden || is_hidden(name)).collect()
        });
        tracked.contains(path.as_str())
    }
}

fn verify(folder: &Path, revision: &str) -> Result<()> {
    if top(folder).is_none() {
        return Err(Error::at(folder, "cannot compare with a revision", "not in a git repository"));
    }
    let commit = format!("{revision}^{{commit}}");
    // A revision that starts with a hyphen would be read as an option.
    let known = !revision.starts_with('-')
        && ask(folder, &["rev-parse", "--verify", "--quiet", &commit]).is_ok();
    if known {
        return Ok(());
    }
    Err(Error::new(format!(
        "unknown git revision `{revision}`; in a shallow clone, fetch it first"
    )))
}

fn names(listed: &str) -> impl Iterator<Item = String> {
    listed.split('\0').filter(|name| !name.is_empty()).map(str::to_owned)
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // Print names unquoted, and take no locks for a read.
    command
        .arg("-C")
        .arg(folder)
        .args(["-c", "core.quotePath=false"])
        // The settings of a bare repository inside the tree could name programs to run.
        .args(["-c", "safe.bareRepository=explicit"])
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null());
    command
}

fn ask(folder: &Path, arguments: &[&str]) -> Result<String> {
    let output = git(folder, arguments)
        .output()
        .map_err(|error| Error::new(format!("cannot run git: {error}")))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(Error::new(format!("git {}: {}", arguments.join(" "), why.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn run(folder: &Path, arguments: &[&str]) {
        let who = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
        let status = Command::new("git").arg("-C").arg(folder).args(who).args(arguments).output();
        assert!(status.unwrap().status.success(), "{arguments:?}");
    }

    fn repository() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let docs = dir.path().join("docs/ä b");
        fs::create_dir_all(&docs).unwrap();
        for name in ["keep.md", "change.md", "go.md"] {
            fs::write(docs.join(name), format!("# {name}\r\n")).unwrap();
        }
        fs::write(dir.path().join("other.md"), "x").unwrap();
        run(dir.path(), &["init", "--quiet"]);
        run(dir.path(), &["add", "."]);
        run(dir.path(), &["commit", "--quiet", "-m", "one"]);
        dir
    }

    #[test]
    fn what_differs_and_what_it_said() {
        let dir = repository();
        let docs = dir.path().join("docs");
        assert_eq!(changes(&docs, "HEAD").unwrap(), Changes::default());
        fs::write(docs.join("ä b/change.md"), "new").unwrap();
        fs::write(docs.join("ä b/add.md"), "new").unwrap();
        fs::remove_file(docs.join("ä b/go.md")).unwrap();
        fs::write(dir.path().join("other.md"), "y").unwrap();
        let found = changes(&docs, "HEAD").unwrap();
        let list =
            |names: &[&str]| names.iter().map(|name| format!("ä b/{name}")).collect::<Vec<_>>();
        assert_eq!(found.added, list(&["add.md"]));
        assert_eq!(found.modified, list(&["change.md"]));
        assert_eq!(found.removed, list(&["go.md"]));
        let asked = list(&["change.md", "no.md", "go.md"]);
        let said = texts(&docs, "HEAD", &asked).unwrap();
        let text = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(said, [text("# change.md\r\n"), None, text("# go.md\r\n")]);
        run(dir.path(), &["add", "docs/ä b/add.md"]);
        assert_eq!(staged(&docs).unwrap(), list(&["add.md"]));
    }

    #[test]
    fn the_last_change_of_each_file() {
        let dir = repository();
        let docs = dir.path().join("docs");
        fs::write(docs.join("ä b/change.md"), "new").unwrap();
        let dated = |day: &str| {
            let status = Command::new("git")
                .arg("-C")
                .arg(dir.path())
                .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
                .args(["commit", "--quiet", "-am", "two"])
                .env("GIT_COMMITTER_DATE", day)
                .status();
            assert!(status.unwrap().success());
        };
        dated("2031-02-03T04:05:06Z");
        let wanted = || ["ä b/change.md", "ä b/keep.md", "ä b/no.md"].map(str::to_owned).into();
        let LastChanges::Days(days) = last_changes(&docs, wanted()).answer() else {
            panic!("no days");
        };
        assert_eq!(days["ä b/change.md"], "2031-02-03");
        assert_ne!(days["ä b/keep.md"], "2031-02-03");
        assert_eq!(days.len(), 2);

        let shallow = tempfile::tempdir().unwrap();
        let from = format!("file://{}", dir.path().display());
        run(shallow.path(), &["clone", "--quiet", "--depth", "1", &from, "copy"]);
        let copy = shallow.path().join("copy/docs");
        assert_eq!(last_changes(&copy, wanted()).answer(), LastChanges::Shallow);
        let bare = tempfile::tempdir().unwrap();
        assert_eq!(last_changes(bare.path(), wanted()).answer(), LastChanges::Unknown);
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        let dir = repository();
        for revision in ["nonsense", "--output=x", "HEAD~9"] {
            let why = changes(dir.path(), revision).unwrap_err().to_string();
            assert!(why.contains(revision), "{why}");
        }
        assert!(!dir.path().join("x").exists());
        let bare = tempfile::tempdir().unwrap();
        let why = changes(bare.path(), "HEAD").unwrap_err().to_string();
        assert!(why.contains("not in a git repository"), "{why}");
    }
}

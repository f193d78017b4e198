//! What the tests of the real binary share.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod cost;
pub mod rendering;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// A tree in a folder of its own.
pub struct Tree {
    dir: TempDir,
}

/// How a run of docgen ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Tree {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let tree = Self { dir: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            tree.write(path, text);
        }
        tree
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().join("tree")
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub fn exists(&self, path: &str) -> bool {
        self.root().join(path).exists()
    }

    /// Runs docgen in the root of the tree.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run_in(&self.root(), arguments)
    }

    /// The findings of `check` as JSON.
    pub fn findings(&self) -> Vec<Found> {
        let run = self.run(&["check", "--format", "json"]);
        let report: serde_json::Value =
            serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {run:?}"));
        let number = |value: &serde_json::Value| value.as_u64().unwrap() as usize;
        report["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| Found {
                rule: one["rule"].as_str().unwrap().to_owned(),
                severity: one["severity"].as_str().unwrap().to_owned(),
                path: one["path"].as_str().unwrap().to_owned(),
                line: number(&one["start"]["line"]),
                message: one["message"].as_str().unwrap().to_owned(),
            })
            .collect()
    }
}

/// A finding.
#[derive(Debug)]
pub struct Found {
    pub rule: String,
    pub severity: String,
    pub path: String,
    pub line: usize,
    pub message: String,
}

/// After this a run is ended that would never end: nothing is said of how long one takes.
const NEVER: Duration = Duration::from_secs(20 * 60);

/// Runs docgen in a folder.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::cargo_bin("docgen")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .timeout(NEVER)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let run = Run {
        code: output.status.code().unwrap_or(-1),
        out: text(&output.stdout),
        err: text(&output.stderr),
    };
    let status = output.status;
    assert!((0..=2).contains(&run.code), "{arguments:?} {status} (ended, or hung): {run:?}");
    assert!(!run.err.contains("panicked"), "{arguments:?}: {run:?}");
    run
}

/// The number of files below a folder, in which others may be writing and deleting.
pub fn count_files(folder: &Path) -> usize {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).count()
}

/// Every file below a folder with its bytes.
pub fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|e| panic!("{}: {e}", next.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// What a JSON document has that its schema does not allow.
pub fn schema_errors(schema: &str, document: &str) -> Vec<String> {
    use docgen::data::json::{self, Dialect};

    let schema = docgen::truth::schema::Schema::load("schema", schema).expect("a schema");
    let document = json::document(document, Dialect::Json).expect("a document");
    let found = schema.validate_document(&document);
    assert_eq!(found.undecided, None, "the schema says what is right");
    found.violations.into_iter().map(|violation| violation.message).collect()
}

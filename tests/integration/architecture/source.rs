//! The sources of the workspace as syntax trees, each with the module that it is.

use std::fs;
use std::path::{Path, PathBuf};

/// The crates, each with the folder of its sources. The program stands last: its folder holds the
/// others.
const CRATES: [(&str, &str); 6] = [
    ("src/base/", "docgen_base"),
    ("src/code/", "docgen_code"),
    ("src/model/", "docgen_model"),
    ("src/check/", "docgen_check"),
    ("src/render/", "docgen_render"),
    ("src/", "docgen"),
];

/// The path of a module or of what it holds: the name of the crate, then one name after another.
pub type Names = Vec<String>;

/// One file.
pub struct File {
    /// Its path in the repository, with slashes.
    pub path: String,
    /// The module that it is.
    pub module: Names,
    /// How many lines it has.
    pub lines: usize,
    /// What stands in it.
    pub tree: syn::File,
}

impl File {
    /// Parses a text.
    pub fn new(path: &str, text: &str) -> Self {
        let tree = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self { path: path.to_owned(), module: module(path), lines: text.lines().count(), tree }
    }
}

/// Parses texts in memory.
pub fn parse(texts: &[(&str, &str)]) -> Vec<File> {
    texts.iter().map(|(path, text)| File::new(path, text)).collect()
}

/// The sources of this repository, sorted by path.
pub fn repository() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join("src"), &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("UTF-8");
        let path = path.strip_prefix(root).expect("below the root");
        File::new(&path.to_string_lossy().replace('\\', "/"), &text)
    };
    paths.iter().map(read).collect()
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// A path as it is written in Rust, split.
pub fn names(path: &str) -> Names {
    path.split("::").map(str::to_owned).collect()
}

/// Whether a path leads to `place` or to what is in it.
pub fn is_within(path: &[String], place: &str) -> bool {
    let mut path = path.iter();
    place.split("::").all(|name| path.next().is_some_and(|own| own == name))
}

/// The module that a file is. `main.rs` is a crate of its own and counts as the last room.
fn module(path: &str) -> Names {
    let own = CRATES.iter().find_map(|(folder, name)| Some((name, path.strip_prefix(folder)?)));
    let (name, rest) = own.unwrap_or_else(|| panic!("{path} is in no crate"));
    let mut names = vec![(*name).to_owned()];
    names.extend(rest.trim_end_matches(".rs").split('/').map(str::to_owned));
    if names.last().is_some_and(|last| last == "mod" || (last == "lib" && names.len() == 2)) {
        names.pop();
    }
    names
}

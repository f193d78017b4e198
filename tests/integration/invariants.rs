//! What the architecture promises, held against the source text: the order of the rooms, who may
//! touch the outside world, and that nothing grows too large to hold in the head.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use docgen::check::rules;

/// A source file: its path inside `src`, and its lines without comments.
struct File {
    path: String,
    lines: Vec<String>,
    /// The first line of its unit tests.
    tests: usize,
}

impl File {
    /// The room: the module of its crate, or the crate itself where that is one room.
    fn room(&self) -> &str {
        let path = ["base/", "code/", "model/"].iter().find_map(|one| self.path.strip_prefix(one));
        let path = path.unwrap_or(&self.path);
        path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Whether the whole file is compiled for tests only.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        matches!(name, "tests.rs" | "properties.rs" | "testing.rs")
    }

    /// The lines that are compiled into the program, with their numbers from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let end = if self.is_test() { 0 } else { self.tests };
        self.lines[..end].iter().enumerate().map(|(at, line)| (at + 1, line.as_str()))
    }
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                let path = path.strip_prefix(&root).expect("below src");
                files.push(file(path.to_string_lossy().replace('\\', "/"), &text));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 100, "the sources were not found");
    files
}

fn file(path: String, text: &str) -> File {
    let lines: Vec<String> = text
        .lines()
        .map(|line| if line.trim_start().starts_with("//") { String::new() } else { line.into() })
        .collect();
    // A module of tests is the last thing of its file.
    let marked = |at: &usize| {
        lines[*at] == "#[cfg(test)]"
            && lines.get(at + 1).is_some_and(|next| next.starts_with("mod ") && next.ends_with('{'))
    };
    let tests = (0..lines.len()).find(marked).unwrap_or(lines.len());
    File { path, lines, tests }
}

/// Fails with all findings, one on a line.
fn nothing(findings: Vec<String>) {
    let mut all = String::new();
    for finding in &findings {
        let _ = writeln!(all, "{finding}");
    }
    assert!(findings.is_empty(), "\n{all}");
}

/// The names that stand behind `marker` in a line; behind a brace there may be several.
fn names_behind<'l>(line: &'l str, marker: &str) -> Vec<&'l str> {
    let word = |text: &'l str| {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        &text[..end]
    };
    let mut names = Vec::new();
    for (at, _) in line.match_indices(marker) {
        let before = line[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &line[at + marker.len()..];
        match rest.strip_prefix('{') {
            None => names.push(word(rest)),
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                names.extend(list.split(',').map(|name| word(name.trim())));
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The rooms in their order: that of the `pub mod` lines in the roots of the crates.
fn rooms(files: &[File]) -> Vec<&str> {
    let mut rooms = Vec::new();
    for root in ["base/lib.rs", "code/lib.rs", "model/lib.rs", "check", "render", "lib.rs"] {
        if matches!(root, "check" | "render") {
            rooms.push(root);
            continue;
        }
        let lib = files.iter().find(|file| file.path == root).expect("the root of a crate");
        let named = lib.lines.iter();
        rooms.extend(named.filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')));
    }
    assert!(rooms.len() > 10, "lib.rs lists its rooms");
    rooms
}

#[test]
fn a_room_uses_only_rooms_before_it() {
    let files = files();
    let rooms = rooms(&files);
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !matches!(file.room(), "lib" | "main")) {
        let own = rooms.iter().position(|room| *room == file.room());
        let own = own.unwrap_or_else(|| panic!("src/{}: lib.rs does not list it", file.path));
        for (at, line) in file.lines.iter().enumerate() {
            assert!(!line.trim_end().ends_with("crate::{"), "src/{}:{}", file.path, at + 1);
            for name in names_behind(line, "crate::") {
                if rooms.iter().position(|room| *room == name).is_some_and(|used| used > own) {
                    let room = file.room();
                    found.push(format!("src/{}:{}: {room} uses {name}", file.path, at + 1));
                }
            }
        }
    }
    nothing(found);
}

#[test]
fn only_io_and_cli_touch_the_outside() {
    let outside = [
        "std::fs",
        "std::net",
        "std::env::",
        "std::process",
        "std::time::Instant",
        "std::time::SystemTime",
        "Instant::now",
        "SystemTime::now",
        "println!",
        "eprintln!",
        "print!(",
        "eprint!(",
        "dbg!(",
        "stdout()",
        "stderr()",
        "walkdir::",
        "notify::",
        // A runtime alone is a way to wait; these let it reach out.
        "tokio::net",
        "tokio::fs",
        "tokio::io",
        "tokio::process",
        "tokio::signal",
        "tokio::time",
        "enable_all",
        "enable_io",
        "enable_time",
        "axum::",
        "rustix::",
    ];
    let mut found = Vec::new();
    for file in files().iter().filter(|file| !matches!(file.room(), "io" | "cli" | "main")) {
        for (at, line) in file.code() {
            found.extend(
                outside.iter().filter(|thing| line.contains(*thing)).map(|thing| {
                    format!("src/{}:{at}: `{thing}` outside of io and cli", file.path)
                }),
            );
        }
    }
    nothing(found);
}

/// Whether a file is one of the few places where content is worked on in parallel.
fn works_in_parallel(file: &File) -> bool {
    matches!(file.room(), "io" | "main" | "project")
        || file.path.starts_with("render/publish")
        || matches!(&*file.path, "check/checker.rs" | "check/accepted.rs" | "check/since.rs")
}

#[test]
fn only_a_few_places_work_in_parallel() {
    let parallel = ["rayon", "par_iter", "std::thread", "thread::spawn", "par_sort"];
    let mut found = Vec::new();
    for file in files().iter().filter(|file| !works_in_parallel(file)) {
        for (at, line) in file.code() {
            if parallel.iter().any(|thing| line.contains(thing)) {
                found.push(format!("src/{}:{at}: parallel work outside of its places", file.path));
            }
        }
    }
    nothing(found);
}

/// Members of a table: the files of a folder with the mark of a member in them.
fn members<'f>(files: &'f [File], folder: &str, mark: &str) -> Vec<(&'f File, &'f str)> {
    let members: Vec<_> = files
        .iter()
        .filter_map(|file| {
            let name = file.path.strip_prefix(folder)?.strip_suffix(".rs")?;
            let marked = file.lines.iter().any(|line| line.contains(mark));
            (!name.contains('/') && name != "mod" && marked).then_some((file, name))
        })
        .collect();
    assert!(members.len() > 1, "{folder}: its members were not found");
    members
}

/// A name in quotes can be misspelt; a static cannot.
#[test]
fn a_rule_is_named_by_its_static() {
    let mut found = Vec::new();
    for file in &files() {
        let own = file.path.strip_prefix("check/rules/").and_then(|name| name.strip_suffix(".rs"));
        for (at, line) in file.code() {
            let strings = line.split('"').skip(1).step_by(2);
            let named = strings.filter_map(rules::find).map(|rule| rule.name);
            let others = named.filter(|name| own != Some(name.replace('-', "_").as_str()));
            found.extend(others.map(|name| format!("{}:{at}: `{name}`", file.path)));
        }
    }
    nothing(found);
}

#[test]
fn no_member_of_a_table_knows_another() {
    let files = files();
    let tables = [
        ("check/rules/", "static RULE: Rule", "crate::rules::"),
        ("code/lang/", "static LANGUAGE: Language", "crate::lang::"),
        ("report/", "pub fn write", "crate::report::"),
    ];
    let mut found = Vec::new();
    for (folder, mark, path) in tables {
        let members = members(&files, folder, mark);
        for (_, own) in &members {
            let inside = |file: &&File| {
                file.path == format!("{folder}{own}.rs")
                    || file.path.starts_with(&format!("{folder}{own}/"))
            };
            for file in files.iter().filter(inside).filter(|file| !file.is_test()) {
                // `super` of a file in a member's own folder is the member.
                let top = file.path == format!("{folder}{own}.rs");
                for (at, line) in file.code() {
                    let mut used = names_behind(line, path);
                    if top {
                        used.extend(names_behind(line, "super::"));
                    }
                    used.retain(|name| {
                        members.iter().any(|(_, other)| other == name && name != own)
                    });
                    let other = used.iter().map(|name| {
                        format!("src/{}:{at}: {own} knows its sibling {name}", file.path)
                    });
                    found.extend(other);
                }
            }
        }
    }
    nothing(found);
}

#[test]
fn there_is_no_global_mutable_state() {
    let cells = ["OnceLock", "LazyLock", "Mutex", "RwLock", "Atomic", "RefCell", "OnceCell"];
    let mut found = Vec::new();
    for file in files() {
        for (at, line) in file.lines.iter().enumerate() {
            let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
            let global =
                words.next() == Some("static") && cells.iter().any(|cell| line.contains(cell));
            let always = ["static mut", "lazy_static", "thread_local!"];
            if global || always.iter().any(|thing| line.contains(thing)) {
                found.push(format!("src/{}:{}: global state", file.path, at + 1));
            }
        }
    }
    nothing(found);
}

/// The longest a file may be, in lines.
const MAX_FILE: usize = 500;
/// The longest a function may be, in lines.
const MAX_FUNCTION: usize = 80;

#[test]
fn files_and_functions_are_small() {
    let mut found = Vec::new();
    for file in files() {
        if file.lines.len() > MAX_FILE {
            found.push(format!("src/{}:{}: more than {MAX_FILE} lines", file.path, MAX_FILE + 1));
        }
        for (at, line) in file.lines.iter().enumerate() {
            let indent = &line[..line.len() - line.trim_start().len()];
            if !is_function(line) || line.ends_with([';', '}']) {
                continue;
            }
            // The sources are formatted: a function ends where its closing brace is indented like it.
            let close = format!("{indent}}}");
            let length = file.lines[at..].iter().position(|line| *line == close);
            let length = length.map_or(1, |length| length + 1);
            if length > MAX_FUNCTION {
                let place = format!("src/{}:{}", file.path, at + 1);
                found.push(format!("{place}: a function of {length} lines"));
            }
        }
    }
    nothing(found);
}

fn is_function(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| {
        word.starts_with("pub") || matches!(*word, "const" | "async" | "in" | "unsafe")
    });
    words.next() == Some("fn")
}

#[test]
fn the_readers_of_these_tests_see_what_they_should() {
    assert_eq!(names_behind("use crate::data::{json, toml};", "crate::"), ["data"]);
    assert_eq!(names_behind("use super::{Judgement, json};", "super::"), ["Judgement", "json"]);
    assert_eq!(names_behind("mycrate::x(crate::io::y)", "crate::"), ["io"]);
    assert!(is_function("    pub(super) fn x() {") && is_function("const fn y() {"));
    assert!(!is_function("    let x = fn_pointer;"));
    let text = "use a;\n// crate::cli\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
    let file = file("lang/x.rs".to_owned(), text);
    assert_eq!(file.code().count(), 2);
    assert_eq!(file.room(), "lang");
    assert_eq!(file.lines[1], "");
}

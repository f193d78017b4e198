//! What one generator does and another does not stands in the policy of its flavour, in one folder.
//! The compiler keeps code elsewhere from naming a flavour, as there is no name to be had; these
//! tests keep it from asking for one by its text.

use std::fs;
use std::path::{Path, PathBuf};

use docgen::config::Flavour;

const HOME: &str = "src/model/config/flavours";

fn rust_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The lines of a file that are compiled into the program: unit tests stand at its end.
fn program(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate();
    lines
        .take_while(|(_, line)| *line != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Why a line names a flavour, if it does.
fn names_one(line: &str) -> Option<&'static str> {
    let capital = |rest: &str| {
        let mut chars = rest.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
    };
    if line.split("Flavour::").skip(1).any(capital) {
        return Some("names a flavour");
    }
    if line.contains("Flavour::named(\"") {
        return Some("asks for a flavour by its name");
    }
    let compares = line.contains("==") || line.contains("!=") || line.contains("match");
    let name = line.contains("flavour.name()") || line.contains("flavour.name ");
    (compares && name).then_some("compares the name of a flavour")
}

#[test]
fn no_code_names_a_flavour_outside_of_its_home() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    assert!(files.len() > 100, "the sources were not found");
    let mut found = Vec::new();
    for path in files.iter().filter(|path| !path.starts_with(root.join(HOME))) {
        if path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let text = fs::read_to_string(path).expect("UTF-8");
        for (at, line) in program(&text) {
            if let Some(why) = names_one(line) {
                let shown = path.strip_prefix(root).unwrap_or(path).display();
                found.push(format!("{shown}:{}: {why}", at + 1));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_search_for_names_finds_them() {
    for line in [
        "if self.flavour == Flavour::Hugo {",
        "Flavour::Native | Flavour::Plain => {}",
        "let hugo = Flavour::named(\"hugo\");",
        "if config.flavour.name() == \"hugo\" {",
        "match flavour.name() {",
    ] {
        assert!(names_one(line).is_some(), "{line}");
    }
    for line in ["Flavour::ALL.iter()", "Flavour::named(name)", "quoted(config.flavour.name())"] {
        assert!(names_one(line).is_none(), "{line}");
    }
}

#[test]
fn the_manual_lists_every_flavour() {
    let manual = include_str!("../../content/manual/flavours.md");
    for flavour in Flavour::ALL {
        let row = format!("| `{}` |", flavour.name());
        assert!(manual.contains(&row), "content/manual/flavours.md has no row {row}");
    }
}

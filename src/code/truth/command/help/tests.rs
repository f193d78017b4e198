//! Help texts in the formats of many libraries, and what is read from them: `tests/help/LIBRARY/`
//! has the texts and, in `spec.json`, the specification, which `DOCGEN_BLESS=1` updates.
#![allow(clippy::disallowed_methods, reason = "a test reads its examples")]

use std::fs;
use std::path::{Path, PathBuf};

use super::{join, read};
use crate::lang::testing::bounded;
use crate::truth::command::CommandSpec;

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/help");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn texts(folder: &Path) -> Vec<String> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn help_texts_of_many_libraries() {
    let folders = folders();
    assert!(folders.len() > 8);
    for folder in folders {
        let pages =
            texts(&folder).iter().map(|text| read("mytool", text)).collect::<Result<_, _>>();
        let spec =
            join("mytool", pages.unwrap_or_else(|why| panic!("{}: {why}", folder.display())));
        let text = spec.to_json();
        let path = folder.join("spec.json");
        if std::env::var_os("DOCGEN_BLESS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(text == expected, "{}: DOCGEN_BLESS=1 writes it anew\n{text}", path.display());
        assert_eq!(CommandSpec::load(&text, true), Ok(spec), "{}: it is read back", path.display());
    }
}

#[test]
fn the_order_of_the_texts_does_not_matter() {
    for folder in folders() {
        let mut pages: Vec<_> =
            texts(&folder).iter().filter_map(|text| read("mytool", text).ok()).collect();
        let spec = join("mytool", pages.clone());
        pages.reverse();
        assert_eq!(join("mytool", pages), spec, "{}", folder.display());
    }
}

#[test]
fn what_is_no_help_text_is_refused() {
    for text in ["", "error: no such thing", "\u{1b}[1mHello\u{1b}[0m\n", &"a".repeat(2 << 20)] {
        assert!(read("mytool", text).is_err());
    }
}

#[test]
fn hostile_texts_end() {
    bounded("hostile help", hostile_texts);
}

fn hostile_texts() {
    for part in
        ["-", "  -a, ", "  --a=<", "[", "Usage: mytool ", "Commands:\n  a", "{a,", "│ ", "a\u{8}"]
    {
        let _ = read("mytool", &part.repeat(20_000));
        let _ = read("mytool", &format!("Usage: mytool {}", part.repeat(20_000)));
        let _ = read("mytool", &format!("Options:\n  {}", part.repeat(20_000)));
    }
    let forms = "Usage:\n".to_owned() + &format!("  mytool {}\n", "a ".repeat(150)).repeat(50);
    let _ = read("mytool", &(forms + "  mytool b\n"));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(Usage: mytool |Options:\n|  --a|-b|, |<X>|\\[|\\]|\\{a,b\\}|  |\n|é|│|╭─ A ─|=|\\.\\.\\.|\\(|\\)|Commands:\n|  c  d\n){0,24}") {
        if let Ok(page) = read("mytool", &text) {
            let spec = join("mytool", vec![page]);
            let _ = CommandSpec::load(&spec.to_json(), true);
        }
    }
}

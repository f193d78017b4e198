//! A baseline on a real tree: what was accepted stays accepted, and nothing else is.

use crate::common;
use crate::shared;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{Run, run_in};
use crate::corpora::{CORPORA, NEEDS};
use libtest_mimic::{Failed, Trial};

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let trials = vec![shared::trial("a real tree that goes on", &NEEDS, real_tree)];
    trials
}

/// Rule, path and line of what is reported.
fn found(run: &Run) -> Vec<(String, String, u64)> {
    let report: serde_json::Value =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let list = report["diagnostics"].as_array().expect("a list");
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or("").to_owned();
    list.iter()
        .map(|one| {
            (text(one, "rule"), text(one, "path"), one["start"]["line"].as_u64().unwrap_or(0))
        })
        .collect()
}

fn check(root: &Path) -> Vec<(String, String, u64)> {
    found(&run_in(root, &["check", "--baseline", "accepted.json", "--format", "json"]))
}

fn accepted(root: &Path) -> usize {
    let text = fs::read_to_string(root.join("accepted.json")).expect("it was written");
    let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let counts = file["findings"].as_array().expect("a list").iter();
    counts.map(|one| one["count"].as_u64().expect("a number") as usize).sum()
}

fn real_tree() -> Result<(), Failed> {
    let dir = tempfile::tempdir()?;
    let root = dir.path();
    CORPORA[0].unpack(root);
    let before = found(&run_in(root, &["check", "--format", "json"]));
    assert!(before.len() > 50, "{} findings", before.len());
    let run = run_in(root, &["check", "--baseline", "accepted.json", "--write-baseline"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(accepted(root), before.len());
    assert_eq!(check(root), []);

    // Headings above the findings, and the pages of some moved, with the links to them.
    let pages: BTreeSet<&String> =
        before.iter().map(|(_, path, _)| path).filter(|path| path.ends_with(".md")).collect();
    for path in &pages {
        let text = fs::read_to_string(root.join(path))?;
        let body = match text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n")) {
            Some(end) => end + "---\n".len() + "\n---\n".len(),
            None => 0,
        };
        let new = format!("{}\n## A section above\n\nText.\n\n{}", &text[..body], &text[body..]);
        fs::write(root.join(path), new)?;
    }
    let moved: Vec<&str> = pages
        .iter()
        .map(|path| path.as_str())
        .filter(|path| path.contains('/') && !path.contains("index"))
        .take(5)
        .collect();
    assert_eq!(moved.len(), 5);
    move_pages(root, &moved)?;
    let after = check(root);
    // A link that was written anew is another one.
    let rewritten = |path: &str, line: u64| {
        let text = fs::read_to_string(root.join(path)).unwrap_or_default();
        text.lines().nth(line as usize - 1).is_some_and(|line| line.contains("moved/"))
    };
    let old: Vec<_> = after.iter().filter(|(_, path, line)| !rewritten(path, *line)).collect();
    assert!(old.is_empty(), "what was accepted came back: {old:#?}");
    assert_eq!(accepted(root) + after.len(), before.len(), "nothing was mended");

    // One new fault, of a kind that is accepted elsewhere.
    let page = root.join(pages.iter().find(|path| !moved.contains(&path.as_str())).expect("one"));
    let text = fs::read_to_string(&page)?;
    fs::write(&page, format!("{text}\n[new](/nowhere-at-all)\n"))?;
    let new = check(root);
    assert_eq!(new.len(), after.len() + 1, "{new:#?}");
    assert!(new.iter().any(|(rule, ..)| rule == "broken-link"));
    fs::write(&page, text)?;

    // A fault that is mended leaves the file, and cannot come back.
    let (_, path, _) = before
        .iter()
        .find(|(rule, path, _)| rule == "broken-anchor" && !moved.contains(&path.as_str()))
        .expect("there are dead anchors");
    let page = root.join(path);
    let text = fs::read_to_string(&page)?;
    fs::write(&page, "# Written anew\n\nAll of it, and nothing is wrong with it any more.\n")?;
    check(root);
    let left = accepted(root);
    assert!(left < before.len(), "the file has shrunk");
    fs::write(&page, text)?;
    let again = check(root);
    assert!(again.iter().any(|(_, found, _)| found == path), "{again:#?}");
    println!(
        "{} findings accepted, 5 pages moved, {} left after one was mended",
        before.len(),
        left
    );
    Ok(())
}

/// Moves pages into another folder, with every mention of their addresses.
fn move_pages(root: &Path, pages: &[&str]) -> Result<(), Failed> {
    for path in pages {
        let to = format!("moved/{}", path.replace('/', "-"));
        fs::create_dir_all(root.join("moved"))?;
        fs::rename(root.join(path), root.join(&to))?;
        let (from, to) = (path.trim_end_matches(".md"), to.trim_end_matches(".md").to_owned());
        for name in common::snapshot(root).into_keys() {
            let file = root.join(&name);
            if !name.ends_with(".md") && !name.ends_with(".mdx") && name != "docs.json" {
                continue;
            }
            let text = fs::read_to_string(&file)?;
            let mut new = text.clone();
            for end in [")", "#", "\"", "/)", "/#", "/\"", " ", "\n"] {
                new = new.replace(&format!("/{from}{end}"), &format!("/{to}{end}"));
                new = new.replace(&format!("\"{from}{end}"), &format!("\"{to}{end}"));
            }
            if new != text {
                fs::write(&file, new)?;
            }
        }
    }
    Ok(())
}

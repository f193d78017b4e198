//! What a change brought, in repositories of git made for the purpose.

use crate::common;
use crate::shared;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{Run, Tree, run_in};
use crate::corpora::{CORPORA, NEEDS};
use libtest_mimic::{Failed, Trial};

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let small: &[(&str, fn())] = &[
        ("what is new is told and what was there is not", what_is_new),
        ("a renamed heading keeps its anchor when it is mended", renamed_heading),
        ("pages that are gone and pages that moved", gone_and_moved),
        ("pages that shrank", shrunken),
        ("files that are staged or named", staged_and_named),
        ("what cannot be compared is told", nothing_to_compare),
    ];
    let mut trials: Vec<Trial> = small
        .iter()
        .map(|&(name, run)| {
            Trial::test(name, move || {
                run();
                Ok(())
            })
        })
        .collect();
    trials.push(shared::trial("a large change to a real tree", &NEEDS, replay));
    trials
}

fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "core.autocrlf=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(who).args(arguments).output();
    let output = output.expect("git runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "x"]);
}

fn repository(files: &[(&str, &str)]) -> Tree {
    let tree = Tree::new(files);
    tree.write("docgen.toml", "");
    git(&tree.root(), &["init", "--quiet"]);
    commit(&tree.root());
    tree
}

/// Rule, path and message of what is reported.
fn found(run: &Run) -> Vec<(String, String, String)> {
    let report: serde_json::Value =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let list = report["diagnostics"].as_array().expect("a list");
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or("").to_owned();
    list.iter().map(|one| (text(one, "rule"), text(one, "path"), text(one, "message"))).collect()
}

fn since(tree: &Tree) -> Vec<(String, String, String)> {
    found(&tree.run(&["check", "--since", "HEAD", "--format", "json"]))
}

fn rules(found: &[(String, String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(rule, path, _)| (rule.as_str(), path.as_str())).collect()
}

const HOME: (&str, &str) = ("content/index.md", "# Home\n\n[a](a.md#one) [b](b.md) [x](x.md)\n");
const A: (&str, &str) = ("content/a.md", "# A\n\n## One\n\ntext\n\n## Two\n\nmore\n");
const B: (&str, &str) = ("content/b.md", "# B\n\n[old fault](gone.md)\n");

fn what_is_new() {
    let tree = repository(&[HOME, A, B]);
    assert!(since(&tree).is_empty());
    // A fault that was there is not told, not even in a file that changed.
    tree.write(B.0, "# B\n\n## More\n\n[old fault](gone.md)\n\n[new](lost.md)\n");
    let all = since(&tree);
    assert_eq!(rules(&all), [("broken-link", "content/b.md")]);
    assert!(all[0].2.contains("lost.md"), "{all:?}");
    // A link elsewhere that the change broke, in a file that did not change.
    tree.write(A.0, A.1.replace("## One", "## First"));
    let all = since(&tree);
    assert_eq!(
        rules(&all),
        [
            ("vanished-target", "content/a.md"),
            ("broken-link", "content/b.md"),
            ("broken-anchor", "content/index.md"),
        ]
    );
}

fn renamed_heading() {
    let tree = repository(&[HOME, A, B]);
    tree.write(A.0, A.1.replace("## One", "## First").replace('\n', "\r\n"));
    let run = tree.run(&["check", "--since", "HEAD", "--fix"]);
    assert_eq!(run.code, 0, "{run:?}");
    let mended = tree.read(A.0);
    assert_eq!(
        mended,
        "# A\r\n\r\n<a id=\"one\"></a>\r\n\r\n## First\r\n\r\ntext\r\n\r\n## Two\r\n\r\nmore\r\n"
    );
    assert!(since(&tree).is_empty());
}

fn gone_and_moved() {
    let guide =
        "# Guide\n\nThe first line of the guide, long enough.\n\nThe second line of it, as long.\n";
    let tree = repository(&[HOME, A, B, ("content/guide.md", guide)]);
    fs::remove_file(tree.root().join("content/b.md")).expect("it was there");
    fs::remove_file(tree.root().join("content/guide.md")).expect("it was there");
    tree.write("content/deep/guide.md", guide);
    let all = since(&tree);
    assert_eq!(
        rules(&all),
        [
            ("vanished-target", "content/b.md"),
            ("vanished-target", "content/deep/guide.md"),
            ("broken-link", "content/index.md"),
        ]
    );
    tree.run(&["check", "--since", "HEAD", "--fix"]);
    let moved = tree.read("content/deep/guide.md");
    assert_eq!(moved, format!("---\naliases: [/guide/]\n---\n\n{guide}"));
    assert_eq!(since(&tree).len(), 2);
}

fn shrunken() {
    let section =
        |name: &str| format!("## {name}\n\nWhat there is to say about {name}, at length.\n\n");
    let text: String = ["One", "Two", "Three", "Four"].map(section).concat();
    let page = format!("# A\n\n{text}");
    let tree = repository(&[HOME, ("content/a.md", &page), B]);
    for (now, expected) in [
        (page.replace(&section("Four"), ""), "lost its end"),
        (
            page.replace(&section("Four"), "").replace("# A", "# AA"),
            "lost its last section, `Four`",
        ),
        (page[..page.len() - 20].to_owned(), "lost its end"),
    ] {
        tree.write("content/a.md", now);
        let all = since(&tree);
        assert_eq!(rules(&all)[0], ("shrunken-page", "content/a.md"), "{all:?}");
        assert!(all[0].2.contains(expected), "{all:?}");
    }
    // What moved to another page is not lost, and neither is what was written anew.
    tree.write("content/a.md", page.replace(&section("Four"), ""));
    tree.write("content/four.md", format!("# Four\n\n{}", section("Four")));
    assert!(!rules(&since(&tree)).contains(&("shrunken-page", "content/a.md")));
    fs::remove_file(tree.root().join("content/four.md")).expect("it was there");
    tree.write("content/a.md", page.replace("What there is to say", "In other words, all of it"));
    assert!(since(&tree).is_empty());
}

fn staged_and_named() {
    let tree = repository(&[HOME, A, B]);
    tree.write(A.0, "# A\n\n[new](lost.md)\n");
    tree.write("content/c.md", "# C\n\n[new](lost.md)\n");
    let staged = |tree: &Tree| found(&tree.run(&["check", "--staged", "--format", "json"]));
    assert!(staged(&tree).is_empty());
    git(&tree.root(), &["add", "content/c.md"]);
    assert_eq!(rules(&staged(&tree)), [("broken-link", "content/c.md")]);
    let run =
        tree.run(&["check", "--format", "json", "--files", "content/a.md", "Cargo.toml", "no.md"]);
    assert_eq!(rules(&found(&run)), [("broken-link", "content/a.md")]);
    let run = tree.run(&["check", "--files"]);
    assert_eq!(run.code, 0, "no file, no finding: {run:?}");
    // What a link leads to is known all the same.
    tree.write(A.0, "# A\n\n[b](b.md) [c](c.md)\n");
    let run = tree.run(&["check", "--files", "content/a.md"]);
    assert_eq!(run.code, 0, "{run:?}");
}

fn nothing_to_compare() {
    let tree = repository(&[HOME, A, B]);
    for revision in ["nonsense", "HEAD~3", "-x"] {
        let run = tree.run(&["check", &format!("--since={revision}")]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(revision), "{run:?}");
    }
    let bare = Tree::new(&[HOME, A, B]);
    let run = bare.run(&["check", "--since", "HEAD"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("git"), "{run:?}");
}

/// Ten headings are renamed, five pages removed and three cut.
fn replay() -> Result<(), Failed> {
    let dir = tempfile::tempdir()?;
    let root = dir.path();
    CORPORA[0].unpack(root);
    git(root, &["init", "--quiet"]);
    commit(root);
    let check = |arguments: &[&str]| found(&run_in(root, arguments));
    let whole = ["check", "--format", "json"];
    let before: BTreeSet<_> = check(&whole).into_iter().collect();
    let change = change(root)?;
    let after: BTreeSet<_> = check(&whole).into_iter().collect();
    let said = check(&["check", "--since", "HEAD", "--format", "json"]);
    let of = |rule: &str| -> BTreeSet<(String, String)> {
        let found = said.iter().filter(|(found, ..)| found == rule);
        found.map(|(_, path, message)| (path.clone(), message.clone())).collect()
    };
    let vanished = of("vanished-target");
    let shrunken: BTreeSet<String> =
        of("shrunken-page").into_iter().map(|(path, _)| path).collect();
    assert_eq!(shrunken, change.cut, "the pages that were cut");
    let gone: BTreeSet<String> = vanished
        .iter()
        .filter(|(_, message)| message.contains("was a page"))
        .map(|(path, _)| path.clone())
        .collect();
    assert_eq!(gone, change.removed, "the pages that were removed");
    let renamed: BTreeSet<String> = vanished
        .iter()
        .filter(|(_, message)| message.contains("was an anchor"))
        .map(|(path, _)| path.clone())
        .collect();
    assert_eq!(renamed, change.renamed, "the pages with a renamed heading");
    assert_eq!(vanished.len(), 15, "{vanished:#?}");
    // Links that the change broke, wherever they are: those that a check of all finds more.
    let links = |rule: &str| rule.starts_with("broken-") || rule.starts_with("missing-");
    let new: BTreeSet<_> = after.difference(&before).filter(|(rule, ..)| links(rule)).collect();
    let told: BTreeSet<_> = said.iter().filter(|(rule, ..)| links(rule)).collect();
    assert_eq!(told, new);
    let elsewhere = told.iter().filter(|(_, path, _)| !change.touches(path)).count();
    assert!(elsewhere > 0, "no link elsewhere broke");
    println!(
        "{} findings: 10 anchors, 5 pages, 3 cuts, {} links, {elsewhere} of them in other pages",
        said.len(),
        told.len()
    );
    Ok(())
}

#[derive(Default)]
struct Change {
    renamed: BTreeSet<String>,
    removed: BTreeSet<String>,
    cut: BTreeSet<String>,
}

impl Change {
    fn touches(&self, path: &str) -> bool {
        [&self.renamed, &self.removed, &self.cut].iter().any(|set| set.contains(path))
    }
}

/// Changes pages of the tree, spread over all of it, each in one way.
fn change(root: &Path) -> Result<Change, Failed> {
    let mut pages: Vec<String> = common::snapshot(root)
        .into_keys()
        .filter(|name| name.ends_with(".md") && !name.starts_with('.'))
        .collect();
    pages.sort();
    let mut change = Change::default();
    let step = pages.len() / 40;
    for page in pages.iter().step_by(step.max(1)) {
        let path = root.join(page);
        let text = fs::read_to_string(&path)?;
        let headings: Vec<(usize, &str)> = headings(&text);
        if change.renamed.len() < 10 && headings.len() > 3 {
            let (at, line) = headings[1];
            let name = line.trim_start_matches('#').trim();
            if line.starts_with("## ") && text.matches(name).count() == 1 {
                let new =
                    format!("{}## A name that is new{}", &text[..at], &text[at + line.len()..]);
                fs::write(&path, new)?;
                change.renamed.insert(page.clone());
            }
        } else if change.cut.len() < 3 && headings.len() > 3 && text.len() > 2000 {
            let (at, _) = headings[headings.len() - 1];
            fs::write(&path, format!("{}\n", text[..at].trim_end()))?;
            change.cut.insert(page.clone());
        } else if change.removed.len() < 5 && headings.len() > 1 && !page.contains("index") {
            fs::remove_file(&path)?;
            change.removed.insert(page.clone());
        }
    }
    let counts = (change.renamed.len(), change.cut.len(), change.removed.len());
    assert_eq!(counts, (10, 3, 5), "the tree has pages for the change");
    Ok(change)
}

/// Headings outside of fences: where, and the line.
fn headings(text: &str) -> Vec<(usize, &str)> {
    let (mut at, mut fenced, mut found) = (0, false, Vec::new());
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        fenced ^= words.trim_start().starts_with("```");
        if !fenced && words.starts_with('#') {
            found.push((at, words));
        }
        at += line.len();
    }
    found
}

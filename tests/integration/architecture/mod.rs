//! What the architecture promises, held against the syntax trees of the sources: the order of the
//! rooms, who may touch the outside, that members of a table know nothing of one another, that
//! there is no global state and no circle of files, and that nothing grows too large.
//!
//! Paths are resolved before they are judged: through groups, renamed imports, globs, re-exports
//! and the names of the crates, in items, expressions, types and the arguments of macros. Only an
//! item that is compiled for tests alone is left out, and only where a rule says so.

mod circles;
mod facts;
mod flavours;
mod index;
mod outside;
mod planted;
mod rooms;
mod rule_names;
mod siblings;
mod sizes;
mod source;
mod statics;

use std::collections::BTreeSet;
use std::fmt;

use docgen::check::rules::NAMES;
use docgen::config::Flavour;

use facts::{Fact, facts};
use index::Index;
use source::File;

/// All files, the names in them, and what they do.
struct Sources<'f> {
    files: &'f [File],
    index: Index<'f>,
    facts: Vec<Vec<Fact<'f>>>,
}

impl<'f> Sources<'f> {
    fn new(files: &'f [File]) -> Self {
        let index = Index::new(files);
        let facts = files.iter().map(|file| facts(&index, file)).collect();
        Self { files, index, facts }
    }

    /// Each file with its facts.
    fn each(&self) -> impl Iterator<Item = (&File, &[Fact<'f>])> {
        self.files.iter().zip(self.facts.iter().map(Vec::as_slice))
    }
}

/// Something that breaks a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    rule: &'static str,
    text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.rule, self.text)
    }
}

/// What was found, sorted, each thing once.
#[derive(Default)]
struct Findings(BTreeSet<Finding>);

impl Findings {
    fn add(&mut self, file: &File, line: usize, rule: &'static str, text: String) {
        self.0.insert(Finding { path: file.path.clone(), line, rule, text });
    }
}

/// Holds sources against all rules.
fn findings(sources: &Sources) -> BTreeSet<Finding> {
    let flavours = Flavour::ALL.map(Flavour::name);
    let mut findings = Findings::default();
    rooms::check(sources, &mut findings);
    outside::check(sources, &mut findings);
    siblings::check(sources, &mut findings);
    statics::check(sources, &mut findings);
    circles::check(sources, &mut findings);
    flavours::check(sources, &flavours, &mut findings);
    rule_names::check(sources, NAMES, &mut findings);
    sizes::check(sources, &mut findings);
    findings.0
}

#[test]
fn the_sources_keep_the_architecture() {
    let files = source::repository();
    let sources = Sources::new(&files);
    assert!(files.len() > 100, "the sources were not found");
    assert_eq!(rooms::empty(&sources), [""; 0], "rooms of the table without a file");
    for (table, mark) in siblings::TABLES {
        let members = sources.index.members(&source::names(table), mark);
        assert!(members.len() > 4, "{table}: its members were not found, only {members:?}");
    }
    let found: Vec<String> = findings(&sources).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

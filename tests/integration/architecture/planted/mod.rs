//! The analyser, held against violations planted in small sources, each beside a twin that is
//! allowed and looks much like it.

mod order;
mod reserved;

use super::source::parse;
use super::{Finding, Sources, findings};

/// A house of few files in which everything is in order.
const HOUSE: &[(&str, &str)] = &[
    ("src/base/lib.rs", "pub mod source;"),
    ("src/base/source.rs", "pub struct Span { pub start: usize }"),
    ("src/code/lib.rs", "use docgen_base::source; pub mod data; pub mod lang;"),
    ("src/code/data.rs", "pub struct Node { pub span: crate::source::Span }"),
    ("src/code/lang/mod.rs", "mod json; mod language; mod registry; mod toml;"),
    (
        "src/code/lang/language.rs",
        "pub struct Language { pub name: &'static str, pub of: Family }\npub enum Family { Data, Text(Option<&'static [u8]>) }",
    ),
    (
        "src/code/lang/json.rs",
        "use super::language::Language; pub static LANGUAGE: Language = todo;",
    ),
    (
        "src/code/lang/toml.rs",
        "use super::language::Language; pub static LANGUAGE: Language = todo;",
    ),
    (
        "src/code/lang/registry.rs",
        "use super::json; static ALL: &[&super::language::Language] = &[&json::LANGUAGE, &super::toml::LANGUAGE];",
    ),
    (
        "src/model/lib.rs",
        "use docgen_base::source; use docgen_code::{data, lang}; pub mod config; pub mod site; pub mod project;",
    ),
    ("src/model/config/mod.rs", "mod flavours; pub use flavours::{Flavour, Policy};"),
    (
        "src/model/config/flavours/mod.rs",
        "pub mod policy; mod hugo; mod mkdocs; pub use policy::Policy; pub struct Flavour(&'static Policy); impl Flavour { pub const ALL: [Self; 2] = [Self(&hugo::POLICY), Self(&mkdocs::POLICY)]; }",
    ),
    (
        "src/model/config/flavours/policy.rs",
        "pub struct Policy { pub name: &'static str, pub of: fn(&str) -> String }",
    ),
    (
        "src/model/config/flavours/hugo.rs",
        "use super::Policy; pub(super) static POLICY: Policy = Policy { name: \"hugo\" };",
    ),
    (
        "src/model/config/flavours/mkdocs.rs",
        "use super::Policy; pub(super) static POLICY: Policy = Policy { name: \"mkdocs\" };",
    ),
    ("src/model/site.rs", "use crate::config::Flavour;"),
    ("src/model/project.rs", "use rayon::prelude::*;"),
    (
        "src/check/lib.rs",
        "use docgen_base::source; use docgen_model::{config, site}; mod near; pub mod rule; pub mod rules;",
    ),
    ("src/check/near.rs", "pub fn near() {}"),
    ("src/check/rule.rs", "pub struct Rule { pub name: &'static str } pub const MAX: usize = 1;"),
    (
        "src/check/rules/mod.rs",
        "pub mod broken_link; pub mod orphan_page; pub mod shared; use super::rule::Rule; pub const RULES: &[Rule] = &[broken_link::RULE, orphan_page::RULE];",
    ),
    ("src/check/rules/broken_link.rs", "use crate::rule::Rule; pub const RULE: Rule = todo;"),
    ("src/check/rules/orphan_page.rs", "use crate::rule::Rule; pub const RULE: Rule = todo;"),
    ("src/check/rules/shared.rs", "pub fn words() {}"),
    ("src/render/lib.rs", "use docgen_check as check; pub mod body; pub mod publish;"),
    ("src/render/body.rs", "use crate::check::rule::Rule;"),
    ("src/render/publish/mod.rs", "pub mod search; use rayon::prelude::*;"),
    (
        "src/render/publish/search.rs",
        "pub fn wait() { tokio::runtime::Builder::new_current_thread().build(); }",
    ),
    (
        "src/lib.rs",
        "pub use docgen_base::source; pub use docgen_check as check; pub use docgen_model::config; pub use docgen_render as render; pub mod report; pub mod io; pub mod cli;",
    ),
    ("src/report/mod.rs", "pub mod json; pub mod text; pub mod place;"),
    ("src/report/json.rs", "pub fn write() {}"),
    ("src/report/text.rs", "pub fn write() {}"),
    ("src/report/place.rs", "pub fn place() {}"),
    ("src/io/mod.rs", "pub mod git; use std::{fs, net};"),
    ("src/io/git.rs", "pub fn days() { std::process::exit(std::time::Instant::now()) }"),
    ("src/cli/mod.rs", "pub fn run() { println!(\"{:?}\", std::env::var(\"HOME\")) }"),
    (
        "src/main.rs",
        "#[global_allocator] static ALLOCATOR: foreign::Alloc = A; fn main() { docgen::cli::run() }",
    ),
];

/// What is found in the house with one file put in, or in the place of another.
fn found(path: &str, text: &str) -> Vec<Finding> {
    let mut texts: Vec<_> = HOUSE.iter().copied().filter(|(own, _)| *own != path).collect();
    texts.push((path, text));
    let files = parse(&texts);
    findings(&Sources::new(&files)).into_iter().collect()
}

/// Each `(file, violation, its line, what the message says, twin)`: the violation is found there
/// under that rule and nothing else is, and in the twin nothing is.
fn hold(rule: &str, cases: &[(&str, &str, usize, &str, &str)]) {
    for (path, text, line, says, twin) in cases {
        let all = found(path, text);
        let here = |one: &Finding| one.path == *path && one.rule == rule && one.line == *line;
        assert!(!all.is_empty(), "not refused: {path}: {text}");
        assert!(all.iter().all(here), "{path}: {text}: {all:?}");
        assert!(all[0].to_string().contains(says), "{text}: {}", all[0]);
        assert_eq!(found(path, twin), [], "{path}: {twin}");
    }
}

const RULE: &str = "src/check/rules/broken_link.rs";

#[test]
fn a_house_in_order_has_no_findings() {
    let files = parse(HOUSE);
    assert_eq!(findings(&Sources::new(&files)).into_iter().collect::<Vec<_>>(), []);
}

//! Rooms, siblings and circles.

use super::super::source::parse;
use super::super::{Sources, findings};
use super::{HOUSE, RULE, found, hold};

#[test]
fn planted_uses_of_a_room_below() {
    let site = "src/model/site.rs";
    let json = "src/code/lang/json.rs";
    hold(
        "order",
        &[
            (
                site,
                "\nuse crate::project::open;",
                2,
                "`docgen_model::project`",
                "use crate::config::open;",
            ),
            (
                site,
                "use super::{config, project as it};",
                1,
                "below",
                "use super::{config as it, data};",
            ),
            (
                site,
                "mod x {\nuse super::super::project::open;\n}",
                2,
                "project",
                "mod x { use super::super::config::open; }",
            ),
            (
                site,
                "fn f() {\nlet x: Option<crate::project::Open> = None; }",
                2,
                "project",
                "fn f() { let x: Option<crate::site::Open> = None; }",
            ),
            (
                site,
                "fn f() { use crate as c;\nc::project::open() }",
                2,
                "project",
                "fn f() { use crate as c; c::config::open() }",
            ),
            (
                site,
                "use super::*;\nfn f() { project::open() }",
                2,
                "project",
                "use super::*; fn f() { config::open() }",
            ),
            (
                site,
                "fn f() { log!(\"{}\",\n  crate::project::OPEN) }",
                2,
                "project",
                "fn f() { log!(\"{}\", crate::config::OPEN) }",
            ),
            (
                site,
                "#[cfg(test)] mod tests {\nuse docgen_check::rule; }",
                2,
                "docgen_check",
                "#[cfg(test)] mod tests { use docgen_base::source; }",
            ),
            (json, "use docgen_model::site;", 1, "docgen_model", "use super::super::data;"),
            (
                "src/report/place.rs",
                "use crate::io::git;",
                1,
                "`docgen::io`",
                "use crate::check::rule;",
            ),
            (
                "src/report/place.rs",
                "use super::super::{render, cli::{self}};",
                1,
                "`docgen::cli`",
                "use super::super::{render, source::{self}};",
            ),
            (
                "src/report/place.rs",
                "fn f() { docgen::io::git::days() }",
                1,
                "`docgen::io`",
                "fn f() { docgen::render::body::f() }",
            ),
            (
                "src/io/git.rs",
                "fn f() { crate::cli::run() }",
                1,
                "`docgen::cli`",
                "fn f() { crate::report::place::place() }",
            ),
            (
                "src/render/body.rs",
                "use super::publish;",
                1,
                "`docgen_render::publish`",
                "use super::body;",
            ),
            (
                "src/check/near.rs",
                "use docgen_render::body;",
                1,
                "`docgen_render`",
                "use docgen_model::site;",
            ),
        ],
    );
    let all = found("src/new_room.rs", "fn f() {}");
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].to_string(), "src/new_room.rs:1: order: no room of the table of rooms");
}

#[test]
fn planted_uses_of_a_sibling() {
    let hugo = "src/model/config/flavours/hugo.rs";
    let json = "src/code/lang/json.rs";
    hold(
        "sibling",
        &[
            (
                RULE,
                "use crate::{rule::Rule, rules::orphan_page::RULE as OTHER}; pub const RULE: Rule = 1;",
                1,
                "`orphan_page`",
                "use crate::{rule::Rule, rules::shared::words}; pub const RULE: Rule = 1;",
            ),
            (
                RULE,
                "use crate::rules;\npub const RULE: u8 = 1;\nfn f() { rules::orphan_page::RULE }",
                3,
                "`orphan_page`",
                "use crate::rules; pub const RULE: u8 = 1; fn f() { rules::shared::words() }",
            ),
            (
                RULE,
                "pub const RULE: u8 = 1;\nfn f() { super::orphan_page::RULE }",
                2,
                "`orphan_page`",
                "pub const RULE: u8 = 1; fn f() { super::RULES }",
            ),
            (
                RULE,
                "use super::*; pub const RULE: u8 = 1;\nfn f() { orphan_page::find() }",
                2,
                "`orphan_page`",
                "use super::*; pub const RULE: u8 = 1; fn f() { shared::words() }",
            ),
            (
                RULE,
                "pub const RULE: u8 = 1;\nmod t { use super::super::orphan_page::*; }",
                2,
                "`orphan_page`",
                "pub const RULE: u8 = 1; mod t { use super::super::shared::*; }",
            ),
            (
                hugo,
                "pub static POLICY: u8 = 1;\nuse super::mkdocs;",
                2,
                "`mkdocs`",
                "pub static POLICY: u8 = 1; use super::policy;",
            ),
            (
                hugo,
                "pub static POLICY: u8 = 1;\nfn f() { crate::config::flavours::mkdocs::POLICY }",
                2,
                "`mkdocs`",
                "pub static POLICY: u8 = 1; fn f() { crate::config::flavours::Policy::new() }",
            ),
            (
                json,
                "pub static LANGUAGE: u8 = 1;\nuse super::{language, toml::{LANGUAGE as T}};",
                2,
                "`toml`",
                "pub static LANGUAGE: u8 = 1; use super::{language::{Language as T}};",
            ),
            (
                json,
                "pub static LANGUAGE: u8 = 1;\nfn f() { judge!(super::toml::LANGUAGE) }",
                2,
                "`toml`",
                "pub static LANGUAGE: u8 = 1; fn f() { judge!(toml::from_str) }",
            ),
            (
                "src/report/json.rs",
                "pub fn write() {\ncrate::report::text::write() }",
                2,
                "`text`",
                "pub fn write() { crate::report::place::place() }",
            ),
            (
                "src/report/json.rs",
                "pub fn write() { use super::text as t; t::write() }",
                1,
                "`text`",
                "pub fn write() { use super::place as t; t::place() }",
            ),
        ],
    );
    // What the folder re-exports is still the sibling's.
    let mut texts = HOUSE.to_vec();
    texts.retain(|(path, _)| !matches!(*path, "src/report/mod.rs" | "src/report/json.rs"));
    texts.push(("src/report/mod.rs", "pub mod json; pub mod text; pub use text::write as drawn;"));
    texts.push(("src/report/json.rs", "pub fn write() {}\nfn f() { super::drawn() }"));
    let files = parse(&texts);
    let all: Vec<_> = findings(&Sources::new(&files)).into_iter().collect();
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].rule == "sibling" && all[0].line == 2, "{}", all[0]);
}

#[test]
fn planted_circles() {
    let near = "src/check/near.rs";
    let of = |near: &str, rule: &str| {
        let mut texts: Vec<_> = HOUSE.to_vec();
        texts.retain(|(path, _)| !matches!(*path, "src/check/near.rs" | "src/check/rule.rs"));
        texts.extend([("src/check/near.rs", near), ("src/check/rule.rs", rule)]);
        let files = parse(&texts);
        findings(&Sources::new(&files)).into_iter().collect::<Vec<_>>()
    };
    let rule = "pub struct Rule;\nfn f() { crate::near::near() }";
    let all = of("pub fn near() {}\nuse super::rule::Rule;", rule);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].path == near && all[0].line == 2 && all[0].rule == "circle", "{}", all[0]);
    let shown = format!("{near}, line 2, uses src/check/rule.rs, line 2, uses {near}");
    assert_eq!(all[0].text, shown);
    // Over three files, and through a renamed import.
    let around = of("use crate::rules as r;\npub fn near() { r::orphan_page::find() }", rule);
    assert!(
        around.iter().any(|one| one.rule == "circle" && one.text.contains("near.rs, line 1")),
        "{around:?}"
    );
    // One way only; tests; parent and child.
    assert_eq!(of("use super::rule::Rule;", "pub struct Rule;"), []);
    assert_eq!(of("#[cfg(test)] use super::rule::Rule;", rule), []);
    assert_eq!(found(RULE, "pub const RULE: u8 = 1; fn f() { super::RULES }"), []);
}

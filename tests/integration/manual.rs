//! Lists in the manual and in the project's own navigation that the code knows as well: each says
//! what the code says, no more and no less.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::Tree;
use docgen::check::rules::RULES;
use docgen::config::Flavour;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(&path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // A checkout may have Windows line endings.
    text.replace("\r\n", "\n")
}

fn rules() -> BTreeSet<String> {
    RULES.iter().map(|rule| rule.name.to_owned()).collect()
}

/// Everything between two marks, in the order of the text.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(|part| part.split_once(close).map(|(inside, _)| inside)).collect()
}

/// A list as a set: what stands twice is a mistake as well.
fn set(list: Vec<&str>) -> BTreeSet<String> {
    let all: BTreeSet<String> = list.iter().map(|one| (*one).to_owned()).collect();
    assert_eq!(all.len(), list.len(), "something stands twice in {list:?}");
    all
}

#[test]
fn the_tables_of_rules_in_the_manual_are_those_of_the_code() {
    assert_eq!(set(between(&read("content/manual/check.md"), "](rules/", ".md) |")), rules());
}

/// The manual has one table for each group of the navigation, with the same rules in it.
#[test]
fn the_manual_groups_rules_as_the_navigation_does() {
    fn groups<'t>(
        text: &'t str,
        heading: [&str; 2],
        rule: [&str; 2],
    ) -> Vec<(&'t str, Vec<&'t str>)> {
        let parts = text.split(heading[0]).skip(1).filter_map(|part| part.split_once(heading[1]));
        let all = parts.map(|(name, list)| (name, between(list, rule[0], rule[1])));
        all.filter(|(_, rules)| !rules.is_empty()).collect()
    }
    let (manual, settings) = (read("content/manual/check.md"), read("docgen.toml"));
    let (_, manual) = manual.split_once("\n## Rules\n").unwrap();
    let (manual, _) = manual.split_once("\n## ").unwrap();
    let tables = groups(manual, ["\n### ", "\n"], ["](rules/", ".md) |"]);
    let lists = groups(&settings, ["{ title = \"", "\""], ["\"manual/rules/", "\""]);
    assert_eq!(tables, lists);
}

#[test]
fn the_navigation_has_the_page_of_every_rule() {
    assert_eq!(set(between(&read("docgen.toml"), "\"manual/rules/", "\"")), rules());
}

/// The reader of docgen.toml takes the keys that it asks for, so its own suggestions know them all.
#[test]
fn every_setting_that_is_read_is_in_the_manual() {
    let source = ["native", "theme"].map(|file| read(&format!("src/model/config/{file}.rs")));
    let page = read("content/manual/configuration.md") + &read("content/manual/theme.md");
    let asks = [".string(", ".strings(", ".bool(", ".table(", ".tables(", ".get(", ".required("];
    let asks = asks.iter().chain(&[".choice(", " set("]);
    let asked = source.iter().flat_map(|text| {
        asks.clone().flat_map(|ask| between(text, &format!("{ask}\""), "\"")).collect::<Vec<_>>()
    });
    let keys: BTreeSet<&str> = asked.collect();
    assert!(keys.len() > 30, "the keys were not found: {keys:?}");
    let said = |key: &str| {
        [
            format!("`{key}`"),
            format!("{key} = "),
            format!("[{key}]"),
            format!("[[{key}]]"),
            format!(".{key}]"),
        ]
        .iter()
        .any(|form| page.contains(form))
    };
    let missing: Vec<&str> = keys.into_iter().filter(|key| !said(key)).collect();
    assert!(missing.is_empty(), "not in the manual: {missing:?}");
}

#[test]
fn the_manual_lists_every_flavour() {
    let manual = read("content/manual/flavours.md");
    for flavour in Flavour::ALL {
        let row = format!("| `{}` |", flavour.name());
        assert!(manual.contains(&row), "content/manual/flavours.md has no row {row}");
    }
}

/// What the front page shows as the output of `docgen check` is what that prints.
#[test]
fn the_findings_on_the_front_page_are_real() {
    let schema = r#"{
        "type": "object",
        "properties": { "port": { "type": "integer" }, "trustedProxies": { "type": "array" } },
        "additionalProperties": false
    }"#;
    let page = "# Proxy\n\nFirst [set it up](install.md#setup).\n\n\
                ```json\n{ \"port\": 8080, \"trustedProxy\": [] }\n```\n";
    let settings = "[[schema]]\nfile = \"app.schema.json\"\nlanguages = [\"json\"]\n";
    let tree = Tree::new(&[
        ("docgen.toml", settings),
        ("app.schema.json", schema),
        ("content/install.md", "# Install\n\n## Set up\n\nRun the installer.\n"),
        ("content/index.md", page),
    ]);
    let printed = tree.run(&["check", "--no-cache"]).out;
    let front = read("content/index.md");
    let shown = between(&front, "```text title=\"docgen check\"\n", "```");
    let [shown] = shown[..] else { panic!("one block, not {}", shown.len()) };
    for finding in shown.trim_end().split("\n\n") {
        assert!(printed.contains(finding), "{finding}\nis not in\n{printed}");
    }
}

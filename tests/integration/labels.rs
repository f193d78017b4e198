//! A block means the same under every label of its language.

use std::collections::{BTreeSet, HashMap};

use crate::common::rendering::check;
use docgen::lang;
use docgen::project::{Inputs, Model};

/// Blocks with something in them that one of the rules for code looks for. Each is tried under all
/// labels, so most are no code of the language: what is found then must be the same as well.
const BLOCKS: &[&str] = &[
    "print(“a”)\nx = {\n    \"a\": 1,\n",
    "const a = “b”;\nfunction f() {\n  return {\n",
    "FROM a\n# it’s “x”\nENV A=“b”\n",
    "{\"a\": “b”}\n",
    "{\"a\": 1 \"b\": 2}\n",
    "{\"a\": [1, 2",
    "{\"a\": \"&lt;name&gt;\"}\nx = &amp;y\n",
    "echo “a”\nif x; then\n",
    "a &amp;&amp; b &lt;name&gt;\n",
    "a: “b”\nc: &gt;\n  d\n",
    "a: 1\n   b: 2\n",
    "a\\_b = \\[1\\]\nexport A\\_B=1\n",
    "a\u{a0}b = 1\nc\u{200b}d\n\u{a0}e: f\n",
    "tool –force “x y” –-all\n",
    "$ tool –force\n# tool\nout\u{a0}put “x”\n",
    "x = 1\n\n# A heading of the page\n\nAnd a sentence of it behind the code.\n",
    "x = (1\n\n<Card title=\"a\">\n",
    "text\n\n```js\nf(\n",
    "<a>\n  <b>\n</a>\n",
    "key=value\n[section\n",
    "fn f() { g(1 }\n",
];

/// Rules about the page around the block.
const ABOUT_PAGES: &[&str] = &["orphan-page", "duplicate-title", "missing-index"];

/// The page that shows a block under a label.
fn page(block: &str, label: &str) -> String {
    format!("# A page\n\nText before it.\n\n````{label}\n{block}````\n\nText behind it.\n")
}

#[test]
fn every_label_of_a_language_gets_the_same_findings() {
    let mut files = vec![("docgen.toml".to_owned(), String::new())];
    for language in lang::all().filter(|language| language.labels.len() > 1) {
        for (at, label) in language.labels.iter().enumerate() {
            for (number, block) in BLOCKS.iter().enumerate() {
                let path = format!("content/{}/{number}-{at}.md", language.name);
                files.push((path, page(block, label)));
            }
        }
    }
    let site = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a site");
    let (diagnostics, _) = check(&site);
    // Findings about the code, by page: where they are, and what they say without the label.
    let mut found: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for one in diagnostics.iter().filter(|one| !ABOUT_PAGES.contains(&one.rule.name)) {
        let path = one.finding.path.as_str();
        let text = &site.source(&one.finding.path).expect("a page").text;
        let line = text[..one.finding.span.start].matches('\n').count();
        let label =
            text.lines().nth(4).and_then(|line| line.strip_prefix("````")).expect("a fence");
        let message = one.finding.message.replace(&format!("`{label}`"), "`LABEL`");
        let said = format!("{line}: {} {}: {message}", one.severity.name(), one.rule.name);
        found.entry(path).or_default().insert(said);
    }
    let mut compared = 0;
    for language in lang::all() {
        for (number, block) in BLOCKS.iter().enumerate() {
            let path = |at: usize| format!("content/{}/{number}-{at}.md", language.name);
            let first = found.get(path(0).as_str());
            compared += usize::from(first.is_some());
            for at in 1..language.labels.len() {
                let label = language.labels[at];
                assert_eq!(found.get(path(at).as_str()), first, "{label}: {block}");
            }
        }
    }
    assert!(compared > 200, "only {compared} blocks have findings");
}

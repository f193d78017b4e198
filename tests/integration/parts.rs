//! Parts of files and variables in docgen's own trees: what readers, machines and searches get, and
//! where findings are told.

use std::time::Duration;

use crate::common::{Tree, cost};
use docgen::project::{Inputs, Model};

const SETTINGS: &str = "[variables]\nversion = \"2.4.1\"\nsite = \"https://example.com\"\n\
                        broken = \"1,\"\nproduct = { name = \"A & B\" }\n";

#[test]
fn readers_and_machines_see_the_texts() {
    let tree = Tree::new(&[
        ("docgen.toml", SETTINGS),
        (
            "content/index.md",
            "---\ntitle: \"{{ product.name }} {{ version }}\"\n---\n\nGet [it]({{ site }}/{{ version }}/).\n\n\
             {{#include ../parts/a.md}}\n\n```sh\n{{#include ../run.sh:go}}\n```\n",
        ),
        ("parts/a.md", "## From {{ version }}\n\n[Home](../content/index.md)\n"),
        ("run.sh", "set -e\n# ANCHOR: go\necho {{ version }}\n# ANCHOR_END: go\n"),
    ]);
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    let html = tree.read("public/index.html");
    for text in ["A &amp; B 2.4.1", "https://example.com/2.4.1/", "id=\"from-241\""] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let twin = tree.read("public/index.md");
    for text in ["A & B 2.4.1", "## From 2.4.1", "echo {{ version }}"] {
        assert!(twin.contains(text), "{text}: {twin}");
    }
    assert!(tree.read("public/llms.txt").contains("A & B 2.4.1"));
}

#[test]
fn findings_are_told_where_the_text_is_written() {
    let tree = Tree::new(&[
        ("docgen.toml", SETTINGS),
        (
            "content/index.md",
            "# A\n\n{{#include ../parts/a.md}}\n\n```json\n{\"a\": {{ broken }}, \"b\": 1}\n```\n\n\
             {{ verson }} and {{#include .env}}\n",
        ),
        ("parts/a.md", "Text\n\n[x](gone.md) {{ versoin }}\n"),
        ("content/.env", "A=1\n"),
    ]);
    let mut found: Vec<(String, String, usize)> =
        tree.findings().into_iter().map(|one| (one.rule, one.path, one.line)).collect();
    found.sort();
    let expected = [
        ("broken-link", "parts/a.md", 3),
        ("code-syntax", "content/index.md", 6),
        ("missing-include", "content/index.md", 9),
        ("unknown-variable", "content/index.md", 9),
        ("unknown-variable", "parts/a.md", 3),
    ];
    let expected = expected.map(|(rule, path, line)| (rule.to_owned(), path.to_owned(), line));
    assert_eq!(found, expected);
}

#[test]
fn settings_refuse_what_is_no_variable() {
    for (settings, message) in [
        ("[variables]\n\"a b\" = \"c\"\n", "the name of a variable"),
        ("[variables]\na = [1]\n", "the variable `a` is no text"),
        ("[variables]\na = \"\"\"b\nc\"\"\"\n", "more than one line"),
        ("variables = 1\n", "must be a table"),
        ("flavour = \"mdbook\"\n[variables]\na = \"b\"\n", "only docgen's own trees"),
    ] {
        let run = Tree::new(&[("docgen.toml", settings), ("content/index.md", "# A\n\nb\n")])
            .run(&["check"]);
        assert_eq!(run.code, 2, "{settings}: {run:?}");
        assert!(run.err.contains(message), "{settings}: {run:?}");
    }
}

#[test]
fn hostile_texts_take_bounded_time() {
    let many = |text: &str| text.repeat(10_000);
    for text in [
        many("{{ version }} "),
        many("{{ verson }} "),
        (0..10_000).map(|at| format!("{{{{ versio{at} }}}} ")).collect(),
        many("{{#include a.md}} "),
        many("\\{{ version }}"),
        many("{{ "),
        many("<a title=\"{{ version }}"),
        many("[a]({{ version }}"),
        many("`{{ version }}"),
        format!("---\na: {}\n---\n", many("\"{{ version }}\" ")),
    ] {
        let files = [
            ("docgen.toml", SETTINGS.to_owned()),
            ("content/a.md", "a\n".to_owned()),
            ("content/index.md", format!("# A\n\n{text}\n")),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text)).to_vec();
        let (_, took) = cost::of_thread(|| Model::new(Inputs::from_texts(files).unwrap()).unwrap());
        assert!(took < Duration::from_secs(20), "{took:?}: {}", &text[..20]);
    }
}

#[test]
fn terms_are_explained_at_their_first_use() {
    let tree = Tree::new(&[
        ("docgen.toml", "glossary = \"content/words.md\"\n"),
        ("content/words.md", "# Words\n\n*[API]: A *\"b\"* <c>\n"),
        (
            "content/index.md",
            "# The API\n\n`API` [API](words.md) <code>API</code> XAPI, an API and an API.\n",
        ),
    ]);
    let run = tree.run(&["build"]);
    assert_eq!(run.code, 0, "{run:?}");
    let html = tree.read("public/index.html");
    let (_, article) = html.split_once("<article").unwrap();
    let abbr =
        "<abbr class=\"tooltip\" tabindex=\"0\" title=\"A &quot;b&quot; &lt;c&gt;\">API</abbr>";
    assert!(article.contains(&format!("XAPI, an {abbr} and an API.")), "{article}");
    assert_eq!(article.matches("<abbr").count(), 1, "{article}");
    assert!(!tree.read("public/words/index.html").contains("<abbr"));
    assert!(tree.read("public/index.md").contains("an API and an API."));

    tree.write("docgen.toml", "glossary = \"gone.md\"\n");
    assert!(tree.findings().iter().any(|one| one.rule == "broken-setting" && one.line == 1));
    tree.write("docgen.toml", "glossary = \"../gone.md\"\n");
    assert_eq!(tree.run(&["check"]).code, 2);
}

//! A dead link is found at every position of the syntax, once, and at its very place.

use crate::common::rendering::{self, Rendering};
use docgen::project::{Inputs, Model};

/// Where `needle` stands in `text`: line and column, from 1.
fn place(text: &str, needle: &str) -> (usize, usize) {
    let at = text.find(needle).unwrap_or_else(|| panic!("no {needle} in {text}"));
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    (line, before[before.rfind('\n').map_or(0, |at| at + 1)..].chars().count() + 1)
}

/// What `check` says of links in a tree: file, line and column.
fn findings(files: &[(&str, &str)]) -> Vec<(String, usize, usize)> {
    let files = files.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
    let site = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
    let rules =
        ["broken-link", "broken-anchor", "missing-asset", "missing-nav-page", "broken-redirect"];
    let (diagnostics, _) = rendering::check(&site);
    let found = diagnostics.iter().filter(|one| rules.contains(&one.rule.name));
    found
        .map(|one| {
            let source = site.source(&one.finding.path).expect("a file of the tree");
            let at = source.position(one.finding.span.start);
            (one.finding.path.to_string(), at.line, at.column)
        })
        .collect()
}

/// Positions in Markdown of any flavour. `@` stands for the dead address, and a finding stands
/// where it stands.
const MARKDOWN: &[(&str, &str)] = &[
    ("text", "See [x](@).\n"),
    ("text with a title", "See [x](@ \"title\").\n"),
    ("angle brackets", "See [x](<@>).\n"),
    ("emphasis", "See ***[x](@)***.\n"),
    ("link with code as its text", "See [`x`](@).\n"),
    ("second link of a line", "See [x](https://example.com) and [x](@).\n"),
    ("table cell", "| a | b |\n| - | - |\n| x | [x](@) |\n"),
    ("table head", "| a | [x](@) |\n| - | - |\n| x | y |\n"),
    ("list", "- a\n- [x](@)\n"),
    ("nested list", "1. a\n   - b\n     - [x](@)\n"),
    ("task", "- [x] [x](@)\n"),
    ("quote", "> a\n> [x](@)\n"),
    ("alert", "> [!NOTE]\n> [x](@)\n"),
    ("list in a quote", "> - a\n>   [x](@)\n"),
    ("heading", "## A [x](@)\n"),
    ("underlined heading", "A [x](@)\n--------\n"),
    ("footnote", "a[^1]\n\n[^1]: See [x](@).\n"),
    ("strikethrough", "~~[x](@)~~\n"),
    ("raw link", "<p>See <a href=\"@\">x</a></p>\n"),
    ("raw link in text", "See <a class=\"y\" href='@'>x</a>.\n"),
    ("raw link over two lines", "See <a\n  href=\"@\">x</a>.\n"),
    ("link in details", "<details>\n<summary>a</summary>\n\n[x](@)\n\n</details>\n"),
    ("picture in a link", "[![x](https://example.com/x.png)](@)\n"),
];

/// The same for pictures.
const PICTURES: &[(&str, &str)] = &[
    ("picture", "![x](@)\n"),
    ("picture in a link", "[![x](@)](https://example.com)\n"),
    ("raw picture", "<img alt=\"x\" src=\"@\">\n"),
    ("raw picture in text", "See <img src=\"@\" alt=\"x\"> here.\n"),
    ("source", "<picture><source srcset=\"@\"><img src=\"https://example.com/x.png\"></picture>\n"),
    (
        "second of a set",
        "<img src=\"https://example.com/a.png\" srcset=\"https://example.com/b.png 1x, @ 2x\">\n",
    ),
    ("video", "<video poster=\"@\"></video>\n"),
];

/// Positions in components.
const COMPONENTS: &[(&str, &str)] = &[
    ("component", "<Note>\n[x](@)\n</Note>\n"),
    ("component on one line", "<Note>See [x](@).</Note>\n"),
    (
        "nested components",
        "<Steps>\n  <Step title=\"a\">\n    <Note>\n      See [x](@).\n    </Note>\n  </Step>\n</Steps>\n",
    ),
    ("component in a list", "- a\n\n  <Note>\n  [x](@)\n  </Note>\n"),
    ("href", "<Card title=\"a\" href=\"@\">\nx\n</Card>\n"),
    ("href as an expression", "<Card title=\"a\" href={\"@\"}>\nx\n</Card>\n"),
    ("cta", "<Card title=\"a\" cta=\"@\">\nx\n</Card>\n"),
];

fn check(kinds: &[(&str, &str)], settings: Option<(&str, &str)>, dead: &str) {
    let mut wrong = Vec::new();
    for (kind, shape) in kinds {
        let text = format!("# Title\n\nText.\n\n{}", shape.replace('@', dead));
        let (line, column) = place(&text, dead);
        let mut files = vec![("index.md", text.as_str())];
        files.extend(settings);
        let found = findings(&files);
        if found != [("index.md".to_owned(), line, column)] {
            wrong.push(format!("{kind}: wanted {line}:{column}, got {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{dead}\n{}", wrong.join("\n"));
}

#[test]
fn in_markdown() {
    check(MARKDOWN, None, "gone.md");
    check(MARKDOWN, None, "#gone");
    check(PICTURES, None, "gone.png");
}

#[test]
fn in_components() {
    let mintlify = Some(("docs.json", "{\"navigation\": {\"pages\": [\"index\"]}}"));
    check(MARKDOWN, mintlify, "/gone");
    check(COMPONENTS, mintlify, "/gone");
    check(COMPONENTS, mintlify, "#gone");
    check(&[("img", "<Card title=\"a\" img=\"@\">\nx\n</Card>\n")], mintlify, "/gone.png");
}

#[test]
fn by_reference() {
    for text in [
        "See [x][y].\n\n[y]: gone.md\n",
        "See [y][].\n\n[y]: gone.md\n",
        "See [y].\n\n[y]: <gone.md> \"title\"\n",
        "- See [x][y].\n\n  [y]: gone.md\n",
    ] {
        let found = findings(&[("index.md", text)]);
        assert_eq!(found.len(), 1, "{text} {found:?}");
        // Where the address is written, which is where it is mended.
        let (line, column) = place(text, "gone.md");
        assert_eq!(found, [("index.md".to_owned(), line, column)], "{text}");
    }
    // One address is one finding, however many links use it.
    let found =
        findings(&[("index.md", "[a][y], [b][y] and [c][z].\n\n[y]: gone.md\n[z]: gone.md\n")]);
    assert_eq!(found.iter().map(|found| found.1).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn in_front_matter() {
    for (front, dead) in [
        ("redirect: /gone", "/gone"),
        ("hero:\n  actions:\n    - text: a\n      link: /gone", "/gone"),
        ("hero:\n  image:\n    src: /gone.png", "/gone.png"),
        ("features:\n  - title: a\n    link: /gone", "/gone"),
        ("prev:\n  text: a\n  link: /gone", "/gone"),
    ] {
        let text = format!("---\ntitle: a\n{front}\n---\n\nText.\n");
        let (line, column) = place(&text, dead);
        let found = findings(&[("a.md", &text), ("index.md", "# Home\n")]);
        assert_eq!(found, [("a.md".to_owned(), line, column)], "{front}");
    }
}

#[test]
fn in_settings() {
    for (name, text, dead) in [
        ("docs.json", "{\n  \"navigation\": {\"pages\": [\"index\", \"gone\"]}\n}", "\"gone\""),
        (
            "docs.json",
            "{\n  \"redirects\": [{\"source\": \"/a\", \"destination\": \"/gone\"}]\n}",
            "\"/gone\"",
        ),
        ("docgen.toml", "[[nav]]\ntitle = \"a\"\npages = [\"index\", \"gone\"]\n", "\"gone\""),
        ("docgen.toml", "[[redirect]]\nfrom = \"/a\"\nto = \"/gone\"\n", "\"/gone\""),
    ] {
        let (line, column) = place(text, dead);
        let page = if name == "docgen.toml" { "content/index.md" } else { "index.md" };
        let found = findings(&[(name, text), (page, "# Home\n")]);
        assert_eq!(found, [(name.to_owned(), line, column)], "{text}");
    }
}

/// Code, comments and what is not a link say nothing.
#[test]
fn nowhere_else() {
    for text in [
        "`[x](gone.md)`\n",
        "```text\n[x](gone.md)\n```\n",
        "    [x](gone.md)\n",
        "<!-- [x](gone.md) -->\n",
        "<!--\n[x](gone.md)\n-->\n",
        "\\[x](gone.md)\n",
        "<code>&lt;a href=\"gone.md\"&gt;</code>\n",
        "[x](mailto:a@example.com) [x](tel:1) [x](http://localhost:3000/gone)\n",
        "[x](https://example.com/gone.md) <https://example.com/gone>\n",
    ] {
        let found = findings(&[("index.md", text)]);
        assert!(found.is_empty(), "{text} {found:?}");
    }
}

#[test]
fn a_set_of_pictures_is_published_whole() {
    use docgen::render::publish::Output;
    let files = vec![
        ("docgen.toml".to_owned(), String::new()),
        (
            "content/index.md".to_owned(),
            "# a\n\n<img src=\"a.png\" srcset=\"a.png 1x, b/c.png 2x\">\n".to_owned(),
        ),
        ("content/a.png".to_owned(), String::new()),
        ("content/b/c.png".to_owned(), String::new()),
    ];
    let site = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
    let rendering = Rendering::of(&site);
    let page = site.index.page_at("").unwrap();
    let bytes = rendering.publisher().render(&Output::Page(page)).unwrap().unwrap();
    let html = String::from_utf8(bytes).unwrap();
    assert!(html.contains("srcset=\"/a.png 1x, /b/c.png 2x\""), "{html}");
}

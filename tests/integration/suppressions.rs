//! Findings that pages accept: where a mark reaches, and what strange marks do.

use crate::common::rendering;
use docgen::project::{Inputs, Model};

fn site(name: &str, text: &str) -> Model {
    let settings = if name.ends_with(".mdx") {
        ("docs.json", "{\"navigation\": {\"pages\": [\"index\", \"a\"]}}")
    } else {
        ("docgen.toml", "")
    };
    let folder = if name.ends_with(".mdx") { "" } else { "content/" };
    let files = [
        (settings.0.to_owned(), settings.1.to_owned()),
        (format!("{folder}index.md"), "# Home\n\n[a](a.md)\n".to_owned()),
        (format!("{folder}{name}"), text.to_owned()),
    ];
    Model::new(Inputs::from_texts(files.into()).unwrap()).unwrap()
}

/// Rule and line of what is found on a page, and how much was accepted. That it has no title is
/// of no interest here.
fn check(name: &str, text: &str) -> (Vec<(&'static str, usize)>, usize) {
    let (found, coverage) = rendering::check(&site(name, text));
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let shown = found.iter().filter(|one| one.rule.name != "missing-title");
    (shown.map(|one| (one.rule.name, line(one.finding.span.start))).collect(), coverage.suppressed)
}

const OK: &str = "<!-- docgen-ignore broken-link: why -->";

#[test]
fn a_mark_reaches_the_next_block_and_no_farther() {
    let dead = "[x](x.md)";
    for (text, accepted, left) in [
        (format!("{OK}\n\n{dead}\n\n{dead}\n"), 1, vec![5]),
        (format!("{OK}\n{dead}\n"), 1, vec![]),
        (format!("{OK}\n\n- {dead}\n- {dead}\n\n{dead}\n"), 2, vec![6]),
        (format!("{OK}\n\n> {dead}\n"), 1, vec![]),
        (format!("{OK}\n\n| a |\n| - |\n| {dead} |\n"), 1, vec![]),
        (format!("{OK}\n\n# {dead}\n\n{dead}\n"), 1, vec![5]),
        (format!("- a\n\n  {OK}\n\n  {dead}\n\n- {dead}\n"), 1, vec![7]),
        (format!("> {OK}\n>\n> {dead}\n\n{dead}\n"), 1, vec![5]),
        (format!("{OK}\n\n<p><a href=\"x.md\">x</a></p>\n\n{dead}\n"), 1, vec![5]),
        (format!("<Note>\n\n{OK}\n\n{dead}\n\n</Note>\n\n{dead}\n"), 1, vec![9]),
        (format!("\u{feff}{OK}\r\n\r\n{dead}\r\n\r\n{dead}\r\n"), 1, vec![5]),
        (format!("{dead}\n\n{OK}\n\n{dead}\n"), 1, vec![1]),
        (format!("---\ndocgen-ignore:\n  broken-link: why\n---\n\n{dead}\n\n{dead}\n"), 2, vec![]),
        ("<!--\ndocgen-ignore\nbroken-link\n: why -->\n\n[x](x.md)\n".to_owned(), 1, vec![]),
    ] {
        let (found, count) = check("a.md", &text);
        let expected: Vec<_> = left.iter().map(|line| ("broken-link", *line)).collect();
        assert_eq!((&found, count), (&expected, accepted), "{text}");
    }
    let text = "{/* docgen-ignore broken-link: why */}\n\n[x](/x)\n\n[x](/x)\n";
    assert_eq!(check("a.mdx", text), (vec![("broken-link", 5)], 1));
}

#[test]
fn findings_about_code_and_about_the_site() {
    let code = "<!-- docgen-ignore code-syntax: a sketch -->\n\n```json\n{\"a\": 1\n\"b\"}\n```\n";
    assert_eq!(check("a.md", code).0, []);
    // The second is a rule that looks at the site as a whole.
    let cut = "<!-- docgen-ignore code-syntax, truncated-code: cut on purpose -->\n\n```json\n{\n  \
               \"a\": {\n    \"b\": \"some wor\n```\n";
    assert_eq!(check("a.md", cut), (vec![], 2));
}

#[test]
fn what_is_no_mark() {
    for text in [
        "docgen-ignore broken-link: why\n\n[x](x.md)\n",
        "`<!-- docgen-ignore broken-link: why -->`\n\n[x](x.md)\n",
        "```html\n<!-- docgen-ignore broken-link: why -->\n```\n\n[x](x.md)\n",
        "    <!-- docgen-ignore broken-link: why -->\n\n[x](x.md)\n",
    ] {
        let (found, count) = check("a.md", text);
        assert_eq!(count, 0, "{text}");
        assert!(found.iter().any(|one| one.0 == "broken-link"), "{text} {found:?}");
    }
}

#[test]
fn marks_that_accept_nothing_are_told() {
    for (text, rule) in [
        ("<!-- docgen-ignore broken-link: why -->\n\nText.\n", "unused-suppression"),
        ("<!-- docgen-ignore broken-link: why -->", "unused-suppression"),
        ("<!-- docgen-ignore broken-link -->\n\nText.\n", "invalid-suppression"),
        ("<!-- docgen-ignore -->\n\nText.\n", "invalid-suppression"),
        ("<!-- docgen-ignore: why -->\n\nText.\n", "invalid-suppression"),
        ("<!-- docgen-ignore no-rule: why -->\n\nText.\n", "invalid-suppression"),
        ("<!-- docgen-ignore unused-suppression: why -->\n\nText.\n", "invalid-suppression"),
        ("<!-- docgen-ignore broken-link: why\n\nText.\n", "invalid-suppression"),
        ("---\ndocgen-ignore: all\n---\n\nText.\n", "invalid-suppression"),
        ("---\ndocgen-ignore: [broken-link]\n---\n\nText.\n", "invalid-suppression"),
        ("---\ndocgen-ignore:\n  broken-link: why\n---\n\nText.\n", "unused-suppression"),
    ] {
        let (found, _) = check("a.md", text);
        assert!(found.iter().any(|one| one.0 == rule), "{text} {found:?}");
    }
}

#[test]
fn strange_pages_are_borne() {
    let many = format!("{OK}\n\n").repeat(20_000);
    let names = format!("<!-- docgen-ignore {}: why -->\n", "broken-link,".repeat(20_000));
    let open = "<!-- docgen-ignore ".repeat(20_000);
    let mixed = "{/* docgen-ignore a: \u{a0}--> */}<!--docgen-ignoreé:-->\r".repeat(2_000);
    for text in [&many, &names, &open, &mixed] {
        for name in ["a.md", "a.mdx"] {
            let (found, _) = rendering::check(&site(name, text));
            assert!(found.iter().any(|one| one.rule.name.ends_with("-suppression")), "{name}");
        }
    }
}

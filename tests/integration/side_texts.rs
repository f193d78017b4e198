//! Texts beside the prose that are cut off: each place where one can stand, and whole ones.

use crate::common::Tree;

/// What is said about pages with these texts, by the numbers of the pages.
fn said(pages: &[&str]) -> Vec<String> {
    let mut files = vec![("docgen.toml".to_owned(), String::new())];
    files.extend(
        pages
            .iter()
            .enumerate()
            .map(|(at, text)| (format!("content/p{at}.md"), (*text).to_owned())),
    );
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let found = Tree::new(&files).run(&["check", "--format", "concise"]).out;
    let of = |at: usize| {
        let page = format!("content/p{at}.md:");
        let lines = found.lines().filter(|line| line.starts_with(&page));
        lines.filter(|line| line.contains("[truncated-text]")).collect::<Vec<_>>().join("\n")
    };
    (0..pages.len()).map(of).collect()
}

#[test]
fn each_place_beside_the_prose_is_looked_at() {
    let places = [
        "---\ntitle: Open the ports of the\n---\n\nText.\n",
        "---\ntitle: A\nsidebarTitle: Ports of the\n---\n\nText.\n",
        "---\ntitle: A\nsummary: 'Opens the ports (all'\n---\n\nText.\n",
        "---\ntitle: A\nlayout: home\nhero:\n  tagline: Opens ports of the\n---\n\nText.\n",
        "# A\n\n<Frame caption=\"The ports of the\">\n\ntext\n\n</Frame>\n",
        "# A\n\n<Card title={'The ports of the'}>\n\ntext\n\n</Card>\n",
        "# A\n\nA <Tooltip tip=\"what, when,\">term</Tooltip>.\n",
        "# A\n\n:::tip The ports of the\n\nText.\n\n:::\n",
        "# A\n\n![The ports of the](https://x.y/a.png)\n",
        "# A\n\n![Ports](https://x.y/a.png \"The ports of the\")\n",
        "# A\n\n<figure>\n<img src=\"https://x.y/a.png\">\n<figcaption>The ports of the</figcaption>\n</figure>\n",
        "# A\n\n```sh\n# Open the ports of the\nls\n```\n\nText.\n",
        "# A\n\n```js\nlet a = 1;\n  // Opens the port (now\nlet b = 1;\n```\n\nText.\n",
    ];
    for (page, found) in places.iter().zip(said(&places)) {
        assert_eq!(found.lines().count(), 1, "{page}: {found}");
        assert!(found.contains("seems to be cut off: "), "{found}");
    }
}

#[test]
fn whole_texts_beside_the_prose_are_left_alone() {
    let whole = [
        "---\ntitle: Open the ports\ndescription: Opens ports, and more\n---\n\nText.\n",
        "# A\n\n<ParamField path=\"a, b,\" type=\"one of the\">\n\ntext\n\n</ParamField>\n",
        "# A\n\n<Card title=\"Greater than / less than\">\n\ntext\n\n</Card>\n",
        "# A\n\n```sh\n# Open the ports of the\n# gateway\n# key: a, b,\nls # and the\n```\n",
        "# A\n\n```js\n// first this,\na();\n// then that\nb();\n```\n",
        "# A\n\n```sh bad=\"shows how not to\"\n# Open the ports of the\nls\n```\n",
        "# A\n\n```text\n# Open the ports of the\n```\n",
    ];
    for (page, found) in whole.iter().zip(said(&whole)) {
        assert_eq!(found, "", "{page}");
    }
}

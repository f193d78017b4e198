//! Keys of front matter that hide a page mean the same for everything that leads to pages.

use crate::common::Tree;

const PAGES: [(&str, &str); 6] = [
    ("shown", "order: 1"),
    ("draft", "draft: true"),
    ("noindex", "noindex: true"),
    ("hidden", "hidden: true"),
    ("unlisted", "unlisted: true"),
    ("unsearched", "search: false"),
];

fn tree(links: &str) -> Tree {
    let tree = Tree::new(&[
        ("docgen.toml", "title = \"X\"\nbase_url = \"https://example.org\"\n"),
        ("content/index.md", &format!("# Home\n\n{links}\n")),
    ]);
    for (name, key) in PAGES {
        let page = format!("---\n{key}\n---\n\n# Page {name}\n\nText.\n");
        tree.write(&format!("content/{name}.md"), &page);
    }
    tree
}

/// The names of the pages that a published file mentions by their addresses.
fn named(tree: &Tree, path: &str) -> Vec<&'static str> {
    let text = tree.read(path);
    let names = PAGES.iter().map(|(name, _)| *name);
    names
        .filter(|name| ["/", ".md"].iter().any(|end| text.contains(&format!("/{name}{end}"))))
        .collect()
}

#[test]
fn a_hidden_page_is_hidden_everywhere() {
    let tree = tree("Text.");
    let build = tree.run(&["build", "--no-search"]);
    assert_eq!(build.code, 0, "{build:?}");
    assert!(!tree.exists("public/draft"), "a draft is not published");
    assert!(!tree.exists("public/draft.md"), "nor is its twin");
    assert_eq!(named(&tree, "public/sitemap.xml"), ["shown", "unsearched"]);
    assert_eq!(named(&tree, "public/llms.txt"), ["shown", "unsearched"]);
    assert_eq!(named(&tree, "public/llms-full.txt"), ["shown", "unsearched"]);
    assert_eq!(named(&tree, "public/index.html"), ["shown", "noindex", "unsearched"]);
    let robots = "<meta name=\"robots\" content=\"noindex\">";
    for (name, marked) in
        [("shown", false), ("noindex", true), ("hidden", true), ("unlisted", true)]
    {
        let page = tree.read(&format!("public/{name}/index.html"));
        assert_eq!(page.contains(robots), marked, "{name}");
    }
}

#[test]
fn a_link_to_a_draft_is_dead() {
    let tree = tree("[Draft](draft.md), [hidden](hidden.md)");
    let check = tree.run(&["check", "--format", "concise"]);
    assert_eq!(check.code, 1, "{check:?}");
    let message = "error[broken-link]: `draft.md` is a draft, so it is not published";
    assert!(check.out.contains(message), "{check:?}");
    assert_eq!(check.out.matches("error[").count(), 1, "{check:?}");
}

//! Keys of front matter that hide a page mean the same for everything that leads to pages.

use docgen::source::VPath;

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
    let urls: serde_json::Value =
        serde_json::from_str(&tree.read("public/docs-urls.json")).unwrap();
    let listed = urls["pages"].as_array().unwrap().iter();
    let listed: Vec<(&str, bool)> =
        listed.map(|page| (page["url"].as_str().unwrap(), page["hidden"] == true)).collect();
    // Links to a hidden page are good ones: it is listed, and marked.
    let expected = [
        ("/", false),
        ("/hidden/", true),
        ("/noindex/", true),
        ("/shown/", false),
        ("/unlisted/", true),
        ("/unsearched/", false),
    ];
    assert_eq!(listed, expected);
    let robots = "<meta name=\"robots\" content=\"noindex\">";
    for (name, marked) in
        [("shown", false), ("noindex", true), ("hidden", true), ("unlisted", true)]
    {
        let page = tree.read(&format!("public/{name}/index.html"));
        assert_eq!(page.contains(robots), marked, "{name}");
    }
}

/// `404.md` is what hosts show for addresses that do not exist, at whatever depth.
#[test]
fn the_authors_page_for_missing_addresses() {
    let tree = Tree::new(&[
        ("docgen.toml", "title = \"X\"\nbase_url = \"https://example.org/docs\"\n"),
        ("content/index.md", "# Home\n\n[Lost](404.md)\n"),
        ("content/guide/a.md", "# A\n\nText.\n"),
        ("content/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n"),
        (
            "content/404.md",
            "# Nowhere\n\nTry [home](index.md), [a](guide/a.md#a) or ![a dot](dot.svg).\n",
        ),
    ]);
    let build = tree.run(&["build", "--no-search"]);
    assert_eq!(build.code, 0, "{build:?}");
    let html = tree.read("public/404.html");
    for text in [
        ">Nowhere<",
        "href=\"/docs/\"",
        "href=\"/docs/guide/a/#a\"",
        "src=\"/docs/dot.svg",
        "content=\"noindex\"",
        "class=\"sidebar",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("rel=\"canonical\""), "{html}");
    assert!(!tree.exists("public/404") && !tree.exists("public/404.md"));
    assert!(tree.read("public/index.html").contains("href=\"/docs/404.html\">Lost<"));
    for list in ["sitemap.xml", "llms.txt", "llms-full.txt", "docs-urls.json"] {
        let text = tree.read(&format!("public/{list}"));
        // The front page links to it, and is in one of them with its text.
        let text = text.replace("[Lost](https://example.org/docs/404.html)", "");
        assert!(!text.contains("404") && !text.contains("Nowhere"), "{list}: {text}");
    }
    let page = tree.read("public/guide/a/index.html");
    assert!(!page.contains("404") && !page.contains("Nowhere"), "{page}");
}

/// Hosts that look for the page in the folder of an address find it; Netlify is told.
#[test]
fn a_language_has_its_own_page_for_missing_addresses() {
    let tree = Tree::new(&[
        ("docgen.toml", "title = \"X\"\nbase_url = \"https://example.org/docs\"\n"),
        ("content/index.md", "# Home\n"),
        ("content/ar/index.md", "# Home in Arabic\n\n[Lost](404.md)\n"),
        ("content/ar/404.md", "# Nowhere\n\nTry [home](index.md).\n"),
    ]);
    let build = tree.run(&["build", "--no-search"]);
    assert_eq!(build.code, 0, "{build:?}");
    let html = tree.read("public/ar/404.html");
    for text in [">Nowhere<", "href=\"/docs/ar/\"", "content=\"noindex\""] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("rel=\"canonical\""), "{html}");
    assert!(!tree.exists("public/ar/404") && !tree.exists("public/ar/404.md"));
    let top = tree.read("public/404.html");
    assert!(!top.contains("Nowhere"), "{top}");
    assert!(tree.read("public/ar/index.html").contains("href=\"/docs/ar/404.html\">Lost<"));
    for list in ["sitemap.xml", "llms.txt", "llms-full.txt", "docs-urls.json"] {
        let text = tree.read(&format!("public/{list}"));
        let text = text.replace("[Lost](https://example.org/docs/ar/404.html)", "");
        assert!(!text.contains("404") && !text.contains("Nowhere"), "{list}: {text}");
    }
    let redirects = tree.read("public/_redirects");
    assert_eq!(redirects.lines().last(), Some("/docs/ar/* /docs/ar/404.html 404"), "{redirects}");
}

#[test]
fn other_generators_have_that_page_as_well() {
    for (settings, text, folder) in [
        (
            "astro.config.mjs",
            "export default { integrations: [starlight({ title: 'X' })] }\n",
            "src/content/docs",
        ),
        (".vitepress/config.mts", "export default { title: 'X' }\n", ""),
    ] {
        let page = |name: &str| VPath::new(&format!("{folder}/{name}.md")).unwrap().to_string();
        let tree = Tree::new(&[
            (settings, text),
            (&page("index"), "---\ntitle: Home\n---\n\nText.\n"),
            (&page("404"), "---\ntitle: Nowhere\n---\n\nNo such page.\n"),
        ]);
        let url = "https://x.example";
        let build = tree.run(&["build", "--no-search", "--output", "out", "--base-url", url]);
        assert_eq!(build.code, 0, "{settings}: {build:?}");
        assert!(tree.read("out/404.html").contains("No such page."), "{settings}");
        assert!(!tree.read("out/sitemap.xml").contains("404"), "{settings}");
    }
}

/// A file of that name is only the site's if it is at the top, of the site or of a language.
#[test]
fn a_page_that_is_called_404_below_the_top() {
    let tree = Tree::new(&[
        ("docgen.toml", "title = \"X\"\nbase_url = \"https://x.example\"\n"),
        ("content/index.md", "# Home\n"),
        ("content/codes/404.md", "# Code 404\n\nText.\n"),
    ]);
    assert_eq!(tree.run(&["build", "--no-search"]).code, 0);
    assert!(tree.exists("public/codes/404/index.html") && tree.exists("public/404.html"));
    assert!(tree.read("public/sitemap.xml").contains("/codes/404/"));
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

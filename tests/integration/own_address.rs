//! The address of a site, by its settings: where it is built for, what it speaks, which absolute
//! links are its own, and what needs the host.

use crate::common::Tree;

/// The settings of a generator, its folder of pages, and the language that they say.
const GENERATORS: &[(&str, &str, &str, &str)] = &[
    (
        "mkdocs.yml",
        "site_name: X\nsite_url: https://x.example/proj/\ntheme:\n  name: material\n  language: de\n",
        "docs",
        "de",
    ),
    (
        "docusaurus.config.js",
        "module.exports = { title: 'X', url: 'https://x.example', baseUrl: '/proj/', \
         i18n: { defaultLocale: 'de', locales: ['de'] }, presets: [['classic', \
         { docs: { routeBasePath: '/' } }]] };",
        "docs",
        "de",
    ),
    (
        ".vitepress/config.mts",
        "export default { title: 'X', base: '/proj/', lang: 'de', \
         sitemap: { hostname: 'https://x.example' } }",
        "",
        "de",
    ),
    (
        "astro.config.mjs",
        "export default { site: 'https://x.example', base: '/proj', integrations: [starlight({ \
         title: 'X', locales: { root: { lang: 'de', label: 'Deutsch' } } })] }",
        "src/content/docs",
        "de",
    ),
    (
        "hugo.toml",
        "baseURL = \"https://x.example/proj/\"\ntitle = \"X\"\nlanguageCode = \"de\"\n[module]\n",
        "content",
        "de",
    ),
];

#[test]
fn settings_of_other_generators_count_for_a_build() {
    for (settings, text, folder, language) in GENERATORS {
        let page = |name: &str| match *folder {
            "" => format!("{name}.md"),
            folder => format!("{folder}/{name}.md"),
        };
        let index = if *settings == "hugo.toml" { "_index" } else { "index" };
        let tree = Tree::new(&[
            (settings, text),
            (&page(index), "---\ntitle: Home\n---\n\nText.\n"),
            (&page("guide"), "---\ntitle: Guide\n---\n\n[Home](/proj/)\n"),
        ]);
        let build = tree.run(&["build", "--no-search", "--output", "out"]);
        assert_eq!(build.code, 0, "{settings}: {build:?}");
        assert!(!build.out.contains("no sitemap.xml"), "{settings}: {build:?}");
        let html = tree.read("out/index.html");
        for expected in [
            format!("<html lang=\"{language}\""),
            "href=\"/proj/docgen/docgen.css".to_owned(),
            "<link rel=\"canonical\" href=\"https://x.example/proj/\">".to_owned(),
        ] {
            assert!(html.contains(&expected), "{settings}: no {expected}: {html}");
        }
        let map = tree.read("out/sitemap.xml");
        assert!(map.contains("<loc>https://x.example/proj/</loc>"), "{settings}: {map}");
        assert!(!map.contains("<loc>/"), "{settings}: {map}");
        // The command line goes before the settings.
        let build = tree.run(&[
            "build",
            "--no-search",
            "--output",
            "out",
            "--base-url",
            "https://y.example",
        ]);
        assert_eq!(build.code, 0, "{settings}: {build:?}");
        assert!(tree.read("out/index.html").contains("href=\"/docgen/docgen.css"), "{settings}");
    }
}

/// A path without a host is enough for all but absolute addresses.
#[test]
fn a_base_path_without_a_host() {
    let tree = Tree::new(&[
        (".vitepress/config.mts", "export default { title: 'X', base: '/proj/' }"),
        ("index.md", "---\ntitle: Home\n---\n\n[Guide](/guide)\n"),
        ("guide.md", "---\ntitle: Guide\n---\n\nText.\n"),
    ]);
    let build = tree.run(&["build", "--no-search", "--output", "out"]);
    assert_eq!(build.code, 0, "{build:?}");
    assert!(build.out.contains("no sitemap.xml"), "{build:?}");
    assert!(!tree.exists("out/sitemap.xml"));
    assert!(tree.read("out/index.html").contains("href=\"/proj/guide.html\">Guide</a>"));
    assert!(tree.read("out/404.html").contains("data-addresses=\"/proj/docs-urls.json\""));
}

fn own_site(page: &str) -> Tree {
    Tree::new(&[
        ("docgen.toml", "title = \"X\"\nbase_url = \"https://x.example/docs\"\n"),
        ("content/index.md", page),
        ("content/guide/a.md", "# A\n\n## Part\n\nText.\n"),
        ("content/p.png", "\u{89}PNG"),
    ])
}

#[test]
fn own_absolute_addresses_are_links_like_others() {
    let right = own_site(
        "# Home\n\n[a](https://x.example/docs/guide/a/#part), [b](http://X.example/docs), \
         [c](https://x.example/docs/llms.txt), [d](https://x.example/docs/guide/a.md), \
         [e](https://x.example/blog/), ![p](https://x.example/docs/p.png)\n",
    );
    let build = right.run(&["build", "--no-search"]);
    assert_eq!(build.code, 0, "{build:?}");
    let html = right.read("public/index.html");
    for expected in [
        "href=\"/docs/guide/a/#part\">a<",
        "href=\"/docs/\">b<",
        "href=\"https://x.example/docs/llms.txt\"",
        "href=\"https://x.example/docs/guide/a.md\"",
        "href=\"https://x.example/blog/\"",
        "src=\"/docs/p.png",
    ] {
        assert!(html.contains(expected), "no {expected}: {html}");
    }
    let wrong = own_site(
        "# Home\n\n[a](https://x.example/docs/guide/b/)\n\n[b](https://x.example/docs/guide/a/#prt)\n\n\
         ![p](https://x.example/docs/q.png)\n\n[c](https://x.example/docs/../x/)\n",
    );
    let found: Vec<(String, usize)> =
        wrong.findings().into_iter().map(|one| (one.rule, one.line)).collect();
    let expected = [("broken-link", 3), ("broken-anchor", 5), ("missing-asset", 7)];
    assert_eq!(found, expected.map(|(rule, line)| (rule.to_owned(), line)));
}

/// The host of another generator's site may have more than this tree.
#[test]
fn in_the_tree_of_another_generator_only_what_exists_is_its_own() {
    let tree = Tree::new(&[
        ("mkdocs.yml", "site_name: X\nsite_url: https://x.example/\n"),
        (
            "docs/index.md",
            "# Home\n\n[a](https://x.example/latest/guide/)\n\n[b](https://x.example/guide/#no)\n",
        ),
        ("docs/guide.md", "# Guide\n"),
    ]);
    let found: Vec<(String, usize)> =
        tree.findings().into_iter().map(|one| (one.rule, one.line)).collect();
    assert_eq!(found, [("broken-anchor".to_owned(), 5)]);
}

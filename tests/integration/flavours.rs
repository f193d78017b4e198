//! What links lead to in trees of other generators: for each a small tree, and links of which it is
//! known what the generator makes of them.

use crate::common::rendering::check;
use docgen::project::{Inputs, Model};

/// A tree without the page that links are tried on, and the path of that page.
struct Case {
    files: &'static [(&'static str, &'static str)],
    page: &'static str,
    links: &'static [(&'static str, &'static str)],
}

/// What `check` says of a link: the rule, `unknown` if it was not checked, or nothing.
fn said(case: &Case, link: &str) -> String {
    let mut files: Vec<(String, String)> =
        case.files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    let old = files.iter().position(|(path, _)| path == case.page);
    let text = old.map_or_else(|| "# Page\n".to_owned(), |at| files.remove(at).1);
    let link = if link.starts_with('!') { link.to_owned() } else { format!("[x](<{link}>)") };
    files.push((case.page.to_owned(), format!("{text}\n{link}\n")));
    let site = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
    let (diagnostics, coverage) = check(&site);
    let rules = ["broken-link", "broken-anchor", "missing-asset", "case-mismatch"];
    let mut found: Vec<&str> =
        diagnostics.iter().map(|one| one.rule.name).filter(|rule| rules.contains(rule)).collect();
    if coverage.links_not_checked.keys().any(|why| why != "external") {
        found.push("unknown");
    }
    found.join(" ")
}

fn try_all(case: &Case) {
    let wrong: Vec<String> = case
        .links
        .iter()
        .filter_map(|(link, expected)| {
            let found = said(case, link);
            (found != *expected).then(|| format!("{link}: `{found}`, not `{expected}`"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}:\n{}", case.page, wrong.join("\n"));
}

#[test]
fn mkdocs() {
    const FILES: &[(&str, &str)] = &[
        (
            "mkdocs.yml",
            "site_name: x\nsite_url: https://x.example/docs/\nplugins:\n  - redirects:\n      \
             redirect_maps:\n        old.md: guide/setup.md\nnav:\n  - index.md\n  - guide/gone.md\n",
        ),
        ("docs/index.md", "# Home\n"),
        ("docs/guide/index.md", "# Guide\n"),
        (
            "docs/guide/setup.md",
            "# Setup\n\n## First steps\n\n`x`{ #option } is one.\n\nText.\n{: #text }\n",
        ),
        ("docs/.gitignore", "/settings.md\n/reference/\n*.tmp\n"),
        ("docs/a.png", ""),
        ("README.md", "# Outside\n"),
    ];
    try_all(&Case {
        files: FILES,
        page: "docs/guide/page.md",
        links: &[
            ("setup.md", ""),
            ("setup.md#first-steps", ""),
            ("setup.md#last-steps", "broken-anchor"),
            ("setup.md#option", ""),
            ("setup.md#text", ""),
            // Made before the site is built.
            ("../settings.md#x", "unknown"),
            ("../reference/a.md", "unknown"),
            ("../index.md", ""),
            ("stup.md", "broken-link"),
            ("gone.md", "unknown"),
            // Without a suffix, from the published page.
            ("../setup/", ""),
            ("setup/", "broken-link"),
            ("../../old/", ""),
            ("../a.png", ""),
            ("../b.png", "missing-asset"),
            ("../../README.md", "broken-link"),
            // From the root of the host.
            ("/docs/guide/setup/", ""),
            ("/docs/guide/stup/", "broken-link"),
            ("/other/", "unknown"),
            ("https://x.example/", ""),
        ],
    });
}

/// What Hugo's own shortcodes for links lead to.
#[test]
fn hugo_shortcodes() {
    const FILES: &[(&str, &str)] = &[
        ("hugo.toml", "baseURL = \"https://x.example/\"\n"),
        ("content/docs/_index.md", "# Docs\n"),
        ("content/docs/one.md", "# One\n\n## Part\n"),
        ("content/docs/deep/two/index.md", "# Two\n"),
        ("content/a/same.md", "# A\n"),
        ("content/b/same.md", "# B\n"),
    ];
    for (name, expected) in [
        ("one.md", ""),
        ("one", ""),
        ("one.md#part", ""),
        ("one.md#prat", "broken-anchor"),
        ("#here", "broken-anchor"),
        ("/docs/one", ""),
        ("docs/one.md", ""),
        ("/docs/One.md", ""),
        ("/docs/", ""),
        ("deep/two", ""),
        ("two", ""),
        ("same.md", "unknown"),
        ("/one.md", "broken-link"),
        ("none.md", "broken-link"),
        ("https://x.example", ""),
    ] {
        for text in ["![x]({{< ref \"NAME\" >}})", "![x]({{% relref NAME %}})"] {
            // The mark keeps the text as it is.
            let text = text.replace("NAME", name);
            let case = Case { files: FILES, page: "content/docs/page.md", links: &[] };
            assert_eq!(said(&case, &text), expected, "{text}");
        }
    }
}

/// A page that is there and not in the book is told from one that is not there.
#[test]
fn chapters_that_are_not_listed() {
    let files = [
        ("book.toml", ""),
        ("src/SUMMARY.md", "- [A](a.md)\n"),
        ("src/a.md", "# A\n\n[b](b.md) [c](c.md)\n"),
        ("src/b.md", "# B\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    let (found, _) = check(&Model::new(Inputs::from_texts(files).unwrap()).unwrap());
    let told: Vec<&str> = found
        .iter()
        .filter(|one| one.rule.name == "broken-link")
        .map(|one| one.finding.message.as_str())
        .collect();
    let unlisted = "`b.md` is not in `SUMMARY.md`, so mdBook does not publish it";
    assert_eq!(told, [unlisted, "no page at `c.md`"]);
}

/// A text that another takes in has links of its own, seen from where it lies or from the page.
#[test]
fn links_of_texts_that_are_taken_in() {
    let files = [
        (".vitepress/config.ts", "export default {}\n"),
        ("parts/part.md", "[beside](./beside.md) [above](./one.md) [gone](./gone.md)\n"),
        ("parts/beside.md", "# Beside\n"),
        ("one.md", "# One\n"),
        ("page.md", "# Page\n\n<!--@include: ./parts/part.md-->\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    let (found, _) = check(&Model::new(Inputs::from_texts(files).unwrap()).unwrap());
    let on_page = found.iter().filter(|one| one.rule.name == "broken-link");
    let mut told: Vec<&str> = on_page.map(|one| one.finding.message.as_str()).collect();
    told.sort_unstable();
    told.dedup();
    // The part is a page as well, from which the second leads nowhere.
    assert_eq!(told, ["no page at `./gone.md`", "no page at `./one.md`"]);
}

#[test]
fn mdbook() {
    const FILES: &[(&str, &str)] = &[
        ("book.toml", "[output.html.redirect]\n\"/old.html\" = \"a/b.html\"\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [One](one.md)\n- [A](a/README.md)\n  - [B](a/b.md)\n- [P](a/p.md)\n",
        ),
        ("src/one.md", "# One\n"),
        ("src/a/README.md", "# A\n"),
        ("src/a/b.md", "# B\n\n## Part\n"),
        ("src/unlisted.md", "# Unlisted\n"),
        ("src/x.svg", ""),
    ];
    try_all(&Case {
        files: FILES,
        page: "src/a/p.md",
        links: &[
            ("b.md", ""),
            ("b.html#part", ""),
            ("b.md#prat", "broken-anchor"),
            ("../one.md", ""),
            ("./", ""),
            ("index.html", ""),
            ("README.md", ""),
            ("../old.html", ""),
            ("../print.html", "unknown"),
            ("../index.html", ""),
            ("c.md", "broken-link"),
            ("../unlisted.md", "broken-link"),
            ("../x.svg", ""),
            ("../y.svg", "missing-asset"),
            ("../../std/index.html", "unknown"),
            ("../../README.md", "broken-link"),
            ("/std/index.html", "unknown"),
            ("B.md", "case-mismatch"),
        ],
    });
}

#[test]
fn docusaurus() {
    const FILES: &[(&str, &str)] = &[
        (
            "docusaurus.config.js",
            "module.exports = { baseUrl: '/', presets: [['classic', {}]], plugins: \
             [['@docusaurus/plugin-client-redirects', { redirects: [{ from: '/old', to: '/docs/setup' }] }]] }",
        ),
        ("docs/01-intro.md", "# Intro\n"),
        ("docs/02-guide/01-setup.md", "---\nslug: /setup\n---\n# Setup\n\n## Steps\n"),
        ("docs/02-guide/other.mdx", "---\nid: another\n---\n# Other\n"),
        ("docs/02-guide/_part.md", "part\n"),
        ("docs/draft.md", "---\ndraft: true\n---\n# Draft\n"),
        ("blog/2024-01-02-hello.md", "# Hello\n"),
        ("src/pages/index.js", ""),
        ("static/img/a.png", ""),
    ];
    try_all(&Case {
        files: FILES,
        page: "docs/02-guide/page.md",
        links: &[
            ("01-setup.md", ""),
            ("./01-setup.md#steps", ""),
            ("./01-setup.md#step", "broken-anchor"),
            ("../01-intro.md", ""),
            ("other.mdx", ""),
            ("stup.md", "broken-link"),
            ("@site/docs/01-intro.md", ""),
            ("@site/src/x.js", "unknown"),
            ("/docs/intro", ""),
            ("/docs/setup#steps", ""),
            ("/docs/guide/another", ""),
            ("/docs/guide/other", "broken-link"),
            ("./another", ""),
            ("/docs/intor", "broken-link"),
            ("/docs/category/x", "unknown"),
            ("/docs/tags", "unknown"),
            ("/", "unknown"),
            ("/old", ""),
            ("/blog/2024/01/02/hello", ""),
            ("/blog/tags/x", "unknown"),
            ("/docs/draft", "unknown"),
            ("![a](/img/a.png)", ""),
            ("![a](/img/b.png)", "missing-asset"),
            ("pathname:///x", ""),
        ],
    });
}

#[test]
fn vitepress() {
    const FILES: &[(&str, &str)] = &[
        (
            ".vitepress/config.ts",
            "export default defineConfig({ rewrites: { 'packages/:pkg/README.md': ':pkg/index.md' } })",
        ),
        ("index.md", "---\nhero:\n  actions:\n    - link: guide/setup\n---\n"),
        ("guide/index.md", "# Guide\n"),
        ("guide/setup.md", "# Setup\n\n## Steps\n"),
        ("packages/one/README.md", "# One\n"),
        ("posts/[id].md", "# {{ x }}\n"),
        ("public/a.pdf", ""),
    ];
    try_all(&Case {
        files: FILES,
        page: "guide/page.md",
        links: &[
            ("setup", ""),
            ("./setup.md", ""),
            ("setup.html#steps", ""),
            ("setup#step", "broken-anchor"),
            ("/guide/setup", ""),
            ("/guide/", ""),
            ("../", ""),
            ("stup", "broken-link"),
            ("/one/", ""),
            ("/posts/1", "unknown"),
            ("/a.pdf", ""),
            ("/b.pdf", "missing-asset"),
            ("../../README.md", "broken-link"),
            ("{{ link }}", "unknown"),
        ],
    });
}

#[test]
fn starlight() {
    const FILES: &[(&str, &str)] = &[
        (
            "astro.config.mjs",
            "export default defineConfig({ redirects: { '/old': '/guides/setup/' }, integrations: \
             [starlight({ locales: { root: { label: 'E' }, fr: { label: 'F' } } })] })",
        ),
        ("src/content/docs/index.mdx", "# Home\n"),
        ("src/content/docs/guides/Setup.md", "# Setup\n\n## Steps\n"),
        ("src/content/docs/guides/named.md", "---\nslug: other/name\n---\n# Named\n"),
        ("src/pages/shop.astro", ""),
        ("src/pages/tags/[tag].astro", ""),
        ("src/assets/a.png", ""),
        ("public/b.png", ""),
    ];
    try_all(&Case {
        files: FILES,
        page: "src/content/docs/guides/page.md",
        links: &[
            ("/guides/setup/", ""),
            ("/guides/setup", ""),
            ("../setup/#steps", ""),
            ("../setup/#step", "broken-anchor"),
            ("setup/", "broken-link"),
            ("/guides/stup/", "broken-link"),
            ("/other/name/", ""),
            ("/fr/guides/setup/", ""),
            ("/old/", ""),
            ("/shop/", "unknown"),
            ("/tags/x/", "unknown"),
            ("![a](../../../assets/a.png)", ""),
            ("![a](../../../assets/c.png)", "missing-asset"),
            ("![b](/b.png)", ""),
            ("![b](~/assets/a.png)", "unknown"),
        ],
    });
}

#[test]
fn hugo() {
    const FILES: &[(&str, &str)] = &[
        ("hugo.toml", "baseURL = \"https://x.example/\"\n[permalinks]\nposts = \"/news/:slug/\"\n"),
        ("content/_index.md", "# Home\n"),
        ("content/docs/_index.md", "# Docs\n"),
        ("content/docs/Setup.md", "---\naliases: [/old/, older]\n---\n# Setup\n\n## Steps\n"),
        ("content/docs/bundle/index.md", "# Bundle\n"),
        ("content/docs/bundle/a.png", ""),
        ("content/docs/named.md", "---\nurl: /elsewhere/\n---\n# Named\n"),
        ("content/docs/draft.md", "---\ndraft: true\n---\n# Draft\n"),
        ("content/list/one.md", "# One\n"),
        ("static/b.png", ""),
    ];
    try_all(&Case {
        files: FILES,
        page: "content/docs/page.md",
        links: &[
            ("/docs/setup/", ""),
            ("/docs/setup/#steps", ""),
            ("/docs/setup/#step", "broken-anchor"),
            ("../setup", ""),
            ("Setup.md", ""),
            ("/docs/Setup.md", ""),
            ("bundle", ""),
            ("/docs/bundle/a.png", ""),
            ("/docs/stup/", "broken-link"),
            ("stup.md", "broken-link"),
            ("/elsewhere/", ""),
            ("/old/", ""),
            ("/docs/older/", ""),
            ("/docs/draft/", "unknown"),
            ("/list/", "unknown"),
            ("/tags/x/", "unknown"),
            ("/news/x/", "unknown"),
            ("![b](/b.png)", ""),
            ("![c](/c.png)", "missing-asset"),
        ],
    });
}

#[test]
fn plain_folders_of_unknown_generators() {
    const FILES: &[(&str, &str)] =
        &[("_config.yml", ""), ("index.md", "# Home\n"), ("a.md", "# A\n")];
    try_all(&Case {
        files: FILES,
        page: "b.md",
        links: &[
            ("a.md", ""),
            ("c.md", "broken-link"),
            ("/guide/", "unknown"),
            ("a", ""),
            ("c", "unknown"),
            ("{% link c.md %}", "unknown"),
        ],
    });
}

#[test]
fn built_pages_stand_at_the_addresses_of_their_generator() {
    for (files, expected) in [
        (
            &[("book.toml", ""), ("src/SUMMARY.md", "- [A](a/b.md)\n"), ("src/a/b.md", "# B\n")][..],
            "a/b.html",
        ),
        (&[("mkdocs.yml", ""), ("docs/a/b.md", "# B\n")], "a/b/index.html"),
        (&[("mkdocs.yml", "use_directory_urls: false"), ("docs/a/b.md", "# B\n")], "a/b.html"),
        (&[(".vitepress/config.ts", "export default {}"), ("a/b.md", "# B\n")], "a/b.html"),
        (&[("hugo.yaml", ""), ("content/A b/_index.md", "# B\n")], "a-b/index.html"),
    ] {
        let files = files.iter().map(|(path, text)| (path.to_string(), text.to_string()));
        let site = Model::new(Inputs::from_texts(files.collect()).unwrap()).unwrap();
        let places = site.plan().files;
        assert!(places.contains_key(expected), "{expected}: {:?}", places.keys());
    }
}

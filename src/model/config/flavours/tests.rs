use super::*;
use crate::config::layout::{Mount, MountKind};
use crate::markdown::front_matter;
use std::collections::BTreeMap;

/// Files in memory.
struct Memory(BTreeMap<&'static str, &'static str>);

impl Files for Memory {
    fn load(&self, path: &str) -> Result<Option<String>> {
        Ok(self.0.get(path).map(|text| (*text).to_owned()))
    }

    fn is_file(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        self.0.keys().any(|name| name.strip_prefix(path).is_some_and(|r| r.starts_with('/')))
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let inside = self.0.keys().filter_map(|name| name.strip_prefix(prefix.as_str()));
        let names: std::collections::BTreeSet<&str> =
            inside.map(|rest| rest.split('/').next().unwrap_or(rest)).collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

#[test]
fn each_is_recognised_by_its_files() {
    for (files, expected) in [
        (&[("mkdocs.yml", "")][..], Some(("mkdocs", "mkdocs.yml"))),
        (&[("zensical.toml", "")], Some(("mkdocs", "zensical.toml"))),
        (&[("book.toml", "")], Some(("mdbook", "book.toml"))),
        (&[("docusaurus.config.ts", "")], Some(("docusaurus", "docusaurus.config.ts"))),
        (&[(".vitepress/config.mts", "")], Some(("vitepress", ".vitepress/config.mts"))),
        (
            &[("astro.config.mjs", "import starlight"), ("src/content/docs/index.md", "")],
            Some(("starlight", "astro.config.mjs")),
        ),
        (&[("astro.config.mjs", ""), ("src/content/docs/index.md", "")], None),
        (&[("hugo.toml", "")], Some(("hugo", "hugo.toml"))),
        (
            &[("config.toml", "baseURL = \"x\""), ("content/a.md", "")],
            Some(("hugo", "config.toml")),
        ),
        (&[("config.toml", "port = 1"), ("content/a.md", "")], None),
        (&[("config/_default/hugo.yaml", "")], Some(("hugo", "config/_default/hugo.yaml"))),
        (&[("README.md", "")], None),
    ] {
        let found = detect(&Memory(files.iter().copied().collect()));
        let found = found.as_ref().map(|(flavour, file)| (flavour.name(), file.as_str()));
        assert_eq!(found, expected, "{files:?}");
    }
}

pub(super) fn config(flavour: &str, files: &[(&'static str, &'static str)]) -> Config {
    let file = files[0].0;
    let flavour = Flavour::named(flavour).unwrap();
    read(flavour, &Memory(files.iter().copied().collect()), Some(file)).config
}

/// The pages that a navigation names.
fn entries(config: &Config) -> Vec<String> {
    fn walk(items: &[NavItem], out: &mut Vec<String>) {
        for item in items {
            match item {
                NavItem::Page { target, .. } => out.push(target.clone()),
                NavItem::Chapter(chapter) => {
                    out.extend(chapter.target.iter().map(|(target, _)| target.clone()));
                    walk(&chapter.items, out);
                }
                NavItem::Link { .. } | NavItem::Separator => {}
                NavItem::Group { items, .. } => walk(items, out),
            }
        }
    }
    let mut out = Vec::new();
    let languages = config.nav.iter().flat_map(|nav| &nav.languages);
    languages.flat_map(|one| &one.tabs).for_each(|tab| walk(&tab.items, &mut out));
    out
}

#[test]
fn mkdocs_settings_with_tags_of_python() {
    let config = config(
        "mkdocs",
        &[(
            "mkdocs.yml",
            "site_name: !ENV [NAME, x]\nsite_url: https://x.example/a/\ndocs_dir: ./handbook\n\
             markdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n\
             plugins:\n  - redirects:\n      redirect_maps:\n        old.md: new/index.md#x\n\
             nav:\n  - index.md\n  - Guide:\n      - A: a.md\n      - https://x.example\n",
        )],
    );
    assert_eq!(config.content, "handbook");
    assert_eq!(config.layout.base.as_deref(), Some("a"));
    assert_eq!(config.layout.notes, []);
    assert_eq!(entries(&config), ["index.md", "a.md"]);
    let redirect = &config.redirects[0];
    assert_eq!((redirect.from.as_str(), redirect.to.as_str()), ("/old/", "/new/#x"));
}

#[test]
fn features_of_material() {
    let nav = "nav:\n  - A:\n      - B:\n          - a.md\n";
    for (features, annotates, folded) in [
        ("", false, None),
        ("theme:\n  features:\n    - navigation.tabs\n", false, None),
        ("theme:\n  features:\n    - navigation.expand\n", false, Some(false)),
        ("theme:\n  features: [content.code.annotate]\n", true, None),
    ] {
        let settings: &'static str = Box::leak(format!("{features}{nav}").into_boxed_str());
        let config = config("mkdocs", &[("mkdocs.yml", settings)]);
        assert_eq!(config.annotates_code, annotates, "{features}");
        let outer = &config.nav.as_ref().unwrap().languages[0].tabs[0].items[0];
        let NavItem::Group { folded: own, items, .. } = outer else { panic!("{outer:?}") };
        let NavItem::Group { folded: inner, .. } = &items[0] else { panic!("{items:?}") };
        assert_eq!((*own, *inner), (folded, folded), "{features}");
    }
}

/// Settings, and the address, the path and the language of the site that they say.
type Said = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
);

const HERE: Option<&str> = Some("https://x.example/proj");

const SAID: &[Said] = &[
    (
        "mkdocs",
        "mkdocs.yml",
        "site_url: https://x.example/proj/\ntheme:\n  name: material\n  language: de\n",
        HERE,
        Some("proj"),
        "de",
    ),
    ("mkdocs", "mkdocs.yml", "site_url: /proj/\ntheme: material\n", None, Some("proj"), "en"),
    ("mkdocs", "mkdocs.yml", "site_name: X\n", None, None, "en"),
    (
        "mdbook",
        "book.toml",
        "[book]\nlanguage = \"fr\"\n[output.html]\nsite-url = \"/proj/\"\n",
        None,
        Some("proj"),
        "fr",
    ),
    (
        "docusaurus",
        "docusaurus.config.js",
        "module.exports = { url: 'https://x.example', baseUrl: '/proj/', i18n: { defaultLocale: 'fr', locales: ['fr'] } };",
        HERE,
        Some("proj"),
        "fr",
    ),
    (
        "docusaurus",
        "docusaurus.config.js",
        "module.exports = { url: 'https://x.example', baseUrl: process.env.BASE };",
        None,
        None,
        "en",
    ),
    (
        "vitepress",
        ".vitepress/config.ts",
        "export default { base: '/proj/', lang: 'zh-CN', sitemap: { hostname: 'https://x.example' } }",
        HERE,
        Some("proj"),
        "zh-CN",
    ),
    ("vitepress", ".vitepress/config.ts", "export default {}", None, Some(""), "en"),
    (
        "starlight",
        "astro.config.mjs",
        "export default { site: 'https://x.example', base: '/proj', integrations: [starlight({ \
             defaultLocale: 'root', locales: { root: { label: 'Deutsch', lang: 'de' } } })] }",
        HERE,
        Some("proj"),
        "de",
    ),
    (
        "starlight",
        "astro.config.mjs",
        "export default { integrations: [starlight({ defaultLocale: 'fr', locales: { fr: {} } })] }",
        None,
        Some(""),
        "fr",
    ),
    (
        "hugo",
        "hugo.toml",
        "baseURL = \"https://x.example/proj/\"\nlanguageCode = \"pt-br\"\n",
        HERE,
        Some("proj"),
        "pt-br",
    ),
    (
        "hugo",
        "hugo.toml",
        "baseURL = \"/\"\ndefaultContentLanguage = \"ja\"\n",
        None,
        Some(""),
        "ja",
    ),
];

#[test]
fn where_a_site_is_served_and_what_it_speaks() {
    for (flavour, file, text, url, base, language) in SAID {
        let config = config(flavour, &[(file, text)]);
        let found = (config.base_url.as_deref(), config.layout.base.as_deref());
        assert_eq!(found, (*url, *base), "{flavour}: {text}");
        assert_eq!(config.language, *language, "{flavour}: {text}");
    }
}

#[test]
fn settings_that_only_a_run_could_tell_are_defaults_and_a_note() {
    let config =
        config("vitepress", &[(".vitepress/config.ts", "export default make()"), ("index.md", "")]);
    assert_eq!(config.content, "");
    assert!(config.layout.html);
    let broken = self::config("mkdocs", &[("mkdocs.yml", "a: [\n"), ("docs/a.md", "")]);
    assert_eq!((broken.content.as_str(), broken.layout.notes.len()), ("docs", 1));
}

#[test]
fn docusaurus_with_versions_and_a_second_set() {
    let config = config(
        "docusaurus",
        &[
            (
                "docusaurus.config.js",
                "module.exports = { baseUrl: '/x/', presets: [['classic', { docs: { path: '../docs', \
                 routeBasePath: '/' }, blog: false }]], plugins: [['@docusaurus/plugin-content-docs', \
                 { id: 'api', path: 'api', routeBasePath: 'api' }]] };",
            ),
            ("versions.json", "[\"2.0\", \"1.0\"]"),
            ("src/pages/index.tsx", ""),
        ],
    );
    let mounts: Vec<(&str, &str)> =
        config.layout.mounts.iter().map(|one| (one.folder.as_str(), one.at.as_str())).collect();
    assert_eq!(
        mounts,
        [
            ("../docs", "next"),
            ("versioned_docs/version-2.0", ""),
            ("versioned_docs/version-1.0", "1.0"),
            ("src/pages", ""),
            ("api", "api"),
        ]
    );
    assert_eq!(config.layout.maker, None);
    assert_eq!(config.layout.maker_of(""), Some("a page that is written as code"));
}

#[test]
fn sidebars_of_vitepress_and_starlight_are_navigation() {
    let vitepress = config(
        "vitepress",
        &[(
            ".vitepress/config.ts",
            "export default defineConfig({ cleanUrls: true, themeConfig: { nav: [{ text: 'A', link: '/a' }], \
             sidebar: { '/g/': { base: '/g/', items: [{ text: 'B', link: 'b' }, { link: 'https://x' }] } } } })",
        )],
    );
    assert_eq!(entries(&vitepress), ["/a", "/g/b"]);
    let starlight = config(
        "starlight",
        &[(
            "astro.config.mjs",
            "export default defineConfig({ integrations: [starlight({ sidebar: ['a/b', { label: 'x', items: \
             [{ slug: 'c' }, { autogenerate: { directory: 'r' } }] }] })] })",
        )],
    );
    assert_eq!(entries(&starlight), ["/a/b/", "/c/"]);
}

fn address(flavour: &str, layout: &Layout, mount: &Mount, path: &str, front: &str) -> String {
    let text = format!("---\n{front}\n---\n");
    let (front, _) = front_matter::read(&text);
    Flavour::named(flavour).unwrap().address_of(layout, mount, path, &front).unwrap()
}

#[test]
fn addresses_by_path_and_front_matter() {
    let docs = Mount { at: "docs".to_owned(), ..Mount::default() };
    let blog = Mount { at: "blog".to_owned(), kind: MountKind::Blog, ..Mount::default() };
    let root = Mount::default();
    for (flavour, mount, path, front, expected) in [
        ("mdbook", &root, "README.md", "", "/"),
        ("mdbook", &root, "a/README.md", "", "/a/"),
        ("mdbook", &root, "a/b.md", "", "/a/b.html"),
        ("mkdocs", &root, "a/b.md", "", "/a/b/"),
        ("mkdocs", &root, "a/index.md", "", "/a/"),
        ("vitepress", &root, "a/README.md", "", "/a/README/"),
        ("starlight", &root, "Guides/My Page.mdx", "", "/guides/my-page/"),
        ("starlight", &root, "a/b.md", "slug: x/y", "/x/y/"),
        ("docusaurus", &docs, "01-intro.md", "", "/docs/intro/"),
        ("docusaurus", &docs, "1. a/02_b.mdx", "", "/docs/a/b/"),
        ("docusaurus", &docs, "2024-05 notes.md", "", "/docs/2024-05 notes/"),
        ("docusaurus", &docs, "7.0-upgrade.md", "", "/docs/7.0-upgrade/"),
        ("docusaurus", &docs, "a/index.md", "", "/docs/a/"),
        ("docusaurus", &docs, "a/a.md", "", "/docs/a/"),
        ("docusaurus", &docs, "a/b.md", "id: c", "/docs/a/c/"),
        ("docusaurus", &docs, "a/b.md", "slug: /c", "/docs/c/"),
        ("docusaurus", &docs, "a/b.md", "slug: c", "/docs/a/c/"),
        ("docusaurus", &docs, "a/b.md", "slug: /", "/docs/"),
        ("docusaurus", &blog, "2019-05-28-hello.md", "", "/blog/2019/05/28/hello/"),
        ("docusaurus", &blog, "2019/2019-05-28-hello/index.md", "", "/blog/2019/2019/05/28/hello/"),
        ("docusaurus", &blog, "2019-05-28-hello.md", "slug: hi", "/blog/hi/"),
        ("docusaurus", &blog, "hello.md", "", "/blog/hello/"),
        ("hugo", &root, "Docs/My Page.md", "", "/docs/my-page/"),
        ("hugo", &root, "a/_index.md", "slug: x", "/a/"),
        ("hugo", &root, "a/b/index.md", "slug: x", "/a/x/"),
        ("hugo", &root, "a/b.md", "url: /c/d.html", "/c/d.html"),
    ] {
        let found = address(flavour, &Layout::default(), mount, path, front);
        assert_eq!(found, expected, "{flavour} {path} {front}");
    }
}

/// A tree of each flavour that has settings.
const SAMPLES: &[(&str, &[(&str, &str)])] = &[
    ("native", &[("docgen.toml", "title = \"x\""), ("content/index.md", "")]),
    ("mintlify", &[("docs.json", "{\"navigation\": {}}"), ("index.mdx", "")]),
    ("mkdocs", &[("mkdocs.yml", "site_name: x"), ("docs/index.md", "")]),
    ("mdbook", &[("book.toml", "[book]"), ("src/SUMMARY.md", "")]),
    ("docusaurus", &[("docusaurus.config.ts", "export default {}"), ("docs/index.md", "")]),
    ("vitepress", &[(".vitepress/config.ts", "export default {}"), ("index.md", "")]),
    ("starlight", &[("astro.config.mjs", "starlight"), ("src/content/docs/index.md", "")]),
    ("hugo", &[("hugo.toml", "title = \"x\""), ("content/_index.md", "")]),
];

#[test]
fn every_flavour_recognises_its_own_tree_and_no_other() {
    for flavour in Flavour::ALL {
        assert_eq!(Flavour::named(flavour.name()), Some(flavour), "its name is not its own");
        assert_eq!(flavour.address.is_some(), flavour.is_foreign(), "{flavour:?}");
        let sample = SAMPLES.iter().find(|(name, _)| *name == flavour.name());
        assert_eq!(sample.is_none(), flavour == Flavour::default(), "{flavour:?} has no sample");
        for (name, files) in SAMPLES {
            let found = (flavour.recognise)(&Memory(files.iter().copied().collect()));
            assert_eq!(found.is_some(), *name == flavour.name(), "{flavour:?} in {name}");
        }
    }
}

#[test]
fn a_tree_of_docgens_own_is_mintlify_native_or_plain() {
    let own = |files: &[(&'static str, &'static str)], has_settings: bool| {
        Flavour::own(&Memory(files.iter().copied().collect()), has_settings).name()
    };
    assert_eq!(own(&[("docs.json", "{}"), ("docgen.toml", "")], true), "mintlify");
    assert_eq!(own(&[("mint.json", "{}")], false), "mintlify");
    assert_eq!(own(&[("docgen.toml", "")], true), "native");
    assert_eq!(own(&[("a.md", "")], false), "plain");
}

//! What links lead to, flavour by flavour: a table of links and of what `check` says of each.

use crate::common::rendering::{Rendering, check};
use docgen::project::{Inputs, Model};

/// The findings about links of a tree with one link on page `from`.
fn findings(settings: Option<(&str, &str)>, from: &str, link: &str) -> Vec<String> {
    let folder =
        if settings.is_some_and(|(name, _)| name == "docgen.toml") { "content/" } else { "" };
    let mut files: Vec<(String, String)> =
        settings.iter().map(|(n, t)| (n.to_string(), t.to_string())).collect();
    for (path, text) in [
        ("index.md", "# Home\n"),
        ("guide/index.md", "# Guide\n\n## A/B\n"),
        ("guide/setup.md", "# Setup\n\n## First steps\n\n## First steps\n\n<a id=\"here\"></a>\n"),
        ("guide/README.md", "# Read me\n"),
        ("moved.md", "---\nredirect: /guide/setup\n---\n"),
        ("images/a b.png", ""),
    ] {
        let text = if path == from { format!("{text}\n[x]({link})\n") } else { text.to_owned() };
        files.push((format!("{folder}{path}"), text));
    }
    let site = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
    let (diagnostics, _) = check(&site);
    let rules =
        ["broken-link", "broken-anchor", "missing-asset", "anchor-style", "duplicate-route"];
    diagnostics
        .iter()
        .filter(|one| rules.contains(&one.rule.name))
        .map(|one| one.rule.name.to_owned())
        .collect()
}

const NATIVE: Option<(&str, &str)> =
    Some(("docgen.toml", "title = \"x\"\n[[redirect]]\nfrom = \"/old\"\nto = \"/guide\"\n"));
const MINTLIFY: Option<(&str, &str)> = Some((
    "docs.json",
    r#"{"name": "x", "navigation": {"pages": ["index"]}, "redirects": [{"source": "/old", "destination": "/guide"}, {"source": "/v1/:slug*", "destination": "/guide/:slug*"}]}"#,
));

#[test]
fn links_of_native_trees() {
    for (from, link, expected) in [
        ("index.md", "guide/setup.md", ""),
        ("index.md", "/guide/setup", ""),
        ("index.md", "guide/setup/", ""),
        ("index.md", "guide/setup.html", ""),
        ("index.md", "/old", ""),
        ("index.md", "guide/setup.md#first-steps-1", ""),
        ("index.md", "guide/setup.md#first-steps-2", "anchor-style"),
        ("index.md", "guide/setup.md#first-steps-3", "broken-anchor"),
        ("index.md", "guide/setup.md#here", ""),
        ("index.md", "guide/setup.md#top", ""),
        ("index.md", "guide/setup.md#:~:text=First", ""),
        ("index.md", "images/a%20b.png", ""),
        ("index.md", "images/c.png", "missing-asset"),
        ("guide/setup.md", "index.md", ""),
        ("guide/setup.md", "../index.md", ""),
        ("guide/setup.md", "../../README.md", "broken-link"),
        ("guide/setup.md", "#here", ""),
        ("guide/setup.md", "#hree", "broken-anchor"),
        ("guide/setup.md", "stup.md", "broken-link"),
        ("guide/setup.md", "https://x.example/y", ""),
        ("guide/setup.md", "mailto:a@b.example", ""),
    ] {
        assert_eq!(findings(NATIVE, from, link).join(" "), expected, "{link} on {from}");
    }
}

#[test]
fn links_of_mintlify_trees() {
    for (from, link, expected) in [
        ("index.md", "/guide#a%2Fb", ""),
        ("index.md", "/guide#a/b", ""),
        ("index.md", "/guide#ab", "anchor-style"),
        ("index.md", "/guide/setup#first-steps-2", ""),
        ("index.md", "/moved#here", ""),
        ("index.md", "/moved#hree", "broken-anchor"),
        ("index.md", "/old#a/b", ""),
        ("index.md", "/v1/setup", ""),
        ("index.md", "/v1/stup", "broken-link"),
        ("index.md", "/guide/index", ""),
        ("guide/setup.md", "./index.md", ""),
        ("guide/setup.md", "/nope", "broken-link"),
    ] {
        assert_eq!(findings(MINTLIFY, from, link).join(" "), expected, "{link} on {from}");
    }
}

#[test]
fn links_of_plain_folders() {
    for (from, link, expected) in [
        ("guide/setup.md", "../../outside.md", ""),
        ("guide/setup.md", "../images", ""),
        ("guide/setup.md", "../nope", "broken-link"),
        ("index.md", "guide/setup.md#first-steps", ""),
        ("index.md", "guide/README.md#read-me", ""),
    ] {
        assert_eq!(findings(None, from, link).join(" "), expected, "{link} on {from}");
    }
}

#[test]
fn an_id_on_any_component_is_on_the_page() {
    use docgen::render::publish::Output;
    let text = "# A/B\n\n<Card id=\"a\" title=\"t\">\nx\n</Card>\n\n<Note id=\"b\">\nx\n</Note>\n\n\
                <Accordion id=\"c\" title=\"t\">\nx\n</Accordion>\n\n<Accordion title=\"D/E\">\nx\n</Accordion>\n\n\
                a <Badge id=\"f\">x</Badge> b\n\n<ParamField body=\"gH\">\nx\n</ParamField>\n\n## I {#j}\n";
    for settings in ["docgen.toml", "docs.json"] {
        let folder = if settings == "docgen.toml" { "content/" } else { "" };
        let setting = if settings == "docgen.toml" { "" } else { "{}" };
        let files = vec![
            (settings.to_owned(), setting.to_owned()),
            (format!("{folder}index.md"), text.to_owned()),
        ];
        let site = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
        let rendering = Rendering::of(&site);
        let page = site.index.page_at("").unwrap();
        let bytes = rendering.publisher().render(&Output::Page(page)).unwrap().unwrap();
        let html = String::from_utf8(bytes).unwrap();
        let anchors = &site.index.pages.as_slice()[0].facts.anchors;
        assert!(anchors.len() >= 9, "{anchors:?}");
        for anchor in anchors {
            let attribute = format!(" id=\"{}\"", anchor.id);
            assert_eq!(html.matches(&attribute).count(), 1, "{settings}: {}", anchor.id);
        }
    }
}

#[test]
fn docs_json_may_name_other_files() {
    let files = [
        (
            "docs.json",
            r#"{"navigation": {"languages": [{"$ref": "./nav/en.json"}]}, "redirects": {"$ref": "redirects.json"}}"#,
        ),
        ("nav/en.json", r#"{"language": "en", "pages": ["index", "gone"]}"#),
        ("redirects.json", r#"[{"source": "/old", "destination": "/install"}]"#),
        ("index.md", "# Home\n\n[x](/old)\n"),
        ("install.md", "# Install\n"),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    let site = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
    let (diagnostics, _) = check(&site);
    let found: Vec<(&str, usize)> =
        diagnostics.iter().map(|one| (one.rule.name, one.finding.span.start)).collect();
    assert_eq!(found, [("missing-nav-page", 39), ("link-to-redirect", 12)]);
}

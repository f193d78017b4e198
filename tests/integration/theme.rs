//! The default theme really renders: every branch of every template, from sites, with the values
//! that the program makes of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::common::rendering::Rendering;
use crate::frame::{landing, with_few_actions, with_many_tabs};
use docgen::project::{Inputs, Model};
use docgen::render::publish::Output;
use docgen::render::template::TEMPLATES;

pub type Files = Vec<(String, String)>;

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Everything that is published of a tree, by path; files that are copied are left out.
pub fn published(files: Files) -> BTreeMap<String, String> {
    let site = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a site");
    let rendering = Rendering::plain(&site);
    let publisher = rendering.publisher();
    let mut made = BTreeMap::new();
    for (path, output) in publisher.outputs() {
        if matches!(output, Output::Theme(_)) {
            continue;
        }
        let rendered = publisher.render(&output);
        let rendered = rendered.unwrap_or_else(|fault| panic!("{path}: {fault:?}"));
        if let Some(bytes) = rendered {
            made.insert(path, String::from_utf8(bytes).expect("UTF-8"));
        }
    }
    made
}

/// A site that has everything.
pub fn full() -> Files {
    files(&[
        (
            "docgen.toml",
            r##"
title = "Fish & Chips"
description = "All of it"
authors = ["A & B"]
language = "en"
base_url = "https://example.org/docs"
repository = "https://example.org/repo"
edit_url = "https://example.org/edit/{path}"
report_url = "https://example.org/new?title={title}&body={url}+{path}"
assistants = ["claude", { label = "Ours", url = "/ask?{url}" }]
feedback = "https://example.org/feedback"
logo = { light = "l.svg", dark = "d.svg" }
favicon = "fav.svg"
stylesheets = ["own.css"]
scripts = ["own.js"]

[theme]
primary = { light = "#0b6a75", dark = "#62c4cb" }
image = "i.png"
banner = { text = "New: 2.0", url = "/b/" }
mermaid = "mermaid.min.js"

[consent]
scripts = ["https://stats.example.org/x.js?a=\"", "own.js"]

[[link]]
label = "Blog"
url = "https://example.org/blog"
icon = "rss"

[[link]]
label = "Discord"
url = "https://discord.gg/a"

[footer]
text = "© 2026 A & B"

[[footer.column]]
title = "More"
links = [{ label = "Home", url = "/b/" }, { label = "GitHub", url = "https://github.com/a" }]

[[footer.column]]
title = ""
links = []

[[nav]]
tab = "Guide"
title = "Group"
pages = ["index", "a", "b"]

[[nav]]
tab = "Reference"
pages = ["ref"]

[[nav]]
language = "ar"
title = "أ"
pages = ["ar/index"]

[[redirect]]
from = "/old"
to = "/a/?a=1&b=2"
"##,
        ),
        ("content/index.md", "# Fish & Chips\n\nText.\n"),
        (
            "content/a.md",
            "---\ntitle: A <b> title\ndescription: Say \"hi\"\nlastmod: 2026-11-26\n---\n\n\
             Body & soul\n\n## One\n\n### Two\n\n```mermaid\ngraph TD\n```\n",
        ),
        ("content/b.md", "# B\n\n<script>own()</script>\n"),
        ("content/ref.md", "# Reference\n\nText.\n"),
        ("content/ar/index.md", "# أ\n\nText.\n"),
        ("content/l.svg", "<svg/>"),
        ("content/d.svg", "<svg/>"),
        ("content/fav.svg", "<svg/>"),
        ("content/i.png", ""),
        ("content/own.css", ""),
        ("content/own.js", ""),
        ("content/mermaid.min.js", ""),
    ])
}

/// A site that has nothing but a page.
pub fn plain() -> Files {
    files(&[
        ("docgen.toml", "title = \"Plain\"\nlanguage = \"ar\"\nsearch = false\ntwins = false\n"),
        ("content/index.md", "---\ntitle: \"\"\n---\n\n# \n"),
    ])
}

/// A site whose settings take the other of two ways: one logo, a banner that leads nowhere, a
/// redirect within a site whose address is not known.
pub fn other() -> Files {
    files(&[
        (
            "docgen.toml",
            "title = \"Other\"\nlogo = \"l.svg\"\nrepository = \"https://github.com/a/b\"\n\
             report_url = \"https://github.com/a/b/issues\"\nfeedback = true\n\
             twins = false\n[theme]\nbanner = \"Soon\"\ntitle = \"{site} – {page}\"\n\
             [consent]\nscripts = [\"own.js\"]\ntext = \"May we?\"\n\
             [[redirect]]\nfrom = \"/old\"\nto = \"/dated\"\n",
        ),
        ("content/index.md", "---\nlastmod: false\n---\n\nText without headings.\n"),
        ("content/dated.md", "---\nlastmod: 2026-11-26\nnoindex: true\n---\n\n# Dated\n"),
        ("content/l.svg", "<svg/>"),
    ])
}

pub fn full_page(path: &str) -> String {
    published(full()).remove(path).unwrap_or_else(|| panic!("{path} is not published"))
}

/// All pages of all of these sites but the one with a script of its author.
fn pages() -> Vec<String> {
    [full(), plain(), other()]
        .into_iter()
        .flat_map(published)
        .filter(|(path, _)| path.ends_with(".html") && path != "b/index.html")
        .map(|(_, html)| html)
        .collect()
}

#[track_caller]
pub fn has(html: &str, wanted: &[&str]) {
    for each in wanted {
        assert!(html.contains(each), "`{each}` is missing in\n{html}");
    }
}

#[track_caller]
pub fn lacks(html: &str, unwanted: &[&str]) {
    for each in unwanted {
        assert!(!html.contains(each), "`{each}` is not wanted in\n{html}");
    }
}

#[test]
fn a_full_page_has_its_landmarks() {
    let html = full_page("a/index.html");
    assert!(html.starts_with("<!doctype html>"), "{html}");
    has(
        &html,
        &[
            "<html lang=\"en\" dir=\"ltr\" class=\"layout-article\"",
            "--primary:#0b6a75;--primary-dark:#62c4cb;",
            "<title>A &lt;b&gt; title · Fish &amp; Chips</title>",
            "<meta name=\"description\" content=\"Say &quot;hi&quot;\">",
            "<link rel=\"canonical\" href=\"https://example.org/docs/a/\">",
            "href=\"/docs/docgen/docgen.css\"",
            "<script src=\"/docs/docgen/theme.js\"",
            "<script src=\"/docs/docgen/docgen.js\"",
            "href=\"/docs/own.css",
            "src=\"/docs/own.js",
            "src=\"/docs/mermaid.min.js",
            "data-index=\"/docs/docgen/search/",
            "data-words='{\"clear_marks\":\"Remove the marks\",",
            "<a class=\"skip-link\" href=\"#docgen-content\">",
            "<header class=\"site-header\">",
            "alt=\"\" height=\"28\">",
            "<main class=\"main\" id=\"docgen-content\"",
            "<footer class=\"site-footer\">",
            "aria-label=\"Documentation\"",
            "aria-label=\"Sections\"",
            "aria-label=\"On this page\"",
            "aria-label=\"Breadcrumb\"",
            "aria-label=\"Previous and next page\"",
            "aria-label=\"Related sites\"",
            "<h1>A &lt;b&gt; title</h1>",
            "<p>Body &amp; soul</p>",
            "<div class=\"heading h2\"><h2 id=\"one\">One</h2><a class=\"anchor\" href=\"#one\" aria-label=\"Link to this section\"></a></div>",
            "<li class=\"toc-3\"><a href=\"#two\">Two</a></li>",
            "<li><a href=\"/docs/\">Group</a></li>",
            "<details class=\"nav-section\" open data-current><summary>Group</summary>",
            "<a href=\"/docs/\" aria-current=\"true\">Guide</a>",
            "lang=\"ar\" hreflang=\"ar\"",
            "href=\"https://example.org/repo\"",
            concat!("docgen ", env!("CARGO_PKG_VERSION")),
        ],
    );
}

#[test]
fn an_empty_page_has_no_empty_furniture() {
    let html = published(plain()).remove("index.html").expect("a page");
    has(
        &html,
        &[
            "<html lang=\"ar\" dir=\"rtl\" class=\"layout-article\">",
            "<title>Plain</title>",
            "<main ",
            "<footer ",
            "href=\"/docgen/docgen.css\"",
            "href=\"/docgen/favicon.svg\"",
        ],
    );
    lacks(
        &html,
        &[
            "class=\"toc\"",
            "class=\"pager\"",
            "class=\"breadcrumbs\"",
            "class=\"site-tabs\"",
            "<h1>",
            "class=\"dropdown languages",
            "class=\"page-actions",
            "rel=\"canonical\"",
            "name=\"description\"",
            "class=\"page-header\"",
            "<img",
            "style=",
            "Source repository",
            "class=\"site-links\"",
            "<ul></ul>",
        ],
    );
}

#[test]
fn a_missing_page_keeps_the_navigation_and_leads_home() {
    let html = full_page("404.html");
    has(
        &html,
        &[
            "<h1>",
            "content=\"noindex\"",
            "href=\"/docs/\"",
            "aria-label=\"Documentation\"",
            "<main ",
        ],
    );
    lacks(&html, &["Body &amp; soul", "class=\"toc\"", "class=\"breadcrumbs\""]);
    assert_eq!(html.matches("<h1").count(), 1);
}

#[test]
fn a_redirect_leads_on_without_a_script() {
    has(
        &full_page("old/index.html"),
        &[
            "<meta http-equiv=\"refresh\" content=\"0; url=/docs/a/?a=1&amp;b=2\">",
            "<a href=\"/docs/a/?a=1&amp;b=2\">",
            "<meta name=\"robots\" content=\"noindex\">",
            "<link rel=\"canonical\" href=\"https://example.org/docs/a/\">",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src",
            "<title>",
            "lang=\"en\"",
        ],
    );
    let mut elsewhere = plain();
    elsewhere[0].1.push_str("[[redirect]]\nfrom = \"/old\"\nto = \"https://example.org/\"\n");
    lacks(&published(elsewhere)["old/index.html"], &["canonical"]);
}

#[test]
fn no_page_has_inline_scripts_or_requests_elsewhere() {
    for html in pages() {
        for tag in html.split("<script").skip(1) {
            // Data is no script: no browser runs it.
            let data = ["type=\"application/ld+json\"", "type=\"speculationrules\""];
            if data.iter().any(|kind| tag.trim_start().starts_with(kind)) {
                continue;
            }
            assert!(tag.trim_start().starts_with("src=\"/"), "an inline or foreign script: {tag}");
            assert!(
                tag.split_once('>').is_some_and(|(_, rest)| rest.starts_with("</script>")),
                "{tag}"
            );
        }
        lacks(&html, &[" onclick=", " onload=", "javascript:", "<style", "src=\"http"]);
    }
}

#[test]
fn no_id_is_given_twice() {
    for html in pages() {
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{html}");
    }
}

#[test]
fn the_blocks_promised_to_sites_are_there() {
    let blocks = [
        "head",
        "banner",
        "header",
        "sidebar",
        "page_header",
        "toc",
        "content",
        "page_foot",
        "pager",
        "footer",
    ];
    for block in blocks {
        // A page without its body would be a fault.
        let body = if block == "content" { "{{ page.body }}" } else { "" };
        let own = format!(
            "{{% extends \"base.html\" %}}{{% block {block} %}}mine-{block}{body}{{% endblock %}}"
        );
        let mut tree = full();
        tree.push(("templates/page.html".to_owned(), own));
        let html = &published(tree)["a/index.html"];
        has(html, &[&format!("mine-{block}"), "<!doctype html>"]);
    }
}

/// The example of the manual changes what it names, and nothing else of a page.
#[test]
fn the_example_of_the_manual_keeps_the_rest_of_the_page() {
    let manual = include_str!("../../content/manual/theme.md");
    let (_, example) = manual.split_once("```html title=\"templates/page.html\"\n").unwrap();
    let (example, _) = example.split_once("\n```").unwrap();
    let mut tree = full();
    tree.push(("templates/page.html".to_owned(), example.to_owned()));
    let html = &published(tree)["a/index.html"];
    let built_in = full_page("a/index.html");
    has(&built_in, &["class=\"page-foot\"", "<time datetime=", "rel=\"prev\"", "rel=\"next\""]);
    let mut added = Vec::new();
    let mut lines = built_in.lines().peekable();
    for line in html.lines() {
        if lines.peek() == Some(&line) {
            lines.next();
        } else {
            added.push(line);
        }
        // The footer of the theme is the only thing that goes.
        if line.contains("© Example") {
            while lines.next_if(|line| !line.contains("</footer>")).is_some() {}
            lines.next();
        }
    }
    assert_eq!(lines.collect::<Vec<_>>(), Vec::<&str>::new(), "lost: {html}");
    let shown: Vec<&str> = added.into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(shown.len(), 2, "{shown:#?}");
}

#[test]
fn every_static_file_a_template_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let mut named = 0;
    for html in pages() {
        for rest in html.split("/docgen/").skip(1) {
            let name = rest.split(['"', '?']).next().expect("a first part");
            // The index is made with the site.
            if !name.starts_with("search/") {
                assert!(root.join(name).is_file(), "static/{name} is missing");
                named += 1;
            }
        }
    }
    assert!(named > 10, "only {named} static files are named");
}

/// A template that leaves a mark wherever one of its branches is taken. A condition without an
/// `else` gets one, for it has to be met and to be missed.
fn with_marks(name: &str, text: &str, marks: &mut BTreeSet<String>) -> String {
    let mut out = String::new();
    let mut open: Vec<bool> = Vec::new();
    let mut rest = text;
    let mut mark = |out: &str, kind: &str| {
        let line = out.matches('\n').count() + 1;
        let mark = format!("<!--{name}:{line} {kind}-->");
        marks.insert(mark.clone());
        mark
    };
    while let Some(at) = rest.find("{%").into_iter().chain(rest.find("{#")).min() {
        let end = if rest[at..].starts_with("{#") { "#}" } else { "%}" };
        let end = at + rest[at..].find(end).expect("an end") + 2;
        let (before, tag) = (&rest[..at], &rest[at..end]);
        rest = &rest[end..];
        out.push_str(before);
        let inside = tag[2..tag.len() - 2].trim_matches(['-', ' ', '\n']);
        match inside.split_whitespace().next().unwrap_or_default() {
            "if" | "for" if tag.starts_with("{%") => {
                let condition = inside.starts_with("if");
                open.push(condition);
                out.push_str(tag);
                out.push_str(&mark(&out, inside));
            }
            "elif" | "else" if tag.starts_with("{%") => {
                // The last way of a chain needs none of its own.
                let chain = open.last_mut().expect("an open condition");
                *chain = inside.starts_with("elif");
                out.push_str(tag);
                out.push_str(&mark(&out, inside));
            }
            "endif" | "endfor" if tag.starts_with("{%") => {
                if open.pop().expect("an open tag") {
                    out.push_str("{% else %}");
                    out.push_str(&mark(&out, "else"));
                }
                out.push_str(tag);
            }
            _ => out.push_str(tag),
        }
    }
    out.push_str(rest);
    out
}

#[test]
fn every_branch_of_every_template_is_rendered() {
    let mut marks = BTreeSet::new();
    let own: Files = TEMPLATES
        .iter()
        .map(|(name, text)| (format!("templates/{name}"), with_marks(name, text, &mut marks)))
        .collect();
    assert!(marks.len() > 80, "{}", marks.len());
    let made: Vec<String> =
        [full(), plain(), other(), landing(), with_many_tabs(), with_few_actions()]
            .into_iter()
            .flat_map(|tree| published(tree.into_iter().chain(own.clone()).collect()).into_values())
            .collect();
    let missed: Vec<&String> =
        marks.iter().filter(|mark| !made.iter().any(|html| html.contains(mark.as_str()))).collect();
    assert!(missed.is_empty(), "never rendered: {missed:#?}");
}

#[test]
fn every_value_is_described_where_templates_begin() {
    let listed = |group: &str| {
        let own = format!(
            "{{% for key, value in {group} %}}{{{{ key }}}}\n{{% endfor %}}<hr>{{{{ page.body }}}}"
        );
        let mut tree = full();
        tree.push(("templates/page.html".to_owned(), own));
        let page = published(tree).remove("a/index.html").expect("a page");
        page.split("<hr>").next().unwrap_or_default().to_owned()
    };
    let (_, base) = TEMPLATES.iter().find(|(name, _)| *name == "base.html").expect("a template");
    let described: BTreeSet<&str> = base
        .split("-#}")
        .next()
        .unwrap_or_default()
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    for group in ["site", "page"] {
        let keys = listed(group);
        assert!(keys.lines().count() > 10, "{keys}");
        let missing: Vec<&str> = keys.lines().filter(|key| !described.contains(key)).collect();
        assert!(missing.is_empty(), "base.html does not describe {missing:?} of `{group}`");
    }
}

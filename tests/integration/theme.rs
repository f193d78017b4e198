//! The default theme really renders: every template, with everything there is and with nothing.

use serde_json::{Value, json};
use std::path::Path;
use tera::{Context, Tera};

fn theme() -> Tera {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut templates = Vec::new();
    for folder in ["", "partials/"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder of templates") {
            let entry = entry.expect("an entry");
            if entry.file_type().expect("its type").is_file() {
                let name = format!("{folder}{}", entry.file_name().to_string_lossy());
                templates.push((name, std::fs::read_to_string(entry.path()).expect("a template")));
            }
        }
    }
    let mut tera = Tera::new();
    tera.add_raw_templates(templates).expect("the templates compile");
    tera
}

fn files(base: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let names = std::fs::read_dir(root).expect("the folder of static files");
    let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let named = names.map(|entry| name(entry.expect("an entry")));
    let address = |name: &String| Value::from(format!("{base}/docgen/{name}?v=1"));
    Value::Object(named.map(|name| (name.clone(), address(&name))).collect())
}

fn words() -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/words/en.toml");
    let text = std::fs::read_to_string(root).expect("the English words");
    toml::from_str(&text).expect("a table")
}

fn full() -> Value {
    json!({
        "site": {
            "title": "Fish & Chips", "description": "All of it", "authors": "A & B", "language": "en", "direction": "ltr",
            "base": "/docs", "home": "/docs/", "logo": {"light": "/docs/l.svg", "dark": "/docs/d.svg"},
            "favicon": "/docs/fav.svg", "primary_color": "#0b6a75", "primary_color_dark": "#62c4cb",
            "style": "--primary:#0b6a75;--primary-dark:#62c4cb;", "image": "https://example.org/docs/i.png",
            "banner": {"label": "New: 2.0", "url": "/docs/new/"},
            "links": [{"label": "Blog", "url": "https://example.org/blog"}],
            "stylesheets": ["/docs/own.css"], "scripts": ["/docs/own.js"],
            "repository": "https://example.org/repo", "files": files("/docs"),
        },
        "page": {
            "title": "A <b> title", "description": "Say \"hi\"", "url": "/docs/a/",
            "canonical": "https://example.org/docs/a/", "edit_url": "https://example.org/edit/a.md", "changed": "2026-11-26", "body": "<h2 id=\"one\">One</h2><p>Body &amp; soul</p>",
            "toc": [{"id": "one", "title": "One", "level": 2}, {"id": "two", "title": "Two", "level": 3}],
            "prev": {"title": "Before", "url": "/docs/before/"},
            "next": {"title": "After", "url": "/docs/after/"},
            "breadcrumbs": [{"title": "Guide", "url": "/docs/guide/"}, {"title": "Group", "url": ""}],
            "language": "en", "show_title": true, "markdown": "/docs/a.md", "json_ld": "{}",
        },
        "nav": "<ul class=\"nav\"><li><a href=\"/docs/a/\" aria-current=\"page\">A</a></li></ul>",
        "tabs": [{"title": "Guide", "url": "/docs/guide/", "active": true},
                 {"title": "Reference", "url": "/docs/ref/", "active": false}],
        "languages": [{"code": "en", "title": "English", "url": "/docs/", "active": true},
                      {"code": "ar", "title": "العربية", "url": "/docs/ar/", "active": false}],
        "version": "1.2.3", "policy": "default-src 'self'", "words": words(),
        "target": "/docs/new/?a=1&b=2", "canonical": "https://example.org/docs/new/",
    })
}

fn empty() -> Value {
    json!({
        "site": {
            "title": "Plain", "description": "", "authors": "", "language": "ar", "direction": "rtl", "base": "",
            "home": "/", "logo": null, "favicon": "", "primary_color": "", "primary_color_dark": "",
            "style": "", "image": "", "banner": null,
            "links": [], "stylesheets": [], "scripts": [], "repository": "",
            "files": files(""),
        },
        "page": {
            "title": "", "description": "", "url": "/", "canonical": "", "body": "", "toc": [],
            "prev": null, "next": null, "breadcrumbs": [], "language": "", "show_title": false, "markdown": "", "json_ld": "",
        },
        "nav": "", "tabs": [], "languages": [], "version": "1.2.3", "policy": "", "words": words(), "target": "/new/", "canonical": "",
    })
}

fn render(template: &str, values: &Value) -> String {
    let context = Context::from_serialize(values).expect("a context");
    match theme().render(template, &context) {
        Ok(html) => html,
        Err(error) => panic!("{template}: {error}"),
    }
}

#[track_caller]
fn has(html: &str, wanted: &[&str]) {
    for each in wanted {
        assert!(html.contains(each), "`{each}` is missing in\n{html}");
    }
}

#[track_caller]
fn lacks(html: &str, unwanted: &[&str]) {
    for each in unwanted {
        assert!(!html.contains(each), "`{each}` is not wanted in\n{html}");
    }
}

/// Every shape of every template that is a page.
fn pages() -> Vec<String> {
    ["page.html", "404.html", "base.html", "redirect.html"]
        .iter()
        .flat_map(|name| [render(name, &full()), render(name, &empty())])
        .collect()
}

#[test]
fn a_full_page_has_its_landmarks() {
    let html = render("page.html", &full());
    assert!(html.starts_with("<!doctype html>"), "{html}");
    has(
        &html,
        &[
            "<html lang=\"en\" dir=\"ltr\" class=\"has-tabs\"",
            "--primary:#0b6a75;--primary-dark:#62c4cb;",
            "<title>A &lt;b&gt; title · Fish &amp; Chips</title>",
            "<meta name=\"description\" content=\"Say &quot;hi&quot;\">",
            "<link rel=\"canonical\" href=\"https://example.org/docs/a/\">",
            "href=\"/docs/docgen/docgen.css?v=1\"",
            "src=\"/docs/docgen/theme.js?v=1\"",
            "src=\"/docs/docgen/docgen.js?v=1\" defer",
            "href=\"/docs/own.css\"",
            "src=\"/docs/own.js\" defer",
            "<a class=\"skip-link\" href=\"#docgen-content\">",
            "<header class=\"site-header\">",
            "<main class=\"main\" id=\"docgen-content\"",
            "<footer class=\"site-footer\">",
            "aria-label=\"Documentation\"",
            "aria-label=\"Sections\"",
            "aria-label=\"On this page\"",
            "aria-label=\"Breadcrumb\"",
            "aria-label=\"Previous and next page\"",
            "aria-label=\"Related sites\"",
            "<h1>A &lt;b&gt; title</h1>",
            "<h2 id=\"one\">One</h2><p>Body &amp; soul</p>",
            "<li class=\"toc-3\"><a href=\"#two\">Two</a></li>",
            "<li><span>Group</span></li>",
            "<a href=\"/docs/guide/\" aria-current=\"true\">Guide</a>",
            "lang=\"ar\" hreflang=\"ar\"",
            "href=\"https://example.org/repo\"",
            "docgen 1.2.3",
        ],
    );
}

#[test]
fn an_empty_page_has_no_empty_furniture() {
    let html = render("page.html", &empty());
    has(
        &html,
        &[
            "<html lang=\"ar\" dir=\"rtl\">",
            "<title>Plain</title>",
            "<main ",
            "<footer ",
            "href=\"/docgen/docgen.css?v=1\"",
            "href=\"/docgen/favicon.svg?v=1\"",
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
            "class=\"dropdown",
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
    let html = render("404.html", &full());
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
    let html = render("redirect.html", &full());
    has(
        &html,
        &[
            "<meta http-equiv=\"refresh\" content=\"0; url=/docs/new/?a=1&amp;b=2\">",
            "<a href=\"/docs/new/?a=1&amp;b=2\">",
            "<meta name=\"robots\" content=\"noindex\">",
            "<link rel=\"canonical\" href=\"https://example.org/docs/new/\">",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src",
            "<title>",
            "lang=\"en\"",
        ],
    );
    lacks(&render("redirect.html", &empty()), &["canonical"]);
}

#[test]
fn no_page_has_inline_scripts_or_requests_elsewhere() {
    for html in pages() {
        for tag in html.split("<script").skip(1) {
            // Data for search engines is no script: no browser runs it.
            if tag.trim_start().starts_with("type=\"application/ld+json\"") {
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
    let mut tera = theme();
    for block in ["head", "header", "sidebar", "page_header", "toc", "content", "footer"] {
        let own = format!(
            "{{% extends \"page.html\" %}}{{% block {block} %}}mine-{block}{{% endblock %}}"
        );
        tera.add_raw_template("own.html", &own).expect("a template of the site");
        let html = tera.render("own.html", &Context::from_serialize(&full()).expect("a context"));
        has(&html.expect("it renders"), &[&format!("mine-{block}"), "<!doctype html>"]);
    }
}

#[test]
fn every_static_file_a_template_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let mut named = 0;
    for html in pages() {
        for rest in html.split("/docgen/").skip(1) {
            let name = rest.split(['"', '?']).next().expect("a first part");
            assert!(root.join(name).is_file(), "static/{name} is missing");
            named += 1;
        }
    }
    assert!(named > 10, "only {named} static files are named");
}

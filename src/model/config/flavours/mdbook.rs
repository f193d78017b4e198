//! mdBook: `book.toml` and `SUMMARY.md`.

use std::collections::BTreeMap;

use super::policy::{Links, Origin, PageNames, Policy};
use super::{Files, Reading, first_file, folder, summary, text};
use crate::config::address::{file, stem};
use crate::config::layout::{MountKind, joined};
use crate::config::{NavItem, Redirect};
use crate::data::Node;
use crate::markdown::extensions::Extensions;
use crate::markdown::slug::SlugRule;
use crate::markdown::{Dialect, Includes};
use crate::source::VPath;

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "mdbook",
    recognise,
    read,
    origin: Some(&ORIGIN),
    dialect: Dialect {
        slugs: SlugRule::MdBook,
        includes: Includes::MdBook,
        extensions: Extensions { definition_lists: true, ..Extensions::NONE },
        ..Policy::FOREIGN.dialect
    },
    index_names: &["index", "README", "readme"],
    address: Some(|page| file(joined(&page.mount.at, stem(page.inside)), page.index, true)),
    alerts: true,
    include_marks: &["{{#include ", "{{ #include ", "{{#rustdoc_include "],
    page_names: PageNames::Navigation,
    any_heading_is_title: true,
    rustdoc_fences: true,
    links: Links { plain_files: &PLAIN_FILES, ..Links::PLAIN },
    ..Policy::FOREIGN
};

/// Suffixes of files that a book shows or links to; other names with a dot may be names in a
/// program, which preprocessors link.
const PLAIN_FILES: [&str; 20] = [
    "avif", "css", "gif", "html", "ico", "jpeg", "jpg", "js", "json", "mp4", "pdf", "png", "svg",
    "toml", "txt", "webm", "webp", "yaml", "yml", "zip",
];

/// The keys of the settings in book.toml.
static ORIGIN: Origin = Origin {
    keys: &[
        ("title", "book.title"),
        ("description", "book.description"),
        ("authors", "book.authors"),
        ("language", "book.language"),
        ("content", "book.src"),
        ("base_url", "output.html.site-url"),
        ("repository", "output.html.git-repository-url"),
        ("edit_url", "output.html.edit-url-template"),
        ("favicon", "the icon of the theme"),
        ("stylesheets", "output.html.additional-css"),
        ("scripts", "output.html.additional-js"),
        ("hidden_lines", "output.html.code.hidelines"),
        ("redirect", "output.html.redirect"),
    ],
    known: &["output.html.theme"],
    tables: &["book", "output", "output.html", "output.html.code", "preprocessor"],
};

/// Preprocessors that leave links and ids as they are.
const QUIET: [&str; 16] = [
    "admonish",
    "alerts",
    "callouts",
    "cmdrun",
    "d2",
    "emojicodes",
    "footnote",
    "gettext",
    "graphviz",
    "index",
    "katex",
    "keeper",
    "links",
    "mermaid",
    "pagetoc",
    "toc",
];

fn recognise(files: &dyn Files) -> Option<String> {
    first_file(files, &["book.toml"])
}

fn read(reading: &mut Reading<'_>, file: &str) {
    let node = reading.settings(file);
    let get = |table: &str, key: &str| node.as_ref().and_then(|node| node.get(table)?.get(key));
    let content = get("book", "src").and_then(Node::as_str).map_or("src".to_owned(), folder);
    reading.names(get("book", "title"), get("book", "description"));
    let html = get("output", "html");
    basics(reading, get("book", "authors"), get("book", "language"), html);
    own_files(reading, html);
    let layout = &mut reading.config.layout;
    layout.mount(content.clone(), "", MountKind::Docs);
    layout.html = true;
    layout.made("print.html", false, "made by mdBook");
    layout.made("toc.html", false, "made by mdBook");
    let prefixes = html.and_then(|html| html.get("code")?.get("hidelines"));
    for member in prefixes.map_or(&[][..], Node::members) {
        if let Some(prefix) = member.value.as_str().filter(|prefix| !prefix.is_empty()) {
            reading.config.hidden_lines.insert(member.key.clone(), prefix.to_owned());
        }
    }
    let layout = &mut reading.config.layout;
    let strange = node.as_ref().and_then(|node| node.get("preprocessor")).map(Node::members);
    let strange = strange.unwrap_or_default().iter().map(|member| member.key.as_str());
    // Others may resolve names that are not files, as the one of the Rust reference does for the
    // rules of its grammar.
    layout.link_hook = strange.into_iter().any(|name| !QUIET.contains(&name));
    if let Some(map) = html.and_then(|html| html.get("redirect")) {
        redirects(reading, file, map);
    }
    let path = joined(&content, "SUMMARY.md");
    let Some(text) = reading.source(&path) else { return };
    let items = summary::items(&text);
    let (mut listed, mut titles) = (Vec::new(), BTreeMap::new());
    chapters(&items, &mut listed, &mut titles);
    reading.config.layout.titles = titles;
    // The first chapter is the front page as well.
    if let Some(first) = listed.first()
        && !listed.iter().any(|one| matches!(one.as_str(), "index.md" | "README.md"))
        && let (Some(stem), Some(path)) = (first.strip_suffix(".md"), VPath::new(&path))
    {
        let to = if let Some(folder) = stem.strip_suffix("/README") {
            format!("/{folder}/")
        } else {
            format!("/{stem}.html")
        };
        let (from, span) = ("/".to_owned(), Default::default());
        reading.config.redirects.push(Redirect { from, to, path, span });
    }
    reading.config.layout.listed = Some(listed).filter(|listed| !listed.is_empty());
    reading.navigation(&path, items);
}

fn basics(
    reading: &mut Reading<'_>,
    authors: Option<&Node>,
    language: Option<&Node>,
    html: Option<&Node>,
) {
    let config = &mut reading.config;
    let names = authors.map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
    config.authors = names.map(str::to_owned).collect();
    let path = reading.sources.last().map(|source| &source.path);
    if let Some(language) = language.and_then(|node| config.language_at(node, path)) {
        config.language = language;
    }
    let Some(html) = html else { return };
    let repository = text(html, "git-repository-url").unwrap_or_default();
    config.repository = repository.to_owned();
    config.edit_url = text(html, "edit-url-template").unwrap_or_default().to_owned();
    // A path alone is only the place of the book on its host.
    reading.served_from(text(html, "site-url"), None);
}

/// Adds the style sheets and scripts of the book, and the icon of its theme.
fn own_files(reading: &mut Reading<'_>, html: Option<&Node>) {
    let named = |key: &str| {
        let list = html.and_then(|html| html.get(key)).map_or(&[][..], Node::items);
        let paths = list.iter().filter_map(|node| VPath::new(node.as_str()?));
        paths.map(|path| path.to_string()).collect::<Vec<String>>()
    };
    let (styles, scripts) = (named("additional-css"), named("additional-js"));
    let theme = html.and_then(|html| text(html, "theme")).map_or("theme".to_owned(), folder);
    let icons = ["favicon.svg", "favicon.png"].map(|name| (joined(&theme, name), name));
    let config = &mut reading.config;
    for path in styles.iter().chain(&scripts) {
        config.layout.publish(path, path);
    }
    if let Some((path, name)) = icons.into_iter().find(|(path, _)| reading.files.is_file(path)) {
        config.layout.publish(path, name);
        config.favicon = Some(format!("/{name}"));
    }
    config.stylesheets = styles.iter().map(|path| format!("/{path}")).collect();
    config.scripts = scripts.iter().map(|path| format!("/{path}")).collect();
}

/// Collects the paths of all chapters, and their titles in the table of contents.
fn chapters(items: &[NavItem], paths: &mut Vec<String>, titles: &mut BTreeMap<String, String>) {
    for item in items {
        match item {
            NavItem::Chapter(chapter) => {
                let target = chapter.target.as_ref().and_then(|(target, _)| VPath::new(target));
                if let Some(path) = target {
                    paths.push(path.to_string());
                    titles.entry(path.to_string()).or_insert_with(|| chapter.title.clone());
                }
                chapters(&chapter.items, paths, titles);
            }
            NavItem::Group { items, .. } => chapters(items, paths, titles),
            NavItem::Page { .. } | NavItem::Link { .. } | NavItem::Separator => {}
        }
    }
}

fn redirects(reading: &mut Reading<'_>, file: &str, map: &Node) {
    let Some(path) = VPath::new(file) else { return };
    for member in map.members() {
        let Some(to) = member.value.as_str() else { continue };
        let from = member.key.trim_start_matches('/');
        let to = if to.contains("://") || to.starts_with('/') {
            to.to_owned()
        } else {
            let place = VPath::new(from).and_then(|from| from.join(to));
            // A target outside of the book is elsewhere on the host.
            let Some(place) = place else { continue };
            format!("/{place}")
        };
        let (from, span) = (format!("/{from}"), member.value.span);
        reading.config.redirects.push(Redirect { from, to, path: path.clone(), span });
    }
}

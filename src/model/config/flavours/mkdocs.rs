//! MkDocs, Material for MkDocs and Zensical: `mkdocs.yml` or `zensical.toml`.

use memchr::memmem;

use super::policy::{Links, PageFile, PageNames, Policy};
use super::{Files, Reading, first_file, folder, text};
use crate::config::address::{self, without_language};
use crate::config::layout::{Layout, MountKind, joined};
use crate::config::{NavItem, Redirect};
use crate::data::{Node, Value};
use crate::markdown::extensions::Extensions;
use crate::markdown::slug::SlugRule;
use crate::markdown::{Containers, Dialect, Includes, destination};
use crate::source::{VPath, line_start};

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "mkdocs",
    recognise,
    read,
    dialect: Dialect {
        slugs: SlugRule::Python,
        containers: Containers::Indented,
        includes: Includes::Snippets,
        extensions: Extensions { definition_lists: false, ..Extensions::ALL },
        closed_html: true,
        ..Policy::FOREIGN.dialect
    },
    index_names: &["index", "README", "readme"],
    address: Some(address_of),
    front_keys: FRONT_KEYS,
    include_marks: &["--8<-- ", "-8<- ", "--8<--\n"],
    takes_in,
    page_names: PageNames::Navigation,
    fills_empty_links: true,
    makes_references: true,
    definitions_anywhere: true,
    links: Links { bare_paths_are_addresses: true, translations_fall_back: true, ..Links::PLAIN },
    ..Policy::FOREIGN
};

/// Keys of front matter.
#[rustfmt::skip]
const FRONT_KEYS: &[&str] = &[
    "authors", "boost", "categories", "comments", "date", "hide", "icon", "links", "pin",
    "readtime", "search", "slug", "social", "status", "subtitle", "template",
];

/// Plugins that generate pages.
const MAKERS: [&str; 14] = [
    "gen-files",
    "api-autonav",
    "autoapi",
    "mkdocs-autoapi",
    "monorepo",
    "multirepo",
    "techdocs-core",
    "mkdocs-jupyter",
    "gallery",
    "include_dir_to_nav",
    "mkdocs-simple-plugin",
    "simple",
    "external-markdown",
    "mkdoxy",
];

fn recognise(files: &dyn Files) -> Option<String> {
    first_file(files, &["mkdocs.yml", "mkdocs.yaml", "zensical.toml", "zensical.yml"])
}

fn read(reading: &mut Reading<'_>, file: &str) {
    let mut inherited = Vec::new();
    let mut next = file.to_owned();
    // A file may inherit from another, and that from a third.
    while inherited.len() < 4 {
        let Some(node) = reading.settings(&next) else { break };
        let node = node.get("project").cloned().unwrap_or(node);
        let base = text(&node, "INHERIT").map(str::to_owned);
        inherited.push((next.clone(), node));
        let Some(place) = base.and_then(|base| VPath::new(&next)?.join(&base)) else { break };
        next = place.as_str().to_owned();
    }
    let get = |key: &str| inherited.iter().find_map(|(_, node)| node.get(key)).cloned();
    let content = get("docs_dir").and_then(|node| node.as_str().map(folder));
    let layout = &mut reading.config.layout;
    layout.mount(content.unwrap_or_else(|| "docs".to_owned()), "", MountKind::Docs);
    layout.html = get("use_directory_urls").and_then(|node| node.as_bool()) == Some(false);
    layout.absolute_is_content = get("validation").is_some_and(|node| {
        let links = node.get("links").unwrap_or(&node);
        text(links, "absolute_links") == Some("relative_to_docs")
    });
    layout.made("img/favicon.ico", false, "made by the theme");
    layout.excluded = vec!["/templates/".to_owned()];
    if let Some(patterns) = get("exclude_docs") {
        layout.excluded.extend(patterns.as_str().unwrap_or_default().lines().map(str::to_owned));
    }
    let texts = reading.sources.iter().map(|source| source.text.as_str());
    reading.config.slugs = texts.filter_map(slugs).next();
    reading.names(get("site_name").as_ref(), get("site_description").as_ref());
    reading.served_from(get("site_url").as_ref().and_then(Node::as_str), None);
    let theme = get("theme");
    reading.speaks(
        theme.as_ref().and_then(|theme| text(theme, "language").or_else(|| text(theme, "locale"))),
    );
    let features = theme.as_ref().and_then(|theme| theme.get("features"));
    let has = |name: &str| {
        features.is_some_and(|list| list.items().iter().any(|one| one.as_str() == Some(name)))
    };
    reading.config.annotates_code = has("content.code.annotate");
    let folded = has("navigation.expand").then_some(false);
    if get("hooks").is_some() {
        reading.config.layout.maker = Some("a hook".to_owned());
    }
    for (path, node) in &inherited {
        plugins(reading, path, node.get("plugins"));
    }
    if let Some((path, nav)) =
        inherited.iter().find_map(|(path, node)| Some((path, node.get("nav")?)))
    {
        let items = nav.items().iter().flat_map(|node| item(node, folded)).collect();
        reading.navigation(path, items);
    }
}

/// The rule for ids in the settings of the table of contents, a Python tag.
fn slugs(text: &str) -> Option<SlugRule> {
    let at = text.match_indices("slugify:").map(|(at, _)| at).find(|at| is_of_toc(text, *at))?;
    let rest = &text[at..];
    // The name is on this line, its options on the few lines below.
    let end = rest.match_indices('\n').nth(4).map_or(rest.len(), |(end, _)| end);
    let said = &rest[..end];
    let name = said.lines().next().unwrap_or_default();
    if name.contains("slugify_unicode") {
        Some(SlugRule::PythonUnicode)
    } else if name.contains("pymdownx.slugs") {
        let lower = said.contains("case: lower") || said.contains("case: fold");
        Some(SlugRule::Pymdownx {
            lower: lower || name.contains("uslugify") && !name.contains("cased"),
        })
    } else {
        None
    }
}

/// Whether the key at `at` belongs to the table of contents; tabs and blogs have such a key, too.
fn is_of_toc(text: &str, at: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let start = line_start(text, at);
    let own = &text[start..at];
    if !own.trim().is_empty() {
        return own.contains("toc:");
    }
    let mut above = text[..start].lines().rev().filter(|line| !line.trim().is_empty());
    let owner = above.find(|line| indent(line) < own.len());
    owner.is_some_and(|line| line.trim_start_matches([' ', '-']).starts_with("toc"))
}

/// The entries of a node of the navigation, with groups that are folded, open, or as usual.
fn item(node: &Node, folded: Option<bool>) -> Vec<NavItem> {
    match &node.value {
        Value::String(target) => vec![entry("", target, node)],
        Value::Object(members) => members
            .iter()
            .filter_map(|member| match &member.value.value {
                Value::String(target) => Some(entry(&member.key, target, &member.value)),
                Value::Array(items) => Some(NavItem::Group {
                    title: member.key.clone(),
                    icon: String::new(),
                    folded,
                    items: items.iter().flat_map(|node| item(node, folded)).collect(),
                }),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// An entry: a page if it is a Markdown file, otherwise an address that is used as it is.
fn entry(label: &str, target: &str, node: &Node) -> NavItem {
    let (path, _) = destination::split_path(target);
    if [".md", ".markdown"].iter().any(|suffix| path.ends_with(suffix)) && !target.contains("://") {
        NavItem::Page { target: path.to_owned(), span: node.span }
    } else {
        NavItem::Link { label: label.to_owned(), url: target.to_owned() }
    }
}

/// The plugins: a list of names and of tables with one name, or a table.
fn plugins(reading: &mut Reading<'_>, path: &str, node: Option<&Node>) {
    let Some(node) = node else { return };
    let mut list: Vec<(String, Option<Node>)> = Vec::new();
    for item in node.items() {
        list.extend(item.as_str().map(|name| (name.to_owned(), None)));
        list.extend(item.members().iter().map(|one| (one.key.clone(), Some(one.value.clone()))));
    }
    list.extend(node.members().iter().map(|one| (one.key.clone(), Some(one.value.clone()))));
    for (name, options) in list {
        let short = name.strip_prefix("material/").unwrap_or(&name);
        if MAKERS.contains(&short) {
            reading.config.layout.maker.get_or_insert(format!("the plugin {short}"));
        }
        let options = options.as_ref();
        match short {
            "redirects" => {
                redirects(reading, path, options.and_then(|node| node.get("redirect_maps")));
            }
            "blog" => {
                let folder = options.and_then(|node| text(node, "blog_dir")).unwrap_or("blog");
                let folder = if folder == "." { "" } else { folder };
                for made in ["category", "archive", "page", "author"] {
                    reading.config.layout.made(
                        &format!("{folder}/{made}"),
                        true,
                        "made by the blog",
                    );
                }
                // The address of a post is made from its date and title.
                reading.config.layout.made(folder, true, "made by the blog");
            }
            "tags" => reading.config.layout.made("tags", true, "made by the tags"),
            "i18n" => languages(reading, options),
            _ => {}
        }
    }
}

/// mkdocs-static-i18n: `page.fr.md`, or a folder for each language.
fn languages(reading: &mut Reading<'_>, options: Option<&Node>) {
    let Some(options) = options else { return };
    let layout = &mut reading.config.layout;
    let in_folders = text(options, "docs_structure") == Some("folder");
    let mut main = None;
    for one in options.get("languages").map_or(&[][..], Node::items) {
        let Some(code) = text(one, "locale") else { continue };
        if one.get("default").and_then(Node::as_bool) == Some(true) {
            main = Some(code.to_owned());
        } else {
            layout.languages.push(code.to_owned());
        }
    }
    if in_folders && let (Some(code), Some(root)) = (&main, layout.mounts.first().cloned()) {
        // The main language is at the root, and replaces missing pages of the others.
        let folder = |code: &str| format!("{}/{code}", root.folder);
        layout.mount(folder(code), "", MountKind::Docs);
        for other in layout.languages.clone() {
            layout.mount(folder(&other), &other, MountKind::Docs);
            let stands_in = Some(folder(code));
            layout.mounts.last_mut().into_iter().for_each(|one| one.stands_in = stands_in.clone());
        }
    }
    layout.main_language = main;
}

fn redirects(reading: &mut Reading<'_>, path: &str, map: Option<&Node>) {
    let Some(path) = VPath::new(path) else { return };
    for member in map.map_or(&[][..], Node::members) {
        let Some(to) = member.value.as_str() else { continue };
        let (file, query, anchor) = destination::split(to);
        let to = if to.contains("://") || !query.is_empty() || !file.ends_with(".md") {
            to.to_owned()
        } else {
            let anchor = anchor.map_or_else(String::new, |id| format!("#{id}"));
            format!("{}{anchor}", place(reading, file))
        };
        let from = place(reading, &member.key);
        let span = member.value.span;
        reading.config.redirects.push(Redirect { from, to, path: path.clone(), span });
    }
}

/// The address of a file of the content folder.
fn place(reading: &Reading<'_>, file: &str) -> String {
    let layout = &reading.config.layout;
    let (mount, front) = (Default::default(), Default::default());
    let place = POLICY.address_of(layout, &mount, file.trim_start_matches('/'), &front);
    place.unwrap_or_else(|| file.to_owned())
}

/// The address of a page.
fn address_of(page: &PageFile<'_>) -> String {
    let stem = without_language(address::stem(page.inside), page.layout);
    address::file(joined(&page.mount.at, &stem), page.index, page.layout.html)
}

/// Whether a page has reference pages of mkdocstrings and mkdocs-click, or macros.
fn takes_in(layout: &Layout, text: &str) -> bool {
    text.starts_with("::: ")
        || layout.maker.is_some() && calls(text)
        || ["\n::: ", "{% include", "{% import"]
            .iter()
            .any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// Whether a page has comments that a hook reads: `<!-- md:option name -->`.
fn calls(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"<!-- ").any(|at| {
        let word = text[at + 5..].split_whitespace().next().unwrap_or_default();
        word.split_once(':').is_some_and(|(space, name)| {
            let plain =
                |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
            plain(space) && plain(name)
        })
    })
}

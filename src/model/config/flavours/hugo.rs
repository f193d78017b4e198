//! Hugo: `hugo.*`, or `config.*` next to a content folder.

use crate::source::parent;
use memchr::memmem;

use super::policy::{FrontLinks, Links, PageFile, Policy};
use super::{Files, Reading, first_file, folder, text};
use crate::config::NavItem;
use crate::config::address::{folder_of, stem, without_language};
use crate::config::layout::{Layout, MountKind, joined};
use crate::data::{Node, Value};
use crate::markdown::Dialect;
use crate::markdown::extensions::Extensions;
use crate::markdown::front_matter::FrontMatter;
use crate::markdown::slug::SlugRule;

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "hugo",
    recognise,
    read,
    dialect: Dialect {
        slugs: SlugRule::Hugo,
        shortcodes: true,
        extensions: Extensions { definition_lists: true, ..Extensions::NONE },
        ..Policy::FOREIGN.dialect
    },
    index_names: &["index", "_index"],
    address: Some(address),
    withheld,
    withheld_below: Some(withheld_below),
    front_keys: FRONT_KEYS,
    front_keys_any_case: true,
    takes_in,
    section_lists: Some("list that Hugo makes"),
    links: Links {
        front_matter: FrontLinks::Shortcodes,
        absolute_files: true,
        suffixes: &[".md", "/index.md", "/_index.md"],
        bundles: &["/index.md", "/_index.md"],
        small_letters: true,
        ..Links::PLAIN
    },
    ..Policy::FOREIGN
};

/// Keys of front matter.
#[rustfmt::skip]
const FRONT_KEYS: &[&str] = &[
    "aliases", "audio", "author", "authors", "build", "cascade", "categories", "date", "expiryDate",
    "headless", "images", "isCJKLanguage", "lastmod", "layout", "linkTitle", "markup", "menu",
    "menus", "noindex", "outputs", "params", "publishDate", "resources", "series", "sitemap",
    "slug", "summary", "toc", "translationKey", "type", "url", "videos", "weight",
];

/// Shortcodes that add no headings.
const QUIET: [&str; 38] = [
    "alert",
    "alertbox",
    "blocks",
    "button",
    "callout",
    "card",
    "cardpane",
    "cards",
    "caution",
    "code",
    "code_sample",
    "codenew",
    "columns",
    "comment",
    "danger",
    "details",
    "expand",
    "feature-state",
    "figure",
    "gist",
    "glossary_tooltip",
    "highlight",
    "hint",
    "image",
    "img",
    "imgproc",
    "info",
    "latest-version",
    "mermaid",
    "note",
    "pageinfo",
    "param",
    "ref",
    "relref",
    "skew",
    "tip",
    "warning",
    "youtube",
];

const OWN: [&str; 5] = ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "hugo.work"];
const SHARED: [&str; 4] = ["config.toml", "config.yaml", "config.yml", "config.json"];

fn recognise(files: &dyn Files) -> Option<String> {
    if let Some(own) = first_file(files, &OWN[..4]) {
        return Some(own);
    }
    let defaults = OWN[..4].iter().chain(&SHARED).map(|name| format!("config/_default/{name}"));
    if let Some(file) = defaults.into_iter().find(|name| files.is_file(name)) {
        return Some(file);
    }
    // Many programs have a file of this name. It is Hugo's if there is a folder of pages and the
    // file has a key that only Hugo has.
    let file = first_file(files, &SHARED)?;
    let says = |text: String| {
        ["baseurl", "languagecode", "contentdir", "[markup", "markup:"]
            .iter()
            .any(|key| text.to_lowercase().contains(key))
    };
    (files.is_folder("content") && files.text(&file).is_some_and(says)).then_some(file)
}

/// The value of a key, ignoring case.
fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let member = node.members().iter().find(|member| member.key.eq_ignore_ascii_case(key));
    member.map(|member| &member.value)
}

fn read(reading: &mut Reading<'_>, file: &str) {
    let node =
        reading.settings(file).unwrap_or(Node { span: Default::default(), value: Value::Null });
    let split = |reading: &mut Reading<'_>, name: &str| -> Option<Node> {
        let suffixes = ["toml", "yaml", "yml", "json"];
        let names = suffixes.map(|suffix| format!("config/_default/{name}.{suffix}"));
        let path = first_file(reading.files, &names.each_ref().map(String::as_str))?;
        reading.settings(&path)
    };
    let part = |reading: &mut Reading<'_>, name: &str| {
        get(&node, name).cloned().or_else(|| split(reading, name))
    };
    reading.names(get(&node, "title"), None);
    let string = |key: &str| get(&node, key).and_then(Node::as_str).map(str::to_owned);
    let yes = |key: &str| get(&node, key).and_then(Node::as_bool) == Some(true);
    reading.served_from(string("baseURL").as_deref(), None);
    let layout = &mut reading.config.layout;
    layout.html = yes("uglyURLs");
    let content = string("contentDir").map_or("content".to_owned(), |path| folder(&path));
    let main = string("defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
    let in_folder = yes("defaultContentLanguageInSubdir");
    for section in ["tags", "categories", "series", "authors"] {
        layout.made(section, true, "made by Hugo");
    }
    layout.made("index.xml", false, "made by Hugo");
    match get(&node, "staticDir").map(|node| &node.value) {
        Some(Value::Array(items)) => {
            items.iter().filter_map(Node::as_str).for_each(|one| layout.publish(folder(one), ""));
        }
        Some(Value::String(one)) => layout.publish(folder(one), ""),
        _ => layout.publish("static", ""),
    }
    layout.publish("assets", "");
    themes(reading);
    let markup = part(reading, "markup");
    let parser = markup.as_ref().and_then(|one| get(get(one, "goldmark")?, "parser"));
    let ids = parser.and_then(|parser| get(parser, "autoDefinitionTermID"));
    let rule = parser.and_then(|parser| get(parser, "autoHeadingIDType")).and_then(Node::as_str);
    reading.config.slugs = match rule {
        Some("github-ascii") => Some(SlugRule::HugoAscii),
        Some("blackfriday") => Some(SlugRule::Blackfriday),
        _ => None,
    };
    reading.config.layout.term_ids = ids.and_then(Node::as_bool) == Some(true);
    let languages = part(reading, "languages");
    let own = languages.as_ref().and_then(|all| get(all, &main));
    let said = |node: &Node| {
        let tag = get(node, "locale").or_else(|| get(node, "languageCode"));
        tag.and_then(Node::as_str).map(str::to_owned)
    };
    reading.speaks(own.and_then(said).or_else(|| said(&node)).as_deref().or(Some(&main)));
    self::languages(reading, languages.as_ref(), &content, &main, in_folder);
    if let Some(permalinks) = part(reading, "permalinks") {
        self::permalinks(reading, &permalinks);
    }
    if let Some(module) = part(reading, "module") {
        mounts(reading, &module);
    }
    let menus = part(reading, "menus").or_else(|| part(reading, "menu"));
    let mut items = Vec::new();
    menus.as_ref().into_iter().for_each(|menus| entries(menus, &mut items, 0));
    let path = reading.sources.last().map_or(file.to_owned(), |source| source.path.to_string());
    let path =
        if get(&node, "menus").or(get(&node, "menu")).is_some() { file.to_owned() } else { path };
    reading.navigation(&path, items);
}

/// Adds the static files of themes.
fn themes(reading: &mut Reading<'_>) {
    let hooks = ["layouts/_default/_markup", "layouts/_markup", "layouts/docs/_markup"];
    let hooked = |files: &dyn Files, above: &str| {
        hooks.iter().any(|folder| files.is_file(&format!("{above}{folder}/render-link.html")))
    };
    reading.config.layout.link_hook = hooked(reading.files, "");
    for theme in reading.files.names("themes") {
        reading.config.layout.link_hook |= hooked(reading.files, &format!("themes/{theme}/"));
        for part in ["static", "assets"] {
            let path = format!("themes/{theme}/{part}");
            if reading.files.is_folder(&path) {
                reading.config.layout.publish(path, "");
            }
        }
    }
}

fn languages(
    reading: &mut Reading<'_>,
    node: Option<&Node>,
    content: &str,
    main: &str,
    in_folder: bool,
) {
    let layout = &mut reading.config.layout;
    let mut own_folders = false;
    for member in node.map_or(&[][..], Node::members) {
        let code = member.key.as_str();
        if get(&member.value, "disabled").and_then(Node::as_bool) == Some(true) {
            continue;
        }
        if code != main {
            layout.languages.push(code.to_owned());
        }
        let own = get(&member.value, "contentDir").and_then(Node::as_str).map(str::to_owned);
        let usual = format!("{content}/{code}");
        let usual = reading.files.is_folder(&usual).then_some(usual);
        if let Some(path) = own.or(usual).as_deref() {
            own_folders = true;
            let at = if code == main && !in_folder { "" } else { code };
            layout.mount(folder(path), at, MountKind::Docs);
        }
    }
    if !own_folders {
        let at = if in_folder { main } else { "" };
        layout.mount(content, at, MountKind::Docs);
        layout.main_language = Some(main.to_owned());
    }
    layout.mounts.sort_by_key(|mount| !mount.at.is_empty());
}

/// Reads patterns of addresses, of which at most the first segment is known.
fn permalinks(reading: &mut Reading<'_>, node: &Node) {
    for member in node.members() {
        if !member.value.members().is_empty() {
            permalinks(reading, &member.value);
            continue;
        }
        let Some(pattern) = member.value.as_str() else { continue };
        let first = pattern.trim_matches('/').split('/').next().unwrap_or_default();
        let first = if first.contains(':') { member.key.as_str() } else { first };
        reading.config.layout.made(first, true, "made by a permalink pattern");
        if pattern.trim_start_matches('/').starts_with(':') {
            reading.config.layout.maker = Some("permalink patterns".to_owned());
        }
    }
}

/// Adds the folders that a module mounts in the content or as static files.
fn mounts(reading: &mut Reading<'_>, module: &Node) {
    for one in get(module, "mounts").map_or(&[][..], Node::items) {
        let (Some(source), Some(target)) = (text(one, "source"), text(one, "target")) else {
            continue;
        };
        let (source, target) = (folder(source), folder(target));
        let is_file = reading.files.is_file(&source);
        let is_folder = reading.files.is_folder(&source);
        let layout = &mut reading.config.layout;
        if !is_file && !is_folder {
            layout.maker = Some("a module".to_owned());
        }
        if !is_folder && let Some(rest) = target.strip_prefix("content/") {
            // A single file, from anywhere.
            layout.made(rest.strip_suffix(".md").unwrap_or(rest), true, "made by a module");
        } else if let Some(rest) = target.strip_prefix("content") {
            if is_folder && !layout.mounts.iter().any(|mount| mount.folder == source) {
                layout.mount(source, rest, MountKind::Docs);
            }
        } else if let Some(rest) = target.strip_prefix("static").or(target.strip_prefix("assets"))
            && (is_file || is_folder)
        {
            layout.publish(source, rest.trim_matches('/'));
        }
    }
    if get(module, "imports").is_some_and(|list| !list.items().is_empty()) {
        // A module may add pages, and more often static files.
        reading.config.layout.maker.get_or_insert("a module".to_owned());
    }
}

/// Collects the entries of menus that name a page.
fn entries(node: &Node, out: &mut Vec<NavItem>, depth: usize) {
    if depth > 8 {
        return;
    }
    match &node.value {
        Value::Array(items) => {
            for item in items {
                let Some(page) = get(item, "pageRef") else { continue };
                let Some(target) = page.as_str() else { continue };
                let target = format!("/{}", target.trim_start_matches('/'));
                out.push(super::entry(text(item, "name"), "", &target, page.span));
            }
        }
        Value::Object(members) => {
            members.iter().for_each(|member| entries(&member.value, out, depth + 1));
        }
        _ => {}
    }
}

/// The address of a page.
fn address(page: &PageFile<'_>) -> String {
    let PageFile { layout, mount, front, .. } = page;
    let stem = stem(page.inside);
    let prefix = |key: &str| joined(&mount.at, key);
    if let Some(url) = front.str("url") {
        return if url.starts_with('/') { url.to_owned() } else { prefix(url) };
    }
    let stem = without_language(stem, layout);
    let (language, stem) = layout
        .languages
        .iter()
        .find_map(|code| {
            Some((code.as_str(), stem.strip_prefix(code.as_str())?.strip_prefix('/')?))
        })
        .filter(|_| layout.main_language.is_some())
        .unwrap_or(("", &stem));
    let folder = folder_of(stem, page.index);
    let is_section = stem.rsplit('/').next() == Some("_index");
    let path = match front.str("slug").filter(|_| !is_section) {
        Some(slug) => joined(parent(&folder), slug),
        None => folder,
    };
    let path = path.to_lowercase().replace(' ', "-");
    prefix(&joined(
        language,
        &if layout.html && !is_section { format!("{path}.html") } else { path },
    ))
}

/// Whether front matter keeps a page from being published by itself.
fn withheld(front: &FrontMatter) -> bool {
    front.flag("draft") || front.flag("headless") || front.node.as_ref().is_some_and(unrendered)
}

/// Whether the front matter of a section keeps everything below it from being published.
fn withheld_below(front: &FrontMatter) -> bool {
    let cascade = front.node.as_ref().and_then(|node| node.get("cascade"));
    cascade.is_some_and(|one| unrendered(one) || one.items().iter().any(unrendered))
}

/// Whether front matter keeps a page from being rendered.
fn unrendered(node: &Node) -> bool {
    let build = node.get("build").or_else(|| node.get("_build"));
    let render = build.and_then(|build| build.get("render"));
    render.is_some_and(|one| one.as_str() == Some("never") || one.as_bool() == Some(false))
}

/// Whether a page has shortcodes or terms that may add unknown ids.
fn takes_in(layout: &Layout, text: &str) -> bool {
    shortcodes(text) || layout.term_ids && memmem::find(text.as_bytes(), b"\n: ").is_some()
}

/// Whether a page has a shortcode that may add a heading.
fn shortcodes(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"{{").any(|at| {
        let rest = &text[at + 2..];
        let Some(inner) = rest.strip_prefix(['%', '<']) else { return false };
        let name = inner.trim_start();
        // A closing tag, or an escaped one.
        if name.starts_with(['/', '*']) {
            return false;
        }
        let end =
            name.find(|c: char| !c.is_alphanumeric() && !"-_".contains(c)).unwrap_or(name.len());
        let name = &name[..end];
        !name.is_empty() && !name.starts_with("tab") && QUIET.binary_search(&name).is_err()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn shortcodes_are_sorted() {
        assert!(super::QUIET.is_sorted());
    }
}

//! Docusaurus: `docusaurus.config.*`.

use super::policy::{Links, PageFile, Policy, UnknownTags};
use super::{Files, Reading, first_file, folder, is_open, sidebars, text};
use crate::config::Redirect;
use crate::config::address::{folder_of, stem};
use crate::config::layout::{MountKind, joined};
use crate::data::js::{ARGUMENTS, CALL};
use crate::data::{Node, Value};
use crate::markdown::extensions::Extensions;
use crate::markdown::slug::SlugRule;
use crate::markdown::{Containers, Dialect, Includes};
use crate::source::VPath;

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "docusaurus",
    recognise,
    read,
    settings_are_code: true,
    dialect: Dialect {
        mdx: true,
        slugs: SlugRule::Slugger,
        containers: Containers::Colons,
        includes: Includes::Modules,
        extensions: Extensions { emoji: true, ..Extensions::NONE },
        ..Policy::FOREIGN.dialect
    },
    address: Some(address),
    compiles_mdx: true,
    withheld: |front| front.flag("draft"),
    front_keys: FRONT_KEYS,
    include_marks: &["import "],
    unknown_tags: UnknownTags::Compiled,
    links: Links {
        from_content: true,
        slash_is_open: true,
        translations_fall_back: true,
        adds_base: true,
        bundler: true,
        ..Links::PLAIN
    },
    ..Policy::FOREIGN
};

/// Keys of front matter.
#[rustfmt::skip]
const FRONT_KEYS: &[&str] = &[
    "author", "author_image_url", "author_title", "author_url", "authors", "custom_edit_url",
    "date", "displayed_sidebar", "format", "hide_table_of_contents", "hide_title", "id",
    "last_update", "mdx", "pagination_label", "pagination_next", "pagination_prev",
    "parse_number_prefixes", "sidebar_class_name", "sidebar_custom_props", "sidebar_key",
    "sidebar_label", "sidebar_position", "slug", "title_meta", "toc_max_heading_level",
    "toc_min_heading_level", "unlisted", "wrapperClassName",
];

/// Plugins that add no pages.
const QUIET: [&str; 16] = [
    "client-redirects",
    "google-analytics",
    "google-gtag",
    "google-tag-manager",
    "sitemap",
    "ideal-image",
    "pwa",
    "svgr",
    "css-cascade-layers",
    "vercel-analytics",
    "debug",
    "search",
    "sass",
    "image-zoom",
    "mermaid",
    "rsdoctor",
];

fn recognise(files: &dyn Files) -> Option<String> {
    let names = ["ts", "js", "mjs", "cjs", "mts", "cts"].map(|e| format!("docusaurus.config.{e}"));
    first_file(files, &names.each_ref().map(String::as_str))
}

/// The name and the options of a plugin.
struct Plugin<'n> {
    name: &'n str,
    options: Option<&'n Node>,
}

/// `"name"`, `["name", {…}]`, `[require.resolve("name"), {…}]`.
fn plugin(node: &Node) -> Option<Plugin<'_>> {
    let (name, options) = match &node.value {
        Value::Array(items) => (items.first()?, items.get(1)),
        _ => (node, None),
    };
    let name = match text(name, CALL) {
        Some("require.resolve" | "require") => name.get(ARGUMENTS)?.items().first()?.as_str()?,
        _ => name.as_str()?,
    };
    Some(Plugin { name, options })
}

fn read(reading: &mut Reading<'_>, file: &str) {
    let node =
        reading.settings(file).unwrap_or(Node { span: Default::default(), value: Value::Null });
    reading.names(node.get("title"), node.get("tagline"));
    // Where it is not literal, it is known only when the settings are run.
    let path = text(&node, "baseUrl");
    reading.served_from(path.and_then(|_| text(&node, "url")), path);
    let layout = &mut reading.config.layout;
    layout.excluded =
        ["_*.md", "_*.mdx", "_*/", "*.test.md", "__tests__/"].map(str::to_owned).to_vec();
    layout.made("search", true, "made by a plugin");
    layout.made("tags", true, "made by Docusaurus");
    match node.get("staticDirectories") {
        Some(list) if !is_open(list) => {
            list.items()
                .iter()
                .filter_map(Node::as_str)
                .for_each(|one| layout.publish(folder(one), ""));
        }
        _ => layout.publish("static", ""),
    }
    let i18n = node.get("i18n");
    let main = i18n.and_then(|i18n| text(i18n, "defaultLocale")).unwrap_or("en").to_owned();
    let html = i18n.and_then(|i18n| text(i18n.get("localeConfigs")?.get(&main)?, "htmlLang"));
    reading.speaks(html.or(Some(&main)));
    let layout = &mut reading.config.layout;
    let locales = i18n.and_then(|i18n| i18n.get("locales")).map_or(&[][..], Node::items);
    layout.languages = locales
        .iter()
        .filter_map(Node::as_str)
        .filter(|code| *code != main)
        .map(str::to_owned)
        .collect();
    let mut sets = Vec::new();
    let presets: Vec<Plugin<'_>> = items(&node, "presets").filter_map(plugin).collect();
    if presets.iter().any(|one| one.name.contains("classic")) || presets.is_empty() {
        let preset = presets.iter().find(|one| one.name.contains("classic"));
        let options = preset.and_then(|preset| preset.options);
        let option = |key: &str| options.and_then(|options| options.get(key));
        for (kind, key) in
            [(MountKind::Docs, "docs"), (MountKind::Blog, "blog"), (MountKind::Pages, "pages")]
        {
            if option(key).and_then(Node::as_bool) != Some(false) {
                sets.push((kind, option(key).cloned()));
            }
        }
    }
    for one in items(&node, "plugins") {
        let Some(one) = plugin(one) else {
            maker(reading);
            continue;
        };
        match one.name.rsplit_once("plugin-").map_or(one.name, |(_, name)| name) {
            "content-docs" => sets.push((MountKind::Docs, one.options.cloned())),
            "content-blog" => sets.push((MountKind::Blog, one.options.cloned())),
            "content-pages" => sets.push((MountKind::Pages, one.options.cloned())),
            "client-redirects" => redirects(reading, file, one.options),
            name if QUIET.iter().any(|quiet| name.contains(quiet)) => {}
            _ => maker(reading),
        }
    }
    for (kind, options) in sets {
        mount(reading, kind, options.as_ref());
    }
    code_pages(reading, "src/pages", "", 0);
}

fn items<'n>(node: &'n Node, key: &str) -> impl Iterator<Item = &'n Node> {
    node.get(key).map_or(&[][..], Node::items).iter()
}

fn maker(reading: &mut Reading<'_>) {
    reading.config.layout.maker.get_or_insert("a plugin".to_owned());
}

/// Adds the folders of one set of pages: the current ones, old versions, translations.
fn mount(reading: &mut Reading<'_>, kind: MountKind, options: Option<&Node>) {
    let option = |key: &str| options.and_then(|options| text(options, key));
    let (path, at, plugin) = match kind {
        MountKind::Docs => ("docs", "docs", "docs"),
        MountKind::Blog => ("blog", "blog", "blog"),
        MountKind::Pages => ("src/pages", "", "pages"),
    };
    let (path, at) = (option("path").unwrap_or(path), option("routeBasePath").unwrap_or(at));
    let (path, at) = (folder(path), at.trim_matches('/').to_owned());
    let id = option("id").filter(|id| *id != "default");
    let layout = &mut reading.config.layout;
    if options.is_some_and(|node| is_open(node) || node.get("...").is_some()) {
        layout.maker.get_or_insert("settings that are known only when they are run".to_owned());
    }
    let under = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") };
    match kind {
        MountKind::Docs => {
            layout.made(&under("category"), true, "made by Docusaurus");
            layout.made(&under("tags"), true, "made by Docusaurus");
        }
        MountKind::Blog => {
            for name in ["tags", "page", "archive", "authors"] {
                layout.made(&under(name), true, "made by Docusaurus");
            }
            layout.made(&at, false, "made by Docusaurus");
            for feed in ["rss.xml", "atom.xml", "feed.json"] {
                layout.made(&under(feed), false, "made by Docusaurus");
            }
        }
        MountKind::Pages => {}
    }
    if kind == MountKind::Docs {
        sidebars::read(reading, &path, options);
    }
    let versions =
        if kind == MountKind::Docs { versions(reading, id, options) } else { Vec::new() };
    let layout = &mut reading.config.layout;
    let last = option("lastVersion").or(versions.first().map(String::as_str)).unwrap_or("current");
    let custom = |version: &str| {
        let path = options?.get("versions")?.get(version)?.get("path")?.as_str()?;
        Some(path.trim_matches('/').to_owned())
    };
    let place = |version: &str| match custom(version) {
        Some(path) if path.is_empty() => at.clone(),
        Some(path) => under(&path),
        None if version == last => at.clone(),
        None if version == "current" => under("next"),
        None => under(version),
    };
    let with_id = |name: &str| id.map_or_else(|| name.to_owned(), |id| format!("{id}_{name}"));
    let current = options.and_then(|node| node.get("includeCurrentVersion")?.as_bool());
    let mut sets = vec![("current".to_owned(), path)];
    if current == Some(false) {
        sets.clear();
    }
    for version in &versions {
        let folder = format!("{}/version-{version}", with_id("versioned_docs"));
        sets.push((version.clone(), folder));
    }
    let plugin = format!("docusaurus-plugin-content-{plugin}");
    let plugin = id.map_or_else(|| plugin.clone(), |id| format!("{plugin}-{id}"));
    for (version, folder) in sets {
        layout.mount(folder.clone(), place(&version), kind);
        for code in layout.languages.clone() {
            let inside = match (kind, version.as_str()) {
                (MountKind::Docs, "current") => "/current".to_owned(),
                (MountKind::Docs, version) => format!("/version-{version}"),
                _ => String::new(),
            };
            let translated = format!("i18n/{code}/{plugin}{inside}");
            if reading.files.is_folder(&translated) {
                layout.mount(translated, format!("{code}/{}", place(&version)), kind);
                let stands_in = Some(folder.clone());
                layout.mounts.last_mut().into_iter().for_each(|m| m.stands_in = stands_in.clone());
            }
        }
    }
}

/// The versions besides the current one, the newest first.
fn versions(reading: &Reading<'_>, id: Option<&str>, options: Option<&Node>) -> Vec<String> {
    let off = options.and_then(|node| node.get("disableVersioning")?.as_bool()) == Some(true);
    let file = id.map_or_else(|| "versions.json".to_owned(), |id| format!("{id}_versions.json"));
    let Some(text) = reading.files.text(&file).filter(|_| !off) else { return Vec::new() };
    let dialect = crate::data::json::Dialect::Json;
    let node = crate::data::json::document(&text, dialect).ok();
    let names = node.as_ref().map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
    let all: Vec<String> = names.map(str::to_owned).collect();
    let only = options.and_then(|node| node.get("onlyIncludeVersions"));
    let Some(only) = only.filter(|only| !is_open(only)) else { return all };
    let wanted: Vec<&str> = only.items().iter().filter_map(Node::as_str).collect();
    all.into_iter().filter(|one| wanted.contains(&one.as_str())).collect()
}

/// Pages that are written as code.
fn code_pages(reading: &mut Reading<'_>, folder: &str, at: &str, depth: usize) {
    if depth > 8 {
        return;
    }
    for name in reading.files.names(folder) {
        let (path, place) = (format!("{folder}/{name}"), format!("{at}/{name}"));
        match name.rsplit_once('.') {
            Some((stem, "js" | "jsx" | "ts" | "tsx")) if !stem.starts_with('_') => {
                let place = if stem == "index" { at.to_owned() } else { format!("{at}/{stem}") };
                reading.config.layout.made(&place, false, "a page that is written as code");
            }
            _ if reading.files.is_folder(&path) => code_pages(reading, &path, &place, depth + 1),
            _ => {}
        }
    }
}

fn redirects(reading: &mut Reading<'_>, file: &str, options: Option<&Node>) {
    let (Some(options), Some(path)) = (options, VPath::new(file)) else { return };
    if options.get("createRedirects").is_some() || options.get("...").is_some() {
        maker(reading);
    }
    let list = options.get("redirects");
    if list.is_some_and(is_open) {
        maker(reading);
    }
    for one in list.map_or(&[][..], Node::items) {
        let Some((to, target)) = one.get("to").and_then(|node| Some((node.as_str()?, node))) else {
            continue;
        };
        let Some(from) = one.get("from") else { continue };
        let all = from.items().iter().filter_map(Node::as_str).chain(from.as_str());
        for from in all {
            let (from, to, span) = (from.to_owned(), to.to_owned(), target.span);
            reading.config.redirects.push(Redirect { from, to, path: path.clone(), span });
        }
    }
}

/// The address of a page.
fn address(page: &PageFile<'_>) -> String {
    let PageFile { mount, front, .. } = page;
    let stem = stem(page.inside);
    if mount.kind == MountKind::Blog {
        return joined(
            &mount.at,
            &front
                .str("slug")
                .map_or_else(|| post(stem, page.index), |slug| slug.trim_matches('/').to_owned()),
        );
    }
    if mount.kind == MountKind::Pages {
        return joined(&mount.at, &folder_of(stem, page.index));
    }
    let plain: Vec<&str> = stem.split('/').map(without_number).collect();
    let (name, folders) = plain.split_last().unwrap_or((&"", &[]));
    let folder = folders.join("/");
    if let Some(slug) = front.str("slug") {
        let slug_inside = slug.trim_matches('/');
        return if slug.starts_with('/') {
            joined(&mount.at, slug_inside)
        } else {
            joined(&mount.at, &normal(&joined(&folder, slug_inside)))
        };
    }
    let own = stem.rsplit('/').next().unwrap_or(stem).to_lowercase();
    let above = stem.rsplit('/').nth(1).map(str::to_lowercase);
    if matches!(own.as_str(), "index" | "readme") || above.as_deref() == Some(own.as_str()) {
        return joined(&mount.at, &folder);
    }
    let name = front.str("id").unwrap_or(name);
    joined(&mount.at, &joined(&folder, name))
}

/// The path with its `.` and `..` resolved.
fn normal(path: &str) -> String {
    VPath::new(path).map_or_else(String::new, |path| path.as_str().to_owned())
}

/// `01-intro` as `intro`; dates and versions are kept.
fn without_number(part: &str) -> &str {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let rest = part[digits..].trim_start();
    let behind = rest.trim_start_matches(['-', '_', '.', ' ']);
    let separated = rest.starts_with(['-', '_', '.']) && !behind.is_empty();
    if digits == 0 || !separated || behind.starts_with(|c: char| c.is_ascii_digit()) {
        part
    } else {
        behind
    }
}

/// `2024-05-01-hello` as `2024/05/01/hello`.
fn post(stem: &str, index: &[&str]) -> String {
    let stem = folder_of(stem, index);
    let bytes = stem.as_bytes();
    let digits = |at: usize, most: usize| {
        bytes[at..].iter().take(most).take_while(|byte| byte.is_ascii_digit()).count()
    };
    for start in (0..bytes.len()).filter(|at| *at == 0 || bytes[at - 1] == b'/') {
        if digits(start, 4) != 4 || !matches!(bytes.get(start + 4), Some(b'-' | b'/')) {
            continue;
        }
        let month = digits(start + 5, 2);
        let day_at = start + 5 + month + 1;
        if month == 0 || day_at > bytes.len() || !matches!(bytes[day_at - 1], b'-' | b'/') {
            continue;
        }
        let day = digits(day_at, 2);
        if day == 0 {
            continue;
        }
        let text = stem[day_at + day..].trim_start_matches(['-', '/']);
        let date = stem[start..day_at + day].replace('-', "/");
        return joined(stem[..start].trim_matches('/'), &joined(&date, text));
    }
    stem
}

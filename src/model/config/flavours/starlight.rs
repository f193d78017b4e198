//! Starlight: `astro.config.*` that names it, with pages in `src/content/docs`.

use super::policy::{Links, PageFile, Policy, UnknownTags};
use super::{Files, Reading, first_file, text};
use crate::config::address::{folder_of, stem};
use crate::config::layout::{MountKind, joined};
use crate::config::{NavItem, Redirect};
use crate::data::js::{ARGUMENTS, CALL};
use crate::data::{Node, Value};
use crate::markdown::slug::SlugRule;
use crate::markdown::{Containers, Dialect, Includes};
use crate::source::VPath;

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "starlight",
    recognise,
    read,
    settings_are_code: true,
    dialect: Dialect {
        slugs: SlugRule::Astro,
        containers: Containers::Colons,
        includes: Includes::Modules,
        ..Policy::FOREIGN.dialect
    },
    not_found: Some("404"),
    address: Some(address),
    compiles_mdx: true,
    withheld: |front| front.flag("draft"),
    icon_library: "astro",
    front_keys: FRONT_KEYS,
    include_marks: &["import "],
    unknown_tags: UnknownTags::Compiled,
    links: Links {
        translations_fall_back: true,
        bundler: true,
        // Astro removes a hyphen at the end of an id; later versions keep it.
        other_id: |id| id.strip_suffix('-').map(str::to_owned),
        ..Links::PLAIN
    },
    ..Policy::FOREIGN
};

/// Keys of front matter.
#[rustfmt::skip]
const FRONT_KEYS: &[&str] = &[
    "banner", "editUrl", "head", "hero", "lastUpdated", "next", "pagefind", "prev", "sidebar",
    "slug", "tableOfContents", "template",
];

const CONTENT: &str = "src/content/docs";

fn recognise(files: &dyn Files) -> Option<String> {
    let names = ["mjs", "ts", "js", "mts", "cjs"].map(|e| format!("astro.config.{e}"));
    let file = first_file(files, &names.each_ref().map(String::as_str))?;
    let named = files.text(&file).is_some_and(|text| text.contains("starlight"));
    (named && files.is_folder(CONTENT)).then_some(file)
}

fn read(reading: &mut Reading<'_>, file: &str) {
    let node =
        reading.settings(file).unwrap_or(Node { span: Default::default(), value: Value::Null });
    reading.served_from(text(&node, "site"), Some(text(&node, "base").unwrap_or_default()));
    let layout = &mut reading.config.layout;
    layout.mount(CONTENT, "", MountKind::Docs);
    layout.publish("public", "");
    layout.publish("src/assets", "_astro/assets");
    layout.excluded = ["_*.md", "_*.mdx", "_*/"].map(str::to_owned).to_vec();
    let call =
        node.get("integrations").map_or(&[][..], Node::items).iter().find(|one| {
            text(one, CALL).is_some_and(|name| name.to_lowercase().contains("starlight"))
        });
    let options = call.and_then(|call| call.get(ARGUMENTS)?.items().first());
    let mut items = Vec::new();
    if let Some(options) = options {
        reading.names(options.get("title"), options.get("description"));
        locales(reading, options);
        if options.get("plugins").is_some() || options.get("...").is_some() {
            reading.config.layout.maker = Some("a plugin".to_owned());
        }
        options.get("sidebar").into_iter().for_each(|list| sidebar(list, &mut items, 0));
    } else {
        reading.config.layout.maker =
            Some("settings that are known only when they are run".to_owned());
    }
    redirects(reading, file, node.get("redirects"));
    code_pages(reading, "src/pages", "", 0);
    reading.navigation(file, items);
}

fn locales(reading: &mut Reading<'_>, options: &Node) {
    let layout = &mut reading.config.layout;
    let main = text(options, "defaultLocale");
    for member in options.get("locales").map_or(&[][..], Node::members) {
        if member.key == "root" || Some(member.key.as_str()) == main {
            continue;
        }
        layout.languages.push(member.key.clone());
    }
    let has_root = options.get("locales").is_some_and(|all| all.get("root").is_some());
    layout.main_language = main.filter(|main| !has_root && *main != "root").map(str::to_owned);
    let key = main.unwrap_or("root");
    let said = || text(options.get("locales")?.get(key)?, "lang");
    reading.speaks(said().or(main.filter(|main| *main != "root")));
}

/// Entries are slugs, or tables with `slug`, `link`, or `items`.
fn sidebar(node: &Node, out: &mut Vec<NavItem>, depth: usize) {
    if depth > 24 {
        return;
    }
    for item in node.items() {
        let label = text(item, "label");
        let (slug, link) = (item.get("slug"), item.get("link"));
        if let Some(slug) =
            slug.filter(|slug| slug.as_str().is_some()).or(item.as_str().map(|_| item))
        {
            let target = format!("/{}/", slug.as_str().unwrap_or_default().trim_matches('/'));
            out.push(super::entry(label, "", &target, slug.span));
        } else if let Some((target, span)) = link.and_then(|link| Some((link.as_str()?, link.span)))
        {
            out.push(super::entry(label, "", target, span));
        }
        if let Some(inner) = item.get("items") {
            sidebar(inner, out, depth + 1);
        }
    }
}

fn redirects(reading: &mut Reading<'_>, file: &str, map: Option<&Node>) {
    let Some(path) = VPath::new(file) else { return };
    if map.is_some_and(|map| map.get("...").is_some() || map.members().is_empty()) {
        reading
            .config
            .layout
            .maker
            .get_or_insert("redirects that are known only when they are run".to_owned());
    }
    for member in map.map_or(&[][..], Node::members) {
        let to = member.value.as_str().or_else(|| text(&member.value, "destination"));
        let Some(to) = to else { continue };
        // Astro writes a parameter as `[name]`, or as `[...name]` for several segments.
        let plain = |path: &str| path.replace("[...", ":").replace('[', ":").replace(']', "");
        let (from, to, span) = (plain(&member.key), plain(to), member.value.span);
        reading.config.redirects.push(Redirect { from, to, path: path.clone(), span });
    }
}

/// Adds the addresses of pages that are written as code.
fn code_pages(reading: &mut Reading<'_>, folder: &str, at: &str, depth: usize) {
    if depth > 8 {
        return;
    }
    for name in reading.files.names(folder) {
        let path = format!("{folder}/{name}");
        if reading.files.is_folder(&path) {
            if name.contains('[') {
                reading.config.layout.made(at, true, "a page that is written as code");
            } else {
                code_pages(reading, &path, &format!("{at}/{name}"), depth + 1);
            }
            continue;
        }
        let stem = name.split('.').next().unwrap_or(&name);
        let place = match stem {
            "index" => at.to_owned(),
            _ if name.contains('[') => {
                // A page for every address below; at the root, only the address itself is recorded.
                reading.config.layout.made(at, true, "a page that is written as code");
                continue;
            }
            // `feed.xml.ts` makes `feed.xml`.
            _ => format!("{at}/{}", name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem)),
        };
        reading.config.layout.made(&place, false, "a page that is written as code");
    }
}

/// The address of a page: its path in lower case, or its `slug`.
fn address(page: &PageFile<'_>) -> String {
    let at = &page.mount.at;
    match page.front.str("slug") {
        Some(slug) => joined(at, slug.trim_matches('/')),
        None => joined(at, &slugged(&folder_of(stem(page.inside), page.index))),
    }
}

/// A path with each segment converted by GitHub's slugger.
fn slugged(path: &str) -> String {
    let part = |part: &str| -> String {
        let small = part.to_lowercase();
        let kept = small.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

//! VitePress: `.vitepress/config.*`.

use super::policy::{FrontLinks, Links, PageFile, Policy, UnknownTags};
use super::{Files, Reading, first_file, folder, is_open, text};
use crate::config::NavItem;
use crate::config::address::{file, stem};
use crate::config::layout::{MountKind, joined};
use crate::data::{Node, Value};
use crate::markdown::extensions::Extensions;
use crate::markdown::slug::SlugRule;
use crate::markdown::{Containers, Dialect, Includes};

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "vitepress",
    recognise,
    read,
    settings_are_code: true,
    dialect: Dialect {
        slugs: SlugRule::Vue,
        containers: Containers::Colons,
        includes: Includes::VitePress,
        component_scripts: true,
        extensions: Extensions { emoji: true, attributes: true, ..Extensions::NONE },
        ..Policy::FOREIGN.dialect
    },
    not_found: Some("404"),
    address: Some(address),
    front_keys: FRONT_KEYS,
    alerts: true,
    include_marks: &["<!--@include:", "<!-- @include:", "<!--@include :"],
    unknown_tags: UnknownTags::Compiled,
    links: Links {
        front_matter: FrontLinks::Root,
        absolute_files: true,
        suffixes: &[".md", "/index.md"],
        html_files: true,
        adds_base: true,
        bundler: true,
        // VitePress converts the fragment of a link to an id as well.
        other_id: |id| Some(SlugRule::Vue.slug(id)),
        ..Links::PLAIN
    },
    ..Policy::FOREIGN
};

/// Keys of front matter.
#[rustfmt::skip]
const FRONT_KEYS: &[&str] = &[
    "aside", "editLink", "externalLinkIcon", "features", "footer", "head", "hero", "isHome", "lang",
    "lastUpdated", "layout", "markdownStyles", "navbar", "next", "outline", "pageClass", "prev",
    "search", "sidebar", "titleTemplate",
];

fn recognise(files: &dyn Files) -> Option<String> {
    let folders = [".vitepress/config", ".vitepress/config/index"];
    folders.iter().find_map(|stem| {
        let names = ["ts", "mts", "js", "mjs", "cts", "cjs"].map(|e| format!("{stem}.{e}"));
        first_file(files, &names.each_ref().map(String::as_str))
    })
}

fn read(reading: &mut Reading<'_>, file: &str) {
    let node =
        reading.settings(file).unwrap_or(Node { span: Default::default(), value: Value::Null });
    reading.names(node.get("title"), node.get("description"));
    let host = node.get("sitemap").and_then(|sitemap| text(sitemap, "hostname"));
    reading.served_from(host, Some(text(&node, "base").unwrap_or_default()));
    let root = || text(node.get("locales")?.get("root")?, "lang");
    reading.speaks(text(&node, "lang").or_else(root));
    let content = text(&node, "srcDir").map_or(String::new(), folder);
    let layout = &mut reading.config.layout;
    layout.mount(content.clone(), "", MountKind::Docs);
    layout.publish(joined(&content, "public"), "");
    layout.html = node.get("cleanUrls").and_then(Node::as_bool) != Some(true);
    layout.excluded = ["node_modules/", ".vitepress/", "/public/"].map(str::to_owned).to_vec();
    for pattern in node.get("srcExclude").map_or(&[][..], Node::items) {
        layout.excluded.extend(pattern.as_str().map(str::to_owned));
    }
    if let Some(rewrites) = node.get("rewrites") {
        for member in rewrites.members() {
            if let Some(to) = member.value.as_str() {
                let strip = |path: &str| path.trim_start_matches('/').to_owned();
                layout.rewrites.push((strip(&member.key), strip(to)));
            }
        }
        let open = rewrites.members().is_empty() || rewrites.get("...").is_some();
        if is_open(rewrites) || open {
            layout.maker = Some("rewrites that are known only when they are run".to_owned());
        }
    }
    dynamic(reading, &content, "", 0);
    let mut items = Vec::new();
    themes(&node, &mut items);
    reading.navigation(file, items);
}

/// Adds the addresses of pages made from data: `[name].md`, one for each entry of a loader.
fn dynamic(reading: &mut Reading<'_>, folder: &str, at: &str, depth: usize) {
    if depth > 6 {
        return;
    }
    for name in reading.files.names(folder) {
        let hidden = name.starts_with('.') || matches!(name.as_str(), "node_modules" | "public");
        let path = joined(folder, &name);
        if name.contains('[') && !hidden {
            let pattern = path.strip_prefix(&joined(folder, "")).unwrap_or(&path).to_owned();
            reading.config.layout.excluded.push(pattern.replace('[', "\\[").replace(']', "\\]"));
            let prefix = name.split('[').next().unwrap_or_default();
            // Only the part before the brackets is known of the address.
            let place = joined(at, if name.ends_with(".md") { "" } else { prefix });
            reading.config.layout.made(&place, true, "made from data");
        } else if !hidden && reading.files.is_folder(&path) {
            dynamic(reading, &path, &joined(at, &name), depth + 1);
        }
    }
}

/// Collects the links in the settings of the theme, for all languages.
fn themes(node: &Node, out: &mut Vec<NavItem>) {
    if let Some(theme) = node.get("themeConfig") {
        for key in ["nav", "sidebar"] {
            theme.get(key).into_iter().for_each(|list| links(list, "", out, 0));
        }
    }
    for member in node.get("locales").map_or(&[][..], Node::members) {
        themes(&member.value, out);
    }
}

fn links(node: &Node, base: &str, out: &mut Vec<NavItem>, depth: usize) {
    if depth > 24 {
        return;
    }
    match &node.value {
        Value::Array(items) => items.iter().for_each(|item| links(item, base, out, depth + 1)),
        Value::Object(members) => {
            let base = text(node, "base").unwrap_or(base);
            if let Some(link) = node.get("link")
                && let Some(target) = link.as_str()
            {
                out.push(super::entry(text(node, "text"), base, target, link.span));
            }
            for member in members {
                let inner = matches!(member.value.value, Value::Array(_) | Value::Object(_));
                if inner {
                    links(&member.value, base, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// The address of a page.
fn address(page: &PageFile<'_>) -> String {
    let path = rewritten(page.inside, &page.layout.rewrites);
    file(joined(&page.mount.at, stem(&path)), page.index, page.layout.html)
}

/// The path after applying the first rule that matches.
fn rewritten(path: &str, rules: &[(String, String)]) -> String {
    rules
        .iter()
        .find_map(|(from, to)| {
            let holes = matched(path, from)?;
            let mut out = to.clone();
            for (name, value) in holes {
                out = out.replace(&format!(":{name}*"), value).replace(&format!(":{name}"), value);
            }
            Some(out)
        })
        .unwrap_or_else(|| path.to_owned())
}

/// The values of the `:name` segments of a pattern; one with a star matches several segments.
fn matched<'p, 'r>(path: &'p str, pattern: &'r str) -> Option<Vec<(&'r str, &'p str)>> {
    let mut holes = Vec::new();
    let mut path = Some(path);
    let mut parts = pattern.split('/').peekable();
    while let Some(part) = parts.next() {
        let rest = path?;
        let Some(colon) = part.find(':') else {
            let (own, behind) = cut(rest);
            if own != part {
                return None;
            }
            path = behind;
            continue;
        };
        let hole = &part[colon + 1..];
        let end = hole.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(hole.len());
        let (name, mut tail) = hole.split_at(end);
        let star = tail.starts_with(['*', '+']);
        tail = tail.trim_start_matches(['*', '+']);
        if tail.starts_with('(') {
            tail = tail.split_once(')').map_or("", |(_, tail)| tail);
        }
        let (own, behind) = if star && parts.peek().is_none() { (rest, None) } else { cut(rest) };
        let value = own.strip_prefix(&part[..colon])?.strip_suffix(tail)?;
        holes.push((name, value));
        path = behind;
    }
    path.is_none().then_some(holes)
}

fn cut(path: &str) -> (&str, Option<&str>) {
    path.split_once('/').map_or((path, None), |(own, behind)| (own, Some(behind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rewrites_move_pages() {
        let rules = [
            ("packages/:pkg/src/:slug*".to_owned(), ":pkg/:slug*".to_owned()),
            ("a/:x.md".to_owned(), "b/:x.md".to_owned()),
        ];
        for (path, expected) in [
            ("packages/one/src/a/b.md", "one/a/b.md"),
            ("a/q.md", "b/q.md"),
            ("a/q/r.md", "a/q/r.md"),
            ("c.md", "c.md"),
        ] {
            assert_eq!(rewritten(path, &rules), expected);
        }
    }
}

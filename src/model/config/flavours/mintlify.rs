//! docs.json, Mintlify's settings file. Unknown keys are not faults: the file is not docgen's.

use super::policy::{Links, Origin, OwnSettings, Policy, Templates};
use super::{Files, first_file};
use crate::config::assistants;
use crate::config::named;
use crate::config::{
    Config, ConfigFault, HeaderLink, Logo, Nav, NavItem, NavLanguage, NavTab, Redirect,
};
use crate::data::{self, Node, Value};
use crate::icons;
use crate::markdown::Dialect;
use crate::source::{Span, VPath};

/// The policy.
pub(super) static POLICY: Policy = Policy {
    name: "mintlify",
    recognise,
    own_settings: Some(OwnSettings { files: &FILES, evidence: "\"navigation\"", read }),
    origin: Some(&ORIGIN),
    templates: Templates::WithSettings,
    root_stylesheet: Some("style.css"),
    loads_root_scripts: true,
    dialect: Dialect::MINTLIFY,
    compiles_mdx: true,
    front_keys: FRONT_KEYS,
    icon_library: "fontawesome",
    include_marks: &["import "],
    links: Links { from_repository: true, ..Links::PLAIN },
    ..Policy::OWN
};

/// The current and the former name of the settings file.
const FILES: [&str; 2] = ["docs.json", "mint.json"];

/// Keys of front matter.
#[rustfmt::skip]
const FRONT_KEYS: &[&str] = &[
    "api", "asyncapi", "canonical", "deprecated", "groups", "hidden", "hideApiMarker", "hideFooter",
    "hideFooterPagination", "icon", "iconType", "mode", "noindex", "openapi", "playground", "public",
    "rss", "sidebarTitle", "summary", "tag", "timestamp", "url", "version", "redirect",
];

/// The keys of the settings in docs.json.
static ORIGIN: Origin = Origin {
    keys: &[
        ("title", "name"),
        ("description", "description"),
        ("logo", "logo"),
        ("favicon", "favicon"),
        ("stylesheets", "the file style.css"),
        ("link", "navbar.links"),
        ("colors", "colors"),
        ("assistants", "contextual.options"),
        ("nav", "navigation"),
        ("redirect", "redirects"),
    ],
    known: &["$schema", "colors.light", "colors.primary", "seo.metatags"],
    tables: &["colors", "contextual", "navbar", "seo"],
};

fn recognise(files: &dyn Files) -> Option<String> {
    first_file(files, &FILES)
}

/// The deepest nesting of files that refer to files.
const MAX_DEPTH: usize = 4;

/// Reads docs.json on top of `config`; `load` returns the texts of the files that it refers to.
pub fn read(
    path: &VPath,
    text: &str,
    mut config: Config,
    load: &dyn Fn(&str) -> Option<String>,
) -> Result<Config, Vec<ConfigFault>> {
    let mut node = data::json::document(text, data::json::Dialect::Json).map_err(|fault| {
        vec![ConfigFault { span: fault.span, message: fault.message, help: fault.help }]
    })?;
    take_in(&mut node, load, MAX_DEPTH);
    config.title = string(&node, "name");
    config.description = string(&node, "description");
    config.logo = node.get("logo").and_then(logo);
    config.favicon = match node.get("favicon") {
        Some(favicon) => {
            favicon.as_str().or_else(|| favicon.get("light")?.as_str()).map(str::to_owned)
        }
        None => None,
    };
    if let Some(colors) = node.get("colors") {
        config.primary_color = string(colors, "primary");
        // Mintlify's `light` is the colour for dark mode.
        let dark = string(colors, "light");
        config.primary_color_dark =
            if dark.is_empty() { config.primary_color.clone() } else { dark };
    }
    let links =
        node.get("navbar").and_then(|navbar| navbar.get("links")).map_or(&[][..], Node::items);
    for link in links {
        let label = string(link, "label");
        let url = string(link, "href");
        if !url.is_empty() {
            config.links.push(HeaderLink {
                label: if label.is_empty() { string(link, "type") } else { label },
                url,
                icon: string(link, "icon"),
            });
        }
    }
    if let Some(footer) = node.get("footer") {
        config.footer.columns = footer_columns(footer);
    }
    let options = node.get("contextual").and_then(|menu| menu.get("options"));
    let options = options.map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
    config.assistants = options.filter_map(assistants::named).collect();
    let library = node.get("icons").and_then(|icons| icons.get("library")?.as_str());
    config.icon_library = library.and_then(icons::library).unwrap_or(config.icon_library);
    config.named = named::of(&node, path, named::MINTLIFY);
    for redirect in node.get("redirects").map_or(&[][..], Node::items) {
        let span = redirect.get("destination").map_or(redirect.span, |node| node.span);
        let (from, to) = (string(redirect, "source"), string(redirect, "destination"));
        config.redirects.push(Redirect { from, to, path: path.clone(), span });
    }
    let tags = node.get("seo").and_then(|seo| seo.get("metatags"));
    config.layout.base = tags
        .and_then(|tags| tags.get("canonical")?.as_str()?.split_once("://"))
        .and_then(|(_, rest)| rest.split_once('/'))
        .map(|(_, path)| path.trim_matches('/').to_owned());
    if let Some(navigation) = node.get("navigation") {
        let languages = languages(navigation, path, &mut config);
        config.nav = Some(Nav { path: path.clone(), languages });
    }
    Ok(config)
}

/// Replaces `{"$ref": "./file.json"}` with the content of the file. Its spans become that of the
/// reference, since its bytes are not in docs.json. A file that cannot be read is left out.
fn take_in(node: &mut Node, load: &dyn Fn(&str) -> Option<String>, depth: usize) {
    if let Some(name) = node.get("$ref").filter(|_| depth > 0) {
        let span = Span::new(name.span.start, name.span.start);
        let text = name.as_str().and_then(load);
        let inner =
            text.and_then(|text| data::json::document(&text, data::json::Dialect::Json).ok());
        if let Some(mut inner) = inner {
            take_in(&mut inner, load, depth - 1);
            stand_at(&mut inner, span);
            *node = inner;
        }
        return;
    }
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| take_in(item, load, depth)),
        Value::Object(members) => {
            members.iter_mut().for_each(|member| take_in(&mut member.value, load, depth));
        }
        _ => {}
    }
}

fn stand_at(node: &mut Node, span: Span) {
    node.span = span;
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| stand_at(item, span)),
        Value::Object(members) => members.iter_mut().for_each(|member| {
            member.key_span = span;
            stand_at(&mut member.value, span);
        }),
        _ => {}
    }
}

fn logo(node: &Node) -> Option<Logo> {
    if let Some(both) = node.as_str() {
        return Some(Logo { light: both.to_owned(), dark: both.to_owned() });
    }
    let light = node.get("light").and_then(Node::as_str)?;
    let dark = node.get("dark").and_then(Node::as_str).unwrap_or(light);
    Some(Logo { light: light.to_owned(), dark: dark.to_owned() })
}

fn languages(navigation: &Node, path: &VPath, config: &mut Config) -> Vec<NavLanguage> {
    match navigation.get("languages") {
        Some(list) => list
            .items()
            .iter()
            .map(|node| NavLanguage {
                code: node
                    .get("language")
                    .and_then(|code| config.language_at(code, Some(path)))
                    .unwrap_or_default(),
                tabs: tabs(node),
                span: node.get("language").map_or(node.span, |code| code.span),
            })
            .collect(),
        None => {
            vec![NavLanguage { code: String::new(), tabs: tabs(navigation), span: Span::default() }]
        }
    }
}

/// The tabs of a navigation; versions, dropdowns, anchors and products become tabs, too.
fn tabs(node: &Node) -> Vec<NavTab> {
    for (list, title) in [
        ("tabs", "tab"),
        ("anchors", "anchor"),
        ("dropdowns", "dropdown"),
        ("products", "product"),
        ("versions", "version"),
    ] {
        let Some(list) = node.get(list) else { continue };
        return list
            .items()
            .iter()
            .map(|tab| NavTab {
                title: tab.get(title).and_then(Node::as_str).unwrap_or_default().to_owned(),
                items: items(tab),
            })
            .collect();
    }
    vec![NavTab { title: String::new(), items: items(node) }]
}

fn items(node: &Node) -> Vec<NavItem> {
    // In mint.json, the format before docs.json, the navigation is the list itself.
    let mut out: Vec<NavItem> = node.items().iter().filter_map(nav_item).collect();
    for key in ["pages", "groups", "tabs", "anchors", "dropdowns"] {
        for item in node.get(key).map_or(&[][..], Node::items) {
            out.extend(nav_item(item));
        }
    }
    if out.is_empty()
        && let Some(url) = node.get("href").and_then(Node::as_str)
    {
        out.push(NavItem::Link { label: String::new(), url: url.to_owned() });
    }
    out
}

fn nav_item(item: &Node) -> Option<NavItem> {
    if let Some(target) = item.as_str() {
        if target.starts_with("https://") || target.starts_with("http://") {
            return Some(NavItem::Link { label: target.to_owned(), url: target.to_owned() });
        }
        return Some(NavItem::Page { target: target.to_owned(), span: item.span });
    }
    let title = ["group", "tab", "anchor", "dropdown"]
        .into_iter()
        .find_map(|key| item.get(key).and_then(Node::as_str))
        .unwrap_or_default()
        .to_owned();
    if let Some(url) = item.get("href").and_then(Node::as_str) {
        return Some(NavItem::Link { label: title, url: url.to_owned() });
    }
    let mut inside: Vec<NavItem> = Vec::new();
    if let Some(root) = item.get("root").filter(|root| root.as_str().is_some()) {
        inside.push(NavItem::Page {
            target: root.as_str().unwrap_or_default().to_owned(),
            span: root.span,
        });
    }
    inside.extend(items(item));
    let folded = item.get("expanded").and_then(Node::as_bool).map(|expanded| !expanded);
    Some(NavItem::Group { title, icon: icon(item), folded, items: inside })
}

/// The icon of a group: a name, or a table with one.
fn icon(group: &Node) -> String {
    let icon = group.get("icon");
    let name = icon.and_then(|icon| icon.as_str().or_else(|| icon.get("name")?.as_str()));
    name.unwrap_or_default().to_owned()
}

/// The text of a key; empty if there is none.
fn string(node: &Node, key: &str) -> String {
    node.get(key).and_then(Node::as_str).unwrap_or_default().to_owned()
}

/// The columns of the footer, and those of its links that are marks of other sites.
fn footer_columns(footer: &Node) -> Vec<(String, Vec<HeaderLink>)> {
    let link = |label: String, url: String| {
        (!url.is_empty()).then_some(HeaderLink { label, url, icon: String::new() })
    };
    let of = |items: &Node| {
        let links = items.items().iter();
        links.filter_map(|item| link(string(item, "label"), string(item, "href"))).collect()
    };
    let columns = footer.get("links").map_or(&[][..], Node::items).iter();
    let columns = columns.filter_map(|column| {
        let links: Vec<HeaderLink> = column.get("items").map_or_else(Vec::new, of);
        (!links.is_empty()).then(|| (string(column, "header"), links))
    });
    let socials = footer.get("socials").map_or(&[][..], Node::members).iter();
    let socials: Vec<HeaderLink> =
        socials.filter_map(|one| link(one.key.clone(), one.value.as_str()?.to_owned())).collect();
    let socials = (!socials.is_empty()).then(|| (String::new(), socials));
    columns.chain(socials).collect()
}

//! The values that are passed to templates.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::marks::{self, LinkValue};
use crate::assets::Assets;
use crate::config::colors::plain as color;
use crate::config::words::Words;
use crate::config::{Config, Feedback, HeaderLink};
use crate::links::Links;
use crate::markdown::destination::is_external;
use crate::markdown::facts::PageFacts;
use crate::project::Model;
use crate::template::STATIC;
use crate::title::plain as plain_title;

#[derive(Serialize)]
pub(super) struct LogoValue {
    pub(super) light: String,
    pub(super) light_size: String,
    pub(super) dark: String,
    pub(super) dark_size: String,
}

#[derive(Serialize)]
pub(super) struct FeedbackValue {
    pub(super) url: String,
}

#[derive(Serialize)]
pub(super) struct ConsentValue {
    pub(super) scripts: String,
    pub(super) text: String,
}

#[derive(Serialize)]
pub(super) struct FooterValue {
    pub(super) text: String,
    pub(super) columns: Vec<ColumnValue>,
}

#[derive(Serialize)]
pub(super) struct ColumnValue {
    pub(super) title: String,
    pub(super) links: Vec<LinkValue>,
}

#[derive(Serialize)]
pub(super) struct PageLink {
    pub(super) title: String,
    pub(super) url: String,
}

#[derive(Serialize)]
pub(super) struct TocEntry<'a> {
    pub(super) id: &'a str,
    pub(super) title: Cow<'a, str>,
    pub(super) level: u8,
}

#[derive(Serialize)]
pub(super) struct TabValue {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) active: bool,
}

#[derive(Serialize)]
pub(super) struct LanguageValue {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) url: String,
    pub(super) active: bool,
}

#[derive(Serialize)]
pub(super) struct SiteValue {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) authors: String,
    pub(super) language: String,
    pub(super) direction: &'static str,
    pub(super) base: String,
    pub(super) home: String,
    pub(super) logo: Option<LogoValue>,
    pub(super) favicon: String,
    pub(super) primary_color: String,
    pub(super) primary_color_dark: String,
    pub(super) style: String,
    pub(super) image: String,
    pub(super) banner: Option<LinkValue>,
    pub(super) links: Vec<LinkValue>,
    pub(super) footer: FooterValue,
    pub(super) stylesheets: Vec<String>,
    pub(super) scripts: Vec<String>,
    pub(super) feedback: Option<FeedbackValue>,
    pub(super) consent: Option<ConsentValue>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) fonts: Vec<String>,
    pub(super) speculation: String,
    pub(super) repository: String,
    pub(super) repository_mark: String,
    pub(super) sitemap: String,
    pub(super) addresses: String,
}

#[derive(Default, Serialize)]
pub(super) struct PageValue<'a> {
    pub(super) title: &'a str,
    pub(super) full_title: String,
    pub(super) description: &'a str,
    pub(super) url: String,
    pub(super) layout: &'static str,
    pub(super) canonical: String,
    pub(super) edit_url: String,
    pub(super) report_url: String,
    pub(super) assistants: Vec<PageLink>,
    pub(super) changed: &'a str,
    pub(super) mermaid: String,
    pub(super) markdown: String,
    pub(super) json_ld: String,
    pub(super) search: String,
    pub(super) toc: Vec<TocEntry<'a>>,
    pub(super) prev: Option<PageLink>,
    pub(super) next: Option<PageLink>,
    pub(super) breadcrumbs: Vec<PageLink>,
    pub(super) language: String,
    pub(super) show_title: bool,
    pub(super) noindex: bool,
}

/// Values that all pages share.
pub(super) struct Shared {
    pub(super) left_to_right: tera::Value,
    pub(super) right_to_left: tera::Value,
}

impl Shared {
    /// The value `site` of a page in this language.
    pub(super) fn site(&self, language: &str) -> tera::Value {
        let rtl = direction(language) == "rtl";
        if rtl { self.right_to_left.clone() } else { self.left_to_right.clone() }
    }
}

/// The list of headings: those of the second and third level, and titled components, in the order
/// of the page.
pub(super) fn toc(facts: &PageFacts) -> Vec<TocEntry<'_>> {
    let headings = facts.headings.iter().filter(|heading| matches!(heading.level, 2 | 3));
    let headings = headings.map(|heading| {
        let title = Cow::Borrowed(heading.text.as_str());
        (heading.span.start, TocEntry { id: &heading.ids.primary, title, level: heading.level })
    });
    let entries = facts.entries.iter().map(|entry| {
        let title = Cow::Owned(plain_title(&entry.title));
        (entry.start, TocEntry { id: &entry.id, title, level: 2 })
    });
    let mut toc: Vec<_> = headings.chain(entries).collect();
    toc.sort_by_key(|(start, _)| *start);
    toc.into_iter().map(|(_, entry)| entry).collect()
}

/// How high the header shows a logo, in CSS pixels.
const LOGO_HEIGHT: usize = 28;

/// The attributes with the size of a logo in the header, so that nothing moves when it has come.
fn logo_size(assets: &Assets, address: &str) -> String {
    let height = format!("height=\"{LOGO_HEIGHT}\"");
    match assets.get(address).and_then(|asset| asset.shape) {
        Some((wide, high)) => format!("width=\"{}\" {height}", (wide * LOGO_HEIGHT).div_ceil(high)),
        None => height,
    }
}

pub(super) fn site_value(
    site: &Model,
    assets: &Assets,
    links: &Links<'_>,
    direction: &'static str,
) -> SiteValue {
    let config = &site.config;
    let url = |url: &String| assets.marked(&links.absolute(url));
    SiteValue {
        title: title(config),
        description: config.description.clone(),
        authors: config.authors.join(", "),
        language: config.language.clone(),
        direction,
        base: links.base().to_owned(),
        home: links.route("/"),
        logo: config.logo.as_ref().map(|logo| LogoValue {
            light: url(&logo.light),
            light_size: logo_size(assets, &links.absolute(&logo.light)),
            dark: url(&logo.dark),
            dark_size: logo_size(assets, &links.absolute(&logo.dark)),
        }),
        favicon: config.favicon.as_ref().map_or_else(String::new, url),
        primary_color: color(&config.primary_color).to_owned(),
        primary_color_dark: color(&config.primary_color_dark).to_owned(),
        style: style(config),
        image: absolute_url(config, links, &config.theme.image),
        banner: config.theme.banner.as_ref().map(|(text, to)| LinkValue {
            label: text.clone(),
            url: if to.is_empty() { String::new() } else { links.absolute(to) },
            icon: String::new(),
            is_mark: false,
        }),
        links: config.links.iter().map(|link| marks::link(link, config, links)).collect(),
        footer: footer(config, links),
        stylesheets: config.stylesheets.iter().map(url).collect(),
        scripts: config.scripts.iter().map(url).collect(),
        feedback: config.feedback.as_ref().map(|feedback| FeedbackValue {
            url: match feedback {
                Feedback::Address(url) => links.absolute(url),
                Feedback::Script => String::new(),
            },
        }),
        consent: (!config.consent.scripts.is_empty()).then(|| ConsentValue {
            scripts: json_of(config.consent.scripts.iter().map(url).collect()),
            text: config.consent.text.clone(),
        }),
        files: theme_files(site, assets, links),
        fonts: fonts(config, links),
        speculation: speculation(links.base()),
        repository: config.repository.clone(),
        repository_mark: marks::of(&config.repository).map_or_else(String::new, |(_, svg)| svg),
        sitemap: match config.base_url {
            Some(_) => links.route("/sitemap.xml"),
            None => String::new(),
        },
        addresses: match config.base_url {
            Some(_) => links.route("/sitemap.xml"),
            None => links.route("/docs-urls.json"),
        },
    }
}

/// A list as JSON.
fn json_of(list: Vec<String>) -> String {
    serde_json::to_string(&list).unwrap_or_default()
}

/// The texts that the scripts of the theme show; `theme/scripts/lib/words.js` reads them.
const SCRIPT_WORDS: [&str; 29] = [
    "clear_marks",
    "clear_searches",
    "close",
    "copied",
    "copy",
    "copy_failed",
    "everywhere",
    "found",
    "key_choose",
    "key_open",
    "less_lines",
    "more_lines",
    "next",
    "nothing_found",
    "previous",
    "results",
    "search",
    "search_failed",
    "search_hint",
    "search_tip",
    "searched_instead",
    "sections",
    "shortcuts",
    "show_hidden",
    "table",
    "tags",
    "use_shortcuts",
    "variants",
    "zoom",
];

/// The texts of the scripts as JSON for an attribute in single quotes; characters that are special
/// in HTML are written as JSON escapes.
pub(super) fn script_words(words: &Words) -> String {
    let said: BTreeMap<&str, &str> =
        SCRIPT_WORDS.into_iter().map(|key| (key, words.get(key))).collect();
    let json = serde_json::to_string(&said).unwrap_or_default();
    json.replace('&', "\\u0026").replace('<', "\\u003c").replace('\'', "\\u0027")
}

/// The title of the site, or the word for "documentation" if it has none.
pub(super) fn title(config: &Config) -> String {
    if config.title.is_empty() {
        Words::new(&config.language, &config.words).get("documentation").to_owned()
    } else {
        config.title.clone()
    }
}

/// The title of a page in the browser and in search engines, with that of the site.
pub(super) fn full_title(config: &Config, page: &str) -> String {
    let site = title(config);
    if page.is_empty() || page == site {
        return site;
    }
    let form = if config.theme.title.is_empty() { "{page} · {site}" } else { &config.theme.title };
    // One after the other would read braces in the title of a page.
    let fill = |part: &str| part.replace("{site}", &site);
    form.split("{page}").map(fill).collect::<Vec<_>>().join(page)
}

/// The addresses of the files of the theme, by their names.
fn theme_files(site: &Model, assets: &Assets, links: &Links<'_>) -> BTreeMap<String, String> {
    let own = site.index.assets.keys().filter_map(|path| path.strip_prefix("docgen/"));
    let names = STATIC.iter().map(|(name, _)| *name).chain(own);
    let address = |name: &str| assets.marked(&links.route(&format!("/docgen/{name}")));
    names.map(|name| (name.to_owned(), address(name))).collect()
}

/// The rules by which a browser fetches the page that a reader is about to open, as JSON: those of
/// this site, when the pointer rests on a link.
fn speculation(base: &str) -> String {
    let rules = serde_json::json!({
        "prefetch": [{ "where": { "href_matches": format!("{base}/*") }, "eagerness": "moderate" }]
    });
    // A script element must not contain anything like its closing tag.
    rules.to_string().replace('<', "\\u003c")
}

fn footer(config: &Config, links: &Links<'_>) -> FooterValue {
    let column = |(title, of): &(String, Vec<HeaderLink>)| ColumnValue {
        title: title.clone(),
        links: of.iter().map(|link| marks::link(link, config, links)).collect(),
    };
    let columns = config.footer.columns.iter().map(column).collect();
    FooterValue { text: config.footer.text.clone(), columns }
}

/// The addresses of the fonts that every page needs: those of the theme that no setting replaces.
fn fonts(config: &Config, links: &Links<'_>) -> Vec<String> {
    let theme = &config.theme;
    let fonts = [(&theme.font, "inter-latin"), (&theme.font_mono, "mono-latin")];
    let kept = fonts.into_iter().filter(|(own, _)| own.is_empty());
    kept.map(|(_, name)| links.route(&format!("/docgen/fonts/{name}.woff2"))).collect()
}

/// The CSS custom properties that the settings change.
fn style(config: &Config) -> String {
    let mut out = String::new();
    let colors = [("primary", &config.primary_color), ("primary-dark", &config.primary_color_dark)];
    for (name, value) in colors.map(|(name, value)| (name, color(value))) {
        if !value.is_empty() {
            out.push_str(&format!("--{name}:{value};"));
        }
    }
    out + &config.theme.properties()
}

/// The absolute URL of a file in the settings; empty if there is none or it is unknown.
fn absolute_url(config: &Config, links: &Links<'_>, url: &str) -> String {
    if url.is_empty() || is_external(url) {
        return url.to_owned();
    }
    let base = config.base_url.as_deref().unwrap_or_default();
    let path = links.absolute(url);
    let path = path.strip_prefix(links.base()).unwrap_or(&path);
    if base.is_empty() { String::new() } else { format!("{base}{path}") }
}

fn direction(language: &str) -> &'static str {
    let code = language.split(['-', '_']).next().unwrap_or(language);
    if matches!(code, "ar" | "fa" | "he" | "ur" | "ps" | "yi" | "dv" | "ckb") {
        "rtl"
    } else {
        "ltr"
    }
}

#[derive(Serialize)]
struct BreadcrumbList<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

/// The breadcrumbs of a page for search engines; empty if the URL of the site is unknown.
pub(super) fn json_ld(crumbs: &[PageLink], origin: &str, title: &str, canonical: &str) -> String {
    if canonical.is_empty() || crumbs.is_empty() {
        return String::new();
    }
    let way = crumbs.iter().map(|crumb| {
        let item = (!crumb.url.is_empty()).then(|| format!("{origin}{}", crumb.url));
        (crumb.title.as_str(), item)
    });
    let way = way.chain([(title, Some(canonical.to_owned()))]).enumerate();
    let items =
        way.map(|(at, (name, item))| ListItem { kind: "ListItem", position: at + 1, name, item });
    let list = BreadcrumbList {
        context: "https://schema.org",
        kind: "BreadcrumbList",
        items: items.collect(),
    };
    // A script element must not contain anything like its closing tag.
    serde_json::to_string(&list).unwrap_or_default().replace('<', "\\u003c")
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests read files of the repository")]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_as_wide_as_its_shape_says() {
        let drawing = crate::assets::Asset::of(b"<svg viewBox='0 0 48 32'/>");
        let assets: Assets = [("/a.svg".to_owned(), drawing)].into_iter().collect();
        assert_eq!(logo_size(&assets, "/a.svg"), "width=\"42\" height=\"28\"");
        assert_eq!(logo_size(&assets, "/b.svg"), "height=\"28\"");
    }

    /// The uses of `words` in the scripts of a folder.
    fn said(folder: &std::path::Path, keys: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                said(&path, keys);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            if !text.contains("lib/words.js\"") {
                continue;
            }
            for rest in text.split("words.").skip(1) {
                let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_');
                let key = &rest[..end.unwrap_or(rest.len())];
                if key != "js" {
                    keys.push(key.to_owned());
                }
            }
        }
    }

    #[test]
    fn pages_carry_the_words_that_the_scripts_say_and_no_others() {
        let mut keys = Vec::new();
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theme/scripts");
        said(&root, &mut keys);
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys, SCRIPT_WORDS);
    }

    #[test]
    fn the_words_of_the_scripts_cannot_leave_their_attribute() {
        let own = [("search".to_owned(), "'><b>&amp;\"".to_owned())].into();
        let words = Words::new("en", &[("en".to_owned(), own)].into());
        let json = script_words(&words);
        assert!(!json.contains(['\'', '<', '&']), "{json}");
        let read: BTreeMap<String, String> = serde_json::from_str(&json).unwrap();
        assert_eq!(read["search"], "'><b>&amp;\"");
        assert_eq!((read["copy"].as_str(), read.len()), ("Copy", SCRIPT_WORDS.len()));
    }
}

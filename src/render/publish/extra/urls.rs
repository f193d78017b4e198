//! `docs-urls.json`: every public address and anchor with its title, so that other repositories can
//! check their links. A link to a hidden page is a good one, so those are listed as well; they are
//! marked, so that nothing leads readers there.

use std::collections::HashMap;

use serde::Serialize;

use crate::publish::pages::Pages;
use crate::site::visibility::{Finder, is_hidden_from};

#[derive(Serialize)]
struct Urls<'a> {
    version: u32,
    base: &'a str,
    pages: Vec<PageUrl<'a>>,
    redirects: Vec<Moved>,
}

#[derive(Serialize)]
struct PageUrl<'a> {
    url: String,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: String,
    /// Whether the sitemap and the other lists leave it out.
    #[serde(skip_serializing_if = "is_false")]
    hidden: bool,
    anchors: Vec<AnchorUrl<'a>>,
}

#[derive(Serialize)]
struct AnchorUrl<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Moved {
    from: String,
    to: String,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The file.
pub fn write(pages: &Pages<'_>) -> String {
    let site = pages.site;
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let listed = pages.published().filter(|number| !site.index.pages[*number].is_not_found());
    let published = listed.map(|number| {
        let page = &site.index.pages[number];
        let headings = page.facts.headings.iter();
        let titles: HashMap<&str, &str> =
            headings.map(|one| (one.ids.primary.as_str(), one.text.as_str())).collect();
        let anchors = page.facts.anchors.iter().map(|anchor| AnchorUrl {
            id: &anchor.id,
            title: titles.get(anchor.id.as_str()).copied(),
        });
        PageUrl {
            url: pages.links.page(number),
            title: &page.title,
            language: pages.language(number),
            hidden: is_hidden_from(page, Finder::Engines),
            anchors: anchors.collect(),
        }
    });
    let mut urls: Vec<PageUrl<'_>> = published.collect();
    urls.sort_by(|a, b| a.url.cmp(&b.url));
    let redirects = site
        .config
        .redirects
        .iter()
        .map(|one| Moved { from: one.from.clone(), to: pages.redirect_target(&one.to) });
    let old = site
        .index
        .old_addresses()
        .into_iter()
        .map(|(from, page)| Moved { from: format!("/{from}"), to: pages.links.page(page) });
    let mut redirects: Vec<Moved> = redirects.chain(old).collect();
    redirects.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    let mut text = serde_json::to_string(&Urls { version: 1, base, pages: urls, redirects })
        .expect("strings and numbers");
    text.push('\n');
    text
}

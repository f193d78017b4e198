//! `llms.txt` and `llms-full.txt`: the pages of the main language as a list, and as one text.

use std::collections::HashSet;

use crate::escape;
use crate::publish::pages::Pages;
use crate::publish::values::title;
use crate::site::nav::{Language, Node};
use crate::site::pages::PageId;
use crate::site::visibility::{Finder, is_hidden_from};

/// The list: title, description, and the pages under the headings of the navigation.
pub fn short(pages: &Pages<'_>) -> String {
    let mut out = head(pages);
    let mut listed = HashSet::new();
    if let Some(language) = language(pages) {
        for tab in &language.tabs {
            section(pages, &tab.title, &tab.nodes, &mut out, &mut listed);
        }
    }
    let rest: Vec<PageId> = rest(pages, &listed);
    if !rest.is_empty() {
        let key = if listed.is_empty() { "pages" } else { "other_pages" };
        let words = pages.words(&pages.site.config.language);
        out.push_str(&format!("\n## {}\n\n", words.get(key)));
        rest.iter().for_each(|page| entry(pages, *page, &mut out));
    }
    out
}

/// The text: all twins in sequence, each after its address.
pub fn full(pages: &Pages<'_>) -> String {
    let mut out = head(pages);
    let mut order: Vec<PageId> = Vec::new();
    let mut listed = HashSet::new();
    for tab in language(pages).map_or(&[][..], |language| &language.tabs) {
        order.extend(tab.pages.iter().filter(|page| listed.insert(**page)));
    }
    order.extend(rest(pages, &listed));
    let published: HashSet<PageId> = pages.published().collect();
    let is_listed = |page: &PageId| published.contains(page) && is_listed(pages, *page);
    for page in order.into_iter().filter(is_listed) {
        out.push_str(&format!("\n---\n\nSource: {}\n\n", escape::field(&pages.address(page))));
        out.push_str(&pages.twin(page));
    }
    out
}

fn head(pages: &Pages<'_>) -> String {
    let config = &pages.site.config;
    let mut out = format!("# {}\n", escape::line(&title(config)));
    if !config.description.is_empty() {
        out.push_str(&format!("\n> {}\n", escape::line(&config.description)));
    }
    out
}

/// The navigation of the main language.
fn language<'a>(pages: &Pages<'a>) -> Option<&'a Language> {
    let site = pages.site;
    let languages = &site.nav.languages;
    languages.iter().find(|one| one.code == site.config.language).or_else(|| languages.first())
}

/// Pages of the main language that are not in its navigation.
fn rest(pages: &Pages<'_>, listed: &HashSet<PageId>) -> Vec<PageId> {
    let code = language(pages).map(|language| language.code.as_str());
    let main = code.filter(|code| !code.is_empty()).unwrap_or(&pages.site.config.language);
    let others = pages.published().filter(|page| !listed.contains(page) && is_listed(pages, *page));
    others.filter(|page| pages.language(*page) == main).collect()
}

/// Whether machines are meant to find a page.
fn is_listed(pages: &Pages<'_>, page: PageId) -> bool {
    !is_hidden_from(&pages.site.index.pages[page], Finder::Engines)
}

fn section(
    pages: &Pages<'_>,
    title: &str,
    nodes: &[Node],
    out: &mut String,
    listed: &mut HashSet<PageId>,
) {
    let mut own = String::new();
    entries(pages, nodes, &mut own, listed);
    if !own.is_empty() {
        let words = pages.words(&pages.site.config.language);
        let title = if title.is_empty() { words.get("pages") } else { title };
        out.push_str(&format!("\n## {}\n\n{own}", escape::line(title)));
    }
    for node in nodes {
        if let Node::Group { title: inner, nodes, .. } = node {
            let title = if title.is_empty() { inner.clone() } else { format!("{title}: {inner}") };
            section(pages, &title, nodes, out, listed);
        }
    }
}

/// The pages directly in a group; for a book, the chapters in order.
fn entries(pages: &Pages<'_>, nodes: &[Node], out: &mut String, listed: &mut HashSet<PageId>) {
    for node in nodes {
        let (page, inside) = match node {
            Node::Page(page) => (Some(*page), &[][..]),
            Node::Chapter { page, nodes, .. } => (*page, nodes.as_slice()),
            Node::Link { .. } | Node::Group { .. } | Node::Separator => continue,
        };
        if let Some(page) = page.filter(|page| is_listed(pages, *page) && listed.insert(*page)) {
            entry(pages, page, out);
        }
        entries(pages, inside, out, listed);
    }
}

fn entry(pages: &Pages<'_>, page: PageId, out: &mut String) {
    let site = pages.site;
    let (title, url) = (&site.index.pages[page].title, pages.twin_address(page));
    out.push_str(&format!("- [{}]({})", escape::label(title), escape::field(&url)));
    let description = pages.description(page).split_whitespace().collect::<Vec<_>>().join(" ");
    let description = escape::line(&description);
    if !description.is_empty() {
        out.push_str(&format!(": {description}"));
    }
    out.push('\n');
}

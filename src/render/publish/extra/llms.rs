//! `llms.txt` and `llms-full.txt`: the pages of the main language as a list, and as one text.

use std::collections::HashSet;

use crate::escape;
use crate::publish::publisher::Publisher;
use crate::publish::values::title;
use crate::site::nav::{Language, Node};
use crate::site::pages::PageId;

/// The list: title, description, and the pages under the headings of the navigation.
pub fn short(publisher: &Publisher<'_>) -> String {
    let mut out = head(publisher);
    let mut listed = HashSet::new();
    if let Some(language) = language(publisher) {
        for tab in &language.tabs {
            section(publisher, &tab.title, &tab.nodes, &mut out, &mut listed);
        }
    }
    let rest: Vec<PageId> = rest(publisher, &listed);
    if !rest.is_empty() {
        let key = if listed.is_empty() { "pages" } else { "other_pages" };
        let words = publisher.words(&publisher.site().config.language);
        out.push_str(&format!("\n## {}\n\n", words.get(key)));
        rest.iter().for_each(|page| entry(publisher, *page, &mut out));
    }
    out
}

/// The text: all twins in sequence, each after its address.
pub fn full(publisher: &Publisher<'_>) -> String {
    let mut out = head(publisher);
    let mut order: Vec<PageId> = Vec::new();
    let mut listed = HashSet::new();
    for tab in language(publisher).map_or(&[][..], |language| &language.tabs) {
        order.extend(tab.pages.iter().filter(|page| listed.insert(**page)));
    }
    order.extend(rest(publisher, &listed));
    let pages: HashSet<PageId> = publisher.pages().collect();
    for page in order.into_iter().filter(|page| pages.contains(page)) {
        out.push_str(&format!("\n---\n\nSource: {}\n\n", escape::field(&publisher.address(page))));
        out.push_str(&publisher.twin(page));
    }
    out
}

fn head(publisher: &Publisher<'_>) -> String {
    let config = &publisher.site().config;
    let mut out = format!("# {}\n", escape::line(&title(config)));
    if !config.description.is_empty() {
        out.push_str(&format!("\n> {}\n", escape::line(&config.description)));
    }
    out
}

/// The navigation of the main language.
fn language<'a>(publisher: &Publisher<'a>) -> Option<&'a Language> {
    let site = publisher.site();
    let languages = &site.nav.languages;
    languages.iter().find(|one| one.code == site.config.language).or_else(|| languages.first())
}

/// Pages of the main language that are not in its navigation.
fn rest(publisher: &Publisher<'_>, listed: &HashSet<PageId>) -> Vec<PageId> {
    let code = language(publisher).map(|language| language.code.as_str());
    let main = code.filter(|code| !code.is_empty()).unwrap_or(&publisher.site().config.language);
    let pages = publisher.pages().filter(|page| !listed.contains(page));
    pages.filter(|page| publisher.language(*page) == main).collect()
}

fn section(
    publisher: &Publisher<'_>,
    title: &str,
    nodes: &[Node],
    out: &mut String,
    listed: &mut HashSet<PageId>,
) {
    let mut own = String::new();
    entries(publisher, nodes, &mut own, listed);
    if !own.is_empty() {
        let words = publisher.words(&publisher.site().config.language);
        let title = if title.is_empty() { words.get("pages") } else { title };
        out.push_str(&format!("\n## {}\n\n{own}", escape::line(title)));
    }
    for node in nodes {
        if let Node::Group { title: inner, nodes } = node {
            let title = if title.is_empty() { inner.clone() } else { format!("{title}: {inner}") };
            section(publisher, &title, nodes, out, listed);
        }
    }
}

/// The pages directly in a group; for a book, the chapters in order.
fn entries(
    publisher: &Publisher<'_>,
    nodes: &[Node],
    out: &mut String,
    listed: &mut HashSet<PageId>,
) {
    for node in nodes {
        let (page, inside) = match node {
            Node::Page(page) => (Some(*page), &[][..]),
            Node::Chapter { page, nodes, .. } => (*page, nodes.as_slice()),
            Node::Link { .. } | Node::Group { .. } | Node::Separator => continue,
        };
        if let Some(page) = page.filter(|page| listed.insert(*page)) {
            entry(publisher, page, out);
        }
        entries(publisher, inside, out, listed);
    }
}

fn entry(publisher: &Publisher<'_>, page: PageId, out: &mut String) {
    let site = publisher.site();
    let (title, url) = (&site.index.pages[page].title, publisher.twin_address(page));
    out.push_str(&format!("- [{}]({})", escape::label(title), escape::field(&url)));
    let description = publisher.description(page).split_whitespace().collect::<Vec<_>>().join(" ");
    let description = escape::line(&description);
    if !description.is_empty() {
        out.push_str(&format!(": {description}"));
    }
    out.push('\n');
}

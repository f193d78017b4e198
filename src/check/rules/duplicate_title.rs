//! Two pages of the same list that have the same title.

use crate::markdown::front_keys::{Meaning, keys_of};
use std::collections::HashMap;

use crate::config::flavours::policy::PageNames;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, Rule, SiteContext};
use crate::site::index::Page;
use crate::site::nav::Node;
use crate::site::page_role;
use crate::site::pages::PageId;
use crate::site::route;
use crate::source::{Span, parent};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-title",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/duplicate-title.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let named_elsewhere = context.config.flavour.page_names == PageNames::Navigation;
    let groups = if context.nav.path.is_some() && !named_elsewhere {
        groups(context)
    } else {
        HashMap::new()
    };
    let mut first: HashMap<(List<'_>, String), PageId> = HashMap::new();
    for (at, page) in context.index.pages.entries() {
        let path = page.content_path.as_str();
        if page.redirect().is_some()
            || !context.index.is_published(at)
            || page_role::is_piece(path)
            || page_role::is_for_maintainers(path)
            || page_role::is_withheld(page)
            || named_elsewhere && context.nav.places.contains_key(&at)
        {
            continue;
        }
        let Some((title, span)) = title(page) else { continue };
        let index_cache = match groups.get(&at) {
            Some(group) => List::Group(*group),
            None => match folder(path) {
                Some(folder) => List::Folder(folder),
                None => continue,
            },
        };
        let key =
            (index_cache, title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
        let Some(&other) = first.get(&key) else {
            first.insert(key, at);
            continue;
        };
        let other = &context.index.pages[other];
        let message = format!("`{}` has the title `{title}` as well", other.source.path);
        let place = self::title(other).map_or(Span::default(), |(_, span)| span);
        let finding = Finding::new(&page.source.path, span, message)
            .help("give the pages titles that tell them apart")
            .related(&other.source.path, place, "the same title");
        out.push(finding);
    }
}

/// The folder of a page; `None` for an index page, which represents its folder.
fn folder(path: &str) -> Option<&str> {
    let index = route::precedence(path) != 2;
    (!index).then(|| parent(path))
}

/// A list of pages in which titles are compared.
#[derive(PartialEq, Eq, Hash)]
enum List<'a> {
    /// A group of the navigation.
    Group(usize),
    /// A folder.
    Folder(&'a str),
}

/// The group of the navigation that each page is in.
fn groups(context: &SiteContext<'_>) -> HashMap<PageId, usize> {
    let mut found = HashMap::new();
    let mut number = 0;
    let tabs = context.nav.languages.iter().flat_map(|language| &language.tabs);
    let mut open: Vec<&[Node]> = tabs.map(|tab| tab.nodes.as_slice()).collect();
    while let Some(nodes) = open.pop() {
        number += 1;
        for node in nodes {
            match node {
                Node::Page(page) => {
                    found.entry(*page).or_insert(number);
                }
                Node::Group { nodes, .. } => open.push(nodes),
                Node::Chapter { page, nodes, .. } => {
                    if let Some(page) = page {
                        found.entry(*page).or_insert(number);
                    }
                    open.push(nodes);
                }
                Node::Link { .. } | Node::Separator => {}
            }
        }
    }
    found
}

/// The title of a page: the one for the sidebar, if it has one.
fn title(page: &Page) -> Option<(&str, Span)> {
    let front = &page.facts.front;
    for key in keys_of(Meaning::Label).chain(keys_of(Meaning::Title)) {
        if let Some(title) = front.str(key) {
            let node = front.node.as_ref().and_then(|node| node.get(key));
            return Some((title, node.map_or(front.span, |node| node.span)));
        }
    }
    let heading = page.facts.headings.iter().find(|heading| heading.level == 1)?;
    let title = heading.text.trim();
    (!title.is_empty()).then_some((title, heading.span))
}

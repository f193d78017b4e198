//! The navigation with its targets resolved: order of pages, place of each page, dead entries.

use crate::markdown::front_keys::Meaning;
use std::collections::{BTreeMap, HashMap};

use super::index::Index;
use super::natural;
use super::pages::PageId;
use super::resolve::Resolver;
use super::route;
use super::target::Target;
use super::visibility::{Finder, is_hidden_from};
use crate::config::{Chapter, Config, Flavour, NavItem};
use crate::markdown::facts::LinkKind;
use crate::source::{Span, VPath, parent};

/// A place in the navigation.
#[derive(Clone, Debug)]
pub enum Node {
    /// A page by its number.
    Page(PageId),
    /// A link to somewhere else.
    Link {
        /// What the reader sees.
        label: String,
        /// Where it goes.
        url: String,
    },
    /// A titled group.
    Group {
        /// Its title.
        title: String,
        /// Its icon; empty for none.
        icon: String,
        /// Whether it is folded at first, if the settings say.
        folded: Option<bool>,
        /// What is in it.
        nodes: Vec<Node>,
    },
    /// A chapter of a book.
    Chapter {
        /// What the reader sees.
        title: String,
        /// Its number; empty for one that is not counted.
        number: String,
        /// Its page by its number; none for a draft.
        page: Option<PageId>,
        /// The chapters below it.
        nodes: Vec<Node>,
    },
    /// A line between others.
    Separator,
}

/// A tab.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its title; empty when there is only one.
    pub title: String,
    /// What is in it.
    pub nodes: Vec<Node>,
    /// Its pages in order.
    pub pages: Vec<PageId>,
}

/// The navigation of one language.
#[derive(Clone, Debug)]
pub struct Language {
    /// The language's code; empty when there is only one.
    pub code: String,
    /// Its tabs.
    pub tabs: Vec<Tab>,
}

/// The place of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Number of the language.
    pub language: usize,
    /// Number of the tab in it.
    pub tab: usize,
    /// Its position among the pages of the tab.
    pub position: usize,
}

/// An entry whose page does not exist.
#[derive(Clone, Debug)]
pub struct DeadEntry {
    /// As written.
    pub target: String,
    /// Where.
    pub span: Span,
    /// The number of links in pages that lead there as well.
    pub linked: usize,
}

/// A language of the navigation that has no page in the tree.
#[derive(Clone, Debug)]
pub struct AbsentLanguage {
    /// Its code.
    pub code: String,
    /// How many entries it has.
    pub entries: usize,
    /// Where it was written.
    pub span: Span,
}

/// The navigation.
#[derive(Clone, Debug, Default)]
pub struct Nav {
    /// The file it was written in.
    pub path: Option<VPath>,
    /// The languages that have pages.
    pub languages: Vec<Language>,
    /// The place of each page.
    pub places: HashMap<PageId, Place>,
    /// Entries whose page does not exist.
    pub dead: Vec<DeadEntry>,
    /// Languages without pages.
    pub absent: Vec<AbsentLanguage>,
}

impl Nav {
    /// Resolves the navigation, or makes one from the folders.
    pub fn new(config: &Config, index: &Index) -> Self {
        let mut nav = Self::default();
        let Some(written) = &config.nav else {
            let nodes = from_folders(index);
            nav.languages
                .push(Language { code: String::new(), tabs: vec![tab(String::new(), nodes)] });
            nav.place();
            return nav;
        };
        nav.path = Some(written.path.clone());
        for language in &written.languages {
            let mut dead = Vec::new();
            let tabs: Vec<Tab> = language
                .tabs
                .iter()
                .map(|written| {
                    tab(
                        written.title.clone(),
                        lookup(&written.items, config.flavour, index, &mut dead),
                    )
                })
                .collect();
            if tabs.iter().all(|tab| tab.pages.is_empty())
                && !dead.is_empty()
                && written.languages.len() > 1
            {
                let (code, span) = (language.code.clone(), language.span);
                nav.absent.push(AbsentLanguage { code, entries: dead.len(), span });
                continue;
            }
            nav.dead.extend(dead);
            nav.languages.push(Language { code: language.code.clone(), tabs });
        }
        nav.place();
        nav
    }

    fn place(&mut self) {
        for (language, tabs) in self.languages.iter().enumerate() {
            for (tab, pages) in tabs.tabs.iter().enumerate() {
                for (position, &page) in pages.pages.iter().enumerate() {
                    self.places.entry(page).or_insert(Place { language, tab, position });
                }
            }
        }
    }

    /// The previous and the next page, across tabs.
    pub fn neighbours(&self, page: PageId) -> (Option<PageId>, Option<PageId>) {
        let Some(place) = self.places.get(&page) else { return (None, None) };
        let pages = &self.languages[place.language].tabs[place.tab].pages;
        let before = place.position.checked_sub(1).map(|at| pages[at]);
        (before, pages.get(place.position + 1).copied())
    }
}

fn tab(title: String, nodes: Vec<Node>) -> Tab {
    let mut pages = Vec::new();
    collect(&nodes, &mut pages);
    Tab { title, nodes, pages }
}

fn collect(nodes: &[Node], pages: &mut Vec<PageId>) {
    for node in nodes {
        match node {
            Node::Page(page) => pages.push(*page),
            Node::Link { .. } | Node::Separator => {}
            Node::Group { nodes, .. } => collect(nodes, pages),
            Node::Chapter { page, nodes, .. } => {
                pages.extend(page);
                collect(nodes, pages);
            }
        }
    }
}

fn lookup(
    items: &[NavItem],
    flavour: Flavour,
    index: &Index,
    dead: &mut Vec<DeadEntry>,
) -> Vec<Node> {
    let mut nodes = Vec::new();
    for item in items {
        match item {
            NavItem::Link { label, url } => {
                nodes.push(Node::Link { label: label.clone(), url: url.clone() })
            }
            NavItem::Group { title, icon, folded, items } => {
                let inside = lookup(items, flavour, index, dead);
                if !inside.is_empty() {
                    let (title, icon, folded) = (title.clone(), icon.clone(), *folded);
                    nodes.push(Node::Group { title, icon, folded, nodes: inside });
                }
            }
            NavItem::Chapter(written) => nodes.extend(chapter(written, flavour, index, dead)),
            NavItem::Separator => nodes.push(Node::Separator),
            NavItem::Page { target, span } => match find(flavour, index, target) {
                Ok(node) => nodes.push(node),
                Err(()) => {
                    dead.push(DeadEntry { target: target.clone(), span: *span, linked: 0 });
                }
            },
        }
    }
    nodes
}

/// A chapter and those below it. One whose page does not exist keeps its place and its number.
fn chapter(
    written: &Chapter,
    flavour: Flavour,
    index: &Index,
    dead: &mut Vec<DeadEntry>,
) -> Vec<Node> {
    let Chapter { title, number, target, items } = written;
    let found = target.as_ref().map(|(target, span)| {
        find(flavour, index, target).inspect_err(|()| {
            dead.push(DeadEntry { target: target.clone(), span: *span, linked: 0 });
        })
    });
    let nodes = lookup(items, flavour, index, dead);
    let (title, number) = (title.clone(), number.clone());
    match found {
        Some(Ok(Node::Page(page))) => {
            vec![Node::Chapter { title, number, page: Some(page), nodes }]
        }
        Some(Ok(Node::Link { url, .. })) => {
            let link = Node::Link { label: title, url };
            std::iter::once(link).chain(nodes).collect()
        }
        _ => vec![Node::Chapter { title, number, page: None, nodes }],
    }
}

/// The page that an entry names: a path with or without suffix, or an address. In the navigation
/// of another generator, it may also be something other than a page.
fn find(flavour: Flavour, index: &Index, target: &str) -> Result<Node, ()> {
    if flavour.is_foreign() {
        return match Resolver::new(index, flavour).dest(None, target, LinkKind::Link) {
            Target::Page { page, .. } => Ok(Node::Page(page)),
            Target::Missing(_) => Err(()),
            _ => Ok(Node::Link { label: target.to_owned(), url: target.to_owned() }),
        };
    }
    let path = target.trim_matches('/');
    let key = route::of_page(path);
    let page = index
        .page_with_path(path)
        .or_else(|| index.page_at(route::key(&key)))
        .or_else(|| index.page_at(path));
    page.map(Node::Page).ok_or(())
}

/// A navigation from the folders: pages by `order` in their front matter, then by title; folders by
/// the `order` of their own page, then by name.
fn from_folders(index: &Index) -> Vec<Node> {
    let mut folders: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    let is_listed = |at: &PageId| !is_hidden_from(&index.pages[*at], Finder::Navigation);
    for at in index.published().filter(is_listed) {
        let key = route::key(&index.pages[at].route);
        let folder = if index.folders.contains(key) { key } else { parent(key) };
        folders.entry(folder).or_default().push(at);
    }
    let mut tree: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for folder in index.folders.iter().map(String::as_str) {
        tree.entry(parent(folder)).or_default().push(folder);
    }
    folder_nodes(index, "", &folders, &tree, 0)
}

fn folder_nodes(
    index: &Index,
    folder: &str,
    folders: &BTreeMap<&str, Vec<PageId>>,
    tree: &BTreeMap<&str, Vec<&str>>,
    depth: usize,
) -> Vec<Node> {
    let mut pages = folders.get(folder).cloned().unwrap_or_default();
    pages.sort_by_cached_key(|&at| {
        let page = &index.pages[at];
        let own = route::key(&page.route) == folder;
        (!own, order(index, at), natural::key(&page.title), at)
    });
    let mut nodes: Vec<Node> = pages.into_iter().map(Node::Page).collect();
    if depth > 32 {
        return nodes;
    }
    let mut inside: Vec<&str> = tree.get(folder).cloned().unwrap_or_default();
    inside.retain(|inner| !inner.is_empty());
    // The page of a folder gives it its place.
    inside.sort_by_cached_key(|inner| {
        (index.page_at(inner).map_or(i64::MAX, |page| order(index, page)), natural::key(inner))
    });
    for inner in inside {
        let inside = folder_nodes(index, inner, folders, tree, depth + 1);
        if !inside.is_empty() {
            let (title, icon) = (folder_title(index, inner), String::new());
            nodes.push(Node::Group { title, icon, folded: None, nodes: inside });
        }
    }
    nodes
}

/// The first page of some nodes.
pub fn first_page(nodes: &[Node]) -> Option<PageId> {
    nodes.iter().find_map(|node| match node {
        Node::Page(page) => Some(*page),
        Node::Group { nodes, .. } => first_page(nodes),
        Node::Chapter { page, nodes, .. } => page.or_else(|| first_page(nodes)),
        Node::Link { .. } | Node::Separator => None,
    })
}

fn order(index: &Index, page: PageId) -> i64 {
    let mut said = index.pages[page].facts.front.all(Meaning::Order);
    let number = said.find_map(|node| match &node.value {
        crate::data::Value::Number(text) => text.parse().ok(),
        _ => None,
    });
    number.unwrap_or(i64::MAX)
}

fn folder_title(index: &Index, folder: &str) -> String {
    if let Some(page) = index.page_at(folder) {
        return index.pages[page].title.clone();
    }
    let name = folder.rsplit('/').next().unwrap_or(folder).replace(['-', '_'], " ");
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

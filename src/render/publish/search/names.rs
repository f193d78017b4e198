//! What the search knows of all pages before it loads anything of the index: their addresses,
//! titles, headings and places in the navigation.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::stop_words;
use crate::publish::pages::Pages;
use crate::site::nav::Node;
use crate::site::pages::PageId;
use crate::site::target::Target;

/// The most pages that are shown before anything is asked.
const STARTS: usize = 5;

/// The names of all pages of a language.
#[derive(Serialize)]
pub(super) struct Names<'a> {
    /// The titles of the tabs; none if there is only one.
    tabs: Vec<&'a str>,
    /// The tags, those of most pages first.
    tags: Vec<&'a str>,
    /// The pages to start with, by their positions.
    start: Vec<usize>,
    /// The stop words of the language.
    stop: Vec<&'static str>,
    pages: Vec<Named<'a>>,
    /// What Pagefind calls the pages; empty until it is known, and for a page that it does not know.
    keys: Vec<&'a str>,
}

/// A page: its address, its title, its first heading if that is another text, the position of its
/// tab, the groups around it, its sections, how many pages link to it, and the positions of its tags.
type Named<'a> = (
    String,
    &'a str,
    Option<&'a str>,
    Option<usize>,
    Vec<&'a str>,
    Vec<Section<'a>>,
    usize,
    Vec<usize>,
);

/// A section: its heading, behind its id if that does not follow from it.
#[derive(Serialize)]
#[serde(untagged)]
enum Section<'a> {
    Usual(&'a str),
    Own(&'a str, &'a str),
}

impl<'a> Section<'a> {
    fn new(id: &'a str, text: &'a str) -> Self {
        if usual_id(text) == id { Self::Usual(text) } else { Self::Own(id, text) }
    }
}

/// The id that most headings have, whatever the generator: letters and digits in lower case, and one
/// hyphen for a space. `usualId` in theme/scripts/search/names.js is the same.
fn usual_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' => id.push('-'),
            '-' | '_' => id.push(c),
            c if c.is_alphanumeric() => id.extend(c.to_lowercase()),
            _ => {}
        }
    }
    id
}

impl<'a> Names<'a> {
    /// The names of some pages.
    pub(super) fn new(pages: &'a Pages<'_>, language: &str, numbers: &[PageId]) -> Self {
        let nav = &pages.site.nav;
        let place = |page: &PageId| nav.places.get(page).copied();
        let mut at: Vec<(usize, usize)> =
            numbers.iter().filter_map(place).map(|place| (place.language, place.tab)).collect();
        at.sort_unstable();
        at.dedup();
        let titles = at.iter().map(|(language, tab)| &*nav.languages[*language].tabs[*tab].title);
        let tabs: Vec<&str> = titles.collect();
        let (around, links) = (groups(pages), links(pages, numbers));
        let tags = Tags::new(pages, numbers);
        let named = |page: &PageId| {
            let entry = &pages.site.index.pages[*page];
            let headings = &entry.facts.headings;
            let sections = headings.iter().filter(|heading| (2..=3).contains(&heading.level));
            let first = headings.iter().find(|one| one.level == 1).map(|one| one.text.as_str());
            let tab =
                place(page).and_then(|place| at.binary_search(&(place.language, place.tab)).ok());
            (
                pages.links.page(*page),
                entry.title.as_str(),
                first.filter(|text| *text != entry.title),
                tab.filter(|_| at.len() > 1),
                around.get(page).cloned().unwrap_or_default(),
                sections.map(|one| Section::new(&one.ids.primary, &one.text)).collect(),
                links.get(page).copied().unwrap_or_default(),
                tags.of(pages, *page),
            )
        };
        Self {
            start: starts(pages, numbers, &at),
            stop: stop_words::of(language),
            pages: numbers.iter().map(named).collect(),
            tabs: if tabs.len() > 1 { tabs } else { Vec::new() },
            tags: tags.names,
            keys: Vec::new(),
        }
    }

    /// Adds what Pagefind calls the pages, by their addresses.
    pub(super) fn know(&mut self, keys: &'a HashMap<String, String>) {
        let key = |page: &Named<'_>| keys.get(&page.0).map_or("", String::as_str);
        self.keys = self.pages.iter().map(key).collect();
    }

    /// As JSON.
    pub(super) fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// The tags of some pages. Those that differ in their case alone are one.
struct Tags<'a> {
    names: Vec<&'a str>,
    /// The positions of the names, which are in lower case here.
    places: HashMap<String, usize>,
}

impl<'a> Tags<'a> {
    fn new(pages: &'a Pages<'_>, numbers: &[PageId]) -> Self {
        let mut found: HashMap<String, (&str, usize)> = HashMap::new();
        for page in numbers {
            for tag in tags(pages, *page) {
                found.entry(tag.to_lowercase()).or_insert((tag, 0)).1 += 1;
            }
        }
        let mut found: Vec<(String, (&str, usize))> = found.into_iter().collect();
        found.sort_unstable_by(|(a, (_, of_a)), (b, (_, of_b))| (of_b, a).cmp(&(of_a, b)));
        let names = found.iter().map(|(_, (name, _))| *name).collect();
        let places = found.into_iter().enumerate().map(|(at, (key, _))| (key, at)).collect();
        Self { names, places }
    }

    fn of(&self, pages: &Pages<'_>, page: PageId) -> Vec<usize> {
        let place = |tag: &str| self.places.get(&tag.to_lowercase()).copied();
        tags(pages, page).into_iter().filter_map(place).collect()
    }
}

fn tags<'a>(pages: &'a Pages<'_>, page: PageId) -> Vec<&'a str> {
    pages.site.index.pages[page].facts.front.tags()
}

/// The first page of each tab, or the first pages of the only one, by their positions.
fn starts(pages: &Pages<'_>, numbers: &[PageId], tabs: &[(usize, usize)]) -> Vec<usize> {
    let each = if tabs.len() > 1 { 1 } else { STARTS };
    let positions: HashMap<PageId, usize> =
        numbers.iter().enumerate().map(|(at, page)| (*page, at)).collect();
    let of_tab = |(language, tab): &(usize, usize)| {
        let pages = &pages.site.nav.languages[*language].tabs[*tab].pages;
        let known = pages.iter().filter_map(|page| positions.get(page).copied());
        known.take(each).collect::<Vec<_>>()
    };
    tabs.iter().flat_map(of_tab).take(STARTS).collect()
}

/// How many of some pages link to each page.
fn links(pages: &Pages<'_>, numbers: &[PageId]) -> HashMap<PageId, usize> {
    let mut all = HashMap::new();
    for from in numbers {
        let linked = pages.site.targets[*from].iter().filter_map(|target| match target {
            Target::Page { page, .. } if page != from => Some(*page),
            _ => None,
        });
        for page in linked.collect::<HashSet<_>>() {
            *all.entry(page).or_default() += 1;
        }
    }
    all
}

/// The titles of the groups around each page, outermost first.
fn groups<'a>(pages: &'a Pages<'_>) -> HashMap<PageId, Vec<&'a str>> {
    let mut all = HashMap::new();
    let tabs = pages.site.nav.languages.iter().flat_map(|language| &language.tabs);
    tabs.for_each(|tab| around(&tab.nodes, &mut Vec::new(), &mut all));
    all
}

fn around<'a>(
    nodes: &'a [Node],
    titles: &mut Vec<&'a str>,
    all: &mut HashMap<PageId, Vec<&'a str>>,
) {
    for node in nodes {
        let (title, page, nodes) = match node {
            Node::Page(page) => (None, Some(*page), &[][..]),
            Node::Group { title, nodes, .. } => (Some(title.as_str()), None, nodes.as_slice()),
            Node::Chapter { title, page, nodes, .. } => {
                (Some(title.as_str()), *page, nodes.as_slice())
            }
            Node::Link { .. } | Node::Separator => continue,
        };
        if let Some(page) = page {
            all.entry(page).or_insert_with(|| titles.clone());
        }
        titles.extend(title);
        around(nodes, titles, all);
        titles.truncate(titles.len() - usize::from(title.is_some()));
    }
}

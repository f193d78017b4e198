//! The index of targets: the only thing that crosses pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::route;
use crate::config::Config;
use crate::markdown::facts::{Anchor, PageFacts};
use crate::markdown::scan::Scan;
use crate::markdown::{self, Dialect};
use crate::source::{Source, Span, VPath};

/// A page with its facts.
#[derive(Debug)]
pub struct Page {
    /// Its text.
    pub source: Source,
    /// Its path inside the folder of pages.
    pub content_path: String,
    /// Its address.
    pub route: String,
    /// What it says.
    pub facts: Arc<PageFacts>,
    /// Its title.
    pub title: String,
    /// A fault of its encoding: the place and what is wrong.
    pub fault: Option<(Span, String)>,
}

impl Page {
    /// Whether it is MDX, where modules may be imported.
    pub fn is_mdx(&self) -> bool {
        self.source.path.extension() == Some("mdx")
    }

    /// The page as the parser shall see it.
    pub fn scan(&self, dialect: Dialect) -> Scan<'_> {
        let text = &self.source.text;
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let body = self.facts.front.span.end.max(mark);
        markdown::prepare(text, self.is_mdx(), body, dialect)
    }

    /// The address that it sends its readers on to.
    pub fn redirect(&self) -> Option<&str> {
        self.facts.front.str("redirect")
    }
}

/// Two pages that want one address.
#[derive(Clone, Debug)]
pub struct RouteClash {
    /// The page that has it.
    pub kept: usize,
    /// The page that does not.
    pub lost: usize,
}

/// Every target of the tree.
#[derive(Debug, Default)]
pub struct Index {
    /// The pages in the order of their paths.
    pub pages: Vec<Page>,
    /// Files that are not pages, by their published path.
    pub assets: BTreeMap<String, VPath>,
    /// Folders inside the folder of pages.
    pub folders: BTreeSet<String>,
    /// Pages whose address another page has.
    pub clashes: Vec<RouteClash>,
    by_key: HashMap<String, usize>,
    by_path: HashMap<String, usize>,
    /// The pages whose addresses end in the same part.
    by_name: HashMap<String, Vec<usize>>,
    /// Paths and addresses by their small letters, for links that differ in case alone.
    by_small_letters: HashMap<String, String>,
    redirects: HashMap<String, String>,
    patterns: Vec<(String, String)>,
    anchors: Vec<HashMap<String, usize>>,
}

impl Index {
    /// Indexes pages (sorted by path) and assets.
    pub fn new(config: &Config, pages: Vec<Page>, assets: BTreeMap<String, VPath>) -> Self {
        let mut index = Self { assets, ..Self::default() };
        for (from, to) in config.redirects.iter().map(|redirect| (&redirect.from, &redirect.to)) {
            index.add_redirect(from, to);
        }
        let mut order: Vec<usize> = (0..pages.len()).collect();
        order.sort_by_key(|&at| (route::precedence(&pages[at].content_path), at));
        for at in order {
            let page = &pages[at];
            let key = route::key(&page.route).to_owned();
            match index.by_key.get(&key) {
                Some(&kept) => index.clashes.push(RouteClash { kept, lost: at }),
                None => {
                    index.by_key.insert(key.clone(), at);
                    index.by_name.entry(last_part(&key).to_owned()).or_default().push(at);
                    if let Some(to) = page.redirect() {
                        index.redirects.insert(key, to.to_owned());
                    }
                }
            }
            index.by_path.insert(page.content_path.clone(), at);
        }
        index.clashes.sort_by_key(|clash| clash.lost);
        for path in pages.iter().map(|page| &page.content_path).chain(index.assets.keys()) {
            let mut folder = path.as_str();
            while let Some((parent, _)) = folder.rsplit_once('/') {
                if !index.folders.insert(parent.to_owned()) {
                    break;
                }
                folder = parent;
            }
        }
        let names = pages.iter().map(|page| page.content_path.as_str());
        let addresses = pages.iter().map(|page| route::key(&page.route));
        for name in names.chain(addresses).chain(index.assets.keys().map(String::as_str)) {
            let small = name.to_lowercase();
            index.by_small_letters.entry(small).or_insert_with(|| name.to_owned());
        }
        index.anchors = pages.iter().map(|page| anchors(&page.facts.anchors)).collect();
        index.pages = pages;
        index
    }

    /// Puts another page in the place of one with the same path and address; returns the old one.
    pub fn replace(&mut self, at: usize, page: Page) -> Page {
        self.anchors[at] = anchors(&page.facts.anchors);
        let old = std::mem::replace(&mut self.pages[at], page);
        if self.is_published(at) && old.redirect() != self.pages[at].redirect() {
            let key = route::key(&old.route).to_owned();
            match self.pages[at].redirect() {
                Some(to) => self.redirects.insert(key, to.to_owned()),
                None => self.redirects.remove(&key),
            };
        }
        old
    }

    fn add_redirect(&mut self, from: &str, to: &str) {
        let key = route::key(from);
        let prefix = key.find("/:").or_else(|| key.find("/*")).map(|at| &key[..at]);
        match prefix.or_else(|| key.starts_with([':', '*']).then_some("")) {
            Some(prefix) => self.patterns.push((prefix.to_owned(), to.to_owned())),
            None => {
                self.redirects.insert(key.to_owned(), to.to_owned());
            }
        }
    }

    /// The page at an address without slashes around it.
    pub fn page_at(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The page with this path inside the folder of pages.
    pub fn page_with_path(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The page, address or file whose name differs from this one in the case of letters alone.
    pub fn in_another_case(&self, path: &str) -> Option<&str> {
        let path = path.trim_matches('/');
        let actual = self.by_small_letters.get(&path.to_lowercase())?;
        (actual != path).then_some(actual.as_str())
    }

    /// Where an address without slashes around it redirects to.
    pub fn redirect(&self, key: &str) -> Option<String> {
        if let Some(to) = self.redirects.get(key) {
            return Some(to.clone());
        }
        let (prefix, to) = self.patterns.iter().find(|(prefix, _)| {
            prefix.is_empty()
                || key.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })?;
        let rest = key[prefix.len()..].trim_start_matches('/');
        let hole = to.find(':').filter(|_| to.starts_with('/')).or_else(|| to.find('*'));
        Some(hole.map_or_else(|| to.clone(), |at| format!("{}{rest}", &to[..at])))
    }

    /// The anchor of a page with this id.
    pub fn anchor(&self, page: usize, id: &str) -> Option<&Anchor> {
        let at = *self.anchors[page].get(id)?;
        self.pages[page].facts.anchors.get(at)
    }

    /// The addresses that end in this part, without slashes around them.
    pub fn keys_named(&self, name: &str) -> impl Iterator<Item = &str> {
        let pages = self.by_name.get(name).into_iter().flatten();
        pages.map(|&page| route::key(&self.pages[page].route))
    }

    /// The addresses of all pages, without slashes around them.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }

    /// Whether the page has its own address: a page that lost it to another is not published.
    pub fn is_published(&self, page: usize) -> bool {
        self.page_at(route::key(&self.pages[page].route)) == Some(page)
    }
}

fn last_part(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

fn anchors(anchors: &[Anchor]) -> HashMap<String, usize> {
    let mut map = HashMap::with_capacity(anchors.len());
    for (at, anchor) in anchors.iter().enumerate() {
        map.entry(anchor.id.clone()).or_insert(at);
    }
    map
}

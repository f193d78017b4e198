//! The index of link targets, the only data that spans pages.

use crate::markdown::front_keys::Meaning;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::pages::{PageId, PageVec};
use super::route;
use super::vocabulary::Vocabularies;
use crate::config::Config;
use crate::config::layout::Layout;
use crate::data::Node;
use crate::markdown::facts::{Anchor, PageFacts};
use crate::markdown::kept_outline::KeptOutline;
use crate::markdown::outline::Outline;
use crate::markdown::scan::Scan;
use crate::markdown::{self, Dialect};
use crate::source::{Source, Span, VPath, parent};

/// A page with its facts.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its text.
    pub source: Source,
    /// Its path inside the folder of pages.
    pub content_path: String,
    /// The number of its mount.
    pub mount: Option<usize>,
    /// Whether its generator does not publish it, as for a draft.
    pub dropped: bool,
    /// Whether build-time includes may add anchors that docgen cannot see.
    pub open: bool,
    /// Its address.
    pub route: String,
    /// Its facts.
    pub facts: Arc<PageFacts>,
    /// Its outline, if this run has parsed it.
    pub outline: Option<Arc<KeptOutline>>,
    /// Its title.
    pub title: String,
    /// What is wrong with its encoding: span and message.
    pub fault: Option<(Span, String)>,
    /// Its anchors by id, built on first use.
    pub anchors: AnchorOrder,
}

impl Page {
    /// The anchor with this id.
    pub fn anchor(&self, id: &str) -> Option<&Anchor> {
        self.anchors.find(&self.facts.anchors, id)
    }

    /// Whether it is MDX, where modules may be imported.
    pub fn is_mdx(&self) -> bool {
        self.source.path.extension() == Some("mdx")
    }

    /// The input of the parser for this page.
    pub fn scan(&self, dialect: Dialect) -> Scan<'_> {
        let text = &self.source.text;
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let body = self.facts.front.span.end.max(mark);
        markdown::prepare(text, self.is_mdx(), body, dialect)
    }

    /// Its outline, for as long as `look` takes.
    pub fn with_outline<T>(&self, dialect: Dialect, look: impl FnOnce(&Outline<'_>) -> T) -> T {
        let text = &self.source.text;
        match &self.outline {
            Some(kept) => look(&kept.outline(text)),
            None => look(&Outline::new(text, &self.scan(dialect))),
        }
    }

    /// Addresses that it had before, without slashes around them.
    fn old_addresses(&self) -> Vec<String> {
        let good = self.aliases().into_iter().filter_map(|(_, key)| key.ok());
        good.collect()
    }

    /// The earlier addresses in its front matter: the node, and the address without slashes around
    /// it, or why it cannot be one.
    pub fn aliases(&self) -> Vec<(&Node, Result<String, &'static str>)> {
        let mut out = Vec::new();
        for list in self.facts.front.all(Meaning::OldAddress) {
            for node in list.items().iter().chain([list]) {
                let Some(from) = node.as_str() else { continue };
                // An address without a leading slash is relative to the folder of the page.
                let beside = parent(route::key(&self.route));
                let whole = if from.starts_with('/') {
                    from.to_owned()
                } else {
                    format!("{beside}/{from}")
                };
                let fault = route::alias_fault(route::key(&whole));
                let key = VPath::new(&whole).map(|path| path.to_string());
                out.push((node, fault.map_or_else(|| key.ok_or("it leaves the site"), Err)));
            }
        }
        out
    }

    /// Whether it is shown for addresses that do not exist.
    pub fn is_not_found(&self) -> bool {
        route::is_not_found(&self.route)
    }

    /// Whether it is published as Markdown, too.
    pub fn has_twin(&self) -> bool {
        self.redirect().is_none() && !self.is_not_found()
    }

    /// The address that it redirects to.
    pub fn redirect(&self) -> Option<&str> {
        self.facts.front.said(Meaning::Redirect)
    }
}

/// Two pages with the same address.
#[derive(Clone, Debug)]
pub struct RouteClash {
    /// The page that gets the address.
    pub kept: PageId,
    /// The page that does not get it, and is not published.
    pub lost: PageId,
}

/// Every target of the tree.
#[derive(Debug, Default)]
pub struct Index {
    /// The pages in the order of their paths.
    pub pages: PageVec<Arc<Page>>,
    /// Files that are not pages, by their published path.
    pub assets: BTreeMap<String, VPath>,
    /// Folders inside the folder of pages.
    pub folders: BTreeSet<String>,
    /// Pages whose address another page has.
    pub clashes: Vec<RouteClash>,
    /// The folders and addresses of the tree.
    pub layout: Layout,
    /// The URL that the site will be served from.
    pub base_url: Option<String>,
    /// The words of its languages.
    pub vocabularies: Vocabularies,
    by_key: HashMap<String, PageId>,
    by_file: HashMap<String, PageId>,
    /// Published paths of files by their paths.
    assets_by_file: HashMap<String, String>,
    /// Addresses that the navigation names, but no page has.
    nav_only: BTreeSet<String>,
    /// Addresses and paths of pages that are not published.
    unpublished: BTreeSet<String>,
    /// Addresses of folders that contain a page.
    folders_with_pages: BTreeSet<String>,
    by_path: HashMap<String, PageId>,
    /// The pages by the last segment of their address.
    by_name: HashMap<String, Vec<PageId>>,
    /// Paths and addresses by their lower-case form, for links that differ only in case.
    by_small_letters: HashMap<String, String>,
    redirects: HashMap<String, String>,
    patterns: Vec<(String, String)>,
    /// Components that docgen does not know and that some page opens and closes.
    paired: HashSet<String>,
}

impl Index {
    /// Indexes pages (sorted by path) and assets.
    pub fn new(
        config: &Config,
        pages: PageVec<Arc<Page>>,
        assets: BTreeMap<String, VPath>,
    ) -> Self {
        let layout = config.layout.clone();
        let base_url = config.base_url.clone();
        let mut index = Self { assets, layout, base_url, ..Self::default() };
        if config.flavour.is_foreign() {
            let files = index.assets.iter().map(|(at, path)| (path.to_string(), at.clone()));
            index.assets_by_file = files.collect();
        }
        for (from, to) in config.redirects.iter().map(|redirect| (&redirect.from, &redirect.to)) {
            index.add_redirect(from, to);
        }
        let mut order: Vec<PageId> = pages.ids().collect();
        order.sort_by_key(|&at| (route::precedence(&pages[at].content_path), at));
        for at in order {
            let page = &pages[at];
            if page.dropped {
                let names =
                    [route::key(&page.route), &page.content_path, page.source.path.as_str()];
                index.unpublished.extend(names.map(str::to_owned));
                continue;
            }
            let key = route::key(&page.route).to_owned();
            match index.by_key.get(&key) {
                Some(&kept) => index.clashes.push(RouteClash { kept, lost: at }),
                None => {
                    index.by_key.insert(key.clone(), at);
                    index.by_name.entry(last_part(&key).to_owned()).or_default().push(at);
                    if let Some(to) = page.redirect() {
                        index.redirects.insert(key.clone(), to.to_owned());
                    }
                }
            }
            index.by_path.insert(page.content_path.clone(), at);
            index.by_file.insert(page.source.path.to_string(), at);
            let folder = parent(&key);
            if !index.folders_with_pages.contains(folder) {
                index.folders_with_pages.insert(folder.to_owned());
            }
            for from in page.old_addresses() {
                index.redirects.entry(from).or_insert_with(|| page.route.clone());
            }
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
        let files = pages.iter().map(|page| page.source.path.as_str());
        for name in
            names.chain(addresses).chain(files).chain(index.assets.keys().map(String::as_str))
        {
            let small = name.to_lowercase();
            index.by_small_letters.entry(small).or_insert_with(|| name.to_owned());
        }
        index.paired = paired(&pages);
        index.pages = pages;
        index
    }

    /// Replaces a page by another with the same path and address; returns the old one.
    pub fn replace(&mut self, at: PageId, page: Page) -> Arc<Page> {
        let old = std::mem::replace(&mut self.pages[at], Arc::new(page));
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

    /// Earlier addresses of pages that nothing else has now, without slashes around them, with the
    /// page, sorted.
    pub fn old_addresses(&self) -> Vec<(String, PageId)> {
        let mut all: BTreeMap<String, PageId> = BTreeMap::new();
        for at in self.published() {
            for from in self.pages[at].old_addresses() {
                if self.page_at(&from).is_none() {
                    all.entry(from).or_insert(at);
                }
            }
        }
        all.into_iter().collect()
    }

    /// All pages.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = PageId> + use<> {
        self.pages.ids()
    }

    /// The pages that have their own address: see [`Self::is_published`].
    pub fn published(&self) -> impl Iterator<Item = PageId> {
        self.ids().filter(|page| self.is_published(*page))
    }

    /// The page of this file, published or not.
    pub fn page_with_source(&self, path: &VPath) -> Option<PageId> {
        self.pages.search(|page| page.source.path.cmp(path))
    }

    /// The page at an address without slashes around it.
    pub fn page_at(&self, key: &str) -> Option<PageId> {
        self.by_key.get(key).copied()
    }

    /// The page with this path inside the folder of pages.
    pub fn page_with_path(&self, path: &str) -> Option<PageId> {
        self.by_path.get(path).copied()
    }

    /// The page, address or file whose name differs from this one only in upper and lower case.
    pub fn in_another_case(&self, path: &str) -> Option<&str> {
        let path = path.trim_matches('/');
        let actual = self.by_small_letters.get(&path.to_lowercase())?;
        (actual != path).then_some(actual.as_str())
    }

    /// The page of this file, if the generator publishes it.
    pub fn page_of_file(&self, path: &str) -> Option<PageId> {
        self.by_file.get(path).copied()
    }

    /// The published path of this file.
    pub fn asset_of(&self, path: &str) -> Option<&str> {
        self.assets_by_file.get(path).map(String::as_str)
    }

    /// Whether a page with this address or path is in the tree but not published.
    pub fn is_unpublished(&self, name: &str) -> bool {
        self.unpublished.contains(name)
    }

    /// Whether there are pages in the folder of this address, other than the front page.
    pub fn has_neighbours(&self, key: &str) -> bool {
        key.rsplit_once('/').is_some_and(|(folder, _)| self.folders_with_pages.contains(folder))
    }

    /// Records addresses in the navigation that no page has.
    pub fn mark_nav_only(&mut self, targets: impl Iterator<Item = String>) {
        self.nav_only.extend(targets.map(|target| nav_only_key(&target)));
    }

    /// Whether the navigation names this address or path.
    pub fn is_nav_only(&self, key: &str) -> bool {
        !self.nav_only.is_empty() && self.nav_only.contains(&nav_only_key(key))
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

    /// Whether some page opens and closes a component of this name that docgen does not know.
    pub fn is_paired(&self, name: &str) -> bool {
        self.paired.contains(name)
    }

    /// The anchor of a page with this id.
    pub fn anchor(&self, page: PageId, id: &str) -> Option<&Anchor> {
        self.pages[page].anchor(id)
    }

    /// The pages whose addresses end with this segment.
    pub fn pages_named(&self, name: &str) -> &[PageId] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The addresses that end with this segment, without slashes around them.
    pub fn keys_named(&self, name: &str) -> impl Iterator<Item = &str> {
        let pages = self.by_name.get(name).into_iter().flatten();
        pages.map(|&page| route::key(&self.pages[page].route))
    }

    /// The addresses of all pages, without slashes around them.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }

    /// Whether the page is published: it is not if another page has its address.
    pub fn is_published(&self, page: PageId) -> bool {
        self.page_at(route::key(&self.pages[page].route)) == Some(page)
    }
}

fn nav_only_key(target: &str) -> String {
    let stem = route::stem(target.trim_matches('/'));
    stem.strip_suffix(".html").unwrap_or(stem).to_owned()
}

fn paired(pages: &PageVec<Arc<Page>>) -> HashSet<String> {
    let uses = pages.iter().flat_map(|page| &page.facts.components);
    uses.filter(|one| !one.known && one.closed).map(|one| one.name.clone()).collect()
}

fn last_part(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// The anchors of a page, sorted by id; of several with the same id, the first.
#[derive(Clone, Debug, Default)]
pub struct AnchorOrder(OnceLock<Vec<u32>>);

impl AnchorOrder {
    fn find<'a>(&self, anchors: &'a [Anchor], id: &str) -> Option<&'a Anchor> {
        let order = self.0.get_or_init(|| {
            let mut order: Vec<u32> = (0..anchors.len() as u32).collect();
            order.sort_by_key(|&at| anchors[at as usize].id.as_str());
            order.dedup_by_key(|at| anchors[*at as usize].id.as_str());
            order
        });
        let found = order.binary_search_by_key(&id, |&at| anchors[at as usize].id.as_str());
        found.ok().map(|at| &anchors[order[at] as usize])
    }
}

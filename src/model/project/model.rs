//! The model: pages with their facts, the index, and the target of every link.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::bindings::Bindings;
use super::expansion::Expansions;
use super::faults::{LoadFault, LoadFaults};
use super::input_page::InputPage;
use super::inputs::Inputs;
use super::shared_pages::SharedPages;
use super::unknown_ids;
use crate::config::Config;
use crate::diagnostic::{Finding, Severity};
use crate::error::{Error, Result};
use crate::markdown;
use crate::markdown::destination::split_path;
use crate::markdown::facts::Link;
use crate::markdown::facts_cache::FactsCache;
use crate::markdown::front_matter::FrontMatter;
use crate::site::index::{Index, Page};
use crate::site::language;
use crate::site::nav::Nav;
use crate::site::pages::{PageId, PageVec};
use crate::site::plan::Plan;
use crate::site::reason::Reason;
use crate::site::resolve::Resolver;
use crate::site::route;
use crate::site::target::Target;
use crate::source::{Source, VPath};

/// A documentation tree in memory, on which `check`, `build` and `serve` work.
pub struct Model {
    /// The settings.
    pub config: Config,
    /// All targets.
    pub index: Index,
    /// The navigation.
    pub nav: Nav,
    /// The targets of the links of each page.
    pub targets: PageVec<Vec<Target>>,
    /// The targets of the links in the front matter of each page.
    pub front_targets: PageVec<Vec<Target>>,
    /// The site's own templates.
    pub templates: Vec<Source>,
    /// The pages that are made of several files.
    pub expansions: Expansions,
    /// The schemas and command specifications that examples are checked against.
    pub bindings: Arc<Bindings>,
    /// Faults from reading the tree.
    pub faults: LoadFaults,
    settings: Vec<Source>,
}

impl Model {
    /// Parses the pages, indexes them and resolves their links. It is an error if there are none.
    pub fn new(inputs: Inputs) -> Result<Self> {
        let Inputs {
            config,
            settings,
            pages,
            made,
            expansions,
            assets,
            templates,
            bindings,
            mut faults,
            facts_cache,
        } = inputs;
        let lost_page = |(_, finding): &(LoadFault, Finding)| {
            finding.severity.is_none_or(|one| one == Severity::Error)
        };
        if pages.is_empty() && made.is_empty() && !faults.iter().any(lost_page) {
            let place = if config.content.is_empty() {
                "this folder".to_owned()
            } else {
                format!("`{}/`", config.content)
            };
            return Err(Error::new(format!(
                "nothing to check: there are no Markdown pages in {place}"
            )));
        }
        let dialect = config.dialect();
        let mut pages: Vec<Page> =
            pages.into_par_iter().map(|page| parse(page, &config, dialect, &facts_cache)).collect();
        keep_readmes(&mut pages);
        if let Some(withheld_below) = config.flavour.withheld_below {
            drop_below(&mut pages, withheld_below);
        }
        let pages = merged(pages, made);
        let mut index = Index::new(&config, pages, assets);
        let mut nav = Nav::new(&config, &index);
        if config.flavour.is_foreign() {
            index.mark_nav_only(nav.dead.iter().map(|entry| entry.target.clone()));
        }
        let resolver = Resolver::new(&index, config.flavour);
        let ids: Vec<PageId> = index.ids().collect();
        let targets: Vec<Vec<Target>> =
            ids.into_par_iter().map(|page| targets(&index, &resolver, &expansions, page)).collect();
        let targets = PageVec::from(targets);
        count_links(&mut nav, &index, &targets);
        let front_targets: PageVec<Vec<Target>> =
            index.ids().map(|page| front_targets(&index, &resolver, page)).collect();
        let clashes = Plan::new(&config, &index, &targets).findings(&index);
        faults.extend(clashes.into_iter().map(|finding| (LoadFault::DuplicateRoute, finding)));
        let templates: Vec<Source> = templates
            .into_iter()
            .filter_map(|(name, text)| {
                Some(Source::new(VPath::new(&format!("templates/{name}"))?, text))
            })
            .collect();
        Ok(Self {
            config,
            index,
            nav,
            targets,
            front_targets,
            templates,
            expansions,
            bindings,
            faults,
            settings,
        })
    }

    /// What is published where.
    pub fn plan(&self) -> Plan {
        Plan::new(&self.config, &self.index, &self.targets)
    }

    /// The language of a page: that of its place in the navigation, else that of its folder, else
    /// that of the site.
    pub fn page_language(&self, page: PageId) -> String {
        let nav = &self.nav;
        let code = nav.places.get(&page).map(|place| nav.languages[place.language].code.clone());
        code.filter(|code| !code.is_empty())
            .or_else(|| self.folder_language(page))
            .unwrap_or_else(|| self.config.language.clone())
    }

    /// The language in the path of a page, on a site that has several: a translation may exist
    /// before its navigation does.
    fn folder_language(&self, page: PageId) -> Option<String> {
        let (language, _) = language::split(&self.index.pages[page].content_path);
        let several = self.nav.languages.len() > 1;
        (several && !language.is_empty()).then(|| language.to_owned())
    }

    /// The pages that are the same in a tree where `changed` files differ. Pages that include other
    /// files, or whose address depends on neighbouring files, are not shared.
    pub fn shared_pages(&self, changed: &BTreeSet<VPath>) -> SharedPages {
        let stands_alone = |page: &&Arc<Page>| {
            let path = &page.source.path;
            let readme = route::precedence(&page.content_path) == 3;
            // The front matter of a section may apply to all pages below it.
            let plain = self.config.flavour.withheld_below.is_none()
                && page.fault.is_none()
                && !page.open
                && !page.dropped
                && !readme;
            plain && !changed.contains(path) && !self.is_expanded(path)
        };
        SharedPages::new(&self.config, self.index.pages.iter().filter(stands_alone))
    }

    /// Whether a page includes other files.
    pub fn is_expanded(&self, path: &VPath) -> bool {
        self.expansions.source(path).is_some()
    }

    /// The file that an offset of a page was included from, if it is not the page itself.
    pub fn file_at(&self, page: PageId, at: usize) -> Option<&VPath> {
        self.expansions.file_at(&self.index.pages[page].source.path, at)
    }

    /// Gives a page another text: it is parsed again and its own links are resolved again, so that
    /// a check of this page finds what a check of the whole tree would find on it. Returns the old
    /// text. Both texts have their includes expanded, and later spans are those of the new one.
    ///
    /// Its path and address stay the same, and so do all other pages: a link of theirs to an anchor
    /// that is gone still counts as good.
    pub fn replace_page(&mut self, page: PageId, text: String) -> String {
        let old = &self.index.pages[page];
        let input = InputPage {
            source: Source::new(old.source.path.clone(), text),
            content_path: old.content_path.clone(),
            place: None,
            title: None,
            fault: None,
        };
        let (mount, dropped) = (old.mount, old.dropped);
        self.expansions.forget(&old.source.path);
        let facts_cache = FactsCache::default();
        let made = parse(input, &self.config, self.config.dialect(), &facts_cache);
        let made = Page { route: old.route.clone(), mount, dropped, ..made };
        let old = self.index.replace(page, made);
        let resolver = Resolver::new(&self.index, self.config.flavour);
        self.targets[page] = targets(&self.index, &resolver, &self.expansions, page);
        self.front_targets[page] = front_targets(&self.index, &resolver, page);
        Arc::try_unwrap(old).map_or_else(|old| old.source.text.clone(), |old| old.source.text)
    }

    /// Scripts that the generator of the tree would load by itself, but docgen only lists.
    pub fn idle_scripts(&self) -> Vec<&str> {
        let root_script = |name: &&str| name.ends_with(".js") && !name.contains('/');
        let loaded = |name: &str| {
            let mut scripts = self.config.scripts.iter().chain(&self.config.consent.scripts);
            scripts.any(|script| script.trim_start_matches('/') == name)
        };
        let names = self.index.assets.keys().map(String::as_str).filter(root_script);
        let expected = self.config.flavour.loads_root_scripts;
        names.filter(|name| expected && !loaded(name)).collect()
    }

    /// Whether this is a file that the settings were read from.
    pub fn is_setting(&self, path: &VPath) -> bool {
        self.settings.iter().any(|source| source.path == *path)
    }

    /// The text of a file that a finding may be about.
    pub fn source(&self, path: &VPath) -> Option<&Source> {
        let page = self.index.page_with_source(path);
        let own = self.expansions.source(path);
        own.or_else(|| page.map(|at| &self.index.pages[at].source)).or_else(|| {
            self.settings.iter().chain(&self.templates).find(|source| source.path == *path)
        })
    }
}

/// The targets of the links of a page.
fn targets(
    index: &Index,
    resolver: &Resolver<'_>,
    expansions: &Expansions,
    page: PageId,
) -> Vec<Target> {
    let Page { source, facts, .. } = &*index.pages[page];
    let target = |link: &Link| match expansions.file_at(&source.path, link.span.start) {
        Some(file) => resolver.link_in(page, link, file),
        None => resolver.link(page, link),
    };
    facts.links.iter().map(target).collect()
}

/// The targets of the links in the front matter of a page.
fn front_targets(index: &Index, resolver: &Resolver<'_>, page: PageId) -> Vec<Target> {
    let links = index.pages[page].facts.front_links.iter();
    links.map(|link| resolver.front_link(page, link)).collect()
}

/// A README beside an index page is not the page of its folder: it keeps its own name.
fn keep_readmes(pages: &mut [Page]) {
    let is = |page: &Page, rank: std::ops::Range<usize>| {
        rank.contains(&route::precedence(&page.content_path))
    };
    let indexed: HashSet<String> =
        pages.iter().filter(|page| is(page, 0..2)).map(|page| page.route.clone()).collect();
    for page in pages.iter_mut().filter(|page| is(page, 3..4) && indexed.contains(&page.route)) {
        page.route = route::of_key(route::stem(&page.content_path));
    }
}

/// Drops the pages of sections whose front matter excludes everything below them.
fn drop_below(pages: &mut [Page], withheld_below: fn(&FrontMatter) -> bool) {
    let says = |page: &&Page| withheld_below(&page.facts.front);
    let sections: Vec<String> = pages
        .iter()
        .filter(says)
        .filter_map(|page| Some(format!("{}/", page.content_path.rsplit_once('/')?.0)))
        .collect();
    for page in pages {
        page.dropped |= sections.iter().any(|section| page.content_path.starts_with(section));
    }
}

/// Counts the links to pages that the navigation names but the tree does not have.
fn count_links(nav: &mut Nav, index: &Index, targets: &PageVec<Vec<Target>>) {
    if nav.dead.is_empty() {
        return;
    }
    let name = |path: &str| {
        let path = split_path(path).0.trim_end_matches('/');
        route::stem(path.rsplit('/').next().unwrap_or(path)).to_owned()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (page, targets) in index.pages.iter().zip(targets) {
        for (link, target) in page.facts.links.iter().zip(targets) {
            if matches!(target, Target::Unknown(Reason::MissingNavPage)) {
                *counts.entry(name(&link.dest)).or_default() += 1;
            }
        }
    }
    for entry in &mut nav.dead {
        entry.linked = counts.get(&name(&entry.target)).copied().unwrap_or(0);
    }
}

fn parse(
    page: InputPage,
    config: &Config,
    dialect: markdown::Dialect,
    facts_cache: &FactsCache,
) -> Page {
    let mdx = page.source.path.extension() == Some("mdx");
    let (facts, outline) = facts_cache.facts(&page.source.text, mdx, dialect);
    let open = unknown_ids::takes_in(&config.layout, config.flavour, &page.source.text);
    let (mount, inside) = page.place.map_or((None, None), |(at, path)| (Some(at), Some(path)));
    let listed = config.layout.titles.get(&page.content_path);
    let given = page.title.or_else(|| listed.filter(|title| !title.is_empty()).cloned());
    let own = mount.zip(inside).and_then(|(at, inside)| {
        let layout = &config.layout;
        config.flavour.address_of(layout, &layout.mounts[at], &inside, &facts.front)
    });
    let not_found = config.flavour.not_found;
    let route = not_found
        .and_then(|name| route::of_not_found(&page.content_path, name))
        .or(own)
        .unwrap_or_else(|| route::of_page(&page.content_path));
    let dropped = (config.flavour.withheld)(&facts.front);
    let own = || facts.title().map_or_else(|| title_from(&route), str::to_owned);
    let title = given.unwrap_or_else(own);
    Page {
        source: page.source,
        content_path: page.content_path,
        mount,
        dropped,
        open,
        route,
        facts,
        outline: outline.map(Arc::new),
        title,
        fault: page.fault,
        anchors: Default::default(),
    }
}

/// All pages in the order of their paths.
fn merged(pages: Vec<Page>, made: Vec<Arc<Page>>) -> PageVec<Arc<Page>> {
    let mut all: Vec<Arc<Page>> = pages.into_iter().map(Arc::new).chain(made).collect();
    all.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    all.into()
}

/// A title from the last segment of an address.
fn title_from(route: &str) -> String {
    let name = route::key(route).rsplit('/').next().unwrap_or_default().replace(['-', '_'], " ");
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(|| "Home".to_owned(), |first| first.to_uppercase().chain(chars).collect())
}

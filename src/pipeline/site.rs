//! The model: pages with their facts, the index, and what every link leads to.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::expansion::Expansions;
use super::inputs::{InputPage, Inputs};
use super::open;
use super::plan::Plan;
use super::publisher::{Output, Publisher};
use super::shown;
use crate::check::memo::Memo;
use crate::check::needles::Needles;
use crate::check::past::Past;
use crate::check::rule::SiteContext;
use crate::check::runner;
use crate::check::truths::Truths;
use crate::config::Config;
use crate::config::words::Words;
use crate::coverage::Coverage;
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::error::{Error, Result};
use crate::markdown;
use crate::markdown::facts::Link;
use crate::markdown::front_matter::FrontMatter;
use crate::markdown::known::Known;
use crate::render::assets::Assets;
use crate::render::highlight::Highlighter;
use crate::render::template::{TemplateFault, Theme};
use crate::site::PROMISED;
use crate::site::index::{Index, Page};
use crate::site::nav::Nav;
use crate::site::resolve::{Resolver, Target};
use crate::site::route;
use crate::source::{Source, Span, VPath};

/// A documentation site as a value.
pub struct Site {
    /// The settings.
    pub config: Config,
    /// All targets.
    pub index: Index,
    /// The navigation.
    pub nav: Nav,
    /// What the links of each page lead to.
    pub targets: Vec<Vec<Target>>,
    /// What the links in the front matter of each page lead to.
    pub front_targets: Vec<Vec<Target>>,
    /// How many pages the rules have looked at, for those who wait.
    pub checked: AtomicUsize,
    pub(super) theme: Theme,
    pub(super) assets: Assets,
    /// The day of the last change of each page, by the path of its file.
    pub(super) days: HashMap<String, String>,
    /// By what each block was held that is right, by page and place: known after a check.
    pub(super) held: OnceLock<HashMap<VPath, HashMap<usize, String>>>,
    /// The words of the theme, for each language of its pages.
    pub(super) words: OnceLock<BTreeMap<String, Words>>,
    templates: Vec<Source>,
    settings: Vec<Source>,
    expansions: Expansions,
    memo: Memo,
    needles: Needles,
    truths: Arc<Truths>,
    faults: Vec<(&'static str, Finding)>,
}

impl Site {
    /// Parses, indexes and resolves. There must be something to look at.
    pub fn new(inputs: Inputs) -> Result<Self> {
        let Inputs {
            config,
            settings,
            pages,
            made,
            expansions,
            assets,
            templates,
            truths,
            mut faults,
            known,
        } = inputs;
        let lost_page = |(_, finding): &(&str, Finding)| {
            finding.severity.is_none_or(|one| one == Severity::Error)
        };
        if pages.is_empty() && made.is_empty() && !faults.iter().any(lost_page) {
            let place = if config.content.is_empty() {
                "this folder".to_owned()
            } else {
                format!("`{}/`", config.content)
            };
            return Err(Error::new(format!(
                "nothing to examine: there is no Markdown page in {place}"
            )));
        }
        let dialect = config.dialect();
        let mut pages: Vec<Page> =
            pages.into_par_iter().map(|page| parse(page, &config, dialect, &known)).collect();
        keep_readmes(&mut pages);
        if let Some(withheld_below) = config.flavour.withheld_below {
            drop_below(&mut pages, withheld_below);
        }
        let pages = merged(pages, made);
        let mut index = Index::new(&config, pages, assets);
        let mut nav = Nav::new(&config, &index);
        if config.flavour.is_foreign() {
            index.promise(nav.dead.iter().map(|entry| entry.target.clone()));
        }
        let resolver = Resolver::new(&index, config.flavour);
        let targets: Vec<Vec<Target>> = (0..index.pages.len())
            .into_par_iter()
            .map(|page| targets(&index, &resolver, &expansions, page))
            .collect();
        count_links(&mut nav, &index, &targets);
        let front_targets: Vec<Vec<Target>> =
            (0..index.pages.len()).map(|page| front_targets(&index, &resolver, page)).collect();
        let clashes = Plan::new(&config, &index, &targets).findings(&index);
        faults.extend(clashes.into_iter().map(|finding| ("duplicate-route", finding)));
        let (theme, broken) = Theme::new(&templates);
        let templates: Vec<Source> = templates
            .into_iter()
            .filter_map(|(name, text)| {
                Some(Source::new(VPath::new(&format!("templates/{name}"))?, text))
            })
            .collect();
        faults.extend(broken.iter().map(|fault| ("template-error", template_finding(fault))));
        Ok(Self {
            config,
            index,
            nav,
            targets,
            front_targets,
            checked: AtomicUsize::new(0),
            theme,
            assets: Assets::default(),
            days: HashMap::new(),
            held: OnceLock::new(),
            words: OnceLock::new(),
            templates,
            settings,
            expansions,
            memo: Memo::default(),
            needles: Needles::default(),
            truths,
            faults,
        })
    }

    /// Looks at the files that pages show, before the site is rendered: `read` gives the bytes of
    /// one. Without it pictures have no sizes, and addresses no marks of their content.
    pub fn look(&mut self, read: impl Fn(&VPath) -> Option<Vec<u8>> + Sync) {
        self.assets = shown::look(self, read);
    }

    /// Tells the day of the last change of pages, by the paths of their files.
    pub fn date(&mut self, days: HashMap<String, String>) {
        self.days = days;
    }

    /// What is published where.
    pub fn plan(&self) -> Plan {
        Plan::new(&self.config, &self.index, &self.targets)
    }

    /// What is wrong, and what was looked at.
    pub fn check(&self) -> (Vec<Diagnostic>, Coverage) {
        let all: Vec<usize> = (0..self.index.pages.len()).collect();
        self.check_pages(&all, None)
    }

    /// The same, with the rules about single pages for some of them alone, and with what the tree
    /// was before.
    pub(super) fn check_pages(
        &self,
        pages: &[usize],
        past: Option<Past<'_>>,
    ) -> (Vec<Diagnostic>, Coverage) {
        let context = SiteContext { past, ..self.context(&self.faults) };
        let looked_at = pages;
        let pages: Vec<(Vec<Diagnostic>, Coverage)> = pages
            .into_par_iter()
            .map(|&page| {
                let (targets, front) = (&self.targets[page], &self.front_targets[page]);
                let result = runner::page(&context, &self.index.pages[page], targets, front);
                self.checked.fetch_add(1, Ordering::Relaxed);
                result
            })
            .collect();
        let mut diagnostics = runner::site(&context);
        let mut coverage = Coverage {
            assets: self.index.assets.len(),
            flavour: self.config.flavour.name().to_owned(),
            flavour_reason: self.config.layout.reason.clone(),
            ..Coverage::default()
        };
        coverage.untranslated_patterns =
            self.truths.schemas.iter().map(|bound| bound.schema().untranslated().len()).sum();
        for (found, counted) in pages {
            diagnostics.extend(found);
            coverage.merge(&counted);
        }
        self.held.get_or_init(|| {
            let mut held: HashMap<VPath, HashMap<usize, String>> = HashMap::new();
            for one in std::mem::take(&mut coverage.held) {
                held.entry(one.path).or_default().insert(one.start, one.by);
            }
            held
        });
        if let Some(fault) = self.probe_templates() {
            diagnostics.extend(self.template_diagnostic(&fault));
        }
        coverage.suppressed = self.accept(&context, looked_at, &mut diagnostics);
        self.expansions.lead_back(&mut diagnostics);
        runner::sort(&mut diagnostics);
        (diagnostics, coverage)
    }

    /// The schemas and specifications that examples are held against.
    pub fn truths(&self) -> &Arc<Truths> {
        &self.truths
    }

    /// What the page rules say of one page, in the order of the text. Rules that look at the site
    /// as a whole are not asked.
    pub fn check_page(&self, page: usize) -> Vec<Diagnostic> {
        let context = self.context(&self.faults);
        let (targets, front) = (&self.targets[page], &self.front_targets[page]);
        let (mut found, _) = runner::page(&context, &self.index.pages[page], targets, front);
        self.accept(&context, &[page], &mut found);
        self.expansions.lead_back(&mut found);
        runner::sort(&mut found);
        found
    }

    /// Whether a page takes in other files.
    pub(super) fn is_expanded(&self, path: &VPath) -> bool {
        self.expansions.source(path).is_some()
    }

    /// The file that a place of a page was taken in from, if it is not the page itself.
    pub fn file_at(&self, page: usize, at: usize) -> Option<&VPath> {
        self.expansions.file_at(&self.index.pages[page].source.path, at)
    }

    /// Gives a page another text: it is parsed again and its own links are resolved again, so that
    /// [`Site::check_page`] says what a check of the whole tree would say of it. Returns the text
    /// that it had. Both texts are the page with what it takes in, and places are then places of
    /// the new one.
    ///
    /// Its path and address stay, and so does what is known of all other pages: a link of theirs to
    /// an anchor that is gone still counts as good.
    pub fn replace_page(&mut self, page: usize, text: String) -> String {
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
        let known = Known::default();
        let made = parse(input, &self.config, self.config.dialect(), &known);
        let made = Page { route: old.route.clone(), mount, dropped, ..made };
        let old = self.index.replace(page, made);
        let resolver = Resolver::new(&self.index, self.config.flavour);
        self.targets[page] = targets(&self.index, &resolver, &self.expansions, page);
        self.front_targets[page] = front_targets(&self.index, &resolver, page);
        Arc::try_unwrap(old).map_or_else(|old| old.source.text.clone(), |old| old.source.text)
    }

    /// Renders one file of each kind, where the site has templates of its own: what they get wrong
    /// with the values of a page shows only then.
    fn probe_templates(&self) -> Option<TemplateFault> {
        if self.templates.is_empty() {
            return None;
        }
        let highlighter = Highlighter::new(HashMap::new());
        let publisher = Publisher::new(self, &highlighter);
        let page =
            (0..self.index.pages.len()).find(|page| self.index.pages[*page].redirect().is_none());
        let probes = [
            page.map(Output::Page),
            Some(Output::NotFound),
            Some(Output::Redirect("/".to_owned())),
        ];
        probes.iter().flatten().find_map(|probe| publisher.render(probe).err())
    }

    /// A fault of a template that showed only when a page was rendered.
    pub fn template_diagnostic(&self, fault: &TemplateFault) -> Vec<Diagnostic> {
        let faults = [("template-error", template_finding(fault))];
        let mut found = runner::site(&self.context(&faults));
        found.retain(|diagnostic| diagnostic.rule == "template-error");
        found
    }

    fn context<'a>(&'a self, faults: &'a [(&'static str, Finding)]) -> SiteContext<'a> {
        SiteContext {
            config: &self.config,
            index: &self.index,
            nav: &self.nav,
            targets: &self.targets,
            truths: &self.truths,
            faults,
            memo: &self.memo,
            needles: &self.needles,
            past: None,
        }
    }

    /// Scripts that the generator of the tree would load by itself and docgen only lists.
    pub fn idle_scripts(&self) -> Vec<&str> {
        let root_script = |name: &&str| name.ends_with(".js") && !name.contains('/');
        let loaded = |name: &str| {
            self.config.scripts.iter().any(|script| script.trim_start_matches('/') == name)
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
        let page = self.index.pages.binary_search_by(|page| page.source.path.cmp(path)).ok();
        let own = self.expansions.source(path);
        own.or_else(|| page.map(|at| &self.index.pages[at].source)).or_else(|| {
            self.settings.iter().chain(&self.templates).find(|source| source.path == *path)
        })
    }
}

/// What the links of a page lead to.
fn targets(
    index: &Index,
    resolver: &Resolver<'_>,
    expansions: &Expansions,
    page: usize,
) -> Vec<Target> {
    let Page { source, facts, .. } = &*index.pages[page];
    let target = |link: &Link| match expansions.file_at(&source.path, link.span.start) {
        Some(file) => resolver.link_in(page, link, file),
        None => resolver.link(page, link),
    };
    facts.links.iter().map(target).collect()
}

/// What the links in the front matter of a page lead to.
fn front_targets(index: &Index, resolver: &Resolver<'_>, page: usize) -> Vec<Target> {
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

fn template_finding(fault: &TemplateFault) -> Finding {
    let path = VPath::new(&format!("templates/{}", fault.template));
    let path = path.or_else(|| VPath::new("templates")).expect("a constant inside the root");
    Finding::new(&path, Span::new(fault.range.start, fault.range.end), fault.message.clone())
}

/// Drops the pages of sections that say so of all that is below them.
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

/// Counts how many links lead to what the navigation names and the tree does not have.
fn count_links(nav: &mut Nav, index: &Index, targets: &[Vec<Target>]) {
    if nav.dead.is_empty() {
        return;
    }
    let name = |path: &str| {
        let path = path.split(['#', '?']).next().unwrap_or(path).trim_end_matches('/');
        route::stem(path.rsplit('/').next().unwrap_or(path)).to_owned()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (page, targets) in index.pages.iter().zip(targets) {
        for (link, target) in page.facts.links.iter().zip(targets) {
            if matches!(target, Target::Unknown(PROMISED)) {
                *counts.entry(name(&link.dest)).or_default() += 1;
            }
        }
    }
    for entry in &mut nav.dead {
        entry.linked = counts.get(&name(&entry.target)).copied().unwrap_or(0);
    }
}

fn parse(page: InputPage, config: &Config, dialect: markdown::Dialect, known: &Known) -> Page {
    let mdx = page.source.path.extension() == Some("mdx");
    let facts = known.facts(&page.source.text, mdx, dialect);
    let open = open::takes_in(&config.layout, config.flavour, &page.source.text);
    let (mount, inside) = page.place.map_or((None, None), |(at, path)| (Some(at), Some(path)));
    let listed = config.layout.titles.get(&page.content_path);
    let given = page.title.or_else(|| listed.filter(|title| !title.is_empty()).cloned());
    let route = mount
        .zip(inside)
        .and_then(|(at, inside)| {
            let layout = &config.layout;
            config.flavour.address_of(layout, &layout.mounts[at], &inside, &facts.front)
        })
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
        title,
        fault: page.fault,
        anchors: Default::default(),
    }
}

/// All pages in the order of their paths.
fn merged(pages: Vec<Page>, made: Vec<Arc<Page>>) -> Vec<Arc<Page>> {
    let mut all: Vec<Arc<Page>> = pages.into_iter().map(Arc::new).chain(made).collect();
    all.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    all
}

/// A title from the last part of an address.
fn title_from(route: &str) -> String {
    let name = route::key(route).rsplit('/').next().unwrap_or_default().replace(['-', '_'], " ");
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(|| "Home".to_owned(), |first| first.to_uppercase().chain(chars).collect())
}

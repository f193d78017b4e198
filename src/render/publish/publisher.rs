//! The publisher, which makes the bytes of every file of a site.

// Only the search index needs the text of pages.
#![cfg_attr(not(feature = "search"), allow(dead_code))]

use std::cell::Cell;
use std::collections::BTreeMap;

use rayon::prelude::*;
use tera::Context;

use super::day;
use super::extra;
use super::failures::Findings;
use super::presentation::Presentation;
use super::search::{self, IndexCache};
use super::sitemap;
use super::values::{PageLink, PageValue, Shared, json_ld, script_words, site_value, toc};
use crate::body::Body;
use crate::check::checker::{Checked, Validated};
use crate::check::rule::Rule;
use crate::config::layout::inside;
use crate::config::words::Words;
use crate::diagnostic::Finding;
use crate::error::Error;
use crate::escape;
use crate::highlight::Highlighter;
use crate::links::Links;
use crate::markdown::facts::LinkKind;
use crate::navigation::Sidebars;
use crate::panics::{caught, message};
use crate::policy::{has_scripts, may_have_scripts, policy, policy_with_scripts};
use crate::project::Model;
use crate::site::index::Page;
use crate::site::pages::PageId;
use crate::site::plan::{Output, twin_file};
use crate::site::resolve::Resolver;
use crate::site::route;
use crate::site::target::Target;
use crate::source::VPath;
use crate::template::{self, TemplateFault};
use crate::twin::Twin;

/// The content of a file of the site.
#[derive(Debug)]
pub enum Made<'a> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of this file of the tree.
    Copy(&'a VPath),
}

/// Why a file could not be made.
#[derive(Debug)]
pub enum Failure {
    /// A template of the site has an error.
    Template(TemplateFault),
    /// The file could not be written.
    Place(Error),
}

/// Renders the files of a site.
pub struct Publisher<'a> {
    site: &'a Model,
    validated: &'a Validated,
    presentation: &'a Presentation,
    links: Links<'a>,
    sidebars: Sidebars,
    highlighter: &'a Highlighter,
    shared: Shared,
    policy: String,
    index_cache: Option<&'a dyn IndexCache>,
    plain: Highlighter,
    pub(super) findings: Findings,
}

impl<'a> Publisher<'a> {
    /// A publisher of a site that was checked.
    pub fn new(
        site: &'a Model,
        checked: &'a Checked,
        presentation: &'a Presentation,
        highlighter: &'a Highlighter,
    ) -> Self {
        Self::with(site, checked.validated(), presentation, highlighter)
    }

    /// A publisher that shows what these blocks were validated against.
    pub(super) fn with(
        site: &'a Model,
        validated: &'a Validated,
        presentation: &'a Presentation,
        highlighter: &'a Highlighter,
    ) -> Self {
        let links = Links::new(&site.config, &site.index);
        let sidebars = Sidebars::new(&site.nav, &site.index, &links);
        let value = |direction| {
            tera::Value::from_serializable(&site_value(
                site,
                &presentation.assets,
                &links,
                direction,
            ))
        };
        let shared = Shared { left_to_right: value("ltr"), right_to_left: value("rtl") };
        let policy = policy(&site.config);
        let plain = Highlighter::plain();
        Self {
            site,
            validated,
            presentation,
            links,
            sidebars,
            highlighter,
            shared,
            policy,
            index_cache: None,
            plain,
            findings: Findings::default(),
        }
    }

    /// Keeps search indexes in a cache between runs.
    pub fn keeping(self, index_cache: Option<&'a dyn IndexCache>) -> Self {
        Self { index_cache, ..self }
    }

    /// The cache of search indexes.
    pub(super) fn index_cache(&self) -> Option<&'a dyn IndexCache> {
        self.index_cache
    }

    /// The address of a page.
    pub fn page_url(&self, page: PageId) -> String {
        self.links.page(page)
    }

    /// Every file of the site, by its path.
    pub fn outputs(&self) -> BTreeMap<String, Output> {
        self.site.plan().files
    }

    /// The findings of rendering so far and their rules, in no particular order.
    pub fn findings(&self) -> Vec<(&'static Rule, Finding)> {
        self.findings.all()
    }

    /// The bytes of a file; `None` for an asset, which is copied as it is. A page that cannot be
    /// rendered is a finding, and its bytes are its text.
    pub fn render(&self, output: &Output) -> Result<Option<Vec<u8>>, Failure> {
        let at = Cell::new(0);
        match caught(|| self.made(output, &at)) {
            Ok(made) => made.map_err(Failure::Template),
            Err(panic) => self.instead(output, at.get(), &panic).map(Some),
        }
    }

    fn made(&self, output: &Output, at: &Cell<usize>) -> Result<Option<Vec<u8>>, TemplateFault> {
        match output {
            Output::Page(page) => self.page(*page, at).map(Some),
            Output::Redirect(to) => self.redirect(to).map(Some),
            Output::NotFound => self.not_found().map(Some),
            Output::Sitemap => {
                Ok(Some(sitemap::write(self.site, &self.presentation.days).into_bytes()))
            }
            Output::Twin(page) => Ok(Some(self.twin(*page).into_bytes())),
            Output::Machine(file) => Ok(Some(extra::write(*file, self).into_bytes())),
            Output::Theme(name) => Ok(template::static_file(name).map(<[u8]>::to_vec)),
            Output::Asset(_) => Ok(None),
        }
    }

    /// Makes every file of the site, in parallel and in any order, and passes each to `place`. Of
    /// several failures, that of the alphabetically first path is returned.
    pub fn for_each(
        &self,
        place: impl Fn(&VPath, Made<'_>) -> Result<(), Error> + Sync,
    ) -> Result<(), Failure> {
        let outputs: Vec<(String, Output)> = self.outputs().into_iter().collect();
        let one = |path: &str, output: &Output| {
            let path = VPath::new(path)
                .ok_or_else(|| Failure::Place(Error::new(format!("{path}: leaves the output"))))?;
            let made = match (self.render(output)?, output) {
                (Some(bytes), _) => Made::Bytes(bytes),
                (None, Output::Asset(from)) => Made::Copy(from),
                (None, _) => return Ok(()),
            };
            place(&path, made).map_err(Failure::Place)
        };
        // The index is built on another thread while pages are rendered.
        let (failure, found) = std::thread::scope(|scope| {
            let search = self.site.config.search.then(|| scope.spawn(|| self.search(&place)));
            let failure =
                outputs.par_iter().find_map_first(|(path, output)| one(path, output).err());
            let found = search.map_or(Ok(()), |thread| match thread.join() {
                Ok(found) => found,
                Err(panic) => Err(Error::new(format!("cannot index: {}", message(&*panic)))),
            });
            (failure, found)
        });
        failure.map_or(found.map_err(Failure::Place), Err)
    }

    /// Builds the search index and passes its files to `place`.
    fn search(
        &self,
        place: &(impl Fn(&VPath, Made<'_>) -> Result<(), Error> + Sync),
    ) -> Result<(), Error> {
        for (path, bytes) in search::index(self)? {
            let path = VPath::new(&path).ok_or_else(|| Error::new("an index outside"))?;
            place(&path, Made::Bytes(bytes))?;
        }
        Ok(())
    }

    fn context(&self, page: &PageValue<'_>, number: Option<PageId>) -> Context {
        let mut context = Context::new();
        let place = number.and_then(|number| self.site.nav.places.get(&number).copied());
        context.insert_value("site", self.shared.site(&page.language));
        context.insert("page", page);
        context.insert_value("nav", template::safe(&self.sidebars.html(place, number)));
        context.insert(
            "tabs",
            &self.tabs(place.map_or(0, |place| place.language), place.map(|place| place.tab)),
        );
        context.insert("languages", &self.languages(place.map_or(0, |place| place.language)));
        context.insert("version", env!("CARGO_PKG_VERSION"));
        context.insert("policy", &self.policy);
        let words = self.words(&page.language);
        context.insert("words", words.all());
        context.insert_value("script_words", template::safe(&script_words(words)));
        context
    }

    /// The words of the theme in a language.
    pub(super) fn words(&self, language: &str) -> &Words {
        let words = &self.presentation.words;
        words.get(language).unwrap_or(&words[&self.site.config.language])
    }

    fn page(&self, number: PageId, at: &Cell<usize>) -> Result<Vec<u8>, TemplateFault> {
        let site = self.site;
        let page = &site.index.pages[number];
        let written = self.body(number, self.highlighter).written(at);
        self.note(number, &written);
        let body = written.html;
        let (prev, next) = site.nav.neighbours(number);
        let url = self.links.page(number);
        let (canonical, breadcrumbs) = (self.canonical(&page.route), self.breadcrumbs(number));
        let value = PageValue {
            title: &page.title,
            description: self.description(number),
            json_ld: json_ld(&breadcrumbs, self.origin(), &page.title, &canonical),
            canonical,
            search: self.search_path(&self.language(number)),
            markdown: if site.config.twins { self.twin_path(number) } else { String::new() },
            edit_url: self.edit_url(page),
            mermaid: self.mermaid(page),
            changed: day::of(site, &self.presentation.days, number),
            url,
            toc: toc(&page.facts.headings),
            prev: prev.map(|page| self.page_link(page)),
            next: next.map(|page| self.page_link(page)),
            breadcrumbs,
            language: self.language(number),
            show_title: self.shows_title(page),
        };
        let mut context = self.context(&value, Some(number));
        if has_scripts(&body) {
            context.insert("policy", &policy_with_scripts(&site.config));
        }
        let mut page_value = tera::Value::from_serializable(&value).into_map().unwrap_or_default();
        page_value.insert("body".into(), template::safe(&body));
        context.insert_value("page", page_value.into());
        self.presentation.theme.render("page.html", &context)
    }

    fn body<'b>(&'b self, number: PageId, highlighter: &'b Highlighter) -> Body<'b> {
        let site = self.site;
        Body {
            page: &site.index.pages[number],
            targets: &site.targets[number],
            links: &self.links,
            assets: &self.presentation.assets,
            words: self.words(&self.language(number)),
            validated_by: self.validated.on_page(&site.index.pages[number].source.path),
            highlighter,
            config: &site.config,
            flavour: site.config.flavour,
            dialect: site.config.dialect(),
        }
    }

    /// The Markdown twin of a page.
    pub(super) fn twin(&self, number: PageId) -> String {
        let site = self.site;
        let twin = Twin {
            page: &site.index.pages[number],
            targets: &site.targets[number],
            links: &self.links,
            show_title: self.shows_title(&site.index.pages[number]),
            dialect: site.config.dialect(),
            origin: self.origin(),
            words: self.words(&self.language(number)),
        };
        twin.markdown()
    }

    /// The searchable part of a page: title, description and body, as HTML.
    ///
    /// `None` for a page that cannot be rendered, which is a finding already.
    pub(super) fn searched(&self, number: PageId) -> String {
        caught(|| self.searched_body(number)).unwrap_or_default()
    }

    fn searched_body(&self, number: PageId) -> String {
        let page = &self.site.index.pages[number];
        let mut html = String::from("<html><body data-pagefind-body>");
        if !page.facts.headings.iter().any(|heading| heading.level == 1) {
            html.push_str("<h1>");
            escape::text(&mut html, &page.title);
            html.push_str("</h1><p>");
            escape::text(&mut html, self.description(number));
            html.push_str("</p>");
        }
        html.push_str(&self.body(number, &self.plain).html());
        html.push_str("</body></html>");
        html
    }

    /// The site.
    pub(super) fn site(&self) -> &'a Model {
        self.site
    }

    /// The published addresses.
    pub(super) fn links(&self) -> &Links<'a> {
        &self.links
    }

    /// The content security policy of pages without scripts of their authors.
    pub(super) fn policy(&self) -> &str {
        &self.policy
    }

    /// The pages that are published, in order.
    pub(super) fn pages(&self) -> impl Iterator<Item = PageId> + use<'a> {
        let index = &self.site.index;
        let shown = |page: &PageId| index.pages[*page].redirect().is_none();
        index.published().filter(shown)
    }

    /// The pages with scripts of their authors.
    pub(super) fn exempt(&self) -> Vec<PageId> {
        let may = |page: &PageId| may_have_scripts(&self.site.index.pages[*page].source.text);
        self.pages()
            .filter(may)
            .filter(|page| has_scripts(&self.body(*page, &self.plain).html()))
            .collect()
    }

    /// The absolute URL of a page, or its path if the URL of the site is unknown.
    pub(super) fn address(&self, page: PageId) -> String {
        let canonical = self.canonical(&self.site.index.pages[page].route);
        if canonical.is_empty() { self.links.page(page) } else { canonical }
    }

    /// The URL path of the twin of a page.
    fn twin_path(&self, page: PageId) -> String {
        let file = twin_file(route::key(&self.site.index.pages[page].route));
        self.links.route(&format!("/{file}"))
    }

    /// The absolute URL of the twin of a page, or its path if the URL of the site is unknown.
    pub(super) fn twin_address(&self, page: PageId) -> String {
        format!("{}{}", self.origin(), self.twin_path(page))
    }

    /// Protocol and host of the site; empty if unknown.
    fn origin(&self) -> &str {
        let base = self.site.config.base_url.as_deref().unwrap_or_default();
        base.strip_suffix(self.links.base()).unwrap_or(base)
    }

    /// The address of the search index of a language; empty for none.
    fn search_path(&self, language: &str) -> String {
        if self.site.config.search && cfg!(feature = "search") {
            self.links.route(&format!("/{}", search::folder(language)))
        } else {
            String::new()
        }
    }

    /// The description of a page.
    pub(super) fn description(&self, page: PageId) -> &'a str {
        let front = &self.site.index.pages[page].facts.front;
        front.str("description").or_else(|| front.str("summary")).unwrap_or_default()
    }

    /// The target of a redirect in the settings.
    pub(super) fn redirect_target(&self, to: &str) -> String {
        let resolver = Resolver::new(&self.site.index, self.site.config.flavour);
        self.links.href(&resolver.dest(None, to, LinkKind::Link), to)
    }

    /// Whether the title has to be added above a page. Pages of a book never get one: they start as
    /// written, often with a second-level heading.
    fn shows_title(&self, page: &Page) -> bool {
        let headings = &page.facts.headings;
        let any = self.site.config.flavour.any_heading_is_title;
        !headings.iter().any(|heading| any || heading.level == 1)
    }

    /// The edit link of a page; the path of its file is relative to the folder of the settings.
    fn edit_url(&self, page: &Page) -> String {
        let config = &self.site.config;
        let path = page.source.path.as_str();
        let path = inside(path, &config.layout.project).unwrap_or(path);
        config.edit_url.replace("{path}", &crate::escape::path(path))
    }

    /// The script that draws the diagrams of a page; empty if there are none.
    fn mermaid(&self, page: &Page) -> String {
        let script = &self.site.config.theme.mermaid;
        let draws = page.facts.code.iter().any(|code| code.info.language == "mermaid");
        let address = || self.presentation.assets.marked(&self.links.absolute(script));
        if draws && !script.is_empty() { address() } else { String::new() }
    }

    fn canonical(&self, route: &str) -> String {
        self.site
            .config
            .base_url
            .as_ref()
            .map_or_else(String::new, |base| format!("{base}{}", crate::escape::path(route)))
    }

    fn page_link(&self, page: PageId) -> PageLink {
        PageLink { title: self.site.index.pages[page].title.clone(), url: self.links.page(page) }
    }

    fn breadcrumbs(&self, page: PageId) -> Vec<PageLink> {
        let Some(place) = self.site.nav.places.get(&page) else { return Vec::new() };
        let tab = &self.site.nav.languages[place.language].tabs[place.tab];
        let mut crumbs = Vec::new();
        if !tab.title.is_empty()
            && let Some(first) = tab.pages.first()
        {
            crumbs.push(PageLink { title: tab.title.clone(), url: self.links.page(*first) });
        }
        let groups = self.sidebars.groups(*place, page);
        crumbs.extend(groups.iter().map(|(title, page)| {
            let url = page.map_or_else(String::new, |page| self.links.page(page));
            PageLink { title: title.clone(), url }
        }));
        crumbs
    }

    /// The language of a page.
    pub(super) fn language(&self, page: PageId) -> String {
        self.site.page_language(page)
    }

    fn redirect(&self, to: &str) -> Result<Vec<u8>, TemplateFault> {
        let resolver = Resolver::new(&self.site.index, self.site.config.flavour);
        let target = resolver.dest(None, to, LinkKind::Link);
        let mut context = Context::new();
        context.insert_value("site", self.shared.site(&self.site.config.language));
        context.insert("words", self.words(&self.site.config.language).all());
        context.insert("target", &self.links.href(&target, to));
        let canonical = match target {
            Target::Page { page, .. } => self.canonical(&self.site.index.pages[page].route),
            _ => String::new(),
        };
        context.insert("canonical", &canonical);
        context.insert("policy", &self.policy);
        context.insert("version", env!("CARGO_PKG_VERSION"));
        self.presentation.theme.render("redirect.html", &context)
    }

    fn not_found(&self) -> Result<Vec<u8>, TemplateFault> {
        let language = self.site.config.language.clone();
        let search = self.search_path(&language);
        let title = self.words(&language).get("not_found");
        let value = PageValue { title, language: language.clone(), search, ..PageValue::default() };
        let mut context = self.context(&value, None);
        let mut page = tera::Value::from_serializable(&value).into_map().unwrap_or_default();
        page.insert("body".into(), template::safe(""));
        context.insert_value("page", page.into());
        self.presentation.theme.render("404.html", &context)
    }
}

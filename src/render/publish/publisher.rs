//! The publisher, which makes the bytes of every file of a site.

use std::cell::Cell;
use std::collections::BTreeMap;

use rayon::prelude::*;
use tera::Context;

use super::day;
use super::extra;
use super::failures::Failure;
use super::frame;
use super::pages::Pages;
use super::presentation::Presentation;
use super::search::{self, IndexCache, SearchFiles};
use super::sitemap;
use super::values::{
    PageLink, PageValue, Shared, full_title, json_ld, script_words, site_value, toc,
};
use crate::check::checker::{Checked, Validated};
use crate::check::rule::Rule;
use crate::config::assistants::Assistant;
use crate::config::layout::inside;
use crate::diagnostic::Finding;
use crate::endpoint;
use crate::error::Error;
use crate::escape;
use crate::highlight::Highlighter;
use crate::lang::{self, Drawn};
use crate::markdown::facts::{CodeBlock, LinkKind};
use crate::markdown::landing::Layout;
use crate::markdown::outline::Outline;
use crate::navigation::{Around, Sidebars};
use crate::panics::{caught, message};
use crate::policy::{has_scripts, policy_with_scripts};
use crate::project::Model;
use crate::proof;
use crate::site::index::Page;
use crate::site::pages::PageId;
use crate::site::plan::Output;
use crate::site::resolve::Resolver;
use crate::site::target::Target;
use crate::site::visibility::{Finder, is_hidden_from};
use crate::source::VPath;
use crate::template::{self, TemplateFault};

/// The content of a file of the site.
#[derive(Debug)]
pub enum Made<'a> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of this file of the tree.
    Copy(&'a VPath),
}

/// Renders the files of a site.
pub struct Publisher<'a> {
    pages: Pages<'a>,
    sidebars: Sidebars,
    highlighter: &'a Highlighter,
    shared: Shared,
    index_cache: Option<&'a dyn IndexCache>,
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
        let pages = Pages::new(site, validated, presentation);
        let sidebars =
            Sidebars::new(&site.nav, &site.index, &pages.links, site.config.icon_library);
        let value = |direction| {
            tera::Value::from_serializable(&site_value(
                site,
                &presentation.assets,
                &pages.links,
                direction,
            ))
        };
        let shared = Shared { left_to_right: value("ltr"), right_to_left: value("rtl") };
        Self { pages, sidebars, highlighter, shared, index_cache: None }
    }

    /// Keeps search indexes in a cache between runs.
    pub fn keeping(self, index_cache: Option<&'a dyn IndexCache>) -> Self {
        Self { index_cache, ..self }
    }

    /// The pages that it makes the files from.
    pub fn pages(&self) -> &Pages<'a> {
        &self.pages
    }

    /// The address of a page.
    pub fn page_url(&self, page: PageId) -> String {
        self.pages.links.page(page)
    }

    /// Every file of the site, by its path.
    pub fn outputs(&self) -> BTreeMap<String, Output> {
        let mut files = self.pages.site.plan().files;
        for (path, output) in self.pages.drawings() {
            files.entry(path).or_insert(output);
        }
        files
    }

    /// The findings of rendering so far and their rules, in no particular order.
    pub fn findings(&self) -> Vec<(&'static Rule, Finding)> {
        self.pages.findings.all()
    }

    /// The bytes of a file; `None` for an asset, which is copied as it is. A page that cannot be
    /// rendered is a finding, and its bytes are its text.
    pub fn render(&self, output: &Output) -> Result<Option<Vec<u8>>, Failure> {
        let at = Cell::new(0);
        match caught(|| self.made(output, &at)) {
            Ok(made) => made.map_err(Failure::Template),
            Err(panic) => self.pages.findings.instead(output, at.get(), &panic).map(Some),
        }
    }

    fn made(&self, output: &Output, at: &Cell<usize>) -> Result<Option<Vec<u8>>, TemplateFault> {
        match output {
            Output::Page(page) => self.page(*page, at).map(Some),
            Output::Redirect(to) => self.redirect(to).map(Some),
            Output::NotFound => self.not_found().map(Some),
            Output::Sitemap => Ok(Some(
                sitemap::write(self.pages.site, &self.pages.presentation.days).into_bytes(),
            )),
            Output::Twin(page) => Ok(Some(self.pages.twin(*page).into_bytes())),
            Output::Machine(file) => Ok(Some(extra::write(*file, &self.pages).into_bytes())),
            Output::Theme(name) => Ok(template::static_file(name).map(<[u8]>::to_vec)),
            Output::Drawing(page, block, dark) => Ok(self.pages.drawing(*page, *block, *dark)),
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
            let search =
                self.pages.site.config.search.then(|| scope.spawn(|| self.place_search(&place)));
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

    /// Builds the search index: all its files, by their paths.
    pub fn search(&self) -> Result<SearchFiles, Error> {
        search::index(&self.pages, self.index_cache)
    }

    /// Builds the search index and passes its files to `place`.
    fn place_search(
        &self,
        place: &(impl Fn(&VPath, Made<'_>) -> Result<(), Error> + Sync),
    ) -> Result<(), Error> {
        for (path, bytes) in self.search()? {
            let path = VPath::new(&path).ok_or_else(|| Error::new("an index outside"))?;
            place(&path, Made::Bytes(bytes))?;
        }
        Ok(())
    }

    fn context(&self, page: &PageValue<'_>, number: Option<PageId>) -> Context {
        let pages = &self.pages;
        let mut context = Context::new();
        let place = number.and_then(|number| pages.site.nav.places.get(&number).copied());
        context.insert_value("site", self.shared.site(&page.language));
        context.insert("page", page);
        context.insert_value("nav", template::safe(&self.sidebars.html(place, number)));
        context.insert(
            "tabs",
            &frame::tabs(
                pages,
                place.map_or(0, |place| place.language),
                place.map(|place| place.tab),
            ),
        );
        context
            .insert("languages", &frame::languages(pages, place.map_or(0, |place| place.language)));
        context.insert("version", env!("CARGO_PKG_VERSION"));
        context.insert("policy", &pages.policy);
        let words = pages.words(&page.language);
        context.insert("words", words.all());
        context.insert_value("script_words", template::safe(&script_words(words)));
        context
    }

    fn page(&self, number: PageId, at: &Cell<usize>) -> Result<Vec<u8>, TemplateFault> {
        let (pages, site) = (&self.pages, self.pages.site);
        let page = &site.index.pages[number];
        let written = pages.body(number, self.highlighter).written(at);
        pages.findings.note(number, &written);
        let body = written.html;
        let lost = |outline: &Outline<'_>| proof::missing(&page.source.text, outline, &body);
        if let Some(span) = page.with_outline(site.config.dialect(), lost) {
            pages.findings.lost(number, span);
        }
        let (prev, next) = site.nav.neighbours(number);
        let url = pages.links.page(number);
        let layout = Layout::of(&page.facts.front);
        let alone = layout.stands_alone();
        let own = if page.is_not_found() { String::new() } else { pages.canonical(&page.route) };
        let breadcrumbs = if alone { Vec::new() } else { self.breadcrumbs(number) };
        let canonical = own;
        let value = PageValue {
            title: &page.title,
            full_title: full_title(&site.config, &page.title),
            description: pages.description(number),
            json_ld: json_ld(&breadcrumbs, pages.origin(), &page.title, &canonical),
            canonical,
            search: self.search_path(&pages.language(number)),
            markdown: match site.config.twins && page.has_twin() {
                true => pages.twin_path(number),
                false => String::new(),
            },
            edit_url: if alone { String::new() } else { self.edit_url(page) },
            report_url: if alone { String::new() } else { self.report_url(number) },
            assistants: if alone { Vec::new() } else { self.assistants(number) },
            mermaid: self.mermaid(page),
            changed: if alone { "" } else { day::of(site, &pages.presentation.days, number) },
            url,
            layout: layout.name(),
            toc: if layout == Layout::Article { toc(&page.facts) } else { Vec::new() },
            prev: prev.filter(|_| !alone).map(|page| self.page_link(page)),
            next: next.filter(|_| !alone).map(|page| self.page_link(page)),
            breadcrumbs,
            language: pages.language(number),
            show_title: pages.shows_title(page),
            noindex: is_hidden_from(page, Finder::Engines),
        };
        let mut context = self.context(&value, Some(number));
        if has_scripts(&body) {
            context.insert("policy", &policy_with_scripts(&site.config));
        }
        let theme = &pages.presentation.theme;
        let (heading, rest) = match alone || theme.own_top() || page.title.is_empty() {
            true => ("", body.as_str()),
            false => heading(&body),
        };
        let mut page_value = tera::Value::from_serializable(&value).into_map().unwrap_or_default();
        page_value.insert("heading".into(), template::safe(heading));
        page_value.insert("body".into(), template::safe(rest));
        let front = &page.facts.front;
        page_value.insert("endpoint".into(), template::safe(&endpoint::html(front)));
        page_value.insert("landing".into(), template::safe(&pages.landing(number).html()));
        context.insert_value("page", page_value.into());
        let html = theme.render("page.html", &context)?;
        match theme.own_frame() {
            Some(frame) if template::body::is_left_out(&html, &body) => Err(TemplateFault {
                template: frame.to_owned(),
                range: 0..0,
                message: "this template leaves out the text of the page; print `{{ page.body }}`"
                    .to_owned(),
            }),
            _ => Ok(html),
        }
    }

    /// The address of the search index of a language; empty for none.
    fn search_path(&self, language: &str) -> String {
        if self.pages.site.config.search && cfg!(feature = "search") {
            self.pages.links.route(&format!("/{}", search::folder(language)))
        } else {
            String::new()
        }
    }

    /// The edit link of a page.
    fn edit_url(&self, page: &Page) -> String {
        let config = &self.pages.site.config;
        config.edit_url.replace("{path}", &escape::path(self.file(page)))
    }

    /// The file of a page, relative to the folder of the settings.
    fn file<'b>(&self, page: &'b Page) -> &'b str {
        let path = page.source.path.as_str();
        inside(path, &self.pages.site.config.layout.project).unwrap_or(path)
    }

    /// The address to report a problem of a page at.
    fn report_url(&self, number: PageId) -> String {
        let page = &self.pages.site.index.pages[number];
        let template = &self.pages.site.config.report_url;
        filled(
            template,
            &[
                ("{path}", self.file(page)),
                ("{title}", &page.title),
                ("{url}", &self.pages.address(number)),
            ],
        )
    }

    /// The assistants that a page can be opened in. They read it from the web, so its whole address
    /// must be known.
    fn assistants(&self, number: PageId) -> Vec<PageLink> {
        let (pages, config) = (&self.pages, &self.pages.site.config);
        let page = &pages.site.index.pages[number];
        if config.base_url.is_none() {
            return Vec::new();
        }
        let has_twin = config.twins && page.has_twin();
        let url = if has_twin { pages.twin_address(number) } else { pages.address(number) };
        let words = pages.words(&pages.language(number));
        let prompt = words.filled("assistant_prompt", &url);
        let link = |one: &Assistant| PageLink {
            title: words.filled("open_in", &one.label),
            url: filled(&one.url, &[("{prompt}", &prompt), ("{url}", &url)]),
        };
        config.assistants.iter().map(link).collect()
    }

    /// The script that draws the diagrams of a page; empty if there are none.
    fn mermaid(&self, page: &Page) -> String {
        let script = &self.pages.site.config.theme.mermaid;
        let is_diagram =
            |code: &CodeBlock| matches!(lang::drawn(&code.info.language), Some(Drawn::Diagram(_)));
        if script.is_empty() || !page.facts.code.iter().any(is_diagram) {
            return String::new();
        }
        self.pages.presentation.assets.marked(&self.pages.links.absolute(script))
    }

    fn page_link(&self, page: PageId) -> PageLink {
        PageLink {
            title: self.pages.site.index.pages[page].title.clone(),
            url: self.pages.links.page(page),
        }
    }

    fn breadcrumbs(&self, page: PageId) -> Vec<PageLink> {
        let pages = &self.pages;
        let Some(place) = pages.site.nav.places.get(&page) else { return Vec::new() };
        let tab = &pages.site.nav.languages[place.language].tabs[place.tab];
        let tab = (!tab.title.is_empty()).then(|| (tab.title.clone(), tab.pages.first().copied()));
        let mut around: Vec<Around> = tab.into_iter().collect();
        around.extend_from_slice(self.sidebars.groups(*place, page));
        // A tab with a single group often has its title.
        around.dedup_by(|inner, outer| inner.0 == outer.0);
        let crumb = |(title, first): Around| {
            // The first page of a group does not link to itself.
            let first = first.filter(|first| *first != page);
            PageLink { title, url: first.map_or_else(String::new, |first| pages.links.page(first)) }
        };
        around.into_iter().map(crumb).collect()
    }

    fn redirect(&self, to: &str) -> Result<Vec<u8>, TemplateFault> {
        let (pages, site) = (&self.pages, self.pages.site);
        let resolver = Resolver::new(&site.index, site.config.flavour);
        let target = resolver.dest(None, to, LinkKind::Link);
        let mut context = Context::new();
        context.insert_value("site", self.shared.site(&site.config.language));
        context.insert("words", pages.words(&site.config.language).all());
        context.insert("target", &pages.links.href(&target, to));
        let canonical = match target {
            Target::Page { page, .. } => pages.canonical(&site.index.pages[page].route),
            _ => String::new(),
        };
        context.insert("canonical", &canonical);
        context.insert("policy", &pages.policy);
        context.insert("version", env!("CARGO_PKG_VERSION"));
        pages.presentation.theme.render("redirect.html", &context)
    }

    fn not_found(&self) -> Result<Vec<u8>, TemplateFault> {
        let language = self.pages.site.config.language.clone();
        let search = self.search_path(&language);
        let title = self.pages.words(&language).get("not_found");
        let value = PageValue {
            title,
            full_title: full_title(&self.pages.site.config, title),
            language: language.clone(),
            search,
            layout: Layout::Article.name(),
            ..PageValue::default()
        };
        let mut context = self.context(&value, None);
        let mut page = tera::Value::from_serializable(&value).into_map().unwrap_or_default();
        for key in ["body", "endpoint", "heading", "landing"] {
            page.insert(key.into(), template::safe(""));
        }
        context.insert_value("page", page.into());
        self.pages.presentation.theme.render("404.html", &context)
    }
}

/// An address with texts in place of its placeholders.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = template.to_owned();
    for (name, value) in values {
        out = out.replace(name, &escape::query(value));
    }
    out
}

/// The heading that a body begins with, if it is the title of the page, and the rest. It stands
/// above the text, as titles from front matter do: on phones, nothing goes before it.
fn heading(body: &str) -> (&str, &str) {
    const END: &str = "</div>";
    if !body.starts_with("<div class=\"heading h1\">") {
        return ("", body);
    }
    let title = body.find("</h1>").unwrap_or_default();
    let end = body[title..].find(END).map_or(0, |at| title + at + END.len());
    body.split_at(end)
}

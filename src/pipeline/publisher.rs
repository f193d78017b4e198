//! From the model to the files of the site: what there is, and the bytes of each.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use tera::Context;

use super::site::Site;
use super::sitemap;
use crate::config::Flavour;
use crate::config::layout::inside;
use crate::error::Error;
use crate::markdown::facts::LinkKind;
use crate::render::body::Body;
use crate::render::highlight::Highlighter;
use crate::render::links::Links;
use crate::render::navigation::Sidebars;
use crate::render::template::{self, STATIC, TemplateFault};
use crate::site::index::Page;
use crate::site::resolve::{Resolver, Target};
use crate::source::VPath;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A page.
    Page(usize),
    /// A page that sends its readers on: the address as written.
    Redirect(String),
    /// The page for addresses that do not exist.
    NotFound,
    /// The sitemap.
    Sitemap,
    /// A file of the default theme, by its place in the table.
    Theme(usize),
    /// A file that is published as it is.
    Asset(VPath),
}

/// What a file of the site is made of.
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
    /// A template of the site is wrong.
    Template(TemplateFault),
    /// It could not be put where it belongs.
    Place(Error),
}

/// Renders the files of a site.
pub struct Publisher<'a> {
    site: &'a Site,
    links: Links<'a>,
    sidebars: Sidebars,
    highlighter: &'a Highlighter,
    shared: Shared,
}

#[derive(Serialize)]
struct LogoValue {
    light: String,
    dark: String,
}

#[derive(Serialize)]
struct LinkValue {
    label: String,
    url: String,
}

#[derive(Serialize)]
struct PageLink {
    title: String,
    url: String,
}

#[derive(Serialize)]
struct TocEntry<'a> {
    id: &'a str,
    title: &'a str,
    level: u8,
}

#[derive(Serialize)]
struct TabValue {
    title: String,
    url: String,
    active: bool,
}

#[derive(Serialize)]
struct LanguageValue {
    code: String,
    title: String,
    url: String,
    active: bool,
}

#[derive(Serialize)]
struct SiteValue {
    title: String,
    description: String,
    authors: String,
    language: String,
    direction: &'static str,
    base: String,
    home: String,
    logo: Option<LogoValue>,
    favicon: String,
    primary_color: String,
    primary_color_dark: String,
    links: Vec<LinkValue>,
    stylesheets: Vec<String>,
    scripts: Vec<String>,
    repository: String,
}

#[derive(Serialize)]
struct PageValue<'a> {
    title: &'a str,
    description: &'a str,
    url: String,
    canonical: String,
    edit_url: String,
    toc: Vec<TocEntry<'a>>,
    prev: Option<PageLink>,
    next: Option<PageLink>,
    breadcrumbs: Vec<PageLink>,
    language: String,
    show_title: bool,
}

/// Values that all pages share, made once.
struct Shared {
    left_to_right: tera::Value,
    right_to_left: tera::Value,
}

impl Shared {
    /// The site as a page in this language sees it.
    fn site(&self, language: &str) -> tera::Value {
        let rtl = direction(language) == "rtl";
        if rtl { self.right_to_left.clone() } else { self.left_to_right.clone() }
    }
}

impl<'a> Publisher<'a> {
    /// A publisher of a site.
    pub fn new(site: &'a Site, highlighter: &'a Highlighter) -> Self {
        let links = Links::new(&site.config, &site.index);
        let sidebars = Sidebars::new(&site.nav, &site.index, &links);
        let value =
            |direction| tera::Value::from_serializable(&site_value(site, &links, direction));
        let shared = Shared { left_to_right: value("ltr"), right_to_left: value("rtl") };
        Self { site, links, sidebars, highlighter, shared }
    }

    /// Every file of the site, by its path.
    pub fn outputs(&self) -> BTreeMap<String, Output> {
        self.site.plan().files
    }

    /// The bytes of a file; `None` for an asset, which is copied as it is.
    pub fn render(&self, output: &Output) -> Result<Option<Vec<u8>>, TemplateFault> {
        match output {
            Output::Page(page) => self.page(*page).map(Some),
            Output::Redirect(to) => self.redirect(to).map(Some),
            Output::NotFound => self.not_found().map(Some),
            Output::Sitemap => {
                let base = self.site.config.base_url.as_deref().unwrap_or_default();
                Ok(Some(sitemap::write(&self.site.index, base).into_bytes()))
            }
            Output::Theme(at) => Ok(Some(STATIC[*at].1.to_vec())),
            Output::Asset(_) => Ok(None),
        }
    }

    /// Makes every file of the site, in parallel and in no order, and hands each to `place`. Of
    /// several failures the one of the first path is returned, whichever came first.
    pub fn for_each(
        &self,
        place: impl Fn(&VPath, Made<'_>) -> Result<(), Error> + Sync,
    ) -> Result<(), Failure> {
        let outputs: Vec<(String, Output)> = self.outputs().into_iter().collect();
        let one = |path: &str, output: &Output| {
            let path = VPath::new(path)
                .ok_or_else(|| Failure::Place(Error::new(format!("{path}: leaves the output"))))?;
            let made = match (self.render(output).map_err(Failure::Template)?, output) {
                (Some(bytes), _) => Made::Bytes(bytes),
                (None, Output::Asset(from)) => Made::Copy(from),
                (None, _) => return Ok(()),
            };
            place(&path, made).map_err(Failure::Place)
        };
        let failure = outputs.par_iter().find_map_first(|(path, output)| one(path, output).err());
        failure.map_or(Ok(()), Err)
    }

    fn context(&self, page: &PageValue<'_>, number: Option<usize>) -> Context {
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
        context
    }

    fn tabs(&self, language: usize, active: Option<usize>) -> Vec<TabValue> {
        let tabs = self
            .site
            .nav
            .languages
            .get(language)
            .map_or(&[][..], |language| language.tabs.as_slice());
        if tabs.len() < 2 {
            return Vec::new();
        }
        tabs.iter()
            .enumerate()
            .filter_map(|(at, tab)| {
                let url = self.links.page(*tab.pages.first()?);
                Some(TabValue { title: tab.title.clone(), url, active: active == Some(at) })
            })
            .collect()
    }

    fn languages(&self, active: usize) -> Vec<LanguageValue> {
        let languages = &self.site.nav.languages;
        if languages.len() < 2 {
            return Vec::new();
        }
        languages
            .iter()
            .enumerate()
            .filter_map(|(at, language)| {
                let first = language.tabs.iter().find_map(|tab| tab.pages.first())?;
                let (code, title) = (language.code.clone(), language.code.clone());
                Some(LanguageValue {
                    code,
                    title,
                    url: self.links.page(*first),
                    active: at == active,
                })
            })
            .collect()
    }

    fn page(&self, number: usize) -> Result<Vec<u8>, TemplateFault> {
        let site = self.site;
        let page = &site.index.pages[number];
        let front = &page.facts.front;
        let body = Body {
            page,
            targets: &site.targets[number],
            links: &self.links,
            highlighter: self.highlighter,
            config: &site.config,
            flavour: site.config.flavour,
            dialect: site.config.dialect(),
        };
        let (prev, next) = site.nav.neighbours(number);
        let url = self.links.page(number);
        let value = PageValue {
            title: &page.title,
            description: front
                .str("description")
                .or_else(|| front.str("summary"))
                .unwrap_or_default(),
            canonical: self.canonical(&page.route),
            edit_url: self.edit_url(page),
            url,
            toc: toc(&page.facts.headings),
            prev: prev.map(|page| self.page_link(page)),
            next: next.map(|page| self.page_link(page)),
            breadcrumbs: self.breadcrumbs(number),
            language: self.language(number),
            show_title: self.shows_title(page),
        };
        let mut context = self.context(&value, Some(number));
        let mut page_value = tera::Value::from_serializable(&value).into_map().unwrap_or_default();
        page_value.insert("body".into(), template::safe(&body.html()));
        context.insert_value("page", page_value.into());
        site.theme.render("page.html", &context)
    }

    /// Whether a page needs its title above it. Pages of a book begin as their authors wrote them,
    /// often with a heading of the second level.
    fn shows_title(&self, page: &Page) -> bool {
        let headings = &page.facts.headings;
        match self.site.config.flavour {
            Flavour::MdBook => headings.is_empty(),
            _ => !headings.iter().any(|heading| heading.level == 1),
        }
    }

    /// Where a page can be edited: its file is named from the folder of the settings.
    fn edit_url(&self, page: &Page) -> String {
        let config = &self.site.config;
        let path = page.source.path.as_str();
        let path = inside(path, &config.layout.project).unwrap_or(path);
        config.edit_url.replace("{path}", &crate::render::escape::path(path))
    }

    fn canonical(&self, route: &str) -> String {
        self.site.config.base_url.as_ref().map_or_else(String::new, |base| {
            format!("{base}{}", crate::render::escape::path(route))
        })
    }

    fn page_link(&self, page: usize) -> PageLink {
        PageLink { title: self.site.index.pages[page].title.clone(), url: self.links.page(page) }
    }

    fn breadcrumbs(&self, page: usize) -> Vec<PageLink> {
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

    fn language(&self, page: usize) -> String {
        let nav = &self.site.nav;
        let code = nav.places.get(&page).map(|place| nav.languages[place.language].code.clone());
        code.filter(|code| !code.is_empty()).unwrap_or_else(|| self.site.config.language.clone())
    }

    fn redirect(&self, to: &str) -> Result<Vec<u8>, TemplateFault> {
        let resolver = Resolver::new(&self.site.index, self.site.config.flavour);
        let target = resolver.dest(None, to, LinkKind::Link);
        let mut context = Context::new();
        context.insert_value("site", self.shared.site(&self.site.config.language));
        context.insert("target", &self.links.href(&target, to));
        let canonical = match target {
            Target::Page { page, .. } => self.canonical(&self.site.index.pages[page].route),
            _ => String::new(),
        };
        context.insert("canonical", &canonical);
        context.insert("version", env!("CARGO_PKG_VERSION"));
        self.site.theme.render("redirect.html", &context)
    }

    fn not_found(&self) -> Result<Vec<u8>, TemplateFault> {
        let value = PageValue {
            title: "Page not found",
            description: "",
            url: String::new(),
            canonical: String::new(),
            edit_url: String::new(),
            toc: Vec::new(),
            prev: None,
            next: None,
            breadcrumbs: Vec::new(),
            language: self.site.config.language.clone(),
            show_title: false,
        };
        let mut context = self.context(&value, None);
        let mut page = tera::Value::from_serializable(&value).into_map().unwrap_or_default();
        page.insert("body".into(), template::safe(""));
        context.insert_value("page", page.into());
        self.site.theme.render("404.html", &context)
    }
}

fn toc(headings: &[crate::markdown::facts::Heading]) -> Vec<TocEntry<'_>> {
    headings
        .iter()
        .filter(|heading| matches!(heading.level, 2 | 3))
        .map(|heading| TocEntry {
            id: &heading.ids.primary,
            title: &heading.text,
            level: heading.level,
        })
        .collect()
}

fn site_value(site: &Site, links: &Links<'_>, direction: &'static str) -> SiteValue {
    let config = &site.config;
    let url = |url: &String| links.absolute(url);
    SiteValue {
        title: if config.title.is_empty() {
            "Documentation".to_owned()
        } else {
            config.title.clone()
        },
        description: config.description.clone(),
        authors: config.authors.join(", "),
        language: config.language.clone(),
        direction,
        base: links.base().to_owned(),
        home: links.route("/"),
        logo: config
            .logo
            .as_ref()
            .map(|logo| LogoValue { light: url(&logo.light), dark: url(&logo.dark) }),
        favicon: config.favicon.as_ref().map_or_else(String::new, url),
        primary_color: color(&config.primary_color),
        primary_color_dark: color(&config.primary_color_dark),
        links: config
            .links
            .iter()
            .map(|link| LinkValue { label: link.label.clone(), url: url(&link.url) })
            .collect(),
        stylesheets: config.stylesheets.iter().map(url).collect(),
        scripts: config.scripts.iter().map(url).collect(),
        repository: config.repository.clone(),
    }
}

/// A colour is put into a style attribute: only what a colour is made of passes.
fn color(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "#(),.% /-".contains(c);
    if text.chars().all(plain) { text.to_owned() } else { String::new() }
}

fn direction(language: &str) -> &'static str {
    let code = language.split(['-', '_']).next().unwrap_or(language);
    if matches!(code, "ar" | "fa" | "he" | "ur" | "ps" | "yi" | "dv" | "ckb") {
        "rtl"
    } else {
        "ltr"
    }
}

//! The pages of a site as they are published: their addresses, their texts, and what failed.

use super::failures::Findings;
use super::presentation::Presentation;
#[cfg(feature = "search")]
use super::searched::indexed;
use crate::body::Body;
use crate::check::checker::Validated;
use crate::config::words::Words;
use crate::diagram::{self, Ground};
use crate::escape;
use crate::highlight::Highlighter;
use crate::landing::Top;
use crate::links::Links;
use crate::markdown::facts::LinkKind;
use crate::markdown::front_keys::Meaning;
use crate::markdown::landing::{self, Layout};
#[cfg(feature = "search")]
use crate::panics::caught;
use crate::policy::{has_scripts, may_have_scripts, policy};
use crate::project::Model;
use crate::site::index::Page;
use crate::site::pages::PageId;
use crate::site::plan::{Output, twin_file};
use crate::site::resolve::Resolver;
use crate::site::route;
use crate::twin::Twin;

/// The pages of a site, from which all its files are made.
pub struct Pages<'a> {
    /// The site.
    pub(super) site: &'a Model,
    /// What code blocks were validated against.
    validated: &'a Validated,
    /// What all pages share besides the model.
    pub(super) presentation: &'a Presentation,
    /// The published addresses.
    pub(super) links: Links<'a>,
    /// The content security policy of pages without scripts of their authors.
    pub(super) policy: String,
    /// What was found while they were rendered.
    pub(super) findings: Findings<'a>,
    /// For bodies whose code is not highlighted.
    plain: Highlighter,
}

impl<'a> Pages<'a> {
    /// The pages of a site whose blocks were validated against these.
    pub(super) fn new(
        site: &'a Model,
        validated: &'a Validated,
        presentation: &'a Presentation,
    ) -> Self {
        let (links, policy) = (Links::new(&site.config, &site.index), policy(&site.config));
        let (findings, plain) = (Findings::new(site), Highlighter::plain());
        Self { site, validated, presentation, links, policy, findings, plain }
    }

    /// The pages that are published, in order.
    pub(super) fn published(&self) -> impl Iterator<Item = PageId> + use<'a> {
        let index = &self.site.index;
        let shown = |page: &PageId| index.pages[*page].redirect().is_none();
        index.published().filter(shown)
    }

    /// The language of a page.
    pub(super) fn language(&self, page: PageId) -> String {
        self.site.page_language(page)
    }

    /// The description of a page.
    pub(super) fn description(&self, page: PageId) -> &'a str {
        let front = &self.site.index.pages[page].facts.front;
        front.said(Meaning::Description).unwrap_or_default()
    }

    /// Whether the title has to be added above a page. Pages of a book never get one: they start as
    /// written, often with a second-level heading.
    pub(super) fn shows_title(&self, page: &Page) -> bool {
        let front = &page.facts.front;
        let said = Layout::of(front) == Layout::Blank || landing::read(front).is_some();
        !said && !self.has_heading(page)
    }

    /// Whether the text of a page has a heading that is its title.
    fn has_heading(&self, page: &Page) -> bool {
        let any = self.site.config.flavour.any_heading_is_title;
        page.facts.headings.iter().any(|heading| any || heading.level == 1)
    }

    /// The top of a landing page.
    pub(super) fn landing(&self, number: PageId) -> Top<'_> {
        Top {
            page: &self.site.index.pages[number],
            targets: &self.site.front_targets[number],
            links: &self.links,
            assets: &self.presentation.assets,
            icon_library: self.site.config.icon_library,
        }
    }

    /// The absolute URL of a route; empty if the URL of the site is unknown.
    pub(super) fn canonical(&self, route: &str) -> String {
        self.site
            .config
            .base_url
            .as_ref()
            .map_or_else(String::new, |base| format!("{base}{}", escape::path(route)))
    }

    /// The absolute URL of a page, or its path if the URL of the site is unknown.
    pub(super) fn address(&self, page: PageId) -> String {
        let canonical = self.canonical(&self.site.index.pages[page].route);
        if canonical.is_empty() { self.links.page(page) } else { canonical }
    }

    /// The URL path of the twin of a page.
    pub(super) fn twin_path(&self, page: PageId) -> String {
        let file = twin_file(route::key(&self.site.index.pages[page].route));
        self.links.route(&format!("/{file}"))
    }

    /// The absolute URL of the twin of a page, or its path if the URL of the site is unknown.
    pub(super) fn twin_address(&self, page: PageId) -> String {
        format!("{}{}", self.origin(), self.twin_path(page))
    }

    /// Protocol and host of the site; empty if unknown.
    pub(super) fn origin(&self) -> &str {
        let base = self.site.config.base_url.as_deref().unwrap_or_default();
        base.strip_suffix(self.links.base()).unwrap_or(base)
    }

    /// The target of a redirect in the settings.
    pub(super) fn redirect_target(&self, to: &str) -> String {
        let resolver = Resolver::new(&self.site.index, self.site.config.flavour);
        self.links.href(&resolver.dest(None, to, LinkKind::Link), to)
    }

    /// The words of the theme in a language.
    pub(super) fn words(&self, language: &str) -> &Words {
        let words = &self.presentation.words;
        words.get(language).unwrap_or(&words[&self.site.config.language])
    }

    /// The body of a page.
    pub(super) fn body<'b>(&'b self, number: PageId, highlighter: &'b Highlighter) -> Body<'b> {
        let site = self.site;
        Body {
            page: &site.index.pages[number],
            targets: &site.targets[number],
            links: &self.links,
            assets: &self.presentation.assets,
            words: self.words(&self.language(number)),
            theme: &self.presentation.theme,
            validated_by: self.validated.on_page(&site.index.pages[number].source.path),
            highlighter,
            config: &site.config,
            flavour: site.config.flavour,
            dialect: site.config.dialect(),
        }
    }

    /// The files of the diagrams that are drawn, each once.
    pub(super) fn drawings(&self) -> Vec<(String, Output)> {
        let mut files = Vec::new();
        for number in self.published() {
            let page = &self.site.index.pages[number];
            for (at, block) in page.facts.code.iter().enumerate() {
                if diagram::is_wanted(&self.site.config, block) {
                    let text = block.text(&page.source.text);
                    let output = |dark| Output::Drawing(number, at, dark);
                    files.extend(
                        diagram::files(&text)
                            .map(|(path, ground)| (path, output(ground == Ground::Dark))),
                    );
                }
            }
        }
        files
    }

    /// The drawing of a code block; none for a diagram that cannot be drawn, which has no file.
    pub(super) fn drawing(&self, page: PageId, block: usize, dark: bool) -> Option<Vec<u8>> {
        let page = &self.site.index.pages[page];
        let text = page.facts.code.get(block)?.text(&page.source.text);
        let ground = if dark { Ground::Dark } else { Ground::Light };
        diagram::drawn(&text, ground).map(|drawing| drawing.svg.into_bytes())
    }

    /// The Markdown twin of a page.
    pub(super) fn twin(&self, number: PageId) -> String {
        let site = self.site;
        let twin = Twin {
            page: &site.index.pages[number],
            targets: &site.targets[number],
            links: &self.links,
            top: self.twin_top(number),
            dialect: site.config.dialect(),
            origin: self.origin(),
            words: self.words(&self.language(number)),
        };
        twin.markdown()
    }

    /// What the twin of a page has above its text.
    fn twin_top(&self, number: PageId) -> String {
        let page = &self.site.index.pages[number];
        let landing = self.landing(number).markdown(self.origin());
        if !landing.is_empty() || self.has_heading(page) {
            return landing;
        }
        let title = escape::line(page.title.trim());
        let words: Vec<&str> = self.description(number).split_whitespace().collect();
        let description = match words.is_empty() {
            true => String::new(),
            false => format!("> {}\n\n", words.join(" ")),
        };
        format!("# {title}\n\n{description}")
    }

    /// The searchable part of a page: title, description and body, as HTML.
    ///
    /// Empty for a page that cannot be rendered, which is a finding already.
    #[cfg(feature = "search")]
    pub(super) fn searched(&self, number: PageId) -> String {
        caught(|| self.searched_body(number)).unwrap_or_default()
    }

    #[cfg(feature = "search")]
    fn searched_body(&self, number: PageId) -> String {
        let page = &self.site.index.pages[number];
        let mut html = String::from("<html><body data-pagefind-body");
        // What a page says of itself counts, but is not a part of its text.
        let description = self.description(number);
        if !description.is_empty() {
            let said = format!("description:{description}");
            escape::attribute(&mut html, "data-pagefind-meta", &said);
        }
        html.push('>');
        let top = self.landing(number).html();
        html.push_str(&top);
        if top.is_empty() && !page.facts.headings.iter().any(|heading| heading.level == 1) {
            html.push_str("<h1>");
            escape::text(&mut html, &page.title);
            html.push_str("</h1><p>");
            escape::text(&mut html, description);
            html.push_str("</p>");
        }
        html.push_str(&self.body(number, &self.plain).html());
        html.push_str("</body></html>");
        indexed(&html)
    }

    /// The pages with scripts of their authors.
    pub(super) fn exempt(&self) -> Vec<PageId> {
        let may = |page: &PageId| may_have_scripts(&self.site.index.pages[*page].source.text);
        self.published()
            .filter(may)
            .filter(|page| has_scripts(&self.body(*page, &self.plain).html()))
            .collect()
    }
}

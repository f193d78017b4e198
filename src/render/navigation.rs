//! The sidebars: one HTML text per tab, with the offsets at which the current page is marked.

use crate::markdown::front_keys::Meaning;
use std::collections::HashMap;

use super::links::Links;
use super::{endpoint, escape, icons};
use crate::icon_names::own_library;
use crate::site::index::Index;
use crate::site::nav::{Nav, Node, Place, first_page};
use crate::site::pages::PageId;

/// The sidebars of a site.
pub struct Sidebars {
    tabs: Vec<Vec<Sidebar>>,
}

struct Sidebar {
    html: String,
    /// For each page, the offsets of the groups around it and of its link, and what marks them.
    marks: HashMap<PageId, Vec<(usize, &'static str)>>,
    /// For each page, the groups around it.
    groups: HashMap<PageId, Vec<Around>>,
}

/// The title of a group or chapter around a page, and its own page or the first one in it.
pub type Around = (String, Option<PageId>);

impl Sidebars {
    /// Renders all sidebars. `library` is the one that names of icons are of.
    pub fn new(nav: &Nav, index: &Index, links: &Links<'_>, library: &str) -> Self {
        let tabs = nav
            .languages
            .iter()
            .map(|language| {
                language
                    .tabs
                    .iter()
                    .map(|tab| Writer::new(index, links, library).sidebar(&tab.nodes))
                    .collect()
            })
            .collect();
        Self { tabs }
    }

    /// The groups around a page, outermost first.
    pub fn groups(&self, place: Place, page: PageId) -> &[Around] {
        let sidebar = self.tabs.get(place.language).and_then(|tabs| tabs.get(place.tab));
        sidebar.and_then(|sidebar| sidebar.groups.get(&page)).map_or(&[], Vec::as_slice)
    }

    /// A sidebar in which a page is marked.
    pub fn html(&self, place: Option<Place>, page: Option<PageId>) -> String {
        let at = place.unwrap_or(Place { language: 0, tab: 0, position: 0 });
        let Some(sidebar) = self.tabs.get(at.language).and_then(|tabs| tabs.get(at.tab)) else {
            return String::new();
        };
        let marks = page.and_then(|page| sidebar.marks.get(&page)).map_or(&[][..], Vec::as_slice);
        let mut out = String::with_capacity(sidebar.html.len() + 64);
        let mut done = 0;
        for (at, text) in marks {
            out.push_str(&sidebar.html[done..*at]);
            out.push_str(text);
            done = *at;
        }
        out.push_str(&sidebar.html[done..]);
        out
    }
}

struct Writer<'a> {
    index: &'a Index,
    links: &'a Links<'a>,
    library: &'a str,
    html: String,
    marks: HashMap<PageId, Vec<(usize, &'static str)>>,
    groups: Vec<(usize, &'static str)>,
    titles: Vec<Around>,
    around: HashMap<PageId, Vec<Around>>,
}

impl<'a> Writer<'a> {
    fn new(index: &'a Index, links: &'a Links<'a>, library: &'a str) -> Self {
        Self {
            index,
            links,
            library,
            html: String::new(),
            marks: HashMap::new(),
            groups: Vec::new(),
            titles: Vec::new(),
            around: HashMap::new(),
        }
    }

    fn sidebar(mut self, nodes: &[Node]) -> Sidebar {
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            if matches!(first, Node::Group { .. }) {
                self.group(first, Level::Top);
                rest = &rest[1..];
            } else {
                let run =
                    rest.iter().take_while(|node| !matches!(node, Node::Group { .. })).count();
                self.list(&rest[..run]);
                rest = &rest[run..];
            }
        }
        Sidebar { html: self.html, marks: self.marks, groups: self.around }
    }

    fn list(&mut self, nodes: &[Node]) {
        let runs = nodes.split(|node| matches!(node, Node::Separator));
        for (at, run) in runs.enumerate() {
            if at > 0 {
                self.html.push_str("<hr class=\"nav-separator\">");
            }
            if !run.is_empty() || nodes.is_empty() {
                self.run(run);
            }
        }
    }

    fn run(&mut self, nodes: &[Node]) {
        self.html.push_str("<ul class=\"nav\">");
        for node in nodes {
            self.html.push_str("<li>");
            match node {
                Node::Page(page) => self.page(*page, "", None),
                Node::Chapter { title, number, page, nodes } => {
                    self.chapter(title, number, *page, nodes);
                }
                Node::Separator => {}
                Node::Link { label, url } => {
                    let url = self.links.absolute(url);
                    self.html.push_str("<a");
                    escape::attribute(&mut self.html, "href", &url);
                    self.html.push('>');
                    escape::text(&mut self.html, if label.is_empty() { &url } else { label });
                    self.html.push_str("</a>");
                }
                Node::Group { .. } => self.group(node, Level::Inner),
            }
            self.html.push_str("</li>");
        }
        self.html.push_str("</ul>");
    }

    /// Writes a chapter and the chapters below it. A draft is text without a link.
    fn chapter(&mut self, title: &str, number: &str, page: Option<PageId>, nodes: &[Node]) {
        match page {
            Some(page) => self.page(page, number, Some(title)),
            None => {
                self.html.push_str("<span class=\"nav-draft\">");
                self.number(number);
                escape::text(&mut self.html, title);
                self.html.push_str("</span>");
            }
        }
        if !nodes.is_empty() {
            let first = page.or_else(|| first_page(nodes));
            self.titles.push((title.to_owned(), first));
            self.list(nodes);
            self.titles.pop();
        }
    }

    /// Writes an icon. A picture must be named from the top of the site.
    fn icon(&mut self, icon: &str, style: Option<&str>) {
        let library = own_library(style, None).unwrap_or(self.library);
        if !icon.starts_with('.') {
            let address = self.links.absolute(icon);
            self.html.push_str(&icons::html(icon, library, Some(&address)));
        }
    }

    fn number(&mut self, number: &str) {
        if !number.is_empty() {
            self.html.push_str("<span class=\"nav-number\">");
            escape::text(&mut self.html, number);
            self.html.push_str("</span> ");
        }
    }

    fn page(&mut self, page: PageId, number: &str, title: Option<&str>) {
        let entry = &self.index.pages[page];
        self.html.push_str("<a");
        let mut marks = self.groups.clone();
        marks.push((self.html.len(), " aria-current=\"page\""));
        self.marks.entry(page).or_insert(marks);
        self.around.entry(page).or_insert_with(|| self.titles.clone());
        escape::attribute(&mut self.html, "href", &self.links.page(page));
        self.html.push('>');
        let front = &entry.facts.front;
        if let Some(icon) = front.said(Meaning::Icon) {
            self.icon(icon, front.said(Meaning::IconStyle));
        }
        if let Some((method, _)) = endpoint::of(front) {
            endpoint::method(&mut self.html, method);
        }
        self.number(number);
        let own = || front.said(Meaning::Label);
        let label = title.filter(|title| !title.is_empty()).or_else(own);
        escape::text(&mut self.html, label.unwrap_or(&entry.title));
        if let Some(badge) = front.said(Meaning::Badge) {
            self.html.push_str(" <span class=\"badge\">");
            escape::text(&mut self.html, badge);
            self.html.push_str("</span>");
        }
        self.html.push_str("</a>");
    }

    /// Writes a group. Unless the settings say otherwise, those at the top are open at first.
    fn group(&mut self, group: &Node, level: Level) {
        let Node::Group { title, icon, folded, nodes } = group else { return };
        self.html.push_str(match level {
            Level::Top => "<details class=\"nav-section\"",
            Level::Inner => "<details class=\"nav-group\"",
        });
        // A script must know which groups have to be open before it has read all of their links.
        let mark = if folded.unwrap_or(level == Level::Inner) {
            " open data-current"
        } else {
            self.html.push_str(" open");
            " data-current"
        };
        self.groups.push((self.html.len(), mark));
        self.html.push_str("><summary>");
        self.icon(icon, None);
        escape::text(&mut self.html, title);
        self.html.push_str("</summary>");
        self.titles.push((title.to_owned(), first_page(nodes)));
        self.list(nodes);
        self.titles.pop();
        self.html.push_str("</details>");
        self.groups.pop();
    }
}

/// Where a group stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Top,
    Inner,
}

//! A page that neither the navigation nor a link leads to.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::config::{NavItem, Redirect};
use crate::diagnostic::{Finding, Severity};
use crate::markdown::facts::LinkKind;
use crate::rule::{Check, Rule, SiteContext};
use crate::site::index::Page;
use crate::site::pages::{PageId, PageVec};
use crate::site::route;
use crate::site::target::Target;
use crate::site::{page_role, translation};
use crate::source::{Span, line_start, parent};

/// The rule.
pub static RULE: Rule = Rule {
    name: "orphan-page",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/orphan-page.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    // Without a navigation in the settings, every page is in it.
    if context.nav.path.is_none() || context.nav.places.is_empty() {
        return;
    }
    // The list of a section links to everything below it.
    if context.config.flavour.section_lists.is_some() {
        return;
    }
    let pages = &context.index.pages;
    let reached = reached(context);
    let language = &context.config.language;
    // A page is reported once, and not again for each translation.
    let translated = |at: PageId| translation::source(context.index, at, language).is_some();
    let lost: Vec<PageId> = pages
        .ids()
        .filter(|&at| !reached[at] && is_for_readers(context, at) && !translated(at))
        .collect();
    if lost.is_empty() {
        return;
    }
    let pieces = taken_in(pages);
    // Of settings that are code only the literal parts are read, so links may be missing.
    let code = context.config.flavour.settings_are_code;
    let alone = folders_without_way(pages, &reached);
    for at in lost {
        let page = &pages[at];
        let name = page.content_path.rsplit('/').next().unwrap_or_default();
        if pieces.contains(route::stem(name)) {
            continue;
        }
        let message = "neither the navigation nor a link leads to this page";
        let finding = Finding::new(&page.source.path, place(page), message)
            .help("add it to the navigation, link to it, or mark it as `hidden: true`");
        // A whole folder that nothing links to is usually separate on purpose.
        let folder = parent(&page.content_path);
        out.push(match code || alone.contains(folder) {
            true => finding.severity(Severity::Note),
            false => finding,
        });
    }
}

/// Which pages the navigation, a link or a redirect leads to.
fn reached(context: &SiteContext<'_>) -> PageVec<bool> {
    let mut reached: PageVec<bool> = context.index.ids().map(|_| false).collect();
    for page in context.nav.places.keys() {
        reached[*page] = true;
    }
    for (from, targets) in context.targets.entries() {
        for target in targets {
            if let Target::Page { page, .. } = target
                && *page != from
            {
                reached[*page] = true;
            }
        }
    }
    let resolver = context.resolver();
    let config = context.config;
    let redirects = config.redirects.iter().map(|Redirect { to, .. }| to.as_str());
    let own = context.index.pages.iter().filter_map(|page| page.redirect());
    let header = config.links.iter().map(|link| link.url.as_str());
    let mut written = Vec::new();
    for tab in config.nav.iter().flat_map(|nav| &nav.languages).flat_map(|one| &one.tabs) {
        links(&tab.items, &mut written);
    }
    for dest in redirects.chain(own).chain(header).chain(written) {
        if let Target::Page { page, .. } = resolver.dest(None, dest, LinkKind::Link) {
            reached[page] = true;
        }
    }
    reached
}

/// Collects the addresses that a navigation links to.
fn links<'a>(items: &'a [NavItem], out: &mut Vec<&'a str>) {
    for item in items {
        match item {
            NavItem::Link { url, .. } => out.push(url),
            NavItem::Group { items, .. } => links(items, out),
            NavItem::Chapter(chapter) => links(&chapter.items, out),
            NavItem::Page { .. } | NavItem::Separator => {}
        }
    }
}

/// Whether readers are meant to find the page.
fn is_for_readers(context: &SiteContext<'_>, at: PageId) -> bool {
    let page = &context.index.pages[at];
    let path = &page.content_path;
    context.index.is_published(at)
        && page.redirect().is_none()
        && context.index.redirect(route::key(&page.route)).is_none()
        && !route::key(&page.route).is_empty()
        && route::precedence(path) == 2
        && !page_role::is_piece(path)
        && !page_role::is_for_maintainers(path)
        && !page_role::is_withheld(page)
}

/// The names, without suffix, of the pages that others include.
fn taken_in(pages: &PageVec<Arc<Page>>) -> HashSet<&str> {
    let mut names = HashSet::new();
    for page in pages {
        let text = page.source.text.as_str();
        for at in memchr::memmem::find_iter(text.as_bytes(), ".md") {
            let line = line_start(text, at);
            let before = &text[line..at];
            // A line with an include is short; longer lines are prose.
            let includes = before.len() < 400
                && ["include", "import ", "--8<--", "{%", "@"]
                    .iter()
                    .any(|mark| before.contains(mark));
            if includes {
                let name = before.rfind(|c: char| !c.is_alphanumeric() && !"-_.".contains(c));
                let start =
                    name.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
                names.insert(&before[start..]);
            }
        }
    }
    names
}

/// Folders with several pages, none of which anything links to.
fn folders_without_way<'a>(
    pages: &'a PageVec<Arc<Page>>,
    reached: &PageVec<bool>,
) -> HashSet<&'a str> {
    let mut folders: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, page) in pages.entries() {
        let folder = parent(&page.content_path);
        let count = folders.entry(folder).or_default();
        count.0 += 1;
        count.1 += usize::from(reached[at]);
    }
    let alone = folders.into_iter().filter(|(_, (all, reached))| *all > 1 && *reached == 0);
    alone.map(|(folder, _)| folder).collect()
}

/// The span of a finding about a whole page.
fn place(page: &Page) -> Span {
    let heading = page.facts.headings.first().map(|heading| heading.span);
    let front = page.facts.front.node.as_ref().and_then(|node| node.get("title"));
    front.map(|node| node.span).or(heading).unwrap_or_default()
}

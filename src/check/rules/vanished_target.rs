//! A public address or anchor that a change removed.

use std::collections::HashSet;

use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::earlier_version::{EarlierVersion, losses};
use crate::markdown::facts::Heading;
use crate::rule::{Check, Rule, SiteContext};
use crate::site::index::{Index, Page};
use crate::site::pages::PageId;
use crate::site::route;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "vanished-target",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/vanished-target.md"),
    check: Check::Site(check),
};

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let Some(earlier) = &context.earlier else { return };
    for at in earlier.index.published() {
        let page = &earlier.index.pages[at];
        let key = route::key(&page.route);
        if context.index.page_at(key).is_none() && context.index.redirect(key).is_none() {
            out.push(gone(context, earlier, page));
        }
    }
    // Anchors in the removed part of a page are not reported again.
    let shrunken: HashSet<PageId> =
        losses(context.index, earlier).into_iter().map(|(at, _)| at).collect();
    for (before, at) in earlier.kept(context.index) {
        if !shrunken.contains(&at) && context.index.is_published(at) {
            anchors(context.index, before, at, out);
        }
    }
}

/// The finding about a page that is gone: on the page that has its text now, if there is one.
fn gone(context: &SiteContext<'_>, earlier: &EarlierVersion<'_>, page: &Page) -> Finding {
    let message = format!("`{}` was a page, but no longer exists", page.route);
    let Some(to) = moved(context, earlier, page) else {
        return Finding::new(&page.source.path, Span::default(), message)
            .help("add a redirect to its replacement, or keep the page");
    };
    let span = to.facts.headings.first().map_or(Span::default(), |heading| heading.span);
    let writable = context.config.flavour.writes_aliases;
    Finding::new(&to.source.path, span, format!("{message}; it seems to have moved to this page"))
        .help(format!("add a redirect from `{}` to `{}`", page.route, to.route))
        .maybe_fix(writable.then(|| alias(to, &page.route)).flatten())
}

/// The new page that has the text of one that is gone.
fn moved<'a>(
    context: &SiteContext<'a>,
    earlier: &EarlierVersion<'_>,
    page: &Page,
) -> Option<&'a Page> {
    let index = context.index;
    let mut new = index.pages.iter().map(|page| &**page).filter(|one| {
        earlier.changed.contains(&one.source.path)
            && earlier.index.page_of_file(one.source.path.as_str()).is_none()
    });
    let lines: HashSet<&str> = telling(page).collect();
    new.find(|one| {
        let theirs: HashSet<&str> = telling(one).collect();
        let shared = lines.intersection(&theirs).count();
        one.source.text == page.source.text
            || one.title == page.title && shared * 2 >= lines.len()
            || shared > 2 && shared * 4 >= lines.len() * 3
    })
}

fn telling(page: &Page) -> impl Iterator<Item = &str> {
    page.source.text.lines().map(str::trim).filter(|line| line.len() >= 20)
}

/// Adds an old address to the front matter of a page.
fn alias(page: &Page, route: &str) -> Option<Fix> {
    let text = &page.source.text;
    let front = &page.facts.front;
    let line = format!("aliases: [{route}]");
    let (at, put) = match front.span.end > 0 {
        true if front.node.as_ref()?.get("aliases").is_some() => return None,
        true => {
            let inner = text.get(front.span.start..front.span.end)?.trim_end();
            let close = front.span.start + inner.rfind('\n')? + 1;
            text[close..].starts_with("---").then_some((close, format!("{line}\n")))?
        }
        // Nothing can be inserted before a byte order mark.
        false if text.starts_with('\u{feff}') => return None,
        false => (0, format!("---\n{line}\n---\n\n")),
    };
    let edit = Edit { path: page.source.path.clone(), span: Span::new(at, at), replacement: put };
    Some(Fix {
        title: format!("redirect `{route}` to this page"),
        safety: Safety::Safe,
        edits: vec![edit],
    })
}

/// The findings about the anchors that a page lost.
fn anchors(index: &Index, before: &Page, at: PageId, out: &mut Vec<Finding>) {
    let page = &index.pages[at];
    let fresh: Vec<&Heading> = page
        .facts
        .headings
        .iter()
        .filter(|heading| !before.facts.anchors.iter().any(|one| one.id == heading.ids.primary))
        .collect();
    let lost: Vec<(usize, &str)> = before
        .facts
        .anchors
        .iter()
        // The other spellings of an anchor are not reported separately.
        .filter(|one| one.primary.is_none() && index.anchor(at, &one.id).is_none())
        .map(|one| (one.span.start, one.id.as_str()))
        .collect();
    for (place, id) in lost {
        let old = before.facts.headings.iter().position(|one| one.span.start == place);
        let heading = old.and_then(|number| renamed(before, page, number, &fresh));
        let span = heading.map_or(Span::default(), |heading| heading.span);
        let message = format!("`#{id}` was an anchor of this page, but no longer exists");
        out.push(
            Finding::new(&page.source.path, span, message)
                .help("links from other sites now lead to the top of the page; keep the anchor")
                .maybe_fix(heading.and_then(|heading| keep(page, heading, id))),
        );
    }
}

/// The heading that replaced an old one: it is between the same two headings.
fn renamed<'p>(
    before: &Page,
    page: &'p Page,
    number: usize,
    fresh: &[&'p Heading],
) -> Option<&'p Heading> {
    let old = &before.facts.headings[number];
    let neighbour = |number: Option<usize>| {
        number.and_then(|at| before.facts.headings.get(at)).map(|one| one.text.as_str())
    };
    let above = neighbour(number.checked_sub(1));
    let below = neighbour(Some(number + 1));
    fresh.iter().copied().find(|heading| {
        let at = page.facts.headings.iter().position(|one| std::ptr::eq(one, *heading));
        let there = |at: Option<usize>| {
            at.and_then(|at| page.facts.headings.get(at)).map(|one| one.text.as_str())
        };
        let same_above = there(at.and_then(|at| at.checked_sub(1))) == above;
        let same_below = there(at.map(|at| at + 1)) == below;
        heading.level == old.level && (same_above || same_below)
    })
}

/// Adds an old anchor before a heading.
fn keep(page: &Page, heading: &Heading, id: &str) -> Option<Fix> {
    let plain = |c: char| c.is_alphanumeric() || "-_.:/".contains(c);
    let text = &page.source.text;
    let start = heading.span.start;
    // Inside a list or a component, a separate line would not work.
    let alone = start == 0 || text[..start].ends_with('\n');
    if !id.chars().all(plain) || !alone || !text[start..].starts_with('#') {
        return None;
    }
    let tag =
        if page.is_mdx() { format!("<a id=\"{id}\" />") } else { format!("<a id=\"{id}\"></a>") };
    let break_ = if text[..start].ends_with("\r\n") { "\r\n\r\n" } else { "\n\n" };
    let edit = Edit {
        path: page.source.path.clone(),
        span: Span::new(start, start),
        replacement: format!("{tag}{break_}"),
    };
    Some(Fix { title: format!("keep `#{id}`"), safety: Safety::Safe, edits: vec![edit] })
}

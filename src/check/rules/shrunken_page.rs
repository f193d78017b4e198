//! A page that lost its end, or a large part, in the change that is looked at.

use std::collections::HashSet;

use crate::check::past::Past;
use crate::check::rule::{Check, Rule, SiteContext};
use crate::diagnostic::{Finding, Severity};
use crate::site::index::Page;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "shrunken-page",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/shrunken-page.md"),
    check: Check::Site(check),
};

/// Shorter lines stand on many pages, and say nothing about where a text went.
const TELLING: usize = 20;
/// So much of a hundred is a large part.
const LARGE: usize = 40;
/// A smaller text is easily replaced by another.
const LEAST: usize = 300;

fn check(context: &SiteContext<'_>, out: &mut Vec<Finding>) {
    let Some(past) = &context.past else { return };
    let elsewhere = Lines::of_changed(context, past);
    for (before, at) in past.kept(context.index) {
        let page = &context.index.pages[at];
        let Some(what) = lost(before, page, &elsewhere) else { continue };
        let text = page.source.text.trim_end();
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        out.push(
            Finding::new(&page.source.path, Span::new(start, text.len()), what)
                .help("put it back, or accept this finding if it was meant to go"),
        );
    }
}

/// The lines of all pages that the change touched: what went to one of them is not lost.
struct Lines<'a>(HashSet<&'a str>);

impl<'a> Lines<'a> {
    fn of_changed(context: &SiteContext<'a>, past: &Past<'_>) -> Self {
        let pages = &context.index.pages;
        let changed = pages.iter().filter(|page| past.changed.contains(&page.source.path));
        Self(changed.flat_map(|page| telling(&page.source.text)).collect())
    }

    fn lacks(&self, line: &str) -> bool {
        !self.0.contains(line)
    }
}

fn telling(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| line.len() >= TELLING)
}

/// What a page lost, if that is much.
fn lost(before: &Page, now: &Page, elsewhere: &Lines<'_>) -> Option<String> {
    let (old, new) = (before.source.text.trim_end(), now.source.text.trim_end());
    let rest = old.strip_prefix(new).filter(|rest| !rest.is_empty());
    if rest.is_some_and(|rest| telling(rest).all(|line| elsewhere.lacks(line))) {
        return Some("this page ends earlier than it did".to_owned());
    }
    if let Some(heading) = last_section(before, now, elsewhere) {
        return Some(format!("this page lost its last section, `{heading}`"));
    }
    let all: usize = telling(old).map(str::len).sum();
    let gone: usize = telling(old).filter(|line| elsewhere.lacks(line)).map(str::len).sum();
    let large = gone >= LEAST && gone * 100 >= all * LARGE;
    let shorter = new.len() * 100 < old.len() * (100 - LARGE / 2);
    (large && shorter)
        .then(|| format!("this page lost a large part: {} % of its text", gone * 100 / all.max(1)))
}

/// The last heading of a page, if it is gone with all that stood below it.
fn last_section<'p>(before: &'p Page, now: &Page, elsewhere: &Lines<'_>) -> Option<&'p str> {
    let (old, new) = (&before.facts.headings, &now.facts.headings);
    let last = old.last().filter(|_| old.len() > 1 && new.len() < old.len())?;
    if new.iter().any(|heading| heading.text == last.text) {
        return None;
    }
    let below = &before.source.text[last.span.end.min(before.source.text.len())..];
    let mut lines = telling(below).peekable();
    lines.peek()?;
    lines.all(|line| elsewhere.lacks(line)).then_some(last.text.as_str())
}

/// Whether a page is said to have shrunk: its anchors went with its text.
pub fn has_shrunk(context: &SiteContext<'_>, past: &Past<'_>) -> HashSet<usize> {
    let elsewhere = Lines::of_changed(context, past);
    let kept = past.kept(context.index);
    kept.filter(|(before, at)| lost(before, &context.index.pages[*at], &elsewhere).is_some())
        .map(|(_, at)| at)
        .collect()
}

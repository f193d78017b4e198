//! The earlier version of a tree, for the rules that report what a change lost.

use std::collections::{BTreeSet, HashSet};

use crate::site::index::{Index, Page};
use crate::site::pages::PageId;
use crate::site::route;
use crate::source::VPath;

/// An earlier version of the tree.
pub struct EarlierVersion<'a> {
    /// Its pages.
    pub index: &'a Index,
    /// The files that differ, including new and deleted ones.
    pub changed: &'a BTreeSet<VPath>,
}

impl<'a> EarlierVersion<'a> {
    /// The pages that differ and still exist: the old page, and its current number. A page that
    /// moved but kept its address still exists.
    pub fn kept<'n>(
        &self,
        now: &'n Index,
    ) -> impl Iterator<Item = (&'a Page, PageId)> + use<'a, 'n> {
        let (index, changed) = (self.index, self.changed);
        index.published().filter_map(move |at| {
            let page: &Page = &index.pages[at];
            let there = now
                .page_of_file(page.source.path.as_str())
                .or_else(|| now.page_at(route::key(&page.route)))?;
            let differs = |path: &VPath| changed.contains(path);
            (differs(&page.source.path) || differs(&now.pages[there].source.path))
                .then_some((page, there))
        })
    }
}

/// The shortest line, in bytes, that identifies a text; shorter ones occur on many pages.
const MIN_TELLING_LINE_BYTES: usize = 20;
/// The percentage of a page that counts as a large part.
const LARGE_PART_PERCENT: usize = 40;
/// The smallest loss of text that is reported, in bytes; less is easily replaced by other text.
const MIN_LOSS_BYTES: usize = 300;

/// The pages that lost their end or a large part, and what they lost.
pub fn losses(now: &Index, earlier: &EarlierVersion<'_>) -> Vec<(PageId, String)> {
    let elsewhere = Lines::of_changed(now, earlier);
    let kept = earlier.kept(now);
    kept.filter_map(|(before, at)| Some((at, lost(before, &now.pages[at], &elsewhere)?))).collect()
}

/// The lines of all changed pages: text that moved to one of them is not lost.
struct Lines<'a>(HashSet<&'a str>);

impl<'a> Lines<'a> {
    fn of_changed(now: &'a Index, earlier: &EarlierVersion<'_>) -> Self {
        let changed = now.pages.iter().filter(|page| earlier.changed.contains(&page.source.path));
        Self(changed.flat_map(|page| telling(&page.source.text)).collect())
    }

    fn lacks(&self, line: &str) -> bool {
        !self.0.contains(line)
    }
}

fn telling(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| line.len() >= MIN_TELLING_LINE_BYTES)
}

/// What a page lost, if that is a lot.
fn lost(before: &Page, now: &Page, elsewhere: &Lines<'_>) -> Option<String> {
    let (old, new) = (before.source.text.trim_end(), now.source.text.trim_end());
    let rest = old.strip_prefix(new).filter(|rest| !rest.is_empty());
    if rest.is_some_and(|rest| telling(rest).all(|line| elsewhere.lacks(line))) {
        return Some("this page has lost its end".to_owned());
    }
    if let Some(heading) = last_section(before, now, elsewhere) {
        return Some(format!("this page has lost its last section, `{heading}`"));
    }
    let all: usize = telling(old).map(str::len).sum();
    let gone: usize = telling(old).filter(|line| elsewhere.lacks(line)).map(str::len).sum();
    let large = gone >= MIN_LOSS_BYTES && gone * 100 >= all * LARGE_PART_PERCENT;
    let shorter = new.len() * 100 < old.len() * (100 - LARGE_PART_PERCENT / 2);
    (large && shorter)
        .then(|| format!("this page has lost {} % of its text", gone * 100 / all.max(1)))
}

/// The last heading of a page, if it is gone with all the text below it.
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

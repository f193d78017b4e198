//! Faults in the files that hold the navigation and the redirects.

use std::ops::Range;

use crate::common::rendering::check;
use docgen::check::rule::Diagnostic;
use docgen::config::NavItem;
use docgen::project::Model;
use docgen::source::VPath;

use super::classes::Group;
use super::corpus::{Outcome, is_loud};
use super::random::{Random, Sample};
use crate::corpora::open;

const RULES: &[&str] = &["missing-nav-page", "broken-redirect", "broken-link"];

/// An address in a file of settings.
#[derive(Clone)]
struct Entry {
    path: VPath,
    span: Range<usize>,
    target: String,
}

/// Breaks some of the addresses that are good, all at once, for a site has to be opened again: each
/// has a place of its own.
pub fn break_entries(
    site: &Model,
    files: &[(String, String)],
    seed: u64,
    size: usize,
    outcome: &mut Outcome,
) {
    let (before, _) = check(site);
    for (class, mut entries) in [("navigation", navigation(site)), ("redirects", redirects(site))] {
        entries.retain(|entry| {
            let text = text(files, &entry.path);
            let silent = !before.iter().any(|found| is_at(found, &entry.path, &entry.span));
            silent && text.is_some_and(|text| text[entry.span.clone()].contains(&entry.target))
        });
        let mut sample = Sample::new(Random::new(seed, class), size);
        entries.iter().for_each(|entry| sample.offer(|| entry.clone()));
        let mut chosen = sample.kept;
        chosen.sort_by(|a, b| (&a.path, a.span.start).cmp(&(&b.path, b.span.start)));
        if chosen.is_empty() {
            continue;
        }
        let mut files = files.to_vec();
        // From the end, so that the places before stay.
        for entry in chosen.iter().rev() {
            let file = files.iter_mut().find(|(name, _)| name == entry.path.as_str());
            let text = &mut file.expect("it was read").1;
            let start = text[entry.span.clone()].find(&entry.target).expect("it stands there");
            let middle = entry.target.floor_char_boundary(entry.target.len() / 2).max(1);
            text.insert_str(entry.span.start + start + middle, "zq");
        }
        let (after, _) = check(&open(files));
        let tally = outcome.tallies.entry((Group::Links, class)).or_default();
        let mut moved = 0;
        let mut last = None;
        for entry in &chosen {
            if last.replace(&entry.path) != Some(&entry.path) {
                moved = 0;
            }
            let span = entry.span.start + moved..entry.span.end + moved + 2;
            moved += 2;
            let hit = after.iter().any(|found| is_at(found, &entry.path, &span));
            tally.mutants += 1;
            tally.found += usize::from(hit);
            if !hit {
                tally.missed.push(format!("{}: {}", entry.path, entry.target));
            }
        }
    }
}

fn text<'f>(files: &'f [(String, String)], path: &VPath) -> Option<&'f str> {
    files.iter().find(|(name, _)| name == path.as_str()).map(|(_, text)| text.as_str())
}

fn is_at(found: &Diagnostic, path: &VPath, span: &Range<usize>) -> bool {
    let own = found.finding.span;
    let here = found.finding.path == *path && own.start <= span.end && span.start <= own.end;
    here && is_loud(found, RULES)
}

/// Entries of the navigation that lead to pages.
fn navigation(site: &Model) -> Vec<Entry> {
    let mut entries = Vec::new();
    let Some(nav) = &site.config.nav else { return entries };
    for tab in nav.languages.iter().flat_map(|language| &language.tabs) {
        pages(&tab.items, &mut |target, span| {
            if site.index.page_at(target.trim_matches('/')).is_some() {
                let target = target.to_owned();
                entries.push(Entry { path: nav.path.clone(), span, target });
            }
        });
    }
    entries
}

fn pages(items: &[NavItem], visit: &mut dyn FnMut(&str, Range<usize>)) {
    for item in items {
        match item {
            NavItem::Page { target, span } => visit(target, span.start..span.end),
            NavItem::Group { items, .. } => pages(items, visit),
            NavItem::Chapter(chapter) => {
                if let Some((target, span)) = &chapter.target {
                    visit(target, span.start..span.end);
                }
                pages(&chapter.items, visit);
            }
            NavItem::Link { .. } | NavItem::Separator => {}
        }
    }
}

/// Redirects inside the site.
fn redirects(site: &Model) -> Vec<Entry> {
    let inside = site.config.redirects.iter().filter(|redirect| redirect.to.starts_with('/'));
    inside
        .map(|redirect| Entry {
            path: redirect.path.clone(),
            span: redirect.span.start..redirect.span.end,
            target: redirect.to.clone(),
        })
        .collect()
}

//! What the repairs of findings do: each takes its finding away, brings none, and changes nothing
//! else.

use std::collections::{BTreeMap, HashSet};

use docgen::check::checker::Checker;
use docgen::check::rule::Diagnostic;
use docgen::diagnostic::{Edit, Fix};
use docgen::fix::select::{applied, select};
use docgen::project::Model;
use docgen::site::pages::PageId;
use docgen::source::VPath;

/// How often the repairs of a rule were tried, and what went wrong.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    pub count: usize,
    pub wrong: Vec<String>,
}

/// Tries the repairs of what a fault brought to a page, which has this text and said that before.
/// Those of one rule are applied together, as whoever mends a page does.
pub fn try_each(
    site: &mut Model,
    page: PageId,
    text: &str,
    found: &[Diagnostic],
    before: &[Diagnostic],
    tried: &mut BTreeMap<&'static str, Tried>,
) {
    let path = site.index.pages[page].source.path.clone();
    let old: HashSet<(&str, &str)> = before.iter().map(key).collect();
    let mut rules: BTreeMap<&'static str, Vec<Diagnostic>> = BTreeMap::new();
    for one in found.iter().filter(|one| !old.contains(&key(one))) {
        if one.finding.fix.as_ref().is_some_and(|fix| is_of(fix, &path)) {
            rules.entry(one.rule.name).or_default().push(one.clone());
        }
    }
    for (rule, fixable) in rules {
        let own = |_: &VPath| Some(text);
        let chosen = select(&fixable, |_| true, &own);
        let tally = tried.entry(rule).or_default();
        tally.count += chosen.len();
        let told = |what: &str| format!("{path}: {what}: {:?}", fixable[0]);
        let Some(mended) = applied(&chosen, &own).remove(&path) else {
            tally.wrong.push(told("it changes nothing"));
            continue;
        };
        let edits: Vec<&Edit> = chosen.iter().flat_map(|fix| &fix.edits).collect();
        if !is_outside_the_same(text, &mended, edits) {
            tally.wrong.push(told("it changes other bytes"));
        }
        site.replace_page(page, mended.clone());
        let after = Checker::new(site).check_page(page);
        site.replace_page(page, text.to_owned());
        let count = |found: &[Diagnostic]| found.iter().filter(|one| one.rule.name == rule).count();
        if count(&after) + chosen.len() > count(found) {
            tally.wrong.push(told("it is still found"));
        }
        let known: HashSet<(&str, &str)> = found.iter().chain(before).map(key).collect();
        if let Some(new) = after.iter().find(|one| !known.contains(&key(one))) {
            tally.wrong.push(format!("{} brings {new:?}", told("it")));
        }
        // Whoever mends again changes nothing more.
        let again: Vec<Diagnostic> = after
            .into_iter()
            .filter(|one| one.rule.name == rule && !old.contains(&key(one)))
            .collect();
        let still = |_: &VPath| Some(mended.as_str());
        if fixable.len() == chosen.len() && !select(&again, |_| true, &still).is_empty() {
            tally.wrong.push(told("it is offered again"));
        }
    }
}

fn key(one: &Diagnostic) -> (&'static str, &str) {
    (one.rule.name, one.finding.message.as_str())
}

/// Whether a repair is of this page alone.
fn is_of(fix: &Fix, path: &VPath) -> bool {
    fix.edits.iter().all(|edit| edit.path == *path)
}

/// Whether what stands before, between and behind the edits is as it was.
fn is_outside_the_same(old: &str, new: &str, mut edits: Vec<&Edit>) -> bool {
    edits.sort_by_key(|edit| edit.span.start);
    let (mut at, mut rest) = (0, new);
    for edit in edits {
        let Some(left) = rest.strip_prefix(&old[at..edit.span.start]) else { return false };
        let Some(left) = left.strip_prefix(edit.replacement.as_str()) else { return false };
        (at, rest) = (edit.span.end, left);
    }
    rest == &old[at..]
}

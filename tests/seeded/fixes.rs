//! What the repairs of findings do: each takes its finding away, brings none, and changes nothing
//! else.

use std::collections::{BTreeMap, HashSet};

use docgen::diagnostic::{Diagnostic, Fix};
use docgen::fix::select::{applied, select};
use docgen::pipeline::Site;
use docgen::source::VPath;

/// How often the repairs of a rule were tried, and what went wrong.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    pub count: usize,
    pub wrong: Vec<String>,
}

/// Tries the repairs of what was found on a page, which has this text and said that before the fault
/// was put in.
pub fn try_each(
    site: &mut Site,
    page: usize,
    text: &str,
    found: &[Diagnostic],
    before: &[Diagnostic],
    tried: &mut BTreeMap<&'static str, Tried>,
) {
    let path = site.index.pages[page].source.path.clone();
    for one in found {
        let Some(fix) = one.finding.fix.as_ref().filter(|fix| is_of(fix, &path)) else { continue };
        let tally = tried.entry(one.rule).or_default();
        tally.count += 1;
        let told = |what: &str| format!("{path}: {what}: {one:?}");
        let own = |_: &VPath| Some(text);
        let chosen = select(std::slice::from_ref(one), |_| true, &own);
        let Some(mended) = applied(&chosen, &own).remove(&path) else {
            tally.wrong.push(told("it changes nothing"));
            continue;
        };
        if !is_outside_the_same(text, &mended, fix) {
            tally.wrong.push(told("it changes other bytes"));
        }
        site.replace_page(page, mended.clone());
        let after = site.check_page(page);
        site.replace_page(page, text.to_owned());
        let count = |found: &[Diagnostic]| found.iter().filter(|x| x.rule == one.rule).count();
        if count(&after) >= count(found) {
            tally.wrong.push(told("it is still found"));
        }
        let known: HashSet<(&str, &str)> = found.iter().chain(before).map(key).collect();
        if let Some(new) = after.iter().find(|x| !known.contains(&key(x))) {
            tally.wrong.push(format!("{} brings {new:?}", told("it")));
        }
        // Whoever mends again changes nothing more on its account.
        let again = after.iter().filter(|x| x.rule == one.rule);
        if again.filter_map(|x| x.finding.fix.as_ref()).any(|x| x == fix) {
            tally.wrong.push(told("it is offered again"));
        }
    }
}

fn key(one: &Diagnostic) -> (&'static str, &str) {
    (one.rule, one.finding.message.as_str())
}

/// Whether a repair is of this page alone.
fn is_of(fix: &Fix, path: &VPath) -> bool {
    fix.edits.iter().all(|edit| edit.path == *path)
}

/// Whether what stands before, between and behind the edits is as it was.
fn is_outside_the_same(old: &str, new: &str, fix: &Fix) -> bool {
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span.start);
    let (mut at, mut rest) = (0, new);
    for edit in edits {
        let Some(left) = rest.strip_prefix(&old[at..edit.span.start]) else { return false };
        let Some(left) = left.strip_prefix(edit.replacement.as_str()) else { return false };
        (at, rest) = (edit.span.end, left);
    }
    rest == &old[at..]
}

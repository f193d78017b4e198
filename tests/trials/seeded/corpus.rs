//! The faults that are put into a corpus, and what becomes of them.

use std::collections::BTreeMap;

use docgen::check::checker::Checker;
use docgen::check::rule::Diagnostic;
use docgen::diagnostic::Severity;
use docgen::markdown::outline::Outline;
use docgen::project::Model;
use docgen::site::pages::{PageId, PageVec};
use rayon::prelude::*;

use super::classes::{CLASSES, Group, TRUNCATION};
use super::fixes::{self, Tried};
use super::mutant::{Edit, Mutant, View};
use super::random::{Random, Sample};
use super::settings;
use crate::corpora::{Corpus, open};

/// What became of the mutants of a class.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub mutants: usize,
    pub found: usize,
    /// Place and text of those that were not found.
    pub missed: Vec<String>,
}

/// What became of a corpus.
#[derive(Debug, Default)]
pub struct Outcome {
    pub tallies: BTreeMap<(Group, &'static str), Tally>,
    pub pages: usize,
    /// What the rules about truncation say of pages as they are.
    pub alarms: Vec<String>,
    /// What the repairs did, by rule.
    pub repairs: BTreeMap<&'static str, Tried>,
}

/// Puts `size` mutants of each class into the pages, one after the other.
pub fn run(corpus: &Corpus, seed: u64, size: usize) -> Outcome {
    let files = corpus.files();
    let mut site = open(files.clone());
    let checker = Checker::new(&site);
    let pages: Vec<PageId> = site.index.ids().collect();
    let before: Vec<Vec<Diagnostic>> =
        pages.into_par_iter().map(|page| checker.check_page(page)).collect();
    let before = PageVec::from(before);
    let mut outcome = Outcome { pages: before.len(), ..Outcome::default() };
    for found in before.iter().flatten().filter(|found| is_loud(found, TRUNCATION)) {
        outcome.alarms.push(format!("{}: {}", shown(&site, found), found.rule.name));
    }
    for (class, mutants) in CLASSES.iter().zip(sample(&site, &before, seed, size)) {
        let tally = outcome.tallies.entry((class.group, class.name)).or_default();
        for mutant in mutants {
            let own = &before[mutant.page];
            let miss = trial(corpus, &mut site, &mutant, class.rules, own, &mut outcome.repairs);
            tally.mutants += 1;
            tally.found += usize::from(miss.is_none());
            tally.missed.extend(miss);
        }
    }
    settings::break_entries(&site, &files, seed, size, &mut outcome);
    outcome
}

/// Says where a mutant was missed.
fn trial(
    corpus: &Corpus,
    site: &mut Model,
    mutant: &Mutant,
    rules: &[&str],
    before: &[Diagnostic],
    repairs: &mut BTreeMap<&'static str, Tried>,
) -> Option<String> {
    let page = &site.index.pages[mutant.page];
    let mutated = mutant.apply(&page.source.text);
    let region = mutant.region(&page.facts, &mutated);
    let start = mutant.edits[0].at.start;
    let old = site.replace_page(mutant.page, mutated.clone());
    let found = Checker::new(site).check_page(mutant.page);
    fixes::try_each(site, mutant.page, &mutated, &found, before, repairs);
    let hit = found.iter().any(|one| is_loud(one, rules) && mutant.is_met(one, &region));
    let mutated = site.replace_page(mutant.page, old);
    if hit {
        return None;
    }
    let at = site.index.pages[mutant.page].source.position(start).line;
    let from = mutated.floor_char_boundary(start.saturating_sub(60));
    let to = mutated.ceil_char_boundary((start + 60).min(mutated.len()));
    let path = &site.index.pages[mutant.page].source.path;
    let also: Vec<&str> = found.iter().map(|one| one.rule.name).collect();
    Some(format!("{}/{path}:{at} {:?} ({})", corpus.name, &mutated[from..to], also.join(", ")))
}

/// Whether a finding is of one of the rules and more than a note.
pub fn is_loud(found: &Diagnostic, rules: &[&str]) -> bool {
    found.severity >= Severity::Warning && rules.contains(&found.rule.name)
}

fn shown(site: &Model, found: &Diagnostic) -> String {
    let path = &found.finding.path;
    let line = site.source(path).map_or(0, |source| source.position(found.finding.span.start).line);
    format!("{path}:{line}")
}

/// Draws the mutants of each class from the pages on which its rules say nothing.
fn sample(
    site: &Model,
    before: &PageVec<Vec<Diagnostic>>,
    seed: u64,
    size: usize,
) -> Vec<Vec<Mutant>> {
    let mut samples: Vec<Sample<Mutant>> =
        CLASSES.iter().map(|class| Sample::new(Random::new(seed, class.name), 6 * size)).collect();
    each_view(site, |view| {
        for (class, sample) in CLASSES.iter().zip(&mut samples) {
            if !before[view.page].iter().any(|found| is_loud(found, class.rules)) {
                (class.offer)(view, &mut |mutant| {
                    // What a page takes in is a file of its own.
                    let own = |edit: &Edit| site.file_at(view.page, edit.at.start).is_none();
                    if mutant.edits.iter().all(own) {
                        sample.offer(|| mutant);
                    }
                });
            }
        }
    });
    let mut drawn: Vec<Vec<Mutant>> = samples.into_iter().map(Sample::shuffled).collect();
    for (class, mutants) in CLASSES.iter().zip(&mut drawn) {
        let mut kept = Vec::new();
        for mutant in std::mem::take(mutants) {
            if kept.len() < size
                && with_view(site, mutant.page, |view| (class.counts)(view, &mutant))
            {
                kept.push(mutant);
            }
        }
        *mutants = kept;
    }
    drawn
}

fn each_view(site: &Model, mut visit: impl FnMut(&View<'_>)) {
    for page in site.index.ids() {
        with_view(site, page, &mut visit);
    }
}

fn with_view<T>(site: &Model, number: PageId, visit: impl FnOnce(&View<'_>) -> T) -> T {
    let page = &site.index.pages[number];
    let scan = page.scan(site.config.flavour.dialect);
    let outline = Outline::new(&page.source.text, &scan);
    visit(&View {
        site,
        page: number,
        text: &page.source.text,
        facts: &page.facts,
        targets: &site.targets[number],
        outline: &outline,
    })
}

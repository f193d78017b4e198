//! The open corpora, and the faults put into them.

use docgen::diagnostic::{Diagnostic, Severity};
use docgen::markdown::outline::Outline;
use docgen::pipeline::{Inputs, MemoryTree, Overrides, Site};
use std::collections::BTreeMap;

use crate::classes::{CLASSES, Group, TRUNCATION};
use crate::mutant::{Mutant, View};
use crate::random::{Random, Sample};
use crate::{settings, shared};

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
}

/// A corpus: its archive, the folder in it that is opened, and what is written beside it.
pub struct Corpus {
    pub name: &'static str,
    pub archive: &'static str,
    pub root: &'static str,
    pub bound: &'static [(&'static str, &'static str)],
    pub settings: &'static str,
}

pub const CORPORA: [Corpus; 3] = [
    Corpus {
        name: "openclaw-en",
        archive: "corpora/openclaw-en.tar.zst",
        root: "openclaw-en/docs/",
        bound: &[
            ("openclaw.schema.json", "openclaw/openclaw.schema.normalized.json"),
            ("openclaw.spec.json", "openclaw/openclaw-cli.json"),
        ],
        settings: "[[schema]]\nfile = \"openclaw.schema.json\"\nname = \"openclaw\"\n\
                   languages = [\"json\", \"json5\", \"jsonc\"]\n\
                   [[command]]\nname = \"openclaw\"\nspec = \"openclaw.spec.json\"\n",
    },
    Corpus {
        name: "rust-book",
        archive: "corpora/rust-book.tar.zst",
        root: "rust-book/",
        bound: &[],
        settings: "",
    },
    Corpus { name: "uv", archive: "corpora/uv.tar.zst", root: "uv/", bound: &[], settings: "" },
];

impl Corpus {
    fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        shared::unpack(&shared::shared(self.archive), |path, bytes| {
            let path = path.to_str().and_then(|path| path.strip_prefix(self.root));
            if let Some(path) = path {
                files.push((path.to_owned(), String::from_utf8(bytes).unwrap_or_default()));
            }
        });
        for (name, file) in self.bound {
            let text = std::fs::read_to_string(shared::shared(file)).expect("readable");
            files.push(((*name).to_owned(), text));
        }
        if !self.settings.is_empty() {
            files.push(("docgen.toml".to_owned(), self.settings.to_owned()));
        }
        files
    }

    /// Puts `size` mutants of each class into the pages, one after the other.
    pub fn run(&self, seed: u64, size: usize) -> Outcome {
        let files = self.files();
        let mut site = open(files.clone());
        let before: Vec<Vec<Diagnostic>> =
            (0..site.index.pages.len()).map(|page| site.check_page(page)).collect();
        let mut outcome = Outcome { pages: before.len(), ..Outcome::default() };
        for found in before.iter().flatten().filter(|found| is_loud(found, TRUNCATION)) {
            outcome.alarms.push(format!("{}: {}", shown(&site, found), found.rule));
        }
        for (class, mutants) in CLASSES.iter().zip(sample(&site, &before, seed, size)) {
            let tally = outcome.tallies.entry((class.group, class.name)).or_default();
            for mutant in mutants {
                let miss = self.trial(&mut site, &mutant, class.rules);
                tally.mutants += 1;
                tally.found += usize::from(miss.is_none());
                tally.missed.extend(miss);
            }
        }
        settings::break_entries(&site, &files, seed, size, &mut outcome);
        outcome
    }

    /// Says where a mutant was missed.
    fn trial(&self, site: &mut Site, mutant: &Mutant, rules: &[&str]) -> Option<String> {
        let page = &site.index.pages[mutant.page];
        let mutated = mutant.apply(&page.source.text);
        let region = mutant.region(&page.facts, &mutated);
        let start = mutant.edits[0].at.start;
        let old = site.replace_page(mutant.page, mutated);
        let found = site.check_page(mutant.page);
        let hit = found.iter().any(|one| is_loud(one, rules) && mutant.is_met(one, &region));
        let mutated = site.replace_page(mutant.page, old);
        if hit {
            return None;
        }
        let at = site.index.pages[mutant.page].source.position(start).line;
        let from = mutated.floor_char_boundary(start.saturating_sub(60));
        let to = mutated.ceil_char_boundary((start + 60).min(mutated.len()));
        let path = &site.index.pages[mutant.page].source.path;
        let also: Vec<&str> = found.iter().map(|one| one.rule).collect();
        Some(format!("{}/{path}:{at} {:?} ({})", self.name, &mutated[from..to], also.join(", ")))
    }
}

pub fn open(files: Vec<(String, String)>) -> Site {
    let inputs = Inputs::load(&MemoryTree::new(files), &Overrides::default()).expect("inputs");
    Site::new(inputs).expect("a site")
}

/// Whether a finding is of one of the rules and more than a note.
pub fn is_loud(found: &Diagnostic, rules: &[&str]) -> bool {
    found.severity >= Severity::Warning && rules.contains(&found.rule)
}

fn shown(site: &Site, found: &Diagnostic) -> String {
    let path = &found.finding.path;
    let line = site.source(path).map_or(0, |source| source.position(found.finding.span.start).line);
    format!("{path}:{line}")
}

/// Draws the mutants of each class from the pages on which its rules say nothing.
fn sample(site: &Site, before: &[Vec<Diagnostic>], seed: u64, size: usize) -> Vec<Vec<Mutant>> {
    let mut samples: Vec<Sample<Mutant>> =
        CLASSES.iter().map(|class| Sample::new(Random::new(seed, class.name), 6 * size)).collect();
    each_view(site, |view| {
        for (class, sample) in CLASSES.iter().zip(&mut samples) {
            if !before[view.page].iter().any(|found| is_loud(found, class.rules)) {
                (class.offer)(view, &mut |mutant| sample.offer(|| mutant));
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

fn each_view(site: &Site, mut visit: impl FnMut(&View<'_>)) {
    for page in 0..site.index.pages.len() {
        with_view(site, page, &mut visit);
    }
}

fn with_view<T>(site: &Site, number: usize, visit: impl FnOnce(&View<'_>) -> T) -> T {
    let page = &site.index.pages[number];
    let scan = page.scan(site.config.flavour.dialect());
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

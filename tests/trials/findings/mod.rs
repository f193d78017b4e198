//! What docgen says of the open corpora, and whether it is right.
//!
//! Every error was read and judged: `verdicts.tsv` holds corpus, path, line, rule and verdict, and
//! nothing of the text. An error that nobody judged fails the test, and so do too many wrong ones.
//! `counts.tsv` holds how many errors and warnings each rule gives, so that a change shows.
//!
//! `DOCGEN_BLESS=1` writes both anew: verdicts stay, and what is new is `unjudged` until somebody
//! writes `right` or `wrong` in its place. With `DOCGEN_ALL=1` the tree of all languages is looked
//! at as well (slow without optimisation): a sample of its errors is judged, every rule in it.

use crate::shared;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::common::rendering::check;
use crate::corpora::{ALL_LANGUAGES, CORPORA, Corpus, NEEDS, open};
use docgen::check::rule::Diagnostic;
use docgen::diagnostic::Severity;
use docgen::project::Model;
use libtest_mimic::{Failed, Trial};

/// Of a hundred errors so many must be right.
const PRECISION: usize = 95;

/// So many wrong errors are allowed on a thousand pages.
const WRONG_IN_1000: usize = 1;

/// So many errors of the tree of all languages are judged.
const SAMPLE: usize = 200;

/// Where an error stands. Two of one rule on a line are one: they are judged together.
type Place = (String, String, usize, String);

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    // Both trials write the same files.
    let turn = Arc::new(Mutex::new(()));
    let other = turn.clone();
    let mut trials = vec![shared::trial("errors are judged", &NEEDS, move || {
        let _turn = turn.lock();
        judge(&CORPORA, None)
    })];
    if std::env::var_os("DOCGEN_ALL").is_some() {
        let needs = [ALL_LANGUAGES.archive, NEEDS[3], NEEDS[4]];
        trials.push(shared::trial("a sample of all languages is judged", &needs, move || {
            let _turn = other.lock();
            judge(&[ALL_LANGUAGES], Some(SAMPLE))
        }));
    }
    trials
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trials/findings").join(name)
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(file(name)).unwrap_or_default();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn verdicts() -> BTreeMap<Place, String> {
    let row = |row: Vec<String>| match &row[..] {
        [corpus, path, line, rule, verdict] => Some((
            (corpus.clone(), path.clone(), line.parse().ok()?, rule.clone()),
            verdict.clone(),
        )),
        _ => None,
    };
    rows("verdicts.tsv").into_iter().filter_map(row).collect()
}

fn judge(corpora: &[Corpus], sample: Option<usize>) -> Result<(), Failed> {
    let bless = std::env::var_os("DOCGEN_BLESS").is_some();
    let known = verdicts();
    let mut errors: BTreeSet<Place> = BTreeSet::new();
    let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let mut pages = 0;
    for corpus in corpora {
        let site = open(corpus.files());
        pages += site.index.pages.len();
        let (found, _) = check(&site);
        for one in &found {
            let count =
                counts.entry((corpus.name.to_owned(), one.rule.name.to_owned())).or_default();
            count.0 += usize::from(one.severity == Severity::Error);
            count.1 += usize::from(one.severity == Severity::Warning);
        }
        let loud = found.iter().filter(|one| one.severity == Severity::Error);
        errors.extend(loud.map(|one| place(corpus.name, &site, one)));
    }
    counts.retain(|_, count| *count != (0, 0));
    let judged = match sample {
        None => errors.clone(),
        Some(size) if bless => stratified(&errors, &known, size),
        Some(_) => errors.iter().filter(|place| known.contains_key(*place)).cloned().collect(),
    };
    let names: Vec<&str> = corpora.iter().map(|corpus| corpus.name).collect();
    if bless {
        write(&names, &judged, &known, &counts);
    }
    report(&judged, &known, &counts, pages)?;
    match sample {
        Some(size) if judged.len() < size.min(errors.len()) => {
            Err(format!("only {} of {} errors are judged", judged.len(), errors.len()).into())
        }
        _ => same_counts(&names, &counts),
    }
}

fn place(corpus: &str, site: &Model, found: &Diagnostic) -> Place {
    let path = &found.finding.path;
    let line = site.source(path).map_or(0, |source| source.position(found.finding.span.start).line);
    (corpus.to_owned(), path.to_string(), line, found.rule.name.to_owned())
}

/// Fails if an error was not judged, or too many are wrong.
fn report(
    judged: &BTreeSet<Place>,
    known: &BTreeMap<Place, String>,
    counts: &BTreeMap<(String, String), (usize, usize)>,
    pages: usize,
) -> Result<(), Failed> {
    for ((corpus, rule), (errors, warnings)) in counts {
        println!("{corpus:<14} {rule:<26} {errors:>6} errors {warnings:>6} warnings");
    }
    let verdict = |place: &&Place| known.get(*place).map_or("unjudged", String::as_str);
    let with = |wanted: &str| -> Vec<&Place> {
        judged.iter().filter(|place| verdict(place) == wanted).collect()
    };
    let (right, wrong) = (with("right"), with("wrong"));
    let other: Vec<&Place> =
        judged.iter().filter(|place| !matches!(verdict(place), "right" | "wrong")).collect();
    println!(
        "{pages} pages: {} right, {} wrong, {} unjudged",
        right.len(),
        wrong.len(),
        other.len()
    );
    for place in &wrong {
        println!("wrong: {place:?}");
    }
    if !other.is_empty() {
        let list: Vec<String> = other.iter().take(40).map(|place| format!("{place:?}")).collect();
        return Err(format!("{} errors nobody judged:\n{}", other.len(), list.join("\n")).into());
    }
    let enough = right.len() * 100 >= judged.len() * PRECISION;
    if !enough || wrong.len() * 1000 > pages.max(1000) * WRONG_IN_1000 {
        return Err(format!("{} of {} errors are wrong", wrong.len(), judged.len()).into());
    }
    Ok(())
}

fn same_counts(
    names: &[&str],
    counts: &BTreeMap<(String, String), (usize, usize)>,
) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    let told: BTreeMap<(String, String), (usize, usize)> = stored_counts();
    let ours = told.keys().filter(|(corpus, _)| names.contains(&corpus.as_str()));
    for key in counts.keys().chain(ours).collect::<BTreeSet<_>>() {
        let (now, then) = (counts.get(key).copied(), told.get(key).copied());
        if now != then {
            wrong.push(format!("{key:?}: {then:?} before, {now:?} now"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn stored_counts() -> BTreeMap<(String, String), (usize, usize)> {
    let row = |row: Vec<String>| match &row[..] {
        [corpus, rule, errors, warnings] => {
            Some(((corpus.clone(), rule.clone()), (errors.parse().ok()?, warnings.parse().ok()?)))
        }
        _ => None,
    };
    rows("counts.tsv").into_iter().filter_map(row).collect()
}

/// Every rule in turn gives one of its errors, evenly spread over them, until there are enough.
/// What was judged before stays.
fn stratified(
    errors: &BTreeSet<Place>,
    known: &BTreeMap<Place, String>,
    size: usize,
) -> BTreeSet<Place> {
    let mut chosen: BTreeSet<Place> =
        errors.iter().filter(|place| known.contains_key(*place)).cloned().collect();
    let mut rules: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for place in errors.iter().filter(|place| !known.contains_key(*place)) {
        rules.entry(&place.3).or_default().push(place);
    }
    for places in rules.values_mut() {
        places.sort_by_key(|place| hash(place));
    }
    while chosen.len() < size.min(errors.len()) {
        for places in rules.values_mut() {
            if let Some(place) = places.pop().filter(|_| chosen.len() < size) {
                chosen.insert(place.clone());
            }
        }
    }
    chosen
}

/// A number that depends on the place alone.
fn hash(place: &Place) -> u64 {
    let text = format!("{place:?}");
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

fn write(
    names: &[&str],
    judged: &BTreeSet<Place>,
    known: &BTreeMap<Place, String>,
    counts: &BTreeMap<(String, String), (usize, usize)>,
) {
    let others = known.iter().filter(|(place, _)| !names.contains(&place.0.as_str()));
    let mut all: BTreeMap<&Place, &str> = others.map(|(key, one)| (key, one.as_str())).collect();
    for place in judged {
        all.insert(place, known.get(place).map_or("unjudged", String::as_str));
    }
    let mut text = "# corpus\tpath\tline\trule\tverdict\n".to_owned();
    for ((corpus, path, line, rule), verdict) in all {
        text += &format!("{corpus}\t{path}\t{line}\t{rule}\t{verdict}\n");
    }
    std::fs::write(file("verdicts.tsv"), text).expect("writable");
    let mut all = stored_counts();
    all.retain(|(corpus, _), _| !names.contains(&corpus.as_str()));
    all.extend(counts.iter().map(|(key, count)| (key.clone(), *count)));
    let mut text = "# corpus\trule\terrors\twarnings\n".to_owned();
    for ((corpus, rule), (errors, warnings)) in all {
        text += &format!("{corpus}\t{rule}\t{errors}\t{warnings}\n");
    }
    std::fs::write(file("counts.tsv"), text).expect("writable");
}

//! Faults put into clean pages at random: how many are found?
//!
//! A mutant counts as found when a finding of a fitting rule, a warning at least, lies where the
//! fault is. What does not count was decided before anything ran: mutants that the reference parser
//! still takes, keys where the schema is open, words where the command takes any, cuts at the end of
//! a block or behind the punctuation of a sentence, code that docgen says it does not check.
//!
//! `DOCGEN_SEEDED` sets how many mutants of a class each corpus gets, `DOCGEN_SEED` the seed.

mod classes;
mod code;
mod corpus;
mod fixes;
mod links;
mod mendable;
mod mutant;
pub mod random;
mod reference;
mod settings;
mod structure;
mod truth;

use crate::shared;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::corpora::{CORPORA, NEEDS};
use classes::Group;
use corpus::{Outcome, Tally};
use docgen::check::rules::RULES;
use libtest_mimic::{Failed, Trial};

/// Groups whose rules are all there.
const ON: &[Group] = &[
    Group::Syntax,
    Group::Characters,
    Group::Fences,
    Group::Tags,
    Group::Links,
    Group::Anchors,
    Group::Keys,
    Group::Cuts,
];

/// Rules that mend no page but the settings, or pages of MDX, of which the corpora have three.
const ELSEWHERE: [&str; 2] = ["broken-redirect", "mdx-syntax"];

/// False alarms that are allowed among a thousand pages.
const ALARMS_IN_1000: usize = 1;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let outcomes: Arc<OnceLock<Vec<Outcome>>> = Arc::default();
    let mut trials: Vec<libtest_mimic::Trial> = Group::ALL
        .into_iter()
        .map(|group| {
            let outcomes = outcomes.clone();
            let name = format!("{group:?}").to_lowercase();
            shared::trial(&name, &NEEDS, move || judge(group, outcomes.get_or_init(run)))
        })
        .collect();
    let own = outcomes.clone();
    trials.push(shared::trial("whole pages are not called cut", &NEEDS, move || {
        silence(own.get_or_init(run))
    }));
    let kept = outcomes.clone();
    trials.push(shared::trial(
        "repairs take their findings away and bring none",
        &NEEDS,
        move || repairs(kept.get_or_init(run)),
    ));
    trials
}

fn run() -> Vec<Outcome> {
    let (seed, size) = (number("DOCGEN_SEED", 3), number("DOCGEN_SEEDED", 5) as usize);
    println!("seed {seed}, at most {size} mutants of a class in each corpus");
    std::thread::scope(|scope| {
        let runs: Vec<_> = CORPORA
            .iter()
            .map(|corpus| scope.spawn(move || corpus::run(corpus, seed, size)))
            .collect();
        runs.into_iter().map(|run| run.join().expect("it ends")).collect()
    })
}

fn judge(group: Group, outcomes: &[Outcome]) -> Result<(), Failed> {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for ((of, name), tally) in outcomes.iter().flat_map(|outcome| &outcome.tallies) {
        if *of == group {
            let sum = tallies.entry(name).or_default();
            sum.mutants += tally.mutants;
            sum.found += tally.found;
            sum.missed.extend(tally.missed.iter().cloned());
        }
    }
    let (mut mutants, mut found) = (0, 0);
    let mut table = String::new();
    for (name, tally) in &tallies {
        mutants += tally.mutants;
        found += tally.found;
        let recall = 100.0 * tally.found as f64 / tally.mutants.max(1) as f64;
        table += &format!(
            "{group:?} | {name:<28} | {:>5} mutants | {:>5} found | {recall:>5.1} %\n",
            tally.mutants, tally.found
        );
        for miss in &tally.missed {
            table += &format!("    missed: {miss}\n");
        }
    }
    println!("{table}");
    let enough = group.asked().is_none_or(|asked| found * 100 >= mutants * asked);
    if mutants == 0 {
        return Err(format!("{group:?}: no mutant was made").into());
    }
    if enough || !ON.contains(&group) {
        return Ok(());
    }
    let asked = group.asked().unwrap_or_default();
    Err(format!("{group:?}: {found} of {mutants} found, {asked} % asked").into())
}

fn repairs(outcomes: &[Outcome]) -> Result<(), Failed> {
    let mut all: BTreeMap<&str, fixes::Tried> = BTreeMap::new();
    for (rule, tried) in outcomes.iter().flat_map(|outcome| &outcome.repairs) {
        let sum = all.entry(rule).or_default();
        sum.count += tried.count;
        sum.wrong.extend(tried.wrong.iter().cloned());
    }
    let mut wrong = 0;
    for (rule, tried) in &all {
        println!("{rule:<24} {:>5} repairs, {} wrong", tried.count, tried.wrong.len());
        tried.wrong.iter().for_each(|what| println!("    {what}"));
        wrong += tried.wrong.len();
    }
    let untried: Vec<&str> = RULES
        .iter()
        .filter(|rule| rule.offers_fix() && !ELSEWHERE.contains(&rule.name))
        .map(|rule| rule.name)
        .filter(|rule| !all.contains_key(rule))
        .collect();
    if wrong > 0 || !untried.is_empty() {
        return Err(format!("{wrong} repairs are wrong, none was tried of {untried:?}").into());
    }
    Ok(())
}

fn silence(outcomes: &[Outcome]) -> Result<(), Failed> {
    let pages: usize = outcomes.iter().map(|outcome| outcome.pages).sum();
    let alarms: Vec<&String> = outcomes.iter().flat_map(|outcome| &outcome.alarms).collect();
    println!("{pages} whole pages, {} alarms: {alarms:#?}", alarms.len());
    if ON.contains(&Group::Cuts) && alarms.len() * 1000 > pages.max(1000) * ALARMS_IN_1000 {
        return Err(format!("{} alarms on {pages} pages", alarms.len()).into());
    }
    Ok(())
}

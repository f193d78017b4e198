//! No circle of files: files that need one another are one thing in two places. A module and what
//! is below it may know each other.

use std::collections::{BTreeMap, VecDeque};

use super::facts::Kind;
use super::{Findings, Sources};

/// For each file the files that it uses, each with the line of the first use.
type Uses = Vec<BTreeMap<usize, usize>>;

/// Finds the shortest circle through each file that is in one, once. Tests may go round.
pub fn check(sources: &Sources, findings: &mut Findings) {
    let uses = uses(sources);
    let mut shown = vec![false; uses.len()];
    for start in 0..uses.len() {
        let Some(circle) = circle(&uses, start).filter(|_| !shown[start]) else { continue };
        for file in &circle {
            shown[*file] = true;
        }
        let mut text = sources.files[start].path.clone();
        let next = circle.iter().skip(1).chain([&start]);
        for (from, to) in circle.iter().zip(next) {
            text += &format!(", line {}, uses {}", uses[*from][to], sources.files[*to].path);
        }
        let first = uses[start][circle.get(1).unwrap_or(&start)];
        findings.add(&sources.files[start], first, "circle", text);
    }
}

fn uses(sources: &Sources) -> Uses {
    let mut uses = vec![BTreeMap::new(); sources.files.len()];
    for (at, (file, facts)) in sources.each().enumerate() {
        for fact in facts.iter().filter(|fact| !fact.is_test) {
            let Kind::Path { path, .. } = &fact.kind else { continue };
            let Some(used) = sources.index.file(path).filter(|used| *used != at) else { continue };
            let other = &sources.files[used].module;
            if !other.starts_with(&file.module) && !file.module.starts_with(other) {
                uses[at].entry(used).or_insert(fact.line);
            }
        }
    }
    uses
}

/// The files of the shortest circle that begins at one.
fn circle(uses: &Uses, start: usize) -> Option<Vec<usize>> {
    let mut before = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for next in uses[at].keys() {
            if *next == start {
                let mut files = vec![at];
                while let Some(file) = before.get(files.last().unwrap_or(&start)) {
                    files.push(*file);
                }
                files.reverse();
                return Some(files);
            }
            if !before.contains_key(next) {
                before.insert(*next, at);
                queue.push_back(*next);
            }
        }
    }
    None
}

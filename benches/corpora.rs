//! `docgen check` of real trees: cold, and warm with one page changed; wall clock, processor time
//! and memory against the budget.
//!
//! `cargo bench --bench corpora`. The trees lie beside the checkout and are not part of the project;
//! where they are absent the bench says so and measures nothing.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "benches read the clock"
)]

#[path = "../tests/shared/corpora.rs"]
mod corpora;
#[path = "../tests/shared/mod.rs"]
mod shared;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use corpora::{ALL_LANGUAGES, CORPORA, Corpus};

/// What a check of a tree may take.
struct Budget {
    corpus: Corpus,
    /// Seconds of processor time.
    processor: Option<f64>,
    /// Seconds of wall clock on two cores.
    wall: Option<f64>,
    /// MiB at the peak.
    memory: usize,
}

/// Runs of each tree; the best counts, for others work on the machine.
const RUNS: usize = 5;

fn main() {
    if cfg!(debug_assertions) {
        println!("skipped: without optimisation the figures mean nothing");
        return;
    }
    let [english, book, uv] = CORPORA;
    let small = |corpus| Budget { corpus, processor: Some(0.6), wall: None, memory: 1024 };
    let all = Budget { corpus: ALL_LANGUAGES, processor: None, wall: Some(6.0), memory: 1024 };
    let mut over = false;
    for budget in [small(english), small(book), small(uv), all] {
        if !shared::shared(budget.corpus.archive).is_file() {
            println!("{}: skipped: {} is absent", budget.corpus.name, budget.corpus.archive);
            continue;
        }
        over |= !measure(&budget);
    }
    std::process::exit(i32::from(over));
}

/// Shows the best runs of a tree; whether they are within the budget.
fn measure(budget: &Budget) -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let cache = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    budget.corpus.unpack(root);
    let name = budget.corpus.name;
    let limits = (budget.wall, budget.processor, budget.memory);
    let mut holds = best(name, root, cache.path(), &["--no-cache"], limits);
    // One page is changed in the largest of them.
    if budget.wall.is_some() {
        git(root, &["init", "--quiet"]);
        git(root, &["add", "--all"]);
        // Packed as of itself, a while after, it would work beside what is measured.
        git(root, &["-c", "gc.auto=0", "commit", "--quiet", "--message", "x"]);
        git(root, &["gc", "--quiet"]);
        let page = root.join("index.md");
        let text = std::fs::read_to_string(&page).expect("a page");
        std::fs::write(&page, text + "\nOne line more.\n").expect("a page");
        let page = page.to_str().expect("a name");
        run(root, cache.path(), &[]);
        let limits = (Some(1.0), None, 2048);
        holds &= best("  --files, warm", root, cache.path(), &["--files", page], limits);
        holds &= best("  --since, warm", root, cache.path(), &["--since", "HEAD"], limits);
    }
    holds
}

fn git(root: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
    let status = Command::new("git").arg("-C").arg(root).args(who).args(arguments).status();
    assert!(status.expect("git runs").success(), "{arguments:?}");
}

/// Shows the best of some runs; whether it is within limits of wall clock, processor time and
/// memory.
fn best(
    name: &str,
    root: &Path,
    cache: &Path,
    arguments: &[&str],
    (most_wall, most_processor, most_memory): (Option<f64>, Option<f64>, usize),
) -> bool {
    let runs: Vec<Run> = (0..RUNS).map(|_| run(root, cache, arguments)).collect();
    let least = |of: fn(&Run) -> f64| runs.iter().map(of).fold(f64::INFINITY, f64::min);
    let (wall, processor) = (least(|run| run.wall), least(|run| run.processor));
    let memory = runs.iter().map(|run| run.memory).max().unwrap_or_default();
    let holds = most_wall.is_none_or(|most| wall <= most)
        && most_processor.is_none_or(|most| processor <= most)
        && memory <= most_memory;
    println!(
        "{name:<16} {wall:>6.2} s wall {processor:>6.2} s processor {memory:>5} MiB: {}",
        if holds { "within the budget" } else { "OVER the budget" }
    );
    holds
}

struct Run {
    wall: f64,
    processor: f64,
    memory: usize,
}

fn run(root: &Path, cache: &Path, arguments: &[&str]) -> Run {
    let start = Instant::now();
    let mut child = Command::new("bash")
        .args(["-c", "TIMEFORMAT='%U %S'; time \"$0\" check \"$@\" > /dev/null"])
        .arg(env!("CARGO_BIN_EXE_docgen"))
        .args(arguments)
        .current_dir(root)
        .env("XDG_CACHE_HOME", cache)
        .stderr(Stdio::piped())
        .spawn()
        .expect("bash is installed");
    let mut memory = 0;
    while child.try_wait().expect("it can be waited for").is_none() {
        memory = memory.max(peak(child.id()));
        std::thread::sleep(Duration::from_millis(5));
    }
    let wall = start.elapsed().as_secs_f64();
    let output = child.wait_with_output().expect("its output");
    let times = String::from_utf8_lossy(&output.stderr);
    let times = times.lines().last().unwrap_or_default();
    let processor = times.split_whitespace().filter_map(|one| one.parse::<f64>().ok()).sum();
    Run { wall, processor, memory }
}

/// The peak of the memory of what a shell runs, in MiB.
fn peak(shell: u32) -> usize {
    let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
    let children = children.unwrap_or_default();
    let status = |id: &str| std::fs::read_to_string(format!("/proc/{id}/status"));
    let texts = children.split_whitespace().filter_map(|id| status(id).ok());
    texts.filter_map(|text| high_water(&text)).max().unwrap_or_default()
}

fn high_water(status: &str) -> Option<usize> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<usize>().ok().map(|kib| kib / 1024)
}

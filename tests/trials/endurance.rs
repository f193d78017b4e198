//! Rendering under load: mutated pages of the open corpora through all that publishing does, and
//! every block of code under every grammar. They take minutes to hours, so they run when they are
//! asked for, best with optimisation:
//!
//! ```text
//! cargo test --release --test trials -- --ignored '[endurance]' --nocapture
//! ```
//!
//! `DOCGEN_PAGES` says how many pages (20,000), `DOCGEN_SHARE` which share of the blocks, in percent
//! (100), `DOCGEN_SEED` which random numbers.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use docgen::check::rules::unpainted_code;
use docgen::markdown::{self, Dialect};
use docgen::project::{Inputs, Model};
use docgen::render::highlight::Highlighter;
use libtest_mimic::{Failed, Trial};
use rayon::prelude::*;

use crate::common::rendering::Rendering;
use crate::corpora::CORPORA;
use crate::seeded::random::Random;
use crate::shared;

/// Pages of one site: enough for links among them, few enough to name the one that is at fault.
const TOGETHER: usize = 40;

/// What is put into pages: ends and beginnings of everything, and what has been a fault before.
const PIECES: &[&str] = &[
    "www.",
    "(www.)",
    "https://",
    "http://a.b/(c",
    "*www.*",
    "|",
    "\n|a|b|\n|-|-|\n|",
    "`",
    "```\n",
    "```javascript\nx /* b */\n```\n",
    "~~~",
    "<",
    "</",
    "<div",
    "<Card>",
    "</Card>",
    "<Tabs>",
    "{{",
    "}}",
    "{%",
    "$$",
    "$",
    "\\",
    "[",
    "](",
    "![",
    "[^1]",
    "\n[^1]: ",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n# ",
    "{#a}",
    "<!--",
    "-->",
    "\r\n",
    "\r",
    "\t",
    "\u{0}",
    "\u{feff}",
    "\u{200b}",
    "\u{2028}",
    "é",
    "😀",
    "\n---\n",
    "\n:::note\n",
    "\n:::\n",
    "\n!!! note\n    ",
    "&#x110000;",
    "&amp;",
    "\"",
    "'",
    "{ .a #b }",
    "\n=== \"a\"\n",
    "\n```diff {1-99999999}\n",
    "${a:-<<''",
    "\u{202e}",
];

/// Settings, the folder of pages, and their suffix: a site of each kind.
const KINDS: &[(&str, &str, &str, &str)] = &[
    ("docgen.toml", "", "content/", "md"),
    ("docs.json", "{\"navigation\": {\"pages\": [\"p0\"]}}", "", "mdx"),
    ("other.txt", "", "", "md"),
    ("book.toml", "[book]\ntitle = \"x\"\n", "src/", "md"),
    ("mkdocs.yml", "site_name: x\n", "docs/", "md"),
    ("docusaurus.config.js", "module.exports = {title: 'x'};", "docs/", "mdx"),
    (".vitepress/config.ts", "export default {}", "", "md"),
    ("hugo.toml", "title = \"x\"\n", "content/", "md"),
];

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let needs: Vec<&str> = CORPORA.iter().map(|corpus| corpus.archive).collect();
    [
        ("mutated pages are published", pages as fn() -> Result<(), Failed>),
        ("every block under every grammar", blocks),
        ("the longest lines under every grammar", lines),
    ]
    .map(|(name, run)| shared::trial(name, &needs, run).with_ignored_flag(true))
    .into()
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// The pages of the corpora.
fn sources() -> Vec<String> {
    let files = CORPORA.iter().flat_map(|corpus| corpus.files());
    let pages = files.filter(|(path, _)| path.ends_with(".md") || path.ends_with(".mdx"));
    pages.map(|(_, text)| text).collect()
}

fn cut(random: &mut Random, text: &str) -> usize {
    text.floor_char_boundary(random.below(text.len() + 1))
}

/// A page with up to four changes in it.
fn mutated(random: &mut Random, all: &[String]) -> String {
    let mut text = all[random.below(all.len())].clone();
    for _ in 0..=random.below(4) {
        let (a, b) = (cut(random, &text), cut(random, &text));
        let (a, b) = (a.min(b), a.max(b));
        match random.below(6) {
            0 => text.replace_range(a..text.floor_char_boundary(b.min(a + 200)), ""),
            1 => text.truncate(b),
            2 => {
                let part = text[a..b].to_owned();
                let at = cut(random, &text);
                text.insert_str(at, &part);
            }
            3 => {
                let other = &all[random.below(all.len())];
                let (c, d) = (cut(random, other), cut(random, other));
                text.replace_range(a..b, &other[c.min(d)..c.max(d)]);
            }
            _ => {
                for _ in 0..=random.below(3) {
                    let at = cut(random, &text);
                    text.insert_str(at, PIECES[random.below(PIECES.len())]);
                }
            }
        }
        text.truncate(text.floor_char_boundary(200_000));
    }
    text
}

fn pages() -> Result<(), Failed> {
    let all = sources();
    let (count, seed) = (number("DOCGEN_PAGES", 20_000), number("DOCGEN_SEED", 1));
    let highlighter = Highlighter::new(Default::default());
    let slowest = AtomicUsize::new(0);
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count.div_ceil(TOGETHER) {
                return;
            }
            let mut random = Random::new(seed as u64, &format!("site {number}"));
            let (settings, text, folder, suffix) = KINDS[number % KINDS.len()];
            let mut files = vec![(settings.to_owned(), text.to_owned())];
            files.extend(
                (0..TOGETHER)
                    .map(|at| (format!("{folder}p{at}.{suffix}"), mutated(&mut random, &all))),
            );
            let start = Instant::now();
            let found = published(number, files, &highlighter);
            slowest.fetch_max(start.elapsed().as_millis() as usize, Ordering::Relaxed);
            wrong.lock().expect("no panic leaves a site").extend(found);
        }
    };
    // On threads of their own: publishing waits for a thread, and one of the pool that waits
    // takes part in nothing.
    std::thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(work))));
    let wrong = wrong.into_inner().expect("no panic leaves a site");
    println!("{count} pages, {} wrong, slowest site {slowest:?} ms", wrong.len());
    if wrong.is_empty() { Ok(()) } else { Err(format!("{wrong:#?}").into()) }
}

/// What goes wrong when a site is published with all that belongs to it.
fn published(
    number: usize,
    files: Vec<(String, String)>,
    highlighter: &Highlighter,
) -> Vec<String> {
    let keep = files.clone();
    let run = move || {
        let site = Inputs::from_texts(files).and_then(Model::new).map_err(|one| one.to_string())?;
        let rendering = Rendering::of(&site);
        let publisher = rendering.painted_by(highlighter);
        publisher.for_each(|_, _| Ok(())).map_err(|failure| failure.to_string())?;
        // Plain text and a finding where a colour would take too long: that is the bound.
        let found = publisher.findings().into_iter();
        let found = found.filter(|(rule, _)| *rule != &unpainted_code::RULE);
        Ok(found
            .map(|(rule, one)| format!("{} {}:{:?} {}", rule.name, one.path, one.span, one.message))
            .collect())
    };
    let outcome: Result<Vec<String>, String> = match docgen::panics::caught(run) {
        Ok(outcome) => outcome,
        Err(panic) => Err(panic),
    };
    let wrong = outcome.unwrap_or_else(|error| vec![error]);
    if let Some(folder) = std::env::var_os("DOCGEN_KEEP").filter(|_| !wrong.is_empty()) {
        for (path, text) in keep {
            let place = std::path::Path::new(&folder).join(number.to_string()).join(path);
            let _ = std::fs::create_dir_all(place.parent().expect("a parent"));
            let _ = std::fs::write(place, text);
        }
    }
    wrong.into_iter().map(|what| format!("site {number}: {what}")).collect()
}

fn blocks() -> Result<(), Failed> {
    let mut texts: BTreeSet<String> = BTreeSet::new();
    for text in sources() {
        let facts = markdown::facts(&text, true, Dialect::MINTLIFY);
        texts.extend(facts.code.iter().map(|code| code.text(&text)));
    }
    let (all, share) = (texts.len(), number("DOCGEN_SHARE", 100));
    let mut random = Random::new(number("DOCGEN_SEED", 1) as u64, "blocks");
    let texts: Vec<String> = texts.into_iter().filter(|_| random.below(100) < share).collect();
    let highlighter = Highlighter::new(Default::default());
    let grammars = highlighter.grammars();
    let (most, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let wrong: BTreeSet<String> = grammars
        .par_iter()
        .flat_map_iter(|grammar| {
            let mut wrong = Vec::new();
            let mut dearest = (0, "");
            for text in &texts {
                let painted = highlighter.painted(grammar, text);
                sum.fetch_add(painted.steps, Ordering::Relaxed);
                dearest = dearest.max((painted.steps / (text.len() + 200), text));
                if let Some(reason) = painted.unpainted {
                    wrong.push(format!("{grammar}: {reason}: {text:?}"));
                }
            }
            if dearest.0 > most.fetch_max(dearest.0, Ordering::Relaxed) {
                println!("{grammar}: {} steps a byte: {:?}", dearest.0, dearest.1);
            }
            wrong
        })
        .collect();
    println!(
        "{} of {all} blocks under {} grammars: {sum:?} steps, {most:?} a byte at most, {} wrong",
        texts.len(),
        grammars.len(),
        wrong.len()
    );
    if wrong.is_empty() { Ok(()) } else { Err(format!("{wrong:#?}").into()) }
}

/// What lines are made of over and over, for patterns that look ahead as far as they can.
const REPEATED: &[&str] = &[
    " ", "\t", "a", "a ", "1", "(", "((", "()", "[", "{", "<", "<a ", "<a>", "</", "\"", "'", "`",
    "\\", "\"a\" ", "/", "/*", "*/", "//", "#", "*", "**", "_", "-", "--", "- ", "=", "a=", "a:",
    ":", "::", ";", ",", "a,", ".", "a.", "|", "|a", "&", "&a", "$", "${", "$(", "@", "@a ", "%",
    "~", "!", "![", "[a](", "^", "+", "?", "=>", "->", "a(", "a<", "a{", "def ", "if ", "var a ",
    "é", "0x", "1.", "A", "<<a",
];

fn lines() -> Result<(), Failed> {
    let highlighter = Highlighter::new(Default::default());
    let length = number("DOCGEN_LENGTH", 8 << 10);
    let grammars = highlighter.grammars();
    let found: Vec<(u128, usize, String)> = grammars
        .par_iter()
        .flat_map_iter(|grammar| {
            let highlighter = &highlighter;
            REPEATED.iter().map(move |piece| {
                let line = piece.repeat(length / piece.len());
                let start = Instant::now();
                let painted = highlighter.painted(grammar, &line);
                let reason = painted.unpainted.map(|one| one.to_string()).unwrap_or_default();
                let took = start.elapsed().as_millis();
                (took, painted.steps, format!("{grammar}: {piece:?} {reason}"))
            })
        })
        .collect();
    let mut slowest = found.clone();
    slowest.sort_unstable_by(|a, b| b.cmp(a));
    for (took, steps, what) in slowest.iter().take(60) {
        println!("{took:>8} ms {steps:>9} steps {what}");
    }
    let wrong: Vec<_> = found.iter().filter(|(_, _, what)| what.contains("failed")).collect();
    if wrong.is_empty() { Ok(()) } else { Err(format!("{wrong:#?}").into()) }
}

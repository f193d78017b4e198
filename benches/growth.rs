//! How time grows with a site: each step over synthetic sites of 100, 1,000 and 10,000 pages.
//!
//! The throughput that is shown is pages a second: where it stays level from one size to the next,
//! growth is linear. Everything lies in memory and is made by rule, so two runs measure the same.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "benches read the clock"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;

use divan::Bencher;
use divan::counter::ItemsCount;
#[path = "../tests/common/rendering.rs"]
mod rendering;
use rendering::Rendering;

use docgen::markdown::{self, Dialect};
use docgen::project::{Inputs, Model};
use docgen::render::highlight::Highlighter;
use docgen::render::publish::Made;

fn main() {
    divan::main();
}

/// Without optimisation only that it works is worth knowing.
const SIZES: &[usize] = if cfg!(debug_assertions) { &[100] } else { &[100, 1_000, 10_000] };

const WORDS: [&str; 16] = [
    "gateway", "channel", "session", "token", "agent", "command", "model", "page", "route",
    "schema", "server", "client", "plugin", "memory", "policy", "event",
];

/// The text of a page: headings, prose with links to other pages and to their headings,
/// components, lists, a table and code in several languages. No two pages are the same.
fn page(number: usize, of: usize) -> String {
    let mut text = String::new();
    let word = |salt: usize| WORDS[(number * 7 + salt * 5) % WORDS.len()];
    let _ = writeln!(text, "---\ntitle: Page {number}\ndescription: About the {}\n---\n", word(1));
    for section in 0..6 {
        let to = (number * 31 + section * 17 + 1) % of;
        let (a, b) = (word(section), word(section + 3));
        let _ = writeln!(
            text,
            "## The {a} {section}\n\nThe *{a}* of page {number} talks to the **{b}** when the \
             `{b}.{section}` is set; see [page {to}](/{}/page-{to}#part-{section}) and \
             [above](#part-0), or <https://example.com/{a}/{number}>.\n\n\
             ### Part {section}\n",
            folder(to)
        );
        let _ = match section {
            0 => writeln!(
                text,
                "<Note>\n  Mind the {b}: it is *not* the {a}.\n</Note>\n\n\
                 <Steps>\n  <Step title=\"First\">\n    Start the {a}.\n\n\
                 ```bash\nserve --port {number} --name {a} | grep '{b}' > out.txt\n```\n  </Step>\n\
                 </Steps>\n"
            ),
            1 => writeln!(
                text,
                "```json\n{{\n  \"{a}\": {{ \"port\": {number}, \"on\": [true, null, \"{b}\"] }}\n}}\n```\n"
            ),
            2 => writeln!(
                text,
                "```yaml\n{a}:\n  number: {number}\n  names:\n    - {b}\n    - {a}\n```\n"
            ),
            3 => writeln!(
                text,
                "| Key | Meaning |\n| --- | --- |\n| `{a}` | the {b} |\n| `{b}` | number {number} |\n"
            ),
            4 => writeln!(
                text,
                "```rust\nfn {a}(x: u32) -> Option<u32> {{\n    // page {number}\n    x.checked_add({number})\n}}\n```\n"
            ),
            _ => writeln!(
                text,
                "1. The {a} comes first.\n2. Then the {b}:\n   - with [page {to}](/{}/page-{to})\n   - or without\n",
                folder(to)
            ),
        };
    }
    text
}

fn folder(number: usize) -> String {
    format!("part-{:02}", number % 20)
}

/// The files of a site of `pages` pages.
fn site(pages: usize) -> Vec<(String, String)> {
    let mut files = vec![("docgen.toml".to_owned(), "title = \"Growth\"\n".to_owned())];
    files.push(("content/index.md".to_owned(), "# Growth\n".to_owned()));
    for number in 0..pages {
        let path = format!("content/{}/page-{number}.md", folder(number));
        files.push((path, page(number, pages)));
    }
    files
}

fn model(pages: usize) -> Model {
    let inputs = Inputs::from_texts(site(pages)).expect("inputs");
    Model::new(inputs).expect("a site")
}

/// Renders every file; the number of bytes.
fn render(site: &Model, highlighter: &Highlighter) -> usize {
    let bytes = std::sync::atomic::AtomicUsize::new(0);
    let rendering = Rendering::plain(site);
    let publisher = rendering.painted_by(highlighter);
    let made = publisher.for_each(|_, made| {
        if let Made::Bytes(made) = made {
            bytes.fetch_add(made.len(), std::sync::atomic::Ordering::Relaxed);
        }
        Ok(())
    });
    assert!(made.is_ok(), "the default theme renders");
    bytes.into_inner()
}

/// Pages to facts, on one core.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn parse(bencher: Bencher<'_, '_>, pages: usize) {
    let files = site(pages);
    let dialect = Dialect::GITHUB;
    bencher.counter(ItemsCount::new(pages)).bench_local(|| {
        for (_, text) in &files[1..] {
            black_box(markdown::facts(text, false, dialect));
        }
    });
}

/// From texts to the model: settings, facts, index, navigation, what the links lead to.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn open(bencher: Bencher<'_, '_>, pages: usize) {
    bencher
        .counter(ItemsCount::new(pages))
        .with_inputs(|| site(pages))
        .bench_local_values(|files| Model::new(Inputs::from_texts(files).expect("inputs")));
}

/// All rules over a model.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>, pages: usize) {
    let site = model(pages);
    let found = rendering::check(&site).0;
    assert!(found.is_empty(), "the synthetic site is clean: {:?}", found.first());
    bencher.counter(ItemsCount::new(pages)).bench_local(|| rendering::check(&site));
}

/// All files of a model, with no block painted before.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn render_cold(bencher: Bencher<'_, '_>, pages: usize) {
    let site = model(pages);
    bencher
        .counter(ItemsCount::new(pages))
        .with_inputs(|| Highlighter::new(HashMap::new()))
        .bench_local_refs(|highlighter| render(&site, highlighter));
}

/// All files of a model, with every block painted before.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn render_warm(bencher: Bencher<'_, '_>, pages: usize) {
    let site = model(pages);
    let highlighter = Highlighter::new(HashMap::new());
    render(&site, &highlighter);
    bencher.counter(ItemsCount::new(pages)).bench_local(|| render(&site, &highlighter));
}

/// A whole build but for the disk: from texts through the rules to the bytes of every file.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn build(bencher: Bencher<'_, '_>, pages: usize) {
    bencher.counter(ItemsCount::new(pages)).with_inputs(|| site(pages)).bench_local_values(
        |files| {
            let site = Model::new(Inputs::from_texts(files).expect("inputs")).expect("a site");
            let found = rendering::check(&site);
            let highlighter = Highlighter::new(HashMap::new());
            (found, render(&site, &highlighter))
        },
    );
}

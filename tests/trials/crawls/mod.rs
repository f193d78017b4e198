//! A real documentation tree, built with nothing changed in it: 787 pages of Markdown with
//! components, as their authors left them.

mod crawl;
mod fences;
mod html;

use crate::shared;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::common::rendering::Rendering;
use docgen::io::tree::DiskTree;
use docgen::markdown::components::COMPONENTS;
use docgen::project::{Loader, Model, Skipped, Text, Tree};
use docgen::render::publish::Output;
use docgen::source::VPath;
use html::Html;
use libtest_mimic::{Failed, Trial};
use rayon::prelude::*;

const ARCHIVE: &str = "corpora/openclaw-en.tar.zst";

/// Pages of the tree, less the 12 that only send their readers on.
const PAGES: usize = 775;

/// A rendered site, by published path.
type Files = BTreeMap<String, Vec<u8>>;

/// The tree and what was made of it.
struct Corpus {
    folder: tempfile::TempDir,
    site: Model,
    files: Files,
    outputs: BTreeMap<String, Output>,
    pages: Vec<Page>,
}

/// A page of the tree and its HTML.
struct Page {
    path: String,
    file: String,
    source: String,
    html: Html,
}

type TrialFn = fn(&Corpus) -> Result<(), Failed>;

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let trials: [(&str, TrialFn); 7] = [
        ("every page has its HTML", every_page),
        ("no component is visible as text", no_tags),
        ("every code block is as written", code_blocks),
        ("elements are well nested", nesting),
        ("every anchor that check believes in is an id", anchors),
        ("a crawl and check find the same dead links", links),
        ("bytes depend on neither threads nor order", same_bytes),
    ];
    // The first trial that runs builds the site for all.
    let corpus = Arc::new(OnceLock::new());
    let trials = trials.map(|(name, run)| {
        let corpus = corpus.clone();
        shared::trial(name, &[ARCHIVE], move || run(corpus.get_or_init(Corpus::build)))
    });
    let mut trials = Vec::from(trials);
    for (name, archive, folder, least) in [
        ("rust-book", "corpora/rust-book.tar.zst", "rust-book", 10_000),
        ("uv", "corpora/uv.tar.zst", "uv", 5_000),
    ] {
        let name = format!("{name}: a crawl and check find the same dead links");
        trials.push(shared::trial(&name, &[archive], move || {
            crawl_of(&unpacked(archive).path().join(folder), least)
        }));
    }
    trials.push(Trial::test("own site: a crawl and check find the same dead links", || {
        crawl_of(Path::new(env!("CARGO_MANIFEST_DIR")), 2_000)
    }));
    trials
}

impl Corpus {
    fn build() -> Self {
        let folder = unpacked(ARCHIVE);
        let site = site(&tree(folder.path()));
        let (files, outputs, pages) = built(&site);
        Self { folder, site, files, outputs, pages }
    }
}

/// An archive of the shared material, in a folder.
fn unpacked(archive: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    shared::unpack(&shared::shared(archive), |path, bytes| {
        let place = folder.path().join(path);
        std::fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        std::fs::write(place, bytes).expect("a file");
    });
    folder
}

/// A site, rendered and read again.
fn built(site: &Model) -> (Files, BTreeMap<String, Output>, Vec<Page>) {
    let (files, outputs) = render(site);
    let pages = outputs
        .iter()
        .filter_map(|(file, output)| match output {
            Output::Page(number) => Some((file, &site.index.pages[*number])),
            _ => None,
        })
        .map(|(file, page)| Page {
            path: page.source.path.to_string(),
            source: page.source.text.clone(),
            html: Html::read(std::str::from_utf8(&files[file]).expect("UTF-8")),
            file: file.clone(),
        })
        .collect();
    (files, outputs, pages)
}

fn tree(folder: &Path) -> DiskTree {
    DiskTree::open(&folder.join("openclaw-en/docs"), &[]).expect("a tree")
}

fn site(tree: &dyn Tree) -> Model {
    Loader::default().load(tree).expect("a site")
}

fn render(site: &Model) -> (Files, BTreeMap<String, Output>) {
    let rendering = Rendering::of(site);
    let publisher = rendering.publisher();
    let outputs = publisher.outputs();
    let files = outputs
        .par_iter()
        .filter_map(|(path, output)| {
            let bytes = publisher.render(output).unwrap_or_else(|fault| panic!("{fault:?}"));
            Some((path.clone(), bytes?))
        })
        .collect();
    (files, outputs)
}

/// Fails with all that is wrong, or if less was looked at than there is.
fn verdict(looked_at: usize, least: usize, wrong: Vec<String>) -> Result<(), Failed> {
    println!("{looked_at} looked at, {} wrong", wrong.len());
    if looked_at < least {
        return Err(format!("only {looked_at} looked at").into());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn every_page(corpus: &Corpus) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in tree(corpus.folder.path()).files() {
        let name = entry.as_str();
        let Some(stem) = name.strip_suffix(".md").or_else(|| name.strip_suffix(".mdx")) else {
            continue;
        };
        count += 1;
        let file = match stem.strip_suffix("index").filter(|at| at.is_empty() || at.ends_with('/'))
        {
            Some(folder) => format!("{folder}index.html"),
            None => format!("{stem}/index.html"),
        };
        if corpus.files.get(&file).is_none_or(|html| html.is_empty()) {
            wrong.push(format!("{name} has no {file}"));
        }
    }
    verdict(count, 787, wrong)
}

fn no_tags(corpus: &Corpus) -> Result<(), Failed> {
    let mut traces: Vec<String> =
        ["className=", "style={{", "<!--dg:", "<dg-"].map(str::to_owned).into();
    for component in COMPONENTS {
        traces.extend([format!("<{}", component.name), format!("</{}>", component.name)]);
    }
    let mut wrong = Vec::new();
    for page in &corpus.pages {
        for trace in &traces {
            let end = |at: usize| {
                let rest = &page.html.prose[at + trace.len()..];
                !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) || !trace.starts_with('<')
            };
            if let Some((at, _)) =
                page.html.prose.match_indices(trace.as_str()).find(|(at, _)| end(*at))
            {
                let around: String = page.html.prose[at..].chars().take(60).collect();
                wrong.push(format!("{}: {around}", page.path));
            }
        }
        let whole = std::str::from_utf8(&corpus.files[&page.file])?;
        if whole.contains("<!--dg:") || whole.contains("<dg-") {
            wrong.push(format!("{}: a placeholder of the scan", page.path));
        }
    }
    verdict(corpus.pages.len(), PAGES, wrong)
}

fn code_blocks(corpus: &Corpus) -> Result<(), Failed> {
    let mut count = 0;
    let mut wrong = Vec::new();
    for page in &corpus.pages {
        let expected = fences::extract(&page.source);
        count += expected.len();
        if expected.len() != page.html.code.len() {
            let (there, here) = (expected.len(), page.html.code.len());
            wrong.push(format!("{}: {there} fences, {here} blocks", page.path));
        }
        for (fence, text) in expected.iter().zip(&page.html.code) {
            if fence.text != *text {
                wrong.push(format!("{}:{}\n{:?}\n{text:?}", page.path, fence.line, fence.text));
                break;
            }
        }
    }
    verdict(count, 4_800, wrong)
}

fn nesting(corpus: &Corpus) -> Result<(), Failed> {
    let faults = corpus
        .pages
        .iter()
        .flat_map(|page| page.html.faults.iter().map(|fault| format!("{}: {fault}", page.path)));
    verdict(corpus.pages.len(), PAGES, faults.collect())
}

/// Links are published under an anchor's own id, so its other spellings have to be looked for.
fn anchors(corpus: &Corpus) -> Result<(), Failed> {
    let built: HashMap<&str, HashSet<&str>> = corpus
        .pages
        .iter()
        .map(|page| (page.path.as_str(), page.html.ids.iter().map(String::as_str).collect()))
        .collect();
    let mut count = 0;
    let mut wrong = Vec::new();
    for page in &corpus.site.index.pages {
        let Some(ids) = built.get(page.source.path.as_str()) else { continue };
        for anchor in &page.facts.anchors {
            count += 1;
            if !ids.contains(anchor.id.as_str()) {
                wrong.push(format!("{}: no `{}`", page.source.path, anchor.id));
            }
        }
    }
    verdict(count, 13_000, wrong)
}

/// The crawl of the built site and `check` find the same dead links, and no id is there twice.
fn links(corpus: &Corpus) -> Result<(), Failed> {
    let mut twice = Vec::new();
    for page in &corpus.pages {
        let mut seen = HashSet::new();
        for id in page.html.ids.iter().filter(|id| !seen.insert(id.as_str())) {
            twice.push(format!("{}: the id `{id}` twice", page.path));
        }
    }
    crawl::agree(&corpus.site, &corpus.outputs, &corpus.pages, 50_000)?;
    verdict(corpus.pages.len(), PAGES, twice)
}

/// The same for a tree that has nothing else to show.
fn crawl_of(folder: &Path, least: usize) -> Result<(), Failed> {
    let tree = DiskTree::open(folder, &[])?;
    let site = site(&tree);
    let (_, outputs, pages) = built(&site);
    crawl::agree(&site, &outputs, &pages, least)
}

/// The tree with its names in another order.
struct Backwards(DiskTree, Vec<VPath>);

impl Tree for Backwards {
    fn files(&self) -> &[VPath] {
        &self.1
    }

    fn text(&self, path: &VPath) -> Text {
        self.0.text(path)
    }

    fn withheld(&self, path: &VPath) -> Option<String> {
        self.0.withheld(path)
    }

    fn skipped(&self) -> Vec<Skipped> {
        self.0.skipped()
    }
}

fn same_bytes(corpus: &Corpus) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    for threads in [1, 5] {
        let tree = tree(corpus.folder.path());
        let names = tree.files().iter().rev().cloned().collect();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let backwards = Backwards(tree, names);
        let files = pool.install(|| render(&site(&backwards)).0);
        let differ = corpus.files.iter().filter(|(path, bytes)| files.get(*path) != Some(bytes));
        wrong.extend(differ.map(|(path, _)| format!("{threads} threads: {path}")));
        if files.len() != corpus.files.len() {
            wrong.push(format!("{threads} threads: {} files", files.len()));
        }
    }
    verdict(corpus.files.len(), 787, wrong)
}

//! Whether the finished pages show markup or lack words, and whether docgen says so.
//!
//! An oracle looks at the HTML alone. What it finds and no finding names is judged once, by
//! somebody who reads the page: `verdicts.tsv` holds corpus, page, line, kind and verdict. A `fault`
//! in it, and anything that nobody judged, fails the test. `DOCGEN_BLESS=1` adds what is new as
//! `unjudged`. With `DOCGEN_TREES=a:b` it looks at these folders instead, and prints all it finds.

mod oracle;

use crate::shared;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::common::rendering::Rendering;
use crate::corpora::{CORPORA, NEEDS, open};
use docgen::open::Project;
use docgen::project::Model;
use docgen::render::publish::Output;
use libtest_mimic::{Failed, Trial};
use oracle::Hit;
use rayon::prelude::*;

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    if let Some(folders) = std::env::var_os("DOCGEN_TREES") {
        let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
        return vec![Trial::test("trees", move || trees(&folders))];
    }
    let mut trials = vec![
        Trial::test("what is planted is noticed", planted),
        Trial::test("own site", || judge("own site", &own_site()?)),
    ];
    trials.extend(CORPORA.map(|corpus| {
        shared::trial(corpus.name, &NEEDS, move || judge(corpus.name, &open(corpus.files())))
    }));
    trials
}

/// The oracle finds each kind of markup, and a word that is not on the page.
fn planted() -> Result<(), Failed> {
    let found = |html: &str| -> BTreeSet<&str> {
        oracle::marks("", html).into_iter().map(|hit| hit.kind).collect()
    };
    for (kind, text) in [
        ("emphasis", "<p>a **b** c</p>"),
        ("link", "<p>see [a](b.md)</p>"),
        ("heading", "<p>##Install</p>"),
        ("fence", "<p>::: tip</p>"),
        ("alert", "<p>[!NOTES] a</p>"),
        ("footnote", "<p>a[^1]</p>"),
        ("task", "<li>[ ] a</li>"),
        ("table", "<p>| a | b |</p>"),
        ("template", "<p>{{&lt; note &gt;}}</p>"),
        ("expression", "<p>a {/* b */}</p>"),
        ("attributes", "<p>a {: .b }</p>"),
        ("tag", "<p>a &lt;Card title='b'&gt;</p>"),
        ("entity", "<p>a&amp;nbsp;b</p>"),
        ("escape", "<p>a.\\n\\nB</p>"),
        ("extension", "<p>==a==</p>"),
        ("directive", "<p>{ref}`a`</p>"),
        ("front matter", "<p>title: A</p>"),
    ] {
        if !found(text).contains(kind) {
            return Err(format!("{kind}: {text}").into());
        }
    }
    let quiet = "<p>A text, a_b and <code>**x**</code>.</p><pre>[a](b)</pre>";
    let lost = oracle::lost("# One\n\ntwo `three` four\n", "<h1>One</h1><p>two four</p>");
    let lost: Vec<&str> = lost.iter().map(|hit| hit.text.as_str()).collect();
    if !found(quiet).is_empty() || lost != ["three"] {
        return Err(format!("{:?}, {lost:?}", found(quiet)).into());
    }
    Ok(())
}

fn own_site() -> Result<Model, Failed> {
    folder(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn folder(folder: &Path) -> Result<Model, Failed> {
    let project = Project::open(folder).map_err(|error| Failed::from(error.to_string()))?;
    Ok(project.model)
}

fn trees(folders: &[PathBuf]) -> Result<(), Failed> {
    for root in folders {
        let model = folder(root)?;
        let (found, named, pages) = unnamed(&model);
        let flavour = model.config.flavour;
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, hit) in &found {
            *kinds.entry(hit.kind).or_default() += 1;
        }
        println!(
            "{} ({flavour:?}): {pages} pages, {named} named, not named: {kinds:?}",
            root.display()
        );
        for (page, hit) in &found {
            println!("  {page}:{} {}: {:?}", hit.line, hit.kind, hit.text);
        }
    }
    Ok(())
}

/// The hits that no finding names, how many findings do name, and the number of pages.
fn unnamed(model: &Model) -> (Vec<(String, Hit)>, usize, usize) {
    let rendering = Rendering::of(model);
    let mut findings: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for one in rendering.findings() {
        let path = one.finding.path.to_string();
        let Some(source) = model.source(&one.finding.path) else { continue };
        let from = source.position(one.finding.span.start).line;
        let to = source.position(one.finding.span.end).line;
        findings.entry(path).or_default().extend(from..=to);
    }
    let checker = docgen::check::checker::Checker::new(model);
    if model.config.flavour.is_foreign() {
        for page in model.index.pages.iter() {
            let lines = findings.entry(page.source.path.to_string()).or_default();
            for span in checker.places_of_constructs(page) {
                let line = |at: usize| page.source.position(at).line;
                lines.extend(line(span.start)..=line(span.end));
            }
        }
    }
    let publisher = rendering.publisher();
    let outputs: Vec<_> = publisher.outputs().into_iter().collect();
    let pages: Vec<_> = outputs
        .par_iter()
        .filter_map(|(_, output)| {
            let Output::Page(number) = output else { return None };
            let page = &model.index.pages[*number];
            // A page that could not be rendered would have no hit at all.
            let bytes = publisher.render(output).expect("a page").expect("its text");
            let html = String::from_utf8(bytes).expect("UTF-8");
            let start = html.find("<article").expect("an article");
            let end = html.rfind("</article>").expect("its end");
            let source = &page.source.text;
            // The title that a text begins with stands above it.
            let title = html[..start].find("<h1").map_or("", |at| &html[at..start]);
            let title = title.find("</h1>").map_or("", |end| &title[..end + "</h1>".len()]);
            let body = format!("{title}{}", html[start..end].split_once('>')?.1);
            let mut hits = oracle::marks(source, &body);
            hits.extend(oracle::lost(source, &body));
            Some((page.source.path.to_string(), hits))
        })
        .collect();
    let (mut unnamed, mut named, count) = (Vec::new(), 0, pages.len());
    for (page, hits) in pages {
        let lines = findings.get(&page);
        for hit in hits {
            let near = hit.line.saturating_sub(1)..=hit.line + 1;
            if lines.is_some_and(|lines| lines.range(near).next().is_some()) {
                named += 1;
            } else {
                unnamed.push((page.clone(), hit));
            }
        }
    }
    (unnamed, named, count)
}

/// All trials write the same file.
static TURN: Mutex<()> = Mutex::new(());

/// Judges what no finding names: `meant` if the author wants readers to see it so.
fn judge(corpus: &str, model: &Model) -> Result<(), Failed> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trials/shown/verdicts.tsv");
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let rows = text.lines().filter_map(|line| line.rsplit_once('\t'));
    let known: BTreeMap<&str, &str> = rows.collect();
    let (found, named, pages) = unnamed(model);
    let key = |(page, hit): &(String, Hit)| format!("{corpus}\t{page}\t{}\t{}", hit.line, hit.kind);
    let keys: BTreeSet<String> = found.iter().map(key).collect();
    let wrong: Vec<&String> =
        keys.iter().filter(|key| known.get(key.as_str()) != Some(&"meant")).collect();
    println!("{corpus}: {pages} pages, {named} hits named, {} not, {} judged", found.len(), {
        keys.len() - wrong.len()
    });
    if std::env::var_os("DOCGEN_BLESS").is_some() {
        let _turn = TURN.lock();
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let own = format!("{corpus}\t");
        let kept = text.lines().filter(|line| !line.starts_with(&own)).map(str::to_owned);
        let verdict = |key: &String| known.get(key.as_str()).copied().unwrap_or("unjudged");
        let mut lines: Vec<String> =
            kept.chain(keys.iter().map(|key| format!("{key}\t{}", verdict(key)))).collect();
        lines.sort();
        std::fs::write(&file, lines.join("\n") + "\n")?;
    }
    for one @ (page, hit) in &found {
        if known.get(key(one).as_str()) != Some(&"meant") {
            println!("  {page}:{} {}: {:?}", hit.line, hit.kind, hit.text);
        }
    }
    match wrong.len() {
        0 => Ok(()),
        count => Err(format!("{count} places look wrong and no finding names them").into()),
    }
}

//! The search index: whether readers find what they look for, and that it is the same every time.

use crate::shared;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

use crate::common::rendering::Rendering;
use crate::corpora::{ALL_LANGUAGES, CORPORA, open};
use docgen::project::Model;
use docgen::render::publish::Publisher;
use docgen::render::publish::search::{self, SearchFiles};
use docgen::site::pages::PageId;
use libtest_mimic::{Failed, Trial};
use serde_json::json;

/// Languages in which everything is asked, and those with a sample. A usual run looks at a part of
/// them, for an index takes long without optimisation; `DOCGEN_SEARCH_ALL` asks for all.
const WHOLE: [&str; 2] = ["en", "de"];
const USUAL: [&str; 4] = ["en", "zh-Hans", "ko", "th"];
const SAMPLED: [&str; 10] = ["zh-Hans", "ja", "ko", "th", "ar", "fr", "es", "ru", "vi", "tr"];
const SAMPLE: usize = 200;
/// Of a hundred queries for a title or a heading so many have to find its page among the first five.
const FOUND: usize = 95;
/// What people ask, a line each: the site, the kind of the query, the query, and the pages that answer
/// it. They were written before the search was made to answer them, by someone who did not make it.
const QUERIES: &str = include_str!("queries.tsv");
/// Of the fifty of a site so many have to find one of their pages among the first three.
const ANSWERED: [(&str, usize); 2] = [("own", 45), ("openclaw", 42)];

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("an index is the same every time", same_bytes),
        Trial::test("an index of the same text is not made again", kept),
        Trial::test("pages that are not to be found are left out", left_out),
        Trial::test("a site without search has no index", none_at_all),
        Trial::test("a search loads few files", few_files),
    ];
    let own = "the manual: what people ask is answered";
    trials.push(match node() {
        true => Trial::test(own, || answers("own", &open(manual()))),
        false => absent(own),
    });
    let openclaw = &CORPORA[0];
    let theirs = "OpenClaw: what people ask is answered";
    trials.push(match node() {
        true => shared::trial(theirs, &[openclaw.archive], || {
            answers("openclaw", &open(openclaw.files()))
        }),
        false => absent(theirs),
    });
    let site: Arc<OnceLock<Model>> = Arc::default();
    let whole = WHOLE.iter().map(|one| (*one, usize::MAX));
    let all: Vec<(&str, usize)> = match std::env::var_os("DOCGEN_SEARCH_ALL") {
        Some(_) => whole.chain(SAMPLED.iter().map(|one| (*one, SAMPLE))).collect(),
        None => USUAL.iter().map(|one| (*one, SAMPLE)).collect(),
    };
    for (language, most) in all {
        let site = Arc::clone(&site);
        let name = format!("{language}: titles and headings find their pages");
        trials.push(match node() {
            true => shared::trial(&name, &[ALL_LANGUAGES.archive], move || {
                let site = site.get_or_init(|| open(ALL_LANGUAGES.files()));
                quality(site, language, most)
            }),
            false => absent(&name),
        });
    }
    trials
}

fn absent(name: &str) -> Trial {
    Trial::test(format!("{name} (ignored: node is absent)"), || Ok(())).with_ignored_flag(true)
}

/// The tree of this project's own site.
fn manual() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join("content"), root.join("specs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
            files.push((name, std::fs::read_to_string(&path).unwrap_or_default()));
        }
    }
    let settings = std::fs::read_to_string(root.join("docgen.toml")).expect("settings");
    files.push(("docgen.toml".to_owned(), settings));
    files
}

/// The ids of the headings that the search box leads to, a line of JSON for each page.
fn ids(site: &Model, publisher: &Publisher<'_>, pages: &[PageId]) -> String {
    let line = |page: &PageId| {
        let headings = site.index.pages[*page].facts.headings.iter();
        let sections = headings.filter(|one| (2..=3).contains(&one.level));
        let ids: Vec<&str> = sections.map(|one| one.ids.primary.as_str()).collect();
        format!("{}\n", json!({"url": publisher.page_url(*page), "ids": ids}))
    };
    pages.iter().map(line).collect()
}

/// Asks what people ask of a site.
fn answers(of: &str, site: &Model) -> Result<(), Failed> {
    let rendering = Rendering::plain(site);
    let publisher = rendering.publisher();
    let languages = search::languages(publisher.pages());
    let (language, pages) = languages.first().ok_or("no pages")?;
    let files = search::of_language(publisher.pages(), language, pages)?;
    let address = |path: &str| {
        let page = pages.iter().find(|page| site.index.pages[**page].content_path.as_str() == path);
        page.map(|page| publisher.page_url(*page)).ok_or(format!("{path} is absent"))
    };
    let mut lines = ids(site, &publisher, pages);
    for line in QUERIES.lines() {
        let [site, _, query, paths] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(line.into());
        };
        if site == of {
            let urls = paths.split(' ').map(address).collect::<Result<Vec<_>, _>>()?;
            lines.push_str(&format!("{}\n", json!({"query": query, "urls": urls, "first": 3})));
        }
    }
    let (asked, hits, missed) = ask(&files, language, &lines)?;
    eprintln!("{of}: {hits} of {asked} among the first three\n{missed}");
    if missed.contains("\"ids\"") {
        return Err(format!("{of}: headings elsewhere\n{missed}").into());
    }
    let (_, least) = ANSWERED.iter().find(|(site, _)| *site == of).ok_or("no such site")?;
    if asked != 50 || hits < *least {
        return Err(format!("{of}: {hits} of {asked}\n{missed}").into());
    }
    Ok(())
}

fn node() -> bool {
    Command::new("node")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|one| one.success())
        || std::env::var_os("DOCGEN_REQUIRE_BROWSER").is_some()
}

/// Asks for titles and headings that only one page of a language has.
fn quality(site: &Model, language: &str, most: usize) -> Result<(), Failed> {
    let rendering = Rendering::plain(site);
    let publisher = rendering.publisher();
    let languages = search::languages(publisher.pages());
    let (_, pages) =
        languages.iter().find(|(code, _)| code == language).ok_or("no such language")?;
    let files = search::of_language(publisher.pages(), language, pages)?;
    let mut asked: HashMap<&str, Vec<PageId>> = HashMap::new();
    for &page in pages {
        let page_facts = &site.index.pages[page];
        let headings = page_facts.facts.headings.iter().filter(|one| one.level <= 3);
        let texts = headings.map(|one| one.text.trim()).chain([page_facts.title.trim()]);
        for text in texts.filter(|text| text.chars().any(char::is_alphanumeric)) {
            let of = asked.entry(text).or_default();
            if !of.contains(&page) {
                of.push(page);
            }
        }
    }
    let mut unique: Vec<(&str, PageId)> =
        asked.into_iter().filter(|(_, of)| of.len() == 1).map(|(text, of)| (text, of[0])).collect();
    unique.sort_unstable();
    // Evenly over all of them.
    let step = unique.len().div_ceil(most).max(1);
    let lines: String = unique
        .iter()
        .step_by(step)
        .map(|(query, page)| {
            let url = publisher.page_url(*page);
            format!("{}\n", json!({"query": query, "urls": [url], "first": 5}))
        })
        .collect();
    let (asked, hits, missed) = ask(&files, language, &lines)?;
    eprintln!("{language}: {hits} of {asked} among the first five");
    if asked < 100 || hits * 100 < asked * FOUND {
        return Err(format!("{language}: {hits} of {asked}\n{missed}").into());
    }
    Ok(())
}

fn ask(files: &SearchFiles, language: &str, lines: &str) -> Result<(usize, usize, String), Failed> {
    let place = tempfile::tempdir()?;
    for (path, bytes) in files {
        let file = place.path().join(path);
        std::fs::create_dir_all(file.parent().ok_or("no folder")?)?;
        std::fs::write(file, bytes)?;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/queries.mjs");
    let mut child = Command::new("node")
        .arg(script)
        .arg(place.path().join(search::folder(language)))
        .arg(language)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    child.stdin.take().ok_or("no input")?.write_all(lines.as_bytes())?;
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let (missed, last) = said.trim_end().rsplit_once('\n').unwrap_or(("", said.trim_end()));
    let summary: serde_json::Value = serde_json::from_str(last)?;
    let number = |key: &str| summary[key].as_u64().unwrap_or_default() as usize;
    Ok((number("asked"), number("hits"), missed.to_owned()))
}

fn small(settings: &str) -> Model {
    let files = [
        ("docgen.toml", settings),
        ("content/index.md", "# Start\n\nThe quick fox.\n"),
        (
            "content/a.md",
            "# Apples\n\n## Red ones\n\nOf the garden.\n\n```bash\ncargo install\n```\n",
        ),
        ("content/b.md", "---\nsearch: false\n---\n\n# Secret\n\nNot to be found.\n"),
        ("content/c.md", "---\nredirect: /a\n---\n"),
    ];
    open(files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec())
}

fn index(site: &Model) -> SearchFiles {
    let rendering = Rendering::plain(site);
    rendering.publisher().search().expect("an index")
}

fn same_bytes() -> Result<(), Failed> {
    let (first, second) = (index(&small("")), index(&small("")));
    assert!(first.keys().any(|path| path.ends_with("/start.bin")), "{:?}", first.keys());
    assert!(first == second);
    Ok(())
}

/// Keeps one index, and counts how often it is given and taken.
#[derive(Default)]
struct OneShelf {
    kept: std::sync::Mutex<Option<(String, u64, SearchFiles)>>,
    put: std::sync::atomic::AtomicUsize,
}

impl search::IndexCache for OneShelf {
    fn has(&self, language: &str) -> bool {
        self.kept.lock().unwrap().as_ref().is_some_and(|(own, _, _)| own == language)
    }

    fn take(&self, language: &str, made_of: u64) -> Option<SearchFiles> {
        let kept = self.kept.lock().unwrap();
        let (_, _, files) =
            kept.as_ref().filter(|(own, mark, _)| own == language && *mark == made_of)?;
        Some(files.clone())
    }

    fn put(&self, language: &str, made_of: u64, files: &SearchFiles) {
        self.put.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        *self.kept.lock().unwrap() = Some((language.to_owned(), made_of, files.clone()));
    }
}

fn kept() -> Result<(), Failed> {
    let index_cache = OneShelf::default();
    let made = |settings: &str| {
        let site = small(settings);
        let rendering = Rendering::plain(&site);
        let files = rendering.publisher().keeping(Some(&index_cache)).search();
        (files.unwrap(), index_cache.put.load(std::sync::atomic::Ordering::Relaxed))
    };
    let (first, puts) = made("");
    assert_eq!(puts, 1);
    let (again, puts) = made("title = \"Not in the text\"\n");
    assert_eq!(puts, 1, "the text is the same");
    assert!(first == again);
    let (moved, puts) = made("base_url = \"https://example.org/elsewhere\"\n");
    assert_eq!(puts, 2, "other addresses");
    assert!(
        first != moved && moved == index(&small("base_url = \"https://example.org/elsewhere\"\n"))
    );
    Ok(())
}

fn left_out() -> Result<(), Failed> {
    let site = small("");
    let rendering = Rendering::plain(&site);
    let publisher = rendering.publisher();
    let languages = search::languages(publisher.pages());
    let paths = languages[0].1.iter().map(|page| site.index.pages[*page].content_path.as_str());
    assert_eq!(paths.collect::<Vec<_>>(), ["a.md", "index.md"]);
    Ok(())
}

/// What is loaded once stands in one file, and so does the text of a small site.
fn few_files() -> Result<(), Failed> {
    let files = index(&small(""));
    let names: Vec<&str> = files
        .keys()
        .map(|path| path.strip_prefix("docgen/search/en/").ok_or("elsewhere"))
        .collect::<Result<_, _>>()?;
    let [fragments, "start.bin"] = names[..] else {
        return Err(format!("{names:?}").into());
    };
    assert!(fragments.starts_with("fragment/en_group_"), "{fragments}");
    Ok(())
}

fn none_at_all() -> Result<(), Failed> {
    let site = small("search = false\n");
    let rendering = Rendering::plain(&site);
    let publisher = rendering.publisher();
    let mut count = 0;
    let files = std::sync::Mutex::new(Vec::new());
    let place = |path: &docgen::source::VPath, _: docgen::render::publish::Made<'_>| {
        files.lock().expect("no panic").push(path.to_string());
        Ok(())
    };
    publisher.for_each(place).map_err(|error| format!("{error:?}"))?;
    for path in files.into_inner()? {
        assert!(!path.starts_with(search::FOLDER), "{path}");
        count += usize::from(path.ends_with(".html"));
    }
    assert!(count >= 3);
    Ok(())
}

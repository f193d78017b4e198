//! What is found of texts that are cut off inside a page, and how rarely whole pages are accused.
//!
//! The pages are those of the open corpora, in five languages. A cut takes away the rest of a
//! block of text from a random character on; of a row of a table, the rest of its line; of a text
//! in quotes, what is before the closing one. A cut
//! behind the end of a sentence leaves nothing to see and is drawn again. All cuts of a tree are
//! made at once, at most one a page, and the tree is then checked like any other.

use std::collections::{BTreeMap, BTreeSet};

use docgen::check::checker::Checker;
use docgen::check::prose;
use docgen::check::rule::Diagnostic;
use docgen::diagnostic::Severity;
use docgen::markdown::outline::{BlockKind, Outline};
use docgen::project::{Loader, Model};
use docgen::site::index::Page;
use docgen::site::pages::PageId;
use docgen::source::{Span, VPath};
use libtest_mimic::{Failed, Trial};

use crate::corpora::{ALL_LANGUAGES, CORPORA, open};
use crate::seeded::random::{Random, Sample};
use crate::shared;

/// Fixed before the rule was written, and not chosen by what it finds.
const SEED: u64 = 0x2026_1130_0500_0c07;

/// Cuts of each kind in each language.
const CUTS: usize = 25;

/// The rules that tell of lost text.
const RULES: &[&str] = &[
    "truncated-code",
    "truncated-heading",
    "truncated-page",
    "truncated-table",
    "truncated-text",
    "unclosed-component",
    "unclosed-fence",
    "unclosed-inline",
];

/// The rules that accuse a whole page of being cut.
const ALARMS: &[&str] =
    &["truncated-heading", "truncated-page", "truncated-table", "truncated-text"];

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Paragraph,
    Row,
    Item,
    Heading,
    /// A title or a description in front matter.
    Front,
    /// A text in an attribute of a component or of a picture.
    Caption,
    /// A comment in code, all of its line.
    Comment,
}

/// The texts of the prose, and those beside it, which are cut apart from them.
const KINDS: [Kind; 4] = [Kind::Paragraph, Kind::Row, Kind::Item, Kind::Heading];
const BESIDE: [Kind; 3] = [Kind::Front, Kind::Caption, Kind::Comment];

/// The share of cuts, in per cent, that must be found. Of the others, most stop behind a word with
/// which phrases do end, or leave a heading of one word, and look like any other text; what finds
/// more of them accuses whole pages too.
const WANTED: [(Kind, usize); 7] = [
    (Kind::Paragraph, 80),
    (Kind::Row, 90),
    (Kind::Item, 60),
    (Kind::Heading, 50),
    (Kind::Front, 30),
    (Kind::Caption, 28),
    (Kind::Comment, 25),
];

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let mut needs: Vec<&str> = CORPORA.iter().map(|corpus| corpus.archive).collect();
    needs.push(ALL_LANGUAGES.archive);
    let trials = vec![
        shared::trial("texts_cut_inside_pages_are_found", &needs, in_five_languages),
        Trial::test("texts_cut_inside_two_pages_of_the_manual_are_found", in_two_pages),
    ];
    trials
}

/// A text to cut: its kind, its bytes in the page, and the first byte of what belongs to it.
#[derive(Clone, Copy, Debug)]
struct Text {
    kind: Kind,
    start: usize,
    span: Span,
}

/// A cut: what is taken out of a page.
#[derive(Clone, Copy, Debug)]
struct Cut {
    text: Text,
    page: PageId,
    gone: Span,
}

/// How many cuts were found, and how many there are, by kind and language.
type Table = BTreeMap<(Kind, &'static str), (usize, usize)>;

fn in_five_languages() -> Result<(), Failed> {
    let mut table = Table::new();
    let (mut pages, mut alarms) = (0, Vec::new());
    for (language, name, files, most) in trees() {
        let (all, found) = tree(language, name, files, most, &mut table);
        pages += all;
        alarms.extend(found);
    }
    show(&table);
    println!("{} alarms on {pages} whole pages:\n{}", alarms.len(), alarms.join("\n"));
    if alarms.len() * 1000 > pages {
        return Err(format!("{} alarms on {pages} whole pages", alarms.len()).into());
    }
    for (kind, wanted) in WANTED {
        let of_kind = table.iter().filter(|((one, _), _)| *one == kind);
        let (found, all) = of_kind.fold((0, 0), |(a, b), (_, (c, d))| (a + c, b + d));
        if all != CUTS * 5 || found * 100 < all * wanted {
            return Err(format!("{found} of {all} cuts were found: {kind:?}").into());
        }
    }
    Ok(())
}

type Files = Vec<(String, String)>;

/// The trees: language, name, files, and the most cuts of a kind that are made in them. The first
/// of a language are small and have few tables, and the last one makes up for what they lack.
fn trees() -> Vec<(&'static str, &'static str, Files, usize)> {
    let mut trees: Vec<(&str, &str, Files, usize)> = CORPORA
        .iter()
        .rev()
        .zip([5, 5, CUTS])
        .map(|(corpus, most)| ("en", corpus.name, corpus.files(), most))
        .collect();
    let languages = [("de", "de/"), ("ru", "ru/"), ("zh", "zh-CN/"), ("ar", "ar/")];
    let mut files: Vec<Files> = vec![Files::new(); languages.len()];
    shared::unpack(&shared::shared(ALL_LANGUAGES.archive), |path, bytes| {
        let Some(path) = path.to_str().and_then(|path| path.strip_prefix(ALL_LANGUAGES.root))
        else {
            return;
        };
        for ((_, folder), files) in languages.iter().zip(&mut files) {
            if path.starts_with(folder) && path.ends_with(".md") {
                let text = String::from_utf8(bytes.clone()).unwrap_or_default();
                files.push((path.to_owned(), text));
            }
        }
    });
    for ((language, _), files) in languages.into_iter().zip(files) {
        trees.push((language, "openclaw-all", files, CUTS));
    }
    trees
}

/// Makes the cuts of a tree and counts those that are found. Returns the number of its pages, and
/// what is said about them as they are.
fn tree(
    language: &'static str,
    name: &str,
    files: Files,
    most: usize,
    table: &mut Table,
) -> (usize, Vec<String>) {
    let site = open(files.clone());
    let whole = Checker::new(&site).check().diagnostics;
    let alarms = whole.iter().filter(|one| is_alarm(one)).map(|one| line(&site, one)).collect();
    for (what, kinds) in [("", &KINDS[..]), (" beside", &BESIDE)] {
        let mut random = Random::new(SEED, &format!("{name} {language}{what}"));
        let left = kinds.iter().map(|kind| {
            let made = table.get(&(*kind, language)).map_or(0, |(_, all)| *all);
            (*kind, most.min(CUTS - made))
        });
        let cuts = draw(&site, &whole, &left.collect::<Vec<_>>(), &mut random);
        make(language, &site, files.clone(), &cuts, table);
    }
    (site.index.pages.len(), alarms)
}

/// Makes cuts in the files of a tree, and counts those that are found.
fn make(language: &'static str, site: &Model, files: Files, cuts: &[Cut], table: &mut Table) {
    let mut texts: BTreeMap<String, String> = files.into_iter().collect();
    for cut in cuts {
        let page = &site.index.pages[cut.page];
        let text = texts.get_mut(page.source.path.as_str()).expect("a page is a file");
        *text = without(&page.source.text, cut.gone);
    }
    let cut_site = open(texts.into_iter().collect());
    let after = Checker::new(&cut_site).check().diagnostics;
    for cut in cuts {
        let found = find(site, cut, &after);
        count(table, language, site, cut, found);
    }
}

fn is_alarm(one: &Diagnostic) -> bool {
    ALARMS.contains(&one.rule.name) && one.severity > Severity::Note
}

/// The text of a page after a cut.
fn without(text: &str, gone: Span) -> String {
    format!("{}{}", &text[..gone.start], &text[gone.end..])
}

/// Draws this many cuts of each kind, each on a page of its own.
fn draw(
    site: &Model,
    whole: &[Diagnostic],
    wanted: &[(Kind, usize)],
    random: &mut Random,
) -> Vec<Cut> {
    let mut taken = BTreeSet::new();
    let mut cuts = Vec::new();
    for &(kind, mut left) in wanted {
        let mut sample = Sample::new(random.clone(), usize::MAX);
        random.next();
        for (page, _) in site.index.pages.entries() {
            sample.offer(|| page);
        }
        for page in sample.shuffled() {
            if left == 0 {
                break;
            }
            let texts = texts(site, &site.index.pages[page], whole);
            let of_kind: Vec<Text> = texts.into_iter().filter(|text| text.kind == kind).collect();
            if of_kind.is_empty() || taken.contains(&page) {
                continue;
            }
            let source = &site.index.pages[page].source.text;
            let cut = (0..50).find_map(|_| {
                let text = of_kind[random.below(of_kind.len())];
                let gone = gone(source, text, random)?;
                Some(Cut { text, page, gone })
            });
            if let Some(cut) = cut {
                taken.insert(page);
                cuts.push(cut);
                left -= 1;
            }
        }
    }
    cuts
}

/// What a cut at a random character of a text takes away, if it leaves something to see.
fn gone(source: &str, text: Text, random: &mut Random) -> Option<Span> {
    let whole = &source[text.span.start..text.span.end];
    let places: Vec<usize> = whole.char_indices().map(|(at, _)| at).skip(1).collect();
    if places.is_empty() {
        return None;
    }
    let at = text.span.start + places[random.below(places.len())];
    let (kept, lost) = (&source[text.span.start..at], &source[at..text.span.end]);
    let end = kept.trim_end().trim_end_matches(['*', '_', '`', ')', '"', '”', '»']);
    let sentence =
        end.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：', '；', '؟', '؛']);
    // A row may lose the bar at its end or blank cells, and nothing that was told.
    let told = lost.chars().any(char::is_alphanumeric) && kept.chars().any(char::is_alphanumeric);
    (told && !sentence).then_some(Span::new(at, text.span.end))
}

/// The texts of a page that can be cut, without those that something is said about already.
fn texts(site: &Model, page: &Page, whole: &[Diagnostic]) -> Vec<Text> {
    let source = &page.source.text;
    let scan = page.scan(site.config.dialect());
    let outline = Outline::new(source, &scan);
    let mut texts = Vec::new();
    for leaf in prose::leaves(&outline) {
        let kind = match leaf.block.kind {
            BlockKind::Heading(_) => Kind::Heading,
            BlockKind::Item => Kind::Item,
            BlockKind::Paragraph if outline.is_inside(leaf.number, BlockKind::Item) => Kind::Item,
            BlockKind::Paragraph => Kind::Paragraph,
            _ => continue,
        };
        texts.push(Text { kind, start: leaf.block.span.start, span: leaf.span });
    }
    let mut head = usize::MAX;
    for block in &outline.blocks {
        if block.kind != BlockKind::Row {
            continue;
        }
        // The first row of each table is its header.
        if std::mem::replace(&mut head, block.parent.unwrap_or(usize::MAX))
            != block.parent.unwrap_or(usize::MAX)
        {
            continue;
        }
        let start = block.span.start;
        let length = source[start..].find('\n').unwrap_or(source.len() - start);
        let end = start + source[start..start + length].trim_end().len();
        texts.push(Text { kind: Kind::Row, start, span: Span::new(start, end) });
    }
    let lead = page.facts.front.span.end;
    texts.retain(|text| text.span.start >= lead);
    texts.extend(beside(page));
    texts.retain(|text| {
        let said = |one: &Diagnostic| {
            one.finding.path == page.source.path
                && RULES.contains(&one.rule.name)
                && one.finding.span.start <= text.span.end
                && one.finding.span.end >= text.start
        };
        text.span.end <= source.len() && !whole.iter().any(said)
    });
    texts
}

/// The texts of a page beside its prose, each on one line.
fn beside(page: &Page) -> Vec<Text> {
    let source = &page.source.text;
    let mut texts = Vec::new();
    let mut add = |kind: Kind, start: usize, end: usize| {
        let text = &source[start..end];
        let (from, to) = (text.len() - text.trim_start().len(), text.trim_end().len());
        if from < to && !text.contains('\n') {
            texts.push(Text { kind, start, span: Span::new(start + from, start + to) });
        }
    };
    let front = page.facts.front.node.as_ref();
    for key in ["title", "sidebarTitle", "description", "summary"] {
        let Some(node) = front.and_then(|front| front.get(key)) else { continue };
        // Quotes stay: without them the front matter is not valid.
        let whole = &source[node.span.start..node.span.end];
        let quote = usize::from(whole.starts_with(['"', '\'']));
        add(Kind::Front, node.span.start + quote, node.span.end - quote);
    }
    for component in &page.facts.components {
        let tag = &source[component.span.start..component.span.end];
        for name in ["title", "caption", "description", "label", "tip"] {
            let Some((_, value)) = tag.split_once(&format!(" {name}=\"")) else { continue };
            let Some((value, _)) = value.split_once('"') else { continue };
            let start = component.span.start + tag.find(&format!("\"{value}\"")).unwrap_or(0) + 1;
            add(Kind::Caption, start, start + value.len());
        }
    }
    for code in page.facts.code.iter().filter(|code| code.closed) {
        let language = docgen::lang::find(&code.info.language);
        let marks = language.map_or(&[][..], |language| language.comments.line);
        let mut start = code.span.start;
        for line in source[code.span.start..code.span.end].split_inclusive('\n') {
            let text = line.trim_start();
            let mark = marks.iter().find(|mark| text.starts_with(&format!("{mark} ")));
            if let Some(mark) = mark {
                let from = start + line.len() - text.len() + mark.len();
                add(Kind::Comment, from, start + line.trim_end().len());
            }
            start += line.len();
        }
    }
    texts
}

/// The finding about a cut.
fn find<'d>(site: &Model, cut: &Cut, after: &'d [Diagnostic]) -> Option<&'d Diagnostic> {
    let path: &VPath = &site.index.pages[cut.page].source.path;
    after.iter().find(|one| {
        one.finding.path == *path
            && RULES.contains(&one.rule.name)
            && one.severity > Severity::Note
            && one.finding.span.start <= cut.gone.start
            && one.finding.span.end >= cut.text.start
    })
}

/// Counts a cut, and shows it if `DOCGEN_CUTS` is set.
fn count(
    table: &mut Table,
    language: &'static str,
    site: &Model,
    cut: &Cut,
    found: Option<&Diagnostic>,
) {
    let entry = table.entry((cut.text.kind, language)).or_default();
    entry.0 += usize::from(found.is_some());
    entry.1 += 1;
    if std::env::var_os("DOCGEN_CUTS").is_some() {
        let page = &site.index.pages[cut.page];
        let kept = &page.source.text[cut.text.span.start..cut.gone.start];
        let from = kept.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
        let lost: String = page.source.text[cut.gone.start..].chars().take(12).collect();
        println!(
            "{} {:?} {language} {}: {:?} | {lost:?} {}",
            found.map_or("MISSED", |one| one.rule.name),
            cut.text.kind,
            page.source.path,
            &kept[from..],
            found.map_or("", |one| &one.finding.message)
        );
    }
}

fn show(table: &Table) {
    for ((kind, language), (found, all)) in table {
        println!("{kind:?} {language}: {found} of {all}");
    }
    for kind in KINDS.into_iter().chain(BESIDE) {
        let of_kind = table.iter().filter(|((one, _), _)| *one == kind);
        let (found, all) = of_kind.fold((0, 0), |(a, b), (_, (c, d))| (a + c, b + d));
        println!("{kind:?}: {found} of {all}");
    }
}

fn line(site: &Model, one: &Diagnostic) -> String {
    let source = site.source(&one.finding.path);
    let at = source.map_or(0, |source| source.position(one.finding.span.start).line);
    format!("{}:{at} [{}] {}", one.finding.path, one.rule.name, one.finding.message)
}

/// The pages of this project that tell of OpenClaw, and how many cuts are made in each.
const PAGES: [&str; 2] =
    ["deployment/docker-reverse-proxy.md", "operations/pairing-and-permissions.md"];

const CUTS_OF_A_PAGE: usize = 100;

/// The share of these, in per cent, that must be found.
const WANTED_IN_TWO_PAGES: usize = 80;

fn in_two_pages() -> Result<(), Failed> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = docgen::io::tree::DiskTree::open(root, &[])
        .map_err(|error| Failed::from(error.to_string()))?;
    let mut site =
        Loader::default().load(&tree).map_err(|error| Failed::from(error.to_string()))?;
    let mut table = Table::new();
    for name in PAGES {
        let page = site.index.page_with_path(name).expect("the page is in the manual");
        let whole = Checker::new(&site).check_page(page);
        let mut random = Random::new(SEED, name);
        let mut texts = texts(&site, &site.index.pages[page], &whole);
        texts.retain(|text| KINDS.contains(&text.kind));
        let sizes: Vec<usize> = texts.iter().map(|text| text.span.end - text.span.start).collect();
        let mut made = 0;
        while made < CUTS_OF_A_PAGE {
            // Each character of the page is as likely as any other.
            let mut at = random.below(sizes.iter().sum());
            let number = sizes.iter().position(|size| {
                let here = at < *size;
                at -= if here { 0 } else { *size };
                here
            });
            let text = texts[number.expect("it is inside a text")];
            let source = site.index.pages[page].source.text.clone();
            let Some(gone) = gone(&source, text, &mut random) else { continue };
            made += 1;
            let cut = Cut { text, page, gone };
            site.replace_page(page, without(&source, gone));
            let after = Checker::new(&site).check_page(page);
            let found = find(&site, &cut, &after);
            site.replace_page(page, source);
            count(&mut table, "en", &site, &cut, found);
        }
    }
    show(&table);
    let (found, all) = table.values().fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    println!("two pages: {found} of {all}");
    if all != 2 * CUTS_OF_A_PAGE || found * 100 < all * WANTED_IN_TWO_PAGES {
        return Err(format!("{found} of {all} cuts in two pages were found").into());
    }
    Ok(())
}

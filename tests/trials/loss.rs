//! What the rules about lost text find in pages that were cut, and how rarely they are wrong.
//!
//! The pages are those of real trees (see `shared`); each is cut at random places, and not where a
//! cut leaves nothing to see: at the end of a block, or right behind the end of a sentence.

use crate::shared;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use docgen::check::conventions::Conventions;
use docgen::check::judgement_cache::JudgementCache;
use docgen::check::rule::{Diagnostic, SiteContext};
use docgen::check::rules;
use docgen::check::runner;
use docgen::diagnostic::Severity;
use docgen::io::tree::DiskTree;
use docgen::markdown;
use docgen::project::bindings::Bindings;
use docgen::project::{Loader, Model};
use docgen::site::index::Page;
use docgen::source::Source;
use libtest_mimic::{Failed, Trial};
use rayon::prelude::*;

/// The rules that tell of lost text.
const RULES: &[&str] = &[
    "accidental-heading",
    "nested-fence",
    "run-on-fence",
    "stray-close",
    "swallowed-content",
    "truncated-code",
    "truncated-heading",
    "truncated-page",
    "truncated-table",
    "unclosed-component",
    "unclosed-fence",
    "unclosed-inline",
];

/// Archives, and where the tree is in them.
const TREES: &[(&str, &str)] = &[
    ("corpora/openclaw-en.tar.zst", "openclaw-en/docs"),
    ("corpora/rust-book.tar.zst", "rust-book"),
    ("corpora/uv.tar.zst", "uv"),
];

/// The trials of this subject.
pub fn trials() -> Vec<Trial> {
    let archives: Vec<&str> = TREES.iter().map(|(archive, _)| *archive).collect();
    let trials = vec![shared::trial("cut_pages_are_found", &archives, cut_pages_are_found)];
    trials
}

/// Where and how a page was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    Byte,
    Word,
    /// At a byte, with a line break put behind it, as an editor does.
    Ended,
}

fn cut_pages_are_found() -> Result<(), Failed> {
    let verbose = std::env::var_os("DOCGEN_CUTS").is_some();
    let (mut hits, mut pages, mut alarms) = (BTreeMap::new(), 0, Vec::new());
    for (archive, folder) in TREES {
        let place = tempfile::tempdir()?;
        shared::unpack(&shared::shared(archive), |path, bytes| {
            let file = place.path().join(path);
            std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
            std::fs::write(file, bytes).expect("a file");
        });
        let site = site(&place.path().join(folder))?;
        let bindings = Bindings::default();
        let (judgements, prefilter, faults) =
            (JudgementCache::default(), rules::prefilter(), Vec::new());
        let conventions = Conventions::default();
        let context = SiteContext {
            config: &site.config,
            index: &site.index,
            nav: &site.nav,
            targets: &site.targets,
            bindings: &bindings,
            faults: &faults,
            judgements: &judgements,
            prefilter: &prefilter,
            conventions: &conventions,
            earlier: None,
        };
        pages += site.index.pages.len();
        let found: Vec<_> = site
            .index
            .pages
            .as_slice()
            .par_iter()
            .enumerate()
            .map(|(at, page)| look(&context, at, page))
            .collect();
        for (page, (uncut, cuts)) in site.index.pages.iter().zip(found) {
            for diagnostic in &uncut {
                if verbose {
                    println!("uncut {}", line(page, diagnostic));
                }
                if diagnostic.rule.name.starts_with("truncated-") {
                    alarms.push(line(page, diagnostic));
                }
            }
            // A page that is said to be faulty as it stands proves nothing.
            if !uncut.is_empty() {
                continue;
            }
            for (cut, place, rule, severity) in cuts {
                *hits.entry((cut, severity, rule)).or_insert(0usize) += 1;
                if verbose && rule == "none" {
                    let from = place.saturating_sub(90);
                    let from =
                        docgen::source::Span::new(from, place).clamped(&page.source.text).start;
                    println!(
                        "missed {cut:?} {}: {:?}",
                        page.source.path,
                        &page.source.text[from..place]
                    );
                }
            }
        }
    }
    for ((cut, severity, rule), count) in &hits {
        println!("{cut:?} {severity:?} {rule}: {count}");
    }
    println!("{} alarms on {pages} uncut pages:\n{}", alarms.len(), alarms.join("\n"));
    for cut in [Cut::Byte, Cut::Word, Cut::Ended] {
        let of = |known: bool| -> usize {
            let of_cut = hits.iter().filter(|((one, _, _), _)| *one == cut);
            of_cut
                .filter(|((_, _, rule), _)| !known || *rule != "none")
                .map(|(_, count)| count)
                .sum()
        };
        println!("{cut:?}: {} of {}", of(true), of(false));
        if cut == Cut::Byte && of(true) * 100 < of(false) * 70 {
            return Err(format!("only {} of {} cuts were found", of(true), of(false)).into());
        }
    }
    Ok(())
}

fn site(folder: &Path) -> Result<Model, Failed> {
    let failed = |error: docgen::error::Error| Failed::from(error.to_string());
    let tree = DiskTree::open(folder, &[]).map_err(failed)?;
    Loader::default().load(&tree).map_err(failed)
}

fn line(page: &Page, diagnostic: &Diagnostic) -> String {
    let at = page.source.position(diagnostic.finding.span.start).line;
    let (rule, severity) = (diagnostic.rule.name, diagnostic.severity.name());
    format!("{}:{at} {severity}[{rule}] {}", page.source.path, diagnostic.finding.message)
}

type Found = Vec<(Cut, usize, &'static str, Option<Severity>)>;

/// The findings about a page as it stands, and what is found when it is cut.
fn look(context: &SiteContext<'_>, number: usize, page: &Page) -> (Vec<Diagnostic>, Found) {
    let uncut = findings(context, page, &page.source.text);
    let mut random =
        0x9E37_79B9_7F4A_7C15 ^ (number as u64 + 1).wrapping_mul(0xD1B5_4A32_D192_ED03);
    let mut found = Found::new();
    for cut in [Cut::Byte, Cut::Byte, Cut::Word, Cut::Ended] {
        let Some(at) = place(&page.source.text, cut, &mut random) else { continue };
        let mut text = page.source.text[..at].to_owned();
        if cut == Cut::Ended {
            text.push('\n');
        }
        let mut seen = findings(context, page, &text);
        seen.sort_by_key(|one| std::cmp::Reverse(one.severity));
        let first = seen.first();
        let rule = first.map_or("none", |one| one.rule.name);
        found.push((cut, at, rule, first.map(|one| one.severity)));
    }
    (uncut, found)
}

fn findings(context: &SiteContext<'_>, page: &Page, text: &str) -> Vec<Diagnostic> {
    let facts = markdown::facts(text, page.is_mdx(), context.config.dialect());
    let page = Page {
        mount: None,
        dropped: false,
        open: false,
        source: Source::new(page.source.path.clone(), text.to_owned()),
        content_path: page.content_path.clone(),
        route: page.route.clone(),
        facts: Arc::new(facts),
        outline: None,
        title: page.title.clone(),
        fault: None,
        anchors: Default::default(),
    };
    let (mut found, _) = runner::page(context, &page, &[], &[]);
    found.retain(|one| {
        (RULES.contains(&one.rule.name) || one.rule.name == "front-matter")
            && one.severity > Severity::Note
    });
    found
}

/// A place to cut at, if the page has one.
fn place(text: &str, cut: Cut, random: &mut u64) -> Option<usize> {
    (0..200).find_map(|_| {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let mut at = (*random % text.len().max(1) as u64) as usize;
        while !text.is_char_boundary(at) {
            at += 1;
        }
        if cut == Cut::Word {
            at += text[at..].find(char::is_whitespace)?;
        }
        let (before, after) = (&text[..at], &text[at..]);
        let line_end = after.starts_with('\n') || after.is_empty() || before.ends_with('\n');
        let next = after.trim_start_matches('\n').trim_start();
        let blank =
            after.trim_start_matches([' ', '\t']).starts_with("\n\n") || before.ends_with("\n\n");
        // A line break before a blank line, a list, a heading, a tag or a fence ends a block.
        let block_end = line_end
            && (blank
                || next.is_empty()
                || next.starts_with(['-', '*', '#', '<', '`', '|', '>', '1', ':']));
        let sentence = before.trim_end().ends_with(['.', '!', '?', ':', ';']);
        (!block_end && !sentence && !before.trim().is_empty()).then_some(at)
    })
}

//! The faults of the review, put into every block and every paragraph of the pages about
//! OpenClaw at once: each of them must be found where it is. What is broken is read from the
//! pages themselves, so that the tests follow their edits.

use std::ops::Range;

use crate::common::Tree;
use crate::review::{OTHERS, PAIRING, PROXY, copy_of_own_site, fences, line_of};

const PAGES: &[&str] = &[PROXY, OTHERS, PAIRING];

/// A page with faults, and the lines of each of them.
struct Faulty {
    text: String,
    faults: Vec<Range<usize>>,
}

/// Breaks the text of each block whose language is in `languages` and that is no bad example.
fn blocks(page: &str, languages: &[&str], edit: fn(&str) -> Option<String>) -> Faulty {
    let mut faulty = Faulty { text: String::new(), faults: Vec::new() };
    let mut done = 0;
    for fence in fences(page) {
        let language = fence.info.split(' ').next().unwrap_or_default();
        if !languages.contains(&language) || fence.info.contains("bad=") {
            continue;
        }
        let Some(new) = edit(&page[fence.text.clone()]) else { continue };
        faulty.text.push_str(&page[done..fence.text.start]);
        let first = line_of(&faulty.text, faulty.text.len()) - 1;
        faulty.text.push_str(&new);
        faulty.faults.push(first..line_of(&faulty.text, faulty.text.len()) + 1);
        done = fence.text.end;
    }
    faulty.text.push_str(&page[done..]);
    faulty
}

/// Breaks each line of text outside of the blocks.
fn lines(page: &str, edit: fn(&str) -> Option<String>) -> Faulty {
    let fences = fences(page);
    let mut faulty = Faulty { text: String::new(), faults: Vec::new() };
    let mut at = 0;
    for (index, line) in page.split_inclusive('\n').enumerate() {
        let inside = fences.iter().any(|fence| (fence.open..fence.end).contains(&at));
        at += line.len();
        // The front matter is the first lines; no line of text is like those.
        let new = if inside { None } else { edit(line.trim_end()) };
        match new {
            Some(new) => {
                faulty.text.push_str(&new);
                faulty.text.push('\n');
                faulty.faults.push(index + 1..index + 2);
            }
            None => faulty.text.push_str(line),
        }
    }
    faulty
}

/// Every fault is found, on every page; there are at least `least` of them.
fn all_found(what: &str, least: usize, broken: impl Fn(&str) -> Faulty) {
    let tree = copy_of_own_site();
    let mut count = 0;
    for page in PAGES {
        let right = tree.read(page);
        let faulty = broken(&right);
        tree.write(page, &faulty.text);
        let found = tree.findings();
        let inside = page.strip_prefix("content/").unwrap();
        for fault in &faulty.faults {
            let fires =
                found.iter().any(|one| one.path.ends_with(inside) && fault.contains(&one.line));
            let line = faulty.text.lines().nth(fault.start).unwrap_or_default();
            assert!(fires, "{what}: nothing at {page}:{}: `{line}`", fault.start);
        }
        count += faulty.faults.len();
        tree.write(page, &right);
    }
    assert!(count >= least, "{what}: {count} faults show too little");
    assert!(tree.findings().is_empty());
}

fn without_last_line(text: &str) -> Option<String> {
    let at = text.trim_end().rfind('\n')?;
    Some(text[..=at].to_owned())
}

fn with(text: &str, what: &str, with: &str) -> Option<String> {
    text.contains(what).then(|| text.replace(what, with))
}

/// The line up to a few bytes behind the first `mark`.
fn cut_behind(line: &str, mark: &str, more: usize) -> Option<String> {
    let at = line.find(mark)? + mark.len();
    let end = (at + more..).find(|&end| line.is_char_boundary(end))?;
    (end + 1 < line.len() && !line[at..end].contains(['`', ')'])).then(|| line[..end].to_owned())
}

const JSON: &[&str] = &["json"];
const SHELL: &[&str] = &["bash"];

#[test]
fn escapes_in_every_block() {
    let quotes: fn(&str) -> Option<String> = |text| with(text, "\"", "\\\"");
    all_found("JSON with escaped quotes", 10, |page| blocks(page, JSON, quotes));
    all_found("JSON with one escaped quote", 10, |page| {
        blocks(page, JSON, |text| Some(text.replacen('"', "\\\"", 1)))
    });
    all_found("JSON with an escaped brace", 10, |page| {
        blocks(page, JSON, |text| Some(text.replacen('{', "\\{", 1)))
    });
    all_found("JSON with escaped brackets", 5, |page| {
        blocks(page, JSON, |text| with(text, "[", "\\["))
    });
    all_found("JSON with curly quotes", 10, |page| {
        blocks(page, JSON, |text| with(text, "\"", "\u{201d}"))
    });
    all_found("JSON on one line with escaped line ends", 10, |page| {
        blocks(page, JSON, |text| Some(text.trim_end().replace('\n', "\\n") + "\n"))
    });
    all_found("JSON encoded twice", 10, |page| {
        blocks(page, JSON, |text| Some(serde_json::to_string(text).unwrap() + "\n"))
    });
    all_found("shell with escaped underscores", 5, |page| {
        blocks(page, SHELL, |text| with(text, "_", "\\_"))
    });
    all_found("shell with dashes of an editor", 5, |page| {
        blocks(page, SHELL, |text| with(text, " --", " \u{2013}"))
    });
    all_found("shell with entities", 5, |page| {
        blocks(page, SHELL, |text| with(text, "\"", "&quot;"))
    });
}

#[test]
fn every_block_cut_off() {
    all_found("JSON without its last line", 10, |page| blocks(page, JSON, without_last_line));
    all_found("JSON cut in the middle", 10, |page| {
        blocks(page, JSON, |text| {
            let at = text[..text.len() / 2].rfind('\n').unwrap_or(1);
            Some(format!("{}\n", &text[..at]))
        })
    });
    all_found("settings without their last brace", 2, |page| {
        blocks(page, &["nginx", "caddyfile"], without_last_line)
    });
    all_found("YAML cut inside of a text", 5, |page| {
        blocks(page, &["yaml"], |text| Some(format!("{}\n", &text[..text.rfind('"')?])))
    });
}

#[test]
fn a_misspelt_label_of_every_block() {
    all_found("a misspelt label", 40, |page| {
        let mut faulty = Faulty { text: String::new(), faults: Vec::new() };
        for (at, line) in page.lines().enumerate() {
            let slip = [("```json", "```jsno"), ("```yaml", "```ymal"), ("```bash", "```bahs")]
                .into_iter()
                .find_map(|(label, slip)| Some(format!("{slip}{}", line.strip_prefix(label)?)));
            if slip.is_some() {
                faulty.faults.push(at + 1..at + 2);
            }
            faulty.text.push_str(slip.as_deref().unwrap_or(line));
            faulty.text.push('\n');
        }
        faulty
    });
}

#[test]
fn misspelt_commands_in_every_block() {
    /// The first line that calls the program, and has a flag if that is to be misspelt.
    fn command(text: &str, flag: bool) -> Option<String> {
        let calls = |line: &&str| line.starts_with("openclaw ") && (!flag || line.contains(" --"));
        let line = text.lines().find(calls)?;
        let word = if flag { line.find(" --")? + 3 } else { "openclaw ".len() };
        Some(text.replace(line, &format!("{}x{}", &line[..word], &line[word..])))
    }
    all_found("a misspelt command", 10, |page| blocks(page, SHELL, |text| command(text, false)));
    all_found("a misspelt flag", 5, |page| blocks(page, SHELL, |text| command(text, true)));
}

#[test]
fn names_and_links_of_every_paragraph() {
    all_found("a file that is not there", 20, |page| {
        lines(page, |line| with(line, ".md", "-gone.md"))
    });
    all_found("an anchor that is not there", 20, |page| {
        lines(page, |line| {
            let at = line.find("](#")?;
            Some(format!("{}](#gone-{}", &line[..at], &line[at + 3..]))
        })
    });
}

#[test]
fn every_paragraph_cut_off_in_its_markup() {
    all_found("cut inside of a link", 30, |page| lines(page, |line| cut_behind(line, "](", 3)));
    all_found("cut inside of code", 100, |page| {
        // In a table, code goes on to the end of the cell: only other paragraphs are cut there.
        lines(page, |line| if line.starts_with('|') { None } else { cut_behind(line, "`", 2) })
    });
}

/// The page ends in the middle of a paragraph, whichever it is.
#[test]
fn a_page_that_ends_in_any_code_span_or_link() {
    let tree = Tree::new(&[("docgen.toml", "")]);
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for page in PAGES {
        let right = std::fs::read_to_string(here.join(page)).unwrap();
        let faulty = lines(&right, |line| cut_behind(line, "](", 3));
        for fault in faulty.faults {
            let text: String = faulty.text.split_inclusive('\n').take(fault.start).collect();
            tree.write("content/page.md", &text);
            let found = tree.findings();
            assert!(
                found.iter().any(|one| one.line == fault.start),
                "{page}: nothing where it ends at line {}: {found:#?}",
                fault.start
            );
            count += 1;
        }
    }
    assert!(count >= 30);
}

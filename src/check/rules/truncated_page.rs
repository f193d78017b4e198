//! A page that is cut off.

use crate::cut;
use crate::diagnostic::{Finding, Severity};
use crate::function_words::Spoken;
use crate::markdown::outline::{Block, BlockKind, InlineKind, Mark};
use crate::prose::{self, Leaf, Seen};
use crate::rule::{Check, PageContext, Rule};
use crate::source::{Span, line_start};
use crate::texts::{Role, Texts};

/// The rule.
pub static RULE: Rule = Rule {
    name: "truncated-page",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/truncated-page.md"),
    check: Check::Page(check),
};

/// The weight of the evidence from which on a page is reported.
const DOUBTFUL: u32 = 3;

/// The weight of the evidence from which on the finding is an error.
const SURE: u32 = 5;

/// The evidence that a page is cut off: its total weight, and the strongest reason.
#[derive(Default)]
struct Evidence {
    weight: u32,
    most: u32,
    reason: String,
}

impl Evidence {
    fn add(&mut self, weight: u32, reason: impl Into<String>) {
        self.weight += weight;
        if weight > self.most {
            self.most = weight;
            self.reason = reason.into();
        }
    }
}

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let facts = context.facts();
    let source = context.text();
    let end = source.trim_end().len();
    // Open comments and code blocks contain the end of the page, and other rules report them.
    if facts.open_comment.is_some() || facts.code.iter().any(|code| !code.closed) {
        return;
    }
    if let Some(span) = open_front_matter(source) {
        let message = "this page seems to be cut off: its front matter is not closed";
        let help = "close the front matter with a `---` line, and add the text that follows it";
        out.push(Finding::new(context.path(), span, message).help(help));
        return;
    }
    let Some((span, evidence)) = ending(context, end) else { return };
    if evidence.weight < DOUBTFUL {
        return;
    }
    let severity = if evidence.weight >= SURE { Severity::Error } else { Severity::Warning };
    out.push(
        Finding::new(
            context.path(),
            span,
            format!("this page seems to be cut off: {}", evidence.reason),
        )
        .help("add the missing text")
        .severity(severity),
    );
}

/// The last piece of text of the page, and the evidence in it.
fn ending(context: &PageContext<'_>, end: usize) -> Option<(Span, Evidence)> {
    let source = context.text();
    let outline = context.outline;
    let number = outline.blocks.len().checked_sub(1)?;
    let block = &outline.blocks[number];
    let mut evidence = Evidence::default();
    let line = line_start(source, end);
    let last_line = &source[line..end];
    match block.kind {
        BlockKind::Heading(_) => {
            let text = source[block.span.start..end.max(block.span.start)].trim_end();
            let underline = last_line.trim();
            if !text.starts_with('#') && matches!(underline, "-" | "--" | "=") {
                evidence.add(SURE, format!("it ends with a lone `{underline}`"));
                return Some((Span::new(end - underline.len(), end), evidence));
            }
            let others = outline.blocks[..number]
                .iter()
                .any(|block| !matches!(block.kind, BlockKind::Heading(_)));
            if !others || source[block.span.end.min(end)..end].trim() != "" {
                return None;
            }
            // Some generators end all of their pages with a heading.
            let usual = prose::neighbours(context).filter(|page| {
                let text = page.source.text.trim_end();
                text.rsplit('\n').next().is_some_and(|line| line.starts_with('#'))
            });
            if usual.take(2).count() == 2 {
                return None;
            }
            // An entry of a reference may have no text.
            let named = prose::leaf(outline, number).is_some_and(|leaf| leaf.ends_in_text());
            evidence.add(2 + u32::from(named), "its last heading has nothing below it");
        }
        BlockKind::Item if prose::leaf(outline, number).is_none() => {
            // An item that contains a component or a comment is not empty.
            if !matches!(last_line.trim(), "-" | "*" | "+") && !is_number(last_line.trim()) {
                return None;
            }
            evidence.add(SURE, "its last list item is empty");
            return Some((Span::new(line, end), evidence));
        }
        _ => {}
    }
    // A line of punctuation may end a container or a template.
    let marks = !last_line.contains(char::is_alphanumeric) && evidence.weight == 0;
    if marks && !last_line.trim().ends_with([',', '('])
        || last_line.trim().starts_with(['{', '@', ':'])
        // A definition with a label that Markdown does not allow.
        || last_line.starts_with('[') && last_line.contains("]: ")
    {
        return None;
    }
    // A text of no-break spaces begins after the visible end of the page.
    let leaf =
        last_leaf(context, number).filter(|leaf| leaf.span.start < end && leaf.span.end >= end)?;
    if leaf.block.kind == BlockKind::Cell || is_table_head(&source[leaf.span.start..end]) {
        return None;
    }
    text_evidence(context, &leaf, &mut evidence);
    if evidence.weight < DOUBTFUL
        && let Some(role) = Role::of(context.outline, &leaf)
        && let Some(reason) = cut::sign(context, &Texts::new(context), &leaf, role)
    {
        evidence.add(DOUBTFUL, reason);
    }
    if !source.ends_with('\n') && (evidence.weight > 0 || unfinished(source, &leaf, end)) {
        let text = leaf.ends_in_text() && leaf.shown().split_whitespace().count() > 2;
        let reason = "its last line has no line break, unlike those of all other pages";
        match prose::ended_pages(context) {
            Some(100..) if text => evidence.add(3, reason),
            Some(_) => evidence.add(2, reason),
            None => {}
        }
    }
    let start = leaf.span.start.max(line).min(end);
    Some((Span::new(start, end).clamped(source), evidence))
}

/// The first line of front matter that is never closed.
fn open_front_matter(source: &str) -> Option<Span> {
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let key = rest.lines().next()?.split_once(':')?.0;
    let named =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let closed = rest.lines().any(|line| matches!(line.trim_end(), "---" | "..."));
    let start = source.len() - text.len();
    (named && !closed).then(|| Span::new(start, start + 3))
}

fn is_number(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a text is the header of a table without rows, which `truncated-table` reports.
fn is_table_head(text: &str) -> bool {
    text.starts_with('|')
}

/// The block of text that the page ends in.
fn last_leaf<'a>(context: &PageContext<'a>, number: usize) -> Option<Leaf<'a, 'a>> {
    (0..=number).rev().take(3).find_map(|number| prose::leaf(context.outline, number))
}

/// Whether a text ends without punctuation.
fn unfinished(source: &str, leaf: &Leaf<'_, '_>, end: usize) -> bool {
    !prose::ends_a_sentence(&source[leaf.span.start..end])
}

/// Adds the evidence in the text itself.
fn text_evidence(context: &PageContext<'_>, leaf: &Leaf<'_, '_>, evidence: &mut Evidence) {
    let source = context.text();
    let text = source[leaf.span.start..leaf.span.end].trim_end();
    let runs = leaf.runs();
    let item = item_of(context, leaf);
    if let Some(open) = prose::open_bracket(source, &runs) {
        let bracket = &source[open.start..open.end];
        evidence.add(3, format!("a `{bracket}` in its last line is not closed"));
    }
    if let Some((item, list)) = item {
        siblings(context, leaf, item, list, evidence);
    }
    let Some(last) = leaf.inlines.last() else { return };
    if last.kind != InlineKind::Text {
        // Many complete lines end with a link or with code.
        if leaf.block.kind == BlockKind::Paragraph && !prose::ends_a_sentence(text) {
            sentences(context, leaf, 1, evidence);
        }
        return;
    }
    let Some(end) = text.chars().next_back() else { return };
    if ",([{–—&=\\“‘«，、（「،".contains(end) || (end == '-' && text.ends_with(" -"))
    {
        evidence.add(4, format!("it ends with `{end}`"));
    }
    if prose::ends_a_sentence(text) {
        // `:heart:` is an emoji.
        let picture = text
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|word| word.len() > 2 && word.starts_with(':'));
        if text.ends_with([':', '：'])
            && !picture
            && !matches!(leaf.block.kind, BlockKind::Heading(_))
        {
            evidence.add(3, "it introduces something that does not follow");
        }
        return;
    }
    if !end.is_alphanumeric() || prose::is_unspaced(end) {
        return;
    }
    words(context, leaf, text, evidence);
}

/// Adds the evidence in the last words.
fn words(context: &PageContext<'_>, leaf: &Leaf<'_, '_>, text: &str, evidence: &mut Evidence) {
    let source = context.text();
    let heading = matches!(leaf.block.kind, BlockKind::Heading(_));
    let word = prose::last_word(text);
    let letters = word.chars().all(char::is_alphabetic);
    let tail = &text[..text.len() - word.len()];
    // Parts of an address, a path or a compound are not words.
    let apart = tail.ends_with(|c: char| c.is_whitespace() || "(“\"'".contains(c));
    if letters && apart && !tail.is_empty() {
        let lower = word.chars().all(char::is_lowercase);
        if lower && Spoken::new(&context.page.content_path, source).cannot_end_with(word) {
            evidence.add(3, format!("it ends with \u{201c}{word}\u{201d}"));
        } else if lower || word.chars().count() > 2 {
            let here = source[..leaf.span.end].trim_end();
            let here = &here[..here.len() - word.len()];
            let others = prose::neighbours(context).map(|page| page.source.text.as_str());
            // Many a rare word is the beginning of another: "skip" beside "skipped".
            if prose::seen(word, std::iter::once(here).chain(others)) == Seen::Prefix {
                evidence.add(1, format!("it ends inside a word: \u{201c}{word}\u{201d}"));
            }
        }
    }
    if !heading {
        sentences(context, leaf, 2, evidence);
    }
}

/// Adds the evidence from other sentences, compared with the last one, which has no full stop.
fn sentences(context: &PageContext<'_>, leaf: &Leaf<'_, '_>, weight: u32, evidence: &mut Evidence) {
    let shown = leaf.shown();
    let count = shown.split_whitespace().count();
    if count >= 6 {
        evidence.add(1, "its last sentence is incomplete");
    }
    // A sentence may end with an address.
    if shown.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://")) {
        return;
    }
    if prose::has_sentence(&shown) {
        evidence.add(weight, "its last sentence is incomplete, unlike the ones before it");
    } else if leaf.block.kind == BlockKind::Paragraph && leaf.block.parent.is_none() && count >= 4 {
        let (ended, all) = paragraphs(context, leaf);
        if all >= 4 && ended == all {
            evidence.add(weight, "its last sentence is incomplete, unlike all others");
        }
    }
}

/// How many of the other paragraphs of the page end with a full stop, and how many there are.
fn paragraphs(context: &PageContext<'_>, leaf: &Leaf<'_, '_>) -> (usize, usize) {
    let (mut ended, mut all) = (0, 0);
    for (number, block) in context.outline.blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph || number == leaf.number || block.parent.is_some() {
            continue;
        }
        let Some(other) = prose::leaf(context.outline, number) else { continue };
        if !other.ends_in_text() {
            continue;
        }
        all += 1;
        ended +=
            usize::from(prose::ends_a_sentence(&context.text()[other.span.start..other.span.end]));
    }
    (ended, all)
}

/// The list item that a block of text is, or begins, and its list, as numbers of blocks.
fn item_of(context: &PageContext<'_>, leaf: &Leaf<'_, '_>) -> Option<(usize, usize)> {
    let blocks = &context.outline.blocks;
    let item = match leaf.block.kind {
        BlockKind::Item => leaf.number,
        BlockKind::Paragraph => leaf.block.parent?,
        _ => return None,
    };
    let first = item == leaf.number || item + 1 == leaf.number;
    let list = blocks[item].parent?;
    (first && blocks[item].kind == BlockKind::Item).then_some((item, list))
}

/// Adds the evidence from the other items of the list, compared with the last one.
fn siblings(
    context: &PageContext<'_>,
    leaf: &Leaf<'_, '_>,
    item: usize,
    list: usize,
    evidence: &mut Evidence,
) {
    let source = context.text();
    let blocks = &context.outline.blocks;
    let others: Vec<Leaf<'_, '_>> = (list + 1..item)
        .filter(|at| blocks[*at].kind == BlockKind::Item && blocks[*at].parent == Some(list))
        .filter_map(|at| text_of_item(context, at))
        .collect();
    if others.len() < 3 {
        return;
    }
    let ended =
        |leaf: &Leaf<'_, '_>| prose::ends_a_sentence(&source[leaf.span.start..leaf.span.end]);
    if !ended(leaf) && others.iter().all(ended) {
        let weight = if leaf.ends_in_text() { 3 } else { 1 };
        evidence.add(weight, "its last list item is incomplete, unlike the others");
    }
    // `**Name**: what it is`, with nothing after the name.
    let label = |leaf: &Leaf<'_, '_>| match leaf.inlines.first().map(|one| one.kind) {
        Some(InlineKind::Code) => Some(1),
        Some(InlineKind::Open(mark @ (Mark::Strong | Mark::Link))) => {
            let close = InlineKind::Close(mark);
            leaf.inlines.iter().position(|one| one.kind == close).map(|at| at + 1)
        }
        _ => None,
    };
    let told = |leaf: &Leaf<'_, '_>| label(leaf).is_some_and(|end| word_count(leaf, end) > 2);
    if others.iter().all(told) {
        match label(leaf) {
            Some(end) if word_count(leaf, end) == 0 => {
                let bold = leaf.inlines[0].kind == InlineKind::Open(Mark::Strong);
                evidence.add(if bold { 3 } else { 2 }, "its last list item has a name but no text");
            }
            None => evidence.add(1, "its last list item does not begin like the others"),
            _ => {}
        }
    }
}

/// The number of words after the first inlines of a text.
fn word_count(leaf: &Leaf<'_, '_>, from: usize) -> usize {
    let text: String = leaf.inlines[from..].iter().map(|inline| &*inline.text).collect();
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn text_of_item<'a>(context: &PageContext<'a>, item: usize) -> Option<Leaf<'a, 'a>> {
    let next: Option<&Block> = context.outline.blocks.get(item + 1);
    let paragraph =
        next.is_some_and(|block| block.kind == BlockKind::Paragraph && block.parent == Some(item));
    prose::leaf(context.outline, if paragraph { item + 1 } else { item })
}

//! Code fences that do not end where they were meant to: shared by three rules.

use crate::lang::{self, Family, Language};
use crate::markdown::facts::{CodeBlock, PageFacts};
use crate::source::Span;

/// The opening line of a fenced block.
pub fn opening(code: &CodeBlock, source: &str) -> Span {
    let line = source[code.span.start..].lines().next().unwrap_or("").trim_end().len();
    Span::new(code.span.start, code.span.start + line)
}

/// The fence character of a block and the length of the fence.
fn fence(code: &CodeBlock, source: &str) -> Option<(char, usize)> {
    let opening = &source[code.span.start..];
    let mark = opening.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    Some((mark, opening.chars().take_while(|next| *next == mark).count()))
}

/// A line of the block that was meant to open another block: a fence like this block's, followed by
/// a language, which cannot close anything. `None` if an earlier line would close the block but for
/// its indentation, because in MDX, where components are indented, it does.
pub fn inner_opening(code: &CodeBlock, source: &str) -> Option<Span> {
    let (mark, length) = fence(code, source)?;
    // Cheap for nearly all blocks, which do not contain a fence.
    let marks = if mark == '`' { "```" } else { "~~~" };
    let inside = code.segments.iter().any(|span| source[span.start..span.end].contains(marks));
    if !inside {
        return None;
    }
    let text = code.text(source);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let info = content.trim_start_matches(mark);
        if info.is_empty() && content.len() >= length {
            return None;
        }
        // As far in, it is text by CommonMark, in a here-document or a list that is shown.
        let deep = columns(line) >= 4;
        let names_language = !deep
            && info.starts_with(|first: char| first.is_ascii_alphanumeric())
            && !(mark == '`' && info.contains('`'));
        if content.len() - info.len() >= length && names_language {
            let start = at + (line.len() - line.trim_start().len());
            return Some(code.source_span(source, Span::new(start, start + content.len())));
        }
        at += line.len();
    }
    None
}

/// The columns that a line is indented by.
fn columns(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blanks.fold(0, |column, c| if c == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}

/// Whether a block is Markdown or has no language, so that it may contain fences on purpose.
fn may_hold_fences(code: &CodeBlock) -> bool {
    let label = &code.info.language;
    let shows = |one: &Language| matches!(one.family, Family::Markdown | Family::Text);
    label.is_empty() || lang::find(label).is_some_and(shows)
}

/// A fence around fences of the same length.
pub struct Nested {
    /// The number of the block that was meant to contain others.
    pub outer: usize,
    /// The line in it that opens the first of them.
    pub inner: Span,
    /// The number of the block that its closing line opened instead.
    pub tail: usize,
}

/// Finds fences that end at the closing line of a fence inside them. The sign: a block contains a
/// line that opens another one, and the line that was meant to close it opens a block without a
/// language. If a closing line is merely missing, the blocks after it are as intended.
pub fn nested(facts: &PageFacts, source: &str) -> Vec<Nested> {
    let bare = |block: &CodeBlock| block.fenced && block.info_span.start == block.info_span.end;
    let bares: Vec<usize> = (0..facts.code.len()).filter(|at| bare(&facts.code[*at])).collect();
    let mut found = Vec::new();
    let mut next = 0;
    for (outer, code) in facts.code.iter().enumerate() {
        if outer < next || !code.fenced || !may_hold_fences(code) {
            continue;
        }
        let Some(inner) = inner_opening(code, source) else { continue };
        let behind = bares.partition_point(|at| *at <= outer);
        let Some(&tail) = bares.get(behind) else { break };
        let block = &facts.code[tail];
        let turned = !block.closed || inner_opening(block, source).is_some();
        let markdown = !code.info.language.is_empty();
        let adjacent =
            tail == outer + 1 && source[code.span.end..block.span.start].trim().is_empty();
        if turned || (markdown && (adjacent || first_prose(block, source).is_some())) {
            found.push(Nested { outer, inner, tail });
            next = tail + 1;
        }
    }
    found
}

/// The start of the first block that has swallowed text; tags after it may be missing only for
/// that reason.
pub fn swallows_from(facts: &PageFacts, source: &str) -> Option<usize> {
    let lost =
        |code: &&CodeBlock| code.fenced && (!code.closed || inner_opening(code, source).is_some());
    facts.code.iter().find(lost).map(|code| code.span.start)
}

/// The first line in the block that reads like prose: a heading, or a sentence.
pub fn first_prose(code: &CodeBlock, source: &str) -> Option<Span> {
    let text = code.text(source);
    let mut at = 0;
    let mut after_blank = false;
    let comments = lang::find(&code.info.language).is_some_and(Language::has_hash_lines);
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let heading = !comments && is_heading(content);
        if heading || is_sentence(content, after_blank) {
            let start = at + (line.len() - line.trim_start().len());
            return Some(code.source_span(source, Span::new(start, start + content.len())));
        }
        after_blank = content.is_empty();
        at += line.len();
    }
    None
}

/// Whether a line is a heading of Markdown.
pub fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    (1..=6).contains(&level) && text.starts_with(' ') && !text.trim().is_empty()
}

/// Whether a line reads like a sentence or its beginning. After other lines it must consist of
/// words only.
fn is_sentence(line: &str, after_blank: bool) -> bool {
    // The rest of a numbered line, or the marker of a list item.
    let line = line.trim_start_matches(['.', '-', '*', ' ']);
    let words = line.split_whitespace().count();
    let all = line.chars().count();
    let plain = line.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).count();
    let share = if after_blank { 8 } else { 10 };
    let stop = usize::from(line.ends_with(['.', ':', ',']));
    words >= 4
        && line.starts_with(|first: char| first.is_uppercase())
        && (plain + stop) * 10 >= all * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_from_code() {
        for (line, after_blank, expected) in [
            ("Open the address that it prints.", true, true),
            (". Reverse proxy trust clarification", false, true),
            ("node /app/example.mjs serve --port 80", false, false),
            ("Content-Type: text/html and more of it", false, false),
            ("open the address that it prints", true, false),
        ] {
            assert_eq!(is_sentence(line, after_blank), expected, "{line}");
        }
    }
}

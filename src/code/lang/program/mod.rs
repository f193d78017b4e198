//! What programming languages share: a block is parsed as a file, as a part of a file, and as
//! several pieces, first as it is and then with what was left out filled in.
//!
//! A language provides its parser and the parts. All changes keep the length of the text, so the
//! span of a fault is a span of the block.

mod fill;
mod guard;

pub(super) use fill::c_like;
pub(super) use guard::guarded;

use super::{Content, Fault, Judgement, MAX_BLOCK, Verdict};
use crate::source::Span;

/// The text around a part of a file that makes it a complete file.
pub(super) struct Shape {
    /// The text before it.
    pub before: &'static str,
    /// The text after it.
    pub after: &'static str,
    /// Whether a text may be such a part; if not, it is not parsed as one.
    pub when: fn(&str) -> bool,
}

impl Shape {
    /// A part that only the parser can recognise.
    pub(super) const fn new(before: &'static str, after: &'static str) -> Self {
        Self { before, after, when: |_| true }
    }

    /// A part that is tried only under a condition.
    pub(super) const fn when(
        before: &'static str,
        after: &'static str,
        when: fn(&str) -> bool,
    ) -> Self {
        Self { before, after, when }
    }
}

/// How blocks of a language are parsed.
pub(super) struct Program<'p> {
    /// The parser: the first fault of a file.
    pub parse: &'p dyn Fn(&str) -> Option<Fault>,
    /// The parts of files that are accepted.
    pub shapes: &'p [Shape],
    /// Replaces what only documentation contains, keeping the length.
    pub fill: fn(&str) -> String,
}

/// Whether a text is only a head: its last character opens a body, and nothing else is open.
pub(super) fn opens_only(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('{') && text.matches('{').count() == text.matches('}').count() + 1
}

/// The most pieces that a block is split into.
const MAX_PIECES: usize = 60;

impl Program<'_> {
    /// The verdict on a block.
    pub(super) fn judge(&self, text: &str) -> Judgement {
        if text.len() > MAX_BLOCK {
            return Judgement::too_large();
        }
        match guarded(text, || self.graded(text)) {
            Err(why) => Judgement::not_checked(why),
            Ok(Ok(verdict)) => Judgement::new(verdict, Content::Opaque),
            Ok(Err(mut fault)) => {
                // The filled text may have other characters, and the text ends with its last word.
                let end = text.trim_end().len();
                let start = fault.span.start.min(end);
                fault.span = Span::new(start, fault.span.end.clamp(start, end)).clamped(text);
                Judgement::broken(vec![fault])
            }
        }
    }

    fn graded(&self, text: &str) -> Result<Verdict, Fault> {
        let Some(mut fault) = (self.parse)(text) else { return Ok(Verdict::Valid) };
        if self.fits(text, text, &mut fault) {
            return Ok(Verdict::Fragment);
        }
        let filled = (self.fill)(text);
        if filled != text {
            let other = filled.clone();
            let Some(found) = (self.parse)(&other) else { return Ok(Verdict::Elision) };
            farther(&mut fault, found, text);
            if self.fits(&other, text, &mut fault) {
                return Ok(Verdict::Elision);
            }
        }
        // `...` at the very end replaces everything that would follow, including closing brackets.
        let end = text.trim_end();
        let last = end.lines().next_back().unwrap_or("").trim_start();
        let comment = last.starts_with("//") || last.starts_with('#');
        let tail = !comment && (end.ends_with("...") || end.ends_with('…'));
        if tail && fault.span.end + 3 >= end.len() {
            return Ok(Verdict::Elision);
        }
        if self.in_pieces(&filled) {
            return Ok(Verdict::Several);
        }
        Err(fault)
    }

    /// Whether the text is a part of a file; if not, `fault` becomes the farthest one, since the
    /// most text is valid before it.
    fn fits(&self, text: &str, block: &str, fault: &mut Fault) -> bool {
        for shape in self.shapes.iter().filter(|shape| (shape.when)(text)) {
            let whole = [shape.before, text.trim_end(), shape.after].concat();
            let Some(mut found) = (self.parse)(&whole) else { return true };
            let before = shape.before.len();
            if found.span.start >= before && found.span.start < before + block.trim_end().len() {
                found.span =
                    Span::new(found.span.start - before, found.span.end.max(before) - before);
                found.span = found.span.clamped(block);
                farther(fault, found, block);
            }
        }
        false
    }

    /// Whether each of the pieces between blank lines is valid by itself, since a block may show
    /// parts of several files.
    fn in_pieces(&self, text: &str) -> bool {
        let count = |bracket: char| text.matches(bracket).count();
        let balanced = [('(', ')'), ('[', ']'), ('{', '}')];
        let balanced = balanced.iter().all(|&(open, close)| count(open) == count(close));
        let pieces = pieces(text);
        if !balanced || pieces.len() < 2 || pieces.len() > MAX_PIECES {
            return false;
        }
        let mut waste = Fault::new(Span::default(), "");
        let mut start = 0;
        while start < pieces.len() {
            // A piece may itself have blank lines in it.
            let from = pieces[start].start;
            let end = (start..pieces.len().min(start + 8)).find(|&end| {
                let piece = &text[from..pieces[end].end];
                (self.parse)(piece).is_none() || self.fits(piece, piece, &mut waste)
            });
            match end {
                Some(end) => start = end + 1,
                None => return false,
            }
        }
        true
    }
}

fn farther(fault: &mut Fault, found: Fault, block: &str) {
    if found.span.start > fault.span.start && found.span.start < block.trim_end().len() {
        *fault = found;
    }
}

/// The pieces that are separated by blank lines, or by comments on their own lines.
fn pieces(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let (mut at, mut start) = (0, 0);
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let comment = ["//", "#", "/*"].iter().any(|mark| words.starts_with(mark));
        if (words.is_empty() || comment) && !text[start..at].trim().is_empty() {
            found.push(Span::new(start, at));
            start = at;
        }
        at += line.len();
    }
    if !text[start..].trim().is_empty() {
        found.push(Span::new(start, text.len()));
    }
    found
}

/// The byte offset of a line and a column in characters, both counted from 1.
pub(super) fn line_offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    let step = rest.char_indices().nth(column.saturating_sub(1));
    step.map_or(text.len(), |(at, _)| start + at)
}

#[cfg(test)]
mod tests;

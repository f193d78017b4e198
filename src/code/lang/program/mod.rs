//! What programming languages share: whole files, parts of files, things left out, several pieces.
//!
//! A language gives its parser; here the block is tried as it is, then as the parts of a file that
//! documentation shows, then with what was left out filled in. Everything keeps its length, so the
//! place of a fault is a place in the block.

mod fill;
mod guard;

pub(super) use fill::{c_like, changed};
pub(super) use guard::guarded;

use super::{Content, Fault, Judgement, MAX_BLOCK, Verdict};
use crate::source::Span;

/// What makes a part of a file whole.
pub(super) struct Shape {
    /// What stands before it.
    pub before: &'static str,
    /// What stands behind it.
    pub after: &'static str,
    /// Whether a text may be such a part at all.
    pub when: fn(&str) -> bool,
}

impl Shape {
    /// A part that only its parser can tell.
    pub(super) const fn new(before: &'static str, after: &'static str) -> Self {
        Self { before, after, when: |_| true }
    }

    /// A part that is looked for where a condition holds.
    pub(super) const fn when(
        before: &'static str,
        after: &'static str,
        when: fn(&str) -> bool,
    ) -> Self {
        Self { before, after, when }
    }
}

/// How one language reads a block.
pub(super) struct Program<'p> {
    /// The parser: the first fault of a file.
    pub parse: &'p dyn Fn(&str) -> Option<Fault>,
    /// The parts of files that are accepted.
    pub shapes: &'p [Shape],
    /// The text without what only documentation has; of the same length.
    pub fill: fn(&str) -> String,
}

/// Whether a text is a head alone: its last character opens a body, and nothing else is open.
pub(super) fn opens_only(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('{') && text.matches('{').count() == text.matches('}').count() + 1
}

/// The most pieces that a block is cut into.
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
                // What was filled in may have other characters, and a text ends with its last word.
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
        for other in
            [(filled != text).then(|| filled.clone()), changed(text).map(|text| (self.fill)(&text))]
        {
            let Some(other) = other else { continue };
            let Some(found) = (self.parse)(&other) else { return Ok(Verdict::Elision) };
            farther(&mut fault, found, text);
            if self.fits(&other, text, &mut fault) {
                return Ok(Verdict::Elision);
            }
        }
        // `...` at the very end stands for all that would follow, closing brackets included.
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

    /// Whether the text is a part of a file; if not, the fault that lies farthest is the one that
    /// most of the text agrees with.
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

    /// Whether each of the parts between blank lines is right by itself: a block may show what
    /// goes into two places.
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

/// The parts that blank lines set apart, and comments on lines of their own.
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

/// The byte of a line and a column that counts characters, both from 1.
pub(super) fn line_offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    let step = rest.char_indices().nth(column.saturating_sub(1));
    step.map_or(text.len(), |(at, _)| start + at)
}

#[cfg(test)]
mod tests;

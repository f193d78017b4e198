//! A page with one fault put into it.

use std::borrow::Cow;
use std::ops::Range;

use docgen::check::rule::Diagnostic;
use docgen::markdown::facts::{CodeBlock, PageFacts};
use docgen::markdown::outline::{BlockKind, InlineKind, Outline};
use docgen::project::Model;
use docgen::site::pages::PageId;
use docgen::site::target::Target;

/// What a class of faults may look at.
pub struct View<'a> {
    pub site: &'a Model,
    pub page: PageId,
    pub text: &'a str,
    pub facts: &'a PageFacts,
    pub targets: &'a [Target],
    pub outline: &'a Outline<'a>,
}

/// One replacement.
#[derive(Clone, Debug)]
pub struct Edit {
    pub at: Range<usize>,
    pub with: Cow<'static, str>,
}

/// Where a finding has to be.
#[derive(Clone, Copy, Debug)]
pub enum Near {
    /// In the code block with this number.
    Block(usize),
    /// On the line of the fault.
    Line,
    /// On the page.
    Page,
}

/// A fault to be put into a page.
#[derive(Clone, Debug)]
pub struct Mutant {
    pub page: PageId,
    /// In order, not overlapping.
    pub edits: Vec<Edit>,
    pub near: Near,
}

impl Mutant {
    pub fn one(
        page: PageId,
        at: Range<usize>,
        with: impl Into<Cow<'static, str>>,
        near: Near,
    ) -> Self {
        Self { page, edits: vec![Edit { at, with: with.into() }], near }
    }

    /// The page with the fault.
    pub fn apply(&self, text: &str) -> String {
        self.splice(text, 0..text.len())
    }

    /// A part of the page, with what of the fault lies in it.
    pub fn splice(&self, text: &str, part: Range<usize>) -> String {
        let mut out = String::with_capacity(part.len() + 16);
        let mut at = part.start;
        for edit in &self.edits {
            if edit.at.start < at || edit.at.end > part.end {
                continue;
            }
            out.push_str(&text[at..edit.at.start]);
            out.push_str(&edit.with);
            at = edit.at.end;
        }
        out.push_str(&text[at..part.end]);
        out
    }

    /// The text of a code block with the fault in it.
    pub fn block(&self, text: &str, code: &CodeBlock) -> String {
        let parts =
            code.segments.iter().map(|segment| self.splice(text, segment.start..segment.end));
        parts.collect::<String>().replace("\r\n", "\n")
    }

    /// The bytes of the mutated page where a finding counts.
    pub fn region(&self, facts: &PageFacts, mutated: &str) -> Range<usize> {
        let grown = |edit: &Edit| edit.with.len() as isize - edit.at.len() as isize;
        let growth: isize = self.edits.iter().map(grown).sum();
        let moved = |end: usize| end.saturating_add_signed(growth).min(mutated.len());
        match self.near {
            Near::Page => 0..mutated.len(),
            Near::Block(number) => {
                let span = facts.code[number].span;
                span.start..moved(span.end)
            }
            Near::Line => {
                let (first, last) = (&self.edits[0], &self.edits[self.edits.len() - 1]);
                let start = mutated[..first.at.start].rfind('\n').map_or(0, |at| at + 1);
                let end = moved(last.at.end);
                let end = mutated[end..].find('\n').map_or(mutated.len(), |at| end + at);
                start..end
            }
        }
    }

    /// Whether a finding lies there.
    pub fn is_met(&self, found: &Diagnostic, region: &Range<usize>) -> bool {
        let span = found.finding.span;
        let touches = |start: usize, end: usize| start <= region.end && end >= region.start;
        touches(span.start, span.end)
            || found.finding.related.iter().any(|one| touches(one.span.start, one.span.end))
    }
}

impl View<'_> {
    /// Whether a place is in a code block or in a code span.
    pub fn in_code(&self, at: usize) -> bool {
        self.facts.code.iter().any(|code| code.span.start <= at && at < code.span.end)
            || self.outline.inlines.iter().any(|inline| {
                inline.kind == InlineKind::Code && inline.span.start <= at && at < inline.span.end
            })
    }

    /// The innermost block of some kinds around a place.
    pub fn is_in(&self, at: usize, kind: BlockKind) -> bool {
        self.outline
            .blocks
            .iter()
            .any(|block| block.kind == kind && block.span.start <= at && at < block.span.end)
    }

    pub fn mutant(
        &self,
        at: Range<usize>,
        with: impl Into<Cow<'static, str>>,
        near: Near,
    ) -> Mutant {
        Mutant::one(self.page, at, with, near)
    }
}

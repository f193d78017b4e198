//! What is known of a code block once it is judged.

use crate::diagnostic::Severity;
use crate::lang::Judgement;
use crate::source::Span;

/// What is known of a block while it is made.
#[derive(Default)]
pub struct Judged {
    /// What the language says.
    pub judgement: Option<Judgement>,
    /// What happened to its characters.
    pub damages: Vec<Damage>,
    /// The faults that damage does not explain.
    pub faults: Option<Vec<usize>>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An escape of Markdown.
    Escape,
    /// An escape of HTML.
    Entity,
    /// A curly quote.
    Quote,
    /// A character that nobody sees, or takes for another.
    Invisible,
}

/// One place of a block that was damaged. Spans are relative to the block.
#[derive(Clone, Debug)]
pub struct Damage {
    /// What happened.
    pub kind: Kind,
    /// The place.
    pub span: Span,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub help: &'static str,
    /// How sure it is.
    pub severity: Severity,
    /// The repair, in order; none if there are several.
    pub edits: Vec<(Span, &'static str)>,
}

impl Damage {
    /// Whether it is of a kind and ends where a place begins.
    pub fn is_before(&self, kind: Kind, span: Span) -> bool {
        self.kind == kind && self.span.end == span.start
    }
}

//! Helpers for rules that look at the characters of a page.

use std::collections::HashSet;

use super::character_damage::Kind;
use super::rule::PageContext;
use crate::diagnostic::{Edit, Finding, Fix, Safety};
use crate::markdown::outline::{Inline, InlineKind};
use crate::source::Span;

/// The prose of a page: text that readers see and that is not code.
pub struct Prose {
    texts: Vec<Span>,
}

impl Prose {
    /// Collects the prose of a page from its outline.
    pub fn new(context: &PageContext<'_>) -> Self {
        let inlines = context.outline.inlines.iter();
        let mut texts: Vec<Span> =
            inlines.filter(|inline| inline.kind == InlineKind::Text).map(|one| one.span).collect();
        texts.sort_unstable();
        Self { texts }
    }

    /// Whether the byte at an offset is prose. The backslash of an escape is not, the escaped
    /// character is.
    pub fn covers(&self, offset: usize) -> bool {
        let behind = self.texts.partition_point(|span| span.start <= offset);
        behind.checked_sub(1).is_some_and(|at| offset < self.texts[at].end)
    }
}

/// The code spans of a page and their text.
pub fn code_spans<'c>(context: &'c PageContext<'_>) -> impl Iterator<Item = &'c Inline<'c>> {
    context.outline.inlines.iter().filter(|inline| inline.kind == InlineKind::Code)
}

/// Whether the text around a location contains one of some (lower-case) words, and so may be about
/// the problem instead of having it.
pub fn mentions(text: &str, span: Span, words: &[&str]) -> bool {
    let around = Span::new(span.start.saturating_sub(500), span.end + 400).clamped(text);
    let around = text[around.start..around.end].to_ascii_lowercase();
    words.iter().any(|word| around.contains(word))
}

/// A text shortened for quoting it in a message.
pub fn short(text: &str) -> String {
    let mut out: String =
        text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(60).is_some() {
        out.push('…');
    }
    out
}

/// A fix of one page.
pub fn fix(
    context: &PageContext<'_>,
    title: impl Into<String>,
    safety: Safety,
    edits: impl IntoIterator<Item = (Span, String)>,
) -> Fix {
    let path = context.path();
    let edit = |(span, replacement)| Edit { path: path.clone(), span, replacement };
    Fix { title: title.into(), safety, edits: edits.into_iter().map(edit).collect() }
}

/// Reports the character damage of one kind in the code blocks of a page.
pub fn report(context: &PageContext<'_>, kind: Kind, title: &str, out: &mut Vec<Finding>) {
    for block in context.blocks {
        for damage in block.damages().iter().filter(|damage| damage.kind == kind) {
            let span = block.span(damage.span);
            let mut finding = Finding::new(context.path(), span, damage.message.clone())
                .help(damage.help)
                .severity(damage.severity);
            let edits = damage.edits.iter().map(|(span, with)| (block.span(*span), (*with).into()));
            if !damage.edits.is_empty() {
                finding = finding.fix(fix(context, title, Safety::Safe, edits));
            }
            out.push(finding);
        }
    }
}

/// The words of the lines that import or export something: a component of the page's own may have
/// any attribute.
pub fn own_names(source: &str) -> HashSet<&str> {
    let is_module = |line: &&str| line.starts_with("import ") || line.starts_with("export ");
    let lines = source.lines().filter(is_module);
    lines.flat_map(|line| line.split(|c: char| !c.is_alphanumeric())).collect()
}

//! Conflict markers of an unfinished merge.

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "merge-conflict",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/merge-conflict.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    let found = ["\n<<<<<<<", "\n>>>>>>>"].iter();
    let begins = text.starts_with("<<<<<<<");
    if !begins
        && found
            .clone()
            .all(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_none())
    {
        return;
    }
    let marks = marks(text);
    // A page about merging shows the markers in its code.
    let about = text.to_ascii_lowercase().contains("conflict");
    let code = |span: Span| {
        let blocks = &context.facts().code;
        let behind = blocks.partition_point(|block| block.span.start <= span.start);
        behind.checked_sub(1).filter(|&at| blocks[at].span.contains(span))
    };
    let mut open: Option<Mark> = None;
    let mut middle: Option<Span> = None;
    for mark in marks {
        match mark.kind {
            Kind::Ours => {
                alone(context, open.take(), &code, out);
                (open, middle) = (Some(mark), None);
            }
            Kind::Middle => middle = open.as_ref().map(|_| mark.span),
            Kind::Theirs => match (open.take(), middle.take()) {
                (Some(ours), Some(middle)) => {
                    let places = [code(ours.span), code(mark.span)];
                    let inside = places[0].is_some() && places[0] == places[1];
                    if !(inside && about) {
                        out.push(conflict(context, &ours, middle, mark.span));
                    }
                }
                (ours, _) => {
                    alone(context, ours, &code, out);
                    alone(context, Some(mark), &code, out);
                }
            },
        }
    }
    alone(context, open, &code, out);
}

fn conflict(context: &PageContext<'_>, ours: &Mark, middle: Span, theirs: Span) -> Finding {
    Finding::new(context.path(), ours.span, "a merge conflict was left in this page")
        .help("keep one of the two sides, and remove the three marker lines")
        .related(context.path(), middle, "the other side begins here")
        .related(context.path(), theirs, "here it ends")
}

/// A marker without the others, left over from a conflict that was resolved.
fn alone(
    context: &PageContext<'_>,
    mark: Option<Mark>,
    code: &impl Fn(Span) -> Option<usize>,
    out: &mut Vec<Finding>,
) {
    let Some(mark) = mark.filter(|mark| mark.named && code(mark.span).is_none()) else { return };
    out.push(
        Finding::new(
            context.path(),
            mark.span,
            "a marker of a merge conflict was left in this page",
        )
        .help("remove the line"),
    );
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ours,
    Middle,
    Theirs,
}

struct Mark {
    kind: Kind,
    span: Span,
    /// Whether exactly the name of a branch or a commit follows.
    named: bool,
}

fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let kind = match content.as_bytes().first() {
            Some(b'<') if content.starts_with("<<<<<<<") => Some(Kind::Ours),
            Some(b'=') if content == "=======" => Some(Kind::Middle),
            Some(b'>') if content.starts_with(">>>>>>>") => Some(Kind::Theirs),
            _ => None,
        };
        if let Some(kind) = kind {
            let name = content.get(7..).unwrap_or("");
            let branch = name.trim().split(" (").next().unwrap_or("");
            let named = name.starts_with(' ')
                && !branch.is_empty()
                && !branch.contains(char::is_whitespace);
            if name.is_empty() || name.starts_with(' ') {
                found.push(Mark { kind, span: Span::new(start, start + content.len()), named });
            }
        }
        start += line.len();
    }
    found
}

//! Text that readers see and that is markup which was not understood.

use crate::diagnostic::{Finding, Safety, Severity};
use crate::prose;
use crate::raw_markup::{KINDS, Kind, Raw, Shown};
use crate::rule::{Check, PageContext, Rule};
use crate::text::{fix, mentions};

/// The rule.
pub static RULE: Rule = Rule {
    name: "raw-markup",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/raw-markup.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let source = context.text();
    let foreign = context.site.config.flavour.foreign;
    let mut found = Vec::new();
    for leaf in prose::leaves(context.outline) {
        let written = &source[leaf.span.start..leaf.span.end];
        let mut kinds = KINDS.iter().filter(|kind| {
            !(foreign && kind.is_extension) && kind.marks.iter().any(|mark| written.contains(mark))
        });
        let Some(first) = kinds.next() else { continue };
        let around = leaf.block.parent.map(|at| &context.outline.blocks[at]);
        let shown = Shown::new(source, &leaf, around.map(|block| block.kind));
        for kind in std::iter::once(first).chain(kinds) {
            (kind.find)(&shown, &mut found);
            out.extend(found.drain(..).filter_map(|raw| finding(context, kind, &shown, raw)));
        }
    }
}

fn finding(context: &PageContext<'_>, kind: &Kind, shown: &Shown<'_>, raw: Raw) -> Option<Finding> {
    let span = shown.span(raw.start, raw.end);
    if mentions(context.text(), span, kind.about) {
        return None;
    }
    let finding =
        Finding::new(context.path(), span, kind.message).help(kind.help).severity(kind.severity);
    if raw.edits.is_empty() {
        return Some(finding);
    }
    let safety = if raw.is_certain { Safety::Safe } else { Safety::Unsafe };
    let edits = raw.edits.into_iter().map(|(start, end, text)| {
        let place = if start == end {
            let at = shown.place(start);
            crate::source::Span::new(at, at)
        } else {
            shown.span(start, end)
        };
        (place, text)
    });
    Some(finding.fix(fix(context, "write it so that it is understood", safety, edits)))
}

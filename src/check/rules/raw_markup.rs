//! Text that readers see and that is markup which was not understood.

use crate::diagnostic::{Finding, Safety, Severity};
use crate::prose;
use crate::raw_markup::{Characters, KINDS, Kind, Raw, Shown};
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
        let characters = Characters::new(source, &leaf);
        let mut kinds =
            KINDS.iter().filter(|kind| !(foreign && kind.is_extension) && characters.allow(kind));
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
    let span = shown.span(raw.span.start, raw.span.end);
    if mentions(context.text(), span, kind.about) {
        return None;
    }
    let finding =
        Finding::new(context.path(), span, kind.message).help(kind.help).severity(kind.severity);
    let safety = if raw.is_safe { Safety::Safe } else { Safety::Unsafe };
    let correction = raw.edit.map(|(range, text)| {
        let edit = (shown.span(range.start, range.end), text);
        fix(context, "write it as CommonMark expects it", safety, [edit])
    });
    Some(finding.maybe_fix(correction))
}

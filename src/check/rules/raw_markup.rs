//! Text that readers see and that is markup which was not understood.

use crate::diagnostic::{Finding, Safety, Severity};
use crate::raw_markup::{self, Kind, Raw, Shown};
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::text::{fix, mentions};

/// The rule.
pub static RULE: Rule = Rule {
    name: "raw-markup",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/raw-markup.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let foreign = context.site.config.flavour.is_foreign();
    let wanted = |kind: &Kind| !(foreign && kind.is_extension);
    let is_mdx = context.page.is_mdx();
    raw_markup::find(context.text(), context.outline, is_mdx, &wanted, &mut |kind, shown, raw| {
        let span = shown.span(raw.span.start, raw.span.end);
        // A text about such markup shows it on purpose.
        if !mentions(context.text(), span, kind.about) {
            out.push(finding(context, span, kind, shown, raw));
        }
    });
}

fn finding(
    context: &PageContext<'_>,
    span: Span,
    kind: &Kind,
    shown: &Shown<'_>,
    raw: Raw,
) -> Finding {
    let finding =
        Finding::new(context.path(), span, kind.message).help(kind.help).severity(kind.severity);
    let safety = if raw.is_safe { Safety::Safe } else { Safety::Unsafe };
    let correction = raw.edit.map(|(range, text)| {
        let edit = (shown.span(range.start, range.end), text);
        fix(context, "write it as CommonMark expects it", safety, [edit])
    });
    finding.maybe_fix(correction)
}

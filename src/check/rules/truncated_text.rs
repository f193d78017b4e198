//! A text that is cut off inside a page.

use crate::diagnostic::{Finding, Severity};
use crate::prose;
use crate::rule::{Check, PageContext, Rule};
use crate::side_texts;
use crate::source::{Span, line_start};
use crate::texts::{Role, Texts};
use crate::{cut, cut_beside};

/// The rule.
pub static RULE: Rule = Rule {
    name: "truncated-text",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/truncated-text.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let source = context.text();
    // The last text is the business of `truncated-page`.
    let page_end = source.trim_end().len();
    let texts = Texts::new(context);
    for number in 0..context.outline.blocks.len() {
        let Some(leaf) = prose::leaf(context.outline, number) else { continue };
        let Some(role) = Role::of(context.outline, &leaf) else { continue };
        if role == Role::Heading || leaf.span.end >= page_end {
            continue;
        }
        let Some(reason) = cut::sign(context, &texts, &leaf, role) else { continue };
        let end = leaf.span.start + source[leaf.span.start..leaf.span.end].trim_end().len();
        let start = leaf.span.start.max(line_start(source, end));
        let message = format!("this text seems to be cut off: {reason}");
        out.push(
            Finding::new(context.path(), Span::new(start, end), message)
                .help("add what is missing"),
        );
    }
    side_texts::each(context, |side| {
        let Some(reason) = cut_beside::sign(context, &texts, &side) else { return };
        let message = format!("{} seems to be cut off: {reason}", side.place.name());
        let span = side.span.clamped(source);
        out.push(Finding::new(context.path(), span, message).help("add what is missing"));
    });
}

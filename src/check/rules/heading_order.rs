//! A heading that skips a level.

use crate::diagnostic::Finding;
use crate::rule::{Check, PageContext, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "heading-order",
    severity: None,
    doc: include_str!("../../../content/manual/rules/heading-order.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    // The title of the page is the level above its headings.
    let mut before = 1;
    let mut above = None;
    for heading in &context.facts().headings {
        if heading.level > before + 1 {
            let message =
                format!("a level {} heading follows a level {before} heading", heading.level);
            let finding = Finding::new(context.path(), heading.span, message)
                .help(format!("make it level {}", before + 1));
            out.push(match above {
                Some(span) => finding.related(context.path(), span, "the heading above"),
                None => finding,
            });
        }
        before = heading.level;
        above = Some(heading.span);
    }
}

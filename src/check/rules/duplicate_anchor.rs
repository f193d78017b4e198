//! An explicit id that is used twice on one page.

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-anchor",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/duplicate-anchor.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (id, first, second) in &context.facts().duplicate_ids {
        let finding = Finding::new(
            context.path(),
            *second,
            format!("the id `{id}` is already used on this page"),
        )
        .help("links lead to the first one; give this one another id")
        .related(context.path(), *first, "first here");
        out.push(finding);
    }
}

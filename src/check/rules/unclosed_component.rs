//! A component that is opened and never closed, or closed and never opened.

use crate::check::rule::{Check, PageContext, Rule};
use crate::diagnostic::{Finding, Severity};
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unclosed-component",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/unclosed-component.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let facts = context.facts();
    // An open fence or comment swallows closing tags: that is the one fault to mend.
    let swallowed = facts
        .code
        .iter()
        .find(|code| !code.closed)
        .map(|code| code.span.start)
        .or(facts.open_comment);
    for component in facts.components.iter().filter(|component| !component.closed) {
        if swallowed.is_some_and(|start| component.span.start < start) {
            continue;
        }
        let message = format!("`<{}>` is never closed", component.name);
        let finding = Finding::new(context.path(), component.span, message).help(format!(
            "add `</{}>` where it ends; until then it holds the rest of the page",
            component.name
        ));
        out.push(finding);
    }
    if let Some(start) = facts.open_comment {
        let span = Span::new(start, start + 3).clamped(context.text());
        let finding = Finding::new(context.path(), span, "this comment is never closed")
            .help("close it where it ends; until then it hides the rest of the page");
        out.push(finding);
    }
    for (name, span) in &facts.stray {
        let message = format!("`</{name}>` closes nothing");
        let finding = Finding::new(context.path(), *span, message)
            .help("remove it, or write the opening tag that belongs to it");
        out.push(finding);
    }
}

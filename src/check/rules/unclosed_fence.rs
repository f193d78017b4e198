//! A fence that is never closed, so that the rest of the page becomes code.

use crate::diagnostic::{Finding, Severity};
use crate::fences;
use crate::rule::{Check, PageContext, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unclosed-fence",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/unclosed-fence.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let (facts, text) = (context.facts(), context.text());
    if facts.code.iter().all(|code| !code.fenced || code.closed) {
        return;
    }
    // The line that opens this block may have been meant to close another one.
    let tails: Vec<usize> = fences::nested(facts, text).iter().map(|one| one.tail).collect();
    for (number, code) in facts.code.iter().enumerate() {
        if !code.fenced || code.closed || tails.contains(&number) {
            continue;
        }
        let opening = fences::opening(code, text);
        let mut finding = Finding::new(context.path(), opening, "this code block is never closed")
            .help("close it with the same fence; until then the rest of the page is shown as code");
        if let Some(span) = fences::first_prose(code, text) {
            finding = finding.related(context.path(), span, "the text seems to begin here");
        }
        out.push(finding);
    }
}

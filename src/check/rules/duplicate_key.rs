//! A key that its object already has.

use crate::announced;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-key",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/duplicate-key.md"),
    check: Check::Page(check),
};

/// The number of repeated keys of one block that are reported.
const MAX_KEYS: usize = 50;

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (number, block) in context.blocks.iter().enumerate() {
        let Some(judgement) = block.judgement() else { continue };
        if judgement.repeats.is_empty() || announced::is_wrong(context, number) {
            continue;
        }
        for fault in judgement.repeats.iter().take(MAX_KEYS) {
            let finding =
                Finding::new(context.path(), block.span(fault.span), fault.message.clone());
            out.push(finding.maybe_help(fault.help.clone()));
        }
    }
}

//! A code block that is not valid in its language.

use crate::announced;
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "code-syntax",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/code-syntax.md"),
    check: Check::Page(check),
};

/// The number of faults of one block that are reported; the rest are counted. Nobody reads more,
/// and each costs a walk over the block.
const MAX_FAULTS: usize = 50;

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for (number, block) in context.blocks.iter().enumerate() {
        let faults = block.faults();
        if faults.is_empty() || announced::is_wrong(context, number) {
            continue;
        }
        for fault in faults.iter().take(MAX_FAULTS) {
            let mut finding =
                Finding::new(context.path(), block.span(fault.span), fault.message.clone());
            if fault.doubtful {
                finding = finding.severity(Severity::Warning);
            }
            out.push(finding.maybe_help(fault.help.clone()));
        }
        if let Some(next) = faults.get(MAX_FAULTS) {
            let more = faults.len() - MAX_FAULTS;
            let message = format!("{more} more errors in this block from here on");
            let mut finding = Finding::new(context.path(), block.span(next.span), message);
            if faults[MAX_FAULTS..].iter().all(|fault| fault.doubtful) {
                finding = finding.severity(Severity::Warning);
            }
            out.push(finding);
        }
    }
}

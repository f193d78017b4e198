//! A configuration example that the program would refuse.

use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::schemas;

/// The rule.
pub static RULE: Rule = Rule {
    name: "config-schema",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/config-schema.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let bindings = context.site.bindings;
    if bindings.schemas.is_empty() {
        return;
    }
    for block in context.blocks {
        if let Some((message, help)) = schemas::bad_request(bindings, block) {
            let finding = Finding::new(context.path(), block.code.info_span, message);
            out.push(finding.maybe_help(help).severity(Severity::Warning));
        }
    }
    for example in context.configs {
        let block = &context.blocks[example.block];
        for violation in &example.validation.violations {
            if example.guessed && violation.absent {
                continue;
            }
            let (span, message) = (block.span(violation.span), violation.message.clone());
            let finding =
                Finding::new(context.path(), span, message).maybe_help(violation.help.clone());
            // If the place in the document is a guess, so is the fault.
            out.push(if example.guessed { finding.severity(Severity::Warning) } else { finding });
        }
    }
}

//! A configuration example that the program would refuse.

use crate::check::rule::{Check, PageContext, Rule};
use crate::check::truths::schema_for;
use crate::diagnostic::{Finding, Severity};
use crate::lang::Content;

/// The rule.
pub const RULE: Rule = Rule {
    name: "config-schema",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/config-schema.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    if context.site.truths.schemas.is_empty() {
        return;
    }
    for block in context.blocks {
        let Some(Content::Data(documents)) =
            block.judgement.as_ref().map(|judgement| &judgement.content)
        else {
            continue;
        };
        for document in documents {
            let Some(bound) = schema_for(context, block, document) else { continue };
            for violation in bound.schema().validate(document, bound.pointer()) {
                let finding =
                    Finding::new(context.path(), block.span(violation.span), violation.message);
                out.push(finding.maybe_help(violation.help));
            }
        }
    }
}

//! A configuration example that the program would refuse.

use crate::diagnostic::{Finding, Severity};
use crate::lang::Content;
use crate::rule::{Check, PageContext, Rule};
use crate::schemas;

/// The rule.
pub const RULE: Rule = Rule {
    name: "config-schema",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/config-schema.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    if context.site.bindings.schemas.is_empty() {
        return;
    }
    for block in context.blocks {
        if let Some((message, help)) = schemas::bad_request(context, block) {
            let finding = Finding::new(context.path(), block.code.info_span, message);
            out.push(finding.maybe_help(help).severity(Severity::Warning));
        }
        let Some(Content::Data(documents)) = block.judgement().map(|judgement| &judgement.content)
        else {
            continue;
        };
        for document in documents {
            let Some(claim) = schemas::schema_for(context, block, document) else { continue };
            for violation in claim.schema.validate(document, &claim.pointer) {
                if claim.guessed && violation.absent {
                    continue;
                }
                let finding =
                    Finding::new(context.path(), block.span(violation.span), violation.message)
                        .maybe_help(violation.help);
                // Where the place in the document is a guess, so is what is wrong.
                out.push(if claim.guessed { finding.severity(Severity::Warning) } else { finding });
            }
        }
    }
}

//! A bad example in which the rule that it names finds nothing.

use crate::diagnostic::{Finding, Severity};
use crate::markdown::info::BadMark;
use crate::rule::{Check, Diagnostic, PageContext, Rule};
use crate::rules::{self, RULES};
use crate::runner;
use crate::source::Span;
use crate::suggest::nearest;

/// The rule.
pub static RULE: Rule = Rule {
    name: "bad-example-passes",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/bad-example-passes.md"),
    check: Check::After(check),
};

fn check(context: &PageContext<'_>, found: &[Diagnostic], out: &mut Vec<Finding>) {
    for block in context.blocks {
        let Some(BadMark::Rules(rules)) = &block.code.info.bad else { continue };
        let start = block.code.info_span.start;
        let range = &block.code.info.bad_range;
        let span = Span::new(start + range.start, start + range.end);
        for rule in rules {
            let finding = if rules::find(rule).is_none() {
                let near = nearest(rule, RULES.iter().map(|known| known.name));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a rule, or write a reason of several words in quotes".to_owned(),
                };
                Finding::new(context.path(), span, format!("unknown rule `{rule}`")).help(help)
            } else if !runner::fires(block, rule, found) {
                let message = format!(
                    "this example is marked as bad, but `{rule}` finds nothing wrong with it"
                );
                let help = "if the example is right now, remove the mark; if no rule can find the mistake, give a reason in quotes";
                Finding::new(context.path(), span, message).help(help)
            } else {
                continue;
            };
            out.push(finding);
        }
    }
}

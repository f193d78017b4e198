//! A formula that cannot be set.

use crate::check::rule::{Check, PageContext, Rule};
use crate::diagnostic::{Finding, Severity};
use crate::lang::math::mathml;

/// The rule.
pub const RULE: Rule = Rule {
    name: "math-syntax",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/math-syntax.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    if !context.site.config.math {
        return;
    }
    let facts = context.facts();
    let lines = facts.formulas.iter().map(|one| (one.span, one.text.clone(), one.display));
    let blocks = facts.code.iter().filter(|code| code.info.language == "math");
    let blocks = blocks.map(|code| (code.span, code.text(context.text()), true));
    for (span, formula, display) in lines.chain(blocks) {
        if let Err(why) = mathml(&formula, display) {
            let message = format!("this formula cannot be shown: {why}");
            let help = "mend the LaTeX; for a dollar sign that is none, write `\\$`";
            out.push(Finding::new(context.path(), span, message).help(help));
        }
    }
}

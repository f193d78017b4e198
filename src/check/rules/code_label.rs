//! A code block under the label of another language.

use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::lang::Verdict;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "code-label",
    severity: Some(Severity::Warning),
    doc: include_str!("../../../content/manual/rules/code-label.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for block in context.blocks {
        let Some(judgement) = block.judgement() else { continue };
        let Verdict::Mislabelled(label) = judgement.verdict else { continue };
        let range = &block.code.info.language_range;
        let start = block.code.info_span.start;
        let span = Span::new(start + range.start, start + range.end);
        let written = &block.code.info.language;
        let message = format!("this block is labelled `{written}`, but it is {label}");
        let finding = Finding::new(context.path(), span, message)
            .help(format!("a {written} parser rejects it; label it `{label}`"));
        let edit = Edit { path: context.path().clone(), span, replacement: label.to_owned() };
        let title = format!("label it `{label}`");
        let fix = Fix { title, safety: Safety::Safe, edits: vec![edit] };
        let same = context.text().get(span.start..span.end) == Some(written);
        out.push(if same { finding.fix(fix) } else { finding });
    }
}

//! A code block that is not what its label says.

use crate::check::rule::{Check, PageContext, Rule};
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::lang::Verdict;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "code-syntax",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/code-syntax.md"),
    check: Check::Page(check),
};

/// More faults in one block than this are counted: nobody reads them one by one, and each costs a
/// walk over the block.
const MAX_FAULTS: usize = 50;

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    for block in context.blocks {
        let Some(judgement) = &block.judgement else { continue };
        match judgement.verdict {
            Verdict::Broken => {
                let faults = block.faults();
                for fault in faults.iter().take(MAX_FAULTS) {
                    let finding =
                        Finding::new(context.path(), block.span(fault.span), fault.message.clone());
                    out.push(finding.maybe_help(fault.help.clone()));
                }
                if let Some(next) = faults.get(MAX_FAULTS) {
                    let more = faults.len() - MAX_FAULTS;
                    let message = format!("{more} more faults in this block from here on");
                    out.push(Finding::new(context.path(), block.span(next.span), message));
                }
            }
            Verdict::Mislabelled(label) => {
                let range = &block.code.info.language_range;
                let start = block.code.info_span.start;
                let span = Span::new(start + range.start, start + range.end);
                let written = &block.code.info.language;
                let message = format!("this block is labelled `{written}`, and it is {label}");
                let edit =
                    Edit { path: context.path().clone(), span, replacement: label.to_owned() };
                let title = format!("label it `{label}`");
                let finding = Finding::new(context.path(), span, message)
                    .help(format!("a {written} parser refuses it; label it `{label}`"))
                    .severity(Severity::Warning);
                let same = context.text().get(span.start..span.end) == Some(written);
                let fix = Fix { title, safety: Safety::Safe, edits: vec![edit] };
                out.push(if same { finding.fix(fix) } else { finding });
            }
            _ => {}
        }
    }
}

//! A code block under the label of another language.

use crate::announced;
use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::lang::{self, Verdict};
use crate::markdown::facts::CodeBlock;
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
    for (number, block) in context.blocks.iter().enumerate() {
        if let Some(label) = lang::misspelt(&block.code.info.language) {
            out.push(misspelt(context, block.code, label));
        }
        let Some(judgement) = block.judgement() else { continue };
        let Verdict::Mislabelled(label) = judgement.verdict else { continue };
        if announced::is_wrong(context, number) {
            continue;
        }
        let span = label_of(block.code);
        let written = &block.code.info.language;
        let message = format!("this block is labelled `{written}`, but it is {label}");
        let finding = Finding::new(context.path(), span, message)
            .help(format!("a {written} parser rejects it; label it `{label}`"));
        out.push(fixed(context, finding, block.code, label));
    }
}

/// A label that no language has, but that is nearly one: the block is neither checked nor coloured.
fn misspelt(context: &PageContext<'_>, code: &CodeBlock, label: &str) -> Finding {
    let message = format!("no language is called `{}`", code.info.language);
    let finding = Finding::new(context.path(), label_of(code), message)
        .help(format!("did you mean `{label}`? Until then the block is not checked"));
    // With errors in it, the block would only have other findings.
    let language = lang::judged(label).filter(|_| code.closed && !code.info.unchecked);
    let verdict = language.map(|language| language.judge(&code.text(context.text())).verdict);
    match verdict {
        Some(Verdict::Broken | Verdict::Mislabelled(_)) => finding,
        _ => fixed(context, finding, code, label),
    }
}

fn label_of(code: &CodeBlock) -> Span {
    let (range, start) = (&code.info.language_range, code.info_span.start);
    Span::new(start + range.start, start + range.end)
}

/// The finding with a fix that writes another label, if the label stands there as it was read.
fn fixed(context: &PageContext<'_>, finding: Finding, code: &CodeBlock, label: &str) -> Finding {
    let span = label_of(code);
    if context.text().get(span.start..span.end) != Some(&code.info.language) {
        return finding;
    }
    let edit = Edit { path: context.path().clone(), span, replacement: label.to_owned() };
    let title = format!("label it `{label}`");
    finding.fix(Fix { title, safety: Safety::Safe, edits: vec![edit] })
}

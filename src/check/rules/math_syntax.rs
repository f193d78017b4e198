//! A formula that cannot be displayed.

use crate::diagnostic::{Finding, Severity};
use crate::lang::math::mathml;
use crate::lang::{Drawn, drawn};
use crate::markdown::outline::InlineKind;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
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
    let blocks =
        facts.code.iter().filter(|code| drawn(&code.info.language) == Some(Drawn::Formula));
    let blocks = blocks.map(|code| (code.span, code.text(context.text()), true));
    for (span, formula, display) in lines.chain(blocks) {
        if let Err(why) = mathml(&formula, display) {
            let message = format!("this formula cannot be shown: {why}");
            let help = "fix the LaTeX; for a literal dollar sign, write `\\$`";
            out.push(Finding::new(context.path(), span, message).help(help));
        }
    }
    for span in unread(context) {
        let message = "this looks like a formula but is shown as text";
        let help = "a formula must end in its paragraph, with all braces closed";
        out.push(Finding::new(context.path(), span, message).help(help));
    }
}

/// Dollar signs before a LaTeX command in plain text, which was not recognised as a formula.
fn unread(context: &PageContext<'_>) -> Vec<Span> {
    let source = context.text();
    let bytes = source.as_bytes();
    let begins = |at: usize| {
        bytes.get(at) == Some(&b'\\') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
    };
    let mut found: Vec<Span> = Vec::new();
    let texts = context.outline.inlines.iter().filter(|one| one.kind == InlineKind::Text);
    for Span { start, end } in texts.map(|one| one.span) {
        for at in (start..end).filter(|at| bytes[*at] == b'$' && begins(at + 1)) {
            let escaped = at > 0 && bytes[at - 1] == b'\\';
            let seen = found.last().is_some_and(|last| at < last.end);
            if !escaped && !seen {
                let line = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |len| at + len);
                found.push(Span::new(at, line));
            }
        }
    }
    found
}

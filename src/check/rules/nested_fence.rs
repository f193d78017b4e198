//! A fence that contains fences and is not longer than they are.

use crate::diagnostic::{Edit, Finding, Fix, Safety, Severity};
use crate::fences::{self, Nested};
use crate::markdown::facts::CodeBlock;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "nested-fence",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/nested-fence.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let (facts, text) = (context.facts(), context.text());
    for nested in fences::nested(facts, text) {
        let (outer, tail) = (&facts.code[nested.outer], &facts.code[nested.tail]);
        let message = "this code block ends where a block inside it ends";
        let finding = Finding::new(context.path(), fences::opening(outer, text), message)
            .help("make the outer fence one character longer than the inner ones")
            .related(context.path(), nested.inner, "the block inside it begins here")
            .related(
                context.path(),
                fences::opening(tail, text),
                "this line was meant to close the outer block, but opens another",
            );
        out.push(match fix(context, &nested) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// Makes the outer fence one character longer, if both of its lines are certain: there is no other
/// fence between them than the one inside.
fn fix(context: &PageContext<'_>, nested: &Nested) -> Option<Fix> {
    let (facts, text) = (context.facts(), context.text());
    if nested.tail != nested.outer + 1 {
        return None;
    }
    let longer = |code: &CodeBlock| {
        let start = code.span.start;
        let mark = text[start..].chars().next()?;
        let edit = Edit {
            path: context.path().clone(),
            span: Span::new(start, start),
            replacement: mark.to_string(),
        };
        Some(edit)
    };
    let edits = vec![longer(&facts.code[nested.outer])?, longer(&facts.code[nested.tail])?];
    Some(Fix { title: "lengthen the outer fence".to_owned(), safety: Safety::Unsafe, edits })
}

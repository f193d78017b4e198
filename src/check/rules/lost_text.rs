//! Text that was written for readers and that the page does not show.

use crate::account::{self, Lost, Place};
use crate::diagnostic::{Finding, Severity};
use crate::rule::{Check, PageContext, Rule};
use crate::text::short;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lost-text",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/lost-text.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let text = context.text();
    for Lost { span, place } in account::lost(text, context.facts(), context.outline) {
        let words = short(&text[span.start..span.end]);
        let (why, help) = match place {
            // A `|` inside code is reported by `unclosed-inline`, where the code begins.
            Place::Row(row) if in_code(&text[row.start..span.start]) => continue,
            Place::Row(_) => (
                "this row has more cells than the header",
                "add a column to the header, or write a `|` that belongs to the text as `\\|`",
            ),
            Place::Admonition => ("a title needs quotes, words are classes", "write it in quotes"),
            Place::Other => (
                "Markdown reads it as a part of the markup around it",
                "look for marks in or before it that were not meant, and escape them",
            ),
        };
        let message = format!("`{words}` is not shown: {why}");
        out.push(Finding::new(context.path(), span, message).help(help));
    }
}

/// Whether code is open at the end of a text.
fn in_code(text: &str) -> bool {
    text.matches('`').count() % 2 == 1
}

//! Text that was written for readers and that the page does not show.

use crate::account::{self, Lost, Place};
use crate::diagnostic::{Finding, Severity};
use crate::markdown::Containers;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
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
    let indented = context.site.config.dialect().containers == Containers::Indented;
    for Lost { span, place } in account::lost(text, context.facts(), context.outline) {
        let words = short(&text[span.start..span.end]);
        let (why, help) = match place {
            // A `|` inside code is reported by `unclosed-inline`, where the code begins.
            Place::Row(row) if in_code(&text[row.start..span.start]) => continue,
            // Python-Markdown does not end a cell inside a code span.
            Place::Row(row) if indented && bar_in_code(text, row, span.start) => continue,
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

/// Whether the last bar before a place in a row stands in a code span.
fn bar_in_code(text: &str, row: Span, at: usize) -> bool {
    let before = text[row.start..at].rfind('|');
    before.is_some_and(|bar| is_in_code(&text[row.start..row.end], bar))
}

/// Whether a place in a row is inside a code span, bars or not.
fn is_in_code(row: &str, at: usize) -> bool {
    let mut done = 0;
    while let Some(len) = row[done..].find('`').filter(|len| done + len < at) {
        let start = done + len;
        let marks = row[start..].bytes().take_while(|byte| *byte == b'`').count();
        let Some(end) = end_of_code(&row[start + marks..], marks) else { return false };
        done = start + marks + end;
        if at < done {
            return true;
        }
    }
    false
}

/// The end of the code span that a run of backticks before `text` begins.
fn end_of_code(text: &str, marks: usize) -> Option<usize> {
    let mut done = 0;
    while let Some(len) = text[done..].find('`') {
        let start = done + len;
        let run = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        done = start + run;
        if run == marks {
            return Some(done);
        }
    }
    None
}

/// Whether code is open at the end of a text.
fn in_code(text: &str) -> bool {
    text.matches('`').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::is_in_code;

    #[test]
    fn bars_in_code() {
        for (row, inside) in [
            ("| a | `b¦c` |", true),
            ("| a | ```b(`c`, `(d¦e)`)``` |", true),
            ("| a | ``b`c¦d`` |", true),
            ("| a | `b` ¦ `c` |", false),
            ("| a | `b ¦ c |", false),
            ("| a | b¦c |", false),
        ] {
            let at = row.find('¦').unwrap();
            assert_eq!(is_in_code(row, at), inside, "{row}");
        }
    }
}

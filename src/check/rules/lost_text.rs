//! Text that was written for readers and that the page does not show.

use crate::diagnostic::{Finding, Severity};
use crate::markdown::outline::BlockKind;
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
    let blocks = &context.outline.blocks;
    for (at, row) in blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Row) {
        let cells = blocks[at + 1..].iter().take_while(|block| row.span.contains(block.span));
        let last = cells.filter(|block| block.kind == BlockKind::Cell).last();
        let Some(lost) = last.and_then(|last| surplus(context.text(), row.span, last.span)) else {
            continue;
        };
        let text = short(&context.text()[lost.start..lost.end]);
        let message = format!("`{text}` is not shown: this row has more cells than the header");
        let help = "add a column to the header, or write a `|` that belongs to the text as `\\|`";
        out.push(Finding::new(context.path(), lost, message).help(help));
    }
}

/// The text of a row after its last cell.
fn surplus(text: &str, row: Span, last: Span) -> Option<Span> {
    // What stands before the first bar belongs to the last cell, such as a comment.
    let (_, rest) = text.get(last.end..row.end)?.split_once('|')?;
    let cells = rest.trim_matches(|c: char| c == '|' || c.is_whitespace());
    let comment = cells.starts_with("<!--") && cells.ends_with("-->");
    // A `|` inside code is reported by `unclosed-inline`, where the code begins.
    let in_code = text[row.start..last.end].matches('`').count() % 2 == 1;
    if cells.is_empty() || comment || in_code {
        return None;
    }
    let start = row.end - rest.len() + rest.find(cells)?;
    Some(Span::new(start, start + cells.len()))
}

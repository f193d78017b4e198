//! Text that was written for readers and that the page does not show.

use crate::diagnostic::{Finding, Severity};
use crate::markdown::Containers;
use crate::markdown::outline::BlockKind;
use crate::rule::{Check, PageContext, Rule};
use crate::source::{Span, line_start};
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
    if context.site.config.dialect().containers == Containers::Indented {
        bare_titles(context, out);
    }
}

/// Titles of admonitions that are not in quotes.
fn bare_titles(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    let (text, code) = (context.text(), &context.facts().code);
    for mark in ["!!! ", "??? ", "???+ "] {
        for at in memchr::memmem::find_iter(text.as_bytes(), mark.as_bytes()) {
            let behind = code.partition_point(|block| block.span.start <= at);
            let in_code = behind.checked_sub(1).is_some_and(|last| at < code[last].span.end);
            if in_code || !text[line_start(text, at)..at].trim().is_empty() {
                continue;
            }
            let Some(lost) = bare_title(text, at + mark.len()) else { continue };
            let title = short(&text[lost.start..lost.end]);
            let message =
                format!("`{title}` is not shown: a title needs quotes, words are classes");
            out.push(Finding::new(context.path(), lost, message).help("write it in quotes"));
        }
    }
}

/// Several words behind the kind of an admonition, `!!! note About this`, the first of which is no
/// class. Python-Markdown shows them only in quotes.
fn bare_title(text: &str, from: usize) -> Option<Span> {
    let line = text[from..].lines().next()?.trim();
    let rest = line.split_once(' ')?.1.trim_start();
    let is_class = |c: char| c.is_alphanumeric() || "-_ ".contains(c);
    let titled = rest.starts_with(char::is_uppercase) && rest.contains(' ');
    let from = rest.as_ptr() as usize - text.as_ptr() as usize;
    (titled && rest.chars().all(is_class)).then(|| Span::new(from, from + rest.len()))
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

//! A table that is cut off.

use crate::diagnostic::{Finding, Severity};
use crate::markdown::outline::{Block, BlockKind};
use crate::prose;
use crate::prose::Leaf;
use crate::rule::{Check, PageContext, Rule};
use crate::source::Span;
use crate::texts::Texts;

/// The rule.
pub static RULE: Rule = Rule {
    name: "truncated-table",
    severity: Some(Severity::Error),
    doc: include_str!("../../../content/manual/rules/truncated-table.md"),
    check: Check::Page(check),
};

fn check(context: &PageContext<'_>, out: &mut Vec<Finding>) {
    if memchr::memchr(b'|', context.text().as_bytes()).is_none() {
        return;
    }
    let blocks = &context.outline.blocks;
    for (number, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Table => table(context, number, out),
            BlockKind::Paragraph => {
                let Some(leaf) = prose::leaf(context.outline, number) else { continue };
                paragraph(context, &leaf, out);
            }
            _ => {}
        }
    }
}

/// Checks the rows of a table.
fn table(context: &PageContext<'_>, number: usize, out: &mut Vec<Finding>) {
    let source = context.text();
    let rows: Vec<&Block> = context.outline.blocks[number + 1..]
        .iter()
        .take_while(|block| matches!(block.kind, BlockKind::Row | BlockKind::Cell))
        .filter(|block| block.kind == BlockKind::Row && block.parent == Some(number))
        .collect();
    let text = |row: &Block| source[row.span.start..row.span.end].trim();
    let [head, others @ ..] = rows.as_slice() else { return };
    if others.is_empty() {
        return rowless(context, number, text(head), out);
    }
    let width = cells(text(head));
    let page_end = source.trim_end().len();
    let open = rows.iter().filter(|row| !text(row).ends_with('|')).count();
    let narrow = rows.iter().filter(|row| cells(text(row)) < width).count();
    for (at, row) in others.iter().enumerate() {
        let text = text(row);
        let last = at + 1 == others.len();
        let ends_page = last && row.span.end >= page_end;
        let few = cells(text) < width;
        let alone = open == 1 && !text.ends_with('|');
        let torn = few || ends_page || is_torn(context, text);
        let (message, severity) = if alone && torn && text.starts_with('|') {
            let severity = if few || ends_page { Severity::Error } else { Severity::Warning };
            let which = if last { "the last row of this table" } else { "this row of a table" };
            (format!("{which} does not end like the others"), severity)
        } else if few && ends_page && narrow == 1 && rows.len() > 2 {
            let message =
                format!("the last row of this table has {} of {width} cells", cells(text));
            (message, Severity::Warning)
        } else {
            continue;
        };
        let help = "complete the row, and end it with `|`";
        let span = Span::new(row.span.start, row.span.start + text.len()).clamped(source);
        out.push(Finding::new(context.path(), span, message).help(help).severity(severity));
    }
}

/// Whether a row without `|` at its end stops inside its last cell, and is not merely written so.
fn is_torn(context: &PageContext<'_>, row: &str) -> bool {
    let cell = row.rsplit('|').next().unwrap_or(row);
    let code = memchr::memchr_iter(b'`', cell.as_bytes()).count();
    code % 2 == 1 || cell.trim().is_empty() || Texts::words(context).are_odd_after(row)
}

/// Checks a table that has a header and no rows, at the end of the page.
fn rowless(context: &PageContext<'_>, number: usize, head: &str, out: &mut Vec<Finding>) {
    let source = context.text();
    let span = context.outline.blocks[number].span;
    let text = source[span.start..span.end].trim_end();
    if span.end < source.trim_end().len() {
        return;
    }
    let even = text.ends_with('|') || !head.ends_with('|');
    let severity = if even { Severity::Warning } else { Severity::Error };
    let span = Span::new(span.start, span.start + text.len()).clamped(source);
    let finding = Finding::new(context.path(), span, "the page ends with a table that has no rows");
    out.push(finding.help("add the rows").severity(severity));
}

/// Checks for a paragraph that should be a table, but lacks part of its header.
fn paragraph(context: &PageContext<'_>, leaf: &Leaf<'_, '_>, out: &mut Vec<Finding>) {
    let source = context.text();
    let text = &source[leaf.span.start..leaf.span.end];
    if memchr::memchr(b'|', text.as_bytes()).is_none() {
        return;
    }
    let mut lines = text.lines();
    let (Some(first), second) = (lines.next(), lines.next().map(str::trim)) else { return };
    let first = first.trim();
    let span = Span::new(leaf.span.start, leaf.span.start + first.len()).clamped(source);
    if let Some(second) = second.filter(|line| is_delimiter(line)) {
        let (head, marks) = (cells(first), cells(second));
        if head > 1 && head != marks {
            let message = format!(
                "this table is shown as text: its header has {head} cells, but the line below it has {marks}"
            );
            let help = "put one `---` per cell in the line below the header";
            out.push(Finding::new(context.path(), span, message).help(help));
        }
        return;
    }
    let ends_page = leaf.span.end >= source.trim_end().len();
    let begun = second.is_none_or(|line| line.bytes().all(|byte| b"|-: ".contains(&byte)));
    let two = first.starts_with('|') && first.len() > 2;
    if ends_page && begun && two && text.lines().count() <= 2 {
        let message = "this table ends after its header, and is shown as text";
        let help = "add the line below the header, and the rows";
        out.push(Finding::new(context.path(), span, message).help(help));
    }
}

/// The number of cells of a row.
fn cells(row: &str) -> usize {
    let (bare, row) = (!row.starts_with('|'), row.strip_prefix('|').unwrap_or(row));
    let bytes = row.as_bytes();
    let bars =
        memchr::memchr_iter(b'|', bytes).filter(|at| *at == 0 || bytes[at - 1] != b'\\').count();
    // Without `|` at its beginning, a row has none at its end either.
    let ended = row.ends_with('|') && !row.ends_with("\\|") && !bare;
    (bars + 1).saturating_sub(usize::from(ended))
}

/// Whether a line is the one between the header of a table and its rows.
fn is_delimiter(line: &str) -> bool {
    line.contains("--") && line.contains('|') && line.bytes().all(|byte| b"|-: \t".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted() {
        for (row, expected) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a \\| b |", 1),
            ("| a | b", 2),
            ("|", 1),
            ("| a", 1),
        ] {
            assert_eq!(cells(row), expected, "{row}");
        }
    }
}

//! A summary in Markdown, for a comment on a pull request.

use std::io::{self, Write};

use crate::check::rule::Diagnostic;
use crate::diagnostic::Severity;
use crate::report::place::{from_top, one_line, range};
use crate::report::{Report, Settings};

/// The most rows of the table. GitHub rejects comments that are too long.
const MAX_ROWS: usize = 100;
/// The longest message, in characters; longer ones are cut.
const MAX_MESSAGE: usize = 200;

/// Writes the counts and a table of findings.
pub fn write(report: &Report<'_>, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let summary = report.summary();
    let shown: Vec<&Diagnostic> = report
        .diagnostics
        .iter()
        .filter(|one| one.severity != Severity::Note || settings.notes)
        .collect();
    writeln!(out, "## docgen check\n")?;
    let pages = report.coverage.pages;
    if shown.is_empty() {
        return writeln!(out, "Nothing is wrong on {pages} pages.");
    }
    writeln!(
        out,
        "**{}**, {} on {pages} pages.\n",
        counted(summary.errors, "error"),
        counted(summary.warnings, "warning")
    )?;
    writeln!(out, "| | Place | Finding | Rule |\n| --- | --- | --- | --- |")?;
    for one in shown.iter().take(MAX_ROWS) {
        let finding = &one.finding;
        let at = range(&finding.path, finding.span, report.sources);
        let mark = match one.severity {
            Severity::Error => "\u{274c}",
            Severity::Warning => "\u{26a0}\u{fe0f}",
            Severity::Note => "\u{2139}\u{fe0f}",
        };
        let place = format!("{}:{}", from_top(&settings.prefix, &finding.path), at.line);
        writeln!(
            out,
            "| {mark} | {} | {} | `{}` |",
            code(&place),
            cell(&finding.message),
            one.rule.name
        )?;
    }
    let more = shown.len().saturating_sub(MAX_ROWS);
    if more > 0 {
        writeln!(out, "\nAnd {more} more, which `docgen check` shows.")?;
    }
    Ok(())
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A table cell: code in the message stays code, and nothing else is markup or ends the cell.
fn cell(text: &str) -> String {
    let text = one_line(text);
    let cut: String = text.chars().take(MAX_MESSAGE).collect();
    let more = if cut.len() < text.len() { "\u{2026}" } else { "" };
    let parts: Vec<&str> = cut.split('`').collect();
    let paired = parts.len() % 2 == 1;
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        match at % 2 {
            1 if paired => out.push_str(&code(part)),
            _ => out.push_str(&plain(part)),
        }
    }
    out + more
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            // An `@name` would notify that user.
            '@' => out.push_str("&#64;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// A code span in a cell.
fn code(text: &str) -> String {
    let text = one_line(text).replace('|', "\\|");
    match text.contains('`') {
        true => format!("`` {text} ``"),
        false if text.is_empty() => String::new(),
        false => format!("`{text}`"),
    }
}

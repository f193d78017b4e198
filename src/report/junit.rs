//! JUnit XML: a suite for each page with findings, and one for all pages without.

use std::io::{self, Write};

use crate::check::rule::Diagnostic;
use crate::diagnostic::Severity;
use crate::report::place::range;
use crate::report::{Report, Settings};

/// Writes the suites. Notes are not failures, and are included only on request.
pub fn write(report: &Report<'_>, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let shown: Vec<&Diagnostic> = report
        .diagnostics
        .iter()
        .filter(|one| one.severity != Severity::Note || settings.notes)
        .collect();
    // Findings are sorted by page.
    let suites: Vec<&[&Diagnostic]> =
        shown.chunk_by(|a, b| a.finding.path == b.finding.path).collect();
    let clean = report.coverage.pages.saturating_sub(suites.len());
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let tests = shown.len() + usize::from(clean > 0);
    writeln!(
        out,
        "<testsuites name=\"docgen\" tests=\"{tests}\" failures=\"{}\" errors=\"0\">",
        shown.len()
    )?;
    for suite in suites {
        let name = escaped(suite[0].finding.path.as_str());
        let count = suite.len();
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">"
        )?;
        for one in suite {
            case(report, one, &name, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    if clean > 0 {
        writeln!(
            out,
            "  <testsuite name=\"pages without findings\" tests=\"1\" failures=\"0\" errors=\"0\">\n    \
             <testcase name=\"{clean} pages\" classname=\"docgen\"/>\n  </testsuite>"
        )?;
    }
    writeln!(out, "</testsuites>")
}

fn case(report: &Report<'_>, one: &Diagnostic, page: &str, out: &mut dyn Write) -> io::Result<()> {
    let finding = &one.finding;
    let at = range(&finding.path, finding.span, report.sources);
    let message = escaped(&finding.message);
    writeln!(
        out,
        "    <testcase name=\"{} at {}:{}\" classname=\"{page}\">",
        one.rule.name, at.line, at.column
    )?;
    write!(
        out,
        "      <failure message=\"{message}\" type=\"{}\">{page}:{}:{}: {message}",
        one.severity.name(),
        at.line,
        at.column
    )?;
    if let Some(help) = &finding.help {
        write!(out, "\nhelp: {}", escaped(help))?;
    }
    writeln!(out, "</failure>\n    </testcase>")
}

/// Escapes text for XML; characters that are invalid in XML become `\u{fffd}`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

//! GitHub Actions annotations: workflow commands in the log, which GitHub shows next to the changed
//! lines.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::report::place::{from_top, range};
use crate::report::{Report, Settings};

/// Writes one command for each finding.
pub fn write(report: &Report<'_>, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    for one in &report.diagnostics {
        let command = match one.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note if settings.notes => "notice",
            Severity::Note => continue,
        };
        let finding = &one.finding;
        let at = range(&finding.path, finding.span, report.sources);
        let help = finding.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
        write!(
            out,
            "::{command} file={},line={},endLine={}",
            property(&from_top(&settings.prefix, &finding.path)),
            at.line,
            at.end_line
        )?;
        // GitHub accepts columns only for findings within one line.
        if at.line == at.end_line {
            write!(out, ",col={},endColumn={}", at.column, at.end_column)?;
        }
        let message = data(&format!("{}{help}", finding.message));
        writeln!(out, ",title={}::{message}", property(&format!("docgen {}", one.rule.name)))?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

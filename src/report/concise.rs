//! One line per finding, in the style of compilers.

use std::io::{self, Write};

use crate::diagnostic::Severity;
use crate::report::place::{one_line, range};
use crate::report::{Report, Settings};

/// Writes `path:line:column: severity[rule]: message`, and nothing else.
pub fn write(report: &Report<'_>, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    for one in &report.diagnostics {
        if one.severity == Severity::Note && !settings.notes {
            continue;
        }
        let finding = &one.finding;
        let at = range(&finding.path, finding.span, report.sources);
        writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            one_line(finding.path.as_str()),
            at.line,
            at.column,
            one.severity.name(),
            one.rule.name,
            one_line(&finding.message)
        )?;
    }
    Ok(())
}

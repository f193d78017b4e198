//! GitLab Code Quality reports.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::check::fingerprint;
use crate::diagnostic::Severity;
use crate::report::place::{from_top, one_line, range};
use crate::report::{Report, Settings};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes one issue for each finding.
pub fn write(report: &Report<'_>, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    // GitLab requires unique fingerprints, so repeated ones are numbered.
    let mut seen: HashMap<(u64, &str), usize> = HashMap::new();
    let mut issues = Vec::with_capacity(report.diagnostics.len());
    for one in &report.diagnostics {
        let finding = &one.finding;
        let print = fingerprint::of(one, (report.sources)(&finding.path));
        let count = seen.entry((print, finding.path.as_str())).or_default();
        *count += 1;
        let at = range(&finding.path, finding.span, report.sources);
        issues.push(Issue {
            description: one_line(&finding.message),
            check_name: one.rule.name,
            fingerprint: format!("{print:016x}-{}-{count}", finding.path),
            severity: match one.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            location: Location {
                path: from_top(&settings.prefix, &finding.path),
                lines: Lines { begin: at.line, end: at.end_line },
            },
        });
    }
    serde_json::to_writer(&mut *out, &issues)?;
    out.write_all(b"\n")
}

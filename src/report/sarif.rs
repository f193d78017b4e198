//! SARIF 2.1.0, for GitHub code scanning and many viewers.

use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::check::fingerprint;
use crate::check::rule::{Diagnostic, Rule};
use crate::check::rules::RULES;
use crate::diagnostic::{Fix, Severity};
use crate::report::place::{from_top, range};
use crate::report::{Report, Settings};
use crate::source::{Span, VPath};

/// Characters that need not be encoded in the path of a URI.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Writes one run.
pub fn write(report: &Report<'_>, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let maker = Maker { report, settings };
    let results: Vec<Value> = report.diagnostics.iter().map(|one| maker.result(one)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "docgen",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().copied().map(rule).collect::<Vec<_>>(),
            }},
            // The consumer knows the base of relative paths.
            "originalUriBaseIds": { "ROOT": {
                "description": { "text": "the top of the repository" },
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary() },
        "help": { "text": rule.doc, "markdown": rule.doc },
        "defaultConfiguration": {
            "enabled": rule.severity.is_some(),
            "level": rule.severity.map_or("none", level),
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

struct Maker<'a, 'r> {
    report: &'a Report<'r>,
    settings: &'a Settings,
}

impl Maker<'_, '_> {
    fn result(&self, one: &Diagnostic) -> Value {
        let finding = &one.finding;
        let text = match &finding.help {
            Some(help) => format!("{}\n{help}", finding.message),
            None => finding.message.clone(),
        };
        let print = fingerprint::of(one, (self.report.sources)(&finding.path));
        let mut result = json!({
            "ruleId": one.rule.name,
            "level": level(one.severity),
            "message": { "text": text },
            "locations": [self.location(&finding.path, finding.span, None)],
            "partialFingerprints": { "docgen/v1": format!("{print:016x}") },
        });
        if let Some(index) = RULES.iter().position(|rule| *rule == one.rule) {
            result["ruleIndex"] = json!(index);
        }
        if !finding.related.is_empty() {
            let related = finding.related.iter();
            let related = related.map(|one| self.location(&one.path, one.span, Some(&one.message)));
            result["relatedLocations"] = related.collect();
        }
        if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
            result["fixes"] = json!([self.fix(fix)]);
        }
        result
    }

    fn artifact(&self, path: &VPath) -> Value {
        let path = from_top(&self.settings.prefix, path);
        json!({ "uri": utf8_percent_encode(&path, PATH).to_string(), "uriBaseId": "ROOT" })
    }

    fn region(&self, path: &VPath, span: Span) -> Value {
        let at = range(path, span, self.report.sources);
        json!({
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        })
    }

    fn location(&self, path: &VPath, span: Span, message: Option<&str>) -> Value {
        let mut location =
            json!({ "physicalLocation": { "artifactLocation": self.artifact(path) } });
        // A deleted file has no region.
        if (self.report.sources)(path).is_some() {
            location["physicalLocation"]["region"] = self.region(path, span);
        }
        if let Some(message) = message {
            location["message"] = json!({ "text": message });
        }
        location
    }

    fn fix(&self, fix: &Fix) -> Value {
        let mut paths: Vec<&VPath> = fix.edits.iter().map(|edit| &edit.path).collect();
        paths.dedup();
        let changes = paths.into_iter().map(|path| {
            let edits = fix.edits.iter().filter(|edit| edit.path == *path);
            let replacements = edits.map(|edit| {
                json!({
                    "deletedRegion": self.region(path, edit.span),
                    "insertedContent": { "text": edit.replacement },
                })
            });
            json!({
                "artifactLocation": self.artifact(path),
                "replacements": replacements.collect::<Vec<_>>(),
            })
        });
        json!({
            "description": { "text": fix.title },
            "artifactChanges": changes.collect::<Vec<_>>(),
        })
    }
}

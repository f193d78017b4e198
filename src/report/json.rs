//! JSON for other programs. The format is stable, and described by
//! `content/manual/check-output.schema.json`.
//!
//! The structs here mirror those of the report, so that renaming a field there does not change the
//! output. They are made one at a time while writing, to save memory.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::check::rule::Diagnostic;
use crate::coverage::Coverage;
use crate::diagnostic::Safety;
use crate::report::{Report, Sources};
use crate::source::{Span, VPath};

/// Writes the report as one JSON object on one line.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let summary = report.summary();
    let twin = JsonReport {
        version: 1,
        coverage: JsonCoverage::from(&report.coverage),
        summary: JsonSummary {
            error: summary.errors,
            warning: summary.warnings,
            note: summary.notes,
        },
        diagnostics: JsonDiagnostics(report),
    };
    serde_json::to_writer(&mut *out, &twin)?;
    out.write_all(b"\n")
}

/// Writes only the findings, one object per line, for programs that read a stream.
pub fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        serde_json::to_writer(&mut *out, &twin(diagnostic, report.sources))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct JsonReport<'a, 's> {
    version: u32,
    coverage: JsonCoverage<'a>,
    summary: JsonSummary,
    diagnostics: JsonDiagnostics<'a, 's>,
}

#[derive(Serialize)]
struct JsonSummary {
    error: usize,
    warning: usize,
    note: usize,
}

#[derive(Serialize)]
struct JsonCoverage<'a> {
    flavour: &'a str,
    flavour_reason: &'a str,
    pages: usize,
    assets: usize,
    links: usize,
    links_external: usize,
    links_not_checked: &'a BTreeMap<String, usize>,
    anchors: usize,
    code_blocks: usize,
    code_blocks_checked: usize,
    languages: BTreeMap<&'a str, JsonLanguage<'a>>,
    accepted: JsonAccepted,
    bad_asserted: usize,
    bad_stated: usize,
    config_blocks: usize,
    config_blocks_not_checked: &'a BTreeMap<String, usize>,
    commands: usize,
    suppressed: usize,
    accepted_before: usize,
    untranslated_patterns: usize,
}

#[derive(Serialize)]
struct JsonLanguage<'a> {
    blocks: usize,
    checked: usize,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonAccepted {
    fragments: usize,
    elisions: usize,
    several: usize,
}

impl<'a> From<&'a Coverage> for JsonCoverage<'a> {
    fn from(coverage: &'a Coverage) -> Self {
        let languages = coverage.languages.iter().map(|(name, language)| {
            let reason = language.reason.as_deref();
            let (blocks, checked) = (language.blocks, language.checked);
            (name.as_str(), JsonLanguage { blocks, checked, reason })
        });
        Self {
            flavour: &coverage.flavour,
            flavour_reason: &coverage.flavour_reason,
            pages: coverage.pages,
            assets: coverage.assets,
            links: coverage.links,
            links_external: coverage.links_external,
            links_not_checked: &coverage.links_not_checked,
            anchors: coverage.anchors,
            code_blocks: coverage.code_blocks,
            code_blocks_checked: coverage.code_blocks_checked,
            languages: languages.collect(),
            accepted: JsonAccepted {
                fragments: coverage.accepted.fragments,
                elisions: coverage.accepted.elisions,
                several: coverage.accepted.several,
            },
            bad_asserted: coverage.bad_asserted,
            bad_stated: coverage.bad_stated,
            config_blocks: coverage.config_blocks,
            config_blocks_not_checked: &coverage.config_blocks_not_checked,
            commands: coverage.commands,
            suppressed: coverage.suppressed,
            accepted_before: coverage.accepted_before,
            untranslated_patterns: coverage.untranslated_patterns,
        }
    }
}

/// The list of findings, serialized lazily.
struct JsonDiagnostics<'a, 's>(&'a Report<'s>);

impl Serialize for JsonDiagnostics<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sources = self.0.sources;
        let twins = self.0.diagnostics.iter().map(|diagnostic| twin(diagnostic, sources));
        serializer.collect_seq(twins)
    }
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    rule: &'a str,
    severity: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<JsonRelated<'a>>,
    fix: Option<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    path: &'a str,
    start: JsonPosition,
    end: JsonPosition,
}

#[derive(Serialize)]
struct JsonPosition {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    safety: &'a str,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    replacement: &'a str,
}

fn twin<'a>(diagnostic: &'a Diagnostic, sources: &Sources<'_>) -> JsonDiagnostic<'a> {
    let finding = &diagnostic.finding;
    let related = finding.related.iter().map(|related| JsonRelated {
        place: place(&related.path, related.span, sources),
        message: &related.message,
    });
    let fix = finding.fix.as_ref().map(|fix| {
        let edits = fix.edits.iter().map(|edit| JsonEdit {
            place: place(&edit.path, edit.span, sources),
            replacement: &edit.replacement,
        });
        let safety = match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        };
        JsonFix { title: &fix.title, safety, edits: edits.collect() }
    });
    JsonDiagnostic {
        rule: diagnostic.rule.name,
        severity: diagnostic.severity.name(),
        place: place(&finding.path, finding.span, sources),
        message: &finding.message,
        help: finding.help.as_deref(),
        related: related.collect(),
        fix,
    }
}

/// Positions are computed from the text. Without one (for a missing file), every position is the
/// start of the file.
fn place<'a>(path: &'a VPath, span: Span, sources: &Sources<'_>) -> JsonPlace<'a> {
    let position = |source: &crate::source::Source, offset| {
        let position = source.position(offset);
        JsonPosition { line: position.line, column: position.column, offset: position.offset }
    };
    let beginning = || JsonPosition { line: 1, column: 1, offset: 0 };
    let (start, end) = match sources(path) {
        Some(source) => {
            let span = span.clamped(&source.text);
            (position(source, span.start), position(source, span.end))
        }
        None => (beginning(), beginning()),
    };
    JsonPlace { path: path.as_str(), start, end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::{broken_link, missing_asset};
    use crate::data::json::{Dialect, document};
    use crate::diagnostic::{Finding, Severity};
    use crate::report::samples::{any_finding, edit, error, hard_text, path, span, tree};
    use crate::truth::schema::Schema;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const SCHEMA: &str = include_str!("../../content/manual/check-output.schema.json");

    fn written(files: &[(&str, &str)], coverage: Coverage, diagnostics: Vec<Diagnostic>) -> String {
        let tree = tree(files);
        let sources = |path: &VPath| tree.get(path);
        let mut out = Vec::new();
        write(&Report { diagnostics, coverage, sources: &sources }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn full() -> String {
        let text = "é\nä [x](y.md)\n";
        let there = Finding::new(&path("a.md"), span(text, "y.md"), "no page `y.md`")
            .help("remove the link")
            .related(&path("gone.md"), Span::new(4, 7), "expected here")
            .fix(edit("a.md", span(text, "y.md"), "z.md"));
        let mut bare =
            error(&missing_asset::RULE, Finding::new(&path("gone.md"), Span::new(3, 9), "missing"));
        bare.severity = Severity::Note;
        let mut coverage = Coverage { pages: 2, links: 3, anchors: 4, ..Coverage::default() };
        coverage.block_checked("json");
        coverage.block_not_checked("text", Some("prose"));
        coverage.link_not_checked("external");
        written(&[("a.md", text)], coverage, vec![error(&broken_link::RULE, there), bare])
    }

    #[test]
    fn the_form_is_exactly_this() {
        let diagnostics = concat!(
            r#""summary":{"error":1,"warning":0,"note":1},"diagnostics":["#,
            r#"{"rule":"broken-link","severity":"error","path":"a.md","#,
            r#""start":{"line":2,"column":7,"offset":10},"end":{"line":2,"column":11,"offset":14},"#,
            r#""message":"no page `y.md`","help":"remove the link","related":[{"path":"gone.md","#,
            r#""start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":1,"offset":0},"#,
            r#""message":"expected here"}],"fix":{"title":"fix it","safety":"safe","edits":["#,
            r#"{"path":"a.md","start":{"line":2,"column":7,"offset":10},"#,
            r#""end":{"line":2,"column":11,"offset":14},"replacement":"z.md"}]}},"#,
            r#"{"rule":"missing-asset","severity":"note","path":"gone.md","#,
            r#""start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":1,"offset":0},"#,
            r#""message":"missing","help":null,"related":[],"fix":null}]}"#,
            "\n"
        );
        let coverage = concat!(
            r#"{"version":1,"coverage":{"flavour":"","flavour_reason":"","#,
            r#""pages":2,"assets":0,"links":3,"links_external":0,"#,
            r#""links_not_checked":{"external":1},"anchors":4,"code_blocks":2,"#,
            r#""code_blocks_checked":1,"languages":{"json":{"blocks":1,"checked":1,"reason":null},"#,
            r#""text":{"blocks":1,"checked":0,"reason":"prose"}},"#,
            r#""accepted":{"fragments":0,"elisions":0,"several":0},"bad_asserted":0,"#,
            r#""bad_stated":0,"config_blocks":0,"config_blocks_not_checked":{},"commands":0,"suppressed":0,"accepted_before":0,"untranslated_patterns":0},"#,
        );
        assert_eq!(full(), format!("{coverage}{diagnostics}"));
    }

    /// The published schema allows additional members, so that adding one breaks no user. The tests
    /// forbid them, so that none is added without a description.
    fn close(schema: &mut Value) {
        if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
            schema["additionalProperties"] = json!(false);
        }
        match schema {
            Value::Object(members) => members.values_mut().for_each(close),
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }

    fn schema() -> Schema {
        let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
        close(&mut schema);
        Schema::load("output", &schema.to_string()).unwrap()
    }

    fn errors(schema: &Schema, output: &str) -> Vec<String> {
        let document = document(output, Dialect::Json).unwrap();
        let found = schema.validate_document(&document);
        assert_eq!(found.undecided, None);
        found.violations.into_iter().map(|violation| violation.message).collect()
    }

    #[test]
    fn the_schema_describes_the_output() {
        assert_eq!(errors(&schema(), &full()), Vec::<String>::new());
    }

    #[test]
    fn the_schema_refuses_what_is_not_the_output() {
        let spoil: [fn(&mut Value); 6] = [
            |v| v["version"] = json!(2),
            |v| v["diagnostics"][0]["severity"] = json!("fatal"),
            |v| v["diagnostics"][0]["start"]["line"] = json!(0),
            |v| v["diagnostics"][0]["fix"]["safety"] = json!("maybe"),
            |v| v["diagnostics"][0]["more"] = json!(1),
            |v| {
                v["coverage"].as_object_mut().unwrap().remove("anchors");
            },
        ];
        let schema = schema();
        for (number, spoil) in spoil.into_iter().enumerate() {
            let mut output: Value = serde_json::from_str(&full()).unwrap();
            spoil(&mut output);
            assert_ne!(errors(&schema, &output.to_string()), Vec::<String>::new(), "case {number}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_finding_fits_the_schema(
            a in hard_text(), b in hard_text(), found in proptest::collection::vec(any_finding(), 0..4),
        ) {
            let output = written(&[("a.md", &a), ("b.md", &b)], Coverage::default(), found);
            prop_assert_eq!(errors(&schema(), &output), Vec::<String>::new());
        }
    }
}

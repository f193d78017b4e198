//! The output formats of a report: one file per format, and none imports another.
//!
//! A format is a function from a [`Report`] to bytes. It does not use the clock, the environment or
//! the terminal, so the same report gives the same bytes everywhere.

pub mod concise;
pub mod formats;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod place;
pub mod sarif;
pub mod text;

use std::fmt;

use crate::check::rule::Diagnostic;
use crate::coverage::Coverage;
use crate::diagnostic::Severity;
use crate::source::{Source, VPath};

/// Returns the text of a file; `None` if it does not exist or is not text.
pub type Sources<'a> = dyn Fn(&VPath) -> Option<&'a Source> + Sync + 'a;

/// The data of a report.
pub struct Report<'a> {
    /// The findings, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// What was looked at.
    pub coverage: Coverage,
    /// The texts that the findings point into.
    pub sources: &'a Sources<'a>,
}

/// Settings for formats.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether formats for people include notes.
    pub notes: bool,
    /// The path of the tree inside its repository.
    pub prefix: String,
    /// Options of the text format.
    pub text: text::Options,
}

/// The number of findings of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Report<'_> {
    /// Counts the findings.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for diagnostic in &self.diagnostics {
            match diagnostic.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Note => summary.notes += 1,
            }
        }
        summary
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("diagnostics", &self.diagnostics)
            .field("coverage", &self.coverage)
            .finish_non_exhaustive()
    }
}

/// Helpers for the tests of formats.
#[cfg(test)]
mod samples {
    use super::*;
    use crate::check::rule::Rule;
    use crate::check::rules::code_syntax;
    use crate::diagnostic::{Edit, Finding, Fix, Safety};
    use crate::source::Span;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    pub fn path(name: &str) -> VPath {
        VPath::new(name).unwrap()
    }

    pub fn tree(files: &[(&str, &str)]) -> BTreeMap<VPath, Source> {
        files.iter().map(|(n, t)| (path(n), Source::new(path(n), (*t).into()))).collect()
    }

    pub fn error(rule: &'static Rule, finding: Finding) -> Diagnostic {
        Diagnostic { rule, severity: Severity::Error, finding }
    }

    /// The span of the only occurrence of `part`.
    pub fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    pub fn edit(file: &str, span: Span, replacement: &str) -> Fix {
        let edit = Edit { path: path(file), span, replacement: replacement.into() };
        Fix { title: "fix it".into(), safety: Safety::Safe, edits: vec![edit] }
    }

    /// Texts with everything that is hard to draw.
    pub fn hard_text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[a-z ]{0,9}",
            "\\PC{0,5}",
            Just("\r\n".to_owned()),
            Just("\n".to_owned()),
            Just("\t".to_owned()),
            Just("漢字".to_owned()),
            Just("\u{200b}\u{200d}".to_owned()),
            Just("\u{1b}[31m\r".to_owned()),
            Just("\u{e000}".to_owned()),
            Just("x".repeat(700)),
            Just("a\n".repeat(30)),
        ];
        proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    /// Findings with any spans, inside the texts or not, in files that exist or not.
    pub fn any_finding() -> impl Strategy<Value = Diagnostic> {
        let file = prop_oneof![Just("a.md"), Just("b.md"), Just("gone.md")];
        let spot = (file, 0..900usize, 0..900usize);
        let spots = proptest::collection::vec((spot, hard_text()), 1..5);
        (spots, hard_text(), proptest::option::of(hard_text())).prop_map(
            |(spots, message, help)| {
                let place = |at: usize| {
                    let ((file, start, end), text) = &spots[at % spots.len()];
                    (path(file), Span::new(*start, *end), text.clone())
                };
                let (file, span, replacement) = place(0);
                let mut finding = Finding::new(&file, span, message).maybe_help(help);
                for at in 1..spots.len() {
                    let (file, span, text) = place(at);
                    finding = finding.related(&file, span, text);
                }
                let mut fix = edit(file.as_str(), span, &replacement);
                if spots.len() > 3 {
                    let (path, span, replacement) = place(1);
                    fix.edits.push(Edit { path, span, replacement });
                }
                error(&code_syntax::RULE, finding.fix(fix))
            },
        )
    }
}

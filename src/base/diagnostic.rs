//! Findings and diagnostics: what is wrong with the content.

use crate::source::{Span, VPath};

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing, but harmless.
    Note,
    /// Should be fixed.
    Warning,
    /// Readers are affected.
    Error,
}

impl Severity {
    /// The name used in every output and in docgen.toml.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A problem that a rule has found, before the runner adds the rule and the severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file it is in.
    pub path: VPath,
    /// Its location in the file.
    pub span: Span,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Overrides the severity of the rule.
    pub severity: Option<Severity>,
    /// Other locations that explain this one.
    pub related: Vec<Related>,
    /// A mechanical repair.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with only a message.
    pub fn new(path: &VPath, span: Span, message: impl Into<String>) -> Self {
        Self {
            path: path.clone(),
            span,
            message: message.into(),
            help: None,
            severity: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Adds a help text.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a help text if there is one.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Overrides the rule's severity.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Adds a related location.
    pub fn related(mut self, path: &VPath, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { path: path.clone(), span, message: message.into() });
        self
    }

    /// Adds a fix.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Adds a fix if there is one.
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }
}

/// Another location that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file.
    pub path: VPath,
    /// The bytes.
    pub span: Span,
    /// How it is related to the finding.
    pub message: String,
}

/// Whether a fix can be applied without review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Keeps the meaning.
    Safe,
    /// May change the meaning.
    Unsafe,
}

/// A mechanical repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, as an imperative.
    pub title: String,
    /// Whether it can be applied without review.
    pub safety: Safety,
    /// The replacements, in order, not overlapping.
    pub edits: Vec<Edit>,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: VPath,
    /// The bytes to replace.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

impl Edit {
    /// Adapts the edit to `text`, the content of its file: new lines get the line endings of their
    /// neighbours, and the span never splits a `\r\n`.
    ///
    /// So rules can always write `\n`.
    pub fn keep_line_breaks(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let inside_break = |at: usize| at > 0 && bytes.get(at - 1..=at) == Some(b"\r\n");
        for at in [&mut self.span.start, &mut self.span.end] {
            *at -= usize::from(inside_break(*at));
        }
        if !self.replacement.contains('\n') {
            return;
        }
        let start = self.span.start.min(bytes.len());
        let before = bytes[..start].iter().rposition(|byte| *byte == b'\n');
        let nearest = before
            .or_else(|| bytes[start..].iter().position(|byte| *byte == b'\n').map(|at| start + at));
        if nearest.is_some_and(|at| at > 0 && bytes[at - 1] == b'\r') {
            self.replacement = self.replacement.replace("\r\n", "\n").replace('\n', "\r\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_breaks_lines_as_its_file_does() {
        for (text, span, replacement, expected) in [
            ("a\nb\n", (2, 2), "x\n", ((2, 2), "x\n")),
            ("a\r\nb\r\n", (3, 3), "x\ny\n", ((3, 3), "x\r\ny\r\n")),
            ("a\r\nb\r\n", (3, 3), "x\r\n", ((3, 3), "x\r\n")),
            // The first line uses the ending of the next; all others that of the line before.
            ("a\r\nb", (1, 1), "\n", ((1, 1), "\r\n")),
            ("a\nb\r\n", (3, 3), "\n", ((3, 3), "\n")),
            ("a", (1, 1), "\n", ((1, 1), "\n")),
            // No span starts or ends inside a `\r\n`.
            ("a\r\nb\r\n", (2, 2), ";", ((1, 1), ";")),
            ("a\r\nb\r\n", (2, 5), "", ((1, 4), "")),
            ("a \r\nb", (1, 3), "", ((1, 2), "")),
            ("\r\n", (0, 2), "", ((0, 2), "")),
        ] {
            let path = VPath::new("a.md").unwrap();
            let span = Span::new(span.0, span.1);
            let mut edit = Edit { path, span, replacement: replacement.to_owned() };
            edit.keep_line_breaks(text);
            let found = ((edit.span.start, edit.span.end), edit.replacement.as_str());
            assert_eq!(found, expected, "{text:?}");
        }
    }
}

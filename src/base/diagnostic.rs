//! The vocabulary of *what is wrong*.

use crate::source::{Span, VPath};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nobody is hurt.
    Note,
    /// Should be mended.
    Warning,
    /// A reader is hurt.
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

/// What one rule found, before the runner gives it a name and a severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file it is in.
    pub path: VPath,
    /// The bytes it is about.
    pub span: Span,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Overrides the severity of the rule.
    pub severity: Option<Severity>,
    /// Other places that explain this one.
    pub related: Vec<Related>,
    /// A mechanical repair.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with a message and nothing else.
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

    /// Adds advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds advice where there is some.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Overrides the rule's severity.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Adds a related place.
    pub fn related(mut self, path: &VPath, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { path: path.clone(), span, message: message.into() });
        self
    }

    /// Adds a repair.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Adds a repair where there is one.
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file.
    pub path: VPath,
    /// The bytes.
    pub span: Span,
    /// Why it matters here.
    pub message: String,
}

/// Whether a repair may be applied without a look.
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
    /// What it does, as an imperative.
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The replacements, in order, not overlapping.
    pub edits: Vec<Edit>,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: VPath,
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub replacement: String,
}

/// A finding with the name of its rule and its final severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Name of the rule.
    pub rule: &'static str,
    /// Final severity.
    pub severity: Severity,
    /// The rest.
    pub finding: Finding,
}

//! All output formats. To add one, add a file, a `mod` line, and a line here.

use std::io::{self, Write};

use crate::report::{
    Report, Settings, concise, github, gitlab, json, junit, markdown, sarif, text,
};

/// A format.
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether its output is a single document, so that it can describe only one tree.
    pub is_document: bool,
    /// Writes a report.
    pub write: fn(&Report<'_>, &Settings, &mut dyn Write) -> io::Result<()>,
}

/// Every format; the first is the default.
pub const FORMATS: &[Format] = &[
    Format {
        name: "text",
        about: "for people",
        is_document: false,
        write: |report, settings, out| text::write(report, &settings.text, out),
    },
    Format {
        name: "concise",
        about: "one line for each finding",
        is_document: false,
        write: concise::write,
    },
    Format {
        name: "json",
        about: "for programs; its schema is in the manual",
        is_document: true,
        write: |report, _, out| json::write(report, out),
    },
    Format {
        name: "jsonl",
        about: "the findings of json, one on each line",
        is_document: false,
        write: |report, _, out| json::write_lines(report, out),
    },
    Format { name: "sarif", about: "SARIF 2.1.0", is_document: true, write: sarif::write },
    Format {
        name: "github",
        about: "annotations of GitHub Actions",
        is_document: false,
        write: github::write,
    },
    Format {
        name: "gitlab",
        about: "a Code Quality report of GitLab",
        is_document: true,
        write: gitlab::write,
    },
    Format { name: "junit", about: "JUnit XML", is_document: true, write: junit::write },
    Format {
        name: "markdown",
        about: "a summary for a pull request",
        is_document: true,
        write: markdown::write,
    },
];

/// The format of a name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

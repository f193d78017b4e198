//! Where a finding is, as the formats of other tools name it.

use crate::report::Sources;
use crate::source::{Span, VPath};

/// Lines and columns, from 1; the end is the character behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// The column behind the last.
    pub end_column: usize,
}

/// The lines and columns of a span. Where there is no text, the only place that can be named is the
/// beginning.
pub fn range(path: &VPath, span: Span, sources: &Sources<'_>) -> Range {
    let Some(source) = sources(path) else {
        return Range { line: 1, column: 1, end_line: 1, end_column: 1 };
    };
    let span = span.clamped(&source.text);
    let (start, end) = (source.position(span.start), source.position(span.end));
    Range { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}

/// The path of a file from the top of its repository.
pub fn from_top(prefix: &str, path: &VPath) -> String {
    match prefix.trim_matches('/') {
        "" => path.as_str().to_owned(),
        prefix => format!("{prefix}/{path}"),
    }
}

/// One line: other tools have no place for a second.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

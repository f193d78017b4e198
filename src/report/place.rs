//! Locations of findings in the formats of other tools.

use crate::report::Sources;
use crate::source::{Span, VPath};

/// Lines and columns, from 1; the end is the position after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// The column after the last.
    pub end_column: usize,
}

/// The lines and columns of a span. Without the text, this is the start of the file.
pub fn range(path: &VPath, span: Span, sources: &Sources<'_>) -> Range {
    let Some(source) = sources(path) else {
        return Range { line: 1, column: 1, end_line: 1, end_column: 1 };
    };
    let span = span.clamped(&source.text);
    let (start, end) = (source.position(span.start), source.position(span.end));
    Range { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}

/// The path of a file inside its repository.
pub fn from_top(prefix: &str, path: &VPath) -> String {
    match prefix.trim_matches('/') {
        "" => path.as_str().to_owned(),
        prefix => VPath::beyond(&format!("{prefix}/{path}")).as_str().to_owned(),
    }
}

/// The message and help on one line, for tools that show only one.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_outside_of_the_tree_has_its_own_place_in_the_repository() {
        let path = VPath::beyond("../../a.md");
        assert_eq!(from_top("b/c", &path), "a.md");
        assert_eq!(from_top("", &VPath::beyond("a.md")), "a.md");
        assert_eq!(from_top("/b/", &VPath::beyond("a.md")), "b/a.md");
    }
}

//! Locations: paths inside a tree, source texts, spans and positions.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A path inside the tree: `/` as separator, no leading slash, no `.` and no `..`.
///
/// All code after the loader uses these, so nothing can name a file outside the root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VPath(Arc<str>);

impl VPath {
    /// Normalises `path`; `None` if it leads outside the root.
    pub fn new(path: &str) -> Option<Self> {
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                _ => parts.push(part),
            }
        }
        Some(Self(parts.join("/").into()))
    }

    /// Normalises `path`, which may lead outside the root: then it begins with `..`. Such a file is
    /// part of no tree, and only its text can be included.
    pub fn beyond(path: &str) -> Self {
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match (part, parts.last()) {
                ("" | ".", _) => {}
                ("..", Some(last)) if *last != ".." => {
                    parts.pop();
                }
                (part, _) => parts.push(part),
            }
        }
        Self(parts.join("/").into())
    }

    /// Whether the file is outside of the root.
    pub fn is_outside(&self) -> bool {
        self.0.split('/').next() == Some("..")
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder of the file; empty at the root.
    pub fn parent(&self) -> &str {
        parent(&self.0)
    }

    /// The last component.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The part of the file name after its last dot, if there is one.
    pub fn extension(&self) -> Option<&str> {
        let name = self.file_name();
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ext)| ext)
    }

    /// Why the content of this file must not be published, if so. Files inside `.git` (which may
    /// contain tokens) are never published. Hidden files (`.env`, files in `.cache/`) are published
    /// only if git tracks them, since anyone with access to the repository can see them anyway.
    /// Pages, includes, symlinks and published files all use this check.
    pub fn withheld(&self, is_tracked: impl FnOnce(&Self) -> bool) -> Option<&'static str> {
        let hidden = |name: &str| name.starts_with('.');
        // A case-insensitive file system opens it under any spelling.
        if self.0.split('/').any(|name| name.eq_ignore_ascii_case(".git")) {
            return Some("it belongs to git itself");
        }
        (self.0.split('/').any(hidden) && !is_tracked(self))
            .then_some("it is hidden, and git does not track it")
    }

    /// Resolves `relative` against the folder of this file; `None` if that is outside the root.
    pub fn join(&self, relative: &str) -> Option<Self> {
        Self::new(&format!("{}/{relative}", self.parent()))
    }
}

impl fmt::Display for VPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A range of bytes in a source text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether `other` is wholly inside this span.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span moved right by `by` bytes.
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The span cut to the length of `text`, with both ends moved outward to character boundaries.
    pub fn clamped(self, text: &str) -> Self {
        let mut start = self.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = self.end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Self { start, end }
    }
}

/// The parent folder of a path with `/` as separator; empty at the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The start of the line that contains the byte at `at`, which must be a character boundary.
pub fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1)
}

/// The line that contains the byte at `at`, without its line break.
pub fn line_at(text: &str, at: usize) -> Span {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |len| at + len);
    Span::new(line_start(text, at), end)
}

/// A position as shown to people: line and column count from 1, the column in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode code points, from 1.
    pub column: usize,
    /// Byte offset, from 0.
    pub offset: usize,
}

/// Lines longer than this many bytes get an index of character counts, in blocks of this size.
const LONG_LINE: usize = 16 << 10;

/// A text of the tree with its path. The line index is made when it is first needed.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path of the file.
    pub path: VPath,
    /// The text, as on disk.
    pub text: String,
    lines: OnceLock<Vec<u32>>,
    /// The number of characters before each block of a long line.
    blocks: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source from its path and text.
    pub fn new(path: VPath, text: String) -> Self {
        Self { path, text, lines: OnceLock::new(), blocks: OnceLock::new() }
    }

    /// Byte offsets at which lines start.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(newlines.map(|at| at as u32 + 1)).collect()
        })
    }

    /// Line and column of a byte offset. An offset outside the text is clamped.
    pub fn position(&self, offset: usize) -> Position {
        let offset = Span::new(offset, offset).clamped(&self.text).start;
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= offset);
        let start = starts[line - 1] as usize;
        let column = if offset - start < LONG_LINE {
            self.text[start..offset].chars().count()
        } else {
            self.chars_before(offset) - self.chars_before(start)
        };
        Position { line, column: column + 1, offset }
    }

    /// The number of characters before a byte offset in its line. Counting from the start of the
    /// line each time would be quadratic for many findings on one long line.
    fn chars_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let starts = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let blocks = self.blocks.get_or_init(|| {
            let mut sum = 0;
            let before = |block| {
                let before = sum;
                sum += starts(block) as u32;
                before
            };
            bytes.chunks(LONG_LINE).map(before).collect()
        });
        let block = (offset / LONG_LINE).min(blocks.len().saturating_sub(1));
        blocks.get(block).map_or(0, |sum| *sum as usize) + starts(&bytes[block * LONG_LINE..offset])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalised_and_never_leave_the_root() {
        assert_eq!(VPath::new("a/./b/../c.md").unwrap().as_str(), "a/c.md");
        assert_eq!(VPath::new("/a//b/").unwrap().as_str(), "a/b");
        assert!(VPath::new("a/../../b").is_none());
        assert_eq!(VPath::new("a/b.md").unwrap().join("../c.md").unwrap().as_str(), "c.md");
        assert_eq!(VPath::new("a/.hidden").unwrap().extension(), None);
    }

    #[test]
    fn columns_count_code_points() {
        let source = Source::new(VPath::new("a").unwrap(), "é\näb".into());
        assert_eq!(source.position(5), Position { line: 2, column: 2, offset: 5 });
        assert_eq!(source.position(4).offset, 3, "inside a character: its start");
        assert_eq!(source.position(99).line, 2);
        let source =
            Source::new(VPath::new("a").unwrap(), "aé\n".to_owned() + &"ä€".repeat(20_000));
        for at in [0, 3, 1_000, 16_383, 16_384, 50_001, 99_999, 100_004] {
            let position = source.position(at);
            let start = line_start(&source.text, position.offset);
            let column = source.text[start..position.offset].chars().count() + 1;
            assert_eq!(position.column, column, "{at}");
        }
    }

    #[test]
    fn lines_around_a_place() {
        let text = "ä\n\nb";
        for (at, start, end) in [(0, 0, 2), (2, 0, 2), (3, 3, 3), (4, 4, 5), (5, 4, 5)] {
            assert_eq!(line_at(text, at), Span::new(start, end), "{at}");
        }
        assert_eq!((parent("a/b/c"), parent("a")), ("a/b", ""));
    }

    #[test]
    fn spans_are_clamped_onto_characters() {
        assert_eq!(Span::new(1, 2).clamped("äö"), Span::new(0, 2));
        assert_eq!(Span::new(9, 12).clamped("äö"), Span::new(4, 4));
    }

    #[test]
    fn a_path_may_lead_outside_where_that_is_asked_for() {
        for (path, expected, outside) in [
            ("a/../b", "b", false),
            ("a/../../b", "../b", true),
            ("../../a/./b", "../../a/b", true),
            ("/a", "a", false),
            ("..a", "..a", false),
            ("", "", false),
        ] {
            let beyond = VPath::beyond(path);
            assert_eq!((beyond.as_str(), beyond.is_outside()), (expected, outside), "{path}");
            assert_eq!(VPath::new(path), (!outside).then_some(beyond), "{path}");
        }
    }
}

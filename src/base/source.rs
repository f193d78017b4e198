//! The vocabulary of *where*: paths inside a tree, source texts, spans and positions.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A path inside the tree: `/` as separator, no leading slash, no `.` and no `..`.
///
/// Everything behind the loader speaks in these, so nothing downstream can name a file outside
/// the root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VPath(Arc<str>);

impl VPath {
    /// Normalises `path`; `None` when it would leave the root.
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

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds the file; empty at the root.
    pub fn parent(&self) -> &str {
        parent(&self.0)
    }

    /// The last component.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The suffix behind the last dot of the file name, if there is one.
    pub fn extension(&self) -> Option<&str> {
        let name = self.file_name();
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ext)| ext)
    }

    /// Why the text of this file may not reach readers, if it may not. What git keeps for itself
    /// (addresses with tokens in them, for one) never does. A hidden file (`.env`, what lies in
    /// `.cache/`) does only where git tracks it: whoever can see the repository can see it already.
    /// This is the one place that decides it, for pages, includes, symlinks and published files.
    pub fn withheld(&self, is_tracked: impl FnOnce(&Self) -> bool) -> Option<&'static str> {
        let hidden = |name: &str| name.starts_with('.');
        // File systems that do not tell small letters from capitals open it under any spelling.
        if self.0.split('/').any(|name| name.eq_ignore_ascii_case(".git")) {
            return Some("it belongs to git itself");
        }
        (self.0.split('/').any(hidden) && !is_tracked(self))
            .then_some("it is hidden, and git does not track it")
    }

    /// Resolves `relative` against the folder of this file; `None` when that leaves the root.
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

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span moved right by `by` bytes.
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The span cut to `text`, with both ends moved outward onto character boundaries.
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

/// The folder that holds what a path with `/` as separator names; empty at the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Where the line begins that holds the byte at `at`, which lies on a character boundary.
pub fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1)
}

/// The line that holds the byte at `at`, without its break.
pub fn line_at(text: &str, at: usize) -> Span {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |len| at + len);
    Span::new(line_start(text, at), end)
}

/// A place for people: line and column count from 1, the column in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode code points, from 1.
    pub column: usize,
    /// Byte offset, from 0.
    pub offset: usize,
}

/// From this length on, columns are counted by blocks of this size.
const LONG_LINE: usize = 16 << 10;

/// A text of the tree with its path. The line index is made when first asked for.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it came from.
    pub path: VPath,
    /// The text, as it stands on disk.
    pub text: String,
    lines: OnceLock<Vec<u32>>,
    /// How many characters stand before each block, where a line is long.
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

    /// Line and column of a byte offset. An offset outside the text is moved into it.
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

    /// How many characters stand before a byte offset. Lines can be of any length, and so many
    /// findings can stand on one that counting from its start would never end.
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
}

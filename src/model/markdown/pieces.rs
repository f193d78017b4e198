//! What the scan passes to the writer of the shifted text: lines, their pieces, and the frames of
//! components.

use std::ops::Range;

/// A piece of a line that was split.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// A tag on its own line, by number, and the frame whose column it gets.
    Tag { number: usize, frame: usize },
    /// Source text that is copied.
    Text(Range<usize>),
    /// A tag inside a line of text, by number.
    Inline(usize),
}

/// The kind of a line.
#[derive(Clone, Debug)]
pub(super) enum LineKind {
    Blank,
    Text,
    /// Opens a fence.
    Fence,
    /// Inside a fence, including its closing line.
    Code,
    /// Split into pieces; the prefix (indentation and list markers) ends at `.1`.
    Pieces(Range<usize>, usize),
    /// Not written at all.
    Dropped,
}

/// A line, or several that one tag joins.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub start: usize,
    /// The start of the line break.
    pub end: usize,
    /// The start of the next line.
    pub next: usize,
    /// First byte that is not indentation.
    pub text: usize,
    /// Width of the indentation in columns.
    pub indent: usize,
    /// The frame that contains it.
    pub frame: usize,
    pub kind: LineKind,
    /// Whether a blank line belongs before it that the source does not have.
    pub parted: bool,
}

/// What closes a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closer {
    /// A closing tag, or the end of the page.
    Tag,
    /// A line of at least this number of this byte.
    Marks(u8, usize),
    /// A line that is indented less.
    Indent(usize),
}

/// The inside of a component.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The tag that opened it; meaningless for the page itself.
    pub tag: usize,
    pub name: Range<usize>,
    /// The least indentation of the lines directly inside.
    pub base: usize,
    /// What closes it.
    pub closer: Closer,
    /// Whether its lines keep their indentation (the page itself, and components inside quotes).
    pub verbatim: bool,
}

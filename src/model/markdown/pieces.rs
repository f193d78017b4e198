//! What the scan hands to the writer of the shifted text: lines, their pieces, and the insides of
//! components.

use std::ops::Range;

/// A piece of a line that was taken apart.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Tag number N on a line of its own; the frame whose column it takes.
    Tag { number: usize, frame: usize },
    /// Source text that stays.
    Text(Range<usize>),
    /// Tag number N inside a line of text.
    Inline(usize),
}

/// What a line is to the writer.
#[derive(Clone, Debug)]
pub(super) enum LineKind {
    Blank,
    Text,
    /// Opens a fence.
    Fence,
    /// Inside a fence, its closing line included.
    Code,
    /// Taken apart into pieces; the prefix (indentation and list markers) ends at `.1`.
    Pieces(Range<usize>, usize),
    /// Leaves nothing behind.
    Dropped,
}

/// A line, or several that one tag joins.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub start: usize,
    /// Where the line break begins.
    pub end: usize,
    /// Where the next line begins.
    pub next: usize,
    /// First byte that is not indentation.
    pub text: usize,
    /// Width of the indentation in columns.
    pub indent: usize,
    /// The frame that it lies in.
    pub frame: usize,
    pub kind: LineKind,
}

/// What closes a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closer {
    /// A closing tag, or the end of the page.
    Tag,
    /// A line of at least so many of this byte.
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
    /// Its lines keep their indentation (the page itself, and components inside quotes).
    pub verbatim: bool,
}

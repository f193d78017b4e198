//! What a scan looks for, and what it finds.

use super::Containers;
use super::containers::Container;
use super::html::Tag;

/// What the scan should take for a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScanOptions {
    /// Unknown capitalised tags are components, `<div>` holds Markdown, `{/* */}` is a comment.
    pub mdx: bool,
    /// `import` and `export` lines are code.
    pub esm: bool,
    /// Containers that are not components.
    pub containers: Containers,
    /// Whether the parser shall look for formulas.
    pub math: bool,
}

/// A tag that the scan replaced.
#[derive(Clone, Debug)]
pub struct ScanTag {
    /// The tag; its ranges are offsets in the source.
    pub tag: Tag,
    /// How it takes part in the tree.
    pub role: Role,
    /// What it was in the source.
    pub markup: Markup,
}

/// What the scan replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Markup {
    /// A tag.
    Tag,
    /// The line that opens a container. Its title, if it has one, follows as a paragraph.
    Container(Container),
    /// The place behind the title of a container.
    TitleEnd,
    /// The place where a container ends.
    End,
}

/// How a tag takes part in the tree of components.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Opens a component; `closed` tells whether its closing tag was found.
    Open {
        /// Whether the closing tag was found.
        closed: bool,
    },
    /// Closes the component that tag number `of` opened.
    Close {
        /// The number of the opening tag.
        of: usize,
    },
    /// Closes nothing.
    Stray,
    /// Stands for itself: self-closing, or inside a line of text.
    Alone,
}

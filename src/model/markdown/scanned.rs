//! The options and the results of a scan.

use std::ops::Range;

use super::Containers;
use super::containers::Container;
use super::extensions::Extensions;
use super::html::Tag;

/// The options of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScanOptions {
    /// Unknown capitalised tags are components, `<div>` contains Markdown, `{/* */}` is a comment.
    pub mdx: bool,
    /// `import` and `export` lines are code.
    pub esm: bool,
    /// Unknown capitalised tags are components.
    pub own_components: bool,
    /// Containers that are not components.
    pub containers: Containers,
    /// What follows `> [!NOTE]` on its line is the title of the alert.
    pub alert_titles: bool,
    /// Whether the parser recognises formulas.
    pub math: bool,
    /// Syntax beyond that of GitHub.
    pub extensions: Extensions,
    /// An HTML block ends with the closing tag of its element.
    pub closed_html: bool,
}

/// A tag that the scan replaced.
#[derive(Clone, Debug)]
pub struct ScanTag {
    /// The tag; its ranges are offsets in the source.
    pub tag: Tag,
    /// Its role in the tree of components.
    pub role: Role,
    /// What it was in the source.
    pub markup: Markup,
}

/// The source that the scan replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Markup {
    /// A tag.
    Tag,
    /// An expression of MDX that needs no program: a comment, or a string, whose text is this part
    /// of the source.
    Expression(Range<usize>),
    /// The line that opens a container. Its title, if it has one, follows as a paragraph.
    Container(Container),
    /// The end of the title of a container.
    TitleEnd,
    /// The end of a container.
    End,
    /// The end of the first line of an alert with a title, which follows as a paragraph.
    AlertTitle,
    /// The end of that title.
    AlertTitleEnd,
}

/// The role of a tag in the tree of components.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Opens a component.
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
    /// Neither: self-closing, or inside a line of text.
    Alone,
}

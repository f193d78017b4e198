//! The facts of a page: headings, ids, links, code blocks, components. They are small and owned;
//! everything that spans pages is made from them.

use super::front_matter::FrontMatter;
use super::info::Info;
use super::landing;
use crate::markdown::front_keys::Meaning;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// The facts of one page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PageFacts {
    /// The front matter.
    pub front: FrontMatter,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Ids of HTML headings, by the offset of their tag, in order.
    pub html_headings: Vec<(usize, String)>,
    /// Components that the list of headings names beside the headings.
    pub entries: Vec<Entry>,
    /// Ids of components, by the number of their tag, in order.
    pub component_ids: Vec<(usize, Ids)>,
    /// Every id of the page, in the order in which they are assigned.
    pub anchors: Vec<Anchor>,
    /// Explicit ids that occur more than once, with their first and their repeated span.
    pub duplicate_ids: Vec<(String, Span, Span)>,
    /// Links in the order of the walk.
    pub links: Vec<Link>,
    /// Links that are not in the walk: in the front matter, and in shortcodes.
    pub front_links: Vec<Link>,
    /// `[text][label]` and `[label][]` without a definition: the label, and the whole reference.
    pub undefined_refs: Vec<(String, Span)>,
    /// Definitions of references in order.
    pub definitions: Vec<Definition>,
    /// Code blocks in order.
    pub code: Vec<CodeBlock>,
    /// Formulas in text, in order.
    pub formulas: Vec<Formula>,
    /// Components in order.
    pub components: Vec<ComponentUse>,
    /// Containers in marks, such as `:::note`, in order.
    pub containers: Vec<ContainerUse>,
    /// Closing tags that close nothing: name and span.
    pub stray: Vec<(String, Span)>,
    /// Tags that are neither components nor HTML, in order.
    pub unknown: Vec<UnknownTag>,
    /// The start of a comment that never ends.
    pub open_comment: Option<usize>,
    /// The number of links whose address is code.
    pub bound_links: usize,
}

/// A formula in LaTeX.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formula {
    /// Its text.
    pub text: String,
    /// The formula with its marks.
    pub span: Span,
    /// Whether it is displayed on its own line.
    pub display: bool,
}

/// The ids of a heading or component: its id, and other spellings of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ids {
    /// The id.
    pub primary: String,
    /// The spellings by other common rules.
    pub aliases: Vec<String>,
}

/// A heading.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its plain text.
    pub text: String,
    /// Its ids.
    pub ids: Ids,
    /// Whether invisible attributes follow the text.
    pub attributes: bool,
    /// The whole heading.
    pub span: Span,
}

/// A component that the list of headings names, such as a version of a changelog.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its title, with its markup.
    pub title: String,
    /// Its id.
    pub id: String,
    /// The byte at which its tag begins.
    pub start: usize,
}

/// Where an id comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnchorKind {
    /// The id of a heading or component, or an explicit one.
    Primary,
    /// Another spelling of one.
    Alias,
}

/// An id of the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Anchor {
    /// The id.
    pub id: String,
    /// Where it comes from.
    pub kind: AnchorKind,
    /// For an alias, the primary id.
    pub primary: Option<String>,
    /// The heading or tag that has it.
    pub span: Span,
}

/// What a link is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// Something to follow.
    Link,
    /// Something to show or load.
    Asset,
}

/// A link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    /// The destination, unescaped.
    pub dest: String,
    /// The bytes of the destination, or of the whole link if they cannot be told apart.
    pub span: Span,
    /// What it is used for.
    pub kind: LinkKind,
    /// The bytes of the destination in the definition that a link by reference uses.
    pub definition: Option<Span>,
}

impl Link {
    /// The bytes of the destination, in the definition if there is one.
    pub fn dest_span(&self) -> Span {
        self.definition.unwrap_or(self.span)
    }
}

/// A definition of a reference: `[label]: destination`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// The label as written.
    pub label: String,
    /// Its bytes.
    pub label_span: Span,
    /// The bytes of the destination.
    pub dest_span: Span,
    /// The number of the earlier definition with the same label, which counts.
    pub earlier: Option<usize>,
    /// Whether a link uses it.
    pub used: bool,
}

/// How a component was used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ComponentUse {
    /// Its name.
    pub name: String,
    /// Its opening tag.
    pub span: Span,
    /// Whether it is closed.
    pub closed: bool,
    /// Whether docgen knows it.
    pub known: bool,
}

/// How a container in marks was used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ContainerUse {
    /// Its marks and its name, as written: `:::note`.
    pub marked: String,
    /// Its name; empty if the line has only attributes.
    pub name: Span,
    /// Its first line.
    pub span: Span,
    /// Whether it is closed.
    pub closed: bool,
}

/// A tag that is neither a component nor HTML.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnknownTag {
    /// Its name.
    pub name: String,
    /// The tag.
    pub span: Span,
}

/// A code block.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CodeBlock {
    /// The whole block, fences included.
    pub span: Span,
    /// The info string.
    pub info_span: Span,
    /// The parsed info string.
    pub info: Info,
    /// The bytes of the text, with line breaks, without the indentation of the container.
    pub segments: Vec<Span>,
    /// Whether it is fenced.
    pub fenced: bool,
    /// Whether its fence is closed.
    pub closed: bool,
}

impl CodeBlock {
    /// The text of the block, with LF line breaks.
    pub fn text(&self, source: &str) -> String {
        let mut text =
            String::with_capacity(self.segments.iter().map(|span| span.end - span.start).sum());
        for segment in &self.segments {
            let part = &source[segment.start..segment.end];
            // Each segment is converted separately, as `source_offset` counts: a CR at the end of
            // one and an LF at the start of the next are two line breaks.
            if part.contains('\r') {
                text.push_str(&part.replace("\r\n", "\n"));
            } else {
                text.push_str(part);
            }
        }
        text
    }

    /// The bytes of the source that a range of the text was made from.
    pub fn source_span(&self, source: &str, range: Span) -> Span {
        let start = self.source_offset(source, range.start, false);
        let end = if range.end > range.start {
            self.source_offset(source, range.end, true)
        } else {
            start
        };
        Span::new(start, end.max(start))
    }

    /// The offset in the source of an offset in the text; with `behind`, the end of the character
    /// before it.
    fn source_offset(&self, source: &str, offset: usize, behind: bool) -> usize {
        let mut left = offset;
        for segment in &self.segments {
            let text = &source[segment.start..segment.end];
            let len = text.len() - text.matches("\r\n").count();
            if left < len || (behind && left == len) {
                return segment.start + without_returns(text, left);
            }
            left -= len;
        }
        self.segments.last().map_or(self.span.start, |segment| segment.end)
    }
}

/// The offset in `text` of the byte that is number `offset` when CR LF counts as one.
fn without_returns(text: &str, offset: usize) -> usize {
    if !text.contains("\r\n") {
        return offset;
    }
    let bytes = text.as_bytes();
    let mut left = offset;
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
            continue;
        }
        if left == 0 {
            return at;
        }
        left -= 1;
    }
    text.len()
}

impl PageFacts {
    /// Whether the tag at `start` is neither a component nor HTML.
    pub fn is_unknown(&self, start: usize) -> bool {
        self.unknown.binary_search_by_key(&start, |tag| tag.span.start).is_ok()
    }

    /// The ids of the component whose opening tag has number `number`.
    pub fn ids_of(&self, number: usize) -> Option<&Ids> {
        let at = self.component_ids.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(&self.component_ids[at].1)
    }

    /// The title of the page: from the front matter, else the first heading of level 1, else that
    /// of a landing page.
    pub fn title(&self) -> Option<&str> {
        let first = || self.headings.iter().find(|heading| heading.level == 1);
        let front = self.front.said(Meaning::Title);
        front
            .or_else(|| first().map(|heading| heading.text.as_str()))
            .or_else(|| landing::read(&self.front)?.title())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_the_text_is_a_place_of_the_source() {
        let source = "a\r\nb\r-\n\u{e9}";
        let segments = vec![Span::new(0, 5), Span::new(6, 9)];
        let block = CodeBlock {
            span: Span::new(0, source.len()),
            info_span: Span::default(),
            info: Info::default(),
            segments,
            fenced: true,
            closed: true,
        };
        let text = block.text(source);
        assert_eq!(text, "a\nb\r\n\u{e9}");
        for (at, c) in text.char_indices() {
            let span = block.source_span(source, Span::new(at, at + c.len_utf8()));
            assert!(source[span.start..span.end].contains(c), "{at} {span:?}");
        }
    }
}

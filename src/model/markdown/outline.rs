//! The outline of a page: its blocks and inlines, for rules about its text. The walk that makes the
//! facts keeps one in a compact form (see `kept_outline.rs`).

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag as MdTag, TagEnd};

use super::offsets::Cursor;
use super::parse::{self, Item};
use super::scan::Scan;
use crate::source::Span;

/// The blocks and inlines of a page, each in the order of the text.
#[derive(Debug, Default)]
pub struct Outline<'a> {
    /// Blocks; a container comes before its content.
    pub blocks: Vec<Block>,
    /// Inlines, including those between blocks (tags on their own line).
    pub inlines: Vec<Inline<'a>>,
}

/// A block.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Its bytes in the source, including markers.
    pub span: Span,
    /// The block around it.
    pub parent: Option<usize>,
    /// The inlines in it, including those of blocks in it.
    pub inlines: Range<usize>,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph. The text of a tight list item is not in one.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// A block quote.
    Quote,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A code block, by its number among those of the facts.
    Code(usize),
    /// A table.
    Table,
    /// A row of a table, including the header.
    Row,
    /// A cell.
    Cell,
    /// A thematic break.
    Break,
    /// The definition of a footnote.
    Footnote,
}

/// An inline.
#[derive(Clone, Debug)]
pub struct Inline<'a> {
    /// Its kind.
    pub kind: InlineKind,
    /// Its bytes in the source. `Open` and `Close` both have the whole span.
    pub span: Span,
    /// The visible text, for text and code, with entities and escapes resolved.
    pub text: Cow<'a, str>,
}

/// The kind of an inline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Text. It is split at each escape, entity and delimiter.
    Text,
    /// A code span; its span includes the backticks.
    Code,
    /// The end of a line, hard or soft.
    Break,
    /// Opens a span.
    Open(Mark),
    /// Closes a span.
    Close(Mark),
    /// A tag of a component or of HTML.
    Tag,
    /// HTML between tags.
    Raw,
    /// A reference to a footnote.
    Footnote,
}

/// A span of inlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `*a*`
    Emphasis,
    /// `**a**`
    Strong,
    /// `~~a~~`
    Strikethrough,
    /// A link.
    Link,
    /// An image; the text in it is its alternative text.
    Image,
}

impl<'a> Outline<'a> {
    /// The outline of a page.
    pub fn new(source: &'a str, scan: &'a Scan<'_>) -> Self {
        let mut maker = Maker::new(scan, Vec::with_capacity(scan.text.len() / BYTES_OF_INLINE));
        parse::walk(source, scan, |item, range| maker.take(&item, range));
        Self { blocks: maker.blocks, inlines: maker.inlines }
    }

    /// The inlines of a block.
    pub fn inlines_of(&self, block: &Block) -> &[Inline<'a>] {
        &self.inlines[block.inlines.clone()]
    }

    /// Whether one of the blocks around `block`, or itself, is of this kind.
    pub fn is_inside(&self, block: usize, kind: BlockKind) -> bool {
        let mut at = Some(block);
        while let Some(here) = at {
            if self.blocks[here].kind == kind {
                return true;
            }
            at = self.blocks[here].parent;
        }
        false
    }
}

/// A block or an inline for so many bytes of text, as most pages have.
const BYTES_OF_BLOCK: usize = 128;
pub(super) const BYTES_OF_INLINE: usize = 24;

/// Where the inlines of an outline go.
pub(super) trait Inlines<'a> {
    /// How many there are.
    fn count(&self) -> usize;
    /// Adds one.
    fn add(&mut self, kind: InlineKind, span: Span, text: Cow<'a, str>);
}

impl<'a> Inlines<'a> for Vec<Inline<'a>> {
    fn count(&self) -> usize {
        self.len()
    }

    fn add(&mut self, kind: InlineKind, span: Span, text: Cow<'a, str>) {
        self.push(Inline { kind, span, text });
    }
}

/// Makes an outline from the items of a walk.
pub(super) struct Maker<'s, I> {
    cursor: Cursor<'s>,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: I,
    open: Vec<usize>,
    /// The number of code blocks so far.
    code: usize,
}

impl<'s, 'a, I: Inlines<'a>> Maker<'s, I> {
    pub(super) fn new(scan: &'s Scan<'_>, inlines: I) -> Self {
        let blocks = Vec::with_capacity(scan.text.len() / BYTES_OF_BLOCK);
        Self { cursor: scan.offsets.cursor(), blocks, inlines, open: Vec::new(), code: 0 }
    }

    pub(super) fn take(&mut self, item: &Item<'a>, range: Range<usize>) {
        let span = self.cursor.span(range);
        match item {
            Item::Markdown(event) => self.event(event, span),
            Item::Tag { tag, .. } => {
                let span = Span::new(tag.range.start, tag.range.end);
                self.inline(InlineKind::Tag, span, "".into());
            }
            Item::Container { .. } | Item::Expression("") => {
                self.inline(InlineKind::Tag, span, "".into());
            }
            Item::Expression(text) => self.inline(InlineKind::Text, span, (*text).into()),
            Item::Raw(text) => self.inline(InlineKind::Raw, span, text.clone()),
        }
    }

    fn event(&mut self, event: &Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => match (block(tag, self.code), mark(tag)) {
                (Some(kind), _) => self.enter(kind, span),
                (None, Some(mark)) => self.inline(InlineKind::Open(mark), span, "".into()),
                (None, None) => {}
            },
            Event::End(end) => match mark_end(*end) {
                Some(mark) => self.inline(InlineKind::Close(mark), span, "".into()),
                None => self.leave(*end),
            },
            // The text of code blocks is in the facts, with the indentation of containers removed.
            Event::Text(_) if self.in_code() => {}
            Event::Text(text) => self.inline(InlineKind::Text, span, cow(text)),
            Event::Code(text) => self.inline(InlineKind::Code, span, cow(text)),
            Event::SoftBreak | Event::HardBreak => self.inline(InlineKind::Break, span, " ".into()),
            Event::FootnoteReference(label) => {
                self.inline(InlineKind::Footnote, span, cow(label));
            }
            Event::Rule => {
                self.enter(BlockKind::Break, span);
                self.open.pop();
            }
            _ => {}
        }
    }

    fn in_code(&self) -> bool {
        let open = self.open.last().map(|&at| self.blocks[at].kind);
        matches!(open, Some(BlockKind::Code(_)))
    }

    fn enter(&mut self, kind: BlockKind, span: Span) {
        if let BlockKind::Code(_) = kind {
            self.code += 1;
        }
        let here = self.inlines.count();
        let parent = self.open.last().copied();
        self.open.push(self.blocks.len());
        self.blocks.push(Block { kind, span, parent, inlines: here..here });
    }

    fn leave(&mut self, end: TagEnd) {
        let closes = matches!(
            end,
            TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::DefinitionList
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
                | TagEnd::CodeBlock
                | TagEnd::Table
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::TableCell
                | TagEnd::FootnoteDefinition
        );
        if let Some(open) = self.open.pop_if(|_| closes) {
            self.blocks[open].inlines.end = self.inlines.count();
        }
    }

    fn inline(&mut self, kind: InlineKind, span: Span, text: Cow<'a, str>) {
        self.inlines.add(kind, span, text);
    }
}

fn cow<'a>(text: &CowStr<'a>) -> Cow<'a, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

fn block(tag: &MdTag<'_>, code: usize) -> Option<BlockKind> {
    Some(match tag {
        MdTag::Paragraph => BlockKind::Paragraph,
        MdTag::Heading { level, .. } => BlockKind::Heading(*level as u8),
        MdTag::BlockQuote(_) => BlockKind::Quote,
        MdTag::List(_) | MdTag::DefinitionList => BlockKind::List,
        MdTag::Item | MdTag::DefinitionListTitle | MdTag::DefinitionListDefinition => {
            BlockKind::Item
        }
        MdTag::CodeBlock(_) => BlockKind::Code(code),
        MdTag::Table(_) => BlockKind::Table,
        MdTag::TableHead | MdTag::TableRow => BlockKind::Row,
        MdTag::TableCell => BlockKind::Cell,
        MdTag::FootnoteDefinition(_) => BlockKind::Footnote,
        _ => return None,
    })
}

fn mark(tag: &MdTag<'_>) -> Option<Mark> {
    Some(match tag {
        MdTag::Emphasis => Mark::Emphasis,
        MdTag::Strong => Mark::Strong,
        MdTag::Strikethrough => Mark::Strikethrough,
        MdTag::Link { .. } => Mark::Link,
        MdTag::Image { .. } => Mark::Image,
        _ => return None,
    })
}

fn mark_end(end: TagEnd) -> Option<Mark> {
    Some(match end {
        TagEnd::Emphasis => Mark::Emphasis,
        TagEnd::Strong => Mark::Strong,
        TagEnd::Strikethrough => Mark::Strikethrough,
        TagEnd::Link => Mark::Link,
        TagEnd::Image => Mark::Image,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, prepare};

    fn outline(text: &str) -> String {
        let scan = prepare(text, false, 0, Dialect::GITHUB);
        let outline = Outline::new(text, &scan);
        let mut lines: Vec<String> = Vec::new();
        for block in &outline.blocks {
            let inside: Vec<String> = outline
                .inlines_of(block)
                .iter()
                .map(|inline| format!("{:?} {:?}", inline.kind, inline.text))
                .collect();
            let source = &text[block.span.start..block.span.end];
            lines.push(format!("{:?} {source:?}: {}", block.kind, inside.join(", ")));
        }
        lines.join("\n")
    }

    #[test]
    fn blocks_hold_their_inlines() {
        let text = "# A `b`\n\n- x *y*\n\n> q\n\n```\ncode\n```\n\n| a |\n| - |\n| b |\n\n---\n";
        let expected = r##"Heading(1) "# A `b`\n": Text "A ", Code "b"
List "- x *y*\n\n": Text "x ", Open(Emphasis) "", Text "y", Close(Emphasis) ""
Item "- x *y*\n\n": Text "x ", Open(Emphasis) "", Text "y", Close(Emphasis) ""
Quote "> q\n": Text "q"
Paragraph "q\n": Text "q"
Code(0) "```\ncode\n```": 
Table "| a |\n| - |\n| b |\n": Text "a", Text "b"
Row "| a |\n": Text "a"
Cell " a ": Text "a"
Row "| b |\n": Text "b"
Cell " b ": Text "b"
Break "---\n": "##;
        assert_eq!(outline(text), expected);
    }

    #[test]
    fn tags_between_blocks_are_inlines_of_none() {
        let text = "<Note>\n\na &amp; \\_b\n\n</Note>\n";
        let scan = prepare(text, false, 0, Dialect::GITHUB);
        let outline = Outline::new(text, &scan);
        let kinds: Vec<InlineKind> = outline.inlines.iter().map(|inline| inline.kind).collect();
        assert_eq!(kinds.first(), Some(&InlineKind::Tag));
        assert_eq!(kinds.iter().filter(|kind| **kind == InlineKind::Tag).count(), 2);
        assert_eq!(outline.blocks.len(), 1);
        let seen: String =
            outline.inlines_of(&outline.blocks[0]).iter().map(|inline| &*inline.text).collect();
        assert_eq!(seen, "a & _b");
    }
}

//! The outline of a page in a compact form, kept from the walk that makes the facts until the page
//! is checked: parsing it again takes longer than all rules about its text.

use std::borrow::Cow;
use std::ops::Range;

use super::outline::{
    BYTES_OF_INLINE, Block, BlockKind, Inline, InlineKind, Inlines, Maker, Outline,
};
use super::parse::Item;
use super::scan::Scan;
use crate::source::Span;

/// The outline of one page.
#[derive(Debug)]
pub struct KeptOutline {
    blocks: Vec<ShortBlock>,
    inlines: Vec<ShortInline>,
    /// The texts of inlines that differ from the source, one after the other, and their lengths.
    texts: String,
    lengths: Vec<u32>,
}

/// A block in 24 bytes.
#[derive(Clone, Copy, Debug)]
struct ShortBlock {
    start: u32,
    len: u32,
    /// `NONE` if there is none.
    parent: u32,
    inlines: (u32, u32),
    /// Its place in `KINDS`, or `CODE`. Code blocks are numbered in their order.
    kind: u8,
}

const CODE: u8 = u8::MAX;
const FOOTNOTE: u8 = CODE - 1;
const KINDS: [BlockKind; 14] = [
    BlockKind::Paragraph,
    BlockKind::Heading(1),
    BlockKind::Heading(2),
    BlockKind::Heading(3),
    BlockKind::Heading(4),
    BlockKind::Heading(5),
    BlockKind::Heading(6),
    BlockKind::Quote,
    BlockKind::List,
    BlockKind::Item,
    BlockKind::Table,
    BlockKind::Row,
    BlockKind::Cell,
    BlockKind::Break,
];

/// An inline in 12 bytes.
#[derive(Clone, Copy, Debug)]
struct ShortInline {
    start: u32,
    len: u32,
    kind: InlineKind,
    /// How many bytes of the source stand before and behind its text, or `OWN` if the text differs
    /// from the source.
    before: u8,
    behind: u8,
}

const NONE: u32 = u32::MAX;
const OWN: u8 = u8::MAX;

impl KeptOutline {
    /// The outline, with texts borrowed from the source that it was made of.
    pub fn outline<'a>(&'a self, source: &'a str) -> Outline<'a> {
        let mut code = 0..;
        let blocks = self.blocks.iter().map(|block| {
            let kind = match KINDS.get(usize::from(block.kind)) {
                Some(kind) => *kind,
                None if block.kind == CODE => BlockKind::Code(code.next().unwrap_or_default()),
                None => BlockKind::Footnote,
            };
            let Range { start, end } = range(block.start, block.len);
            let parent = (block.parent != NONE).then_some(block.parent as usize);
            let inlines = block.inlines.0 as usize..block.inlines.1 as usize;
            Block { kind, span: Span::new(start, end), parent, inlines }
        });
        let blocks = blocks.collect();
        let (mut own, mut lengths) = (self.texts.as_str(), self.lengths.iter());
        let inlines = self.inlines.iter().map(|inline| {
            let Range { start, end } = range(inline.start, inline.len);
            let text = match text_of(inline.kind) {
                Some(text) => text,
                None if inline.before == OWN => {
                    let (text, rest) = own.split_at(lengths.next().map_or(0, |len| *len as usize));
                    own = rest;
                    text
                }
                None => {
                    &source[start + usize::from(inline.before)..end - usize::from(inline.behind)]
                }
            };
            Inline { kind: inline.kind, span: Span::new(start, end), text: Cow::Borrowed(text) }
        });
        Outline { blocks, inlines: inlines.collect() }
    }
}

/// Keeps the outline of a page while something else walks over it.
pub(super) struct Keeper<'s>(Option<Maker<'s, Shortened<'s>>>);

impl<'s> Keeper<'s> {
    /// For a page; it keeps nothing of one that is too long for offsets of 32 bits.
    pub(super) fn new(source: &'s str, scan: &'s Scan<'_>) -> Self {
        let fits = u32::try_from(source.len().saturating_mul(4)).is_ok();
        let inlines = || Shortened {
            source,
            inlines: Vec::with_capacity(scan.text.len() / BYTES_OF_INLINE),
            texts: String::new(),
            lengths: Vec::new(),
        };
        Self(fits.then(|| Maker::new(scan, inlines())))
    }

    /// Takes an item of the walk.
    pub(super) fn take(&mut self, item: &Item<'s>, range: Range<usize>) {
        if let Some(maker) = &mut self.0 {
            maker.take(item, range);
        }
    }

    /// The outline, when the walk is over.
    pub(super) fn finish(self) -> Option<KeptOutline> {
        let Maker { blocks, inlines, .. } = self.0?;
        let Shortened { mut inlines, texts, lengths, .. } = inlines;
        inlines.shrink_to_fit();
        Some(KeptOutline {
            blocks: blocks.iter().map(shortened).collect(),
            inlines,
            texts,
            lengths,
        })
    }
}

fn shortened(block: &Block) -> ShortBlock {
    let place = || KINDS.iter().position(|kind| *kind == block.kind);
    let kind = match block.kind {
        BlockKind::Code(_) => CODE,
        _ => place().and_then(|at| u8::try_from(at).ok()).unwrap_or(FOOTNOTE),
    };
    ShortBlock {
        start: short(block.span.start),
        len: short(block.span.end - block.span.start),
        parent: block.parent.map_or(NONE, short),
        inlines: (short(block.inlines.start), short(block.inlines.end)),
        kind,
    }
}

struct Shortened<'s> {
    source: &'s str,
    inlines: Vec<ShortInline>,
    texts: String,
    lengths: Vec<u32>,
}

impl<'s> Inlines<'s> for Shortened<'s> {
    fn count(&self) -> usize {
        self.inlines.len()
    }

    fn add(&mut self, kind: InlineKind, span: Span, text: Cow<'s, str>) {
        let (start, len) = (short(span.start), short(span.end - span.start));
        let around = match text_of(kind) {
            Some(_) => Some((0, 0)),
            None => around(&self.source.as_bytes()[span.start..span.end], kind, &text),
        };
        if around.is_none() {
            self.texts.push_str(&text);
            self.lengths.push(short(text.len()));
        }
        let (before, behind) = around.unwrap_or((OWN, OWN));
        self.inlines.push(ShortInline { start, len, kind, before, behind });
    }
}

/// The text of an inline that all of its kind have.
fn text_of(kind: InlineKind) -> Option<&'static str> {
    match kind {
        InlineKind::Open(_) | InlineKind::Close(_) | InlineKind::Tag => Some(""),
        InlineKind::Break => Some(" "),
        _ => None,
    }
}

/// How many bytes stand before and behind a text in what was written, if it stands there as it is.
fn around(written: &[u8], kind: InlineKind, text: &str) -> Option<(u8, u8)> {
    let mut before = 0;
    if kind == InlineKind::Code {
        before = written.iter().take_while(|byte| **byte == b'`').count();
        before += usize::from(written.get(before) == Some(&b' ') && !text.starts_with(' '));
    }
    let behind = written.get(before..)?.strip_prefix(text.as_bytes())?.len();
    let fits = |count: usize| u8::try_from(count).ok().filter(|count| *count < OWN);
    Some((fits(before)?, fits(behind)?))
}

/// A number that fits, as `Keeper::new` makes sure.
fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn range(start: u32, len: u32) -> Range<usize> {
    start as usize..start as usize + len as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, prepare, read};

    /// What is kept is what parsing again finds.
    #[test]
    fn a_kept_outline_is_the_outline() {
        for text in [
            "# A `b`\n\n- x *y*\n\n> q\n\n```\ncode\n```\n\n| a |\n| - |\n| b |\n\n---\n",
            "---\ntitle: t\n---\n\na &amp; \\_b `` ` `` ` c` `d `\r\n[r][] ![i](j) \\\nk  \nl[^1]\n\n[^1]: m\n",
            "<Note>\n\n**x** <b>`a`\nb</b> {/* c */} {\"d\"}\n\n</Note>\n\n> - `e\n> f`\n",
            "\u{feff}\u{8fd9}**\u{201c}q\u{201d}**\u{540e} ~~s~~ www.example.org `\u{e9}`\n\nA\n: b\n",
        ] {
            for dialect in [Dialect::GITHUB, Dialect::MINTLIFY] {
                let (facts, kept) = read(text, true, dialect);
                let kept = kept.expect("a short page");
                let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
                let scan = prepare(text, true, facts.front.span.end.max(mark), dialect);
                let again = Outline::new(text, &scan);
                assert_eq!(format!("{:?}", kept.outline(text)), format!("{again:?}"), "{text}");
            }
        }
    }
}

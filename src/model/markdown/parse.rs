//! The walk over a page: CommonMark events, components and HTML tags in the order of the text.
//! Facts and renderer share this walk, so that both number links and blocks alike.

use crate::source::line_start;
use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag as MdTag, TagEnd};

use super::extensions::defines_abbreviations;
use super::html::{Tag, TagKind, Tags};
use super::lines::prefix_len;
use super::offsets::OffsetMap;
use super::scan::{Markup, Role, Scan, ScanTag};

/// An item of the walk.
#[derive(Debug)]
pub enum Item<'a> {
    /// A CommonMark event (never raw HTML).
    Markdown(Event<'a>),
    /// A tag; its ranges are offsets in the source.
    Tag {
        /// The tag.
        tag: Cow<'a, Tag>,
        /// Its role in the tree of components.
        role: Role,
        /// Its number among the tags of the scan; `None` for tags in raw HTML.
        number: Option<usize>,
    },
    /// The start or end of a container, or the end of its title.
    Container {
        /// The tag of the scan.
        mark: &'a ScanTag,
        /// Its number among the tags of the scan.
        number: usize,
    },
    /// The text of an expression of MDX; empty for a comment.
    Expression(&'a str),
    /// Raw HTML between tags.
    Raw(Cow<'a, str>),
}

/// CommonMark with the extensions of GitHub.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// The same, with formulas and other syntax if the page has them.
pub fn options(scan: &Scan<'_>) -> Options {
    let mut options = OPTIONS;
    options.set(Options::ENABLE_MATH, scan.math);
    let defines = scan.extensions.definition_lists && has_definitions(&scan.text);
    options.set(Options::ENABLE_DEFINITION_LIST, defines);
    options.set(Options::ENABLE_SUBSCRIPT, scan.extensions.scripts);
    options
}

/// Whether a text may have definitions of terms. The parser takes every line that begins with a
/// colon for one, so a page with other such lines has none.
fn has_definitions(text: &str) -> bool {
    let mut any = false;
    for at in memchr::memmem::find_iter(text.as_bytes(), "\n:") {
        if !matches!(text.as_bytes().get(at + 2), Some(b' ' | b'\t')) {
            return false;
        }
        any = true;
    }
    any
}

/// Links by reference, as found by the parser; ranges are in `scan.text`.
#[derive(Debug, Default)]
pub struct References {
    /// The definitions that count, in order.
    pub defined: Vec<Range<usize>>,
    /// Full and collapsed references without a definition: the label, and the whole reference.
    pub undefined: Vec<(String, Range<usize>)>,
}

/// Walks over the page. The range given with an item is in `scan.text`.
pub fn walk<'a>(source: &'a str, scan: &'a Scan<'_>, visit: impl FnMut(Item<'a>, Range<usize>)) {
    walk_references(source, scan, &mut References::default(), visit);
}

/// Walks over the page and collects its references.
pub fn walk_references<'a>(
    source: &'a str,
    scan: &'a Scan<'_>,
    references: &mut References,
    mut visit: impl FnMut(Item<'a>, Range<usize>),
) {
    walk_with(source, scan, references, &mut visit);
}

/// The same. It is not generic, so that the parser is compiled once.
fn walk_with<'a>(
    source: &'a str,
    scan: &'a Scan<'_>,
    references: &mut References,
    visit: &mut dyn FnMut(Item<'a>, Range<usize>),
) {
    let References { defined, undefined } = references;
    let separated = scan.separated.as_ref();
    let place = |range: Range<usize>| match separated {
        Some(separated) => separated.without(range),
        None => range,
    };
    let note = |link: BrokenLink<'a>| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined.push((link.reference.into_string(), place(link.span)));
        }
        None
    };
    let text = separated.map_or(&*scan.text, |separated| &separated.text);
    let parser = Parser::new_with_broken_link_callback(text, options(scan), Some(note));
    let found = parser.reference_definitions().iter();
    defined.extend(found.map(|(_, found)| place(found.span.clone())));
    defined.sort_by_key(|range| range.start);
    let is_mark = |event: &Event<'_>, range: &Range<usize>| {
        matches!(event, Event::InlineHtml(_))
            && separated.is_some_and(|separated| separated.is_mark(range.start))
    };
    let mut events = parser
        .into_offset_iter()
        .filter(|(event, range)| !is_mark(event, range))
        .map(|(event, range)| (event, place(range)));
    let mut html = HtmlReader { source, scan, tags: Tags::default() };
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(MdTag::HtmlBlock) => {
                let mut block = Block::default();
                for (event, range) in events.by_ref() {
                    match event {
                        Event::End(TagEnd::HtmlBlock) => break,
                        Event::Html(text) | Event::Text(text) => block.push(text, range),
                        _ => {}
                    }
                }
                html.read(&block.text, &|range| block.place(range), visit);
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                let start = range.start;
                html.read(&text, &|range| start + range.start..start + range.end, visit);
            }
            Event::Start(MdTag::Paragraph)
                if scan.extensions.abbreviations
                    && defines_abbreviations(&scan.text[range.clone()]) =>
            {
                events.by_ref().find(|(event, _)| *event == Event::End(TagEnd::Paragraph));
            }
            event => visit(Item::Markdown(event), range),
        }
    }
}

/// All definitions of `text`, including those that come too late to count. `counting` has the
/// others.
pub fn definitions(text: &str, counting: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut late = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "]:") {
        let behind = counting.partition_point(|range| range.start <= at);
        if behind.checked_sub(1).is_some_and(|before| at < counting[before].end) {
            continue;
        }
        let line = line_start(text, at);
        let label = line + prefix_len(&text[line..at]);
        let label = label + (text[label..at].len() - text[label..at].trim_start().len());
        let end = text[at..].find('\n').map_or(text.len(), |len| at + len);
        let plain = text[label..at].starts_with('[')
            && !text[label..at].starts_with("[^")
            && !text[label + 1..at].contains(['[', ']'])
            && !text[at + 2..end].trim().is_empty();
        if plain {
            late.push(label..end);
        }
    }
    let mut all = counting.to_vec();
    if !late.is_empty() {
        let blocks = leaves(text);
        late.retain(|range| {
            let behind = blocks.partition_point(|block| block.start <= range.start);
            behind.checked_sub(1).is_none_or(|before| blocks[before].end <= range.start)
        });
        all.extend(late);
        all.sort_by_key(|range| range.start);
    }
    all
}

/// The blocks of a text that contain no other blocks.
fn leaves(text: &str) -> Vec<Range<usize>> {
    let mut leaves: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let leaf = matches!(
            event,
            Event::Start(
                MdTag::Paragraph
                    | MdTag::Heading { .. }
                    | MdTag::CodeBlock(_)
                    | MdTag::HtmlBlock
                    | MdTag::Table(_)
            ) | Event::Text(_)
        );
        if leaf && leaves.last().is_none_or(|last| last.end <= range.start) {
            leaves.push(range);
        }
    }
    leaves
}

/// The text of an HTML block, which arrives line by line.
#[derive(Default)]
struct Block<'a> {
    text: CowStrBuf<'a>,
    offsets: OffsetMap,
}

impl<'a> Block<'a> {
    fn push(&mut self, text: CowStr<'a>, range: Range<usize>) {
        // The parser emits the indentation of the first line as text with an empty range.
        if range.is_empty() {
            self.offsets.insert(self.text.len(), range.start);
        } else {
            self.offsets.copy(self.text.len(), range.start);
        }
        self.text.push(text);
    }

    /// The range in the text for the parser.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offsets.start(range.start);
        start..self.offsets.end(range.end).max(start)
    }
}

/// A string that stays borrowed as long as it has one part.
#[derive(Default)]
struct CowStrBuf<'a> {
    first: Option<CowStr<'a>>,
    rest: String,
}

impl<'a> CowStrBuf<'a> {
    fn push(&mut self, text: CowStr<'a>) {
        match (&self.first, self.rest.is_empty()) {
            (None, true) => self.first = Some(text),
            (Some(first), _) => {
                self.rest = format!("{first}{text}");
                self.first = None;
            }
            (None, false) => self.rest.push_str(&text),
        }
    }
}

impl std::ops::Deref for CowStrBuf<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        self.first.as_deref().unwrap_or(&self.rest)
    }
}

struct HtmlReader<'a, 's> {
    source: &'a str,
    scan: &'a Scan<'s>,
    tags: Tags,
}

impl<'a> HtmlReader<'a, '_> {
    /// Splits raw HTML into tags and what is between them. `place` gives the range in `scan.text`
    /// of a range of `text`.
    fn read(
        &mut self,
        text: &str,
        place: &dyn Fn(Range<usize>) -> Range<usize>,
        visit: &mut dyn FnMut(Item<'a>, Range<usize>),
    ) {
        let mut done = 0;
        let mut pos = 0;
        let raw = |from: usize, to: usize, visit: &mut dyn FnMut(Item<'a>, Range<usize>)| {
            if from < to {
                let item = Item::Raw(Cow::Owned(text[from..to].to_owned()));
                visit(item, place(from..to));
            }
        };
        let shifted = |at: usize| place(at..at).start;
        while let Some(at) = memchr::memchr(b'<', &text.as_bytes()[pos..]) {
            let at = pos + at;
            let rest = &text[at..];
            if let Some((number, tag, len)) = self.replaced(rest, shifted(at)) {
                raw(done, at, visit);
                let item = match &tag.markup {
                    Markup::Tag => {
                        let (role, number) = (tag.role, Some(number));
                        Item::Tag { tag: Cow::Borrowed(&tag.tag), role, number }
                    }
                    Markup::Expression(text) => Item::Expression(&self.source[text.clone()]),
                    _ => Item::Container { mark: tag, number },
                };
                visit(item, shifted(at)..shifted(at) + len);
                (done, pos) = (at + len, at + len);
            } else if rest.starts_with("<!--") {
                pos = rest.find("-->").map_or(text.len(), |end| at + end + 3);
            } else if let Some((tag, end)) = self.tag(text, at, shifted(at)) {
                raw(done, at, visit);
                let name = tag.name(self.source).to_ascii_lowercase();
                let open = tag.kind == TagKind::Open;
                let start = shifted(at);
                let role = Role::Alone;
                visit(
                    Item::Tag { tag: Cow::Owned(tag), role, number: None },
                    start..start + (end - at),
                );
                (done, pos) = (end, end);
                if open && matches!(name.as_str(), "script" | "style") {
                    pos = text[end..].find("</").map_or(text.len(), |close| end + close);
                }
            } else {
                pos = at + 1;
            }
        }
        raw(done, text.len(), visit);
    }

    /// The tag that a placeholder at the start of `text` replaced, and the length of the
    /// placeholder. `None` for the same characters written by an author.
    fn replaced(&self, text: &str, shifted: usize) -> Option<(usize, &'a ScanTag, usize)> {
        let (number, len) = placeholder(text)?;
        let tag = self.scan.tags.get(number)?;
        let own = tag.tag.range.start == self.scan.offsets.start(shifted);
        own.then_some((number, tag, len))
    }

    /// The tag at `at` of `text`, with ranges in the source, and where it ends in `text`.
    fn tag(&mut self, text: &str, at: usize, shifted: usize) -> Option<(Tag, usize)> {
        let local = self.tags.at(text, at)?;
        let tag = self.tags.at(self.source, self.scan.offsets.start(shifted))?;
        let same =
            tag.name(self.source) == local.name(text) && tag.attrs.len() == local.attrs.len();
        same.then_some((tag, local.range.end))
    }
}

/// The number of the tag of a placeholder at the start of `text`, and the length.
fn placeholder(text: &str) -> Option<(usize, usize)> {
    let (prefix, suffix) =
        if text.starts_with("<!--dg:") { ("<!--dg:", "-->") } else { ("<dg-", ">") };
    let rest = text.strip_prefix(prefix)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[digits..].starts_with(suffix).then_some(())?;
    Some((rest[..digits].parse().ok()?, prefix.len() + digits + suffix.len()))
}

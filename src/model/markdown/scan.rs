//! A scan over the lines of a page, before CommonMark: it finds the components, replaces each of
//! their tags with a comment, and shifts their bodies left to the content column of the container,
//! so that indentation inside a component means nothing to the parser.
//!
//! Plain CommonMark fails on pages with components: nested blocks become indented code, and
//! Markdown inside tags becomes raw HTML. A comment is an HTML block that may interrupt a paragraph
//! and ends on its own line, so the tree around it is right.

mod containers;
mod html_block;
mod tags;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::Containers;
use super::cjk::Separated;
use super::components;
use super::extensions::Extensions;
use super::html::{self, Tag, TagKind, Tags};
use super::lines::{closes_fence, opens_fence, prefix_len, raw_element};
use super::offsets::OffsetMap;
use super::pieces::{Closer, Frame, Line, LineKind, Piece};
use super::tokens::{Names, Token};
use html_block::HtmlBlock;

pub use super::scanned::{Markup, Role, ScanOptions, ScanTag};

/// The page prepared for the parser.
#[derive(Debug)]
pub struct Scan<'a> {
    /// The text for the parser.
    pub text: Cow<'a, str>,
    /// The map to offsets in the source.
    pub offsets: OffsetMap,
    /// The tags that were replaced; `<!--dg:N-->` or `<dg-N>` is number N.
    pub tags: Vec<ScanTag>,
    /// The start of the unclosed comment, if there is one.
    pub open_comment: Option<usize>,
    /// Whether the parser recognises formulas.
    pub math: bool,
    /// Syntax beyond that of GitHub.
    pub extensions: Extensions,
    /// The text with separators beside emphasis that would not be seen without them.
    pub separated: Option<Separated>,
}

/// Scans `text` from `body` on, after the front matter.
pub fn scan(text: &str, body: usize, options: ScanOptions) -> Scan<'_> {
    let mut reader = Reader::new(text, options);
    let marked = memchr::memchr2(b'<', b'{', &text.as_bytes()[body..]).is_some();
    let titles = || options.alert_titles && text[body..].contains("[!");
    if marked
        || options.esm
        || titles()
        || super::containers::may_hold(&text[body..], options.containers)
    {
        reader.read(body);
    }
    let open_comment = match reader.state {
        State::Comment(start) | State::Dropping("*/}", start) => Some(start),
        _ => None,
    };
    if !reader.changed {
        let mut offsets = OffsetMap::default();
        if body > 0 {
            offsets.copy(0, body);
        }
        let text = Cow::Borrowed(&text[body..]);
        let (math, extensions) = (options.math, options.extensions);
        let tags = Vec::new();
        return Scan { text, offsets, tags, open_comment, math, extensions, separated: None };
    }
    let (out, offsets) =
        super::shift::Writer::new(text, &reader.lines, &reader.frames, options.mdx)
            .write(&reader.pieces, &reader.tags);
    let (text, tags) = (Cow::Owned(out), reader.tags);
    let (math, extensions) = (options.math, options.extensions);
    Scan { text, offsets, tags, open_comment, math, extensions, separated: None }
}

enum State {
    Text,
    /// `quoted`: opened inside a quote; `page`: at the top level, where the closing line may be
    /// indented by at most three columns, as in CommonMark.
    Fence {
        byte: u8,
        len: usize,
        quoted: bool,
        page: bool,
    },
    Comment(usize),
    Raw(&'static str),
    Dropping(&'static str, usize),
    /// Module code, up to this offset.
    Module(usize),
}

struct Reader<'a> {
    text: &'a str,
    options: ScanOptions,
    state: State,
    lines: Vec<Line>,
    pieces: Vec<Piece>,
    tags: Vec<ScanTag>,
    frames: Vec<Frame>,
    stack: Vec<usize>,
    /// The number of bytes that may still be read in search of the end of module code.
    module_left: usize,
    /// No comment ends before this offset.
    no_comment: usize,
    /// The first mark of a tag or an expression that is not before the line that was looked at
    /// last.
    next_mark: usize,
    /// The elements that are open in text.
    loose: Names<'a>,
    /// The names in `stack`: elements that are open on their own line.
    open: Names<'a>,
    /// The number of open containers whose bodies end with their indentation.
    indented: usize,
    /// How many containers are open, by their mark and the number of marks.
    marks: BTreeMap<(u8, usize), usize>,
    html: Tags,
    html_block: HtmlBlock,
    after_blank: bool,
    in_list: bool,
    changed: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, options: ScanOptions) -> Self {
        let closer = Closer::Tag;
        let page = Frame { tag: usize::MAX, name: 0..0, base: 0, verbatim: true, closer };
        Self {
            text,
            options,
            state: State::Text,
            lines: Vec::new(),
            pieces: Vec::new(),
            tags: Vec::new(),
            frames: vec![page],
            stack: vec![0],
            module_left: super::modules::MAX_LEN,
            no_comment: 0,
            next_mark: 0,
            loose: Names::default(),
            open: Names::default(),
            indented: 0,
            marks: BTreeMap::new(),
            html: Tags::default(),
            html_block: HtmlBlock::default(),
            after_blank: true,
            in_list: false,
            changed: false,
        }
    }

    fn frame(&self) -> usize {
        self.stack.last().copied().unwrap_or(0)
    }

    fn read(&mut self, body: usize) {
        let mut start = body;
        // So many bytes have most lines.
        self.lines.reserve((self.text.len() - body) / 32);
        while start < self.text.len() {
            let line = self.line_at(start);
            start = self.take(line);
        }
        self.close_indented();
    }

    fn line_at(&self, start: usize) -> Line {
        let bytes = self.text.as_bytes();
        let next = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        let mut end = next;
        while end > start && matches!(bytes[end - 1], b'\n' | b'\r') {
            end -= 1;
        }
        let (mut text, mut indent) = (start, 0);
        while text < end {
            match bytes[text] {
                b' ' => indent += 1,
                b'\t' => indent = (indent / 4 + 1) * 4,
                _ => break,
            }
            text += 1;
        }
        let (frame, kind) = (self.frame(), LineKind::Text);
        Line { start, end, next, text, indent, frame, kind, parted: false }
    }

    /// Scans one line and returns the start of the next one.
    fn take(&mut self, mut line: Line) -> usize {
        let content = &self.text[line.text..line.end];
        match self.state {
            State::Text => return self.take_text(line),
            State::Fence { byte, len, quoted, page } => {
                line.kind = if content.is_empty() { LineKind::Blank } else { LineKind::Code };
                let too_deep = page && line.indent > 3;
                if !too_deep && closes_fence(content, byte, len, quoted) {
                    self.state = State::Text;
                }
            }
            State::Comment(_) => {
                if content.contains("-->") {
                    self.state = State::Text;
                }
            }
            State::Raw(close) => {
                if content.contains(close) {
                    self.state = State::Text;
                }
            }
            State::Dropping(close, _) => {
                line.kind = LineKind::Dropped;
                if content.contains(close) {
                    self.state = State::Text;
                }
            }
            State::Module(end) => {
                line.kind = LineKind::Dropped;
                if line.next >= end {
                    self.state = State::Text;
                }
            }
        }
        self.push(line)
    }

    fn push(&mut self, line: Line) -> usize {
        let next = line.next;
        self.lines.push(line);
        next
    }

    fn take_text(&mut self, mut line: Line) -> usize {
        let content = &self.text[line.text..line.end];
        if content.is_empty() {
            line.kind = LineKind::Blank;
            self.after_blank = true;
            self.html_block.pass_blank();
            return self.push(line);
        }
        self.close_outdented(&mut line);
        line.parted = self.html_block.parts(&line);
        self.changed |= line.parted;
        let page_level = self.stack.len() == 1;
        let indented_code = page_level && line.indent >= 4 && !self.in_list && self.after_blank;
        let prefix = prefix_len(content);
        let is_list = prefix > 0 && !content.starts_with('>');
        if page_level && (is_list || (line.indent == 0 && self.after_blank)) {
            self.in_list = is_list;
        }
        if indented_code {
            return self.push(line);
        }
        self.after_blank = false;
        let rest = &content[prefix..];
        if let Some((byte, len)) = opens_fence(rest) {
            let quoted = content[..prefix].contains('>');
            let page = page_level && !self.in_list && prefix == 0;
            self.state = State::Fence { byte, len, quoted, page };
            line.kind = LineKind::Fence;
            self.narrow(&line);
            return self.push(line);
        }
        if self.options.alert_titles
            && let Some(next) = self.take_alert(&line, line.text + prefix)
        {
            return next;
        }
        if self.options.containers != Containers::None
            && let Some(next) = self.take_container(&line, line.text + prefix)
        {
            return next;
        }
        if self.drops(&line, rest) {
            line.kind = LineKind::Dropped;
            self.changed = true;
            return self.push(line);
        }
        if let Some(close) = raw_element(rest) {
            if !rest.contains(close) {
                self.state = State::Raw(close);
            }
            self.narrow(&line);
            return self.push(line);
        }
        let from = line.text + prefix;
        if !self.is_marked(from, line.end) {
            self.narrow(&line);
            return self.push(line);
        }
        self.take_tags(line, from)
    }

    /// Whether there may be a tag or an expression in a part of a line. Most lines have none, so
    /// that all are searched at once, up to the next one that has.
    fn is_marked(&mut self, from: usize, end: usize) -> bool {
        if self.next_mark < from {
            let rest = &self.text.as_bytes()[from..];
            let brace = if self.options.mdx { b'{' } else { b'<' };
            let next = memchr::memchr2(b'<', brace, rest);
            self.next_mark = next.map_or(self.text.len(), |next| from + next);
        }
        self.next_mark < end
    }

    /// Whether the line begins something that is not written: an MDX comment or module code.
    fn drops(&mut self, line: &Line, rest: &str) -> bool {
        if self.options.mdx && rest.starts_with("{/*") {
            match rest.find("*/}") {
                Some(at) if rest[at + 3..].trim().is_empty() => return true,
                Some(_) => return false,
                None => {
                    self.state = State::Dropping("*/}", line.text);
                    return true;
                }
            }
        }
        if self.options.esm && line.indent == 0 && self.stack.len() == 1 {
            let module = rest.starts_with("import ") || rest.starts_with("export ");
            if module && self.lines.last().is_none_or(|last| !matches!(last.kind, LineKind::Text)) {
                let end = super::modules::end(self.text, line.start, &mut self.module_left);
                if end > line.next {
                    self.state = State::Module(end);
                }
                return true;
            }
        }
        false
    }

    /// Updates the base indentation of the component around the line.
    fn narrow(&mut self, line: &Line) {
        let frame = &mut self.frames[line.frame];
        frame.base = frame.base.min(line.indent);
    }

    /// Splits the line and updates the tree of components.
    fn cut(&mut self, mut line: Line, from: usize, tokens: Vec<Token>) -> usize {
        let first = self.pieces.len();
        let quoted = self.text[line.text..from].contains('>');
        let begins_with_close = tokens.first().is_some_and(|token| {
            token.split
                && token.tag.kind == TagKind::Close
                && self.text[from..token.tag.range.start].trim().is_empty()
        });
        if !begins_with_close {
            self.narrow(&line);
        }
        let mut pos = from;
        for token in tokens {
            if !token.split && !token.rewrite {
                continue;
            }
            let range = token.tag.range.clone();
            self.text_piece(pos..range.start, token.rewrite);
            pos = range.end;
            if token.rewrite {
                let number = self.add(token.tag, Role::Alone, token.markup);
                self.pieces.push(Piece::Inline(number));
            } else {
                self.enter(token, quoted);
            }
        }
        self.text_piece(pos..line.end, false);
        if begins_with_close {
            line.frame = self.frame();
        }
        line.kind = LineKind::Pieces(first..self.pieces.len(), from);
        self.push(line)
    }

    fn text_piece(&mut self, range: Range<usize>, keep_space: bool) {
        let inline_before = matches!(self.pieces.last(), Some(Piece::Inline(_)));
        if keep_space || inline_before {
            if !range.is_empty() {
                self.pieces.push(Piece::Text(range));
            }
            return;
        }
        let text = &self.text[range.clone()];
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let start = range.start + (text.len() - text.trim_start().len());
            self.pieces.push(Piece::Text(start..start + trimmed.len()));
        }
    }

    /// Removes everything from `depth` on from the stack.
    fn leave(&mut self, depth: usize) {
        for gone in self.stack.split_off(depth) {
            let frame = &self.frames[gone];
            match frame.closer {
                Closer::Tag => self.open.remove(&self.text[frame.name.clone()]),
                Closer::Indent(_) => self.indented -= 1,
                Closer::Marks(mark, marks) => self.uncount(mark, marks),
            }
        }
    }

    fn add(&mut self, tag: Tag, role: Role, markup: Markup) -> usize {
        self.tags.push(ScanTag { tag, role, markup });
        self.tags.len() - 1
    }

    fn enter(&mut self, token: Token, quoted: bool) {
        let frame = self.frame();
        let name = token.tag.name(self.text);
        // `<Param>` is a component, although `<param>` is a void element.
        let void = html::is_void(name) && components::find(name).is_none();
        match token.tag.kind {
            TagKind::Open if !void => {
                let name = token.tag.name.clone();
                let number = self.add(token.tag, Role::Open { closed: false }, token.markup);
                let verbatim = quoted || (self.frames[frame].verbatim && frame != 0);
                let closer = Closer::Tag;
                let inside = Frame { tag: number, name, base: usize::MAX, verbatim, closer };
                self.frames.push(inside);
                let opened = self.frames.len() - 1;
                self.stack.push(opened);
                self.open.add(&self.text[self.frames[opened].name.clone()]);
                self.pieces.push(Piece::Tag { number, frame: opened });
            }
            TagKind::Open | TagKind::SelfClosing => {
                let number = self.add(token.tag, Role::Alone, token.markup);
                self.pieces.push(Piece::Tag { number, frame });
            }
            TagKind::Close => {
                let name = token.tag.name(self.text);
                let same = |depth: &usize| {
                    let frame = &self.frames[self.stack[*depth]];
                    frame.closer == Closer::Tag && &self.text[frame.name.clone()] == name
                };
                // Skips the search for closing tags that close nothing.
                let open = if self.open.has(name) { self.stack.len() } else { 0 };
                let depth = (1..open).rev().find(same);
                let (role, frame) = match depth {
                    None => (Role::Stray, frame),
                    Some(depth) => {
                        let closed = self.stack[depth];
                        self.leave(depth);
                        let of = self.frames[closed].tag;
                        self.tags[of].role = Role::Open { closed: true };
                        (Role::Close { of }, closed)
                    }
                };
                let number = self.add(token.tag, role, token.markup);
                self.pieces.push(Piece::Tag { number, frame });
            }
        }
    }
}

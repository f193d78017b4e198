//! The containers of a page: lines that open and close them, and indented bodies.

use std::ops::Range;

use super::{Line, Markup, Reader, Role, ScanTag};
use crate::markdown::Containers;
use crate::markdown::components;
use crate::markdown::components::ALERTS;
use crate::markdown::containers::{self, Container, Marked};
use crate::markdown::html::{Tag, TagKind};
use crate::markdown::lines::prefix_len;
use crate::markdown::pieces::{Closer, Frame, LineKind, Piece};

impl Reader<'_> {
    /// Scans a line that opens or closes a container; `None` for other lines.
    pub(super) fn take_container(&mut self, line: &Line, from: usize) -> Option<usize> {
        let rest = &self.text[from..line.end];
        let first = *rest.as_bytes().first()?;
        let quoted = self.text[line.text..from].contains('>');
        let mark = match self.options.containers {
            Containers::Colons if first == b':' => b':',
            Containers::Indented if first == b'/' => b'/',
            Containers::Indented if !quoted => return self.take_indented(line, from),
            _ => return None,
        };
        match containers::marked(self.text, from, line.end, mark)? {
            Marked::Open(container, marks) => {
                let closer = Closer::Marks(mark, marks);
                Some(self.open_container(line.clone(), from, container, closer))
            }
            Marked::Close(marks) => {
                let depth = self.closed_by(mark, marks)?;
                let pieces = self.close_container(depth, from..line.end);
                let frame = self.frame();
                let kind = LineKind::Pieces(pieces, from);
                Some(self.push(Line { frame, kind, ..line.clone() }))
            }
        }
    }

    /// The depth of the container that a line of marks closes: one with as many marks, even if others
    /// in it were never closed, or else the innermost one with fewer.
    fn closed_by(&self, mark: u8, marks: usize) -> Option<usize> {
        let same = self.marks.contains_key(&(mark, marks));
        // Skips the search for lines that close nothing.
        if !same && self.marks.range((mark, 0)..(mark, marks)).next().is_none() {
            return None;
        }
        self.stack.iter().rposition(|&frame| match self.frames[frame].closer {
            Closer::Marks(other, open) if other == mark => {
                if same {
                    open == marks
                } else {
                    open < marks
                }
            }
            _ => false,
        })
    }

    /// Counts a container that is no longer open.
    pub(super) fn uncount(&mut self, mark: u8, marks: usize) {
        if let Some(count) = self.marks.get_mut(&(mark, marks)) {
            *count -= 1;
            if *count == 0 {
                self.marks.remove(&(mark, marks));
            }
        }
    }

    fn take_indented(&mut self, line: &Line, from: usize) -> Option<usize> {
        let closer = Closer::Indent(line.indent + 4);
        // After a list marker there is no indentation to measure from.
        if from != line.text {
            return None;
        }
        if let Some(container) = containers::indented(self.text, from, line.end) {
            return Some(self.open_container(line.clone(), from, container, closer));
        }
        let text = from + containers::definition(&self.text[from..line.end])?;
        let behind_text = self.lines.last().is_some_and(|last| {
            matches!(last.kind, LineKind::Text | LineKind::Blank | LineKind::Pieces(..))
        });
        if !behind_text {
            return None;
        }
        let like = components::of_definition();
        let container = Container { name: from..from, title: None, like };
        let first = self.enter_container(line, from, container, closer);
        self.pieces.push(Piece::Text(text..line.end));
        self.narrow(line);
        let kind = LineKind::Pieces(first..self.pieces.len(), from);
        Some(self.push(Line { kind, ..line.clone() }))
    }

    fn open_container(
        &mut self,
        line: Line,
        from: usize,
        container: Container,
        closer: Closer,
    ) -> usize {
        let title = container.title.clone().filter(|title| !title.is_empty());
        let first = self.enter_container(&line, from, container, closer);
        if let Some(title) = title {
            let frame = self.frame();
            let end = title.end;
            self.pieces.push(Piece::Text(title));
            let number = self.mark(end..end, Role::Alone, Markup::TitleEnd);
            self.pieces.push(Piece::Tag { number, frame });
        }
        self.narrow(&line);
        let kind = LineKind::Pieces(first..self.pieces.len(), from);
        self.push(Line { kind, ..line })
    }

    fn enter_container(
        &mut self,
        line: &Line,
        from: usize,
        container: Container,
        closer: Closer,
    ) -> usize {
        let first = self.pieces.len();
        let outer = self.frame();
        let quoted = self.text[line.text..from].contains('>');
        let verbatim = quoted || (self.frames[outer].verbatim && outer != 0);
        let markup = Markup::Container(container);
        let number = self.mark(from..line.end, Role::Open { closed: false }, markup);
        let name = from..from;
        match closer {
            Closer::Indent(_) => self.indented += 1,
            Closer::Marks(mark, marks) => *self.marks.entry((mark, marks)).or_default() += 1,
            Closer::Tag => {}
        }
        self.frames.push(Frame { tag: number, name, base: usize::MAX, verbatim, closer });
        let frame = self.frames.len() - 1;
        self.stack.push(frame);
        self.pieces.push(Piece::Tag { number, frame });
        first
    }

    /// Closes the container at `depth` of the stack, and everything open in it.
    fn close_container(&mut self, depth: usize, at: Range<usize>) -> Range<usize> {
        for &frame in &self.stack[depth..] {
            // An indented body is never left open.
            if frame == self.stack[depth] || matches!(self.frames[frame].closer, Closer::Indent(_))
            {
                self.tags[self.frames[frame].tag].role = Role::Open { closed: true };
            }
        }
        let frame = self.stack[depth];
        let of = self.frames[frame].tag;
        self.leave(depth);
        let number = self.mark(at, Role::Close { of }, Markup::End);
        let first = self.pieces.len();
        self.pieces.push(Piece::Tag { number, frame });
        first..first + 1
    }

    /// Closes the containers whose bodies end before a line of this indentation.
    pub(super) fn close_outdented(&mut self, line: &mut Line) {
        if self.indented == 0 {
            return;
        }
        let ends = |&frame: &usize| matches!(self.frames[frame].closer, Closer::Indent(column) if line.indent < column);
        let Some(depth) = self.stack.iter().position(ends) else { return };
        let at = line.start;
        let pieces = self.close_container(depth, at..at);
        line.frame = self.frame();
        let kind = LineKind::Pieces(pieces, at);
        let synthetic =
            Line { end: at, next: at, text: at, indent: line.indent, kind, ..line.clone() };
        self.push(synthetic);
    }

    /// Closes indented bodies at the end of the page.
    pub(super) fn close_indented(&mut self) {
        for &frame in &self.stack[1..] {
            if let Closer::Indent(_) = self.frames[frame].closer {
                self.tags[self.frames[frame].tag].role = Role::Open { closed: true };
            }
        }
    }

    /// Scans the first line of an alert with a title, which the parser does not know: the title
    /// gets a line of its own. `None` for other lines.
    pub(super) fn take_alert(&mut self, line: &Line, from: usize) -> Option<usize> {
        let prefix = &self.text[line.text..from];
        let depth = prefix.bytes().filter(|byte| *byte == b'>').count();
        let plain = prefix.bytes().all(|byte| matches!(byte, b'>' | b' ' | b'\t'));
        let (name, title) = self.text[from..line.end].strip_prefix("[!")?.split_once(']')?;
        let shown = title.trim();
        if depth == 0 || !plain || !title.starts_with([' ', '\t']) || shown.is_empty() {
            return None;
        }
        let known = ALERTS.iter().any(|alert| alert.eq_ignore_ascii_case(name));
        let before = self.lines.last().map_or("", |last| &self.text[last.text..last.end]);
        let around = before[..prefix_len(before)].bytes().filter(|byte| *byte == b'>').count();
        if !known || shown.starts_with('>') || around >= depth {
            return None;
        }
        let end = line.end - (title.len() - title.trim_end().len());
        let start = end - shown.len();
        let mark = line.end - title.len();
        let (first, frame) = (self.pieces.len(), self.frame());
        self.pieces.push(Piece::Text(from..mark));
        let number = self.mark(mark..mark, Role::Alone, Markup::AlertTitle);
        self.pieces.push(Piece::Tag { number, frame });
        self.pieces.push(Piece::Text(start..end));
        let number = self.mark(end..end, Role::Alone, Markup::AlertTitleEnd);
        self.pieces.push(Piece::Tag { number, frame });
        self.narrow(line);
        let kind = LineKind::Pieces(first..self.pieces.len(), from);
        Some(self.push(Line { kind, ..line.clone() }))
    }

    /// Adds an entry for something that is not a tag.
    pub(super) fn mark(&mut self, range: Range<usize>, role: Role, markup: Markup) -> usize {
        let name = range.start..range.start;
        let tag = Tag { kind: TagKind::SelfClosing, name, attrs: Vec::new(), range };
        self.tags.push(ScanTag { tag, role, markup });
        self.changed = true;
        self.tags.len() - 1
    }
}

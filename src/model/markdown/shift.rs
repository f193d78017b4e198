//! The second half of the scan: writes the text for the parser, with comments in place of tags and
//! with the bodies of components shifted to the content column of their container.

use super::lines::marker_len;
use super::offsets::OffsetMap;
use super::pieces::{Frame, Line, LineKind, Piece};
use super::scanned::ScanTag;

pub(super) struct Writer<'a> {
    text: &'a str,
    lines: &'a [Line],
    frames: &'a [Frame],
    /// Deep indentation inside a component is not code: MDX has no indented code.
    mdx: bool,
    out: String,
    offsets: OffsetMap,
    /// The column at which each frame's content is written.
    columns: Vec<usize>,
    /// The content columns of the list items around the current line.
    lists: Vec<usize>,
    after_blank: bool,
    /// Whether the line before may be raw HTML or a table, which only a blank line ends.
    guard: bool,
    /// The number of columns that the current fence was moved left of the column of its frame.
    pulled: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(text: &'a str, lines: &'a [Line], frames: &'a [Frame], mdx: bool) -> Self {
        let columns = vec![0; frames.len()];
        let out = String::with_capacity(text.len() + text.len() / 8);
        let offsets = OffsetMap::default();
        let (lists, after_blank, guard, pulled) = (Vec::new(), true, false, 0);
        Self { text, lines, frames, mdx, out, offsets, columns, lists, after_blank, guard, pulled }
    }

    pub(super) fn write(mut self, pieces: &[Piece], tags: &[ScanTag]) -> (String, OffsetMap) {
        for line in self.lines {
            if line.parted {
                self.part(line);
            }
            match &line.kind {
                LineKind::Dropped => {}
                LineKind::Blank => {
                    self.copy(line.end, line.next);
                    self.after_blank = true;
                    self.guard = false;
                }
                LineKind::Code => {
                    let column = self.column(line).saturating_sub(self.pulled);
                    self.shifted(line, column.max(self.columns[line.frame]));
                }
                LineKind::Text | LineKind::Fence => self.text_line(line),
                LineKind::Pieces(range, from) => {
                    self.pieces(line, *from, &pieces[range.clone()], tags);
                }
            }
        }
        (self.out, self.offsets)
    }

    fn copy(&mut self, start: usize, end: usize) {
        self.offsets.copy(self.out.len(), start);
        self.out.push_str(&self.text[start..end]);
    }

    /// Inserts a line break that is not in the source.
    fn line_break(&mut self, source: usize) {
        self.offsets.insert(self.out.len(), source);
        self.out.push('\n');
    }

    /// Inserts a blank line before a line, in the same quotes.
    fn part(&mut self, line: &Line) {
        let content = &self.text[line.text..line.end];
        let quote = content.len() - content.trim_start_matches(['>', ' ', '\t']).len();
        if quote > 0 {
            self.pad(line, self.column(line), true, line.start, content[..quote].trim_end());
        }
        self.line_break(line.start);
        self.after_blank = true;
        self.guard = false;
    }

    /// The column at which the text of a line is written.
    fn column(&self, line: &Line) -> usize {
        let frame = &self.frames[line.frame];
        if frame.verbatim {
            return line.indent;
        }
        self.columns[line.frame] + line.indent.saturating_sub(frame.base)
    }

    /// Writes indentation: the last spaces of the source if there are enough.
    fn indent(&mut self, line: &Line, column: usize) {
        let own = &self.text[line.start..line.text];
        if column <= own.len() && own.bytes().all(|byte| byte == b' ') {
            self.copy(line.text - column, line.text);
        } else if column > 0 {
            self.offsets.insert(self.out.len(), line.text);
            self.out.extend(std::iter::repeat_n(' ', column));
        }
    }

    fn shifted(&mut self, line: &Line, column: usize) {
        if self.frames[line.frame].verbatim {
            self.copy(line.start, line.next);
        } else {
            self.indent(line, column);
            self.copy(line.text, line.next);
        }
    }

    fn text_line(&mut self, line: &Line) {
        let mut column = self.column(line);
        let content = &self.text[line.text..line.end];
        let marker = marker_len(content.as_bytes()) > 0;
        let fence = matches!(line.kind, LineKind::Fence);
        if self.after_blank || marker || fence {
            self.leave_lists(column);
        }
        let inside = self.lists.last().copied().unwrap_or(self.columns[line.frame]);
        let in_component = line.frame != 0 && !self.frames[line.frame].verbatim;
        if in_component
            && (self.mdx || fence)
            && (self.after_blank || fence)
            && column >= inside + 4
        {
            self.pulled = column - inside;
            column = inside;
        } else {
            self.pulled = 0;
        }
        self.enter_lists(content, column);
        self.guard = content.starts_with(['<', '|']) || (self.guard && !self.after_blank);
        self.after_blank = false;
        self.shifted(line, column);
    }

    fn leave_lists(&mut self, column: usize) {
        while self.lists.last().is_some_and(|&content| content > column) {
            self.lists.pop();
        }
    }

    /// Records the list items that begin on a line.
    fn enter_lists(&mut self, content: &str, mut column: usize) {
        let bytes = content.as_bytes();
        let mut pos = 0;
        loop {
            let marker = marker_len(&bytes[pos..]);
            if marker == 0 || bytes[pos] == b'>' {
                return;
            }
            let spaces = bytes[pos + marker..].iter().take_while(|byte| **byte == b' ').count();
            let gap = if (1..=4).contains(&spaces) { spaces } else { 1 };
            column += marker + gap;
            self.lists.push(column);
            pos = (pos + marker + gap).min(bytes.len());
        }
    }

    fn pieces(&mut self, line: &Line, from: usize, pieces: &[Piece], tags: &[ScanTag]) {
        let column = self.column(line);
        let prefix = &self.text[line.text..from];
        let in_text = matches!(pieces.first(), Some(Piece::Inline(_)))
            || (matches!(pieces.first(), Some(Piece::Text(_)))
                && matches!(pieces.get(1), Some(Piece::Inline(_))));
        // The last line of a page may have no line break.
        let unended = !self.out.is_empty() && !self.out.ends_with('\n');
        if unended || self.guard && !in_text {
            self.line_break(line.start);
            self.guard = false;
        }
        let quoted = prefix.contains('>');
        if !prefix.is_empty() {
            self.leave_lists(column);
            self.enter_lists(prefix, column);
            self.indent(line, column);
            self.copy(line.text, from);
        }
        let mut fresh = prefix.is_empty();
        let mut inline = false;
        for piece in pieces {
            if !fresh && !inline && self.out.ends_with("-->")
                || (inline && matches!(piece, Piece::Tag { .. }))
            {
                self.line_break(match piece {
                    Piece::Tag { number, .. } | Piece::Inline(number) => {
                        tags[*number].tag.range.start
                    }
                    Piece::Text(range) => range.start,
                });
                fresh = true;
            }
            match piece {
                Piece::Tag { number, frame } => {
                    let tag = &tags[*number];
                    let column = self.tag_column(line, column, *frame, tag, fresh);
                    if fresh {
                        self.pad(line, column, quoted, tag.tag.range.start, prefix);
                    }
                    self.offsets.insert(self.out.len(), tag.tag.range.start);
                    self.out.push_str("<!--dg:");
                    self.out.push_str(&number.to_string());
                    self.out.push_str("-->");
                    inline = false;
                }
                Piece::Text(range) => {
                    if fresh {
                        let column = self.text_column(line, column, in_text);
                        self.pad(line, column, quoted, range.start, prefix);
                    }
                    self.copy(range.start, range.end);
                    inline = true;
                }
                Piece::Inline(number) => {
                    if fresh {
                        self.pad(line, column, quoted, tags[*number].tag.range.start, prefix);
                    }
                    self.offsets.insert(self.out.len(), tags[*number].tag.range.start);
                    self.out.push_str("<dg-");
                    self.out.push_str(&number.to_string());
                    self.out.push('>');
                    inline = true;
                }
            }
            fresh = false;
        }
        if line.start == line.next {
            // The line is empty: a position between two lines.
            self.line_break(line.start);
        } else {
            self.copy(line.end, line.next);
        }
        self.guard = in_text && self.text[from..].starts_with('<');
        self.after_blank = !in_text;
    }

    fn pad(&mut self, line: &Line, column: usize, quoted: bool, source: usize, prefix: &str) {
        self.offsets.insert(self.out.len(), source);
        if quoted {
            if self.frames[line.frame].verbatim {
                self.out.push_str(&self.text[line.start..line.text]);
            } else {
                self.out.extend(std::iter::repeat_n(' ', column));
            }
            self.out.push_str(prefix);
        } else {
            self.out.extend(std::iter::repeat_n(' ', column));
        }
    }

    /// The column for text after a tag: the content column of its component.
    fn text_column(&self, line: &Line, column: usize, in_text: bool) -> usize {
        if in_text {
            return column;
        }
        self.lists.last().copied().unwrap_or(self.columns[line.frame])
    }

    /// The column for a tag: the content column of the container around it.
    fn tag_column(
        &mut self,
        line: &Line,
        column: usize,
        frame: usize,
        tag: &ScanTag,
        fresh: bool,
    ) -> usize {
        use super::scanned::Role;
        match tag.role {
            Role::Close { .. } => {
                self.leave_lists(self.columns[frame]);
                self.columns[frame]
            }
            Role::Open { .. } => {
                if fresh {
                    self.leave_lists(column);
                }
                let column = self.lists.last().copied().unwrap_or(self.columns[line.frame]);
                self.columns[frame] = column;
                column
            }
            Role::Alone | Role::Stray => {
                if fresh {
                    self.leave_lists(column);
                }
                self.lists.last().copied().unwrap_or(self.columns[line.frame])
            }
        }
    }
}

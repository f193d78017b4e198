//! The lines of a code block: what is said of each, and the HTML with that around and inside of it.

use std::ops::{Range, RangeInclusive};

use crate::escape;
use crate::lang::marks::{Kind, Line, Marks, annotation};
use crate::markdown::hidden::{Hiding, Mark};
use crate::markdown::info::Info;

/// What is said of the lines of a block.
pub(super) struct Lines {
    /// The marks in its text; all lines if any is marked.
    marks: Marks,
    /// Hidden lines, which readers can reveal. Their markers stay in the page, invisible.
    hidden: Vec<Option<Mark>>,
    /// The items of the list below that lines have a comment for.
    notes: Vec<Option<usize>>,
    /// Whether lines need elements: some are marked, or they are numbered.
    elements: bool,
}

impl Lines {
    pub(super) fn new(info: &Info, hiding: Option<Hiding<'_>>, text: &str) -> Self {
        let mut marks = Marks::new(&info.language, text);
        let listed: [(Kind, &[RangeInclusive<usize>]); 4] = [
            (Kind::Inserted, &info.inserted),
            (Kind::Removed, &info.removed),
            (Kind::Highlighted, &info.lines),
            (Kind::Focused, &info.focus),
        ];
        let listed = listed.into_iter().filter(|(_, ranges)| !ranges.is_empty());
        for (kind, ranges) in listed {
            let lines = text.lines().count();
            marks.lines.resize_with(marks.lines.len().max(lines), Line::default);
            for (at, line) in marks.lines.iter_mut().enumerate() {
                if ranges.iter().any(|range| range.contains(&(at + 1))) {
                    line.add(kind);
                }
            }
        }
        let said = marks.lines.iter().any(|line| !line.kinds.is_empty() || line.sign > 0);
        let elements = info.numbers.is_some() || said;
        let hidden: Vec<_> = match hiding {
            Some(hiding) => text.split('\n').map(|line| hiding.mark(line)).collect(),
            None => Vec::new(),
        };
        let any = hidden.iter().any(Option::is_some);
        let hidden = if any { hidden } else { Vec::new() };
        Self { marks, hidden, notes: Vec::new(), elements }
    }

    /// Takes out the comments that stand for items of a list of so many, and notes their lines.
    pub(super) fn annotate(&mut self, text: &str, items: usize) {
        let found = text
            .split('\n')
            .map(annotation)
            .map(|one| one.filter(|(_, n)| (1..=items).contains(n)));
        let found: Vec<_> = found.collect();
        if found.iter().all(Option::is_none) {
            return;
        }
        self.marks.lines.resize_with(self.marks.lines.len().max(found.len()), Line::default);
        for (line, note) in self.marks.lines.iter_mut().zip(&found) {
            if let Some((cut, _)) = note.as_ref().filter(|_| line.cut.is_empty()) {
                line.cut.push(cut.clone());
            }
        }
        self.notes = found.into_iter().map(|note| note.map(|(_, number)| number)).collect();
    }

    /// Whether the block is a difference that is used as a whole.
    pub(super) fn is_patch(&self) -> bool {
        self.marks.patch
    }

    /// Whether the HTML of the code is the HTML of the block.
    pub(super) fn are_plain(&self) -> bool {
        !self.elements && self.hidden.is_empty() && self.marks.lines.is_empty()
    }

    /// The code: the text without marks.
    pub(super) fn code(&self, text: &str) -> String {
        let mut code = String::with_capacity(text.len());
        for (at, written) in text.split_inclusive('\n').enumerate() {
            if self.is_gone(at) {
                continue;
            }
            let mut done = 0;
            for cut in self.cuts(at) {
                code.push_str(written.get(done..cut.start).unwrap_or_default());
                done = done.max(cut.end);
            }
            code.push_str(&written[done..]);
        }
        code
    }

    /// Writes the HTML of the block, from that of its code.
    pub(super) fn write(&self, out: &mut String, html: &str, text: &str, list: &str) {
        let mut html = html.split_inclusive('\n');
        let none = Line::default();
        let written = text.split_inclusive('\n').enumerate();
        for (at, source) in written.filter(|(at, _)| !self.is_gone(*at)) {
            let line = html.next().unwrap_or_default();
            let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
            let mark = self.hidden.get(at).and_then(Option::as_ref);
            let hides = mark.is_some_and(|mark| mark.hides);
            let said = self.marks.lines.get(at).unwrap_or(&none);
            out.push_str(if hides { "<span class=\"hidden-line\">" } else { "" });
            if self.elements {
                out.push_str("<span class=\"line");
                for kind in &said.kinds {
                    out.push(' ');
                    out.push_str(kind.class());
                }
                out.push_str("\">");
            }
            let parts = self.parts(at, said);
            match mark {
                Some(mark) => {
                    let (before, behind) = line.split_at(offset(line, mark.range.start));
                    out.push_str(before);
                    out.push_str("<span class=\"line-mark\">");
                    escape::text(out, &source[mark.range.clone()]);
                    out.push_str("</span>");
                    out.push_str(behind);
                }
                None => wrapped(out, line, &parts),
            }
            if let Some(number) = self.notes.get(at).copied().flatten() {
                note(out, list, number);
            }
            // The line break is inside, so that an empty line has a height.
            out.push_str(end);
            out.push_str(if self.elements { "</span>" } else { "" });
            out.push_str(if hides { "</span>" } else { "" });
        }
    }

    fn is_gone(&self, at: usize) -> bool {
        self.marks.lines.get(at).is_some_and(|line| line.gone)
    }

    /// The bytes of a line that are not part of the code, in order.
    fn cuts(&self, at: usize) -> Vec<Range<usize>> {
        let mark = self.hidden.get(at).and_then(Option::as_ref).map(|mark| mark.range.clone());
        let cut = self.marks.lines.get(at).into_iter().flat_map(|line| line.cut.iter().cloned());
        mark.into_iter().chain(cut).collect()
    }

    /// The parts of a line of code that are elements of their own.
    fn parts<'l>(&self, at: usize, line: &'l Line) -> Vec<(Range<usize>, &'l str)> {
        let cuts = self.cuts(at);
        let place = |at: usize| {
            at - cuts.iter().filter(|cut| cut.end <= at).map(ExactSizeIterator::len).sum::<usize>()
        };
        let words = line.words.iter().map(|word| (place(word.start)..place(word.end), "word"));
        let sign = (line.sign > 0).then_some((0..line.sign, "sign"));
        let place_of = |range: &Range<usize>| place(range.start)..place(range.end);
        let colors = line.colors.iter().map(|(range, class)| (place_of(range), class.as_str()));
        sign.into_iter().chain(words).chain(colors).collect()
    }
}

/// The link to an item of a list. Its number is drawn by CSS, so that it is neither copied nor
/// searched.
fn note(out: &mut String, list: &str, number: usize) {
    out.push_str("<a class=\"annotation\"");
    escape::attribute(out, "href", &format!("#{list}-{number}"));
    escape::attribute(out, "aria-label", &number.to_string());
    out.push_str("></a>");
}

/// Writes a line of HTML with elements around parts of its text. A part that begins in one element
/// of the line and ends in another becomes several.
fn wrapped(out: &mut String, html: &str, parts: &[(Range<usize>, &str)]) {
    let (mut at, mut done, mut open) = (0, 0, false);
    let mut parts = parts.iter().peekable();
    while done < html.len() {
        let rest = &html[done..];
        if parts.next_if(|(range, _)| range.end <= at).is_some() {
            out.push_str(if std::mem::take(&mut open) { "</span>" } else { "" });
            continue;
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let (len, text) = match rest.as_bytes()[0] {
            b'<' => (rest.find('>').map_or(1, |end| end + 1), 0),
            b'&' => (rest.find(';').map_or(1, |end| end + 1), 1),
            _ => (first, first),
        };
        if text == 0 && std::mem::take(&mut open) {
            out.push_str("</span>");
        }
        if let Some((_, class)) = parts.peek().filter(|(range, _)| text > 0 && range.contains(&at))
            && !std::mem::replace(&mut open, true)
        {
            out.push_str(&format!("<span class=\"{class}\">"));
        }
        out.push_str(&rest[..len]);
        at += text;
        done += len;
    }
    out.push_str(if open { "</span>" } else { "" });
}

/// The offset in a line of HTML after a number of bytes of its text, which are blanks.
fn offset(html: &str, mut bytes: usize) -> usize {
    let mut at = 0;
    while bytes > 0 && at < html.len() {
        let rest = &html[at..];
        let tag = rest.starts_with('<').then(|| rest.find('>')).flatten();
        match tag {
            Some(end) => at += end + 1,
            None => {
                let len = rest.chars().next().map_or(1, char::len_utf8);
                at += len;
                bytes = bytes.saturating_sub(len);
            }
        }
    }
    at
}

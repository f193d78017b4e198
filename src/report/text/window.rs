//! Prepares the few source lines of a finding for drawing.
//!
//! The renderer processes all the text it gets, expects reasonable line lengths, and draws
//! invisible characters as they are. So it gets a copy of only the lines it needs, with long lines
//! cut around the span and invisible characters spelled out, and spans into that copy.

use crate::source::{Source, Span};

/// The most lines of a span; of longer ones, only the first line is drawn.
pub const MAX_LINES: usize = 12;

/// A piece of a source, ready to be drawn.
#[derive(Debug)]
pub struct Window {
    /// The lines, separated by LF.
    pub text: String,
    /// The number of the first line, from 1.
    pub first_line: usize,
    /// The spans, as offsets in `text`.
    pub spans: Vec<Span>,
    /// Whether a line was cut, or a span shortened.
    pub cut: bool,
    /// The last line of the first span, if it is too far away to be drawn.
    pub goes_on_to: Option<usize>,
}

/// The window around `spans`. Long lines are cut around the first one, to `width` characters. Spans
/// must be inside the text.
pub fn window(source: &Source, spans: &[Span], width: usize) -> Window {
    let mut spans: Vec<Span> = spans.iter().map(|&span| trimmed(&source.text, span)).collect();
    let goes_on_to = shorten(source, &mut spans);
    let first = spans.iter().map(|span| line_of(source, span.start)).min().unwrap_or(0);
    let last = spans.iter().map(|span| line_of(source, span.end)).max().unwrap_or(first);
    let joiners = spans.iter().any(|span| is_invisible(&source.text[span.start..span.end]));
    let mut drawing = Drawing {
        text: String::new(),
        points: spans.iter().flat_map(|span| [(span.start, None), (span.end, None)]).collect(),
        joiners,
        cut: goes_on_to.is_some(),
    };
    for line in first..=last {
        if line > first {
            drawing.text.push('\n');
        }
        drawing.line(&source.text, line_span(source, line), spans[0], width);
    }
    let end = drawing.text.len();
    let place = |point: &(usize, Option<usize>)| point.1.unwrap_or(end);
    let spans = drawing.points.chunks(2).map(|p| Span::new(place(&p[0]), place(&p[1]))).collect();
    let Drawing { text, cut, .. } = drawing;
    Window { text, first_line: first + 1, spans, cut, goes_on_to }
}

/// The number of lines of a window around these spans.
pub fn height(source: &Source, spans: &[Span]) -> usize {
    let first = spans.iter().map(|span| line_of(source, span.start)).min().unwrap_or(0);
    let last = spans.iter().map(|span| line_of(source, span.end)).max().unwrap_or(0);
    last - first + 1
}

/// The span without a line break at its end, which would draw one line too many.
fn trimmed(text: &str, span: Span) -> Span {
    let inside = &text[span.start..span.end];
    let kept = inside.strip_suffix('\n').unwrap_or(inside);
    let kept = kept.strip_suffix('\r').filter(|_| kept.len() < inside.len()).unwrap_or(kept);
    Span::new(span.start, span.start + kept.len())
}

/// Cuts a first span of too many lines to its first line.
fn shorten(source: &Source, spans: &mut [Span]) -> Option<usize> {
    let span = spans.first_mut()?;
    let last = line_of(source, span.end);
    let first = line_of(source, span.start);
    if last - first < MAX_LINES {
        return None;
    }
    span.end = line_span(source, first).end.max(span.start);
    Some(last + 1)
}

/// The index, from 0, of the line that contains a byte.
fn line_of(source: &Source, offset: usize) -> usize {
    source.line_starts().partition_point(|&start| start as usize <= offset) - 1
}

/// The bytes of a line without its line break.
fn line_span(source: &Source, line: usize) -> Span {
    let starts = source.line_starts();
    let start = starts[line] as usize;
    let end = starts.get(line + 1).map_or(source.text.len(), |&next| next as usize);
    let text = &source.text[start..end];
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    Span::new(start, start + text.len())
}

/// A window that is being built.
struct Drawing {
    text: String,
    /// Offsets in the source, and their offsets in the window once known.
    points: Vec<(usize, Option<usize>)>,
    joiners: bool,
    cut: bool,
}

impl Drawing {
    fn line(&mut self, source: &str, line: Span, focus: Span, width: usize) {
        let kept = excerpt(source, line, focus, width);
        self.cut |= kept != line;
        if kept.start > line.start {
            self.text.push('…');
        }
        for (at, character) in source[kept.start..kept.end].char_indices() {
            self.reached(kept.start + at);
            match code_shown(character, self.joiners) {
                true => self.text.push_str(&format!("<U+{:04X}>", character as u32)),
                false => self.text.push(character),
            }
        }
        // An offset in the cut part, or in the line break, is drawn at the end.
        let crlf = source[line.end..].starts_with("\r\n");
        self.reached(line.end + usize::from(crlf));
        if kept.end < line.end {
            self.text.push('…');
        }
    }

    /// Records that everything up to `offset` in the source is before the current end.
    fn reached(&mut self, offset: usize) {
        let here = self.text.len();
        for (point, place) in &mut self.points {
            if place.is_none() && *point <= offset {
                *place = Some(here);
            }
        }
    }
}

/// The part of a line to show: all of it, or `width` characters around the focus.
fn excerpt(source: &str, line: Span, focus: Span, width: usize) -> Span {
    let text = &source[line.start..line.end];
    if text.len() <= width || text.chars().nth(width).is_none() {
        return line;
    }
    let inside = |offset: usize| offset.clamp(line.start, line.end);
    // The last line is shown around the end of the span, every other one around its start.
    let centre = if focus.start >= line.start { inside(focus.start) } else { inside(focus.end) };
    let back = |from: usize, by: usize| {
        let mut before = source[line.start..from].char_indices().rev();
        before.nth(by.saturating_sub(1)).map_or(line.start, |(at, _)| line.start + at)
    };
    let forth = |from: usize, by: usize| {
        source[from..line.end].char_indices().nth(by).map_or(line.end, |(at, _)| from + at)
    };
    let start = back(centre, width / 3);
    let end = forth(start, width);
    let start = if end == line.end { back(end, width) } else { start };
    Span::new(start.min(centre), end)
}

/// Whether a text consists of invisible characters only.
fn is_invisible(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| code_shown(character, true))
}

/// Whether a character is drawn as its code. Joiners and selectors are part of ordinary emoji and
/// of some scripts, so they are spelled out only if a finding is about them.
fn code_shown(character: char, joiners: bool) -> bool {
    match character {
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => joiners,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        // The first private-use character is the marker of the drawing.
        '\u{e000}' | '\u{80}'..='\u{9f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => {
            true
        }
        _ => false,
    }
}

//! The simple commands of a script, with the text of their words as the shell would pass it.

use super::parser::SimpleCommand;
use super::words::unquoted;
use crate::lang::{Command, Fault, Word};
use crate::source::Span;

/// Collects the commands, and checks the characters of their words.
pub(super) struct Commands<'t> {
    /// The block as written.
    text: &'t str,
    /// The placeholders in it, in order.
    holes: &'t [Span],
    pub(super) faults: Vec<Fault>,
}

impl<'t> Commands<'t> {
    pub(super) fn new(text: &'t str, holes: &'t [Span]) -> Self {
        Self { text, holes, faults: Vec::new() }
    }

    pub(super) fn read(&mut self, found: Vec<SimpleCommand>) -> Vec<Command> {
        let found = found.into_iter();
        found
            .map(|one| Command { words: one.words.into_iter().map(|at| self.word(at)).collect() })
            .collect()
    }

    fn word(&mut self, span: Span) -> Word {
        let span = span.clamped(self.text);
        let raw = &self.text[span.start..span.end];
        // They are sorted: find the first one that ends after the start.
        let next = self.holes.partition_point(|hole| hole.end <= span.start);
        let hole = self.holes.get(next).is_some_and(|hole| hole.start < span.end);
        let dots = matches!(raw, "..." | "…");
        self.invisible(raw, span);
        let (text, literal) = unquoted(raw);
        Word { text, span, literal: literal && !hole && !dots }
    }

    /// Reports characters that look like others and break a command.
    fn invisible(&mut self, raw: &str, span: Span) {
        if raw.contains(['"', '\'', '`']) || raw.is_ascii() {
            return;
        }
        let dash = |c| matches!(c, '–' | '—');
        let mut after = raw.chars();
        let first = after.next();
        let found = match first {
            Some(c)
                if dash(c) && after.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '-') =>
            {
                Some((0, c))
            }
            // `ls: cannot access ‘x’` is the message of a program.
            Some(c @ ('“' | '”' | '‘' | '’')) if !self.is_said(span.start) => Some((0, c)),
            _ => raw
                .char_indices()
                .find(|&(_, c)| matches!(c, '\u{a0}' | '\u{200b}' | '\u{2060}' | '\u{feff}')),
        };
        if let Some((at, c)) = found {
            let start = span.start + at;
            let shown = if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}') {
                format!("the invisible character U+{:04X} is part of this word", c as u32)
            } else {
                format!("the shell takes `{c}` for a letter")
            };
            let fault = Fault::new(Span::new(start, start + c.len_utf8()), shown);
            self.faults.push(fault.help("write the plain ASCII character"));
        }
    }

    /// Whether the line at an offset begins with a name and a colon, and so is a message.
    fn is_said(&self, at: usize) -> bool {
        let line = self.text[..at].rsplit('\n').next().unwrap_or("");
        let first = line.split_whitespace().next().unwrap_or("");
        first.len() > 1 && first.ends_with(':')
    }
}

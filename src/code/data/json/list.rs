//! Objects and arrays: entries between two brackets, with commas or what may replace them.

use super::Liberty;
use super::parser::{Entry, Parser, Stop, gap};
use crate::data::{MAX_DEPTH, Member, Node, Value};
use crate::source::Span;

/// An object or array that is being read.
struct List {
    close: u8,
    members: Vec<Member>,
    items: Vec<Node>,
    /// What precedes the position: a comma and its offset, an entry, an elision.
    comma: Option<usize>,
    entry_before: bool,
    elided: bool,
}

/// What comes next in a list.
enum Next {
    End,
    Separator,
    Entry,
}

impl Parser<'_> {
    /// Reads an object or array, whose opening bracket is next.
    pub(super) fn list(&mut self, close: u8, depth: usize) -> Result<Node, Stop> {
        let start = self.pos;
        if depth >= MAX_DEPTH {
            self.fault(start, start + 1, "values are nested too deeply");
            return Err(Stop);
        }
        self.take_byte();
        let (members, items) = (Vec::new(), Vec::new());
        let mut list =
            List { close, members, items, comma: None, entry_before: false, elided: false };
        loop {
            match self.next_in(&mut list, start)? {
                Next::End => break,
                Next::Separator => {}
                Next::Entry => self.entry_in(&mut list, depth)?,
            }
        }
        if let Some(at) = list.comma {
            self.liberty(Liberty::TrailingComma, at, at + 1);
        }
        if self.byte().is_some() {
            self.take_byte();
        }
        let object = close == b'}';
        let value = if object { Value::Object(list.members) } else { Value::Array(list.items) };
        Ok(Node { span: Span::new(start, self.pos), value })
    }

    /// Skips white space, comments and separators.
    fn next_in(&mut self, list: &mut List, start: usize) -> Result<Next, Stop> {
        let told = self.out.liberties.len();
        self.trivia();
        let elided = |(liberty, _): &&(Liberty, Span)| *liberty == Liberty::ElidedComment;
        if list.close == b'}'
            && let Some(&(_, span)) = self.out.liberties[told..].iter().find(elided)
        {
            list.members.push(gap(span));
        }
        match self.byte() {
            // `...` at the very end replaces everything that would follow.
            None if tail_is_elided(self.text) => Ok(Next::End),
            None => Err(self.never_closed(start)),
            Some(byte) if byte == list.close => Ok(Next::End),
            Some(byte @ (b'}' | b']')) => {
                let message =
                    format!("expected `{}` before `{}`", list.close as char, byte as char);
                self.fault(self.pos, self.pos + 1, message);
                Err(Stop)
            }
            Some(b',') => {
                self.stray_comma(!list.entry_before && !list.elided);
                list.comma = Some(self.pos);
                (list.entry_before, list.elided) = (false, false);
                self.take_byte();
                Ok(Next::Separator)
            }
            Some(b';') if list.entry_before => {
                self.fault(self.pos, self.pos + 1, "expected a comma, found `;`");
                list.entry_before = false;
                self.take_byte();
                Ok(Next::Separator)
            }
            Some(_) => Ok(Next::Entry),
        }
    }

    fn entry_in(&mut self, list: &mut List, depth: usize) -> Result<(), Stop> {
        let end = self.end;
        let faults = self.out.faults.len();
        if list.entry_before && self.elided().is_none() {
            self.fault(end, end, "expected a comma");
        }
        if self.out.faults.len() > faults + 20 {
            return Err(Stop);
        }
        list.comma = None;
        let object = list.close == b'}';
        (list.entry_before, list.elided) = (true, false);
        match self.entry(depth + 1)? {
            Entry::Elision(span) => {
                (list.entry_before, list.elided) = (false, true);
                if object {
                    list.members.push(gap(span));
                } else {
                    list.items.push(Node { span, value: Value::Elision });
                }
            }
            Entry::Member(member) if object => list.members.push(member),
            Entry::Item(node) if !object => list.items.push(node),
            Entry::Member(member) => {
                let at = member.key_span;
                self.fault(at.end, at.end, "a list has no keys: expected a comma");
            }
            Entry::Item(node) if node.value == Value::Elision => {}
            Entry::Item(node) => {
                self.fault(node.span.end, node.span.end, "expected a colon and a value");
                // `"key" { … }`: the value is there, and only the colon is missing.
                let behind = self.rest().trim_start_matches([' ', '\t']);
                if matches!(node.value, Value::String(_)) && behind.starts_with(['{', '[', '"']) {
                    self.trivia();
                    self.value(depth + 1)?;
                }
            }
        }
        Ok(())
    }

    fn never_closed(&mut self, start: usize) -> Stop {
        let line = self.text[..start].matches('\n').count() + 1;
        let opener = self.text.as_bytes()[start] as char;
        let message = format!("the `{opener}` on line {line} of the block is never closed");
        self.fault(self.end, self.end, message);
        Stop
    }
}

/// Whether a text ends with a mark that more follows.
fn tail_is_elided(text: &str) -> bool {
    let last = text.trim_end().lines().next_back().unwrap_or("");
    (last.ends_with("...") || last.ends_with('…')) && !last.contains("//")
}

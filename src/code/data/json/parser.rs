//! Values, lists and members. After a fault, parsing continues if it is clear how, and stops
//! otherwise.

use super::{Liberty, Parsed};
use crate::data::{Fault, Member, Node, Value, elisions};
use crate::source::Span;

/// The rest of the text cannot be parsed; a fault says why.
pub(super) struct Stop;

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) pos: usize,
    pub(super) out: Parsed,
    /// The end of the last token, without white space and comments.
    pub(super) end: usize,
}

/// One entry of a list or of the top level.
pub(super) enum Entry {
    Member(Member),
    Item(Node),
    Elision(Span),
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, pos: 0, out: Parsed::default(), end: 0 }
    }

    pub(super) fn run(mut self) -> Parsed {
        let _ = self.top_level();
        self.out
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.pos..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn liberty(&mut self, liberty: Liberty, start: usize, end: usize) {
        self.out.liberties.push((liberty, Span::new(start, end)));
    }

    pub(super) fn fault(&mut self, start: usize, end: usize, message: impl Into<String>) {
        let span = Span::new(start, end).clamped(self.text);
        self.out.faults.push(Fault::new(span, message));
    }

    /// All entries of the text, then their shape: one value, several, members or items.
    fn top_level(&mut self) -> Result<(), Stop> {
        let mut groups: Vec<Vec<Entry>> = Vec::new();
        let mut comma = true;
        let mut first_comma = None;
        loop {
            self.trivia();
            let Some(next) = self.byte() else { break };
            match next {
                b',' => {
                    self.stray_comma(comma);
                    first_comma.get_or_insert(self.pos);
                    self.take_byte();
                    comma = true;
                    continue;
                }
                b';' if !comma => {
                    self.fault(self.pos, self.pos + 1, "expected a comma, found `;`");
                    self.take_byte();
                    comma = true;
                    continue;
                }
                b'}' | b']' => {
                    let closer = next as char;
                    self.fault(self.pos, self.pos + 1, format!("`{closer}` closes nothing"));
                    return Err(Stop);
                }
                _ => {}
            }
            let gap = Span::new(self.end, self.pos);
            let elided =
                matches!(groups.last().and_then(|group| group.last()), Some(Entry::Elision(_)));
            let entry = match self.entry(0) {
                Ok(entry) => entry,
                Err(stop) => {
                    self.shape(groups, first_comma, false);
                    return Err(stop);
                }
            };
            let joined = comma || elided || matches!(entry, Entry::Elision(_));
            if !groups.is_empty() && !joined && !self.may_stand_apart(&entry, &groups, gap) {
                self.fault(gap.start, gap.start, "expected a comma or the end");
                return Err(Stop);
            }
            match groups.last_mut() {
                Some(group) if joined => group.push(entry),
                _ => groups.push(vec![entry]),
            }
            comma = false;
        }
        self.shape(groups, first_comma, comma);
        Ok(())
    }

    /// Whether an entry may follow without a comma: a value on its own line, or a member that is
    /// separated by a blank line or a comment.
    fn may_stand_apart(&self, entry: &Entry, groups: &[Vec<Entry>], gap: Span) -> bool {
        let between = &self.text[gap.start..gap.end];
        let apart = sets_apart(between);
        match (entry, groups.last().and_then(|group| group.last())) {
            (Entry::Item(_), Some(Entry::Item(_))) => between.contains('\n'),
            _ => apart,
        }
    }

    fn shape(&mut self, groups: Vec<Vec<Entry>>, comma: Option<usize>, trailing: bool) {
        let all = Span::new(0, self.text.len());
        if groups.len() > 1 {
            self.liberty(Liberty::Several, all.start, all.end);
        }
        if trailing && !groups.is_empty() {
            let at = comma.unwrap_or(0);
            self.liberty(Liberty::Items, at, at + usize::from(comma.is_some()));
        }
        for group in groups {
            let mut members = Vec::new();
            let mut items = Vec::new();
            let alone = group.len() == 1;
            for entry in group {
                match entry {
                    Entry::Member(member) => members.push(member),
                    Entry::Item(node) => items.push(node),
                    Entry::Elision(span) if alone => {
                        items.push(Node { span, value: Value::Elision })
                    }
                    Entry::Elision(_) => {}
                }
            }
            if let (Some(first), Some(last)) = (members.first(), members.last()) {
                let span = Span::new(first.key_span.start, last.value.span.end);
                self.liberty(Liberty::Members, span.start, span.end);
                if let Some(stray) = items.first() {
                    let at = stray.span;
                    self.fault(at.start, at.end, "expected a key and a colon");
                }
                // Without braces it is part of an object, whose other keys are not shown.
                members.push(gap(Span::new(span.end, span.end)));
                self.out.values.push(Node { span, value: Value::Object(members) });
            } else {
                if let (true, Some(first), Some(last)) =
                    (items.len() > 1, items.first(), items.last())
                {
                    let span = Span::new(first.span.start, last.span.end);
                    self.liberty(Liberty::Items, span.start, span.end);
                }
                self.out.values.extend(items);
            }
        }
    }

    pub(super) fn take_byte(&mut self) {
        self.pos += 1;
        self.end = self.pos;
    }

    pub(super) fn stray_comma(&mut self, stray: bool) {
        if stray {
            self.fault(self.pos, self.pos + 1, "a value is missing before this comma");
        }
    }

    /// An elision, a member or a value. Members are recognised by the colon after the key.
    pub(super) fn entry(&mut self, depth: usize) -> Result<Entry, Stop> {
        if let Some(span) = self.elision() {
            return Ok(Entry::Elision(span));
        }
        let start = self.pos;
        match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                let text = self.string(quote as u8)?;
                let key_span = Span::new(start, self.pos);
                self.end = self.pos;
                self.after_string()?;
                self.optional_mark();
                self.trivia();
                if self.byte() == Some(b':') {
                    return self.member(text, key_span, depth);
                }
                let node = Node { span: key_span, value: Value::String(text) };
                self.choices(node, depth).map(Entry::Item)
            }
            Some(c) if (is_ident_start(c) || c == '\\') && !self.rest().starts_with("${") => {
                let span = self.key_word();
                self.end = self.pos;
                self.optional_mark();
                self.trivia();
                if self.byte() == Some(b':') {
                    self.liberty(Liberty::UnquotedKey, span.start, span.end);
                    let key = self.text[span.start..span.end].to_owned();
                    return self.member(key, span, depth);
                }
                self.colon_missing(span)?;
                self.pos = start;
                self.value(depth).map(Entry::Item)
            }
            _ => {
                let before = self.out.liberties.len();
                let node = self.value(depth)?;
                self.trivia();
                if self.byte() == Some(b':') {
                    let placeholder = self.out.liberties[before..]
                        .iter()
                        .any(|&(taken, at)| taken == Liberty::Placeholder && at == node.span);
                    if !placeholder {
                        self.fault(node.span.start, node.span.end, "a key needs double quotes");
                    }
                    let key = self.text[node.span.start..node.span.end].to_owned();
                    return self.member(key, node.span, depth);
                }
                Ok(Entry::Item(node))
            }
        }
    }

    /// Reports a missing colon after a word that is not a value, if a value follows on its line.
    fn colon_missing(&mut self, word: Span) -> Result<(), Stop> {
        let behind = &self.text[word.end..self.pos];
        let value = matches!(self.byte(), Some(b'"' | b'\'' | b'{' | b'[' | b'-' | b'0'..=b'9'))
            || ["true", "false", "null"].iter().any(|value| self.rest().starts_with(value));
        let written = &self.text[word.start..word.end];
        let known = ["true", "false", "null", "NaN", "Infinity"].contains(&written);
        if known || !value || behind.is_empty() || behind.contains('\n') {
            return Ok(());
        }
        self.fault(word.end, word.end, format!("expected a colon after `{written}`"));
        Err(Stop)
    }

    /// Skips the `?` of `key?:`, a member that may be missing.
    fn optional_mark(&mut self) {
        if self.rest().starts_with("?:") {
            self.liberty(Liberty::Placeholder, self.pos, self.pos + 1);
            self.pos += 1;
        }
    }

    fn key_word(&mut self) -> Span {
        let mut span = self.ident();
        while self.rest().starts_with("\\u") {
            self.pos += 2;
            span.end = self.ident().end;
        }
        span
    }

    fn member(&mut self, key: String, key_span: Span, depth: usize) -> Result<Entry, Stop> {
        self.take_byte();
        self.trivia();
        if matches!(self.byte(), None | Some(b',' | b'}' | b']')) {
            self.fault(self.end, self.end, "a value is missing after this colon");
            let span = Span::new(self.end, self.end);
            return Ok(Entry::Member(Member {
                key,
                key_span,
                value: Node { span, value: Value::Null },
            }));
        }
        let value = match self.elision() {
            Some(span) => Node { span, value: Value::Elision },
            None => self.value(depth)?,
        };
        Ok(Entry::Member(Member { key, key_span, value }))
    }

    /// The length of the mark of something left out that begins here.
    pub(super) fn elided(&self) -> Option<usize> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        let dots = rest.len() - rest.trim_start_matches('.').len();
        let line = "[(<-.…*=~".contains(first).then(|| elisions::mark(self.text, self.pos));
        line.flatten().or(match first {
            '.' if dots >= 3 => Some(dots),
            '…' => Some(first.len_utf8()),
            _ => None,
        })
    }

    fn elision(&mut self) -> Option<Span> {
        let span = Span::new(self.pos, self.pos + self.elided()?);
        self.pos = span.end;
        self.end = span.end;
        self.liberty(Liberty::Elision, span.start, span.end);
        Some(span)
    }

    /// Reports text directly after a string, which was meant to be in it.
    fn after_string(&mut self) -> Result<(), Stop> {
        match self.peek() {
            Some(c) if is_ident(c) || c == '"' || c == '\\' => {
                let message =
                    "this string ends too early: a quote in it is not escaped, or one is missing";
                self.fault(self.pos, self.pos + c.len_utf8(), message);
                Err(Stop)
            }
            _ => Ok(()),
        }
    }

    /// A value, or a choice of values written `"a" | "b"`.
    pub(super) fn value(&mut self, depth: usize) -> Result<Node, Stop> {
        let node = self.one_value(depth)?;
        self.choices(node, depth)
    }

    fn choices(&mut self, mut node: Node, depth: usize) -> Result<Node, Stop> {
        loop {
            let rest = self.rest().trim_start_matches([' ', '\t', '\n', '\r']);
            if !rest.starts_with('|') {
                return Ok(node);
            }
            self.pos = self.text.len() - rest.len();
            self.take_byte();
            self.trivia();
            let end = self.one_value(depth)?.span.end;
            node = Node { span: Span::new(node.span.start, end), value: Value::Elision };
            self.liberty(Liberty::Placeholder, node.span.start, end);
        }
    }

    fn one_value(&mut self, depth: usize) -> Result<Node, Stop> {
        let start = self.pos;
        if let Some(len) = self.placeholder() {
            self.pos += len;
            self.end = self.pos;
            self.liberty(Liberty::Placeholder, start, self.pos);
            return Ok(Node { span: Span::new(start, self.pos), value: Value::Elision });
        }
        let value = match self.peek() {
            Some('{') => return self.list(b'}', depth),
            Some('[') => return self.list(b']', depth),
            Some(quote @ ('"' | '\'')) => {
                let text = self.string(quote as u8)?;
                self.end = self.pos;
                self.after_string()?;
                Value::String(text)
            }
            Some('-' | '+' | '.' | '0'..='9') => Value::Number(self.number()),
            Some(c) if is_ident_start(c) => self.word()?,
            Some(c @ ('“' | '”' | '„' | '‘' | '’')) => {
                let message = format!("`{c}` does not delimit a string");
                self.fault(start, start + c.len_utf8(), message);
                return Err(Stop);
            }
            Some(c) => {
                self.fault(
                    start,
                    start + c.len_utf8(),
                    format!("expected a value, found `{}`", c.escape_debug()),
                );
                return Err(Stop);
            }
            None => {
                self.fault(self.end, self.end, "expected a value");
                return Err(Stop);
            }
        };
        self.end = self.pos;
        Ok(Node { span: Span::new(start, self.pos), value })
    }

    fn word(&mut self) -> Result<Value, Stop> {
        let span = self.ident();
        let word = &self.text[span.start..span.end];
        Ok(match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            "Infinity" | "NaN" => {
                self.liberty(Liberty::Number, span.start, span.end);
                Value::Number(word.to_owned())
            }
            // The types of a schema are placeholders for values.
            "string" | "number" | "boolean" | "integer" | "object" | "any"
                if !matches!(self.byte(), Some(b'"' | b'\'')) =>
            {
                self.liberty(Liberty::Placeholder, span.start, span.end);
                Value::Elision
            }
            _ => {
                let message = if matches!(self.byte(), Some(b'"' | b'\'')) {
                    format!("the quote before `{word}` is missing")
                } else {
                    format!("`{word}` is not a value: a string needs quotes")
                };
                self.fault(span.start, span.end, message);
                return Err(Stop);
            }
        })
    }
}

/// Whether a blank line or a comment on its own line is between two members.
pub fn sets_apart(between: &str) -> bool {
    let lines: Vec<&str> = between.split('\n').map(str::trim).collect();
    let inner = lines.len().saturating_sub(1).max(1);
    // The first line belongs to the member before, the last one to the member after.
    let blank = lines[1..inner.max(1)].iter().any(|line| line.is_empty());
    let comment = |line: &&str| ["//", "/*", "#", "*"].iter().any(|mark| line.starts_with(mark));
    blank || lines[1..].iter().any(comment)
}

/// The member that represents keys that were left out.
pub(super) fn gap(span: Span) -> Member {
    Member { key: "...".to_owned(), key_span: span, value: Node { span, value: Value::Elision } }
}

pub(super) fn is_ident_start(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

pub(super) fn is_ident(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || c == '\u{200c}' || c == '\u{200d}'
}

//! YAML texts as trees with spans, through the events of saphyr-parser.
//!
//! The tree is built on its own stack, so depth costs no call stack. An alias is expanded once, as
//! a copy with the span of the alias, up to a total size of all copies; beyond that it becomes a
//! [`Value::Elision`], so that a "billion laughs" document stays small.

use super::{Fault, MAX_DEPTH, Member, Node, Value};
use crate::source::Span;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};
use std::collections::HashMap;

/// The total number of nodes that aliases may copy in one text.
const MAX_COPIED: usize = 10_000;

/// All documents of the text, or the first fault, which may be that the parser failed: for
/// settings and front matter.
pub fn read(text: &str) -> Result<Vec<Node>, Fault> {
    super::guarded(|| parse(text))
}

/// All documents of the text, or the first fault.
///
/// A key that is not a scalar is kept as its source text. Tags are ignored, except that `!!str`
/// and unknown tags make a scalar a string.
pub fn parse(text: &str) -> Result<Vec<Node>, Fault> {
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| builder.fault(&error))?;
        let span = builder.offsets.span(span);
        builder.event(event, span)?;
    }
    Ok(builder.documents)
}

/// Converts character offsets to byte offsets, in one pass as long as they grow.
struct Offsets<'t> {
    text: &'t str,
    ascii: bool,
    chars: usize,
    bytes: usize,
}

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, ascii: text.is_ascii(), chars: 0, bytes: 0 }
    }

    fn byte(&mut self, chars: usize) -> usize {
        if self.ascii {
            return chars.min(self.text.len());
        }
        if chars < self.chars {
            // Going back is rare and short: a span that starts before the last one ended.
            let back = self.chars - chars;
            let step = self.text[..self.bytes].char_indices().rev().nth(back - 1);
            self.bytes = step.map_or(0, |(at, _)| at);
        } else if chars > self.chars {
            let rest = &self.text[self.bytes..];
            let step = rest.char_indices().nth(chars - self.chars);
            self.bytes = step.map_or(self.text.len(), |(at, _)| self.bytes + at);
            if step.is_none() {
                self.chars += rest.chars().count();
                return self.bytes;
            }
        }
        self.chars = chars;
        self.bytes
    }

    fn span(&mut self, span: saphyr_parser::Span) -> Span {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index());
        Span::new(start, end.max(start))
    }
}

/// A collection that is still open.
struct Open {
    start: usize,
    anchor: usize,
    /// `None` for a list.
    key: Option<Key>,
    members: Vec<Member>,
    items: Vec<Node>,
}

enum Key {
    Awaited,
    Read(String, Span),
}

struct Builder<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    copied: usize,
    documents: Vec<Node>,
    end: usize,
    fresh: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            offsets: Offsets::new(text),
            open: Vec::new(),
            anchors: HashMap::new(),
            copied: 0,
            documents: Vec::new(),
            end: 0,
            fresh: false,
        }
    }

    fn fault(&mut self, error: &ScanError) -> Fault {
        let mut at = self.offsets.byte(error.marker().index());
        if error.info().contains("unknown escape") {
            at = unknown_escape(self.text, at);
        }
        let end = self.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        Fault::new(Span::new(at, end), error.info())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(_) => self.fresh = true,
            Event::Scalar(text, style, anchor, tag) => {
                let tagged = tag.as_deref();
                let span = if text.is_empty() && style == ScalarStyle::Plain {
                    Span::new(span.start, span.start)
                } else {
                    self.trimmed(span, style)
                };
                let node = Node { span, value: scalar(&text, style, tagged) };
                self.keep(anchor, &node);
                self.put(node, Some(text.into_owned()));
            }
            Event::SequenceStart(anchor, _) => self.start(span, anchor, false)?,
            Event::MappingStart(anchor, _) => self.start(span, anchor, true)?,
            Event::SequenceEnd | Event::MappingEnd => self.finish(span),
            Event::Alias(anchor) => {
                let value = self.copy(anchor);
                self.put(Node { span, value }, None);
            }
            _ => {}
        }
        Ok(())
    }

    /// The span of a scalar without what follows it: block scalars extend to the next token.
    fn trimmed(&self, span: Span, style: ScalarStyle) -> Span {
        if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
            return span;
        }
        let written = self.text[span.start..span.end].trim_end();
        Span::new(span.start, span.start + written.len())
    }

    fn start(&mut self, span: Span, anchor: usize, mapping: bool) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::new(span, "collections are nested too deeply"));
        }
        let key = mapping.then_some(Key::Awaited);
        let (members, items) = (Vec::new(), Vec::new());
        self.open.push(Open { start: span.start, anchor, key, members, items });
        Ok(())
    }

    fn finish(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        // A block collection extends to the next token, but its text ends before that.
        // A flow collection ends with its bracket.
        let end = if span.end > span.start { span.end } else { self.end.max(open.start) };
        let value = match open.key {
            Some(_) => Value::Object(open.members),
            None => Value::Array(open.items),
        };
        let node = Node { span: Span::new(open.start.min(end), end), value };
        self.keep(open.anchor, &node);
        self.put(node, None);
    }

    fn put(&mut self, node: Node, plain: Option<String>) {
        self.end = self.end.max(node.span.end);
        let text = self.text;
        match self.open.last_mut() {
            None => {
                if std::mem::take(&mut self.fresh) {
                    self.documents.push(node);
                }
            }
            Some(open) => match open.key.take() {
                None => open.items.push(node),
                Some(Key::Awaited) => {
                    let written = || text[node.span.start..node.span.end].to_owned();
                    let name = plain.unwrap_or_else(written);
                    open.key = Some(Key::Read(name, node.span));
                }
                Some(Key::Read(key, key_span)) => {
                    open.key = Some(Key::Awaited);
                    open.members.push(Member { key, key_span, value: node });
                }
            },
        }
    }

    fn keep(&mut self, anchor: usize, node: &Node) {
        if anchor != 0 {
            let size = size(node);
            if size <= MAX_COPIED && self.copied + size <= MAX_COPIED {
                self.copied += size;
                self.anchors.insert(anchor, (node.clone(), size));
            }
        }
    }

    fn copy(&mut self, anchor: usize) -> Value {
        match self.anchors.get(&anchor) {
            Some((node, size)) if self.copied + size <= MAX_COPIED && depth(node) < 32 => {
                self.copied += size;
                node.value.clone()
            }
            _ => Value::Elision,
        }
    }
}

/// The offset of the unknown escape in the string that begins at `from`.
fn unknown_escape(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at + 1 < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
        } else if b"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(&bytes[at + 1]) {
            at += 2;
        } else {
            return at;
        }
    }
    from
}

fn size(node: &Node) -> usize {
    let members = node.members().iter().map(|member| size(&member.value));
    1 + members.sum::<usize>() + node.items().iter().map(size).sum::<usize>()
}

fn depth(node: &Node) -> usize {
    let members = node.members().iter().map(|member| depth(&member.value)).max();
    1 + members.max(node.items().iter().map(depth).max()).unwrap_or(0)
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    if style != ScalarStyle::Plain || tag.is_some() {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        "..." | "…" => Value::Elision,
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::String(text.to_owned()),
    }
}

/// Whether a text is a number in the YAML core schema.
fn is_number(text: &str) -> bool {
    let digits = |text: &str, radix| !text.is_empty() && text.chars().all(|c| c.is_digit(radix));
    if let Some(hex) = text.strip_prefix("0x") {
        return digits(hex, 16);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return digits(octal, 8);
    }
    let unsigned = text.trim_start_matches(['-', '+']);
    if text.len() - unsigned.len() > 1 {
        return false;
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    unsigned.bytes().any(|b| b.is_ascii_digit())
        && unsigned.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'-' | b'+'))
        && unsigned.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, span: Span) -> &str {
        &text[span.start..span.end]
    }

    #[test]
    fn spans_are_bytes_even_behind_wide_characters() {
        let text = "# ü…\nü: 'é'\nlist:\n  - ä\n  - {x: 1, y: [ö]}\nlast: done\n";
        let documents = parse(text).unwrap();
        let root = &documents[0];
        assert_eq!(written(text, root.members()[0].key_span), "ü");
        assert_eq!(written(text, root.members()[0].value.span), "'é'");
        let list = root.get("list").unwrap();
        assert_eq!(written(text, list.items()[0].span), "ä");
        assert_eq!(written(text, list.items()[1].span), "{x: 1, y: [ö]}");
        assert_eq!(written(text, list.span), "- ä\n  - {x: 1, y: [ö]}");
        assert_eq!(written(text, root.get("last").unwrap().span), "done");
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        let cases = [
            ("1", Value::Number("1".into())),
            ("-1.5e3", Value::Number("-1.5e3".into())),
            ("1.2.3", Value::String("1.2.3".into())),
            ("'1'", Value::String("1".into())),
            ("yes", Value::String("yes".into())),
            ("true", Value::Bool(true)),
            ("~", Value::Null),
            ("!!str 1", Value::String("1".into())),
            ("!ENV x", Value::String("x".into())),
            ("--1", Value::String("--1".into())),
        ];
        for (text, value) in cases {
            assert_eq!(parse(text).unwrap()[0].value, value, "{text}");
        }
    }

    #[test]
    fn several_documents_and_none() {
        assert_eq!(parse("a: 1\n---\nb: 2\n").unwrap().len(), 2);
        assert_eq!(parse("").unwrap().len(), 0);
        assert_eq!(parse("# only words\n").unwrap().len(), 0);
    }

    #[test]
    fn aliases_are_copied_but_not_without_end() {
        let root = &parse("a: &x {k: 1}\nb: *x\n").unwrap()[0];
        assert!(root.get("b").unwrap().get("k").is_some());
        let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..30 {
            let refs = vec![format!("*a{}", n - 1); 9].join(", ");
            laughs += &format!("a{n}: &a{n} [{refs}]\n");
        }
        assert!(size(&parse(&laughs).unwrap()[0]) < 3 * MAX_COPIED);
    }

    #[test]
    fn faults_have_their_byte() {
        let fault = parse("ü: \"a\\.b\"\n").unwrap_err();
        assert_eq!(fault.span, Span::new(6, 7));
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
    }
}

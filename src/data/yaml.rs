//! YAML with spans, from the events of saphyr-parser (whose index counts characters, not bytes).

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{Fault, Member, Node, Value};
use crate::source::Span;

/// Deeper nesting is refused: it bounds recursion here and in what reads the tree.
const MAX_DEPTH: usize = 256;
/// Aliases are copied; more nodes than this are refused (the billion laughs).
const MAX_NODES: usize = 200_000;

/// The documents of a YAML text.
pub fn parse(text: &str) -> Result<Vec<Node>, Fault> {
    let mut builder = Builder {
        text,
        chars: 0,
        bytes: 0,
        stack: Vec::new(),
        out: Vec::new(),
        anchors: HashMap::new(),
        nodes: 0,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => {
                let start = builder.byte(span.start.index());
                let end = builder.byte(span.end.index()).max(start);
                builder.event(event, Span::new(start, end))?;
            }
            Err(error) => {
                let at = builder.byte(error.marker().index()).min(text.len());
                return Err(Fault::new(
                    Span::new(at, next_char(text, at)),
                    error.info().to_owned(),
                ));
            }
        }
    }
    Ok(builder.out)
}

fn next_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8)
}

enum Open {
    Array(Vec<Node>, usize),
    Object(Vec<Member>, Option<(String, Span)>, usize),
}

struct Builder<'a> {
    text: &'a str,
    /// A pair of equal places, in characters and in bytes: the marks mostly move forward.
    chars: usize,
    bytes: usize,
    stack: Vec<(Open, usize)>,
    out: Vec<Node>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
}

impl Builder<'_> {
    fn byte(&mut self, index: usize) -> usize {
        if index < self.chars {
            (self.chars, self.bytes) = (0, 0);
        }
        let rest = &self.text[self.bytes..];
        let wanted = index - self.chars;
        let step = rest.char_indices().nth(wanted).map_or(rest.len(), |(at, _)| at);
        self.chars = index.min(self.chars + rest[..step].chars().count());
        self.bytes += step;
        self.bytes
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { scalar(&text) } else { Value::String(text.into_owned()) };
                self.close(Node { span, value }, anchor)
            }
            Event::SequenceStart(anchor, _) => {
                self.open(Open::Array(Vec::new(), span.start), anchor, span)
            }
            Event::MappingStart(anchor, _) => {
                self.open(Open::Object(Vec::new(), None, span.start), anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some((open, anchor)) = self.stack.pop() else { return Ok(()) };
                let (value, start, last) = match open {
                    Open::Array(items, start) => {
                        let last = items.last().map(|item| item.span.end);
                        (Value::Array(items), start, last)
                    }
                    Open::Object(members, _, start) => {
                        let last = members.last().map(|member| member.value.span.end);
                        (Value::Object(members), start, last)
                    }
                };
                // A block ends where its last value ends, not where the parser noticed it.
                let flow = span.end > span.start;
                let end = if flow { span.end } else { last.unwrap_or(start) };
                self.close(Node { span: Span::new(start, end.max(start)), value }, anchor)
            }
            Event::Alias(id) => {
                let mut node =
                    self.anchors.get(&id).cloned().unwrap_or(Node { span, value: Value::Null });
                self.nodes += count(&node);
                node.span = span;
                self.close(node, 0)
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, open: Open, anchor: usize, span: Span) -> Result<(), Fault> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Fault::new(span, format!("nested more than {MAX_DEPTH} levels deep")));
        }
        self.stack.push((open, anchor));
        Ok(())
    }

    fn close(&mut self, node: Node, anchor: usize) -> Result<(), Fault> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Fault::new(
                node.span,
                format!("more than {MAX_NODES} values, aliases counted"),
            ));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut() {
            None => self.out.push(node),
            Some((Open::Array(items, _), _)) => items.push(node),
            Some((Open::Object(members, key, _), _)) => match key.take() {
                None => *key = Some((key_text(self.text, &node), node.span)),
                Some((key, key_span)) => members.push(Member { key, key_span, value: node }),
            },
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    1 + node.items().iter().map(count).sum::<usize>()
        + node.members().iter().map(|member| count(&member.value)).sum::<usize>()
}

/// The text of a key; for keys that are not strings, as it was written.
fn key_text(text: &str, node: &Node) -> String {
    match &node.value {
        Value::String(key) => key.clone(),
        _ => text.get(node.span.start..node.span.end).unwrap_or_default().to_owned(),
    }
}

/// The value of a plain scalar under the core schema.
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        "..." | "…" => Value::Elision,
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::String(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && digits.contains(|c: char| c.is_ascii_digit())
        && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_bytes() {
        let text = "é: [ä, 1]\nb:\n  c: x\n";
        let doc = parse(text).unwrap().remove(0);
        let list = doc.get("é").unwrap();
        assert_eq!(&text[list.span.start..list.span.end], "[ä, 1]");
        assert_eq!(list.items()[1].value, Value::Number("1".into()));
        let c = &doc.get("b").unwrap().members()[0];
        assert_eq!(&text[c.key_span.start..c.key_span.end], "c");
        assert_eq!(&text[c.value.span.start..c.value.span.end], "x");
    }

    #[test]
    fn faults_have_a_place() {
        let fault = parse("a: b: c\n").unwrap_err();
        assert!(fault.span.start > 0 && fault.span.end <= 8, "{fault:?}");
        assert!(parse(&"[".repeat(100_000)).is_err());
        let bomb: String = (0..30)
            .map(|n| match n {
                0 => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(),
                n => format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")),
            })
            .collect();
        assert!(parse(&bomb).is_err());
    }
}

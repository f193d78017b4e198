//! A small reader of JSON5-like texts, so that the tests of this module need no other module.

use crate::data::{Member, Node, Value};
use crate::source::Span;

/// Reads `text`, which must be valid: `...` is an elision, keys need no quotes.
pub(crate) fn node(text: &str) -> Node {
    let mut reader = Reader { text, at: 0 };
    let node = reader.value();
    reader.space();
    assert_eq!(reader.at, text.len(), "left over: {}", &text[reader.at..]);
    node
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        let skipped = |c: char| c.is_whitespace() || c == ',';
        self.at = self.text.len() - self.rest().trim_start_matches(skipped).len();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn value(&mut self) -> Node {
        self.space();
        let start = self.at;
        let value = if self.eat("...") {
            Value::Elision
        } else if self.eat("{") {
            let mut members = Vec::new();
            while !self.eat("}") {
                members.push(self.member());
            }
            Value::Object(members)
        } else if self.eat("[") {
            let mut items = Vec::new();
            while !self.eat("]") {
                items.push(self.value());
            }
            Value::Array(items)
        } else if self.eat("\"") {
            Value::String(self.quoted())
        } else {
            match self.word() {
                word if word == "null" => Value::Null,
                word if word == "true" => Value::Bool(true),
                word if word == "false" => Value::Bool(false),
                word => Value::Number(word),
            }
        };
        Node { span: Span::new(start, self.at), value }
    }

    fn member(&mut self) -> Member {
        self.space();
        let start = self.at;
        if self.eat("...") {
            let span = Span::new(start, self.at);
            let value = Node { span, value: Value::Elision };
            return Member { key: String::new(), key_span: span, value };
        }
        let key = if self.eat("\"") { self.quoted() } else { self.word() };
        let key_span = Span::new(start, self.at);
        assert!(self.eat(":"), "no colon behind {key} in {}", self.text);
        Member { key, key_span, value: self.value() }
    }

    fn quoted(&mut self) -> String {
        let end = self.rest().find('"').expect("an end of the string");
        let text = self.rest()[..end].to_owned();
        self.at += end + 1;
        text
    }

    fn word(&mut self) -> String {
        let ends = |c: char| c.is_whitespace() || ":,{}[]\"".contains(c);
        let end = self.rest().find(ends).unwrap_or(self.rest().len());
        assert!(end > 0, "no word at {} of {}", self.at, self.text);
        self.at += end;
        self.text[self.at - end..self.at].to_owned()
    }
}

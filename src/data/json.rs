//! JSON with spans.

use super::{Fault, Member, Node, Value};
use crate::source::Span;

/// Deeper nesting is refused: it bounds recursion here and in what reads the tree.
const MAX_DEPTH: usize = 256;

/// The document of a JSON text.
pub fn parse(text: &str) -> Result<Node, Fault> {
    let mut reader = Reader { text, pos: if text.starts_with('\u{feff}') { 3 } else { 0 } };
    let node = reader.value(0)?;
    reader.space();
    if reader.pos < text.len() {
        return Err(reader.fault("expected the end of the document"));
    }
    Ok(node)
}

struct Reader<'a> {
    text: &'a str,
    pos: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.pos += 1;
        }
    }

    fn fault(&self, message: &str) -> Fault {
        let found = self.text[self.pos..].chars().next();
        let end = self.pos + found.map_or(0, char::len_utf8);
        let found =
            found.map_or("the end of the text".to_owned(), |c| format!("`{}`", c.escape_debug()));
        Fault::new(Span::new(self.pos, end), format!("{message}, found {found}"))
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        self.space();
        let start = self.pos;
        if depth > MAX_DEPTH {
            return Err(self.fault("nested too deep"));
        }
        let value = match self.peek() {
            Some(b'{') => Value::Object(self.members(depth)?),
            Some(b'[') => Value::Array(self.items(depth)?),
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node { span: Span::new(start, self.pos), value })
    }

    fn items(&mut self, depth: usize) -> Result<Vec<Node>, Fault> {
        self.pos += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.pos += 1;
            return Ok(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.ends(b']')? {
                return Ok(items);
            }
        }
    }

    fn members(&mut self, depth: usize) -> Result<Vec<Member>, Fault> {
        self.pos += 1;
        let mut members = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.pos += 1;
            return Ok(members);
        }
        loop {
            self.space();
            let start = self.pos;
            if self.peek() != Some(b'"') {
                return Err(self.fault("expected a key in double quotes"));
            }
            let key = self.string()?;
            let key_span = Span::new(start, self.pos);
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.fault("expected `:`"));
            }
            self.pos += 1;
            members.push(Member { key, key_span, value: self.value(depth + 1)? });
            if self.ends(b'}')? {
                return Ok(members);
            }
        }
    }

    fn ends(&mut self, close: u8) -> Result<bool, Fault> {
        self.space();
        match self.peek() {
            Some(b',') => self.pos += 1,
            Some(byte) if byte == close => {
                self.pos += 1;
                return Ok(true);
            }
            _ => return Err(self.fault(&format!("expected `,` or `{}`", close as char))),
        }
        Ok(false)
    }

    /// Finds the end of the string; serde_json unescapes it.
    fn string(&mut self) -> Result<String, Fault> {
        let start = self.pos;
        self.pos += 1;
        loop {
            match self.peek() {
                Some(b'\\') => self.pos += 2,
                Some(b'"') => break,
                Some(0..=0x1f) | None => {
                    self.pos = self.pos.min(self.text.len());
                    return Err(self.fault("expected the end of the string"));
                }
                Some(_) => self.pos += 1,
            }
        }
        self.pos += 1;
        serde_json::from_str(&self.text[start..self.pos]).map_err(|_| {
            Fault::new(Span::new(start, self.pos), "escape that JSON does not know in this string")
        })
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let start = self.pos;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.pos += 1;
        }
        let text = &self.text[start..self.pos];
        serde_json::from_str::<serde_json::Number>(text)
            .map(|_| Value::Number(text.to_owned()))
            .map_err(|_| {
                Fault::new(Span::new(start, self.pos), format!("`{text}` is not a number"))
            })
    }

    fn word(&mut self) -> Result<Value, Fault> {
        for (word, value) in
            [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))]
        {
            if self.text[self.pos..].starts_with(word) {
                self.pos += word.len();
                return Ok(value);
            }
        }
        Err(self.fault("expected a value"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_faults() {
        let text = r#"{"a": [1, "é\n"], "b": {}}"#;
        let doc = parse(text).unwrap();
        let item = &doc.get("a").unwrap().items()[1];
        assert_eq!(
            (&text[item.span.start..item.span.end], item.as_str()),
            ("\"é\\n\"", Some("é\n"))
        );
        for (text, at) in [
            ("{\"a\" 1}", 5),
            ("[1,]", 3),
            ("{\"a\": 01}", 6),
            ("\"a", 2),
            ("[1] x", 4),
            ("\"\\", 2),
        ] {
            assert_eq!(parse(text).unwrap_err().span.start, at, "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}

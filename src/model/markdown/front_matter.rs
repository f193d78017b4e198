//! The metadata block at the start of a page, in YAML between `---` or TOML between `+++`.

use crate::data::{self, Node, Value};
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// The longest front matter that is parsed, in bytes; longer front matter is a fault.
const MAX_LEN: usize = 256 * 1024;

/// The metadata of a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Its content, if it could be parsed.
    pub node: Option<Node>,
    /// What is wrong with it: span and message.
    pub fault: Option<(Span, String)>,
    /// The whole block, fences included; empty when there is none.
    pub span: Span,
}

impl FrontMatter {
    /// The text of a key at the top level. A number is one too, as it was written: `title: 1.10`.
    pub fn str(&self, key: &str) -> Option<&str> {
        text(self.node.as_ref()?.get(key)?)
    }

    /// The truth value of a key at the top level; `false` if it is missing.
    pub fn flag(&self, key: &str) -> bool {
        self.node.as_ref().and_then(|node| node.get(key)).and_then(Node::as_bool).unwrap_or(false)
    }
}

/// A value as text, if it is one that says something.
pub(super) fn text(value: &Node) -> Option<&str> {
    let text = match &value.value {
        Value::String(text) | Value::Number(text) => text.trim(),
        _ => "",
    };
    (!text.is_empty()).then_some(text)
}

/// Reads the front matter; the offset is the start of the body.
pub fn read(text: &str) -> (FrontMatter, usize) {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| is_fence(text, bom, fence)) else {
        return (FrontMatter::default(), bom);
    };
    let Some(start) = text[bom..].find('\n').map(|at| bom + at + 1) else {
        return (FrontMatter::default(), bom);
    };
    let mut line = start;
    let end = loop {
        if line >= text.len() {
            // Without a closing line this is a thematic break, as in CommonMark.
            return (FrontMatter::default(), bom);
        }
        if is_fence(text, line, fence) || (fence == "---" && is_fence(text, line, "...")) {
            break line;
        }
        line = text[line..].find('\n').map_or(text.len(), |at| line + at + 1);
    };
    let body = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let span = Span::new(bom, body);
    let inner = &text[start..end];
    let mut front = FrontMatter { span, ..FrontMatter::default() };
    if inner.len() > MAX_LEN {
        let message = format!("front matter of more than {} KiB", MAX_LEN / 1024);
        front.fault = Some((Span::new(bom, bom + 3), message));
        return (front, body);
    }
    match parse(inner, fence) {
        Ok(node) => front.node = node.map(|node| shifted(node, start)),
        Err((span, message)) => front.fault = Some((span.shifted(start), message)),
    }
    (front, body)
}

fn is_fence(text: &str, at: usize, fence: &str) -> bool {
    text[at..]
        .strip_prefix(fence)
        .is_some_and(|rest| rest.lines().next().unwrap_or("").trim().is_empty())
}

fn parse(inner: &str, fence: &str) -> Result<Option<Node>, (Span, String)> {
    let node = if fence == "+++" {
        Some(data::toml::read(inner).map_err(|fault| (fault.span, fault.message))?)
    } else {
        data::yaml::read(inner).map_err(|fault| (fault.span, fault.message))?.into_iter().next()
    };
    match node {
        Some(node) if !matches!(node.value, data::Value::Object(_) | data::Value::Null) => {
            Err((node.span, "front matter is not a list of keys and values".to_owned()))
        }
        node => Ok(node),
    }
}

fn shifted(mut node: Node, by: usize) -> Node {
    node.shift(by);
    node
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_number_is_a_text_as_it_was_written() {
        for text in ["---\ntitle: 1.10\n---\n", "+++\ntitle = 1.10\n+++\n"] {
            assert_eq!(read(text).0.str("title"), Some("1.10"), "{text}");
        }
        assert_eq!(read("---\ntitle: 2026-11-30\n---\n").0.str("title"), Some("2026-11-30"));
        for text in ["---\ntitle: true\n---\n", "---\ntitle: \"\"\n---\n", "---\ntitle: [a]\n---\n"]
        {
            assert_eq!(read(text).0.str("title"), None, "{text}");
        }
    }
}

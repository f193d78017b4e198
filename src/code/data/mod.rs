//! Values with spans: the content of JSON, YAML and TOML texts, and the location of each part.

mod keys;

pub mod elisions;
pub mod html_tokens;
pub mod js;
pub mod json;
pub mod toml;
pub mod yaml;

pub use keys::{Repeat, repeats};

use crate::panics;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// The deepest nesting that is accepted, so that walking a value cannot overflow the stack.
pub const MAX_DEPTH: usize = 128;

/// An error in a text, relative to its first byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes, relative to the text.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether the text may not be meant as its language at all, but as a sketch or the output of
    /// a program.
    pub doubtful: bool,
}

impl Fault {
    /// A fault with a message and nothing else.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, doubtful: false }
    }

    /// Marks the fault as one of a text that may not be meant as its language.
    pub fn doubtful(self) -> Self {
        Self { doubtful: true, ..self }
    }

    /// Adds advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A value and the bytes it was written with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The bytes of the whole value.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// The kinds of values that the three formats share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was written.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// Keys and values in the order of the text, including repeated keys. A key `...` with an
    /// elision as its value represents keys that the author left out.
    Object(Vec<Member>),
    /// `...` or a similar mark: the author left something out here.
    Elision,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The key, unescaped.
    pub key: String,
    /// The bytes of the key, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// Moves every span right by `by` bytes: the text was cut out of a larger one.
    pub fn shift(&mut self, by: usize) {
        self.span = self.span.shifted(by);
        match &mut self.value {
            Value::Array(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Object(members) => members.iter_mut().for_each(|member| {
                member.key_span = member.key_span.shifted(by);
                member.value.shift(by);
            }),
            _ => {}
        }
    }

    /// The members, if this is an object.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The items, if this is a list.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The value of `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members().iter().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }
}

/// The result of a parser; a panic in it becomes a fault at the beginning of the text.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let failed = |_| Err(Fault::new(Span::default(), "the parser failed on this text"));
    panics::caught(read).unwrap_or_else(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parser_that_panics_is_a_fault() {
        let fault = guarded::<Node>(|| panic!("no")).unwrap_err();
        assert_eq!(fault.message, "the parser failed on this text");
    }
}

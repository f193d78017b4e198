//! One parser for the whole JSON family. It accepts everything that authors write, and records the
//! liberties that the text takes, so that callers can tell strict JSON, JSONC, JSON5 and fragments
//! apart.

mod list;
mod parser;
mod scan;
#[cfg(test)]
mod tests;

pub use parser::sets_apart;

use super::{Fault, Node};
use crate::source::Span;

/// What a text is allowed to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 8259.
    Json,
    /// JSON with comments and trailing commas.
    Jsonc,
    /// JSON5.
    Json5,
    /// What documentation contains: JSON5, fragments, elisions, placeholders, several values.
    Docs,
}

/// A liberty: something that strict JSON does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Liberty {
    /// A comment.
    Comment,
    /// A comment that says that something was left out: `// ...`.
    ElidedComment,
    /// A comma before a closing bracket or at the end of a fragment.
    TrailingComma,
    /// A key without quotes.
    UnquotedKey,
    /// A string in single quotes.
    SingleQuotes,
    /// A hex number, a leading `+`, a bare decimal point, `Infinity`, `NaN`.
    Number,
    /// An escape that only JSON5 has: `\x41`, `\v`, `\0`, `\'`, a continued line.
    Escape,
    /// Text that JSON5 allows, but that is hardly meant: `\_`, a raw control character.
    Loose,
    /// White space other than the four characters of JSON.
    Space,
    /// `...` in place of a value, an item or a member.
    Elision,
    /// `<token>`, `{{ x }}` or `${VAR}` in place of a value or a key.
    Placeholder,
    /// Members without outer braces.
    Members,
    /// Items without outer brackets.
    Items,
    /// Several values, or alternatives separated by comments or blank lines.
    Several,
}

impl Liberty {
    /// Whether a dialect allows it.
    pub fn allowed_in(self, dialect: Dialect) -> bool {
        match dialect {
            Dialect::Json => false,
            Dialect::Jsonc => {
                matches!(self, Self::Comment | Self::ElidedComment | Self::TrailingComma)
            }
            Dialect::Json5 => self <= Self::Space,
            Dialect::Docs => true,
        }
    }

    /// The message for a dialect that does not allow it.
    fn complaint(self) -> &'static str {
        match self {
            Self::Comment | Self::ElidedComment => "a comment is not allowed here",
            Self::TrailingComma => "trailing comma",
            Self::UnquotedKey => "this key needs double quotes",
            Self::SingleQuotes => "a string needs double quotes",
            Self::Number => "this form of number is not allowed here",
            Self::Escape => "invalid escape in a string",
            Self::Loose => "invalid escape or control character in a string",
            Self::Space => "invisible character that is not white space here",
            Self::Elision => "`...` is not a value",
            Self::Placeholder => "a placeholder is not a value",
            Self::Members => "members without braces around them",
            Self::Items => "items without brackets around them",
            Self::Several => "more text after the value",
        }
    }
}

/// The result of parsing a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The values of the top level. Members without braces form one object.
    pub values: Vec<Node>,
    /// The liberties that were taken, in the order of the text.
    pub liberties: Vec<(Liberty, Span)>,
    /// The faults; if there are any, the values are incomplete.
    pub faults: Vec<Fault>,
}

impl Parsed {
    /// Whether a liberty was taken.
    pub fn took(&self, liberty: Liberty) -> bool {
        self.liberties.iter().any(|&(taken, _)| taken == liberty)
    }

    /// Whether the dialect allows all liberties, and there is one value and no fault.
    pub fn is_exact(&self, dialect: Dialect) -> bool {
        self.faults.is_empty()
            && self.values.len() == 1
            && self.liberties.iter().all(|&(liberty, _)| liberty.allowed_in(dialect))
    }
}

/// Parses a text. Liberties that the dialect does not allow are faults.
pub fn parse(text: &str, dialect: Dialect) -> Parsed {
    let mut parsed = parser::Parser::new(text).run();
    if dialect != Dialect::Docs {
        for &(liberty, span) in &parsed.liberties {
            if !liberty.allowed_in(dialect) {
                parsed.faults.push(Fault::new(span, liberty.complaint()));
            }
        }
        if parsed.values.is_empty() && parsed.faults.is_empty() {
            let end = Span::new(text.len(), text.len());
            parsed.faults.push(Fault::new(end, "expected a value"));
        }
        parsed.faults.sort_by_key(|fault| fault.span.start);
    }
    parsed
}

/// The one value of a text in a dialect, or the first fault. Repeated keys are not checked.
pub fn document(text: &str, dialect: Dialect) -> Result<Node, Fault> {
    let parsed = parse(text, dialect);
    match (parsed.faults.into_iter().next(), parsed.values.into_iter().next()) {
        (Some(fault), _) => Err(fault),
        (None, Some(node)) => Ok(node),
        (None, None) => Err(Fault::new(Span::new(text.len(), text.len()), "expected a value")),
    }
}

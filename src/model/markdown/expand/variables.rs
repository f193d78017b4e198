//! Variables: `{{ name }}` stands for a text from the settings or from the front matter of its page.
//! The text is no Markdown: wherever it stands, its characters mean nothing but themselves.

use std::collections::BTreeMap;

use crate::data::{Node, Value};
use crate::suggest::{nearest, typo_of};

/// The variables of a site or of a page, by name.
pub type Variables = BTreeMap<String, String>;

/// The longest text of a variable, in bytes.
const MAX_TEXT: usize = 4 << 10;

/// The longest name of a variable that is looked for, in bytes.
const MAX_NAME: usize = 200;

/// A use of a variable, at the beginning of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Use<'t> {
    /// Its name.
    pub name: &'t str,
    /// The length of the use, braces included.
    pub len: usize,
}

/// The use of a variable at the beginning of a text: `{{ name }}`.
pub fn use_at(text: &str) -> Option<Use<'_>> {
    let inner = text.strip_prefix("{{")?;
    let name = inner.trim_start_matches([' ', '\t']);
    let bytes = name.bytes().take(MAX_NAME);
    let len = bytes.take_while(|byte| is_name_byte(*byte)).count();
    let (name, behind) = name.split_at(len);
    let end = behind.trim_start_matches([' ', '\t']).strip_prefix("}}")?;
    // Three braces are something else.
    let whole = is_name(name) && !end.starts_with('}');
    whole.then_some(Use { name, len: text.len() - end.len() })
}

const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Whether a text can be the name of a variable; dots lead into tables.
pub fn is_name(name: &str) -> bool {
    let part = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    !name.is_empty() && name.bytes().all(is_name_byte) && name.split('.').all(part)
}

/// The name that a name without a variable may be a misspelling of.
pub fn similar<'v>(name: &str, known: &'v Variables) -> Option<&'v str> {
    nearest(name, known.keys().map(String::as_str))
}

/// Like [`similar`], but only for what is certainly a misspelling.
pub(super) fn misspelt<'v>(name: &str, known: &'v Variables) -> Option<&'v str> {
    typo_of(name, known.keys().map(String::as_str))
}

/// Adds the variables of a table; tables in it are parts of names: `product.name`. `refuse` gets
/// each entry that cannot be one, and the reason.
pub fn read(table: &Node, into: &mut Variables, refuse: &mut dyn FnMut(&Node, String)) {
    if !matches!(table.value, Value::Object(_)) {
        return refuse(table, "`variables` must be a table of names and texts".to_owned());
    }
    read_below(table, "", into, refuse);
}

fn read_below(
    table: &Node,
    before: &str,
    into: &mut Variables,
    refuse: &mut dyn FnMut(&Node, String),
) {
    for member in table.members() {
        let name = format!("{before}{}", member.key);
        if !is_name(&name) || name.len() > MAX_NAME {
            let key = Node { span: member.key_span, value: Value::Null };
            let why = "the name of a variable is made of letters, digits, `_` and `-`";
            refuse(&key, why.to_owned());
            continue;
        }
        let text = match &member.value.value {
            Value::String(text) | Value::Number(text) => text.clone(),
            Value::Bool(on) => on.to_string(),
            Value::Object(_) => {
                read_below(&member.value, &format!("{name}."), into, refuse);
                continue;
            }
            _ => {
                refuse(&member.value, format!("the variable `{name}` is no text"));
                continue;
            }
        };
        if text.contains(|c: char| c.is_control()) {
            refuse(&member.value, format!("the variable `{name}` has more than one line"));
        } else if text.len() > MAX_TEXT {
            let most = MAX_TEXT >> 10;
            refuse(&member.value, format!("the variable `{name}` is longer than {most} KiB"));
        } else {
            into.insert(name, text);
        }
    }
}

/// Where a variable stands, which decides how its text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In prose or HTML; whether it is the first of its line.
    Text(bool),
    /// In the address of a link.
    Address,
    /// In a quoted attribute of a tag, or in the title of a link.
    Attribute,
    /// In an attribute of a tag that is an address.
    AddressAttribute,
    /// In a code block.
    Code,
    /// In a code block of JSON, or in double quotes of front matter.
    Json,
    /// In single quotes of YAML.
    Yaml,
    /// In a span of code, or in the info string of a code block.
    Span,
}

impl Place {
    /// A text as it is written here; `None` if it cannot be.
    pub(super) fn written(self, text: &str) -> Option<String> {
        Some(match self {
            Self::Code => text.to_owned(),
            Self::Json => json(text),
            Self::Yaml => text.replace('\'', "''"),
            Self::Span if text.contains(['`', '"']) => return None,
            Self::Span => text.to_owned(),
            Self::Text(first) => entities(text, first, |c, apart| match c {
                '_' => apart,
                c => "\\`*[]<>&|~${}!^".contains(c),
            }),
            Self::Attribute => entities(text, false, |c, _| "\\`*_[]<>&|\"'{}".contains(c)),
            Self::Address => address(text),
            Self::AddressAttribute => entities(&address(text), false, |c, _| c == '"' || c == '\''),
        })
    }
}

/// A text with some of its characters as entities, which are text in Markdown and in HTML. `first`
/// is whether it begins a line, where more characters mean something. `escaped` gets a character
/// and whether it stands apart from letters.
fn entities(text: &str, first: bool, escaped: impl Fn(char, bool) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    // `1. ` begins a list.
    let counts = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text[counts..].strip_prefix(['.', ')']);
    let begins_list =
        first && counts > 0 && behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let mut at = 0;
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        let apart = !before.is_alphanumeric() || !after.is_alphanumeric();
        let opens = first && at == 0 && "#-+=:%".contains(c) || begins_list && at == counts;
        if opens || escaped(c, apart) {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                c => out.push_str(&format!("&#{};", u32::from(c))),
            }
        } else {
            out.push(c);
        }
        (before, at) = (c, at + 1);
    }
    out
}

/// A text as a part of an address: what would end the address is written in percent.
fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            ' ' | '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | '\\' | '`' | '*' | '|' | '{'
            | '}' | '^' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// A text as a part of a string of JSON.
fn json(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_use() {
        for (text, expected) in [
            ("{{ a }}", Some(("a", 7))),
            ("{{a.b-c}} x", Some(("a.b-c", 9))),
            ("{{{a}}}", None),
            ("{{a}}}", None),
            ("{{ a b }}", None),
            ("{{ .A }}", None),
            ("{{ 1 }}", None),
            ("{{ a. }}", None),
            ("{{ a | b }}", None),
            ("{{ a }", None),
            ("{{#a}}", None),
            ("{{\na}}", None),
        ] {
            let found = use_at(text).map(|one| (one.name, one.len));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_text_means_itself_wherever_it_stands() {
        for (place, text, expected) in [
            (Place::Text(false), "1.2.3 a_b", "1.2.3 a_b"),
            (
                Place::Text(false),
                "*a* _b_ <c> & `d`",
                "&#42;a&#42; &#95;b&#95; &lt;c&gt; &amp; &#96;d&#96;",
            ),
            (Place::Text(true), "# a", "&#35; a"),
            (Place::Text(true), "12. a", "12&#46; a"),
            (Place::Text(true), "1.2", "1.2"),
            (Place::Address, "a b(c)?d=1&e", "a%20b%28c%29?d=1&amp;e"),
            (Place::Attribute, "a \"b\" 'c'", "a &quot;b&quot; &#39;c&#39;"),
            (Place::Code, "a\"`", "a\"`"),
            (Place::Json, "a\"\\", "a\\\"\\\\"),
            (Place::Yaml, "it's", "it''s"),
        ] {
            assert_eq!(place.written(text).as_deref(), Some(expected), "{place:?} {text}");
        }
        assert_eq!(Place::Span.written("a`"), None);
    }
}

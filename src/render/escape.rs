//! Escaping for HTML, for URLs, and for line-based formats.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Appends text.
pub fn text(out: &mut String, text: &str) {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends text inside a double-quoted attribute.
pub fn attr(out: &mut String, text: &str) {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

fn escape(out: &mut String, text: &str, map: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(escaped) = map(byte) {
            out.push_str(&text[done..at]);
            out.push_str(escaped);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}

/// An attribute: ` name="value"`.
pub fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    attr(out, value);
    out.push('"');
}

const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    // Browsers read a backslash as a slash.
    .add(b'\\')
    .add(b'#')
    .add(b'?')
    .add(b'{')
    .add(b'}')
    .add(b'%');
const IN_FRAGMENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%');
const AS_WRITTEN: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// A path of the site for use in an address.
pub fn path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// A text as a value in the query of an address.
pub fn query(text: &str) -> String {
    utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// An id for use after `#`.
pub fn fragment(id: &str) -> String {
    utf8_percent_encode(id, IN_FRAGMENT).to_string()
}

/// An address between blanks on a line (`_redirects`, `_headers`, `robots.txt`): only characters
/// that could end it or its line are encoded, so that it stays the same address.
pub fn field(address: &str) -> Cow<'_, str> {
    // JavaScript, in which some hosts parse these files, treats a byte order mark as a blank.
    let ends = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    if !address.contains(ends) {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len() + 16);
    for c in address.chars() {
        if ends(c) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes)
                .bytes()
                .for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// A text on one line (a title or a sentence in `llms.txt`): line breaks and other control
/// characters become blanks.
pub fn line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(breaks) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text
        .split(|c: char| breaks(c) || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    Cow::Owned(words.join(" "))
}

/// A text between the brackets of a link in Markdown, on one line.
pub fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        if matches!(c, '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address as the author wrote it: only characters that are invalid in a URL are encoded.
pub fn address(url: &str) -> String {
    utf8_percent_encode(url, AS_WRITTEN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_ends_its_line() {
        for (value, as_field, as_line, as_label) in [
            ("/a/b?c=d#e%20", "/a/b?c=d#e%20", "/a/b?c=d#e%20", "/a/b?c=d#e%20"),
            ("/x\n/* /y 302!", "/x%0A/*%20/y%20302!", "/x /* /y 302!", "/x /* /y 302!"),
            ("a\r\n  b", "a%0D%0A%20%20b", "a b", "a b"),
            ("a\u{a0}b\u{2028}c", "a%C2%A0b%E2%80%A8c", "a b c", "a b c"),
            ("](x) [y\\", "](x)%20[y\\", "](x) [y\\", "\\](x) \\[y\\\\"),
            ("\u{e9}", "\u{e9}", "\u{e9}", "\u{e9}"),
        ] {
            assert_eq!(field(value), as_field);
            assert_eq!(line(value), as_line);
            assert_eq!(label(value), as_label);
        }
    }
}

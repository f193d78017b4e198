//! HTML escaping and the encoding of addresses.

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

/// An id for use behind `#`.
pub fn fragment(id: &str) -> String {
    utf8_percent_encode(id, IN_FRAGMENT).to_string()
}

/// An address as an author wrote it: only what cannot stand in an address is encoded.
pub fn address(url: &str) -> String {
    utf8_percent_encode(url, AS_WRITTEN).to_string()
}

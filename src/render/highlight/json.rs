//! Colours for the family of JSON. Half of the code in a manual of settings is JSON of some kind,
//! and a grammar of JavaScript is a slow and imprecise reader of it.

use super::Pen;

/// Paints a block; no span crosses a line break.
pub(super) fn paint(out: &mut String, text: &str) {
    let mut pen = Pen { out, class: None };
    let mut rest = text;
    while let Some(byte) = rest.bytes().next() {
        let (len, class) = match byte {
            b'"' | b'\'' => {
                let len = string_len(rest);
                string(&mut pen, &rest[..len], is_key(&rest[len..]));
                rest = &rest[len..];
                continue;
            }
            b'/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), Some("c")),
            b'/' if rest.starts_with("/*") => {
                (rest[2..].find("*/").map_or(rest.len(), |at| at + 4), Some("c"))
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => (1, Some("p")),
            _ if is_number(rest) => {
                let part = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
                (rest.find(|c| !part(c)).unwrap_or(rest.len()), Some("n"))
            }
            _ => {
                let len = word_len(rest);
                (len.max(rest.chars().next().map_or(1, char::len_utf8)), word(rest, len))
            }
        };
        lines(&mut pen, &rest[..len], class);
        rest = &rest[len..];
    }
    pen.lift();
}

/// Writes a piece that may hold line breaks.
fn lines(pen: &mut Pen<'_>, text: &str, class: Option<&'static str>) {
    for line in text.split_inclusive('\n') {
        let body = line.strip_suffix('\n').unwrap_or(line);
        pen.write(body, class);
        if body.len() < line.len() {
            pen.lift();
            pen.out.push('\n');
        }
    }
}

/// The length of a string with its quotes; one that is not closed ends with its line.
fn string_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            // An escaped line break goes on with the string; what follows is one byte or more of
            // a character, and the rest of it is never a quote.
            b'\\' => at += 1,
            b'\n' => return at,
            byte if byte == bytes[0] => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn string(pen: &mut Pen<'_>, text: &str, key: bool) {
    let class = Some(if key { "a" } else { "s" });
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        lines(pen, &rest[..at], class);
        let long = if rest[at..].starts_with("\\u") { 6 } else { 2 };
        let len: usize = rest[at..].chars().take(long).map(char::len_utf8).sum();
        lines(pen, &rest[at..at + len], Some("b"));
        rest = &rest[at + len..];
    }
    lines(pen, rest, class);
}

/// Whether the string before this is the key of a member.
fn is_key(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t']).starts_with(':')
}

fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    text.strip_prefix('.').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit())
}

fn word_len(text: &str) -> usize {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-');
    text.find(|c| !part(c)).unwrap_or(text.len())
}

fn word(text: &str, len: usize) -> Option<&'static str> {
    match &text[..len] {
        "" => None,
        _ if is_key(&text[len..]) => Some("a"),
        "true" | "false" | "null" | "undefined" | "Infinity" | "NaN" => Some("b"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(text: &str) -> String {
        let mut out = String::new();
        paint(&mut out, text);
        out
    }

    #[test]
    fn what_is_painted() {
        let cases = [
            (
                "a: 1",
                "<span class=\"a\">a</span><span class=\"p\">: </span><span class=\"n\">1</span>",
            ),
            (
                "\"k\" : 'v'",
                "<span class=\"a\">\"k\" </span><span class=\"p\">: </span><span class=\"s\">'v'</span>",
            ),
            ("true // x\n", "<span class=\"b\">true </span><span class=\"c\">// x</span>\n"),
            ("/* a\nb */", "<span class=\"c\">/* a</span>\n<span class=\"c\">b */</span>"),
            (
                "\"a\\n\"",
                "<span class=\"s\">\"a</span><span class=\"b\">\\n</span><span class=\"s\">\"</span>",
            ),
            ("\"open\nx", "<span class=\"s\">\"open</span>\nx"),
            ("-1.5e+3", "<span class=\"n\">-1.5e+3</span>"),
            ("<b> …", "&lt;b&gt; …"),
        ];
        for (text, html) in cases {
            assert_eq!(painted(text), html, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_and_no_span_crosses_a_line(text in "[a1\"'\\\\/*{}:,. \nu\u{e9}\u{1f980}-]{0,60}") {
            let html = painted(&text);
            proptest::prop_assert_eq!(html.lines().count(), text.lines().count());
            for line in html.lines() {
                let (open, close) = (line.matches("<span").count(), line.matches("</span>").count());
                proptest::prop_assert_eq!(open, close);
            }
            let mut bare = html.replace("</span>", "").replace("&quot;", "\"").replace("&#39;", "'");
            for class in ["a", "b", "c", "n", "p", "s"] {
                bare = bare.replace(&format!("<span class=\"{class}\">"), "");
            }
            proptest::prop_assert_eq!(bare, text);
        }
    }
}

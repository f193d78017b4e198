//! Words: quotes removed, and whether the shell would pass just that.

use crate::source::Span;

/// The text of a word as written, and whether nothing in it is expanded.
pub(super) fn unquoted(raw: &str) -> (String, bool) {
    let mut out = String::with_capacity(raw.len());
    let mut literal = !raw.starts_with('~');
    let mut quote: Option<char> = None;
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\'', Some('\'')) | ('"', Some('"')) => quote = None,
            (_, Some('\'')) => out.push(c),
            ('\'' | '"', None) => quote = Some(c),
            ('\\', _) => match chars.next() {
                None | Some('\n') => {}
                Some(next) if quote.is_none() || "$`\"\\".contains(next) => out.push(next),
                Some(next) => out.extend([c, next]),
            },
            ('$' | '`', _) => {
                literal = false;
                out.push(c);
            }
            ('*' | '?' | '[' | '{', None) => {
                literal = false;
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    (out, literal)
}

/// The insides of `$(…)` in a word as written, not inside single quotes.
pub(super) fn substitutions(raw: &str) -> Vec<Span> {
    let bytes = raw.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut single, mut double) = (0, false, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\'' if !double => single = !single,
            b'"' if !single => double = !double,
            b'\\' if !single => at += 1,
            b'$' if !single && raw[at..].starts_with("$(") && !raw[at..].starts_with("$((") => {
                let Some(len) = closing(&bytes[at + 2..]) else { return found };
                found.push(Span::new(at + 2, at + 2 + len));
                at += 2 + len;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn closing(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at, mut quote) = (1, 0, None);
    while at < bytes.len() {
        match (bytes[at], quote) {
            (b'\\', None | Some(b'"')) => at += 1,
            (b @ (b'\'' | b'"'), None) => quote = Some(b),
            (b, Some(open)) if b == open => quote = None,
            (b'(', None) => depth += 1,
            (b')', None) => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

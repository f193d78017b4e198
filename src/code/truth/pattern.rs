//! JSON Schema patterns are ECMA-262; the engine speaks another dialect.
//!
//! Only what differs is rewritten. Whether the result compiles is for the engine to say.

/// Rewrites an ECMA-262 pattern in the engine's dialect; `None` when it has no counterpart there.
pub fn translate(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    let mut in_class = false;
    while let Some(first) = rest.chars().next() {
        rest = &rest[first.len_utf8()..];
        match first {
            '\\' => rest = escape(rest, in_class, &mut out)?,
            '[' if in_class => out.push_str("\\["),
            '[' => {
                // `[^]` is any character and `[]` is none; elsewhere the `]` would be a literal.
                if let Some(after) = rest.strip_prefix("^]") {
                    out.push_str("[\\s\\S]");
                    rest = after;
                } else if let Some(after) = rest.strip_prefix(']') {
                    out.push_str("[^\\s\\S]");
                    rest = after;
                } else {
                    in_class = true;
                    out.push('[');
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            _ => out.push(first),
        }
    }
    Some(out)
}

/// Writes the counterpart of one escape and returns what follows it.
fn escape<'a>(rest: &'a str, in_class: bool, out: &mut String) -> Option<&'a str> {
    let kind = rest.chars().next()?;
    let after = &rest[kind.len_utf8()..];
    match kind {
        '0' if !after.starts_with(|next: char| next.is_ascii_digit()) => out.push_str("\\x00"),
        'd' => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
        'w' => out.push_str(if in_class { "A-Za-z0-9_" } else { "[A-Za-z0-9_]" }),
        'D' if !in_class => out.push_str("[^0-9]"),
        'W' if !in_class => out.push_str("[^A-Za-z0-9_]"),
        'b' if in_class => out.push_str("\\x08"),
        'c' => {
            let letter = after.chars().next().filter(char::is_ascii_alphabetic)?;
            push_code(letter as u32 % 32, out);
            return Some(&after[1..]);
        }
        'u' => return unicode_escape(after, out),
        '/' => out.push('/'),
        'p'
        | 'P'
        | 'x'
        | 'k'
        | 'b'
        | 'B'
        | 's'
        | 'S'
        | 'D'
        | 'W'
        | 'f'
        | 'n'
        | 'r'
        | 't'
        | 'v'
        | '1'..='9' => {
            out.push('\\');
            out.push(kind);
        }
        _ if kind.is_ascii_punctuation() => {
            out.push('\\');
            out.push(kind);
        }
        // Any other escaped character stands for itself in ECMA-262, while the engine gives some
        // of them (`\A`, `\z`) a meaning.
        _ => out.push(kind),
    }
    Some(after)
}

/// `\uXXXX`, `\u{X…}` and surrogate pairs.
fn unicode_escape<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    if let Some(braced) = rest.strip_prefix('{') {
        let (digits, after) = braced.split_once('}')?;
        push_code(u32::from_str_radix(digits, 16).ok()?, out);
        return Some(after);
    }
    let high = hex4(rest)?;
    let after = &rest[4..];
    if !(0xD800..0xE000).contains(&high) {
        push_code(high, out);
        return Some(after);
    }
    // Half a character alone never occurs in a text of ours.
    let low = hex4(after.strip_prefix("\\u")?)?;
    if high >= 0xDC00 || !(0xDC00..0xE000).contains(&low) {
        return None;
    }
    push_code(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), out);
    Some(&after[6..])
}

fn hex4(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())?
}

fn push_code(code: u32, out: &mut String) {
    out.push_str(&format!("\\x{{{code:x}}}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects() {
        for (ecma, ours) in [
            (r"^[^\0]*[^/\0]$", r"^[^\x00]*[^/\x00]$"),
            (r"^https?:\/\/", r"^https?://"),
            (r"\d+[\d-]", r"[0-9]+[0-9-]"),
            (r"\D\W[\D]", r"[^0-9][^A-Za-z0-9_][\D]"),
            (r"\cA\cz", r"\x{1}\x{1a}"),
            (r"[^]+[]", r"[\s\S]+[^\s\S]"),
            (r"\u00e9\u{1F600}\uD83D\uDE00", r"\x{e9}\x{1f600}\x{1f600}"),
            (r"^(?!\s)\p{L}$", r"^(?!\s)\p{L}$"),
            (r"[\b\]]", r"[\x08\]]"),
            (r"[a[b]", r"[a\[b]"),
            (r"\A\z\-", r"Az\-"),
            ("ä\\.", "ä\\."),
        ] {
            assert_eq!(translate(ecma).as_deref(), Some(ours), "{ecma}");
        }
    }

    #[test]
    fn what_has_no_counterpart() {
        for pattern in [r"\uD800", r"\u12", r"\u{zz}", r"\c1", "\\", r"\uDC00\uDC00", r"\u{1"] {
            assert_eq!(translate(pattern), None, "{pattern}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_pattern_makes_it_panic(pattern in r"(\\|\\u|\\c|\[|\]|\^|[0-9a-fA-Fuxcé{}()]){0,20}") {
            translate(&pattern);
        }
    }
}

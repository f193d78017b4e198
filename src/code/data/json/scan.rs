//! The smallest parts: white space, comments, strings, numbers, words, placeholders.

use super::Liberty;
use super::parser::{Parser, Stop, is_ident};
use crate::source::Span;

impl Parser<'_> {
    /// Skips white space and comments.
    pub(super) fn trivia(&mut self) {
        loop {
            match self.byte() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.pos += 1,
                Some(b'/') if self.rest().starts_with("//") => self.line_comment(),
                Some(b'/') if self.rest().starts_with("/*") => self.block_comment(),
                Some(b'#') => {
                    let start = self.pos;
                    self.skip_line();
                    self.fault(start, self.pos, "`#` does not begin a comment in JSON");
                }
                Some(b'{') if self.rest().starts_with("{%") || self.rest().starts_with("{#") => {
                    let close = if self.rest().starts_with("{%") { "%}" } else { "#}" };
                    match self.rest().find(close) {
                        Some(at) => {
                            self.liberty(Liberty::Placeholder, self.pos, self.pos + at + 2);
                            self.pos += at + 2;
                        }
                        None => return,
                    }
                }
                Some(0x0b | 0x0c | 0x80..) => {
                    let Some(c) = self.peek() else { return };
                    let start = self.pos;
                    let end = start + c.len_utf8();
                    if c == '\u{200b}' || c == '\u{2060}' {
                        self.pos = end;
                        let code = c as u32;
                        self.fault(start, end, format!("invisible character U+{code:04X}"));
                    } else if c.is_whitespace() && c != '\u{85}' || c == '\u{feff}' {
                        self.pos = end;
                        self.liberty(Liberty::Space, start, end);
                    } else {
                        return;
                    }
                }
                _ => return,
            }
        }
    }

    fn skip_line(&mut self) {
        let ends = ['\n', '\r', '\u{2028}', '\u{2029}'];
        self.pos += self.rest().find(ends).unwrap_or(self.rest().len());
    }

    fn line_comment(&mut self) {
        let start = self.pos;
        self.skip_line();
        self.comment(start);
    }

    fn block_comment(&mut self) {
        let start = self.pos;
        match self.text[start + 2..].find("*/") {
            Some(at) => {
                self.pos = start + 2 + at + 2;
                self.comment(start);
            }
            None => {
                self.pos = self.text.len();
                self.fault(start, start + 2, "this comment is never closed");
            }
        }
    }

    fn comment(&mut self, start: usize) {
        let words = self.text[start..self.pos].trim_matches(|c: char| "/* \t\r\n".contains(c));
        let dots = |text: &str| {
            let text = text.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | ' '));
            text.starts_with("...")
                || text.starts_with('…')
                || text.ends_with("...")
                || text.ends_with('…')
        };
        let liberty = if dots(words) { Liberty::ElidedComment } else { Liberty::Comment };
        self.liberty(liberty, start, self.pos);
    }

    /// A string with its quotes.
    pub(super) fn string(&mut self, quote: u8) -> Result<String, Stop> {
        let start = self.pos;
        self.pos += 1;
        if quote == b'\'' {
            // The liberty is recorded here for its order; its span is extended when the end is
            // known.
            self.liberty(Liberty::SingleQuotes, start, start + 1);
        }
        let mut out = String::new();
        let mut run = self.pos;
        loop {
            match self.byte() {
                Some(b) if b == quote => {
                    out.push_str(&self.text[run..self.pos]);
                    self.pos += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    out.push_str(&self.text[run..self.pos]);
                    self.escape(&mut out)?;
                    run = self.pos;
                }
                None | Some(b'\n' | b'\r') => {
                    self.fault(start, self.pos, "this string is never closed");
                    return Err(Stop);
                }
                Some(0..0x20) => {
                    self.liberty(Liberty::Loose, self.pos, self.pos + 1);
                    self.pos += 1;
                }
                Some(_) => self.pos += 1,
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), Stop> {
        let start = self.pos;
        self.pos += 1;
        let Some(c) = self.peek() else {
            self.fault(start, start + 1, "this string is never closed");
            return Err(Stop);
        };
        self.pos += c.len_utf8();
        let simple = match c {
            '"' | '\\' | '/' => Some(c),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            _ => None,
        };
        if let Some(c) = simple {
            out.push(c);
            return Ok(());
        }
        match c {
            'u' => out.push(self.unicode(start)),
            'x' => match self.hex(2) {
                Some(code) => {
                    self.liberty(Liberty::Escape, start, self.pos);
                    out.extend(char::from_u32(code));
                }
                None => self.bad_escape(start),
            },
            'v' | '\'' => {
                self.liberty(Liberty::Escape, start, self.pos);
                out.push(if c == 'v' { '\u{b}' } else { c });
            }
            '0' if !self.byte().is_some_and(|b| b.is_ascii_digit()) => {
                self.liberty(Liberty::Escape, start, self.pos);
                out.push('\0');
            }
            '0'..='9' => self.bad_escape(start),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                if c == '\r' && self.byte() == Some(b'\n') {
                    self.pos += 1;
                }
                self.liberty(Liberty::Escape, start, self.pos);
            }
            _ => {
                self.liberty(Liberty::Loose, start, self.pos);
                out.push(c);
            }
        }
        Ok(())
    }

    fn bad_escape(&mut self, start: usize) {
        let written = self.text[start..self.pos].to_owned();
        self.fault(start, self.pos, format!("`{written}` is not an escape"));
    }

    fn hex(&mut self, len: usize) -> Option<u32> {
        let digits = self.text.get(self.pos..self.pos + len)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.pos += len;
        u32::from_str_radix(digits, 16).ok()
    }

    /// The part of `\u0000` after the `u`, including the second of two surrogates.
    fn unicode(&mut self, start: usize) -> char {
        let Some(high) = self.hex(4) else {
            self.bad_escape(start);
            return char::REPLACEMENT_CHARACTER;
        };
        if (0xd800..0xdc00).contains(&high) && self.rest().starts_with("\\u") {
            let before = self.pos;
            self.pos += 2;
            match self.hex(4) {
                Some(low @ 0xdc00..0xe000) => {
                    let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    return char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                }
                _ => self.pos = before,
            }
        }
        char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// A number; text directly after it belongs to it, and makes it a fault.
    pub(super) fn number(&mut self) -> String {
        let start = self.pos;
        let rest = self.rest();
        let len = rest
            .char_indices()
            .find(|&(at, c)| {
                let after_e = at > 0 && matches!(rest.as_bytes()[at - 1], b'e' | b'E');
                !(is_ident(c) || c == '.' || matches!(c, '+' | '-') && (at == 0 || after_e))
            })
            .map_or(rest.len(), |(at, _)| at);
        self.pos += len;
        let written = &self.text[start..self.pos];
        match number_kind(written) {
            Some(true) => {}
            Some(false) => self.liberty(Liberty::Number, start, self.pos),
            None => self.fault(start, self.pos, format!("`{written}` is not a number")),
        }
        written.to_owned()
    }

    pub(super) fn ident(&mut self) -> Span {
        let start = self.pos;
        self.pos += self.rest().find(|c| !is_ident(c)).unwrap_or(self.rest().len());
        Span::new(start, self.pos)
    }

    /// The length of a placeholder that begins here.
    pub(super) fn placeholder(&self) -> Option<usize> {
        let rest = self.rest();
        let line = rest.lines().next().unwrap_or("");
        if rest.starts_with("{{") {
            return line.find("}}").map(|at| at + 2);
        }
        if rest.starts_with("${") {
            return line.find('}').map(|at| at + 1);
        }
        let named = |c: char| c.is_alphabetic() || c == '_';
        if let Some(name) = rest.strip_prefix('$') {
            let len = name.find(|c| !is_ident(c)).unwrap_or(name.len());
            return name.starts_with(named).then_some(len + 1);
        }
        let inner = rest.strip_prefix('<')?;
        let close = line.find('>')?;
        let plain = !line[1..close].contains(['"', '<', '{', '}']);
        (inner.starts_with(|c| named(c) || c == '.') && plain).then_some(close + 1)
    }
}

/// `Some(true)` for a JSON number, `Some(false)` for one that only JSON5 has.
fn number_kind(written: &str) -> Option<bool> {
    let unsigned = written.strip_prefix(['-', '+']).unwrap_or(written);
    let plus = written.starts_with('+');
    if matches!(unsigned, "Infinity" | "NaN") {
        return Some(false);
    }
    if let Some(hex) = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X")) {
        let right = !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit());
        return right.then_some(false);
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if let Some(exponent) = exponent {
        let bare = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if bare.is_empty() || !digits(bare) {
            return None;
        }
    }
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let octal = whole.len() > 1 && whole.starts_with('0');
    let nothing = whole.is_empty() && fraction.is_none_or(str::is_empty);
    if octal || nothing || !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    Some(!plus && !whole.is_empty() && fraction != Some(""))
}

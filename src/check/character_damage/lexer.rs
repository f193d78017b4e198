//! Strings and comments of a block, by the few rules that most languages share: a guess that is
//! good enough to tell text from code. Anything else needs the parser of the language.

use crate::lang::{Comments, Family, Language, Strings};
use crate::source::{Span, line_start};

/// A part of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Neither a string nor a comment.
    Code,
    /// Inside quotes, a here-document or a block scalar; the quotes themselves are code.
    Text,
    /// A comment.
    Comment,
}

/// The strings and comments of a block, in order.
pub struct Lexed {
    parts: Vec<(Span, Part)>,
}

impl Lexed {
    /// Finds them in a block; `None` if it is not known how its language writes strings.
    pub fn new(text: &str, language: &'static Language) -> Option<Self> {
        let Language { family, comments, strings, .. } = *language;
        let mut lexer = Lexer { text, family, comments, strings: strings?, parts: vec![], lost: 0 };
        lexer.run();
        Some(Self { parts: lexer.parts })
    }

    /// The part that the byte at an offset belongs to.
    pub fn at(&self, offset: usize) -> Part {
        self.around(offset).map_or(Part::Code, |(_, part)| part)
    }

    /// The string or comment around an offset, without the quotes.
    fn around(&self, offset: usize) -> Option<(Span, Part)> {
        let behind = self.parts.partition_point(|(span, _)| span.start <= offset);
        behind.checked_sub(1).map(|at| self.parts[at]).filter(|(span, _)| offset < span.end)
    }

    /// Whether a backslash at an offset is a character like any other: in a string of a kind that
    /// has no escapes, or after a prefix that turns them off, as in `r"…"`, `r#"…"#` and `@"…"`.
    pub fn is_raw(&self, text: &str, strings: Strings, offset: usize) -> bool {
        let Some((span, Part::Text)) = self.around(offset) else { return false };
        let head = &text[..span.start];
        let Some(quote) = head.bytes().next_back() else { return false };
        let before = head.trim_end_matches(quote as char);
        let prefix = before.trim_end_matches('#');
        let word = prefix.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let raw = word.len() <= 2 && word.contains(['r', 'R']) || prefix.ends_with('@');
        strings.quotes.contains(&quote) && (strings.literal.contains(&quote) || raw)
    }
}

struct Lexer<'t> {
    text: &'t str,
    family: Family,
    comments: Comments,
    strings: Strings,
    parts: Vec<(Span, Part)>,
    /// The number of here-documents whose end was not found.
    lost: usize,
}

impl Lexer<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at = match bytes[at] {
                // Outside of strings, what follows a backslash opens nothing.
                b'\\' => at + 2,
                b'\n' => self.line_behind(at),
                byte if self.strings.quotes.contains(&byte) && self.may_open(at) => {
                    self.string(at, byte)
                }
                _ => self.comment(at).unwrap_or(at + 1),
            };
        }
    }

    fn push(&mut self, start: usize, end: usize, part: Part) {
        let end = end.min(self.text.len());
        if start < end {
            self.parts.push((Span::new(start, end), part));
        }
    }

    /// An apostrophe inside a word opens nothing where words need no quotes.
    fn may_open(&self, at: usize) -> bool {
        let loose = matches!(self.family, Family::Yaml | Family::Loose);
        let before = at.checked_sub(1).map(|at| self.text.as_bytes()[at]);
        !loose || before.is_none_or(|before| !before.is_ascii_alphanumeric() && before < 128)
    }

    /// The end of the string that opens at `at`.
    fn string(&mut self, at: usize, quote: u8) -> usize {
        let bytes = self.text.as_bytes();
        let triple = [quote; 3];
        if bytes[at..].starts_with(&triple) {
            let close = memchr::memmem::find(&bytes[at + 3..], &triple);
            let end = close.map_or(bytes.len(), |len| at + 3 + len);
            self.push(at + 3, end, Part::Text);
            return end + 3;
        }
        let escapes = quote != b'\'' || !matches!(self.family, Family::Shell | Family::Yaml);
        let long = self.strings.multiline.contains(&quote);
        let mut end = at + 1;
        while end < bytes.len() {
            match bytes[end] {
                b'\\' if escapes => end += 1,
                // Not a string: a lifetime, or an apostrophe.
                b'\n' if !long => return at + 1,
                byte if byte == quote => {
                    self.push(at + 1, end, Part::Text);
                    return end + 1;
                }
                _ => {}
            }
            end += 1;
        }
        if long { bytes.len() } else { at + 1 }
    }

    fn comment(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if let Some((open, close)) = self.comments.block
            && bytes[at..].starts_with(open.as_bytes())
        {
            let len = memchr::memmem::find(&bytes[at + 2..], close.as_bytes());
            let end = len.map_or(bytes.len(), |len| at + 2 + len + close.len());
            self.push(at, end, Part::Comment);
            return Some(end);
        }
        let open =
            self.comments.line.iter().find(|open| bytes[at..].starts_with(open.as_bytes()))?;
        let before = at.checked_sub(1).map(|at| bytes[at]);
        // `#` must be at the start of a word, and `//` not in an address.
        let free = match *open {
            "//" => before != Some(b':'),
            "--" => true,
            _ => before.is_none_or(|byte| byte.is_ascii_whitespace() || byte == b';'),
        };
        if !free {
            return None;
        }
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |len| at + len);
        self.push(at, end, Part::Comment);
        Some(end)
    }

    /// Skips the body of a here-document or of a block scalar that the line before `at` opens.
    fn line_behind(&mut self, at: usize) -> usize {
        let start = line_start(self.text, at);
        let line = &self.text[start..at];
        let end = match self.family {
            Family::Shell if self.lost < 50 && line.contains("<<") => {
                let end = here_document(self.text, line, at + 1);
                self.lost += usize::from(end.is_none());
                end
            }
            Family::Yaml => block_scalar(self.text, line, at + 1),
            _ => None,
        };
        match end {
            Some(end) => {
                self.push(at + 1, end, Part::Text);
                end.max(at + 1)
            }
            None => at + 1,
        }
    }
}

fn here_document(text: &str, line: &str, body: usize) -> Option<usize> {
    let behind = &line[line.find("<<")? + 2..];
    let word = behind.trim_start_matches(['-', '~', ' ']).trim_start_matches(['\'', '"', '\\']);
    let len = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len());
    let word = &word[..len];
    if word.is_empty() || behind.starts_with('<') {
        return None;
    }
    let mut at = body;
    for line in text[body..].split_inclusive('\n').take(200) {
        if line.trim() == word {
            return Some(at);
        }
        at += line.len();
    }
    None
}

fn block_scalar(text: &str, line: &str, body: usize) -> Option<usize> {
    let content = line.split(" #").next().unwrap_or(line).trim_end();
    let head = content.trim_end_matches(['-', '+', '1', '2', '3', '4', '6', '8']);
    let before = head.strip_suffix(['|', '>'])?.trim_end();
    if !before.ends_with([':', '-']) {
        return None;
    }
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = indent(line);
    let mut at = body;
    for line in text[body..].split_inclusive('\n') {
        if !line.trim().is_empty() && indent(line) <= own {
            break;
        }
        at += line.len();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{all, find};

    fn lex(label: &str, text: &str) -> Lexed {
        Lexed::new(text, find(label).unwrap()).unwrap()
    }

    #[test]
    fn strings_and_comments() {
        // `x` is code, `t` a string, `c` a comment.
        for (label, text) in [
            ("js", "x(\"t\") // c"),
            ("bash", "x 't' # c"),
            ("bash", "x#x \\\"x # c"),
            ("python", "x = \'\'\'t\n\'\'\' # c"),
            ("yaml", "x: x'x # c"),
            ("rust", "x<'x> /* c */ \"t\""),
            ("go", "x: ftp://x"),
        ] {
            let lexed = lex(label, text);
            for (at, c) in text.char_indices() {
                let part = match c {
                    'x' => Part::Code,
                    't' if label != "go" => Part::Text,
                    'c' => Part::Comment,
                    _ => continue,
                };
                assert_eq!(lexed.at(at), part, "{label}: {text:?} at {at}");
            }
        }
        for (label, text, raw) in [
            ("python", "r'x'", true),
            ("python", "Rb'x'", true),
            ("python", "r\"\"\"x\"\"\"", true),
            ("python", "f('x')", false),
            ("rust", "r#\"x\"#", true),
            ("go", "a := `x`", true),
            ("go", "a := \"x\"", false),
            ("toml", "a = 'x'", true),
            ("yaml", "a: 'x'", true),
            ("yaml", "a: x", false),
        ] {
            let strings = find(label).unwrap().strings.unwrap();
            let at = text.find('x').unwrap();
            assert_eq!(lex(label, text).is_raw(text, strings, at), raw, "{label}: {text}");
        }
        let text = "cat <<EOF\nb\nEOF\nx: c";
        let lexed = lex("sh", text);
        assert_eq!(lexed.at(10), Part::Text);
        assert_eq!(lexed.at(12), Part::Code);
        let text = "a: |\n  b\nc: 1\n";
        let lexed = lex("yaml", text);
        assert_eq!((lexed.at(7), lexed.at(9)), (Part::Text, Part::Code));
        assert_eq!(lex("json", "{\\\"a\\\": 1}").at(3), Part::Code);
    }

    #[test]
    fn any_text_is_looked_through() {
        for text in ["\\", "'", "\"\\", "/*", "<<\n", "a: |", "'''", "é\\é'é"] {
            for lexed in all().filter_map(|language| Lexed::new(text, language)) {
                lexed.at(0);
            }
        }
    }
}

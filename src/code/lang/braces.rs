//! Whether the braces of a text are in pairs, for languages that have no parser.

use super::Language;

/// A brace without its other half: its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Single {
    /// `{` that nothing closes; of several, the last.
    Opens(usize),
    /// `}` that closes nothing; of several, the first.
    Closes(usize),
}

impl Language {
    /// The brace of a text that is not one of a pair, outside of strings and comments.
    pub fn single_brace(&self, text: &str) -> Option<Single> {
        let bytes = text.as_bytes();
        let mut open = Vec::new();
        let mut at = 0;
        // A quote that nothing closes is looked for once, not from each of its kind.
        let mut lonely = [false; 128];
        while at < bytes.len() {
            if let Some(end) = self.end_of_comment(text, at) {
                at = end;
                continue;
            }
            match bytes[at] {
                b'{' => open.push(at),
                b'}' if open.pop().is_none() => return Some(Single::Closes(at)),
                b'\\' => at += 1,
                quote if quote < 128 && !lonely[usize::from(quote)] => {
                    if let Some(is_long) = self.is_quote(quote) {
                        match end_of_string(bytes, at, quote, is_long) {
                            Some(end) => at = end,
                            // An apostrophe, on this line.
                            None => lonely[usize::from(quote)] = is_long,
                        }
                    }
                }
                _ => {}
            }
            at += 1;
        }
        open.pop().map(Single::Opens)
    }

    /// Whether strings begin with this quote, and then whether they may hold line breaks.
    fn is_quote(&self, quote: u8) -> Option<bool> {
        let strings = self.strings.as_ref().filter(|strings| strings.quotes.contains(&quote))?;
        Some(strings.multiline.contains(&quote))
    }

    /// The end of a comment that begins at `at`, apart from what is before it.
    fn end_of_comment(&self, text: &str, at: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        if at > 0 && !bytes[at - 1].is_ascii_whitespace() {
            return None;
        }
        let rest = &text[at..];
        if self.comments.line.iter().any(|mark| rest.starts_with(mark)) {
            return Some(rest.find('\n').map_or(bytes.len(), |end| at + end));
        }
        let (open, close) = self.comments.block?;
        let end = rest.strip_prefix(open)?.find(close);
        Some(end.map_or(bytes.len(), |end| at + open.len() + end + close.len()))
    }
}

/// The place of the quote that ends the string which begins at `at`.
fn end_of_string(bytes: &[u8], at: usize, quote: u8, is_long: bool) -> Option<usize> {
    let mut end = at + 1;
    while end < bytes.len() {
        match bytes[end] {
            b'\\' if quote != b'`' => end += 1,
            b'\n' if !is_long => return None,
            byte if byte == quote => return Some(end),
            _ => {}
        }
        end += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Single::{Closes, Opens};
    use crate::lang::find;

    #[test]
    fn braces_are_in_pairs() {
        for (label, text, single) in [
            ("nginx", "http {\n  server {\n  }\n}\n", None),
            ("nginx", "http {\n  server {\n  }\n", Some(Opens(5))),
            ("nginx", "  }\n}\n", Some(Closes(2))),
            ("nginx", "# it's {\nlog_format a '{\"x\":' '\"y\"}';\n", None),
            ("nginx", "location ~ \"^/a{2}$\" { return 200 \"}\"; }\n", None),
            ("nginx", "set $a \"x\\\"{\";\n", None),
            ("caddyfile", "a.example {\n\trespond `{\"a\":\n1}`\n}\n", None),
            ("caddyfile", "a.example {\n\trespond `{\"a\":\n1}`\n", Some(Opens(10))),
            ("caddyfile", "http://a.example {\n\troot {$ROOT}\n}\n", None),
            ("hcl", "a = { // {\n b = \"${c}\" /* { */\n}\n", None),
            ("hcl", "resource \"a\" \"b\" {\n  c = [\n    1,\n", Some(Opens(17))),
            ("java", "class A {\n  char b = '{';\n}\n", None),
            ("css", "a::before { content: '}'; }\n", None),
            ("nginx", "", None),
        ] {
            assert_eq!(find(label).unwrap().single_brace(text), single, "{label}: {text}");
        }
    }
}

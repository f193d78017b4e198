//! Ids in attribute lists of anything but headings: `[](){ #id }`, `**x**{#id}`, and `{: #id }` at
//! the end of a paragraph or on a line below a block.

use std::collections::HashSet;

use super::Collector;
use crate::source::Span;

/// The longest attribute list, in bytes; longer ones are text in braces.
const MAX_LEN: usize = 400;

impl Collector<'_> {
    /// Collects the ids outside of headings. Attributes in code spans count too, since a page that
    /// shows them often has them on the next line; only code blocks are skipped.
    pub(super) fn attributes(&mut self) {
        let own: HashSet<String> = self.explicit.iter().map(|(id, _)| id.clone()).collect();
        let mut seen = own;
        let mut blocks = self.facts.code.iter().map(|block| block.span).peekable();
        let body = self.facts.front.span.end;
        for at in memchr::memchr_iter(b'{', &self.source.as_bytes()[body..]).map(|at| body + at) {
            // Two braces, or a brace and a symbol, are a template.
            let bytes = self.source.as_bytes();
            let behind = bytes.get(at + 1).is_some_and(|byte| b"{%<".contains(byte));
            if behind || at > 0 && bytes[at - 1] == b'{' {
                continue;
            }
            while blocks.next_if(|block| block.end <= at).is_some() {}
            if blocks.peek().is_some_and(|block| block.start <= at) {
                continue;
            }
            let limit = self.source.len().min(at + MAX_LEN);
            let Some(len) = memchr::memchr2(b'}', b'\n', &self.source.as_bytes()[at..limit]) else {
                continue;
            };
            let end = at + len;
            if self.source.as_bytes()[end] == b'\n' {
                continue;
            }
            let inner = self.source[at + 1..end].trim_start_matches(':');
            let id = inner.split_whitespace().find_map(|word| word.strip_prefix('#'));
            if let Some(id) = id.filter(|id| !id.is_empty() && !id.starts_with('#'))
                && seen.insert(id.to_owned())
            {
                self.explicit.push((id.to_owned(), Span::new(at, end + 1)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::slug::SlugRule;
    use crate::markdown::{Dialect, facts};

    #[test]
    fn whatever_has_attributes_has_an_id() {
        let dialect = Dialect { slugs: SlugRule::Python, aliases: false, ..Dialect::GITHUB };
        for (text, expected) in [
            ("A `x`{ #one } and [y](z){#two .c}.", "one two"),
            ("[](){ #one }\n", "one"),
            ("Text.\n{: #one }\n", "one"),
            ("## A {#one}\n\nText { #two }\n", "one two"),
            ("```\n{ #one }\n```\n", ""),
            ("{{ #one }\n and {% if %} {x}", ""),
            ("{\n#one }", ""),
        ] {
            let found = facts(text, false, dialect).anchors;
            let ids: Vec<&str> = found.iter().map(|anchor| anchor.id.as_str()).collect();
            assert_eq!(ids.join(" "), expected, "{text}");
        }
    }
}

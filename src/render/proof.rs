//! Holds the HTML of a body against the source of its page. Each text that the walk over the page
//! met must be in the HTML; a text that is not was lost while it was written, for example by a
//! component that does not show what stands in it.
//!
//! It knows nothing of how the HTML was made. A text counts as shown if its longest word follows
//! those before it, or else if all its words are somewhere on the page.

use std::collections::HashSet;

use crate::markdown::outline::{Inline, InlineKind, Outline};
use crate::source::Span;

/// How far ahead a word is looked for before the words of the page are collected, in bytes.
const AHEAD: usize = 32 << 10;

/// The first text of a page that its HTML does not have.
pub fn missing(source: &str, outline: &Outline<'_>, html: &str) -> Option<Span> {
    let mut page = Page { html, at: 0, words: None };
    texts(source, outline).find(|(_, text)| !page.shows(text)).map(|(span, _)| span)
}

/// The texts of a page, with their places. Texts that touch are one: the parser splits them at
/// entities and escapes.
fn texts<'o>(
    source: &'o str,
    outline: &'o Outline<'_>,
) -> impl Iterator<Item = (Span, String)> + 'o {
    let touch = |one: &Inline<'_>, next: &Inline<'_>| {
        let between = source.get(one.span.end..next.span.start);
        one.kind == InlineKind::Text && next.kind == one.kind && matches!(between, Some("" | "\\"))
    };
    let is_text = |run: &&[Inline<'_>]| matches!(run[0].kind, InlineKind::Text | InlineKind::Code);
    outline.inlines.chunk_by(touch).filter(is_text).map(|run| {
        let span = Span::new(run[0].span.start, run[run.len() - 1].span.end);
        (span, run.iter().map(|inline| &*inline.text).collect())
    })
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A text without what the theme may write in another way: attributes and variables in braces, names
/// of emoji and icons between colons.
fn plain(text: &str) -> String {
    let is_name = |name: &str| name.bytes().all(|byte| !byte.is_ascii_whitespace());
    let outside = text.split('{').enumerate().map(|(at, part)| match part.split_once('}') {
        Some((_, behind)) if at > 0 => behind,
        _ => part,
    });
    let outside: Vec<&str> = outside.collect();
    let outside = outside.join(" ");
    let mut pieces: Vec<&str> = outside.split(':').collect();
    let last = pieces.len() - 1;
    for piece in pieces.iter_mut().take(last).skip(1).filter(|piece| is_name(piece)) {
        *piece = "";
    }
    pieces.join(" ")
}

struct Page<'h> {
    html: &'h str,
    /// All before it was matched.
    at: usize,
    /// The words of the page, once they are needed.
    words: Option<HashSet<&'h str>>,
}

impl<'h> Page<'h> {
    fn shows(&mut self, text: &str) -> bool {
        let Some(longest) = words(text).max_by_key(|word| word.len()) else { return true };
        let end = self.html.len().min(self.at + AHEAD);
        let near = &self.html.as_bytes()[self.at..end];
        if let Some(found) = memchr::memmem::find(near, longest.as_bytes()) {
            self.at += found + longest.len();
            return true;
        }
        let html = self.html;
        let known = self.words.get_or_insert_with(|| words(html).collect());
        let text = plain(text);
        words(&text).all(|word| known.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, read};

    /// The text of a page that its HTML does not have.
    fn missing_in<'t>(text: &'t str, html: &str) -> Option<&'t str> {
        let (_, kept) = read(text, true, Dialect::GITHUB);
        let kept = kept.expect("a short page");
        let span = missing(text, &kept.outline(text), html)?;
        Some(&text[span.start..span.end])
    }

    #[test]
    fn each_text_must_be_in_the_html() {
        let text = "# A title\n\nOne *two* `three`, caf&eacute; a\\_b.\n\n- four\n\nfive\n";
        let html = "<h1>A title</h1><p>One <em>two</em> <code>three</code>, caf\u{e9} a_b.</p>\
                    <ul><li>four</ul><p>five";
        assert_eq!(missing_in(text, html), None);
        for (word, expected) in [
            ("title", "A title"),
            ("two", "two"),
            ("three", "`three`"),
            ("caf\u{e9}", ", caf&eacute; a\\_b."),
            ("four", "four"),
            ("five", "five"),
        ] {
            assert_eq!(missing_in(text, &html.replace(word, "")), Some(expected), "{word}");
        }
    }

    #[test]
    fn what_is_written_in_another_way_is_not_missing() {
        for (text, html) in [
            ("a :smile: b {.c #d}\n", "<p class=c>a \u{1f604} b</p>"),
            ("See [one][1].\n\nNote\n\n[1]: x.md\n", "<p>Note</p><p>See <a>one</a>.</p>"),
        ] {
            assert_eq!(missing_in(text, html), None, "{text}");
        }
        assert_eq!(missing_in("at: ten: b\n", "<p>at b"), Some("at: ten: b"));
    }
}

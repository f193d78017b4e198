//! The structure of prose and how it ends: shared by the rules about lost text.

use std::ops::Range;

use super::rule::PageContext;
use crate::markdown::outline::{Block, BlockKind, Inline, InlineKind, Outline};
use crate::site::index::Page;
pub use crate::site::vocabulary::{is_unspaced, is_word_char};
use crate::source::Span;

/// A block that contains text directly: a paragraph, a heading, a cell, or the text of a tight
/// item.
#[derive(Clone, Copy)]
pub struct Leaf<'o, 'a> {
    /// Its number in the outline.
    pub number: usize,
    /// The block.
    pub block: &'o Block,
    /// Its inlines.
    pub inlines: &'o [Inline<'a>],
    /// Its text in the source, without list markers.
    pub span: Span,
}

/// The blocks of a page that contain text, in order.
pub fn leaves<'o, 'a>(outline: &'o Outline<'a>) -> impl Iterator<Item = Leaf<'o, 'a>> {
    (0..outline.blocks.len()).filter_map(move |number| leaf(outline, number))
}

/// The block of this number, if it contains text.
pub fn leaf<'o, 'a>(outline: &'o Outline<'a>, number: usize) -> Option<Leaf<'o, 'a>> {
    let block = &outline.blocks[number];
    let own: Range<usize> = match block.kind {
        BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Cell => block.inlines.clone(),
        // The text of a tight item comes before the blocks in it.
        BlockKind::Item => match outline.blocks.get(number + 1) {
            Some(next) if next.parent == Some(number) => block.inlines.start..next.inlines.start,
            _ => block.inlines.clone(),
        },
        _ => return None,
    };
    let inlines = outline.inlines.get(own)?;
    let (first, last) = (inlines.first()?, inlines.last()?);
    let end = inlines.iter().map(|inline| inline.span.end).max().unwrap_or(last.span.end);
    let span = Span::new(first.span.start, end.max(first.span.start));
    Some(Leaf { number, block, inlines, span })
}

impl Leaf<'_, '_> {
    /// The pieces of the source that are shown literally: no code, tags or delimiters. An
    /// escape starts a new piece.
    pub fn runs(&self) -> Vec<Span> {
        let mut runs: Vec<Span> = Vec::new();
        for inline in self.inlines.iter().filter(|inline| inline.kind == InlineKind::Text) {
            match runs.last_mut() {
                Some(last) if last.end == inline.span.start => last.end = inline.span.end,
                _ => runs.push(inline.span),
            }
        }
        runs
    }

    /// The text that readers see.
    pub fn shown(&self) -> String {
        self.inlines.iter().map(|inline| &*inline.text).collect()
    }

    /// Whether it ends in text, not in code, a link or a tag.
    pub fn ends_in_text(&self) -> bool {
        self.inlines.last().is_some_and(|inline| inline.kind == InlineKind::Text)
    }
}

/// The last word of a text, if it ends in a letter or digit.
pub fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .find(|(_, c)| !is_word_char(*c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    &text[start..]
}

/// Punctuation that ends a sentence in some script, or introduces what follows.
const SENTENCE_ENDS: &[char] = &[
    '.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '；', '．', '｡', '؟', '۔', '؛', '।', '॥',
    '։', '።', '၊', '။', '៕', '។', '⁈', '⁉', '‼', '~', '～',
];

/// Punctuation that may follow the end of a sentence.
const CLOSERS: &[char] = &[
    ')', ']', '}', '"', '\'', '”', '’', '»', '›', '」', '』', '）', '】', '》', '〉', '］', '*',
    '_', '`', '>', '|',
];

/// Whether a text ends like a sentence in any script, or in something other than a letter.
pub fn ends_a_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(CLOSERS);
    text.ends_with(SENTENCE_ENDS)
}

/// Whether a sentence ends inside a text and another begins.
pub fn has_sentence(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        let after = &text[at + c.len_utf8()..];
        match c {
            '。' | '！' | '？' | '؟' => after.starts_with(|c: char| !CLOSERS.contains(&c)),
            // Not `e.g. This`, not `1. This`.
            '.' | '!' | '?' => {
                let word = last_word(&text[..at]);
                word.chars().count() > 2
                    && !word.chars().all(char::is_numeric)
                    && after.strip_prefix([' ', '\n']).is_some_and(|next| {
                        next.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
                    })
            }
            _ => false,
        }
    })
}

/// The offset of a bracket or curly quote that is not closed in these pieces of a text.
pub fn open_bracket(source: &str, runs: &[Span]) -> Option<Span> {
    const PAIRS: &[(char, char)] = &[
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('（', '）'),
        ('「', '」'),
        ('『', '』'),
        ('【', '】'),
        ('“', '”'),
        ('«', '»'),
    ];
    let mut open: Vec<(char, Span)> = Vec::new();
    // German quotes close with the mark that opens English ones.
    let low = runs.iter().any(|run| source[run.start..run.end].contains('„'));
    for run in runs {
        for (at, c) in source[run.start..run.end].char_indices() {
            if c == '“' && low {
                continue;
            }
            if PAIRS.iter().any(|(opener, _)| *opener == c) {
                let start = run.start + at;
                // A smiley is not a bracket, and a bracket that the text is about opens nothing.
                if !source[..start].ends_with([':', ';', '\\', '\'', '"', '`']) {
                    open.push((c, Span::new(start, start + c.len_utf8())));
                }
            } else if let Some((opener, _)) = PAIRS.iter().find(|(_, closer)| *closer == c) {
                // Intervals, as in `[0, 1)`, close with another bracket.
                let found = open.iter().rposition(|(c, _)| c == opener);
                let found = found.or(open.len().checked_sub(1));
                found.map(|found| open.remove(found));
            }
        }
    }
    open.pop().map(|(_, span)| span)
}

/// Whether a location is in the body of a shortcode, whose text need not be Markdown.
pub fn in_shortcode(source: &str, at: usize) -> bool {
    /// The longest body of a shortcode, in bytes; longer ones are prose.
    const REACH: usize = 4000;
    let from = Span::new(at.saturating_sub(REACH), at).clamped(source).start;
    let before = &source[from..at];
    let opens = |at: &usize| {
        let tag = &before.as_bytes()[*at..];
        [&b"{{<"[..], b"{{%", b"{%"].into_iter().any(|mark| tag.starts_with(mark))
    };
    memchr::memrchr_iter(b'{', before.as_bytes()).find(opens).is_some_and(|tag| {
        let tag = &before[tag..];
        let closes = tag.trim_start_matches(['{', '<', '%', ' ', '-']).starts_with(['/', 'e'])
            || tag.contains("/>}}");
        !closes
    })
}

/// The most pages and bytes that are read of other pages, to stay cheap on any site.
const REACH: (usize, usize) = (400, 4 << 20);

/// The other pages of the site, nearest first, up to the limits.
pub fn neighbours<'a>(context: &PageContext<'a>) -> impl Iterator<Item = &'a Page> {
    let pages = context.site.index.pages.as_slice();
    let path = context.path();
    let here = pages.partition_point(|page| page.source.path < *path);
    let mut bytes = 0;
    (0..2 * pages.len())
        .filter_map(move |step| {
            let distance = step / 2;
            let at = if step % 2 == 0 {
                here.checked_add(distance)
            } else {
                here.checked_sub(distance + 1)
            };
            pages.get(at?).map(|page| &**page)
        })
        .filter(move |page| page.source.path != *path)
        .take(REACH.0)
        .take_while(move |page| {
            bytes += page.source.text.len();
            bytes <= REACH.1
        })
}

/// The number of other pages that end with a line break, up to the limits, if nearly all do.
pub fn ended_pages(context: &PageContext<'_>) -> Option<usize> {
    let (mut all, mut ended) = (0usize, 0usize);
    for page in neighbours(context) {
        all += 1;
        ended += usize::from(page.source.text.ends_with('\n'));
    }
    (all >= 8 && (all - ended) * 100 <= all).then_some(ended)
}

/// How a word occurs in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// As a word.
    Whole,
    /// Only as the beginning of longer words that are not inflections of it.
    Prefix,
    /// Not at all.
    Never,
}

/// How the last word of a text occurs in the rest of the text and on other pages.
pub fn seen<'t>(word: &str, texts: impl Iterator<Item = &'t str>) -> Seen {
    let mut found = Seen::Never;
    let lower = word.to_lowercase();
    for text in texts {
        for form in [word, lower.as_str()] {
            match seen_in(form, text) {
                Seen::Whole => return Seen::Whole,
                Seen::Prefix => found = Seen::Prefix,
                Seen::Never => {}
            }
            if word == lower {
                break;
            }
        }
    }
    found
}

fn seen_in(word: &str, text: &str) -> Seen {
    /// Suffixes that make an inflection of a word, not another word.
    const ENDINGS: &[&str] = &[
        "s", "es", "d", "ed", "ing", "er", "ers", "ly", "n", "en", "e", "r", "al", "able", "less",
        "ful", "ness", "ment", "ments", "or", "ors", "ion", "ions", "y", "st", "t", "m", "nd",
        "em",
    ];
    let mut found = Seen::Never;
    for at in memchr::memmem::find_iter(text.as_bytes(), word) {
        if !text.is_char_boundary(at) || text[..at].ends_with(is_word_char) {
            continue;
        }
        let rest = &text[at + word.len()..];
        let more = &rest[..rest.find(|c| !is_word_char(c)).unwrap_or(rest.len())];
        if more.is_empty() {
            let mut after = rest.chars();
            let apostrophe = matches!(after.next(), Some('\'' | '’'));
            if !(apostrophe && after.next().is_some_and(char::is_alphabetic)) {
                return Seen::Whole;
            }
        } else if !ENDINGS.contains(&more) {
            found = Seen::Prefix;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_in_every_script() {
        for text in ["a.", "a?)", "是。", "ہے۔", "है।", "**a.**", "a:", "ja!»", "なに？」"]
        {
            assert!(ends_a_sentence(text), "{text}");
        }
        for text in ["a", "a,", "a (", "是", "a `b`", ""] {
            assert!(!ends_a_sentence(text), "{text}");
        }
    }

    #[test]
    fn words_and_their_beginnings_are_told_apart() {
        for (word, text, expected) in [
            ("config", "the configuration", Seen::Prefix),
            ("plugin", "all plugins", Seen::Never),
            ("plugin", "a plugin.", Seen::Whole),
            ("don", "don't", Seen::Never),
            ("Next", "the next one", Seen::Whole),
            ("ex", "an index", Seen::Never),
            ("é", "né été", Seen::Prefix),
        ] {
            assert_eq!(seen(word, [text].into_iter()), expected, "{word} in {text}");
        }
    }
}

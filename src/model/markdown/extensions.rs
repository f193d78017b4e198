//! Syntax of other generators in the text of a page, beyond that of GitHub: emoji by name, keys,
//! icons by name, marked text, abbreviations, attribute lists.

use std::ops::Range;

use crate::icons::{self, Icon};

/// Which syntax a dialect has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Extensions {
    /// A term, and below it `: definition`, as the parser reads them.
    pub definition_lists: bool,
    /// `H~2~O` and `x^2^`.
    pub scripts: bool,
    /// `==marked==`, `^^inserted^^` and `++ctrl+c++`.
    pub marks: bool,
    /// `*[HTML]: HyperText Markup Language`
    pub abbreviations: bool,
    /// `:tada:`
    pub emoji: bool,
    /// `:material-check:`, with attributes directly behind it.
    pub icons: bool,
    /// `{ .class width=300 }` directly behind a link or an image, or at the end of a paragraph.
    pub attributes: bool,
}

impl Extensions {
    /// None of them.
    pub const NONE: Self = Self {
        definition_lists: false,
        scripts: false,
        marks: false,
        abbreviations: false,
        emoji: false,
        icons: false,
        attributes: false,
    };
    /// All of them.
    pub const ALL: Self = Self {
        definition_lists: true,
        scripts: true,
        marks: true,
        abbreviations: true,
        emoji: true,
        icons: true,
        attributes: true,
    };
}

/// The longest name of an emoji or list of keys, in bytes.
const MAX_NAME: usize = 80;
/// The most abbreviations of a page.
const MAX_ABBREVIATIONS: usize = 100;

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Plain text.
    Text(&'t str),
    /// An emoji.
    Emoji(&'static str),
    /// An icon: its name, and what it says to readers, if anything.
    Icon(&'t str, Option<String>),
    /// Keys that are pressed together.
    Keys(&'t str),
    /// Text below the line.
    Subscript(&'t str),
    /// Text above the line.
    Superscript(&'t str),
    /// May begin or end marked text: the mark, and what it may do.
    Toggle(&'t str, Flank),
}

/// What a mark may do, by the characters around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flank {
    /// Whether it may begin marked text.
    pub opens: bool,
    /// Whether it may end it.
    pub closes: bool,
}

/// The pieces of a text.
pub fn pieces(text: &str, extensions: Extensions) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut done, mut at) = (0, 0);
    while let Some(next) = text[at..].find([':', '=', '^', '+', '~']).map(|next| at + next) {
        at = next + 1;
        let one = match text.as_bytes()[next] {
            b':' => code(text, next, done == next, extensions),
            b'+' if extensions.marks => keys(text, next),
            b'=' | b'^' if extensions.marks => toggle(text, next),
            _ => None,
        };
        let one = one.or_else(|| script(text, next).filter(|_| extensions.scripts));
        let Some((piece, end)) = one else { continue };
        if done < next {
            found.push(Piece::Text(&text[done..next]));
        }
        found.push(piece);
        (done, at) = (end, end);
    }
    if done < text.len() {
        found.push(Piece::Text(&text[done..]));
    }
    found
}

/// The text as a reader sees it, for places that show no more than text.
pub fn plain(text: &str, extensions: Extensions) -> String {
    let mut out = String::with_capacity(text.len());
    let pieces = pieces(text, extensions);
    let toggles = |mark: &str| {
        let same = |piece: &&Piece<'_>| matches!(piece, Piece::Toggle(other, _) if *other == mark);
        pieces.iter().filter(same).count() > 1
    };
    let (marked, inserted) = (toggles("=="), toggles("^^"));
    for piece in &pieces {
        match piece {
            // Icons say nothing, and leave no blanks.
            Piece::Icon(..) => {}
            Piece::Text(text) if out.is_empty() || out.ends_with(' ') => {
                out.push_str(if extensions.icons { text.trim_start() } else { text });
            }
            Piece::Text(text) | Piece::Subscript(text) | Piece::Superscript(text) => {
                out.push_str(text);
            }
            Piece::Emoji(emoji) => out.push_str(emoji),
            Piece::Keys(names) => {
                let names: Vec<String> = names.split('+').map(key_name).collect();
                out.push_str(&names.join("+"));
            }
            Piece::Toggle("==", _) if marked => {}
            Piece::Toggle("^^", _) if inserted => {}
            Piece::Toggle(mark, _) => out.push_str(mark),
        }
    }
    if matches!(pieces.last(), Some(Piece::Icon(..))) {
        out.truncate(out.trim_end().len());
    }
    out
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn behind(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// `:name:`, apart from other words and colons, unless it is `first` behind another piece.
fn code(text: &str, at: usize, first: bool, extensions: Extensions) -> Option<(Piece<'_>, usize)> {
    if !first && (is_word(before(text, at)) || before(text, at) == Some(':')) {
        return None;
    }
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte);
    let rest = &text.as_bytes()[at + 1..];
    let len = rest.iter().take(MAX_NAME).take_while(|byte| named(**byte)).count();
    let end = at + 1 + len;
    if rest.get(len) != Some(&b':') || is_word(behind(text, end + 1)) {
        return None;
    }
    let name = &text[at + 1..end];
    if extensions.icons && is_icon(name) {
        let (list, length) = attributes(&text[end + 1..]).unwrap_or_default();
        let title = list.into_iter().find(|(key, _)| key == "title").map(|(_, title)| title);
        return Some((Piece::Icon(name, title), end + 1 + length));
    }
    let emoji = extensions.emoji.then(|| emojis::get_by_shortcode(name))??;
    Some((Piece::Emoji(emoji.as_str()), end + 1))
}

/// The sets of icons of Material for MkDocs, as names of its icons begin.
pub const ICON_SETS: &[&str] = &["material-", "octicons-", "fontawesome-", "simple-"];

/// Whether this is the name of an icon of one of these sets that can be drawn.
pub fn is_icon(name: &str) -> bool {
    let drawn = || icons::find(name, icons::DEFAULT_LIBRARY);
    ICON_SETS.iter().any(|set| name.starts_with(set)) && matches!(drawn(), Icon::Drawing(_))
}

/// `++ctrl+alt+del++`
fn keys(text: &str, at: usize) -> Option<(Piece<'_>, usize)> {
    let inner = text[at..].strip_prefix("++")?;
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"+-_".contains(&byte);
    let len = inner.bytes().take(MAX_NAME).take_while(|byte| named(*byte)).count();
    let names = inner[..len].strip_suffix("++")?;
    let end = at + 2 + len;
    let apart = !is_word(before(text, at)) && !is_word(behind(text, end));
    let is_list = names.split('+').all(|name| !name.is_empty());
    (apart && is_list).then_some((Piece::Keys(names), end))
}

/// How a key is shown: `ctrl` is `Ctrl`, `arrow-up` is `Arrow Up`.
pub fn key_name(name: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    let words: Vec<String> = name.split(['-', '_']).map(word).collect();
    words.join(" ").trim().to_owned()
}

/// `~2~` or `^2^`: numbers, letters and signs without a blank.
fn script(text: &str, at: usize) -> Option<(Piece<'_>, usize)> {
    let mark = text.as_bytes()[at];
    let inner = &text[at + 1..];
    let part = |c: &char| c.is_alphanumeric() || "+-−=(),.".contains(*c);
    let len: usize = inner.chars().take(MAX_NAME).take_while(part).map(char::len_utf8).sum();
    let end = at + len + 2;
    let closed = len > 0 && inner.as_bytes().get(len) == Some(&mark);
    // Two of them are another mark, and `[^1]` is a footnote.
    let other =
        || matches!(before(text, at), Some('[' | '^' | '~')) || text[end..].starts_with(['^', '~']);
    if !closed || other() {
        return None;
    }
    let inner = &inner[..len];
    match mark {
        b'~' => Some((Piece::Subscript(inner), end)),
        b'^' => Some((Piece::Superscript(inner), end)),
        _ => None,
    }
}

/// `==` or `^^`, and not more of them.
fn toggle(text: &str, at: usize) -> Option<(Piece<'_>, usize)> {
    let byte = text.as_bytes()[at];
    let end = at + text.as_bytes()[at..].iter().take_while(|one| **one == byte).count();
    if end != at + 2 {
        // All of a longer run is text.
        return (end > at + 2).then(|| (Piece::Text(&text[at..end]), end));
    }
    let (left, right) = (before(text, at), behind(text, end));
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let opens = !is_word(left) && !blank(right);
    let closes = !is_word(right) && !blank(left);
    let flank = Flank { opens, closes };
    (opens || closes).then(|| (Piece::Toggle(&text[at..end], flank), end))
}

/// An abbreviation, and what it stands for.
pub type Abbreviation = (String, String);

/// The abbreviations that a page defines, each on a line: `*[HTML]: HyperText Markup Language`.
pub fn abbreviations(source: &str) -> Vec<Abbreviation> {
    let lines = memchr::memmem::find_iter(source.as_bytes(), "*[").filter_map(|at| {
        let start = crate::source::line_start(source, at);
        let line = source[start..].lines().next()?;
        abbreviation(line).map(|(short, long)| (short.to_owned(), long.to_owned()))
    });
    lines.take(MAX_ABBREVIATIONS).collect()
}

fn abbreviation(line: &str) -> Option<(&str, &str)> {
    let (short, long) = line.trim().strip_prefix("*[")?.split_once("]:")?;
    let (short, long) = (short.trim(), long.trim());
    (!short.is_empty() && !long.is_empty()).then_some((short, long))
}

/// Whether a paragraph has nothing but definitions of abbreviations.
pub fn defines_abbreviations(paragraph: &str) -> bool {
    let mut lines = paragraph.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek().is_some() && lines.all(|line| abbreviation(line).is_some())
}

/// The abbreviations in a text, in order: their bytes and what they stand for.
pub fn abbreviated<'a>(text: &str, known: &'a [Abbreviation]) -> Vec<(Range<usize>, &'a str)> {
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for (short, long) in known {
        for (at, _) in text.match_indices(short.as_str()) {
            let end = at + short.len();
            let apart = !is_word(before(text, at)) && !is_word(behind(text, end));
            if apart && !is_address(text, at) {
                found.push((at..end, long));
            }
        }
    }
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|(range, _)| {
        let apart = range.start >= end;
        end = if apart { range.end } else { end };
        apart
    });
    found
}

/// Whether the word around an offset is an address.
fn is_address(text: &str, at: usize) -> bool {
    const REACH: usize = 200;
    let mut start = at.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let word = text[start..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.contains("www.")
}

/// The attribute list that a text begins with, `{ .class width=300 }` or `{: .class }`: its
/// attributes in order, several classes as one, and its length. Templates and code in braces are
/// no lists.
pub fn attributes(text: &str) -> Option<(Vec<(String, String)>, usize)> {
    const MAX_LIST: usize = 400;
    let inner = text.strip_prefix('{')?;
    let length =
        inner.bytes().take(MAX_LIST).position(|byte| matches!(byte, b'}' | b'{' | b'\n'))?;
    let list = inner[..length].strip_prefix(':').unwrap_or(&inner[..length]);
    if inner.as_bytes()[length] != b'}' || list.trim().is_empty() {
        return None;
    }
    let mut found: Vec<(String, String)> = Vec::new();
    for word in super::heading::words(list) {
        let name = |name: &str| {
            let valid = |c: char| c.is_ascii_alphanumeric() || "-_:".contains(c);
            (!name.is_empty() && name.chars().all(valid)).then(|| name.to_owned())
        };
        let (key, value) = match word.split_at_checked(1) {
            Some((".", class)) => ("class".to_owned(), name(class)?),
            Some(("#", id)) => ("id".to_owned(), name(id)?),
            _ => {
                let (key, value) = word.split_once('=')?;
                (name(key)?, value.trim_matches(['"', '\'']).to_owned())
            }
        };
        match found.iter_mut().find(|(other, _)| *other == key) {
            Some((_, classes)) if key == "class" => *classes = format!("{classes} {value}"),
            Some(_) => {}
            None => found.push((key, value)),
        }
    }
    Some((found, length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_as_the_generators_do() {
        for (text, expected) in [
            ("a :tada: b", "a 🎉 b"),
            (":+1::tada:", "👍🎉"),
            ("(:x:)", "(❌)"),
            ("a::x::b 10:100:20 :nonsense: :x", "a::x::b 10:100:20 :nonsense: :x"),
            ("++ctrl+alt+del++.", "Ctrl+Alt+Del."),
            ("++arrow-up++", "Arrow Up"),
            ("C++ and C++, i++, ++i++j", "C++ and C++, i++, ++i++j"),
            ("==a b== c", "a b c"),
            ("^^new^^", "new"),
            ("a == b, ===, x==y", "a == b, ===, x==y"),
            ("==alone", "==alone"),
            ("H~2~O, x^2^ and 2^10", "H2O, x2 and 2^10"),
            ("~/a/~ ~~b~~ a^ b^ [^1][^2]", "~/a/~ ~~b~~ a^ b^ [^1][^2]"),
            ("http://a.b?c==d==", "http://a.b?c==d=="),
            (":material-check: a :octicons-tag-16:{ .b } c :simple-docker:", "a c"),
            (
                "a:material-check: :material-no-such-icon:",
                "a:material-check: :material-no-such-icon:",
            ),
        ] {
            assert_eq!(plain(text, Extensions::ALL), expected, "{text}");
            assert_eq!(plain(text, Extensions::NONE), text);
        }
    }

    #[test]
    fn icons_take_attributes() {
        let all = |text| pieces(text, Extensions::ALL);
        let icon = |name, title: Option<&str>| Piece::Icon(name, title.map(str::to_owned));
        let (check, rest) = ("material-check", Piece::Text(" b"));
        assert_eq!(all(":material-check: b"), [icon(check, None), rest.clone()]);
        assert_eq!(all(":material-check:{ .a title=\"Yes\" } b"), [icon(check, Some("Yes")), rest]);
        let tags = ":simple-docker::octicons-tag-16:";
        assert_eq!(all(tags), [icon("simple-docker", None), icon("octicons-tag-16", None)]);
        for text in [":material-no-such-icon:", ":check:", "x:material-check:"] {
            assert!(!all(text).iter().any(|one| matches!(one, Piece::Icon(..))), "{text}");
        }
        let without = Extensions { icons: false, ..Extensions::ALL };
        assert_eq!(pieces(":material-check:", without), [Piece::Text(":material-check:")]);
    }

    #[test]
    fn abbreviations_are_whole_words() {
        let known = abbreviations("x\n\n*[HTML]: Hyper Text\n*[W3C]: World\n*[]: no\n*[x] y\n");
        assert_eq!(known.len(), 2, "{known:?}");
        let found = abbreviated("HTML, XHTML, W3C https://a/HTML", &known);
        assert_eq!(found, [(0..4, "Hyper Text"), (13..16, "World")]);
        assert!(defines_abbreviations("*[a]: b\n  *[c]: d\n"));
        assert!(!defines_abbreviations("*[a]: b\ntext") && !defines_abbreviations(""));
    }

    #[test]
    fn attribute_lists() {
        for (text, expected) in [
            ("{ .a .b #c width=\"3 0\" } x", "class=a b,id=c,width=3 0"),
            ("{: target=_blank }", "target=_blank"),
            ("{id}", "none"),
            ("{{ .a }}", "none"),
            ("{}", "none"),
            ("{ .a", "none"),
            ("{ .a\n}", "none"),
            ("{ a, b }", "none"),
            (" { .a }", "none"),
        ] {
            let list = attributes(text).map(|(list, _)| {
                list.iter()
                    .map(|(key, value)| format!("{key}={value}"))
                    .collect::<Vec<_>>()
                    .join(",")
            });
            assert_eq!(list.unwrap_or("none".to_owned()), expected, "{text}");
        }
        assert_eq!(attributes("{ .a } x").unwrap().1, 6);
    }

    #[test]
    fn any_text_is_read_in_linear_time() {
        for unit in [":a", "++a+", "== ", "==a ", "^^^", "*[a]: b ", "{.a "] {
            let text = unit.repeat(100_000);
            assert!(!pieces(&text, Extensions::ALL).is_empty());
            assert!(plain(&text, Extensions::ALL).len() <= text.len());
            assert!(abbreviations(&text).len() <= MAX_ABBREVIATIONS);
        }
    }
}

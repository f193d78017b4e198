//! What a reader of the finished page would call wrong: text that looks like markup, and words of
//! the source that are nowhere on the page. It knows the HTML and the file, and nothing of docgen.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use html5gum::{Token, Tokenizer};
use regex::Regex;

/// Something that looks wrong.
#[derive(Debug)]
pub struct Hit {
    /// Its kind.
    pub kind: &'static str,
    /// The text of it.
    pub text: String,
    /// Its line in the source, as well as it can be told.
    pub line: usize,
}

/// Markup of the formats that documentation is written in, as a reader would see it.
const MARKS: &[(&str, &str)] = &[
    ("emphasis", r"\*\*|~~|(^|\s)__?\w[^_\n]*\w__?(\s|$)|(^|\s)\*\w[^*\n]*\w\*(\s|$)"),
    ("link", r"\]\(|\]\[|\]\s\((https?:|/|\.)|\)\[[^\]]*[./]|!\[|\[\[|\]\]|^\[[^\]]+\]:\s"),
    ("heading", r"^#{1,6}\s*\w|^={3,}$|^-{3,}$"),
    ("fence", r"```|~~~|^:::|:::\w|^!!!\s|^\?\?\?\+?\s|^===\s|^<<<|^>\s|--8<--"),
    ("alert", r"\[!\w+\]"),
    ("footnote", r"\[\^[^\]]+\]"),
    ("task", r"^-?\s?\[[ xX]?\](\s|$)"),
    ("table", r"\|\s*:?-{2,}|^\|.*\|"),
    ("template", r"\{\{|\}\}|\{%|%\}|\$\{|<%"),
    ("expression", r"\{/\*|\*/\}|^\{.*\}$|^(import|export)\s.*(from|=|\{)"),
    ("attributes", r"\{\s?:?\s?[.#][\w-]|\{\s?:\s?[\w-]|\{\s?[\w-]+="),
    ("tag", r"</?[a-zA-Z][\w.:-]*(\s[^<>]*)?/?>|<!--|-->|<!\["),
    ("entity", r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});"),
    ("escape", r"\\[nrt](\s|$|\\|[A-Z])|\\[*_`\[\]<>#|~-]"),
    ("extension", r"==\w[^=\n]*==|\+\+\w[^\n+]*\+\+|^\*\[[^\]]+\]:|:\w{2,}[\w-]*:|\[toc\]|\[TOC\]"),
    ("directive", r"\{\w+\}`|^@\w+\s|^\.\.\s\w+::"),
    ("front matter", r"^(title|description|layout|sidebar_position|slug):\s"),
];

static PATTERNS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let one =
        |(kind, pattern): &(&'static str, &str)| (*kind, Regex::new(pattern).expect("a pattern"));
    MARKS.iter().map(one).collect()
});

/// Elements that begin a text of their own.
fn is_block(name: &[u8]) -> bool {
    !matches!(
        name,
        b"a" | b"abbr"
            | b"b"
            | b"code"
            | b"del"
            | b"em"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"mark"
            | b"q"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"u"
            | b"var"
            | b"wbr"
            | b"br"
            | b"bdi"
            | b"font"
            | b"img"
            | b"input"
    )
}

/// Elements whose text is no prose.
const OPAQUE: &[&str] =
    &["code", "pre", "kbd", "samp", "tt", "script", "style", "math", "svg", "textarea", "button"];

/// The texts of a page, one for each block; what is no prose is one strange character.
fn texts(html: &str) -> Vec<String> {
    let (mut all, mut text, mut opaque) = (Vec::new(), String::new(), Vec::<String>::new());
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if is_block(&tag.name) && opaque.is_empty() {
                    all.push(std::mem::take(&mut text));
                }
                if matches!(name.as_str(), "br") {
                    text.push('\n');
                }
                if OPAQUE.contains(&name.as_str()) && !tag.self_closing {
                    text.push('\u{FFFC}');
                    opaque.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if let Some(at) = opaque.iter().rposition(|open| *open == name) {
                    opaque.truncate(at);
                }
                if is_block(&tag.name) && opaque.is_empty() {
                    all.push(std::mem::take(&mut text));
                }
            }
            Token::String(string) if opaque.is_empty() => {
                text.push_str(&String::from_utf8_lossy(&string));
            }
            _ => {}
        }
    }
    all.push(text);
    all.retain(|text| !text.trim().is_empty());
    all
}

/// Text that looks like markup.
pub fn marks(source: &str, html: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for text in texts(html) {
        for line in text.trim().lines() {
            let line = line.trim();
            for (kind, pattern) in PATTERNS.iter() {
                for found in pattern.find_iter(line) {
                    let text = around(line, found.range());
                    let line = line_of(source, found.as_str().trim(), &text);
                    hits.push(Hit { kind, text, line });
                }
            }
        }
    }
    hits
}

fn around(line: &str, range: Range<usize>) -> String {
    let from = line.floor_char_boundary(range.start.saturating_sub(40));
    let to = line.ceil_char_boundary((range.end + 40).min(line.len()));
    line[from..to].to_owned()
}

/// The line that has a mark and shares the most words with the text around it.
fn line_of(source: &str, mark: &str, around: &str) -> usize {
    let words: Vec<&str> = words(around).map(|(_, word)| word).collect();
    let score = |line: &str| {
        let shared = words.iter().filter(|word| line.contains(**word)).count();
        shared * 2 + usize::from(line.contains(mark)) * 3
    };
    let lines = source.lines().enumerate();
    let best = lines.max_by_key(|(at, line)| (score(line), std::cmp::Reverse(*at)));
    best.map_or(0, |(at, _)| at + 1)
}

/// The words of a text and where they stand. A word of a script without spaces is a character.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// What is written in a file and is not for readers: front matter, comments, addresses, tags,
/// labels of code, definitions of links. Of a tag the values remain that look like a text.
static HIDDEN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"(?s)\A\u{FEFF}?(---|\+\+\+)\r?\n.*?\r?\n(---|\+\+\+)[ \t]*(\r?\n|\z)",
        r"(?s)<!--.*?-->",
        r"(?s)\{/\*.*?\*/\}",
        r"(?m)^[ \t>]*(```|~~~).*$",
        r"(?m)^[ \t]*(import|export)\s.*$",
        r"(?m)^[ \t>]*\[[^\]]+\]:.*$",
        r"\]\([^()\s]*(\([^()\s]*\)[^()\s]*)*",
        r"\]\[[^\]]*\]",
        r"(?s)<(script|style)\b.*?</(script|style)>",
        r"</?[\w.:-]+|/?>",
        r#"\s[\w:@-]+=("[^"\s]*"|'[^'\s]*'|\{[^{}]*\})"#,
        r#"\s[\w:@-]+="#,
        r"(?m)^[ \t]*:{3,}.*$",
        r"\{\{.*?\}\}|\{%.*?%\}",
        r"&\w+;",
        r"https?://\S+",
    ];
    patterns.map(|pattern| Regex::new(pattern).expect("a pattern")).into()
});

/// Words of the source that the page has less often than the file.
pub fn lost(source: &str, html: &str) -> Vec<Hit> {
    let mut shown = source.to_owned();
    for pattern in HIDDEN.iter() {
        // Offsets stay: what is hidden becomes blank, and line ends remain.
        let hidden: Vec<_> = pattern.find_iter(&shown).map(|found| found.range()).collect();
        for range in hidden {
            let blank: String = shown[range.clone()].chars().flat_map(blank).collect();
            shown.replace_range(range, &blank);
        }
    }
    // Where an element ends inside a line, a word may end or go on: each reading counts.
    let mut there = counts(&all_text(html, &|name| is_block(name)));
    for (word, count) in counts(&all_text(html, &|_| true)) {
        let known = there.entry(word).or_default();
        *known = count.max(*known);
    }
    let mut hits = Vec::new();
    for (at, word) in words(&shown) {
        if word.chars().count() < 2 || word.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let left = there.entry(word.to_lowercase()).or_default();
        if *left > 0 {
            *left -= 1;
            continue;
        }
        let line = shown[..at].matches('\n').count() + 1;
        hits.push(Hit { kind: "lost", text: word.to_owned(), line });
    }
    hits
}

fn counts(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for (_, word) in words(text) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

fn blank(c: char) -> Vec<char> {
    if c == '\n' { vec!['\n'] } else { vec![' '; c.len_utf8()] }
}

/// All that a page says anywhere: its texts, code too, and the values of its attributes.
fn all_text(html: &str, ends_word: &dyn Fn(&[u8]) -> bool) -> String {
    let (mut all, mut attributes) = (String::new(), String::new());
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                for value in tag.attributes.values() {
                    attributes.push(' ');
                    attributes.push_str(&String::from_utf8_lossy(value));
                }
                if ends_word(&tag.name) {
                    all.push(' ');
                }
            }
            Token::EndTag(tag) if ends_word(&tag.name) => all.push(' '),
            Token::String(string) => all.push_str(&String::from_utf8_lossy(&string)),
            _ => {}
        }
    }
    all + &attributes
}

//! The words of a tree, by language: how often each is used, and how often a phrase ends with it.
//!
//! The tree is its own dictionary, so that no language needs one. A sample of its pages suffices,
//! which keeps this cheap for trees of any size.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::words::{HashMap, Words, count, is_word_byte};

pub use super::words::Uses;

/// The words of one language.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Each word in lower case.
    words: Words,
    /// What only few words are looked up in.
    order: OnceLock<Order>,
    /// Neighbouring characters of scripts without spaces between words.
    pairs: HashMap<u64, Uses>,
    /// The headings, sorted, and on how many pages each stands.
    headings: Vec<(String, u32)>,
    /// Those of them that stand on several pages, sorted.
    usual: Vec<usize>,
    /// The numbers of the pages in this language.
    pages: Vec<usize>,
    /// Those that it was taken from.
    sampled: Vec<usize>,
}

/// The words in their order.
#[derive(Debug, Default)]
struct Order {
    /// Those that are used in prose, sorted, each behind a line break, and a last line break.
    text: String,
    /// Of each word its offset in the text, its uses in prose, and those of all words before it.
    words: Vec<(usize, u32, u32)>,
    /// How many words end in three letters, and in how many places others have them.
    endings: HashMap<[char; 3], (u32, u32)>,
}

/// The words of all languages of a tree, each collected on first use.
#[derive(Debug, Default)]
pub struct Vocabularies {
    languages: OnceLock<BTreeMap<String, Lazy>>,
    empty: Vocabulary,
}

#[derive(Debug, Default)]
struct Lazy {
    /// The numbers of the pages in this language.
    pages: Vec<usize>,
    vocabulary: OnceLock<Vocabulary>,
}

/// The most bytes that are read of all languages together, and of one: at least, and at most.
const MAX_BYTES: usize = 12 << 20;
const OF_LANGUAGE: (usize, usize) = (1 << 19, 4 << 20);

impl Vocabularies {
    /// The words of a language: `divide` gives the numbers of the pages of each, and `body` and
    /// `headings` what the page of a number has.
    pub fn of<'p, H: Iterator<Item = &'p str>>(
        &self,
        language: &str,
        divide: impl FnOnce() -> BTreeMap<String, Vec<usize>>,
        body: impl Fn(usize) -> &'p str,
        headings: impl Fn(usize) -> H,
    ) -> &Vocabulary {
        let languages = self.languages.get_or_init(|| {
            let lazy = |pages| Lazy { pages, ..Lazy::default() };
            divide().into_iter().map(|(language, pages)| (language, lazy(pages))).collect()
        });
        let Some(lazy) = languages.get(language) else { return &self.empty };
        lazy.vocabulary.get_or_init(|| {
            let (least, most) = OF_LANGUAGE;
            let limit = (MAX_BYTES / languages.len()).clamp(least, most);
            let sample = Vocabulary::sample(&lazy.pages, limit, body);
            let headings = count_headings(lazy.pages.iter().flat_map(|number| headings(*number)));
            let usual = (0..headings.len()).filter(|at| headings[*at].1 >= USUAL).collect();
            Vocabulary { headings, usual, pages: lazy.pages.clone(), ..sample }
        })
    }
}

/// The number of pages from which on a heading is usual.
pub const USUAL: u32 = 5;

/// Headings, sorted, and how often each occurs.
fn count_headings<'p>(headings: impl Iterator<Item = &'p str>) -> Vec<(String, u32)> {
    let mut counts: HashMap<&str, u32> = HashMap::default();
    for heading in headings {
        *counts.entry(heading).or_default() += 1;
    }
    let mut counts: Vec<(String, u32)> =
        counts.into_iter().map(|(text, count)| (text.to_owned(), count)).collect();
    counts.sort_unstable();
    counts
}

impl Vocabulary {
    /// Reads an even sample of some pages, up to a number of bytes.
    fn sample<'p>(of: &[usize], limit: usize, body: impl Fn(usize) -> &'p str) -> Self {
        let body = |number: usize| {
            let body = body(number);
            // A page of the size of the whole sample would be the only one.
            let mut end = body.len().min(limit / 4);
            while !body.is_char_boundary(end) {
                end -= 1;
            }
            &body[..end]
        };
        let all: usize = of.iter().map(|number| body(*number).len()).sum();
        let mut counts = Counts::default();
        let (mut passed, mut taken, mut sampled) = (0usize, 0usize, Vec::new());
        for &number in of {
            let text = body(number);
            passed += text.len();
            let even = (taken + text.len()) as u64 * all as u64 <= passed as u64 * limit as u64;
            if all <= limit || even {
                taken += text.len();
                counts.text(text);
                sampled.push(number);
            }
        }
        Self { sampled, ..counts.finish() }
    }

    /// The words of a text.
    pub fn new(text: &str) -> Self {
        let mut counts = Counts::default();
        counts.text(text);
        counts.finish()
    }

    /// The numbers of all pages in this language, sorted.
    pub fn pages(&self) -> &[usize] {
        &self.pages
    }

    /// Whether the words of the page of this number were counted.
    pub fn has_page(&self, number: usize) -> bool {
        self.sampled.binary_search(&number).is_ok()
    }

    /// How a word in lower case is used.
    pub fn uses(&self, word: &str) -> Uses {
        self.words.get(word)
    }

    fn order(&self) -> &Order {
        self.order.get_or_init(|| Order::new(&self.words))
    }

    /// How often longer words that begin with these letters are used in prose.
    pub fn longer(&self, start: &str) -> u32 {
        self.order().longer(start)
    }

    /// How many words end in these letters, and in how many places others have them.
    pub fn endings(&self, letters: [char; 3]) -> (u32, u32) {
        self.order().endings.get(&letters).copied().unwrap_or_default()
    }

    /// The most frequent usual heading that begins with a text, inside a word, and on how many
    /// pages it stands, if the text is not a usual heading beside it.
    pub fn longer_heading(&self, text: &str) -> Option<(&str, u32)> {
        /// The most longer headings that are looked at.
        const REACH: usize = 2000;
        let heading = |at: &usize| &self.headings[*at];
        let from = self.usual.partition_point(|at| heading(at).0.as_str() < text);
        let longer = self.usual[from..].iter().take(REACH).map(heading);
        let longer = longer.take_while(|(one, _)| one.starts_with(text));
        let inside = longer.filter(|(one, _)| one[text.len()..].starts_with(char::is_alphanumeric));
        let (longer, count) = inside.max_by_key(|(_, count)| *count)?;
        let own = self.headings.binary_search_by(|(one, _)| one.as_str().cmp(text));
        let own = own.map_or(0, |at| self.headings[at].1);
        (own <= 1.max(count / 20)).then_some((longer.as_str(), *count))
    }

    /// How two neighbouring characters of a script without spaces are used.
    pub fn pair(&self, pair: [char; 2]) -> Uses {
        self.pairs.get(&key_of_pair(pair)).copied().unwrap_or_default()
    }
}

impl Order {
    fn new(words: &Words) -> Self {
        let mut all = words.in_prose();
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut order = Self { text: "\n".to_owned(), ..Self::default() };
        order.words.reserve_exact(all.len());
        let mut before = 0;
        for (word, uses) in all {
            order.words.push((order.text.len(), uses, before));
            order.text.push_str(&word);
            order.text.push('\n');
            before += uses;
            count_endings(&word, &mut order.endings);
        }
        order
    }

    fn word(&self, at: usize) -> &str {
        let end = self.words.get(at + 1).map_or(self.text.len(), |(start, ..)| *start) - 1;
        &self.text[self.words[at].0..end]
    }

    /// The number of words that are before others in their order.
    fn count_while(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut from, mut end) = (0, self.words.len());
        while from < end {
            let middle = from + (end - from) / 2;
            if before(self.word(middle)) {
                from = middle + 1;
            } else {
                end = middle;
            }
        }
        from
    }

    fn longer(&self, start: &str) -> u32 {
        let from = self.count_while(|one| one <= start);
        let end = self.count_while(|one| one < start || one.starts_with(start));
        let before = |at: usize| match self.words.get(at) {
            Some((_, _, before)) => *before,
            None => self.words.last().map_or(0, |(_, uses, before)| before + uses),
        };
        before(end) - before(from)
    }
}

#[derive(Default)]
struct Counts {
    words: Words,
    pairs: HashMap<u64, Uses>,
}

impl Counts {
    /// Counts the words of a Markdown text.
    fn text(&mut self, text: &str) {
        let mut fence: Option<&str> = None;
        let mut start = 0;
        while start < text.len() {
            let end = memchr::memchr(b'\n', &text.as_bytes()[start..])
                .map_or(text.len(), |length| start + length);
            let line = text[start..end].trim_start_matches([' ', '\t', '>']);
            let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                (Some(_), _) => self.line(&text[start..end], None),
                (None, None) => self.line(&text[start..end], Some(&text[end..])),
            }
            start = end + 1;
        }
    }

    /// Counts the words of a line, and what follows it if it is no code.
    fn line(&mut self, line: &str, behind: Option<&str>) {
        let bytes = line.as_bytes();
        let mut at = 0;
        let mut previous: Option<char> = None;
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii() && !is_word_byte(*byte) {
                (at, previous) = (at + 1, None);
                continue;
            }
            let start = at;
            let mut is_ascii = true;
            while let Some(byte) = bytes.get(at) {
                if is_word_byte(*byte) {
                    at += 1;
                    continue;
                }
                let next = if byte.is_ascii() { None } else { line[at..].chars().next() };
                match next.filter(|c| is_word_char(*c) && !is_unspaced(*c)) {
                    Some(c) => (at, is_ascii) = (at + c.len_utf8(), false),
                    None => break,
                }
            }
            if at > start {
                previous = None;
                let last = behind.map(|behind| ends_phrase(&line[at..], behind));
                self.words.add(line, start..at, is_ascii, last);
                continue;
            }
            let Some(c) = line[at..].chars().next() else { break };
            at += c.len_utf8();
            let unspaced = is_word_char(c);
            if let Some(before) = previous.filter(|_| unspaced) {
                let last = behind.map(|behind| ends_phrase(&line[at..], behind));
                count(self.pairs.entry(key_of_pair([before, c])).or_default(), last);
            }
            previous = unspaced.then_some(c);
        }
    }

    fn finish(self) -> Vocabulary {
        Vocabulary { words: self.words, pairs: self.pairs, ..Vocabulary::default() }
    }
}

fn key_of_pair([first, last]: [char; 2]) -> u64 {
    u64::from(first) << 32 | u64::from(last)
}

/// Counts each three neighbouring letters of a word.
fn count_endings(word: &str, endings: &mut HashMap<[char; 3], (u32, u32)>) {
    let mut letters = word.chars();
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return };
    let mut three = ['\0', first, second];
    let mut letters = letters.peekable();
    while let Some(next) = letters.next() {
        three = [three[1], three[2], next];
        let counts = endings.entry(three).or_default();
        match letters.peek() {
            Some(_) => counts.1 += 1,
            None => counts.0 += 1,
        }
    }
}

/// Whether a block ends before this text, which begins with a line break or is empty.
fn ends_block(rest: &str) -> bool {
    let next = rest.get(1..).unwrap_or_default().trim_start_matches([' ', '\t', '>']);
    next.is_empty()
        || next.starts_with(['\n', '\r', '-', '*', '+', '#', '|', '<', ':', '`', '~', '='])
        || next.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ")
}

/// Whether a phrase ends before this text, the rest of a line, and what follows that line.
fn ends_phrase(rest: &str, behind: &str) -> bool {
    // By far the most words are followed by another one.
    if let [b' ', next, ..] = rest.as_bytes()
        && next.is_ascii_alphanumeric()
    {
        return false;
    }
    let marks = rest.trim_start_matches(['*', '_', '`', '"', '”', '’', '»', '\'']);
    let text = marks.trim_start_matches(' ');
    let Some(first) = text.chars().next() else { return ends_block(behind) };
    match first {
        // A point inside a word, a path or an address.
        '.' | '!' | '?' | ':' | ';' => {
            let after = text[1..].trim_start_matches(['*', '_', '`', '"', '”', '’', '»', ')']);
            after.is_empty() || after.starts_with([' ', '<', '|', '.'])
        }
        ',' | '，' | '、' | '،' | '。' | '！' | '？' | '：' | '；' | '؟' | '؛' | '।' | '…'
        | '）' | '」' | '』' | '】' | '》' | ')' | ']' | '|' | '<' | '—' | '–' | '/' | '('
        | '（' => true,
        '-' => text.len() < marks.len() && text.starts_with("- "),
        _ => false,
    }
}

/// Whether a character is part of a word.
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a character belongs to a script without spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0E00..=0x0EFF
            | 0x1000..=0x109F
            | 0x1780..=0x17FF
            | 0x2E80..=0x312F
            | 0x31A0..=0x9FFF
            | 0xF900..=0xFAFF
            | 0xFF00..=0xFFEF
            | 0x20000..=0x3FFFF
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted() {
        let text = "The gateway of the Gateways. To the\ngateway\n\n```sh\ngateway run\n```\n";
        let words = Vocabulary::new(text);
        assert_eq!(words.uses("the"), Uses { all: 3, last: 0, in_code: 0 });
        assert_eq!(words.uses("gateway"), Uses { all: 2, last: 1, in_code: 1 });
        assert_eq!(words.uses("gateways"), Uses { all: 1, last: 1, in_code: 0 });
        assert_eq!((words.longer("gate"), words.longer("gateway"), words.longer("x")), (3, 1, 0));
        assert_eq!(words.endings(['w', 'a', 'y']), (1, 1));
        assert_eq!(words.endings(['g', 'a', 't']), (0, 2));
    }

    #[test]
    fn phrases_end() {
        for rest in [".", ". A", ".)", "**.", ", and", "。", " | b", " — or", ") and", "](a.md)"]
        {
            assert!(ends_phrase(rest, "\nmore"), "{rest}");
        }
        for rest in [".md", " and", "** and", "-in", ""] {
            assert!(!ends_phrase(rest, "\nmore"), "{rest}");
        }
        assert!(ends_phrase("", "\n\nmore") && ends_phrase("", ""));
    }

    #[test]
    fn pairs_of_characters_are_counted() {
        let words = Vocabulary::new("配置网关。网关的 Token\n");
        assert_eq!(words.pair(['网', '关']), Uses { all: 2, last: 1, in_code: 0 });
        assert_eq!(words.pair(['关', '的']), Uses { all: 1, last: 0, in_code: 0 });
        assert_eq!(words.uses("token").last, 1);
    }
}

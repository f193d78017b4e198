//! The words of an index, among which a misspelt one is looked up.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The most words that are kept: those on the most pages.
const MAX_WORDS: usize = 20_000;
/// The shortest and the longest word that is kept, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=24;
/// The longest beginning that a word shares with the one before it in the list: one digit of
/// `to_digit(36)`.
const MAX_SHARED: usize = 35;

/// How many pages each word is on.
#[derive(Default)]
pub(super) struct Vocabulary(HashMap<String, usize>);

impl Vocabulary {
    /// Adds the words of a page.
    pub(super) fn add(&mut self, text: &str) {
        let mut seen = HashSet::new();
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            if LENGTHS.contains(&word.chars().count()) && word.chars().all(is_spelt) {
                seen.insert(word.to_lowercase());
            }
        }
        for word in seen {
            *self.0.entry(word).or_default() += 1;
        }
    }

    /// A line for each word, in order: how many characters it shares with the one before it, as a
    /// digit, and the rest of it. Behind an empty line stands a digit for each word: how often the
    /// number of its pages can be halved.
    pub(super) fn text(self) -> String {
        let mut words: Vec<(String, usize)> = self.0.into_iter().collect();
        words.sort_unstable_by(|(a, of_a), (b, of_b)| (Reverse(of_a), a).cmp(&(Reverse(of_b), b)));
        words.truncate(MAX_WORDS);
        words.sort_unstable();
        let (mut out, mut last, mut counts) = (String::new(), String::new(), String::new());
        for (word, pages) in words {
            let same = word.chars().zip(last.chars()).take_while(|(a, b)| a == b);
            let shared = same.count().min(MAX_SHARED);
            out.extend(char::from_digit(shared as u32, 36));
            out.extend(word.chars().skip(shared));
            out.push('\n');
            counts.extend(char::from_digit(pages.max(1).ilog2().min(35), 36));
            last = word;
        }
        out + "\n" + &counts
    }
}

/// Whether a character is a letter of an alphabet, in which words are misspelt by letters.
fn is_spelt(c: char) -> bool {
    // Thai to Myanmar, and from the Hangul letters and the kana on, but for the Latin and Greek
    // letters between them.
    c.is_alphabetic()
        && !matches!(c, '\u{e00}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pages: &[&str]) -> String {
        let mut vocabulary = Vocabulary::default();
        pages.iter().for_each(|page| vocabulary.add(page));
        vocabulary.text()
    }

    #[test]
    fn a_word_is_counted_once_for_each_page() {
        assert_eq!(text(&["Link, link links", "LINK"]), "0link\n4s\n\n10");
    }

    #[test]
    fn only_words_that_are_spelt_are_kept() {
        let page = "ab 日本語 ประเทศ 한국어 v18 a1b2c3 Straße Ελλάδα русский foo_bar";
        assert_eq!(text(&[page]), "0bar\n0foo\n0straße\n0ελλάδα\n0русский\n\n00000");
        assert_eq!(text(&["abcdefghijklmnopqrstuvwxyz"]), "\n");
    }

    #[test]
    fn of_too_many_words_the_commonest_are_kept() {
        let word = |at: usize| {
            let letter = |by: usize| char::from(b'a' + (at / by % 26) as u8);
            [26 * 26 * 26, 26 * 26, 26, 1].map(letter).iter().collect::<String>()
        };
        let rare: Vec<String> = (0..MAX_WORDS + 10).map(word).collect();
        let text = text(&[&rare.join(" "), "zzzz", "zzzz"]);
        let (words, counts) = text.split_once("\n\n").unwrap();
        assert_eq!((words.lines().count(), counts.len()), (MAX_WORDS, MAX_WORDS));
        assert!(text.contains("zzzz"));
    }
}

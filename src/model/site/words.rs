//! A table of words and their uses. Nearly all words are short and of ASCII letters, so that the
//! letters themselves are the key: a number.

use std::borrow::Cow;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use rapidhash::fast::RapidHasher;

pub(super) type HashMap<K, V> =
    std::collections::HashMap<K, V, BuildHasherDefault<RapidHasher<'static>>>;

/// How often a word, or a pair of characters, is used in the prose of a tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// All of them.
    pub all: u32,
    /// Those at the end of a phrase: before punctuation, or at the end of a block.
    pub last: u32,
    /// Those in code blocks, which `all` does not count.
    pub in_code: u32,
}

/// Words in lower case and their uses.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Words of up to eight ASCII letters.
    short: std::collections::HashMap<u64, Uses, BuildHasherDefault<Mixer>>,
    /// All others.
    long: HashMap<Box<str>, Uses>,
}

/// Mixes the bits of a number. The keys are words, so that each bit of them matters.
#[derive(Debug, Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

/// Eight times the bit that tells small letters from capitals.
const SMALL: u64 = 0x2020_2020_2020_2020;

impl Words {
    /// Counts a use of a word: some bytes of a text, in ASCII or not, at the end of a phrase or
    /// not, or in code.
    pub(super) fn add(
        &mut self,
        text: &str,
        word: Range<usize>,
        is_ascii: bool,
        last: Option<bool>,
    ) {
        match key(text.as_bytes(), &word).filter(|_| is_ascii) {
            Some(key) => match self.short.get_mut(&key) {
                Some(uses) => count(uses, last),
                None => count(self.short.entry(key).or_default(), last),
            },
            None => self.add_long(&text[word], last),
        }
    }

    fn add_long(&mut self, word: &str, last: Option<bool>) {
        let small = word.bytes().all(|byte| is_word_byte(byte) && !byte.is_ascii_uppercase());
        let word = if small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        // The sign of kelvin becomes an ASCII letter.
        let is_ascii = word.bytes().all(is_word_byte);
        match key(word.as_bytes(), &(0..word.len())).filter(|_| is_ascii) {
            Some(key) => count(self.short.entry(key).or_default(), last),
            None => match self.long.get_mut(&*word) {
                Some(uses) => count(uses, last),
                None => {
                    let mut uses = Uses::default();
                    count(&mut uses, last);
                    self.long.insert(word.into(), uses);
                }
            },
        }
    }

    /// How a word in lower case is used.
    pub(super) fn get(&self, word: &str) -> Uses {
        let is_small = word.bytes().all(|byte| is_word_byte(byte) && !byte.is_ascii_uppercase());
        let found = match key(word.as_bytes(), &(0..word.len())).filter(|_| is_small) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        };
        found.copied().unwrap_or_default()
    }

    /// The words that are used in prose, and how often.
    pub(super) fn in_prose(&self) -> Vec<(Box<str>, u32)> {
        let short = self.short.iter().map(|(key, uses)| (word(*key), uses.all));
        let long = self.long.iter().map(|(word, uses)| (word.clone(), uses.all));
        short.chain(long).filter(|(_, all)| *all > 0).collect()
    }
}

/// Counts a use: at the end of a phrase or not, or in code.
pub(super) fn count(uses: &mut Uses, last: Option<bool>) {
    match last {
        None => uses.in_code += 1,
        Some(last) => {
            uses.all += 1;
            uses.last += u32::from(last);
        }
    }
}

/// The number of a word of at most eight bytes, all of them word bytes of ASCII, in lower case.
fn key(text: &[u8], word: &Range<usize>) -> Option<u64> {
    let length = word.len();
    if length == 0 || length > 8 {
        return None;
    }
    let number = match text[word.start..].first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * length)),
        None => text[word.clone()].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    Some((number | SMALL) & (u64::MAX >> (64 - 8 * length)))
}

/// The word of a number.
fn word(key: u64) -> Box<str> {
    let length = 8 - key.leading_zeros() as usize / 8;
    // The bit that makes letters small turns a low line into this.
    let letter = |byte: &u8| if *byte == 0x7F { '_' } else { char::from(*byte) };
    key.to_le_bytes()[..length].iter().map(letter).collect()
}

/// Whether a byte is an ASCII character of a word.
pub(super) fn is_word_byte(byte: u8) -> bool {
    const TABLE: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
            byte += 1;
        }
        table
    };
    TABLE[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let mut words = Words::default();
        for (text, count) in [
            ("a", 1),
            ("A_b1", 2),
            ("a_b1", 1),
            ("a_b1x", 1),
            ("Gateways", 2),
            ("gateways2", 1),
            ("Gateways2", 1),
            ("\u{212A}ey", 1),
            ("key", 1),
            ("\u{C9}t\u{E9}", 2),
        ] {
            for _ in 0..count {
                let padded = [text, " and more text"].concat();
                words.add(&padded, 0..text.len(), text.is_ascii(), Some(false));
                words.add(text, 0..text.len(), text.is_ascii(), Some(true));
                words.add(text, 0..text.len(), text.is_ascii(), None);
            }
        }
        let used = |count| Uses { all: 2 * count, last: count, in_code: count };
        for (word, count) in [
            ("a", 1),
            ("a_b1", 3),
            ("a_b1x", 1),
            ("gateways", 2),
            ("gateways2", 2),
            ("key", 2),
            ("\u{E9}t\u{E9}", 2),
            ("", 0),
            ("gateway", 0),
            ("A", 0),
        ] {
            assert_eq!(words.get(word), used(count), "{word}");
        }
        let mut all = words.in_prose();
        all.sort();
        let names: Vec<&str> = all.iter().map(|(word, _)| &**word).collect();
        let expected = ["a", "a_b1", "a_b1x", "gateways", "gateways2", "key", "\u{E9}t\u{E9}"];
        assert_eq!(names, expected);
    }
}

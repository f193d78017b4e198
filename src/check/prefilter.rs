//! Texts that hardly any page has and some rules look for: all of them at once, in one pass.

use aho_corasick::{AhoCorasick, packed};

use super::rules::{leaked_text, secret_in_example};

/// Looks for the texts.
pub struct Prefilter(Finder);

enum Finder {
    /// Many bytes at a time, where the processor can.
    Packed(packed::Searcher),
    Plain(AhoCorasick),
    /// It could not be made: everything may be there.
    None,
}

impl Default for Prefilter {
    fn default() -> Self {
        let all = || {
            leaked_text::PREFILTER_TEXTS
                .iter()
                .chain(secret_in_example::PREFILTER_TEXTS)
                .copied()
                .flatten()
        };
        let packed = packed::Config::new().builder().extend(all()).build();
        Self(match (packed, AhoCorasick::new(all())) {
            (Some(packed), _) => Finder::Packed(packed),
            (None, Ok(plain)) => Finder::Plain(plain),
            (None, Err(_)) => Finder::None,
        })
    }
}

impl Prefilter {
    /// Whether one of the texts may stand in `text`.
    pub fn may_be_in(&self, text: &str) -> bool {
        match &self.0 {
            Finder::Packed(packed) => packed.find(text).is_some(),
            Finder::Plain(plain) => plain.is_match(text),
            Finder::None => true,
        }
    }
}

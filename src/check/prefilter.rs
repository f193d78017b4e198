//! A single search for all texts that some rules look for and that very few pages contain.

use aho_corasick::{AhoCorasick, packed};

/// Searches for the texts.
pub struct Prefilter(Finder);

enum Finder {
    /// Uses SIMD, where the processor has it.
    Packed(packed::Searcher),
    Plain(AhoCorasick),
    /// No searcher could be made: every page may contain one.
    None,
}

impl Prefilter {
    /// Prepares to look for texts.
    pub fn new(texts: &[&[&str]]) -> Self {
        let all = || texts.iter().copied().flatten();
        let packed = packed::Config::new().builder().extend(all()).build();
        Self(match (packed, AhoCorasick::new(all())) {
            (Some(packed), _) => Finder::Packed(packed),
            (None, Ok(plain)) => Finder::Plain(plain),
            (None, Err(_)) => Finder::None,
        })
    }

    /// Whether `text` may contain one of the texts.
    pub fn may_be_in(&self, text: &str) -> bool {
        match &self.0 {
            Finder::Packed(packed) => packed.find(text).is_some(),
            Finder::Plain(plain) => plain.is_match(text),
            Finder::None => true,
        }
    }
}

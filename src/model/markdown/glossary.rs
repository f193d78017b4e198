//! The glossary of a site: terms that pages explain where they use them first.

use std::collections::HashMap;
use std::ops::Range;

use super::front_matter;
use super::lines::{closes_fence, opens_fence};

/// The most terms of a glossary.
const MAX_TERMS: usize = 5000;

/// The most terms that begin with the same word.
const MAX_ALIKE: usize = 32;

/// The longest explanation, in bytes.
const MAX_TEXT: usize = 2 << 10;

/// The terms of a site and what they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    terms: Vec<(String, String)>,
    /// The terms that begin with a word, the longest first.
    by_word: HashMap<String, Vec<usize>>,
}

impl Glossary {
    /// Reads the terms of a page: `*[Term]: meaning` on a line, or a line with a term and below it
    /// `: meaning`. Of several meanings of a term the first counts.
    pub fn read(source: &str) -> Self {
        let (_, body) = front_matter::read(source);
        let mut glossary = Self::default();
        let mut fence: Option<(u8, usize)> = None;
        // The last line, which may be a term.
        let mut before = "";
        let mut lines = source[body..].lines().peekable();
        while let Some(line) = lines.next() {
            let content = line.trim();
            match fence {
                Some((byte, len)) if closes_fence(content, byte, len, false) => fence = None,
                Some(_) => continue,
                None => fence = opens_fence(content),
            }
            let short = content.strip_prefix("*[").and_then(|rest| rest.split_once("]:"));
            let defined = line.strip_prefix(": ").map(|text| (before, text));
            let Some((term, text)) = short.or(defined) else {
                if !content.is_empty() {
                    before = content;
                }
                continue;
            };
            let mut text = text.trim().to_owned();
            // A meaning goes on in the lines below it.
            while text.len() < MAX_TEXT
                && let Some(next) = lines.next_if(|next| next.starts_with("  "))
            {
                text.push(' ');
                text.push_str(next.trim());
            }
            glossary.add(term.trim_matches(['*', ' ', '`']), text);
        }
        for alike in glossary.by_word.values_mut() {
            alike.sort_by_key(|at| std::cmp::Reverse(glossary.terms[*at].0.len()));
        }
        glossary
    }

    fn add(&mut self, term: &str, mut text: String) {
        text.truncate(text.floor_char_boundary(MAX_TEXT));
        let Some(word) = words(term).next().filter(|word| word.start == 0) else { return };
        let alike = self.by_word.entry(term[word].to_owned()).or_default();
        let known = alike.iter().any(|at| self.terms[*at].0 == term);
        if text.is_empty() || known || alike.len() >= MAX_ALIKE || self.terms.len() >= MAX_TERMS {
            return;
        }
        alike.push(self.terms.len());
        self.terms.push((term.to_owned(), text));
    }

    /// Whether it has no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// What the term with this number means.
    pub fn meaning(&self, term: usize) -> &str {
        &self.terms[term].1
    }

    /// The terms in a text, in order: their bytes and their numbers.
    pub fn terms_in(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut done = 0;
        for word in words(text) {
            if word.start < done || is_address(text, word.start) {
                continue;
            }
            let alike = self.by_word.get(&text[word.clone()]);
            let whole = alike.into_iter().flatten().find_map(|at| {
                let end = word.start + self.terms[*at].0.len();
                let same = text.get(word.start..end) == Some(self.terms[*at].0.as_str());
                (same && !text[end..].starts_with(is_word)).then_some((word.start..end, *at))
            });
            if let Some((range, at)) = whole {
                done = range.end;
                found.push((range, at));
            }
        }
        found
    }
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word)?;
        let len = text[start..].find(|c| !is_word(c)).unwrap_or(text.len() - start);
        at = start + len;
        Some(start..at)
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a word is a part of an address or a file name.
fn is_address(text: &str, at: usize) -> bool {
    text[..at].ends_with(['/', '@', '.', '\\', '#', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read_and_found() {
        let glossary = Glossary::read(
            "---\ntitle: Words\n---\n# Words\n\n*[API]: Application *Programming* Interface\n\n\
             API key\n: A secret\n  of a user\n\n```\n*[no]: code\n```\n\n*[API]: again\n*[]: none\n",
        );
        let found =
            glossary.terms_in("The API, an API key, APIs, x.API and https://a/API; API keys");
        let found: Vec<(usize, &str)> =
            found.iter().map(|(range, at)| (range.start, glossary.meaning(*at))).collect();
        let long = "Application *Programming* Interface";
        assert_eq!(found, [(4, long), (12, "A secret of a user"), (52, long)]);
        assert!(Glossary::read("").is_empty() && Glossary::read(": x\n\n*[a]:\n").is_empty());
    }

    #[test]
    fn any_glossary_and_text_take_linear_time() {
        let many: String = (0..20_000).map(|at| format!("*[a {at}]: b\n*[c{at}]: d\n")).collect();
        let glossary = Glossary::read(&many);
        assert!(glossary.terms.len() <= MAX_TERMS);
        for unit in ["a ", "a 1", "c1 ", "/", "_"] {
            assert!(glossary.terms_in(&unit.repeat(100_000)).len() <= 100_000);
        }
    }
}

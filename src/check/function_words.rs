//! Words that never end a sentence, by language, and the language that a text is written in.

use std::cmp::Reverse;

use crate::site::language;

/// Words that need another after them, by language. Prepositions that may end a sentence, as in
/// "the port to listen on", are not among them, nor are words that mean something else as well.
#[rustfmt::skip]
const WORDS: &[(&str, &[&str])] = &[
    ("de", &["der", "und", "oder", "dem", "den", "einem", "einen", "dass", "weil", "wenn", "zum", "zur"]),
    ("en", &[
        "the", "and", "or", "your", "their", "its", "our", "every", "of", "because", "than",
        "whether", "whose", "into", "via", "although", "unless", "which",
    ]),
    ("es", &["el", "las", "los", "del", "y", "o", "una", "porque", "cuyo"]),
    ("fr", &["les", "des", "et", "ou", "votre", "aux", "du"]),
    ("it", &["gli", "della", "degli", "delle", "nella", "il", "che", "una"]),
    ("nl", &["een", "het", "de", "wanneer"]),
    ("pl", &["oraz", "lub", "albo"]),
    ("pt", &["ao", "aos", "das", "dos", "uma", "pelo", "pela"]),
    ("ru", &["и", "или", "чтобы", "для"]),
    ("tr", &["ve", "veya"]),
    ("uk", &["і", "або", "щоб", "та"]),
];

/// The most of a text that is read to find out its language, in bytes.
const REACH: usize = 8192;

/// Whether a word in lower case cannot end a sentence in the language of a page: the one that its
/// path names, or else the one whose words are the most frequent in its text.
pub fn cannot_be_last(word: &str, path: &str, text: &str) -> bool {
    let of = |(_, words): &&(&str, &[&str])| words.contains(&word);
    if !WORDS.iter().any(|row| of(&row)) {
        return false;
    }
    let named = language::split(path).0;
    let named = named.split(['-', '_']).next().unwrap_or_default();
    if !named.is_empty() {
        return WORDS.iter().find(|(code, _)| *code == named).is_some_and(|row| of(&row));
    }
    spoken(text).iter().any(|code| WORDS.iter().any(|row| row.0 == *code && of(&row)))
}

/// The languages whose words are the most frequent in a text.
fn spoken(text: &str) -> Vec<&'static str> {
    let mut end = REACH.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut counts = [0usize; WORDS.len()];
    for word in text[..end].split(|c: char| !c.is_alphanumeric()) {
        for (count, (_, words)) in counts.iter_mut().zip(WORDS) {
            *count += usize::from(words.contains(&word));
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let mut found: Vec<(usize, &str)> = counts
        .into_iter()
        .zip(WORDS)
        .filter(|(count, _)| *count > 0 && *count == most)
        .map(|(count, (code, _))| (count, *code))
        .collect();
    found.sort_by_key(|(count, _)| Reverse(*count));
    found.into_iter().map(|(_, code)| code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_judged_in_its_language() {
        let english = "The gateway of the house and its key, which the owner has.";
        let portuguese = "Uma porta dos fundos, aos cuidados da casa, pela via";
        let russian = "Сервер и клиент, чтобы работать";
        for (word, path, text, expected) in [
            ("the", "a.md", english, true),
            ("via", "a.md", english, true),
            ("via", "a.md", portuguese, false),
            ("via", "pt-BR/a.md", english, false),
            ("the", "de/a.md", english, false),
            ("und", "de/a.md", "", true),
            ("и", "a.md", russian, true),
            ("or", "a.md", russian, false),
            ("house", "a.md", english, false),
        ] {
            assert_eq!(cannot_be_last(word, path, text), expected, "{word} in {path}: {text}");
        }
    }
}

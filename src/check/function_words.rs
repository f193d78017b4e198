//! Words that never end a sentence, by language, and the language that a text is written in.

use std::cell::OnceCell;
use std::collections::HashMap;

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

/// Languages that add endings to words which are words without them: the beginning of a word is
/// often one, too.
const BARE_STEMS: &[&str] = &["az", "fi", "hu", "tr"];

/// The most of a text that is read to find out its language, in bytes.
const REACH: usize = 8192;

/// The language of a page: the one that its path names, or else those whose words are the most
/// frequent in its text.
pub struct Spoken<'p> {
    path: &'p str,
    text: &'p str,
    /// Found out when it is first asked for: few pages ask.
    languages: OnceCell<Vec<&'p str>>,
}

impl<'p> Spoken<'p> {
    /// The language of the page at a path below the content, with this text.
    pub fn new(path: &'p str, text: &'p str) -> Self {
        Self { path, text, languages: OnceCell::new() }
    }

    /// Whether a word in lower case cannot end a sentence in this language.
    pub fn cannot_end_with(&self, word: &str) -> bool {
        let mut rows = WORDS.iter().filter(|(_, words)| words.contains(&word)).peekable();
        rows.peek().is_some() && rows.any(|(code, _)| self.languages().contains(code))
    }

    /// Whether the beginning of a word is often a word in this language.
    pub fn has_bare_stems(&self) -> bool {
        self.languages().iter().any(|code| BARE_STEMS.contains(code))
    }

    fn languages(&self) -> &[&'p str] {
        self.languages.get_or_init(|| {
            let named = language::split(self.path).0;
            match named.split(['-', '_']).next().filter(|code| !code.is_empty()) {
                Some(code) => vec![code],
                None => most_frequent(self.text),
            }
        })
    }
}

/// The languages whose words are the most frequent in a text.
fn most_frequent(text: &str) -> Vec<&'static str> {
    let mut end = REACH.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut speakers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, (_, words)) in WORDS.iter().enumerate() {
        words.iter().for_each(|word| speakers.entry(*word).or_default().push(number));
    }
    let mut counts = [0usize; WORDS.len()];
    for word in text[..end].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        for number in speakers.get(word).into_iter().flatten() {
            counts[*number] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let found = counts.into_iter().zip(WORDS).filter(|(count, _)| *count > 0 && *count == most);
    found.map(|(_, (code, _))| *code).collect()
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
            let found = Spoken::new(path, text).cannot_end_with(word);
            assert_eq!(found, expected, "{word} in {path}: {text}");
        }
    }
}

//! The words of the theme in the language of a page, and those that a site overrides.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::data::{Node, Value, toml};
use crate::suggest::nearest;

/// The languages of the theme: code and table.
pub static LANGUAGES: &[(&str, &str)] = &[
    ("ar", include_str!("../../../templates/words/ar.toml")),
    ("cs", include_str!("../../../templates/words/cs.toml")),
    ("da", include_str!("../../../templates/words/da.toml")),
    ("de", include_str!("../../../templates/words/de.toml")),
    ("el", include_str!("../../../templates/words/el.toml")),
    ("en", include_str!("../../../templates/words/en.toml")),
    ("es", include_str!("../../../templates/words/es.toml")),
    ("fa", include_str!("../../../templates/words/fa.toml")),
    ("fi", include_str!("../../../templates/words/fi.toml")),
    ("fr", include_str!("../../../templates/words/fr.toml")),
    ("he", include_str!("../../../templates/words/he.toml")),
    ("hi", include_str!("../../../templates/words/hi.toml")),
    ("hu", include_str!("../../../templates/words/hu.toml")),
    ("id", include_str!("../../../templates/words/id.toml")),
    ("it", include_str!("../../../templates/words/it.toml")),
    ("ja", include_str!("../../../templates/words/ja.toml")),
    ("ko", include_str!("../../../templates/words/ko.toml")),
    ("nb", include_str!("../../../templates/words/nb.toml")),
    ("nl", include_str!("../../../templates/words/nl.toml")),
    ("pl", include_str!("../../../templates/words/pl.toml")),
    ("pt", include_str!("../../../templates/words/pt.toml")),
    ("pt-BR", include_str!("../../../templates/words/pt-BR.toml")),
    ("ro", include_str!("../../../templates/words/ro.toml")),
    ("ru", include_str!("../../../templates/words/ru.toml")),
    ("sv", include_str!("../../../templates/words/sv.toml")),
    ("th", include_str!("../../../templates/words/th.toml")),
    ("tr", include_str!("../../../templates/words/tr.toml")),
    ("uk", include_str!("../../../templates/words/uk.toml")),
    ("vi", include_str!("../../../templates/words/vi.toml")),
    ("zh-Hans", include_str!("../../../templates/words/zh-Hans.toml")),
    ("zh-Hant", include_str!("../../../templates/words/zh-Hant.toml")),
];

/// Words that a site overrides, by language.
pub type OwnWords = BTreeMap<String, BTreeMap<String, String>>;

/// The words of the theme in one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: BTreeMap<String, String>,
}

impl Words {
    /// The words in a language; missing ones are in English.
    pub fn new(language: &str, own: &OwnWords) -> Self {
        let mut words = table("en");
        let code = nearest_code(language);
        if code != "en" {
            words.extend(table(code));
        }
        let said = own.iter().filter(|(code, _)| code.eq_ignore_ascii_case(language));
        said.for_each(|(_, own)| words.extend(own.clone()));
        Self { words }
    }

    /// A word by its key; empty for an unknown key.
    pub fn get(&self, key: &str) -> &str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// A word with a value in place of its `%`.
    pub fn filled(&self, key: &str, value: &str) -> String {
        self.get(key).replace('%', value)
    }

    /// All of them, by their keys.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }
}

/// The name of a language in that language; its code if the theme does not have it.
pub fn name_of(language: &str, own: &OwnWords) -> String {
    let words = Words::new(language, own);
    let spoken = nearest_code(language) != "en" || language.to_ascii_lowercase().starts_with("en");
    let said = own
        .iter()
        .any(|(code, words)| code.eq_ignore_ascii_case(language) && words.contains_key("name"));
    if spoken || said { words.get("name").to_owned() } else { language.to_owned() }
}

fn table(code: &str) -> BTreeMap<String, String> {
    let text = LANGUAGES.iter().find(|(own, _)| *own == code).map_or("", |(_, text)| text);
    let node = toml::read(text).ok();
    let members = node.iter().flat_map(Node::members);
    let word = |member: &crate::data::Member| {
        Some((member.key.clone(), member.value.as_str()?.to_owned()))
    };
    members.filter_map(word).collect()
}

/// The code of the closest table to a language: `de-AT` is shown in German, `zh-TW` in traditional
/// Chinese.
fn nearest_code(language: &str) -> &'static str {
    let language = language.replace('_', "-").to_ascii_lowercase();
    let known = |code: &str| {
        LANGUAGES.iter().map(|(own, _)| *own).find(|own| own.eq_ignore_ascii_case(code))
    };
    let mut parts = language.split('-');
    let base = parts.next().unwrap_or_default();
    let traditional = parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
    let base = match base {
        "zh" if traditional => "zh-hant",
        "zh" => "zh-hans",
        "no" | "nn" => "nb",
        base => base,
    };
    known(&language).or_else(|| known(base)).unwrap_or("en")
}

/// Reads `[words]`: a table for each language.
pub(super) fn read(reader: &Reader<'_>, own: &mut OwnWords) {
    let Some(node) = reader.get("words") else { return };
    let keys = table("en");
    for language in node.members() {
        if !matches!(language.value.value, Value::Object(_)) {
            let help =
                Some("for example `[words.en]`, and below it `search = \"Find\"`".to_owned());
            reader.refuse(&language.value, "expected a table of words for a language", help);
            continue;
        }
        for word in language.value.members() {
            let Some(text) = word.value.as_str().filter(|_| keys.contains_key(&word.key)) else {
                let near = nearest(&word.key, keys.keys().map(String::as_str));
                let help = near.map(|name| format!("did you mean `{name}`?"));
                let message = format!("`{}` is not a word of the theme", word.key);
                let message = match word.value.as_str() {
                    Some(_) => message,
                    None => "expected a text".to_owned(),
                };
                reader.refuse(&word.value, message, help);
                continue;
            };
            let words = own.entry(language.key.clone()).or_default();
            words.insert(word.key.clone(), text.to_owned());
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests read files of the repository")]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_every_word() {
        let english = table("en");
        assert!(english.len() > 50);
        for (code, _) in LANGUAGES {
            let words = table(code);
            assert!(words.keys().eq(english.keys()), "{code}");
            for (key, text) in &words {
                let places = |text: &str| text.matches('%').count();
                assert_eq!(places(text), places(&english[key]), "{code}: {key}");
                assert!(!text.trim().is_empty(), "{code}: {key}");
            }
        }
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/words");
        assert_eq!(std::fs::read_dir(root).unwrap().count(), LANGUAGES.len());
    }

    #[test]
    fn the_nearest_language() {
        for (language, code) in [
            ("de", "de"),
            ("de-AT", "de"),
            ("pt-BR", "pt-BR"),
            ("pt_br", "pt-BR"),
            ("zh", "zh-Hans"),
            ("zh-TW", "zh-Hant"),
            ("ja-JP", "ja"),
            ("no", "nb"),
            ("tlh", "en"),
            ("", "en"),
        ] {
            assert_eq!(nearest_code(language), code, "{language}");
        }
        let own = OwnWords::from([("de".into(), [("search".into(), "Los".into())].into())]);
        let words = Words::new("de", &own);
        assert_eq!((words.get("search"), words.get("copy")), ("Los", "Kopieren"));
        assert_eq!(words.get("nonsense"), "");
        assert_eq!(name_of("pt-BR", &own), "Português (Brasil)");
        assert_eq!(
            (name_of("en-GB", &own), name_of("tlh", &own)),
            ("English".into(), "tlh".into())
        );
    }
}

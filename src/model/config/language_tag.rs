//! Language tags. They are checked because they are written to every page and to paths of the site,
//! and passed to libraries.

use super::Config;
use crate::data::Node;
use crate::source::{Span, VPath};
use crate::suggest::nearest;

/// The longest tag, in bytes, as in RFC 5646.
const MAX_LEN: usize = 35;
/// The longest part of a tag, in bytes.
const MAX_PART: usize = 8;

/// The codes of two letters (ISO 639-1).
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co \
     cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he \
     hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko \
     kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng \
     nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl \
     sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo \
     wa wo xh yi yo za zh zu in";

/// What is written for a language instead of its code: its name, or the code of a country.
const NAMES: [(&str, &str); 44] = [
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("cn", "zh"),
    ("cz", "cs"),
    ("czech", "cs"),
    ("danish", "da"),
    ("deutsch", "de"),
    ("dk", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("espanol", "es"),
    ("finnish", "fi"),
    ("francais", "fr"),
    ("french", "fr"),
    ("gb", "en-GB"),
    ("german", "de"),
    ("gr", "el"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("jp", "ja"),
    ("korean", "ko"),
    ("norwegian", "nb"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portugues", "pt"),
    ("portuguese", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("slovak", "sk"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ua", "uk"),
    ("ukrainian", "uk"),
    ("us", "en-US"),
    ("vietnamese", "vi"),
    ("vn", "vi"),
];

/// A setting that should be a language tag but is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTag {
    /// The value.
    pub tag: String,
    /// The file of the settings.
    pub path: VPath,
    /// Its span there.
    pub span: Span,
}

/// Whether a text has the form of a language tag (BCP 47), as in HTML's `lang`: `en`, `pt-BR`,
/// `zh-Hans`. An underscore is accepted as a hyphen, as in the names of locales.
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let is_word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let first =
        parts.next().is_some_and(|part| (2..=MAX_PART).contains(&part.len()) && is_word(part));
    let is_part = |part: &str| {
        (1..=MAX_PART).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    first && parts.all(is_part) && text.len() <= MAX_LEN
}

/// Whether the language of a tag may exist: one of the codes of two letters, or any of three, of
/// which there are thousands. Longer ones are reserved.
pub fn is_known(tag: &str) -> bool {
    let first = tag.split(['-', '_']).next().unwrap_or(tag);
    match first.len() {
        2 => CODES.split_ascii_whitespace().any(|code| code.eq_ignore_ascii_case(first)),
        3 => true,
        _ => false,
    }
}

/// The code that was most likely meant.
pub fn meant(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    // Codes of two letters are all near to one another.
    let name = match word.len() {
        2 => lower.as_str(),
        _ => nearest(&lower, NAMES.iter().map(|(name, _)| *name).filter(|name| name.len() > 2))?,
    };
    NAMES.iter().find(|(one, _)| *one == name).map(|(_, code)| *code)
}

impl Config {
    /// The language tag of a setting. An invalid one is recorded, to be reported.
    pub(super) fn language_at(&mut self, node: &Node, path: Option<&VPath>) -> Option<String> {
        let tag = node.as_str().filter(|tag| !tag.is_empty())?.to_owned();
        if is_language_tag(&tag) {
            return Some(tag);
        }
        let bad = path.map(|path| BadTag { tag, path: path.clone(), span: node.span });
        self.bad_tags.extend(bad);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for tag in
            ["en", "pt-BR", "zh-Hans", "zh_Hans_CN", "de-1996", "en-x-pirate", "yue", "no-NO-NY"]
        {
            assert!(is_language_tag(tag), "{tag}");
        }
        for (tag, known) in [
            ("en", true),
            ("pt_BR", true),
            ("EN-gb", true),
            ("yue", true),
            ("jp", false),
            ("engl", false),
            ("deutsch", false),
        ] {
            assert_eq!(is_known(tag), known, "{tag}");
        }
        for (word, code) in
            [("engl", Some("en")), ("JP", Some("ja")), ("germn", Some("de")), ("qq", None)]
        {
            assert_eq!(meant(word), code, "{word}");
        }
        let long = format!("en-{}", "abcd-".repeat(7));
        for text in [
            "",
            "e",
            "en-",
            "-en",
            "en\"><b>",
            "english language",
            "e1",
            "é",
            "en-abcdefghi",
            &long,
            "en/../x",
        ] {
            assert!(!is_language_tag(text), "{text}");
        }
    }
}

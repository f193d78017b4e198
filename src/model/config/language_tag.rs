//! Language tags. They are checked because they are written to every page and to paths of the site,
//! and passed to libraries.

use super::Config;
use crate::data::Node;
use crate::source::{Span, VPath};

/// The longest tag, in bytes, as in RFC 5646.
const MAX_LEN: usize = 35;
/// The longest part of a tag, in bytes.
const MAX_PART: usize = 8;

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

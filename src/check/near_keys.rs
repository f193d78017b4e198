//! The front matter keys that generators know.

use crate::config::Flavour;
use crate::suggest;

/// Keys with a meaning in most generators.
const COMMON: &[&str] =
    &["title", "description", "docgen-ignore", "draft", "keywords", "image", "tags"];

/// Keys of other tools, which are not misspellings.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "audience", "bibliography", "category", "contributors", "created", "css", "excerpt", "image_alt",
    "index", "keyword", "label", "labels", "language", "license", "locale", "modified", "name",
    "nav_exclude", "nav_order", "nav_title", "owner", "page_title", "parent", "permalink",
    "position", "published", "reviewed", "reviewers", "script", "section", "seo", "status",
    "style", "styles", "subject", "theme", "titles", "topic", "topics", "updated", "uuid",
];

/// The longest key, in bytes, that is considered a misspelling.
const MAX_KEY_BYTES: usize = 40;

/// The key that `written` is most likely a misspelling of. A key that some generator knows is not a
/// misspelling, and short keys resemble too many words.
pub fn meant(flavour: Flavour, written: &str) -> Option<&'static str> {
    let mut others = Flavour::ALL.iter().map(|flavour| flavour.front_keys).chain([COMMON, OTHERS]);
    if written.len() < 4
        || written.len() > MAX_KEY_BYTES
        || others.any(|keys| keys.contains(&written))
    {
        return None;
    }
    let lower = written.to_lowercase();
    let near = |key: &&&str| {
        if key.len().abs_diff(written.len()) > 1 {
            return false;
        }
        let other = key.to_lowercase();
        if lower == other {
            return !flavour.front_keys_any_case;
        }
        let plural =
            lower.strip_suffix('s') == Some(&other) || other.strip_suffix('s') == Some(&lower);
        key.len() > 4
            && !plural
            && may_be_one_edit(&lower, &other)
            && suggest::distance(&lower, &other) == 1
    };
    COMMON.iter().chain(flavour.front_keys).find(near).copied()
}

/// Whether one edit may turn a word into another: it leaves all but two letters, which are swapped,
/// at the beginning and the end.
fn may_be_one_edit(one: &str, other: &str) -> bool {
    let same =
        |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
    let start = same(&mut one.chars().zip(other.chars()));
    let end = same(&mut one.chars().rev().zip(other.chars().rev()));
    start + end + 2 >= one.chars().count().max(other.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings() {
        for (flavour, written, expected) in [
            ("plain", "descripton", Some("description")),
            ("plain", "tilte", Some("title")),
            ("plain", "Title", Some("title")),
            ("hugo", "Title", None),
            ("docusaurus", "sidebar_postion", Some("sidebar_position")),
            ("docusaurus", "sidebar-label", Some("sidebar_label")),
            ("mintlify", "sidebar_postion", None),
            ("mintlify", "sidebartitle", Some("sidebarTitle")),
            ("plain", "titles", None),
            ("plain", "subtitle", None),
            ("plain", "dates", None),
            ("hugo", "dat", None),
            ("docusaurus", "read_when", None),
        ] {
            let flavour = Flavour::named(flavour).unwrap();
            assert_eq!(meant(flavour, written), expected, "{written}");
        }
    }
}

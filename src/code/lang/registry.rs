//! The table of all languages. A language that docgen parses is a file, its `mod` line and a row
//! here; any other is a row in `unparsed`.

use super::unparsed::UNPARSED;
use super::{
    Drawn, Language, console, diff, dockerfile, dotenv, html, ini, java_properties, javascript,
    json, json5, jsonc, jsonl, markdown, python, rust, shell, toml, tsx, typescript, xml, yaml,
};
use crate::suggest::distance;

/// The languages that docgen parses.
pub static PARSED: &[&Language] = &[
    &json::LANGUAGE,
    &jsonc::LANGUAGE,
    &json5::LANGUAGE,
    &jsonl::LANGUAGE,
    &yaml::LANGUAGE,
    &toml::LANGUAGE,
    &shell::LANGUAGE,
    &console::LANGUAGE,
    &typescript::LANGUAGE,
    &tsx::LANGUAGE,
    &javascript::LANGUAGE,
    &python::LANGUAGE,
    &rust::LANGUAGE,
    &html::LANGUAGE,
    &xml::LANGUAGE,
    &dockerfile::LANGUAGE,
    &ini::LANGUAGE,
    &dotenv::LANGUAGE,
    &java_properties::LANGUAGE,
    &diff::LANGUAGE,
    &markdown::LANGUAGE,
];

/// Every language that docgen knows, those that it parses first.
pub fn all() -> impl Iterator<Item = &'static Language> {
    PARSED.iter().copied().chain(UNPARSED)
}

/// The language that a label names, ignoring case.
pub fn find(label: &str) -> Option<&'static Language> {
    all().find(|language| language.labels.iter().any(|name| name.eq_ignore_ascii_case(label)))
}

/// The shortest label that one changed, missing or added letter makes a misspelt one; of shorter
/// ones only two swapped letters do, since `css` is one letter from `cs`.
const MIN_MISSPELT: usize = 5;

/// The label that another one is a misspelling of, if it names no language itself.
pub fn misspelt(label: &str) -> Option<&'static str> {
    if find(label).is_some() || !label.is_ascii() {
        return None;
    }
    let near = |name: &&str| {
        let swapped = name.len() == label.len() && same_letters(name, label);
        let long = name.len().min(label.len()) >= MIN_MISSPELT;
        let alike = name.len().abs_diff(label.len()) <= 1;
        // `python2` and `proto3` name a version.
        let bare = |label: &str| label.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let version = label[..bare(label)].eq_ignore_ascii_case(&name[..bare(name)]);
        alike && name.len() > 3 && (long || swapped) && !version && distance(label, name) == 1
    };
    if let Some(known) = known_before(label) {
        return Some(known);
    }
    let mut found = all().flat_map(|language| language.labels).copied().filter(near);
    let first = found.next()?;
    found.all(|other| is_same(first, other)).then_some(first)
}

/// The label that another one is but for a sign, a year or its doubled last letter: `rust!`,
/// `rust2018`, `jsonn`.
fn known_before(label: &str) -> Option<&'static str> {
    let bare = label.trim_end_matches(|c: char| c.is_ascii_punctuation() && !"+#*".contains(c));
    let digits = label.len() - label.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let doubled = || {
        let last = label.chars().next_back().filter(char::is_ascii_alphabetic)?;
        let short = label.strip_suffix(last)?;
        (short.len() > 3 && short.ends_with(last)).then_some(short)
    };
    let year = || {
        (digits == 4 && label[label.len() - 4..].starts_with("20"))
            .then(|| &label[..label.len() - 4])
    };
    let name = Some(bare).filter(|bare| bare.len() < label.len()).or_else(year).or_else(doubled)?;
    let language = find(name)?;
    language.labels.iter().copied().find(|label| label.eq_ignore_ascii_case(name))
}

fn same_letters(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.to_ascii_lowercase().into_bytes();
        bytes.sort_unstable();
        bytes
    };
    sorted(one) == sorted(other)
}

/// Whether two labels name the same language.
pub fn is_same(label: &str, other: &str) -> bool {
    let name = |label| find(label).map(|language| language.name);
    label.eq_ignore_ascii_case(other) || name(label).is_some_and(|found| name(other) == Some(found))
}

/// What the blocks with a label are drawn as.
pub fn drawn(label: &str) -> Option<Drawn> {
    find(label).and_then(|language| language.drawn)
}

/// Whether a book reads the blocks with a label as rustdoc does.
pub fn is_rustdoc(label: &str) -> bool {
    find(label).is_some_and(|language| language.rustdoc_label == Some(label))
}

/// The language that a label names, if docgen can parse it.
pub fn judged(label: &str) -> Option<&'static Language> {
    find(label).filter(|language| language.is_parsed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn labels_are_lower_case_unique_and_led_by_the_name() {
        let mut seen = HashSet::new();
        for language in all() {
            assert_eq!(language.labels.first(), Some(&language.name));
            for label in language.labels {
                assert!(!label.is_empty() && *label == label.to_lowercase(), "{label:?}");
                assert!(seen.insert(label), "{label} twice");
                assert_eq!(
                    find(&label.to_uppercase()).map(|found| found.name),
                    Some(language.name)
                );
            }
        }
        assert!(is_same("YML", "yaml") && is_same("x", "X") && !is_same("json", "jsonc"));
        assert!(find("").is_none() && find("no-such-language").is_none());
    }

    #[test]
    fn labels_with_a_slip() {
        for (label, meant) in [
            ("pyhton", Some("python")),
            ("Javascrpt", Some("javascript")),
            ("dokerfile", Some("dockerfile")),
            ("ymal", Some("yaml")),
            ("bahs", Some("bash")),
            ("pythonn", Some("python")),
            ("rust!", Some("rust")),
            ("Rust2018", Some("rust")),
            ("jsonn", Some("json")),
            ("yaml;", Some("yaml")),
            // Other languages, and words that are none.
            ("python", None),
            ("fsharp", None),
            ("cython", None),
            ("rakefile", None),
            ("rmarkdown", None),
            ("python2", None),
            ("c++", None),
            ("css", None),
            ("x2018", None),
            ("2018", None),
            ("!", None),
            ("proto3", None),
            ("jsonld", None),
            ("typoscript", None),
            ("zsh-session", None),
            ("tex", None),
            ("sass", None),
            ("jsn", None),
            ("jsom", None),
            ("kdl", None),
            ("", None),
            ("pythön", None),
        ] {
            assert_eq!(misspelt(label), meant, "{label}");
        }
    }

    #[test]
    fn the_fields_of_a_language_agree() {
        for language in all() {
            let name = language.name;
            let parsed = PARSED.iter().any(|one| one.name == name);
            assert_eq!(language.judge.is_some(), parsed, "{name}");
            assert!(language.rustdoc_label.is_none_or(|label| language.labels.contains(&label)));
            // Only an invalid block can be a near miss or another language.
            assert!(parsed || language.near_miss.is_none(), "{name}");
            assert!(parsed || language.mistaken_for.is_empty(), "{name}");
            for other in language.mistaken_for {
                let other = judged(other).expect("a language that is parsed");
                assert_ne!(other.name, name);
            }
            for quote in language.strings.iter().flat_map(|strings| strings.multiline) {
                let strings = language.strings.expect("strings");
                assert!(strings.quotes.contains(quote), "{name}: {quote}");
            }
        }
    }

    #[test]
    fn books_read_one_label_as_rustdoc_does() {
        let read: Vec<&str> =
            all().flat_map(|one| one.labels).copied().filter(|label| is_rustdoc(label)).collect();
        assert_eq!(read, ["rust"]);
        assert!(!is_rustdoc("Rust") && !is_rustdoc(""));
    }

    /// The cells of the tables under a heading of the manual, by row.
    fn rows(heading: &str) -> Vec<Vec<String>> {
        let manual = include_str!("../../../content/manual/check.md");
        let (_, behind) = manual.split_once(heading).expect("the heading");
        let table = behind.lines().skip_while(|line| !line.starts_with('|'));
        let lines = table.take_while(|line| line.starts_with('|')).skip(2);
        lines.map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
    }

    #[test]
    fn the_manual_lists_every_label() {
        let labels = |heading: &str| -> Vec<String> {
            let named = |row: Vec<String>| row[2].replace(['`', ' '], "");
            let cells: Vec<String> = rows(heading).into_iter().map(named).collect();
            let mut labels: Vec<String> =
                cells.iter().flat_map(|cell| cell.split(',')).map(str::to_owned).collect();
            labels.sort();
            labels
        };
        let known = |parsed: bool, lexed: bool| -> Vec<String> {
            let wanted = |language: &&Language| {
                language.judge.is_some() == parsed && language.strings.is_some() | parsed == lexed
            };
            let mut labels: Vec<String> = all()
                .filter(wanted)
                .flat_map(|language| language.labels)
                .map(|label| (*label).to_owned())
                .collect();
            labels.sort();
            labels
        };
        assert_eq!(labels("docgen parses the blocks of these languages."), known(true, true));
        let lexed = "tells strings and comments from code";
        assert_eq!(labels(lexed), known(false, true));
    }
}

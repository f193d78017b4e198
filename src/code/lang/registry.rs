//! All languages. Adding one: a file, a `mod` line, a word here.

use super::{
    Language, console, diff, dockerfile, dotenv, html, ini, java_properties, javascript, json,
    json5, jsonc, jsonl, markdown, python, rust, shell, toml, tsx, typescript, xml, yaml,
};

/// Every language that is judged.
pub static LANGUAGES: &[&Language] = &[
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

/// The language that a label names, whatever its case.
pub fn find(label: &str) -> Option<&'static Language> {
    let named =
        |language: &&&Language| language.labels.iter().any(|name| name.eq_ignore_ascii_case(label));
    LANGUAGES.iter().find(named).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn labels_are_lower_case_unique_and_led_by_the_name() {
        let mut seen = HashSet::new();
        for language in LANGUAGES {
            assert_eq!(language.labels.first(), Some(&language.name));
            for label in language.labels {
                assert_eq!(*label, label.to_lowercase());
                assert!(seen.insert(label), "{label} twice");
            }
        }
        assert_eq!(find("JSON").map(|l| l.name), Some("json"));
        assert!(find("mermaid").is_none());
    }
}

//! The date of the last change of a page.

use crate::markdown::front_keys::Meaning;
use std::collections::HashMap;

use crate::project::Model;
use crate::site::pages::PageId;

/// The date, as `2026-11-26`: that of the front matter, else that of the history; empty for none.
/// `false` in the front matter means none.
pub(super) fn of<'a>(site: &'a Model, days: &'a HashMap<String, String>, page: PageId) -> &'a str {
    let page = &site.index.pages[page];
    let said = page.facts.front.all(Meaning::Changed).next();
    if said.is_some_and(|said| said.as_bool() == Some(false)) {
        return "";
    }
    let written = said.and_then(|said| day(said.as_str()?.trim()));
    written.or_else(|| days.get(page.source.path.as_str()).map(String::as_str)).unwrap_or("")
}

/// The date at the start of a text.
fn day(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let part = |range: std::ops::Range<usize>| day[range].parse::<u8>().unwrap_or(0);
    (shape && (1..=12).contains(&part(5..7)) && (1..=31).contains(&part(8..10))).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Inputs;

    #[test]
    fn what_a_page_says_counts_first() {
        for (front, expected) in [
            ("", "2026-01-02"),
            ("lastmod: 2025-03-04T10:00:00Z\n", "2025-03-04"),
            ("lastUpdated: 2025-03-04\n", "2025-03-04"),
            ("lastUpdated: false\n", ""),
            ("lastmod: yesterday, at noon\n", "2026-01-02"),
            ("lastmod: 2025-13-04\n", "2026-01-02"),
        ] {
            let text = format!("---\ntitle: T\n{front}---\nText.\n");
            let files = vec![
                ("docgen.toml".to_owned(), String::new()),
                ("content/index.md".to_owned(), text),
            ];
            let model = Model::new(Inputs::from_texts(files).unwrap()).unwrap();
            let page = model.index.page_at("").unwrap();
            let day = ("content/index.md".to_owned(), "2026-01-02".to_owned());
            assert_eq!(of(&model, &[day].into(), page), expected, "{front}");
        }
    }
}

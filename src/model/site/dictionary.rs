//! The words of a tree as its own dictionary: those in the language of a page.

use std::collections::BTreeMap;

use super::index::Index;
use super::language;
use super::vocabulary::Vocabulary;

/// The words of the tree in the language that a path names, as they were on first use.
pub fn vocabulary<'i>(index: &'i Index, path: &str) -> &'i Vocabulary {
    let pages = index.pages.as_slice();
    let divide = || {
        let mut languages: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, page) in pages.iter().enumerate() {
            let language = language::split(&page.content_path).0;
            match languages.get_mut(language) {
                Some(numbers) => numbers.push(number),
                None => drop(languages.insert(language.to_owned(), vec![number])),
            }
        }
        languages
    };
    let body = |number: usize| {
        let text = pages[number].source.text.as_str();
        text.get(pages[number].facts.front.span.end..).unwrap_or(text)
    };
    let headings =
        |number: usize| pages[number].facts.headings.iter().map(|heading| heading.text.as_str());
    index.vocabularies.of(language::split(path).0, divide, body, headings)
}

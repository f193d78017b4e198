//! The tabs and the language menu around a page.

use super::pages::Pages;
use super::values::{LanguageValue, TabValue};
use crate::config::words;

/// The tabs of a language.
pub(super) fn tabs(pages: &Pages<'_>, language: usize, active: Option<usize>) -> Vec<TabValue> {
    let tabs =
        pages.site.nav.languages.get(language).map_or(&[][..], |language| language.tabs.as_slice());
    if tabs.len() < 2 {
        return Vec::new();
    }
    tabs.iter()
        .enumerate()
        .filter_map(|(at, tab)| {
            let url = pages.links.page(*tab.pages.first()?);
            Some(TabValue { title: tab.title.clone(), url, active: active == Some(at) })
        })
        .collect()
}

/// The languages of the site.
pub(super) fn languages(pages: &Pages<'_>, active: usize) -> Vec<LanguageValue> {
    let languages = &pages.site.nav.languages;
    if languages.len() < 2 {
        return Vec::new();
    }
    languages
        .iter()
        .enumerate()
        .filter_map(|(at, language)| {
            let first = language.tabs.iter().find_map(|tab| tab.pages.first())?;
            let code = language.code.clone();
            let title = words::name_of(&code, &pages.site.config.words);
            Some(LanguageValue { code, title, url: pages.links.page(*first), active: at == active })
        })
        .collect()
}

//! The tabs and the language menu around a page.

use super::publisher::Publisher;
use super::values::{LanguageValue, TabValue};
use crate::config::words;

impl Publisher<'_> {
    /// The tabs of a language.
    pub(super) fn tabs(&self, language: usize, active: Option<usize>) -> Vec<TabValue> {
        let tabs = self
            .site()
            .nav
            .languages
            .get(language)
            .map_or(&[][..], |language| language.tabs.as_slice());
        if tabs.len() < 2 {
            return Vec::new();
        }
        tabs.iter()
            .enumerate()
            .filter_map(|(at, tab)| {
                let url = self.links().page(*tab.pages.first()?);
                Some(TabValue { title: tab.title.clone(), url, active: active == Some(at) })
            })
            .collect()
    }

    /// The languages of the site.
    pub(super) fn languages(&self, active: usize) -> Vec<LanguageValue> {
        let languages = &self.site().nav.languages;
        if languages.len() < 2 {
            return Vec::new();
        }
        languages
            .iter()
            .enumerate()
            .filter_map(|(at, language)| {
                let first = language.tabs.iter().find_map(|tab| tab.pages.first())?;
                let code = language.code.clone();
                let title = words::name_of(&code, &self.site().config.words);
                Some(LanguageValue {
                    code,
                    title,
                    url: self.links().page(*first),
                    active: at == active,
                })
            })
            .collect()
    }
}

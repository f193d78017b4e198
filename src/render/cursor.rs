//! A cursor over the links of a page, which are in the order in which they are rendered.

use std::collections::HashMap;

use super::components::Attrs;
use super::escape;
use super::links::Links;
use crate::markdown::collect::{for_each_link, unescape};
use crate::markdown::components::is_component_name;
use crate::markdown::html::{self, AttrValue, Tag, TagKind};
use crate::site::target::Target;

/// Advances over links in the same order as the facts.
pub struct Cursor<'a> {
    source: &'a str,
    targets: &'a [Target],
    links: &'a Links<'a>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor before the first link of a page.
    pub fn new(source: &'a str, targets: &'a [Target], links: &'a Links<'a>) -> Self {
        Self { source, targets, links, at: 0 }
    }

    /// The published address of the next link; `dest` is the destination in the source.
    pub fn next(&mut self, dest: &str) -> String {
        let at = self.at;
        self.at += 1;
        match self.targets.get(at) {
            Some(target) => self.links.href(target, dest),
            None => escape::address(dest),
        }
    }

    /// Skips a link.
    pub fn skip(&mut self) {
        self.at += 1;
    }

    /// The published addresses of the tag's link attributes, by attribute.
    pub fn urls(&mut self, tag: &Tag) -> HashMap<String, String> {
        let name = tag.name(self.source);
        if tag.kind == TagKind::Close || (!html::is_html_element(name) && !is_component_name(name))
        {
            return HashMap::new();
        }
        let mut found = Vec::new();
        for_each_link(self.source, tag, |attr, range, _| {
            found.extend(range.map(|range| (attr.to_owned(), range)));
        });
        let mut urls: HashMap<String, String> = HashMap::new();
        // A `srcset` contains several addresses; the text between them is kept.
        let mut end = 0;
        for (attr, range) in found {
            let url = self.next(&unescape(&self.source[range.clone()]));
            let set = attr == "srcset";
            let text = urls.entry(attr).or_default();
            if set && !text.is_empty() {
                text.push_str(&unescape(&self.source[end..range.start]));
            } else {
                text.clear();
            }
            text.push_str(&url);
            if set {
                end = range.end;
            }
        }
        let set = tag.attr(self.source, "srcset").filter(|_| end > 0);
        if let Some(whole) = set.and_then(|attr| html::literal(self.source, &attr.value))
            && let Some(text) = urls.get_mut("srcset")
        {
            text.push_str(&unescape(&self.source[end..whole.end]));
        }
        urls
    }

    /// The attributes of a tag that are known without running code.
    pub fn attrs(&mut self, tag: &Tag) -> TagAttrs<'a> {
        let mut texts = HashMap::new();
        for attr in &tag.attrs {
            let name = &self.source[attr.name.clone()];
            let value = match &attr.value {
                AttrValue::None => Some(String::new()),
                value => {
                    html::literal(self.source, value).map(|range| unescape(&self.source[range]))
                }
            };
            if let Some(value) = value {
                texts.insert(name, value);
            }
        }
        TagAttrs { texts, links: self.urls(tag) }
    }
}

/// The attributes of a tag.
pub struct TagAttrs<'a> {
    texts: HashMap<&'a str, String>,
    links: HashMap<String, String>,
}

impl Attrs for TagAttrs<'_> {
    fn get(&self, name: &str) -> Option<String> {
        self.texts.get(name).filter(|text| !text.is_empty()).cloned()
    }

    fn flag(&self, name: &str) -> bool {
        self.texts.get(name).is_some_and(|text| text != "false")
    }

    fn link(&self, name: &str) -> Option<String> {
        self.links.get(name).cloned()
    }
}

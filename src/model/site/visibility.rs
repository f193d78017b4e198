//! Who is meant to find a published page: one table of the keys of front matter that say so.

use crate::site::index::Page;

/// What leads readers to pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finder {
    /// Search engines and other machines: sitemap, `llms.txt`, and a tag in the page itself.
    Engines,
    /// A navigation that is made of all pages; one that names them may name any.
    Navigation,
    /// The search of the site.
    Search,
}

/// Keys of front matter with the value that hides a page, and from whom.
const KEYS: &[(&str, bool, &[Finder])] = &[
    ("hidden", true, &[Finder::Engines, Finder::Navigation, Finder::Search]),
    ("noindex", true, &[Finder::Engines, Finder::Search]),
    ("unlisted", true, &[Finder::Engines, Finder::Navigation, Finder::Search]),
    ("search", false, &[Finder::Search]),
];

/// Whether a page is hidden from a finder: by its front matter, or because it stands for addresses
/// that do not exist.
pub fn is_hidden_from(page: &Page, finder: Finder) -> bool {
    if page.is_not_found() {
        return true;
    }
    let Some(node) = &page.facts.front.node else { return false };
    KEYS.iter().any(|(key, value, from)| {
        from.contains(&finder) && node.get(key).and_then(|node| node.as_bool()) == Some(*value)
    })
}

//! Who is meant to find a published page.

pub use crate::markdown::front_keys::Finder;
use crate::site::index::Page;

/// Whether a page is hidden from a finder: by its front matter, or because it stands for addresses
/// that do not exist.
pub fn is_hidden_from(page: &Page, finder: Finder) -> bool {
    page.is_not_found() || page.facts.front.hides_from(finder)
}

//! The page that a page was translated from.

use super::index::Index;
use super::language;
use super::pages::PageId;
use super::route;

/// The page that a page was translated from: the same path without its language, or in the
/// language of the site.
pub fn source(index: &Index, page: PageId, main: &str) -> Option<PageId> {
    let (own, rest) = language::split(&index.pages[page].content_path);
    if own.is_empty() {
        return None;
    }
    let stem = |path: &str| route::stem(path).to_owned();
    let find = |path: &str| {
        let stem = stem(path);
        [path.to_owned(), format!("{stem}.md"), format!("{stem}.mdx")]
            .iter()
            .find_map(|path| index.page_with_path(path))
    };
    let found = find(&rest)
        .or_else(|| find(&format!("{main}/{rest}")))
        .or_else(|| find(&format!("en/{rest}")));
    found.filter(|source| *source != page)
}

//! The tree as it was, for the rules that say what a change lost.

use std::collections::BTreeSet;

use crate::site::index::{Index, Page};
use crate::site::route;
use crate::source::VPath;

/// An earlier version of the tree.
pub struct Past<'a> {
    /// Its pages.
    pub index: &'a Index,
    /// The files that differ, those that are new or gone included.
    pub changed: &'a BTreeSet<VPath>,
}

impl<'a> Past<'a> {
    /// The pages that differ and are still there: as they were, and their number now. A page that
    /// was moved and kept its address is still there.
    pub fn kept<'n>(
        &self,
        now: &'n Index,
    ) -> impl Iterator<Item = (&'a Page, usize)> + use<'a, 'n> {
        let (index, changed) = (self.index, self.changed);
        (0..index.pages.len()).filter(move |&at| index.is_published(at)).filter_map(move |at| {
            let page = &index.pages[at];
            let there = now
                .page_of_file(page.source.path.as_str())
                .or_else(|| now.page_at(route::key(&page.route)))?;
            let differs = |path: &VPath| changed.contains(path);
            (differs(&page.source.path) || differs(&now.pages[there].source.path))
                .then_some((page, there))
        })
    }
}

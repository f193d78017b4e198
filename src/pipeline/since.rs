//! What a change brought: two versions of one tree, compared.

use std::collections::{BTreeSet, HashMap};

use super::site::Site;
use crate::check::baseline::Baseline;
use crate::check::past::Past;
use crate::coverage::Coverage;
use crate::diagnostic::Diagnostic;
use crate::site::resolve::{Fragment, Target};
use crate::source::VPath;

impl Site {
    /// What is wrong with some pages and with the site as a whole.
    pub fn check_part(&self, wanted: &dyn Fn(&VPath) -> bool) -> (Vec<Diagnostic>, Coverage) {
        let pages = self.index.pages.iter().enumerate();
        let pages: Vec<usize> =
            pages.filter(|(_, page)| wanted(&page.source.path)).map(|(at, _)| at).collect();
        self.check_pages(&pages, None)
    }

    /// The findings that an earlier version of the tree did not have: those of the files that
    /// differ, those of pages whose links the change broke, and what is lost.
    pub fn check_since(
        &self,
        past: &Site,
        changed: &BTreeSet<VPath>,
    ) -> (Vec<Diagnostic>, Coverage) {
        let pages = self.touched(past, changed);
        let context = Past { index: &past.index, changed };
        let paths: BTreeSet<&VPath> =
            pages.iter().map(|&page| &self.index.pages[page].source.path).collect();
        let before: Vec<usize> = (0..past.index.pages.len())
            .filter(|&page| {
                let path = &past.index.pages[page].source.path;
                paths.contains(path) || changed.contains(path)
            })
            .collect();
        let ((mut found, coverage), (known, _)) = rayon::join(
            || self.check_pages(&pages, Some(context)),
            || past.check_pages(&before, None),
        );
        let known = Baseline::of(&known, &|path| past.source(path));
        known.apply(&mut found, &|path| self.source(path));
        (found, coverage)
    }

    /// The pages that differ, and those of whose links one fails that did not.
    fn touched(&self, past: &Site, changed: &BTreeSet<VPath>) -> Vec<usize> {
        let before: HashMap<&VPath, usize> =
            past.index.pages.iter().enumerate().map(|(at, page)| (&page.source.path, at)).collect();
        let breaks = |page: usize| {
            let Some(&old) = before.get(&self.index.pages[page].source.path) else { return true };
            let lists = [
                (&self.targets[page], &past.targets[old]),
                (&self.front_targets[page], &past.front_targets[old]),
            ];
            lists.into_iter().any(|(new, old)| {
                new.len() != old.len()
                    || new.iter().zip(old).any(|(new, old)| state(new) != state(old))
            })
        };
        (0..self.index.pages.len())
            .filter(|&page| changed.contains(&self.index.pages[page].source.path) || breaks(page))
            .collect()
    }
}

/// Whether a target is there, and arrived at as before.
fn state(target: &Target) -> u8 {
    match target {
        Target::Missing(_) => 1,
        Target::Page { fragment: Fragment::Missing(_), .. } => 2,
        Target::Page { redirected: true, .. } => 3,
        _ => 0,
    }
}

//! Compares two versions of a tree, for `--since`.

use std::collections::{BTreeSet, HashMap};

use super::baseline::Baseline;
use super::checker::{Checked, Checker};
use super::earlier_version::EarlierVersion;
use crate::project::Model;
use crate::site::pages::PageId;
use crate::site::target::{Fragment, Target};
use crate::source::VPath;

impl Checker<'_> {
    /// The findings that the earlier version did not have: in files that differ, on pages whose
    /// links the change broke, and about content that was lost.
    pub fn check_since(&self, earlier: &Checker<'_>, changed: &BTreeSet<VPath>) -> Checked {
        let (model, old_model) = (self.model, earlier.model);
        let pages = touched(model, old_model, changed);
        let context = EarlierVersion { index: &old_model.index, changed };
        let paths: BTreeSet<&VPath> =
            pages.iter().map(|&page| &model.index.pages[page].source.path).collect();
        let before: Vec<PageId> = old_model
            .index
            .ids()
            .filter(|&page| {
                let path = &old_model.index.pages[page].source.path;
                paths.contains(path) || changed.contains(path)
            })
            .collect();
        let (mut checked, known) = rayon::join(
            || self.check_pages(&pages, Some(context)),
            || earlier.check_pages(&before, None),
        );
        let known = Baseline::of(&known.diagnostics, &|path| earlier.model.source(path));
        known.apply(&mut checked.diagnostics, &|path| model.source(path));
        checked
    }
}

/// The pages that differ, and those with a link that is broken and was not before.
fn touched(model: &Model, earlier: &Model, changed: &BTreeSet<VPath>) -> Vec<PageId> {
    let before: HashMap<&VPath, PageId> =
        earlier.index.pages.entries().map(|(at, page)| (&page.source.path, at)).collect();
    let breaks = |page: PageId| {
        let Some(&old) = before.get(&model.index.pages[page].source.path) else { return true };
        let lists = [
            (&model.targets[page], &earlier.targets[old]),
            (&model.front_targets[page], &earlier.front_targets[old]),
        ];
        lists.into_iter().any(|(new, old)| {
            new.len() != old.len() || new.iter().zip(old).any(|(new, old)| state(new) != state(old))
        })
    };
    model
        .index
        .ids()
        .filter(|&page| changed.contains(&model.index.pages[page].source.path) || breaks(page))
        .collect()
}

/// Whether a target exists, and is reached in the same way as before.
fn state(target: &Target) -> u8 {
    match target {
        Target::Missing(_) => 1,
        Target::Page { fragment: Fragment::Missing(_), .. } => 2,
        Target::Page { redirected: true, .. } => 3,
        _ => 0,
    }
}

//! Removes findings that are accepted in the pages, and reports suppressions that accept nothing.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::checker::Checker;
use super::rule::{Check, Diagnostic, Rule, SiteContext};
use super::rules::{
    dead_external_link, invalid_suppression, shrunken_page, unused_suppression, vanished_target,
};
use super::runner;
use super::suppress::{Accepts, read};
use crate::site::pages::PageId;
use crate::source::VPath;

/// Rules that work only with `--since`.
const OF_CHANGES: [&Rule; 2] = [&shrunken_page::RULE, &vanished_target::RULE];

/// Rules that depend on more than the tree: what they find today may be gone tomorrow.
const OF_OTHERS: [&Rule; 1] = [&dead_external_link::RULE];

impl Checker<'_> {
    /// Whether a finding is accepted in its page.
    pub(crate) fn is_accepted(&self, one: &Diagnostic) -> bool {
        let index = &self.model.index;
        let page = index.page_with_source(&one.finding.path);
        let dialect = self.model.config.dialect();
        page.is_some_and(|page| read(&index.pages[page], dialect).taker(one).is_some())
    }

    /// Removes accepted findings and returns their number. Only suppressions in `pages` count.
    pub(crate) fn accept(
        &self,
        context: &SiteContext<'_>,
        pages: &[PageId],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> usize {
        let model = self.model;
        let dialect = model.config.dialect();
        let marked: BTreeMap<&VPath, (PageId, Accepts)> = pages
            .par_iter()
            .filter_map(|&page| {
                let accepts = read(&model.index.pages[page], dialect);
                let some = !accepts.accepts.is_empty() || !accepts.invalid.is_empty();
                some.then(|| (&model.index.pages[page].source.path, (page, accepts)))
            })
            .collect();
        if marked.is_empty() {
            return 0;
        }
        let mut used: BTreeSet<(PageId, usize)> = BTreeSet::new();
        let before = diagnostics.len();
        diagnostics.retain(|one| {
            let Some((page, accepts)) = marked.get(&one.finding.path) else { return true };
            let taker = accepts.taker(one);
            used.extend(taker.map(|number| (*page, number)));
            taker.is_none()
        });
        let count = before - diagnostics.len();
        for (page, accepts) in marked.values() {
            let invalid = accepts.invalid.iter().cloned();
            let rule = &invalid_suppression::RULE;
            diagnostics.extend(invalid.filter_map(|one| runner::report(context, rule, one)));
            for (number, accept) in accepts.accepts.iter().enumerate() {
                let speaks = runner::is_on(context, accept.rule)
                    && (context.earlier.is_some() || !OF_CHANGES.contains(&accept.rule))
                    && !OF_OTHERS.contains(&accept.rule)
                    && !matches!(accept.rule.check, Check::Rendering);
                // A suppression in an included file may be needed on another page.
                let own = model.file_at(*page, accept.place.start).is_none();
                if speaks && own && !used.contains(&(*page, number)) {
                    let finding = accepts.unused(&model.index.pages[*page], number);
                    let rule = &unused_suppression::RULE;
                    diagnostics.extend(runner::report(context, rule, finding));
                }
            }
        }
        count
    }
}

//! Takes away what the authors of pages accept, and tells of marks that accept nothing.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::site::Site;
use crate::check::rule::SiteContext;
use crate::check::runner;
use crate::check::suppress::{Accepts, read};
use crate::diagnostic::Diagnostic;
use crate::source::VPath;

/// Rules that speak only where a change is looked at.
const OF_CHANGES: &[&str] = &["shrunken-page", "vanished-target"];

impl Site {
    /// Takes accepted findings away; how many. Marks are looked at on these pages.
    pub(super) fn accept(
        &self,
        context: &SiteContext<'_>,
        pages: &[usize],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> usize {
        let dialect = self.config.dialect();
        let marked: BTreeMap<&VPath, (usize, Accepts)> = pages
            .par_iter()
            .filter_map(|&page| {
                let accepts = read(&self.index.pages[page], dialect);
                let some = !accepts.accepts.is_empty() || !accepts.invalid.is_empty();
                some.then(|| (&self.index.pages[page].source.path, (page, accepts)))
            })
            .collect();
        if marked.is_empty() {
            return 0;
        }
        let mut used: BTreeSet<(usize, usize)> = BTreeSet::new();
        let before = diagnostics.len();
        diagnostics.retain(|one| {
            let Some((page, accepts)) = marked.get(&one.finding.path) else { return true };
            let taker = accepts.taker(one);
            used.extend(taker.map(|number| (*page, number)));
            taker.is_none()
        });
        let count = before - diagnostics.len();
        for (page, accepts) in marked.values() {
            let of = |rule: &'static str, finding| runner::named(context, rule, finding);
            let invalid = accepts.invalid.iter().cloned();
            diagnostics.extend(invalid.filter_map(|one| of("invalid-suppression", one)));
            for (number, accept) in accepts.accepts.iter().enumerate() {
                let speaks = runner::speaks(context, accept.rule)
                    && (context.past.is_some() || !OF_CHANGES.contains(&accept.rule));
                // What a page takes in may be needed on another.
                let own = self.file_at(*page, accept.place.start).is_none();
                if speaks && own && !used.contains(&(*page, number)) {
                    let finding = accepts.unused(&self.index.pages[*page], number);
                    diagnostics.extend(of("unused-suppression", finding));
                }
            }
        }
        count
    }
}

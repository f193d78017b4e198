//! Runs the rules over a model, in parallel.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::constructs::{self, Construct, Use};
use super::conventions::Conventions;
use super::earlier_version::EarlierVersion;
use super::expanded;
use super::judgement_cache::JudgementCache;
use super::prefilter::Prefilter;
use super::rule::{Diagnostic, Rule, SiteContext};
use super::rules;
use super::runner;
use crate::coverage::Coverage;
use crate::diagnostic::Finding;
use crate::markdown::outline::Outline;
use crate::project::{LoadFaults, Model};
use crate::site::index::Page;
use crate::site::pages::PageId;
use crate::source::{Span, VPath};

/// The result of a check. Only a [`Checker`] makes one, so code that needs it must run afterwards.
#[derive(Debug)]
pub struct Checked {
    /// The findings, in the order of the report.
    pub diagnostics: Vec<Diagnostic>,
    /// What was looked at.
    pub coverage: Coverage,
    validated: Validated,
    constructs: Vec<Construct>,
}

impl Checked {
    /// What docgen does not render on the pages of another generator, the worst and most frequent
    /// first, if the checker was to find it.
    pub fn constructs(&self) -> &[Construct] {
        &self.constructs
    }

    /// The code blocks that passed validation.
    pub fn validated(&self) -> &Validated {
        &self.validated
    }
}

/// Names of the schemas and command specifications that code blocks were validated against, by
/// page and by the offset of the block.
#[derive(Debug, Default)]
pub struct Validated(HashMap<VPath, HashMap<usize, String>>);

impl Validated {
    /// The validated blocks of a page, by their offsets.
    pub fn on_page(&self, page: &VPath) -> Option<&HashMap<usize, String>> {
        self.0.get(page)
    }
}

/// Checks a model. It caches judgements of code blocks, since most occur on several pages.
pub struct Checker<'m> {
    pub(crate) model: &'m Model,
    faults: LoadFaults,
    judgements: JudgementCache,
    prefilter: Prefilter,
    conventions: Conventions,
    pages_done: AtomicUsize,
    /// Whether it finds the constructs that docgen does not render.
    finds_constructs: bool,
}

impl<'m> Checker<'m> {
    /// A checker of a model.
    pub fn new(model: &'m Model) -> Self {
        let (judgements, prefilter) = (JudgementCache::default(), rules::prefilter());
        let faults = model.faults.clone();
        let pages_done = AtomicUsize::new(0);
        let conventions = Conventions::default();
        Self {
            model,
            faults,
            judgements,
            prefilter,
            conventions,
            pages_done,
            finds_constructs: false,
        }
    }

    /// Finds as well what docgen does not render on the pages of another generator.
    #[must_use]
    pub fn with_constructs(self) -> Self {
        let flavour = self.model.config.flavour;
        Self { finds_constructs: flavour.is_foreign() || flavour.guesses_generator, ..self }
    }

    /// Adds faults from outside the model, such as errors in templates.
    #[must_use]
    pub fn with_faults(mut self, faults: LoadFaults) -> Self {
        self.faults.extend(faults);
        self
    }

    /// The number of pages checked so far, for the progress line.
    pub fn pages_done(&self) -> usize {
        self.pages_done.load(Ordering::Relaxed)
    }

    /// Checks everything.
    pub fn check(&self) -> Checked {
        let all: Vec<PageId> = self.model.index.ids().collect();
        self.check_pages(&all, None)
    }

    /// Checks everything, but runs the page rules only on some pages.
    pub fn check_part(&self, wanted: &dyn Fn(&VPath) -> bool) -> Checked {
        let pages = self.model.index.pages.entries();
        let pages: Vec<PageId> =
            pages.filter(|(_, page)| wanted(&page.source.path)).map(|(at, _)| at).collect();
        self.check_pages(&pages, None)
    }

    /// Checks some pages and the site as a whole, compared with an earlier version if there is one.
    pub(crate) fn check_pages(
        &self,
        pages: &[PageId],
        earlier: Option<EarlierVersion<'_>>,
    ) -> Checked {
        let model = self.model;
        let context = SiteContext { earlier, ..self.context() };
        let looked_at = pages;
        let pages: Vec<(Vec<Diagnostic>, Coverage, Vec<Use>)> = pages
            .into_par_iter()
            .map(|&at| {
                let (targets, front) = (&model.targets[at], &model.front_targets[at]);
                let page = &model.index.pages[at];
                let mut uses = Vec::new();
                let (found, coverage) =
                    runner::page_and(&context, page, targets, front, |outline| {
                        if self.finds_constructs && model.index.is_published(at) {
                            uses = constructs::uses(&context, page, outline);
                        }
                    });
                self.pages_done.fetch_add(1, Ordering::Relaxed);
                (found, coverage, uses)
            })
            .collect();
        let mut diagnostics = runner::site(&context);
        let mut coverage = Coverage {
            assets: model.index.assets.len(),
            flavour: model.config.flavour.name().to_owned(),
            flavour_reason: model.config.layout.reason.clone(),
            ..Coverage::default()
        };
        coverage.untranslated_patterns =
            model.bindings.schemas.iter().map(|bound| bound.schema().untranslated().len()).sum();
        let mut used = Vec::new();
        for (&at, (found, counted, uses)) in looked_at.iter().zip(pages) {
            diagnostics.extend(found);
            coverage.merge(&counted);
            used.push((&*model.index.pages[at], uses));
        }
        let constructs = constructs::count(used.into_iter());
        let mut validated = Validated::default();
        for one in std::mem::take(&mut coverage.validated) {
            validated.0.entry(one.path).or_default().insert(one.start, one.by);
        }
        coverage.suppressed = self.accept(&context, looked_at, &mut diagnostics);
        self.finish(&mut diagnostics);
        Checked { diagnostics, coverage, validated, constructs }
    }

    /// The findings of the page rules on one page, in the order of the text. Site rules do not run.
    pub fn check_page(&self, page: PageId) -> Vec<Diagnostic> {
        let model = self.model;
        let context = self.context();
        let (targets, front) = (&model.targets[page], &model.front_targets[page]);
        let (mut found, _) = runner::page(&context, &model.index.pages[page], targets, front);
        self.accept(&context, &[page], &mut found);
        self.finish(&mut found);
        found
    }

    /// Moves findings to the files that their text came from, adapts fixes to the line endings of
    /// those, and sorts the findings.
    fn finish(&self, diagnostics: &mut Vec<Diagnostic>) {
        expanded::relocate(&self.model.expansions, diagnostics);
        let fixes = diagnostics.iter_mut().filter_map(|one| one.finding.fix.as_mut());
        for edit in fixes.flat_map(|fix| &mut fix.edits) {
            if let Some(source) = self.model.source(&edit.path) {
                edit.keep_line_breaks(&source.text);
            }
        }
        runner::sort(diagnostics);
    }

    /// Where on a page there is what docgen does not render.
    pub fn places_of_constructs(&self, page: &Page) -> Vec<Span> {
        let look = |outline: &Outline<'_>| constructs::uses(&self.context(), page, outline);
        let uses = page.with_outline(self.model.config.dialect(), look);
        uses.into_iter().map(|one| one.span).collect()
    }

    /// Turns a finding from elsewhere into a diagnostic of a rule; `None` if the rule is off.
    pub fn report(&self, rule: &'static Rule, finding: Finding) -> Option<Diagnostic> {
        runner::report(&self.context(), rule, finding)
    }

    /// The diagnostics of findings from rendering, without those accepted in the pages, in the
    /// order of the report.
    pub fn report_rendering(&self, found: Vec<(&'static Rule, Finding)>) -> Vec<Diagnostic> {
        let report = |(rule, finding)| self.report(rule, finding);
        let mut found: Vec<Diagnostic> = found.into_iter().filter_map(report).collect();
        found.retain(|one| !self.is_accepted(one));
        expanded::relocate(&self.model.expansions, &mut found);
        runner::sort(&mut found);
        found.dedup();
        found
    }

    fn context(&self) -> SiteContext<'_> {
        SiteContext {
            config: &self.model.config,
            index: &self.model.index,
            nav: &self.model.nav,
            targets: &self.model.targets,
            bindings: &self.model.bindings,
            faults: &self.faults,
            judgements: &self.judgements,
            prefilter: &self.prefilter,
            conventions: &self.conventions,
            earlier: None,
        }
    }
}

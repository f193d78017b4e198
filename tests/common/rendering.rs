//! A model with all that is needed to render it, and a check as the program does it.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::sync::OnceLock;

use docgen::check::checker::{Checked, Checker};
use docgen::check::rule::Diagnostic;
use docgen::coverage::Coverage;
use docgen::project::Model;
use docgen::render::highlight::Highlighter;
use docgen::render::publish::{Presentation, Publisher, template_faults};

/// A checker that knows what is wrong with the site's templates, as that of the program does.
pub fn checker(model: &Model) -> Checker<'_> {
    Checker::new(model).with_faults(template_faults(model))
}

/// What is wrong with a model, and what was looked at.
pub fn check(model: &Model) -> (Vec<Diagnostic>, Coverage) {
    let Checked { diagnostics, coverage, .. } = checker(model).check();
    (diagnostics, coverage)
}

/// A model that was checked, and what it is rendered with.
pub struct Rendering<'m> {
    model: &'m Model,
    checked: Checked,
    presentation: Presentation,
    highlighter: OnceLock<Highlighter>,
}

impl<'m> Rendering<'m> {
    pub fn of(model: &'m Model) -> Self {
        Self::with(model, checker(model).check(), OnceLock::new())
    }

    /// For a search index: code is not painted, and no page is looked at by the rules.
    pub fn plain(model: &'m Model) -> Self {
        let checked = checker(model).check_part(&|_| false);
        Self::with(model, checked, Highlighter::plain().into())
    }

    fn with(model: &'m Model, checked: Checked, highlighter: OnceLock<Highlighter>) -> Self {
        Self { model, checked, presentation: Presentation::new(model), highlighter }
    }

    /// What was found wrong.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.checked.diagnostics
    }

    pub fn publisher(&self) -> Publisher<'_> {
        self.painted_by(self.highlighter.get_or_init(|| Highlighter::new(Default::default())))
    }

    /// A publisher with a highlighter that several sites share.
    pub fn painted_by<'a>(&'a self, highlighter: &'a Highlighter) -> Publisher<'a> {
        Publisher::new(self.model, &self.checked, &self.presentation, highlighter)
    }
}

//! From a checked project to a published site.

use std::collections::HashMap;
use std::sync::Arc;

use super::project::Project;
use crate::check::checker::{Checked, Checker};
use crate::check::rule::Diagnostic;
use crate::check::rules::template_error;
use crate::config::Gate;
use crate::error::Result;
use crate::io::git::{self, Asked, LastChanges};
use crate::io::index_cache::DiskIndexCache;
use crate::io::interrupt::Interrupts;
use crate::io::publish::{Published, Stage};
use crate::io::replace;
use crate::io::store::Store;
use crate::render::highlight::Highlighter;
use crate::render::publish::search::IndexCache;
use crate::render::publish::{Failure, Made, Presentation, Publisher, template_finding};

/// How a site is published.
#[derive(Default)]
pub struct BuildOptions<'a> {
    /// The severity from which on nothing is published, in place of the one in the settings.
    pub gate: Option<Gate>,
    /// When each page was changed last.
    pub last_changed: LastChanged,
    /// Where highlighted code and search indexes are kept for the next build.
    pub store: Option<&'a Store>,
    /// What signals of the user interrupt.
    pub interrupts: Interrupts,
}

/// A question to the history of git, which is answered while other work goes on.
#[derive(Default)]
pub struct LastChanged(Option<Asked>);

/// The result of a build.
pub struct Built {
    /// What is wrong with what was rendered, or why nothing was.
    pub findings: Vec<Diagnostic>,
    /// What was published; nothing if the gate is not passed or a template fails.
    pub published: Option<Published>,
    /// The templates of the site that were left out since they are faulty.
    pub templates_left_out: Vec<String>,
    /// What the user should know besides, as whole lines.
    pub notes: Vec<String>,
}

impl Project {
    /// Asks git when each page was changed last, where the settings want that shown.
    pub fn last_changed(&self) -> LastChanged {
        let pages = self.model.index.pages.iter().map(|page| page.source.path.to_string());
        let wanted = self.model.config.last_change;
        LastChanged(wanted.then(|| git::last_changes(&self.root, pages.collect())))
    }

    /// Publishes the site, if what was found passes the gate: every file is rendered beside the
    /// published site and then takes its place, so that readers see the old site or the new one.
    ///
    /// # Errors
    ///
    /// If files cannot be read or written. What is wrong with the documentation is in the result.
    pub fn build(&self, checked: &Checked, options: BuildOptions<'_>) -> Result<Built> {
        let gate = options.gate.unwrap_or(self.model.config.gate);
        let mut built = Built {
            findings: Vec::new(),
            published: None,
            templates_left_out: Vec::new(),
            notes: Vec::new(),
        };
        if stops(gate, &checked.diagnostics) {
            return Ok(built);
        }
        let presentation = with_days(self.presentation(), options.last_changed.0, &mut built.notes);
        built.templates_left_out = presentation.templates_left_out(&self.model);
        let code = options.store.and_then(|store| self.highlighted(store));
        let highlighter = Highlighter::new(code.unwrap_or_default());
        if options.store.is_some() {
            replace::sweep(&self.cache);
        }
        let indexes = options.store.map(|store| DiskIndexCache::new(self.cache.clone(), store));
        let publisher = Publisher::new(&self.model, checked, &presentation, &highlighter)
            .keeping(indexes.as_ref().map(|indexes| indexes as &dyn IndexCache));
        (built.findings, built.published) = self.publish(&publisher, gate, &options.interrupts)?;
        if built.published.is_some()
            && let Some(store) = options.store
            && let Err(error) = self.keep_highlighted(store, &highlighter)
        {
            built.notes.push(format!("warning: the cache was not written: {error}"));
        }
        Ok(built)
    }

    /// Renders every file into a stage and swaps it for the site.
    fn publish(
        &self,
        publisher: &Publisher<'_>,
        gate: Gate,
        interrupts: &Interrupts,
    ) -> Result<(Vec<Diagnostic>, Option<Published>)> {
        let content = self.root.join(&self.model.config.content);
        let stage = Stage::begin_with(&self.output, &[&self.root, &content], interrupts)?;
        let made = publisher.for_each(|place, made| match made {
            Made::Bytes(bytes) => stage.write(place, &bytes),
            Made::Copy(from) => stage.copy(place, &self.tree.place(from)),
        });
        match made {
            Ok(()) => {
                let found = Checker::new(&self.model).report_rendering(publisher.findings());
                let published = if stops(gate, &found) { None } else { Some(stage.commit()?) };
                Ok((found, published))
            }
            Err(Failure::Template(fault)) => {
                let rule = &template_error::RULE;
                let found = Checker::new(&self.model).report(rule, template_finding(&fault));
                Ok((found.into_iter().collect(), None))
            }
            Err(Failure::Place(error)) => Err(error),
        }
    }

    /// Highlighted code blocks of an earlier build, by their keys.
    fn highlighted(&self, store: &Store) -> Option<HashMap<u64, Arc<str>>> {
        let packed = store.read(&self.cache.join("highlight"), 0)?;
        let entries: Vec<(u64, &str)> = postcard::from_bytes(&packed).ok()?;
        Some(entries.into_iter().map(|(key, html)| (key, Arc::from(html))).collect())
    }

    /// Keeps the highlighted code blocks for a later build. A cache that cannot be written costs
    /// time at the next build, and nothing else.
    fn keep_highlighted(&self, store: &Store, highlighter: &Highlighter) -> Result<()> {
        let used = highlighter.used();
        let mut entries: Vec<(u64, &str)> =
            used.iter().map(|(key, html)| (*key, &**html)).collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        match postcard::to_stdvec(&entries) {
            Ok(packed) => store.write(&self.cache.join("highlight"), 0, &packed),
            Err(_) => Ok(()),
        }
    }
}

/// Whether a finding stops what the gate guards.
fn stops(gate: Gate, diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| gate.stops(diagnostic.severity))
}

/// Adds the days of the last changes, as far as the history knows them.
fn with_days(
    presentation: Presentation,
    history: Option<Asked>,
    notes: &mut Vec<String>,
) -> Presentation {
    match history.map(Asked::answer) {
        Some(LastChanges::Days(days)) => return presentation.with_days(days),
        Some(LastChanges::Shallow) => notes.push(
            "note: pages do not say when they were last changed, since this clone is shallow; \
             `git fetch --unshallow` brings the rest of the history"
                .to_owned(),
        ),
        _ => {}
    }
    presentation
}

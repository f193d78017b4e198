//! Expands includes before pages are parsed, and maps each offset of a page to the file that it
//! came from.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::faults::{LoadFault, LoadFaults};
use super::input_page::InputPage;
use super::tree::{Text, Tree};
use crate::config::Config;
use crate::diagnostic::{Finding, Severity};
use crate::markdown::Includes;
use crate::markdown::expand::{self, Expanded, Fault, FaultKind, Found, Roots, SourceMap};
use crate::source::{Source, Span, VPath};

/// The pages that consist of several files.
#[derive(Debug, Default)]
pub struct Expansions {
    maps: HashMap<VPath, SourceMap>,
    /// The files as they are on disk: those pages, and what they include.
    sources: BTreeMap<VPath, Source>,
}

impl Expansions {
    /// Expands the pages; the findings say what could not be included.
    pub fn new(tree: &dyn Tree, config: &Config, pages: &mut [InputPage]) -> (Self, LoadFaults) {
        let includes = config.dialect().includes;
        if includes == Includes::None {
            return Default::default();
        }
        let content = config.layout.mounts.first().map_or(&config.content, |mount| &mount.folder);
        let variables = &config.variables;
        let roots = Roots { project: &config.layout.project, content, variables };
        let lookup = |path: &VPath| {
            if path.is_outside() {
                return tree.outside(path);
            }
            if let Some(why) = tree.withheld(path) {
                return Found::Withheld(why);
            }
            match tree.text(path) {
                Text::Ok(text) | Text::NotUtf8 { lossy: text, .. } => Found::Text(Arc::from(text)),
                Text::Unreadable(_) => Found::Missing,
            }
        };
        let expanded: Vec<Option<Expanded>> = pages
            .par_iter()
            .map(|page| {
                let Source { path, text, .. } = &page.source;
                expand::expand(path, text, includes, roots, &lookup)
            })
            .collect();
        let mut all = Self::default();
        let mut faults = Vec::new();
        for (page, expanded) in pages.iter_mut().zip(expanded) {
            let Some(Expanded { text, map, title, faults: found }) = expanded else { continue };
            page.title = title;
            let path = page.source.path.clone();
            let whole = std::mem::replace(&mut page.source, Source::new(path.clone(), text));
            for file in map.files().iter().filter(|file| **file != path) {
                if !all.sources.contains_key(file)
                    && let Found::Text(text) = lookup(file)
                {
                    all.sources.insert(file.clone(), Source::new(file.clone(), text.to_string()));
                }
            }
            all.sources.insert(path.clone(), whole);
            all.maps.insert(path, map);
            faults.extend(found);
        }
        faults.sort_by(|a: &Fault, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
        faults.dedup();
        (all, faults.iter().map(finding).collect())
    }

    /// The text of a file as it is on disk, for pages of several files and what they include.
    pub fn source(&self, path: &VPath) -> Option<&Source> {
        self.sources.get(path)
    }

    /// The file that an offset of a page came from, if it is not the page itself.
    pub fn file_at(&self, page: &VPath, at: usize) -> Option<&VPath> {
        self.maps.get(page)?.file_at(at).filter(|file| *file != page)
    }

    /// The files outside of the tree that pages include.
    pub fn outside(&self) -> impl Iterator<Item = &VPath> {
        self.sources.keys().filter(|path| path.is_outside())
    }

    /// Removes the map of a page, which has another text now.
    pub fn forget(&mut self, page: &VPath) {
        self.maps.remove(page);
    }

    /// Whether no page consists of several files.
    pub fn is_empty(&self) -> bool {
        self.maps.is_empty()
    }

    /// Whether a span is in a part of a file that was cut, or directly after one.
    pub fn is_at_cut(&self, page: &VPath, span: Span) -> bool {
        let Some(map) = self.maps.get(page) else { return false };
        // Code that is missing at the end is reported on the line after it.
        let places = [span.start, span.start.saturating_sub(1), span.start.saturating_sub(2)];
        places.iter().filter_map(|at| map.file_at(*at)).any(|file| map.is_cut(file))
    }

    /// Moves a finding about a page to the file that its text came from.
    pub fn relocate(&self, finding: &mut Finding) {
        self.place(&mut finding.path, &mut finding.span);
        for related in &mut finding.related {
            self.place(&mut related.path, &mut related.span);
        }
        if let Some(fix) = &mut finding.fix {
            let whole = fix.edits.iter_mut().all(|edit| self.place(&mut edit.path, &mut edit.span));
            // A fix never changes a file outside of the tree.
            if !whole || fix.edits.iter().any(|edit| edit.path.is_outside()) {
                finding.fix = None;
            }
        }
    }

    /// Moves a span to the file that it came from; returns whether all of it is there.
    fn place(&self, path: &mut VPath, span: &mut Span) -> bool {
        let Some(origin) = self.maps.get(path).and_then(|map| map.origin(*span)) else {
            return true;
        };
        let text = self.sources.get(&origin.path).map_or("", |source| source.text.as_str());
        *span = origin.span.clamped(text);
        *path = origin.path;
        origin.exact
    }
}

fn finding(fault: &Fault) -> (LoadFault, Finding) {
    let finding = Finding::new(&fault.path, fault.span, fault.message.clone());
    let finding = finding.maybe_help(fault.help.clone());
    let finding = if fault.sure { finding } else { finding.severity(Severity::Warning) };
    match fault.kind {
        FaultKind::Include => (LoadFault::MissingInclude, finding),
        FaultKind::Variable => (LoadFault::UnknownVariable, finding),
    }
}

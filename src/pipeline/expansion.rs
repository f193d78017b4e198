//! Puts the texts that pages take in in their places before anything is parsed, and leads findings
//! back to the files that the text came from.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::inputs::InputPage;
use super::tree::{Text, Tree};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::markdown::Includes;
use crate::markdown::expand::{self, Expanded, Fault, Found, Roots, SourceMap};
use crate::source::{Source, Span, VPath};

/// Rules that take a block for all of its code. Lines of a file that are shown by themselves open
/// what the rest of the file closes.
const ABOUT_WHOLE_CODE: [&str; 2] = ["code-syntax", "truncated-code"];

/// The pages that are made of several files.
#[derive(Debug, Default)]
pub struct Expansions {
    maps: HashMap<VPath, SourceMap>,
    /// The files as they are on disk: those pages, and what they take in.
    sources: BTreeMap<VPath, Source>,
}

impl Expansions {
    /// Expands the pages, and says what could not be taken in.
    pub fn new(tree: &dyn Tree, config: &Config, pages: &mut [InputPage]) -> (Self, Vec<Finding>) {
        let includes = config.dialect().includes;
        if includes == Includes::None {
            return Default::default();
        }
        let content = config.layout.mounts.first().map_or(&config.content, |mount| &mount.folder);
        let roots = Roots { project: &config.layout.project, content };
        let lookup = |path: &VPath| {
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

    /// The text of a file as it is on disk, for pages of several files and what they take in.
    pub fn source(&self, path: &VPath) -> Option<&Source> {
        self.sources.get(path)
    }

    /// The file in which a place of a page stands, if it is not the page itself.
    pub fn file_at(&self, page: &VPath, at: usize) -> Option<&VPath> {
        self.maps.get(page)?.file_at(at).filter(|file| *file != page)
    }

    /// Lets a page stand for itself: it has another text now.
    pub fn forget(&mut self, page: &VPath) {
        self.maps.remove(page);
    }

    /// Leads findings back to where their text stands. What one file gives in several pages is
    /// said once.
    pub fn lead_back(&self, diagnostics: &mut Vec<Diagnostic>) {
        if self.maps.is_empty() {
            return;
        }
        let mut said = HashSet::new();
        diagnostics.retain_mut(|one| {
            // Its places are those of the files already.
            if one.rule == "missing-include" {
                return true;
            }
            let page = one.finding.path.clone();
            if ABOUT_WHOLE_CODE.contains(&one.rule) && self.is_at_cut(&page, one.finding.span) {
                return false;
            }
            self.finding(&mut one.finding);
            one.finding.path == page || {
                let finding = &one.finding;
                said.insert((one.rule, finding.path.clone(), finding.span, finding.message.clone()))
            }
        });
    }

    /// Whether a span stands in, or right behind, a part of a file.
    fn is_at_cut(&self, page: &VPath, span: Span) -> bool {
        let Some(map) = self.maps.get(page) else { return false };
        // What is missing at the end of code is missing in the line behind it.
        let places = [span.start, span.start.saturating_sub(1), span.start.saturating_sub(2)];
        places.iter().filter_map(|at| map.file_at(*at)).any(|file| map.is_cut(file))
    }

    fn finding(&self, finding: &mut Finding) {
        self.place(&mut finding.path, &mut finding.span);
        for related in &mut finding.related {
            self.place(&mut related.path, &mut related.span);
        }
        if let Some(fix) = &mut finding.fix {
            let whole = fix.edits.iter_mut().all(|edit| self.place(&mut edit.path, &mut edit.span));
            if !whole {
                finding.fix = None;
            }
        }
    }

    /// Moves a place to the file that it comes from; whether all of it stands there.
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

fn finding(fault: &Fault) -> Finding {
    let finding = Finding::new(&fault.path, fault.span, fault.message.clone());
    if fault.sure {
        return finding;
    }
    finding.severity(Severity::Warning)
}

#[cfg(test)]
mod tests {
    use crate::pipeline::{Inputs, MemoryTree, Overrides, Site};

    fn findings(page: &str, listing: &str) -> Vec<String> {
        let files =
            [("docgen.toml", "flavour = \"mdbook\"\n"), ("index.md", page), ("a.json", listing)];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
        let (found, _) = Site::new(Inputs::from_texts(files).unwrap()).unwrap().check();
        let errors = found.iter().filter(|one| one.rule == "code-syntax");
        errors.map(|one| format!("{}:{}", one.finding.path, one.finding.span.start)).collect()
    }

    #[test]
    fn hidden_files_are_taken_in_only_where_they_are_tracked() {
        let files = [
            ("docgen.toml", "flavour = \"mdbook\"\n"),
            ("index.md", "# A\n\n{{#include .x/a.md}} {{#include .git/b.md}}\n"),
            (".x/a.md", "# Hidden\n"),
            (".git/b.md", "# Git\n"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        for (tracked, expected) in [(&[][..], 2), (&[".x/a.md", ".git/b.md"][..], 1)] {
            let tree = MemoryTree::new(files.clone()).tracking(tracked);
            let site = Site::new(Inputs::load(&tree, &Overrides::default()).unwrap()).unwrap();
            let (found, _) = site.check();
            let refused = found.iter().filter(|one| one.rule == "missing-include").count();
            assert_eq!(refused, expected, "{found:?}");
            assert_eq!(site.index.pages.len(), tracked.len().min(1) + 1);
        }
    }

    #[test]
    fn code_is_judged_where_it_stands_and_only_when_it_is_whole() {
        let whole =
            "# A\n\n```json\n{{#include a.json}}\n```\n\n```json\n{{#include a.json}}\n```\n";
        assert_eq!(findings(whole, "{\"a\": 1,, \"b\": 2}\n"), ["a.json:8"]);
        let part = "# A\n\n```json\n{{#include a.json:1:2}}\n```\n";
        assert!(findings(part, "{\n  \"a\": {\n    \"b\": 1 } }\n").is_empty());
    }
}

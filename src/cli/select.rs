//! Which part of a tree is reported: given files, staged files, or what changed since a revision.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::view::{Part, Since};
use crate::error::Result;
use crate::io::{git, never_content, real_path};
use crate::markdown::expand::Found;
use crate::open::Project;
use crate::project::{Loader, Model, Overlay, Reuse, Skipped, Text, Tree};
use crate::source::VPath;

/// Arguments of `docgen check` about changed files.
#[derive(clap::Args)]
pub struct Selection {
    /// Report findings in these files only; files outside the tree are ignored
    #[arg(long, value_name = "FILE", num_args = 0.., conflicts_with = "paths")]
    files: Option<Vec<PathBuf>>,
    /// Report findings in the files staged in git only
    #[arg(long, conflicts_with_all = ["files", "paths"])]
    staged: bool,
    /// Report only what is new since this git revision, including what the change broke elsewhere
    #[arg(long, value_name = "REV", conflicts_with_all = ["staged", "files"])]
    since: Option<String>,
}

impl Selection {
    /// The part of the tree that `--files` or `--staged` selects, if either is given.
    pub fn part(&self, project: &Project) -> Result<Option<Part>> {
        let inside = |path: &Path| {
            let path = path.strip_prefix(&project.root).ok()?.to_str()?;
            VPath::new(&path.replace('\\', "/"))
        };
        if let Some(files) = &self.files {
            let files = files.iter().filter_map(|file| inside(&real_path(file))).collect();
            return Ok(Some(Part::Paths(files, false)));
        }
        if self.staged {
            let files = git::staged(&project.root)?;
            let files = files.iter().filter_map(|file| VPath::new(file)).collect();
            return Ok(Some(Part::Paths(files, false)));
        }
        Ok(None)
    }

    /// The tree as it was at the revision of `--since`, if that is given.
    pub fn since(&self, project: &Project) -> Result<Option<Since>> {
        let Some(revision) = &self.since else { return Ok(None) };
        let changes = git::changes(&project.root, revision)?;
        let asked = [&changes.modified[..], &changes.removed].concat();
        let said = git::texts(&project.root, revision, &asked)?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let texts: BTreeMap<VPath, String> = asked
            .iter()
            .zip(said)
            .filter_map(|(path, said)| Some((VPath::new(path)?, text(said?))))
            .collect();
        let read = Read { tree: &project.tree, model: &project.model };
        let mut past = Overlay::new(&read);
        let added: BTreeSet<VPath> =
            changes.added.iter().filter_map(|path| VPath::new(path)).collect();
        past.remove(&added);
        for (path, text) in &texts {
            match project.tree.files().binary_search(path) {
                Ok(_) => past.set(path, text.clone()),
                Err(_) if project.would_hold(path) => past.add(path, text.clone()),
                Err(_) => {}
            }
        }
        let changed: BTreeSet<VPath> = texts.into_keys().chain(added).collect();
        // Both versions are checked against the current schemas and specifications.
        let bindings = Some(Arc::clone(&project.model.bindings));
        let earlier = Some(Arc::new(project.model.shared_pages(&changed)));
        let Loader { request, reuse } = project.loader.clone();
        let loader = Loader { request, reuse: Reuse { bindings, pages: earlier, ..reuse } };
        let model = loader.load(&past)?;
        Ok(Some(Since { model, changed }))
    }
}

/// A tree that takes the text of its pages from a model, and reads only other files.
struct Read<'a> {
    tree: &'a dyn Tree,
    model: &'a Model,
}

impl Tree for Read<'_> {
    fn files(&self) -> &[VPath] {
        self.tree.files()
    }

    fn text(&self, path: &VPath) -> Text {
        let known = self.model.index.page_of_file(path.as_str());
        let page = known.map(|page| &self.model.index.pages[page]);
        // The source of a page with includes, or one that is not UTF-8, differs from its file.
        match (page.filter(|page| page.fault.is_none()), self.model.source(path)) {
            (Some(_), Some(source)) => Text::Ok(source.text.clone()),
            _ => self.tree.text(path),
        }
    }

    fn withheld(&self, path: &VPath) -> Option<String> {
        self.tree.withheld(path)
    }

    fn outside(&self, path: &VPath) -> Found {
        self.tree.outside(path)
    }

    fn skipped(&self) -> Vec<Skipped> {
        self.tree.skipped()
    }
}

impl Project {
    /// Whether a file of this path would belong to the tree if it existed.
    fn would_hold(&self, path: &VPath) -> bool {
        let mut folders = path.as_str().split('/').peekable();
        let mut hidden = false;
        while let Some(name) = folders.next() {
            hidden |= never_content(name, folders.peek().is_some());
        }
        let place = self.root.join(path.as_str());
        let below = |folder: &Path| place.starts_with(folder);
        let parts = &self.parts;
        let within = parts.is_empty() || parts.iter().any(|part| below(&self.root.join(part)));
        within && !hidden && !below(&self.output) && !below(&self.cache)
    }
}

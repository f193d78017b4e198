//! What of a tree is reported, by what git or the caller says has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::open::Opened;
use super::view::{Part, Since};
use crate::error::Result;
use crate::io::{git, never_content, real_path};
use crate::project::{Inputs, Model, Overlay, Overrides, SharedPages, Skipped, Text, Tree};
use crate::source::VPath;

/// What `docgen check` takes about changes.
#[derive(clap::Args)]
pub struct Selection {
    /// Report these files alone, and pass over those that are no part of the tree
    #[arg(long, value_name = "FILE", num_args = 0.., conflicts_with = "paths")]
    files: Option<Vec<PathBuf>>,
    /// Report what the next commit of git adds or changes
    #[arg(long, conflicts_with_all = ["files", "paths"])]
    staged: bool,
    /// Report what changed since this revision of git, and what the change broke elsewhere
    #[arg(long, value_name = "REV", conflicts_with_all = ["staged", "files"])]
    since: Option<String>,
}

impl Selection {
    /// The part of the tree, if it is not named by paths.
    pub fn part(&self, opened: &Opened) -> Result<Option<Part>> {
        let inside = |path: &Path| {
            let path = path.strip_prefix(&opened.root).ok()?.to_str()?;
            VPath::new(&path.replace('\\', "/"))
        };
        if let Some(files) = &self.files {
            let files = files.iter().filter_map(|file| inside(&real_path(file))).collect();
            return Ok(Some(Part::Paths(files, false)));
        }
        if self.staged {
            let files = git::staged(&opened.root)?;
            let files = files.iter().filter_map(|file| VPath::new(file)).collect();
            return Ok(Some(Part::Paths(files, false)));
        }
        Ok(None)
    }

    /// The tree as it was, if a change is looked at.
    pub fn since(&self, opened: &Opened) -> Result<Option<Since>> {
        let Some(revision) = &self.since else { return Ok(None) };
        let changes = git::changes(&opened.root, revision)?;
        let asked = [&changes.modified[..], &changes.removed].concat();
        let said = git::texts(&opened.root, revision, &asked)?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let texts: BTreeMap<VPath, String> = asked
            .iter()
            .zip(said)
            .filter_map(|(path, said)| Some((VPath::new(path)?, text(said?))))
            .collect();
        let read = Read { tree: &opened.tree, model: &opened.model };
        let mut past = Overlay::new(&read);
        let added: BTreeSet<VPath> =
            changes.added.iter().filter_map(|path| VPath::new(path)).collect();
        past.remove(&added);
        for (path, text) in &texts {
            match opened.tree.files().binary_search(path) {
                Ok(_) => past.set(path, text.clone()),
                Err(_) if opened.would_hold(path) => past.add(path, text.clone()),
                Err(_) => {}
            }
        }
        let changed: BTreeSet<VPath> = texts.into_keys().chain(added).collect();
        // Examples of both are held against what is true today.
        let bindings = Some(Arc::clone(&opened.model.bindings));
        let earlier = Some(Arc::new(SharedPages::of(&opened.model, &changed)));
        let overrides = Overrides { bindings, earlier, ..opened.overrides.clone() };
        let model = Model::new(Inputs::load(&past, &overrides)?)?;
        Ok(Some(Since { model, changed }))
    }
}

/// A tree whose pages were read already.
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
        // A page that takes in other files, or is not UTF-8, is not what its file says.
        match (page.filter(|page| page.fault.is_none()), self.model.source(path)) {
            (Some(_), Some(source)) => Text::Ok(source.text.clone()),
            _ => self.tree.text(path),
        }
    }

    fn withheld(&self, path: &VPath) -> Option<String> {
        self.tree.withheld(path)
    }

    fn skipped(&self) -> Vec<Skipped> {
        self.tree.skipped()
    }
}

impl Opened {
    /// Whether a file of this name would be a part of the tree.
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

//! From a path on the command line to a model.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::TreeArguments;
use super::locate::{self, Place};
use crate::check::rules::NAMES;
use crate::config::{Config, Flavour, Gate};
use crate::error::{Error, Result};
use crate::io::tree::DiskTree;
use crate::markdown::facts_cache::FactsCache;
use crate::project::{self, Inputs, Model, Overrides};
use crate::render::publish::Presentation;

/// A site and the tree it came from.
pub struct Opened {
    /// The model.
    pub model: Model,
    /// The files.
    pub tree: DiskTree,
    /// The root of the tree.
    pub root: PathBuf,
    /// The folder of the site.
    pub output: PathBuf,
    /// The folder of the cache.
    pub cache: PathBuf,
    /// The folders and files that belong to it, from the root; all when there are none.
    pub parts: Vec<String>,
    /// What the command line says against the settings.
    pub overrides: Overrides,
}

impl Opened {
    /// What the pages look like, with what is known of the files that they show.
    pub fn presentation(&self) -> Presentation {
        Presentation::new(&self.model).with_files(&self.model, |path| self.tree.bytes(path))
    }
}

/// What the command line asks for.
#[derive(Default)]
pub struct Wishes<'a> {
    /// The settings file.
    pub config: Option<&'a Path>,
    /// The output folder.
    pub output: Option<&'a Path>,
    /// Where the site will stand.
    pub base_url: Option<String>,
    /// When to stop.
    pub gate: Option<Gate>,
    /// Whether the site can be searched.
    pub search: Option<bool>,
    /// Whether Markdown twins are published.
    pub twins: Option<bool>,
    /// Whose habits the tree follows.
    pub flavour: Option<Flavour>,
    /// Facts that need not be found again.
    pub known: Arc<FactsCache>,
}

impl<'a> Wishes<'a> {
    /// What every command can ask for.
    pub fn new(tree: &'a TreeArguments) -> Self {
        Self { config: tree.config.as_deref(), flavour: tree.flavour, ..Self::default() }
    }
}

/// Opens the tree around a folder.
pub fn open(folder: &Path, wishes: &Wishes<'_>) -> Result<Opened> {
    let meta = fs::metadata(folder).map_err(|error| Error::at(folder, "cannot open it", error))?;
    if !meta.is_dir() {
        return Err(Error::at(folder, "cannot open it", "not a folder"));
    }
    let place = locate::around(folder, wishes.flavour)?;
    if place.root != crate::io::real_path(folder) {
        eprintln!("note: the tree around {} is {}", folder.display(), place.root.display());
    }
    open_place(place, wishes)
}

/// Opens a tree that was found.
pub fn open_place(place: Place, wishes: &Wishes<'_>) -> Result<Opened> {
    let Listed { tree, root, output, cache, parts, overrides } = list(place, wishes)?;
    let model = Model::new(Inputs::load(&tree, &overrides)?)?;
    Ok(Opened { model, tree, root, output, cache, parts, overrides })
}

/// The settings of the tree around a path, without its pages.
pub fn settings(path: &Path, wishes: &Wishes<'_>) -> Result<Config> {
    let listed = list(locate::around(path, wishes.flavour)?, wishes)?;
    Ok(project::settings(&listed.tree, &listed.overrides)?.0)
}

/// A tree whose files are known by their names.
struct Listed {
    tree: DiskTree,
    root: PathBuf,
    output: PathBuf,
    cache: PathBuf,
    parts: Vec<String>,
    overrides: Overrides,
}

fn list(place: Place, wishes: &Wishes<'_>) -> Result<Listed> {
    let Place { root, found, folders: parts, in_repository } = place;
    let config = match wishes.config {
        Some(file) => {
            let text = fs::read_to_string(file)
                .map_err(|error| Error::at(file, "cannot read the settings", error))?;
            Some((file.display().to_string(), text))
        }
        None => None,
    };
    let standard = if found.is_some() { "_site" } else { "public" };
    let own = config.as_ref().map(|(_, text)| text.as_str());
    let (output, cache) = folders(&root, wishes.output, own, standard)?;
    let overrides = Overrides {
        config,
        base_url: wishes.base_url.clone(),
        gate: wishes.gate,
        search: wishes.search,
        twins: wishes.twins,
        flavour: wishes.flavour,
        found,
        in_repository,
        known: Arc::clone(&wishes.known),
        bindings: None,
        rules: NAMES,
        earlier: None,
    };
    let tree = DiskTree::open_parts(&root, &parts, &[output.clone(), cache.clone()])?;
    Ok(Listed { tree, root, output, cache, parts, overrides })
}

/// The output and the cache are never content, so they must be known before the tree is read.
fn folders(
    root: &Path,
    output: Option<&Path>,
    config: Option<&str>,
    standard: &str,
) -> Result<(PathBuf, PathBuf)> {
    let own;
    let text = match config {
        Some(text) => text,
        None => {
            own = fs::read_to_string(root.join("docgen.toml")).unwrap_or_default();
            &own
        }
    };
    // Faults in the settings are reported when they are read as a whole.
    let node = crate::data::toml::read(text).ok();
    let named = |key: &str, default: &str| {
        let name =
            node.as_ref().and_then(|node| node.get(key)?.as_str()).unwrap_or(default).to_owned();
        root.join(name)
    };
    let cache = named("cache", ".docgen");
    let output = match output {
        Some(output) => std::path::absolute(output)
            .map_err(|error| Error::at(output, "cannot find it", error))?,
        None => named("output", standard),
    };
    if output.starts_with(&cache) || cache.starts_with(&output) {
        return Err(Error::at(
            &cache,
            "cannot keep the cache there",
            "the cache must lie outside of the output",
        ));
    }
    Ok((output, cache))
}

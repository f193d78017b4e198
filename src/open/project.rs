//! A documentation tree, opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::Folder;
use super::locate::{self, TreeRoot};
use crate::check::checker::{Checked, Checker};
use crate::check::rules::NAMES;
use crate::config::Config;
use crate::config::flavours::{DOCGEN_TOML, Settings};
use crate::config::native::DocgenToml;
use crate::error::{Error, Result};
use crate::io::tree::DiskTree;
use crate::markdown::facts_cache::FactsCache;
use crate::project::{self, Inputs, Loader, Model, Options, Reuse, SettingsRequest};
use crate::render::publish::{Presentation, template_faults};
use crate::source::{Source, VPath};

/// A documentation tree on disk, with the model that was made of it.
pub struct Project {
    /// The model.
    pub model: Model,
    /// The files.
    pub tree: DiskTree,
    /// The root of the tree.
    pub root: PathBuf,
    /// The folder of the published site.
    pub output: PathBuf,
    /// The folder of the cache.
    pub cache: PathBuf,
    /// The folders and files that belong to the tree, from the root; all when there are none.
    pub parts: Vec<String>,
    /// Makes the model of another version of the tree.
    pub loader: Loader,
}

impl Project {
    /// Opens the tree around a file or folder with the settings that it has.
    ///
    /// The tree is that of the nearest folder at or above the path with settings of docgen or of a
    /// generator that docgen knows, else of the one such folder up to two levels below, else the
    /// folder itself.
    ///
    /// # Errors
    ///
    /// If there are several trees below the path, if the settings have faults, or if there is no
    /// page.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, Options::default())
    }

    /// Opens the tree around a file or folder.
    pub fn open_with(path: &Path, options: Options) -> Result<Self> {
        let root = locate::around(path, options.flavour)?;
        Self::at(root, options, Arc::default())
    }

    /// Opens a tree that was found. Pages with the same text as one whose facts are cached are not
    /// parsed again.
    pub fn at(root: TreeRoot, options: Options, facts_cache: Arc<FactsCache>) -> Result<Self> {
        let read = Read::new(root, options)?;
        let Read { root, parts, request, settings, output, cache } = read;
        let tree = DiskTree::open_parts(&root, &parts, &[output.clone(), cache.clone()])?;
        let reuse = Reuse { facts_cache, ..Reuse::default() };
        let model = Model::new(Inputs::load(&tree, settings, &reuse)?)?;
        Ok(Self { model, tree, root, output, cache, parts, loader: Loader { request, reuse } })
    }

    /// The settings of a tree that was found, without its pages.
    pub fn settings(root: TreeRoot, options: Options) -> Result<Settings> {
        Ok(Read::new(root, options)?.settings)
    }

    /// What is wrong with the tree.
    pub fn check(&self) -> Checked {
        self.checker().check()
    }

    /// A checker of the tree, which knows what is wrong with its templates.
    pub fn checker(&self) -> Checker<'_> {
        checker_of(&self.model)
    }

    /// What the pages look like, with what is known of the files that they show.
    pub fn presentation(&self) -> Presentation {
        Presentation::new(&self.model).with_files(&self.model, |path| self.tree.bytes(path))
    }
}

/// A checker of a model that knows what is wrong with its templates.
pub fn checker_of(model: &Model) -> Checker<'_> {
    Checker::new(model).with_faults(template_faults(model))
}

/// The settings of a tree, read before its files are listed.
struct Read {
    root: PathBuf,
    parts: Vec<String>,
    request: SettingsRequest,
    settings: Settings,
    output: PathBuf,
    cache: PathBuf,
}

impl Read {
    fn new(root: TreeRoot, options: Options) -> Result<Self> {
        let TreeRoot { path: root, own, found, folders: parts, in_repository } = root;
        let elsewhere = options.config.as_deref().map(named).transpose()?;
        let own = elsewhere.clone().or(own);
        let request = SettingsRequest { options, own, found, in_repository, rules: NAMES };
        let settings = project::settings(&Folder::new(&root), &request)?;
        let (output, cache) = places(&root, &settings.config, request.options.output.as_deref())?;
        // Another version of the tree has a docgen.toml of its own.
        let request = SettingsRequest { own: elsewhere, ..request };
        Ok(Self { root, parts, request, settings, output, cache })
    }
}

/// The settings file of `--config`, which replaces docgen.toml.
fn named(path: &Path) -> Result<DocgenToml> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::at(path, "cannot read the settings", error))?;
    let name = path.file_name().and_then(|name| VPath::new(name.to_str()?));
    let name = name.or_else(|| VPath::new(DOCGEN_TOML)).expect("a file name stays inside");
    Ok(DocgenToml::new(Source::new(name, text)))
}

/// The folders of the site and of the cache: never content, so they must be known before the files
/// of the tree are listed.
fn places(root: &Path, config: &Config, output: Option<&Path>) -> Result<(PathBuf, PathBuf)> {
    let cache = root.join(&config.cache);
    let output = match output {
        Some(output) => std::path::absolute(output)
            .map_err(|error| Error::at(output, "cannot find it", error))?,
        None => root.join(&config.output),
    };
    if output.starts_with(&cache) || cache.starts_with(&output) {
        let why = "the cache must lie outside of the output";
        return Err(Error::at(&cache, "cannot keep the cache there", why));
    }
    Ok((output, cache))
}

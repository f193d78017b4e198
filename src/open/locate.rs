//! Finds the tree around a path: its root, its settings, the folders that belong to it.

use std::fs;
use std::path::{Path, PathBuf};

use super::folder::Folder;
use crate::config::Flavour;
use crate::config::flavours::{self, DOCGEN_TOML, Files, Settings};
use crate::config::layout::{climbs, joined};
use crate::config::native::DocgenToml;
use crate::error::{Error, Result};
use crate::markdown::own_components;
use crate::source::{Source, VPath};

/// How many folders above a path are asked where no repository says where to stop.
const MAX_ABOVE: usize = 4;
/// How many folders below a path are asked, level by level.
const MAX_BELOW: usize = 400;

/// A tree before its files are listed.
#[derive(Clone, Debug)]
pub struct TreeRoot {
    /// The root folder.
    pub path: PathBuf,
    /// Its docgen.toml.
    pub own: Option<DocgenToml>,
    /// The settings, where another generator publishes it.
    pub found: Option<Settings>,
    /// The folders and files that belong to it, from the root; all when there are none.
    pub folders: Vec<String>,
    /// The path of the root inside its repository.
    pub in_repository: Option<String>,
}

/// The tree around `path`: the nearest folder at or above it with settings that concern it, else
/// the one below, else the folder itself. All commands find their tree in this way.
pub fn around(path: &Path, wanted: Option<Flavour>) -> Result<TreeRoot> {
    let meta = fs::metadata(path).map_err(|error| Error::at(path, "cannot open it", error))?;
    let real = crate::io::real_path(path);
    let folder =
        if meta.is_dir() { real.clone() } else { real.parent().unwrap_or(&real).to_owned() };
    let top = folder.ancestors().find(|folder| folder.join(".git").exists());
    for (level, above) in folder.ancestors().enumerate() {
        let near = top.map_or(level <= MAX_ABOVE, |top| above.starts_with(top));
        if (level == 0 || has_docgen_toml(above) || near && is_certain(above))
            && let Some(place) = own(above, wanted)?
        {
            return Ok(place);
        }
        if near && let Some(place) = foreign(above, wanted).filter(|place| concerns(place, &folder))
        {
            return Ok(place);
        }
    }
    if let Some(place) = below(&folder, wanted)? {
        return Ok(place);
    }
    at(&folder, wanted)
}

/// The tree of exactly this folder.
pub fn at(folder: &Path, wanted: Option<Flavour>) -> Result<TreeRoot> {
    let root = crate::io::real_path(folder);
    if let Some(place) = own(&root, wanted)? {
        return Ok(place);
    }
    if let Some(place) = foreign(&root, wanted) {
        return Ok(place);
    }
    if let Some(flavour) = wanted.filter(|flavour| flavour.is_foreign()) {
        return Ok(of_settings(&root, flavours::read(flavour, &Folder::new(&root), None)));
    }
    Ok(whole(root, None))
}

/// A tree to which the whole of its root belongs.
fn whole(path: PathBuf, own: Option<DocgenToml>) -> TreeRoot {
    let top = path.ancestors().find(|folder| folder.join(".git").exists());
    let inside = top.and_then(|top| path.strip_prefix(top).ok()?.to_str().map(str::to_owned));
    TreeRoot { path, own, found: None, folders: Vec::new(), in_repository: inside }
}

fn has_docgen_toml(folder: &Path) -> bool {
    folder.join(DOCGEN_TOML).is_file()
}

/// Whether a folder has settings that docgen takes for its own and no other program wrote.
fn is_certain(folder: &Path) -> bool {
    let files = Folder::new(folder);
    Flavour::with_own_settings(&files).is_some_and(|flavour| flavour.is_certain(&files))
}

/// The docgen.toml in a folder.
fn docgen_toml(folder: &Path) -> Result<Option<DocgenToml>> {
    let text = Folder::new(folder).load(DOCGEN_TOML)?;
    let source = text.and_then(|text| Some(Source::new(VPath::new(DOCGEN_TOML)?, text)));
    Ok(source.map(DocgenToml::new))
}

/// A folder with docgen's own settings, or with settings that docgen takes for its own.
fn own(folder: &Path, wanted: Option<Flavour>) -> Result<Option<TreeRoot>> {
    let files = Folder::new(folder);
    let like_own = Flavour::with_own_settings(&files).is_some();
    let own = docgen_toml(folder)?;
    if own.is_none() && !like_own {
        return Ok(None);
    }
    let wanted = wanted.or(own.as_ref().and_then(DocgenToml::flavour));
    // Settings of docgen beside those of another generator are about its tree.
    let about = foreign(folder, wanted).filter(|_| wanted.is_some() || !like_own);
    if about.is_some() {
        return Ok(about.map(|place| with_own(place, folder, own)));
    }
    if let Some(flavour) = wanted.filter(|flavour| flavour.is_foreign()) {
        let place = of_settings(folder, flavours::read(flavour, &files, None));
        return Ok(Some(with_own(place, folder, own)));
    }
    Ok(Some(whole(folder.to_owned(), own)))
}

/// Adds the docgen.toml of a folder where that is the root: its paths read from there.
fn with_own(place: TreeRoot, folder: &Path, own: Option<DocgenToml>) -> TreeRoot {
    let own = own.filter(|_| place.path == folder);
    TreeRoot { own, ..place }
}

/// A folder with the settings of another generator.
fn foreign(folder: &Path, wanted: Option<Flavour>) -> Option<TreeRoot> {
    let files = Folder::new(folder);
    let (flavour, file) = match wanted {
        Some(wanted) if !wanted.is_foreign() => return None,
        Some(wanted) => (wanted, (wanted.recognise)(&files)?),
        None => flavours::detect(&files)?,
    };
    let mut settings = flavours::read(flavour, &files, Some(&file));
    settings.config.layout.reason = file;
    Some(of_settings(folder, settings))
}

/// The tree whose settings lie in a folder; its root is above where its pages are.
fn of_settings(folder: &Path, settings: Settings) -> TreeRoot {
    let up = settings.config.layout.folders().map(climbs).max().unwrap_or(0);
    // What lies outside of the repository is nobody's to publish, whatever the settings say.
    let top = folder.ancestors().position(|folder| folder.join(".git").exists());
    let up = top.map_or(up, |top| up.min(top));
    let root = folder.ancestors().nth(up).unwrap_or(folder).to_owned();
    let found = rebased(settings, folder, &root);
    let folders = folders_of(&found);
    TreeRoot { path: root, own: None, found: Some(found), folders, in_repository: None }
}

/// The same settings with paths that read from `root`, a folder above.
fn rebased(mut settings: Settings, folder: &Path, root: &Path) -> Settings {
    let prefix = folder.strip_prefix(root).ok().and_then(Path::to_str).unwrap_or_default();
    let prefix = prefix.replace('\\', "/");
    settings.config.move_below(&prefix);
    let layout = &mut settings.config.layout;
    layout.reason = joined(&prefix, &layout.reason);
    for source in &mut settings.sources {
        if let Some(path) = VPath::new(&joined(&prefix, source.path.as_str())) {
            *source = Source::new(path, std::mem::take(&mut source.text));
        }
    }
    settings
}

/// The folders and files that belong to the tree of another generator.
fn folders_of(found: &Settings) -> Vec<String> {
    let folders = found.config.layout.folders().map(str::to_owned);
    let components = format!("templates/{}", own_components::FOLDER.trim_end_matches('/'));
    folders.chain([DOCGEN_TOML.to_owned(), components]).collect()
}

/// Whether the tree has pages in, above or below a folder.
fn concerns(place: &TreeRoot, folder: &Path) -> bool {
    let Some(found) = &place.found else { return true };
    found.config.layout.mounts.iter().any(|mount| {
        let pages = crate::io::real_path(&place.path.join(&mount.folder));
        pages.is_dir() && (pages.starts_with(folder) || folder.starts_with(&pages))
    })
}

/// Names under which a repository keeps its documentation.
const USUAL: [&str; 7] = ["docs", "website", "doc", "site", "documentation", "book", "www"];

/// The tree below a folder, where a repository keeps its documentation: one level down, else two.
/// Of several on one level none is guessed; the error names them.
fn below(folder: &Path, wanted: Option<Flavour>) -> Result<Option<TreeRoot>> {
    let mut level = folders_in(folder);
    for _ in 0..2 {
        level.truncate(MAX_BELOW);
        let mut places = Vec::new();
        for path in &level {
            let place = with_settings(path, wanted)?.filter(|place| concerns(place, folder));
            places.extend(place.map(|place| (path, place)));
        }
        if places.len() > 1 {
            let names = places.iter().map(|(path, _)| path.strip_prefix(folder).unwrap_or(path));
            let names: Vec<String> = names.map(|name| format!("`{}`", name.display())).collect();
            let why = format!("there are several trees: {}; name one of them", names.join(", "));
            return Err(Error::at(folder, "cannot tell which documentation is meant", why));
        }
        if let Some((_, place)) = places.pop() {
            return Ok(Some(raised(place, folder)));
        }
        // One down, where either of the two names is a usual one.
        let inner = level.iter().flat_map(|path| {
            let usual = is_usual(path);
            folders_in(path).into_iter().filter(move |inner| usual || is_usual(inner))
        });
        level = inner.take(MAX_BELOW).collect();
    }
    Ok(None)
}

/// The tree whose settings lie in a folder, of any generator, docgen included.
fn with_settings(folder: &Path, wanted: Option<Flavour>) -> Result<Option<TreeRoot>> {
    if (has_docgen_toml(folder) || is_certain(folder))
        && let Some(place) = own(folder, wanted)?
    {
        return Ok(Some(place));
    }
    Ok(foreign(folder, wanted))
}

fn is_usual(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    USUAL.contains(&name)
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let names = Folder::new(folder).names("");
    let names = names.into_iter().filter(|name| !crate::io::never_content(name, true));
    names.map(|name| folder.join(name)).filter(|path| path.is_dir()).collect()
}

/// The tree of another generator with its root put up to `folder`, so that its paths read from
/// there; a tree with a docgen.toml stays where that is.
fn raised(place: TreeRoot, folder: &Path) -> TreeRoot {
    let Some(found) = place.found.clone().filter(|_| place.own.is_none()) else { return place };
    let found = rebased(found, &place.path, folder);
    let folders = folders_of(&found);
    TreeRoot { path: folder.to_owned(), found: Some(found), folders, ..place }
}

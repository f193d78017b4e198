//! Finds the tree around a path: its root, its settings, the folders that belong to it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::flavours::{self, Files, Settings};
use crate::config::layout::{climbs, joined};
use crate::config::{Flavour, native};
use crate::error::{Error, Result};
use crate::project::Found;
use crate::source::{Source, VPath};

/// How many folders above a path are asked where no repository says where to stop.
const MAX_ABOVE: usize = 4;
/// How many folders below a path are asked, level by level.
const MAX_BELOW: usize = 400;
/// A settings file is not larger.
const MAX_SETTINGS: u64 = 4 * 1024 * 1024;

/// A tree before it is read.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its root.
    pub root: PathBuf,
    /// The settings, where another generator publishes it.
    pub found: Option<Found>,
    /// The folders and files that belong to it, from the root; all when there are none.
    pub folders: Vec<String>,
    /// The path of the root inside its repository.
    pub in_repository: Option<String>,
}

/// A folder on disk, as the readers of settings look at it.
struct Folder<'p>(&'p Path);

impl Files for Folder<'_> {
    fn text(&self, path: &str) -> Option<String> {
        let path = self.0.join(path);
        let meta = fs::metadata(&path).ok()?;
        if !meta.is_file() || meta.len() > MAX_SETTINGS {
            return None;
        }
        String::from_utf8(fs::read(path).ok()?).ok()
    }

    fn is_file(&self, path: &str) -> bool {
        self.0.join(path).is_file()
    }

    fn is_folder(&self, path: &str) -> bool {
        self.0.join(path).is_dir()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(folder)).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }
}

/// The tree around `path`: the nearest folder at or above it with settings that concern it, else
/// the one below, else the folder itself. All commands find their tree in this way.
pub fn around(path: &Path, wanted: Option<Flavour>) -> Result<Place> {
    let meta = fs::metadata(path).map_err(|error| Error::at(path, "cannot open it", error))?;
    let real = crate::io::real_path(path);
    let folder =
        if meta.is_dir() { real.clone() } else { real.parent().unwrap_or(&real).to_owned() };
    let top = folder.ancestors().find(|folder| folder.join(".git").exists());
    for (level, above) in folder.ancestors().enumerate() {
        let near = top.map_or(level <= MAX_ABOVE, |top| above.starts_with(top));
        let ours = level == 0 || above.join("docgen.toml").is_file() || near && is_mintlify(above);
        if ours && let Some(place) = own(above, wanted) {
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
    Ok(at(&folder, wanted))
}

/// The tree of exactly this folder.
pub fn at(folder: &Path, wanted: Option<Flavour>) -> Place {
    let root = crate::io::real_path(folder);
    if let Some(place) = own(&root, wanted).or_else(|| foreign(&root, wanted)) {
        return place;
    }
    if let Some(flavour) = wanted.filter(|flavour| flavour.is_foreign()) {
        let settings = flavours::read(flavour, &Folder(&root), None);
        return placed(&root, settings);
    }
    whole(root)
}

fn whole(root: PathBuf) -> Place {
    let top = root.ancestors().find(|folder| folder.join(".git").exists());
    let inside = top.and_then(|top| root.strip_prefix(top).ok()?.to_str().map(str::to_owned));
    Place { root, found: None, folders: Vec::new(), in_repository: inside }
}

/// Whether a docs.json is Mintlify's: other programs may have a file of that name.
fn is_mintlify(folder: &Path) -> bool {
    let names = ["docs.json", "mint.json"];
    let texts = names.iter().filter_map(|name| Folder(folder).text(name));
    texts.into_iter().any(|text| text.contains("\"navigation\""))
}

/// A folder with docgen's own settings, or Mintlify's.
fn own(folder: &Path, wanted: Option<Flavour>) -> Option<Place> {
    let settings = ["docgen.toml", "docs.json", "mint.json"];
    if !settings.iter().any(|name| folder.join(name).is_file()) {
        return None;
    }
    let asked = Folder(folder).text("docgen.toml").and_then(|text| native::flavour(&text));
    if let Some(place) = foreign(folder, wanted.or(asked)) {
        let mintlify = folder.join("docs.json").is_file() || folder.join("mint.json").is_file();
        // Settings of docgen beside those of another generator are about its tree.
        if wanted.or(asked).is_some() || !mintlify {
            return Some(place);
        }
    }
    if wanted.or(asked).is_some_and(Flavour::is_foreign) {
        let settings = flavours::read(wanted.or(asked)?, &Folder(folder), None);
        return Some(placed(folder, settings));
    }
    Some(whole(folder.to_owned()))
}

/// A folder with the settings of another generator.
fn foreign(folder: &Path, wanted: Option<Flavour>) -> Option<Place> {
    let files = Folder(folder);
    let (flavour, file) = match wanted {
        Some(wanted) if !wanted.is_foreign() => return None,
        Some(wanted) => (wanted, (wanted.recognise)(&files)?),
        None => flavours::detect(&files)?,
    };
    let mut settings = flavours::read(flavour, &files, Some(&file));
    settings.config.layout.reason = file;
    Some(placed(folder, settings))
}

/// The place of a tree whose settings lie in `project`; its root is above where its folders are.
fn placed(project: &Path, settings: Settings) -> Place {
    let Settings { mut config, mut sources } = settings;
    let up = config.layout.folders().map(climbs).max().unwrap_or(0);
    // What lies outside of the repository is nobody's to publish, whatever the settings say.
    let top = project.ancestors().position(|folder| folder.join(".git").exists());
    let up = top.map_or(up, |top| up.min(top));
    let root = project.ancestors().nth(up).unwrap_or(project).to_owned();
    let prefix = project.strip_prefix(&root).ok().and_then(Path::to_str).unwrap_or_default();
    let prefix = prefix.replace('\\', "/");
    config.move_below(&prefix);
    config.layout.reason = joined(&prefix, &config.layout.reason);
    for source in &mut sources {
        if let Some(path) = VPath::new(&format!("{prefix}/{}", source.path)) {
            *source = Source::new(path, std::mem::take(&mut source.text));
        }
    }
    let mut folders: Vec<String> = config.layout.folders().map(str::to_owned).collect();
    folders.push("docgen.toml".to_owned());
    Place { root, found: Some(Found { config, sources }), folders, in_repository: None }
}

/// Whether the tree has pages in, above or below a folder.
fn concerns(place: &Place, folder: &Path) -> bool {
    let Some(found) = &place.found else { return true };
    found.config.layout.mounts.iter().any(|mount| {
        let pages = crate::io::real_path(&place.root.join(&mount.folder));
        pages.is_dir() && (pages.starts_with(folder) || folder.starts_with(&pages))
    })
}

/// Names under which a repository keeps its documentation.
const USUAL: [&str; 7] = ["docs", "website", "doc", "site", "documentation", "book", "www"];

/// The tree below a folder, where a repository keeps its documentation: one level down, else two.
/// Of several on one level none is guessed; the error names them.
fn below(folder: &Path, wanted: Option<Flavour>) -> Result<Option<Place>> {
    let mut level = folders_in(folder);
    for _ in 0..2 {
        level.truncate(MAX_BELOW);
        let mut places: Vec<(&PathBuf, Place)> = level
            .iter()
            .filter_map(|path| Some((path, settled(path, wanted)?)))
            .filter(|(_, place)| concerns(place, folder))
            .collect();
        if places.len() > 1 {
            let names = places.iter().map(|(path, _)| path.strip_prefix(folder).unwrap_or(path));
            let names: Vec<String> = names.map(|name| format!("`{}`", name.display())).collect();
            let why = format!("there are several trees: {}; name one of them", names.join(", "));
            return Err(Error::at(folder, "cannot tell which documentation is meant", why));
        }
        if let Some((_, mut place)) = places.pop() {
            rise(&mut place, folder);
            return Ok(Some(place));
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
fn settled(folder: &Path, wanted: Option<Flavour>) -> Option<Place> {
    let ours = folder.join("docgen.toml").is_file() || is_mintlify(folder);
    ours.then(|| own(folder, wanted)).flatten().or_else(|| foreign(folder, wanted))
}

fn is_usual(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    USUAL.contains(&name)
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let names = Folder(folder).names("");
    let names = names.into_iter().filter(|name| !crate::io::never_content(name, true));
    names.map(|name| folder.join(name)).filter(|path| path.is_dir()).collect()
}

/// Puts the root of a place up to `folder`, so that its paths read from there.
fn rise(place: &mut Place, folder: &Path) {
    let Ok(prefix) = place.root.strip_prefix(folder) else { return };
    let prefix = prefix.to_str().unwrap_or_default().replace('\\', "/");
    let Some(found) = &mut place.found else { return };
    found.config.move_below(&prefix);
    found.config.layout.reason = joined(&prefix, &found.config.layout.reason);
    for source in &mut found.sources {
        if let Some(path) = VPath::new(&format!("{prefix}/{}", source.path)) {
            *source = Source::new(path, std::mem::take(&mut source.text));
        }
    }
    let folders = found.config.layout.folders().map(str::to_owned);
    place.folders = folders.chain(["docgen.toml".to_owned()]).collect();
    place.root = folder.to_owned();
}

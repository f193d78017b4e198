//! From the settings files of a tree to its settings.

use super::inputs::Overrides;
use super::tree::{Text, Tree};
use crate::config::flavours::{self, Files};
use crate::config::layout::Layout;
use crate::config::{Config, ConfigFault, Flavour, native};
use crate::error::{Error, Result};
use crate::source::{Source, VPath};

/// Settings of another generator, found before the tree was read.
#[derive(Clone, Debug)]
pub struct Found {
    /// The settings.
    pub config: Config,
    /// The files.
    pub sources: Vec<Source>,
}

/// A tree, as the readers of settings look at it.
struct Names<'t>(&'t dyn Tree);

impl Files for Names<'_> {
    fn text(&self, path: &str) -> Option<String> {
        match self.0.text(&VPath::new(path)?) {
            Text::Ok(text) => Some(text),
            _ => None,
        }
    }

    fn is_file(&self, path: &str) -> bool {
        VPath::new(path).is_some_and(|path| self.0.files().contains(&path))
    }

    fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || !self.names(path).is_empty()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let inside = self.0.files().iter().filter_map(|path| path.as_str().strip_prefix(&prefix));
        let mut names: Vec<String> =
            inside.map(|rest| rest.split('/').next().unwrap_or(rest).to_owned()).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// The settings of a tree, and the files they were read from.
pub fn settings(tree: &dyn Tree, overrides: &Overrides) -> Result<(Config, Vec<Source>)> {
    let own = match &overrides.config {
        Some((name, text)) => Some(Source::new(file_path(name), text.clone())),
        None => read_setting(tree, "docgen.toml")?,
    };
    let asked = own.as_ref().and_then(|source| native::flavour(&source.text));
    let wanted = overrides.flavour.or(asked);
    let why = match (overrides.flavour, asked) {
        (Some(_), _) => "asked for",
        (None, Some(_)) => "docgen.toml",
        _ => "",
    };
    let (mut config, mut sources) = match found(tree, overrides, wanted)? {
        Some(found) => (found.config, found.sources),
        None => of_own_kind(tree, own.is_some(), wanted)?,
    };
    if !why.is_empty() {
        config.layout.reason = why.to_owned();
    }
    if let Some(source) = own {
        let flavour = config.flavour;
        config = native::read(&source.path, &source.text, config, overrides.rules)
            .map_err(|faults| refuse(&source, &faults))?;
        // The command line goes before the settings.
        config.flavour = flavour;
        sources.push(source);
    }
    let Config { layout, content, .. } = &mut config;
    match layout.mounts.first_mut() {
        Some(first) => first.folder.clone_from(content),
        None => layout.mounts = Layout::of_folder(content).mounts,
    }
    Ok((config, sources))
}

/// The settings of a tree that another generator publishes.
fn found(tree: &dyn Tree, overrides: &Overrides, wanted: Option<Flavour>) -> Result<Option<Found>> {
    if wanted.is_some_and(|flavour| !flavour.is_foreign()) {
        return Ok(None);
    }
    if let Some(found) = &overrides.found {
        return Ok(Some(found.clone()));
    }
    let files = Names(tree);
    if wanted.is_none() && files.is_file("docs.json") {
        return Ok(None);
    }
    let detected = flavours::detect(&files);
    let file = detected.as_ref().filter(|(one, _)| wanted.is_none_or(|wanted| *one == wanted));
    let Some(flavour) = wanted.or(file.map(|(flavour, _)| *flavour)) else { return Ok(None) };
    let settings = flavours::read(flavour, &files, file.map(|(_, file)| file.as_str()));
    Ok(Some(Found { config: settings.config, sources: settings.sources }))
}

/// The settings of a tree that docgen publishes: native, Mintlify's, or none.
fn of_own_kind(
    tree: &dyn Tree,
    has_own: bool,
    wanted: Option<Flavour>,
) -> Result<(Config, Vec<Source>)> {
    let flavour = wanted.unwrap_or_else(|| Flavour::own(&Names(tree), has_own));
    let mut config = Config::new(flavour);
    if !tree.files().iter().any(|path| path.as_str().starts_with("content/")) {
        config.content = String::new();
    }
    let mut sources = Vec::new();
    let mut reason =
        if has_own { "docgen.toml".to_owned() } else { "no settings of a generator".into() };
    if let Some(own) = &flavour.own_settings
        && let Some(name) = first_file(tree, own.files)
        && let Some(source) = read_setting(tree, name)?
    {
        let load = |name: &str| {
            let path = source.path.join(name)?;
            tree.files().contains(&path).then_some(())?;
            read(tree, &path).ok()
        };
        config = (own.read)(&source.path, &source.text, config, &load)
            .map_err(|faults| refuse(&source, &faults))?;
        if let Some(style) = flavour.root_stylesheet.filter(|name| Names(tree).is_file(name)) {
            config.stylesheets.push(format!("/{style}"));
        }
        reason = source.path.to_string();
        sources.push(source);
    }
    if flavour.guesses_generator
        && let Some(name) = flavours::unknown_generator(&Names(tree))
    {
        reason = format!("no settings of a generator that docgen knows; it looks like {name}");
        config.layout.maker = Some(name.to_owned());
    }
    config.layout.reason = reason;
    Ok((config, sources))
}

/// The first of these names that is a file of the tree.
fn first_file(tree: &dyn Tree, names: &'static [&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|name| Names(tree).is_file(name))
}

fn file_path(name: &str) -> VPath {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    VPath::new(name)
        .or_else(|| VPath::new("docgen.toml"))
        .expect("a file name stays inside the root")
}

fn read_setting(tree: &dyn Tree, name: &str) -> Result<Option<Source>> {
    let Some(path) = tree.files().iter().find(|path| path.as_str() == name) else {
        return Ok(None);
    };
    Ok(Some(Source::new(path.clone(), read(tree, path)?)))
}

pub(super) fn read(tree: &dyn Tree, path: &VPath) -> Result<String> {
    match tree.text(path) {
        Text::Ok(text) => Ok(text),
        Text::NotUtf8 { at, .. } => Err(Error::new(format!("{path}: not UTF-8 from byte {at} on"))),
        Text::Unreadable(why) => Err(Error::new(format!("{path}: cannot read it: {why}"))),
    }
}

/// All faults of a settings file as one failure, each with its position.
fn refuse(source: &Source, faults: &[ConfigFault]) -> Error {
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| {
            let at = source.position(fault.span.start);
            let help = fault.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
            format!("{}:{}:{}: {}{help}", source.path, at.line, at.column, fault.message)
        })
        .collect();
    Error::new(lines.join("\n"))
}

//! Reads the settings of a tree from its settings files.

use super::options::Options;
use super::tree::{Text, Tree};
use crate::config::flavours::{self, DOCGEN_TOML, Files, Settings};
use crate::config::layout::Layout;
use crate::config::native::DocgenToml;
use crate::config::{Config, ConfigFault, Flavour};
use crate::diagnostic::Finding;
use crate::error::{Error, Result};
use crate::source::{Source, VPath};

/// How the settings of a tree are read.
#[derive(Clone, Debug, Default)]
pub struct SettingsRequest {
    /// The options of the run.
    pub options: Options,
    /// docgen.toml, if it was read already, or the file that replaces it.
    pub own: Option<DocgenToml>,
    /// The settings of another generator, if they were found already.
    pub found: Option<Settings>,
    /// The path of the tree inside its repository, for links from the top of that.
    pub in_repository: Option<String>,
    /// The names of all rules, which settings can give a severity; empty accepts any name.
    pub rules: &'static [&'static str],
}

/// The files of a tree, for readers of settings.
struct TreeFiles<'t>(&'t dyn Tree);

impl Files for TreeFiles<'_> {
    fn load(&self, path: &str) -> Result<Option<String>> {
        let Some(path) = VPath::new(path).filter(|path| self.is_file(path.as_str())) else {
            return Ok(None);
        };
        read(self.0, &path).map(Some)
    }

    fn is_file(&self, path: &str) -> bool {
        VPath::new(path).is_some_and(|path| {
            // A generator may be recognised by a hidden file, which a tree does not list.
            self.0.files().contains(&path)
                || path.withheld(|_| false).is_some() && matches!(self.0.text(&path), Text::Ok(_))
        })
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

/// The settings of a tree whose files have been listed.
pub fn settings_of_tree(tree: &dyn Tree, request: &SettingsRequest) -> Result<Settings> {
    settings(&TreeFiles(tree), request)
}

/// The settings of a tree, and the files they were read from.
pub fn settings(files: &dyn Files, request: &SettingsRequest) -> Result<Settings> {
    let own = match &request.own {
        Some(own) => Some(own.clone()),
        None => load(files, DOCGEN_TOML)?.map(DocgenToml::new),
    };
    let asked = own.as_ref().and_then(DocgenToml::flavour);
    let wanted = request.options.flavour.or(asked);
    let why = match (request.options.flavour, asked) {
        (Some(_), _) => "asked for",
        (None, Some(_)) => DOCGEN_TOML,
        _ => "",
    };
    let Settings { mut config, mut sources } = match foreign(files, request, wanted) {
        Some(found) => found,
        None => of_own_kind(files, own.is_some(), wanted)?,
    };
    if !why.is_empty() {
        config.layout.reason = why.to_owned();
    }
    if let Some(own) = own {
        let flavour = config.flavour;
        config = own.read(config, request.rules).map_err(|faults| refuse(&own.source, &faults))?;
        // The command line overrides the settings.
        config.flavour = flavour;
        sources.push(own.source);
    }
    let Config { layout, content, .. } = &mut config;
    match layout.mounts.first_mut() {
        Some(first) => first.folder.clone_from(content),
        None => layout.mounts = Layout::of_folder(content).mounts,
    }
    if config.flavour.links.files_only {
        config.layout.base.clone_from(&request.in_repository);
    }
    request.options.apply(&mut config);
    Ok(Settings { config, sources })
}

/// The settings of a tree that another generator publishes.
fn foreign(
    files: &dyn Files,
    request: &SettingsRequest,
    wanted: Option<Flavour>,
) -> Option<Settings> {
    if wanted.is_some_and(|flavour| !flavour.is_foreign()) {
        return None;
    }
    if let Some(found) = &request.found {
        return Some(found.clone());
    }
    if wanted.is_none() && Flavour::with_own_settings(files).is_some() {
        return None;
    }
    let detected = flavours::detect(files);
    let file = detected.as_ref().filter(|(one, _)| wanted.is_none_or(|wanted| *one == wanted));
    let flavour = wanted.or(file.map(|(flavour, _)| *flavour))?;
    Some(flavours::read(flavour, files, file.map(|(_, file)| file.as_str())))
}

/// The settings of a tree that docgen publishes: native, those of a generator whose settings docgen
/// reads as its own, or none.
fn of_own_kind(files: &dyn Files, has_own: bool, wanted: Option<Flavour>) -> Result<Settings> {
    let flavour = wanted.unwrap_or_else(|| Flavour::own(files, has_own));
    let mut config = Config::new(flavour);
    if files.names("content").is_empty() {
        config.content = String::new();
    }
    let mut sources = Vec::new();
    let mut reason =
        if has_own { DOCGEN_TOML.to_owned() } else { "no settings of a generator".into() };
    if let Some(own) = &flavour.own_settings
        && let Some(name) = own.files.iter().find(|name| files.is_file(name))
        && let Some(source) = load(files, name)?
    {
        let named = |name: &str| {
            let path = source.path.join(name)?;
            // What a settings file names is published, so it must be a file that readers may see.
            path.withheld(|_| false).is_none().then_some(())?;
            files.text(path.as_str())
        };
        config = (own.read)(&source.path, &source.text, config, &named)
            .map_err(|faults| refuse(&source, &faults))?;
        if let Some(style) = flavour.root_stylesheet.filter(|name| files.is_file(name)) {
            config.stylesheets.push(format!("/{style}"));
        }
        reason = source.path.to_string();
        sources.push(source);
    }
    if flavour.guesses_generator
        && let Some(name) = flavours::unknown_generator(files)
    {
        reason = format!("no settings of a generator that docgen knows; it looks like {name}");
        config.layout.maker = Some(name.to_owned());
    }
    config.layout.reason = reason;
    Ok(Settings { config, sources })
}

fn load(files: &dyn Files, name: &str) -> Result<Option<Source>> {
    let text = files.load(name)?;
    Ok(text.and_then(|text| Some(Source::new(VPath::new(name)?, text))))
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
    let found = faults.iter().map(|fault| {
        Finding::new(&source.path, fault.span, &fault.message).maybe_help(fault.help.clone())
    });
    Error::in_file(source.clone(), found.collect())
}

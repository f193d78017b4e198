//! From names and texts to what a site is made of: settings, pages, assets, theme, truths.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::tree::{MemoryTree, Text, Tree};
use crate::check::rules::RULES;
use crate::check::truths::{BoundCommand, BoundSchema, Truths};
use crate::config::{Config, ConfigFault, Flavour, mintlify, native};
use crate::diagnostic::{Finding, Severity};
use crate::error::{Error, Result};
use crate::site::route;
use crate::source::{Source, Span, VPath};
use crate::truth::schema::Schema;
use crate::truth::spec::CommandSpec;

/// What the command line says against the settings.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The settings file and its text, in place of docgen.toml.
    pub config: Option<(String, String)>,
    /// Where the site will stand.
    pub base_url: Option<String>,
    /// When to stop.
    pub gate: Option<crate::config::Gate>,
}

/// A page before it is parsed.
#[derive(Debug)]
pub struct InputPage {
    /// Its text.
    pub source: Source,
    /// Its path inside the folder of pages.
    pub content_path: String,
    /// What is wrong with its encoding.
    pub fault: Option<(Span, String)>,
}

/// Everything that a site is made of.
pub struct Inputs {
    /// The settings.
    pub config: Config,
    /// The settings files.
    pub settings: Vec<Source>,
    /// The pages, sorted by path.
    pub pages: Vec<InputPage>,
    /// Files that are published as they are: published path and file.
    pub assets: BTreeMap<String, VPath>,
    /// The site's own templates: name and text.
    pub templates: Vec<(String, String)>,
    /// Schemas and specifications.
    pub truths: Truths,
    /// What went wrong: the rule it is reported under, and what.
    pub faults: Vec<(&'static str, Finding)>,
}

impl Inputs {
    /// Inputs from texts in memory.
    pub fn from_texts(files: Vec<(String, String)>) -> Result<Self> {
        Self::load(&MemoryTree::new(files), &Overrides::default())
    }

    /// Inputs from a tree.
    pub fn load(tree: &dyn Tree, overrides: &Overrides) -> Result<Self> {
        let (mut config, settings) = settings(tree, overrides)?;
        if let Some(url) = &overrides.base_url {
            config.base_url = Some(url.trim_end_matches('/').to_owned());
        }
        config.gate = overrides.gate.unwrap_or(config.gate);
        let truths = truths(tree, &config)?;
        let mut inputs = Self {
            config,
            settings,
            pages: Vec::new(),
            assets: BTreeMap::new(),
            templates: Vec::new(),
            truths,
            faults: Vec::new(),
        };
        inputs.sort_files(tree);
        inputs.add_skipped(tree);
        Ok(inputs)
    }

    /// Sorts the files into pages, assets and theme, and reads the pages.
    fn sort_files(&mut self, tree: &dyn Tree) {
        let prefix = if self.config.content.is_empty() {
            String::new()
        } else {
            format!("{}/", self.config.content)
        };
        let native = self.config.flavour == Flavour::Native;
        let mut pages = Vec::new();
        for path in tree.files() {
            let name = path.as_str();
            let theme =
                native || self.config.flavour == Flavour::Mintlify && !self.settings.is_empty();
            if let Some(template) =
                name.strip_prefix("templates/").filter(|_| theme && name.ends_with(".html"))
            {
                self.read_template(tree, path, template);
            } else if let Some(file) = name.strip_prefix("static/").filter(|_| native) {
                self.assets.insert(format!("docgen/{file}"), path.clone());
            } else if let Some(inside) = name.strip_prefix(&prefix) {
                if route::is_page(inside) {
                    pages.push((path.clone(), inside.to_owned()));
                } else if !self.is_setting(path) {
                    self.assets.insert(inside.to_owned(), path.clone());
                }
            }
        }
        let read: Vec<(Option<InputPage>, Option<Finding>)> =
            pages.into_par_iter().map(|(path, inside)| read_page(tree, path, inside)).collect();
        for (page, fault) in read {
            self.pages.extend(page);
            self.faults.extend(fault.map(|fault| ("unreadable-file", fault)));
        }
    }

    fn is_setting(&self, path: &VPath) -> bool {
        self.settings.iter().any(|source| source.path == *path)
            || matches!(path.as_str(), "docgen.toml" | "docs.json")
    }

    fn read_template(&mut self, tree: &dyn Tree, path: &VPath, name: &str) {
        match tree.text(path) {
            Text::Ok(text) => self.templates.push((name.to_owned(), text)),
            Text::NotUtf8 { at, .. } => {
                let finding = Finding::new(path, Span::new(at, at), "this template is not UTF-8");
                self.faults.push(("template-error", finding));
            }
            Text::Unreadable(why) => {
                let finding = Finding::new(
                    path,
                    Span::new(0, 0),
                    format!("cannot read this template: {why}"),
                );
                self.faults.push(("template-error", finding));
            }
        }
    }

    fn add_skipped(&mut self, tree: &dyn Tree) {
        for (path, reason) in tree.skipped() {
            let Some(vpath) = VPath::new(&path) else { continue };
            // Something with the name of a page was meant to be one, and would be missing.
            let page = route::is_page(&path);
            let severity = if page { Severity::Error } else { Severity::Warning };
            let finding = Finding::new(&vpath, Span::new(0, 0), format!("not read: {reason}"));
            self.faults.push(("unreadable-file", finding.severity(severity)));
        }
    }
}

fn read_page(
    tree: &dyn Tree,
    path: VPath,
    content_path: String,
) -> (Option<InputPage>, Option<Finding>) {
    let (text, fault) = match tree.text(&path) {
        Text::Ok(text) => (text, None),
        Text::NotUtf8 { at, lossy } => {
            let span = Span::new(at, at + 1).clamped(&lossy);
            (
                lossy,
                Some((
                    span,
                    format!("not UTF-8 from byte {at} on; bad bytes are shown as `\u{fffd}`"),
                )),
            )
        }
        Text::Unreadable(why) => {
            let finding =
                Finding::new(&path, Span::new(0, 0), format!("cannot read this page: {why}"));
            return (None, Some(finding));
        }
    };
    (Some(InputPage { source: Source::new(path, text), content_path, fault }), None)
}

/// The settings of a tree, and the files they were read from.
fn settings(tree: &dyn Tree, overrides: &Overrides) -> Result<(Config, Vec<Source>)> {
    let own = match &overrides.config {
        Some((name, text)) => Some(Source::new(file_path(name), text.clone())),
        None => read_setting(tree, "docgen.toml")?,
    };
    let mintlify_file = read_setting(tree, "docs.json")?;
    let wanted = own.as_ref().and_then(|source| native::flavour(&source.text));
    let flavour = wanted.unwrap_or(match (&mintlify_file, &own) {
        (Some(_), _) => Flavour::Mintlify,
        (None, Some(_)) => Flavour::Native,
        (None, None) => Flavour::Plain,
    });
    let mut config = Config::new(flavour);
    if !tree.files().iter().any(|path| path.as_str().starts_with("content/")) {
        config.content = String::new();
    }
    let mut sources = Vec::new();
    if let Some(source) = mintlify_file.filter(|_| flavour == Flavour::Mintlify) {
        config = mintlify::read(&source.path, &source.text, config)
            .map_err(|faults| refuse(&source, &faults))?;
        // Mintlify loads a style sheet at the root by itself.
        if tree.files().iter().any(|path| path.as_str() == "style.css") {
            config.stylesheets.push("/style.css".to_owned());
        }
        sources.push(source);
    }
    if let Some(source) = own {
        let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        config = native::read(&source.path, &source.text, config, &names)
            .map_err(|faults| refuse(&source, &faults))?;
        sources.push(source);
    }
    Ok((config, sources))
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

fn read(tree: &dyn Tree, path: &VPath) -> Result<String> {
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

fn truths(tree: &dyn Tree, config: &Config) -> Result<Truths> {
    let mut truths = Truths::default();
    for binding in &config.schemas {
        let text = read_bound(tree, &binding.file)?;
        let fail = |why: String| Error::new(format!("{}: {why}", binding.file));
        let schema = Schema::load(&binding.name, &text).map_err(fail)?;
        let bound = BoundSchema::new(binding.clone(), schema)
            .map_err(|why| Error::new(format!("{}: {why}", binding.file)))?;
        truths.schemas.push(bound);
    }
    for binding in &config.commands {
        let text = read_bound(tree, &binding.spec)?;
        let json = binding.spec.extension() == Some("json");
        let spec = CommandSpec::load(&text, json)
            .map_err(|why| Error::new(format!("{}: {why}", binding.spec)))?;
        if spec.name != binding.name {
            let message =
                format!("{}: it specifies `{}`, not `{}`", binding.spec, spec.name, binding.name);
            return Err(Error::new(message));
        }
        truths.commands.push(BoundCommand::new(binding, spec));
    }
    Ok(truths)
}

fn read_bound(tree: &dyn Tree, path: &VPath) -> Result<String> {
    if tree.files().binary_search(path).is_err() {
        return Err(Error::new(format!(
            "{path}: there is no such file in the tree, and the settings name it"
        )));
    }
    read(tree, path)
}

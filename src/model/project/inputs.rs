//! The inputs of a site, read from a tree: settings, pages, assets, theme, bindings.

use std::collections::BTreeMap;
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rayon::prelude::*;

use super::bindings::{Bindings, BoundCommand, BoundSchema};
use super::expansion::Expansions;
use super::faults::{LoadFault, LoadFaults};
use super::input_page::InputPage;
use super::settings::{SettingsRequest, read, settings_of_tree};
use super::shared_pages::SharedPages;
use super::tree::{MemoryTree, Skipped, Text, Tree};
use crate::config::flavours::policy::Templates;
use crate::config::flavours::{DOCGEN_TOML, Settings};
use crate::config::layout::{inside, joined};
use crate::config::{Config, Flavour, GlossaryFile};
use crate::diagnostic::{Finding, Severity};
use crate::error::{Error, Result};
use crate::markdown::facts_cache::FactsCache;
use crate::markdown::glossary::Glossary;
use crate::markdown::own_components::{self, OwnComponent};
use crate::site::index::Page;
use crate::site::route;
use crate::source::{Source, Span, VPath};
use crate::truth::command::CommandSpec;
use crate::truth::schema::Schema;

/// What was made already for a tree that is nearly the same, and need not be made again.
#[derive(Clone, Default)]
pub struct Reuse {
    /// Facts of pages with the same text.
    pub facts_cache: Arc<FactsCache>,
    /// Schemas and specifications.
    pub bindings: Option<Arc<Bindings>>,
    /// Pages.
    pub pages: Option<Arc<SharedPages>>,
}

/// Everything that a model is made from.
pub struct Inputs {
    /// The settings.
    pub config: Config,
    /// The settings files.
    pub settings: Vec<Source>,
    /// The pages, sorted by path.
    pub pages: Vec<InputPage>,
    /// Pages that have already been parsed.
    pub made: Vec<Arc<Page>>,
    /// The pages that are made of several files.
    pub expansions: Expansions,
    /// Files that are published as they are: published path and file.
    pub assets: BTreeMap<String, VPath>,
    /// The site's own templates: name and text.
    pub templates: Vec<(String, String)>,
    /// Schemas and specifications.
    pub bindings: Arc<Bindings>,
    /// Faults from reading.
    pub faults: LoadFaults,
    /// Facts that need not be found again.
    pub facts_cache: Arc<FactsCache>,
}

impl Inputs {
    /// Inputs from texts in memory.
    pub fn from_texts(files: Vec<(String, String)>) -> Result<Self> {
        Self::of_tree(&MemoryTree::new(files))
    }

    /// Inputs from a tree, with the settings that it has.
    pub fn of_tree(tree: &dyn Tree) -> Result<Self> {
        let settings = settings_of_tree(tree, &SettingsRequest::default())?;
        Self::load(tree, settings, &Reuse::default())
    }

    /// Inputs from a tree whose settings were read.
    pub fn load(tree: &dyn Tree, settings: Settings, reuse: &Reuse) -> Result<Self> {
        let Settings { config, sources: settings } = settings;
        let bindings = match &reuse.bindings {
            Some(bindings) => Arc::clone(bindings),
            None => Arc::new(bindings(tree, &config)?),
        };
        let mut inputs = Self {
            config,
            settings,
            pages: Vec::new(),
            made: Vec::new(),
            expansions: Expansions::default(),
            assets: BTreeMap::new(),
            templates: Vec::new(),
            bindings,
            faults: Vec::new(),
            facts_cache: Arc::clone(&reuse.facts_cache),
        };
        let pages = if inputs.config.flavour.is_foreign() {
            inputs.sort_by_layout(tree)
        } else {
            inputs.sort_files(tree)
        };
        inputs.find_own_components();
        inputs.read_glossary(tree);
        inputs.read_pages(tree, pages, reuse.pages.as_deref());
        for (path, why) in &inputs.config.layout.notes {
            let message = format!("cannot read these settings: {why}");
            let finding = Finding::new(path, Span::new(0, 0), message).help(
                "the defaults of the generator apply; pages that these settings add are not known",
            );
            inputs.faults.push((LoadFault::UnreadableFile, finding.severity(Severity::Note)));
        }
        let (expansions, faults) = Expansions::new(tree, &inputs.config, &mut inputs.pages);
        inputs.expansions = expansions;
        inputs.faults.extend(faults);
        inputs.add_skipped(tree);
        let code = super::addresses::faults(&inputs.config, &inputs.settings);
        inputs.faults.extend(code.into_iter().map(|fault| (LoadFault::CodeAddress, fault)));
        Ok(inputs)
    }

    /// Sorts the files into pages, assets and theme.
    fn sort_files(&mut self, tree: &dyn Tree) -> Vec<Listed> {
        let prefix = if self.config.content.is_empty() {
            String::new()
        } else {
            format!("{}/", self.config.content)
        };
        let flavour = self.config.flavour;
        let theme = match flavour.templates {
            Templates::Always => true,
            Templates::WithSettings => !self.settings.is_empty(),
            Templates::Never => false,
        };
        let mut pages = Vec::new();
        for path in shown(tree) {
            let name = path.as_str();
            if let Some(template) =
                name.strip_prefix("templates/").filter(|_| theme && name.ends_with(".html"))
            {
                self.read_template(tree, path, template);
            } else if let Some(file) = flavour.static_folder.and_then(|at| name.strip_prefix(at)) {
                self.assets.insert(format!("docgen/{file}"), path.clone());
            } else if let Some(inside) = name.strip_prefix(&prefix) {
                if route::is_page(inside) {
                    pages.push((path.clone(), inside.to_owned(), None));
                } else if !self.is_setting(path) {
                    self.assets.insert(inside.to_owned(), path.clone());
                }
            }
        }
        pages
    }

    /// Sorts the files of a tree that another generator publishes.
    fn sort_by_layout(&mut self, tree: &dyn Tree) -> Vec<Listed> {
        let layout = &self.config.layout;
        let mut excluded = GitignoreBuilder::new("");
        for pattern in &layout.excluded {
            // A line that is no pattern is passed over, as git does.
            let _ = excluded.add_line(None, pattern);
        }
        let excluded = excluded.build().unwrap_or_else(|_| Gitignore::empty());
        let mut pages = Vec::new();
        let mut unlisted = Vec::new();
        let mut templates = Vec::new();
        // A folder of this name may be anything where nobody asked for docgen.
        let asked = self.settings.iter().any(|source| source.path.as_str() == DOCGEN_TOML);
        for path in shown(tree) {
            let name = path.as_str();
            if self.is_setting(path) {
                continue;
            }
            if let Some(template) = name.strip_prefix("templates/").filter(|template| {
                asked && template.starts_with(own_components::FOLDER) && template.ends_with(".html")
            }) {
                templates.push((path, template));
                continue;
            }
            if let Some(published) = layout.static_path(name) {
                self.assets.insert(published, path.clone());
                continue;
            }
            let Some((at, inside)) = layout.mount_of(name) else { continue };
            if excluded.matched_path_or_any_parents(inside, false).is_ignore() {
                continue;
            }
            let listed =
                layout.listed.as_ref().is_none_or(|all| all.iter().any(|one| one == inside));
            let content_path = joined(&layout.mounts[at].at, inside);
            if !route::is_page(inside) {
                self.assets.insert(content_path, path.clone());
            } else if listed {
                pages.push((path.clone(), content_path, Some((at, inside.to_owned()))));
            } else {
                unlisted.push(content_path);
            }
        }
        self.config.layout.unlisted = unlisted;
        for (path, template) in templates {
            self.read_template(tree, path, template);
        }
        pages
    }

    fn read_pages(
        &mut self,
        tree: &dyn Tree,
        mut pages: Vec<Listed>,
        earlier: Option<&SharedPages>,
    ) {
        if let Some(earlier) = earlier.filter(|earlier| earlier.fits(&self.config)) {
            pages.retain(|(path, content_path, place)| {
                let mount = place.as_ref().map(|(at, _)| *at);
                let made = earlier.page(path, content_path, mount);
                self.made.extend(made.cloned());
                made.is_none()
            });
        }
        let read: Vec<(Option<InputPage>, Option<Finding>)> =
            pages.into_par_iter().map(|listed| read_page(tree, listed)).collect();
        for (page, fault) in read {
            self.pages.extend(page);
            self.faults.extend(fault.map(|fault| (LoadFault::UnreadableFile, fault)));
        }
    }

    fn is_setting(&self, path: &VPath) -> bool {
        self.settings.iter().any(|source| source.path == *path)
            || Flavour::is_settings_file(path.as_str())
    }

    fn read_template(&mut self, tree: &dyn Tree, path: &VPath, name: &str) {
        match tree.text(path) {
            Text::Ok(text) => self.templates.push((name.to_owned(), text)),
            Text::NotUtf8 { at, .. } => {
                let finding = Finding::new(path, Span::new(at, at), "this template is not UTF-8");
                self.faults.push((LoadFault::Template, finding));
            }
            Text::Unreadable(why) => {
                let finding = Finding::new(
                    path,
                    Span::new(0, 0),
                    format!("cannot read this template: {why}"),
                );
                self.faults.push((LoadFault::Template, finding));
            }
        }
    }

    /// Finds the components of the site among its templates.
    fn find_own_components(&mut self) {
        for (template, text) in &self.templates {
            let Some(name) = own_components::name_of(template) else { continue };
            let path = VPath::new(&format!("templates/{template}"));
            let clash = if own_components::is_built_in(&name) {
                // Another template may use it as a part of its own.
                let quoted = [format!("\"{template}\""), format!("'{template}'")];
                let is_part = |text: &str| quoted.iter().any(|name| text.contains(name));
                if self.templates.iter().any(|(_, text)| is_part(text)) {
                    continue;
                }
                format!("docgen has a component `<{name}>` itself: this template is not used")
            } else if let Some(other) = self.config.own_components.get(&name) {
                format!("`<{name}>` is the component of `templates/{}` already", other.template)
            } else {
                let component = OwnComponent::new(template, text);
                self.config.own_components.insert(name, component);
                continue;
            };
            if let Some(path) = path {
                let finding = Finding::new(&path, Span::new(0, 0), clash);
                let finding = finding.help("give the file the name of another component");
                self.faults.push((LoadFault::Template, finding));
            }
        }
    }

    /// Reads the glossary that the settings name.
    fn read_glossary(&mut self, tree: &dyn Tree) {
        let Some(GlossaryFile { file, settings, span }) = &self.config.glossary_file else {
            return;
        };
        let why = match (tree.withheld(file), tree.text(file)) {
            (Some(why), _) => why,
            (None, Text::Ok(text) | Text::NotUtf8 { lossy: text, .. }) => {
                self.config.glossary = Glossary::read(&text);
                if !self.config.glossary.is_empty() {
                    return;
                }
                "it has no terms".to_owned()
            }
            (None, Text::Unreadable(why)) => why,
        };
        let finding = Finding::new(settings, *span, format!("no glossary in `{file}`: {why}"));
        let help = "write `*[HTML]: HyperText Markup Language`, or a term and below it `: meaning`";
        self.faults.push((LoadFault::Glossary, finding.help(help)));
    }

    fn add_skipped(&mut self, tree: &dyn Tree) {
        for Skipped { path, reason, folder } in tree.skipped() {
            let Some(vpath) = VPath::new(&path) else { continue };
            // Something with the name of a page was meant to be one, and would be missing; so would
            // all the pages of a folder.
            let lost = if folder { self.may_hold_content(&path) } else { route::is_page(&path) };
            let layout = &mut self.config.layout;
            let inside =
                layout.mount_of(&path).map(|(at, rest)| joined(&layout.mounts[at].at, rest));
            if let Some(at) = layout.static_path(&path).or(inside) {
                layout.made(&at, true, "file that was not read");
            }
            let severity = if lost { Severity::Error } else { Severity::Warning };
            let mut finding = Finding::new(&vpath, Span::new(0, 0), format!("not read: {reason}"));
            if folder && lost {
                finding = finding.help(
                    "the pages in this folder would be missing; let docgen read it, or leave it \
                     out in a `.gitignore`",
                );
            }
            self.faults.push((LoadFault::UnreadableFile, finding.severity(severity)));
        }
    }

    /// Whether pages, assets or templates of the site may lie in a folder.
    fn may_hold_content(&self, folder: &str) -> bool {
        let meets = |other: &str| {
            folder == other || inside(folder, other).is_some() || inside(other, folder).is_some()
        };
        if self.config.flavour.is_foreign() {
            return self.config.layout.folders().any(meets);
        }
        meets(&self.config.content) || meets("templates") || meets("static")
    }
}

/// The files that readers may see.
fn shown(tree: &dyn Tree) -> impl Iterator<Item = &VPath> {
    let suspect = |path: &VPath| path.withheld(|_| false).is_some();
    tree.files().iter().filter(move |path| !suspect(path) || tree.withheld(path).is_none())
}

/// A page's file, its path inside the content, and its place in the layout.
type Listed = (VPath, String, Option<(usize, String)>);

fn read_page(
    tree: &dyn Tree,
    (path, content_path, place): Listed,
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
    (
        Some(InputPage {
            source: Source::new(path, text),
            content_path,
            place,
            title: None,
            fault,
        }),
        None,
    )
}

fn bindings(tree: &dyn Tree, config: &Config) -> Result<Bindings> {
    let mut bindings = Bindings::default();
    for binding in &config.schemas {
        let text = read_bound(tree, &binding.file)?;
        let fail = |why: String| Error::new(format!("{}: {why}", binding.file));
        let schema = Schema::load(&binding.name, &text).map_err(fail)?;
        let bound = BoundSchema::new(binding.clone(), schema)
            .map_err(|why| Error::new(format!("{}: {why}", binding.file)))?;
        bindings.schemas.push(bound);
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
        bindings.commands.push(BoundCommand::new(binding, spec));
    }
    Ok(bindings)
}

fn read_bound(tree: &dyn Tree, path: &VPath) -> Result<String> {
    if !matches!(tree.text(path), Text::Ok(_) | Text::NotUtf8 { .. })
        && tree.files().binary_search(path).is_err()
    {
        return Err(Error::new(format!(
            "{path}: no such file in the tree, although the settings name it"
        )));
    }
    read(tree, path)
}

//! The flavours of trees that docgen reads: docgen's own, a plain folder, and those of other
//! generators. One file per flavour, with its policy and the reader of its settings, and one row in
//! [`Flavour::ALL`]; none does I/O.
//!
//! Nothing outside of this folder names a flavour; other modules read its [`Policy`].
//!
//! Settings that cannot be read never stop a check: the defaults of the generator apply, and a note
//! says so.

mod docusaurus;
mod hugo;
mod mdbook;
mod mintlify;
mod mkdocs;
mod native;
mod plain;
pub mod policy;
mod sidebars;
mod starlight;
mod summary;
mod vitepress;

use std::fmt;
use std::ops::Deref;

use super::language_tag::is_language_tag;
use super::layout::{Layout, inside, joined};
use super::{Config, Nav, NavItem, NavLanguage, NavTab};
use crate::data::{self, Node, Value};
use crate::error::Result;
use crate::source::{Source, Span, VPath};
pub use policy::Policy;

/// The files that settings are read from, by their paths relative to one folder.
pub trait Files {
    /// The text of a file, `None` if it does not exist, an error if it cannot be read.
    fn load(&self, path: &str) -> Result<Option<String>>;
    /// The text of a file that can be read.
    fn text(&self, path: &str) -> Option<String> {
        self.load(path).ok().flatten()
    }
    /// Whether there is a file of this name.
    fn is_file(&self, path: &str) -> bool;
    /// Whether there is a folder of this name.
    fn is_folder(&self, path: &str) -> bool;
    /// The names in a folder, sorted.
    fn names(&self, folder: &str) -> Vec<String>;
}

/// The name of docgen's own settings file.
pub const DOCGEN_TOML: &str = "docgen.toml";

/// The flavour of a tree: a reference to the policy of its generator.
#[derive(Clone, Copy)]
pub struct Flavour(&'static Policy);

impl Flavour {
    /// Every flavour, in the order in which other generators are detected.
    pub const ALL: [Self; 9] = [
        Self(&native::POLICY),
        Self(&mintlify::POLICY),
        Self(&mkdocs::POLICY),
        Self(&mdbook::POLICY),
        Self(&docusaurus::POLICY),
        Self(&vitepress::POLICY),
        Self(&starlight::POLICY),
        Self(&hugo::POLICY),
        Self(&plain::POLICY),
    ];

    /// The name in docgen.toml, on the command line and in reports.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether another generator publishes the tree, with its own addresses.
    pub const fn is_foreign(self) -> bool {
        self.0.foreign
    }

    /// The flavour with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flavour| flavour.name() == name)
    }

    /// The flavour of a folder that no other generator publishes. `has_settings` says whether
    /// there is a docgen.toml.
    pub fn own(files: &dyn Files, has_settings: bool) -> Self {
        let without = if has_settings { Self(&native::POLICY) } else { Self::default() };
        Self::with_own_settings(files).unwrap_or(without)
    }

    /// The flavour whose settings file docgen reads as if it were its own.
    pub fn with_own_settings(files: &dyn Files) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|flavour| flavour.own_settings.is_some() && (flavour.recognise)(files).is_some())
    }

    /// Whether a file at the root of a tree has the name of a settings file that docgen reads as
    /// its own.
    pub fn is_settings_file(name: &str) -> bool {
        let mut own = Self::ALL.iter().filter_map(|flavour| flavour.own_settings.as_ref());
        name == DOCGEN_TOML || own.any(|own| own.files.contains(&name))
    }

    /// Whether a settings file in this folder is certainly one of this flavour, since other
    /// programs may have a file of the same name.
    pub fn is_certain(self, files: &dyn Files) -> bool {
        let Some(own) = &self.own_settings else { return false };
        own.files.iter().filter_map(|name| files.text(name)).any(|text| text.contains(own.evidence))
    }
}

impl Default for Flavour {
    /// The flavour of a folder without settings.
    fn default() -> Self {
        Self(&plain::POLICY)
    }
}

impl Deref for Flavour {
    type Target = Policy;

    fn deref(&self) -> &Policy {
        self.0
    }
}

impl PartialEq for Flavour {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Flavour {}

impl fmt::Debug for Flavour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The foreign flavour that a folder is recognised as, and the file that it is recognised by.
pub fn detect(files: &dyn Files) -> Option<(Flavour, String)> {
    let mut foreign = Flavour::ALL.into_iter().filter(|flavour| flavour.is_foreign());
    foreign.find_map(|flavour| Some((flavour, (flavour.recognise)(files)?)))
}

/// The settings of a tree, and the files they were read from.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The settings.
    pub config: Config,
    /// The files.
    pub sources: Vec<Source>,
}

/// The settings of a tree of this flavour, `file` being the one it was recognised by.
pub fn read(flavour: Flavour, files: &dyn Files, file: Option<&str>) -> Settings {
    let mut config = Config::new(flavour);
    config.layout = Layout::of_folder("");
    let mut reading = Reading { files, config, sources: Vec::new() };
    if flavour.is_foreign() {
        reading.config.layout = Layout::default();
        (flavour.read)(&mut reading, file.unwrap_or_default());
        let folder = |layout: &Layout| layout.mounts.iter().any(|one| files.is_folder(&one.folder));
        if file.is_none() && !folder(&reading.config.layout) {
            // Without settings, the folder itself is the content.
            reading.config.layout.mounts = Layout::of_folder("").mounts;
        }
        generated(&mut reading);
        reading.config.layout.reason = file.unwrap_or_default().to_owned();
        reading.config.content =
            reading.config.layout.mounts.first().map_or(String::new(), |one| one.folder.clone());
    }
    Settings { config: reading.config, sources: reading.sources }
}

/// Records the addresses of pages that a `.gitignore` names, which are generated before the build.
fn generated(reading: &mut Reading<'_>) {
    let mounts = reading.config.layout.mounts.clone();
    for mount in mounts {
        let ways = [(&mount.folder, ""), (&String::new(), mount.folder.as_str())];
        for (home, below) in ways {
            let Some(text) = reading.files.text(&joined(home, ".gitignore")) else { continue };
            for line in text.lines().map(str::trim) {
                let plain = !line.is_empty() && !line.starts_with(['#', '!']);
                let anchored = line.trim_end_matches('/').contains('/');
                if !plain || line.contains(['*', '?', '[', '\\']) || !anchored {
                    continue;
                }
                let name = line.trim_matches('/');
                let Some(inside) = inside(name, below).filter(|rest| !rest.is_empty()) else {
                    continue;
                };
                let stem = [".md", ".mdx"].iter().find_map(|end| inside.strip_suffix(end));
                let at = joined(&mount.at, stem.unwrap_or(inside));
                if at != "index" {
                    reading.config.layout.made(&at, true, "made before the site is built");
                }
            }
        }
    }
}

/// The generator that a folder of Markdown is for, if it is one that docgen does not know.
pub fn unknown_generator(files: &dyn Files) -> Option<&'static str> {
    let marks = [
        ("_config.yml", "Jekyll"),
        ("_config.yaml", "Jekyll"),
        ("_quarto.yml", "Quarto"),
        ("_toc.yml", "Jupyter Book"),
        ("conf.py", "Sphinx"),
        ("source/conf.py", "Sphinx"),
        (".eleventy.js", "Eleventy"),
        ("eleventy.config.js", "Eleventy"),
        ("eleventy.config.mjs", "Eleventy"),
        ("gatsby-config.js", "Gatsby"),
        ("gatsby-config.ts", "Gatsby"),
        ("nuxt.config.ts", "Nuxt"),
        ("nuxt.config.js", "Nuxt"),
        ("next.config.js", "Next.js"),
        ("next.config.mjs", "Next.js"),
        ("next.config.ts", "Next.js"),
        (".vuepress/config.js", "VuePress"),
        (".vuepress/config.ts", "VuePress"),
        ("antora.yml", "Antora"),
        ("SUMMARY.md", "GitBook"),
        ("_sidebar.md", "docsify"),
        (".docusaurus", "Docusaurus"),
        ("astro.config.mjs", "Astro"),
        ("astro.config.ts", "Astro"),
        ("rspress.config.ts", "Rspress"),
        ("zola.toml", "Zola"),
        ("_config.ts", "Lume"),
        ("meta.json", "Fumadocs"),
        ("_meta.js", "Nextra"),
        ("_meta.json", "Nextra"),
        ("_meta.ts", "Nextra"),
    ];
    marks.into_iter().find(|(file, _)| files.is_file(file)).map(|(_, name)| name)
}

/// Settings that are being read.
struct Reading<'f> {
    files: &'f dyn Files,
    config: Config,
    sources: Vec<Source>,
}

/// How a settings file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Yaml,
    Toml,
    Json,
    Script,
}

impl Format {
    fn of(path: &str) -> Self {
        match path.rsplit('.').next() {
            Some("yml" | "yaml") => Self::Yaml,
            Some("toml") => Self::Toml,
            Some("json") => Self::Json,
            _ => Self::Script,
        }
    }
}

impl Reading<'_> {
    /// The content of a settings file; `None` if it does not exist or cannot be read, which adds a
    /// note.
    fn settings(&mut self, path: &str) -> Option<Node> {
        let text = self.files.text(path)?;
        let place = VPath::new(path)?;
        let read = match Format::of(path) {
            Format::Yaml => data::yaml::read(&text)
                .map(|documents| documents.into_iter().next())
                .map_err(|fault| fault.message),
            Format::Toml => data::toml::read(&text).map(Some).map_err(|fault| fault.message),
            Format::Json => data::json::document(&text, data::json::Dialect::Json)
                .map(Some)
                .map_err(|fault| fault.message),
            Format::Script => match data::js::settings(&text) {
                Some(node) => Ok(Some(node)),
                None => Err("what it exports is known only when it is run".to_owned()),
            },
        };
        self.sources.push(Source::new(place.clone(), text));
        match read {
            Ok(node) => node,
            Err(why) => {
                self.config.layout.notes.push((place, why));
                None
            }
        }
    }

    /// The text of a file that findings may point into.
    fn source(&mut self, path: &str) -> Option<String> {
        let text = self.files.text(path)?;
        self.sources.push(Source::new(VPath::new(path)?, text.clone()));
        Some(text)
    }

    /// Sets a navigation of one language.
    fn navigation(&mut self, path: &str, items: Vec<NavItem>) {
        let Some(path) = VPath::new(path).filter(|_| !items.is_empty()) else { return };
        let tabs = vec![NavTab { title: String::new(), items }];
        let languages = vec![NavLanguage { code: String::new(), tabs, span: Span::default() }];
        self.config.nav = Some(Nav { path, languages });
    }

    /// Sets the title and the description.
    fn names(&mut self, title: Option<&Node>, description: Option<&Node>) {
        let text = |node: Option<&Node>| node.and_then(Node::as_str).unwrap_or_default().to_owned();
        self.config.title = text(title);
        self.config.description = text(description);
    }

    /// Sets where the site is served from: its address, as far as the settings have it, and the
    /// path if they give it apart.
    fn served_from(&mut self, address: Option<&str>, path: Option<&str>) {
        let config = &mut self.config;
        config.layout.base = path.or(address).map(prefix_of);
        let host = address.and_then(host_of);
        config.base_url = host.map(|host| {
            let path = config.layout.base.as_deref().unwrap_or_default();
            if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") }
        });
    }

    /// Sets the language of the pages, if this is the tag of one.
    fn speaks(&mut self, tag: Option<&str>) {
        if let Some(tag) = tag.filter(|tag| is_language_tag(tag)) {
            self.config.language = tag.to_owned();
        }
    }
}

/// The protocol and host of an address; `None` if it has none that browsers can open.
fn host_of(address: &str) -> Option<&str> {
    let rest = ["https://", "http://"].iter().find_map(|start| address.strip_prefix(start))?;
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let is_plain =
        !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c.is_control());
    is_plain.then(|| &address[..address.len() - rest.len() + host.len()])
}

/// The path prefix of an address, without slashes around it.
fn prefix_of(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url,
    };
    path.trim_matches('/').to_owned()
}

/// The first of these that is a file.
fn first_file(files: &dyn Files, names: &[&str]) -> Option<String> {
    names.iter().find(|name| files.is_file(name)).map(|name| (*name).to_owned())
}

/// The text of a key.
fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::as_str)
}

/// Whether a value is code, so that only running the settings would tell it.
fn is_open(node: &Node) -> bool {
    node.value == Value::Elision
}

/// The entry of a navigation for an address.
fn entry(label: Option<&str>, base: &str, target: &str, span: Span) -> NavItem {
    let label = label.unwrap_or_default().to_owned();
    let bare = target.starts_with('#') || target.contains("://") || target.starts_with("mailto:");
    if bare || target.is_empty() {
        return NavItem::Link { label, url: target.to_owned() };
    }
    let base = base.trim_end_matches('/');
    let whole = if base.is_empty() {
        target.to_owned()
    } else {
        format!("{base}/{}", target.trim_start_matches('/'))
    };
    NavItem::Page { target: whole, span }
}

/// A folder without `./` and slashes around it.
fn folder(path: &str) -> String {
    let path = path.trim().trim_end_matches('/');
    path.strip_prefix("./").unwrap_or(if path == "." { "" } else { path }).to_owned()
}

#[cfg(test)]
mod tests;

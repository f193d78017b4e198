//! The settings of a tree: one `Config`, whatever file they were read from.

mod address;
pub mod assistants;
pub mod colors;
pub mod external;
pub mod flavours;
pub mod language_tag;
pub mod layout;
pub mod named;
pub mod native;
pub mod reader;
pub mod security;
pub mod theme;
pub mod values;
pub mod words;
pub mod write;

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::lang;
use crate::markdown::Dialect;
use crate::markdown::glossary::Glossary;
use crate::markdown::hidden::{Hiding, flags};
use crate::markdown::own_components::OwnComponents;
use crate::markdown::slug::SlugRule;
use crate::source::{Span, VPath};
pub use flavours::Flavour;
use layout::Layout;

/// The lowest severity of findings that stop a build or fail a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// Only errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Nothing.
    Off,
}

impl Gate {
    /// Whether a finding of this severity stops the build.
    pub fn stops(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Off => false,
        }
    }
}

/// A place in the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NavItem {
    /// A page, by its path without suffix.
    Page {
        /// As written.
        target: String,
        /// Where it was written.
        span: Span,
    },
    /// A link to somewhere else.
    Link {
        /// What the reader sees.
        label: String,
        /// Where it goes.
        url: String,
    },
    /// A titled group.
    Group {
        /// Its title.
        title: String,
        /// Its icon; empty for none.
        icon: String,
        /// Whether it is folded at first, if the settings say.
        folded: Option<bool>,
        /// What is in it.
        items: Vec<NavItem>,
    },
    /// A chapter of a book.
    Chapter(Chapter),
    /// A line between others.
    Separator,
}

/// A chapter of a book: a page that has its title from the navigation, and chapters below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// What the reader sees.
    pub title: String,
    /// Its number, such as `1.2.`; empty for one that is not counted.
    pub number: String,
    /// The path of its page and where it was written; none for a draft.
    pub target: Option<(String, Span)>,
    /// The chapters below it.
    pub items: Vec<NavItem>,
}

/// A top-level section of the navigation; its title is empty when there is only one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavTab {
    /// Its title.
    pub title: String,
    /// What is in it.
    pub items: Vec<NavItem>,
}

/// The navigation of one language; the code is empty when the tree has only one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavLanguage {
    /// The language's code.
    pub code: String,
    /// Its tabs.
    pub tabs: Vec<NavTab>,
    /// Where it was written.
    pub span: Span,
}

/// The navigation and the file it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nav {
    /// The file.
    pub path: VPath,
    /// The languages.
    pub languages: Vec<NavLanguage>,
}

/// An address that has moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old path.
    pub from: String,
    /// The new path or URL.
    pub to: String,
    /// Where it was written.
    pub path: VPath,
    /// The bytes of the target.
    pub span: Span,
}

/// A link in the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderLink {
    /// What the reader sees.
    pub label: String,
    /// Where it goes.
    pub url: String,
    /// The name of an icon before the label; empty for none.
    pub icon: String,
}

/// What stands at the foot of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footer {
    /// A line of text, such as who has the copyright; empty for none.
    pub text: String,
    /// Columns of links: a title and its links.
    pub columns: Vec<(String, Vec<HeaderLink>)>,
}

/// How readers say whether a page helped them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// A script of the site hears of it.
    Script,
    /// It is sent to this address, too.
    Address(String),
}

/// What is only loaded once a reader allows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// Scripts of the site, in order.
    pub scripts: Vec<String>,
    /// The question, in place of the theme's own; empty for that.
    pub text: String,
}

/// A picture for each of the two colour schemes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// In light mode.
    pub light: String,
    /// In dark mode.
    pub dark: String,
}

/// Which blocks a schema applies to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Blocks most of whose top-level keys are in the schema.
    #[default]
    LooksLike,
    /// All of the named languages and paths.
    Always,
}

/// A JSON Schema bound to blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaBinding {
    /// The file.
    pub file: VPath,
    /// The name that an info string can use.
    pub name: String,
    /// The languages.
    pub languages: Vec<String>,
    /// Patterns of page paths; empty means all pages.
    pub paths: Vec<String>,
    /// Which part of the schema the blocks are.
    pub pointer: String,
    /// Which blocks.
    pub when: When,
    /// Where the file's name was written.
    pub span: Span,
}

/// A command specification bound to shell blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandBinding {
    /// The program's name.
    pub name: String,
    /// The file.
    pub spec: VPath,
    /// Other ways to start the program.
    pub runners: Vec<Vec<String>>,
    /// The settings file.
    pub settings: VPath,
    /// Where the file's name was written.
    pub span: Span,
}

/// The severity of a rule's findings; `None` if the rule is off.
pub type Level = Option<Severity>;

/// The file of a glossary, and where the settings name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossaryFile {
    /// The file.
    pub file: VPath,
    /// The file of the settings.
    pub settings: VPath,
    /// The span of its name there.
    pub span: Span,
}

/// All settings of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The flavour.
    pub flavour: Flavour,
    /// The rule for ids, if the settings override that of the flavour.
    pub slugs: Option<SlugRule>,
    /// Comments in any block of code may stand for items of the list behind it.
    pub annotates_code: bool,
    /// The folders and addresses of the tree.
    pub layout: Layout,
    /// The site's title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The language of pages that do not name one.
    pub language: String,
    /// Settings that should be language tags but are not.
    pub bad_tags: Vec<language_tag::BadTag>,
    /// Values of docgen.toml that are of no use.
    pub bad_values: Vec<values::BadValue>,
    /// The URL that the site will be served from.
    pub base_url: Option<String>,
    /// The folder of pages, from the root; empty for the root.
    pub content: String,
    /// The output folder, from the root.
    pub output: String,
    /// The folder for the cache, from the root.
    pub cache: String,
    /// The file of accepted findings, from the root.
    pub baseline: Option<VPath>,
    /// The repository of the sources.
    pub repository: String,
    /// The address to edit a page at, with `{path}` for its file.
    pub edit_url: String,
    /// The address to report a problem of a page at, with `{path}`, `{title}` and `{url}`.
    pub report_url: String,
    /// How readers say whether a page helped them, if they can.
    pub feedback: Option<Feedback>,
    /// What is only loaded once a reader allows it.
    pub consent: Consent,
    /// Assistants that a page can be opened in.
    pub assistants: Vec<assistants::Assistant>,
    /// The logo.
    pub logo: Option<Logo>,
    /// The icon of the browser tab.
    pub favicon: Option<String>,
    /// The main colour in light mode.
    pub primary_color: String,
    /// The main colour in dark mode.
    pub primary_color_dark: String,
    /// Changes to the default theme.
    pub theme: theme::ThemeSettings,
    /// The library that names of icons are of, unless a prefix gives another one.
    pub icon_library: &'static str,
    /// Links in the header.
    pub links: Vec<HeaderLink>,
    /// The foot of every page.
    pub footer: Footer,
    /// Style sheets of the site, in order.
    pub stylesheets: Vec<String>,
    /// Scripts of the site, in order.
    pub scripts: Vec<String>,
    /// The files and pages that the settings name.
    pub named: Vec<named::Named>,
    /// The components that the site makes itself.
    pub own_components: OwnComponents,
    /// The file of the glossary.
    pub glossary_file: Option<GlossaryFile>,
    /// The terms that pages explain.
    pub glossary: Glossary,
    /// The texts that `{{ name }}` stands for, by name.
    pub variables: BTreeMap<String, String>,
    /// The prefix of hidden lines in code blocks, by language.
    pub hidden_lines: BTreeMap<String, String>,
    /// The navigation, if one was written.
    pub nav: Option<Nav>,
    /// Addresses that have moved.
    pub redirects: Vec<Redirect>,
    /// Whether the site has a search.
    pub search: bool,
    /// Whether pages are published as Markdown as well, and listed for machines.
    pub twins: bool,
    /// Whether pages show the date of their last change.
    pub last_change: bool,
    /// Texts of the theme that the site overrides.
    pub words: words::OwnWords,
    /// Whether pages may have formulas.
    pub math: bool,
    /// The severity that stops a build and fails a check.
    pub gate: Gate,
    /// The scripts and forms that pages may have.
    pub security: security::Security,
    /// How links to other sites are checked.
    pub external: external::External,
    /// Severities that differ from the rules' own.
    pub rules: BTreeMap<String, Level>,
    /// Schemas.
    pub schemas: Vec<SchemaBinding>,
    /// Command specifications.
    pub commands: Vec<CommandBinding>,
}

impl Config {
    /// The Markdown dialect of the pages.
    pub fn dialect(&self) -> Dialect {
        let dialect = self.flavour.dialect;
        Dialect {
            slugs: self.slugs.unwrap_or(dialect.slugs),
            math: self.math,
            own_components: !self.own_components.is_empty(),
            ..dialect
        }
    }

    /// How lines of a code block are marked as hidden, if they can be. `info` is the block's info
    /// string.
    pub fn hiding<'a>(&'a self, language: &str, info: &'a str) -> Option<Hiding<'a>> {
        let rustdoc = self.flavour.rustdoc_fences;
        if rustdoc && lang::is_rustdoc(language) {
            return Some(Hiding::Rust);
        }
        let named = flags(info).filter_map(|flag| flag.strip_prefix("hidelines=")).next();
        let named = named.filter(|_| rustdoc);
        named.or(self.hidden_lines.get(language).map(String::as_str)).map(Hiding::Prefix)
    }

    /// The path prefix of the site, without a trailing slash.
    pub fn base_path(&self) -> String {
        let below = self.layout.base.as_deref().filter(|base| !base.is_empty());
        if let (None, true, Some(base)) = (&self.base_url, self.flavour.settings_have_base, below) {
            return format!("/{base}");
        }
        let url = self.base_url.as_deref().unwrap_or_default();
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or(String::new(), |at| rest[at..].trim_end_matches('/').to_owned())
    }

    /// The defaults of a flavour.
    pub fn new(flavour: Flavour) -> Self {
        Self {
            flavour,
            language: "en".to_owned(),
            content: flavour.content.to_owned(),
            output: flavour.output.to_owned(),
            cache: ".docgen".to_owned(),
            icon_library: flavour.icon_library,
            baseline: None,
            twins: true,
            last_change: true,
            words: Default::default(),
            math: false,
            search: true,
            ..Self::default()
        }
    }
}

/// Why a settings file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The bytes that are wrong.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

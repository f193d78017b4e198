//! The policy of a flavour: one record of everything in which generators differ.
//!
//! Each flavour is a file of this folder that fills in the record. The rest of the program reads
//! its fields and calls its functions, and never asks which generator a tree belongs to.

use super::{Files, Reading};
use crate::config::layout::{Layout, Mount};
use crate::config::{Config, ConfigFault};
use crate::icons;
use crate::markdown::Dialect;
use crate::markdown::extensions::Extensions;
use crate::markdown::front_matter::FrontMatter;
use crate::source::VPath;

/// The policy of a flavour.
#[derive(Debug)]
pub struct Policy {
    /// The name in docgen.toml, on the command line and in reports.
    pub name: &'static str,
    /// Whether another generator publishes the tree, by its own rules for addresses.
    pub foreign: bool,

    /// Finds the settings file by which a folder is recognised, if it has one.
    pub recognise: fn(&dyn Files) -> Option<String>,
    /// Reads the settings file of a foreign flavour into the layout and the navigation.
    pub(super) read: fn(&mut Reading<'_>, &str),
    /// The settings file of a flavour that docgen itself publishes.
    pub own_settings: Option<OwnSettings>,
    /// Where each key of docgen.toml comes from, for the comments that `new --from` writes; `None`
    /// if it cannot convert this flavour.
    pub origin: Option<&'static Origin>,
    /// The settings file is a program, of which only literals are read. Lists in it may therefore
    /// be incomplete.
    pub settings_are_code: bool,
    /// The flavour has no settings that name its generator, so files of a generator that docgen
    /// does not support make links uncertain.
    pub guesses_generator: bool,
    /// The default folder of pages; empty for the root.
    pub content: &'static str,
    /// The default folder that a build writes to.
    pub output: &'static str,
    /// The settings give the path of the site, perhaps without its host.
    pub settings_have_base: bool,

    /// Whether the folder `templates/` holds templates of docgen's theme.
    pub templates: Templates,
    /// The folder whose files are published below `/docgen/`.
    pub static_folder: Option<&'static str>,
    /// Which of the files that are not pages are published.
    pub publishes: Publishes,
    /// A style sheet that is loaded even if the settings do not name it.
    pub root_stylesheet: Option<&'static str>,
    /// The generator loads every script at the root. docgen does not, and reports that.
    pub loads_root_scripts: bool,

    /// The dialect of Markdown, which includes the rule for ids of headings.
    pub dialect: Dialect,
    /// Its compiler refuses pages in MDX that are not valid.
    pub compiles_mdx: bool,
    /// Names, without suffix, of the files that are the index page of their folder.
    pub index_names: &'static [&'static str],
    /// The name, without suffix, of the page at the top, or at the top of a language, that is shown
    /// for addresses that do not exist, if there is one.
    pub not_found: Option<&'static str>,
    /// The address of a page, without slashes around it; `None` if docgen's own rule applies.
    pub address: Option<fn(&PageFile<'_>) -> String>,
    /// Whether its front matter keeps a page from being published.
    pub withheld: fn(&FrontMatter) -> bool,
    /// Whether the front matter of a section's page keeps all pages below it from being published.
    pub withheld_below: Option<fn(&FrontMatter) -> bool>,
    /// Keys of front matter that this generator uses, besides the common ones.
    pub front_keys: &'static [&'static str],
    /// Keys of front matter are case-insensitive.
    pub front_keys_any_case: bool,
    /// The library that names of icons are of, unless the settings name another one.
    pub icon_library: &'static str,
    /// Fixes may add old addresses to `aliases` in front matter.
    pub writes_aliases: bool,
    /// The texts that an include of another file begins with.
    pub include_marks: &'static [&'static str],
    /// Whether a page includes content with unknown ids in another way: with shortcodes, API
    /// references or hooks.
    pub takes_in: fn(&Layout, &str) -> bool,
    /// Where the titles of pages come from.
    pub page_names: PageNames,
    /// A heading of any level can be the title, not only one of the first level.
    pub any_heading_is_title: bool,
    /// Fences follow rustdoc: words after the language become classes of the code, and some lines
    /// of Rust are hidden.
    pub rustdoc_fences: bool,
    /// What happens to a tag that is neither HTML nor a component.
    pub unknown_tags: UnknownTags,
    /// A quote whose first line is `[!NOTE]` is an alert, as on GitHub.
    pub alerts: bool,
    /// A link without text gets the title of its target as text.
    pub fills_empty_links: bool,
    /// Plugins may define link references, such as to settings, classes and headings.
    pub makes_references: bool,
    /// A link reference can be defined in the middle of a paragraph as well.
    pub definitions_anywhere: bool,
    /// What makes a page that lists the pages of each folder, if anything does.
    pub section_lists: Option<&'static str>,
    /// Redirects of exact addresses take precedence over patterns, whatever their order.
    pub exact_redirects_first: bool,
    /// How links are resolved.
    pub links: Links,
}

/// How the links of a flavour are resolved.
#[derive(Debug)]
pub struct Links {
    /// What links in front matter are relative to.
    pub front_matter: FrontLinks,
    /// A path that begins with `/` may be that of a file, with or without its suffix.
    pub absolute_files: bool,
    /// A path that begins with `/` may begin at the top of the repository, as on GitHub.
    pub from_repository: bool,
    /// Only files are known, not addresses: a link that leaves the folder, or leads to a folder,
    /// cannot be checked.
    pub files_only: bool,
    /// A relative path without a suffix is an address, never a file.
    pub bare_paths_are_addresses: bool,
    /// A relative path of a Markdown file may begin at the content folder.
    pub from_content: bool,
    /// Addresses have no final slash, but some hosts add one, so a relative address has two
    /// possible targets.
    pub slash_is_open: bool,
    /// The suffixes that are tried after a path to find the file of a page.
    pub suffixes: &'static [&'static str],
    /// The index pages that are tried if a path with a page's suffix means a folder.
    pub bundles: &'static [&'static str],
    /// The path of a page's file may end in `.html`.
    pub html_files: bool,
    /// Addresses are lower case.
    pub small_letters: bool,
    /// A page that a translation lacks is replaced by that of the main language.
    pub translations_fall_back: bool,
    /// The generator adds the base path of the site to a path that begins with `/`.
    pub adds_base: bool,
    /// A bundler may publish files from outside of the folders that are read.
    pub bundler: bool,
    /// Suffixes of files that a link hook leaves alone.
    pub plain_files: &'static [&'static str],
    /// A second id that a fragment matches.
    pub other_id: fn(&str) -> Option<String>,
}

/// The settings file of a flavour that docgen itself publishes.
#[derive(Debug)]
pub struct OwnSettings {
    /// Its possible names, in order of precedence.
    pub files: &'static [&'static str],
    /// Text that tells such a file from one of the same name that belongs to another program.
    pub evidence: &'static str,
    /// Reads it, starting from defaults.
    pub read: ReadOwn,
}

/// Reads a settings file, starting from defaults. The last parameter returns the text of a file
/// that it names.
pub type ReadOwn =
    fn(&VPath, &str, Config, &dyn Fn(&str) -> Option<String>) -> Result<Config, Vec<ConfigFault>>;

/// Which keys of a generator's settings docgen's own keys are read from.
#[derive(Debug)]
pub struct Origin {
    /// docgen's keys, each with the generator's key that it is read from.
    pub keys: &'static [(&'static str, &'static str)],
    /// Other keys that docgen uses, or that make no difference to readers of the site.
    pub known: &'static [&'static str],
    /// Tables whose keys are looked at one by one.
    pub tables: &'static [&'static str],
}

/// A page whose address is wanted.
#[derive(Debug)]
pub struct PageFile<'p> {
    /// The layout of the tree.
    pub layout: &'p Layout,
    /// The folder of pages that it is in.
    pub mount: &'p Mount,
    /// Its path inside that folder.
    pub inside: &'p str,
    /// Its front matter.
    pub front: &'p FrontMatter,
    /// Names of index pages, see [`Policy::index_names`].
    pub index: &'static [&'static str],
}

/// Whether the folder `templates/` holds templates of docgen's theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Templates {
    /// It always does.
    Always,
    /// It does if its folder has settings.
    WithSettings,
    /// It never does: it is a folder like any other.
    Never,
}

/// Which of the files that are not pages are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publishes {
    /// All.
    All,
    /// All if the pages have a folder of their own, otherwise those that pages link to, because the
    /// root of a repository is more than documentation.
    ContentFolder,
    /// Those that pages link to.
    Linked,
}

/// Where the titles of pages come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageNames {
    /// From the page itself.
    Page,
    /// From the navigation, if it names the page.
    Navigation,
    /// From the name of the file.
    File,
}

/// What happens to a tag that is neither HTML nor a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownTags {
    /// docgen, as the publisher, shows the tag as text.
    Text,
    /// GitHub drops it, but shows as text those tags that would hide the rest of the page. It has
    /// no components.
    Github,
    /// The page is compiled as a program: the build fails, or the tag shows nothing.
    Compiled,
    /// It reaches the browser, which does not show it.
    Browser,
}

/// What links in front matter are relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrontLinks {
    /// The page.
    Page,
    /// The root of the site.
    Root,
    /// They are resolved like destinations of the shortcodes `ref` and `relref`.
    Shortcodes,
}

impl Links {
    /// Paths relative to the file, then addresses relative to the published page; nothing else.
    pub const PLAIN: Self = Self {
        front_matter: FrontLinks::Page,
        absolute_files: false,
        from_repository: false,
        files_only: false,
        bare_paths_are_addresses: false,
        from_content: false,
        slash_is_open: false,
        suffixes: &[],
        bundles: &[],
        html_files: false,
        small_letters: false,
        translations_fall_back: false,
        adds_base: false,
        bundler: false,
        plain_files: &[],
        other_id: |_| None,
    };
}

impl Policy {
    /// What most other generators have in common; each flavour overrides what differs.
    pub const FOREIGN: Self = Self {
        name: "",
        foreign: true,
        recognise: |_| None,
        read: |_, _| {},
        own_settings: None,
        origin: None,
        settings_are_code: false,
        guesses_generator: false,
        content: "",
        output: "_site",
        settings_have_base: true,
        templates: Templates::Never,
        static_folder: None,
        publishes: Publishes::All,
        root_stylesheet: None,
        loads_root_scripts: false,
        dialect: Dialect { aliases: false, extensions: Extensions::NONE, ..Dialect::GITHUB },
        compiles_mdx: false,
        index_names: &["index"],
        not_found: None,
        address: None,
        withheld: |_| false,
        withheld_below: None,
        front_keys: &[],
        front_keys_any_case: false,
        icon_library: icons::DEFAULT_LIBRARY,
        writes_aliases: false,
        include_marks: &[],
        takes_in: |_, _| false,
        page_names: PageNames::Page,
        any_heading_is_title: false,
        rustdoc_fences: false,
        unknown_tags: UnknownTags::Browser,
        alerts: false,
        fills_empty_links: false,
        makes_references: false,
        definitions_anywhere: false,
        section_lists: None,
        exact_redirects_first: false,
        links: Links::PLAIN,
    };

    /// What the flavours that docgen itself publishes have in common.
    pub const OWN: Self = Self {
        foreign: false,
        output: "public",
        settings_have_base: false,
        dialect: Dialect::GITHUB,
        index_names: &["index", "README", "readme", "_index"],
        not_found: Some("404"),
        unknown_tags: UnknownTags::Text,
        alerts: true,
        ..Self::FOREIGN
    };

    /// The address of a page, with slashes at both ends, or one that ends in `.html`; `None` if
    /// docgen's own rule applies.
    pub fn address_of(
        &self,
        layout: &Layout,
        mount: &Mount,
        inside: &str,
        front: &FrontMatter,
    ) -> Option<String> {
        let page = PageFile { layout, mount, inside, front, index: self.index_names };
        let key = (self.address?)(&page);
        let key = key.trim_matches('/');
        Some(match key {
            "" => "/".to_owned(),
            _ if key.ends_with(".html") => format!("/{key}"),
            _ => format!("/{key}/"),
        })
    }
}

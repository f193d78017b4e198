//! All that sets the trees of one generator apart from those of another, as one record.
//!
//! Each file of this folder fills in a record, the rest of the program reads its fields and calls
//! its functions, and nothing else needs to know which generator it has before it.

use super::{Files, Reading};
use crate::config::layout::{Layout, Mount};
use crate::config::{Config, ConfigFault};
use crate::markdown::Dialect;
use crate::markdown::front_matter::FrontMatter;
use crate::source::VPath;

/// The policy of a flavour.
#[derive(Debug)]
pub struct Policy {
    /// The name in docgen.toml, on the command line and in reports.
    pub name: &'static str,
    /// Whether another generator publishes the tree, with addresses of its own.
    pub foreign: bool,

    /// Finds the settings file by which a folder is recognised.
    pub recognise: fn(&dyn Files) -> Option<String>,
    /// Reads the settings of a foreign flavour: where the tree keeps what, and its navigation.
    pub(super) read: fn(&mut Reading<'_>, &str),
    /// The settings file of a flavour that docgen itself publishes.
    pub own_settings: Option<OwnSettings>,
    /// Where `new --from` says that a setting came from; none where it cannot write a docgen.toml.
    pub origin: Option<&'static Origin>,
    /// Settings are a program of which only the literal parts are read, so lists may go on.
    pub settings_are_code: bool,
    /// No settings say who publishes the tree: the mark of a generator that docgen does not know
    /// makes links uncertain.
    pub guesses_generator: bool,
    /// The folder of pages where the settings name none; empty for the root.
    pub content: &'static str,
    /// The folder that a build writes to where the settings name none.
    pub output: &'static str,
    /// Settings may say under which path the site stands, and not on which host.
    pub base_without_host: bool,

    /// Whether the folder `templates/` holds templates of docgen's theme.
    pub templates: Templates,
    /// A folder that is published as `/docgen/`.
    pub static_folder: Option<&'static str>,
    /// Which of the files that are not pages are published.
    pub publishes: Publishes,
    /// A style sheet that is loaded without being named in the settings.
    pub root_stylesheet: Option<&'static str>,
    /// The generator loads every script at the root by itself; docgen does not, and says so.
    pub loads_root_scripts: bool,

    /// How the pages are written, the rule for the ids of headings included.
    pub dialect: Dialect,
    /// Names of files that stand for their folder.
    pub index_names: &'static [&'static str],
    /// The address of a page, without slashes around it; none where docgen's own rule applies.
    pub address: Option<fn(&PageFile<'_>) -> String>,
    /// Whether front matter keeps a page from being published.
    pub withheld: fn(&FrontMatter) -> bool,
    /// Whether the front matter of a section's page keeps all pages below it from being published.
    pub withheld_below: Option<fn(&FrontMatter) -> bool>,
    /// Keys of front matter that the generator acts on, beside those that most know.
    pub front_keys: &'static [&'static str],
    /// Keys of front matter may be written in capitals.
    pub front_keys_any_case: bool,
    /// Old addresses may be written into the `aliases` of front matter by a repair.
    pub writes_aliases: bool,
    /// What begins an include of another file.
    pub include_marks: &'static [&'static str],
    /// Whether a page takes in content in another way, of which the tree does not say what ids it
    /// has: shortcodes, API references, hooks.
    pub takes_in: fn(&Layout, &str) -> bool,
    /// Where the names of pages come from.
    pub page_names: PageNames,
    /// A heading of any level stands for a title, and not only one of the first.
    pub any_heading_is_title: bool,
    /// Words behind the language of a fence are read as rustdoc reads them: they are classes of the
    /// code, and some lines of Rust are hidden.
    pub rustdoc_fences: bool,
    /// What becomes of a tag that is neither HTML nor a component.
    pub unknown_tags: UnknownTags,
    /// A link without text is given the title of the page that it leads to.
    pub fills_empty_links: bool,
    /// Plugins make definitions of references: to settings, classes and headings.
    pub makes_references: bool,
    /// A definition of a reference counts in the middle of a paragraph as well.
    pub definitions_anywhere: bool,
    /// Each folder of pages has a page that lists them: what makes it.
    pub section_lists: Option<&'static str>,
    /// A redirect of a whole address goes before every pattern, wherever it stands.
    pub exact_redirects_first: bool,
    /// What links mean.
    pub links: Links,
}

/// What the links of a flavour mean.
#[derive(Debug)]
pub struct Links {
    /// Where the links of front matter are read from.
    pub front_matter: FrontLinks,
    /// A path that begins with `/` may be the path of a file, without a suffix too.
    pub absolute_files: bool,
    /// A path that begins with `/` may begin at the top of the repository, as on GitHub.
    pub from_repository: bool,
    /// Where nothing but the files is known: a link out of the folder, or to a folder, cannot be
    /// judged.
    pub files_only: bool,
    /// A relative path without a suffix is an address, and never a file.
    pub bare_paths_are_addresses: bool,
    /// A relative path of a Markdown file may begin at the content folder.
    pub from_content: bool,
    /// Addresses end without a slash and hosts add one, so a relative address means either of two.
    pub slash_is_open: bool,
    /// What may stand behind a path for it to be the file of a page.
    pub suffixes: &'static [&'static str],
    /// Index pages of the folder that a path with the suffix of a page may mean.
    pub bundles: &'static [&'static str],
    /// A path of a file may end in `.html`.
    pub html_files: bool,
    /// Addresses are in small letters.
    pub small_letters: bool,
    /// A page of the main language stands in for one that a translation lacks.
    pub translations_fall_back: bool,
    /// The generator puts the prefix of the site before a path that begins with `/`.
    pub adds_base: bool,
    /// A bundler brings files from outside of the folders that are read.
    pub bundler: bool,
    /// Endings of files that a hook for links leaves alone.
    pub plain_files: &'static [&'static str],
    /// Another id that a fragment finds.
    pub other_id: fn(&str) -> Option<String>,
}

/// The settings file of a flavour that docgen itself publishes.
#[derive(Debug)]
pub struct OwnSettings {
    /// Its names, the first of which counts.
    pub files: &'static [&'static str],
    /// Text that every such file has and a file of the same name of another program has not.
    pub evidence: &'static str,
    /// Reads it on top of defaults.
    pub read: ReadOwn,
}

/// Reads a settings file on top of defaults; the last parameter gives the texts of files that it
/// names.
pub type ReadOwn =
    fn(&VPath, &str, Config, &dyn Fn(&str) -> Option<String>) -> Result<Config, Vec<ConfigFault>>;

/// Where the settings of a generator stand.
#[derive(Debug)]
pub struct Origin {
    /// docgen's keys, and the keys that they are read from.
    pub keys: &'static [(&'static str, &'static str)],
    /// Other keys that mean something to docgen, or nothing to anybody who reads pages.
    pub known: &'static [&'static str],
    /// Keys of which those inside are looked at one by one.
    pub tables: &'static [&'static str],
}

/// A page of which the address is asked.
#[derive(Debug)]
pub struct PageFile<'p> {
    /// Where the tree keeps what.
    pub layout: &'p Layout,
    /// The folder of pages that it lies in.
    pub mount: &'p Mount,
    /// Its path inside that folder.
    pub inside: &'p str,
    /// Its front matter.
    pub front: &'p FrontMatter,
    /// Names of files that stand for their folder.
    pub index: &'static [&'static str],
}

/// Whether the folder `templates/` holds templates of docgen's theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Templates {
    /// It does.
    Always,
    /// It does in a folder with settings.
    WithSettings,
    /// It is a folder like any other.
    Never,
}

/// Which of the files that are not pages are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publishes {
    /// All.
    All,
    /// All where the pages have a folder of their own, else those that pages link to: the root of
    /// a repository is not only documentation.
    ContentFolder,
    /// Those that pages link to.
    Linked,
}

/// Where the names of pages come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageNames {
    /// From the page itself.
    Page,
    /// From the navigation, where it names the page.
    Navigation,
    /// From the name of the file.
    File,
}

/// What becomes of a tag that is neither HTML nor a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownTags {
    /// docgen is the publisher: it shows the tag as text.
    Text,
    /// GitHub drops it, and shows tags that would hide the rest of the page as text. Nobody writes
    /// components there.
    Github,
    /// Pages are compiled to components: the build fails, or nothing is shown.
    Compiled,
    /// It reaches the browser, which hides it.
    Browser,
}

/// Where the links of front matter are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrontLinks {
    /// From the page.
    Page,
    /// From the root of the site.
    Root,
    /// They are the destinations of `ref` and `relref`.
    Shortcodes,
}

impl Links {
    /// Paths from the file, then addresses from the published page, and nothing else.
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
    /// What most generators have in common. A flavour says what differs.
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
        base_without_host: false,
        templates: Templates::Never,
        static_folder: None,
        publishes: Publishes::All,
        root_stylesheet: None,
        loads_root_scripts: false,
        dialect: Dialect { aliases: false, ..Dialect::GITHUB },
        index_names: &["index"],
        address: None,
        withheld: |_| false,
        withheld_below: None,
        front_keys: &[],
        front_keys_any_case: false,
        writes_aliases: false,
        include_marks: &[],
        takes_in: |_, _| false,
        page_names: PageNames::Page,
        any_heading_is_title: false,
        rustdoc_fences: false,
        unknown_tags: UnknownTags::Browser,
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
        dialect: Dialect::GITHUB,
        index_names: &["index", "README", "readme", "_index"],
        unknown_tags: UnknownTags::Text,
        ..Self::FOREIGN
    };

    /// The address of a page with slashes at both ends, or with `.html` at its end; none where
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

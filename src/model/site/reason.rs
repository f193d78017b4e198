//! Why it cannot be known from a tree where a link leads.

use std::fmt;

/// Why a link is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A word stands in the place of the address: `ENGLISH_VERSION_URL`.
    Placeholder,
    /// The destination is an expression of a template.
    Template,
    /// Nobody sees the page that the link is on, unless another page takes it in.
    PageNotPublished,
    /// The path leaves a folder of plain Markdown.
    OutsideOfCheckedFolder,
    /// A folder of plain Markdown, which a host shows as a list.
    FolderWithoutIndex,
    /// An address in a tree of a generator that docgen does not know.
    UnknownGenerator,
    /// A plugin may give an id to what has none in the source.
    PluginAnchor,
    /// The page takes in content of which the tree does not say what ids it has.
    OpenPage,
    /// A file such as `sitemap.xml`, which every generator makes.
    GeneratorFile,
    /// Something else than a page of the tree makes the address: what it is.
    MadeBy(&'static str),
    /// The same host has more than this site.
    SameHost,
    /// A hook of the site reads the destinations of links in a way of its own.
    LinkHook,
    /// A file outside of the folders that were read.
    OutsideOfFolders,
    /// `~/x` or `@/x`, which a bundler resolves.
    BundlerAlias,
    /// The navigation names a page that the tree does not have; it is reported there.
    MissingNavPage,
    /// The page is not published.
    Draft,
    /// A plugin may make any page.
    PluginPage,
    /// A module may bring any page.
    ModulePage,
    /// Several pages have the name that is asked for.
    SeveralPages,
    /// The path leaves the site.
    OutsideOfSite,
}

impl Reason {
    /// The reason as reports show it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Placeholder => "placeholder",
            Self::Template => "template expression",
            Self::PageNotPublished => "on a page that is not published by itself",
            Self::OutsideOfCheckedFolder => "outside of the checked folder",
            Self::FolderWithoutIndex => "folder without an index page",
            Self::UnknownGenerator => "address of a generator that docgen does not know",
            Self::PluginAnchor => "anchor that a plugin may make",
            Self::OpenPage => "anchor on a page that includes other content",
            Self::GeneratorFile => "made by the generator",
            Self::MadeBy(what) => what,
            Self::SameHost => "address on the same host",
            Self::LinkHook => "address that a hook of the site handles",
            Self::OutsideOfFolders => "outside of the folders that were read",
            Self::BundlerAlias => "alias of a bundler",
            Self::MissingNavPage => "page of the navigation that is not in the tree",
            Self::Draft => "draft",
            Self::PluginPage => "page that a plugin may make",
            Self::ModulePage => "page that a module may add",
            Self::SeveralPages => "one of several pages of this name",
            Self::OutsideOfSite => "outside of the site",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

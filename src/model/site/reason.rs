//! Why the target of a link is unknown.

use std::fmt;

/// Why a link is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The address is a placeholder: `ENGLISH_VERSION_URL`.
    Placeholder,
    /// The destination is a template expression.
    Template,
    /// The page with the link is not published, except as part of other pages.
    PageNotPublished,
    /// The path leaves a folder of plain Markdown.
    OutsideOfCheckedFolder,
    /// A folder of plain Markdown, which hosts show as a list of files.
    FolderWithoutIndex,
    /// An address in a tree of a generator that docgen does not know.
    UnknownGenerator,
    /// A plugin may add ids.
    PluginAnchor,
    /// The page includes content with unknown ids.
    OpenPage,
    /// A file such as `sitemap.xml`, which every generator makes.
    GeneratorFile,
    /// The address is made by something other than a page of the tree.
    MadeBy(&'static str),
    /// The same host has other content than this site.
    SameHost,
    /// A hook of the site resolves the destinations of links.
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
    /// A module may add any page.
    ModulePage,
    /// Several pages have this name.
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

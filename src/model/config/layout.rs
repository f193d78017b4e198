//! The layout of a tree: its folders, and the addresses at which its generator publishes them.

use std::collections::BTreeMap;

use super::Config;
use crate::source::{Span, VPath};

/// The layout of the files and addresses of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// How the flavour was determined.
    pub reason: String,
    /// The folders of pages.
    pub mounts: Vec<Mount>,
    /// The folder of the settings, from the root.
    pub project: String,
    /// Folders that are published as they are.
    pub statics: Vec<Static>,
    /// The path prefix of the site, without slashes around it; `None` if the settings do not say.
    pub base: Option<String>,
    /// Pages are published as `/a/b.html`, not as `/a/b/`.
    pub html: bool,
    /// Links from the root of the site are links from the content folder.
    pub absolute_is_content: bool,
    /// Addresses that are made by something other than a page of the tree.
    pub made: Vec<Made>,
    /// The name of a plugin that makes unpredictable pages.
    pub maker: Option<String>,
    /// Whether terms of definition lists have ids.
    pub term_ids: bool,
    /// Whether the site resolves the destinations of links with its own code.
    pub link_hook: bool,
    /// Pages with other addresses: path and address, both with `:name` as placeholder for a part.
    pub rewrites: Vec<(String, String)>,
    /// Files of the content folders that are not pages, as patterns of a `.gitignore`.
    pub excluded: Vec<String>,
    /// The only files that are pages, if the tree lists them.
    pub listed: Option<Vec<String>>,
    /// The titles that the pages of a book have from its table of contents, by their paths.
    pub titles: BTreeMap<String, String>,
    /// Pages that a list of pages leaves out.
    pub unlisted: Vec<String>,
    /// Codes of the languages besides the main one.
    pub languages: Vec<String>,
    /// The main language, if its pages have a prefix as well.
    pub main_language: Option<String>,
    /// Settings that could not be read: the file and the reason.
    pub notes: Vec<(VPath, String)>,
    /// Navigation entries (by document id) that match no page.
    pub absent: Vec<Absent>,
}

/// A navigation entry that matches no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// The file that it is written in.
    pub path: VPath,
    /// Where.
    pub span: Span,
    /// The id in the entry.
    pub name: String,
}

/// A folder of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mount {
    /// The folder from the root; empty for the root.
    pub folder: String,
    /// Its address, without slashes around it.
    pub at: String,
    /// The kind of pages in it.
    pub kind: MountKind,
    /// For a translation, the folder whose pages replace those that it lacks.
    pub stands_in: Option<String>,
}

/// The kind of pages in a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MountKind {
    /// Documentation.
    #[default]
    Docs,
    /// Posts with a date.
    Blog,
    /// Loose pages.
    Pages,
}

/// A folder or file that is published as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Static {
    /// The folder or file from the root.
    pub folder: String,
    /// Its address, without slashes around it.
    pub at: String,
}

/// Addresses that something else than a page of the tree makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The address, without slashes around it.
    pub at: String,
    /// Whether everything below it is included.
    pub below: bool,
    /// What makes them.
    pub why: &'static str,
}

impl Layout {
    /// The default layout of a tree with one folder of pages.
    pub fn of_folder(folder: &str) -> Self {
        let mount = Mount { folder: folder.to_owned(), ..Mount::default() };
        Self { mounts: vec![mount], ..Self::default() }
    }

    /// Adds a folder of pages.
    pub fn mount(&mut self, folder: impl Into<String>, at: impl Into<String>, kind: MountKind) {
        let (folder, at) = (folder.into(), at.into().trim_matches('/').to_owned());
        self.mounts.push(Mount { folder, at, kind, stands_in: None });
    }

    /// Adds a folder that is published as it is.
    pub fn publish(&mut self, folder: impl Into<String>, at: impl Into<String>) {
        self.statics.push(Static { folder: folder.into(), at: at.into() });
    }

    /// Records that something makes the pages at and below an address.
    pub fn made(&mut self, at: &str, below: bool, why: &'static str) {
        self.made.push(Made { at: at.trim_matches('/').to_owned(), below, why });
    }

    /// What makes the page at an address, if anything does.
    pub fn maker_of(&self, key: &str) -> Option<&'static str> {
        let makes = |made: &&Made| {
            let rest = if made.at.is_empty() { Some(key) } else { key.strip_prefix(&made.at) };
            key == made.at
                || made.below
                    && rest.is_some_and(|rest| made.at.is_empty() || rest.starts_with('/'))
        };
        self.made.iter().find(makes).map(|made| made.why)
    }

    /// The innermost folder of pages that contains a file: its number, and the path inside.
    pub fn mount_of<'p>(&self, path: &'p str) -> Option<(usize, &'p str)> {
        let inside = |(at, mount): (usize, &Mount)| Some((at, inside(path, &mount.folder)?));
        self.mounts.iter().enumerate().filter_map(inside).min_by_key(|(_, inside)| inside.len())
    }

    /// The published path of a file that is published as it is.
    pub fn static_path(&self, path: &str) -> Option<String> {
        self.statics.iter().find_map(|one| match inside(path, &one.folder) {
            Some(inside) => Some(joined(&one.at, inside)),
            None => (one.folder == path).then(|| one.at.clone()),
        })
    }

    /// All folders that belong to the tree.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        let mounts = self.mounts.iter().map(|mount| mount.folder.as_str());
        mounts.chain(self.statics.iter().map(|one| one.folder.as_str()))
    }
}

/// The part of a path inside a folder.
pub fn inside<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// Joins two parts of a path with a slash, unless one is empty.
pub fn joined(a: &str, b: &str) -> String {
    match (a.is_empty(), b.is_empty()) {
        (true, _) => b.to_owned(),
        (_, true) => a.to_owned(),
        _ => format!("{a}/{b}"),
    }
}

/// The most folders above the start of `path` that its `..` lead to.
pub fn climbs(path: &str) -> usize {
    let (mut depth, mut most) = (0isize, 0isize);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => depth -= 1,
            _ => depth += 1,
        }
        most = most.max(-depth);
    }
    usize::try_from(most).unwrap_or(0)
}

impl Config {
    /// Moves every path of the settings below `prefix`, for a root above the folder of the
    /// settings.
    pub fn move_below(&mut self, prefix: &str) {
        let text = |path: &mut String| {
            let whole = format!("{prefix}/{path}");
            *path = VPath::new(&whole).map_or(whole, |path| path.as_str().to_owned());
        };
        let place = |path: &mut VPath| {
            if let Some(whole) = VPath::new(&format!("{prefix}/{path}")) {
                *path = whole;
            }
        };
        for mount in &mut self.layout.mounts {
            text(&mut mount.folder);
            mount.stands_in.as_mut().into_iter().for_each(text);
        }
        text(&mut self.layout.project);
        self.layout.statics.iter_mut().for_each(|one| text(&mut one.folder));
        self.layout.notes.iter_mut().for_each(|(path, _)| place(path));
        self.layout.absent.iter_mut().for_each(|absent| place(&mut absent.path));
        self.redirects.iter_mut().for_each(|redirect| place(&mut redirect.path));
        self.nav.iter_mut().for_each(|nav| place(&mut nav.path));
        self.content = self.layout.mounts.first().map_or(String::new(), |one| one.folder.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_climb() {
        for (path, up) in [("docs", 0), ("../docs", 1), ("a/../../x", 1), ("../../x", 2), ("", 0)] {
            assert_eq!(climbs(path), up, "{path}");
        }
    }

    #[test]
    fn the_innermost_folder_counts() {
        let mut layout = Layout::of_folder("docs");
        layout.mount("docs/blog", "news", MountKind::Blog);
        assert_eq!(layout.mount_of("docs/a.md"), Some((0, "a.md")));
        assert_eq!(layout.mount_of("docs/blog/a.md"), Some((1, "a.md")));
        assert_eq!(layout.mount_of("docsx/a.md"), None);
    }
}

//! The places that a written path may mean, and their targets: a file that is published as it is,
//! else a page, else a redirect. The policy of the flavour says which places are tried.

use std::borrow::Cow;

use super::lookup::Lookup;
use super::pages::PageId;
use super::reason::Reason;
use super::route;
use super::target::Target;
use crate::config::layout::{inside, joined};
use crate::markdown::destination::looks_like_file;
use crate::markdown::facts::LinkKind;
use crate::source::VPath;

/// A place that a written path may mean.
pub(super) enum Place {
    /// The path of a file from the root.
    File(String),
    /// An address without slashes around it.
    Address(String),
    /// A path inside the content of a tree that docgen publishes, where the path of a file and its
    /// address are nearly the same.
    Content(String),
}

/// The target of an address.
enum Found {
    /// A page, by its number.
    Page(PageId),
    /// A redirect, with its target.
    Redirect(String),
}

/// The rest of the link after the path, and what the link is for.
#[derive(Clone, Copy)]
pub(super) struct Tail<'l> {
    pub(super) fragment: Option<&'l str>,
    pub(super) query: &'l str,
    pub(super) kind: LinkKind,
}

impl Lookup<'_> {
    /// The places of a path in a tree that docgen publishes: relative to the file, then as a
    /// browser resolves it on the published page. There are none if it leaves the root.
    pub(super) fn own_places(&self, from: Option<PageId>, path: &str) -> Vec<Place> {
        let links = &self.flavour.links;
        let inside = |path: &str| Some(Place::Content(VPath::new(path)?.to_string()));
        let Some(page) = from.filter(|_| !path.starts_with('/')) else {
            // On GitHub, from the top of the repository, of which the tree may be a folder.
            let base = self.index.layout.base.as_deref().filter(|base| !base.is_empty());
            let below = base.filter(|_| links.from_repository).and_then(|base| {
                path.trim_start_matches('/').strip_prefix(base)?.strip_prefix('/')
            });
            let below = below.map(|below| Place::Content(below.to_owned()));
            return inside(path).into_iter().chain(below).collect();
        };
        let page = &self.index.pages[page];
        let folder = page.content_path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let by_file = inside(&format!("{folder}/{path}"));
        let by_address = Some(format!("{}{path}", page.route)).filter(|_| !links.files_only);
        by_file.into_iter().chain(by_address.and_then(|path| inside(&path))).collect()
    }

    /// The places of a path on a page that another generator publishes: first as a path of a file,
    /// then as an address, by the rules of that generator.
    pub(super) fn foreign_places(&self, from: Option<PageId>, path: &str) -> Vec<Place> {
        let layout = &self.index.layout;
        if let Some(rest) = path.strip_prefix("@site/") {
            return vec![Place::File(joined(&layout.project, rest))];
        }
        let page = from.map(|page| &self.index.pages[page]).filter(|_| !path.starts_with('/'));
        let mut places = Vec::new();
        let Some(page) = page else {
            let rest = path.trim_start_matches('/');
            let own = from.and_then(|page| self.index.pages[page].mount);
            let as_files = route::is_page(path)
                || layout.absolute_is_content
                || from.is_none()
                || self.flavour.links.absolute_files;
            if as_files {
                let mounts = own.into_iter().chain(0..layout.mounts.len());
                let folders = mounts.map(|at| layout.mounts[at].folder.as_str());
                let folders = folders.chain([layout.project.as_str()]);
                let files = folders.filter_map(|folder| VPath::new(&joined(folder, rest)));
                places.extend(files.map(|file| Place::File(file.as_str().to_owned())));
            }
            let below = layout.base.as_deref().and_then(|base| inside(rest, base));
            let keys = below.into_iter().chain([rest]);
            places.extend(keys.filter_map(VPath::new).map(|key| Place::Address(key.to_string())));
            return places;
        };
        if let Some(file) = page.source.path.join(path) {
            let stand_in = self.stand_in(file.as_str());
            let page_like = route::is_page(path);
            let bare = self.flavour.links.bare_paths_are_addresses;
            let is_file = page_like || !bare || looks_like_file(path);
            if is_file {
                places.push(Place::File(file.as_str().to_owned()));
                places.extend(stand_in.map(Place::File));
            }
            if self.flavour.links.from_content && page_like {
                let mount = page.mount.map(|at| layout.mounts[at].folder.as_str());
                let folders = mount.into_iter().chain([layout.project.as_str()]);
                let files = folders.filter_map(|folder| VPath::new(&joined(folder, path)));
                places.extend(files.map(|file| Place::File(file.as_str().to_owned())));
            }
        }
        let folder = page.route.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut folders = vec![folder];
        if self.flavour.links.slash_is_open {
            folders.push(folder.rsplit_once('/').map_or("", |(up, _)| up));
        }
        let keys = folders.into_iter().filter_map(|folder| VPath::new(&joined(folder, path)));
        places.extend(keys.map(|key| Place::Address(key.to_string())));
        places
    }

    /// The file that replaces one that a translation lacks.
    fn stand_in(&self, file: &str) -> Option<String> {
        let layout = &self.index.layout;
        let (at, inside) = layout.mount_of(file)?;
        Some(joined(layout.mounts[at].stands_in.as_deref()?, inside))
    }

    /// The target at a place: a file, a page, or the target of a redirect.
    pub(super) fn at(&self, place: &Place, tail: Tail<'_>) -> Option<Target> {
        let index = self.index;
        let asset = match place {
            Place::File(file) => index.asset_of(file),
            Place::Address(key) | Place::Content(key) => {
                index.assets.contains_key(key).then_some(key.as_str())
            }
        };
        if let Some(published) = asset {
            let behind = tail.fragment.map_or_else(String::new, |id| format!("#{id}"));
            return Some(Target::Asset(published.to_owned(), format!("{}{behind}", tail.query)));
        }
        let found = match place {
            _ if tail.kind == LinkKind::Asset => None,
            Place::File(file) => self.page_of_file(file).map(Found::Page),
            Place::Address(key) => self.page_at_address(key),
            Place::Content(path) => self.page_in_content(path),
        };
        match (found, place) {
            (Some(Found::Page(page)), _) => Some(self.through(page, tail.fragment, tail.query)),
            (Some(Found::Redirect(to)), _) => Some(self.follow(&to, tail.fragment, tail.query)),
            (None, Place::Address(key)) => self.made(key).map(Target::Unknown),
            (None, Place::File(_) | Place::Content(_)) => None,
        }
    }

    /// The page of a file that is written with another suffix, or without one.
    fn page_of_file(&self, file: &str) -> Option<PageId> {
        let index = self.index;
        if let Some(page) = index.page_of_file(file) {
            return Some(page);
        }
        let links = &self.flavour.links;
        let bare = file.strip_suffix(".html").filter(|_| links.html_files).unwrap_or(file);
        let with = |stem: &str, end: &str| index.page_of_file(&format!("{stem}{end}"));
        if let Some(page) = links.suffixes.iter().find_map(|end| with(bare, end)) {
            return Some(page);
        }
        let stem = route::stem(file);
        let others = || [".mdx", ".md"].iter().chain(links.bundles).find_map(|end| with(stem, end));
        if stem.len() == file.len() { None } else { others() }
    }

    /// The page at an address, or the target of its redirect.
    fn page_at_address(&self, key: &str) -> Option<Found> {
        let plain = key.strip_suffix(".html").unwrap_or(key);
        let plain = if plain == "index" { "" } else { plain };
        let plain = plain.strip_suffix("/index").unwrap_or(plain);
        let with_suffix = format!("{key}.html");
        let small = match self.flavour.links.small_letters {
            true => Cow::Owned(key.to_lowercase()),
            false => Cow::Borrowed(key),
        };
        [key, plain, &with_suffix, &small].into_iter().find_map(|key| {
            let page = self.index.page_at(key).or_else(|| self.untranslated(key));
            page.map(Found::Page).or_else(|| self.index.redirect(key).map(Found::Redirect))
        })
    }

    /// The page of a path inside the content or at an address, or the target of its redirect.
    fn page_in_content(&self, path: &str) -> Option<Found> {
        let index = self.index;
        let key = path.strip_suffix(".html").unwrap_or(route::stem(path));
        let folder = key.strip_suffix("/index").unwrap_or(key);
        let top = if key == "index" { "" } else { key };
        let page = index.page_with_path(path);
        let page =
            page.or_else(|| [path, key, folder, top].iter().find_map(|key| index.page_at(key)));
        let redirect = || index.redirect(path).or_else(|| index.redirect(key));
        page.map(Found::Page).or_else(|| redirect().map(Found::Redirect))
    }

    /// What makes an address that no page of the tree has, if that is known.
    fn made(&self, key: &str) -> Option<Reason> {
        if matches!(key, "sitemap.xml" | "robots.txt" | "llms.txt" | "llms-full.txt") {
            return Some(Reason::GeneratorFile);
        }
        let lists = self.flavour.section_lists;
        let list = || lists.filter(|_| self.index.folders.contains(key));
        self.index.layout.maker_of(key).or_else(list).map(Reason::MadeBy)
    }

    /// The page of the main language that replaces one that another language lacks.
    fn untranslated(&self, key: &str) -> Option<PageId> {
        let layout = &self.index.layout;
        if !self.flavour.links.translations_fall_back {
            return None;
        }
        let (code, rest) = key.split_once('/').unwrap_or((key, ""));
        if !layout.languages.iter().any(|one| one == code) {
            return None;
        }
        let main = layout.main_language.as_deref().map(|main| joined(main, rest));
        main.and_then(|key| self.index.page_at(&key)).or_else(|| self.index.page_at(rest))
    }
}
